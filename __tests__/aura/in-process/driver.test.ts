import { describe, expect, it } from 'vitest';
import type { Cancellation } from '../../../harness/runner/fake-runner.ts';
import { startScenario } from './scenario.ts';

const create = { operation: 'create', name: 'x', wait: 'false' };

describe('a step in this process', () => {
  it('does not change environment, exit code and streams of the tests', async () => {
    await using scenario = await startScenario();
    const surroundings = (): unknown[] => [
      { ...process.env },
      Reflect.get(process.stdout, 'write'),
      Reflect.get(process.stderr, 'write'),
    ];
    const before = surroundings();
    const result = await scenario.run({ operation: 'nonsense' });
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1 });
    expect(surroundings()).toEqual(before);
    expect(process.exitCode).toBeUndefined();
  });

  it('does not see the environment of the tests', async () => {
    await using scenario = await startScenario();
    process.env['INPUT_NAME'] = 'from-the-tests';
    try {
      const { outputs } = await scenario.run({ operation: 'delete' });
      expect(outputs['name']).not.toBe('from-the-tests');
    } finally {
      Reflect.deleteProperty(process.env, 'INPUT_NAME');
    }
  });

  it('has what earlier steps of its job have exported', async () => {
    await using scenario = await startScenario();
    const made = await scenario.run({ ...create, 'export-env': 'true' });
    expect(made.exportedEnv).toHaveProperty('NEO4J_PASSWORD');
    // A step does not use these, so the test reads the environment while it runs.
    let seen: string | undefined;
    void scenario.nextExchange(() => true).then(() => (seen = process.env['NEO4J_PASSWORD']));
    await scenario.run({ operation: 'get', name: 'x' });
    expect(seen).toBe(made.outputs['password']);
  });

  it('is searched for secrets afterwards', async () => {
    await using scenario = await startScenario();
    const job = await scenario.startJob({ forbiddenSecrets: () => ['does not exist'] });
    const inputs = { ...scenario.credentials, operation: 'delete', name: 'x' };
    await expect(job.step({ inputs })).rejects.toThrow('A secret can be read after main in: ');
  });

  it('traces its requests and pauses, but needs no real time for them', async () => {
    await using scenario = await startScenario();
    const { trace, drivenMilliseconds, milliseconds } = await scenario.run({
      operation: 'create',
      name: 'x',
    });
    expect(trace.filter(({ kind }) => kind === 'request')).toHaveLength(
      scenario.simulator.exchanges.length,
    );
    expect(trace.some(({ kind }) => kind === 'sleep')).toBe(true);
    expect(drivenMilliseconds).toBeGreaterThan(180_000);
    expect(milliseconds).toBeLessThan(5_000);
  });

  it('can be cancelled at a moment of its simulated time', async () => {
    await using scenario = await startScenario();
    const before = scenario.clock.now();
    const when: Cancellation['when'] = ({ sleep }) => sleep(10_000);
    const result = await scenario.run({ operation: 'create', name: 'x' }, { cancel: { when } });
    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 1, signal: null });
    expect(result.annotations[0]?.message).toMatch(/^The step was cancelled \(SIGINT\)\. /);
    expect(scenario.clock.now() - before).toBe(10_000);
  });

  it('is not cancelled if it has already ended', async () => {
    await using scenario = await startScenario();
    const when: Cancellation['when'] = ({ sleep }) => sleep(1_000);
    const result = await scenario.run({ ...create, wait: 'false' }, { cancel: { when } });
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
  });

  it('needs its own process to run in parallel or to be killed', async () => {
    await using scenario = await startScenario();
    const other = await scenario.startJob();
    const inputs = { ...scenario.credentials, operation: 'get', name: 'x' };
    const first = scenario.job.step({ inputs });
    await expect(other.step({ inputs })).rejects.toThrow('Two stages at once need a process each.');
    await first;
    const when: Cancellation['when'] = ({ sleep }) => sleep(1_000);
    const kill = 'SIGKILL' as const;
    const needs = 'A stage that is killed needs its own process.';
    await expect(other.step({ inputs, cancel: { when, kill } })).rejects.toThrow(needs);
    await expect(other.step({ inputs, killBefore: 1 })).rejects.toThrow(needs);
  });
});
