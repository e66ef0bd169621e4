import { aura } from '../../../src/aura/api/service.ts';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTransport } from '../../../src/core/http/transport.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { type Certificate, createCertificate } from '../../../harness/network/certificate.ts';
import { startProxy } from '../../../harness/network/connect-proxy.ts';
import { onWindows } from '../../../harness/runner/platform.ts';

let certificate: Certificate;

beforeAll(async () => {
  certificate = await createCertificate('elsewhere.test');
});

afterAll(() => {
  certificate.remove();
});

/** A server with an invalid certificate, the requests it received, and a request to it. */
async function startServer() {
  const seen: string[] = [];
  const { key, cert } = certificate;
  const server = createServer({ key, cert }, (request, response) => {
    seen.push(request.headers.authorization ?? '');
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const ask = (host: string) =>
    createTransport(aura, new URL(`https://${host}`), systemClock).send({
      method: 'GET',
      path: '/',
      policy: 'read',
      headers: { Authorization: 'secret' },
      limitMilliseconds: 5_000,
    });
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return { port, seen, ask };
}

describe('while NODE_TLS_REJECT_UNAUTHORIZED is 0', () => {
  // Windows has no such address.
  it.skipIf(onWindows)('a server with an invalid certificate is refused anyway', async () => {
    const { port, seen, ask } = await startServer();
    await expect(ask(`0.0.0.0:${port}`)).rejects.toThrow(/self-signed certificate/);
    expect(seen).toEqual([]);
  });

  it('it is also refused behind a proxy', async () => {
    const { port, seen, ask } = await startServer();
    const hosts = { 'api.aura.test:443': `127.0.0.1:${port}` };
    const proxy = await startProxy({ hosts });
    onTestFinished(() => proxy.close());
    vi.stubEnv('https_proxy', proxy.url);
    await expect(ask('api.aura.test')).rejects.toThrow(/self-signed certificate/);
    expect(seen).toEqual([]);
  });

  it('this machine is asked without a check of its certificate', async () => {
    const { port, seen, ask } = await startServer();
    expect(await ask(`127.0.0.1:${port}`)).toMatchObject({ status: 200 });
    expect(seen).toEqual(['secret']);
  });
});
