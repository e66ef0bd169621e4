import type { InstanceSummary } from '../../api/types.ts';
import type { Branch } from '../../../core/github/branch.ts';
import type { LiveBranches } from '../../../core/github/live-branches.ts';
import { matchesGlob } from '../../../core/inputs/glob.ts';
import { formatAge } from '../../../core/time/clock.ts';
import { branchFinder, ownerOfName } from '../../inputs/naming.ts';
import type { SweepRequest } from '../../inputs/request.ts';

/** Whether somebody needs an instance; the reason completes "It is kept: " or "It is stale: ". */
export interface Judgement {
  readonly stale: boolean;
  readonly reason: string;
}

/** The facts that a judgement depends on. */
interface Facts {
  readonly live: LiveBranches;
  /** By Aura's clock, in epoch milliseconds; undefined if it is not known. */
  readonly now: number | undefined;
}

/** Judges an instance by its name and age. */
export type Judge = (instance: Pick<InstanceSummary, 'name' | 'createdAt'>) => Judgement;

/** The branches of merge queues that are running. Source: GitHub's documentation, "Merge queue". */
const queueStart = 'gh-readonly-queue/';

/**
 * Whether a sweep judges instances of this name: those of this repository's branches, and with a
 * pattern those that match it. It never touches a name of another repository.
 */
export function isConsidered(name: string, { repository, namePattern }: SweepRequest): boolean {
  const owner = ownerOfName(name, repository);
  if (namePattern === undefined) return owner === 'this';
  return owner !== 'another' && matchesGlob(namePattern, name);
}

/** Why a sweep does not judge instances of this name. */
export function whyNotConsidered(name: string, { repository, namePattern }: SweepRequest): string {
  const owner = ownerOfName(name, repository);
  if (owner === 'another') return 'its name is that of another repository';
  return namePattern === undefined
    ? 'its name is not that of a branch of this repository'
    : `its name does not match '${namePattern}'`;
}

/** Judges instances by facts alone: it asks nobody and changes nothing. */
export function createJudge(request: SweepRequest, { live, now }: Facts): Judge {
  const { repository, keep, maxAge } = request;
  const branchOf = branchFinder(repository, neededBranches(live, keep));
  const unneeded = `no open pull request${keep === 'branches' ? ' and no branch' : ''} needs it`;
  const older = maxAge === undefined ? [] : [`it is older than ${formatAge(maxAge)}`];
  return ({ name, createdAt }) => {
    const ofThis = ownerOfName(name, repository) === 'this';
    const needed = ofThis ? branchOf(name)?.why : undefined;
    const kept = needed ?? (maxAge === undefined ? undefined : whyYoung(createdAt, maxAge, now));
    if (kept !== undefined) return { stale: false, reason: kept };
    return { stale: true, reason: [...(ofThis ? [unneeded] : []), ...older].join(', and ') };
  };
}

interface Needed {
  readonly branch: Branch;
  readonly why: string;
}

function neededBranches(
  { defaultBranches, pullRequests, branches }: LiveBranches,
  keep: SweepRequest['keep'],
): readonly Needed[] {
  const own = (name: string, why: string): Needed => ({ branch: { name, owner: undefined }, why });
  return [
    ...defaultBranches.map((name) => own(name, `'${name}' is the default branch`)),
    ...pullRequests.map(({ number, branch }) => ({
      branch,
      why: `pull request #${number} is open`,
    })),
    ...branches
      .filter((name) => keep === 'branches' || name.startsWith(queueStart))
      .map((name) => own(name, `branch '${name}' exists`)),
  ];
}

/** Why an instance may not be old enough; undefined if it certainly is. */
function whyYoung(
  createdAt: number | undefined,
  maxAge: number,
  now: number | undefined,
): string | undefined {
  if (createdAt === undefined) return 'Aura does not say when it was created';
  if (now === undefined) return "Aura's answers do not say the time to compute its age";
  return now - createdAt > maxAge ? undefined : `it is not older than ${formatAge(maxAge)}`;
}
