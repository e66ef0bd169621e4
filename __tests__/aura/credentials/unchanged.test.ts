import type * as nodeCrypto from 'node:crypto';
import { scryptSync } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Token } from '../../../src/core/oauth/token.ts';
import {
  type Bundle,
  type DatabaseCredentials,
  createBundle,
  lentToken,
  openBundle,
  sealBundle,
} from '../../../src/aura/credentials/bundle.ts';
import { createHandOver } from '../../../src/aura/credentials/hand-over.ts';
import { prepare } from './hand-over-parts.ts';
import { account, bundle, needed, passphrase } from '../inputs/step-inputs.ts';
import { noMask, secretOf } from '../../core/secrets/secret-of.ts';

vi.mock('node:crypto', async (importOriginal) => {
  const crypto = await importOriginal<typeof nodeCrypto>();
  return { ...crypto, scryptSync: vi.fn(crypto.scryptSync) };
});

const token = lentToken(bundle, account, noMask);
/** Nothing is sealed with this key while the modules of the tests are loaded. */
const ownKey = 'a passphrase of its own';
const renewed: Token = { accessToken: secretOf('access-token-4567'), expiresAt: 1_772_446_447_000 };

interface Step {
  /** The input of the step, sealed. */
  readonly given?: Bundle;
  /** The credentials of the database that it found. */
  readonly credentials?: DatabaseCredentials;
  /** The token that it used. */
  readonly used?: Token | undefined;
}

/** The credentials that a step outputs, and its input. */
function handOn({ given = bundle, credentials = bundle, ...step }: Step) {
  const sealedText = sealBundle(given, secretOf(passphrase));
  const { parts, captured } = prepare({
    sealed: openBundle(sealedText, secretOf(passphrase), noMask),
    sealedText,
  });
  const used = 'used' in step ? step.used : token;
  createHandOver({ ...parts, tokens: { known: () => used } }).publish(credentials);
  const output = Object.fromEntries(captured.outputs())['sealed-credentials'] ?? '';
  return { sealedText, output, handedOn: openBundle(output, secretOf(passphrase), noMask) };
}

describe('sealed credentials in the input of a step', () => {
  it('are passed on unchanged if nothing has changed', () => {
    const { output, sealedText } = handOn({});
    expect(output).toBe(sealedText);
  });

  it('are passed on unchanged although the same token was sealed again', () => {
    const given = createBundle(bundle, account, token);
    expect(given.token).not.toBe(bundle.token);
    const { output, sealedText } = handOn({ given });
    expect(output).toBe(sealedText);
  });

  it('are sealed again with a token that was renewed', () => {
    const { output, sealedText, handedOn } = handOn({ used: renewed });
    expect(output).not.toBe(sealedText);
    expect(lentToken(handedOn, account, noMask)).toEqual(renewed);
    expect(handedOn).toMatchObject({ password: bundle.password, instanceId: bundle.instanceId });
  });

  it.each<[string, Token]>([
    [
      'another expiry',
      { accessToken: token?.accessToken ?? secretOf(''), expiresAt: 1_772_446_447_000 },
    ],
    ['no expiry', { accessToken: token?.accessToken ?? secretOf(''), expiresAt: undefined }],
  ])('are sealed again if the token has %s', (_what, used) => {
    expect(lentToken(handOn({ used }).handedOn, account, noMask)).toEqual(used);
  });

  it('are sealed again to add a token, or to remove one that is no longer known', () => {
    const without = { ...bundle, token: undefined };
    expect(lentToken(handOn({ given: without }).handedOn, account, noMask)).toEqual(token);
    expect(handOn({ used: undefined }).handedOn.token).toBeUndefined();
    const unreadable = { ...bundle, token: 'key1.AAAA' };
    expect(handOn({ given: unreadable, used: undefined }).handedOn.token).toBeUndefined();
    const same = handOn({ given: without, used: undefined });
    expect(same.output).toBe(same.sealedText);
  });

  it.each<[keyof DatabaseCredentials, DatabaseCredentials]>([
    ['instanceId', { ...bundle, instanceId: '5e6f7a8b' }],
    ['name', { ...bundle, name: 'renamed' }],
    ['tenantId', { ...bundle, tenantId: '0f1e2d3c-0000-4000-8000-000000000002' }],
    ['connectionUri', { ...bundle, connectionUri: 'neo4j+s://5e6f7a8b.databases.neo4j.io' }],
    ['connectionUri', { ...bundle, connectionUri: undefined }],
    ['username', { ...bundle, username: 'reader' }],
    ['password', { ...bundle, password: secretOf('another-password') }],
    ['createdAt', { ...bundle, createdAt: 1_772_442_848_000 }],
    ['createdAt', { ...bundle, createdAt: undefined }],
  ])('are sealed again with another %s', (field, credentials) => {
    const { output, sealedText, handedOn } = handOn({ credentials });
    expect(output).not.toBe(sealedText);
    expect(handedOn[field]).toEqual(credentials[field]);
  });

  it.each<[string, Partial<Bundle>]>([
    ['another client', { clientId: 'another-client' }],
    ['another API', { apiOrigin: 'https://api-staging.neo4j.io' }],
    ['an older version', { clientId: undefined, apiOrigin: undefined, token: undefined }],
  ])('are sealed again by this client if %s sealed them', (_who, changes) => {
    const { output, sealedText, handedOn } = handOn({ given: { ...bundle, ...changes } });
    expect(output).not.toBe(sealedText);
    expect(handedOn).toMatchObject({ clientId: needed['client-id'], apiOrigin: bundle.apiOrigin });
  });
});

