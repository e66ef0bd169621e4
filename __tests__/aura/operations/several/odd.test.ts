import { describe, expect, it } from 'vitest';
import { countOf, instancesOf } from '../../../../harness/world/support.ts';
import { startScenario } from '../../in-process/scenario.ts';
import { failureOf, noticesOf, remarksOf, startSteps } from '../steps-in-process.ts';

const pause = { operation: 'pause', 'name-pattern': 'ci-*' };

describe('a change of several instances', () => {
  it('waits for those that are busy, and needs no request for those that another step changes', async () => {
    const { simulator, run, changes } = await startSteps();
    const [busy, other, usual] = ['creating', 'pausing', 'running'].map((status, nr) =>
      simulator.seedInstance({ name: `ci-${nr}`, status }),
    );
    const result = await run(pause);
    expect(remarksOf(result)).toEqual([expect.stringContaining('Paused 2 instances: ')]);
    expect(instancesOf(result)).toEqual([
      { id: busy?.id, name: 'ci-0', status: 'paused', changed: true },
      { id: other?.id, name: 'ci-1', status: 'paused', changed: false },
      { id: usual?.id, name: 'ci-2', status: 'paused', changed: true },
    ]);
    expect(changes()).toHaveLength(2);
    const lines = result.log.filter((line) => line.startsWith('ci-'));
    expect(lines).toContain(
      `ci-0 (${busy?.id ?? ''}): waiting, because its status is 'creating', after 0s.`,
    );
    expect(lines).toContain(`ci-1 (${other?.id ?? ''}): pausing, by another request.`);
    // One line for each change of status, and no line twice.
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('warns of an entry in the list that matches but cannot be read', async () => {
    const { simulator, run } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'ci-1', status: 'paused' });
    const { tenantId: tenant_id } = simulator;
    const data = [
      { id, name: 'ci-1', tenant_id },
      { id: 'x y', name: 'ci-2', tenant_id },
      { name: 'other', tenant_id },
      {},
    ];
    const fault = { kind: 'status', status: 200, body: { data } } as const;
    simulator.addFault({ match: { operation: 'listInstances' }, fault });
    const result = await run(pause);
    expect(remarksOf(result)).toEqual([
      expect.stringMatching(
        /^warning: Skipped in Aura's list .* they match 'ci-\*' but cannot be read: entry 2: [^,]* \(id 'x y', name 'ci-2'\)\. /,
      ),
    ]);
    expect(instancesOf(result)).toMatchObject([{ id }]);
  });

  it('polls many busy ones no more often than a few', async () => {
    await using scenario = await startScenario();
    const { simulator } = scenario;
    for (let nr = 0; nr < 60; nr += 1)
      simulator.seedInstance({ name: `ci-${nr}`, status: 'creating' });
    const { exitCode, drivenMilliseconds } = await scenario.run(pause);
    expect(exitCode).toBe(0);
    const reads = countOf(scenario, 'GET', /^\/v1\/instances\/./);
    expect(reads / (drivenMilliseconds / 60_000)).toBeLessThan(100);
  });

  it('does not change what is being deleted, and fails only for its id', async () => {
    const { simulator, run, changes } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'ci-1', status: 'destroying' });
    const other = simulator.seedInstance({ name: 'ci-2', status: 'paused' }).id;
    const matched = await run(pause);
    expect(remarksOf(matched)).toEqual([]);
    expect(instancesOf(matched)).toMatchObject([{ id, status: 'destroying' }, { id: other }]);
    const named = await run({ operation: 'pause', 'instance-id': `${id},${other}` });
    expect(failureOf(named)).toContain("its status is 'destroying' (it is being deleted)");
    expect(changes()).toEqual([]);
  });

  it('fails for one that another job deletes meanwhile, and waits for the others', async () => {
    await using scenario = await startScenario();
    const { simulator } = scenario;
    const [a, b] = ['ci-1', 'ci-2'].map((name) => simulator.seedInstance({ name }).id);
    void scenario
      .nextExchange(({ method, path }) => method === 'POST' && path.includes(b ?? ''))
      .then(() => scenario.clock.sleep(20_000))
      .then(() => {
        simulator.setStatus(a ?? '', 'destroying');
      });
    const result = await scenario.run(pause);
    expect(failureOf(result)).toMatch(`Gave up on instance 'ci-1' (${a ?? ''}) after `);
    expect(noticesOf(result)).toEqual([`Paused 1 instance: 'ci-2' (${b ?? ''}).`]);
    expect(instancesOf(result)).toMatchObject([
      { id: a, status: 'destroying', changed: true, error: expect.any(String) as string },
      { id: b, status: 'paused', changed: true },
    ]);
  });

  it('does not wait for one that is stuck before it sees that the others are done', async () => {
    await using scenario = await startScenario();
    const { simulator } = scenario;
    const ids = ['ci-1', 'ci-2', 'ci-3'].map((name) => simulator.seedInstance({ name }).id);
    const [stuck = ''] = ids;
    void scenario
      .nextExchange(({ method, path }) => method === 'POST' && path.includes(ids[2] ?? ''))
      .then(() => scenario.clock.sleep(5_000))
      .then(() => {
        simulator.setStatus(stuck, 'odd');
      });
    const result = await scenario.run({ ...pause, timeout: '6m' });
    expect(failureOf(result)).toMatch(
      /was not 'paused' after \S+ \(input 'timeout'\); its last status was 'odd'\. Aura continues with the change: wait for its end with operation 'poll'/,
    );
    expect(result.drivenMilliseconds).toBeLessThanOrEqual(362_000);
    expect(instancesOf(result)).toMatchObject([
      { id: stuck, status: 'odd' },
      { status: 'paused', changed: true },
      { status: 'paused', changed: true },
    ]);
    const progress = result.log.filter((line) => line.includes(' of 3 done'));
    expect(progress.at(-1)).toBe('5m 30s 2 of 3 done, 1 odd.');
    // One every 30 s, at the next read.
    expect(progress.length).within(10, 12);
  });

  it('reads each once more before the end if none is done', async () => {
    await using scenario = await startScenario({ simulator: { durations: { pause: 88_000 } } });
    const { simulator } = scenario;
    const ids = Array.from({ length: 12 }, (_, nr) => {
      return simulator.seedInstance({ name: `ci-${nr}` }).id;
    });
    // This one is read first, and never done.
    void scenario
      .nextExchange(({ method }) => method === 'POST')
      .then(() => scenario.clock.sleep(1_000))
      .then(() => {
        for (const id of ids.slice(0, 11)) simulator.setStatus(id, 'odd');
      });
    const result = await scenario.run({ ...pause, timeout: '2m' });
    expect(result.exitCode).toBe(1);
    const entries = instancesOf(result) as readonly { readonly status: string }[];
    expect(entries.at(-1)?.status).toBe('paused');
    expect(result.drivenMilliseconds).toBeLessThanOrEqual(122_000);
  });

  it('ends in time with more instances than there is time for, and says so for each', async () => {
    const { simulator, run } = await startSteps();
    for (let nr = 0; nr < 60; nr += 1) simulator.seedInstance({ name: `ci-${nr}` });
    const result = await run({ ...pause, timeout: '30s' });
    expect(failureOf(result)).toContain('Could not pause 60 of 60 instances:');
    expect(noticesOf(result)).toEqual([]);
    expect(result.drivenMilliseconds).toBeLessThanOrEqual(32_000);
    const entries = instancesOf(result) as readonly { readonly error?: string }[];
    expect(entries.filter(({ error }) => error === undefined)).toEqual([]);
  });

  it('ends without a wait if Aura has accepted all requests', async () => {
    const { simulator, run } = await startSteps();
    const ids = ['ci-1', 'ci-2'].map((name) => simulator.seedInstance({ name }).id);
    const result = await run({ ...pause, wait: 'false' });
    expect(remarksOf(result)).toEqual([
      `notice: Aura has accepted the request to pause 2 instances: 'ci-1' (${ids[0] ?? ''}), 'ci-2' (${ids[1] ?? ''}).`,
    ]);
    expect(result.drivenMilliseconds).toBe(0);
    expect(instancesOf(result)).toMatchObject(ids.map((id) => ({ id, status: 'pausing' })));
  });

  it('in a dry run changes nothing, and says what it would change', async () => {
    const { simulator, run, changes } = await startSteps();
    const [a, b] = ['running', 'paused'].map(
      (status, nr) => simulator.seedInstance({ name: `ci-${nr}`, status }).id,
    );
    const result = await run({ ...pause, 'dry-run': 'true' });
    expect(remarksOf(result)).toEqual([
      `notice: Dry run: would pause 1 instance: 'ci-0' (${a ?? ''}).`,
    ]);
    expect(instancesOf(result)).toEqual([
      { id: a, name: 'ci-0', status: 'running', changed: false },
      { id: b, name: 'ci-1', status: 'paused', changed: false },
    ]);
    expect(changes()).toEqual([]);
    expect(result.log).toContain(`ci-0 (${a ?? ''}): running; would be paused.`);
  });

  it('cannot inject commands through names', async () => {
    const { simulator, run } = await startSteps();
    for (const name of ['::error::ci', '##[error]ci', '::stop-commands::x']) {
      simulator.seedInstance({ name });
    }
    const result = await run({ ...pause, 'name-pattern': '*' });
    expect(result.exitCode).toBe(0);
    expect(result.annotations.map(({ level }) => level)).toEqual(['notice']);
  });

  it('refuses an instance that has another name or tenant than expected', async () => {
    const tenants = [{ name: 'One' }, { name: 'Two' }];
    const { simulator, run, changes } = await startSteps({ tenants });
    const [, two] = simulator.tenants;
    const seeds = [{ name: 'ours' }, { name: 'theirs', tenantId: two?.id ?? '' }];
    const [ours, theirs] = seeds.map((seed) => simulator.seedInstance(seed).id);
    for (const operation of ['get', 'pause']) {
      const ids = { 'instance-id': `${theirs ?? ''},${ours ?? ''}`, tenant: 'One' };
      const result = await run({
        operation,
        ...ids,
        ...(operation === 'get' ? {} : { wait: 'false' }),
      });
      expect(failureOf(result)).toContain(`belongs to tenant ${two?.id ?? ''}, not to `);
    }
    expect(changes()).toEqual([`POST /v1/instances/${ours ?? ''}/pause 202`]);
  });
});
