import { request } from 'node:http';
import * as v from 'valibot';
import { readJson } from '../core/json.ts';
import type { Clock } from '../core/time/clock.ts';
import { withTimeLimit } from '../core/time/time-limit.ts';

const largestAnswerBytes = 5 * 1024 * 1024;

/** A running simulator. */
export interface Simulator {
  readonly url: URL;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Limit for each request. */
  readonly milliseconds: number;
}

const accountSchema = v.object({
  clientId: v.string(),
  tenants: v.array(v.object({ id: v.string(), name: v.string() })),
  instances: v.array(v.object({ id: v.string(), name: v.string(), status: v.string() })),
});

/** The account that a simulator simulates. */
export type Account = v.InferOutput<typeof accountSchema>;

/** Asks a simulator what exists in it. @throws Error if it does not answer as a simulator would. */
export async function readAccount(simulator: Simulator): Promise<Account> {
  const { status, text } = await ask(simulator, 'GET', 'account');
  const account = readJson(accountSchema, text);
  if (status === 200 && account !== undefined) return account;
  throw new Error(`the answer (status ${status}) is not that of a simulator`);
}

/** Stops a simulator. @throws Error if it does not agree. */
export async function stop(simulator: Simulator): Promise<void> {
  const { status } = await ask(simulator, 'POST', 'stop');
  if (status !== 202) throw new Error(`it answered with status ${status}`);
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * Sends a request to the control path. Not through the transport of other services: that one
 * considers the proxy of the job, and a step of a few milliseconds would have to load it.
 */
function ask({ url, ...limit }: Simulator, method: string, control: string): Promise<Answer> {
  return withTimeLimit(
    (stopped) =>
      new Promise((resolve, reject) => {
        // An agent of its own has no proxy, whatever the environment says.
        const options = { method, agent: false, signal: stopped };
        const sent = request(new URL(`/_simulator/${control}`, url), options, (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (piece: string) => {
            text += piece;
            if (text.length > largestAnswerBytes) response.destroy(new Error('too long an answer'));
          });
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, text });
          });
          response.on('error', reject);
        });
        sent.on('error', reject);
        sent.end();
      }),
    limit,
  );
}
