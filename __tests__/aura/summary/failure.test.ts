import { describe, expect, it, onTestFinished } from 'vitest';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import type { Simulator, SimulatorOptions } from '../../../simulator/aura/simulator.ts';
import { cancelStep } from '../cancellation/cancelled-step.ts';
import { startScenario } from '../in-process/scenario.ts';
import { startSteps } from '../operations/steps-in-process.ts';
import { blocksOf, factsOf, headingOf, lastLineOf } from './summaries.ts';

const nothingCreated = '**Nothing was created; nothing is left behind.**';
const nothingChanged = '**Nothing was changed.**';
const stillThere = '**The instance still exists.**';
const create = { operation: 'create', name: 'shop' };

/** Runs a step that must fail, and returns its summary. */
async function failing(
  inputs: Readonly<Record<string, string>>,
  prepare: (simulator: Simulator) => Readonly<Record<string, string>> | undefined = () => undefined,
  options: SimulatorOptions = {},
): Promise<string> {
  const { simulator, run } = await startSteps(options);
  const result = await run({ ...inputs, ...prepare(simulator) });
  expect(result.exitCode).toBe(1);
  return result.summary;
}

/** Aura's answer to each request that matches. */
function answer(simulator: Simulator, method: string, status: number, reason = 'why'): void {
  simulator.addFault({
    match: { method, path: '^/v1/' },
    times: 'always',
    fault: { kind: 'status', status, body: { errors: [{ message: 'No | <b>', reason }] } },
  });
}

describe('the summary of a failed create', () => {
  it('says what Aura answered, what to do, and that nothing is left behind', async () => {
    const summary = await failing(
      create,
      (simulator) => {
        simulator.seedInstance({ name: 'other', type: 'free-db' });
        return undefined;
      },
      { instanceQuota: 1 },
    );
    expect(blocksOf(summary)).toEqual([
      '### Neo4j Aura: could not create instance `shop`',
      expect.stringMatching(/^> Aura answered 405 `.+` \(instance-limit-reached\)\.$/),
      expect.stringMatching(/^\*\*What to do next:\*\* [A-Z].+\.$/),
      nothingCreated,
      '<details><summary>For Neo4j support</summary>',
      expect.stringMatching(/^`POST \/v1\/instances`: answer `405`, request id `\S+`$/),
      '</details>',
      expect.stringMatching(
        /^<sub>under 1s in total · 6 requests to Aura, 1 of them for an access token · \[Troubleshooting\]\(https:\S+\)<\/sub>$/,
      ),
    ]);
  });

  it.each<[string, (simulator: Simulator) => void]>([
    [
      'a refused request',
      (simulator) => {
        answer(simulator, 'POST', 403);
      },
    ],
    [
      'a refused list',
      (simulator) => {
        answer(simulator, 'GET', 403);
      },
    ],
    [
      'a taken name',
      (simulator) => {
        simulator.seedInstance({ name: 'shop' });
      },
    ],
  ])('says after %s that nothing is left behind', async (_, prepare) => {
    const summary = await failing({ ...create, 'if-exists': 'fail' }, (simulator) => {
      prepare(simulator);
      return undefined;
    });
    expect(blocksOf(summary)).toContain(nothingCreated);
  });

  it.each<[string, Parameters<Simulator['addFault']>[0]['fault']]>([
    ['answers with an error of its own', { kind: 'status', status: 500 }],
    ['resets the connection after it created something', { kind: 'reset-after' }],
  ])('does not say so if Aura %s', async (_, fault) => {
    const summary = await failing({ ...create, timeout: '1m' }, (simulator) => {
      simulator.addFault({ match: { method: 'POST', path: '^/v1/' }, times: 'always', fault });
      return undefined;
    });
    expect(summary).not.toContain('Nothing was');
    expect(headingOf(summary)).toMatch(/^Neo4j Aura: could not create instance `shop`/);
  });

  it('does not say that nothing was created if a name was found that cannot be reused', async () => {
    const summary = await failing(create, (simulator) => {
      simulator.seedInstance({ name: 'shop' });
      return undefined;
    });
    expect(blocksOf(summary)).toContain(nothingChanged);
    expect(summary).not.toContain('nothing is left behind');
    expect(factsOf(summary)).toMatchObject({ Status: '`running`' });
  });

  it('says what exists when the time is up, and how it will be deleted', async () => {
    const summary = await failing({ ...create, timeout: '1m', 'delete-after-job': 'true' });
    expect(headingOf(summary)).toMatch(
      /^Neo4j Aura: could not create instance `shop` \(`\w{8}`\)$/,
    );
    expect(factsOf(summary)).toMatchObject({
      Status: '`creating`',
      'Will be deleted': 'when this job ends (`delete-after-job`)',
    });
    expect(blocksOf(summary)).toContain(stillThere);
  });
});

