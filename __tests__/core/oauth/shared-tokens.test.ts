import { describe, expect, it } from 'vitest';
import { type SharedTokens, createSharedTokens } from '../../../src/core/oauth/shared-tokens.ts';
import { sealToken } from '../../../src/core/oauth/sealed-token.ts';
import { type Token, maxTokens } from '../../../src/core/oauth/token.ts';
import { deriveTokenKey, sealUnderKey } from '../../../src/core/secrets/seal.ts';
import type { InstantClock } from '../time/clocks.ts';
import { auraErrorOf, auraError } from '../thrown.ts';
import { secretOf } from '../secrets/secret-of.ts';
import { answer, granted, hour, setUp } from './scripted-tokens.ts';

const minute = 60_000;
const start = 10 * hour;

/** A token of another job. */
function tokenOf(name: string, expiresAt = start + hour): Token {
  return { accessToken: secretOf(name), expiresAt };
}

/** What the other jobs share, newest first; undefined while nobody can read it. */
interface Shelf {
  tokens: Token[] | undefined;
  finds: number[];
}

const shelfOf = (...tokens: Token[]): Shelf => ({ tokens, finds: [] });

/** Shared tokens in memory; a shared one is found by the next look. */
function on(shelf: Shelf) {
  return (clock: InstantClock, order: string[]): SharedTokens => ({
    find: () => {
      shelf.finds.push(clock.now());
      order.push('look');
      return Promise.resolve(shelf.tokens === undefined ? undefined : [...shelf.tokens]);
    },
    share: (token) => {
      order.push(`share ${token.accessToken.reveal()}`);
      shelf.tokens = [token];
      return Promise.resolve();
    },
  });
}

const nameOf = ({ accessToken }: Token): string => accessToken.reveal();
/** The events without those about secrets, which other tests check. */
const eventsOf = (order: readonly string[]): readonly string[] =>
  order.filter((event) => !event.startsWith('secret '));

const busy = (retryAfterMilliseconds?: number) => answer(429, '', { retryAfterMilliseconds });

describe('a job without a token', () => {
  it('uses the shared one, and stores it for the next step', async () => {
    const { source, order, clock } = setUp({ shared: on(shelfOf(tokenOf('shared-1'))) });
    expect(nameOf(await source.current())).toBe('shared-1');
    expect(nameOf(await source.current())).toBe('shared-1');
    expect(eventsOf(order)).toEqual(['look', 'saved shared-1']);
    expect(clock.slept).toEqual([]);
  });

  // Most jobs pause long, so that few of many ask before the first has shared its token.
  it.each([
    [0, 0],
    [0.02, 546],
    [0.5, 2_494],
    [0.999, 2_999],
  ])(
    'pauses up to 3 s and looks again before it requests one, which it shares: %d',
    async (random, pause) => {
      const shelf = shelfOf();
      const patience = { random: () => random };
      const { source, order, clock } = setUp({ shared: on(shelf), patience });
      expect(nameOf(await source.current())).toBe('granted-1');
      const events = ['look', 'look', 'request', 'saved granted-1', 'share granted-1'];
      expect(eventsOf(order)).toEqual(events);
      expect(clock.slept).toEqual([pause]);
    },
  );

  it('uses the one that another job has shared during the pause', async () => {
    const shelf = shelfOf();
    const shared = (clock: InstantClock, order: string[]) => {
      const inner = on(shelf)(clock, order);
      const find = async () => {
        const found = await inner.find();
        shelf.tokens = [tokenOf('shared-1')];
        return found;
      };
      return { ...inner, find };
    };
    const { source, requests, saved } = setUp({ shared });
    expect(nameOf(await source.current())).toBe('shared-1');
    expect(requests).toEqual([]);
    expect(saved.map(nameOf)).toEqual(['shared-1']);
  });

  it('uses the one of its own job, or of sealed credentials, without a look', async () => {
    const shelf = shelfOf(tokenOf('shared-1', start + 2 * hour));
    const own = setUp({ stored: tokenOf('kept-token'), shared: on(shelf) });
    expect(nameOf(await own.source.current())).toBe('kept-token');
    const lent = setUp({ initial: tokenOf('lent-token'), shared: on(shelf) });
    expect(nameOf(await lent.source.current())).toBe('lent-token');
    expect(shelf.finds).toEqual([]);
  });

  it.each([-1, 0, minute])('does not use one that ends in %d ms', async (left) => {
    const shelf = shelfOf(tokenOf('shared-1', start + left));
    const { source } = setUp({ shared: on(shelf) });
    expect(nameOf(await source.current())).toBe('granted-1');
  });

  it('uses the one of several that lasts longest', async () => {
    const tokens = [
      tokenOf('over-1', start - 1),
      tokenOf('new-1'),
      tokenOf('old-1', start + 900_000),
    ];
    const { source } = setUp({ shared: on(shelfOf(...tokens)) });
    expect(nameOf(await source.current())).toBe('new-1');
  });

  it('shares one search among parallel requests', async () => {
    const shelf = shelfOf();
    const { source, requests } = setUp({ shared: on(shelf) });
    await Promise.all(Array.from({ length: 50 }, () => source.current()));
    expect(shelf.finds).toHaveLength(2);
    expect(requests).toHaveLength(1);
  });

  it('does not pause past its deadline', async () => {
    const patience = { deadline: start + 100, random: () => 0.9 };
    const { source, clock } = setUp({ shared: on(shelfOf()), patience });
    await source.current();
    expect(clock.slept).toEqual([100]);
  });

  it('works without the others if their tokens cannot be read', async () => {
    const shelf: Shelf = { tokens: undefined, finds: [] };
    const { source, order, clock } = setUp({ shared: on(shelf) });
    expect(nameOf(await source.current())).toBe('granted-1');
    expect(eventsOf(order)).toEqual(['look', 'request', 'saved granted-1']);
    expect(clock.slept).toEqual([]);
  });

  it('ends its pause when it is cancelled', async () => {
    const cancel = new AbortController();
    const shelf = shelfOf();
    const shared = (clock: InstantClock, order: string[]) => {
      const inner = on(shelf)(clock, order);
      const find = () => {
        cancel.abort(new Error('The step was cancelled'));
        return inner.find();
      };
      return { ...inner, find };
    };
    const { source, requests } = setUp({ shared, patience: { signal: cancel.signal } });
    await expect(source.current()).rejects.toThrow('The step was cancelled');
    expect(requests).toEqual([]);
  });
});

