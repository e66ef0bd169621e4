import { expected, nameOf, type Values } from './values.ts';

const resize = { operation: 'resize', memory: '4GB' } as const;
const overwrite = { operation: 'overwrite', 'source-instance-id': '5e6f7a8b' } as const;
const snapshotIds = [
  'f4a0b1c2-0000-4000-8000-00000000000a',
  '2023-01-20T18:07:25Z-adhoc',
  'latest',
];
const notSnapshotIds = ['a/b', 'newest', '../x', '-latest', 'Latest', 'x'.repeat(201)];

/** The inputs that say what a resize, a restore or an overwrite does. */
export const changeValues = {
  'source-instance-id': {
    beside: { operation: 'overwrite' },
    good: [['1A2B3C4D', { sourceInstanceId: '1a2b3c4d' }]],
    bad: ['1a2b3c4', 'shop', 'latest'],
    problem: expected(
      'source-instance-id',
      'an instance id of 8 hexadecimal digits such as 3fb7870d, not its name',
    ),
  },
  'source-snapshot-id': {
    beside: overwrite,
    good: [
      ...snapshotIds.map((id) => [id, { sourceSnapshotId: id }] as const),
      ['', { sourceSnapshotId: undefined }],
    ],
    bad: notSnapshotIds,
    problem: expected('source-snapshot-id', 'the id of a snapshot, or latest', {
      Latest: 'latest',
      newest: 'latest',
    }),
  },
  secondaries: {
    beside: resize,
    good: [
      ['0', { secondaries: 0 }],
      ['2', { secondaries: 2 }],
      ['', { secondaries: undefined }],
    ],
    bad: ['-1', '1.5', 'two', '1000', 'true'],
    problem: expected('secondaries', 'a whole number of at least 0 and at most 999'),
  },
  'cdc-enrichment-mode': {
    beside: resize,
    good: [
      ['OFF', { cdcEnrichmentMode: 'OFF' }],
      ['DIFF', { cdcEnrichmentMode: 'DIFF' }],
      ['FULL', { cdcEnrichmentMode: 'FULL' }],
      ['off', { cdcEnrichmentMode: 'OFF' }],
      ['', { cdcEnrichmentMode: undefined }],
    ],
    bad: ['false', 'ON', 'OFF,DIFF'],
    problem: expected('cdc-enrichment-mode', 'one of OFF, DIFF, FULL', {
      false: 'OFF',
      ON: "DIFF' or 'FULL",
      'OFF,DIFF': "OFF' or 'DIFF",
    }),
  },
  'new-name': {
    beside: resize,
    good: [
      ['Söhne & Co', { newName: 'Söhne & Co' }],
      ['', { newName: undefined }],
    ],
    bad: ['x'.repeat(31), 'a\tb', 'two\nlines'],
    problem: (value) => expected('new-name', nameOf(value))(value),
  },
  'snapshot-id': {
    beside: { operation: 'restore' },
    good: snapshotIds.map((id) => [id, { snapshotId: id }] as const),
    bad: notSnapshotIds,
    problem: expected('snapshot-id', 'the id of a snapshot, or latest', {
      Latest: 'latest',
      newest: 'latest',
    }),
  },
} as const satisfies Record<string, Values>;
