import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../../src/aura/api/types.ts';
import { basic, connect, createBody, createdData, instanceData } from './connected-client.ts';
import {
  type Reply,
  json,
  refusal,
  startServer,
  text,
  truncated,
} from '../../../harness/network/scripted-server.ts';
import { auraErrorOf } from '../../core/thrown.ts';

const id = createdData.id;
const found = json(200, { data: instanceData });
const expired = json(401, { error: 'Key not authorized: token has expired' });
/** From the gateway, which checks the token. */
const forbidden = json(403, { error: 'Key not authorized' });
/** From Aura itself, which has accepted the token. */
const notPermitted = json(403, {
  errors: [{ message: 'Insufficient permissions', reason: 'unauthorized' }],
});

describe('a token that Aura refuses', () => {
  it.each<[string, Reply]>([
    ['401', expired],
    ['403', forbidden],
    ['401 without a body', text(401, '')],
  ])('with %s is renewed, and the request is sent again immediately', async (_, refused) => {
    const server = await startServer([refused, found]);
    const { client, clock, secrets } = connect(server.url);
    expect(await client.getInstance(id)).toMatchObject({ id });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer granted-1',
      'Bearer granted-2',
    ]);
    expect(secrets).toEqual([basic, 'granted-1', basic, 'granted-2']);
    expect(clock.slept).toEqual([]);
  });

  it('is also renewed for a create, because Aura has not acted on it', async () => {
    const server = await startServer([expired, json(202, { data: createdData })]);
    expect(await connect(server.url).client.createInstance(createBody)).toMatchObject({ id });
    expect(server.asked()).toEqual(['POST /v1/instances', 'POST /v1/instances']);
    expect(server.requests[1]?.body).toBe(server.requests[0]?.body);
  });

  it('is renewed once: a second 403 is final', async () => {
    const server = await startServer([forbidden, forbidden, found]);
    const error = await auraErrorOf(connect(server.url).client.getInstance(id));
    expect(error).toMatchObject({ status: 403, transient: false, effect: 'none' });
    expect(error.message).toBe("Aura answered 403 'Key not authorized'");
    expect(server.requests).toHaveLength(2);
    expect(server.tokenRequests).toHaveLength(2);
  });

  it('is not renewed if Aura says that its user has no permission', async () => {
    const server = await startServer([notPermitted, found]);
    const error = await auraErrorOf(connect(server.url).client.getInstance(id));
    expect(error).toMatchObject({ status: 403, transient: false, effect: 'none' });
    expect(error.message).toBe("Aura answered 403 'Insufficient permissions' (unauthorized)");
    expect(server.requests).toHaveLength(1);
    expect(server.tokenRequests).toHaveLength(1);
  });

  it('costs no further token if the next request is refused too', async () => {
    const server = await startServer([forbidden, forbidden, forbidden]);
    const { client } = connect(server.url);
    await auraErrorOf(client.getInstance(id));
    await auraErrorOf(client.pauseInstance(id));
    expect(server.tokenRequests).toHaveLength(2);
    expect(server.requests).toHaveLength(3);
  });

  it('is renewed each time it expires in a long wait', async () => {
    const server = await startServer([expired, found, expired, found]);
    const { client } = connect(server.url);
    await client.getInstance(id);
    await client.getInstance(id);
    expect(server.tokenRequests).toHaveLength(3);
  });

  it('is renewed once for parallel requests', async () => {
    const byToken: Reply = (response, request) => {
      (request.headers.authorization === 'Bearer granted-1' ? expired : found)(response, request);
    };
    const server = await startServer(Array.from({ length: 20 }, () => byToken));
    const { client } = connect(server.url);
    await Promise.all(Array.from({ length: 10 }, () => client.getInstance(id)));
    expect(server.tokenRequests).toHaveLength(2);
  });

  it('causes the error of the token endpoint if the credentials were deleted', async () => {
    const grantOnce: Reply = (response, request) => {
      const reply =
        server.tokenRequests.length === 1
          ? json(200, { access_token: 'granted-1', expires_in: 3600 })
          : text(401, '');
      reply(response, request);
    };
    const server = await startServer([expired], grantOnce);
    const error = await auraErrorOf(connect(server.url).client.getInstance(id));
    expect(error).toMatchObject({ request: 'POST /oauth/token', status: 401 });
  });
});

