import type { Instance } from '../api/types.ts';

/** A status, and when it was seen first. */
export interface Sighting {
  readonly status: string;
  /** Milliseconds by the clock of the step. */
  readonly at: number;
}

/** What happened to an instance during a step. */
export interface Course {
  /** Each change of status, in order. */
  readonly statuses: readonly Sighting[];
  /** The instance as it was read first and last. */
  readonly first: Instance | undefined;
  readonly last: Instance | undefined;
  /** When Aura accepted the first change of this step. */
  readonly changedAt: number | undefined;
}

/** Records each status and when it was seen, for the summary. */
export interface History {
  readonly saw: (instance: Instance) => void;
  readonly status: (id: string, status: string) => void;
  /** Records that Aura has accepted a change of this step. */
  readonly changed: (id: string, status: string) => void;
  readonly of: (id: string) => Course;
  /** The ids of all instances that this step has changed. */
  readonly changedIds: () => readonly string[];
}

const unknown: Course = {
  statuses: [],
  first: undefined,
  last: undefined,
  changedAt: undefined,
};

/** @param now the clock of the step. */
export function createHistory(now: () => number): History {
  const courses = new Map<string, Course>();
  const of = (id: string): Course => courses.get(id) ?? unknown;
  const note = (id: string, news: Partial<Course>): void => {
    courses.set(id, { ...of(id), ...news });
  };
  const status = (id: string, seen: string): void => {
    const { statuses } = of(id);
    if (statuses.at(-1)?.status === seen) return;
    note(id, { statuses: [...statuses, { status: seen, at: now() }] });
  };
  return {
    of,
    status,
    saw: (instance) => {
      const { id } = instance;
      note(id, { first: of(id).first ?? instance, last: instance });
      status(id, instance.status);
    },
    changed: (id, next) => {
      note(id, { changedAt: of(id).changedAt ?? now() });
      status(id, next);
    },
    changedIds: () =>
      [...courses].flatMap(([id, { changedAt }]) => (changedAt === undefined ? [] : [id])),
  };
}
