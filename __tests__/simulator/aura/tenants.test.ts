import { afterEach, describe, expect, onTestFinished, test } from 'vitest';

import { startSimulator, type InstanceConfiguration } from '../../../simulator/aura/simulator.ts';
import { endSessions, startSession } from './session.ts';

afterEach(endSessions);

function configurations(data: Record<string, unknown>): readonly InstanceConfiguration[] {
  return data['instance_configurations'] as readonly InstanceConfiguration[];
}

test('there is one tenant by default', async () => {
  const { simulator, send } = await startSession();
  const { list, headers } = await send('GET', '/v1/tenants');
  expect(list).toEqual([{ id: simulator.tenantId, name: 'Simulated project' }]);
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}\/\d+$/);
});

test('inaccessible tenants are not listed, and reading one is answered with 403', async () => {
  const { simulator, send } = await startSession({
    tenants: [{ name: 'Mine' }, { name: 'Theirs', reachable: false }],
  });
  expect((await send('GET', '/v1/tenants')).list).toHaveLength(1);
  const theirs = simulator.tenants[1]?.id ?? '';
  const reply = await send('GET', `/v1/tenants/${theirs}`);
  expect([reply.status, reply.reason]).toEqual([403, 'unauthorized']);
});

test('a tenant that does not exist is answered with 404', async () => {
  const { send } = await startSession();
  const reply = await send('GET', '/v1/tenants/6981ace7-efe8-4f5c-b7c5-267b5162ce91');
  expect([reply.status, reply.reason]).toEqual([404, 'tenant-not-found']);
});

test('a tenant offers every tier, the paid ones in three clouds', async () => {
  const { simulator, send } = await startSession();
  const { data } = await send('GET', `/v1/tenants/${simulator.tenantId}`);
  const clouds = new Map<string, Set<string>>();
  for (const { type, cloud_provider } of configurations(data)) {
    clouds.set(type, (clouds.get(type) ?? new Set()).add(cloud_provider));
  }
  const paid = ['aws', 'azure', 'gcp'];
  expect(Object.fromEntries(Array.from(clouds, ([type, set]) => [type, [...set].sort()]))).toEqual({
    'free-db': ['gcp'],
    'professional-db': paid,
    'business-critical': paid,
    'enterprise-db': paid,
    'professional-ds': paid,
    'enterprise-ds': paid,
  });
});

test('Free is offered in one size and several places, of which europe-west1 is not the first', async () => {
  const { simulator, send } = await startSession();
  const { data } = await send('GET', `/v1/tenants/${simulator.tenantId}`);
  const free = configurations(data).filter(({ type }) => type === 'free-db');
  expect(free.map(({ region_name: name }) => name)).toEqual([
    'Iowa (us-central1)',
    'Belgium (europe-west1)',
    'Singapore (asia-southeast1)',
  ]);
  for (const one of free) {
    expect(one).toMatchObject({ memory: '1GB', storage: '2GB', version: '5' });
    expect(one).toMatchObject({ cloud_provider: 'gcp' });
  }
});

test('a tenant with other configurations offers only those', async () => {
  const only: InstanceConfiguration = {
    region: 'nowhere-1',
    region_name: 'Nowhere (nowhere-1)',
    type: 'professional-db',
    memory: '3GB',
    storage: '7GB',
    version: '6',
    cloud_provider: 'aws',
  };
  const { simulator, send, create } = await startSession({
    tenants: [{ name: 'Odd', configurations: [only] }],
  });
  const { data } = await send('GET', `/v1/tenants/${simulator.tenantId}`);
  expect(configurations(data)).toEqual([only]);
  expect((await create()).status).toBe(400);
  const fields = { region: 'nowhere-1', memory: '3GB', version: '6', cloud_provider: 'aws' };
  expect((await create(fields)).status).toBe(202);
});

