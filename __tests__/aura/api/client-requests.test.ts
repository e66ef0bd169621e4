import { describe, expect, it } from 'vitest';
import type { AuraClient } from '../../../src/aura/api/client.ts';
import { basic, connect, createBody, createdData, instanceData } from './connected-client.ts';
import { json, startServer, text } from '../../../harness/network/scripted-server.ts';

const id = createdData.id;
const tenant = createBody.tenant_id;
const summary = {
  id,
  name: 'shop-main',
  tenantId: tenant,
  createdAt: Date.parse('2026-03-02T09:14:07.940Z'),
};
const accepted = json(202, { data: instanceData });

describe('a request to Aura', () => {
  it.each<[string, string, (client: AuraClient) => Promise<unknown>]>([
    ['GET', '/v1/tenants', (client) => client.listTenants()],
    ['GET', '/v1/instances', (client) => client.listInstances()],
    ['GET', `/v1/instances?tenantId=${tenant}`, (client) => client.listInstances(tenant)],
    ['DELETE', `/v1/instances/${id}`, (client) => client.deleteInstance(id)],
    ['POST', `/v1/instances/${id}/pause`, (client) => client.pauseInstance(id)],
    ['POST', `/v1/instances/${id}/resume`, (client) => client.resumeInstance(id)],
    ['PATCH', `/v1/instances/${id}`, (client) => client.updateInstance(id, { memory: '8GB' })],
    [
      'POST',
      `/v1/instances/${id}/overwrite`,
      (client) => client.overwriteInstance(id, { source_instance_id: '5e6f7a8b' }),
    ],
    [
      'POST',
      `/v1/instances/${id}/snapshots/2023-01-20T18%3A07%3A25Z-adhoc/restore`,
      (client) => client.restoreSnapshot(id, '2023-01-20T18:07:25Z-adhoc'),
    ],
    [
      'GET',
      `/v1/instances/${id}/snapshots?date=2026-03-02`,
      (client) => client.listSnapshots(id, '2026-03-02'),
    ],
  ])('is %s %s', async (method, path, send) => {
    const server = await startServer([json(200, { data: [] })]);
    await send(connect(server.url).client);
    expect(server.asked()).toEqual([`${method} ${path}`]);
  });

  it('contains the token, accepts JSON and names the action', async () => {
    const server = await startServer([json(200, { data: [] })]);
    await connect(server.url).client.listTenants();
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer granted-1',
      accept: 'application/json',
      'user-agent': expect.stringMatching(/^aura-action/) as string,
    });
  });

  it('has its own connection, which it closes', async () => {
    const server = await startServer([json(200, { data: [] })]);
    await connect(server.url).client.listTenants();
    expect(server.requests[0]?.headers.connection).toBe('close');
  });

  it('cannot be directed to another path by an id', async () => {
    const server = await startServer([accepted, accepted, accepted]);
    const { client } = connect(server.url);
    await client.deleteInstance('../tenants?x=#');
    await client.pauseInstance('a/b');
    await client.getInstance('a b', 'poll').catch(() => undefined);
    expect(server.asked()).toEqual([
      'DELETE /v1/instances/..%2Ftenants%3Fx%3D%23',
      'POST /v1/instances/a%2Fb/pause',
      'GET /v1/instances/a%20b',
    ]);
  });

  it('cannot be directed to another query by a tenant', async () => {
    const server = await startServer([json(200, { data: [] })]);
    await connect(server.url).client.listInstances('a&tenantId=b');
    expect(server.asked()).toEqual(['GET /v1/instances?tenantId=a%26tenantId%3Db']);
  });

  it.each<['pauseInstance' | 'resumeInstance']>([['pauseInstance'], ['resumeInstance']])(
    'of %s is JSON, because Aura answers 415 to anything else',
    async (method) => {
      const server = await startServer([accepted]);
      await connect(server.url).client[method](id);
      const [request] = server.requests;
      expect(request?.headers['content-type']).toBe('application/json');
      expect(JSON.parse(request?.body ?? '')).toEqual({});
    },
  );

  it.each<[string, object, (client: AuraClient) => Promise<void>]>([
    ['an update', { memory: '8GB' }, (client) => client.updateInstance(id, { memory: '8GB' })],
    [
      'an overwrite',
      { source_instance_id: '5e6f7a8b', source_snapshot_id: 'x' },
      (client) =>
        client.overwriteInstance(id, {
          source_instance_id: '5e6f7a8b',
          source_snapshot_id: 'x',
        }),
    ],
    ['a restore', {}, (client) => client.restoreSnapshot(id, 'x')],
  ])('contains what %s needs, as JSON', async (_what, body, send) => {
    const server = await startServer([json(202, {})]);
    await send(connect(server.url).client);
    const [request] = server.requests;
    expect(request?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(request?.body ?? '')).toEqual(body);
  });

  it.each<[string, (client: AuraClient) => Promise<void>]>([
    ['an update', (client) => client.updateInstance(id, { memory: '8GB' })],
    ['an overwrite', (client) => client.overwriteInstance(id, { source_instance_id: 'x' })],
    ['a restore', (client) => client.restoreSnapshot(id, 'x')],
  ])('of %s is sent again after 429, and not after 503', async (_what, send) => {
    const server = await startServer([json(429, {}), json(503, {}), accepted]);
    await expect(send(connect(server.url).client)).rejects.toMatchObject({ status: 503 });
    expect(server.requests).toHaveLength(2);
  });

  it('without a body has no content type', async () => {
    const server = await startServer([accepted, accepted]);
    const { client } = connect(server.url);
    await client.getInstance(id);
    await client.deleteInstance(id);
    for (const { headers, body } of server.requests) {
      expect(headers).not.toHaveProperty('content-type');
      expect(body).toBe('');
    }
  });

  it('to create contains exactly the requested fields', async () => {
    const server = await startServer([json(202, { data: createdData })]);
    const body = { ...createBody, storage: '16GB', vector_optimized: true };
    await connect(server.url).client.createInstance(body);
    const [request] = server.requests;
    expect(server.asked()).toEqual(['POST /v1/instances']);
    expect(request?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(request?.body ?? '')).toEqual(body);
  });

  it('shares its token with all other requests of the step', async () => {
    const none = json(200, { data: [] });
    const server = await startServer([none, none, none]);
    const { client, secrets } = connect(server.url);
    await Promise.all([client.listTenants(), client.listTenants()]);
    await client.listInstances(tenant);
    expect(server.tokenRequests).toHaveLength(1);
    expect(secrets).toEqual([basic, 'granted-1']);
  });
});

