import { describe, expect, it } from 'vitest';
import { basic } from '../../aura/api/connected-client.ts';
import { answer, granted, hour, setUp } from './scripted-tokens.ts';
import { auraError, auraErrorOf } from '../thrown.ts';

describe('the token request', () => {
  it('sends the credentials as Basic and asks for client credentials', async () => {
    const { source, requests } = setUp();
    await source.current();
    expect(requests).toEqual([
      {
        method: 'POST',
        path: '/oauth/token',
        policy: 'token',
        headers: {
          Authorization: `Basic ${basic}`,
          'Content-Type': 'application/x-www-form-urlencoded',
          Accept: 'application/json',
        },
        body: 'grant_type=client_credentials',
        limitMilliseconds: 30_000,
      },
    ]);
  });

  it.each([
    [600_000, 30_000],
    [30_000, 30_000],
    [12_345, 12_345],
    [1_000, 1_000],
    [999, 1_000],
    [0, 1_000],
    [-900, 600],
    [-5_000, 0],
  ])('has, %d ms before the deadline, %d ms for its answer', async (left, limit) => {
    const { source, requests } = setUp({ patience: { deadline: 10 * hour + left } });
    await source.current();
    expect(requests[0]?.limitMilliseconds).toBe(limit);
  });

  it('gets the signal that ends the step', async () => {
    const signal = AbortSignal.abort();
    const { source, signals } = setUp({ patience: { signal } });
    await source.current();
    expect(signals).toEqual([signal]);
  });

  it('is shared by many parallel callers', async () => {
    const { source, requests } = setUp();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => source.current()));
    expect(requests).toHaveLength(1);
    expect(new Set(tokens.map(({ accessToken }) => accessToken))).toEqual(new Set(['granted-1']));
  });

  it('reports its credentials and its token as secrets, each before it is used', async () => {
    const { source, order } = setUp();
    await source.current();
    expect(order).toEqual([`secret ${basic}`, 'request', 'secret granted-1', 'saved granted-1']);
  });

  it('counts the lifetime of the token from before the request', async () => {
    const { source, saved } = setUp();
    await source.current();
    expect(saved).toEqual([{ accessToken: 'granted-1', expiresAt: 11 * hour }]);
  });

  it('fails for all waiting callers, and is sent again for the next one', async () => {
    const { source, requests } = setUp({
      answers: [answer(401, { error: 'access_denied' }), granted('granted-2')],
    });
    const [one, other] = await Promise.all([
      auraErrorOf(source.current()),
      auraErrorOf(source.current()),
    ]);
    expect(one).toBe(other);
    expect(await source.current()).toMatchObject({ accessToken: 'granted-2' });
    expect(requests).toHaveLength(2);
  });

  it.each([302, 400, 401, 403, 404, 429, 500, 503])(
    'is not repeated automatically after %d: its caller is repeated as a whole',
    async (status) => {
      const refused = answer(status, '', { requestId: 'abc', retryAfterMilliseconds: 7_000 });
      const { source, clock, requests } = setUp({ answers: [refused] });
      const error = await auraErrorOf(source.current());
      expect(error).toMatchObject({
        request: 'POST /oauth/token',
        status,
        effect: 'none',
        transient: [429, 500, 503].includes(status),
        requestId: 'abc',
        retryAfterMilliseconds: 7_000,
      });
      expect(requests).toHaveLength(1);
      expect(clock.slept).toEqual([]);
    },
  );

  it('is not repeated automatically if there was no answer', async () => {
    const lost = auraError({}, 'no answer from Aura: read ECONNRESET');
    const { source, requests, clock } = setUp({ answers: [lost, granted('granted-2')] });
    expect(await auraErrorOf(source.current())).toBe(lost);
    expect(requests).toHaveLength(1);
    expect(clock.slept).toEqual([]);
    expect(await source.current()).toMatchObject({ accessToken: 'granted-2' });
  });
});

describe('an answer without a usable token', () => {
  it.each([
    ['nothing', ''],
    ['HTML', '<html>Welcome</html>'],
    ['a null', 'null'],
    ['a list', '[]'],
    ['a text', '"token"'],
    ['no token', { expires_in: 3600 }],
    ['a number as token', { access_token: 12345678 }],
    ['an empty token', { access_token: '' }],
    ['a token of a few letters, which as a mask would blacken the log', { access_token: 'bearer' }],
    ['a token with a line end, which would add a header', { access_token: 'granted-1\r\nX: y' }],
    ['a token with other characters than ASCII', { access_token: 'tökén-0123456789' }],
  ])('is a temporary error: %s', async (_, body) => {
    const { source, order, requests } = setUp({
      answers: [answer(200, body, { requestId: 'abc' })],
    });
    const error = await auraErrorOf(source.current());
    expect(error.message).toBe('the answer of Aura contains no access token');
    expect(error).toMatchObject({ transient: true, effect: 'none', requestId: 'abc' });
    expect(requests).toHaveLength(1);
    expect(order).toEqual([`secret ${basic}`, 'request']);
  });

  it.each([[undefined], [null], ['soon'], ['-1'], [''], ['1e9'], [{}], [[3600]], [true], [-1]])(
    'is not caused by an `expires_in` of %j: the token has no known end',
    async (expiresIn) => {
      const body = { access_token: 'granted-1', expires_in: expiresIn };
      const { source, saved } = setUp({ answers: [answer(200, body)] });
      await source.current();
      expect(saved).toEqual([{ accessToken: 'granted-1', expiresAt: undefined }]);
    },
  );

  it.each(['1e999', '-1e999', '1e308'])(
    'is not caused by an `expires_in` of %s, which is not a date',
    async (expiresIn) => {
      const body = `{"access_token":"granted-1","expires_in":${expiresIn}}`;
      const { source, saved } = setUp({ answers: [answer(200, body)] });
      await source.current();
      expect(saved).toEqual([{ accessToken: 'granted-1', expiresAt: undefined }]);
    },
  );

  it.each([[3600], ['3600'], ['3600.0']])(
    'sets the lifetime from an `expires_in` of %j',
    async (life) => {
      const { source, saved } = setUp({ answers: [granted('granted-1', life)] });
      await source.current();
      expect(saved).toEqual([{ accessToken: 'granted-1', expiresAt: 11 * hour }]);
    },
  );
});
