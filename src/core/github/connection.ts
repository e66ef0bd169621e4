import { describeRequest } from '../http/logged.ts';
import type { Secret } from '../secrets/secret.ts';
import type { Clock } from '../time/clock.ts';
import { TimeLimitError } from '../time/time-limit.ts';
import { withoutBreaks, shortened } from '../text.ts';

/** Of a message of GitHub. */
const longestMessage = 300;

/** How GitHub is reached. */
export interface Connection {
  readonly token: Secret;
  /** `GITHUB_API_URL`, for GitHub Enterprise. */
  readonly apiUrl: string | undefined;
  /** Sent with each request as `User-Agent`, before the one of the client itself. */
  readonly userAgent: string;
  /** Called with each request, and with additional messages from GitHub. */
  readonly debug: (text: string) => void;
  readonly patience: { readonly clock: Clock };
}

/** The client of GitHub's REST API. */
export type Octokit = Awaited<ReturnType<typeof connect>>;

/**
 * Creates a client whose requests end with `signal`.
 *
 * @returns a client that sends each request once and prints nothing.
 */
// The type of the client is that of a module which is loaded late.
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types
export async function connect(
  { token, apiUrl, userAgent, debug, patience: { clock } }: Connection,
  signal: AbortSignal,
) {
  // Loaded only here: most steps send no requests to GitHub.
  const { GitHub, defaults, getOctokitOptions } = await import('@actions/github/lib/utils');
  const quiet = (text: string): void => {
    debug(`GitHub: ${text}`);
  };
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const octokit = new GitHub(
    getOctokitOptions(token.reveal(), {
      ...(apiUrl === undefined ? {} : { baseUrl: apiUrl }),
      userAgent,
      // The defaults include the proxy settings; without our own log it would print messages.
      request: { ...defaults.request, signal, log },
      log,
    }),
  );
  octokit.hook.wrap('request', async (request, options) => {
    const begin = clock.now();
    const { method, url } = octokit.request.endpoint(options);
    const say = (outcome: string, requestId?: string): void => {
      const took = { milliseconds: clock.now() - begin, requestId };
      quiet(describeRequest(`${method} ${new URL(url).pathname}`, outcome, took));
    };
    try {
      const response = await request(options);
      say(String(response.status), response.headers['x-github-request-id']);
      return response;
    } catch (error) {
      say(String(statusOf(error) ?? 'no answer'));
      throw error;
    }
  });
  return octokit;
}

/**
 * What went wrong with a request, in one or two sentences.
 *
 * @param permission the permission that the request needs, as in a workflow.
 */
export function explain(error: unknown, permission: string): string {
  if (error instanceof TimeLimitError) return `GitHub: ${error.message}.`;
  const message = error instanceof Error ? error.message : String(error);
  const status = statusOf(error);
  if (status === undefined) return explainNoAnswer(message, error);
  // A proxy answers with a page, and a server with the name of its program.
  const said = isPage(message) ? '' : ` (${shortened(withoutBreaks(message), longestMessage)})`;
  const answered = `GitHub answered ${status}${said}.`;
  if (isRateLimit(status, message)) return `${answered} Try again later.`;
  if (status === 401) {
    return `${answered} The token is not valid, or it has expired. Remove the input 'github-token', so that the step uses the token of the job, or set a new one.`;
  }
  // GitHub answers 404 if a token has no permission to know that something exists.
  if (status === 403 || status === 404) {
    return `${answered} Add 'permissions: ${permission}' to the job, or set another 'github-token'.`;
  }
  return status >= 500
    ? `${answered} This is a problem on GitHub's side; try again later.`
    : answered;
}

function isRateLimit(status: number, message: string): boolean {
  return status === 429 || (status === 403 && /rate limit/i.test(message));
}

function isPage(message: string): boolean {
  return /^\s*</.test(message);
}

/** The connection failed, or the answer is not what GitHub's API answers. */
function explainNoAnswer(message: string, error: unknown): string {
  const code = codeOf(error);
  return code === undefined
    ? `${shortened(withoutBreaks(message), longestMessage)}.`
    : `GitHub could not be reached (${code}). Check the runner's network and its proxy settings.`;
}

/** The system's code of a failed connection, which can be that of a cause. */
function codeOf(error: unknown): string | undefined {
  let current = error;
  // A chain can be a circle.
  for (let depth = 0; current instanceof Error && depth < 5; depth += 1) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    current = current.cause;
  }
  return undefined;
}

/** The status of GitHub's response; a failure without a response has an artificial one. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  return 'response' in error && error.response !== undefined ? Number(error.status) : undefined;
}

/** A proxy or a sign-in page can answer 200 with something other than GitHub's lists. */
export function checked<T>(data: readonly T[]): readonly T[] {
  const value: unknown = data;
  if (!Array.isArray(value)) throw new Error("GitHub's response is not a list");
  return data;
}
