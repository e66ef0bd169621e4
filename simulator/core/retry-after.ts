import { apiTime, type HarnessWorld } from './world.ts';

/**
 * The `Retry-After` header of a 429 in the configured form: seconds or an HTTP date, rounded up.
 *
 * @param milliseconds - simulated time until the next request is accepted
 */
export function retryAfter(world: HarnessWorld, milliseconds: number): Record<string, string> {
  const form = world.limits.retryAfter;
  if (form === 'none') return {};
  if (form === 'seconds') return { 'retry-after': String(Math.ceil(milliseconds / 1000)) };
  const at = Math.ceil((apiTime(world) + milliseconds) / 1000) * 1000;
  return { 'retry-after': new Date(at).toUTCString() };
}
