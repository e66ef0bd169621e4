import { userAgent } from '../api/user-agent.ts';
import { certificatesIgnored, isLoopback } from '../../core/http/certificates.ts';
import { sayRetry } from '../../core/http/retry.ts';
import { type Clock, formatDuration } from '../../core/time/clock.ts';
import type { Secret } from '../../core/secrets/secret.ts';
import { withTimeLimit, withinDeadline } from '../../core/time/time-limit.ts';

/** How long a database may need to accept connections after its instance is running. */
const patienceMilliseconds = 120_000;
/** Time limit for one attempt: a connection without an answer must not use all the time. */
const attemptMilliseconds = 15_000;
const longestPauseMilliseconds = 10_000;
/** The time limit for closing the driver; after that it is abandoned. */
const closingMilliseconds = 500;

const driverSettings = {
  maxConnectionPoolSize: 1,
  connectionTimeout: attemptMilliseconds,
  connectionAcquisitionTimeout: attemptMilliseconds,
  telemetryDisabled: true,
  userAgent,
};

/** Why a database could not be reached; the message says the likely cause. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError';
  /** Whether the database answered, but rejected this login. */
  readonly refusesLogin: boolean;

  constructor(message: string, { refusesLogin = false, ...options }: VerifyErrorOptions = {}) {
    super(message, options);
    this.refusesLogin = refusesLogin;
  }
}

/** The step did not connect to the database, because its certificate would not be checked. */
export class UncheckedHostError extends VerifyError {}

interface VerifyErrorOptions extends ErrorOptions {
  readonly refusesLogin?: boolean;
}

/** A database, and how long it may take. */
export interface Verification {
  readonly uri: string;
  readonly username: string;
  readonly password: Secret;
  readonly clock: Clock;
  /** The step's deadline, in epoch milliseconds. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  /** Called with each failed attempt. */
  readonly log: (line: string) => void;
}

/**
 * Connects over Bolt and retries a query until it succeeds: a running instance may not be reachable
 * yet (DNS, routing). No database is named, so the query runs in the user's home database.
 *
 * @throws {@link UncheckedHostError}; {@link VerifyError} immediately for a rejected login,
 *   otherwise after two minutes or at the deadline; the signal's reason when aborted.
 */
export async function verify(verification: Verification): Promise<void> {
  const { clock, signal, log } = verification;
  assertCertificatesChecked(verification.uri);
  const end = Math.min(verification.deadline, clock.now() + patienceMilliseconds);
  const begin = clock.now();
  if (withinDeadline(attemptMilliseconds, end - begin) <= 0) {
    throw new VerifyError("no time was left to connect. Increase 'timeout'.");
  }
  for (let attempt = 1; ; attempt += 1) {
    const failure = await tryOnce(verification, end);
    if (failure === undefined) return;
    const elapsed = formatDuration(clock.now() - begin);
    const pause = Math.min(longestPauseMilliseconds, 1_000 * 2 ** (attempt - 1));
    if (failure.isFinal || clock.now() + pause >= end) {
      const { message, advice, refusesLogin, cause } = failure;
      throw new VerifyError(`${message} (${elapsed}). ${advice}`, { refusesLogin, cause });
    }
    const message = `the database is not reachable yet: ${failure.message}`;
    sayRetry({ message, delay: pause }, log);
    await clock.sleep(pause, signal);
  }
}

/** The password could go to the wrong server. */
function assertCertificatesChecked(uri: string): void {
  if (!certificatesIgnored(process.env)) return;
  if (URL.canParse(uri) && isLoopback(new URL(uri).hostname)) return;
  throw new UncheckedHostError(
    "environment variable 'NODE_TLS_REJECT_UNAUTHORIZED' is '0', so another server could pretend to be it and get the password. Remove the variable, or leave 'verify' off.",
  );
}

interface Failure {
  readonly message: string;
  readonly advice: string;
  /** The password is wrong, or the user may not log in. */
  readonly refusesLogin: boolean;
  /** The database has checked the login, so a retry would change nothing. */
  readonly isFinal: boolean;
  readonly cause: unknown;
}

async function tryOnce(verification: Verification, end: number): Promise<Failure | undefined> {
  const { uri, username, password, clock, signal } = verification;
  // Loaded only here: most steps do not verify, and the driver is larger than the rest of the
  // action.
  const { default: neo4j } = await import('neo4j-driver');
  let driver: ReturnType<typeof neo4j.driver> | undefined;
  try {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the driver types its settings as a class that it does not export
    driver = neo4j.driver(uri, neo4j.auth.basic(username, password.reveal()), {
      ...driverSettings,
    });
    const session = driver.session();
    const milliseconds = withinDeadline(attemptMilliseconds, end - clock.now());
    await withTimeLimit(async () => session.run('RETURN 1'), { clock, milliseconds, signal });
    return undefined;
  } catch (error) {
    signal?.throwIfAborted();
    return explain(error);
  } finally {
    // If its connection hangs, closing the driver may never end.
    const limit = { clock, milliseconds: closingMilliseconds, signal: undefined };
    await withTimeLimit(async () => driver?.close(), limit).catch(() => undefined);
  }
}

/** The prefix of Neo4j's status codes about logins. */
const security = 'Neo.ClientError.Security.';

/** Codes and texts: Neo4j status codes; the driver's own; Node's. */
function explain(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = `${code} ${message} ${error instanceof Error ? String(error.cause) : ''}`;
  const failure = (advice: string, told: Partial<Failure> = {}): Failure => ({
    message: firstLine(rootOf(error)),
    advice,
    refusesLogin: false,
    isFinal: told.refusesLogin === true,
    cause: error,
    ...told,
  });
  switch (code) {
    case `${security}Unauthorized`:
      return failure('The user name or the password is wrong.', { refusesLogin: true });
    case `${security}AuthenticationRateLimit`:
      // Its text mentions incorrect details, but the database sends it before it checks the
      // password.
      return failure(
        'It did not check this password. Run the step again in a few minutes, and find out what logs in with a wrong password.',
        {
          message:
            'The database rejects all logins of this user for a while, after too many failed ones',
        },
      );
    // The next two come after the password was accepted.
    case `${security}CredentialsExpired`:
      return failure('The password is right, but must be changed before it can be used.', {
        isFinal: true,
      });
    case `${security}Forbidden`:
      return failure('The login is right, but this user may not run a query.', { isFinal: true });
    case `${security}AuthorizationExpired`:
      // The cached permissions of the user are out of date: a new connection is needed.
      return failure('The database asked for another login each time.');
  }
  if (code.startsWith(security)) {
    return failure('The database refuses this login.', { refusesLogin: true });
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) {
    return failure('The address is not known yet, or not to this runner (private endpoint).');
  }
  if (/CERT|self-signed|self signed|SSL|TLS|wrong version number/i.test(text)) {
    return failure('The encrypted connection failed: a proxy in between, or no TLS at that port.');
  }
  return failure(
    'The database takes longer than usual, or an IP filter or a private endpoint keeps this runner out.',
  );
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/\.$/, '');
}

/** The driver puts these words before the error of the network. */
function rootOf(error: unknown): string {
  const inner = error instanceof Error ? error.cause : undefined;
  if (inner instanceof Error) return rootOf(inner);
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^.* (?:Caused by|Socket responded with): /s, '');
}
