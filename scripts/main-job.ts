import { parseArgs } from 'node:util';

import { repositoryRoot } from '../harness/runner/action.ts';
import { jobs } from './main-job/jobs.ts';
import { summaryOf, wholeLog } from './main-job/screen.ts';
import { startWorld, type World } from './main-job/world.ts';

// Shows the jobs that the action is for. It fails if one of them does not do what it should.

/** Three minutes in Aura take a second here. */
const speed = 180;

const { values } = parseArgs({
  options: {
    verbose: { type: 'boolean', default: false },
    // Another directory with action.yml, to test this demo.
    action: { type: 'string', default: repositoryRoot },
  },
});

function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Returns how many runs there were; undefined if one failed, which ends the demo. */
async function playAll(world: World): Promise<number | undefined> {
  let count = 0;
  for (const job of jobs) {
    print('', job.title);
    for (const run of job.runs) {
      const played = await world.play(run);
      count += 1;
      print(...summaryOf(run, played));
      const failed = played.problems.length > 0;
      if (values.verbose || failed) print(...wholeLog(played));
      if (failed) {
        print('', `Failed: ${run.title}: ${played.problems.join('; ')}.`);
        return undefined;
      }
    }
  }
  return count;
}

const started = performance.now();
const world = await startWorld(speed, values.action);
try {
  print(
    'dist/index.js as a GitHub runner starts it, against a simulated Aura API and GitHub.',
    `Nothing is created in Aura. The simulated one is ${speed} times as fast: 3 minutes take a second.`,
  );
  const count = await playAll(world);
  if (count === undefined) {
    process.exitCode = 1;
  } else {
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    print(
      '',
      `All ${count} runs did what they should, in ${seconds} s. Their whole logs: npm run main-job -- --verbose`,
      '',
      'Next: 1. Create API credentials at https://console.neo4j.io; README.md says how to save them.',
      '      2. Copy the workflow of README.md, or examples/pull-request-database.yml.',
    );
  }
} catch (error) {
  print('', `Failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await world.close();
}
