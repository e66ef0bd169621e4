/**
 * A field of data from GitHub, whose shape is not trusted; undefined for null and if the value is
 * not an object.
 */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return found ?? undefined;
}

/** A field that is a text; undefined for an empty one and for any other value. */
export function textField(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
