import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, describe, it } from 'vitest';

import { projectRoot } from '../repository/project.ts';

interface Shown {
  readonly status: number | null;
  readonly lines: readonly string[];
}

/** Runs the demo to its end. */
async function demo(...options: readonly string[]): Promise<Shown> {
  const child = spawn(process.execPath, [join(projectRoot, 'scripts/main-job.ts'), ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return { status, lines: output.trimEnd().split('\n') };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A copy of the action whose main stage is another program; undefined: it is missing. */
function actionWith(main: string | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), 'main-job-test-'));
  folders.push(folder);
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  cpSync(join(projectRoot, 'action.yml'), join(folder, 'action.yml'));
  writeFileSync(join(folder, 'dist/post.js'), '');
  if (main !== undefined) writeFileSync(join(folder, 'dist/index.js'), main);
  return folder;
}

const real = JSON.stringify(pathToFileURL(join(projectRoot, 'dist/index.js')).href);

describe.concurrent('the demo', () => {
  it('shows the three jobs in one screen, and ends with what to do next', async ({ expect }) => {
    const { status, lines } = await demo();
    expect(lines.filter((line) => line.startsWith('Failed'))).toEqual([]);
    expect(status).toBe(0);
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(lines.join('\n')).toMatch(/no instance -> 1 running[^]+1 running -> no instance/);
    expect(lines.join('\n')).toMatch(/1 running -> 1 paused[^]+1 paused -> 1 running/);
    expect(lines.at(-2)).toMatch(/^Next: 1\. Create API credentials/);
    expect(lines.at(-1)).toMatch(/^ +2\. Copy the workflow/);
  });

  it('fails if a step succeeds without doing anything', async ({ expect }) => {
    const { status, lines } = await demo('--action', actionWith(''));
    expect(status).toBe(1);
    expect(lines.at(-1)).toMatch(
      /^Failed: pull request opened: output 'operation' is not set, not 'create'; .*; Aura has no instance, not 1 running; /,
    );
  });

  it('fails if a step fails, and shows its whole log', async ({ expect }) => {
    const { status, lines } = await demo(
      '--action',
      actionWith("console.log('::error::Out of order.');\nprocess.exitCode = 1;\n"),
    );
    expect(status).toBe(1);
    expect(lines).toContain('    Run aura-action/aura-action@v1');
    expect(lines).toContain('    Error: Out of order.');
    expect(lines.at(-1)).toContain('Failed: pull request opened: its main stage ended in failure;');
  });

  it('fails if the bundle is missing', async ({ expect }) => {
    const { status, lines } = await demo('--action', actionWith(undefined));
    expect(status).toBe(1);
    expect(lines.at(-1)).toContain('Failed: pull request opened: its main stage ended in failure;');
  });

  it('fails if a step says that it deleted the instance, but did not', async ({ expect }) => {
    const pretends = [
      "import { appendFileSync, readFileSync } from 'node:fs';",
      "const event = JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'));",
      `if (event.action !== 'closed') await import(${real});`,
      "else appendFileSync(process.env.GITHUB_OUTPUT, 'operation=delete\\nchanged=true\\nstatus=deleted\\n');",
    ];
    const { status, lines } = await demo('--action', actionWith(pretends.join('\n')));
    expect(status).toBe(1);
    expect(lines.at(-1)).toBe('Failed: pull request closed: Aura has 1 running, not no instance.');
  });

  it('fails if another job gets another password', async ({ expect }) => {
    const spoils = [
      "import { appendFileSync } from 'node:fs';",
      `await import(${real});`,
      "if (process.env['INPUT_OPERATION'] === 'get') process.on('exit', () => {",
      "  appendFileSync(process.env.GITHUB_ENV, 'NEO4J_PASSWORD=another one\\n');",
      '});',
    ];
    const { status, lines } = await demo('--action', actionWith(spoils.join('\n')));
    expect(status).toBe(1);
    expect(lines.at(-1)).toBe(
      'Failed: another job uses it: NEO4J_PASSWORD is not the password of the instance.',
    );
  });
});
