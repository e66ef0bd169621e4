import type { Mask } from '../../core/secrets/secret.ts';

/** The length of the shortest secret that an input accepts. */
export const shortestSecret = 8;

/** Whether a secret is long enough; a character of any alphabet counts as one. */
export function isLongEnough(text: string): boolean {
  return Array.from(text).length >= shortestSecret;
}

/**
 * Masks only what an input accepts as a secret. A shorter text is refused, and may be an ordinary
 * word, which a mask would remove from the error and from the rest of the job's log.
 */
export function maskAccepted(mask: Mask): Mask {
  return (text) => {
    if (isLongEnough(text)) mask(text);
  };
}