describe('a job that gets no token because too many were requested', () => {
  /** Other jobs share a token at a moment. */
  const later = (at: number, shelf = shelfOf()) =>
    function shared(clock: InstantClock, order: string[]): SharedTokens {
      const inner = on(shelf)(clock, order);
      const find = () => {
        if (clock.now() >= at) shelf.tokens = [tokenOf('shared-1')];
        return inner.find();
      };
      return { ...inner, find };
    };

  it.each([undefined, 7_000, 50 * minute])(
    'looks until another job has shared one: Retry-After %j',
    async (asked) => {
      const shared = later(start + 20_000);
      const { source, clock, requests, lines } = setUp({ answers: [busy(asked)], shared });
      expect(nameOf(await source.current())).toBe('shared-1');
      expect(requests).toHaveLength(1);
      expect(clock.now() - start).toBeGreaterThanOrEqual(20_000);
      expect(clock.now() - start).toBeLessThan(35_000);
      expect(lines).toEqual([
        expect.stringMatching(
          /^Aura answered 429.*\. Looking for an access token that another job shares\.$/,
        ),
      ]);
    },
  );

  it('does not look at the same time as others', async () => {
    const pauses = [0.1, 0.9].map(async (random) => {
      const patience = { random: () => random };
      const { source, clock } = setUp({
        answers: [busy()],
        shared: later(start + 4_000),
        patience,
      });
      await source.current();
      return clock.slept[1];
    });
    const [one, other] = await Promise.all(pauses);
    expect(one).not.toBe(other);
  });

  it('requests one again after a minute at the earliest, and gets it', async () => {
    const shelf = shelfOf();
    const answers = [busy(7_000), busy(), granted('granted-1')];
    const { source, askedAt } = setUp({ answers, shared: on(shelf) });
    expect(nameOf(await source.current())).toBe('granted-1');
    const [first = 0, second = 0, third = 0] = askedAt;
    for (const gap of [second - first, third - second]) {
      expect(gap).toBeGreaterThanOrEqual(minute);
      expect(gap).toBeLessThan(minute + 42_000);
    }
    // It looks more often than it asks.
    expect(shelf.finds.length).toBeGreaterThan(2 * askedAt.length);
    expect(shelf.tokens?.map(nameOf)).toEqual(['granted-1']);
  });

  it('requests it at another moment than jobs with the same Retry-After', async () => {
    const moments = [0.1, 0.9].map(async (random) => {
      const answers = [busy(10 * minute), granted('granted-1')];
      const patience = { random: () => random };
      const { source, askedAt } = setUp({ answers, shared: on(shelfOf()), patience });
      await source.current();
      return askedAt[1] ?? 0;
    });
    const [one = 0, other = 0] = await Promise.all(moments);
    expect(Math.abs(one - other)).toBeGreaterThan(15_000);
  });

  it('does not request one before the service allows it', async () => {
    const answers = [busy(10 * minute), granted('granted-1')];
    const { source, askedAt } = setUp({ answers, shared: on(shelfOf()) });
    await source.current();
    const [first = 0, second = 0] = askedAt;
    expect(second - first).toBeGreaterThanOrEqual(10 * minute);
    expect(second - first).toBeLessThan(10 * minute + 42_000);
  });

  it('fails at its deadline with the answer of the service', async () => {
    const patience = { deadline: start + 5 * minute };
    const answers = Array.from({ length: 9 }, () => busy(7_000));
    const { source, clock, requests } = setUp({ answers, shared: on(shelfOf()), patience });
    expect(await auraErrorOf(source.current())).toMatchObject({ status: 429, policy: 'token' });
    expect(clock.now()).toBe(start + 5 * minute);
    expect(requests.length).toBeGreaterThanOrEqual(3);
    expect(requests.length).toBeLessThanOrEqual(5);
  });

  /** From its third look on, the tokens of others cannot be read this many times. */
  const unread = (times: number, shelf: Shelf) =>
    function shared(clock: InstantClock, order: string[]): SharedTokens {
      const inner = on(shelf)(clock, order);
      let looks = 0;
      const find = () => {
        looks += 1;
        if (looks === 3 + times) shelf.tokens = [tokenOf('shared-1')];
        const missed = looks >= 3 && looks < 3 + times;
        return missed ? Promise.resolve(undefined) : inner.find();
      };
      return { ...inner, find };
    };

  it.each([1, 2])('waits on if the tokens of others cannot be read %d times', async (times) => {
    const shared = unread(times, shelfOf());
    const { source, requests } = setUp({ answers: [busy(50 * minute)], shared });
    expect(nameOf(await source.current())).toBe('shared-1');
    expect(requests).toHaveLength(1);
  });

  it('fails when they cannot be read the third time in a row', async () => {
    const shared = unread(3, shelfOf());
    const { source, clock, requests } = setUp({ answers: [busy(50 * minute)], shared });
    expect(await auraErrorOf(source.current())).toMatchObject({ status: 429 });
    expect(requests).toHaveLength(1);
    expect(clock.now() - start).toBeLessThan(2 * minute);
  });

  it('looks ever less often, up to every two minutes: GitHub counts the looks of all jobs', async () => {
    const shelf = shelfOf();
    const patience = { deadline: start + 20 * minute };
    const { source } = setUp({ answers: [busy(hour)], shared: on(shelf), patience });
    await auraErrorOf(source.current());
    // The first two are before the request.
    const { finds } = shelf;
    const pauses = finds.slice(2).map((at, index) => at - (finds[index + 1] ?? 0));
    const usual = [9_800, 19_600, 39_200, 78_400];
    expect(pauses.slice(0, 4)).toEqual(usual);
    expect(new Set(pauses.slice(4, -1))).toEqual(new Set([117_600]));
    // 50 jobs together stay under 1,000 requests in this time.
    expect(finds.length).toBeLessThan(20);
  });

  it('does not wait after other failures: its caller is repeated as a whole', async () => {
    const answers = [answer(503, ''), granted('granted-1')];
    const { source, requests } = setUp({ answers, shared: on(shelfOf()) });
    expect(await auraErrorOf(source.current())).toMatchObject({ status: 503 });
    expect(requests).toHaveLength(1);
    expect(nameOf(await source.current())).toBe('granted-1');
  });

  it('gets one although single requests fail while it waits', async () => {
    const lost = auraError({ policy: 'token' }, 'no answer from Aura: read ECONNRESET');
    const answers = [busy(), lost, answer(500, ''), granted('granted-1')];
    const { source } = setUp({ answers, shared: on(shelfOf()) });
    expect(nameOf(await source.current())).toBe('granted-1');
  });

  it('ends immediately when it is cancelled', async () => {
    const cancel = new AbortController();
    const shelf = shelfOf();
    const shared = (clock: InstantClock, order: string[]) => {
      const inner = on(shelf)(clock, order);
      const find = () => {
        if (clock.slept.length > 3) cancel.abort(new Error('The step was cancelled'));
        return inner.find();
      };
      return { ...inner, find };
    };
    const patience = { signal: cancel.signal };
    const { source } = setUp({ answers: [busy()], shared, patience });
    await expect(source.current()).rejects.toThrow('The step was cancelled');
  });
});

