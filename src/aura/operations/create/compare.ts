import { capitalized, label } from '../../api/label.ts';
import type { Instance } from '../../api/types.ts';
import { type Inline, inline, prose } from '../../../core/runner/markdown.ts';
import { nameOfTier } from '../../inputs/table.ts';
import type { Session } from '../../session/session.ts';
import type { Plan } from './plan.ts';

/** What Aura answered to the request to set a value: accepted, or the words of its refusal. */
export type Outcome = 'accepted' | { readonly refusal: string };

interface Judgement {
  /** By input, if values were set after the create. */
  readonly outcomes?: ReadonlyMap<string, Outcome>;
  /** The end of each warning: what to do. */
  readonly advice: string;
}

interface Comparison {
  /** The input that sets the value. */
  readonly input: string;
  readonly requested: string;
  readonly actual: string;
  readonly differs: boolean;
  readonly refusal: string | undefined;
}

const hidden = 'not shown by Aura';

/**
 * Compares an instance with the requested values: a warning for each difference, and a table in the
 * job summary.
 */
export function compare(
  { report, guard }: Pick<Session, 'report' | 'guard'>,
  { plan, instance }: { readonly plan: Plan; readonly instance: Instance },
  { outcomes = new Map(), advice }: Judgement,
): void {
  const compared = comparisons(plan, instance, outcomes);
  const different = compared.filter(({ differs }) => differs);
  for (const { input, requested, actual, refusal } of different) {
    const why = refusal === undefined ? '' : ` ${refusal}`;
    report.warning(
      `${capitalized(label(instance))}: '${input}' is ${actual}, but ${requested} was requested.${why} ${advice}`,
    );
  }
  if (different.length === 0) report.info(`${capitalized(label(instance))} is as requested.`);
  if (guard.dryRun) return;
  report.summary({
    title: inline`Requested and actual values`,
    blocks: [
      {
        table: {
          header: [inline`Setting`, inline`Requested`, inline`Actual`, inline``],
          rows: [
            [inline`${'name'}`, inline`${plan.name}`, inline`${instance.name}`],
            ...compared.map(rowOf),
          ],
        },
      },
    ],
  });
}

function rowOf({ input, requested, actual, differs }: Comparison): readonly Inline[] {
  const shown = actual === hidden ? prose(hidden) : inline`${actual}`;
  return [
    inline`${input}`,
    inline`${requested}`,
    shown,
    differs ? inline`**different**` : inline``,
  ];
}

/** A setting of a plan, and how Aura shows it. */
interface Setting {
  readonly input: string;
  readonly wanted: keyof Plan;
  /** The field of the instance. Source: Aura API v1 specification. */
  readonly field: string;
  /** The value of an instance without this field; undefined if that is not known. */
  readonly otherwise?: string;
}

const off = { otherwise: 'false' };
const settings: readonly Setting[] = [
  { input: 'tier', wanted: 'type', field: 'type' },
  { input: 'region', wanted: 'region', field: 'region' },
  { input: 'cloud-provider', wanted: 'cloudProvider', field: 'cloud_provider' },
  { input: 'memory', wanted: 'memory', field: 'memory' },
  { input: 'storage', wanted: 'storage', field: 'storage' },
  { input: 'vector-optimized', wanted: 'vectorOptimized', field: 'vector_optimized', ...off },
  {
    input: 'graph-analytics-plugin',
    wanted: 'graphAnalyticsPlugin',
    field: 'graph_analytics_plugin',
    ...off,
  },
  {
    input: 'customer-managed-key-id',
    wanted: 'customerManagedKeyId',
    field: 'customer_managed_key_id',
    otherwise: 'none',
  },
  { input: 'secondaries', wanted: 'secondaries', field: 'secondaries_count', otherwise: '0' },
  {
    input: 'cdc-enrichment-mode',
    wanted: 'cdcEnrichmentMode',
    field: 'cdc_enrichment_mode',
    otherwise: 'OFF',
  },
];

function comparisons(
  plan: Plan,
  { fields }: Instance,
  outcomes: ReadonlyMap<string, Outcome>,
): readonly Comparison[] {
  return settings.flatMap(({ input, wanted, field, otherwise }) => {
    const off: Partial<Record<keyof Plan, unknown>> = plan.off;
    const value = plan[wanted] ?? off[wanted];
    if (value === undefined) return [];
    const requested = inWords(input, value);
    const shown = fields[field];
    const isShown = shown !== undefined && shown !== null && shown !== '';
    const outcome = outcomes.get(input);
    // Aura may have set a value that it does not show.
    const known = isShown || (otherwise !== undefined && outcome !== 'accepted');
    const actual = known ? inWords(input, isShown ? shown : otherwise) : hidden;
    const refusal = typeof outcome === 'object' ? outcome.refusal : undefined;
    const differs = refusal !== undefined || (known && !isSame(actual, requested));
    if (plan[wanted] === undefined && !differs) return [];
    return [{ input, requested, actual, differs, refusal }];
  });
}

function inWords(input: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return input === 'tier' ? nameOfTier(text) : text;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
