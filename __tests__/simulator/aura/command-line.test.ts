import { expect, test } from 'vitest';

import { isDriven } from '../../../simulator/core/clock.ts';
import { parseCommandLine } from '../../../simulator/aura/command-line.ts';

test('without arguments, everything is as in Aura', () => {
  const { clock, ...options } = parseCommandLine([]) ?? {};
  expect(clock?.speed).toBe(1);
  expect(options).toEqual({
    port: 8080,
    host: '127.0.0.1',
    role: 'member',
    billing: true,
    retryAfter: 'seconds',
    tokenLifetimeSeconds: 3600,
    durations: { firstSnapshot: 0 },
    unknownFields: 'ignore',
  });
});

test.each<[string, object]>([
  ['--role viewer', { role: 'viewer' }],
  ['--quota 3', { instanceQuota: 3 }],
  ['--quota 0', { instanceQuota: 0 }],
  ['--tenant Shop --tenant Lab', { tenants: [{ name: 'Shop' }, { name: 'Lab' }] }],
  ['--token-lifetime 60', { tokenLifetimeSeconds: 60 }],
  ['--requests-per-minute 25', { requestsPerMinute: 25 }],
  ['--requests-per-minute unlimited', { requestsPerMinute: 'unlimited' }],
  ['--tokens-per-hour 2', { tokensPerHour: 2 }],
  ['--no-rate-limits', { requestsPerMinute: 'unlimited', tokensPerHour: 'unlimited' }],
  ['--no-rate-limits --tokens-per-hour 2', { requestsPerMinute: 'unlimited', tokensPerHour: 2 }],
  ['--retry-after date', { retryAfter: 'date' }],
  ['--retry-after none', { retryAfter: 'none' }],
  ['--first-snapshot 90', { durations: { firstSnapshot: 90_000 } }],
  ['--first-snapshot never', { durations: { firstSnapshot: Infinity } }],
  ['--strict', { unknownFields: 'refuse' }],
  ['--no-billing', { billing: false }],
])('%s is understood', (line, expected) => {
  expect(parseCommandLine(line.split(' '))).toMatchObject(expected);
});

test('the speed, or a driven clock', () => {
  expect(parseCommandLine(['--speed', '0.5'])?.clock?.speed).toBe(0.5);
  const { clock } = parseCommandLine(['--driven']) ?? {};
  expect(clock !== undefined && isDriven(clock)).toBe(true);
});

test('help has no options', () => {
  expect(parseCommandLine(['--help', '--port', 'x'])).toBeUndefined();
});

test.each([
  ['--role owner', "Option '--role' is 'owner'; expected member or viewer."],
  ['--quota -1', "Option '--quota' argument is ambiguous"],
  ['--quota=-1', "Option '--quota' is '-1'; expected a whole number, 0 or more."],
  ['--quota 1.5', "Option '--quota' is '1.5'"],
  ['--token-lifetime 1h', "Option '--token-lifetime' is '1h'; expected a whole number, 0 or more."],
  ['--requests-per-minute none', 'expected a whole number, 0 or more, or unlimited.'],
  ['--tokens-per-hour ten', "Option '--tokens-per-hour' is 'ten'"],
  ['--retry-after soon', "Option '--retry-after' is 'soon'; expected seconds or date or none."],
  ['--first-snapshot later', 'expected a whole number, 0 or more, or never.'],
  ['--tenant Shop --tenant Shop', "Option '--tenant' is 'Shop'; expected a different name"],
  ['--tenant=', "Option '--tenant' is ''; expected a name."],
])('%s is refused', (line, message) => {
  expect(() => parseCommandLine(line.split(' '))).toThrow(message);
});
