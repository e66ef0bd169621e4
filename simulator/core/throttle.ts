import { Refusal } from './answer.ts';
import { auraTime } from '../aura/world.ts';
import type { World } from '../aura/world.ts';

/** `Retry-After` for a time to wait: whole seconds or an HTTP date, both rounded up. */
function retryAfter(world: World, milliseconds: number): Record<string, string> {
  const form = world.limits.retryAfter;
  if (form === 'none') return {};
  if (form === 'seconds') return { 'retry-after': String(Math.ceil(milliseconds / 1000)) };
  const at = Math.ceil((auraTime(world) + milliseconds) / 1000) * 1000;
  return { 'retry-after': new Date(at).toUTCString() };
}

/**
 * 429: the status and the header are in the Aura API v1 specification, the body is assumed.
 *
 * @param milliseconds - simulated time until a request will be taken again
 */
export function tooManyRequests(world: World, milliseconds: number): Refusal {
  return new Refusal({
    status: 429,
    headers: retryAfter(world, milliseconds),
    body: { error: 'Rate limit exceeded' },
  });
}
