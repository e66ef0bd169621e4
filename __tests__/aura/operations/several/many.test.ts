import { afterAll, describe, expect, it } from 'vitest';
import { type Scenario, startScenario } from '../../in-process/scenario.ts';
import { costOf, count, forAll, startHundred } from './hundred.ts';

const minutes = 60_000;

describe('100 instances that take 90 s each, at 125 requests a minute', () => {
  let scenario: Scenario | undefined;
  let milliseconds = 0;
  afterAll(() => scenario?.finish());

  it.each([
    // One read, one request and one read at the end for each; the rest finds out how long it takes.
    { operation: 'pause', left: ['paused'], most: 3 * count + 20 },
    { operation: 'resume', left: ['running'], most: 3 * count + 20 },
    { operation: 'delete', left: [], most: 2 * count + 25 },
  ])('are done with few requests, none refused: $operation', async ({ operation, left, most }) => {
    scenario ??= await startHundred();
    const cost = await costOf(scenario, forAll(operation));
    expect(cost.result).toMatchObject({ exitCode: 0, outputs: { changed: 'true' } });
    expect([...new Set(scenario.simulator.instances().map(({ status }) => status))]).toEqual(left);
    expect(cost.refused).toBe(0);
    expect(cost.requests).toBeLessThanOrEqual(most);
    milliseconds += cost.milliseconds;
    expect(milliseconds).toBeLessThanOrEqual(12 * minutes);
  });
});

describe('12 instances of an account without billing', () => {
  it('are done at 25 requests a minute, with few refused', async () => {
    await using scenario = await startScenario({ simulator: { requestsPerMinute: 25 } });
    for (let nr = 0; nr < 12; nr += 1) scenario.simulator.seedInstance({ name: `ci-${nr}` });
    for (const operation of ['pause', 'resume', 'delete']) {
      const inputs = { operation, 'name-pattern': 'ci-*' };
      const limit = operation === 'delete' ? { 'max-deletions': '12' } : {};
      const { result, refused, requests } = await costOf(scenario, { ...inputs, ...limit });
      expect(result.exitCode).toBe(0);
      expect(refused / requests).toBeLessThan(0.3);
    }
    expect(scenario.simulator.instances()).toEqual([]);
  });
});

describe('very many instances', () => {
  it('have small outputs and one notice, and the log shows the progress', async () => {
    await using scenario = await startScenario();
    const { simulator } = scenario;
    for (let nr = 0; nr < 1_000; nr += 1) simulator.seedInstance({ name: `ci-${nr}` });
    const wait = { wait: 'false', timeout: '1h' };
    const inputs = { operation: 'pause', 'name-pattern': 'ci-*', ...wait };
    const { outputs, annotations, log, exitCode } = await scenario.run(inputs);
    expect(exitCode).toBe(0);
    expect(simulator.instances().filter(({ status }) => status === 'running')).toEqual([]);
    expect(Buffer.byteLength(outputs['instances'] ?? '', 'utf16le')).toBeLessThan(500_000);
    expect(JSON.parse(outputs['instances'] ?? '')).toHaveLength(1_000);
    expect(annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      expect.stringMatching(
        /^notice: Aura has accepted the request to pause 1000 instances: ('ci-\d+' \(\w{8}\),? ){10}and 990 more\.$/,
      ),
    ]);
    const progress = log.filter((line) => /^[\dhms ]+ 0 of 1000 done/.test(line));
    expect(progress.length).toBeGreaterThan(20);
    expect(progress[10]).toMatch(/^5m 30s 0 of 1000 done, \d+ pausing, \d+ not read yet\.$/);
  });

  it('are all named if they fail, in the log and in outputs that stay small', async () => {
    await using scenario = await startScenario();
    const { simulator } = scenario;
    const body = { errors: [{ message: 'x'.repeat(1_000), reason: 'unauthorized' }] };
    const fault = { kind: 'status', status: 403, body } as const;
    simulator.addFault({ match: { method: 'POST', path: '/pause$' }, times: 'always', fault });
    const ids = Array.from({ length: 50 }, (_, nr) => {
      return simulator.seedInstance({ name: `ci-${nr}` }).id;
    });
    const inputs = { operation: 'pause', 'instance-id': ids.join('\n') };
    const { outputs, annotations, log, exitCode } = await scenario.run(inputs);
    expect(exitCode).toBe(1);
    expect(annotations).toHaveLength(1);
    const lines = annotations[0]?.message.split('\n') ?? [];
    expect(lines).toHaveLength(12);
    expect(lines[0]).toBe('Could not pause 50 of 50 instances:');
    expect(lines.at(-1)).toBe("The log and the output 'instances' name 40 more.");
    const told = log.join('\n');
    expect(ids.filter((id) => !told.includes(`(${id}): Aura answered 403`))).toEqual([]);
    const entries = JSON.parse(outputs['instances'] ?? '') as readonly { readonly error: string }[];
    expect(entries.map(({ error }) => error.length)).toEqual(ids.map(() => 301));
  });
});
