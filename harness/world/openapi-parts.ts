import type { ValidationResult } from 'openapi-backend';

/** The fields of a part of a description, of which the library knows little. */
export function fieldsOf(part: unknown): Readonly<Record<string, unknown>> {
  return typeof part === 'object' && part !== null ? { ...part } : {};
}

/** What a validation found, a line each. */
export function explain(result: ValidationResult): string[] {
  return (result.errors ?? []).map((error) => {
    const params = Object.values(fieldsOf(error.params)).join(', ');
    return `${error.instancePath || '/'} ${error.message ?? error.keyword} (${params})`;
  });
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
