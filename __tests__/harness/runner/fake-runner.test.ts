import { scryptSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  startJob,
  type RunningStep,
  type TraceEvent,
} from '../../../harness/runner/fake-runner.ts';
import { body, runScript, startScriptJob } from '../../../harness/runner/script-job.ts';

const printEnvironment = 'console.log(JSON.stringify(process.env))';
const onWindows = process.platform === 'win32';

async function environmentOf(
  options: Parameters<typeof runScript>[1] = {},
): Promise<Record<string, string>> {
  const { stdout } = await runScript(printEnvironment, { githubToken: '', ...options });
  return JSON.parse(stdout) as Record<string, string>;
}

describe('the environment of a step', () => {
  it('contains nothing of the process that runs the tests', async () => {
    process.env['LEFT_OVER'] = 'here';
    onTestFinished(() => {
      delete process.env['LEFT_OVER'];
    });
    const names = Object.keys(await environmentOf());
    expect(names).not.toContain('LEFT_OVER');
    expect(names.filter((name) => /vitest|npm_|FAKE_|NODE_|GITHUB_TOKEN/i.test(name))).toEqual([]);
  });

  it('has a variable for each declared input, including defaults and mangled names', async () => {
    const { stdout } = await runScript(
      `console.log(JSON.stringify(Object.entries(process.env).filter(([name]) => name.startsWith('INPUT_') && name !== 'INPUT_CODE')))`,
      { githubToken: '' },
    );
    expect(Object.fromEntries(JSON.parse(stdout) as [string, string][])).toEqual({
      'INPUT_POST-CODE': '',
      INPUT_WITH_SPACE: 'a default',
      INPUT_TOKEN: '',
      'INPUT_EXPORT-ENV': 'false',
      'INPUT_OLD-NAME': '',
    });
  });

  it('has an empty value, not the default, for an input that is set to empty', async () => {
    const environment = await environmentOf({ inputs: { 'with space': '' } });
    expect(environment['INPUT_WITH_SPACE']).toBe('');
  });

  it('has the job token only if an input asks for it', async () => {
    const code = 'console.log(process.env.INPUT_TOKEN.length, process.env.GITHUB_TOKEN)';
    expect((await runScript(code)).stdout).toMatch(/^\d\d undefined\n$/);
  });

  it('describes a push to the default branch by default', async () => {
    expect(await environmentOf()).toMatchObject({
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REF_NAME: 'main',
      GITHUB_HEAD_REF: '',
      GITHUB_REPOSITORY: 'octo/shop',
      GITHUB_REPOSITORY_OWNER: 'octo',
    });
  });

  it('names the branches of a pull request', async () => {
    const payload = {
      number: 7,
      pull_request: { head: { ref: 'feature/x' }, base: { ref: 'main' } },
    };
    const environment = await environmentOf({ event: { name: 'pull_request', payload } });
    expect(environment).toMatchObject({
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_REF_NAME: '7/merge',
      GITHUB_HEAD_REF: 'feature/x',
      GITHUB_BASE_REF: 'main',
    });
  });

  it('points to the payload of the event', async () => {
    const { stdout } = await runScript(
      'console.log(fs.readFileSync(process.env.GITHUB_EVENT_PATH, "utf8"))',
      { event: { name: 'delete', payload: { ref: 'feature/x', ref_type: 'branch' } } },
    );
    expect(JSON.parse(stdout)).toMatchObject({ ref: 'feature/x', ref_type: 'branch' });
  });

  it('contains the variables of the job, of the step and of debug mode', async () => {
    const environment = await environmentOf({ env: { FROM_STEP: '2' }, debug: true });
    expect(environment).toMatchObject({ FROM_STEP: '2', RUNNER_DEBUG: '1' });
    expect(await environmentOf()).not.toHaveProperty('RUNNER_DEBUG');
  });

  it('belongs to a process in the workspace with its stdin closed', async () => {
    const job = await startScriptJob();
    const code = `let read = 0; for await (const chunk of process.stdin) read += chunk.length; console.log(process.cwd(), read);`;
    const { stdout } = await job.step({ inputs: { code } });
    expect(stdout).toContain(`${path.basename(job.workspace)} 0`);
  });
});

