import { type Answer, RequestError, TimeOverError, answerError } from '../http/request-error.ts';
import { type Transport, type WireRequest, askedBy } from '../http/transport.ts';
import type { Patience } from '../time/patience.ts';
import { SignInError, type Token, type TokenSource, maxTokens } from './token.ts';

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
  let token = await currentToken(tokens);
  patience.signal?.throwIfAborted();
  let answer = await transport.send(request(token), signal);
  for (let more = true; more && refusesToken(answer, transport); more = tokens.isShared(token)) {
    const renewed = await tokens.renew(token);
    if (renewed === undefined) break;
    token = renewed;
    patience.signal?.throwIfAborted();
    answer = await transport.send(request(token), signal);
  }
  if (!refusesToken(answer, transport)) tokens.accepted(token);
  else if (tokens.spent()) {
    throw answerError(askedBy(transport, request(token)), answer, refusedForGood);
  }
  return answer;
}

/** The current token; the error of a first one is marked, because nothing was tried before. */
async function currentToken(tokens: TokenSource): Promise<Token> {
  try {
    return await tokens.current();
  } catch (error) {
    if (!(error instanceof RequestError) || error instanceof TimeOverError) throw error;
    throw tokens.known() === undefined ? new SignInError(error) : error;
  }
}

/**
 * Services answer with either status for an expired token, and with 403 for a missing permission as
 * well. They refuse before they act. If the service says that the user has no permission, it has
 * accepted the token: each job would only use up one more of the few token requests.
 */
function refusesToken({ status, body }: Answer, { service }: Transport): boolean {
  if (status !== 403) return status === 401;
  return service.refusesUser?.(service.readComplaints(body)) !== true;
}
