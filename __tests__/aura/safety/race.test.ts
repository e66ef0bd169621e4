import { describe, expect, it } from 'vitest';
import { startScenario } from '../in-process/scenario.ts';

const inputs = {
  operation: 'create',
  name: 'ours',
  tier: 'professional',
  region: 'europe-west1',
  'cloud-provider': 'gcp',
  memory: '1GB',
};

/** `two-jobs` tests two real steps; here the test decides when the rival's instance appears. */
describe('a step that creates an instance while another step may create the same name', () => {
  it('keeps its instance, with a warning, if it cannot check for a race', async () => {
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
      expect.stringMatching(/^notice: Instance 'ours' \([0-9a-f]{8}\) is running at /),
    ]);
  });

  it('names its own instance if it lost and Aura does not delete it', async () => {
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
    // Only the check after the create lists the rival.
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
