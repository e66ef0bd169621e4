import { describe, expect, it } from 'vitest';
import { readCreated } from '../../../../src/aura/api/types.ts';
import type { CreateRequest } from '../../../../src/aura/inputs/request.ts';
import { create } from '../../../../src/aura/operations/create/create.ts';
import { namingReplaced, namingWhatIsLeft } from '../../../../src/aura/operations/create/told.ts';
import { Ledger } from '../../../../src/aura/session/ledger.ts';
import { ActionError, CancelledError } from '../../../../src/core/errors.ts';
import { RunnerFileError } from '../../../../src/core/runner/report.ts';
import { auraError, thrownBy } from '../../../core/thrown.ts';
import { createBody, createdData } from '../../api/connected-client.ts';
import { prepare } from '../../credentials/hand-over-parts.ts';
import { readWholeStep } from '../../inputs/step-inputs.ts';
import { clientWith, sessionWith } from '../../session/made-session.ts';
import { noMask } from '../../../core/secrets/secret-of.ts';

const created = readCreated(createdData, createBody, noMask);
const named = `Instance '${created.name}' (${created.id}) was created`;
const byPost = 'The post step of this step deletes it.';
const byUser = `Delete it with operation 'delete' and instance-id '${created.id}'.`;
const byId = `It will not be deleted automatically: use operation 'delete' with instance-id '${created.id}', or set 'delete-after-job'.`;
const byName = `It will not be deleted automatically: look for it in the Aura console, or use operation 'delete' with name '${created.name}' if no other job uses this name, or set 'delete-after-job'.`;

/** A create of {@link created}. */
function requestOf(deleteAfterJob: boolean): CreateRequest {
  const { task } = readWholeStep({
    operation: 'create',
    name: createBody.name,
    region: createBody.region,
    'cloud-provider': createBody.cloud_provider,
    memory: createBody.memory,
    'delete-after-job': String(deleteAfterJob),
    wait: 'false',
  });
  if (task.operation !== 'create') throw new Error('That is not a create.');
  return task.request;
}

describe('the error of a create', () => {
  const cancelled = new CancelledError('SIGINT');
  const lost = new RunnerFileError("Could not write output 'status'", { cause: new Error('full') });

  it.each<[string, boolean, typeof created | undefined, string]>([
    [
      'before Aura answered',
      false,
      undefined,
      `Instance 'shop-main' may have been created. ${byName}`,
    ],
    [
      'before Aura answered',
      true,
      undefined,
      `Instance 'shop-main' may have been created. ${byPost}`,
    ],
    ['after it', false, created, `${named}. ${byId}`],
    ['after it', true, created, `${named}. ${byPost}`],
  ])('that was cancelled %s says what is left, delete-after-job: %s', (_, after, made, left) => {
    const course = { created: made, stateSaved: made !== undefined };
    const error = namingWhatIsLeft(cancelled, requestOf(after), course);
    expect(error).toEqual(new ActionError(`The step was cancelled (SIGINT). ${left}`));
    expect(error).toHaveProperty('cause', cancelled);
  });

  it.each([
    ['deletes it', true, true, byPost],
    ['does not know of it', true, false, byUser],
    ['has nothing to delete', false, true, byUser],
  ])('that loses the outputs names the instance; the post step %s', (_, after, saved, next) => {
    const error = namingWhatIsLeft(lost, requestOf(after), { created, stateSaved: saved });
    expect(error).toEqual(
      new ActionError(
        `Could not write output 'status'. ${named}, but later steps may not get its password, which Aura returns only once. ${next}`,
      ),
    );
    expect(error).toHaveProperty('cause', lost.cause);
  });

  it('that cannot write a file before Aura answers is not changed', () => {
    const course = { created: undefined, stateSaved: false };
    expect(namingWhatIsLeft(lost, requestOf(true), course)).toBe(lost);
  });

  it.each([
    ['of the action', new ActionError('Aura refused.')],
    ['of Aura', auraError({ status: 403 })],
    ['of the program', new TypeError('no such function')],
  ])('%s is not changed', (_, error) => {
    expect(namingWhatIsLeft(error, requestOf(true), { created, stateSaved: true })).toBe(error);
  });
});

