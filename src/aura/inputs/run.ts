import type { RunEvent } from '../../core/github/event.ts';
import type { Report } from '../../core/runner/report.ts';
import type { EnvFileRoots } from '../../core/secrets/env-file.ts';
import type { Mask } from '../../core/secrets/secret.ts';

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The values that the hand-over needs in addition to the inputs. */
export interface HandOverSurroundings extends Omit<EnvFileRoots, 'marker'> {
  /** Called with each secret as soon as it is known. */
  readonly mask: Mask;
}

/** The values that reading the inputs needs in addition. */
export interface Run extends HandOverSurroundings {
  /** Provides the default name, and the reason for missing credentials. */
  readonly event: RunEvent;
  /** The environment of the process, for a default and for checks. */
  readonly env?: Environment;
  /** Problems with the runner, to be reported together with the problems of the inputs. */
  readonly problems?: readonly string[];
  /** Called with messages about valid inputs. */
  readonly remarks?: Pick<Report, 'info' | 'debug' | 'warning'>;
}
