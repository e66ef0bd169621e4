import { networkInterfaces } from 'node:os';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCertificate, type Certificate } from '../../../harness/network/certificate.ts';
import { startProxy, type ProxyOptions } from '../../../harness/network/connect-proxy.ts';
import { startJob, type StepResult } from '../../../harness/runner/fake-runner.ts';
import { startScenario } from '../../../harness/world/scenario.ts';
import { countOf, errorOf, outputsOf, requestsOf } from '../../../harness/world/support.ts';

const api = 'https://api.aura.test';
const target = 'api.aura.test:443';
/** Also reaches this machine, but is not one of the names that never use a proxy. */
const anywhere = '0.0.0.0';
let certificate: Certificate;

beforeAll(async () => {
  certificate = await createCertificate('api.aura.test', '127.0.0.1', anywhere);
});

afterAll(() => {
  certificate.remove();
});

/** A simulator with TLS that steps reach only by its public name, through a proxy. */
async function startBehindProxy(options: ProxyOptions = {}) {
  const { key, cert } = certificate;
  const scenario = await startScenario({ simulator: { tls: { key, cert } } });
  const address = scenario.simulator.url.replace('https://', '');
  const proxy = await startProxy({ hosts: { [target]: address }, ...options });
  scenario.simulator.seedInstance({ name: 'x' });
  const get = (
    env: Readonly<Record<string, string>>,
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<StepResult> =>
    scenario.run(
      { operation: 'get', name: 'x', 'api-url': api, timeout: '1s', ...inputs },
      { env: { NODE_EXTRA_CA_CERTS: certificate.path, ...env } },
    );
  return {
    scenario,
    proxy,
    get,
    [Symbol.asyncDispose]: async () => {
      await proxy.close();
      await scenario.finish();
    },
  };
}

describe('a proxy', () => {
  test.each(['https_proxy', 'HTTPS_PROXY'])('in %s is used for every request', async (name) => {
    await using world = await startBehindProxy();
    const { scenario, proxy } = world;
    outputsOf(await world.get({ [name]: proxy.url }));
    expect(requestsOf(scenario)).toHaveLength(4);
    expect(proxy.requests.map(({ method, target, status }) => `${method} ${target} ${status}`)).toEqual(
      Array.from({ length: 4 }, () => 'CONNECT api.aura.test:443 200'),
    );
  });

  test('gets the user and the password of its URL, and nothing of Aura', async () => {
    const word = 'pa@ss:w/rd';
    await using world = await startBehindProxy({ credentials: `user:${word}` });
    const url = world.proxy.url.replace('//', `//user:${encodeURIComponent(word)}@`);
    expect((await world.get({ https_proxy: url })).exitCode).toBe(0);
    expect(new Set(world.proxy.requests.map(({ authorization }) => authorization))).toEqual(
      new Set([`user:${word}`]),
    );
  });

  test('with credentials in its URL causes no Node.js warnings in the log', async () => {
    await using world = await startBehindProxy({ credentials: 'user:word' });
    const url = world.proxy.url.replace('//', '//user:word@');
    expect((await world.get({ https_proxy: url })).stderr).toBe('');
  });

  test('that asks for credentials is a clear error', async () => {
    await using world = await startBehindProxy({ credentials: 'user:word' });
    const result = await world.get({ https_proxy: world.proxy.url });
    expect(errorOf(result)).toMatch(
      /^Could not sign in to Aura: the proxy refused the connection: tunneling socket could not be established, statusCode=407\. Check 'api-url', the runner's network and its proxy settings, then run the step again\.$/,
    );
    expect(requestsOf(world.scenario)).toEqual([]);
  });

  test('that does not exist is a clear error', async () => {
    await using world = await startBehindProxy();
    await world.proxy.close();
    const result = await world.get({ https_proxy: world.proxy.url });
    const { host } = new URL(world.proxy.url);
    expect(errorOf(result)).toBe(
      `Could not sign in to Aura: the proxy refused the connection: tunneling socket could not be established, cause=connect ECONNREFUSED ${host}. Check 'api-url', the runner's network and its proxy settings, then run the step again.`,
    );
  });

  // No such address on Windows.
  test.skipIf(process.platform === 'win32').each([
    ['the host', () => anywhere],
    ['the host among others', () => `other.test, ${anywhere}`],
    ['host and port', (port: string) => `${anywhere}:${port}`],
    ['everything', () => '*'],
  ])('is not used if no_proxy contains %s', async (_what, noProxy) => {
    await using world = await startBehindProxy();
    const { port } = new URL(world.scenario.simulator.url);
    const env = { https_proxy: world.proxy.url, no_proxy: noProxy(port) };
    const inputs = { 'api-url': `https://${anywhere}:${port}` };
    outputsOf(await world.get(env, inputs));
    expect(world.proxy.requests).toEqual([]);
  });

  test('is used if no_proxy contains only other hosts', async () => {
    await using world = await startBehindProxy();
    outputsOf(await world.get({ https_proxy: world.proxy.url, no_proxy: 'aura.example,localhost' }));
    expect(world.proxy.requests).toHaveLength(4);
  });

  test('does not keep the process running after its work', async () => {
    await using world = await startBehindProxy();
    const job = await startJob();
    const inputs = { ...world.scenario.credentials, 'api-url': api, operation: 'get', name: 'x' };
    const env = { NODE_EXTRA_CA_CERTS: certificate.path, https_proxy: world.proxy.url };
    const result = await job.step({ inputs, env });
    await job.dispose();
    outputsOf(result);
    expect(result.milliseconds).toBeLessThan(4_000);
  });
});

test('an untrusted certificate is rejected immediately, and nothing is sent', async () => {
  const { key, cert } = certificate;
  await using scenario = await startScenario({ simulator: { tls: { key, cert } } });
  const result = await scenario.run({ operation: 'get', name: 'x' });
  expect(errorOf(result)).toMatch(
    /^Could not sign in to Aura: no answer from Aura: self-signed certificate.* \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. Check 'api-url'/,
  );
  expect(requestsOf(scenario)).toEqual([]);
  expect(result.drivenMilliseconds).toBe(0);
});

/** A server that only counts requests. */
async function startBystander(): Promise<{ url: string; seen: string[]; server: Server }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen, server };
}

