import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  doneBeforeMasks,
  failureOf,
  gitHubRequestsOf,
  warningsOf,
} from '../credentials-across-jobs/support.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import { startScenario as startBundle } from '../../../harness/world/scenario.ts';
import {
  addFaults,
  changesOf,
  errorOf,
  linesOf,
  outputsOf,
  refusal,
} from '../../../harness/world/support.ts';
import { inherit, withStore, wrong } from './support.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

/** The output of a step without the mask commands. */
function printedBy({ stdout, stderr }: StepResult): string {
  const lines = `${stdout}\n${stderr}`.split('\n');
  return lines.filter((line) => !line.startsWith('::add-mask::')).join('\n');
}

const steps = {
  get: { before: 'running', inputs: { operation: 'get' } },
  poll: { before: 'creating', inputs: { operation: 'poll', 'wait-for': 'running' } },
  resume: { before: 'paused', inputs: { operation: 'resume' } },
  create: { before: 'paused', inputs: { operation: 'create' } },
} as const;
const everyStep = Object.entries(steps);

describe('a wrong password', () => {
  test.each(everyStep)(
    'fails %s with verify: require, with the outputs set',
    async (_operation, { before, inputs }) => {
      const { run, instance } = await inherit(before);
      const result = await run({ ...inputs, password: wrong, verify: 'require' });
      expect(errorOf(result)).toMatch(
        /^Could not verify the database of instance 'shop' \(\w{8}\) over Bolt: .+ The user name or the password is wrong\.$/,
      );
      expect(result.outputs).toMatchObject({
        'instance-id': instance.id,
        status: 'running',
        password: wrong,
        changed: String(before === 'paused'),
      });
    },
  );

  test.each(everyStep)(
    'causes a warning of %s with verify: warn',
    async (_operation, { before, inputs }) => {
      const { run } = await inherit(before);
      const result = await run({
        ...inputs,
        password: wrong,
        verify: 'warn',
        'export-env': 'true',
      });
      expect(warningsOf(result)).toEqual([
        expect.stringMatching(
          /Could not verify the database of .+ over Bolt: .+ password is wrong\.$/,
        ),
      ]);
      expect(result.exportedEnv).toMatchObject({ NEO4J_PASSWORD: wrong });
    },
  );

  test('may be the password of another user', async () => {
    const { run, instance } = await inherit('running', { username: 'reader' });
    const given = { operation: 'get', password: instance.password, verify: 'require' };
    expect(errorOf(await run(given))).toContain('The user name or the password is wrong.');
    const outputs = outputsOf(await run({ ...given, username: 'reader' }));
    expect(outputs).toMatchObject({ username: 'reader', password: instance.password });
  });
});

describe('an invalid password', () => {
  test.each(['Tr0ub', 'Tr0ubad', 'Tr0ubador-1\nTr0ubador-2', '1234'])(
    'is an error that does not show it, before any request: %j',
    async (password) => {
      const { run } = await inherit();
      const result = await run({ operation: 'get', password });
      expect(errorOf(result)).toBe(
        "Input 'password' is not valid; expected 8 or more characters on one line.",
      );
      for (const line of password.split('\n')) expect(printedBy(result)).not.toContain(line);
      expect(result.outputs).toEqual({ skipped: 'false' });
      expect(result.trace.filter(({ kind }) => kind === 'request')).toEqual([]);
    },
  );

  test('does not mask letters that are everywhere in the log', async () => {
    const { run, job } = await inherit();
    for (const password of ['neo', 'Tr0ubador-1\ne\nneo']) {
      errorOf(await run({ operation: 'get', password }));
    }
    expect(job.masks.values).not.toContain('neo');
    expect(job.masks.values).not.toContain('e');
  });
});

test.each([false, true])('a password is masked first (debug: %j)', async (debug) => {
  // Only a process leaves a complete trace.
  const { aura, instance, run } = await inherit('running', { start: startBundle });
  const { password } = instance;
  outputsOf(await run({ operation: 'get', password }));
  const job = await aura.startJob({ debug });
  expect(job.masks.values).not.toContain(password);
  const inputs = { operation: 'get', name: 'shop', password, 'credentials-store': 'none' };
  const result = await aura.run(inputs, job);
  outputsOf(result);
  expect(doneBeforeMasks(result, [password])).toEqual([]);
  const invalid = await aura.run({ ...inputs, memory: 'much', name: password }, job);
  expect(errorOf(invalid)).not.toContain(password);
});