describe('the next token', () => {
  it.each([
    [0, 5 * minute],
    [0.5, 7.5 * minute],
    [0.9, 9.5 * minute],
  ])('is looked for between 5 and 10 minutes before the end: %d', async (random, lead) => {
    const shelf = shelfOf(tokenOf('shared-1'));
    const { source, clock } = setUp({ shared: on(shelf), patience: { random: () => random } });
    await source.current();
    shelf.tokens = [tokenOf('shared-2', start + 2 * hour)];
    clock.pass(hour - lead - 1);
    expect(nameOf(await source.current())).toBe('shared-1');
    expect(shelf.finds).toHaveLength(1);
    clock.pass(1);
    expect(nameOf(await source.current())).toBe('shared-2');
    expect(shelf.finds).toHaveLength(2);
  });

  it('is requested and shared if no other job has a newer one', async () => {
    const shelf = shelfOf(tokenOf('shared-1'));
    const { source, clock, order } = setUp({ shared: on(shelf) });
    await source.current();
    clock.pass(53 * minute);
    expect(nameOf(await source.current())).toBe('granted-1');
    expect(eventsOf(order).slice(-3)).toEqual(['request', 'saved granted-1', 'share granted-1']);
  });

  it('is found by the next step of the job as well', async () => {
    const shelf = shelfOf(tokenOf('shared-2', start + 2 * hour));
    const stored = tokenOf('kept-token', start + 4 * minute);
    const { source, requests, saved } = setUp({ stored, shared: on(shelf) });
    expect(nameOf(await source.current())).toBe('shared-2');
    expect(requests).toEqual([]);
    expect(saved.map(nameOf)).toEqual(['shared-2']);
  });

  it.each([
    ['too many were requested', busy(50 * minute)],
    ['the service fails', answer(503, '')],
    ['the answer is lost', auraError({ policy: 'token' }, 'no answer from Aura')],
  ])('is not needed yet if %s: the present one is used for another minute', async (_, failure) => {
    const shelf = shelfOf(tokenOf('shared-1'));
    const answers = [failure, granted('granted-1')];
    const { source, clock, requests, lines } = setUp({ answers, shared: on(shelf) });
    await source.current();
    clock.pass(53 * minute);
    expect(nameOf(await source.current())).toBe('shared-1');
    expect(nameOf(await source.current())).toBe('shared-1');
    expect(requests).toHaveLength(1);
    expect(lines).toHaveLength(1);
    shelf.tokens = [tokenOf('shared-2', start + 2 * hour)];
    clock.pass(minute);
    expect(nameOf(await source.current())).toBe('shared-2');
  });

  it('is shared again after a time in which the tokens of others could not be read', async () => {
    const shelf = shelfOf();
    const patience = { deadline: start + 9 * hour };
    const { source, clock, requests } = setUp({ shared: on(shelf), patience });
    shelf.tokens = undefined;
    expect(nameOf(await source.current())).toBe('granted-1');
    expect(shelf.tokens).toBeUndefined();
    clock.pass(53 * minute);
    shelf.tokens = [tokenOf('shared-1', clock.now() + hour)];
    expect(nameOf(await source.current())).toBe('shared-1');
    expect(requests).toHaveLength(1);
    clock.pass(53 * minute);
    expect(nameOf(await source.current())).toBe('granted-2');
    expect(shelf.tokens.map(nameOf)).toEqual(['granted-2']);
  });

  it('is requested when the present one is about to end, although that failed just before', async () => {
    const shelf = shelfOf(tokenOf('shared-1'));
    const answers = [answer(503, ''), granted('granted-1')];
    const { source, clock } = setUp({ answers, shared: on(shelf) });
    await source.current();
    clock.pass(hour - 1.5 * minute);
    expect(nameOf(await source.current())).toBe('shared-1');
    clock.pass(minute / 2);
    expect(nameOf(await source.current())).toBe('granted-1');
  });

  it('is waited for when the present one is about to end', async () => {
    const shelf = shelfOf(tokenOf('shared-1'));
    const answers = [busy(8 * minute), granted('granted-1')];
    const patience = { deadline: start + 2 * hour };
    const { source, clock, askedAt } = setUp({ answers, shared: on(shelf), patience });
    await source.current();
    clock.pass(53 * minute);
    while (clock.now() < start + 59 * minute) {
      expect(nameOf(await source.current())).toBe('shared-1');
      clock.pass(10_000);
    }
    expect(nameOf(await source.current())).toBe('granted-1');
    const [first = 0, second = 0] = askedAt;
    expect(second - first).toBeGreaterThanOrEqual(8 * minute);
    expect(askedAt).toHaveLength(2);
  });
});

