import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { captureReport, secret, secretForms, writeEverywhere } from './captured-report.ts';

/**
 * The commands that the runner would find in lines: `::name` at the start, after white space as
 * defined by .NET, or `##[name` anywhere.
 */
function commandsIn(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const found = /^[\s\u0085]*::([\w-]*)/.exec(line) ?? /##\[([\w-]*)/.exec(line);
    return found === null ? [] : [found[1] ?? ''];
  });
}

/** The commands of {@link writeEverywhere} itself; the last one is the stack. */
const ownCommands = ['debug', 'warning', 'notice', 'error', 'debug'];

describe('text that is too long', () => {
  const longest = 1_500;

  it.each([longest - 1, longest])('does not include text of %d characters', (length) => {
    const captured = captureReport();
    captured.report.info('x'.repeat(length));
    expect(captured.lines()).toEqual(['x'.repeat(length)]);
  });

  it('is cut in all output', () => {
    const captured = captureReport({ debug: true });
    writeEverywhere(captured, 'x'.repeat(100_000));
    const cut = `${'x'.repeat(longest)}…`;
    const lines = captured.lines();
    expect(lines.slice(0, 5)).toEqual([
      cut,
      `::debug::${cut}`,
      `::warning::${cut}`,
      `::notice title=Neo4j Aura::${cut}`,
      `::error title=Neo4j Aura%3A step failed::${cut}`,
    ]);
    expect(lines[5]).toMatch(/^For support: GET \/x/);
    // The stack, because debug is on.
    expect(lines.slice(6)).toEqual([expect.stringMatching(/^::debug::ActionError: x/)]);
    // Line ends in commands are escaped.
    for (const line of lines.flatMap((text) => text.split('%0A'))) {
      expect(line.length).toBeLessThan(longest + 50);
    }
  });

  it.each(secretForms)(
    'is cut only after a secret was removed that crosses the cut, %s',
    (_, form) => {
      for (const before of [1, Math.floor(form.length / 2), form.length - 1]) {
        const captured = captureReport();
        captured.report.mask(secret);
        captured.report.info(`${'x'.repeat(longest - before)}${form}${'y'.repeat(longest)}`);
        const line = captured.lines().at(-1) ?? '';
        expect(line).toBe(
          `${'x'.repeat(longest - before)}***${'y'.repeat(longest)}`.slice(0, longest) + '…',
        );
      }
    },
  );

  it('contains no command where it was cut', () => {
    const captured = captureReport();
    for (let length = longest - 12; length <= longest; length += 1) {
      captured.report.info(`${'x'.repeat(length)}\n::error::injected ##[error]injected`);
    }
    expect(commandsIn(captured.lines())).toEqual([]);
  });
});

describe('foreign text', () => {
  it.each([
    ['::error::injected'],
    ['  ::error::injected'],
    ['\t::add-mask::x'],
    ['\u00a0::error::injected'],
    ['\u3000::error::injected'],
    ['\u0085::error::injected'],
    ['fine\n::error::injected'],
    ['fine\r::error::injected'],
    ['fine\r\n  ::set-output name=x::y'],
    ['::stop-commands::token'],
    [':::error::injected'],
    ['::::'],
    ['##[add-mask]x'],
    ['fine ##[error]injected'],
    ['###[error]injected'],
    ['##[##[error]]injected'],
    ['#\n#[error]'],
  ])('contains no command: %j', (text) => {
    const captured = captureReport({ debug: true });
    writeEverywhere(captured, text);
    expect(commandsIn(captured.lines())).toEqual(ownCommands);
    // No text is lost either: the log still shows it.
    const shown = captured
      .lines()
      .join('')
      .replaceAll(/[^a-z]/g, '');
    expect(shown).toContain(text.replaceAll(/[^a-z]/g, ''));
  });

  it.each([
    ['a :: b'],
    ['std::vector'],
    ['see #[1] and ## [2]'],
    [':one colon'],
    ['https://api.neo4j.io'],
    ['   indented'],
  ])('without a command is unchanged: %j', (text) => {
    const captured = captureReport();
    captured.report.info(text);
    expect(captured.lines()).toEqual([text]);
  });

  it('is searched for secrets before its commands are disabled', () => {
    const captured = captureReport();
    captured.report.mask('::let##[Me]In-0123');
    const masks = captured.lines().length;
    captured.report.info('::let##[Me]In-0123, and ##[Me]');
    expect(captured.lines().slice(masks)).toEqual(['***, and # #[Me]']);
  });

  it('contains no command, whatever it is made of', () => {
    const captured = captureReport();
    const texts = fc.string({
      unit: fc.constantFrom(':', '#', '[', ']', '\n', '\r', ' ', '\t', '\u0085', 'error', '%0A'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(texts, (text) => {
        const before = captured.lines().length;
        captured.report.info(text);
        captured.report.failure(new Error('x', { cause: new Error(text) }));
        expect(commandsIn(captured.lines().slice(before))).toEqual(['error']);
      }),
    );
  });
});

describe('invisible text', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
    ['\u009b31mred', '\\u009b31mred'],
    ['\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
    [
      '\u001b]8;;https://evil.example\u001b\\\\link',
      '\\u001b]8;;https://evil.example\\u001b\\\\link',
    ],
    ['a\bb\u007fc\0d', 'a\\u0008b\\u007fc\\u0000d'],
    ['a\vb\fc', 'a\\u000bb\\u000cc'],
    ['user\u202ecod.exe', 'user\\u202ecod.exe'],
    [
      '\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069',
      '\\u202a\\u202b\\u202c\\u202d\\u2066\\u2067\\u2068\\u2069',
    ],
    ['\u200e\u200f\u061c', '\\u200e\\u200f\\u061c'],
    ['pay\u200bpal\ufeff\u2060\u00ad', 'pay\\u200bpal\\ufeff\\u2060\\u00ad'],
    ['a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['tag\u{e0041}', 'tag\\ue0041'],
    ['\ud800', '\\ud800'],
  ])('is shown: %j', (text, shown) => {
    const captured = captureReport({ debug: true });
    writeEverywhere(captured, text);
    captured.report.notice(text);
    const written = captured.lines().join('\n');
    expect(written).toContain(shown);
    expect(written).not.toContain(text);
    expect(written).not.toMatch(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  });

  it.each(['tab\there', 'größe', '日本', '👩‍🚀', '👍🏽', 'می‌خواهم', 'e\u0301'])(
    'does not include anything that people write: %j',
    (text) => {
      const captured = captureReport();
      captured.report.info(text);
      expect(captured.lines()).toEqual([text]);
    },
  );

  it('does not join a secret that it has split', () => {
    const captured = captureReport();
    captured.report.mask('letMeIn-0123');
    captured.report.info('letMe\u200bIn-0123 letMe\u001bIn-0123');
    expect(captured.lines().at(-1)).toBe('letMe\\u200bIn-0123 letMe\\u001bIn-0123');
  });

  it('is kept in outputs, which are data', () => {
    const captured = captureReport();
    captured.report.outputs({ name: 'a\u001b[31mb\u202e' });
    expect(captured.outputs()).toEqual([['name', 'a\u001b[31mb\u202e']]);
  });
});
