// Measures how long the committed bundle takes to start, and writes docs/performance.md.
// Usage: node bench/startup.ts [RUNS]

import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

import { format } from 'prettier';

interface Contender {
  title: string;
  args: string[];
  /** The exit code and the output that show that the run did what is measured. */
  exitCode: number;
  output: RegExp;
  milliseconds: number[];
}

const root = fileURLToPath(new URL('../', import.meta.url));
const reportPath = `${root}docs/performance.md`;
const warmUpRuns = 3;
const runs = Number(process.argv[2] ?? 41);

const contenders: Contender[] = [
  { title: '`node -e 0`', args: ['-e', '0'], exitCode: 0, output: /^$/, milliseconds: [] },
  {
    title: '`node dist/index.js`',
    args: ['dist/index.js'],
    exitCode: 1,
    output: /^::error/m,
    milliseconds: [],
  },
];

if (!Number.isInteger(runs) || runs < 1) {
  throw new Error('The number of runs is a whole number, at least 1.');
}
measure();
writeFileSync(reportPath, await format(report(), { parser: 'markdown' }));
console.log(`${contenders.map(summary).join('\n')}\nWritten to docs/performance.md.`);

/** Runs the contenders in turn, so that whatever else the machine does burdens them alike. */
function measure(): void {
  for (let run = -warmUpRuns; run < runs; run += 1) {
    for (const contender of contenders) {
      const milliseconds = timeRun(contender);
      if (run >= 0) {
        contender.milliseconds.push(milliseconds);
      }
    }
  }
}

/** From spawn to exit, as the runner waits for it. The environment is empty: no input is given. */
function timeRun({ title, args, exitCode, output }: Contender): number {
  const start = performance.now();
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, env: {} });
  const milliseconds = performance.now() - start;
  if (status !== exitCode || !output.test(stdout.toString())) {
    throw new Error(
      `${title} ended with ${status ?? 'a signal'}, which is not what is measured: ${stdout.toString()}`,
    );
  }
  return milliseconds;
}

/** The value below which this share of the runs lies. */
function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}

function summary({ title, milliseconds }: Contender): string {
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) =>
    quantile(milliseconds, share).toFixed(0),
  );
  return `| ${title} | ${median ?? ''} | ${lower ?? ''}–${upper ?? ''} |`;
}

function report(): string {
  const [floor, bundle] = contenders.map(({ milliseconds }) => quantile(milliseconds, 0.5));
  const cost = ((bundle ?? Number.NaN) - (floor ?? Number.NaN)).toFixed(0);
  return `# Performance

Written by \`npm run bench\`; don't edit it by hand.

## Start-up

Time from spawn to exit of the committed bundle, beside a Node.js process that does nothing. The bundle is run
without inputs: it loads everything it needs to begin, finds that inputs are missing, says so and ends with code 1,
before any request. The difference, ${cost} ms here, is what the action adds to a job before it does anything.

| Command | Median (ms) | Middle half of the runs (ms) |
| --- | --: | --: |
${contenders.map(summary).join('\n')}

${runs} runs of each, in turn, after ${warmUpRuns} that are not counted. Node.js ${process.version} on ${process.platform}-${process.arch}.

## Size of \`dist\`

What a runner downloads and keeps with the action.

| File | Bytes |
| --- | --: |
${sizes()}
`;
}

function sizes(): string {
  const files = readdirSync(`${root}dist`, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name: name.replaceAll('\\', '/'), stats: statSync(`${root}dist/${name}`) }))
    .filter(({ stats }) => stats.isFile())
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const total = files.reduce((sum, { stats }) => sum + stats.size, 0);
  const rows = files.map(({ name, stats }) => `| \`${name}\` | ${grouped(stats.size)} |`);
  return [...rows, `| All | ${grouped(total)} |`].join('\n');
}

function grouped(bytes: number): string {
  return bytes.toLocaleString('en-US');
}
