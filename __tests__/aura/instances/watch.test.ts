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
  /** What lists show; no list is expected without it. */
  readonly list?: readonly InstanceSummary[];
  /** How far Aura's clock is ahead; undefined if it is not known. */
  readonly ahead?: number | undefined;
}

/** Looks as often as there are readings, a second apart; the lists are counted. */
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

describe('a look at an instance', () => {
  it('shows it, and is tried once', async () => {
    expect(await look(['creating', 'running'])).toEqual({
      sights: ['creating', 'running'],
      lists: 0,
      attempts: ['once', 'once'],
    });
  });

  it.each<[string, Look]>([
    ['its id was returned', { meant: { knownSince: 1_000_000 } }],
    ['it was created, by the clock of Aura', { meant: { createdAt: 1_090_000 }, ahead: 90_000 }],
    ['it was created, where Aura has told no time', { meant: { createdAt: 1 } }],
    ['it was created, as a list says', { list: [listed(1_000_000)], ahead: 0 }],
  ])('takes a 404 for "not yet" for a minute after %s', async (_, options) => {
    const { sights } = await look([undefined, undefined, undefined, undefined], options);
    expect(sights).toEqual(['unclear', 'unclear', 'unclear', 'unclear']);
  });

  it.each<[string, Look]>([
    ['its id was returned', { meant: { knownSince: 1_000_000 - minute } }],
    ['it was created', { meant: { createdAt: 1_000_000 - minute }, ahead: 0 }],
    ['it was created, as a list says', { list: [listed(1_000_000 - minute)], ahead: 0 }],
  ])('takes a 404 for an answer later than a minute after %s', async (_, options) => {
    expect(await look([undefined], options)).toMatchObject({ sights: ['gone'] });
  });

  it('takes a 404 for an answer where no list shows it', async () => {
    const other = { ...listed(1_000_000), id: 'ffffffff' };
    const looked = await look([undefined], { list: [other], ahead: 0 });
    expect(looked).toMatchObject({ sights: ['gone'], lists: 1 });
  });

  it('believes the third 404 in a row for one that it has seen, and asks for no list', async () => {
    const readings = ['running', undefined, undefined, 'running', undefined, undefined, undefined];
    expect(await look(readings)).toMatchObject({
      sights: ['running', 'unclear', 'unclear', 'running', 'unclear', 'unclear', 'gone'],
      lists: 0,
    });
  });

  it('believes a 410 at once', async () => {
    const clock = new InstantClock();
    const { client } = clientFor(inTurn('running'), clock, {
      getInstance: () => Promise.resolve('gone'),
    });
    const session = sessionWith({ client, patience: patienceOn(clock) });
    expect(await watch(session, { id, knownSince: 0 })()).toBe('gone');
  });

  it('can be tried as often as any other request', async () => {
    const clock = new InstantClock();
    const { client, attempts } = clientFor(inTurn('running'), clock);
    await watch(sessionWith({ client, patience: patienceOn(clock) }), { id })('retried');
    expect(attempts).toEqual(['retried']);
  });
});
