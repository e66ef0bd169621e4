import * as core from '@actions/core';
import { asError } from '../errors.ts';
import { causes } from './report-causes.ts';
import {
  encodedForms,
  escapeCommandData,
  formsOf,
  formsUnknownToRunner,
  neutralize,
  scrub,
  shorten,
  showInvisible,
} from './report-text.ts';
import type { Mask } from '../secrets/secret.ts';
import { type Groups, createGroups } from './groups.ts';
import { atMost } from './repeated.ts';
import { type Section, appendSection } from './summary.ts';

/** Values by output; an undefined value is not known and not set. */
export type Outputs<Name extends string> = Readonly<
  Partial<Record<Name, string | boolean | undefined>>
>;

/** A runner file that could not be written; the message says which value is lost. */
export class RunnerFileError extends Error {
  override readonly name = 'RunnerFileError';
}

/** The only code that writes for the runner. It never writes a registered secret. */
export interface Report<Output extends string = never> extends Pick<Groups, 'group'> {
  /** Registers a secret, including the forms that the runner does not mask automatically. */
  readonly mask: Mask;
  readonly info: (text: string) => void;
  readonly debug: (text: string) => void;
  /** After nine warnings, further ones are lines of the log. */
  readonly warning: (text: string) => void;
  /**
   * For a result that a reader of the run should see without opening its log; after the first one,
   * further ones are lines of the log.
   */
  readonly notice: (text: string) => void;
  /**
   * Sets the known outputs. It masks a password before it sets it, and removes secrets from all
   * others.
   *
   * @throws {@link RunnerFileError}
   */
  readonly outputs: (values: Outputs<Output>) => void;
  /** Sets variables for later steps. */
  readonly exportEnv: (variables: Readonly<Record<string, string>>) => void;
  /**
   * Saves a value for the post step; an empty value deletes it.
   *
   * @throws {@link RunnerFileError}
   */
  readonly saveState: (key: string, value: string) => void;
  /** Saves a warning that the post step can print unchanged. @throws {@link RunnerFileError} */
  readonly saveWarning: (key: string, text: string) => void;
  /**
   * Appends a section to the job summary, without secrets. A summary that cannot be written is only a
   * line in the debug log.
   */
  readonly summary: (section: Section) => void;
  /**
   * Fails the step with one annotation; the log below it gets the request id, and what the causes add
   * to the message.
   *
   * @param what has failed, for the title: `create failed`.
   * @returns the message of the annotation.
   */
  readonly failure: (error: unknown, what?: string) => string;
}

/** The name and the outputs of an action. */
interface OutputRules<Output extends string> {
  /** The action as titles name it. */
  readonly title: string;
  /** All of them, in the order in which they are set. */
  readonly names: readonly Output[];
  /** Outputs that are secrets: masked before they are set. */
  readonly secret: ReadonlySet<Output>;
  /** Other outputs that must reach later steps unchanged; secrets are removed from all others. */
  readonly verbatim: ReadonlySet<Output>;
}

/** GitHub shows ten annotations of a kind for a step; the tenth warning may be the post step's. */
const mostWarnings = 9;

/** A report to the runner through @actions/core. */
export function createReport<Output extends string>(rules: OutputRules<Output>): Report<Output> {
  const secrets = new Set<string>();
  const scrubbed = (text: string): string => scrub(text, secrets);
  const clean = (text: string): string => shorten(showInvisible(neutralize(scrubbed(text))));

  const mask = createMask(secrets);
  const { error: annotate, ...log } = createLog(rules.title, clean);
  return {
    ...log,
    mask,
    outputs: createOutputs(rules, mask, scrubbed),
    exportEnv: (variables) => {
      for (const [name, value] of Object.entries(variables)) {
        exportVariable(name, secrets.has(value) ? value : scrubbed(value));
      }
    },
    saveState,
    saveWarning: (key, text) => {
      saveState(key, escapeCommandData(clean(text)));
    },
    summary: (section) => {
      const problem = writeSummary(section, scrubbed);
      if (problem !== undefined) core.debug(clean(problem));
    },
    failure: (error, what = 'step failed') => {
      const message = clean(asError(error).message);
      process.exitCode = core.ExitCode.Failure;
      annotate(message, `${rules.title}: ${what}`);
      for (const line of causes(error)) log.info(line);
      if (core.isDebug() && error instanceof Error) core.debug(clean(error.stack ?? ''));
      return message;
    },
  };
}

