import { describe, expect, it, onTestFinished } from 'vitest';
import { drivenClock, type DrivenClock } from '../../../simulator/core/clock.ts';
import { startSimulator, type Simulator } from '../../../simulator/aura/simulator.ts';
import { body, startScriptJob } from '../../../harness/runner/script-job.ts';
import { DrivenTime } from '../../../harness/time/driven-time.ts';
import type { FakeJob, StepOptions, StepResult } from '../../../harness/runner/fake-runner.ts';

interface Setting {
  readonly clock: DrivenClock;
  readonly simulator: Simulator;
  readonly job: FakeJob;
  readonly run: (code: string, step?: Omit<StepOptions, 'inputs'>) => Promise<StepResult>;
}

/** The start of the scripts below: the elapsed time in whole seconds, and a request. */
const prelude = `
  const start = Date.now();
  const elapsed = () => Math.round((Date.now() - start) / 1000);
  const get = (path, options) => request(process.env.SIMULATOR + path, options);
`;

async function setUp(stall?: number): Promise<Setting> {
  const clock = drivenClock();
  const simulator = await startSimulator({ clock, requestsPerMinute: 'unlimited' });
  onTestFinished(() => simulator.close());
  const job = await startScriptJob({
    drivenTime: new DrivenTime({ clock, held: () => simulator.held(), stall }),
    env: { SIMULATOR: simulator.url },
  });
  return {
    clock,
    simulator,
    job,
    run: (code, step) => job.step({ ...step, inputs: { code: prelude + code } }),
  };
}

