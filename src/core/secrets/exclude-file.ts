import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Larger than any exclude file that people write. */
const largestBytes = 1024 * 1024;

/**
 * Adds lines to a repository's exclude file, unless it already contains the first of them. A
 * repository from another person can have a link or a device in its place: neither is followed.
 *
 * @throws if it is not a regular file, or if the file system refuses.
 */
export function excludeLines(file: string, lines: readonly string[]): void {
  const directory = dirname(file);
  mkdirSync(directory, { recursive: true });
  // Windows opens the target of a link, so check for a link first.
  for (const place of [directory, file]) {
    if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw new Error("git's exclude file is behind a symbolic link");
    }
  }
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = constants;
  const descriptor = openSync(file, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644);
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) throw new Error("git's exclude file is not a regular file");
    if (found.size > largestBytes) throw new Error("git's exclude file is too large");
    const text = readFileSync(descriptor, 'utf8');
    if (text.split('\n').includes(lines[0] ?? '')) return;
    const begin = text === '' || text.endsWith('\n') ? '' : '\n';
    writeSync(descriptor, `${begin}${lines.join('\n')}\n`);
  } finally {
    closeSync(descriptor);
  }
}
