import { ActionError, asError } from '../errors.ts';
import { RequestError } from '../http/request-error.ts';

const mostCauses = 10;

/**
 * The lines below an annotation: the service's id for each request of the chain, and what a cause
 * adds to the texts before it.
 */
export function causes(error: unknown): readonly string[] {
  const lines: string[] = [];
  let told = asError(error).message;
  let current: unknown = error;
  let isToldByLast = false;
  // A chain can be a circle.
  for (let count = 0; current instanceof Error && count < mostCauses; count += 1) {
    const { message } = current;
    const adds = !isToldByLast && !isTold(current, told);
    if (current instanceof RequestError) {
      // An error of the service itself names no request.
      if (current === error && current.requestId === undefined)
        lines.push(`For support: ${current.request}`);
      else lines.push(...describeRequest(current, adds));
    } else if (adds) lines.push(`Caused by: ${message}`);
    told += `\n${message}`;
    isToldByLast = current instanceof ActionError && current.tellsCause;
    current = current.cause;
  }
  return lines;
}

function describeRequest(
  { request, message, requestId }: RequestError,
  adds: boolean,
): readonly string[] {
  const id = requestId === undefined ? undefined : `request id ${requestId}`;
  if (adds) return [`Caused by: ${request}: ${message}${id === undefined ? '' : ` (${id})`}`];
  return id === undefined ? [] : [`For support: ${request}, ${id}`];
}

/** The text of an error of the system repeats its code and an address. */
function isTold(error: Error, told: string): boolean {
  if (told.includes(error.message)) return true;
  if (error instanceof RequestError) {
    const { answer, unreachable = '' } = error;
    return told.includes(answer === undefined ? `(${unreachable})` : `answered ${answer}`);
  }
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code !== '' && told.includes(code);
}
