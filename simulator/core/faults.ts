/**
 * The faults that any API can have. "Effect" is the change that the request makes to the
 * simulated state.
 */
export type CommonFault =
  /** This answer instead of the real one, without any effect. An object as body is sent as JSON. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | object;
    }
  /** The effect immediately, the answer this many simulated milliseconds later. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: PlainKind };

/** Kinds of common faults without further details. */
export type PlainKind =
  /** The connection is reset, before or after the effect. */
  | 'reset-before'
  | 'reset-after'
  /** No answer until the client disconnects; before or after the effect. */
  | 'hang'
  | 'hang-after'
  /**
   * The effect, then half of the body that Content-Length announces, then the end of the
   * connection.
   */
  | 'truncated'
  /** The effect and the status of the real answer, with an HTML page as body. */
  | 'not-json';

/** A fault that one API adds, of a kind that no common fault has. The API's own code handles it. */
export interface OwnFault {
  readonly kind: string;
}

/** Any fault. */
export type Fault = CommonFault | OwnFault;

/** Which requests a fault applies to. All fields that are set must match. */
export interface FaultMatch {
  readonly method?: string;
  /** Regular expression to find in the path (without the query). */
  readonly path?: string;
  /** An operation, by its name in the route. */
  readonly operation?: string;
}

/** The kinds of faults that an API adds, each with the requests that it can apply to. */
export type OwnFaults = ReadonlyMap<string, FaultMatch>;

/** A fault on demand. If several rules apply to a request, the one added first is used. */
export interface FaultRule<F extends OwnFault = Fault> {
  /** Default: every request that the fault can apply to. */
  readonly match?: FaultMatch;
  /**
   * The first matching request it applies to, counted from 1 since the rule was added. Default: 1.
   */
  readonly nth?: number;
  /** Number of consecutive matching requests it applies to. Default: 1. */
  readonly times?: number | 'always';
  readonly fault: F;
}

/** The parts of a request that a rule checks. */
export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly operation?: string | undefined;
}

/** The active rules, with their counts. */
export interface FaultBook {
  /** The kinds of faults that the API adds. */
  readonly own: OwnFaults;
  add(rule: FaultRule): void;
  clear(): void;
  /** Counts a request for every rule that it matches, and returns the fault that applies to it. */
  take(subject: FaultSubject): Fault | undefined;
}

/** All plain kinds, for look-up. */
export const PLAIN_KINDS: readonly PlainKind[] = [
  'reset-before',
  'reset-after',
  'hang',
  'hang-after',
  'truncated',
  'not-json',
];

/** Distinguishes a common fault from one that the API adds. */
export function isCommon(fault: Fault): fault is CommonFault {
  return ['status', 'slow', ...PLAIN_KINDS].includes(fault.kind);
}

function matcher(match: FaultMatch = {}): (subject: FaultSubject) => boolean {
  const { method, path, operation } = match;
  const pattern = path === undefined ? undefined : new RegExp(path);
  return (subject) =>
    (method === undefined || method.toUpperCase() === subject.method) &&
    (pattern === undefined || pattern.test(subject.path)) &&
    (operation === undefined || operation === subject.operation);
}

/** Starts without rules. */
export function createFaultBook(own: OwnFaults): FaultBook {
  let entries: { matches: (subject: FaultSubject) => boolean; rule: FaultRule; count: number }[] =
    [];
  return {
    own,
    add: (rule) => {
      const wanted = matcher(rule.match);
      const possible = matcher(own.get(rule.fault.kind));
      const matches = (subject: FaultSubject): boolean => wanted(subject) && possible(subject);
      entries.push({ matches, rule, count: 0 });
    },
    clear: () => {
      entries = [];
    },
    take: (subject) => {
      let fault: Fault | undefined;
      for (const entry of entries) {
        if (!entry.matches(subject)) continue;
        entry.count += 1;
        const first = entry.rule.nth ?? 1;
        const times = entry.rule.times ?? 1;
        const last = times === 'always' ? Infinity : first + times - 1;
        if (entry.count >= first && entry.count <= last) fault ??= entry.rule.fault;
      }
      return fault;
    },
  };
}