describe('the summary of another failure', () => {
  it.each(['pause', 'resume', 'resize', 'snapshot', 'delete', 'get'])(
    'of %s that Aura refuses says that nothing was changed',
    async (operation) => {
      const summary = await failing({ operation, name: 'shop', memory: '8GB' }, (simulator) => {
        const status = operation === 'resume' ? 'paused' : 'running';
        simulator.seedInstance({ name: 'shop', type: 'professional-db', status });
        const method = { resize: 'PATCH', delete: 'DELETE', get: 'GET' }[operation] ?? 'POST';
        answer(simulator, method, 403);
        return operation === 'resize' ? {} : { memory: '' };
      });
      expect(headingOf(summary)).toContain(`Neo4j Aura: could not ${operation} instance \`shop\``);
      expect(blocksOf(summary)).toContain(nothingChanged);
      expect(summary).toContain('Aura answered 403 `No | <b>`');
    },
  );

  it.each(['restore', 'overwrite'])(
    'of %s on the wrong instance says the same',
    async (operation) => {
      const summary = await failing({
        operation,
        name: 'none',
        ...(operation === 'restore'
          ? { 'snapshot-id': 'latest' }
          : { 'source-instance-id': '0000000a' }),
      });
      expect(headingOf(summary)).toBe(`Neo4j Aura: could not ${operation} instance \`none\``);
      expect(blocksOf(summary)).toContain(nothingChanged);
    },
  );

  it('of a change that does not end in time says that the instance still exists', async () => {
    const summary = await failing(
      { operation: 'pause', name: 'shop', timeout: '30s' },
      (simulator) => {
        simulator.seedInstance({ name: 'shop', type: 'professional-db' });
        return undefined;
      },
    );
    expect(factsOf(summary)).toMatchObject({ Status: '`pausing`, before: `running`' });
    expect(blocksOf(summary)).toContain(stillThere);
    expect(summary).toContain('**What to do next:** Aura continues with the change');
  });

  it('of a poll says the last status, and that nothing was changed', async () => {
    const summary = await failing(
      { operation: 'poll', name: 'shop', timeout: '20s' },
      (simulator) => {
        const { id } = simulator.seedInstance({ name: 'shop', type: 'professional-db' });
        simulator.setStatus(id, 'resuming');
        return undefined;
      },
    );
    expect(factsOf(summary)).toMatchObject({ Status: '`resuming`' });
    expect(blocksOf(summary)).toContain(nothingChanged);
  });

  it('of a wrong secret names the request', async () => {
    const summary = await failing({ ...create, 'client-secret': 'a-wrong-secret-0123456789' });
    expect(summary).toContain('`POST /oauth/token`: answer `401`');
    expect(lastLineOf(summary)).toMatch(/ · 1 request to Aura, for an access token · /);
  });
});

describe('the summary of a step that did not start', () => {
  it('lists all problems of the inputs', async () => {
    const summary = await failing({ operation: 'create', name: 'a|<b>', memory: '3', wait: 'x' });
    expect(blocksOf(summary)).toEqual([
      '### Neo4j Aura: the step did not start',
      expect.stringMatching(/^> Input .*\n>\n> Input .*$/),
      nothingChanged,
      expect.stringMatching(/^<sub>\[Troubleshooting\]\(https:\S+\)<\/sub>$/),
    ]);
  });

  it('is not written with summary: false', async () => {
    expect(await failing({ operation: 'create', memory: '3', summary: 'false' })).toBe('');
  });

  it('is written if it is the input summary that is wrong', async () => {
    expect(await failing({ ...create, summary: 'maybe' })).toContain('`summary` is `maybe`');
  });
});

describe('the summary of a cancelled step', () => {
  it.each([
    {
      moment: 60_000,
      heading: /^Neo4j Aura: the step to create instance `ours` \(`\w{8}`\) was cancelled$/,
    },
    {
      moment: { method: 'GET', path: /^\/v1\/tenants$/ },
      heading: /^Neo4j Aura: the step to create instance `ours` was cancelled$/,
    },
  ])('says what exists, and does not delay its end: $moment', async ({ moment, heading }) => {
    const inputs = { operation: 'create', name: 'ours', 'delete-after-job': 'true' };
    await using aftermath = await cancelStep({ inputs, moment });
    const { step, posts, lingered } = aftermath;
    expect(lingered).toBeLessThan(2_000);
    expect(headingOf(step.summary)).toMatch(heading);
    expect(step.summary).not.toContain('Troubleshooting');
    const exists = typeof moment === 'number';
    expect(blocksOf(step.summary)).toContain(exists ? stillThere : nothingCreated);
    expect(posts.map(({ summary }) => summary)).toEqual([
      exists
        ? expect.stringMatching(
            /^\*\*Neo4j Aura, after the job:\*\* instance `ours` \(`\w{8}`\) is being deleted \(`delete-after-job`\)\.\n\n$/,
          )
        : '',
    ]);
  });
});

describe('the summary of a post step', () => {
  /** A job whose instance is created, and its post step. */
  async function postOf(
    inputs: Readonly<Record<string, string>>,
    meanwhile: (simulator: Simulator) => void = () => undefined,
  ): Promise<StepResult | undefined> {
    const scenario = await startScenario();
    onTestFinished(() => scenario.finish());
    await scenario.run({ ...create, ...inputs });
    meanwhile(scenario.simulator);
    return (await scenario.job.post())[0];
  }

  it('says that it deletes the instance', async () => {
    const post = await postOf({ 'delete-after-job': 'true' });
    expect(post?.summary).toMatch(/instance `shop` \(`\w{8}`\) is being deleted/);
  });

  it('says why it could not delete it', async () => {
    const post = await postOf({ 'delete-after-job': 'true' }, (simulator) => {
      answer(simulator, 'DELETE', 403);
    });
    expect(post?.summary).toMatch(
      /^\*\*Neo4j Aura, after the job:\*\* Could not delete instance `shop` .*Aura answered 403 `No \| <b>`.*Delete it with operation `delete`.*\n\n$/,
    );
  });

  it.each<[string, Readonly<Record<string, string>>, ((simulator: Simulator) => void)?]>([
    ['nothing had to be deleted', {}],
    ['the summary is off', { 'delete-after-job': 'true', summary: 'false' }],
  ])('is not written if %s', async (_, inputs, meanwhile) => {
    expect((await postOf(inputs, meanwhile))?.summary ?? '').toBe('');
  });
});
