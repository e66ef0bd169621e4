import {
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FakeJob } from '../../../harness/runner/fake-runner.ts';
import { startScenario, type Scenario } from '../../../harness/world/scenario.ts';
import { countOf, outputsOf, requestsOf } from '../../../harness/world/support.ts';

/** On Windows a file's mode means nothing. */
const hasModes = process.platform !== 'win32';
const get = { operation: 'get', name: 'x' };

function tokensOf(scenario: Scenario): number {
  return countOf(scenario, 'POST', /^\/oauth\/token$/);
}

function tokenFilesOf({ temp }: FakeJob): readonly string[] {
  return readdirSync(temp)
    .filter((file) => file.startsWith('aura-action-token-'))
    .map((file) => path.join(temp, file));
}

describe('the token', () => {
  test('is stored encrypted, readable only for this user', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    outputsOf(await scenario.run(get));
    const files = tokenFilesOf(scenario.job);
    expect(files).toHaveLength(1);
    const [file = ''] = files;
    expect(readFileSync(file, 'utf8')).toMatch(/^key1\.[\w-]{100,}$/);
    if (hasModes) expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('stays in its job', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    outputsOf(await scenario.run(get));
    const other = await scenario.startJob();
    outputsOf(await other.step({ inputs: { ...scenario.credentials, ...get } }));
    expect(tokensOf(scenario)).toBe(2);
  });

  test.each([
    ['altered', (text: string) => `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`],
    ['cut', (text: string) => text.slice(0, 20)],
    ['emptied', () => ''],
    ['replaced by something else', () => 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln'],
  ])('is requested again without a message if its file was %s', async (_how, change) => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    outputsOf(await scenario.run(get));
    const [file = ''] = tokenFilesOf(scenario.job);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    outputsOf(await scenario.run(get));
    expect(tokensOf(scenario)).toBe(2);
    outputsOf(await scenario.run(get));
    expect(tokensOf(scenario)).toBe(2);
  });

  test('is not written through a link in place of its file', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    outputsOf(await scenario.run(get));
    const [file = ''] = tokenFilesOf(scenario.job);
    const elsewhere = path.join(scenario.job.workspace, 'readable');
    writeFileSync(elsewhere, 'not a token', { mode: 0o644 });
    rmSync(file);
    symlinkSync(elsewhere, file);
    outputsOf(await scenario.run(get));
    expect(readFileSync(elsewhere, 'utf8')).toBe('not a token');
    expect(lstatSync(file).isFile()).toBe(true);
    if (hasModes) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(tokenFilesOf(scenario.job)).toHaveLength(1);
  });
});

test('jobs that start together stay within the limit of the API', async () => {
  const job = { quickKeys: true };
  await using scenario = await startScenario({ simulator: { requestsPerMinute: 125 }, job });
  const jobs = await Promise.all(
    Array.from({ length: 4 }, async (_, index) => {
      const other = await scenario.startJob(job);
      const inputs = {
        operation: 'create',
        tier: 'professional',
        region: 'europe-west1',
        name: `x-${index}`,
      };
      return other.step({ inputs: { ...scenario.credentials, ...inputs } });
    }),
  );
  for (const result of jobs) outputsOf(result);
  expect(requestsOf(scenario).filter((line) => line.endsWith(' 429'))).toEqual([]);
});
