import { type Patience, sleep } from '../time/patience.ts';
import { withinDeadline } from '../time/time-limit.ts';
import { type Answer, TimeOverError, answerError, isReading } from './request-error.ts';
import { inSeconds, longestAskedMilliseconds, sayRetry } from './retry.ts';
import { type Transport, type WireRequest, askedBy } from './transport.ts';

/** The gap after the first refusal, and the longest. */
const firstGapMilliseconds = 8_000;
const longestGapMilliseconds = 120_000;
/** The share of the gap that stays after an answer that is not a refusal. */
const shrinking = 0.9;
/** A shorter gap is none. */
const shortestGapMilliseconds = 1_000;
/**
 * A step sends at most this many requests in any minute, even if nothing is refused: a service that
 * allows 125 has some left. The minute is a little longer, because requests that are sent one after
 * the other can arrive together.
 */
export const mostPerMinute = 115;
const minuteMilliseconds = 61_000;
/**
 * The last seconds of a step, in which the gap is at most as long as after the first refusal. Each
 * step draws their number between these two, because jobs that began together also end together.
 */
const lastMilliseconds = [10_000, 25_000] as const;
/** Clients that are refused for the first time return spread over this time. */
const leastSpreadMilliseconds = 1_000;
/** Shorter waits are not worth a line in the log. */
const saidFromMilliseconds = 5_000;

/**
 * When the next request of a step may be sent. Its gap is 0 at first. It grows with each answer 429,
 * because the service then allows fewer requests than its clients send together, and shrinks with
 * each other answer.
 */
export class Pace {
  readonly #random: () => number;
  #gap = 0;
  /** Gap times a random factor, drawn once for each request: jobs must not stay in step. */
  #pause = 0;
  #grewAt = -Infinity;
  /** The end of the longest `Retry-After`. */
  #blockedUntil = -Infinity;
  /** When the last requests were sent, as many as a minute may have. */
  #sentAt: number[] = [];

  /** @param random returns a number in [0, 1). */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Milliseconds; 0 until the service refuses a request. */
  get gap(): number {
    return this.#gap;
  }

  /** Whether the service has ever refused a request of this step. */
  get wasRefused(): boolean {
    return this.#grewAt !== -Infinity;
  }

  /** When the next request may be sent: epoch milliseconds, or earlier than now. */
  get due(): number {
    return this.#after(this.#pause);
  }

  /**
   * When the next poll may be sent. It waits up to twice as long as another request: what it would
   * find can be found later, and many jobs need the requests that it leaves to them.
   */
  get pollDue(): number {
    return this.#after(this.#pause + Math.max(0, this.#gap - firstGapMilliseconds));
  }

  /** When the next request may be sent in the last seconds of the step. */
  get lastDue(): number {
    return this.#after(Math.min(this.#pause, firstGapMilliseconds));
  }

  /** Records a request that is sent now. */
  sent(now: number): void {
    this.#sentAt = [...this.#sentAt, now].slice(-mostPerMinute);
    this.#draw();
  }

