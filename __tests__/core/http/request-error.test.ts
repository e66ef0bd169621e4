import { aura } from '../../../src/aura/api/service.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  answerError,
  type Asked,
  type Effect,
  type Policy,
  possibleEffect,
  RequestError,
} from '../../../src/core/http/request-error.ts';

const request = 'GET /v1/instances/1a2b3c4d';
const reading: Asked = { service: aura, request, policy: 'read' };

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
    for (const policy of ['repeatable', 'once', 'irreplaceable'] as const) {
      const error = answerError({ ...reading, policy }, answer(status));
      expect(error).toBeInstanceOf(RequestError);
      expect(error).toMatchObject({ name: 'RequestError', request, policy, effect, transient });
      expect(error.status).toBe(status);
      expect(error.message).toMatch(new RegExp(`^Aura answered ${status}( with a redirect .+)?$`));
    }
  });

  it.each(statuses)(
    'for a read or a token request is without effect: %d',
    (status, _, transient) => {
      for (const policy of ['read', 'token'] as const) {
        const error = answerError({ ...reading, policy }, answer(status));
        expect(error).toMatchObject({ effect: 'none', transient });
      }
    },
  );

  it('keeps useful headers: request id and Retry-After', () => {
    const error = answerError(
      reading,
      answer(503, '', { requestId: 'abc', retryAfterMilliseconds: 7_000 }),
    );
    expect(error).toMatchObject({ requestId: 'abc', retryAfterMilliseconds: 7_000 });
  });

  it('says where a redirect points, and that it is not followed', () => {
    const error = answerError(reading, answer(302, '', { location: 'https://example.com/x' }));
    expect(error.message).toBe(
      "Aura answered 302 with a redirect to 'https://example.com/x', which is not followed because it would forward the credentials",
    );
    expect(answerError(reading, answer(300)).message).toContain("a redirect to 'nowhere'");
  });
});

describe("Aura's explanation in an error", () => {
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
    ['something other than a list', { errors: 'no' }, ''],
    ['an error that is not a text', { error: { code: 7 } }, ''],
    ['entries that are not complaints', { errors: [null, 7, '', [], {}] }, ''],
    ['fields that are not texts', { errors: [{ message: 7, reason: null }] }, ''],
    ['a good entry behind a bad one', { errors: [null, { message: 'Two' }] }, " 'Two'"],
    ['a null', null, ''],
    ['a list', ['no'], ''],
    ['a text', 'no', ''],
  ])('is quoted from %s', (_, body, said) => {
    const error = answerError(reading, answer(400, JSON.stringify(body)));
    expect(error.message).toBe(`Aura answered 400${said}`);
  });

  it.each([
    [''],
    ['<html><title>502 Bad Gateway</title></html>'],
    ['upstream error'],
    ['{"errors":'],
  ])('is empty if the body is not JSON: %j', (body) => {
    expect(answerError(reading, answer(502, body)).message).toBe('Aura answered 502');
  });

  it('is cut, so that the error has room for what to do next', () => {
    const long = 'x'.repeat(10_000);
    const gateway = answerError(reading, answer(400, JSON.stringify({ error: long })));
    expect(gateway.message).toBe(`Aura answered 400 '${'x'.repeat(300)}…'`);
    const errors = [{ message: 'No.', reason: long }];
    const service = answerError(reading, answer(400, JSON.stringify({ errors })));
    expect(service.message).toBe(`Aura answered 400 'No.' (${'x'.repeat(100)}…)`);
    expect(service.hasReason(long)).toBe(true);
    const redirect = answerError(reading, answer(302, '', { location: `https://x/${long}` }));
    expect(redirect.message.length).toBeLessThan(500);
  });

  it('is on one line, and says each complaint once', () => {
    const same = { message: '\nA\r\n::error::b\u2028c  d\n', reason: 'x\ny' };
    const error = answerError(reading, answer(400, JSON.stringify({ errors: [same, same] })));
    expect(error.message).toBe("Aura answered 400 'A ::error::b c  d' (x y)");
  });

  it('is cut to five problems', () => {
    const errors = Array.from({ length: 100 }, (_, index) => ({ message: `m${index}` }));
    const error = answerError(reading, answer(400, JSON.stringify({ errors })));
    expect(error.message).toBe("Aura answered 400 'm0', 'm1', 'm2', 'm3', 'm4'");
  });

  it('can be searched for a reason, wherever it is', () => {
    const errors = [{ message: 'x' }, { message: 'y', reason: 'b' }, { message: '', reason: 'c' }];
    const error = answerError(reading, answer(400, JSON.stringify({ errors })));
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
        const error = answerError(reading, answer(status, body));
        expect(error.message).toContain(`Aura answered ${status}`);
      }),
    );
  });
});

describe('a request without an answer', () => {
  it.each<[Policy, Effect]>([
    ['token', 'none'],
    ['read', 'none'],
    ['repeatable', 'unknown'],
    ['once', 'unknown'],
    ['irreplaceable', 'unknown'],
  ])('with policy %s has the effect: %s', (policy, effect) => {
    expect(possibleEffect(policy)).toBe(effect);
  });
});

describe('an error of a request', () => {
  it('has a cause only if one is set', () => {
    const options = { request, policy: 'read', effect: 'none', transient: false } as const;
    expect('cause' in new RequestError('x', options)).toBe(false);
    const cause = new Error('y');
    expect(new RequestError('x', { ...options, cause }).cause).toBe(cause);
    expect(new RequestError('x', options)).toMatchObject({ complaints: [], status: undefined });
  });
});
