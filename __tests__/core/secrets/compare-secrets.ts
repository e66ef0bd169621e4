import { expect } from 'vitest';
import { Secret } from '../../../src/core/secrets/secret.ts';

// All secrets have the same fields, so a deep comparison would consider any two equal. An
// expectation may also use a text for a secret.
expect.addEqualityTesters([
  (one, other) => {
    if (!(one instanceof Secret) && !(other instanceof Secret)) return undefined;
    return textOf(one) === textOf(other);
  },
]);

function textOf(value: unknown): unknown {
  return value instanceof Secret ? value.reveal() : value;
}
