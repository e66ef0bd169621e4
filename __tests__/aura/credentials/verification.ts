import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { VerifyError, verify } from '../../../src/aura/credentials/verify.ts';
import { AttemptClock } from './attempt-clock.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

interface Options {
  readonly uri: string;
  readonly password?: string;
  /** Default: one hour after the start. */
  readonly deadline?: number;
  readonly abort?: AbortController;
  readonly duringPause?: () => void;
}

/** A verification that starts at second 0, on a clock that the test controls. */
export function begin({
  uri,
  password = 'the-right-one',
  deadline = 3_600_000,
  abort = new AbortController(),
  duringPause,
}: Options) {
  const clock = new AttemptClock(abort.signal, duringPause);
  const lines: string[] = [];
  const log = (line: string): void => {
    lines.push(line);
  };
  const { signal } = abort;
  const run = (): Promise<void> =>
    verify({ uri, username: 'neo4j', password: secretOf(password), clock, deadline, signal, log });
  return { clock, lines, run };
}

/** The message of a failed verification, which must be a {@link VerifyError}. */
export async function failureOf(run: () => Promise<void>): Promise<string> {
  const error: unknown = await run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(VerifyError);
  return error instanceof VerifyError ? error.message : '';
}

/** A local port on which no process listens. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
