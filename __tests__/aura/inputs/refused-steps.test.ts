import { describe, expect, test } from 'vitest';
import type { JobOptions } from '../../../harness/runner/fake-runner.ts';
import { startScenario } from '../in-process/scenario.ts';
import { errorOf, linesOf, outputsOf } from '../../../harness/world/support.ts';

/** Runs one step that must not send a request, and returns its error. */
async function refusalOf(
  inputs: Readonly<Record<string, string>>,
  job: JobOptions = {},
): Promise<string> {
  await using scenario = await startScenario({ job });
  const result = await scenario.run(inputs);
  expect(scenario.simulator.exchanges).toEqual([]);
  expect(result.trace.filter(({ kind }) => kind === 'request')).toEqual([]);
  // Without the pauses in the trace: one of them is the time limit of git, which never passes.
  expect(result.drivenMilliseconds).toBe(0);
  expect(result.outputs).toEqual({ skipped: 'false' });
  return errorOf(result);
}

const tiers =
  'free, professional, business-critical, virtual-dedicated-cloud, ds-professional, ds-enterprise, or an API code such as free-db';

test('all invalid inputs are reported together in one annotation, before any request', async () => {
  const bad = {
    operation: 'upgrade',
    'client-id': 'with:colon',
    'client-secret': 'a secret with blanks',
    tenant: 't'.repeat(201),
    'api-url': 'ftp://x',
    'instance-id': '1a2b3c4',
    name: 'n'.repeat(31),
    tier: 'gold',
    region: 'europe west',
    'cloud-provider': 'ibm',
    memory: '4',
    storage: '0GB',
    version: '5 or so',
    'vector-optimized': 'yes',
    'graph-analytics-plugin': '1',
    'customer-managed-key-id': 'key',
    wait: 'maybe',
    'wait-for': 'suspended',
    timeout: '20 fortnights',
    'poll-interval': '0',
    'if-exists': 'recreate',
    'sealed-credentials': 'aura1.nonsense',
    'sealing-key': 'too few',
    'credentials-store': 'cache',
    'export-env': 'on',
    'env-file': '../neo4j.env',
    verify: 'true',
    'delete-after-job': '0',
    'max-deletions': '0',
    'dry-run': 'no',
  };
  const message = await refusalOf(bad);
  expect(message.split('\n').toSorted()).toEqual(
    [
      "Input 'operation' is 'upgrade'; expected one of create, get, poll, pause, resume, resize, snapshot, restore, overwrite, delete, sweep, auto. Did you mean 'resize'?",
      "Input 'client-id' is not a valid Aura client id: it contains a blank, a colon or another character that no client id has.",
      "Input 'client-secret' is not a valid Aura client secret: it contains a blank or a line break. Copy the secret again, or create a new API key in the Aura console.",
      `Input 'tenant' is '${'t'.repeat(201)}'; expected a tenant id or name of 1 to 200 characters on one line.`,
      "Input 'api-url' is 'ftp://x'; expected the address of an Aura API, such as https://api.neo4j.io, without a path.",
      "Input 'instance-id' is '1a2b3c4'; expected an instance id of 8 hexadecimal digits such as 3fb7870d. To use a name, set 'name' instead.",
      `Input 'name' is '${'n'.repeat(31)}'; expected a name of 1 to 30 characters on one line (this one has 31).`,
      `Input 'tier' is 'gold'; expected one of ${tiers}.`,
      "Input 'region' is 'europe west'; expected the code of a region such as europe-west1.",
      "Input 'cloud-provider' is 'ibm'; expected one of gcp, aws, azure.",
      "Input 'memory' is '4'; expected a size such as 4GB. Did you mean '4GB'?",
      "Input 'storage' is '0GB'; expected a size such as 4GB.",
      "Input 'version' is '5 or so'; expected a version such as 5.",
      "Input 'vector-optimized' is 'yes'; expected true or false. Did you mean 'true'?",
      "Input 'graph-analytics-plugin' is '1'; expected true or false. Did you mean 'true'?",
      "Input 'customer-managed-key-id' is 'key'; expected the id of the key in Aura, a UUID.",
      "Input 'wait' is 'maybe'; expected true or false.",
      "Input 'wait-for' is 'suspended'; expected one of running, paused, deleted. Did you mean 'paused'?",
      "Input 'timeout' is '20 fortnights'; expected a time from 1s to 24h, for example 90s, 20m, 1h30m or 5 minutes (a number without a unit is seconds).",
      "Input 'poll-interval' is '0'; expected a time from 1s to 24h, for example 5s.",
      "Input 'if-exists' is 'recreate'; expected one of reuse, replace, fail. Did you mean 'replace'?",
      "Input 'sealed-credentials' cannot be decrypted: it is incomplete; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.",
      "Input 'sealing-key' is too short; expected at least 8 characters.",
      "Input 'credentials-store' is 'cache'; expected one of none, deployment.",
      "Input 'export-env' is 'on'; expected true or false. Did you mean 'true'?",
      "Input 'env-file' is '../neo4j.env', but it is outside the workspace and RUNNER_TEMP. Set another path inside the workspace or RUNNER_TEMP.",
      "Input 'verify' is 'true'; expected one of off, warn, require. Did you mean 'require'?",
      "Input 'delete-after-job' is '0'; expected true or false. Did you mean 'false'?",
      "Input 'max-deletions' is '0'; expected a whole number of at least 1 and at most 999999.",
      "Input 'dry-run' is 'no'; expected true or false. Did you mean 'false'?",
    ].toSorted(),
  );
});

