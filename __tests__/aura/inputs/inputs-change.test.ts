import { describe, expect, it } from 'vitest';
import { recordedEvent } from '../../core/github/recorded-events.ts';
import {
  type StepInputs,
  bundle,
  problemsOf,
  readStep,
  remarksOf,
  sealedUnderSecret,
} from './step-inputs.ts';

const source = '5e6f7a8b';
const resize = { operation: 'resize', memory: '4GB' } as const;
const restore = { operation: 'restore', 'snapshot-id': 'latest' } as const;
const overwrite = { operation: 'overwrite', 'source-instance-id': source } as const;
/** The least that each operation needs. */
const steps = [resize, restore, overwrite];
const ofBranch = { id: undefined, name: 'shop-feature-cart-610v7-oefkr', fromEvent: true };

describe('a step with only the required inputs', () => {
  it('for resize changes only what is set, and waits', () => {
    expect(readStep(resize)).toMatchObject({
      target: ofBranch,
      memory: '4GB',
      storage: undefined,
      vectorOptimized: undefined,
      graphAnalyticsPlugin: undefined,
      secondaries: undefined,
      cdcEnrichmentMode: undefined,
      newName: undefined,
      wait: true,
    });
  });

  it('for restore and overwrite uses the instance of the branch, and waits', () => {
    expect(readStep(restore)).toMatchObject({ target: ofBranch, snapshotId: 'latest', wait: true });
    expect(readStep(overwrite)).toMatchObject({
      target: ofBranch,
      sourceInstanceId: source,
      sourceSnapshotId: undefined,
      wait: true,
    });
  });
});

describe('a missing input', () => {
  const resizes =
    "Operation 'resize' needs a new value; set one or more of 'memory', 'storage', 'vector-optimized', 'graph-analytics-plugin', 'secondaries', 'cdc-enrichment-mode' and 'new-name'.";

  it.each<[string, StepInputs, string[]]>([
    ['all values of a resize', { operation: 'resize' }, [resizes]],
    [
      'all values of a resize, with inputs of other operations',
      { operation: 'resize', version: '5', tier: 'professional', 'snapshot-id': 'latest' },
      [resizes],
    ],
    [
      'the snapshot of a restore',
      { operation: 'restore' },
      [
        "Input 'snapshot-id' is empty or not set; operation 'restore' needs the id of a snapshot, or latest.",
      ],
    ],
    [
      'the source of an overwrite',
      { operation: 'overwrite' },
      [
        "Input 'source-instance-id' is empty or not set; operation 'overwrite' needs the id of the instance to copy.",
      ],
    ],
    [
      'the instance of a snapshot',
      { operation: 'overwrite', 'source-snapshot-id': 'latest' },
      [
        "Input 'source-snapshot-id' is set without 'source-instance-id'; set the id of the instance that has the snapshot.",
      ],
    ],
  ])('is the only problem: %s', (_what, inputs, problems) => {
    expect(problemsOf(inputs)).toEqual(problems);
  });

  it('is not a value of a resize that changes only one thing', () => {
    const values: StepInputs[] = [
      { memory: '4GB' },
      { storage: '8GB' },
      { 'vector-optimized': 'false' },
      { 'graph-analytics-plugin': 'true' },
      { secondaries: '0' },
      { 'cdc-enrichment-mode': 'OFF' },
      { 'new-name': 'y' },
    ];
    for (const value of values) expect(problemsOf({ operation: 'resize', ...value })).toEqual([]);
  });
});

describe('the source of an overwrite', () => {
  const own = {
    operation: 'overwrite',
    'instance-id': source,
    'source-instance-id': source.toUpperCase(),
  };

  it('is not the instance itself', () => {
    expect(problemsOf(own)).toEqual([
      "Input 'source-instance-id' is the instance to overwrite; set another instance, or 'source-snapshot-id' with one of its snapshots.",
    ]);
  });

  it('is the instance itself for one of its snapshots', () => {
    expect(problemsOf({ ...own, 'source-snapshot-id': 'latest' })).toEqual([]);
  });
});

describe.each(['restore', 'overwrite'] as const)('the name for %s', (operation) => {
  const step = operation === 'restore' ? restore : overwrite;

  it('does not come from an event on the default branch', () => {
    expect(problemsOf(step, recordedEvent('schedule'))).toEqual([
      expect.stringMatching(
        `^Input 'name' is not set, and operation '${operation}' does not take the name from event 'schedule': `,
      ),
    ]);
    for (const given of [{ name: 'x' }, { 'instance-id': '1a2b3c4d' }]) {
      expect(problemsOf({ ...step, ...given }, recordedEvent('schedule'))).toEqual([]);
    }
  });

  it('and the id do not come from sealed credentials, only the tenant', () => {
    const sealed = readStep({ ...step, 'sealed-credentials': sealedUnderSecret });
    expect(sealed).toMatchObject({ tenant: bundle.tenantId, target: ofBranch });
  });
});

describe('a resize', () => {
  it('takes its name from an event on the default branch, as pause does', () => {
    expect(problemsOf(resize, recordedEvent('schedule'))).toEqual([]);
  });

  it('takes its instance from sealed credentials, as pause does', () => {
    const sealed = readStep({ ...resize, 'sealed-credentials': sealedUnderSecret });
    expect(sealed).toMatchObject({ target: { id: bundle.instanceId, name: undefined } });
  });
});

describe.each(steps)('for $operation', (step) => {
  it('a hand-over of credentials is a problem', () => {
    for (const [name, value] of [
      ['verify', 'warn'],
      ['export-env', 'true'],
      ['env-file', '.env'],
    ] as const) {
      expect(problemsOf({ ...step, password: 'letMeIn-0123', [name]: value })).toEqual([
        `Input '${name}' cannot be used with operation '${step.operation}', which works without the password of the database; expected operation create, get, poll or resume.`,
      ]);
    }
  });

  it('inputs of other operations have no effect, and one warning names them', () => {
    const others: StepInputs = {
      tier: 'professional',
      'if-exists': 'fail',
      'wait-for': 'running',
      password: 'letMeIn-0123',
      'delete-after-job': 'true',
      'max-deletions': '2',
    };
    expect(remarksOf({ ...step, ...others, name: 'x' }).warnings).toEqual([
      `Inputs 'tier', 'if-exists', 'wait-for', 'password', 'delete-after-job' and 'max-deletions' have no effect on operation '${step.operation}'.`,
    ]);
  });

  it('wait, timeout, dry-run and the name have an effect', () => {
    const inputs = { ...step, name: 'x', wait: 'false', timeout: '1m', 'dry-run': 'true' };
    expect(remarksOf(inputs).warnings).toEqual([]);
    expect(readStep(inputs)).toMatchObject({
      wait: false,
      timeoutMilliseconds: 60_000,
      dryRun: true,
    });
  });
});

it('protected names have an effect on restore and overwrite, but not on resize', () => {
  const inputs = { name: 'x', 'protected-names': 'prod*' };
  expect(remarksOf({ ...restore, ...inputs }).warnings).toEqual([]);
  expect(remarksOf({ ...overwrite, ...inputs }).warnings).toEqual([]);
  expect(remarksOf({ ...resize, ...inputs }).warnings).toHaveLength(1);
});
