import { expect, it, onTestFinished } from 'vitest';
import { linesOf, tooMany } from '../../../harness/world/support.ts';
import { type Scenario, startScenario } from '../in-process/scenario.ts';
import { logOf } from './log-lines.ts';

async function start(clientSecret?: string): Promise<Scenario> {
  const simulator = clientSecret === undefined ? {} : { clientSecret };
  const scenario = await startScenario({ simulator });
  onTestFinished(() => scenario.finish());
  return scenario;
}

/** The seconds at the beginning of a line of a wait. */
function secondsOf(line: string): number | undefined {
  const [, minutes = '0', seconds = '0'] = /^(?:(\d+)m)? ?(?:(\d+)s)? +\S/.exec(line) ?? [];
  return /^\d/.test(line) ? Number(minutes) * 60 + Number(seconds) : undefined;
}

it('a wait has a line every 30 seconds while Aura limits the requests to one in two minutes', async () => {
  const scenario = await start();
  const { simulator } = scenario;
  simulator.seedInstance({ name: 'shop' });
  const match = { operation: 'getInstance' };
  simulator.addFault({ match, times: 6, fault: tooMany(60) });
  const lines = linesOf(await scenario.run({ operation: 'pause', name: 'shop' }));
  const begin = lines.findIndex((line) => line.startsWith('##[group]Waiting for instance'));
  const times = lines.slice(begin).flatMap((line) => secondsOf(line) ?? []);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(times.at(-1)).toBeGreaterThan(120);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(31);
});

it('a read that gets no answer is a line, also if it is sent again soon', async () => {
  const scenario = await start();
  const { simulator } = scenario;
  simulator.seedInstance({ name: 'shop', status: 'paused' });
  simulator.addFault({ match: { operation: 'listInstances' }, fault: { kind: 'hang' } });
  expect(linesOf(await scenario.run({ operation: 'pause', name: 'shop' }))).toContainEqual(
    expect.stringMatching(/^Aura did not answer within 30s; retrying in \ds \(attempt 2 of 8\)\.$/),
  );
});

it('the progress of several deletions counts only those that are deleted, with the time', async () => {
  const scenario = await start();
  const { simulator } = scenario;
  const ids = ['ci-a', 'ci-prod'].map((name) => simulator.seedInstance({ name }).id);
  const inputs = { operation: 'delete', 'name-pattern': 'ci-*', 'protected-names': '*prod' };
  const log = logOf(await scenario.run({ ...inputs, 'poll-interval': '10s' }), ids);
  expect(log).toContain('\n30s    0 of 1 done, 1 destroying.\n');
  expect(log).toContain('\nci-a (<id 1>): deleted, after 1m 10s.\n');
});

it('an error that lists the tenants does not repeat what Aura has said', async () => {
  const scenario = await start();
  const tenant = '11111111-1111-4111-8111-111111111111';
  const result = await scenario.run({ operation: 'create', name: 'shop', tenant });
  expect(linesOf(result).at(-1)).toMatch(
    /^For support: GET \/v1\/tenants\/1{8}-1111-4111-8111-1{12}, request id \S+$/,
  );
});

it('a name of several lines is one line', async () => {
  const scenario = await start();
  const { simulator } = scenario;
  const name = "x' is running.\r\nInstance 'y";
  const { id } = simulator.seedInstance({ name });
  const lines = linesOf(await scenario.run({ operation: 'get', 'instance-id': id }));
  expect(lines).toContain(`Instance 'x' is running. Instance 'y' (${id}) is running.`);
});

it('a status in lower case does not reveal a secret', async () => {
  const scenario = await start('A-Secret-In-Mixed-Case-0123456789');
  const { simulator } = scenario;
  const { id } = simulator.seedInstance({ name: 'shop' });
  simulator.setStatus(id, simulator.clientSecret);
  const { summary, log, outputs } = await scenario.run({ operation: 'get', 'instance-id': id });
  const all = [summary, ...log, ...Object.values(outputs)].join('\n');
  expect(all.toLowerCase()).not.toContain(simulator.clientSecret.toLowerCase());
  expect(summary).toContain('| Status | `***` |');
});
