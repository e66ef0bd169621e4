import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seal } from '../../src/credentials/seal.ts';
import { createTokenFile } from '../../src/credentials/token-file.ts';

const credentials = { clientId: 'the-client', clientSecret: 'the-secret-0123' };
const apiUrl = new URL('https://api.neo4j.io');
const token = { accessToken: 'access-token-0123', expiresAt: 1_772_442_847_000 };

function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'token-file-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  return directory;
}

type Options = Partial<Parameters<typeof createTokenFile>[0]>;

function storeIn(directory: string | undefined, options: Options = {}) {
  const lines: string[] = [];
  const debug = (line: string): void => {
    lines.push(line);
  };
  const store = createTokenFile({ directory, credentials, apiUrl, debug, ...options });
  return { store, lines };
}

function onlyFile(directory: string): string {
  const [file, ...others] = readdirSync(directory);
  expect(others).toEqual([]);
  return join(directory, file ?? '');
}

function sealed(value: unknown, secret = credentials.clientSecret): string {
  return seal(JSON.stringify(value), secret);
}

describe('the token of a job', () => {
  it('is there for a later step with the same credentials', () => {
    const directory = makeDirectory();
    const first = storeIn(directory);
    first.store.save(token);
    const later = storeIn(directory);
    expect(later.store.load()).toEqual(token);
    expect([...first.lines, ...later.lines]).toEqual([]);
  });

  it('is the one saved last', () => {
    const directory = makeDirectory();
    const { store } = storeIn(directory);
    store.save(token);
    store.save({ ...token, accessToken: 'renewed-token-0123' });
    expect(store.load()).toEqual({ ...token, accessToken: 'renewed-token-0123' });
    onlyFile(directory);
  });

  it('is in a file that only its owner can read, and sealed', () => {
    const directory = makeDirectory();
    storeIn(directory).store.save(token);
    const file = onlyFile(directory);
    // Windows knows no such modes.
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^aura1\./);
    expect(file + text).not.toContain(token.accessToken);
    expect(file).not.toContain(credentials.clientId);
  });

  it('is none before the first, which is nothing to speak of', () => {
    const { store, lines } = storeIn(makeDirectory());
    expect(store.load()).toBeUndefined();
    expect(lines).toEqual([]);
  });

  it.each<[string, Options]>([
    ['another client', { credentials: { ...credentials, clientId: 'other-client' } }],
    ['another secret', { credentials: { ...credentials, clientSecret: 'other-secret-0123' } }],
    ['another API', { apiUrl: new URL('https://api-staging.neo4j.io') }],
    ['another port', { apiUrl: new URL('https://api.neo4j.io:8443') }],
  ])('is none for a step with %s', (_, options) => {
    const directory = makeDirectory();
    storeIn(directory).store.save(token);
    expect(storeIn(directory, options).store.load()).toBeUndefined();
  });

  it('of one client is left alone by another', () => {
    const directory = makeDirectory();
    const other = storeIn(directory, { credentials: { ...credentials, clientId: 'other-client' } });
    storeIn(directory).store.save(token);
    other.store.save({ ...token, accessToken: 'other-token-0123' });
    expect(storeIn(directory).store.load()).toEqual(token);
  });

  it('is not kept where there is no directory for it', () => {
    const { store, lines } = storeIn(undefined);
    store.save(token);
    expect(store.load()).toBeUndefined();
    expect(lines).toEqual([]);
  });
});

