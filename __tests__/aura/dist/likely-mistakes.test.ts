import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobOptions, StepResult } from '../../../harness/runner/fake-runner.ts';
import { type Scenario, startScenario } from '../../../harness/world/scenario.ts';

/** What a new user may write, and what the step answers. */
interface Mistake {
  readonly inputs: Readonly<Record<string, string>>;
  readonly job?: JobOptions;
  /** All lines of the one error. */
  readonly error: readonly string[];
}

const create = { operation: 'create', name: 'x' } as const;
const pause = { operation: 'pause', name: 'x' } as const;
const settings = 'under Settings > Secrets and variables';
const base = { ref: 'main', repo: { full_name: 'octo/shop' } };
const pullRequest = (head: object, more: JobOptions = {}): JobOptions => ({
  event: {
    name: 'pull_request',
    payload: { action: 'opened', number: 7, pull_request: { head, base } },
  },
  ...more,
});
const ofFork = pullRequest({ ref: 'fix', label: 'a:fix', repo: { full_name: 'a/shop' } });
const own = { ref: 'fix', label: 'octo:fix', repo: { full_name: 'octo/shop' } };
const ofTag: JobOptions = {
  ref: 'refs/tags/v1',
  event: { name: 'push', payload: { ref: 'refs/tags/v1' } },
};
const operations =
  'create, get, poll, pause, resume, resize, snapshot, restore, overwrite, delete, sweep, auto';
const tiers =
  'one of free, professional, business-critical, virtual-dedicated-cloud, ds-professional, ds-enterprise, or an API code such as free-db';
const time =
  'a time from 1s to 24h, for example 90s, 20m, 1h30m or 5 minutes (a number without a unit is seconds)';

