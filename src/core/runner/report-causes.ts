import { RequestError } from '../http/request-error.ts';

/**
 * The lines below an annotation: for each error of the chain, the request and the service's id for
 * it.
 */
export function causes(error: unknown): readonly string[] {
  const lines: string[] = [];
  let current: unknown =
    error instanceof Error ? (isRequest(error) ? error : error.cause) : undefined;
  while (current instanceof Error && lines.length < 10) {
    lines.push(`Caused by: ${isRequest(current) ? describeRequest(current) : current.message}`);
    current = current.cause;
  }
  return lines;
}

function isRequest(error: Error): error is RequestError {
  return error instanceof RequestError;
}

function describeRequest(error: RequestError): string {
  const id = error.requestId === undefined ? '' : ` (request id ${error.requestId})`;
  return `${error.request}: ${error.message}${id}`;
}
