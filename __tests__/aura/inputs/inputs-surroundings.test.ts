import { describe, expect, it } from 'vitest';
import { eventFor, recordedEvent } from '../../core/github/recorded-events.ts';
import { type StepInputs, problemsOf, readStep, remarksOf } from './step-inputs.ts';

const pullRequest = recordedEvent('pull-request-opened');

describe('the address of the API', () => {
  const env = { AURA_API_URL: ' https://api-staging.neo4j.io ' };
  it('is the input, or else that of the environment, or else that of Aura', () => {
    const given = { 'api-url': 'https://api.example.com' } as const;
    const urlOf = (inputs: StepInputs, variables = {}): string =>
      readStep(inputs, pullRequest, { env: variables }).apiUrl.href;
    expect(urlOf(given, env)).toBe('https://api.example.com/');
    expect(urlOf({}, env)).toBe('https://api-staging.neo4j.io/');
    expect(urlOf({ 'api-url': ' ' }, env)).toBe('https://api-staging.neo4j.io/');
    for (const variables of [{}, { AURA_API_URL: '' }, { AURA_API_URL: '  ' }]) {
      expect(urlOf({}, variables)).toBe('https://api.neo4j.io/');
    }
  });

  it.each([
    [
      'http://api.neo4j.io',
      "'http://api.neo4j.io'; expected an address that begins with https:// (http:// only for localhost). Did you mean 'https://api.neo4j.io'?",
    ],
    [
      'https://api.neo4j.io/v1',
      "'https://api.neo4j.io/v1'; expected only the address of the server, without a path such as /v1. Did you mean 'https://api.neo4j.io'?",
    ],
    [
      'https://user:letMeIn@api.neo4j.io',
      "'https://***@api.neo4j.io'; expected an address without a user name and a password.",
    ],
  ])('from the environment cannot be %j either', (url, said) => {
    expect(problemsOf({}, pullRequest, { env: { AURA_API_URL: url } })).toEqual([
      `Environment variable 'AURA_API_URL' is ${said}`,
    ]);
  });
});

describe('NODE_TLS_REJECT_UNAUTHORIZED=0', () => {
  const off = {
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    GITHUB_API_URL: 'https://ghe.example.com/api/v3',
  };
  const problem = (hosts: string): string =>
    `Environment variable 'NODE_TLS_REJECT_UNAUTHORIZED' is '0', so another server could pretend to be ${hosts} and get the credentials. Remove it; if a proxy or server has a certificate of your own authority, set NODE_EXTRA_CA_CERTS to that authority's certificate.`;
  const store = { 'credentials-store': 'deployment', 'github-token': 'ghs_0123456789' } as const;
  const local = { 'api-url': 'https://localhost:8080' } as const;

  it.each<[StepInputs, string]>([
    [{}, 'api.neo4j.io'],
    [{ 'api-url': 'https://10.0.0.1' }, '10.0.0.1'],
    [{ 'api-url': 'https://[2001:db8::1]' }, '[2001:db8::1]'],
    [{ ...store }, 'api.neo4j.io and ghe.example.com'],
    [{ ...store, ...local }, 'ghe.example.com'],
  ])('is an error for %j', (inputs, hosts) => {
    expect(problemsOf(inputs, pullRequest, { env: off })).toEqual([problem(hosts)]);
  });

  it('is an error for the address of the environment', () => {
    const env = { ...off, AURA_API_URL: 'https://api-staging.neo4j.io' };
    expect(problemsOf({}, pullRequest, { env })).toEqual([problem('api-staging.neo4j.io')]);
    expect(problemsOf(local, pullRequest, { env })).toEqual([]);
  });

  it('is an error if GitHub is asked about a closed pull request', () => {
    const inputs = { ...local, operation: 'delete', 'github-token': 'ghs_0123456789' } as const;
    const closed = recordedEvent('pull-request-closed');
    expect(problemsOf(inputs, closed, { env: off })).toEqual([problem('ghe.example.com')]);
    expect(problemsOf(inputs, recordedEvent('push'), { env: off })).toEqual([]);
  });

  it.each(['https://localhost', 'http://127.0.0.1:80', 'https://[::1]:1'])(
    'is not an error for this machine: %s',
    (url) => {
      expect(problemsOf({ 'api-url': url }, pullRequest, { env: off })).toEqual([]);
    },
  );

  it.each(['1', '', 'false', undefined])('is not an error with another value: %j', (value) => {
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: value };
    expect(problemsOf({}, pullRequest, { env })).toEqual([]);
  });
});

