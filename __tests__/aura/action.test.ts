import { afterEach, describe, expect, it, vi } from 'vitest';
import { runOperation } from '../../src/aura/action.ts';
import { inputDefaults } from '../../src/aura/inputs/table.ts';
import { captureReport } from '../core/runner/captured-report.ts';
import { makeDirectory } from '../core/secrets/env-file-places.ts';
import { InstantClock } from '../core/time/clocks.ts';
import { needed } from './inputs/step-inputs.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Runs a poll without an answer from Aura, and calls `during` in each of its pauses. */
async function runPoll(during: () => void) {
  const captured = captureReport();
  const inputs = {
    ...inputDefaults,
    ...needed,
    operation: 'poll',
    'instance-id': '1a2b3c4d',
    'api-url': 'http://127.0.0.1:1',
  };
  for (const [name, value] of Object.entries(inputs)) {
    vi.stubEnv(`INPUT_${name.toUpperCase()}`, value);
  }
  const directory = makeDirectory();
  vi.stubEnv('GITHUB_REPOSITORY', 'octo/shop');
  vi.stubEnv('GITHUB_WORKSPACE', directory);
  vi.stubEnv('RUNNER_TEMP', directory);
  const { signal } = new AbortController();
  await runOperation({ clock: new InstantClock(0, during), signal });
  const errors = captured.lines().filter((line) => line.startsWith('::error '));
  return { ...captured, errors };
}

/** The last request is real, and may take one of the two seconds that a step may run too long. */
const gaveUp =
  /^::error title=Neo4j Aura%3A poll failed::Instance 1a2b3c4d still had an operation in progress after 20m( [12]s)? \(input 'timeout'\)/;

describe('a step that fails', () => {
  it('reports the error once, and in the output about its only instance', async () => {
    const { errors, outputs, exitCode } = await runPoll(() => undefined);
    expect(errors).toEqual([expect.stringMatching(gaveUp)]);
    expect(exitCode()).toBe(1);
    const { instances = '' } = Object.fromEntries(outputs());
    expect(JSON.parse(instances)).toEqual([
      { id: '1a2b3c4d', changed: false, error: errors[0]?.replace(/^::error [^:]+::/, '') },
    ]);
  });

  it('reports it also if that output cannot be written', async () => {
    const { errors, exitCode } = await runPoll(() => {
      vi.stubEnv('GITHUB_OUTPUT', '/nonexistent/file');
    });
    expect(errors).toEqual([expect.stringMatching(gaveUp)]);
    expect(exitCode()).toBe(1);
  });
});
