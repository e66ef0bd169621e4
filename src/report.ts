import * as core from '@actions/core';
import { causes } from './report-causes.ts';
import { type CreateState, stateKey } from './state.ts';

/** Every output that action.yml declares. */
export const outputNames = [
  'instance-id',
  'name',
  'connection-uri',
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

/** The only writer to the runner. Nothing it writes holds a secret it was told of. */
export interface Report {
  /** Registers a secret, in every form that the runner does not cover by itself. */
  readonly mask: (secret: string) => void;
  readonly info: (text: string) => void;
  readonly debug: (text: string) => void;
  readonly warning: (text: string) => void;
  /** Sets what is known; a password is masked before it is set. */
  readonly outputs: (values: Outputs) => void;
  /** Sets variables for later steps. */
  readonly exportEnv: (variables: Readonly<Record<string, string>>) => void;
  /** Leaves word for the post step; undefined takes back what was left. */
  readonly saveState: (state: CreateState | undefined) => void;
  /** Fails the step with one annotation; request ids and causes go to the log below it. */
  readonly failure: (error: unknown) => void;
}

/** A report to the runner through @actions/core. */
export function createReport(): Report {
  const secrets = new Set<string>();
  const written = new Map<string, string>();
  const clean = (text: string): string => shorten(neutralize(scrub(text, secrets)));

  const mask = (secret: string): void => {
    // So short a mask would blacken the whole log, and an empty one everything.
    if (secret.length < 4 || secrets.has(secret)) return;
    for (const form of [secret, ...formsUnknownToRunner(secret)]) core.setSecret(form);
    for (const form of formsOf(secret)) secrets.add(form);
  };
  const info = (text: string): void => {
    core.info(clean(text));
  };
  return {
    mask,
    info,
    debug: (text) => {
      core.debug(clean(text));
    },
    warning: (text) => {
      core.warning(clean(text));
    },
    outputs: (values) => {
      if (values.password !== undefined) mask(values.password.toString());
      for (const name of outputNames) {
        const value = values[name]?.toString();
        if (value === undefined || value === written.get(name)) continue;
        core.setOutput(name, value);
        written.set(name, value);
      }
    },
    exportEnv: (variables) => {
      for (const [name, value] of Object.entries(variables)) core.exportVariable(name, value);
    },
    saveState: (state) => {
      core.saveState(stateKey, state === undefined ? '' : JSON.stringify(state));
    },
    failure: (error) => {
      core.setFailed(clean(error instanceof Error ? error.message : String(error)));
      for (const line of causes(error)) info(line);
      if (core.isDebug() && error instanceof Error) core.debug(clean(error.stack ?? ''));
    },
  };
}

/**
 * Forms of a secret that a runner does not derive from the mask itself: base64url, and the percent
 * encoding of JavaScript, which leaves `!'()*` as they are. Source: the runner's value encoders.
 */
function formsUnknownToRunner(secret: string): readonly string[] {
  const forms = [
    Buffer.from(secret).toString('base64url'),
    encodeURIComponent(secret.toWellFormed()),
  ];
  return forms.filter((form) => form !== secret);
}

/** All forms that are cut out of what is printed. */
function formsOf(secret: string): readonly string[] {
  return [secret, ...formsUnknownToRunner(secret), Buffer.from(secret).toString('base64')];
}

/** A secret that came in with foreign text, in an error message for example, is cut out of it. */
function scrub(text: string, secrets: ReadonlySet<string>): string {
  let scrubbed = text;
  for (const secret of secrets) scrubbed = scrubbed.replaceAll(secret, '***');
  return scrubbed;
}

/** The runner trims as .NET does, which takes U+0085 for a blank where JavaScript does not. */
const leadingColons = /^([\s\u0085]*):(?=:)/;

/**
 * Takes from foreign text the power to command the runner, which reads `::command::` at the start
 * of a line and `##[command]` anywhere, on every line of both streams.
 */
function neutralize(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(leadingColons, '$1: ').replaceAll('##[', '# #['))
    .join('\n');
}

/** The runner cuts annotations at 4096 characters; foreign text must not flood the log either. */
function shorten(text: string): string {
  const longest = 4_000;
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
