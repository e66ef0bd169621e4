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

/** How a first line can end: what exists after each run. */
const claims: Readonly<Record<string, Claim>> = {
  'nothing behind': (world) => [...missing(world), ...compare(added(world), [])],
  'one instance for each open pull request': (world, { pullRequests, orphans }) => [
    ...missing(world),
    ...compare(added(world), [...pullRequests, ...orphans].map(nameOf)),
  ],
  'one instance for each branch except main': (world, { branches, orphans }) => [
    ...missing(world),
    ...compare(added(world), [...branches, ...orphans].map(nameOf)),
  ],
  'every instance in place': (world, { night }) => [
    ...missing(world, ['running', 'paused']),
    ...compare(added(world), []),
    ...pausedAtNight(world, night),
  ],
  'the instances that open pull requests need': (world, { pullRequests, orphans }) => [
    ...missing(world),
    ...compare(added(world), [...pullRequests, ...orphans, 'main'].map(nameOf)),
  ],
  'the new instance in place of the old one': (world) => {
    const replaced = 'shop-production';
    const [one, ...others] = world.simulator.instances().filter(({ name }) => name === replaced);
    const isNew = one !== undefined && one.id !== world.before.get(replaced)?.id;
    return [
      ...missing(world).filter((problem) => !problem.includes(`'${replaced}'`)),
      ...(isNew && others.length === 0 && one.status === 'running'
        ? []
        : [`'${replaced}' is not new`]),
      ...compare(added(world), [replaced]),
    ];
  },
};

/** What a workflow says in its first line; undefined if it says nothing that can be checked. */
export function claimOf({ text }: Workflow): string | undefined {
  const [, said] = /^# \S.*\. Leaves (.+)\.$/.exec(text.split('\n', 1)[0] ?? '') ?? [];
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

function pausedAtNight({ simulator }: World, night: boolean): readonly string[] {
  const paused = simulator.instances().filter(({ status }) => status === 'paused');
  if (night === paused.length > 0) return [];
  return [night ? 'nothing is paused' : `${paused.length} instances are still paused`];
}
