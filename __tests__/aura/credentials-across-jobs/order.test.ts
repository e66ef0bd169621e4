import { describe, expect, test } from 'vitest';
import { startScenario } from '../in-process/scenario.ts';
import { type Keeping, keptAs, startKeeping } from './with-github.ts';

const inputs = { tier: 'professional', region: 'europe-west1', memory: '1GB' };

/** The instances with stored credentials, newest first. */
function keptIds({ server }: Keeping): readonly unknown[] {
  return server.deployments().map(({ payload }) => (payload as { readonly id: unknown }).id);
}

const oldId = '0000000a';

/** Credentials of an instance with this name that no longer exists. */
function keepOld({ server, scenario }: Keeping): void {
  const payload = { id: oldId, scope: scenario.simulator.tenantId, sealed: 'aura1.AAAA' };
  server.seed({ ...keptAs('shop'), payload });
}

/** The stored credentials when the new instance is read for the first time. */
async function keptDuringWait(aura: Keeping): Promise<readonly unknown[]> {
  await aura.scenario.nextExchange(
    ({ method, path }) => method === 'GET' && /^\/v1\/instances\/./.test(path),
  );
  return keptIds(aura);
}

describe('older credentials for the name', () => {
  test('stay until the new instance is running and no other step was faster', async () => {
    await using aura = await startKeeping({}, startScenario);
    keepOld(aura);
    const during = keptDuringWait(aura);
    const made = await aura.create(inputs);
    const id = made.outputs['instance-id'];
    expect(await during).toEqual([id, oldId]);
    expect(keptIds(aura)).toEqual([id]);
  });

  test('are deleted immediately if the step does not wait', async () => {
    await using aura = await startKeeping({}, startScenario);
    keepOld(aura);
    const made = await aura.create({ ...inputs, wait: 'false' });
    expect(keptIds(aura)).toEqual([made.outputs['instance-id']]);
  });

  test('stay if another step was faster, which deletes only those of this step', async () => {
    await using aura = await startKeeping({}, startScenario);
    const { simulator, clock } = aura.scenario;
    const posted = aura.scenario.nextExchange(
      ({ method, path }) => method === 'POST' && path === '/v1/instances',
    );
    const rival = posted.then(async () => {
      const createdAt = clock.now() - 1_000;
      // Lists show it only after the first check for other steps.
      await clock.sleep(60_000);
      const theirs = simulator.seedInstance({ name: 'shop', createdAt });
      aura.keep(theirs);
      return theirs;
    });
    const made = await aura.create(inputs);
    expect(made.exitCode).toBe(1);
    expect(made.outputs['created']).toBe('false');
    expect(keptIds(aura)).toEqual([(await rival).id]);
  });
});
