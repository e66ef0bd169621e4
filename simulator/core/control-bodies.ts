import type { Fault, FaultMatch, FaultRule } from './faults.ts';
import { isJsonObject, isStringRecord, type JsonObject } from './guards.ts';
import type { InstanceSeed } from '../aura/instances.ts';
import type { RetryAfterForm } from '../aura/options.ts';
import type { Limits } from '../aura/world.ts';

type PlainKind = Exclude<Fault['kind'], 'status' | 'slow'>;

const PLAIN_KINDS: readonly PlainKind[] = [
  'reset-before',
  'reset-after',
  'hang',
  'hang-after',
  'truncated',
  'not-json',
  'expired-token',
  'stuck',
  'loading-failed',
];
const FORMS: readonly RetryAfterForm[] = ['seconds', 'date', 'none'];

/**
 * A number of a control body.
 *
 * @throws TypeError if it is missing, no number, or negative
 */
export function positive(body: JsonObject, field: string): number {
  const value = body[field];
  if (typeof value === 'number' && value >= 0) return value;
  throw new TypeError(`${field} must be a number, 0 or more.`);
}

function text(body: JsonObject, field: string): string | undefined {
  const value = body[field];
  if (value === undefined || typeof value === 'string') return value;
  throw new TypeError(`${field} must be a string.`);
}

function parseFault(fault: unknown): Fault {
  if (!isJsonObject(fault)) throw new TypeError('fault must be an object.');
  const { kind, headers, body } = fault;
  if (kind === 'slow') return { kind, milliseconds: positive(fault, 'milliseconds') };
  const plain = PLAIN_KINDS.find((one) => one === kind);
  if (plain !== undefined) return { kind: plain };
  if (kind !== 'status') throw new TypeError(`There is no fault of kind ${String(kind)}.`);
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
  const method = text(match, 'method');
  const path = text(match, 'path');
  const operation = text(match, 'operation');
  return {
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(operation !== undefined && { operation }),
  };
}

/** @throws TypeError naming what is wrong with the rule */
export function parseFaultRule(body: JsonObject): FaultRule {
  const { match, nth, times, fault } = body;
  return {
    ...(match !== undefined && { match: parseMatch(match) }),
    ...(nth !== undefined && { nth: positive(body, 'nth') }),
    ...(times !== undefined && { times: times === 'always' ? times : positive(body, 'times') }),
    fault: parseFault(fault),
  };
}

/** @throws TypeError naming what is wrong with the seed */
export function parseSeed(body: JsonObject): InstanceSeed {
  const name = text(body, 'name');
  if (name === undefined) throw new TypeError('name must be a string.');
  const places = ['cloudProvider', 'region', 'connectionUrl'] as const;
  const fields = ['status', 'type', 'tenantId', 'memory', ...places] as const;
  const given = fields.flatMap((field) => {
    const value = text(body, field);
    return value === undefined ? [] : [[field, value] as const];
  });
  return {
    name,
    ...Object.fromEntries(given),
    ...(body['createdAt'] !== undefined && { createdAt: positive(body, 'createdAt') }),
  };
}

/** @throws TypeError naming what is wrong with the limits */
export function parseLimits(body: JsonObject): Partial<Limits> {
  const limits: Partial<Limits> = {};
  for (const field of ['requestsPerMinute', 'tokensPerHour'] as const) {
    if (body[field] === undefined) continue;
    limits[field] = body[field] === 'unlimited' ? 'unlimited' : positive(body, field);
  }
  const { retryAfter } = body;
  if (retryAfter !== undefined) {
    const form = FORMS.find((one) => one === retryAfter);
    if (form === undefined) throw new TypeError(`retryAfter must be one of ${FORMS.join(', ')}.`);
    limits.retryAfter = form;
  }
  return limits;
}
