import { describe, expect, it } from 'vitest';
import {
  type GitHubServer,
  type OrderedAnswer,
  startGitHub,
} from '../../../harness/github/server.ts';
import type { Simulator } from '../../../simulator/aura/simulator.ts';
import { instanceName } from '../../../src/aura/inputs/naming.ts';
import { runInProcess } from './in-process.ts';
import { sample } from './sampling.ts';
import { startWorld } from './world.ts';

const nameOf = (branch: string): string =>
  instanceName('octo/shop', { name: branch, owner: undefined });
const inputs = { operation: 'sweep', 'poll-interval': '45s' };
/** Two pages. */
const openCount = 101;
/** The questions of a sweep without a fault: both pages twice, and the branches; all that twice. */
const questions = Array.from({ length: 10 }, (_, index) => index);

const faults: Readonly<Record<string, OrderedAnswer['answer']>> = {
  'a reset': 'reset',
  'no answer': 'hang',
  '500': { status: 500, body: { message: 'Server Error' } },
  '502 with a page': { status: 502, body: '<html>Bad gateway</html>' },
  '200 with a page': { status: 200, body: '<html>Sign in</html>' },
  '200 with a truncated list': { status: 200, body: '[{"number": 1, "head": {"ref": "to' },
  '200 with an empty list': { status: 200, body: [] },
  '403': { status: 403, body: { message: 'Resource not accessible by integration' } },
  '404': { status: 404, body: { message: 'Not Found' } },
  '429': { status: 429, body: { message: 'Too many requests' } },
};
/** They end a request for good: a second one would get the same answer. */
const refusals = ['403', '404', '429'];

interface Outcome {
  readonly exitCode: number | null;
  /** How many questions about pull requests and branches GitHub was asked. */
  readonly requests: number;
  readonly violations: readonly string[];
}

function start(simulator: Simulator, github: GitHubServer): readonly string[] {
  for (let number = 1; number <= openCount; number += 1) {
    github.putPullRequest({ number, branch: `topic-${number}` });
  }
  // On the first and the second page, on a branch that only the list of branches contains, and main.
  const queue = 'gh-readonly-queue/main/pr-1-aa';
  github.putBranch(queue);
  const kept = ['topic-1', 'topic-100', 'topic-101', queue, 'main'].map(
    (branch) => simulator.seedInstance({ name: nameOf(branch) }).id,
  );
  simulator.seedInstance({ name: nameOf('gone') });
  return kept;
}

async function run(order?: OrderedAnswer): Promise<Outcome> {
  const { simulator, clock, violations } = await startWorld();
  const github = await startGitHub();
  try {
    const kept = start(simulator, github);
    if (order !== undefined) github.order(order);
    const result = await runInProcess({ simulator, clock, github, inputs });
    const left = simulator.instances().map(({ id }) => id);
    if (kept.some((id) => !left.includes(id))) violations.push('a needed instance was deleted');
    const sent = simulator.exchanges.some(({ method }) => method === 'DELETE');
    if (result.exitCode !== 0 && sent) violations.push('it fails, but has deleted something');
    if (result.exitCode === 0 && left.length !== kept.length) {
      violations.push('it succeeds, but the stale instance still exists');
    }
    const message = result.annotations.find(({ level }) => level === 'error')?.message ?? '';
    if (result.exitCode !== 0 && !message.endsWith('Nothing was deleted.')) {
      violations.push(`it does not say that nothing was deleted: ${message}`);
    }
    if (result.exitCode !== 0 && result.outputs['changed'] !== 'false') {
      violations.push("the output 'changed' is wrong");
    }
    const asked = github.exchanges.filter(({ path }) => /pulls$|branches$/.test(path));
    return { exitCode: result.exitCode, requests: asked.length, violations };
  } finally {
    await simulator.close();
    await github.close();
  }
}

describe('a sweep', () => {
  it('succeeds without a fault, after two complete answers', async () => {
    expect(await run()).toEqual({ exitCode: 0, requests: questions.length, violations: [] });
  });

  it.each(Object.entries(faults))(
    'needs no answer about the default branch that the event names: %s',
    async (_label, answer) => {
      expect(await run({ path: /shop$/, answer, times: 99 })).toMatchObject({
        exitCode: 0,
        violations: [],
      });
    },
  );

  it.each(Object.entries(faults))(
    'deletes nothing that is needed, whichever question GitHub answers wrongly once: %s',
    async (label, answer) => {
      const violations: string[] = [];
      for (const after of sample(questions, 4, label)) {
        const outcome = await run({ path: /pulls|branches/, answer, after });
        violations.push(...outcome.violations.map((text) => `request ${after + 1}: ${text}`));
        const fails = refusals.includes(label);
        const isEmpty = label.includes('empty list');
        if (!isEmpty && (outcome.exitCode !== 0) !== fails) {
          violations.push(`request ${after + 1}: exit code ${outcome.exitCode ?? ''}`);
        }
      }
      expect(violations).toEqual([]);
    },
  );

  it.each(Object.entries(faults).filter(([label]) => !label.includes('empty list')))(
    'deletes nothing at all, from whichever question on GitHub answers wrongly: %s',
    async (label, answer) => {
      const violations: string[] = [];
      for (const after of sample(questions, 2, `${label}, always`)) {
        const outcome = await run({ path: /pulls|branches/, answer, after, times: 99 });
        violations.push(...outcome.violations.map((text) => `request ${after + 1}: ${text}`));
        if (outcome.exitCode === 0) violations.push(`request ${after + 1}: success`);
      }
      expect(violations).toEqual([]);
    },
  );
});