test.each([
  ['GET', '/'],
  ['GET', '/v1'],
  ['GET', '/v1/'],
  ['GET', '/v1/projects'],
  ['GET', '/v1/tenants/'],
  ['POST', '/v1/tenants'],
  ['PUT', '/v1/instances/2f49c2b3'],
  ['GET', '/oauth/token'],
  ['POST', '/v1/oauth/token'],
])('%s %s has no route: 404, in the form of all other 404s', async (method, path) => {
  const { send } = await startSession();
  const reply = await send(method, path, { invalid: true });
  expect([reply.status, reply.reason, reply.message]).toEqual([404, 'not-found', 'Not Found']);
});

describe('the metrics integration', () => {
  test('has an address as soon as an instance of the tenant has metrics', async () => {
    const tenants = [{ name: 'Mine' }, { name: 'Also mine' }, { name: 'Theirs', reachable: false }];
    const { simulator, send } = await startSession({ tenants });
    const [first, second, third] = simulator.tenants.map(
      ({ id }) => `/v1/tenants/${id}/metrics-integration`,
    );
    simulator.seedInstance({ name: 'a' });
    const none = await send('GET', first ?? '');
    expect([none.status, none.reason]).toEqual([400, 'tenant-incapable-of-action']);
    simulator.seedInstance({ name: 'b', type: 'business-critical' });
    const { status, data } = await send('GET', first ?? '');
    const endpoint = `https://customer-metrics-api.neo4j.io/api/v1/${simulator.tenantId}/metrics`;
    expect([status, data]).toEqual([200, { endpoint }]);
    expect((await send('GET', second ?? '')).status).toBe(400);
    expect((await send('GET', third ?? '')).reason).toBe('unauthorized');
  });

  test('of a tenant that does not exist is answered with 404', async () => {
    const { send } = await startSession();
    const path = '/v1/tenants/6981ace7-efe8-4f5c-b7c5-267b5162ce91/metrics-integration';
    const reply = await send('GET', path);
    expect([reply.status, reply.reason]).toEqual([404, 'tenant-not-found']);
  });
});

describe('another client', () => {
  const other = { clientId: 'other-client', clientSecret: 'the-secret-of-the-other' };
  const basic = Buffer.from(`${other.clientId}:${other.clientSecret}`).toString('base64');

  /** Returns a fetch with a token of the other client. */
  async function asOther(
    url: string,
  ): Promise<(path: string, method?: string) => Promise<Response>> {
    const granted = await fetch(`${url}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${basic}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    const { access_token: token } = (await granted.json()) as { readonly access_token: string };
    const headers = { authorization: `Bearer ${token}` };
    return (path, method = 'GET') => fetch(url + path, { method, headers });
  }

  test('can access the tenants of its own account, but nothing of the first one', async () => {
    const tenants = [{ name: 'Theirs' }];
    const simulator = await startSimulator({ otherClients: [{ ...other, tenants }] });
    onTestFinished(() => simulator.close());
    const { id } = simulator.seedInstance({ name: 'x' });
    const request = await asOther(simulator.url);
    expect(await (await request('/v1/tenants')).json()).toMatchObject({
      data: [{ name: 'Theirs' }],
    });
    expect(await (await request('/v1/instances')).json()).toEqual({ data: [] });
    const inTenant = await request(`/v1/instances?tenantId=${simulator.tenantId}`);
    expect(await inTenant.json()).toEqual({ data: [] });
    expect((await request(`/v1/instances/${id}`)).status).toBe(404);
    expect((await request(`/v1/instances/${id}`, 'DELETE')).status).toBe(404);
    expect(simulator.instances()).toHaveLength(1);
    expect(simulator.secrets()).toContain(other.clientSecret);
  });

  test('of the same account can access the same as the first one', async () => {
    const simulator = await startSimulator({ otherClients: [other] });
    onTestFinished(() => simulator.close());
    const { id } = simulator.seedInstance({ name: 'x' });
    const request = await asOther(simulator.url);
    expect((await request(`/v1/instances/${id}`)).status).toBe(200);
  });
});
