import { describe, expect, it } from 'vitest';
import { watch } from '../../../src/aura/instances/watch.ts';
import type { InstanceSummary } from '../../../src/aura/api/types.ts';
import type { Meant } from '../../../src/aura/session/guard.ts';
import { InstantClock, patienceOn } from '../../core/time/clocks.ts';
import { sessionWith, unused } from '../session/made-session.ts';
import { type Reading, clientFor, inTurn, listed } from './watched-instance.ts';

const id = '1a2b3c4d';
const minute = 60_000;

interface Look {
  readonly meant?: Omit<Meant, 'id'>;
  /** The content of lists; without it, no list is expected. */
  readonly list?: readonly InstanceSummary[];
  /** How far Aura's clock is ahead; undefined if unknown. */
  readonly ahead?: number | undefined;
}

/** Reads the instance once per reading, a second apart, and counts the lists. */
async function look(readings: readonly Reading[], { meant = {}, list, ahead }: Look = {}) {
  const clock = new InstantClock(1_000_000);
  let lists = 0;
  const { client, attempts } = clientFor(inTurn(...readings), clock, {
    serverClock: {
      now: () => (ahead === undefined ? undefined : clock.now() + ahead),
      watch: unused,
    },
    listInstances: () => {
      lists += 1;
      return list === undefined ? unused() : Promise.resolve(list);
    },
  });
  const once = watch(sessionWith({ client, patience: patienceOn(clock) }), { id, ...meant });
  const sights: string[] = [];
  while (sights.length < readings.length) {
    const sight = await once();
    sights.push(typeof sight === 'string' ? sight : sight.status);
    clock.pass(1_000);
  }
  return { sights, lists, attempts };
}

describe('a watch on an instance', () => {
  it('returns its status, with one attempt per read', async () => {
    expect(await look(['creating', 'running'])).toEqual({
      sights: ['creating', 'running'],
      lists: 0,
      attempts: ['poll', 'poll'],
    });
  });

  it.each<[string, Look]>([
    ['its id was returned', { meant: { knownSince: 1_000_000 } }],
    ['it was created, by the clock of Aura', { meant: { createdAt: 1_090_000 }, ahead: 90_000 }],
    ['it was created, if the clock of Aura is unknown', { meant: { createdAt: 1 } }],
    ['it was created, according to a list', { list: [listed(1_000_000)], ahead: 0 }],
  ])('treats a 404 as "not yet" for a minute after %s', async (_, options) => {
    const { sights } = await look([undefined, undefined, undefined, undefined], options);
    expect(sights).toEqual(['unclear', 'unclear', 'unclear', 'unclear']);
  });

  it.each<[string, Look]>([
    ['its id was returned', { meant: { knownSince: 1_000_000 - minute } }],
    ['it was created', { meant: { createdAt: 1_000_000 - minute }, ahead: 0 }],
    ['it was created, according to a list', { list: [listed(1_000_000 - minute)], ahead: 0 }],
  ])('treats a 404 as "gone" later than a minute after %s', async (_, options) => {
    expect(await look([undefined], options)).toMatchObject({ sights: ['gone'] });
  });

  it('treats a 404 as "gone" if the list does not contain it', async () => {
    const other = { ...listed(1_000_000), id: 'ffffffff' };
    const looked = await look([undefined], { list: [other], ahead: 0 });
    expect(looked).toMatchObject({ sights: ['gone'], lists: 1 });
  });

  it('treats the third 404 in a row as "gone" if it was found before, and requests no list', async () => {
    const readings = ['running', undefined, undefined, 'running', undefined, undefined, undefined];
    expect(await look(readings)).toMatchObject({
      sights: ['running', 'unclear', 'unclear', 'running', 'unclear', 'unclear', 'gone'],
      lists: 0,
    });
  });

  it('treats a 410 as "gone" immediately', async () => {
    const clock = new InstantClock();
    const { client } = clientFor(inTurn('running'), clock, {
      getInstance: () => Promise.resolve('gone'),
    });
    const session = sessionWith({ client, patience: patienceOn(clock) });
    expect(await watch(session, { id, knownSince: 0 })()).toBe('gone');
  });

  it('can be retried like any other request', async () => {
    const clock = new InstantClock();
    const { client, attempts } = clientFor(inTurn('running'), clock);
    await watch(sessionWith({ client, patience: patienceOn(clock) }), { id })('read');
    expect(attempts).toEqual(['read']);
  });
});
