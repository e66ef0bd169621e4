import type { Operation } from '../../inputs/request.ts';

/** The words for an operation in a heading. */
interface Words {
  /** Follows "Would". */
  readonly verb: string;
  /** Follows "instance". */
  readonly did: string;
  /** Follows "instance", if the step does not wait for the end. */
  readonly doing: string;
  /** Follows "instance", if nothing had to be changed. */
  readonly already: string;
  /** The status at the end, of an operation that several instances can have. */
  readonly end?: string;
}

/** The words of each operation. */
export const words: Readonly<Record<Operation, Words>> = {
  create: { verb: 'create', did: 'created', doing: 'is being created', already: 'reused' },
  get: { verb: 'get', did: 'read', doing: 'read', already: 'read' },
  poll: { verb: 'poll', did: 'read', doing: 'read', already: 'read' },
  pause: {
    verb: 'pause',
    did: 'paused',
    doing: 'is being paused',
    already: 'already paused',
    end: 'paused',
  },
  resume: {
    verb: 'resume',
    did: 'resumed',
    doing: 'is being resumed',
    already: 'already running',
    end: 'running',
  },
  resize: {
    verb: 'resize',
    did: 'changed',
    doing: 'is being changed',
    already: 'already had these values',
  },
  snapshot: {
    verb: 'take a snapshot of',
    did: 'unchanged',
    doing: 'unchanged',
    already: 'unchanged',
  },
  restore: {
    verb: 'restore',
    did: 'restored',
    doing: 'is being restored',
    already: 'unchanged',
  },
  overwrite: {
    verb: 'overwrite',
    did: 'overwritten',
    doing: 'is being overwritten',
    already: 'unchanged',
  },
  delete: {
    verb: 'delete',
    did: 'deleted',
    doing: 'is being deleted',
    already: 'kept',
    end: 'deleted',
  },
  sweep: { verb: 'delete', did: 'deleted', doing: 'is being deleted', already: 'kept' },
};
