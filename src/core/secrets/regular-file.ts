import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

const chunkBytes = 64 * 1024;

/**
 * Opens a regular file and nothing else: to open or to read a FIFO or a device can take forever,
 * and Node cannot even exit in the meantime.
 *
 * @param flags as for `open(2)`, such as `constants.O_RDONLY`.
 * @returns a descriptor, to be closed.
 * @throws where it cannot be opened, or is something else.
 */
function openRegularFile(path: string, flags: number): number {
  // On Windows, which has no such files, the constant is undefined and counts as 0.
  const descriptor = openSync(path, flags | constants.O_NONBLOCK, 0o666);
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error('it is no regular file');
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/**
 * Reads the file of a descriptor from {@link openRegularFile} as UTF-8.
 *
 * @param mostBytes larger files are refused: not every file has an end.
 */
function readAll(descriptor: number, mostBytes: number): string {
  const chunks: Buffer[] = [];
  for (let bytes = 0; ;) {
    const chunk = Buffer.alloc(chunkBytes);
    const count = readSync(descriptor, chunk, 0, chunkBytes, null);
    if (count === 0) return Buffer.concat(chunks).toString('utf8');
    bytes += count;
    if (bytes > mostBytes) throw new Error(`it is over ${mostBytes} bytes`);
    chunks.push(chunk.subarray(0, count));
  }
}

/** Reads a regular file as UTF-8. @throws where it is something else, or larger than `mostBytes`. */
export function readRegularFile(path: string, mostBytes: number): string {
  const descriptor = openRegularFile(path, constants.O_RDONLY);
  try {
    return readAll(descriptor, mostBytes);
  } finally {
    closeSync(descriptor);
  }
}
