// Counts the requests and the simulated time of steps with 100 instances, beside one step for each
// instance with a fixed poll interval, and writes a section of docs/performance.md.
// Usage: npm run bench -- many

import {
  type Cost,
  costOf,
  count,
  forAll,
  lasts,
  startHundred,
} from '../__tests__/aura/operations/several/hundred.ts';
import { formatDuration } from '../src/core/time/clock.ts';
import { writeSection } from './sections.ts';

const operations = ['pause', 'resume', 'delete'];

type Sum = Omit<Cost, 'result'>;

async function together(): Promise<readonly Sum[]> {
  const scenario = await startHundred();
  const costs: Sum[] = [];
  for (const operation of operations) costs.push(await checked(scenario, forAll(operation)));
  await scenario.finish();
  return costs;
}

async function oneAfterAnother(): Promise<readonly Sum[]> {
  const scenario = await startHundred();
  const ids = scenario.simulator.instances().map(({ id }) => id);
  const costs: Sum[] = [];
  for (const operation of operations) {
    const each: Sum[] = [];
    for (const id of ids) {
      const inputs = { operation, 'instance-id': id, 'poll-interval': '10s' };
      each.push(await checked(scenario, inputs));
    }
    costs.push(total(each));
  }
  await scenario.finish();
  return costs;
}

async function checked(
  scenario: Parameters<typeof costOf>[0],
  inputs: Readonly<Record<string, string>>,
): Promise<Sum> {
  const cost = await costOf(scenario, inputs);
  if (cost.result.exitCode !== 0) throw new Error(cost.result.log.join('\n'));
  return cost;
}

function total(costs: readonly Sum[]): Sum {
  const sumOf = (value: (cost: Sum) => number): number =>
    costs.reduce((sum, cost) => sum + value(cost), 0);
  return {
    requests: sumOf(({ requests }) => requests),
    refused: sumOf(({ refused }) => refused),
    milliseconds: sumOf(({ milliseconds }) => milliseconds),
  };
}

function row(title: string, sum: Sum | undefined, other: Sum | undefined): string {
  if (sum === undefined || other === undefined) throw new Error('an operation is missing');
  const cells = [sum, other].flatMap(({ requests, refused, milliseconds }) => [
    requests,
    refused,
    formatDuration(milliseconds),
  ]);
  return `| ${[title, ...cells].join(' | ')} |`;
}

const [all, single] = [await together(), await oneAfterAnother()];
const rows = [
  ...operations.map((operation, index) => row(`\`${operation}\``, all[index], single[index])),
  row('All', total(all), total(single)),
];
const table = `| Operation | Requests | Refused | Time | Requests, one by one | Refused | Time, one by one |
| --- | --: | --: | --: | --: | --: | --: |
${rows.join('\n')}`;
await writeSection(
  'Several instances',
  `Steps that pause, resume and delete ${count} instances with \`name-pattern\`, one right after the other, beside one step for
each instance with \`poll-interval: 10s\`. Each change takes ${formatDuration(lasts)}, and the simulated Aura allows 125 requests a minute. The
time is simulated. \`npm run bench -- many\` writes this section.

${table}
`,
);
console.log(table);
