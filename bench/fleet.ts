// Runs many jobs that share one API client in simulated time, and compares polls at a fixed interval.
// Usage: npm run bench -- fleet

import { type Fleet, type FleetResult, runFleet } from '../__tests__/aura/fleet/fleet.ts';
import { seededRandom } from '../__tests__/core/time/clocks.ts';
import { pollDelay } from '../src/core/time/patience.ts';
import { useFixedPace } from './fixed-pace.ts';
import { writeSection } from './sections.ts';

/** Fixed intervals to compare with, in seconds. */
const intervals = [1, 10, 20, 30];
const fleets = [
  { jobs: 50, requestsPerMinute: 125 },
  { jobs: 10, requestsPerMinute: 25 },
  { jobs: 200, requestsPerMinute: 125 },
];
const variants = (['seconds', 'none'] as const).flatMap((retryAfter) =>
  (['free', 'counted'] as const).map((refusedRequests) => ({ retryAfter, refusedRequests })),
);

const rows: string[][] = [];
for (const { jobs, requestsPerMinute } of fleets) {
  for (const variant of variants) {
    const aura = { requestsPerMinute, ...variant };
    const usual = await runFleet({ jobs, token: 'shared', aura });
    const fixed: FleetResult[] = [];
    // Without a slower pace, 200 jobs would only show more of the same.
    for (const seconds of jobs > 50 ? [] : intervals) {
      fixed.push(await runFixed({ jobs, token: 'shared', aura }, seconds));
    }
    const limit = `${jobs} at ${requestsPerMinute}/min`;
    const after = variant.retryAfter === 'none' ? 'no' : 'yes';
    const counted = variant.refusedRequests === 'counted' ? 'yes' : 'no';
    const others = intervals.map((_, index) => {
      const other = fixed[index];
      return other === undefined ? '' : brief(other);
    });
    rows.push([limit, after, counted, ...full(usual), ...others]);
    console.log(rows.at(-1)?.join(' | '));
  }
}
const alone = await runFleet({ jobs: 50, token: 'each', aura: { requestsPerMinute: 125 } });
await writeSection('Many jobs with one API client', report());
console.log('Written to docs/performance.md.');

async function runFixed(fleet: Fleet, seconds: number): Promise<FleetResult> {
  const restore = useFixedPace(seconds * 1000);
  try {
    return await runFleet({ ...fleet, inputs: { 'poll-interval': `${seconds}s` } });
  } finally {
    restore();
  }
}

function full(result: FleetResult): string[] {
  const { succeeded, leftBehind, tokens, minutes } = result;
  return [String(succeeded), share(result), String(leftBehind), String(tokens), minutes.toFixed(0)];
}

function brief(result: FleetResult): string {
  return `${result.succeeded}, ${share(result)}, ${result.leftBehind}`;
}

function share({ refused, requests }: FleetResult): string {
  return `${((refused / requests) * 100).toFixed(0)} %`;
}

/** Requests and lag for ready times spread evenly between 30 s and 10 minutes. */
function pollsWith(first: () => number, next: () => number): string[] {
  const waits = 100_000;
  let [requests, lag] = [0, 0];
  for (let wait = 0; wait < waits; wait += 1) {
    const ready = 30_000 + (570_000 * (wait + 0.5)) / waits;
    let time = first();
    for (requests += 1; time < ready; requests += 1) time += next();
    lag += time - ready;
  }
  return [(requests / waits).toFixed(1), `${(lag / waits / 1000).toFixed(1)} s`];
}

function polls(): string {
  const random = seededRandom(1);
  const usual = (gap?: number) => () => pollDelay(random(), gap);
  const policies = [
    ['this action', ...pollsWith(usual(28_000), usual())],
    ...intervals.map((seconds) => {
      const interval = (): number => seconds * 1000;
      return [`every ${seconds} s`, ...pollsWith(interval, interval)];
    }),
  ];
  return table(['Polls', 'Requests', 'Lag'], policies);
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const all = [head, head.map((_, index) => (index === 0 ? '---' : '--:')), ...lines];
  return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function report(): string {
  const head = ['Jobs', '`Retry-After`', 'Refused count'];
  const figures = ['Succeeded', 'Refused', 'Left behind', 'Tokens', 'Minutes'];
  const others = intervals.map((seconds) => `Every ${seconds} s`);
  return `\`npm run bench -- fleet\` writes this section. All jobs of a row start at the same moment. Each sets
\`tenant\` and creates an instance, which takes between 30 s and 10 minutes, waits for it, and deletes it in the post step,
with the default \`timeout\` of 20 minutes. They share their access token with \`credentials-store: deployment\`; at the
start none is stored, and Aura issues at most 15 an hour. The time is simulated. Aura sends \`Retry-After\` with a \`429\` or not, and refused requests count towards its limit or not.

The last columns are the same jobs if they poll at a fixed interval and never slow down: they repeat a refused request
when \`Retry-After\` says, or after one interval. These columns show how many succeeded, the share of refused requests, and
how many instances were left behind.

${table([...head, ...figures, ...others], rows)}

Each of 200 jobs needs at least seven requests: Aura accepts them in 11 minutes at best. Without a shared
token, ${alone.succeeded} of 50 jobs succeed, because Aura issues ${alone.tokens} tokens an hour.

### Polls

One instance, and nothing else: the average number of polls until an instance is seen to run, and how late this is, for
ready times spread evenly between 30 s and 10 minutes.

${polls()}`;
}
