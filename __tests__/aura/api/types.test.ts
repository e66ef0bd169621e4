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
} from '../../../src/aura/api/types.ts';
import { createBody, createdData, instanceData } from './connected-client.ts';
import { noMask } from '../../core/secrets/secret-of.ts';

const configuration = {
  type: 'free-db',
  cloud_provider: 'gcp',
  region: 'europe-west1',
  memory: '1GB',
  version: '5',
};

/** Each reader, a value that it accepts, and the required fields. */
const readers: [string, (value: unknown) => unknown, Record<string, unknown>, string[]][] = [
  ['a tenant', readTenant, { id: 'a', name: 'b' }, ['id', 'name']],
  ['a summary', readSummary, createdData, ['id', 'name', 'tenant_id']],
  [
    'an instance',
    (value) => readInstance(value, instanceData.id),
    instanceData,
    ['id', 'name', 'tenant_id', 'status'],
  ],
  ['a create', (value) => readCreated(value, createBody, noMask), createdData, ['id', 'password']],
];

const notTexts = [undefined, null, '', 7, [], {}];

describe.each(readers)('the reader of %s', (_, read, good, required) => {
  it('accepts documented and unknown fields', () => {
    expect(read({ ...good, brand_new: { field: 1 } })).toBeDefined();
  });

  it.each(required.flatMap((name) => notTexts.map((bad): [string, unknown] => [name, bad])))(
    'refuses %s that is %j, and names the field',
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

  it.each([[undefined], [null], [[]], ['text']])('is not searched in %j', (body) => {
    expect(() => readData(body)).toThrow(new ShapeError('an object is missing'));
  });

  it.each([[{}], ['text'], [7]])('is not a list if it is %j', (data) => {
    expect(() => readList({ data }, readTenant)).toThrow(new ShapeError("'data' is not a list"));
  });

  it('is a list in the same order, without unreadable entries', () => {
    const tenants = [
      { id: 'b', name: 'B' },
      { id: 'a', name: 'A' },
    ];
    const all = { entries: tenants, unreadable: [] };
    expect(readList({ data: tenants }, readTenant)).toEqual(all);
    expect(readList({ data: [] }, readTenant)).toEqual({ entries: [], unreadable: [] });
    const odd = readList(
      { data: [null, tenants[0], { id: 7, name: 'C' }, tenants[1]] },
      readTenant,
    );
    expect(odd.entries).toEqual(tenants);
    expect(odd.unreadable).toEqual([
      { description: 'entry 1: an object is missing', name: undefined, tenantId: undefined },
      { description: "entry 3: 'id' is missing (name 'C')", name: 'C', tenantId: undefined },
    ]);
  });

  it.each(
    ['id', 'name', 'tenant_id'].flatMap((field) =>
      [...notTexts, 'x'.repeat(1_001), true].map((bad): [string, unknown] => [field, bad]),
    ),
  )('omits an instance whose %s is %j, and keeps the others', (field, bad) => {
    const data = [
      { ...createdData, [field]: bad },
      { ...createdData, id: 'other' },
    ];
    const { entries, unreadable } = readList({ data }, readSummary);
    expect(entries.map(({ id }) => id)).toEqual(['other']);
    expect(unreadable).toHaveLength(1);
  });

  it.each(
    Object.keys(configuration).flatMap((field) =>
      notTexts.map((bad): [string, unknown] => [field, bad]),
    ),
  )('omits a configuration whose %s is %j, and keeps the others', (field, bad) => {
    const list = [{ ...configuration, [field]: bad }, configuration];
    const { entries, unreadable } = readConfigurations({ instance_configurations: list });
    expect(entries).toHaveLength(1);
    expect(unreadable.map(({ description }) => description)).toEqual([
      `entry 1: '${field}' is missing`,
    ]);
  });

  it('is read with any values among the entries', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (list) => {
        const data = [...list, createdData];
        expect(readList({ data }, readSummary).entries.at(-1)).toMatchObject({
          id: createdData.id,
        });
        const offer = { instance_configurations: [...list, configuration] };
        expect(readConfigurations(offer).entries.at(-1)).toMatchObject({ region: 'europe-west1' });
      }),
    );
  });

  it.each([[undefined], [null], [{}], ['text']])(
    'is refused if its list of configurations is %j',
    (list) => {
      expect(() => readConfigurations({ instance_configurations: list })).toThrow(
        new ShapeError("'instance_configurations' is not a list"),
      );
    },
  );
});

