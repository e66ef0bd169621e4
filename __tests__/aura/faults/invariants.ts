import type { Simulator } from '../../../simulator/aura/simulator.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';

/** A step that has ended, and its world at that moment. */
export interface Ending {
  readonly simulator: Simulator;
  readonly result: StepResult;
  /** The name that the step worked on. */
  readonly name: string;
  /** Instances with that name that existed before. */
  readonly seeded: readonly string[];
  /** Instances that the step must leave alone, whatever their name is. */
  readonly theirs: readonly string[];
  /** Those of them that look the same as one that the step may have created. */
  readonly mistakable: readonly string[];
  /** Whether the step was asked to delete the existing instances. */
  readonly deletes: boolean;
  /** The expected output `changed` after a success. */
  readonly changes: boolean;
}

const going: ReadonlySet<string> = new Set(['destroying', 'deleting']);

/** The mistakes of a step: it must not lose, leave behind or damage any instance. */
export function describeViolations(ending: Ending): readonly string[] {
  const { simulator, result, name, seeded, theirs, mistakable } = ending;
  const violations: string[] = [];
  const alive = simulator.instances().filter(({ status }) => !going.has(status));
  // A step can rename an instance.
  const ours = alive.filter(
    (instance) =>
      (instance.name === name || seeded.includes(instance.id)) && !theirs.includes(instance.id),
  );
  const fresh = ours.filter(({ id }) => !seeded.includes(id));

  for (const { id } of ours) {
    const given = seeded.includes(id) && result.outputs['name'] === name;
    if (!given && !isNamed(id, ending))
      violations.push(`instance ${id} still exists and is unknown`);
  }
  for (const { id, password } of fresh) {
    const { outputs } = result;
    const handedOver = outputs['instance-id'] === id && outputs['password'] === password;
    if (!handedOver && !isInAnnotation(id, ending)) {
      violations.push(
        `instance ${id} still exists, but its password is lost and no message says so`,
      );
    }
  }
  if (fresh.length > 1 || ours.length > Math.max(1, seeded.length)) {
    violations.push(`${ours.length} instances have the name`);
  }
  const untouched = simulator.history().filter(({ deleteRequestedAt: at }) => at === undefined);
  for (const id of theirs) {
    if (untouched.some((instance) => instance.id === id) || mistakable.includes(id)) continue;
    violations.push(`instance ${id} of somebody else was deleted`);
  }
  for (const { method, path } of simulator.exchanges) {
    const other = theirs.find((id) => path.includes(id) && !mistakable.includes(id));
    if (method !== 'GET' && other !== undefined) {
      violations.push(`${method} ${path} would change an instance of somebody else`);
    }
  }
  if (result.exitCode !== 0 && result.annotations.length !== 1) {
    violations.push(`a failure with ${result.annotations.length} annotations`);
  }
  const { outputs } = result;
  if (outputs['created'] === 'true' && !fresh.some(({ id }) => id === outputs['instance-id'])) {
    violations.push('created, but it does not live');
  }
  if (!ending.deletes && seeded.some((old) => !ours.some(({ id }) => id === old))) {
    violations.push('an instance is gone that nobody asked to delete');
  }
  if (result.exitCode === 0) violations.push(...describeFalsehoods(ending));
  return violations;
}

/** Outputs of a successful step that do not match the simulator. */
function describeFalsehoods(ending: Ending): readonly string[] {
  const { simulator, result, name, seeded, theirs, changes } = ending;
  const { status, changed } = result.outputs;
  const [left] = simulator
    .instances()
    .filter(
      (instance) =>
        (instance.name === name || seeded.includes(instance.id)) && !theirs.includes(instance.id),
    );
  const truth = left?.status ?? 'deleted';
  const snapshot = result.outputs['snapshot-id'];
  const snapshots = simulator.history().flatMap(({ id }) => simulator.snapshots(id));
  return [
    status === truth ? '' : `the output says '${status ?? ''}', but the status is '${truth}'`,
    snapshot === undefined || snapshots.some(({ id }) => id === snapshot)
      ? ''
      : `the output names the snapshot '${snapshot}', which does not exist`,
    changed === String(changes) ? '' : `the output 'changed' is '${changed ?? ''}'`,
  ].filter((falsehood) => falsehood !== '');
}

function isNamed(id: string, ending: Ending): boolean {
  const { outputs } = ending.result;
  return (
    outputs['instance-id'] === id ||
    (outputs['instances'] ?? '').includes(id) ||
    isInAnnotation(id, ending)
  );
}

/** By its id, or if the step can't know the id, by its name and a note that one may still exist. */
function isInAnnotation(id: string, { result, name }: Ending): boolean {
  return result.annotations.some(
    ({ level, message }) =>
      level !== 'notice' &&
      (message.includes(id) || message.includes(`An instance '${name}' may still exist`)),
  );
}
