import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { inline } from '../../../src/core/runner/markdown.ts';
import { type Clock, systemClock } from '../../../src/core/time/clock.ts';
import { deriveTokenKey } from '../../../src/core/secrets/seal.ts';
import { createBundle, sealBundle } from '../../../src/aura/credentials/bundle.ts';
import { createTokenFile, tokenFilePath } from '../../../src/core/oauth/token-file.ts';
import { noStore } from '../../../src/core/github/deployments.ts';
import { inputNames } from '../../../src/aura/inputs/table.ts';
import { openSession } from '../../../src/aura/session/open.ts';
import { drivenClock } from '../../../simulator/core/clock.ts';
import { InstantClock } from '../../core/time/clocks.ts';
import { captureReport } from '../../core/runner/captured-report.ts';
import { makeDirectory } from '../../core/secrets/env-file-places.ts';
import { type Recording, recordedEvent } from '../../core/github/recorded-events.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import { type StepInputs, account, bundle, needed } from '../inputs/step-inputs.ts';
import { noMask, secretOf } from '../../core/secrets/secret-of.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

interface Job {
  readonly recording?: Recording;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** The workspace. Default: an empty one. */
  readonly workspace?: string;
}

/** Opens the session of a step in octo/shop, without requests. */
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
  return { captured, opened: openSession(captured.report, { clock, signal }) };
}

describe('a step', () => {
  it('is refused outside a runner, where the password would be in the log', async () => {
    const { opened } = open({}, { env: { GITHUB_OUTPUT: undefined } });
    await expect(opened).rejects.toThrow(
      'This program must run as a step of GitHub Actions, which sets GITHUB_OUTPUT. Nothing was done.',
    );
  });

  it('masks the secrets among its inputs before it logs anything', async () => {
    const secrets = { 'client-secret': 'line-one\nline-two', 'sealing-key': 'a-sealing-key' };
    const { captured, opened } = open({ ...secrets, name: 'bad name?' });
    await expect(opened).rejects.toThrow("Input 'client-secret'");
    const masks = captured.lines().map((line) => line.replace(/^::add-mask::/, ''));
    expect(masks).toEqual(expect.arrayContaining(['line-one', 'line-two', 'a-sealing-key']));
    expect(captured.lines().filter((line) => !line.startsWith('::add-mask::'))).toEqual([]);
    expect(captured.outputs()).toEqual([['skipped', 'false']]);
  });

  it('masks the token from sealed credentials', async () => {
    const token = { accessToken: secretOf('lent-token-0123'), expiresAt: 1_772_442_847_000 };
    const lent = createBundle(bundle, account, token);
    const sealed = sealBundle(lent, secretOf(needed['client-secret']));
    const { captured, opened } = open({ operation: 'pause', 'sealed-credentials': sealed });
    expect(await opened).toMatchObject({ task: { operation: 'pause' } });
    expect(captured.lines()).toContain('::add-mask::lent-token-0123');
    expect(captured.outputs()).toEqual([
      ['operation', 'pause'],
      ['skipped', 'false'],
    ]);
  });

  it('is skipped if GitHub withholds its secrets and the inputs allow that', async () => {
    const inputs = { 'client-secret': '', 'if-no-credentials': 'skip' };
    const { captured, opened } = open(inputs, { recording: 'pull-request-fork' });
    expect(await opened).toBeUndefined();
    expect(captured.outputs()).toEqual([
      ['operation', 'get'],
      ['skipped', 'true'],
    ]);
    expect(captured.lines()).toEqual([
      expect.stringMatching(/^::notice title=Neo4j Aura::Skipped: /),
      '::debug::The job summary was not written: GITHUB_STEP_SUMMARY is not set',
    ]);
  });

  it('is not skipped if it could not set the output', async () => {
    const inputs = { 'client-secret': '', 'if-no-credentials': 'skip' };
    const env = { GITHUB_STATE: makeDirectory() };
    const { captured, opened } = open(inputs, { recording: 'pull-request-fork', env });
    await expect(opened).rejects.toThrow("The runner's file GITHUB_STATE cannot be written: ");
    expect(captured.outputs()).toEqual([]);
  });

  it('warns about a user without a password', async () => {
    const { captured, opened } = open({ username: 'mona' });
    await opened;
    expect(captured.lines()).toContain(
      "::warning::Input 'username' has no effect without 'password'; set both, or neither.",
    );
  });
});

