import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/github/event.ts';
import { chooseOperation, whyIdle } from '../../../src/aura/inputs/auto.ts';
import type { InputName } from '../../../src/aura/inputs/table.ts';
import { type Recording, recordedEvent, recordings } from '../../core/github/recorded-events.ts';
import { type StepInputs, problemsOf, readStep, readWholeStep, remarksOf } from './step-inputs.ts';

const auto = { operation: 'auto', 'github-token': 'ghs_0123456789' } as const;
const feature = 'shop-feature-cart-610v7-oefkr';

/** The operation of a step with `auto`, or that it does nothing or fails. */
function resultFor(event: RunEvent, inputs: StepInputs = {}): string {
  const all: StepInputs = { ...auto, ...inputs };
  const getInput = (name: InputName): string => all[name] ?? '';
  const idle = whyIdle(getInput, event);
  if (idle !== undefined) return idle.skipped ? 'skipped' : 'nothing';
  return problemsOf(all, event).length > 0 ? 'error' : readStep(all, event).operation;
}

const results: Readonly<Record<Recording, string>> = {
  'pull-request-opened': 'create',
  'pull-request-synchronize': 'create',
  'pull-request-reopened': 'create',
  'pull-request-closed': 'delete',
  'pull-request-closed-labeled': 'skipped',
  'pull-request-closed-main': 'skipped',
  'pull-request-fork': 'create',
  'pull-request-fork-closed': 'delete',
  'pull-request-fork-deleted': 'delete',
  'pull-request-fork-ghost': 'error',
  'pull-request-fork-same-owner': 'create',
  'pull-request-target': 'create',
  'pull-request-dependabot': 'create',
  'pull-request-review': 'error',
  'pull-request-review-comment': 'error',
  'pull-request-review-fork': 'error',
  push: 'create',
  'push-deleted': 'delete',
  'push-tag': 'error',
  'push-tag-deleted': 'nothing',
  'create-branch': 'create',
  'create-tag': 'error',
  'delete-branch': 'delete',
  'delete-tag': 'nothing',
  schedule: 'sweep',
  'workflow-dispatch': 'error',
  'workflow-dispatch-main': 'error',
  'workflow-dispatch-tag': 'error',
  'workflow-run': 'error',
  'workflow-run-fork': 'error',
  'workflow-run-fork-deleted': 'error',
  'workflow-run-issue-comment': 'error',
  'workflow-run-tag': 'error',
  'check-run': 'error',
  'check-run-fork': 'error',
  'check-suite': 'error',
  'check-suite-fork': 'error',
  'merge-group': 'error',
  'issue-comment': 'error',
  issues: 'error',
  'repository-dispatch': 'error',
  release: 'error',
  'deployment-status': 'error',
  status: 'error',
};

