import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';

type Variables = Readonly<Record<string, string>>;

/** Programs that read an env file. */
export const readers: Readonly<Record<string, (file: string) => Variables>> = {
  dotenv: (file) => parse(readFileSync(file)),
  sh: readByShell,
  'docker --env-file': readAsDocker,
};

/** `set -a` exports everything that the file sets; variables of the shell itself are omitted. */
function readByShell(file: string): Variables {
  const script = 'set -a; . "$1"; env -0';
  const { PATH = '' } = process.env;
  const text = execFileSync('sh', ['-c', script, 'sh', file], { encoding: 'utf8', env: { PATH } });
  const entries = text
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry): [string, string] => {
      const at = entry.indexOf('=');
      return [entry.slice(0, at), entry.slice(at + 1)];
    });
  const own = new Set(['PATH', 'PWD', 'OLDPWD', 'SHLVL', '_']);
  return Object.fromEntries(entries.filter(([name]) => !own.has(name)));
}

/** Lines that are not empty and do not begin with `#`; the value follows the first `=`. */
function readAsDocker(file: string): Variables {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.replace(/\r$/, '').trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const entries = lines.map((line): [string, string] => {
    const at = line.indexOf('=');
    if (at < 1) throw new Error('This line would be taken from the environment.');
    return [line.slice(0, at), line.slice(at + 1)];
  });
  return Object.fromEntries(entries);
}
