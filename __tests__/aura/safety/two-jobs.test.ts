import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../simulator/aura/simulator.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import { type Scenario, startScenario } from '../../../harness/world/scenario.ts';

const inputs = {
  operation: 'create',
  name: 'ours',
  tier: 'professional',
  region: 'europe-west1',
  'cloud-provider': 'gcp',
};
/** Each job requests another memory size, so a request shows which job it is from. */
const memories = ['1GB', '2GB'];

/** How two jobs create the same name at about the same time. */
interface Meeting {
  /** Seconds until lists show a new instance. */
  readonly lag: number;
  /** Seconds from the first POST to the POST of the other job. */
  readonly apart: number;
  /** What goes wrong with the first POST. */
  readonly fault?: Fault;
}

interface Aftermath extends AsyncDisposable {
  readonly scenario: Scenario;
  /** The job that sent its POST first, and the other one. */
  readonly first: StepResult;
  readonly second: StepResult;
}

/** Both jobs find the name free, and then both create an instance. */
async function meet({ lag, apart, fault }: Meeting): Promise<Aftermath> {
  const durations = { listAfterCreate: lag * 1000 };
  const quick = { quickKeys: true };
  const scenario = await startScenario({ simulator: { durations }, job: quick });
  const { simulator } = scenario;
  for (const [index, milliseconds] of [2_000, 2_000 + apart * 1000].entries()) {
    const match = { operation: 'listInstances' };
    simulator.addFault({ match, nth: index + 1, fault: { kind: 'slow', milliseconds } });
  }
  if (fault !== undefined) simulator.addFault({ match: { operation: 'createInstance' }, fault });
  const jobs = [scenario.job, await scenario.startJob(quick)];
  const results = await Promise.all(
    jobs.map((job, index) => {
      const memory = memories[index] ?? '';
      return job.step({ inputs: { ...scenario.credentials, ...inputs, memory } });
    }),
  );
  const post = simulator.exchanges.find((one) => one.path === '/v1/instances' && one.requestBody);
  const ordered = post?.requestBody.includes('1GB') === true ? results : results.toReversed();
  const [first, second] = ordered;
  if (first === undefined || second === undefined) throw new Error('Expected two results.');
  return { scenario, first, second, [Symbol.asyncDispose]: () => scenario.finish() };
}

const alive = ({ simulator }: Scenario) =>
  simulator.instances().filter(({ status }) => status !== 'destroying');

/** The instances that exist in the end and that neither job has reported. */
function untold({ scenario, first, second }: Aftermath): readonly string[] {
  return alive(scenario)
    .filter(({ id, password }) =>
      [first, second].every(({ exitCode, outputs, annotations }) => {
        const given = exitCode === 0 && outputs['instance-id'] === id;
        const told = annotations.some(({ message }) => message.includes(id));
        return !(given && outputs['password'] === password) && !told;
      }),
    )
    .map(({ id }) => id);
}

describe.each([0, 45])('two jobs with the same name, listed after %d s', (lag) => {
  it.each([0, 5, 25])(
    'leave only the instance of the job that was %d s faster, and the other job says so',
    async (apart) => {
      await using aftermath = await meet({ lag, apart });
      const { scenario, first, second } = aftermath;
      const [left, ...more] = alive(scenario);
      expect(more).toEqual([]);
      const [winner, loser] = first.exitCode === 0 ? [first, second] : [second, first];
      const made = scenario.simulator.history();
      expect(made).toHaveLength(2);
      const together = made[0]?.createdAt === made[1]?.createdAt;
      expect(together).toBe(apart === 0);
      // If both were created at the same moment, the one with the smaller id stays.
      if (together) expect(left?.id).toBe(made.map(({ id }) => id).toSorted()[0]);
      else expect(winner).toBe(first);
      expect(winner).toMatchObject({
        exitCode: 0,
        outputs: {
          'instance-id': left?.id,
          password: left?.password,
          created: 'true',
          status: 'running',
        },
      });
      expect(loser).toMatchObject({
        exitCode: 1,
        outputs: { created: 'false', status: 'deleted' },
      });
      expect(loser.annotations.map(({ message }) => message)).toEqual([
        `Could not create instance 'ours': another step created ${left?.id ?? ''} with this name at the same time, and was first. The instance of this step has been deleted. If several jobs, for example of a matrix, create instances with this name, give each its own: set 'name-suffix' to a value of the job, or another 'name'. If only one of them should run at a time, use the same 'concurrency' group for both.`,
      ]);
    },
  );

  it.each<[string, Fault]>([
    ['is reset', { kind: 'reset-before' }],
    ['is answered 500', { kind: 'status', status: 500 }],
    ['hangs', { kind: 'hang' }],
  ])(
    'keep the instance of the second one if the POST of the first one %s without effect',
    async (_, fault) => {
      await using aftermath = await meet({ lag, apart: 15, fault });
      const { scenario, first, second } = aftermath;
      const [left, ...more] = alive(scenario);
      expect(more).toEqual([]);
      expect(second).toMatchObject({
        exitCode: 0,
        outputs: { 'instance-id': left?.id, password: left?.password, status: 'running' },
      });
      expect(first.exitCode).toBe(1);
      expect(first.annotations.map(({ message }) => message)).toEqual([
        expect.stringContaining(`Instance ${left?.id ?? ''} is new and has the name`),
      ]);
      expect(scenario.simulator.history()).toHaveLength(1);
    },
  );

  it.each([3, 15])(
    'report every instance if the answer to the first POST is lost: %d s apart',
    async (apart) => {
      await using aftermath = await meet({ lag, apart, fault: { kind: 'reset-after' } });
      expect(untold(aftermath)).toEqual([]);
      expect(alive(aftermath.scenario).length).toBeLessThanOrEqual(2);
      for (const { exitCode, outputs } of [aftermath.first, aftermath.second]) {
        if (exitCode !== 0) continue;
        const ids = alive(aftermath.scenario).map(({ id }) => id);
        expect(ids).toEqual([outputs['instance-id']]);
      }
    },
  );
});
