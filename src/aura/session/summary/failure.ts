import { ActionError } from '../../../core/errors.ts';
import { RequestError } from '../../../core/http/request-error.ts';
import { type Inline, joined, link, inline, prose } from '../../../core/runner/markdown.ts';
import type { Block, Section } from '../../../core/runner/summary.ts';
import { capitalized } from '../../api/label.ts';
import { type Facts, isSeveral } from './facts.ts';

/** More lines are only in the log. */
const mostLines = 20;

const troubleshooting = new URL(
  'https://github.com/aura-action/aura-action/blob/main/docs/troubleshooting.md',
);

/**
 * What happened, and what to do next.
 *
 * @param task what the heading says already.
 */
export function describeFailure(failure: Error, task?: string): readonly Block[] {
  const { happened: full, next } = failure instanceof ActionError ? failure : notOurs(failure);
  const happened = withoutTask(full, task);
  const lines = happened.split('\n').filter((line) => line.trim() !== '');
  return [
    { quote: lines.slice(0, mostLines).map((line) => prose(line)) },
    ...(next === undefined ? [] : [{ text: inline`**What to do next:** ${prose(next)}` }]),
  ];
}

/** An error without its beginning, which is said already. */
export function withoutTask(message: string, task: string | undefined): string {
  const said = `Could not ${task ?? ''}`;
  if (!message.startsWith(said)) return message;
  // The id may not have been known when the step began.
  const rest = /^(?: \([0-9a-f]{8}\))?: (?<why>[^]+)$/.exec(message.slice(said.length));
  return rest?.groups?.['why'] === undefined ? message : capitalized(rest.groups['why']);
}

function notOurs({ message }: Error): { readonly happened: string; readonly next?: undefined } {
  return { happened: message };
}

/** What exists after a failure, as far as it is certain. */
export function describeRest(facts: Facts): readonly Block[] {
  const { sent, task, ledger } = facts;
  if (!sent.mayHaveChanged) {
    // A create that has an entry has found the instance.
    const isCreate = task.operation === 'create' && ledger.entries().length === 0;
    return [{ text: nothingChanged(isCreate) }];
  }
  const [entry] = ledger.entries();
  if (entry === undefined) return describeRemoved(facts);
  if (isSeveral(facts) || entry.status === undefined || entry.status === 'deleted') return [];
  return [{ text: inline`**The instance still exists.**` }];
}

/** The instances that a create has deleted, to make room for one that does not exist. */
function describeRemoved({ history }: Facts): readonly Block[] {
  const removed = history.changedIds().map((id) => {
    const { last, statuses } = history.of(id);
    return inline`${last?.name ?? ''} (${id}), which is ${statuses.at(-1)?.status ?? 'unknown'} now`;
  });
  return removed.length === 0
    ? []
    : [{ text: inline`**Deleted by this step:** ${joined(removed, '; ')}.` }];
}

function nothingChanged(isCreate: boolean): Inline {
  return isCreate
    ? inline`**Nothing was created; nothing is left behind.**`
    : inline`**Nothing was changed.**`;
}

/** The request that failed, for whoever asks Neo4j about it. */
export function describeRequest(failure: Error): readonly Block[] {
  const error = requestBehind(failure);
  if (error === undefined) return [];
  const { request, status, requestId } = error;
  const answer = status === undefined ? inline`no answer` : inline`answer ${String(status)}`;
  const id = requestId === undefined ? inline`` : inline`, request id ${requestId}`;
  return [
    {
      details: {
        title: 'For Neo4j support',
        blocks: [{ text: inline`${request}: ${answer}${id}` }],
      },
    },
  ];
}

function requestBehind(failure: Error): RequestError | undefined {
  let error: unknown = failure;
  for (let depth = 0; error instanceof Error && depth < 10; depth += 1) {
    if (error instanceof RequestError) return error;
    error = error.cause;
  }
  return undefined;
}

/** Where the errors of this action are explained. */
export function linkToHelp(): Inline {
  return link(inline`Troubleshooting`, troubleshooting);
}

/** The summary of a step that has not begun, because of its inputs or its surroundings. */
export function summaryOfNoStart(failure: Error): Section {
  return {
    title: inline`Neo4j Aura: the step did not start`,
    blocks: [
      ...describeFailure(failure),
      { text: nothingChanged(false) },
      { text: inline`<sub>${linkToHelp()}</sub>` },
    ],
  };
}
