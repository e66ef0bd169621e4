import type { Credentials } from './aura/token.ts';
import { ActionError } from './errors.ts';
import { type RunEvent, branchOf, secretsWithheld } from './github/event.ts';
import { instanceName } from './github/name.ts';
import type { CommonRequest, Request } from './request.ts';
import {
  type Parser,
  matching,
  oneOf,
  parseApiUrl,
  parseBoolean,
  parseCount,
  parseDuration,
  parseInstanceId,
  parseList,
  parseName,
  parseSize,
} from './input-parsers.ts';

/** Every input that action.yml declares. */
export const inputNames = [
  'operation',
  'client-id',
  'client-secret',
  'tenant',
  'api-url',
  'instance-id',
  'name',
  'tier',
  'region',
  'cloud-provider',
  'memory',
  'storage',
  'version',
  'vector-optimized',
  'graph-analytics-plugin',
  'customer-managed-key-id',
  'if-exists',
  'wait',
  'wait-for',
  'timeout',
  'poll-interval',
  'delete-after-job',
  'protected-names',
  'max-deletions',
  'dry-run',
] as const;

type InputName = (typeof inputNames)[number];

/**
 * The defaults of action.yml once more: `with: x: ''` does not fall back to the manifest's default,
 * and an empty input means that it is not given.
 */
export const inputDefaults: Readonly<Partial<Record<InputName, string>>> = {
  'api-url': 'https://api.neo4j.io',
  tier: 'free',
  version: '5',
  'if-exists': 'fail',
  wait: 'true',
  timeout: '20m',
  'delete-after-job': 'false',
  'max-deletions': '10',
  'dry-run': 'false',
};

const operations = {
  create: 'create',
  get: 'get',
  poll: 'poll',
  pause: 'pause',
  resume: 'resume',
  delete: 'delete',
} as const;

/** The action's words for the tiers beside the API's own codes. Source: Aura API v1, `type`. */
const tiers = {
  free: 'free-db',
  professional: 'professional-db',
  'business-critical': 'business-critical',
  'virtual-dedicated-cloud': 'enterprise-db',
  'ds-professional': 'professional-ds',
  'ds-enterprise': 'enterprise-ds',
  'free-db': 'free-db',
  'professional-db': 'professional-db',
  'enterprise-db': 'enterprise-db',
  'professional-ds': 'professional-ds',
  'enterprise-ds': 'enterprise-ds',
} as const;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads all inputs of a step.
 *
 * @param getInput the text of an input, trimmed, empty when not given.
 * @param event gives the name where none is given, and tells why credentials may be missing.
 * @throws {@link ActionError} with every problem of every input.
 */
export function readInputs(getInput: (name: InputName) => string, event: RunEvent): Request {
  const read = createReader(getInput);
  const operation = read.required('operation', oneOf(operations));
  const credentials = readCredentials(read, event);
  const common = readCommon(read);
  const settings = readSettings(read);
  const waitFor = read.optional(
    'wait-for',
    oneOf({ running: 'running', paused: 'paused', deleted: 'deleted' } as const),
  );
  const id = read.optional('instance-id', parseInstanceId);
  const givenName = read.optional('name', parseName);

  if (operation === 'create' && id !== undefined) {
    read.problem("Input 'instance-id' does not go with operation 'create', which makes a new one.");
  }
  const nameNeeded = operation === 'create' || !read.given('instance-id');
  const name = read.given('name') || !nameNeeded ? givenName : nameFromEvent(read, event);

  read.throwProblems();
  // Everything undefined from here on was a problem above; the checks tell the compiler so.
  if (operation === undefined || credentials === undefined || common === undefined) unreachable();
  const request = { ...common, credentials };
  if (operation === 'create') {
    const { type, version, ifExists, deleteAfterJob } = settings;
    if (name === undefined || type === undefined || version === undefined) unreachable();
    if (ifExists === undefined || deleteAfterJob === undefined) unreachable();
    return { ...request, ...settings, operation, name, type, version, ifExists, deleteAfterJob };
  }
  const target = id !== undefined ? { id, name } : { id, name: name ?? unreachable() };
  return operation === 'poll'
    ? { ...request, operation, target, waitFor }
    : { ...request, operation, target };
}

function readCommon(read: Reader): Omit<CommonRequest, 'credentials'> | undefined {
  const apiUrl = read.required('api-url', parseApiUrl);
  const tenant = read.optional('tenant', matching(/^[^\r\n]{1,200}$/, 'a tenant id or name'));
  const wait = read.required('wait', parseBoolean);
  const timeoutMilliseconds = read.required('timeout', parseDuration);
  const pollIntervalMilliseconds = read.optional('poll-interval', parseDuration);
  const protectedNames = read.optional('protected-names', parseList) ?? [];
  const maxDeletions = read.required('max-deletions', parseCount);
  const dryRun = read.required('dry-run', parseBoolean);
  if (apiUrl === undefined || wait === undefined || timeoutMilliseconds === undefined) {
    return undefined;
  }
  if (maxDeletions === undefined || dryRun === undefined) return undefined;
  const time = { wait, timeoutMilliseconds, pollIntervalMilliseconds };
  return { apiUrl, tenant, ...time, protectedNames, maxDeletions, dryRun };
}

