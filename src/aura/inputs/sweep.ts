import { defaultBranchesOf } from '../../core/github/default-branch.ts';
import type { RunEvent } from '../../core/github/event.ts';
import { messages } from './messages.ts';
import type { SweepRequest } from './request.ts';
import type { Reader } from './table.ts';

/** Adds a problem for each thing that a sweep needs and does not have. */
export function noteSweepNeeds(read: Reader, event: RunEvent): void {
  if (!read.given('github-token')) {
    read.problem(
      messages.noToken("operation 'sweep'", "'pull-requests: read' and 'contents: read'"),
    );
  }
  if (read.given('name-pattern') && !read.given('max-age')) {
    read.problem(messages.ageForPattern);
  }
  if (event.repository === '') {
    read.problem(messages.noRepository);
  }
}

/** The request of a sweep, from valid inputs. */
export function readSweep(read: Reader, event: RunEvent): SweepRequest {
  return {
    repository: event.repository,
    defaultBranches: defaultBranchesOf(event),
    keep: read.sure('keep'),
    namePattern: read.value('name-pattern'),
    maxAge: read.value('max-age'),
    wait: read.sure('wait'),
  };
}
