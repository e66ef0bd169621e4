import * as v from 'valibot';

/**
 * What a JSON text contains, as the schema describes it; undefined if it contains something else.
 * The reason is left out on purpose: the messages of `JSON.parse` and of valibot quote the text,
 * which can be a secret.
 */
export function readJson<T>(schema: v.GenericSchema<unknown, T>, text: string): T | undefined {
  return v.parse(lenient(v.pipe(v.string(), v.parseJson(), schema)), text);
}

/** A value that counts as missing (undefined) if it is anything else than the schema describes. */
export function lenient<T>(
  schema: v.GenericSchema<unknown, T>,
): v.GenericSchema<unknown, T | undefined> {
  // A function, because valibot takes undefined for no fallback and then requires the field.
  return v.fallback(v.undefinedable(schema), () => undefined);
}
