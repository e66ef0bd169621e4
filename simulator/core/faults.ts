/** What goes wrong with a request. "Effect" is the change that the request makes to the simulated state. */
export type Fault =
  /** This answer instead of the real one; nothing has any effect. An object as body is sent as JSON. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | object;
    }
  /** The connection is reset, before or after the effect. */
  | { readonly kind: 'reset-before' | 'reset-after' }
  /** No answer, until the client goes away; before or after the effect. */
  | { readonly kind: 'hang' | 'hang-after' }
  /** The effect at once, the answer that many simulated milliseconds later. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The effect, then half of the body that Content-Length promises, then the end of the connection. */
  | { readonly kind: 'truncated' }
  /** The effect and the status of the real answer, with a page of HTML as body. */
  | { readonly kind: 'not-json' }
  /** 401 as for an expired token, no effect, and the token is expired from then on. */
  | { readonly kind: 'expired-token' }
  /** `createInstance` only: the instance stays in `creating` for ever. */
  | { readonly kind: 'stuck' }
  /** `createInstance` only: the creation ends in `loading failed`. */
  | { readonly kind: 'loading-failed' };

/** Which requests a fault is for. All the fields given must hold. */
export interface FaultMatch {
  readonly method?: string;
  /** Regular expression, searched in the path (without the query). */
  readonly path?: string;
  /** An operationId of `openapi.yaml`. */
  readonly operation?: string;
}

/** A fault on demand. Where several rules apply to a request, the one added first does. */
export interface FaultRule {
  /** Every request when left out (with `stuck` and `loading-failed`: every `createInstance`). */
  readonly match?: FaultMatch;
  /** The first matching request it applies to, counted from 1 since the rule was added; 1 when left out. */
  readonly nth?: number;
  /** To how many matching requests in a row it applies; 1 when left out. */
  readonly times?: number | 'always';
  readonly fault: Fault;
}

/** The parts of a request that a rule looks at. */
export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly operation?: string | undefined;
}

/** The rules in force, with their counts. */
export interface FaultBook {
  add(rule: FaultRule): void;
  clear(): void;
  /** Counts a request for every rule that it matches, and gives the fault that applies to it. */
  take(subject: FaultSubject): Fault | undefined;
}

const CREATE_ONLY: ReadonlySet<Fault['kind']> = new Set(['stuck', 'loading-failed']);

function matcher(rule: FaultRule): (subject: FaultSubject) => boolean {
  const { method, path, operation } = rule.match ?? {};
  const pattern = path === undefined ? undefined : new RegExp(path);
  const createOnly = CREATE_ONLY.has(rule.fault.kind);
  return (subject) =>
    (method === undefined || method.toUpperCase() === subject.method) &&
    (pattern === undefined || pattern.test(subject.path)) &&
    (operation === undefined || operation === subject.operation) &&
    (!createOnly || subject.operation === 'createInstance');
}

/** Starts without any rule. */
export function createFaultBook(): FaultBook {
  let entries: { matches: (subject: FaultSubject) => boolean; rule: FaultRule; count: number }[] =
    [];
  return {
    add: (rule) => {
      entries.push({ matches: matcher(rule), rule, count: 0 });
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
