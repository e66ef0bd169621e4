import { type Outputs, type Report, createReport } from '../../core/runner/report.ts';

/** The action in titles, and at the beginning of its log. */
export const actionName = 'Neo4j Aura';

/** Every output that action.yml declares. */
export const outputNames = [
  'operation',
  'skipped',
  'instance-id',
  'name',
  'connection-uri',
  'host',
  'username',
  'password',
  'sealed-credentials',
  'status',
  'tier',
  'region',
  'cloud-provider',
  'memory',
  'tenant',
  'created',
  'changed',
  'snapshot-id',
  'instance',
  'instances',
] as const;

/** The name of an output. */
export type OutputName = (typeof outputNames)[number];
/** Values by output; an undefined value is not known and not set. */
export type AuraOutputs = Outputs<OutputName>;

/** The report of this action. */
export type AuraReport = Report<OutputName>;

/** A report that derives the output `host` from the URI. */
export function createAuraReport(): AuraReport {
  const report = createReport({
    title: actionName,
    names: outputNames,
    secret: new Set(['password'] as const),
    verbatim: new Set(['sealed-credentials'] as const),
  });
  return {
    ...report,
    outputs: (values) => {
      report.outputs({ ...values, host: values.host ?? hostOf(values['connection-uri']) });
    },
  };
}

/** Undefined if the URI contains no valid host. */
function hostOf(uri: AuraOutputs['connection-uri']): string | undefined {
  if (typeof uri !== 'string' || !URL.canParse(uri)) return undefined;
  const { hostname } = new URL(uri);
  return hostname === '' ? undefined : hostname;
}
