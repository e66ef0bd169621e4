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

/** The outputs after some events; undefined ones are not set. */
function outputsAfter(news: (ledger: Ledger) => void, aim: Partial<Aim> = {}): AuraOutputs {
  const outputs: Record<string, unknown> = {};
  const ledger = new Ledger({ ...pauseById, ...aim }, (written) => {
    const known = Object.entries(written).filter(([, value]) => value !== undefined);
    Object.assign(outputs, Object.fromEntries(known));
  });
  news(ledger);
  return outputs;
}

type Aim = ConstructorParameters<typeof Ledger>[0];
const pauseById: Aim = { operation: 'pause', id, name: undefined };

/** The output `instances` of these entries. */
const entries = (...all: readonly object[]): string => JSON.stringify(all);

/** The outputs for the only instance, as {@link shown} returns it. */
const details = {
  'instance-id': id,
  name: 'shop',
  'connection-uri': `neo4j+s://${id}`,
  region: 'europe-west1',
  tenant: 'ours',
};
const fields = (status: string): string => JSON.stringify(shown(status).fields);
const running = { id, name: 'shop', status: 'running', changed: false };
const deleted = { ...running, status: 'deleted' };

describe('the outputs, before any request,', () => {
  it.each<[string, Partial<Aim>, AuraOutputs]>([
    ['an id', {}, { 'instance-id': id }],
    ['a name', { id: undefined, name: 'shop' }, { name: 'shop' }],
    ['both', { name: 'shop' }, { 'instance-id': id, name: 'shop' }],
  ])('are those that the inputs set by %s', (_, aim, outputs) => {
    expect(
      outputsAfter((ledger) => {
        ledger.announce();
      }, aim),
    ).toEqual({ ...outputs, created: false, changed: false });
  });
});

describe('the outputs about one instance', () => {
  it.each<[what: string, news: (ledger: Ledger) => void, outputs: AuraOutputs]>([
    [
      'its id is known',
      () => undefined,
      { 'instance-id': id, changed: false, instances: entries({ id, changed: false }) },
    ],
    [
      'its name is known too',
      (ledger) => {
        ledger.open([{ id, name: 'shop' }]);
      },
      {
        'instance-id': id,
        name: 'shop',
        changed: false,
        instances: entries({ id, name: 'shop', changed: false }),
      },
    ],
    [
      'it was read',
      (ledger) => {
        ledger.saw(shown('running'));
      },
      {
        ...details,
        status: 'running',
        changed: false,
        instance: fields('running'),
        instances: entries(running),
      },
    ],
    [
      'only its status is known',
      (ledger) => {
        ledger.status(id, 'resuming');
      },
      {
        'instance-id': id,
        status: 'resuming',
        changed: false,
        instances: entries({ id, status: 'resuming', changed: false }),
      },
    ],
    [
      'it has another status than when it was read',
      (ledger) => {
        ledger.saw(shown('running'));
        ledger.status(id, 'pausing');
      },
      {
        ...details,
        status: 'pausing',
        changed: false,
        instance: fields('pausing'),
        instances: entries({ ...running, status: 'pausing' }),
      },
    ],
    [
      'Aura has accepted a change',
      (ledger) => {
        ledger.saw(shown('running'));
        ledger.changed(id, 'pausing');
      },
      {
        ...details,
        status: 'pausing',
        changed: true,
        instance: fields('pausing'),
        instances: entries({ ...running, status: 'pausing', changed: true }),
      },
    ],
    [
      'the change is complete',
      (ledger) => {
        ledger.saw(shown('running'));
        ledger.changed(id, 'pausing');
        ledger.saw(shown('paused'));
      },
      {
        ...details,
        status: 'paused',
        changed: true,
        instance: fields('paused'),
        instances: entries({ ...running, status: 'paused', changed: true }),
      },
    ],
    [
      'this step has deleted it',
      (ledger) => {
        ledger.saw(shown('running'));
        ledger.changed(id, 'destroying');
        ledger.status(id, 'deleted');
      },
      {
        ...details,
        status: 'deleted',
        changed: true,
        instance: fields('deleted'),
        instances: entries({ ...deleted, changed: true }),
      },
    ],
    [
      'it did not exist',
      (ledger) => {
        ledger.status(id, 'deleted');
      },
      {
        'instance-id': id,
        status: 'deleted',
        changed: false,
        instances: entries({ id, status: 'deleted', changed: false }),
      },
    ],
    [
      'it failed',
      (ledger) => {
        ledger.saw(shown('running'));
        ledger.failed(id, 'Could not pause it.');
      },
      {
        ...details,
        status: 'running',
        changed: false,
        instance: fields('running'),
        instances: entries({ ...running, error: 'Could not pause it.' }),
      },
    ],
    [
      'the step failed',
      (ledger) => {
        ledger.stepFailed('Could not pause it.');
      },
      {
        'instance-id': id,
        changed: false,
        instances: entries({ id, changed: false, error: 'Could not pause it.' }),
      },
    ],
    [
      'it failed before the step did',
      (ledger) => {
        ledger.failed(id, 'First.');
        ledger.stepFailed('Second.');
      },
      {
        'instance-id': id,
        changed: false,
        instances: entries({ id, changed: false, error: 'First.' }),
      },
    ],
  ])('are, after %s', (_, news, outputs) => {
    const after = outputsAfter((ledger) => {
      ledger.open([{ id }]);
      news(ledger);
    });
    expect(after).toEqual(outputs);
  });
});

