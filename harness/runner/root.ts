import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where Linux keeps files in memory. */
const inMemory = '/dev/shm';
const prefix = 'fake-runner-';

/**
 * Makes the directory of a job. A job makes some ten files and removes them all: on a disk that takes
 * ten times as long as in memory, and as long as a whole step takes within the test's process.
 */
export function makeRoot(): string {
  if (process.platform === 'linux') {
    try {
      return mkdtempSync(path.join(inMemory, prefix));
    } catch {
      // A container may have no such place, or may not be allowed to write there.
    }
  }
  return mkdtempSync(path.join(tmpdir(), prefix));
}