describe('a user without a password', () => {
  const noEffect = "Input 'username' has no effect without 'password'; set both, or neither.";

  test.each(['get', 'pause', 'delete'])('causes a warning of %s', async (operation) => {
    const { run } = await inherit();
    const result = await run({ operation, username: 'reader', wait: 'false' });
    const idle = "Input 'wait' has no effect on operation 'get'. ";
    expect(warningsOf(result)[0]).toBe(`${operation === 'get' ? idle : ''}${noEffect}`);
  });

  test('causes no warning if it is the default', async () => {
    const { run } = await inherit();
    outputsOf(await run({ operation: 'get', username: 'neo4j' }));
    outputsOf(await run({ operation: 'get', username: '' }));
  });
});

describe('a password for a missing instance', () => {
  test.each(['get', 'poll', 'resume'])('fails %s', async (operation) => {
    const { run } = await inherit();
    const inputs = { operation, name: 'other', password: wrong, 'export-env': 'true' };
    const result = await run(inputs);
    expect(errorOf(result)).toContain(
      "instance 'other': the tenant has no instance with this name",
    );
    expect(result.exportedEnv).toEqual({});
    expect(result.outputs).not.toHaveProperty('password');
  });

  test.each([
    ['creates a new instance', { name: 'other' }],
    ['replaces it', { 'if-exists': 'replace' }],
  ])('causes a warning of a create that %s, which has another password', async (_what, inputs) => {
    const { aura, run } = await inherit();
    const job = { operation: 'create', password: wrong, 'export-env': 'true' };
    const result = await run({ ...job, ...inputs });
    const made = aura.scenario.simulator.history().at(-1);
    expect(warningsOf(result)).toEqual([
      `Input 'password' was not used: instance '${made?.name ?? ''}' (${made?.id ?? ''}) is new and has another password, which is in the output 'password'.`,
    ]);
    expect(result.outputs).toMatchObject({ created: 'true', password: made?.password });
    expect(result.exportedEnv).toMatchObject({ NEO4J_PASSWORD: made?.password });
  });
});

describe('sealed credentials of another instance', () => {
  const other = { instanceId: '0badc0de', password: secretOf(wrong) };

  test('are not used: without a password nothing is changed', async () => {
    const { aura, run, seal } = await inherit('paused');
    const sealed = { 'sealed-credentials': seal(other), verify: 'require' };
    const result = await run({ operation: 'resume', ...sealed });
    failureOf(result);
    expect(changesOf(aura.scenario)).toEqual([]);
    expect(result.outputs).not.toHaveProperty('password');
  });

  test.each(everyStep)(
    'are ignored by %s with a password, including the name in them',
    async (_operation, { before, inputs }) => {
      const { run, seal, instance } = await inherit(before);
      const sealed = { 'sealed-credentials': seal(other) };
      const result = await run({ ...inputs, ...sealed, password: instance.password });
      expect(outputsOf(result)).toMatchObject({
        'instance-id': instance.id,
        password: instance.password,
      });
    },
  );
});

describe('a database that is not running', () => {
  test.each([
    ['get', 'paused'],
    ['get', 'resuming'],
    ['poll', 'paused'],
    ['poll', 'pausing'],
    ['poll', 'suspended'],
  ])('fails %s with verify: require while it is %s', async (operation, before) => {
    const { run, instance, database } = await inherit(before);
    const { password } = instance;
    const inputs = { operation, password, 'export-env': 'true' };
    const required = await run({ ...inputs, verify: 'require' });
    expect(errorOf(required)).toMatch(
      /^The database of instance 'shop' \(\w{8}\) cannot answer: its status is '\w+'\. Wait until it is running, or/,
    );
    expect(required.exportedEnv).toMatchObject({ NEO4J_PASSWORD: password });
    const warned = await run({ ...inputs, verify: 'warn' });
    expect(warningsOf(warned)).toEqual([expect.stringContaining('cannot answer: its status is')]);
    expect(database.connections()).toBe(0);
  });
});

