import type { Instance } from '../api/types.ts';
import type { DatabaseCredentials } from './bundle.ts';
import { consolePage, exportCredentials, keepBesideOlder, publishCredentials } from './pass-on.ts';
import { type CheckResult, checkCredentials } from './check.ts';
import { type Recovered, recoverCredentials } from './recover.ts';
import { passOnRecovered } from './recovered.ts';
import type { HandOverParts } from './settings.ts';

/**
 * Passes credentials on, always in this order: masks and outputs as soon as they are known; store
 * and exports when it is certain that the instance stays; then the check.
 */
export interface HandOver {
  /** The inputs that need a password, quoted for messages. */
  readonly needs: readonly string[];
  /** Whether this step may know the password of an instance that existed before it. */
  readonly mayKnowPassword: boolean;
  /** Whether the input `password` is set. */
  readonly givenPassword: boolean;
  /** Whether the credentials are stored for later runs. */
  readonly stores: boolean;
  /** The page of an instance in the Aura console, for its stored credentials; not for every API. */
  readonly pageOf: (tenantId: string, id: string) => string | undefined;
  /**
   * Masks the password and sets the outputs.
   *
   * @param first a line of the log before the one about the outputs.
   */
  readonly publish: (credentials: DatabaseCredentials, first?: string) => void;
  /**
   * Stores the credentials in addition to older ones of the name, then exports them to later steps.
   *
   * @returns a function that deletes the older ones. Call it when it is certain that this instance
   *   keeps the name.
   * @throws ActionError if the env file cannot be written.
   */
  readonly keep: (credentials: DatabaseCredentials) => Promise<() => Promise<void>>;
  /**
   * Checks that the database accepts connections, if requested.
   *
   * @throws ActionError with `verify: require`; with `warn` it only warns.
   */
  readonly verify: (credentials: DatabaseCredentials) => Promise<CheckResult>;
  /**
   * Finds the credentials of an existing instance. Aura returns a password only once, so it must
   * come from an input, from sealed credentials or from the store; an input wins over the store.
   *
   * @returns undefined if none of these has them.
   */
  readonly recover: (instance: Instance) => Promise<Recovered | undefined>;
  /**
   * Stores, exports and checks the published credentials of an existing instance when the operation
   * is complete. A dry run only logs this.
   *
   * @param instance as it was read last.
   * @returns the result of the check.
   * @throws ActionError if the env file cannot be written, or if a required check fails.
   */
  readonly passOn: (instance: Instance, recovered: Recovered) => Promise<CheckResult>;
}

/** The hand-over of a step. */
export function createHandOver(parts: HandOverParts): HandOver {
  const { login, sealed, credentialsStore, verify, exportEnv, envFile } = parts.settings;
  const { group } = parts.report;
  const needs = [
    verify === 'off' ? '' : "'verify'",
    exportEnv ? "'export-env'" : '',
    envFile === undefined ? '' : "'env-file'",
  ];
  return {
    needs: needs.filter((name) => name !== ''),
    mayKnowPassword: login !== undefined || sealed !== undefined || credentialsStore !== 'none',
    givenPassword: login !== undefined,
    stores: credentialsStore !== 'none',
    pageOf: (tenantId, id) => consolePage(parts.account, tenantId, id)?.href,
    publish: (credentials, first) => {
      publishCredentials(parts, credentials, first);
    },
    keep: (credentials) =>
      group('Credentials', async () => {
        const removeOlder = await keepBesideOlder(parts, credentials);
        await exportCredentials(parts, credentials);
        return removeOlder;
      }),
    verify: (credentials) =>
      group('Connection over Bolt', () => checkCredentials(parts, credentials)),
    recover: (instance) => recoverCredentials(parts, instance),
    passOn: (instance, recovered) =>
      group('Credentials', () => passOnRecovered(parts, instance, recovered)),
  };
}
