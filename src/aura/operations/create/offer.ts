import type { InstanceConfiguration } from '../../api/types.ts';

/** The configuration that a create requests; undefined fields get defaults. */
export interface Requested {
  readonly type: string;
  readonly version: string;
  readonly cloudProvider: string | undefined;
  readonly region: string | undefined;
  readonly memory: string | undefined;
  readonly storage: string | undefined;
}

type Offer = readonly InstanceConfiguration[];

/** The one matching configuration, or the field that leaves none or several. */
export type Choice =
  | {
      readonly kind: 'chosen';
      readonly configuration: InstanceConfiguration;
      /** The configurations among which a place was chosen; empty if the request left only one. */
      readonly places: Offer;
      /** Whether the tenant does not show if it offers the requested storage: then Aura decides. */
      readonly isStorageUnknown: boolean;
    }
  | {
      readonly kind: 'unavailable' | 'open';
      readonly field: keyof Requested;
      /** The configurations that the other fields leave. */
      readonly left: Offer;
    };

/**
 * The tier where any place will do: it costs nothing and is for tests. For the others the place
 * matters, so the user must choose.
 */
const anywhere = 'free-db';

/** Where Aura's official command line creates free instances. */
const usual = { cloudProvider: 'gcp', region: 'europe-west1' };

/**
 * Narrows the available configurations to one. A field that is not requested gets its only value;
 * of several memory sizes, the smallest with the requested storage; of several places of a free
 * instance, the usual one, or the first in Aura's order.
 */
export function chooseConfiguration(offer: Offer, requested: Requested): Choice {
  const placed = narrow(offer, requested, ['type', 'cloudProvider', 'region', 'version']);
  if ('kind' in placed) return placed;
  const sized = narrow(placed.left, requested, ['memory', 'storage']);
  if ('kind' in sized) return sized;
  const { left } = sized;
  const [first] = left;
  if (first === undefined) return { kind: 'unavailable', field: 'type', left: offer };
  const isOpen = !left.every((entry) => isSamePlace(entry, first));
  if (isOpen && requested.type !== anywhere) {
    const field = requested.region === undefined ? 'region' : 'cloudProvider';
    return { kind: 'open', field, left };
  }
  const place = isOpen ? (left.find((entry) => isSamePlace(entry, usual)) ?? first) : first;
  const configuration = smallest(left.filter((entry) => isSamePlace(entry, place))) ?? place;
  const { storage } = requested;
  return {
    kind: 'chosen',
    configuration,
    places: isOpen ? left : [],
    isStorageUnknown: storage !== undefined && configuration.storage === undefined,
  };
}

type Narrowed = { readonly left: Offer } | Exclude<Choice, { readonly kind: 'chosen' }>;

/** The configurations with the requested values; the first field without any is at fault. */
function narrow(
  offer: Offer,
  requested: Requested,
  fields: readonly (keyof Requested)[],
): Narrowed {
  let left = offer;
  for (const field of fields) {
    const wanted = requested[field];
    if (wanted === undefined) continue;
    // A tenant that does not show storage may offer any.
    const matching = left.filter((entry) => (entry[field] ?? wanted) === wanted);
    if (matching.length === 0) return { kind: 'unavailable', field, left };
    left = matching;
  }
  return { left };
}

function isSamePlace(
  one: Pick<InstanceConfiguration, 'cloudProvider' | 'region'>,
  other: Pick<InstanceConfiguration, 'cloudProvider' | 'region'>,
): boolean {
  return one.cloudProvider === other.cloudProvider && one.region === other.region;
}

function smallest(offer: Offer): InstanceConfiguration | undefined {
  const [memory] = distinct(offer, 'memory');
  return offer.find((entry) => entry.memory === memory);
}

/** The different values of a field, sizes in the order of their numbers. */
export function distinct(offer: Offer, field: keyof Requested): readonly string[] {
  const values = offer.map((entry) => entry[field]).filter((value) => value !== undefined);
  return [...new Set(values)].sort((one, other) =>
    one.localeCompare(other, 'en', { numeric: true }),
  );
}
