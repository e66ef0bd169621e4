/**
 * The statuses in which an instance rests. Everything else, known or not, counts as transitional:
 * Aura has shown statuses that its description lacks. Source: Aura API v1 specification.
 */
const settled: ReadonlySet<string> = new Set(['running', 'paused', 'suspended', 'loading failed']);

/** A status in the one spelling that is compared. */
export function normalizeStatus(status: string): string {
  return status.trim().toLowerCase();
}

/** Whether an instance of this (normalized) status changes no more by itself. */
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
 * Whether Aura is known to refuse a deletion in this (normalized) status, because an operation
 * runs. An unknown status is not among them: what it means is for Aura to say.
 */
export function isBusy(status: string): boolean {
  return busy.has(status);
}

/** Whether an instance of this (normalized) status is being deleted. */
export function isGoing(status: string): boolean {
  return status === 'destroying' || status === 'deleting';
}

/**
 * Why an instance of this (normalized) status will never reach `running` or `paused`, or undefined
 * where it still may.
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
