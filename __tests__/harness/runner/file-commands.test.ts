import { describe, expect, it } from 'vitest';
import {
  isRefusedVariable,
  parseFileCommands,
  readSummary,
} from '../../../harness/runner/file-commands.ts';

const same = (line: string): string => line;

describe('a command file', () => {
  it.each<[string, string, Record<string, string>]>([
    ['nothing', '', {}],
    ['blank lines only', '\n\n', {}],
    ['a line', 'a=1\n', { a: '1' }],
    ['a line without its end', 'a=1', { a: '1' }],
    ['a value with an equals sign', 'a=b=c\n', { a: 'b=c' }],
    ['a value with a heredoc sign', 'a=b<<c\n', { a: 'b<<c' }],
    ['an empty value', 'a=\n', { a: '' }],
    ['a block', 'a<<END\none\ntwo\nEND\n', { a: 'one\ntwo' }],
    ['an empty block', 'a<<END\nEND\n', { a: '' }],
    ['a block of one empty line', 'a<<END\n\nEND\n', { a: '' }],
    ['a block that ends in an empty line', 'a<<END\none\n\nEND\n', { a: 'one\n' }],
    ['a block without a line end after it', 'a<<END\none\nEND', { a: 'one' }],
    ['a block that contains its delimiter within a line', 'a<<X\nX1\n X\nX\n', { a: 'X1\n X' }],
    ['a delimiter with an equals sign', 'a<<b=c\none\nb=c\n', { a: 'one' }],
    ['a name twice', 'a=1\na=2\n', { a: '2' }],
    ['names with blanks', 'a b = c\n', { 'a b ': ' c' }],
    ['a byte order mark', '\uFEFFa=1\n', { a: '1' }],
  ])('may contain %s', (_, text, values) => {
    expect(parseFileCommands(text, 'linux')).toEqual({ values });
  });

  it.each([
    ['a line without a sign', 'a\n', "Invalid format 'a'"],
    ['a line without a name', '=1\n', 'must not be empty'],
    ['a block without a name', '<<END\nEND\n', 'must not be empty'],
    ['a block without a delimiter', 'a<<\none\n', 'must not be empty'],
    ['a block without its end', 'a<<END\none\n', "Matching delimiter not found 'END'"],
    ['a block that begins at the very end', 'a<<END', "Matching delimiter not found 'END'"],
    ['a block whose end is indented', 'a<<END\none\n END\n', 'Matching delimiter not found'],
    ['a block whose end is in another case', 'a<<END\none\nend\n', 'Matching delimiter not found'],
    ['a second line of a value', 'a=one\ntwo\n', "Invalid format 'two'"],
  ])('may not contain %s', (_, text, error) => {
    expect(parseFileCommands(text, 'linux').error).toContain(error);
  });

  it('counts up to its first invalid line', () => {
    expect(parseFileCommands('a=1\nbad\nb=2\n', 'linux').values).toEqual({ a: '1' });
  });

  it('keeps a carriage return in the value on Linux', () => {
    expect(parseFileCommands('a=1\r\n', 'linux').values).toEqual({ a: '1\r' });
  });

  it('treats a carriage return as part of the delimiter on Linux', () => {
    const { error } = parseFileCommands('a<<END\r\none\r\nEND\n', 'linux');
    expect(error).toContain("Matching delimiter not found 'END\r'");
    expect(parseFileCommands('a<<END\r\none\r\nEND\r\n', 'linux').values).toEqual({ a: 'one\r' });
  });

  it('also ends lines with CRLF on Windows', () => {
    const text = 'a<<END\r\none\r\ntwo\r\nEND\r\nb=1\r\n';
    expect(parseFileCommands(text, 'win32').values).toEqual({ a: 'one\r\ntwo', b: '1' });
  });

  it.each(['NODE_OPTIONS', 'node_options', 'Node_Options'])('may not export %s', (name) => {
    expect(isRefusedVariable(name)).toBe(true);
  });

  it('may export NODE_OPTIONS_2', () => {
    expect(isRefusedVariable('NODE_OPTIONS_2')).toBe(false);
  });
});

describe('a summary', () => {
  it('is masked line by line', () => {
    const { summary } = readSummary(Buffer.from('# Title\na secret\n'), (line) =>
      line.replace('secret', '***'),
    );
    expect(summary).toBe('# Title\na ***\n');
  });

  it('may have 1024 kilobytes', () => {
    const content = Buffer.alloc(1024 * 1024, 'x');
    expect(readSummary(content, same)).toEqual({ summary: content.toString() });
  });

  it('is dropped completely if it has one byte more', () => {
    const { summary, error } = readSummary(Buffer.alloc(1024 * 1024 + 1, 'x'), same);
    expect(summary).toBe('');
    expect(error).toContain('upload aborted');
  });
});
