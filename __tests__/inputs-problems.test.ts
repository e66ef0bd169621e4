import { describe, expect, it } from 'vitest';
import { type Recording, eventFor, recordedEvent } from './github/recorded-events.ts';
import { type StepInputs, needed, problemsOf, sealedUnderSecret } from './step-inputs.ts';

describe('credentials that are missing', () => {
  const notSet =
    'the secret or variable they come from is not set for this repository or environment, or its name is misspelt.';

  it.each<[StepInputs, string]>([
    [{ 'client-id': '' }, "Input 'client-id' is empty; "],
    [{ 'client-secret': ' ' }, "Input 'client-secret' is empty; "],
    [
      { 'client-id': '', 'client-secret': '' },
      "Inputs 'client-id' and 'client-secret' are empty; ",
    ],
  ])('are one problem, and so is an operation beside them: %o', (inputs, which) => {
    expect(problemsOf({ ...inputs, operation: '' })).toEqual([
      "Input 'operation' is not given; expected one of create, get, poll, pause, resume, delete.",
      `${which}${notSet}`,
    ]);
  });

  it.each<[Recording, string]>([
    [
      'pull-request-fork',
      'GitHub passes no secrets to a pull request from a fork. Skip this step for forks.',
    ],
    [
      'pull-request-fork-deleted',
      'GitHub passes no secrets to a pull request from a fork. Skip this step for forks.',
    ],
    [
      'pull-request-dependabot',
      "GitHub passes no repository secrets to runs of Dependabot. Add them to the repository's Dependabot secrets, or skip this step for Dependabot.",
    ],
    ['pull-request-target', notSet],
    ['pull-request-opened', notSet],
    ['push', notSet],
  ])('are explained for %s', (recording, why) => {
    const inputs = { 'client-id': '', 'client-secret': '' };
    expect(problemsOf(inputs, recordedEvent(recording))).toEqual([
      `Inputs 'client-id' and 'client-secret' are empty; ${why}`,
    ]);
  });

  it('are not blamed on the fork when they are there', () => {
    expect(problemsOf({}, recordedEvent('pull-request-fork'))).toEqual([]);
  });
});

describe('a problem', () => {
  it('never quotes credentials, not even swapped ones', () => {
    const secret = 'a secret: with blanks';
    const problems = problemsOf({ 'client-id': secret, 'client-secret': `${secret}\n2` });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('with blanks');
  });

  it('never quotes the password in a URL', () => {
    const problems = problemsOf({ 'api-url': 'https://user:letMeIn-0123@api.neo4j.io' });
    expect(problems).toHaveLength(1);
    expect(problems.join()).not.toContain('letMeIn-0123');
  });

  it('never quotes a passphrase, nor what it should open', () => {
    const inputs = { 'sealing-key': 'letMeIn', 'sealed-credentials': 'aura1.letMeIn-0123' };
    const problems = problemsOf(inputs);
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('letMeIn');
  });

  it('never quotes the token of GitHub', () => {
    const inputs = { 'github-token': 'ghs_0123456789', 'credentials-store': 'ghs' };
    expect(problemsOf(inputs)).toEqual([
      "Input 'credentials-store' is 'ghs'; expected one of none, deployment.",
    ]);
  });

  it('quotes a value whole: what is printed is cut only after secrets were cut out', () => {
    const value = 'x'.repeat(100_000);
    expect(problemsOf({ 'instance-id': value })).toEqual([
      `Input 'instance-id' is '${value}'; expected an instance id of 8 hex digits.`,
    ]);
  });

  it('is what a path is that no system takes, too', () => {
    const [problem, ...more] = problemsOf({ operation: 'create', 'env-file': 'x'.repeat(300) });
    expect(more).toEqual([]);
    expect(problem).toMatch(/^Input 'env-file' is 'x{300}'; expected a path where a file can be /);
  });

  it('of any input keeps the step from starting, though the operation has no use for it', () => {
    expect(problemsOf({ ...needed, operation: 'get', memory: 'much' })).toEqual([
      "Input 'memory' is 'much'; expected a size such as 4GB.",
    ]);
  });
});

describe('an input that would silently do nothing', () => {
  const password =
    "Inputs 'export-env', 'env-file' and 'verify' need a password; expected 'sealed-credentials' beside them with operation 'get'.";
  const asked: StepInputs[] = [
    { 'export-env': 'true' },
    { 'export-env': 'TRUE' },
    { 'env-file': 'neo4j.env' },
    { verify: 'warn' },
    { verify: 'require' },
  ];

  it.each(asked)('with get is a problem without a password: %o', (inputs) => {
    expect(problemsOf(inputs)).toEqual([password]);
    expect(problemsOf({ ...inputs, 'sealed-credentials': sealedUnderSecret })).toEqual([]);
  });

  it('is one problem, however many there are', () => {
    expect(problemsOf(Object.assign({}, ...asked) as StepInputs)).toEqual([password]);
  });

  it('is none where it is not asked for', () => {
    expect(problemsOf({ 'export-env': 'false', verify: 'off', 'env-file': ' ' })).toEqual([]);
  });

  it.each([
    ['export-env', 'yes', 'true or false'],
    ['verify', 'on', 'one of off, warn, require'],
  ])('is not what %s asks for with %j, which is the only problem', (name, value, expected) => {
    expect(problemsOf({ [name]: value })).toEqual([
      `Input '${name}' is '${value}'; expected ${expected}.`,
    ]);
  });

  it.each(['warn', 'require'])('is verify: %s of a create that does not wait', (verify) => {
    const create = { operation: 'create', verify } as const;
    for (const wait of ['false', 'False', 'FALSE']) {
      expect(problemsOf({ ...create, wait })).toEqual([
        "Input 'verify' needs a database that runs; expected 'wait: true' with it.",
      ]);
    }
    expect(problemsOf(create)).toEqual([]);
    expect(problemsOf({ ...create, verify: 'off', wait: 'false' })).toEqual([]);
  });
});

describe('a name beside an env file', () => {
  const envFile = { operation: 'create', 'env-file': 'neo4j.env' } as const;

  it.each(['two words', "it's", 'a"b', 'a$b', 'a#b', 'grün', '🐘', '`x`', 'a\\b'])(
    'can not be %j, which not all readers of such files read alike',
    (name) => {
      expect(problemsOf({ ...envFile, name })).toEqual([
        "Input 'name' holds characters that can't stand in the file of input 'env-file'.",
      ]);
      expect(problemsOf({ operation: 'create', name })).toEqual([]);
    },
  );

  it.each(['shop', 'Shop_1.2', 'a/b:c', 'a+b@c%d=e,f-g'])('can be %j', (name) => {
    expect(problemsOf({ ...envFile, name })).toEqual([]);
  });

  it('can be the one of the branch, whatever that is called', () => {
    const event = eventFor('push', { branch: "it's 🐘 $HOME" });
    expect(problemsOf(envFile, event)).toEqual([]);
  });
});
