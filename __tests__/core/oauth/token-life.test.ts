import { describe, expect, it } from 'vitest';
import { maxTokens } from '../../../src/core/oauth/token.ts';
import { answer, granted, hour, setUp } from './scripted-tokens.ts';
import { auraErrorOf } from '../thrown.ts';
import { secretOf } from '../secrets/secret-of.ts';

describe('the lifetime of a token', () => {
  it('lasts until a minute before its end', async () => {
    const { source, clock, requests } = setUp();
    await source.current();
    clock.pass(hour - 60_001);
    expect(await source.current()).toMatchObject({ accessToken: secretOf('granted-1') });
    clock.pass(1);
    expect(await source.current()).toMatchObject({ accessToken: secretOf('granted-2') });
    expect(requests).toHaveLength(2);
  });

  it('continues from step to step through the store, without a request', async () => {
    const stored = { accessToken: secretOf('kept-token'), expiresAt: 10 * hour + 60_001 };
    const { source, requests, order, loads } = setUp({ stored });
    expect(await source.current()).toEqual(stored);
    expect(await source.current()).toEqual(stored);
    expect(requests).toEqual([]);
    expect(order).toEqual([]);
    expect(loads.count).toBe(1);
  });

  it('is over for a stored token that is about to expire', async () => {
    const stored = { accessToken: secretOf('kept-token'), expiresAt: 10 * hour + 60_000 };
    const { source, saved } = setUp({ stored });
    expect(await source.current()).toMatchObject({ accessToken: secretOf('granted-1') });
    expect(saved).toHaveLength(1);
  });
});

describe('a lifetime too short to renew in advance, or unknown', () => {
  it.each([0, 1, 59, 60, 61, 119, '1', null, -1, 'soon', {}])(
    'lasts until Aura refuses the token: %j',
    async (life) => {
      const answers = [granted('granted-1', life), granted('granted-2', life)];
      const { source, clock, requests } = setUp({ answers });
      const first = await source.current();
      clock.pass(10 * hour);
      expect(await source.current()).toBe(first);
      expect(requests).toHaveLength(1);
      expect(await source.renew(first)).toMatchObject({ accessToken: secretOf('granted-2') });
      expect(await source.current()).toMatchObject({ accessToken: secretOf('granted-2') });
      expect(requests).toHaveLength(2);
    },
  );

  it('is less than two minutes: a token of two minutes is renewed in advance', async () => {
    const { source, clock } = setUp({ answers: [granted('granted-1', 120), granted('granted-2')] });
    await source.current();
    clock.pass(59_999);
    expect(await source.current()).toMatchObject({ accessToken: secretOf('granted-1') });
    clock.pass(1);
    expect(await source.current()).toMatchObject({ accessToken: secretOf('granted-2') });
  });

  it('does not let a later step use a token that has expired', async () => {
    const stored = { accessToken: secretOf('kept-token'), expiresAt: 10 * hour - 1 };
    const { source } = setUp({ stored });
    expect(await source.current()).toMatchObject({ accessToken: secretOf('granted-1') });
  });

  it('lets a later step use a token without a known end, until Aura refuses it', async () => {
    const stored = { accessToken: secretOf('kept-token'), expiresAt: undefined };
    const { source, requests } = setUp({ stored });
    expect(await source.current()).toEqual(stored);
    expect(requests).toEqual([]);
    expect(await source.renew(stored)).toMatchObject({ accessToken: secretOf('granted-1') });
  });
});

describe('the tokens of one step', () => {
  it('are three at most; the last one is not renewed', async () => {
    const { source, clock, requests } = setUp();
    for (let count = 0; count < 20; count += 1) {
      await source.current();
      clock.pass(hour);
    }
    expect(requests).toHaveLength(3);
    const last = await source.current();
    expect(last).toMatchObject({ accessToken: secretOf('granted-3') });
    expect(source.spent()).toBe(true);
    expect(await source.renew(last)).toBeUndefined();
    expect(requests).toHaveLength(3);
  });

  it('are three at most if Aura refuses each after a while', async () => {
    const { source, requests } = setUp();
    for (let count = 0; count < 20; count += 1) {
      const token = await source.current();
      source.accepted(token);
      await source.renew(token);
    }
    expect(requests).toHaveLength(3);
  });

  it('are three at most in addition to the stored one', async () => {
    const { source, requests } = setUp({
      stored: { accessToken: secretOf('kept-token'), expiresAt: 11 * hour },
    });
    for (let count = 0; count < 20; count += 1) {
      const token = await source.current();
      source.accepted(token);
      expect(source.spent()).toBe(count >= maxTokens);
      await source.renew(token);
    }
    expect(requests).toHaveLength(maxTokens);
  });

  it('do not include failed requests', async () => {
    const busy = answer(503, '');
    const answers = [busy, busy, busy, granted('granted-1'), granted('granted-2')];
    const { source } = setUp({ answers });
    for (let count = 0; count < 3; count += 1) await auraErrorOf(source.current());
    const token = await source.current();
    expect(source.spent()).toBe(false);
    expect(await source.renew(token)).toMatchObject({ accessToken: secretOf('granted-2') });
  });
});

