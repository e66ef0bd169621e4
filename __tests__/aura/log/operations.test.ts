import { describe, expect, it, onTestFinished } from 'vitest';
import type { SimulatorOptions } from '../../../simulator/aura/simulator.ts';
import type { JobOptions } from '../../../harness/runner/fake-runner.ts';
import { type Scenario, startScenario } from '../in-process/scenario.ts';
import { startTwoServers } from '../operations/recorded-jobs.ts';
import { nameOf } from '../operations/sweep/fleet.ts';
import { logOf } from './log-lines.ts';

async function start(simulator: SimulatorOptions = {}, job: JobOptions = {}): Promise<Scenario> {
  const scenario = await startScenario({ simulator, job });
  onTestFinished(() => scenario.finish());
  return scenario;
}

/** A fixed interval, so that the times in the log are always the same. */
const evenly = { 'poll-interval': '10s' };

function idsOf({ simulator }: Scenario): readonly string[] {
  return simulator.instances().map(({ id }) => id);
}

/** The log of one step on the instance `shop` in a status, and on others. */
async function logWith(
  inputs: Readonly<Record<string, string>>,
  seeds: readonly Parameters<Scenario['simulator']['seedInstance']>[0][] = [{ name: 'shop' }],
): Promise<string> {
  const scenario = await start();
  for (const seed of seeds) scenario.simulator.seedInstance({ type: 'professional-db', ...seed });
  const ids = idsOf(scenario);
  return logOf(await scenario.run({ ...evenly, ...inputs }), ids);
}

