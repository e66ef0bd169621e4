import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { runScript, startScriptJob } from '../../../harness/runner/script-job.ts';

// Characters that each encoding treats differently.
const secret = 'tR0ub4d"r &3~?>horse!';
const options = { forbiddenSecrets: () => [secret], env: { HIDDEN: secret } };
const get = 'const secret = process.env.HIDDEN;';

describe('a secret is found', () => {
  it.each([
    ['stdout', 'console.log(secret)'],
    ['stdout', 'console.log("::notice::" + secret)'],
    ['stdout', 'console.log("x ::add-mask::" + secret)'],
    ['stderr', 'console.error(secret)'],
    ['stderr', 'throw new Error(secret)'],
    ['stderr', 'console.error("::add-mask::" + secret)'],
    ['annotations', 'console.log("::error::" + secret)'],
    ['annotations', 'console.log("::error title=" + secret + "::x")'],
    ['summary', 'fs.appendFileSync(process.env.GITHUB_STEP_SUMMARY, secret)'],
    ['state file', 'fs.appendFileSync(process.env.GITHUB_STATE, "a=" + secret)'],
    ['output file', 'fs.appendFileSync(process.env.GITHUB_OUTPUT, "a=" + secret)'],
    ['output file', 'fs.appendFileSync(process.env.GITHUB_OUTPUT, "password<<" + secret)'],
    ['env file', 'fs.appendFileSync(process.env.GITHUB_ENV, "A=" + secret)'],
    ['env file', 'fs.appendFileSync(process.env.GITHUB_ENV, "NEO4J_PASSWORD=" + secret)'],
    ['file ', 'fs.writeFileSync("cache", secret)'],
    ['cache', 'fs.writeFileSync(process.env.RUNNER_TEMP + "/cache", secret)'],
    ['.netrc', 'fs.writeFileSync(process.env.HOME + "/.netrc", secret)'],
    ['deep', 'fs.mkdirSync("a/b", { recursive: true }); fs.writeFileSync("a/b/deep", secret)'],
  ])('in %s after %s', async (place, code) => {
    const run = runScript(`${get} ${code}`, options);
    await expect(run).rejects.toThrow(place);
  });

  it.each([
    ['base64', 'Buffer.from(secret).toString("base64")'],
    ['a Basic header', 'Buffer.from("id:" + secret).toString("base64")'],
    ['the middle of base64', 'Buffer.from("a" + secret + "bc").toString("base64")'],
    ['base64url', 'Buffer.from("ab" + secret).toString("base64url")'],
    ['hex', 'Buffer.from(secret).toString("hex")'],
    ['capital hex', 'Buffer.from(secret).toString("hex").toUpperCase()'],
    ['percent-encoding', 'encodeURIComponent(secret)'],
    ['percent-encoding in small letters', 'encodeURIComponent(secret).toLowerCase()'],
    ['strict percent-encoding', 'encodeURIComponent(secret).replace("!", "%21")'],
    ['form encoding', 'String(new URLSearchParams({ secret }))'],
    ['JSON', 'JSON.stringify({ secret })'],
  ])('in %s', async (_, expression) => {
    await expect(runScript(`${get} console.log(${expression})`, options)).rejects.toThrow('stdout');
  });

  it('in the log printed while commands were stopped', async () => {
    const code = `console.log("::stop-commands::t"); console.log("::add-mask::" + secret)`;
    await expect(runScript(`${get} ${code}`, options)).rejects.toThrow('in: log.');
  });

  it('in debug messages', async () => {
    const run = runScript(`${get} console.log("::debug::" + secret)`, { ...options, debug: true });
    await expect(run).rejects.toThrow('stdout');
  });

  it('in the output of post', async () => {
    const job = await startScriptJob(options);
    await job.step({ inputs: { 'post-code': `${get} console.log(secret)` }, env: options.env });
    await expect(job.post()).rejects.toThrow('after post');
  });

  it('if it is a secret of the repository', async () => {
    await expect(
      runScript('console.log("s3cret" + "-1")', { secrets: ['s3cret-1'] }),
    ).rejects.toThrow('stdout');
  });

  it('if it is the job token', async () => {
    await expect(runScript('console.log(process.env.INPUT_TOKEN)')).rejects.toThrow('stdout');
  });

  it('if it became known only during the step', async () => {
    const code = 'const s = crypto.createHash("sha256").update("x").digest("hex"); console.log(s)';
    const late = createHash('sha256').update('x').digest('hex');
    await expect(runScript(code, { forbiddenSecrets: () => [late] })).rejects.toThrow('stdout');
  });

  it('without being repeated in the error', async () => {
    const run = runScript(`${get} console.log(secret)`, options);
    await expect(run).rejects.not.toThrow(secret);
  });
});