test('a missing operation is reported with the list of operations', async () => {
  expect(await refusalOf({ operation: '', name: 'x' })).toBe(
    "Input 'operation' is not set; expected one of create, get, poll, pause, resume, resize, snapshot, restore, overwrite, delete, sweep, auto.",
  );
});

test('an id is refused for create', async () => {
  expect(await refusalOf({ operation: 'create', name: 'x', 'instance-id': '1a2b3c4d' })).toBe(
    "Input 'instance-id' cannot be used with operation 'create', which creates a new instance. Set 'name' instead.",
  );
});

const secure = 'an address that begins with https:// (http:// only for localhost)';

test.each([
  ['http://example.com', `${secure}. Did you mean 'https://example.com'?`],
  ['http://127.0.0.1.example.com', `${secure}. Did you mean 'https://127.0.0.1.example.com'?`],
  ['https://user:word@api.neo4j.io', 'an address without a user name and a password.'],
  [
    'https://api.neo4j.io/v1',
    "only the address of the server, without a path such as /v1. Did you mean 'https://api.neo4j.io'?",
  ],
  ['api.neo4j.io', "an address that begins with https://. Did you mean 'https://api.neo4j.io'?"],
])("the address '%s' is refused before any request", async (url, expected) => {
  expect(await refusalOf({ operation: 'get', name: 'x', 'api-url': url })).toBe(
    `Input 'api-url' is '${url.replace('user:word', '***')}'; expected ${expected}`,
  );
});

test('a run for a tag needs a name', async () => {
  const event = { name: 'push', payload: { ref: 'refs/tags/v1.0.0' } };
  expect(await refusalOf({ operation: 'create' }, { event })).toBe(
    "Input 'name' is empty or not set, and event 'push' on 'refs/tags/v1.0.0' has no branch to build a name from. Set 'name'.",
  );
});

