import type { Handler } from '../core/calls.ts';
import type { JsonObject } from '../core/guards.ts';
import { declaredFields, jsonBody, optionalString, success } from './bodies.ts';
import { invalidField } from './errors.ts';
import type { World } from './world.ts';

const FIELDS = ['node_count', 'relationship_count', 'instance_type', 'algorithm_categories'];
const TYPES: readonly string[] = ['professional-ds', 'enterprise-ds'];
/** Gigabytes of the sizes that AuraDS has. */
const SIZES: readonly number[] = [8, 16, 24, 32, 48, 64, 128, 192, 256, 384];

/** @throws Refusal (400) if it is missing or not a whole number, 0 or more */
function count(body: JsonObject, field: string): number {
  const value = body[field];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalidField(field, `${field} must be a whole number`);
}

/** @throws Refusal (400) if it is set and not a list of texts */
function categories(body: JsonObject): readonly unknown[] {
  const value = body['algorithm_categories'] ?? [];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw invalidField('algorithm_categories', 'algorithm_categories must be a list of strings');
}

/**
 * `POST /v1/instances/sizing`: an estimate for AuraDS. Aura's formula is not published; this one
 * only grows with what is asked for.
 */
export const sizeInstance: Handler<World> = (world, call) => {
  const body = declaredFields(world, jsonBody(call), FIELDS);
  const bytes = count(body, 'node_count') * 1_000 + count(body, 'relationship_count') * 500;
  const type = optionalString(body, 'instance_type');
  if (type !== undefined && !TYPES.includes(type)) {
    throw invalidField('instance_type', `instance_type must be one of ${TYPES.join(', ')}`);
  }
  const needed = Math.ceil((bytes / 2 ** 30) * (1 + categories(body).length / 4)) + 2;
  const fitting = SIZES.find((size) => size >= needed);
  return success(200, {
    did_exceed_maximum: fitting === undefined,
    min_required_memory: `${needed}GB`,
    recommended_size: `${fitting ?? SIZES.at(-1) ?? 0}GB`,
  });
};
