import { expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../../simulator/aura/simulator.ts';
import { VerifyError, verify } from '../../../src/aura/credentials/verify.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { startJob } from '../../../harness/runner/fake-runner.ts';
import { errorOf, linesOf, outputsOf } from '../../../harness/world/support.ts';
import { takeOver } from './sealed-step.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

const {
  NEO4J_TEST_URI: given,
  NEO4J_TEST_USERNAME: username = 'neo4j',
  NEO4J_TEST_PASSWORD: password = '',
} = process.env;
const uri = given ?? '';
const isMissing = uri === '' || password === '';

function real(name: string, run: () => Promise<void>): void {
  const reason = isMissing ? ' (skipped: NEO4J_TEST_URI or NEO4J_TEST_PASSWORD is not set)' : '';
  it.skipIf(isMissing)(`${name}${reason}`, run);
}

/** The same database, found by routing, as Aura's addresses require. */
const routed = uri.replace(/^bolt/, 'neo4j');
const wrong = `not-${password}`;

function tryOut(address: string, secret: string): Promise<void> {
  return verify({
    uri: address,
    username,
    password: secretOf(secret),
    clock: systemClock,
    deadline: systemClock.now() + 20_000,
    signal: undefined,
    log: () => undefined,
  });
}

/** Runs `get` of the committed bundle with sealed credentials of the database, in real time. */
async function runStep(address: string, secret: string, mode: 'require' | 'warn') {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.close());
  const job = await startJob({ secrets: [simulator.clientSecret, secret] });
  onTestFinished(() => job.dispose());
  const { inputs } = takeOver(simulator, { uri: address, username, password: secret });
  return job.step({
    inputs: {
      'api-url': simulator.url,
      'client-id': simulator.clientId,
      'client-secret': simulator.clientSecret,
      ...inputs,
      verify: mode,
    },
  });
}

real('a real Neo4j answers with the right password', async () => {
  await tryOut(uri, password);
});

real('a real Neo4j also answers by routing', async () => {
  await tryOut(routed, password);
});

real('a real Neo4j refuses a wrong password, which fails immediately', async () => {
  for (const address of [uri, routed]) {
    const error: unknown = await tryOut(address, wrong).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VerifyError);
    expect(String(error)).toMatch(
      /unauthorized.* \(0s\)\. The user name or the password is wrong\.$/,
    );
    expect(String(error)).not.toContain(wrong);
  }
});

real('a real Neo4j without TLS fails for an address that requires TLS', async () => {
  const secured = uri.replace(/^(bolt|neo4j):/, '$1+s:');
  await expect(
    verify({
      uri: secured,
      username,
      password: secretOf(password),
      clock: systemClock,
      deadline: systemClock.now(),
      signal: undefined,
      log: () => undefined,
    }),
  ).rejects.toThrow(/The encrypted connection failed/);
});

real('the bundle verifies a real Neo4j', async () => {
  for (const address of [uri, routed]) {
    const result = await runStep(address, password, 'require');
    expect(outputsOf(result)).toMatchObject({ 'connection-uri': address, username, password });
    expect(linesOf(result)).toContainEqual(
      expect.stringMatching(/^Connected to the database of .+ over Bolt\.$/),
    );
  }
});

real('the bundle fails with a wrong password for a real Neo4j', async () => {
  const result = await runStep(uri, wrong, 'require');
  expect(errorOf(result)).toMatch(
    /Could not verify the database of .+ over Bolt: .+ the password is wrong\.$/,
  );
});

real('the bundle only warns about a wrong password with verify: warn', async () => {
  const result = await runStep(uri, wrong, 'warn');
  expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, stderr: '' });
  expect(result.annotations).toMatchObject([{ level: 'warning' }]);
});