describe("'auto'", () => {
  it.each(recordings)('for %s has the result of the table', (recording) => {
    expect(resultFor(recordedEvent(recording))).toBe(results[recording]);
  });

  it('works on the instance of the branch', () => {
    for (const recording of recordings) {
      const result = results[recording];
      if (!['create', 'delete'].includes(result) || recording.includes('fork')) continue;
      const { task } = readWholeStep(auto, recordedEvent(recording));
      const named = JSON.stringify(task);
      if (!/target|dependabot/.test(recording)) expect(named).toContain(feature);
    }
  });

  const pullRequest = (action: string, state: string, more: object = {}): RunEvent => {
    const event = recordedEvent('pull-request-opened');
    const payload = event.payload as { readonly pull_request: object };
    const changed = { ...payload, action, pull_request: { ...payload.pull_request, state } };
    return { ...event, ...more, payload: changed };
  };

  it.each([
    ['opened', 'open', 'create'],
    ['synchronize', 'open', 'create'],
    ['reopened', 'open', 'create'],
    ['labeled', 'open', 'create'],
    ['ready_for_review', 'open', 'create'],
    ['closed', 'closed', 'delete'],
    // Without the state, the action is enough.
    ['closed', 'open', 'delete'],
    ['labeled', 'closed', 'skipped'],
    ['edited', 'closed', 'skipped'],
    ['synchronize', 'closed', 'skipped'],
  ])('for action %s on an %s pull request is %s', (action, state, result) => {
    expect(resultFor(pullRequest(action, state))).toBe(result);
    const target = { name: 'pull_request_target' };
    expect(resultFor(pullRequest(action, state, target))).toBe(result);
  });

  it('says which pull request is closed', () => {
    const getInput = (name: InputName): string => (name === 'operation' ? 'auto' : '');
    expect(whyIdle(getInput, recordedEvent('pull-request-closed-labeled'))).toEqual({
      operation: undefined,
      skipped: true,
      notice:
        "Skipped: pull request #42 is closed, so its branch needs no instance (event 'pull_request', action 'labeled').",
    });
    expect(whyIdle(getInput, recordedEvent('delete-tag'))).toEqual({
      operation: undefined,
      skipped: false,
      notice: "Tag 'v1.2.0' was deleted. Only branches have instances, so there is nothing to do.",
    });
  });

  const withDefault = (recording: Recording, branch: string): RunEvent => {
    const event = recordedEvent(recording);
    const repository = { full_name: 'octo/shop', default_branch: branch };
    return { ...event, payload: { ...Object(event.payload), repository } as object };
  };

  it.each(['push-deleted', 'delete-branch', 'pull-request-closed'] as const)(
    'never deletes the instance of the default branch, for %s',
    (recording) => {
      const event = withDefault(recording, 'feature/cart');
      expect(resultFor(event)).toBe('skipped');
      // The user has named it.
      expect(resultFor(event, { name: 'shop' })).toBe('delete');
      expect(resultFor(event, { 'instance-id': '1a2b3c4d' })).toBe('delete');
      const getInput = (name: InputName): string => (name === 'operation' ? 'auto' : '');
      expect(whyIdle(getInput, event)).toMatchObject({
        operation: 'delete',
        skipped: true,
        notice: expect.stringContaining("'feature/cart' is the default branch") as string,
      });
    },
  );

  it.each(['pull-request-fork', 'pull-request-fork-closed', 'pull-request-dependabot'] as const)(
    'is skipped without credentials if the inputs allow it, for %s',
    (recording) => {
      const inputs: StepInputs = { ...auto, 'if-no-credentials': 'skip' };
      const getInput = (name: InputName): string => inputs[name] ?? '';
      const idle = whyIdle(getInput, recordedEvent(recording));
      expect(idle).toMatchObject({ operation: results[recording], skipped: true });
      const inCapitals: StepInputs = { operation: 'Create', 'if-no-credentials': 'SKIP' };
      expect(whyIdle((name) => inCapitals[name] ?? '', recordedEvent(recording))).toMatchObject({
        operation: 'create',
        skipped: true,
      });
      expect(problemsOf({ ...auto, 'client-secret': '' }, recordedEvent(recording))).toEqual([
        expect.stringContaining("Input 'client-secret' is empty. GitHub passes "),
      ]);
    },
  );

  it('explains which events it works with, in one problem', () => {
    expect(problemsOf({ ...auto, verify: 'require' }, recordedEvent('release'))).toEqual([
      "Input 'operation' is 'auto', and event 'release' on 'refs/tags/v1.2.0' does not say which operation to run; expected the event of a branch (pull_request, pull_request_target, push, create or delete) or schedule. Set 'operation' to the one to run.",
    ]);
    const [first, second] = problemsOf({ ...auto, memory: 'much' }, recordedEvent('release'));
    expect([first, second]).toEqual([
      expect.stringContaining("Input 'operation' is 'auto'"),
      expect.stringContaining("Input 'memory' is 'much'"),
    ]);
  });

  it('logs what it has chosen and why', () => {
    const said = remarksOf(auto, { event: recordedEvent('pull-request-closed') });
    expect(said.infos[0]).toBe(
      "  Operation 'delete' follows from event 'pull_request' on 'refs/pull/42/merge' (action 'closed').",
    );
    expect(remarksOf(auto, { event: recordedEvent('schedule') }).infos).toEqual([
      "  Operation 'sweep' follows from event 'schedule' on 'refs/heads/main'.",
    ]);
  });
});

