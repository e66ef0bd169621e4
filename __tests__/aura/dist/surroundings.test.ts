import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Certificate, createCertificate } from '../../../harness/network/certificate.ts';
import type { JobOptions } from '../../../harness/runner/fake-runner.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import { startScenario } from '../../../harness/world/scenario.ts';
import { changesOf, errorOf, linesOf, outputsOf, remarkable, requestsOf } from '../../../harness/world/support.ts';

describe('an input that the action does not have', () => {
  const job = { allowUnknownInputs: true };

  test.each([
    [{ operation: 'delete', dry_run: 'true' }, "Unknown input 'dry_run'. Did you mean 'dry-run'?"],
    [
      { operation: 'delete', instance_id: '1a2b3c4d' },
      "Unknown input 'instance_id'. Did you mean 'instance-id'?",
    ],
    [{ operation: 'create', memroy: '8GB' }, "Unknown input 'memroy'. Did you mean 'memory'?"],
    [{ operation: 'create', MEMROY: '8GB' }, "Unknown input 'memroy'. Did you mean 'memory'?"],
  ])('and that resembles an existing one is an error: %j', async (inputs, said) => {
    await using scenario = await startScenario({ job });
    scenario.simulator.seedInstance({ name: 'x' });
    const result = await scenario.run({ name: 'x', ...inputs });
    // The runner itself only warns.
    expect(result.annotations.map(({ level }) => level)).toEqual(['warning', 'error']);
    expect(result.annotations.at(-1)?.message).toBe(said);
    expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1 });
    expect(scenario.simulator.exchanges).toEqual([]);
  });

  test('is only a debug message if it resembles none', async () => {
    await using scenario = await startScenario({ job });
    scenario.simulator.seedInstance({ name: 'x' });
    const env = { 'INPUT_RETRY-COUNT': '3' };
    const result = await scenario.run({ operation: 'get', name: 'x', 'cache-key': 'y' }, { env });
    expect(result.conclusion).toBe('success');
    expect(result.debugLog).toEqual(
      expect.arrayContaining([
        "Input 'cache-key' is unknown to this action and has no effect.",
        "Input 'retry-count' is unknown to this action and has no effect.",
      ]),
    );
  });
});

test('inputs without effect are named in one warning, and the step continues', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', type: 'professional-db' });
  const inputs = { operation: 'pause', name: 'x', memory: '4GB', 'delete-after-job': 'true' };
  const result = await scenario.run({ ...inputs, 'wait-for': 'paused', 'if-exists': 'reuse' });
  expect(result.annotations).toEqual([
    {
      level: 'warning',
      message:
        "Inputs 'memory', 'wait-for' and 'delete-after-job' have no effect on operation 'pause'.",
    },
  ]);
  expect(result.outputs).toMatchObject({ operation: 'pause', skipped: 'false', status: 'paused' });
});

test('the URL of the API may come from the environment', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x' });
  const env = { AURA_API_URL: scenario.simulator.url };
  outputsOf(await scenario.run({ operation: 'get', name: 'x', 'api-url': '' }, { env }));
  expect(requestsOf(scenario)).toHaveLength(4);
});

test('an empty id is reported if the name from the event is used instead', async () => {
  await using scenario = await startScenario();
  const result = await scenario.run({ operation: 'pause', 'instance-id': '' });
  expect(linesOf(result)[1]).toMatch(
    /^ {2}Name 'shop-main-.*' \(from octo\/shop, branch 'main'\)$/,
  );
  expect(errorOf(result)).toMatch(
    /^Could not pause instance 'shop-main-.*': the tenant has no instance with this name\. Inputs 'instance-id' and 'name' are both empty or not set, so the name is built from the event\. Set one of them, or check 'tenant'\.$/,
  );
});

