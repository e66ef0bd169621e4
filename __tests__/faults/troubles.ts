import type { Fault, FaultRule } from '../../simulator/faults.ts';
import type { Exchange } from '../../simulator/simulator.ts';

/** All that can go wrong with a request, by what the table calls it. */
export const faults: Readonly<
  Record<string, { readonly fault: Fault; readonly always?: boolean }>
> = {
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

/** Something that goes wrong with one request of a step. */
export interface Trouble {
  /** Which of the step's requests, from 1. */
  readonly request: Exchange;
  /** Which of the requests of that operation it is, from 1. */
  readonly nth: number;
  readonly fault: Fault;
  readonly always: boolean;
}

/** The rule for the simulator; dates are relative to its clock. */
export function ruleOf({ request, nth, fault, always }: Trouble, now: number): FaultRule {
  const dated =
    fault.kind === 'status' && fault.headers?.['Retry-After'] === 'in 20 s'
      ? { ...fault, headers: { 'Retry-After': new Date(now + 20_000).toUTCString() } }
      : fault;
  const { method } = request;
  return {
    match: { method, path: `^${request.path}$` },
    nth,
    times: always ? ('always' as const) : 1,
    fault: dated,
  };
}

/** Every request of a step in turn: paths with an id of the other run's stand for any id. */
export function troublesOf(
  requests: readonly Exchange[],
): readonly Omit<Trouble, 'fault' | 'always'>[] {
  const seen = new Map<string, number>();
  return requests.map((original) => {
    const request = {
      ...original,
      path: original.path
        .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, '[0-9a-f-]{36}')
        .replace(/\/instances\/[0-9a-f]{8}/, '/instances/[0-9a-f]{8}'),
    };
    const key = `${request.method} ${request.path}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return { request, nth };
  });
}
