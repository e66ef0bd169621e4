import { type Answer, answerError } from '../http/request-error.ts';
import { type Transport, type WireRequest, askedBy } from '../http/transport.ts';
import type { Patience } from '../time/patience.ts';
import { type Token, type TokenSource, maxTokens } from './token.ts';

/** The way to a service, and the tokens that it accepts. */
export interface Authorized {
  readonly transport: Transport;
  readonly tokens: TokenSource;
  readonly patience: Pick<Patience, 'signal'>;
}

const refusedForGood = ` to the last of ${maxTokens} access tokens; a step requests no more`;

/**
 * Sends a request with the current token. A refused token is renewed, which is safe for a `POST` too:
 * by one that another job shares, and once by one that this step requests.
 *
 * @param request builds the request with a token.
 * @param signal ends the request, but not the renewal of the token.
 * @throws RequestError if there is no response, or if the last token of the step is refused.
 */
export async function sendAuthorized(
  { transport, tokens, patience }: Authorized,
  request: (token: Token) => WireRequest,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  let token = await tokens.current();
  patience.signal?.throwIfAborted();
  let answer = await transport.send(request(token), signal);
  for (let more = true; more && refusesToken(answer); more = tokens.isShared(token)) {
    const renewed = await tokens.renew(token);
    if (renewed === undefined) break;
    token = renewed;
    patience.signal?.throwIfAborted();
    answer = await transport.send(request(token), signal);
  }
  if (!refusesToken(answer)) tokens.accepted(token);
  else if (tokens.spent()) {
    throw answerError(askedBy(transport.service, request(token)), answer, refusedForGood);
  }
  return answer;
}

/**
 * Services answer with either status for an expired token, and with 403 for a missing permission as
 * well. They refuse before they act.
 */
function refusesToken({ status }: Answer): boolean {
  return status === 401 || status === 403;
}
