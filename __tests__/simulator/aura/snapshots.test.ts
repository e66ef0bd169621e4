import { afterEach, expect, test } from 'vitest';

import { endSessions, startSession, type Reply } from './session.ts';

afterEach(endSessions);

const UUID = '67a3a32e-2a0e-4d5b-93f8-0f0e6e9a6f3c';

function refusal(reply: Reply): readonly [number, unknown] {
  return [reply.status, reply.reason];
}

test('a first snapshot starts automatically when the instance runs, and blocks others', async () => {
  const { clock, create, send } = await startSession();
  const { data } = await create();
  const path = `/v1/instances/${String(data['id'])}/snapshots`;
  clock.advance(179_999);
  expect((await send('GET', path)).list).toEqual([]);
  clock.advance(1);
  const [first] = (await send('GET', path)).list;
  expect(first).toMatchObject({ profile: 'Scheduled', status: 'Pending', exportable: false });
  expect(refusal(await send('POST', path))).toEqual([409, 'snapshot-not-allowed']);
  clock.advance(59_999);
  expect(refusal(await send('POST', path))).toEqual([409, 'snapshot-not-allowed']);
  clock.advance(1);
  expect((await send('POST', path)).status).toBe(202);
});

test('the first snapshot can start later, and waits for one that is in progress', async () => {
  const durations = { firstSnapshot: 90_000 };
  const { clock, create, send } = await startSession({ durations });
  const { data } = await create();
  const path = `/v1/instances/${String(data['id'])}/snapshots`;
  const profiles = async (): Promise<unknown[]> =>
    (await send('GET', path)).list.map(
      ({ profile, status }) => `${String(profile)} ${String(status)}`,
    );
  clock.advance(180_000);
  expect((await send('POST', path)).status).toBe(202);
  clock.advance(60_000);
  expect(await profiles()).toEqual(['AdHoc Completed']);
  expect((await send('POST', path)).status).toBe(202);
  // It would have started here, while the second one is in progress.
  clock.advance(30_000);
  expect(await profiles()).toEqual(['AdHoc InProgress', 'AdHoc Completed']);
  clock.advance(30_000);
  expect(await profiles()).toEqual(['Scheduled Pending', 'AdHoc Completed', 'AdHoc Completed']);
  expect(refusal(await send('POST', path))).toEqual([409, 'snapshot-not-allowed']);
});

test('there can be no first snapshot', async () => {
  const { running, send } = await startSession({ durations: { firstSnapshot: Infinity } });
  const id = await running();
  expect((await send('GET', `/v1/instances/${id}/snapshots`)).list).toEqual([]);
});

test('a Free instance has no first snapshot', async () => {
  const { running, send } = await startSession();
  const id = await running({ type: 'free-db', memory: '1GB' });
  expect((await send('GET', `/v1/instances/${id}/snapshots`)).list).toEqual([]);
  expect((await send('POST', `/v1/instances/${id}/snapshots`)).status).toBe(202);
});

test('a snapshot is pending, in progress, and complete and exportable after a minute', async () => {
  const { clock, running, send } = await startSession();
  const id = await running();
  const { data } = await send('POST', `/v1/instances/${id}/snapshots`);
  expect(Object.keys(data)).toEqual(['snapshot_id']);
  const path = `/v1/instances/${id}/snapshots/${String(data['snapshot_id'])}`;
  const seen: unknown[] = [];
  for (const step of [0, 15_000, 44_999, 1]) {
    clock.advance(step);
    const { data: snapshot } = await send('GET', path);
    seen.push([snapshot['status'], snapshot['exportable']]);
  }
  expect(seen).toEqual([
    ['Pending', false],
    ['InProgress', false],
    ['InProgress', false],
    ['Completed', true],
  ]);
  expect((await send('GET', path)).data).toMatchObject({
    instance_id: id,
    profile: 'AdHoc',
    timestamp: '2026-08-03T09:05:00Z',
  });
});

test('the list has the newest snapshot first', async () => {
  const { running, send } = await startSession();
  const id = await running();
  const path = `/v1/instances/${id}/snapshots`;
  await send('POST', path);
  expect((await send('GET', path)).list.map((one) => one['profile'])).toEqual([
    'AdHoc',
    'Scheduled',
  ]);
});

test('after midnight an older snapshot is listed only under its date', async () => {
  const { clock, running, send } = await startSession({ tokenLifetimeSeconds: 86_400 });
  const id = await running();
  const path = `/v1/instances/${id}/snapshots`;
  clock.advance(15 * 3_600_000);
  expect((await send('GET', path)).list).toEqual([]);
  expect((await send('GET', `${path}?date=2026-08-03`)).list).toHaveLength(1);
  expect((await send('GET', `${path}?date=2026-08-02`)).list).toEqual([]);
});

test.each(['today', '2026-8-3', '2026-02-30', '2026-13-01', ''])(
  "'%s' as a date is answered with 400",
  async (date) => {
    const { simulator, send } = await startSession();
    const { id } = simulator.seedInstance({ name: 'ci' });
    const path = `/v1/instances/${id}/snapshots?date=${date}`;
    const reply = await send('GET', path, { invalid: true });
    expect(refusal(reply)).toEqual([400, 'invalid-request:date']);
  },
);

