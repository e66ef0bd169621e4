import { describe, expect, it } from 'vitest';
import { makeRunnerFiles } from './runner-files.ts';
import { readInputs } from '../../../src/simulator/inputs.ts';
import { parseCommandLine } from '../../../simulator/aura/command-line.ts';

type Inputs = Readonly<Record<string, string>>;

function read(inputs: Inputs = {}, env: Inputs = {}): readonly string[] {
  return readInputs((name) => inputs[name] ?? '', { ...makeRunnerFiles(), ...env });
}

/** The message of the error. */
function problems(inputs: Inputs, env: Inputs = {}): string {
  try {
    read(inputs, env);
  } catch (error) {
    return String(error);
  }
  throw new Error('The inputs are valid.');
}

describe('the inputs of the simulator action', () => {
  it('have the defaults of the simulator itself, except that time runs faster', () => {
    const { clock, port, tenants, ...rest } = parseCommandLine(read()) ?? {};
    const { clock: usual, port: usualPort, ...defaults } = parseCommandLine([]) ?? {};
    expect([clock?.speed, usual?.speed]).toEqual([60, 1]);
    expect([port, usualPort]).toEqual([8080, 8080]);
    expect(tenants).toEqual([{ name: 'Simulated project' }]);
    expect(rest).toEqual(defaults);
  });

  it.each<[string, string, object]>([
    ['quota', '3', { instanceQuota: 3 }],
    ['role', 'viewer', { role: 'viewer' }],
    [
      'tenants',
      'Shop, Lab\n--help',
      { tenants: [{ name: 'Shop' }, { name: 'Lab' }, { name: '--help' }] },
    ],
    ['billing', 'false', { billing: false }],
    ['rate-limits', 'false', { requestsPerMinute: 'unlimited', tokensPerHour: 'unlimited' }],
    ['requests-per-minute', '25', { requestsPerMinute: 25 }],
    ['requests-per-minute', 'unlimited', { requestsPerMinute: 'unlimited' }],
    ['tokens-per-hour', '2', { tokensPerHour: 2 }],
    ['retry-after', 'date', { retryAfter: 'date' }],
    ['token-lifetime', '60', { tokenLifetimeSeconds: 60 }],
    ['first-snapshot', '90', { durations: { firstSnapshot: 90_000 } }],
    ['first-snapshot', 'never', { durations: { firstSnapshot: Infinity } }],
    ['strict', 'true', { unknownFields: 'refuse' }],
    ['role', 'Viewer', { role: 'viewer' }],
    ['retry-after', 'NONE', { retryAfter: 'none' }],
    ['requests-per-minute', 'Unlimited', { requestsPerMinute: 'unlimited' }],
    ['first-snapshot', 'Never', { durations: { firstSnapshot: Infinity } }],
    ['billing', 'False', { billing: false }],
  ])('%s: %s reaches the simulator', (name, value, expected) => {
    expect(parseCommandLine(read({ [name]: value }))).toMatchObject(expected);
  });

  it.each(['0.5', '60', '1000'])('speed: %s reaches the simulator', (speed) => {
    expect(parseCommandLine(read({ speed }))?.clock?.speed).toBe(Number(speed));
  });

  it.each([
    ['speed', '0', 'a number greater than 0'],
    ['speed', '-1', 'a number greater than 0'],
    ['speed', 'fast', 'a number greater than 0'],
    ['speed', '1e3', 'a number greater than 0'],
    ['tenants', ',', 'names of tenants'],
    ['tenants', 'Shop,Shop', 'each a different one'],
    ['role', 'owner', 'one of member, viewer'],
    ['quota', '-1', 'a whole number, 0 or more'],
    ['quota', '1.5', 'a whole number, 0 or more'],
    ['billing', 'no', 'true or false'],
    ['rate-limits', 'off', 'true or false'],
    ['requests-per-minute', 'none', 'a whole number, 0 or more, or unlimited'],
    ['tokens-per-hour', 'ten', 'a whole number, 0 or more, or unlimited'],
    ['retry-after', 'soon', 'one of seconds, date, none'],
    ['token-lifetime', '1h', 'a whole number, 0 or more'],
    ['first-snapshot', 'later', 'a whole number of seconds, or never'],
    ['strict', 'yes', 'true or false'],
  ])('%s: %s is refused', (name, value, expected) => {
    expect(problems({ [name]: value })).toMatch(`Input '${name}' is '${value}'; expected`);
    expect(problems({ [name]: value })).toContain(expected);
  });

  it('are refused together, with what is wrong with the runner', () => {
    const found = problems(
      { speed: 'fast', role: 'owner' },
      { INPUT_SPEDE: '60', RUNNER_TEMP: '', GITHUB_ENV: '' },
    );
    expect(found.split('\n')).toEqual([
      'ActionError: This program must run as a step of GitHub Actions, which sets GITHUB_ENV. Nothing was done.',
      "The simulator needs the runner's directory RUNNER_TEMP, but it is not set. Nothing was done.",
      "Unknown input 'spede'. Did you mean 'speed'?",
      "Input 'speed' is 'fast'; expected a number greater than 0.",
      "Input 'role' is 'owner'; expected one of member, viewer.",
    ]);
  });

  it('ignore what is not similar to one of them', () => {
    expect(read({}, { INPUT_WHATEVER: 'x' })).toEqual(read());
  });
});
