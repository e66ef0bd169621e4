import { type Clock, formatDuration } from './clock.ts';

const beatMilliseconds = 30_000;

/** The time since this call, for people: `3m 5s`. */
export function stopwatch(clock: Clock): () => string {
  const begin = clock.now();
  return () => formatDuration(clock.now() - begin);
}

/** Says regularly that something continues, as long as nothing else is said about it. */
export interface Beat {
  /** Says it if it is due. @returns the milliseconds until it is due again. */
  readonly beat: () => number;
  /** Call it when something else was said. */
  readonly restart: () => void;
}

/** A beat every 30 seconds. @param say called for each. */
export function createBeat(clock: Clock, say: () => void): Beat {
  let due = clock.now() + beatMilliseconds;
  return {
    beat: () => {
      const late = clock.now() - due;
      if (late >= 0) {
        say();
        due += late - (late % beatMilliseconds) + beatMilliseconds;
      }
      return due - clock.now();
    },
    restart: () => {
      due = clock.now() + beatMilliseconds;
    },
  };
}

/** The lines of the log about one wait: each change, and every 30 seconds that nothing has changed. */
export interface Progress extends Pick<Beat, 'beat'> {
  /** The time since the wait began. */
  readonly elapsed: () => string;
  /** Says a state, unless it is the one that was said last. */
  readonly note: (state: string) => void;
  /** The same for the state that ends the wait; says nothing if there was nothing to wait for. */
  readonly end: (state: string) => void;
}

/** How a state is said. */
export type Say = (state: string, elapsed: string) => void;

/**
 * The progress of a wait that begins now.
 *
 * @param still says that a state continues; without it, only changes are said.
 */
export function createProgress(clock: Clock, say: Say, still?: Say): Progress {
  const elapsed = stopwatch(clock);
  let last: string | undefined;
  const { beat, restart } = createBeat(clock, () => still?.(last ?? 'waiting', elapsed()));
  const note = (state: string): void => {
    if (state === last) return;
    last = state;
    say(state, elapsed());
    restart();
  };
  return {
    elapsed,
    note,
    end: (state) => {
      if (last !== undefined) note(state);
    },
    beat: () => (still === undefined ? Infinity : beat()),
  };
}