describe('the outputs of a create', () => {
  const made = { id, name: 'shop' };
  const aim = { operation: 'create', id: undefined, name: 'shop' };
  const creating = { id, name: 'shop', status: 'creating', changed: true };

  it.each<[what: string, news: (ledger: Ledger) => void, outputs: AuraOutputs]>([
    [
      'it was created',
      (ledger) => {
        ledger.made(made);
      },
      {
        'instance-id': id,
        name: 'shop',
        created: true,
        changed: true,
        status: 'creating',
        instances: entries(creating),
      },
    ],
    [
      'it runs',
      (ledger) => {
        ledger.made(made);
        ledger.status(id, 'loading');
        ledger.saw(shown('running'));
      },
      {
        ...details,
        created: true,
        changed: true,
        status: 'running',
        instance: fields('running'),
        instances: entries({ ...running, changed: true }),
      },
    ],
    [
      'it is being deleted again',
      (ledger) => {
        ledger.made(made);
        ledger.changed(id, 'destroying');
      },
      {
        'instance-id': id,
        name: 'shop',
        created: true,
        changed: true,
        status: 'destroying',
        instances: entries({ ...creating, status: 'destroying' }),
      },
    ],
    [
      'it is deleted again, so nothing has changed',
      (ledger) => {
        ledger.made(made);
        ledger.changed(id, 'destroying');
        ledger.status(id, 'deleted');
      },
      {
        'instance-id': id,
        name: 'shop',
        created: false,
        changed: false,
        status: 'deleted',
        instances: entries({ ...creating, status: 'deleted', changed: false }),
      },
    ],
    [
      'it was created and deleted for nothing, so nothing has changed',
      (ledger) => {
        ledger.madeInVain(id);
        ledger.saw(shown('running'));
        ledger.changed(id, 'destroying');
        ledger.status(id, 'deleted');
      },
      { name: 'shop', created: false, changed: false },
    ],
    [
      'another one was replaced, which is a change even without a new one',
      (ledger) => {
        ledger.saw(shown('running', other));
        ledger.changed(other, 'destroying');
        ledger.status(other, 'deleted');
      },
      { name: 'shop', created: false, changed: true },
    ],
    [
      'another one was replaced, and the new one is deleted again',
      (ledger) => {
        ledger.changed(other, 'destroying');
        ledger.made(made);
        ledger.changed(id, 'destroying');
        ledger.status(id, 'deleted');
      },
      {
        'instance-id': id,
        name: 'shop',
        created: false,
        changed: true,
        status: 'deleted',
        instances: entries({ ...creating, status: 'deleted', changed: false }),
      },
    ],
  ])('are, after %s', (_, news, outputs) => {
    const after = outputsAfter((ledger) => {
      ledger.announce();
      news(ledger);
    }, aim);
    expect(after).toEqual(outputs);
  });
});

