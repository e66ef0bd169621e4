import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  startBoltServer,
  type BoltServerOptions,
  type Behavior,
} from '../../../harness/bolt/server.ts';
import { createCertificate } from '../../../harness/network/certificate.ts';
import { repositoryRoot } from '../../../harness/runner/action.ts';
import { startScenario, type ScenarioOptions } from '../../../harness/world/scenario.ts';
import { errorOf, linesOf, outputsOf } from '../../../harness/world/support.ts';
import { takeOver } from './sealed-step.ts';
import { closedPort } from './verification.ts';

/** The last line of its group; only the end of the group and the result follow. */
const answers = /^Connected to the database of instance 'taken-over' \([0-9a-f]{8}\) over Bolt\.$/;

/** A scenario and a fake database that accepts the password of its only instance. */
async function prepare(options: ScenarioOptions = {}, server: BoltServerOptions = {}) {
  const scenario = await startScenario(options);
  onTestFinished(() => scenario.finish());
  const database = await startBoltServer({ password: 'the-right-one', ...server });
  onTestFinished(() => database.close());
  return { scenario, database };
}

/** A copy of the action without the chunks of its bundle, which are loaded only when needed. */
function copyWithoutChunks(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'action-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  mkdirSync(path.join(directory, 'dist'));
  const scripts = ['index', 'action', 'post'].map((name) => `dist/${name}.js`);
  for (const file of ['action.yml', ...scripts, 'dist/package.json']) {
    copyFileSync(path.join(repositoryRoot, file), path.join(directory, file));
  }
  return directory;
}

describe('verify: require', () => {
  it('lets a step succeed if its database answers, and logs it', async () => {
    const { scenario, database } = await prepare();
    const { inputs } = takeOver(scenario.simulator, {
      uri: database.uri('bolt'),
      password: 'the-right-one',
    });
    const result = await scenario.run({ ...inputs, verify: 'require' });
    expect(outputsOf(result)['password']).toBe('the-right-one');
    expect(linesOf(result).at(-3)).toMatch(answers);
  });

  it('finds a database by routing and TLS, as in Aura, after failures', async () => {
    const certificate = await createCertificate('localhost');
    onTestFinished(() => {
      certificate.remove();
    });
    const env = { NODE_EXTRA_CA_CERTS: certificate.path };
    const { scenario, database } = await prepare(
      { job: { env } },
      { tls: certificate, behavior: ['drop', 'drop'] },
    );
    const uri = database.uri('neo4j+s', 'localhost');
    const { inputs } = takeOver(scenario.simulator, { uri, password: 'the-right-one' });
    const result = await scenario.run({ ...inputs, verify: 'require' });
    outputsOf(result);
    expect(linesOf(result).at(-3)).toMatch(answers);
    expect(database.messages.some(({ name }) => name === 'ROUTE')).toBe(true);
  });

  it('fails a step with a wrong password immediately, with the outputs set', async () => {
    const { scenario, database } = await prepare();
    const { instance, inputs } = takeOver(scenario.simulator, { uri: database.uri('bolt') });
    const result = await scenario.run({ ...inputs, verify: 'require' });
    expect(errorOf(result)).toMatch(
      /^Could not verify the database of instance 'taken-over' \([0-9a-f]{8}\) over Bolt: .+\. The user name or the password is wrong\.$/,
    );
    expect(result.drivenMilliseconds).toBeLessThan(1_000);
    expect(result.outputs['password']).toBe(instance.password);
    expect(database.connections()).toBe(1);
  });

  it('fails a step at a closed port after two minutes, with each longer pause in the log', async () => {
    const { scenario } = await prepare();
    const uri = `bolt://127.0.0.1:${await closedPort()}`;
    const { inputs } = takeOver(scenario.simulator, { uri });
    const result = await scenario.run({ ...inputs, verify: 'require' });
    expect(errorOf(result)).toMatch(/ECONNREFUSED.+ an IP filter or a private endpoint keeps this/);
    expect(result.drivenMilliseconds).toBeGreaterThan(100_000);
    expect(result.drivenMilliseconds).toBeLessThanOrEqual(121_000);
    const attempts = linesOf(result).filter((line) =>
      line.startsWith('The database is not reachable yet: '),
    );
    // Only pauses of more than 5 s are said: not the first three, of 1, 2 and 4 s.
    expect(attempts).toHaveLength(11);
  });

  it('fails a step at the end of its timeout if that is shorter', async () => {
    const { scenario } = await prepare();
    const uri = `bolt://127.0.0.1:${await closedPort()}`;
    const { inputs } = takeOver(scenario.simulator, { uri });
    const result = await scenario.run({ ...inputs, verify: 'require', timeout: '10s' });
    errorOf(result);
    expect(result.drivenMilliseconds).toBeLessThanOrEqual(10_000);
  });

  it('does not connect to an instance that is not running', async () => {
    const { scenario, database } = await prepare();
    const { instance, inputs } = takeOver(scenario.simulator, { uri: database.uri('bolt') });
    scenario.simulator.setStatus(instance.id, 'paused');
    const result = await scenario.run({ ...inputs, verify: 'require' });
    expect(errorOf(result)).toMatch(/cannot answer: its status is 'paused'\./);
    expect(database.connections()).toBe(0);
  });

  it('verifies the database of an instance that a create has reused', async () => {
    const { scenario, database } = await prepare();
    const { instance, inputs } = takeOver(scenario.simulator, {
      uri: database.uri('bolt'),
      password: 'the-right-one',
    });
    const result = await scenario.run({
      operation: 'create',
      name: instance.name,
      'sealed-credentials': inputs['sealed-credentials'],
      verify: 'require',
    });
    expect(outputsOf(result)).toMatchObject({ created: 'false', 'instance-id': instance.id });
    expect(linesOf(result).at(-3)).toMatch(answers);
  });

  it('ends in time if it is cancelled while the database is silent', async () => {
    const accepted = Promise.withResolvers<undefined>();
    const { scenario, database } = await prepare(
      {},
      {
        behavior: Array<Behavior>(20).fill('silence'),
        onConnection: () => {
          accepted.resolve(undefined);
        },
      },
    );
    const { inputs } = takeOver(scenario.simulator, { uri: database.uri('bolt') });
    const result = await scenario.run(
      { ...inputs, verify: 'require' },
      { cancel: { when: accepted.promise } },
    );
    expect(result).toMatchObject({ conclusion: 'cancelled', signal: null, exitCode: 1 });
    expect(result.drivenMilliseconds).toBeLessThan(2_000);
  });
});