describe('delete-after-job', () => {
  const create = { operation: 'create', 'delete-after-job': 'true' } as const;

  it.each([
    [{ name: 'Production', 'protected-names': 'main, prod*' }, 'Production', 'prod*'],
    [{ 'protected-names': 'SHOP-*' }, 'shop-feature-cart-610v7-oefkr', 'SHOP-*'],
  ])('with a protected name is an error: %j', (inputs, name, pattern) => {
    expect(problemsOf({ ...create, ...inputs })).toEqual([
      `Input 'delete-after-job' cannot delete instance '${name}', which '${pattern}' of input 'protected-names' protects; remove one of them, or set another 'name'.`,
    ]);
  });

  it('is allowed for any other name, and protected names without it', () => {
    const production = { name: 'Production', 'protected-names': 'prod*' } as const;
    expect(problemsOf({ ...create, ...production, name: 'preview' })).toEqual([]);
    expect(problemsOf({ ...create, ...production, 'delete-after-job': 'false' })).toEqual([]);
    expect(problemsOf({ ...create, ...production, operation: 'get' })).toEqual([]);
  });

  it.each([undefined, '', '/nonexistent', '/dev/null'])('needs RUNNER_TEMP, not %j', (temp) => {
    const [problem, ...others] = problemsOf(create, pullRequest, { temp });
    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^Input 'delete-after-job' needs the runner's directory RUNNER_TEMP, but /,
    );
    expect(problemsOf({ ...create, 'delete-after-job': 'no' }, pullRequest, { temp })).toHaveLength(
      1,
    );
    expect(problemsOf({ operation: 'create' }, pullRequest, { temp })).toEqual([]);
    expect(problemsOf({ ...create, operation: 'get' }, pullRequest, { temp })).toEqual([]);
  });
});

describe('an unknown input', () => {
  it('that resembles a known one is a problem like others', () => {
    const env = { INPUT_DRY_RUN: 'true', INPUT_MEMROY: '8GB', 'INPUT_CLIENT-ID': 'x' };
    expect(problemsOf({ timeout: 'x' }, pullRequest, { env })).toEqual([
      "Unknown input 'dry_run'. Did you mean 'dry-run'?",
      "Unknown input 'memroy'. Did you mean 'memory'?",
      "Input 'timeout' is 'x'; expected a time from 1s to 24h, for example 90s, 20m, 1h30m or 5 minutes (a number without a unit is seconds).",
    ]);
  });

  it('that resembles none is a debug line', () => {
    const env = { 'INPUT_CACHE-KEY': 'x', INPUT_GREETING: '', INPUT_NAME: 'x' };
    const said = remarksOf({ name: 'x' }, { env });
    expect(said).toEqual({
      infos: [],
      warnings: [],
      debugs: ['cache-key', 'greeting'].map(
        (name) => `Input '${name}' is unknown to this action and has no effect.`,
      ),
    });
  });
});

describe('a name from the event', () => {
  it.each(['get', 'poll', 'pause', 'resume', 'snapshot', 'delete'])(
    'is logged for %s',
    (operation) => {
      const event = eventFor('push', { branch: 'feature/cart' });
      expect(remarksOf({ operation, 'instance-id': ' ', name: '' }, { event }).infos).toEqual([
        "  Name 'shop-feature-cart-610v7-oefkr' (from octo/shop, branch 'feature/cart')",
      ]);
    },
  );

  it('is logged for create, which takes no id', () => {
    expect(remarksOf({ operation: 'create' }).infos).toEqual([
      "  Name 'shop-feature-cart-610v7-oefkr' (from octo/shop, branch 'feature/cart')",
    ]);
  });

  it('is not logged if an id or a name is set', () => {
    expect(remarksOf({ 'instance-id': '1a2b3c4d' }).infos).toEqual([]);
    expect(remarksOf({ name: 'x' }).infos).toEqual([]);
  });
});
