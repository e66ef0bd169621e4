import {
  PLAIN_KINDS,
  type Fault,
  type FaultMatch,
  type FaultRule,
  type OwnFaults,
} from './faults.ts';
import { isJsonObject, isStringRecord, type JsonObject } from './guards.ts';
import type { Allowance, RetryAfterForm } from './options.ts';
import type { Limits } from './world.ts';

const FORMS: readonly RetryAfterForm[] = ['seconds', 'date', 'none'];

/**
 * A number of a control body.
 *
 * @throws TypeError if it is missing, not a number, or negative
 */
export function positive(body: JsonObject, field: string): number {
  const value = body[field];
  if (typeof value === 'number' && value >= 0) return value;
  throw new TypeError(`${field} must be a number, 0 or more.`);
}

/**
 * An optional text of a control body.
 *
 * @throws TypeError if it is set and not a string
 */
export function optionalText(body: JsonObject, field: string): string | undefined {
  const value = body[field];
  if (value === undefined || typeof value === 'string') return value;
  throw new TypeError(`${field} must be a string.`);
}

function parseFault(fault: unknown, own: OwnFaults): Fault {
  if (!isJsonObject(fault)) throw new TypeError('fault must be an object.');
  const { kind, headers, body } = fault;
  if (kind === 'slow') return { kind, milliseconds: positive(fault, 'milliseconds') };
  const plain = PLAIN_KINDS.find((one) => one === kind);
  if (plain !== undefined) return { kind: plain };
  if (typeof kind === 'string' && own.has(kind)) return { kind };
  if (kind !== 'status') throw new TypeError(`Unknown kind of fault: ${String(kind)}.`);
  if (headers !== undefined && !isStringRecord(headers)) {
    throw new TypeError('headers must be an object of strings.');
  }
  if (body !== undefined && typeof body !== 'string' && (typeof body !== 'object' || !body)) {
    throw new TypeError('body must be a string or an object.');
  }
  return {
    kind,
    status: positive(fault, 'status'),
    ...(headers && { headers }),
    ...(body !== undefined && { body }),
  };
}

function parseMatch(match: unknown): FaultMatch {
  if (!isJsonObject(match)) throw new TypeError('match must be an object.');
  const method = optionalText(match, 'method');
  const path = optionalText(match, 'path');
  const operation = optionalText(match, 'operation');
  return {
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(operation !== undefined && { operation }),
  };
}

/**
 * A rule of a control body.
 *
 * @param own - faults that the API adds; a rule can set only their kind
 * @throws TypeError naming what is wrong with the rule
 */
export function parseFaultRule(body: JsonObject, own: OwnFaults): FaultRule {
  const { match, nth, times, fault } = body;
  return {
    ...(match !== undefined && { match: parseMatch(match) }),
    ...(nth !== undefined && { nth: positive(body, 'nth') }),
    ...(times !== undefined && { times: times === 'always' ? times : positive(body, 'times') }),
    fault: parseFault(fault, own),
  };
}

/**
 * Changes of limits from a control body.
 *
 * @param limits - the limits that can be changed
 * @throws TypeError naming what is wrong with the changes
 */
export function parseLimits(
  body: JsonObject,
  limits: Limits,
): Readonly<Record<string, Allowance | RetryAfterForm>> {
  const changes: Record<string, Allowance | RetryAfterForm> = {};
  for (const name of Object.keys(limits)) {
    if (name === 'retryAfter' || body[name] === undefined) continue;
    changes[name] = body[name] === 'unlimited' ? 'unlimited' : positive(body, name);
  }
  const { retryAfter } = body;
  if (retryAfter !== undefined) {
    const form = FORMS.find((one) => one === retryAfter);
    if (form === undefined) throw new TypeError(`retryAfter must be one of ${FORMS.join(', ')}.`);
    changes['retryAfter'] = form;
  }
  return changes;
}