describe('the whole log of a step', () => {
  it('that creates an instance', async () => {
    const scenario = await start({}, { filesWithSecrets: ['.env'] });
    const inputs = { operation: 'create', 'export-env': 'true', 'env-file': '.env' };
    const result = await scenario.run({ ...evenly, ...inputs, 'delete-after-job': 'true' });
    expect(logOf(result, idsOf(scenario))).toMatchInlineSnapshot(`
      "Neo4j Aura: create instance 'shop-main-610v7-1ln40'
        Name 'shop-main-610v7-1ln40' (from octo/shop, branch 'main')
        Tenant (project) 'Simulated project' (<uuid>)
        Default tier: free
        Default version: 5
        Default region: europe-west1 on gcp, one of several for tier free. To choose another, set inputs 'region' and 'cloud-provider'; the tenant offers gcp: asia-southeast1, europe-west1, us-central1.
        Default memory: 1GB, the smallest that the tenant offers
      Aura is creating instance 'shop-main-610v7-1ln40' (<id 1>): tier free, version 5, 1GB, gcp europe-west1.
        Outputs: connection-uri, username, password (masked), sealed-credentials
      ##[group]Credentials
      Environment: NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, AURA_INSTANCEID, AURA_INSTANCENAME
      File: .env (readable only by this user, kept out of git)
      ##[endgroup]
      ##[group]Waiting for instance 'shop-main-610v7-1ln40' (<id 1>) to become 'running' (timeout: 20m)
      0s     creating
      30s    still creating
      1m     still creating
      1m 30s still creating
      2m     still creating
      2m 30s still creating
      3m     running
      ##[endgroup]
      ##[notice]Instance 'shop-main-610v7-1ln40' (<id 1>) is running at neo4j+s://<id 1>.databases.neo4j.io. It will be deleted when this job ends."
    `);
    const [post] = await scenario.job.post();
    if (post === undefined) throw new Error('no post step');
    expect(logOf(post, [result.outputs['instance-id'] ?? ''])).toMatchInlineSnapshot(`
      "Post job cleanup.
      Aura has accepted the request to delete instance 'shop-main-610v7-1ln40' (<id 1>)."
    `);
  });

  it('that creates one with all values and does not wait', async () => {
    const scenario = await start();
    const place = { region: 'europe-west1', 'cloud-provider': 'gcp' };
    const inputs = { name: 'shop', tier: 'professional', memory: '2GB', version: '5', ...place };
    const result = await scenario.run({ operation: 'create', wait: 'false', ...inputs });
    expect(logOf(result, idsOf(scenario))).toMatchInlineSnapshot(`
      "Neo4j Aura: create instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
      Aura is creating instance 'shop' (<id 1>): tier professional, version 5, 2GB, gcp europe-west1.
        Outputs: connection-uri, username, password (masked), sealed-credentials
      ##[notice]Instance 'shop' (<id 1>) is creating at neo4j+s://<id 1>.databases.neo4j.io. It will not be deleted automatically; use operation 'delete'."
    `);
  });

  it('that reuses a paused one', async () => {
    const seeds = [{ name: 'shop', status: 'paused' }];
    const inputs = { operation: 'create', name: 'shop', password: 'letMeIn-0123' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot(`
      "Neo4j Aura: create instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
      Reusing instance 'shop' (<id 1>), which is paused.
        Outputs: connection-uri, username, password (masked), sealed-credentials
      ##[group]Waiting for instance 'shop' (<id 1>) to become 'running' (timeout: 20m)
      0s     resuming
      30s    still resuming
      1m     still resuming
      1m 30s still resuming
      2m     still resuming
      2m 30s still resuming
      3m     still resuming
      3m 30s still resuming
      4m     running
      ##[endgroup]
      ##[notice]Instance 'shop' (<id 1>) is running at neo4j+s://<id 1>.databases.neo4j.io. It will not be deleted automatically; use operation 'delete'."
    `);
  });

  it('that gets one', async () => {
    expect(await logWith({ operation: 'get', name: 'shop' })).toMatchInlineSnapshot(`
      "Neo4j Aura: get instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
      Instance 'shop' (<id 1>) is running."
    `);
  });

  it('that polls one', async () => {
    const seeds = [{ name: 'shop', status: 'creating' }];
    expect(await logWith({ operation: 'poll', name: 'shop' }, seeds)).toMatchInlineSnapshot(`
      "Neo4j Aura: poll instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Waiting until no operation is in progress for instance 'shop' (<id 1>) (timeout: 20m)
      0s     creating
      30s    still creating
      1m     still creating
      1m 30s still creating
      2m     still creating
      2m 30s still creating
      3m     running
      ##[endgroup]
      Instance 'shop' (<id 1>) is running."
    `);
  });

  it('that pauses one, in the middle of a poll interval of 70 seconds', async () => {
    const inputs = { operation: 'pause', name: 'shop', 'poll-interval': '70s' };
    expect(await logWith(inputs)).toMatchInlineSnapshot(`
      "Neo4j Aura: pause instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Waiting for instance 'shop' (<id 1>) to become 'paused' (timeout: 20m)
      0s     pausing
      30s    still pausing
      1m     still pausing
      1m 30s still pausing
      2m     still pausing
      2m 20s paused
      ##[endgroup]
      Instance 'shop' (<id 1>) is paused."
    `);
  });

  it('that resumes one', async () => {
    const seeds = [{ name: 'shop', status: 'paused' }];
    expect(await logWith({ operation: 'resume', name: 'shop' }, seeds)).toMatchInlineSnapshot(`
      "Neo4j Aura: resume instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Waiting for instance 'shop' (<id 1>) to become 'running' (timeout: 20m)
      0s     resuming
      30s    still resuming
      1m     still resuming
      1m 30s still resuming
      2m     still resuming
      2m 30s still resuming
      3m     still resuming
      3m 30s still resuming
      4m     running
      ##[endgroup]
      ##[notice]Instance 'shop' (<id 1>) is running at neo4j+s://<id 1>.databases.neo4j.io. It will not be deleted automatically; use operation 'delete'."
    `);
  });

  it('that resizes and renames one that is busy', async () => {
    const seeds = [{ name: 'shop', status: 'updating', memory: '2GB', storage: '4GB' }];
    const inputs = { operation: 'resize', name: 'shop', memory: '4GB', 'new-name': 'store' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot(`
      "Neo4j Aura: resize instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Waiting until Aura accepts the request to resize instance 'shop' (<id 1>) (timeout: 20m)
      0s     waiting, because its status is 'updating'
      30s    still waiting, because its status is 'updating'
      1m     still waiting, because its status is 'updating'
      1m 30s still waiting, because its status is 'updating'
      2m     still waiting, because its status is 'updating'
      2m 30s still waiting, because its status is 'updating'
      ##[endgroup]
      ##[group]Waiting for instance 'shop' (<id 1>) to become 'running' with memory 4GB (timeout: 20m)
      0s     updating
      30s    still updating
      1m     still updating
      1m 30s still updating
      2m     still updating
      2m 30s still updating
      3m     still updating
      3m 10s running
      ##[endgroup]
      Instance 'shop' (<id 1>) is set to memory 4GB.
      Instance 'shop' (<id 1>) is renamed to 'store'."
    `);
  });

  it('that takes a snapshot', async () => {
    expect(await logWith({ operation: 'snapshot', name: 'shop' })).toMatchInlineSnapshot(`
      "Neo4j Aura: snapshot instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Waiting for snapshot <uuid> of instance 'shop' (<id 1>) to be completed (timeout: 20m)
      0s     requested
      10s    pending
      20s    in progress
      50s    still in progress
      1m     completed
      ##[endgroup]
      Snapshot <uuid> of instance 'shop' (<id 1>) is completed."
    `);
  });

  it('that restores the latest snapshot', async () => {
    const scenario = await start();
    const { id } = scenario.simulator.seedInstance({ name: 'shop', type: 'professional-db' });
    scenario.simulator.seedSnapshot(id, {});
    const inputs = { operation: 'restore', name: 'shop', 'snapshot-id': 'latest' };
    const log = logOf(await scenario.run({ ...evenly, ...inputs }), [id]);
    expect(log.replace(/\d{4}-\d\d-\d\d/g, '<date>')).toMatchInlineSnapshot(`
      "Neo4j Aura: restore instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
      The latest snapshot of instance 'shop' (<id 1>) is <uuid> of <date>.
      ##[group]Waiting for instance 'shop' (<id 1>) to become 'running' again (timeout: 20m)
      0s     restoring
      30s    still restoring
      1m     still restoring
      1m 30s still restoring
      2m     still restoring
      2m 30s still restoring
      3m     running
      ##[endgroup]
      Instance 'shop' (<id 1>) is restored from snapshot <uuid>."
    `);
  });

  it('that overwrites one with another', async () => {
    const scenario = await start();
    const [, source = ''] = ['shop', 'production'].map(
      (name) => scenario.simulator.seedInstance({ name, type: 'professional-db' }).id,
    );
    const inputs = { operation: 'overwrite', name: 'shop', 'source-instance-id': source };
    const result = await scenario.run({ ...evenly, ...inputs });
    expect(logOf(result, idsOf(scenario))).toMatchInlineSnapshot(`
      "Neo4j Aura: overwrite instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Waiting for instance 'shop' (<id 1>) to become 'running' again (timeout: 20m)
      0s     overwriting
      30s    still overwriting
      1m     still overwriting
      1m 30s still overwriting
      2m     loading
      2m 30s still loading
      3m     still loading
      3m 30s still loading
      4m     running
      ##[endgroup]
      Instance 'shop' (<id 1>) is overwritten with instance 'production' (<id 2>)."
    `);
  });

  it('that deletes one', async () => {
    expect(await logWith({ operation: 'delete', name: 'shop' })).toMatchInlineSnapshot(`
      "Neo4j Aura: delete instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Waiting for instance 'shop' (<id 1>) to become 'deleted' (timeout: 20m)
      0s     destroying
      30s    still destroying
      1m     deleted
      ##[endgroup]
      Instance 'shop' (<id 1>) is deleted."
    `);
  });

  it('that pauses several, of which one is paused already', async () => {
    const seeds = [{ name: 'ci-a' }, { name: 'ci-b', status: 'paused' }, { name: 'ci-c' }];
    const inputs = { operation: 'pause', 'name-pattern': 'ci-*' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot(`
      "Neo4j Aura: pause the instances that match 'ci-*'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Pausing 3 instances
      ci-b (<id 2>): already paused.
      ci-a (<id 1>): pausing.
      ci-c (<id 3>): pausing.
      30s    1 of 3 done, 2 pausing.
      1m     1 of 3 done, 2 pausing.
      1m 30s 1 of 3 done, 2 pausing.
      ci-c (<id 3>): paused, after 2m.
      2m     2 of 3 done, 1 pausing.
      ci-a (<id 1>): paused, after 2m 10s.
      ##[endgroup]
      ##[notice]Paused 2 instances: 'ci-a' (<id 1>), 'ci-c' (<id 3>)."
    `);
  });

  it('that deletes several', async () => {
    const seeds = [{ name: 'ci-a' }, { name: 'ci-b' }];
    const inputs = { operation: 'delete', 'name-pattern': 'ci-*' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot(`
      "Neo4j Aura: delete the instances that match 'ci-*'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Deleting 2 instances
      ci-a (<id 1>): destroying.
      ci-b (<id 2>): destroying.
      30s    0 of 2 done, 2 destroying.
      1m     0 of 2 done, 2 destroying.
      ci-a (<id 1>): deleted, after 1m 10s.
      ci-b (<id 2>): deleted, after 1m 10s.
      ##[endgroup]
      ##[notice]Deleted 2 instances: 'ci-a' (<id 1>), 'ci-b' (<id 2>)."
    `);
  });

  it('that would delete several', async () => {
    const seeds = [{ name: 'ci-a' }, { name: 'ci-b' }];
    const inputs = { operation: 'delete', 'name-pattern': 'ci-*', 'dry-run': 'true' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot(`
      "Neo4j Aura: delete the instances that match 'ci-*' (dry run: nothing is changed)
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Deleting 2 instances
      ci-a (<id 1>): would be deleted.
      ci-b (<id 2>): would be deleted.
      ##[endgroup]
      ##[notice]Dry run: would delete 2 instances: 'ci-a' (<id 1>), 'ci-b' (<id 2>)."
    `);
  });

  it('that gets several', async () => {
    const seeds = [{ name: 'ci-a' }, { name: 'ci-b', status: 'paused' }];
    const inputs = { operation: 'get', 'name-pattern': 'ci-*' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot(`
      "Neo4j Aura: get the instances that match 'ci-*'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Reading 2 instances
      Instance 'ci-a' (<id 1>): running.
      Instance 'ci-b' (<id 2>): paused.
      ##[endgroup]
      2 instances: 1 running, 1 paused."
    `);
  });

  it('that sweeps', async () => {
    await using world = await startTwoServers();
    world.server.putPullRequest({ number: 7, branch: 'open' });
    const ids = [nameOf('gone'), nameOf('open'), 'production'].map((name) => world.seed(name));
    const result = await world.run('schedule', { ...evenly, operation: 'sweep' });
    expect(logOf(result, ids)).toMatchInlineSnapshot(`
      "Neo4j Aura: sweep (delete the stale instances of octo/shop)
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Checking 2 instances
      Instance 'shop-gone-610v7-50trj' (<id 1>) is stale: no open pull request needs it.
      Instance 'shop-open-610v7-4d4fj' (<id 2>) is kept: pull request #7 is open.
      ##[endgroup]
      ##[group]Deleting 1 instance
      shop-gone-610v7-50trj (<id 1>): destroying.
      30s    0 of 1 done, 1 destroying.
      1m     0 of 1 done, 1 destroying.
      shop-gone-610v7-50trj (<id 1>): deleted, after 1m 10s.
      ##[endgroup]
      ##[notice]Deleted 1 instance: 'shop-gone-610v7-50trj' (<id 1>)."
    `);
    expect(result.summary.replace(/`[0-9a-f]{8}`/g, '`<id>`')).toMatchInlineSnapshot(`
      "### Neo4j Aura: sweep deleted 1 of 2 instances

      | Instance | Id | Age | Decision | Reason |
      | :--- | :--- | ---: | :--- | :--- |
      | \`shop-gone-610v7-50trj\` | \`<id>\` | 1m | deleted | no open pull request needs it |
      | \`shop-open-610v7-4d4fj\` | \`<id>\` | 1m | kept | pull request \`#7\` is open |

      <details><summary>1 instance was not considered</summary>

      | Instance | Id | Reason |
      | :--- | :--- | :--- |
      | \`production\` | \`<id>\` | its name is not that of a branch of this repository |

      </details>

      Deleted instances cannot be restored.

      <sub>1m 10s in total · 12 requests to Aura, 1 of them for an access token</sub>

      "
    `);
  });

  it("that follows the event with 'auto'", async () => {
    const scenario = await start();
    const result = await scenario.run({ operation: 'auto', wait: 'false' });
    expect(logOf(result, idsOf(scenario))).toMatchInlineSnapshot(`
      "Neo4j Aura: create instance 'shop-main-610v7-1ln40'
        Operation 'create' follows from event 'push' on 'refs/heads/main'.
        Name 'shop-main-610v7-1ln40' (from octo/shop, branch 'main')
        Tenant (project) 'Simulated project' (<uuid>)
        Default tier: free
        Default version: 5
        Default region: europe-west1 on gcp, one of several for tier free. To choose another, set inputs 'region' and 'cloud-provider'; the tenant offers gcp: asia-southeast1, europe-west1, us-central1.
        Default memory: 1GB, the smallest that the tenant offers
      Aura is creating instance 'shop-main-610v7-1ln40' (<id 1>): tier free, version 5, 1GB, gcp europe-west1.
        Outputs: connection-uri, username, password (masked), sealed-credentials
      ##[notice]Instance 'shop-main-610v7-1ln40' (<id 1>) is creating at neo4j+s://<id 1>.databases.neo4j.io. It will not be deleted automatically; use operation 'delete'."
    `);
  });
});

describe('the whole log of a step that fails', () => {
  it('at the timeout', async () => {
    const seeds = [{ name: 'shop', status: 'creating' }];
    const inputs = { operation: 'poll', name: 'shop', timeout: '40s' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot(`
      "Neo4j Aura: poll instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Waiting until no operation is in progress for instance 'shop' (<id 1>) (timeout: 40s)
      0s     creating
      30s    still creating
      ##[endgroup]
      ##[error]Instance 'shop' (<id 1>) still had an operation in progress after 40s (input 'timeout'); its last status was 'creating'. The instance still exists: increase 'timeout' and run operation 'poll' on it, or delete it with operation 'delete' and instance-id '<id 1>' if no other job uses it."
    `);
  });

  it('because Aura refuses', async () => {
    const scenario = await start();
    const { id } = scenario.simulator.seedInstance({ name: 'shop' });
    const fault = {
      kind: 'status',
      status: 403,
      headers: { 'x-request-id': 'abc-123' },
      body: { errors: [{ message: 'Insufficient permissions', reason: 'unauthorized' }] },
    } as const;
    scenario.simulator.addFault({ match: { path: '/pause$' }, times: 'always', fault });
    const result = await scenario.run({ operation: 'pause', name: 'shop' });
    expect(logOf(result, [id])).toMatchInlineSnapshot(`
      "Neo4j Aura: pause instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[error]Could not pause instance 'shop' (<id 1>): Aura answered 403 'Insufficient permissions' (unauthorized). The user of 'client-id' must have the role Project Member or Project Admin in the tenant (project).
      For support: POST /v1/instances/<id 1>/pause, request id abc-123"
    `);
  });

  it('because it was cancelled while it waited', async () => {
    const scenario = await start();
    const inputs = { operation: 'create', name: 'shop', ...evenly };
    const result = await scenario.run(inputs, { cancel: { when: (step) => step.sleep(45_000) } });
    expect(logOf(result, idsOf(scenario))).toMatchInlineSnapshot(`
      "Neo4j Aura: create instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
        Default tier: free
        Default version: 5
        Default region: europe-west1 on gcp, one of several for tier free. To choose another, set inputs 'region' and 'cloud-provider'; the tenant offers gcp: asia-southeast1, europe-west1, us-central1.
        Default memory: 1GB, the smallest that the tenant offers
      Aura is creating instance 'shop' (<id 1>): tier free, version 5, 1GB, gcp europe-west1.
        Outputs: connection-uri, username, password (masked), sealed-credentials
      ##[group]Waiting for instance 'shop' (<id 1>) to become 'running' (timeout: 20m)
      0s     creating
      30s    still creating
      ##[endgroup]
      ##[error]The step was cancelled (SIGINT). Instance 'shop' (<id 1>) was created. It will not be deleted automatically: use operation 'delete' with instance-id '<id 1>', or set 'delete-after-job'."
    `);
  });

  it('before its inputs are valid', async () => {
    const scenario = await start();
    expect(
      logOf(await scenario.run({ operation: 'pause', 'instance-id': 'x' })),
    ).toMatchInlineSnapshot(
      `"##[error]Input 'instance-id' is 'x'; expected an instance id of 8 hexadecimal digits such as 3fb7870d. To use a name, set 'name' instead."`,
    );
  });

  it('because Aura answers nothing for a while, then never', async () => {
    const scenario = await start();
    scenario.simulator.addFault({
      match: { operation: 'listTenants' },
      times: 'always',
      fault: { kind: 'status', status: 503, headers: { 'retry-after': '20' }, body: {} },
    });
    const result = await scenario.run({ operation: 'get', name: 'shop' });
    expect(logOf(result).replace(/retrying in \d+s/g, 'retrying in <time>')).toMatchInlineSnapshot(`
      "Neo4j Aura: get instance 'shop'
      Aura answered 503; retrying in <time> (attempt 2 of 8).
      Aura answered 503; retrying in <time> (attempt 3 of 8).
      Aura answered 503; retrying in <time> (attempt 4 of 8).
      Aura answered 503; retrying in <time> (attempt 5 of 8).
      Aura answered 503; retrying in <time> (attempt 6 of 8).
      Aura answered 503; retrying in <time> (attempt 7 of 8).
      Aura answered 503; retrying in <time> (attempt 8 of 8).
      ##[error]Could not get instance 'shop': Aura answered 503. This is a problem on Aura's side; try again later."
    `);
  });

  it('because Aura refuses the create', async () => {
    const scenario = await start({ instanceQuota: 1 });
    const { id } = scenario.simulator.seedInstance({ name: 'other', type: 'free-db' });
    const result = await scenario.run({ operation: 'create', name: 'shop' });
    const log = logOf(result, [id]).replace(/request id \S+/, 'request id <request>');
    expect(log).toMatchInlineSnapshot(`
      "Neo4j Aura: create instance 'shop'
        Tenant (project) 'Simulated project' (<uuid>)
        Default tier: free
        Default version: 5
        Default region: europe-west1 on gcp, one of several for tier free. To choose another, set inputs 'region' and 'cloud-provider'; the tenant offers gcp: asia-southeast1, europe-west1, us-central1.
        Default memory: 1GB, the smallest that the tenant offers
      ##[error]Could not create instance 'shop': Aura answered 405 'Instance limit reached' (instance-limit-reached). An account can have one Free instance. These credentials can access 'other' (<id 1>). If it has this tier and nobody needs it, delete it with operation 'delete' and 'instance-id'; otherwise set another 'tier'.
      For support: POST /v1/instances, request id <request>"
    `);
  });

  it('because several instances are not paused at the timeout', async () => {
    const seeds = [{ name: 'ci-a' }, { name: 'ci-b', status: 'paused' }, { name: 'ci-c' }];
    const inputs = { operation: 'pause', 'name-pattern': 'ci-*', timeout: '40s' };
    expect(await logWith(inputs, seeds)).toMatchInlineSnapshot(`
      "Neo4j Aura: pause the instances that match 'ci-*'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Pausing 3 instances
      ci-b (<id 2>): already paused.
      ci-a (<id 1>): pausing.
      ci-c (<id 3>): pausing.
      30s    1 of 3 done, 2 pausing.
      ##[endgroup]
      ##[error]Could not pause 2 of 3 instances:
      Instance 'ci-a' (<id 1>) was not 'paused' after 40s (input 'timeout'); its last status was 'pausing'. Aura continues with the change: wait for its end with operation 'poll', instance-id '<id 1>' and 'wait-for: paused', or increase 'timeout'.
      Instance 'ci-c' (<id 3>) was not 'paused' after 40s (input 'timeout'); its last status was 'pausing'. Aura continues with the change: wait for its end with operation 'poll', instance-id '<id 3>' and 'wait-for: paused', or increase 'timeout'."
    `);
  });

  it('because it was cancelled while it paused several', async () => {
    const scenario = await start();
    for (const name of ['ci-a', 'ci-b']) {
      scenario.simulator.seedInstance({ name, type: 'professional-db' });
    }
    const inputs = { ...evenly, operation: 'pause', 'name-pattern': 'ci-*' };
    const result = await scenario.run(inputs, { cancel: { when: (step) => step.sleep(45_000) } });
    expect(logOf(result, idsOf(scenario))).toMatchInlineSnapshot(`
      "Neo4j Aura: pause the instances that match 'ci-*'
        Tenant (project) 'Simulated project' (<uuid>)
      ##[group]Pausing 2 instances
      ci-a (<id 1>): pausing.
      ci-b (<id 2>): pausing.
      30s    0 of 2 done, 2 pausing.
      ##[endgroup]
      ##[error]The step was cancelled (SIGINT). Requests that Aura has already accepted continue; no new ones are sent. Run the step again to be sure of the result."
    `);
  });
});
