import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldsOf, projectRoot, readProjectFile } from './project.ts';

const valibot = readFileSync(path.join(projectRoot, 'node_modules/valibot/dist/index.mjs'), 'utf8');
const manifest = fieldsOf(JSON.parse(readProjectFile('package.json')));

describe('the bundle', () => {
  it('contains no unused part of valibot', () => {
    for (const name of ['creditCard', 'emoji', 'objectAsync']) {
      expect(valibot).toContain(`function ${name}(`);
      expect(readProjectFile('dist/action.js')).not.toContain(`function ${name}(`);
    }
  });

  it('omits the licences of build and test tools', () => {
    const tools = Object.keys(fieldsOf(manifest['devDependencies']));
    expect(tools).toContain('typescript');
    const licences = readProjectFile('dist/licenses.txt').split('\n');
    const named = tools.filter((name) => licences.some((line) => line.startsWith(`${name} `)));
    expect(named).toEqual([]);
  });
});
