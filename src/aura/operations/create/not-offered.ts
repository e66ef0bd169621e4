import { listed } from '../../api/label.ts';
import type { InstanceConfiguration } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import { nearestWords } from '../../../core/inputs/slips.ts';
import { nameOfTier } from '../../inputs/table.ts';
import { type Choice, type Requested, distinct } from './offer.ts';

type Offer = readonly InstanceConfiguration[];

/** A choice that is not possible. */
export type Impossible = Exclude<Choice, { readonly kind: 'chosen' }>;

/** What was requested, and where it comes from. */
export interface Wanted extends Requested {
  readonly name: string;
  /** Where a value comes from that is not from an input: `'memory' in 'config'`. */
  readonly origins: Readonly<Partial<Record<keyof Requested, string>>>;
}

/** What is not possible, and what to do. */
interface Explanation {
  /** Without a period. */
  readonly happened: string;
  readonly next: string;
}

/** The error for a configuration that the tenant does not offer, or that is not complete. */
export function notOffered(choice: Impossible, wanted: Wanted, offer: Offer): ActionError {
  const { happened, next } = explain(choice, wanted, offer);
  return new ActionError(`Could not create instance '${wanted.name}': ${happened}.`, { next });
}

/** Explains a choice that is not possible; it names only what is available for the other values. */
export function explain(choice: Impossible, wanted: Wanted, offer: Offer): Explanation {
  const { field, left } = choice;
  if (choice.kind === 'open') return explainOpen(field, wanted, left);
  if (field === 'type') return explainTier(wanted, offer);
  const place = field === 'region' || field === 'cloudProvider';
  const explained = place
    ? explainPlace(field, wanted, { left, offer })
    : explainValue(field, wanted, left);
  // Everything that is open is asked for at once.
  const open = place || !isPlaceOpen(wanted, left) ? '' : ` ${askForPlace(wanted, left)}`;
  return { ...explained, next: `${explained.next}${otherProblems(field, wanted, left)}${open}` };
}

/** Values that come after the field at fault, and that the tenant does not offer either. */
function otherProblems(field: keyof Requested, wanted: Wanted, left: Offer): string {
  const later = field === 'version' ? (['memory'] as const) : (['version', 'memory'] as const);
  if (field === 'memory' || field === 'storage') return '';
  return later
    .filter((each) => {
      const value = wanted[each];
      return value !== undefined && !distinct(left, each).includes(value);
    })
    .map((each) => {
      const { happened, next } = explainValue(each, { ...wanted, ...nowhere(field) }, left);
      return ` ${happened.charAt(0).toUpperCase()}${happened.slice(1)}. ${next}`;
    })
    .join('');
}

/** A place that the tenant does not offer says nothing about a size. */
function nowhere(field: keyof Requested): Partial<Wanted> {
  return field === 'region' || field === 'cloudProvider'
    ? { region: undefined, cloudProvider: undefined }
    : {};
}

/** Clouds, each with its regions: `gcp: europe-west1, us-east1; aws: eu-west-1`. */
export function describePlaces(offer: Offer): string {
  return distinct(offer, 'cloudProvider')
    .map((cloud) => `${cloud}: ${listed(distinct(inCloud(offer, cloud), 'region'))}`)
    .join('; ');
}

function inCloud(offer: Offer, cloud: string): Offer {
  return offer.filter(({ cloudProvider }) => cloudProvider === cloud);
}

function tierOf({ type }: Wanted): string {
  return `tier '${nameOfTier(type)}'`;
}

function describeOrigin(origin: string | undefined): string {
  return origin === undefined ? '' : ` (${origin})`;
}

function explainTier(wanted: Wanted, offer: Offer): Explanation {
  const tiers = distinct(offer, 'type').map(nameOfTier);
  const happened = `the tenant does not offer ${tierOf(wanted)}${describeOrigin(wanted.origins.type)}`;
  if (tiers.length > 0) return { happened, next: `Set 'tier' to one of these: ${listed(tiers)}.` };
  return { happened, next: "It offers no tier at all: check 'tenant' in the Aura console." };
}

function isPlaceOpen({ type, region }: Wanted, left: Offer): boolean {
  return type !== 'free-db' && region === undefined && distinct(left, 'region').length > 1;
}

function explainOpen(field: keyof Requested, wanted: Wanted, left: Offer): Explanation {
  if (field === 'region') {
    const happened = `${tierOf(wanted)} is available in several regions`;
    return { happened, next: askForPlace(wanted, left) };
  }
  return {
    happened: `${tierOf(wanted)} is available in several clouds with region '${wanted.region ?? ''}'`,
    next: `Set 'cloud-provider' to one of these: ${listed(distinct(left, field))}.`,
  };
}

function askForPlace({ cloudProvider }: Wanted, left: Offer): string {
  const follows = cloudProvider === undefined ? " ('cloud-provider' follows from it)" : '';
  return `Set 'region'${follows}. Available: ${describePlaces(left)}.`;
}

function explainPlace(
  field: 'region' | 'cloudProvider',
  wanted: Wanted,
  { left, offer }: { readonly left: Offer; readonly offer: Offer },
): Explanation {
  const value = wanted[field] ?? '';
  const what = field === 'region' ? 'region' : 'cloud';
  const input = field === 'region' ? 'region' : 'cloud-provider';
  const among =
    field === 'region' && wanted.cloudProvider !== undefined
      ? ` of cloud '${wanted.cloudProvider}'`
      : '';
  const hint = field === 'region' ? regionHint(value, left, offer) : '';
  return {
    happened: `${tierOf(wanted)} is not available in ${what} '${value}'${describeOrigin(wanted.origins[field])}${among}`,
    next: `${hint}This tenant offers it in ${describePlaces(left)}. Change '${input}', or choose another 'tier'.`,
  };
}

/** The region that was probably meant, or the cloud to which the region belongs. */
function regionHint(region: string, left: Offer, offer: Offer): string {
  const elsewhere = left.length < offer.length && offer.find((entry) => entry.region === region);
  const clouds = distinct(left, 'cloudProvider');
  if (elsewhere && !clouds.includes(elsewhere.cloudProvider)) {
    return `'${region}' is a region of ${elsewhere.cloudProvider}. `;
  }
  const regions = distinct(left, 'region');
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z\d]/g, '');
  const [nearest] = nearestWords(plain(region), regions.map(plain));
  const meant = left.find((entry) => plain(entry.region) === nearest);
  return meant === undefined || meant.region === region
    ? ''
    : `Did you mean '${meant.region}' (${meant.cloudProvider})? `;
}

function explainValue(
  field: 'version' | 'memory' | 'storage',
  wanted: Wanted,
  left: Offer,
): Explanation {
  const { cloudProvider, memory, origins, region } = wanted;
  const place = [cloudProvider, region].filter((part) => part !== undefined).join(' ');
  const where = field === 'version' || place === '' ? '' : ` in ${place}`;
  const beside = field === 'storage' && memory !== undefined ? ` with memory '${memory}'` : '';
  const value = `${field} '${wanted[field] ?? ''}'${describeOrigin(origins[field])}`;
  const values = listed(distinct(left, field));
  const empty = field === 'storage' ? "Leave 'storage' empty, or set it" : `Set '${field}'`;
  return {
    happened: `${value} is not available for ${tierOf(wanted)}${where}${beside}`,
    next: `${empty} to one of these: ${values}.`,
  };
}
