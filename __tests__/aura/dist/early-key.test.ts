import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../../harness/runner/action.ts';
import { makeDirectory } from '../../core/secrets/env-file-places.ts';
import { needed, sealedUnderSecret } from '../inputs/step-inputs.ts';

/** Runs the bundle where a key can only be derived on another thread. */
const script = `
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
crypto.scryptSync = () => { throw new Error('a key was derived on the main thread'); };
syncBuiltinESMExports();
await import('./dist/index.js');`;

/** The files that a runner has for the results of a step. */
function runnerFiles(): Record<string, string> {
  const directory = makeDirectory();
  const names = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV'];
  return Object.fromEntries(
    names.map((name) => {
      const file = path.join(directory, name);
      writeFileSync(file, '');
      return [name, file];
    }),
  );
}

function run(sealed: string): string {
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: repositoryRoot,
    env: {
      ...runnerFiles(),
      INPUT_OPERATION: 'get',
      'INPUT_CLIENT-SECRET': needed['client-secret'],
      'INPUT_SEALED-CREDENTIALS': sealed,
    },
    encoding: 'utf8',
  }).stdout;
}

test('the key of sealed credentials is derived while the bundle is loaded', () => {
  const log = run(sealedUnderSecret);
  expect(log).toContain("Input 'client-id'");
  expect(log).not.toContain('main thread');
  expect(log).not.toContain("Input 'sealed-credentials'");
});

test('sealed credentials without a key are reported together with other inputs', () => {
  const log = run(sealedUnderSecret.slice(0, -1));
  expect(log).toContain("Input 'client-id'");
  expect(log).toContain("Input 'sealed-credentials' cannot be decrypted: it is incomplete");
});
