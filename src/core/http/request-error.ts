/** What is known of a failed request's effect: `none` when Aura surely did not act on it. */
export type Effect = 'none' | 'unknown';

/** One entry of Aura's `errors` array. Source: Aura API v1 specification. */
export interface Complaint {
  readonly message: string;
  readonly reason: string | undefined;
}

interface AuraErrorOptions {
  /** Method and path, such as `POST /v1/instances`. */
  readonly request: string;
  readonly effect: Effect;
  /** Whether the same request may work a little later. */
  readonly transient: boolean;
  /** HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  readonly complaints?: readonly Complaint[];
  /** `X-Request-Id`, which Neo4j's support asks for. */
  readonly requestId?: string | undefined;
  /** `Retry-After` as milliseconds from now. */
  readonly retryAfterMilliseconds?: number | undefined;
  readonly cause?: unknown;
}

/** A request to Aura that did not give what was asked for; the message says what came back. */
export class AuraError extends Error {
  override readonly name = 'AuraError';
  readonly request: string;
  readonly effect: Effect;
  readonly transient: boolean;
  readonly status: number | undefined;
  readonly complaints: readonly Complaint[];
  readonly requestId: string | undefined;
  readonly retryAfterMilliseconds: number | undefined;

  constructor(message: string, options: AuraErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.request = options.request;
    this.effect = options.effect;
    this.transient = options.transient;
    this.status = options.status;
    this.complaints = options.complaints ?? [];
    this.requestId = options.requestId;
    this.retryAfterMilliseconds = options.retryAfterMilliseconds;
  }

  /** Whether one of the reasons that Aura gave is `reason`. */
  hasReason(reason: string): boolean {
    return this.complaints.some((complaint) => complaint.reason === reason);
  }
}

/** A request that was not sent, because the time of the step was over. */
export class TimeOverError extends AuraError {
  constructor(request: string) {
    super('there was no time left to ask Aura', { request, effect: 'none', transient: true });
  }
}

/** What a request may have done when its answer is missing or unreadable. */
export function possibleEffect(request: string): Effect {
  return request.startsWith('GET ') || isTokenRequest(request) ? 'none' : 'unknown';
}

/** Whether a request (method and path) is the one for an access token. */
export function isTokenRequest(request: string): boolean {
  return request.endsWith('/oauth/token');
}

/** The retryable statuses of the gateway and the service. Source: Aura API v1 specification. */
const transientStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** An answer of Aura, read whole. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly requestId: string | undefined;
  readonly retryAfterMilliseconds: number | undefined;
  /** The `Location` of a redirect. */
  readonly location: string | undefined;
  /** The `Date` of the answer, in epoch milliseconds: the time by Aura's clock, in whole seconds. */
  readonly date: number | undefined;
}

/**
 * The error for an answer that is not the success asked for.
 *
 * @param request method and path.
 * @param answer any status; below 300 it means that the answer could not be used.
 * @param note what else the message says, to go behind what Aura answered.
 */
export function answerError(request: string, answer: Answer, note = ''): AuraError {
  const complaints = readComplaints(answer.body);
  const { status } = answer;
  const said = complaints
    .map(({ message, reason }) =>
      [message === '' ? '' : `'${message}'`, reason === undefined ? '' : `(${reason})`]
        .filter((part) => part !== '')
        .join(' '),
    )
    .join(', ');
  const redirect =
    status >= 300 && status < 400
      ? ` with a redirect to '${answer.location ?? 'nowhere'}', which is not followed because it would take the credentials along`
      : '';
  return new AuraError(
    `Aura answered ${status}${said === '' ? '' : ` ${said}`}${redirect}${note}`,
    {
      request,
      status,
      complaints,
      effect: status >= 500 || status < 300 || status === 408 ? possibleEffect(request) : 'none',
      transient: transientStatuses.has(status),
      requestId: answer.requestId,
      retryAfterMilliseconds: answer.retryAfterMilliseconds,
    },
  );
}

/**
 * What an error body says. Aura's own services send `{"errors":[{message, reason}]}`, its gateway
 * `{"error": "…"}`; 5xx can be text, HTML or empty. Source: Aura API v1 specification and clients.
 */
function readComplaints(body: string): readonly Complaint[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return [];
  }
  if (typeof parsed !== 'object' || parsed === null) return [];
  if ('error' in parsed && typeof parsed.error === 'string') {
    return [{ message: parsed.error, reason: undefined }];
  }
  if (!('errors' in parsed) || !Array.isArray(parsed.errors)) return [];
  return parsed.errors.slice(0, 5).flatMap((entry: unknown): Complaint[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    const message = 'message' in entry && typeof entry.message === 'string' ? entry.message : '';
    const reason = 'reason' in entry && typeof entry.reason === 'string' ? entry.reason : undefined;
    return message === '' && reason === undefined ? [] : [{ message, reason }];
  });
}