describe('something else in place of the file', () => {
  it.each<[string, string, string]>([
    ['nothing', '', 'it is no sealed value of this action'],
    ['garbage', 'garbage', 'it is no sealed value of this action'],
    ['half of a file', sealed({ token }).slice(0, 80), 'it is cut short'],
    [
      'what another secret sealed',
      sealed({ token }, 'other-secret-0123'),
      'it was sealed with another key',
    ],
    ['a file with a line end', `${sealed({ token })}\n`, 'it was altered after it was sealed'],
  ])('is said in the debug log and no token: %s', (_, text, why) => {
    const directory = makeDirectory();
    const { store, lines } = storeIn(directory);
    store.save(token);
    writeFileSync(onlyFile(directory), text);
    expect(store.load()).toBeUndefined();
    expect(lines).toEqual([`The kept token could not be read: ${why}.`]);
  });

  it('is said in the debug log where it is no JSON, without a word of it', () => {
    const directory = makeDirectory();
    const { store, lines } = storeIn(directory);
    store.save(token);
    writeFileSync(onlyFile(directory), seal(token.accessToken, credentials.clientSecret));
    expect(store.load()).toBeUndefined();
    expect(lines).toEqual([expect.stringMatching(/^The kept token could not be read: .+\.$/)]);
    expect(lines.join()).not.toContain(token.accessToken);
  });

  it('is a token where a later release has added to it', () => {
    const directory = makeDirectory();
    const { store } = storeIn(directory);
    store.save(token);
    writeFileSync(onlyFile(directory), sealed({ token: { ...token, more: 1 }, other: 2 }));
    expect(store.load()).toEqual(token);
  });

  it.each([
    [null],
    [[]],
    ['text'],
    [{}],
    [token],
    [{ token: null }],
    [{ token: [] }],
    [{ token: 'access-token-0123' }],
    [{ token: { accessToken: 'access-token-0123' } }],
    [{ token: { ...token, accessToken: 7 } }],
    [{ token: { ...token, expiresAt: '2026-03-02T09:14:07Z' } }],
  ])('is no token when it was sealed as %j', (value) => {
    const directory = makeDirectory();
    const { store } = storeIn(directory);
    store.save(token);
    writeFileSync(onlyFile(directory), sealed(value));
    expect(store.load()).toBeUndefined();
  });

  it('is replaced and not followed when it is a link', () => {
    const directory = makeDirectory();
    const elsewhere = join(makeDirectory(), 'precious');
    writeFileSync(elsewhere, 'precious', { mode: 0o644 });
    const { store } = storeIn(directory);
    store.save(token);
    const file = onlyFile(directory);
    rmSync(file);
    symlinkSync(elsewhere, file);
    store.save(token);
    expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
    expect(store.load()).toEqual(token);
    expect(readFileSync(file, 'utf8')).toMatch(/^aura1\./);
  });

  it('is left when it is a directory, with no draft beside it', () => {
    const directory = makeDirectory();
    const { store, lines } = storeIn(directory);
    store.save(token);
    const file = onlyFile(directory);
    rmSync(file);
    mkdirSync(file);
    store.save(token);
    expect(store.load()).toBeUndefined();
    expect(onlyFile(directory)).toBe(file);
    expect(lines).toEqual([
      expect.stringMatching(/^The token could not be kept for later steps: .+\.$/),
      expect.stringMatching(/^The kept token could not be read: .+\.$/),
    ]);
  });
});

describe('a directory that can not be written to', () => {
  it('is no reason to fail when it is missing', () => {
    const { store, lines } = storeIn(join(makeDirectory(), 'missing'));
    store.save(token);
    expect(store.load()).toBeUndefined();
    expect(lines).toEqual([
      expect.stringMatching(/^The token could not be kept for later steps: ENOENT.+\.$/),
    ]);
  });

  it('is no reason to fail when it is a file', () => {
    const file = join(makeDirectory(), 'file');
    writeFileSync(file, '');
    const { store, lines } = storeIn(file);
    store.save(token);
    expect(store.load()).toBeUndefined();
    expect(lines[0]).toMatch(/^The token could not be kept for later steps: ENOTDIR.+\.$/);
  });

  it('tells the debug log nothing of the token', () => {
    const { store, lines } = storeIn(join(makeDirectory(), 'missing'));
    store.save(token);
    expect(lines.join()).not.toContain(token.accessToken);
  });
});
