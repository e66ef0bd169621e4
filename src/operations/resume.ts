import type { AuraClient } from '../aura/client.ts';
import type { ResumeRequest } from '../request.ts';
import { type StatusChange, changeStatus } from './change-status.ts';
import type { Context } from './context.ts';

/** Resumes an instance; one that is running already is left alone. @throws ActionError */
export async function resume(
  client: AuraClient,
  request: ResumeRequest,
  context: Context,
): Promise<void> {
  await changeStatus(client, request, { change: resuming(client), context });
}

/** The change to `running`, for every operation that needs an instance to run. */
export function resuming(client: AuraClient): StatusChange {
  return {
    verb: 'resume',
    from: 'paused',
    via: 'resuming',
    to: 'running',
    send: (id) => client.resumeInstance(id),
  };
}
