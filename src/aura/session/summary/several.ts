import { type Inline, joined, inline, prose, unbroken } from '../../../core/runner/markdown.ts';
import type { Block } from '../../../core/runner/summary.ts';
import { formatDuration } from '../../../core/time/clock.ts';
import { cutMessage } from '../../api/label.ts';
import type { Course } from '../history.ts';
import type { Entry } from '../ledger.ts';
import { type Facts, endsEarly, isDone, isDryRun } from './facts.ts';
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
            rows: ordered.map((entry) => [
              ...named(entry),
              after(facts, entry),
              resultOf(facts, entry),
            ]),
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

function after(facts: Facts, entry: Entry): Inline {
  if (wasAbsent(facts, entry)) return inline``;
  return entry.status === undefined ? inline`unknown` : inline`${entry.status}`;
}

function changeRow(facts: Facts, entry: Entry): readonly Inline[] {
  const course = facts.history.of(entry.id);
  return [
    ...named(entry),
    before(facts, entry, course),
    after(facts, entry),
    unbroken(timeOf(course)),
    resultOf(facts, entry),
  ];
}

function before(facts: Facts, entry: Entry, { statuses }: Course): Inline {
  if (wasAbsent(facts, entry)) return inline``;
  const status = statuses[0]?.status;
  return status === undefined ? inline`unknown` : inline`${status}`;
}

/** Whether the step never found the instance. */
function wasAbsent({ ledger, history }: Facts, { id, status }: Entry): boolean {
  return ledger.isAbsent(id) || (status === 'deleted' && history.of(id).first === undefined);
}

/** From the request that Aura accepted to the last change of status. */
function timeOf({ changedAt, statuses }: Course): string {
  const end = statuses.at(-1)?.at;
  return changedAt === undefined || end === undefined || end <= changedAt
    ? ''
    : formatDuration(end - changedAt);
}

function resultOf(facts: Facts, entry: Entry): Inline {
  const { id, name, error, changed, status } = entry;
  const { ledger } = facts;
  const { did, doing, already } = words[facts.task.operation];
  if (error !== undefined) {
    const why = withoutTask(error, ledger.task({ id, name }));
    return inline`**failed**: ${prose(cutMessage(why))}`;
  }
  if (wasAbsent(facts, entry)) return inline`does not exist`;
  if (facts.task.operation === 'get') return inline`read`;
  if (isDryRun(facts)) return ledger.isDue(id) ? inline`would be ${prose(did)}` : inline`no change`;
  if (!changed) return status === 'deleted' ? inline`already deleted` : prose(already);
  return prose(endsEarly(facts) || !isDone(facts, entry) ? doing : did);
}

const mostIds = 10;

/** Which instances may still cost money, and how to try them again. */
export function whatIsLeft({ task: { operation }, ledger }: Facts): readonly Block[] {
  const failed = ledger
    .entries()
    .filter(({ id, error }) => error !== undefined && !ledger.isAbsent(id));
  if (failed.length === 0 || !['pause', 'delete', 'sweep'].includes(operation)) return [];
  const ids = failed.slice(0, mostIds).map(({ id }) => id);
  const more = failed.length > mostIds ? inline`, then with the others in the table` : inline``;
  const how =
    operation === 'sweep'
      ? inline`Run the sweep again, or operation ${'delete'} with `
      : inline`Run the step again with `;
  const text = inline`${how}${`instance-id: ${ids.join(', ')}`}${more}.`;
  const which = failed.length === 1 ? inline`One instance` : inline`${failed.length} instances`;
  return [
    {
      quote: [joined([inline`**${which} may still cost money.**`, text], ' ')],
    },
  ];
}
