import { fileURLToPath } from 'node:url';

import { default as addFormats } from 'ajv-formats';
import { OpenAPIBackend } from 'openapi-backend';
import type { Operation, Request } from 'openapi-backend';

import type { Exchange } from '../../simulator/aura/simulator.ts';
import { explain, fieldsOf, parseJson } from './openapi-parts.ts';

/** Faults after which the answer still matches the description. */
const HARMLESS: readonly (string | undefined)[] = [
  undefined,
  'slow',
  'stuck',
  'loading-failed',
  'expired-token',
];

/** Headers that any HTTP answer may have; `date` is described once for all answers. */
const PLAIN_HEADERS: readonly string[] = ['content-length', 'content-type', 'date'];

function mediaType(headers: Readonly<Record<string, string>>): string {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
}

function mediaTypes(part: unknown): readonly string[] {
  return Object.keys(fieldsOf(fieldsOf(part)['content']));
}

function checkAuthorization(operation: Operation, exchange: Exchange): string[] {
  const header = exchange.requestHeaders['authorization'];
  const basic = operation.security?.some((one) => 'client' in one) === true;
  const expected = basic ? /^Basic [A-Za-z0-9+/]+=*$/ : /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/;
  if (header === undefined) return ['Authorization is missing'];
  // The value is a secret, so it is not repeated here.
  return expected.test(header) ? [] : [`Authorization has no ${basic ? 'Basic' : 'Bearer'} form`];
}

function checkRequestMedia(operation: Operation, exchange: Exchange): string[] {
  const { requestBody } = operation;
  if (requestBody === undefined) {
    return exchange.requestBody === '' ? [] : ['a body is sent where none is described'];
  }
  const type = mediaType(exchange.requestHeaders);
  return mediaTypes(requestBody).includes(type) ? [] : [`content type '${type}' is not described`];
}

function requestBody(exchange: Exchange): unknown {
  const text = exchange.requestBody;
  if (text === '') return undefined;
  if (mediaType(exchange.requestHeaders) === 'application/x-www-form-urlencoded') {
    return Object.fromEntries(new URLSearchParams(text));
  }
  return parseJson(text) ?? text;
}

function toRequest(exchange: Exchange): Request {
  const { method, path, query, requestHeaders } = exchange;
  return { method, path, query, headers: requestHeaders, body: requestBody(exchange) };
}

function checkHeaders(declared: unknown, headers: Readonly<Record<string, string>>): string[] {
  const known = Object.entries(fieldsOf(declared)).map(
    ([name, header]) => [name.toLowerCase(), fieldsOf(header)['required'] === true] as const,
  );
  const missing = known.filter(([name, required]) => required && !(name in headers));
  const strange = Object.keys(headers).filter(
    (name) => !PLAIN_HEADERS.includes(name) && !known.some(([one]) => one === name),
  );
  return [
    ...missing.map(([name]) => `header ${name} is missing`),
    ...strange.map((name) => `header ${name} is not described`),
  ];
}

function checkDate(api: OpenAPIBackend, headers: Readonly<Record<string, string>>): string[] {
  const { date } = headers;
  if (date === undefined) return [];
  const described = fieldsOf(fieldsOf(fieldsOf(api.definition.components)['headers'])['Date']);
  const pattern = String(fieldsOf(described['schema'])['pattern']);
  return new RegExp(pattern).test(date) ? [] : [`header date must match pattern ${pattern}`];
}

function checkResponse(api: OpenAPIBackend, operation: Operation, exchange: Exchange): string[] {
  const { status, responseBody, responseHeaders } = exchange;
  if (typeof status !== 'number') return exchange.fault ? [] : [`${status} without a fault`];
  const answer = operation.responses?.[status];
  if (answer === undefined) return [`status ${status} is not described`];
  const problems = checkHeaders(fieldsOf(answer)['headers'], responseHeaders);
  problems.push(...checkDate(api, responseHeaders));
  const matched = api.validator.validateResponseHeaders(responseHeaders, operation, {
    statusCode: status,
  });
  problems.push(...explain(matched));
  const types = mediaTypes(answer);
  if (types.length === 0) {
    return responseBody === '' ? problems : [...problems, 'a body is sent where none is described'];
  }
  if (!types.includes(mediaType(responseHeaders))) {
    return [...problems, `content type '${mediaType(responseHeaders)}' is not described`];
  }
  const body = parseJson(responseBody);
  if (body === undefined) return [...problems, 'the body is not JSON'];
  return [...problems, ...explain(api.validateResponse(body, operation, status))];
}

/**
 * Finds the operation of a request. The library searches the whole description for each request,
 * so results are cached: all ids lead to the same operation.
 */
function createMatcher(api: OpenAPIBackend): (request: Request) => Operation | undefined {
  const known = new Map<string, Operation | undefined>();
  return (request) => {
    const anyId = request.path.replace(/(?<=\/)[0-9a-f]{8}(?:-[0-9a-f-]{27})?(?=\/|$)/g, '0');
    const key = `${request.method} ${anyId}`;
    if (!known.has(key)) known.set(key, api.router.matchOperation(request));
    return known.get(key);
  };
}

/**
 * Reads the simulator's description once.
 *
 * @returns a function that lists all violations of the description in an exchange, each beginning
 *   with "request" or "response". Answers changed by a fault are not checked.
 */
export async function createExchangeValidator(): Promise<
  (exchange: Exchange) => readonly string[]
> {
  const api = new OpenAPIBackend({
    definition: fileURLToPath(new URL('../../simulator/aura/openapi.yaml', import.meta.url)),
    strict: false,
    quick: true,
    customizeAjv: (ajv) => {
      addFormats.default(ajv);
      return ajv;
    },
  });
  await api.init();
  const match = createMatcher(api);
  return (exchange) => {
    const where = `${exchange.method} ${exchange.path}`;
    const request = toRequest(exchange);
    // The library accepts a trailing slash; the gateway does not.
    const operation = exchange.path.endsWith('/') ? undefined : match(request);
    if (!operation) return [`request ${where}: the operation is not described`];
    const requestProblems = [
      ...checkAuthorization(operation, exchange),
      ...checkRequestMedia(operation, exchange),
      ...explain(api.validateRequest(request, operation)),
    ].map((problem) => `request ${where}: ${problem}`);
    if (!HARMLESS.includes(exchange.fault)) return requestProblems;
    const responseProblems = checkResponse(api, operation, exchange).map(
      (problem) => `response ${where} ${exchange.status}: ${problem}`,
    );
    return [...requestProblems, ...responseProblems];
  };
}
