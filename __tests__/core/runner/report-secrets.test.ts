import { describe, expect, it, vi } from 'vitest';
import { outputNames } from '../../../src/aura/session/report.ts';
import {
  type CapturedReport,
  captureReport,
  secret,
  secretForms,
  writeEverywhere,
} from './captured-report.ts';

function masksOf({ lines }: CapturedReport): string[] {
  return lines()
    .filter((line) => line.startsWith('::add-mask::'))
    .map((line) =>
      line
        .slice('::add-mask::'.length)
        .replaceAll('%0D', '\r')
        .replaceAll('%0A', '\n')
        .replaceAll('%25', '%'),
    );
}

describe('a secret', () => {
  it('is masked in each form that the runner does not cover automatically', () => {
    const captured = captureReport();
    captured.report.mask(secret);
    expect(masksOf(captured)).toEqual([
      secret,
      Buffer.from(secret).toString('base64url'),
      encodeURIComponent(secret),
    ]);
  });

  it('is masked once, however often it is registered', () => {
    const captured = captureReport();
    captured.report.mask('letMeIn-0123');
    const before = captured.lines().length;
    captured.report.mask('letMeIn-0123');
    captured.report.outputs({ password: 'letMeIn-0123' });
    expect(captured.lines()).toHaveLength(before);
  });

  it('without special characters has no additional percent form', () => {
    const captured = captureReport();
    captured.report.mask('letMeIn-0123');
    const base64url = Buffer.from('letMeIn-0123').toString('base64url');
    expect(masksOf(captured)).toEqual(['letMeIn-0123', base64url]);
  });

  it('of several lines is masked line by line, but no line of a few letters', () => {
    const captured = captureReport();
    const several = 'one\r\n::error::two 100%\r\n';
    captured.report.mask(several);
    const masks = masksOf(captured);
    expect(masks).toContain('::error::two 100%');
    expect(masks).toContain(Buffer.from(several).toString('base64'));
    expect(masks).not.toContain('one');
    expect(masks.filter((mask) => /[\r\n]/.test(mask))).toEqual([]);
    expect(captured.lines().every((line) => line.startsWith('::add-mask::'))).toBe(true);
  });

  it.each(secretForms)('that appears %s is removed from all output', (_, form) => {
    const captured = captureReport({ debug: true });
    captured.report.mask(secret);
    const masks = captured.lines().length;
    writeEverywhere(captured, `before ${form} after`);
    const written = captured.lines().slice(masks).join('\n');
    expect(written).toContain('before *** after');
    expect(written).not.toContain(form);
    expect(written).not.toContain(form.replaceAll('%', '%25'));
  });

  it('is removed wherever it appears, and however often', () => {
    const captured = captureReport();
    captured.report.mask('letMeIn-0123');
    captured.report.mask('$&-other-0123');
    captured.report.info('letMeIn-0123letMeIn-0123, $&-other-0123; xletMeIn-0123y');
    expect(captured.lines().at(-1)).toBe('******, ***; x***y');
  });

  it('is removed where a text was cut in the middle of it', () => {
    const captured = captureReport();
    captured.report.mask(secret);
    for (const [, form] of secretForms) {
      for (let length = 4; length <= form.length; length += 1) {
        const before = captured.lines().length;
        captured.report.info(`Bearer ${form.slice(0, length)}… and more`);
        expect(captured.lines().slice(before)).toEqual(['Bearer ***… and more']);
      }
    }
  });

  it('does not hide a word that only begins like it', () => {
    const captured = captureReport();
    captured.report.mask('production-key');
    const before = captured.lines().length;
    captured.report.info('production-db: pro… or no…');
    expect(captured.lines().slice(before)).toEqual(['production-db: pro… or no…']);
  });

  it('that is empty is ignored: it would be found between any two letters', () => {
    const captured = captureReport();
    captured.report.mask('');
    captured.report.info('text');
    expect(captured.lines()).toEqual(['text']);
  });

  it.each(['a', 'abc', '***'])('of under four characters is ignored: %j', (short) => {
    const captured = captureReport();
    captured.report.mask(short);
    captured.report.outputs({ password: short });
    captured.report.info(`text ${short}`);
    expect(captured.lines()).toEqual([`text ${short}`]);
    expect(captured.outputs()).toEqual([['password', short]]);
  });

  it('of four characters is masked', () => {
    const captured = captureReport();
    captured.report.mask('a1b2');
    captured.report.info('text a1b2');
    expect(masksOf(captured)[0]).toBe('a1b2');
    expect(captured.lines().at(-1)).toBe('text ***');
  });

  it.each([
    ['letMeIn-0123', 'letMeIn-0123-and-more'],
    ['and-more', 'letMeIn-0123-and-more'],
    ['MeIn-0123', 'letMeIn-0123-and-more'],
  ])('%j leaves nothing of the longer %j that contains it', (short, long) => {
    for (const order of [
      [short, long],
      [long, short],
    ]) {
      const captured = captureReport();
      for (const each of order) captured.report.mask(each);
      captured.report.info(`before ${long} after`);
      expect(captured.lines().at(-1)).toBe('before *** after');
    }
  });

  it('that is not well-formed text is masked anyway', () => {
    const captured = captureReport();
    const broken = 'letMeIn-\ud800-0123';
    captured.report.outputs({ password: broken, 'instance-id': '1a2b3c4d' });
    expect(captured.lines()[0]).toMatch(/^::add-mask::letMeIn-/);
    expect(captured.outputs().map(([name]) => name)).toEqual(['instance-id', 'password']);
  });
});

