import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { startTwoServers } from '../operations/recorded-jobs.ts';
import { startSteps } from '../operations/steps-in-process.ts';
import { nameOf } from '../operations/sweep/fleet.ts';
import { blocksOf, headingOf, lastLineOf, rowsOf } from './summaries.ts';

const limit = 1_024 * 1_024;
const refusal = {
  kind: 'status',
  status: 403,
  body: { errors: [{ message: 'No | [x](https://evil.example) @octocat', reason: 'why' }] },
} as const;

describe('the summary of several instances', () => {
  it('has those that failed first, then those that were changed, then the others', async () => {
    const { simulator, run } = await startSteps();
    const seed = (name: string, status = 'running'): string =>
      simulator.seedInstance({ name, type: 'professional-db', status }).id;
    const [idle, good, bad] = [seed('s-idle', 'paused'), seed('s-good'), seed('s-bad')];
    const match = { method: 'POST', path: bad };
    simulator.addFault({ match, times: 'always', fault: refusal });
    const { summary } = await run({ operation: 'pause', 'name-pattern': 's-*' });
    expect(headingOf(summary)).toBe('Neo4j Aura: 1 of 3 instances paused');
    expect(rowsOf(summary)).toEqual([
      [
        '`s-bad`',
        `\`${bad}\``,
        '`running`',
        '`running`',
        '',
        expect.stringMatching(/^\*\*failed\*\*: Aura answered 403 `No .* @octocat` \(why\)\./),
      ],
      ['`s-good`', `\`${good}\``, '`running`', '`paused`', expect.stringMatching(/^\dm/), 'paused'],
      ['`s-idle`', `\`${idle}\``, '`paused`', '`paused`', '', 'already paused'],
    ]);
    expect(blocksOf(summary)).toContain(
      `> **One instance may still cost money.** Run the step again with \`instance-id: ${bad}\`.`,
    );
    expect(lastLineOf(summary)).toContain('Troubleshooting');
  });

  it.each([
    { operation: 'get', heading: '2 of 2 instances read', result: 'read' },
    { operation: 'resume', heading: '1 of 2 instances resumed', result: 'resumed' },
    { operation: 'delete', heading: '2 of 2 instances deleted', result: 'deleted' },
  ])('of $operation: $heading', async ({ operation, heading, result }) => {
    const { simulator, run } = await startSteps();
    simulator.seedInstance({ name: 's-one', type: 'professional-db' });
    simulator.seedInstance({ name: 's-two', type: 'professional-db', status: 'paused' });
    const { summary } = await run({ operation, 'name-pattern': 's-*' });
    expect(headingOf(summary)).toBe(`Neo4j Aura: ${heading}`);
    expect(rowsOf(summary).map((row) => row.at(-1))).toContain(result);
  });

  it('says what it did not wait for', async () => {
    const { simulator, run } = await startSteps();
    simulator.seedInstance({ name: 's-one', type: 'professional-db' });
    const { summary } = await run({ operation: 'pause', 'name-pattern': 's-*', wait: 'false' });
    expect(headingOf(summary)).toBe('Neo4j Aura: 1 of 1 instance is being paused');
  });

  it('says why there is none', async () => {
    const { run } = await startSteps();
    const { summary } = await run({ operation: 'pause', 'name-pattern': 's-*' });
    expect(headingOf(summary)).toBe('Neo4j Aura: no instance to pause');
    expect(blocksOf(summary)[1]).toMatch(/^No instance of the tenant matches `s-\*`/);
  });

  it('says why none was changed, if that is about all of them', async () => {
    const { simulator, run } = await startSteps();
    for (const name of ['s-one', 's-two'])
      simulator.seedInstance({ name, type: 'professional-db' });
    const inputs = { operation: 'delete', 'name-pattern': 's-*', 'max-deletions': '1' };
    const { summary } = await run(inputs);
    expect(blocksOf(summary)[1]).toMatch(/^> This would delete 2 instances/);
    expect(blocksOf(summary)).toContain('**Nothing was changed.**');
  });

  it('of 1,000 has 200 rows, those that failed first, and less than 1 MiB', async () => {
    const { simulator, run } = await startSteps();
    const name = '`|'.repeat(14);
    for (let nr = 0; nr < 1_000; nr += 1) simulator.seedInstance({ name: `${name}${nr % 10}` });
    const last = simulator.instances().at(-1)?.id ?? '';
    const match = { method: 'GET', path: last };
    simulator.addFault({ match, times: 'always', fault: refusal });
    const inputs = { operation: 'get', 'name-pattern': '*', timeout: '1h' };
    const { summary } = await run(inputs);
    expect(headingOf(summary)).toBe('Neo4j Aura: 999 of 1000 instances read');
    const rows = rowsOf(summary);
    expect(rows).toHaveLength(200);
    expect(rows[0]?.at(-1)).toMatch(/^\*\*failed\*\*/);
    expect(blocksOf(summary)).toContain('and 800 more');
    expect(Buffer.byteLength(summary)).toBeLessThan(limit);
  });
});

