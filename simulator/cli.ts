import { parseArgs } from 'node:util';

import { drivenClock, realTimeClock } from './core/clock.ts';
import type { SimulatorOptions } from './aura/options.ts';
import { startSimulator, type Simulator } from './aura/simulator.ts';

const HELP = `Usage: npm run simulator -- [options]

Runs a simulated Aura API v1 on this machine until you press Ctrl+C.

  --port <number>     port to listen on; 0 selects a free port (default 8080)
  --host <name>       address to listen on (default 127.0.0.1)
  --speed <number>    simulated seconds per real second (default 1)
  --driven            time advances only through POST /_simulator/clock
  --no-rate-limits    do not limit requests and tokens
  --no-billing        simulate an account that can have only Free instances
  --help              show this help
`;

const OPTIONS = {
  port: { type: 'string', default: '8080' },
  host: { type: 'string', default: '127.0.0.1' },
  speed: { type: 'string', default: '1' },
  driven: { type: 'boolean', default: false },
  'no-rate-limits': { type: 'boolean', default: false },
  'no-billing': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function parsePort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new TypeError(`Option '--port' is '${text}'; expected a number from 0 to 65535.`);
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (speed > 0 && Number.isFinite(speed)) return speed;
  throw new TypeError(`Option '--speed' is '${text}'; expected a number greater than 0.`);
}

/**
 * Converts the command line to options; undefined if help is requested.
 *
 * @throws TypeError that names an invalid argument.
 */
function parseCommandLine(args: readonly string[]): SimulatorOptions | undefined {
  const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true });
  if (values.help) return undefined;
  const speed = parseSpeed(values.speed);
  return {
    port: parsePort(values.port),
    host: values.host,
    clock: values.driven ? drivenClock() : realTimeClock(speed),
    billing: !values['no-billing'],
    ...(values['no-rate-limits'] && {
      requestsPerMinute: 'unlimited',
      tokensPerHour: 'unlimited',
    }),
  };
}

function describe(simulator: Simulator): string {
  return [
    `url            ${simulator.url}`,
    `client id      ${simulator.clientId}`,
    `client secret  ${simulator.clientSecret}`,
    `tenant id      ${simulator.tenantId}`,
    `control        ${simulator.url}/_simulator/state`,
    "Use them as inputs 'api-url', 'client-id', 'client-secret' and 'tenant'. Press Ctrl+C to stop.",
    '',
  ].join('\n');
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function run(args: readonly string[]): Promise<void> {
  let options: SimulatorOptions | undefined;
  try {
    options = parseCommandLine(args);
  } catch (error) {
    process.stderr.write(`${message(error)}\n\n${HELP}`);
    process.exitCode = 2;
    return;
  }
  if (!options) {
    process.stdout.write(HELP);
    return;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => process.exit(0));
  }
  try {
    process.stdout.write(describe(await startSimulator(options)));
  } catch (error) {
    process.stderr.write(`The simulator could not start: ${message(error)}\n`);
    process.exitCode = 1;
  }
}

await run(process.argv.slice(2));
