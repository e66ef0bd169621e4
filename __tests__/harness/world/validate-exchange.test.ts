import { expect, test } from 'vitest';

import type { Exchange } from '../../../simulator/aura/simulator.ts';
import { createExchangeValidator } from '../../../harness/world/validate-exchange.ts';

const validate = await createExchangeValidator();

const TRACE = '0123456789abcdef0123456789abcdef/1234567890';
const DATE = 'Mon, 03 Aug 2026 09:00:00 GMT';

/** A valid exchange, of which each test changes something. */
function exchange(changes: Partial<Exchange>): Exchange {
  return {
    sequence: 1,
    at: 0,
    method: 'GET',
    path: '/v1/tenants',
    query: {},
    requestHeaders: { authorization: 'Bearer a.b.c', 'user-agent': 'x' },
    requestBody: '',
    status: 200,
    responseHeaders: { 'content-type': 'application/json', 'x-request-id': TRACE, date: DATE },
    responseBody: '{"data":[{"id":"1","name":"x"}]}',
    ...changes,
  };
}

const CREATE = {
  method: 'POST',
  path: '/v1/instances',
  requestHeaders: { authorization: 'Bearer a.b.c', 'content-type': 'application/json' },
  fault: 'reset-after',
  status: 'reset',
} as const;

const GOOD_BODY = {
  name: 'ci',
  type: 'free-db',
  memory: '1GB',
  version: '5',
  region: 'europe-west1',
  cloud_provider: 'gcp',
  tenant_id: 't',
};

test('a valid exchange has no problems', () => {
  expect(validate(exchange({}))).toEqual([]);
  expect(validate(exchange({ ...CREATE, requestBody: JSON.stringify(GOOD_BODY) }))).toEqual([]);
});

test.each<[string, Partial<Exchange>, string]>([
  ['an unknown path', { path: '/v1/projects' }, 'the operation is not described'],
  ['an unknown method', { method: 'PUT' }, 'the operation is not described'],
  ['a slash too many', { path: '/v1/tenants/' }, 'the operation is not described'],
  ['no token', { requestHeaders: {} }, 'Authorization is missing'],
  [
    'a header without a valid token',
    { requestHeaders: { authorization: 'Bearer x' } },
    'no Bearer form',
  ],
  ['an unknown parameter', { query: { page: '2' } }, '/query must NOT have additional properties'],
  ['a body with GET', { requestBody: '{}' }, 'a body is sent where none is described'],
  ['a bad id', { path: '/v1/instances/XYZ', fault: 'hang' }, '/path/instanceId must match pattern'],
])('%s is a problem of the request', (_what, changes, problem) => {
  expect(validate(exchange(changes)).join('\n')).toMatch(/^request /);
  expect(validate(exchange(changes)).join('\n')).toContain(problem);
});

test.each<[string, Record<string, unknown>, string]>([
  ['a missing field', { region: undefined }, "must have required property 'region'"],
  ['a misspelt field', { cloudProvider: 'gcp' }, 'must NOT have additional properties'],
  ['a name that is too long', { name: 'x'.repeat(31) }, 'must NOT have more than 30 characters'],
  ['a space before the name', { name: ' x' }, 'must match pattern'],
  ['a bad size', { memory: '8G' }, 'must match pattern'],
  ['text for a boolean', { vector_optimized: 'true' }, 'must be boolean'],
  ['a snapshot without its instance', { source_snapshot_id: 'x' }, 'source_instance_id'],
])('%s is a problem of a creation', (_what, fields, problem) => {
  const requestBody = JSON.stringify({ ...GOOD_BODY, ...fields });
  expect(validate(exchange({ ...CREATE, requestBody })).join('\n')).toContain(problem);
});

test.each([
  ['no content type', { authorization: 'Bearer a.b.c' }],
  ['another content type', { authorization: 'Bearer a.b.c', 'content-type': 'text/plain' }],
])('%s is a problem of a POST, with a body or without', (_what, requestHeaders) => {
  const pause = { ...CREATE, path: '/v1/instances/2f49c2b3/pause', requestHeaders };
  expect(validate(exchange(pause)).join('\n')).toContain('is not described');
});

test('a token request needs Basic credentials and the grant type', () => {
  const headers = {
    authorization: 'Bearer a.b.c',
    'content-type': 'application/x-www-form-urlencoded',
  };
  const changes = { ...CREATE, path: '/oauth/token', requestHeaders: headers };
  const problems = validate(exchange({ ...changes, requestBody: 'grant_type=password' }));
  expect(problems.join('\n')).toContain('no Basic form');
  expect(problems.join('\n')).toContain('must be equal to constant');
});

test('a problem never repeats the Authorization header', () => {
  const requestHeaders = { authorization: 'Bearer very-secret' };
  expect(validate(exchange({ requestHeaders })).join('\n')).not.toContain('very-secret');
});

const HEADERS = exchange({}).responseHeaders;

test.each<[string, Partial<Exchange>, string]>([
  ['an undescribed status', { status: 418 }, 'status 418 is not described'],
  ['a missing field', { responseBody: '{"data":[{"id":"1"}]}' }, "required property 'name'"],
  ['an undescribed field', { responseBody: '{"data":[],"next":1}' }, 'additional properties'],
  ['a body that is not JSON', { responseBody: '<html>' }, 'the body is not JSON'],
  [
    'another content type',
    { responseHeaders: { ...HEADERS, 'content-type': 'text/html' } },
    'text/html',
  ],
  [
    'a missing request id',
    { responseHeaders: { 'content-type': 'application/json' } },
    'x-request-id is missing',
  ],
  [
    'a bad request id',
    { responseHeaders: { ...HEADERS, 'x-request-id': '1' } },
    '/headers/x-request-id must match',
  ],
  [
    'Retry-After without cause',
    { responseHeaders: { ...HEADERS, 'retry-after': '1' } },
    'retry-after is not described',
  ],
  [
    'a Date in an unknown format',
    { responseHeaders: { ...HEADERS, date: '2026-08-03T09:00:00Z' } },
    'header date must match',
  ],
  ['a reset without a fault', { status: 'reset' }, 'reset without a fault'],
])('%s is a problem of the response', (_what, changes, problem) => {
  const problems = validate(exchange(changes)).join('\n');
  expect(problems).toMatch(/^response /);
  expect(problems).toContain(problem);
});

test('an answer changed by a fault is not checked, a slow one is', () => {
  const spoilt = { responseBody: '<html>' };
  expect(validate(exchange({ ...spoilt, fault: 'not-json' }))).toEqual([]);
  expect(validate(exchange({ ...spoilt, fault: 'slow' }))).toHaveLength(1);
});

test('an answer may lack a Date, as behind a proxy that drops it', () => {
  const responseHeaders = { 'content-type': 'application/json', 'x-request-id': TRACE };
  expect(validate(exchange({ responseHeaders }))).toEqual([]);
});
