import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

import { createCertificate } from '../harness/network/certificate.ts';
import { installAct } from './examples/act.ts';
import { npm, shop } from './examples/database.ts';
import { noRun, playWorkflow, type Row, type Stage } from './examples/play.ts';
import { run, stopAll } from './examples/processes.ts';
import { readWorkflows, root, type Workflow } from './examples/workflows.ts';
import { writeFiles } from './examples/world.ts';
import { print, Skipped, skipped } from './run-program.ts';

const failedRow = { event: '-', steps: '-', afterwards: '-', seconds: 0 };
const reusable = '.github/workflows/pull-request-database.yml';

function printRow({ place, event, steps, afterwards, seconds, problems }: Row): void {
  const mark = problems.length === 0 ? 'ok  ' : 'FAIL';
  const name = place.replace('examples/', '').padEnd(28);
  const time = `${seconds.toFixed(1)} s`.padStart(7);
  print(
    `${mark} ${name} ${event.padEnd(34)} ${steps.padEnd(17)} ${time}  ${afterwards}`,
    ...problems.map((problem) => `     ${problem}`),
  );
}

/** At most so many runs at a time: each has several processes, which mostly wait. */
function turns(limit: number): Stage['inTurn'] {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** The checkout of the jobs, and the action as users get it. */
async function prepare(scratch: string): Promise<Stage['places']> {
  const act = await installAct();
  const workspace = join(scratch, 'shop');
  const action = join(scratch, 'action');
  await writeFiles(workspace, shop);
  const git = ['-c', 'user.name=Mona', '-c', 'user.email=mona@example.com'];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    [...git, 'commit', '-q', '-m', 'Shop'],
  ]) {
    const env = { PATH: process.env['PATH'], HOME: scratch };
    const { status, output } = await run('git', args, { env, seconds: 30, folder: workspace });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${output}`);
  }
  await writeFiles(join(scratch, 'bin'), { npm });
  await chmod(join(scratch, 'bin', 'npm'), 0o755);
  await mkdir(action);
  for (const path of ['action.yml', 'dist', 'simulator/action.yml', reusable]) {
    await cp(join(root, path), join(action, path), { recursive: true });
  }
  return { act, workspace, action, programs: join(scratch, 'bin') };
}

async function playAll(workflows: readonly Workflow[], scratch: string): Promise<readonly Row[]> {
  const places = await prepare(scratch);
  const certificate = await createCertificate('*.databases.neo4j.io');
  const inTurn = turns(availableParallelism() + 2);
  const play = async (workflow: Workflow): Promise<readonly Row[]> => {
    const rows: Row[] = [];
    const onRow = (row: Row): void => void rows.push(row);
    try {
      await playWorkflow(workflow, { places, certificate, scratch, inTurn, onRow });
    } catch (error) {
      onRow({ ...failedRow, place: workflow.place, problems: [describe(error)] });
    }
    if (rows.every(({ steps }) => steps === noRun)) {
      onRow({ ...failedRow, place: workflow.place, problems: ['no event has started a run'] });
    }
    for (const row of rows) printRow(row);
    return rows;
  };
  try {
    return (await Promise.all(workflows.map(play))).flat();
  } finally {
    certificate.remove();
  }
}

/** @returns the exit code */
async function playIn(scratch: string, filters: readonly string[]): Promise<number> {
  const started = performance.now();
  const workflows = readWorkflows().filter(
    ({ place }) => filters.length === 0 || filters.some((filter) => place.includes(filter)),
  );
  const rows = await playAll(workflows, scratch);
  const failed = rows.filter(({ problems }) => problems.length > 0).length;
  const seconds = Math.round((performance.now() - started) / 1000);
  print(
    '',
    `${workflows.length} workflows, ${rows.length} events, ${failed} failed, after ${seconds} s.`,
  );
  return failed === 0 && rows.length > 0 ? 0 : 1;
}

async function main(filters: readonly string[]): Promise<number> {
  const scratch = await mkdtemp(join(tmpdir(), 'aura-examples-'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopAll);
  try {
    return await playIn(scratch, filters);
  } catch (error) {
    if (!(error instanceof Skipped)) {
      print(describe(error));
      return 1;
    }
    const { message } = error;
    print(`Skipped: ${message}. The workflows of the examples and documents were not run.`);
    return skipped;
  } finally {
    // A step that was just stopped may still write something.
    await rm(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

process.exitCode = await main(process.argv.slice(2));
