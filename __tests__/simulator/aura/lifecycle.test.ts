import { afterEach, expect, test } from 'vitest';

import { endSessions, startSession, type Reply, type Session } from './session.ts';

afterEach(endSessions);

function outcome(reply: Reply): readonly [number, unknown] {
  return [reply.status, reply.reason ?? reply.data['status']];
}

/** The statuses that GET shows after each number of simulated milliseconds. */
async function watch(session: Session, id: string, steps: readonly number[]): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (const step of steps) {
    session.clock.advance(step);
    const reply = await session.send('GET', `/v1/instances/${id}`);
    seen.push(outcome(reply)[1]);
  }
  return seen;
}

test('an instance pauses for two minutes and resumes for four, without URL while resuming', async () => {
  const session = await startSession();
  const id = await session.running();
  const path = `/v1/instances/${id}`;
  expect(outcome(await session.send('POST', `${path}/pause`))).toEqual([202, 'pausing']);
  expect(await watch(session, id, [119_999, 1])).toEqual(['pausing', 'paused']);
  const resuming = await session.send('POST', `${path}/resume`);
  expect(outcome(resuming)).toEqual([202, 'resuming']);
  expect(resuming.data['connection_url']).toBeNull();
  expect(await watch(session, id, [239_999, 1])).toEqual(['resuming', 'running']);
  const { data } = await session.send('GET', path);
  expect(data['connection_url']).toMatch(/^neo4j\+s:/);
});

test('reads can show the status from before a change for some time', async () => {
  const session = await startSession({ durations: { readAfterAction: 15_000 } });
  const id = await session.running();
  const path = `/v1/instances/${id}`;
  expect(outcome(await session.send('POST', `${path}/pause`))).toEqual([202, 'pausing']);
  expect(await watch(session, id, [0, 14_999, 1])).toEqual(['running', 'running', 'pausing']);
  const busy = [409, 'ongoing-database-operation'];
  expect(outcome(await session.send('POST', `${path}/pause`))).toEqual(busy);
});

test('a paused instance keeps its connection URL', async () => {
  const { simulator, send } = await startSession();
  const { id, connectionUrl } = simulator.seedInstance({ name: 'ci', status: 'paused' });
  const { data } = await send('GET', `/v1/instances/${id}`);
  expect(data['connection_url']).toBe(connectionUrl);
});

test('pausing a paused instance and resuming a running one are answered with 409', async () => {
  const { simulator, send } = await startSession();
  const paused = simulator.seedInstance({ name: 'a', status: 'paused' }).id;
  const running = simulator.seedInstance({ name: 'b' }).id;
  const wrong = [409, 'instance-action-unavailable'];
  expect(outcome(await send('POST', `/v1/instances/${paused}/pause`))).toEqual(wrong);
  expect(outcome(await send('POST', `/v1/instances/${running}/resume`))).toEqual(wrong);
});

test.each(['creating', 'pausing', 'resuming', 'updating', 'loading', 'rebalancing'])(
  'while an instance is %s, every change is answered with 409',
  async (status) => {
    const { simulator, send } = await startSession();
    const { id } = simulator.seedInstance({ name: 'ci', status });
    const path = `/v1/instances/${id}`;
    const replies = [
      await send('POST', `${path}/pause`),
      await send('POST', `${path}/resume`),
      await send('PATCH', path, { body: { name: 'other' } }),
      await send('PATCH', path, { body: { memory: '4GB' } }),
      await send('POST', `${path}/snapshots`),
      await send('POST', `${path}/overwrite`, { body: { source_instance_id: id } }),
      await send('DELETE', path),
    ];
    for (const reply of replies) {
      expect(outcome(reply)).toEqual([409, 'ongoing-database-operation']);
      expect(reply.message).toBe(`The database is current undergoing an operation: ${status}`);
    }
  },
);

test.each(['suspended', 'loading failed'])(
  'an instance that is %s can only be deleted',
  async (status) => {
    const { simulator, send } = await startSession();
    const { id } = simulator.seedInstance({ name: 'ci', status });
    const path = `/v1/instances/${id}`;
    expect((await send('GET', path)).data['status']).toBe(status);
    expect((await send('POST', `${path}/pause`)).reason).toBe('instance-action-unavailable');
    expect((await send('POST', `${path}/resume`)).reason).toBe('instance-action-unavailable');
    expect((await send('DELETE', path)).status).toBe(202);
  },
);

test.each(['pause', 'resume', 'snapshots'])(
  'without a JSON content type, %s is answered with 415 although it needs no body',
  async (action) => {
    const { simulator, send } = await startSession();
    const { id } = simulator.seedInstance({ name: 'ci' });
    const headers = { 'content-type': '' };
    const reply = await send('POST', `/v1/instances/${id}/${action}`, { headers, invalid: true });
    expect(reply.status).toBe(415);
    expect(simulator.instances()[0]?.status).toBe('running');
  },
);

