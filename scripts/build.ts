/**
 * Bundles the action into dist, and writes the licences of what is in it. ncc's own list leaves out
 * everything but the packages of the last chunk as soon as there is more than one.
 *
 *     node scripts/build.ts [--out DIRECTORY]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });

if (existsSync(values.out)) rmSync(values.out, { recursive: true });
const ncc = path.join('node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js');
execFileSync(process.execPath, [ncc, 'build', 'src/index.ts', '-o', values.out], {
  stdio: 'inherit',
});
writeFileSync(path.join(values.out, 'licenses.txt'), licences());

/** Every package that a production install has, with its licence. */
function licences(): string {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return Object.entries(lock.packages)
    .filter(([place, { dev, optional }]) => place !== '' && dev !== true && optional !== true)
    .map(([place, locked]) => describe(place, locked))
    .toSorted()
    .join('\n\n');
}

function describe(place: string, { version = '', license = 'unknown' }: Locked): string {
  const name = place.split('node_modules/').at(-1) ?? place;
  const file = readdirSync(place).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
  const text = file === undefined ? '' : readFileSync(path.join(place, file), 'utf8').trim();
  return `${name} ${version}\n${license}\n${text}\n`.replaceAll('\r\n', '\n');
}
