// Measures how long the committed bundle takes for the most common steps, compared with a Node.js
// process that does nothing, and writes docs/performance.md.
// Usage: node bench/startup.ts [RUNS] [--before COMMIT]
// With a commit, it also measures the bundle of that commit.

import { execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { build } from 'rolldown';

import { takeOver } from '../__tests__/aura/credentials/sealed-step.ts';
import { startBoltServer } from '../harness/bolt/server.ts';
import {
  evaluateInputs,
  inputVariable,
  loadAction,
  repositoryRoot as root,
} from '../harness/runner/action.ts';
import { startSimulator } from '../simulator/aura/simulator.ts';
import { writeBeginning } from './sections.ts';
import { grouped, sizeRows } from './sizes.ts';

/** A process to measure: the command, and its expected result. */
interface Command {
  readonly title: string;
  /** Arguments of node: code after `-e`, or a file of the bundle. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Starts with an empty RUNNER_TEMP, like the first step of a job. */
  readonly newJob?: boolean;
  readonly exitCode: number;
  readonly output: RegExp;
  /** How many times as long as a bare Node.js it may take; undefined without a target. */
  readonly target?: number;
}

/** A command, run with one bundle. */
interface Contender extends Command {
  /** The directory that contains `dist`. */
  readonly directory: string;
  readonly times: Times[];
}

/** The times of one process, in milliseconds. */
interface Times {
  /** From start to end: the runner waits this long. */
  readonly wall: number;
  /** Processor time: other work on the machine has little effect on it. */
  readonly cpu: number;
}

const warmUpRuns = 3;
/** The quantile of the runs that other work on the machine has affected least. */
const undisturbed = 0.1;
/** Bash measures, because Node.js does not report the processor time of a child process. */
const timing = 'TIMEFORMAT="%3R %3U %3S"; time "$@" 2>&3';
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { before: { type: 'string' } },
});
const runs = Number(positionals[0] ?? 41);
const password = 'a-password-for-measuring';

if (!Number.isInteger(runs) || runs < 1) {
  throw new Error('The number of runs must be a whole number of at least 1.');
}
const simulator = await startSimulator({
  requestsPerMinute: 'unlimited',
  tokensPerHour: 'unlimited',
});
const database = await startBoltServer({ password });
const scratch = mkdtempSync(path.join(tmpdir(), 'bench-'));
/** What the runner passes to each step: the directory of the job, and the files for its results. */
const temp = makeScratch('temp');
const outputs = path.join(scratch, 'OUTPUT');
const runner = {
  RUNNER_TEMP: temp,
  ...Object.fromEntries(
    ['OUTPUT', 'STATE', 'ENV', 'STEP_SUMMARY'].map((name) => {
      const file = path.join(scratch, name);
      writeFileSync(file, '');
      return [`GITHUB_${name}`, file];
    }),
  ),
};
/** Like `temp`, but for a job whose first step is measured. */
const newTemp = makeScratch('new-temp');

const { instance, inputs: takenOver } = takeOver(simulator, {
  uri: database.uri('bolt'),
  password,
});
const bare: Contender = {
  title: '`node -e 0`',
  args: ['-e', '0'],
  exitCode: 0,
  output: /^$/,
  directory: root,
  times: [],
};
const toolkit: Contender = {
  ...bare,
  title: "GitHub's toolkit alone, which fails",
  args: ['toolkit.mjs'],
  env: runner,
  exitCode: 1,
  output: /^::error/m,
  directory: await bundleToolkit(),
  times: [],
};
const noInputs: Command = {
  title: 'a step without inputs, which fails',
  args: ['dist/index.js'],
  env: runner,
  exitCode: 1,
  output: /^::error/m,
  target: 2,
};
const get = { operation: 'get', 'instance-id': instance.id };
const withToken: Command = {
  title: '`get`, with the token of an earlier step',
  args: ['dist/index.js'],
  env: variablesOf(get),
  exitCode: 0,
  // The second form is that of earlier bundles.
  output: /^(Instance .+ is running|Status of instance .+: running)\.$/m,
  target: 2.5,
};

