import { dirname, join } from 'node:path/posix';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { tasks } from '../../src/aura/inputs/tasks.ts';

import { fieldsOf, itemsOf, listProjectFiles, readProjectFile } from './project.ts';

const readYaml = (path: string): Record<string, unknown> => fieldsOf(parse(readProjectFile(path)));

describe('the release workflow', () => {
  const jobs = fieldsOf(readYaml('.github/workflows/release.yml')['jobs']);
  const runsOf = (job: string): string[] =>
    itemsOf(fieldsOf(jobs[job])['steps'])
      .map((step) => fieldsOf(step)['run'])
      .filter((run) => typeof run === 'string');

  it('goes from the check to the draft to the publication', () => {
    expect(Object.keys(jobs)).toEqual(['check', 'draft', 'publish']);
    expect(fieldsOf(jobs['draft'])['needs']).toBe('check');
    expect(fieldsOf(jobs['publish'])['needs']).toBe('draft');
  });

  it('installs packages only where it cannot write', () => {
    expect(runsOf('check')).toContain('npm ci --ignore-scripts');
    expect(fieldsOf(jobs['check'])['permissions']).toEqual({ contents: 'read' });
    for (const job of ['draft', 'publish']) {
      expect(runsOf(job)).toEqual([`node scripts/release.ts ${job} --version "$VERSION"`]);
    }
  });

  it('publishes only after the approval, with the attestation before the release', () => {
    expect(fieldsOf(jobs['publish'])['environment']).toBe('release');
    const steps = itemsOf(fieldsOf(jobs['publish'])['steps']).map(fieldsOf);
    const attests = steps.findIndex(({ uses }) => String(uses).startsWith('actions/attest@'));
    const publishes = steps.findIndex(({ run }) => String(run).includes('release.ts publish'));
    expect(attests).toBeGreaterThan(0);
    expect(publishes).toBeGreaterThan(attests);
  });

  it('attests every file that users run: each action.yml and all of dist', () => {
    const steps = itemsOf(fieldsOf(jobs['publish'])['steps']).map(fieldsOf);
    const attest = steps.find(({ uses }) => String(uses).startsWith('actions/attest@'));
    const subjects = String(fieldsOf(attest?.['with'])['subject-path']).trim().split('\n');
    const manifests = listProjectFiles().filter((path) => /^(simulator\/)?action\.yml$/.test(path));
    expect(subjects).toEqual([...manifests, 'dist/**']);
    for (const path of manifests) {
      const { main, post } = fieldsOf(readYaml(path)['runs']);
      for (const file of [main, post]) {
        expect(join(dirname(path), String(file))).toMatch(/^dist\//);
      }
    }
  });
});

describe('the settings of Dependabot', () => {
  const updates = itemsOf(readYaml('.github/dependabot.yml')['updates']).map(fieldsOf);

  it('cover packages and actions, in groups, some days after a release', () => {
    expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
    for (const update of updates) {
      expect(Number(fieldsOf(update['cooldown'])['default-days'])).toBeGreaterThanOrEqual(7);
      expect(Object.keys(fieldsOf(update['groups']))).not.toEqual([]);
    }
  });

  it('keep TypeScript at the version that ncc supports', () => {
    expect(itemsOf(updates[0]?.['ignore'])).toContainEqual({
      'dependency-name': 'typescript',
      versions: ['>=6.1'],
    });
  });
});

describe('the issue forms', () => {
  const forms = listProjectFiles().filter(
    (path) => /^\.github\/ISSUE_TEMPLATE\/.+\.yml$/.test(path) && !path.endsWith('/config.yml'),
  );

  // GitHub shows no form at all if one of these rules is broken.
  it.each(forms)('%s has the fields that GitHub requires', (path) => {
    const { name, description, body } = readYaml(path);
    expect([typeof name, typeof description]).toEqual(['string', 'string']);
    const fields = itemsOf(body).map(fieldsOf);
    const ids = fields.map(({ id }) => id).filter((id) => id !== undefined);
    expect(new Set(ids).size).toBe(ids.length);
    expect(fields.some(({ type }) => type !== 'markdown')).toBe(true);
    for (const { type, attributes } of fields) {
      expect(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes']).toContain(type);
      const { label, value, options } = fieldsOf(attributes);
      expect(typeof (type === 'markdown' ? value : label)).toBe('string');
      if (type === 'dropdown') expect(itemsOf(options).length).toBeGreaterThan(1);
    }
  });

  it('lead to the private form for vulnerabilities', () => {
    const { blank_issues_enabled, contact_links } = readYaml('.github/ISSUE_TEMPLATE/config.yml');
    expect(blank_issues_enabled).toBe(false);
    expect(JSON.stringify(contact_links)).toContain(
      'https://github.com/aura-action/aura-action/security/advisories/new',
    );
  });
});

describe('package.json', () => {
  const manifest = fieldsOf(JSON.parse(readProjectFile('package.json')));

  it('says where the project is and where to report problems', () => {
    const address = 'https://github.com/aura-action/aura-action';
    expect(manifest['homepage']).toBe(`${address}#readme`);
    expect(manifest['repository']).toEqual({ type: 'git', url: `git+${address}.git` });
    expect(manifest['bugs']).toBe(`${address}/issues`);
  });
});

describe('CHANGELOG.md', () => {
  it('has a place for what is not released yet, and names the operations', () => {
    const changelog = readProjectFile('CHANGELOG.md');
    expect(changelog).toContain('\n## [Unreleased]\n');
    for (const name of Object.keys(tasks)) {
      expect(changelog).toContain(`\`${name}\``);
    }
  });
});

describe('docs/adoption.md', () => {
  it.each([
    'not an official Neo4j product',
    '2.327.1',
    'GitHub Enterprise Server',
    'a paused instance of a paid tier costs 20 %',
    'one free instance',
    '72 hours',
    '30 days',
    '`pull-requests: read`',
    '`deployments: write`',
  ])('says what a team checks first: %s', (fact) => {
    expect(readProjectFile('docs/adoption.md')).toContain(fact);
  });
});

describe('CODEOWNERS', () => {
  it('asks the maintainers about every file', () => {
    const rules = readProjectFile('.github/CODEOWNERS')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(rules).toEqual(['* @aura-action/maintainers']);
  });
});
