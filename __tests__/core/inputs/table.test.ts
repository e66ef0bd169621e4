import { describe, expect, it } from 'vitest';
import { ActionError } from '../../../src/core/errors.ts';
import { type Parser, matching } from '../../../src/core/inputs/parsers.ts';
import { createInputReader } from '../../../src/core/inputs/table.ts';

const letters = matching(/^[a-z]+$/, 'letters');
const secretive: Parser<string> = () => ({ expected: 'letters', shown: '***' });

/** A reader of some inputs, one of which has a default. */
function readerOf(inputs: Readonly<Record<string, string>>) {
  return createInputReader((name: string) => inputs[name] ?? '', { size: 'small' });
}

function problemsOf(read: ReturnType<typeof readerOf>): string[] {
  try {
    read.throwProblems();
    return [];
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    return error.message.split('\n');
  }
}

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

  it('is empty where there is no default', () => {
    const read = readerOf({ color: ' ' });
    expect(read.text('color')).toBe('');
    expect(read.given('color')).toBe(false);
  });
});

describe('an input that is read', () => {
  it('has the value that its parser gives', () => {
    const read = readerOf({ color: ' red ' });
    const [required, optional] = [read.required('color', letters), read.optional('color', letters)];
    expect(problemsOf(read)).toEqual([]);
    expect(required()).toBe('red');
    expect(optional()).toBe('red');
  });

  it('has its default parsed where it is empty', () => {
    const read = readerOf({ size: ' ' });
    const [required, optional] = [read.required('size', letters), read.optional('size', letters)];
    expect(problemsOf(read)).toEqual([]);
    expect([required(), optional()]).toEqual(['small', 'small']);
  });

  it('is undefined only where it is optional, empty and without a default', () => {
    const read = readerOf({});
    expect(read.optional('color', letters)()).toBeUndefined();
    expect(problemsOf(read)).toEqual([]);
    read.required('color', letters);
    expect(problemsOf(read)).toEqual(["Input 'color' is not given; expected letters."]);
  });

  it('may have a value that counts for nothing elsewhere', () => {
    const read = readerOf({ color: 'x' });
    const values = [false, 0, '', undefined, null];
    const later = values.map((value) => read.required('color', () => ({ value })));
    expect(problemsOf(read)).toEqual([]);
    expect(later.map((each) => each())).toEqual(values);
  });

  it('is read once, when it is asked for and not later', () => {
    let calls = 0;
    const read = readerOf({ color: 'red' });
    const later = read.required('color', () => ({ value: ++calls }));
    expect([later(), later(), calls]).toEqual([1, 1, 1]);
  });
});

describe('a problem', () => {
  it('quotes the value without the blanks around it, and whole', () => {
    const value = `R${'x'.repeat(10_000)}`;
    const read = readerOf({ color: ` ${value}\n`, size: '2' });
    read.required('color', letters);
    read.optional('size', letters);
    expect(problemsOf(read)).toEqual([
      `Input 'color' is '${value}'; expected letters.`,
      "Input 'size' is '2'; expected letters.",
    ]);
  });

  it('quotes what the parser gives in place of the value', () => {
    const read = readerOf({ color: 'letMeIn' });
    read.required('color', secretive);
    read.optional('color', secretive);
    expect(problemsOf(read)).toEqual([
      "Input 'color' is '***'; expected letters.",
      "Input 'color' is '***'; expected letters.",
    ]);
  });

  it('of no single input stands among the others, in their order', () => {
    const read = readerOf({ color: '1' });
    read.problem('First.');
    read.required('color', letters);
    read.problem('Last.');
    expect(problemsOf(read)).toEqual([
      'First.',
      "Input 'color' is '1'; expected letters.",
      'Last.',
    ]);
  });

  it('keeps what was read from being used', () => {
    const read = readerOf({ color: '1' });
    const later = read.required('color', letters);
    expect(later).toThrow("input 'color' is not valid");
  });
});
