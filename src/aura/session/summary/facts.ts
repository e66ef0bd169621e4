import type { Sent } from '../../../core/http/counted.ts';
import type { Section } from '../../../core/runner/summary.ts';
import type { SessionSettings, Task } from '../../inputs/request.ts';
import type { History } from '../history.ts';
import type { Entry, Ledger } from '../ledger.ts';
import type { OutputName } from '../report.ts';
import { words } from './words.ts';

/** Outputs by name; without those that are secret. */
export type Known = Readonly<Partial<Record<OutputName, string>>>;

/** What was done with the credentials of an instance. */
export interface HandedOver {
  /** Whether they are outputs of the step. */
  readonly published: boolean;
  /** Whether they are in the store and in the env file, if the inputs ask for it. */
  readonly kept: boolean;
  /** The variables that later steps have. */
  readonly variables: readonly string[];
  /** When the database accepted them, in milliseconds by the clock of the step. */
  readonly verifiedAt: number | undefined;
  /** Whether a check was requested that the database did not pass; the step may go on. */
  readonly refused: boolean;
}

/** Everything that the summary of a step is written from. */
export interface Facts {
  readonly task: Task;
  readonly settings: SessionSettings;
  readonly ledger: Ledger;
  readonly history: History;
  readonly known: Known;
  readonly handedOver: HandedOver;
  readonly sent: Sent;
  /** How long the step has taken. */
  readonly milliseconds: number;
  /** The sections of the operation itself. */
  readonly added: readonly Section[];
  /** The result that the step has reported in a notice. */
  readonly notice: string | undefined;
  readonly failure: Error | undefined;
  /** Whether the runner has cancelled the step. */
  readonly cancelled: boolean;
}

/** Whether the operation works on several instances, even if there is only one. */
export function isSeveral({ task: { operation, request }, ledger }: Facts): boolean {
  if (operation === 'sweep' || ledger.entries().length > 1) return true;
  return 'several' in request && request.several !== undefined;
}

/** Whether the step changes nothing, because the input `dry-run` says so. */
export function isDryRun({ task: { operation }, settings }: Facts): boolean {
  return settings.guard.dryRun && operation !== 'get' && operation !== 'poll';
}

/** Whether the change of an instance has ended, or the step does not wait for that. */
export function isDone(facts: Facts, { changed, error, status }: Entry): boolean {
  const { end } = words[facts.task.operation];
  return (
    changed && error === undefined && (endsEarly(facts) || end === undefined || status === end)
  );
}

/** Whether the step ends before the change does. */
export function endsEarly({ task: { request } }: Facts): boolean {
  return 'wait' in request && !request.wait;
}
