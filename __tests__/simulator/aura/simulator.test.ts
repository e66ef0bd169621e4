import { afterEach, expect, test } from 'vitest';

import { endSessions, requestToken, startSession } from './session.ts';

afterEach(endSessions);

test('id and secret of the client can be set', async () => {
  const { simulator } = await startSession({ clientId: 'me', clientSecret: 'ü:colon' });
  expect([simulator.clientId, simulator.clientSecret]).toEqual(['me', 'ü:colon']);
  expect((await requestToken(simulator)).status).toBe(200);
});

test('two simulators are independent', async () => {
  const one = await startSession();
  const two = await startSession();
  await one.create();
  expect((await two.send('GET', '/v1/instances')).list).toEqual([]);
  expect(one.simulator.clientSecret).not.toBe(two.simulator.clientSecret);
});
