import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ShapeError,
  readConfigurations,
  readCreated,
  readData,
  readInstance,
  readList,
  readSummary,
  readTenant,
} from '../../src/aura/types.ts';
import { createdData, instanceData } from './connected-client.ts';

const configuration = {
  type: 'free-db',
  cloud_provider: 'gcp',
  region: 'europe-west1',
  memory: '1GB',
  version: '5',
};

/** Each reader, a value it takes, and the fields it can't do without. */
const readers: [string, (value: unknown) => unknown, Record<string, unknown>, string[]][] = [
  ['a tenant', readTenant, { id: 'a', name: 'b' }, ['id', 'name']],
  ['a summary', readSummary, createdData, ['id', 'name', 'tenant_id']],
  ['an instance', readInstance, instanceData, ['id', 'name', 'tenant_id', 'status']],
  ['a create', readCreated, createdData, ['id', 'name', 'tenant_id', 'username', 'password']],
  [
    'a configuration',
    (value) => readConfigurations({ instance_configurations: [value] }),
    configuration,
    ['type', 'cloud_provider', 'region', 'memory', 'version'],
  ],
];

const notTexts = [undefined, null, '', 7, [], {}];

describe.each(readers)('the reader of %s', (_, read, good, required) => {
  it('takes what Aura documents, and fields that it does not know', () => {
    expect(read({ ...good, brand_new: { field: 1 } })).toBeDefined();
  });

  it.each(required.flatMap((name) => notTexts.map((bad): [string, unknown] => [name, bad])))(
    'refuses %s that is %j, by the name of the field',
    (name, bad) => {
      expect(() => read({ ...good, [name]: bad })).toThrow(new ShapeError(`'${name}' is missing`));
    },
  );

  it.each([[undefined], [null], ['text'], [7], [[]], [true]])('refuses %j', (value) => {
    expect(() => read(value)).toThrow(new ShapeError('an object is missing'));
  });

  it('refuses anything else without crashing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          read(value);
        } catch (error) {
          expect(error).toBeInstanceOf(ShapeError);
        }
      }),
    );
  });
});

describe('the data of an answer', () => {
  it.each([[{}], [{ data: null }], [{ errors: [] }]])('is missing in %j', (body) => {
    expect(() => readData(body)).toThrow(new ShapeError("'data' is missing"));
  });

  it.each([[undefined], [null], [[]], ['text']])('is not looked for in %j', (body) => {
    expect(() => readData(body)).toThrow(new ShapeError('an object is missing'));
  });

  it.each([[{}], ['text'], [7]])('is no list when it is %j', (data) => {
    expect(() => readList({ data }, readTenant)).toThrow(new ShapeError("'data' is no list"));
  });

  it('is a list as it comes, and wrong as a whole where one entry is', () => {
    const tenants = [
      { id: 'b', name: 'B' },
      { id: 'a', name: 'A' },
    ];
    expect(readList({ data: tenants }, readTenant)).toEqual(tenants);
    expect(() => readList({ data: [...tenants, {}] }, readTenant)).toThrow(ShapeError);
    expect(readList({ data: [] }, readTenant)).toEqual([]);
  });

  it.each([[undefined], [null], [{}], ['text']])(
    'offers no list of configurations as %j',
    (list) => {
      expect(() => readConfigurations({ instance_configurations: list })).toThrow(
        new ShapeError("'instance_configurations' is no list"),
      );
    },
  );
});

describe('an instance', () => {
  it('keeps all fields as Aura sent them', () => {
    const fields = { ...instanceData, graph_nodes: 7, secondaries_count: null, nested: { a: [1] } };
    expect(readInstance(fields).fields).toEqual(fields);
  });

  it('never keeps a password', () => {
    const instance = readInstance({ ...instanceData, password: 'letMeIn-0123456789' });
    expect(JSON.stringify(instance)).not.toContain('letMeIn');
  });

  it('has its status in lower case, and the fields as Aura spelt it', () => {
    const instance = readInstance({ ...instanceData, status: 'Loading Failed' });
    expect(instance.status).toBe('loading failed');
    expect(instance.fields['status']).toBe('Loading Failed');
  });

  it.each([
    ['connection_url', 'connectionUrl'],
    ['memory', 'memory'],
    ['region', 'region'],
    ['cloud_provider', 'cloudProvider'],
    ['type', 'type'],
    ['created_at', 'createdAt'],
  ])('without %s, or with an empty one, is read without it', (field, property) => {
    for (const value of [undefined, null, '', 7]) {
      expect(readInstance({ ...instanceData, [field]: value })).toHaveProperty(property, undefined);
    }
  });

  it.each([
    ['2026-03-02T09:14:07Z', Date.UTC(2026, 2, 2, 9, 14, 7)],
    ['2026-03-02T09:14:07.940937Z', Date.UTC(2026, 2, 2, 9, 14, 7, 940)],
    ['yesterday', undefined],
  ])('created at %s was created at %s', (text, milliseconds) => {
    expect(readSummary({ ...instanceData, created_at: text }).createdAt).toBe(milliseconds);
  });
});
