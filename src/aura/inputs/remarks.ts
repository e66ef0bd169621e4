import type { RunEvent } from '../../core/github/event.ts';
import type { UnknownInput } from '../../core/inputs/unknown.ts';
import type { Run } from './run.ts';
import { type InputName, type Reader, hasEffect, inputNames } from './table.ts';
import type { Operation } from './request.ts';

/** Facts about valid inputs that may need a message. */
interface Remarkable {
  readonly operation: Operation;
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
  const { operation, unknown, derived, fromConfig, idleSuffix } = found;
  for (const { name } of unknown) {
    remarks.debug(`Input '${name}' is unknown to this action and has no effect.`);
  }
  const idle = [
    describeIdleInputs(read, operation),
    idleSuffix
      ? "Input 'name-suffix' has no effect, because 'sealed-credentials' say which instance is meant."
      : undefined,
  ].filter((sentence) => sentence !== undefined);
  if (idle.length > 0) remarks.warning(idle.join(' '));
  if (read.changed('username') && !read.given('password')) {
    remarks.warning("Input 'username' has no effect without 'password'; set both, or neither.");
  }
  if (fromConfig !== undefined) {
    remarks.info(
      `${emptyInputs(operation)}, and ${describeEvent(event)} has no branch, so the name is the one in 'config': '${fromConfig}'.`,
    );
  }
  if (derived !== undefined) {
    remarks.info(
      `${emptyInputs(operation)}, so the name is built from ${describeEvent(event)}: '${derived}'.`,
    );
  }
}

/**
 * One sentence that names the inputs that are set but have no effect on the operation. An input
 * that equals its default counts as not set.
 *
 * @returns undefined if there are none.
 */
function describeIdleInputs(read: Reader, operation: Operation): string | undefined {
  const idle = inputNames
    .filter((name) => !hasEffect(name, operation) && read.changed(name))
    .map((name: InputName) => `'${name}'`);
  const last = idle.at(-1);
  if (last === undefined) return undefined;
  return idle.length === 1
    ? `Input ${last} has no effect on operation '${operation}'.`
    : `Inputs ${idle.slice(0, -1).join(', ')} and ${last} have no effect on operation '${operation}'.`;
}

/**
 * Says that no input selects an instance. The runner passes both a missing input and an expression
 * without a value as an empty text.
 */
export function emptyInputs(operation: string): string {
  return operation === 'create'
    ? "Input 'name' is empty or not set"
    : "Inputs 'instance-id' and 'name' are both empty or not set";
}

/** An event as messages call it. */
export function describeEvent(event: RunEvent): string {
  return event.name === '' ? 'this run' : `event '${event.name}' on '${event.ref}'`;
}
