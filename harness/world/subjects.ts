import type { SimulatedInstance } from '../../simulator/aura/simulator.ts';
import type { StepResult } from '../runner/fake-runner.ts';
import type { Scenario } from './scenario.ts';

/** One operation, with the facts that tests of all operations need. */
export interface Subject {
  readonly operation:
    | 'create'
    | 'get'
    | 'poll'
    | 'pause'
    | 'resume'
    | 'resize'
    | 'snapshot'
    | 'restore'
    | 'overwrite'
    | 'delete';
  /** What else it needs: inputs, and what exists. */
  readonly more?: (
    scenario: Scenario,
    instance: SimulatedInstance,
  ) => Readonly<Record<string, string>>;
  /** Status that the instance must have before; undefined for `create`. */
  readonly before: string | undefined;
  /** Status in which it succeeds. */
  readonly after: string;
  /** Status while it waits. */
  readonly meanwhile: string | undefined;
  /** The request that changes something. */
  readonly change: { readonly method: string; readonly path: RegExp } | undefined;
  /** How often the instance is read before the wait begins. */
  readonly readsBeforeWait: number;
  /** The awaited state, as messages name it. */
  readonly goal: string;
  /** What else is awaited, as messages name it. */
  readonly also?: string;
}

const instance = /^\/v1\/instances\/[0-9a-f]{8}$/;

/** All operations, by name. */
export const subjects = {
  create: {
    operation: 'create',
    before: undefined,
    after: 'running',
    meanwhile: 'creating',
    change: { method: 'POST', path: /^\/v1\/instances$/ },
    readsBeforeWait: 0,
    goal: 'running',
  },
  get: {
    operation: 'get',
    before: 'running',
    after: 'running',
    meanwhile: undefined,
    change: undefined,
    readsBeforeWait: 0,
    goal: '',
  },
  poll: {
    operation: 'poll',
    before: 'creating',
    after: 'running',
    meanwhile: 'creating',
    change: undefined,
    readsBeforeWait: 0,
    goal: 'settled',
  },
  pause: {
    operation: 'pause',
    before: 'running',
    after: 'paused',
    meanwhile: 'pausing',
    change: { method: 'POST', path: /\/pause$/ },
    readsBeforeWait: 1,
    goal: 'paused',
  },
  resume: {
    operation: 'resume',
    before: 'paused',
    after: 'running',
    meanwhile: 'resuming',
    change: { method: 'POST', path: /\/resume$/ },
    readsBeforeWait: 1,
    goal: 'running',
  },
  resize: {
    operation: 'resize',
    before: 'running',
    after: 'running',
    meanwhile: 'updating',
    change: { method: 'PATCH', path: instance },
    readsBeforeWait: 1,
    goal: 'running',
    also: ' with memory 4GB',
    more: () => ({ memory: '4GB' }),
  },
  snapshot: {
    operation: 'snapshot',
    before: 'running',
    after: 'running',
    meanwhile: undefined,
    change: { method: 'POST', path: /\/snapshots$/ },
    readsBeforeWait: 1,
    goal: '',
  },
  restore: {
    operation: 'restore',
    before: 'running',
    after: 'running',
    meanwhile: 'restoring',
    change: { method: 'POST', path: /\/restore$/ },
    readsBeforeWait: 2,
    goal: 'running',
    also: ' again',
    more: ({ simulator }, { id }) => ({ 'snapshot-id': simulator.seedSnapshot(id) }),
  },
  overwrite: {
    operation: 'overwrite',
    before: 'running',
    after: 'running',
    meanwhile: 'overwriting',
    change: { method: 'POST', path: /\/overwrite$/ },
    readsBeforeWait: 2,
    goal: 'running',
    also: ' again',
    more: ({ simulator }, { id }) => ({
      'source-instance-id': id,
      'source-snapshot-id': simulator.seedSnapshot(id),
    }),
  },
  delete: {
    operation: 'delete',
    before: 'running',
    after: 'deleted',
    meanwhile: 'destroying',
    change: { method: 'DELETE', path: instance },
    readsBeforeWait: 1,
    goal: 'deleted',
  },
} as const satisfies Record<string, Subject>;

/** Creates the instance `x` if the operation needs it, and returns the inputs. */
export function prepare(
  { operation, before, more }: Subject,
  scenario: Scenario,
): Readonly<Record<string, string>> {
  const inputs = { operation, name: 'x' };
  if (before === undefined) return inputs;
  const instance = scenario.simulator.seedInstance({ name: 'x', status: before });
  return { ...inputs, ...more?.(scenario, instance) };
}

/** The instance of a prepared scenario, in its current state. */
export function theInstance({ simulator }: Scenario): SimulatedInstance {
  const [only, ...others] = simulator.history();
  if (only === undefined || others.length > 0) {
    throw new Error(`There should be one instance, but there are ${simulator.history().length}.`);
  }
  return only;
}

/** The instance as messages of the operation name it. */
export function labelOf({ id, name }: SimulatedInstance): string {
  return `instance '${name}' (${id})`;
}

/**
 * The outputs for an instance as Aura last described it, and for what was done to it. `instances`
 * differs for a deletion.
 */
export function detailOutputs(
  scenario: Scenario,
  { created = false, changed = false }: { created?: boolean; changed?: boolean } = {},
): Readonly<Record<string, string>> {
  const { id, name, status, type, region, cloudProvider, memory, tenantId, connectionUrl } =
    theInstance(scenario);
  return {
    'instance-id': id,
    name,
    'connection-uri': connectionUrl,
    status,
    tier: type,
    region,
    'cloud-provider': cloudProvider,
    memory,
    tenant: tenantId,
    created: String(created),
    changed: String(changed),
    instance: JSON.stringify(lastDetail(scenario)),
    instances: JSON.stringify([{ id, name, status, changed }]),
  };
}

/** The instance as the last answer to a GET describes it. */
export function lastDetail({ simulator }: Scenario): unknown {
  const reads = simulator.exchanges.filter(
    ({ method, path, status }) => method === 'GET' && instance.test(path) && status === 200,
  );
  const { data } = JSON.parse(reads.at(-1)?.responseBody ?? '{}') as { data?: unknown };
  return data;
}

/** Runs a step and acts on its instance right after the n-th read. */
export async function afterRead(
  scenario: Scenario,
  {
    nth,
    act,
    run,
  }: { nth: number; act: (read: SimulatedInstance) => void; run: () => Promise<StepResult> },
): Promise<StepResult> {
  let reads = 0;
  const read = scenario.nextExchange(({ method, path }) => {
    if (method === 'GET' && instance.test(path)) reads += 1;
    return reads === nth;
  });
  const acted = read.then(() => {
    act(theInstance(scenario));
  });
  const [result] = await Promise.all([run(), acted]);
  return result;
}
