import * as core from '@actions/core';
import { asError } from '../errors.ts';
import { causes } from './report-causes.ts';
import {
  escapeCommandData,
  formsOf,
  formsUnknownToRunner,
  neutralize,
  scrub,
  shorten,
  showInvisible,
} from './report-text.ts';

/** Every output that action.yml declares. */
export const outputNames = [
  'operation',
  'skipped',
  'instance-id',
  'name',
  'connection-uri',
  'host',
  'username',
  'password',
  'sealed-credentials',
  'status',
  'tier',
  'region',
  'cloud-provider',
  'memory',
  'tenant',
  'created',
  'changed',
  'instance',
  'instances',
] as const;

/** Values by output; what is undefined is not known and not set. */
export type Outputs = Readonly<
  Partial<Record<(typeof outputNames)[number], string | boolean | undefined>>
>;

/** A file of the runner that could not be written; the message says which value is lost. */
export class RunnerFileError extends Error {
  override readonly name = 'RunnerFileError';
}

/** An instance worked on, and how that went. */
export interface Worked {
  readonly id: string;
  readonly name: string | undefined;
  /** Undefined until it was read. */
  readonly status?: string | undefined;
  readonly changed: boolean;
  readonly error?: string;
}

/** The only writer to the runner. Nothing it writes holds a secret it was told of. */
export interface Report {
  /** Registers a secret, in every form that the runner does not cover by itself. */
  readonly mask: (secret: string) => void;
  readonly info: (text: string) => void;
  readonly debug: (text: string) => void;
  readonly warning: (text: string) => void;
  /** For a result that a reader of the run should see without opening its log. */
  readonly notice: (text: string) => void;
  /**
   * Sets what is known; a password is masked before it is set, and secrets are cut out of all else.
   *
   * @throws {@link RunnerFileError}
   */
  readonly outputs: (values: Outputs) => void;
  /**
   * Sets `instances` and `changed`, and `status` as far as it holds for all of them.
   *
   * @param as `several` where the step is about more than one, and so no status is an output.
   */
  readonly worked: (instances: readonly Worked[], as?: 'several') => void;
  /** Sets variables for later steps. */
  readonly exportEnv: (variables: Readonly<Record<string, string>>) => void;
  /**
   * Leaves a value for the post step; an empty one takes back what was left.
   *
   * @throws {@link RunnerFileError}
   */
  readonly saveState: (key: string, value: string) => void;
  /** Leaves a warning that the post step can print as it is. @throws {@link RunnerFileError} */
  readonly saveWarning: (key: string, text: string) => void;
  /** Fails the step with one annotation; request ids and causes go to the log below it. */
  readonly failure: (error: unknown) => void;
}

/** A report to the runner through @actions/core. */
export function createReport(): Report {
  const secrets = new Set<string>();
  const scrubbed = (text: string): string => scrub(text, secrets);
  const clean = (text: string): string => shorten(showInvisible(neutralize(scrubbed(text))));

  const mask = (secret: string): void => {
    // So short a mask would blacken the whole log, and an empty one everything.
    if (secret.length < 4 || secrets.has(secret)) return;
    for (const form of [secret, ...formsUnknownToRunner(secret)]) core.setSecret(form);
    for (const form of formsOf(secret)) secrets.add(form);
  };
  const info = (text: string): void => {
    core.info(clean(text));
  };
  const { outputs, worked, workFailed } = createOutputs(mask, scrubbed);
  return {
    mask,
    info,
    debug: (text) => {
      core.debug(clean(text));
    },
    warning: (text) => {
      core.warning(clean(text));
    },
    notice: (text) => {
      core.notice(clean(text));
    },
    outputs,
    worked,
    exportEnv: (variables) => {
      for (const [name, value] of Object.entries(variables)) {
        exportVariable(name, secrets.has(value) ? value : scrubbed(value));
      }
    },
    saveState,
    saveWarning: (key, text) => {
      saveState(key, escapeCommandData(clean(text)));
    },
    failure: (error) => {
      const message = clean(asError(error).message);
      core.setFailed(message);
      workFailed(message);
      for (const line of causes(error)) info(line);
      if (core.isDebug() && error instanceof Error) core.debug(clean(error.stack ?? ''));
    },
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

/** Says of what the file system refuses what it was that could not be written. */
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

/** What must reach later steps as it is. */
const secretOutputs: ReadonlySet<string> = new Set(['password', 'sealed-credentials']);

/**
 * The writer of outputs, which knows what it has written.
 *
 * @param scrubbed takes secrets out of a text, because a service may have echoed one.
 */
function createOutputs(
  mask: (secret: string) => void,
  scrubbed: (text: string) => string,
): {
  readonly outputs: Report['outputs'];
  readonly worked: Report['worked'];
  /** Notes an error with the instance worked on, if it is one that has none yet. */
  readonly workFailed: (message: string) => void;
} {
  const written = new Map<string, string>();
  let last: readonly Worked[] = [];
  const outputs = (values: Outputs): void => {
    if (values.password !== undefined) mask(values.password.toString());
    const all = { ...values, host: values.host ?? hostOf(values['connection-uri']) };
    for (const name of outputNames) {
      const text = all[name]?.toString();
      const value = text === undefined || secretOutputs.has(name) ? text : scrubbed(text);
      if (value === undefined || value === written.get(name)) continue;
      writing(`output '${name}'`, () => {
        core.setOutput(name, value);
      });
      written.set(name, value);
    }
  };
  const worked: Report['worked'] = (instances, as) => {
    last = instances;
    const { status, ...others } = workedOutputs(instances);
    outputs(as === 'several' ? others : { status, ...others });
  };
  const workFailed = (message: string): void => {
    const [only, ...more] = last;
    if (only === undefined || more.length > 0) return;
    try {
      worked([{ ...only, error: only.error ?? message }]);
    } catch {
      // The step fails with the error itself; there may be no file to write any output to.
    }
  };
  return { outputs, worked, workFailed };
}

/** Undefined where the URI has none that can be told. */
function hostOf(uri: Outputs['connection-uri']): string | undefined {
  if (typeof uri !== 'string' || !URL.canParse(uri)) return undefined;
  const { hostname } = new URL(uri);
  return hostname === '' ? undefined : hostname;
}

function workedOutputs(instances: readonly Worked[]): Outputs {
  const [status, ...others] = new Set(instances.map((instance) => instance.status));
  return {
    status: others.length === 0 ? status : undefined,
    changed: instances.some(({ changed }) => changed),
    instances: JSON.stringify(instances),
  };
}
