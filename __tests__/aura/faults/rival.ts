import type { DrivenClock } from '../../../simulator/core/clock.ts';
import type { Exchange, SimulatedInstance, Simulator } from '../../../simulator/aura/simulator.ts';
import { name } from './cases.ts';
import type { Ending } from './invariants.ts';

/** Another job that creates an instance of the same name, near the first POST of the step. */
export interface Rival {
  /** Seconds from the step's POST to the creation of its instance; negative for one before. */
  readonly after: number;
  /** Seconds until lists show its instance. */
  readonly listedAfter: number;
}

/** The other job in a run. */
export interface Rivalry {
  /** To be told of every request, right before its answer. */
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
        // What tests put there has no lag of its own.
        made.push(simulator.seedInstance({ name, createdAt, status: 'creating' }));
      };
      if (listedAt <= clock.now()) enter();
      else void clock.sleep(listedAt - clock.now()).then(enter);
    },
    ids: () => made.map(({ id }) => id),
  };
}

/** So long after a lost create, what another job creates can't be told from what was lost. */
const indistinguishableMilliseconds = 10_000;
/** `Date` has whole seconds, and Aura's clocks may differ by 2 s. */
const toleranceMilliseconds = 3_000;

/** What the other job has created that it may lose to a step whose create nobody answered. */
export function mistakableOf(rivalry: Rivalry, requests: readonly Exchange[]): readonly string[] {
  const lost = requests.some(
    ({ method, path, fault }) =>
      method === 'POST' && path === '/v1/instances' && fault !== undefined && fault !== 'slow',
  );
  const { after } = rivalry;
  const close = after >= -toleranceMilliseconds && after <= indistinguishableMilliseconds;
  return lost && close ? rivalry.ids() : [];
}

/** What a step has done wrong to another job that wanted the same name, or to its own user. */
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
