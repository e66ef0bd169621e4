import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename } from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { fieldsOf, listProjectFiles, projectRoot, readProjectFile } from './project.ts';

const files = listProjectFiles();
const sources = files.filter((path) => /^src\/.+\.ts$/.test(path));

/** Home directories and working directories of build machines; a runner's own are public. */
const machinePath = new RegExp('(?<![\\w.~/])/(?:home/(?!runner\\b)|Users/|root\\b|work\\b)');

describe('the repository', () => {
  it('contains no path of a machine', () => {
    const texts = files.filter((path) => !path.startsWith('dist/') && path !== 'package-lock.json');
    expect(texts).not.toHaveLength(0);
    const found = texts.flatMap((path) =>
      readProjectFile(path)
        .split('\n')
        .filter((line) => machinePath.test(line))
        .map((line) => `${path}: ${line}`),
    );
    expect(found).toEqual([]);
  });

  it('has no path of its checkout in the bundle', () => {
    for (const path of files.filter((file) => file.startsWith('dist/'))) {
      expect(readProjectFile(path).includes(projectRoot), path).toBe(false);
    }
  });

  it('locks each package by its checksum, whatever the registry', () => {
    const lock = fieldsOf(JSON.parse(readProjectFile('package-lock.json')));
    const packages = Object.entries(fieldsOf(lock['packages'])).filter(([path]) => path !== '');
    expect(packages).not.toHaveLength(0);
    const unchecked = packages.filter(([path, entry]) => {
      const { link, resolved, integrity } = fieldsOf(entry);
      // Packages in the repository, and links to them, need no checksum.
      if (!path.startsWith('node_modules/')) return !isPackage(path);
      if (link === true) return typeof resolved !== 'string' || !isPackage(resolved);
      return resolved !== undefined || integrity === undefined;
    });
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });

  it('requires exact versions', () => {
    const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'];
    for (const path of files.filter((file) => /(^|^vendor\/.+\/)package\.json$/.test(file))) {
      const manifest = fieldsOf(JSON.parse(readProjectFile(path)));
      const wanted = kinds.flatMap((kind) => Object.entries(fieldsOf(manifest[kind])));
      expect(wanted).not.toHaveLength(0);
      for (const [name, version] of wanted) {
        expect(version, name).toMatch(/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+$/);
      }
    }
  });

  it('is under the MIT licence', () => {
    expect(readProjectFile('LICENSE')).toMatch(/^MIT License\n/);
    expect(fieldsOf(JSON.parse(readProjectFile('package.json')))['license']).toBe('MIT');
  });

  it('has no file in src with a meaningless name', () => {
    const names = sources.map((path) => basename(path, '.ts'));
    expect(names.filter((name) => /^(utils?|helpers?|common|misc)$/.test(name))).toEqual([]);
  });
});

/** Whether a path, relative to the root of the checkout, is a package of this repository. */
function isPackage(path: string): boolean {
  return files.includes(`${path}/package.json`);
}

describe('the functions that src exports', () => {
  it('have a doc comment', () => {
    expect(sources).not.toHaveLength(0);
    const found = sources.flatMap((path) =>
      undocumentedFunctions(path, readProjectFile(path)).map((name) => `${path}: ${name}`),
    );
    expect(found).toEqual([]);
  });

  it('are reported if they have none', () => {
    const text = [
      '/** Said. */\nexport function said(): void {}',
      'export function unsaid(): void {}',
      'export const arrow = () => 1;',
      'export const value = 1;',
      'function inner(): void {}',
    ].join('\n');
    expect(undocumentedFunctions('example.ts', text)).toEqual(['unsaid', 'arrow']);
  });
});

describe('the command for the tests', () => {
  it('names folders of tests that exist, where it measures no coverage', () => {
    const [, names = ''] =
      /^const uncovered = \[$(.+?)^\]/ms.exec(readProjectFile('scripts/test.ts')) ?? [];
    const folders = [...names.matchAll(/'([\w/]+)'/g)].map(([, folder = '']) => folder);
    const paths = listProjectFiles();
    const empty = folders.filter(
      (folder) =>
        !paths.some((path) => path.startsWith(`__tests__/${folder}/`) && path.endsWith('.test.ts')),
    );
    expect(folders).toContain('aura/faults');
    expect(empty).toEqual([]);
  });
});

describe('.ci/run', () => {
  it('is a bash script without syntax errors', () => {
    expect(readProjectFile('.ci/run')).toMatch(/^#!\/usr\/bin\/env bash\n/);
    execFileSync('bash', ['-n', '.ci/run'], { cwd: projectRoot });
  });

  it('is executable', () => {
    expect(statSync(`${projectRoot}.ci/run`).mode & 0o111).toBe(0o111);
  });
});

function undocumentedFunctions(path: string, text: string): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return source.statements
    .filter(
      (statement) => isExported(statement) && ts.getJSDocCommentsAndTags(statement).length === 0,
    )
    .flatMap(functionNames);
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** The names of the functions that a statement declares, as functions or as constants. */
function functionNames(statement: ts.Statement): string[] {
  if (ts.isFunctionDeclaration(statement)) {
    return [statement.name?.text ?? 'default'];
  }
  if (!ts.isVariableStatement(statement)) {
    return [];
  }
  return statement.declarationList.declarations
    .filter(({ initializer }) => initializer !== undefined && ts.isFunctionLike(initializer))
    .map(({ name }) => name.getText());
}
