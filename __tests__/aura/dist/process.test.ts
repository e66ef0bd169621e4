import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { startJob } from '../../../harness/runner/fake-runner.ts';
import { outputsOf } from '../../../harness/world/support.ts';

const bundle = fileURLToPath(new URL('../../../dist/index.js', import.meta.url));
const clientSecret = 'a-client-secret-of-this-test';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the bundle with only these variables. */
async function runBare(env: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(process.execPath, [bundle], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...texts };
}

const inputs = {
  INPUT_OPERATION: 'create',
  INPUT_NAME: 'x',
  'INPUT_CLIENT-ID': 'client',
  'INPUT_CLIENT-SECRET': clientSecret,
  'INPUT_API-URL': 'http://127.0.0.1:9',
};

const directory = mkdtempSync(path.join(tmpdir(), 'bare-'));
const file = path.join(directory, 'commands');
writeFileSync(file, '');

afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe('without a runner', () => {
  test.each([
    [{}, 'GITHUB_OUTPUT, GITHUB_STATE, GITHUB_ENV'],
    [{ GITHUB_STATE: file }, 'GITHUB_OUTPUT, GITHUB_ENV'],
    [{ GITHUB_OUTPUT: '', GITHUB_STATE: file, GITHUB_ENV: file }, 'GITHUB_OUTPUT'],
    [{ GITHUB_OUTPUT: file, GITHUB_ENV: file }, 'GITHUB_STATE'],
    [{ GITHUB_OUTPUT: file, GITHUB_STATE: file }, 'GITHUB_ENV'],
  ])('%j: the step does nothing, and prints no secret', async (env, missing) => {
    const { code, stdout, stderr } = await runBare({ ...inputs, ...env });
    expect(code).toBe(1);
    expect(stdout.trim()).toBe(
      `::error title=Neo4j Aura%3A create failed::This program must run as a step of GitHub Actions, which sets ${missing}. Nothing was done.`,
    );
    expect(stderr).toBe('');
  });

  test('the error is the same without any input', async () => {
    const { code, stdout, stderr } = await runBare({});
    expect(code).toBe(1);
    expect(stdout).toContain('This program must run as a step of GitHub Actions');
    expect(stderr).toBe('');
  });
});

test('the step works without RUNNER_TEMP and without an event', async () => {
  const env = { GITHUB_OUTPUT: file, GITHUB_STATE: file, GITHUB_ENV: file };
  const { code, stdout, stderr } = await runBare({ ...inputs, INPUT_NAME: '', ...env });
  expect(code).toBe(1);
  expect(stdout).toContain(
    "::error title=Neo4j Aura%3A create failed::Input 'name' is empty or not set, and this run has no branch to build a name from. Set 'name'.",
  );
  expect(stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(clientSecret);
  expect(stderr).toBe('');
});

test('the process ends after its work, even if the server keeps connections open', async () => {
  const instance = { id: '1a2b3c4d', name: 'x', tenant_id: 't', status: 'running' };
  const server = createServer((request, response) => {
    response.setHeader('connection', 'keep-alive');
    const token = { access_token: 'a-token-of-this-test', expires_in: 3600 };
    response.end(JSON.stringify(request.url === '/oauth/token' ? token : { data: instance }));
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const job = await startJob({ secrets: [clientSecret, 'a-token-of-this-test'] });
  const result = await job.step({
    inputs: {
      operation: 'get',
      'instance-id': instance.id,
      'client-id': 'client',
      'client-secret': clientSecret,
      'api-url': `http://localhost:${port}`,
    },
  });
  server.closeAllConnections();
  server.close();
  await job.dispose();
  expect(outputsOf(result)).toMatchObject({ status: 'running', 'instance-id': instance.id });
  expect(result.milliseconds).toBeLessThan(4_000);
});
