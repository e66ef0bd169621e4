/**
 * Checks workflows with actionlint and zizmor: those of this repository, of the examples, and of the
 * documents; or only the given files.
 *
 *     node scripts/lint-workflows.ts [FILE…]
 *
 * Ends with 77 if one of the two could not run here and the other one found nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Files, projectFiles } from './lint-workflows/files.ts';
import { print, run, Skipped, skipped } from './run-program.ts';
import { goTool, programOf, pythonTool, type Tool } from './tools.ts';

interface Linter extends Tool {
  /** The arguments before the files. */
  readonly args: readonly string[];
}

/** https://github.com/rhysd/actionlint */
const actionlint: Linter = {
  ...goTool('actionlint', '1.7.12', 'github.com/rhysd/actionlint/cmd/actionlint'),
  // The same results everywhere: it uses other linters where these happen to be installed.
  args: ['-shellcheck=', '-pyflakes=', '-no-color'],
};

/** https://docs.zizmor.sh */
const zizmor: Linter = {
  ...pythonTool('zizmor', '1.32.0'),
  args: ['--offline', '--quiet', '--no-progress', '--color=never', '--config=.github/zizmor.yml'],
};

/** Runs one tool. @returns the exit code */
async function lint(tool: Linter, files: readonly string[]): Promise<number> {
  const { name, version } = tool;
  try {
    const program = await programOf(tool);
    const { status, output } = await run(program, [...tool.args, ...files], { seconds: 120 });
    const found = status === 0 ? 'no finding' : 'FAILED';
    print(`${name} ${version}: ${files.length} files, ${found}`);
    if (status !== 0) print(output.trimEnd());
    return status === 0 ? 0 : 1;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    print(error instanceof Skipped ? `Skipped ${name} ${version}: ${reason}.` : reason);
    return error instanceof Skipped ? skipped : 1;
  }
}

async function main(given: readonly string[]): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'workflows-'));
  try {
    const { workflows, others }: Files =
      given.length > 0 ? { workflows: given, others: [] } : projectFiles(folder);
    const statuses = [
      await lint(actionlint, workflows),
      await lint(zizmor, [...workflows, ...others]),
    ];
    if (statuses.includes(1)) return 1;
    return statuses.includes(skipped) ? skipped : 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
