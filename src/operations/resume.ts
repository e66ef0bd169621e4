import type { AuraClient } from '../aura/client.ts';
import type { ResumeRequest } from '../request.ts';
import { changeStatus } from './change-status.ts';
import type { Context } from './context.ts';

/** Resumes an instance; one that is running already is left alone. @throws ActionError */
export async function resume(
  client: AuraClient,
  request: ResumeRequest,
  context: Context,
): Promise<void> {
  await changeStatus(client, request, {
    context,
    change: {
      verb: 'resume',
      from: 'paused',
      via: 'resuming',
      to: 'running',
      send: (id) => client.resumeInstance(id),
    },
  });
}
