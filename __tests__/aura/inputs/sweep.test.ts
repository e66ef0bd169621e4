import { describe, expect, it } from 'vitest';
import { recordedEvent } from '../../core/github/recorded-events.ts';
import { type StepInputs, problemsOf, readWholeStep, remarksOf } from './step-inputs.ts';

const sweep = { operation: 'sweep', 'github-token': 'ghs_0123456789' } as const;
const schedule = recordedEvent('schedule');
const dispatch = recordedEvent('workflow-dispatch');

describe('the request of a sweep', () => {
  it('has everything that the sweep needs, and no instance', () => {
    expect(readWholeStep(sweep, schedule).task).toStrictEqual({
      operation: 'sweep',
      request: {
        repository: 'octo/shop',
        defaultBranches: ['main'],
        keep: 'pull-requests',
        namePattern: undefined,
        maxAge: undefined,
        wait: true,
      },
    });
  });

  it('does not need an event with a branch', () => {
    expect(problemsOf(sweep, recordedEvent('release'))).toEqual([]);
    expect(problemsOf(sweep, recordedEvent('issue-comment'))).toEqual([]);
  });

  it('leaves the default branch open if the event does not say it', () => {
    const unknown = { ...dispatch, payload: {} };
    expect(readWholeStep(sweep, unknown).task.request).toMatchObject({ defaultBranches: [] });
    const scheduled = { ...schedule, payload: {}, ref: 'refs/heads/trunk' };
    expect(readWholeStep(sweep, scheduled).task.request).toMatchObject({
      defaultBranches: ['trunk'],
    });
  });
});

describe('a sweep', () => {
  it('needs a token for GitHub', () => {
    expect(problemsOf({ operation: 'sweep' }, schedule)).toEqual([
      "Input 'github-token' is empty, but operation 'sweep' needs it. Remove the input, so that the step uses the token of the job, and add 'pull-requests: read' and 'contents: read' to the permissions of the job.",
    ]);
    const stored: StepInputs = { operation: 'sweep', 'credentials-store': 'deployment' };
    expect(problemsOf(stored, schedule)).toHaveLength(1);
  });

  it('needs an age for names that belong to no branch', () => {
    expect(problemsOf({ ...sweep, 'name-pattern': 'ci-*' }, schedule)).toEqual([
      "Input 'max-age' is not set; it is required with 'name-pattern' for operation 'sweep', which judges names that belong to no branch only by their age.",
    ]);
    expect(problemsOf({ ...sweep, 'name-pattern': 'ci-*', 'max-age': '3d' }, schedule)).toEqual([]);
    expect(problemsOf({ ...sweep, 'max-age': '3d' }, schedule)).toEqual([]);
  });

  it('needs to know the repository', () => {
    expect(problemsOf(sweep, { ...schedule, repository: '' })).toEqual([
      "Environment variable 'GITHUB_REPOSITORY' is empty; operation 'sweep' needs it.",
    ]);
  });

  it('does not send the token to a server whose certificate is not checked', () => {
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    expect(problemsOf(sweep, schedule, { env })).toEqual([
      expect.stringContaining('could pretend to be api.neo4j.io and api.github.com'),
    ]);
  });

  it('cannot check or export credentials', () => {
    expect(problemsOf({ ...sweep, verify: 'require', 'export-env': 'true' }, schedule)).toEqual([
      "Inputs 'verify' and 'export-env' cannot be used with operation 'sweep', which works without the password of the database; expected operation create, get, poll or resume.",
    ]);
  });

  it('warns about inputs that select an instance', () => {
    const inputs = { ...sweep, name: 'shop', 'instance-id': '1a2b3c4d', tier: 'professional' };
    expect(remarksOf(inputs, { event: schedule }).warnings).toEqual([
      "Inputs 'instance-id', 'name' and 'tier' have no effect on operation 'sweep'.",
    ]);
    expect(remarksOf({ ...sweep, 'name-suffix': 'ds' }, { event: schedule }).warnings).toEqual([
      "Input 'name-suffix' has no effect on operation 'sweep'.",
    ]);
    expect(remarksOf({ operation: 'delete', 'max-age': '3d', name: 'x' }).warnings).toEqual([
      "Input 'max-age' has no effect on operation 'delete'.",
    ]);
  });
});
