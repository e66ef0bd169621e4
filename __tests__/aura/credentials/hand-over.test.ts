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
  it('are masked before they are set as outputs', () => {
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

  it('are written to the env file, without setting environment variables', async () => {
    const envFile = path.join(makeDirectory(), '.env');
    const { parts, captured, warnings } = prepare({ envFile });
    await createHandOver(parts).keep(bundle);
    expect(readFileSync(envFile, 'utf8')).toContain(`NEO4J_PASSWORD=${bundle.password.reveal()}\n`);
    expect([captured.variables(), warnings()]).toEqual([[], []]);
  });

  it('cause an error with the name of the instance if an env file cannot contain them', async () => {
    const envFile = path.join(makeDirectory(), '.env');
    const { parts } = prepare({ envFile });
    const credentials = { ...bundle, password: secretOf('a b$c"d#e') };
    await expect(createHandOver(parts).keep(credentials)).rejects.toThrow(
      `Could not write the file of input 'env-file': the value of NEO4J_PASSWORD contains characters that dotenv, Docker and shells interpret differently. Instance 'shop' (${bundle.instanceId}) exists; its credentials are available as step outputs.`,
    );
  });

  it('cause a warning if git may not ignore the file', async () => {
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

describe('verifying credentials', () => {
  const password = bundle.password.reveal();

  async function verifyWith(verify: 'off' | 'warn' | 'require', server: BoltServerOptions = {}) {
    await using database = await startBoltServer({ password, ...server });
    const prepared = prepare({ verify });
    const connectionUri = database.uri('bolt');
    const outcome = await createHandOver(prepared.parts)
      .verify({ ...bundle, connectionUri })
      .catch(String);
    return { outcome, connections: database.connections(), ...prepared };
  }

  it('returns the answer of the database', async () => {
    const { outcome, captured } = await verifyWith('require');
    expect(outcome).toBe('accepted');
    expect(captured.lines()).toContain(`Connected to the database of ${what} over Bolt.`);
  });

  it('does not connect if it is off', async () => {
    expect(await verifyWith('off')).toMatchObject({ outcome: 'not checked', connections: 0 });
  });

  it('fails if the database refuses the login and the input is require', async () => {
    const { outcome } = await verifyWith('require', { password: 'another' });
    expect(outcome).toMatch(
      /^ActionError: Could not verify the database of instance 'shop' \(\w{8}\) over Bolt: .+ The user name or the password is wrong\.$/,
    );
  });

  it('only warns if the database refuses the login and the input is warn', async () => {
    const { outcome, warnings } = await verifyWith('warn', { password: 'another' });
    expect(outcome).toBe('refused');
    expect(warnings()).toEqual([expect.stringContaining('password is wrong.')]);
  });

  it('checks nothing if Aura returns no address', async () => {
    const { parts, warnings } = prepare({ verify: 'warn' });
    const outcome = await createHandOver(parts).verify({ ...bundle, connectionUri: undefined });
    expect(outcome).toBe('not checked');
    expect(warnings()).toEqual([expect.stringContaining('Aura returned no connection URI')]);
  });
});
