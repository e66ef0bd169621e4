import { describe, expect, it } from 'vitest';
import { startSteps } from '../operations/steps-in-process.ts';
import { blocksOf, charted, factsOf, headingOf, lastLineOf } from './summaries.ts';

const professional = { tier: 'professional', region: 'europe-west1', memory: '2GB' };

describe('the summary of one instance', () => {
  it('says after a create what exists, where its credentials are, and how it is deleted', async () => {
    const { simulator, run } = await startSteps();
    const inputs = { operation: 'create', name: 'shop', 'export-env': 'true' };
    const { summary } = await run({ ...inputs, 'delete-after-job': 'true' });
    const [shop] = simulator.instances();
    expect(headingOf(summary)).toBe('Neo4j Aura: instance created');
    expect(factsOf(summary)).toEqual({
      Instance: `\`shop\` (\`${shop?.id ?? ''}\`)`,
      Status: '`running`',
      'Connection URI': `\`neo4j+s://${shop?.id ?? ''}.databases.neo4j.io\``,
      'Tier and size': '`free` · `1GB` memory',
      Region: '`europe-west1` on `gcp`',
      'Tenant (project)': `\`${simulator.tenantId}\``,
      Credentials:
        'outputs `username`, `password`, `sealed-credentials` · variables `NEO4J_URI`, `NEO4J_USERNAME`, `NEO4J_PASSWORD`, `AURA_INSTANCEID`, `AURA_INSTANCENAME`',
      'Will be deleted': 'when this job ends (`delete-after-job`)',
    });
    expect(charted(summary)).toEqual([
      expect.stringMatching(/^creating - \d+m( \d+s)? :active, 0, \d+$/),
      expect.stringMatching(/^running :milestone, \d+, 0ms$/),
    ]);
    expect(lastLineOf(summary)).toMatch(
      /^\d+m( \d+s)? in total · \d+ requests to Aura, 1 of them for an access token$/,
    );
  });

  it('says that nothing deletes it, if so, and what the step did not wait for', async () => {
    const { run } = await startSteps();
    const { summary } = await run({ operation: 'create', name: 'shop', wait: 'false' });
    expect(headingOf(summary)).toBe('Neo4j Aura: instance is being created');
    expect(factsOf(summary)).toMatchObject({
      Status: '`creating`',
      'Will be deleted': 'not automatically; use operation `delete`',
    });
    expect(charted(summary)).toEqual([]);
  });

  it('names what a create has reused, or deleted to replace it', async () => {
    const { simulator, run } = await startSteps();
    const { id, password } = simulator.seedInstance({ name: 'shop', status: 'paused' });
    const reused = await run({ operation: 'create', name: 'shop', password });
    expect(headingOf(reused.summary)).toBe('Neo4j Aura: instance resumed and reused');
    expect(factsOf(reused.summary)).toMatchObject({
      Status: '`running`, before: `paused`',
      'Will be deleted': 'not by this step, which did not create it',
    });
    const again = await run({ operation: 'create', name: 'shop', password });
    expect(headingOf(again.summary)).toBe('Neo4j Aura: instance reused');
    const replaced = await run({ operation: 'create', name: 'shop', 'if-exists': 'replace' });
    expect(headingOf(replaced.summary)).toBe('Neo4j Aura: instance created');
    expect(factsOf(replaced.summary)).toMatchObject({
      'Deleted before it': `\`shop\` (\`${id}\`)`,
    });
  });

  it.each([
    {
      operation: 'pause',
      status: 'running',
      heading: 'instance paused',
      facts: { Status: '`paused`, before: `running`' },
      chart: [/^pausing - .* :active/, /^paused :milestone/],
    },
    {
      operation: 'pause',
      status: 'paused',
      heading: 'instance already paused',
      facts: { Status: '`paused`' },
      chart: [],
    },
    {
      operation: 'resume',
      status: 'paused',
      heading: 'instance resumed',
      facts: { Status: '`running`, before: `paused`' },
      chart: [/^resuming - .* :active/, /^running :milestone/],
    },
    {
      operation: 'resume',
      status: 'paused',
      inputs: { wait: 'false' },
      heading: 'instance is being resumed',
      facts: { Status: '`resuming`, before: `paused`' },
      chart: [],
    },
    {
      operation: 'resize',
      status: 'running',
      inputs: { memory: '8GB', 'new-name': 'store' },
      heading: 'instance changed',
      facts: {
        Changed: 'name `shop` to `store`, memory `2GB` to `8GB`, storage `4GB` to `16GB`',
      },
      chart: [/^updating - .* :active/, /^running :milestone/],
    },
    {
      operation: 'resize',
      status: 'running',
      inputs: { memory: '2GB' },
      heading: 'instance already had these values',
      facts: { Status: '`running`' },
      chart: [],
    },
    {
      operation: 'snapshot',
      status: 'running',
      heading: 'snapshot taken',
      facts: { Snapshot: expect.stringMatching(/^`[0-9a-f-]{36}`$/) as string },
      chart: [],
    },
    {
      operation: 'snapshot',
      status: 'running',
      inputs: { wait: 'false' },
      heading: 'snapshot requested',
      facts: { Status: '`running`' },
      chart: [],
    },
    {
      operation: 'get',
      status: 'running',
      heading: 'instance `shop`',
      facts: { 'Tier and size': '`professional` · `2GB` memory · `4GB` storage' },
      chart: [],
    },
    {
      operation: 'poll',
      status: 'resuming',
      heading: 'instance is running',
      facts: { Status: '`running`, before: `resuming`' },
      chart: [/^resuming - .* :active/, /^running :milestone/],
    },
    {
      operation: 'delete',
      status: 'running',
      heading: 'instance deleted',
      facts: { Status: '`deleted`, before: `running`' },
      chart: [/^destroying - .* :active/, /^deleted :milestone/],
    },
  ])(
    'after $operation of one that is $status: $heading',
    async ({ operation, status, inputs = {}, heading, facts, chart }) => {
      const { simulator, run } = await startSteps();
      const { id } = simulator.seedInstance({
        name: 'shop',
        type: 'professional-db',
        memory: '2GB',
      });
      if (status !== 'running') simulator.setStatus(id, status);
      const { exitCode, summary } = await run({ operation, 'instance-id': id, ...inputs });
      expect(exitCode).toBe(0);
      expect(headingOf(summary)).toBe(`Neo4j Aura: ${heading}`);
      expect(factsOf(summary)).toMatchObject(facts);
      expect(charted(summary)).toEqual(chart.map((line) => expect.stringMatching(line) as string));
    },
  );

  it.each(['restore', 'overwrite'])('names the snapshot of a %s', async (operation) => {
    const { simulator, run } = await startSteps();
    const shop = simulator.seedInstance({ name: 'shop', type: 'professional-db' });
    const source =
      operation === 'restore'
        ? shop
        : simulator.seedInstance({ name: 'source', type: 'professional-db' });
    const snapshot = simulator.seedSnapshot(source.id);
    const inputs =
      operation === 'restore'
        ? { 'snapshot-id': 'latest' }
        : { 'source-instance-id': source.id, 'source-snapshot-id': 'latest' };
    const { summary } = await run({ operation, 'instance-id': shop.id, ...inputs });
    expect(headingOf(summary)).toBe(
      `Neo4j Aura: instance ${operation === 'restore' ? 'restored' : 'overwritten'}`,
    );
    expect(factsOf(summary)).toMatchObject({ Snapshot: `\`${snapshot}\`` });
  });

  it('is a table instead of a chart after more than eight statuses', async () => {
    const { simulator, run } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'shop', type: 'professional-db' });
    for (const [index, status] of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].entries()) {
      simulator.addFault({
        match: { operation: 'getInstance' },
        nth: index + 1,
        fault: {
          kind: 'status',
          status: 200,
          body: { data: { id, name: 'shop', tenant_id: simulator.tenantId, status } },
        },
      });
    }
    simulator.setStatus(id, 'paused');
    const inputs = { operation: 'poll', 'instance-id': id, 'wait-for': 'paused' };
    const { summary } = await run(inputs);
    expect(charted(summary)).toEqual([]);
    expect(blocksOf(summary)).toContainEqual(
      expect.stringMatching(
        /^\| After \| Status \|\n\| :--- \| :--- \|\n\| 0s \| `a` \|\n(?:.*\n){8}\| .* \| `paused` \|$/,
      ),
    );
  });

  it('says that there was nothing to delete', async () => {
    const { run } = await startSteps();
    const { summary } = await run({ operation: 'delete', name: 'shop' });
    expect(headingOf(summary)).toBe('Neo4j Aura: nothing to delete');
    expect(factsOf(summary)).toEqual({});
  });

  it('is written once, with the values that a copy was asked for and has', async () => {
    const { simulator, run } = await startSteps();
    const source = simulator.seedInstance({ name: 'source', type: 'professional-db' });
    const inputs = { operation: 'create', name: 'copy', 'source-instance-id': source.id };
    const { summary } = await run(inputs);
    expect(summary.match(/^### /gm)).toHaveLength(1);
    expect(blocksOf(summary)).toContain('#### Requested and actual values');
    expect(summary).toContain('| `name` | `copy` | `copy` |  |');
  });

  it('is not written with summary: false', async () => {
    const { run } = await startSteps();
    const step = await run({
      operation: 'create',
      name: 'shop',
      summary: 'false',
      ...professional,
    });
    expect(step.summary).toBe('');
  });
});

