import { describe, expect, it, onTestFinished } from 'vitest';
import type { SimulatorOptions } from '../../../simulator/aura/simulator.ts';
import type { JobOptions } from '../../../harness/runner/fake-runner.ts';
import { type Scenario, startScenario } from '../in-process/scenario.ts';
import { logOf } from './log-lines.ts';

async function start(simulator: SimulatorOptions = {}, job: JobOptions = {}): Promise<Scenario> {
  const scenario = await startScenario({ simulator, job });
  onTestFinished(() => scenario.finish());
  return scenario;
}

/** A fixed interval, so that the times in the log are always the same. */
const evenly = { 'poll-interval': '10s' };

function idsOf({ simulator }: Scenario): readonly string[] {
  return simulator.instances().map(({ id }) => id);
}

/** The log of one step on the instance `shop` in a status, and on others. */
async function logWith(
  inputs: Readonly<Record<string, string>>,
  seeds: readonly Parameters<Scenario['simulator']['seedInstance']>[0][] = [{ name: 'shop' }],
): Promise<string> {
  const scenario = await start();
  for (const seed of seeds) scenario.simulator.seedInstance({ type: 'professional-db', ...seed });
  const ids = idsOf(scenario);
  return logOf(await scenario.run({ ...evenly, ...inputs }), ids);
}

