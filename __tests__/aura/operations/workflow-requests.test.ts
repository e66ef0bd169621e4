import { expect, test } from 'vitest';
import { describeExchange, outputsOf } from '../../../harness/world/support.ts';
import { stepIn, tokenRequestsOf } from '../credentials-across-jobs/support.ts';
import { startScenario } from '../in-process/scenario.ts';

type Inputs = Readonly<Record<string, string>>;

const name = 'shop-main';
/** A job for each line: the first creates, the second pauses, the last deletes. */
const workflow: readonly (readonly Inputs[])[] = [
  [{ operation: 'create' }, { operation: 'get' }, { operation: 'get' }],
  [{ operation: 'get' }, { operation: 'pause' }, { operation: 'get' }],
  [{ operation: 'get' }, { operation: 'get' }, { operation: 'delete' }],
];

/** The requests of each step; several equal ones in a row count as polls. */
function withoutPolls(requests: readonly string[]): readonly string[] {
  return requests.filter((line, index) => line !== requests[index - 1]);
}

/** Runs the workflow by name or id; only the first job has no sealed credentials. */
async function runWorkflow(target: (outputs: Inputs) => Inputs) {
  await using scenario = await startScenario();
  const { simulator } = scenario;
  const steps: (readonly string[])[] = [];
  let created: Inputs | undefined;
  for (const [index, job] of workflow.entries()) {
    const runner = index === 0 ? scenario.job : await scenario.startJob();
    for (const inputs of job) {
      const from = simulator.exchanges.length;
      const sealed =
        created === undefined ? {} : { 'sealed-credentials': created['sealed-credentials'] ?? '' };
      const aim = created === undefined ? { name } : target(created);
      const outputs = outputsOf(await stepIn(scenario, runner, { ...inputs, ...aim, ...sealed }));
      created ??= outputs;
      steps.push(simulator.exchanges.slice(from).map(describeExchange));
    }
  }
  const polls = steps.map((requests) => requests.length - withoutPolls(requests).length);
  return {
    steps: steps.map(withoutPolls),
    total: simulator.exchanges.length,
    polls: polls.reduce((sum, count) => sum + count, 0),
    tokens: tokenRequestsOf(scenario),
  };
}

const list = 'GET /v1/instances 200';
const read = 'GET /v1/instances/{id} 200';
const creating = [
  'POST /oauth/token 200',
  'GET /v1/tenants 200',
  list,
  'GET /v1/tenants/{id} 200',
  'POST /v1/instances 202',
  list,
  read,
  list,
];

test.each<[how: string, target: (outputs: Inputs) => Inputs]>([
  ['name', () => ({ name })],
  ['id', (outputs) => ({ 'instance-id': outputs['instance-id'] ?? '' })],
])(
  'three jobs of three steps look for nothing that they know, and use one token: by %s',
  async (how, target) => {
    const { steps, total, polls, tokens } = await runWorkflow(target);
    // Sealed credentials contain the id, but a deletion by name looks for all with the name.
    const found = how === 'name' ? [list, read] : [read];
    expect(steps).toEqual([
      creating,
      [read],
      [read],
      [read],
      [read, 'POST /v1/instances/{id}/pause 202', read],
      [read],
      [read],
      [read],
      [...found, 'DELETE /v1/instances/{id} 202', read, 'GET /v1/instances/{id} 404'],
    ]);
    expect(tokens).toBe(1);
    // Three minutes of a create, two of a pause and one of a deletion.
    expect(polls).within(26, 38);
    expect(total).toBeLessThanOrEqual(68);
  },
);
