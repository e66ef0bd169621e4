import { type AuraClient, createAuraClient } from '../api/client.ts';
import { aura } from '../api/service.ts';
import { type Counted, counted } from '../../core/http/counted.ts';
import { logged } from '../../core/http/logged.ts';
import { paced } from '../../core/http/pacing.ts';
import { createTransport } from '../../core/http/transport.ts';
import type { SharedTokens } from '../../core/oauth/shared-tokens.ts';
import type { Credentials, Token, TokenSource, TokenStore } from '../../core/oauth/token.ts';
import { createTokenFile } from '../../core/oauth/token-file.ts';
import { createTokenSource } from '../../core/oauth/token-source.ts';
import type { Patience } from '../../core/time/patience.ts';
import type { TokenPlace } from './post-access.ts';
import type { AuraReport } from './report.ts';

/** The client's credentials, and the sources of tokens. */
interface Access {
  readonly apiUrl: URL;
  /** Undefined if no token can be requested. */
  readonly credentials: Credentials | undefined;
  /** The file with the job's token. */
  readonly place: TokenPlace | undefined;
  /** A token that came with sealed credentials. */
  readonly initial?: Token | undefined;
  /** The token that the jobs of the repository share. */
  readonly shared?: SharedTokens | undefined;
}

/** The client of a step, and its tokens. */
export function connect(
  { apiUrl, credentials, place, initial, shared }: Access,
  { patience, report }: { readonly patience: Patience; readonly report: AuraReport },
): { readonly client: AuraClient; readonly tokens: TokenSource } & Pick<Counted, 'sent'> {
  const { mask, debug } = report;
  const { clock } = patience;
  const { transport, sent } = counted(
    logged(createTransport(aura, apiUrl, clock), { clock, debug }),
  );
  const store = place === undefined ? noFile : createTokenFile({ ...place, mask, debug });
  const kept = { store, initial, shared };
  const tokens = createTokenSource({ transport, credentials, ...kept, patience, mask });
  // Token requests have a limit of their own, so they do not wait for others.
  const inTurn = paced(transport, patience);
  const client = createAuraClient({ transport: inTurn, tokens, patience, mask, debug });
  return { client, tokens, sent };
}

const noFile: TokenStore = { load: () => undefined, save: () => undefined };
