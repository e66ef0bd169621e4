import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deriveTokenKey, sealUnderKey } from '../../../src/core/secrets/seal.ts';
import { seal } from '../secrets/sealing.ts';
import { sealToken } from '../../../src/core/oauth/sealed-token.ts';
import { createTokenFile, tokenFilePath } from '../../../src/core/oauth/token-file.ts';
import { noMask, secretOf } from '../secrets/secret-of.ts';

const credentials = { clientId: 'the-client', clientSecret: secretOf('the-secret-0123') };
const apiOrigin = 'https://api.neo4j.io';
const token = { accessToken: secretOf('access-token-0123'), expiresAt: 1_772_442_847_000 };
const key = deriveTokenKey(credentials, apiOrigin);
/** The token as JSON holds it. */
const plain = { ...token, accessToken: token.accessToken.reveal() };

function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'token-file-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  return directory;
}

/** The identity of a step: its credentials and its API. */
type Identity = Partial<typeof credentials & { readonly apiOrigin: string }>;

function storeAt(path: string | undefined, tokenKey = key) {
  const lines: string[] = [];
  const debug = (line: string): void => {
    lines.push(line);
  };
  return { store: createTokenFile({ path, key: tokenKey, mask: noMask, debug }), lines };
}

function storeIn(directory: string, changes: Identity = {}) {
  const { clientId, clientSecret, apiOrigin: origin } = { ...credentials, apiOrigin, ...changes };
  const path = tokenFilePath(directory, 'aura-action', { clientId, apiOrigin: origin });
  return storeAt(path, deriveTokenKey({ clientId, clientSecret }, origin));
}

function onlyFile(directory: string): string {
  const [file, ...others] = readdirSync(directory);
  expect(others).toEqual([]);
  return join(directory, file ?? '');
}

