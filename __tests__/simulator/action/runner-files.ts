import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory that is removed after the test. */
export function makeDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'simulator-action-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  return directory;
}

/** The variables with the files and the directory of a runner. */
export function makeRunnerFiles(): Readonly<Record<string, string>> {
  const directory = makeDirectory();
  const names = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV'];
  const files = names.map((name): [string, string] => [name, path.join(directory, name)]);
  for (const [, file] of files) writeFileSync(file, '');
  return { ...Object.fromEntries(files), RUNNER_TEMP: directory };
}
