import process from 'node:process';

// Both variables belong to the fake runner, not to the action: they are gone before it starts.
const { FAKE_RUNNER_NOW: now, FAKE_RUNNER_TRACE: tracePath } = process.env;
delete process.env.FAKE_RUNNER_NOW;
delete process.env.FAKE_RUNNER_TRACE;

if (now !== undefined) (await import('../time/driven-process.mjs')).driveTime(Number(now));
if (tracePath !== undefined) (await import('./action-trace.mjs')).traceTo(tracePath);
