import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../../simulator/aura/simulator.ts';
import { instanceName } from '../../../src/aura/inputs/naming.ts';
import { takeOver } from '../credentials/sealed-step.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import { jobFor } from '../operations/recorded-jobs.ts';
import {
  afterToken,
  drippingBody,
  halfStatusLine,
  headersOnly,
  listen,
  makeDirectory,
  makeFifo,
  makeGit,
  reply,
  type Behavior,
  type Partner,
  silence,
  startFullBacklog,
  tunnelOnly,
} from './silent-partners.ts';
import { interrupt, overrun, runOut, timeout, type WaitingStep } from './waiting-step.ts';

let simulator: Simulator;
const password = 'letMeIn-0123456789';

beforeAll(async () => {
  const limits = { requestsPerMinute: 'unlimited', tokensPerHour: 'unlimited' } as const;
  simulator = await startSimulator(limits);
});

afterAll(async () => {
  await simulator.close();
});

/** A step and its partner, which is stopped after the test. */
interface Row extends AsyncDisposable {
  readonly step: WaitingStep;
  /** How long it may take in total, in milliseconds. Default: the time in its input. */
  readonly limit?: number;
  /** Checks what the step has done at its timeout. */
  readonly check?: (result: StepResult) => void;
}

const get = { operation: 'get', name: 'x', timeout: `${timeout / 1_000}s` };

function rowOf(partner: Partner, step: Omit<WaitingStep, 'reached'>): Row {
  const { reached } = partner;
  return {
    step: { reached, ...step },
    [Symbol.asyncDispose]: async () => partner[Symbol.asyncDispose](),
  };
}

async function aura(behavior: Behavior, scheme = 'http'): Promise<Row> {
  const partner = await listen(behavior);
  return rowOf(partner, { inputs: { ...get, 'api-url': `${scheme}://127.0.0.1:${partner.port}` } });
}

async function proxy(behavior: Behavior): Promise<Row> {
  const partner = await listen(behavior);
  return rowOf(partner, {
    inputs: { ...get, 'api-url': 'https://api.aura.test' },
    env: { https_proxy: `http://127.0.0.1:${partner.port}` },
  });
}

function credentials(): Record<string, string> {
  const { url, clientId, clientSecret } = simulator;
  return { 'api-url': url, 'client-id': clientId, 'client-secret': clientSecret };
}

async function github(): Promise<Row> {
  const partner = await listen(silence);
  const { name } = simulator.seedInstance({ name: `kept-${partner.port}` });
  const inputs = { operation: 'create', name, 'credentials-store': 'deployment' };
  return rowOf(partner, {
    inputs: { ...get, ...credentials(), ...inputs },
    env: { GITHUB_API_URL: `http://127.0.0.1:${partner.port}` },
  });
}

/** GitHub is asked whether a closed pull request is open again, before its instances are deleted. */
async function closed(): Promise<Row> {
  const partner = await listen(silence);
  const branch = `branch-${partner.port}`;
  const seed = (createdAt: string, suffix?: string): string => {
    const name = instanceName('octo/shop', { name: branch, owner: undefined }, suffix);
    return simulator.seedInstance({ name, createdAt: Date.parse(createdAt) }).id;
  };
  // The event's `closed_at` is 2026-03-03T16:40:12Z.
  const older = seed('2026-03-03T16:40:12Z');
  const newer = seed('2026-03-03T16:40:12.001Z', 'ds');
  const row = rowOf(partner, {
    inputs: { timeout: '1m', ...credentials(), operation: 'delete', wait: 'false' },
    env: { GITHUB_API_URL: `http://127.0.0.1:${partner.port}` },
    job: jobFor('pull-request-closed', branch),
  });
  return {
    ...row,
    // 10 s for GitHub. Then the step must still have time for the deletion.
    limit: 12_000,
    check: ({ annotations, outputs }) => {
      const [kept, deleted, ...more] = annotations.map(({ message }) => message);
      expect(more).toEqual([
        expect.stringMatching(
          new RegExp(
            `^Aura has accepted the request to delete 1 instance: '.+' \\(${older}\\)\\.$`,
          ),
        ),
      ]);
      expect(kept).toContain(
        `(${newer}) is kept: it was created after pull request #42 was closed`,
      );
      expect(deleted).toMatch(new RegExp(`^Could not ask GitHub .*\\(${older}\\)`));
      const works = JSON.parse(outputs['instances'] ?? '') as object[];
      expect(works).toMatchObject([
        { id: older, status: 'destroying', changed: true },
        { id: newer, changed: false },
      ]);
      expect(simulator.instances().find(({ id }) => id === newer)?.status).toBe('running');
    },
  };
}

