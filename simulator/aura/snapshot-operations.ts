import { Refusal } from '../core/answer.ts';
import { param, type Handler } from '../core/calls.ts';
import { apiTime } from '../core/world.ts';
import { jsonBody, success } from './bodies.ts';
import { invalidField, snapshotNotAllowed } from './errors.ts';
import { requireStatus } from './instances.ts';
import {
  addSnapshot,
  findSnapshot,
  isSnapshotRunning,
  snapshotView,
  startedSnapshots,
} from './snapshots.ts';
import { findInstance, type World } from './world.ts';

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/**
 * `GET …/snapshots`: those of one day. Default: today in Aura; its time zone is unknown, UTC here.
 */
export const listSnapshots: Handler<World> = (world, call) => {
  const now = world.clock.now();
  const record = findInstance(world, param(call, 'instanceId'));
  const date = call.query['date'] ?? day(apiTime(world));
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : NaN;
  if (Number.isNaN(parsed) || day(parsed) !== date) {
    throw invalidField('date', 'date must be written as YYYY-MM-DD');
  }
  const snapshots = startedSnapshots(record, now).filter(
    (one) => day(apiTime(world, one.startedAt)) === date,
  );
  return success(
    200,
    snapshots.map((one) => snapshotView(world, record, one)),
  );
};

/** `GET …/snapshots/{snapshotId}`. */
export const getSnapshot: Handler<World> = (world, call) => {
  const now = world.clock.now();
  const record = findInstance(world, param(call, 'instanceId'));
  const snapshot = findSnapshot(record, param(call, 'snapshotId'), now);
  return success(200, snapshotView(world, record, snapshot));
};

/** `POST …/snapshots`: the answer contains only the id (Aura API v1 specification). */
export const createSnapshot: Handler<World> = (world, call) => {
  jsonBody(call);
  const now = world.clock.now();
  const record = findInstance(world, param(call, 'instanceId'));
  if (world.options.billing === false && record.type !== 'free-db') {
    // The specification shows no body.
    throw new Refusal({ status: 402 });
  }
  requireStatus(record, 'snapshotted', ['running']);
  if (isSnapshotRunning(record, now)) {
    throw snapshotNotAllowed('A snapshot of this instance is already in progress');
  }
  const { snapshot: duration } = world.durations;
  const added = addSnapshot(record, {
    profile: 'AdHoc',
    startedAt: now,
    duration,
    ...(call.fault?.kind === 'snapshot-failed' && { outcome: 'Failed' }),
  });
  return success(202, { snapshot_id: added.id });
};
