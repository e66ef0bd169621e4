import { parseArgs } from 'node:util';

import type { SimulatorOptions } from './options.ts';
import { drivenClock, realTimeClock } from '../core/clock.ts';
import type { Allowance } from '../core/options.ts';

/** What `--help` prints. */
export const HELP = `Usage: npm run simulator -- [options]

Runs a simulated Aura API v1 on this machine until you press Ctrl+C.

  --port <number>         port to listen on; 0 selects a free port (default 8080)
  --host <name>           address to listen on (default 127.0.0.1)
  --speed <number>        simulated seconds per real second (default 1); it shortens all that a
                          client waits for, also the minute and the hour of limits
  --driven                time advances only through POST /_simulator/clock

  --tenant <name>         a tenant (project) of the account; repeat it for several
                          (default 'Simulated project')
  --role <role>           role of the credentials' user: member (default) or viewer
  --quota <number>        maximum number of instances in the account (default: no limit)
  --no-billing            simulate an account that can have only Free instances

  --requests-per-minute <number>  or unlimited (default 125; 25 with --no-billing)
  --tokens-per-hour <number>      or unlimited (default 15)
  --no-rate-limits                do not limit requests and tokens
  --retry-after <form>            Retry-After of a 429: seconds (default), date or none
  --token-lifetime <seconds>      lifetime of a token (default 3600), whatever the speed

  --first-snapshot <seconds>      from 'running' until the first automatic snapshot starts, in
                                  simulated seconds, or never (default 0)
  --strict                        refuse unknown properties in bodies instead of ignoring them
  --help                          show this help

The environment variables SIMULATOR_CLIENT_ID and SIMULATOR_CLIENT_SECRET set the credentials; the
secret is not printed then. Default: random ones.

docs/simulator.md explains what is simulated.
`;

const OPTIONS = {
  port: { type: 'string', default: '8080' },
  host: { type: 'string', default: '127.0.0.1' },
  speed: { type: 'string', default: '1' },
  driven: { type: 'boolean', default: false },
  tenant: { type: 'string', multiple: true },
  role: { type: 'string', default: 'member' },
  quota: { type: 'string' },
  'no-billing': { type: 'boolean', default: false },
  'requests-per-minute': { type: 'string' },
  'tokens-per-hour': { type: 'string' },
  'no-rate-limits': { type: 'boolean', default: false },
  'retry-after': { type: 'string', default: 'seconds' },
  'token-lifetime': { type: 'string', default: '3600' },
  'first-snapshot': { type: 'string', default: '0' },
  strict: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function invalid(option: string, text: string, expected: string): TypeError {
  return new TypeError(`Option '--${option}' is '${text}'; expected ${expected}.`);
}

function parsePort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw invalid('port', text, 'a number from 0 to 65535');
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (speed > 0 && Number.isFinite(speed)) return speed;
  throw invalid('speed', text, 'a number greater than 0');
}

function parseCount(option: string, text: string, word = ''): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw invalid(option, text, `a whole number, 0 or more${word}`);
}

function parseAllowance(option: string, text: string): Allowance {
  return text === 'unlimited' ? text : parseCount(option, text, ', or unlimited');
}

function parseSeconds(text: string): number {
  return text === 'never' ? Infinity : parseCount('first-snapshot', text, ', or never') * 1000;
}

function parseWord<Word extends string>(
  option: string,
  text: string,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw invalid(option, text, words.join(' or '));
}

function parseTenants(names: readonly string[]): NonNullable<SimulatorOptions['tenants']> {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalid('tenant', twice, 'a different name each time');
  if (names.includes('')) throw invalid('tenant', '', 'a name');
  return names.map((name) => ({ name }));
}

/**
 * Converts the command line to options; undefined if help is requested.
 *
 * @throws TypeError that names an invalid argument.
 */
export function parseCommandLine(args: readonly string[]): SimulatorOptions | undefined {
  const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true });
  if (values.help) return undefined;
  const { tenant, quota } = values;
  const fallback = values['no-rate-limits'] ? 'unlimited' : undefined;
  const requests = values['requests-per-minute'] ?? fallback;
  const tokens = values['tokens-per-hour'] ?? fallback;
  const speed = parseSpeed(values.speed);
  return {
    port: parsePort(values.port),
    host: values.host,
    clock: values.driven ? drivenClock() : realTimeClock(speed),
    ...(tenant && { tenants: parseTenants(tenant) }),
    role: parseWord('role', values.role, ['member', 'viewer']),
    ...(quota !== undefined && { instanceQuota: parseCount('quota', quota) }),
    billing: !values['no-billing'],
    ...(requests !== undefined && {
      requestsPerMinute: parseAllowance('requests-per-minute', requests),
    }),
    ...(tokens !== undefined && { tokensPerHour: parseAllowance('tokens-per-hour', tokens) }),
    retryAfter: parseWord('retry-after', values['retry-after'], ['seconds', 'date', 'none']),
    tokenLifetimeSeconds: parseCount('token-lifetime', values['token-lifetime']),
    durations: { firstSnapshot: parseSeconds(values['first-snapshot']) },
    unknownFields: values.strict ? 'refuse' : 'ignore',
  };
}
