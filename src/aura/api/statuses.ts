/**
 * The final statuses. Every other status, known or not, counts as transitional: Aura has returned
 * statuses that its specification does not list. Source: Aura API v1 specification.
 */
const settled: ReadonlySet<string> = new Set(['running', 'paused', 'suspended', 'loading failed']);

/** A status in the spelling that comparisons use. */
export function normalizeStatus(status: string): string {
  return status.trim().toLowerCase();
}

/** Whether an instance with this (normalized) status no longer changes automatically. */
export function isSettled(status: string): boolean {
  return settled.has(status);
}

/** Source: Aura API v1 specification; `resizing` from a client's tests. */
const busy: ReadonlySet<string> = new Set([
  'creating',
  'loading',
  'overwriting',
  'pausing',
  'restoring',
  'resizing',
  'resuming',
  'suspending',
  'updating',
]);

/**
 * Whether Aura is known to refuse a deletion in this (normalized) status, because an operation is
 * in progress. An unknown status is not included: Aura decides.
 */
export function isBusy(status: string): boolean {
  return busy.has(status);
}

/** Whether an instance with this (normalized) status is being deleted. */
export function isGoing(status: string): boolean {
  return status === 'destroying' || status === 'deleting';
}

/**
 * Why an instance with this (normalized) status will never reach `running` or `paused`; undefined
 * if it still can.
 */
export function deadEnd(status: string): string | undefined {
  switch (status) {
    case 'loading failed':
      return 'its data could not be loaded';
    case 'destroying':
    case 'deleting':
      return 'it is being deleted';
    case 'suspending':
    case 'suspended':
      return 'Aura has suspended it';
    default:
      return undefined;
  }
}
