import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/core/secrets/secret.ts';
import { secretOf } from './secret-of.ts';

const text = 'letMeIn-0123456789';

describe('a secret', () => {
  it('is masked when it is created, before it can be used', () => {
    const masked: string[] = [];
    const secret = new Secret(text, (known) => masked.push(known));
    expect(masked).toEqual([text]);
    expect(secret.reveal()).toBe(text);
  });

  it.each<[string, (secret: Secret) => string]>([
    ['in a text', (secret) => `${secret.toString()} and ${String(secret)}`],
    ['as a key', (secret) => Object.keys({ [secret as unknown as string]: 1 }).join()],
    ['in JSON', (secret) => JSON.stringify({ password: secret, list: [secret] })],
    ['in a dump', (secret) => inspect({ password: secret }, { showHidden: true, depth: 9 })],
    ['in its fields', (secret) => JSON.stringify(Object.entries(secret))],
    ['in an error', (secret) => new Error(`refused ${String(secret)}`, { cause: secret }).message],
  ])('is not readable %s', (_where, show) => {
    expect(show(secretOf(text))).not.toContain(text);
  });

  it('equals another one only if the text is the same', () => {
    expect(secretOf(text).equals(secretOf(text))).toBe(true);
    expect(secretOf(text).equals(secretOf(`${text} `))).toBe(false);
  });

  it('is compared by its text in the tests', () => {
    expect({ password: secretOf(text) }).toEqual({ password: secretOf(text) });
    expect({ password: secretOf(text) }).toEqual({ password: text });
    expect({ password: secretOf(text) }).not.toEqual({ password: secretOf('another one') });
    expect({ password: secretOf(text) }).not.toMatchObject({ password: 'another one' });
  });
});
