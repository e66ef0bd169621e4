import type { Environment, Run } from './run.ts';
import type { RunEvent } from '../../core/github/event.ts';
import { type InputName, type Reader, inputDefaults, inputNames } from './names.ts';
import { type Bundle, lentTenant } from '../credentials/bundle.ts';
import { readCredentials } from './credentials.ts';
import { readHandOver } from './hand-over.ts';
import { type EventName, nothingToDelete, readEventName, readSuffix } from './name.ts';
import {
  matching,
  oneOf,
  parseBoolean,
  parseCount,
  parseDuration,
  parsePatterns,
} from '../../core/inputs/parsers.ts';
import { parseInstanceId, parseName } from './parsers.ts';
import { type Later, createInputReader } from '../../core/inputs/table.ts';
import { remark } from './remarks.ts';
import { readSettings } from './settings.ts';
import { noteSurroundings, readApiUrl } from './surroundings.ts';
import {
  type UnknownInput,
  findUnknownInputs,
  unknownInputProblems,
} from '../../core/inputs/unknown.ts';
import type { CommonRequest, Request, Target, TargetRequest } from './request.ts';

const operations = {
  create: 'create',
  get: 'get',
  poll: 'poll',
  pause: 'pause',
  resume: 'resume',
  delete: 'delete',
} as const;

const goals = { running: 'running', paused: 'paused', deleted: 'deleted' } as const;

/**
 * Reads all inputs of a step.
 *
 * @param getInput the text of an input, empty if not set.
 * @throws ActionError with every problem of every input.
 */
export function readInputs(getInput: (name: InputName) => string, run: Run): Request {
  const { read, unknown } = startReading(getInput, run);
  const operation = read.required('operation', oneOf(operations));
  const credentials = readCredentials(read, run.event);
  read.required('if-no-credentials', oneOf({ fail: 'fail', skip: 'skip' }));
  const common = readCommon(read, run.env);
  const settings = readSettings(read);
  const handOver = readHandOver(read, run);
  const waitFor = read.optional('wait-for', oneOf(goals));
  const nothing = nothingToDelete(read, run.event);
  const { name, target, fromEvent, idleSuffix } = readTarget(read, {
    event: run.event,
    sealed: handOver.sealed,
    needsNone: nothing !== undefined,
  });
  const derived = fromEvent?.name;
  noteSurroundings(read, run, read.text('name') || derived);
  read.throwProblems();
  remark(read, run, { operation: operation(), unknown, derived, idleSuffix });

  const request = lend(handOver.sealed, { ...common(), credentials });
  if (nothing !== undefined) return { ...request, operation: 'none', why: nothing };
  switch (operation()) {
    case 'create':
      return { ...request, ...settings(), ...handOver.all(), operation: 'create', name: name() };
    case 'get':
      return { ...request, ...handOver.all(), operation: 'get', target: target() };
    case 'poll':
      return {
        ...request,
        ...handOver.all(),
        operation: 'poll',
        target: target(),
        waitFor: waitFor(),
      };
    case 'pause':
      return { ...request, operation: 'pause', target: target() };
    case 'resume':
      return { ...request, ...handOver.all(), operation: 'resume', target: target() };
    case 'delete':
      return { ...request, operation: 'delete', target: target(), ofBranch: fromEvent?.instances };
  }
}

/** A reader that already has problems before it reads any input. */
function startReading(
  getInput: (name: InputName) => string,
  run: Run,
): { readonly read: Reader; readonly unknown: readonly UnknownInput[] } {
  const read = createInputReader(getInput, inputDefaults);
  const unknown = findUnknownInputs(run.env ?? {}, inputNames);
  for (const problem of [...(run.problems ?? []), ...unknownInputProblems(unknown)]) {
    read.problem(problem);
  }
  return { read, unknown };
}

/** What every operation uses from a bundle; an input with the same meaning wins. */
function lend(
  sealed: Bundle | undefined,
  request: CommonRequest,
): CommonRequest & Pick<TargetRequest, 'sealed'> {
  const lent = sealed === undefined ? undefined : lentTenant(sealed, request);
  return { ...request, tenant: request.tenant ?? lent, sealed };
}

