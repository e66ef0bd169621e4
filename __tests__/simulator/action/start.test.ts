import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { InstantClock } from '../../core/time/clocks.ts';
import { type Stages, forever, makeProgram, makeStages } from './stages.ts';
import { CancelledError } from '../../../src/core/errors.ts';

const address = 'url            http://127.0.0.1:';

/** What the program printed. */
function printed({ temp }: Stages): string {
  const [file = ''] = readdirSync(temp);
  return readFileSync(path.join(temp, file), 'utf8');
}

/** Waits until the program that printed its process id has ended. */
async function hasEnded(stages: Stages): Promise<void> {
  const id = Number(/^process (\d+)$/m.exec(printed(stages))?.[1]);
  expect(id).toBeGreaterThan(0);
  await vi.waitFor(() => {
    expect(() => process.kill(id, 0)).toThrow('ESRCH');
  });
}

const saysWhoItIs = 'console.log(`process ${process.pid}`);';

describe('the main step of the simulator action', () => {
  it('starts a simulator whose credentials are outputs', async () => {
    const stages = makeStages({ speed: '600' });
    await stages.main();
    onTestFinished(() => stages.post());
    expect(stages.exitCode()).toBeUndefined();
    const { 'api-url': url, 'client-id': id, 'client-secret': secret, tenant } = stages.outputs();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(stages.variables()).toEqual({ AURA_API_URL: url });
    const answer = await fetch(`${url ?? ''}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${id ?? ''}:${secret ?? ''}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token } = (await answer.json()) as Record<string, string>;
    const headers = { authorization: `Bearer ${token ?? ''}` };
    const tenants = await (await fetch(`${url ?? ''}/v1/tenants`, { headers })).json();
    expect(tenants).toEqual({ data: [{ id: tenant, name: 'Simulated project' }] });
  });

  it('masks the secret before it is an output, and puts it nowhere else', async () => {
    const stages = makeStages();
    await stages.main();
    onTestFinished(() => stages.post());
    const { 'client-secret': secret = '' } = stages.outputs();
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(stages.lines()[0]).toBe(`::add-mask::${secret}`);
    const others = stages.lines().filter((line) => !line.startsWith('::add-mask::'));
    expect(others.join('\n')).not.toContain(secret);
    expect(stages.state()).not.toContain(secret);
    expect(printed(stages)).toContain('client secret  as in SIMULATOR_CLIENT_SECRET');
    expect(printed(stages)).not.toContain(secret);
  });

  it('says what it started, where, how fast and with which tenants', async () => {
    const stages = makeStages({ tenants: 'Shop, Lab', quota: '3' });
    await stages.main();
    onTestFinished(() => stages.post());
    const { 'api-url': url = '', tenant = '' } = stages.outputs();
    const lines = stages.lines().filter((line) => !line.startsWith('::add-mask::'));
    expect(lines).toEqual([
      'Starting a simulated Aura API: --speed=60 --role=member --quota=3 --retry-after=seconds --token-lifetime=3600 --first-snapshot=0 --tenant=Shop --tenant=Lab',
      expect.stringMatching(
        new RegExp(`^The simulator answers at ${url.replaceAll('.', '\\.')} after \\d+( ms|s)\\.$`),
      ),
      `Tenant 'Shop': ${tenant}`,
      expect.stringMatching(/^Tenant 'Lab': [0-9a-f-]{36}$/),
      'AURA_API_URL is set for later steps. The simulator stops when the job ends.',
    ]);
  });

  it.skipIf(process.platform === 'win32')(
    'hides the output of the program from others',
    async () => {
      const stages = makeStages();
      await stages.main();
      onTestFinished(() => stages.post());
      const [file = ''] = readdirSync(stages.temp);
      expect(statSync(path.join(stages.temp, file)).mode & 0o777).toBe(0o600);
    },
  );

  it('starts nothing if an input is invalid', async () => {
    const stages = makeStages({ speed: 'fast', role: 'owner' });
    await stages.main();
    expect(stages.exitCode()).toBe(1);
    expect(stages.lines()).toEqual([
      "::error title=Aura simulator%3A step failed::Input 'speed' is 'fast'; expected a number greater than 0.%0AInput 'role' is 'owner'; expected one of member, viewer.",
    ]);
    expect(readdirSync(stages.temp)).toEqual([]);
    expect([stages.outputs(), stages.variables(), stages.state()]).toEqual([{}, {}, '']);
  });
});

const failed = '::error title=Aura simulator%3A step failed::';

/** Runs main with a program that is not the simulator. @returns the message of the error. */
async function failureOf(
  stages: Stages,
  code: string,
  options: Parameters<Stages['main']>[0] = {},
): Promise<string> {
  await stages.main({ script: makeProgram(code), ...options });
  expect(stages.exitCode()).toBe(1);
  expect([stages.outputs(), stages.variables(), stages.state()]).toEqual([{}, {}, '']);
  const errors = stages.lines().filter((line) => line.startsWith('::error'));
  expect(errors).toEqual([expect.stringMatching(new RegExp(`^${failed}`))]);
  return errors[0]?.slice(failed.length) ?? '';
}

describe('the main step fails, and nothing continues to run, if the program', () => {
  it('ends at once', async () => {
    const code = `${saysWhoItIs} console.error('The simulator could not start: no reason.'); process.exit(3);`;
    const stages = makeStages();
    expect(await failureOf(stages, code)).toMatch(
      /^Could not start the simulator: its program ended with exit code 3\. It printed: process \d+%0AThe simulator could not start: no reason\.$/,
    );
    await hasEnded(stages);
  });

  it('is killed', async () => {
    expect(await failureOf(makeStages(), "process.kill(process.pid, 'SIGKILL');")).toBe(
      'Could not start the simulator: its program ended with SIGKILL. It printed nothing.',
    );
  });

  it('is not there', async () => {
    const stages = makeStages();
    expect(await failureOf(stages, '', { script: path.join(stages.temp, 'none.mjs') })).toMatch(
      /^Could not start the simulator: its program ended with exit code 1\. It printed: .*Cannot find module/s,
    );
  });

  it('prints no address within 10 s', async () => {
    const clock = new InstantClock();
    expect(await failureOf(makeStages(), forever, { clock })).toMatch(
      /^Could not start the simulator: no address after 10s\. It printed nothing\.$/,
    );
    expect(clock.now()).toBe(10_000);
  });

  it('prints an address that is not of this machine', async () => {
    const code = `${saysWhoItIs} console.log('url            http://192.0.2.1:80'); process.exit();`;
    expect(await failureOf(makeStages(), code)).toContain('ended with exit code 0. It printed: ');
  });

  it('prints an address where nobody answers', async () => {
    const stages = makeStages();
    const message = await failureOf(
      stages,
      `${saysWhoItIs} console.log('${address}1'); ${forever}`,
    );
    expect(message).toBe('Could not start the simulator: connect ECONNREFUSED 127.0.0.1:1');
    await hasEnded(stages);
  });

  it.each([
    [200, '{"clientId": 1}'],
    [200, 'Hello'],
    [404, '{"error":"no"}'],
  ])('prints the address of something else, which answers %i %s', async (status, body) => {
    const server = createServer((_, response) => response.writeHead(status).end(body)).listen(0);
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const stages = makeStages();
    const message = await failureOf(
      stages,
      `${saysWhoItIs} console.log('${address}${port}'); ${forever}`,
    );
    expect(message).toBe(
      `Could not start the simulator: the answer (status ${status}) is not that of a simulator`,
    );
    await hasEnded(stages);
  });

  it('floods its output', async () => {
    const code = `process.stdout.write('x'.repeat(2000000), () => process.exit(1));`;
    expect(await failureOf(makeStages(), code)).toContain('ended with exit code 1.');
  });
});

describe('a cancelled main step', () => {
  it('ends the program that it waits for', async () => {
    const cancel = new AbortController();
    const stages = makeStages();
    const code = `${saysWhoItIs} ${forever}`;
    // Cancelled in its first pause, in which the program has time to say who it is.
    const clock = {
      now: () => 0,
      sleep: async (_: number, signal?: AbortSignal): Promise<void> => {
        await vi.waitFor(() => {
          expect(printed(stages)).toContain('process');
        });
        cancel.abort(new CancelledError('SIGINT'));
        signal?.throwIfAborted();
      },
    };
    const message = await failureOf(stages, code, { clock, signal: cancel.signal });
    expect(message).toBe('The step was cancelled (SIGINT)');
    await hasEnded(stages);
  });
});
