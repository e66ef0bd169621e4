import { ActionError, asError } from '../../core/errors.ts';
import { TimeOverError, RequestError } from '../../core/http/request-error.ts';

/**
 * The error for the user. It adds the task and advice to an error of Aura or the network; other
 * errors stay unchanged. It is called once for each operation and instance.
 *
 * @param task operation and instance, to follow "Could not": `pause instance 'x' (1a2b3c4d)`.
 */
export function inWords(task: string, error: unknown): Error {
  if (!(error instanceof RequestError)) return asError(error);
  const what = error.policy === 'token' ? 'Aura issued no access token: ' : '';
  return new ActionError(`Could not ${task}: ${what}${error.message}.`, {
    next: whatToDo(error),
    cause: error,
  });
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
    adviceByReason.find(([reason]) => error.hasReason(reason))?.[1] ??
    (error.policy === 'token' ? adviceOnToken(error) : adviceByStatus(error))
  );
}

/** Reasons in Aura's errors. Source: Aura API v1 specification; seen live. */
const adviceByReason: readonly (readonly [reason: string, advice: string])[] = [
  [
    'missing-billing-details',
    "Add billing details to the tenant in the Aura console, or create with tier 'free'.",
  ],
  [
    'tenant-not-found',
    "Check input 'tenant': the client id's user must be a member of that tenant.",
  ],
  ['instance-action-unavailable', "The instance's current status does not allow this operation."],
  [
    'ongoing-database-operation',
    "Another operation is in progress; try again, or increase 'timeout'.",
  ],
  [
    'snapshot-not-allowed',
    'Aura takes no snapshot of this instance now: check its tier and its snapshots in the Aura console, and try again later.',
  ],
];

function adviceOnToken(error: RequestError): string {
  if (error.status === 429) {
    return "Aura allows few token requests per hour (about 15 for each client id). With 'credentials-store: deployment', all jobs and runs of a repository share one token. Otherwise pass 'sealed-credentials' to other jobs, put the steps into one job, or use separate API credentials.";
  }
  // Aura answers any of them for invalid credentials. Source: Aura documentation.
  if (error.status !== undefined && [400, 401, 403].includes(error.status)) {
    return "Check 'client-id' and 'client-secret': they are created together in the Aura console under API keys, and the secret is shown only once.";
  }
  return adviceByStatus(error);
}

function adviceByStatus({ status }: RequestError): string {
  if (status === undefined) {
    return "Check 'api-url', the runner's network and its proxy variables, then run the step again.";
  }
  if (status >= 300 && status < 400) return "Check 'api-url': it must be the API's own address.";
  switch (status) {
    case 401:
      return "Check that the API credentials of 'client-id' have not been deleted in the Aura console.";
    case 402:
      return 'Aura asks for payment: add billing details to the tenant in the Aura console, or use an instance of a tier that includes it.';
    case 403:
      return "Check that the user of 'client-id' is a member or an admin of the tenant.";
    case 405:
      return 'The tenant may have reached its limit for this tier: delete an instance that is no longer needed, or ask Neo4j to raise the limit. An account can have one Free instance.';
    case 404:
      return "Check 'api-url', and that the instance and the tenant exist.";
    case 409:
      return "The instance is busy; try again, or increase 'timeout'.";
    // Source: Aura API v1 specification, overwrite.
    case 420:
      return 'Aura does not offer this operation for the tier of the instance: choose an instance of another tier.';
    case 429:
      return 'Aura allows 125 requests per minute and client, and 25 without billing: run fewer jobs at the same time, or try again later.';
    default:
      return status >= 500 || status < 300
        ? "This is a problem on Aura's side; try again later."
        : "Compare the inputs with Aura's message.";
  }
}
