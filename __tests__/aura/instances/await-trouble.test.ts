import { capitalized } from '../../../src/aura/api/label.ts';
import { describe, expect, it } from 'vitest';
import { RequestError } from '../../../src/core/http/request-error.ts';
import { statusGoal } from '../../../src/aura/instances/await.ts';
import { ActionError } from '../../../src/core/errors.ts';
import { InstantClock } from '../../core/time/clocks.ts';
import { auraError, thrownBy } from '../../core/thrown.ts';
import { inTurn, waitFor, what } from './watched-instance.ts';

const running = statusGoal('running');
const missed = `${capitalized(what)} was not 'running' after `;
const tried = `Could not wait for ${what} to become 'running': `;

describe('a read that fails during a wait', () => {
  it.each([
    ['a gateway error', auraError({ status: 502 })],
    ['a network error', auraError({}, 'no answer from Aura: read ECONNRESET')],
    ['a rate limit', auraError({ status: 429 })],
    ['a 404 that is not from Aura', auraError({ status: 404, transient: false })],
    ...[301, 302, 400, 401, 403, 408, 409, 418, 425, 501].map((status): [string, RequestError] => [
      String(status),
      auraError({ status, transient: false }),
    ]),
    ['its size', auraError({ status: 200 }, 'the response is larger than 5 MB')],
    ['its form', auraError({ status: 200 }, 'the answer of Aura (200) could not be read')],
  ])(
    'because of %s does not end the wait: it is logged and repeated at the usual time',
    async (_, error) => {
      const { result, statuses, readAt, lines } = waitFor({
        reading: inTurn('creating', error, 'creating', 'running'),
        goal: running,
      });
      expect(await result).toMatchObject({ status: 'running' });
      expect(statuses.map(([status]) => status)).toEqual(['creating', 'running']);
      expect(readAt).toEqual([9_800, 19_600, 29_400, 39_200]);
      const message = error.message.charAt(0).toUpperCase() + error.message.slice(1);
      expect(lines).toEqual([`${message}; retrying in 10s.`]);
    },
  );

  it('does not end the wait however often it happens', async () => {
    const { result, readAt } = waitFor({
      reading: (milliseconds) =>
        milliseconds < 1_200_000 ? auraError({ status: 503 }) : 'running',
      goal: running,
    });
    expect(await result).toMatchObject({ status: 'running' });
    expect(readAt.length).toBeGreaterThan(100);
  });

  it('does not make an instance that was not read yet a missing one', async () => {
    const { result } = waitFor({
      reading: inTurn(...Array.from({ length: 12 }, () => auraError({ status: 500 })), 'running'),
      goal: running,
    });
    expect(await result).toMatchObject({ status: 'running' });
  });

  it.each([400, 401, 403, 404, 405, 409, 418, 451])(
    'ends the wait if it is the third %d in a row',
    async (status) => {
      const error = auraError({ status, transient: false });
      const { result, readAt } = waitFor({ reading: inTurn('creating', error), goal: running });
      expect(await thrownBy(result)).toMatchObject({
        name: 'ActionError',
        message: expect.stringContaining(`${tried}Aura answered ${status}. `) as string,
        cause: error,
      });
      expect(readAt).toHaveLength(4);
    },
  );

  it.each([
    ['a successful answer', 'creating'],
    ['another refusal', auraError({ status: 400, transient: false })],
    ['a gateway error', auraError({ status: 502 })],
    ['no answer at all', auraError({}, 'no answer from Aura: read ECONNRESET')],
  ])('with 403 does not end it if %s is in between', async (_, between) => {
    const refused = auraError({ status: 403, transient: false });
    const row = [refused, refused, between];
    const { result } = waitFor({
      reading: inTurn(...row, ...row, ...row, ...row, 'running'),
      goal: running,
    });
    expect(await result).toMatchObject({ status: 'running' });
  });

  it.each([301, 408, 425, 429, 500, 501])(
    'with %d does not end it however often that happens',
    async (status) => {
      const error = auraError({ status, transient: false });
      const { result } = waitFor({
        reading: inTurn(...Array.from({ length: 20 }, () => error), 'running'),
        goal: running,
      });
      expect(await result).toMatchObject({ status: 'running' });
    },
  );

  it('with a 404 that is not from Aura does not count as a deletion either', async () => {
    const { result, readAt } = waitFor({
      reading: inTurn(auraError({ status: 404, transient: false }), undefined),
      goal: { ...running, isReachedByGone: true },
    });
    expect(await result).toBeUndefined();
    expect(readAt).toHaveLength(2);
  });

  it('because of a bug in the action ends the wait', async () => {
    const mistake = new TypeError('no such function');
    const { result } = waitFor({ reading: inTurn(mistake), goal: running });
    expect(await thrownBy(result)).toBe(mistake);
  });

  it('is repeated when Aura says', async () => {
    const busy = auraError({ status: 429, retryAfterMilliseconds: 45_000 });
    const { result, readAt, lines } = waitFor({ reading: inTurn(busy, 'running'), goal: running });
    await result;
    expect(readAt).toEqual([9_800, 55_300]);
    expect(lines[0]).toMatch(/; retrying in 46s\.$/);
  });

  it('is not repeated sooner if Aura allows it', async () => {
    const busy = auraError({ status: 503, retryAfterMilliseconds: 1_000 });
    const { result, readAt } = waitFor({ reading: inTurn(busy, 'running'), goal: running });
    await result;
    expect(readAt).toEqual([9_800, 19_600]);
  });

  it('is also repeated when Aura says with a fixed interval', async () => {
    const busy = auraError({ status: 429, retryAfterMilliseconds: 9_000 });
    const { result, readAt } = waitFor({
      reading: inTurn(busy, 'creating', 'running'),
      goal: running,
      intervalMilliseconds: 2_000,
    });
    await result;
    expect(readAt).toEqual([2_000, 11_500, 13_500]);
  });

  it('is not repeated by all steps at the same moment', async () => {
    const busy = auraError({ status: 429, retryAfterMilliseconds: 45_000 });
    const secondReads = [0, 0.25, 0.999].map(async (random) => {
      const { result, readAt } = waitFor({
        reading: inTurn(busy, 'running'),
        goal: running,
        intervalMilliseconds: 2_000,
        patience: { random: () => random },
      });
      await result;
      return readAt[1];
    });
    expect(await Promise.all(secondReads)).toEqual([47_000, 47_250, 47_999]);
  });

  it.each([120_001, 1e12, Infinity])(
    'is repeated after two minutes if Aura says %d ms',
    async (retryAfterMilliseconds) => {
      const busy = auraError({ status: 503, retryAfterMilliseconds });
      const { result, readAt } = waitFor({ reading: inTurn(busy, 'running'), goal: running });
      expect(await result).toMatchObject({ status: 'running' });
      expect(readAt).toEqual([9_800, 130_300]);
    },
  );

  it('without a token is repeated when the token endpoint says, within a minute', async () => {
    const busy = auraError({ status: 429, policy: 'token', retryAfterMilliseconds: 60_000 });
    const { result, readAt } = waitFor({ reading: inTurn(busy, 'running'), goal: running });
    await result;
    expect(readAt).toEqual([9_800, 70_300]);
  });

  it('without a token ends the wait if the token endpoint says to wait longer', async () => {
    const busy = auraError({ status: 429, policy: 'token', retryAfterMilliseconds: 60_001 });
    const { result, readAt } = waitFor({ reading: inTurn(busy, 'running'), goal: running });
    expect(await thrownBy(result)).toMatchObject({
      message: expect.stringContaining("With 'credentials-store: deployment', all jobs") as string,
      cause: busy,
    });
    expect(readAt).toEqual([9_800]);
  });
});

