import { describe, expect, test } from 'vitest';
import { failureOf, gitHubRequestsOf, warningsOf } from '../credentials-across-jobs/support.ts';
import type { Behavior } from '../../../harness/bolt/server.ts';
import { changesOf, errorOf, outputsOf } from '../../../harness/world/support.ts';
import { inherit, withStore, wrong } from './support.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

const notVerified =
  /^Instance 'shop' \(\w{8}\): the password was not stored, because other credentials are stored for this instance and the given ones were not verified\. Set 'verify: require' to replace them\.$/;
const refused =
  /^Instance 'shop' \(\w{8}\): the password was not stored, because the database rejected it\.$/;
const unreachable = /Could not verify the database of .+ over Bolt/;
const get = { operation: 'get', ...withStore };

describe('a password from the input, with nothing stored for the instance,', () => {
  test.each(['get', 'poll', 'resume', 'create'])(
    'is stored by %s and used by a later run without it',
    async (operation) => {
      const { instance, run, stored } = await inherit('paused');
      const { password } = instance;
      outputsOf(await run({ operation, ...withStore, password }));
      expect(stored()).toEqual([password]);
      const later = { operation: 'resume', ...withStore, verify: 'require', 'export-env': 'true' };
      const result = await run(later);
      expect(outputsOf(result)).toMatchObject({ password });
      expect(result.exportedEnv).toMatchObject({ NEO4J_PASSWORD: password });
    },
  );

  test('is stored unless the database refuses it', async () => {
    const { run, stored } = await inherit();
    const result = await run({ ...get, password: wrong, verify: 'warn' });
    expect(warningsOf(result)).toEqual([
      expect.stringMatching(unreachable),
      expect.stringMatching(refused),
    ]);
    errorOf(await run({ ...get, password: wrong, verify: 'require' }));
    expect(stored()).toEqual([]);
  });

  test('is stored if the database cannot be reached', async () => {
    const { instance, database, run, stored } = await inherit();
    await database.close();
    const { password } = instance;
    const result = await run({ ...get, password, verify: 'warn' });
    expect(warningsOf(result)).toEqual([expect.stringMatching(unreachable)]);
    expect(stored()).toEqual([password]);
  });

  test('is not stored for an instance that is being deleted', async () => {
    const { instance, run, stored } = await inherit('destroying');
    outputsOf(await run({ ...get, password: instance.password }));
    expect(stored()).toEqual([]);
  });
});

describe('a password from the input, with another one stored,', () => {
  test.each([
    ['get', 'running'],
    ['poll', 'creating'],
    ['resume', 'paused'],
    ['create', 'paused'],
  ])('does not replace it unverified, by %s', async (operation, before) => {
    const { aura, instance, run, stored } = await inherit(before);
    aura.keep(instance);
    const result = await run({ operation, ...withStore, password: wrong });
    expect(warningsOf(result)).toEqual([expect.stringMatching(notVerified)]);
    expect(result.outputs).toMatchObject({ password: wrong });
    expect(stored()).toEqual([instance.password]);
  });

  test.each(['warn', 'require'])(
    'does not replace it if the database refuses it (%s)',
    async (verify) => {
      const { aura, instance, run, stored } = await inherit();
      aura.keep(instance);
      const { annotations } = await run({ ...get, password: wrong, verify });
      const messages = annotations.map(({ message }) => message);
      expect(messages[0]).toMatch(unreachable);
      if (verify === 'warn') expect(messages[1]).toMatch(refused);
      expect(stored()).toEqual([instance.password]);
    },
  );

  test('does not replace it, and is not reported as refused, if the database rejects all logins', async () => {
    const behavior: Behavior = {
      code: 'Neo.ClientError.Security.AuthenticationRateLimit',
      message: 'The client has provided incorrect authentication details too many times in a row.',
      to: 'LOGON',
    };
    const { aura, instance, run, stored } = await inherit('running', {
      behavior: Array<Behavior>(20).fill(behavior),
    });
    aura.keep(instance);
    const result = await run({ ...get, password: wrong, verify: 'warn' });
    expect(warningsOf(result)).toEqual([
      expect.stringMatching(unreachable),
      expect.stringMatching(notVerified),
    ]);
    expect(stored()).toEqual([instance.password]);
  });

  test.each(['warn', 'require'])('replaces it if the database accepts it (%s)', async (verify) => {
    const { aura, instance, run, stored } = await inherit();
    aura.keep(instance, { password: secretOf(wrong) });
    outputsOf(await run({ ...get, password: instance.password, verify }));
    expect(stored()).toEqual([instance.password]);
  });

  test('replaces a value sealed with another key only if the database accepts it', async () => {
    const { aura, instance, run, stored } = await inherit();
    aura.keep(instance, {}, 'an-older-client-secret');
    const given = { ...get, password: instance.password };
    expect(warningsOf(await run(given))).toEqual([expect.stringMatching(notVerified)]);
    expect(aura.server.deployments()).toHaveLength(1);
    outputsOf(await run({ ...given, verify: 'require' }));
    expect(stored()).toEqual([instance.password]);
  });

  test('is used by the step itself, whatever is stored', async () => {
    const { aura, instance, run } = await inherit('paused');
    aura.keep(instance, { password: secretOf(wrong) });
    const given = { password: instance.password, verify: 'require', 'export-env': 'true' };
    const result = await run({ operation: 'resume', ...withStore, ...given });
    expect(result.exportedEnv).toMatchObject({ NEO4J_PASSWORD: instance.password });
    expect(outputsOf(result)).toMatchObject({ password: instance.password });
  });
});

