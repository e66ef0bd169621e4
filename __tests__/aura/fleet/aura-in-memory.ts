import { Readable } from 'node:stream';
import { HttpClient } from '@actions/http-client';
import { dispatch } from '../../../simulator/aura/dispatch.ts';
import { DEFAULT_DURATIONS, type SimulatorOptions } from '../../../simulator/aura/options.ts';
import { findRoute } from '../../../simulator/aura/routes.ts';
import { type World, createWorld, livingInstances } from '../../../simulator/aura/world.ts';
import { answerOf } from '../../../simulator/core/answer.ts';
import { toBytes } from '../../../simulator/core/deliver.ts';

/** The shortest and the longest way of a request to Aura, in milliseconds; the answer takes as long. */
const ways = [30, 120] as const;

/** A simulated Aura that answers all requests of this process without a network. */
export interface AuraInMemory {
  readonly world: World;
  /** Path and status of each request so far. */
  readonly requests: readonly { readonly path: string; readonly status: number }[];
  readonly living: () => number;
  /** Gives the HTTP client its network back. */
  readonly restore: () => void;
}

/** Creating an instance takes between half a minute and ten minutes. */
export function auraInMemory(options: SimulatorOptions, random: () => number): AuraInMemory {
  const world: World = {
    ...createWorld(options),
    durations: {
      ...DEFAULT_DURATIONS,
      get create() {
        return 30_000 + Math.round(570_000 * random());
      },
    },
  };
  const requests: { path: string; status: number }[] = [];
  const way = (): Promise<void> =>
    world.clock.sleep(Math.round(ways[0] + (ways[1] - ways[0]) * random()));
  const { prototype } = HttpClient;
  const before = Object.getOwnPropertyDescriptor(prototype, 'request') ?? {};
  const request: HttpClient['request'] = async (method, url, body, headers) => {
    const { pathname: path, searchParams } = new URL(url);
    await way();
    const call = {
      method,
      path,
      query: Object.fromEntries(searchParams),
      headers: Object.fromEntries(
        Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      body: typeof body === 'string' ? body : '',
    };
    const match = findRoute(method, path);
    const answer = answerOf(() => dispatch(world, { call, match, fault: undefined }));
    const sent = toBytes(world, answer);
    requests.push({ path, status: sent.status });
    await way();
    const message = Object.assign(Readable.from([Buffer.from(sent.body)]), {
      statusCode: sent.status,
      headers: sent.headers,
    });
    return { message } as unknown as Awaited<ReturnType<HttpClient['request']>>;
  };
  Object.defineProperty(prototype, 'request', { ...before, value: request });
  return {
    world,
    requests,
    living: () => livingInstances(world).length,
    restore: () => {
      Object.defineProperty(prototype, 'request', before);
    },
  };
}