describe('the summary of a dry run', () => {
  it.each([
    [{ operation: 'create', name: 'other', ...professional }, 'Would create instance `other`'],
    [{ operation: 'pause', name: 'shop' }, 'Would pause instance `shop`'],
    [{ operation: 'resume', name: 'shop' }, 'Would resume instance `shop`'],
    [{ operation: 'resize', name: 'shop', memory: '8GB' }, 'Would resize instance `shop`'],
    [{ operation: 'snapshot', name: 'shop' }, 'Would take a snapshot of instance `shop`'],
    [{ operation: 'delete', name: 'shop' }, 'Would delete instance `shop`'],
    [{ operation: 'delete', name: 'none' }, 'Would delete nothing'],
    [{ operation: 'pause', 'name-pattern': 's*' }, 'Would pause 1 of 2 instances'],
    [{ operation: 'delete', 'name-pattern': 's*' }, 'Would delete 2 of 2 instances'],
    [{ operation: 'pause', name: 'none' }, 'Would fail to pause instance `none`'],
  ])('of %j begins with Would, and says that nothing was changed', async (inputs, heading) => {
    const { simulator, run, changes } = await startSteps();
    simulator.seedInstance({ name: 'shop', type: 'professional-db' });
    simulator.seedInstance({ name: 'store', type: 'professional-db', status: 'paused' });
    const { summary } = await run({ ...inputs, 'dry-run': 'true' });
    expect(headingOf(summary)).toBe(heading);
    expect(summary).toMatch(
      /^(Nothing was changed, because `dry-run` is `true`\.|\*\*Nothing was changed\.\*\*)$/m,
    );
    expect(changes()).toEqual([]);
  });

  it('names the configuration of the new instance', async () => {
    const { run } = await startSteps();
    const inputs = { operation: 'create', name: 'shop', 'dry-run': 'true', ...professional };
    expect(blocksOf((await run(inputs)).summary)).toContain(
      '`shop`: tier professional, version 5, 2GB, gcp europe-west1.',
    );
  });
});
