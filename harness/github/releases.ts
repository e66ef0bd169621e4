import { userView } from './users.ts';

/** The fields to create or change a release, with GitHub's names. */
export interface ReleaseSeed {
  readonly tag_name: string;
  readonly target_commitish?: string;
  readonly name?: string;
  readonly body?: string;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
  readonly make_latest?: 'true' | 'false' | 'legacy';
  /** Names of attached files. GitHub gets them with requests of their own, which this server lacks. */
  readonly assets?: readonly string[];
}

/** A release stored by the server. */
export interface KeptRelease extends Required<ReleaseSeed> {
  readonly id: number;
}

/** The releases of one repository. */
export interface ReleaseBook {
  /** Newest first. */
  readonly all: () => readonly KeptRelease[];
  readonly find: (id: number) => KeptRelease | undefined;
  readonly add: (seed: ReleaseSeed) => KeptRelease;
  readonly change: (release: KeptRelease, changes: Partial<ReleaseSeed>) => KeptRelease;
}

/** Starts without releases. */
export function createReleaseBook(): ReleaseBook {
  const kept: KeptRelease[] = [];
  let lastId = 200_000_000;
  return {
    all: () => kept,
    find: (id) => kept.find((release) => release.id === id),
    add: (seed) => {
      const release = {
        id: (lastId += 1),
        target_commitish: 'main',
        name: seed.tag_name,
        body: '',
        draft: false,
        prerelease: false,
        make_latest: 'true' as const,
        assets: [],
        ...seed,
      };
      kept.unshift(release);
      return release;
    },
    change: (release, changes) => {
      const next = { ...release, ...changes };
      kept[kept.indexOf(release)] = next;
      return next;
    },
  };
}

/** Formats a release as GitHub's API does. */
export function releaseView(apiUrl: string, repository: string, release: KeptRelease): object {
  const url = `${apiUrl}/repos/${repository}/releases/${release.id}`;
  const { id, tag_name, target_commitish, name, body, draft, prerelease } = release;
  const time = '2026-08-03T09:00:00Z';
  // A draft has no tag yet.
  const page = release.draft ? `untagged-${release.id.toString(16)}` : release.tag_name;
  return {
    id,
    tag_name,
    target_commitish,
    name,
    body,
    draft,
    prerelease,
    url,
    html_url: `https://github.com/${repository}/releases/tag/${page}`,
    assets_url: `${url}/assets`,
    upload_url: `https://uploads.github.com/repos/${repository}/releases/${release.id}/assets{?name,label}`,
    tarball_url: `${apiUrl}/repos/${repository}/tarball/${release.tag_name}`,
    zipball_url: `${apiUrl}/repos/${repository}/zipball/${release.tag_name}`,
    node_id: `RE_${release.id}`,
    immutable: false,
    created_at: time,
    updated_at: time,
    published_at: release.draft ? null : time,
    author: userView(apiUrl, 'github-actions[bot]'),
    assets: release.assets.map((file, index) => ({
      url: `${url}/assets/${index}`,
      browser_download_url: `https://github.com/${repository}/releases/download/${page}/${file}`,
      id: index,
      node_id: `RA_${index}`,
      name: file,
      label: null,
      state: 'uploaded',
      content_type: 'application/octet-stream',
      size: 1,
      digest: null,
      download_count: 0,
      created_at: time,
      updated_at: time,
      uploader: userView(apiUrl, 'octocat'),
    })),
  };
}
