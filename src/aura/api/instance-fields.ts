import * as v from 'valibot';
import { shortened } from '../../core/text.ts';

/** Longer than any text that Aura documents; a response can be 5 MB. */
export const longestText = 1_000;

/** Null if Aura does not know it yet, like the others. */
const text = v.nullable(v.pipe(v.string(), v.transform(cut)));
const number = v.nullable(v.pipe(v.number(), v.finite()));
const boolean = v.nullable(v.boolean());

/** The fields of an instance. Source: Aura API v1 specification; numbers as text seen live. */
const kinds: ReadonlyMap<string, v.GenericSchema> = new Map<string, v.GenericSchema>([
  ['id', text],
  ['name', text],
  ['status', text],
  ['tenant_id', text],
  ['cloud_provider', text],
  ['region', text],
  ['type', text],
  ['memory', text],
  ['storage', text],
  ['connection_url', text],
  ['created_at', text],
  ['metrics_integration_url', text],
  ['customer_managed_key_id', text],
  ['graph_nodes', v.union([number, text])],
  ['graph_relationships', v.union([number, text])],
  ['secondaries_count', number],
  ['cdc_enrichment_mode', text],
  ['vector_optimized', boolean],
  ['graph_analytics_plugin', boolean],
]);

/**
 * The fields of an instance for the output: those in the specification, each only if it has the
 * specified type, or null if Aura does not know it yet. Texts are cut to {@link longestText}.
 */
export function specifiedFields(
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const field = v.safeParse(kinds.get(name) ?? v.never(), value);
      return field.success ? [[name, field.output]] : [];
    }),
  );
}

/** The mark at the end counts too. */
function cut(text: string): string {
  return text.length <= longestText ? text : shortened(text, longestText - 1);
}
