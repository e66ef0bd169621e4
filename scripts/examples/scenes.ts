import {
  branchDeleted,
  dispatched,
  type Happening,
  pullRequest,
  pullRequests,
  push,
  scheduled,
  tagDeleted,
} from './events.ts';
import { cronsOf, dispatchInputsOf, eventsOf, starts, type Workflow } from './workflows.ts';

/** Events that happen together, and what goes wrong in their runs. */
export interface Scene {
  readonly happenings: readonly Happening[];
  /**
   * `broken`: the tests fail. `cancelled`: somebody cancels the run while it waits. `crowded`: runs
   * fail, because Aura Free allows one instance. `refused`: the run fails because of its inputs, and
   * changes nothing.
   */
  readonly trouble?: 'broken' | 'cancelled' | 'crowded' | 'refused';
  /** GitHub starts no run, though the workflow asks for one. */
  readonly unnoticed?: boolean;
}

/** Inputs that a person gives. */
const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'examples/migrate-instance.yml': {
    name: 'shop-production',
    'cloud-provider': 'gcp',
    region: 'us-central1',
    memory: '8GB',
  },
};

function scene(...happenings: readonly Happening[]): Scene {
  return { happenings };
}

/**
 * The events that a workflow meets: those that it asks for, the first one twice. An example also meets
 * forks, Dependabot, two pull requests at once, failing tests and a cancelled run.
 */
export function scenesFor(workflow: Workflow): readonly Scene[] {
  const events = Object.keys(eventsOf(workflow));
  const has = (name: string): boolean => events.includes(name);
  return [
    ...(has('pull_request') ? pullRequestScenes(workflow) : []),
    ...(has('push') ? pushScenes(workflow) : []),
    ...(has('workflow_dispatch') ? dispatchScenes(workflow) : []),
    ...(has('schedule') ? scheduleScenes(workflow) : []),
    ...(has('delete') ? deleteScenes(workflow) : []),
  ];
}

function pullRequestScenes(workflow: Workflow): readonly Scene[] {
  const opened = pullRequest('opened', 'cart');
  const again = pullRequest('synchronize', 'cart');
  const closed = pullRequest('closed', 'cart');
  const fork = pullRequest('opened', 'fork');
  const dependabot = pullRequest('opened', 'dependabot');
  if (workflow.isRecipe) {
    const last = scene(closed, pullRequest('closed', 'fork'));
    const first = starts(workflow, opened) ? scene(opened) : last;
    return [first, scene(again, fork, dependabot), scene(push('main')), last];
  }
  const crowded = workflow.text.includes('A free instance');
  return [
    scene(closed, pullRequest('closed', 'deleted fork')),
    { ...scene(opened, pullRequest('opened', 'search')), ...(crowded && { trouble: 'crowded' }) },
    scene(again, fork, dependabot),
    { ...scene(again), trouble: 'broken' },
    { ...scene(pullRequest('opened', 'payment')), trouble: 'cancelled' },
    scene(pullRequest('synchronize', 'payment'), pullRequest('closed', 'fork')),
    scene(push('main')),
    scene(closed, pullRequest('closed', 'search'), pullRequest('closed', 'payment')),
    scene(pullRequest('reopened', 'cart')),
    scene(closed),
    scene(closed),
  ];
}

function pushScenes({ isRecipe }: Workflow): readonly Scene[] {
  const pushed = scene(push('feature/cart'));
  const dependabot = push(pullRequests.dependabot.branch, 'dependabot[bot]');
  if (isRecipe) return [pushed, scene(push('feature/cart'), dependabot, push('main'))];
  return [
    scene(push('feature/cart'), push('feature/search')),
    scene(push('feature/cart'), dependabot),
    { ...pushed, trouble: 'broken' },
    { ...scene(push('feature/payment')), trouble: 'cancelled' },
    scene(push('feature/payment'), push('main')),
  ];
}

function deleteScenes(workflow: Workflow): readonly Scene[] {
  if (workflow.isRecipe) return [scene(branchDeleted('feature/cart'))];
  return [
    scene(branchDeleted('feature/unknown'), withoutSecrets(branchDeleted('feature/unknown'))),
    scene(branchDeleted('feature/cart', 'push'), branchDeleted('feature/cart')),
    scene(tagDeleted(), branchDeleted('feature/search'), branchDeleted('feature/payment')),
  ];
}

/** The same event of Dependabot, which gets no secrets. */
function withoutSecrets(happening: Happening): Happening {
  const title = `${happening.title}, by Dependabot`;
  return { ...happening, title, actor: 'dependabot[bot]', withheld: true };
}

function scheduleScenes(workflow: Workflow): readonly Scene[] {
  const crons = cronsOf(workflow);
  const nights = crons.flatMap((cron) => [scene(scheduled(cron)), scene(scheduled(cron))]);
  if (!('pull_request' in eventsOf(workflow))) return nights;
  return [
    scene(pullRequest('opened', 'conflicting')),
    { ...scene(pullRequest('closed', 'conflicting')), unnoticed: true },
    ...nights.slice(0, 2),
  ];
}

function dispatchScenes(workflow: Workflow): readonly Scene[] {
  const inputs = { ...dispatchInputsOf(workflow), ...answers[workflow.place] };
  const once = scene(dispatched(inputs));
  const region = 'region' in inputs ? { region: 'mars-1' } : undefined;
  if (region !== undefined) {
    const wrong = { ...scene(dispatched({ ...inputs, ...region })), trouble: 'refused' } as const;
    return [wrong, once, once];
  }
  const dryRun = { ...inputs, 'dry-run': 'false' };
  // Without inputs, as through the API: their defaults count.
  return [once, scene(dispatched({})), ...('dry-run' in inputs ? [scene(dispatched(dryRun))] : [])];
}
