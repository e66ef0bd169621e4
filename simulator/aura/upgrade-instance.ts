import { param, type Handler } from '../core/calls.ts';
import { declaredFields, jsonBody, optionalString, success } from './bodies.ts';
import { apiError, invalidField, invalidSize } from './errors.ts';
import { detail } from './instance-views.ts';
import { requireStatus } from './instances.ts';
import { findInstance, type World } from './world.ts';

const TARGET = 'business-critical';

/**
 * `POST …/upgrade`: from Professional to Business Critical in place, which removes the Graph
 * Analytics plugin. The specification answers 200, a note about the real API 202; 200 here. The
 * old type is shown until the instance is running again.
 */
export const upgradeInstance: Handler<World> = (world, call) => {
  const sent = jsonBody(call);
  const record = findInstance(world, param(call, 'instanceId'));
  const body = declaredFields(world, sent, ['memory', 'storage']);
  const memory = optionalString(body, 'memory');
  const storage = optionalString(body, 'storage');
  if ((memory === undefined) !== (storage === undefined)) {
    const field = memory === undefined ? 'memory' : 'storage';
    throw invalidField(field, 'memory and storage must be sent together');
  }
  if (record.type !== 'professional-db') {
    // The reason is seen live for other refusals of a tier.
    throw apiError(400, {
      message: 'Only a Professional instance can be upgraded',
      reason: 'database-incapable-of-action',
    });
  }
  const wanted = memory ?? record.values.memory;
  const match = world.tenants
    .find(({ id }) => id === record.tenantId)
    ?.configurations.find(
      (one) =>
        one.type === TARGET &&
        one.region === record.region &&
        one.cloud_provider === record.cloudProvider &&
        one.memory === wanted &&
        (storage === undefined || one.storage === storage),
    );
  if (!match) throw invalidSize(wanted, storage);
  requireStatus(record, 'upgraded', ['running']);
  const now = world.clock.now();
  const values = { memory: match.memory, storage: match.storage, graphAnalyticsPlugin: false };
  record.status = 'updating';
  record.phases = [{ at: now + world.durations.resize, status: 'running', values, type: TARGET }];
  return success(200, detail(record));
};