describe('a refused token', () => {
  it('is replaced by a newer one that another job shares', async () => {
    const shelf = shelfOf(tokenOf('shared-1'));
    const { source, requests, saved } = setUp({ shared: on(shelf) });
    const first = await source.current();
    shelf.tokens = [tokenOf('shared-2'), tokenOf('shared-1')];
    const second = await source.renew(first);
    expect(second && nameOf(second)).toBe('shared-2');
    expect(second && source.isShared(second)).toBe(true);
    expect(nameOf(await source.current())).toBe('shared-2');
    expect(requests).toEqual([]);
    expect(saved.map(nameOf)).toEqual(['shared-1', 'shared-2']);
  });

  it('that another request has replaced already needs no look', async () => {
    const shelf = shelfOf(tokenOf('shared-1'));
    const { source, requests } = setUp({ shared: on(shelf) });
    const first = await source.current();
    await source.renew(first);
    const looks = shelf.finds.length;
    const again = await source.renew(first);
    expect(again && nameOf(again)).toBe('granted-1');
    expect([requests.length, shelf.finds.length]).toEqual([1, looks]);
  });

  it('is not replaced by an older one: a new one is requested and shared', async () => {
    const shelf = shelfOf(tokenOf('shared-1'), tokenOf('shared-0'));
    const { source } = setUp({ shared: on(shelf) });
    const second = await source.renew(await source.current());
    expect(second && nameOf(second)).toBe('granted-1');
    expect(second && source.isShared(second)).toBe(false);
    expect(shelf.tokens?.map(nameOf)).toEqual(['granted-1']);
  });

  it('is replaced by a requested one if the newer one is refused as well', async () => {
    const shelf = shelfOf(tokenOf('shared-1'));
    const { source, requests } = setUp({ shared: on(shelf) });
    const first = await source.current();
    shelf.tokens = [tokenOf('shared-2')];
    const second = await source.renew(first);
    const third = second && (await source.renew(second));
    expect(third && nameOf(third)).toBe('granted-1');
    expect(requests).toHaveLength(1);
    // A refusal of this one is about permission.
    expect(third && (await source.renew(third))).toBeUndefined();
    expect(requests).toHaveLength(1);
  });

  it('is replaced by one that another job shares while the service issues none', async () => {
    const shelf = shelfOf(tokenOf('shared-1'));
    const shared = (clock: InstantClock, order: string[]) => {
      const inner = on(shelf)(clock, order);
      const find = () => {
        if (clock.now() > start + 10_000) shelf.tokens = [tokenOf('shared-2')];
        return inner.find();
      };
      return { ...inner, find };
    };
    const { source, requests } = setUp({ answers: [busy(50 * minute)], shared });
    const second = await source.renew(await source.current());
    expect(second && nameOf(second)).toBe('shared-2');
    expect(requests).toHaveLength(1);
  });
});

