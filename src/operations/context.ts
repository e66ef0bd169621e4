import type { Patience } from '../aura/retry.ts';
import type { Instance } from '../aura/types.ts';
import type { TokenSource } from '../aura/token.ts';
import { pollDelay } from '../aura/wait.ts';
import { formatDuration } from '../clock.ts';
import { ActionError } from '../errors.ts';
import type { DeploymentStore } from '../github/deployments.ts';
import type { CommonRequest } from '../request.ts';
import type { Outputs, Report } from '../report.ts';

/** What an operation has besides the client and its request. */
export interface Context {
  readonly report: Report;
  /** Clock, deadline and cancellation of the step. */
  readonly patience: Patience;
  /** For the token that travels with sealed credentials. */
  readonly tokens: Pick<TokenSource, 'known'>;
  /** Where sealed credentials are kept for later runs; keeps nothing where none was asked for. */
  readonly store: DeploymentStore;
}

/** The outputs that an instance's detail gives. */
export function instanceOutputs(instance: Instance): Outputs {
  return {
    'instance-id': instance.id,
    name: instance.name,
    'connection-uri': instance.connectionUrl,
    status: instance.status,
    tier: instance.type,
    region: instance.region,
    'cloud-provider': instance.cloudProvider,
    memory: instance.memory,
    tenant: instance.tenantId,
    instance: JSON.stringify(instance.fields),
  };
}

/** An entry of the output `instances`: an instance worked on, and how that went. */
export interface Worked {
  readonly id: string;
  name: string | undefined;
  status?: string;
  changed: boolean;
  error?: string;
}

/** The output `instances` of an operation on one instance. */
export function workedOn({ id, name, status }: Instance, changed: boolean): Outputs {
  return { changed, instances: JSON.stringify([{ id, name, status, changed }]) };
}

/** An instance as messages name it. */
export function label({ name, id }: { readonly name: string; readonly id: string }): string {
  return `instance '${name}' (${id})`;
}

/** A sentence that begins with `text`. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The parts of a request that say how long things may take. */
export type Timing = Pick<CommonRequest, 'pollIntervalMilliseconds' | 'timeoutMilliseconds'>;

/**
 * Pauses as long as between two polls, for something that has to be tried again.
 *
 * @param situation what is wrong so far, for the error.
 * @param requests how many requests the next try makes: together they keep to the rate of polls.
 * @throws {@link ActionError} where the step's time does not allow it.
 */
export async function pauseWithin(
  { patience }: Context,
  { pollIntervalMilliseconds, timeoutMilliseconds }: Timing,
  { situation, requests = 1 }: { readonly situation: string; readonly requests?: number },
): Promise<void> {
  const { clock, deadline, random, signal } = patience;
  const begin = deadline - timeoutMilliseconds;
  const delay = (pollIntervalMilliseconds ?? pollDelay(clock.now() - begin, random())) * requests;
  if (clock.now() + delay > deadline) {
    const waited = formatDuration(clock.now() - begin);
    throw new ActionError(
      `${situation} after ${waited}. The instance is as it was: try again, or raise 'timeout'.`,
    );
  }
  await clock.sleep(delay, signal);
}

/** `instance` in a status that is known without reading it again. */
export function withStatus(instance: Instance, status: string): Instance {
  return { ...instance, status, fields: { ...instance.fields, status } };
}

/** Writes a line unless it is the one written last: waiting is no news. */
export function sayOnce(info: (line: string) => void): (line: string) => void {
  let last: string | undefined;
  return (line) => {
    if (line !== last) info(line);
    last = line;
  };
}
