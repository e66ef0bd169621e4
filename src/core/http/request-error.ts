/** The API that is asked. */
export interface Service {
  /** What messages call it. */
  readonly name: string;
  /** Sent with each request as `User-Agent`. */
  readonly userAgent: string;
  /** What the body of a refusal says; nothing where it cannot be read. */
  readonly readComplaints: (body: string) => readonly Complaint[];
}

/**
 * What sending a request again would do.
 *
 * - `token`: asks for an access token, and changes nothing.
 * - `read`: changes nothing.
 * - `repeatable`: changes something, and comes to the same when it is sent again.
 * - `once`: must not be sent again unless it surely had no effect.
 * - `irreplaceable`: as `once`, and its answer holds what cannot be had again.
 */
export type Policy = 'token' | 'read' | 'repeatable' | 'once' | 'irreplaceable';

/** What is known of a failed request's effect: `none` when the service surely did not act on it. */
export type Effect = 'none' | 'unknown';

/** One thing that a service says of a request that it refuses. */
export interface Complaint {
  readonly message: string;
  readonly reason: string | undefined;
}

interface RequestErrorOptions {
  /** Method and path, such as `POST /v1/instances`. */
  readonly request: string;
  readonly policy: Policy;
  readonly effect: Effect;
  /** Whether the same request may work a little later. */
  readonly transient: boolean;
  /** HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  readonly complaints?: readonly Complaint[];
  /** `X-Request-Id`, which a service's support asks for. */
  readonly requestId?: string | undefined;
  /** `Retry-After` as milliseconds from now. */
  readonly retryAfterMilliseconds?: number | undefined;
  readonly cause?: unknown;
}

/** A request that did not give what was asked for; the message says what came back. */
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
  }

  /** Whether one of the reasons that the service gave is `reason`. */
  hasReason(reason: string): boolean {
    return this.complaints.some((complaint) => complaint.reason === reason);
  }
}

/** A request that was not sent, because the time of the step was over. */
export class TimeOverError extends RequestError {
  constructor({ name }: Service, options: Pick<RequestErrorOptions, 'request' | 'policy'>) {
    super(`there was no time left to ask ${name}`, { ...options, effect: 'none', transient: true });
  }
}

/** What a request may have done when its answer is missing or unreadable. */
export function possibleEffect(policy: Policy): Effect {
  return policy === 'token' || policy === 'read' ? 'none' : 'unknown';
}

/** The statuses of gateways and services after which the same request may work. */
const transientStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly requestId: string | undefined;
  readonly retryAfterMilliseconds: number | undefined;
  /** The `Location` of a redirect. */
  readonly location: string | undefined;
  /** The `Date` of the answer, in epoch milliseconds: the time by the service's clock, in whole seconds. */
  readonly date: number | undefined;
}

/** What was asked, and of whom. */
export interface Asked {
  readonly service: Service;
  /** Method and path. */
  readonly request: string;
  readonly policy: Policy;
}

/**
 * The error for an answer that is not the success asked for.
 *
 * @param answer any status; below 300 it means that the answer could not be used.
 * @param note what else the message says, to go behind what the service answered.
 */
export function answerError(
  { service, request, policy }: Asked,
  answer: Answer,
  note = '',
): RequestError {
  const complaints = service.readComplaints(answer.body);
  const { status } = answer;
  const said = complaints.map(describeComplaint).join(', ');
  const redirect =
    status >= 300 && status < 400
      ? ` with a redirect to '${answer.location ?? 'nowhere'}', which is not followed because it would take the credentials along`
      : '';
  const text = `${service.name} answered ${status}${said === '' ? '' : ` ${said}`}${redirect}${note}`;
  return new RequestError(text, {
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

function describeComplaint({ message, reason }: Complaint): string {
  return [message === '' ? '' : `'${message}'`, reason === undefined ? '' : `(${reason})`]
    .filter((part) => part !== '')
    .join(' ');
}
