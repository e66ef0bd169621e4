import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, onTestFinished, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../scripts/real-clients.ts', import.meta.url));

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/**
 * Runs the script where `python3` is a shell script that makes a virtual environment out of itself.
 *
 * @param body - what it does otherwise; `$*` are its arguments
 */
async function runWith(body: string | undefined): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'real-clients-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  if (body !== undefined) {
    const venv = 'if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; exit; fi';
    await writeFile(join(folder, 'python3'), `#!/bin/sh\n${venv}\n${body}\n`);
    await chmod(join(folder, 'python3'), 0o755);
  }
  // The shell's own tools, but no Python.
  for (const name of ['python', 'python3']) {
    if (name === 'python3' && body !== undefined) continue;
    await writeFile(join(folder, name), '#!/bin/sh\nexit 1\n');
    await chmod(join(folder, name), 0o755);
  }
  const env = { ...process.env, PATH: [folder, process.env['PATH']].join(delimiter) };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [SCRIPT], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('close', (status) => {
      resolve({ status, output });
    });
  });
}

test('without Python the real clients are skipped, and the output says so', async () => {
  const { status, output } = await runWith(undefined);
  expect(status).toBe(77);
  expect(output).toContain('Skipped: Python 3.11 or later, with venv, is not at hand.');
  expect(output).toContain('aura-python-sdk, neo4j-aura-sdk, mcp-neo4j-aura-manager were not run');
});

test('without a package registry they are skipped too', async () => {
  const said =
    'WARNING: Retrying (Retry(total=1)) after connection broken by NewConnectionError: no route';
  const { status, output } = await runWith(
    `case "$*" in *install*) echo "${said}"; echo 'ERROR: No matching distribution found'; exit 1;; esac`,
  );
  expect(status).toBe(77);
  expect(output).toContain('Skipped: the package registry of Python cannot be reached.');
});

test('clients that cannot be installed are a failure', async () => {
  const { status, output } = await runWith(
    `case "$*" in *install*) echo 'ERROR: No matching distribution found'; exit 1;; esac`,
  );
  expect(status).toBe(1);
  expect(output).toContain('The clients could not be installed:\nERROR: No matching distribution');
});

test('a failing life cycle is a failure: the report names the step and shows what was printed', async () => {
  const { status, output } = await runWith(
    `case "$*" in *life-of-neo4j*) echo 'step create'; echo 'step pause'; echo 'AttributeError: x' >&2; exit 1;; esac`,
  );
  expect(status).toBe(1);
  expect(output).toMatch(/^neo4j-aura-sdk 0\.1\.5: FAILED, 2 steps, 0 requests/m);
  expect(output).toContain('It failed in step pause.');
  expect(output).toContain('| AttributeError: x');
});

test('a life cycle that sends nothing is a failure, even if it ends well', async () => {
  const { status, output } = await runWith('exit 0');
  expect(status).toBe(1);
  expect(output).toMatch(/^aura-python-sdk 0\.1\.5: FAILED, 0 steps/m);
  expect(output).toContain("no request was 'POST /v1/instances/{id}/snapshots 202'");
});
