// Measures how long the committed bundle takes to start, what a verification costs, and writes
// docs/performance.md.
// Usage: node bench/startup.ts [RUNS]

import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

import { format } from 'prettier';

import { takeOver } from '../__tests__/aura/credentials/sealed-step.ts';
import { startBoltServer } from '../harness/bolt/server.ts';
import {
  evaluateInputs,
  inputVariable,
  loadAction,
  repositoryRoot as root,
} from '../harness/runner/action.ts';
import { startSimulator } from '../simulator/aura/simulator.ts';

interface Contender {
  readonly title: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The exit code and the output that show that the run did what is measured. */
  readonly exitCode: number;
  readonly output: RegExp;
  readonly milliseconds: number[];
}

const reportPath = path.join(root, 'docs', 'performance.md');
const warmUpRuns = 3;
const runs = Number(process.argv[2] ?? 41);
const password = 'a-password-for-measuring';

if (!Number.isInteger(runs) || runs < 1) {
  throw new Error('The number of runs is a whole number, at least 1.');
}
const simulator = await startSimulator({
  requestsPerMinute: 'unlimited',
  tokensPerHour: 'unlimited',
});
const database = await startBoltServer({ password });
const scratch = mkdtempSync(path.join(tmpdir(), 'bench-'));
for (const file of ['index.js', 'action.js', 'package.json']) {
  copyFileSync(path.join(root, 'dist', file), path.join(scratch, file));
}
/** The files in which a runner takes what a step has to say. */
const commandFiles = Object.fromEntries(
  ['OUTPUT', 'STATE', 'ENV', 'STEP_SUMMARY'].map((name) => {
    const file = path.join(scratch, name);
    writeFileSync(file, '');
    return [`GITHUB_${name}`, file];
  }),
);

const noInputs = { env: commandFiles, exitCode: 1, output: /^::error/m };
const starts: readonly Contender[] = [
  { title: '`node -e 0`', args: ['-e', '0'], exitCode: 0, output: /^$/, milliseconds: [] },
  { title: '`node dist/index.js`', args: ['dist/index.js'], ...noInputs, milliseconds: [] },
  {
    title: 'the same without the chunks of the bundle',
    args: [path.join(scratch, 'index.js')],
    ...noInputs,
    milliseconds: [],
  },
];
const posts: readonly Contender[] = [
  { title: '`node -e 0`', args: ['-e', '0'], exitCode: 0, output: /^$/, milliseconds: [] },
  {
    title: '`node dist/post.js`',
    args: ['dist/post.js'],
    exitCode: 0,
    output: /^$/,
    milliseconds: [],
  },
];
const steps: readonly Contender[] = [
  {
    title: '`get` with `verify: off`',
    args: ['dist/index.js'],
    env: variablesOf('off'),
    exitCode: 0,
    output: /^Status of instance .+: running\.$/m,
    milliseconds: [],
  },
  {
    title: '`get` with `verify: require`',
    args: ['dist/index.js'],
    env: variablesOf('require'),
    exitCode: 0,
    output: /answers over Bolt\.$/m,
    milliseconds: [],
  },
];

try {
  await measure([...starts, ...posts, ...steps]);
} finally {
  await simulator.close();
  await database.close();
  rmSync(scratch, { recursive: true });
}
writeFileSync(reportPath, await format(report(), { parser: 'markdown', printWidth: 120 }));
console.log(
  `${[...starts, ...posts, ...steps].map(summary).join('\n')}\nWritten to docs/performance.md.`,
);

/** A step that takes over an instance whose database is the stand-in on this machine. */
function variablesOf(verify: string): Record<string, string> {
  const { inputs } = takeOver(simulator, { uri: database.uri('bolt'), password });
  const given = {
    ...inputs,
    'api-url': simulator.url,
    'client-id': simulator.clientId,
    'client-secret': simulator.clientSecret,
    verify,
  };
  const { values } = evaluateInputs(loadAction(root), given, {
    'github.token': '',
    'github.repository': '',
  });
  const variables = [...values].map(([name, value]) => [inputVariable(name), value] as const);
  return { ...commandFiles, ...Object.fromEntries(variables) };
}