describe('an answer of Aura', () => {
  it('to the list of tenants is read', async () => {
    const server = await startServer([
      json(200, { data: [{ id: tenant, name: 'Production', extra: 1 }] }),
    ]);
    expect(await connect(server.url).client.listTenants()).toEqual([
      { id: tenant, name: 'Production' },
    ]);
  });

  it('with the configurations of a tenant is read', async () => {
    const offered = {
      type: 'free-db',
      cloud_provider: 'gcp',
      region: 'europe-west1',
      region_name: 'Belgium (europe-west1)',
      memory: '1GB',
      storage: '2GB',
      version: '5',
    };
    const server = await startServer([
      json(200, { data: { id: tenant, name: 'x', instance_configurations: [offered] } }),
    ]);
    expect(await connect(server.url).client.listConfigurations(tenant)).toEqual([
      {
        type: 'free-db',
        cloudProvider: 'gcp',
        region: 'europe-west1',
        memory: '1GB',
        storage: '2GB',
        version: '5',
      },
    ]);
    expect(server.asked()).toEqual([`GET /v1/tenants/${tenant}`]);
  });

  it('to the list of instances is read', async () => {
    const server = await startServer([json(200, { data: [instanceData] })]);
    expect(await connect(server.url).client.listInstances(tenant)).toEqual([summary]);
  });

  it('to a read of an instance is read', async () => {
    const server = await startServer([json(200, { data: instanceData })]);
    expect(await connect(server.url).client.getInstance(id)).toMatchObject({
      ...summary,
      status: 'running',
      memory: '4GB',
      connectionUrl: createdData.connection_url,
      fields: instanceData,
    });
  });

  it('to a create is read, including the password', async () => {
    const server = await startServer([json(202, { data: createdData })]);
    expect(await connect(server.url).client.createInstance(createBody)).toEqual({
      ...summary,
      connectionUrl: createdData.connection_url,
      username: 'neo4j',
      password: createdData.password,
      cloudProvider: 'gcp',
      region: 'europe-west1',
      type: 'professional-db',
    });
  });

  it('to pause, resume and delete may be empty', async () => {
    const server = await startServer([text(202, ''), text(204, ''), text(202, '')]);
    const { client } = connect(server.url);
    await client.pauseInstance(id);
    await client.resumeInstance(id);
    expect(await client.deleteInstance(id)).toBe('accepted');
  });
});
