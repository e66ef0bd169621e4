import { describe, expect, it } from 'vitest';
import { sealBundle } from '../../../src/aura/credentials/bundle.ts';
import { startKey } from '../../../src/aura/credentials/early-key.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';
import { bundle } from '../inputs/step-inputs.ts';

const passphrase = 'a-passphrase';
const sealed = sealBundle(bundle, secretOf(passphrase));

describe('the key of sealed credentials', () => {
  it.each([
    { 'INPUT_CLIENT-SECRET': passphrase },
    { 'INPUT_CLIENT-SECRET': passphrase, 'INPUT_SEALING-KEY': '' },
    { 'INPUT_CLIENT-SECRET': 'another', 'INPUT_SEALING-KEY': ` ${passphrase}\n` },
  ])('comes from the passphrase of the step', async (inputs) => {
    const derived = await startKey({ ...inputs, 'INPUT_SEALED-CREDENTIALS': ` ${sealed}\n` });
    expect(derived?.passphrase).toBe(passphrase);
    expect(derived?.key).toHaveLength(32);
  });

  it.each([
    {},
    { 'INPUT_CLIENT-SECRET': passphrase, 'INPUT_SEALED-CREDENTIALS': ' ' },
    { 'INPUT_SEALED-CREDENTIALS': sealed, 'INPUT_CLIENT-SECRET': '', 'INPUT_SEALING-KEY': ' ' },
  ])('is not derived without the inputs', (inputs) => {
    expect(startKey(inputs)).toBeUndefined();
  });
});
