import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/core/github/ask.ts';
import type { PullRequests } from '../../../../src/core/github/pull-requests.ts';
import { keptByPullRequest } from '../../../../src/aura/operations/delete/closed-pull-request.ts';
import type { BranchInstances } from '../../../../src/aura/inputs/request.ts';
import { prepare } from '../../credentials/hand-over-parts.ts';
import { sessionWith } from '../../session/made-session.ts';

const closedAt = Date.parse('2026-03-03T16:40:12Z');
const older = { id: '0000000a', name: 'shop', tenantId: 't', createdAt: closedAt };
const newer = { id: '0000000b', name: 'shop-ds', tenantId: 't', createdAt: closedAt + 1 };
const ageless = { id: '0000000c', name: 'shop-a', tenantId: 't', createdAt: undefined };
const found = [older, newer, ageless];

const closed = { value: 'closed' } as const;
const none = { value: [] } as const;
const silent = { problem: 'GitHub answered 503 (Sorry).' } as const;
const emptyToken = { problem: "Input 'github-token' is empty." } as const;

interface Github {
  readonly state?: Answer<'open' | 'closed'>;
  readonly open?: Answer<readonly number[]>;
}

/** The instances that are kept, the messages, and the requests to GitHub. */
async function keptOf(
  { state = closed, open = none }: Github,
  { listed = found, closed: pullRequest = { number: 42, closedAt } }: Partial<Listed> = {},
) {
  const prepared = prepare();
  const { captured } = prepared;
  const asked: string[] = [];
  const pullRequests: PullRequests = {
    stateOf: (number) => {
      asked.push(`state of ${number}`);
      return Promise.resolve(state);
    },
    openFrom: ({ name }) => {
      asked.push(`open from ${name}`);
      return Promise.resolve(open);
    },
  };
  const branch: BranchInstances = {
    repository: 'octo/shop',
    branch: { name: 'feature/cart', owner: undefined },
    suffix: undefined,
    closed: pullRequest === 'no' ? undefined : pullRequest,
  };
  const kept = await keptByPullRequest(sessionWith({ pullRequests }, prepared), listed, branch);
  return { kept: [...kept], told: captured.lines(), asked };
}

interface Listed {
  readonly listed: typeof found;
  readonly closed: NonNullable<BranchInstances['closed']> | 'no';
}

describe('the instances of a branch whose pull request is closed', () => {
  it('are all deleted if GitHub says so too, whenever they were created', async () => {
    const { kept, told, asked } = await keptOf({});
    expect([kept, told]).toEqual([[], []]);
    expect(asked).toEqual(['state of 42', 'open from feature/cart']);
  });

  it.each<[string, Github, string]>([
    ['it was opened again', { state: { value: 'open' } }, 'pull request #42 is open'],
    ['it is among the open ones', { open: { value: [7, 42] } }, 'pull request #42 is open'],
    [
      'another one uses the branch',
      { open: { value: [7] } },
      'open pull request #7 has the same head branch',
    ],
    [
      'another one uses the branch, and its own state is unknown',
      { state: silent, open: { value: [7] } },
      'open pull request #7 has the same head branch',
    ],
  ])('are all kept, with a notice, if %s', async (_, github, why) => {
    const { kept, told } = await keptOf(github);
    expect(kept).toEqual(found.map(({ id }) => id));
    expect(told).toEqual([
      `::notice title=Neo4j Aura::Instance 'shop' (0000000a), instance 'shop-ds' (0000000b), instance 'shop-a' (0000000c) are kept: ${why}.`,
    ]);
  });

  it('may be only one, with a message for one', async () => {
    const { told } = await keptOf({ state: { value: 'open' } }, { listed: [older] });
    expect(told).toEqual([
      "::notice title=Neo4j Aura::Instance 'shop' (0000000a) is kept: pull request #42 is open.",
    ]);
  });

  it('are kept if they may be newer and GitHub does not say whether it is open', async () => {
    const { kept, told } = await keptOf({ state: silent });
    expect(kept).toEqual([newer.id, ageless.id]);
    expect(told).toEqual([
      `::warning::Instance 'shop-ds' (0000000b) is kept: it was created after pull request #42 was closed, and GitHub could not be asked whether it is open again. ${silent.problem} If the instance is not needed, delete it with operation 'delete' and instance-id '0000000b'.`,
      `::warning::Instance 'shop-a' (0000000c) is kept: it may have been created after pull request #42 was closed, and GitHub could not be asked whether it is open again. ${silent.problem} If the instance is not needed, delete it with operation 'delete' and instance-id '0000000c'.`,
      `::warning::Could not ask GitHub whether pull request #42 is open again before deleting instance 'shop' (0000000a). ${silent.problem}`,
    ]);
  });

  it('are deleted with a warning if GitHub is not asked', async () => {
    const github = { state: emptyToken, open: emptyToken };
    const { kept, told } = await keptOf(github, { listed: [older] });
    expect(kept).toEqual([]);
    expect(told).toEqual([
      `::warning::Could not ask GitHub whether pull request #42 is open again or whether another open pull request uses branch 'feature/cart' before deleting instance 'shop' (0000000a). ${emptyToken.problem}`,
    ]);
  });

  it('are deleted with a warning if only the other pull requests are unknown', async () => {
    const { kept, told } = await keptOf({ open: silent });
    expect(kept).toEqual([]);
    expect(told).toEqual([
      expect.stringMatching(
        /^::warning::Could not ask GitHub whether another open pull request uses branch 'feature\/cart' before deleting instance 'shop' .+ GitHub answered 503 \(Sorry\)\.$/,
      ),
    ]);
  });

  it('are checked by the time in the event if it has no number', async () => {
    const { kept, told, asked } = await keptOf({}, { closed: { number: undefined, closedAt } });
    expect(kept).toEqual([newer.id, ageless.id]);
    expect(told[0]).toContain('after the pull request was closed');
    expect(told[0]).toContain('The event does not contain its number.');
    expect(asked).toEqual(['open from feature/cart']);
  });

  it('are all deleted if the event has no time either', async () => {
    const closedSometime = { number: 42, closedAt: undefined };
    const { kept } = await keptOf({ state: silent }, { closed: closedSometime });
    expect(kept).toEqual([]);
  });

  it.each<[string, Partial<Listed>]>([
    ['there are none', { listed: [] }],
    ['no pull request is closed', { closed: 'no' }],
  ])('cause no request to GitHub if %s', async (_, listed) => {
    expect(await keptOf({ state: { value: 'open' } }, listed)).toEqual({
      kept: [],
      told: [],
      asked: [],
    });
  });
});
