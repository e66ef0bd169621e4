import { UncheckedHostError, VerifyError, verify } from './verify.ts';
import { EnvFileError, writeEnvFile } from '../../core/secrets/env-file.ts';
import {
  type Bundle,
  type DatabaseCredentials,
  createBundle,
  isUnchanged,
  sealBundle,
} from './bundle.ts';
import { ActionError } from '../../core/errors.ts';
import { capitalized, label } from '../api/label.ts';
import { type HandOver, type StepSettings, envFileMarker } from './settings.ts';
import type { DeploymentStore } from '../../core/github/deployments.ts';
import type { TokenSource } from '../../core/oauth/token.ts';
import type { Report } from '../../core/runner/report.ts';
import type { Patience } from '../../core/time/patience.ts';

/** The parts of a step that a hand-over needs. */
export interface Situation {
  readonly request: HandOver & StepSettings;
  readonly context: {
    readonly report: Pick<
      Report<CredentialOutput>,
      'mask' | 'outputs' | 'exportEnv' | 'warning' | 'info'
    >;
    readonly patience: Patience;
    /** For the token inside sealed credentials. */
    readonly tokens: Pick<TokenSource, 'known'>;
    readonly store: DeploymentStore;
  };
}

/** The outputs for credentials. */
type CredentialOutput =
  | 'instance-id'
  | 'name'
  | 'connection-uri'
  | 'username'
  | 'password'
  | 'tenant'
  | 'sealed-credentials';

/** What is known about a password: the database accepted it, rejected it, or was not asked. */
export type Proof = 'proved' | 'refused' | 'open';

/**
 * Warns that the `password` input is not the password of an instance that this step has just
 * created.
 */
export function warnOfOtherPassword(
  created: { readonly name: string; readonly id: string },
  { request, context }: Situation,
): void {
  if (request.login === undefined) return;
  context.report.warning(
    `Input 'password' was not used: ${label(created)} is new and has another password, which is in the output 'password'.`,
  );
}

/** Masks the password, then sets the outputs for credentials. */
export function publishCredentials(
  credentials: DatabaseCredentials,
  { request, context }: Situation,
): void {
  const { report, tokens } = context;
  report.outputs({
    password: credentials.password,
    'instance-id': credentials.instanceId,
    name: credentials.name,
    'connection-uri': credentials.connectionUri,
    username: credentials.username,
    tenant: credentials.tenantId,
  });
  const bundle = createBundle(credentials, request, tokens.known());
  report.outputs({ 'sealed-credentials': sealedForm(bundle, request) });
}

/** Outputs the received value if its content is the same; seals only new content. */
function sealedForm(bundle: Bundle, request: Situation['request']): string {
  const { sealed, sealedText, sealingKey } = request;
  if (sealed !== undefined && sealedText !== undefined && isUnchanged(sealed, bundle, request)) {
    return sealedText;
  }
  return sealBundle(bundle, sealingKey);
}

/**
 * Keeps sealed credentials for later runs in place of older ones, where that was asked for; problems
 * are warnings. No token goes along: it would be of no use by then.
 */
export async function storeCredentials(
  credentials: DatabaseCredentials,
  situation: Situation,
): Promise<void> {
  const removeOlder = await addCredentials(credentials, situation);
  await removeOlder();
}

/**
 * Keeps sealed credentials for later runs beside older ones, as {@link storeCredentials} does.
 *
 * @returns what deletes the older ones, as soon as it is sure that the instance stays.
 */
export async function addCredentials(
  credentials: DatabaseCredentials,
  { request, context }: Situation,
): Promise<() => Promise<void>> {
  if (request.credentialsStore === 'none') return () => Promise.resolve();
  const { name, tenantId, instanceId: id } = credentials;
  const sealed = sealBundle(createBundle(credentials, request, undefined), request.sealingKey);
  const url = `https://console.neo4j.io/projects/${tenantId}/instances#${id}`;
  return context.store.add({ name, id, scope: tenantId, sealed, url });
}

/**
 * Passes the credentials to later steps of the job: environment and env file, as requested.
 *
 * @throws {@link ActionError} if the env file cannot be written.
 */
export async function exportCredentials(
  credentials: DatabaseCredentials,
  { request, context }: Situation,
): Promise<void> {
  const variables = variablesOf(credentials);
  if (request.exportEnv) context.report.exportEnv(variables);
  if (request.envFile === undefined) return;
  try {
    const trouble = await writeEnvFile(request.envFile, variables, {
      ...context.patience,
      marker: envFileMarker,
    });
    if (trouble === undefined) return;
    context.report.warning(
      `The file of input 'env-file' is written, but git may not ignore it: ${trouble}. Don't commit it, it holds the password.`,
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

/** The names of the credentials file that the Aura console offers for download. */
function variablesOf(credentials: DatabaseCredentials): Readonly<Record<string, string>> {
  return {
    ...(credentials.connectionUri === undefined ? {} : { NEO4J_URI: credentials.connectionUri }),
    NEO4J_USERNAME: credentials.username,
    NEO4J_PASSWORD: credentials.password,
    AURA_INSTANCEID: credentials.instanceId,
    AURA_INSTANCENAME: credentials.name,
  };
}

/**
 * Checks that the database accepts connections, if requested.
 *
 * @throws {@link ActionError} with `verify: require`; with `warn` it only warns.
 */
export async function verifyCredentials(
  credentials: DatabaseCredentials,
  { request, context }: Situation,
): Promise<Proof> {
  if (request.verify === 'off') return 'open';
  const { report, patience } = context;
  const { connectionUri: uri, username, password } = credentials;
  const what = label({ name: credentials.name, id: credentials.instanceId });
  try {
    if (uri === undefined) throw new VerifyError('Aura gives no connection URI');
    await verify({
      uri,
      username,
      password,
      clock: patience.clock,
      deadline: patience.deadline,
      signal: patience.signal,
      log: report.info,
    });
    report.info(`The database of ${what} answers over Bolt.`);
    return 'proved';
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    const left =
      error instanceof UncheckedHostError
        ? ' The instance exists, and its credentials are outputs of this step.'
        : '';
    const text = `The database of ${what} could not be reached over Bolt: ${error.message}${left}`;
    if (request.verify === 'require') throw new ActionError(text, { cause: error.cause });
    report.warning(text);
    return error.refusesLogin ? 'refused' : 'open';
  }
}
