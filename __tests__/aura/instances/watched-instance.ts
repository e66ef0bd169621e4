import type { AuraClient } from '../../../src/aura/api/client.ts';
import type { InstanceSummary } from '../../../src/aura/api/types.ts';
import { readInstance } from '../../../src/aura/api/types.ts';
import { type Goal, awaitGoal } from '../../../src/aura/instances/await.ts';
import { Ledger } from '../../../src/aura/session/ledger.ts';
import type { Meant } from '../../../src/aura/session/guard.ts';
import type { Patience } from '../../../src/core/time/patience.ts';
import { InstantClock, patienceOn } from '../../core/time/clocks.ts';
import { prepare } from '../credentials/hand-over-parts.ts';
import { clientWith, sessionWith } from '../session/made-session.ts';

/** The result of one read of the instance: its status, undefined for a 404, or an error. */
export type Reading = string | undefined | Error;

/** The result of a read, by the milliseconds since the start and the number of the read. */
export type Course = (milliseconds: number, read: number) => Reading;

/** The name of the instance in messages of {@link waitFor}. */
export const what = "instance 'shop' (1a2b3c4d)";

interface Wait {
  readonly reading: Course;
  readonly goal: Goal;
  readonly intervalMilliseconds?: number;
  readonly now?: boolean;
  /** Whether Aura has just returned its id, so that a 404 means that it is not shown yet. */
  readonly isNew?: boolean;
  readonly patience?: Partial<Patience>;
  readonly clock?: InstantClock;
}

/** A client for one instance that exists only as a function of time. */
export function clientFor(reading: Course, clock: InstantClock, answers: Partial<AuraClient> = {}) {
  const begin = clock.now();
  const readAt: number[] = [];
  const attempts: unknown[] = [];
  const client = clientWith({
    getInstance: (id, attempt) => {
      readAt.push(clock.now() - begin);
      attempts.push(attempt);
      const now = reading(clock.now() - begin, readAt.length);
      if (now instanceof Error) return Promise.reject(now);
      return Promise.resolve(now === undefined ? 'missing' : instanceOf(id, now));
    },
    ...answers,
  });
  return { client, readAt, attempts };
}

/** Runs a wait for an instance that exists only as a function of time. */
export function waitFor(options: Wait) {
  const clock = options.clock ?? new InstantClock(1_000_000);
  const begin = clock.now();
  const { client, readAt, attempts } = clientFor(options.reading, clock);
  const statuses: [string | undefined, number][] = [];
  const prepared = prepare();
  const { captured } = prepared;
  const info = (line: string): void => {
    captured.report.info(line);
    const [, shown] = /^(?:\d+[hms] ?)+ +(?!still |\d+[hms] )(.+)$/.exec(line) ?? [];
    if (shown === undefined) return;
    const status = shown === 'not shown by Aura yet' ? undefined : shown;
    statuses.push([status, clock.now() - begin]);
  };
  const pollInterval = options.intervalMilliseconds;
  const patience = patienceOn(clock, { pollInterval, ...options.patience });
  const aim = { operation: 'poll', id: '1a2b3c4d', name: undefined };
  const ledger = new Ledger(aim, captured.report.outputs);
  const report = { ...captured.report, info };
  const session = sessionWith({ client, patience, report, ledger }, prepared);
  ledger.open([{ id: '1a2b3c4d' }]);
  // An older one was created more than a minute ago, so a 404 does not mean "not yet".
  const knownSince = options.isNew === true ? begin : begin - 60_000;
  const meant: Meant = { id: '1a2b3c4d', knownSince };
  const { goal, now = false } = options;
  const result = awaitGoal(session, meant, { what, goal, now });
  return { result, clock, readAt, attempts, statuses, lines: patience.lines, captured };
}

/** A course that returns each of `readings` in turn, and then always the last one. */
export function inTurn(...readings: Reading[]): Course {
  return (_, read) => readings[Math.min(read, readings.length) - 1];
}

/** The instance of these tests in a list. */
export function listed(createdAt: number | undefined): InstanceSummary {
  return { id: '1a2b3c4d', name: 'shop', tenantId: 'tenant', createdAt };
}

function instanceOf(id: string, status: string) {
  return readInstance({ id, name: 'shop', tenant_id: 'tenant', status }, id);
}
