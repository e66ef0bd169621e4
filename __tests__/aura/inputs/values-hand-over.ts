import { join } from 'node:path';
import { expected, truth, type Values } from './values.ts';
import {
  bundle,
  needed,
  passphrase,
  sealedUnderPassphrase,
  sealedUnderSecret,
  temp,
  workspace,
} from './step-inputs.ts';

const create = { operation: 'create' } as const;
const ofGet = { operation: 'get', sealed: bundle, target: { id: '1a2b3c4d', name: undefined } };

/** Why each of them cannot be opened. */
const unopened: Readonly<Record<string, string>> = {
  garbage: 'it is not a sealed value of this action',
  '***': 'it is not a sealed value of this action',
  [sealedUnderSecret.slice(0, -20)]: 'it is incomplete',
  [`${sealedUnderSecret}A`]: 'it was altered after it was sealed',
  [sealedUnderSecret.replace('aura1.', 'aura2.')]:
    "its format 'aura2' belongs to another version of this action; this version reads 'aura1'",
  [sealedUnderPassphrase]: 'it was sealed with another key',
};

/** Why no file can be written there. */
const unwritable: Readonly<Record<string, string>> = {
  '../neo4j.env': 'it is outside the workspace and RUNNER_TEMP',
  '/neo4j.env': 'it is outside the workspace and RUNNER_TEMP',
  '.': 'it is outside the workspace and RUNNER_TEMP',
  'missing/neo4j.env': 'its directory does not exist',
  fixtures: 'it is not a regular file',
  'branch-name.test.ts': 'a file exists there that this action did not create',
};

/** The inputs for passing on credentials. */
export const handOverValues = {
  'sealed-credentials': {
    good: [
      [sealedUnderSecret, ofGet],
      ['', { operation: 'get', sealed: undefined }],
    ],
    bad: Object.keys(unopened),
    problem: (value) =>
      `Input 'sealed-credentials' cannot be decrypted: ${unopened[value] ?? ''}; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.`,
  },
  username: {
    beside: { operation: 'get', password: 'letMeIn-0123' },
    good: [
      ['reader', { login: { username: 'reader', password: 'letMeIn-0123' } }],
      ["Zoë O'Neil", { login: { username: "Zoë O'Neil", password: 'letMeIn-0123' } }],
      ['', { login: { username: 'neo4j', password: 'letMeIn-0123' } }],
    ],
    bad: ['two\nlines', 'two\rlines', 'a\0b', 'a\u2028b'],
    problem: () => "Input 'username' is not valid; expected the name of a user on one line.",
  },
  password: {
    good: [
      ['12345678', { login: { username: 'neo4j', password: '12345678' } }],
      ['pa$$ "word" é', { login: { username: 'neo4j', password: 'pa$$ "word" é' } }],
      ['', { login: undefined }],
    ],
    bad: [
      '1234567',
      'x',
      '***',
      '🐘🐘🐘🐘',
      'letMeIn-0123\nsecond',
      'letMeIn\r0123',
      'letMe\0In-0123',
    ],
    problem: () => "Input 'password' is not valid; expected 8 or more characters on one line.",
  },
  'sealing-key': {
    beside: create,
    good: [
      [passphrase, { sealingKey: passphrase }],
      ['12345678', { sealingKey: '12345678' }],
      ['', { sealingKey: needed['client-secret'] }],
    ],
    bad: ['1234567', 'short', 'x', '🐘🐘🐘🐘'],
    problem: () => "Input 'sealing-key' is too short; expected at least 8 characters.",
  },
  'export-env': truth('export-env', 'exportEnv', false),
  'env-file': {
    beside: create,
    good: [
      ['neo4j.env', { envFile: join(workspace, 'neo4j.env') }],
      ['fixtures/../.env', { envFile: join(workspace, '.env') }],
      [join(temp, 'neo4j.env'), { envFile: join(temp, 'neo4j.env') }],
      ['', { envFile: undefined }],
    ],
    bad: Object.keys(unwritable),
    problem: (value) =>
      `Input 'env-file' is '${value}', but ${unwritable[value] ?? ''}. Set another path inside the workspace or RUNNER_TEMP.`,
  },
  verify: {
    beside: create,
    good: [
      ['off', { verify: 'off' }],
      ['warn', { verify: 'warn' }],
      ['require', { verify: 'require' }],
      ['Off', { verify: 'off' }],
      ['', { verify: 'off' }],
    ],
    bad: ['on', 'true', 'false', 'maybe'],
    problem: expected('verify', 'one of off, warn, require', {
      on: 'require',
      true: 'require',
      false: 'off',
    }),
  },
} as const satisfies Record<string, Values>;
