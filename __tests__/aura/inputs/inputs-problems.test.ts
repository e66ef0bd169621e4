import { describe, expect, it } from 'vitest';
import { type Recording, eventFor, recordedEvent } from '../../core/github/recorded-events.ts';
import { type StepInputs, needed, problemsOf, sealedUnderSecret } from './step-inputs.ts';

describe('missing credentials', () => {
  const settings = 'under Settings > Secrets and variables > Actions';
  const idNotSet = `Set variable AURA_CLIENT_ID ${settings}, and check its name in the workflow. If it belongs to an environment, the job needs 'environment:'.`;
  const secretNotSet = idNotSet.replace('variable AURA_CLIENT_ID', 'secret AURA_CLIENT_SECRET');
  const notSet = `Set variable AURA_CLIENT_ID and secret AURA_CLIENT_SECRET ${settings}, and check their names in the workflow. If they belong to an environment, the job needs 'environment:'.`;
  const ofFork =
    "GitHub passes no secrets to a pull request from a fork. To skip this step for forks, add 'if-no-credentials: skip' to its inputs, or 'if: github.event.pull_request.head.repo.full_name == github.repository' to the step.";
  const ofDependabot =
    "GitHub passes variables to runs of Dependabot, but no secrets of the repository. Add secret AURA_CLIENT_ID and secret AURA_CLIENT_SECRET under Settings > Secrets and variables > Dependabot. To skip this step for Dependabot, add 'if-no-credentials: skip' to its inputs.";

  it.each<[StepInputs, string]>([
    [{ 'client-id': '' }, `Input 'client-id' is empty. ${idNotSet}`],
    [{ 'client-secret': ' ' }, `Input 'client-secret' is empty. ${secretNotSet}`],
    [
      { 'client-id': '', 'client-secret': '' },
      `Inputs 'client-id' and 'client-secret' are empty. ${notSet}`,
    ],
  ])('are one problem, and a missing operation is another: %o', (inputs, problem) => {
    expect(problemsOf({ ...inputs, operation: '' })).toEqual([
      "Input 'operation' is not set; expected one of create, get, poll, pause, resume, resize, snapshot, restore, overwrite, delete, sweep, auto.",
      problem,
    ]);
  });

  it.each<[Recording, string]>([
    ['pull-request-fork', ofFork],
    ['pull-request-fork-deleted', ofFork],
    ['pull-request-dependabot', ofDependabot],
    ['pull-request-target', notSet],
    ['pull-request-opened', notSet],
    ['push', notSet],
  ])('are explained for %s', (recording, why) => {
    const inputs = { 'client-id': '', 'client-secret': '' };
    expect(problemsOf(inputs, recordedEvent(recording))).toEqual([
      `Inputs 'client-id' and 'client-secret' are empty. ${why}`,
    ]);
  });

  it('are not explained by the fork if they are set', () => {
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

  it('never quotes a passphrase or the sealed value', () => {
    const inputs = { 'sealing-key': 'letMeIn', 'sealed-credentials': 'aura1.letMeIn-0123' };
    const problems = problemsOf(inputs);
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('letMeIn');
  });

  it('never quotes the GitHub token', () => {
    const inputs = { 'github-token': 'ghs_0123456789', 'credentials-store': 'ghs' };
    expect(problemsOf(inputs)).toEqual([
      "Input 'credentials-store' is 'ghs'; expected one of none, deployment.",
    ]);
  });

  it('quotes the whole value: printed text is cut only after masking', () => {
    const value = 'x'.repeat(100_000);
    expect(problemsOf({ 'instance-id': value })).toEqual([
      `Input 'instance-id' is '${value}'; expected an instance id of 8 hexadecimal digits such as 3fb7870d. To use a name, set 'name' instead.`,
    ]);
  });

  it('is also reported for a path that no system accepts', () => {
    const [problem, ...more] = problemsOf({ operation: 'create', 'env-file': 'x'.repeat(300) });
    expect(more).toEqual([]);
    expect(problem).toMatch(/^Input 'env-file' is 'x{300}', but it cannot be accessed: /);
  });

  it('with any input stops the step, even if the operation does not use it', () => {
    expect(problemsOf({ ...needed, operation: 'get', memory: 'much' })).toEqual([
      "Input 'memory' is 'much'; expected a size such as 4GB.",
    ]);
  });
});

describe('an input that would have no effect', () => {
  const asked: StepInputs[] = [
    { 'export-env': 'true' },
    { 'export-env': 'TRUE' },
    { 'env-file': 'neo4j.env' },
    { verify: 'warn' },
    { verify: 'require' },
  ];
  const all = Object.assign({}, ...asked) as StepInputs;
  const sources: StepInputs[] = [
    { password: 'letMeIn-0123' },
    { 'sealed-credentials': sealedUnderSecret },
    { 'credentials-store': 'deployment', 'github-token': 'ghs_0123456789' },
  ];

  describe.each(['get', 'poll', 'resume'])('with %s', (operation) => {
    const step = { operation, 'instance-id': '1a2b3c4d' };

    it.each(asked)('is a problem without a password: %o', (inputs) => {
      const [name = ''] = Object.keys(inputs);
      expect(problemsOf({ ...step, ...inputs })).toEqual([
        `Input '${name}' needs the password of the database, which operation '${operation}' cannot read from Aura. Set 'password', 'sealed-credentials' or 'credentials-store: deployment'.`,
      ]);
    });

    it.each(sources)('is not a problem if a password may be known: %o', (source) => {
      for (const inputs of [...asked, all]) {
        expect(problemsOf({ ...step, ...inputs, ...source })).toEqual([]);
      }
    });

    it('is reported once with all others', () => {
      expect(problemsOf({ ...step, ...all })).toEqual([
        `Inputs 'verify', 'export-env' and 'env-file' need the password of the database, which operation '${operation}' cannot read from Aura. Set 'password', 'sealed-credentials' or 'credentials-store: deployment'.`,
      ]);
    });

    it('is not a problem if it is off', () => {
      const nothing = { 'export-env': 'false', verify: 'off', 'env-file': ' ' };
      expect(problemsOf({ ...step, ...nothing })).toEqual([]);
    });
  });

  describe.each(['pause', 'snapshot', 'delete'])('with %s', (operation) => {
    it.each(asked)('is a problem even if a password is known: %o', (inputs) => {
      const [name = ''] = Object.keys(inputs);
      for (const source of [{}, ...sources]) {
        expect(problemsOf({ operation, ...inputs, ...source })).toEqual([
          `Input '${name}' cannot be used with operation '${operation}', which works without the password of the database; expected operation create, get, poll or resume.`,
        ]);
      }
      expect(problemsOf({ operation, 'export-env': 'false', verify: 'off' })).toEqual([]);
    });
  });

  describe.each(['paused', 'deleted'])('with a poll for %s', (waitFor) => {
    it.each(asked)('is a problem even if a password is known: %o', (inputs) => {
      const [name = ''] = Object.keys(inputs);
      for (const source of [{}, ...sources]) {
        const poll = { operation: 'poll', 'wait-for': waitFor };
        expect(problemsOf({ ...poll, ...inputs, ...source })).toEqual([
          `Input '${name}' needs a running database, but 'wait-for' is '${waitFor}'. Set 'wait-for: running', or remove it.`,
        ]);
        expect(problemsOf({ ...poll, ...inputs, ...source, 'wait-for': 'running' })).toHaveLength(
          Object.keys(source).length === 0 ? 1 : 0,
        );
      }
    });
  });

  it.each([
    ['export-env', 'yes', "true or false. Did you mean 'true'?"],
    ['verify', 'on', "one of off, warn, require. Did you mean 'require'?"],
  ])(
    'is not reported for %s with the invalid value %j, which is the only problem',
    (name, value, expected) => {
      expect(problemsOf({ [name]: value })).toEqual([
        `Input '${name}' is '${value}'; expected ${expected}`,
      ]);
    },
  );

  it.each([
    ['create', 'warn'],
    ['create', 'require'],
    ['resume', 'warn'],
    ['resume', 'require'],
  ])('is %s with wait: false and verify: %s', (operation, verify) => {
    const step = { operation, verify, password: 'letMeIn-0123' } as const;
    for (const wait of ['false', 'False', 'FALSE']) {
      expect(problemsOf({ ...step, wait })).toEqual([
        "Input 'verify' needs a running database; set 'wait: true' with it.",
      ]);
    }
    expect(problemsOf(step)).toEqual([]);
    expect(problemsOf({ ...step, verify: 'off', 'export-env': 'true', wait: 'false' })).toEqual([]);
  });

  it('is not get or poll with wait: false, which always wait', () => {
    for (const operation of ['get', 'poll']) {
      const step = { operation, verify: 'require', password: 'letMeIn-0123', wait: 'false' };
      expect(problemsOf(step)).toEqual([]);
    }
  });
});

describe('a password from the input', () => {
  const values = ['Tr0ub', 'Tr0ubador\nTr0ubador', 'Tr0ub\rador', 'Tr0ub\0ador'];

  it.each(values)('is never quoted if it is invalid, and neither is the user: %j', (value) => {
    const problems = problemsOf({ password: value, username: `${value}\nTr0ub` });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('Tr0ub');
  });

  it('is one problem, also for an env file that cannot contain it', () => {
    expect(problemsOf({ password: '$x', 'env-file': 'neo4j.env' })).toEqual([
      "Input 'password' is not valid; expected 8 or more characters on one line.",
    ]);
  });

  it.each(['letMeIn $0123', "letMeIn'0123", 'letMeIn"0123', 'lätMeIn0123', 'letMeIn#0123'])(
    'is a problem if an env file cannot contain it, before any change: %j',
    (password) => {
      for (const operation of ['create', 'get', 'poll', 'resume']) {
        const problems = problemsOf({ operation, password, 'env-file': 'neo4j.env' });
        expect(problems).toEqual([
          "Input 'password' contains characters that the file of input 'env-file' cannot contain.",
        ]);
        expect(problemsOf({ operation, password, 'export-env': 'true' })).toEqual([]);
      }
    },
  );

  it('has its user checked too, which is ignored without a password', () => {
    const step = { operation: 'create', username: 'a b', 'env-file': 'neo4j.env' };
    expect(problemsOf({ ...step, password: 'letMeIn-0123' })).toEqual([
      "Input 'username' contains characters that the file of input 'env-file' cannot contain.",
    ]);
    expect(problemsOf(step)).toEqual([]);
  });
});

describe('a name with an env file', () => {
  const envFile = { operation: 'create', 'env-file': 'neo4j.env' } as const;

  it.each(['two words', "it's", 'a"b', 'a$b', 'a#b', 'grün', '🐘', '`x`', 'a\\b'])(
    'cannot be %j, which readers of env files interpret differently',
    (name) => {
      expect(problemsOf({ ...envFile, name })).toEqual([
        "Input 'name' contains characters that the file of input 'env-file' cannot contain.",
      ]);
      expect(problemsOf({ operation: 'create', name })).toEqual([]);
    },
  );

  it.each(['shop', 'Shop_1.2', 'a/b:c', 'a+b@c%d=e,f-g'])('can be %j', (name) => {
    expect(problemsOf({ ...envFile, name })).toEqual([]);
  });

  it('can be built from any branch', () => {
    const event = eventFor('push', { branch: "it's 🐘 $HOME" });
    expect(problemsOf(envFile, event)).toEqual([]);
  });
});
