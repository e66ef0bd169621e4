import type { Clock } from '../time/clock.ts';
import { TimeOverError } from './request-error.ts';
import { type Transport, nameOf } from './transport.ts';

interface Writer {
  readonly clock: Clock;
  readonly debug: (line: string) => void;
}

/**
 * The same transport, which writes a debug line about each request that it sends: never a query, a
 * header or a body, which could contain a secret.
 */
export function logged({ service, send }: Transport, { clock, debug }: Writer): Transport {
  return {
    service,
    send: async (request, signal) => {
      const begin = clock.now();
      const say = (outcome: string, requestId?: string): void => {
        const took = { milliseconds: clock.now() - begin, requestId };
        debug(`${service.name}: ${describeRequest(nameOf(request), outcome, took)}`);
      };
      try {
        const answer = await send(request, signal);
        say(String(answer.status), answer.requestId);
        return answer;
      } catch (error) {
        if (!(error instanceof TimeOverError)) say('no answer');
        throw error;
      }
    },
  };
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
