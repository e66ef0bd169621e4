import { request as requestOverHttp } from 'node:http';
import { createServer, request as requestOverTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCertificate, type Certificate } from '../../../harness/network/certificate.ts';
import {
  startProxy,
  type ConnectProxy,
  type ProxyOptions,
} from '../../../harness/network/connect-proxy.ts';

const target = 'api.aura.test:443';

async function startServer(certificate: Certificate): Promise<string> {
  const server = createServer(certificate, (_, response) => {
    response.end('through');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function makeCertificate(...hosts: readonly string[]): Promise<Certificate> {
  const certificate = await createCertificate(...hosts);
  onTestFinished(() => {
    certificate.remove();
  });
  return certificate;
}

async function openProxy(options: ProxyOptions): Promise<ConnectProxy> {
  const proxy = await startProxy(options);
  onTestFinished(() => proxy.close());
  return proxy;
}

/** Returns the proxy's status, and the socket if there is a tunnel. */
function connectThrough(
  proxy: ConnectProxy,
  path: string,
  authorization?: string,
): Promise<{ status: number | undefined; socket: Duplex }> {
  return new Promise((resolve, reject) => {
    const headers =
      authorization === undefined
        ? {}
        : { 'proxy-authorization': `Basic ${Buffer.from(authorization).toString('base64')}` };
    const request = requestOverHttp(proxy.url, { method: 'CONNECT', path, headers });
    request.on('connect', (response, socket) => {
      resolve({ status: response.statusCode, socket });
    });
    request.on('error', reject);
    request.end();
  });
}

function get(host: string, socket: Duplex, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const createConnection = (): Duplex => connect({ socket, servername: host, ca });
    const request = requestOverTls({ host, createConnection }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve(text);
      });
    });
    request.on('error', reject);
    request.end();
  });
}

describe('the proxy', () => {
  it('tunnels to the mapped address, with the certificate of the host', async () => {
    const certificate = await makeCertificate('api.aura.test');
    const proxy = await openProxy({ hosts: { [target]: await startServer(certificate) } });
    const { socket } = await connectThrough(proxy, target);
    expect(await get('api.aura.test', socket, certificate.cert)).toBe('through');
    expect(proxy.requests).toEqual([
      { method: 'CONNECT', target, authorization: undefined, status: 200 },
    ]);
  });

  it('does not make a certificate valid for another host', async () => {
    const certificate = await makeCertificate('api.aura.test', '127.0.0.1');
    const proxy = await openProxy({ hosts: { [target]: await startServer(certificate) } });
    const { socket } = await connectThrough(proxy, target);
    await expect(get('other.test', socket, certificate.cert)).rejects.toThrow(/other\.test/);
  });

  it('refuses a host without a mapping', async () => {
    const proxy = await openProxy({ hosts: { [target]: '127.0.0.1:9' } });
    expect(await connectThrough(proxy, 'example.com:443')).toMatchObject({ status: 502 });
    expect(proxy.requests).toMatchObject([{ target: 'example.com:443', status: 502 }]);
  });

  it.each([
    ['none', undefined],
    ['wrong ones', 'user:wrong'],
  ])('requires credentials if it gets %s', async (_, given) => {
    const proxy = await openProxy({ credentials: 'user:right', hosts: { [target]: 'unused:1' } });
    expect(await connectThrough(proxy, target, given)).toMatchObject({ status: 407 });
    expect(proxy.requests).toMatchObject([{ authorization: given, status: 407 }]);
  });

  it('records the credentials that it receives', async () => {
    const certificate = await makeCertificate('api.aura.test');
    const proxy = await openProxy({
      credentials: 'user:right',
      hosts: { [target]: await startServer(certificate) },
    });
    expect(await connectThrough(proxy, target, 'user:right')).toMatchObject({ status: 200 });
    expect(proxy.requests).toMatchObject([{ authorization: 'user:right', status: 200 }]);
  });

  it('refuses with the configured status', async () => {
    const proxy = await openProxy({ refuseWith: 403 });
    expect(await connectThrough(proxy, target)).toMatchObject({ status: 403 });
  });

  it('does not forward plain HTTP requests', async () => {
    const proxy = await openProxy({});
    const response = await fetch(`${proxy.url}/v1/tenants`);
    expect(response.status).toBe(501);
    expect(proxy.requests).toMatchObject([{ method: 'GET', target: '/v1/tenants' }]);
  });

  it('ends a tunnel when the other end closes', async () => {
    const proxy = await openProxy({ hosts: { [target]: '127.0.0.1:9' } });
    await expect(connectThrough(proxy, target)).rejects.toThrow(/hang up|ECONNRESET/);
  });
});
