import { describe, expect, it } from 'vitest';
import { startScenario as startBundle } from '../../../harness/world/scenario.ts';
import { startScenario } from '../in-process/scenario.ts';

const inputs = {
  operation: 'create',
  name: 'ours',
  tier: 'professional',
  region: 'europe-west1',
  'cloud-provider': 'gcp',
  memory: '1GB',
};

describe('two steps that create the same name at once', () => {
  it.each(Array.from({ length: 10 }, (_, round) => round + 1))(
    'leave one instance, and the step that lost says so: round %i',
    async () => {
      // Side by side they need a process each.
      await using scenario = await startBundle();
      // Both are told that the name is free before either can act on it.
      const match = { operation: 'listInstances' };
      const fault = { kind: 'slow', milliseconds: 2_000 } as const;
      scenario.simulator.addFault({ match, times: 2, fault });
      const other = await scenario.startJob();
      const step = { inputs: { ...scenario.credentials, ...inputs } };
      const results = await Promise.all([scenario.job.step(step), other.step(step)]);

      const [left, ...more] = scenario.simulator.instances();
      expect(more).toEqual([]);
      expect(left).toMatchObject({ name: 'ours', status: 'running' });
      const winner = results.find(({ exitCode }) => exitCode === 0);
      const loser = results.find(({ exitCode }) => exitCode === 1);
      expect(winner?.outputs).toMatchObject({
        'instance-id': left?.id,
        password: left?.password,
        created: 'true',
        status: 'running',
      });
      expect(scenario.simulator.history()).toHaveLength(2);
      expect(loser?.annotations.map(({ message }) => message)).toEqual([
        `Could not create instance 'ours': another step created ${left?.id ?? ''} with that name at the same time, and was first. The instance of this step was deleted again. Give the jobs a common 'concurrency' group, so that one runs after the other, or give each job its own 'name'.`,
      ]);
      expect(loser?.outputs).toMatchObject({ created: 'false', status: 'deleted' });
    },
  );

  it('keep the instance where it can not be checked for a race, with a warning', async () => {
    await using scenario = await startScenario();
    scenario.simulator.addFault({
      match: { operation: 'listInstances' },
      nth: 2,
      times: 'always',
      fault: { kind: 'status', status: 500 },
    });
    const result = await scenario.run(inputs);
    expect(result).toMatchObject({ exitCode: 0, outputs: { created: 'true', status: 'running' } });
    expect(result.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      expect.stringMatching(
        /^warning: Could not check whether another step created an instance 'ours'/,
      ),
    ]);
  });

  it('name the instance of the loser where Aura does not delete it', async () => {
    await using scenario = await startScenario();
    scenario.simulator.addFault({
      match: { operation: 'deleteInstance' },
      times: 'always',
      fault: {
        kind: 'status',
        status: 403,
        body: { errors: [{ message: 'Insufficient permissions', reason: 'unauthorized' }] },
      },
    });
    // The rival is listed only by the look after the create.
    const rival = { name: 'ours', type: 'professional-db', status: 'running' } as const;
    const posted = scenario.nextExchange(
      ({ method, path }) => method === 'POST' && path === '/v1/instances',
    );
    const createdAt = scenario.clock.now() - 1_000;
    void posted.then(() => scenario.simulator.seedInstance({ ...rival, createdAt }));
    const result = await scenario.run(inputs);
    const rivals = scenario.simulator.instances().filter((one) => one.createdAt === createdAt);
    const mine = scenario.simulator.instances().find((one) => !rivals.includes(one));
    expect(result.exitCode).toBe(1);
    expect(result.annotations[0]?.message).toContain(
      `Instance 'ours' (${mine?.id ?? ''}) still exists`,
    );
  });
});
