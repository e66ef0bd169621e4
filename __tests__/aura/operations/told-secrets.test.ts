import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulator/aura/simulator.ts';
import { errorOf, linesOf, outputsOf } from '../../../harness/world/support.ts';
import { startScenario, type Scenario } from '../in-process/scenario.ts';

const debug = { job: { debug: true } };

/** An error answer with this text. */
function saying(status: number, message: string): Fault {
  return { kind: 'status', status, body: { errors: [{ message, reason: 'echo' }] } };
}

/** The newest token that was issued. */
function tokenOf({ simulator }: Scenario): string {
  return simulator.secrets().findLast((secret) => secret.split('.').length === 3) ?? '';
}

/** Everything that the step has printed, unchanged. */
function printed({ stdout, stderr }: { stdout: string; stderr: string }): string {
  return stdout.replace(/^::add-mask::.*$/gm, '') + stderr;
}

describe('an error that repeats a secret', () => {
  test.each<[what: string, form: (secret: string) => string]>([
    ['as it is', (secret) => secret],
    ['within a word', (secret) => `<${secret}>`],
    ['in base64', (secret) => Buffer.from(secret).toString('base64')],
    ['in base64url', (secret) => Buffer.from(secret).toString('base64url')],
    ['percent encoded', (secret) => encodeURIComponent(secret)],
  ])('is printed without it: %s', async (_what, form) => {
    const clientSecret = "s3cr3t-with-!'()*+/=&%-in-it";
    await using scenario = await startScenario({ simulator: { clientSecret }, ...debug });
    scenario.simulator.seedInstance({ name: 'x' });
    const token = saying(401, `No such client ${form(clientSecret)} here`);
    scenario.simulator.addFault({ match: { operation: 'getToken' }, fault: token });
    const first = await scenario.run({ operation: 'get', name: 'x' });
    expect(errorOf(first)).toContain("it answered 401 'No such client ");
    expect(errorOf(first)).toContain(
      " here' (echo). The client id and the client secret do not belong together",
    );
    outputsOf(await scenario.run({ operation: 'get', name: 'x' }));
    const echo = saying(400, `Bad token ${form(tokenOf(scenario))}. Sorry`);
    scenario.simulator.addFault({ match: { operation: 'getInstance' }, fault: echo });
    const second = await scenario.run({ operation: 'get', name: 'x' });
    expect(errorOf(second)).toMatch(
      /^Could not get instance 'x' \(\w{8}\): Aura answered 400 'Bad token /,
    );
  });

  test.each([
    ['as it is', (password: string) => password],
    ['in base64', (password: string) => Buffer.from(password).toString('base64')],
    ['percent encoded', (password: string) => encodeURIComponent(password)],
  ])('is printed without the password: %s', async (_what, form) => {
    const simulator = { passwordAlphabet: "ab!'()*%&/+" };
    await using scenario = await startScenario({ simulator, ...debug });
    const made = scenario.nextExchange(
      ({ path, method }) => method === 'POST' && path === '/v1/instances',
    );
    const acted = made.then(() => {
      const password = scenario.simulator.history()[0]?.password ?? '';
      const fault = saying(400, `The password is ${form(password)}`);
      const match = { operation: 'getInstance' };
      scenario.simulator.addFault({ match, times: 'always', fault });
    });
    const result = await scenario.run({ operation: 'create', name: 'x' });
    await acted;
    expect(errorOf(result)).toMatch(/Aura answered 400 'The password is \*\*\*=*' \(echo\)\./);
    expect(result.outputs['password']).toBe(scenario.simulator.history()[0]?.password);
  });

  test.each([30, 31, 32])(
    'is printed without the header of the token request (id of %i)',
    async (length) => {
      const clientId = 'c'.repeat(length);
      await using scenario = await startScenario({ simulator: { clientId }, ...debug });
      const { clientSecret } = scenario.simulator;
      const header = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
      const fault = saying(401, `Not a good header: Basic ${header}`);
      scenario.simulator.addFault({ match: { operation: 'getToken' }, fault });
      const result = await scenario.run({ operation: 'get', name: 'x' });
      expect(errorOf(result)).toContain('Not a good header: ');
    },
  );
});

