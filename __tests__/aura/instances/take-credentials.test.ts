import { describe, expect, it } from 'vitest';
import type { HandOverSettings } from '../../../src/aura/credentials/settings.ts';
import { takeCredentials } from '../../../src/aura/instances/take-credentials.ts';
import { Ledger } from '../../../src/aura/session/ledger.ts';
import { type Kept, prepare, shop } from '../credentials/hand-over-parts.ts';
import { bundle } from '../inputs/step-inputs.ts';
import { sessionWith } from '../session/made-session.ts';

const store = { credentialsStore: 'deployment' } as const;

/** The session of a resume of {@link shop}. */
function sessionOf(settings: Partial<HandOverSettings> = {}, found?: Kept) {
  const prepared = prepare(settings, found);
  const { report } = prepared.captured;
  const ledger = new Ledger({ operation: 'resume', id: shop.id, name: undefined }, report.outputs);
  return { ...prepared, session: sessionWith({ ledger }, prepared) };
}

describe('an operation that works without credentials', () => {
  it('does not search if no source is set', async () => {
    const { session, asked, captured } = sessionOf();
    expect(await takeCredentials(session, shop)).toBeUndefined();
    expect([asked, captured.lines()]).toEqual([[], []]);
  });

  it('uses those that it finds', async () => {
    const { session } = sessionOf({ sealed: bundle, verify: 'require' });
    const taken = await takeCredentials(session, shop);
    expect(taken?.credentials.password).toBe(bundle.password);
  });

  it('continues without them, and says so, if it needs none', async () => {
    const { session, captured } = sessionOf(store, { sealed: undefined });
    expect(await takeCredentials(session, shop)).toBeUndefined();
    expect(captured.lines()).toEqual([
      `The credentials of instance 'shop' (${shop.id}) are not known.`,
    ]);
  });

  it('fails if a check or a hand-over needs them', async () => {
    const asks = { verify: 'warn', exportEnv: true, envFile: '/nowhere/.env' } as const;
    const { session } = sessionOf({ ...store, ...asks }, { sealed: undefined });
    const message = (willChange?: boolean): string =>
      `Could not resume instance 'shop' (${shop.id}): its password, which is needed for 'verify' and 'export-env' and 'env-file', cannot be recovered, because Aura returns it only once.${willChange ? ' Nothing was changed.' : ''} Set 'password' to the password of the database, or 'sealed-credentials' to the output of the step that created it, or remove these inputs.`;
    await expect(takeCredentials(session, shop)).rejects.toThrow(message());
    await expect(takeCredentials(session, shop, true)).rejects.toThrow(message(true));
  });
});