const toolkitBytes = statSync(path.join(toolkit.directory, 'toolkit.mjs')).size;
let after: readonly Contender[];
let before: readonly Contender[] = [];
const withoutChunks: Contender = {
  ...noInputs,
  title: 'the same without the chunks of the bundle',
  directory: copyWithoutChunks(),
  times: [],
};
try {
  const commands = [noInputs, withToken, ...(await commandsWithSealed())];
  const measured = (directory: string): Contender[] =>
    commands.map((command) => ({ ...command, directory, times: [] }));
  after = measured(root);
  if (options.before !== undefined) before = measured(unpack(options.before));
  await measure([bare, toolkit, ...after, withoutChunks, ...before]);
} finally {
  await simulator.close();
  await database.close();
  rmSync(scratch, { recursive: true });
}
await writeBeginning(report());
console.log(`${table()}\n\n${comparison()}Written to docs/performance.md.`);

function makeScratch(name: string): string {
  const directory = path.join(scratch, name);
  mkdirSync(directory);
  return directory;
}

/** The commands that use the sealed credentials of an earlier job, and the post step. */
async function commandsWithSealed(): Promise<readonly Command[]> {
  const inputs = { ...get, 'sealed-credentials': await sealByStep() };
  const first = { args: withToken.args, newJob: true, exitCode: 0 };
  const withSealed: Command = {
    ...first,
    title: '`get` with `sealed-credentials`, in a new job',
    env: { ...variablesOf(inputs), RUNNER_TEMP: newTemp },
    output: withToken.output,
    target: 5.5,
  };
  const verified: Command = {
    ...first,
    title: 'the same with `verify: require`',
    env: { ...variablesOf({ ...inputs, verify: 'require' }), RUNNER_TEMP: newTemp },
    output: /over Bolt/m,
  };
  const post: Command = {
    title: 'a post step with nothing to do',
    args: ['dist/post.js'],
    env: runner,
    exitCode: 0,
    output: /^$/,
    target: 1.1,
  };
  return [withSealed, verified, post];
}

/** A step's output for another job: the credentials, and the token that it has requested. */
async function sealByStep(): Promise<string> {
  await timeRun({ ...withToken, env: variablesOf(takenOver), directory: root, times: [] });
  const sealed = /^aura1\.[\w-]+$/m.exec(readFileSync(outputs, 'utf8'))?.[0];
  if (sealed === undefined) throw new Error('The step did not seal any credentials.');
  return sealed;
}

/** The environment of a step with these inputs. */
function variablesOf(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const given = {
    ...inputs,
    'api-url': simulator.url,
    'client-id': simulator.clientId,
    'client-secret': simulator.clientSecret,
  };
  const { values } = evaluateInputs(loadAction(root), given, {
    'github.token': '',
    'github.repository': '',
  });
  const variables = [...values].map(([name, value]) => [inputVariable(name), value] as const);
  return { ...runner, ...Object.fromEntries(variables) };
}

/** Bundles the toolkit as other actions do: with the whole undici, which this action loads later. */
async function bundleToolkit(): Promise<string> {
  const directory = makeScratch('toolkit');
  await build({
    input: path.join(root, 'bench', 'toolkit-alone.ts'),
    platform: 'node',
    resolve: { alias: { undici: 'undici-itself' } },
    output: { file: path.join(directory, 'toolkit.mjs'), format: 'esm' },
  });
  return directory;
}

/** Extracts the bundle of an earlier commit to its own directory. */
function unpack(commit: string): string {
  const directory = makeScratch('before');
  const archive = path.join(scratch, 'before.tar');
  execFileSync('git', ['archive', '--output', archive, commit, 'dist'], { cwd: root });
  execFileSync('tar', ['-xf', archive, '-C', directory]);
  return directory;
}

function copyWithoutChunks(): string {
  const directory = makeScratch('without-chunks');
  mkdirSync(path.join(directory, 'dist'));
  for (const file of ['index.js', 'action.js', 'package.json']) {
    copyFileSync(path.join(root, 'dist', file), path.join(directory, 'dist', file));
  }
  return directory;
}

/** Runs the contenders in turn, so that other work on the machine affects all of them equally. */
async function measure(contenders: readonly Contender[]): Promise<void> {
  for (let run = -warmUpRuns; run < runs; run += 1) {
    for (const contender of contenders) {
      const times = await timeRun(contender);
      if (run >= 0) contender.times.push(times);
    }
  }
}