  /**
   * Records an answer. If the request was sent before the gap grew last, the answer does not count:
   * many requests that are refused together are one sign, not many.
   *
   * @param times when the request was sent and answered, in epoch milliseconds.
   */
  answered(
    { status, retryAfterMilliseconds }: Answer,
    { sentAt, now }: { readonly sentAt: number; readonly now: number },
  ): void {
    if (status === 429 && retryAfterMilliseconds !== undefined) {
      const asked = Math.min(retryAfterMilliseconds, longestAskedMilliseconds);
      // A little longer than requested, and up to one gap longer after an earlier refusal: otherwise
      // all clients with the same `Retry-After` would return together and be refused again.
      const until = now + asked + Math.max(leastSpreadMilliseconds, this.#gap) * this.#random();
      this.#blockedUntil = Math.max(this.#blockedUntil, until);
    }
    if (sentAt <= this.#grewAt) return;
    if (status === 429) {
      this.#grewAt = now;
      this.#gap = this.#grown();
    } else {
      this.#gap *= shrinking;
      if (this.#gap < shortestGapMilliseconds) this.#gap = 0;
    }
    this.#draw();
  }

  /** The gap after one more refusal. */
  #grown(): number {
    return Math.min(longestGapMilliseconds, Math.max(firstGapMilliseconds, 2 * this.#gap));
  }

  /** @param pause after the last request, in milliseconds. */
  #after(pause: number): number {
    const afterLast = (this.#sentAt.at(-1) ?? -Infinity) + pause;
    const oldest = this.#sentAt.length < mostPerMinute ? undefined : this.#sentAt[0];
    const withinMinute = oldest === undefined ? -Infinity : oldest + minuteMilliseconds;
    return Math.ceil(Math.max(afterLast, this.#blockedUntil, withinMinute));
  }

  #draw(): void {
    this.#pause = this.#gap * (0.85 + 0.3 * this.#random());
  }
}

/**
 * Sends the requests of a step at the {@link Pace} that the service allows, and sends a request that
 * the service refuses with 429 again. It is the only place that waits because of 429. Requests that
 * change something go first. Token requests have a limit of their own: send them without this.
 *
 * A wait ends with the step's signal, also for a request that then continues after it. If a wait
 * would pass the deadline, it is not started: the result is the last answer, or an error. When the
 * step must end quickly, requests are sent without a wait.
 *
 * @returns a transport whose `send` also throws {@link TimeOverError}.
 */
export function paced(transport: Transport, patience: Patience): Transport {
  const { clock, hurrySignal, log } = patience;
  const { service } = transport;
  const line = new Line(patience, service.name);
  return {
    ...transport,
    send: async (request, signal) => {
      let refusal: Answer | undefined;
      for (;;) {
        if (!(await line.turn(request, refusal !== undefined))) {
          if (refusal !== undefined) return refusal;
          throw new TimeOverError(service, askedBy(transport, request), ' at the pace it allows');
        }
        const limitMilliseconds = limitAt(clock.now(), request, patience);
        const answer = await line.watch(transport.send({ ...request, limitMilliseconds }, signal));
        if (answer.status !== 429) return answer;
        patience.onLimited?.();
        const due = line.due(request);
        const wait = Math.max(0, due - clock.now());
        refusal = { ...answer, retryAfterMilliseconds: wait };
        if (hurrySignal?.aborted === true) return refusal;
        if (limitAt(due, request, patience) <= 0) return refusal;
        const asked = askedBy(transport, request);
        const { message } = answerError(asked, answer);
        sayRetry({ message, delay: wait }, log);
      }
    },
  };
}

/** A request that waits for its turn. */
interface Waiting {
  readonly changes: boolean;
  /** Whether the log has said how long it waits. */
  readonly said: boolean;
  /** Ends its pause: it may have become the first. */
  wake: () => void;
}

/** Lets the requests of a step through one by one. */
class Line {
  readonly #patience: Patience;
  readonly #service: string;
  readonly #pace: Pace;
  readonly #waiting: Waiting[] = [];
  /** When the last seconds begin. */
  readonly #lastAt: number;
  /** Requests without an answer. */
  #open = 0;
  #said = false;

  constructor(patience: Patience, service: string) {
    this.#patience = patience;
    this.#service = service;
    this.#pace = new Pace(patience.random);
    const [least, most] = lastMilliseconds;
    this.#lastAt = patience.deadline - (least + (most - least) * patience.random());
  }

  /**
   * When the request may be sent, if it is the next. A read or a deletion that would miss the
   * deadline is sent right before it: otherwise a step could end without seeing that the service was done.
   */
  due(request: WireRequest): number {
    const { policy } = request;
    const due = policy === 'poll' ? this.#pace.pollDue : this.#pace.due;
    const mayHurry = isReading(policy) || policy === 'repeatable';
    if (!mayHurry || limitAt(due, request, this.#patience) > 0) return due;
    const lastDue = Math.max(this.#lastAt, this.#pace.lastDue);
    return lastDue < this.#patience.deadline ? Math.min(due, lastDue) : due;
  }

  /**
   * Waits until the request may be sent.
   *
   * @param said whether the log has said how long it waits.
   * @returns false if it would be sent too late.
   * @throws the signal's reason when aborted.
   */
  async turn(request: WireRequest, said: boolean): Promise<boolean> {
    const { clock, signal, hurrySignal } = this.#patience;
    const me: Waiting = { changes: !isReading(request.policy), said, wake: () => undefined };
    this.#enter(me);
    try {
      for (;;) {
        signal?.throwIfAborted();
        const now = clock.now();
        const due = this.#isNext(me) ? this.due(request) : Infinity;
        if (due <= now || hurrySignal?.aborted === true) {
          this.#pace.sent(now);
          this.#open += 1;
          return true;
        }
        if (due < Infinity && limitAt(due, request, this.#patience) <= 0) return false;
        await this.#pause(me, due - now);
      }
    } finally {
      this.#waiting.splice(this.#waiting.indexOf(me), 1);
      this.#waiting[0]?.wake();
    }
  }

  /** Waits for the answer to a request that was just let through; call it for each. */
  async watch(answered: Promise<Answer>): Promise<Answer> {
    const { clock } = this.#patience;
    const sentAt = clock.now();
    try {
      const answer = await answered;
      this.#pace.answered(answer, { sentAt, now: clock.now() });
      return answer;
    } finally {
      this.#open -= 1;
      this.#waiting[0]?.wake();
    }
  }

  #enter(me: Waiting): void {
    const reads = this.#waiting.findIndex(({ changes }) => !changes);
    this.#waiting.splice(me.changes && reads >= 0 ? reads : this.#waiting.length, 0, me);
  }

  /**
   * After a refusal, requests are sent one after the other: the next may be refused too, and then
   * the others would be refused with it.
   */
  #isNext(me: Waiting): boolean {
    return this.#waiting[0] === me && !(this.#open > 0 && this.#pace.wasRefused);
  }

  async #pause(me: Waiting, milliseconds: number): Promise<void> {
    const { signal, hurrySignal } = this.#patience;
    const awake = new AbortController();
    me.wake = () => {
      awake.abort();
    };
    if (!me.said && milliseconds < Infinity) this.#say(milliseconds);
    const ends = [awake.signal, signal, hurrySignal].filter((end) => end !== undefined);
    await sleep(this.#patience, milliseconds, AbortSignal.any(ends)).catch((error: unknown) => {
      if (!ends.some(({ aborted }) => aborted)) throw error;
    });
  }

  #say(milliseconds: number): void {
    if (milliseconds <= saidFromMilliseconds || this.#said) return;
    this.#said = true;
    this.#patience.log(
      `Waiting ${inSeconds(milliseconds)} before the next request: ${this.#service} limits the requests per minute, so this step sends fewer for a while.`,
    );
  }
}

/** The time limit of a request that is sent at this time; 0 if it is then too late. */
function limitAt(
  time: number,
  { policy, limitMilliseconds }: WireRequest,
  { deadline }: Pick<Patience, 'deadline'>,
): number {
  if (policy !== 'irreplaceable') return withinDeadline(limitMilliseconds, deadline - time);
  return time > deadline ? 0 : limitMilliseconds;
}
