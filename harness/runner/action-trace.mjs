/** Records what a process does, in order: see trace.ts. */
import process from 'node:process';
import { createHash } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const textLimit = 200;
const commandFiles = new Map(
  Object.entries({
    output: process.env.GITHUB_OUTPUT,
    env: process.env.GITHUB_ENV,
    state: process.env.GITHUB_STATE,
    summary: process.env.GITHUB_STEP_SUMMARY,
    path: process.env.GITHUB_PATH,
  })
    .filter(([, file]) => file !== undefined)
    .map(([name, file]) => [file, name]),
);

/**
 * Starts the trace, in an append-only file. Each event is recorded right before it happens; event
 * number `killBefore` is neither recorded nor executed.
 */
export function traceTo(tracePath, killBefore) {
  const write = fs.writeSync;
  const descriptor = fs.openSync(tracePath, 'a');
  let count = 0;
  const record = (event) => {
    if (count === killBefore) process.kill(process.pid, 'SIGKILL');
    count += 1;
    write(descriptor, `${JSON.stringify({ at: Date.now(), ...event })}\n`);
  };
  traceStream(process.stdout, 'stdout', record);
  traceStream(process.stderr, 'stderr', record);
  traceFiles(record);
  traceRequests(record);
  traceSleeps(record);
}

function traceStream(stream, kind, record) {
  const write = stream.write;
  stream.write = function (chunk, ...rest) {
    const text = String(chunk).replace(/^(\s*::add-mask::)(.*)$/gm, (_, command, data) => {
      return command + createHash('sha256').update(data).digest('hex').slice(0, 12);
    });
    record({ kind, text: text.slice(0, textLimit) });
    return write.call(this, chunk, ...rest);
  };
}

function traceFiles(record) {
  // Node's appendFile calls its own writeFile: one event for both.
  let nested = false;
  const traced = (target, name) => {
    const original = target[name];
    target[name] = function (file, data, ...rest) {
      const outermost = !nested;
      if (outermost && typeof file !== 'number') record(describeWrite(file, data));
      nested = true;
      try {
        return original.call(this, file, data, ...rest);
      } finally {
        if (outermost) nested = false;
      }
    };
  };
  for (const name of ['appendFileSync', 'writeFileSync', 'appendFile', 'writeFile']) {
    traced(fs, name);
  }
  for (const name of ['appendFile', 'writeFile']) traced(fs.promises, name);
  syncBuiltinESMExports();
}

function describeWrite(file, data) {
  if (typeof file.fd === 'number') return { kind: 'write', path: `file handle ${file.fd}` };
  const target = file instanceof globalThis.URL ? fileURLToPath(file) : path.resolve(String(file));
  const name = commandFiles.get(target);
  if (name === undefined) return { kind: 'write', path: target };
  return { kind: 'command-file', file: name, keys: name === 'summary' ? [] : keysOf(String(data)) };
}

function keysOf(text) {
  const keys = [];
  let delimiter;
  for (const line of text.split(/\r?\n/)) {
    if (delimiter !== undefined) {
      if (line === delimiter) delimiter = undefined;
      continue;
    }
    const [, key, separator, rest] = /^(.*?)(<<|=)(.*)$/.exec(line) ?? [];
    if (key === undefined) continue;
    keys.push(key);
    if (separator === '<<') delimiter = rest;
  }
  return keys;
}

function traceRequests(record) {
  subscribe('http.client.request.created', ({ request }) => {
    const host = request.getHeader('host') ?? request.host;
    record({ kind: 'request', method: request.method, host, path: request.path });
  });
}

function traceSleeps(record) {
  const original = globalThis.setTimeout;
  const traced = (callback, delay, ...parameters) => {
    if (delay >= 1) record({ kind: 'sleep', milliseconds: delay });
    return original(callback, delay, ...parameters);
  };
  Object.defineProperties(traced, Object.getOwnPropertyDescriptors(original));
  globalThis.setTimeout = traced;
}
