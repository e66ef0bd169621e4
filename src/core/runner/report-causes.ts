import { AuraError } from '../http/request-error.ts';

/** What goes below an annotation: for each error of the chain what was asked, and its id at Aura. */
export function causes(error: unknown): readonly string[] {
  const lines: string[] = [];
  let current: unknown = error instanceof Error ? (isAura(error) ? error : error.cause) : undefined;
  while (current instanceof Error && lines.length < 10) {
    lines.push(`Caused by: ${isAura(current) ? describeRequest(current) : current.message}`);
    current = current.cause;
  }
  return lines;
}

function isAura(error: Error): error is AuraError {
  return error instanceof AuraError;
}

function describeRequest(error: AuraError): string {
  const id = error.requestId === undefined ? '' : ` (request id ${error.requestId})`;
  return `${error.request}: ${error.message}${id}`;
}