/** In the order of a user's way: credentials, words, sizes and times, addresses, combinations. */
const mistakes: Readonly<Record<string, Mistake>> = {
  'no credentials set': {
    inputs: { ...create, 'client-id': '', 'client-secret': '' },
    error: [
      `Inputs 'client-id' and 'client-secret' are empty. Set variable AURA_CLIENT_ID and secret AURA_CLIENT_SECRET ${settings} > Actions, and check their names in the workflow. If they belong to an environment, the job needs 'environment:'.`,
    ],
  },
  'only the secret not set': {
    inputs: { ...create, 'client-secret': '' },
    error: [
      `Input 'client-secret' is empty. Set secret AURA_CLIENT_SECRET ${settings} > Actions, and check its name in the workflow. If it belongs to an environment, the job needs 'environment:'.`,
    ],
  },
  'a pull request from a fork': {
    inputs: { ...create, 'client-secret': '' },
    job: ofFork,
    error: [
      "Input 'client-secret' is empty. GitHub passes no secrets to a pull request from a fork. To skip this step for forks, add 'if-no-credentials: skip' to its inputs, or 'if: github.event.pull_request.head.repo.full_name == github.repository' to the step.",
    ],
  },
  'a run of Dependabot': {
    inputs: { ...create, 'client-secret': '' },
    job: pullRequest(own, { actor: 'dependabot[bot]' }),
    error: [
      `Input 'client-secret' is empty. GitHub passes variables to runs of Dependabot, but no secrets of the repository. Add secret AURA_CLIENT_SECRET ${settings} > Dependabot. To skip this step for Dependabot, add 'if-no-credentials: skip' to its inputs.`,
    ],
  },
  'a secret with a blank inside': {
    inputs: { ...create, 'client-secret': 'letMe In-0123' },
    error: [
      "Input 'client-secret' is not a valid Aura client secret: it contains a blank or a line break. Copy the secret again, or create a new API key in the Aura console.",
    ],
  },
  'a secret that is too short': {
    inputs: { ...create, 'client-secret': 'valid' },
    error: [
      "Input 'client-secret' is not a valid Aura client secret: it is shorter than 8 characters. Copy the secret again, or create a new API key in the Aura console.",
    ],
  },
  'an unknown tier': {
    inputs: { ...create, tier: 'profesional' },
    error: [`Input 'tier' is 'profesional'; expected ${tiers}. Did you mean 'professional'?`],
  },
  'a name of 40 characters': {
    inputs: { ...create, name: 'a-name-that-is-longer-than-aura-allows-x' },
    error: [
      "Input 'name' is 'a-name-that-is-longer-than-aura-allows-x'; expected a name of 1 to 30 characters on one line (this one has 40).",
    ],
  },
  'an id with 7 digits': {
    inputs: { operation: 'get', 'instance-id': 'abcdef1' },
    error: [
      "Input 'instance-id' is 'abcdef1'; expected an instance id of 8 hexadecimal digits such as 3fb7870d. To use a name, set 'name' instead.",
    ],
  },
  'a connection URI as the id': {
    inputs: { operation: 'get', 'instance-id': 'neo4j+s://3fb7870d.databases.neo4j.io' },
    error: [
      "Input 'instance-id' is 'neo4j+s://3fb7870d.databases.neo4j.io'; expected an instance id of 8 hexadecimal digits such as 3fb7870d. To use a name, set 'name' instead. Did you mean '3fb7870d'?",
    ],
  },
  'an operation of another tool': {
    inputs: { operation: 'destroy', name: 'x' },
    error: [
      `Input 'operation' is 'destroy'; expected one of ${operations}. Did you mean 'delete'?`,
    ],
  },
  'a misspelt operation': {
    inputs: { operation: 'crate', name: 'x' },
    error: [`Input 'operation' is 'crate'; expected one of ${operations}. Did you mean 'create'?`],
  },
  'another word for a boolean': {
    inputs: { ...create, wait: 'yes' },
    error: ["Input 'wait' is 'yes'; expected true or false. Did you mean 'true'?"],
  },
  'another unit of a time': {
    inputs: { ...create, timeout: '5 Mins' },
    error: [`Input 'timeout' is '5 Mins'; expected ${time}. Did you mean '5m'?`],
  },
  'a size without its unit': {
    inputs: { ...create, memory: '4' },
    error: ["Input 'memory' is '4'; expected a size such as 4GB. Did you mean '4GB'?"],
  },
  'an interval below a second': {
    inputs: { ...pause, 'poll-interval': '100ms' },
    error: ["Input 'poll-interval' is '100ms'; expected a time from 1s to 24h, for example 5s."],
  },
  'no deletions allowed': {
    inputs: { operation: 'delete', name: 'x', 'max-deletions': '0' },
    error: [
      "Input 'max-deletions' is '0'; expected a whole number of at least 1 and at most 999999.",
    ],
  },
  'an address with a path': {
    inputs: { ...pause, 'api-url': 'https://api.neo4j.io/v1' },
    error: [
      "Input 'api-url' is 'https://api.neo4j.io/v1'; expected only the address of the server, without a path such as /v1. Did you mean 'https://api.neo4j.io'?",
    ],
  },
  'an address with http': {
    inputs: { ...pause, 'api-url': 'http://api.neo4j.io' },
    error: [
      "Input 'api-url' is 'http://api.neo4j.io'; expected an address that begins with https:// (http:// only for localhost). Did you mean 'https://api.neo4j.io'?",
    ],
  },
  'an address without a scheme': {
    inputs: { ...pause, 'api-url': 'api.neo4j.io' },
    error: [
      "Input 'api-url' is 'api.neo4j.io'; expected an address that begins with https://. Did you mean 'https://api.neo4j.io'?",
    ],
  },
  'a tag and no name for a create': {
    inputs: { operation: 'create' },
    job: ofTag,
    error: [
      "Input 'name' is empty or not set, and event 'push' on 'refs/tags/v1' has no branch to build a name from. Set 'name'.",
    ],
  },
  'a tag and no name for another operation': {
    inputs: { operation: 'get' },
    job: ofTag,
    error: [
      "Inputs 'instance-id' and 'name' are both empty or not set, and event 'push' on 'refs/tags/v1' has no branch to build a name from. Set 'name' or 'instance-id'.",
    ],
  },
  'an id for a create': {
    inputs: { ...create, 'instance-id': '3fb7870d' },
    error: [
      "Input 'instance-id' cannot be used with operation 'create', which creates a new instance. Set 'name' instead.",
    ],
  },
  'a short passphrase, which is not masked': {
    inputs: { ...create, 'sealing-key': 'short' },
    error: ["Input 'sealing-key' is too short; expected at least 8 characters."],
  },
  'an env file outside the workspace': {
    inputs: { ...create, 'env-file': '../x.env' },
    error: [
      "Input 'env-file' is '../x.env', but it is outside the workspace and RUNNER_TEMP. Set another path inside the workspace or RUNNER_TEMP.",
    ],
  },
  'an export without a password': {
    inputs: { operation: 'get', name: 'x', 'export-env': 'true' },
    error: [
      "Input 'export-env' needs the password of the database, which operation 'get' cannot read from Aura. Set 'password', 'sealed-credentials' or 'credentials-store: deployment'.",
    ],
  },
  'a pattern of another kind': {
    inputs: { operation: 'delete', name: 'x', 'protected-names': 'prod.*' },
    error: [
      "Input 'protected-names' is 'prod.*'; expected names and globs, in which only * and ? are special: 'prod.*' would protect nothing; ? matches any one character. Did you mean 'prod*'?",
    ],
  },
  'a misspelt input': {
    inputs: { ...create, memroy: '4GB' },
    job: { allowUnknownInputs: true },
    error: ["Unknown input 'memroy'. Did you mean 'memory'?"],
  },
  'six mistakes at once': {
    inputs: {
      operation: 'creat',
      name: 'x',
      tier: 'gold',
      memory: '4G',
      wait: 'on',
      timeout: '25h',
      'if-exists': 'error',
    },
    error: [
      `Input 'operation' is 'creat'; expected one of ${operations}. Did you mean 'create'?`,
      `Input 'tier' is 'gold'; expected ${tiers}.`,
      "Input 'memory' is '4G'; expected a size such as 4GB. Did you mean '4GB'?",
      "Input 'if-exists' is 'error'; expected one of reuse, replace, fail. Did you mean 'fail'?",
      "Input 'wait' is 'on'; expected true or false. Did you mean 'true'?",
      `Input 'timeout' is '25h'; expected ${time}.`,
    ],
  },
};

