import { expect } from 'vitest';
import { AuraError } from '../../src/core/http/request-error.ts';

/** What a promise was rejected with; fails where it was not. */
export async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value: unknown) => expect.unreachable(`resolved with ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}

/** The {@link AuraError} that a promise was rejected with; fails for anything else. */
export async function auraErrorOf(promise: Promise<unknown>): Promise<AuraError> {
  const error = await thrownBy(promise);
  if (!(error instanceof AuraError)) throw new Error('not an AuraError', { cause: error });
  return error;
}

/** An error of Aura as the client makes it, with what a test cares about. */
export function auraError(
  options: Partial<ConstructorParameters<typeof AuraError>[1]> = {},
  message = `Aura answered ${options.status ?? 'nothing'}`,
): AuraError {
  return new AuraError(message, {
    request: 'GET /v1/instances/1a2b3c4d',
    effect: 'none',
    transient: true,
    ...options,
  });
}