/** Runs the contenders in turn, so that whatever else the machine does burdens them alike. */
async function measure(contenders: readonly Contender[]): Promise<void> {
  for (let run = -warmUpRuns; run < runs; run += 1) {
    for (const contender of contenders) {
      const milliseconds = await timeRun(contender);
      if (run >= 0) contender.milliseconds.push(milliseconds);
    }
  }
}

/** From spawn to exit, as the runner waits for it. The environment holds what is given and nothing else. */
async function timeRun({ title, args, env = {}, exitCode, output }: Contender): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => printed.push(chunk));
  }
  const { promise, resolve } = Promise.withResolvers<number | null>();
  let milliseconds = Number.NaN;
  child.once('exit', () => {
    milliseconds = performance.now() - start;
  });
  child.once('close', resolve);
  const status = await promise;
  const text = Buffer.concat(printed).toString();
  if (status !== exitCode || !output.test(text)) {
    throw new Error(
      `${title} ended with ${status ?? 'a signal'}, which is not what is measured: ${text}`,
    );
  }
  return milliseconds;
}

/** The value below which this share of the runs lies. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}

function summary({ title, milliseconds }: Contender): string {
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) =>
    quantile(milliseconds, share).toFixed(0),
  );
  return `| ${title} | ${median ?? ''} | ${lower ?? ''}–${upper ?? ''} |`;
}

/** How much longer one takes than another, by their medians. */
function difference(contenders: readonly Contender[]): string {
  const [first, second] = contenders.map(({ milliseconds }) => quantile(milliseconds, 0.5));
  return ((second ?? Number.NaN) - (first ?? Number.NaN)).toFixed(0);
}

function table(contenders: readonly Contender[]): string {
  return `| Command | Median (ms) | Middle half of the runs (ms) |
| --- | --: | --: |
${contenders.map(summary).join('\n')}`;
}

function report(): string {
  return `# Performance

Written by \`npm run bench\`; don't edit it by hand. ${runs} runs of each, in turn, after ${warmUpRuns} that are not
counted. Node.js ${process.version} on ${process.platform}-${process.arch}.

## Start-up

Time from spawn to exit of the committed bundle, beside a Node.js process that does nothing. The bundle is run
without inputs: it loads everything it needs to begin, finds that inputs are missing, says so and ends with code 1,
before any request. The difference, ${difference(starts)} ms here, is what the action adds to a job before it does anything.

${table(starts)}

The third row shows that the driver and the client of the GitHub API, which have files of their own, cost nothing where
nobody asks for them: they are not even looked for.

Every step has a post step. With nothing to clean up it ends without loading the bundle; the difference here is
${difference(posts)} ms.

${table(posts)}

## Verification

A whole step: \`get\` with sealed credentials against the simulator, without and with a proof that the database answers.
The database is a stand-in on this machine, so the difference, ${difference(steps)} ms here, is what loading the driver and one query
cost the steps that verify, and only these.

${table(steps)}

## Size of \`dist\`

What a runner downloads and keeps with the action.

| File | Loaded | Bytes |
| --- | --- | --: |
${sizes()}
`;
}

function sizes(): string {
  const files = readdirSync(path.join(root, 'dist')).toSorted();
  const rows = files.map((name) => {
    const bytes = statSync(path.join(root, 'dist', name)).size;
    return { bytes, row: `| \`${name}\` | ${useOf(name)} | ${grouped(bytes)} |` };
  });
  const total = rows.reduce((sum, { bytes }) => sum + bytes, 0);
  return [...rows.map(({ row }) => row), `| All | | ${grouped(total)} |`].join('\n');
}

/** When a file of the bundle is loaded. The names of the parts are numbers, so their content tells. */
function useOf(name: string): string {
  if (name === 'index.js') return 'by each step';
  if (name === 'post.js') return 'by each post step';
  if (name === 'action.js') return 'by each step, and to clean up';
  if (!name.endsWith('.js')) return '';
  const text = readFileSync(path.join(root, 'dist', name), 'utf8');
  if (text.includes('Could not perform discovery')) return 'with `verify`';
  if (text.includes('getOctokitOptions')) return 'with `credentials-store`';
  throw new Error(`Nobody knows when dist/${name} is loaded: say it here.`);
}

function grouped(bytes: number): string {
  return bytes.toLocaleString('en-US');
}
