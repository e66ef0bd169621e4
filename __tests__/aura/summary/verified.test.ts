import { describe, expect, it, onTestFinished } from 'vitest';
import { startBoltServer } from '../../../harness/bolt/server.ts';
import { takeOver } from '../credentials/sealed-step.ts';
import { startScenario } from '../in-process/scenario.ts';
import { charted, factsOf, headingOf } from './summaries.ts';

/** A scenario with a paused instance, and a fake database that accepts one password. */
async function prepare(password: string) {
  const scenario = await startScenario();
  onTestFinished(() => scenario.finish());
  const database = await startBoltServer({ password: 'the-right-one' });
  onTestFinished(() => database.close());
  const { instance, inputs } = takeOver(scenario.simulator, {
    uri: database.uri('bolt'),
    password,
  });
  scenario.simulator.setStatus(instance.id, 'paused');
  return { scenario, inputs: { ...inputs, operation: 'resume' } };
}

describe('the summary of a step that verifies its database', () => {
  it('says that it answers, also in the chart', async () => {
    const { scenario, inputs } = await prepare('the-right-one');
    const { exitCode, summary } = await scenario.run({ ...inputs, verify: 'require' });
    expect(exitCode).toBe(0);
    expect(factsOf(summary)).toMatchObject({ Checked: 'the database answers over Bolt' });
    expect(charted(summary).at(-1)).toMatch(/^connected over Bolt :milestone, \d+, 0ms$/);
  });

  it.each(['require', 'warn'])('does not say so after a wrong password: %s', async (verify) => {
    const { scenario, inputs } = await prepare('a-wrong-one');
    const { exitCode, summary } = await scenario.run({ ...inputs, verify });
    expect(exitCode).toBe(verify === 'require' ? 1 : 0);
    expect(factsOf(summary)['Checked']).toBe(
      verify === 'warn' ? '**could not be verified over Bolt**; see the warning' : undefined,
    );
    expect(summary).not.toContain('connected over Bolt');
    if (verify === 'require') expect(headingOf(summary)).toContain('could not resume instance');
  });

  it('never contains the password', async () => {
    const { scenario, inputs } = await prepare('the-right-one');
    const { summary } = await scenario.run({ ...inputs, verify: 'require' });
    expect(summary).not.toContain('the-right-one');
  });
});
