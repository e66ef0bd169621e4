import { describe, expect, it } from 'vitest';
import type { DeploymentStore } from '../../../../src/core/github/deployments.ts';
import { instanceName } from '../../../../src/aura/inputs/naming.ts';
import { deleteInstances } from '../../../../src/aura/operations/delete/delete.ts';
import { connect } from '../../api/connected-client.ts';
import { eventFor } from '../../../core/github/recorded-events.ts';
import { type StepInputs, readWholeStep } from '../../inputs/step-inputs.ts';
import { createGuard } from '../../../../src/aura/session/guard.ts';
import { Ledger } from '../../../../src/aura/session/ledger.ts';
import { sessionWith } from '../../session/made-session.ts';
import { prepare } from '../../credentials/hand-over-parts.ts';
import { failureOf, remarksOf, startSteps } from '../steps-in-process.ts';

const branch = { name: 'feature/cart', owner: undefined };
const plain = instanceName('octo/shop', branch);
const suffixed = (suffix: string): string => instanceName('octo/shop', branch, suffix);
const main = instanceName('octo/shop', { name: 'main', owner: undefined });
const remove = { operation: 'delete' };

/** An instance of the branch in the output. */
interface Shown {
  readonly id: string;
  readonly name?: string;
  readonly status?: string;
  readonly changed: boolean;
  readonly error?: string;
}

function instancesOf({ outputs }: { readonly outputs: Readonly<Record<string, string>> }) {
  return JSON.parse(outputs['instances'] ?? '[]') as readonly Shown[];
}

describe("a delete of a branch's instances", () => {
  it('deletes all of them, and no others', async () => {
    const { simulator, run } = await startSteps();
    const other = simulator.seedInstance({ name: main });
    for (const name of [plain, suffixed('ds')]) simulator.seedInstance({ name });
    const result = await run(remove, 'delete-branch');
    expect(remarksOf(result)).toEqual([expect.stringMatching(/^notice: Deleted 2 instances: /)]);
    expect(instancesOf(result)).toMatchObject([
      { name: plain, status: 'deleted', changed: true },
      { name: suffixed('ds'), status: 'deleted', changed: true },
    ]);
    expect(result.outputs).not.toHaveProperty('instance-id');
    expect(simulator.instances().map(({ id }) => id)).toEqual([other.id]);
  });

  it('has the outputs of one instance if there is only one', async () => {
    const { simulator, run } = await startSteps();
    const { id } = simulator.seedInstance({ name: suffixed('ds') });
    const result = await run(remove, 'delete-branch');
    expect(remarksOf(result)).toEqual([]);
    const { outputs } = result;
    expect(outputs).toMatchObject({ 'instance-id': id, name: suffixed('ds'), status: 'deleted' });
  });

  it('succeeds if there are none', async () => {
    const { run, changes } = await startSteps();
    const result = await run(remove, 'delete-branch');
    expect(remarksOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ status: 'deleted', changed: 'false', instances: '[]' });
    expect(changes()).toEqual([]);
  });

  it('with a suffix keeps the others', async () => {
    const { simulator, run } = await startSteps();
    for (const name of [plain, suffixed('ds')]) simulator.seedInstance({ name });
    remarksOf(await run({ ...remove, 'name-suffix': 'ds' }, 'delete-branch'));
    expect(simulator.instances().map(({ name }) => name)).toEqual([plain]);
  });

  it('keeps the protected ones with a warning, and a single one with an error', async () => {
    const { simulator, run } = await startSteps();
    const { id } = simulator.seedInstance({ name: plain });
    simulator.seedInstance({ name: suffixed('ds') });
    const inputs = { ...remove, 'protected-names': plain };
    const result = await run(inputs, 'delete-branch');
    expect(remarksOf(result)).toEqual([
      `warning: Instance '${plain}' (${id}) is kept: its name matches '${plain}' of input 'protected-names'.`,
      expect.stringMatching(/^notice: Deleted 1 instance: /),
    ]);
    expect(instancesOf(result)).toMatchObject([{ id, changed: false }, { status: 'deleted' }]);
    expect(failureOf(await run(inputs, 'delete-branch'))).toContain('is protected');
    expect(simulator.instances().map((instance) => instance.id)).toEqual([id]);
  });

  it('deletes none if there are more than allowed', async () => {
    const { simulator, run, changes } = await startSteps();
    for (const name of [plain, suffixed('a'), suffixed('b')]) simulator.seedInstance({ name });
    // One that is already being deleted does not count.
    simulator.seedInstance({ name: suffixed('c'), status: 'destroying' });
    const inputs = { ...remove, 'max-deletions': '2' };
    expect(failureOf(await run(inputs, 'delete-branch'))).toMatch(
      /^This would delete 3 instances \(.+\), more than 'max-deletions: 2'\. Nothing was deleted\. /,
    );
    expect(changes()).toEqual([]);
  });

  it('deletes the others if one cannot be deleted, and names each that failed', async () => {
    const { simulator, run } = await startSteps();
    const [first, second, third] = [plain, suffixed('a'), suffixed('b')].map((name) =>
      simulator.seedInstance({ name }),
    );
    for (const { id } of [first, second].filter((one) => one !== undefined)) {
      const fault = { kind: 'status', status: 403, body: { error: 'No' } } as const;
      simulator.addFault({ match: { method: 'DELETE', path: id }, times: 'always', fault });
    }
    const result = await run(remove, 'delete-branch');
    const lines = failureOf(result).split('\n');
    expect(lines[0]).toBe('Could not delete 2 of 3 instances:');
    expect(lines[1]).toContain(`Could not delete instance '${plain}' (${first?.id ?? ''})`);
    expect(lines[2]).toContain(second?.id);
    expect(instancesOf(result).map(({ error }) => error !== undefined)).toEqual([
      true,
      true,
      false,
    ]);
    expect(simulator.instances().map(({ id }) => id)).not.toContain(third?.id);
  });

  it('reports only the failure if one of several fails', async () => {
    const { simulator, run } = await startSteps();
    const { id } = simulator.seedInstance({ name: plain });
    simulator.seedInstance({ name: suffixed('a') });
    const fault = { kind: 'status', status: 403, body: { error: 'No' } } as const;
    simulator.addFault({ match: { operation: 'getInstance', path: id }, times: 'always', fault });
    expect(failureOf(await run(remove, 'delete-branch'))).toMatch(
      new RegExp(`^Could not delete instance '${plain}' \\(${id}\\): Aura answered 403`),
    );
    expect(simulator.instances().map((instance) => instance.id)).toEqual([id]);
  });

  it('in a dry run says what it would delete', async () => {
    const { simulator, run, changes } = await startSteps();
    const ids = [plain, suffixed('a')].map((name) => simulator.seedInstance({ name }).id);
    const result = await run({ ...remove, 'dry-run': 'true' }, 'delete-branch');
    remarksOf(result);
    const lines = result.log.filter((line) => line.endsWith(': would be deleted.'));
    expect(lines.map((line) => /\((\w{8})\)/.exec(line)?.[1]).toSorted()).toEqual(ids.toSorted());
    expect(instancesOf(result).map(({ id }) => id)).toEqual(ids);
    expect(changes()).toEqual([]);
  });

  it('does not treat a tenant that the client cannot access as empty', async () => {
    const { run } = await startSteps();
    const tenant = '99999999-8888-4777-a666-555555555555';
    expect(failureOf(await run({ ...remove, tenant }, 'delete-branch'))).toContain(
      `Input 'tenant' is '${tenant}', but these credentials can access no tenant (project) with this id`,
    );
  });

  it('for a closed pull request keeps instances that may be newer, without a GitHub token', async () => {
    const { simulator, run } = await startSteps();
    const closedAt = Date.parse('2026-03-03T16:40:12Z');
    const newer = simulator.seedInstance({ name: plain, createdAt: closedAt + 1 });
    simulator.seedInstance({ name: suffixed('a'), createdAt: closedAt - 1 });
    const result = await run(remove, 'pull-request-closed');
    expect(remarksOf(result)).toEqual([
      expect.stringContaining(`(${newer.id}) is kept: it was created after pull request #42`),
      expect.stringContaining('Could not ask GitHub whether pull request #42 is open again'),
      expect.stringMatching(/^notice: Deleted 1 instance: /),
    ]);
    expect(simulator.instances().map(({ id }) => id)).toEqual([newer.id]);
  });
});

