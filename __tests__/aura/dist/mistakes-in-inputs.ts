import type { JobOptions } from '../../../harness/runner/fake-runner.ts';

/** What a new user may write, and what the step answers before it sends anything. */
export interface Mistake {
  readonly inputs: Readonly<Record<string, string>>;
  readonly job?: JobOptions;
  /** All lines of the one error. */
  readonly error: readonly string[];
}

const create = { operation: 'create', name: 'x' } as const;
const pause = { operation: 'pause', name: 'x' } as const;
const settings = 'under Settings > Secrets and variables';
const base = { ref: 'main', repo: { full_name: 'octo/shop' } };
const pullRequest = (head: object, more: JobOptions = {}): JobOptions => ({
  event: {
    name: 'pull_request',
    payload: { action: 'opened', number: 7, pull_request: { head, base } },
  },
  ...more,
});
const ofFork = pullRequest({ ref: 'fix', label: 'a:fix', repo: { full_name: 'a/shop' } });
const own = { ref: 'fix', label: 'octo:fix', repo: { full_name: 'octo/shop' } };
const ofTag: JobOptions = {
  ref: 'refs/tags/v1',
  event: { name: 'push', payload: { ref: 'refs/tags/v1' } },
};
const operations =
  'create, get, poll, pause, resume, resize, snapshot, restore, overwrite, delete, sweep, auto';
const tiers =
  'one of free, professional, business-critical, virtual-dedicated-cloud, ds-professional, ds-enterprise, or an API code such as free-db';
const time =
  'a time from 1s to 24h, for example 90s, 20m, 1h30m or 5 minutes (a number without a unit is seconds)';

