import { describe, expect, test } from 'vitest';
import type { SimulatedInstance } from '../../../simulator/aura/simulator.ts';
import type { OrderedAnswer } from '../../../harness/github/server.ts';
import { changesOf } from '../../../harness/world/support.ts';
import { failureOf, warningsOf } from './support.ts';
import { keptAs, startKeeping, whileGitHubHangs, type Keeping } from './with-github.ts';

const waysOut =
  /^Could not reuse instance 'shop' \(\w{8}\): its password cannot be recovered, because Aura returns it only once\. (It was created .+ ago, .+ 'name-suffix' .+)?Pass 'sealed-credentials' from the step that created it, or set 'password' from a secret\. .*'credentials-store: deployment'.*\.$/;

/** No request to Aura or GitHub changed anything. */
function expectUntouched({ scenario, server }: Keeping, instance: SimulatedInstance): void {
  expect(changesOf(scenario)).toEqual([]);
  expect(scenario.simulator.instances()).toMatchObject([
    { id: instance.id, password: instance.password, status: instance.status },
  ]);
  expect(server.exchanges.map(({ method }) => method)).not.toContain('POST');
  expect(server.exchanges.map(({ method }) => method)).not.toContain('DELETE');
}

const keptAre = "The deployments stored for 'shop' are ";
const cannotOpen = 'Could not decrypt the credentials stored as a GitHub deployment: ';

/** The text with its tenth character from the end replaced. */
function altered(text: string): string {
  const other = text.at(-10) === 'A' ? 'B' : 'A';
  return text.slice(0, -10) + other + text.slice(-9);
}

/** Only deletions depend on the scope, not lookups. */
const scope = 'a project';

function sealedIn(payload: unknown): string {
  return (payload as { sealed: string }).sealed;
}

describe('without a recoverable password, reuse fails, lists the options and changes nothing', () => {
  test.each<
    [what: string, prepare: (aura: Keeping, instance: SimulatedInstance) => void, warning?: string]
  >([
    ['nothing was ever stored', () => undefined],
    [
      'the deployment is inactive',
      ({ server, keep }, instance) => {
        const { payload } = keep(instance);
        for (const { id } of server.deployments()) server.retire(id);
        server.seed({ ...keptAs('shop'), payload }, 'pending');
      },
    ],
    [
      'other workflows created deployments in the environment',
      ({ server, keep }, instance) => {
        const { payload } = keep({ ...instance, name: 'shop-2' });
        server.seed({ ...keptAs('shop'), task: 'deploy', payload }, 'success', 'mallory');
        server.seed({ ...keptAs('shop'), environment: 'production', payload });
      },
    ],
    [
      'another user created a deployment of the same task with another payload',
      ({ server }) => {
        server.seed({ ...keptAs('shop'), payload: { version: '1.2.3' } }, 'success', 'mallory');
      },
      `${keptAre}in an unknown format.`,
    ],
    [
      'the payload does not name its instance',
      ({ server, keep }, instance) => {
        const kept = keep(instance);
        server.retire(kept.id);
        server.seed({ ...keptAs('shop'), payload: { sealed: sealedIn(kept.payload) } });
      },
      `${keptAre}in an unknown format.`,
    ],
    [
      'the payload is not from this action',
      ({ server }, { id }) => {
        server.seed(
          { ...keptAs('shop'), payload: { id, scope, sealed: 'hello' } },
          'success',
          'mallory',
        );
      },
      `${cannotOpen}it is not a sealed value of this action.`,
    ],
    [
      'the payload was tampered with',
      ({ server, keep }, instance) => {
        const { id } = instance;
        const sealed = altered(sealedIn(keep(instance).payload));
        server.seed({ ...keptAs('shop'), payload: { id, scope, sealed } }, 'success', 'mallory');
      },
      `${cannotOpen}it was altered after it was sealed.`,
    ],
    [
      'the payload was cut',
      ({ server, keep }, instance) => {
        const { id } = instance;
        const sealed = sealedIn(keep(instance).payload).slice(0, -40);
        server.seed({ ...keptAs('shop'), payload: { id, scope, sealed } }, 'success', 'mallory');
      },
      `${cannotOpen}it is incomplete.`,
    ],
    [
      'it was sealed with another client secret',
      ({ keep }, instance) => {
        keep(instance, {}, 'an-older-client-secret');
      },
      `${cannotOpen}it was sealed with another key.`,
    ],
    [
      'it belongs to an earlier instance with the name',
      ({ keep }, instance) => {
        keep(instance, { instanceId: '0badc0de' });
      },
      `${keptAre}of '0badc0de'.`,
    ],
    [
      'all deployments belong to others',
      ({ server, keep }, instance) => {
        keep(instance, { instanceId: '0badc0de' });
        server.seed({ ...keptAs('shop'), payload: 'x' }, 'success', 'mallory');
        keep(instance, { instanceId: 'deadbeef' });
      },
      `${keptAre}of 'deadbeef', in an unknown format, of '0badc0de'.`,
    ],
    [
      'it names the instance, but belongs to another',
      ({ server, keep }, instance) => {
        const kept = keep(instance, { instanceId: '0badc0de' });
        const payload = { id: instance.id, scope, sealed: sealedIn(kept.payload) };
        server.seed({ ...keptAs('shop'), payload }, 'success', 'mallory');
      },
    ],
  ])('if %s', async (_what, prepare, warning) => {
    await using aura = await startKeeping();
    const instance = aura.seed('paused');
    prepare(aura, instance);
    const reused = await aura.create({ 'export-env': 'true' });
    const { error, warnings } = failureOf(reused);
    expect(error).toMatch(waysOut);
    expect(warnings).toEqual(warning === undefined ? [] : [warning]);
    expect(reused.outputs).not.toHaveProperty('password');
    expect(reused.outputs).not.toHaveProperty('sealed-credentials');
    expect(reused.exportedEnv).toEqual({});
    expectUntouched(aura, instance);
  });

  const permission = /GitHub answered 403 .*'permissions: deployments: write'/;

  test.each<[what: string, answer: OrderedAnswer['answer'], warning: RegExp]>([
    [
      'denies access',
      { status: 403, body: { message: 'Resource not accessible by integration' } },
      permission,
    ],
    [
      'applies a rate limit',
      {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0' },
        body: { message: 'API rate limit exceeded for installation.' },
      },
      /rate limit exceeded.*Try again later/,
    ],
    [
      'applies another rate limit',
      { status: 429, headers: { 'retry-after': '60' }, body: { message: 'Slow down' } },
      /GitHub answered 429/,
    ],
    ['has an internal error', { status: 502, body: '<html>' }, /GitHub answered 502/],
    ['breaks the connection', 'reset', /: (?!GitHub answered)[^:]*(socket|ECONNRESET|closed)/],
  ])('if GitHub %s', async (_what, answer, warning) => {
    await using aura = await startKeeping();
    const instance = aura.seed();
    aura.keep(instance);
    aura.server.order({ answer, times: 9 });
    const { error, warnings } = failureOf(await aura.create());
    expect(error).toMatch(waysOut);
    expect(warnings).toEqual([expect.stringMatching(warning)]);
    expect(warnings[0]).toMatch(
      /^Could not look for the credentials of 'shop' \(GitHub deployments\): /,
    );
    expectUntouched(aura, instance);
  });

  test('if GitHub does not answer within half a minute', async () => {
    await using aura = await startKeeping();
    const instance = aura.seed();
    aura.keep(instance);
    const reused = await whileGitHubHangs(aura, () => aura.create());
    const { error, warnings } = failureOf(reused);
    expect(error).toMatch(waysOut);
    expect(warnings).toEqual([expect.stringMatching(/no answer within 10s/)]);
    expectUntouched(aura, instance);
  });

  test('without a store, and without requests to GitHub', async () => {
    await using aura = await startKeeping();
    const instance = aura.seed();
    aura.keep(instance);
    const { error, warnings } = failureOf(await aura.create({ 'credentials-store': 'none' }));
    expect(error).toMatch(waysOut);
    expect(warnings).toEqual([]);
    expect(aura.server.exchanges).toEqual([]);
    expectUntouched(aura, instance);
  });

  test('in a dry run, too', async () => {
    await using aura = await startKeeping();
    const instance = aura.seed();
    expect(failureOf(await aura.create({ 'dry-run': 'true' })).error).toMatch(waysOut);
    expectUntouched(aura, instance);
  });
});

