import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CreateState, parseState } from '../src/state.ts';

const state: CreateState = {
  deleteAfterJob: true,
  name: 'shop',
  tenantId: '0f1e2d3c-0000-4000-8000-000000000001',
  begunAt: 1_772_442_847_000,
};

function parsed(changes: Readonly<Record<string, unknown>>): CreateState | undefined {
  return parseState(JSON.stringify({ ...state, ...changes }));
}

describe('the state of a create', () => {
  it.each<[string, CreateState]>([
    ['before there is an instance', state],
    ['of an instance', { ...state, id: '1a2b3c4d' }],
    ['that nothing is to be deleted of', { ...state, deleteAfterJob: false }],
    ['of any name', { ...state, name: '🐘 "\n\\ ${{ github.token }}' }],
  ])('%s is read as it was written', (_, written) => {
    expect(parseState(JSON.stringify(written))).toEqual(written);
  });

  it('is read without what a later release may add', () => {
    expect(parsed({ more: 1 })).toEqual(state);
  });

  it.each([['true'], [1], [null], [{}], [undefined]])(
    'asks for no deletion by a deleteAfterJob of %j',
    (deleteAfterJob) => {
      expect(parsed({ deleteAfterJob })).toEqual({ ...state, deleteAfterJob: false });
    },
  );

  it.each([[7], [null], [['1a2b3c4d']], [undefined]])('knows no instance by an id of %j', (id) => {
    const read = parsed({ id });
    expect(read).toEqual(state);
    expect(read).not.toHaveProperty('id');
  });

  it.each([
    ['name', 7],
    ['name', null],
    ['name', undefined],
    ['tenantId', 7],
    ['tenantId', ['x']],
    ['tenantId', undefined],
    ['begunAt', '2026-03-02T09:14:07Z'],
    ['begunAt', null],
    ['begunAt', undefined],
  ])('is none with a %s of %j', (field, value) => {
    expect(parsed({ [field]: value })).toBeUndefined();
  });

  it.each([
    [''],
    [' '],
    ['null'],
    ['7'],
    ['true'],
    ['"shop"'],
    ['[]'],
    ['{}'],
    ['{'],
    ['undefined'],
    [JSON.stringify(state).slice(0, -1)],
    [`${JSON.stringify(state)}}`],
    [JSON.stringify([state])],
    [JSON.stringify(JSON.stringify(state))],
    [`{"__proto__":${JSON.stringify(state)}}`],
  ])('is none in %j', (text) => {
    expect(parseState(text)).toBeUndefined();
  });

  it('is none in whatever else is there, and nothing throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseState(text)).toBeUndefined();
      }),
    );
  });
});
