import { posix } from 'node:path';

import { describe, expect, it } from 'vitest';

import { anchors, links, sentences } from './markdown.ts';
import { listProjectFiles, readProjectFile } from './project.ts';

const files = listProjectFiles();
const documents = files.filter((path) => path.endsWith('.md'));
const pages = documents.filter((path) => /^docs\/[\w-]+\.md$/.test(path));
const readme = readProjectFile('README.md');

/** The links of a document that lead to no file, or to no heading of a document. */
function brokenLinks(path: string, text: string): string[] {
  return links(text).filter((link) => {
    if (/^(https?:|mailto:)/.test(link)) return false;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file));
    const isKnown =
      target === path || files.some((known) => known === target || known.startsWith(`${target}/`));
    if (!isKnown) return true;
    if (anchor === undefined) return false;
    const content = target === path ? text : readProjectFile(target);
    return !anchors(content).includes(anchor);
  });
}

describe('the documents', () => {
  it.each(documents)('%s links only to files and headings that exist', (path) => {
    expect(brokenLinks(path, readProjectFile(path))).toEqual([]);
  });

  it('repeat no long sentence of another one', () => {
    const places = new Map<string, Set<string>>();
    for (const path of ['README.md', ...pages]) {
      for (const sentence of sentences(readProjectFile(path))) {
        if (sentence.length > 60) {
          places.set(sentence, (places.get(sentence) ?? new Set<string>()).add(path));
        }
      }
    }
    expect(places.size).toBeGreaterThan(100);
    expect([...places].filter(([, paths]) => paths.size > 1)).toEqual([]);
  });
});

describe('the README', () => {
  it('has at most 250 lines', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(250);
  });

  it('shows what it is, how to try it and a whole workflow in its first 50 lines', () => {
    const screen = readme.split('\n').slice(0, 50).join('\n');
    expect(screen).toContain('not an official Neo4j product');
    expect(screen).toContain('npm ci && npm run main-job');
    expect(screen).toMatch(
      /```yaml\n[^`]*^on:\n[^`]*^permissions:[^`]*^concurrency:[^`]*^jobs:[^`]*```/m,
    );
    expect(screen).toContain('if-no-credentials: skip');
  });

  it.each(pages)('links %s', (path) => {
    expect(links(readme).map((link) => link.split('#')[0])).toContain(path);
  });
});

describe('the pages of docs', () => {
  it.each(pages)('%s begins with what it is for', (path) => {
    const [title, , first = ''] = readProjectFile(path).split('\n');
    expect(title).toMatch(/^# \w/);
    expect(first).toMatch(/^[A-Z`]/);
    expect(first.length).toBeGreaterThan(40);
  });
});

describe('the check of documents', () => {
  it('finds links to missing files and headings', () => {
    const text =
      '# A b\n\n[a](#a-b) [b](#c) [c](LICENSE) [d](LICENCE) [e](README.md#no) `[f](x)`\n';
    expect(brokenLinks('A.md', text)).toEqual(['#c', 'LICENCE', 'README.md#no']);
  });

  it('numbers headings that occur twice', () => {
    expect(anchors('# A `b`\n\n```sh\n# c\n```\n\n## A b\n\n### Über: d\n')).toEqual([
      'a-b',
      'a-b-1',
      'über-d',
    ]);
  });

  it('reads sentences across lines, and none in tables and code', () => {
    expect(sentences('# T\n\nOne\ntwo. Three.\n- Four.\n\n| a. |\n\n```sh\nls.\n```\n')).toEqual([
      'One two.',
      'Three.',
      'Four.',
    ]);
  });
});
