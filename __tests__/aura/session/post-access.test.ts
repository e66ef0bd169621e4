import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { leaveTokenPlace, takeTokenPlace } from '../../../src/aura/session/post-access.ts';
import { sealUnderKey } from '../../../src/core/secrets/seal.ts';

const tokenKey = Buffer.alloc(32, 7);

/** A directory with the file from `leaveTokenPlace`, and its key. */
function leave() {
  const directory = mkdtempSync(join(tmpdir(), 'post-access-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  const path = join(directory, 'the-token');
  const key = leaveTokenPlace(directory, { path, key: tokenKey }, () => undefined);
  const stored = join(directory, readdirSync(directory)[0] ?? '');
  return { directory, path, key, stored };
}

describe('the place of the token', () => {
  it('is found again with the key', () => {
    const { directory, path, key } = leave();
    expect(takeTokenPlace(directory, key)).toEqual({ path, key: tokenKey });
  });

  it('is always in the directory itself', () => {
    const { directory, key, stored } = leave();
    const text = JSON.stringify({ file: '../../etc/passwd', key: 'AAAA' });
    writeFileSync(stored, sealUnderKey(text, Buffer.from(key, 'base64url')));
    expect(takeTokenPlace(directory, key).path).toBe(join(directory, 'passwd'));
  });

  it.each([
    'letMeIn-0123456789',
    'null',
    '[]',
    '{"file":"a"}',
    '{"key":"letMeIn-0123456789"}',
    '{"file":7,"key":"letMeIn-0123456789"}',
    '{"file":"a","key":7}',
  ])('is refused without a quote if another value is stored: %s', (text) => {
    const { directory, key, stored } = leave();
    writeFileSync(stored, sealUnderKey(text, Buffer.from(key, 'base64url')));
    expect(() => takeTokenPlace(directory, key)).toThrow(new Error('it contains something else'));
  });
});