describe('the keys that a step derives', () => {
  const used: (readonly [string, Token | undefined])[] = [
    ['is the same', token],
    ['was renewed', renewed],
  ];

  beforeEach(() => {
    vi.resetModules();
    vi.mocked(scryptSync).mockClear();
  });

  /** The modules as in a new process: without any key. */
  async function newProcess() {
    const inputs = await import('../inputs/step-inputs.ts');
    const handOver = await import('../../../src/aura/credentials/hand-over.ts');
    // The key that these tests themselves sealed with.
    vi.mocked(scryptSync).mockClear();
    return { readWholeStep: inputs.readWholeStep, ...handOver };
  }

  it.each(used)('are one for its sealed input if the token %s', async (_how, known) => {
    const sealed = sealBundle(bundle, secretOf(ownKey));
    const process = await newProcess();
    const inputs = { 'sealed-credentials': sealed, 'sealing-key': ownKey };
    const { parts, captured } = prepare(process.readWholeStep(inputs).settings.handOver);
    process.createHandOver({ ...parts, tokens: { known: () => known } }).publish(bundle);
    expect(vi.mocked(scryptSync)).toHaveBeenCalledTimes(1);
    const output = Object.fromEntries(captured.outputs())['sealed-credentials'] ?? '';
    expect(output === sealed).toBe(known === token);
    expect(lentToken(openBundle(output, secretOf(ownKey), noMask), account, noMask)).toEqual(known);
  });

  it('are one for the output and the store of a create', async () => {
    const process = await newProcess();
    const { parts, captured, saved } = prepare({
      sealingKey: secretOf(ownKey),
      credentialsStore: 'deployment',
    });
    const handOver = process.createHandOver(parts);
    handOver.publish(bundle);
    await handOver.keep(bundle);
    expect(vi.mocked(scryptSync)).toHaveBeenCalledTimes(1);
    const output = Object.fromEntries(captured.outputs())['sealed-credentials'] ?? '';
    const stored = saved.map(({ sealed }) => sealed);
    for (const sealed of [output, ...stored]) {
      expect(openBundle(sealed, secretOf(ownKey), noMask)).toMatchObject({
        password: bundle.password,
      });
    }
    expect(stored).not.toContain(output);
  });
});
