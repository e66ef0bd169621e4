import { withoutBreaks, shortened } from '../text.ts';

/** The API that receives the requests. */
export interface Service {
  /** Its name in messages. */
  readonly name: string;
  /** Sent with each request as `User-Agent`. */
  readonly userAgent: string;
  /** Reads the body of an error; returns nothing if it cannot be read. */
  readonly readComplaints: (body: string) => readonly Complaint[];
  /**
   * Whether a refusal is about what the user of the token may do, so that another token of the same
   * user would not help.
   */
  readonly refusesUser?: (complaints: readonly Complaint[]) => boolean;
}

/**
 * What happens if a request is sent again.
 *
 * - `token`: asks for an access token, and changes nothing.
 * - `read`: changes nothing.
 * - `poll`: a read that is sent again anyway, so that it can wait longer than others.
 * - `repeatable`: changes something, with the same result when it is sent again.
 * - `once`: must not be sent again unless it certainly had no effect.
 * - `irreplaceable`: as `once`, and its response contains data that is not available again.
 */
export type Policy = 'token' | 'read' | 'poll' | 'repeatable' | 'once' | 'irreplaceable';

/** The known effect of a failed request: `none` if the service certainly did not process it. */
export type Effect = 'none' | 'unknown';

/** One entry of a service's error. */
export interface Complaint {
  readonly message: string;
  readonly reason: string | undefined;
}

interface RequestErrorOptions {
  /** Method and path, such as `POST /v1/instances`. */
  readonly request: string;
  readonly policy: Policy;
  readonly effect: Effect;
  /** Whether the same request may succeed a little later. */
  readonly transient: boolean;
  /** HTTP status, if there was a response. */
  readonly status?: number | undefined;
  readonly complaints?: readonly Complaint[];
  /** `X-Request-Id`, which the service's support asks for. */
  readonly requestId?: string | undefined;
  /** `Retry-After` as milliseconds from now. */
  readonly retryAfterMilliseconds?: number | undefined;
  /** The response without the service's name: `401 'access_denied'`. */
  readonly answer?: string | undefined;
  /** The origin of the service; known if a request was sent to it. */
  readonly origin?: string | undefined;
  /** The system's error code, if there was no connection. */
  readonly unreachable?: string | undefined;
  readonly cause?: unknown;
}

/** A failed request; the message describes the response. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly request: string;
  readonly policy: Policy;
  readonly effect: Effect;
  readonly transient: boolean;
  readonly status: number | undefined;
  readonly complaints: readonly Complaint[];
  readonly requestId: string | undefined;
  readonly retryAfterMilliseconds: number | undefined;
  readonly answer: string | undefined;
  readonly origin: string | undefined;
  readonly unreachable: string | undefined;

  constructor(message: string, options: RequestErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.request = options.request;
    this.policy = options.policy;
    this.effect = options.effect;
    this.transient = options.transient;
    this.status = options.status;
    this.complaints = options.complaints ?? [];
    this.requestId = options.requestId;
    this.retryAfterMilliseconds = options.retryAfterMilliseconds;
    this.answer = options.answer;
    this.origin = options.origin;
    this.unreachable = options.unreachable;
  }

  /** Whether one of the service's reasons is `reason`. */
  hasReason(reason: string): boolean {
    return this.complaints.some((complaint) => complaint.reason === reason);
  }
}

/** A request that was not sent, because the timeout was reached. */
export class TimeOverError extends RequestError {
  /** @param note additional text. */
  constructor({ name }: Service, { request, policy }: Asked, note = '') {
    const options = { request, policy, effect: 'none', transient: false } as const;
    super(`no time was left to ask ${name}${note}`, options);
  }
}

/** Whether the request only reads. */
export function isReading(policy: Policy): boolean {
  return policy === 'read' || policy === 'poll';
}

/** The possible effect of a request if its response is missing or unreadable. */
export function possibleEffect(policy: Policy): Effect {
  return policy === 'token' || isReading(policy) ? 'none' : 'unknown';
}

/** The statuses of gateways and services after which the same request may succeed. */
const transientStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** A complete response. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly requestId: string | undefined;
  readonly retryAfterMilliseconds: number | undefined;
  /** The `Location` of a redirect. */
  readonly location: string | undefined;
  /**
   * The `Date` of the response, in epoch milliseconds: the time by the service's clock, in whole
   * seconds.
   */
  readonly date: number | undefined;
}

/** The request, and the service. */
export interface Asked {
  readonly service: Service;
  /** Of the service; undefined if it does not matter for an error. */
  readonly origin?: string | undefined;
  /** Method and path. */
  readonly request: string;
  readonly policy: Policy;
}

/**
 * The error for a response that is not the expected success.
 *
 * @param answer any status; a status below 300 means that the response could not be used.
 * @param note additional text, after the service's answer.
 */
export function answerError(
  { service, origin, request, policy }: Asked,
  answer: Answer,
  note = '',
): RequestError {
  const complaints = service.readComplaints(answer.body);
  const { status } = answer;
  // A service can repeat itself.
  const said = [...new Set(complaints.map(describeComplaint))].join(', ');
  const redirect =
    status >= 300 && status < 400
      ? ` with a redirect to '${shortened(withoutBreaks(answer.location ?? 'nowhere'), longestMessage)}', which is not followed because it would forward the credentials`
      : '';
  const text = `${status}${said === '' ? '' : ` ${said}`}${redirect}${note}`;
  return new RequestError(`${service.name} answered ${text}`, {
    answer: text,
    origin,
    request,
    policy,
    status,
    complaints,
    effect: status >= 500 || status < 300 || status === 408 ? possibleEffect(policy) : 'none',
    transient: transientStatuses.has(status),
    requestId: answer.requestId,
    retryAfterMilliseconds: answer.retryAfterMilliseconds,
  });
}

/** Of one complaint; a longer one would leave no place in the error for what to do next. */
const longestMessage = 300;
const longestReason = 100;

/** One complaint on one line, cut if it is long. */
function describeComplaint({ message, reason }: Complaint): string {
  const [said, why] = [
    shortened(withoutBreaks(message), longestMessage),
    reason === undefined ? undefined : shortened(withoutBreaks(reason), longestReason),
  ];
  return [said === '' ? '' : `'${said}'`, why === undefined ? '' : `(${why})`]
    .filter((part) => part !== '')
    .join(' ');
}
