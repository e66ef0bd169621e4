import { setTimeout as sleepReally } from 'node:timers/promises';

import { expect, onTestFinished } from 'vitest';

import { Refusal } from '../../../simulator/core/answer.ts';
import { param, parseBody, type Handler } from '../../../simulator/core/calls.ts';
import { drivenClock, type DrivenClock } from '../../../simulator/core/clock.ts';
import { commonState, ok, type Controls } from '../../../simulator/core/control.ts';
import type { HarnessOptions } from '../../../simulator/core/options.ts';
import type { Dispatch } from '../../../simulator/core/respond.ts';
import { retryAfter } from '../../../simulator/core/retry-after.ts';
import { router } from '../../../simulator/core/routes.ts';
import { serveApi, type ServedApi } from '../../../simulator/core/serve.ts';
import { createHarnessWorld, type HarnessWorld } from '../../../simulator/core/world.ts';

/** The world of an invented API that stores notes. */
interface NotesWorld extends HarnessWorld {
  readonly notes: string[];
}

/** What a client reads from an answer. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text as JSON; empty if it is not an object. */
  readonly body: Record<string, unknown>;
}

/** A running API of notes with a driven clock, and its client. */
export interface NotesSession {
  readonly api: ServedApi;
  readonly clock: DrivenClock;
  /** The notes stored so far. */
  readonly notes: readonly string[];
  /** Sends a request such as "GET /notes". */
  readonly send: (
    address: string,
    options?: { readonly body?: unknown; readonly signal?: AbortSignal },
  ) => Promise<Reply>;
}

const listNotes: Handler<NotesWorld> = (world) => ok({ notes: world.notes });

const addNote: Handler<NotesWorld> = (world, call) => {
  const { text } = parseBody(call);
  if (typeof text !== 'string') throw new Refusal({ status: 422, body: { wrong: 'text' } });
  if (call.fault?.kind !== 'forgotten') world.notes.push(text);
  return { status: 201, body: { text } };
};

const getNote: Handler<NotesWorld> = (world, call) => {
  const text = world.notes[Number(param(call, 'index'))];
  if (text === undefined) throw new Refusal({ status: 404, body: { wrong: 'index' } });
  return ok({ text });
};

const findRoute = router<NotesWorld>([
  { method: 'GET', path: '/notes', operation: 'listNotes', handle: listNotes },
  { method: 'POST', path: '/notes', operation: 'addNote', handle: addNote },
  { method: 'GET', path: '/notes/{index}', operation: 'getNote', handle: getNote },
]);

function dispatch(world: NotesWorld, { call, match, fault }: Dispatch<NotesWorld>) {
  const wait = world.requestWindow.take('all', world.clock.now(), world.limits.requestsPerMinute);
  if (wait !== undefined) throw new Refusal({ status: 429, headers: retryAfter(world, wait) });
  if (!match) throw new Refusal({ status: 404, body: 'Unknown path.' });
  return match.route.handle(world, { ...call, params: match.params, fault });
}

const controls: Controls<NotesWorld> = {
  'GET state': (world) => ok({ notes: world.notes, ...commonState(world) }),
  'DELETE notes/{id}': (world, call) => {
    const index = Number(param(call, 'id'));
    if (!(index in world.notes)) throw new Error(`Note ${index} does not exist.`);
    world.notes.splice(index, 1);
    return { status: 204 };
  },
};

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

function client(url: string): NotesSession['send'] {
  return async (address, { body, signal } = {}) => {
    const [method = '', path = ''] = address.split(' ');
    const response = await fetch(url + path, {
      method,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) };
  };
}

/** Serves the API of notes without a session; the caller closes it. */
export function serveNotes(options: HarnessOptions): Promise<ServedApi> {
  return serveWorld(createWorld(options));
}

function createWorld(options: HarnessOptions): NotesWorld {
  const own = new Map([['forgotten', { operation: 'addNote' }]]);
  return { ...createHarnessWorld(options, own), notes: [] };
}

function serveWorld(world: NotesWorld): Promise<ServedApi> {
  return serveApi({ findRoute, dispatch, controls }, world);
}

/** Starts the API of notes for one test. */
export async function startNotes(options: HarnessOptions = {}): Promise<NotesSession> {
  const clock = drivenClock();
  const world = createWorld({ clock, ...options });
  const api = await serveWorld(world);
  onTestFinished(() => api.close());
  return { api, clock, notes: world.notes, send: client(api.url) };
}

/** Waits in real time, but only for the other end of a local connection. */
export async function untilHeld({ api }: NotesSession, count: number): Promise<void> {
  for (let tries = 0; tries < 500 && api.held() !== count; tries += 1) await sleepReally(2);
  expect(api.held()).toBe(count);
}
