import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

const preload = new URL('../../../harness/time/fast-process.mjs', import.meta.url).href;

/** Runs a program whose time passes 10,000 times as fast, as the file `name`. @returns its output */
async function runFast(name: string, program: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fast-process-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'dist'));
  const file = join(folder, 'dist', name);
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(file, program);
  const env = { ...process.env, FAST_PROCESS_SPEED: '10000' };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [`--import=${preload}`, file], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('close', () => {
      resolve(output);
    });
  });
}

const waitTenMinutes = `
  const times = () => [Date.now(), process.uptime() * 1000, performance.now()];
  const before = times();
  await new Promise((resolve) => setTimeout(resolve, 600_000));
  const passed = times().map((time, index) => Math.round((time - before[index]) / 60_000));
  console.log(JSON.stringify(passed));
`;

test('ten minutes of waiting pass at once, for all clocks', async () => {
  const started = performance.now();
  expect(await runFast('index.js', waitTenMinutes)).toBe('[10,10,10]\n');
  // Ten minutes in real time would run into the limit of the test.
  expect(performance.now() - started).toBeLessThan(60_000);
});

test('a limit does not pass while an answer is awaited', async () => {
  const server = createServer((_, response) => {
    setTimeout(() => response.end('late'), 300);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const output = await runFast(
    'post.js',
    `import http from 'node:http';
     const limit = setTimeout(() => { console.log('too late'); process.exit(); }, 60_000);
     http.get('http://127.0.0.1:${port}', (response) => {
       response.resume().once('end', () => { console.log('answered'); clearTimeout(limit); });
     });`,
  );
  expect(output).toBe('answered\n');
});

test('a process without timers ends', async () => {
  expect(await runFast('index.js', "console.log('done')")).toBe('done\n');
});

test('a timer that is not referenced does not keep a process alive', async () => {
  const output = await runFast(
    'index.js',
    "setTimeout(() => console.log('fired'), 1e9).unref(); console.log('done')",
  );
  expect(output).toBe('done\n');
});

test('other programs of the job keep the time of the machine', async () => {
  const output = await runFast(
    'test.js',
    'console.log(setTimeout.toString().includes("timers.add"))',
  );
  expect(output).toBe('false\n');
});
