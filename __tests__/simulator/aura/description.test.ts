import { readFile } from 'node:fs/promises';

import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

import { ROUTES } from '../../../simulator/aura/routes.ts';
import { isRecord } from './session.ts';

const text = await readFile(
  new URL('../../../simulator/aura/openapi.yaml', import.meta.url),
  'utf8',
);
const description: unknown = parse(text);

/** Every "METHOD path operationId" of the description. */
function operations(): string[] {
  const paths = isRecord(description) && isRecord(description['paths']) ? description['paths'] : {};
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(isRecord(item) ? item : {}).flatMap(([method, operation]) =>
      isRecord(operation) && 'operationId' in operation
        ? [`${method.toUpperCase()} ${path} ${String(operation['operationId'])}`]
        : [],
    ),
  );
}

test('the description is a valid OpenAPI 3.1 document', async () => {
  const validator = new Validator();
  const result = await validator.validate(text);
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(validator.version).toBe('3.1');
});

test('the description and the router have the same operations', () => {
  const routed = ROUTES.map((route) => `${route.method} ${route.path} ${route.operation}`);
  expect(operations().toSorted()).toEqual(routed.toSorted());
});

test('no operation is described twice', () => {
  const ids = operations().map((operation) => operation.split(' ')[2]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the description names all statuses known to the simulator', () => {
  for (const status of ['creating', 'destroying', 'suspending', 'loading failed', 'overwriting']) {
    expect(text).toContain(status);
  }
});
