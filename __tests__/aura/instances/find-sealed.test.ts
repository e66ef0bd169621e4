import { describe, expect, it } from 'vitest';
import { whatToDo } from '../../../src/aura/api/advice.ts';
import { notFound, readTarget } from '../../../src/aura/instances/find.ts';
import { readInstance } from '../../../src/aura/api/types.ts';
import type { Target } from '../../../src/aura/inputs/request.ts';
import { Ledger } from '../../../src/aura/session/ledger.ts';
import { ActionError } from '../../../src/core/errors.ts';
import { auraError, thrownBy } from '../../core/thrown.ts';
import { prepare } from '../credentials/hand-over-parts.ts';
import { bundle } from '../inputs/step-inputs.ts';
import { failureOf, remarksOf, startSteps } from '../operations/steps-in-process.ts';
import { clientWith, sessionWith } from '../session/made-session.ts';

const { instanceId: id, tenantId, createdAt } = bundle;
const sealer = "client 'another-client' of https://api.neo4j.io";
const asker = "client 'the-client' of https://api.neo4j.io";

/** The target of sealed credentials, by the client that sealed them. */
const own: Target = { id, name: undefined, sealed: { tenantId, createdAt, owner: undefined } };
const foreign: Target = { ...own, sealed: { tenantId, createdAt, owner: { sealer, asker } } };
const named: Target = { id, name: undefined };

/** The session of a pause, in which a read of an instance returns this. */
function sessionReading(reading: () => ReturnType<ReturnType<typeof clientWith>['getInstance']>) {
  const prepared = prepare();
  const ledger = new Ledger(
    { operation: 'pause', id, name: undefined },
    prepared.captured.report.outputs,
  );
  return sessionWith({ client: clientWith({ getInstance: reading }), ledger }, prepared);
}

/** The error of reading a target. */
async function failureReading(target: Target, error: Error): Promise<unknown> {
  return thrownBy(
    readTarget(
      sessionReading(() => Promise.reject(error)),
      target,
    ),
  );
}

describe('the instance of sealed credentials', () => {
  it('is read in their tenant', async () => {
    const other = '0f1e2d3c-0000-4000-8000-00000000000f';
    const readOf = (tenant: string) => () =>
      Promise.resolve(readInstance({ id, name: 'shop', tenant_id: tenant, status: 'running' }, id));
    const { instance, meant } = await readTarget(sessionReading(readOf(tenantId)), own);
    expect([instance.id, meant]).toEqual([id, { id, name: undefined, tenantId, createdAt }]);
    await expect(readTarget(sessionReading(readOf(other)), own)).rejects.toThrow(
      `Instance ${id} belongs to tenant ${other}, not to ${tenantId}. It was not changed; check the inputs.`,
    );
    // Only the sealed credentials name the tenant.
    const unsealed = await readTarget(sessionReading(readOf(other)), named);
    expect(unsealed.instance.tenantId).toBe(other);
  });

  it('belongs to the client that sealed them, if this account does not find it', () => {
    const session = sessionReading(() => Promise.resolve('missing'));
    expect(notFound(session, foreign).message).toBe(
      `Could not pause instance 1a2b3c4d: client 'the-client' of https://api.neo4j.io does not find it. The 'sealed-credentials' were sealed by ${sealer}. Set 'client-id', 'client-secret' and 'api-url' to those that they were sealed with; the instance may also have been deleted.`,
    );
    for (const target of [own, named]) {
      expect(notFound(session, target).message).toBe(
        "Could not pause instance 1a2b3c4d: Aura has no instance with this id. Check 'instance-id'; the instance may have been deleted.",
      );
    }
  });

  it('of another client: only a refused read names that client', async () => {
    const refused = auraError({ status: 403, transient: false }, 'no');
    const told = await failureReading(foreign, refused);
    expect(told).toBeInstanceOf(ActionError);
    expect(told).toMatchObject({
      message: `Could not pause instance 1a2b3c4d: no. The user of 'client-id' must have the role Project Member or Project Admin in the tenant (project). The answer contains no message of Aura, so it can also come from a proxy or a firewall: check 'api-url' and the runner's proxy settings. The 'sealed-credentials' were sealed by ${sealer}.`,
      cause: refused,
    });
    for (const [target, error] of [
      [foreign, auraError({ status: 500, transient: false })],
      [own, refused],
      [named, refused],
    ] as const) {
      expect(await failureReading(target, error)).toMatchObject({
        message: `Could not pause instance 1a2b3c4d: ${error.message}. ${whatToDo(error)}`,
        cause: error,
      });
    }
    for (const error of [new ActionError('without a cause'), new Error('something else')]) {
      expect(await failureReading(foreign, error)).toBe(error);
    }
  });
});

describe('a step with the sealed credentials of another client', () => {
  it.each(['get', 'poll', 'pause', 'resume', 'snapshot'])(
    'does not treat "not found" as "deleted": %s',
    async (operation) => {
      const { run, seal, changes } = await startSteps();
      const sealed = seal({ instanceId: '0000000a', clientId: 'another-client' });
      const inputs = { operation, 'sealed-credentials': sealed };
      const waiting = operation === 'poll' ? { 'wait-for': 'deleted' } : {};
      expect(failureOf(await run({ ...inputs, ...waiting }))).toContain(
        "The 'sealed-credentials' were sealed by client 'another-client' of",
      );
      expect(changes()).toEqual([]);
    },
  );

  it('does not search for a name in a tenant that it cannot access', async () => {
    const { simulator, run, seal } = await startSteps();
    const tenantId = '99999999-8888-4777-a666-555555555555';
    const sealed = seal({ clientId: 'another-client', tenantId });
    const inputs = { operation: 'delete', name: 'x', 'sealed-credentials': sealed };
    expect(failureOf(await run(inputs))).toMatch(
      /^The tenant of 'sealed-credentials', which were sealed by client 'another-client' of .+, is '99999999-.+', but these credentials can access no tenant \(project\) with this id/,
    );
    expect(simulator.exchanges.some(({ path }) => path.startsWith('/v1/instances'))).toBe(false);
  });

  it('gets the credentials if it finds the instance', async () => {
    const { simulator, run, seal } = await startSteps();
    const { id, name } = simulator.seedInstance({ name: 'shop' });
    const sealed = seal({ instanceId: id, name, clientId: 'another-client' });
    for (const operation of ['get', 'poll']) {
      const result = await run({ operation, 'sealed-credentials': sealed });
      expect(remarksOf(result)).toEqual([]);
      expect(result.outputs).toMatchObject({ 'instance-id': id, password: 'letMeIn-0123' });
    }
  });
});
