import type { AuraClient } from '../api/client.ts';
import type { PauseRequest } from '../inputs/request.ts';
import { changeStatus } from '../instances/change.ts';
import type { Context } from '../session/context.ts';

/** Pauses an instance; does nothing if it is already paused. @throws ActionError */
export async function pause(
  client: AuraClient,
  request: PauseRequest,
  context: Context,
): Promise<void> {
  await changeStatus(client, request, {
    context,
    change: {
      verb: 'pause',
      from: 'running',
      via: 'pausing',
      to: 'paused',
      send: (id) => client.pauseInstance(id),
    },
  });
}
