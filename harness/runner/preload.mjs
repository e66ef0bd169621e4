import process from 'node:process';

// These variables belong to the fake runner: they are removed before the action starts.
const {
  FAKE_RUNNER_NOW: now,
  FAKE_RUNNER_TRACE: tracePath,
  FAKE_RUNNER_KILL_BEFORE: killBefore,
  FAKE_RUNNER_QUICK_KEYS: quickKeys,
} = process.env;
delete process.env.FAKE_RUNNER_NOW;
delete process.env.FAKE_RUNNER_TRACE;
delete process.env.FAKE_RUNNER_KILL_BEFORE;
delete process.env.FAKE_RUNNER_QUICK_KEYS;

if (now !== undefined) (await import('../time/driven-process.mjs')).driveTime(Number(now));
if (tracePath !== undefined) {
  const { traceTo } = await import('./action-trace.mjs');
  traceTo(tracePath, killBefore === undefined ? Infinity : Number(killBefore));
}
if (quickKeys !== undefined) (await import('./quick-keys.mjs')).deriveQuickly();
