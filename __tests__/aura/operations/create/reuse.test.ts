import { describe, expect, it } from 'vitest';
import { failureOf, remarksOf, startSteps } from '../steps-in-process.ts';
import { secretOf } from '../../../core/secrets/secret-of.ts';

const create = { operation: 'create', name: 'shop' };

/** An instance 'shop' that exists before the step, and its credentials. */
async function startWith(status: string) {
  const steps = await startSteps();
  const { id, password } = steps.simulator.seedInstance({ name: 'shop', status });
  return {
    ...steps,
    id,
    password,
    sealed: steps.seal({ instanceId: id, password: secretOf(password) }),
  };
}

describe('a create that finds an instance with its name', () => {
  it.each([
    ['running', []],
    ['paused', ['POST 202']],
    ['resuming', []],
  ])('outputs its credentials and waits until it is running: %s', async (status, sent) => {
    const { run, changes, id, password, sealed } = await startWith(status);
    const result = await run({ ...create, 'sealed-credentials': sealed });
    expect(remarksOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({
      'instance-id': id,
      created: 'false',
      changed: String(sent.length > 0),
      status: 'running',
      password,
    });
    expect(changes().map((change) => change.replace(/ \S+ /, ' '))).toEqual(sent);
  });

  it('fails before any change if it has no password, and says what to do', async () => {
    const { run, changes, id } = await startWith('paused');
    const result = await run(create);
    expect(failureOf(result)).toMatch(
      new RegExp(`^Could not reuse instance 'shop' \\(${id}\\): its password cannot be recovered`),
    );
    expect(result.outputs).toMatchObject({ 'instance-id': id, changed: 'false' });
    expect(changes()).toEqual([]);
  });

  it('does not wait for one that will never run', async () => {
    const { run, changes, sealed } = await startWith('loading failed');
    expect(failureOf(await run({ ...create, 'sealed-credentials': sealed }))).toMatch(
      /: its status is 'loading failed' \(.+\)\. Set 'if-exists: replace' to delete it and create a new one\.$/,
    );
    expect(changes()).toEqual([]);
  });

  it('does not choose between two', async () => {
    const { simulator, run, changes, id, sealed } = await startWith('running');
    const second = simulator.seedInstance({ name: 'shop' });
    expect(failureOf(await run({ ...create, 'sealed-credentials': sealed }))).toBe(
      `Could not reuse instance 'shop': several instances have this name (${id}, ${second.id}). Delete those that no job uses with operation 'delete' and 'instance-id'. If several jobs, for example of a matrix, create instances with this name, give each its own: set 'name-suffix' to a value of the job, or another 'name'.`,
    );
    expect(changes()).toEqual([]);
  });

  it('waits until one that is being deleted is gone, and creates another', async () => {
    const { simulator, run, id, sealed } = await startWith('destroying');
    const result = await run({ ...create, 'sealed-credentials': sealed });
    expect(remarksOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ created: 'true', status: 'running' });
    expect(result.outputs['instance-id']).not.toBe(id);
    expect(simulator.instances()).toHaveLength(1);
  });

  it('says in a dry run that it would reuse it, and outputs no credentials', async () => {
    const { run, changes, id, sealed } = await startWith('paused');
    const result = await run({ ...create, 'sealed-credentials': sealed, 'dry-run': 'true' });
    expect(remarksOf(result)).toEqual([]);
    expect(result.log).toContain(
      `##[notice]Dry run: would reuse instance 'shop' (${id}), which is paused.`,
    );
    expect(result.outputs).not.toHaveProperty('password');
    expect(changes()).toEqual([]);
  });

  it('fails with the credentials as outputs if the resume fails', async () => {
    const { simulator, run, id, password, sealed } = await startWith('paused');
    const fault = { kind: 'status', status: 403, body: { error: 'No' } } as const;
    simulator.addFault({ match: { path: '/resume$' }, times: 'always', fault });
    const result = await run({ ...create, 'sealed-credentials': sealed });
    expect(failureOf(result)).toContain(
      `Could not create instance 'shop' (${id}): Aura answered 403`,
    );
    expect(result.outputs).toMatchObject({ password, status: 'paused', changed: 'false' });
  });
});

describe('a resume', () => {
  it('outputs the credentials, and in a dry run only says what it would do', async () => {
    const { run, changes, id, password, sealed } = await startWith('paused');
    const inputs = { operation: 'resume', 'sealed-credentials': sealed };
    const dry = await run({ ...inputs, 'dry-run': 'true' });
    expect(remarksOf(dry)).toEqual([]);
    expect(dry.log).toContain(
      `##[notice]Dry run: would resume instance 'shop' (${id}), which is paused.`,
    );
    expect(dry.outputs).not.toHaveProperty('password');
    expect(changes()).toEqual([]);
    const result = await run(inputs);
    expect(remarksOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ password, status: 'running', changed: 'true' });
  });
});
