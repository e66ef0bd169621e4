/**
 * Runs the tests.
 *
 *     node scripts/test.ts                        all of them, and checks their coverage
 *     node scripts/test.ts --reports DIRECTORY    the same, with a report of each run in JSON
 *     node scripts/test.ts ARGUMENT…              vitest with these arguments
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

/**
 * To measure coverage takes a fifth of the time of a test. The tests of these folders run without it:
 * they run processes, or repeat with faults what others cover. The others reach the thresholds alone.
 */
const uncovered = [
  'aura/dist',
  'aura/examples',
  'aura/faults',
  'aura/fleet',
  'aura/hanging',
  'harness',
  'repository',
  'scripts',
].map((folder) => `__tests__/${folder}/`);

const args = process.argv.slice(2);
const [first, directory = '.', ...others] = args;
const isWhole = args.length === 0 || (first === '--reports' && others.length === 0);

/** @returns whether all tests passed. */
function vitest(...options: string[]): boolean {
  const command = path.join('node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(process.execPath, [command, 'run', ...options], {
    stdio: 'inherit',
  });
  return status === 0;
}

function reportTo(name: string): string[] {
  const file = path.join(directory, `${name}.json`);
  return first === '--reports'
    ? ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    : [];
}

const excluded = uncovered.map((folder) => `--exclude=${folder}**`);
const runs = isWhole
  ? [
      ['--coverage', ...excluded, ...reportTo('covered')],
      [...uncovered, ...reportTo('uncovered')],
    ]
  : [args];
// The second run is not left out after a failure of the first.
const passed = runs.map((options) => vitest(...options));
process.exitCode = passed.every(Boolean) ? 0 : 1;
