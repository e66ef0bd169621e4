import { describe, expect, it } from 'vitest';
import type { AuraClient } from '../../../src/aura/api/client.ts';
import { maxAttempts } from '../../../src/core/http/retry.ts';
import { connect, createBody, createdData, instanceData } from './connected-client.ts';
import {
  type Reply,
  json,
  reset,
  startServer,
  text,
  truncated,
} from '../../../harness/network/scripted-server.ts';
import { auraErrorOf } from '../../core/thrown.ts';

const id = createdData.id;
const grant = json(200, { access_token: 'granted-1', expires_in: 3600 });

/** The answers of the token endpoint, one after the other; after them it grants tokens. */
function tokenScript(...script: Reply[]): Reply {
  let asked = 0;
  return (response, request) => {
    asked += 1;
    (script[asked - 1] ?? grant)(response, request);
  };
}

const sends: [string, (client: AuraClient) => Promise<unknown>, Reply][] = [
  ['read', (client) => client.getInstance(id), json(200, { data: instanceData })],
  ['create', (client) => client.createInstance(createBody), json(202, { data: createdData })],
  ['pause', (client) => client.pauseInstance(id), text(202, '')],
  ['resume', (client) => client.resumeInstance(id), text(202, '')],
  ['deletion', (client) => client.deleteInstance(id), text(202, '')],
];

describe.each(sends)('a %s without a token', (_, send, success) => {
  it.each<[string, Reply]>([
    ['429', text(429, '')],
    ['500', text(500, '')],
    ['503', text(503, '')],
    ['a reset', reset],
    ['an answer that breaks off', truncated('{"access_token":"granted')],
    ['an answer without a token', json(200, { token: 'none' })],
  ])('is sent when a token is issued, after %s', async (_name, trouble) => {
    const server = await startServer([success], tokenScript(trouble, trouble));
    const { client, clock, lines } = connect(server.url);
    await send(client);
    expect(server.tokenRequests).toHaveLength(3);
    expect(server.requests).toHaveLength(1);
    expect(clock.slept).toEqual([750, 1_500]);
    expect(lines).toEqual([]);
  });

  it('fails after the last token request and is never sent', async () => {
    const server = await startServer([success], text(503, ''));
    const error = await auraErrorOf(send(connect(server.url).client));
    expect(error).toMatchObject({ request: 'POST /oauth/token', status: 503, effect: 'none' });
    expect(server.tokenRequests).toHaveLength(maxAttempts);
    expect(server.requests).toEqual([]);
  });

  it.each([302, 400, 401, 403, 404])('fails immediately after %d', async (status) => {
    const server = await startServer([success], text(status, ''));
    const { client, clock } = connect(server.url);
    const error = await auraErrorOf(send(client));
    expect(error).toMatchObject({ request: 'POST /oauth/token', status, effect: 'none' });
    expect(server.tokenRequests).toHaveLength(1);
    expect(clock.slept).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  it('says that it would wait for more than a day, however long that is', async () => {
    const busy = text(429, '', { 'Retry-After': '9'.repeat(400) });
    const server = await startServer([success], busy);
    const error = await auraErrorOf(send(connect(server.url).client));
    expect(error.message).toBe('Aura answered 429 and asks to wait more than a day');
  });

  it('waits as long as the limit of token requests requires', async () => {
    const busy = text(429, '', { 'Retry-After': '60' });
    const server = await startServer([success], tokenScript(busy));
    const { client, clock } = connect(server.url);
    await send(client);
    expect(clock.slept).toEqual([60_500]);
  });

  it('fails immediately if that wait is longer than a minute', async () => {
    const server = await startServer([success], text(429, '', { 'Retry-After': '3061' }));
    const { client, clock } = connect(server.url);
    expect(await auraErrorOf(send(client))).toMatchObject({
      status: 429,
      message: 'Aura answered 429 and asks to wait 52 minutes',
    });
    expect(server.tokenRequests).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  it('is sent again if its token was refused and the first renewal failed', async () => {
    const byToken: Reply = (response, request) => {
      const renewed = request.headers.authorization === 'Bearer granted-2';
      (renewed ? success : text(401, ''))(response, request);
    };
    const server = await startServer(
      [byToken, byToken, byToken],
      tokenScript(grant, text(503, ''), json(200, { access_token: 'granted-2' })),
    );
    await send(connect(server.url).client);
    expect(server.tokenRequests).toHaveLength(3);
    expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer granted-2');
  });
});

describe('a token with a very short lifetime', () => {
  it.each([1, '1', undefined, -1])(
    'is used for all requests that Aura accepts: %j',
    async (life) => {
      const success = json(200, { data: instanceData });
      const grantOf = json(200, { access_token: 'granted-1', expires_in: life });
      const server = await startServer([success, success, success], grantOf);
      const { client, clock } = connect(server.url);
      for (let count = 0; count < 3; count += 1) {
        await client.getInstance(id);
        clock.pass(10 * 60_000);
      }
      expect(server.tokenRequests).toHaveLength(1);
    },
  );

  it('causes an error that says so when the third is refused', async () => {
    let served = 0;
    const everySecond: Reply = (response, request) => {
      served += 1;
      const accepted = served % 2 === 1;
      (accepted ? json(200, { data: instanceData }) : text(401, ''))(response, request);
    };
    let given = 0;
    const grantAnother: Reply = (response, request) => {
      given += 1;
      json(200, { access_token: `granted-${given}`, expires_in: 1 })(response, request);
    };
    const server = await startServer(Array<Reply>(20).fill(everySecond), grantAnother);
    const { client } = connect(server.url);
    const read = (): Promise<unknown> => client.getInstance(id);
    await read();
    await read();
    await read();
    const error = await auraErrorOf(read());
    expect(error).toMatchObject({ status: 401, effect: 'none', transient: false });
    expect(error.message).toBe(
      'Aura answered 401 to the last of 3 access tokens; a step requests no more',
    );
    expect(server.tokenRequests).toHaveLength(3);
    await auraErrorOf(read().then(read));
    expect(server.tokenRequests).toHaveLength(3);
  });
});
