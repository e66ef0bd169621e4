import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createExchangeValidator } from '../harness/world/validate-exchange.ts';
import { startSimulator, type Simulator } from '../simulator/aura/simulator.ts';
import { realTimeClock } from '../simulator/core/clock.ts';
import { Skipped, print, run, skipped } from './run-program.ts';

/** Three minutes in Aura take about half a second here. */
const speed = 400;

/** A client that nobody here wrote, and the operations that its life cycle must have used. */
interface RealClient {
  readonly name: string;
  readonly version: string;
  readonly operations: readonly string[];
}

const usual = [
  'GET /v1/tenants 200',
  'GET /v1/tenants/{id} 200',
  'POST /v1/instances 202',
  'GET /v1/instances 200',
  'GET /v1/instances/{id} 200',
  'PATCH /v1/instances/{id} 200',
  'PATCH /v1/instances/{id} 202',
  'POST /v1/instances/{id}/pause 202',
  'POST /v1/instances/{id}/resume 202',
  'DELETE /v1/instances/{id} 202',
];
const snapshots = [
  'POST /v1/instances/{id}/snapshots 202',
  'POST /v1/instances/{id}/snapshots/{id}/restore 202',
];
const clients: readonly RealClient[] = [
  { name: 'aura-python-sdk', version: '0.1.5', operations: [...usual, ...snapshots] },
  { name: 'neo4j-aura-sdk', version: '0.1.5', operations: [...usual, ...snapshots] },
  { name: 'mcp-neo4j-aura-manager', version: '0.4.8', operations: usual },
];
/** Newer ones break mcp-neo4j-aura-manager. */
const requirements = [
  ...clients.map(({ name, version }) => `${name}==${version}`),
  'pydantic<2.11',
];

/** The oldest Python that all of them support. */
const oldestPython = '3.11';

/** What pip prints if it does not reach the package registry. */
const unreachable =
  /NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|SSLError|ConnectionResetError|RemoteDisconnected|HTTP error 5\d\d|\b5\d\d (Server|Gateway) /i;

/** @throws Skipped if there is no Python that can make a virtual environment */
async function findPython(): Promise<string> {
  const check = `import ensurepip, sys, venv; sys.exit(sys.version_info < (${oldestPython.replace('.', ', ')}))`;
  for (const command of ['python3', 'python']) {
    const { status } = await run(command, ['-c', check], { seconds: 30 });
    if (status === 0) return command;
  }
  throw new Skipped(`Python ${oldestPython} or later, with venv and pip, is not at hand`);
}

/**
 * Installs the clients into a folder.
 *
 * @returns the Python that has them
 * @throws Skipped if the package registry cannot be reached
 * @throws Error if they cannot be installed
 */
async function install(folder: string): Promise<string> {
  const env = { PYTHONDONTWRITEBYTECODE: '1' };
  const made = await run(await findPython(), ['-m', 'venv', folder], { env, seconds: 120 });
  if (made.status !== 0) throw new Error(`No virtual environment:\n${made.output}`);
  const bin = process.platform === 'win32' ? 'Scripts' : 'bin';
  const python = join(folder, bin, 'python');
  const quiet = ['--quiet', '--no-input', '--disable-pip-version-check', '--no-cache-dir'];
  const patience = ['--retries', '2', '--timeout', '20'];
  const args = ['-m', 'pip', 'install', ...quiet, ...patience, ...requirements];
  const installed = await run(python, args, { env, seconds: 300 });
  if (installed.status === 0) return python;
  if (unreachable.test(installed.output)) {
    throw new Skipped('the package registry of Python cannot be reached');
  }
  throw new Error(`The clients could not be installed:\n${installed.output}`);
}

function describeExchange({ method, path, status }: Simulator['exchanges'][number]): string {
  return `${method} ${path.replaceAll(/(?<=\/)[0-9a-f]{8}(-[0-9a-f-]{27})?(?=\/|$)/g, '{id}')} ${status}`;
}

/** What is wrong after a life cycle: what was not used, left behind, or not as described. */
function findProblems(
  simulator: Simulator,
  { operations }: RealClient,
  validate: Awaited<ReturnType<typeof createExchangeValidator>>,
): string[] {
  const used = new Set(simulator.exchanges.map(describeExchange));
  // A client may send more than the description declares; that is its own affair.
  const wrong = simulator.exchanges
    .flatMap(validate)
    .filter((problem) => problem.startsWith('response '));
  return [
    ...operations.filter((one) => !used.has(one)).map((one) => `no request was '${one}'`),
    ...simulator.instances().map(({ name, status }) => `instance '${name}' is still ${status}`),
    ...new Set(wrong),
  ];
}

/** Runs the life cycle of one client. @returns whether it passed */
async function live(client: RealClient, python: string): Promise<boolean> {
  const validate = await createExchangeValidator();
  const simulator = await startSimulator({
    clock: realTimeClock(speed),
    // One of them asks for a token before every request.
    tokensPerHour: 'unlimited',
  });
  const started = performance.now();
  try {
    const script = new URL(`real-clients/life-of-${client.name}.py`, import.meta.url);
    const { status, output } = await run(python, [fileURLToPath(script)], {
      env: {
        PYTHONDONTWRITEBYTECODE: '1',
        SIMULATOR_URL: simulator.url,
        SIMULATOR_CLIENT_ID: simulator.clientId,
        SIMULATOR_CLIENT_SECRET: simulator.clientSecret,
        SIMULATOR_TENANT: simulator.tenantId,
        NO_PROXY: '127.0.0.1',
        no_proxy: '127.0.0.1',
      },
      seconds: 120,
    });
    const steps = output.split('\n').filter((line) => line.startsWith('step '));
    const problems = status === 0 ? findProblems(simulator, client, validate) : [];
    const passed = status === 0 && problems.length === 0;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const requests = simulator.exchanges.length;
    print(
      `${client.name} ${client.version}: ${passed ? 'passed' : 'FAILED'}, ` +
        `${steps.length} steps, ${requests} requests, ${seconds} s`,
      ...problems.map((problem) => `  ${problem}`),
    );
    if (status === 0) return passed;
    const last = simulator.exchanges.slice(-3).map(describeExchange);
    print(
      `  It failed in ${steps.at(-1) ?? 'its start'}. The last requests:`,
      ...last.map((line) => `    ${line}`),
      ...output
        .trimEnd()
        .split('\n')
        .map((line) => `  | ${line}`),
    );
    return false;
  } finally {
    await simulator.close();
  }
}

async function main(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'real-clients-'));
  try {
    const python = await install(folder);
    const results = await Promise.all(clients.map((client) => live(client, python)));
    return results.every(Boolean) ? 0 : 1;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (!(error instanceof Skipped)) {
      print(reason);
      return 1;
    }
    print(
      `Skipped: ${reason}. The clients ${clients.map(({ name }) => name).join(', ')} were not run.`,
    );
    return skipped;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