describe('the summary of a sweep', () => {
  it('has the decision and the reason of each, and those that were not considered', async () => {
    await using world = await startTwoServers();
    const { server, seed, run } = world;
    server.putPullRequest({ number: 7, branch: 'open' });
    const [gone, open] = [seed(nameOf('gone')), seed(nameOf('open'))];
    const other = seed('production');
    const { summary } = await run('schedule', { operation: 'sweep' });
    expect(headingOf(summary)).toBe('Neo4j Aura: sweep deleted 1 of 2 instances');
    const shown = rowsOf(summary).map(([name, id, , ...rest]) => [name, id, ...rest]);
    expect(shown).toEqual([
      [`\`${nameOf('gone')}\``, `\`${gone}\``, 'deleted', 'no open pull request needs it'],
      [`\`${nameOf('open')}\``, `\`${open}\``, 'kept', 'pull request `#7` is open'],
    ]);
    const folded = '<details><summary>1 instance was not considered</summary>';
    const blocks = blocksOf(summary);
    expect(blocks[blocks.indexOf(folded) + 1]?.split('\n').at(-1)).toBe(
      `| \`production\` | \`${other}\` | its name is not that of a branch of this repository |`,
    );
    expect(blocks).toContain('Deleted instances cannot be restored.');
  });

  it('begins with Would in a dry run', async () => {
    await using world = await startTwoServers();
    world.seed(nameOf('gone'));
    const { summary } = await world.run('schedule', { operation: 'sweep', 'dry-run': 'true' });
    expect(headingOf(summary)).toBe('Would delete 1 of 1 instance');
    expect(rowsOf(summary)[0]).toContain('would be deleted');
    expect(summary).not.toContain('cannot be restored');
  });

  it('says after a failure that nothing was deleted', async () => {
    await using world = await startTwoServers();
    world.seed(nameOf('gone'));
    world.server.order({ path: /pulls/, times: 20, answer: { status: 403, body: {} } });
    const { exitCode, summary } = await world.run('schedule', { operation: 'sweep' });
    expect(exitCode).toBe(1);
    expect(headingOf(summary)).toBe(
      'Neo4j Aura: could not delete the stale instances of `octo/shop`',
    );
    expect(blocksOf(summary)).toContain('**Nothing was changed.**');
  });
});

describe('names from outside', () => {
  const github = new MarkdownIt({ html: true, linkify: true });
  const names = [
    '`|<b>@octocat',
    '[x](http://a.b)|',
    '</details># #1 GH-1',
    '![](x) a@b.example',
    '\\|`\\',
  ];

  it.each(names)('are only text in every summary: %j', async (name) => {
    const { simulator, run } = await startSteps();
    const { id, password } = simulator.seedInstance({ name, type: 'professional-db' });
    const steps: readonly Readonly<Record<string, string>>[] = [
      { operation: 'get', 'instance-id': id },
      { operation: 'pause', 'instance-id': id },
      { operation: 'create', name, password },
      { operation: 'create', name, 'if-exists': 'fail' },
      { operation: 'get', 'instance-id': `${id}, 0000000a` },
      { operation: 'delete', 'instance-id': id, 'protected-names': '*' },
      { operation: 'delete', 'instance-id': id, 'dry-run': 'true' },
    ];
    for (const inputs of steps) {
      const { summary } = await run(inputs);
      const html = github.render(summary).replaceAll(/<code[^>]*>.*?<\/code>/gs, '');
      const [, ...links] = html.split('<a ');
      expect(
        links.filter((link) => !link.startsWith('href="https://github.com/aura-action/')),
      ).toEqual([]);
      expect(html).not.toMatch(/<b>|<img|octocat|#1|GH-1/);
      expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
    }
  });
});
