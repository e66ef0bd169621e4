import { describe, expect, it } from 'vitest';
import type { StepOptions } from '../../../harness/runner/fake-runner.ts';
import { startGitHub } from '../../../harness/github/server.ts';
import { startSteps } from '../operations/steps-in-process.ts';
import { nameOf } from '../operations/sweep/fleet.ts';
import { startScenario } from '../in-process/scenario.ts';
import { blocksOf, factsOf, headingOf, rowsOf } from './summaries.ts';

const professional = { tier: 'professional', region: 'europe-west1', memory: '2GB' };

/** Cancels a step in the middle of its wait. */
const inTheMiddle: Omit<StepOptions, 'inputs'> = {
  cancel: { when: ({ sleep }) => sleep(40_000) },
};

describe('the summary claims nothing that has not happened', () => {
  it.each([
    { operation: 'pause', is: '`pausing`', said: 'is being paused', did: 'paused' },
    { operation: 'delete', is: '`destroying`', said: 'is being deleted', did: 'deleted' },
  ])('after a cancelled $operation of several', async ({ operation, is, said, did }) => {
    await using scenario = await startScenario();
    const seed = (name: string): string => scenario.simulator.seedInstance({ name }).id;
    const ids = ['s-a', 's-b'].map(seed);
    const inputs = { operation, 'name-pattern': 's-*' };
    const { summary, conclusion } = await scenario.run(inputs, inTheMiddle);
    expect(conclusion).toBe('cancelled');
    expect(headingOf(summary)).toBe(`Neo4j Aura: 0 of 2 instances ${did}`);
    expect(rowsOf(summary)).toEqual(
      ids.map((id, index) => [
        `\`s-${'ab'[index] ?? ''}\``,
        `\`${id}\``,
        '`running`',
        is,
        '',
        said,
      ]),
    );
  });

  it('after a cancelled sweep', async () => {
    await using server = await startGitHub();
    const event = { name: 'schedule', payload: { repository: { default_branch: 'main' } } };
    const env = { GITHUB_API_URL: server.url };
    await using scenario = await startScenario({ job: { event, env } });
    scenario.simulator.seedInstance({ name: nameOf('gone') });
    const { summary } = await scenario.run({ operation: 'sweep' }, inTheMiddle);
    expect(headingOf(summary)).toBe('Neo4j Aura: sweep deleted 0 of 1 instance');
    expect(summary).toContain('| being deleted | no open pull request needs it |');
  });

  it('about an id that Aura does not find: it costs nothing, and was not kept', async () => {
    const { simulator, run } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'shop', status: 'paused' });
    const inputs = { 'instance-id': `abcdef12, ${id}` };
    const paused = await run({ operation: 'pause', ...inputs });
    expect(paused.summary).not.toContain('may still cost money');
    expect(rowsOf(paused.summary)[0]?.slice(0, 4)).toEqual(['', '`abcdef12`', '', '']);
    const deleted = await run({ operation: 'delete', ...inputs });
    expect(rowsOf(deleted.summary)).toContainEqual([
      '',
      '`abcdef12`',
      '',
      '',
      '',
      'does not exist',
    ]);
  });
});

describe('the summary says why and what', () => {
  it('a dry run of a replacing create would delete', async () => {
    const { simulator, run, changes } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'shop' });
    const inputs = { operation: 'create', name: 'shop', 'if-exists': 'replace', ...professional };
    const { summary, annotations } = await run({ ...inputs, 'dry-run': 'true' });
    expect(changes()).toEqual([]);
    expect(blocksOf(summary)).toContain(`**Would be deleted before it:** \`shop\` (\`${id}\`).`);
    expect(annotations.map(({ message }) => message)).toEqual([
      `Dry run: would delete instance 'shop' (${id}), then create instance 'shop': tier professional, version 5, 2GB, gcp europe-west1.`,
    ]);
  });

  it('a dry run of a resize would change', async () => {
    const { simulator, run } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'shop', type: 'professional-db' });
    const inputs = { operation: 'resize', name: 'shop', memory: '8GB', 'dry-run': 'true' };
    expect(blocksOf((await run(inputs)).summary)).toContain(
      `Dry run: would set memory 8GB of instance \`shop\` (\`${id}\`), which is running.`,
    );
  });

  it('a cancelled create has deleted another instance', async () => {
    await using scenario = await startScenario();
    const { id } = scenario.simulator.seedInstance({ name: 'shop' });
    const inputs = { operation: 'create', name: 'shop', 'if-exists': 'replace', ...professional };
    const { summary } = await scenario.run(inputs, inTheMiddle);
    expect(blocksOf(summary)).toContain(
      `**Deleted by this step:** \`shop\` (\`${id}\`), which is \`destroying\` now.`,
    );
  });

  it('a step was skipped', async () => {
    await using scenario = await startScenario({
      job: {
        event: {
          name: 'delete',
          payload: { ref: 'v1', ref_type: 'tag', repository: { default_branch: 'main' } },
        },
      },
    });
    const skipped = await scenario.run({ operation: 'auto' });
    expect(blocksOf(skipped.summary)).toEqual([
      '### Neo4j Aura: nothing to do',
      'Tag `v1` was deleted. Only branches have instances, so there is nothing to do.',
    ]);
    const silent = await scenario.run({ operation: 'auto', summary: 'false' });
    expect(silent.summary).toBe('');
  });

  it('a failure is not said twice, although the id was not known when the step began', async () => {
    const { simulator, run } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'shop' });
    simulator.addFault({
      match: { operation: 'getInstance' },
      times: 'always',
      fault: { kind: 'status', status: 400, body: { errors: [{ message: 'No', reason: 'why' }] } },
    });
    const { summary } = await run({ operation: 'pause', name: 'shop' });
    expect(summary).not.toContain('Could not pause');
    expect(summary).toContain('> Aura answered 400 `No` (why).');
    expect(summary).not.toContain(`(\`${id}\`)`);
  });

  it('a timeout of a create whose instance the post step deletes', async () => {
    const { run } = await startSteps();
    const inputs = { operation: 'create', name: 'shop', timeout: '1m', ...professional };
    const { summary } = await run({ ...inputs, 'delete-after-job': 'true' });
    expect(factsOf(summary)).toMatchObject({ Status: '`creating`' });
    expect(blocksOf(summary)).toContain(
      '**What to do next:** The instance still exists, and it will be deleted when this job ends: increase `timeout`.',
    );
  });
});