describe('a step with inputs that cannot work', () => {
  test.each([
    [
      { operation: 'pause', 'export-env': 'true' },
      "Input 'export-env' cannot be used with operation",
    ],
    [
      { operation: 'delete', verify: 'warn' },
      "Input 'verify' cannot be used with operation 'delete'",
    ],
    [{ operation: 'resume', verify: 'require', wait: 'false' }, "set 'wait: true' with it"],
    [{ operation: 'poll', 'wait-for': 'deleted', 'env-file': '.env' }, "'wait-for' is 'deleted'"],
  ])('fails before any request: %o', async (inputs, said) => {
    const { instance, run } = await inherit();
    const result = await run({ ...inputs, password: instance.password });
    expect(errorOf(result)).toContain(said);
    expect(result.trace.filter(({ kind }) => kind === 'request')).toEqual([]);
    expect(result.outputs).toEqual({ skipped: 'false' });
  });

  test.each(['get', 'poll', 'resume'])(
    'fails before any request: %s without any password',
    async (operation) => {
      const { run } = await inherit('paused');
      const result = await run({ operation, verify: 'require', 'export-env': 'true' });
      expect(errorOf(result)).toBe(
        `Inputs 'verify' and 'export-env' need the password of the database, which operation '${operation}' cannot read from Aura. Set 'password', 'sealed-credentials' or 'credentials-store: deployment'.`,
      );
      expect(result.trace.filter(({ kind }) => kind === 'request')).toEqual([]);
    },
  );
});

describe('a resume', () => {
  test('in a dry run passes nothing on', async () => {
    const { aura, instance, run, job, stored } = await inherit('paused');
    const dry = { operation: 'resume', 'dry-run': 'true', ...withStore, 'env-file': '.env' };
    const result = await run({ ...dry, password: instance.password, 'export-env': 'true' });
    expect(outputsOf(result)).not.toHaveProperty('password');
    expect(result.exportedEnv).toEqual({});
    expect(existsSync(path.join(job.workspace, '.env'))).toBe(false);
    expect(stored()).toEqual([]);
    expect(changesOf(aura.scenario)).toEqual([]);
    expect(errorOf(await run(dry))).toContain("its password, which is needed for 'env-file'");
  });

  test('that does not wait passes on the credentials that it has', async () => {
    const { instance, run } = await inherit('paused');
    const { password } = instance;
    const inputs = { operation: 'resume', password, 'export-env': 'true', wait: 'false' };
    const result = await run(inputs);
    expect(outputsOf(result)).toMatchObject({ password, status: 'resuming', changed: 'true' });
    expect(result.exportedEnv).toMatchObject({ NEO4J_PASSWORD: password });
  });

  test('that fails exports nothing, but its outputs are set', async () => {
    const { instance, run } = await inherit('paused');
    const inputs = { operation: 'resume', password: instance.password, 'export-env': 'true' };
    const result = await run({ ...inputs, timeout: '5s' });
    expect(errorOf(result)).toContain("was not 'running' after ");
    expect(result.outputs).toMatchObject({ password: instance.password });
    expect(result.exportedEnv).toEqual({});
  });
});

describe.each(['get', 'poll'])('a %s in a dry run', (operation) => {
  const dry = { operation, 'dry-run': 'true' };
  const handOver = { ...withStore, 'export-env': 'true', 'env-file': '.env', verify: 'require' };

  test('sets its outputs and only says what it would store, export and write', async () => {
    const { aura, database, instance, run, job, stored } = await inherit();
    const { password } = instance;
    const result = await run({ ...dry, ...handOver, password });
    expect(outputsOf(result)).toMatchObject({ password, status: 'running', changed: 'false' });
    expect(linesOf(result)).toContain(
      `Dry run: would pass on the credentials of instance 'shop' (${instance.id}): store them as a GitHub deployment, export them to the environment, write them to the file of input 'env-file', verify them over Bolt.`,
    );
    expect(result.exportedEnv).toEqual({});
    expect(existsSync(path.join(job.workspace, '.env'))).toBe(false);
    expect(stored()).toEqual([]);
    expect(database.connections()).toBe(0);
    expect(gitHubRequestsOf(aura.server).filter((line) => !line.startsWith('GET '))).toEqual([]);
  });

  test('keeps the stored password, and does not say that it would replace it without a check', async () => {
    const { aura, instance, run, stored } = await inherit();
    aura.keep(instance);
    const inputs = { ...dry, ...withStore, password: wrong };
    expect(linesOf(await run({ ...inputs, verify: 'warn' }))).toContainEqual(
      expect.stringMatching(/: store them as a GitHub deployment, verify them over Bolt\.$/),
    );
    const result = await run(inputs);
    expect(outputsOf(result)).toMatchObject({ password: wrong });
    expect(linesOf(result).join('\n')).not.toContain('Dry run');
    expect(stored()).toEqual([instance.password]);
  });

  test('fails if it needs an unknown password', async () => {
    const { run } = await inherit();
    const error = errorOf(await run({ ...dry, ...handOver }));
    expect(error).toContain("its password, which is needed for 'verify' and 'export-env' and");
  });
});

