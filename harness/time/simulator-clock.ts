import http from 'node:http';
import https from 'node:https';

/** What a simulator tells of its driven clock. */
export interface ClockReading {
  /** Simulated milliseconds since the epoch. */
  readonly now: number;
  /** Requests that are held back: they are answered later, or never. */
  readonly waiting: number;
}

/** The control path of one simulator. */
export interface SimulatorClockClient {
  read(): Promise<ClockReading>;
  advance(milliseconds: number): Promise<ClockReading>;
  close(): void;
}

/** Reads and moves the clock of the simulator at a URL. */
export function connectToClock(url: string): SimulatorClockClient {
  const target = new URL('/_simulator/clock', url);
  const secure = target.protocol === 'https:';
  // An idle connection is given up well before the server does: a request never meets its end.
  const options = { keepAlive: true, timeout: 2000 };
  const agent = secure
    ? new https.Agent({ ...options, rejectUnauthorized: false })
    : new http.Agent(options);
  const call = (body: string | undefined): Promise<ClockReading> =>
    new Promise((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const send = secure ? https.request : http.request;
      const request = send(target, { method, agent, headers }, (response) => {
        readReading(response).then(resolve, reject);
      });
      request.on('error', reject);
      request.end(body);
    });
  return {
    read: () => call(undefined),
    advance: (milliseconds) => call(JSON.stringify({ advance: milliseconds })),
    close: () => {
      agent.destroy();
    },
  };
}

async function readReading(response: http.IncomingMessage): Promise<ClockReading> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  if (response.statusCode !== 200) {
    throw new Error(`The simulator's clock answered ${response.statusCode ?? '?'}: ${text}`);
  }
  return JSON.parse(text) as ClockReading;
}