describe('a missing instance', () => {
  const absences: [string, 'missing' | 'gone', Reply][] = [
    ['404 db-not-found', 'missing', refusal(404, 'db-not-found', `DB not found: ${id}`)],
    ['404 with an unknown reason', 'missing', refusal(404, 'instance-not-found')],
    ['410 db-already-deleted', 'gone', refusal(410, 'db-already-deleted')],
    ['410 without a body', 'gone', text(410, '')],
  ];

  it.each(absences)('is reported by a read: %s means %s', async (_, absence, reply) => {
    const server = await startServer([reply, reply]);
    const { client } = connect(server.url);
    expect(await client.getInstance(id)).toBe(absence);
    expect(await client.getInstance(id, 'poll')).toBe(absence);
  });

  it.each(absences)('is reported by a delete: %s means %s', async (_, absence, reply) => {
    const server = await startServer([reply]);
    expect(await connect(server.url).client.deleteInstance(id)).toBe(absence);
  });

  it.each<[string, Reply]>([
    ['in HTML', text(404, '<html>Not here</html>')],
    ['without a body', text(404, '')],
    ['of the gateway', json(404, { error: 'Requested endpoint is forbidden' })],
    ['without a reason', json(404, { errors: [{ message: 'DB not found' }] })],
    ['with no errors', json(404, { errors: [] })],
  ])(
    'is not reported for a 404 %s: a wrong address must not count as a deletion',
    async (_, wrong) => {
      const server = await startServer([wrong, wrong]);
      const { client } = connect(server.url);
      expect(await auraErrorOf(client.getInstance(id))).toMatchObject({ status: 404 });
      expect(await auraErrorOf(client.deleteInstance(id))).toMatchObject({ status: 404 });
    },
  );

  it('is an error for all other requests', async () => {
    const gone = refusal(404, 'db-not-found', `DB not found: ${id}`);
    const server = await startServer([gone, gone]);
    const { client } = connect(server.url);
    const error = await auraErrorOf(client.pauseInstance(id));
    expect(error.message).toBe(`Aura answered 404 'DB not found: ${id}' (db-not-found)`);
    expect(await auraErrorOf(client.resumeInstance(id))).toMatchObject({ status: 404 });
  });
});

describe('an unreadable answer to a create', () => {
  const secret = createdData.password;
  const whole = JSON.stringify({ data: createdData });

  it.each<[string, Reply]>([
    ['is cut in its text', text(202, whole.slice(0, -3))],
    ['is followed by something', text(202, `${whole}${secret}`)],
    ['is only the password', text(202, secret)],
    [
      'has a password that is not a string',
      json(202, { data: { ...createdData, password: [secret] } }),
    ],
    ['has no id', json(202, { data: { ...createdData, id: '' } })],
    ['has a list', json(202, { data: [createdData] })],
    ['has it elsewhere', json(202, createdData)],
    ['breaks off', truncated(whole)],
    ['is an error together with the password', json(500, { data: createdData })],
  ])(
    'does not reveal the password if it %s, and the create is not repeated',
    async (_, garbled) => {
      const server = await startServer([garbled, json(202, { data: createdData })]);
      const { client, lines } = connect(server.url);
      const error = await auraErrorOf(client.createInstance(createBody));
      expect(error).toMatchObject({ request: 'POST /v1/instances', effect: 'unknown' });
      const shown = [inspect(error, { depth: 20, showHidden: true }), error.stack, ...lines].join();
      expect(shown).not.toContain(secret.slice(0, 8));
      expect(server.requests).toHaveLength(1);
    },
  );

  it('says what is missing', async () => {
    const server = await startServer([
      json(202, { data: { ...createdData, password: null } }, { 'X-Request-Id': 'request-1' }),
    ]);
    const error = await auraErrorOf(connect(server.url).client.createInstance(createBody));
    expect(error.message).toBe('the answer of Aura (202) could not be read');
    expect(error.cause).toEqual(new ShapeError("'password' is missing"));
    expect(error).toMatchObject({ status: 202, transient: true, requestId: 'request-1' });
  });
});
