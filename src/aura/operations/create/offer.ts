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
  | {
      readonly kind: 'chosen';
      readonly configuration: InstanceConfiguration;
      /** The configurations among which a place was chosen; empty if the request left only one. */
      readonly places: readonly InstanceConfiguration[];
    }
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
 * The tier where any place will do: it costs nothing and is for tests. For the others the place
 * matters, so the user must choose.
 */
const anywhere = 'free-db';

/** Where Aura's official command line creates free instances. */
const usual = { cloudProvider: 'gcp', region: 'europe-west1' };

/**
 * Narrows the available configurations to one. A field that is not requested gets its only value;
 * of several memory sizes, the smallest; of several places of a free instance, the usual one, or
 * the first in Aura's order.
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
  let places: readonly InstanceConfiguration[] = [];
  for (const field of fields) {
    const available = distinct(left, field);
    let wanted = requested[field] ?? (field === 'memory' ? available[0] : onlyOne(available));
    if (wanted === undefined && type === anywhere) {
      places = places.length === 0 ? left : places;
      wanted = anyPlace(left, requested)?.[field];
    }
    if (wanted === undefined) return { kind: 'open', field, left };
    const matching = left.filter((entry) => entry[field] === wanted);
    if (matching.length === 0) return { kind: 'unavailable', field, left };
    left = matching;
  }
  const [configuration] = left;
  if (configuration === undefined) return { kind: 'unavailable', field: 'type', left };
  return { kind: 'chosen', configuration, places };
}

/** The usual place if it is among these, otherwise the first that has the requested memory. */
function anyPlace(
  left: readonly InstanceConfiguration[],
  { memory }: Requested,
): InstanceConfiguration | undefined {
  const fitting = left.filter((entry) => memory === undefined || entry.memory === memory);
  const { cloudProvider, region } = usual;
  return (
    fitting.find((entry) => entry.cloudProvider === cloudProvider && entry.region === region) ??
    fitting[0] ??
    left[0]
  );
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
