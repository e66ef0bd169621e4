// The file docs/performance.md: each benchmark writes its own sections and keeps those of the others.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { format } from 'prettier';

import { repositoryRoot as root } from '../harness/runner/action.ts';

const file = path.join(root, 'docs', 'performance.md');

/** Sections of benchmarks that run alone, in their order at the end of the file. */
const separate = [
  'Many jobs with one API client',
  'Several instances',
  'Without the action',
] as const;
type Separate = (typeof separate)[number];

/**
 * Writes one section.
 *
 * @param text without the heading.
 */
export async function writeSection(heading: Separate, text: string): Promise<void> {
  const sections = splitSections();
  const kept = new Map(sections.map((one) => [one.heading, one.text]));
  kept.set(heading, `## ${heading}\n\n${text}`);
  await write([
    ...sections.filter((one) => !isSeparate(one.heading)).map((one) => one.text),
    ...separate.map((one) => kept.get(one) ?? ''),
  ]);
}

/** Writes everything before the separate sections, and keeps these. */
export async function writeBeginning(text: string): Promise<void> {
  const kept = splitSections().filter(({ heading }) => isSeparate(heading));
  await write([text, ...kept.map((one) => one.text)]);
}

interface Section {
  /** Empty for the text before the first one. */
  readonly heading: string;
  readonly text: string;
}

function splitSections(): readonly Section[] {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.split(/^(?=## )/m).map((part) => {
    const heading = /^## (.+)/.exec(part)?.[1] ?? '';
    return { heading, text: part };
  });
}

function isSeparate(heading: string): boolean {
  return separate.some((one) => one === heading);
}

async function write(parts: readonly string[]): Promise<void> {
  const text = parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
  writeFileSync(file, await format(text, { parser: 'markdown', printWidth: 120 }));
}
