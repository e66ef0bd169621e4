import { certificatesIgnored, isLoopback } from '../../core/http/certificates.ts';
import { type Clock, formatDuration } from '../../core/time/clock.ts';
import { withTimeLimit, withinDeadline } from '../../core/time/time-limit.ts';

/** How long a database may take to answer after its instance is running. */
const patienceMilliseconds = 120_000;
/** For one attempt: a connection that gets no answer at all must not use up all the time. */
const attemptMilliseconds = 15_000;
const longestPauseMilliseconds = 10_000;
/** A driver is given this long to say goodbye, and is then left behind. */
const closingMilliseconds = 500;

const driverSettings = {
  maxConnectionPoolSize: 1,
  connectionTimeout: attemptMilliseconds,
  connectionAcquisitionTimeout: attemptMilliseconds,
  telemetryDisabled: true,
  userAgent: 'aura-action',
};

/** Why a database could not be reached; the message says the likely cause. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError';
  /** Whether the database answered, but not to this login. */
  readonly refusesLogin: boolean;

  constructor(message: string, { refusesLogin = false, ...options }: VerifyErrorOptions = {}) {
    super(message, options);
    this.refusesLogin = refusesLogin;
  }
}

/** The database was not asked, because its certificate would not be checked. */
export class UncheckedHostError extends VerifyError {}

interface VerifyErrorOptions extends ErrorOptions {
  readonly refusesLogin?: boolean;
}

/** A database, and how long it may take. */
export interface Verification {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly clock: Clock;
  /** Epoch milliseconds at which the step's time is over. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  /** Told each failed attempt. */
  readonly log: (line: string) => void;
}

/**
 * Connects over Bolt and runs a query, again and again until it answers: a running instance may
 * not be reachable yet, because names and routes take a while. No database is named, so that the
 * user's home database answers whatever it is called.
 *
 * @throws {@link UncheckedHostError}; {@link VerifyError} at once for a login that is refused, else
 *   after two minutes or at the deadline; the signal's reason when aborted.
 */
export async function verify(verification: Verification): Promise<void> {
  const { clock, signal, log } = verification;
  assertCertificatesChecked(verification.uri);
  const end = Math.min(verification.deadline, clock.now() + patienceMilliseconds);
  const begin = clock.now();
  if (withinDeadline(attemptMilliseconds, end - begin) <= 0) {
    throw new VerifyError("There was no time left to ask it. Raise 'timeout'.");
  }
  for (let attempt = 1; ; attempt += 1) {
    const failure = await tryOnce(verification, end);
    if (failure === undefined) return;
    const elapsed = formatDuration(clock.now() - begin);
    const pause = Math.min(longestPauseMilliseconds, 1_000 * 2 ** (attempt - 1));
    if (failure.refusesLogin || clock.now() + pause >= end) {
      const { message, advice, refusesLogin, cause } = failure;
      throw new VerifyError(`${message} (${elapsed}). ${advice}`, { refusesLogin, cause });
    }
    log(`No answer over Bolt yet: ${failure.message}. Trying again in ${formatDuration(pause)}.`);
    await clock.sleep(pause, signal);
  }
}

/** The password would go to whoever answers. */
function assertCertificatesChecked(uri: string): void {
  if (!certificatesIgnored(process.env)) return;
  if (URL.canParse(uri) && isLoopback(new URL(uri).hostname)) return;
  throw new UncheckedHostError(
    "environment variable 'NODE_TLS_REJECT_UNAUTHORIZED' is '0', so anybody could pass for it and get the password. Remove the variable, or leave 'verify' off. Only Aura says where the database is, so this was not known before.",
  );
}

interface Failure {
  readonly message: string;
  readonly advice: string;
  /** The database has judged the login, so that trying again would change nothing. */
  readonly refusesLogin: boolean;
  readonly cause: unknown;
}

async function tryOnce(verification: Verification, end: number): Promise<Failure | undefined> {
  const { uri, username, password, clock, signal } = verification;
  // Loaded only here: most steps don't verify, and it is larger than all the rest.
  const { default: neo4j } = await import('neo4j-driver');
  let driver: ReturnType<typeof neo4j.driver> | undefined;
  try {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the driver types its settings as a class that it does not export
    driver = neo4j.driver(uri, neo4j.auth.basic(username, password), { ...driverSettings });
    const session = driver.session();
    const milliseconds = withinDeadline(attemptMilliseconds, end - clock.now());
    await withTimeLimit(async () => session.run('RETURN 1'), { clock, milliseconds, signal });
    return undefined;
  } catch (error) {
    signal?.throwIfAborted();
    return explain(error);
  } finally {
    // A driver whose connection hangs may never be closed.
    const limit = { clock, milliseconds: closingMilliseconds, signal: undefined };
    await withTimeLimit(async () => driver?.close(), limit).catch(() => undefined);
  }
}

/** What Neo4j's status codes about logins begin with. */
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
    cause: error,
    ...told,
  });
  switch (code) {
    case `${security}Unauthorized`:
      return failure('The user or the password is wrong.', { refusesLogin: true });
    case `${security}AuthenticationRateLimit`:
      // Its own text speaks of incorrect details, but it comes before the password is looked at.
      return failure(
        'It did not look at this password. Run the step again in a few minutes, and look for who logs in with a wrong one.',
        { message: 'The database makes this user wait, after too many failed logins' },
      );
    case `${security}AuthorizationExpired`:
      // What it knew of the user's rights is out of date: it wants a new connection.
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

/** The driver wraps what the network said in its own words, and quotes it behind these. */
function rootOf(error: unknown): string {
  const inner = error instanceof Error ? error.cause : undefined;
  if (inner instanceof Error) return rootOf(inner);
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^.* (?:Caused by|Socket responded with): /s, '');
}
