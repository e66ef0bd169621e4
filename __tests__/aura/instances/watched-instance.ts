import type { AuraClient } from '../../../src/aura/api/client.ts';
import type { Patience } from '../../../src/core/time/patience.ts';
import { readInstance } from '../../../src/aura/api/types.ts';
import { type Goal, waitFor } from '../../../src/aura/instances/wait.ts';
import { InstantClock, patienceOn } from '../../core/time/clocks.ts';

/** What one read of the instance gives: its status, undefined for a 404, or an error. */
export type Reading = string | undefined | Error;

interface Watch {
  /** What the instance reads as, given the milliseconds since the wait began and the read's number. */
  readonly reading: (milliseconds: number, read: number) => Reading;
  readonly goal: Goal;
  readonly intervalMilliseconds?: number;
  readonly readAtOnce?: boolean;
  /** For how long a 404 means that it is not shown yet; 0 when left out. */
  readonly shownAfter?: number;
  readonly patience?: Partial<Patience>;
  readonly clock?: InstantClock;
}

/** Runs a wait for an instance that exists only as a function of time. */
export function watch(options: Watch) {
  const clock = options.clock ?? new InstantClock(1_000_000);
  const begin = clock.now();
  const readAt: number[] = [];
  const attempts: unknown[] = [];
  const statuses: [string | undefined, number][] = [];
  const client: Pick<AuraClient, 'getInstance'> = {
    getInstance: (id, attempt) => {
      readAt.push(clock.now() - begin);
      attempts.push(attempt);
      const reading = options.reading(clock.now() - begin, readAt.length);
      if (reading instanceof Error) return Promise.reject(reading);
      return Promise.resolve(reading === undefined ? 'missing' : instanceOf(id, reading));
    },
  };
  const patience = patienceOn(clock, options.patience);
  const result = waitFor('1a2b3c4d', options.goal, {
    client,
    patience,
    intervalMilliseconds: options.intervalMilliseconds,
    readAtOnce: options.readAtOnce ?? false,
    isNotShownYet: () => Promise.resolve(clock.now() - begin < (options.shownAfter ?? 0)),
    onStatus: (status, elapsed) => {
      statuses.push([status, elapsed]);
    },
  });
  return { result, clock, readAt, attempts, statuses, lines: patience.lines };
}

/** A reading that takes each of `readings` in turn, and the last one for ever. */
export function inTurn(...readings: Reading[]): Watch['reading'] {
  return (_, read) => readings[Math.min(read, readings.length) - 1];
}

function instanceOf(id: string, status: string) {
  return readInstance({ id, name: 'shop', tenant_id: 'tenant', status }, id);
}
