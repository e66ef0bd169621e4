import { describe, expect, it } from 'vitest';
import { aura } from '../../../src/aura/api/service.ts';
import { sendAuthorized } from '../../../src/core/oauth/authorized.ts';
import type { SharedTokens } from '../../../src/core/oauth/shared-tokens.ts';
import type { Token } from '../../../src/core/oauth/token.ts';
import { createTokenSource } from '../../../src/core/oauth/token-source.ts';
import type { WireRequest } from '../../../src/core/http/transport.ts';
import { secretOf } from '../secrets/secret-of.ts';
import { InstantClock, patienceOn } from '../time/clocks.ts';
import { answer, granted, hour } from './scripted-tokens.ts';

const tokenOf = (name: string): Token => ({
  accessToken: secretOf(name),
  expiresAt: 11 * hour,
});

interface Setting {
  /** The answer to other tokens. Default: 401. */
  readonly refusal?: 401 | 403;
  /** The token with which another request of the step succeeds at the same time. */
  readonly alsoAccepted?: string;
}

/** A service that accepts only some tokens; other jobs share `others`, newest first. */
function service(
  accepts: readonly string[],
  others: readonly string[],
  { refusal = 401, alsoAccepted }: Setting = {},
) {
  const clock = new InstantClock(10 * hour);
  const sent: string[] = [];
  let issued = 0;
  const transport = {
    service: aura,
    send: ({ path, headers }: WireRequest) => {
      if (path === '/oauth/token') return Promise.resolve(granted(`granted-${(issued += 1)}`));
      const token = (headers['Authorization'] ?? '').replace('Bearer ', '');
      sent.push(token);
      whileSent(token);
      return Promise.resolve(answer(accepts.includes(token) ? 200 : refusal, ''));
    },
  };
  // A request that runs at the same time may succeed with the token that this one gets.
  const whileSent = (name: string): void => {
    if (name === alsoAccepted) source.accepted(tokenOf(name));
  };
  const tokens = others.map((name): Token => ({
    accessToken: secretOf(name),
    expiresAt: 11 * hour,
  }));
  const [oldest] = tokens.slice(-1);
  const shared: SharedTokens = {
    find: () => Promise.resolve(tokens),
    share: () => Promise.resolve(),
  };
  const patience = patienceOn(clock);
  const source = createTokenSource({
    transport,
    credentials: { clientId: 'the-client', clientSecret: secretOf('the-secret') },
    store: { load: () => oldest, save: () => undefined },
    initial: undefined,
    shared,
    patience,
    mask: () => undefined,
  });
  const request = (token: Token): WireRequest => ({
    method: 'POST',
    path: '/v1/instances',
    policy: 'once',
    headers: { Authorization: `Bearer ${token.accessToken.reveal()}` },
    limitMilliseconds: 1_000,
  });
  const send = () => sendAuthorized({ transport, tokens: source, patience }, request, undefined);
  return { send, sent, issued: () => issued };
}

describe('a request with a shared token', () => {
  it('is sent once if the service accepts the token', async () => {
    const { send, sent, issued } = service(['shared-1'], ['shared-1']);
    expect(await send()).toMatchObject({ status: 200 });
    expect(sent).toEqual(['shared-1']);
    expect(issued()).toBe(0);
  });

  it.each([401, 403] as const)(
    'is sent again with the newer token of another job after %d, which costs no token',
    async (refusal) => {
      const { send, sent, issued } = service(['shared-2'], ['shared-2', 'shared-1'], { refusal });
      expect(await send()).toMatchObject({ status: 200 });
      expect(sent).toEqual(['shared-1', 'shared-2']);
      expect(issued()).toBe(0);
    },
  );

  it('is sent with a requested token if both are refused', async () => {
    const { send, sent, issued } = service(['granted-1'], ['shared-2', 'shared-1']);
    expect(await send()).toMatchObject({ status: 200 });
    expect(sent).toEqual(['shared-1', 'shared-2', 'granted-1']);
    expect(issued()).toBe(1);
  });

  it('is refused for good after a requested token, at the cost of one', async () => {
    const { send, sent, issued } = service([], ['shared-1'], { refusal: 403 });
    expect(await send()).toMatchObject({ status: 403 });
    expect(await send()).toMatchObject({ status: 403 });
    expect(sent).toEqual(['shared-1', 'granted-1', 'granted-1']);
    expect(issued()).toBe(1);
  });

  it('is refused for good although another request succeeds with the requested token', async () => {
    const setting = { refusal: 403, alsoAccepted: 'granted-1' } as const;
    const { send, sent, issued } = service([], ['shared-1'], setting);
    expect(await send()).toMatchObject({ status: 403 });
    expect(sent).toEqual(['shared-1', 'granted-1']);
    expect(issued()).toBe(1);
  });
});
