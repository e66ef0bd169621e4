import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type * as undici from 'undici-itself';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectProxy, startProxy } from '../../harness/network/connect-proxy.ts';

// It has no types of its own; those of undici say what it must look like.
const standIn: unknown = await import(
  String(new URL('../../vendor/undici/index.js', import.meta.url))
);
const { ProxyAgent, fetch } = standIn as Pick<typeof undici, 'ProxyAgent' | 'fetch'>;

const target = 'http://api.github.test';
const server = createServer((_, response) => {
  response.end('found');
});
let proxy: ConnectProxy;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  proxy = await startProxy({ hosts: { 'api.github.test:80': `127.0.0.1:${port}` } });
});

afterAll(async () => {
  await proxy.close();
  server.close();
});

describe('the stand-in for undici', () => {
  it('sends requests through the proxy, several with one agent', async () => {
    const dispatcher = new ProxyAgent({ uri: proxy.url });
    const texts = await Promise.all(
      [1, 2].map(async () => (await fetch(target, { dispatcher })).text()),
    );
    expect(texts).toEqual(['found', 'found']);
    expect(proxy.requests[0]).toMatchObject({ method: 'CONNECT', target: 'api.github.test:80' });
    await dispatcher.close();
    await expect(fetch(target, { dispatcher })).rejects.toThrow();
  });

  it('passes on that the proxy lets nothing through', async () => {
    const dispatcher = new ProxyAgent({ uri: proxy.url });
    await expect(fetch('http://other.test', { dispatcher })).rejects.toThrow('fetch failed');
    await dispatcher.destroy();
    await expect(fetch(target, { dispatcher })).rejects.toThrow();
  });

  it('passes on what undici does not accept', async () => {
    const dispatcher = new ProxyAgent({ uri: 'no URL' });
    await expect(fetch(target, { dispatcher })).rejects.toThrow('fetch failed');
  });

  it('can be closed before any request', async () => {
    await new ProxyAgent({ uri: proxy.url }).close();
    await new ProxyAgent({ uri: proxy.url }).destroy();
  });

  it('sends requests without a proxy, too', async () => {
    const { port } = server.address() as AddressInfo;
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('found');
  });
});
