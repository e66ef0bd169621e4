import * as v from 'valibot';
import type { Parser } from '../../core/inputs/parser.ts';
import { readJson } from '../../core/json.ts';
import { SafeFileError, readSafely } from '../../core/secrets/safe-file.ts';
import { type Roots, findWithin } from '../../core/secrets/within-roots.ts';
import { forms } from './messages.ts';
import type { SourceConfig } from './request.ts';
import { type Reader, table } from './table.ts';

/** Many times the size of the output `instance`. */
const maxBytes = 64 * 1024;

// For valibot a list is an object too.
const jsonObject = v.pipe(
  v.unknown(),
  v.check((content) => !Array.isArray(content)),
  v.record(v.string(), v.unknown()),
);

/**
 * Reads the input `config`: the output `instance` of an earlier step, or a file with it. Fields that
 * a create does not use are ignored. No value is quoted in a problem: a file can contain secrets.
 */
export function readConfig(read: Reader, roots: Roots): SourceConfig | undefined {
  const given = read.text('config');
  if (given === '') return undefined;
  if (given.startsWith('[{')) {
    read.problem(forms.listAsConfig);
    return undefined;
  }
  const isText = given.startsWith('{');
  const content = isText ? { text: given } : readFile(given, roots);
  if ('why' in content) {
    // Something else than a path can be a secret.
    const is = /^[^\r\n[\]{}"]{1,200}$/.test(given) ? `is '${given}'` : 'is not a path';
    read.problem(forms.config(is, content.why));
    return undefined;
  }
  const what = isText ? "Input 'config'" : "The file of input 'config'";
  if (Buffer.byteLength(content.text) > maxBytes) {
    read.problem(forms.longConfig(what, maxBytes));
    return undefined;
  }
  const fields = readJson(jsonObject, content.text);
  if (fields === undefined) {
    read.problem(forms.noJson(what));
    return undefined;
  }
  // Otherwise all of it would be ignored.
  if ('data' in fields && !('type' in fields)) {
    read.problem(forms.foreignConfig(what));
    return undefined;
  }
  return configOf(fields, (field, wanted) => {
    read.problem(forms.configField(what, { field, wanted }));
  });
}

/** It never waits: a pipe or a device is refused. */
function readFile(
  path: string,
  roots: Roots,
): { readonly text: string } | { readonly why: string } {
  const place = findWithin(path, roots);
  if ('problem' in place) return { why: place.problem };
  try {
    return { text: readSafely(place.file, { maxBytes }).toString('utf8').trim() };
  } catch (error) {
    // The message of another error contains the path.
    return { why: error instanceof SafeFileError ? error.message : 'it cannot be read' };
  }
}

/** @param problem called with each field that has another form than the input of that name. */
function configOf(
  fields: Readonly<Record<string, unknown>>,
  problem: (field: string, wanted: string) => void,
): SourceConfig {
  const take = <T>(field: string, parse: Parser<T>): T | undefined => {
    const value = fields[field];
    // Aura returns null or an empty text for a value that it does not know yet.
    if (value === undefined || value === null || value === '') return undefined;
    const parsed = parse(typeof value === 'string' ? value : JSON.stringify(value));
    if ('value' in parsed) return parsed.value;
    problem(field, parsed.expected);
    return undefined;
  };
  return {
    name: take('name', table.name.parse),
    tenantId: take('tenant_id', table.tenant.parse),
    type: take('type', table.tier.parse),
    version: take('version', table.version.parse),
    region: take('region', table.region.parse),
    cloudProvider: take('cloud_provider', table['cloud-provider'].parse),
    memory: take('memory', table.memory.parse),
    storage: take('storage', table.storage.parse),
    vectorOptimized: take('vector_optimized', table['vector-optimized'].parse),
    graphAnalyticsPlugin: take('graph_analytics_plugin', table['graph-analytics-plugin'].parse),
    customerManagedKeyId: take('customer_managed_key_id', table['customer-managed-key-id'].parse),
    secondaries: take('secondaries_count', table.secondaries.parse),
    cdcEnrichmentMode: take('cdc_enrichment_mode', table['cdc-enrichment-mode'].parse),
  };
}
