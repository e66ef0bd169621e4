import { describe, expect, test } from 'vitest';
import { openBundle } from '../../../src/aura/credentials/bundle.ts';
import { startScenario as startBundle } from '../../../harness/world/scenario.ts';
import { changesOf, outputsOf } from '../../../harness/world/support.ts';
import { recordedEvent, type Recording } from '../../core/github/recorded-events.ts';
import type { JobOptions } from '../../../harness/runner/fake-runner.ts';
import { credentialsOf, gitHubRequestsOf, handedOver } from './support.ts';
import { keptAs, startKeeping } from './with-github.ts';
import { noMask, secretOf } from '../../core/secrets/secret-of.ts';

const listing = 'GET deployments 200';
const looking = [listing, 'GET deployments/{id}/statuses 200'];
const keeping = ['POST deployments 201', 'POST deployments/{id}/statuses 201'];
const retiring = ['POST deployments/{id}/statuses 201', 'DELETE deployments/{id} 204'];

/** The outputs with the credentials of an instance. */
function credentialsOfInstance(instance: {
  readonly id: string;
  readonly password: string;
  readonly connectionUrl: string;
  readonly tenantId: string;
}) {
  return {
    'instance-id': instance.id,
    name: 'shop',
    'connection-uri': instance.connectionUrl,
    username: 'neo4j',
    password: instance.password,
    tenant: instance.tenantId,
  };
}

describe('the next run', () => {
  test('gets the database of the previous run, with the credentials that it stored', async () => {
    await using aura = await startKeeping();
    const { scenario, server } = aura;
    const made = await aura.create();
    outputsOf(made);
    const { 'instance-id': id = '', tenant = '', password = '' } = made.outputs;
    expect(server.deployments()).toMatchObject([
      {
        ...keptAs('shop'),
        production_environment: false,
        payload: {
          id,
          scope: tenant,
          sealed: expect.stringMatching(/^aura1\.[\w-]+$/) as string,
        },
        // The console shows no instances of another API.
        statuses: [{ state: 'success' }],
      },
    ]);
    expect(gitHubRequestsOf(server)).toEqual([listing, ...keeping]);

    const job = await aura.startJob();
    const reused = await aura.create({ 'export-env': 'true' }, job);
    expect(outputsOf(reused)).toMatchObject({ status: 'running', created: 'false' });
    expect(reused.outputs).toMatchObject({ changed: 'false' });
    expect(credentialsOf(reused)).toEqual(credentialsOf(made));
    expect(reused.exportedEnv).toMatchObject({ NEO4J_PASSWORD: password });
    expect(changesOf(scenario)).toEqual(['POST /v1/instances 202']);
    expect(gitHubRequestsOf(server).slice(3)).toEqual(looking);
    expect(handedOver(job, reused, 'sealed-credentials')).toMatch(/^aura1\./);
  });

  test('masks the password before it prints or writes anything else', async () => {
    // Only a process leaves a complete trace.
    await using aura = await startKeeping({}, startBundle);
    const instance = aura.seed();
    const { password } = instance;
    aura.keep(instance);
    const job = await aura.startJob({ debug: true });
    const { trace, outputs } = await aura.create({}, job);
    expect(outputs['password']).toBe(password);
    expect(job.masks.values).toContain(password);
    const wrote = trace.findIndex(
      (event) => event.kind === 'command-file' && event.keys.includes('password'),
    );
    const masked = trace.findLastIndex(
      (event) => event.kind === 'stdout' && event.text.startsWith('::add-mask::'),
    );
    const said = trace.findIndex(
      (event) => event.kind === 'stdout' && event.text.includes('Reusing instance'),
    );
    expect(masked).toBeLessThan(wrote);
    expect(wrote).toBeLessThan(said);
  });

  test.each([
    ['paused', 'true', ['POST /v1/instances/{id}/resume 202']],
    ['pausing', 'true', ['POST /v1/instances/{id}/resume 202']],
    ['resuming', 'false', []],
    ['updating', 'false', []],
    ['creating', 'false', []],
  ])('waits until an instance that is %s is running', async (status, changed, changes) => {
    await using aura = await startKeeping();
    const instance = aura.seed(status);
    aura.keep(instance);
    const reused = await aura.create();
    expect(outputsOf(reused)).toMatchObject({ status: 'running', changed, created: 'false' });
    expect(credentialsOf(reused)).toEqual(credentialsOfInstance(instance));
    expect(changesOf(aura.scenario)).toEqual(changes);
    expect(aura.server.deployments()).toHaveLength(1);
  });

  test('does not wait for an instance with wait: false', async () => {
    await using aura = await startKeeping();
    const instance = aura.seed('paused');
    aura.keep(instance);
    const reused = await aura.create({ wait: 'false' });
    expect(outputsOf(reused)).toMatchObject({ status: 'resuming', changed: 'true' });
    expect(credentialsOf(reused)).toMatchObject({ password: instance.password });
  });

  test('creates another instance if the one with the name is being deleted', async () => {
    await using aura = await startKeeping();
    const old = aura.seed('destroying');
    aura.keep(old);
    const made = await aura.create();
    expect(outputsOf(made)).toMatchObject({ created: 'true', status: 'running' });
    expect(made.outputs['password']).not.toBe(old.password);
    expect(gitHubRequestsOf(aura.server)).toEqual([listing, ...keeping, ...retiring]);
    const again = await aura.create();
    outputsOf(again);
    expect(credentialsOf(again)).toEqual(credentialsOf(made));
  });

  test('changes nothing in a dry run', async () => {
    await using aura = await startKeeping();
    aura.keep(aura.seed('paused'));
    const tried = await aura.create({ 'dry-run': 'true' });
    outputsOf(tried);
    expect(tried.log.join('\n')).toMatch(/Dry run: would reuse instance 'shop' .* is paused\./);
    expect(changesOf(aura.scenario)).toEqual([]);
    expect(gitHubRequestsOf(aura.server)).toEqual(looking);
  });

  test('keeps the instance when the job ends, even with delete-after-job', async () => {
    await using aura = await startKeeping();
    aura.keep(aura.seed());
    const job = await aura.startJob();
    outputsOf(await aura.create({ 'delete-after-job': 'true' }, job));
    const [post] = await job.post();
    expect(post).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(changesOf(aura.scenario)).toEqual([]);
    expect(aura.server.deployments()).toHaveLength(1);
  });
});

