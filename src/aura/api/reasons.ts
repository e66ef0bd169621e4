import type { RequestError } from '../../core/http/request-error.ts';

/** The advice for one of Aura's reasons; undefined for another one. */
export function adviceForReason(error: RequestError): string | undefined {
  if (error.hasReason('database-incapable-of-action')) return adviceOnTier(error);
  return adviceByReason.find(([reason]) => error.hasReason(reason))?.[1];
}

const checkTenant =
  "Check input 'tenant': the user of 'client-id' must be a member of this tenant (project).";

/** Reasons in Aura's errors. Source: Aura API v1 specification; official clients; seen live. */
const adviceByReason: readonly (readonly [reason: string, advice: string])[] = [
  [
    'missing-billing-details',
    "Add billing details to the tenant in the Aura console, or set 'tier: free'.",
  ],
  ['tenant-not-found', checkTenant],
  [
    'tenant-incapable-of-action',
    'The tenant (project) does not have this feature: use another value, or ask Neo4j to enable it.',
  ],
  [
    'invalid-memory-size',
    "Aura does not offer this pair of 'memory' and 'storage' for the tier: set another 'memory', and leave 'storage' empty to get the size that belongs to it.",
  ],
  [
    'db-not-found',
    "Check 'instance-id' and 'source-instance-id': Aura has no instance with this id.",
  ],
  ['db-already-deleted', 'The instance has been deleted. Check what has deleted it.'],
  [
    'snapshot-not-found',
    "Check the id of the snapshot, or use 'latest': Aura deletes old snapshots after some time.",
  ],
  [
    'encryption-key-not-found',
    "Check 'customer-managed-key-id': the key must exist in this tenant, for the same cloud and region.",
  ],
  [
    'encryption-key-is-active',
    'An instance still uses this key: delete that instance first if it is not needed.',
  ],
  [
    'instance-action-unavailable',
    "The instance's current status does not allow this operation. If it is paused, resume it with operation 'resume', then run this step again.",
  ],
  [
    'ongoing-database-operation',
    "Another operation is in progress; try again, or increase 'timeout'.",
  ],
  [
    'snapshot-not-allowed',
    'Aura takes no snapshot of this instance now: check its tier and its snapshots in the Aura console, and try again later.',
  ],
];

/** Some tiers lack an operation or a value. Source of the 72 hours: Aura console. */
function adviceOnTier({ request }: RequestError): string {
  if (request.endsWith('/pause')) {
    return "The tier of this instance does not support 'pause'. Use a paid tier, or remove this step: Aura pauses a Free instance automatically after 72 hours without use.";
  }
  const [, action] = /^POST .*\/(snapshots|restore|overwrite|resume)$/.exec(request) ?? [];
  return action === undefined
    ? 'The tier of this instance does not support this value. Use another value, or an instance of another tier.'
    : `The tier of this instance does not support '${action === 'snapshots' ? 'snapshot' : action}'. Use an instance of another tier, or remove this step.`;
}
