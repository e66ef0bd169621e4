import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parse } from 'yaml';

/** The root of the checkout, with a trailing slash. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** The text of a project file. */
export function readProjectFile(path: string): string {
  return readFileSync(`${projectRoot}${path}`, 'utf8');
}

/** All files that are, or are about to be, under version control. */
export function listProjectFiles(): string[] {
  const listing = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  return listing.split('\0').filter((path) => path !== '' && isFile(path));
}

/** Git still lists a file that is deleted but not yet committed. */
function isFile(path: string): boolean {
  return statSync(`${projectRoot}${path}`, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The fields of a mapping; empty for anything else. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return isMapping(value) ? value : {};
}

/** The items of a sequence; empty for anything else. */
export function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An input as action.yml declares it. */
export interface DeclaredInput {
  description: string;
  required: boolean;
  default?: string;
}

/** The declarations in action.yml, and its whole content as `raw`. */
export interface Manifest {
  name: string;
  description: string;
  inputs: Record<string, DeclaredInput>;
  outputs: Record<string, { description: string }>;
  raw: Record<string, unknown>;
}

/** Reads action.yml. */
export function readManifest(text: string = readProjectFile('action.yml')): Manifest {
  const raw = fieldsOf(parse(text));
  return {
    name: textOf(raw['name']),
    description: textOf(raw['description']),
    inputs: mapValues(fieldsOf(raw['inputs']), (input) => ({
      description: textOf(input['description']),
      required: input['required'] === true,
      ...('default' in input && { default: textOf(input['default']) }),
    })),
    outputs: mapValues(fieldsOf(raw['outputs']), (output) => ({
      description: textOf(output['description']),
    })),
    raw,
  };
}

function mapValues<T>(
  fields: Record<string, unknown>,
  convert: (value: Record<string, unknown>) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, convert(fieldsOf(value))]),
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
