import { capitalized, label } from '../../api/label.ts';
import type { Instance } from '../../api/types.ts';
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
    title: 'Neo4j Aura: requested and actual configuration',
    header: ['Setting', 'Requested', 'Actual', ''],
    rows: [
      ['name', plan.name, `${instance.name} (${instance.id})`, ''],
      ...compared.map(({ input, requested, actual, differs }) => [
        input,
        requested,
        actual,
        differs ? 'different' : '',
      ]),
    ],
  });
}

function comparisons(
  plan: Plan,
  { fields }: Instance,
  outcomes: ReadonlyMap<string, Outcome>,
): readonly Comparison[] {
  const one = (
    input: string,
    wanted: string | number | boolean | undefined,
    { field, otherwise }: { readonly field: string; readonly otherwise?: string },
  ): readonly Comparison[] => {
    if (wanted === undefined) return [];
    const requested = inWords(input, wanted);
    const shown = fields[field];
    const isShown = shown !== undefined && shown !== null && shown !== '';
    const actual = isShown ? inWords(input, shown) : (otherwise ?? hidden);
    const outcome = outcomes.get(input);
    const refusal = typeof outcome === 'object' ? outcome.refusal : undefined;
    // Aura may have set a value that it does not show.
    const unknown = !isShown && (otherwise === undefined || outcome === 'accepted');
    const differs = refusal !== undefined || (!unknown && !isSame(actual, requested));
    return [{ input, requested, actual: unknown ? hidden : actual, differs, refusal }];
  };
  return [
    one('tier', plan.type, { field: 'type' }),
    one('region', plan.region, { field: 'region' }),
    one('cloud-provider', plan.cloudProvider, { field: 'cloud_provider' }),
    one('memory', plan.memory, { field: 'memory' }),
    one('storage', plan.storage, { field: 'storage' }),
    one('vector-optimized', plan.vectorOptimized, {
      field: 'vector_optimized',
      otherwise: 'false',
    }),
    one('graph-analytics-plugin', plan.graphAnalyticsPlugin, {
      field: 'graph_analytics_plugin',
      otherwise: 'false',
    }),
    one('customer-managed-key-id', plan.customerManagedKeyId, {
      field: 'customer_managed_key_id',
      otherwise: 'none',
    }),
    one('secondaries', plan.secondaries, { field: 'secondaries_count', otherwise: '0' }),
    one('cdc-enrichment-mode', plan.cdcEnrichmentMode, {
      field: 'cdc_enrichment_mode',
      otherwise: 'OFF',
    }),
  ].flat();
}

function inWords(input: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return input === 'tier' ? nameOfTier(text) : text;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
