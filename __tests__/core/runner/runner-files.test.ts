import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commandFileProblems, tempProblem } from '../../../src/core/runner/runner-files.ts';
import { onWindows } from '../../../harness/runner/platform.ts';

/** A directory with a regular file and other things that may be in its place. */
function makeFiles() {
  const directory = mkdtempSync(path.join(tmpdir(), 'runner-files-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  const at = (name: string): string => path.join(directory, name);
  writeFileSync(at('file'), 'before');
  mkdirSync(at('directory'));
  if (!onWindows) execFileSync('mkfifo', [at('fifo')]);
  symlinkSync(at('file'), at('link'));
  symlinkSync(at('nowhere'), at('dangling'));
  return { directory, at };
}

const names = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV'];

describe.each(names)('the file %s', (name) => {
  const problemsWith = (place: (at: (name: string) => string) => string): readonly string[] => {
    const { at } = makeFiles();
    const good = Object.fromEntries(names.map((each) => [each, at('file')]));
    return commandFileProblems({ ...good, [name]: place(at) });
  };

  it('may be a file, or a link to one', () => {
    expect(problemsWith((at) => at('file'))).toEqual([]);
    expect(problemsWith((at) => at('link'))).toEqual([]);
  });

  it.skipIf(onWindows).each([
    ['that is not there', 'missing', /ENOENT/],
    ['that leads nowhere', 'dangling', /ENOENT/],
    ['in a directory that is not there', 'no/such', /ENOENT/],
    ['that is a directory', 'directory', /EISDIR/],
    ['without a reader', 'fifo', /ENXIO/],
    ['that takes everything', devNull, /it is not a regular file/],
    ['that is always full', '/dev/full', /it is not a regular file/],
  ])('cannot be %s', (_, place, why) => {
    const problems = problemsWith((at) => (place.startsWith('/') ? place : at(place)));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(`The runner's file ${name} cannot be written: `);
    expect(problems[0]).toMatch(why);
  });

  it('must be set', () => {
    expect(problemsWith(() => '')).toEqual([
      `This program must run as a step of GitHub Actions, which sets ${name}. Nothing was done.`,
    ]);
  });
});

describe('the files of the runner', () => {
  it('are checked together, and a summary is not required', () => {
    const { at } = makeFiles();
    const env = { GITHUB_OUTPUT: at('missing'), GITHUB_STATE: at('directory') };
    expect(commandFileProblems({ ...env, GITHUB_STEP_SUMMARY: at('missing') })).toHaveLength(3);
  });
});

describe('RUNNER_TEMP', () => {
  it('may be a directory', () => {
    expect(tempProblem(makeFiles().directory, 'A step')).toBeUndefined();
  });

  it.each([
    [undefined, 'it is not set'],
    ['', 'it is not set'],
    ['missing', 'ENOENT'],
    ['file', 'it is not a directory'],
  ])('cannot be %j', (place, why) => {
    const { at } = makeFiles();
    expect(tempProblem(place ? at(place) : place, 'A step')).toContain(why);
  });
});
