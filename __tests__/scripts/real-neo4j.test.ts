import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, onTestFinished, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/real-neo4j.ts', import.meta.url));
const java = 'echo \'openjdk version "17.0.15" 2025-04-15\' >&2';
const works = 'exit 0';

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** Runs the script where `java` and `mvn` are these shell scripts, or are not at hand. */
async function runWith(
  programs: Readonly<Partial<Record<'java' | 'mvn', string>>>,
): Promise<Ended> {
  const folder = mkdtempSync(path.join(tmpdir(), 'real-neo4j-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  for (const name of ['java', 'mvn'] as const) {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${programs[name] ?? 'exit 127'}\n`);
    chmodSync(file, 0o755);
  }
  const env = { ...process.env, PATH: [folder, process.env['PATH']].join(path.delimiter) };
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((resolve) => {
    child.once('close', (status) => {
      resolve({ status, output });
    });
  });
}

describe('the tests with a real Neo4j are skipped, and the output says so,', () => {
  test.each([
    ['Java', {}, 'Java 17 or later is not at hand'],
    ['a new Java', { java: 'echo \'java version "11.0.2"\' >&2', mvn: works }, 'Java 17 or later'],
    ['Maven', { java }, 'Maven is not at hand'],
    [
      'the package registry',
      {
        java,
        mvn: 'case "$*" in *compile*) echo "Could not transfer artifact: Unknown host"; exit 1;; esac',
      },
      'the package registry of Java cannot be reached',
    ],
  ])('without %s', async (_, programs, reason) => {
    const { status, output } = await runWith(programs);
    expect(status).toBe(77);
    expect(output).toContain(`Skipped: ${reason}`);
    expect(output).toContain('No real Neo4j was started.');
  });
});

describe('it is a failure', () => {
  test('if Neo4j cannot be built', async () => {
    const { status, output } = await runWith({
      java,
      mvn: 'case "$*" in *compile*) echo "cannot find symbol"; exit 1;; esac',
    });
    expect(status).toBe(1);
    expect(output).toBe('Neo4j could not be built from its packages:\ncannot find symbol\n\n');
  });

  test('if Neo4j does not start', async () => {
    const { status, output } = await runWith({
      java,
      mvn: 'case "$*" in *exec:java*) echo "Port in use"; exit 3;; esac',
    });
    expect(status).toBe(1);
    expect(output).toBe('Neo4j did not start: it ended with 3.\nPort in use\n\n');
  });
});
