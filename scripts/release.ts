/**
 * Decides about a release, one step at a time. docs/releasing.md says how the workflow uses it.
 *
 *     node scripts/release.ts check   --version X.Y.Z --built DIRECTORY
 *     node scripts/release.ts draft   --version X.Y.Z
 *     node scripts/release.ts publish --version X.Y.Z
 *
 * Each step can be run again after a failure: it continues where the last run ended. It needs no
 * package, so that the jobs that can write install none.
 */
import { parseArgs } from 'node:util';

import { readCheckout, Refusal } from './release/checkout.ts';
import { createGitHub } from './release/github.ts';
import { check, draft, publish } from './release/steps.ts';

const steps = new Map(Object.entries({ check, draft, publish }));

/** @returns the exit code */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { version: { type: 'string', default: '' }, built: { type: 'string' } },
  });
  const name = positionals.join(' ');
  const step = steps.get(name);
  if (step === undefined) throw new Refusal([`'${name}' is not check, draft or publish.`]);
  if (name === 'check' && values.built === undefined) {
    throw new Refusal(["'check' needs '--built', a folder with a fresh build."]);
  }
  const checkout = readCheckout(process.cwd(), values.version, values.built);
  const github = createGitHub({
    apiUrl: read('GITHUB_API_URL'),
    repository: read('GITHUB_REPOSITORY'),
    token: read('GITHUB_TOKEN'),
  });
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  await step({ sha: read('GITHUB_SHA'), ref: read('GITHUB_REF'), checkout, github, print });
  return 0;
}

function read(name: string): string {
  const value = process.env[name];
  if (!value) throw new Refusal([`${name} is not set; the workflow 'Release' sets it.`]);
  return value;
}

process.exitCode = await main().catch((error: unknown) => {
  const reasons = error instanceof Refusal ? error.reasons : [describe(error)];
  process.stdout.write(reasons.map((reason) => `Error: ${reason}\n`).join(''));
  return 1;
});

function describe(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `${reason} Run the failed job again: it continues where this run ended.`;
}
