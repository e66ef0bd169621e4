import { label, listed } from '../../api/label.ts';
import type { CreateBody, InstanceSummary } from '../../api/types.ts';
import { inline, joined, prose } from '../../../core/runner/markdown.ts';
import type { MainSession } from '../../session/session.ts';
import { describeBody } from './body.ts';

/**
 * Says in one notice and in the summary what a create would do.
 *
 * @param replaced the instances that it would delete before.
 */
export function sayWhatWouldHappen(
  { report }: MainSession,
  body: CreateBody,
  replaced: readonly InstanceSummary[],
): void {
  const first = replaced.length === 0 ? '' : `delete ${listed(replaced.map(label))}, then `;
  report.notice(`Dry run: would ${first}create instance '${body.name}': ${describeBody(body)}.`);
  const removed = replaced.map((one) => inline`${one.name} (${one.id})`);
  report.summary({
    title: inline`What would be created`,
    blocks: [
      { text: inline`${body.name}: ${prose(describeBody(body))}.` },
      ...(removed.length === 0
        ? []
        : [{ text: inline`**Would be deleted before it:** ${joined(removed)}.` }]),
    ],
  });
}
