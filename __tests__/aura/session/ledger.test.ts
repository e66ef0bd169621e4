import { describe, expect, it } from 'vitest';
import { readInstance } from '../../../src/aura/api/types.ts';
import { Ledger } from '../../../src/aura/session/ledger.ts';
import type { AuraOutputs } from '../../../src/aura/session/report.ts';

const id = '1a2b3c4d';
const other = '5e6f7a8b';

/** An instance as Aura returns it. */
function shown(status: string, which = id) {
  const data = { id: which, name: 'shop', tenant_id: 'ours', status, region: 'europe-west1' };
  return readInstance({ ...data, connection_url: `neo4j+s://${which}` }, which);
}

/** Something that happens to an instance. */
type News = (ledger: Ledger) => void;

const open =
  (instances: Parameters<Ledger['open']>[0], as?: 'several'): News =>
  (ledger) => {
    ledger.open(instances, as);
  };
const flush: News = (ledger) => {
  ledger.flush();
};
const made: News = (ledger) => {
  ledger.made({ id, name: 'shop' });
};
const saw =
  (status: string, which = id): News =>
  (ledger) => {
    ledger.saw(shown(status, which));
  };
const status =
  (text: string, which = id): News =>
  (ledger) => {
    ledger.status(which, text);
  };
const changed =
  (text: string, which = id): News =>
  (ledger) => {
    ledger.changed(which, text);
  };
const failed =
  (error: string, which = id): News =>
  (ledger) => {
    ledger.failed(which, error);
  };
const stepFailed =
  (message: string): News =>
  (ledger) => {
    ledger.stepFailed(message);
  };

/** The outputs after some events; undefined ones are not set. */
function outputsAfter(news: readonly News[], aim: Partial<Aim> = {}): AuraOutputs {
  const outputs: Record<string, unknown> = {};
  const ledger = new Ledger({ ...pauseById, ...aim }, (written) => {
    const known = Object.entries(written).filter(([, value]) => value !== undefined);
    Object.assign(outputs, Object.fromEntries(known));
  });
  for (const tell of news) tell(ledger);
  return outputs;
}

type Aim = ConstructorParameters<typeof Ledger>[0];
const pauseById: Aim = { operation: 'pause', id, name: undefined };

/** The output `instances` of these entries. */
const entries = (...all: readonly object[]): string =>
  JSON.stringify(all, ['id', 'name', 'status', 'changed', 'error']);

const entry = { id, name: 'shop', changed: false };
const running = { ...entry, status: 'running' };
const deleted = { ...entry, status: 'deleted' };

/** The outputs for the only instance, as {@link shown} returns it. */
function outputsFor(status: string, rest: { changed?: boolean; error?: string } = {}): AuraOutputs {
  const { changed = false } = rest;
  return {
    'instance-id': id,
    name: 'shop',
    'connection-uri': `neo4j+s://${id}`,
    region: 'europe-west1',
    tenant: 'ours',
    status,
    changed,
    instance: JSON.stringify(shown(status).fields),
    instances: entries({ ...entry, status, ...rest }),
  };
}

describe('the outputs, before any request,', () => {
  it.each<[string, Partial<Aim>, AuraOutputs]>([
    ['an id', {}, { 'instance-id': id }],
    ['a name', { id: undefined, name: 'shop' }, { name: 'shop' }],
    ['both', { name: 'shop' }, { 'instance-id': id, name: 'shop' }],
  ])('are those that the inputs set by %s', (_, aim, outputs) => {
    const announce: News = (ledger) => {
      ledger.announce();
    };
    expect(outputsAfter([announce], aim)).toEqual({ ...outputs, created: false, changed: false });
  });
});

describe('the outputs about one instance', () => {
  const known = { 'instance-id': id, changed: false };
  const error = 'Could not pause it.';

  it.each<[what: string, news: readonly News[], outputs: AuraOutputs]>([
    ['its id is known', [], { ...known, instances: entries({ id, changed: false }) }],
    [
      'its name is known too',
      [open([{ id, name: 'shop' }])],
      { ...known, name: 'shop', instances: entries(entry) },
    ],
    ['it was read', [saw('running')], outputsFor('running')],
    [
      'only its status is known',
      [status('resuming')],
      {
        ...known,
        status: 'resuming',
        instances: entries({ id, status: 'resuming', changed: false }),
      },
    ],
    [
      'it has another status than when it was read',
      [saw('running'), status('pausing')],
      outputsFor('pausing'),
    ],
    [
      'Aura has accepted a change',
      [saw('running'), changed('pausing')],
      outputsFor('pausing', { changed: true }),
    ],
    [
      'the change is complete',
      [saw('running'), changed('pausing'), saw('paused')],
      outputsFor('paused', { changed: true }),
    ],
    [
      'this step has deleted it',
      [saw('running'), changed('destroying'), status('deleted')],
      outputsFor('deleted', { changed: true }),
    ],
    [
      'it did not exist',
      [status('deleted')],
      {
        ...known,
        status: 'deleted',
        instances: entries({ id, status: 'deleted', changed: false }),
      },
    ],
    ['it failed', [saw('running'), failed(error)], outputsFor('running', { error })],
    [
      'the step failed',
      [stepFailed(error)],
      { ...known, instances: entries({ id, changed: false, error }) },
    ],
    [
      'it failed before the step did',
      [failed('First.'), stepFailed('Second.')],
      { ...known, instances: entries({ id, changed: false, error: 'First.' }) },
    ],
  ])('are, after %s', (_, news, outputs) => {
    expect(outputsAfter([open([{ id }]), ...news])).toEqual(outputs);
  });
});

