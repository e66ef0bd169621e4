import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { readEvent } from '../../../src/core/github/run-event.ts';
import { captureReport } from '../runner/captured-report.ts';

describe('the event of a run', () => {
  it.each([
    ['is not there', '/no/such/file'],
    ['is not JSON', fileURLToPath(import.meta.url)],
    ['is a directory', fileURLToPath(new URL('.', import.meta.url))],
  ])('has no payload if its file %s', (_, file) => {
    const { report, lines } = captureReport({ debug: true });
    vi.stubEnv('GITHUB_EVENT_PATH', file);
    vi.stubEnv('GITHUB_EVENT_NAME', 'push');
    expect(readEvent(process.env, report.debug)).toMatchObject({
      name: 'push',
      payload: undefined,
    });
    expect(lines()).toEqual([
      expect.stringMatching(/^::debug::Could not read the event's payload: \w*Error: /),
    ]);
  });

  it.each([undefined, ''])('has no payload if the runner names no file: %j', (file) => {
    const { report, lines } = captureReport({ debug: true });
    const env = { ...process.env, GITHUB_EVENT_PATH: file };
    expect(readEvent(env, report.debug).payload).toBeUndefined();
    expect(lines()).toEqual([
      '::debug::GITHUB_EVENT_PATH is not set, so the event has no payload.',
    ]);
  });
});