describe('a read that fails shortly before the deadline', () => {
  async function timeoutOf(promise: Promise<unknown>): Promise<ActionError> {
    const error = await thrownBy(promise);
    if (!(error instanceof ActionError)) throw new Error('not an ActionError', { cause: error });
    expect(error.message).toContain(missed);
    return error;
  }

  it('ends the wait immediately if the token endpoint says to retry after the deadline', async () => {
    const busy = auraError({ status: 429, policy: 'token', retryAfterMilliseconds: 60_000 });
    const clock = new InstantClock();
    const { result } = waitFor({
      reading: inTurn('creating', busy, 'running'),
      goal: running,
      clock,
      patience: { deadline: 60_000 },
    });
    expect(await thrownBy(result)).toMatchObject({
      message: expect.stringContaining(
        `${tried.replace(/: $/, '')}, because the sign-in to Aura failed: `,
      ) as string,
      cause: busy,
    });
    expect(clock.now()).toBe(19_600);
  });

  it('ends the wait like any other if the token endpoint is silent past the deadline', async () => {
    const silent = auraError({ policy: 'token' });
    const clock = new InstantClock();
    const { result } = waitFor({
      reading: () => {
        clock.pass(60_001 - clock.now());
        return silent;
      },
      goal: running,
      clock,
      patience: { deadline: 60_000 },
    });
    await timeoutOf(result);
  });

  it('is repeated at the deadline if Aura says to retry after it', async () => {
    const busy = auraError({ status: 429, retryAfterMilliseconds: 1e12 });
    const { result, readAt, lines } = waitFor({
      reading: inTurn('creating', busy, 'running'),
      goal: running,
      clock: new InstantClock(),
      patience: { deadline: 60_000 },
    });
    expect(await result).toMatchObject({ status: 'running' });
    expect(readAt).toEqual([9_800, 19_600, 60_000]);
    expect(lines[0]).toMatch(/; retrying in 40s\.$/);
  });

  it('is the last one at the deadline', async () => {
    const busy = auraError({ status: 429, retryAfterMilliseconds: 60_000 });
    const clock = new InstantClock();
    const { result, lines } = waitFor({
      reading: inTurn('creating', busy),
      goal: running,
      clock,
      patience: { deadline: 60_000 },
    });
    const error = await timeoutOf(result);
    expect(clock.now()).toBe(60_000);
    // The error says the rest.
    expect(lines).toEqual(['Aura answered 429; retrying in 40s.']);
    expect(error.cause).toBe(busy);
    expect(error.message).toBe(
      `${missed}1m (input 'timeout'); its last status was 'creating'; the last request failed: Aura answered 429. The instance still exists: increase 'timeout' and run operation 'poll' on it, or delete it with operation 'delete' and instance-id '1a2b3c4d' if no other job uses it.`,
    );
  });

  it('is repeated at the deadline if Aura did not say when', async () => {
    const clock = new InstantClock();
    const { result, readAt } = waitFor({
      reading: inTurn(auraError({ status: 503 })),
      goal: running,
      clock,
      patience: { deadline: 10_000 },
    });
    const error = await timeoutOf(result);
    expect(readAt).toEqual([9_800, 10_000]);
    expect(error.cause).toBeInstanceOf(RequestError);
    expect(error.message).toBe(
      `${missed}10s (input 'timeout'); no status was seen; the last request failed: Aura answered 503. Aura has not shown this instance so far. Check the id, or increase 'timeout'; delete it with operation 'delete' and instance-id '1a2b3c4d' if no other job uses it.`,
    );
  });

  it('is repeated at the deadline if Aura allows it by then', async () => {
    const busy = auraError({ status: 503, retryAfterMilliseconds: 1_000 });
    const { result, readAt } = waitFor({
      reading: inTurn(busy, 'running'),
      goal: running,
      clock: new InstantClock(),
      patience: { deadline: 10_000 },
    });
    expect(await result).toMatchObject({ status: 'running' });
    expect(readAt).toEqual([9_800, 10_000]);
  });

  it('is not mentioned if a later one succeeded', async () => {
    const { result } = waitFor({
      reading: inTurn(auraError({ status: 503 }), 'creating'),
      goal: running,
      patience: { deadline: 1_020_000 },
    });
    const error = await timeoutOf(result);
    expect(error.message).not.toContain('failed');
    expect(error.cause).toBeUndefined();
  });
});
