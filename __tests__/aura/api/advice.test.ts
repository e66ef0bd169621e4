import { describe, expect, it } from 'vitest';
import { RequestError } from '../../../src/core/http/request-error.ts';
import { inWords, saidOf, whatToDo } from '../../../src/aura/api/advice.ts';
import { ActionError, CancelledError } from '../../../src/core/errors.ts';

interface Refusal {
  readonly status?: number;
  readonly reason?: string;
  readonly request?: string;
  readonly transient?: boolean;
}

function refusal({ status, reason, request = 'POST /v1/instances', transient = false }: Refusal) {
  return new RequestError(`Aura answered ${status ?? 'nothing'}`, {
    request,
    status,
    transient,
    policy: request === token ? 'token' : 'once',
    effect: 'none',
    complaints: reason === undefined ? [] : [{ message: 'No.', reason }],
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

  it('says that Aura issued no token', () => {
    const cause = refusal({ status: 401, request: token });
    expect(inWords("get instance 'shop'", cause)).toHaveProperty(
      'message',
      "Could not get instance 'shop': Aura issued no access token: Aura answered 401. Check 'client-id' and 'client-secret': they are created together in the Aura console under API keys, and the secret is shown only once.",
    );
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
  const later = /^This is a problem on Aura's side; try again later\.$/;

  it.each<[string, Refusal, RegExp]>([
    ['missing billing', { status: 400, reason: 'missing-billing-details' }, /^Add billing details/],
    ['an unknown tenant', { status: 404, reason: 'tenant-not-found' }, /^Check input 'tenant'/],
    [
      'a wrong state',
      { status: 409, reason: 'instance-action-unavailable' },
      /^The instance's current status does not allow this operation\.$/,
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
    ['a 400 of another reason', { status: 400, reason: 'invalid-memory-size' }, compare],
    ['a redirect', { status: 302 }, /^Check 'api-url'/],
    ['400', { status: 400 }, compare],
    ['401', { status: 401 }, /have not been deleted/],
    ['403', { status: 403 }, /is a member or an admin of the tenant/],
    ['404', { status: 404 }, /^Check 'api-url', and that the instance and the tenant exist\.$/],
    ['405', { status: 405 }, /may have reached its limit for this tier/],
    ['415', { status: 415 }, compare],
    ['429', { status: 429, transient: true }, /125 requests per minute/],
    ['500', { status: 500, transient: true }, later],
    ['501', { status: 501 }, later],
    ['an unreadable answer', { status: 202, transient: true }, later],
    ['no answer', { transient: true }, /^Check 'api-url', the runner's network and its proxy/],
    ['400 to a token request', { status: 400, request: token }, /^Check 'client-id' and/],
    ['401 to a token request', { status: 401, request: token }, /^Check 'client-id' and/],
    ['403 to a token request', { status: 403, request: token }, /^Check 'client-id' and/],
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
