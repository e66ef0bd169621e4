import type { InstanceConfiguration } from '../../api/types.ts';

/** The configuration that a create requests; undefined fields get defaults. */
export interface Requested {
  readonly type: string;
  readonly version: string;
  readonly cloudProvider: string | undefined;
  readonly region: string | undefined;
  readonly memory: string | undefined;
}

/** The one matching configuration, or the field that leaves none or several. */
export type Choice =
  | { readonly kind: 'chosen'; readonly configuration: InstanceConfiguration }
  | {
      readonly kind: 'unavailable' | 'open';
      readonly field: keyof Requested;
      /** The values that the fields before it leave. */
      readonly left: readonly InstanceConfiguration[];
    };

/**
 * The order in which fields narrow the configurations; the choices of each depend on those before
 * it.
 */
const fields = ['type', 'version', 'cloudProvider', 'region', 'memory'] as const;

/**
 * Narrows the available configurations to one. A field that is not requested gets its only value;
 * of several memory sizes, the smallest.
 */
export function chooseConfiguration(
  offer: readonly InstanceConfiguration[],
  requested: Requested,
): Choice {
  const { type, cloudProvider, region } = requested;
  let left = offer;
  if (cloudProvider === undefined && region !== undefined) {
    // A region without a cloud determines the cloud.
    const ofType = offer.filter((entry) => entry.type === type);
    left = offer.filter((entry) => entry.region === region);
    if (ofType.length > 0 && !ofType.some((entry) => entry.region === region)) {
      return { kind: 'unavailable', field: 'region', left: ofType };
    }
    if (ofType.length === 0) left = offer;
  }
  for (const field of fields) {
    const available = distinct(left, field);
    const wanted = requested[field] ?? (field === 'memory' ? available[0] : onlyOne(available));
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
  field: keyof Requested,
): readonly string[] {
  const values = [...new Set(offer.map((entry) => entry[field]))];
  return values.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}

function onlyOne(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}
