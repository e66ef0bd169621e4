import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedEvent } from '../../core/github/recorded-events.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import { type StepInputs, problemsOf, readStep, remarksOf } from './step-inputs.ts';

const uuid = '0f1e2d3c-0000-4000-8000-00000000000a';
const create: StepInputs = { operation: 'create', name: 'x' };
const notJson =
  "is not a JSON object; expected the output 'instance' of operation get, or the path of a file with it.";
const whole = {
  id: '1a2b3c4d',
  name: 'old',
  status: 'running',
  tenant_id: uuid,
  cloud_provider: 'aws',
  region: 'us-east-1',
  type: 'enterprise-db',
  memory: '8GB',
  storage: '16GB',
  version: '5',
  connection_url: 'neo4j+s://1a2b3c4d.databases.neo4j.io',
  customer_managed_key_id: uuid,
  secondaries_count: 3,
  cdc_enrichment_mode: 'DIFF',
  vector_optimized: true,
  graph_analytics_plugin: false,
  graph_nodes: '7',
};

const configOf = (config: unknown, inputs: StepInputs = {}, run = {}): unknown =>
  readStep({ ...create, config: JSON.stringify(config), ...inputs }, undefined, run);
const problems = (config: string, run = {}): string[] =>
  problemsOf({ ...create, config }, undefined, run);

describe('a config', () => {
  it('is read from every field of the output of get, and from no other', () => {
    expect(configOf(whole)).toMatchObject({
      config: {
        name: 'old',
        tenantId: uuid,
        type: 'enterprise-db',
        version: '5',
        region: 'us-east-1',
        cloudProvider: 'aws',
        memory: '8GB',
        storage: '16GB',
        vectorOptimized: true,
        graphAnalyticsPlugin: false,
        customerManagedKeyId: uuid,
        secondaries: 3,
        cdcEnrichmentMode: 'DIFF',
      },
      tenant: uuid,
    });
  });

  it('has no value that Aura does not know: null, an empty text, or nothing', () => {
    const nothing = Object.fromEntries(Object.keys(whole).map((name) => [name, null]));
    for (const config of [{}, nothing, { memory: '', region: '', name: '' }]) {
      const { config: read } = configOf(config) as { config: Record<string, unknown> };
      expect(Object.values(read).every((value) => value === undefined)).toBe(true);
    }
  });

  it.each<[field: string, value: unknown, expected: string]>([
    ['memory', 8, 'a size such as 4GB'],
    ['memory', '8 MB', 'a size such as 4GB'],
    ['memory', { size: 8 }, 'a size such as 4GB'],
    ['storage', ['16GB'], 'a size such as 4GB'],
    ['name', 'x'.repeat(31), 'a name of 1 to 30 characters on one line (this one has 31)'],
    ['tenant_id', 'a\nb', 'a tenant id or name of 1 to 200 characters on one line'],
    ['region', 'us east', 'the code of a region such as europe-west1'],
    ['cloud_provider', 'ibm', 'one of gcp, aws, azure'],
    ['vector_optimized', 'yes', 'true or false'],
    ['graph_analytics_plugin', 1, 'true or false'],
    ['customer_managed_key_id', 'key', 'the id of the key in Aura, a UUID'],
    ['secondaries_count', -1, 'a whole number of at least 0 and at most 999'],
    ['secondaries_count', 1.5, 'a whole number of at least 0 and at most 999'],
    ['cdc_enrichment_mode', false, 'one of OFF, DIFF, FULL'],
    ['version', true, ''],
  ])(
    'with the wrong %s %j is an input error, which does not quote it',
    (field, value, expected) => {
      const found = problems(JSON.stringify({ ...whole, [field]: value }));
      if (expected === '') expect(found).toEqual([]);
      else {
        expect(found).toEqual([
          `Input 'config' has a '${field}' that is not valid; expected ${expected}.`,
        ]);
      }
    },
  );

  it('names all its problems at once', () => {
    expect(problems('{"memory":1,"region":2.5,"type":"gold"}')).toHaveLength(3);
  });

  it.each(['{', '{"memory":}', '{"a":1} {"b":2}', `{"a":${'['.repeat(20_000)}`])(
    'that is not JSON is an input error: %s',
    (config) => {
      expect(problems(config)).toEqual([`Input 'config' ${notJson}`]);
    },
  );

  it('cannot change objects through its prototype', () => {
    const config = '{"__proto__":{"memory":"64GB"},"constructor":{"prototype":{"region":"x"}}}';
    expect(configOf(JSON.parse('{}'), { config })).toMatchObject({ config: { memory: undefined } });
    expect(({} as Record<string, unknown>)['memory']).toBeUndefined();
  });

  it('never has its secrets in a problem', () => {
    const password = 'letMeIn-0123456789';
    for (const config of [
      JSON.stringify({ password, memory: password, region: `${password} ` }),
      `{"password":"${password}"`,
      `["${password}"]`,
      `"password": "${password}"`,
    ]) {
      const found = problems(config);
      expect(found).not.toEqual([]);
      expect(found.join()).not.toContain(password);
    }
  });

  it('may be 64 KiB long, and no longer', () => {
    const padded = (bytes: number): string => `{"x":"${'x'.repeat(bytes - 8)}"}`;
    expect(problems(padded(65_536))).toEqual([]);
    expect(problems(padded(65_537))).toEqual([
      "Input 'config' is longer than 65536 bytes; expected the output 'instance' of operation get, or the path of a file with it.",
    ]);
  });

  it('has no effect on another operation, but is checked', () => {
    const inputs = { operation: 'get', name: 'x' };
    expect(remarksOf({ ...inputs, config: '{}' }).warnings).toEqual([
      "Input 'config' has no effect on operation 'get'.",
    ]);
    expect(problemsOf({ ...inputs, config: '{' })).toEqual([`Input 'config' ${notJson}`]);
    expect(readStep({ ...inputs, config: JSON.stringify(whole) })).toMatchObject({
      tenant: undefined,
    });
  });
});

