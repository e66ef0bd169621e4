import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CreateState, parseState } from '../../../../src/aura/operations/create/state.ts';

const state: CreateState = {
  name: 'shop',
  tenantId: '0f1e2d3c-0000-4000-8000-000000000001',
  knownIds: ['0a0a0a0a'],
  postedAt: [1_772_442_847_000, null],
  access: {
    apiUrl: 'https://api.neo4j.io',
    account: 'of-the-client',
    key: 'opens-the-file',
    stored: false,
  },
};

function parsed(changes: Readonly<Record<string, unknown>>): CreateState | undefined {
  return parseState(JSON.stringify({ ...state, ...changes }));
}

describe('the state of a create', () => {
  it.each<[string, CreateState]>([
    ['before the instance exists', state],
    ['of an instance', { ...state, created: { id: '1a2b3c4d', createdAt: 1, knownSince: 2 } }],
    ['of an instance without a time', { ...state, created: { id: '1a2b3c4d' } }],
    ['of any name', { ...state, name: '🐘 "\n\\ ${{ github.token }}' }],
  ])('%s is read as it was written', (_, written) => {
    expect(parseState(JSON.stringify(written))).toEqual(written);
  });

  it.each([
    ['name', 7],
    ['name', ''],
    ['name', undefined],
    ['tenantId', ['x']],
    ['tenantId', undefined],
    ['knownIds', 'x'],
    ['knownIds', [7]],
    ['knownIds', undefined],
    ['postedAt', ['now']],
    ['postedAt', undefined],
    ['created', null],
    ['created', { id: 7 }],
    ['created', {}],
    ['access', undefined],
    ['access', { ...state.access, apiUrl: 'not an address' }],
    ['access', { ...state.access, account: undefined }],
    ['access', { ...state.access, key: 7 }],
  ])('is invalid with a %s of %j', (field, value) => {
    expect(parsed({ [field]: value })).toBeUndefined();
  });

  it('is read without the optional fields that have a wrong type', () => {
    const created = { id: '1a2b3c4d', createdAt: null, knownSince: 'now' };
    const access = { ...state.access, stored: undefined };
    expect(parsed({ created, access, more: 1 })).toEqual({ ...state, created: { id: '1a2b3c4d' } });
  });

  it.each([[''], [' '], ['null'], ['7'], ['"text"'], ['[]'], ['{'], ['undefined']])(
    'is not read from %j',
    (text) => {
      expect(parseState(text)).toBeUndefined();
    },
  );

  it('is not read from any other JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseState(JSON.stringify(value))).toBeUndefined();
      }),
    );
  });
});
