import { RequestError } from '../http/request-error.ts';
import { sentence } from '../http/retry.ts';
import { createTolerance } from '../http/tolerance.ts';
import { createBeat } from '../time/progress.ts';
import { again, done, poll, pollDelay } from '../time/patience.ts';
import type { SharedTokens } from './shared-tokens.ts';
import {
  NoSharedTokenError,
  type Token,
  type TokenRequestOptions,
  type TokenSource,
  type TokenStore,
  maxTokens,
  requestToken,
} from './token.ts';

interface TokenSourceOptions extends TokenRequestOptions {
  /** The token of the job. */
  readonly store: TokenStore;
  /**
   * A token from sealed credentials, used until it expires if none is stored. Like a stored one, it
   * must belong to this client and this API.
   */
  readonly initial: Token | undefined;
  /** The token that several jobs share; undefined if each job requests its own. */
  readonly shared?: SharedTokens | undefined;
}

/**
 * A token is renewed this long before it expires, so that no request starts with a token that is
 * about to expire.
 */
const marginMilliseconds = 60_000;
/** Renewing a shorter one in advance would cost a request each minute, or each request. */
const shortLifeMilliseconds = 120_000;
/** A token with a shorter life is not shared, and not renewed earlier than others. */
const leastSharedMilliseconds = 600_000;
/**
 * A shared token is renewed between five and ten minutes before its end: each job draws its own
 * moment, so that the first one renews it for all.
 */
const leadOf = (random: number): number => 300_000 + 300_000 * random;
/** Jobs that start together find no token; they pause up to this long, so that few of them ask. */
const longestPauseMilliseconds = 3_000;
/**
 * How much more likely a long pause is than a short one, as a power of e: a few jobs ask, and the
 * others find the token that these have shared in the meantime.
 */
const pauseSkew = 4;
/** After a refusal, a job that shares tokens requests the next one at the earliest after this time. */
const betweenRequestsMilliseconds = 60_000;
/** All jobs get the same `Retry-After`: this spreads their next requests, so that one is enough. */
const spreadMilliseconds = 30_000;
/**
 * The longest pause between two looks for the token of another job, in polls: about two minutes.
 * The looks are limited too, and many jobs may wait for an hour.
 */
const longestLookPolls = 12;
/** After this many looks in a row without an answer, a job no longer counts on the tokens of others. */
const mostUnanswered = 3;

/** A token in use. Both times are in epoch milliseconds; Infinity for a token without a known end. */
interface Held {
  readonly token: Token;
  /** When to look for the next one in advance. */
  readonly renewAt: number;
  /** Until when it is used if there is no next one. */
  readonly usableUntil: number;
}

/**
 * One token for all requests: services allow few token requests per hour and client, so it is
 * reused, stored for later steps, shared with other jobs, and requested again only shortly before it
 * expires or when it is refused.
 */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  return new Source(options);
}