/** In the order of a user's way: credentials, words, sizes and times, addresses, combinations. */
export const mistakesInInputs: Readonly<Record<string, Mistake>> = {
  'no credentials set': {
    inputs: { ...create, 'client-id': '', 'client-secret': '' },
    error: [
      `Inputs 'client-id' and 'client-secret' are empty. Set variable AURA_CLIENT_ID and secret AURA_CLIENT_SECRET ${settings} > Actions, and check their names in the workflow. If they belong to an environment, the job needs 'environment:'.`,
    ],
  },
  'only the secret not set': {
    inputs: { ...create, 'client-secret': '' },
    error: [
      `Input 'client-secret' is empty. Set secret AURA_CLIENT_SECRET ${settings} > Actions, and check its name in the workflow. If it belongs to an environment, the job needs 'environment:'.`,
    ],
  },
  'a pull request from a fork': {
    inputs: { ...create, 'client-secret': '' },
    job: ofFork,
    error: [
      "Input 'client-secret' is empty. GitHub passes no secrets to a pull request from a fork. To skip this step for forks, add 'if-no-credentials: skip' to its inputs, or 'if: github.event.pull_request.head.repo.full_name == github.repository' to the step.",
    ],
  },
  'a run of Dependabot': {
    inputs: { ...create, 'client-secret': '' },
    job: pullRequest(own, { actor: 'dependabot[bot]' }),
    error: [
      `Input 'client-secret' is empty. GitHub passes variables to runs of Dependabot, but no secrets of the repository. Add secret AURA_CLIENT_SECRET ${settings} > Dependabot. To skip this step for Dependabot, add 'if-no-credentials: skip' to its inputs.`,
    ],
  },
  'a secret with a blank inside': {
    inputs: { ...create, 'client-secret': 'letMe In-0123' },
    error: [
      "Input 'client-secret' is not a valid Aura client secret: it contains a blank or a line break. Copy the secret again, or create a new API key in the Aura console.",
    ],
  },
  'a secret that is too short': {
    inputs: { ...create, 'client-secret': 'valid' },
    error: [
      "Input 'client-secret' is not a valid Aura client secret: it is shorter than 8 characters. Copy the secret again, or create a new API key in the Aura console.",
    ],
  },
  'the name of a secret instead of its value': {
    inputs: { ...create, 'client-id': 'AURA_CLIENT_ID', 'client-secret': 'secrets.AURA_CLIENT_SECRET' },
    error: [
      "Input 'client-id' is not a valid Aura client id: it is the name of a variable; write it in an expression, as ${{ vars.NAME }}.",
      "Input 'client-secret' is not a valid Aura client secret: it is the name of a secret; write it in an expression, as ${{ secrets.NAME }}. Copy the secret again, or create a new API key in the Aura console.",
    ],
  },
  'a secret with quotes around it': {
    inputs: { ...create, 'client-secret': '"letMeIn-0123"' },
    error: [
      "Input 'client-secret' is not a valid Aura client secret: it has quotes around it. Copy the secret again, or create a new API key in the Aura console.",
    ],
  },
  'one value for both credentials': {
    inputs: { ...create, 'client-id': 'letMeIn-0123', 'client-secret': 'letMeIn-0123' },
    error: [
      "Inputs 'client-id' and 'client-secret' have the same value; expected the client id and the client secret of one API key.",
    ],
  },
  'expressions that GitHub has not evaluated': {
    inputs: {
      ...create,
      name: '${{ github.head_ref }}',
      wait: '${{ inputs.wait }}',
      'client-secret': '${{ secrets.AURA_CLIENT_SECRET }}',
    },
    error: [
      "Input 'name' contains an expression that GitHub has not evaluated. Write it in the workflow itself; in a value that comes from somewhere else, such as a matrix or another input, '${{ }}' is only text.",
      "Input 'wait' contains an expression that GitHub has not evaluated. Write it in the workflow itself; in a value that comes from somewhere else, such as a matrix or another input, '${{ }}' is only text.",
      "Input 'client-secret' is not a valid Aura client secret: it is an expression that GitHub has not evaluated. Copy the secret again, or create a new API key in the Aura console.",
    ],
  },
  'a name with a character that nobody sees': {
    inputs: { ...create, name: 'shop\u200b' },
    error: [
      "Input 'name' is 'shop\\u200b'; expected a name of 1 to 30 characters on one line (this one contains an invisible character; write it again by hand).",
    ],
  },
  'a name on two lines': {
    inputs: { ...create, name: 'a\nb' },
    error: [
      "Input 'name' is 'a\\nb'; expected a name of 1 to 30 characters on one line (this one contains a tab, a line break or a similar character).",
    ],
  },
  'protected names as a list of YAML': {
    inputs: { operation: 'delete', name: 'x', 'protected-names': '- prod*\n- main' },
    error: [
      "Input 'protected-names' is '- prod*\\n- main'; expected names and globs, in which only * and ? are special: '- prod*', '- main' would protect nothing; ? matches any one character. Did you mean 'prod*, main'?",
    ],
  },
  'protected names with semicolons': {
    inputs: { operation: 'delete', name: 'x', 'protected-names': 'prod;main' },
    error: [
      "Input 'protected-names' is 'prod;main'; expected names and globs, in which only * and ? are special: 'prod;main' would protect nothing; ? matches any one character. Did you mean 'prod, main'?",
    ],
  },
  'protected names as JSON': {
    inputs: { operation: 'delete', name: 'x', 'protected-names': '["prod","main"]' },
    error: [
      `Input 'protected-names' is '["prod","main"]'; expected names and globs, in which only * and ? are special: '["prod"', '"main"]' would protect nothing; ? matches any one character. Did you mean 'prod, main'?`,
    ],
  },
  'an address of the console as the id': {
    inputs: {
      operation: 'get',
      'instance-id':
        'https://console.neo4j.io/projects/11111111-2222-4333-8444-555555555555/instances/3fb7870d',
    },
    error: [
      "Input 'instance-id' is 'https://console.neo4j.io/projects/11111111-2222-4333-8444-555555555555/instances/3fb7870d'; expected an instance id of 8 hexadecimal digits such as 3fb7870d. To use a name, set 'name' instead. Did you mean '3fb7870d'?",
    ],
  },
  'an operation in other words': {
    inputs: { operation: 'clone', name: 'x' },
    error: [
      `Input 'operation' is 'clone'; expected one of ${operations}. Did you mean 'create' or 'overwrite'?`,
    ],
  },
  'a size in megabytes without its unit': {
    inputs: { ...create, memory: '4096' },
    error: ["Input 'memory' is '4096'; expected a size such as 4GB. Did you mean '4GB'?"],
  },
  'an answer of the API as config': {
    inputs: { ...create, config: '{"data":{"name":"x","memory":"8GB"}}' },
    error: [
      "Input 'config' has the instance in 'data', as an answer of the API has; expected the output 'instance' of operation get, or the path of a file with it.",
    ],
  },
  'the output of several instances as config': {
    inputs: { ...create, config: '[{"id":"3fb7870d","name":"x"}]' },
    error: [
      "Input 'config' is a list; expected the output 'instance' of operation get, or the path of a file with it, not the output 'instances'.",
    ],
  },
  'an unknown tier': {
    inputs: { ...create, tier: 'profesional' },
    error: [`Input 'tier' is 'profesional'; expected ${tiers}. Did you mean 'professional'?`],
  },
  'a name of 40 characters': {
    inputs: { ...create, name: 'a-name-that-is-longer-than-aura-allows-x' },
    error: [
      "Input 'name' is 'a-name-that-is-longer-than-aura-allows-x'; expected a name of 1 to 30 characters on one line (this one has 40).",
    ],
  },
  'an id with 7 digits': {
    inputs: { operation: 'get', 'instance-id': 'abcdef1' },
    error: [
      "Input 'instance-id' is 'abcdef1'; expected an instance id of 8 hexadecimal digits such as 3fb7870d. To use a name, set 'name' instead.",
    ],
  },
  'a connection URI as the id': {
    inputs: { operation: 'get', 'instance-id': 'neo4j+s://3fb7870d.databases.neo4j.io' },
    error: [
      "Input 'instance-id' is 'neo4j+s://3fb7870d.databases.neo4j.io'; expected an instance id of 8 hexadecimal digits such as 3fb7870d. To use a name, set 'name' instead. Did you mean '3fb7870d'?",
    ],
  },
  'an operation of another tool': {
    inputs: { operation: 'destroy', name: 'x' },
    error: [
      `Input 'operation' is 'destroy'; expected one of ${operations}. Did you mean 'delete'?`,
    ],
  },
  'a misspelt operation': {
    inputs: { operation: 'crate', name: 'x' },
    error: [`Input 'operation' is 'crate'; expected one of ${operations}. Did you mean 'create'?`],
  },
  'another word for a boolean': {
    inputs: { ...create, wait: 'yes' },
    error: ["Input 'wait' is 'yes'; expected true or false. Did you mean 'true'?"],
  },
  'another unit of a time': {
    inputs: { ...create, timeout: '5 Mins' },
    error: [`Input 'timeout' is '5 Mins'; expected ${time}. Did you mean '5m'?`],
  },
  'a size without its unit': {
    inputs: { ...create, memory: '4' },
    error: ["Input 'memory' is '4'; expected a size such as 4GB. Did you mean '4GB'?"],
  },
  'an interval below a second': {
    inputs: { ...pause, 'poll-interval': '100ms' },
    error: ["Input 'poll-interval' is '100ms'; expected a time from 1s to 24h, for example 5s."],
  },
  'no deletions allowed': {
    inputs: { operation: 'delete', name: 'x', 'max-deletions': '0' },
    error: [
      "Input 'max-deletions' is '0'; expected a whole number of at least 1 and at most 999999.",
    ],
  },
  'an address with a path': {
    inputs: { ...pause, 'api-url': 'https://api.neo4j.io/v1' },
    error: [
      "Input 'api-url' is 'https://api.neo4j.io/v1'; expected only the address of the server, without a path such as /v1. Did you mean 'https://api.neo4j.io'?",
    ],
  },
  'an address with http': {
    inputs: { ...pause, 'api-url': 'http://api.neo4j.io' },
    error: [
      "Input 'api-url' is 'http://api.neo4j.io'; expected an address that begins with https:// (http:// only for localhost). Did you mean 'https://api.neo4j.io'?",
    ],
  },
  'an address without a scheme': {
    inputs: { ...pause, 'api-url': 'api.neo4j.io' },
    error: [
      "Input 'api-url' is 'api.neo4j.io'; expected an address that begins with https://. Did you mean 'https://api.neo4j.io'?",
    ],
  },
  'a tag and no name for a create': {
    inputs: { operation: 'create' },
    job: ofTag,
    error: [
      "Input 'name' is empty or not set, and event 'push' on 'refs/tags/v1' has no branch to build a name from. Set 'name'.",
    ],
  },
  'a tag and no name for another operation': {
    inputs: { operation: 'get' },
    job: ofTag,
    error: [
      "Inputs 'instance-id' and 'name' are both empty or not set, and event 'push' on 'refs/tags/v1' has no branch to build a name from. Set 'name' or 'instance-id'.",
    ],
  },
  'an id for a create': {
    inputs: { ...create, 'instance-id': '3fb7870d' },
    error: [
      "Input 'instance-id' cannot be used with operation 'create', which creates a new instance. Set 'name' instead.",
    ],
  },
  'a short passphrase, which is not masked': {
    inputs: { ...create, 'sealing-key': 'short' },
    error: ["Input 'sealing-key' is too short; expected at least 8 characters."],
  },
  'an env file outside the workspace': {
    inputs: { ...create, 'env-file': '../x.env' },
    error: [
      "Input 'env-file' is '../x.env', but it is outside the workspace and RUNNER_TEMP. Set another path inside the workspace or RUNNER_TEMP.",
    ],
  },
  'a path that only a shell understands': {
    inputs: { ...create, 'env-file': '~/x.env' },
    error: [
      "Input 'env-file' is '~/x.env', but it begins with '~', which only a shell replaces. Set another path inside the workspace or RUNNER_TEMP.",
    ],
  },
  'a path with a variable': {
    inputs: { ...create, 'env-file': '$RUNNER_TEMP/x.env' },
    error: [
      "Input 'env-file' is '$RUNNER_TEMP/x.env', but it contains a variable, which only a shell replaces; use an expression such as '${{ runner.temp }}'. Set another path inside the workspace or RUNNER_TEMP.",
    ],
  },
  'an export without a password': {
    inputs: { operation: 'get', name: 'x', 'export-env': 'true' },
    error: [
      "Input 'export-env' needs the password of the database, which operation 'get' cannot read from Aura. Set 'password', 'sealed-credentials' or 'credentials-store: deployment'.",
    ],
  },
  'a pattern of another kind': {
    inputs: { operation: 'delete', name: 'x', 'protected-names': 'prod.*' },
    error: [
      "Input 'protected-names' is 'prod.*'; expected names and globs, in which only * and ? are special: 'prod.*' would protect nothing; ? matches any one character. Did you mean 'prod*'?",
    ],
  },
  'a misspelt input': {
    inputs: { ...create, memroy: '4GB' },
    job: { allowUnknownInputs: true },
    error: ["Unknown input 'memroy'. Did you mean 'memory'?"],
  },
  'six mistakes at once': {
    inputs: {
      operation: 'creat',
      name: 'x',
      tier: 'gold',
      memory: '4G',
      wait: 'on',
      timeout: '25h',
      'if-exists': 'error',
    },
    error: [
      `Input 'operation' is 'creat'; expected one of ${operations}. Did you mean 'create'?`,
      `Input 'tier' is 'gold'; expected ${tiers}.`,
      "Input 'memory' is '4G'; expected a size such as 4GB. Did you mean '4GB'?",
      "Input 'if-exists' is 'error'; expected one of reuse, replace, fail. Did you mean 'fail'?",
      "Input 'wait' is 'on'; expected true or false. Did you mean 'true'?",
      `Input 'timeout' is '25h'; expected ${time}.`,
    ],
  },
};
