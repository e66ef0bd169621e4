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

const time = 'a time from 1s to 24h such as 90s, 20m or 1h30m (a bare number is seconds)';
const tiers =
  'free, professional, business-critical, virtual-dedicated-cloud, ds-professional, ds-enterprise, free-db, professional-db, enterprise-db, professional-ds, enterprise-ds';

test('all invalid inputs are reported together in one annotation, before any request', async () => {
  const bad = {
    operation: 'upgrade',
    'client-id': 'with:colon',
    'client-secret': 'a secret with blanks',
    tenant: 't'.repeat(201),
    'api-url': 'ftp://x',
    'instance-id': '1a2b3c4',
    name: 'n'.repeat(31),
    tier: 'Free',
    region: 'europe west',
    'cloud-provider': 'ibm',
    memory: '4 GB',
    storage: '0GB',
    version: '5 or so',
    'vector-optimized': 'yes',
    'graph-analytics-plugin': '1',
    'customer-managed-key-id': 'key',
    wait: 'maybe',
    'wait-for': 'suspended',
    timeout: '20 minutes',
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
      "Input 'operation' is 'upgrade'; expected one of create, get, poll, pause, resume, resize, snapshot, restore, overwrite, delete, sweep, auto.",
      "Input 'client-id' contains characters that are not allowed in an Aura client id.",
      "Input 'client-secret' is not an Aura client secret: it is too short or contains blanks.",
      `Input 'tenant' is '${'t'.repeat(201)}'; expected a tenant id or name.`,
      "Input 'api-url' is 'ftp://x'; expected the origin of an Aura API, such as https://api.neo4j.io (http: only for this machine, no path, no credentials).",
      "Input 'instance-id' is '1a2b3c4'; expected an instance id of 8 hexadecimal digits.",
      `Input 'name' is '${'n'.repeat(31)}'; expected a name of 1 to 30 characters on one line.`,
      `Input 'tier' is 'Free'; expected one of ${tiers}.`,
      "Input 'region' is 'europe west'; expected a region such as europe-west1.",
      "Input 'cloud-provider' is 'ibm'; expected one of gcp, aws, azure.",
      "Input 'memory' is '4 GB'; expected a size such as 4GB.",
      "Input 'storage' is '0GB'; expected a size such as 4GB.",
      "Input 'version' is '5 or so'; expected a version such as 5.",
      "Input 'vector-optimized' is 'yes'; expected true or false.",
      "Input 'graph-analytics-plugin' is '1'; expected true or false.",
      "Input 'customer-managed-key-id' is 'key'; expected a UUID.",
      "Input 'wait' is 'maybe'; expected true or false.",
      "Input 'wait-for' is 'suspended'; expected one of running, paused, deleted.",
      `Input 'timeout' is '20 minutes'; expected ${time}.`,
      `Input 'poll-interval' is '0'; expected ${time}.`,
      "Input 'if-exists' is 'recreate'; expected one of reuse, replace, fail.",
      "Input 'sealed-credentials' cannot be decrypted: it is incomplete; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.",
      "Input 'sealing-key' is too short; expected at least 8 characters.",
      "Input 'credentials-store' is 'cache'; expected one of none, deployment.",
      "Input 'export-env' is 'on'; expected true or false.",
      "Input 'env-file' is '../neo4j.env'; expected a path where a file can be written, but it is outside the workspace and RUNNER_TEMP.",
      "Input 'verify' is 'true'; expected one of off, warn, require.",
      "Input 'delete-after-job' is '0'; expected true or false.",
      "Input 'max-deletions' is '0'; expected a whole number of at least 1.",
      "Input 'dry-run' is 'no'; expected true or false.",
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
    "Input 'instance-id' cannot be used with operation 'create', which creates a new instance.",
  );
});

test.each([
  'http://example.com',
  'http://127.0.0.1.example.com',
  'https://user:word@api.neo4j.io',
  'https://api.neo4j.io/v1',
  'api.neo4j.io',
])("the address '%s' is refused before any request", async (url) => {
  expect(await refusalOf({ operation: 'get', name: 'x', 'api-url': url })).toBe(
    `Input 'api-url' is '${url.replace('user:word', '***')}'; expected the origin of an Aura API, such as https://api.neo4j.io (http: only for this machine, no path, no credentials).`,
  );
});

test('a run for a tag needs a name', async () => {
  const event = { name: 'push', payload: { ref: 'refs/tags/v1.0.0' } };
  expect(await refusalOf({ operation: 'create' }, { event })).toBe(
    "Input 'name' is empty or not set, and event 'push' on 'refs/tags/v1.0.0' has no branch to build a name from; expected a name of 1 to 30 characters.",
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
    'GitHub passes no secrets to a pull request from a fork. Skip this step for forks.';
  const becauseUnset =
    'the secret or variable they come from is not set for this repository or environment, or its name is misspelt.';
  const becauseDependabot =
    "GitHub passes no repository secrets to runs of Dependabot. Add them to the repository's Dependabot secrets, or skip this step for Dependabot.";

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
    expect(await refusalOf(none, job)).toBe(`Input 'client-secret' is empty; ${why}`);
  });

  test('are named together', async () => {
    expect(await refusalOf({ ...none, 'client-id': ' ' })).toBe(
      `Inputs 'client-id' and 'client-secret' are empty; ${becauseUnset}`,
    );
  });
});

test('inputs in other spellings and with whitespace around them are accepted', async () => {
  await using scenario = await startScenario();
  const inputs = {
    operation: ' create ',
    name: '  x\n',
    tier: 'professional-db',
    region: 'europe-west1 ',
    'vector-optimized': 'FALSE',
    wait: 'False',
    timeout: '90',
    'poll-interval': '',
    memory: '',
  };
  const result = await scenario.run(inputs);
  expect(outputsOf(result)).toMatchObject({ name: 'x', tier: 'professional-db', memory: '1GB' });
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
