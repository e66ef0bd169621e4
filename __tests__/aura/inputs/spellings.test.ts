import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InputName, inputNames, table } from '../../../src/aura/inputs/table.ts';
import { synonyms } from '../../../src/aura/inputs/synonyms.ts';
import { changeValues } from './values-change.ts';
import { commonValues } from './values-common.ts';
import { createValues } from './values-create.ts';
import { handOverValues } from './values-hand-over.ts';
import type { Values } from './values.ts';

const values: Readonly<Record<InputName, Values>> = {
  ...commonValues,
  ...createValues,
  ...changeValues,
  ...handOverValues,
};

/** Inputs that take any text: names, secrets and paths are used exactly as they are written. */
const exact: readonly InputName[] = [
  'client-id',
  'client-secret',
  'tenant',
  'name',
  'name-pattern',
  'new-name',
  'config',
  'sealed-credentials',
  'username',
  'password',
  'sealing-key',
  'env-file',
  'protected-names',
  'github-token',
];
const inForms = inputNames.filter((name) => !exact.includes(name));

/** Inputs of which small and capital letters are the same. */
const inAnyCase: readonly InputName[] = [
  'operation',
  'if-no-credentials',
  'instance-id',
  'tier',
  'region',
  'cloud-provider',
  'memory',
  'storage',
  'vector-optimized',
  'graph-analytics-plugin',
  'source-instance-id',
  'if-exists',
  'cdc-enrichment-mode',
  'wait',
  'wait-for',
  'credentials-store',
  'export-env',
  'verify',
  'delete-after-job',
  'keep',
  'dry-run',
  'summary',
];

/** Texts that a careless parser takes for something else. */
const oddities = [
  ...['NaN', 'Infinity', '-1', '-0', '+5', '1e3', '0x10', '0b1', '1_000', '1.', '.5', '1.5', '½'],
  ...[
    '9'.repeat(400),
    '٣',
    '４',
    '４GB',
    '5 ｍ',
    '①',
    '²',
    '4 GB',
    '4\u00a0GB',
    's\u212aip',
    '\u212aeep',
  ],
  ...[
    'ſkip',
    'ﬁ',
    'İ',
    'true\0',
    '\u200btrue',
    'tr\u00adue',
    'trüe',
    'fаlse',
    'nοne',
    '‐',
    '\ud800',
  ],
  ...['undefined', 'null', '[]', '{}', '__proto__', 'constructor', 'toString', '${{ x }}', '%00'],
];
const odd = fc.oneof(
  fc.constantFrom(...oddities),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom(...Array.from('0123456789 dhmsegbDHMSEGB.-+,')),
    maxLength: 8,
  }),
);
const accepted = (name: InputName): readonly string[] =>
  values[name].good.map(([text]) => text).filter((text) => text !== '' && text !== 'auto');

/** The result of a parser, to compare. */
function parsed(name: InputName, text: string): unknown {
  const result = table[name].parse(text);
  return 'value' in result ? { value: result.value } : 'refused';
}

describe.each(inForms)('the input %s', (name) => {
  const good = accepted(name);

  it('never accepts a character that only looks like another', () => {
    const assertRefused = (text: string): void => {
      if (/^[\x20-\x7e\t\r\n]*$/.test(text)) return;
      expect([text, parsed(name, text)]).toEqual([text, 'refused']);
    };
    oddities.forEach(assertRefused);
    const beside = fc.tuple(fc.constantFrom(...good), odd).map((both) => both.join(''));
    fc.assert(fc.property(fc.oneof(odd, beside), assertRefused));
  });

  it('names only spellings that it accepts', () => {
    const slips = fc.tuple(fc.constantFrom(...good), fc.nat(), odd).map(([text, at, more]) => {
      const middle = at % (text.length + 1);
      return text.slice(0, middle) + more + text.slice(middle + (at % 2));
    });
    fc.assert(
      fc.property(fc.oneof(odd, slips), (text) => {
        const result = table[name].parse(text);
        const hint = 'hint' in result ? (result.hint ?? '') : '';
        const [, asked = ''] = /Did you mean (.+)\?$/s.exec(hint) ?? [];
        const meant = asked === '' ? [] : asked.slice(1, -1).split("' or '");
        // Another reader takes this word, before the operations.
        for (const word of meant.filter((each) => each !== 'auto')) {
          expect([text, word, parsed(name, word)]).not.toContain('refused');
        }
      }),
    );
  });

  it('accepts a finite value for whatever it accepts', () => {
    fc.assert(
      fc.property(odd, (text) => {
        const result = table[name].parse(text);
        if ('value' in result && typeof result.value === 'number') {
          expect(Number.isSafeInteger(result.value) && result.value >= 0).toBe(true);
        }
      }),
    );
  });
});

describe.each(inForms.filter((name) => inAnyCase.includes(name)))('the input %s', (name) => {
  it('means the same in small, capital and mixed letters', () => {
    const mixed = fc.tuple(fc.constantFrom(...accepted(name)), fc.array(fc.boolean()));
    fc.assert(
      fc.property(mixed, ([text, capitals]) => {
        const other = Array.from(text, (letter, at) =>
          capitals[at % (capitals.length || 1)] === true
            ? letter.toUpperCase()
            : letter.toLowerCase(),
        ).join('');
        expect([other, parsed(name, other)]).toEqual([other, parsed(name, text)]);
      }),
    );
  });
});

describe('every other input', () => {
  it.each([
    ['timeout', '5M'],
    ['timeout', '5 Minutes'],
    ['poll-interval', '5S'],
    ['max-age', '3D'],
    ['source-snapshot-id', 'Latest'],
    ['snapshot-id', 'LATEST'],
  ] as const)('is exact: %s cannot be %s', (name, text) => {
    expect(parsed(name, text)).toBe('refused');
  });
});

describe('a word that people use for a value', () => {
  const rows = Object.entries(synonyms).flatMap(([name, words]) =>
    Object.entries<readonly string[]>(words).map(
      ([meant, others]) => [name as InputName, meant, others] as const,
    ),
  );

  it.each(rows)('is not accepted by %s, but explained: %s', (name, meant, others) => {
    for (const word of others) {
      const result = table[name].parse(word);
      expect([word, 'hint' in result ? result.hint : '']).toEqual([
        word,
        expect.stringMatching(new RegExp(`^Did you mean .*'${meant}'`)),
      ]);
    }
  });
});
