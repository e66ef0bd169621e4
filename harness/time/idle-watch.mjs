/**
 * Detects when this process has nothing to do but wait: for a timer, an answer or its end. It
 * watches the processes that run the bundle, and the tests' own process if a stage runs in it.
 */
import crypto from 'node:crypto';
import process from 'node:process';
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { errorMonitor } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { performance } from 'node:perf_hooks';
import tls from 'node:tls';

/** After this many turns of the event loop without work, the process is idle. */
const quietTurns = 3;
/** How often to check work in progress again (real time). */
const recheckAfter = 2;
/** A connect that takes longer gets no answer: it counts as waiting (real time). */
const longestConnect = 1500;
/** libuv requests that end automatically: files, name lookups, child processes such as git. */
const workResources = new Set([
  'CloseReq',
  'FSReqCallback',
  'FSReqPromise',
  'GetAddrInfoReqWrap',
  'ProcessWrap',
]);

const jobBegins = 'harness:job:begin';
const jobEnds = 'harness:job:end';

// Saved before a process gets other timers.
const { setImmediate, setTimeout } = globalThis;
const now = performance.now.bind(performance);

// The channel does not report TLS sockets.
const connectTls = tls.connect;
tls.connect = (...parameters) => {
  const socket = connectTls(...parameters);
  channel('net.client.socket').publish({ socket });
  return socket;
};

// Thread pool jobs that are not visible anywhere else.
for (const name of ['scrypt', 'pbkdf2', 'hkdf']) {
  const original = crypto[name];
  crypto[name] = (...parameters) => {
    const callback = parameters.pop();
    const job = {};
    channel(jobBegins).publish(job);
    return original(...parameters, (...results) => {
      channel(jobEnds).publish(job);
      callback(...results);
    });
  };
}
syncBuiltinESMExports();

export class IdleWatch {
  #options;
  #jobs = new Set();
  #requests = new Set();
  #httpSockets = new WeakSet();
  /** Connections that are not known to be HTTP, such as those to a database. */
  #sockets = new Map();
  #scheduled = false;
  #stopped = false;
  #quietTurns = 0;

  constructor(options) {
    this.#options = options;
    for (const [name, listener] of this.#channels) subscribe(name, listener);
  }

  stop() {
    this.#stopped = true;
    for (const [name, listener] of this.#channels) unsubscribe(name, listener);
  }

  wake() {
    this.#quietTurns = 0;
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(this.#turn);
  }

  #channels = Object.entries({
    'http.client.request.created': ({ request }) => {
      this.#begin(request);
      request.once('socket', (socket) => {
        this.#httpSockets.add(socket);
        // This includes the request that opened the tunnel for this one: it stays open without an
        // event.
        for (const other of this.#requests) if (isAnswered(other)) this.#end(other);
      });
      // Covers most ends: body read, reset, aborted. A request with a failed tunnel only emits an
      // error.
      for (const end of ['close', errorMonitor]) request.once(end, () => this.#end(request));
    },
    // fetch() does not go through node:http.
    'undici:request:create': ({ request }) => this.#begin(request),
    'undici:request:trailers': ({ request }) => this.#end(request),
    'undici:request:error': ({ request }) => this.#end(request),
    'undici:client:connected': ({ socket }) => this.#httpSockets.add(socket),
    [jobBegins]: (job) => this.#jobs.add(job),
    [jobEnds]: (job) => this.#jobs.delete(job),
    'net.client.socket': ({ socket }) => {
      this.#sockets.set(socket, { bytes: 0, since: now() });
      socket.once('close', () => this.#sockets.delete(socket));
    },
  });

  #begin(request) {
    this.#requests.add(request);
    this.#changed();
  }

  #end(request) {
    if (this.#requests.delete(request)) this.#changed();
  }

  #changed() {
    this.#options.onChange?.();
    this.wake();
  }

  #turn = () => {
    if (this.#stopped) return;
    const due = this.#options.takeDue?.();
    this.#quietTurns = due === undefined ? this.#quietTurns + 1 : 0;
    if (this.#quietTurns < quietTurns) {
      setImmediate(this.#turn);
      // Due work may throw, so it comes last.
      due?.();
      return;
    }
    this.#quietTurns = 0;
    if (this.#isWorking()) {
      setTimeout(this.#turn, recheckAfter).unref();
      return;
    }
    this.#scheduled = false;
    this.#options.onIdle([...this.#requests].filter((request) => !isAnswered(request)).length);
  };

  #isWorking() {
    return (
      this.#jobs.size > 0 ||
      process.getActiveResourcesInfo().some((resource) => workResources.has(resource)) ||
      this.#socketsAtWork()
    );
  }

  #socketsAtWork() {
    let atWork = false;
    for (const [socket, seen] of this.#sockets) {
      if (this.#httpSockets.has(socket)) {
        this.#sockets.delete(socket);
        continue;
      }
      const bytes = socket.bytesRead + socket.bytesWritten;
      if (bytes !== seen.bytes) Object.assign(seen, { bytes, since: now() });
      const quietAfter = socket.connecting ? longestConnect : this.#options.socketQuietAfter;
      if (now() - seen.since < quietAfter) atWork = true;
    }
    return atWork;
  }
}

/** An open tunnel counts as answered, and so does a request whose answer is not read. */
function isAnswered({ res }) {
  return res?.readableFlowing === null;
}
