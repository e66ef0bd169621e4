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

/** The outputs that tell how to reach a database. */
export const credentialNames = [
  'instance-id',
  'name',
  'connection-uri',
  'username',
  'password',
  'tenant',
] as const;

/** Those outputs of a step, and no others. */
export function credentialsOf({ outputs }: StepResult): Readonly<Record<string, string>> {
  const known = credentialNames.filter((name) => name in outputs);
  return Object.fromEntries(known.map((name) => [name, outputs[name] ?? '']));
}

/** What a step was warned of; it has worked all the same. */
export function warningsOf(result: StepResult): readonly string[] {
  expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, stderr: '' });
  expect(result.annotations.filter(({ level }) => level !== 'warning')).toEqual([]);
  return result.annotations.map(({ message }) => message);
}

/** The error of a step that has failed, and what it was warned of before. */
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

/** Runs a step in a job with what every step needs; what is given here wins. */
export function stepIn(
  { credentials }: Scenario,
  job: FakeJob,
  inputs: Readonly<Record<string, string>>,
): Promise<StepResult> {
  return job.step({ inputs: { ...credentials, ...inputs } });
}

/** How many token requests Aura has had. */
export function tokenRequestsOf({ simulator }: Scenario): number {
  return simulator.exchanges.filter(({ path }) => path === '/oauth/token').length;
}

/** The newest token that was issued. */
export function newestTokenOf({ simulator }: Scenario): string {
  return simulator.secrets().findLast((secret) => secret.split('.').length === 3) ?? '';
}

/** The value of a step's output, as another job gets it. */
export function handedOver(job: FakeJob, result: StepResult, name: string): string {
  const value = job.output(result.outputs[name] ?? '');
  expect(value, `the job output ${name}`).toBeDefined();
  return value ?? '';
}

/**
 * Everything that a step printed, wrote or sent before it had masked all of the values, but for
 * other masks.
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
  // The trace holds a hash of what was masked; a percent sign is escaped in a command.
  const digest = createHash('sha256').update(value.replaceAll('%', '%25')).digest('hex');
  return event.kind === 'stdout' && event.text.startsWith(`::add-mask::${digest.slice(0, 12)}`);
}

/** A job that keeps its credentials at the server. */
export function at(server: GitHubServer, options: JobOptions = {}): JobOptions {
  return { ...options, env: { ...options.env, GITHUB_API_URL: server.url } };
}

/** The requests to GitHub, with what differs left out: `POST deployments/{id}/statuses 201`. */
export function gitHubRequestsOf({ exchanges }: GitHubServer): readonly string[] {
  return exchanges.map(({ method, path, status }) => {
    const generic = path.replace(/^\/repos\/[^/]+\/[^/]+\//, '').replace(/\d+$|\d+(?=\/)/, '{id}');
    return `${method} ${generic} ${status}`;
  });
}

/** Makes sure that no request has told GitHub anything that was not sealed. */
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

/** The sealed bytes of a body, too: base64 might be all that hides a secret. */
function payloadsOf(body: string): readonly string[] {
  return [...body.matchAll(/[\w-]{40,}/g)].map(([text]) =>
    Buffer.from(text, 'base64url').toString('latin1'),
  );
}
