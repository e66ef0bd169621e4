import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { SafeFileError, readSafely } from '../../../src/core/secrets/safe-file.ts';

const limits = { maxBytes: 10, ownOnly: false };
const isWindows = process.platform === 'win32';

/** A path in a directory for this test only. */
function place(): string {
  const directory = mkdtempSync(join(tmpdir(), 'safe-file-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  return join(directory, 'file');
}

function reasonOf(path: string, ownOnly = false): string {
  try {
    return `read as '${readSafely(path, { ...limits, ownOnly }).toString('utf8')}'`;
  } catch (error) {
    if (!(error instanceof SafeFileError)) throw error;
    return error.message;
  }
}

describe('a regular file', () => {
  it.each(['', 'a', 'ten bytes!'])('is read whole: %j', (text) => {
    const path = place();
    writeFileSync(path, text);
    expect(readSafely(path, limits).toString('utf8')).toBe(text);
  });

  it.each([11, 12, 100_000, 3 * 2 ** 30])('of %d bytes is refused if 10 are allowed', (size) => {
    const path = place();
    writeFileSync(path, '');
    truncateSync(path, size);
    expect(reasonOf(path)).toBe('it is longer than 10 bytes');
  });

  it('causes the error of the file system if it is missing', () => {
    expect(() => readSafely(place(), limits)).toThrow(
      expect.objectContaining({ code: 'ENOENT' }) as Error,
    );
  });

  it.runIf(process.platform === 'linux')('is measured by its content, not by its size', () => {
    // All files in /proc report size 0.
    expect(reasonOf('/proc/self/status')).toBe('it is longer than 10 bytes');
  });

  it.skipIf(isWindows)('may have any mode unless it must be our own', () => {
    const path = place();
    writeFileSync(path, 'text', { mode: 0o644 });
    expect(reasonOf(path)).toBe("read as 'text'");
    expect(reasonOf(path, true)).toBe('its mode is 0644, not 0600');
  });

  it.skipIf(isWindows)('of another user is refused if it must be our own', () => {
    const path = place();
    writeFileSync(path, 'text', { mode: 0o600 });
    expect(reasonOf(path, true)).toBe("read as 'text'");
    const own = process.geteuid?.() ?? 0;
    const user = vi.spyOn(process, 'geteuid').mockReturnValue(own + 1);
    onTestFinished(() => {
      user.mockRestore();
    });
    expect(reasonOf(path, true)).toBe('it belongs to another user');
    expect(reasonOf(path)).toBe("read as 'text'");
  });
});

describe.skipIf(isWindows)('anything else', () => {
  it.each<[string, (path: string) => string, string]>([
    ['a directory', () => tmpdir(), 'it is not a regular file'],
    ['a device', () => '/dev/zero', 'it is not a regular file'],
    [
      'a pipe',
      (path) => {
        execFileSync('mkfifo', [path]);
        return path;
      },
      'it is not a regular file',
    ],
    [
      'a link to a good file',
      (path) => {
        writeFileSync(`${path}-good`, 'text');
        symlinkSync(`${path}-good`, path);
        return path;
      },
      'it is a symbolic link',
    ],
  ])('is refused immediately: %s', (_, make, reason) => {
    expect(reasonOf(make(place()))).toBe(reason);
  });
});
