import { Refusal } from '../core/answer.ts';
import type { Handler } from '../core/calls.ts';
import { tooManyRequests } from './errors.ts';
import { TOKEN_DENIED, basicCredentials } from './tokens.ts';
import type { World } from './world.ts';

const FORM = 'application/x-www-form-urlencoded';

function denied(status: number): Refusal {
  return new Refusal({ status, body: TOKEN_DENIED });
}

/**
 * `POST /oauth/token`: exchanges client id and secret for an access token. Statuses as in Aura's
 * documentation: 400 bad request, 401 wrong credentials, 403 wrong body, 404 no body.
 */
export const getToken: Handler<World> = (world, call) => {
  const credentials = basicCredentials(call.headers['authorization']);
  const now = world.clock.now();
  const client = credentials?.user ?? '';
  const wait = world.tokenWindow.take(client, now, world.limits.tokensPerHour);
  if (wait !== undefined) throw tooManyRequests(world, wait);
  if (call.body === '') throw denied(404);
  if (!(call.headers['content-type'] ?? '').toLowerCase().startsWith(FORM)) throw denied(400);
  if (new URLSearchParams(call.body).get('grant_type') !== 'client_credentials') throw denied(403);
  const secret = world.clients.get(client)?.clientSecret;
  if (secret === undefined || credentials?.password !== secret) throw denied(401);
  const token = world.tokens.issue(world.clock.clientTime(now), client);
  world.secrets.add(token);
  return {
    status: 200,
    body: {
      access_token: token,
      expires_in: world.options.tokenLifetimeSeconds ?? 3600,
      token_type: 'Bearer',
    },
  };
};