test('a deployment contains the credentials, but no token', async () => {
  await using aura = await startKeeping();
  const made = await aura.create({ wait: 'false' });
  const { clientId, clientSecret, url } = aura.scenario.simulator;
  const [kept] = aura.server.deployments();
  const bundle = openBundle(
    (kept?.payload as { readonly sealed: string }).sealed,
    secretOf(clientSecret),
    noMask,
  );
  expect(bundle).toEqual({
    instanceId: made.outputs['instance-id'],
    name: 'shop',
    tenantId: made.outputs['tenant'],
    connectionUri: made.outputs['connection-uri'],
    username: made.outputs['username'],
    password: made.outputs['password'],
    createdAt: aura.scenario.simulator.instances()[0]?.createdAt,
    clientId,
    apiOrigin: url,
    token: undefined,
  });
  const handed = openBundle(
    made.outputs['sealed-credentials'] ?? '',
    secretOf(clientSecret),
    noMask,
  );
  expect(handed.token).toBeDefined();
});

describe('sealed credentials in the input', () => {
  test('are enough to reuse an instance, without any store', async () => {
    await using aura = await startKeeping();
    const made = await aura.create({ 'credentials-store': 'none' });
    const sealed = made.outputs['sealed-credentials'] ?? '';
    const inputs = { 'credentials-store': 'none', 'sealed-credentials': sealed };
    const reused = await aura.create(inputs);
    outputsOf(reused);
    expect(credentialsOf(reused)).toEqual(credentialsOf(made));
    expect(changesOf(aura.scenario)).toEqual(['POST /v1/instances 202']);
    expect(aura.server.exchanges).toEqual([]);
  });

  test('are stored for later runs', async () => {
    await using aura = await startKeeping();
    const made = await aura.create({ 'credentials-store': 'none' });
    const sealed = made.outputs['sealed-credentials'] ?? '';
    outputsOf(await aura.create({ 'sealed-credentials': sealed }));
    expect(gitHubRequestsOf(aura.server)).toEqual([listing, listing, ...keeping]);
    const reused = await aura.create();
    outputsOf(reused);
    expect(credentialsOf(reused)).toEqual(credentialsOf(made));
  });

  test('of another instance are ignored, and the stored ones are used', async () => {
    await using aura = await startKeeping();
    const instance = aura.seed();
    aura.keep(instance);
    const other = await aura.create({ name: 'other', 'credentials-store': 'none' });
    const sealed = other.outputs['sealed-credentials'] ?? '';
    const reused = await aura.create({ 'sealed-credentials': sealed });
    outputsOf(reused);
    expect(credentialsOf(reused)).toEqual(credentialsOfInstance(instance));
  });
});

describe('credentials are stored as a deployment', () => {
  const inputs = { operation: 'create', wait: 'false' };

  /** A job of a run that a recorded event started. */
  function jobFor(recording: Recording): JobOptions {
    const { name, ref, payload } = recordedEvent(recording);
    return { event: { name, payload: payload as object }, ref };
  }

  test.each([
    ['the branch, for a push', 'push'],
    ['the head, for a pull request', 'pull-request-opened'],
  ] as const)('of %s', async (_what, recording) => {
    await using aura = await startKeeping();
    const made = await aura.run(inputs, await aura.startJob(jobFor(recording)));
    const { name = '' } = outputsOf(made);
    expect(name).toMatch(/^shop-feature-cart-/);
    expect(aura.server.deployments()).toMatchObject([
      { ref: 'feature/cart', task: `aura:${name}` },
    ]);
  });

  test.each([
    ['a fork, whose branch is not in this repository', 'pull-request-fork'],
    ['a tag', 'push-tag'],
  ] as const)('of the commit, for %s', async (_what, recording) => {
    await using aura = await startKeeping();
    const job = await aura.startJob(jobFor(recording));
    outputsOf(await aura.run({ ...inputs, name: 'shop' }, job));
    expect(aura.server.deployments()).toMatchObject([
      { ref: expect.stringMatching(/^[0-9a-f]{40}$/) as string },
    ]);
  });
});