describe('the inputs of a step', () => {
  it('are refused if action.yml does not declare them', async () => {
    await expect(runScript('', { inputs: { typo: 'x' } })).rejects.toThrow("the input 'typo'");
  });

  it('only warn if undeclared, and are passed on, if a test allows it', async () => {
    const result = await runScript('console.log(process.env.INPUT_TYPO)', {
      inputs: { typo: 'x' },
      allowUnknownInputs: true,
    });
    expect(result.stdout).toBe('x\n');
    expect(result.runnerErrors[0]).toContain("Unexpected input(s) 'typo'");
    expect(result.annotations[0]?.level).toBe('warning');
  });

  it('are found whatever their case', async () => {
    const result = await runScript('', { inputs: { 'With Space': 'given' } });
    expect(result.log).toContain('  with space: given');
  });

  it('warn about a deprecated input only if it is set', async () => {
    const given = await runScript('', { inputs: { 'old-name': 'x' } });
    expect(given.annotations[0]?.message).toContain('use code instead');
    expect((await runScript('')).annotations).toEqual([]);
  });

  it('are printed with secrets masked and without empty ones', async () => {
    const { log } = await runScript('', {
      secrets: ['s3cret'],
      inputs: { 'with space': 's3cret' },
    });
    expect(log).toContain('  with space: ***');
    expect(log).toContain('  token: ***');
    expect(log.join('\n')).not.toContain('old-name');
  });
});

describe('what a step leaves behind', () => {
  it('is kept after a failure as after a success', async () => {
    const code = `
      fs.appendFileSync(process.env.GITHUB_OUTPUT, 'a=1\\n');
      fs.appendFileSync(process.env.GITHUB_STATE, 'b=2\\n');
      fs.appendFileSync(process.env.GITHUB_STEP_SUMMARY, '# Done\\n');
      process.exitCode = 3;`;
    expect(await runScript(code)).toMatchObject({
      conclusion: 'failure',
      exitCode: 3,
      outputs: { a: '1' },
      state: { b: '2' },
      summary: '# Done\n',
    });
  });

  it.each(['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE'])(
    'fails the step if %s has an invalid line',
    async (variable) => {
      const result = await runScript(`fs.appendFileSync(process.env.${variable}, 'bad line')`);
      expect(result).toMatchObject({ exitCode: 0, conclusion: 'failure' });
      expect(result.runnerErrors[0]).toContain('Unable to process file command');
    },
  );

  it('does not include NODE_OPTIONS', async () => {
    const job = await startScriptJob();
    const code = `fs.appendFileSync(process.env.GITHUB_ENV, 'Node_Options=--no-warnings\\nA=1\\n')`;
    const first = await job.step({ inputs: { code } });
    expect(first).toMatchObject({ conclusion: 'success', exportedEnv: { A: '1' } });
    expect(first.runnerErrors).toHaveLength(1);
    const second = await job.step({
      inputs: { code: 'console.log(process.env.A, process.env.Node_Options)' },
    });
    expect(second.stdout).toBe('1 undefined\n');
  });

  it('does not include a summary that is too large', async () => {
    const code = `fs.writeFileSync(process.env.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024 + 1))`;
    const result = await runScript(code);
    expect(result).toMatchObject({ conclusion: 'success', summary: '' });
    expect(result.runnerErrors[0]).toContain('upload aborted');
  });

  it('is accepted if an action removes its command files', async () => {
    expect(await runScript('fs.rmSync(process.env.GITHUB_OUTPUT)')).toMatchObject({ outputs: {} });
  });

  it('adds a path to the front for later steps', async () => {
    const job = await startScriptJob();
    await job.step({
      inputs: { code: `fs.appendFileSync(process.env.GITHUB_PATH, '/opt/one\\n/opt/two\\n')` },
    });
    const { stdout } = await job.step({ inputs: { code: 'console.log(process.env.PATH)' } });
    expect(stdout.startsWith(['/opt/two', '/opt/one', ''].join(path.delimiter))).toBe(true);
  });

  it('masks values for the rest of the job', async () => {
    const job = await startScriptJob();
    await job.step({ inputs: { code: `console.log('::add-mask::hidden-word')` } });
    const later = await job.step({
      inputs: { code: `console.log('a hidden-word'); console.error('::error::hidden-word')` },
    });
    expect(body(later).toSorted()).toEqual(['##[error]***', 'a ***']);
    expect(later.annotations).toEqual([{ level: 'error', message: '***' }]);
  });

  it('is dropped as a job output if a mask would change it', async () => {
    const job = await startScriptJob({ maskedValues: ['tenant-1'] });
    expect(job.output('neo4j+s://1234abcd.databases.neo4j.io')).toContain('1234abcd');
    expect(job.output('about tenant-1')).toBeUndefined();
    expect(job.output(Buffer.from('tenant-1').toString('base64'))).toBeUndefined();
    expect(job.output('')).toBeUndefined();
  });

  it('is traced in order, with masked values as hashes', async () => {
    const { trace } = await runScript(`
      console.log('::add-mask::' + 'hidden-word');
      fs.appendFileSync(process.env.GITHUB_OUTPUT, 'a<<X\\nb=1\\nX\\nc=2\\n');
      await sleep(1);
      await fs.promises.appendFile(process.env.GITHUB_STEP_SUMMARY, '# Title');
      await request('http://127.0.0.1:9/path').catch(() => undefined);`);
    const withoutTime = (event: TraceEvent): object => ({ ...event, at: undefined });
    expect(trace.map(withoutTime)).toEqual([
      { kind: 'stdout', text: expect.stringMatching(/^::add-mask::[0-9a-f]{12}\n$/) as string },
      { kind: 'command-file', file: 'output', keys: ['a', 'c'] },
      { kind: 'sleep', milliseconds: 1 },
      { kind: 'command-file', file: 'summary', keys: [] },
      { kind: 'request', method: 'GET', host: '127.0.0.1:9', path: '/path' },
    ]);
  });
});

