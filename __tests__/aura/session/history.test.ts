import { describe, expect, it } from 'vitest';
import { readInstance } from '../../../src/aura/api/types.ts';
import { createHistory } from '../../../src/aura/session/history.ts';
import { Ledger } from '../../../src/aura/session/ledger.ts';

const id = '1a2b3c4d';

function shown(status: string, memory = '2GB') {
  const data = { id, name: 'shop', tenant_id: 'ours', status, memory };
  return readInstance(data, id);
}

/** A ledger with a history, in a minute-by-minute time. */
function start() {
  let minutes = 0;
  const history = createHistory(() => minutes * 60_000);
  const ledger = new Ledger({ operation: 'pause', id, name: undefined }, () => undefined, history);
  return {
    history,
    ledger,
    pass: () => {
      minutes += 1;
    },
  };
}

describe('the history of an instance', () => {
  it('has each status once, and when it was seen first', () => {
    const { history, ledger, pass } = start();
    ledger.open([{ id }]);
    ledger.saw(shown('running'));
    pass();
    ledger.changed(id, 'pausing');
    pass();
    ledger.saw(shown('pausing'));
    ledger.status(id, 'paused');
    pass();
    ledger.saw(shown('paused'));
    expect(history.of(id).statuses).toEqual([
      { status: 'running', at: 0 },
      { status: 'pausing', at: 60_000 },
      { status: 'paused', at: 120_000 },
    ]);
  });

  it('has a status that comes back a second time', () => {
    const { history, ledger } = start();
    for (const status of ['running', 'updating', 'running']) ledger.saw(shown(status));
    expect(history.of(id).statuses.map(({ status }) => status)).toEqual([
      'running',
      'updating',
      'running',
    ]);
  });

  it('knows the instance before and after, and when this step changed it first', () => {
    const { history, ledger, pass } = start();
    ledger.saw(shown('running', '2GB'));
    pass();
    ledger.changed(id, 'updating');
    pass();
    ledger.changed(id, 'updating');
    ledger.saw(shown('running', '8GB'));
    const { first, last, changedAt } = history.of(id);
    expect([first?.memory, last?.memory, changedAt]).toEqual(['2GB', '8GB', 60_000]);
  });

  it('names the changed ones, also those without an entry, and not those that were only read', () => {
    const { history, ledger } = start();
    ledger.open([{ id: '0000000a' }]);
    ledger.saw(shown('running'));
    expect(history.changedIds()).toEqual([]);
    ledger.changed(id, 'destroying');
    ledger.made({ id: '0000000b', name: 'shop' });
    expect(history.changedIds()).toEqual([id, '0000000b']);
  });

  it('is empty for an instance that was never seen', () => {
    expect(start().history.of(id)).toEqual({
      statuses: [],
      first: undefined,
      last: undefined,
      changedAt: undefined,
    });
  });
});
