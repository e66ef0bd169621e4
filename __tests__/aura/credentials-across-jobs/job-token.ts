import { createTokenFile, tokenFilePath } from '../../../src/core/oauth/token-file.ts';
import { deriveTokenKey } from '../../../src/core/secrets/seal.ts';
import type { FakeJob } from '../../../harness/runner/fake-runner.ts';
import type { Scenario } from '../../../harness/world/scenario.ts';
import { noMask, secretOf } from '../../core/secrets/secret-of.ts';

/**
 * Gives a job an access token, as an earlier step of it would: then its steps request none, and do
 * not look for the one that jobs share.
 */
export async function giveToken({ simulator, clock }: Scenario, job: FakeJob): Promise<void> {
  const { clientId, clientSecret, url } = simulator;
  const pair = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${pair}`,
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  const body = (await answer.json()) as { readonly access_token: string };
  const expiresAt = clock.now() + 3_600_000;
  createTokenFile({
    path: tokenFilePath(job.temp, 'aura-action', { clientId, apiOrigin: url }),
    key: deriveTokenKey({ clientId, clientSecret: secretOf(clientSecret) }, url),
    mask: noMask,
    debug: (line) => {
      throw new Error(line);
    },
  }).save({ accessToken: secretOf(body.access_token), expiresAt });
}
