import { describe, expect, it } from 'vitest';
import { failureOf, remarksOf, startSteps } from './steps-in-process.ts';

describe('a poll', () => {
  it('for deleted succeeds if the tenant has no such name, without credentials', async () => {
    const { run } = await startSteps();
    const result = await run({ operation: 'poll', name: 'x', 'wait-for': 'deleted' });
    expect(remarksOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ status: 'deleted', changed: 'false' });
  });

  it('for any other status fails in this case', async () => {
    const { run } = await startSteps();
    expect(failureOf(await run({ operation: 'poll', name: 'x' }))).toContain(
      "Could not poll instance 'x': the tenant has no instance with this name.",
    );
  });

  it('for deleted waits for the deletion, and does not look for credentials', async () => {
    const { simulator, run, seal } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'shop', status: 'destroying' });
    const sealed = seal({ instanceId: id });
    const inputs = { operation: 'poll', 'wait-for': 'deleted', 'sealed-credentials': sealed };
    const result = await run(inputs);
    expect(remarksOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ 'instance-id': id, status: 'deleted' });
    expect(result.outputs).not.toHaveProperty('password');
  });

  it('outputs the credentials immediately, and fails later if the status does not change', async () => {
    const { simulator, run, seal } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'shop', status: 'paused' });
    const sealed = seal({ instanceId: id });
    const waiting = { operation: 'poll', 'wait-for': 'running', timeout: '1m' };
    const result = await run({ ...waiting, 'sealed-credentials': sealed });
    expect(failureOf(result)).toContain("was not 'running' after ");
    expect(result.outputs).toMatchObject({ password: 'letMeIn-0123', status: 'paused' });
  });

  it('looks for the credentials after the wait if the first read fails', async () => {
    const { simulator, run, seal } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'shop', status: 'resuming' });
    const fault = { kind: 'status', status: 400, body: { error: 'No' } } as const;
    simulator.addFault({ match: { operation: 'getInstance' }, fault });
    const sealed = seal({ instanceId: id });
    const result = await run({ operation: 'poll', 'sealed-credentials': sealed });
    expect(remarksOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ password: 'letMeIn-0123', status: 'running' });
  });
});
