import { type Checkout, Refusal } from './checkout.ts';
import type { GitHub, Release, Tag } from './github.ts';
import { compareVersions, majorTagOf, parseVersion, tagOf, type Version } from './version.ts';

/** The commit to release, and where. */
export interface Target {
  readonly sha: string;
  /** Branch of the run, such as `refs/heads/main`. */
  readonly ref: string;
  readonly checkout: Checkout;
  readonly github: GitHub;
  readonly print: (line: string) => void;
}

/** Releases come from here, so that versions have one order. */
const releaseBranch = 'refs/heads/main';

/** Finds out whether this version can be released from this commit, and changes nothing. */
export async function check(target: Target): Promise<void> {
  const { github, checkout, sha, print } = target;
  await examine(target, await github.tags());
  print(`${tagOf(checkout.version)} can be released from ${sha}.`);
}

/** Makes sure that there is exactly one draft for this version and this commit. */
export async function draft(target: Target): Promise<void> {
  const { github, checkout, sha, print } = target;
  const { version, notes } = checkout;
  const tags = await github.tags();
  await examine(target, tags);
  const found = await findRelease(target, tags);
  if (found !== undefined) {
    const state = found.draft ? 'A draft for this commit exists' : 'It is already published';
    print(`${state}: ${found.url}`);
    return;
  }
  const stable = version.preRelease.length === 0;
  const made = await github.createRelease({
    tag_name: tagOf(version),
    target_commitish: sha,
    name: tagOf(version),
    body: notes,
    draft: true,
    prerelease: !stable,
    make_latest: stable ? 'true' : 'false',
  });
  print(`Draft: ${made.url}`);
}

/** Publishes the draft, which creates the tag, and moves the tag of the major version. */
export async function publish(target: Target): Promise<void> {
  const { github, checkout, sha, print } = target;
  const { version } = checkout;
  const tags = await github.tags();
  // Again, because hours may have passed until somebody approved.
  await examine(target, tags);
  const found = await findRelease(target, tags);
  if (found === undefined) {
    throw new Refusal([`There is no draft for ${tagOf(version)}; start the workflow again.`]);
  }
  if (found.draft) {
    const stable = version.preRelease.length === 0;
    await github.publishRelease(found.id, {
      draft: false,
      prerelease: !stable,
      make_latest: stable ? 'true' : 'false',
      // Said again, because somebody can edit the draft right now.
      tag_name: tagOf(version),
      target_commitish: sha,
    });
  }
  const after = await github.tags();
  const tag = after.find(({ name }) => name === tagOf(version));
  if (tag?.sha !== sha) {
    const where = tag === undefined ? 'does not exist' : `is at ${tag.sha}`;
    throw new Refusal([`${tagOf(version)} was published, but its tag ${where}, not at ${sha}.`]);
  }
  print(`Published ${tagOf(version)} at ${sha}.`);
  await moveMajor(target, after);
}

async function moveMajor(target: Target, tags: readonly Tag[]): Promise<void> {
  const { github, checkout, sha, print } = target;
  const name = majorTagOf(checkout.version);
  if (checkout.version.preRelease.length > 0) {
    print(`${name} stays: this is a pre-release.`);
    return;
  }
  const reasons = await majorProblems(target, tags);
  if (reasons.length > 0) throw new Refusal(reasons);
  const now = tags.find((tag) => tag.name === name);
  if (now === undefined) await github.createTag(name, sha);
  else if (now.sha !== sha) await github.moveTag(name, sha);
  print(`${name} is at ${sha}.`);
}

/** @throws Refusal with all that stands against this release */
async function examine(target: Target, tags: readonly Tag[]): Promise<void> {
  const { ref, sha, checkout } = target;
  const { version } = checkout;
  const own = tags.find(({ name }) => name === tagOf(version));
  const reasons = [
    ...(ref === releaseBranch ? [] : [`Releases come from ${releaseBranch}, not from ${ref}.`]),
    ...(own === undefined || own.sha === sha
      ? []
      : [
          `Tag ${own.name} exists at ${own.sha}; a released version never changes: choose the next.`,
        ]),
    ...newerVersions(version, tags),
    ...(version.preRelease.length === 0 ? await majorProblems(target, tags) : []),
  ];
  if (reasons.length > 0) throw new Refusal(reasons);
}

function newerVersions(version: Version, tags: readonly Tag[]): string[] {
  return tags
    .map(({ name }) => parseVersion(name.slice(1)))
    .filter((other) => other !== undefined)
    .filter((other) => compareVersions(other, version) > 0)
    .map((other) => `${tagOf(other)} is released, which is newer than ${tagOf(version)}.`);
}

/** Why the tag of the major version can't move to this commit. */
async function majorProblems(
  { github, sha, checkout }: Target,
  tags: readonly Tag[],
): Promise<string[]> {
  const name = majorTagOf(checkout.version);
  const now = tags.find((tag) => tag.name === name);
  if (now === undefined || now.sha === sha) return [];
  if (now.type !== 'commit') {
    return [
      `${name} is an annotated tag; replace it with a plain one: git tag -f ${name} ${name}^{}`,
    ];
  }
  const status = await github.compare(now.sha, sha);
  if (status === 'ahead') return [];
  return [
    `${name} is at ${now.sha}, and this commit is ${status}: ${name} would not move forward.`,
  ];
}

/**
 * The release of this version, published or not; undefined if there is none.
 *
 * @throws Refusal if it belongs to another commit, or is not the only one
 */
async function findRelease(
  { github, sha, checkout }: Target,
  tags: readonly Tag[],
): Promise<Release | undefined> {
  const name = tagOf(checkout.version);
  const found = (await github.releases()).filter(({ tag }) => tag === name);
  const tagged = tags.some((tag) => tag.name === name);
  const [first, ...others] = found;
  if (others.length > 0) {
    throw new Refusal([`${name} has ${found.length} releases or drafts; delete all drafts of it.`]);
  }
  if (first === undefined && tagged) {
    throw new Refusal([`Tag ${name} exists without a release; was it pushed by hand? Delete it.`]);
  }
  if (first?.draft === true && first.target !== sha) {
    throw new Refusal([
      `The draft ${first.url} is for ${first.target}, not for ${sha}; delete the draft.`,
    ]);
  }
  if (first?.draft === true && first.assets > 0) {
    throw new Refusal([
      `The draft ${first.url} has attached files, which nothing has checked; delete the draft.`,
    ]);
  }
  if (first?.draft === false && !tagged) {
    throw new Refusal([`${name} was published and its tag deleted; choose the next version.`]);
  }
  return first;
}
