import { formatDuration } from '../../core/time/clock.ts';
import { type Progress, createProgress } from '../../core/time/progress.ts';
import type { Session } from '../session/session.ts';

type Speaking = Pick<Session, 'report' | 'patience' | 'alongside'>;

/**
 * A phase of a step that may have to wait: a group of the log, with a line for each change and every
 * 30 seconds without one. One of several instances has no group of its own.
 *
 * @param title what is awaited.
 */
export function inPhase<R>(
  session: Speaking,
  title: string,
  work: (progress: Progress) => Promise<R>,
): Promise<R> {
  const { report, patience, alongside } = session;
  const run = (): Promise<R> => work(progressOf(session));
  if (alongside === true) return run();
  const timeout = formatDuration(patience.deadline - patience.begin);
  return report.group(`${title} (timeout: ${timeout})`, run);
}

/** The lines of a wait that begins now; if several wait at once, one line tells about all of them. */
export function progressOf({ report, patience, alongside }: Speaking): Progress {
  const { clock } = patience;
  if (alongside === true) {
    return createProgress(clock, (state, elapsed) => {
      report.info(`${state}, after ${elapsed}.`);
    });
  }
  const say = (state: string, elapsed: string): void => {
    report.info(`${elapsed.padEnd(6)} ${state}`);
  };
  return createProgress(clock, say, (state, elapsed) => {
    say(`still ${state}`, elapsed);
  });
}
