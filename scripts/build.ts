/**
 * Bundles the action into dist/action.js, adds its two entry files, bundles the simulator and the
 * action that starts it into dist/simulator, and writes the licences of all packages that these
 * files contain. ncc's own list (`--license`) is not used: if there are several chunks, it contains
 * only the packages of the last one.
 *
 *     node scripts/build.ts [--out DIRECTORY]
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type InputOptions, rolldown } from 'rolldown';

import { licencesOf, packageOf, packagesIn } from './licences.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });

declareSideEffectFree('@actions/core');

// Built in another directory and copied at the end: the old bundle stays usable during the build.
const draft = mkdtempSync(path.join(tmpdir(), 'aura-action-dist-'));
const ncc = path.join('node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js');
const statistics = path.join(draft, 'stats.json');
execFileSync(
  process.execPath,
  [ncc, 'build', 'src/aura/action.ts', '-o', draft, '--stats-out', statistics],
  { stdio: 'inherit' },
);
const bundled = new Set(
  packagesIn(JSON.parse(readFileSync(statistics, 'utf8')) as Parameters<typeof packagesIn>[0]),
);
rmSync(statistics);
await leaveOutUnused('index.js', 'action.js');
rmSync(path.join(draft, 'index.js'));
await bundleEntry('src/aura/main.ts', 'index.js');
await bundleEntry('src/aura/post.ts', 'post.js');
// These files contain all that they need, from few packages, and load nothing later.
await write({ input: 'src/simulator/main.ts' }, 'simulator/index.js');
await write({ input: 'src/simulator/post.ts' }, 'simulator/post.js');
await write({ input: 'simulator/cli.ts' }, 'simulator/server.js');
writeFileSync(path.join(draft, 'licenses.txt'), licencesOf(bundled));
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
  const { output } = await bundle.write({
    file: path.join(draft, to),
    format: 'esm',
    minify: false,
  });
  for (const chunk of output) {
    if (chunk.type !== 'chunk') continue;
    for (const file of chunk.moduleIds) {
      const folder = packageOf(path.relative(process.cwd(), file));
      if (folder !== undefined) bundled.add(`./${folder}`);
    }
  }
}
