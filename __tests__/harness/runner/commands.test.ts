import { describe, expect, it } from 'vitest';
import { CommandProcessor, type ProcessedOutput } from '../../../harness/runner/commands.ts';
import { Masks } from '../../../harness/runner/masks.ts';

function process(lines: readonly string[], debug = false): ProcessedOutput {
  const processor = new CommandProcessor(new Masks(), debug);
  for (const line of lines) processor.line(line);
  return processor.result;
}

describe('a line of output', () => {
  it.each([
    ['::error::broken', 'error', 'broken'],
    ['   ::warning::indented', 'warning', 'indented'],
    ['::NOTICE::any case', 'notice', 'any case'],
    ['::error file=a,line=3::with properties', 'error', 'with properties'],
    ['::error::100%25 of%0Atwo lines%0D', 'error', '100% of\ntwo lines\r'],
    ['::error::%253A stays %3A', 'error', '%3A stays %3A'],
    ['text ##[error]anywhere in it', 'error', 'anywhere in it'],
    ['##[warning]escaped %5D%3B', 'warning', 'escaped ];'],
    ['::error::a::b', 'error', 'a::b'],
  ])('is a command: %s', (line, level, message) => {
    const { annotations } = process([line]);
    expect(annotations).toEqual([{ level, message }]);
  });

  it.each([
    'x ::error::not at its start',
    '::error: one colon',
    '::unknown::name',
    '::error',
    ':: error::a blank before the name',
    '##[unknown]name',
    '##[error without its bracket',
    '#[error]one sign',
    '',
  ])('is only a line: %s', (line) => {
    const { annotations, log } = process([line]);
    expect(annotations).toEqual([]);
    expect(log).toEqual([line]);
  });

  it('sets the title of an annotation, unescaped', () => {
    const { annotations } = process(['::notice title=a%3A b%2C c%25::text']);
    expect(annotations).toEqual([{ level: 'notice', title: 'a: b, c%', message: 'text' }]);
  });

  it('is truncated to 4096 characters in an annotation', () => {
    const { annotations } = process([`::error::${'x'.repeat(5000)}`]);
    expect(annotations[0]?.message).toHaveLength(4096);
  });

  it('is logged but not annotated after ten of its level', () => {
    const lines = Array.from({ length: 12 }, (_, index) => `::error::number ${index}`);
    const { annotations, log } = process([...lines, '::warning::still']);
    expect(annotations.filter(({ level }) => level === 'error')).toHaveLength(10);
    expect(annotations.at(-1)?.message).toBe('still');
    expect(log).toHaveLength(13);
  });

  it('does not fail the step just because it is an error', () => {
    expect(process(['::error::broken']).failed).toBe(false);
  });
});

describe('add-mask', () => {
  it('hides the value from then on, in log, annotations and titles', () => {
    const { log, annotations } = process([
      'secret before',
      '::add-mask::secret',
      'secret after',
      '::error title=a secret::the secret',
    ]);
    expect(log).toEqual(['secret before', '*** after', '##[error]the ***']);
    expect(annotations).toEqual([{ level: 'error', title: 'a ***', message: 'the ***' }]);
  });

  it.each(['::add-mask::', '::add-mask::   ', '##[add-mask]'])('refuses %s', (line) => {
    const { runnerErrors, annotations } = process([line]);
    expect(runnerErrors).toHaveLength(1);
    expect(annotations[0]?.level).toBe('warning');
  });

  it('can be injected by a line that only contains it', () => {
    const { log } = process(['branch ##[add-mask]main', 'on main']);
    expect(log).toEqual(['on ***']);
  });

  it('is echoed without its value in debug mode', () => {
    expect(process(['::add-mask::secret'], true).log).toEqual(['::add-mask::***']);
  });
});

describe('stop-commands', () => {
  it('turns commands into plain lines until its token appears', () => {
    const { annotations, log } = process([
      '::stop-commands::token-1',
      '::error::not now',
      '##[warning]not now',
      '::other-token::',
      '::token-1::',
      '::error::again',
    ]);
    expect(annotations).toEqual([{ level: 'error', message: 'again' }]);
    expect(log).toContain('::error::not now');
  });

  it('does not mask a secret registered in between', () => {
    const { log } = process(['::stop-commands::t', '::add-mask::secret', '::t::', 'secret']);
    expect(log).toContain('::add-mask::secret');
    expect(log.at(-1)).toBe('secret');
  });
});

describe('other commands', () => {
  it('shows debug messages only in debug mode, but keeps them', () => {
    expect(process(['::debug::detail'])).toMatchObject({ log: [], debugLog: ['detail'] });
    expect(process(['::debug::detail'], true).log).toEqual(['##[debug]detail']);
  });

  it('prints groups', () => {
    expect(process(['::group::Title', 'line', '::endgroup::']).log).toEqual([
      '##[group]Title',
      'line',
      '##[endgroup]',
    ]);
  });

  it('echoes commands if enabled', () => {
    expect(process(['::echo::on', '::group::Title', '::echo::off', '::endgroup::']).log).toEqual([
      '::group::Title',
      '##[group]Title',
      '::echo::off',
      '##[endgroup]',
    ]);
  });

  it.each(['::echo::maybe', '::set-env name=A::b', '::add-path::/bin', '::set-output::nameless'])(
    'fails the step on %s',
    (line) => {
      const result = process([line]);
      expect(result.failed).toBe(true);
      expect(result.runnerErrors[0]).toContain('Unable to process command');
    },
  );

  it('still accepts set-output and save-state, with a warning', () => {
    const result = process(['::set-output name=a::1', '::save-state name=b::2']);
    expect(result).toMatchObject({ outputs: { a: '1' }, state: { b: '2' } });
    expect(result.annotations.map(({ level }) => level)).toEqual(['warning', 'warning']);
  });
});
