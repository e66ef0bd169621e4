import { describe, expect, it } from 'vitest';
import type { AuraClient } from '../../../src/aura/api/client.ts';
import type { Snapshot } from '../../../src/aura/api/snapshots.ts';
import { type WantedSnapshot, resolveSnapshot } from '../../../src/aura/instances/snapshots.ts';
import { Ledger } from '../../../src/aura/session/ledger.ts';
import { prepare } from '../credentials/hand-over-parts.ts';
import { InstantClock, patienceOn } from '../../core/time/clocks.ts';
import { clientWith, sessionWith } from '../session/made-session.ts';

const now = Date.parse('2026-03-01T00:00:30Z');
const dayMilliseconds = 86_400_000;
const source = { id: '1a2b3c4d', name: 'shop', createdAt: now - 400 * dayMilliseconds };

function snapshot(id: string, changes: Partial<Snapshot> = {}): Snapshot {
  return {
    id,
    status: 'completed',
    timestamp: now,
    exportable: true,
    profile: 'AdHoc',
    ...changes,
  };
}

/** Resolves a snapshot; Aura's clock says `now`, the runner's something else. */
function resolve(
  wanted: Partial<WantedSnapshot>,
  answers: Partial<AuraClient>,
  serverNow: number | undefined = now,
) {
  const prepared = prepare();
  const { captured } = prepared;
  const clock = new InstantClock(Date.parse('2031-05-05T12:00:00Z'));
  const asked: string[] = [];
  const client = clientWith({
    serverClock: { now: () => serverNow, watch: () => () => undefined },
    ...answers,
    listSnapshots: async (id, date) => {
      asked.push(`${id} ${date}`);
      return (await answers.listSnapshots?.(id, date)) ?? [];
    },
  });
  const aim = { operation: 'restore', id: undefined, name: 'shop' };
  const session = sessionWith(
    {
      client,
      patience: patienceOn(clock),
      ledger: new Ledger(aim, captured.report.outputs),
    },
    prepared,
  );
  const found = resolveSnapshot(session, {
    source,
    wanted: 'latest',
    exportable: false,
    ...wanted,
  });
  return { found, asked, captured, clock };
}

describe('the latest snapshot', () => {
  it('is the newest completed one of the first day that has one, from today by Aura’s clock', async () => {
    const { found, asked, captured } = resolve(
      {},
      {
        listSnapshots: (_, date) =>
          Promise.resolve(
            date === '2026-02-27'
              ? [
                  snapshot('old', { timestamp: now - 60_000 }),
                  snapshot('new', { timestamp: now - 1_000 }),
                  snapshot('timeless', { timestamp: undefined }),
                  snapshot('running', { status: 'in progress' }),
                  snapshot('failed', { status: 'failed' }),
                ]
              : [snapshot('pending', { status: 'pending' })],
          ),
      },
    );
    expect((await found).id).toBe('new');
    expect(asked).toEqual(['1a2b3c4d 2026-03-01', '1a2b3c4d 2026-02-28', '1a2b3c4d 2026-02-27']);
    expect(captured.outputs()).toEqual([['snapshot-id', 'new']]);
  });

  it('must be exportable only for another instance', async () => {
    const listSnapshots = (_: string, date: string) =>
      Promise.resolve([
        snapshot(`hourly ${date}`, { exportable: false }),
        ...(date === '2026-02-28' ? [snapshot('full', { timestamp: 0 })] : []),
        snapshot(`unknown ${date}`, { exportable: undefined }),
      ]);
    expect((await resolve({}, { listSnapshots }).found).id).toBe('hourly 2026-03-01');
    expect((await resolve({ exportable: true }, { listSnapshots }).found).id).toBe('full');
  });

  it.each<[what: string, createdAt: number | undefined, days: number, said: string]>([
    ['today', now - 10_000, 2, 'on any day from 2026-02-28 to 2026-03-01 (UTC)'],
    ['by a database clock ahead', now + dayMilliseconds, 1, 'on 2026-03-01 (UTC)'],
    [
      'five days ago',
      now - 5 * dayMilliseconds,
      6,
      'on any day from 2026-02-24 to 2026-03-01 (UTC)',
    ],
    ['long ago', 0, 90, 'on any day from 2025-12-02 to 2026-03-01 (UTC)'],
    ['at an unknown time', undefined, 90, 'on any day from 2025-12-02 to 2026-03-01 (UTC)'],
  ])('is looked for back to the creation, %s', async (_, createdAt, days, said) => {
    const at = createdAt === undefined ? {} : { createdAt: createdAt - 30_000 };
    const { found, asked } = resolve({ source: { id: '1a2b3c4d', name: 'shop', ...at } }, {});
    await expect(found).rejects.toThrow(
      `Could not restore instance 'shop': instance 'shop' (1a2b3c4d) has no completed snapshot ${said}. Take one with operation 'snapshot', or set the id of a snapshot.`,
    );
    expect(asked).toHaveLength(days);
  });

  it('is an error that names what was needed', async () => {
    await expect(resolve({ exportable: true }, {}).found).rejects.toThrow(
      'has no completed snapshot that can be exported on any day from',
    );
  });

  it('is looked for by the runner’s clock if Aura returns no time', async () => {
    const prepared = resolve(
      {},
      { serverClock: { now: () => undefined, watch: () => () => undefined } },
    );
    await expect(prepared.found).rejects.toThrow('to 2031-05-05 (UTC)');
  });
});

