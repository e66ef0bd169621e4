import type { SimulatedInstance } from '../../simulator/aura/simulator.ts';
import type { JobOptions, StepResult } from '../../harness/runner/fake-runner.ts';
import type { World } from './world.ts';

type Texts = Readonly<Record<string, string>>;

/** A run of a workflow: the event that starts it, its step, and what must be true afterwards. */
export interface Run {
  readonly title: string;
  readonly event: NonNullable<JobOptions['event']>;
  /** What happens on GitHub and in Aura before it. */
  readonly before?: (world: World) => void;
  readonly inputs: (world: World) => Texts;
  /** Outputs that the step must set to these values. */
  readonly outputs: Texts;
  /** The statuses of all instances in Aura afterwards. */
  readonly statuses: readonly string[];
  /** More problems of its result, as sentences without a period. */
  readonly check?: (result: StepResult, world: World) => readonly string[];
}

/** One of the jobs that the action is for. */
export interface Job {
  readonly title: string;
  readonly runs: readonly Run[];
}

const repository = { full_name: 'octo/shop', name: 'shop', owner: { login: 'octo' } };

function pullRequest(action: string, number: number, branch: string): Run['event'] {
  const state = action === 'closed' ? 'closed' : 'open';
  const closed_at = state === 'closed' ? new Date().toISOString() : null;
  const head = { ref: branch, label: `octo:${branch}`, user: { login: 'octo' }, repo: repository };
  const base = { ref: 'main', repo: repository };
  const pull_request = { number, state, closed_at, head, base };
  return { name: 'pull_request', payload: { action, number, pull_request } };
}

const auto = { operation: 'auto', 'credentials-store': 'deployment' };

/** The differences between an instance and the credentials that a step passes on. */
function differences(instance: SimulatedInstance | undefined, passed: Texts, names: Texts) {
  const wanted: Texts = {
    uri: instance?.connectionUrl ?? '',
    username: instance?.username ?? '',
    password: instance?.password ?? '',
  };
  return Object.entries(names)
    .filter(([key, name]) => passed[name] !== wanted[key])
    .map(([key, name]) => `${name} is not the ${key} of the instance`);
}

const outputNames = { uri: 'connection-uri', username: 'username', password: 'password' };
const variableNames = { uri: 'NEO4J_URI', username: 'NEO4J_USERNAME', password: 'NEO4J_PASSWORD' };

const forPullRequest: Job = {
  title: 'A database for every pull request',
  runs: [
    {
      title: 'pull request opened',
      event: pullRequest('opened', 42, 'feature/cart'),
      before: ({ github }) => {
        github.putPullRequest({ number: 42, branch: 'feature/cart' });
      },
      inputs: () => auto,
      outputs: { operation: 'create', created: 'true', status: 'running' },
      statuses: ['running'],
      check: ({ outputs }, { simulator }) =>
        differences(simulator.instances()[0], outputs, outputNames),
    },
    {
      title: 'another job uses it',
      event: pullRequest('opened', 42, 'feature/cart'),
      inputs: ({ received }) => ({
        operation: 'get',
        'sealed-credentials': received('pull request opened', 'sealed-credentials'),
        'export-env': 'true',
      }),
      outputs: { operation: 'get', status: 'running', changed: 'false' },
      statuses: ['running'],
      check: ({ exportedEnv }, { simulator }) =>
        differences(simulator.instances()[0], exportedEnv, variableNames),
    },
    {
      title: 'new commit pushed',
      event: pullRequest('synchronize', 42, 'feature/cart'),
      inputs: () => auto,
      outputs: { operation: 'create', created: 'false', status: 'running' },
      statuses: ['running'],
      check: ({ outputs }, { simulator }) =>
        differences(simulator.instances()[0], outputs, outputNames),
    },
    {
      title: 'pull request closed',
      event: pullRequest('closed', 42, 'feature/cart'),
      before: ({ github }) => {
        github.putPullRequest({ number: 42, branch: 'feature/cart', state: 'closed' });
      },
      inputs: () => auto,
      outputs: { operation: 'delete', changed: 'true', status: 'deleted' },
      statuses: [],
    },
  ],
};

const schedule = { name: 'schedule', payload: { schedule: '0 19 * * 1-5' } };

const atNight: Job = {
  title: 'Pause at night, resume in the morning',
  runs: [
    {
      title: 'schedule, 19:00',
      event: schedule,
      before: ({ simulator }) => {
        simulator.seedInstance({ name: 'staging', type: 'professional-db' });
      },
      inputs: () => ({ operation: 'pause', name: 'staging' }),
      outputs: { status: 'paused', changed: 'true' },
      statuses: ['paused'],
    },
    {
      title: 'schedule, 6:00',
      event: schedule,
      inputs: () => ({ operation: 'resume', name: 'staging' }),
      outputs: { status: 'running', changed: 'true' },
      statuses: ['running'],
    },
  ],
};

/** GitHub starts no run when a pull request with conflicts is closed: its instance is left behind. */
const leaveBehind = ({ simulator, received }: World): void => {
  simulator.seedInstance({ name: received('pull request opened', 'name') });
};

const staysAlone: Run['check'] = (_, { simulator }) =>
  simulator.instances().every(({ name }) => name === 'staging')
    ? []
    : ["it did not keep 'staging', which does not belong to a branch"];

const withBranch: Job = {
  title: 'Deleted with its branch, even if no run noticed that the pull request was closed',
  runs: [
    {
      title: 'branch deleted',
      event: { name: 'delete', payload: { ref: 'feature/cart', ref_type: 'branch' } },
      before: leaveBehind,
      inputs: () => auto,
      outputs: { operation: 'delete', changed: 'true', status: 'deleted' },
      statuses: ['running'],
      check: staysAlone,
    },
    {
      title: 'nightly sweep',
      event: schedule,
      before: leaveBehind,
      inputs: () => auto,
      outputs: { operation: 'sweep', changed: 'true' },
      statuses: ['running'],
      check: staysAlone,
    },
  ],
};

/** The three jobs that the action is for. */
export const jobs: readonly Job[] = [forPullRequest, atNight, withBranch];
