import { afterEach, expect, test } from 'vitest';

import { endSessions, startSession } from './session.ts';

afterEach(endSessions);

const FREE = { type: 'free-db', memory: '1GB' };

test('a creation is answered with the password, but without a status', async () => {
  const { simulator, create } = await startSession();
  const { status, data } = await create({ name: 'pr-42' });
  expect(status).toBe(202);
  expect(data).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{8}$/) as unknown,
    name: 'pr-42',
    tenant_id: simulator.tenantId,
    cloud_provider: 'gcp',
    created_at: expect.stringMatching(/^2026-08-03T09:00:00\.000\d{3}Z$/) as unknown,
    region: 'europe-west1',
    type: 'professional-db',
    connection_url: `neo4j+s://${String(data['id'])}.databases.neo4j.io`,
    username: 'neo4j',
    password: expect.stringMatching(/^[\w-]{43}$/) as unknown,
    vector_optimized: false,
    graph_analytics_plugin: false,
  });
});

test('no request by id finds a new instance for two seconds', async () => {
  const { clock, create, send } = await startSession();
  const { data } = await create();
  const path = `/v1/instances/${String(data['id'])}`;
  clock.advance(1_999);
  for (const method of ['GET', 'DELETE']) {
    const reply = await send(method, path);
    expect([reply.status, reply.reason]).toEqual([404, 'db-not-found']);
  }
  expect((await send('POST', `${path}/pause`)).status).toBe(404);
  clock.advance(1);
  expect((await send('GET', path)).status).toBe(200);
});

test('a new instance is listed immediately, or later if a lag is set', async () => {
  const prompt = await startSession();
  await prompt.create();
  expect((await prompt.send('GET', '/v1/instances')).list).toHaveLength(1);
  const late = await startSession({ durations: { listAfterCreate: 3_000 } });
  await late.create();
  expect((await late.send('GET', '/v1/instances')).list).toHaveLength(0);
  late.clock.advance(3_000);
  expect((await late.send('GET', '/v1/instances')).list).toHaveLength(1);
});

test('an instance is creating without memory and connection URL, then running with both', async () => {
  const { clock, create, send } = await startSession();
  const { data } = await create();
  const path = `/v1/instances/${String(data['id'])}`;
  clock.advance(179_999);
  const creating = await send('GET', path);
  expect(creating.data).toMatchObject({ status: 'creating', memory: '', connection_url: null });
  clock.advance(1);
  const running = await send('GET', path);
  expect(running.data).toMatchObject({
    status: 'running',
    memory: '2GB',
    storage: '4GB',
    connection_url: data['connection_url'],
  });
  expect(running.data).not.toHaveProperty('password');
});

test('a Free instance has no storage, but node and relationship counts', async () => {
  const { running, send } = await startSession();
  const id = await running(FREE);
  const { data } = await send('GET', `/v1/instances/${id}`);
  expect(data).toMatchObject({ graph_nodes: 0, graph_relationships: 0, memory: '1GB' });
  expect(data).not.toHaveProperty('storage');
});

test('two instances may have the same name', async () => {
  const { create, send } = await startSession();
  expect((await create({ name: 'twin' })).status).toBe(202);
  expect((await create({ name: 'twin' })).status).toBe(202);
  expect((await send('GET', '/v1/instances')).list.map((one) => one['name'])).toEqual([
    'twin',
    'twin',
  ]);
});

test.each([
  ['none', { name: undefined }, 'invalid-request:name'],
  ['an empty one', { name: '' }, 'invalid-request:name'],
  ['one of 31 characters', { name: 'x'.repeat(31) }, 'invalid-request:name'],
  ['one of 31 emoji', { name: '🙂'.repeat(31) }, 'invalid-request:name'],
  ['a space before it', { name: ' ci' }, 'invalid-request:name'],
  ['a newline after it', { name: 'ci\n' }, 'invalid-request:name'],
  ['a number', { name: 7 }, 'invalid-request:name'],
])('as a name, %s is answered with 400', async (_what, fields, reason) => {
  const { create } = await startSession();
  const reply = await create(fields, true);
  expect([reply.status, reply.reason]).toEqual([400, reason]);
});

