import { describe, expect, test } from 'vitest';
import { startScenario as startBundle } from '../../../harness/world/scenario.ts';
import { startScenario, type Scenario } from '../in-process/scenario.ts';
import { errorOf, linesOf, outputsOf } from '../../../harness/world/support.ts';
import {
  credentialNames,
  credentialsOf,
  doneBeforeMasks,
  handedOver,
  newestTokenOf,
  stepIn,
  tokenRequestsOf,
} from './support.ts';

const create = { operation: 'create', name: 'shop', wait: 'false' };

/** Creates in one job, and returns the values that reach the next one. */
async function provision(scenario: Scenario, inputs: Readonly<Record<string, string>> = {}) {
  const result = await scenario.run({ ...create, ...inputs });
  outputsOf(result);
  const sealed = handedOver(scenario.job, result, 'sealed-credentials');
  return { made: credentialsOf(result), sealed };
}

describe('the job output that passes on credentials', () => {
  test('is sealed-credentials: GitHub drops a job output with the password', async () => {
    await using scenario = await startScenario();
    const { made, sealed } = await provision(scenario);
    expect(sealed).toMatch(/^aura1\.[\w-]+$/);
    expect(Object.keys(made)).toEqual([...credentialNames]);
    expect(scenario.job.output(made['password'] ?? '')).toBeUndefined();
    expect(scenario.job.output(`neo4j:${made['password'] ?? ''}@`)).toBeUndefined();
  });

  test('is the only one that remains if ids are stored as secrets', async () => {
    const tenants = [{ id: '0f9e8d7c-6b5a-4f3e-8d2c-1b0a9f8e7d6c', name: 'Shop' }];
    const maskedValues = ['0f9e8d7c-6b5a-4f3e-8d2c-1b0a9f8e7d6c', 'neo4j'];
    await using scenario = await startScenario({ simulator: { tenants }, job: { maskedValues } });
    const { made, sealed } = await provision(scenario);
    for (const name of ['tenant', 'username', 'connection-uri']) {
      expect(scenario.job.output(made[name] ?? '')).toBeUndefined();
    }
    const job = await scenario.startJob({ maskedValues });
    const got = await stepIn(scenario, job, { operation: 'get', 'sealed-credentials': sealed });
    outputsOf(got);
    expect(credentialsOf(got)).toEqual(made);
  });
});

describe.each([false, true])('another job (debug: %j)', (debug) => {
  test('gets the same credentials as outputs and variables, and requests no token', async () => {
    await using scenario = await startScenario({ job: { debug } });
    const { made, sealed } = await provision(scenario, { wait: 'true' });
    const job = await scenario.startJob({ debug });
    const before = scenario.simulator.exchanges.length;
    const inputs = { operation: 'get', 'sealed-credentials': sealed, 'export-env': 'true' };
    const got = await stepIn(scenario, job, inputs);
    expect(outputsOf(got)).toMatchObject({ ...made, status: 'running', created: 'false' });
    expect(got.outputs).toMatchObject({ changed: 'false' });
    expect(got.exportedEnv).toEqual({
      NEO4J_URI: made['connection-uri'],
      NEO4J_USERNAME: made['username'],
      NEO4J_PASSWORD: made['password'],
      AURA_INSTANCEID: made['instance-id'],
      AURA_INSTANCENAME: 'shop',
    });
    expect(tokenRequestsOf(scenario)).toBe(1);
    expect(scenario.simulator.exchanges).toHaveLength(before + 1);
    expect(linesOf(got).join('\n')).not.toContain(made['password']);
    expect(job.output(got.outputs['password'] ?? '')).toBeUndefined();
  });

  test('masks password and token before it prints, writes or sends anything else', async () => {
    // Only a process leaves a complete trace.
    await using scenario = await startBundle({ job: { debug } });
    const { made, sealed } = await provision(scenario);
    const job = await scenario.startJob({ debug });
    const secrets = [
      made['password'] ?? '',
      newestTokenOf(scenario),
      scenario.simulator.clientSecret,
    ];
    expect(job.masks.values).not.toContain(secrets[0]);
    const got = await stepIn(scenario, job, { operation: 'get', 'sealed-credentials': sealed });
    outputsOf(got);
    expect(doneBeforeMasks(got, secrets)).toEqual([]);
    for (const secret of secrets) expect(job.masks.values).toContain(secret);
  });
});

