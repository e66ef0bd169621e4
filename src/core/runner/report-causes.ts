import { RequestError } from '../http/request-error.ts';

/**
 * The lines below an annotation: for each error of the chain, the request and the service's id for
 * it, and what the annotation and the lines before do not say.
 */
export function causes(error: unknown): readonly string[] {
  const lines: string[] = [];
  let said = error instanceof Error ? error.message : '';
  let current: unknown =
    error instanceof Error ? (isRequest(error) ? error : error.cause) : undefined;
  // A chain can be a circle.
  for (let depth = 0; current instanceof Error && depth < 10; depth += 1) {
    const line = describe(current, said);
    if (line !== undefined) lines.push(line);
    said += `\n${current.message}`;
    current = current.cause;
  }
  return lines;
}

function isRequest(error: Error): error is RequestError {
  return error instanceof RequestError;
}

/** Undefined for an error that adds nothing to what was said. */
function describe(error: Error, said: string): string | undefined {
  const adds = !isSaid(error, said);
  if (!isRequest(error)) return adds ? `Caused by: ${error.message}` : undefined;
  const id = error.requestId === undefined ? '' : ` (request id ${error.requestId})`;
  return adds
    ? `Caused by: ${error.request}: ${error.message}${id}`
    : `Caused by: ${error.request}${id}`;
}

/** The text of an error of the system repeats its code and an address. */
function isSaid(error: Error, said: string): boolean {
  if (said.includes(error.message)) return true;
  if (isRequest(error))
    return said.includes(
      error.answer === undefined ? `(${error.unreachable ?? ''})` : `answered ${error.answer}`,
    );
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code !== '' && said.includes(code);
}
