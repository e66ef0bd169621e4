import { readFileSync } from 'node:fs';

import { default as addFormats } from 'ajv-formats';
import { OpenAPIBackend } from 'openapi-backend';
import type { Document, Operation, Request } from 'openapi-backend';
import { explain, fieldsOf, parseJson } from '../world/openapi-parts.ts';

/** A request to the server and its answer. */
export interface GitHubExchange {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status: number | 'reset' | 'hang';
  readonly responseBody: string;
  /** Whether a test set the answer; it may then differ from the description. */
  readonly ordered: boolean;
}

/** GitHub's own description of the requests used here; the file says where it is from. */
const excerpt = new URL('openapi.json', import.meta.url);
/** Possible for any request, described or not; the body has the form of a 404. */
const refusals: readonly (number | string)[] = [401, 403, 404];

/** GitHub ignores unknown names, so a misspelled name would go unnoticed. */
function unknownNames(operation: Operation, exchange: GitHubExchange): string[] {
  const parameters = (operation.parameters ?? []).map((parameter) => fieldsOf(parameter)['name']);
  const content = fieldsOf(fieldsOf(operation.requestBody)['content']);
  const schema = fieldsOf(fieldsOf(content['application/json'])['schema']);
  const properties = Object.keys(fieldsOf(schema['properties']));
  const body = fieldsOf(parseJson(exchange.body));
  return [
    ...Object.keys(exchange.query).filter((name) => !parameters.includes(name)),
    ...Object.keys(body).filter((name) => !properties.includes(name)),
  ].map((name) => `'${name}' is not described`);
}

function toRequest({ method, path, query, headers, body }: GitHubExchange): Request {
  return { method, path, query, headers: { ...headers }, body: parseJson(body) ?? body };
}

function checkResponse(
  api: OpenAPIBackend,
  operation: Operation,
  { status, responseBody, ordered }: GitHubExchange,
): string[] {
  if (ordered || typeof status !== 'number') return [];
  const described = operation.responses?.[status] !== undefined;
  const model = described ? operation : api.getOperation('repos/delete-deployment');
  if (model === undefined || (!described && !refusals.includes(status))) {
    return [`status ${status} is not described`];
  }
  if (responseBody === '') return status === 204 ? [] : ['the body is missing'];
  return explain(api.validateResponse(parseJson(responseBody), model, described ? status : 404));
}

/**
 * Reads GitHub's description once.
 *
 * @returns a function that lists all violations of the description in an exchange. Answers set by
 *   a test are not checked.
 */
export async function createGitHubValidator(): Promise<
  (exchange: GitHubExchange) => readonly string[]
> {
  const api = new OpenAPIBackend({
    definition: JSON.parse(readFileSync(excerpt, 'utf8')) as Document,
    strict: false,
    quick: true,
    customizeAjv: (ajv) => {
      addFormats.default(ajv);
      // GitHub itself uses the empty string for an address that is not set.
      ajv.addFormat('uri', (value) => value === '' || URL.canParse(value));
      return ajv;
    },
  });
  await api.init();
  return (exchange) => {
    const where = `${exchange.method} ${exchange.path} ${exchange.status}`;
    const request = toRequest(exchange);
    const operation = api.router.matchOperation(request);
    if (!operation) return [`${where}: the operation is not described`];
    return [
      ...explain(api.validateRequest(request, operation)).map((problem) => `request ${problem}`),
      ...unknownNames(operation, exchange).map((problem) => `request ${problem}`),
      ...checkResponse(api, operation, exchange).map((problem) => `response ${problem}`),
    ].map((problem) => `${where}: ${problem}`);
  };
}
