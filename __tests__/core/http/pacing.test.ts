import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from '../../../src/core/http/pacing.ts';
import { RequestError, TimeOverError } from '../../../src/core/http/request-error.ts';
import { seededRandom } from '../time/clocks.ts';
import { thrownBy } from '../thrown.ts';
import { answer, create, get, pacedTo, pollRequest, remove } from './paced-requests.ts';

const refusal = answer(429);
/** Pauses are as long as the gap. */
const evenly = { random: () => 0.5 };

/** Refuses the requests with these numbers. */
function refusing(...numbers: readonly number[]) {
  return (nth: number) => (numbers.includes(nth) ? refusal : answer(200));
}

describe('the gap between the requests of a step', () => {
  /** The gap after answers with these statuses, each to a request sent when it is due. */
  function after(statuses: readonly number[], random = (): number => 0.5) {
    const pace = new Pace(random);
    let now = 1_000;
    for (const status of statuses) {
      now = Math.max(now + 1, pace.due);
      pace.sent(now);
      pace.answered(answer(status), { sentAt: now, now: now + 50 });
    }
    return { gap: pace.gap, pause: pace.due - now, refused: pace.wasRefused };
  }
  const repeat = (status: number, times: number): number[] => Array<number>(times).fill(status);

  it('is 0 at first, whatever is answered, unless it is 429', () => {
    const { gap, pause, refused } = after([200, 202, 400, 401, 403, 404, 409, 420, 500, 503]);
    expect([gap, pause <= 0, refused]).toEqual([0, true, false]);
  });

  it.each([
    [1, 8_000],
    [2, 16_000],
    [3, 32_000],
    [4, 64_000],
    [5, 120_000],
    [6, 120_000],
    [50, 120_000],
  ])('after %d refusals is %d ms', (times, gap) => {
    expect(after(repeat(429, times)).gap).toBe(gap);
  });

  it('shrinks by a tenth with each other answer, and is 0 below a second', () => {
    expect(after([429, 200]).gap).toBeCloseTo(7_200);
    expect(after([429, 200, 404]).gap).toBeCloseTo(6_480);
    expect(after([429, ...repeat(200, 19)]).gap).toBeCloseTo(1_080.7, 0);
    expect(after([429, ...repeat(200, 20)]).gap).toBe(0);
  });

  it('is at least 8 s after a refusal, however short it was', () => {
    expect(after([429, ...repeat(200, 15), 429]).gap).toBe(8_000);
    expect(after([429, 200, 429]).gap).toBeCloseTo(14_400);
  });

  it('follows the rule for any answers, and pauses differ from it by at most 15 %', () => {
    const statuses = fc.array(fc.constantFrom(200, 202, 404, 409, 429, 429, 500, 503), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(statuses, fc.integer(), (list, seed) => {
        let expected = 0;
        for (const status of list) {
          expected =
            status === 429 ? Math.min(120_000, Math.max(8_000, 2 * expected)) : 0.9 * expected;
          if (expected < 1_000) expected = 0;
        }
        const { gap, pause } = after(list, seededRandom(seed));
        expect(gap).toBeCloseTo(expected, 3);
        if (gap === 0) expect(pause).toBeLessThanOrEqual(0);
        else expect(pause).within(Math.floor(0.85 * gap), Math.ceil(1.15 * gap));
      }),
    );
  });

  it.each([
    [0, 0.85],
    [1, 1.15],
  ])('with the random number %d gives a pause of %d times the gap', (random, factor) => {
    expect(after([429], () => random).pause).toBe(8_000 * factor);
  });
});

