import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { InstantClock } from '../../core/time/clocks.ts';
import { type Stages, makeStages } from './stages.ts';
import { CancelledError } from '../../../src/core/errors.ts';
import { startSimulator, type Simulator } from '../../../simulator/aura/simulator.ts';

const clientId = 'the-client-of-this-test';

/** The state of a step whose program has printed this. */
function stateOf({ temp }: Stages, output: string): string {
  const file = path.join(temp, 'simulator.log');
  writeFileSync(file, output);
  return JSON.stringify({ file, clientId });
}

function stateAt(stages: Stages, url: string): string {
  return stateOf(stages, `url            ${url}\n`);
}

/** A simulator that can be stopped, in this process. */
async function simulate(): Promise<{ simulator: Simulator; stopped: () => number }> {
  let stopped = 0;
  const simulator = await startSimulator({ clientId, onStop: () => (stopped += 1) });
  onTestFinished(() => simulator.close());
  return { simulator, stopped: () => stopped };
}

/** A server that is not the simulator. @returns its address. */
function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

/** The only warning of a post step, which otherwise succeeds. */
function warningOf(stages: Stages): string {
  expect(stages.exitCode()).toBeUndefined();
  const commands = stages.lines().filter((line) => line.startsWith('::'));
  expect(commands).toHaveLength(1);
  expect(commands[0]).toMatch(/^::warning::/);
  return commands[0]?.slice('::warning::'.length) ?? '';
}

describe('the post step of the simulator action', () => {
  it('stops the simulator that main has started', async () => {
    const stages = makeStages();
    await stages.main();
    const { 'api-url': url = '' } = stages.outputs();
    await stages.post();
    expect(stages.lines().slice(-2)).toEqual([
      'Nothing is left in the simulator.',
      `The simulator at ${url} stopped.`,
    ]);
    await vi.waitFor(() => expect(fetch(url)).rejects.toThrow());
  });

  it.each(['', '{}', 'x', '{"file":1,"clientId":"a"}'])(
    'does nothing if the state is %j: main has started none',
    async (state) => {
      const stages = makeStages();
      await stages.post({ state });
      expect([stages.lines(), stages.exitCode()]).toEqual([[], undefined]);
    },
  );

  it('names each instance that is left in one warning, and stops the simulator', async () => {
    const { simulator, stopped } = await simulate();
    const one = simulator.seedInstance({ name: 'pr-1' });
    const other = simulator.seedInstance({ name: 'pr-2 ::error::', status: 'paused' });
    simulator.seedInstance({ name: 'pr-3', status: 'destroying' });
    const stages = makeStages();
    await stages.post({ state: stateAt(stages, simulator.url) });
    expect(warningOf(stages)).toBe(
      `The job left 2 instances in the simulator: 'pr-1' (${one.id}, running), 'pr-2 ::error::' (${other.id}, paused). In Aura they would continue to exist, and to cost money unless they are free. Use delete-after-job, or delete them in another step or job.`,
    );
    expect(stopped()).toBe(1);
  });

  it('names those that do not fit into a warning in the log', async () => {
    const { simulator } = await simulate();
    for (let number = 1; number <= 60; number += 1) {
      simulator.seedInstance({
        name: `a-name-of-thirty-characters-${String(number).padStart(2, '0')}`,
      });
    }
    const stages = makeStages();
    await stages.post({ state: stateAt(stages, simulator.url) });
    expect(warningOf(stages)).toContain('left 60 instances');
    expect(warningOf(stages)).toContain('a-name-of-thirty-characters-20');
    expect(warningOf(stages)).toMatch(/ and 40 more, which the log names\. In Aura .* job\.$/);
    const others = stages.lines().filter((line) => line.startsWith('Also left: '));
    expect(others).toHaveLength(40);
    expect(others.at(-1)).toMatch(
      /^Also left: 'a-name-of-thirty-characters-60' \([0-9a-f]{8}, running\)$/,
    );
  });

  it('reads an answer of any usual length', async () => {
    const { simulator, stopped } = await simulate();
    for (let number = 1; number <= 2_000; number += 1) simulator.seedInstance({ name: 'x' });
    const stages = makeStages();
    await stages.post({ state: stateAt(stages, simulator.url) });
    expect(warningOf(stages)).toContain('left 2000 instances');
    expect(stopped()).toBe(1);
  });
});

