import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

import { findPython, pipInstall, unreachable } from './python.ts';
import { run, Skipped, type Ended } from './run-program.ts';

/** A program that a script installs, once for each user and version, outside of the checkout. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** The path of the program below its folder. */
  readonly program: string;
  /** Installs it into a folder. @throws Skipped if what this needs is not at hand */
  readonly install: (folder: string) => Promise<Ended>;
}

const installSeconds = 400;
const suffix = process.platform === 'win32' ? '.exe' : '';

/**
 * A program that Go builds, after it has checked the source against its public checksums.
 *
 * @param source the path of its package.
 */
export function goTool(name: string, version: string, source: string): Tool {
  return {
    name,
    version,
    program: `${name}${suffix}`,
    install: async (folder) => {
      const { status } = await run('go', ['version'], { seconds: 30 });
      if (status !== 0) throw new Skipped('Go is not at hand');
      const env = { GOBIN: folder };
      return run('go', ['install', `${source}@v${version}`], { env, seconds: installSeconds });
    },
  };
}

/** A program that PyPI distributes as a wheel. */
export function pythonTool(name: string, version: string): Tool {
  return {
    name,
    version,
    program: path.join('bin', `${name}${suffix}`),
    install: async (folder) => {
      const python = await findPython('3.9', ['pip']);
      const wheel = ['--only-binary', ':all:', '--no-deps', `${name}==${version}`];
      const args = [...pipInstall, '--target', folder, ...wheel];
      return run(python, args, { seconds: installSeconds });
    },
  };
}

/**
 * The program of a tool, installed outside the checkout if it is not yet.
 *
 * @throws Skipped if it cannot be installed here
 * @throws Error if its installation failed
 */
export async function programOf({ name, version, program, install }: Tool): Promise<string> {
  const cache = path.join(
    process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'),
    'aura-action',
  );
  const folder = path.join(cache, `${name}-${version}`);
  const file = path.join(folder, program);
  if (await exists(file)) return file;
  await mkdir(cache, { recursive: true });
  // Installed beside its place and moved, so that a half installation is never used.
  const draft = await mkdtemp(path.join(cache, 'draft-'));
  try {
    const { status, output } = await install(draft);
    if (status !== 0 && unreachable.test(output)) {
      throw new Skipped('its package registry cannot be reached');
    }
    if (status !== 0) throw new Error(`${name} could not be installed:\n${output}`);
    await rename(draft, folder).catch(async (error: unknown) => {
      // Another process was faster.
      if (!(await exists(file))) throw error;
    });
    return file;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
