import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from './project.ts';

const directory = path.join(projectRoot, 'docs', 'images');
const pictures = readdirSync(directory);

describe('the pictures', () => {
  it('are small, and each stands in a document', () => {
    const documents = ['README.md', ...readdirSync(path.join(projectRoot, 'docs'))]
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.join(projectRoot, name === 'README.md' ? '' : 'docs', name));
    const text = documents.map((file) => readFileSync(file, 'utf8')).join('\n');
    for (const picture of pictures) {
      expect(text).toContain(`images/${picture})`);
      expect(statSync(path.join(directory, picture)).size).toBeLessThan(150 * 1_024);
    }
  });

  it('cannot be drawn without a browser, which one sentence says', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/pictures.ts'], {
      cwd: projectRoot,
      env: { ...process.env, CHROME_PATH: path.join(directory, 'no-browser') },
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'The pictures need Chromium or Chrome: install it, or set CHROME_PATH to its program.\n',
    });
  });
});
