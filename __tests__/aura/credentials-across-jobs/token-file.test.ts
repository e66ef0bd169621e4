import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { deriveTokenKey, sealUnderKey } from '../../../src/core/secrets/seal.ts';
import { tokenFilePath } from '../../../src/core/oauth/token-file.ts';
import { instanceData } from '../api/connected-client.ts';
import { json, startServer } from '../../../harness/network/scripted-server.ts';
import { startJob } from '../../../harness/runner/fake-runner.ts';
import { startScenario, type Scenario } from '../in-process/scenario.ts';
import { outputsOf } from '../../../harness/world/support.ts';
import { newestTokenOf, tokenRequestsOf } from './support.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

/** The token file of a scenario's client in its first job. */
function placeOf({ simulator, job }: Scenario): string {
  const owner = { clientId: simulator.clientId, apiOrigin: simulator.url };
  return tokenFilePath(job.temp, 'aura-action', owner);
}

/** A token that the client itself could have sealed. */
function sealedFor({ simulator }: Scenario, content: unknown): string {
  const { clientId, clientSecret, url } = simulator;
  return sealUnderKey(
    JSON.stringify(content),
    deriveTokenKey({ clientId, clientSecret: secretOf(clientSecret) }, url),
  );
}

const inputs = { operation: 'get', name: 'x' };
const expiresAt = Date.now() + 24 * 3_600_000;

type Put = (file: string, scenario: Scenario) => void;

function pipe(file: string): void {
  execFileSync('mkfifo', ['-m', '600', file]);
}

const strangers: readonly (readonly [what: string, put: Put])[] = [
  ['a pipe', pipe],
  [
    'a pipe behind a link',
    (file) => {
      pipe(`${file}.pipe`);
      symlinkSync(`${file}.pipe`, file);
    },
  ],
  [
    '/dev/zero behind a link',
    (file) => {
      symlinkSync('/dev/zero', file);
    },
  ],
  [
    '3 GB of zeros',
    (file) => {
      writeFileSync(file, '', { mode: 0o600 });
      truncateSync(file, 3 * 2 ** 30);
    },
  ],
  [
    '65 KiB',
    (file) => {
      writeFileSync(file, `key1.${'A'.repeat(66_000)}`, { mode: 0o600 });
    },
  ],
  [
    'an empty file',
    (file) => {
      writeFileSync(file, '', { mode: 0o600 });
    },
  ],
  [
    'a directory',
    (file) => {
      mkdirSync(file);
    },
  ],
  [
    'a full directory',
    (file) => {
      mkdirSync(file);
      writeFileSync(`${file}/file`, '');
    },
  ],
  [
    'a link to itself',
    (file) => {
      symlinkSync(file, file);
    },
  ],
];

describe.skipIf(process.platform === 'win32')('in place of the token file', () => {
  test.each(strangers)('%s neither stops nor hangs a step', async (_what, put) => {
    await using scenario = await startScenario({ job: { debug: true } });
    scenario.simulator.seedInstance({ name: 'x' });
    put(placeOf(scenario), scenario);
    outputsOf(await scenario.run(inputs));
    outputsOf(await scenario.run(inputs));
    // A directory cannot be replaced, so each step needs its own token.
    const replaced = statSync(placeOf(scenario)).isFile();
    expect(tokenRequestsOf(scenario)).toBe(replaced ? 1 : 2);
  });

  test('a socket neither stops nor hangs a step', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    const server = createServer();
    await new Promise<void>((resolve) => {
      // The path of a socket must be short; a link to it has the same effect.
      server.listen(`/tmp/aura-${process.pid}.sock`, resolve);
    });
    onTestFinished(() => {
      server.close();
    });
    symlinkSync(`/tmp/aura-${process.pid}.sock`, placeOf(scenario));
    outputsOf(await scenario.run(inputs));
  });

  test.each([0o644, 0o660, 0o666, 0o700])('a token of mode %o is not used', async (mode) => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    outputsOf(await scenario.run(inputs));
    const file = placeOf(scenario);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, mode);
    outputsOf(await scenario.run(inputs));
    expect(tokenRequestsOf(scenario)).toBe(2);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('a token behind a link is not used', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    outputsOf(await scenario.run(inputs));
    const file = placeOf(scenario);
    copyFileSync(file, `${file}.copy`);
    chmodSync(`${file}.copy`, 0o600);
    rmSync(file);
    symlinkSync(`${file}.copy`, file);
    outputsOf(await scenario.run(inputs));
    expect(tokenRequestsOf(scenario)).toBe(2);
    expect(existsSync(`${file}.copy`)).toBe(true);
  });

  test.each([
    ['a line end', (token: string) => `${token}\n`],
    ['another header', (token: string) => `${token}\r\nX-Other: header`],
    ['blanks', (token: string) => ` ${token} `],
    ['other letters', (token: string) => `${token}ü`],
    ['no content', () => ''],
    ['a NUL', (token: string) => `${token}\0`],
  ])('a token with %s is not used', async (_what, make) => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    outputsOf(await scenario.run(inputs));
    const content = { accessToken: make(newestTokenOf(scenario)), expiresAt };
    writeFileSync(placeOf(scenario), sealedFor(scenario, content), { mode: 0o600 });
    outputsOf(await scenario.run(inputs));
    expect(tokenRequestsOf(scenario)).toBe(2);
  });

  test.each([expiresAt, null])('a token that Aura refuses is renewed once: %j', async (end) => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    const content = { accessToken: secretOf('header.payload.signature'), expiresAt: end };
    writeFileSync(placeOf(scenario), sealedFor(scenario, content), { mode: 0o600 });
    outputsOf(await scenario.run(inputs));
    expect(tokenRequestsOf(scenario)).toBe(1);
  });

  test('a token that has expired is not sent', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    const content = { accessToken: secretOf('header.payload.signature'), expiresAt: 1_000 };
    writeFileSync(placeOf(scenario), sealedFor(scenario, content), { mode: 0o600 });
    outputsOf(await scenario.run(inputs));
    const statuses = scenario.simulator.exchanges.map(({ status }) => status);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });
});

describe('the lifetime of a token', () => {
  test.each([1, '1', '3600', 0, -1, null, 'soon'])(
    'fails no step and costs no token: %j',
    async (life) => {
      const read = json(200, { data: { ...instanceData, name: 'x' } });
      const token = { access_token: 'granted-1', expires_in: life };
      const server = await startServer([read, read, read], json(200, token));
      const job = await startJob();
      onTestFinished(() => job.dispose());
      const step = { operation: 'poll', 'instance-id': instanceData.id };
      const credentials = { 'client-id': 'the-client', 'client-secret': 'the-secret-0123' };
      const given = { ...step, ...credentials, 'api-url': server.url.origin };
      outputsOf(await job.step({ inputs: given }));
      expect(server.tokenRequests).toHaveLength(1);
    },
  );

  test('does not lead to more than three token requests in a step', async () => {
    await using scenario = await startScenario({ simulator: { tokenLifetimeSeconds: 5 } });
    const result = await scenario.run({ operation: 'create', name: 'x' });
    const errors = result.annotations.filter(({ level }) => level === 'error');
    expect(errors.map(({ message }) => message).join()).toContain(
      'to the last of 3 access tokens; a step requests no more',
    );
    expect(tokenRequestsOf(scenario)).toBe(3);
  });
});
