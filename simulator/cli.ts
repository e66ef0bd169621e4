import type { SimulatorOptions } from './aura/options.ts';
import { startSimulator, type Simulator } from './aura/simulator.ts';
import { HELP, parseCommandLine } from './aura/command-line.ts';

function describeTenants({ tenants }: Simulator): readonly string[] {
  const names = tenants.length > 1;
  return tenants.map(({ id, name }) => `tenant id      ${id}${names ? `  '${name}'` : ''}`);
}

/** Credentials that the caller has chosen; empty variables count as not set. */
const { SIMULATOR_CLIENT_ID: clientId, SIMULATOR_CLIENT_SECRET: clientSecret } = process.env;

function describe(simulator: Simulator): string {
  // A secret that the caller knows is not printed: the output may be a file.
  const secret = clientSecret ? 'as in SIMULATOR_CLIENT_SECRET' : simulator.clientSecret;
  return [
    `url            ${simulator.url}`,
    `client id      ${simulator.clientId}`,
    `client secret  ${secret}`,
    ...describeTenants(simulator),
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
    const simulator = await startSimulator({
      ...options,
      ...(clientId && { clientId }),
      ...(clientSecret && { clientSecret }),
      onStop: () => process.exit(0),
    });
    process.stdout.write(describe(simulator));
  } catch (error) {
    process.stderr.write(`The simulator could not start: ${message(error)}\n`);
    process.exitCode = 1;
  }
}

await run(process.argv.slice(2));
