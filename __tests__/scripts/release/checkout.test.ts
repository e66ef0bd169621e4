import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { readCheckout, Refusal } from '../../../scripts/release/checkout.ts';

const changelog = [
  '# Changelog',
  '## [Unreleased]',
  '## [1.2.3] - 2026-09-01',
  '',
  '### Added',
  '',
  '- Something.',
  '',
  '## [1.2.2] - 2026-08-01',
  '',
  '- Older.',
  '',
].join('\n');

/** A checkout that is ready for 1.2.3; `files` replace or add files, `undefined` removes one. */
function folderWith(files: Readonly<Record<string, string | undefined>> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'release-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const all: Readonly<Record<string, string | undefined>> = {
    'package.json': '{"version":"1.2.3"}',
    'CHANGELOG.md': changelog,
    'dist/index.js': 'run();',
    'dist/deep/server.js': 'serve();',
    'built/index.js': 'run();',
    'built/deep/server.js': 'serve();',
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    if (text === undefined) continue;
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

function reasonsFor(
  files: Readonly<Record<string, string | undefined>>,
  version = '1.2.3',
): readonly string[] {
  const folder = folderWith(files);
  try {
    readCheckout(folder, version, path.join(folder, 'built'));
  } catch (error) {
    if (error instanceof Refusal) return error.reasons;
    throw error;
  }
  return [];
}

describe('a checkout', () => {
  it('is ready if version, changelog and dist fit, and gives the notes', () => {
    const folder = folderWith();
    const { version, notes } = readCheckout(folder, '1.2.3', path.join(folder, 'built'));
    expect(version.text).toBe('1.2.3');
    expect(notes).toBe('### Added\n\n- Something.');
  });

  it('is not ready for what is not a version', () => {
    expect(reasonsFor({}, '1.2; rm -rf /')).toEqual([
      "'1.2; rm -rf /' is not a version; expected one such as 1.2.3 or 1.2.3-rc.1.",
    ]);
  });

  it('is not ready if package.json has another version', () => {
    const [reason, ...others] = reasonsFor({ 'package.json': '{"version":"1.2.2"}' });
    expect(reason).toContain("The version in package.json is '1.2.2', not '1.2.3'");
    expect(others).toEqual([]);
  });

  it.each([
    ['has no heading', '# Changelog\n\n## [1.2.2] - 2026-08-01\n\n- Older.\n'],
    ['has a heading without a date', '## [1.2.3]\n\n- Something.\n'],
    ['has another version with the same digits', '## [1x2.3] - 2026-09-01\n\n- Something.\n'],
    ['says nothing', '## [1.2.3] - 2026-09-01\n\n## [1.2.2] - 2026-08-01\n\n- Older.\n'],
    ['has only a link', '## [1.2.3] - 2026-09-01\n\n[1.2.3]: https://example.com\n'],
  ])('is not ready if the changelog %s', (_, text) => {
    expect(reasonsFor({ 'CHANGELOG.md': text })).toEqual([
      "CHANGELOG.md has no text under '## [1.2.3] - YYYY-MM-DD'; write what changed.",
    ]);
  });

  it.each([
    ['a changed file', { 'dist/index.js': 'run(); steal();' }, 'index.js'],
    ['a file more', { 'dist/more.js': '' }, 'more.js'],
    ['a file less', { 'dist/deep/server.js': undefined }, path.join('deep', 'server.js')],
  ])('is not ready if dist has %s than the build', (_, files, name) => {
    expect(reasonsFor(files)).toEqual([
      `The committed dist is not what this commit builds: ${name}. Run 'npm run build' and commit dist.`,
    ]);
  });

  // A runner resolves a link elsewhere than the check does.
  it.each([
    ['a file', path.join('deep', 'server.js')],
    ['a folder', 'deep'],
  ])('is not ready if %s of dist is a link, even to the same bytes', (_, name) => {
    const folder = folderWith();
    const [place, target] = [path.join(folder, 'dist', name), path.join(folder, 'elsewhere')];
    renameSync(place, target);
    symlinkSync(target, place);
    expect(() => readCheckout(folder, '1.2.3', path.join(folder, 'built'))).toThrow(
      new Refusal([
        `The committed dist contains a link: ${name}. Run 'npm run build' and commit dist.`,
      ]),
    );
  });

  it('is not ready if dist itself is a link', () => {
    const folder = folderWith();
    renameSync(path.join(folder, 'dist'), path.join(folder, 'elsewhere'));
    symlinkSync('elsewhere', path.join(folder, 'dist'));
    expect(() => readCheckout(folder, '1.2.3', path.join(folder, 'built'))).toThrow(
      'The committed dist contains a link: dist.',
    );
  });

  it('is not ready if the build left nothing', () => {
    const folder = folderWith();
    const empty = path.join(folder, 'empty');
    mkdirSync(empty);
    expect(() => readCheckout(folder, '1.2.3', empty)).toThrow('is empty');
  });

  it('names everything that is not ready at once', () => {
    const files = { 'package.json': '{}', 'CHANGELOG.md': '', 'dist/index.js': 'other();' };
    expect(reasonsFor(files)).toHaveLength(3);
  });
});
