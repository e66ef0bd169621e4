import { setImmediate as nextTurn } from 'node:timers/promises';
import { type FakeJob, type StepResult, startJob } from '../../../harness/runner/fake-runner.ts';
import type { Answer, Call } from '../../../harness/github/answers.ts';
import type { SimulatorOptions } from '../../../simulator/aura/options.ts';
import type { World } from '../../../simulator/aura/world.ts';
import { type DrivenClock, drivenClock } from '../../../simulator/core/clock.ts';
import { seededRandom } from '../../core/time/clocks.ts';
import { auraInMemory } from './aura-in-memory.ts';
import { gitHubInMemory } from './github-in-memory.ts';
import { parallelStages } from './parallel-stages.ts';

/** Jobs of one API client that start at the same moment. */
export interface Fleet {
  readonly jobs: number;
  /** Inputs of each create besides name, credentials and tenant. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** `shared`: with the store of the repository, which is empty; `each`: every job needs its own. */
  readonly token: 'shared' | 'each';
  readonly aura: Pick<
    SimulatorOptions,
    'requestsPerMinute' | 'retryAfter' | 'refusedRequests' | 'tokenLifetimeSeconds'
  >;
  readonly seed?: number;
  /** Happens two minutes after the start, while most jobs wait for their instances. */
  readonly happens?: (world: World) => void;
  /** GitHub's answer in the n-th second after the start, if it is not the usual one. */
  readonly github?: (second: number, call: Call) => Answer | undefined;
}

/** What became of them. */
export interface FleetResult {
  /** Jobs whose create succeeded. */
  readonly succeeded: number;
  /** Instances that exist after all post steps. */
  readonly leftBehind: number;
  /** Requests without those for a token. */
  readonly requests: number;
  /** How many of them were refused with 429. */
  readonly refused: number;
  /** All requests to GitHub. */
  readonly gitHubRequests: number;
  /** Tokens that Aura gave. */
  readonly tokens: number;
  /** Deployments that are left: credentials, and the shared token. */
  readonly stored: number;
  /** From the start until the last post step has ended, in simulated minutes. */
  readonly minutes: number;
  /** The errors and warnings, each one once. */
  readonly problems: readonly string[];
}

/** Many instances of a paid tier may exist at once. */
const place = {
  tier: 'professional',
  region: 'europe-west1',
  'cloud-provider': 'gcp',
  memory: '1GB',
};

/**
 * Runs the jobs side by side in this process, in simulated time: each creates an instance, waits for
 * it, and deletes it in its post step.
 */
export async function runFleet({
  jobs,
  token,
  aura,
  inputs,
  seed = 1,
  happens,
  github: answerOf,
}: Fleet): Promise<FleetResult> {
  const random = seededRandom(seed);
  const usualRandom = Math.random;
  const clock = drivenClock();
  const service = auraInMemory({ ...aura, clock }, random);
  const begin = clock.now();
  const github = gitHubInMemory(clock, random, (call) =>
    answerOf?.((clock.now() - begin) / 1000, call),
  );
  const { driver, restore } = parallelStages(clock);
  Math.random = random;
  const { world } = service;
  const common = {
    'api-url': 'http://127.0.0.1',
    'client-id': world.clientId,
    'client-secret': world.clientSecret,
    tenant: world.tenants[0]?.id ?? '',
    'credentials-store': token === 'shared' ? 'deployment' : 'none',
    ...place,
    ...inputs,
  };
  const started: FakeJob[] = [];
  const start = async (): Promise<FakeJob> => {
    const job = await startJob({ driver });
    started.push(job);
    return job;
  };
  try {
    const fleet = await Promise.all(Array.from({ length: jobs }, start));
    const runs = fleet.map(async (job, index): Promise<readonly StepResult[]> => {
      const create = { operation: 'create', name: `fleet-${index}`, 'delete-after-job': 'true' };
      const main = await job.step({ inputs: { ...common, ...create } });
      return [main, ...(await job.post())];
    });
    if (happens !== undefined) {
      void clock.sleep(120_000).then(() => {
        happens(world);
      });
    }
    const results = await during(clock, Promise.all(runs));
    // Deletions that Aura has accepted end.
    clock.advance(120_000);
    const others = service.requests.filter((one) => one.path !== '/oauth/token');
    const messages = results.flat().flatMap(({ annotations }) => annotations);
    return {
      succeeded: results.filter(([main]) => main?.conclusion === 'success').length,
      leftBehind: service.living(),
      requests: others.length,
      refused: others.filter(({ status }) => status === 429).length,
      gitHubRequests: github.requests(),
      tokens: service.requests.filter((one) => one.path === '/oauth/token' && one.status === 200)
        .length,
      stored: github.deployments().length,
      minutes: (clock.now() - 120_000 - begin) / 60_000,
      problems: [
        ...new Set(
          messages.filter(({ level }) => level !== 'notice').map(({ message }) => message),
        ),
      ],
    };
  } finally {
    Math.random = usualRandom;
    restore();
    service.restore();
    github.restore();
    for (const job of started) await job.dispose();
  }
}

/** Moves the clock whenever everything waits, until the work has ended. */
async function during<T>(clock: DrivenClock, work: Promise<T>): Promise<T> {
  const state = { ended: false };
  const end = (): void => {
    state.ended = true;
  };
  work.then(end, end);
  for (;;) {
    await nextTurn();
    if (state.ended) return work;
    if (clock.next !== undefined) clock.advance(Math.max(0, clock.next - clock.now()));
  }
}