describe('the post of a step', () => {
  it('runs with the state of its main, the last step first', async () => {
    const job = await startScriptJob();
    for (const name of ['one', 'two']) {
      const code = `fs.appendFileSync(process.env.GITHUB_STATE, 'name=${name}\\n')`;
      const postCode = 'console.log(process.env.STATE_name, process.env["INPUT_WITH_SPACE"])';
      await job.step({ inputs: { code, 'post-code': postCode, 'with space': 'x' } });
    }
    const posts = await job.post();
    expect(posts.map(({ stdout }) => stdout)).toEqual(['two x\n', 'one x\n']);
    expect(posts[0]?.log[0]).toBe('Post job cleanup.');
  });

  it.each([
    ['failed', 'process.exitCode = 1'],
    ['crashed', 'throw new Error("crash")'],
    ['killed itself', 'process.kill(process.pid, "SIGKILL")'],
  ])('runs after a main that %s', async (_, code) => {
    const job = await startScriptJob();
    const main = await job.step({ inputs: { code, 'post-code': 'console.log("cleaned")' } });
    expect(main.conclusion).toBe('failure');
    expect((await job.post())[0]?.stdout).toBe('cleaned\n');
  });

  it('has no state variable if main saved none', async () => {
    const job = await startScriptJob();
    await job.step({ inputs: { 'post-code': 'console.log(process.env.STATE_name)' } });
    expect((await job.post())[0]?.stdout).toBe('undefined\n');
  });

  it('runs once', async () => {
    const job = await startScriptJob();
    await job.step({ inputs: {} });
    expect(await job.post()).toHaveLength(1);
    expect(await job.post()).toHaveLength(0);
  });

  it('does not run for a step that never started', async () => {
    const job = await startScriptJob();
    await expect(job.step({ inputs: { typo: 'x' } })).rejects.toThrow();
    expect(await job.post()).toHaveLength(0);
  });
});