describe('the token in sealed credentials', () => {
  test('is used by all steps of the other job, and by the job after it', async () => {
    await using scenario = await startScenario();
    const { made, sealed } = await provision(scenario);
    const second = await scenario.startJob();
    const inputs = { operation: 'get', 'sealed-credentials': sealed };
    const got = await stepIn(scenario, second, inputs);
    outputsOf(got);
    outputsOf(await stepIn(scenario, second, { operation: 'get', name: 'shop' }));
    const handedOn = handedOver(second, got, 'sealed-credentials');
    expect(handedOn).toBe(sealed);
    const third = await scenario.startJob();
    const again = await stepIn(scenario, third, { ...inputs, 'sealed-credentials': handedOn });
    outputsOf(again);
    expect(credentialsOf(again)).toEqual(made);
    expect(tokenRequestsOf(scenario)).toBe(1);
  });

  test('is renewed once if it has expired in the meantime', async () => {
    await using scenario = await startScenario();
    const { made, sealed } = await provision(scenario);
    scenario.clock.advance(61 * 60_000);
    const job = await scenario.startJob();
    const inputs = { operation: 'get', 'sealed-credentials': sealed };
    const got = await stepIn(scenario, job, inputs);
    outputsOf(got);
    expect(credentialsOf(got)).toEqual(made);
    expect(tokenRequestsOf(scenario)).toBe(2);
    outputsOf(await stepIn(scenario, job, inputs));
    expect(tokenRequestsOf(scenario)).toBe(2);
    const resealed = handedOver(job, got, 'sealed-credentials');
    expect(resealed).not.toBe(sealed);
    const third = await scenario.startJob();
    const again = await stepIn(scenario, third, { ...inputs, 'sealed-credentials': resealed });
    outputsOf(again);
    expect(credentialsOf(again)).toEqual(made);
    expect(tokenRequestsOf(scenario)).toBe(2);
  });

  test('is renewed once if Aura refuses it', async () => {
    await using scenario = await startScenario();
    const { made, sealed } = await provision(scenario);
    const match = { operation: 'getInstance' };
    scenario.simulator.addFault({ match, fault: { kind: 'expired-token' } });
    const job = await scenario.startJob();
    const got = await stepIn(scenario, job, { operation: 'get', 'sealed-credentials': sealed });
    outputsOf(got);
    expect(credentialsOf(got)).toEqual(made);
    expect(tokenRequestsOf(scenario)).toBe(2);
  });
});

describe('a sealing key', () => {
  const key = 'a-sealing-key-0123';
  const secrets = { secrets: [key] };

  test('seals and opens on both sides', async () => {
    await using scenario = await startScenario();
    const { made, sealed } = await provision(scenario, { 'sealing-key': key });
    const job = await scenario.startJob();
    const inputs = { operation: 'get', 'sealed-credentials': sealed, 'sealing-key': key };
    const got = await stepIn(scenario, job, inputs);
    outputsOf(got);
    expect(credentialsOf(got)).toEqual(made);
    expect(job.masks.values).toContain(key);
  });

  test.each([
    ['where the credentials were sealed', { 'sealing-key': key }, {}],
    ['where they are opened', {}, { 'sealing-key': key }],
    ['that differs', { 'sealing-key': key }, { 'sealing-key': `${key}4` }],
  ])('only %s is an error before any request', async (_what, first, second) => {
    await using scenario = await startScenario({ job: secrets });
    const { sealed } = await provision(scenario, first);
    const job = await scenario.startJob(secrets);
    const before = scenario.simulator.exchanges.length;
    const inputs = { operation: 'get', 'sealed-credentials': sealed, ...second };
    const got = await stepIn(scenario, job, inputs);
    expect(errorOf(got)).toMatch(
      /^Input 'sealed-credentials' cannot be decrypted: it was sealed with another key; .*'sealing-key'/,
    );
    expect(scenario.simulator.exchanges).toHaveLength(before);
    expect(got.outputs).toEqual({ skipped: 'false' });
  });
});