describe('missing credentials', () => {
  const none = { operation: 'create', name: 'x', 'client-secret': '' };
  const base = { ref: 'main', repo: { full_name: 'octo/shop' } };
  const branch = 'fix';

  function pullRequest(name: string, head: object): JobOptions {
    return {
      event: { name, payload: { action: 'opened', number: 7, pull_request: { head, base } } },
    };
  }

  const fork = { ref: branch, label: 'someone:fix', repo: { full_name: 'someone/shop' } };
  const gone = { ref: branch, label: 'someone:fix', repo: null };
  const own = { ref: branch, label: 'octo:fix', repo: { full_name: 'octo/shop' } };
  const becauseFork =
    "GitHub passes no secrets to a pull request from a fork. To skip this step for forks, add 'if-no-credentials: skip' to its inputs, or 'if: github.event.pull_request.head.repo.full_name == github.repository' to the step.";
  const becauseUnset =
    "Set secret AURA_CLIENT_SECRET under Settings > Secrets and variables > Actions, and check its name in the workflow. If it belongs to an environment, the job needs 'environment:'.";
  const becauseDependabot =
    "GitHub passes variables to runs of Dependabot, but no secrets of the repository. Add secret AURA_CLIENT_SECRET under Settings > Secrets and variables > Dependabot. To skip this step for Dependabot, add 'if-no-credentials: skip' to its inputs.";

  test.each<[what: string, job: JobOptions, why: string]>([
    ['a pull request from a fork', pullRequest('pull_request', fork), becauseFork],
    ['a pull request from a deleted fork', pullRequest('pull_request', gone), becauseFork],
    [
      'a review of a pull request from a fork',
      pullRequest('pull_request_review', fork),
      becauseFork,
    ],
    ['a pull request of this repository', pullRequest('pull_request', own), becauseUnset],
    ['pull_request_target', pullRequest('pull_request_target', fork), becauseUnset],
    ['a push', {}, becauseUnset],
    [
      'Dependabot',
      { ...pullRequest('pull_request', own), actor: 'dependabot[bot]' },
      becauseDependabot,
    ],
    ['a push of Dependabot', { actor: 'dependabot[bot]' }, becauseDependabot],
  ])('are explained for %s', async (_what, job, why) => {
    expect(await refusalOf(none, job)).toBe(`Input 'client-secret' is empty. ${why}`);
  });

  test('are named together', async () => {
    expect(await refusalOf({ ...none, 'client-id': ' ' })).toBe(
      `Inputs 'client-id' and 'client-secret' are empty. Set variable AURA_CLIENT_ID and secret AURA_CLIENT_SECRET under Settings > Secrets and variables > Actions, and check their names in the workflow. If they belong to an environment, the job needs 'environment:'.`,
    );
  });
});

test('inputs in other spellings and with whitespace around them are accepted', async () => {
  await using scenario = await startScenario();
  const inputs = {
    operation: ' Create ',
    name: '  x\n',
    tier: 'Professional',
    region: 'Europe-West1 ',
    'cloud-provider': 'GCP',
    'vector-optimized': 'FALSE',
    wait: 'fALSE',
    timeout: '5 minutes',
    'poll-interval': '',
    memory: '2 gb',
  };
  const result = await scenario.run(inputs);
  expect(outputsOf(result)).toMatchObject({ name: 'x', tier: 'professional-db', memory: '2GB' });
  const [post] = scenario.simulator.exchanges.filter(
    ({ method, path }) => method === 'POST' && path === '/v1/instances',
  );
  expect(JSON.parse(post?.requestBody ?? '')).toMatchObject({
    memory: '2GB',
    region: 'europe-west1',
    cloud_provider: 'gcp',
    type: 'professional-db',
  });
});

test('a name of 30 characters in any script is accepted', async () => {
  await using scenario = await startScenario();
  const name = 'ü日本🚀'.padEnd(31, 'x');
  expect(Array.from(name)).toHaveLength(30);
  const result = await scenario.run({ operation: 'create', name, wait: 'false' });
  expect(outputsOf(result)['name']).toBe(name);
  expect(linesOf(result)[0]).toBe(`Neo4j Aura: create instance '${name}'`);
});

test('an unreadable payload is not an error if a name is set', async () => {
  await using scenario = await startScenario();
  const env = { GITHUB_EVENT_PATH: '/nonexistent' };
  outputsOf(await scenario.run({ operation: 'delete', name: 'x' }, { env }));
});
