import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Clock, systemClock } from '../../../src/core/time/clock.ts';
import { deriveTokenKey } from '../../../src/core/secrets/seal.ts';
import { createBundle, sealBundle } from '../../../src/aura/credentials/bundle.ts';
import { createTokenFile, tokenFilePath } from '../../../src/core/oauth/token-file.ts';
import { noStore } from '../../../src/core/github/deployments.ts';
import { inputNames } from '../../../src/aura/inputs/names.ts';
import { openMainSession, openStore } from '../../../src/aura/session/open.ts';
import { readEvent } from '../../../src/core/github/run-event.ts';
import { drivenClock } from '../../../simulator/core/clock.ts';
import { InstantClock, patienceOn } from '../../core/time/clocks.ts';
import { captureReport } from '../../core/runner/captured-report.ts';
import { makeDirectory } from '../../core/secrets/env-file-places.ts';
import { type Recording, recordedEvent } from '../../core/github/recorded-events.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import { type StepInputs, account, bundle, needed } from '../inputs/step-inputs.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

interface Job {
  readonly recording?: Recording;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** The workspace; an empty one when left out. */
  readonly workspace?: string;
}

/** Opens the session of a step in octo/shop; nothing is sent for that. */
function open(inputs: StepInputs, { recording = 'push', env = {}, ...job }: Job = {}) {
  const captured = captureReport({ debug: true });
  const { workspace = makeDirectory(), clock = systemClock } = job;
  const { name, ref, actor } = recordedEvent(recording);
  const payload = fileURLToPath(
    new URL(`../../core/github/fixtures/${recording}.json`, import.meta.url),
  );
  const all: StepInputs = { ...needed, ...inputs };
  const variables = {
    ...Object.fromEntries(
      inputNames.map((input) => [`INPUT_${input.toUpperCase()}`, all[input] ?? '']),
    ),
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: payload,
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_REF: ref,
    GITHUB_ACTOR: actor,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: workspace,
    ...env,
  };
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
  const { signal } = new AbortController();
  return { captured, opened: openMainSession(captured.report, { clock, signal }) };
}

describe('a step', () => {
  it('is refused outside of a runner, where the password would go to the log', async () => {
    const { opened } = open({}, { env: { GITHUB_OUTPUT: undefined } });
    await expect(opened).rejects.toThrow(
      'This program runs as a step of GitHub Actions, which sets GITHUB_OUTPUT. Nothing was done.',
    );
  });

  it('masks what is secret among its inputs before it says anything', async () => {
    const secrets = { 'client-secret': 'line-one\nline-two', 'sealing-key': 'a-sealing-key' };
    const { captured, opened } = open({ ...secrets, name: 'bad name?' });
    await expect(opened).rejects.toThrow("Input 'client-secret'");
    const masks = captured.lines().map((line) => line.replace(/^::add-mask::/, ''));
    expect(masks).toEqual(expect.arrayContaining(['line-one', 'line-two', 'a-sealing-key']));
    expect(captured.lines().filter((line) => !line.startsWith('::add-mask::'))).toEqual([]);
    expect(captured.outputs()).toEqual([['skipped', 'false']]);
  });

  it('masks the token that sealed credentials lend it', async () => {
    const token = { accessToken: 'lent-token-0123', expiresAt: 1_772_442_847_000 };
    const lent = createBundle(bundle, account, token);
    const sealed = sealBundle(lent, needed['client-secret']);
    const { captured, opened } = open({ operation: 'pause', 'sealed-credentials': sealed });
    expect(await opened).toMatchObject({ request: { operation: 'pause' } });
    expect(captured.lines()).toContain('::add-mask::lent-token-0123');
    expect(captured.outputs()).toEqual([
      ['operation', 'pause'],
      ['skipped', 'false'],
    ]);
  });

  it('is skipped where GitHub withholds its secrets and it allows for that', async () => {
    const inputs = { 'client-secret': '', 'if-no-credentials': 'skip' };
    const { captured, opened } = open(inputs, { recording: 'pull-request-fork' });
    expect(await opened).toBeUndefined();
    expect(captured.outputs()).toEqual([
      ['operation', 'get'],
      ['skipped', 'true'],
    ]);
    expect(captured.lines()).toEqual([expect.stringMatching(/^::notice::Skipped: /)]);
  });

  it('is not skipped where it could not even say so', async () => {
    const inputs = { 'client-secret': '', 'if-no-credentials': 'skip' };
    const env = { GITHUB_STATE: makeDirectory() };
    const { captured, opened } = open(inputs, { recording: 'pull-request-fork', env });
    await expect(opened).rejects.toThrow("The runner's file GITHUB_STATE can't be written: ");
    expect(captured.outputs()).toEqual([]);
  });

  it('is warned of a user without a password', async () => {
    const { captured, opened } = open({ username: 'mona' });
    await opened;
    expect(captured.lines()).toContain(
      "::warning::Input 'username' has no effect without 'password'; give both, or neither.",
    );
  });
});

