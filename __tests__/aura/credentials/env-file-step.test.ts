import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sealBundle } from '../../../src/aura/credentials/bundle.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import { startScenario } from '../in-process/scenario.ts';
import { changesOf, errorOf, outputsOf } from '../../../harness/world/support.ts';
import { readers } from '../../core/secrets/env-file-readers.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

const job = { filesWithSecrets: ['.env', 'app/.env', 'aura.env'] };
const create = { operation: 'create', name: 'pr-42', 'env-file': '.env' };

/** The variables of the only instance that was created. */
function expectedOf({ simulator }: Awaited<ReturnType<typeof startScenario>>) {
  const [made] = simulator.history();
  return {
    NEO4J_URI: made?.connectionUrl,
    NEO4J_USERNAME: made?.username,
    NEO4J_PASSWORD: made?.password,
    AURA_INSTANCEID: made?.id,
    AURA_INSTANCENAME: made?.name,
  };
}

test('create writes credentials that all readers parse, readable only by the owner', async () => {
  await using scenario = await startScenario({ job });
  outputsOf(await scenario.run(create));
  const file = path.join(scenario.job.workspace, '.env');
  for (const read of Object.values(readers)) expect(read(file)).toEqual(expectedOf(scenario));
  if (!onWindows) expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('create writes the file before it waits, so that a timeout does not lose it', async () => {
  await using scenario = await startScenario({ job });
  const file = path.join(scenario.job.workspace, '.env');
  const made = scenario.nextExchange(({ method }) => method === 'POST');
  const there = scenario
    .nextExchange(({ path: at }) => /^\/v1\/instances\/[0-9a-f]{8}$/.test(at))
    .then(() => existsSync(file));
  const result = await scenario.run({ ...create, timeout: '30s' });
  await made;
  expect(await there).toBe(true);
  expect(errorOf(result)).toMatch(/30s/);
  expect(readers['dotenv']?.(file)).toEqual(expectedOf(scenario));
});

test('a second step replaces the file of the first', async () => {
  await using scenario = await startScenario({ job });
  outputsOf(await scenario.run(create));
  outputsOf(await scenario.run({ ...create, 'if-exists': 'replace' }));
  const [, second] = scenario.simulator.history();
  const file = path.join(scenario.job.workspace, '.env');
  expect(readers['dotenv']?.(file)).toMatchObject({ NEO4J_PASSWORD: second?.password });
});

test('the file may also be in RUNNER_TEMP', async () => {
  await using scenario = await startScenario({ job });
  const file = path.join(scenario.job.temp, 'aura.env');
  outputsOf(await scenario.run({ ...create, 'env-file': file }));
  expect(readers['dotenv']?.(file)).toEqual(expectedOf(scenario));
  expect(readdirSync(scenario.job.workspace)).toEqual([]);
});

test('git ignores the file in a checkout', async () => {
  await using scenario = await startScenario({ job });
  const { workspace } = scenario.job;
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', workspace, ...args], { encoding: 'utf8' });
  git('init', '--quiet');
  mkdirSync(path.join(workspace, 'app'));
  outputsOf(await scenario.run({ ...create, 'env-file': 'app/.env' }));
  expect(existsSync(path.join(workspace, 'app', '.env'))).toBe(true);
  expect(git('status', '--porcelain', '--untracked-files=all')).toBe('');
});

test('get with sealed credentials writes the same file in another job', async () => {
  await using scenario = await startScenario({ job });
  const { 'sealed-credentials': sealed = '' } = outputsOf(await scenario.run(create));
  const other = await scenario.startJob(job);
  const inputs = { ...scenario.credentials, operation: 'get', 'env-file': '.env' };
  outputsOf(await other.step({ inputs: { ...inputs, 'sealed-credentials': sealed } }));
  const file = path.join(other.workspace, '.env');
  expect(readers['dotenv']?.(file)).toEqual(expectedOf(scenario));
});

describe('a file that cannot be written is an error before any request', () => {
  test.each<[string, string, (workspace: string) => void, RegExp]>([
    ['a traversal', '../.env', () => undefined, /it is outside the workspace and RUNNER_TEMP/],
    ['an absolute path', '/.env', () => undefined, /it is outside the workspace and RUNNER_TEMP/],
    ['a missing directory', 'no/.env', () => undefined, /its directory does not exist/],
    [
      'a file as directory',
      'file/.env',
      (workspace) => {
        writeFileSync(path.join(workspace, 'file'), '');
      },
      /, but it cannot be accessed: .+\. Set another path inside the workspace or RUNNER_TEMP\.$/,
    ],
    [
      'a directory',
      '.env',
      (workspace) => {
        mkdirSync(path.join(workspace, '.env'));
      },
      /it is not a regular file/,
    ],
    [
      'a symbolic link',
      '.env',
      (workspace) => {
        symlinkSync('elsewhere', path.join(workspace, '.env'));
      },
      /it is a symbolic link/,
    ],
    [
      "another program's file",
      '.env',
      (workspace) => {
        writeFileSync(path.join(workspace, '.env'), 'PRECIOUS=1\n');
      },
      /a file exists there that this action did not create/,
    ],
  ])('%s', async (_, file, prepare, message) => {
    await using scenario = await startScenario();
    const { workspace } = scenario.job;
    prepare(workspace);
    const before = readdirSync(workspace);
    const error = errorOf(await scenario.run({ ...create, 'env-file': file }));
    expect(error).toMatch(/Input 'env-file' /);
    expect(error).toMatch(message);
    expect(scenario.simulator.exchanges).toEqual([]);
    expect(readdirSync(workspace)).toEqual(before);
  });

  test.each(['with space', 'dollar$'])('a name that the file cannot contain: %s', async (name) => {
    await using scenario = await startScenario();
    const error = errorOf(await scenario.run({ ...create, name }));
    expect(error).toMatch(
      /^Input 'name' contains characters that the file of input 'env-file' cannot contain\.$/,
    );
    expect(scenario.simulator.exchanges).toEqual([]);
    expect(readdirSync(scenario.job.workspace)).toEqual([]);
  });

  test('the same name is not an error without a file', async () => {
    await using scenario = await startScenario();
    outputsOf(await scenario.run({ operation: 'create', name: 'with space' }));
    expect(changesOf(scenario)).toEqual(['POST /v1/instances 202']);
  });
});

describe('a file that turns out not to be writable', () => {
  test('fails the step, but the credentials are set as outputs', async () => {
    await using scenario = await startScenario({ job });
    const { id, tenantId, password } = scenario.simulator.seedInstance({ name: 'with space' });
    const sealed = {
      instanceId: id,
      name: 'with space',
      tenantId,
      connectionUri: 'neo4j+s://4eca3938.databases.neo4j.io',
      username: 'neo4j',
      password: secretOf(password),
      token: undefined,
    };
    const result = await scenario.run({
      operation: 'get',
      'instance-id': id,
      'sealed-credentials': sealBundle(sealed, secretOf(scenario.simulator.clientSecret)),
      'env-file': '.env',
    });
    expect(errorOf(result)).toMatch(
      /^Could not write the file of input 'env-file': the value of AURA_INSTANCENAME contains .+\. Instance 'with space' \([0-9a-f]{8}\) exists; its credentials are available as step outputs\.$/,
    );
    expect(result.outputs['password']).toBe(password);
    expect(readdirSync(scenario.job.workspace)).toEqual([]);
  });

  test('is not partly written if it cannot contain the password', async () => {
    await using scenario = await startScenario({ simulator: { passwordAlphabet: 'abc$ #' } });
    const result = await scenario.run(create);
    expect(errorOf(result)).toMatch(/the value of NEO4J_PASSWORD contains characters/);
    const [made] = scenario.simulator.history();
    expect(result.outputs['password']).toBe(made?.password);
    expect(readdirSync(scenario.job.workspace)).toEqual([]);
  });
});

test('a file that another process replaced while the step waited is not overwritten', async () => {
  await using scenario = await startScenario({ job });
  const { workspace } = scenario.job;
  const file = path.join(workspace, '.env');
  const posted = scenario
    .nextExchange(({ method, path: at }) => method === 'POST' && at === '/v1/instances')
    .then(() => {
      writeFileSync(file, 'PRECIOUS=1\n');
    });
  const result = await scenario.run(create);
  await posted;
  expect(readFileSync(file, 'utf8')).toBe('PRECIOUS=1\n');
  expect(errorOf(result)).toMatch(/: a file exists there that this action did not create\./);
});
