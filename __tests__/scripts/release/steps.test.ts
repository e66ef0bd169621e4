import { describe, expect, it } from 'vitest';

import { startGitHub, type GitHubServer } from '../../../harness/github/server.ts';
import { createGitHub } from '../../../scripts/release/github.ts';
import { check, draft, publish } from '../../../scripts/release/steps.ts';
import { parseVersion } from '../../../scripts/release/version.ts';

interface Releasing {
  readonly server: GitHubServer;
  /** An earlier commit, this one, and one beside it. */
  readonly commits: { readonly before: string; readonly here: string; readonly beside: string };
  readonly printed: string[];
  readonly run: (step: typeof check, version?: string, sha?: string) => Promise<void>;
  readonly tag: (name: string, sha: string, type?: 'commit' | 'tag') => void;
  /** Called right before GitHub does what a request asks for. */
  readonly before: (listener: (request: string) => void) => void;
  [Symbol.asyncDispose](): Promise<void>;
}

async function start(
  contents: 'read' | 'write' = 'write',
  ref = 'refs/heads/main',
): Promise<Releasing> {
  let listen: (request: string) => void = () => undefined;
  const server = await startGitHub({
    contents,
    onRequest: ({ method, path }) => {
      listen(`${method} ${path}`);
    },
  });
  const before = server.git.commit('before');
  const here = server.git.commit('here', [before]);
  const beside = server.git.commit('beside', [before]);
  const printed: string[] = [];
  const github = createGitHub({ apiUrl: server.url, repository: 'octo/shop', token: 'ghs_1' });
  return {
    server,
    commits: { before, here, beside },
    printed,
    run: (step, wanted = '1.2.3', sha = here) => {
      const version = parseVersion(wanted);
      if (version === undefined) throw new Error(wanted);
      const print = (line: string): void => {
        printed.push(line);
      };
      return step({ sha, ref, checkout: { version, notes: 'News.' }, github, print });
    },
    tag: (name, sha, type = 'commit') => {
      server.git.putTag(name, { sha, type });
    },
    before: (listener) => {
      listen = listener;
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** All requests that change something. */
function changesIn({ server }: Releasing): readonly string[] {
  return server.exchanges
    .filter(({ method }) => method !== 'GET')
    .map(
      ({ method, path }) =>
        `${method} ${decodeURIComponent(path.slice('/repos/octo/shop'.length))}`,
    );
}

describe('a release', () => {
  it('is drafted for its commit, then published, and the major tag moves to it', async () => {
    await using releasing = await start();
    const { server, commits, run, tag } = releasing;
    tag('v1.2.2', commits.before);
    tag('v1', commits.before);
    for (const step of [check, draft]) await run(step);
    expect(server.releases.all()).toMatchObject([
      {
        tag_name: 'v1.2.3',
        target_commitish: commits.here,
        body: 'News.',
        draft: true,
        prerelease: false,
      },
    ]);
    expect(server.git.tag('v1.2.3')).toBeUndefined();
    await run(publish);
    expect(server.releases.all()).toMatchObject([{ draft: false, make_latest: 'true' }]);
    for (const name of ['v1.2.3', 'v1']) {
      expect(server.git.tag(name)).toEqual({ sha: commits.here, type: 'commit' });
    }
    expect(server.git.tag('v1.2.2')?.sha).toBe(commits.before);
  });

  it('creates the major tag if it is the first one', async () => {
    await using releasing = await start();
    for (const step of [check, draft, publish]) await releasing.run(step, '2.0.0');
    expect(releasing.server.git.tag('v2')?.sha).toBe(releasing.commits.here);
    expect(releasing.server.git.tag('v1')).toBeUndefined();
  });

  it('leaves the major tag alone and is not the latest if it is a pre-release', async () => {
    await using releasing = await start();
    const { server, commits, run, tag, printed } = releasing;
    tag('v1', commits.before);
    for (const step of [check, draft, publish]) await run(step, '1.3.0-rc.1');
    expect(server.git.tag('v1')?.sha).toBe(commits.before);
    expect(server.git.tag('v1.3.0-rc.1')?.sha).toBe(commits.here);
    expect(server.releases.all()).toMatchObject([{ prerelease: true, make_latest: 'false' }]);
    expect(printed.at(-1)).toBe('v1 stays: this is a pre-release.');
  });

  it('is checked with a token that can only read, and changes nothing', async () => {
    await using releasing = await start('read');
    await releasing.run(check);
    expect(changesIn(releasing)).toEqual([]);
  });
});

describe('every step refuses, and changes nothing,', () => {
  it.each([check, draft, publish])('if the tag exists at another commit: %o', async (step) => {
    await using releasing = await start();
    releasing.tag('v1.2.3', releasing.commits.before);
    await expect(releasing.run(step)).rejects.toThrow(
      `Tag v1.2.3 exists at ${releasing.commits.before}; a released version never changes`,
    );
    expect(changesIn(releasing)).toEqual([]);
  });

  it.each([check, draft, publish])('if a newer version is released: %o', async (step) => {
    await using releasing = await start();
    releasing.tag('v1.3.0', releasing.commits.before);
    releasing.tag('v2.0.0-rc.1', releasing.commits.before);
    await expect(releasing.run(step)).rejects.toThrow(
      'v1.3.0 is released, which is newer than v1.2.3.\nv2.0.0-rc.1 is released',
    );
    expect(changesIn(releasing)).toEqual([]);
  });

  it.each([check, draft, publish])('if the major tag would go back: %o', async (step) => {
    await using releasing = await start();
    const { commits, run, tag } = releasing;
    tag('v1', commits.here);
    await expect(run(step, '1.2.3', commits.before)).rejects.toThrow(
      `v1 is at ${commits.here}, and this commit is behind: v1 would not move forward.`,
    );
    expect(changesIn(releasing)).toEqual([]);
  });

  it.each([check, draft, publish])('if the major tag is on another branch: %o', async (step) => {
    await using releasing = await start();
    releasing.tag('v1', releasing.commits.beside);
    await expect(releasing.run(step)).rejects.toThrow('this commit is diverged');
    expect(changesIn(releasing)).toEqual([]);
  });

  it('if the major tag is annotated, which nothing here creates', async () => {
    await using releasing = await start();
    releasing.tag('v1', releasing.commits.before, 'tag');
    await expect(releasing.run(check)).rejects.toThrow('v1 is an annotated tag');
  });

  it('if the run is for another branch', async () => {
    await using releasing = await start('write', 'refs/heads/topic');
    await expect(releasing.run(draft)).rejects.toThrow(
      'Releases come from refs/heads/main, not from refs/heads/topic.',
    );
    expect(changesIn(releasing)).toEqual([]);
  });
});

describe('a draft', () => {
  const seed = { tag_name: 'v1.2.3', draft: true };

  it.each([draft, publish])('for another commit stops the release: %o', async (step) => {
    await using releasing = await start();
    const { server, commits, run } = releasing;
    server.releases.add({ ...seed, target_commitish: commits.before });
    await expect(run(step)).rejects.toThrow(`is for ${commits.before}, not for ${commits.here}`);
    expect(changesIn(releasing)).toEqual([]);
  });

  it('for a branch instead of a commit stops it too: a branch moves', async () => {
    await using releasing = await start();
    releasing.server.releases.add({ ...seed, target_commitish: 'main' });
    await expect(releasing.run(publish)).rejects.toThrow('is for main, not for');
  });

  it('that is not the only one stops it, even if both are for this commit', async () => {
    await using releasing = await start();
    const { server, commits, run } = releasing;
    for (const name of ['one', 'two']) {
      server.releases.add({ ...seed, name, target_commitish: commits.here });
    }
    await expect(run(publish)).rejects.toThrow('v1.2.3 has 2 releases or drafts');
    expect(changesIn(releasing)).toEqual([]);
  });

  it('that is pointed at another commit at the last moment is published for its own', async () => {
    await using releasing = await start();
    const { server, commits, run, before } = releasing;
    await run(draft);
    before((request) => {
      const [made] = server.releases.all();
      if (!request.startsWith('PATCH') || made?.draft !== true) return;
      server.releases.change(made, { tag_name: 'v9.9.9', target_commitish: commits.before });
    });
    await run(publish);
    expect(server.git.tag('v1.2.3')?.sha).toBe(commits.here);
    expect(server.git.tag('v9.9.9')).toBeUndefined();
  });

  it.each([draft, publish])('with a file that somebody attached stops it: %o', async (step) => {
    await using releasing = await start();
    const { server, commits, run } = releasing;
    server.releases.add({ ...seed, target_commitish: commits.here, assets: ['action.js', 'x'] });
    await expect(run(step)).rejects.toThrow(
      /^The draft https:\S+ has attached files, which nothing has checked; delete the draft\.$/,
    );
    expect(changesIn(releasing)).toEqual([]);
  });

  it('is found on a later page, and not created twice', async () => {
    await using releasing = await start();
    const { server, commits, run } = releasing;
    server.releases.add({ ...seed, target_commitish: commits.here });
    for (let patch = 0; patch < 100; patch += 1) {
      server.releases.add({ tag_name: `v0.1.${patch}` });
    }
    await run(draft);
    expect(changesIn(releasing)).toEqual([]);
  });

  it('keeps what a maintainer wrote into it', async () => {
    await using releasing = await start();
    const { server, commits, run } = releasing;
    server.releases.add({ ...seed, target_commitish: commits.here, body: 'Edited.' });
    for (const step of [draft, publish]) await run(step);
    expect(server.releases.all()).toMatchObject([{ body: 'Edited.', draft: false }]);
  });

  it('that was deleted before the approval is missing, and nothing is published', async () => {
    await using releasing = await start();
    await expect(releasing.run(publish)).rejects.toThrow('There is no draft for v1.2.3');
    expect(changesIn(releasing)).toEqual([]);
  });

  it('is not created for a tag that was pushed by hand', async () => {
    await using releasing = await start();
    releasing.tag('v1.2.3', releasing.commits.here);
    await expect(releasing.run(draft)).rejects.toThrow('Tag v1.2.3 exists without a release');
  });

  it('is not created for a version whose tag was deleted', async () => {
    await using releasing = await start();
    releasing.server.releases.add({ ...seed, draft: false });
    await expect(releasing.run(draft)).rejects.toThrow('was published and its tag deleted');
  });

  it('stops the release if its tag ends up elsewhere', async () => {
    await using releasing = await start();
    const { server, commits, run, tag } = releasing;
    await run(draft);
    // Pushed by somebody right before GitHub publishes.
    server.order({
      method: 'PATCH',
      path: /releases/,
      answer: {
        status: 200,
        body: {
          id: 1,
          tag_name: 'v1.2.3',
          target_commitish: commits.here,
          draft: false,
          assets: [],
          html_url: 'https://example.com',
        },
      },
    });
    await expect(run(publish)).rejects.toThrow('its tag does not exist');
    tag('v1.2.3', commits.before);
    await expect(run(publish)).rejects.toThrow('Tag v1.2.3 exists at');
    expect(server.git.tag('v1')).toBeUndefined();
  });
});

describe('after a failure of GitHub', () => {
  const spots = [
    ['reads the tags', { method: 'GET', path: /matching-refs/ }],
    ['lists the releases', { method: 'GET', path: /releases$/ }],
    ['creates the draft', { method: 'POST', path: /releases$/ }],
    ['publishes', { method: 'PATCH', path: /releases\// }],
    ['reads the tags again', { method: 'GET', path: /matching-refs/, after: 2 }],
    ['compares', { method: 'GET', path: /compare/ }],
    ['moves the major tag', { method: 'PATCH', path: /git\/refs/ }],
  ] as const;
  const failures = [
    ['answers 502', { status: 502, body: '<html>Bad gateway' }],
    ['breaks the connection', 'reset'],
    ['did it, but its answer is lost', 'reset-after'],
  ] as const;
  const cases = spots.flatMap(([spot, match]) =>
    failures.map(([failure, answer]): [string, string, object] => [
      spot,
      failure,
      { ...match, answer },
    ]),
  );

  it.each(cases)(
    'when it %s and it %s, the next run completes the release',
    async (_, __, rule) => {
      await using releasing = await start();
      const { server, commits, run, tag } = releasing;
      tag('v1', commits.before);
      server.order(rule as Parameters<GitHubServer['order']>[0]);
      let failures = 0;
      for (const step of [draft, publish]) {
        await run(step).catch(async (error: unknown) => {
          failures += 1;
          expect(String(error)).toMatch(/(GET|POST|PATCH) \/repos\/octo\/shop\//);
          await run(step);
        });
      }
      expect(failures).toBe(1);
      expect(server.releases.all()).toMatchObject([
        { tag_name: 'v1.2.3', target_commitish: commits.here, draft: false },
      ]);
      expect(server.releases.all()).toHaveLength(1);
      expect(server.git.tag('v1.2.3')?.sha).toBe(commits.here);
      expect(server.git.tag('v1')?.sha).toBe(commits.here);
    },
  );

  it('another run of a complete release changes nothing', async () => {
    await using releasing = await start();
    const { server, run } = releasing;
    for (const step of [check, draft, publish]) await run(step);
    const changes = changesIn(releasing);
    for (const step of [check, draft, publish]) await run(step);
    expect(changesIn(releasing)).toEqual(changes);
    expect(server.releases.all()).toHaveLength(1);
  });

  it('a token that may not write is told in the words of GitHub', async () => {
    await using releasing = await start('read');
    await expect(releasing.run(draft)).rejects.toThrow(
      "POST /repos/octo/shop/releases: GitHub answered 403 'Resource not accessible by integration'.",
    );
  });

  it('an answer of a proxy is not taken for one of GitHub', async () => {
    await using releasing = await start();
    const answer = { status: 200, body: '<html>Sign in</html>' };
    releasing.server.order({ path: /matching-refs/, answer });
    await expect(releasing.run(draft)).rejects.toThrow('is not valid JSON');
    expect(changesIn(releasing)).toEqual([]);
  });
});
