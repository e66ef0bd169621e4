import { defaultBranchProblem } from '../../core/github/default-branch.ts';
import { type RunEvent, branchOf, closedPullRequest, deletedTag } from '../../core/github/event.ts';
import { field, textField } from '../../core/github/payload.ts';
import { whySkipped } from './credentials.ts';
import { messages } from './messages.ts';
import { instanceName } from './naming.ts';
import { describeEvent } from './remarks.ts';
import { type AutoOperation, type InputName, hasEffect, inputNames, table } from './table.ts';

/** The operation of a step, and how the inputs are read for it. */
interface Chosen {
  /** The operation that runs; for an operation that is not valid, the text of the input. */
  readonly operation: string;
  /** Whether the event has chosen it. */
  readonly byEvent: boolean;
  /** Inputs of the other operations that the event could have chosen. */
  readonly aside: ReadonlySet<InputName>;
  readonly problems: readonly string[];
}

/** A step that has nothing to do. */
interface Idle {
  /** The operation that would run; undefined if the event has none. */
  readonly operation: string | undefined;
  /** The output `skipped`. */
  readonly skipped: boolean;
  readonly notice: string;
}

/** The text of an input, empty if not set. */
type GetInput = (name: InputName) => string;

/**
 * The operation that a step runs: the input's, or for `auto` the one of the event.
 *
 * @returns for an event without one, a problem and the operation `create`, whose inputs are then
 *   checked.
 */
export function chooseOperation(getInput: GetInput, event: RunEvent): Chosen {
  if (!isAuto(getInput)) {
    const operation = getInput('operation');
    return { operation, byEvent: false, aside: new Set(), problems: [] };
  }
  const choice = choiceFor(event);
  const operation = typeof choice === 'string' ? choice : 'create';
  return {
    operation,
    byEvent: true,
    aside: new Set(
      inputNames.filter((name) => hasEffect(name, 'auto') && !concerns(name, operation)),
    ),
    problems: choice === undefined ? [messages.noOperation(describeEvent(event))] : [],
  };
}

/** A pattern is for the sweep alone: it must never select what is deleted for one branch. */
function concerns(name: InputName, operation: AutoOperation): boolean {
  return name === 'name-pattern' ? operation === 'sweep' : hasEffect(name, operation);
}

/**
 * Whether a step ends without doing anything: its event needs nothing, or GitHub passes no secrets
 * to this run and the inputs allow this.
 */
export function whyIdle(getInput: GetInput, event: RunEvent): Idle | undefined {
  const choice = isAuto(getInput) ? choiceFor(event) : writtenOperation(getInput);
  if (typeof choice === 'object') return { operation: undefined, ...choice };
  const withheld = whySkipped(getInput, event);
  const notice = withheld ?? (isAuto(getInput) ? whyKept(getInput, event) : undefined);
  return notice === undefined ? undefined : { operation: choice, skipped: true, notice };
}

/** In the form of the output; for an operation that is not valid, the text of the input. */
function writtenOperation(getInput: GetInput): string {
  const text = getInput('operation').trim();
  const parsed = table.operation.parse(text);
  return 'value' in parsed ? parsed.value : text;
}

function isAuto(getInput: GetInput): boolean {
  return getInput('operation').trim().toLowerCase() === 'auto';
}

/**
 * What an event asks for.
 *
 * @returns an operation, or a notice that there is nothing to do; undefined if the event is not one
 *   that `auto` can use.
 */
function choiceFor(event: RunEvent): AutoOperation | Omit<Idle, 'operation'> | undefined {
  const { name, payload } = event;
  const tag = deletedTag(event);
  if (tag !== undefined) {
    const notice = `Tag '${tag}' was deleted. Only branches have instances, so there is nothing to do.`;
    return { skipped: false, notice };
  }
  switch (name) {
    case 'schedule':
      return 'sweep';
    case 'pull_request':
    case 'pull_request_target':
      return choiceForPullRequest(event);
    case 'push':
      if (branchOf(event) === undefined) return undefined;
      return field(payload, 'deleted') === true ? 'delete' : 'create';
    case 'create':
    case 'delete':
      return branchOf(event) === undefined ? undefined : name;
    default:
      return undefined;
  }
}

/** A later event of a closed pull request, such as a new label, must not create an instance. */
function choiceForPullRequest(event: RunEvent): ReturnType<typeof choiceFor> {
  const closed = closedPullRequest(event);
  if (closed === undefined) return 'create';
  const action = textField(event.payload, 'action');
  if (action === 'closed') return 'delete';
  const which = closed.number === undefined ? '' : ` #${closed.number}`;
  const notice = `Skipped: pull request${which} is closed, so its branch needs no instance (event '${event.name}', action '${action ?? ''}').`;
  return { skipped: true, notice };
}

/** Why the instance of the event's branch is kept: it is the default branch's. */
function whyKept(getInput: GetInput, event: RunEvent): string | undefined {
  if (choiceFor(event) !== 'delete') return undefined;
  if (getInput('name').trim() !== '' || getInput('instance-id').trim() !== '') return undefined;
  const branch = branchOf(event);
  const why = branch && defaultBranchProblem(event, branch, instanceName);
  return why === undefined
    ? undefined
    : `Skipped: nothing is deleted for ${describeEvent(event)}, because ${why}. Set 'name' or 'instance-id' to delete its instance.`;
}
