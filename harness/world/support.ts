import { expect } from 'vitest';
import type { Exchange, FaultRule } from '../../simulator/aura/simulator.ts';
import type { StepResult } from '../runner/fake-runner.ts';
import type { Scenario } from './scenario.ts';

/** What the action itself has printed, without the head that the runner prints. */
export function linesOf(result: StepResult): readonly string[] {
  return result.log.slice(result.log.indexOf('##[endgroup]') + 1);
}

/** The one error annotation of a step that has failed. */
export function errorOf(result: StepResult): string {
  expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, stderr: '' });
  expect(result.annotations).toHaveLength(1);
  const [annotation] = result.annotations;
  expect(annotation?.level).toBe('error');
  return annotation?.message ?? '';
}

/**
 * Makes sure that a step has worked without a word of complaint, and gives its outputs but those
 * that {@link ownOutputs} looks at.
 */
export function outputsOf(result: StepResult): Readonly<Record<string, string>> {
  expect(result.annotations).toEqual([]);
  expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, stderr: '' });
  return ownOutputs(result);
}

/** The outputs of a step but those that every step has alike, and which must be right. */
export function ownOutputs({ outputs }: StepResult): Readonly<Record<string, string>> {
  const { operation, skipped, host, ...others } = outputs;
  expect(operation).toMatch(/^[a-z]+$/);
  expect(skipped).toBe('false');
  const uri = others['connection-uri'];
  expect(host).toBe(uri === undefined ? undefined : new URL(uri).hostname);
  return others;
}

/** What the output `instances` says. */
export function instancesOf({ outputs }: StepResult): unknown {
  return JSON.parse(outputs['instances'] ?? 'null');
}

/** The parts of an exchange that tell where it went: `GET /v1/instances/{id} 200`. */
export function describeExchange({ method, path, status }: Exchange): string {
  const generic = path
    .replace(/(?<=\/instances\/)[0-9a-f]{8}/, '{id}')
    .replace(/(?<=\/tenants\/)[0-9a-f-]{36}/, '{id}');
  return `${method} ${generic} ${status}`;
}

/** Every request of a scenario so far. */
export function requestsOf({ simulator }: Scenario): readonly string[] {
  return simulator.exchanges.map(describeExchange);
}

/** The requests that change something, or would if they were accepted. */
export function changesOf({ simulator }: Scenario): readonly string[] {
  return simulator.exchanges
    .filter(({ method, path }) => method !== 'GET' && path !== '/oauth/token')
    .map(describeExchange);
}

/** How many requests went to a path. */
export function countOf({ simulator }: Scenario, method: string, path: RegExp): number {
  return simulator.exchanges.filter((one) => one.method === method && path.test(one.path)).length;
}

/** The times of the requests to a path, in milliseconds since a moment. */
export function timesOf(
  { simulator }: Scenario,
  { method, path, since }: { method: string; path: RegExp; since: number },
): readonly number[] {
  return simulator.exchanges
    .filter((one) => one.method === method && path.test(one.path))
    .map(({ at }) => at - since);
}

/** An answer with a status and a JSON error, as the gateway gives it. */
export function refusal(
  status: number,
  { error = 'No', headers = {} }: { error?: string; headers?: Record<string, string> } = {},
): FaultRule['fault'] {
  return { kind: 'status', status, headers, body: { error } };
}

/** 429 with `Retry-After`: seconds as a number, or a moment. */
export function tooMany(retryAfter: number | Date): FaultRule['fault'] {
  const value = typeof retryAfter === 'number' ? String(retryAfter) : retryAfter.toUTCString();
  return refusal(429, { error: 'Rate limit exceeded', headers: { 'retry-after': value } });
}

/** The refusal of a user without the permission, in the words of the API. */
export const forbidden: FaultRule['fault'] = {
  kind: 'status',
  status: 403,
  body: { errors: [{ message: 'Insufficient permissions', reason: 'unauthorized' }] },
};

/** Lets these happen to the matching requests one after the other, from the n-th on. */
export function addFaults(
  { simulator }: Scenario,
  match: NonNullable<FaultRule['match']>,
  { faults, from = 1 }: { faults: readonly FaultRule['fault'][]; from?: number },
): void {
  faults.forEach((fault, index) => {
    simulator.addFault({ match, nth: from + index, fault });
  });
}

/** The outputs but for some. */
export function without(
  outputs: Readonly<Record<string, string>>,
  ...names: readonly string[]
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => !names.includes(name)));
}
