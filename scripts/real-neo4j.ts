/**
 * Starts a real Neo4j from Maven on this machine, runs the tests that need one, and stops it.
 *
 *     npm run real-neo4j
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { Skipped, print, run, skipped } from './run-program.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const project = fileURLToPath(new URL('../harness/bolt/real-neo4j', import.meta.url));
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const testFile = '__tests__/aura/credentials/real-neo4j.test.ts';
/** Neo4j 5 needs it. */
const oldestJava = 17;
/** Maven prints nothing but errors, and uses no colours. */
const quiet = ['--batch-mode', '--quiet', '-Dstyle.color=never', '--file', project];

const downloadSeconds = 300;
const startSeconds = 300;
const testSeconds = 300;
const stopSeconds = 20;

/** Java starts faster with them; a server for a minute needs no optimized code. */
const quickStart = { MAVEN_OPTS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' };

/** What Maven prints if it does not reach the package registry. */
const unreachable =
  /Unknown host|Temporary failure in name resolution|Connection refused|Connect timed out|Read timed out|Connection reset|Network is unreachable|No route to host|status code: 5\d\d|status: 5\d\d/i;

/** @throws Skipped if Java or Maven is missing, or Java is too old */
async function findTools(): Promise<void> {
  const java = await run('java', ['-version'], { seconds: 30 });
  const version = /version "(\d+)/.exec(java.output)?.[1];
  if (java.status !== 0 || Number(version) < oldestJava) {
    throw new Skipped(`Java ${oldestJava} or later is not at hand`);
  }
  const maven = await run('mvn', ['--version'], { seconds: 60 });
  if (maven.status !== 0) throw new Skipped('Maven is not at hand');
}

/**
 * Compiles the program that serves Neo4j; the first time, this downloads Neo4j.
 *
 * @throws Skipped if the package registry cannot be reached
 */
async function compile(): Promise<void> {
  const { status, output } = await run('mvn', [...quiet, 'compile'], {
    env: quickStart,
    seconds: downloadSeconds,
  });
  if (status === 0) return;
  if (unreachable.test(output)) throw new Skipped('the package registry of Java cannot be reached');
  throw new Error(`Neo4j could not be built from its packages:\n${output}`);
}

/** A running Neo4j. */
interface Served {
  readonly child: ChildProcess;
  readonly uri: string;
}

/** @throws Error if it prints no address in time */
async function serve(password: string): Promise<Served> {
  const args = [...quiet, 'exec:java', `-Dexec.args=${password}`];
  const env = { ...process.env, ...quickStart };
  const child = spawn('mvn', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let output = '';
  const fail = (why: string): void => {
    reject(new Error(`Neo4j did not start: ${why}.\n${output}`));
  };
  const timer = setTimeout(() => {
    fail(`no address after ${startSeconds} s`);
  }, startSeconds * 1000);
  child.once('error', (error) => {
    fail(error.message);
  });
  child.once('close', (code, signal) => {
    fail(`it ended with ${signal ?? String(code)}`);
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const uri = /NEO4J_TEST_URI=(\S+)\s/.exec(output)?.[1];
      if (uri !== undefined) resolve(uri);
    });
  }
  try {
    return { child, uri: await promise };
  } catch (error) {
    await stop(child);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.kill();
  const timer = setTimeout(() => child.kill('SIGKILL'), stopSeconds * 1000);
  await ended;
  clearTimeout(timer);
}

/** @returns whether the tests passed */
async function test(uri: string, password: string): Promise<boolean> {
  const { status, output } = await run(
    process.execPath,
    [vitest, 'run', '--root', root, testFile],
    {
      env: {
        NEO4J_TEST_URI: uri,
        NEO4J_TEST_USERNAME: 'neo4j',
        NEO4J_TEST_PASSWORD: password,
      },
      seconds: testSeconds,
    },
  );
  print(output.trim());
  // Without the variables the tests would be skipped, which is a success for vitest.
  const ran = !output.includes('skipped');
  if (!ran) print('Some of the tests were skipped.');
  return status === 0 && ran;
}

function elapsed(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

async function main(): Promise<number> {
  try {
    await findTools();
    const begin = performance.now();
    await compile();
    const password = randomUUID();
    const { child, uri } = await serve(password);
    print(`A real Neo4j answers at ${uri} after ${elapsed(begin)}.`);
    try {
      return (await test(uri, password)) ? 0 : 1;
    } finally {
      await stop(child);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const missing = error instanceof Skipped;
    print(missing ? `Skipped: ${reason}. No real Neo4j was started.` : reason);
    return missing ? skipped : 1;
  }
}

process.exitCode = await main();