describe("an input with 'auto'", () => {
  const forAll: StepInputs = {
    ...auto,
    tier: 'professional',
    region: 'europe-west1',
    memory: '4GB',
    'delete-after-job': 'true',
    'if-exists': 'replace',
    'max-deletions': '5',
    'max-age': '3d',
    keep: 'branches',
    verify: 'require',
    'export-env': 'true',
    password: 'the-password-0123',
    'name-suffix': 'ds',
  };
  const events = ['push', 'push-deleted', 'schedule'] as const;

  it.each(events)('is set aside without a word where it does not matter, for %s', (recording) => {
    expect(remarksOf(forAll, { event: recordedEvent(recording) }).warnings).toEqual([]);
  });

  it('is used where it matters', () => {
    const [push, deleted, schedule] = events.map((each) => recordedEvent(each));
    expect(readStep(forAll, push)).toMatchObject({
      operation: 'create',
      type: 'professional-db',
      verify: 'require',
      exportEnv: true,
      login: { username: 'neo4j' },
    });
    expect(readStep(forAll, deleted)).toMatchObject({
      operation: 'delete',
      target: { name: 'shop-feature-ca-610v7-oefkr-ds' },
      maxDeletions: 5,
      verify: 'off',
      exportEnv: false,
      login: undefined,
    });
    expect(readStep(forAll, schedule)).toMatchObject({
      operation: 'sweep',
      keep: 'branches',
      maxAge: 3 * 24 * 3600 * 1000,
      maxDeletions: 5,
    });
  });

  it.each<[StepInputs, string]>([
    [{ memory: 'much' }, "Input 'memory' is 'much'"],
    [{ 'max-age': 'old' }, "Input 'max-age' is 'old'"],
    [{ keep: 'all' }, "Input 'keep' is 'all'"],
    [{ password: 'short' }, "Input 'password' is not valid"],
    [{ 'env-file': '../x.env' }, "Input 'env-file' is '../x.env'"],
    [{ name: 'x'.repeat(31) }, "Input 'name' is 'xxx"],
    [{ 'name-suffix': '-' }, "Input 'name-suffix' is '-'"],
  ])('is checked even if it does not matter: %o', (inputs, problem) => {
    for (const recording of events) {
      expect(problemsOf({ ...auto, ...inputs }, recordedEvent(recording))).toEqual([
        expect.stringContaining(problem),
      ]);
    }
  });

  it('is named in a warning if none of the three operations uses it', () => {
    for (const recording of events) {
      const said = remarksOf(
        { ...auto, 'wait-for': 'running' },
        { event: recordedEvent(recording) },
      );
      expect(said.warnings).toEqual(["Input 'wait-for' has no effect on operation 'auto'."]);
    }
  });

  it('that is a pattern limits only the sweep, and never widens the delete of a branch', () => {
    const inputs = { ...auto, 'name-pattern': '*', 'max-age': '3d' };
    expect(readStep(inputs, recordedEvent('schedule'))).toMatchObject({ namePattern: '*' });
    expect(readStep(inputs, recordedEvent('push'))).toMatchObject({ name: feature });
    const deletion = readStep(inputs, recordedEvent('pull-request-closed'));
    expect(deletion).toMatchObject({ operation: 'delete', target: { name: feature } });
    expect(deletion).not.toHaveProperty('several');
  });
});

describe('the operation of a step without auto', () => {
  it('is the input', () => {
    const getInput = (name: InputName): string => (name === 'operation' ? 'pause' : '');
    expect(chooseOperation(getInput, recordedEvent('schedule'))).toEqual({
      operation: 'pause',
      byEvent: false,
      aside: new Set(),
      problems: [],
    });
  });
});
