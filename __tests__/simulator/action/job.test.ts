import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { forever } from './stages.ts';
import { copyAction, credentialsOf, startSimulatorJob, succeeded } from './steps.ts';

const onWindows = process.platform === 'win32';
const quickCreate = { operation: 'create', name: 'pr-42', 'poll-interval': '1s' };

describe('a job with a simulator', () => {
  it('creates a database with the action, and leaves neither it nor the simulator', async () => {
    const { job, start, isOver } = await startSimulatorJob();
    const started = await start({ speed: '600' });
    succeeded(started);
    expect(started.annotations).toEqual([]);
    expect(Object.keys(started.outputs)).toEqual([
      'api-url',
      'client-id',
      'client-secret',
      'tenant',
    ]);
    expect(started.exportedEnv).toEqual({ AURA_API_URL: started.outputs['api-url'] });
    const created = await job.step({
      inputs: { ...credentialsOf(started), ...quickCreate, 'delete-after-job': 'true' },
    });
    succeeded(created);
    expect(created.outputs).toMatchObject({
      status: 'running',
      created: 'true',
      tenant: started.outputs['tenant'],
    });
    const [deletion, end] = await job.post();
    succeeded(deletion);
    expect(succeeded(end).slice(-2)).toEqual([
      'Nothing is left in the simulator.',
      `The simulator at ${started.outputs['api-url'] ?? ''} stopped.`,
    ]);
    await isOver();
  });

  it('keeps its secret from other jobs', async () => {
    const { job, start } = await startSimulatorJob();
    const { outputs } = await start();
    expect(job.output(outputs['client-secret'] ?? '')).toBeUndefined();
    expect(job.output(outputs['client-id'] ?? '')).toBe(outputs['client-id']);
    await job.post();
  });

  it('is told in one warning what it has left', async () => {
    const { job, start, isOver } = await startSimulatorJob();
    const started = await start({ speed: '600' });
    const inputs = {
      ...credentialsOf(started),
      ...quickCreate,
      tier: 'professional',
      region: 'europe-west1',
      wait: 'false',
    };
    const one = await job.step({ inputs });
    const other = await job.step({ inputs: { ...inputs, name: 'pr-43' } });
    succeeded(one);
    succeeded(other);
    const end = (await job.post()).at(-1);
    succeeded(end);
    expect(end?.annotations).toMatchObject([{ level: 'warning' }]);
    const message = end?.annotations[0]?.message ?? '';
    expect(message).toMatch(/^The job left 2 instances in the simulator: /);
    expect(message).toContain(`'pr-42' (${one.outputs['instance-id'] ?? ''}, `);
    expect(message).toContain(`'pr-43' (${other.outputs['instance-id'] ?? ''}, `);
    await isOver();
  });

  it('can have several simulators, each with its own credentials', async () => {
    const { job, start, isOver } = await startSimulatorJob();
    const one = await start({ tenants: 'One' });
    const other = await start({ tenants: 'Other' });
    expect(other.outputs['api-url']).not.toBe(one.outputs['api-url']);
    const list = (inputs: Readonly<Record<string, string>>): ReturnType<typeof job.step> =>
      job.step({ inputs: { operation: 'get', 'name-pattern': '*', ...inputs } });
    succeeded(await list(credentialsOf(other)));
    succeeded(await list({ ...credentialsOf(one), 'api-url': one.outputs['api-url'] ?? '' }));
    const wrong = await list(credentialsOf(one));
    expect(wrong.conclusion).toBe('failure');
    const ends = (await job.post()).slice(-2).map(succeeded);
    expect(ends.map((lines) => lines.at(-1))).toEqual(
      [other, one].map(({ outputs }) => `The simulator at ${outputs['api-url'] ?? ''} stopped.`),
    );
    await isOver();
  });

  it('reaches it directly, although the environment names a proxy for everything', async () => {
    const proxy = 'http://127.0.0.1:9';
    const names = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'all_proxy'];
    const env = {
      ...Object.fromEntries(names.map((name) => [name, proxy])),
      NODE_USE_ENV_PROXY: '1',
    };
    const { job, start, isOver } = await startSimulatorJob({ env });
    const started = await start();
    succeeded(started);
    const inputs = { ...credentialsOf(started), ...quickCreate, wait: 'false' };
    succeeded(await job.step({ inputs }));
    const end = (await job.post()).at(-1);
    expect(succeeded(end).join('\n')).toContain("'pr-42'");
    await isOver();
  });

  it('needs only action.yml and dist, and may have spaces in its paths', async () => {
    const { job, start, isOver } = await startSimulatorJob();
    const temp = path.join(job.workspace, 'a temp directory');
    mkdirSync(temp);
    const env = { RUNNER_TEMP: temp };
    const started = await start({}, { actionDirectory: copyAction(), env });
    succeeded(started);
    const [end] = await job.post();
    expect(succeeded(end).at(-1)).toMatch(/stopped\.$/);
    await isOver();
  });
});

