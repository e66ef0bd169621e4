import { readFileSync, readdirSync } from 'node:fs';

/**
 * Ends what a job left running, as the runner does: it recognizes its processes by a variable that
 * they inherited. Only on Linux, where the environment of a process is a file.
 */
export function endProcesses(trackingId: string): void {
  for (const id of findProcesses(trackingId)) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It ended in the meantime.
    }
  }
}

/** The ids of the processes that a job left running. */
export function findProcesses(trackingId: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => environmentOf(id).includes(`RUNNER_TRACKING_ID=${trackingId}`))
    .map(Number);
}

/** Empty for a process of another user, and for one that has just ended. */
function environmentOf(id: string): readonly string[] {
  try {
    return readFileSync(`/proc/${id}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
