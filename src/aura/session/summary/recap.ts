import { asError } from '../../../core/errors.ts';
import type { Sent } from '../../../core/http/counted.ts';
import { type Inline, joined, inline, prose } from '../../../core/runner/markdown.ts';
import type { Block, Section } from '../../../core/runner/summary.ts';
import { formatDuration } from '../../../core/time/clock.ts';
import type { Patience } from '../../../core/time/patience.ts';
import type { CheckResult } from '../../credentials/check.ts';
import type { HandOver } from '../../credentials/hand-over.ts';
import type { Step } from '../../inputs/request.ts';
import { type History, createHistory } from '../history.ts';
import type { Ledger } from '../ledger.ts';
import { type AuraReport, outputNames } from '../report.ts';
import { type Facts, type HandedOver, type Known, isDryRun, isSeveral } from './facts.ts';
import { describeFailure, describeRequest, describeRest, linkToHelp } from './failure.ts';
import { headingOf } from './heading.ts';
import { describeOne } from './one.ts';
import { describeSeveral, whatIsLeft } from './several.ts';

/** Collects what a step does, for one summary at its end. */
export interface Recap {
  /** The report for the operation: its outputs and its own sections go into the summary too. */
  readonly report: AuraReport;
  readonly history: History;
  /** The same hand-over, which also records what was done with the credentials. */
  readonly watch: (handOver: HandOver) => HandOver;
  /** Writes the summary. @param failure the error that the step ends with. */
  readonly write: (end: End, failure?: unknown) => void;
}

interface End {
  readonly ledger: Ledger;
  readonly sent: Sent;
}

interface Parts {
  readonly report: AuraReport;
  readonly patience: Pick<Patience, 'clock' | 'begin' | 'signal'>;
}

/** These must not be in a summary. */
const secret: ReadonlySet<string> = new Set(['password', 'sealed-credentials']);

/** Begins to collect. */
export function createRecap(step: Step, { report, patience }: Parts): Recap {
  const { clock, begin, signal } = patience;
  const history = createHistory(() => clock.now());
  let known: Known = {};
  const added: Section[] = [];
  let notice: string | undefined;
  let handedOver: HandedOver = {
    published: false,
    kept: false,
    variables: [],
    verifiedAt: undefined,
    refused: false,
  };
  const note = (news: Partial<HandedOver>): void => {
    handedOver = { ...handedOver, ...news };
  };
  return {
    history,
    report: {
      ...report,
      outputs: (values) => {
        report.outputs(values);
        known = { ...known, ...shown(values) };
      },
      exportEnv: (variables) => {
        report.exportEnv(variables);
        note({ variables: Object.keys(variables) });
      },
      notice: (text) => {
        report.notice(text);
        notice = text;
      },
      summary: (section) => added.push(section),
    },
    watch: (handOver) => noting(handOver, { settings: step.settings.handOver, clock, note }),
    write: ({ ledger, sent }, failure) => {
      if (!step.settings.summary) return;
      const milliseconds = clock.now() - begin;
      const error = failure === undefined ? undefined : asError(failure);
      const facts = { ...step, ledger, history, known, handedOver, sent, milliseconds, added };
      const cancelled = signal?.aborted === true;
      report.summary(summaryOf({ ...facts, notice, failure: error, cancelled }));
    },
  };
}

function shown(values: Parameters<AuraReport['outputs']>[0]): Known {
  return Object.fromEntries(
    outputNames.flatMap((name) => {
      const value = secret.has(name) ? undefined : values[name];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

interface Noting {
  readonly settings: Step['settings']['handOver'];
  readonly clock: Patience['clock'];
  readonly note: (news: Partial<HandedOver>) => void;
}

function noting(handOver: HandOver, { settings, clock, note }: Noting): HandOver {
  const verified = (result: CheckResult): void => {
    if (result === 'accepted') note({ verifiedAt: clock.now() });
    else if (settings.verify !== 'off' && !settings.dryRun) note({ refused: true });
  };
  return {
    ...handOver,
    publish: (credentials, first) => {
      handOver.publish(credentials, first);
      note({ published: true });
    },
    keep: async (credentials) => {
      const removeOlder = await handOver.keep(credentials);
      note({ kept: true });
      return removeOlder;
    },
    verify: async (credentials) => {
      const result = await handOver.verify(credentials);
      verified(result);
      return result;
    },
    passOn: async (instance, recovered) => {
      const result = await handOver.passOn(instance, recovered);
      note({ kept: !settings.dryRun });
      verified(result);
      return result;
    },
  };
}

function summaryOf(facts: Facts): Section {
  const { failure, added, task } = facts;
  const own = task.operation === 'sweep' ? (added[0]?.blocks ?? []) : [];
  const others = task.operation === 'sweep' ? [] : added;
  return {
    title: headingOf(facts),
    blocks: [
      ...(failure === undefined || isInTable(facts)
        ? []
        : describeFailure(failure, facts.ledger.task())),
      ...own,
      ...(own.length > 0 ? whatIsLeft(facts) : describeInstances(facts)),
      ...others.map((section) => ({ section })),
      ...(failure === undefined ? describeNothing(facts) : describeRest(facts)),
      ...(failure === undefined ? [] : describeRequest(failure)),
      { text: lastLine(facts) },
    ],
  };
}

/** Whether a table says already what failed. */
function isInTable(facts: Facts): boolean {
  return isSeveral(facts) && facts.ledger.entries().some(({ error }) => error !== undefined);
}

function describeInstances(facts: Facts): readonly Block[] {
  const [entry] = facts.ledger.entries();
  if (isSeveral(facts)) return describeSeveral(facts);
  return entry === undefined ? [] : describeOne(facts, entry);
}

/** Why a step has worked on nothing, or would have. */
function describeNothing(facts: Facts): readonly Block[] {
  const { notice, ledger, added, task } = facts;
  // A notice about an instance that was created, resumed or changed repeats the table.
  const isNews =
    ledger.entries().length === 0 ||
    (!isSeveral(facts) && (isDryRun(facts) || task.operation === 'delete'));
  const why = notice === undefined || !isNews || added.length > 0 ? [] : [{ text: prose(notice) }];
  if (!isDryRun(facts)) return why;
  return [...why, { text: inline`Nothing was changed, because ${'dry-run'} is ${'true'}.` }];
}

function lastLine({ milliseconds, sent, failure, cancelled }: Facts): Inline {
  const { all, tokens } = sent;
  const requests = inline`${all} ${prose(all === 1 ? 'request' : 'requests')} to Aura`;
  const which = tokens < all ? inline` ${tokens} of them` : prose(all === 1 ? '' : ' all of them');
  const token = tokens === 0 ? inline`` : inline`,${which} for an access token`;
  const parts = [
    inline`${prose(milliseconds < 1_000 ? 'under 1s' : formatDuration(milliseconds))} in total`,
    inline`${requests}${token}`,
    // A cancellation needs no explanation.
    ...(failure === undefined || cancelled ? [] : [linkToHelp()]),
  ];
  return inline`<sub>${joined(parts, ' · ')}</sub>`;
}