describe('a snapshot by its id', () => {
  it('is read, and nothing is listed', async () => {
    const { found, asked, captured } = resolve(
      { wanted: 'abc' },
      { getSnapshot: (_, id) => Promise.resolve(snapshot(id, { exportable: false })) },
    );
    expect((await found).id).toBe('abc');
    expect(asked).toEqual([]);
    expect(captured.outputs()).toEqual([['snapshot-id', 'abc']]);
  });

  it('is waited for while Aura takes it', async () => {
    const statuses = ['pending', 'in progress', 'in progress', 'completed'];
    const { found, captured, clock } = resolve(
      { wanted: 'abc', exportable: true },
      {
        getSnapshot: (_, id) => {
          const status = statuses.shift() ?? 'completed';
          return Promise.resolve(snapshot(id, { status, exportable: status === 'completed' }));
        },
      },
    );
    expect((await found).status).toBe('completed');
    expect(clock.slept).toHaveLength(3);
    expect(captured.lines()).toEqual([
      "::group::Waiting for snapshot 'abc' of instance 'shop' (1a2b3c4d) to be completed (timeout: 1h)",
      '0s     pending',
      expect.stringMatching(/^\d+s +in progress$/),
      '::endgroup::',
    ]);
  });

  it.each<[Snapshot | 'missing' | 'gone', string]>([
    ['missing', "does not exist. Check the id, or use 'latest'."],
    ['gone', "does not exist. Check the id, or use 'latest'."],
    [
      snapshot('abc', { status: 'failed' }),
      "has the status 'failed', so it cannot be used. Choose another snapshot.",
    ],
    [
      snapshot('abc', { status: 'cancelled' }),
      "has the status 'cancelled', so it cannot be used. Choose another snapshot.",
    ],
    [
      snapshot('abc', { exportable: false }),
      "cannot be exported to another instance. Choose another snapshot, or use 'latest'.",
    ],
  ])('that cannot be used is an error: %o', async (sight, why) => {
    const { found, captured } = resolve(
      { wanted: 'abc', exportable: true },
      { getSnapshot: () => Promise.resolve(sight) },
    );
    await expect(found).rejects.toThrow(
      `Could not restore instance 'shop': snapshot 'abc' of instance 'shop' (1a2b3c4d) ${why}`,
    );
    expect(captured.outputs()).toEqual([]);
  });

  it('is waited for in a status that is not known', async () => {
    const statuses = ['creating', 'completed'];
    const { found } = resolve(
      { wanted: 'abc' },
      {
        getSnapshot: (_, id) =>
          Promise.resolve(snapshot(id, { status: statuses.shift() ?? 'completed' })),
      },
    );
    expect((await found).status).toBe('completed');
    expect(statuses).toEqual([]);
  });

  it('is waited for if an earlier step has just taken it and Aura does not show it yet', async () => {
    const answers: (Snapshot | 'missing')[] = ['missing', 'missing', 'missing', 'missing'];
    const { found, captured } = resolve(
      { wanted: 'abc' },
      { getSnapshot: (_, id) => Promise.resolve(answers.shift() ?? snapshot(id)) },
    );
    expect((await found).status).toBe('completed');
    expect(answers).toEqual([]);
    expect(captured.lines()).toEqual([
      "::group::Waiting for snapshot 'abc' of instance 'shop' (1a2b3c4d) to be completed (timeout: 1h)",
      '0s     not shown by Aura yet',
      '30s    still not shown by Aura yet',
      '::endgroup::',
    ]);
  });

  it('that Aura never shows is an error after a minute', async () => {
    const { found, clock } = resolve(
      { wanted: 'abc' },
      { getSnapshot: () => Promise.resolve('missing' as const) },
    );
    await expect(found).rejects.toThrow(/ does not exist\. Check the id, or use 'latest'\.$/);
    const waited = clock.slept.reduce((sum, one) => sum + one, 0);
    expect(waited).toBeGreaterThanOrEqual(60_000);
    expect(waited).toBeLessThan(72_000);
  });

  const pending = snapshot('abc', { status: 'pending' });

  it('that was visible before is not deleted because of two 404', async () => {
    const answers = [pending, 'missing', 'missing', pending, 'missing', 'missing'] as const;
    const left: (Snapshot | 'missing')[] = [...answers];
    const { found } = resolve(
      { wanted: 'abc' },
      { getSnapshot: (_, id) => Promise.resolve(left.shift() ?? snapshot(id)) },
    );
    expect((await found).status).toBe('completed');
    expect(left).toEqual([]);
  });

  it.each<['missing' | 'gone', number]>([
    ['missing', 3],
    ['gone', 1],
  ])('that was visible before does not exist if it is %s %i times', async (sight, times) => {
    const left: (Snapshot | 'missing' | 'gone')[] = [pending];
    const { found, clock } = resolve(
      { wanted: 'abc' },
      { getSnapshot: () => Promise.resolve(left.shift() ?? sight) },
    );
    await expect(found).rejects.toThrow(/ does not exist\. Check the id, or use 'latest'\.$/);
    expect(clock.slept).toHaveLength(times);
  });

  it('can be copied if Aura does not say whether it is exportable', async () => {
    const { found } = resolve(
      { wanted: 'abc', exportable: true },
      { getSnapshot: (_, id) => Promise.resolve(snapshot(id, { exportable: undefined })) },
    );
    expect((await found).id).toBe('abc');
  });

  it('that never completes is an error at the timeout', async () => {
    const { found } = resolve(
      { wanted: 'abc' },
      { getSnapshot: (_, id) => Promise.resolve(snapshot(id, { status: 'pending' })) },
    );
    await expect(found).rejects.toThrow(
      /is not completed after \S+; its status is 'pending'. Nothing was changed. Increase 'timeout'/,
    );
  });
});