describe('a long piece of a secret', () => {
  const long = 'kJ8-Qz3_vN1xT7mB5wR9dL2hC6yF4sG0';
  const head = Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url');
  const token = `${head}.${long}${long}.${long.toLowerCase()}`;
  const run = (expression: string, hidden: string): Promise<unknown> =>
    runScript(`${get} console.log(${expression})`, {
      forbiddenSecrets: () => [hidden],
      env: { HIDDEN: hidden },
    });

  it.each([
    ['its first 24 characters', 'secret.slice(0, 24)', long],
    ['these in the middle of a word', '"x" + secret.slice(0, 30) + "y"', long],
    ['these in base64', 'Buffer.from("ab" + secret.slice(0, 24)).toString("base64")', long],
    ['these in hex', 'Buffer.from(secret.slice(0, 24)).toString("hex")', long],
    ['a token that was cut', 'secret.slice(0, 61)', token],
    ['a token without its head', 'secret.split(".")[1].slice(0, 24)', token],
    ['the signature of a token', 'secret.split(".")[2].slice(0, 24)', token],
  ])('is found: %s', async (_, expression, hidden) => {
    await expect(run(expression, hidden)).rejects.toThrow('stdout');
  });

  it.each([
    ['fewer characters', 'secret.slice(0, 23)', long],
    ['other characters', 'secret.slice(1)', long],
    ['the begin of a secret that is short', 'secret.slice(0, 30)', long.slice(0, 31)],
    ['the head that all tokens have', 'secret.slice(0, 60)', token],
  ])('does not include %s', async (_, expression, hidden) => {
    await expect(run(expression, hidden)).resolves.toMatchObject({ conclusion: 'success' });
  });
});

describe('a secret is allowed', () => {
  it.each([
    ['as the data of add-mask', 'console.log("::add-mask::" + secret)'],
    [
      'as the output password',
      'fs.appendFileSync(process.env.GITHUB_OUTPUT, "password<<X\\n" + secret + "\\nX\\n")',
    ],
    ['in a file named by the test', 'fs.writeFileSync("neo4j.env", secret)'],
    ['as its hash', 'console.log(crypto.createHash("sha256").update(secret).digest("hex"))'],
  ])('%s', async (_, code) => {
    const run = runScript(`${get} ${code}`, { ...options, filesWithSecrets: ['neo4j.env'] });
    await expect(run).resolves.toMatchObject({ conclusion: 'success' });
  });

  it('as NEO4J_PASSWORD when export-env is on', async () => {
    const code = 'fs.appendFileSync(process.env.GITHUB_ENV, "NEO4J_PASSWORD=" + secret)';
    const run = runScript(`${get} ${code}`, { ...options, inputs: { 'export-env': 'true' } });
    await expect(run).resolves.toMatchObject({ exportedEnv: { NEO4J_PASSWORD: secret } });
  });

  it('in no other variable when export-env is on', async () => {
    const code = 'fs.appendFileSync(process.env.GITHUB_ENV, "NEO4J_URI=" + secret)';
    const run = runScript(`${get} ${code}`, { ...options, inputs: { 'export-env': 'true' } });
    await expect(run).rejects.toThrow('env file');
  });
});
