import { type RunEvent, branchOf } from '../../core/github/event.ts';
import { textField } from '../../core/github/payload.ts';
import type { UnknownInput } from '../../core/inputs/unknown.ts';
import type { Run } from './run.ts';
import { type Reader, hasEffect, inputNames } from './table.ts';
import type { Operation } from './request.ts';
import { inputsNamed } from './words.ts';

/** Facts about valid inputs that may need a message. */
interface Remarkable {
  readonly operation: Operation;
  /** Whether the event has chosen the operation (`auto`). */
  readonly byEvent: boolean;
  readonly unknown: readonly UnknownInput[];
  /** The name built from the event, if there is one. */
  readonly derived: string | undefined;
  /** The name in `config`, if it is used because the event has no branch. */
  readonly fromConfig: string | undefined;
  /** A suffix is set, but the sealed credentials select the instance. */
  readonly idleSuffix: boolean;
}

/** Reports facts about these inputs that may surprise a user. */
export function remark(read: Reader, run: Run, found: Remarkable): void {
  const { remarks, event } = run;
  if (remarks === undefined) return;
  const { operation, byEvent, unknown, derived, fromConfig, idleSuffix } = found;
  if (byEvent) remarks.info(`  ${describeChoice(operation, event)}`);
  for (const { name } of unknown) {
    remarks.debug(`Input '${name}' is unknown to this action and has no effect.`);
  }
  const idle = [
    describeIdleInputs(read, byEvent ? 'auto' : operation),
    idleSuffix
      ? "Input 'name-suffix' has no effect, because 'sealed-credentials' say which instance is meant."
      : undefined,
    read.changed('username') && !read.given('password')
      ? "Input 'username' has no effect without 'password'; set both, or neither."
      : undefined,
  ].filter((sentence) => sentence !== undefined);
  if (idle.length > 0) remarks.warning(idle.join(' '));
  if (fromConfig !== undefined) {
    remarks.info(
      `  Name '${fromConfig}' (from 'config', because ${describeEvent(event)} has no branch)`,
    );
  }
  if (derived !== undefined) {
    remarks.info(`  Name '${derived}' (${describeOrigin(event)})`);
  }
}

/**
 * One sentence that names the inputs that are set but have no effect on the operation. An input
 * that equals its default counts as not set.
 *
 * @returns undefined if there are none.
 */
function describeIdleInputs(read: Reader, operation: Operation | 'auto'): string | undefined {
  const idle = inputNames.filter((name) => !hasEffect(name, operation) && read.changed(name));
  if (idle.length === 0) return undefined;
  const have = idle.length === 1 ? 'has' : 'have';
  return `${inputsNamed(idle)} ${have} no effect on operation '${operation}'.`;
}

/**
 * Says that no input selects an instance. The runner passes both a missing input and an expression
 * without a value as an empty text.
 */
export function emptyInputs(operation: Operation | undefined): string {
  return operation === 'create'
    ? "Input 'name' is empty or not set"
    : "Inputs 'instance-id' and 'name' are both empty or not set";
}

/** An event as messages call it. */
export function describeEvent(event: RunEvent): string {
  return event.name === '' ? 'this run' : `event '${event.name}' on '${event.ref}'`;
}

/** Where a name comes from that no input sets. */
function describeOrigin(event: RunEvent): string {
  const branch = branchOf(event);
  const fork = branch?.owner === undefined ? '' : ` of the fork of ${branch.owner}`;
  return `from ${event.repository}, branch '${branch?.name ?? ''}'${fork}`;
}

function describeChoice(operation: Operation, event: RunEvent): string {
  const action = textField(event.payload, 'action');
  const which = action === undefined ? '' : ` (action '${action}')`;
  return `Operation '${operation}' follows from ${describeEvent(event)}${which}.`;
}