describe('an output', () => {
  const open = ['password', 'sealed-credentials'];

  it.each(secretForms)('of foreign text does not contain a secret that appears %s', (_, form) => {
    const { report, outputs } = captureReport();
    report.mask(secret);
    const text = `before ${form} after`;
    const names = outputNames.filter((name) => !open.includes(name));
    report.outputs(Object.fromEntries(names.map((name) => [name, text])));
    expect(outputs()).toEqual(names.map((name) => [name, 'before *** after']));
  });

  it('in JSON does not contain a secret that JSON writes differently', () => {
    const { report, outputs } = captureReport();
    const odd = 'let"Me\\In\n0123';
    report.mask(odd);
    const error = `Aura said '${odd}'`;
    report.outputs({
      instances: JSON.stringify([{ id: '1a2b3c4d', name: odd, changed: false, error }]),
      instance: JSON.stringify({ name: odd }),
    });
    const values = Object.fromEntries(outputs());
    expect(JSON.parse(values['instances'] ?? '')).toEqual([
      { id: '1a2b3c4d', name: '***', changed: false, error: "Aura said '***'" },
    ]);
    expect(JSON.parse(values['instance'] ?? '')).toEqual({ name: '***' });
  });

  it('that is a secret reaches later steps unchanged', () => {
    const { report, outputs, variables } = captureReport();
    report.outputs({ password: secret, 'sealed-credentials': `aura1.${secret}` });
    expect(outputs()).toEqual([
      ['password', secret],
      ['sealed-credentials', `aura1.${secret}`],
    ]);
    vi.stubEnv('NEO4J_PASSWORD', undefined);
    vi.stubEnv('AURA_INSTANCENAME', undefined);
    report.exportEnv({ NEO4J_PASSWORD: secret, AURA_INSTANCENAME: `shop ${secret}` });
    expect(variables()).toEqual([
      ['NEO4J_PASSWORD', secret],
      ['AURA_INSTANCENAME', 'shop ***'],
    ]);
  });
});

describe('a notice', () => {
  it('is an annotation without secrets and commands', () => {
    const { report, lines } = captureReport();
    report.mask('letMeIn-0123');
    report.notice('::error::letMeIn-0123');
    expect(lines().at(-1)).toBe('::notice title=Neo4j Aura::: :error::***');
  });
});
