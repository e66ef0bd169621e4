import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { RequestError } from '../../../src/core/http/request-error.ts';
import { ActionError } from '../../../src/core/errors.ts';
import { type AuraReport, createAuraReport } from '../../../src/aura/session/report.ts';

/** A report in this process, and what it wrote for the runner. */
export interface CapturedReport {
  readonly report: AuraReport;
  /** The lines of standard output so far. */
  readonly lines: () => string[];
  /** Names and values of the outputs in the order in which they were written. */
  readonly outputs: () => [string, string][];
  /** The content of the output file when each piece of standard output was written. */
  readonly outputsDuringLog: readonly string[];
  /** Keys and values saved for the post step, in the order in which they were written. */
  readonly state: () => [string, string][];
  /** Names and values of the variables for later steps. */
  readonly variables: () => [string, string][];
  readonly exitCode: () => typeof process.exitCode;
}

/** Creates a report whose standard output and command files belong to the test until it ends. */
export function captureReport({ debug = false } = {}): CapturedReport {
  const directory = mkdtempSync(join(tmpdir(), 'report-'));
  const outputFile = join(directory, 'output');
  const stateFile = join(directory, 'state');
  const envFile = join(directory, 'env');
  for (const file of [outputFile, stateFile, envFile]) writeFileSync(file, '');
  vi.stubEnv('GITHUB_OUTPUT', outputFile);
  vi.stubEnv('GITHUB_STATE', stateFile);
  vi.stubEnv('GITHUB_ENV', envFile);
  vi.stubEnv('RUNNER_DEBUG', debug ? '1' : '0');
  const written: string[] = [];
  const outputsDuringLog: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    outputsDuringLog.push(readFileSync(outputFile, 'utf8'));
    return true;
  });
  const before = process.exitCode;
  onTestFinished(() => {
    stdout.mockRestore();
    vi.unstubAllEnvs();
    process.exitCode = before;
    rmSync(directory, { recursive: true });
  });
  return {
    report: createAuraReport(),
    // Lines as the runner reads them: a lone carriage return also ends a line.
    lines: () =>
      written
        .join('')
        .split(/\r\n|\r|\n/)
        .slice(0, -1),
    outputs: () => readEntries(outputFile),
    outputsDuringLog,
    state: () => readEntries(stateFile),
    variables: () => readEntries(envFile),
    exitCode: () => process.exitCode,
  };
}

function readEntries(file: string): [string, string][] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^(.+?)<<(.+)\n([^]*?)\n\2\n/gm)].map(
    ([, name = '', , value = '']): [string, string] => [name, value],
  );
}

/** Writes everything that a report can write, with `text` in it. */
export function writeEverywhere({ report }: CapturedReport, text: string): void {
  report.info(text);
  report.debug(text);
  report.warning(text);
  report.notice(text);
  const cause = new RequestError(text, {
    request: `GET /${text}`,
    policy: 'read',
    effect: 'none',
    transient: false,
    requestId: text,
    cause: new Error(text),
  });
  report.failure(new ActionError(text, { cause }));
}

/**
 * A secret whose base64 has `+` and `/`, and with characters that only JavaScript does not escape.
 */
export const secret = "lét>Mé?In!'(*)~0123";
/** The forms in which it may appear in foreign text. */
export const secretForms: [string, string][] = [
  ['as it is', secret],
  ['in base64', Buffer.from(secret).toString('base64')],
  ['in base64url', Buffer.from(secret).toString('base64url')],
  ['percent encoded', encodeURIComponent(secret)],
  ['in lower case', secret.toLowerCase()],
];
