import type { DrivenClock } from '../../../simulator/core/clock.ts';
import type { Exchange, SimulatedInstance, Simulator } from '../../../simulator/aura/simulator.ts';
import { name } from './cases.ts';
import type { Ending } from './invariants.ts';

/** Another job that creates an instance with the same name, close to the step's first POST. */
export interface Rival {
  /** Seconds from the step's POST to the creation of its instance; negative for one before. */
  readonly after: number;
  /** Seconds until lists show its instance. */
  readonly listedAfter: number;
}

/** The other job in a run. */
export interface Rivalry {
  /** Called for every request, right before its answer. */
  readonly onExchange: (exchange: Exchange) => void;
  readonly enter: (simulator: Simulator, clock: DrivenClock) => void;
  /** What the other job has created so far. */
  readonly ids: () => readonly string[];
  /** Milliseconds from the step's first POST to the creation of the other instance. */
  readonly after: number;
}

/** Waits for the step's first POST; without a rival it does nothing. */
export function createRival(rival: Rival | undefined): Rivalry {
  const made: SimulatedInstance[] = [];
  let place: { readonly simulator: Simulator; readonly clock: DrivenClock } | undefined;
  let seen = false;
  const after = (rival?.after ?? 0) * 1000;
  return {
    after,
    enter: (simulator, clock) => {
      place = { simulator, clock };
    },
    onExchange: ({ method, path, at }) => {
      if (rival === undefined || place === undefined || seen) return;
      if (method !== 'POST' || path !== '/v1/instances') return;
      seen = true;
      const { simulator, clock } = place;
      const createdAt = at + after;
      const listedAt = createdAt + rival.listedAfter * 1000;
      const enter = (): void => {
        // Lists show instances that tests create without a delay.
        made.push(simulator.seedInstance({ name, createdAt, status: 'creating' }));
      };
      if (listedAt <= clock.now()) enter();
      else void clock.sleep(listedAt - clock.now()).then(enter);
    },
    ids: () => made.map(({ id }) => id),
  };
}

/** For so long after a lost create, another job's instance looks the same as the lost one. */
const indistinguishableMilliseconds = 10_000;
/** `Date` is in whole seconds, and Aura's clocks may differ by 2 s. */
const toleranceMilliseconds = 3_000;

/** Instances of the other job that a step may delete if its own create got no answer. */
export function mistakableOf(rivalry: Rivalry, requests: readonly Exchange[]): readonly string[] {
  const lost = requests.some(
    ({ method, path, fault }) =>
      method === 'POST' && path === '/v1/instances' && fault !== undefined && fault !== 'slow',
  );
  const { after } = rivalry;
  const close = after >= -toleranceMilliseconds && after <= indistinguishableMilliseconds;
  return lost && close ? rivalry.ids() : [];
}

/** How a step has harmed another job that uses the same name, or its own user. */
export function describeRivalry(
  { simulator, result }: Ending,
  rivalry: Rivalry,
): readonly string[] {
  if (result.exitCode !== 0) return [];
  const [mine] = simulator.instances().filter(({ id }) => id === result.outputs['instance-id']);
  return simulator
    .instances()
    .filter(({ id }) => rivalry.ids().includes(id))
    .filter((other) => mine !== undefined && isOlder(other, mine))
    .map(({ id }) => `the step succeeds beside the older instance ${id} of another job`);
}

function isOlder(one: SimulatedInstance, other: SimulatedInstance): boolean {
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt;
  return one.id < other.id;
}
