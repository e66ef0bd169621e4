import { type Inline, inline, prose } from '../../../core/runner/markdown.ts';
import { countOf } from '../../api/label.ts';
import { type Facts, endsEarly, isDone, isDryRun, isSeveral } from './facts.ts';
import { words } from './words.ts';

/** The heading of a summary: what was done, and on what. */
export function headingOf(facts: Facts): Inline {
  const { failure, ledger, task, added } = facts;
  const isPart = isSeveral(facts) && ledger.entries().length > 0;
  if (failure !== undefined && !isPart) return ofFailure(facts);
  const [own] = added;
  if (task.operation === 'sweep') return own?.title ?? inline`Neo4j Aura: nothing to sweep`;
  return isSeveral(facts) ? ofSeveral(facts) : ofOne(facts);
}

function ofFailure(facts: Facts): Inline {
  const what = prose(facts.ledger.task());
  if (facts.cancelled) return inline`Neo4j Aura: the step to ${what} was cancelled`;
  return isDryRun(facts) ? inline`Would fail to ${what}` : inline`Neo4j Aura: could not ${what}`;
}

function ofSeveral(facts: Facts): Inline {
  const { ledger, task } = facts;
  const { verb, did, doing } = words[task.operation];
  const all = ledger.entries();
  if (all.length === 0) return inline`Neo4j Aura: no instance to ${prose(verb)}`;
  if (isDryRun(facts)) {
    const due = all.filter(({ id }) => ledger.isDue(id)).length;
    return inline`Would ${prose(verb)} ${due} of ${prose(countOf(all.length))}`;
  }
  const isGet = task.operation === 'get';
  const done = all.filter((one) => (isGet ? one.error === undefined : isDone(facts, one))).length;
  const ends = all.length === 1 ? doing : doing.replace(/^is/, 'are');
  const result = prose(endsEarly(facts) ? ends : did);
  return inline`Neo4j Aura: ${done} of ${prose(countOf(all.length))} ${result}`;
}

function ofOne(facts: Facts): Inline {
  const { ledger, task, known } = facts;
  const { operation } = task;
  const { verb, did, doing, already } = words[operation];
  const [entry] = ledger.entries();
  const name = entry?.name ?? known.name;
  if (isDryRun(facts)) {
    const would = prose(operation === 'create' && entry !== undefined ? 'reuse' : verb);
    if (operation === 'delete' && entry === undefined) return inline`Would delete nothing`;
    return name === undefined
      ? inline`Would ${would} instance`
      : inline`Would ${would} instance ${name}`;
  }
  if (operation === 'delete' && entry?.changed !== true) {
    return entry === undefined || entry.status === 'deleted'
      ? inline`Neo4j Aura: nothing to delete`
      : inline`Neo4j Aura: instance kept`;
  }
  if (operation === 'snapshot' && entry?.changed === true) {
    return endsEarly(facts)
      ? inline`Neo4j Aura: snapshot requested`
      : inline`Neo4j Aura: snapshot taken`;
  }
  if (operation === 'get') return inline`Neo4j Aura: instance ${name ?? entry?.id ?? ''}`;
  if (operation === 'poll')
    return inline`Neo4j Aura: instance is ${prose(known.status ?? 'unknown')}`;
  if (operation === 'create' && entry !== undefined && !ledger.isOwn(entry.id)) {
    return entry.changed
      ? inline`Neo4j Aura: instance resumed and reused`
      : inline`Neo4j Aura: instance reused`;
  }
  const result = entry?.changed === true ? (endsEarly(facts) ? doing : did) : already;
  return inline`Neo4j Aura: instance ${prose(result)}`;
}
