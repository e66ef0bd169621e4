import type { AuraClient } from '../aura/client.ts';
import type { InstanceSummary } from '../aura/types.ts';
import type { CommonRequest } from '../request.ts';
import type { Context } from './context.ts';
import { pauseWithin } from './pace.ts';
import { findByName } from './locate.ts';

/** How long an instance may take to be listed after the request that made it. */
const lookMilliseconds = 30_000;
/** How far the clocks of runner and Aura may be apart. */
const skewMilliseconds = 60_000;

interface Search {
  readonly name: string;
  readonly tenantId: string;
  /** Epoch milliseconds; what is older is somebody else's. */
  readonly since: number;
  readonly request: Pick<CommonRequest, 'pollIntervalMilliseconds' | 'timeoutMilliseconds'>;
}

/**
 * Looks for the instance that a create has made whose answer was lost: of exactly that name, and
 * made since. It looks again for a while, because it may not be listed at once.
 *
 * @throws ActionError where Aura does not answer, or there is no time to look.
 */
export async function lookForNew(
  client: AuraClient,
  { name, tenantId, since, request }: Search,
  context: Context,
): Promise<readonly InstanceSummary[]> {
  const { clock } = context.patience;
  const begin = clock.now();
  for (;;) {
    const found = await findByName(client, tenantId, name);
    // One that Aura gives no time for is not provably ours, but there was none before the create.
    const ours = found.filter(
      ({ createdAt }) => createdAt === undefined || createdAt >= since - skewMilliseconds,
    );
    if (ours.length > 0 || clock.now() - begin >= lookMilliseconds) return ours;
    const situation = `No time was left to look for instance '${name}'`;
    await pauseWithin(context, request, { situation, advice: "Raise 'timeout'." });
  }
}
