import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where Linux keeps files in memory. */
const inMemory = '/dev/shm';
const prefix = 'fake-runner-';

/**
 * Creates the directory of a job. A job creates and removes about ten files: on a disk, this
 * takes ten times as long as in memory, and as long as a whole step in the test's process.
 */
export function makeRoot(): string {
  if (process.platform === 'linux') {
    try {
      return mkdtempSync(path.join(inMemory, prefix));
    } catch {
      // A container may lack this directory or the permission to write to it.
    }
  }
  return mkdtempSync(path.join(tmpdir(), prefix));
}