describe('the error of a create that has replaced', () => {
  const replaced = [{ id: '0000000a', name: 'shop', tenantId: 't', createdAt: undefined }];
  const deleted = " Deleted before, for 'if-exists: replace': instance 'shop' (0000000a).";
  const task = "create instance 'shop'";

  it('says what it has deleted', () => {
    const cause = new Error('why');
    const error = namingReplaced(new ActionError('It failed.', { cause }), task, replaced);
    expect(error).toEqual(new ActionError(`It failed.${deleted}`));
    expect(error).toHaveProperty('cause', cause);
  });

  it('also says so after a refusal, with the request', () => {
    const refused = auraError({
      status: 405,
      transient: false,
      request: 'POST /v1/instances',
    });
    const error = namingReplaced(refused, task, replaced);
    expect(error).toBeInstanceOf(ActionError);
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(
        /^Could not create instance 'shop': Aura answered 405\. Deleted before, for 'if-exists: replace': instance 'shop' \(0000000a\)\. The tenant may have reached its limit for this tier: .+\.$/,
      ),
    );
    expect(error).toHaveProperty('cause', refused);
  });

  it('is not changed if nothing was deleted, or for a bug in the program', () => {
    const refused = auraError({ status: 405 });
    expect(namingReplaced(refused, task, [])).toBe(refused);
    const mistake = new TypeError('no such function');
    expect(namingReplaced(mistake, task, replaced)).toBe(mistake);
  });
});

describe('an instance that was just created', () => {
  const full = (what: string): Error =>
    new RunnerFileError(`Could not write ${what} to the runner's file: it is full`);
  const state = full('the state');
  const outputs = full("output 'password'");

  /** Creates it in a step that at some point cannot write its files. */
  async function createWith(
    deleteAfterJob: boolean,
    broken: { readonly state?: Error; readonly outputs?: Error },
  ) {
    const prepared = prepare();
    const { captured, parts } = prepared;
    let posted = false;
    const { saveState, saveWarning } = captured.report;
    const report: typeof captured.report = {
      ...captured.report,
      saveState: (key, value) => {
        if (posted && broken.state !== undefined) throw broken.state;
        saveState(key, value);
      },
      saveWarning: (key, text) => {
        if (posted && broken.state !== undefined) throw broken.state;
        saveWarning(key, text);
      },
      outputs: (values) => {
        if (posted && broken.outputs !== undefined) throw broken.outputs;
        captured.report.outputs(values);
      },
    };
    const client = clientWith({
      listTenants: () => Promise.resolve([{ id: createBody.tenant_id, name: 'Shop' }]),
      listInstances: () => Promise.resolve([]),
      createInstance: (_body, sending) => {
        sending?.();
        posted = true;
        return Promise.resolve(created);
      },
    });
    const aim = { operation: 'create', id: undefined, name: created.name };
    const ledger = new Ledger(aim, report.outputs);
    const openPostAccess = () => ({
      apiUrl: 'https://api.neo4j.io',
      account: 'an-account',
      key: 'a-key',
      stored: false,
    });
    const around = { parts: { ...parts, report }, captured: { ...captured, report } };
    const session = sessionWith({ client, ledger, openPostAccess }, around);
    const error = await thrownBy(create(session, requestOf(deleteAfterJob)));
    return { error, written: Object.fromEntries(captured.outputs()), saved: captured.state() };
  }

  it.each([true, false])(
    'has its outputs, and is named, if the state cannot be written: %s',
    async (deleteAfterJob) => {
      const { error, written } = await createWith(deleteAfterJob, { state });
      expect(error).toBeInstanceOf(ActionError);
      expect(error).toHaveProperty(
        'message',
        `Could not write the state to the runner's file: it is full. ${named}, but later steps may not get its password, which Aura returns only once. ${byUser}`,
      );
      expect(written).toMatchObject({
        'instance-id': created.id,
        password: created.password,
        created: 'true',
        changed: 'true',
      });
    },
  );

  it('has its outputs if the state is rejected for another reason, which is the error', async () => {
    const refused = new ActionError('It is too much to remember.');
    const { error, written } = await createWith(true, { state: refused });
    expect(error).toBe(refused);
    expect(written).toMatchObject({ 'instance-id': created.id, password: created.password });
  });

  it('is left to the post step if only the outputs cannot be written', async () => {
    const { error, saved } = await createWith(true, { outputs });
    expect(error).toHaveProperty(
      'message',
      `Could not write output 'password' to the runner's file: it is full. ${named}, but later steps may not get its password, which Aura returns only once. ${byPost}`,
    );
    const [, last = ''] = saved.at(-1) ?? [];
    expect(JSON.parse(last)).toMatchObject({ created: { id: created.id } });
  });

  it('is named once if no file can be written, and not left to the post step', async () => {
    const { error, written } = await createWith(true, { state, outputs });
    expect(error).toHaveProperty('message', expect.stringMatching(/^Could not write output /));
    expect(error).toHaveProperty('message', expect.stringContaining(byUser));
    expect(written).not.toHaveProperty('password');
  });
});
