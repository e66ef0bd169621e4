import type { Instance } from '../../../src/aura/api/types.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { type Bundle, sealBundle } from '../../../src/aura/credentials/bundle.ts';
import type { DeploymentStore, Found } from '../../../src/core/github/deployments.ts';
import type { HandOverParts, HandOverSettings } from '../../../src/aura/credentials/settings.ts';
import { type CapturedReport, captureReport } from '../../core/runner/captured-report.ts';
import { patienceOn } from '../../core/time/clocks.ts';
import { account, bundle, passphrase } from '../inputs/step-inputs.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

/** The instance of the credentials in {@link bundle}, as Aura returns it. */
export const shop: Instance = {
  id: bundle.instanceId,
  name: bundle.name,
  tenantId: bundle.tenantId,
  createdAt: bundle.createdAt,
  status: 'running',
  cloudProvider: 'gcp',
  region: 'europe-west1',
  type: 'professional-db',
  memory: '4GB',
  connectionUrl: bundle.connectionUri,
  fields: {},
};

/** The content of the store: nothing, a sealed text, or undefined if GitHub cannot be reached. */
export type Kept = Found | undefined;

/** Credentials that another run stored, sealed with the passphrase of these tests. */
export function kept(changes: Partial<Bundle> = {}, key = passphrase): Found {
  return { sealed: sealBundle({ ...bundle, ...changes }, secretOf(key)) };
}

/** The parts of a hand-over, and its results. */
export interface Prepared {
  readonly parts: HandOverParts;
  readonly captured: CapturedReport;
  /** The names that were looked up in the store. */
  readonly asked: readonly string[];
  /** The stored values. */
  readonly saved: readonly Parameters<DeploymentStore['save']>[0][];
  /** The warnings of the step. */
  readonly warnings: () => readonly string[];
}

/** A step with only an account, and a store that contains `found`. */
export function prepare(settings: Partial<HandOverSettings> = {}, found?: Kept): Prepared {
  const captured = captureReport();
  const asked: string[] = [];
  const saved: Parameters<DeploymentStore['save']>[0][] = [];
  const lookUp: DeploymentStore['lookUp'] = (name) => {
    asked.push(name);
    return Promise.resolve(found);
  };
  const store: DeploymentStore = {
    lookUp,
    find: async (name, id) => (await lookUp(name, id))?.sealed,
    save: (entry) => {
      saved.push(entry);
      return Promise.resolve();
    },
    add: (entry) => {
      saved.push(entry);
      return Promise.resolve(() => Promise.resolve());
    },
    remove: () => Promise.resolve(),
    removeGroup: () => Promise.resolve(),
  };
  const { report } = captured;
  const deadline = systemClock.now() + 60_000;
  const patience = patienceOn(systemClock, { deadline, random: () => 0, log: report.info });
  return {
    parts: {
      settings: {
        sealingKey: secretOf(passphrase),
        sealed: undefined,
        sealedText: undefined,
        login: undefined,
        exportEnv: false,
        envFile: undefined,
        verify: 'off',
        credentialsStore: 'none',
        dryRun: false,
        ...settings,
      },
      account,
      report,
      patience,
      tokens: { known: () => undefined },
      store,
    },
    captured,
    asked,
    saved,
    warnings: () =>
      captured
        .lines()
        .filter((line) => line.startsWith('::warning::'))
        .map((line) => line.slice('::warning::'.length)),
  };
}
