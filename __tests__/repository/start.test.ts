import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { projectRoot, readProjectFile } from './project.ts';

/** Runs the bundle without inputs; the last line of output lists what Node.js loaded. */
const script = `
process.on('exit', () => console.log('\\n' + process.moduleLoadList.join()));
await import('./dist/index.js');`;

// Each of them makes every step slower: see docs/adr/0013-undici-on-demand.md.
describe('the start of a step', () => {
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: projectRoot,
    env: {},
    encoding: 'utf8',
  });
  const loaded = stdout.trim().split('\n').at(-1)?.split(',') ?? [];

  it('runs and fails', () => {
    expect(status).toBe(1);
    expect(stdout).toContain('::error title=Neo4j Aura%3A step failed::');
    expect(loaded).toContain('NativeModule crypto');
  });

  it.each([
    'http',
    'https',
    'tls',
    'child_process',
    'assert',
    'internal/fs/promises',
    'module',
    'internal/crypto/webcrypto',
  ])('loads no %s', (name) => {
    expect(loaded).not.toContain(`NativeModule ${name}`);
  });

  it('contains no code that loads assert, not even for a request', () => {
    const bundle = readProjectFile('dist/action.js');
    const id = /(\d+): \(\(module\) => \{\s+module\.exports = [^;]+\("assert"\);/.exec(bundle)?.[1];
    expect(id).toBeDefined();
    expect(bundle).not.toContain(`__nccwpck_require__(${id ?? ''})`);
  });

  it.each(['actions/oidc-client', 'class ToolRunner', 'class Summary'])(
    'contains no %s, because nothing uses it',
    (text) => {
      expect(readProjectFile('dist/action.js')).not.toContain(text);
    },
  );
});