/** What a new user may write that has only one meaning, and the outputs of the step. */
const accepted: Readonly<Record<string, readonly [Mistake['inputs'], Mistake['inputs']]>> = {
  'an operation and a tier in capital letters': [
    { operation: 'Create', name: 'capital', tier: 'Free' },
    { operation: 'create', tier: 'free-db' },
  ],
  'sizes with a blank or in small letters': [
    { ...create, name: 'sizes', tier: 'professional', memory: '4 gb', region: 'Europe-West1' },
    { memory: '4GB', region: 'europe-west1' },
  ],
  'a time in words': [{ ...create, name: 'time', timeout: '5 minutes' }, { status: 'running' }],
  'a secret with blanks around it': [{ ...create, name: 'blanks' }, { name: 'blanks' }],
};

/** Steps that run at the same time: a small machine has two cores. */
const atOnce = 2;

describe('before anything is sent', () => {
  const results = new Map<string, StepResult>();
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await startScenario();
    const left = Object.entries(mistakes);
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

  test.each(Object.entries(mistakes))('%s is one error that says what to do', (what, { error }) => {
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
      '::error::This program must run as a step of GitHub Actions, which sets GITHUB_OUTPUT, GITHUB_STATE, GITHUB_ENV. Nothing was done.',
    stderr: '',
  });
});

describe('a spelling that has only one meaning', () => {
  test.each(Object.entries(accepted))('is accepted: %s', async (_what, [inputs, outputs]) => {
    await using scenario = await startScenario();
    const secret = scenario.credentials['client-secret'] ?? '';
    const result = await scenario.run({ 'client-secret': ` ${secret}\n`, ...inputs });
    expect(result).toMatchObject({ conclusion: 'success', annotations: [], outputs });
  });
});

test('inputs without effect are one warning, and the step goes through', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', type: 'professional-db' });
  const idle = { memory: '4GB', 'delete-after-job': 'True', 'wait-for': 'paused' };
  const same = { 'if-exists': 'Reuse', timeout: '20 minutes', username: 'me' };
  const result = await scenario.run({ ...pause, ...idle, ...same });
  expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
  expect(result.annotations).toEqual([
    {
      level: 'warning',
      message:
        "Inputs 'memory', 'wait-for' and 'delete-after-job' have no effect on operation 'pause'. Input 'username' has no effect without 'password'; set both, or neither.",
    },
  ]);
});
