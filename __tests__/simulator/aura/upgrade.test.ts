import { afterEach, expect, test } from 'vitest';

import { endSessions, startSession, type Reply } from './session.ts';

afterEach(endSessions);

function outcome(reply: Reply): readonly [number, unknown] {
  return [reply.status, reply.reason ?? reply.data['status']];
}

test('an upgrade turns Professional into Business Critical in place, without the plugin', async () => {
  const { clock, running, send } = await startSession();
  const path = `/v1/instances/${await running({ graph_analytics_plugin: true })}`;
  const before = await send('GET', path);
  const reply = await send('POST', `${path}/upgrade`);
  expect(outcome(reply)).toEqual([200, 'updating']);
  expect(reply.data).toMatchObject({ type: 'professional-db' });
  expect(outcome(await send('POST', `${path}/pause`))).toEqual([409, 'ongoing-database-operation']);
  clock.advance(180_000);
  const { data } = await send('GET', path);
  expect(data).toMatchObject({
    id: before.data['id'],
    connection_url: before.data['connection_url'],
    status: 'running',
    type: 'business-critical',
    memory: '2GB',
    storage: '4GB',
    graph_analytics_plugin: false,
    cdc_enrichment_mode: null,
  });
  expect(outcome(await send('POST', `${path}/upgrade`))).toEqual([
    400,
    'database-incapable-of-action',
  ]);
});

test('an upgrade can change the size, by memory and storage together', async () => {
  const { clock, running, send } = await startSession();
  const path = `/v1/instances/${await running()}`;
  const body = { memory: '8GB', storage: '16GB' };
  expect((await send('POST', `${path}/upgrade`, { body })).status).toBe(200);
  clock.advance(180_000);
  expect((await send('GET', path)).data).toMatchObject(body);
});

test.each([
  ['memory alone', { memory: '8GB' }, 'invalid-request:storage', true],
  ['storage alone', { storage: '8GB' }, 'invalid-request:memory', true],
  ['a pair not on offer', { memory: '8GB', storage: '8GB' }, 'invalid-memory-size:memory', false],
])('an upgrade with %s is answered with 400', async (_what, body, reason, invalid) => {
  const { simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci' });
  const reply = await send('POST', `/v1/instances/${id}/upgrade`, { body, invalid });
  expect(outcome(reply)).toEqual([400, reason]);
  expect(simulator.instances()[0]).toMatchObject({ status: 'running', type: 'professional-db' });
});

test('an upgrade needs an instance that is running, of a size that the tier has', async () => {
  const { simulator, send } = await startSession();
  const paused = simulator.seedInstance({ name: 'a', status: 'paused' }).id;
  const small = simulator.seedInstance({ name: 'b', memory: '1GB' }).id;
  const free = simulator.seedInstance({ name: 'c', type: 'free-db' }).id;
  const upgrade = async (id: string): Promise<readonly [number, unknown]> =>
    outcome(await send('POST', `/v1/instances/${id}/upgrade`));
  expect(await upgrade(paused)).toEqual([409, 'instance-action-unavailable']);
  expect(await upgrade(small)).toEqual([400, 'invalid-memory-size:memory']);
  expect(await upgrade(free)).toEqual([400, 'database-incapable-of-action']);
  expect(await upgrade('00000000')).toEqual([404, 'db-not-found']);
});

const SIZING = '/v1/instances/sizing';

test('a size is estimated, and grows with what is asked for', async () => {
  const { send } = await startSession();
  const estimate = async (body: object): Promise<unknown> => {
    const { status, data } = await send('POST', SIZING, { body });
    expect(status).toBe(200);
    return data;
  };
  const small = { node_count: 1_000_000, relationship_count: 5_000_000 };
  expect(await estimate(small)).toEqual({
    did_exceed_maximum: false,
    min_required_memory: '6GB',
    recommended_size: '8GB',
  });
  const more = { instance_type: 'professional-ds', algorithm_categories: ['centrality', 'nlp'] };
  expect(await estimate({ ...small, ...more })).toMatchObject({ min_required_memory: '7GB' });
  const huge = { node_count: 10_000_000_000, relationship_count: 0 };
  expect(await estimate(huge)).toMatchObject({
    did_exceed_maximum: true,
    recommended_size: '384GB',
  });
});

test.each([
  ['no nodes', { relationship_count: 1 }, 'node_count'],
  ['a text as number', { node_count: '1', relationship_count: 1 }, 'node_count'],
  [
    'fewer relationships than none',
    { node_count: 1, relationship_count: -1 },
    'relationship_count',
  ],
  [
    'a type without sizing',
    { node_count: 1, relationship_count: 1, instance_type: 'free-db' },
    'instance_type',
  ],
  [
    'a text as list',
    { node_count: 1, relationship_count: 1, algorithm_categories: 'nlp' },
    'algorithm_categories',
  ],
])('an estimate for %s is answered with 400', async (_what, body, field) => {
  const { send } = await startSession();
  const reply = await send('POST', SIZING, { body, invalid: true });
  expect(outcome(reply)).toEqual([400, `invalid-request:${field}`]);
});
