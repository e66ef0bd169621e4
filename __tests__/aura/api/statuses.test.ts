import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadEnd, isSettled, normalizeStatus } from '../../../src/aura/api/statuses.ts';

/** The statuses that Aura documents or has returned: settled, and why it is a final failure. */
const statuses: [string, boolean, string | undefined][] = [
  ['creating', false, undefined],
  ['running', true, undefined],
  ['pausing', false, undefined],
  ['paused', true, undefined],
  ['resuming', false, undefined],
  ['loading', false, undefined],
  ['loading failed', true, 'its data could not be loaded'],
  ['restoring', false, undefined],
  ['updating', false, undefined],
  ['overwriting', false, undefined],
  ['suspending', false, 'Aura has suspended it'],
  ['suspended', true, 'Aura has suspended it'],
  ['destroying', false, 'it is being deleted'],
  ['deleting', false, 'it is being deleted'],
  ['resizing', false, undefined],
  ['ready', false, undefined],
  ['failed', false, undefined],
  ['', false, undefined],
  ['constructor', false, undefined],
];

describe('the status', () => {
  it.each(statuses)('%j is settled: %s, a final failure: %s', (status, settled, why) => {
    expect(isSettled(status)).toBe(settled);
    expect(deadEnd(status)).toBe(why);
  });

  it.each([
    ['Running', 'running'],
    ['LOADING FAILED', 'loading failed'],
    ['  paused\n', 'paused'],
  ])('%j is compared as %j', (status, normalized) => {
    expect(normalizeStatus(status)).toBe(normalized);
  });

  it('that is unknown is transitional and not a final failure', () => {
    const known = new Set(statuses.map(([status]) => status));
    fc.assert(
      fc.property(fc.string(), (text) => {
        const status = normalizeStatus(text);
        fc.pre(!known.has(status));
        expect(isSettled(status)).toBe(false);
        expect(deadEnd(status)).toBeUndefined();
      }),
    );
  });
});
