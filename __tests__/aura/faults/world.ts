import { type DrivenClock, drivenClock } from '../../../simulator/core/clock.ts';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../../simulator/aura/simulator.ts';
import { standardConfigurations } from '../../../simulator/aura/configurations.ts';
import { createExchangeValidator } from '../../../harness/world/validate-exchange.ts';

const minutes = 60_000;
/** The same in every world, so that a process derives the key of sealed credentials only once. */
const clientSecret = 'the-secret-of-the-fault-matrix-0123456789';
/** One region is enough here: the full list has 190 KB, and every run of a create reads it. */
const tenants = [
  {
    name: 'Simulated project',
    configurations: standardConfigurations().filter(({ region }) => region === 'europe-west1'),
  },
];

/** Unusual behavior of Aura that is not a fault. */
export const worlds = {
  'the usual world': {},
  'new instances listed after 20 s': { durations: { listAfterCreate: 20_000 } },
  'new instances listed after 45 s': { durations: { listAfterCreate: 45_000 } },
  "Aura's clock 3 minutes ahead": { clockSkew: 3 * minutes },
  "Aura's clock 3 minutes behind": { clockSkew: -3 * minutes },
  'deleted instances listed for 90 s': { durations: { listAfterDelete: 90_000 } },
  'reads that show changes after 15 s': {
    durations: { readAfterCreate: 15_000, readAfterUpdate: 15_000, readAfterAction: 15_000 },
  },
} as const satisfies Readonly<Record<string, SimulatorOptions>>;

/** How far Aura's clock is ahead of the runner's in a world, in milliseconds. */
export function skewOf(world: WorldName | undefined): number {
  const options: SimulatorOptions = worlds[world ?? 'the usual world'];
  return options.clockSkew ?? 0;
}

/** The name of a world. */
export type WorldName = keyof typeof worlds;

/** All of them, for tables. */
export const worldNames = Object.keys(worlds) as readonly WorldName[];
/** Those that differ from the usual one. */
export const oddWorldNames = worldNames.filter((name) => name !== 'the usual world');

/** Worlds that differ from the usual one only for a step that creates, or only for one that deletes. */
const afterCreate: ReadonlySet<WorldName> = new Set([
  'new instances listed after 20 s',
  'new instances listed after 45 s',
]);
const afterDelete: ReadonlySet<WorldName> = new Set(['deleted instances listed for 90 s']);

/**
 * Whether a step notices that a world is unusual. Lists show instances that a test creates without
 * a delay, so only a step that creates or deletes notices lists that are out of date.
 */
export function canTell(
  world: WorldName,
  { creates, deletes }: { readonly creates: boolean; readonly deletes: boolean },
): boolean {
  if (afterCreate.has(world)) return creates;
  // A create deletes its new instance if another step was first.
  if (afterDelete.has(world)) return creates || deletes;
  return world !== 'the usual world';
}

/** A simulator with a controlled clock. */
export interface World {
  readonly simulator: Simulator;
  readonly clock: DrivenClock;
  /** Violations of the API description so far. */
  readonly violations: string[];
}

let validator: ReturnType<typeof createExchangeValidator> | undefined;

/** Starts a world without limits on requests. */
export async function startWorld(
  name: WorldName = 'the usual world',
  onExchange: SimulatorOptions['onExchange'] = () => undefined,
): Promise<World> {
  const clock = drivenClock();
  const violations: string[] = [];
  validator ??= createExchangeValidator();
  const validate = await validator;
  const simulator = await startSimulator({
    ...worlds[name],
    clientSecret,
    tenants,
    clock,
    requestsPerMinute: 'unlimited',
    tokensPerHour: 'unlimited',
    unknownFields: 'refuse',
    onExchange: (exchange) => {
      violations.push(...validate(exchange));
      onExchange(exchange);
    },
  });
  return { simulator, clock, violations };
}
