import { apiTime, type HarnessWorld } from './world.ts';

/**
 * The header `Retry-After` of a 429 in the form that is set: whole seconds or an HTTP date, both rounded up.
 *
 * @param milliseconds - simulated time until a request will be taken again
 */
export function retryAfter(world: HarnessWorld, milliseconds: number): Record<string, string> {
  const form = world.limits.retryAfter;
  if (form === 'none') return {};
  if (form === 'seconds') return { 'retry-after': String(Math.ceil(milliseconds / 1000)) };
  const at = Math.ceil((apiTime(world) + milliseconds) / 1000) * 1000;
  return { 'retry-after': new Date(at).toUTCString() };
}