describe('a requested token', () => {
  it.each([
    [599, false],
    [600, true],
    [3600, true],
    ['3600', true],
    [null, false],
    [-1, false],
    [1, false],
  ])('is shared only if it was given for 10 minutes or more: %j', async (life, isShared) => {
    const shelf = shelfOf();
    const { source } = setUp({ answers: [granted('granted-1', life)], shared: on(shelf) });
    await source.current();
    expect(shelf.tokens).toHaveLength(isShared ? 1 : 0);
  });

  it.each([300, 600, 660])(
    'is used for a while before the next one, even if it is short: %d s',
    async (life) => {
      const answers = [granted('granted-1', life), granted('granted-2', life)];
      const patience = { random: () => 0.99 };
      const { source, clock } = setUp({ answers, shared: on(shelfOf()), patience });
      await source.current();
      clock.pass(240_000);
      expect(nameOf(await source.current())).toBe(life === 300 ? 'granted-2' : 'granted-1');
    },
  );

  it(`is one of ${maxTokens} of the step at most; after these it still looks`, async () => {
    const shelf = shelfOf();
    const patience = { deadline: start + 9 * hour };
    const { source, clock, requests } = setUp({ shared: on(shelf), patience });
    for (let count = 0; count < 20; count += 1) {
      await source.current();
      clock.pass(hour);
    }
    expect(requests).toHaveLength(maxTokens);
    expect(nameOf(await source.current())).toBe('granted-3');
    shelf.tokens = [tokenOf('shared-1', clock.now() + hour)];
    clock.pass(minute);
    expect(nameOf(await source.current())).toBe('shared-1');
  });

  it('does not follow if the last one is refused, but one of another job is used', async () => {
    const shelf = shelfOf();
    const { source, requests } = setUp({ shared: on(shelf) });
    for (let count = 0; count < 9; count += 1) {
      const token = await source.current();
      source.accepted(token);
      await source.renew(token);
    }
    expect(requests).toHaveLength(maxTokens);
    const last = await source.current();
    shelf.tokens = [tokenOf('shared-1')];
    const next = await source.renew(last);
    expect(next && nameOf(next)).toBe('shared-1');
  });
});

