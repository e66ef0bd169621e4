import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { toMap } from '../../../harness/bolt/packstream.ts';
import { startBoltServer, type BoltFailure, type Behavior } from '../../../harness/bolt/server.ts';
import { createCertificate } from '../../../harness/network/certificate.ts';
import { begin, closedPort, failureOf } from './verification.ts';

const wrong = 'a-wrong-one';
const unavailable: BoltFailure = {
  code: 'Neo.TransientError.General.DatabaseUnavailable',
  message: 'The database is not available.\nIt starts.',
};

/** Neo4j's own message, which mentions wrong credentials. */
const tooManyLogins: BoltFailure = {
  code: 'Neo.ClientError.Security.AuthenticationRateLimit',
  message: 'The client has provided incorrect authentication details too many times in a row.',
  to: 'LOGON',
};
const expired: BoltFailure = {
  code: 'Neo.ClientError.Security.AuthorizationExpired',
  message: 'The stored authorization info has expired. Please reconnect.',
  to: 'RUN',
};

describe('while NODE_TLS_REJECT_UNAUTHORIZED is 0', () => {
  beforeEach(() => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  });

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each(['neo4j+s://1a2b3c4d.databases.neo4j.io', 'bolt+s://0.0.0.0:1', 'not a uri'])(
    'the password is not sent to another machine: %s',
    async (uri) => {
      const { clock, run } = begin({ uri });
      expect(await failureOf(run)).toMatch(
        /^environment variable 'NODE_TLS_REJECT_UNAUTHORIZED' is '0', so another server could pretend to be it and get the password\./,
      );
      expect([clock.pauses, clock.limits]).toEqual([[], 0]);
    },
  );

  it('the password is sent to this machine', async () => {
    await using server = await startBoltServer();
    await begin({ uri: server.uri('bolt') }).run();
    expect(server.messages.map(({ name }) => name)).toContain('LOGON');
  });
});

describe('a database that answers', () => {
  it.each(['bolt', 'neo4j'])('is verified at the first attempt over %s', async (scheme) => {
    await using server = await startBoltServer();
    const { clock, lines, run } = begin({ uri: server.uri(scheme) });
    await run();
    expect(server.messages.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['HELLO', 'LOGON', 'RUN', 'PULL']),
    );
    expect([lines, clock.pauses, clock.limits]).toEqual([[], [], 0]);
  });

  it('receives the user agent, but no database name', async () => {
    await using server = await startBoltServer();
    await begin({ uri: server.uri('neo4j') }).run();
    const fieldsOf = (wanted: string) =>
      server.messages.find(({ name }) => name === wanted)?.fields ?? [];
    expect(toMap(fieldsOf('HELLO')[0])['user_agent']).toMatch(/^aura-action\/\d/);
    expect(fieldsOf('RUN')[0]).toBe('RETURN 1');
    expect(toMap(fieldsOf('RUN')[2])).not.toHaveProperty('db', 'neo4j');
    expect(toMap(fieldsOf('ROUTE')[2])).not.toHaveProperty('db');
  });

  it.each(['bolt', 'neo4j'])(
    'is reached after several failures, with longer pauses each time, over %s',
    async (scheme) => {
      const behavior: readonly Behavior[] = ['drop', unavailable, 'drop'];
      await using server = await startBoltServer({ behavior });
      const { clock, lines, run } = begin({ uri: server.uri(scheme) });
      await run();
      expect(clock.pauses.slice(0, 3)).toEqual([1_000, 2_000, 4_000].slice(0, clock.pauses.length));
      expect(clock.pauses.length).toBeGreaterThan(0);
      // Only pauses of more than 5 seconds are worth a line.
      expect(lines).toHaveLength(clock.pauses.filter((pause) => pause > 5_000).length);
    },
  );

  it('is reached over TLS, also after a failure', async () => {
    const certificate = await createCertificate('127.0.0.1');
    certificate.remove();
    // The scheme that accepts any certificate; otherwise it is the same as Aura's.
    for (const behavior of [[], ['drop']] as const) {
      await using server = await startBoltServer({ tls: certificate, behavior });
      const { clock, run } = begin({ uri: server.uri('bolt+ssc') });
      await run();
      expect(clock.pauses).toEqual(behavior.length === 0 ? [] : [1_000]);
    }
  });
});

