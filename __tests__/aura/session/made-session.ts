import type { AuraClient } from '../../../src/aura/api/client.ts';
import { createHandOver } from '../../../src/aura/credentials/hand-over.ts';
import type { GuardSettings } from '../../../src/aura/inputs/request.ts';
import { createGuard } from '../../../src/aura/session/guard.ts';
import { Ledger } from '../../../src/aura/session/ledger.ts';
import type { MainSession } from '../../../src/aura/session/session.ts';
import { type Prepared, prepare } from '../credentials/hand-over-parts.ts';

/** The guard of a step without inputs that restrict changes. */
export const openGuard: GuardSettings = {
  tenant: { wanted: undefined, lentBy: undefined },
  protectedNames: [],
  maxDeletions: 10,
  dryRun: false,
};

/** A fake for members that a test does not use. */
export function unused(): never {
  throw new Error('This test expects no call.');
}

/** A client that expects only the requests that a test answers. */
export function clientWith(answers: Partial<AuraClient> = {}): AuraClient {
  return {
    serverClock: { now: () => undefined, watch: () => () => undefined },
    listTenants: unused,
    listConfigurations: unused,
    listInstances: unused,
    getInstance: unused,
    createInstance: unused,
    pauseInstance: unused,
    resumeInstance: unused,
    updateInstance: unused,
    overwriteInstance: unused,
    deleteInstance: unused,
    listSnapshots: unused,
    getSnapshot: unused,
    createSnapshot: unused,
    restoreSnapshot: unused,
    ...answers,
  };
}

/** The session of a `get` around a hand-over, with the members from the test. */
export function sessionWith(
  members: Partial<MainSession> = {},
  { parts, captured }: Pick<Prepared, 'parts' | 'captured'> = prepare(),
): MainSession {
  const { report } = captured;
  return {
    client: clientWith(),
    patience: parts.patience,
    guard: createGuard({ ...openGuard, dryRun: parts.settings.dryRun }),
    ledger: new Ledger({ operation: 'get', id: undefined, name: undefined }, report.outputs),
    store: parts.store,
    report,
    handOver: createHandOver(parts),
    pullRequests: { stateOf: unused, openFrom: unused },
    liveBranches: unused,
    openPostAccess: unused,
    ...members,
  };
}
