import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulator/aura/simulator.ts';
import { startScenario } from '../../../harness/world/scenario.ts';
import { errorOf, outputsOf } from '../../../harness/world/support.ts';

const debug = { job: { debug: true, quickKeys: true } };

/** An error answer with this text. */
function saying(status: number, message: string): Fault {
  return { kind: 'status', status, body: { errors: [{ message, reason: 'echo' }] } };
}

describe('in debug mode', () => {
  test('no operation prints a secret', async () => {
    await using scenario = await startScenario(debug);
    for (const operation of ['create', 'get', 'poll', 'pause', 'resume', 'snapshot', 'delete']) {
      outputsOf(await scenario.run({ operation, name: 'x' }));
    }
  });

  test('no failure prints a secret, and its stack is printed', async () => {
    await using scenario = await startScenario(debug);
    const kinds = ['not-json', 'truncated', 'reset-after', 'hang-after'] as const;
    for (const [index, kind] of kinds.entries()) {
      scenario.simulator.clearFaults();
      const match = { operation: 'createInstance' };
      scenario.simulator.addFault({ match, times: 'always', fault: { kind } });
      const inputs = { operation: 'create', name: `x${index}`, tier: 'professional' };
      const result = await scenario.run({ ...inputs, region: 'europe-west1' });
      expect(errorOf(result)).toContain(`Could not create instance 'x${index}': `);
      expect(Object.keys(result.outputs)).not.toContain('password');
      expect(result.debugLog.join('\n')).toContain('    at ');
    }
  });

  test('a token that cannot be read back is not printed', async () => {
    await using scenario = await startScenario(debug);
    const env = { RUNNER_TEMP: '/nonexistent' };
    const result = await scenario.run({ operation: 'delete', name: 'x' }, { env });
    outputsOf(result);
    expect(result.debugLog.join('\n')).toContain('Could not store the token for later steps');
  });
});

test('an error that repeats the header of the token request is printed without it', async () => {
  const clientId = 'c'.repeat(31);
  await using scenario = await startScenario({ simulator: { clientId }, ...debug });
  const { clientSecret } = scenario.simulator;
  const header = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const fault = saying(401, `Not a good header: Basic ${header}`);
  scenario.simulator.addFault({ match: { operation: 'getToken' }, fault });
  const result = await scenario.run({ operation: 'get', name: 'x' });
  expect(errorOf(result)).toContain('Not a good header: ');
});

test('only secrets are masked: id, name, URI and user can go to other jobs', async () => {
  await using scenario = await startScenario();
  const { password = '', ...open } = outputsOf(
    await scenario.run({ operation: 'create', name: 'x', wait: 'false' }),
  );
  for (const value of Object.values(open)) expect(scenario.job.output(value)).toBe(value);
  expect(scenario.job.output(password)).toBeUndefined();
});

