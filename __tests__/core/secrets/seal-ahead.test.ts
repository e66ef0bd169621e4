import type * as nodeCrypto from 'node:crypto';
import { scrypt, scryptSync } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';

// Only calls of a mock can be counted. The module keeps its keys as long as it is loaded.
vi.mock('node:crypto', async (importOriginal) => {
  const crypto = await importOriginal<typeof nodeCrypto>();
  return { ...crypto, scrypt: vi.fn(crypto.scrypt), scryptSync: vi.fn(crypto.scryptSync) };
});

const passphrase = 'correct horse';
const lock = { prefix: 'aura1.', passphrase };

/** The module as in a new process: without any key. */
async function newProcess() {
  vi.resetModules();
  return import('../../../src/core/secrets/seal.ts');
}

/** A value that another process has sealed. */
async function sealElsewhere(): Promise<string> {
  const { seal } = await newProcess();
  return seal('text', lock);
}

beforeEach(() => {
  vi.mocked(scrypt).mockClear();
  vi.mocked(scryptSync).mockClear();
});

describe('a key that is derived ahead', () => {
  it('opens its value, and no other key is derived', async () => {
    const sealed = await sealElsewhere();
    const { deriveAhead, keepKey, open, seal } = await newProcess();
    vi.mocked(scryptSync).mockClear();
    const derived = await deriveAhead(sealed, lock);
    if (derived !== undefined) keepKey(derived);
    expect(open(sealed, lock)).toBe('text');
    expect(open(seal('changed', lock), lock)).toBe('changed');
    expect(scrypt).toHaveBeenCalledTimes(1);
    expect(scryptSync).not.toHaveBeenCalled();
  });

  it('of another passphrase opens nothing', async () => {
    const sealed = await sealElsewhere();
    const { deriveAhead, keepKey, open } = await newProcess();
    const wrong = { ...lock, passphrase: 'wrong horse' };
    const derived = await deriveAhead(sealed, wrong);
    if (derived !== undefined) keepKey(derived);
    expect(() => open(sealed, wrong)).toThrow('it was sealed with another key');
    expect(open(sealed, lock)).toBe('text');
  });

  it.each([
    ['a value of something else', () => 'something-else'],
    ['an incomplete value', (sealed: string) => sealed.slice(0, -1)],
    ['a changed value', (sealed: string) => `${sealed}AAAA`],
    ['a value of another version', (sealed: string) => sealed.replace('aura1', 'aura2')],
  ])('does not exist for %s', async (_, change) => {
    const sealed = change(await sealElsewhere());
    const { deriveAhead } = await newProcess();
    await expect(deriveAhead(sealed, lock)).resolves.toBeUndefined();
    expect(scrypt).not.toHaveBeenCalled();
  });

  it('does not exist if the system refuses the memory', async () => {
    const sealed = await sealElsewhere();
    vi.mocked(scrypt).mockImplementationOnce((_, __, ___, ____, done) => {
      done(new Error('memory limit exceeded'), Buffer.alloc(0));
    });
    const { deriveAhead } = await newProcess();
    await expect(deriveAhead(sealed, lock)).resolves.toBeUndefined();
  });
});