class Source implements TokenSource {
  readonly #options: TokenSourceOptions;
  /** How long before the end of a token this job looks for the next one. */
  readonly #leadMilliseconds: number;
  #held: Held | undefined;
  #looked = false;
  #granted = 0;
  #pending: Promise<Token> | undefined;
  /** The token that a renewal requested, until the service accepts it. */
  #renewed: Token | undefined;
  readonly #refused: Token[] = [];
  /** The newest token from another job. */
  #fromOthers: Token | undefined;
  /** How many looks for shared tokens were not answered since the last answer. */
  #unanswered = mostUnanswered;
  /** The refusal of a token request, and when the next one may be sent. */
  #barred: { readonly error: RequestError; readonly until: number } | undefined;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
    const { shared, patience } = options;
    this.#leadMilliseconds = shared === undefined ? marginMilliseconds : leadOf(patience.random());
  }

  known(): Token | undefined {
    return this.#held?.token;
  }

  spent(): boolean {
    return this.#granted >= maxTokens;
  }

  isShared(token: Token): boolean {
    return isSame(token, this.#fromOthers);
  }

  accepted(used: Token): void {
    if (isSame(used, this.#renewed)) this.#renewed = undefined;
  }

  async current(): Promise<Token> {
    if (!this.#looked) this.#takeKept();
    this.#looked = true;
    return this.#fresh() ?? this.#obtainOnce();
  }

  async renew(refused: Token): Promise<Token | undefined> {
    if (isSame(refused, this.#renewed)) return undefined;
    if (this.#held !== undefined && !isSame(this.#held.token, refused)) return this.#held.token;
    if (this.#options.credentials === undefined) return undefined;
    this.#refused.push(refused);
    if (this.spent()) {
      await this.#look();
      return this.#fresh();
    }
    const token = await this.#obtainOnce();
    if (!this.isShared(token)) this.#renewed = token;
    return token;
  }

  /**
   * The stored token, otherwise the one from sealed credentials; the latter is stored for later
   * steps.
   */
  #takeKept(): void {
    const { store, initial } = this.#options;
    const stored = store.load();
    if (stored !== undefined) this.#adopt(stored);
    if (this.#fresh() !== undefined || initial === undefined) return;
    if (this.#adopt(initial)) store.save(initial);
  }

  /** Uses a token from elsewhere if it lasts longer. @returns whether it is used now. */
  #adopt(token: Token): boolean {
    const next = this.#hold(token);
    const held = this.#held;
    if (next.usableUntil <= this.#now()) return false;
    const longer = held === undefined || next.usableUntil > held.usableUntil;
    if (!longer && !this.#isRefused(held.token)) return false;
    this.#held = next;
    return true;
  }

  /** @param life of a new token, in milliseconds. */
  #hold(token: Token, life = Infinity): Held {
    const { expiresAt = Infinity } = token;
    if (life < shortLifeMilliseconds) return { token, renewAt: Infinity, usableUntil: Infinity };
    const lead =
      life < leastSharedMilliseconds
        ? marginMilliseconds
        : Math.min(this.#leadMilliseconds, life / 2);
    return { token, renewAt: expiresAt - lead, usableUntil: expiresAt - marginMilliseconds };
  }

  /** The token in use, unless it is time for the next one. */
  #fresh(): Token | undefined {
    const held = this.#held;
    if (held === undefined || this.#isRefused(held.token)) return undefined;
    return held.renewAt > this.#now() ? held.token : undefined;
  }

  /** Parallel requests share one search for a token. */
  #obtainOnce(): Promise<Token> {
    this.#pending ??= this.#obtain().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #obtain(): Promise<Token> {
    await this.#look();
    if (this.#fresh() === undefined && this.#unanswered === 0 && !this.spent()) {
      await this.#pause();
      await this.#look();
    }
    const found = this.#fresh();
    if (found !== undefined) return found;
    const held = this.#held;
    // The last one is used until the service refuses it.
    if (held !== undefined && this.spent()) return this.#keep(held, Infinity);
    if (held !== undefined && !this.#isRefused(held.token) && held.usableUntil > this.#now())
      return this.#renewAhead(held);
    const answer = await this.#ask();
    return answer instanceof RequestError ? this.#awaitOthers(answer) : answer;
  }

  /** Looks for a newer token that another job shared. */
  async #look(): Promise<void> {
    const tokens = await this.#options.shared?.find();
    this.#unanswered = tokens === undefined ? this.#unanswered + 1 : 0;
    for (const token of tokens ?? []) {
      // The next ones are older.
      if (this.#isRefused(token)) return;
      if (!this.#adopt(token)) continue;
      this.#fromOthers = token;
      this.#options.store.save(token);
    }
  }

  /** Whether other jobs can be expected to share their tokens: at first only after an answer. */
  get #sharing(): boolean {
    return this.#unanswered < mostUnanswered;
  }

  #pause(): Promise<void> {
    const { clock, deadline, random, signal } = this.#options.patience;
    const left = Math.max(0, deadline - clock.now());
    const share = Math.log1p(random() * Math.expm1(pauseSkew)) / pauseSkew;
    return clock.sleep(Math.min(Math.round(longestPauseMilliseconds * share), left), signal);
  }

  /** Requests a token in advance. If there is none, the present one is used for another minute. */
  async #renewAhead(held: Held): Promise<Token> {
    try {
      const answer = await this.#ask();
      if (!(answer instanceof RequestError)) return answer;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.#log(error, 'The present access token is still valid.');
    }
    return this.#keep(held, held.usableUntil);
  }

  /** Uses a token for another minute, but not past `end`. */
  #keep(held: Held, end: number): Token {
    this.#held = { ...held, renewAt: Math.min(this.#now() + betweenRequestsMilliseconds, end) };
    return held.token;
  }

  /**
   * Requests a token.
   *
   * @returns the refusal (429) if another job may share its token.
   */
  async #ask(): Promise<Token | RequestError> {
    try {
      if (this.#barred !== undefined && this.#barred.until > this.#now()) throw this.#barred.error;
      return await this.#request();
    } catch (error) {
      if (!(error instanceof RequestError) || error.status !== 429) throw error;
      if (!this.#sharing) throw this.#options.shared === undefined ? error : this.#notShared(error);
      if (error !== this.#barred?.error) {
        const asked = Math.max(betweenRequestsMilliseconds, error.retryAfterMilliseconds ?? 0);
        const wait = asked + spreadMilliseconds * this.#options.patience.random();
        this.#barred = { error, until: this.#now() + wait };
        this.#log(error, 'Looking for an access token that another job shares.');
      }
      return error;
    }
  }

  async #request(): Promise<Token> {
    const { store, shared } = this.#options;
    const { token, lifeMilliseconds } = await requestToken(this.#options);
    this.#granted += 1;
    this.#held = this.#hold(token, lifeMilliseconds);
    store.save(token);
    const long = lifeMilliseconds !== undefined && lifeMilliseconds >= leastSharedMilliseconds;
    if (long && this.#sharing) await shared?.share(token);
    return token;
  }

  /** Waits until another job shares a token, or until the service issues one. */
  #awaitOthers(refusal: RequestError): Promise<Token> {
    const { patience } = this.#options;
    let polls = 1;
    return poll(
      { ...patience, pollInterval: undefined },
      {
        read: async () => {
          await this.#look();
          return this.#fresh() ?? (await this.#ask());
        },
        judge: (answer) => {
          if (!(answer instanceof RequestError)) return done(answer);
          polls = Math.min(2 * polls, longestLookPolls);
          return again(Math.min(polls, this.#pollsUntilAllowed()));
        },
        overdue: (trouble) => {
          throw trouble ?? this.#notShared(refusal);
        },
        tolerance: createTolerance(patience),
        beat: createBeat(patience.clock, () => {
          patience.log('Still waiting for an access token.');
        }).beat,
      },
    );
  }

  /** The error of a job that shares tokens: it needs other advice than one that could share them. */
  #notShared(refusal: RequestError): NoSharedTokenError {
    return new NoSharedTokenError(refusal, this.#unanswered === 0);
  }

  /** After how many polls the next token may be requested, at least one. */
  #pollsUntilAllowed(): number {
    const wait = (this.#barred?.until ?? 0) - this.#now();
    return Math.max(1, Math.ceil(wait / pollDelay(0.5)));
  }

  #log({ message }: RequestError, next: string): void {
    this.#options.patience.log(`${sentence(message)}. ${next}`);
  }

  #isRefused(token: Token): boolean {
    return this.#refused.some((one) => isSame(one, token));
  }

  #now(): number {
    return this.#options.patience.clock.now();
  }
}

function isSame(one: Token, other: Token | undefined): boolean {
  return other !== undefined && one.accessToken.equals(other.accessToken);
}
