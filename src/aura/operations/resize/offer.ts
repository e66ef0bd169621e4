import type { Instance, InstanceConfiguration } from '../../api/types.ts';
import { RequestError } from '../../../core/http/request-error.ts';
import { nameOfTier } from '../../inputs/table.ts';
import type { Session } from '../../session/session.ts';

/** The reasons of Aura's refusals for which the offer is the answer. Source: seen live. */
const reasons = [
  'invalid-memory-size',
  'database-incapable-of-action',
  'tenant-incapable-of-action',
];

/**
 * What the tenant offers, after a refusal for which this is the answer.
 *
 * @returns a sentence; undefined for another refusal, or if the offer cannot be read.
 */
export async function offerAfter(
  { client }: Pick<Session, 'client'>,
  refusal: RequestError,
  instance: Instance,
): Promise<string | undefined> {
  if (!reasons.some((reason) => refusal.hasReason(reason))) return undefined;
  try {
    return describeOffer(await client.listConfigurations(instance.tenantId), instance);
  } catch (error) {
    // The refusal itself is what counts.
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}

/** The sizes of the instance's tier in its region. */
export function describeOffer(
  offer: readonly InstanceConfiguration[],
  { type = '', region, cloudProvider }: Instance,
): string {
  const here = offer.filter(
    (entry) =>
      (region === undefined || entry.region === region) &&
      (cloudProvider === undefined || entry.cloudProvider === cloudProvider),
  );
  const sizes = distinct(
    here
      .filter((entry) => entry.type === type)
      .map(({ memory, storage }) => (storage === undefined ? memory : `${memory} (${storage})`)),
  );
  const place = [cloudProvider, region].filter((part) => part !== undefined).join(' ');
  const where = place === '' ? 'The tenant offers' : `In ${place} the tenant offers`;
  return `${where} tier '${nameOfTier(type)}' with memory (storage) ${sizes.join(', ') || 'of no size'}. Set 'memory', and 'storage' if it is set, to one of these pairs.`;
}

/** Each once, sizes in the order of their numbers. */
function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort((one, other) =>
    one.localeCompare(other, 'en', { numeric: true }),
  );
}
