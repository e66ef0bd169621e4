import {
  matching,
  oneOf,
  parseBoolean,
  parseCount,
  parsePatterns,
  parseText,
  wholeNumber,
} from '../../core/inputs/parsers.ts';
import { suggesting } from '../../core/inputs/spelling.ts';
import { durationSuchAs, parseAge, parseDuration } from '../../core/inputs/times.ts';
import type { Inputs, Table } from '../../core/inputs/table.ts';
import {
  parseApiUrl,
  parseInstanceId,
  parseInstanceIds,
  parseName,
  parseNamePattern,
  parseRegion,
  parseSize,
  parseSnapshotId,
  parseVersion,
} from './parsers.ts';
import type { Operation } from './request.ts';
import { synonyms } from './synonyms.ts';

const operations: Readonly<Record<Operation, Operation>> = {
  create: 'create',
  get: 'get',
  poll: 'poll',
  pause: 'pause',
  resume: 'resume',
  resize: 'resize',
  snapshot: 'snapshot',
  restore: 'restore',
  overwrite: 'overwrite',
  delete: 'delete',
  sweep: 'sweep',
};

/** `auto` stands for one of them: before the table is read, the event's operation replaces it. */
const parseOperation = oneOf(operations, { also: ['auto'], synonyms: synonyms.operation });

/** The action's names for the tiers, and the API's codes. Source: Aura API v1, `type`. */
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

const parseTier = oneOf(tiers, {
  expected:
    'one of free, professional, business-critical, virtual-dedicated-cloud, ds-professional, ds-enterprise, or an API code such as free-db',
  synonyms: synonyms.tier,
});

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const forCreate: { readonly usedBy: readonly Operation[] } = { usedBy: ['create'] };
const forResize: { readonly usedBy: readonly Operation[] } = { usedBy: ['resize'] };
const forSize: { readonly usedBy: readonly Operation[] } = { usedBy: ['create', 'resize'] };
const forCopy: { readonly usedBy: readonly Operation[] } = { usedBy: ['create', 'overwrite'] };
const forChange: { readonly usedBy: readonly Operation[] } = {
  usedBy: [
    'create',
    'pause',
    'resume',
    'resize',
    'snapshot',
    'restore',
    'overwrite',
    'delete',
    'sweep',
  ],
};
/** `create` deletes too: a replaced instance, and one whose password was lost. */
const forDeletion: { readonly usedBy: readonly Operation[] } = {
  usedBy: ['create', 'delete', 'sweep'],
};
const forSweep: { readonly usedBy: readonly Operation[] } = { usedBy: ['sweep'] };
/** A sweep finds its instances itself. */
const forTarget: { readonly usedBy: readonly Operation[] } = {
  usedBy: Object.values(operations).filter((operation) => operation !== 'sweep'),
};
const forHandOver: { readonly usedBy: readonly Operation[] } = {
  usedBy: ['create', 'get', 'poll', 'resume'],
};

/**
 * Every input that action.yml declares. `instance-id` with `create`, and `name-pattern` with an
 * operation on one instance, are errors, not inputs without effect; `username` without `password`
 * has its own warning; the default of `github-token` is an expression, so a token that was set cannot
 * be distinguished from it.
 */