describe('verify: warn', () => {
  it.each<[string, Partial<BoltServerOptions>, RegExp]>([
    [
      'a silent database',
      { behavior: Array<Behavior>(20).fill('silence') },
      /takes longer than usual/,
    ],
    ['dropped connections', { behavior: Array<Behavior>(20).fill('drop') }, /longer than usual/],
    ['another password', { password: 'another-one' }, /The user name or the password is wrong\.$/],
  ])('warns of %s, with the likely cause, and lets the step succeed', async (_, server, cause) => {
    const { scenario, database } = await prepare({}, server);
    const { instance, inputs } = takeOver(scenario.simulator, { uri: database.uri('bolt') });
    const result = await scenario.run({ ...inputs, verify: 'warn' });
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, stderr: '' });
    expect(result.outputs['password']).toBe(instance.password);
    expect(result.annotations).toHaveLength(1);
    expect(result.annotations[0]).toMatchObject({ level: 'warning' });
    expect(result.annotations[0]?.message).toMatch(
      /^Could not verify the database of .+ over Bolt: /,
    );
    expect(result.annotations[0]?.message).toMatch(cause);
    expect(result.drivenMilliseconds).toBeLessThan(122_000);
  });
});

describe('verify: off', () => {
  it('works without the file that contains the driver', async () => {
    const { scenario, database } = await prepare({ job: { actionDirectory: copyWithoutChunks() } });
    const { inputs } = takeOver(scenario.simulator, { uri: database.uri('bolt') });
    outputsOf(await scenario.run(inputs));
    expect(database.connections()).toBe(0);
  });

  it('is the only value that does: without that file, the others fail', async () => {
    const { scenario, database } = await prepare({ job: { actionDirectory: copyWithoutChunks() } });
    const { inputs } = takeOver(scenario.simulator, { uri: database.uri('bolt') });
    const result = await scenario.run({ ...inputs, verify: 'warn' });
    expect(result.conclusion).toBe('failure');
    expect(database.connections()).toBe(0);
  });
});