describe('the simulator of a job', () => {
  it.skipIf(process.platform !== 'linux')('gets no input and no token of the job', async () => {
    const { job, start } = await startSimulatorJob({
      env: { ACTIONS_RUNTIME_TOKEN: 'a-runtime-token', NODE_OPTIONS: '--no-deprecation' },
    });
    await start();
    const [id = 0, ...others] = job.processes();
    expect(others).toEqual([]);
    const names = readFileSync(`/proc/${id}/environ`, 'utf8')
      .split('\0')
      .map((entry) => entry.split('=')[0])
      .filter((name) => name !== '');
    expect(names.toSorted()).toEqual([
      'PATH',
      'RUNNER_TRACKING_ID',
      'SIMULATOR_CLIENT_ID',
      'SIMULATOR_CLIENT_SECRET',
    ]);
    await job.post();
  });

  it.skipIf(process.platform !== 'linux')('is ended by the runner if post never runs', async () => {
    const { job, start, isOver } = await startSimulatorJob();
    await start();
    expect(job.processes()).toHaveLength(1);
    await job.dispose();
    await isOver();
  });

  it.skipIf(onWindows)('may be killed: post only warns', async () => {
    const { job, start, isOver } = await startSimulatorJob();
    await start();
    for (const id of job.processes()) process.kill(id, 'SIGKILL');
    await isOver();
    const [end] = await job.post();
    succeeded(end);
    expect(end?.annotations).toMatchObject([{ level: 'warning' }]);
    expect(end?.annotations[0]?.message).toMatch(/no longer runs at .* \(connect ECONNREFUSED/);
  });

  it.skipIf(onWindows)('may hang: post only warns after 5 s', async () => {
    const { job, start } = await startSimulatorJob();
    await start();
    for (const id of job.processes()) process.kill(id, 'SIGSTOP');
    const [end] = await job.post();
    expect(end).toMatchObject({ conclusion: 'success', exitCode: 0, stderr: '' });
    expect(end?.annotations).toMatchObject([
      {
        level: 'warning',
        message:
          'Could not stop the simulator: no answer within 5s. The runner ends it with the job.',
      },
    ]);
  });
});

describe('a main step that does not succeed', () => {
  it('fails with all problems of its inputs, and post has nothing to do', async () => {
    const { job, start } = await startSimulatorJob();
    const failed = await start({ speed: 'fast', quota: 'many' });
    expect(failed).toMatchObject({ conclusion: 'failure', exitCode: 1, outputs: {}, state: {} });
    expect(failed.annotations.map(({ message }) => message)).toEqual([
      "Input 'speed' is 'fast'; expected a number greater than 0.\nInput 'quota' is 'many'; expected a whole number, 0 or more.",
    ]);
    expect(job.processes()).toEqual([]);
    const [end] = await job.post();
    expect(succeeded(end)).toEqual(['Post job cleanup.']);
  });

  it('fails with what the program printed, and post has nothing to do', async () => {
    const { job, start, isOver } = await startSimulatorJob();
    const actionDirectory = copyAction("console.error('It broke.'); process.exitCode = 4;");
    const failed = await start({}, { actionDirectory });
    expect(failed).toMatchObject({
      conclusion: 'failure',
      exitCode: 1,
      outputs: {},
      exportedEnv: {},
    });
    expect(failed.annotations.map(({ message }) => message)).toEqual([
      'Could not start the simulator: its program ended with exit code 4. It printed: It broke.',
    ]);
    await isOver();
    const [end] = await job.post();
    expect(succeeded(end)).toEqual(['Post job cleanup.']);
  });

  it.skipIf(onWindows)(
    'ends the program when it is cancelled, and post has nothing to do',
    async () => {
      const { job, start, isOver } = await startSimulatorJob();
      const cancelled = await start(
        {},
        {
          actionDirectory: copyAction(forever),
          cancel: { when: (step) => step.line('Starting a simulated') },
        },
      );
      expect(cancelled).toMatchObject({ conclusion: 'cancelled', exitCode: 1, outputs: {} });
      expect(cancelled.annotations.map(({ message }) => message)).toEqual([
        'The step was cancelled (SIGINT)',
      ]);
      await isOver();
      const [end] = await job.post();
      expect(succeeded(end)).toEqual(['Post job cleanup.']);
    },
  );

  it.skipIf(onWindows)('may be killed after the start: post stops the simulator', async () => {
    const first = await startSimulatorJob();
    const { trace } = await first.start();
    await first.job.post();
    const killBefore = trace.findIndex(
      (event) => event.kind === 'command-file' && event.file === 'output',
    );
    expect(killBefore).toBeGreaterThan(0);
    const { job, start, isOver } = await startSimulatorJob();
    const killed = await start({}, { killBefore });
    expect(killed).toMatchObject({ signal: 'SIGKILL', outputs: {} });
    expect(Object.keys(killed.state)).toEqual(['simulator']);
    const [end] = await job.post();
    expect(succeeded(end).at(-1)).toMatch(/^The simulator at .* stopped\.$/);
    await isOver();
  });

  it('may not have run at all: post does nothing', async () => {
    const { job, start } = await startSimulatorJob();
    await start();
    const [end] = await job.post(() => ({}));
    expect(succeeded(end)).toEqual(['Post job cleanup.']);
  });

  it('does nothing without a runner directory for the output', async () => {
    const { job, start } = await startSimulatorJob();
    const failed = await start({}, { env: { RUNNER_TEMP: path.join(job.temp, 'none') } });
    expect(failed.annotations[0]?.message).toMatch(
      /^The simulator needs the runner's directory RUNNER_TEMP, but ENOENT/,
    );
    expect(job.processes()).toEqual([]);
  });
});
