import type { Instance, UpdateBody } from '../../api/types.ts';
import type { ResizeRequest } from '../../inputs/request.ts';

/** The values that an update can set; undefined ones stay as they are. */
export type NewValues = Partial<Omit<ResizeRequest, 'target' | 'wait'>>;

/** One value that a resize sets. */
export interface Value {
  /** For messages: `memory 8GB`. */
  readonly words: string;
  /** Its part of the body of the update. */
  readonly body: UpdateBody;
  /** Whether an instance has the value; `hidden` if Aura does not show it. */
  readonly stateIn: (instance: Instance) => 'reached' | 'different' | 'hidden';
}

/** How Aura shows a value. */
interface Shown<T> {
  readonly wanted: T;
  readonly body: UpdateBody;
  /** The field of the instance. Source: Aura API v1 specification. */
  readonly field: string;
  /** The value that an instance without this field has; undefined if that is not known. */
  readonly otherwise?: T;
}

/**
 * The values of each request that a resize sends, in order: values of different kinds cannot be
 * changed together. Memory and storage depend on each other.
 */
export function kindsOf(request: NewValues): readonly (readonly Value[])[] {
  const { memory, storage, vectorOptimized, graphAnalyticsPlugin } = request;
  const { secondaries, cdcEnrichmentMode } = request;
  return [
    [
      ...value('memory', memory, (wanted) => ({
        wanted,
        field: 'memory',
        body: { memory: wanted },
      })),
      ...value('storage', storage, (wanted) => ({
        wanted,
        field: 'storage',
        body: { storage: wanted },
      })),
    ],
    value('vector-optimized', vectorOptimized, (wanted) => ({
      wanted,
      field: 'vector_optimized',
      body: { vector_optimized: wanted },
      otherwise: false,
    })),
    value('graph-analytics-plugin', graphAnalyticsPlugin, (wanted) => ({
      wanted,
      field: 'graph_analytics_plugin',
      body: { graph_analytics_plugin: wanted },
      otherwise: false,
    })),
    value('secondaries', secondaries, (wanted) => ({
      wanted,
      field: 'secondaries_count',
      body: { secondaries_count: wanted },
      otherwise: 0,
    })),
    value('cdc-enrichment-mode', cdcEnrichmentMode, (wanted) => ({
      wanted,
      field: 'cdc_enrichment_mode',
      body: { cdc_enrichment_mode: wanted },
      otherwise: 'OFF',
    })),
  ].filter((values) => values.length > 0);
}

function value<T extends string | number | boolean>(
  name: string,
  wanted: T | undefined,
  describe: (wanted: T) => Shown<T>,
): readonly Value[] {
  if (wanted === undefined) return [];
  const { body, field, otherwise } = describe(wanted);
  const stateIn: Value['stateIn'] = ({ fields }) => {
    const shown = fields[field];
    // Aura also sends an empty text for a value that it does not know.
    const isShown = shown !== undefined && shown !== null && shown !== '';
    if ((isShown ? shown : otherwise) === wanted) return 'reached';
    return isShown ? 'different' : 'hidden';
  };
  return [{ words: `${name} ${String(wanted)}`, body, stateIn }];
}
