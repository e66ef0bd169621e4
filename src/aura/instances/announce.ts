import { capitalized, label } from '../api/label.ts';
import type { Session } from '../session/session.ts';

/** An instance that the step has provided. */
interface Provided {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly connectionUrl: string | undefined;
}

/**
 * Says in the notice at the end of a step which instance is there now, and how it will be deleted.
 *
 * @param afterJob whether the post step deletes it.
 */
export function announce(
  { report }: Pick<Session, 'report'>,
  { status, connectionUrl, ...instance }: Provided,
  afterJob: boolean,
): void {
  const at = connectionUrl === undefined ? '' : ` at ${connectionUrl}`;
  const end = afterJob
    ? 'It will be deleted when this job ends.'
    : "It will not be deleted automatically; use operation 'delete'.";
  report.notice(`${capitalized(label(instance))} is ${status}${at}. ${end}`);
}
