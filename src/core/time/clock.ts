import { asError } from '../errors.ts';

/** The clock of the action; it is an argument everywhere, so that tests can control it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Resolves after `milliseconds`.
   *
   * @throws the signal's reason as soon as `signal` is aborted.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The time of day when this process began; after that, only a counter that never jumps. */
const origin = Date.now() - sinceStart();
/** Node treats a longer delay as 1 ms. */
const longestTimer = 2 ** 31 - 1;

/** Milliseconds. The first use of `performance` would load modules that no step needs. */
function sinceStart(): number {
  return process.uptime() * 1000;
}

/**
 * The machine's clock when the process began, plus the time since then: a runner's clock may be set
 * while a step waits, and this must neither end a wait nor make it longer.
 */
export const systemClock: Clock = {
  now: () => Math.floor(origin + sinceStart()),
  sleep: async (milliseconds, signal) => {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const stop = (): void => {
      reject(asError(signal?.reason));
    };
    const timer = setTimeout(
      () => {
        resolve(undefined);
      },
      Math.min(milliseconds, longestTimer),
    );
    signal?.addEventListener('abort', stop, { once: true });
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  },
};

/**
 * A length of time for people: `45s`, `3m 5s`, `1h 30m`.
 *
 * @param milliseconds fractions of a second are dropped.
 */
export function formatDuration(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = total % 60;
  const parts = [
    hours > 0 ? `${hours}h` : '',
    minutes > 0 ? `${minutes}m` : '',
    seconds > 0 ? `${seconds}s` : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(' ') : '0s';
}

/** A longer time: `5m 10s`, `36h` and from two days on `3d 4h`. */
export function formatAge(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000);
  if (hours < 48) return formatDuration(milliseconds);
  const rest = hours % 24;
  return `${Math.floor(hours / 24)}d${rest > 0 ? ` ${rest}h` : ''}`;
}
