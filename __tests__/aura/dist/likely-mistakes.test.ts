import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import { type Scenario, startScenario } from '../../../harness/world/scenario.ts';
import { errorOf, linesOf, outputsOf, remarkable } from '../../../harness/world/support.ts';
import { cancelStep } from '../cancellation/cancelled-step.ts';
import { closedPort } from '../credentials/verification.ts';
import { idIn, mistakesForAura } from './mistakes-for-aura.ts';
import { type Mistake, mistakesInInputs } from './mistakes-in-inputs.ts';

/** What a new user may write that has only one meaning, and the outputs of the step. */
const accepted: Readonly<Record<string, readonly [Mistake['inputs'], Mistake['inputs']]>> = {
  'an operation and a tier in capital letters': [
    { operation: 'Create', name: 'capital', tier: 'Free' },
    { operation: 'create', tier: 'free-db' },
  ],
  'sizes with a blank or in small letters': [
    { operation: 'create', name: 'sizes', tier: 'professional', memory: '4 gb', region: 'Europe-West1' },
    { memory: '4GB', region: 'europe-west1' },
  ],
  'a time in words': [{ operation: 'create', name: 'time', timeout: '5 minutes' }, { status: 'running' }],
  'a secret with blanks around it': [{ operation: 'create', name: 'blanks' }, { name: 'blanks' }],
};

/** Steps that run at the same time: a small machine has two cores. */
const atOnce = 2;

describe('before anything is sent', () => {
  const results = new Map<string, StepResult>();
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await startScenario();
    const left = Object.entries(mistakesInInputs);
    const work = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [what, { inputs, job }] = next;
        const { credentials } = scenario;
        const other = await scenario.startJob(job);
        results.set(what, await other.step({ inputs: { ...credentials, ...inputs } }));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }, 120_000);

  afterAll(() => scenario.finish());

  test.each(Object.entries(mistakesInInputs))('%s is one error that says what to do', (what, { error }) => {
    const result = results.get(what);
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, stderr: '' });
    const errors = result?.annotations.filter(({ level }) => level === 'error') ?? [];
    expect(errors.map(({ message }) => message.split('\n'))).toEqual([error]);
    // GitHub itself warns of an unknown input.
    const warnings = result?.annotations.filter(({ level }) => level === 'warning') ?? [];
    expect(warnings).toHaveLength(what === 'a misspelt input' ? 1 : 0);
    expect(result?.trace.filter(({ kind }) => kind === 'request')).toEqual([]);
  });

  test('none of these steps sends anything', () => {
    expect(scenario.simulator.exchanges).toEqual([]);
  });
});

test('the bundle that is started by hand says that it needs GitHub Actions', () => {
  const bundle = fileURLToPath(new URL('../../../dist/index.js', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle], {
    env: { 'INPUT_OPERATION': 'create', 'INPUT_CLIENT-SECRET': 'short' },
    encoding: 'utf8',
  });
  expect({ status, stdout: stdout.trim(), stderr }).toEqual({
    status: 1,
    stdout:
      '::error title=Neo4j Aura%3A create failed::This program must run as a step of GitHub Actions, which sets GITHUB_OUTPUT, GITHUB_STATE, GITHUB_ENV. Nothing was done.',
    stderr: '',
  });
});

describe('a spelling that has only one meaning', () => {
  test.each(Object.entries(accepted))('is accepted: %s', async (_what, [inputs, outputs]) => {
    await using scenario = await startScenario();
    const secret = scenario.credentials['client-secret'] ?? '';
    const result = await scenario.run({ 'client-secret': ` ${secret}\n`, ...inputs });
    expect(result).toMatchObject({ conclusion: 'success', outputs });
    expect(remarkable(result)).toEqual([]);
  });
});

test('inputs without effect are one warning, and the step goes through', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', type: 'professional-db' });
  const idle = { memory: '4GB', 'delete-after-job': 'True', 'wait-for': 'paused' };
  const same = { 'if-exists': 'Reuse', timeout: '20 minutes', username: 'me' };
  const result = await scenario.run({ operation: 'pause', name: 'x', ...idle, ...same });
  expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
  expect(result.annotations).toEqual([
    {
      level: 'warning',
      message:
        "Inputs 'memory', 'wait-for' and 'delete-after-job' have no effect on operation 'pause'. Input 'username' has no effect without 'password'; set both, or neither.",
    },
  ]);
});

test.each(mistakesForAura)('$mistake', async ({ mistake, simulator = {}, before, inputs, says }) => {
  await using scenario = await startScenario({ simulator });
  const known = before?.(scenario) ?? {};
  const result = await scenario.run({ ...inputs, ...known });
  expect(errorOf(result)).toBe(says(scenario));
  // Nothing is said twice.
  const causes = linesOf(result).filter((line) => line.startsWith('Caused by: '));
  const isKnown = /^5b|^a tenant of another/.test(mistake);
  for (const cause of causes) {
    expect(cause).toMatch(isKnown ? /\((tenant-not-found|unauthorized)\)/ : /^Caused by: [A-Z]+ \S+( \(request id .+\))?$/);
  }
});