describe('an env file', () => {
  const inputs = { operation: 'create', 'env-file': '.env' };
  const expected = "Input 'env-file' is '.env'; expected a path where a file can be written, but ";

  it('that git tracks is told together with all other problems', async () => {
    const workspace = makeDirectory();
    const git = (...args: readonly string[]): void => {
      execFileSync('git', ['-C', workspace, ...args], { stdio: 'ignore' });
    };
    git('init', '--quiet');
    writeFileSync(path.join(workspace, '.env'), '# Written by aura-action\n');
    git('add', '--all');
    const { opened } = open({ ...inputs, memory: 'much' }, { workspace });
    await expect(opened).rejects.toThrow(`${expected}git tracks it.`);
    await expect(opened).rejects.toThrow("Input 'memory' is 'much'");
  });

  it.skipIf(onWindows)('is refused where git does not say whether it tracks it', async () => {
    const workspace = makeDirectory();
    mkdirSync(path.join(workspace, '.git'));
    writeFileSync(path.join(workspace, 'git'), '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    const { PATH = '' } = process.env;
    const env = { PATH: `${workspace}:${PATH}` };
    const { opened } = open(inputs, { workspace, env, clock: new InstantClock() });
    await expect(opened).rejects.toThrow(
      /but git gave no answer within 5s, so it may be a file that git tracks\.$/,
    );
  });

  it('that nobody tracks is fine', async () => {
    const { opened } = open(inputs);
    expect(await opened).toMatchObject({ request: { envFile: expect.any(String) as string } });
  });
});

describe('what the post step needs', () => {
  const inputs = { operation: 'create', 'delete-after-job': 'true' };

  const prefix = "Could not prepare 'delete-after-job', which needs a file in RUNNER_TEMP: ";

  it('can not be left without a token, and then nothing is created', async () => {
    const session = await open(inputs).opened;
    expect(session?.context.openPostAccess).toThrow(
      `${prefix}the access token could not be kept there. Nothing was created.`,
    );
  });

  it('can not be left without a directory either', async () => {
    // With the input it would have been missed before.
    const session = await open({ operation: 'create' }, { env: { RUNNER_TEMP: undefined } }).opened;
    expect(session?.context.openPostAccess).toThrow(`${prefix}RUNNER_TEMP is not set.`);
  });

  it('is a key to the token, which is masked, and no token', async () => {
    const workspace = makeDirectory();
    const { origin } = account.apiUrl;
    const owner = { clientId: account.credentials.clientId, apiOrigin: origin };
    createTokenFile({
      path: tokenFilePath(workspace, 'aura-action', owner),
      key: deriveTokenKey(account.credentials, origin),
      debug: () => undefined,
    }).save({ accessToken: 'kept-token-0123', expiresAt: Date.now() + 3_600_000 });
    const { captured, opened } = open(inputs, { workspace });
    const access = (await opened)?.context.openPostAccess();
    expect(access).toMatchObject({ apiUrl: 'https://api.neo4j.io', stored: false });
    expect(captured.lines()).toContain(`::add-mask::${access?.key ?? ''}`);
    expect(JSON.stringify(access)).not.toContain('kept-token-0123');
  });
});

describe('the store of a step', () => {
  const wanted = { credentialsStore: 'deployment', githubToken: 'ghs_0123456789' } as const;
  const event = recordedEvent('push');

  function storeFor(request: Parameters<typeof openStore>[0]) {
    const captured = captureReport({ debug: true });
    const patience = patienceOn(drivenClock());
    return { store: openStore(request, event, { patience, report: captured.report }), captured };
  }

  it.each([
    ['nobody wants one', { ...wanted, credentialsStore: 'none' as const }],
    ['there is no token for it', { ...wanted, githubToken: undefined }],
  ])('keeps nothing where %s', (_, request) => {
    expect(storeFor(request).store).toBe(noStore);
  });

  it('sends its token to nobody while certificates are not checked', () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    for (const url of ['https://github.example.com', undefined]) {
      vi.stubEnv('GITHUB_API_URL', url);
      const { store, captured } = storeFor(wanted);
      expect(store).toBe(noStore);
      expect(captured.lines()).toEqual([
        "::debug::GitHub is not asked, because 'NODE_TLS_REJECT_UNAUTHORIZED' is '0'.",
      ]);
    }
  });

  it('is one on this machine even then', () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    vi.stubEnv('GITHUB_API_URL', 'http://127.0.0.1:1');
    expect(storeFor(wanted).store).not.toBe(noStore);
  });
});

describe('the event of a run', () => {
  it.each([
    ['is not there', '/no/such/file'],
    ['is no JSON', fileURLToPath(import.meta.url)],
    ['is a directory', fileURLToPath(new URL('.', import.meta.url))],
  ])('has no payload where its file %s', (_, file) => {
    const { report, lines } = captureReport({ debug: true });
    vi.stubEnv('GITHUB_EVENT_PATH', file);
    vi.stubEnv('GITHUB_EVENT_NAME', 'push');
    expect(readEvent(process.env, report.debug)).toMatchObject({
      name: 'push',
      payload: undefined,
    });
    expect(lines()).toEqual([expect.stringMatching(/^::debug::The event's payload could not/)]);
  });
});