describe('a redirect', () => {
  test.each([
    [301, 'getToken'],
    [302, 'listInstances'],
    [303, 'getInstance'],
    [307, 'getToken'],
    [308, 'getInstance'],
  ])('with %i of %s is never followed', async (status, operation) => {
    const bystander = await startBystander();
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    const location = `${bystander.url}/elsewhere`;
    const fault = { kind: 'status', status, headers: { location } } as const;
    scenario.simulator.addFault({ match: { operation }, fault });
    const result = await scenario.run({ operation: 'get', name: 'x' });
    bystander.server.close();
    expect(errorOf(result)).toContain(
      `answered ${status} with a redirect to '${location}', which is not followed because it would forward the credentials. `,
    );
    expect(bystander.seen).toEqual([]);
  });

  test('of any request causes an error that points to api-url', async () => {
    await using scenario = await startScenario();
    const headers = { location: 'https://console.neo4j.io/' };
    const fault = { kind: 'status', status: 302, headers } as const;
    const advice = "Check 'api-url': it must be the API's own address.";
    for (const operation of ['listTenants', 'getToken']) {
      scenario.simulator.clearFaults();
      scenario.simulator.addFault({ match: { operation }, fault });
      const job = await scenario.startJob();
      const inputs = { ...scenario.credentials, operation: 'get', name: 'x' };
      expect(errorOf(await job.step({ inputs }))).toContain(advice);
    }
  });

  test('of a POST that creates an instance is never followed', async () => {
    const bystander = await startBystander();
    await using scenario = await startScenario();
    const fault = { kind: 'status', status: 307, headers: { location: bystander.url } } as const;
    scenario.simulator.addFault({ match: { operation: 'createInstance' }, fault });
    const result = await scenario.run({ operation: 'create', name: 'x' });
    bystander.server.close();
    expect(errorOf(result)).toContain("Could not create instance 'x': Aura answered 307");
    expect(bystander.seen).toEqual([]);
    expect(countOf(scenario, 'POST', /^\/v1\/instances$/)).toBe(1);
  });
});

test('a server that does not exist is a clear error', async () => {
  const bystander = await startBystander();
  bystander.server.close();
  await using scenario = await startScenario();
  const inputs = { operation: 'get', name: 'x', 'api-url': bystander.url };
  const result = await scenario.run(inputs);
  expect(errorOf(result)).toBe(
    `Could not connect to Aura at ${bystander.url} (ECONNREFUSED). Check 'api-url', the runner's network and its proxy settings, then run the step again.`,
  );
});

test('an answer over 5 MB is refused, and a second one is read', async () => {
  await using scenario = await startScenario();
  const { id } = scenario.simulator.seedInstance({ name: 'x' });
  const body = { data: { filler: 'x'.repeat(5 * 1024 * 1024) } };
  const match = { operation: 'getInstance' };
  scenario.simulator.addFault({ match, fault: { kind: 'status', status: 200, body } });
  const result = await scenario.run({ operation: 'get', 'instance-id': id });
  expect(outputsOf(result)['instance-id']).toBe(id);
  expect(requestsOf(scenario)).toHaveLength(3);
});

const ipv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

test.skipIf(!ipv6)('localhost also works over IPv6', async () => {
  await using scenario = await startScenario({ simulator: { host: '::1' } });
  scenario.simulator.seedInstance({ name: 'x' });
  outputsOf(await scenario.run({ operation: 'get', name: 'x' }));
});
