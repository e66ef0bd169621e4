import { describe, expect, it } from 'vitest';
import { ActionError } from '../../../src/core/errors.ts';
import type { Parser } from '../../../src/core/inputs/parser.ts';
import { matching } from '../../../src/core/inputs/parsers.ts';
import { type Inputs, type Table, readTable } from '../../../src/core/inputs/table.ts';

const letters = matching(/^[a-z]+$/, 'letters');
const secretive: Parser<string> = () => ({ expected: 'letters', shown: '***' });

/** The names of the inputs of these tests. */
const names = ['color', 'size', 'kind'] as const;
interface Values {
  readonly color: unknown;
  readonly size: string;
  readonly kind: string;
}

/** Inputs: one has a default, and one is required if a test says so. */
function readerOf(
  inputs: Readonly<Partial<Record<(typeof names)[number], string>>>,
  rows: Partial<Table<Values>> = {},
  problems: readonly string[] = [],
): Inputs<Values> {
  const table: Table<Values> = {
    color: { parse: letters },
    size: { parse: letters, default: 'small' },
    kind: { parse: letters },
    ...rows,
  };
  return readTable(table, { names, problems }, (name) => inputs[name] ?? '');
}

function problemsOf(read: Inputs<Values>): string[] {
  try {
    read.assertValid();
    return [];
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    return error.message.split('\n');
  }
}

describe('an input that is set aside', () => {
  const inputs = { color: 'red', size: 'big' };
  const aside = (given: typeof inputs): Inputs<Values> =>
    readTable<Values>(
      {
        color: { parse: letters },
        size: { parse: letters, default: 'small' },
        kind: { parse: letters },
      },
      { names, problems: [], aside: new Set(['color', 'size']) },
      (name) => ({ ...given, kind: 'odd' })[name],
    );

  it('counts as not set, but what was written can be read', () => {
    const read = aside(inputs);
    expect(names.map(read.text)).toEqual(['', 'small', 'odd']);
    expect(names.map(read.value)).toEqual([undefined, 'small', 'odd']);
    expect(names.map(read.given)).toEqual([false, false, true]);
    expect(names.map(read.changed)).toEqual([false, false, true]);
    expect(names.map(read.written)).toEqual(['red', 'big', 'odd']);
  });

  it('must be valid', () => {
    expect(problemsOf(aside({ color: '1', size: '2' }))).toEqual([
      "Input 'color' is '1'; expected letters.",
      "Input 'size' is '2'; expected letters.",
    ]);
  });
});

describe('the text of an input', () => {
  it.each([
    ['big', 'big', true],
    ['  big\r\n', 'big', true],
    ['\u00a0big\u3000', 'big', true],
    ['two words', 'two words', true],
    ['', 'small', false],
    [' \t\r\n', 'small', false],
  ])('of %j is %j, given: %s', (text, read, given) => {
    const reader = readerOf({ size: text });
    expect(reader.text('size')).toBe(read);
    expect(reader.given('size')).toBe(given);
  });

  it('is empty without a default', () => {
    const read = readerOf({ color: ' ' });
    expect(read.text('color')).toBe('');
    expect(read.given('color')).toBe(false);
  });
});

describe('an input', () => {
  it.each([
    ['big', true],
    [' small ', false],
    ['SMALL', false],
    ['s', false],
    ['', false],
  ])('%j means something else than its default: %s', (text, changed) => {
    const parse: Parser<string> = (written) => ({ value: written.toLowerCase().charAt(0) });
    const read = readerOf({ size: text }, { size: { parse, default: 'small' } });
    expect(read.changed('size')).toBe(changed);
  });

  it('without a default differs from it whenever it is set', () => {
    expect(readerOf({ color: 'red' }).changed('color')).toBe(true);
    expect(readerOf({ color: ' ' }).changed('color')).toBe(false);
  });
});

describe('an input that is read', () => {
  it('has the value that its parser returns', () => {
    const read = readerOf({ color: ' red ' });
    expect(problemsOf(read)).toEqual([]);
    expect(read.value('color')).toBe('red');
    expect(read.sure('color')).toBe('red');
  });

  it('has its parsed default if it is empty', () => {
    const read = readerOf({ size: ' ' });
    expect(problemsOf(read)).toEqual([]);
    expect([read.value('size'), read.sure('size')]).toEqual(['small', 'small']);
  });

  it('is undefined only if it is optional, empty and without a default', () => {
    const read = readerOf({});
    expect(read.value('color')).toBeUndefined();
    expect(problemsOf(read)).toEqual([]);
    const needed = readerOf({}, { color: { parse: letters, required: true } });
    expect(problemsOf(needed)).toEqual(["Input 'color' is not set; expected letters."]);
  });

  it('may have a falsy value', () => {
    for (const value of [false, 0, '', null]) {
      const read = readerOf({ color: 'x' }, { color: { parse: () => ({ value }) } });
      expect(problemsOf(read)).toEqual([]);
      expect([read.value('color'), read.sure('color')]).toEqual([value, value]);
    }
  });

  it('stays the same, however often it is read', () => {
    const read = readerOf({ color: 'red' });
    expect([read.value('color'), read.value('color'), read.sure('color')]).toEqual([
      'red',
      'red',
      'red',
    ]);
  });
});

describe('a problem', () => {
  it('ends with the hint of the parser, if there is one', () => {
    const hinting: Parser<string> = () => ({ expected: 'letters', hint: "Did you mean 'x'?" });
    expect(problemsOf(readerOf({ color: '1' }, { color: { parse: hinting } }))).toEqual([
      "Input 'color' is '1'; expected letters. Did you mean 'x'?",
    ]);
  });

  it('quotes the whole value without the blanks around it', () => {
    const value = `R${'x'.repeat(10_000)}`;
    expect(problemsOf(readerOf({ color: ` ${value}\n`, size: '2' }))).toEqual([
      `Input 'color' is '${value}'; expected letters.`,
      "Input 'size' is '2'; expected letters.",
    ]);
  });

  it('quotes the text that the parser returns instead of the value', () => {
    for (const required of [{}, { required: true }] as const) {
      const rows = { color: { parse: secretive, ...required } };
      expect(problemsOf(readerOf({ color: 'letMeIn' }, rows))).toEqual([
        "Input 'color' is '***'; expected letters.",
      ]);
    }
  });

  it('of a single input comes first, in the order of the table, and then any other', () => {
    const read = readerOf({ kind: '3', color: '1' });
    read.problem('First.');
    read.problem('Last.');
    expect(problemsOf(read)).toEqual([
      "Input 'color' is '1'; expected letters.",
      "Input 'kind' is '3'; expected letters.",
      'First.',
      'Last.',
    ]);
  });

  it('that was found before is told first', () => {
    const read = readerOf({ color: '7' }, {}, ['The runner has no file.']);
    expect(problemsOf(read)).toEqual([
      'The runner has no file.',
      "Input 'color' is '7'; expected letters.",
    ]);
  });

  it('prevents the use of the value', () => {
    const read = readerOf({ color: '1' });
    expect(read.value('color')).toBeUndefined();
    expect(() => read.sure('color')).toThrow("input 'color' has no value");
  });
});
