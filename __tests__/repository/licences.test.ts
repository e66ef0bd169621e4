import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { licencesOf, packageOf, packagesIn } from '../../scripts/licences.ts';
import { fieldsOf, projectRoot, readProjectFile } from './project.ts';

interface Installed {
  /** Name and version. */
  readonly title: string;
  readonly lines: ReadonlySet<string>;
}

/** Shorter lines are in many packages. */
const shortest = 50;

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= shortest);
}

/** The lines of all scripts of a package, without the packages inside it. */
function readPackage(folder: string): Installed {
  const manifest = fieldsOf(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')));
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /(?<!\.min)\.[cm]?js$/.test(name) && !name.includes('node_modules'),
  );
  const texts = scripts.map((name) => readFileSync(path.join(folder, name), 'utf8'));
  return {
    title: `${String(manifest['name'])} ${String(manifest['version'])}`,
    lines: new Set(texts.flatMap(linesOf)),
  };
}

/** The packages that `npm ci --omit=dev` would install, apart from this repository's own. */
function productionPackages(): readonly Installed[] {
  const lock = fieldsOf(JSON.parse(readProjectFile('package-lock.json')));
  return Object.entries(fieldsOf(lock['packages']))
    .filter(([place]) => place.startsWith('node_modules/'))
    .filter(([, entry]) => {
      const { link, dev, devOptional, optional } = fieldsOf(entry);
      return ![link, dev, devOptional, optional].includes(true);
    })
    .map(([place]) => readPackage(path.join(projectRoot, place)));
}

describe('dist/licenses.txt', () => {
  const blocks = readProjectFile('dist/licenses.txt').split(/\n\n(?=\S+ \d+\.\d+\.\d+\S*\n)/);
  const listed = blocks.map((block) => block.split('\n', 1)[0] ?? '');
  const bundle = new Set(
    readdirSync(path.join(projectRoot, 'dist'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .flatMap((name) => linesOf(readProjectFile(`dist/${name}`))),
  );
  const installed = productionPackages();
  const kept = installed.filter(({ title }) => listed.includes(title));

  it('lists only packages of the lock, and no tools', () => {
    expect(listed).not.toEqual([]);
    expect(kept.map(({ title }) => title).toSorted()).toEqual(listed.toSorted());
  });

  it('lists every package whose code is in the bundle, whatever the chunk', () => {
    const known = new Set(kept.flatMap(({ lines }) => [...lines]));
    const missing = installed
      .filter((one) => !kept.includes(one))
      .filter(({ lines }) => [...lines].some((line) => bundle.has(line) && !known.has(line)))
      .map(({ title }) => title);
    expect(missing).toEqual([]);
    // In a chunk of their own each: ncc's list would lack two of them.
    for (const name of ['neo4j-driver-core', 'undici', '@octokit/core', 'valibot']) {
      expect(listed.some((title) => title.startsWith(`${name} `))).toBe(true);
    }
  });

  it('lists no package that is not in the bundle', () => {
    const without = kept.filter(({ lines }) => ![...lines].some((line) => bundle.has(line)));
    expect(without.map(({ title }) => title)).toEqual([]);
  });

  it('has a licence and its text for each', () => {
    for (const block of blocks) {
      const [title, licence, ...text] = block.split('\n');
      expect(licence, title).toMatch(/^(MIT|Apache-2\.0|ISC|0BSD|BSD-[23]-Clause)$/);
      expect(text.join('\n').length, title).toBeGreaterThan(500);
    }
  });
});

describe('the list of licences', () => {
  it('reads packages from all chunks, also from modules that were joined', () => {
    const modules = [
      { name: './src/aura/action.ts' },
      { name: './node_modules/one/index.js' },
      {
        name: './node_modules/@two/two/index.js + 2 modules',
        modules: [
          { name: './node_modules/@two/two/index.js' },
          { name: './node_modules/@two/two/node_modules/three/lib/three.js' },
        ],
      },
      { name: 'external "node:fs"' },
    ];
    expect([...packagesIn({ modules })]).toEqual([
      './node_modules/one',
      './node_modules/@two/two',
      './node_modules/@two/two/node_modules/three',
    ]);
  });

  it.each([
    ['src/aura/main.ts', undefined],
    ['vendor/undici/index.js', undefined],
    ['node_modules/one/lib/index.js', 'node_modules/one'],
    ['node_modules\\@two\\two\\index.js', 'node_modules/@two/two'],
  ])('finds the package of %s', (file, folder) => {
    expect(packageOf(file)).toBe(folder);
  });

  it('is refused if a package has no licence text', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'licences-test-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    mkdirSync(path.join(folder, 'lib'));
    writeFileSync(path.join(folder, 'package.json'), '{"name":"x","version":"1.0.0"}');
    expect(() => licencesOf(new Set([folder]))).toThrow('x 1.0.0 has no licence text');
  });
});