describe('an env file', () => {
  const inputs = { operation: 'create', 'env-file': '.env' };

  it('that git tracks is reported together with all other problems', async () => {
    const workspace = makeDirectory();
    const git = (...args: readonly string[]): void => {
      execFileSync('git', ['-C', workspace, ...args], { stdio: 'ignore' });
    };
    git('init', '--quiet');
    writeFileSync(path.join(workspace, '.env'), '# Written by aura-action\n');
    git('add', '--all');
    const { opened } = open({ ...inputs, memory: 'much' }, { workspace });
    await expect(opened).rejects.toThrow(
      "Input 'env-file' is '.env', but git tracks it. Set another path inside the workspace or RUNNER_TEMP.",
    );
    await expect(opened).rejects.toThrow("Input 'memory' is 'much'");
  });

  it.skipIf(onWindows)('is refused if git does not say whether it tracks it', async () => {
    const workspace = makeDirectory();
    mkdirSync(path.join(workspace, '.git'));
    writeFileSync(path.join(workspace, 'git'), '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    const { PATH = '' } = process.env;
    const env = { PATH: `${workspace}:${PATH}` };
    const { opened } = open(inputs, { workspace, env, clock: new InstantClock() });
    await expect(opened).rejects.toThrow(
      /but git could not be asked \(no answer within 5s\), so git may track it\. Set another path /,
    );
  });

  it('that is not tracked is accepted', async () => {
    const workspace = makeDirectory();
    const opened = await open(inputs, { workspace }).opened;
    expect(opened?.session.handOver.needs).toEqual(["'env-file'"]);
    await opened?.session.handOver.keep(bundle);
    expect(readFileSync(path.join(workspace, '.env'), 'utf8')).toContain(
      `NEO4J_PASSWORD=${bundle.password.reveal()}\n`,
    );
  });
});

describe('the state for the post step', () => {
  const inputs = { operation: 'create', 'delete-after-job': 'true' };

  const prefix = "Could not prepare 'delete-after-job', which needs a file in RUNNER_TEMP: ";

  it('cannot be saved without a token, and then nothing is created', async () => {
    const opened = await open(inputs).opened;
    expect(opened?.session.openPostAccess).toThrow(
      `${prefix}the access token could not be stored there. Nothing was created.`,
    );
  });

  it('cannot be saved without a directory', async () => {
    // With the input, the step would have failed earlier.
    const opened = await open({ operation: 'create' }, { env: { RUNNER_TEMP: undefined } }).opened;
    expect(opened?.session.openPostAccess).toThrow(`${prefix}RUNNER_TEMP is not set.`);
  });

  it('contains a masked key to the token, but no token', async () => {
    const workspace = makeDirectory();
    const { origin } = account.apiUrl;
    const owner = { clientId: account.credentials.clientId, apiOrigin: origin };
    createTokenFile({
      path: tokenFilePath(workspace, 'aura-action', owner),
      key: deriveTokenKey(account.credentials, origin),
      mask: noMask,
      debug: () => undefined,
    }).save({ accessToken: secretOf('kept-token-0123'), expiresAt: Date.now() + 3_600_000 });
    const { captured, opened } = open(inputs, { workspace });
    const access = (await opened)?.session.openPostAccess();
    expect(access).toMatchObject({ apiUrl: 'https://api.neo4j.io', stored: false });
    expect(captured.lines()).toContain(`::add-mask::${access?.key ?? ''}`);
    expect(JSON.stringify(access)).not.toContain('kept-token-0123');
  });
});

describe('the store of a step', () => {
  const wanted = { 'credentials-store': 'deployment', 'github-token': 'ghs_0123456789' } as const;

  it('exists if it is requested and there is a token for it', async () => {
    expect((await open(wanted).opened)?.session.store).not.toBe(noStore);
  });

  it('stores nothing if it is not requested', async () => {
    const inputs = { ...wanted, 'credentials-store': 'none' };
    expect((await open(inputs).opened)?.session.store).toBe(noStore);
  });

  it('is refused without a token', async () => {
    await expect(open({ ...wanted, 'github-token': '' }).opened).rejects.toThrow(
      "Input 'github-token' is empty, but 'credentials-store: deployment' needs it. ",
    );
  });
});

describe('the members of a session', () => {
  it('contain the values that they need from the inputs', async () => {
    const inputs = {
      operation: 'pause',
      'instance-id': '1a2b3c4d',
      tenant: 'Shop',
      'protected-names': 'main',
      'max-deletions': '3',
      'dry-run': 'true',
      timeout: '90s',
      'poll-interval': '2s',
    };
    const clock = drivenClock();
    const { session, task } = (await open(inputs, { clock }).opened) ?? {};
    expect(task).toEqual({
      operation: 'pause',
      request: { target: { id: '1a2b3c4d', name: undefined }, wait: true },
    });
    expect(session?.guard).toMatchObject({ tenant: { wanted: 'Shop' }, dryRun: true });
    expect(session?.guard.protectingPattern('MAIN')).toBe('main');
    expect(() => session?.guard.assertFew(['a', 'b', 'c', 'd'])).toThrow(
      "more than 'max-deletions: 3'.",
    );
    const begin = clock.now();
    const deadline = begin + 90_000;
    expect(session?.patience).toMatchObject({ begin, deadline, pollInterval: 2_000 });
    expect(session?.ledger.task()).toBe('pause instance 1a2b3c4d');
  });

  it('know the name of an instance to create', async () => {
    const opened = await open({ operation: 'create', name: 'shop' }).opened;
    expect(opened?.session.ledger.task()).toBe("create instance 'shop'");
    expect(opened?.session.handOver).toMatchObject({ needs: [], mayKnowPassword: false });
  });

  it('know why a hand-over needs a password, and whether one may be known', async () => {
    const inputs = { verify: 'warn', 'export-env': 'true', password: 'letMeIn-0123' };
    const opened = await open(inputs).opened;
    expect(opened?.session.handOver).toMatchObject({
      needs: ["'verify'", "'export-env'"],
      mayKnowPassword: true,
      givenPassword: true,
    });
  });
});

describe('the job summary', () => {
  const section = { title: inline`Requested`, blocks: [] };

  it.each([
    ['true', 1],
    ['', 1],
    ['false', 0],
  ])('with summary: %j is written %d times', async (summary, times) => {
    const workspace = makeDirectory();
    const file = path.join(workspace, 'summary.md');
    writeFileSync(file, '');
    const { opened } = open({ summary }, { workspace, env: { GITHUB_STEP_SUMMARY: file } });
    const step = await opened;
    step?.session.report.summary(section);
    step?.summarize();
    expect(readFileSync(file, 'utf8').match(/Requested/g) ?? []).toHaveLength(times);
  });

  it.each([
    ['https://api.neo4j.io', '7b31e74c-0000-4000-8000-000000000000', true],
    ['https://aura.example.com', '7b31e74c-0000-4000-8000-000000000000', false],
    ['https://api.neo4j.io', 'x)](https://evil.example', false],
  ])('links to the console: API %s, tenant %s: %s', async (apiUrl, tenant, isLinked) => {
    const workspace = makeDirectory();
    const file = path.join(workspace, 'summary.md');
    writeFileSync(file, '');
    const env = { GITHUB_STEP_SUMMARY: file };
    const step = await open({ 'api-url': apiUrl }, { workspace, env }).opened;
    step?.session.ledger.open([{ id: '1a2b3c4d', name: 'shop' }]);
    step?.session.report.outputs({ tenant });
    step?.summarize();
    const address = `https://console.neo4j.io/projects/${tenant}/instances#1a2b3c4d`;
    const name = isLinked ? `[\`shop\`](${address})` : '`shop`';
    expect(readFileSync(file, 'utf8')).toContain(`| Instance | ${name} (\`1a2b3c4d\`) |`);
  });
});
