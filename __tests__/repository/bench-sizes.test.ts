import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { sizeRows } from '../../bench/sizes.ts';
import { projectRoot, readProjectFile } from './project.ts';

test('the sizes include each file in a folder of dist, not the folder', () => {
  const dist = mkdtempSync(path.join(tmpdir(), 'bench-sizes-'));
  onTestFinished(() => {
    rmSync(dist, { recursive: true });
  });
  mkdirSync(path.join(dist, 'simulator'));
  writeFileSync(path.join(dist, 'index.js'), 'x'.repeat(1500));
  writeFileSync(path.join(dist, 'simulator', 'server.js'), 'x'.repeat(20));
  expect(sizeRows(dist, 700).split('\n')).toEqual([
    '| `index.js` | by each step | 1,500 |',
    '| `simulator/server.js` | by the process that `simulator` starts | 20 |',
    '| All | | 1,520 |',
    "| GitHub's toolkit alone | by each step of another action | 700 |",
  ]);
});

test('docs/performance.md names each file of dist', () => {
  const page = readProjectFile('docs/performance.md');
  const names = sizeRows(path.join(projectRoot, 'dist'), 0).matchAll(/^\| (`\S+`)/gm);
  expect(
    [...names].map(([, name = '']) => name).filter((name) => !page.includes(`| ${name} `)),
  ).toEqual([]);
});
