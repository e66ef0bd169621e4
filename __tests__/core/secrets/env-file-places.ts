import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/core/time/clock.ts';
import {
  EnvFileError,
  type EnvFileRoots,
  type Haste,
  checkEnvFile as check,
  writeEnvFile,
} from '../../../src/core/secrets/env-file.ts';

/** The variables of an env file, in the form that every instance has. */
export const variables = {
  NEO4J_URI: 'neo4j+s://4eca3938.databases.neo4j.io',
  NEO4J_USERNAME: 'neo4j',
  NEO4J_PASSWORD: 'Zw3_kp-Q0abcdefghijklmnopqrstuvwxyz012345AB',
  AURA_INSTANCEID: '4eca3938',
  AURA_INSTANCENAME: 'shop-main-1a2b-3c4d',
} as const;

/** An empty directory without symbolic links in its path; it is removed after the test. */
export function makeDirectory(): string {
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'env-file-')));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  return directory;
}

/** The directories of a job, and the directory around both. */
export function makeRoots() {
  const outside = makeDirectory();
  const workspace = path.join(outside, 'work', 'shop');
  const temp = path.join(outside, '_temp');
  for (const directory of [workspace, temp]) mkdirSync(directory, { recursive: true });
  return { outside, workspace, temp };
}

/** The first line of the files that the action of these tests writes. */
const marker = '# Written by aura-action';

/** Checks a place as an action with this marker does. */
export function checkEnvFile(place: string, roots: Omit<EnvFileRoots, 'marker'>): string {
  return check(place, { ...roots, marker });
}

/** Writes an env file, without a time limit unless a test sets one. */
export function write(
  file: string,
  values: Readonly<Record<string, string>> = variables,
  haste: Partial<Haste> = {},
): Promise<string | undefined> {
  const usual = { marker, clock: systemClock, deadline: Infinity, signal: undefined };
  return writeEnvFile(file, values, { ...usual, ...haste });
}

/** The message of the refusal to write a file. Fails if the file is not refused. */
export async function refusalOfWriting(written: Promise<unknown>): Promise<string> {
  const outcome: unknown = await written.then(
    () => undefined,
    (error: unknown) => error,
  );
  return refusalOf(() => {
    if (outcome !== undefined) throw outcome as Error;
  });
}

/** The message of a refusal. Fails if the file is not refused. */
export function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(EnvFileError);
    return error instanceof EnvFileError ? error.message : '';
  }
  throw new Error('It was not refused.');
}
