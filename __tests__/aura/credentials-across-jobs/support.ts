import { remarkable } from '../../../harness/world/support.ts';
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type {
  FakeJob,
  JobOptions,
  StepResult,
  TraceEvent,
} from '../../../harness/runner/fake-runner.ts';
import type { GitHubServer } from '../../../harness/github/server.ts';
import { formsOf } from '../../../harness/runner/leaks.ts';
import type { Scenario } from '../../../harness/world/scenario.ts';

/** The outputs for connecting to a database. */
export const credentialNames = [
  'instance-id',
  'name',
  'connection-uri',
  'username',
  'password',
  'tenant',
] as const;

/** Only these outputs of a step. */
export function credentialsOf({ outputs }: StepResult): Readonly<Record<string, string>> {
  const known = credentialNames.filter((name) => name in outputs);
  return Object.fromEntries(known.map((name) => [name, outputs[name] ?? '']));
}

/** The warnings of a step, which must have succeeded. */
export function warningsOf(result: StepResult): readonly string[] {
  expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, stderr: '' });
  const remarks = remarkable(result);
  expect(remarks.filter(({ level }) => level !== 'warning')).toEqual([]);
  return remarks.map(({ message }) => message);
}

/** The error of a failed step, and its warnings. */
export function failureOf(result: StepResult): {
  readonly error: string;
  readonly warnings: readonly string[];
} {
  expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, stderr: '' });
  const errors = result.annotations.filter(({ level }) => level === 'error');
  expect(errors).toHaveLength(1);
  const warnings = result.annotations.filter(({ level }) => level === 'warning');
  return { error: errors[0]?.message ?? '', warnings: warnings.map(({ message }) => message) };
}

/** Runs a step in a job with the inputs that every step needs; `inputs` override them. */
export function stepIn(
  { credentials }: Scenario,
  job: FakeJob,
  inputs: Readonly<Record<string, string>>,
): Promise<StepResult> {
  return job.step({ inputs: { ...credentials, ...inputs } });
}

/** The number of token requests to Aura. */
export function tokenRequestsOf({ simulator }: Scenario): number {
  return simulator.exchanges.filter(({ path }) => path === '/oauth/token').length;
}

/** The newest token that was issued. */
export function newestTokenOf({ simulator }: Scenario): string {
  return simulator.secrets().findLast((secret) => secret.split('.').length === 3) ?? '';
}

/** The value of a step's output in another job. */
export function handedOver(job: FakeJob, result: StepResult, name: string): string {
  const value = job.output(result.outputs[name] ?? '');
  expect(value, `the job output ${name}`).toBeDefined();
  return value ?? '';
}

/**
 * Everything except masks that a step printed, wrote or sent before it had masked all of the
 * values.
 */
export function doneBeforeMasks(
  { trace }: StepResult,
  values: readonly string[],
): readonly TraceEvent[] {
  const last = Math.max(...values.map((value) => trace.findIndex((event) => masks(event, value))));
  for (const value of values) expect(trace.some((event) => masks(event, value))).toBe(true);
  return trace.slice(0, last).filter((event) => !isMask(event));
}

function isMask(event: TraceEvent): boolean {
  return event.kind === 'stdout' && event.text.startsWith('::add-mask::');
}

function masks(event: TraceEvent, value: string): boolean {
  // The trace contains a hash of the masked value; a percent sign is escaped in a command.
  const digest = createHash('sha256').update(value.replaceAll('%', '%25')).digest('hex');
  return event.kind === 'stdout' && event.text.startsWith(`::add-mask::${digest.slice(0, 12)}`);
}

/** A job that stores its credentials on the server. */
export function at(server: GitHubServer, options: JobOptions = {}): JobOptions {
  return { ...options, env: { ...options.env, GITHUB_API_URL: server.url } };
}

/** The requests to GitHub, without the parts that differ: `POST deployments/{id}/statuses 201`. */
export function gitHubRequestsOf({ exchanges }: GitHubServer): readonly string[] {
  return exchanges.map(({ method, path, status }) => {
    const generic = path.replace(/^\/repos\/[^/]+\/[^/]+\//, '').replace(/\d+$|\d+(?=\/)/, '{id}');
    return `${method} ${generic} ${status}`;
  });
}

/** Checks that every secret sent to GitHub was sealed. */
export function expectSealedOnly(server: GitHubServer, { simulator }: Scenario): void {
  const forms = simulator.secrets().flatMap(formsOf);
  expect(forms).not.toHaveLength(0);
  for (const { method, path, query, headers, body } of server.exchanges) {
    const { authorization = '', ...others } = headers;
    expect(authorization).toMatch(/^(token|bearer) ghs_\w+$/);
    const texts = [JSON.stringify({ path, query, others, body }), body, ...payloadsOf(body)];
    for (const text of texts) {
      const told = forms.filter((form) => text.includes(form));
      expect(told.length, `${method} ${path} tells a secret`).toBe(0);
    }
  }
}

/** Also the sealed bytes of a body: base64 alone would hide a secret. */
function payloadsOf(body: string): readonly string[] {
  return [...body.matchAll(/[\w-]{40,}/g)].map(([text]) =>
    Buffer.from(text, 'base64url').toString('latin1'),
  );
}
