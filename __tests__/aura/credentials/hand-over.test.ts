import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHandOver } from '../../../src/aura/credentials/hand-over.ts';
import { makeDirectory } from '../../core/secrets/env-file-places.ts';
import { type BoltServerOptions, startBoltServer } from '../../../harness/bolt/server.ts';
import { prepare } from './hand-over-parts.ts';
import { bundle } from '../inputs/step-inputs.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

const what = `instance 'shop' (${bundle.instanceId})`;

describe('credentials', () => {
  it('are masked before they are outputs', () => {
    const { parts, captured } = prepare();
    createHandOver(parts).publish(bundle);
    expect(captured.lines()).toContain(`::add-mask::${bundle.password.reveal()}`);
    expect(captured.outputsDuringLog[0]).toBe('');
    expect(Object.fromEntries(captured.outputs())).toMatchObject({
      password: bundle.password,
      'instance-id': bundle.instanceId,
      'sealed-credentials': expect.stringMatching(/^aura1\./) as string,
    });
  });

  it('are written to the env file, and nothing is set in the environment for it', async () => {
    const envFile = path.join(makeDirectory(), '.env');
    const { parts, captured, warnings } = prepare({ envFile });
    await createHandOver(parts).keep(bundle);
    expect(readFileSync(envFile, 'utf8')).toContain(`NEO4J_PASSWORD=${bundle.password.reveal()}\n`);
    expect([captured.variables(), warnings()]).toEqual([[], []]);
  });

  it('that an env file can not hold are an error that names the instance', async () => {
    const envFile = path.join(makeDirectory(), '.env');
    const { parts } = prepare({ envFile });
    const credentials = { ...bundle, password: secretOf('a b$c"d#e') };
    await expect(createHandOver(parts).keep(credentials)).rejects.toThrow(
      `Could not write the file of input 'env-file': the value of NEO4J_PASSWORD contains characters that dotenv, Docker and shells interpret differently. Instance 'shop' (${bundle.instanceId}) exists; its credentials are available as step outputs.`,
    );
  });

  it('in a file that git may not ignore are a warning', async () => {
    const directory = makeDirectory();
    execFileSync('git', ['init', '--quiet', '--template=', directory]);
    mkdirSync(path.join(directory, '.git', 'info', 'exclude'), { recursive: true });
    const { parts, warnings } = prepare({ envFile: path.join(directory, '.env') });
    await createHandOver(parts).keep(bundle);
    expect(warnings()).toEqual([
      expect.stringMatching(
        /^The file of input 'env-file' is written, but git may not ignore it: .+\. Don't commit it: it contains the password\.$/,
      ),
    ]);
  });
});

describe('the proof of credentials', () => {
  const password = bundle.password.reveal();

  async function prove(verify: 'off' | 'warn' | 'require', server: BoltServerOptions = {}) {
    await using database = await startBoltServer({ password, ...server });
    const prepared = prepare({ verify });
    const connectionUri = database.uri('bolt');
    const outcome = await createHandOver(prepared.parts)
      .verify({ ...bundle, connectionUri })
      .catch(String);
    return { outcome, connections: database.connections(), ...prepared };
  }

  it('is the answer of the database', async () => {
    const { outcome, captured } = await prove('require');
    expect(outcome).toBe('proved');
    expect(captured.lines().at(-1)).toBe(`Connected to the database of ${what} over Bolt.`);
  });

  it('is not looked for where nobody asked', async () => {
    expect(await prove('off')).toMatchObject({ outcome: 'open', connections: 0 });
  });

  it('is an error where the database refuses the login and has to take it', async () => {
    const { outcome } = await prove('require', { password: 'another' });
    expect(outcome).toMatch(
      /^ActionError: Could not verify the database of instance 'shop' \(\w{8}\) over Bolt: .+ The user name or the password is wrong\.$/,
    );
  });

  it('is a refusal with a warning where it does not have to', async () => {
    const { outcome, warnings } = await prove('warn', { password: 'another' });
    expect(outcome).toBe('refused');
    expect(warnings()).toEqual([expect.stringContaining('password is wrong.')]);
  });

  it('is open where Aura gives no address', async () => {
    const { parts, warnings } = prepare({ verify: 'warn' });
    const proof = await createHandOver(parts).verify({ ...bundle, connectionUri: undefined });
    expect(proof).toBe('open');
    expect(warnings()).toEqual([expect.stringContaining('Aura returned no connection URI')]);
  });
});
