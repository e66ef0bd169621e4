import {
  type Stats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
} from 'node:fs';

/** A file that is not read; the message says why and contains no part of the file. */
export class SafeFileError extends Error {
  override readonly name = 'SafeFileError';
}

/** The conditions for reading a file. */
export interface SafeFileLimits {
  /** A longer file is refused, also one that grows while it is read. */
  readonly maxBytes: number;
  /** Whether it must belong to our own user, with mode 0600. Windows has no such modes. */
  readonly ownOnly: boolean;
}

/**
 * Reads a regular file that another process may have created. It never waits: it refuses pipes,
 * devices and links. It checks the open file, so that the file cannot be exchanged in between.
 *
 * @throws {@link SafeFileError} for anything else than such a file, or the error of the file
 *   system.
 */
export function readSafely(path: string, limits: SafeFileLimits): Buffer {
  // Where the system cannot refuse a link while it opens the file, only this look finds it. It also
  // keeps us from opening a device, which can have an effect of its own.
  assertRegular(lstatSync(path));
  const descriptor = openSync(path, readFlags);
  try {
    const found = fstatSync(descriptor);
    assertRegular(found);
    if (limits.ownOnly) assertOwn(found);
    if (found.size > limits.maxBytes) throw tooLong(limits);
    return readUpTo(descriptor, limits);
  } finally {
    closeSync(descriptor);
  }
}

/** Windows knows the last two not at all; they are undefined there. */
const flagsOfSomeSystems: readonly (number | undefined)[] = [
  constants.O_NOFOLLOW,
  constants.O_NONBLOCK,
];
const readFlags = flagsOfSomeSystems.reduce<number>(
  (flags, flag) => flags | (flag ?? 0),
  constants.O_RDONLY,
);

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

/** The size that was read before may be wrong by now, or always, as for the files of `/proc`. */
function readUpTo(descriptor: number, limits: SafeFileLimits): Buffer {
  const buffer = Buffer.alloc(limits.maxBytes + 1);
  let length = 0;
  while (length < buffer.length) {
    const read = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (read === 0) return buffer.subarray(0, length);
    length += read;
  }
  throw tooLong(limits);
}

function tooLong({ maxBytes }: SafeFileLimits): SafeFileError {
  return new SafeFileError(`it is longer than ${maxBytes} bytes`);
}
