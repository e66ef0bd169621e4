import type { ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadAction, repositoryRoot, type Action } from './action.ts';
import type { JobContext } from './environment.ts';
import { Masks } from './masks.ts';
import { endProcesses } from './orphans.ts';
import { makeRoot } from './root.ts';
import type { JobOptions } from './types.ts';

/** The command files of one stage; each stage gets new, empty files. */
export interface CommandFiles {
  readonly output: string;
  readonly env: string;
  readonly state: string;
  readonly summary: string;
  readonly path: string;
}

const prefixes: Readonly<Record<keyof CommandFiles, string>> = {
  output: 'set_output_',
  env: 'set_env_',
  state: 'save_state_',
  summary: 'step_summary_',
  path: 'add_path_',
};

/** State that the steps of one job share. */
export interface JobState {
  readonly root: string;
  readonly options: JobOptions;
  readonly action: Action;
  readonly context: JobContext;
  readonly masks: Masks;
  /** Variables exported by steps for later ones. */
  readonly exported: Map<string, string>;
  /** Directories that steps added to the front of PATH. */
  readonly prependedPaths: string[];
  readonly children: Set<ChildProcess>;
}

/** Creates the directories of a job and registers its first masks. */
export function openJob(options: JobOptions): JobState {
  const action = loadAction(options.actionDirectory ?? repositoryRoot);
  const root = makeRoot();
  const temp = path.join(root, '_temp');
  const home = path.join(root, 'home');
  const name = (options.repository ?? 'octo/shop').split('/')[1] ?? 'shop';
  const workspace = path.join(root, name, name);
  for (const directory of [temp, home, workspace]) mkdirSync(directory, { recursive: true });
  const githubToken = options.githubToken ?? `ghs_${randomBytes(18).toString('hex')}`;
  const masks = new Masks();
  const masked = [githubToken, ...(options.secrets ?? []), ...(options.maskedValues ?? [])];
  for (const value of masked) masks.add(value.trim());
  return {
    root,
    options,
    action,
    context: { workspace, temp, home, githubToken, trackingId: `github_${randomUUID()}`, options },
    masks,
    exported: new Map(),
    prependedPaths: [],
    children: new Set(),
  };
}

/** Ends processes that still run and removes the directories. */
export function closeJob(job: JobState): void {
  for (const child of job.children) child.kill('SIGKILL');
  // A driver starts none, and looking for them takes longer than a step in driven time.
  if (job.options.driver === undefined) endProcesses(job.context.trackingId);
  rmSync(job.root, { recursive: true, force: true, maxRetries: 5 });
}

/** Creates the command files of one stage. */
export function createCommandFiles(temp: string): CommandFiles {
  const directory = path.join(temp, '_runner_file_commands');
  mkdirSync(directory, { recursive: true });
  const id = randomUUID();
  const create = (kind: keyof CommandFiles): string => {
    const file = path.join(directory, prefixes[kind] + id);
    writeFileSync(file, '');
    return file;
  };
  return {
    output: create('output'),
    env: create('env'),
    state: create('state'),
    summary: create('summary'),
    path: create('path'),
  };
}

/** The variables that tell an action where its command files are. */
export function commandFileVariables(files: CommandFiles): Record<string, string> {
  return {
    GITHUB_OUTPUT: files.output,
    GITHUB_ENV: files.env,
    GITHUB_STATE: files.state,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_PATH: files.path,
  };
}

/** The raw content of a command file; empty if an action removed it. */
export function readCommandFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}