describe('the token of a job', () => {
  it('is available to a later step with the same credentials', () => {
    const directory = makeDirectory();
    const first = storeIn(directory);
    first.store.save(token);
    const later = storeIn(directory);
    expect(later.store.load()).toEqual(token);
    expect([...first.lines, ...later.lines]).toEqual([]);
  });

  it('is masked as soon as it is read', () => {
    const path = join(makeDirectory(), 'token');
    storeAt(path).store.save(token);
    const masked: string[] = [];
    const mask = (secret: string): void => {
      masked.push(secret);
    };
    createTokenFile({ path, key, mask, debug: () => undefined }).load();
    expect(masked).toEqual([plain.accessToken]);
  });

  it('is the last one saved', () => {
    const directory = makeDirectory();
    const { store } = storeIn(directory);
    store.save(token);
    store.save({ ...token, accessToken: secretOf('renewed-token-0123') });
    expect(store.load()).toEqual({ ...token, accessToken: secretOf('renewed-token-0123') });
    onlyFile(directory);
  });

  it('is in a file that only its owner can read, and sealed', () => {
    const directory = makeDirectory();
    storeIn(directory).store.save(token);
    const file = onlyFile(directory);
    // Windows does not have these modes.
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^key1\./);
    expect(file + text).not.toContain(plain.accessToken);
    expect(file).not.toContain(credentials.clientId);
  });

  it('is undefined before the first one, without a log line', () => {
    const { store, lines } = storeIn(makeDirectory());
    expect(store.load()).toBeUndefined();
    expect(lines).toEqual([]);
  });

  it.each<[string, Identity]>([
    ['another client', { clientId: 'other-client' }],
    ['another secret', { clientSecret: secretOf('other-secret-0123') }],
    ['another API', { apiOrigin: 'https://api-staging.neo4j.io' }],
    ['another port', { apiOrigin: 'https://api.neo4j.io:8443' }],
    ['another scheme', { apiOrigin: 'http://api.neo4j.io' }],
  ])('is undefined for a step with %s', (_, changes) => {
    const directory = makeDirectory();
    storeIn(directory).store.save(token);
    expect(storeIn(directory, changes).store.load()).toBeUndefined();
  });

  it.each<[string, Identity]>([
    ['another client', { clientId: 'other-client' }],
    ['another secret', { clientSecret: secretOf('other-secret-0123') }],
    ['another API', { apiOrigin: 'https://api-staging.neo4j.io' }],
  ])('is undefined for a step with %s, even if the file was moved to its path', (_, changes) => {
    const directory = makeDirectory();
    storeIn(directory).store.save(token);
    const { clientId, apiOrigin: origin } = { ...credentials, apiOrigin, ...changes };
    const place = tokenFilePath(makeDirectory(), 'aura-action', { clientId, apiOrigin: origin });
    renameSync(onlyFile(directory), place);
    const { store, lines } = storeIn(dirname(place), changes);
    expect(store.load()).toBeUndefined();
    expect(lines).toEqual([
      'Could not read the stored token: it was sealed under another key, or altered.',
    ]);
  });

  it('has another path for an owner with a similar text', () => {
    const paths = [
      { apiOrigin: 'https://a', clientId: 'b' },
      { apiOrigin: 'https://a\nb', clientId: '' },
      { apiOrigin: 'https://', clientId: 'ab' },
      { apiOrigin: 'https://a","b', clientId: '' },
    ].map((owner) => tokenFilePath('/tmp', 'aura-action', owner));
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('of one client is not touched by another', () => {
    const directory = makeDirectory();
    storeIn(directory).store.save(token);
    const other = storeIn(directory, { clientId: 'other-client' });
    other.store.save({ ...token, accessToken: secretOf('other-token-0123') });
    expect(storeIn(directory).store.load()).toEqual(token);
  });

  it('is read only with the key and the path, without the client secret', () => {
    const directory = makeDirectory();
    storeIn(directory).store.save(token);
    expect(storeAt(onlyFile(directory)).store.load()).toEqual(token);
  });

  it('still has no known end after reading if Aura did not return one', () => {
    const directory = makeDirectory();
    const endless = { ...token, expiresAt: undefined };
    storeIn(directory).store.save(endless);
    expect(storeIn(directory).store.load()).toEqual(endless);
  });

  it.runIf(process.platform !== 'win32')('is stored for later steps whatever the umask', () => {
    const umask = process.umask(0o277);
    onTestFinished(() => {
      process.umask(umask);
    });
    const path = join(tmpdir(), `token-file-${randomUUID()}`);
    onTestFinished(() => {
      rmSync(path, { force: true });
    });
    const { store, lines } = storeAt(path);
    store.save(token);
    expect(store.load()).toEqual(token);
    expect(lines).toEqual([]);
  });

  it('is not stored without a directory for it', () => {
    const { store, lines } = storeAt(undefined);
    store.save(token);
    expect(store.load()).toBeUndefined();
    expect(lines).toEqual([]);
  });
});

describe('something else in place of the file', () => {
  const notSealed = 'it is not a value that this action sealed under a key';
  const otherKey = 'it was sealed under another key, or altered';
  it.each<[string, string, string]>([
    ['nothing', '', notSealed],
    ['garbage', 'garbage', notSealed],
    ['half of a file', sealToken(token, key).slice(0, 81), otherKey],
    ['what another key sealed', sealToken(token, Buffer.alloc(32)), otherKey],
    ['what an older version kept', seal('{}', credentials.clientSecret.reveal()), notSealed],
    ['a file with a line end', `${sealToken(token, key)}\n`, notSealed],
    ['no JSON', sealUnderKey(token.accessToken.reveal(), key), 'it contains something else'],
    ['64 KiB', 'x'.repeat(65_536), notSealed],
    ['more than 64 KiB', 'x'.repeat(65_537), 'it is longer than 65536 bytes'],
  ])('is reported without its content in the debug log, and no token: %s', (_, text, why) => {
    const directory = makeDirectory();
    const { store, lines } = storeIn(directory);
    store.save(token);
    writeFileSync(onlyFile(directory), text);
    expect(store.load()).toBeUndefined();
    expect(lines).toEqual([`Could not read the stored token: ${why}.`]);
  });

  it('is a token if a later release has added fields', () => {
    const directory = makeDirectory();
    const { store } = storeIn(directory);
    store.save(token);
    writeFileSync(onlyFile(directory), sealUnderKey(JSON.stringify({ ...plain, more: 1 }), key));
    expect(store.load()).toEqual(token);
  });

  it.each([
    [null],
    [[]],
    ['text'],
    [{}],
    [{ token: plain }],
    [{ accessToken: 'access-token-0123' }],
    [{ ...plain, accessToken: 7 }],
    [{ ...plain, expiresAt: '2026-03-02T09:14:07Z' }],
    [{ ...plain, accessToken: '' }],
    [{ ...plain, accessToken: 'short' }],
    [{ ...plain, accessToken: 'access-token-0123\r\nX-Other: header' }],
    [{ ...plain, accessToken: 'access-token-0123\n' }],
    [{ ...plain, accessToken: 'access token 0123' }],
    [{ ...plain, accessToken: 'access-tökén-0123' }],
    [{ ...plain, accessToken: 'access-token\0-0123' }],
  ])('is not a token if it was sealed as %j', (value) => {
    const directory = makeDirectory();
    const { store, lines } = storeIn(directory);
    store.save(token);
    writeFileSync(onlyFile(directory), sealUnderKey(JSON.stringify(value), key));
    expect(store.load()).toBeUndefined();
    expect(lines).toEqual(['Could not read the stored token: it contains something else.']);
  });

  it('is replaced and not followed if it is a link', () => {
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
    expect(readFileSync(file, 'utf8')).toMatch(/^key1\./);
  });

  it('is not touched if it is a directory, and no draft stays beside it', () => {
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
      expect.stringMatching(/^Could not store the token for later steps: .+\.$/),
      expect.stringMatching(/^Could not read the stored token: .+\.$/),
    ]);
  });
});

