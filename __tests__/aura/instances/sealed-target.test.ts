import { describe, expect, it } from 'vitest';
import { RequestError } from '../../../src/core/http/request-error.ts';
import { ActionError } from '../../../src/core/errors.ts';
import {
  birthOfSealed,
  namingOwner,
  notFoundHere,
  otherOwner,
  tenantOfSealed,
} from '../../../src/aura/instances/sealed-target.ts';
import type { TargetRequest } from '../../../src/aura/inputs/request.ts';
import { bundle, readStep, sealedUnderSecret } from '../inputs/step-inputs.ts';
import { failureOf, remarksOf, startSteps } from '../operations/steps-in-process.ts';

/** A pause of the instance of sealed credentials, as far as a test changes it. */
function requestFor(changes: Partial<TargetRequest> = {}): TargetRequest {
  const request = readStep({ operation: 'pause', 'sealed-credentials': sealedUnderSecret });
  if (request.operation !== 'pause') throw new Error('That is no pause.');
  return { ...request, ...changes };
}

const foreign = requestFor({ sealed: { ...bundle, clientId: 'another-client' } });
const owner = "client 'another-client' of https://api.neo4j.io";
const refused = (status: number): ActionError => {
  const cause = new RequestError('no', {
    request: 'GET /x',
    policy: 'read',
    effect: 'none',
    transient: false,
    status,
  });
  return new ActionError('Could not pause instance 1a2b3c4d: no.', { cause });
};

describe('the instance of sealed credentials', () => {
  it('has their tenant, and was created when they say', () => {
    expect(tenantOfSealed(requestFor())).toBe(bundle.tenantId);
    expect(birthOfSealed(requestFor())).toBe(bundle.createdAt);
  });

  it.each<[string, Partial<TargetRequest>]>([
    ['another id', { target: { id: 'ffffffff', name: undefined } }],
    ['a name', { target: { id: undefined, name: 'shop' } }],
    ['no sealed credentials', { sealed: undefined }],
  ])('is not the one that a step means with %s', (_, changes) => {
    const request = requestFor(changes);
    expect([tenantOfSealed(request), birthOfSealed(request)]).toEqual([undefined, undefined]);
    expect([otherOwner(request), notFoundHere('pause', request)]).toEqual([undefined, undefined]);
  });

  it('belongs to whoever sealed them', () => {
    expect(otherOwner(requestFor())).toBeUndefined();
    expect(otherOwner(foreign)).toBe(owner);
    expect(otherOwner(requestFor({ sealed: { ...bundle, apiOrigin: undefined } }))).toContain(
      'an older version of this action',
    );
    expect(notFoundHere('pause', foreign)?.message).toBe(
      `Could not pause instance 1a2b3c4d: client 'the-client' of https://api.neo4j.io does not find it. The 'sealed-credentials' were sealed by ${owner}. Give the 'client-id', 'client-secret' and 'api-url' that they were sealed with; the instance may also have been deleted.`,
    );
  });

  it('of another client is named in the refusal to read it, and in no other failure', async () => {
    const failing = (error: Error) => () => Promise.reject(error);
    await expect(namingOwner(foreign, failing(refused(403)))).rejects.toThrow(
      `Could not pause instance 1a2b3c4d: no. The 'sealed-credentials' were sealed by ${owner}.`,
    );
    for (const [request, error] of [
      [foreign, refused(500)],
      [foreign, new ActionError('without a cause')],
      [foreign, new Error('something else')],
      [requestFor(), refused(403)],
    ] as const) {
      await expect(namingOwner(request, failing(error))).rejects.toBe(error);
    }
    expect(await namingOwner(foreign, () => Promise.resolve('read'))).toBe('read');
  });
});

describe('a step with the sealed credentials of another client', () => {
  it.each(['get', 'poll', 'pause', 'resume'])(
    'does not take "not found" for "deleted": %s',
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

  it('does not look for a name in a tenant that it can not see', async () => {
    const { simulator, run, seal } = await startSteps();
    const tenantId = '99999999-8888-4777-a666-555555555555';
    const sealed = seal({ clientId: 'another-client', tenantId });
    const inputs = { operation: 'delete', name: 'x', 'sealed-credentials': sealed };
    expect(failureOf(await run(inputs))).toMatch(
      /^The tenant of 'sealed-credentials', which were sealed by client 'another-client' of .+, is '99999999-.+', which the API credentials can't see/,
    );
    expect(simulator.exchanges.some(({ path }) => path.startsWith('/v1/instances'))).toBe(false);
  });

  it('gets the credentials where it finds the instance', async () => {
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

describe('a poll', () => {
  it('for deleted succeeds where the tenant has no such name, and nothing is handed on', async () => {
    const { run } = await startSteps();
    const result = await run({ operation: 'poll', name: 'x', 'wait-for': 'deleted' });
    expect(remarksOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ status: 'deleted', changed: 'false' });
  });

  it('for anything else fails there', async () => {
    const { run } = await startSteps();
    expect(failureOf(await run({ operation: 'poll', name: 'x' }))).toContain(
      "Could not poll instance 'x': the tenant has none of that name.",
    );
  });

  it('for deleted sees an instance go, and does not look for its credentials', async () => {
    const { simulator, run, seal } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'shop', status: 'destroying' });
    const sealed = seal({ instanceId: id });
    const inputs = { operation: 'poll', 'wait-for': 'deleted', 'sealed-credentials': sealed };
    const result = await run(inputs);
    expect(remarksOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ 'instance-id': id, status: 'deleted' });
    expect(result.outputs).not.toHaveProperty('password');
  });

  it('hands on the credentials at once, and fails later where the status does not come', async () => {
    const { simulator, run, seal } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'shop', status: 'paused' });
    const sealed = seal({ instanceId: id });
    const waiting = { operation: 'poll', 'wait-for': 'running', timeout: '1m' };
    const result = await run({ ...waiting, 'sealed-credentials': sealed });
    expect(failureOf(result)).toContain("it did not become 'running'");
    expect(result.outputs).toMatchObject({ password: 'letMeIn-0123', status: 'paused' });
  });

  it('looks for the credentials after the wait where the first read fails', async () => {
    const { simulator, run, seal } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'shop', status: 'resuming' });
    const fault = { kind: 'status', status: 400, body: { error: 'No' } } as const;
    simulator.addFault({ match: { operation: 'getInstance' }, fault });
    const sealed = seal({ instanceId: id });
    const result = await run({ operation: 'poll', 'sealed-credentials': sealed });
    expect(remarksOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ password: 'letMeIn-0123', status: 'running' });
  });
});