function readSettings(read: Reader) {
  return {
    type: read.required('tier', oneOf(tiers)),
    version: read.required('version', matching(/^[\w.-]{1,30}$/, 'a version such as 5')),
    region: read.optional('region', matching(/^[\w-]{1,60}$/, 'a region such as europe-west1')),
    cloudProvider: read.optional(
      'cloud-provider',
      oneOf({ gcp: 'gcp', aws: 'aws', azure: 'azure' }),
    ),
    memory: read.optional('memory', parseSize),
    storage: read.optional('storage', parseSize),
    vectorOptimized: read.optional('vector-optimized', parseBoolean),
    graphAnalyticsPlugin: read.optional('graph-analytics-plugin', parseBoolean),
    customerManagedKeyId: read.optional('customer-managed-key-id', matching(uuid, 'a UUID')),
    ifExists: read.required('if-exists', oneOf({ fail: 'fail', replace: 'replace' } as const)),
    deleteAfterJob: read.required('delete-after-job', parseBoolean),
  };
}

/** Their values are never quoted: either may hold a secret, the other one by mistake. */
function readCredentials(read: Reader, event: RunEvent): Credentials | undefined {
  const clientId = read.raw('client-id');
  const clientSecret = read.raw('client-secret');
  const missing = [
    clientId === '' ? "'client-id'" : '',
    clientSecret === '' ? "'client-secret'" : '',
  ].filter((name) => name !== '');
  if (missing.length > 0) {
    const inputs = missing.length > 1 ? 'Inputs' : 'Input';
    const be = missing.length > 1 ? 'are' : 'is';
    read.problem(`${inputs} ${missing.join(' and ')} ${be} empty; ${whyEmpty(event)}`);
  }
  // A colon would end the user name of the Authorization header.
  const wellFormed = /^[\x21-\x39\x3b-\x7e]+$/.test(clientId) || clientId === '';
  if (!wellFormed) {
    read.problem("Input 'client-id' holds characters that no Aura client id has.");
  }
  if (clientSecret !== '' && !/^[\x21-\x7e]{8,}$/.test(clientSecret)) {
    read.problem(
      "Input 'client-secret' is no Aura client secret: it is too short or holds blanks.",
    );
  }
  return { clientId, clientSecret };
}

function whyEmpty(event: RunEvent): string {
  switch (secretsWithheld(event)) {
    case 'fork':
      return 'GitHub passes no secrets to a pull request from a fork. Skip this step for forks.';
    case 'dependabot':
      return "GitHub passes no repository secrets to runs of Dependabot. Add them to the repository's Dependabot secrets, or skip this step for Dependabot.";
    case undefined:
      return 'the secret or variable they come from is not set for this repository or environment, or its name is misspelt.';
  }
}

function nameFromEvent(read: Reader, event: RunEvent): string | undefined {
  const branch = branchOf(event);
  if (branch !== undefined && event.repository !== '')
    return instanceName(event.repository, branch);
  const about = event.name === '' ? 'this run' : `event '${event.name}' on '${event.ref}'`;
  read.problem(
    `Input 'name' is not given, and ${about} has no branch to take one from; expected a name of 1 to 30 characters, or an instance-id.`,
  );
  return undefined;
}

interface Reader {
  raw(name: InputName): string;
  given(name: InputName): boolean;
  /** Undefined when not given or not valid; the latter is noted. */
  optional<T>(name: InputName, parse: Parser<T>): T | undefined;
  /** Undefined when not valid or not given and without a default; both are noted. */
  required<T>(name: InputName, parse: Parser<T>): T | undefined;
  problem(text: string): void;
  throwProblems(): void;
}

function createReader(getInput: (name: InputName) => string): Reader {
  const problems: string[] = [];
  const raw = (name: InputName): string => getInput(name).trim() || (inputDefaults[name] ?? '');
  const parsed = <T>(name: InputName, value: string, parse: Parser<T>): T | undefined => {
    const result = parse(value);
    if ('value' in result) return result.value;
    const is = value === '' ? 'is not given' : `is '${shorten(value)}'`;
    problems.push(`Input '${name}' ${is}; expected ${result.expected}.`);
    return undefined;
  };
  return {
    raw,
    given: (name) => getInput(name).trim() !== '',
    optional: (name, parse) => (raw(name) === '' ? undefined : parsed(name, raw(name), parse)),
    required: (name, parse) => parsed(name, raw(name), parse),
    problem: (text) => {
      problems.push(text);
    },
    throwProblems: () => {
      if (problems.length > 0) throw new ActionError(problems.join('\n'));
    },
  };
}

function shorten(value: string): string {
  return value.length > 100 ? `${value.slice(0, 100)}…` : value;
}

function unreachable(): never {
  throw new Error('an input that is not valid passed the checks');
}
