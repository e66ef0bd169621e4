/** Knows whether this process is at work, waits for answers, or does nothing at all. */
import process from 'node:process';
import crypto from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { syncBuiltinESMExports } from 'node:module';
import tls from 'node:tls';

/** Requests of libuv that end by themselves: files, name look-ups, connects, child processes. */
const workResources = new Set([
  'CloseReq',
  'FSReqCallback',
  'FSReqPromise',
  'GetAddrInfoReqWrap',
  'ProcessWrap',
]);
/** Usually over in no time, but there are black holes. */
const connectResource = 'TCPConnectWrap';
/** A connection that isn't HTTP counts as at work until this long after its last byte. */
const socketQuietAfter = 100;

const openHttp = new Set();
const httpSockets = new WeakSet();
const plainSockets = new Map();
let jobs = 0;
let changed = () => undefined;

function open(request) {
  openHttp.add(request);
  changed();
}

function close(request) {
  if (openHttp.delete(request)) changed();
}

function watchHttp() {
  subscribe('http.client.request.created', ({ request }) => {
    open(request);
    request.on('socket', (socket) => httpSockets.add(socket));
    // Covers the ends alike: body read, reset, aborted. A tunnel stays open, but is answered.
    request.once('close', () => close(request));
    if (request.method === 'CONNECT') watchTunnel(request);
  });
  // fetch() does not go through node:http.
  subscribe('undici:request:create', ({ request }) => open(request));
  subscribe('undici:request:trailers', ({ request }) => close(request));
  subscribe('undici:request:error', ({ request }) => close(request));
}

/** Without a listener of its own, a request would drop the connection that it was given. */
function watchTunnel(request) {
  const emit = request.emit;
  request.emit = function (event, ...parameters) {
    if (event === 'connect') close(request);
    return emit.call(this, event, ...parameters);
  };
}

function watchSockets() {
  const watch = (socket) => {
    plainSockets.set(socket, { bytes: -1, since: 0 });
    socket.once('close', () => plainSockets.delete(socket));
    return socket;
  };
  subscribe('net.client.socket', ({ socket }) => watch(socket));
  // The channel tells of no TLS sockets.
  const connect = tls.connect;
  tls.connect = (...parameters) => watch(connect(...parameters));
  syncBuiltinESMExports();
}

/** Jobs of the thread pool that show up nowhere else. */
function watchCrypto() {
  for (const name of ['scrypt', 'pbkdf2', 'hkdf']) {
    const original = crypto[name];
    crypto[name] = (...parameters) => {
      const callback = parameters.pop();
      jobs += 1;
      return original(...parameters, (...results) => {
        jobs -= 1;
        changed();
        callback(...results);
      });
    };
  }
  syncBuiltinESMExports();
}

function plainSocketsAtWork(now) {
  let atWork = false;
  for (const [socket, seen] of plainSockets) {
    if (httpSockets.has(socket)) {
      plainSockets.delete(socket);
      continue;
    }
    const bytes = socket.bytesRead + socket.bytesWritten;
    if (bytes !== seen.bytes) Object.assign(seen, { bytes, since: now });
    if (now - seen.since < socketQuietAfter) atWork = true;
  }
  return atWork;
}

export const activity = {
  start(onChange) {
    changed = onChange;
    watchHttp();
    watchSockets();
    watchCrypto();
  },

  /** HTTP requests of this process that have not ended. */
  openRequests() {
    return openHttp.size;
  },

  /** Whether something is under way that ends without the help of a timer or of a server. */
  isWorking(now) {
    return (
      jobs > 0 ||
      process.getActiveResourcesInfo().some((resource) => workResources.has(resource)) ||
      plainSocketsAtWork(now)
    );
  },

  isConnecting() {
    return process.getActiveResourcesInfo().includes(connectResource);
  },
};
