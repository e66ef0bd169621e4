import { expect } from 'vitest';
import { RequestError } from '../../src/core/http/request-error.ts';

/** The error that a promise was rejected with; fails if it was not rejected. */
export async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value: unknown) => expect.unreachable(`resolved with ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}

/** The {@link RequestError} that a promise was rejected with; fails for anything else. */
export async function auraErrorOf(promise: Promise<unknown>): Promise<RequestError> {
  const error = await thrownBy(promise);
  if (!(error instanceof RequestError)) throw new Error('not an RequestError', { cause: error });
  return error;
}

/** An error of Aura as the client creates it, with the fields that a test sets. */
export function auraError(
  options: Partial<ConstructorParameters<typeof RequestError>[1]> = {},
  message = `Aura answered ${options.status ?? 'nothing'}`,
): RequestError {
  return new RequestError(message, {
    request: 'GET /v1/instances/1a2b3c4d',
    policy: 'read',
    effect: 'none',
    transient: true,
    ...options,
  });
}