describe('the outputs of a create', () => {
  const aim = { operation: 'create', id: undefined, name: 'shop' };
  const announce: News = (ledger) => {
    ledger.announce();
  };
  const madeInVain: News = (ledger) => {
    ledger.madeInVain(id);
  };
  const outputsOf = (created: boolean, text: string): AuraOutputs => ({
    'instance-id': id,
    name: 'shop',
    created,
    changed: created,
    status: text,
    instances: entries({ id, name: 'shop', status: text, changed: created }),
  });

  it.each<[what: string, news: readonly News[], outputs: AuraOutputs]>([
    ['it was created', [made], outputsOf(true, 'creating')],
    [
      'it runs',
      [made, status('loading'), saw('running')],
      { ...outputsFor('running', { changed: true }), created: true },
    ],
    ['it is being deleted again', [made, changed('destroying')], outputsOf(true, 'destroying')],
    [
      'it is deleted again, so nothing has changed',
      [made, changed('destroying'), status('deleted')],
      outputsOf(false, 'deleted'),
    ],
    [
      'it was created and deleted for nothing, so nothing has changed',
      [madeInVain, saw('running'), changed('destroying'), status('deleted')],
      { name: 'shop', created: false, changed: false },
    ],
    [
      'another one was replaced, which is a change even without a new one',
      [saw('running', other), changed('destroying', other), status('deleted', other)],
      { name: 'shop', created: false, changed: true },
    ],
    [
      'another one was replaced, and the new one is deleted again',
      [changed('destroying', other), made, changed('destroying'), status('deleted')],
      { ...outputsOf(false, 'deleted'), changed: true },
    ],
  ])('are, after %s', (_, news, outputs) => {
    expect(outputsAfter([announce, ...news], aim)).toEqual(outputs);
  });
});

describe('the outputs about several instances', () => {
  const both = [
    { id, name: 'shop' },
    { id: other, name: 'shop' },
  ];
  const second = { ...entry, id: other };

  it.each<[what: string, news: readonly News[], outputs: AuraOutputs]>([
    ['they are known', [], { changed: false, instances: entries(entry, second) }],
    [
      'one was read, whose details are not outputs',
      [saw('running')],
      { changed: false, instances: entries(running, second) },
    ],
    [
      'one was changed',
      [changed('destroying', other)],
      {
        changed: true,
        instances: entries(entry, { ...second, status: 'destroying', changed: true }),
      },
    ],
    [
      'one failed, and with it the step',
      [failed('Could not delete it.', other), stepFailed('1 of 2 instances could not be deleted.')],
      { changed: false, instances: entries(entry, { ...second, error: 'Could not delete it.' }) },
    ],
    [
      'the step failed for none of them',
      [stepFailed('Too many.')],
      { changed: false, instances: entries(entry, second) },
    ],
  ])('are, after %s', (_, news, outputs) => {
    for (const as of [undefined, 'several'] as const) {
      expect(outputsAfter([open(both, as), ...news, flush])).toEqual(outputs);
    }
  });

  it('contain a status that all share, unless outputs about one instance are not allowed', () => {
    const news = [status('deleted'), status('deleted', other), flush];
    const instances = entries(deleted, { ...deleted, id: other });
    expect(outputsAfter([open(both), ...news])).toEqual({
      changed: false,
      status: 'deleted',
      instances,
    });
    expect(outputsAfter([open(both, 'several'), ...news])).toEqual({ changed: false, instances });
  });

  it('contain no details of a single instance if outputs about one are not allowed', () => {
    const news = [open([{ id, name: 'shop' }], 'several'), saw('running'), flush];
    expect(outputsAfter(news)).toEqual({
      changed: false,
      tenant: 'ours',
      instances: entries(running),
    });
  });

  it('contain an empty list without instances', () => {
    const after = outputsAfter([open([]), stepFailed('It failed.')]);
    expect(after).toEqual({ changed: false, instances: '[]' });
  });
});

