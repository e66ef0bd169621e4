import neo4j from 'neo4j-driver';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startBoltServer, type Behavior } from '../../../harness/bolt/server.ts';
import { begin, closedPort, failureOf } from './verification.ts';

/** A server that accepts and never answers, and calls back when it has accepted. */
async function startHole() {
  const hole = { accepted: (): void => undefined };
  const behavior = Array<Behavior>(50).fill('silence');
  const onConnection = (): void => {
    hole.accepted();
  };
  return Object.assign(hole, { server: await startBoltServer({ behavior, onConnection }) });
}

describe('the time of the step', () => {
  it('ends the attempts if it is over before two minutes have passed', async () => {
    const uri = `bolt://127.0.0.1:${await closedPort()}`;
    const { clock, run } = begin({ uri, deadline: 20_000 });
    expect(await failureOf(run)).toContain(' (15s). ');
    expect(clock.pauses).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it.each([0, -1_000])('allows one attempt if it has just passed: by %d ms', async (deadline) => {
    await using server = await startBoltServer({ behavior: ['drop'] });
    const { clock, run } = begin({ uri: server.uri('bolt'), deadline });
    expect(await failureOf(run)).toContain(' (0s). ');
    expect([server.connections(), clock.pauses]).toEqual([1, []]);
  });

  it('allows no attempt if it passed earlier', async () => {
    await using server = await startBoltServer({ behavior: ['drop'] });
    const { clock, run } = begin({ uri: server.uri('bolt'), deadline: -60_000 });
    expect(await failureOf(run)).toBe("no time was left to connect. Increase 'timeout'.");
    expect([server.connections(), clock.pauses, clock.limits]).toEqual([0, [], 0]);
  });

  it.each([5_000, 20_000])(
    'is not exceeded by an attempt without an answer: %d ms',
    async (time) => {
      const hole = await startHole();
      await using server = hole.server;
      const { clock, run } = begin({ uri: server.uri('bolt'), deadline: time });
      hole.accepted = () => {
        clock.passLimit();
      };
      await failureOf(run);
      expect(clock.now()).toBeLessThanOrEqual(time);
      expect(clock.limits).toBe(0);
    },
  );

  it('accepts a database that answers at the last moment', async () => {
    await using server = await startBoltServer({ behavior: ['drop', 'drop', 'drop', 'drop'] });
    const { clock, run } = begin({ uri: server.uri('bolt'), deadline: 15_001 });
    await run();
    expect(clock.now()).toBe(15_000);
  });
});

describe('a driver that never closes', () => {
  /** Creates drivers that never finish closing, and resolves when one is asked to close. */
  function neverClosing(): Promise<undefined> {
    const asked = Promise.withResolvers<undefined>();
    const { driver } = neo4j;
    const spy = vi.spyOn(neo4j, 'driver').mockImplementation((...given) => {
      const made = driver(...given);
      const close = made.close.bind(made);
      made.close = async () => {
        await close();
        asked.resolve(undefined);
        return new Promise(() => undefined);
      };
      return made;
    });
    onTestFinished(() => {
      spy.mockRestore();
    });
    return asked.promise;
  }

  it.each([
    ['a database that answers', []],
    ['a database that drops the connection', ['drop']],
  ] as const)('is abandoned after half a second: with %s', async (_, behavior) => {
    const asked = neverClosing();
    await using server = await startBoltServer({ behavior });
    const { clock, run } = begin({ uri: server.uri('bolt'), deadline: 1_000 });
    const outcome = run().then(
      () => 'verified',
      () => 'failed',
    );
    await asked;
    clock.passLimit();
    expect(await outcome).toBe(behavior.length === 0 ? 'verified' : 'failed');
    expect([clock.now(), clock.limits]).toEqual([500, 0]);
  });
});

describe('a step that is cancelled', () => {
  const reason = new Error('cancelled');

  it('does not start to connect', async () => {
    await using server = await startBoltServer();
    const abort = new AbortController();
    abort.abort(reason);
    const { clock, run } = begin({ uri: server.uri('bolt'), abort });
    await expect(run()).rejects.toBe(reason);
    expect([server.messages, clock.pauses, clock.limits]).toEqual([[], [], 0]);
  });

  it.each(['bolt', 'neo4j', 'neo4j+s'])(
    'stops a silent attempt immediately over %s',
    async (scheme) => {
      const hole = await startHole();
      await using server = hole.server;
      const abort = new AbortController();
      hole.accepted = () => {
        abort.abort(reason);
      };
      const { clock, run } = begin({ uri: server.uri(scheme), abort });
      await expect(run()).rejects.toBe(reason);
      expect([server.connections(), clock.now(), clock.limits]).toEqual([1, 0, 0]);
    },
  );

  it('ends a pause immediately and does not connect again', async () => {
    await using server = await startBoltServer({ behavior: ['drop', 'drop', 'drop'] });
    const abort = new AbortController();
    const duringPause = (): void => {
      if (server.connections() === 2) abort.abort(reason);
    };
    const { clock, lines, run } = begin({ uri: server.uri('bolt'), abort, duringPause });
    await expect(run()).rejects.toBe(reason);
    expect([server.connections(), clock.pauses, lines]).toEqual([2, [1_000, 2_000], []]);
  });

  it('is reported as cancelled, even with a failure at the same time', async () => {
    const abort = new AbortController();
    const onConnection = (): void => {
      abort.abort(reason);
    };
    await using server = await startBoltServer({ behavior: ['drop'], onConnection });
    const { lines, run } = begin({ uri: server.uri('bolt'), abort });
    await expect(run()).rejects.toBe(reason);
    expect(lines).toEqual([]);
  });
});

describe('a message', () => {
  it.each(['bolt', 'neo4j'])(
    'never contains the password, whatever fails over %s',
    async (scheme) => {
      const password = 'never-to-be-said';
      const failure = { code: 'Neo.DatabaseError.General.UnknownError', message: 'Unknown.' };
      for (const behavior of [[], ['drop', failure]] as const) {
        await using server = await startBoltServer({ behavior });
        const { lines, run } = begin({ uri: server.uri(scheme), password, deadline: 2_000 });
        const message = await failureOf(run);
        expect(`${message}${lines.join('')}`).not.toContain(password);
      }
    },
  );
});