test('stored credentials are not stored again', async () => {
  const { aura, instance, run } = await inherit();
  aura.keep(instance);
  outputsOf(await run({ ...get, password: instance.password, verify: 'require' }));
  outputsOf(await run(get));
  expect(gitHubRequestsOf(aura.server).filter((line) => !line.startsWith('GET'))).toEqual([]);
});

describe('sealed credentials', () => {
  test('are stored, also in place of a value that cannot be opened', async () => {
    const { aura, instance, run, seal, stored } = await inherit();
    aura.keep(instance, {}, 'an-older-client-secret');
    outputsOf(await run({ ...get, 'sealed-credentials': seal() }));
    expect(stored()).toEqual([instance.password]);
  });

  test('with another password replace the stored ones only if the database accepts them', async () => {
    const { aura, instance, run, seal, stored } = await inherit();
    aura.keep(instance);
    const misled = await run({ operation: 'get', password: wrong });
    const sealed = outputsOf(misled)['sealed-credentials'] ?? '';
    const result = await run({ ...get, 'sealed-credentials': sealed });
    expect(warningsOf(result)).toEqual([expect.stringMatching(notVerified)]);
    expect(stored()).toEqual([instance.password]);
    aura.keep(instance, { password: secretOf(wrong) });
    outputsOf(await run({ ...get, 'sealed-credentials': seal(), verify: 'require' }));
    expect(stored()).toEqual([instance.password]);
  });
});

describe('a store that cannot be reached', () => {
  const could = [
    expect.stringMatching(
      /^Could not look for the credentials of 'shop' \(GitHub deployments\): GitHub answered 403/,
    ),
  ];

  test('causes one warning with a password, which is passed on but not stored', async () => {
    const { aura, instance, run } = await inherit('paused', { github: { permission: 'none' } });
    const given = { password: instance.password, verify: 'require', 'export-env': 'true' };
    const result = await run({ operation: 'resume', ...withStore, ...given });
    expect(warningsOf(result)).toEqual(could);
    expect(result.outputs).toMatchObject({ password: instance.password, status: 'running' });
    expect(result.exportedEnv).toMatchObject({ NEO4J_PASSWORD: instance.password });
    expect(aura.server.deployments()).toEqual([]);
  });

  test('does not let an unverified password replace a stored one', async () => {
    const { aura, instance, run, stored } = await inherit();
    aura.keep(instance);
    aura.server.order({ answer: { status: 502, body: '<html>' }, times: 3 });
    const result = await run({ ...get, password: wrong });
    expect(warningsOf(result)).toEqual([expect.stringContaining('GitHub answered 502')]);
    expect(stored()).toEqual([instance.password]);
  });

  test.each(['get', 'poll', 'resume'])(
    'fails %s before any change, only if it needs the store',
    async (operation) => {
      const { aura, run } = await inherit('paused', { github: { permission: 'none' } });
      const inputs = { operation, ...withStore };
      const { error, warnings } = failureOf(await run({ ...inputs, 'export-env': 'true' }));
      expect(error).toContain(
        "its password, which is needed for 'export-env', cannot be recovered",
      );
      expect(warnings).toEqual(could);
      expect(changesOf(aura.scenario)).toEqual([]);
      expect(warningsOf(await run(inputs))).toEqual(could);
    },
  );
});
