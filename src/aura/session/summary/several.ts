import { type Inline, joined, inline, prose, unbroken } from '../../../core/runner/markdown.ts';
import type { Block } from '../../../core/runner/summary.ts';
import { formatDuration } from '../../../core/time/clock.ts';
import { cutMessage } from '../../api/label.ts';
import type { Course } from '../history.ts';
import type { Entry } from '../ledger.ts';
import { type Facts, endsEarly, isDryRun } from './facts.ts';
import { withoutTask } from './failure.ts';
import { words } from './words.ts';

/** A table of several instances: those that failed, then those that were changed, then the others. */
export function describeSeveral(facts: Facts): readonly Block[] {
  const entries = facts.ledger.entries();
  if (entries.length === 0) return [];
  const ordered = [...entries].sort((one, other) => rank(one) - rank(other));
  const isGet = facts.task.operation === 'get';
  return [
    {
      table: isGet
        ? {
            header: [inline`Instance`, inline`Id`, inline`Status`, inline`Result`],
            rows: ordered.map((entry) => [...named(entry), after(entry), resultOf(facts, entry)]),
          }
        : {
            header: [
              inline`Instance`,
              inline`Id`,
              inline`Before`,
              inline`After`,
              inline`Time`,
              inline`Result`,
            ],
            numbers: [4],
            rows: ordered.map((entry) => changeRow(facts, entry)),
          },
    },
    ...whatIsLeft(facts),
  ];
}

function rank({ error, changed }: Entry): number {
  if (error !== undefined) return 0;
  return changed ? 1 : 2;
}

function named({ name, id }: Entry): readonly Inline[] {
  return [inline`${name ?? ''}`, inline`${id}`];
}

function after({ status }: Entry): Inline {
  return status === undefined ? inline`unknown` : inline`${status}`;
}

function changeRow(facts: Facts, entry: Entry): readonly Inline[] {
  const course = facts.history.of(entry.id);
  const before = course.statuses[0]?.status;
  return [
    ...named(entry),
    before === undefined ? inline`unknown` : inline`${before}`,
    after(entry),
    unbroken(timeOf(course)),
    resultOf(facts, entry),
  ];
}

/** From the request that Aura accepted to the last change of status. */
function timeOf({ changedAt, statuses }: Course): string {
  const end = statuses.at(-1)?.at;
  return changedAt === undefined || end === undefined || end <= changedAt
    ? ''
    : formatDuration(end - changedAt);
}

function resultOf(facts: Facts, { id, name, error, changed }: Entry): Inline {
  const { ledger } = facts;
  const { did, doing, already } = words[facts.task.operation];
  if (error !== undefined) {
    const why = withoutTask(error, ledger.task({ id, name }));
    return inline`**failed**: ${prose(cutMessage(why))}`;
  }
  if (facts.task.operation === 'get') return inline`read`;
  if (isDryRun(facts)) return ledger.isDue(id) ? inline`would be ${prose(did)}` : inline`no change`;
  if (!changed) return prose(already);
  return prose(endsEarly(facts) ? doing : did);
}

const mostIds = 10;

/** Which instances may still cost money, and how to try them again. */
function whatIsLeft({ task: { operation }, ledger }: Facts): readonly Block[] {
  const failed = ledger.entries().filter(({ error }) => error !== undefined);
  if (failed.length === 0 || !['pause', 'delete'].includes(operation)) return [];
  const ids = failed.slice(0, mostIds).map(({ id }) => id);
  const more = failed.length > mostIds ? inline`, then with the others in the table` : inline``;
  const text = inline`Run the step again with ${`instance-id: ${ids.join(', ')}`}${more}.`;
  const which = failed.length === 1 ? inline`One instance` : inline`${failed.length} instances`;
  return [
    {
      quote: [joined([inline`**${which} may still cost money.**`, text], ' ')],
    },
  ];
}
