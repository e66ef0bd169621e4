import { RequestError } from './request-error.ts';
import type { Transport } from './transport.ts';

/** The requests that a step has sent. */
export interface Sent {
  readonly all: number;
  /** How many of them asked for an access token. */
  readonly tokens: number;
  /** Whether one of them may have changed something. */
  readonly mayHaveChanged: boolean;
}

/** Counts the requests of a transport. */
export interface Counted {
  readonly transport: Transport;
  readonly sent: () => Sent;
}

/** The same transport, which counts. */
export function counted(transport: Transport): Counted {
  let sent: Sent = { all: 0, tokens: 0, mayHaveChanged: false };
  const note = (news: Partial<Sent>): void => {
    sent = { ...sent, ...news };
  };
  return {
    sent: () => sent,
    transport: {
      service: transport.service,
      send: async (request, signal) => {
        // The transport does not send it.
        if (request.limitMilliseconds <= 0) return transport.send(request, signal);
        const isToken = request.policy === 'token';
        const changes = !isToken && request.policy !== 'read';
        note({ all: sent.all + 1, tokens: sent.tokens + (isToken ? 1 : 0) });
        try {
          const answer = await transport.send(request, signal);
          if (changes && !isRefusal(answer.status)) note({ mayHaveChanged: true });
          return answer;
        } catch (error) {
          const without = error instanceof RequestError && error.effect === 'none';
          if (changes && !without) note({ mayHaveChanged: true });
          throw error;
        }
      },
    },
  };
}

/** The service has certainly not done what was asked. After a timeout of its own it may have. */
function isRefusal(status: number): boolean {
  return status >= 300 && status < 500 && status !== 408;
}
