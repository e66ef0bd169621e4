import { expected, nameOf, truth, type Values } from './values.ts';

const time =
  'a time from 1s to 24h, for example 90s, 20m, 1h30m or 5 minutes (a number without a unit is seconds)';
const oneId = 'an instance id of 8 hexadecimal digits such as 3fb7870d';
const useName = "To use a name, set 'name' instead.";
const sweeping = { operation: 'sweep', 'github-token': 'ghs_0123456789' };
const uuid = '0f1e2d3c-0000-4000-8000-00000000000A';

/** The inputs of every operation. */
export const commonValues = {
  operation: {
    // What the other operations need in addition; those that do not take it ignore it.
    beside: {
      memory: '4GB',
      'snapshot-id': 'latest',
      'source-instance-id': '5e6f7a8b',
      'github-token': 'ghs_0123456789',
    },
    good: [
      ...[
        'create',
        'get',
        'poll',
        'pause',
        'resume',
        'resize',
        'snapshot',
        'restore',
        'overwrite',
        'delete',
        'sweep',
      ].map((operation) => [operation, { operation }] as const),
      ['auto', { operation: 'create' }],
      ['Delete', { operation: 'delete' }],
      ['AUTO', { operation: 'create' }],
    ],
    bad: [
      'destroy',
      'start',
      'dlete',
      'atuo',
      'upgrade',
      'Create instance',
      'get,delete',
      'clean up!',
      'constructor',
    ],
    problem: expected(
      'operation',
      'one of create, get, poll, pause, resume, resize, snapshot, restore, overwrite, delete, sweep, auto',
      {
        destroy: 'delete',
        start: 'resume',
        dlete: 'delete',
        atuo: 'auto',
        upgrade: 'resize',
        'Create instance': 'create',
        'get,delete': "get' or 'delete",
        'clean up!': 'sweep',
      },
    ),
  },
  'client-id': {
    good: [
      ['abc', { credentials: { clientId: 'abc', clientSecret: 'the-secret-0123' } }],
      ['!"#$~9', { credentials: { clientId: '!"#$~9', clientSecret: 'the-secret-0123' } }],
    ],
    bad: ['a:b', 'a b', 'clïent', 'a\nb', 'a\0'],
    problem: () =>
      "Input 'client-id' is not a valid Aura client id: it contains a blank, a colon or another character that no client id has.",
  },
  'client-secret': {
    good: [
      ['12345678', { credentials: { clientId: 'the-client', clientSecret: '12345678' } }],
      ['with:colon!', { credentials: { clientId: 'the-client', clientSecret: 'with:colon!' } }],
    ],
    bad: ['1234567', 'two words', 'two\nlines-0123', 'sécret-0123'],
    problem: (value) =>
      `Input 'client-secret' is not a valid Aura client secret: ${
        value.length < 8
          ? 'it is shorter than 8 characters'
          : /\s/.test(value)
            ? 'it contains a blank or a line break'
            : 'it contains a character that no client secret has'
      }. Copy the secret again, or create a new API key in the Aura console.`,
  },
  'if-no-credentials': {
    good: [
      ['fail', {}],
      ['skip', {}],
      ['Skip', {}],
    ],
    bad: ['ignore', 'true', 'do not'],
    problem: expected('if-no-credentials', 'one of fail, skip', { ignore: 'skip', true: 'skip' }),
  },
  tenant: {
    good: [
      [uuid, { tenant: uuid }],
      ["Söhne & Co's", { tenant: "Söhne & Co's" }],
      ['', { tenant: undefined }],
    ],
    bad: ['two\nlines', 'two\rlines', 'x'.repeat(201)],
    problem: expected('tenant', 'a tenant id or name of 1 to 200 characters on one line'),
  },
  'api-url': {
    good: [
      ['https://api-staging.neo4j.io', { apiUrl: new URL('https://api-staging.neo4j.io') }],
      ['http://127.0.0.1:8080', { apiUrl: new URL('http://127.0.0.1:8080') }],
      ['', { apiUrl: new URL('https://api.neo4j.io') }],
    ],
    bad: [
      'api.neo4j.io',
      'http://example.com',
      'https://api.neo4j.io/v1',
      'ftp://localhost',
      'https://api_1.neo4j.io',
    ],
    problem: (value) => {
      const [what, meant] = {
        'api.neo4j.io': ['an address that begins with https://', 'https://api.neo4j.io'],
        'http://example.com': [
          'an address that begins with https:// (http:// only for localhost)',
          'https://example.com',
        ],
        'https://api.neo4j.io/v1': [
          'only the address of the server, without a path such as /v1',
          'https://api.neo4j.io',
        ],
      }[value] ?? ['the address of an Aura API, such as https://api.neo4j.io, without a path'];
      return expected('api-url', what ?? '', meant === undefined ? {} : { [value]: meant })(value);
    },
  },
  'instance-id': {
    good: [
      ['1A2B3C4D', { target: { id: '1a2b3c4d', name: undefined } }],
      ['', { target: { id: undefined, name: 'shop-feature-cart-610v7-oefkr' } }],
      // A list with one id is that id; duplicates count once.
      [',1a2b3c4d,\n1A2B3C4D', { target: { id: '1a2b3c4d', name: undefined } }],
      ['1a2b3c4d,5E6F7A8B', { several: { ids: ['1a2b3c4d', '5e6f7a8b'] } }],
      ['5e6f7a8b\r\n1a2b3c4d, 5e6f7a8b', { several: { ids: ['5e6f7a8b', '1a2b3c4d'] } }],
    ],
    bad: ['1a2b3c4', '1a2b3c4d5', '1a2b3c4d 5e6f7a8b', 'shop', ',', '1a2b3c4d,shop,x'],
    problem: (value) =>
      value.includes('shop,')
        ? expected(
            'instance-id',
            "instance ids of 8 hexadecimal digits; these are not: 'shop', 'x'",
          )(value)
        : `${expected('instance-id', oneId)(value)} ${useName}${
            value.includes(' ') ? " Did you mean '1a2b3c4d, 5e6f7a8b'?" : ''
          }`,
  },
  name: {
    good: [
      ['shop', { target: { id: undefined, name: 'shop' } }],
      ['🐘'.repeat(30), { target: { id: undefined, name: '🐘'.repeat(30) } }],
    ],
    bad: ['x'.repeat(31), 'a\tb', 'two\nlines'],
    problem: (value) => expected('name', nameOf(value))(value),
  },
  'name-pattern': {
    good: [
      ['ci-*', { several: { pattern: 'ci-*' } }],
      ['*', { several: { pattern: '*' } }],
      // Names may contain these characters.
      ['^a.*(b|c)[d]$', { several: { pattern: '^a.*(b|c)[d]$' } }],
    ],
    bad: ['two\nlines', 'x'.repeat(101)],
    problem: expected(
      'name-pattern',
      'a name pattern of 1 to 100 characters on one line, in which * matches any text and ? any one character',
    ),
  },
  'name-suffix': {
    good: [
      ['ds', { target: { id: undefined, name: 'shop-feature-ca-610v7-oefkr-ds' } }],
      ['A1b2C3', { target: { id: undefined, name: 'shop-featur-610v7-oefkr-a1b2c3' } }],
      ['', { target: { id: undefined, name: 'shop-feature-cart-610v7-oefkr' } }],
    ],
    bad: ['1234567', '-ds', 'd s', 'd_s', 'ü', '🐘'],
    problem: expected('name-suffix', '1 to 6 letters or digits'),
  },
  wait: truth('wait', 'wait', true),
  'wait-for': {
    beside: { operation: 'poll' },
    good: [
      ['running', { waitFor: 'running' }],
      ['paused', { waitFor: 'paused' }],
      ['deleted', { waitFor: 'deleted' }],
      ['Running', { waitFor: 'running' }],
      ['', { waitFor: undefined }],
    ],
    bad: ['stable', 'ready', 'delete', 'runing'],
    problem: expected('wait-for', 'one of running, paused, deleted', {
      ready: 'running',
      delete: 'deleted',
      runing: 'running',
    }),
  },
  timeout: {
    good: [
      ['90', { timeoutMilliseconds: 90_000 }],
      ['1h30m', { timeoutMilliseconds: 5_400_000 }],
      ['5 minutes', { timeoutMilliseconds: 300_000 }],
      ['5min', { timeoutMilliseconds: 300_000 }],
      ['', { timeoutMilliseconds: 1_200_000 }],
    ],
    bad: ['0', '0s', '25h', '1.5m', '-1m', 'forever', '3 Hrs', '1d'],
    problem: expected('timeout', time, { '1.5m': '90s', '3 Hrs': '3h', '1d': '24h' }),
  },
  'poll-interval': {
    good: [
      ['1s', { pollIntervalMilliseconds: 1_000 }],
      ['', { pollIntervalMilliseconds: undefined }],
    ],
    bad: ['0', '0.5s', '100ms', 'fast'],
    problem: expected('poll-interval', 'a time from 1s to 24h, for example 5s'),
  },
  'credentials-store': {
    beside: { 'github-token': 'ghs_0123456789' },
    good: [
      ['none', { credentialsStore: 'none' }],
      ['deployment', { credentialsStore: 'deployment' }],
      ['Deployment', { credentialsStore: 'deployment' }],
      ['', { credentialsStore: 'none' }],
    ],
    bad: ['deployments', 'cache', 'true'],
    problem: expected('credentials-store', 'one of none, deployment', {
      deployments: 'deployment',
      true: 'deployment',
    }),
  },
  'github-token': {
    good: [
      ['ghs_0123456789', { githubToken: 'ghs_0123456789' }],
      ['', { githubToken: undefined }],
    ],
    // It is invalid only if it is missing with another input.
    bad: [],
    problem: () =>
      "Input 'github-token' is empty, but 'credentials-store: deployment' needs it. Remove the input, so that the step uses the token of the job, and add 'deployments: write' to the permissions of the job.",
  },
  'protected-names': {
    good: [
      ['main', { protectedNames: ['main'] }],
      ['shop-*,\n  *-prod ,', { protectedNames: ['shop-*', '*-prod'] }],
      [',', { protectedNames: [] }],
      ['', { protectedNames: [] }],
    ],
    bad: [
      '^prod',
      'prod$',
      '!prod',
      "'prod'",
      '"prod"',
      '`prod`',
      'prod.*',
      'prod[12]',
      '[',
      ']',
      '{a}',
      '{',
      '}',
      '(prod',
      'prod)',
      'a|b',
      'prod\\*',
    ],
    problem: (value) =>
      expected(
        'protected-names',
        `names and globs, in which only * and ? are special: '${value}' would protect nothing; ? matches any one character`,
        {
          '^prod': 'prod',
          prod$: 'prod',
          "'prod'": 'prod',
          '"prod"': 'prod',
          '`prod`': 'prod',
          'prod.*': 'prod*',
        },
      )(value),
  },
  keep: {
    beside: sweeping,
    good: [
      ['pull-requests', { keep: 'pull-requests' }],
      ['branches', { keep: 'branches' }],
      ['Branches', { keep: 'branches' }],
      ['', { keep: 'pull-requests' }],
    ],
    bad: ['branch', 'all', 'pull_requests', 'tags'],
    problem: expected('keep', 'one of pull-requests, branches', {
      branch: 'branches',
      all: 'branches',
      pull_requests: 'pull-requests',
    }),
  },
  'max-age': {
    beside: sweeping,
    good: [
      ['36h', { maxAge: 129_600_000 }],
      ['3d', { maxAge: 259_200_000 }],
      ['3 days', { maxAge: 259_200_000 }],
      ['1d12h30m5s', { maxAge: 131_405_000 }],
      ['3650d', { maxAge: 315_360_000_000 }],
      ['', { maxAge: undefined }],
    ],
    bad: ['0d', '3651d', '1.5d', '-1d', 'd', '12h1d', '3D', '1w'],
    problem: expected(
      'max-age',
      'an age from 1s to 3650d with its unit, for example 36h, 3d or 3 days',
      { '1.5d': '36h', '3D': '3d', '1w': '7d' },
    ),
  },
  'max-deletions': {
    good: [
      ['1', { maxDeletions: 1 }],
      ['250', { maxDeletions: 250 }],
      ['', { maxDeletions: 10 }],
    ],
    bad: ['0', '-1', '1.5', '1e3', '01', 'all', '1000000'],
    problem: expected('max-deletions', 'a whole number of at least 1 and at most 999999', {
      '01': '1',
    }),
  },
  'dry-run': truth('dry-run', 'dryRun', false),
  summary: truth('summary', 'summary', true),
} as const satisfies Record<string, Values>;
