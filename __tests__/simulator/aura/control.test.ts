import { afterEach, expect, test } from 'vitest';

import type { Simulator } from '../../../simulator/aura/simulator.ts';
import { endSessions, isRecord, requestToken, startSession } from './session.ts';

afterEach(endSessions);

async function control(
  simulator: Simulator,
  address: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const [method = '', path = ''] = address.split(' ');
  const response = await fetch(`${simulator.url}/_simulator/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return { status: response.status, body: isRecord(parsed) ? parsed : {} };
}

test('the state shows everything, including secrets', async () => {
  const { simulator, running, send } = await startSession();
  const id = await running();
  await send('DELETE', `/v1/instances/${id}`);
  const { body } = await control(simulator, 'GET state');
  expect(body).toMatchObject({
    clientId: simulator.clientId,
    limits: { requestsPerMinute: 125, tokensPerHour: 15, retryAfter: 'seconds' },
    tenants: [{ id: simulator.tenantId, name: 'Simulated project', reachable: true }],
    secrets: simulator.secrets(),
  });
  expect(body['instances']).toEqual(JSON.parse(JSON.stringify(simulator.instances())));
  expect(body['history']).toHaveLength(1);
  expect(body['exchanges']).toHaveLength(3);
});

test('an instance is seeded, and its status is changed', async () => {
  const { simulator, send } = await startSession();
  const seed = { name: 'old', type: 'free-db', status: 'paused', createdAt: 1_000_000 };
  const { status, body } = await control(simulator, 'POST instances', seed);
  expect(status).toBe(201);
  expect(body).toMatchObject({ name: 'old', status: 'paused', memory: '1GB', createdAt: 1e6 });
  const id = String(body['id']);
  const patched = await control(simulator, `PATCH instances/${id}`, { status: 'suspended' });
  expect([patched.status, patched.body['status']]).toEqual([200, 'suspended']);
  const { data } = await send('GET', `/v1/instances/${id}`);
  expect(data['status']).toBe('suspended');
  expect(data['created_at']).toMatch(/^1970-01-01T00:16:40\./);
});

test.each([
  ['POST instances', {}, 'name must be a string.'],
  ['POST instances', { name: 'a', memory: 2 }, 'memory must be a string.'],
  ['POST instances', { name: 'a', tenantId: 'nobody' }, "Tenant 'nobody' does not exist."],
  ['PATCH instances/00000000', { status: 'running' }, 'Instance 00000000 does not exist.'],
  ['PATCH instances/00000000', {}, 'status must be a string.'],
])('%s with %j is refused', async (address, body, error) => {
  const { simulator } = await startSession();
  expect(await control(simulator, address, body)).toEqual({ status: 400, body: { error } });
});

test('all limits, including those on tokens, can be changed at run time', async () => {
  const { simulator } = await startSession();
  const limits = { requestsPerMinute: 7, tokensPerHour: 0, retryAfter: 'none' };
  expect(await control(simulator, 'PATCH limits', limits)).toEqual({ status: 200, body: limits });
  const { status, headers } = await requestToken(simulator);
  expect([status, headers.get('retry-after')]).toEqual([429, null]);
});

test.each(['expired-token', 'stuck', 'loading-failed', 'snapshot-failed'])(
  'a fault of kind %s is accepted',
  async (kind) => {
    const { simulator } = await startSession();
    const reply = await control(simulator, 'POST faults', { fault: { kind } });
    expect(reply.status).toBe(204);
  },
);

test('the account shows what exists in it, without secrets', async () => {
  const { simulator, running, send } = await startSession({
    tenants: [{ name: 'A' }, { name: 'B' }],
  });
  const kept = await running({ name: 'kept' });
  const deleted = await running({ name: 'deleted' });
  await send('DELETE', `/v1/instances/${deleted}`);
  const { status, body } = await control(simulator, 'GET account');
  const tenantId = simulator.tenantId;
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      clientId: simulator.clientId,
      tenants: simulator.tenants,
      instances: [
        { id: kept, name: 'kept', status: 'running', tenantId },
        { id: deleted, name: 'deleted', status: 'destroying', tenantId },
      ],
    },
  });
  for (const secret of simulator.secrets()) expect(JSON.stringify(body)).not.toContain(secret);
});
