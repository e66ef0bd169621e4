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
  /** Whether the step has only the outputs for several instances. */
  readonly several: boolean;
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
  violations.push(...annotationsOfFailure(result));
  const { outputs } = result;
  if (outputs['created'] === 'true' && !fresh.some(({ id }) => id === outputs['instance-id'])) {
    violations.push('created, but it does not live');
  }
  if (!ending.deletes && seeded.some((old) => !ours.some(({ id }) => id === old))) {
    violations.push('an instance is gone that nobody asked to delete');
  }
  if (result.exitCode === 0) {
    violations.push(...(ending.several ? falseEntries(ending) : describeFalsehoods(ending)));
  }
  if (ending.several) violations.push(...describeSeveral(ending));
  return violations;
}

interface Entry {
  readonly id: string;
  readonly status?: string;
  readonly changed: boolean;
  readonly error?: string;
}

function entriesOf({ result }: Ending): readonly Entry[] {
  return JSON.parse(result.outputs['instances'] ?? '[]') as readonly Entry[];
}

/** Mistakes in the outputs for several instances, however the step ended. */
function describeSeveral(ending: Ending): readonly string[] {
  const { simulator, result, seeded } = ending;
  const known = ['operation', 'skipped', 'tenant', 'changed', 'instances'];
  const others = Object.keys(result.outputs).filter((name) => !known.includes(name));
  const entries = entriesOf(ending);
  const ids = entries.map(({ id }) => id);
  const touched = simulator.exchanges
    .filter(({ method, path }) => method !== 'GET' && path !== '/oauth/token')
    .filter(({ status }) => status === 202)
    .map(({ path }) => path.split('/')[3] ?? '');
  const { tenant } = result.outputs;
  return [
    ...others.map((name) => `the output '${name}' is about one instance`),
    ...ids.filter((id) => !seeded.includes(id)).map((id) => `${id} is none of the instances`),
    ...touched.filter((id) => !ids.includes(id)).map((id) => `${id} was changed, but is not named`),
    tenant === undefined || tenant === simulator.tenantId ? '' : 'another tenant',
  ].filter((mistake) => mistake !== '');
}

/** Entries of a successful step that do not match the simulator. */
function falseEntries(ending: Ending): readonly string[] {
  const { simulator, result, seeded, changes } = ending;
  const entries = entriesOf(ending);
  const truth = new Map(simulator.instances().map(({ id, status }) => [id, status]));
  return [
    ...seeded.filter((id) => !entries.some((entry) => entry.id === id)).map((id) => `no ${id}`),
    ...entries
      .filter(({ id, status }) => status !== (truth.get(id) ?? 'deleted'))
      .map(({ id, status }) => `the output says that ${id} is '${status ?? ''}'`),
    ...entries.filter(({ changed }) => changed !== changes).map(({ id }) => `changed of ${id}`),
    ...entries.filter(({ error }) => error !== undefined).map(({ id }) => `an error for ${id}`),
    result.outputs['changed'] === String(changes) ? '' : "the output 'changed'",
    result.outputs['tenant'] === simulator.tenantId ? '' : 'no tenant',
  ].filter((falsehood) => falsehood !== '');
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

/** A failed step has one error; if some of several instances were changed, a notice names them. */
function annotationsOfFailure({ exitCode, annotations, outputs }: StepResult): readonly string[] {
  if (exitCode === 0) return [];
  const entries = JSON.parse(outputs['instances'] ?? '[]') as readonly { changed: boolean }[];
  const isPartial = entries.length > 1 && entries.some(({ changed }) => changed);
  const levels = annotations.map(({ level }) => level).toSorted();
  const allowed = [['error'], ...(isPartial ? [['error', 'notice']] : [])];
  return allowed.some((each) => each.join() === levels.join())
    ? []
    : [`a failure with the annotations ${levels.join(', ')}`];
}

/**
 * By its id; or if the step can't know the id, by its name and a note that one may still exist; or
 * because the step did not get as far as the first list.
 */
function isInAnnotation(id: string, { result, name, simulator }: Ending): boolean {
  const gotIn = simulator.exchanges.some(({ path }) => path !== '/oauth/token');
  return result.annotations.some(
    ({ level, message }) =>
      level !== 'notice' &&
      (message.includes(id) ||
        message.includes(`An instance '${name}' may still exist`) ||
        // Before the first list nobody knows their ids.
        /^Could not \w+ (the instances that match '[^']+'|2 instances|the stale instances of octo\/shop): /.test(
          message,
        ) ||
        // Before the first token nothing is asked, so the message names no instance either.
        (!gotIn && /^Could not (sign in to Aura: |connect to Aura at )/.test(message))),
  );
}
