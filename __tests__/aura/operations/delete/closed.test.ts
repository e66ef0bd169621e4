import { describe, expect, it } from 'vitest';
import { instanceName } from '../../../../src/aura/inputs/naming.ts';
import type { StepResult } from '../../../../harness/runner/fake-runner.ts';
import type { OrderedAnswer } from '../../../../harness/github/server.ts';
import { jobFor, startTwoServers, type TwoServers } from '../recorded-jobs.ts';
import { changesOf, instancesOf, outputsOf } from '../../../../harness/world/support.ts';

const own = { name: 'feature/cart', owner: undefined };
const plain = instanceName('octo/shop', own);
const suffixed = instanceName('octo/shop', own, 'ds');
const fork = instanceName('octo/shop', { name: 'feature/cart', owner: 'contributor' });
/** The events' `closed_at` is 2026-03-03T16:40:12Z. */
const before = '2026-03-03T16:40:12Z';
const after = '2026-03-03T16:40:12.001Z';

function noticesOf(result: StepResult): readonly string[] {
  expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, stderr: '' });
  return result.annotations.map(({ level, message }) => `${level}: ${message}`);
}

function questionsOf({ server }: TwoServers): readonly string[] {
  return server.exchanges
    .map(({ path, query }) =>
      `${path.replace('/repos/octo/shop', '')} ${query['head'] ?? ''}`.trim(),
    )
    .toSorted();
}

describe('delete for a closed pull request', () => {
  it.each([before, after])(
    'deletes an instance created at %s if GitHub says that it is closed',
    async (createdAt) => {
      await using servers = await startTwoServers();
      servers.server.putPullRequest({ number: 42, branch: 'feature/cart', state: 'closed' });
      servers.seed(plain, createdAt);
      servers.seed(suffixed, createdAt);
      outputsOf(await servers.run('pull-request-closed'));
      expect(servers.ids()).toEqual([]);
      expect(questionsOf(servers)).toEqual(['/pulls octo:feature/cart', '/pulls/42']);
    },
  );

  it('does not ask GitHub if the branch has no instance', async () => {
    await using servers = await startTwoServers();
    servers.seed(fork);
    outputsOf(await servers.run('pull-request-closed'));
    expect(questionsOf(servers)).toEqual([]);
    expect(servers.ids()).toHaveLength(1);
  });

  it('does not ask GitHub if the step names the instance, or for another event', async () => {
    await using servers = await startTwoServers();
    servers.server.putPullRequest({ number: 42, branch: 'feature/cart' });
    const id = servers.seed('shop');
    servers.seed('store');
    servers.seed(plain);
    outputsOf(await servers.run('pull-request-closed', { 'instance-id': id }));
    outputsOf(await servers.run('pull-request-closed', { name: 'store' }));
    outputsOf(await servers.run('delete-branch'));
    expect(questionsOf(servers)).toEqual([]);
    expect(servers.ids()).toEqual([]);
  });

  it('keeps everything, with a notice, if the pull request is open again', async () => {
    await using servers = await startTwoServers();
    servers.server.putPullRequest({ number: 42, branch: 'feature/cart' });
    const ids = [plain, suffixed].map((name) => servers.seed(name, before));
    const result = await servers.run('pull-request-closed');
    expect(noticesOf(result)).toEqual([
      `notice: Instance '${plain}' (${ids[0] ?? ''}), instance '${suffixed}' (${ids[1] ?? ''}) are kept: pull request #42 is open.`,
    ]);
    expect(servers.ids()).toEqual(ids);
    expect(result.outputs).toEqual({
      operation: 'delete',
      skipped: 'false',
      changed: 'false',
      tenant: servers.scenario.simulator.tenantId,
      instances: JSON.stringify([
        { id: ids[0], name: plain, changed: false },
        { id: ids[1], name: suffixed, changed: false },
      ]),
    });
  });

  it('also keeps a single one, with and without dry-run', async () => {
    await using servers = await startTwoServers();
    servers.server.putPullRequest({ number: 42, branch: 'feature/cart' });
    const id = servers.seed(plain, before);
    for (const dryRun of ['true', 'false']) {
      const result = await servers.run('pull-request-closed', { 'dry-run': dryRun });
      expect(noticesOf(result)).toEqual([
        `notice: Instance '${plain}' (${id}) is kept: pull request #42 is open.`,
      ]);
      expect(result.outputs).toMatchObject({ 'instance-id': id, name: plain, changed: 'false' });
      expect(result.outputs['status']).toBeUndefined();
    }
    expect(servers.ids()).toEqual([id]);
    expect(changesOf(servers.scenario)).toEqual([]);
  });

  it('keeps the instance of another open pull request with the same head', async () => {
    await using servers = await startTwoServers();
    servers.server.putPullRequest({ number: 42, branch: 'feature/cart', state: 'closed' });
    servers.server.putPullRequest({ number: 57, branch: 'feature/cart' });
    const id = servers.seed(plain, before);
    expect(noticesOf(await servers.run('pull-request-closed'))).toEqual([
      `notice: Instance '${plain}' (${id}) is kept: open pull request #57 has the same head branch.`,
    ]);
    expect(servers.ids()).toEqual([id]);
  });

  it('ignores other heads, other states, and other repositories of the owner', async () => {
    await using servers = await startTwoServers();
    const { server } = servers;
    server.putPullRequest({ number: 42, branch: 'feature/cart', state: 'closed' });
    server.putPullRequest({ number: 51, branch: 'feature/cart', from: 'contributor/shop' });
    server.putPullRequest({ number: 52, branch: 'feature/cart', from: 'octo/shop-copy' });
    server.putPullRequest({ number: 53, branch: 'feature/cart', state: 'closed' });
    server.putPullRequest({ number: 54, branch: 'feature/carts' });
    servers.seed(plain, before);
    outputsOf(await servers.run('pull-request-closed'));
    expect(servers.ids()).toEqual([]);
  });

  it('of a fork asks about the branch of the fork, not the one with the same name here', async () => {
    await using servers = await startTwoServers();
    const { server } = servers;
    server.putPullRequest({ number: 43, branch: 'feature/cart', from: null, state: 'closed' });
    server.putPullRequest({ number: 57, branch: 'feature/cart' });
    const ours = servers.seed(plain, before);
    servers.seed(fork, before);
    outputsOf(await servers.run('pull-request-fork-closed'));
    expect(servers.ids()).toEqual([ours]);
    expect(questionsOf(servers)).toEqual(['/pulls contributor:feature/cart', '/pulls/43']);
  });

  it('of a fork keeps the instance of another open pull request of that fork', async () => {
    await using servers = await startTwoServers();
    const from = 'Contributor/shop';
    servers.server.putPullRequest({ number: 43, branch: 'feature/cart', from, state: 'closed' });
    servers.server.putPullRequest({ number: 58, branch: 'feature/cart', from });
    const id = servers.seed(fork, before);
    expect(noticesOf(await servers.run('pull-request-fork-closed'))).toEqual([
      `notice: Instance '${fork}' (${id}) is kept: open pull request #58 has the same head branch.`,
    ]);
    expect(servers.ids()).toEqual([id]);
  });
});

