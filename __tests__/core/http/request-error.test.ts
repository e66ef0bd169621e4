import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  AuraError,
  answerError,
  isTokenRequest,
  possibleEffect,
} from '../../../src/core/http/request-error.ts';

const request = 'GET /v1/instances/1a2b3c4d';

function answer(status: number, body = '', rest: Partial<Answer> = {}): Answer {
  const none = {
    requestId: undefined,
    retryAfterMilliseconds: undefined,
    location: undefined,
    date: undefined,
  };
  return { status, body, ...none, ...rest };
}

describe('the error for an answer', () => {
  const statuses: [number, string, boolean][] = [
    [200, 'unknown', false],
    [202, 'unknown', false],
    [302, 'none', false],
    [400, 'none', false],
    [401, 'none', false],
    [402, 'none', false],
    [403, 'none', false],
    [404, 'none', false],
    [405, 'none', false],
    [408, 'unknown', true],
    [425, 'none', true],
    [409, 'none', false],
    [410, 'none', false],
    [415, 'none', false],
    [420, 'none', false],
    [429, 'none', true],
    [500, 'unknown', true],
    [501, 'unknown', false],
    [502, 'unknown', true],
    [503, 'unknown', true],
    [504, 'unknown', true],
    [599, 'unknown', false],
  ];

  it.each(statuses)('with status %d: effect %s, transient %s', (status, effect, transient) => {
    for (const changing of ['POST /v1/instances', 'DELETE /v1/instances/1a2b3c4d']) {
      const error = answerError(changing, answer(status));
      expect(error).toBeInstanceOf(AuraError);
      expect(error).toMatchObject({ name: 'AuraError', request: changing, effect, transient });
      expect(error.status).toBe(status);
      expect(error.message).toMatch(new RegExp(`^Aura answered ${status}( with a redirect .+)?$`));
    }
  });

  it.each(statuses)(
    'to a read or a token request is without effect: %d',
    (status, _, transient) => {
      for (const harmless of [request, 'POST /oauth/token']) {
        expect(answerError(harmless, answer(status))).toMatchObject({ effect: 'none', transient });
      }
    },
  );

  it('keeps what may help: request id and Retry-After', () => {
    const error = answerError(
      request,
      answer(503, '', { requestId: 'abc', retryAfterMilliseconds: 7_000 }),
    );
    expect(error).toMatchObject({ requestId: 'abc', retryAfterMilliseconds: 7_000 });
  });

  it('says where a redirect leads, and that it is not followed', () => {
    const error = answerError(request, answer(302, '', { location: 'https://example.com/x' }));
    expect(error.message).toBe(
      "Aura answered 302 with a redirect to 'https://example.com/x', which is not followed because it would take the credentials along",
    );
    expect(answerError(request, answer(300)).message).toContain("a redirect to 'nowhere'");
  });
});

describe('what Aura says in an error', () => {
  it.each<[string, unknown, string]>([
    [
      'one complaint',
      { errors: [{ message: 'DB not found: 1a2b3c4d', reason: 'db-not-found' }] },
      " 'DB not found: 1a2b3c4d' (db-not-found)",
    ],
    ['a complaint without a reason', { errors: [{ message: 'No.' }] }, " 'No.'"],
    [
      'several complaints',
      { errors: [{ message: 'One', reason: 'a' }, { message: 'Two' }] },
      " 'One' (a), 'Two'",
    ],
    ['the gateway', { error: 'Key not authorized' }, " 'Key not authorized'"],
    ['an empty list', { errors: [] }, ''],
    ['no list', { errors: 'no' }, ''],
    ['an error that is no text', { error: { code: 7 } }, ''],
    ['entries that are no complaints', { errors: [null, 7, 'text', [], {}] }, ''],
    ['fields that are no texts', { errors: [{ message: 7, reason: null }] }, ''],
    ['a good entry behind a bad one', { errors: [null, { message: 'Two' }] }, " 'Two'"],
    ['a null', null, ''],
    ['a list', ['no'], ''],
    ['a text', 'no', ''],
  ])('is quoted from %s', (_, body, said) => {
    const error = answerError(request, answer(400, JSON.stringify(body)));
    expect(error.message).toBe(`Aura answered 400${said}`);
  });

  it.each([
    [''],
    ['<html><title>502 Bad Gateway</title></html>'],
    ['upstream error'],
    ['{"errors":'],
  ])('is nothing where the body is no JSON: %j', (body) => {
    expect(answerError(request, answer(502, body)).message).toBe('Aura answered 502');
  });

  it('is kept whole: what is printed of it is cut only after secrets were cut out', () => {
    const long = 'x'.repeat(10_000);
    const gateway = answerError(request, answer(400, JSON.stringify({ error: long })));
    expect(gateway.message).toBe(`Aura answered 400 '${long}'`);
    const errors = [{ message: 'No.', reason: long }];
    const service = answerError(request, answer(400, JSON.stringify({ errors })));
    expect(service.message).toBe(`Aura answered 400 'No.' (${long})`);
  });

  it('is cut to five complaints', () => {
    const errors = Array.from({ length: 100 }, (_, index) => ({ message: `m${index}` }));
    const error = answerError(request, answer(400, JSON.stringify({ errors })));
    expect(error.message).toBe("Aura answered 400 'm0', 'm1', 'm2', 'm3', 'm4'");
  });

  it('can be asked for a reason, wherever it stands', () => {
    const errors = [{ message: 'x' }, { message: 'y', reason: 'b' }, { message: '', reason: 'c' }];
    const error = answerError(request, answer(400, JSON.stringify({ errors })));
    expect(error.hasReason('b')).toBe(true);
    expect(error.hasReason('c')).toBe(true);
    expect(error.hasReason('y')).toBe(false);
    expect(error.hasReason('')).toBe(false);
  });

  it('is read from any body without a crash', () => {
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((errors) => JSON.stringify({ errors })),
      fc
        .array(fc.record({ message: fc.jsonValue(), reason: fc.jsonValue() }))
        .map((errors) => JSON.stringify({ errors })),
    );
    fc.assert(
      fc.property(bodies, fc.integer({ min: 100, max: 599 }), (body, status) => {
        const error = answerError(request, answer(status, body));
        expect(error.message).toContain(`Aura answered ${status}`);
      }),
    );
  });
});

describe('a request whose answer is missing', () => {
  it.each([
    ['GET /v1/instances', 'none'],
    ['GET /v1/instances/1a2b3c4d', 'none'],
    ['POST /oauth/token', 'none'],
    ['POST /v1/instances', 'unknown'],
    ['POST /v1/instances/1a2b3c4d/pause', 'unknown'],
    ['DELETE /v1/instances/1a2b3c4d', 'unknown'],
    ['PATCH /v1/instances/1a2b3c4d', 'unknown'],
    ['POST /GET /', 'unknown'],
  ])('%s may have done: %s', (name, effect) => {
    expect(possibleEffect(name)).toBe(effect);
  });

  it('is one for a token only where its whole path is', () => {
    expect(isTokenRequest('POST /oauth/token')).toBe(true);
    expect(isTokenRequest('POST /v1/instances')).toBe(false);
    expect(isTokenRequest('GET /oauth/token/x')).toBe(false);
  });
});

describe('an error of Aura', () => {
  it('has a cause only where one is given', () => {
    const options = { request, effect: 'none', transient: false } as const;
    expect('cause' in new AuraError('x', options)).toBe(false);
    const cause = new Error('y');
    expect(new AuraError('x', { ...options, cause }).cause).toBe(cause);
    expect(new AuraError('x', options)).toMatchObject({ complaints: [], status: undefined });
  });
});