describe('a request', () => {
  it('is sent immediately as long as nothing is refused', async () => {
    const { send, during, times, lines } = pacedTo();
    for (let sent = 0; sent < 20; sent += 1) await during(send(get));
    expect([times(), lines]).toEqual([Array(20).fill(0), []]);
  });

  it('that is refused is sent again after the gap, and its delay is in the log', async () => {
    const { send, during, times, lines } = pacedTo({ reply: refusing(1, 2), patience: evenly });
    expect(await during(send(get))).toMatchObject({ status: 200 });
    expect(times()).toEqual([0, 8_000, 24_000]);
    expect(lines).toEqual([
      'Aura answered 429; retrying in 8s.',
      'Aura answered 429; retrying in 16s.',
    ]);
  });

  it.each([get, remove, create])('of any kind is sent again: $method', async (request) => {
    const { send, during, arrivals } = pacedTo({ reply: refusing(1) });
    expect(await during(send(request))).toMatchObject({ status: 200 });
    expect(arrivals.map((arrival) => arrival.request.method)).toEqual([
      request.method,
      request.method,
    ]);
  });

  it('follows a refused one at the same gap, which is said once', async () => {
    const { send, during, times, lines } = pacedTo({ reply: refusing(1), patience: evenly });
    for (let sent = 0; sent < 4; sent += 1) await during(send(get));
    expect(times()).toEqual([0, 8_000, 15_200, 21_680, 27_512]);
    expect(lines).toEqual([
      'Aura answered 429; retrying in 8s.',
      'Waiting 7s before the next request: Aura limits the requests per minute, so this step sends fewer for a while.',
    ]);
  });

  it('is not delayed by a refusal that is long past', async () => {
    const { send, during, clock, times } = pacedTo({ reply: refusing(1), patience: evenly });
    await during(send(get));
    clock.advance(600_000);
    await during(send(get));
    expect(times()).toEqual([0, 8_000, 608_000]);
  });

  it.each<[what: string, retryAfter: number | undefined, at: number]>([
    ['nothing', undefined, 8_000],
    ['0 s, or a date in the past', 0, 8_000],
    ['less than the gap', 7_000, 8_000],
    ['more than the gap', 45_000, 45_500],
    ['two minutes', 120_000, 120_500],
    ['days', 86_400_000, 120_500],
    ['for ever', Infinity, 120_500],
  ])('waits long enough if the refusal asks for %s', async (_, retryAfter, at) => {
    const reply = (nth: number) => (nth === 1 ? answer(429, retryAfter) : answer(200));
    const { send, during, times } = pacedTo({ reply, patience: evenly });
    await during(send(get));
    expect(times()).toEqual([0, at]);
  });

  it('is sent immediately after a failure with Retry-After: its caller waits', async () => {
    const { send, during, times } = pacedTo({ reply: () => answer(503, 40_000) });
    expect(await during(send(get))).toEqual(answer(503, 40_000));
    await during(send(get));
    expect(times()).toEqual([0, 0]);
  });

  it('without an answer does not change the gap, and holds no other up', async () => {
    const failure = new RequestError('no answer', {
      request: 'GET /x',
      policy: 'read',
      effect: 'none',
      transient: true,
    });
    const reply = (nth: number) => (nth === 1 ? refusal : nth === 2 ? failure : answer(200));
    const { send, during, times } = pacedTo({ reply, patience: evenly });
    expect(await thrownBy(during(send(get)))).toBe(failure);
    await during(send(get));
    expect(times()).toEqual([0, 8_000, 16_000]);
  });

  it('has its full time limit from when it is sent, and calls back only then', async () => {
    const calls: number[] = [];
    const { send, during, clock, arrivals } = pacedTo({ reply: refusing(1), patience: evenly });
    await during(
      send({ ...create, limitMilliseconds: 90_000, sending: () => calls.push(clock.now()) }),
    );
    expect(calls).toEqual([0, 8_000]);
    expect(arrivals.map(({ request }) => request.limitMilliseconds)).toEqual([90_000, 90_000]);
  });

  it('has no more than the time that is left when it is sent', async () => {
    const patience = { ...evenly, deadline: 20_000 };
    const { send, during, arrivals } = pacedTo({ reply: refusing(1), patience });
    await during(send({ ...get, limitMilliseconds: 20_000 }));
    expect(arrivals.map(({ request }) => request.limitMilliseconds)).toEqual([20_000, 12_000]);
  });
});

describe('where many jobs share the limit, a request', () => {
  /** The time from the second refusal to the next request, if both ask for this many milliseconds. */
  async function secondWait(random: number, asked: number): Promise<number> {
    const reply = (nth: number) => (nth <= 2 ? answer(429, asked) : answer(200));
    const paced = pacedTo({ reply, patience: { random: () => random } });
    await paced.during(paced.send(get));
    const [, second = 0, third = 0] = paced.times();
    return third - second;
  }

  it('that is refused again returns up to one gap after Retry-After', async () => {
    expect(await secondWait(0, 60_000)).toBe(60_000);
    expect(await secondWait(0.5, 60_000)).toBe(64_000);
    expect(await secondWait(1, 60_000)).toBe(68_000);
  });

  it('that polls waits up to twice the gap, but not after a single refusal', async () => {
    const { send, during, times } = pacedTo({ reply: refusing(1, 2, 3), patience: evenly });
    await during(send(pollRequest));
    expect(times()).toEqual([0, 8_000, 8_000 + 16_000 + 8_000, 32_000 + 32_000 + 24_000]);
  });

  it('that is a poll does not delay the requests after it', async () => {
    const { send, during, times } = pacedTo({ reply: refusing(1, 2), patience: evenly });
    await during(send(get));
    await during(send(pollRequest));
    await during(send(remove));
    const [, , accepted = 0, polled = 0, removed = 0] = times();
    expect([polled - accepted, removed - polled]).toEqual([14_400 + 6_400, 12_960]);
  });
});