test.each(['x', 'x'.repeat(30), '🙂'.repeat(30), 'Ümläut und 漢字', 'a  b'])(
  "'%s' is a valid name",
  async (name) => {
    const { create } = await startSession();
    const reply = await create({ name });
    expect([reply.status, reply.data['name']]).toEqual([202, name]);
  },
);

test.each(['version', 'region', 'memory', 'type', 'tenant_id', 'cloud_provider'])(
  'a creation without %s is answered with 400',
  async (field) => {
    const { create } = await startSession();
    const reply = await create({ [field]: undefined }, true);
    expect([reply.status, reply.reason]).toEqual([400, `invalid-request:${field}`]);
  },
);

test.each([
  ['an unknown type', { type: 'huge-db' }, 'invalid-request:type', true],
  ['an unknown cloud', { cloud_provider: 'ibm' }, 'invalid-request:cloud_provider', true],
  ["another cloud's region", { region: 'eu-west-1' }, 'invalid-request:region', false],
  ['an unknown version', { version: 'latest' }, 'invalid-request:version', false],
  ['a size not on offer', { memory: '3GB' }, 'invalid-memory-size:memory', false],
  ['a size without unit', { memory: '2' }, 'invalid-memory-size:memory', true],
  ['a pair not on offer', { storage: '64GB' }, 'invalid-memory-size:memory', false],
  ['a large Free instance', { type: 'free-db' }, 'invalid-memory-size:memory', false],
  ['a tenant that does not exist', { tenant_id: 'nobody' }, 'tenant-not-found:tenant_id', false],
  ['vectors in 2GB', { vector_optimized: true }, 'invalid-request:vector_optimized', false],
  ['text for a boolean', { vector_optimized: 'true' }, 'invalid-request:vector_optimized', true],
  [
    'a snapshot without its instance',
    { source_snapshot_id: 'x' },
    'invalid-request:source_instance_id',
    true,
  ],
  [
    'a source that does not exist',
    { source_instance_id: '00000000' },
    'invalid-request:source_instance_id',
    false,
  ],
  [
    'a key for Professional',
    { customer_managed_key_id: 'k' },
    'database-incapable-of-action:customer_managed_key_id',
    false,
  ],
  [
    'the plugin for another tier',
    { type: 'business-critical', graph_analytics_plugin: true },
    'database-incapable-of-action:graph_analytics_plugin',
    false,
  ],
])('%s is answered with 400', async (_what, fields, reason, invalid) => {
  const { simulator, create } = await startSession();
  const reply = await create(fields, invalid);
  expect([reply.status, reply.reason]).toEqual([400, reason]);
  expect(simulator.history()).toEqual([]);
});

test.each([{ size: 'big' }, { secondaries_count: 1 }, { cdc_enrichment_mode: 'FULL' }])(
  'a creation ignores %j, which it does not know; it refuses it if so configured',
  async (fields) => {
    const { create, send, clock } = await startSession();
    const { status, data } = await create({ ...fields, type: 'business-critical' }, true);
    expect(status).toBe(202);
    clock.advance(2_000);
    const shown = await send('GET', `/v1/instances/${String(data['id'])}`);
    expect(shown.data).toMatchObject({ cdc_enrichment_mode: null });
    expect(shown.data).not.toHaveProperty('secondaries_count');
    expect(shown.data).not.toHaveProperty('size');
    const strict = await startSession({ unknownFields: 'refuse' });
    const refused = await strict.create(fields, true);
    const [field = ''] = Object.keys(fields);
    expect([refused.status, refused.reason]).toEqual([400, `invalid-request:${field}`]);
    expect(strict.simulator.history()).toEqual([]);
  },
);

test.each([
  ['no JSON', '{'],
  ['a list', '[]'],
  ['a string', '"x"'],
  ['nothing', undefined],
])('a creation with %s as body is answered with 400', async (_what, body) => {
  const { send } = await startSession();
  const reply = await send('POST', '/v1/instances', { body, invalid: true });
  expect(reply.status).toBe(400);
  expect(reply.reason).toMatch(/^invalid-request/);
});