test.each([
  ['no body', undefined],
  ['an empty object', '{}'],
])('with %s, pause is accepted', async (_what, body) => {
  const { simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci' });
  expect((await send('POST', `/v1/instances/${id}/pause`, { body })).status).toBe(202);
});

test.each(['{', '[]', 'null'])('with %s as body, pause is answered with 400', async (body) => {
  const { simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci' });
  const reply = await send('POST', `/v1/instances/${id}/pause`, { body, invalid: true });
  expect(outcome(reply)).toEqual([400, 'invalid-request']);
});

test('a Free instance can be paused unless configured otherwise', async () => {
  const free = { name: 'ci', type: 'free-db' };
  const lenient = await startSession();
  const first = lenient.simulator.seedInstance(free).id;
  expect((await lenient.send('POST', `/v1/instances/${first}/pause`)).status).toBe(202);
  const strict = await startSession({ pauseFree: false });
  const second = strict.simulator.seedInstance(free).id;
  expect((await strict.send('POST', `/v1/instances/${second}/pause`)).status).toBe(400);
});

test('a deleted instance is destroying and listed for a minute, and then gone', async () => {
  const session = await startSession();
  const id = await session.running();
  const deleted = await session.send('DELETE', `/v1/instances/${id}`);
  expect(outcome(deleted)).toEqual([202, 'destroying']);
  const read = await session.send('GET', `/v1/instances/${id}`);
  for (const { data } of [deleted, read]) expect(data).not.toHaveProperty('memory');
  expect(await watch(session, id, [0, 59_999])).toEqual(['destroying', 'destroying']);
  expect((await session.send('GET', '/v1/instances')).list).toHaveLength(1);
  expect(await watch(session, id, [1])).toEqual(['db-not-found']);
  expect((await session.send('GET', '/v1/instances')).list).toHaveLength(0);
});

test('a second deletion is answered with 404, both while the instance is destroying and afterwards', async () => {
  const { clock, running, send } = await startSession();
  const id = await running();
  await send('DELETE', `/v1/instances/${id}`);
  expect(outcome(await send('DELETE', `/v1/instances/${id}`))).toEqual([404, 'db-not-found']);
  clock.advance(60_000);
  expect(outcome(await send('DELETE', `/v1/instances/${id}`))).toEqual([404, 'db-not-found']);
});

test('lists, but nothing else, can show a deleted instance for a while', async () => {
  const durations = { listAfterDelete: 90_000 };
  const { simulator, clock, running, send, create } = await startSession({ durations });
  const id = await running({ name: 'again' });
  await send('DELETE', `/v1/instances/${id}`);
  clock.advance(60_000);
  expect(outcome(await send('GET', `/v1/instances/${id}`))).toEqual([404, 'db-not-found']);
  expect(outcome(await send('DELETE', `/v1/instances/${id}`))).toEqual([404, 'db-not-found']);
  expect(simulator.instances()).toEqual([]);
  const { data } = await create({ name: 'again' });
  clock.advance(89_999);
  const { list } = await send('GET', `/v1/instances?tenantId=${simulator.tenantId}`);
  expect(list.map((entry) => entry['id'])).toEqual([id, data['id']]);
  clock.advance(1);
  expect((await send('GET', '/v1/instances')).list).toHaveLength(1);
});

test('a deleted instance does not count against the quota, listed or not', async () => {
  const session = await startSession({ instanceQuota: 1, durations: { listAfterDelete: 90_000 } });
  const id = await session.running();
  await session.send('DELETE', `/v1/instances/${id}`);
  session.clock.advance(60_000);
  expect((await session.create()).status).toBe(202);
});

test('every request for a deleted instance can be answered with 410', async () => {
  const { clock, running, send } = await startSession({ deletedStatus: 410 });
  const id = await running();
  const path = `/v1/instances/${id}`;
  expect(outcome(await send('DELETE', path))).toEqual([202, 'destroying']);
  expect(outcome(await send('GET', path))).toEqual([200, 'destroying']);
  expect(outcome(await send('DELETE', path))).toEqual([410, 'db-already-deleted']);
  clock.advance(60_000);
  for (const [method, end, body] of [
    ['GET', '', undefined],
    ['DELETE', '', undefined],
    ['PATCH', '', { name: 'other' }],
    ['POST', '/pause', undefined],
    ['POST', '/resume', undefined],
    ['POST', '/overwrite', { source_instance_id: id }],
    ['GET', '/snapshots', undefined],
    ['POST', '/snapshots', undefined],
    ['GET', '/snapshots/x', undefined],
    ['POST', '/snapshots/x/restore', undefined],
  ] as const) {
    const reply = await send(method, `${path}${end}`, { body });
    expect([...outcome(reply), reply.message]).toEqual([
      410,
      'db-already-deleted',
      `DB already deleted: ${id}`,
    ]);
  }
});

test('with 410 for deleted instances, an instance that never existed is still answered with 404', async () => {
  const { send, create } = await startSession({ deletedStatus: 410 });
  expect((await send('GET', '/v1/instances/00000000')).status).toBe(404);
  const { data } = await create();
  expect((await send('GET', `/v1/instances/${String(data['id'])}`)).status).toBe(404);
});

test('a paused instance can be deleted', async () => {
  const { simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci', status: 'paused' });
  expect((await send('DELETE', `/v1/instances/${id}`)).status).toBe(202);
});

test('an id that does not exist is answered with 404 naming it', async () => {
  const { send } = await startSession();
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/pause'],
    ['POST', '/resume'],
    ['GET', '/snapshots'],
    ['POST', '/snapshots'],
    ['GET', '/snapshots/x'],
    ['POST', '/snapshots/x/restore'],
  ] as const) {
    const reply = await send(method, `/v1/instances/00000000${path}`);
    expect([reply.status, reply.message]).toEqual([404, 'DB not found: 00000000']);
  }
});

test('the list shows no status, and only the requested tenant', async () => {
  const { simulator, send } = await startSession({ tenants: [{ name: 'One' }, { name: 'Two' }] });
  const [one, two] = simulator.tenants;
  simulator.seedInstance({ name: 'a', tenantId: one?.id ?? '' });
  simulator.seedInstance({ name: 'b', tenantId: two?.id ?? '' });
  const all = await send('GET', '/v1/instances');
  expect(all.list.map((entry) => entry['name'])).toEqual(['a', 'b']);
  const some = await send('GET', `/v1/instances?tenantId=${two?.id ?? ''}`);
  expect(some.list).toHaveLength(1);
  expect(Object.keys(some.list[0] ?? {}).sort()).toEqual([
    'cloud_provider',
    'created_at',
    'id',
    'name',
    'tenant_id',
  ]);
});

test('inaccessible instances are not listed, and reading one is answered with 403', async () => {
  const { simulator, send } = await startSession({
    tenants: [{ name: 'Mine' }, { name: 'Theirs', reachable: false }],
  });
  const tenantId = simulator.tenants[1]?.id ?? '';
  const { id } = simulator.seedInstance({ name: 'theirs', tenantId });
  expect((await send('GET', '/v1/instances')).list).toEqual([]);
  expect((await send('GET', `/v1/instances?tenantId=${tenantId}`)).status).toBe(403);
  const reply = await send('DELETE', `/v1/instances/${id}`);
  expect(outcome(reply)).toEqual([403, 'unauthorized']);
});

test('an unknown tenant has no instances', async () => {
  const { simulator, send } = await startSession();
  simulator.seedInstance({ name: 'a' });
  expect((await send('GET', '/v1/instances?tenantId=nobody')).list).toEqual([]);
});

test('a status that is set stays, or takes its usual course if it is a known transitional one', async () => {
  const session = await startSession();
  const { simulator } = session;
  const { id } = simulator.seedInstance({ name: 'ci' });
  simulator.setStatus(id, 'rebalancing');
  expect(await watch(session, id, [0, 3_600_000 - 1])).toEqual(['rebalancing', 'rebalancing']);
  simulator.setStatus(id, 'suspending');
  expect(simulator.instances()[0]?.status).toBe('suspending');
  session.clock.advance(120_000);
  expect(simulator.instances()[0]?.status).toBe('suspended');
});

test('an operation interrupted by a set status never ends', async () => {
  const session = await startSession();
  const id = await session.running();
  await session.send('POST', `/v1/instances/${id}/pause`);
  session.simulator.setStatus(id, 'suspended');
  expect(await watch(session, id, [300_000])).toEqual(['suspended']);
});

test('the status of an instance that does not exist cannot be set', async () => {
  const { simulator } = await startSession();
  expect(() => {
    simulator.setStatus('00000000', 'running');
  }).toThrow('Instance 00000000 does not exist.');
});

test('an instance cannot be seeded into a tenant that does not exist', async () => {
  const { simulator } = await startSession();
  expect(() => simulator.seedInstance({ name: 'ci', tenantId: 'nobody' })).toThrow('nobody');
});

test('durations can be set, and infinite ones never end', async () => {
  const session = await startSession({ durations: { create: 10, pause: Infinity } });
  const { data } = await session.create();
  const id = String(data['id']);
  session.clock.advance(2_000);
  await session.send('POST', `/v1/instances/${id}/pause`);
  expect(await watch(session, id, [3_000_000])).toEqual(['pausing']);
});

test('the history keeps deleted instances, with the times of their deletion', async () => {
  const { simulator, clock, running, send } = await startSession();
  const id = await running({ name: 'short-lived' });
  const requested = clock.now();
  await send('DELETE', `/v1/instances/${id}`);
  expect(simulator.instances()[0]).toMatchObject({ id, deleteRequestedAt: requested });
  clock.advance(100_000);
  expect(simulator.instances()).toEqual([]);
  expect(simulator.history()).toEqual([
    expect.objectContaining({
      id,
      name: 'short-lived',
      deleteRequestedAt: requested,
      deletedAt: requested + 60_000,
    }),
  ]);
});
