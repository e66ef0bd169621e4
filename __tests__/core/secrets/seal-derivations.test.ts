import type * as nodeCrypto from 'node:crypto';
import { scryptSync } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';

// Only calls of a mock can be counted. The module keeps its keys as long as it is loaded.
vi.mock('node:crypto', async (importOriginal) => {
  const crypto = await importOriginal<typeof nodeCrypto>();
  return { ...crypto, scryptSync: vi.fn(crypto.scryptSync) };
});

const passphrase = 'correct horse';

/** The module as in a new process: without any key. */
async function newProcess() {
  vi.resetModules();
  return import('./sealing.ts');
}

function derivations(): number {
  return vi.mocked(scryptSync).mock.calls.length;
}

function saltOf(sealed: string): string {
  return Buffer.from(sealed.slice('aura1.'.length), 'base64url').toString('hex', 0, 16);
}

function nonceOf(sealed: string): string {
  return Buffer.from(sealed.slice('aura1.'.length), 'base64url').toString('hex', 16, 28);
}

beforeEach(() => {
  vi.mocked(scryptSync).mockClear();
});

describe('a process', () => {
  it('derives one key for everything that it seals and opens with a passphrase', async () => {
    const { open, seal } = await newProcess();
    const values = ['one', 'two', 'three'].map((text) => seal(text, passphrase));
    expect(values.map((value) => open(value, passphrase))).toEqual(['one', 'two', 'three']);
    expect(derivations()).toBe(1);
    expect(new Set(values.map(nonceOf)).size).toBe(3);
  });

  it('derives no key to seal what it has opened, and the next one opens that', async () => {
    const first = await newProcess();
    const given = first.seal('given', passphrase);
    const second = await newProcess();
    vi.mocked(scryptSync).mockClear();
    expect(second.open(given, passphrase)).toBe('given');
    const changed = second.seal('changed', passphrase);
    expect(derivations()).toBe(1);
    expect(nonceOf(changed)).not.toBe(nonceOf(given));
    const third = await newProcess();
    expect(third.open(changed, passphrase)).toBe('changed');
    expect(derivations()).toBe(2);
  });

  it('derives another key for another passphrase, and for another salt', async () => {
    const first = await newProcess();
    const values = [first.seal('one', passphrase), first.seal('two', 'another passphrase')];
    const second = await newProcess();
    values.push(second.seal('three', passphrase));
    expect(derivations()).toBe(3);
    expect(new Set(values.map(saltOf)).size).toBe(3);
    expect(second.open(values[0] ?? '', passphrase)).toBe('one');
    expect(derivations()).toBe(4);
    expect(second.open(values[0] ?? '', passphrase)).toBe('one');
    expect(derivations()).toBe(4);
  });

  it('seals with its own salt if it could not open the value', async () => {
    const first = await newProcess();
    const foreign = first.seal('foreign', 'another passphrase');
    const second = await newProcess();
    expect(() => second.open(foreign, passphrase)).toThrow('it was sealed with another key');
    const sealed = second.seal('own', passphrase);
    expect(saltOf(sealed)).not.toBe(saltOf(foreign));
    expect(second.open(sealed, passphrase)).toBe('own');
  });

  it('has a salt that no other process has', async () => {
    const salts = [];
    for (let count = 0; count < 3; count += 1) {
      salts.push(saltOf((await newProcess()).seal('text', passphrase)));
    }
    expect(new Set(salts).size).toBe(3);
  });

  it('derives none for a damaged value', async () => {
    const { open, seal } = await newProcess();
    const sealed = seal('text', passphrase);
    vi.mocked(scryptSync).mockClear();
    expect(() => open(sealed.slice(0, -1), passphrase)).toThrow('it is incomplete');
    expect(() => open(`${sealed}AAAA`, passphrase)).toThrow('it was altered');
    expect(derivations()).toBe(0);
  });
});