describe('the outputs about several instances', () => {
  const both = [
    { id, name: 'shop' },
    { id: other, name: 'shop' },
  ];
  const first = { id, name: 'shop', changed: false };
  const second = { ...first, id: other };

  it.each<[what: string, news: (ledger: Ledger) => void, outputs: AuraOutputs]>([
    ['they are known', () => undefined, { changed: false, instances: entries(first, second) }],
    [
      'one was read, whose details are not outputs',
      (ledger) => {
        ledger.saw(shown('running'));
      },
      { changed: false, instances: entries(running, second) },
    ],
    [
      'one was changed',
      (ledger) => {
        ledger.changed(other, 'destroying');
      },
      {
        changed: true,
        instances: entries(first, {
          id: other,
          name: 'shop',
          status: 'destroying',
          changed: true,
        }),
      },
    ],
    [
      'one failed, and with it the step',
      (ledger) => {
        ledger.failed(other, 'Could not delete it.');
        ledger.stepFailed('1 of 2 instances could not be deleted.');
      },
      {
        changed: false,
        instances: entries(first, { ...second, error: 'Could not delete it.' }),
      },
    ],
    [
      'the step failed for none of them',
      (ledger) => {
        ledger.stepFailed('Too many.');
      },
      { changed: false, instances: entries(first, second) },
    ],
  ])('are, after %s', (_, news, outputs) => {
    for (const as of [undefined, 'several'] as const) {
      const after = outputsAfter((ledger) => {
        ledger.open(both, as);
        news(ledger);
        ledger.flush();
      });
      expect(after).toEqual(outputs);
    }
  });

  it('contain a status that all share, unless outputs about one instance are not allowed', () => {
    const bothDeleted = (as?: 'several') => (ledger: Ledger) => {
      ledger.open(both, as);
      for (const { id: each } of both) ledger.status(each, 'deleted');
      ledger.flush();
    };
    const instances = entries({ ...deleted }, { ...deleted, id: other });
    expect(outputsAfter(bothDeleted())).toEqual({ changed: false, status: 'deleted', instances });
    expect(outputsAfter(bothDeleted('several'))).toEqual({ changed: false, instances });
  });

  it('contain no details of a single instance if outputs about one are not allowed', () => {
    const after = outputsAfter((ledger) => {
      ledger.open([{ id, name: 'shop' }], 'several');
      ledger.saw(shown('running'));
      ledger.flush();
    });
    expect(after).toEqual({ changed: false, tenant: 'ours', instances: entries(running) });
  });

  it('contain an empty list if there are no instances', () => {
    const after = outputsAfter((ledger) => {
      ledger.open([]);
      ledger.stepFailed('It failed.');
    });
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
    const { instances } = outputsAfter((ledger) => {
      ledger.open([{ id }], 'several');
      ledger.failed(id, 'x'.repeat(1_000));
      ledger.flush();
    });
    expect(instances).toBe(entries({ id, changed: false, error: `${'x'.repeat(300)}…` }));
  });

  it('comes with the tenant only if all instances have the same one', () => {
    const theirs = { ...shown('running', other), tenantId: 'theirs' };
    const after = outputsAfter((ledger) => {
      ledger.open([{ id }, { id: other }], 'several');
      ledger.saw(shown('running'));
      ledger.saw(theirs);
      ledger.flush();
    });
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
  it.each<[string, (ledger: Ledger) => void]>([
    [
      'was read',
      (ledger) => {
        ledger.saw(shown('running', other));
      },
    ],
    [
      'has a status',
      (ledger) => {
        ledger.status(other, 'deleted');
      },
    ],
    [
      'failed',
      (ledger) => {
        ledger.failed(other, 'It failed.');
      },
    ],
  ])('sets no output if the instance %s', (_, news) => {
    const open = (ledger: Ledger): void => {
      ledger.open([{ id }]);
    };
    const after = outputsAfter((ledger) => {
      open(ledger);
      news(ledger);
    });
    expect(after).toEqual(outputsAfter(open));
  });
});

describe('the description of the step', () => {
  it.each<[string, Partial<Aim>, (ledger: Ledger) => void, string]>([
    ['contains an id', {}, () => undefined, `pause instance ${id}`],
    ['contains both', { name: 'shop' }, () => undefined, `pause instance 'shop' (${id})`],
    ['contains a name', { id: undefined, name: 'shop' }, () => undefined, "pause instance 'shop'"],
    [
      'contains the id as soon as it is known',
      { id: undefined, name: 'shop' },
      (ledger) => {
        ledger.open([{ id, name: 'shop' }]);
      },
      `pause instance 'shop' (${id})`,
    ],
    [
      'contains the name as soon as it is known',
      {},
      (ledger) => {
        ledger.open([{ id }]);
        ledger.saw(shown('running'));
      },
      `pause instance 'shop' (${id})`,
    ],
    [
      'is the same as in the inputs if there are several instances',
      { operation: 'delete', id: undefined, name: 'shop' },
      (ledger) => {
        ledger.open([{ id }, { id: other }]);
      },
      "delete instance 'shop'",
    ],
  ])('%s', (_, aim, news, task) => {
    const ledger = new Ledger({ ...pauseById, ...aim }, () => undefined);
    news(ledger);
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
