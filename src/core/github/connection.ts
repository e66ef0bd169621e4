import { describeRequest } from '../http/logged.ts';
import type { Secret } from '../secrets/secret.ts';
import type { Clock } from '../time/clock.ts';
import { TimeLimitError } from '../time/time-limit.ts';

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
  if (status === 403 && /rate limit/i.test(message)) return `${message}. Try again later.`;
  // GitHub answers 404 if a token has no permission to know that something exists.
  if (status === 401 || status === 403 || status === 404) {
    return `GitHub answered ${status} (${message}). Add 'permissions: ${permission}' to the job, or set another 'github-token'.`;
  }
  return status === undefined ? `${message}.` : `GitHub answered ${status} (${message}).`;
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
