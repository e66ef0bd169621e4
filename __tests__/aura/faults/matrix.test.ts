import { writeSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { table as inputs } from '../../../src/aura/inputs/table.ts';
import { type CaseName, caseNames } from './cases.ts';
import { type Outcome, runCase } from './run-case.ts';
import { type TroubleSpot, distinctSpotsOf, faults } from './troubles.ts';

const table = new Map<string, Map<string, { succeeded: number; failed: number }>>();
let runs = 0;

function count(subject: string, fault: string, { result }: Outcome): void {
  runs += 1;
  const row = table.get(fault) ?? new Map<string, { succeeded: number; failed: number }>();
  const cell = row.get(subject) ?? { succeeded: 0, failed: 0 };
  if (result.exitCode === 0) cell.succeeded += 1;
  else cell.failed += 1;
  table.set(fault, row.set(subject, cell));
}

it('includes every operation; auto is one of them', () => {
  const parsed = inputs.operation.parse('');
  const operations = 'expected' in parsed ? parsed.expected.replace('one of ', '').split(', ') : [];
  const included = new Set(caseNames.map((caseName) => caseName.split(/[, ]/)[0]));
  expect(operations.filter((operation) => !included.has(operation))).toEqual(['auto']);
});

describe.each(caseNames)('%s', (caseName) => {
  let spots: readonly TroubleSpot[] = [];

  it('works without a fault', async () => {
    const { result, requests, violations } = await runCase(caseName);
    expect(violations).toEqual([]);
    expect(result.exitCode).toBe(0);
    spots = distinctSpotsOf(requests);
  });

  it.each(Object.entries(faults))(
    'loses nothing and leaves nothing behind after one fault: %s',
    async (label, fault) => {
      const violations: string[] = [];
      for (const [index, spot] of spots.entries()) {
        const outcome = await runCase(caseName, { troubles: [{ ...spot, ...fault }] });
        count(caseName, label, outcome);
        const { method, path } = spot;
        violations.push(
          ...outcome.violations.map((text) => `request ${index + 1}, ${method} ${path}: ${text}`),
        );
      }
      expect(violations).toEqual([]);
    },
  );
});

afterAll(() => {
  const titles: readonly CaseName[] = caseNames;
  const width = Math.max(...Object.keys(faults).map((label) => label.length));
  const lines = [...table].map(([label, row]) => {
    const cells = titles.map((title) => {
      const { succeeded, failed } = row.get(title) ?? { succeeded: 0, failed: 0 };
      return `${succeeded}+${failed}`.padStart(title.length);
    });
    return `${label.padEnd(width)}  ${cells.join('  ')}`;
  });
  const head = `${''.padEnd(width)}  ${titles.join('  ')}`;
  // Not through vitest, which would add its own text to each line.
  writeSync(1, `\nFault matrix, ${runs} runs: succeeded+failed\n${head}\n${lines.join('\n')}\n\n`);
  expect(runs).toBeGreaterThanOrEqual(500);
});
