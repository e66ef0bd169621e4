import { RequestError, isReading } from './request-error.ts';
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

/** The same transport, which counts what it sends. */
export function counted(transport: Transport): Counted {
  let sent: Sent = { all: 0, tokens: 0, mayHaveChanged: false };
  const note = (news: Partial<Sent>): void => {
    sent = { ...sent, ...news };
  };
  return {
    sent: () => sent,
    transport: {
      ...transport,
      send: async (request, signal) => {
        const isToken = request.policy === 'token';
        const changes = !isToken && !isReading(request.policy);
        let isSent = false;
        const sending = (): void => {
          request.sending?.();
          isSent = true;
          note({ all: sent.all + 1, tokens: sent.tokens + (isToken ? 1 : 0) });
        };
        const mayHaveChanged = (): void => {
          if (changes && isSent) note({ mayHaveChanged: true });
        };
        try {
          const answer = await transport.send({ ...request, sending }, signal);
          if (!isRefusal(answer.status)) mayHaveChanged();
          return answer;
        } catch (error) {
          if (!(error instanceof RequestError) || error.effect !== 'none') mayHaveChanged();
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
