import { expect } from 'vitest';

import { drivenClock, type DrivenClock } from '../../../simulator/core/clock.ts';
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../../simulator/aura/simulator.ts';
import { createExchangeValidator } from '../../../harness/world/validate-exchange.ts';

/** What a client reads from an answer. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `data` of the body, empty if there is none. */
  readonly data: Record<string, unknown>;
  /** `data` of the body if it is a list. */
  readonly list: readonly Record<string, unknown>[];
  /** "reason" or "reason:field" of the first problem, or the text of a gateway error. */
  readonly reason: string | undefined;
  readonly message: string | undefined;
}

/** How a request differs from the usual one. */
export interface RequestOptions {
  readonly body?: unknown;
  /** Replaces headers; an empty value removes one. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The request violates the description on purpose. */
  readonly invalid?: boolean;
  readonly signal?: AbortSignal;
}

/** A simulator with a driven clock, and a client that has a token. */
export interface Session {
  readonly simulator: Simulator;
  readonly clock: DrivenClock;
  readonly send: (method: string, path: string, options?: RequestOptions) => Promise<Reply>;
  /** Sends a creation of a small instance; fields override its body, `undefined` removes one. */
  readonly create: (fields?: Record<string, unknown>, invalid?: boolean) => Promise<Reply>;
  /** A created instance that is running, and whose first snapshot is complete. */
  readonly running: (fields?: Record<string, unknown>) => Promise<string>;
}

const INVALID = 'x-invalid-on-purpose';
const validate = await createExchangeValidator();
const sessions: Session[] = [];

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function records(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parseBody(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

export async function toReply(response: Response): Promise<Reply> {
  const text = await response.text();
  const body = parseBody(text);
  const [problem] = records(body['errors']);
  const field = textOf(problem?.['field']);
  const reason = textOf(problem?.['reason']);
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: isRecord(body['data']) ? body['data'] : {},
    list: records(body['data']),
    reason: field === undefined ? (reason ?? textOf(body['error'])) : `${reason ?? ''}:${field}`,
    message: textOf(problem?.['message']),
  };
}

export async function requestToken(
  simulator: Simulator,
  options: {
    secret?: string;
    body?: string;
    headers?: Record<string, string>;
    invalid?: boolean;
  } = {},
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const basic = `${simulator.clientId}:${options.secret ?? simulator.clientSecret}`;
  const response = await fetch(`${simulator.url}/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(basic).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      ...options.headers,
      ...(options.invalid === true && { [INVALID]: '1' }),
    },
    body: options.body ?? 'grant_type=client_credentials',
  });
  return {
    status: response.status,
    body: parseBody(await response.text()),
    headers: response.headers,
  };
}

function client(simulator: Simulator, token: string): Session['send'] {
  return async (method, path, options = {}) => {
    const given = {
      authorization: `Bearer ${token}`,
      ...(method === 'POST' || method === 'PATCH' ? { 'content-type': 'application/json' } : {}),
      ...options.headers,
      ...(options.invalid === true && { [INVALID]: '1' }),
    };
    const { body, signal } = options;
    const headers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
    const response = await fetch(simulator.url + path, {
      method,
      headers,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    return toReply(response);
  };
}

/** Starts a simulator. `endSessions` closes it and checks its exchanges. */
export async function startSession(options: SimulatorOptions = {}): Promise<Session> {
  const clock = drivenClock();
  const simulator = await startSimulator({ clock, ...options });
  const { body } = await requestToken(simulator);
  const send = client(simulator, String(body['access_token']));
  const create: Session['create'] = (fields = {}, invalid = false) => {
    const usual = {
      name: 'ci',
      type: 'professional-db',
      memory: '2GB',
      version: '5',
      region: 'europe-west1',
      cloud_provider: 'gcp',
      tenant_id: simulator.tenantId,
    };
    return send('POST', '/v1/instances', { body: { ...usual, ...fields }, invalid });
  };
  const running = async (fields?: Record<string, unknown>): Promise<string> => {
    const { data } = await create(fields);
    clock.advance(300_000);
    return String(data['id']);
  };
  const session = { simulator, clock, send, create, running };
  sessions.push(session);
  return session;
}

/** Closes all simulators of a test. All their exchanges must match the description. */
export async function endSessions(): Promise<void> {
  const ended = sessions.splice(0);
  const problems: string[] = [];
  for (const { simulator } of ended) {
    await simulator.close();
    for (const exchange of simulator.exchanges) {
      const found = validate(exchange);
      if (!(INVALID in exchange.requestHeaders)) {
        problems.push(...found);
        continue;
      }
      const ofRequest = found.filter((problem) => problem.startsWith('request '));
      problems.push(...found.filter((problem) => !ofRequest.includes(problem)));
      if (ofRequest.length === 0) problems.push(`valid after all: ${exchange.requestBody}`);
    }
  }
  expect(problems).toEqual([]);
}
