import { readSafely } from '../secrets/safe-file.ts';
import type { RunEvent } from './event.ts';

/** GitHub's limit for a payload is 25 MB. */
const maxBytes = 32 * 1024 * 1024;

/**
 * The event of the run, from the runner's variables. @param debug called if it cannot be read.
 */
export function readEvent(env: NodeJS.ProcessEnv, debug: (line: string) => void): RunEvent {
  return {
    name: env['GITHUB_EVENT_NAME'] ?? '',
    repository: env['GITHUB_REPOSITORY'] ?? '',
    ref: env['GITHUB_REF'] ?? '',
    actor: env['GITHUB_ACTOR'] ?? '',
    payload: readPayload(env['GITHUB_EVENT_PATH'], debug),
  };
}

function readPayload(path: string | undefined, debug: (line: string) => void): unknown {
  if (!path) {
    debug('GITHUB_EVENT_PATH is not set, so the event has no payload.');
    return undefined;
  }
  try {
    return JSON.parse(readSafely(path, { maxBytes, followLinks: true }).toString('utf8'));
  } catch (error) {
    debug(`Could not read the event's payload: ${String(error)}`);
    return undefined;
  }
}