describe.skipIf(onWindows)('a cancelled step', () => {
  const ready = `console.log('ready');`;
  const onceReady = ({ line }: RunningStep): Promise<string> => line('ready');

  it('is ended immediately by SIGINT if it does not handle it', async () => {
    const asleep = `const wait = sleep(60000); ${ready} await wait`;
    const result = await runScript(asleep, { cancel: { when: onceReady } });
    expect(result).toMatchObject({ conclusion: 'cancelled', signal: 'SIGINT', exitCode: null });
    expect(result.trace.at(-1)).toMatchObject({ kind: 'signal', name: 'SIGINT' });
  });

  it('is cancelled even if it then exits with 0, and its files count', async () => {
    const result = await runScript(
      `process.on('SIGINT', () => {
         fs.appendFileSync(process.env.GITHUB_STATE, 'id=1\\n');
         process.exit(0);
       });
       ${ready} await sleep(60000)`,
      { cancel: { when: onceReady } },
    );
    expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 0, state: { id: '1' } });
  });

  it('gets SIGINT, SIGTERM and SIGKILL at 0, 7.5 and 10 s, scaled', async () => {
    const result = await runScript(
      `for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log(name));
       setInterval(() => undefined, 1000);
       ${ready}`,
      { cancel: { when: onceReady, scale: 0.02 } },
    );
    expect(result).toMatchObject({ conclusion: 'cancelled', signal: 'SIGKILL' });
    expect(result.stdout).toBe('ready\nSIGINT\nSIGTERM\n');
    const signals = result.trace.filter(({ kind }) => kind === 'signal').map(({ at }) => at);
    const [first = 0, second = 0, third = 0] = signals;
    expect(second - first).toBeGreaterThanOrEqual(149);
    expect(third - second).toBeGreaterThanOrEqual(49);
  });

  it('can be cancelled by an AbortSignal', async () => {
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 120);
    const result = await runScript('await sleep(60000)', { cancel: { when: controller.signal } });
    expect(result.conclusion).toBe('cancelled');
  });

  it('counts as failed if it is only killed', async () => {
    const result = await runScript(`${ready} await sleep(60000)`, {
      cancel: { when: onceReady, kill: 'SIGKILL' },
    });
    expect(result).toMatchObject({ conclusion: 'failure', signal: 'SIGKILL' });
  });

  it('cannot be cancelled after it has ended', async () => {
    const result = await runScript('', { cancel: { when: new Promise(() => undefined) } });
    expect(result.conclusion).toBe('success');
  });
});

describe('a job', () => {
  it('removes its directories and ends its processes', async () => {
    const job = await startScriptJob();
    const step = job.step({ inputs: { code: 'await sleep(60000)' } });
    await new Promise((resolve) => setTimeout(resolve, 60));
    await job.dispose();
    await step.catch(() => undefined);
    expect(existsSync(job.temp)).toBe(false);
  });

  it.each([
    ['using: node20', "says 'using: node20'"],
    ['using: node24\n  main: gone.mjs', 'failure'],
  ])('reports a broken action: %s', async (runs, problem) => {
    const directory = mkdtempSync(path.join(tmpdir(), 'broken-action-'));
    onTestFinished(() => {
      rmSync(directory, { recursive: true });
    });
    writeFileSync(path.join(directory, 'action.yml'), `runs:\n  ${runs}\n`);
    const run = startJob({ actionDirectory: directory }).then(async (job) => {
      const { conclusion } = await job.step({ inputs: {} });
      await job.dispose();
      throw new Error(conclusion);
    });
    await expect(run).rejects.toThrow(problem);
  });

  it('refuses a default that the runner could not evaluate', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'broken-action-'));
    onTestFinished(() => {
      rmSync(directory, { recursive: true });
    });
    const action =
      'inputs:\n  a:\n    default: ${{ secrets.A }}\nruns:\n  using: node24\n  main: m\n';
    writeFileSync(path.join(directory, 'action.yml'), action);
    const job = await startJob({ actionDirectory: directory });
    onTestFinished(() => job.dispose());
    await expect(job.step({ inputs: {} })).rejects.toThrow("uses 'secrets.A'");
  });
});

describe('for tests, a step', () => {
  const print = `console.log('one'); console.log('two'); await fs.promises.writeFile('three', '');`;

  it.skipIf(onWindows).each([
    [0, []],
    [1, ['one']],
    [2, ['one', 'two']],
  ])('can be killed right before event number %i', async (killBefore, printed) => {
    const job = await startScriptJob();
    const result = await job.step({ inputs: { code: print }, killBefore });
    expect(result.signal).toBe('SIGKILL');
    expect(body(result)).toEqual(printed);
    expect(result.trace).toHaveLength(killBefore);
    expect(existsSync(path.join(job.workspace, 'three'))).toBe(false);
  });

  it('can derive keys at no cost', async () => {
    const derive = `crypto.scryptSync('a', 'b', 8, { N: 2 ** 15, maxmem: 2 ** 26 }).toString('hex')`;
    const code = `console.log(${derive})`;
    const usual = scryptSync('a', 'b', 8, { N: 2 ** 15, maxmem: 2 ** 26 }).toString('hex');
    const quick = scryptSync('a', 'b', 8, { N: 2 }).toString('hex');
    expect(body(await runScript(code))).toEqual([usual]);
    expect(body(await runScript(code, { quickKeys: true }))).toEqual([quick]);
  });
});
