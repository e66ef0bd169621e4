import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startScenario, type Scenario } from '../in-process/scenario.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import { errorOf, outputsOf } from '../../../harness/world/support.ts';
import { credentialsOf, handedOver, stepIn } from './support.ts';

let scenario: Scenario;
let sealed = '';
let made: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  scenario = await startScenario();
  const result = await scenario.run({ operation: 'create', name: 'shop' });
  outputsOf(result);
  made = credentialsOf(result);
  sealed = handedOver(scenario.job, result, 'sealed-credentials');
});

afterAll(() => scenario.finish());

/** A `get` in its own job. */
async function getWith(inputs: Readonly<Record<string, string>>, debug = false) {
  const job = await scenario.startJob({ debug });
  const before = scenario.simulator.exchanges.length;
  const given = { operation: 'get', 'sealed-credentials': sealed, 'export-env': 'true', ...inputs };
  const result = await stepIn(scenario, job, given);
  return { result, sent: scenario.simulator.exchanges.slice(before) };
}

function expectNoCredentials({ outputs, exportedEnv }: StepResult): void {
  expect(outputs).not.toHaveProperty('password');
  expect(outputs).not.toHaveProperty('sealed-credentials');
  expect(exportedEnv).toEqual({});
}

/** The value with the character for one of its bytes replaced. */
function alteredAt(byte: number): string {
  const at = 6 + Math.floor((byte * 4) / 3);
  const other = sealed.charAt(at) === 'A' ? 'B' : 'A';
  return sealed.slice(0, at) + other + sealed.slice(at + 1);
}

const cases: readonly (readonly [what: string, value: () => string, reason: string])[] = [
  ['an altered salt', () => alteredAt(3), 'it was altered after it was sealed'],
  ['an altered nonce', () => alteredAt(20), 'it was altered after it was sealed'],
  ['an altered text', () => alteredAt(120), 'it was altered after it was sealed'],
  [
    'an altered tag',
    () => alteredAt(Buffer.from(sealed.slice(6), 'base64url').length - 20),
    'it was altered after it was sealed',
  ],
  [
    'an altered end',
    () => alteredAt(Buffer.from(sealed.slice(6), 'base64url').length - 2),
    'it was altered after it was sealed',
  ],
  ['something added', () => `${sealed}AAAA`, 'it was altered after it was sealed'],
  ['a mask', () => `${sealed.slice(0, 60)}***`, 'it was altered after it was sealed'],
  ['a cut', () => sealed.slice(0, -1), 'it is incomplete'],
  ['a cut to half', () => sealed.slice(0, sealed.length / 2), 'it is incomplete'],
  ['only the prefix', () => 'aura1.', 'it is incomplete'],
  [
    'an older format',
    () => sealed.replace('aura1.', 'aura0.'),
    "its format 'aura0' belongs to another version of this action; this version reads 'aura1'",
  ],
  [
    'a newer format',
    () => sealed.replace('aura1.', 'aura2.'),
    "its format 'aura2' belongs to another version of this action; this version reads 'aura1'",
  ],
  ['another output', () => made['connection-uri'] ?? '', 'it is not a sealed value of this action'],
];

describe('sealed credentials with', () => {
  test.each(cases)('%s cause a specific error before any request', async (_what, value, reason) => {
    const { result, sent } = await getWith({ 'sealed-credentials': value() });
    expect(errorOf(result)).toBe(
      `Input 'sealed-credentials' cannot be decrypted: ${reason}; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.`,
    );
    expect(sent).toEqual([]);
    expectNoCredentials(result);
  });

  test.each([false, true])(
    'another client secret cause an error before any request (debug: %j)',
    async (debug) => {
      const { result, sent } = await getWith({ 'client-secret': 'another-client-secret' }, debug);
      expect(errorOf(result)).toMatch(
        /^Input 'sealed-credentials' cannot be decrypted: it was sealed with another key; .* or client secret\.$/,
      );
      expect(sent).toEqual([]);
      expect(result.trace.filter(({ kind }) => kind === 'request')).toEqual([]);
      expectNoCredentials(result);
    },
  );

  test('the password in their place cause an error that does not show it', async () => {
    const password = made['password'] ?? '';
    const { result, sent } = await getWith({ 'sealed-credentials': password });
    expect(errorOf(result)).toContain('it is not a sealed value of this action');
    expect(sent).toEqual([]);
  });

  test('other wrong inputs cause one error with all of them', async () => {
    const inputs = { 'sealed-credentials': alteredAt(40), wait: 'perhaps', timeout: 'soon' };
    const { result } = await getWith(inputs);
    const error = errorOf(result);
    for (const name of Object.keys(inputs)) expect(error).toContain(`Input '${name}'`);
  });
});

describe('an instance other than that of the sealed credentials', () => {
  test('by its id is an error that names both, before any request', async () => {
    const { result, sent } = await getWith({ 'instance-id': '0badc0de' });
    expect(errorOf(result)).toBe(
      `Input 'instance-id' is '0badc0de', but 'sealed-credentials' belongs to instance ${made['instance-id'] ?? ''}. Remove one of the two inputs.`,
    );
    expect(sent).toEqual([]);
    expectNoCredentials(result);
  });

  test('is not meant by the same id in capitals', async () => {
    const { result } = await getWith({ 'instance-id': made['instance-id']?.toUpperCase() ?? '' });
    outputsOf(result);
    expect(credentialsOf(result)).toEqual(made);
  });

  test('by its name is an error without outputs', async () => {
    const { result } = await getWith({ name: 'other' });
    expect(errorOf(result)).toMatch(/^Instance \w+ is named 'shop', not 'other'\./);
    expectNoCredentials(result);
  });

  test('by its tenant is an error without outputs', async () => {
    const { result } = await getWith({ tenant: '11111111-2222-4333-8444-555555555555' });
    expect(errorOf(result)).toMatch(/^Instance \w+ belongs to tenant /);
    expectNoCredentials(result);
  });
});

test('an operation that needs no credentials still refuses wrong ones', async () => {
  const { result, sent } = await getWith({ operation: 'pause', 'sealed-credentials': 'aura1.x' });
  expect(errorOf(result)).toContain("Input 'sealed-credentials' cannot be decrypted");
  expect(sent).toEqual([]);
});

test('an instance that was deleted in the meantime is an error without outputs', async () => {
  const id = made['instance-id'] ?? '';
  await using other = await startScenario();
  const result = await other.run({ operation: 'create', name: 'gone' });
  const value = handedOver(other.job, result, 'sealed-credentials');
  outputsOf(await other.run({ operation: 'delete', name: 'gone' }));
  const job = await other.startJob();
  const inputs = { operation: 'get', 'sealed-credentials': value, 'export-env': 'true' };
  const got = await stepIn(other, job, inputs);
  expect(errorOf(got)).toMatch(
    /^Could not get instance \w{8}: Aura has no instance with this id\. Check 'instance-id'; the instance may have been deleted\.$/,
  );
  expectNoCredentials(got);
  expect(got.outputs['instance-id']).not.toBe(id);
});
