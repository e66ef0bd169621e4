import { describe, expect, it } from 'vitest';
import { RequestError } from '../../../src/core/http/request-error.ts';
import { NoSharedTokenError, SignInError } from '../../../src/core/oauth/token.ts';
import { inWords, saidOf, whatToDo } from '../../../src/aura/api/advice.ts';
import { ActionError, CancelledError } from '../../../src/core/errors.ts';

interface Refusal {
  readonly status?: number;
  readonly reason?: string;
  readonly request?: string;
  readonly transient?: boolean;
  readonly origin?: string;
  readonly unreachable?: string;
  readonly message?: string;
  /** The answer contains no message of Aura. */
  readonly mute?: boolean;
}

function refusal({
  status,
  reason,
  request = 'POST /v1/instances',
  transient = false,
  mute = false,
  message = `Aura answered ${status ?? 'nothing'}`,
  ...others
}: Refusal) {
  return new RequestError(message, {
    ...others,
    answer: status === undefined ? undefined : String(status),
    request,
    status,
    transient,
    policy: request === token ? 'token' : 'once',
    effect: 'none',
    complaints: mute ? [] : [{ message: 'No.', reason }],
  });
}

const token = 'POST /oauth/token';

describe('the message of an error', () => {
  it('contains the task, the answer of Aura and the advice', () => {
    const cause = refusal({ status: 409, reason: 'ongoing-database-operation' });
    const error = inWords("pause instance 'shop' (1a2b3c4d)", cause);
    expect(error).toEqual(
      new ActionError("Could not pause instance 'shop' (1a2b3c4d): Aura answered 409.", {
        next: "Another operation is in progress; try again, or increase 'timeout'.",
        cause,
      }),
    );
    expect(error.message).toBe(
      "Could not pause instance 'shop' (1a2b3c4d): Aura answered 409. Another operation is in progress; try again, or increase 'timeout'.",
    );
    expect(error).toBeInstanceOf(ActionError);
    expect(error.cause).toBe(cause);
  });

  it('says that the sign-in failed, and names the task only if something was done before', () => {
    const cause = refusal({ status: 401, request: token });
    const next =
      "The client id and the client secret do not belong together or are swapped, or the API key was deleted. Create a new key in the Aura console (account menu > API keys), and update both 'client-id' and 'client-secret'.";
    expect(inWords("get instance 'shop'", cause)).toHaveProperty(
      'message',
      `Could not get instance 'shop', because the sign-in to Aura failed: it answered 401. ${next}`,
    );
    expect(inWords("get instance 'shop'", new SignInError(cause))).toHaveProperty(
      'message',
      `Could not sign in to Aura: it answered 401. ${next}`,
    );
  });

  it('links to the console of the public Aura API, and to no other', () => {
    const at = (origin: string) => whatToDo(refusal({ status: 401, request: token, origin }));
    expect(at('https://api.neo4j.io')).toContain(
      'in the Aura console (https://console.neo4j.io, account menu > API keys)',
    );
    expect(at('https://api-staging.neo4j.io')).toContain(
      'in the Aura console (account menu > API keys)',
    );
  });

  it('names the address if there is no connection', () => {
    const unreachable = { origin: 'http://127.0.0.1:9', unreachable: 'ECONNREFUSED' };
    const first = new SignInError(refusal({ request: token, transient: true, ...unreachable }));
    expect(inWords('do it', first)).toHaveProperty(
      'message',
      "Could not connect to Aura at http://127.0.0.1:9 (ECONNREFUSED). Check 'api-url', the runner's network and its proxy settings, then run the step again.",
    );
  });

  it.each([
    [true, 'no other job shared a token in time'],
    [false, 'because GitHub did not answer'],
  ])('does not advise a job that shares tokens to share them: %s', (isAnswered, why) => {
    const cause = new NoSharedTokenError(refusal({ status: 429, request: token }), isAnswered);
    const { message } = inWords('do it', new SignInError(cause));
    expect(message).toMatch(/^Could not sign in to Aura: it answered 429\. /);
    expect(inWords('wait', cause).message).toMatch(
      /^Could not wait, because the sign-in to Aura failed: it answered 429\. /,
    );
    expect(message).toContain(why);
    expect(message).not.toContain("With 'credentials-store: deployment'");
  });

  it.each([
    ['an error of the action', new ActionError('said already')],
    ['a mistake in the program', new TypeError('no such function')],
    ['the end of a cancelled step', new CancelledError('The step was cancelled')],
  ])('is unchanged for %s', (_, error) => {
    expect(inWords('do it', error)).toBe(error);
  });

  it('gets its task only once', () => {
    const once = inWords('do it', refusal({ status: 500, transient: true }));
    expect(once.message).toBe(
      "Could not do it: Aura answered 500. This is a problem on Aura's side; try again later.",
    );
    expect(inWords('do it all', once)).toBe(once);
  });

  it('exists even if the thrown value is not an error', () => {
    expect(inWords('do it', 'a text')).toBeInstanceOf(Error);
    expect(inWords('do it', 'a text').message).toContain('a text');
  });
});

describe('the end of a sentence about a wait', () => {
  it('contains the failure of the last request, if any', () => {
    expect(saidOf(refusal({ status: 503 }))).toBe('; the last request failed: Aura answered 503');
    expect(saidOf(undefined)).toBe('');
  });
});