describe('if-no-credentials: skip', () => {
  const base = { ref: 'main', repo: { full_name: 'octo/shop' } };
  const fork = { ref: 'fix', label: 'someone:fix', repo: { full_name: 'someone/shop' } };
  const own = { ref: 'fix', label: 'octo:fix', repo: { full_name: 'octo/shop' } };
  const pullRequest = (name: string, head: object): JobOptions => ({
    event: { name, payload: { action: 'opened', number: 7, pull_request: { head, base } } },
  });
  const dependabot = { actor: 'dependabot[bot]' };
  const skip = { operation: 'create', name: 'x', 'if-no-credentials': 'skip' };
  const withoutSecret = { ...skip, 'client-secret': '' };

  test.each<[string, JobOptions, object, string]>([
    ['a fork', pullRequest('pull_request', fork), {}, 'a pull request from a fork'],
    ['a review in a fork', pullRequest('pull_request_review', fork), {}, 'a pull request from a fork'],
    ['Dependabot', { ...pullRequest('pull_request', own), ...dependabot }, {}, 'runs of Dependabot'],
    ['a push of Dependabot', dependabot, { 'client-id': ' ' }, 'runs of Dependabot'],
    [
      'a fork, whatever else is wrong',
      pullRequest('pull_request', fork),
      { 'client-secret': ' ', timeout: 'x', name: 'n'.repeat(31), tier: 'x', 'env-file': '/etc/x' },
      'a pull request from a fork',
    ],
  ])('ends the step with a notice for %s', async (_what, job, inputs, why) => {
    await using scenario = await startScenario({ job });
    const env = { INPUT_DRY_RUN: 'true' };
    const result = await scenario.run({ ...withoutSecret, ...inputs }, { env });
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, stderr: '' });
    expect(result.annotations).toHaveLength(1);
    expect(result.annotations[0]).toMatchObject({
      level: 'notice',
      message: expect.stringContaining(why) as string,
    });
    expect(result.outputs).toEqual({ operation: 'create', skipped: 'true' });
    expect(scenario.simulator.exchanges).toEqual([]);
    const [post] = await scenario.job.post();
    expect(post).toMatchObject({ conclusion: 'success', annotations: [] });
  });

  test.each<[string, JobOptions]>([
    ['a pull request of this repository', pullRequest('pull_request', own)],
    ['pull_request_target', pullRequest('pull_request_target', fork)],
    ['a push', {}],
  ])('is an error for %s, where GitHub withholds nothing', async (_what, job) => {
    await using scenario = await startScenario({ job });
    const result = await scenario.run(withoutSecret);
    expect(errorOf(result)).toMatch(/^Input 'client-secret' is empty\. Set secret AURA_CLIENT_SECRET under/);
    expect(result.outputs).toEqual({ skipped: 'false' });
  });

  test('has no effect if the credentials are set, and fail is the default', async () => {
    const job = pullRequest('pull_request', fork);
    await using scenario = await startScenario({ job });
    outputsOf(await scenario.run(skip));
    const failed = await scenario.run({ operation: 'create', name: 'x', 'client-secret': '' });
    expect(errorOf(failed)).toMatch(/^Input 'client-secret' is empty\. GitHub passes no secrets/);
  });
});

describe('while NODE_TLS_REJECT_UNAUTHORIZED is 0', () => {
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  let certificate: Certificate;

  beforeAll(async () => {
    certificate = await createCertificate('elsewhere.test');
  });

  afterAll(() => {
    certificate.remove();
  });

  // No such address on Windows.
  test.skipIf(onWindows)('a server with an untrusted certificate receives nothing', async () => {
    const { key, cert } = certificate;
    await using scenario = await startScenario({ simulator: { tls: { key, cert } } });
    const { port } = new URL(scenario.simulator.url);
    const inputs = { operation: 'get', name: 'x', 'api-url': `https://0.0.0.0:${port}` };
    const result = await scenario.run(inputs, { env });
    expect(errorOf(result)).toMatch(
      /^Environment variable 'NODE_TLS_REJECT_UNAUTHORIZED' is '0', so another server could pretend to be 0\.0\.0\.0 /,
    );
    expect(scenario.simulator.exchanges).toEqual([]);
    expect(result.trace.filter(({ kind }) => kind === 'request')).toEqual([]);
  });

  test('localhost can be used', async () => {
    const { key, cert } = certificate;
    await using scenario = await startScenario({ simulator: { tls: { key, cert } } });
    scenario.simulator.seedInstance({ name: 'x' });
    const result = await scenario.run({ operation: 'get', name: 'x' }, { env });
    expect(result.conclusion).toBe('success');
  });
});

describe('verify while NODE_TLS_REJECT_UNAUTHORIZED is 0', () => {
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const told =
    /^Could not verify the database of instance 'x' \(([0-9a-f]{8})\) over Bolt: environment variable 'NODE_TLS_REJECT_UNAUTHORIZED' is '0', .+ The instance exists; its credentials are available as step outputs\.$/;

  test('names the created instance, whose credentials are outputs', async () => {
    await using scenario = await startScenario();
    const inputs = { operation: 'create', name: 'x', verify: 'require' };
    const result = await scenario.run(inputs, { env });
    const [made] = scenario.simulator.instances();
    expect(told.exec(errorOf(result))?.[1]).toBe(made?.id);
    const { id, password } = made ?? {};
    expect(result.outputs).toMatchObject({ 'instance-id': id, password, status: 'running' });
  });

  test('only warns with verify: warn', async () => {
    await using scenario = await startScenario();
    const inputs = { operation: 'create', name: 'x', verify: 'warn' };
    const result = await scenario.run(inputs, { env });
    expect(result.conclusion).toBe('success');
    expect(remarkable(result)).toMatchObject([
      { level: 'warning', message: expect.stringMatching(told) as string },
    ]);
  });
});

