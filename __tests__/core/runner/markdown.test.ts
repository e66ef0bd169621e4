import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import {
  type Inline,
  inline,
  joined,
  link,
  prose,
  renderInline,
} from '../../../src/core/runner/markdown.ts';
import { renderSection } from '../../../src/core/runner/summary.ts';

const same = (text: string): string => text;
const shown = (line: Inline, place?: 'text' | 'cell'): string => renderInline(line, same, place);

/** GitHub's markdown, and more links than GitHub makes: `linkify` also finds a bare host. */
const github = new MarkdownIt({ html: true, linkify: true });

describe('a line of the summary', () => {
  it.each([
    ['a|b', '`a|b`', '`a\\|b`'],
    ['a\\|b', '`a\\|b`', '`a\\ \\|b`'],
    ['one\r\ntwo\n\nthree\tfour', '`one two three four`'],
    ['<img src=x onerror=alert(1)>', '`<img src=x onerror=alert(1)>`'],
    ['`code`', '`` `code` ``'],
    ['a``b', '```a``b```'],
    ['@octocat see https://example.com or #1', '`@octocat see https://example.com or #1`'],
    ['[x](https://example.com) **b**', '`[x](https://example.com) **b**`'],
    ['ends with \\', '`ends with \\`'],
    ['', ''],
    [' \n ', ''],
  ])('shows %j as it is, as code', (value, text, cell = text) => {
    expect(shown(inline`${value}`)).toBe(text);
    expect(shown(inline`${value}`, 'cell')).toBe(cell);
  });

  it('takes own words, numbers and other lines unchanged', () => {
    const parts = joined([inline`**${1}**`, inline`${'b'}`]);
    expect(shown(inline`Of ${2} (${parts})`)).toBe('Of 2 (**1**, `b`)');
  });

  it('encodes the address of a link', () => {
    const address = new URL('https://example.com/a b)/(c');
    expect(shown(link(inline`${'x'}`, address))).toBe('[`x`](https://example.com/a%20b%29/%28c)');
  });
});

describe('sentences in the summary', () => {
  it.each([
    [
      "Could not pause 'shop' (1a2b3c4d): it failed.",
      'Could not pause `shop` (`1a2b3c4d`): it failed.',
    ],
    ["It isn't there, because Aura's list lags.", "It isn't there, because Aura's list lags."],
    ["Set 'a', or 'b: c'; then 'd'.", 'Set `a`, or `b: c`; then `d`.'],
    ['after 1h 30m, 20% of 8GB', 'after 1h 30m, 20% of 8GB'],
    ['mail a@example.com or @octocat', 'mail `a@example.com` or `@octocat`'],
    [
      'see https://example.com/x, www.example.com.',
      'see `https://example.com/x`, `www.example.com`.',
    ],
    ['fixes #1, GH-2 and owner/repo#3', 'fixes `#1`, `GH-2` and `owner/repo#3`'],
    ['**bold** _x_ ~y~ `z` <b>', '`**bold**` `_x_` `~y~` `` `z` `` `<b>`'],
    ['1. first', '1\\. first'],
    ['12) twelfth (42).', '12\\) twelfth (42).'],
    ['instance (53370808) or 53370808.', 'instance (`53370808`) or `53370808`.'],
    ['一GH-1, gh-pages', '`一GH-1`, gh-pages'],
    ['- item', '`-` item'],
    ['# title', '`#` title'],
    ['a | b', 'a `|` b'],
    ['&amp; :tada: $x$', '`&amp`; `:tada`: `$x$`'],
    ["an 'open quote", "an `'open` quote"],
    ['ends\nin two lines', 'ends in two lines'],
    ['', ''],
  ])('turn %j into %j', (text, markdown) => {
    expect(shown(prose(text))).toBe(markdown);
  });
});

/** Pieces that mean something in markdown, HTML, or to GitHub, among any other text. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '`',
          '``',
          '```',
          '|',
          '\\',
          '\\|',
          '<b>',
          '</code>',
          '<!--',
          '&lt;',
          '[x](http://a.b)',
        ],
        ...['![x](y)', 'https://evil.example', 'www.evil.example', 'a@evil.example', '@octocat'],
        ...[
          '#1',
          'GH-1',
          'o/r#1',
          '**',
          '__',
          '~~',
          '\n',
          '\r\n',
          '\n\n',
          '---',
          '===',
          '1.',
          '- ',
        ],
        ...['> ', '# ', "'", '"', '(', ')', ' ', '.', ',', ':', '</details>', '<sub>', 'mermaid'],
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

/** The names of all elements of a page, without those of `own`. */
function elementsOf(markdown: string): readonly string[] {
  const html = github.render(markdown);
  return [...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name = '']) => name).sort();
}

describe('text from outside', () => {
  const page = (text: string): string => {
    const cells = [inline`${text}`, prose(text), inline`**failed**: ${prose(text)}`];
    return renderSection(
      {
        title: inline`Of ${text} and ${prose(text)}`,
        blocks: [
          { text: inline`${text} or ${prose(text)}` },
          { text: inline`<sub>${prose(text)}</sub>` },
          { quote: [inline`It ${prose(text)}`] },
          { table: { header: cells, rows: [cells, cells] } },
          { details: { title: 'More', blocks: [{ table: { header: cells, rows: [cells] } }] } },
          { text: inline`The end` },
        ],
      },
      { clean: same },
    );
  };
  const structure = elementsOf(page('plain')).filter((name) => name !== 'code');

  it('adds no element, link or cell to a page, and hides none', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const elements = elementsOf(page(text)).filter((name) => name !== 'code');
        expect(elements).toEqual(structure);
      }),
      { numRuns: 500 },
    );
  });

  it('never stands outside code with what GitHub makes a link', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const outside = github.render(page(text)).replaceAll(/<code>.*?<\/code>|<[^>]*>/gs, ' ');
        expect(outside).not.toMatch(/@\w|#\d|GH-\d|https?:|www\.|&(?!quot;)\w+;|:\w+:/);
      }),
      { numRuns: 500 },
    );
  });
});
