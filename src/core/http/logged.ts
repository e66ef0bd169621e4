import type { Clock } from '../time/clock.ts';
import type { Answer } from './request-error.ts';
import { type Transport, nameOf } from './transport.ts';

interface Writer {
  readonly clock: Clock;
  readonly debug: (line: string) => void;
}

/**
 * The same transport, which writes a debug line about each request that it sends: never a query, a
 * header or a body, which could contain a secret.
 */
export function logged(transport: Transport, { clock, debug }: Writer): Transport {
  return {
    ...transport,
    send: async (request, signal) => {
      let begin: number | undefined;
      const sending = (): void => {
        request.sending?.();
        begin = clock.now();
      };
      const say = (outcome: string, requestId?: string): void => {
        if (begin === undefined) return;
        const took = { milliseconds: clock.now() - begin, requestId };
        debug(`${transport.service.name}: ${describeRequest(nameOf(request), outcome, took)}`);
      };
      try {
        const answer = await transport.send({ ...request, sending }, signal);
        say(String(answer.status), idOf(answer));
        return answer;
      } catch (error) {
        say('no answer');
        throw error;
      }
    },
  };
}

/** Shorter texts of a response are words that any id may contain. */
const shortestText = 4;

/**
 * The id of a response; undefined if it has a part of the body in it. A body can contain a secret,
 * and nobody knows about it before the body was read.
 */
function idOf({ requestId, body }: Answer): string | undefined {
  if (requestId === undefined) return undefined;
  const texts = [...body.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([quoted]) => textOf(quoted));
  const isPart = texts.some(
    (text) => text.length >= shortestText && (requestId.includes(text) || text.includes(requestId)),
  );
  return isPart ? undefined : requestId;
}

/** A text of JSON; as it is if it cannot be read. */
function textOf(quoted: string): string {
  try {
    const value: unknown = JSON.parse(quoted);
    return String(value);
  } catch {
    return quoted.slice(1, -1);
  }
}

/**
 * A request for the debug log: `GET /v1/tenants: 200 in 85 ms (request id 1a2b)`.
 *
 * @param name method and path.
 * @param outcome the status of the response, if there was one.
 */
export function describeRequest(
  name: string,
  outcome: string,
  {
    milliseconds,
    requestId,
  }: { readonly milliseconds: number; readonly requestId?: string | undefined },
): string {
  const id = requestId === undefined ? '' : ` (request id ${requestId})`;
  return `${name}: ${outcome} in ${milliseconds} ms${id}.`;
}