async function bolt(scheme: string): Promise<Row> {
  const partner = await listen(silence);
  const uri = `${scheme}://127.0.0.1:${partner.port}`;
  const { inputs } = takeOver(simulator, { uri, password });
  return rowOf(partner, {
    inputs: { timeout: get.timeout, ...credentials(), ...inputs, verify: 'require' },
  });
}

/** A step that writes an env file, with a fake `git`. */
function git(script: string): Row {
  const directory = makeDirectory();
  const reached = makeGit(directory.path, script);
  const { inputs } = takeOver(simulator, { uri: 'bolt://127.0.0.1:1', password });
  return {
    step: {
      reached,
      inputs: { timeout: get.timeout, ...credentials(), ...inputs, 'env-file': '.env' },
      env: { PATH: `${directory.path}${path.delimiter}${process.env['PATH'] ?? ''}` },
      job: { filesWithSecrets: ['.env'] },
    },
    [Symbol.asyncDispose]: async () => {
      directory[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}

/** A slow `git` that tracks nothing, and an Aura that never answers. */
async function slowGit(file: string, repositories: readonly string[]): Promise<Row> {
  const partner = await listen(afterToken(silence));
  const directory = makeDirectory();
  const running = makeGit(directory.path, `sleep ${timeout / 1_000 - 0.4}\nexit 1`);
  const search = `${directory.path}${path.delimiter}${process.env['PATH'] ?? ''}`;
  return {
    step: {
      reached: running,
      inputs: {
        ...get,
        'api-url': `http://127.0.0.1:${partner.port}`,
        username: 'neo4j',
        password,
        'env-file': file,
      },
      env: { PATH: search },
      prepare: (workspace) => {
        for (const repository of repositories) {
          mkdirSync(path.join(workspace, repository, '.git'), { recursive: true });
        }
      },
    },
    [Symbol.asyncDispose]: async () => {
      directory[Symbol.dispose]();
      await partner[Symbol.asyncDispose]();
    },
  };
}

/** Whether the test can make a name lookup hang on this machine. */
function canHoldLookups(): boolean {
  if (process.platform !== 'linux') return false;
  using directory = makeDirectory();
  const env = { ...process.env, HOSTALIASES: makeFifo(path.join(directory.path, 'aliases')) };
  try {
    execFileSync('getent', ['hosts', 'no-such-host'], { env, timeout: 1_000, stdio: 'ignore' });
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ETIMEDOUT';
  }
}

/** A resolver that never answers: it waits for a list of aliases that never comes. */
function lookUp(): Row {
  const directory = makeDirectory();
  return {
    step: {
      reached: Promise.resolve(),
      inputs: { ...get, 'api-url': 'https://no-such-host' },
      env: { HOSTALIASES: makeFifo(path.join(directory.path, 'aliases')) },
    },
    [Symbol.asyncDispose]: async () => {
      directory[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}

/** With these inputs a create does not ask for the tenant's available configurations. */
const paid = {
  tier: 'professional',
  region: 'europe-west1',
  'cloud-provider': 'gcp',
  memory: '4GB',
  tenant: '0f1e2d3c-0000-4000-8000-000000000001',
};

/** An Aura with one tenant and no instance; it answers a create request with this behavior. */
function untilCreate(behavior: Behavior): Behavior {
  return (socket, text) => {
    if (text.startsWith('POST /v1/instances ')) return behavior(socket, text);
    const tenants = [{ id: paid.tenant, name: 'The tenant' }];
    return reply(socket, { data: text.startsWith('GET /v1/tenants ') ? tenants : [] });
  };
}

interface Case {
  readonly make: () => Row | Promise<Row>;
  /** Whether the step succeeds at its timeout. Default: it fails. */
  readonly succeeds?: boolean;
  readonly skipped?: boolean;
}

const cases: Readonly<Record<string, Case>> = {
  'Aura that accepts no connection': {
    make: async () => {
      const partner = await startFullBacklog();
      return rowOf(partner, { inputs: { ...get, 'api-url': `http://127.0.0.1:${partner.port}` } });
    },
    skipped: process.platform !== 'linux',
  },
  'a name lookup that never ends': { make: lookUp, skipped: !canHoldLookups() },
  'Aura that never answers': { make: () => aura(afterToken(silence)) },
  'Aura that never says hello over TLS': { make: () => aura(silence, 'https') },
  'Aura that sends half a status line': { make: () => aura(afterToken(halfStatusLine)) },
  'Aura that sends headers only': { make: () => aura(afterToken(headersOnly)) },
  'Aura that never finishes its answer': { make: () => aura(afterToken(drippingBody)) },
  'a token endpoint that never answers': { make: () => aura(silence) },
  'a token endpoint that sends headers only': { make: () => aura(headersOnly) },
  'a proxy that never answers': { make: () => proxy(silence) },
  'a proxy that sends half a status line': { make: () => proxy(halfStatusLine) },
  'a proxy that opens a tunnel to nowhere': { make: () => proxy(tunnelOnly) },
  'GitHub that never answers': { make: github },
  'GitHub that never answers for a closed pull request': { make: closed, succeeds: true },
  'a database that never answers': { make: () => bolt('bolt') },
  'a routed database that never answers': { make: () => bolt('neo4j') },
  'a database that never says hello over TLS': { make: () => bolt('bolt+s') },
  'a slow git, and then for Aura': { make: () => slowGit('.env', ['.']), skipped: onWindows },
  'a git that is slow for each of two repositories': {
    make: () => slowGit('app/.env', ['.', 'app']),
    skipped: onWindows,
  },
  'a git that never ends': {
    make: () => git('sleep 600 &\nsleep 600'),
    succeeds: true,
    skipped: onWindows,
  },
  'a git that ignores all signals except SIGKILL': {
    make: () => git("trap '' INT TERM HUP\nwhile :; do sleep 1; done"),
    succeeds: true,
    skipped: onWindows,
  },
};

const rows = Object.entries(cases).filter(([, { skipped }]) => skipped !== true);

// Real time on a shared machine: time in which this process was blocked at the end of a step does not
// count, so that a step that is slow only sometimes also fails.
describe.concurrent.each(rows)('a step that waits for %s', (_, { make, succeeds = false }) => {
  it('ends at its timeout and writes the outputs it knows', async () => {
    await using row = await make();
    const limit = row.limit ?? timeout;
    const { result, took } = await runOut(row.step, limit);
    expect(result.signal).toBeNull();
    expect([result.exitCode, result.conclusion]).toEqual(
      succeeds ? [0, 'success'] : [1, 'failure'],
    );
    expect(took).toBeLessThan(limit + overrun);
    // Beside the result of a step that succeeds, a warning says what it could not do.
    const levels = result.annotations.map(({ level }) => level);
    expect(levels.findLast((level) => level !== 'notice')).toBe(succeeds ? 'warning' : 'error');
    expectOutputs(row.step, result.outputs);
    row.check?.(result);
  });

  it('ends when it is cancelled and writes the outputs it knows', async () => {
    await using row = await make();
    // Long enough that the step does not reach its timeout.
    const inputs = { ...row.step.inputs, timeout: '10m' };
    const { result, took } = await interrupt({ ...row.step, inputs });
    expect([result.signal, result.exitCode]).toEqual([null, 1]);
    expect(took).toBeLessThan(2_000);
    expect(result.annotations[0]?.message).toMatch(/cancelled \(SIGINT\)/);
    expectOutputs(row.step, result.outputs);
  });
});

describe.concurrent('a create that waits for its answer', () => {
  const grace = 5_000;

  it.each(['in silence', 'behind half a status line'])(
    'ends five seconds after it is cancelled and has saved its intent: %s',
    async (what) => {
      const behavior = what === 'in silence' ? silence : halfStatusLine;
      await using partner = await listen(afterToken(untilCreate(behavior)));
      const step = {
        reached: partner.reached,
        inputs: {
          operation: 'create',
          name: 'x',
          'api-url': `http://127.0.0.1:${partner.port}`,
          timeout: '10m',
          'delete-after-job': 'true',
          ...paid,
        },
      };
      const { result, took } = await interrupt(step, grace);
      expect([result.signal, result.exitCode]).toEqual([null, 1]);
      expect(took).toBeGreaterThan(grace - 500);
      expect(took).toBeLessThan(grace + overrun);
      expect(result.annotations[0]?.message).toContain("Instance 'x' may have been created");
      expect(Object.values(result.state).join()).toContain('"name":"x"');
    },
  );
});

/** A step with sealed credentials outputs them before it waits for an answer. */
function expectOutputs({ inputs }: WaitingStep, outputs: Readonly<Record<string, string>>): void {
  if (inputs['sealed-credentials'] === undefined) return;
  expect(outputs).toMatchObject({ 'instance-id': inputs['instance-id'], password });
}