describe('an instance that cannot be reused is kept, and the error says what to do', () => {
  test.each([
    ['loading failed', 'its data could not be loaded'],
    ['suspended', 'Aura has suspended it'],
    ['suspending', 'Aura has suspended it'],
  ])('because it is %s', async (status, why) => {
    await using aura = await startKeeping();
    const { id } = aura.seed();
    aura.keep(aura.scenario.simulator.instances()[0] ?? aura.seed());
    aura.scenario.simulator.setStatus(id, status);
    const { error } = failureOf(await aura.create());
    expect(error).toBe(
      `Could not reuse instance 'shop' (${id}): its status is '${status}' (${why}). ${status === 'loading failed' ? "Set 'if-exists: replace' to delete it and create a new one." : 'Look at it in the Aura console.'}`,
    );
    expect(changesOf(aura.scenario)).toEqual([]);
  });

  test('because another instance has the same name', async () => {
    await using aura = await startKeeping();
    const ids = [aura.seed(), aura.seed()].map(({ id }) => id);
    const { error } = failureOf(await aura.create());
    expect(error).toMatch(
      /^Could not reuse instance 'shop': several instances have this name \(\w{8}, \w{8}\)\. /,
    );
    for (const id of ids) expect(error).toContain(id);
    expect(error).not.toContain("'if-exists: replace'");
    expect(changesOf(aura.scenario)).toEqual([]);
    expect(aura.server.exchanges).toEqual([]);
  });

  test('because it fails while it resumes, with the credentials already set as outputs', async () => {
    await using aura = await startKeeping();
    const instance = aura.seed('paused');
    aura.keep(instance);
    const resumed = aura.scenario.nextExchange(({ path }) => path.endsWith('/resume'));
    const failing = resumed.then(() => {
      setImmediate(() => {
        aura.scenario.simulator.setStatus(instance.id, 'loading failed');
      });
    });
    const reused = await aura.create();
    await failing;
    expect(failureOf(reused).error).toContain("its status is 'loading failed'");
    expect(reused.outputs).toMatchObject({ password: instance.password, changed: 'true' });
  });
});

test('the right deployment is found among those of others', async () => {
  await using aura = await startKeeping();
  const instance = aura.seed();
  aura.keep(instance);
  aura.server.seed({ environment: 'aura', task: 'deploy', payload: {} }, 'success', 'mallory');
  aura.server.seed({ environment: 'aura', task: 'aura:shop-2', payload: '' }, 'success', 'mallory');
  aura.server.seed({ ...keptAs('shop'), payload: { version: '1.2.3' } }, 'success', 'mallory');
  aura.keep(instance, { instanceId: '0badc0de' });
  const reused = await aura.create();
  expect(warningsOf(reused)).toEqual([]);
  expect(reused.outputs).toMatchObject({ password: instance.password });
});
