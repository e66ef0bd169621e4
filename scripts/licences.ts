import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** A module in the statistics of webpack, which ncc uses. */
interface Module {
  readonly name?: string;
  /** The modules that were joined into this one. */
  readonly modules?: readonly Module[];
}

/**
 * The folders of the packages that a bundle contains, in all its chunks.
 *
 * @param stats what ncc writes with `--stats-out`
 */
export function packagesIn(stats: { readonly modules: readonly Module[] }): ReadonlySet<string> {
  return new Set(namesOf(stats.modules).flatMap((name) => packageOf(name) ?? []));
}

function namesOf(modules: readonly Module[]): readonly string[] {
  return modules.flatMap(({ name = '', modules: joined = [] }) => [name, ...namesOf(joined)]);
}

/** The folder of the package that a file belongs to; undefined for files of this repository. */
export function packageOf(file: string): string | undefined {
  return /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/'))?.[0];
}

/**
 * The licence of each package, with its text.
 *
 * @throws Error if a package has no licence text: then it must not be in the bundle
 */
export function licencesOf(folders: ReadonlySet<string>): string {
  const texts = [...folders].map(describe).toSorted();
  return [...new Set(texts)].join('\n\n');
}

function describe(folder: string): string {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const { name, version, license = 'unknown' } = manifest;
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
  const text = file === undefined ? '' : readFileSync(path.join(folder, file), 'utf8').trim();
  if (text === '') throw new Error(`${name} ${version} has no licence text in ${folder}`);
  return `${name} ${version}\n${license}\n${text}\n`.replaceAll('\r\n', '\n');
}
