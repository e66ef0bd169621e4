import type { RunEvent } from '../../core/github/event.ts';
import type { Report } from '../../core/runner/report.ts';
import type { EnvFileRoots } from '../../core/secrets/env-file.ts';

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the hand-over depends on besides the inputs. */
export interface HandOverSurroundings extends Omit<EnvFileRoots, 'marker'> {
  /** Told each secret that was sealed, as soon as it is known. */
  readonly onSecret: (secret: string) => void;
}

/** What a step's inputs depend on besides themselves. */
export interface Run extends HandOverSurroundings {
  /** Gives the name where none is given, and tells why credentials may be missing. */
  readonly event: RunEvent;
  /** The environment of the process: a default, and everything that can go wrong with it. */
  readonly env?: Environment;
  /** What is wrong with the runner, to be told together with what is wrong with the inputs. */
  readonly problems?: readonly string[];
  /** Told what is worth knowing about inputs that are valid. */
  readonly remarks?: Pick<Report, 'info' | 'debug' | 'warning'>;
}
