import { writeSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Exchange, Simulator } from '../../simulator/simulator.ts';
import { sealBundle } from '../../src/credentials/sealed-credentials.ts';
import { type InProcessResult, runInProcess, startWorld } from './in-process.ts';
import { describeViolations } from './invariants.ts';
import { type Trouble, faults, ruleOf, troublesOf } from './troubles.ts';

/** What a step is asked to do, and in which world. */
interface Case {
  readonly inputs:
    | Readonly<Record<string, string>>
    | ((simulator: Simulator, seeded: readonly string[]) => Readonly<Record<string, string>>);
  /** What the output `changed` says of a success. */
  readonly changes: boolean;
  /** Whether the step was asked to delete what was there. */
  readonly deletes: boolean;
  /** Puts instances there; gives the ids that the step may change or delete. */
  readonly seed: (simulator: Simulator) => readonly string[];
  /** Whether the step's goal is reached, by the truth of the simulator. */
  readonly reached: (simulator: Simulator, seeded: readonly string[]) => boolean;
}

const name = 'ours';
/** Few polls keep the number of requests, and so of runs, within reason. */
const usual = { name, 'poll-interval': '45s' };

const seedOne = (status: 'running' | 'paused' | 'creating') => (simulator: Simulator) => [
  simulator.seedInstance({ name, status }).id,
];
const ours = (simulator: Simulator) =>
  simulator.instances().filter((instance) => instance.name === name);
const isOnly = (simulator: Simulator, status: string): boolean =>
  ours(simulator).length === 1 && ours(simulator)[0]?.status === status;

/** What the step that made the only instance would have handed on. */
function sealedOf(simulator: Simulator): string {
  const [made] = ours(simulator);
  if (made === undefined) throw new Error('there is nothing to reuse');
  const { id: instanceId, password, tenantId } = made;
  const connectionUri = `neo4j+s://${instanceId}.databases.neo4j.io`;
  const credentials = { instanceId, name, tenantId, username: 'neo4j', password, connectionUri };
  return sealBundle({ ...credentials, token: undefined }, simulator.clientSecret);
}

const cases: Readonly<Record<string, Case>> = {
  create: {
    inputs: { ...usual, operation: 'create' },
    changes: true,
    deletes: false,
    seed: () => [],
    reached: (simulator) => isOnly(simulator, 'running'),
  },
  'create, replacing': {
    inputs: { ...usual, operation: 'create', 'if-exists': 'replace' },
    changes: true,
    deletes: true,
    seed: seedOne('running'),
    reached: (simulator, [old]) => isOnly(simulator, 'running') && ours(simulator)[0]?.id !== old,
  },
  'create, reusing': {
    inputs: (simulator) => ({
      ...usual,
      operation: 'create',
      'sealed-credentials': sealedOf(simulator),
    }),
    changes: true,
    deletes: false,
    seed: seedOne('paused'),
    reached: (simulator, [old]) => isOnly(simulator, 'running') && ours(simulator)[0]?.id === old,
  },
  get: {
    inputs: { ...usual, operation: 'get' },
    changes: false,
    deletes: false,
    seed: seedOne('running'),
    reached: (simulator) => isOnly(simulator, 'running'),
  },
  poll: {
    inputs: { ...usual, operation: 'poll' },
    changes: false,
    deletes: false,
    seed: seedOne('creating'),
    reached: (simulator) => isOnly(simulator, 'running'),
  },
  pause: {
    inputs: { ...usual, operation: 'pause' },
    changes: true,
    deletes: false,
    seed: seedOne('running'),
    reached: (simulator) => isOnly(simulator, 'paused'),
  },
  resume: {
    inputs: { ...usual, operation: 'resume' },
    changes: true,
    deletes: false,
    seed: seedOne('paused'),
    reached: (simulator) => isOnly(simulator, 'running'),
  },
  delete: {
    inputs: { ...usual, operation: 'delete' },
    changes: true,
    deletes: true,
    seed: seedOne('running'),
    reached: (simulator) => ours(simulator).length === 0,
  },
  'delete by id': {
    inputs: (_, [id = '']) => ({ ...usual, operation: 'delete', 'instance-id': id }),
    changes: true,
    deletes: true,
    seed: seedOne('running'),
    reached: (simulator) => ours(simulator).length === 0,
  },
  'delete, two': {
    inputs: { ...usual, operation: 'delete' },
    changes: true,
    deletes: true,
    seed: (simulator) => [...seedOne('running')(simulator), ...seedOne('paused')(simulator)],
    reached: (simulator) => ours(simulator).length === 0,
  },
};

interface Outcome {
  readonly result: InProcessResult;
  readonly requests: readonly Exchange[];
  readonly violations: readonly string[];
}

async function run(subject: Case, trouble?: Trouble): Promise<Outcome> {
  const { simulator, clock, violations } = await startWorld();
  try {
    const seeded = subject.seed(simulator);
    const theirs = simulator.seedInstance({ name: 'theirs', status: 'running' }).id;
    if (trouble !== undefined) simulator.addFault(ruleOf(trouble, clock.now()));
    const inputs =
      typeof subject.inputs === 'function' ? subject.inputs(simulator, seeded) : subject.inputs;
    const result = await runInProcess({ simulator, clock, inputs });
    const { deletes, changes } = subject;
    violations.push(
      ...describeViolations({ simulator, result, name, seeded, theirs, deletes, changes }),
      ...result.leaks.map((place) => `a secret is in ${place}`),
    );
    if (result.exitCode === 0 && !subject.reached(simulator, seeded)) {
      violations.push('the step succeeds, but its goal is not reached');
    }
    return { result, requests: simulator.exchanges, violations };
  } finally {
    await simulator.close();
  }
}

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

describe.each(Object.entries(cases))(
  'whatever goes wrong with a request of %s',
  (title, subject) => {
    it('works without a fault', async () => {
      const { result, violations } = await run(subject);
      expect(violations).toEqual([]);
      expect(result.exitCode).toBe(0);
    });

    it.each(Object.entries(faults))(
      'loses and leaves nothing: %s',
      async (label, { fault, always = false }) => {
        const { requests } = await run(subject);
        const violations: string[] = [];
        for (const [index, trouble] of troublesOf(requests).entries()) {
          const outcome = await run(subject, { ...trouble, fault, always });
          count(title, label, outcome);
          const { method, path } = trouble.request;
          violations.push(
            ...outcome.violations.map((text) => `request ${index + 1}, ${method} ${path}: ${text}`),
          );
        }
        expect(violations).toEqual([]);
      },
    );
  },
);

afterAll(() => {
  const titles = Object.keys(cases);
  const width = Math.max(...Object.keys(faults).map((label) => label.length));
  const lines = [...table].map(([label, row]) => {
    const cells = titles.map((title) => {
      const { succeeded, failed } = row.get(title) ?? { succeeded: 0, failed: 0 };
      return `${succeeded}+${failed}`.padStart(title.length);
    });
    return `${label.padEnd(width)}  ${cells.join('  ')}`;
  });
  const head = `${''.padEnd(width)}  ${titles.join('  ')}`;
  // Past vitest, which would put its own words around each line.
  writeSync(1, `\nFault matrix, ${runs} runs: succeeded+failed\n${head}\n${lines.join('\n')}\n\n`);
  expect(runs).toBeGreaterThanOrEqual(500);
});