/** Whether `username` is set without `password`: it then has no effect. */
export function isUsernameAlone(getInput: (name: InputName) => string): boolean {
  const username = getInput('username').trim();
  return !['', inputDefaults.username].includes(username) && getInput('password').trim() === '';
}

function readCommon(
  read: Reader,
  env: Environment | undefined,
): Later<Omit<CommonRequest, 'credentials'>> {
  const apiUrl = readApiUrl(read, env);
  const tenant = read.optional('tenant', matching(/^[^\r\n]{1,200}$/, 'a tenant id or name'));
  const wait = read.required('wait', parseBoolean);
  const timeout = read.required('timeout', parseDuration);
  const pollInterval = read.optional('poll-interval', parseDuration);
  const protectedNames = read.optional('protected-names', parsePatterns);
  const maxDeletions = read.required('max-deletions', parseCount);
  const dryRun = read.required('dry-run', parseBoolean);
  const store = read.required(
    'credentials-store',
    oneOf({ none: 'none', deployment: 'deployment' } as const),
  );
  const githubToken = read.text('github-token');
  if (read.text('credentials-store') === 'deployment' && githubToken === '') {
    read.problem(
      "Input 'github-token' is empty; expected a token with 'deployments: write' for 'credentials-store: deployment'.",
    );
  }
  return () => ({
    apiUrl: apiUrl(),
    tenant: tenant(),
    wait: wait(),
    timeoutMilliseconds: timeout(),
    pollIntervalMilliseconds: pollInterval(),
    protectedNames: protectedNames() ?? [],
    maxDeletions: maxDeletions(),
    dryRun: dryRun(),
    credentialsStore: store(),
    githubToken: githubToken === '' ? undefined : githubToken,
  });
}

/** What selects the instance besides the inputs. */
interface TargetSource {
  readonly event: RunEvent;
  readonly sealed: Bundle | undefined;
  /** The operation has nothing to do. */
  readonly needsNone: boolean;
}

/**
 * If neither id nor name is set, sealed credentials select the instance. If `password` is set too,
 * only their token and tenant are used.
 */
function readTarget(
  read: Reader,
  { event, sealed, needsNone }: TargetSource,
): {
  readonly name: Later<string>;
  readonly target: Later<Target>;
  /** Set if the name comes from the event. */
  readonly fromEvent: EventName | undefined;
  /** Whether a suffix is set but not used, because the sealed credentials select the instance. */
  readonly idleSuffix: boolean;
} {
  const operation = read.text('operation');
  const id = read.optional('instance-id', parseInstanceId);
  const given = read.optional('name', parseName);
  const bySeal = ['get', 'poll', 'pause', 'resume'].includes(operation) && !read.given('password');
  const sealedId = bySeal ? sealed?.instanceId : undefined;
  if (operation === 'create' && read.given('instance-id')) {
    read.problem("Input 'instance-id' does not go with operation 'create', which makes a new one.");
  }
  if (sealedId !== undefined && ![sealedId, ''].includes(read.text('instance-id').toLowerCase())) {
    read.problem(
      `Input 'instance-id' is '${read.text('instance-id')}', but 'sealed-credentials' are of ${sealedId}.`,
    );
  }
  const byId = read.given('instance-id') || (bySeal && read.given('sealed-credentials'));
  const needed = !needsNone && !read.given('name') && (operation === 'create' || !byId);
  const suffix = readSuffix(read);
  const fromEvent = needed ? readEventName(read, event, suffix) : undefined;
  const name = (): string => given() ?? fromEvent?.name ?? '';
  return {
    name,
    fromEvent,
    idleSuffix: !needed && !needsNone && suffix !== undefined,
    target: () => {
      const only = id() ?? sealedId;
      if (only !== undefined) return { id: only, name: given() };
      return { id: only, name: name(), ...(fromEvent === undefined ? {} : { fromEvent: true }) };
    },
  };
}
