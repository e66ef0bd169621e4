import { type Outputs, type Report, createReport } from '../../core/runner/report.ts';

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
  'instance',
  'instances',
] as const;

/** The name of an output. */
export type OutputName = (typeof outputNames)[number];
/** Values by output; an undefined value is not known and not set. */
export type AuraOutputs = Outputs<OutputName>;

/** An affected instance, and the result. */
export interface Worked {
  readonly id: string;
  readonly name: string | undefined;
  /** Undefined until it was read. */
  readonly status?: string | undefined;
  readonly changed: boolean;
  readonly error?: string;
}

/** The report of this action, with its outputs about instances. */
export interface AuraReport extends Report<OutputName> {
  /**
   * Sets `instances` and `changed`, and `status` if it is the same for all of them.
   *
   * @param as `several` if the step has more than one instance, so that no status is an output.
   */
  readonly worked: (instances: readonly Worked[], as?: 'several') => void;
}

/** A report that also adds a failure to the affected instance, if there is only one. */
export function createAuraReport(): AuraReport {
  const report = createReport({
    names: outputNames,
    secret: new Set(['password'] as const),
    verbatim: new Set(['sealed-credentials'] as const),
  });
  let last: readonly Worked[] = [];
  const outputs = (values: AuraOutputs): void => {
    report.outputs({ ...values, host: values.host ?? hostOf(values['connection-uri']) });
  };
  const worked: AuraReport['worked'] = (instances, as) => {
    last = instances;
    const { status, ...others } = workedOutputs(instances);
    outputs(as === 'several' ? others : { status, ...others });
  };
  return {
    ...report,
    outputs,
    worked,
    failure: (error) => {
      const message = report.failure(error);
      const [only, ...more] = last;
      if (only === undefined || more.length > 0) return message;
      try {
        worked([{ ...only, error: only.error ?? message }]);
      } catch {
        // The step fails with the error itself; there may be no file to write any output to.
      }
      return message;
    },
  };
}

/** Undefined if the URI contains no valid host. */
function hostOf(uri: AuraOutputs['connection-uri']): string | undefined {
  if (typeof uri !== 'string' || !URL.canParse(uri)) return undefined;
  const { hostname } = new URL(uri);
  return hostname === '' ? undefined : hostname;
}

function workedOutputs(instances: readonly Worked[]): AuraOutputs {
  const [status, ...others] = new Set(instances.map((instance) => instance.status));
  return {
    status: others.length === 0 ? status : undefined,
    changed: instances.some(({ changed }) => changed),
    instances: JSON.stringify(instances),
  };
}
