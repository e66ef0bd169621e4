import type { SimulatedInstance, Simulator } from '../../../simulator/aura/simulator.ts';

/** The inputs of a step, and what exists when it begins. */
export interface Case {
  readonly inputs:
    | Readonly<Record<string, string>>
    | ((simulator: Simulator, seeded: readonly string[]) => Readonly<Record<string, string>>);
  /** The output `changed` after a success. */
  readonly changes: boolean;
  /** Whether the step creates a new instance. */
  readonly creates?: boolean;
  /** Whether the step was asked to delete the existing instances. */
  readonly deletes: boolean;
  /** Whether a success may miss a part of the goal, if a warning says so. */
  readonly warns?: boolean;
  /** Creates instances; returns the ids that the step may change or delete. */
  readonly seed: (simulator: Simulator) => readonly string[];
  /** Whether the step has reached its goal, according to the simulator. */
  readonly reached: (simulator: Simulator, seeded: readonly string[]) => boolean;
}

/** The name that every case works on. */
export const name = 'ours';
/** Few polls keep the number of requests, and so of runs, low. */
const usual = { name, 'poll-interval': '45s' };

const seedOne = (status: 'running' | 'paused' | 'creating') => (simulator: Simulator) => [
  simulator.seedInstance({ name, status }).id,
];
/** The instances that really exist: Aura's list may be out of date. */
const ours = (simulator: Simulator) =>
  simulator.instances().filter((instance) => instance.name === name);
const isOnly = (simulator: Simulator, status: string): boolean =>
  ours(simulator).length === 1 && ours(simulator)[0]?.status === status;
/** Whether the newest snapshot was requested, and is completed. */
const isTaken = (simulator: Simulator, id: string): boolean => {
  const [newest] = simulator.snapshots(id);
  return newest?.profile === 'AdHoc' && newest.status === 'Completed';
};

/** The other instance that exists in every run. */
const bystander = (simulator: Simulator): string =>
  simulator.instances().find((instance) => instance.name === 'theirs')?.id ?? '';

/** A resize of an instance with 4GB, and the values that it then has. */
function resizing(
  inputs: Readonly<Record<string, string>>,
  values: Partial<SimulatedInstance>,
): Case {
  return {
    inputs: { ...usual, operation: 'resize', ...inputs },
    changes: true,
    deletes: false,
    seed: (simulator) => [
      simulator.seedInstance({ name, type: 'business-critical', memory: '4GB' }).id,
    ],
    reached: (simulator, [id]) => {
      const all = new Map<string, unknown>(
        Object.entries(simulator.instances().find((instance) => instance.id === id) ?? {}),
      );
      return Object.entries({ status: 'running', ...values }).every(
        ([field, value]) => all.get(field) === value,
      );
    },
  };
}

/** What a create from it sets in the create, and in two updates. */
const config = {
  type: 'business-critical',
  cloud_provider: 'gcp',
  region: 'europe-west1',
  memory: '4GB',
  secondaries_count: 1,
  cdc_enrichment_mode: 'FULL',
};
const hasConfig = (simulator: Simulator): boolean => {
  const [made] = ours(simulator);
  return (
    made?.type === 'business-critical' &&
    made.memory === '4GB' &&
    made.secondariesCount === 1 &&
    made.cdcEnrichmentMode === 'FULL'
  );
};
/** Whether the new instance has the data of the only snapshot of the other instance. */
const isCopy = (simulator: Simulator): boolean =>
  ours(simulator)[0]?.dataFrom === simulator.snapshots(bystander(simulator))[0]?.id;

