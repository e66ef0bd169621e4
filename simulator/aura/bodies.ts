import type { Answer } from '../core/answer.ts';
import { parseBody, type Call } from '../core/calls.ts';
import type { JsonObject } from '../core/guards.ts';
import { apiError, invalidField } from './errors.ts';
import type { World } from './world.ts';

/**
 * The body of a request. A missing body counts as `{}`, because some operations need none.
 *
 * @throws Refusal (400) if it is not a JSON object
 */
export function jsonBody(call: Call): JsonObject {
  try {
    return parseBody(call);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw apiError(400, { message: error.message, reason: 'invalid-request' });
  }
}

/** A success body: everything is under `data` (Aura API v1 specification). */
export function success(status: number, data: object): Answer {
  return { status, body: { data } };
}

/**
 * A required body property.
 *
 * @throws Refusal (400) if it is missing, empty or not a string
 */
export function requiredString(body: JsonObject, field: string): string {
  const value = optionalString(body, field);
  if (value === undefined || value === '') throw invalidField(field, `Missing field: ${field}`);
  return value;
}

/**
 * An optional body property.
 *
 * @throws Refusal (400) if it is set and not a string
 */
export function optionalString(body: JsonObject, field: string): string | undefined {
  const value = body[field];
  if (value === undefined || typeof value === 'string') return value;
  throw invalidField(field, `${field} must be a string`);
}

/**
 * An optional body property.
 *
 * @throws Refusal (400) if it is set and not a boolean; it is unknown whether Aura accepts "true"
 */
export function optionalBoolean(body: JsonObject, field: string): boolean | undefined {
  const value = body[field];
  if (value === undefined || typeof value === 'boolean') return value;
  throw invalidField(field, `${field} must be a boolean`);
}

/**
 * The properties of a body that the description declares. Aura probably ignores others: the
 * Terraform provider once sent `secondaries_count` with a creation, which had no effect.
 *
 * @throws Refusal (400) naming the first unknown one, if so configured
 */
export function declaredFields(
  world: World,
  body: JsonObject,
  known: readonly string[],
): JsonObject {
  const stranger = Object.keys(body).find((field) => !known.includes(field));
  if (stranger === undefined) return body;
  if (world.options.unknownFields === 'refuse') {
    throw invalidField(stranger, `Unknown field: ${stranger}`);
  }
  return Object.fromEntries(Object.entries(body).filter(([field]) => known.includes(field)));
}

/**
 * The name of an instance: 1 to 30 characters of any script, no whitespace around them
 * (Aura API v1 specification).
 *
 * @throws Refusal (400) if it breaks the rule
 */
export function instanceName(name: string): string {
  const characters = Array.from(name).length;
  if (characters < 1 || characters > 30) {
    throw invalidField('name', 'Name must be between 1 and 30 characters');
  }
  if (name !== name.trim()) {
    throw invalidField('name', 'Name must not begin or end with whitespace');
  }
  return name;
}