describe('a delete that finds nothing', () => {
  const owner = { clientId: 'the-client', clientSecret: 'the-secret' };

  /** The names that it deletes from the store, of those stored there. */
  async function forgottenBy(inputs: StepInputs, kept: readonly string[]) {
    const { simulator } = await startSteps(owner);
    const { client } = connect(new URL(simulator.url));
    const prepared = prepare();
    const forgotten: string[] = [];
    const forget = (scope: string, has: (name: string) => boolean): Promise<void> => {
      if (scope === simulator.tenantId) forgotten.push(...kept.filter(has));
      return Promise.resolve();
    };
    const store: DeploymentStore = {
      ...prepared.parts.store,
      remove: (name, { scope }) => forget(scope, (other) => other === name),
      removeGroup: ({ has }, scope) => forget(scope, has),
    };
    const { settings, task } = readWholeStep(
      { ...remove, ...inputs },
      eventFor('delete-branch', { branch: 'feature/cart' }),
    );
    if (task.operation !== 'delete') throw new Error('That is not a delete.');
    const { id, name } = task.request.target ?? { id: undefined, name: undefined };
    const guard = createGuard(settings.guard);
    const ledger = new Ledger({ ...remove, id, name }, prepared.captured.report.outputs);
    const session = sessionWith({ client, store, guard, ledger }, prepared);
    await deleteInstances(session, task.request);
    return forgotten;
  }

  const names = [plain, suffixed('ds'), main, 'shop'];

  it('deletes all stored credentials of the branch, and no others', async () => {
    expect(await forgottenBy({}, names)).toEqual([plain, suffixed('ds')]);
  });

  it('deletes only those with its name or suffix', async () => {
    expect(await forgottenBy({ name: 'shop' }, names)).toEqual(['shop']);
    expect(await forgottenBy({ 'name-suffix': 'ds' }, names)).toEqual([suffixed('ds')]);
  });

  it('deletes no stored credentials in a dry run', async () => {
    expect(await forgottenBy({ 'dry-run': 'true' }, names)).toEqual([]);
    expect(await forgottenBy({ 'dry-run': 'true', name: 'shop' }, names)).toEqual([]);
  });
});
