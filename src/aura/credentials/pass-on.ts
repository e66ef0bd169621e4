import { isAbsolute, relative } from 'node:path';
import { EnvFileError, writeEnvFile } from '../../core/secrets/env-file.ts';
import { ActionError } from '../../core/errors.ts';
import { capitalized, label } from '../api/label.ts';
import {
  type Account,
  type Bundle,
  type DatabaseCredentials,
  createBundle,
  isUnchanged,
  sealBundle,
} from './bundle.ts';
import { type HandOverParts, envFileMarker } from './settings.ts';

/** Masks the password, then sets the outputs for credentials. */
export function publishCredentials(
  parts: HandOverParts,
  credentials: DatabaseCredentials,
  first?: string,
): void {
  const { report, account, tokens } = parts;
  report.outputs({
    password: credentials.password.reveal(),
    'instance-id': credentials.instanceId,
    name: credentials.name,
    'connection-uri': credentials.connectionUri,
    username: credentials.username,
    tenant: credentials.tenantId,
  });
  const bundle = createBundle(credentials, account, tokens.known());
  report.outputs({ 'sealed-credentials': sealedForm(parts, bundle) });
  if (first !== undefined) report.info(first);
  const uri = credentials.connectionUri === undefined ? '' : 'connection-uri, ';
  report.info(`  Outputs: ${uri}username, password (masked), sealed-credentials`);
}

/** Outputs the received value if its content is the same; seals only new content. */
function sealedForm({ settings, account, report }: HandOverParts, bundle: Bundle): string {
  const { sealed, sealedText, sealingKey } = settings;
  const { mask } = report;
  if (sealed !== undefined && sealedText !== undefined) {
    if (isUnchanged(sealed, bundle, { account, mask })) return sealedText;
  }
  return sealBundle(bundle, sealingKey);
}

/**
 * Stores sealed credentials for later runs instead of older ones, if requested; problems are
 * warnings.
 */
export async function keepInPlaceOfOlder(
  parts: HandOverParts,
  credentials: DatabaseCredentials,
): Promise<void> {
  const removeOlder = await keepBesideOlder(parts, credentials);
  await removeOlder();
}

/**
 * The same, but keeps older ones. It stores no token, because it would expire before the next run.
 *
 * @returns a function that deletes the older ones.
 */
export async function keepBesideOlder(
  { settings, account, store }: HandOverParts,
  credentials: DatabaseCredentials,
): Promise<() => Promise<void>> {
  if (settings.credentialsStore === 'none') return () => Promise.resolve();
  const { name, tenantId, instanceId: id } = credentials;
  const sealed = sealBundle(createBundle(credentials, account, undefined), settings.sealingKey);
  const url = consolePage(account, tenantId, id)?.href;
  return store.add({ name, id, scope: tenantId, sealed, url });
}

/** The only API whose instances the console shows. */
const consoleOrigin = 'https://api.neo4j.io';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The page of an instance in the Aura console; undefined if it has none. */
export function consolePage(
  { apiUrl }: Pick<Account, 'apiUrl'>,
  tenantId: string,
  id: string,
): URL | undefined {
  if (apiUrl.origin !== consoleOrigin || !uuid.test(tenantId)) return undefined;
  return new URL(`https://console.neo4j.io/projects/${tenantId}/instances#${id}`);
}

/**
 * Passes the credentials to later steps of the job: environment and env file, as requested.
 *
 * @throws {@link ActionError} if the env file cannot be written.
 */
export async function exportCredentials(
  { settings, report, patience }: HandOverParts,
  credentials: DatabaseCredentials,
): Promise<void> {
  const variables = variablesOf(credentials);
  if (settings.exportEnv) {
    report.exportEnv(variables);
    report.info(`Environment: ${Object.keys(variables).join(', ')}`);
  }
  if (settings.envFile === undefined) return;
  try {
    const place = { ...patience, marker: envFileMarker };
    const trouble = await writeEnvFile(settings.envFile, variables, place);
    const kept = trouble === undefined ? ', kept out of git' : '';
    report.info(`File: ${shownPath(settings.envFile)} (readable only by this user${kept})`);
    if (trouble === undefined) return;
    report.warning(
      `The file of input 'env-file' is written, but git may not ignore it: ${trouble}. Don't commit it: it contains the password.`,
    );
  } catch (error) {
    if (!(error instanceof EnvFileError)) throw error;
    const what = capitalized(label({ name: credentials.name, id: credentials.instanceId }));
    throw new ActionError(
      `Could not write the file of input 'env-file': ${error.message}. ${what} exists; its credentials are available as step outputs.`,
      { cause: error.cause },
    );
  }
}

/** A path as the user knows it: relative to the workspace if it is in there. */
function shownPath(path: string): string {
  const within = relative(process.env['GITHUB_WORKSPACE'] ?? process.cwd(), path);
  return within.startsWith('..') || isAbsolute(within) ? path : within;
}

/** The names of the credentials file that the Aura console offers for download. */
function variablesOf(credentials: DatabaseCredentials): Readonly<Record<string, string>> {
  return {
    ...(credentials.connectionUri === undefined ? {} : { NEO4J_URI: credentials.connectionUri }),
    NEO4J_USERNAME: credentials.username,
    NEO4J_PASSWORD: credentials.password.reveal(),
    AURA_INSTANCEID: credentials.instanceId,
    AURA_INSTANCENAME: credentials.name,
  };
}