describe('sealed tokens of several jobs', () => {
  const owner = { clientId: 'the-client', clientSecret: secretOf('the-secret') };
  const key = deriveTokenKey(owner, 'https://api.example.com');
  const otherKeys = [
    deriveTokenKey({ ...owner, clientSecret: secretOf('a-new-secret') }, 'https://api.example.com'),
    deriveTokenKey({ ...owner, clientId: 'other-client' }, 'https://api.example.com'),
    deriveTokenKey(owner, 'https://other.example.com'),
  ];

  function sealedTokens(texts: readonly string[] | undefined) {
    const written: string[] = [];
    const masked: string[] = [];
    const lines: string[] = [];
    const write = (text: string): Promise<void> => {
      written.push(text);
      return Promise.resolve();
    };
    const tokens = createSharedTokens(
      { read: () => Promise.resolve(texts), write },
      { key, mask: (text) => masked.push(text), debug: (line) => lines.push(line) },
    );
    return { tokens, written, masked, lines };
  }

  it('are masked as soon as they are read', async () => {
    const { tokens, masked } = sealedTokens([sealToken(tokenOf('shared-1'), key)]);
    const [found] = (await tokens.find()) ?? [];
    expect(found).toMatchObject({ expiresAt: start + hour });
    expect(found && nameOf(found)).toBe('shared-1');
    expect(masked).toEqual(['shared-1']);
  });

  it('are stored sealed', async () => {
    const { tokens, written } = sealedTokens([]);
    await tokens.share(tokenOf('shared-1'));
    expect(written).toEqual([expect.stringMatching(/^key1\.[\w-]+$/)]);
    const found = await sealedTokens(written).tokens.find();
    expect(found?.map(nameOf)).toEqual(['shared-1']);
  });

  it('are ignored if they cannot be opened, or contain something else', async () => {
    const good = sealToken(tokenOf('shared-1'), key);
    const { tokens, masked, lines } = sealedTokens([
      ...otherKeys.map((other) => sealToken(tokenOf('stolen-1'), other)),
      `${good.slice(0, -1)}${good.endsWith('A') ? 'Q' : 'A'}`,
      '',
      'aura1.AAECAwQF',
      'shared-1',
      sealUnderKey('null', key),
      sealUnderKey(JSON.stringify({ accessToken: 'a\r\nb: c', expiresAt: start + hour }), key),
      sealToken({ ...tokenOf('endless-1'), expiresAt: undefined }, key),
      good,
    ]);
    expect((await tokens.find())?.map(nameOf)).toEqual(['shared-1']);
    expect(masked.filter((text) => text !== 'endless-1')).toEqual(['shared-1']);
    expect(lines).toHaveLength(10);
    expect(lines.join()).not.toMatch(/shared-1|stolen-1/);
  });

  it('are unknown if they cannot be read', async () => {
    expect(await sealedTokens(undefined).tokens.find()).toBeUndefined();
  });
});
