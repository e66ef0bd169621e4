/**
 * Lets time pass faster in the processes that run the action: loaded with `--import` into every
 * Node.js process of a job, it changes only those that run the bundle. The clock stands still while
 * the process works or waits for an answer, and runs while it does nothing but wait. So a busy
 * machine makes no time limit pass.
 *
 * Unlike driven-process.mjs it needs no channel to a parent that moves the time, so it also works
 * where another program, such as nektos/act, starts the process.
 */
import process from 'node:process';

const { FAST_PROCESS_SPEED: speed, FAST_PROCESS_BOLT_PORT: boltPort } = process.env;

if (/[\\/]dist[\\/](index|post)\.js$/.test(process.argv[1] ?? '')) {
  if (boltPort !== undefined) await reachDatabasesAt(Number(boltPort));
  if (speed !== undefined) await runFaster(Number(speed));
}

async function runFaster(speed) {
  const { performance } = await import('node:perf_hooks');
  const { replaceDate, replaceTimers } = await import('./driven-process.mjs');
  const { IdleWatch } = await import('./idle-watch.mjs');
  const { VirtualTimers } = await import('./virtual-timers.mjs');
  const { setTimeout, clearTimeout } = globalThis;
  const realNow = performance.now.bind(performance);
  const clock = { now: Date.now(), fires: true };
  const timers = new VirtualTimers(clock);
  let alarm;
  const stopWaiting = () => {
    if (alarm === undefined) return;
    clearTimeout(alarm.timer);
    clock.now = Math.min(alarm.due, clock.now + (realNow() - alarm.since) * alarm.factor);
    alarm = undefined;
  };
  const wake = () => {
    stopWaiting();
    watch.wake();
  };
  const wait = (outstanding) => {
    stopWaiting();
    const due = timers.next();
    if (due === undefined) return;
    const factor = outstanding === 0 ? speed : 1;
    const ring = () => {
      clock.now = due;
      alarm = undefined;
      watch.wake();
    };
    const timer = setTimeout(ring, Math.max(0, due - clock.now) / factor);
    if (!timers.holds()) timer.unref();
    alarm = { timer, due, factor, since: realNow() };
  };
  const watch = new IdleWatch({
    onIdle: wait,
    onChange: stopWaiting,
    takeDue: () => timers.takeDue(),
    socketQuietAfter: 100,
  });
  replaceDate(clock);
  replaceTimers(timers);
  timers.changed = wake;
}

/** The addresses that a simulated Aura gives out lead to a database on this machine. */
async function reachDatabasesAt(port) {
  const { default: dns } = await import('node:dns');
  const { syncBuiltinESMExports } = await import('node:module');
  const { default: tls } = await import('node:tls');
  const isDatabase = (host) => /\.databases\.neo4j\.io$/.test(String(host));
  const { lookup } = dns;
  dns.lookup = (host, ...rest) => lookup(isDatabase(host) ? 'localhost' : host, ...rest);
  const { connect } = tls;
  tls.connect = (target, host, ...rest) =>
    isDatabase(rest[0]?.servername ?? host)
      ? connect(port, '127.0.0.1', ...rest)
      : connect(target, host, ...rest);
  syncBuiltinESMExports();
}