describe('in driven time', () => {
  it('ten minutes of sleep take no time', async () => {
    const { run, clock } = await setUp();
    const before = clock.now();
    const result = await run('await sleep(600_000); console.log(elapsed())');
    expect(body(result)).toEqual(['600']);
    expect(clock.now() - before).toBe(600_000);
    expect(result.drivenMilliseconds).toBe(600_000);
    expect(result.milliseconds).toBeLessThan(5_000);
  });

  it('all clocks of a process agree with the simulator', async () => {
    const { run, clock } = await setUp();
    clock.advance(1_234);
    const result = await run(`
      const first = performance.now();
      const up = process.uptime();
      await sleep(5_000);
      console.log(Date.now(), new Date().getTime(), +new Date(), performance.now() - first, Date().slice(11, 15));
      console.log(Math.round((process.uptime() - up) * 1000));
      console.log(new Date(0).getTime(), new Date() instanceof Date, new Date(2026, 0).getMonth());`);
    const now = clock.now();
    expect(body(result)).toEqual([`${now} ${now} ${now} 5000 2026`, '5000', '0 true 0']);
  });

  it('timers fire in the order of their times', async () => {
    const { run } = await setUp();
    const result = await run(`
      await Promise.all([3000, 1000, 2000].map(async (ms) => { await sleep(ms); console.log(ms, elapsed()); }));`);
    expect(body(result)).toEqual(['1000 1', '2000 2', '3000 3']);
  });

  it('timers can be cleared, refreshed and unreferenced', async () => {
    const { run } = await setUp();
    const result = await run(`
      clearTimeout(setTimeout(() => console.log('cleared'), 1000));
      setTimeout(() => console.log('never'), 600_000).unref();
      const timer = setTimeout(() => console.log('refreshed', elapsed()), 3000);
      setTimeout(() => timer.refresh(), 2000);
      setTimeout((one, two) => console.log(one + two, timer.hasRef()), 1000, 'a', 'b');`);
    expect(body(result)).toEqual(['ab true', 'refreshed 5']);
  });

  it('a timer without delay fires before all others', async () => {
    const { run } = await setUp();
    const result = await run(`
      setTimeout(() => console.log('one', elapsed()), 1000);
      setTimeout(() => console.log('zero', elapsed()));
      setImmediate(() => console.log('immediate'));`);
    expect(body(result).toSorted()).toEqual(['immediate', 'one 1', 'zero 0']);
    expect(body(result).at(-1)).toBe('one 1');
  });

  it('requests take no time, no matter how many', async () => {
    const { run } = await setUp();
    const result = await run(`
      const limit = setTimeout(() => console.log('too late'), 1000);
      for (let i = 0; i < 20; i += 1) await get('/v1/tenants');
      await Promise.all(Array.from({ length: 10 }, () => get('/v1/tenants')));
      clearTimeout(limit);
      console.log(elapsed());`);
    expect(body(result)).toEqual(['0']);
  });

  it.each([
    [
      'is derived',
      `await new Promise((resolve) => crypto.scrypt('a', 'b', 32, { N: 2 ** 15, maxmem: 2 ** 26 }, resolve))`,
    ],
    [
      'is read',
      `for (let i = 0; i < 50; i += 1) await fs.promises.readFile(process.env.GITHUB_EVENT_PATH)`,
    ],
    ['is looked up', `await fetch('http://localhost:9').catch(() => undefined)`],
    [
      'connects in vain',
      `await new Promise((resolve) => net.connect(9, '127.0.0.1').on('error', resolve))`,
    ],
  ])('no timeout fires while something %s', async (_, work) => {
    const { run } = await setUp();
    const result = await run(`
      const limit = setTimeout(() => console.log('too late'), 1000);
      ${work};
      clearTimeout(limit);
      console.log(elapsed());`);
    expect(body(result)).toEqual(['0']);
  });

  it('no timeout fires while both ends of a plain connection talk', async () => {
    const { run } = await setUp();
    const result = await run(`
      const limit = setTimeout(() => console.log('too late'), 1000);
      const server = net.createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.on('listening', resolve));
      const socket = net.connect(server.address().port, '127.0.0.1');
      for (let i = 0; i < 20; i += 1) {
        socket.write('x');
        await new Promise((resolve) => socket.once('data', resolve));
      }
      clearTimeout(limit);
      socket.destroy();
      server.close();
      console.log(elapsed());`);
    expect(body(result)).toEqual(['0']);
  });

  it('a hanging request reaches the limit of 30 s', async () => {
    const { run, simulator } = await setUp();
    simulator.addFault({ match: { path: 'tenants' }, fault: { kind: 'hang' } });
    const result = await run(`
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 30_000);
      await get('/v1/tenants', { signal: controller.signal }).catch((error) => console.log(error.code));
      console.log(elapsed());
      await sleep(10_000);
      await get('/v1/tenants');
      console.log(elapsed());`);
    expect(body(result)).toEqual(['ABORT_ERR', '30', '40']);
    expect(result.milliseconds).toBeLessThan(5_000);
  });

  it('a slow answer arrives when it is due, not at the limit', async () => {
    const { run, simulator } = await setUp();
    simulator.addFault({ fault: { kind: 'slow', milliseconds: 12_000 } });
    const result = await run(`
      const limit = setTimeout(() => console.log('too late'), 30_000);
      await get('/v1/tenants');
      clearTimeout(limit);
      console.log(elapsed());`);
    expect(body(result)).toEqual(['12']);
  });

  it('an answer that is due together with its limit comes first', async () => {
    const { run, simulator } = await setUp();
    simulator.addFault({ fault: { kind: 'slow', milliseconds: 30_000 } });
    const result = await run(`
      const limit = setTimeout(() => console.log('too late'), 30_000);
      await get('/v1/tenants');
      clearTimeout(limit);
      console.log(elapsed());`);
    expect(body(result)).toEqual(['30']);
  });

  it('a truncated answer does not stop the time', async () => {
    const { run, simulator } = await setUp();
    simulator.addFault({ fault: { kind: 'truncated' }, times: 'always' });
    simulator.addFault({ fault: { kind: 'reset-before' }, nth: 1 });
    const result = await run(`
      for (let i = 0; i < 3; i += 1) {
        await get('/v1/tenants').catch((error) => console.log(error.code));
        await sleep(60_000);
      }
      console.log(elapsed());`);
    expect(body(result).at(-1)).toBe('180');
  });

  it('an answer body that is never read does not stop the time forever', async () => {
    const { run } = await setUp();
    const result = await run(`
      const outgoing = http.get(process.env.SIMULATOR + '/v1/tenants');
      await new Promise((resolve) => outgoing.on('response', resolve));
      await sleep(5_000);
      outgoing.destroy();
      console.log(elapsed());`);
    expect(body(result)).toEqual(['5']);
  });

  it('a server other than the simulator may hang too', async () => {
    const { run } = await setUp(300);
    const result = await run(`
      const server = http.createServer(() => undefined).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.on('listening', resolve));
      const signal = new AbortController();
      setTimeout(() => signal.abort(), 30_000);
      await request('http://127.0.0.1:' + server.address().port, { signal: signal.signal })
        .catch((error) => console.log(error.code, elapsed()));
      server.close();`);
    expect(body(result)).toEqual(['ABORT_ERR 30']);
  });

  it('two processes share one time, in order', async () => {
    const { run, simulator } = await setUp();
    const order: string[] = [];
    const script = (name: string, step: number): string => `
      for (let i = 0; i < 10; i += 1) { await sleep(${step}); await get('/v1/${name}'); }
      console.log(elapsed());`;
    const [slow, fast] = await Promise.all([run(script('slow', 7000)), run(script('fast', 3000))]);
    for (const { path, at } of simulator.exchanges) order.push(`${at} ${path}`);
    expect(body(slow)).toEqual(['70']);
    expect(body(fast)).toEqual(['30']);
    const times = simulator.exchanges.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(order).toHaveLength(20);
  });

  it('a hanging process does not stop another hanging process', async () => {
    const { run, simulator } = await setUp();
    simulator.addFault({ fault: { kind: 'hang' }, times: 'always' });
    const script = (limit: number): string => `
      const controller = new AbortController();
      setTimeout(() => controller.abort(), ${limit});
      await get('/v1/tenants', { signal: controller.signal }).catch(() => console.log(elapsed()));`;
    const results = await Promise.all([run(script(20_000)), run(script(45_000))]);
    expect(results.flatMap(body)).toEqual(['20', '45']);
  });

  it('a later process of the job continues where the first one ended', async () => {
    const { run } = await setUp();
    const first = await run('await sleep(60_000); console.log(Date.now())');
    const second = await run('console.log(Date.now())');
    expect(body(second)).toEqual(body(first));
  });

  it('an uncaught error in a timer ends the process as usual', async () => {
    const { run } = await setUp();
    const result = await run(`setTimeout(() => { throw new Error('from the timer'); }, 1000)`);
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1 });
    expect(result.stderr).toContain('from the timer');
  });

  it('a process with nothing left to do ends, with or without timers', async () => {
    const { run } = await setUp();
    const result = await run(
      'const timer = setTimeout(() => undefined, 9999); clearTimeout(timer);',
    );
    expect(result).toMatchObject({ exitCode: 0, drivenMilliseconds: 0 });
  });

  it('a promise that never settles ends the process with 13', async () => {
    const { run } = await setUp();
    expect(await run('await new Promise(() => undefined)')).toMatchObject({ exitCode: 13 });
  });

  it('Node.js without a clock uses real time', async () => {
    const job = await startScriptJob();
    const { stdout } = await job.step({ inputs: { code: 'console.log(Date.now())' } });
    expect(Math.abs(Number(stdout) - Date.now())).toBeLessThan(60_000);
  });
});

