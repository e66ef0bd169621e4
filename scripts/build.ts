/**
 * Bundles the action into dist/action.js, adds its two entry files, bundles the simulator and the
 * action that starts it into dist/simulator, and writes the licences of all bundled packages. If there are several chunks, ncc's own list contains only the packages of the
 * last one.
 *
 *     node scripts/build.ts [--out DIRECTORY]
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type InputOptions, rolldown } from 'rolldown';

interface Locked {
  /** The package's own name, if it is installed under another one. */
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  /** A development dependency that is also an optional peer dependency. */
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
}

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });

declareSideEffectFree('@actions/core');

// Built in another directory and copied at the end: the old bundle stays usable during the build.
const draft = mkdtempSync(path.join(tmpdir(), 'aura-action-dist-'));
const ncc = path.join('node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js');
execFileSync(process.execPath, [ncc, 'build', 'src/aura/action.ts', '-o', draft], {
  stdio: 'inherit',
});
await leaveOutUnused('index.js', 'action.js');
rmSync(path.join(draft, 'index.js'));
await bundleEntry('src/aura/main.ts', 'index.js');
await bundleEntry('src/aura/post.ts', 'post.js');
// These files contain all that they need, from few packages, and load nothing later.
await write({ input: 'src/simulator/main.ts' }, 'simulator/index.js');
await write({ input: 'src/simulator/post.ts' }, 'simulator/post.js');
await write({ input: 'simulator/cli.ts' }, 'simulator/server.js');
writeFileSync(path.join(draft, 'licenses.txt'), licences());
rmSync(values.out, { recursive: true, force: true });
cpSync(draft, values.out, { recursive: true });
rmSync(draft, { recursive: true });

/**
 * ncc omits unused files, but not unused parts of a file. valibot is one file, and most of it is
 * unused.
 */
async function leaveOutUnused(from: string, to: string): Promise<void> {
  // Relative to the draft: its path must not appear in a comment of the result.
  const input = `./${from}`;
  const plugins = [{ name: 'load-less', transform: loadLess }];
  await write({ cwd: draft, input, external: (name) => name !== input, plugins }, to);
}

/**
 * Makes loading cheaper. Packages load modules that they never use: `tunnel` loads `assert`. And ncc
 * loads each module of Node.js through a loader that looks for packages too.
 */
function loadLess(code: string): string {
  return code
    .replaceAll(/ = (?=__nccwpck_require__\(\d+\);)/g, ' = /*#__PURE__*/ ')
    .replaceAll(
      /__WEBPACK_EXTERNAL_createRequire\(import\.meta\.url\)(?=\("[\w:/]+"\))/g,
      '/*#__PURE__*/ process.getBuiltinModule',
    );
}

/**
 * Marks a package in `node_modules` as free of side effects, so that ncc omits its unused files.
 * docs/adr/0013-undici-on-demand.md says why.
 */
function declareSideEffectFree(name: string): void {
  const file = path.join('node_modules', name, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
  if (manifest['sideEffects'] === false) return;
  // Another process may read the file at the same time.
  const next = `${file}-${process.pid}`;
  writeFileSync(next, JSON.stringify({ ...manifest, sideEffects: false }, null, 2));
  renameSync(next, file);
}

/**
 * An entry file contains what it needs before it loads the action: post can then decide to load
 * nothing, and main can start to derive a key.
 */
async function bundleEntry(input: string, to: string): Promise<void> {
  const action = {
    name: 'action',
    resolveId: (id: string) =>
      id.endsWith('/action.ts') ? ({ id: './action.js', external: 'absolute' } as const) : null,
  };
  const direct = { name: 'direct', renderChunk: (code: string) => loadDirectly(code) };
  await write({ input, plugins: [action, direct] }, to);
}

/**
 * Loads modules of Node.js without their form for `import`, which reads all their exports: those of
 * `crypto` load all of WebCrypto.
 */
function loadDirectly(code: string): string {
  return code.replaceAll(
    /^import (\{[\w, ]+\}) from ("node:\w+");$/gm,
    'const $1 = process.getBuiltinModule($2);',
  );
}

/** Bundles with rolldown, in a readable form. */
async function write(options: InputOptions, to: string): Promise<void> {
  const bundle = await rolldown({
    platform: 'node',
    optimization: { inlineConst: false },
    experimental: { attachDebugInfo: 'none' },
    ...options,
  });
  await bundle.write({ file: path.join(draft, to), format: 'esm', minify: false });
}

/**
 * The licences of all packages of a production install. Packages in this repository, and links to
 * them, have the licence of the repository.
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
