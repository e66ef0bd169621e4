import type { Account } from '../credentials/bundle.ts';
import { tokenShelf } from '../credentials/shelf.ts';
import type { RunEvent } from '../../core/github/event.ts';
import { createSharedText } from '../../core/github/shared-text.ts';
import { type SharedTokens, createSharedTokens } from '../../core/oauth/shared-tokens.ts';
import { digestOf } from '../../core/oauth/token-file.ts';
import { deriveTokenKey } from '../../core/secrets/seal.ts';
import type { Secret } from '../../core/secrets/secret.ts';
import { type StoreParts, repositoryOf } from './store.ts';

interface Sharing {
  readonly githubToken: Secret;
  readonly account: Account;
  /** A dry run uses a shared token, but stores none. */
  readonly dryRun: boolean;
}

/** The access token that the jobs of a repository share; undefined if GitHub must not be asked. */
export function openSharedTokens(
  { githubToken, account: { credentials, apiUrl }, dryRun }: Sharing,
  event: RunEvent,
  parts: StoreParts,
): SharedTokens | undefined {
  const repository = repositoryOf(githubToken, event, parts);
  if (repository === undefined) return undefined;
  const { mask, debug } = parts.report;
  // The token belongs to no branch, and the commit exists for every event.
  const ref = process.env['GITHUB_SHA'] ?? repository.ref;
  const name = digestOf({ clientId: credentials.clientId, apiOrigin: apiUrl.origin });
  const text = createSharedText(
    { ...repository, ref, shelf: tokenShelf },
    { name, what: 'the shared access token' },
  );
  const key = deriveTokenKey(credentials, apiUrl.origin);
  const tokens = createSharedTokens(text, { key, mask, debug });
  return dryRun ? { ...tokens, share: () => Promise.resolve() } : tokens;
}
