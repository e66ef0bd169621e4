import { afterEach, expect, test } from 'vitest';

import { endSessions, startSession, type Reply } from './session.ts';

afterEach(endSessions);

function refusal(reply: Reply): readonly [number, unknown] {
  return [reply.status, reply.reason];
}

test('a name alone is changed immediately', async () => {
  const { running, send } = await startSession();
  const path = `/v1/instances/${await running()}`;
  const reply = await send('PATCH', path, { body: { name: 'renamed' } });
  expect([reply.status, reply.data['name'], reply.data['status']]).toEqual([
    200,
    'renamed',
    'running',
  ]);
  expect((await send('GET', path)).data['name']).toBe('renamed');
});

test('the name of a paused or a Free instance can be changed', async () => {
  const { simulator, send } = await startSession();
  const paused = simulator.seedInstance({ name: 'a', status: 'paused' }).id;
  const free = simulator.seedInstance({ name: 'b', type: 'free-db' }).id;
  const body = { name: 'renamed' };
  expect((await send('PATCH', `/v1/instances/${paused}`, { body })).status).toBe(200);
  expect((await send('PATCH', `/v1/instances/${free}`, { body })).status).toBe(200);
});

test('a resize is shown late: running with the old size, updating, running with the new one', async () => {
  const { clock, running, send } = await startSession();
  const path = `/v1/instances/${await running()}`;
  const reply = await send('PATCH', path, { body: { memory: '8GB' } });
  expect(reply.status).toBe(202);
  expect(reply.data).toMatchObject({ status: 'updating', memory: '2GB' });
  clock.advance(4_999);
  expect((await send('GET', path)).data).toMatchObject({ status: 'running', memory: '2GB' });
  clock.advance(1);
  expect((await send('GET', path)).data).toMatchObject({ status: 'updating', memory: '2GB' });
  clock.advance(180_000);
  const { data } = await send('GET', path);
  expect(data).toMatchObject({ status: 'running', memory: '8GB', storage: '16GB' });
});

test('a resize that is not shown yet already counts as an operation', async () => {
  const { running, send } = await startSession();
  const path = `/v1/instances/${await running()}`;
  await send('PATCH', path, { body: { memory: '8GB' } });
  expect((await send('GET', path)).data['status']).toBe('running');
  for (const reply of [await send('POST', `${path}/pause`), await send('DELETE', path)]) {
    expect(refusal(reply)).toEqual([409, 'ongoing-database-operation']);
    expect(reply.message).toContain('updating');
  }
});

test('a name sent with a size changes together with it', async () => {
  const { clock, running, send } = await startSession();
  const path = `/v1/instances/${await running({ name: 'old' })}`;
  const reply = await send('PATCH', path, { body: { name: 'new', memory: '4GB' } });
  expect([reply.status, reply.data['name']]).toEqual([202, 'old']);
  clock.advance(185_000);
  expect((await send('GET', path)).data).toMatchObject({ name: 'new', memory: '4GB' });
});

test('PATCH turns on the features of a cluster', async () => {
  const { clock, running, send } = await startSession();
  const path = `/v1/instances/${await running({ type: 'business-critical', memory: '4GB' })}`;
  const before = await send('GET', path);
  expect(before.data).toMatchObject({ cdc_enrichment_mode: null });
  expect(before.data['metrics_integration_url']).toMatch(/\/metrics$/);
  const body = { secondaries_count: 2, cdc_enrichment_mode: 'FULL', vector_optimized: true };
  const accepted = await send('PATCH', path, { body });
  expect([accepted.status, accepted.data['cdc_enrichment_mode']]).toEqual([202, null]);
  expect((await send('GET', path)).data).toMatchObject({ cdc_enrichment_mode: null });
  clock.advance(185_000);
  expect((await send('GET', path)).data).toMatchObject(body);
  // The old mode, while the new one is not shown yet.
  const next = await send('PATCH', path, { body: { cdc_enrichment_mode: 'DIFF' } });
  expect(next.data).toMatchObject({ cdc_enrichment_mode: 'FULL' });
});

test('a PATCH of nothing is answered with 202 in every status, and changes nothing', async () => {
  const { simulator, clock, running, send } = await startSession();
  const path = `/v1/instances/${await running()}`;
  const nothing = await send('PATCH', path, { body: {} });
  expect([nothing.status, nothing.data['status']]).toEqual([202, 'running']);
  await send('PATCH', path, { body: { name: 'new', memory: '4GB' } });
  for (const milliseconds of [0, 5_000]) {
    clock.advance(milliseconds);
    expect((await send('PATCH', path, { body: {} })).status).toBe(202);
  }
  clock.advance(180_000);
  expect((await send('GET', path)).data).toMatchObject({ status: 'running', memory: '4GB' });
  for (const seed of [{ status: 'paused' }, { type: 'free-db' }, { status: 'pausing' }]) {
    const before = simulator.seedInstance({ name: 'x', ...seed });
    expect((await send('PATCH', `/v1/instances/${before.id}`, { body: {} })).status).toBe(202);
    expect(simulator.instances()).toContainEqual(before);
  }
});