describe('a long error text that is cut in the middle of a secret', () => {
  /** Of what Aura says. */
  const longest = 300;
  const said = "Could not sign in to Aura: it answered 401 '";

  test.each([1, 2, 3, 4, 12, 40])(
    'does not show the beginning of the client secret: %i',
    async (shown) => {
      await using scenario = await startScenario(debug);
      const { clientSecret } = scenario.simulator;
      const filler = 'x'.repeat(longest - shown);
      const fault = saying(401, `${filler}${clientSecret}${filler}`);
      scenario.simulator.addFault({ match: { operation: 'getToken' }, fault });
      const result = await scenario.run({ operation: 'get', name: 'x' });
      // Up to three characters reveal nothing.
      const rest = shown < 4 ? clientSecret.slice(0, shown) : '***';
      expect(errorOf(result)).toContain(`${said}${filler}${rest}…' (echo). `);
      expect(printed(result)).not.toContain(clientSecret.slice(0, 12));
    },
  );

  test('does not show the beginning of the token', async () => {
    await using scenario = await startScenario(debug);
    const { id } = scenario.simulator.seedInstance({ name: 'x' });
    const inputs = { operation: 'get', 'instance-id': id };
    outputsOf(await scenario.run(inputs));
    const token = tokenOf(scenario);
    const match = { operation: 'getInstance' };
    const filler = 'x'.repeat(longest - 80);
    scenario.simulator.addFault({ match, fault: saying(400, `${filler} ${token} ${filler}`) });
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toMatch(/x \*\*\*…' \(echo\)\. /);
    expect(printed(result)).not.toContain(token.slice(0, 60));
  });
});

test('a value that a user stores as a secret by mistake is masked by the runner, and the step works', async () => {
  const job = { maskedValues: ['neo4j'] };
  await using scenario = await startScenario({ job });
  const result = await scenario.run({ operation: 'create', name: 'x', wait: 'false' });
  expect(outputsOf(result)).toMatchObject({ username: 'neo4j' });
});

test('only secrets are masked: id, name, URI and user can go to other jobs', async () => {
  await using scenario = await startScenario();
  const { password = '', ...open } = outputsOf(
    await scenario.run({ operation: 'create', name: 'x', wait: 'false' }),
  );
  for (const value of Object.values(open)) expect(scenario.job.output(value)).toBe(value);
  expect(scenario.job.output(password)).toBeUndefined();
});

test('a value that is too short for a secret is not masked: the mask would hide words of the log', async () => {
  await using scenario = await startScenario();
  const inputs = { 'client-secret': 'the', 'sealing-key': 'not', 'github-token': ' a ' };
  const result = await scenario.run({ operation: 'get', name: 'x', ...inputs });
  expect(errorOf(result)).toContain("Input 'client-secret' is not a valid Aura client secret");
  expect(result.stdout).not.toContain('::add-mask::');
  const word = await scenario.run({ operation: 'get', name: 'x', 'sealing-key': 'short' });
  expect(word.stdout).not.toContain('::add-mask::short');
  expect(errorOf(word)).toContain('is too short; expected at least 8');
  const longer = await scenario.run({ operation: 'get', name: 'x', 'sealing-key': 'eight678' });
  expect(longer.stdout).toContain('::add-mask::eight678');
});

test('client id and client secret are not printed if they were swapped', async () => {
  await using scenario = await startScenario(debug);
  const { clientId, clientSecret } = scenario.simulator;
  const mixed = { 'client-id': clientSecret, 'client-secret': clientId };
  const result = await scenario.run({ operation: 'get', name: 'x', ...mixed });
  expect(errorOf(result)).toContain("update both 'client-id' and 'client-secret'");
  expect(linesOf(result).join('\n')).not.toContain(clientSecret);
});
