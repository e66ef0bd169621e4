import type { InstanceConfiguration } from '../../api/types.ts';

/** What a create asks for; undefined is left to what the tenant offers. */
export interface Wish {
  readonly type: string;
  readonly version: string;
  readonly cloudProvider: string | undefined;
  readonly region: string | undefined;
  readonly memory: string | undefined;
}

/** The one configuration that a wish leaves, or which field leaves none or too many. */
export type Choice =
  | { readonly kind: 'chosen'; readonly configuration: InstanceConfiguration }
  | {
      readonly kind: 'unavailable' | 'open';
      readonly field: keyof Wish;
      /** What the fields before it leave on offer. */
      readonly left: readonly InstanceConfiguration[];
    };

/** The order in which fields narrow the offer; each one's choices depend on those before it. */
const fields = ['type', 'version', 'cloudProvider', 'region', 'memory'] as const;

/**
 * Narrows a tenant's offer to one configuration. What the wish leaves open is taken where the offer
 * leaves one choice; of several sizes of memory the smallest.
 */
export function chooseConfiguration(offer: readonly InstanceConfiguration[], wish: Wish): Choice {
  const { type, cloudProvider, region } = wish;
  let left = offer;
  if (cloudProvider === undefined && region !== undefined) {
    // A region given without its cloud says which cloud it is.
    const ofType = offer.filter((entry) => entry.type === type);
    left = offer.filter((entry) => entry.region === region);
    if (ofType.length > 0 && !ofType.some((entry) => entry.region === region)) {
      return { kind: 'unavailable', field: 'region', left: ofType };
    }
    if (ofType.length === 0) left = offer;
  }
  for (const field of fields) {
    const available = distinct(left, field);
    const wanted = wish[field] ?? (field === 'memory' ? available[0] : onlyOne(available));
    if (wanted === undefined) return { kind: 'open', field, left };
    const matching = left.filter((entry) => entry[field] === wanted);
    if (matching.length === 0) return { kind: 'unavailable', field, left };
    left = matching;
  }
  const [configuration] = left;
  if (configuration === undefined) return { kind: 'unavailable', field: 'type', left };
  return { kind: 'chosen', configuration };
}

/** The different values of a field, sizes in the order of their numbers. */
export function distinct(
  offer: readonly InstanceConfiguration[],
  field: keyof Wish,
): readonly string[] {
  const values = [...new Set(offer.map((entry) => entry[field]))];
  return values.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}

function onlyOne(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}
