import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getInput } from '@actions/core';
import { asError } from '../../../core/errors.ts';
import { type DeploymentStore, noStore } from '../../../core/github/deployments.ts';
import { readEvent } from '../../../core/github/run-event.ts';
import type { Credentials } from '../../../core/oauth/token.ts';
import { digestOf } from '../../../core/oauth/token-file.ts';
import { readSafely } from '../../../core/secrets/safe-file.ts';
import { Secret } from '../../../core/secrets/secret.ts';
import type { Clock } from '../../../core/time/clock.ts';
import type { Patience } from '../../../core/time/patience.ts';
import { delayed } from '../../../core/time/time-limit.ts';
import { connect } from '../../session/connect.ts';
import { createGuard } from '../../session/guard.ts';
import { Ledger } from '../../session/ledger.ts';
import { type TokenPlace, takeTokenPlace, type PostAccess } from '../../session/post-access.ts';
import type { Surroundings } from '../../session/read-step.ts';
import type { AuraReport } from '../../session/report.ts';
import type { Session } from '../../session/session.ts';
import { openStore } from '../../session/store.ts';
import type { CreateState } from './state.ts';

/** What the post step uses: its state, and no inputs except credentials of the same client. */
export interface PostSession extends Session {
  /** Sets the time limit of the next part: Aura accepts the deletion, or first ends a creation. */
  readonly allow: (what: 'acceptance' | 'creation') => void;
}

/** Time for Aura to accept the deletion; more if it limits the requests. */
const acceptanceMilliseconds = 60_000;
/** Time to look for an instance if only the intent is known. */
const searchMilliseconds = 100_000;
/**
 * The runner gives the post steps of a cancelled job five minutes in total; they share this time.
 */
const creationMilliseconds = 270_000;
/** The minimum of it for a late post step. */
const leastMilliseconds = 20_000;
/** The minimum of time to delete the stored credentials: Aura may accept the deletion at the very end. */
const storeMilliseconds = 10_000;
/** How long requests continue after the post step was told to end. */
const graceMilliseconds = 5_000;

interface Opening {
  readonly report: AuraReport;
  readonly surroundings: Surroundings;
}

/** It never throws: missing data causes an error at the first request to Aura. */
export function openPostSession(
  state: CreateState,
  { report, surroundings }: Opening,
): PostSession {
  const { access, name, created } = state;
  const { clock, signal } = surroundings;
  const begin = clock.now();
  const limit = createLimit(clock, created === undefined ? searchMilliseconds : undefined);
  const patience: Patience = {
    clock,
    begin,
    get deadline() {
      return limit.end;
    },
    pollInterval: undefined,
    random: Math.random,
    // A DELETE that is due is still sent, and the step waits for its response.
    signal: delayed(signal, graceMilliseconds, clock),
    graceSignal: undefined,
    beats: new Set(),
    hurrySignal: signal,
    onLimited: limit.onLimited,
    log: report.info,
  };
  const parts = { patience, report };
  const apiUrl = new URL(access.apiUrl);
  const place = takePlace(access.key, report);
  const credentials = ownCredentials(access, report);
  return {
    ...parts,
    client: connect({ apiUrl, credentials, place }, parts).client,
    store: openPostStore(access, parts),
    guard: createGuard(unguarded),
    // Nothing can read the outputs of a post step.
    ledger: new Ledger({ operation: 'delete', id: created?.id, name }, () => undefined),
    allow: limit.allow,
  };
}

/** When the post step gives up. */
interface Limit extends Pick<PostSession, 'allow'> {
  /** Epoch milliseconds. */
  readonly end: number;
  readonly onLimited: () => void;
}

/** @param first milliseconds of the first part, if not those for the acceptance. */
function createLimit(clock: Clock, first = acceptanceMilliseconds): Limit {
  const begin = clock.now();
  const firstBegan = beginOfPosts(begin);
  let end = begin + first;
  let limited = false;
  const extend = (): void => {
    end = Math.max(end, firstBegan + creationMilliseconds, clock.now() + leastMilliseconds);
  };
  return {
    get end() {
      return end;
    },
    // Aura counts requests by the minute, and other jobs wait too: a minute may not be enough.
    onLimited: () => {
      if (!limited) extend();
      limited = true;
    },
    allow: (what) => {
      end = clock.now() + (what === 'acceptance' ? acceptanceMilliseconds : 0);
      if (what === 'creation' || limited) extend();
    },
  };
}

/** The step's own instance needs no protection: a protected name was refused before. */
const unguarded = {
  tenant: { wanted: undefined, lentBy: undefined },
  protectedNames: [],
  maxDeletions: 1,
  dryRun: false,
};

/**
 * The post steps of a job run one after the other; a file contains the start time of the first one.
 */
function beginOfPosts(now: number): number {
  const directory = process.env['RUNNER_TEMP'];
  if (directory === undefined) return now;
  const path = join(directory, 'aura-action-posts-began');
  try {
    writeFileSync(path, String(now), { flag: 'wx', mode: 0o600 });
    return now;
  } catch {
    return Math.min(readTime(path) ?? now, now);
  }
}

function readTime(path: string): number | undefined {
  try {
    const text = readSafely(path, { maxBytes: 32, ownOnly: true }).toString('utf8');
    return /^\d+$/.test(text) ? Number(text) : undefined;
  } catch {
    return undefined;
  }
}

function takePlace(key: string, report: AuraReport): TokenPlace | undefined {
  try {
    return takeTokenPlace(process.env['RUNNER_TEMP'] ?? '', key);
  } catch (error) {
    report.debug(`Could not find the access token of the step: ${asError(error).message}.`);
    return undefined;
  }
}

/**
 * The credentials among the inputs, if they belong to the client that created the instance. In
 * nested composite actions the inputs of a post step can be those of another action.
 */
function ownCredentials(access: PostAccess, report: AuraReport): Credentials | undefined {
  const clientId = getInput('client-id');
  const clientSecret = getInput('client-secret');
  if (clientId === '' || clientSecret === '') return undefined;
  if (digestOf({ clientId, apiOrigin: access.apiUrl }) !== access.account) return undefined;
  return { clientId, clientSecret: new Secret(clientSecret, report.mask) };
}

/**
 * The stored credentials are deleted with the instance if the inputs contain a token for GitHub.
 */
function openPostStore(
  { stored }: PostAccess,
  { patience, report }: { readonly patience: Patience; readonly report: AuraReport },
): DeploymentStore {
  if (!stored) return noStore;
  const githubToken = getInput('github-token');
  if (githubToken === '') {
    report.debug(
      "The stored credentials are not deleted: 'github-token' is empty in the post step.",
    );
    return noStore;
  }
  const token = new Secret(githubToken, report.mask);
  const longer: Patience = {
    ...patience,
    get deadline() {
      return Math.max(patience.deadline, patience.clock.now() + storeMilliseconds);
    },
  };
  return openStore(token, readEvent(process.env, report.debug), { patience: longer, report });
}
