import { describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/aura/simulator.ts';
import { sealBundle } from '../../../src/aura/credentials/bundle.ts';
import { sealToken } from '../../../src/core/oauth/sealed-token.ts';
import { digestOf } from '../../../src/core/oauth/token-file.ts';
import { deriveTokenKey } from '../../../src/core/secrets/seal.ts';
import {
  type GitHubServer,
  type OrderedAnswer,
  startGitHub,
} from '../../../harness/github/server.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import { runInProcess } from './in-process.ts';
import { type NamedFault, faults as auraFaults, isTransient, ruleOf } from './troubles.ts';
import { startWorld } from './world.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

const name = 'ours';
const usual = { name, 'poll-interval': '45s', 'credentials-store': 'deployment' };

/** A step that uses the store. */
interface StoreCase {
  readonly inputs: Readonly<Record<string, string>>;
  /** Creates an instance, with its credentials in the store. */
  readonly status?: string;
  readonly reached: (simulator: Simulator) => boolean;
}

const isRunning = (simulator: Simulator): boolean =>
  simulator.instances().find((one) => one.name === name)?.status === 'running';

const cases: Readonly<Record<string, StoreCase>> = {
  create: { inputs: { operation: 'create' }, reached: isRunning },
  'create, reusing': { inputs: { operation: 'create' }, status: 'paused', reached: isRunning },
  get: { inputs: { operation: 'get' }, status: 'running', reached: isRunning },
  delete: {
    inputs: { operation: 'delete' },
    status: 'running',
    reached: (simulator) => simulator.instances().length === 0,
  },
};

const faults: Readonly<Record<string, OrderedAnswer['answer']>> = {
  'a reset': 'reset',
  'a reset after the effect': 'reset-after',
  'no answer': 'hang',
  '500': { status: 500, body: { message: 'Server Error' } },
  '502 with a page': { status: 502, body: '<html>Bad gateway</html>' },
  '200 with a page': { status: 200, body: '<html>Sign in</html>' },
};

const tokenSpot = { method: 'POST', path: '^/oauth/token$', nth: 1 };

interface Outcome {
  readonly result: StepResult;
  readonly requests: number;
  /** How many of them come first and are about the token. */
  readonly aboutToken: number;
  /** How many tokens the store contains. */
  readonly tokens: number;
  readonly violations: readonly string[];
}

function keep(
  { tenantId, clientSecret }: Simulator,
  github: GitHubServer,
  id: string,
  password: string,
) {
  const secret = secretOf(password);
  const credentials = { instanceId: id, name, tenantId, username: 'neo4j', password: secret };
  const connectionUri = `neo4j+s://${id}.databases.neo4j.io`;
  const bundle = { ...credentials, connectionUri, token: undefined };
  github.seed({
    ref: 'main',
    task: `aura:${name}`,
    environment: 'aura',
    transient_environment: true,
    payload: { id, scope: tenantId, sealed: sealBundle(bundle, secretOf(clientSecret)) },
  });
}

const isToken = ({ task }: { readonly task: string }): boolean => task.startsWith('aura:token:');

/** A token that another job has shared, and that has ended. */
function shareEnded({ clientId, clientSecret, url }: Simulator, github: GitHubServer): void {
  const credentials = { clientId, clientSecret: secretOf(clientSecret) };
  const ended = { accessToken: secretOf('ended-token'), expiresAt: 0 };
  github.seed({
    task: `aura:token:${digestOf({ clientId, apiOrigin: url })}`,
    environment: 'aura',
    payload: { shared: sealToken(ended, deriveTokenKey(credentials, url)) },
  });
}

interface Trouble {
  /** What GitHub does. */
  readonly order?: OrderedAnswer;
  /** What Aura's token endpoint does. */
  readonly fault?: NamedFault;
}

async function run(subject: StoreCase, { order, fault }: Trouble = {}): Promise<Outcome> {
  const { simulator, clock, violations } = await startWorld();
  const github = await startGitHub();
  try {
    if (subject.status !== undefined) {
      const { id, password } = simulator.seedInstance({ name, status: subject.status });
      keep(simulator, github, id, password);
    }
    shareEnded(simulator, github);
    if (order !== undefined) github.order(order);
    if (fault !== undefined) simulator.addFault(ruleOf({ ...tokenSpot, ...fault }, clock.now()));
    const inputs = { ...usual, ...subject.inputs };
    const result = await runInProcess({ simulator, clock, github, inputs });
    if (result.exitCode !== 0) {
      violations.push(`fails: ${result.annotations.map(({ message }) => message).join()}`);
    }
    if (!subject.reached(simulator)) violations.push('the goal is not reached');
    const { password } = result.outputs;
    const known = simulator.history().map((instance) => instance.password);
    if (password !== undefined && !known.includes(password)) violations.push('a wrong password');
    if (subject.inputs['operation'] === 'create' && password === undefined) {
      violations.push('no password');
    }
    const texts = result.annotations.map(({ message }) => message);
    if (texts.filter((text) => text.includes('shared access token')).length > 1) {
      violations.push('more than one warning about the token');
    }
    const tokens = github.deployments().filter(isToken).length;
    const requests = github.exchanges.length;
    const aboutToken = github.exchanges.findIndex(({ query }) => query['task'] === `aura:${name}`);
    return { result, requests, aboutToken, tokens, violations };
  } finally {
    await simulator.close();
    await github.close();
  }
}

describe.each(Object.entries(cases))('a fault of GitHub in %s', (_, subject) => {
  it('does not occur in a normal run', async () => {
    const { result, tokens, violations } = await run(subject);
    expect(violations).toEqual([]);
    expect(tokens).toBe(1);
    expect(result.annotations.filter(({ level }) => level !== 'notice')).toEqual([]);
  });

  it.each(Object.entries(faults))('causes at most a warning: %s', async (_label, answer) => {
    const { requests, aboutToken } = await run(subject);
    expect(aboutToken).toBeGreaterThan(0);
    expect(requests).toBeGreaterThan(aboutToken);
    // The requests about the token are the same in each case.
    const begin = subject === cases['get'] ? 0 : aboutToken;
    const violations: string[] = [];
    for (let after = begin; after < requests; after += 1) {
      const outcome = await run(subject, { order: { answer, after } });
      violations.push(...outcome.violations.map((text) => `request ${after + 1}: ${text}`));
    }
    expect(violations).toEqual([]);
  });
});

describe.each(Object.entries(cases))('a fault of the token endpoint in %s', (_, subject) => {
  const transient = Object.entries(auraFaults).filter(([, fault]) =>
    isTransient({ ...tokenSpot, ...fault }),
  );

  it.each(transient)('does not fail the step, which shares its token: %s', async (__, fault) => {
    const { result, tokens, violations } = await run(subject, { fault });
    expect(violations).toEqual([]);
    expect(result.annotations.filter(({ level }) => level !== 'notice')).toEqual([]);
    expect(tokens).toBe(1);
  });
});
