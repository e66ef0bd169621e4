import { describe, expect, it } from 'vitest';
import { isInProgress, readSnapshot } from '../../../src/aura/api/snapshots.ts';
import { json, startServer, text } from '../../../harness/network/scripted-server.ts';
import { connect, instanceData } from './connected-client.ts';

const { id } = instanceData;
const snapshotId = '5f9a3b1c-0000-4000-8000-000000000001';
const data = {
  instance_id: id,
  snapshot_id: snapshotId,
  profile: 'AdHoc',
  status: 'InProgress',
  timestamp: '2026-03-02T09:14:07Z',
  exportable: false,
};
const read = {
  id: snapshotId,
  status: 'in progress',
  timestamp: Date.parse('2026-03-02T09:14:07Z'),
  exportable: false,
  profile: 'AdHoc',
};
const missing = json(404, {
  errors: [{ message: `Snapshot not found: ${snapshotId}`, reason: 'snapshot-not-found' }],
});

describe('a snapshot', () => {
  it('is taken with a JSON body, and its id is read', async () => {
    const server = await startServer([json(202, { data: { snapshot_id: snapshotId } })]);
    expect(await connect(server.url).client.createSnapshot(id)).toBe(snapshotId);
    expect(server.asked()).toEqual([`POST /v1/instances/${id}/snapshots`]);
    expect(server.requests[0]?.headers['content-type']).toBe('application/json');
    expect(server.requests[0]?.body).toBe('{}');
  });

  it.each([
    ['an empty body', text(202, '')],
    ['no id', json(202, { data: {} })],
    ['another kind of id', json(202, { data: { snapshot_id: '../x' } })],
    ['a gateway error', json(502, { error: 'Bad gateway' })],
  ])('may have been taken if the answer has %s: it is not sent again', async (_, answer) => {
    const server = await startServer([answer]);
    const error = await connect(server.url)
      .client.createSnapshot(id)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ effect: 'unknown' });
    expect(server.requests).toHaveLength(1);
  });

  it('is listed by day; an entry that cannot be read is skipped', async () => {
    const server = await startServer([
      json(200, { data: [data, { ...data, snapshot_id: 7 }, null] }),
    ]);
    const { client } = connect(server.url);
    expect(await client.listSnapshots(id, '2026-03-02')).toEqual([read]);
  });

  it('is read by its id', async () => {
    const server = await startServer([json(200, { data })]);
    expect(await connect(server.url).client.getSnapshot(id, snapshotId)).toEqual(read);
    expect(server.asked()).toEqual([`GET /v1/instances/${id}/snapshots/${snapshotId}`]);
  });

  it.each([
    [missing, 'missing'],
    [json(410, {}), 'gone'],
  ])('that does not exist is a result, not an error: %o', async (answer, sight) => {
    const server = await startServer([answer]);
    expect(await connect(server.url).client.getSnapshot(id, snapshotId)).toBe(sight);
  });

  it('that was not requested is an error', async () => {
    const server = await startServer([json(200, { data })]);
    await expect(connect(server.url).client.getSnapshot(id, 'another', 'poll')).rejects.toThrow(
      'the answer of Aura (200) could not be read',
    );
  });

  it('cannot direct a request to another path by its id', async () => {
    const server = await startServer([missing]);
    await connect(server.url).client.getSnapshot(id, 'a/../b?c', 'poll');
    expect(server.asked()).toEqual([`GET /v1/instances/${id}/snapshots/a%2F..%2Fb%3Fc`]);
  });
});

describe('the reader of a snapshot', () => {
  it('needs an id and a status', () => {
    expect(
      readSnapshot({ snapshot_id: '2023-01-20T18:07:25Z-adhoc', status: 'Completed' }),
    ).toEqual({
      id: '2023-01-20T18:07:25Z-adhoc',
      status: 'completed',
      timestamp: undefined,
      exportable: undefined,
      profile: undefined,
    });
    expect(() => readSnapshot({ ...data, snapshot_id: '..' })).toThrow(
      "'snapshot_id' is not an id",
    );
    expect(() => readSnapshot({ ...data, status: null })).toThrow("'status' is missing");
    expect(() => readSnapshot([data])).toThrow('an object is missing');
  });

  it('ignores other values that are wrong', () => {
    const odd = { ...data, timestamp: 'yesterday', exportable: 'yes', profile: 7 };
    expect(readSnapshot(odd)).toEqual({
      ...read,
      timestamp: undefined,
      exportable: undefined,
      profile: undefined,
    });
  });

  it.each([
    ['Pending', true],
    ['InProgress', true],
    ['Completed', false],
    ['Failed', false],
    ['Cancelled', false],
    ['Something', false],
  ])('treats %s as in progress: %s', (status, running) => {
    expect(isInProgress(readSnapshot({ ...data, status }))).toBe(running);
  });
});
