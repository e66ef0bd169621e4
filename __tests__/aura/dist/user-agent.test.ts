import { expect, test } from 'vitest';
import { startScenario } from '../../../harness/world/scenario.ts';
import { outputsOf } from '../../../harness/world/support.ts';
import { fieldsOf, readProjectFile } from '../../repository/project.ts';
import { startKeeping } from '../credentials-across-jobs/with-github.ts';

const { version } = fieldsOf(JSON.parse(readProjectFile('package.json')));
const expected = `aura-action/${String(version)} (+https://github.com/aura-action/aura-action)`;

test('every request to Aura and to GitHub names the version in package.json and where to report problems', async () => {
  await using keeping = await startKeeping({}, startScenario);
  const { scenario, server, create } = keeping;
  outputsOf(await create({}, await scenario.startJob({ env: { GITHUB_API_URL: server.url } })));
  const { exchanges } = scenario.simulator;
  expect(exchanges.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['/oauth/token', '/v1/instances']),
  );
  expect(new Set(exchanges.map(({ requestHeaders }) => requestHeaders['user-agent']))).toEqual(
    new Set([expected]),
  );
  // GitHub's client appends its own name.
  const sent = server.exchanges.map(({ headers }) => headers['user-agent'] ?? '');
  expect(sent).not.toHaveLength(0);
  expect(sent.filter((text) => !text.startsWith(`${expected} `))).toEqual([]);
});