describe('if GitHub cannot be asked, delete for a closed pull request', () => {
  const documentation_url = 'https://docs.github.com/rest';
  const permission =
    "Add 'permissions: pull-requests: read' to the job, or set another 'github-token'.";
  const refused: OrderedAnswer['answer'] = {
    status: 403,
    body: { message: 'Resource not accessible by integration', documentation_url },
  };

  it.each<[what: string, inputs: Record<string, string>, answer: OrderedAnswer['answer'], RegExp]>([
    ['without permission', {}, refused, new RegExp(permission.slice(0, 40))],
    ['after an error page', {}, { status: 502, body: '<html>' }, /GitHub answered 502/],
    [
      'after a page instead of JSON',
      {},
      { status: 200, body: '<html>' },
      /GitHub's response is not a pull request\./,
    ],
    ['after a reset', {}, 'reset', /\. \S+/],
    [
      'without a token',
      { 'github-token': '' },
      refused,
      /Input 'github-token' is empty\. Remove the input/,
    ],
  ])(
    'deletes older instances, %s, and keeps newer ones, with warnings',
    async (_what, inputs, answer, why) => {
      await using servers = await startTwoServers();
      servers.server.putPullRequest({ number: 42, branch: 'feature/cart' });
      servers.server.order({ answer, times: 9 });
      const older = servers.seed(plain, before);
      const newer = servers.seed(suffixed, after);
      // The fake runner replaces an empty input by its token, the default in action.yml.
      const result = await servers.run('pull-request-closed', inputs, {
        ...(inputs['github-token'] === '' ? { githubToken: '' } : {}),
      });
      const [kept = '', deleted = '', ...more] = noticesOf(result);
      expect(more).toEqual([`notice: Deleted 1 instance: '${plain}' (${older}).`]);
      expect(kept).toContain(
        `warning: Instance '${suffixed}' (${newer}) is kept: it was created after pull request #42 was closed, and GitHub could not be asked whether it is open again. `,
      );
      expect(kept).toContain(
        `If the instance is not needed, delete it with operation 'delete' and instance-id '${newer}'.`,
      );
      expect(deleted).toContain(
        `warning: Could not ask GitHub whether pull request #42 is open again or whether another open pull request uses branch 'feature/cart' before deleting instance '${plain}' (${older}). `,
      );
      for (const text of [kept, deleted]) expect(text).toMatch(why);
      expect(servers.ids()).toEqual([newer]);
      expect(instancesOf(result)).toEqual([
        { id: older, name: plain, status: 'deleted', changed: true },
        { id: newer, name: suffixed, changed: false },
      ]);
    },
  );

  it('about other pull requests deletes the instance, with a warning', async () => {
    await using servers = await startTwoServers();
    servers.server.putPullRequest({ number: 42, branch: 'feature/cart', state: 'closed' });
    servers.server.order({ path: /pulls$/, answer: refused });
    const id = servers.seed(plain, after);
    expect(noticesOf(await servers.run('pull-request-closed'))).toEqual([
      `warning: Could not ask GitHub whether another open pull request uses branch 'feature/cart' before deleting instance '${plain}' (${id}). GitHub answered 403 (Resource not accessible by integration - ${documentation_url}). ${permission}`,
    ]);
    expect(servers.ids()).toEqual([]);
  });

  it('about this one keeps the instance for another that is open', async () => {
    await using servers = await startTwoServers();
    servers.server.putPullRequest({ number: 57, branch: 'feature/cart' });
    servers.server.order({ path: /pulls\/42$/, answer: refused });
    const id = servers.seed(plain, before);
    expect(noticesOf(await servers.run('pull-request-closed'))[0]).toMatch(/^notice: .*#57/);
    expect(servers.ids()).toEqual([id]);
  });

  it('about this one keeps the instance if the list shows it as open', async () => {
    await using servers = await startTwoServers();
    servers.server.putPullRequest({ number: 42, branch: 'feature/cart' });
    servers.server.order({ path: /pulls\/42$/, answer: refused });
    const id = servers.seed(plain, before);
    expect(noticesOf(await servers.run('pull-request-closed'))).toEqual([
      `notice: Instance '${plain}' (${id}) is kept: pull request #42 is open.`,
    ]);
    expect(servers.ids()).toEqual([id]);
  });

  it('and Aura does not say when the instance was created, keeps it', async () => {
    await using servers = await startTwoServers({ pullRequests: 'none' });
    const id = servers.seed(plain, before);
    const { simulator } = servers.scenario;
    const entry = { id, name: plain, tenant_id: simulator.tenantId, cloud_provider: 'gcp' };
    const headers = { 'content-type': 'application/json' };
    const fault = { kind: 'status', status: 200, headers, body: { data: [entry] } } as const;
    simulator.addFault({ match: { operation: 'listInstances' }, times: 'always', fault });
    const [kept, ...more] = noticesOf(await servers.run('pull-request-closed'));
    expect(more).toEqual([]);
    expect(kept).toMatch(/ is kept: it may have been created after pull request #42 was closed/);
    expect(servers.ids()).toEqual([id]);
  });

  it('and the event has neither its time nor its number, deletes the instance', async () => {
    await using servers = await startTwoServers();
    servers.seed(plain, after);
    const head = { ref: 'feature/cart', repo: { full_name: 'octo/shop' } };
    const payload = { action: 'closed', pull_request: { head, base: { ref: 'main' } } };
    const event = { name: 'pull_request', payload };
    const result = await servers.run(
      'pull-request-closed',
      {},
      {
        event,
        env: { GITHUB_API_URL: servers.server.url },
      },
    );
    expect(noticesOf(result)).toEqual([
      expect.stringMatching(
        /^warning: Could not ask GitHub whether the pull request is open again before deleting .* The event does not contain its number\.$/,
      ),
    ]);
    expect(servers.ids()).toEqual([]);
  });
});

describe('a fork that closes its pull request', () => {
  it("never deletes the default branch's instance, even with a branch of the same name", async () => {
    await using servers = await startTwoServers();
    const main = instanceName('octo/shop', { name: 'main', owner: undefined });
    const id = servers.seed(main);
    const gone = servers.seed(instanceName('octo/shop', { name: 'main', owner: 'contributor' }));
    servers.server.putPullRequest({ number: 43, branch: 'main', from: null, state: 'closed' });
    const job = jobFor('pull-request-fork-closed', 'main');
    const env = { GITHUB_API_URL: servers.server.url };
    const result = await servers.run('pull-request-fork-closed', {}, { ...job, env });
    expect(outputsOf(result)).toMatchObject({ 'instance-id': gone, changed: 'true' });
    expect(servers.ids()).toEqual([id]);
  });
});
