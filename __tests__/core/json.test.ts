import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { lenient, readJson } from '../../src/core/json.ts';

const schema = v.object({ name: v.string(), size: lenient(v.number()) });

describe('a JSON text', () => {
  it('is read as the schema describes it, without other fields', () => {
    expect(readJson(schema, '{"name":"a","size":1,"more":[]}')).toStrictEqual({
      name: 'a',
      size: 1,
    });
  });

  it.each(['', 'letMeIn', '{', 'null', '7', '[]', '"{}"', '{}', '{"name":7}', '{"size":1}'])(
    'is undefined if it is anything else: %s',
    (text) => {
      expect(readJson(schema, text)).toBeUndefined();
    },
  );

  it('never causes an error, whose message could quote it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => readJson(schema, text)).not.toThrow();
      }),
    );
  });
});

describe('a field that may be wrong', () => {
  it.each([['"1"'], ['null'], ['{}'], ['[1]'], ['true']])(
    'exists but is undefined if it is %s',
    (size) => {
      const read = readJson(schema, `{"name":"a","size":${size}}`);
      expect(read).toStrictEqual({ name: 'a', size: undefined });
    },
  );

  it('exists but is undefined if it is missing', () => {
    expect(readJson(schema, '{"name":"a"}')).toStrictEqual({ name: 'a', size: undefined });
  });
});
