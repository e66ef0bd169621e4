import { expect } from 'vitest';
import { Secret } from '../../../src/core/secrets/secret.ts';

// All secrets have the same fields, so a deep comparison would find any two of them equal. In an
// expectation a text stands for a secret, too.
expect.addEqualityTesters([
  (one, other) => {
    if (!(one instanceof Secret) && !(other instanceof Secret)) return undefined;
    return textOf(one) === textOf(other);
  },
]);

function textOf(value: unknown): unknown {
  return value instanceof Secret ? value.reveal() : value;
}
