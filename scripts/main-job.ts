import { startJob, type FakeJob, type StepResult } from '../harness/runner/fake-runner.ts';
import { realTimeClock } from '../simulator/core/clock.ts';
import {
  startSimulator,
  type SimulatedInstance,
  type Simulator,
} from '../simulator/aura/simulator.ts';

/** Three minutes in Aura take three seconds here. */
const speed = 60;
const instanceName = 'demo-instance';

/** A step of the job, and its expected result. */
interface Stage {
  readonly inputs: Readonly<Record<string, string>>;
  /** Outputs that the step must set to these values. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Expected status of the instance in the simulator; undefined if none may exist. */
  readonly status: string | undefined;
}

const stages: readonly Stage[] = [
  {
    inputs: { operation: 'create' },
    outputs: { name: instanceName, status: 'running', created: 'true', changed: 'true' },
    status: 'running',
  },
  {
    inputs: { operation: 'poll', 'wait-for': 'running' },
    outputs: { status: 'running', changed: 'false' },
    status: 'running',
  },
  {
    inputs: { operation: 'get' },
    outputs: { name: instanceName, status: 'running', changed: 'false' },
    status: 'running',
  },
  {
    inputs: { operation: 'pause' },
    outputs: { status: 'paused', changed: 'true' },
    status: 'paused',
  },
  {
    inputs: { operation: 'resume' },
    outputs: { status: 'running', changed: 'true' },
    status: 'running',
  },
  {
    inputs: { operation: 'delete' },
    outputs: { status: 'deleted', changed: 'true' },
    status: undefined,
  },
];

const logPrefixes: readonly (readonly [string, string])[] = [
  ['##[group]', ''],
  ['##[error]', 'Error: '],
  ['##[warning]', 'Warning: '],
  ['##[notice]', 'Notice: '],
  ['##[debug]', 'Debug: '],
];

/** A line as GitHub's log view shows it. */
function display(line: string): string {
  const found = logPrefixes.find(([prefix]) => line.startsWith(prefix));
  return found === undefined ? line : found[1] + line.slice(found[0].length);
}

function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** The JSON of a whole instance is too long for a reader. */
function shorten(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 100)}… (${text.length} characters)`;
}

function printStep(job: FakeJob, result: StepResult): void {
  const lines = result.log.filter((line) => line !== '##[endgroup]').map(display);
  const outputs = Object.entries(result.outputs).map(
    ([name, value]) => `  ${name}: ${shorten(job.masks.apply(value))}`,
  );
  print(...lines.map((line) => `  ${line}`));
  if (outputs.length > 0) print('  outputs:', ...outputs.map((line) => `  ${line}`));
}

/** The differences from the expected result. */
function findProblems(stage: Stage, result: StepResult, simulator: Simulator): string[] {
  const existing = simulator.instances();
  const statuses = existing.map(({ name, status }) => `'${name}' is ${status}`).join(', ');
  const problems =
    result.conclusion === 'success' ? [] : [`the step ended in ${result.conclusion}`];
  for (const [name, expected] of Object.entries(stage.outputs)) {
    const actual = result.outputs[name];
    if (actual === expected) continue;
    problems.push(
      `output '${name}' is ${actual === undefined ? 'not set' : `'${actual}'`}, not '${expected}'`,
    );
  }
  const [instance] = existing;
  if (stage.status === undefined) {
    if (existing.length > 0) problems.push(`an instance still exists: ${statuses}`);
  } else if (existing.length !== 1 || instance?.status !== stage.status) {
    problems.push(
      `'${instanceName}' should be ${stage.status}: ${statuses || 'no instance exists'}`,
    );
  } else {
    problems.push(...compareWithInstance(stage, result, instance));
  }
  return problems;
}

function compareWithInstance(
  stage: Stage,
  { outputs }: StepResult,
  instance: SimulatedInstance,
): string[] {
  const problems: string[] = [];
  if (outputs['instance-id'] !== instance.id) problems.push(`output 'instance-id' is not its id`);
  if (stage.inputs['operation'] !== 'create') return problems;
  if (outputs['connection-uri'] !== instance.connectionUrl) {
    problems.push(`output 'connection-uri' is not its URI`);
  }
  if (outputs['password'] !== instance.password) {
    problems.push(`output 'password' is not its password`);
  }
  if (outputs['username'] !== instance.username) {
    problems.push(`output 'username' is not its user`);
  }
  return problems;
}

async function runStage(job: FakeJob, simulator: Simulator, stage: Stage): Promise<string[]> {
  const operation = stage.inputs['operation'] ?? '';
  const result = await job.step({
    inputs: {
      'client-id': simulator.clientId,
      'client-secret': simulator.clientSecret,
      'api-url': simulator.url,
      name: instanceName,
      'poll-interval': '1s',
      ...stage.inputs,
    },
  });
  print('', operation.toUpperCase());
  printStep(job, result);
  print(`  took ${seconds(result.milliseconds)}`);
  return findProblems(stage, result, simulator).map((problem) => `${operation}: ${problem}.`);
}

async function runJob(): Promise<string[]> {
  const simulator = await startSimulator({ clock: realTimeClock(speed) });
  const job = await startJob({
    secrets: [simulator.clientSecret],
    forbiddenSecrets: () => simulator.secrets(),
  });
  try {
    print(
      `Simulated Aura API on ${simulator.url}, ${speed} times as fast as Aura.`,
      'The following steps run dist/index.js like the steps of one GitHub Actions job.',
    );
    for (const stage of stages) {
      const problems = await runStage(job, simulator, stage);
      // Each step depends on the previous one.
      if (problems.length > 0) return problems;
    }
    const tokens = simulator.exchanges.filter(({ path }) => path === '/oauth/token').length;
    const requests = simulator.exchanges.length;
    print('', `The simulator received ${requests} requests, ${tokens} of them for a token.`);
    return [];
  } finally {
    await job.dispose();
    await simulator.close();
  }
}

const started = performance.now();
let problems: readonly string[];
try {
  problems = await runJob();
} catch (error) {
  problems = [error instanceof Error ? error.message : String(error)];
}
for (const problem of problems) print('', `Failed: ${problem}`);
if (problems.length > 0) process.exitCode = 1;
else print(`All ${stages.length} steps passed in ${seconds(performance.now() - started)}.`);
