import type { Fault, FaultRule, Exchange } from '../../../simulator/aura/simulator.ts';

/** A fault, and whether it is permanent. */
export interface NamedFault {
  readonly fault: Fault;
  readonly always?: boolean;
}

/** Everything that can go wrong with a request, by its label in the table. */
export const faults: Readonly<Record<string, NamedFault>> = {
  'reset before': { fault: { kind: 'reset-before' } },
  'reset after': { fault: { kind: 'reset-after' } },
  hang: { fault: { kind: 'hang' } },
  'hang after': { fault: { kind: 'hang-after' } },
  '500 once': { fault: { kind: 'status', status: 500 } },
  '500 always': { fault: { kind: 'status', status: 500 }, always: true },
  '502 HTML': { fault: { kind: 'status', status: 502, body: '<html>Bad gateway</html>' } },
  '429 seconds': { fault: { kind: 'status', status: 429, headers: { 'Retry-After': '7' } } },
  '429 date': { fault: { kind: 'status', status: 429, headers: { 'Retry-After': 'in 20 s' } } },
  truncated: { fault: { kind: 'truncated' } },
  'not JSON': { fault: { kind: 'not-json' } },
  'token expired': { fault: { kind: 'expired-token' } },
  '403 always': {
    fault: {
      kind: 'status',
      status: 403,
      body: { errors: [{ message: 'Insufficient permissions', reason: 'unauthorized' }] },
    },
    always: true,
  },
  slow: { fault: { kind: 'slow', milliseconds: 20_000 } },
};

/** A request of a step, in a form that identifies it in another run of the step. */
export interface TroubleSpot {
  readonly method: string;
  /** A regular expression in which an id of one run matches any id. */
  readonly path: string;
  /** Its number among the requests of that kind, from 1. */
  readonly nth: number;
}

/** Something that goes wrong with one request of a step. */
export type Trouble = TroubleSpot & NamedFault;

/**
 * Whether the step can recover: the fault affects only one request, and it is not a refusal of the
 * credentials by the token endpoint, which only other credentials can fix.
 */
export function isTransient({ fault, always = false, path }: Trouble): boolean {
  return !always && !(fault.kind === 'expired-token' && path.includes('/oauth/token'));
}

/** The rule for the simulator. @param now by Aura's clock, which also says the `Date` of the answer. */
export function ruleOf({ method, path, nth, fault, always }: Trouble, now: number): FaultRule {
  const dated =
    fault.kind === 'status' && fault.headers?.['Retry-After'] === 'in 20 s'
      ? { ...fault, headers: { 'Retry-After': new Date(now + 20_000).toUTCString() } }
      : fault;
  return {
    match: { method, path },
    nth,
    times: always === true ? 'always' : 1,
    fault: dated,
  };
}

/** Every request of a step, in order. */
export function spotsOf(requests: readonly Exchange[]): readonly TroubleSpot[] {
  const seen = new Map<string, number>();
  return requests.map((request) => {
    const { method } = request;
    const anyId = request.path
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, '[0-9a-f-]{36}')
      .replace(/\/instances\/[0-9a-f]{8}/, '/instances/[0-9a-f]{8}');
    const path = `^${anyId}$`;
    const nth = (seen.get(`${method} ${path}`) ?? 0) + 1;
    seen.set(`${method} ${path}`, nth);
    return { method, path, nth };
  });
}

/**
 * Every request of a step that differs from its neighbors. From several polls with the same answer it
 * takes the first two and the last: a step with a fault at the third of five polls has done, and will
 * do, the same as one with a fault at the second.
 */
export function distinctSpotsOf(requests: readonly Exchange[]): readonly TroubleSpot[] {
  const isLike = (one: Exchange | undefined, other: Exchange | undefined): boolean =>
    one?.method === 'GET' &&
    one.method === other?.method &&
    one.path === other.path &&
    one.responseBody === other.responseBody;
  return spotsOf(requests).filter((_, index) => {
    const [before, previous, here, next] = requests.slice(index - 2, index + 2);
    const amid = isLike(here, previous) && isLike(here, next);
    return index < 2 || !(amid && isLike(here, before));
  });
}
