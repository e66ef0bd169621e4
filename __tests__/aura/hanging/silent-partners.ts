import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleepReally } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A server or program that a step waits for in vain. */
export interface Partner extends AsyncDisposable {
  /** Resolves when the step waits for it. */
  readonly reached: Promise<unknown>;
}

/** A partner on a port of this machine. */
export interface Listener extends Partner {
  readonly port: number;
}

/** Returned by a behavior that has answered correctly. */
const goesOn = Symbol('goes on');

/** What a partner does before it stops answering; gets the first text that it has read. */
export type Behavior = (socket: Socket, text: string) => unknown;

export const silence: Behavior = () => undefined;
export const halfStatusLine: Behavior = (socket) => socket.write('HTTP/1.1 20');
export const tunnelOnly: Behavior = (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n');
const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n';
export const headersOnly: Behavior = (socket) => socket.write(head);
/** Sends a few bytes again and again, so that an idle timeout would not help. */
export const drippingBody: Behavior = (socket) => {
  socket.write(head);
  const drip = setInterval(() => socket.write(' '), 100);
  socket.once('close', () => {
    clearInterval(drip);
  });
};

/** Starts a partner with this behavior from the first bytes that it reads on a connection. */
export async function listen(behavior: Behavior): Promise<Listener> {
  const sockets = new Set<Socket>();
  const reached = Promise.withResolvers<undefined>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (data: Buffer) => {
      if (behavior(socket, data.toString('latin1')) !== goesOn) reached.resolve(undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    reached: reached.promise,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An Aura that issues tokens; every other request gets this behavior. */
export function afterToken(behavior: Behavior): Behavior {
  return (socket, text) => {
    if (!text.startsWith('POST /oauth/token ')) return behavior(socket, text);
    return reply(socket, { access_token: 'granted-by-the-silent', expires_in: 3600 });
  };
}

/** Answers correctly. */
export function reply(socket: Socket, value: object): typeof goesOn {
  const body = JSON.stringify(value);
  const length = `Content-Length: ${body.length}`;
  socket.end(['HTTP/1.1 200 OK', length, 'Connection: close', '', body].join('\r\n'));
  return goesOn;
}

/** An Aura that issues a token, and then accepts no connection. */
export async function startFullBacklog(): Promise<Listener> {
  const script = fileURLToPath(new URL('full-backlog.mjs', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const { value: port } = await lines.next();
  return {
    port: Number(port),
    reached: lines.next(),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** A temporary directory for a test. */
export function makeDirectory(): Disposable & { readonly path: string } {
  const directory = mkdtempSync(path.join(tmpdir(), 'hanging-'));
  return {
    path: directory,
    [Symbol.dispose]: () => {
      rmSync(directory, { recursive: true });
    },
  };
}

/** Creates a FIFO at this path, and replaces an existing file. */
export function makeFifo(file: string): string {
  rmSync(file, { force: true });
  execFileSync('mkfifo', [file]);
  return file;
}

/**
 * Creates a fake `git` in this directory that runs a script.
 *
 * @returns a promise that resolves when it runs.
 */
export function makeGit(directory: string, script: string): Promise<unknown> {
  const sign = path.join(directory, 'running');
  const git = path.join(directory, 'git');
  writeFileSync(git, `#!/bin/sh\n: > '${sign}'\n${script}\n`, { mode: 0o755 });
  return untilThere(sign);
}

async function untilThere(file: string): Promise<void> {
  while (!existsSync(file)) await sleepReally(20, undefined, { ref: false });
}
