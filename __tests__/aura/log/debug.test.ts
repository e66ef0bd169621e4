import { expect, it } from 'vitest';
import { startGitHub } from '../../../harness/github/server.ts';
import { startScenario } from '../in-process/scenario.ts';

it('with debug on, every request to Aura is one line, without its query, headers and body', async () => {
  await using scenario = await startScenario({ job: { debug: true } });
  const inputs = { operation: 'create', name: 'shop', 'poll-interval': '60s' };
  const result = await scenario.run(inputs);
  const lines = result.debugLog.filter((line) => / in \d+ ms/.test(line));
  expect(lines.map((line) => line.replace(/ in \d+ ms(?: \(request id \S+\))?\.$/, ''))).toEqual(
    scenario.simulator.exchanges.map(
      ({ method, path, status }) => `Aura: ${method} ${path.split('?')[0] ?? ''}: ${status}`,
    ),
  );
  expect(lines.length).toBeGreaterThan(5);
  // The token endpoint returns no id.
  expect(lines.filter((line) => line.includes('(request id '))).toHaveLength(lines.length - 1);
  expect(lines.join()).not.toMatch(/\?|Bearer|Basic|password/);
  expect(result.log.filter((line) => line.startsWith('##[debug]Aura: '))).toHaveLength(
    lines.length,
  );
});

it('every request to GitHub is one line too', async () => {
  await using server = await startGitHub();
  await using scenario = await startScenario();
  const job = await scenario.startJob({
    debug: true,
    env: { GITHUB_API_URL: server.url },
  });
  const inputs = { operation: 'create', name: 'shop', 'credentials-store': 'deployment' };
  const result = await job.step({ inputs: { ...scenario.credentials, ...inputs } });
  const lines = result.debugLog.filter((line) => /^GitHub: .* in \d+ ms/.test(line));
  expect(lines.map((line) => line.replace(/ in \d+ ms.*$/, ''))).toEqual(
    server.exchanges.map(
      ({ method, path, status }) => `GitHub: ${method} ${path.split('?')[0] ?? ''}: ${status}`,
    ),
  );
  expect(lines.length).toBeGreaterThan(2);
});

it('a request without an answer is a line too, and one that is not sent is none', async () => {
  await using scenario = await startScenario({ job: { debug: true } });
  scenario.simulator.addFault({
    match: { operation: 'listTenants' },
    fault: { kind: 'reset-before' },
  });
  const result = await scenario.run({ operation: 'get', name: 'shop' });
  expect(result.debugLog).toContainEqual(
    expect.stringMatching(/^Aura: GET \/v1\/tenants: no answer in \d+ ms\.$/),
  );
});
