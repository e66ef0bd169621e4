import type { CommonFault, FaultMatch, FaultRule as Rule, OwnFaults } from '../core/faults.ts';

/** The effect of a fault on a request to Aura. */
export type Fault =
  | CommonFault
  /** 401 as for an expired token, no effect, and the token is expired from then on. */
  | { readonly kind: 'expired-token' }
  /** `createInstance` only: the instance stays in `creating` forever. */
  | { readonly kind: 'stuck' }
  /** `createInstance` only: the creation ends in `loading failed`. */
  | { readonly kind: 'loading-failed' }
  /** `createSnapshot` only: the snapshot ends in `Failed`. */
  | { readonly kind: 'snapshot-failed' };

/** A fault on demand. `operation` of its match is an operationId of `openapi.yaml`. */
export type FaultRule = Rule<Fault>;

const OWN: Record<Exclude<Fault['kind'], CommonFault['kind']>, FaultMatch> = {
  'expired-token': {},
  stuck: { operation: 'createInstance' },
  'loading-failed': { operation: 'createInstance' },
  'snapshot-failed': { operation: 'createSnapshot' },
};

/** The faults that Aura adds to the common ones. */
export const AURA_FAULTS: OwnFaults = new Map(Object.entries(OWN));
