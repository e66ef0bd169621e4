import { RequestError } from '../../core/http/request-error.ts';
import type { WireRequest } from '../../core/http/transport.ts';
import type { CreateBody, ReadList, UpdateBody } from './types.ts';

/** A request to Aura. */
export type Call = Pick<WireRequest, 'method' | 'path' | 'policy' | 'body' | 'sending'>;

/** How the parts of the client send their requests. */
export interface Send {
  /** Sends a request once. */
  readonly once: <T>(call: Call, read: (body: unknown) => T) => Promise<T>;
  /** Sends a request again after temporary errors, if its policy allows this. */
  readonly retried: <T>(call: Call, read: (body: unknown) => T) => Promise<T>;
  /** The readable entries of a list; each of the others becomes a line in the debug log. */
  readonly readable: <T>(call: Call, list: ReadList<T>) => readonly T[];
}

/**
 * A word instead of an error if the instance does not exist. A 404 counts only with one of Aura's
 * own reasons: a 404 from a gateway or a wrong address must not look like a deleted instance. 410
 * is known from client code.
 */
export async function unlessAbsent<T>(result: Promise<T>): Promise<T | 'missing' | 'gone'> {
  try {
    return await result;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const named = error.complaints.some((complaint) => complaint.reason !== undefined);
    if (error.status === 410) return 'gone';
    if (error.status === 404 && named) return 'missing';
    throw error;
  }
}

/** The path of an instance. */
export function instancePath(id: string): string {
  return `/v1/instances/${encodeURIComponent(id)}`;
}

/** A GET. */
export function reading(path: string, policy: 'read' | 'poll' = 'read'): Call {
  return { method: 'GET', path, policy };
}

/** The create of an instance. */
export function creation(body: CreateBody): Call {
  return {
    method: 'POST',
    path: '/v1/instances',
    // Only this response contains the password.
    policy: 'irreplaceable',
    body: JSON.stringify(body),
  };
}

/** A POST to an instance: an action such as `pause`. */
export function action(id: string, verb: string, body: object = {}): Call {
  const path = `${instancePath(id)}/${verb}`;
  return { method: 'POST', path, policy: 'once', body: JSON.stringify(body) };
}

/**
 * The update of an instance. It could be sent again, but while the first one is in progress Aura
 * refuses a second one, so the instance must be read in between.
 */
export function update(id: string, body: UpdateBody): Call {
  return { method: 'PATCH', path: instancePath(id), policy: 'once', body: JSON.stringify(body) };
}

/** The deletion of an instance. */
export function deletion(id: string): Call {
  return { method: 'DELETE', path: instancePath(id), policy: 'repeatable' };
}

/** For answers whose content does not matter. */
export const ignore = (): void => undefined;
