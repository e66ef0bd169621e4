import * as v from 'valibot';

/**
 * The content of a JSON text; undefined if it does not match the schema. It deliberately gives no
 * reason: the messages of `JSON.parse` and of valibot quote the text, which can be a secret.
 */
export function readJson<T>(schema: v.GenericSchema<unknown, T>, text: string): T | undefined {
  return v.parse(lenient(v.pipe(v.string(), v.parseJson(), schema)), text);
}

/** A value that counts as missing (undefined) if it does not match the schema. */
export function lenient<T>(
  schema: v.GenericSchema<unknown, T>,
): v.GenericSchema<unknown, T | undefined> {
  // A function, because valibot takes undefined for no fallback and then requires the field.
  return v.fallback(v.undefinedable(schema), () => undefined);
}