test('a snapshot of a paused instance is answered with 409', async () => {
  const { simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci', status: 'paused' });
  const reply = await send('POST', `/v1/instances/${id}/snapshots`);
  expect(refusal(reply)).toEqual([409, 'instance-action-unavailable']);
});

test('without billing an on-demand snapshot is answered with 402 and no body', async () => {
  const { simulator, send } = await startSession({ billing: false });
  const { id } = simulator.seedInstance({ name: 'ci' });
  const reply = await send('POST', `/v1/instances/${id}/snapshots`);
  expect([reply.status, reply.text]).toEqual([402, '']);
});

test('a snapshot that does not exist is answered with 404', async () => {
  const { simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci' });
  const path = `/v1/instances/${id}/snapshots/${UUID}`;
  for (const reply of [await send('GET', path), await send('POST', `${path}/restore`)]) {
    expect([reply.status, reply.message]).toEqual([404, `Snapshot not found: ${UUID}`]);
  }
});

test('an instance is restored from one of its own complete snapshots in three minutes', async () => {
  const { clock, running, send } = await startSession();
  const id = await running();
  const { list } = await send('GET', `/v1/instances/${id}/snapshots`);
  const snapshot = String(list[0]?.['snapshot_id']);
  const reply = await send('POST', `/v1/instances/${id}/snapshots/${snapshot}/restore`);
  expect([reply.status, reply.data['status']]).toEqual([202, 'restoring']);
  clock.advance(179_999);
  expect((await send('GET', `/v1/instances/${id}`)).data['status']).toBe('restoring');
  clock.advance(1);
  expect((await send('GET', `/v1/instances/${id}`)).data['status']).toBe('running');
});

test('a snapshot of another instance, or an incomplete one, cannot be restored', async () => {
  const { running, simulator, send } = await startSession();
  const id = await running();
  const { list } = await send('GET', `/v1/instances/${id}/snapshots`);
  const theirs = String(list[0]?.['snapshot_id']);
  const other = simulator.seedInstance({ name: 'other' }).id;
  const foreign = await send('POST', `/v1/instances/${other}/snapshots/${theirs}/restore`);
  expect(refusal(foreign)).toEqual([404, 'snapshot-not-found']);
  const { data } = await send('POST', `/v1/instances/${id}/snapshots`);
  const path = `/v1/instances/${id}/snapshots/${String(data['snapshot_id'])}/restore`;
  expect(refusal(await send('POST', path))).toEqual([409, 'snapshot-not-allowed']);
});

test('a paused instance cannot be restored or overwritten', async () => {
  const { clock, running, send } = await startSession();
  const id = await running();
  const { list } = await send('GET', `/v1/instances/${id}/snapshots`);
  await send('POST', `/v1/instances/${id}/pause`);
  clock.advance(120_000);
  const snapshot = String(list[0]?.['snapshot_id']);
  const restore = await send('POST', `/v1/instances/${id}/snapshots/${snapshot}/restore`);
  expect(refusal(restore)).toEqual([409, 'instance-action-unavailable']);
  const body = { source_instance_id: id };
  const overwrite = await send('POST', `/v1/instances/${id}/overwrite`, { body });
  expect(refusal(overwrite)).toEqual([409, 'instance-action-unavailable']);
});

test('an overwritten instance loads and runs again with its own id, URL and password', async () => {
  const { clock, simulator, send } = await startSession();
  const source = simulator.seedInstance({ name: 'source' });
  const target = simulator.seedInstance({ name: 'target' });
  const path = `/v1/instances/${target.id}`;
  const body = { source_instance_id: source.id };
  const reply = await send('POST', `${path}/overwrite`, { body });
  expect([reply.status, reply.data['status']]).toEqual([202, 'overwriting']);
  expect(reply.data).not.toHaveProperty('password');
  clock.advance(120_000);
  expect((await send('GET', path)).data['status']).toBe('loading');
  clock.advance(120_000);
  const { data } = await send('GET', path);
  expect(data).toMatchObject({ status: 'running', connection_url: target.connectionUrl });
  expect(simulator.instances()[1]?.password).toBe(target.password);
});

test('an overwrite without a snapshot first takes one of the source, one with a snapshot does not', async () => {
  const { clock, simulator, running, send } = await startSession();
  const source = await running();
  const target = simulator.seedInstance({ name: 'target' }).id;
  const snapshots = `/v1/instances/${source}/snapshots`;
  await send('POST', `/v1/instances/${target}/overwrite`, { body: { source_instance_id: source } });
  const { list } = await send('GET', snapshots);
  expect(list.map((one) => one['profile'])).toEqual(['AdHoc', 'Scheduled']);
  clock.advance(240_000);
  const body = { source_instance_id: source, source_snapshot_id: list[1]?.['snapshot_id'] };
  const reply = await send('POST', `/v1/instances/${target}/overwrite`, { body });
  expect(reply.status).toBe(202);
  expect((await send('GET', snapshots)).list).toHaveLength(2);
});

test('an instance is never overwritten by a larger one: a permanent 500', async () => {
  const { clock, simulator, send } = await startSession();
  const source = simulator.seedInstance({ name: 'large', memory: '8GB' }).id;
  const target = simulator.seedInstance({ name: 'small', memory: '4GB' }).id;
  const body = { source_instance_id: source };
  for (const pause of [0, 3_000_000]) {
    clock.advance(pause);
    const reply = await send('POST', `/v1/instances/${target}/overwrite`, { body });
    expect([reply.status, reply.message]).toEqual([
      500,
      `Cannot clone database ${source} into smaller database ${target}.`,
    ]);
  }
  expect(simulator.instances()[1]?.status).toBe('running');
});

test('a Free instance cannot be overwritten: 420', async () => {
  const { simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'free', type: 'free-db' });
  const body = { source_instance_id: id };
  const reply = await send('POST', `/v1/instances/${id}/overwrite`, { body });
  expect(refusal(reply)).toEqual([420, 'unsupported-action']);
});

test.each([
  ['no source', 400, {}, 'invalid-request:source_instance_id', true],
  ['a source that does not exist', 404, { source_instance_id: '00000000' }, 'db-not-found', false],
])('an overwrite with %s is answered with %d', async (_what, status, body, reason, invalid) => {
  const { simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci' });
  const path = `/v1/instances/${id}/overwrite`;
  const reply = await send('POST', path, { body, invalid });
  expect(refusal(reply)).toEqual([status, reason]);
});

test('an overwrite ignores a field that it does not know; it refuses it if so configured', async () => {
  const given = ['ignore', 'refuse'] as const;
  const statuses = await Promise.all(
    given.map(async (unknownFields) => {
      const { simulator, send } = await startSession({ unknownFields });
      const [source, target] = ['a', 'b'].map((name) => simulator.seedInstance({ name }).id);
      const body = { source_instance_id: source, force: true };
      const path = `/v1/instances/${target ?? ''}/overwrite`;
      const reply = await send('POST', path, { body, invalid: true });
      return [reply.status, reply.reason];
    }),
  );
  expect(statuses).toEqual([
    [202, undefined],
    [400, 'invalid-request:force'],
  ]);
});

test('an overwrite from a snapshot that the source does not have is answered with 404', async () => {
  const { simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci' });
  const body = { source_instance_id: id, source_snapshot_id: UUID };
  const reply = await send('POST', `/v1/instances/${id}/overwrite`, { body });
  expect(refusal(reply)).toEqual([404, 'snapshot-not-found']);
});

test('a snapshot that was added directly has ended, or is in progress for its duration', async () => {
  const { clock, simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci' });
  const startedAt = clock.now() - 86_400_000;
  const old = simulator.seedSnapshot(id, { startedAt, profile: 'Scheduled' });
  const failed = simulator.seedSnapshot(id, { duration: 1_000, outcome: 'Failed' });
  expect((await send('GET', `/v1/instances/${id}/snapshots`)).list).toMatchObject([
    { snapshot_id: failed, status: 'Pending', exportable: false },
  ]);
  clock.advance(1_000);
  expect(simulator.snapshots(id)).toEqual([
    { id: failed, profile: 'AdHoc', status: 'Failed' },
    { id: old, profile: 'Scheduled', status: 'Completed' },
  ]);
  expect((await send('POST', `/v1/instances/${id}/snapshots`)).status).toBe(202);
});

test('a snapshot can fail', async () => {
  const { clock, simulator, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci' });
  simulator.addFault({ fault: { kind: 'snapshot-failed' } });
  await send('POST', `/v1/instances/${id}/snapshots`);
  expect(simulator.snapshots(id)).toMatchObject([{ status: 'Pending' }]);
  clock.advance(60_000);
  expect(simulator.snapshots(id)).toMatchObject([{ status: 'Failed' }]);
});

test('a snapshot that is not exportable can be restored, but not copied', async () => {
  const { simulator, create, send } = await startSession();
  const { id } = simulator.seedInstance({ name: 'ci' });
  const target = simulator.seedInstance({ name: 'target' }).id;
  const hourly = simulator.seedSnapshot(id, { exportable: false });
  expect((await send('GET', `/v1/instances/${id}/snapshots/${hourly}`)).data).toMatchObject({
    status: 'Completed',
    exportable: false,
  });
  const source = { source_instance_id: id, source_snapshot_id: hourly };
  expect(refusal(await create(source))).toEqual([400, 'invalid-request:source_snapshot_id']);
  const overwrite = await send('POST', `/v1/instances/${target}/overwrite`, { body: source });
  expect(refusal(overwrite)).toEqual([409, 'snapshot-not-allowed']);
  const restore = await send('POST', `/v1/instances/${id}/snapshots/${hourly}/restore`);
  expect(restore.status).toBe(202);
});