describe('the advice', () => {
  const compare = /^Compare the inputs with Aura's message\.$/;
  const foreign =
    /^The answer contains no message of Aura, so it probably comes from a proxy, a firewall or another server: check 'api-url'/;
  const later = /^This is a problem on Aura's side; try again later\.$/;

  it.each<[string, Refusal, RegExp]>([
    ['missing billing', { status: 400, reason: 'missing-billing-details' }, /^Add billing details/],
    ['an unknown tenant', { status: 404, reason: 'tenant-not-found' }, /^Check input 'tenant'/],
    [
      'a wrong state',
      { status: 409, reason: 'instance-action-unavailable' },
      /^The instance's current status does not allow this operation\. If it is paused, resume it/,
    ],
    [
      'a busy instance',
      { status: 409, reason: 'ongoing-database-operation' },
      /increase 'timeout'/,
    ],
    [
      'a refused snapshot',
      { status: 409, reason: 'snapshot-not-allowed' },
      /^Aura takes no snapshot/,
    ],
    ['a 409 of another reason', { status: 409, reason: 'odd' }, /is busy/],
    ['a 400 of another reason', { status: 400, reason: 'odd' }, compare],
    ['a size', { status: 400, reason: 'invalid-memory-size' }, /leave 'storage' empty/],
    [
      'a feature of the tenant',
      { status: 400, reason: 'tenant-incapable-of-action' },
      /^The tenant \(project\) does not have this feature/,
    ],
    [
      'a feature of the tier',
      { status: 400, reason: 'database-incapable-of-action', request: 'PATCH /v1/instances/1a' },
      /^The tier of this instance does not support this value/,
    ],
    [
      'a pause',
      {
        status: 400,
        reason: 'database-incapable-of-action',
        request: 'POST /v1/instances/1a/pause',
      },
      /does not support 'pause'\..* after 72 hours without use\.$/,
    ],
    [
      'a snapshot of a tier without them',
      {
        status: 400,
        reason: 'database-incapable-of-action',
        request: 'POST /v1/instances/1a/snapshots',
      },
      /does not support 'snapshot'\./,
    ],
    ['an unknown instance', { status: 404, reason: 'db-not-found' }, /^Check 'instance-id'/],
    ['a deleted one', { status: 410, reason: 'db-already-deleted' }, /^The instance has been del/],
    ['an unknown snapshot', { status: 404, reason: 'snapshot-not-found' }, /or use 'latest'/],
    [
      'an unknown key',
      { status: 404, reason: 'encryption-key-not-found' },
      /^Check 'customer-managed-key-id'/,
    ],
    ['a key in use', { status: 400, reason: 'encryption-key-is-active' }, /still uses this key/],
    ['a missing role', { status: 403, reason: 'unauthorized' }, /Project Member or Project Admin/],
    [
      'a certificate',
      { message: 'no answer from Aura: self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)' },
      /set NODE_EXTRA_CA_CERTS/,
    ],
    ['a redirect', { status: 302 }, /^Check 'api-url'/],
    ['400', { status: 400 }, compare],
    ['401', { status: 401 }, /have not been deleted/],
    ['403', { status: 403 }, /must have the role Project Member or Project Admin/],
    ['404', { status: 404 }, /^Check 'api-url', and that the instance and the tenant exist\.$/],
    [
      '405',
      { status: 405 },
      /may have reached its limit for this tier: use an instance that exists/,
    ],
    ['405 to another request', { status: 405, request: 'GET /v1/instances' }, compare],
    [
      '407',
      { status: 407 },
      /^A proxy on the way asks for a login: .* https_proxy of the runner\.$/,
    ],
    ['410', { status: 410 }, /^It was deleted\./],
    ['415', { status: 415 }, compare],
    ['423', { status: 423 }, /^The instance is busy; /],
    ['451 without a message', { status: 451, mute: true }, foreign],
    ['400 without a message', { status: 400, mute: true }, foreign],
    [
      '403 without a message',
      { status: 403, mute: true },
      /^The user of .* Project Admin .* it can also come from a proxy or a firewall: check 'api-url'/,
    ],
    ['404 for a token', { status: 404, request: token, mute: true }, foreign],
    ['402 for a token', { status: 402, request: token }, /^Check 'api-url' and the runner's proxy/],
    ['405 for a token', { status: 405, request: token, mute: true }, foreign],
    [
      '403 without a message for a token',
      { status: 403, request: token, mute: true },
      /^The client id .* update both 'client-id' and 'client-secret'\. The answer contains no message/,
    ],
    ['429', { status: 429, transient: true }, /125 requests per minute/],
    ['500', { status: 500, transient: true }, later],
    ['501', { status: 501 }, later],
    ['an unreadable answer', { status: 202, transient: true }, later],
    ['no answer', { transient: true }, /^Check 'api-url', the runner's network and its proxy/],
    ['400 to a token request', { status: 400, request: token }, /do not belong together/],
    ['401 to a token request', { status: 401, request: token }, /do not belong together/],
    ['403 to a token request', { status: 403, request: token }, /do not belong together/],
    ['404 to a token request', { status: 404, request: token }, /^Check 'api-url'/],
    ['a redirect of a token request', { status: 307, request: token }, /^Check 'api-url'/],
    [
      '429 to a token request',
      { status: 429, request: token, transient: true },
      /about 15 for each client/,
    ],
    ['503 to a token request', { status: 503, request: token, transient: true }, later],
    ['no answer to a token request', { request: token, transient: true }, /^Check 'api-url', the/],
  ])('for %s is one sentence', (_, options, advice) => {
    const said = whatToDo(refusal(options));
    expect(said).toMatch(advice);
    expect(said).toMatch(/^[A-Z].*\.$/);
  });
});
