/**
 * Bundles the action into dist/action.js, puts its two entry files beside it, and writes the licences
 * of what is in it. ncc's own list leaves out everything but the packages of the last chunk as soon
 * as there is more than one.
 *
 *     node scripts/build.ts [--out DIRECTORY]
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import ts from 'typescript';

interface Locked {
  /** Where a package is installed under another name than its own. */
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  /** A development dependency, and a package that another one can use if it is there. */
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
}

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });

declareSideEffectFree('@actions/core');

// Built elsewhere and moved at the end: the old bundle stays usable while the new one is made.
const draft = mkdtempSync(path.join(tmpdir(), 'aura-action-dist-'));
const ncc = path.join('node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js');
execFileSync(process.execPath, [ncc, 'build', 'src/aura/action.ts', '-o', draft], {
  stdio: 'inherit',
});
await leaveOutUnused('index.js', 'action.js');
rmSync(path.join(draft, 'index.js'));
// Of the entry files only the imports change, so that post can decide to load nothing.
for (const [source, target] of [
  ['src/aura/main.ts', 'index.js'],
  ['src/aura/post.ts', 'post.js'],
] as const) {
  writeFileSync(path.join(draft, target), transpile(source));
}
writeFileSync(path.join(draft, 'licenses.txt'), licences());
rmSync(values.out, { recursive: true, force: true });
cpSync(draft, values.out, { recursive: true });
rmSync(draft, { recursive: true });

/**
 * ncc leaves out files that nothing uses, but no unused part of a file. valibot is one file, and most
 * of it is unused.
 */
async function leaveOutUnused(from: string, to: string): Promise<void> {
  // Relative to the draft, because the place of the draft must not be in a comment of the result.
  const input = `./${from}`;
  const bundle = await rolldown({
    cwd: draft,
    input,
    platform: 'node',
    external: (name) => name !== input,
    optimization: { inlineConst: false },
    experimental: { attachDebugInfo: 'none' },
  });
  await bundle.write({ file: path.join(draft, to), format: 'esm', minify: false });
}

/**
 * Adds to a package in `node_modules` that its files do nothing but declare things, so that ncc
 * leaves out those of which nothing is used. docs/adr/0013-undici-on-demand.md says why.
 */
function declareSideEffectFree(name: string): void {
  const file = path.join('node_modules', name, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
  writeFileSync(file, JSON.stringify({ ...manifest, sideEffects: false }, null, 2));
}

function transpile(file: string): string {
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2024,
    // With NodeNext, transpileModule writes CommonJS.
    module: ts.ModuleKind.ESNext,
    rewriteRelativeImportExtensions: true,
    verbatimModuleSyntax: true,
  };
  const text = readFileSync(file, 'utf8');
  return ts.transpileModule(text, { compilerOptions, fileName: file }).outputText;
}

/**
 * Every package that a production install has, with its licence. What the repository holds itself,
 * and the links to it, are under its own.
 */
function licences(): string {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return Object.entries(lock.packages)
    .filter(([place, { link }]) => place.startsWith('node_modules/') && link !== true)
    .filter(([, { dev, devOptional, optional }]) => ![dev, devOptional, optional].includes(true))
    .map(([place, locked]) => describe(place, locked))
    .toSorted()
    .join('\n\n');
}

function describe(place: string, locked: Locked): string {
  const { name = place.split('node_modules/').at(-1), version = '', license = 'unknown' } = locked;
  const file = readdirSync(place).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
  const text = file === undefined ? '' : readFileSync(path.join(place, file), 'utf8').trim();
  return `${name ?? place} ${version}\n${license}\n${text}\n`.replaceAll('\r\n', '\n');
}