describe.skipIf(process.platform === 'win32')('in driven time, a cancelled step', () => {
  const deaf = `for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log(name, elapsed()));`;

  it('gets its signals at the times and intervals of driven time', async () => {
    const { run } = await setUp();
    const result = await run(`${deaf} await sleep(600_000)`, {
      cancel: { when: ({ sleep }) => sleep(90_000) },
    });
    expect(body(result)).toEqual(['SIGINT 90', 'SIGTERM 98']);
    expect(result).toMatchObject({ conclusion: 'cancelled', signal: 'SIGKILL' });
    expect(result.drivenMilliseconds).toBe(100_000);
  });

  it('may sleep a little before it exits', async () => {
    const { run } = await setUp();
    const result = await run(
      `process.on('SIGINT', async () => { await sleep(5_000); console.log(elapsed()); process.exit(1); });
       await sleep(600_000)`,
      { cancel: { when: ({ sleep }) => sleep(60_000) } },
    );
    expect(body(result)).toEqual(['65']);
    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 1 });
  });

  it('can be cancelled while a request hangs', async () => {
    const { run, simulator } = await setUp();
    simulator.addFault({ fault: { kind: 'hang' } });
    const result = await run(`await get('/v1/tenants')`, {
      cancel: { when: ({ sleep }) => sleep(10_000) },
    });
    expect(result).toMatchObject({ signal: 'SIGINT', drivenMilliseconds: 10_000 });
  });
});
