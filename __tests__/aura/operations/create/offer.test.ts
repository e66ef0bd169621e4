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
    });
  });

  it.each<[keyof Requested, Partial<Requested>, string[]]>([
    ['cloudProvider', {}, ['aws', 'gcp']],
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

  it('is always from the list, and matches the request', () => {
    const values = fc.constantFrom('a', 'b');
    const entries = fc.record({
      type: values,
      version: values,
      cloudProvider: values,
      region: values,
      memory: fc.constantFrom('1GB', '2GB', '16GB'),
    });
    const maybe = fc.option(values, { nil: undefined });
    const requests = fc.record({
      type: values,
      version: values,
      cloudProvider: maybe,
      region: maybe,
      memory: fc.option(fc.constantFrom('1GB', '2GB', '4GB'), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 20 }), requests, (offered, requested) => {
        const choice = chooseConfiguration(offered, requested);
        if (choice.kind !== 'chosen') {
          expect(offered).toEqual(expect.arrayContaining([...choice.left]));
          return;
        }
        const { configuration } = choice;
        expect(offered).toContain(configuration);
        const given = Object.entries(requested).filter(([, value]) => value !== undefined);
        expect(configuration).toMatchObject(Object.fromEntries(given));
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
