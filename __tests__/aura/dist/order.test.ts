import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { StepResult, TraceEvent } from '../../../harness/runner/fake-runner.ts';
import { startScenario } from '../../../harness/world/scenario.ts';
import { outputsOf } from '../../../harness/world/support.ts';

/** The trace contains only the digests of masked values. */
function maskOf(secret: string): string {
  return `::add-mask::${createHash('sha256').update(secret).digest('hex').slice(0, 12)}\n`;
}

function indexOf(result: StepResult, condition: (event: TraceEvent) => boolean): number {
  const index = result.trace.findIndex(condition);
  expect(index).toBeGreaterThanOrEqual(0);
  return index;
}

function masked(result: StepResult, secret: string): number {
  const text = maskOf(secret);
  return indexOf(result, (event) => event.kind === 'stdout' && event.text === text);
}

function requested(result: StepResult, method: string, path: RegExp): number {
  return indexOf(
    result,
    (event) => event.kind === 'request' && event.method === method && path.test(event.path),
  );
}

function written(result: StepResult, key: string): number {
  return indexOf(
    result,
    (event) =>
      event.kind === 'command-file' && event.file === 'output' && event.keys.includes(key),
  );
}

function tokenOf(secrets: readonly string[]): string {
  return secrets.find((secret) => secret.split('.').length === 3) ?? '';
}

function expectMaskedFirst(result: StepResult, secret: string): void {
  expect(masked(result, secret)).toBe(0);
}

test('masking the client secret is the first thing a step does', async () => {
  await using scenario = await startScenario();
  const result = await scenario.run({ operation: 'create', name: 'x', wait: 'false' });
  expectMaskedFirst(result, scenario.simulator.clientSecret);
});

test('the client secret is masked even if the inputs are wrong', async () => {
  await using scenario = await startScenario();
  const result = await scenario.run({ operation: 'nonsense', timeout: 'soon' });
  expect(result.exitCode).toBe(1);
  expectMaskedFirst(result, scenario.simulator.clientSecret);
});

test('the token is masked before the first request that uses it, and before it is stored', async () => {
  await using scenario = await startScenario();
  const result = await scenario.run({ operation: 'create', name: 'x', wait: 'false' });
  const mask = masked(result, tokenOf(scenario.simulator.secrets()));
  expect(mask).toBeGreaterThan(requested(result, 'POST', /^\/oauth\/token$/));
  expect(mask).toBeLessThan(requested(result, 'GET', /^\/v1\//));
  expect(mask).toBeLessThan(indexOf(result, (event) => event.kind === 'write'));
});

test('a token that an earlier step has stored is masked before it is used', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x' });
  outputsOf(await scenario.run({ operation: 'get', name: 'x' }));
  const second = await scenario.run({ operation: 'get', name: 'x' });
  const mask = masked(second, tokenOf(scenario.simulator.secrets()));
  expect(mask).toBeLessThan(indexOf(second, (event) => event.kind === 'request'));
});

test('a renewed token is masked before it is used', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x' });
  const match = { operation: 'getInstance' };
  scenario.simulator.addFault({ match, fault: { kind: 'expired-token' } });
  const result = await scenario.run({ operation: 'get', name: 'x' });
  outputsOf(result);
  const [, second = ''] = scenario.simulator
    .secrets()
    .filter((secret) => secret.split('.').length === 3);
  const reads = result.trace.flatMap((event, index) =>
    event.kind === 'request' && /instances\/\w+$/.test(event.path) ? [index] : [],
  );
  expect(reads).toHaveLength(2);
  expect(masked(result, second)).toBeLessThan(reads[1] ?? 0);
});

test('the password is masked before it is an output, and all outputs are set before any wait', async () => {
  await using scenario = await startScenario();
  const result = await scenario.run({ operation: 'create', name: 'x' });
  const { password = '', ...outputs } = outputsOf(result);
  const posted = requested(result, 'POST', /^\/v1\/instances$/);
  const mask = masked(result, password);
  const firstPoll = requested(result, 'GET', /^\/v1\/instances\/\w+$/);
  const firstSleep = posted + result.trace.slice(posted).findIndex(({ kind }) => kind === 'sleep');
  expect(mask).toBeGreaterThan(posted);
  expect(mask).toBeLessThan(written(result, 'password'));
  const late = ['instance'];
  for (const key of ['password', ...Object.keys(outputs)].filter((one) => !late.includes(one))) {
    expect(written(result, key)).toBeLessThan(firstSleep);
  }
  expect(firstSleep).toBeLessThan(firstPoll);
});

test('the password is masked as soon as it is read, and then the state names the instance', async () => {
  await using scenario = await startScenario();
  const result = await scenario.run({ operation: 'create', name: 'x', wait: 'false' });
  const { password = '' } = outputsOf(result);
  const posted = requested(result, 'POST', /^\/v1\/instances$/);
  const mask = masked(result, password);
  // In between is only the debug line of the request.
  expect(result.trace.slice(posted + 1, mask)).toMatchObject([
    {
      kind: 'stdout',
      text: expect.stringMatching(
        /^::debug::Aura: POST \/v1\/instances: 202 in \d+ ms \(request id [\w/]+\)\.\n$/,
      ) as string,
    },
  ]);
  const next = result.trace.slice(mask).find((event) => event.kind === 'command-file');
  expect(next).toMatchObject({ file: 'state', keys: ['aura-left'] });
});

test('a status read during the wait is an output before the next pause', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x' });
  const result = await scenario.run({ operation: 'pause', name: 'x' });
  outputsOf(result);
  const posted = requested(result, 'POST', /\/pause$/);
  const rest = result.trace.slice(posted);
  const status = rest.findIndex(
    (event) => event.kind === 'command-file' && event.keys.includes('status'),
  );
  const poll = rest.findIndex((event) => event.kind === 'request' && event.method === 'GET');
  expect(status).within(1, poll - 1);
});
