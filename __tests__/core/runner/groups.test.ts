import { describe, expect, it } from 'vitest';
import { captureReport } from './captured-report.ts';

const lines = (captured: ReturnType<typeof captureReport>): readonly string[] => captured.lines();

describe('a group of the log', () => {
  it('begins with its first line, and ends with its work', async () => {
    const captured = captureReport();
    const { report } = captured;
    await report.group('Waiting', () => {
      report.info('a');
      report.info('b');
      return Promise.resolve();
    });
    report.info('c');
    expect(lines(captured)).toEqual(['::group::Waiting', 'a', 'b', '::endgroup::', 'c']);
  });

  it('without a line is not there', async () => {
    const captured = captureReport();
    expect(await captured.report.group('Waiting', () => Promise.resolve(7))).toBe(7);
    expect(lines(captured)).toEqual([]);
  });

  it('ends when its work fails', async () => {
    const captured = captureReport();
    const { report } = captured;
    const work = report.group('Waiting', () => {
      report.info('a');
      return Promise.reject(new Error('cancelled'));
    });
    await expect(work).rejects.toThrow('cancelled');
    report.failure(new Error('cancelled'));
    expect(lines(captured)).toEqual([
      '::group::Waiting',
      'a',
      '::endgroup::',
      '::error title=Neo4j Aura%3A step failed::cancelled',
    ]);
  });

  it('ends before an annotation, and begins again with the next line', async () => {
    const captured = captureReport();
    const { report } = captured;
    await report.group('Waiting', () => {
      report.info('a');
      report.warning('w');
      report.notice('n');
      report.info('b');
      return Promise.resolve();
    });
    expect(lines(captured)).toEqual([
      '::group::Waiting',
      'a',
      '::endgroup::',
      '::warning::w',
      '::notice title=Neo4j Aura::n',
      '::group::Waiting',
      'b',
      '::endgroup::',
    ]);
  });

  it('within another one interrupts it, because a runner cannot nest them', async () => {
    const captured = captureReport();
    const { report } = captured;
    await report.group('Outer', async () => {
      report.info('a');
      await report.group('Inner', () => {
        report.info('b');
        return Promise.resolve();
      });
      report.info('c');
    });
    expect(lines(captured)).toEqual([
      '::group::Outer',
      'a',
      '::endgroup::',
      '::group::Inner',
      'b',
      '::endgroup::',
      '::group::Outer',
      'c',
      '::endgroup::',
    ]);
  });

  it('has no secret and no command in its title', async () => {
    const captured = captureReport();
    const { report } = captured;
    report.mask('letMeIn-0123');
    await report.group('x\n::error::letMeIn-0123', () => {
      report.info('a');
      return Promise.resolve();
    });
    expect(lines(captured)).toContain('::group::x%0A: :error::***');
  });
});
