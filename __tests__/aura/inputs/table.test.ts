import { describe, expect, it } from 'vitest';
import {
  hasEffect,
  inputDefaults,
  inputNames,
  secretInputs,
  table,
} from '../../../src/aura/inputs/table.ts';

const all = [
  'create',
  'get',
  'poll',
  'pause',
  'resume',
  'resize',
  'snapshot',
  'restore',
  'overwrite',
  'delete',
] as const;

describe('the table of inputs', () => {
  it('names each input once, in the order of its rows', () => {
    expect(inputNames).toEqual(Object.keys(table));
    expect(inputNames[0]).toBe('operation');
  });

  it('says which inputs are masked first', () => {
    expect(secretInputs).toEqual(['client-secret', 'password', 'sealing-key', 'github-token']);
  });

  it('has only defaults that its own parsers accept', () => {
    for (const name of inputNames) {
      const text = inputDefaults[name];
      if (text !== undefined) expect([name, table[name].parse(text)]).toHaveProperty('[1].value');
    }
    expect(Object.keys(inputDefaults)).not.toHaveLength(0);
  });

  it.each([
    ['wait-for', ['poll']],
    ['if-exists', ['create']],
    ['wait', ['create', 'pause', 'resume', 'resize', 'snapshot', 'restore', 'overwrite', 'delete']],
    ['memory', ['create', 'resize']],
    ['snapshot-id', ['restore']],
    ['source-instance-id', ['create', 'overwrite']],
    ['config', ['create']],
    ['protected-names', ['create', 'restore', 'overwrite', 'delete']],
    ['max-deletions', ['create', 'delete']],
    ['verify', ['create', 'get', 'poll', 'resume']],
    ['timeout', all],
  ] as const)('says which operations %s has an effect on', (name, operations) => {
    expect(all.filter((operation) => hasEffect(name, operation))).toEqual(operations);
  });
});