test.each(['', 'text/plain', 'application/x-www-form-urlencoded'])(
  "a creation with the content type '%s' is answered with 415",
  async (type) => {
    const { send } = await startSession();
    const headers = { 'content-type': type };
    const body = type === '' ? undefined : '{}';
    const reply = await send('POST', '/v1/instances', { headers, body, invalid: true });
    expect(reply.status).toBe(415);
    expect(reply.headers.get('x-request-id')).not.toBeNull();
  },
);

test('a content type with a character set is accepted', async () => {
  const { create, send, simulator, running } = await startSession();
  await create();
  const id = await running({ name: 'other' });
  const headers = { 'content-type': 'Application/JSON; charset=UTF-8' };
  expect((await send('POST', `/v1/instances/${id}/pause`, { headers })).status).toBe(202);
  expect(simulator.instances()).toHaveLength(2);
});

test('only one Free instance can exist at a time; the next after the first is deleted', async () => {
  const { clock, create, running, send } = await startSession();
  const id = await running(FREE);
  const refused = await create(FREE);
  expect([refused.status, refused.reason]).toEqual([405, 'instance-limit-reached']);
  expect((await create()).status).toBe(202);
  await send('DELETE', `/v1/instances/${id}`);
  expect((await create(FREE)).status).toBe(405);
  clock.advance(60_000);
  expect((await create(FREE)).status).toBe(202);
});

test('a creation above the quota is answered with 405', async () => {
  const { create } = await startSession({ instanceQuota: 2 });
  await create();
  await create();
  expect((await create()).status).toBe(405);
});

test('without billing only Free instances can be created', async () => {
  const { create } = await startSession({ billing: false });
  const reply = await create();
  expect([reply.status, reply.reason]).toEqual([400, 'missing-billing-details']);
  expect((await create(FREE)).status).toBe(202);
});

test('an inaccessible tenant is answered with 403', async () => {
  const { simulator, create } = await startSession({
    tenants: [{ name: 'Mine' }, { name: 'Theirs', reachable: false }],
  });
  const reply = await create({ tenant_id: simulator.tenants[1]?.id });
  expect([reply.status, reply.reason]).toEqual([403, 'unauthorized']);
});

test('a viewer can read, but not change anything', async () => {
  const { create, send } = await startSession({ role: 'viewer' });
  expect((await send('GET', '/v1/instances')).status).toBe(200);
  const reply = await create();
  expect([reply.status, reply.reason]).toEqual([403, 'unauthorized']);
  expect((await send('DELETE', '/v1/instances/2f49c2b3')).status).toBe(403);
});

test('the user can be named after the instance, and the host can have another name', async () => {
  const { create } = await startSession({ username: 'instance-id', connectionHost: 'database-id' });
  const { data } = await create();
  expect(data['username']).toBe(data['id']);
  expect(data['connection_url']).toMatch(/^neo4j\+s:\/\/[0-9a-f]{8}\.databases\.neo4j\.io$/);
  expect(data['connection_url']).not.toContain(data['id']);
});

test('passwords can be drawn from other characters', async () => {
  const { create } = await startSession({ passwordAlphabet: '"\'$%\\!é' });
  const { data } = await create();
  expect(data['password']).toMatch(/^["'$%\\!é]{43}$/);
});

test('a clone uses a complete snapshot of its source, and shows that it is loading', async () => {
  const { clock, create, running, send } = await startSession();
  const source = await running();
  const { list } = await send('GET', `/v1/instances/${source}/snapshots`);
  const reply = await create({
    source_instance_id: source,
    source_snapshot_id: list[0]?.['snapshot_id'],
  });
  expect(reply.status).toBe(202);
  const path = `/v1/instances/${String(reply.data['id'])}`;
  clock.advance(135_000);
  expect((await send('GET', path)).data['status']).toBe('loading');
  clock.advance(45_000);
  expect((await send('GET', path)).data['status']).toBe('running');
});

test('a clone from an incomplete snapshot is answered with 400', async () => {
  const { create, running, send } = await startSession();
  const source = await running();
  const { data } = await send('POST', `/v1/instances/${source}/snapshots`);
  const reply = await create({
    source_instance_id: source,
    source_snapshot_id: data['snapshot_id'],
  });
  expect([reply.status, reply.reason]).toEqual([400, 'invalid-request:source_snapshot_id']);
});
