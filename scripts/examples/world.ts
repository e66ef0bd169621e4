import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startBoltServer } from '../../harness/bolt/server.ts';
import { type GitHubServer, startGitHub } from '../../harness/github/server.ts';
import type { Certificate } from '../../harness/network/certificate.ts';
import { realTimeClock, type SimulatorClock } from '../../simulator/core/clock.ts';
import {
  type InstanceSeed,
  type SimulatedInstance,
  type Simulator,
  startSimulator,
} from '../../simulator/aura/simulator.ts';
import { instanceName } from '../../src/aura/inputs/naming.ts';
import { type Database, startDatabase } from './database.ts';
import type { Effect } from './events.ts';
import { permissionsOf, type Workflow } from './workflows.ts';

/** The repository whose workflows run, as in the recorded events. */
export const repository = 'octo/shop';

/** The name that the action gives to the instance of a branch. */
export function nameOf(branch: string): string {
  return instanceName(repository, { name: branch, owner: undefined });
}

/** A minute takes a second. */
const speed = 60;
/** Simulated milliseconds, shorter than in Aura: most is over at the first poll. */
const durations = {
  create: 20_000,
  pause: 8_000,
  resume: 8_000,
  delete: 8_000,
  resize: 8_000,
  snapshot: 8_000,
};
const day = 86_400_000;
const fastProcess = new URL('../../harness/time/fast-process.mjs', import.meta.url).href;

/** What exists before the first event; the recipes use these names. */
const seeds: readonly InstanceSeed[] = [
  { name: 'theirs' },
  { name: 'production', type: 'business-critical', memory: '4GB' },
  { name: 'shop-production', type: 'business-critical', memory: '4GB' },
  { name: 'demo-eu' },
  { name: 'demo-us' },
  { name: 'staging-eu' },
  { name: 'staging-us' },
  { name: 'staging' },
];

/** Where a workflow runs: Aura, GitHub and the databases, all on this machine. */
export interface World {
  readonly simulator: Simulator;
  readonly github: GitHubServer;
  readonly database: Database;
  /** All instances of the beginning, by name. */
  readonly before: ReadonlyMap<string, SimulatedInstance>;
  /** A folder for the files of this world. */
  readonly scratch: string;
  /** Variables for act. */
  readonly env: Readonly<Record<string, string>>;
  /** All that Aura has given out so far and nobody may print: passwords, tokens, the client secret. */
  secrets(): readonly string[];
  /** Aura will not answer the first request about the next new instance. */
  hangAfterCreate(): void;
  /** Applies what an event means for GitHub. */
  apply(effects: readonly Effect[]): void;
  /** @throws Error if a request violated GitHub's description. */
  close(): Promise<void>;
}

/** What all worlds share. */
export interface Surroundings {
  readonly scratch: string;
  /** For the databases of `*.databases.neo4j.io`. */
  readonly certificate: Certificate;
}

/** Starts the world of one workflow. */
export async function startWorld(
  workflow: Workflow,
  { scratch, certificate }: Surroundings,
): Promise<World> {
  const { simulator, hangAfterCreate } = await startAura();
  const before = seed(simulator);
  const github = await startGitHub({ repository, ...tokenOf(workflow) });
  const database = await startDatabase(simulator);
  const bolt = await startBoltServer({
    tls: certificate,
    // That of the instance that was created last.
    get password() {
      return simulator.instances().at(-1)?.password ?? '';
    },
  });
  const folder = await mkdtemp(join(scratch, 'world-'));
  await mkdir(join(folder, 'home'));
  const env = {
    AURA_API_URL: simulator.url,
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: repository,
    SHOP_DATABASE: database.url,
    NODE_OPTIONS: `--import=${fastProcess}`,
    NODE_EXTRA_CA_CERTS: certificate.path,
    FAST_PROCESS_SPEED: String(speed),
    FAST_PROCESS_BOLT_PORT: String(bolt.port),
  };
  const apply = (effects: readonly Effect[]): void => {
    for (const effect of effects) applyEffect(github, effect);
  };
  const close = async (): Promise<void> => {
    for (const one of [simulator, database, bolt, github]) await one.close();
  };
  return {
    simulator,
    secrets: () => secretsOf(simulator),
    hangAfterCreate,
    github,
    database,
    before,
    scratch: folder,
    env,
    apply,
    close,
  };
}

async function startAura(): Promise<Pick<World, 'simulator' | 'hangAfterCreate'>> {
  let hangs = false;
  const simulator = await startSimulator({
    clock: fastClock(),
    durations,
    onExchange: ({ method, path, status }) => {
      if (!hangs || `${method} ${path} ${status}` !== 'POST /v1/instances 202') return;
      hangs = false;
      simulator.addFault({ match: { operation: 'getInstance' }, fault: { kind: 'hang' } });
    },
  });
  const hangAfterCreate = (): void => {
    hangs = true;
  };
  return { simulator, hangAfterCreate };
}

function secretsOf(simulator: Simulator): readonly string[] {
  const { exchanges, clientSecret } = simulator;
  const given = exchanges.flatMap(({ responseBody }) => [
    ...responseBody.matchAll(/"(?:password|access_token)": *"([^"]+)"/g),
  ]);
  const passwords = simulator.instances().map(({ password }) => password);
  return [...new Set([clientSecret, ...passwords, ...given.map(([, secret = '']) => secret)])];
}

/** Adds the instances of the beginning, each with a snapshot. */
function seed(simulator: Simulator): ReadonlyMap<string, SimulatedInstance> {
  const now = Date.now();
  const added = seeds.map((one) => simulator.seedInstance({ ...one, createdAt: now - 9 * day }));
  for (const { id } of added) simulator.seedSnapshot(id, { startedAt: now - day / 2 });
  return new Map(added.map((one) => [one.name, one]));
}

/** The clock of the simulator. Those of the steps are as fast while they wait: see fast-process.mjs. */
function fastClock(): SimulatorClock {
  return { ...realTimeClock(speed), speed: 1, clientTime: (at) => at };
}

/** The rights of the token that the jobs get: no more than the workflow asks for. */
function tokenOf(workflow: Workflow) {
  const permissions = permissionsOf(workflow);
  return {
    permission: permissions.get('deployments') === 'write' ? 'write' : 'none',
    pullRequests: permissions.get('pull-requests') === 'read' ? 'read' : 'none',
    contents: permissions.get('contents') === 'read' ? 'read' : 'none',
  } as const;
}

function applyEffect(github: GitHubServer, effect: Effect): void {
  if (effect.kind === 'pull-request') {
    github.putPullRequest(effect);
  } else if (effect.exists) github.putBranch(effect.branch);
  else github.removeBranch(effect.branch);
}

/** Writes the files of a folder. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}