describe('a database that does not answer', () => {
  test.each(['bolt', 'neo4j', 'neo4j+s'])(
    'a closed port is tried for two minutes, with growing pauses, over %s',
    async (scheme) => {
      const { clock, lines, run } = begin({
        uri: `${scheme}://127.0.0.1:${await closedPort()}`,
      });
      const message = await failureOf(run);
      expect(message).toMatch(/\bECONNREFUSED\b.* \(1m 55s\)\. The database takes longer than/);
      expect(message).toMatch(/an IP filter or a private endpoint keeps this runner out\.$/);
      expect(clock.pauses).toEqual([1, 2, 4, 8, ...Array<number>(10).fill(10)].map((s) => s * 1e3));
      expect(lines).toHaveLength(11);
      expect(lines[0]).toMatch(/^The database is not reachable yet: .+; retrying in 8s\.$/);
      expect(`${message}${lines.join('')}`).not.toMatch(/RoutingTable|\n/);
      expect(message.length).toBeLessThan(300);
    },
  );

  test('an unknown host name is reported as such', async () => {
    // Labels of host names cannot be this long, so no name server is asked.
    const uri = `neo4j+s://${'x'.repeat(64)}.invalid`;
    const message = await failureOf(begin({ uri, deadline: 0 }).run);
    expect(message).toMatch(/\(0s\)\. The address is not known yet, or not to this runner/);
  });

  test('without an answer, an attempt takes 15 seconds, and all attempts two minutes', async () => {
    const hole = { pass: (): void => undefined };
    const onConnection = (): void => {
      hole.pass();
    };
    const behavior = Array<Behavior>(20).fill('silence');
    await using server = await startBoltServer({ behavior, onConnection });
    const { clock, run } = begin({ uri: server.uri('bolt') });
    hole.pass = () => {
      clock.passLimit();
    };
    const message = await failureOf(run);
    expect(message).toMatch(/within 15s.*\. The database takes longer than usual/);
    expect(server.connections()).toBeGreaterThan(4);
    expect(clock.now()).toBeGreaterThan(60_000);
    expect(clock.now()).toBeLessThanOrEqual(120_000);
    expect(clock.limits).toBe(0);
  });

  test.each(['bolt', 'neo4j'])('a wrong password fails immediately over %s', async (scheme) => {
    await using server = await startBoltServer();
    const { clock, lines, run } = begin({ uri: server.uri(scheme), password: wrong });
    const message = await failureOf(run);
    expect(message).toBe(
      'The client is unauthorized due to authentication failure (0s). The user name or the password is wrong.',
    );
    expect([server.connections(), clock.pauses, lines]).toEqual([1, [], []]);
  });

  test('a wrong password fails immediately after failures of another kind', async () => {
    await using server = await startBoltServer({ behavior: ['drop', 'drop'] });
    const { clock, run } = begin({ uri: server.uri('bolt'), password: wrong });
    expect(await failureOf(run)).toMatch(/\(3s\)\. The user name or the password is wrong\.$/);
    expect(clock.pauses).toEqual([1_000, 2_000]);
  });

  test.each(['bolt', 'neo4j'])(
    'one that rejects all logins for a while is asked again over %s',
    async (scheme) => {
      await using server = await startBoltServer({ behavior: [tooManyLogins, tooManyLogins] });
      const { clock, lines, run } = begin({ uri: server.uri(scheme) });
      await run();
      expect(clock.pauses).toEqual([1_000, 2_000]);
      expect(lines.join('\n')).not.toMatch(/incorrect|wrong/);
    },
  );

  test('one that rejects all logins for two minutes did not check the password', async () => {
    await using server = await startBoltServer({ behavior: Array(20).fill(tooManyLogins) });
    const { run } = begin({ uri: server.uri('bolt') });
    expect(await failureOf(run)).toBe(
      'The database rejects all logins of this user for a while, after too many failed ones (1m 55s). It did not check this password. Run the step again in a few minutes, and find out what logs in with a wrong password.',
    );
  });

  test('a wrong password fails as soon as the database checks it again', async () => {
    await using server = await startBoltServer({ behavior: [tooManyLogins] });
    const { clock, run } = begin({ uri: server.uri('bolt'), password: wrong });
    expect(await failureOf(run)).toMatch(/\(1s\)\. The user name or the password is wrong\.$/);
    expect(clock.pauses).toEqual([1_000]);
  });

  test('one that asks for another login receives it', async () => {
    await using server = await startBoltServer({ behavior: [expired] });
    const { clock, run } = begin({ uri: server.uri('bolt') });
    await run();
    expect(clock.pauses).toEqual([1_000]);
  });

  test.each([
    [
      'CredentialsExpired',
      'The password is right, but must be changed before it can be used',
      false,
    ],
    ['Forbidden', 'The login is right, but this user may not run a query', false],
    ['TokenExpired', 'The database refuses this login', true],
  ])('%s fails immediately, and says whether the login was refused', async (name, why, refused) => {
    const code = `Neo.ClientError.Security.${name}`;
    await using server = await startBoltServer({ behavior: [{ code, message: 'No' }] });
    const { clock, run } = begin({ uri: server.uri('bolt') });
    const error = await run().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ message: `No (0s). ${why}.`, refusesLogin: refused });
    expect(clock.pauses).toEqual([]);
  });

  test('a database that is never available is reported as slow, in one line', async () => {
    const behavior = Array<Behavior>(20).fill(unavailable);
    await using server = await startBoltServer({ behavior });
    const message = await failureOf(begin({ uri: server.uri('bolt') }).run);
    expect(message).toMatch(/^The database is not available \(1m 55s\)\. The database takes/);
  });

  test.each(['not a URI', 'neo4j+s://', 'http://127.0.0.1', ''])(
    'an invalid address is a failure like others: %j',
    async (uri) => {
      await failureOf(begin({ uri }).run);
    },
  );
});

