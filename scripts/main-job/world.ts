import { startGitHub, type GitHubServer } from '../../harness/github/server.ts';
import { startJob, type StepResult } from '../../harness/runner/fake-runner.ts';
import { startSimulator, type Simulator } from '../../simulator/aura/simulator.ts';
import { realTimeClock } from '../../simulator/core/clock.ts';
import type { Run } from './jobs.ts';

/** A simulated Aura and GitHub, and what earlier jobs passed on. */
export interface World {
  readonly simulator: Simulator;
  readonly github: GitHubServer;
  /** An output of an earlier run as another job receives it: empty if the runner drops it. */
  readonly received: (run: string, output: string) => string;
  readonly play: (run: Run) => Promise<Played>;
  readonly close: () => Promise<void>;
}

/** How a run went. */
export interface Played {
  readonly results: readonly StepResult[];
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What did not go as it should; empty for a success. */
  readonly problems: readonly string[];
}

/**
 * Starts the simulators.
 *
 * @param speed - simulated seconds for each real one
 * @param actionDirectory - the directory with action.yml
 */
export async function startWorld(speed: number, actionDirectory: string): Promise<World> {
  const simulator = await startSimulator({ clock: realTimeClock(speed) });
  const github = await startGitHub();
  const passed = new Map<string, string>();
  const statuses = () => simulator.instances().map(({ status }) => status);
  const world: World = {
    simulator,
    github,
    received: (run, output) => passed.get(`${run}/${output}`) ?? '',
    play: async (run) => {
      run.before?.(world);
      const before = statuses();
      const job = await startJob({
        event: run.event,
        actionDirectory,
        env: { AURA_API_URL: simulator.url, GITHUB_API_URL: github.url },
        secrets: [simulator.clientSecret],
        forbiddenSecrets: () => simulator.secrets(),
      });
      try {
        const main = await job.step({
          inputs: {
            'client-id': simulator.clientId,
            'client-secret': simulator.clientSecret,
            'poll-interval': '1s',
            ...run.inputs(world),
          },
        });
        const results = [main, ...(await job.post())];
        for (const [name, value] of Object.entries(main.outputs)) {
          passed.set(`${run.title}/${name}`, job.output(value) ?? '');
        }
        const after = statuses();
        return { results, before, after, problems: problemsOf(run, results, world) };
      } finally {
        await job.dispose();
      }
    },
    close: async () => {
      await simulator.close();
      await github.close();
    },
  };
  return world;
}

function problemsOf(run: Run, results: readonly StepResult[], world: World): string[] {
  const [main] = results;
  if (main === undefined) return ['it did not run'];
  const ended = results
    .filter(({ conclusion }) => conclusion !== 'success')
    .map(({ stage, conclusion }) => `its ${stage} stage ended in ${conclusion}`);
  const outputs = Object.entries(run.outputs)
    .filter(([name, expected]) => main.outputs[name] !== expected)
    .map(([name, expected]) => {
      const actual = main.outputs[name];
      return `output '${name}' is ${actual === undefined ? 'not set' : `'${actual}'`}, not '${expected}'`;
    });
  const existing = world.simulator.instances().map(({ status }) => status);
  const left =
    existing.toSorted().join() === run.statuses.toSorted().join()
      ? []
      : [`Aura has ${describe(existing)}, not ${describe(run.statuses)}`];
  return [...ended, ...outputs, ...left, ...(run.check?.(main, world) ?? [])];
}

/** The instances of a world in a few words. */
export function describe(statuses: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  const words = [...counts].map(([status, count]) => `${count} ${status}`);
  return words.length === 0 ? 'no instance' : words.join(', ');
}