/** Runs a command once. Its environment contains only `env` and what bash adds. */
async function timeRun(contender: Contender): Promise<Times> {
  const { title, args, env = {}, newJob = false, exitCode, output, directory } = contender;
  if (newJob) {
    rmSync(newTemp, { recursive: true });
    mkdirSync(newTemp);
  }
  const child = spawn('bash', ['-c', timing, 'bash', process.execPath, ...args], {
    cwd: directory,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [printed, measured]: [Buffer[], Buffer[]] = [[], []];
  for (const stream of [child.stdout, child.stdio[3]]) {
    stream?.on('data', (chunk: Buffer) => printed.push(chunk));
  }
  child.stderr?.on('data', (chunk: Buffer) => measured.push(chunk));
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once('close', resolve);
  const status = await promise;
  const text = Buffer.concat(printed).toString();
  if (status !== exitCode || !output.test(text)) {
    throw new Error(`${title} did not end as expected, but with ${status ?? 'a signal'}: ${text}`);
  }
  const seconds = Buffer.concat(measured).toString().trim().split(' ').map(Number);
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = seconds;
  return { wall: wall * 1_000, cpu: (user + system) * 1_000 };
}

/** The value that this share of the runs does not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}

type Kind = keyof Times;

/** The time compared with that of a bare Node.js, in the runs that were affected least. */
function ratio({ times }: Contender, kind: Kind): string {
  const [one, other] = [times, bare.times].map((all) => {
    const values = all.map((each) => each[kind]);
    return quantile(values, undisturbed);
  });
  return ((one ?? Number.NaN) / (other ?? Number.NaN)).toFixed(2);
}

function median({ times }: Contender, kind: Kind): string {
  return middle(times, kind, 0.5);
}

function middle(times: readonly Times[], kind: Kind, share: number): string {
  const values = times.map((one) => one[kind]);
  return quantile(values, share).toFixed(0);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(): string {
  const rows = [bare, toolkit, ...after, withoutChunks].map((contender) => {
    const { title, target, times } = contender;
    return row([
      title,
      median(contender, 'wall'),
      middle(times, 'wall', undisturbed),
      median(contender, 'cpu'),
      ratio(contender, 'wall'),
      ratio(contender, 'cpu'),
      target?.toFixed(1) ?? '',
    ]);
  });
  return `| Command | Time (ms) | Fastest tenth (ms) | CPU (ms) | Time, ratio | CPU, ratio | Target |
| --- | --: | --: | --: | --: | --: | --: |
${rows.join('\n')}`;
}

function comparison(): string {
  if (options.before === undefined) return '';
  const rows = before.map((earlier, index) => {
    const later = after[index] ?? earlier;
    const both = (show: (one: Contender) => string): string => `${show(earlier)} → ${show(later)}`;
    return row([
      earlier.title,
      both((one) => median(one, 'wall')),
      both((one) => median(one, 'cpu')),
      both((one) => ratio(one, 'wall')),
      both((one) => ratio(one, 'cpu')),
    ]);
  });
  return `## Before and after

The bundle of commit ${options.before} and the current one, measured in the same run.

| Command | Time (ms) | CPU (ms) | Time, ratio | CPU, ratio |
| --- | --: | --: | --: | --: |
${rows.join('\n')}

`;
}

function report(): string {
  return `# Performance

\`npm run bench\` writes this file, each benchmark its own sections; do not edit it. Each command runs ${runs} times, in turn with the others, after ${warmUpRuns} warm-up
runs that do not count. Node.js ${process.version} on ${process.platform}-${process.arch}.

## Time of a step

From start to end of the committed bundle, compared with a Node.js process that does nothing. The steps send their
requests to the simulator on the same machine, so they hardly wait for the network. Each has a \`RUNNER_TEMP\`, as on a
runner. Times and CPU times are medians. A ratio compares the fastest tenth of the runs with that of \`node -e 0\`, because
other work on the machine affects these runs least.

${table()}

- The toolkit alone is \`@actions/core\` and \`@actions/http-client\` with the undici that npm installs, in one file of ${grouped(toolkitBytes)}
  bytes: what an action loads before its own code.
- A step without inputs loads everything it needs to start, reports the missing inputs, and ends with code 1 before any
  request.
- A step after another step of the same job finds the token that the earlier step has stored.
- The first step of another job gets token and password from \`sealed-credentials\`. To decrypt them it derives a key, which
  deliberately takes about 80 ms, see [ADR 14](adr/0014-key-derivations.md).
- \`verify\` loads the driver and runs one query, here against a fake server on the same machine.
- The driver, the GitHub API client and undici are in separate files (chunks). They are loaded only when needed and add
  nothing to other steps, as the last row shows.

${comparison()}## Size of \`dist\`

The files that a runner downloads with the action, beside the toolkit alone.

| File | Loaded | Bytes |
| --- | --- | --: |
${sizeRows(path.join(root, 'dist'), toolkitBytes)}
`;
}
