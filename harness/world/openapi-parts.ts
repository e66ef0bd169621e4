import type { ValidationResult } from 'openapi-backend';

/** The fields of a part of a description, which the library leaves mostly untyped. */
export function fieldsOf(part: unknown): Readonly<Record<string, unknown>> {
  return typeof part === 'object' && part !== null ? { ...part } : {};
}

/** The errors of a validation, one line each. */
export function explain(result: ValidationResult): string[] {
  return (result.errors ?? []).map((error) => {
    const params = Object.values(fieldsOf(error.params)).join(', ');
    return `${error.instancePath || '/'} ${error.message ?? error.keyword} (${params})`;
  });
}

/** Undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
