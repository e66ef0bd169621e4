/**
 * What goes wrong with a request, whatever the API. "Effect" is the change that the request makes to the
 * simulated state.
 */
export type CommonFault =
  /** This answer instead of the real one; nothing has any effect. An object as body is sent as JSON. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | object;
    }
  /** The effect at once, the answer that many simulated milliseconds later. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: PlainKind };

/** Kinds of common faults that need no more details. */
export type PlainKind =
  /** The connection is reset, before or after the effect. */
  | 'reset-before'
  | 'reset-after'
  /** No answer, until the client goes away; before or after the effect. */
  | 'hang'
  | 'hang-after'
  /** The effect, then half of the body that Content-Length promises, then the end of the connection. */
  | 'truncated'
  /** The effect and the status of the real answer, with a page of HTML as body. */
  | 'not-json';

/** A fault that one API adds, of a kind that no common fault has. The API's own code acts on it. */
export interface OwnFault {
  readonly kind: string;
}

/** What goes wrong with a request. */
export type Fault = CommonFault | OwnFault;

/** Which requests a fault is for. All the fields given must hold. */
export interface FaultMatch {
  readonly method?: string;
  /** Regular expression, searched in the path (without the query). */
  readonly path?: string;
  /** An operation, by the name that its route has. */
  readonly operation?: string;
}

/** The kinds of faults that an API adds, each with the requests that it can apply to. */
export type OwnFaults = ReadonlyMap<string, FaultMatch>;

/** A fault on demand. Where several rules apply to a request, the one added first does. */
export interface FaultRule<F extends OwnFault = Fault> {
  /** When left out, every request that the fault can apply to. */
  readonly match?: FaultMatch;
  /** The first matching request it applies to, counted from 1 since the rule was added; 1 when left out. */
  readonly nth?: number;
  /** To how many matching requests in a row it applies; 1 when left out. */
  readonly times?: number | 'always';
  readonly fault: F;
}

/** The parts of a request that a rule looks at. */
export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly operation?: string | undefined;
}

/** The rules in force, with their counts. */
export interface FaultBook {
  /** The kinds of faults that the API adds. */
  readonly own: OwnFaults;
  add(rule: FaultRule): void;
  clear(): void;
  /** Counts a request for every rule that it matches, and gives the fault that applies to it. */
  take(subject: FaultSubject): Fault | undefined;
}

/** All plain kinds, so that a given one can be looked up. */
export const PLAIN_KINDS: readonly PlainKind[] = [
  'reset-before',
  'reset-after',
  'hang',
  'hang-after',
  'truncated',
  'not-json',
];

/** Tells a common fault from one that the API adds. */
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

/** Starts without any rule. */
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
