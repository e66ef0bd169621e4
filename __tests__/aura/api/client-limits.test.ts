import { describe, expect, it } from 'vitest';
import type { AuraClient } from '../../../src/aura/api/client.ts';
import { connect, createBody, createdData } from './connected-client.ts';
import { hang, json, startServer, text } from '../../../harness/network/scripted-server.ts';
import { auraErrorOf, thrownBy } from '../../core/thrown.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

const id = createdData.id;
const reason = new Error('the job was cancelled');
const begin = 1_000_000;
const created = json(202, { data: createdData });
const kept = { accessToken: secretOf('kept-token'), expiresAt: Infinity };

const short: [string, (client: AuraClient) => Promise<unknown>][] = [
  ['read', (client) => client.getInstance(id, 'poll')],
  ['list', (client) => client.listInstances()],
  ['pause', (client) => client.pauseInstance(id)],
  ['resume', (client) => client.resumeInstance(id)],
  ['deletion', (client) => client.deleteInstance(id)],
];

describe.each(short)('a %s', (_, send) => {
  it.each([
    [3_600_000, 30],
    [12_000, 12],
    [1_000, 1],
    [0, 1],
  ])('stops, %d ms before the deadline, after %d s', async (left, seconds) => {
    const server = await startServer([hang]);
    const { client, clock, held } = connect(server.url, { deadline: begin + left }, kept);
    let ended = false;
    const error = auraErrorOf(send(client)).finally(() => {
      ended = true;
    });
    await server.arrival(1);
    // Another attempt would start after the deadline.
    clock.pass(Math.max(0, left));
    held.advance(seconds * 1_000 - 1);
    await new Promise(setImmediate);
    expect(ended).toBe(false);
    held.advance(1);
    expect((await error).message).toBe(`Aura did not answer within ${seconds}s`);
    expect(server.requests).toHaveLength(1);
  });

  it('is not sent when the deadline is over', async () => {
    const server = await startServer([hang]);
    const { client } = connect(server.url, { deadline: begin - 1_500 }, kept);
    const error = await auraErrorOf(send(client));
    expect(error.message).toBe('no time was left to ask Aura');
    expect(server.requests).toEqual([]);
  });

  it('ends immediately when the step is cancelled', async () => {
    const controller = new AbortController();
    const server = await startServer([hang]);
    const grace = new AbortController().signal;
    const patience = { signal: controller.signal, graceSignal: grace };
    const error = thrownBy(send(connect(server.url, patience).client));
    await server.arrival(1);
    controller.abort(reason);
    expect(await error).toBe(reason);
  });
});

describe('a create', () => {
  it.each([3_600_000, 12_000, 0])(
    'stops after 90 s, also %d ms before the deadline: Aura answers only once',
    async (left) => {
      const server = await startServer([hang]);
      const { client, held } = connect(server.url, { deadline: begin + left }, kept);
      let ended = false;
      const error = auraErrorOf(client.createInstance(createBody)).finally(() => {
        ended = true;
      });
      await server.arrival(1);
      held.advance(89_999);
      await new Promise(setImmediate);
      expect(ended).toBe(false);
      held.advance(1);
      expect(await error).toMatchObject({
        message: 'Aura did not answer within 90s',
        effect: 'unknown',
      });
    },
  );

  it('that is in progress when the step is cancelled still gets its answer', async () => {
    const controller = new AbortController();
    const arrived = Promise.withResolvers<() => void>();
    const server = await startServer([
      (response, request) => {
        arrived.resolve(() => {
          created(response, request);
        });
      },
    ]);
    const grace = new AbortController().signal;
    const patience = { signal: controller.signal, graceSignal: grace };
    const result = connect(server.url, patience).client.createInstance(createBody);
    const answer = await arrived.promise;
    controller.abort(reason);
    await new Promise(setImmediate);
    answer();
    expect(await result).toMatchObject({ id, password: createdData.password });
  });

  it('that is in progress ends with the reason when the grace period is over', async () => {
    const [controller, grace] = [new AbortController(), new AbortController()];
    const server = await startServer([hang]);
    const patience = { signal: controller.signal, graceSignal: grace.signal };
    const error = thrownBy(connect(server.url, patience).client.createInstance(createBody));
    await server.arrival(1);
    controller.abort(reason);
    grace.abort(reason);
    expect(await error).toBe(reason);
  });

  it('is not sent if the step was cancelled before, even during the grace period', async () => {
    const server = await startServer([created]);
    const patience = {
      signal: AbortSignal.abort(reason),
      graceSignal: new AbortController().signal,
    };
    const { client } = connect(server.url, patience, kept);
    expect(await thrownBy(client.createInstance(createBody))).toBe(reason);
    expect(server.requests).toEqual([]);
  });

  it('is not sent again if the step is cancelled while its token is renewed', async () => {
    const controller = new AbortController();
    const server = await startServer([text(401, ''), created], (response, request) => {
      controller.abort(reason);
      json(200, { access_token: 'granted-1', expires_in: 3600 })(response, request);
    });
    const patience = {
      signal: controller.signal,
      graceSignal: new AbortController().signal,
    };
    const { client } = connect(server.url, patience, kept);
    expect(await thrownBy(client.createInstance(createBody))).toBe(reason);
    expect(server.requests).toHaveLength(1);
  });

  it('is not sent again after 429 if the step is cancelled in the meantime', async () => {
    const controller = new AbortController();
    const server = await startServer([
      (response, request) => {
        controller.abort(reason);
        text(429, '')(response, request);
      },
      created,
    ]);
    const patience = {
      signal: controller.signal,
      graceSignal: new AbortController().signal,
    };
    const { client } = connect(server.url, patience, kept);
    expect(await thrownBy(client.createInstance(createBody))).toBe(reason);
    expect(server.requests).toHaveLength(1);
  });
});