export const table = defineTable({
  operation: { parse: parseOperation, required: true },
  'client-id': { parse: parseText },
  'client-secret': { parse: parseText, secret: true },
  'if-no-credentials': {
    parse: oneOf({ fail: 'fail', skip: 'skip' }, { synonyms: synonyms['if-no-credentials'] }),
    default: 'fail',
  },
  tenant: {
    parse: matching(/^[^\r\n]{1,200}$/, 'a tenant id or name of 1 to 200 characters on one line'),
  },
  'api-url': { parse: parseApiUrl },
  'instance-id': { parse: parseInstanceIds, ...forTarget },
  name: { parse: parseName, ...forTarget },
  'name-suffix': {
    parse: matching(/^[a-z0-9]{1,6}$/i, '1 to 6 letters or digits'),
    ...forTarget,
  },
  'name-pattern': { parse: parseNamePattern },
  tier: { parse: parseTier, ...forCreate },
  region: { parse: parseRegion, ...forCreate },
  'cloud-provider': {
    parse: oneOf(
      { gcp: 'gcp', aws: 'aws', azure: 'azure' },
      { synonyms: synonyms['cloud-provider'] },
    ),
    ...forCreate,
  },
  memory: { parse: parseSize, ...forSize },
  storage: { parse: parseSize, ...forSize },
  version: { parse: parseVersion, ...forCreate },
  'vector-optimized': { parse: parseBoolean, ...forSize },
  'graph-analytics-plugin': { parse: parseBoolean, ...forSize },
  'customer-managed-key-id': {
    parse: suggesting(matching(uuid, 'the id of the key in Aura, a UUID'), (plain) => [
      plain.replace(/^\{(.*)\}$/, '$1'),
    ]),
    ...forCreate,
  },
  'source-instance-id': { parse: parseInstanceId, ...forCopy },
  'source-snapshot-id': { parse: parseSnapshotId, ...forCopy },
  config: { parse: parseText, ...forCreate },
  'if-exists': {
    parse: oneOf({ reuse: 'reuse', replace: 'replace', fail: 'fail' } as const, {
      synonyms: synonyms['if-exists'],
    }),
    default: 'reuse',
    ...forCreate,
  },
  secondaries: { parse: wholeNumber({ least: 0, most: 999 }), ...forResize },
  'cdc-enrichment-mode': {
    parse: oneOf(
      { OFF: 'OFF', DIFF: 'DIFF', FULL: 'FULL' },
      { synonyms: synonyms['cdc-enrichment-mode'] },
    ),
    ...forResize,
  },
  'new-name': { parse: parseName, ...forResize },
  'snapshot-id': { parse: parseSnapshotId, usedBy: ['restore'] },
  wait: { parse: parseBoolean, default: 'true', ...forChange },
  'wait-for': {
    parse: oneOf({ running: 'running', paused: 'paused', deleted: 'deleted' } as const, {
      synonyms: synonyms['wait-for'],
    }),
    usedBy: ['poll'],
  },
  timeout: { parse: parseDuration, default: '20m' },
  'poll-interval': { parse: durationSuchAs('5s') },
  'sealed-credentials': { parse: parseText },
  username: { parse: parseText, default: 'neo4j' },
  password: { parse: parseText, secret: true, ...forHandOver },
  'sealing-key': { parse: parseText, secret: true },
  'credentials-store': {
    parse: oneOf({ none: 'none', deployment: 'deployment' } as const, {
      synonyms: synonyms['credentials-store'],
    }),
    default: 'none',
  },
  'export-env': { parse: parseBoolean, default: 'false', ...forHandOver },
  'env-file': { parse: parseText, ...forHandOver },
  verify: {
    parse: oneOf({ off: 'off', warn: 'warn', require: 'require' } as const, {
      synonyms: synonyms.verify,
    }),
    default: 'off',
    ...forHandOver,
  },
  'delete-after-job': { parse: parseBoolean, default: 'false', ...forCreate },
  'protected-names': {
    parse: parsePatterns,
    usedBy: ['create', 'restore', 'overwrite', 'delete', 'sweep'],
  },
  keep: {
    parse: oneOf({ 'pull-requests': 'pull-requests', branches: 'branches' } as const, {
      synonyms: synonyms.keep,
    }),
    default: 'pull-requests',
    ...forSweep,
  },
  'max-age': { parse: parseAge, ...forSweep },
  'max-deletions': { parse: parseCount, default: '10', ...forDeletion },
  'dry-run': { parse: parseBoolean, default: 'false' },
  'github-token': { parse: parseText, secret: true },
  summary: { parse: parseBoolean, default: 'true' },
});

/** Infers the type of each value from its parser. */
function defineTable<Values>(rows: Table<Values, Operation>): Table<Values, Operation> {
  return rows;
}

type ValuesOf<T> = T extends Table<infer Values> ? Values : never;
/** The value of each input. */
type InputValues = ValuesOf<typeof table>;
/** The name of an input. */
export type InputName = keyof typeof table;
/** The inputs of one step. */
export type Reader = Inputs<InputValues>;

export const inputNames: readonly InputName[] = Object.keys(table).filter(isInputName);
/** The inputs that are masked before anything else happens. */
export const secretInputs = inputNames.filter((name) => table[name].secret);
export const inputDefaults: Readonly<Partial<Record<InputName, string>>> = Object.fromEntries(
  inputNames.flatMap((name) => {
    const text = table[name].default;
    return text === undefined ? [] : [[name, text]];
  }),
);

/** The action's name for a tier, such as `free` for `free-db`. */
export function nameOfTier(code: string): string {
  return Object.entries(tiers).find(([, value]) => value === code)?.[0] ?? code;
}

function isInputName(name: string): name is InputName {
  return name in table;
}

/** The operations that `auto` chooses from. */
const choices = ['create', 'delete', 'sweep'] as const;
/** An operation that `auto` can choose. */
export type AutoOperation = (typeof choices)[number];

/** Whether an input can have an effect on an operation; for `auto`, on one that it can choose. */
export function hasEffect(name: InputName, operation: Operation | 'auto'): boolean {
  const { usedBy } = table[name];
  const possible = operation === 'auto' ? choices : [operation];
  return usedBy === undefined || possible.some((each) => usedBy.includes(each));
}