describe('a poll', () => {
  test('sets the outputs before it waits', async () => {
    const { instance, run } = await inherit('creating');
    const result = await run({ operation: 'poll', password: instance.password, timeout: '5s' });
    expect(errorOf(result)).toContain('still had an operation in progress');
    expect(result.outputs).toMatchObject({ password: instance.password });
    expect(result.outputs).toHaveProperty('sealed-credentials');
  });

  test.each([301, 400, 409, 500])(
    'continues if the check before the wait is answered with %i',
    async (status) => {
      const { aura, instance, run } = await inherit('creating');
      addFaults(aura.scenario, { operation: 'getInstance' }, { faults: [refusal(status)] });
      const result = await run({
        operation: 'poll',
        password: instance.password,
        'export-env': 'true',
      });
      expect(outputsOf(result)).toMatchObject({ password: instance.password });
      expect(result.exportedEnv).toMatchObject({ NEO4J_URI: instance.connectionUrl });
    },
  );

  test('uses the credentials of an instance that Aura does not find yet', async () => {
    const { aura, run } = await inherit();
    const made = await run({ operation: 'create', name: 'new', wait: 'false' });
    const { 'instance-id': id = '', 'sealed-credentials': sealed = '' } = outputsOf(made);
    const handed = { 'sealed-credentials': sealed, 'export-env': 'true', name: '' };
    const result = await run({ operation: 'poll', 'instance-id': id, ...handed });
    const instance = aura.scenario.simulator.history().at(-1);
    expect(outputsOf(result)).toMatchObject({ password: instance?.password, status: 'running' });
    expect(result.exportedEnv).toMatchObject({ NEO4J_PASSWORD: instance?.password });
  });

  test('for paused sets the outputs, and stores nothing', async () => {
    const { instance, run, stored } = await inherit('pausing');
    const { password } = instance;
    const result = await run({ operation: 'poll', 'wait-for': 'paused', password, ...withStore });
    expect(outputsOf(result)).toMatchObject({ password, status: 'paused' });
    expect(stored()).toEqual([]);
  });

  test('for deleted does not look for credentials', async () => {
    const { aura, run } = await inherit('destroying');
    const result = await run({ operation: 'poll', 'wait-for': 'deleted', ...withStore });
    expect(outputsOf(result)).not.toHaveProperty('password');
    expect(aura.server.exchanges).toEqual([]);
  });
});

describe('the connection URI', () => {
  test('is the current one from Aura', async () => {
    const { instance, run, seal } = await inherit();
    const sealed = seal({ connectionUri: 'neo4j+s://old.example.com' });
    const outputs = outputsOf(await run({ operation: 'get', 'sealed-credentials': sealed }));
    expect(outputs).toMatchObject({ 'connection-uri': instance.connectionUrl });
  });

  test('is that of the sealed credentials while Aura returns none', async () => {
    const { run, seal } = await inherit('resuming');
    const sealed = { 'sealed-credentials': seal({ connectionUri: 'neo4j+s://old.example.com' }) };
    const outputs = outputsOf(await run({ operation: 'get', ...sealed }));
    expect(outputs).toMatchObject({ 'connection-uri': 'neo4j+s://old.example.com' });
  });

  test('is added and sealed when the instance is running', async () => {
    const { instance, run } = await inherit('resuming');
    const { password } = instance;
    const given = { operation: 'resume', password, 'export-env': 'true', verify: 'require' };
    const result = await run(given);
    expect(outputsOf(result)).toMatchObject({ 'connection-uri': instance.connectionUrl });
    expect(result.exportedEnv).toMatchObject({ NEO4J_URI: instance.connectionUrl });
    const sealed = result.outputs['sealed-credentials'] ?? '';
    const again = await run({ operation: 'get', 'sealed-credentials': sealed });
    expect(outputsOf(again)).toMatchObject({ 'connection-uri': instance.connectionUrl, password });
  });
});
