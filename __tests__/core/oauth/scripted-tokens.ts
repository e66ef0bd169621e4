import { aura } from '../../../src/aura/api/service.ts';
import type { Answer } from '../../../src/core/http/request-error.ts';
import type { WireRequest } from '../../../src/core/http/transport.ts';
import type { Patience } from '../../../src/core/time/patience.ts';
import type { SharedTokens } from '../../../src/core/oauth/shared-tokens.ts';
import type { Token } from '../../../src/core/oauth/token.ts';
import { createTokenSource } from '../../../src/core/oauth/token-source.ts';
import { InstantClock, patienceOn } from '../time/clocks.ts';
import { secretOf } from '../secrets/secret-of.ts';

/** The source's clock starts at ten hours. */
export const hour = 3_600_000;

/** An answer of the token endpoint. */
export function answer(status: number, body: unknown, rest: Partial<Answer> = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const none = {
    requestId: undefined,
    retryAfterMilliseconds: undefined,
    location: undefined,
    date: undefined,
  };
  return { status, body: text, ...none, ...rest };
}

/** An answer that grants a token. */
export function granted(accessToken: string, expiresIn: unknown = 3600): Answer {
  return answer(200, { access_token: accessToken, expires_in: expiresIn, token_type: 'bearer' });
}

interface Setup {
  /** The token endpoint's answers, in order. Default: `granted-<n>` for an hour. */
  readonly answers?: readonly (Answer | Error)[];
  readonly stored?: Token;
  readonly initial?: Token;
  /** The tokens of other jobs. */
  readonly shared?: (clock: InstantClock, order: string[]) => SharedTokens;
  readonly patience?: Partial<Patience>;
}

/** A token source with a scripted endpoint and a store in memory; `order` lists the events. */
export function setUp({ answers, stored, initial, shared, patience }: Setup = {}) {
  const clock = new InstantClock(10 * hour);
  const requests: WireRequest[] = [];
  const signals: unknown[] = [];
  const saved: Token[] = [];
  const order: string[] = [];
  const loads = { count: 0 };
  /** When each request was sent. */
  const askedAt: number[] = [];
  const bounded = patienceOn(clock, patience);
  const source = createTokenSource({
    transport: {
      service: aura,
      send: async (request, signal) => {
        requests.push(request);
        signals.push(signal);
        askedAt.push(clock.now());
        order.push('request');
        await Promise.resolve();
        const next =
          answers === undefined
            ? granted(`granted-${requests.length}`)
            : answers[requests.length - 1];
        if (next === undefined) throw new Error('the script is over');
        if (next instanceof Error) throw next;
        return next;
      },
    },
    credentials: { clientId: 'the-client', clientSecret: secretOf('the-secret') },
    store: {
      load: () => {
        loads.count += 1;
        return stored;
      },
      save: (token) => {
        order.push(`saved ${token.accessToken.reveal()}`);
        saved.push(token);
      },
    },
    initial,
    shared: shared?.(clock, order),
    patience: bounded,
    mask: (secret) => order.push(`secret ${secret}`),
  });
  return { source, clock, requests, signals, saved, order, loads, askedAt, lines: bounded.lines };
}
