import {
  type Stats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';

const chunkBytes = 64 * 1024;

/** A file that is not read; the message says why and contains nothing of the file. */
export class SafeFileError extends Error {
  override readonly name = 'SafeFileError';
}

/** The conditions for reading a file. */
export interface SafeFileLimits {
  /** A longer file is refused, even if it grows while it is read. */
  readonly maxBytes: number;
  /** Whether it must belong to the process's user, with mode 0600; default: no. Not on Windows. */
  readonly ownOnly?: boolean;
  /** Whether it may be a link to such a file; default: no. */
  readonly followLinks?: boolean;
}

/**
 * Reads a regular file that another process may have created. It never waits: it refuses a pipe or
 * a device, because reading one can take forever, and Node.js cannot exit in the meantime. It checks
 * the open file, so that no other process can replace the file between check and read.
 *
 * @throws {@link SafeFileError} for any other file, or the error of the file system.
 */
export function readSafely(path: string, limits: SafeFileLimits): Buffer {
  const { maxBytes, ownOnly = false, followLinks = false } = limits;
  // Some systems cannot refuse a link while they open the file: only this check finds it. It also
  // avoids opening a device, which can have side effects.
  assertRegular(followLinks ? statSync(path) : lstatSync(path));
  const descriptor = openSync(path, followLinks ? readFlags : readFlags | noLinks);
  try {
    const found = fstatSync(descriptor);
    assertRegular(found);
    if (ownOnly) assertOwn(found);
    if (found.size > maxBytes) throw tooLong(maxBytes);
    return readUpTo(descriptor, maxBytes);
  } finally {
    closeSync(descriptor);
  }
}

/** On Windows these constants are undefined. */
const orNothing = (flag: number | undefined): number => flag ?? 0;
const readFlags = constants.O_RDONLY | orNothing(constants.O_NONBLOCK);
const noLinks = orNothing(constants.O_NOFOLLOW);

function assertRegular(found: Stats): void {
  if (found.isSymbolicLink()) throw new SafeFileError('it is a symbolic link');
  if (!found.isFile()) throw new SafeFileError('it is not a regular file');
}

function assertOwn(found: Stats): void {
  if (process.platform === 'win32') return;
  if (found.uid !== process.geteuid?.()) throw new SafeFileError('it belongs to another user');
  const mode = found.mode & 0o7777;
  if (mode !== 0o600) {
    throw new SafeFileError(`its mode is 0${mode.toString(8)}, not 0600`);
  }
}

/** The size that was read before may be wrong now; for files in `/proc` it always is. */
function readUpTo(descriptor: number, maxBytes: number): Buffer {
  const chunks: Buffer[] = [];
  for (let bytes = 0; ;) {
    const chunk = Buffer.alloc(chunkBytes);
    const count = readSync(descriptor, chunk, 0, chunkBytes, null);
    if (count === 0) return Buffer.concat(chunks);
    bytes += count;
    if (bytes > maxBytes) throw tooLong(maxBytes);
    chunks.push(chunk.subarray(0, count));
  }
}

function tooLong(maxBytes: number): SafeFileError {
  return new SafeFileError(`it is longer than ${maxBytes} bytes`);
}