describe('the files of the runner', () => {
  const bundle = fileURLToPath(new URL('../../../dist/index.js', import.meta.url));
  const clientSecret = 'a-client-secret-of-this-test';
  let directory: string;
  let server: Server;
  const seen: string[] = [];

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'surroundings-'));
    for (const name of ['output', 'state', 'env']) writeFileSync(path.join(directory, name), '');
    mkdirSync(path.join(directory, 'directory'));
    if (!onWindows) execFileSync('mkfifo', [path.join(directory, 'fifo')]);
    server = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => {
    server.close();
    rmSync(directory, { recursive: true });
  });

  /** Runs a create with these files, and returns its error. */
  async function errorWith(files: Readonly<Record<string, string>>): Promise<string> {
    const { port } = server.address() as AddressInfo;
    const at = (name: string): string => path.join(directory, name);
    const env = {
      INPUT_OPERATION: 'create',
      INPUT_NAME: 'x',
      'INPUT_CLIENT-ID': 'client',
      'INPUT_CLIENT-SECRET': clientSecret,
      'INPUT_API-URL': `http://127.0.0.1:${port}`,
      'INPUT_DELETE-AFTER-JOB': 'true',
      GITHUB_OUTPUT: at('output'),
      GITHUB_STATE: at('state'),
      GITHUB_ENV: at('env'),
      RUNNER_TEMP: directory,
      ...Object.fromEntries(Object.entries(files).map(([name, file]) => [name, at(file)])),
    };
    const child = spawn(process.execPath, [bundle], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    expect(code).toBe(1);
    return stdout.split('\n').find((line) => line.startsWith('::error ')) ?? '';
  }

  test.skipIf(onWindows).each([
    [{ GITHUB_OUTPUT: 'missing' }, /GITHUB_OUTPUT cannot be written: ENOENT/],
    [{ GITHUB_STATE: 'directory' }, /GITHUB_STATE cannot be written: EISDIR/],
    [{ GITHUB_ENV: 'fifo' }, /GITHUB_ENV cannot be written: ENXIO/],
    [{ RUNNER_TEMP: 'missing' }, /'delete-after-job' needs the runner's directory RUNNER_TEMP, but ENOENT/],
    [
      { GITHUB_OUTPUT: 'fifo', GITHUB_STATE: 'no/such', RUNNER_TEMP: 'output' },
      /GITHUB_OUTPUT cannot .*%0A.*GITHUB_STATE cannot .*%0A.*RUNNER_TEMP, but it is not a directory/,
    ],
  ])('are checked before anything is sent: %j', async (files, said) => {
    expect(await errorWith(files)).toMatch(said);
    expect(seen).toEqual([]);
  });

  test('are checked together with the inputs', async () => {
    expect(await errorWith({ GITHUB_OUTPUT: 'missing', INPUT_TIMEOUT: 'x' })).toMatch(
      /GITHUB_OUTPUT cannot be written: .*%0AInput 'timeout' is /,
    );
  });
});

describe('an output that can no longer be written after the POST', () => {
  const commands = '_runner_file_commands';

  /** Deletes a command file before Aura answers the create, so that the step can't have written to it. */
  async function createWithout(prefix: string, inputs: Readonly<Record<string, string>> = {}) {
    let remove = (): void => undefined;
    const scenario = await startScenario({
      simulator: {
        // The answer is sent only when this has returned.
        onExchange: ({ method, path: at }) => {
          if (method === 'POST' && at === '/v1/instances') remove();
        },
      },
    });
    let removed = 0;
    remove = () => {
      const directory = path.join(scenario.job.temp, commands);
      for (const file of readdirSync(directory).filter((name) => name.startsWith(prefix))) {
        rmSync(path.join(directory, file));
        removed += 1;
      }
    };
    const result = await scenario.run({ operation: 'create', name: 'x', ...inputs });
    expect(removed).toBe(1);
    return { scenario, result, id: scenario.simulator.history()[0]?.id ?? '' };
  }

  test('causes an error that names the instance', async () => {
    const { result, id, ...made } = await createWithout('set_output_');
    await using scenario = made.scenario;
    expect(errorOf(result)).toMatch(
      new RegExp(
        `^Could not write output '.*' to the runner's file: .*\\. Instance 'x' \\(${id}\\) was created, but later steps may not get its password, which Aura returns only once\\. Delete it with operation 'delete' and instance-id '${id}'\\.$`,
      ),
    );
    expect(changesOf(scenario)).toEqual(['POST /v1/instances 202']);
  });

  test('causes an error that announces the deletion by the post step', async () => {
    const inputs = { 'delete-after-job': 'true' };
    const { result, ...made } = await createWithout('set_output_', inputs);
    await using scenario = made.scenario;
    expect(errorOf(result)).toMatch(/The post step of this step deletes it\.$/);
    // If one file can't be written, the step still writes the other one.
    expect(JSON.stringify(result.state)).toContain(made.id);
    scenario.clock.advance(600_000);
    await scenario.job.post();
    expect(changesOf(scenario).at(-1)).toBe('DELETE /v1/instances/{id} 202');
  });

  test('may be the state: the outputs are set, and the error says how to delete the instance', async () => {
    const inputs = { 'delete-after-job': 'true' };
    const { result, id, ...made } = await createWithout('save_state_', inputs);
    await using scenario = made.scenario;
    expect(changesOf(scenario)).toEqual(['POST /v1/instances 202']);
    expect(errorOf(result)).toMatch(
      new RegExp(`^Could not write the state .* Delete it with operation 'delete' and instance-id '${id}'`),
    );
    expect(result.outputs).toMatchObject({ 'instance-id': id, password: /./ });
  });
});
