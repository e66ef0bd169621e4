import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Requested,
  chooseConfiguration,
  distinct,
} from '../../../../src/aura/operations/create/offer.ts';
import type { InstanceConfiguration } from '../../../../src/aura/api/types.ts';

const anything: Requested = {
  type: 'professional-db',
  version: '5',
  cloudProvider: undefined,
  region: undefined,
  memory: undefined,
  storage: undefined,
};

/** `type version cloud region memory` as a configuration. */
function entry(text: string): InstanceConfiguration {
  const [type = '', version = '', cloudProvider = '', region = '', memory = ''] = text.split(' ');
  return { type, version, cloudProvider, region, memory };
}

const offer = [
  'free-db 5 gcp europe-west1 1GB',
  'professional-db 5 gcp europe-west1 16GB',
  'professional-db 5 gcp europe-west1 2GB',
  'professional-db 5 gcp europe-west1 4GB',
  'professional-db 5 gcp us-east1 4GB',
  'professional-db 5 aws us-east-1 8GB',
  'professional-db 4 aws us-east-1 1GB',
  'enterprise-db 5 azure westeurope 2GB',
].map(entry);

describe('the configuration for a request', () => {
  it.each<[string, Partial<Requested>, string]>([
    ['only a tier with one configuration', { type: 'free-db' }, 'free-db 5 gcp europe-west1 1GB'],
    [
      'cloud and region: the smallest memory by its number',
      { cloudProvider: 'gcp', region: 'europe-west1' },
      'professional-db 5 gcp europe-west1 2GB',
    ],
    [
      'a region alone, which determines the cloud',
      { region: 'us-east-1' },
      'professional-db 5 aws us-east-1 8GB',
    ],
    ['a cloud with one region', { cloudProvider: 'aws' }, 'professional-db 5 aws us-east-1 8GB'],
    [
      'everything',
      { cloudProvider: 'gcp', region: 'us-east1', memory: '4GB' },
      'professional-db 5 gcp us-east1 4GB',
    ],
    [
      'another version',
      { version: '4', cloudProvider: 'aws' },
      'professional-db 4 aws us-east-1 1GB',
    ],
  ])('with %s is the available one', (_, requested, chosen) => {
    expect(chooseConfiguration(offer, { ...anything, ...requested })).toEqual({
      kind: 'chosen',
      configuration: entry(chosen),
      places: [],
      isStorageUnknown: false,
    });
  });

  it('has the smallest memory with the requested storage', () => {
    const sizes = [
      { ...entry('professional-db 5 gcp europe-west1 2GB'), storage: '4GB' },
      { ...entry('professional-db 5 gcp europe-west1 4GB'), storage: '8GB' },
    ];
    const choose = (storage: string) => chooseConfiguration(sizes, { ...anything, storage });
    expect(choose('8GB')).toMatchObject({ configuration: { memory: '4GB' } });
    expect(choose('16GB')).toMatchObject({ kind: 'unavailable', field: 'storage', left: sizes });
  });

  it('may have any storage if the tenant does not show which it offers', () => {
    const request = { ...anything, region: 'us-east-1', storage: '16GB' };
    expect(chooseConfiguration(offer, request)).toMatchObject({
      kind: 'chosen',
      isStorageUnknown: true,
    });
  });

  describe('of a free instance that several places offer', () => {
    const usual = 'free-db 5 gcp europe-west1 1GB';
    const iowa = 'free-db 5 gcp us-central1 1GB';
    const tokyo = 'free-db 5 aws ap-tokyo 1GB';
    const ireland = 'free-db 5 aws eu-west-1 1GB';
    const free: Requested = { ...anything, type: 'free-db' };

    it.each<[string, readonly string[], Partial<Requested>, string]>([
      ['is the usual one, wherever it is listed', [tokyo, iowa, usual, ireland], {}, usual],
      ['is the first one without it, in the order of Aura', [iowa, tokyo, ireland], {}, iowa],
      ['is the first one, also of another cloud', [tokyo, ireland, iowa], {}, tokyo],
      [
        'is not one of the name of the usual one in another cloud',
        [iowa, usual.replace('gcp', 'aws')],
        {},
        iowa,
      ],
      ['is the usual one of its cloud', [iowa, tokyo, usual], { cloudProvider: 'gcp' }, usual],
      [
        'is the first one of another cloud',
        [usual, tokyo, ireland],
        { cloudProvider: 'aws' },
        tokyo,
      ],
      ['is the given region', [tokyo, usual, iowa], { region: 'us-central1' }, iowa],
      [
        'is the given region in the first cloud that has it',
        [usual, iowa.replace('gcp', 'azure'), iowa],
        { region: 'us-central1' },
        iowa.replace('gcp', 'azure'),
      ],
      [
        'is one that has the given memory',
        [usual, iowa, tokyo.replace('1GB', '2GB')],
        { memory: '2GB' },
        tokyo.replace('1GB', '2GB'),
      ],
      [
        'is one that has the given version',
        [usual, iowa.replace(' 5 ', ' 6 '), tokyo.replace(' 5 ', ' 6 ')],
        { version: '6' },
        iowa.replace(' 5 ', ' 6 '),
      ],
    ])('%s', (_, offered, requested, chosen) => {
      const paid = entry('professional-db 5 gcp europe-west3 2GB');
      const choice = chooseConfiguration([paid, ...offered.map(entry)], { ...free, ...requested });
      expect(choice).toMatchObject({ kind: 'chosen', configuration: entry(chosen) });
    });

    it('is chosen among those that are left, to be named in the log', () => {
      const offered = [iowa, usual, tokyo].map(entry);
      const among = (requested: Partial<Requested>): unknown =>
        chooseConfiguration(offered, { ...free, ...requested });
      expect(among({})).toMatchObject({ places: offered });
      expect(among({ cloudProvider: 'gcp' })).toMatchObject({ places: offered.slice(0, 2) });
      expect(among({ cloudProvider: 'aws' })).toMatchObject({ places: [] });
      expect(among({ region: 'us-central1' })).toMatchObject({ places: [] });
    });

    it.each<[keyof Requested, Partial<Requested>]>([
      ['region', { region: 'mars-1' }],
      ['cloudProvider', { cloudProvider: 'azure' }],
      ['region', { cloudProvider: 'aws', region: 'us-central1' }],
      ['memory', { memory: '8GB' }],
    ])('is still unavailable because of %s', (field, requested) => {
      const choice = chooseConfiguration([iowa, usual, tokyo].map(entry), {
        ...free,
        ...requested,
      });
      expect(choice).toMatchObject({ kind: 'unavailable', field });
    });
  });

  it.each<[keyof Requested, Partial<Requested>, string[]]>([
    ['region', {}, ['europe-west1', 'us-east-1', 'us-east1']],
    ['region', { cloudProvider: 'gcp' }, ['europe-west1', 'us-east1']],
  ])('has no %s if there are several, and lists them all', (field, requested, values) => {
    const choice = chooseConfiguration(offer, { ...anything, ...requested });
    expect(choice).toMatchObject({ kind: 'open', field });
    expect(distinct('left' in choice ? choice.left : [], field)).toEqual(values);
  });

  it.each<[keyof Requested, Partial<Requested>, string[]]>([
    ['type', { type: 'enterprise-ds' }, ['enterprise-db', 'free-db', 'professional-db']],
    ['version', { version: '3' }, ['4', '5']],
    ['cloudProvider', { cloudProvider: 'azure' }, ['aws', 'gcp']],
    ['region', { cloudProvider: 'gcp', region: 'us-east-1' }, ['europe-west1', 'us-east1']],
    [
      'memory',
      { cloudProvider: 'gcp', region: 'europe-west1', memory: '1GB' },
      ['2GB', '4GB', '16GB'],
    ],
  ])('is unavailable because of %s, and lists the available values', (field, requested, values) => {
    const choice = chooseConfiguration(offer, { ...anything, ...requested });
    expect(choice).toMatchObject({ kind: 'unavailable', field });
    expect(distinct('left' in choice ? choice.left : [], field)).toEqual(values);
  });

  it.each<[string, keyof Requested, Partial<Requested>, string[]]>([
    [
      'an unknown region',
      'region',
      { region: 'mars-1' },
      ['europe-west1', 'us-east-1', 'us-east1'],
    ],
    [
      'a region of another tier only',
      'region',
      { region: 'westeurope' },
      ['europe-west1', 'us-east-1', 'us-east1'],
    ],
    [
      'an unknown region with a cloud',
      'region',
      { region: 'mars-1', cloudProvider: 'gcp' },
      ['europe-west1', 'us-east1'],
    ],
    [
      'an unknown region of an unknown tier: the tier',
      'type',
      { region: 'mars-1', type: 'enterprise-ds' },
      ['enterprise-db', 'free-db', 'professional-db'],
    ],
    [
      'an unknown tier in a known region: the tier',
      'type',
      { region: 'us-east1', type: 'enterprise-ds' },
      ['enterprise-db', 'free-db', 'professional-db'],
    ],
    [
      'a version that the region does not have: the version',
      'version',
      { region: 'us-east1', version: '4' },
      ['5'],
    ],
    [
      'a memory that the region does not have: the memory',
      'memory',
      { region: 'us-east-1', memory: '4GB' },
      ['8GB'],
    ],
  ])('is reported as unavailable because of %s', (_, field, requested, values) => {
    const choice = chooseConfiguration(offer, { ...anything, ...requested });
    expect(choice).toMatchObject({ kind: 'unavailable', field });
    expect(distinct('left' in choice ? choice.left : [], field)).toEqual(values);
  });

  it('has no cloud if several have a region with that name', () => {
    const both = ['gcp', 'aws'].map((cloud) => entry(`professional-db 5 ${cloud} global 2GB`));
    const choice = chooseConfiguration([...offer, ...both], { ...anything, region: 'global' });
    expect(choice).toEqual({ kind: 'open', field: 'cloudProvider', left: both });
  });

  it('is unavailable if the list is empty', () => {
    expect(chooseConfiguration([], anything)).toEqual({
      kind: 'unavailable',
      field: 'type',
      left: [],
    });
  });

  it('is always from the list, and matches the request; for Free there is one if any matches', () => {
    const values = fc.constantFrom('a', 'b');
    const types = fc.constantFrom('a', 'free-db');
    const clouds = fc.constantFrom('a', 'gcp');
    const regions = fc.constantFrom('a', 'europe-west1');
    const entries = fc.record({
      type: types,
      version: values,
      cloudProvider: clouds,
      region: regions,
      memory: fc.constantFrom('1GB', '2GB', '16GB'),
    });
    const requests = fc.record({
      type: types,
      version: values,
      cloudProvider: fc.option(clouds, { nil: undefined }),
      region: fc.option(regions, { nil: undefined }),
      memory: fc.option(fc.constantFrom('1GB', '2GB', '4GB'), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 20 }), requests, (offered, requested) => {
        const choice = chooseConfiguration(offered, { ...requested, storage: undefined });
        const wanted = Object.entries(requested).filter(([, value]) => value !== undefined);
        const matches = offered.filter((one) =>
          wanted.every(([field, value]) =>
            Object.entries(one).some(([name, has]) => name === field && has === value),
          ),
        );
        if (choice.kind !== 'chosen') {
          expect(requested.type === 'free-db' && matches.length > 0).toBe(false);
          expect(offered).toEqual(expect.arrayContaining([...choice.left]));
          return;
        }
        const { configuration } = choice;
        expect(offered).toContain(configuration);
        expect(matches).toContain(configuration);
        if (choice.places.length === 0) return;
        // Chosen, not the only one: only for Free, and the usual place where it matches.
        expect(requested.type).toBe('free-db');
        const usual = matches.some(
          ({ cloudProvider, region }) => cloudProvider === 'gcp' && region === 'europe-west1',
        );
        if (!usual) return;
        expect(configuration).toMatchObject({ cloudProvider: 'gcp', region: 'europe-west1' });
      }),
    );
  });
});

describe('the different values of a field', () => {
  it('are listed once each, sizes by their number', () => {
    const sizes = ['16GB', '2GB', '128GB', '2GB', '1GB'].map((memory) =>
      entry(`free-db 5 gcp r ${memory}`),
    );
    expect(distinct(sizes, 'memory')).toEqual(['1GB', '2GB', '16GB', '128GB']);
    expect(distinct([], 'memory')).toEqual([]);
  });
});