describe('a token from elsewhere', () => {
  const initial = { accessToken: secretOf('handed-token'), expiresAt: 10 * hour + 60_001 };

  it('is used if none is stored, and is stored for the next step', async () => {
    const { source, requests, saved, order } = setUp({ initial });
    expect(await source.current()).toEqual(initial);
    expect(requests).toEqual([]);
    expect(saved).toEqual([initial]);
    expect(order).toEqual(['saved handed-token']);
  });

  it('is used instead of a stored one that has expired', async () => {
    const stored = { accessToken: secretOf('kept-token'), expiresAt: 10 * hour + 60_000 };
    const { source, requests, saved } = setUp({ initial, stored });
    expect(await source.current()).toEqual(initial);
    expect(requests).toEqual([]);
    expect(saved).toEqual([initial]);
  });

  it('is not used instead of a stored one that is valid', async () => {
    const stored = { accessToken: secretOf('kept-token'), expiresAt: 10 * hour + 60_001 };
    const { source, saved } = setUp({ initial: { ...initial, expiresAt: 11 * hour }, stored });
    expect(await source.current()).toEqual(stored);
    expect(saved).toEqual([]);
  });

  it('is neither used nor stored a minute before its end', async () => {
    const over = { ...initial, expiresAt: 10 * hour + 60_000 };
    const { source, saved } = setUp({ initial: over });
    expect(await source.current()).toMatchObject({ accessToken: secretOf('granted-1') });
    expect(saved.map(({ accessToken }) => accessToken)).toEqual(['granted-1']);
  });

  it('is renewed if Aura refuses it', async () => {
    const { source } = setUp({ initial });
    const renewed = await source.renew(await source.current());
    expect(renewed).toMatchObject({ accessToken: secretOf('granted-1') });
    expect(await source.current()).toEqual(renewed);
  });
});

describe('the known token', () => {
  it('is undefined before one is needed, and reading it sends no request', () => {
    const { source, requests, loads } = setUp();
    expect(source.known()).toBeUndefined();
    expect(requests).toEqual([]);
    expect(loads.count).toBe(0);
  });

  it('is the one in use, before and after it was renewed', async () => {
    const { source } = setUp();
    const token = await source.current();
    expect(source.known()).toEqual(token);
    const renewed = await source.renew(token);
    expect(source.known()).toEqual(renewed);
  });

  it('is undefined if Aura issued none', async () => {
    const { source } = setUp({ answers: [answer(401, '')] });
    await auraErrorOf(source.current());
    expect(source.known()).toBeUndefined();
  });
});

describe('a token that Aura refuses', () => {
  const stored = { accessToken: secretOf('kept-token'), expiresAt: 11 * hour };

  it('is renewed once; if the new one is refused too, the token is not the cause', async () => {
    const { source, requests, saved } = setUp({ stored });
    const renewed = await source.renew(await source.current());
    expect(renewed).toMatchObject({ accessToken: secretOf('granted-1') });
    expect(await source.current()).toEqual(renewed);
    expect(saved).toEqual([renewed]);
    expect(renewed && (await source.renew(renewed))).toBeUndefined();
    expect(requests).toHaveLength(1);
  });

  it('is renewed again later, once Aura has accepted the renewed one', async () => {
    const { source } = setUp({ stored });
    const renewed = await source.renew(await source.current());
    if (renewed === undefined) throw new Error('not renewed');
    source.accepted(renewed);
    expect(await source.renew(renewed)).toMatchObject({ accessToken: secretOf('granted-2') });
  });

  it('is not renewed because another token was accepted', async () => {
    const { source } = setUp({ stored });
    const renewed = await source.renew(stored);
    if (renewed === undefined) throw new Error('not renewed');
    source.accepted(stored);
    expect(await source.renew(renewed)).toBeUndefined();
  });

  it('is renewed once for all requests that were refused at the same time', async () => {
    const { source, requests } = setUp({ stored });
    const token = await source.current();
    const renewed = await Promise.all(Array.from({ length: 20 }, () => source.renew(token)));
    expect(new Set(renewed.map((each) => each?.accessToken))).toEqual(new Set(['granted-1']));
    expect(requests).toHaveLength(1);
  });

  it('is replaced without a request if another request has renewed it in the meantime', async () => {
    const { source, requests } = setUp({ stored });
    const token = await source.current();
    const renewed = await source.renew(token);
    expect(await source.renew(token)).toEqual(renewed);
    expect(requests).toHaveLength(1);
  });

  it('causes the error of the token endpoint if that refuses too', async () => {
    const { source } = setUp({ stored, answers: [answer(401, '')] });
    const error = await auraErrorOf(source.renew(await source.current()));
    expect(error).toMatchObject({ request: 'POST /oauth/token', status: 401 });
  });
});
