import type { Operation, Several } from './request.ts';
import type { InputName, Reader } from './table.ts';
import { messages } from './messages.ts';

/** The operations that can work on several instances. */
const takers: readonly Operation[] = ['get', 'pause', 'resume', 'delete'];
/** Each of them selects the instances alone. */
const selectors = ['instance-id', 'name', 'name-pattern'] as const;

/** Whether the inputs select several instances; for a sweep they only limit what it considers. */
export function isSeveral(read: Reader): boolean {
  return read.value('operation') !== 'sweep' && readSeveral(read) !== undefined;
}

/** The several instances that the inputs select; undefined for one. */
export function readSeveral(read: Reader): Several | undefined {
  const pattern = read.value('name-pattern');
  if (pattern !== undefined) return { pattern };
  const ids = read.value('instance-id') ?? [];
  return ids.length > 1 ? { ids } : undefined;
}

/**
 * Adds a problem for each combination of inputs that selects no instances, or too many: more than
 * one selector, several instances for an operation on one, or together with an input about one.
 */
export function noteSelection(read: Reader): void {
  const operation = read.value('operation');
  if (operation === 'sweep') return;
  const takes = operation === undefined || takers.includes(operation);
  // With a create, both have errors of their own.
  const given = selectors.filter(
    (name) => read.value(name) !== undefined && (takes || operation !== 'create'),
  );
  if (given.length > 1 && (takes || !isSeveral(read))) {
    read.problem(messages.selectors(given));
  }
  if (!isSeveral(read)) return;
  if (!takes) {
    const byPattern = read.given('name-pattern');
    if (operation === 'create' && !byPattern) return;
    const which = byPattern ? "Input 'name-pattern'" : "Input 'instance-id' with several ids";
    read.problem(messages.oneInstance(which, operation));
    return;
  }
  const single = ofOne(read);
  if (single.length === 0) return;
  read.problem(messages.ofOneInstance(single));
}

/** The inputs that are set and are about one instance. */
function ofOne(read: Reader): readonly InputName[] {
  const texts = ['sealed-credentials', 'password', 'env-file'] as const;
  return [
    ...texts.filter((name) => read.given(name)),
    ...(['export-env', 'verify'] as const).filter((name) => read.changed(name)),
  ];
}