describe('an odd answer of Aura', () => {
  const secret = 'a-secret-that-no-log-shows';
  const long = `${'x'.repeat(295)}${secret}${'y'.repeat(1_000_000)}`;
  const foreign =
    "The answer contains no message of Aura, so it probably comes from a proxy, a firewall or another server: check 'api-url' and the runner's proxy settings.";
  const compare = "Compare the inputs with Aura's message.";
  test.each<[string, number, string | object, string]>([
    ['a page', 400, '<!DOCTYPE html>\n<h1>Blocked</h1>', `400. ${foreign}`],
    ['nothing', 418, '', `418. ${foreign}`],
    ['a list', 451, '[]', `451. ${foreign}`],
    ['no complaint', 422, { errors: [] }, `422. ${foreign}`],
    ['the request of a proxy for a login', 407, '', '407. A proxy on the way asks for a login: set its user name and password in the variable https_proxy of the runner.'],
    ['commands', 400, { errors: [{ message: '\n::error::a\r\n##[error]b', reason: 'c\n::d' }] }, `400 '::error::a # #[error]b' (c ::d). ${compare}`],
    ['the same twice', 400, { errors: [{ message: 'No' }, { message: 'No' }] }, `400 'No'. ${compare}`],
    ['a text for a complaint', 400, { message: 'Not authorised' }, `400 'Not authorised'. ${compare}`],
    ['a megabyte with a secret at the cut', 400, { errors: [{ message: long }] }, `400 '${'x'.repeat(295)}***…'. ${compare}`],
  ])('is one short error that says what to do: %s', async (_what, status, body, says) => {
    await using scenario = await startScenario({ job: { secrets: [secret] } });
    const { id } = scenario.simulator.seedInstance({ name: 'shop', type: 'professional-db' });
    scenario.simulator.addFault({
      match: { operation: 'pauseInstance' },
      times: 'always',
      fault: { kind: 'status', status, body },
    });
    const inputs = { operation: 'pause', name: 'shop', 'sealing-key': secret };
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toBe(`Could not pause instance 'shop' (${id}): Aura answered ${says}`);
  });
});

test('a sweep while GitHub is down says that it could not be reached, and deletes nothing', async () => {
  const api = `http://127.0.0.1:${await closedPort()}`;
  await using scenario = await startScenario({ job: { env: { GITHUB_API_URL: api } } });
  scenario.simulator.seedInstance({ name: 'shop-main-610v7-1ln40', type: 'professional-db' });
  const result = await scenario.run({ operation: 'sweep', 'github-token': 'ghs_0123456789' });
  expect(errorOf(result)).toBe(
    "Could not read the open pull requests of octo/shop: GitHub could not be reached (ECONNREFUSED). Check the runner's network and its proxy settings. Nothing was deleted.",
  );
  expect(scenario.simulator.instances()).toHaveLength(1);
});

test('14b: a pause of a paused instance is a success', async () => {
  await using scenario = await startScenario();
  const { id: paused } = scenario.simulator.seedInstance({ name: 'shop', status: 'paused' });
  const result = await scenario.run({ operation: 'pause', name: 'shop' });
  expect(outputsOf(result)['changed']).toBe('false');
  expect(result.log.join('\n')).toContain(
    `Instance 'shop' (${paused}) is already paused; nothing to do.`,
  );
});

test('a cancelled step says once what is left, and how to delete it', async () => {
  await using aftermath = await cancelStep({
    inputs: { operation: 'create', name: 'shop' },
    moment: 60_000,
    bundle: true,
  });
  const { scenario, step } = aftermath;
  const message = `The step was cancelled (SIGINT). Instance 'shop' (${idIn(scenario)}) was created. It will not be deleted automatically: use operation 'delete' with instance-id '${idIn(scenario)}', or set 'delete-after-job'.`;
  expect(step.annotations.map((one) => one.message)).toEqual([message]);
  expect(step.log.filter((line) => line.startsWith('Caused by'))).toEqual([]);
});

test('a database that cannot be reached: the causes of the driver are only debug lines', async () => {
  const uri = `bolt://127.0.0.1:${await closedPort()}`;
  await using scenario = await startScenario();
  const { id: shown } = scenario.simulator.seedInstance({ name: 'shop', connectionUrl: uri });
  const password = 'the-password-of-shop';
  const inputs = { operation: 'get', name: 'shop', password, verify: 'require', timeout: '5s' };
  const result = await scenario.run(inputs);
  expect(errorOf(result)).toMatch(
    new RegExp(
      `^Could not verify the database of instance 'shop' \\(${shown}\\) over Bolt: [^:]*ECONNREFUSED.* \\(\\ds\\)\\. The database takes longer than usual, or an IP filter or a private endpoint keeps this runner out\\.$`,
    ),
  );
  expect(result.log.filter((line) => line.includes('Caused by'))).toEqual([]);
  expect(result.debugLog.some((line) => line.startsWith('Caused by: '))).toBe(true);
});