describe('a TLS mismatch', () => {
  test.each(['bolt+s', 'neo4j+s', 'bolt+ssc'])(
    'is reported for a port without TLS: %s',
    async (scheme) => {
      await using server = await startBoltServer();
      const message = await failureOf(begin({ uri: server.uri(scheme), deadline: 0 }).run);
      expect(message).toMatch(/ The encrypted connection failed: a proxy in between, or no TLS at/);
    },
  );

  test.each(['bolt+s', 'neo4j+s'])(
    'is reported for a self-signed certificate: %s',
    async (scheme) => {
      const certificate = await createCertificate('127.0.0.1');
      certificate.remove();
      await using server = await startBoltServer({ tls: certificate });
      const message = await failureOf(begin({ uri: server.uri(scheme), deadline: 0 }).run);
      expect(message).toMatch(/DEPTH_ZERO_SELF_SIGNED_CERT/);
      // The driver's own advice does not apply to a database in the cloud.
      expect(message).not.toMatch(/ENCRYPTION_OFF/);
      expect(message).toMatch(/ The encrypted connection failed: a proxy in between, or no TLS at/);
      expect(server.messages).toEqual([]);
    },
  );

  test('is also a failure without TLS at a port with TLS', async () => {
    const certificate = await createCertificate('127.0.0.1');
    certificate.remove();
    await using server = await startBoltServer({ tls: certificate });
    await failureOf(begin({ uri: server.uri('bolt'), deadline: 0 }).run);
    expect(server.messages).toEqual([]);
  });
});
