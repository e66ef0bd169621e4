import { expect } from 'vitest';
import type { Exchange, FaultRule } from '../../simulator/aura/simulator.ts';
import type { StepResult } from '../runner/fake-runner.ts';
import type { Scenario } from './scenario.ts';

/** What the action itself printed, without the runner's header. */
export function linesOf(result: StepResult): readonly string[] {
  return result.log.slice(result.log.indexOf('##[endgroup]') + 1);
}

/** The line of a wait: the elapsed time in a column of its own, then the state. */
const waitLine = /^((?:\d+[hms] ?)+) +(?!still |\d+[hms] )(\S.*)$/;

/** The states that the step has logged while it waited, each with the time: `28s creating`. */
export function statesOf(result: StepResult): readonly string[] {
  return linesOf(result).flatMap((line) => {
    const [, elapsed = '', state = ''] = waitLine.exec(line) ?? [];
    return state === '' ? [] : [`${elapsed.trim()} ${state}`];
  });
}

/** The lines of a step without its waits, its groups, and the lines that say what it works on. */
export function resultLinesOf(result: StepResult): readonly string[] {
  let within = false;
  return linesOf(result).filter((line) => {
    if (/^##\[(end)?group\]/.test(line)) within = line.startsWith('##[group]');
    return !within && !/^(##\[endgroup\]|Neo4j Aura: | {2}\S)/.test(line);
  });
}

/** The result for one instance: what the step has provided, or would have done. */
const resultOfOne =
  /^Instance '.+' \([0-9a-f]{8}\) is .+\. It will (?:be deleted when this job ends|not be deleted automatically; use operation 'delete')\.$|^Dry run: would (?!\w+ \d+ instance)/s;
const resultOfSeveral =
  /^(?:Deleted|Paused|Resumed|Dry run: would (?:delete|pause|resume)|Aura has accepted the request to (?:delete|pause|resume)) \d+ instances?: /;

/** The annotations of a step, without the notice of its result for one instance. */
export function remarkable({ annotations }: StepResult): StepResult['annotations'] {
  return annotations.filter((annotation) => !isNotice(annotation, resultOfOne));
}

function isNotice(
  { level, title, message }: StepResult['annotations'][number],
  text: RegExp,
): boolean {
  return level === 'notice' && title === 'Neo4j Aura' && text.test(message);
}

/** The only error annotation of a failed step. */
export function errorOf(result: StepResult): string {
  expect(result).toMatchObject({ conclusion: 'failure', exitCode: 1, stderr: '' });
  const [annotation, ...others] = result.annotations.filter(
    (one) => !isNotice(one, resultOfSeveral),
  );
  expect(others).toEqual([]);
  expect(annotation?.level).toBe('error');
  return annotation?.message ?? '';
}

/**
 * Checks that a step succeeded without annotations but for that of its result, and returns its outputs except those that
 * {@link ownOutputs} checks.
 */
export function outputsOf(result: StepResult): Readonly<Record<string, string>> {
  const remarks = remarkable(result).filter((one) => !isNotice(one, resultOfSeveral));
  expect(remarks).toEqual([]);
  expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, stderr: '' });
  return ownOutputs(result);
}

/** The outputs of a step without those that every step has, which are checked here. */
export function ownOutputs({ outputs }: StepResult): Readonly<Record<string, string>> {
  const { operation, skipped, host, ...others } = outputs;
  expect(operation).toMatch(/^[a-z]+$/);
  expect(skipped).toBe('false');
  const uri = others['connection-uri'];
  expect(host).toBe(uri === undefined ? undefined : new URL(uri).hostname);
  return others;
}

/** The value of the output `instances`. */
export function instancesOf({ outputs }: StepResult): unknown {
  return JSON.parse(outputs['instances'] ?? 'null');
}

/** The method, path and status of an exchange: `GET /v1/instances/{id} 200`. */
export function describeExchange({ method, path, status }: Exchange): string {
  const generic = path
    .replace(/(?<=\/instances\/)[0-9a-f]{8}/, '{id}')
    .replace(/(?<=\/tenants\/)[0-9a-f-]{36}/, '{id}');
  return `${method} ${generic} ${status}`;
}

/** All requests of a scenario so far. */
export function requestsOf({ simulator }: Scenario): readonly string[] {
  return simulator.exchanges.map(describeExchange);
}

/** The requests that change something, or would if they were accepted. */
export function changesOf({ simulator }: Scenario): readonly string[] {
  return simulator.exchanges
    .filter(({ method, path }) => method !== 'GET' && path !== '/oauth/token')
    .map(describeExchange);
}

/** Number of requests to a path. */
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

/** An answer with a status and a JSON error, in the gateway's form. */
export function refusal(
  status: number,
  { error = 'No', headers = {} }: { error?: string; headers?: Record<string, string> } = {},
): FaultRule['fault'] {
  return { kind: 'status', status, headers, body: { error } };
}

/** 429 with `Retry-After`: seconds as a number, or a date. */
export function tooMany(retryAfter: number | Date): FaultRule['fault'] {
  const value = typeof retryAfter === 'number' ? String(retryAfter) : retryAfter.toUTCString();
  return refusal(429, { error: 'Rate limit exceeded', headers: { 'retry-after': value } });
}

/** The API's answer to a user without the permission. */
export const forbidden: FaultRule['fault'] = {
  kind: 'status',
  status: 403,
  body: { errors: [{ message: 'Insufficient permissions', reason: 'unauthorized' }] },
};

/** Applies these faults to the matching requests one after the other, from the n-th on. */
export function addFaults(
  { simulator }: Scenario,
  match: NonNullable<FaultRule['match']>,
  { faults, from = 1 }: { faults: readonly FaultRule['fault'][]; from?: number },
): void {
  faults.forEach((fault, index) => {
    simulator.addFault({ match, nth: from + index, fault });
  });
}

/** The outputs without those named. */
export function without(
  outputs: Readonly<Record<string, string>>,
  ...names: readonly string[]
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => !names.includes(name)));
}
