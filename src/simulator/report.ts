import { type Report, createReport } from '../core/runner/report.ts';

/** Every output that simulator/action.yml declares. */
export const outputNames = ['api-url', 'client-id', 'client-secret', 'tenant'] as const;

/** The report of this action. */
export type SimulatorReport = Report<(typeof outputNames)[number]>;

/** A report that masks the client secret, as it would be with a real account. */
export function createSimulatorReport(): SimulatorReport {
  return createReport({
    title: 'Aura simulator',
    names: outputNames,
    secret: new Set(['client-secret'] as const),
    verbatim: new Set(),
  });
}
