/** A tag; `type` is `tag` if it is annotated. */
export interface Tag {
  readonly name: string;
  readonly sha: string;
  readonly type: string;
}

/** A release as GitHub shows it. */
export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly target: string;
  readonly draft: boolean;
  /** Number of attached files. */
  readonly assets: number;
  readonly url: string;
}

/** The fields of a release that this project sets. */
export interface ReleaseFields {
  readonly tag_name: string;
  readonly target_commitish: string;
  readonly name: string;
  readonly body: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly make_latest: 'true' | 'false';
}

/** The requests that a release needs. Each is sent once: another run continues after a failure. */
export interface GitHub {
  /** All tags whose names begin with `v`. */
  readonly tags: () => Promise<readonly Tag[]>;
  /** How `head` is related to `base`: `ahead`, `behind`, `diverged` or `identical`. */
  readonly compare: (base: string, head: string) => Promise<string>;
  /** All releases; drafts only if the token can write. */
  readonly releases: () => Promise<readonly Release[]>;
  readonly createRelease: (fields: ReleaseFields) => Promise<Release>;
  /** Leaves what a maintainer may edit. */
  readonly publishRelease: (
    id: number,
    fields: Omit<ReleaseFields, 'name' | 'body'>,
  ) => Promise<Release>;
  readonly createTag: (name: string, sha: string) => Promise<void>;
  readonly moveTag: (name: string, sha: string) => Promise<void>;
}

/** Where GitHub is, as the runner says. */
export interface GitHubOptions {
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string;
}

/** One page is enough for the tags, which GitHub returns all together. */
const pageSize = 100;
const requestMilliseconds = 30_000;

/**
 * GitHub's REST API, with no package: the jobs of a release that can write install none.
 *
 * @see https://docs.github.com/rest/releases/releases and https://docs.github.com/rest/git/refs
 */
export function createGitHub(options: GitHubOptions): GitHub {
  const ask = (method: string, path: string, body?: object): Promise<unknown> =>
    send(options, { method, path, body });
  return {
    tags: async () => listOf(await ask('GET', `/git/matching-refs/${encoded('v')}`)).map(readTag),
    compare: async (base, head) => {
      const { status } = fieldsOf(await ask('GET', `/compare/${base}...${head}`));
      return textOf(status, 'status');
    },
    releases: async () => {
      const found: Release[] = [];
      for (let page = 1; ; page += 1) {
        const query = `per_page=${pageSize}&page=${page}`;
        const listed = listOf(await ask('GET', `/releases?${query}`)).map(readRelease);
        found.push(...listed);
        if (listed.length < pageSize) return found;
      }
    },
    createRelease: async (fields) => readRelease(await ask('POST', '/releases', fields)),
    publishRelease: async (id, fields) =>
      readRelease(await ask('PATCH', `/releases/${id}`, fields)),
    createTag: async (name, sha) => {
      await ask('POST', '/git/refs', { ref: `refs/tags/${name}`, sha });
    },
    moveTag: async (name, sha) => {
      // Whether it moves forward was decided before: GitHub's own check is made for branches.
      await ask('PATCH', `/git/refs/${encoded(name)}`, { sha, force: true });
    },
  };
}

function encoded(tag: string): string {
  return encodeURIComponent(`tags/${tag}`);
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: object | undefined;
}

async function send(
  { apiUrl, repository, token }: GitHubOptions,
  { method, path, body }: Request,
): Promise<unknown> {
  const asked = `${method} /repos/${repository}${path}`;
  const signal = AbortSignal.timeout(requestMilliseconds);
  try {
    const response = await fetch(`${apiUrl}/repos/${repository}${path}`, {
      method,
      signal,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': `${repository} release`,
        'x-github-api-version': '2022-11-28',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as unknown;
    throw new Error(`GitHub answered ${response.status} ${messageIn(text)}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${asked}: ${reason}.`, { cause: error });
  }
}

/** GitHub's own words, in one line: whatever is between it and us can answer too. */
function messageIn(text: string): string {
  try {
    const { message } = fieldsOf(JSON.parse(text));
    return typeof message === 'string' ? `'${message.replaceAll(/\s+/g, ' ')}'` : '';
  } catch {
    return '(not JSON)';
  }
}

function readTag(value: unknown): Tag {
  const { ref, object } = fieldsOf(value);
  const { sha, type } = fieldsOf(object);
  const name = textOf(ref, 'ref').replace(/^refs\/tags\//, '');
  return { name, sha: textOf(sha, 'sha'), type: textOf(type, 'type') };
}

function readRelease(value: unknown): Release {
  const { id, tag_name, target_commitish, draft, assets, html_url } = fieldsOf(value);
  if (typeof id !== 'number' || typeof draft !== 'boolean') throw new Error('not a release');
  const tag = textOf(tag_name, 'tag_name');
  const target = textOf(target_commitish, 'target_commitish');
  const url = textOf(html_url, 'html_url');
  return { id, tag, target, draft, assets: listOf(assets).length, url };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('GitHub did not answer with a list');
  return value;
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new Error(`GitHub's answer has no '${name}'`);
  return value;
}
