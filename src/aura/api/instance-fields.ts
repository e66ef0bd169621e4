/** Longer than any text that Aura documents; a response can be 5 MB. */
export const longestText = 1_000;

type Kind = 'text' | 'number' | 'boolean';

/** The fields of an instance. Source: Aura API v1 specification; numbers as text seen live. */
const kinds: ReadonlyMap<string, readonly Kind[]> = new Map([
  ['id', ['text']],
  ['name', ['text']],
  ['status', ['text']],
  ['tenant_id', ['text']],
  ['cloud_provider', ['text']],
  ['region', ['text']],
  ['type', ['text']],
  ['memory', ['text']],
  ['storage', ['text']],
  ['connection_url', ['text']],
  ['created_at', ['text']],
  ['metrics_integration_url', ['text']],
  ['customer_managed_key_id', ['text']],
  ['graph_nodes', ['number', 'text']],
  ['graph_relationships', ['number', 'text']],
  ['secondaries_count', ['number']],
  ['cdc_enrichment_mode', ['text']],
  ['vector_optimized', ['boolean']],
  ['graph_analytics_plugin', ['boolean']],
]);

/**
 * The fields of an instance for the output: those in the specification, each only if it has the
 * specified type, or null if Aura does not know it yet. Texts are cut to {@link longestText}.
 */
export function specifiedFields(
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name, value]) => {
        const allowed = kinds.get(name);
        return allowed !== undefined && (value === null || allowed.some((kind) => is(kind, value)));
      })
      .map(([name, value]) => [name, typeof value === 'string' ? shortened(value) : value]),
  );
}

function is(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
  }
}

function shortened(text: string): string {
  return text.length <= longestText ? text : text.slice(0, longestText).toWellFormed();
}