describe('the output about several instances', () => {
  /** The names of the outputs that each event writes. */
  function writtenBy(events: readonly ((ledger: Ledger) => void)[]) {
    let written: string[] = [];
    const ledger = new Ledger(pauseById, (outputs) => {
      const known = Object.entries(outputs).filter(([, value]) => value !== undefined);
      written.push(...known.map(([name]) => name));
    });
    ledger.open([{ id }, { id: other }], 'several');
    return events.map((event) => {
      written = [];
      event(ledger);
      return written.toSorted();
    });
  }

  it('is written when requested and when the step fails, but not at each event', () => {
    expect(
      writtenBy([
        (ledger) => {
          ledger.saw(shown('running'));
        },
        (ledger) => {
          ledger.changed(id, 'pausing');
        },
        (ledger) => {
          ledger.failed(other, 'It failed.');
        },
        (ledger) => {
          ledger.flush();
        },
        (ledger) => {
          ledger.stepFailed('One failed.');
        },
      ]),
    ).toEqual([
      [],
      ['changed'],
      [],
      ['changed', 'instances', 'tenant'],
      ['changed', 'instances', 'tenant'],
    ]);
  });

  it('contains the beginning of a long error', () => {
    const long: News = (ledger) => {
      ledger.failed(id, 'x'.repeat(1_000));
    };
    const { instances } = outputsAfter([open([{ id }], 'several'), long, flush]);
    expect(instances).toBe(entries({ id, changed: false, error: `${'x'.repeat(300)}…` }));
  });

  it('comes with the tenant only if all instances have the same one', () => {
    const theirs = { ...shown('running', other), tenantId: 'theirs' };
    const sawTheirs: News = (ledger) => {
      ledger.saw(theirs);
    };
    const both = open([{ id }, { id: other }], 'several');
    const after = outputsAfter([both, saw('running'), sawTheirs, flush]);
    expect(after).not.toHaveProperty('tenant');
  });

  it('is summed up by status', () => {
    const ledger = new Ledger(pauseById, () => undefined);
    ledger.open([{ id }, { id: other }, { id: '0000000a' }, { id: '0000000b' }], 'several');
    ledger.saw(shown('running'));
    ledger.status(other, 'paused');
    ledger.failed('0000000a', 'It failed.');
    expect(ledger.tally()).toEqual({
      all: 4,
      failed: 1,
      byStatus: new Map([
        ['running', 1],
        ['paused', 1],
        [undefined, 1],
      ]),
    });
  });
});

describe('an event of an instance that the step does not work on', () => {
  it.each<[string, News]>([
    ['was read', saw('running', other)],
    ['has a status', status('deleted', other)],
    ['failed', failed('It failed.', other)],
  ])('sets no output if the instance %s', (_, news) => {
    expect(outputsAfter([open([{ id }]), news])).toEqual(outputsAfter([open([{ id }])]));
  });
});

describe('the description of the step', () => {
  it.each<[string, Partial<Aim>, readonly News[], string]>([
    ['contains an id', {}, [], `pause instance ${id}`],
    ['contains both', { name: 'shop' }, [], `pause instance 'shop' (${id})`],
    ['contains a name', { id: undefined, name: 'shop' }, [], "pause instance 'shop'"],
    [
      'contains the id as soon as it is known',
      { id: undefined, name: 'shop' },
      [open([{ id, name: 'shop' }])],
      `pause instance 'shop' (${id})`,
    ],
    [
      'contains the name as soon as it is known',
      {},
      [open([{ id }]), saw('running')],
      `pause instance 'shop' (${id})`,
    ],
    [
      'is the same as in the inputs if there are several instances',
      { operation: 'delete', id: undefined, name: 'shop' },
      [open([{ id }, { id: other }])],
      "delete instance 'shop'",
    ],
  ])('%s', (_, aim, news, task) => {
    const ledger = new Ledger({ ...pauseById, ...aim }, () => undefined);
    for (const tell of news) tell(ledger);
    expect(ledger.task()).toBe(task);
  });

  it('contains what the inputs select if these are several', () => {
    const aim = { operation: 'pause', id: undefined, name: undefined, several: '2 instances' };
    const ledger = new Ledger(aim, () => undefined);
    expect(ledger.task()).toBe('pause 2 instances');
    ledger.open([{ id, name: 'shop' }], 'several');
    expect(ledger.task()).toBe('pause 2 instances');
    expect(ledger.task({ id })).toBe(`pause instance 'shop' (${id})`);
  });

  it('names one of several instances if requested', () => {
    const ledger = new Ledger({ ...pauseById, operation: 'delete' }, () => undefined);
    ledger.open([{ id }, { id: other }]);
    expect(ledger.task({ id: other })).toBe(`delete instance ${other}`);
    expect(ledger.task({ id: other, name: 'x' })).toBe(`delete instance 'x' (${other})`);
    expect(ledger.task({ name: 'x' })).toBe("delete instance 'x'");
  });
});