describe.runIf(process.platform !== 'win32')('a file that must not be read', () => {
  /** A file that contains a valid token, with its store and its log. */
  function keptFile() {
    const directory = makeDirectory();
    const { store, lines } = storeIn(directory);
    store.save(token);
    return { store, lines, file: onlyFile(directory) };
  }

  it.each([0o644, 0o640, 0o604, 0o666, 0o700, 0o602, 0o400, 0o000, 0o4600])(
    'has mode %o',
    (mode) => {
      const { store, lines, file } = keptFile();
      chmodSync(file, mode);
      expect(store.load()).toBeUndefined();
      expect(lines).toEqual([expect.stringMatching(/^Could not read the stored token: .+\.$/)]);
    },
  );

  it.each<[string, (file: string) => void, string]>([
    ['a pipe', (file) => execFileSync('mkfifo', ['-m', '600', file]), 'it is not a regular file'],
    [
      'a pipe behind a link',
      (file) => {
        execFileSync('mkfifo', ['-m', '600', `${file}-pipe`]);
        symlinkSync(`${file}-pipe`, file);
      },
      'it is a symbolic link',
    ],
    [
      '/dev/zero behind a link',
      (file) => {
        symlinkSync('/dev/zero', file);
      },
      'it is a symbolic link',
    ],
    [
      'a link to nothing',
      (file) => {
        symlinkSync('nothing', file);
      },
      'it is a symbolic link',
    ],
    [
      'a link to itself',
      (file) => {
        symlinkSync(file, file);
      },
      'it is a symbolic link',
    ],
    [
      'a good token behind a link',
      (file) => {
        writeFileSync(`${file}-good`, sealToken(token, key), { mode: 0o600 });
        symlinkSync(`${file}-good`, file);
      },
      'it is a symbolic link',
    ],
    [
      '3 GB of nothing',
      (file) => {
        writeFileSync(file, '', { mode: 0o600 });
        truncateSync(file, 3 * 2 ** 30);
      },
      'it is longer than 65536 bytes',
    ],
    [
      'a directory',
      (file) => {
        mkdirSync(file, { mode: 0o600 });
      },
      'it is not a regular file',
    ],
  ])('is %s; and the next token is stored in its place', (what, put, why) => {
    const { store, lines, file } = keptFile();
    rmSync(file);
    put(file);
    expect(store.load()).toBeUndefined();
    expect(lines).toEqual([`Could not read the stored token: ${why}.`]);
    store.save(token);
    if (what === 'a directory') {
      expect(lines[1]).toMatch(/^Could not store the token for later steps: .+\.$/);
    } else {
      expect(store.load()).toEqual(token);
    }
    expect(readdirSync(dirname(file)).filter((name) => /[0-9a-f]{12}$/.test(name))).toEqual(
      readdirSync(dirname(file)).filter((name) => file.endsWith(name)),
    );
  });

  it('is a socket', async () => {
    const { store, lines, file } = keptFile();
    rmSync(file);
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(file, resolve);
    });
    onTestFinished(async () => {
      await new Promise((resolve) => server.close(resolve));
    });
    expect(store.load()).toBeUndefined();
    expect(lines).toEqual(['Could not read the stored token: it is not a regular file.']);
  });
});

describe('a directory that cannot be written to', () => {
  it('does not fail the step if it is missing', () => {
    const { store, lines } = storeIn(join(makeDirectory(), 'missing'));
    store.save(token);
    expect(store.load()).toBeUndefined();
    expect(lines).toEqual([
      expect.stringMatching(/^Could not store the token for later steps: ENOENT.+\.$/),
    ]);
  });

  it('does not fail the step if it is a file', () => {
    const file = join(makeDirectory(), 'file');
    writeFileSync(file, '');
    const { store, lines } = storeIn(file);
    store.save(token);
    expect(store.load()).toBeUndefined();
    expect(lines[0]).toMatch(/^Could not store the token for later steps: ENOTDIR.+\.$/);
  });

  it('writes nothing of the token to the debug log', () => {
    const { store, lines } = storeIn(join(makeDirectory(), 'missing'));
    store.save(token);
    expect(lines.join()).not.toContain(plain.accessToken);
  });
});
