import type { SimulatedInstance } from '../../simulator/aura/simulator.ts';
import type { Workflow } from './workflows.ts';
import { nameOf, type World } from './world.ts';

/** The branches whose instances must exist now, by what has happened so far. */
export interface Account {
  /** Of open pull requests that a run was started for, with secrets. */
  readonly pullRequests: ReadonlySet<string>;
  /** Branches that were pushed with such a run, and exist. */
  readonly branches: ReadonlySet<string>;
  /** Left behind by a run that never started, and not swept yet. */
  readonly orphans: ReadonlySet<string>;
  /** Whether the last scheduled run was the one of the evening. */
  readonly night: boolean;
}

/** @returns what is not as the first line of the workflow says */
type Claim = (world: World, account: Account) => readonly string[];

const nothing: Claim = (world) => findChanges(world);

const oneForEachPullRequest: Claim = (world, { pullRequests, orphans }) => [
  ...missing(world),
  ...compare(added(world), [...pullRequests, ...orphans].map(nameOf)),
];

const oneForEachBranch: Claim = (world, { branches }) => [
  ...missing(world),
  ...compare(added(world), [...branches].map(nameOf)),
];

const theSame: Claim = (world, { night }) => [
  ...missing(world, ['running', 'paused']),
  ...compare(added(world), []),
  ...pausedAtNight(world, night),
];

const theNeeded: Claim = (world, { pullRequests, orphans }) => [
  ...missing(world),
  ...compare(added(world), [...pullRequests, ...orphans, 'main'].map(nameOf)),
];

const theNewOne: Claim = (world) => {
  const old = world.before.get('shop-production');
  const others = missing(world).filter((problem) => !problem.includes("'shop-production'"));
  const isThere = world.simulator.instances().some(({ id }) => id === old?.id);
  return [
    ...others,
    ...(isThere ? ["the old 'shop-production' exists"] : []),
    ...compare(added(world), ['shop-production']),
  ];
};

/** How a first line can end: what exists after each run. */
const claims: Readonly<Record<string, Claim>> = {
  'No instance is left when the run ends': nothing,
  'No instance is left when it is closed': oneForEachPullRequest,
  'No instance is left': oneForEachPullRequest,
  'No instance is left when the branch is deleted': oneForEachBranch,
  'It exists before and after': theSame,
  'They exist before and after': theSame,
  'Only the others are left': theNeeded,
  'Only the new instance is left': theNewOne,
};

/** The sentences that a first line can end with. */
export const knownClaims = Object.keys(claims);

/** What a workflow says in its first line; undefined if it says nothing that can be checked. */
export function claimOf({ text }: Workflow): string | undefined {
  const [, said] = /^# \S.*\. ([^.]+)\.$/.exec(text.split('\n', 1)[0] ?? '') ?? [];
  return said !== undefined && said in claims ? said : undefined;
}

/** Checks that exactly what the first line says exists now. @returns what is different */
export function findDifferences(claim: string, world: World, account: Account): readonly string[] {
  const living = new Set(world.simulator.instances().map(({ name }) => `aura:${name}`));
  const stored = world.github.deployments().map(({ task }) => task);
  const stale = stored.filter((task) => !task.startsWith('aura:token:') && !living.has(task));
  return [
    ...(claims[claim]?.(world, account) ?? []),
    ...stale.map((task) => `the credentials of a deleted instance are stored as '${task}'`),
  ];
}

/** Checks that nothing was created or deleted. @returns what is different from the beginning */
export function findChanges(world: World): readonly string[] {
  return [...missing(world), ...compare(added(world), [])];
}

/** The instances that did not exist in the beginning, in a few words. */
export function describeAdded(world: World): string {
  const names = added(world).map(({ name, status }) =>
    status === 'running' ? name : `${name} (${status})`,
  );
  const paused = world.simulator
    .instances()
    .filter(({ name, status }) => status === 'paused' && world.before.has(name))
    .map(({ name }) => `${name} (paused)`);
  return [...names, ...paused].join(', ') || 'nothing new';
}

function added({ simulator, before }: World): readonly SimulatedInstance[] {
  const old = new Set([...before.values()].map(({ id }) => id));
  // What Aura is deleting needs no more from anybody.
  return simulator.instances().filter(({ id, status }) => !old.has(id) && status !== 'destroying');
}

/** Instances of the beginning that are gone, or in another status. */
function missing({ simulator, before }: World, statuses = ['running']): readonly string[] {
  const now = new Map(simulator.instances().map(({ id, status }) => [id, status]));
  return [...before.values()]
    .filter(({ id }) => !statuses.includes(now.get(id) ?? ''))
    .map(({ id, name }) => `'${name}' is ${now.get(id) ?? 'gone'}`);
}

function compare(found: readonly SimulatedInstance[], names: readonly string[]): readonly string[] {
  const surplus = found.filter(({ name }) => !names.includes(name));
  const lacking = names.filter((wanted) => !found.some(({ name }) => name === wanted));
  const twice = found.length > new Set(found.map(({ name }) => name)).size;
  return [
    ...surplus.map(({ name }) => `'${name}' is left behind`),
    ...lacking.map((name) => `'${name}' is missing`),
    ...(twice ? ['a name exists twice'] : []),
  ];
}

/** Only staging is paused, and only at night. */
function pausedAtNight({ simulator }: World, night: boolean): readonly string[] {
  const paused = simulator.instances().filter(({ status }) => status === 'paused');
  const others = paused.filter(({ name }) => !name.startsWith('staging'));
  return [
    ...others.map(({ name }) => `'${name}' is paused`),
    ...(night && paused.length === 0 ? ['nothing is paused at night'] : []),
    ...(night ? [] : paused.map(({ name }) => `'${name}' is still paused`)),
  ];
}