describe('the post step only warns if', () => {
  it('the program has ended', async () => {
    const stages = makeStages();
    const url = 'http://127.0.0.1:1';
    await stages.post({ state: stateOf(stages, `url            ${url}\nRangeError: a reason\n`) });
    expect(warningOf(stages)).toBe(
      `The simulator of this job no longer runs at ${url} (connect ECONNREFUSED 127.0.0.1:1), so what existed in it is unknown. It printed: url            ${url}%0ARangeError: a reason`,
    );
  });

  it('another simulator has its address, and does not stop that one', async () => {
    const { simulator, stopped } = await simulate();
    const stages = makeStages();
    const state = stateAt(stages, simulator.url).replace(clientId, 'somebody-else');
    simulator.seedInstance({ name: 'theirs' });
    await stages.post({ state });
    expect(warningOf(stages)).toContain('(another simulator has its address)');
    expect(warningOf(stages)).not.toContain('theirs');
    expect(stopped()).toBe(0);
  });

  it('the simulator does not answer', async () => {
    const clock = new InstantClock();
    const stages = makeStages();
    const url = await serve(() => undefined);
    await stages.post({ clock, state: stateAt(stages, url) });
    expect(warningOf(stages)).toBe(
      'Could not stop the simulator: no answer within 5s. The runner ends it with the job.',
    );
    expect(clock.now()).toBe(5_000);
  });

  it.each<[string, RequestListener, string]>([
    ['an error', (_, response) => response.writeHead(500).end(), '(status 500)'],
    ['no JSON', (_, response) => response.end('Hello'), '(status 200)'],
    ['nothing', (request) => request.socket.destroy(), 'socket hang up'],
    [
      'without end',
      (_, response) => {
        response.write('x'.repeat(6_000_000));
      },
      'too long an answer',
    ],
    [
      'half an answer',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{', () => request.socket.destroy());
      },
      'aborted',
    ],
  ])('the simulator answers %s', async (_, listener, reason) => {
    const stages = makeStages();
    await stages.post({ state: stateAt(stages, await serve(listener)) });
    expect(warningOf(stages)).toMatch(/^Could not stop the simulator: /);
    expect(warningOf(stages)).toContain(reason);
  });

  it('the simulator refuses to stop', async () => {
    const simulator = await startSimulator({ clientId });
    onTestFinished(() => simulator.close());
    const stages = makeStages();
    await stages.post({ state: stateAt(stages, simulator.url) });
    expect(warningOf(stages)).toContain(
      'Could not stop the simulator: it answered with status 409.',
    );
  });

  it('main was killed before the program printed its address', async () => {
    const clock = new InstantClock();
    const stages = makeStages();
    await stages.post({ clock, state: stateOf(stages, 'url            http://127.0.0.1:80') });
    expect(warningOf(stages)).toBe(
      'Could not stop the simulator: no address after 3s. It printed: url            http://127.0.0.1:80. The runner ends it with the job.',
    );
    expect(clock.now()).toBe(3_000);
  });

  it('the output of the program is gone', async () => {
    const stages = makeStages();
    const state = JSON.stringify({ file: path.join(stages.temp, 'none'), clientId });
    await stages.post({ clock: new InstantClock(), state });
    expect(warningOf(stages)).toBe(
      'Could not stop the simulator: no address after 3s. It printed nothing. The runner ends it with the job.',
    );
  });

  it('it is cancelled', async () => {
    const { simulator } = await simulate();
    const stages = makeStages();
    const signal = AbortSignal.abort(new CancelledError('SIGTERM'));
    await stages.post({ signal, state: stateAt(stages, simulator.url) });
    expect(warningOf(stages)).toContain('The step was cancelled (SIGTERM)');
  });
});

it('the post step finds a simulator whose main step was killed after the start', async () => {
  const { simulator, stopped } = await simulate();
  const stages = makeStages();
  const state = stateOf(stages, '');
  const clock = new InstantClock(0, () => {
    stateAt(stages, simulator.url);
  });
  // Only the first pause takes no time; the requests need real time.
  const mixed = {
    now: () => clock.now(),
    sleep: (milliseconds: number, signal?: AbortSignal): Promise<void> =>
      milliseconds < 1_000
        ? clock.sleep(milliseconds, signal)
        : new Promise((resolve) => {
            signal?.addEventListener('abort', () => {
              resolve();
            });
          }),
  };
  await stages.post({ clock: mixed, state });
  expect(stages.lines().at(-1)).toBe(`The simulator at ${simulator.url} stopped.`);
  expect(stopped()).toBe(1);
});
