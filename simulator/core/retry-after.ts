import { apiTime, type HarnessWorld } from './world.ts';

/**
 * The `Retry-After` header of a 429 in the configured form: seconds or an HTTP date, rounded up,
 * both by the client's clock.
 *
 * @param milliseconds - simulated time until the next request is accepted
 */
export function retryAfter(world: HarnessWorld, milliseconds: number): Record<string, string> {
  const form = world.limits.retryAfter;
  if (form === 'none') return {};
  const { clock } = world;
  if (form === 'seconds') {
    return { 'retry-after': String(Math.ceil(milliseconds / clock.speed / 1000)) };
  }
  const at = Math.ceil(apiTime(world, clock.now() + milliseconds) / 1000) * 1000;
  return { 'retry-after': new Date(at).toUTCString() };
}