describe('the whole log of a step', () => {
  it('that creates an instance', async () => {
    const scenario = await start({}, { filesWithSecrets: ['.env'] });
    const inputs = { operation: 'create', 'export-env': 'true', 'env-file': '.env' };
    const result = await scenario.run({ ...evenly, ...inputs, 'delete-after-job': 'true' });
    expect(logOf(result, idsOf(scenario))).toMatchInlineSnapshot();
    const [post] = await scenario.job.post();
    if (post === undefined) throw new Error('no post step');
    expect(logOf(post, [result.outputs['instance-id'] ?? ''])).toMatchInlineSnapshot();
  });

  it('that creates one with all values and does not wait', async () => {
    const scenario = await start();
    const place = { region: 'europe-west1', 'cloud-provider': 'gcp' };
    const inputs = { name: 'shop', tier: 'professional', memory: '2GB', version: '5', ...place };
    const result = await scenario.run({ operation: 'create', wait: 'false', ...inputs });
    expect(logOf(result, idsOf(scenario))).toMatchInlineSnapshot();
  });

  it('that reuses a paused one', async () => {
    const seeds = [{ name: 'shop', status: 'paused' }];
    const inputs = { operation: 'create', name: 'shop', password: 'letMeIn-0123' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot();
  });

  it('that gets one', async () => {
    expect(await logWith({ operation: 'get', name: 'shop' })).toMatchInlineSnapshot();
  });

  it('that polls one', async () => {
    const seeds = [{ name: 'shop', status: 'creating' }];
    expect(await logWith({ operation: 'poll', name: 'shop' }, seeds)).toMatchInlineSnapshot();
  });

  it('that pauses one, in the middle of a poll interval of 70 seconds', async () => {
    const inputs = { operation: 'pause', name: 'shop', 'poll-interval': '70s' };
    expect(await logWith(inputs)).toMatchInlineSnapshot();
  });

  it('that resumes one', async () => {
    const seeds = [{ name: 'shop', status: 'paused' }];
    expect(await logWith({ operation: 'resume', name: 'shop' }, seeds)).toMatchInlineSnapshot();
  });

  it('that resizes and renames one that is busy', async () => {
    const seeds = [{ name: 'shop', status: 'updating', memory: '2GB', storage: '4GB' }];
    const inputs = { operation: 'resize', name: 'shop', memory: '4GB', 'new-name': 'store' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot();
  });

  it('that takes a snapshot', async () => {
    expect(await logWith({ operation: 'snapshot', name: 'shop' })).toMatchInlineSnapshot();
  });

  it('that restores the latest snapshot', async () => {
    const scenario = await start();
    const { id } = scenario.simulator.seedInstance({ name: 'shop', type: 'professional-db' });
    scenario.simulator.seedSnapshot(id, {});
    const inputs = { operation: 'restore', name: 'shop', 'snapshot-id': 'latest' };
    const log = logOf(await scenario.run({ ...evenly, ...inputs }), [id]);
    expect(log.replace(/\d{4}-\d\d-\d\d/g, '<date>')).toMatchInlineSnapshot();
  });

  it('that overwrites one with another', async () => {
    const scenario = await start();
    const [, source = ''] = ['shop', 'production'].map(
      (name) => scenario.simulator.seedInstance({ name, type: 'professional-db' }).id,
    );
    const inputs = { operation: 'overwrite', name: 'shop', 'source-instance-id': source };
    const result = await scenario.run({ ...evenly, ...inputs });
    expect(logOf(result, idsOf(scenario))).toMatchInlineSnapshot();
  });

  it('that deletes one', async () => {
    expect(await logWith({ operation: 'delete', name: 'shop' })).toMatchInlineSnapshot();
  });

  it('that pauses several, of which one is paused already', async () => {
    const seeds = [{ name: 'ci-a' }, { name: 'ci-b', status: 'paused' }, { name: 'ci-c' }];
    const inputs = { operation: 'pause', 'name-pattern': 'ci-*' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot();
  });

  it('that deletes several', async () => {
    const seeds = [{ name: 'ci-a' }, { name: 'ci-b' }];
    const inputs = { operation: 'delete', 'name-pattern': 'ci-*' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot();
  });

  it('that would delete several', async () => {
    const seeds = [{ name: 'ci-a' }, { name: 'ci-b' }];
    const inputs = { operation: 'delete', 'name-pattern': 'ci-*', 'dry-run': 'true' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot();
  });

  it('that gets several', async () => {
    const seeds = [{ name: 'ci-a' }, { name: 'ci-b', status: 'paused' }];
    const inputs = { operation: 'get', 'name-pattern': 'ci-*' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot();
  });

  it("that follows the event with 'auto'", async () => {
    const scenario = await start();
    const result = await scenario.run({ operation: 'auto', wait: 'false' });
    expect(logOf(result, idsOf(scenario))).toMatchInlineSnapshot();
  });
});

describe('the whole log of a step that fails', () => {
  it('at the timeout', async () => {
    const seeds = [{ name: 'shop', status: 'creating' }];
    const inputs = { operation: 'poll', name: 'shop', timeout: '40s' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot();
  });

  it('because Aura refuses', async () => {
    const scenario = await start();
    const { id } = scenario.simulator.seedInstance({ name: 'shop' });
    const fault = {
      kind: 'status',
      status: 403,
      headers: { 'x-request-id': 'abc-123' },
      body: { errors: [{ message: 'Insufficient permissions', reason: 'unauthorized' }] },
    } as const;
    scenario.simulator.addFault({ match: { path: '/pause$' }, times: 'always', fault });
    const result = await scenario.run({ operation: 'pause', name: 'shop' });
    expect(logOf(result, [id])).toMatchInlineSnapshot();
  });

  it('because it was cancelled while it waited', async () => {
    const scenario = await start();
    const inputs = { operation: 'create', name: 'shop', ...evenly };
    const result = await scenario.run(inputs, { cancel: { when: (step) => step.sleep(45_000) } });
    expect(logOf(result, idsOf(scenario))).toMatchInlineSnapshot();
  });

  it('before its inputs are valid', async () => {
    const scenario = await start();
    expect(
      logOf(await scenario.run({ operation: 'pause', 'instance-id': 'x' })),
    ).toMatchInlineSnapshot();
  });

  it('because Aura answers nothing for a while, then never', async () => {
    const scenario = await start();
    scenario.simulator.addFault({
      match: { operation: 'listTenants' },
      times: 'always',
      fault: { kind: 'status', status: 503, headers: { 'retry-after': '20' }, body: {} },
    });
    const result = await scenario.run({ operation: 'get', name: 'shop' });
    expect(
      logOf(result).replace(/retrying in \d+s/g, 'retrying in <time>'),
    ).toMatchInlineSnapshot();
  });
});