describe('an instance', () => {
  const { id } = instanceData;

  it('keeps the fields of the specification as Aura sent them, and no others', () => {
    const known = { ...instanceData, graph_nodes: 7, secondaries_count: null };
    const filler = 'x'.repeat(5 * 1024 * 1024);
    const unknown = { nested: { a: [1] }, filler, toString: 'x', constructor: 'x' };
    expect(readInstance({ ...unknown, ...known }, id).fields).toEqual(known);
  });

  it('keeps the fields in the order in which Aura sent them', () => {
    const reversed = Object.fromEntries(Object.entries(instanceData).toReversed());
    expect(Object.keys(readInstance(reversed, id).fields)).toEqual(Object.keys(reversed));
  });

  it('omits fields of another type and texts longer than 1,000 characters', () => {
    const odd = {
      storage: { toString: 'x' },
      metrics_integration_url: ['x'],
      customer_managed_key_id: 7,
      graph_nodes: '12',
      graph_relationships: true,
      secondaries_count: '2',
      cdc_enrichment_mode: false,
      vector_optimized: 'true',
      graph_analytics_plugin: 1,
    };
    const connection_url = 'x'.repeat(100_000);
    const { fields } = readInstance({ ...instanceData, ...odd, connection_url }, id);
    expect(fields).toEqual({
      ...Object.fromEntries(Object.entries(instanceData).filter(([name]) => name !== 'storage')),
      graph_nodes: '12',
      connection_url: `${'x'.repeat(999)}…`,
    });
  });

  it('keeps the output small for any answer of Aura', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
        const extra = { storage: value, vector_optimized: other, graph_nodes: value, x: other };
        const { fields } = readInstance({ ...instanceData, ...extra }, id);
        expect(Object.keys(fields)).not.toContain('x');
        expect(JSON.stringify(fields).length).toBeLessThan(20_000);
      }),
    );
  });

  it('is refused if it is not the requested one', () => {
    expect(() => readInstance({ ...instanceData, id: '5e6f7a8b' }, id)).toThrow(
      new ShapeError("'id' is '5e6f7a8b', which is not the requested instance"),
    );
  });

  it('never keeps a password', () => {
    const instance = readInstance({ ...instanceData, password: 'letMeIn-0123456789' }, id);
    expect(JSON.stringify(instance)).not.toContain('letMeIn');
  });

  it('has its status in lower case, but unchanged in the fields', () => {
    const instance = readInstance({ ...instanceData, status: 'Loading Failed' }, id);
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
    for (const value of [...notTexts, true, 'x'.repeat(1_001)]) {
      const instance = readInstance({ ...instanceData, [field]: value }, id);
      expect(instance).toHaveProperty(property, undefined);
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

describe('a create', () => {
  it('needs only the id and the password', () => {
    const { id, password } = createdData;
    expect(readCreated({ id, password }, createBody, noMask)).toEqual({
      id,
      password,
      name: createBody.name,
      tenantId: createBody.tenant_id,
      createdAt: undefined,
      connectionUrl: undefined,
      username: 'neo4j',
      cloudProvider: undefined,
      region: undefined,
      type: undefined,
    });
  });

  it('has a password that is masked as soon as it is read', () => {
    const masked: string[] = [];
    readCreated(createdData, createBody, (secret) => masked.push(secret));
    expect(masked).toEqual([createdData.password]);
  });

  it('has the requested name and tenant, and the user from Aura', () => {
    const answer = { ...createdData, name: 'other', tenant_id: 'other', username: '1a2b3c4d' };
    expect(readCreated(answer, createBody, noMask)).toMatchObject({
      name: createBody.name,
      tenantId: createBody.tenant_id,
      username: '1a2b3c4d',
    });
  });

  it('is read with any optional fields', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (extra, value) => {
        const names = Object.keys(createdData).filter((name) => !['id', 'password'].includes(name));
        const odd = Object.fromEntries(names.map((name) => [name, value]));
        const answer = { ...extra, ...odd, id: createdData.id, password: createdData.password };
        expect(readCreated(answer, createBody, noMask)).toMatchObject({ id: createdData.id });
      }),
    );
  });

  it.each([[{ pass: 'letMeIn' }], [['letMeIn']], ['letMeIn'.repeat(200)]])(
    'does not quote an unreadable password: %j',
    (password) => {
      const error = new ShapeError("'password' is missing");
      expect(() => readCreated({ ...createdData, password }, createBody, noMask)).toThrow(error);
    },
  );

  it.each(['../1a2b3c4d', 'a b', 'a\n', 'x'.repeat(101), 'ü'])(
    'is refused with the id %j',
    (id) => {
      expect(() => readCreated({ ...createdData, id }, createBody, noMask)).toThrow(ShapeError);
    },
  );
});