test('a PATCH ignores fields that it does not know; it refuses them if so configured', async () => {
  const { simulator, send } = await startSession();
  const before = simulator.seedInstance({ name: 'ci' });
  const path = `/v1/instances/${before.id}`;
  const body = { region: 'us-east1' };
  expect((await send('PATCH', path, { body, invalid: true })).status).toBe(202);
  expect(simulator.instances()).toEqual([before]);
  const renamed = await send('PATCH', path, { body: { ...body, name: 'x' }, invalid: true });
  expect([renamed.status, renamed.data['name']]).toEqual([200, 'x']);
  const strict = await startSession({ unknownFields: 'refuse' });
  const { id } = strict.simulator.seedInstance({ name: 'ci' });
  const reply = await strict.send('PATCH', `/v1/instances/${id}`, { body, invalid: true });
  expect(refusal(reply)).toEqual([400, 'invalid-request:region']);
});

test('PATCH turns on the plugin of Professional', async () => {
  const { clock, running, send } = await startSession();
  const path = `/v1/instances/${await running()}`;
  await send('PATCH', path, { body: { graph_analytics_plugin: true } });
  clock.advance(185_000);
  expect((await send('GET', path)).data['graph_analytics_plugin']).toBe(true);
});

test('an unavailable pair of memory and storage is refused, and both are named', async () => {
  const { running, send } = await startSession();
  const path = `/v1/instances/${await running()}`;
  const reply = await send('PATCH', path, { body: { memory: '8GB', storage: '8GB' } });
  expect(refusal(reply)).toEqual([400, 'invalid-memory-size:memory']);
  expect(reply.message).toContain('8GB with storage 8GB');
  const alone = await send('PATCH', path, { body: { storage: '64GB' } });
  expect(alone.message).toContain('2GB with storage 64GB');
});

test.each([
  ['a name that is too long', { name: 'x'.repeat(31) }, 'invalid-request:name', true],
  ['a size not on offer', { memory: '3GB' }, 'invalid-memory-size:memory', false],
  ['a number for a size', { memory: 4 }, 'invalid-request:memory', true],
  ['vectors in 2GB', { vector_optimized: true }, 'invalid-request:vector_optimized', false],
  [
    'text for a boolean',
    { graph_analytics_plugin: 'true' },
    'invalid-request:graph_analytics_plugin',
    true,
  ],
  [
    'secondaries',
    { secondaries_count: 1 },
    'database-incapable-of-action:secondaries_count',
    false,
  ],
  [
    'change data capture',
    { cdc_enrichment_mode: 'FULL' },
    'database-incapable-of-action:cdc_enrichment_mode',
    false,
  ],
])('for a Professional instance, %s is answered with 400', async (_what, body, reason, invalid) => {
  const { simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci' });
  const reply = await send('PATCH', `/v1/instances/${id}`, { body, invalid });
  expect(refusal(reply)).toEqual([400, reason]);
});

test.each([
  [
    'a fraction of a secondary',
    { secondaries_count: 0.5 },
    'invalid-request:secondaries_count',
    true,
  ],
  [
    'fewer secondaries than none',
    { secondaries_count: -1 },
    'invalid-request:secondaries_count',
    true,
  ],
  ['an unknown mode', { cdc_enrichment_mode: 'ON' }, 'invalid-request:cdc_enrichment_mode', true],
  [
    'false, as YAML reads OFF',
    { cdc_enrichment_mode: false },
    'invalid-request:cdc_enrichment_mode',
    true,
  ],
  [
    "another tier's plugin",
    { graph_analytics_plugin: true },
    'database-incapable-of-action:graph_analytics_plugin',
    false,
  ],
])('for a cluster, %s is answered with 400', async (_what, body, reason, invalid) => {
  const { simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci', type: 'enterprise-db' });
  const reply = await send('PATCH', `/v1/instances/${id}`, { body, invalid });
  expect(refusal(reply)).toEqual([400, reason]);
});

test.each([{ memory: '2GB' }, { name: 'x', memory: '2GB' }, { vector_optimized: true }])(
  'a Free instance refuses %j',
  async (body) => {
    const { simulator, send } = await startSession();
    const { id } = simulator.seedInstance({ name: 'ci', type: 'free-db' });
    const reply = await send('PATCH', `/v1/instances/${id}`, { body });
    expect(reply.status).toBe(400);
    expect(reply.reason).toMatch(/^database-incapable-of-action:/);
    expect(simulator.instances()[0]?.name).toBe('ci');
  },
);

test('a paused instance cannot be resized', async () => {
  const { simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci', status: 'paused' });
  const reply = await send('PATCH', `/v1/instances/${id}`, { body: { memory: '8GB' } });
  expect(refusal(reply)).toEqual([409, 'instance-action-unavailable']);
});

test('a PATCH without a JSON content type is answered with 415, one without a body with 400', async () => {
  const { simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci' });
  const path = `/v1/instances/${id}`;
  const headers = { 'content-type': 'application/merge-patch+json' };
  const typed = await send('PATCH', path, { headers, body: { name: 'x' }, invalid: true });
  expect(typed.status).toBe(415);
  expect((await send('PATCH', path, { invalid: true })).status).toBe(400);
});

test('a PATCH of an instance that does not exist is answered with 404', async () => {
  const { send } = await startSession();
  const reply = await send('PATCH', '/v1/instances/00000000', { body: { name: 'x' } });
  expect(refusal(reply)).toEqual([404, 'db-not-found']);
});
