import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { listProjectFiles, readProjectFile } from './project.ts';

const headings = readProjectFile('docs/troubleshooting.md')
  .split('\n')
  .filter((line) => line.startsWith('## '))
  .map((line) => line.slice('## '.length));

/** The strings of `src/`; one with expressions in parts, from one expression to the next. */
const texts = listProjectFiles()
  .filter((path) => /^src\/.+\.ts$/.test(path))
  .flatMap((path) => textsIn(readProjectFile(path)));

function textsIn(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isWhole = ts.isStringLiteralLike(node);
    if (isWhole || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest));
  return found;
}

/**
 * The parts of a heading that are in no text of `src/`. Instances, lists of names and numbers vary
 * like what `…` stands for, and a colon joins what failed and why.
 */
function unknownParts(heading: string): string[] {
  return heading
    .replaceAll(/\binstance (?:…|'…'(?: \(…\))?)|'[\w-]+' and '[\w-]+'/gi, '…')
    .split(/…|\d+|: /)
    .map((part) => part.trim())
    .filter((part) => !isSaid(part));
}

/**
 * Whether a part is in one text, or goes from the end of one to the beginning of another, over a
 * whole one at most: src puts its messages together.
 */
function isSaid(part: string): boolean {
  // A message may begin with the capital form of a text.
  const small = part.charAt(0).toLowerCase() + part.slice(1);
  if (texts.some((text) => text.includes(part) || text.startsWith(small))) return true;
  const joints = [...part.matchAll(/(?<=.)(?:(?<!\w)|(?!\w))(?=.)/g)].map(({ index }) => index);
  const begins = joints.filter((at) => texts.some((text) => text.endsWith(part.slice(0, at))));
  const ends = joints.filter((at) => texts.some((text) => text.startsWith(part.slice(at))));
  const isWhole = (between: string): boolean => /\w/.test(between) && texts.includes(between);
  return begins.some((at) => ends.some((to) => at === to || isWhole(part.slice(at, to))));
}

describe('the headings of docs/troubleshooting.md', () => {
  it.each(headings)('are messages of src: %s', (heading) => {
    expect(unknownParts(heading)).toEqual([]);
  });
});

describe('the check of headings', () => {
  it.each([
    "Instance '…' is on fire",
    "Input 'name' is not given",
    "Inputs 'client-id' and 'client-secret' are forgotten",
    "Could not create instance '…': it rained",
    "Could not keep the credentials of '…'",
    "Gave up on instance … after …: it is not '…' yet",
    "The database of instance '…' (…) does not answer over Bolt",
  ])('finds one that is made up or out of date: %s', (heading) => {
    expect(unknownParts(heading)).not.toEqual([]);
  });
});
