import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { fileURLToPath } from 'node:url';

import { afterEach, expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../../../simulator/cli.ts', import.meta.url));
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

interface Started {
  readonly child: ChildProcess;
  readonly output: { out: string; error: string };
  readonly exit: Promise<readonly [number | null, NodeJS.Signals | null]>;
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(process.execPath, [CLI, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  running.push(child);
  const output = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.error += text;
  });
  const exit: Started['exit'] = new Promise((resolve) => {
    child.once('close', (code, signal) => {
      resolve([code, signal]);
    });
  });
  return { child, output, exit };
}

/** The values that a simulator prints when it is ready, by name. */
async function ready(started: Started): Promise<Record<string, string>> {
  while (!started.output.out.includes('control')) {
    await Promise.race([once(started.child.stdout ?? started.child, 'data'), started.exit]);
  }
  const lines = started.output.out.split('\n').filter((line) => /\s{2,}/.test(line));
  return Object.fromEntries(
    lines.map((line): [string, string] => {
      const [name = '', value = ''] = line.split(/\s{2,}/);
      return [name, value];
    }),
  );
}

test('it prints its address and credentials, and they work', async () => {
  const started = start(['--port', '0', '--speed', '60']);
  const printed = await ready(started);
  expect(Object.keys(printed)).toEqual([
    'url',
    'client id',
    'client secret',
    'tenant id',
    'control',
  ]);
  const basic = `${printed['client id'] ?? ''}:${printed['client secret'] ?? ''}`;
  const response = await fetch(`${printed['url'] ?? ''}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  expect(response.status).toBe(200);
  const state = await fetch(printed['control'] ?? '');
  expect(await state.text()).toContain(printed['tenant id']);
});

async function tokenStatus(url: string, clientId: string, secret: string): Promise<number> {
  const { status } = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return status;
}

test('its credentials can be chosen, and it does not print the secret then', async () => {
  const secret = 'a-secret-of-this-test';
  const env = { SIMULATOR_CLIENT_ID: 'me', SIMULATOR_CLIENT_SECRET: secret };
  const started = start(['--port', '0'], env);
  const { url = '', 'client id': clientId } = await ready(started);
  expect(clientId).toBe('me');
  expect(started.output.out).toContain('client secret  as in SIMULATOR_CLIENT_SECRET\n');
  expect(started.output.out + started.output.error).not.toContain(secret);
  expect(await tokenStatus(url, 'me', secret)).toBe(200);
  expect(await tokenStatus(url, 'me', 'another')).toBe(401);
});

test('empty variables choose no credentials', async () => {
  const env = { SIMULATOR_CLIENT_ID: '', SIMULATOR_CLIENT_SECRET: '' };
  const printed = await ready(start(['--port', '0'], env));
  const { url = '', 'client id': clientId = '', 'client secret': secret = '' } = printed;
  expect([clientId.length, secret.length]).toEqual([32, 43]);
  expect(await tokenStatus(url, clientId, secret)).toBe(200);
});

test('a request to stop ends it with exit code 0, even with open connections', async () => {
  const started = start(['--port', '0']);
  const { url = '' } = await ready(started);
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  const answer = await fetch(`${url}/_simulator/stop`, { method: 'POST' });
  expect([answer.status, await answer.json()]).toEqual([202, { stopping: true }]);
  expect(await started.exit).toEqual([0, null]);
  expect(started.output.error).toBe('');
  socket.destroy();
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it immediately with exit code 0, even with open connections',
  async (signal) => {
    const started = start(['--port', '0']);
    const { url = '' } = await ready(started);
    const socket = net.connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    started.child.kill(signal);
    expect(await started.exit).toEqual([0, null]);
    socket.destroy();
  },
);

test('limits can be turned off, and time can be driven', async () => {
  const started = start(['--port', '0', '--no-rate-limits', '--driven']);
  const { url = '' } = await ready(started);
  const state: unknown = await (await fetch(`${url}/_simulator/state`)).json();
  expect(state).toMatchObject({
    limits: { requestsPerMinute: 'unlimited', tokensPerHour: 'unlimited' },
  });
  const body = JSON.stringify({ advance: 1000 });
  expect((await fetch(`${url}/_simulator/clock`, { method: 'POST', body })).status).toBe(200);
});

test('an account without billing can be simulated', async () => {
  const started = start(['--port', '0', '--no-billing']);
  const { url = '' } = await ready(started);
  const state: unknown = await (await fetch(`${url}/_simulator/state`)).json();
  expect(state).toMatchObject({ limits: { requestsPerMinute: 25 } });
});

test('it takes limits, tenants, the role and more', async () => {
  const limits = ['--requests-per-minute', '3', '--tokens-per-hour', 'unlimited'];
  const tenants = ['--tenant', 'Shop', '--tenant', 'Lab'];
  const others = ['--role', 'viewer', '--token-lifetime', '600', '--retry-after', 'none'];
  const started = start(['--port', '0', '--speed', '10', ...limits, ...tenants, ...others]);
  const printed = await ready(started);
  expect(started.output.out).toMatch(/^tenant id {6}[0-9a-f-]{36} {2}'Shop'$/m);
  expect(started.output.out).toMatch(/^tenant id {6}[0-9a-f-]{36} {2}'Lab'$/m);
  const { url = '' } = printed;
  const basic = `${printed['client id'] ?? ''}:${printed['client secret'] ?? ''}`;
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const token = (await answer.json()) as Record<string, unknown>;
  expect(token['expires_in']).toBe(600);
  const headers = { authorization: `Bearer ${String(token['access_token'])}` };
  const listed = await (await fetch(`${url}/v1/tenants`, { headers })).json();
  expect(listed).toMatchObject({ data: [{ name: 'Shop' }, { name: 'Lab' }] });
  const json = { ...headers, 'content-type': 'application/json' };
  const post = await fetch(`${url}/v1/instances`, { method: 'POST', headers: json, body: '{}' });
  expect(post.status).toBe(403);
  expect((await fetch(`${url}/v1/tenants`, { headers })).status).toBe(200);
  const refused = await fetch(`${url}/v1/tenants`, { headers });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
});

test('--help explains the options', async () => {
  const { output, exit } = start(['--help']);
  expect(await exit).toEqual([0, null]);
  const explained = output.out.match(/(?<=^ {2})--[a-z-]+/gm) ?? [];
  expect(explained.toSorted()).toEqual([
    '--driven',
    '--first-snapshot',
    '--help',
    '--host',
    '--no-billing',
    '--no-rate-limits',
    '--port',
    '--quota',
    '--requests-per-minute',
    '--retry-after',
    '--role',
    '--speed',
    '--strict',
    '--tenant',
    '--token-lifetime',
    '--tokens-per-hour',
  ]);
});

test.each([
  [['--port', 'http'], "Option '--port' is 'http'; expected a number from 0 to 65535."],
  [['--port', '70000'], "Option '--port' is '70000'"],
  [['--speed', '0'], "Option '--speed' is '0'; expected a number greater than 0."],
  [['--speed', 'fast'], "Option '--speed' is 'fast'"],
  [['--sped', '60'], "Unknown option '--sped'"],
  [['--port'], "'--port <value>' argument missing"],
  [['8080'], "Unexpected argument '8080'"],
])('%j is refused with the reason and exit code 2', async (args, message) => {
  const { output, exit } = start(args);
  expect(await exit).toEqual([2, null]);
  expect(output.error).toContain(message);
  expect(output.error).toContain('Usage:');
  expect(output.out).toBe('');
});

test('a port in use is a clear error', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { output, exit } = start(['--port', String(port)]);
  expect(await exit).toEqual([1, null]);
  expect(output.error).toContain('The simulator could not start: listen EADDRINUSE');
  server.close();
});
