import {
  type Inline,
  joined,
  link,
  inline,
  prose,
  unbroken,
} from '../../../core/runner/markdown.ts';
import type { Block } from '../../../core/runner/summary.ts';
import { formatDuration } from '../../../core/time/clock.ts';
import { consolePage } from '../../credentials/pass-on.ts';
import { nameOfTier } from '../../inputs/table.ts';
import type { Course } from '../history.ts';
import type { Entry } from '../ledger.ts';
import type { Facts } from './facts.ts';

type Row = readonly [title: Inline, value: Inline];

/** One instance as the step left it, and how it got there. */
export function describeOne(facts: Facts, entry: Entry): readonly Block[] {
  const { known, history } = facts;
  const course = history.of(entry.id);
  const rows: readonly (Row | undefined)[] = [
    statusRow(entry, course, facts.ledger.isOwn(entry.id)),
    inCode(unbroken('Connection URI'), known['connection-uri']),
    sizeRow(facts),
    placeRow(facts),
    inCode(unbroken('Tenant (project)'), known.tenant),
    changesRow(course),
    inCode(inline`Snapshot`, known['snapshot-id']),
    credentialsRow(facts),
    checkRow(facts),
    deletionRow(facts, entry),
    replacedRow(facts, entry),
  ];
  return [
    {
      table: {
        header: [inline`Instance`, nameOf(facts, entry)],
        rows: rows.filter((row) => row !== undefined),
      },
    },
    ...timelineOf(facts, entry),
  ];
}

function inCode(title: Inline, value: string | undefined): Row | undefined {
  return value === undefined || value === '' ? undefined : [title, inline`${value}`];
}

function nameOf({ settings, known }: Facts, { id, name }: Entry): Inline {
  const shown = name ?? known.name;
  if (shown === undefined) return inline`${id}`;
  const page = consolePage(settings.account, known.tenant ?? '', id);
  const title = inline`${shown}`;
  return inline`${page === undefined ? title : link(title, page)} (${id})`;
}

function statusRow({ status }: Entry, { statuses }: Course, isOwn: boolean): Row | undefined {
  if (status === undefined) return undefined;
  const before = isOwn ? undefined : statuses[0]?.status;
  const isSame = before === undefined || before === status;
  return [inline`Status`, isSame ? inline`${status}` : inline`${status}, before: ${before}`];
}

function sizeRow({ known, history, ledger }: Facts): Row | undefined {
  const { tier, memory } = known;
  if (tier === undefined) return undefined;
  const [entry] = ledger.entries();
  const storage = history.of(entry?.id ?? '').last?.fields['storage'];
  const sizes = [
    inline`${nameOfTier(tier)}`,
    ...(memory === undefined ? [] : [inline`${memory} memory`]),
    ...(typeof storage === 'string' ? [inline`${storage} storage`] : []),
  ];
  return [unbroken('Tier and size'), joined(sizes, ' · ')];
}

function placeRow({ known }: Facts): Row | undefined {
  const { region } = known;
  if (region === undefined) return undefined;
  const cloud = known['cloud-provider'];
  return [inline`Region`, cloud === undefined ? inline`${region}` : inline`${region} on ${cloud}`];
}

/** These fields of an instance change only because a step asks for it. */
const settable = [
  'name',
  'memory',
  'storage',
  'secondaries_count',
  'cdc_enrichment_mode',
  'vector_optimized',
  'graph_analytics_plugin',
];

/** The values that are different from those before the first change of this step. */
function changesRow({ first, last, changedAt }: Course): Row | undefined {
  if (first === undefined || last === undefined || changedAt === undefined) return undefined;
  const changes = settable.flatMap((field) => {
    const [before, after] = [shownValue(first.fields[field]), shownValue(last.fields[field])];
    if (before === after || before === '' || after === '') return [];
    return [inline`${prose(field.replaceAll('_', ' '))} ${before} to ${after}`];
  });
  return changes.length === 0 ? undefined : [inline`Changed`, joined(changes)];
}

function shownValue(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function credentialsRow({ handedOver, settings }: Facts): Row | undefined {
  const { published, kept, variables } = handedOver;
  const { envFile, credentialsStore } = settings.handOver;
  const outputs = ['username', 'password', 'sealed-credentials'].map((name) => inline`${name}`);
  const places = [
    ...(published ? [inline`outputs ${joined(outputs)}`] : []),
    ...(variables.length === 0
      ? []
      : [inline`variables ${joined(variables.map((name) => inline`${name}`))}`]),
    ...(kept && envFile !== undefined ? [inline`file ${withoutWorkspace(envFile)}`] : []),
    ...(kept && credentialsStore === 'deployment' ? [inline`a GitHub deployment, sealed`] : []),
  ];
  return places.length === 0 ? undefined : [inline`Credentials`, joined(places, ' · ')];
}

function withoutWorkspace(file: string): string {
  const workspace = process.env['GITHUB_WORKSPACE'] ?? process.cwd();
  return file.startsWith(`${workspace}/`) ? file.slice(workspace.length + 1) : file;
}

function checkRow({ handedOver: { verifiedAt, refused } }: Facts): Row | undefined {
  if (refused)
    return [inline`Checked`, inline`**could not be verified over Bolt**; see the warning`];
  return verifiedAt === undefined
    ? undefined
    : [inline`Checked`, inline`the database answers over Bolt`];
}

/** How an instance that this step has created will be deleted. */
function deletionRow({ task, ledger }: Facts, { id, status }: Entry): Row | undefined {
  if (task.operation !== 'create' || status === 'deleted') return undefined;
  const title = unbroken('Will be deleted');
  if (!ledger.isOwn(id)) return [title, inline`not by this step, which did not create it`];
  return [
    title,
    task.request.deleteAfterJob
      ? inline`when this job ends (${'delete-after-job'})`
      : inline`not automatically; use operation ${'delete'}`,
  ];
}

/** Other instances that this step has deleted: those that the new one replaces. */
function replacedRow({ history }: Facts, { id }: Entry): Row | undefined {
  const others = history
    .changedIds()
    .filter((other) => other !== id)
    .map((other) => inline`${history.of(other).last?.name ?? ''} (${other})`);
  return others.length === 0 ? undefined : [unbroken('Deleted before it'), joined(others)];
}

/** With more phases a chart is too small to read. */
const mostPhases = 8;

function timelineOf(facts: Facts, entry: Entry): readonly Block[] {
  const { history, handedOver } = facts;
  const { verifiedAt } = handedOver;
  const { statuses } = history.of(entry.id);
  const seen = statuses.map(({ status, at }) => ({ label: status, from: at }));
  const isChecked = verifiedAt !== undefined && seen.at(-1)?.label === 'running';
  const all = isChecked ? [...seen, { label: 'connected over Bolt', from: verifiedAt }] : seen;
  // One that ended at once is too short to see, such as the status before a change.
  const phases = all.filter(
    ({ from }, index) => (all[index + 1]?.from ?? Infinity) - from >= 1_000,
  );
  const [first] = phases;
  const end = phases.at(-1)?.from ?? 0;
  if (first === undefined || phases.length < 2) return [];
  if (phases.length <= mostPhases) {
    return [{ timeline: { phases, end } }];
  }
  const rows = phases.map(({ label, from }) => [
    unbroken(formatDuration(from - first.from)),
    inline`${label}`,
  ]);
  return [
    {
      table: {
        header: [inline`After`, inline`Status`],
        rows,
      },
    },
  ];
}