interface Log extends Pick<Report, 'group' | 'info' | 'debug' | 'warning' | 'notice'> {
  readonly error: (message: string, title: string) => void;
}

/**
 * Writes lines, groups and annotations.
 *
 * @param title of a notice.
 */
function createLog(title: string, clean: (text: string) => string): Log {
  const { inside, outside, group } = createGroups({
    begin: (name) => {
      core.startGroup(clean(name));
    },
    end: core.endGroup,
  });
  const info = (text: string): void => {
    inside();
    core.info(clean(text));
  };
  const warn = (text: string): void => {
    outside();
    core.warning(clean(text));
  };
  const notice = (text: string): void => {
    outside();
    core.notice(clean(text), { title });
  };
  return {
    group,
    info,
    debug: (text) => {
      core.debug(clean(text));
    },
    warning: atMost(mostWarnings, warn, (text) => {
      info(`Warning: ${text}`);
    }),
    notice: atMost(1, notice, info),
    error: (message, name) => {
      outside();
      core.error(message, { title: name });
    },
  };
}

/** @returns why it was not written; undefined if it was. */
function writeSummary(section: Section, scrubbed: (text: string) => string): string | undefined {
  const clean = (text: string): string => showInvisible(scrubbed(text));
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (!file) return 'The job summary was not written: GITHUB_STEP_SUMMARY is not set';
  try {
    appendSection(file, section, clean);
    return undefined;
  } catch (error) {
    return `The job summary was not written: ${asError(error).message}`;
  }
}

/** @param secrets receives all forms of each secret. */
function createMask(secrets: Set<string>): Mask {
  const maskLine = (line: string): void => {
    // Such a short mask would hide large parts of the log, and an empty one everything.
    if (line.length < 4 || secrets.has(line)) return;
    for (const form of [line, ...formsUnknownToRunner(line)]) core.setSecret(form);
    for (const form of formsOf(line)) secrets.add(form);
  };
  return (secret) => {
    // The runner would mask each line of several, even a short one.
    const [first = '', ...others] = secret.split(/[\r\n]+/);
    if (others.length === 0) {
      maskLine(first);
      return;
    }
    for (const part of [first, ...others, ...encodedForms(secret)]) maskLine(part.trim());
    for (const form of formsOf(secret)) secrets.add(form);
  };
}

function exportVariable(name: string, value: string): void {
  writing(`variable ${name}`, () => {
    core.exportVariable(name, value);
  });
}

function saveState(key: string, value: string): void {
  writing('the state of the step', () => {
    core.saveState(key, value);
  });
}

/** Adds to an error of the file system which value could not be written. */
function writing(what: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new RunnerFileError(
      `Could not write ${what} to the runner's file: ${asError(error).message}`,
      { cause: error },
    );
  }
}

/**
 * The writer of outputs, which writes no value twice.
 *
 * @param scrubbed removes secrets from a text, because a service may have echoed one.
 */
function createOutputs<Output extends string>(
  { names, secret, verbatim }: OutputRules<Output>,
  mask: Mask,
  scrubbed: (text: string) => string,
): Report<Output>['outputs'] {
  const written = new Map<string, string>();
  return (values) => {
    for (const name of secret) mask(values[name]?.toString() ?? '');
    for (const name of names) {
      const text = values[name]?.toString();
      const asItIs = text === undefined || secret.has(name) || verbatim.has(name);
      const value = asItIs ? text : scrubbed(text);
      if (value === undefined || value === written.get(name)) continue;
      writing(`output '${name}'`, () => {
        core.setOutput(name, value);
      });
      written.set(name, value);
    }
  };
}
