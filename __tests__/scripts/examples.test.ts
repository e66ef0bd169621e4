import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, onTestFinished, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/examples.ts', import.meta.url));

interface Ended {
  readonly status: number | null;
  readonly output: string;
  /** What it has left in the folder for temporary files. */
  readonly left: readonly string[];
}

/** Shell scripts that stand for the programs. */
interface Programs {
  readonly go?: string;
  readonly act?: string;
}

/** Runs the script for one example, with a home and a folder for temporary files of its own. */
async function runWith({ go = 'exit 1', act }: Programs): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'examples-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const cache = join(folder, 'cache', 'aura-action', 'act-0.2.89');
  const write = async (path: string, name: string, body: string): Promise<void> => {
    await mkdir(path, { recursive: true });
    await writeFile(join(path, name), `#!/bin/sh\n${body}\n`);
    await chmod(join(path, name), 0o755);
  };
  await write(join(folder, 'bin'), 'go', go);
  if (act !== undefined) await write(cache, 'act', act);
  const temporary = join(folder, 'tmp');
  await mkdir(temporary);
  const env = {
    ...process.env,
    PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
    XDG_CACHE_HOME: join(folder, 'cache'),
    TMPDIR: temporary,
  };
  const { status, output } = await new Promise<Omit<Ended, 'left'>>((resolve) => {
    const args = [script, 'examples/nightly-sweep.yml'];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    child.once('close', (code) => {
      resolve({ status: code, output: text });
    });
  });
  return { status, output, left: await readdir(temporary) };
}

const unix = process.platform !== 'win32';

test.runIf(unix)('without Go the examples are skipped, and the output says so', async () => {
  const { status, output, left } = await runWith({});
  expect(status).toBe(77);
  expect(output).toBe(
    'Skipped: Go is not at hand. The workflows of the examples and documents were not run.\n',
  );
  expect(left).toEqual([]);
});

test.runIf(unix)('without the module proxy they are skipped too', async () => {
  const { status, output } = await runWith({
    go: '[ "$1" = version ] || { echo "dial tcp: lookup proxy.example: no such host"; exit 1; }',
  });
  expect(status).toBe(77);
  expect(output).toContain('Skipped: its package registry cannot be reached.');
});

test.runIf(unix)('an act that cannot be built is a failure', async () => {
  const { status, output, left } = await runWith({
    go: '[ "$1" = version ] || { echo "syntax error"; exit 1; }',
  });
  expect(status).toBe(1);
  expect(output).toContain('act could not be installed:\nsyntax error');
  expect(left).toEqual([]);
});

test.runIf(unix)('a run that does nothing is a failure, even if it ends well', async () => {
  const { status, output, left } = await runWith({ act: 'exit 0' });
  expect(status).toBe(1);
  expect(output).toMatch(/^FAIL nightly-sweep\.yml +schedule, 17 3 /m);
  expect(output).toMatch(/'shop-feature-stale-\w+-\w+' is left behind/);
  expect(output).toContain('1 workflows, 5 events, 3 failed');
  expect(left).toEqual([]);
});

test.runIf(unix)('a secret that a run prints is a failure', async () => {
  const said = `echo "{\\"msg\\":\\"It is \${one#*=}.\\"}"`;
  const act = `for one; do case $one in AURA_CLIENT_SECRET=*) ${said};; esac; done`;
  const { status, output } = await runWith({ act });
  expect(status).toBe(1);
  expect(output).toContain('a secret is in the log');
});

test.runIf(unix)('a failed run is a failure, and its log is shown', async () => {
  const act = `echo '{"msg":"  ::error::No such tenant","command":"error","job":"Sweep/sweep"}'; exit 1`;
  const { status, output } = await runWith({ act });
  expect(status).toBe(1);
  expect(output).toContain('     the run failed\n');
  expect(output).toContain('     Sweep/sweep | ::error::No such tenant\n');
});
