import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { aura } from '../../../src/aura/api/service.ts';
import type { SharedTokens } from '../../../src/core/oauth/shared-tokens.ts';
import type { Token } from '../../../src/core/oauth/token.ts';
import { createTokenSource } from '../../../src/core/oauth/token-source.ts';
import { type DrivenClock, drivenClock } from '../../../simulator/core/clock.ts';
import { slidingWindow } from '../../../simulator/core/rate-limit.ts';
import { secretOf } from '../secrets/secret-of.ts';
import { patienceOn, seededRandom } from '../time/clocks.ts';
import { answer, granted, hour } from './scripted-tokens.ts';

const minute = 60_000;
/** Milliseconds that a request to GitHub or to the service takes. */
const latency = 400;

interface Fleet {
  readonly clock: DrivenClock;
  /** When each token was given, and how many requests were refused. */
  readonly given: number[];
  readonly refused: () => number;
  readonly start: (seed: number, shares?: boolean) => ReturnType<typeof createTokenSource>;
}

/** Jobs with one client id: its tokens are limited to 15 an hour, in a window that slides. */
function startFleet(): Fleet {
  const clock = drivenClock(10 * hour);
  const limit = slidingWindow(hour);
  const given: number[] = [];
  let refused = 0;
  let stored: readonly Token[] = [];
  const transport = {
    service: aura,
    send: async () => {
      await clock.sleep(latency);
      const wait = limit.take('client', clock.now(), 15);
      if (wait !== undefined) {
        refused += 1;
        return answer(429, '', { retryAfterMilliseconds: wait });
      }
      given.push(clock.now());
      return granted(`granted-${given.length}`);
    },
  };
  const shared: SharedTokens = {
    find: async () => {
      await clock.sleep(latency);
      return stored;
    },
    share: async (token) => {
      await clock.sleep(latency);
      stored = [token, ...stored];
      // Four more requests: a status, and the deletion of an older one.
      await clock.sleep(4 * latency);
    },
  };
  return {
    clock,
    given,
    refused: () => refused,
    start: (seed, shares = true) =>
      createTokenSource({
        transport,
        credentials: { clientId: 'the-client', clientSecret: secretOf('the-secret') },
        store: { load: () => undefined, save: () => undefined },
        initial: undefined,
        shared: shares ? shared : undefined,
        patience: patienceOn(clock, { random: seededRandom(seed), deadline: 99 * hour }),
        mask: () => undefined,
      }),
  };
}

/** Moves the time whenever every job waits. */
async function drive(clock: DrivenClock, all: Promise<unknown>): Promise<void> {
  const state = { ended: false };
  const end = all.finally(() => {
    state.ended = true;
  });
  end.catch(() => undefined);
  while (!state.ended) {
    await nextTurn();
    const { next } = clock;
    if (next !== undefined) clock.advance(Math.max(0, next - clock.now()));
  }
  await end;
}

describe.each([1, 2, 3])('50 jobs that start together (seed %d)', (seed) => {
  it('all have a token within a minute, with at most 15 tokens given', async () => {
    const { clock, given, start } = startFleet();
    const begin = clock.now();
    const times: number[] = [];
    const jobs = Array.from({ length: 50 }, async (_, index) => {
      await start(seed * 1_000 + index).current();
      times.push(clock.now() - begin);
    });
    await drive(clock, Promise.all(jobs));
    expect(times).toHaveLength(50);
    expect(Math.max(...times)).toBeLessThan(minute);
    expect(given.length).toBeLessThanOrEqual(15);
  });

  it('need one or two tokens an hour after that, and always have a valid one', async () => {
    const { clock, given, start } = startFleet();
    const begin = clock.now();
    /** How long each used token was still valid. */
    const left: number[] = [];
    const jobs = Array.from({ length: 50 }, async (_, index) => {
      const source = start(seed * 1_000 + index);
      const random = seededRandom(index);
      while (clock.now() < begin + 3 * hour) {
        const { expiresAt = 0 } = await source.current();
        left.push(expiresAt - clock.now());
        await clock.sleep(8_800 + 2_000 * random());
      }
    });
    await drive(clock, Promise.all(jobs));
    expect(Math.min(...left)).toBeGreaterThan(0);
    for (const from of [begin + 30 * minute, begin + 90 * minute]) {
      const inHour = given.filter((at) => at >= from && at < from + hour);
      expect(inHour.length).toBeGreaterThanOrEqual(1);
      expect(inHour.length).toBeLessThanOrEqual(2);
    }
  });
});

it('50 jobs that share no token get 15', async () => {
  const { clock, given, refused, start } = startFleet();
  const jobs = Array.from({ length: 50 }, (_, index) =>
    start(index, false)
      .current()
      .catch(() => undefined),
  );
  await drive(clock, Promise.all(jobs));
  expect(given).toHaveLength(15);
  expect(refused()).toBe(35);
});
