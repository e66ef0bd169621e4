// Runs what a user writes without the action, a shell script with curl, beside the action itself, with
// the same faults, and writes a section of docs/performance.md.
// Usage: npm run bench -- by-hand

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startJob } from '../harness/runner/fake-runner.ts';
import { type FaultRule, type Simulator, startSimulator } from '../simulator/aura/simulator.ts';
import { realTimeClock } from '../simulator/core/clock.ts';
import { writeSection } from './sections.ts';

/** A minute of Aura takes a second. */
const speed = 60;
/** Both poll at the same pace, so that their requests can be compared; the action's shortest is 1 s. */
const pollSeconds = 1;
const name = 'by-hand';
const scripts = ['create.sh', 'delete.sh'].map((file) =>
  path.join(import.meta.dirname, 'by-hand', file),
);

/** What happens during the job, besides that it creates, waits, exports and deletes. */
interface Story {
  readonly title: string;
  readonly fault?: FaultRule;
  /** The runner ends the step while it waits; the steps that always run still run. */
  readonly killed?: boolean;
}

/** What became of a job. */
interface Ending {
  readonly passed: boolean;
  readonly requests: number;
  readonly left: number;
}

const poll = { operation: 'getInstance' };
const creation = { operation: 'createInstance' };
const stories: readonly Story[] = [
  { title: 'nothing goes wrong' },
  { title: 'Aura answers 503 to a poll', fault: { match: poll, fault: answering(503) } },
  { title: 'Aura answers 429 to a poll', fault: { match: poll, fault: answering(429) } },
  {
    title: 'the answer to the create is lost',
    fault: { match: creation, fault: { kind: 'reset-after' } },
  },
  { title: 'the step is killed while it waits', killed: true },
];

function answering(status: number): FaultRule['fault'] {
  const headers = { 'retry-after': '1' };
  return { kind: 'status', status, headers, body: { errors: [{ message: 'Try again later' }] } };
}

/** The jobs of a story: without the action, and with it. */
async function tell(story: Story): Promise<readonly [Ending, Ending]> {
  return [await onSimulator(story, runByHand), await onSimulator(story, runAction)];
}

type Run = (simulator: Simulator, whilePolling: Promise<unknown> | undefined) => Promise<boolean>;

async function onSimulator(story: Story, run: Run): Promise<Ending> {
  const polled = Promise.withResolvers<undefined>();
  const simulator = await startSimulator({
    clock: realTimeClock(speed),
    onExchange: ({ method, path: target }) => {
      if (method === 'GET' && /instances\/\w+$/.test(target)) polled.resolve(undefined);
    },
  });
  try {
    if (story.fault !== undefined) simulator.addFault(story.fault);
    const passed = await run(simulator, story.killed === true ? polled.promise : undefined);
    const left = simulator.instances().filter(({ status }) => status !== 'destroying').length;
    return { passed, requests: simulator.exchanges.length, left };
  } finally {
    await simulator.close();
  }
}

/** A job with the two scripts, the second one with `if: always()`. */
async function runByHand(simulator: Simulator, whilePolling?: Promise<unknown>): Promise<boolean> {
  const directory = mkdtempSync(path.join(tmpdir(), 'by-hand-'));
  const [output, variables] = ['output', 'env'].map((file) => path.join(directory, file));
  for (const file of [output, variables]) writeFileSync(file ?? '', '');
  const env = {
    PATH: process.env['PATH'],
    AURA_API_URL: simulator.url,
    AURA_CLIENT_ID: simulator.clientId,
    AURA_CLIENT_SECRET: simulator.clientSecret,
    AURA_TENANT: simulator.tenantId,
    INSTANCE_NAME: name,
    POLL_SECONDS: String(pollSeconds),
    GITHUB_OUTPUT: output,
    GITHUB_ENV: variables,
  };
  try {
    const codes: (number | null)[] = [];
    for (const [index, script] of scripts.entries()) {
      const child = spawn('bash', [script], { env, detached: true, stdio: 'ignore' });
      const ended = Promise.withResolvers<number | null>();
      child.once('close', ended.resolve);
      if (index === 0) {
        void whilePolling?.then(() => process.kill(-(child.pid ?? 0), 'SIGKILL'));
      }
      codes.push(await ended.promise);
    }
    return codes.every((code) => code === 0);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A job with one step of the action, with `delete-after-job`. */
async function runAction(simulator: Simulator, whilePolling?: Promise<unknown>): Promise<boolean> {
  const job = await startJob();
  try {
    const main = await job.step({
      inputs: {
        operation: 'create',
        name,
        'export-env': 'true',
        'delete-after-job': 'true',
        'poll-interval': `${pollSeconds}s`,
        'api-url': simulator.url,
        'client-id': simulator.clientId,
        'client-secret': simulator.clientSecret,
      },
      ...(whilePolling === undefined
        ? {}
        : { cancel: { when: whilePolling, kill: 'SIGKILL' as const } }),
    });
    await job.post();
    return main.conclusion === 'success';
  } finally {
    await job.dispose();
  }
}

/** Lines that are neither empty nor a comment. */
function linesOf(file: string): number {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line)).length;
}

function cells({ passed, requests, left }: Ending): string {
  return `${passed ? 'passes' : 'fails'} | ${requests} | ${left}`;
}

const rows: string[] = [];
for (const story of stories) {
  const [byHand, action] = await tell(story);
  rows.push(`| ${story.title} | ${cells(byHand)} | ${cells(action)} |`);
  console.log(rows.at(-1));
}
const lines = scripts.reduce((sum, script) => sum + linesOf(script), 0);
await writeSection(
  'Without the action',
  `The same job twice: create an instance, wait until it runs, export its credentials, and delete it at the end. Once
with the shell scripts in [bench/by-hand](../bench/by-hand), ${lines} lines with \`curl\` and \`jq\` and two steps, the second one
with \`if: always()\`; once with one step of the action and \`delete-after-job: true\`. Requests are counted by the simulator,
which runs ${speed} times as fast as Aura; the script waits ${pollSeconds} s of this machine between two polls, and so does the action. \`npm run bench -- by-hand\` writes this section.

| What happens | Scripts | Requests | Instances left | Action | Requests | Instances left |
| --- | --- | --: | --: | --- | --: | --: |
${rows.join('\n')}

Instances are left because Aura refuses to delete one that is still being created, and because the second script does not
know the id in a lost answer; nobody tries again. The scripts mask token and password as the action does. But the client secret and the token are arguments of \`curl\`, so each
process of the runner can read them in the list of processes, and the second run of a branch creates a second instance.
`,
);
