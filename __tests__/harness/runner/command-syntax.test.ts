import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../harness/runner/command-syntax.ts';

const registered = new Set(['add-mask', 'notice']);

/** White space in .NET: `Char.IsWhiteSpace`. */
const blanks = [
  ...['\t', '\n', '\v', '\f', '\r', ' ', '\u0085', '\u00a0', '\u1680'],
  ...Array.from({ length: 11 }, (_, index) => String.fromCodePoint(0x2000 + index)),
  ...['\u2028', '\u2029', '\u202f', '\u205f', '\u3000'],
];

function named(character: string): [code: string, character: string] {
  return [`U+${character.codePointAt(0)?.toString(16).padStart(4, '0') ?? ''}`, character];
}

describe('white space', () => {
  it.each(blanks.map(named))('is allowed before a command: %s', (_, blank) => {
    const command = parseCommand(`${blank} ${blank}::add-mask::x`, registered);
    expect(command).toEqual({ name: 'add-mask', properties: {}, data: 'x' });
  });

  it.each(blanks.map(named))('is removed around properties: %s', (_, blank) => {
    const line = `::notice ${blank}title=a${blank}b${blank} ${blank}::x`;
    expect(parseCommand(line, registered)?.properties).toEqual({ title: `a${blank}b` });
  });

  // U+FEFF is white space only in JavaScript, and U+180E was in old versions of .NET.
  it.each(['\ufeff', '\u180e', '\u200b', '\u2060', '\u0000'].map(named))(
    'does not include %s',
    (_, other) => {
      expect(parseCommand(`${other}::add-mask::x`, registered)).toBeUndefined();
      expect(parseCommand(` ${other} ::add-mask::x`, registered)).toBeUndefined();
      const { properties } = parseCommand(`::notice title=a${other}::x`, registered) ?? {};
      expect(properties).toEqual({ title: `a${other}` });
    },
  );

  it('is kept in the data', () => {
    expect(parseCommand('::add-mask:: x\u0085 ', registered)?.data).toBe(' x\u0085 ');
  });
});

it('an older command may follow any text', () => {
  for (const before of ['', 'x', '\ufeff', '\u0085']) {
    expect(parseCommand(`${before}##[add-mask]x`, registered)?.data).toBe('x');
  }
});