export const cases = {
  create: {
    inputs: { ...usual, operation: 'create' },
    changes: true,
    creates: true,
    deletes: false,
    seed: () => [],
    reached: (simulator) => isOnly(simulator, 'running'),
  },
  'create, replacing': {
    inputs: { ...usual, operation: 'create', 'if-exists': 'replace' },
    changes: true,
    creates: true,
    deletes: true,
    seed: seedOne('running'),
    reached: (simulator, [old]) => isOnly(simulator, 'running') && ours(simulator)[0]?.id !== old,
  },
  'create, reusing': {
    inputs: (simulator) => ({
      ...usual,
      operation: 'create',
      password: ours(simulator)[0]?.password ?? '',
    }),
    changes: true,
    deletes: false,
    seed: seedOne('paused'),
    reached: (simulator, [old]) => isOnly(simulator, 'running') && ours(simulator)[0]?.id === old,
  },
  'create, copying': {
    inputs: (simulator) => ({
      ...usual,
      operation: 'create',
      'source-instance-id': bystander(simulator),
      'source-snapshot-id': simulator.seedSnapshot(bystander(simulator)),
    }),
    changes: true,
    creates: true,
    deletes: false,
    seed: () => [],
    reached: (simulator) => isOnly(simulator, 'running') && isCopy(simulator),
  },
  'create, with config': {
    inputs: { ...usual, operation: 'create', config: JSON.stringify(config) },
    changes: true,
    creates: true,
    warns: true,
    deletes: false,
    seed: () => [],
    reached: (simulator) => isOnly(simulator, 'running') && hasConfig(simulator),
  },
  get: {
    inputs: { ...usual, operation: 'get' },
    changes: false,
    deletes: false,
    seed: seedOne('running'),
    reached: (simulator) => isOnly(simulator, 'running'),
  },
  poll: {
    inputs: { ...usual, operation: 'poll' },
    changes: false,
    deletes: false,
    seed: seedOne('creating'),
    reached: (simulator) => isOnly(simulator, 'running'),
  },
  pause: {
    inputs: { ...usual, operation: 'pause' },
    changes: true,
    deletes: false,
    seed: seedOne('running'),
    reached: (simulator) => isOnly(simulator, 'paused'),
  },
  resume: {
    inputs: { ...usual, operation: 'resume' },
    changes: true,
    deletes: false,
    seed: seedOne('paused'),
    reached: (simulator) => isOnly(simulator, 'running'),
  },
  'resize, memory': resizing({ memory: '8GB' }, { memory: '8GB', storage: '16GB' }),
  'resize, vector': resizing({ 'vector-optimized': 'true' }, { vectorOptimized: true }),
  'resize, plugin': {
    ...resizing({ 'graph-analytics-plugin': 'true' }, { graphAnalyticsPlugin: true }),
    seed: seedOne('running'),
  },
  'resize, secondaries': resizing({ secondaries: '2' }, { secondariesCount: 2 }),
  'resize, CDC': resizing({ 'cdc-enrichment-mode': 'FULL' }, { cdcEnrichmentMode: 'FULL' }),
  'resize, name': resizing({ 'new-name': 'renamed' }, { name: 'renamed' }),
  'resize, three kinds': resizing(
    { memory: '8GB', secondaries: '1', 'new-name': 'renamed' },
    { memory: '8GB', secondariesCount: 1, name: 'renamed' },
  ),
  snapshot: {
    inputs: { ...usual, operation: 'snapshot' },
    changes: true,
    deletes: false,
    seed: seedOne('running'),
    reached: (simulator, [id = '']) =>
      simulator.snapshots(id).length === 1 && isTaken(simulator, id),
  },
  'snapshot, beside the automatic one': {
    inputs: { ...usual, operation: 'snapshot' },
    changes: true,
    deletes: false,
    seed: (simulator) => {
      const ids = seedOne('running')(simulator);
      for (const id of ids) simulator.seedSnapshot(id, { profile: 'Scheduled', duration: 60_000 });
      return ids;
    },
    reached: (simulator, [id = '']) =>
      simulator.snapshots(id).length === 2 && isTaken(simulator, id),
  },
  restore: {
    inputs: (simulator, [id = '']) => ({
      ...usual,
      operation: 'restore',
      'snapshot-id': simulator.seedSnapshot(id),
    }),
    changes: true,
    deletes: false,
    seed: seedOne('running'),
    reached: (simulator, [id = '']) =>
      isOnly(simulator, 'running') &&
      ours(simulator)[0]?.dataFrom === simulator.snapshots(id)[0]?.id,
  },
  overwrite: {
    inputs: (simulator) => ({
      ...usual,
      operation: 'overwrite',
      'source-instance-id': bystander(simulator),
    }),
    changes: true,
    deletes: false,
    seed: seedOne('running'),
    reached: (simulator) =>
      isOnly(simulator, 'running') && ours(simulator)[0]?.dataFrom === bystander(simulator),
  },
  delete: {
    inputs: { ...usual, operation: 'delete' },
    changes: true,
    deletes: true,
    seed: seedOne('running'),
    reached: (simulator) => ours(simulator).length === 0,
  },
  'delete by id': {
    inputs: (_, [id = '']) => ({ ...usual, operation: 'delete', 'instance-id': id }),
    changes: true,
    deletes: true,
    seed: seedOne('running'),
    reached: (simulator) => ours(simulator).length === 0,
  },
  'delete, two': {
    inputs: { ...usual, operation: 'delete' },
    changes: true,
    deletes: true,
    seed: (simulator) => [...seedOne('running')(simulator), ...seedOne('paused')(simulator)],
    reached: (simulator) => ours(simulator).length === 0,
  },
} as const satisfies Readonly<Record<string, Case>>;

/** The name of a case. */
export type CaseName = keyof typeof cases;

/** The cases with their names, for tables. */
export const caseNames = Object.keys(cases) as readonly CaseName[];
