import { ActionError, asError } from '../../core/errors.ts';
import { RequestError, TimeOverError } from '../../core/http/request-error.ts';
import { NoSharedTokenError, SignInError } from '../../core/oauth/token.ts';
import { adviceForReason } from './reasons.ts';

/**
 * The error for the user. It adds the task and advice to an error of Aura or the network; other
 * errors stay unchanged. It is called once for each operation and instance.
 *
 * @param task operation and instance, to follow "Could not": `pause instance 'x' (1a2b3c4d)`.
 */
export function inWords(task: string, error: unknown): Error {
  if (!(error instanceof RequestError)) return asError(error);
  return new ActionError(`${happened(task, error)}.`, { next: whatToDo(error), cause: error });
}

/** What failed. Before the first access token nothing was tried, so the task would say nothing. */
function happened(task: string, error: RequestError): string {
  const { answer, message, origin = '', policy, unreachable } = error;
  const isFirst = error instanceof SignInError;
  if (isFirst && unreachable !== undefined) {
    return `Could not connect to Aura at ${origin} (${unreachable})`;
  }
  const what = answer === undefined ? message : `it answered ${answer}`;
  if (isFirst) return `Could not sign in to Aura: ${what}`;
  if (policy !== 'token') return `Could not ${task}: ${message}`;
  return `Could not ${task}, because the sign-in to Aura failed: ${what}`;
}

/** The end of a sentence about a wait whose last request failed. */
export function saidOf(trouble: RequestError | undefined): string {
  return trouble === undefined ? '' : `; the last request failed: ${trouble.message}`;
}

/**
 * Whether an instance is too small for the data of the source. Aura answers 500, although it never
 * accepts the request. Source: Aura API v1 specification, overwrite.
 */
export function isTooSmall({ complaints }: RequestError): boolean {
  return complaints.some(({ message }) => message.includes('into smaller database'));
}

/** The advice for an error from Aura. */
export function whatToDo(error: RequestError): string {
  if (error instanceof TimeOverError) return "Increase 'timeout', and run the step again.";
  if (isTooSmall(error)) {
    return "Set the size of the instance with operation 'resize' first, or choose another source.";
  }
  return (
    adviceForReason(error) ??
    (error.policy === 'token' ? adviceOnToken(error) : adviceByStatus(error))
  );
}

function adviceOnToken(error: RequestError): string {
  const original = error instanceof SignInError ? error.original : error;
  if (original instanceof NoSharedTokenError) return adviceOnSharing(original);
  if (error.status === 429) {
    return "Aura allows few token requests per hour (about 15 for each client id). With 'credentials-store: deployment', all jobs and runs of a repository share one token. Otherwise pass 'sealed-credentials' to other jobs, put the steps into one job, or use separate API credentials.";
  }
  // Aura answers any of them for invalid credentials. Source: Aura documentation.
  if (error.status !== undefined && [400, 401, 403].includes(error.status)) {
    return `The client id and the client secret do not belong together or are swapped, or the API key was deleted. Create a new key in ${consoleOf(error, 'account menu > API keys')}, and update both 'client-id' and 'client-secret'.${isMute(error) ? ` ${orOfProxy}` : ''}`;
  }
  // The other advice is about instances, and the step has asked for none yet.
  const isOfAura = error.status === undefined || error.status < 400 || error.status >= 500;
  return isOfAura ? adviceByStatus(error) : adviceOnForeign(error);
}

/** An answer without any of Aura's messages can come from something else on the way. */
function isMute({ complaints }: RequestError): boolean {
  return complaints.length === 0;
}

const orOfProxy =
  "The answer contains no message of Aura, so it can also come from a proxy or a firewall: check 'api-url' and the runner's proxy settings.";

/** For a status that Aura's API does not use there. */
function adviceOnForeign(error: RequestError): string {
  if (error.status === 407) {
    return 'A proxy on the way asks for a login: set its user name and password in the variable https_proxy of the runner.';
  }
  return isMute(error)
    ? "The answer contains no message of Aura, so it probably comes from a proxy, a firewall or another server: check 'api-url' and the runner's proxy settings."
    : "Check 'api-url' and the runner's proxy settings.";
}

/** For a step with `credentials-store: deployment`. */
function adviceOnSharing({ isAnswered }: NoSharedTokenError): string {
  return isAnswered
    ? "Aura allows few token requests per hour (about 15 for each client id), and no other job shared a token in time. Jobs without 'credentials-store: deployment', or of other repositories, may use the same client id: set this input there too, or use separate API credentials."
    : "Aura allows few token requests per hour (about 15 for each client id), and the token that other jobs share could not be read, because GitHub did not answer. Check 'permissions: deployments: write' and 'github-token', and run the step again later.";
}

/** The console of the public Aura API; other APIs have others. */
function consoleOf({ origin }: RequestError, place: string): string {
  const link = origin === 'https://api.neo4j.io' ? 'https://console.neo4j.io, ' : '';
  return `the Aura console (${link}${place})`;
}

function adviceByStatus(error: RequestError): string {
  const { message, status } = error;
  if (status === undefined) {
    return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(message)
      ? "Check 'api-url'. If a proxy or a server uses your own certificate authority, set NODE_EXTRA_CA_CERTS to the file with its certificate."
      : "Check 'api-url', the runner's network and its proxy settings, then run the step again.";
  }
  if (status >= 300 && status < 400) return "Check 'api-url': it must be the API's own address.";
  switch (status) {
    case 401:
      return `Check that the API credentials of 'client-id' have not been deleted in ${consoleOf(error, 'account menu > API keys')}.`;
    case 402:
      return 'Aura asks for payment: add billing details to the tenant in the Aura console, or use an instance of a tier that includes it.';
    case 403:
      return `The user of 'client-id' must have the role Project Member or Project Admin in the tenant (project).${isMute(error) ? ` ${orOfProxy}` : ''}`;
    case 405:
      // Only a create has a limit.
      if (error.request !== 'POST /v1/instances') return adviceOnRefusal(error);
      return 'The tenant may have reached its limit for this tier: use an instance that exists, or ask Neo4j to raise the limit.';
    case 404:
      return "Check 'api-url', and that the instance and the tenant exist.";
    case 410:
      return 'It was deleted. Check what has deleted it.';
    case 409:
    case 423:
      return "The instance is busy; try again, or increase 'timeout'.";
    // Source: Aura API v1 specification, overwrite.
    case 420:
      return 'Aura does not offer this operation for the tier of the instance: choose an instance of another tier.';
    case 429:
      return 'Aura allows 125 requests per minute and client, and 25 without billing: run fewer jobs at the same time, or try again later.';
    default:
      return status >= 500 || status < 300
        ? "This is a problem on Aura's side; try again later."
        : adviceOnRefusal(error);
  }
}

/** Without a message there is nothing to compare the inputs with. */
function adviceOnRefusal(error: RequestError): string {
  return isMute(error) || error.status === 407
    ? adviceOnForeign(error)
    : "Compare the inputs with Aura's message.";
}
