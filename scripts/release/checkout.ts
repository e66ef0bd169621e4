import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { parseVersion, type Version } from './version.ts';

/** What a release needs from the files of its commit. */
export interface Checkout {
  readonly version: Version;
  /** What the changelog says about the version. */
  readonly notes: string;
}

/** Reasons why there is no release; all that could be found at once. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join('\n'));
    this.reasons = reasons;
  }
}

/**
 * Reads the checkout of the commit that is to be released.
 *
 * @param wanted the version that was asked for
 * @param built a folder with a fresh build, if `dist` is to be compared with one
 * @throws Refusal if the files are not ready for this version
 */
export function readCheckout(folder: string, wanted: string, built?: string): Checkout {
  const version = parseVersion(wanted);
  if (version === undefined) {
    throw new Refusal([`'${wanted}' is not a version; expected one such as 1.2.3 or 1.2.3-rc.1.`]);
  }
  const notes = notesOf(readFileSync(path.join(folder, 'CHANGELOG.md'), 'utf8'), version.text);
  const reasons = [
    ...versionProblems(readFileSync(path.join(folder, 'package.json'), 'utf8'), version.text),
    ...(notes === undefined
      ? [`CHANGELOG.md has no text under '## [${version.text}] - YYYY-MM-DD'; write what changed.`]
      : []),
    ...(built === undefined ? [] : distProblems(path.join(folder, 'dist'), built)),
  ];
  if (reasons.length > 0) throw new Refusal(reasons);
  return { version, notes: notes ?? '' };
}

function versionProblems(manifest: string, wanted: string): string[] {
  const { version } = JSON.parse(manifest) as { readonly version?: unknown };
  if (version === wanted) return [];
  return [
    `The version in package.json is '${String(version)}', not '${wanted}'; change it, run 'npm install --package-lock-only' and 'npm run build', and commit the result.`,
  ];
}

/** The text below the heading of a version, up to the next heading of a version or the links. */
function notesOf(changelog: string, version: string): string | undefined {
  const lines = changelog.split('\n');
  const heading = new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`);
  const start = lines.findIndex((line) => heading.test(line.trimEnd()));
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^## |^\[[^\]]+\]: /.test(line));
  const text = (end < 0 ? rest : rest.slice(0, end)).join('\n').trim();
  return text === '' ? undefined : text;
}

function distProblems(committed: string, built: string): string[] {
  const links = linksIn(committed);
  if (links.length > 0) {
    return [
      `The committed dist contains a link: ${links.join(', ')}. Run 'npm run build' and commit dist.`,
    ];
  }
  const [now, fresh] = [filesIn(committed), filesIn(built)];
  if (fresh.size === 0) return [`The build in '${built}' is empty.`];
  const names = [...new Set([...now.keys(), ...fresh.keys()])].toSorted();
  const differing = names.filter((name) => {
    const [one, other] = [now.get(name), fresh.get(name)];
    return one === undefined || other === undefined || !one.equals(other);
  });
  if (differing.length === 0) return [];
  return [
    `The committed dist is not what this commit builds: ${differing.join(', ')}. Run 'npm run build' and commit dist.`,
  ];
}

/** A link leads elsewhere on the runner of a user than it does here. */
function linksIn(folder: string): string[] {
  if (lstatSync(folder).isSymbolicLink()) return [path.basename(folder)];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file), readFileSync(file)]),
  );
}
