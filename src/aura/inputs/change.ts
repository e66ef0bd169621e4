import { type InputName, type Reader, hasEffect } from './table.ts';
import { messages } from './messages.ts';

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
    read.problem(messages.noValues(values));
  }
  if (operation === 'restore' && !read.given('snapshot-id')) {
    read.problem(messages.noSnapshot);
  }
  const [hasSource, hasSnapshot] = [
    read.given('source-instance-id'),
    read.given('source-snapshot-id'),
  ];
  if (hasSnapshot && !hasSource && hasEffect('source-snapshot-id', operation)) {
    read.problem(messages.snapshotWithoutSource);
  } else if (operation === 'overwrite' && !hasSource) {
    read.problem(messages.noSource);
  }
  if (operation !== 'overwrite' || hasSnapshot || id === undefined) return;
  if (read.value('source-instance-id') !== id) return;
  read.problem(messages.sourceIsTarget);
}
