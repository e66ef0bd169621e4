import { accessSync, closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { asError } from '../errors.ts';

/** The files that a step needs; the summary is optional. */
export const commandFiles = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV'] as const;

/**
 * Problems with the files that a step uses to pass results to its runner. They are checked before
 * anything is created: later, the password could not be output and the instance could not be
 * deleted.
 *
 * @param env the environment of the process.
 * @returns a sentence for each problem.
 */
export function commandFileProblems(
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const missing = commandFiles.filter((name) => !env[name]);
  const unusable = commandFiles.flatMap((name) => {
    const file = env[name];
    const why = file ? whyUnwritable(file) : undefined;
    return why === undefined
      ? []
      : [`The runner's file ${name} cannot be written: ${why}. Nothing was done.`];
  });
  return missing.length === 0
    ? unusable
    : [
        `This program must run as a step of GitHub Actions, which sets ${missing.join(', ')}. Nothing was done.`,
        ...unusable,
      ];
}

/**
 * The same for the directory with the post step's files.
 *
 * @param directory `RUNNER_TEMP`.
 * @param user what needs it, as the subject of a sentence.
 * @returns undefined if there is no problem.
 */
export function tempProblem(directory: string | undefined, user: string): string | undefined {
  const why = directory ? whyNoDirectory(directory) : 'it is not set';
  return why === undefined
    ? undefined
    : `${user} needs the runner's directory RUNNER_TEMP, but ${why}. Nothing was done.`;
}

/** Without waiting: a FIFO without a reader would keep the process from ending. */
function whyUnwritable(file: string): string | undefined {
  try {
    const { O_APPEND, O_NONBLOCK, O_WRONLY } = constants;
    const descriptor = openSync(file, O_WRONLY | O_APPEND | O_NONBLOCK);
    try {
      return fstatSync(descriptor).isFile() ? undefined : 'it is not a regular file';
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return asError(error).message;
  }
}

function whyNoDirectory(directory: string): string | undefined {
  try {
    if (!statSync(directory).isDirectory()) return 'it is not a directory';
    accessSync(directory, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return asError(error).message;
  }
}