describe('a config in a file', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'config-'));
  const workspace = path.join(directory, 'workspace');
  const temp = path.join(directory, 'temp');
  const run = { workspace, temp };
  const text = JSON.stringify({ memory: '8GB' });
  beforeAll(() => {
    for (const made of [workspace, temp, path.join(workspace, 'sub')]) mkdirSync(made);
    writeFileSync(path.join(workspace, 'a.json'), text);
    writeFileSync(path.join(workspace, 'sub', 'b.json'), `\n${text}\n`);
    writeFileSync(path.join(temp, 'c.json'), text);
    writeFileSync(path.join(directory, 'outside.json'), text);
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });
  const refused = (config: string, why: string): void => {
    expect(problems(config, run)).toEqual([
      `Input 'config' is '${config}'; expected the output 'instance' of operation get, or the path of a file with it, but ${why}.`,
    ]);
  };

  it.each(['a.json', './sub/../a.json', 'sub/b.json', path.join(temp, 'c.json')])(
    'is read within the workspace and RUNNER_TEMP: %s',
    (config) => {
      expect(readStep({ ...create, config }, undefined, run)).toMatchObject({
        config: { memory: '8GB' },
      });
    },
  );

  it.each(['../outside.json', path.join(directory, 'outside.json'), '/etc/hostname'])(
    'is refused outside of them: %s',
    (config) => {
      refused(config, 'it is outside the workspace and RUNNER_TEMP');
    },
  );

  it('is refused if it is missing, a directory, too long, or not JSON', () => {
    refused('missing.json', 'it cannot be read');
    refused('missing/a.json', 'its directory does not exist');
    refused('sub', 'it is not a regular file');
    writeFileSync(path.join(workspace, 'long.json'), `{${' '.repeat(65_536)}}`);
    refused('long.json', 'it is longer than 65536 bytes');
    for (const content of ['', '[]', '["a"]', '7', 'null', 'letMeIn-0123']) {
      writeFileSync(path.join(workspace, 'odd.json'), content);
      expect(problems('odd.json', run)).toEqual([`The file of input 'config' ${notJson}`]);
    }
    writeFileSync(path.join(workspace, 'odd.json'), '{"memory":"letMeIn-0123"}');
    expect(problems('odd.json', run)).toEqual([
      "The file of input 'config' has a 'memory' that is not valid; expected a size such as 4GB.",
    ]);
  });

  it.skipIf(onWindows)('is never read through a link, and a pipe never blocks', () => {
    symlinkSync(path.join(directory, 'outside.json'), path.join(workspace, 'link.json'));
    refused('link.json', 'it is a symbolic link');
    symlinkSync(directory, path.join(workspace, 'up'));
    refused('up/outside.json', 'it is outside the workspace and RUNNER_TEMP');
    execFileSync('mkfifo', [path.join(workspace, 'pipe')]);
    refused('pipe', 'it is not a regular file');
  });
});

describe('the name of a copy', () => {
  const config = JSON.stringify(whole);
  const tag = recordedEvent('push-tag');

  it('is that of the input, then of the event, then of the config', () => {
    expect(readStep({ operation: 'create', name: 'x', config })).toMatchObject({ name: 'x' });
    expect(readStep({ operation: 'create', config })).toMatchObject({
      name: 'shop-feature-cart-610v7-oefkr',
    });
    expect(readStep({ operation: 'create', config }, tag)).toMatchObject({ name: 'old' });
    expect(remarksOf({ operation: 'create', config }, { event: tag }).infos).toEqual([
      "  Name 'old' (from 'config', because event 'push' on 'refs/tags/v1.2.0' has no branch)",
    ]);
  });

  it('is an input error if nothing has it', () => {
    expect(problemsOf({ operation: 'create', config: '{}' }, tag)).toEqual([
      expect.stringContaining("Set 'name'."),
    ]);
  });

  it('is an input error with a suffix, or if an env file cannot contain it', () => {
    expect(problemsOf({ operation: 'create', config, 'name-suffix': 'ds' }, tag)).toEqual([
      "Input 'name-suffix' cannot be used with the name in 'config': it is appended to the name from the event.",
    ]);
    const odd = JSON.stringify({ name: "it's" });
    expect(problemsOf({ operation: 'create', config: odd, 'env-file': 'a.env' }, tag)).toEqual([
      "Input 'config' has a 'name' with characters that the file of input 'env-file' cannot contain.",
    ]);
  });

  it('must not be protected if the post step is to delete the copy', () => {
    const inputs = { config, 'delete-after-job': 'true', 'protected-names': 'ol*' };
    expect(problemsOf({ operation: 'create', ...inputs }, tag)).toEqual([
      expect.stringContaining("cannot delete instance 'old'"),
    ]);
  });
});
