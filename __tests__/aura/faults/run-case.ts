import type { Exchange } from '../../../simulator/aura/simulator.ts';
import { type CaseName, type Case, cases, name } from './cases.ts';
import { startGitHub } from '../../../harness/github/server.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import { runInProcess } from './in-process.ts';
import { describeViolations } from './invariants.ts';
import { type Rival, createRival, describeRivalry, mistakableOf } from './rival.ts';
import { type Trouble, isTransient, ruleOf } from './troubles.ts';
import { type WorldName, skewOf, startWorld } from './world.ts';

/** How a run differs from the usual one. */
export interface Setting {
  readonly world?: WorldName;
  readonly troubles?: readonly Trouble[];
  /** Another job that creates an instance with the same name. */
  readonly rival?: Rival;
  /** More inputs. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** In seconds; default 20 minutes. */
  readonly timeout?: number;
}

/** The result of a run. */
export interface Outcome {
  readonly result: StepResult;
  readonly requests: readonly Exchange[];
  readonly violations: readonly string[];
}

const defaultTimeout = 20 * 60;
/** How long a step may run past its `timeout`. */
const overrunMilliseconds = 2_000;
/** The answer to a create contains the only copy of a password, so the step waits longer for it. */
const hangingCreateMilliseconds = 90_000;
/** Faults that delay the answer. */
const holdsBack: ReadonlySet<string | undefined> = new Set(['hang', 'hang-after', 'slow']);

/** Runs a case in a setting, and checks what must be true after every run. */
export async function runCase(caseName: CaseName, setting: Setting = {}): Promise<Outcome> {
  const { troubles = [], timeout = defaultTimeout } = setting;
  const subject: Case = cases[caseName];
  const rivalry = createRival(setting.rival);
  const { simulator, clock, violations } = await startWorld(setting.world, rivalry.onExchange);
  const github = subject.open === undefined ? undefined : await startGitHub();
  try {
    rivalry.enter(simulator, clock);
    const seeded = subject.seed(simulator);
    const bystanders = bystandersOf(subject).map(
      (each) => simulator.seedInstance({ name: each }).id,
    );
    if (subject.open !== undefined) {
      github?.putPullRequest({ number: 7, branch: subject.open.branch });
    }
    const now = clock.now() + skewOf(setting.world);
    for (const trouble of troubles) simulator.addFault(ruleOf(trouble, now));
    const given =
      typeof subject.inputs === 'function' ? subject.inputs(simulator, seeded) : subject.inputs;
    const inputs = { ...given, timeout: String(timeout), ...setting.inputs };
    const result = await runInProcess({ simulator, clock, inputs, ...(github && { github }) });
    const theirs = [...bystanders, ...rivalry.ids()];
    const mistakable = mistakableOf(rivalry, simulator.exchanges);
    const { deletes, changes, several = false } = subject;
    const world = { simulator, result, name: subject.name ?? name, seeded, theirs, mistakable };
    const ending = { ...world, deletes, changes, several };
    violations.push(...describeViolations(ending), ...describeRivalry(ending, rivalry));
    if (
      result.exitCode === 0 &&
      rivalry.ids().length === 0 &&
      !subject.reached(simulator, seeded) &&
      !(subject.warns === true && isWarned(result))
    ) {
      violations.push('the step succeeds, but its goal is not reached');
    }
    if (result.exitCode !== 0 && isEasy(setting)) {
      violations.push('the step fails without a fault, or for a single transient one');
    }
    const over = result.drivenMilliseconds - timeout * 1000 - extraTime(simulator.exchanges);
    if (over > 0) violations.push(`the step ended ${over} ms too late`);
    return { result, requests: simulator.exchanges, violations };
  } finally {
    await simulator.close();
    await github?.close();
  }
}

/** The names of instances that a step must leave alone. */
function bystandersOf({ open }: Case): readonly string[] {
  return ['theirs', ...(open === undefined ? [] : [open.name])];
}

function isWarned({ annotations }: StepResult): boolean {
  return annotations.some(({ level, message }) => level === 'warning' && message.includes(name));
}

/** A step with enough time recovers from everything that happens. */
function isEasy({ troubles = [], rival, timeout = defaultTimeout }: Setting): boolean {
  if (rival !== undefined || timeout < defaultTimeout) return false;
  return troubles.length === 0 || (troubles.length === 1 && troubles.every(isTransient));
}

function extraTime(requests: readonly Exchange[]): number {
  const hung = requests.some(
    ({ method, path, fault }) =>
      method === 'POST' && path === '/v1/instances' && holdsBack.has(fault),
  );
  return overrunMilliseconds + (hung ? hangingCreateMilliseconds : 0);
}