describe('in the last seconds of a step, a request', () => {
  /** After four refusals the next request is due only after the deadline. */
  const late = {
    reply: refusing(1, 2, 3, 4),
    patience: { ...evenly, deadline: 100_000 },
  };

  it.each([get, remove])('is sent earlier than its gap allows: $method', async (request) => {
    const { send, during, times } = pacedTo(late);
    expect(await during(send(request))).toMatchObject({ status: 200 });
    expect(times()).toEqual([0, 8_000, 24_000, 56_000, 100_000 - 17_500]);
  });

  it('is sent earlier than its gap allows if it polls', async () => {
    const patience = { ...evenly, deadline: 70_000 };
    const { send, during, times } = pacedTo({ reply: refusing(1, 2, 3), patience });
    expect(await during(send(pollRequest))).toMatchObject({ status: 200 });
    expect(times()).toEqual([0, 8_000, 32_000, 70_000 - 17_500]);
  });

  it('has a gap of 8 s', async () => {
    const { send, during, times } = pacedTo(late);
    for (let sent = 0; sent < 3; sent += 1) await during(send(get));
    expect(times().slice(-3)).toEqual([82_500, 90_500, 98_500]);
    expect(await thrownBy(during(send(get)))).toBeInstanceOf(TimeOverError);
  });

  it('is not sent earlier than Retry-After allows', async () => {
    const reply = (nth: number) => answer(429, nth === 4 ? 60_000 : undefined);
    const { send, during, times } = pacedTo({ ...late, reply });
    expect(await during(send(get))).toMatchObject({ status: 429 });
    expect(times()).toEqual([0, 8_000, 24_000, 56_000]);
  });

  it('is not sent if it creates something', async () => {
    const { send, during, times } = pacedTo(late);
    expect(await during(send(create))).toMatchObject({ status: 429 });
    expect(times()).toEqual([0, 8_000, 24_000, 56_000]);
  });

  it('comes at another moment in each step', async () => {
    const moments = await Promise.all(
      [1, 2, 3].map(async (seed) => {
        const patience = { ...late.patience, random: seededRandom(seed) };
        const { send, during, times } = pacedTo({ ...late, patience });
        await during(send(get));
        return times().at(-1);
      }),
    );
    expect(new Set(moments).size).toBe(3);
    for (const moment of moments) expect(moment).within(75_000, 90_000);
  });
});

describe('a wait that would pass the deadline', () => {
  it('is not started: the result is the refusal, with the time it would take', async () => {
    const patience = { ...evenly, deadline: 6_000 };
    const { send, during, clock, lines } = pacedTo({ reply: () => refusal, patience });
    expect(await during(send(get))).toEqual(answer(429, 8_000));
    expect([clock.now(), lines]).toEqual([0, []]);
  });

  it.each([get, remove, create])('is an error for another request: $method', async (request) => {
    const patience = { ...evenly, deadline: 6_000 };
    const { send, during, arrivals, clock } = pacedTo({ reply: () => refusal, patience });
    await during(send(get));
    const error = await thrownBy(during(send(request)));
    expect(error).toBeInstanceOf(TimeOverError);
    expect(error).toMatchObject({
      message: 'no time was left to ask Aura at the pace it allows',
      request: `${request.method} /x`,
      effect: 'none',
      transient: false,
    });
    expect([arrivals.length, clock.now()]).toEqual([1, 0]);
  });

  it('is started if the request still gets a moment for its answer, but not for a create', async () => {
    const patience = { ...evenly, deadline: 7_000 };
    for (const [request, times] of [
      [get, [0, 8_000]],
      [create, [0]],
    ] as const) {
      const paced = pacedTo({ reply: refusing(1), patience });
      await paced.during(paced.send(request));
      expect(paced.times()).toEqual(times);
    }
  });

  it('ends the requests of a long queue in time', async () => {
    const { send, during, clock, times } = pacedTo({
      reply: refusing(1),
      patience: { ...evenly, deadline: 20_000 },
    });
    await during(send(get));
    const results = await during(Promise.allSettled(Array.from({ length: 50 }, () => send(get))));
    expect(times()).toEqual([0, 8_000, 15_200]);
    const late = results.filter(
      (result) => result.status === 'rejected' && result.reason instanceof TimeOverError,
    );
    expect(late).toHaveLength(49);
    expect(clock.now()).toBe(15_200);
  });
});
