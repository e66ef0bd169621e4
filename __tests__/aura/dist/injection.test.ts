import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../../simulator/aura/simulator.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import { startScenario, type Scenario } from '../../../harness/world/scenario.ts';
import { linesOf, outputsOf } from '../../../harness/world/support.ts';

const harmless = 'harmless-word';
const attacks = [
  `\n::error title=pwned::pwned`,
  `\r::warning::pwned`,
  `\r\n  ::add-mask::${harmless}`,
  `\n\t::stop-commands::pwned`,
  ` ##[add-mask]${harmless}`,
  ` ##[error]pwned`,
  `##[ADD-MASK]${harmless}`,
  `\n::set-output name=password::pwned`,
  `\n\u2028::add-mask::${harmless}`,
].join(' ');

/** A command as a runner recognizes it: it strips more white space than JavaScript. */
const command = /^[\s\u0085]*::/;
/** The commands of the action itself. */
const own = /^::(?:add-mask::[\w.+/=%-]+|error title=Neo4j Aura%3A \w+ failed::[^]*|debug::[^]*|group::Waiting [^]*|endgroup::)$/;

/** Checks that the text from Aura or GitHub was printed, and ran no command. */
function expectNoCommands(scenario: Scenario, result: StepResult, annotations: number): void {
  expect(result.annotations).toHaveLength(annotations);
  for (const { level, title } of result.annotations) {
    expect(level).toBe('error');
    expect(title).toMatch(/^Neo4j Aura: (?:get|poll|pause|delete|step) failed$/);
  }
  expect(result.runnerErrors).toEqual([]);
  expect(scenario.job.masks.apply(harmless)).toBe(harmless);
  const lines = result.stdout.split(/\r\n|\r|\n/);
  expect(lines.filter((line) => command.test(line) && !own.test(line))).toEqual([]);
  expect(lines).not.toContain(`::add-mask::${harmless}`);
  expect(result.stdout).not.toMatch(/##\[/);
  expect(result.outputs['password']).not.toBe('pwned');
}

describe('foreign text runs no command, even in debug mode,', () => {
  const job = { debug: true };

  test('in the names of tenants', async () => {
    const tenants = [{ name: `Shop${attacks}` }, { name: 'Lab' }];
    await using scenario = await startScenario({ simulator: { tenants }, job });
    const result = await scenario.run({ operation: 'get', name: 'x' });
    expectNoCommands(scenario, result, 1);
    expect(result.annotations[0]?.message).toContain("can access several tenants (projects): 'Shop");
  });

  test.each<[what: string, fault: FaultRule['fault']]>([
    ['JSON', { kind: 'status', status: 400, body: { errors: [{ message: attacks, reason: attacks }] } }],
    ['the gateway', { kind: 'status', status: 400, body: { error: attacks } }],
    ['text', { kind: 'status', status: 500, body: attacks }],
    ['a redirect', { kind: 'status', status: 302, headers: { location: `http://x/##[add-mask]${harmless}` } }],
    [
      'a request id',
      { kind: 'status', status: 400, headers: { 'x-request-id': `::x ##[add-mask]${harmless}` } },
    ],
  ])('in an error as %s', async (_what, fault) => {
    await using scenario = await startScenario({ job });
    scenario.simulator.addFault({ match: { operation: 'listTenants' }, times: 'always', fault });
    const result = await scenario.run({ operation: 'get', name: 'x' });
    expectNoCommands(scenario, result, 1);
  });

  test('in the name and the status of an instance', async () => {
    await using scenario = await startScenario({ job });
    const { id } = scenario.simulator.seedInstance({ name: `x${attacks}` });
    scenario.simulator.setStatus(id, `busy${attacks}`);
    const inputs = { 'instance-id': id, timeout: '30s', 'poll-interval': '10s' };
    for (const operation of ['get', 'poll', 'pause', 'delete']) {
      const result = await scenario.run({ operation, ...inputs });
      expectNoCommands(scenario, result, operation === 'get' ? 0 : 1);
      expect(linesOf(result).join('\n')).toContain('busy');
    }
  });

  test('in the name of a branch', async () => {
    const event = { name: 'push', payload: { ref: `refs/heads/x${attacks}` } };
    await using scenario = await startScenario({ job: { ...job, event } });
    const result = await scenario.run({ operation: 'get' });
    expectNoCommands(scenario, result, 1);
  });

  test('in the name of a tag and in inputs', async () => {
    const event = { name: 'push', payload: { ref: 'refs/tags/##[add-mask]' + harmless } };
    await using scenario = await startScenario({ job: { ...job, event } });
    const inputs = { timeout: `1${attacks}`, region: attacks.trim(), operation: `get${attacks}` };
    const result = await scenario.run(inputs);
    expectNoCommands(scenario, result, 1);
  });
});

test('foreign text runs no command after white space that only the runner strips', async () => {
  await using scenario = await startScenario();
  const { id } = scenario.simulator.seedInstance({ name: `x\n\u0085::add-mask::${harmless}` });
  const result = await scenario.run({ operation: 'get', 'instance-id': id });
  expectNoCommands(scenario, result, 0);
});

test('an output contains foreign text unchanged, with its line breaks', async () => {
  await using scenario = await startScenario();
  const name = 'a\nghadelimiter_x\nb=c\r\n::error::d';
  const { id } = scenario.simulator.seedInstance({ name });
  const outputs = outputsOf(await scenario.run({ operation: 'get', 'instance-id': id }));
  expect(outputs['name']).toBe(name);
  expect(outputs['b']).toBeUndefined();
});
