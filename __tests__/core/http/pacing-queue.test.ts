import { describe, expect, it } from 'vitest';
import { mostPerMinute } from '../../../src/core/http/pacing.ts';
import type { WireRequest } from '../../../src/core/http/transport.ts';
import { seededRandom } from '../time/clocks.ts';
import { thrownBy } from '../thrown.ts';
import { answer, create, get, pacedTo, remove } from './paced-requests.ts';

const minute = 60_000;
const refusal = answer(429);
/** Pauses are as long as the gap. */
const evenly = { random: () => 0.5 };

function many(count: number, request: WireRequest = get): readonly WireRequest[] {
  return Array.from({ length: count }, () => request);
}

/** The largest number of times in any minute. */
function busiest(times: readonly number[]): number {
  const within = (from: number) => times.filter((at) => at >= from && at < from + minute).length;
  return Math.max(...times.map(within));
}

describe('requests that are due together', () => {
  it('are all sent, and changes first', async () => {
    const reply = (nth: number) => (nth === 1 ? refusal : answer(200));
    const { send, during, clock, arrivals } = pacedTo({ reply, patience: evenly });
    const first = send({ ...get, path: '/read-1' });
    const reads = [2, 3].map((nth) => send({ ...get, path: `/read-${nth}` }));
    await during(clock.sleep(100), 100);
    const changes = [
      send({ ...remove, path: '/change-1' }),
      send({ ...create, path: '/change-2' }),
      send({ ...get, method: 'PATCH', policy: 'once', path: '/change-3' }),
    ];
    await during(Promise.all([first, ...reads, ...changes]));
    // The others were sent before the first was refused.
    expect(arrivals.slice(0, 3).map(({ request }) => request.path)).toEqual([
      '/read-1',
      '/read-2',
      '/read-3',
    ]);
    expect(arrivals.slice(3).map(({ request }) => request.path)).toEqual([
      '/change-1',
      '/change-2',
      '/change-3',
      '/read-1',
    ]);
  });

  it('are sent in their order, one after the other at the gap, after a refusal', async () => {
    const reply = (nth: number) => (nth === 1 ? refusal : answer(200));
    const { send, during, times } = pacedTo({ reply, patience: evenly });
    await during(send(get));
    await during(Promise.all(many(4).map((request) => send(request))));
    expect(times()).toEqual([0, 8_000, 15_200, 21_680, 27_512, 32_761]);
  });

  it('count as one refusal if they are refused together', async () => {
    const reply = (nth: number) => (nth <= 20 ? refusal : answer(200));
    const { send, during, times } = pacedTo({ reply, patience: evenly });
    await during(Promise.all(many(20).map((request) => send(request))));
    expect(times().slice(0, 22)).toEqual([...Array<number>(20).fill(0), 8_000, 15_200]);
  });

  it('wait for each answer once a request was refused, also when there is no gap', async () => {
    const reply = (nth: number) => (nth === 1 ? refusal : answer(200));
    const { send, during, times } = pacedTo({ reply, latency: 3_000, patience: evenly });
    for (let sent = 0; sent < 25; sent += 1) await during(send(get));
    const from = times().length;
    await during(Promise.all(many(5).map((request) => send(request))));
    const [begin = 0, ...later] = times().slice(from);
    expect(later.map((at) => at - begin)).toEqual([3_000, 6_000, 9_000, 12_000]);
  });

  it('are not held up by one that fails', async () => {
    const reply = (nth: number) => (nth === 1 ? refusal : nth < 6 ? new Error('cut') : answer(200));
    const { send, during } = pacedTo({ reply, patience: evenly });
    const results = await during(Promise.allSettled(many(8).map((request) => send(request))));
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(4);
  });
});

describe('a step', () => {
  it.each([120, 500])(
    'never sends more than 115 requests a minute, even if none of %d is refused',
    async (count) => {
      const { send, during, times, lines } = pacedTo({ patience: { random: seededRandom(7) } });
      await during(Promise.all(many(count).map((request) => send(request))));
      expect(times()).toHaveLength(count);
      expect(busiest(times())).toBe(mostPerMinute);
      expect(mostPerMinute).toBe(115);
      expect(times().at(-1)).toBe(Math.floor((count - 1) / mostPerMinute) * 61_000);
      expect(lines).toEqual([
        'Waiting 1m 1s before the next request: Aura limits the requests per minute, so this step sends fewer for a while.',
      ]);
    },
  );

  it('with many requests has few of them refused, where another limit is lower', async () => {
    const accepted: number[] = [];
    let refused = 0;
    const { send, during, clock } = pacedTo({
      reply: (_, { at }) => {
        if (accepted.filter((time) => time > at - minute).length >= 25) {
          refused += 1;
          return refusal;
        }
        accepted.push(at);
        return answer(200);
      },
      latency: 100,
      patience: { random: seededRandom(3) },
    });
    await during(Promise.all(many(200).map((request) => send(request))));
    // The first burst is refused as a whole; after that, one request for every twenty or so.
    expect(refused).toBeLessThan(90 + 20);
    expect(clock.now()).toBeLessThan(15 * minute);
  });
});

describe('a wait for the next request', () => {
  const reason = new Error('the job was cancelled');

  /** A refused step with a request that waits; `controller` aborts after a second. */
  async function interrupted(kind: 'signal' | 'hurrySignal', request: WireRequest) {
    const controller = new AbortController();
    const reply = (nth: number) => (nth === 1 ? refusal : answer(200));
    const paced = pacedTo({ reply, patience: { ...evenly, [kind]: controller.signal } });
    const { send, clock, during } = paced;
    // The grace of a create is for an answer, not for a request that was not sent.
    const grace = new AbortController();
    const work = send(request, grace.signal);
    const other = send(get, grace.signal);
    void clock.sleep(1_000).then(() => {
      controller.abort(reason);
    });
    const results = await during(Promise.allSettled([work, other]));
    return { ...paced, results };
  }

  it.each([get, remove, create])(
    'ends at once when the step is cancelled: $method',
    async (one) => {
      const { results, clock, times } = await interrupted('signal', one);
      expect(results[0]).toEqual({ status: 'rejected', reason });
      expect([clock.now(), times()]).toEqual([1_000, [0, 0]]);
    },
  );

  it('does not begin when the step was cancelled before', async () => {
    const { send, during, arrivals } = pacedTo({ patience: { signal: AbortSignal.abort(reason) } });
    expect(await thrownBy(during(send(get)))).toBe(reason);
    expect(arrivals).toEqual([]);
  });

  it.each([get, remove])('ends when the step must hurry, and $method is sent', async (one) => {
    const { results, times } = await interrupted('hurrySignal', one);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(times()).toEqual([0, 0, 1_000]);
  });

  it('does not follow a refusal when the step must hurry', async () => {
    const { send, during, clock } = pacedTo({
      reply: () => refusal,
      patience: { ...evenly, hurrySignal: AbortSignal.abort(reason) },
    });
    expect(await during(send(remove))).toEqual(answer(429, 8_000));
    expect(await during(send(remove))).toMatchObject({ status: 429 });
    expect(clock.now()).toBe(0);
  });

  it('leaves no timer behind', async () => {
    const { clock } = await interrupted('signal', get);
    expect(clock.waiting).toBe(0);
  });
});
