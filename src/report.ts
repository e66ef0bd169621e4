import * as core from '@actions/core';
import { AuraError } from './aura/errors.ts';
import { type CreateState, stateKey } from './state.ts';

/** Every output that action.yml declares. */
export const outputNames = [
  'instance-id',
  'name',
  'connection-uri',
  'username',
  'password',
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
  /** Leaves word for the post step; undefined takes back what was left. */
  readonly saveState: (state: CreateState | undefined) => void;
  /** Fails the step with one annotation; request ids and causes go to the log below it. */
  readonly failure: (error: unknown) => void;
}

/** A report to the runner through @actions/core. */
export function createReport(): Report {
  const secrets = new Set<string>();
  const written = new Map<string, string>();
  const clean = (text: string): string => neutralize(scrub(text, secrets));

  const mask = (secret: string): void => {
    if (secrets.has(secret)) return;
    secrets.add(secret);
    core.setSecret(secret);
    for (const form of formsUnknownToRunner(secret)) {
      secrets.add(form);
      core.setSecret(form);
    }
    secrets.add(Buffer.from(secret).toString('base64'));
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
      for (const name of outputNames) {
        const value = values[name]?.toString();
        if (value === undefined || value === written.get(name)) continue;
        if (name === 'password') mask(value);
        core.setOutput(name, value);
        written.set(name, value);
      }
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
  const forms = [Buffer.from(secret).toString('base64url'), encodeURIComponent(secret)];
  return forms.filter((form) => form !== secret);
}

/** A secret that came in with foreign text, in an error message for example, is cut out of it. */
function scrub(text: string, secrets: ReadonlySet<string>): string {
  let scrubbed = text;
  for (const secret of secrets) scrubbed = scrubbed.replaceAll(secret, '***');
  return scrubbed;
}

/**
 * Takes from foreign text the power to command the runner, which reads `::command::` at the start
 * of a line and `##[command]` anywhere, on every line of both streams.
 */
function neutralize(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^(\s*):(?=:)/, '$1: ').replaceAll('##[', '# #['))
    .join('\n');
}

/** Below the annotation: for each error of the chain what was asked, and its id at Aura. */
function causes(error: unknown): readonly string[] {
  const lines: string[] = [];
  let current: unknown = error instanceof Error ? (isAura(error) ? error : error.cause) : undefined;
  while (current instanceof Error && lines.length < 10) {
    lines.push(`Caused by: ${isAura(current) ? describeRequest(current) : current.message}`);
    current = current.cause;
  }
  return lines;
}

function isAura(error: Error): error is AuraError {
  return error instanceof AuraError;
}

function describeRequest(error: AuraError): string {
  const id = error.requestId === undefined ? '' : ` (request id ${error.requestId})`;
  return `${error.request}: ${error.message}${id}`;
}
