import type { AuraClient, Reading } from '../api/client.ts';
import type { Instance, InstanceSummary } from '../api/types.ts';
import { attempting } from '../api/attempting.ts';
import type { Context } from '../session/context.ts';
import { type Timing, readWithin } from './pace.ts';

/** How long a 404 means "not yet" after a create. Source: seen live; official Go client waits too. */
const showsWithinMilliseconds = 60_000;

/** An instance, and what is known about its creation time. */
export interface Known {
  readonly id: string;
  /** By Aura's clock, in epoch milliseconds. */
  readonly createdAt?: number | undefined;
  /** By this process's clock: when Aura returned it. Used if Aura returns no creation time. */
  readonly knownSince?: number | undefined;
}

/**
 * Whether a 404 for an instance means "not yet", because it was created less than a minute ago. If
 * its creation time is unknown, the list of instances decides.
 *
 * @param since by this process's clock: the time of the first request for it.
 */
export async function isNotShownYet(
  client: AuraClient,
  { id, createdAt, knownSince }: Known,
  { now, since }: { readonly now: number; readonly since: number },
): Promise<boolean> {
  let born = createdAt;
  if (born === undefined && knownSince === undefined) {
    const listed = (await client.listInstances()).find((summary) => summary.id === id);
    if (listed === undefined) return false;
    born = listed.createdAt;
  }
  const serverNow = client.serverClock.now();
  const age =
    born === undefined || serverNow === undefined ? now - (knownSince ?? since) : serverNow - born;
  return age < showsWithinMilliseconds;
}

/**
 * Reads an instance that may have been created a moment ago: Aura can then return 404 for it.
 *
 * @param tried the verb for messages, such as `pause`.
 * @returns undefined if it does not exist.
 * @throws ActionError if Aura refuses, or if there is no time to wait until it is visible.
 */
export async function readListed(
  client: AuraClient,
  known: Known,
  { tried, request, context }: { tried: string; request: Timing; context: Context },
): Promise<Instance | undefined> {
  const { clock } = context.patience;
  const since = clock.now();
  const what = `${tried} instance ${known.id}`;
  const look = async (attempts: 'once' | 'retried'): Promise<Reading> => {
    const reading = await client.getInstance(known.id, attempts);
    if (reading !== 'missing') return reading;
    const times = { now: clock.now(), since };
    return (await isNotShownYet(client, known, times)) ? 'missing' : 'gone';
  };
  let found = await attempting(what, () => look('retried'));
  while (found === 'missing') {
    found = await readWithin(context, {
      read: () => look('once'),
      tried: what,
      timing: request,
      situation: `Could not ${what}: it was created less than a minute ago, and Aura still answers 404`,
    });
  }
  return found === 'gone' ? undefined : found;
}

/** Reads several instances of a list; those that no longer exist are skipped. */
export async function readAllListed(
  client: AuraClient,
  listed: readonly InstanceSummary[],
  options: { tried: string; request: Timing; context: Context },
): Promise<readonly Instance[]> {
  const readings: Instance[] = [];
  for (const summary of listed) {
    const instance = await readListed(client, summary, options);
    if (instance !== undefined) readings.push(instance);
  }
  return readings;
}
