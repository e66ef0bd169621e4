import { type InputName, type Reader, hasEffect } from './table.ts';
import { inputsNamed } from './words.ts';

/** The inputs of a resize; it needs at least one of them. */
const values = [
  'memory',
  'storage',
  'vector-optimized',
  'graph-analytics-plugin',
  'secondaries',
  'cdc-enrichment-mode',
  'new-name',
] as const satisfies readonly InputName[];

/**
 * Adds the problems of the inputs that say what a resize, a restore or an overwrite does.
 *
 * @param id of the instance to change, if it is known.
 */
export function noteChange(read: Reader, id: string | undefined): void {
  const operation = read.value('operation');
  if (operation === undefined) return;
  if (operation === 'resize' && !values.some((name) => read.given(name))) {
    read.problem(
      `${inputsNamed(values)} are all empty or not set; expected at least one of them with operation 'resize'.`,
    );
  }
  if (operation === 'restore' && !read.given('snapshot-id')) {
    read.problem(
      "Input 'snapshot-id' is empty or not set; expected the id of a snapshot, or latest, with operation 'restore'.",
    );
  }
  const [hasSource, hasSnapshot] = [
    read.given('source-instance-id'),
    read.given('source-snapshot-id'),
  ];
  if (hasSnapshot && !hasSource && hasEffect('source-snapshot-id', operation)) {
    read.problem(
      "Input 'source-snapshot-id' is set without 'source-instance-id'; expected the id of the instance that has the snapshot.",
    );
  } else if (operation === 'overwrite' && !hasSource) {
    read.problem(
      "Input 'source-instance-id' is empty or not set; expected the id of the instance to copy with operation 'overwrite'.",
    );
  }
  if (operation !== 'overwrite' || hasSnapshot || id === undefined) return;
  if (read.value('source-instance-id') !== id) return;
  read.problem(
    "Input 'source-instance-id' is the instance to overwrite; expected another instance, or 'source-snapshot-id' with one of its snapshots.",
  );
}
