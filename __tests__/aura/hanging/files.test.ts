import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../../simulator/aura/simulator.ts';
import { takeOver } from '../credentials/sealed-step.ts';
import { startJob, type StepResult } from '../../../harness/runner/fake-runner.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import { makeDirectory, makeFifo, makeGit } from './silent-partners.ts';

/** Less than any time limit: the steps here do not wait for any server. */
const soon = 8_000;
let simulator: Simulator;
let inputs: Readonly<Record<string, string>>;

beforeAll(async () => {
  const limits = { requestsPerMinute: 'unlimited', tokensPerHour: 'unlimited' } as const;
  simulator = await startSimulator(limits);
  const { url, clientId, clientSecret } = simulator;
  inputs = {
    'api-url': url,
    'client-id': clientId,
    'client-secret': clientSecret,
    timeout: '10m',
    ...takeOver(simulator, { uri: 'bolt://127.0.0.1:1' }).inputs,
  };
});

afterAll(async () => {
  await simulator.close();
});

interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the workspace before the step begins. */
  readonly prepare?: (workspace: string) => void;
  /** Called with the workspace after its end. */
  readonly check?: (workspace: string) => void;
}

/** Runs a `get` that outputs credentials; it is killed if it hangs. */
async function handOver(
  more: Readonly<Record<string, string>>,
  { env = {}, prepare, check }: Surroundings,
): Promise<StepResult> {
  const job = await startJob({ filesWithSecrets: ['.env'] });
  const giveUp = new AbortController();
  const timer = setTimeout(() => {
    giveUp.abort();
  }, soon);
  try {
    prepare?.(job.workspace);
    const cancel = { when: giveUp.signal, kill: 'SIGKILL' } as const;
    const result = await job.step({ inputs: { ...inputs, ...more }, env, cancel });
    expect(result.signal, 'it hangs').toBeNull();
    check?.(job.workspace);
    return result;
  } finally {
    clearTimeout(timer);
    await job.dispose();
  }
}

const envFile = { 'env-file': '.env' };

function makeRepository(workspace: string): string {
  execFileSync('git', ['init', '--quiet', workspace]);
  return path.join(workspace, '.git', 'info', 'exclude');
}

function isIgnored(workspace: string): boolean {
  try {
    execFileSync('git', ['-C', workspace, 'check-ignore', '--quiet', '.env']);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(onWindows).concurrent('a FIFO without a writer', () => {
  it('in place of the event payload is ignored', async () => {
    using directory = makeDirectory();
    const env = { GITHUB_EVENT_PATH: makeFifo(path.join(directory.path, 'event.json')) };
    const result = await handOver({}, { env });
    expect(result.conclusion).toBe('success');
    expect(result.debugLog.join('\n')).toContain('it is not a regular file');
  });

  it('in place of the env file is rejected', async () => {
    const result = await handOver(envFile, {
      prepare: (workspace) => makeFifo(path.join(workspace, '.env')),
      check: (workspace) => {
        expect(lstatSync(path.join(workspace, '.env')).isFIFO()).toBe(true);
      },
    });
    expect(result.conclusion).toBe('failure');
    expect(result.annotations[0]?.message).toContain("Input 'env-file' is '.env'");
  });

  it("in place of git's exclude file is not changed, with a warning", async () => {
    const result = await handOver(envFile, {
      prepare: (workspace) => makeFifo(makeRepository(workspace)),
      check: (workspace) => {
        expect(lstatSync(path.join(workspace, '.git/info/exclude')).isFIFO()).toBe(true);
        expect(existsSync(path.join(workspace, '.env'))).toBe(true);
      },
    });
    expect(result.conclusion).toBe('success');
    expect(result.annotations).toEqual([
      {
        level: 'warning',
        message:
          "The file of input 'env-file' is written, but git may not ignore it: git's exclude file is not a regular file. Don't commit it: it contains the password.",
      },
    ]);
  });

  it("in place of git's configuration blocks git, not the step", async () => {
    const result = await handOver(
      { ...envFile, timeout: '3s' },
      {
        prepare: (workspace) => {
          makeRepository(workspace);
          makeFifo(path.join(workspace, '.git', 'config'));
        },
      },
    );
    // The step cannot determine whether git tracks the file, so it sends nothing.
    expect(result.conclusion).toBe('failure');
    expect(result.annotations[0]?.message).toContain(
      'git could not be asked (no answer within 3s)',
    );
  });
});

describe.skipIf(onWindows).concurrent('a device', () => {
  it('in place of the event payload is not read: it is endless', async () => {
    const result = await handOver({}, { env: { GITHUB_EVENT_PATH: '/dev/zero' } });
    expect(result.conclusion).toBe('success');
  });

  it("that git's exclude file links to is not written to", async () => {
    const result = await handOver(envFile, {
      prepare: (workspace) => {
        const exclude = makeFifo(makeRepository(workspace));
        execFileSync('rm', [exclude]);
        symlinkSync('/dev/zero', exclude);
      },
    });
    expect(result.conclusion).toBe('success');
    expect(result.annotations[0]?.message).toContain('behind a symbolic link');
  });
});

describe.skipIf(onWindows).concurrent('a git process', () => {
  it('has answered when it ends, even if its child keeps its output open', async () => {
    using directory = makeDirectory();
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    const running = makeGit(directory.path, `sleep 30 &\n${real} "$@"`);
    const env = { PATH: `${directory.path}${path.delimiter}${process.env['PATH'] ?? ''}` };
    const result = await handOver(envFile, {
      env,
      prepare: makeRepository,
      check: (workspace) => {
        expect(isIgnored(workspace)).toBe(true);
      },
    });
    await running;
    expect([result.conclusion, result.annotations]).toEqual(['success', []]);
  });

  it('without output, or that fails, counts as no git', async () => {
    for (const script of ['exit 0', 'exit 128', 'kill -9 $$']) {
      using directory = makeDirectory();
      void makeGit(directory.path, script);
      const env = { PATH: directory.path };
      const result = await handOver(envFile, { env, prepare: makeRepository });
      expect([script, result.conclusion]).toEqual([script, 'success']);
    }
  });

  it('that prints endlessly is stopped immediately', async () => {
    using directory = makeDirectory();
    void makeGit(directory.path, 'yes');
    const env = { PATH: `${directory.path}${path.delimiter}${process.env['PATH'] ?? ''}` };
    const result = await handOver(envFile, { env });
    expect(result.conclusion).toBe('success');
    expect(result.annotations[0]?.message).toContain('git said more than a path');
  });
});
