import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { startGitHub, type GitHubServer } from '../../../harness/github/server.ts';
import { projectRoot } from '../../repository/project.ts';

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** A checkout that is ready for 1.2.3, with the scripts but without any package. */
function checkout(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'release-command-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  for (const name of ['release.ts', 'release']) {
    cpSync(path.join(projectRoot, 'scripts', name), path.join(folder, 'scripts', name), {
      recursive: true,
    });
  }
  writeFileSync(path.join(folder, 'package.json'), '{"version":"1.2.3","type":"module"}');
  writeFileSync(path.join(folder, 'CHANGELOG.md'), '## [1.2.3] - 2026-09-01\n\n- News.\n');
  for (const name of ['dist', 'built']) {
    mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, name, 'index.js'), 'run();');
  }
  return folder;
}

/** Runs the script as the workflow does. */
function run(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const command = ['scripts/release.ts', ...args];
    const child = spawn(process.execPath, command, { cwd: folder, env, stdio: 'pipe' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('close', (status) => {
      resolve({ status, output });
    });
  });
}

function environmentOf({ url, git }: GitHubServer): Record<string, string> {
  return {
    GITHUB_API_URL: url,
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_SHA: git.commit('here'),
    GITHUB_REF: 'refs/heads/main',
    GITHUB_TOKEN: 'ghs_secret',
  };
}

const version = ['--version', '1.2.3'];

test('the command takes a version from its check to its publication, without any package', async () => {
  await using server = await startGitHub({ contents: 'write' });
  const folder = checkout();
  const env = environmentOf(server);
  const check = await run(folder, ['check', ...version, '--built', 'built'], env);
  expect(check).toEqual({
    status: 0,
    output: `v1.2.3 can be released from ${env['GITHUB_SHA'] ?? ''}.\n`,
  });
  expect(await run(folder, ['draft', ...version], env)).toMatchObject({ status: 0 });
  const publish = await run(folder, ['publish', ...version], env);
  expect(publish.output).toContain('Published v1.2.3 at');
  expect(publish.status).toBe(0);
  expect(server.git.tag('v1')?.sha).toBe(env['GITHUB_SHA']);
});

test('a dist that is not what the commit builds ends the command with 1 and the reason', async () => {
  await using server = await startGitHub();
  const folder = checkout();
  writeFileSync(path.join(folder, 'dist', 'index.js'), 'steal();');
  const ended = await run(folder, ['check', ...version, '--built', 'built'], environmentOf(server));
  expect(ended).toEqual({
    status: 1,
    output:
      "Error: The committed dist is not what this commit builds: index.js. Run 'npm run build' and commit dist.\n",
  });
  expect(server.exchanges).toEqual([]);
});

test('a failure of GitHub says that the job can be run again, and shows no token', async () => {
  await using server = await startGitHub();
  server.order({ answer: { status: 503, body: { message: 'Unavailable\n::warning::x' } } });
  const { status, output } = await run(checkout(), ['draft', ...version], environmentOf(server));
  expect(status).toBe(1);
  expect(output).toBe(
    "Error: GET /repos/octo/shop/git/matching-refs/tags%2Fv: GitHub answered 503 'Unavailable ::warning::x'. Run the failed job again: it continues where this run ended.\n",
  );
});

test.each([
  [['push', ...version], "'push' is not check, draft or publish."],
  [['check', ...version], "'check' needs '--built'"],
  [['constructor', ...version], "'constructor' is not check, draft or publish."],
  [['draft'], "'' is not a version"],
  [['draft', ...version], "GITHUB_API_URL is not set; the workflow 'Release' sets it."],
])('%j ends with 1: %s', async (args, reason) => {
  const { status, output } = await run(checkout(), args);
  expect(status).toBe(1);
  expect(output).toContain(`Error: ${reason}`);
});
