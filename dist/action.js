import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 20770:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

module.exports = __nccwpck_require__(20218);


/***/ }),

/***/ 20218:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var net = __nccwpck_require__(69278);
var tls = __nccwpck_require__(64756);
var http = __nccwpck_require__(58611);
var https = __nccwpck_require__(65692);
var events = __nccwpck_require__(24434);
var assert = __nccwpck_require__(42613);
var util = __nccwpck_require__(39023);


exports.httpOverHttp = httpOverHttp;
exports.httpsOverHttp = httpsOverHttp;
exports.httpOverHttps = httpOverHttps;
exports.httpsOverHttps = httpsOverHttps;


function httpOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  return agent;
}

function httpsOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}

function httpOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  return agent;
}

function httpsOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}


function TunnelingAgent(options) {
  var self = this;
  self.options = options || {};
  self.proxyOptions = self.options.proxy || {};
  self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
  self.requests = [];
  self.sockets = [];

  self.on('free', function onFree(socket, host, port, localAddress) {
    var options = toOptions(host, port, localAddress);
    for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
        // Detect the request to connect same origin server,
        // reuse the connection.
        self.requests.splice(i, 1);
        pending.request.onSocket(socket);
        return;
      }
    }
    socket.destroy();
    self.removeSocket(socket);
  });
}
util.inherits(TunnelingAgent, events.EventEmitter);

TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
  var self = this;
  var options = mergeOptions({request: req}, self.options, toOptions(host, port, localAddress));

  if (self.sockets.length >= this.maxSockets) {
    // We are over limit so we'll add it to the queue.
    self.requests.push(options);
    return;
  }

  // If we are under maxSockets create a new one.
  self.createSocket(options, function(socket) {
    socket.on('free', onFree);
    socket.on('close', onCloseOrRemove);
    socket.on('agentRemove', onCloseOrRemove);
    req.onSocket(socket);

    function onFree() {
      self.emit('free', socket, options);
    }

    function onCloseOrRemove(err) {
      self.removeSocket(socket);
      socket.removeListener('free', onFree);
      socket.removeListener('close', onCloseOrRemove);
      socket.removeListener('agentRemove', onCloseOrRemove);
    }
  });
};

TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
  var self = this;
  var placeholder = {};
  self.sockets.push(placeholder);

  var connectOptions = mergeOptions({}, self.proxyOptions, {
    method: 'CONNECT',
    path: options.host + ':' + options.port,
    agent: false,
    headers: {
      host: options.host + ':' + options.port
    }
  });
  if (options.localAddress) {
    connectOptions.localAddress = options.localAddress;
  }
  if (connectOptions.proxyAuth) {
    connectOptions.headers = connectOptions.headers || {};
    connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
        new Buffer(connectOptions.proxyAuth).toString('base64');
  }

  debug('making CONNECT request');
  var connectReq = self.request(connectOptions);
  connectReq.useChunkedEncodingByDefault = false; // for v0.6
  connectReq.once('response', onResponse); // for v0.6
  connectReq.once('upgrade', onUpgrade);   // for v0.6
  connectReq.once('connect', onConnect);   // for v0.7 or later
  connectReq.once('error', onError);
  connectReq.end();

  function onResponse(res) {
    // Very hacky. This is necessary to avoid http-parser leaks.
    res.upgrade = true;
  }

  function onUpgrade(res, socket, head) {
    // Hacky.
    process.nextTick(function() {
      onConnect(res, socket, head);
    });
  }

  function onConnect(res, socket, head) {
    connectReq.removeAllListeners();
    socket.removeAllListeners();

    if (res.statusCode !== 200) {
      debug('tunneling socket could not be established, statusCode=%d',
        res.statusCode);
      socket.destroy();
      var error = new Error('tunneling socket could not be established, ' +
        'statusCode=' + res.statusCode);
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    if (head.length > 0) {
      debug('got illegal response body from proxy');
      socket.destroy();
      var error = new Error('got illegal response body from proxy');
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    debug('tunneling connection has established');
    self.sockets[self.sockets.indexOf(placeholder)] = socket;
    return cb(socket);
  }

  function onError(cause) {
    connectReq.removeAllListeners();

    debug('tunneling socket could not be established, cause=%s\n',
          cause.message, cause.stack);
    var error = new Error('tunneling socket could not be established, ' +
                          'cause=' + cause.message);
    error.code = 'ECONNRESET';
    options.request.emit('error', error);
    self.removeSocket(placeholder);
  }
};

TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
  var pos = this.sockets.indexOf(socket)
  if (pos === -1) {
    return;
  }
  this.sockets.splice(pos, 1);

  var pending = this.requests.shift();
  if (pending) {
    // If we have pending requests and a socket gets closed a new one
    // needs to be created to take over in the pool for the one that closed.
    this.createSocket(pending, function(socket) {
      pending.request.onSocket(socket);
    });
  }
};

function createSecureSocket(options, cb) {
  var self = this;
  TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
    var hostHeader = options.request.getHeader('host');
    var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
    });

    // 0 is dummy port for v0.6
    var secureSocket = tls.connect(0, tlsOptions);
    self.sockets[self.sockets.indexOf(socket)] = secureSocket;
    cb(secureSocket);
  });
}


function toOptions(host, port, localAddress) {
  if (typeof host === 'string') { // since v0.10
    return {
      host: host,
      port: port,
      localAddress: localAddress
    };
  }
  return host; // for v0.11 or later
}

function mergeOptions(target) {
  for (var i = 1, len = arguments.length; i < len; ++i) {
    var overrides = arguments[i];
    if (typeof overrides === 'object') {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
        var k = keys[j];
        if (overrides[k] !== undefined) {
          target[k] = overrides[k];
        }
      }
    }
  }
  return target;
}


var debug;
if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
  debug = function() {
    var args = Array.prototype.slice.call(arguments);
    if (typeof args[0] === 'string') {
      args[0] = 'TUNNEL: ' + args[0];
    } else {
      args.unshift('TUNNEL:');
    }
    console.error.apply(console, args);
  }
} else {
  debug = function() {};
}
exports.debug = debug; // for test


/***/ }),

/***/ 42613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 20181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 72250:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("dns");

/***/ }),

/***/ 24434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 79896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 58611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 65692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 69278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 34589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 16698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 37540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 77598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 53053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 40610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 78474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 37067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 32467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 77030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 41792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 57075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 41692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 73136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 57975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 73429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 75919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 38522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 70857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 13193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 64756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 39023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 49007:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ProxyAgent: () => (/* binding */ ProxyAgent),
/* harmony export */   fetch: () => (/* binding */ fetch)
/* harmony export */ });
// Stands in for undici and loads it at the first request. docs/adr/0013-undici-on-demand.md says why.
// It exports only what @actions/http-client and @actions/github import.

/** The dispatcher for requests through a proxy. */
class ProxyAgent {
  #agent;
  #options;

  constructor(options) {
    this.#options = options;
  }

  #load() {
    this.#agent ??= __nccwpck_require__.e(/* import() */ 932).then(__nccwpck_require__.t.bind(__nccwpck_require__, 94932, 19)).then(
      ({ ProxyAgent: Agent }) => new Agent(this.#options),
    );
    return this.#agent;
  }

  dispatch(options, handler) {
    this.#load().then(
      (agent) => agent.dispatch(options, handler),
      (error) => handler.onError(error),
    );
    return true;
  }

  async close() {
    await (await this.#agent)?.close();
  }

  async destroy(error) {
    await (await this.#agent)?.destroy(error);
  }
}

/** What a browser calls `fetch`, with a dispatcher as an option. */
async function fetch(...request) {
  const undici = await __nccwpck_require__.e(/* import() */ 932).then(__nccwpck_require__.t.bind(__nccwpck_require__, 94932, 19));
  return undici.fetch(...request);
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run),
  x: () => (/* binding */ runOperation)
});

;// CONCATENATED MODULE: ./src/core/errors.ts
/**
 * A failure as the user sees it, in one message: what was tried and on what, the response, what to
 * do next.
 */
class ActionError extends Error {
    name = 'ActionError';
}
/** The reason of every abort after the runner has cancelled the step. */
class CancelledError extends Error {
    name = 'CancelledError';
    /** The signal that the runner sent, such as `SIGINT`. */
    by;
    constructor(by) {
        super(`The step was cancelled (${by})`);
        this.by = by;
    }
}
/** The reason of an abort as an `Error`, whatever its type. */
function asError(reason) {
    return reason instanceof Error ? reason : new Error(String(reason));
}

;// CONCATENATED MODULE: ./src/core/runner/cancellation.ts

/**
 * Aborts when the runner cancels the step: SIGINT, and SIGTERM 7.5 seconds later. Without a handler
 * Node would end immediately, in the middle of its work.
 */
function cancellation() {
    const controller = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM']) {
        process.on(name, () => {
            controller.abort(new CancelledError(name));
        });
    }
    return controller.signal;
}

;// CONCATENATED MODULE: ./src/core/time/clock.ts

/** The time of day when this process began; from here on only a counter that never jumps. */
const origin = Date.now() - performance.now();
/** Node treats a longer delay as 1 ms. */
const longestTimer = 2 ** 31 - 1;
/**
 * The clock of the machine as it was when the process began: a runner's clock may be set while a
 * step waits, and that must neither end a wait nor make it longer.
 */
const systemClock = {
    now: () => Math.floor(origin + performance.now()),
    sleep: async (milliseconds, signal) => {
        signal?.throwIfAborted();
        const { promise, resolve, reject } = Promise.withResolvers();
        const stop = () => {
            reject(asError(signal?.reason));
        };
        const timer = setTimeout(() => {
            resolve(undefined);
        }, Math.min(milliseconds, longestTimer));
        signal?.addEventListener('abort', stop, { once: true });
        try {
            await promise;
        }
        finally {
            clearTimeout(timer);
            signal?.removeEventListener('abort', stop);
        }
    },
};
/**
 * A length of time for people: `45s`, `3m 5s`, `1h 30m`.
 *
 * @param milliseconds length; parts of a second are dropped.
 */
function formatDuration(milliseconds) {
    const total = Math.max(0, Math.floor(milliseconds / 1000));
    const hours = Math.floor(total / 3600);
    const minutes = Math.floor((total % 3600) / 60);
    const seconds = total % 60;
    const parts = [
        hours > 0 ? `${hours}h` : '',
        minutes > 0 ? `${minutes}m` : '',
        seconds > 0 ? `${seconds}s` : '',
    ].filter((part) => part !== '');
    return parts.length > 0 ? parts.join(' ') : '0s';
}

;// CONCATENATED MODULE: ./src/core/runner/exit.ts
/** Work that Node waits for before it exits: a thread that cannot be interrupted. */
const held = new Set([
    'GetAddrInfoReqWrap',
    'GetNameInfoReqWrap',
    'FSReqCallback',
    'FSReqPromise',
]);
/**
 * Ends the process with its exit code, even if something hangs: an open socket, or a DNS look-up of
 * the system. Node cannot limit such a look-up, and waits for it when it exits.
 */
function exit() {
    const stuck = process.getActiveResourcesInfo().some((resource) => held.has(resource));
    const code = Number(process.exitCode ?? 0);
    if (!stuck)
        process.exit();
    // Replaces this process, including its threads, with a program that only ends with this code.
    if (process.execve !== undefined && process.platform !== 'win32') {
        process.execve(process.execPath, [process.execPath, '-e', `process.exit(${code})`], {});
    }
    // Windows cannot replace a program, but a killed one counts as failed there.
    if (code === 0)
        process.exit();
    process.kill(process.pid, 'SIGKILL');
}

// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(70857);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(79896);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
// EXTERNAL MODULE: external "http"
var external_http_ = __nccwpck_require__(58611);
var external_http_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_http_, 2);
// EXTERNAL MODULE: external "https"
var external_https_ = __nccwpck_require__(65692);
var external_https_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_https_, 2);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
    constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
        return this._decodedUsername;
    }
    get password() {
        return this._decodedPassword;
    }
}
//# sourceMappingURL=proxy.js.map
// EXTERNAL MODULE: ./node_modules/tunnel/index.js
var tunnel = __nccwpck_require__(20770);
// EXTERNAL MODULE: ./vendor/undici/index.js
var undici = __nccwpck_require__(49007);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function lib_getProxyUrl(serverUrl) {
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = ['OPTIONS', 'GET', 'DELETE', 'HEAD'];
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class lib_HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    /**
     * Gets a typed object from an endpoint
     * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
     */
    getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    /**
     * Makes a raw http request.
     * All other methods such as get, post, patch, and request ultimately call this.
     * Prefer get, del, post and patch
     */
    request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    /**
     * Needs to be called if keepAlive is set to true in request options.
     */
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    /**
     * Raw request.
     * @param info
     * @param data
     */
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    /**
     * Gets an http agent. This function is useful when you need an http agent that handles
     * routing through a proxy server - depending upon the url and proxy environment variables.
     * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
     */
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? external_https_namespaceObject : external_http_namespaceObject;
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    /**
     * Gets an existing header value or returns a default.
     * Handles converting number header values to strings since HTTP headers must be strings.
     * Note: This returns string | string[] since some headers can have multiple values.
     * For headers that must always be a single string (like Content-Type), use the
     * specialized _getExistingOrDefaultContentTypeHeader method instead.
     */
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    /**
     * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
     * Always returns a single string (not an array) since Content-Type should be a single value.
     * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
     * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
     * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
     */
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || external_http_.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new external_https_.Agent(options) : new external_http_.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new undici.ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/auth.js
var auth_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
class BasicCredentialHandler {
    constructor(username, password) {
        this.username = username;
        this.password = password;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class auth_BearerCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Bearer ${this.token}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class PersonalAccessTokenCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`PAT:${this.token}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
//# sourceMappingURL=auth.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/oidc-utils.js
var oidc_utils_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            try {
                // New ID Token is requested from action service
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
//# sourceMappingURL=oidc-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = (/* unused pure expression or super */ null && (_summary));
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/path-utils.js

/**
 * toPosixPath converts the given path to the posix form. On Windows, \\ will be
 * replaced with /.
 *
 * @param pth. Path to transform.
 * @return string Posix path.
 */
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
/**
 * toWin32Path converts the given path to the win32 form. On Linux, / will be
 * replaced with \\.
 *
 * @param pth. Path to transform.
 * @return string Win32 path.
 */
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
/**
 * toPlatformPath converts the given path to a platform-specific path. It does
 * this by replacing instances of / and \ with the platform-specific path
 * separator.
 *
 * @param pth The path to platformize.
 * @return string The platform-specific path.
 */
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
//# sourceMappingURL=path-utils.js.map
// EXTERNAL MODULE: external "string_decoder"
var external_string_decoder_ = __nccwpck_require__(13193);
// EXTERNAL MODULE: external "events"
var external_events_ = __nccwpck_require__(24434);
;// CONCATENATED MODULE: external "child_process"
const external_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");
// EXTERNAL MODULE: external "assert"
var external_assert_ = __nccwpck_require__(42613);
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io-util.js
var io_util_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { chmod, copyFile, lstat, mkdir, open: io_util_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_.promises;
// export const {open} = 'fs'
const IS_WINDOWS = process.platform === 'win32';
/**
 * Custom implementation of readlink to ensure Windows junctions
 * maintain trailing backslash for backward compatibility with Node.js < 24
 *
 * In Node.js 20, Windows junctions (directory symlinks) always returned paths
 * with trailing backslashes. Node.js 24 removed this behavior, which breaks
 * code that relied on this format for path operations.
 *
 * This implementation restores the Node 20 behavior by adding a trailing
 * backslash to all junction results on Windows.
 */
function readlink(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        const result = yield fs.promises.readlink(fsPath);
        // On Windows, restore Node 20 behavior: add trailing backslash to all results
        // since junctions on Windows are always directory links
        if (IS_WINDOWS && !result.endsWith('\\')) {
            return `${result}\\`;
        }
        return result;
    });
}
// See https://github.com/nodejs/node/blob/d0153aee367422d0858105abec186da4dff0a0c5/deps/uv/include/uv/win.h#L691
const UV_FS_O_EXLOCK = 0x10000000;
const READONLY = external_fs_.constants.O_RDONLY;
function exists(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        try {
            yield stat(fsPath);
        }
        catch (err) {
            if (err.code === 'ENOENT') {
                return false;
            }
            throw err;
        }
        return true;
    });
}
function isDirectory(fsPath_1) {
    return io_util_awaiter(this, arguments, void 0, function* (fsPath, useStat = false) {
        const stats = useStat ? yield stat(fsPath) : yield lstat(fsPath);
        return stats.isDirectory();
    });
}
/**
 * On OSX/Linux, true if path starts with '/'. On Windows, true for paths like:
 * \, \hello, \\hello\share, C:, and C:\hello (and corresponding alternate separator cases).
 */
function isRooted(p) {
    p = normalizeSeparators(p);
    if (!p) {
        throw new Error('isRooted() parameter "p" cannot be empty');
    }
    if (IS_WINDOWS) {
        return (p.startsWith('\\') || /^[A-Z]:/i.test(p) // e.g. \ or \hello or \\hello
        ); // e.g. C: or C:\hello
    }
    return p.startsWith('/');
}
/**
 * Best effort attempt to determine whether a file exists and is executable.
 * @param filePath    file path to check
 * @param extensions  additional file extensions to try
 * @return if file exists and is executable, returns the file path. otherwise empty string.
 */
function tryGetExecutablePath(filePath, extensions) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        let stats = undefined;
        try {
            // test file exists
            stats = yield stat(filePath);
        }
        catch (err) {
            if (err.code !== 'ENOENT') {
                // eslint-disable-next-line no-console
                console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
            }
        }
        if (stats && stats.isFile()) {
            if (IS_WINDOWS) {
                // on Windows, test for valid extension
                const upperExt = external_path_namespaceObject.extname(filePath).toUpperCase();
                if (extensions.some(validExt => validExt.toUpperCase() === upperExt)) {
                    return filePath;
                }
            }
            else {
                if (isUnixExecutable(stats)) {
                    return filePath;
                }
            }
        }
        // try each extension
        const originalFilePath = filePath;
        for (const extension of extensions) {
            filePath = originalFilePath + extension;
            stats = undefined;
            try {
                stats = yield stat(filePath);
            }
            catch (err) {
                if (err.code !== 'ENOENT') {
                    // eslint-disable-next-line no-console
                    console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
                }
            }
            if (stats && stats.isFile()) {
                if (IS_WINDOWS) {
                    // preserve the case of the actual file (since an extension was appended)
                    try {
                        const directory = external_path_namespaceObject.dirname(filePath);
                        const upperName = external_path_namespaceObject.basename(filePath).toUpperCase();
                        for (const actualName of yield readdir(directory)) {
                            if (upperName === actualName.toUpperCase()) {
                                filePath = external_path_namespaceObject.join(directory, actualName);
                                break;
                            }
                        }
                    }
                    catch (err) {
                        // eslint-disable-next-line no-console
                        console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
                    }
                    return filePath;
                }
                else {
                    if (isUnixExecutable(stats)) {
                        return filePath;
                    }
                }
            }
        }
        return '';
    });
}
function normalizeSeparators(p) {
    p = p || '';
    if (IS_WINDOWS) {
        // convert slashes on Windows
        p = p.replace(/\//g, '\\');
        // remove redundant slashes
        return p.replace(/\\\\+/g, '\\');
    }
    // remove redundant slashes
    return p.replace(/\/\/+/g, '/');
}
// on Mac/Linux, test the execute bit
//     R   W  X  R  W X R W X
//   256 128 64 32 16 8 4 2 1
function isUnixExecutable(stats) {
    return ((stats.mode & 1) > 0 ||
        ((stats.mode & 8) > 0 &&
            process.getgid !== undefined &&
            stats.gid === process.getgid()) ||
        ((stats.mode & 64) > 0 &&
            process.getuid !== undefined &&
            stats.uid === process.getuid()));
}
// Get the path of cmd.exe in windows
function getCmdPath() {
    var _a;
    return (_a = process.env['COMSPEC']) !== null && _a !== void 0 ? _a : `cmd.exe`;
}
//# sourceMappingURL=io-util.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io.js
var io_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



/**
 * Copies a file or folder.
 * Based off of shelljs - https://github.com/shelljs/shelljs/blob/9237f66c52e5daa40458f94f9565e18e8132f5a6/src/cp.js
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See CopyOptions.
 */
function cp(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        const { force, recursive, copySourceDirectory } = readCopyOptions(options);
        const destStat = (yield ioUtil.exists(dest)) ? yield ioUtil.stat(dest) : null;
        // Dest is an existing file, but not forcing
        if (destStat && destStat.isFile() && !force) {
            return;
        }
        // If dest is an existing directory, should copy inside.
        const newDest = destStat && destStat.isDirectory() && copySourceDirectory
            ? path.join(dest, path.basename(source))
            : dest;
        if (!(yield ioUtil.exists(source))) {
            throw new Error(`no such file or directory: ${source}`);
        }
        const sourceStat = yield ioUtil.stat(source);
        if (sourceStat.isDirectory()) {
            if (!recursive) {
                throw new Error(`Failed to copy. ${source} is a directory, but tried to copy without recursive flag.`);
            }
            else {
                yield cpDirRecursive(source, newDest, 0, force);
            }
        }
        else {
            if (path.relative(source, newDest) === '') {
                // a file cannot be copied to itself
                throw new Error(`'${newDest}' and '${source}' are the same file`);
            }
            yield io_copyFile(source, newDest, force);
        }
    });
}
/**
 * Moves a path.
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See MoveOptions.
 */
function mv(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        if (yield ioUtil.exists(dest)) {
            let destExists = true;
            if (yield ioUtil.isDirectory(dest)) {
                // If dest is directory copy src into dest
                dest = path.join(dest, path.basename(source));
                destExists = yield ioUtil.exists(dest);
            }
            if (destExists) {
                if (options.force == null || options.force) {
                    yield rmRF(dest);
                }
                else {
                    throw new Error('Destination already exists');
                }
            }
        }
        yield mkdirP(path.dirname(dest));
        yield ioUtil.rename(source, dest);
    });
}
/**
 * Remove a path recursively with force
 *
 * @param inputPath path to remove
 */
function rmRF(inputPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (ioUtil.IS_WINDOWS) {
            // Check for invalid characters
            // https://docs.microsoft.com/en-us/windows/win32/fileio/naming-a-file
            if (/[*"<>|]/.test(inputPath)) {
                throw new Error('File path must not contain `*`, `"`, `<`, `>` or `|` on Windows');
            }
        }
        try {
            // note if path does not exist, error is silent
            yield ioUtil.rm(inputPath, {
                force: true,
                maxRetries: 3,
                recursive: true,
                retryDelay: 300
            });
        }
        catch (err) {
            throw new Error(`File was unable to be removed ${err}`);
        }
    });
}
/**
 * Make a directory.  Creates the full path with folders in between
 * Will throw if it fails
 *
 * @param   fsPath        path to create
 * @returns Promise<void>
 */
function mkdirP(fsPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        ok(fsPath, 'a path argument must be provided');
        yield ioUtil.mkdir(fsPath, { recursive: true });
    });
}
/**
 * Returns path of a tool had the tool actually been invoked.  Resolves via paths.
 * If you check and the tool does not exist, it will throw.
 *
 * @param     tool              name of the tool
 * @param     check             whether to check if tool exists
 * @returns   Promise<string>   path to tool
 */
function which(tool, check) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // recursive when check=true
        if (check) {
            const result = yield which(tool, false);
            if (!result) {
                if (IS_WINDOWS) {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
                }
                else {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
                }
            }
            return result;
        }
        const matches = yield findInPath(tool);
        if (matches && matches.length > 0) {
            return matches[0];
        }
        return '';
    });
}
/**
 * Returns a list of all occurrences of the given tool on the system path.
 *
 * @returns   Promise<string[]>  the paths of the tool
 */
function findInPath(tool) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // build the list of extensions to try
        const extensions = [];
        if (IS_WINDOWS && process.env['PATHEXT']) {
            for (const extension of process.env['PATHEXT'].split(external_path_namespaceObject.delimiter)) {
                if (extension) {
                    extensions.push(extension);
                }
            }
        }
        // if it's rooted, return it if exists. otherwise return empty.
        if (isRooted(tool)) {
            const filePath = yield tryGetExecutablePath(tool, extensions);
            if (filePath) {
                return [filePath];
            }
            return [];
        }
        // if any path separators, return empty
        if (tool.includes(external_path_namespaceObject.sep)) {
            return [];
        }
        // build the list of directories
        //
        // Note, technically "where" checks the current directory on Windows. From a toolkit perspective,
        // it feels like we should not do this. Checking the current directory seems like more of a use
        // case of a shell, and the which() function exposed by the toolkit should strive for consistency
        // across platforms.
        const directories = [];
        if (process.env.PATH) {
            for (const p of process.env.PATH.split(external_path_namespaceObject.delimiter)) {
                if (p) {
                    directories.push(p);
                }
            }
        }
        // find all matches
        const matches = [];
        for (const directory of directories) {
            const filePath = yield tryGetExecutablePath(external_path_namespaceObject.join(directory, tool), extensions);
            if (filePath) {
                matches.push(filePath);
            }
        }
        return matches;
    });
}
function readCopyOptions(options) {
    const force = options.force == null ? true : options.force;
    const recursive = Boolean(options.recursive);
    const copySourceDirectory = options.copySourceDirectory == null
        ? true
        : Boolean(options.copySourceDirectory);
    return { force, recursive, copySourceDirectory };
}
function cpDirRecursive(sourceDir, destDir, currentDepth, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        // Ensure there is not a run away recursive copy
        if (currentDepth >= 255)
            return;
        currentDepth++;
        yield mkdirP(destDir);
        const files = yield ioUtil.readdir(sourceDir);
        for (const fileName of files) {
            const srcFile = `${sourceDir}/${fileName}`;
            const destFile = `${destDir}/${fileName}`;
            const srcFileStat = yield ioUtil.lstat(srcFile);
            if (srcFileStat.isDirectory()) {
                // Recurse
                yield cpDirRecursive(srcFile, destFile, currentDepth, force);
            }
            else {
                yield io_copyFile(srcFile, destFile, force);
            }
        }
        // Change the mode for the newly created directory
        yield ioUtil.chmod(destDir, (yield ioUtil.stat(sourceDir)).mode);
    });
}
// Buffered file copy
function io_copyFile(srcFile, destFile, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        if ((yield ioUtil.lstat(srcFile)).isSymbolicLink()) {
            // unlink/re-link it
            try {
                yield ioUtil.lstat(destFile);
                yield ioUtil.unlink(destFile);
            }
            catch (e) {
                // Try to override file permission
                if (e.code === 'EPERM') {
                    yield ioUtil.chmod(destFile, '0666');
                    yield ioUtil.unlink(destFile);
                }
                // other errors = it doesn't exist, no work to do
            }
            // Copy over symlink
            const symlinkFull = yield ioUtil.readlink(srcFile);
            yield ioUtil.symlink(symlinkFull, destFile, ioUtil.IS_WINDOWS ? 'junction' : null);
        }
        else if (!(yield ioUtil.exists(destFile)) || force) {
            yield ioUtil.copyFile(srcFile, destFile);
        }
    });
}
//# sourceMappingURL=io.js.map
;// CONCATENATED MODULE: external "timers"
const external_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/toolrunner.js
var toolrunner_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};







/* eslint-disable @typescript-eslint/unbound-method */
const toolrunner_IS_WINDOWS = process.platform === 'win32';
/*
 * Class for running command line tools. Handles quoting and arg parsing in a platform agnostic way.
 */
class ToolRunner extends external_events_.EventEmitter {
    constructor(toolPath, args, options) {
        super();
        if (!toolPath) {
            throw new Error("Parameter 'toolPath' cannot be null or empty.");
        }
        this.toolPath = toolPath;
        this.args = args || [];
        this.options = options || {};
    }
    _debug(message) {
        if (this.options.listeners && this.options.listeners.debug) {
            this.options.listeners.debug(message);
        }
    }
    _getCommandString(options, noPrefix) {
        const toolPath = this._getSpawnFileName();
        const args = this._getSpawnArgs(options);
        let cmd = noPrefix ? '' : '[command]'; // omit prefix when piped to a second tool
        if (toolrunner_IS_WINDOWS) {
            // Windows + cmd file
            if (this._isCmdFile()) {
                cmd += toolPath;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows + verbatim
            else if (options.windowsVerbatimArguments) {
                cmd += `"${toolPath}"`;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows (regular)
            else {
                cmd += this._windowsQuoteCmdArg(toolPath);
                for (const a of args) {
                    cmd += ` ${this._windowsQuoteCmdArg(a)}`;
                }
            }
        }
        else {
            // OSX/Linux - this can likely be improved with some form of quoting.
            // creating processes on Unix is fundamentally different than Windows.
            // on Unix, execvp() takes an arg array.
            cmd += toolPath;
            for (const a of args) {
                cmd += ` ${a}`;
            }
        }
        return cmd;
    }
    _processLineBuffer(data, strBuffer, onLine) {
        try {
            let s = strBuffer + data.toString();
            let n = s.indexOf(external_os_.EOL);
            while (n > -1) {
                const line = s.substring(0, n);
                onLine(line);
                // the rest of the string ...
                s = s.substring(n + external_os_.EOL.length);
                n = s.indexOf(external_os_.EOL);
            }
            return s;
        }
        catch (err) {
            // streaming lines to console is best effort.  Don't fail a build.
            this._debug(`error processing line. Failed with error ${err}`);
            return '';
        }
    }
    _getSpawnFileName() {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                return process.env['COMSPEC'] || 'cmd.exe';
            }
        }
        return this.toolPath;
    }
    _getSpawnArgs(options) {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
                for (const a of this.args) {
                    argline += ' ';
                    argline += options.windowsVerbatimArguments
                        ? a
                        : this._windowsQuoteCmdArg(a);
                }
                argline += '"';
                return [argline];
            }
        }
        return this.args;
    }
    _endsWith(str, end) {
        return str.endsWith(end);
    }
    _isCmdFile() {
        const upperToolPath = this.toolPath.toUpperCase();
        return (this._endsWith(upperToolPath, '.CMD') ||
            this._endsWith(upperToolPath, '.BAT'));
    }
    _windowsQuoteCmdArg(arg) {
        // for .exe, apply the normal quoting rules that libuv applies
        if (!this._isCmdFile()) {
            return this._uvQuoteCmdArg(arg);
        }
        // otherwise apply quoting rules specific to the cmd.exe command line parser.
        // the libuv rules are generic and are not designed specifically for cmd.exe
        // command line parser.
        //
        // for a detailed description of the cmd.exe command line parser, refer to
        // http://stackoverflow.com/questions/4094699/how-does-the-windows-command-interpreter-cmd-exe-parse-scripts/7970912#7970912
        // need quotes for empty arg
        if (!arg) {
            return '""';
        }
        // determine whether the arg needs to be quoted
        const cmdSpecialChars = [
            ' ',
            '\t',
            '&',
            '(',
            ')',
            '[',
            ']',
            '{',
            '}',
            '^',
            '=',
            ';',
            '!',
            "'",
            '+',
            ',',
            '`',
            '~',
            '|',
            '<',
            '>',
            '"'
        ];
        let needsQuotes = false;
        for (const char of arg) {
            if (cmdSpecialChars.some(x => x === char)) {
                needsQuotes = true;
                break;
            }
        }
        // short-circuit if quotes not needed
        if (!needsQuotes) {
            return arg;
        }
        // the following quoting rules are very similar to the rules that by libuv applies.
        //
        // 1) wrap the string in quotes
        //
        // 2) double-up quotes - i.e. " => ""
        //
        //    this is different from the libuv quoting rules. libuv replaces " with \", which unfortunately
        //    doesn't work well with a cmd.exe command line.
        //
        //    note, replacing " with "" also works well if the arg is passed to a downstream .NET console app.
        //    for example, the command line:
        //          foo.exe "myarg:""my val"""
        //    is parsed by a .NET console app into an arg array:
        //          [ "myarg:\"my val\"" ]
        //    which is the same end result when applying libuv quoting rules. although the actual
        //    command line from libuv quoting rules would look like:
        //          foo.exe "myarg:\"my val\""
        //
        // 3) double-up slashes that precede a quote,
        //    e.g.  hello \world    => "hello \world"
        //          hello\"world    => "hello\\""world"
        //          hello\\"world   => "hello\\\\""world"
        //          hello world\    => "hello world\\"
        //
        //    technically this is not required for a cmd.exe command line, or the batch argument parser.
        //    the reasons for including this as a .cmd quoting rule are:
        //
        //    a) this is optimized for the scenario where the argument is passed from the .cmd file to an
        //       external program. many programs (e.g. .NET console apps) rely on the slash-doubling rule.
        //
        //    b) it's what we've been doing previously (by deferring to node default behavior) and we
        //       haven't heard any complaints about that aspect.
        //
        // note, a weakness of the quoting rules chosen here, is that % is not escaped. in fact, % cannot be
        // escaped when used on the command line directly - even though within a .cmd file % can be escaped
        // by using %%.
        //
        // the saving grace is, on the command line, %var% is left as-is if var is not defined. this contrasts
        // the line parsing rules within a .cmd file, where if var is not defined it is replaced with nothing.
        //
        // one option that was explored was replacing % with ^% - i.e. %var% => ^%var^%. this hack would
        // often work, since it is unlikely that var^ would exist, and the ^ character is removed when the
        // variable is used. the problem, however, is that ^ is not removed when %* is used to pass the args
        // to an external program.
        //
        // an unexplored potential solution for the % escaping problem, is to create a wrapper .cmd file.
        // % can be escaped within a .cmd file.
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\'; // double the slash
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '"'; // double the quote
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _uvQuoteCmdArg(arg) {
        // Tool runner wraps child_process.spawn() and needs to apply the same quoting as
        // Node in certain cases where the undocumented spawn option windowsVerbatimArguments
        // is used.
        //
        // Since this function is a port of quote_cmd_arg from Node 4.x (technically, lib UV,
        // see https://github.com/nodejs/node/blob/v4.x/deps/uv/src/win/process.c for details),
        // pasting copyright notice from Node within this function:
        //
        //      Copyright Joyent, Inc. and other Node contributors. All rights reserved.
        //
        //      Permission is hereby granted, free of charge, to any person obtaining a copy
        //      of this software and associated documentation files (the "Software"), to
        //      deal in the Software without restriction, including without limitation the
        //      rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
        //      sell copies of the Software, and to permit persons to whom the Software is
        //      furnished to do so, subject to the following conditions:
        //
        //      The above copyright notice and this permission notice shall be included in
        //      all copies or substantial portions of the Software.
        //
        //      THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        //      IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        //      FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        //      AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        //      LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
        //      FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
        //      IN THE SOFTWARE.
        if (!arg) {
            // Need double quotation for empty argument
            return '""';
        }
        if (!arg.includes(' ') && !arg.includes('\t') && !arg.includes('"')) {
            // No quotation needed
            return arg;
        }
        if (!arg.includes('"') && !arg.includes('\\')) {
            // No embedded double quotes or backslashes, so I can just wrap
            // quote marks around the whole thing.
            return `"${arg}"`;
        }
        // Expected input/output:
        //   input : hello"world
        //   output: "hello\"world"
        //   input : hello""world
        //   output: "hello\"\"world"
        //   input : hello\world
        //   output: hello\world
        //   input : hello\\world
        //   output: hello\\world
        //   input : hello\"world
        //   output: "hello\\\"world"
        //   input : hello\\"world
        //   output: "hello\\\\\"world"
        //   input : hello world\
        //   output: "hello world\\" - note the comment in libuv actually reads "hello world\"
        //                             but it appears the comment is wrong, it should be "hello world\\"
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\';
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '\\';
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _cloneExecOptions(options) {
        options = options || {};
        const result = {
            cwd: options.cwd || process.cwd(),
            env: options.env || process.env,
            silent: options.silent || false,
            windowsVerbatimArguments: options.windowsVerbatimArguments || false,
            failOnStdErr: options.failOnStdErr || false,
            ignoreReturnCode: options.ignoreReturnCode || false,
            delay: options.delay || 10000
        };
        result.outStream = options.outStream || process.stdout;
        result.errStream = options.errStream || process.stderr;
        return result;
    }
    _getSpawnOptions(options, toolPath) {
        options = options || {};
        const result = {};
        result.cwd = options.cwd;
        result.env = options.env;
        result['windowsVerbatimArguments'] =
            options.windowsVerbatimArguments || this._isCmdFile();
        if (options.windowsVerbatimArguments) {
            result.argv0 = `"${toolPath}"`;
        }
        return result;
    }
    /**
     * Exec a tool.
     * Output will be streamed to the live console.
     * Returns promise with return code
     *
     * @param     tool     path to tool to exec
     * @param     options  optional exec options.  See ExecOptions
     * @returns   number
     */
    exec() {
        return toolrunner_awaiter(this, void 0, void 0, function* () {
            // root the tool path if it is unrooted and contains relative pathing
            if (!isRooted(this.toolPath) &&
                (this.toolPath.includes('/') ||
                    (toolrunner_IS_WINDOWS && this.toolPath.includes('\\')))) {
                // prefer options.cwd if it is specified, however options.cwd may also need to be rooted
                this.toolPath = external_path_namespaceObject.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
            }
            // if the tool is only a file name, then resolve it from the PATH
            // otherwise verify it exists (add extension on Windows if necessary)
            this.toolPath = yield which(this.toolPath, true);
            return new Promise((resolve, reject) => toolrunner_awaiter(this, void 0, void 0, function* () {
                this._debug(`exec tool: ${this.toolPath}`);
                this._debug('arguments:');
                for (const arg of this.args) {
                    this._debug(`   ${arg}`);
                }
                const optionsNonNull = this._cloneExecOptions(this.options);
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                    optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_.EOL);
                }
                const state = new ExecState(optionsNonNull, this.toolPath);
                state.on('debug', (message) => {
                    this._debug(message);
                });
                if (this.options.cwd && !(yield exists(this.options.cwd))) {
                    return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
                }
                const fileName = this._getSpawnFileName();
                const cp = external_child_process_namespaceObject.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
                let stdbuffer = '';
                if (cp.stdout) {
                    cp.stdout.on('data', (data) => {
                        if (this.options.listeners && this.options.listeners.stdout) {
                            this.options.listeners.stdout(data);
                        }
                        if (!optionsNonNull.silent && optionsNonNull.outStream) {
                            optionsNonNull.outStream.write(data);
                        }
                        stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.stdline) {
                                this.options.listeners.stdline(line);
                            }
                        });
                    });
                }
                let errbuffer = '';
                if (cp.stderr) {
                    cp.stderr.on('data', (data) => {
                        state.processStderr = true;
                        if (this.options.listeners && this.options.listeners.stderr) {
                            this.options.listeners.stderr(data);
                        }
                        if (!optionsNonNull.silent &&
                            optionsNonNull.errStream &&
                            optionsNonNull.outStream) {
                            const s = optionsNonNull.failOnStdErr
                                ? optionsNonNull.errStream
                                : optionsNonNull.outStream;
                            s.write(data);
                        }
                        errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.errline) {
                                this.options.listeners.errline(line);
                            }
                        });
                    });
                }
                cp.on('error', (err) => {
                    state.processError = err.message;
                    state.processExited = true;
                    state.processClosed = true;
                    state.CheckComplete();
                });
                cp.on('exit', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                cp.on('close', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    state.processClosed = true;
                    this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                state.on('done', (error, exitCode) => {
                    if (stdbuffer.length > 0) {
                        this.emit('stdline', stdbuffer);
                    }
                    if (errbuffer.length > 0) {
                        this.emit('errline', errbuffer);
                    }
                    cp.removeAllListeners();
                    if (error) {
                        reject(error);
                    }
                    else {
                        resolve(exitCode);
                    }
                });
                if (this.options.input) {
                    if (!cp.stdin) {
                        throw new Error('child process missing stdin');
                    }
                    cp.stdin.end(this.options.input);
                }
            }));
        });
    }
}
/**
 * Convert an arg string to an array of args. Handles escaping
 *
 * @param    argString   string of arguments
 * @returns  string[]    array of arguments
 */
function argStringToArray(argString) {
    const args = [];
    let inQuotes = false;
    let escaped = false;
    let arg = '';
    function append(c) {
        // we only escape double quotes.
        if (escaped && c !== '"') {
            arg += '\\';
        }
        arg += c;
        escaped = false;
    }
    for (let i = 0; i < argString.length; i++) {
        const c = argString.charAt(i);
        if (c === '"') {
            if (!escaped) {
                inQuotes = !inQuotes;
            }
            else {
                append(c);
            }
            continue;
        }
        if (c === '\\' && escaped) {
            append(c);
            continue;
        }
        if (c === '\\' && inQuotes) {
            escaped = true;
            continue;
        }
        if (c === ' ' && !inQuotes) {
            if (arg.length > 0) {
                args.push(arg);
                arg = '';
            }
            continue;
        }
        append(c);
    }
    if (arg.length > 0) {
        args.push(arg.trim());
    }
    return args;
}
class ExecState extends external_events_.EventEmitter {
    constructor(options, toolPath) {
        super();
        this.processClosed = false; // tracks whether the process has exited and stdio is closed
        this.processError = '';
        this.processExitCode = 0;
        this.processExited = false; // tracks whether the process has exited
        this.processStderr = false; // tracks whether stderr was written to
        this.delay = 10000; // 10 seconds
        this.done = false;
        this.timeout = null;
        if (!toolPath) {
            throw new Error('toolPath must not be empty');
        }
        this.options = options;
        this.toolPath = toolPath;
        if (options.delay) {
            this.delay = options.delay;
        }
    }
    CheckComplete() {
        if (this.done) {
            return;
        }
        if (this.processClosed) {
            this._setResult();
        }
        else if (this.processExited) {
            this.timeout = (0,external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this);
        }
    }
    _debug(message) {
        this.emit('debug', message);
    }
    _setResult() {
        // determine whether there is an error
        let error;
        if (this.processExited) {
            if (this.processError) {
                error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
            }
            else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
                error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
            }
            else if (this.processStderr && this.options.failOnStdErr) {
                error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
            }
        }
        // clear the timeout
        if (this.timeout) {
            clearTimeout(this.timeout);
            this.timeout = null;
        }
        this.done = true;
        this.emit('done', error, this.processExitCode);
    }
    static HandleTimeout(state) {
        if (state.done) {
            return;
        }
        if (!state.processClosed && state.processExited) {
            const message = `The STDIO streams did not close within ${state.delay / 1000} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
            state._debug(message);
        }
        state._setResult();
    }
}
//# sourceMappingURL=toolrunner.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/exec.js
var exec_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


/**
 * Exec a command.
 * Output will be streamed to the live console.
 * Returns promise with return code
 *
 * @param     commandLine        command to execute (can include additional args). Must be correctly escaped.
 * @param     args               optional arguments for tool. Escaping is handled by the lib.
 * @param     options            optional exec options.  See ExecOptions
 * @returns   Promise<number>    exit code
 */
function exec_exec(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        const commandArgs = tr.argStringToArray(commandLine);
        if (commandArgs.length === 0) {
            throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
        }
        // Path to tool to execute should be first arg
        const toolPath = commandArgs[0];
        args = commandArgs.slice(1).concat(args || []);
        const runner = new tr.ToolRunner(toolPath, args, options);
        return runner.exec();
    });
}
/**
 * Exec a command and get the output.
 * Output will be streamed to the live console.
 * Returns promise with the exit code and collected stdout and stderr
 *
 * @param     commandLine           command to execute (can include additional args). Must be correctly escaped.
 * @param     args                  optional arguments for tool. Escaping is handled by the lib.
 * @param     options               optional exec options.  See ExecOptions
 * @returns   Promise<ExecOutput>   exit code, stdout, and stderr
 */
function getExecOutput(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        var _a, _b;
        let stdout = '';
        let stderr = '';
        //Using string decoder covers the case where a mult-byte character is split
        const stdoutDecoder = new StringDecoder('utf8');
        const stderrDecoder = new StringDecoder('utf8');
        const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
        const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
        const stdErrListener = (data) => {
            stderr += stderrDecoder.write(data);
            if (originalStdErrListener) {
                originalStdErrListener(data);
            }
        };
        const stdOutListener = (data) => {
            stdout += stdoutDecoder.write(data);
            if (originalStdoutListener) {
                originalStdoutListener(data);
            }
        };
        const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
        const exitCode = yield exec_exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
        //flush any remaining characters
        stdout += stdoutDecoder.end();
        stderr += stderrDecoder.end();
        return {
            exitCode,
            stdout,
            stderr
        };
    });
}
//# sourceMappingURL=exec.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/platform.js
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_.platform();
const arch = external_os_.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
//# sourceMappingURL=platform.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return file_command_issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    command_issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function core_setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_.EOL);
    command_issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function core_debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function core_info(message) {
    process.stdout.write(message + external_os_.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return core_awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return core_awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./src/core/http/request-error.ts
/** A failed request; the message describes the response. */
class RequestError extends Error {
    name = 'RequestError';
    request;
    policy;
    effect;
    transient;
    status;
    complaints;
    requestId;
    retryAfterMilliseconds;
    constructor(message, options) {
        super(message, options.cause === undefined ? undefined : { cause: options.cause });
        this.request = options.request;
        this.policy = options.policy;
        this.effect = options.effect;
        this.transient = options.transient;
        this.status = options.status;
        this.complaints = options.complaints ?? [];
        this.requestId = options.requestId;
        this.retryAfterMilliseconds = options.retryAfterMilliseconds;
    }
    /** Whether one of the service's reasons is `reason`. */
    hasReason(reason) {
        return this.complaints.some((complaint) => complaint.reason === reason);
    }
}
/** A request that was not sent, because the timeout was reached. */
class TimeOverError extends RequestError {
    constructor({ name }, options) {
        super(`there was no time left to ask ${name}`, { ...options, effect: 'none', transient: true });
    }
}
/** The possible effect of a request if its response is missing or unreadable. */
function possibleEffect(policy) {
    return policy === 'token' || policy === 'read' ? 'none' : 'unknown';
}
/** The statuses of gateways and services after which the same request may succeed. */
const transientStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);
/**
 * The error for a response that is not the expected success.
 *
 * @param answer any status; below 300 it means that the response could not be used.
 * @param note additional text, after the service's answer.
 */
function answerError({ service, request, policy }, answer, note = '') {
    const complaints = service.readComplaints(answer.body);
    const { status } = answer;
    const said = complaints.map(describeComplaint).join(', ');
    const redirect = status >= 300 && status < 400
        ? ` with a redirect to '${answer.location ?? 'nowhere'}', which is not followed because it would take the credentials along`
        : '';
    const text = `${service.name} answered ${status}${said === '' ? '' : ` ${said}`}${redirect}${note}`;
    return new RequestError(text, {
        request,
        policy,
        status,
        complaints,
        effect: status >= 500 || status < 300 || status === 408 ? possibleEffect(policy) : 'none',
        transient: transientStatuses.has(status),
        requestId: answer.requestId,
        retryAfterMilliseconds: answer.retryAfterMilliseconds,
    });
}
function describeComplaint({ message, reason }) {
    return [message === '' ? '' : `'${message}'`, reason === undefined ? '' : `(${reason})`]
        .filter((part) => part !== '')
        .join(' ');
}

;// CONCATENATED MODULE: ./src/aura/api/complaints.ts
/**
 * Reads an error body. Aura's own services send `{"errors":[{message, reason}]}`, its gateway
 * `{"error": "…"}`; 5xx can be text, HTML or empty. Source: Aura API v1 specification and clients.
 */
function readComplaints(body) {
    let parsed;
    try {
        parsed = JSON.parse(body);
    }
    catch {
        return [];
    }
    if (typeof parsed !== 'object' || parsed === null)
        return [];
    if ('error' in parsed && typeof parsed.error === 'string') {
        return [{ message: parsed.error, reason: undefined }];
    }
    if (!('errors' in parsed) || !Array.isArray(parsed.errors))
        return [];
    return parsed.errors.slice(0, 5).flatMap((entry) => {
        if (typeof entry !== 'object' || entry === null)
            return [];
        const message = 'message' in entry && typeof entry.message === 'string' ? entry.message : '';
        const reason = 'reason' in entry && typeof entry.reason === 'string' ? entry.reason : undefined;
        return message === '' && reason === undefined ? [] : [{ message, reason }];
    });
}

;// CONCATENATED MODULE: ./src/aura/api/service.ts

/** The Aura API, for requests and messages about them. */
const aura = { name: 'Aura', userAgent: 'aura-action', readComplaints: readComplaints };

;// CONCATENATED MODULE: ./src/core/http/certificates.ts
/** Whether a URL's host is this machine, so that no certificate is needed. */
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
/** Whether Node.js accepts any certificate. Source: Node.js documentation, `NODE_TLS_REJECT_UNAUTHORIZED`. */
function certificatesIgnored(env) {
    return env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0';
}

;// CONCATENATED MODULE: ./src/core/time/time-limit.ts


/** The minimum time for work that begins before the deadline. */
const lastMilliseconds = 1_000;
/** Everything has ended this long after the deadline. */
const overrunMilliseconds = 1_500;
/** The reason of an abort because a time limit was reached. */
class TimeLimitError extends Error {
    name = 'TimeLimitError';
}
/**
 * The time limit for work that must not exceed the step's `timeout` by much, even if several such
 * limits follow each other after the deadline.
 *
 * @param usual its limit otherwise, in milliseconds.
 * @param left the time until the deadline; work that begins just before it still gets a second.
 * @returns milliseconds; 0 for work that should no longer start.
 */
function withinDeadline(usual, left) {
    return Math.min(usual, Math.max(left, Math.min(lastMilliseconds, left + overrunMilliseconds), 0));
}
/**
 * Runs work with a time limit. When the limit is reached or the signal aborts, the wait ends, even
 * if the work does not react; later results or errors are dropped. A library may ignore a signal,
 * or obey it only in some states.
 *
 * @param run receives a signal that aborts when the limit is reached, and in any case at its own
 *   end.
 * @throws {@link TimeLimitError} when time was over, without running it where it was over before;
 *   the signal's reason when aborted, otherwise the error of `run`.
 */
async function withTimeLimit(run, { clock, milliseconds, signal }) {
    signal?.throwIfAborted();
    if (milliseconds <= 0)
        throw new TimeLimitError('no time was left');
    const stop = new AbortController();
    const over = Promise.withResolvers();
    // If it loses the race, nothing handles its rejection.
    over.promise.catch(() => undefined);
    const end = (reason) => {
        stop.abort(reason);
        over.reject(asError(reason));
    };
    const abort = () => {
        end(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    const timer = clock.sleep(milliseconds, stop.signal).then(() => {
        end(new TimeLimitError(`no answer within ${Math.round(milliseconds / 1000)}s`));
    }, 
    // It ended first, and stopped the timer.
    () => undefined);
    try {
        // The race handles both, so that a late rejection is not unhandled.
        return await Promise.race([run(stop.signal), over.promise]);
    }
    catch (error) {
        stop.signal.throwIfAborted();
        throw error;
    }
    finally {
        signal?.removeEventListener('abort', abort);
        stop.abort();
        await timer;
    }
}
/** Aborts for the same reason as `signal`, but `milliseconds` later. */
function delayed(signal, milliseconds, clock) {
    const controller = new AbortController();
    const abort = () => {
        void clock.sleep(milliseconds).then(() => {
            controller.abort(signal.reason);
        });
    };
    if (signal.aborted)
        abort();
    else
        signal.addEventListener('abort', abort, { once: true });
    return controller.signal;
}

;// CONCATENATED MODULE: ./src/core/http/retry.ts

/** How often a request is tried in total when the service or the network fails. */
const maxAttempts = 8;
const firstDelayMilliseconds = 1_000;
const longestDelayMilliseconds = 30_000;
/** A failing gateway may ask to wait for days: the request is repeated after at most this time. */
const longestAskedMilliseconds = 120_000;
/**
 * The wait before the next attempt: exponential from one second to thirty, half of it random, so
 * that jobs that failed together do not retry together. A longer `Retry-After` wins.
 *
 * @param attempt the attempts made so far, from 1.
 * @param retryAfterMilliseconds the `Retry-After` of the answer, if it had one.
 * @param random a number in [0, 1).
 * @returns milliseconds.
 */
function retryDelay(attempt, retryAfterMilliseconds, random) {
    const ceiling = Math.min(longestDelayMilliseconds, firstDelayMilliseconds * 2 ** (attempt - 1));
    const backoff = ceiling / 2 + (ceiling / 2) * random;
    if (retryAfterMilliseconds === undefined)
        return Math.round(backoff);
    // A little longer than requested: otherwise all clients with the same `Retry-After` would return
    // in the same second.
    return Math.round(Math.max(backoff, retryAfterMilliseconds + 1_000 * random));
}
/**
 * How long to wait after a response. Only the token endpoint's value is used without a limit:
 * services allow few token requests per hour.
 *
 * @returns milliseconds; undefined if it asks for nothing.
 */
function askedDelay({ policy, retryAfterMilliseconds }) {
    if (retryAfterMilliseconds === undefined || policy === 'token')
        return retryAfterMilliseconds;
    return Math.min(retryAfterMilliseconds, longestAskedMilliseconds);
}
/**
 * `Retry-After` as milliseconds from now. Both forms occur.
 *
 * @param value the header: seconds, or an HTTP date.
 * @param now epoch milliseconds by the sender's clock.
 * @returns undefined for a missing or unreadable header; a date in the past is 0.
 */
function parseRetryAfter(value, now) {
    const text = value?.trim() ?? '';
    if (/^\d+$/.test(text))
        return Number(text) * 1000;
    const date = parseHttpDate(text);
    return date === undefined ? undefined : Math.max(0, date - now);
}
/** An HTTP date in epoch milliseconds; undefined for a missing or unreadable one. */
function parseHttpDate(value) {
    const text = value?.trim() ?? '';
    // Date.parse accepts nearly any text; an HTTP date begins with the name of a day.
    if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text))
        return undefined;
    const date = Date.parse(text);
    return Number.isNaN(date) ? undefined : date;
}
/**
 * Runs a request until it succeeds, an error is final, or the limits are reached.
 *
 * @param attempt sends the request once.
 * @param patience the limits; a wait that would pass the deadline is not started.
 * @param mayRepeat whether this error allows the same request again.
 * @throws the {@link RequestError} of the last attempt.
 */
async function withRetries(attempt, patience, mayRepeat) {
    const { clock, deadline, random, signal, log } = patience;
    let failures = 0;
    for (let attempts = 1;; attempts += 1) {
        try {
            return await attempt();
        }
        catch (error) {
            if (!(error instanceof RequestError) || !error.transient || !mayRepeat(error))
                throw error;
            // A request to wait is not a failure: only the deadline ends it.
            if (error.status !== 429)
                failures += 1;
            if (failures >= maxAttempts)
                throw error;
            const delay = retryDelay(attempts, askedDelay(error), random());
            if (clock.now() + delay > deadline)
                throw error;
            const count = error.status === 429 ? '' : `, attempt ${failures + 1} of ${maxAttempts}`;
            log(`${error.request}: ${error.message}. Trying again in ${formatDelay(delay)}${count}.`);
            await clock.sleep(delay, signal);
        }
    }
}
function formatDelay(milliseconds) {
    return `${(milliseconds / 1000).toFixed(1)}s`;
}

;// CONCATENATED MODULE: ./src/core/http/transport.ts





const largestAnswerBytes = 5 * 1024 * 1024;
/**
 * A transport to one origin. Each request has its own connection: if the other side has just closed
 * a reused connection, a `POST` fails and nobody knows whether it had an effect; and an open socket
 * would keep the process alive. It uses the proxy settings in `https_proxy` and `no_proxy`.
 *
 * @param origin of the API; redirects away from it are never followed.
 * @param clock measures the time limit of each request.
 */
function createTransport(service, origin, clock) {
    return {
        service,
        send: async (request, signal) => {
            const asked = askedBy(service, request);
            const milliseconds = request.limitMilliseconds;
            if (milliseconds <= 0)
                throw new TimeOverError(service, asked);
            const url = new URL(request.path, origin);
            try {
                return await withTimeLimit((stop) => exchange(url, request, { service, stop, clock }), {
                    clock,
                    milliseconds,
                    signal,
                });
            }
            catch (error) {
                signal?.throwIfAborted();
                if (error instanceof TimeLimitError)
                    throw limitError(asked, milliseconds);
                throw networkError(asked, error);
            }
        },
    };
}
/** The description of a request in errors. */
function askedBy(service, request) {
    return { service, request: nameOf(request), policy: request.policy };
}
async function exchange(url, request, { service, stop, clock }) {
    const connection = {
        prepareRequest: (options) => {
            options.signal = stop;
            // The brackets of an IPv6 address belong to the URL, not to the host that is looked up.
            options.host = url.hostname.replace(/^\[|\]$/g, '');
            if (!isLoopback(url.hostname))
                checkCertificates(options);
        },
        canHandleAuthentication: () => false,
        handleAuthentication: () => Promise.reject(new Error('not used')),
    };
    const http = new lib_HttpClient(service.userAgent, [connection], { allowRedirects: false });
    try {
        const response = await http.request(request.method, url.href, request.body ?? null, request.headers);
        const { message } = response;
        const body = await readBody(message, askedBy(service, request));
        const { date, 'retry-after': retryAfter } = message.headers;
        // By the sender's clock: the runner's own may differ by minutes.
        const now = parseHttpDate(date) ?? clock.now();
        return {
            status: message.statusCode ?? 0,
            body,
            requestId: firstHeader(message.headers['x-request-id']),
            retryAfterMilliseconds: parseRetryAfter(retryAfter, now),
            location: message.headers.location,
            date: parseHttpDate(message.headers.date),
        };
    }
    finally {
        http.dispose();
    }
}
/**
 * Makes sure that the environment cannot disable certificate checking, also through a proxy: a
 * tunnel agent has its own settings for both of its connections.
 */
function checkCertificates(options) {
    const { agent } = options;
    const holders = [options];
    if (typeof agent === 'object') {
        const settings = Reflect.get(agent, 'options');
        const proxy = Reflect.get(agent, 'proxyOptions');
        holders.push(settings, proxy);
    }
    for (const holder of holders) {
        if (typeof holder === 'object' && holder !== null)
            Reflect.set(holder, 'rejectUnauthorized', true);
    }
}
/**
 * The client's own reader is not used: it has no size limit and never ends if the connection is
 * cut.
 */
async function readBody(message, { request, policy }) {
    const chunks = [];
    let bytes = 0;
    for await (const chunk of message) {
        bytes += chunk.length;
        if (bytes > largestAnswerBytes) {
            throw new RequestError('the answer is over 5 MB and was refused', {
                request,
                policy,
                status: message.statusCode,
                effect: possibleEffect(policy),
                transient: true,
            });
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}
/** Method and path without the query, for messages. */
function nameOf(request) {
    return `${request.method} ${request.path.split('?')[0] ?? ''}`;
}
function limitError({ service, request, policy }, milliseconds) {
    const seconds = Math.round(milliseconds / 1000);
    return new RequestError(`${service.name} did not answer within ${seconds}s`, {
        request,
        policy,
        effect: possibleEffect(policy),
        transient: true,
    });
}
/** Failures before a connection was established: the request was certainly not processed. */
const notConnected = new Set([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EADDRNOTAVAIL',
]);
function networkError({ service, request, policy }, error) {
    if (error instanceof RequestError)
        return error;
    const text = textOf(error);
    const code = codeOf(error);
    const certificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code);
    const tunnel = text.startsWith('tunneling socket could not be established');
    const refused = tunnel && /statusCode=4\d\d/.test(text);
    const why = code === '' || tunnel || text.includes(code) ? text : `${text} (${code})`;
    const what = tunnel ? 'the proxy let no request through' : `no answer came from ${service.name}`;
    return new RequestError(`${what}: ${why}`, {
        request,
        policy,
        effect: certificate || tunnel || notConnected.has(code) ? 'none' : possibleEffect(policy),
        transient: !certificate && !refused,
        cause: error,
    });
}
/** For several addresses tried in parallel, the message of the first: together they have none. */
function textOf(error) {
    if (error instanceof AggregateError && error.message === '')
        return textOf(error.errors[0]);
    return error instanceof Error ? error.message : String(error);
}
/** The system's error code; for several addresses tried in parallel, that of the first. */
function codeOf(error) {
    if (error instanceof AggregateError)
        return codeOf(error.errors[0]);
    if (error instanceof Error && 'code' in error && typeof error.code === 'string')
        return error.code;
    return '';
}
function firstHeader(value) {
    return Array.isArray(value) ? value[0] : value;
}

;// CONCATENATED MODULE: ./src/core/http/server-clock.ts
/** @param clock measures the time that has passed since the last answer. */
function createServerClock(clock) {
    let last;
    const watchers = new Set();
    return {
        note: (date) => {
            if (date === undefined)
                return;
            last = { date, seenAt: clock.now() };
            for (const tell of watchers)
                tell(date);
            watchers.clear();
        },
        now: () => (last === undefined ? undefined : last.date + clock.now() - last.seenAt),
        watch: () => {
            let first;
            watchers.add((date) => {
                first = date;
            });
            return () => first;
        },
    };
}

;// CONCATENATED MODULE: ./src/core/oauth/token.ts



/**
 * Whether a text can be used as an access token. It becomes a header and a mask: anything but plain
 * visible characters cannot.
 */
function isAccessToken(text) {
    return /^[\x21-\x7e]{8,}$/.test(text);
}
/** There is no usable token, and no way to request one. */
class NoCredentialsError extends Error {
    name = 'NoCredentialsError';
    constructor({ name }) {
        super(`There is no access token that ${name} accepts, and no credentials to request one with.`);
    }
}
/**
 * A token is renewed this long before it expires, so that no request starts with a token that is
 * about to expire.
 */
const expiryMarginMilliseconds = 60_000;
/** Renewing a shorter one in advance would cost a request each minute, or each request. */
const shortLifeMilliseconds = 120_000;
/** Services allow few token requests per hour and client, and other jobs need some too. */
const maxTokens = 3;
const limitMilliseconds = 30_000;
const tokenRequest = { method: 'POST', path: '/oauth/token', policy: 'token' };
/**
 * One token for all requests: services allow few token requests per hour and client, so it is
 * reused, stored for later steps, and requested again only shortly before it expires or when it is
 * refused.
 */
function createTokenSource(options) {
    const { store, patience } = options;
    let held;
    let looked = false;
    let granted = 0;
    let pending;
    /** The token of the last renewal, until the service accepts it. */
    let unproved;
    const spent = () => granted >= maxTokens;
    const fetchOnce = () => {
        // Parallel requests share one token request.
        pending ??= requestToken(options)
            .then((fresh) => {
            granted += 1;
            held = fresh;
            store.save(fresh.token);
            return fresh.token;
        })
            .finally(() => {
            pending = undefined;
        });
        return pending;
    };
    return {
        known: () => held?.token,
        spent,
        current: async () => {
            if (!looked)
                held = findKept(options);
            looked = true;
            // The last one is used until the service refuses it.
            const usable = held !== undefined && (held.renewAt > patience.clock.now() || spent());
            return usable && held !== undefined ? held.token : fetchOnce();
        },
        renew: async (refused) => {
            if (refused.accessToken === unproved?.accessToken)
                return undefined;
            if (held !== undefined && held.token.accessToken !== refused.accessToken)
                return held.token;
            if (spent() || options.credentials === undefined)
                return undefined;
            unproved = await fetchOnce();
            return unproved;
        },
        accepted: (used) => {
            if (used.accessToken === unproved?.accessToken)
                unproved = undefined;
        },
    };
}
/**
 * The stored token, otherwise the one from sealed credentials; the latter is stored for later
 * steps.
 */
function findKept({ store, initial, patience, onSecret }) {
    const hold = (token) => {
        if (token === undefined)
            return undefined;
        onSecret(token.accessToken);
        const renewAt = renewalOf(token);
        return renewAt > patience.clock.now() ? { token, renewAt } : undefined;
    };
    const stored = hold(store.load());
    if (stored !== undefined)
        return stored;
    const lent = hold(initial);
    if (lent !== undefined)
        store.save(lent.token);
    return lent;
}
function renewalOf({ expiresAt }) {
    return expiresAt === undefined ? Infinity : expiresAt - expiryMarginMilliseconds;
}
/**
 * Sends one request: the operation that needs the token is repeated as a whole if that makes sense.
 */
async function requestToken(options) {
    const { transport, credentials, patience, onSecret } = options;
    if (credentials === undefined)
        throw new NoCredentialsError(transport.service);
    const { clock, deadline, signal } = patience;
    const basic = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString('base64');
    onSecret(basic);
    const askedAt = clock.now();
    const answer = await transport.send({
        ...tokenRequest,
        headers: {
            Authorization: `Basic ${basic}`,
            'Content-Type': 'application/x-www-form-urlencoded',
            Accept: 'application/json',
        },
        body: 'grant_type=client_credentials',
        limitMilliseconds: withinDeadline(limitMilliseconds, deadline - askedAt),
    }, signal);
    const { accessToken, lifeMilliseconds } = readGrant(answer, askedBy(transport.service, tokenRequest));
    onSecret(accessToken);
    const expiresAt = lifeMilliseconds === undefined ? undefined : askedAt + lifeMilliseconds;
    const token = { accessToken, expiresAt };
    const short = lifeMilliseconds !== undefined && lifeMilliseconds < shortLifeMilliseconds;
    return { token, renewAt: short ? Infinity : renewalOf(token) };
}
function readGrant(answer, asked) {
    if (answer.status !== 200)
        throw answerError(asked, answer);
    let body;
    try {
        body = JSON.parse(answer.body);
    }
    catch {
        body = undefined;
    }
    if (typeof body !== 'object' ||
        body === null ||
        !('access_token' in body) ||
        typeof body.access_token !== 'string' ||
        !isAccessToken(body.access_token)) {
        throw new RequestError(`the answer of ${asked.service.name} holds no access token`, {
            request: asked.request,
            policy: asked.policy,
            effect: 'none',
            transient: true,
            requestId: answer.requestId,
        });
    }
    return {
        accessToken: body.access_token,
        lifeMilliseconds: 'expires_in' in body ? readLife(body.expires_in) : undefined,
    };
}
/** Undefined for anything that is not a duration, such as a negative number. */
function readLife(expiresIn) {
    const isNumber = typeof expiresIn === 'string' && /^\d+(\.\d+)?$/.test(expiresIn);
    const seconds = isNumber ? Number(expiresIn) : expiresIn;
    if (typeof seconds !== 'number' || seconds < 0)
        return undefined;
    const milliseconds = seconds * 1000;
    return Number.isFinite(milliseconds) ? milliseconds : undefined;
}

;// CONCATENATED MODULE: ./src/aura/api/instance-fields.ts
/** Longer than any text that Aura documents; a response can be 5 MB. */
const longestText = 1_000;
/** The fields of an instance. Source: Aura API v1 specification; numbers as text seen live. */
const kinds = new Map([
    ['id', ['text']],
    ['name', ['text']],
    ['status', ['text']],
    ['tenant_id', ['text']],
    ['cloud_provider', ['text']],
    ['region', ['text']],
    ['type', ['text']],
    ['memory', ['text']],
    ['storage', ['text']],
    ['connection_url', ['text']],
    ['created_at', ['text']],
    ['metrics_integration_url', ['text']],
    ['customer_managed_key_id', ['text']],
    ['graph_nodes', ['number', 'text']],
    ['graph_relationships', ['number', 'text']],
    ['secondaries_count', ['number']],
    ['cdc_enrichment_mode', ['text']],
    ['vector_optimized', ['boolean']],
    ['graph_analytics_plugin', ['boolean']],
]);
/**
 * The fields of an instance for the output: those in the specification, each only if it has the
 * specified type, or null if Aura does not know it yet. Texts are cut to {@link longestText}.
 */
function specifiedFields(fields) {
    return Object.fromEntries(Object.entries(fields)
        .filter(([name, value]) => {
        const allowed = kinds.get(name);
        return allowed !== undefined && (value === null || allowed.some((kind) => is(kind, value)));
    })
        .map(([name, value]) => [name, typeof value === 'string' ? shortened(value) : value]));
}
function is(kind, value) {
    switch (kind) {
        case 'text':
            return typeof value === 'string';
        case 'number':
            return typeof value === 'number' && Number.isFinite(value);
        case 'boolean':
            return typeof value === 'boolean';
    }
}
function shortened(text) {
    return text.length <= longestText ? text : text.slice(0, longestText).toWellFormed();
}

;// CONCATENATED MODULE: ./src/aura/api/statuses.ts
/**
 * The final statuses. Every other status, known or not, counts as transitional: Aura has returned
 * statuses that its specification does not list. Source: Aura API v1 specification.
 */
const settled = new Set(['running', 'paused', 'suspended', 'loading failed']);
/** A status in the spelling that comparisons use. */
function normalizeStatus(status) {
    return status.trim().toLowerCase();
}
/** Whether an instance with this (normalized) status no longer changes on its own. */
function isSettled(status) {
    return settled.has(status);
}
/** Source: Aura API v1 specification; `resizing` from a client's tests. */
const busy = new Set([
    'creating',
    'loading',
    'overwriting',
    'pausing',
    'restoring',
    'resizing',
    'resuming',
    'suspending',
    'updating',
]);
/**
 * Whether Aura is known to refuse a deletion in this (normalized) status, because an operation is
 * in progress. An unknown status is not included: Aura decides.
 */
function isBusy(status) {
    return busy.has(status);
}
/** Whether an instance of this (normalized) status is being deleted. */
function isGoing(status) {
    return status === 'destroying' || status === 'deleting';
}
/**
 * Why an instance of this (normalized) status will never reach `running` or `paused`, or undefined
 * if it still may.
 */
function deadEnd(status) {
    switch (status) {
        case 'loading failed':
            return 'its data could not be loaded';
        case 'destroying':
        case 'deleting':
            return 'it is being deleted';
        case 'suspending':
        case 'suspended':
            return 'Aura has suspended it';
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./src/aura/api/types.ts


/**
 * Thrown by the readers below for a response with an unexpected shape; says which field is wrong.
 */
class ShapeError extends Error {
    name = 'ShapeError';
}
/** Reads the `data` of a list. @throws {@link ShapeError} if it is not a list */
function readList(body, read) {
    const data = readData(body);
    if (!Array.isArray(data))
        throw new ShapeError("'data' is no list");
    return readEntries(data, read);
}
function readEntries(list, read) {
    const entries = [];
    const unreadable = [];
    list.forEach((entry, index) => {
        try {
            entries.push(read(entry));
        }
        catch (error) {
            if (!(error instanceof ShapeError))
                throw error;
            unreadable.push(describeEntry(entry, `entry ${index + 1}: ${error.message}`));
        }
    });
    return { entries, unreadable };
}
function describeEntry(entry, what) {
    const fields = isRecord(entry) ? entry : {};
    const known = ['id', 'name'].flatMap((field) => {
        const value = optionalText(fields, field);
        return value === undefined ? [] : [`${field} '${value}'`];
    });
    return {
        description: known.length === 0 ? what : `${what} (${known.join(', ')})`,
        name: optionalText(fields, 'name'),
        tenantId: optionalText(fields, 'tenant_id'),
    };
}
/** Reads `data`. @throws {@link ShapeError} */
function readData(body) {
    const { data } = record(body);
    if (data === undefined || data === null)
        throw new ShapeError("'data' is missing");
    return data;
}
/** @throws {@link ShapeError} */
function readTenant(value) {
    const fields = record(value);
    return { id: types_text(fields, 'id'), name: types_text(fields, 'name') };
}
/** The `instance_configurations` of a tenant. @throws {@link ShapeError} if they are not a list */
function readConfigurations(value) {
    const { instance_configurations: list } = record(value);
    if (!Array.isArray(list))
        throw new ShapeError("'instance_configurations' is no list");
    return readEntries(list, (entry) => {
        const fields = record(entry);
        return {
            type: types_text(fields, 'type'),
            cloudProvider: types_text(fields, 'cloud_provider'),
            region: types_text(fields, 'region'),
            memory: types_text(fields, 'memory'),
            version: types_text(fields, 'version'),
        };
    });
}
/** @throws {@link ShapeError} */
function readSummary(value) {
    const fields = record(value);
    return {
        id: identifier(fields),
        name: types_text(fields, 'name'),
        tenantId: types_text(fields, 'tenant_id'),
        createdAt: optionalTime(fields, 'created_at'),
    };
}
/**
 * @param id the instance that was asked for.
 * @throws {@link ShapeError}, also for another instance: the next operation uses this id.
 */
function readInstance(value, id) {
    const fields = record(value);
    const summary = readSummary(value);
    if (summary.id.toLowerCase() !== id.toLowerCase()) {
        throw new ShapeError(`'id' is '${summary.id}', which is not the instance asked for`);
    }
    return {
        ...summary,
        status: normalizeStatus(types_text(fields, 'status')),
        cloudProvider: optionalText(fields, 'cloud_provider'),
        region: optionalText(fields, 'region'),
        type: optionalText(fields, 'type'),
        memory: optionalText(fields, 'memory'),
        connectionUrl: optionalText(fields, 'connection_url'),
        fields: specifiedFields(fields),
    };
}
/**
 * Only id and password are required: if other fields are missing, the instance must not be lost,
 * because Aura does not return its password again.
 *
 * @param asked the body of the create; it has the values that the response may omit.
 * @throws {@link ShapeError}
 */
function readCreated(value, asked) {
    const fields = record(value);
    return {
        id: identifier(fields),
        name: asked.name,
        tenantId: asked.tenant_id,
        createdAt: optionalTime(fields, 'created_at'),
        connectionUrl: optionalText(fields, 'connection_url'),
        username: optionalText(fields, 'username') ?? 'neo4j',
        password: types_text(fields, 'password'),
        cloudProvider: optionalText(fields, 'cloud_provider'),
        region: optionalText(fields, 'region'),
        type: optionalText(fields, 'type'),
    };
}
function record(value) {
    if (!isRecord(value))
        throw new ShapeError('an object is missing');
    return value;
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function types_text(fields, name) {
    const value = optionalText(fields, name);
    if (value === undefined)
        throw new ShapeError(`'${name}' is missing`);
    return value;
}
/** An id appears in paths, outputs and messages: only a plain word is a valid id. */
function identifier(fields) {
    const id = types_text(fields, 'id');
    if (!/^[\w-]{1,100}$/.test(id))
        throw new ShapeError("'id' is not an id");
    return id;
}
/**
 * An empty text counts as missing: Aura sends `""` and null for unknown values. So does a text that
 * is too long.
 */
function optionalText(fields, name) {
    const value = fields[name];
    return typeof value === 'string' && value !== '' && value.length <= longestText
        ? value
        : undefined;
}
function optionalTime(fields, name) {
    const time = Date.parse(optionalText(fields, name) ?? '');
    return Number.isNaN(time) ? undefined : time;
}

;// CONCATENATED MODULE: ./src/aura/api/client.ts








/** Long enough for a slow gateway, short enough to try again within a minute. */
const client_limitMilliseconds = 30_000;
/** A create request that times out may leave an instance whose password is lost: wait longer. */
const createLimitMilliseconds = 90_000;
const refusedForGood = ` to the last of ${maxTokens} access tokens; a step requests no more`;
/** So many lines show the problem; a response can have 100,000 entries. */
const mostLines = 50;
/** The client of one step; its only state is the token. */
function createAuraClient(connection) {
    const { patience } = connection;
    const serverClock = createServerClock(patience.clock);
    const options = { ...connection, serverClock };
    const once = (call, read) => attempt(call, read, options);
    const retried = (call, read) => withRetries(() => once(call, read), patience, (error) => call.policy === 'read' || call.policy === 'repeatable' || error.effect === 'none');
    return {
        serverClock,
        listTenants: async () => {
            const call = reading('/v1/tenants');
            return readable(call, await retried(call, (body) => readList(body, readTenant)), options);
        },
        listConfigurations: async (tenantId) => {
            const call = reading(`/v1/tenants/${encodeURIComponent(tenantId)}`);
            const list = await retried(call, (body) => readConfigurations(readData(body)));
            return readable(call, list, options);
        },
        listInstances: async (tenantId, onUnreadable) => {
            const query = tenantId === undefined ? '' : `?tenantId=${encodeURIComponent(tenantId)}`;
            const call = reading(`/v1/instances${query}`);
            const list = await retried(call, (body) => readList(body, readSummary));
            for (const entry of list.unreadable)
                onUnreadable?.(entry);
            return readable(call, list, options);
        },
        getInstance: (id, attempts) => unlessAbsent((attempts === 'once' ? once : retried)(reading(instancePath(id)), (body) => readInstance(readData(body), id))),
        createInstance: (body) => retried(creation(body), (created) => readCreated(readData(created), body)),
        pauseInstance: (id) => retried(action(id, 'pause'), ignore),
        resumeInstance: (id) => retried(action(id, 'resume'), ignore),
        deleteInstance: (id) => sendDelete(deletion(id), options),
    };
}
/** The readable entries; each of the others becomes a line in the debug log. */
function readable(call, list, { debug }) {
    const { unreadable } = list;
    for (const { description } of unreadable.slice(0, mostLines)) {
        debug?.(`Left out of the answer to ${nameOf(call)}: ${description}.`);
    }
    if (unreadable.length > mostLines) {
        debug?.(`Left out of the same answer: ${unreadable.length - mostLines} more.`);
    }
    return list.entries;
}
/** One attempt; a rejected token is renewed once, which is safe for a `POST` too. */
async function attempt(call, read, { transport, tokens, patience, serverClock }) {
    let token = await tokens.current();
    patience.signal?.throwIfAborted();
    // The response to a create contains a password that Aura does not return again: wait for it a
    // little past the end.
    const irreplaceable = call.policy === 'irreplaceable';
    const signal = irreplaceable ? patience.graceSignal : patience.signal;
    let answer = await transport.send(wireRequest(call, token, patience), signal);
    if (refusesToken(answer)) {
        const renewed = await tokens.renew(token);
        if (renewed !== undefined) {
            token = renewed;
            patience.signal?.throwIfAborted();
            answer = await transport.send(wireRequest(call, token, patience), signal);
        }
    }
    if (!refusesToken(answer))
        tokens.accepted(token);
    else if (tokens.spent())
        throw answerError(askedBy(aura, call), answer, refusedForGood);
    // The error page of a proxy has the proxy's time.
    if (isSuccess(answer))
        serverClock.note(answer.date);
    return readSuccess(call, answer, read);
}
/**
 * Both statuses occur for an expired token, and 403 for a missing permission as well; Aura refuses
 * before it acts. Source: Aura documentation (403), official client code (401).
 */
function refusesToken(answer) {
    return answer.status === 401 || answer.status === 403;
}
function isSuccess({ status }) {
    return status >= 200 && status <= 299;
}
function wireRequest(call, token, { clock, deadline }) {
    return {
        ...call,
        headers: {
            Authorization: `Bearer ${token.accessToken}`,
            Accept: 'application/json',
            // Aura answers 415 without it, even where no body is needed. Source: Aura API v1 specification.
            ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        limitMilliseconds: call.policy === 'irreplaceable'
            ? createLimitMilliseconds
            : withinDeadline(client_limitMilliseconds, deadline - clock.now()),
    };
}
function readSuccess(call, answer, read) {
    if (!isSuccess(answer))
        throw answerError(askedBy(aura, call), answer);
    try {
        const body = answer.body === '' ? undefined : JSON.parse(answer.body);
        return read(body);
    }
    catch (error) {
        throw new RequestError(`the answer of Aura (${answer.status}) could not be read`, {
            request: nameOf(call),
            policy: call.policy,
            status: answer.status,
            effect: possibleEffect(call.policy),
            transient: true,
            requestId: answer.requestId,
            // The parser's own message would quote the response, which may contain the password.
            cause: error instanceof ShapeError ? error : undefined,
        });
    }
}
async function sendDelete(call, options) {
    const effects = [];
    const accepted = withRetries(async () => {
        await attempt(call, ignore, options);
        return 'accepted';
    }, options.patience, (error) => {
        effects.push(error.effect);
        return true;
    });
    const outcome = await unlessAbsent(accepted);
    // If it does not exist at a later attempt, an earlier attempt deleted it and its response was
    // lost.
    return effects.includes('unknown') ? 'accepted' : outcome;
}
/**
 * A word instead of an error if the instance does not exist. A 404 counts only with one of Aura's
 * own reasons: a 404 from a gateway or a wrong address must not look like a deleted instance. 410
 * is known from client code.
 */
async function unlessAbsent(result) {
    try {
        return await result;
    }
    catch (error) {
        if (!(error instanceof RequestError))
            throw error;
        const named = error.complaints.some((complaint) => complaint.reason !== undefined);
        if (error.status === 410)
            return 'gone';
        if (error.status === 404 && named)
            return 'missing';
        throw error;
    }
}
function instancePath(id) {
    return `/v1/instances/${encodeURIComponent(id)}`;
}
function reading(path) {
    return { method: 'GET', path, policy: 'read' };
}
function creation(body) {
    return {
        method: 'POST',
        path: '/v1/instances',
        // Only this response contains the password.
        policy: 'irreplaceable',
        body: JSON.stringify(body),
    };
}
function action(id, verb) {
    return { method: 'POST', path: `${instancePath(id)}/${verb}`, policy: 'once', body: '{}' };
}
function deletion(id) {
    return { method: 'DELETE', path: instancePath(id), policy: 'repeatable' };
}
const ignore = () => undefined;

;// CONCATENATED MODULE: ./src/core/secrets/safe-file.ts

const chunkBytes = 64 * 1024;
/** A file that is not read; the message says why and holds nothing of the file. */
class SafeFileError extends Error {
    name = 'SafeFileError';
}
/**
 * Reads a regular file that somebody else may have put there. It never waits: a pipe or a device is
 * refused, because reading one can take forever, and Node.js can't even exit meanwhile. What is
 * checked is the open file, so that nobody can exchange it in between.
 *
 * @throws {@link SafeFileError} for anything else than such a file, or the error of the file
 *   system.
 */
function readSafely(path, limits) {
    const { maxBytes, ownOnly = false, followLinks = false } = limits;
    // Where the system can't refuse a link while it opens the file, only this look finds it. It also
    // keeps us from opening a device, which can have an effect of its own.
    assertRegular(followLinks ? (0,external_node_fs_namespaceObject.statSync)(path) : (0,external_node_fs_namespaceObject.lstatSync)(path));
    const descriptor = (0,external_node_fs_namespaceObject.openSync)(path, followLinks ? readFlags : readFlags | noLinks);
    try {
        const found = (0,external_node_fs_namespaceObject.fstatSync)(descriptor);
        assertRegular(found);
        if (ownOnly)
            assertOwn(found);
        if (found.size > maxBytes)
            throw tooLong(maxBytes);
        return readUpTo(descriptor, maxBytes);
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(descriptor);
    }
}
/** On Windows these constants are undefined. */
const orNothing = (flag) => flag ?? 0;
const readFlags = external_node_fs_namespaceObject.constants.O_RDONLY | orNothing(external_node_fs_namespaceObject.constants.O_NONBLOCK);
const noLinks = orNothing(external_node_fs_namespaceObject.constants.O_NOFOLLOW);
function assertRegular(found) {
    if (found.isSymbolicLink())
        throw new SafeFileError('it is a symbolic link');
    if (!found.isFile())
        throw new SafeFileError('it is not a regular file');
}
function assertOwn(found) {
    if (process.platform === 'win32')
        return;
    if (found.uid !== process.geteuid?.())
        throw new SafeFileError('it belongs to another user');
    const mode = found.mode & 0o7777;
    if (mode !== 0o600) {
        throw new SafeFileError(`its mode is 0${mode.toString(8)}, not 0600`);
    }
}
/** The size that was read before may be wrong by now, or always, as for the files of `/proc`. */
function readUpTo(descriptor, maxBytes) {
    const chunks = [];
    for (let bytes = 0;;) {
        const chunk = Buffer.alloc(chunkBytes);
        const count = (0,external_node_fs_namespaceObject.readSync)(descriptor, chunk, 0, chunkBytes, null);
        if (count === 0)
            return Buffer.concat(chunks);
        bytes += count;
        if (bytes > maxBytes)
            throw tooLong(maxBytes);
        chunks.push(chunk.subarray(0, count));
    }
}
function tooLong(maxBytes) {
    return new SafeFileError(`it is longer than ${maxBytes} bytes`);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(77598);
;// CONCATENATED MODULE: ./src/core/secrets/seal.ts

const saltBytes = 16;
const nonceBytes = 12;
const lengthBytes = 4;
const tagBytes = 16;
const checksumBytes = 8;
const headerBytes = saltBytes + nonceBytes + lengthBytes;
/** 32 MiB and about 80 ms for each guess at a passphrase. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
/**
 * The keys that this process has derived, by salt and passphrase, and the salt that it seals with,
 * by passphrase: so it derives one key, not one for each value.
 */
const keys = new Map();
const salts = new Map();
/**
 * Not a version of the format above: a value sealed with a key has no salt and needs no passphrase.
 */
const keyPrefix = 'key1.';
const keyBytes = 32;
/** A sealed value that cannot be opened; the message says why and contains no part of the value. */
class SealError extends Error {
    name = 'SealError';
}
/**
 * Seals a text: AES-256-GCM under a key that scrypt derives from the passphrase.
 * docs/sealed-credentials.md describes the format byte by byte. The salt is that of an earlier
 * value of this process, where it has sealed or opened one with the passphrase; the nonce is always
 * a new one.
 *
 * @param random gives random bytes, also for the salt; only for the test vector.
 */
function seal(text, lock, random) {
    const { prefix, passphrase } = lock;
    const salt = random?.(saltBytes) ?? salts.get(passphrase) ?? (0,external_node_crypto_.randomBytes)(saltBytes);
    const nonce = (random ?? external_node_crypto_.randomBytes)(nonceBytes);
    const plain = Buffer.from(text, 'utf8');
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32BE(plain.length);
    const header = Buffer.concat([salt, nonce, length]);
    const cipher = (0,external_node_crypto_.createCipheriv)('aes-256-gcm', deriveKey(passphrase, salt), nonce);
    cipher.setAAD(authenticated(prefix, header));
    const sealed = Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    if (random === undefined)
        salts.set(passphrase, salt);
    return prefix + Buffer.concat([sealed, checksum(prefix, sealed)]).toString('base64url');
}
/**
 * Opens a value from {@link seal}.
 *
 * @throws {@link SealError} that tells a foreign form, another version, a value cut short, an
 *   altered one and another passphrase apart; never returns a part.
 */
function seal_open(sealed, { prefix, passphrase }) {
    const bytes = decode(sealed, prefix);
    const body = bytes.subarray(0, -checksumBytes);
    if (!checksum(prefix, body).equals(bytes.subarray(-checksumBytes))) {
        throw new SealError('it was altered after it was sealed');
    }
    const header = body.subarray(0, headerBytes);
    const salt = header.subarray(0, saltBytes);
    const nonce = header.subarray(saltBytes, saltBytes + nonceBytes);
    const options = { authTagLength: tagBytes };
    const key = deriveKey(passphrase, salt);
    const decipher = (0,external_node_crypto_.createDecipheriv)('aes-256-gcm', key, nonce, options);
    decipher.setAAD(authenticated(prefix, header));
    decipher.setAuthTag(body.subarray(-tagBytes));
    try {
        const opened = decipher.update(body.subarray(headerBytes, -tagBytes));
        const text = Buffer.concat([opened, decipher.final()]).toString('utf8');
        // Only now: an attacker who does not know the passphrase could have prepared the salt.
        if (!salts.has(passphrase))
            salts.set(passphrase, Buffer.from(salt));
        return text;
    }
    catch (error) {
        throw new SealError('it was sealed with another key', { cause: error });
    }
}
/** The bytes of a value that has the form and the length it says. */
function decode(sealed, prefix) {
    const word = prefix.replace(/\d+\.$/, '');
    const version = new RegExp(`^${word}\\d+\\.`).exec(sealed)?.[0];
    if (version === undefined)
        throw new SealError('it is no sealed value of this action');
    if (version !== prefix) {
        throw new SealError(`it has the form '${version.slice(0, -1)}' of another version of this action; this one reads '${prefix.slice(0, -1)}'`);
    }
    const encoded = sealed.slice(prefix.length);
    const bytes = Buffer.from(encoded, 'base64url');
    // Node skips characters that are not base64url, so a value is complete only if it encodes to
    // itself. An incomplete value may have unused bits; its length is checked first.
    if (!/^[\w-]*$/.test(encoded))
        throw new SealError('it was altered after it was sealed');
    const shortest = headerBytes + tagBytes + checksumBytes;
    const missing = bytes.length < shortest || bytes.length < shortest + bytes.readUInt32BE(saltBytes + nonceBytes);
    if (missing)
        throw new SealError('it is cut short');
    const whole = bytes.length === shortest + bytes.readUInt32BE(saltBytes + nonceBytes);
    if (!whole || bytes.toString('base64url') !== encoded) {
        throw new SealError('it was altered after it was sealed');
    }
    return bytes;
}
/** Form and header cannot be changed either. */
function authenticated(prefix, header) {
    return Buffer.concat([Buffer.from(prefix), header]);
}
/** Distinguishes damage from a wrong key; the authentication tag protects against tampering. */
function checksum(prefix, bytes) {
    return (0,external_node_crypto_.createHash)('sha256').update(prefix).update(bytes).digest().subarray(0, checksumBytes);
}
function deriveKey(passphrase, salt) {
    const name = `${salt.toString('base64')} ${passphrase}`;
    const key = keys.get(name) ?? (0,external_node_crypto_.scryptSync)(passphrase, salt, keyBytes, cost);
    keys.set(name, key);
    return key;
}
/**
 * Seals a text under a key of 32 bytes: AES-256-GCM with a random nonce. docs/sealed-credentials.md
 * describes the format byte by byte.
 *
 * @param random gives random bytes; another source is for the test vector alone.
 */
function sealUnderKey(text, key, random = external_node_crypto_.randomBytes) {
    const nonce = random(nonceBytes);
    const cipher = (0,external_node_crypto_.createCipheriv)('aes-256-gcm', key, nonce);
    cipher.setAAD(Buffer.from(keyPrefix));
    const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
    return keyPrefix + Buffer.concat(sealed).toString('base64url');
}
/**
 * Opens a value from {@link sealUnderKey}.
 *
 * @throws {@link SealError} for anything else, and for another key; never returns a part.
 */
function openUnderKey(sealed, key) {
    const encoded = sealed.slice(keyPrefix.length);
    const bytes = Buffer.from(encoded, 'base64url');
    if (!sealed.startsWith(keyPrefix) ||
        bytes.length < nonceBytes + tagBytes ||
        bytes.toString('base64url') !== encoded) {
        throw new SealError('it is not a value that this action sealed under a key');
    }
    if (key.length !== keyBytes)
        throw new SealError('the key to open it with has another length');
    const options = { authTagLength: tagBytes };
    const decipher = (0,external_node_crypto_.createDecipheriv)('aes-256-gcm', key, bytes.subarray(0, nonceBytes), options);
    decipher.setAAD(Buffer.from(keyPrefix));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    try {
        const opened = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
        return Buffer.concat([opened, decipher.final()]).toString('utf8');
    }
    catch (error) {
        throw new SealError('it was sealed under another key, or altered', { cause: error });
    }
}
/**
 * The key for the access tokens of one client at one API: another client, another secret or another
 * API cannot open them. A client secret is long and random, so unlike a passphrase it needs no
 * costly derivation.
 *
 * @param apiOrigin with scheme, without a path.
 */
function deriveTokenKey({ clientId, clientSecret }, apiOrigin) {
    // JSON keeps the two separate, whatever they contain; the hash keeps them within the limits of
    // HKDF.
    const owner = (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([clientId, apiOrigin]))
        .digest();
    const info = Buffer.concat([Buffer.from('access token'), owner]);
    return Buffer.from((0,external_node_crypto_.hkdfSync)('sha256', clientSecret, '', info, keyBytes));
}

;// CONCATENATED MODULE: ./src/core/oauth/sealed-token.ts


/**
 * Seals a token so that only its own client, for its own API, can open it.
 *
 * @param key of `deriveTokenKey`.
 */
function sealToken({ accessToken, expiresAt }, key) {
    // JSON would drop an unknown end, and a token without one would look incomplete.
    return sealUnderKey(JSON.stringify({ accessToken, expiresAt: expiresAt ?? null }), key);
}
/**
 * Opens a value from {@link sealToken}.
 *
 * @returns undefined if it contains something else, or a text that cannot be a token.
 * @throws SealError if it cannot be opened.
 */
function openToken(sealed, key) {
    let token;
    const text = openUnderKey(sealed, key);
    try {
        token = JSON.parse(text);
    }
    catch {
        // The parser's message would quote the text.
        return undefined;
    }
    if (typeof token !== 'object' || token === null)
        return undefined;
    if (!('accessToken' in token) || !('expiresAt' in token))
        return undefined;
    const { accessToken, expiresAt } = token;
    if (typeof accessToken !== 'string' || !isAccessToken(accessToken))
        return undefined;
    if (typeof expiresAt === 'number')
        return { accessToken, expiresAt };
    return expiresAt === null ? { accessToken, expiresAt: undefined } : undefined;
}

;// CONCATENATED MODULE: ./src/core/oauth/token-file.ts






/** A sealed token has about 2,000 bytes. */
const maxBytes = 64 * 1024;
/**
 * The path where the token of an owner is stored.
 *
 * @param action distinguishes the files of this action from those of others.
 * @param directory `RUNNER_TEMP`, which the runner empties after each job.
 */
function tokenFilePath(directory, action, { clientId, apiOrigin }) {
    const digest = (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([apiOrigin, clientId]))
        .digest('hex');
    return (0,external_node_path_namespaceObject.join)(directory, `${action}-token-${digest.slice(0, 16)}`);
}
/**
 * Stores the job's token in a file, sealed: only a step with the same credentials for the same API
 * can open it. Anything else at the path is ignored and never stops a step.
 */
function createTokenFile({ path, key, debug }) {
    if (path === undefined)
        return { load: () => undefined, save: () => undefined };
    return {
        load: () => {
            try {
                const text = readSafely(path, { maxBytes, ownOnly: true }).toString('utf8');
                const token = openToken(text, key);
                if (token === undefined)
                    debug('The kept token could not be read: it holds something else.');
                return token;
            }
            catch (error) {
                if (!isMissing(error))
                    debug(`The kept token could not be read: ${asError(error).message}.`);
                return undefined;
            }
        },
        save: (token) => {
            try {
                replaceFile(path, sealToken(token, key));
            }
            catch (error) {
                debug(`The token could not be kept for later steps: ${asError(error).message}.`);
            }
        },
    };
}
/**
 * Writes a separate file, then renames it: no reader sees a partial file, and a link at the path is
 * replaced, not followed.
 */
function replaceFile(path, text) {
    const draft = `${path}-${(0,external_node_crypto_.randomUUID)()}`;
    try {
        (0,external_node_fs_namespaceObject.writeFileSync)(draft, text, { mode: 0o600, flag: 'wx' });
        // The umask may have changed the mode, and the file would then not be read again.
        (0,external_node_fs_namespaceObject.chmodSync)(draft, 0o600);
        (0,external_node_fs_namespaceObject.renameSync)(draft, path);
    }
    catch (error) {
        try {
            (0,external_node_fs_namespaceObject.rmSync)(draft, { force: true });
        }
        catch {
            // If it cannot be removed, it was not written either.
        }
        throw error;
    }
}
function isMissing(error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

;// CONCATENATED MODULE: ./src/core/github/connection.ts

/**
 * Creates a client whose requests end with `signal`.
 *
 * @returns a client that sends each request once and prints nothing.
 */
// The type of the client is that of a module which is loaded late.
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types
async function connect({ token, apiUrl, debug }, signal) {
    // Loaded only here: most steps send no requests to GitHub.
    const { GitHub, defaults, getOctokitOptions } = await __nccwpck_require__.e(/* import() */ 845).then(__nccwpck_require__.bind(__nccwpck_require__, 61845));
    const quiet = (text) => {
        debug(`GitHub: ${text}`);
    };
    const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
    return new GitHub(getOctokitOptions(token, {
        ...(apiUrl === undefined ? {} : { baseUrl: apiUrl }),
        // The defaults include the proxy settings; without our own log it would print messages.
        request: { ...defaults.request, signal, log },
        log,
    }));
}
/**
 * What went wrong with a request, in one or two sentences.
 *
 * @param permission the permission that the request needs, as in a workflow.
 */
function explain(error, permission) {
    if (error instanceof TimeLimitError)
        return `GitHub gave no answer (${error.message}).`;
    const message = error instanceof Error ? error.message : String(error);
    const status = statusOf(error);
    if (status === 403 && /rate limit/i.test(message))
        return `${message} Try again later.`;
    // GitHub answers 404 if a token has no permission to know that something exists.
    if (status === 401 || status === 403 || status === 404) {
        return `GitHub answered ${status} (${message}). Give the job 'permissions: ${permission}', or another 'github-token'.`;
    }
    return status === undefined ? `${message}.` : `GitHub answered ${status} (${message}).`;
}
/** The status of GitHub's response; a failure without a response has an artificial one. */
function statusOf(error) {
    if (!(error instanceof Error) || !('status' in error))
        return undefined;
    return 'response' in error && error.response !== undefined ? Number(error.status) : undefined;
}
/** A proxy or a sign-in page can answer 200 with something other than GitHub's lists. */
function checked(data) {
    const value = data;
    if (!Array.isArray(value))
        throw new Error('GitHub answered with something else than a list');
    return data;
}

;// CONCATENATED MODULE: ./src/core/github/deployments.ts


const pauseMilliseconds = 1_000;
/** GitHub's longest page. */
const pageSize = 100;
/** How many pages are searched for a group; later entries stay. */
const mostPages = 10;
const changing = (tried) => ({ tried, milliseconds: 30_000, attempts: 1 });
/** Reading the store can decide whether a step succeeds, and can be repeated. */
const looking = (tried) => ({ tried, milliseconds: 10_000, attempts: 3 });
/**
 * Stores sealed texts as GitHub deployments whose task ends with the name. Source: GitHub's REST
 * documentation, "Deployments" and "Deployment statuses".
 */
function createDeploymentStore(options) {
    const add = (entry) => addEntry(options, entry);
    return {
        add,
        save: async (entry) => {
            const removeOlder = await add(entry);
            await removeOlder();
        },
        find: async (name, id) => (await lookUp(options, name, id))?.sealed,
        lookUp: (name, id) => lookUp(options, name, id),
        remove: (name, owner) => guarded(options, changing(`remove the credentials of '${name}'`), async (api) => {
            for (const { id, payload } of await list(api, name)) {
                const kept = readPayload(payload);
                const ours = owner.id === undefined || owner.id === kept?.id;
                if (kept?.scope === owner.scope && ours)
                    await retire(api, id);
            }
        }),
        removeGroup: ({ what, has }, scope) => guarded(options, changing(`remove the credentials of ${what}`), async (api) => {
            for (const { id, task, payload } of await listAll(api)) {
                const { taskStart } = api.shelf;
                const name = task.startsWith(taskStart) ? task.slice(taskStart.length) : undefined;
                if (name === undefined || !has(name))
                    continue;
                if (readPayload(payload)?.scope === scope)
                    await retire(api, id);
            }
        }),
    };
}
async function addEntry(options, entry) {
    const { name, scope } = entry;
    const kept = await guarded(options, changing(`keep the credentials of '${name}'`), async (api) => {
        const before = await list(api, name);
        await keep(api, options.ref, entry);
        return before;
    });
    return async () => {
        const task = changing(`take away older credentials of '${name}'`);
        await guarded(options, task, async (api) => {
            for (const { id, payload } of kept ?? []) {
                if (readPayload(payload)?.scope === scope)
                    await retire(api, id);
            }
        });
    };
}
function lookUp(options, name, owner) {
    return guarded(options, looking(`look for the credentials of '${name}'`), async (api) => {
        const others = [];
        // The newest comes first; if the last status is not success, the deployment is being created or
        // deleted.
        for (const { id, payload } of await list(api, name)) {
            const kept = readPayload(payload);
            if (!(await isActive(api, id)))
                continue;
            if (kept?.id === owner)
                return { sealed: kept.sealed };
            others.push(kept === undefined ? 'of another form' : `of '${kept.id}'`);
        }
        if (others.length > 0) {
            options.warn(`The deployments kept for '${name}' are ${others.join(', ')}.`);
        }
        return { sealed: undefined };
    });
}
async function list({ octokit, at, shelf }, name) {
    const { environment, taskStart } = shelf;
    const task = `${taskStart}${name}`;
    const { data } = await octokit.rest.repos.listDeployments({
        ...at,
        environment,
        task,
        per_page: pageSize,
    });
    return checked(data);
}
/** The deployments of the environment, whatever their task: GitHub finds only whole tasks. */
async function listAll({ octokit, at, shelf }) {
    const { environment } = shelf;
    const found = [];
    for (let page = 1; page <= mostPages; page += 1) {
        const { data } = await octokit.rest.repos.listDeployments({
            ...at,
            environment,
            per_page: pageSize,
            page,
        });
        found.push(...checked(data));
        if (data.length < pageSize)
            break;
    }
    return found;
}
async function isActive({ octokit, at }, id) {
    const { data } = await octokit.rest.repos.listDeploymentStatuses({
        ...at,
        deployment_id: id,
        per_page: 1,
    });
    return checked(data)[0]?.state === 'success';
}
async function keep({ octokit, at, shelf }, ref, entry) {
    const { environment, taskStart, description } = shelf;
    const { data } = await octokit.rest.repos.createDeployment({
        ...at,
        ref,
        task: `${taskStart}${entry.name}`,
        environment,
        description,
        payload: { id: entry.id, scope: entry.scope, sealed: entry.sealed },
        auto_merge: false,
        required_contexts: [],
        transient_environment: true,
        production_environment: false,
    });
    if (!('id' in data))
        throw new Error('GitHub did not make the deployment');
    await octokit.rest.repos.createDeploymentStatus({
        ...at,
        deployment_id: data.id,
        state: 'success',
        environment_url: entry.url,
        auto_inactive: false,
    });
}
/** If it no longer exists, another process deleted it, which is fine. */
async function retire({ octokit, at }, id) {
    const which = { ...at, deployment_id: id };
    try {
        // GitHub does not delete an active deployment.
        await octokit.rest.repos.createDeploymentStatus({ ...which, state: 'inactive' });
        await octokit.rest.repos.deleteDeployment(which);
    }
    catch (error) {
        if (statusOf(error) !== 404)
            throw error;
    }
}
/** The store of a step that stores nothing. */
const noStore = {
    save: () => Promise.resolve(),
    add: () => Promise.resolve(() => Promise.resolve()),
    find: () => Promise.resolve(undefined),
    lookUp: () => Promise.resolve({ sealed: undefined }),
    remove: () => Promise.resolve(),
    removeGroup: () => Promise.resolve(),
};
async function guarded(options, { tried, milliseconds, attempts }, run) {
    const { shelf, clock, deadline, signal, warn, debug } = options;
    const [owner = '', repo = ''] = options.repository.split('/');
    for (let attempt = 1;; attempt += 1) {
        const left = deadline - clock.now();
        const limit = { clock, milliseconds: withinDeadline(milliseconds, left), signal };
        try {
            return await withTimeLimit(async (stop) => run({ octokit: await connect(options, stop), at: { owner, repo }, shelf }), limit);
        }
        catch (error) {
            signal?.throwIfAborted();
            const text = `Could not ${tried} (GitHub deployments): ${explain(error, 'deployments: write')}`;
            if (attempt === attempts || isRefusal(error) || deadline - clock.now() <= pauseMilliseconds) {
                warn(text);
                return undefined;
            }
            debug(`${text} Trying again.`);
            await clock.sleep(pauseMilliseconds, signal);
        }
    }
}
/** A retry would get the same answer. */
function isRefusal(error) {
    const status = statusOf(error) ?? 0;
    return status >= 400 && status < 500;
}
function readPayload(payload) {
    let value = payload;
    if (typeof value === 'string') {
        try {
            value = JSON.parse(value);
        }
        catch {
            return undefined;
        }
    }
    if (typeof value !== 'object' || value === null)
        return undefined;
    if (!('sealed' in value) || typeof value.sealed !== 'string')
        return undefined;
    if (!('id' in value) || typeof value.id !== 'string')
        return undefined;
    if (!('scope' in value) || typeof value.scope !== 'string')
        return undefined;
    return { id: value.id, scope: value.scope, sealed: value.sealed };
}

;// CONCATENATED MODULE: ./src/aura/session/post-access.ts





const post_access_maxBytes = 4 * 1024;
/** A value that identifies a client at an API without naming it. */
function accountOf(clientId, apiOrigin) {
    return (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([apiOrigin, clientId]))
        .digest('base64url');
}
/**
 * Stores the key of the job's token for the post step, sealed in `RUNNER_TEMP`. So the post step
 * finds the newest token and needs no input.
 *
 * @param mask called with the key before it is used: in a debug run, the runner prints saved state.
 * @returns the key that opens it again, base64url.
 * @throws the error of the file system.
 */
function leaveTokenPlace(directory, { path, key }, mask) {
    const postKey = (0,external_node_crypto_.randomBytes)(32);
    const text = postKey.toString('base64url');
    mask(text);
    const content = JSON.stringify({ file: (0,external_node_path_namespaceObject.basename)(path), key: key.toString('base64') });
    (0,external_node_fs_namespaceObject.writeFileSync)(placeOf(directory, text), sealUnderKey(content, postKey), {
        flag: 'wx',
        mode: 0o600,
    });
    return text;
}
/**
 * Opens what {@link leaveTokenPlace} stored.
 *
 * @throws if it no longer exists or was changed.
 */
function takeTokenPlace(directory, key) {
    const sealed = readSafely(placeOf(directory, key), { maxBytes: post_access_maxBytes, ownOnly: true }).toString('utf8');
    const place = JSON.parse(openUnderKey(sealed, Buffer.from(key, 'base64url')));
    if (typeof place === 'object' && place !== null && 'file' in place && 'key' in place) {
        const { file, key: tokenKey } = place;
        if (typeof file === 'string' && typeof tokenKey === 'string') {
            return { path: (0,external_node_path_namespaceObject.join)(directory, (0,external_node_path_namespaceObject.basename)(file)), key: Buffer.from(tokenKey, 'base64') };
        }
    }
    throw new Error('it holds something else');
}
function placeOf(directory, key) {
    const digest = (0,external_node_crypto_.createHash)('sha256').update(key).digest('hex').slice(0, 16);
    return (0,external_node_path_namespaceObject.join)(directory, `aura-action-post-${digest}`);
}

;// CONCATENATED MODULE: ./src/aura/credentials/shelf.ts
/** The deployments that store the credentials of instances. */
const shelf = {
    environment: 'aura',
    taskStart: 'aura:',
    description: 'Sealed credentials of an Aura instance',
};

;// CONCATENATED MODULE: ./src/core/secrets/exclude-file.ts


/** Larger than any that people write. */
const largestBytes = 1024 * 1024;
/**
 * Adds lines to a repository's exclude file, unless the first of them is there. A repository from
 * another person can have a link or a device in its place: neither is followed.
 *
 * @throws if it is not a regular file, or if the file system refuses.
 */
function excludeLines(file, lines) {
    const directory = (0,external_node_path_namespaceObject.dirname)(file);
    (0,external_node_fs_namespaceObject.mkdirSync)(directory, { recursive: true });
    // Windows opens the target of a link, so check for a link first.
    for (const place of [directory, file]) {
        if ((0,external_node_fs_namespaceObject.lstatSync)(place, { throwIfNoEntry: false })?.isSymbolicLink()) {
            throw new Error("git's exclude file is behind a symbolic link");
        }
    }
    const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = external_node_fs_namespaceObject.constants;
    const descriptor = (0,external_node_fs_namespaceObject.openSync)(file, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644);
    try {
        const found = (0,external_node_fs_namespaceObject.fstatSync)(descriptor);
        if (!found.isFile())
            throw new Error("git's exclude file is no regular file");
        if (found.size > largestBytes)
            throw new Error("git's exclude file is too large");
        const text = (0,external_node_fs_namespaceObject.readFileSync)(descriptor, 'utf8');
        if (text.split('\n').includes(lines[0] ?? ''))
            return;
        const begin = text === '' || text.endsWith('\n') ? '' : '\n';
        (0,external_node_fs_namespaceObject.writeSync)(descriptor, `${begin}${lines.join('\n')}\n`);
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(descriptor);
    }
}

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: ./src/core/secrets/git.ts




/** Git's last output may arrive after git has ended; see {@link outputOf}. */
const lastWordsMilliseconds = 100;
/** More than any path. */
const mostBytes = 64 * 1024;
/** Git ran and refused, or there is no git. */
class GitRefusal extends Error {
    name = 'GitRefusal';
}
/**
 * Runs git as a process that can be abandoned: a file system, a filter or a wrapper may make it
 * hang.
 *
 * @param directory where git runs.
 * @returns its output, without the final newline.
 * @throws {@link GitRefusal}; TimeLimitError where it took too long; the signal's reason when
 *   aborted.
 */
async function askGit(directory, args, limit) {
    return withTimeLimit(async (stop) => {
        // In a container the workspace often belongs to another user, and git then refuses to read it.
        const child = (0,external_node_child_process_namespaceObject.spawn)('git', ['-c', 'safe.directory=*', '-C', directory, ...args], {
            env: ownEnvironment(process.env),
            stdio: ['ignore', 'pipe', 'ignore'],
            // A separate process group, so that its child processes end with it.
            detached: process.platform !== 'win32',
            windowsHide: true,
        });
        stop.addEventListener('abort', () => {
            kill(child);
        });
        return (await outputOf(child, limit.clock)).replace(/\n$/, '');
    }, limit);
}
/**
 * The job's environment without git's own variables. Some of them would have git look at another
 * repository, index or configuration than those of its directory, or read a path in another way.
 * Source: git's documentation, "Environment Variables".
 */
function ownEnvironment(env) {
    const kept = Object.entries(env).filter(([name]) => !name.toUpperCase().startsWith('GIT_'));
    return Object.fromEntries(kept);
}
/**
 * The output of a child process until it ends. A grandchild that has inherited the stream may keep
 * it open forever, so the end of the stream is awaited only for a moment.
 */
async function outputOf(child, clock) {
    const chunks = [];
    const exited = Promise.withResolvers();
    child.stdout?.on('data', (chunk) => {
        chunks.push(chunk);
        if (chunks.reduce((sum, { length }) => sum + length, 0) <= mostBytes)
            return;
        exited.reject(new Error('git said more than a path'));
        kill(child);
    });
    const closed = Promise.withResolvers();
    child.once('error', (error) => {
        exited.reject(new GitRefusal(asError(error).message, { cause: error }));
    });
    child.once('exit', exited.resolve);
    child.once('close', () => {
        closed.resolve(undefined);
    });
    const code = await exited.promise;
    const limit = { clock, milliseconds: lastWordsMilliseconds, signal: undefined };
    await withTimeLimit(() => closed.promise, limit).catch(() => undefined);
    child.stdout?.destroy();
    if (code !== 0)
        throw new GitRefusal(`git ended with ${code ?? 'a signal'}`);
    return Buffer.concat(chunks).toString('utf8');
}
function kill(child) {
    child.stdout?.destroy();
    // It may have ended before, and its number may be another process's by now.
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
        return;
    try {
        if (process.platform === 'win32')
            child.kill('SIGKILL');
        else
            process.kill(-child.pid, 'SIGKILL');
    }
    catch {
        // It ended this very moment.
    }
}

;// CONCATENATED MODULE: ./src/core/secrets/git-places.ts



/** Programs configured by another person's repository must not run. */
const settings = ['-c', 'core.fsmonitor=false'];
/**
 * Whether a file would be among git's own, where it could become a hook or block the repository.
 *
 * @param file absolute, without symbolic links in its directory.
 */
function isWithinGit(file) {
    return file.split(external_node_path_namespaceObject.sep).some(isGitName) || ancestorsOf(file).some(isGitDirectory);
}
/**
 * Whether a part of a path is `.git` to any file system: without regard to case, or to characters
 * that some of them ignore, or by the short name that Windows gives it. Source: git's `core.protectHFS`
 * and `core.protectNTFS`.
 */
function isGitName(part) {
    const [name = ''] = part
        .normalize('NFC')
        .replace(/\p{Cf}/gu, '')
        .split(':');
    return /^(?:\.git|git~\d+)[. ]*$/i.test(name);
}
/** A repository's or a worktree's, whatever it is called. Source: git's `is_git_directory`. */
function isGitDirectory(directory) {
    if (!(0,external_node_fs_namespaceObject.existsSync)((0,external_node_path_namespaceObject.join)(directory, 'HEAD')))
        return false;
    if ((0,external_node_fs_namespaceObject.existsSync)((0,external_node_path_namespaceObject.join)(directory, 'commondir')))
        return true;
    return ['objects', 'refs'].every((name) => (0,external_node_fs_namespaceObject.statSync)((0,external_node_path_namespaceObject.join)(directory, name), { throwIfNoEntry: false })?.isDirectory() ?? false);
}
/**
 * Whether a repository around a file tracks it, so that a commit would include its content. Without
 * git, the file counts as untracked.
 *
 * @param file absolute, without symbolic links in its directory.
 * @throws TimeLimitError where git does not answer; the signal's reason when aborted.
 */
async function isTracked(file, limit) {
    // A repository inside another may contain files that the outer one tracks.
    const repositories = ancestorsOf(file).filter((directory) => (0,external_node_fs_namespaceObject.existsSync)((0,external_node_path_namespaceObject.join)(directory, '.git')));
    for (const repository of repositories) {
        if (await lists(repository, (0,external_node_path_namespaceObject.relative)(repository, file), limit))
            return true;
    }
    return false;
}
async function lists(repository, file, limit) {
    const anyCase = process.platform === 'win32' || process.platform === 'darwin';
    const pattern = `:(${anyCase ? 'literal,icase' : 'literal'})${file.split(external_node_path_namespaceObject.sep).join('/')}`;
    try {
        const listed = await askGit(repository, [...settings, 'ls-files', '-z', '--', pattern], limit);
        return listed !== '';
    }
    catch (error) {
        // Not a git repository, or no git: then nothing is tracked.
        if (error instanceof GitRefusal)
            return false;
        throw error;
    }
}
function ancestorsOf(file) {
    const directory = (0,external_node_path_namespaceObject.dirname)(file);
    return directory === file ? [] : [directory, ...ancestorsOf(directory)];
}

;// CONCATENATED MODULE: ./src/core/secrets/env-file.ts










/** Larger than any file that is read here. */
const env_file_maxBytes = 16 * 1024 * 1024;
/** How long git may take in all: it only looks at its own directory. */
const gitMilliseconds = 5_000;
/** Values that dotenv, `docker --env-file` and a shell's `source` all read unchanged. */
const plain = /^[\w.:/+@%=,-]*$/;
/** A pattern that git matches against a UUID. */
const draftPattern = [8, 4, 4, 4, 12].map((length) => '?'.repeat(length)).join('-');
/** An env file that cannot be written; the message says why, without any value. */
class EnvFileError extends Error {
    name = 'EnvFileError';
}
/**
 * Checks that a file can be written at `path`, before there is anything to write.
 *
 * @returns the absolute path, without symbolic links in its directory.
 * @throws {@link EnvFileError} for a path outside of the roots, a missing directory, a symbolic
 *   link, or a file that this action did not write.
 */
function checkEnvFile(path, roots) {
    return refusing("it can't be looked at", () => findPlace(path, roots));
}
/** Converts an error of the file system to an {@link EnvFileError}. */
function refusing(what, run) {
    try {
        return run();
    }
    catch (error) {
        if (error instanceof EnvFileError)
            throw error;
        throw new EnvFileError(`${what}: ${asError(error).message}`, { cause: error });
    }
}
function findPlace(path, { workspace, temp, marker }) {
    const wanted = (0,external_node_path_namespaceObject.resolve)(workspace, path);
    const directory = realOrUndefined((0,external_node_path_namespaceObject.dirname)(wanted));
    if (directory === undefined)
        throw new EnvFileError('its directory does not exist');
    const roots = [workspace, temp ?? workspace].map(realOrUndefined);
    if (!roots.some((root) => root !== undefined && isWithin(directory, root))) {
        throw new EnvFileError('it is outside of the workspace and of RUNNER_TEMP');
    }
    const file = (0,external_node_path_namespaceObject.join)(directory, (0,external_node_path_namespaceObject.basename)(wanted));
    if (isWithinGit(file))
        throw new EnvFileError('it is among the files of git itself');
    env_file_assertOwn(file, marker);
    try {
        (0,external_node_fs_namespaceObject.accessSync)(directory, external_node_fs_namespaceObject.constants.W_OK | external_node_fs_namespaceObject.constants.X_OK);
    }
    catch (error) {
        throw new EnvFileError(`its directory can't be written: ${asError(error).message}`, {
            cause: error,
        });
    }
    return file;
}
/** Whether git tracks the file at a path: its content would be committed. */
async function isTrackedEnvFile(path, { workspace }, limit) {
    const wanted = (0,external_node_path_namespaceObject.resolve)(workspace, path);
    const directory = realOrUndefined((0,external_node_path_namespaceObject.dirname)(wanted));
    return directory !== undefined && isTracked((0,external_node_path_namespaceObject.join)(directory, (0,external_node_path_namespaceObject.basename)(wanted)), limit);
}
function env_file_assertOwn(file, marker) {
    const found = (0,external_node_fs_namespaceObject.lstatSync)(file, { throwIfNoEntry: false });
    if (found === undefined)
        return;
    if (found.isSymbolicLink())
        throw new EnvFileError('it is a symbolic link');
    if (!found.isFile())
        throw new EnvFileError('it is no file');
    if (!readSafely(file, { maxBytes: env_file_maxBytes }).toString('utf8').startsWith(marker)) {
        throw new EnvFileError('it exists, and this action did not write it');
    }
}
/** Whether a value can be written to an env file unchanged. */
function isPlain(value) {
    return plain.test(value);
}
/**
 * Writes variables as a dotenv file that only this user can read, and keeps it out of git.
 *
 * @param file the result of {@link checkEnvFile}.
 * @param variables values by name.
 * @returns why git does not ignore the file; undefined if it does, or if there is no git.
 * @throws {@link EnvFileError} for a value that readers of such files interpret differently; the
 *   signal's reason when aborted.
 */
async function writeEnvFile(file, variables, { marker, clock, deadline, signal }) {
    const lines = Object.entries(variables).map(([name, value]) => {
        if (!isPlain(value)) {
            throw new EnvFileError(`the value of ${name} holds characters that dotenv, docker and a shell read differently`);
        }
        return `${name}=${value}`;
    });
    // Check again: another process may have replaced the file since the inputs were checked.
    refusing("it can't be looked at", () => {
        env_file_assertOwn(file, marker);
    });
    // It looks at local files only, and the file is worth a second even at the end of the time.
    const milliseconds = Math.min(gitMilliseconds, Math.max(1_000, deadline - clock.now()));
    const trouble = await excludeFromGit(file, { clock, milliseconds, signal });
    writeDraft(file, [marker, ...lines, ''].join('\n'));
    return trouble;
}
function writeDraft(file, text) {
    // Created under another name with its mode, then renamed: no other user can read it in between,
    // and a link at its place is replaced, not followed.
    const draft = `${file}.${(0,external_node_crypto_.randomUUID)()}`;
    try {
        const descriptor = (0,external_node_fs_namespaceObject.openSync)(draft, 'wx', 0o600);
        try {
            (0,external_node_fs_namespaceObject.writeSync)(descriptor, text);
        }
        finally {
            (0,external_node_fs_namespaceObject.closeSync)(descriptor);
        }
        (0,external_node_fs_namespaceObject.renameSync)(draft, file);
    }
    catch (error) {
        (0,external_node_fs_namespaceObject.rmSync)(draft, { force: true });
        throw new EnvFileError(`it could not be written: ${asError(error).message}`, { cause: error });
    }
}
/**
 * The repository's own exclude file needs no commit; outside of a repository there is none.
 *
 * @returns why the file is not excluded, where there is something to exclude it from.
 */
async function excludeFromGit(file, limit) {
    try {
        const place = await withTimeLimit((stop) => findExclude(file, { ...limit, signal: stop }), limit);
        // The draft beside it has a name of its own for a moment.
        excludeLines(place.path, [place.pattern, `${place.pattern}.${draftPattern}`]);
        return undefined;
    }
    catch (error) {
        limit.signal?.throwIfAborted();
        // No repository, or no git: then nothing can be committed from here.
        if (error instanceof GitRefusal)
            return undefined;
        return error instanceof TimeLimitError ? `git gave ${error.message}` : asError(error).message;
    }
}
async function findExclude(file, limit) {
    const directory = (0,external_node_path_namespaceObject.dirname)(file);
    const top = (0,external_node_fs_namespaceObject.realpathSync)(await askGit(directory, ['rev-parse', '--show-toplevel'], limit));
    const found = await askGit(directory, ['rev-parse', '--git-path', 'info/exclude'], limit);
    const pattern = `/${(0,external_node_path_namespaceObject.relative)(top, file)
        .split(external_node_path_namespaceObject.sep)
        .join('/')
        .replace(/[\\*?[\] ]/g, '\\$&')}`;
    return { path: (0,external_node_path_namespaceObject.resolve)(directory, found), pattern };
}
function realOrUndefined(path) {
    try {
        return (0,external_node_fs_namespaceObject.realpathSync)(path);
    }
    catch {
        return undefined;
    }
}
function isWithin(path, root) {
    const way = (0,external_node_path_namespaceObject.relative)(root, path);
    return way === '' || (way !== '..' && !way.startsWith(`..${external_node_path_namespaceObject.sep}`) && (0,external_node_path_namespaceObject.resolve)(root, way) === path);
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(57975);
;// CONCATENATED MODULE: ./src/aura/credentials/bundle.ts



/** The prefix of sealed credentials; docs/sealed-credentials.md describes the format. */
const prefix = 'aura1.';
/** Builds the bundle to pass on, with the current token, if there is one. */
function createBundle({ instanceId, name, tenantId, connectionUri, username, password, createdAt }, { credentials, apiUrl }, token) {
    const { clientId } = credentials;
    const apiOrigin = apiUrl.origin;
    const key = deriveTokenKey(credentials, apiOrigin);
    return {
        instanceId,
        connectionUri,
        name,
        tenantId,
        username,
        password,
        createdAt,
        clientId,
        apiOrigin,
        token: token === undefined ? undefined : sealToken(token, key),
    };
}
/** Seals a bundle with a passphrase. */
function sealBundle(bundle, passphrase) {
    return seal(JSON.stringify(bundle), { prefix, passphrase });
}
/**
 * Opens a value from {@link sealBundle}.
 *
 * @throws {@link SealError} if it cannot be opened, or contains something else.
 */
function openBundle(sealed, passphrase) {
    const foreign = new SealError('it holds something else than credentials');
    let value;
    try {
        value = JSON.parse(seal_open(sealed, { prefix, passphrase }));
    }
    catch (error) {
        throw error instanceof SealError ? error : foreign;
    }
    const field = (name) => typeof value === 'object' && value !== null
        ? Object.getOwnPropertyDescriptor(value, name)?.value
        : undefined;
    const text = (name) => {
        const found = field(name);
        return typeof found === 'string' ? found : undefined;
    };
    const instanceId = text('instanceId');
    const name = text('name');
    const tenantId = text('tenantId');
    const username = text('username');
    const password = text('password');
    if (instanceId === undefined || name === undefined || tenantId === undefined)
        throw foreign;
    if (username === undefined || password === undefined)
        throw foreign;
    const createdAt = field('createdAt');
    return {
        ...{ instanceId, name, tenantId, username, password, connectionUri: text('connectionUri') },
        createdAt: typeof createdAt === 'number' ? createdAt : undefined,
        clientId: text('clientId'),
        apiOrigin: text('apiOrigin'),
        // An older version sealed an object here, which did not belong to a client: it is ignored.
        token: text('token'),
    };
}
/**
 * The token of a bundle, if this API issued it to this client. From another account's bundle, only
 * the credentials are used.
 */
function lentToken(bundle, { credentials, apiUrl }) {
    const { clientId, apiOrigin, token } = bundle;
    if (clientId !== credentials.clientId || apiOrigin !== apiUrl.origin)
        return undefined;
    if (token === undefined)
        return undefined;
    try {
        return openToken(token, deriveTokenKey(credentials, apiOrigin));
    }
    catch (error) {
        // The client secret has changed since then, and the bundle has its own sealing key.
        if (error instanceof SealError)
            return undefined;
        throw error;
    }
}
/**
 * Whether two bundles have the same content. Sealed tokens look different each time, so the tokens
 * themselves are compared: a bundle with a renewed token is different.
 */
function isUnchanged(opened, next, account) {
    const [before, after] = [opened, next].map((bundle) => ({
        ...bundle,
        token: lentToken(bundle, account) ?? bundle.token,
    }));
    return (0,external_node_util_.isDeepStrictEqual)(before, after);
}
/** The tenant of a bundle, if the bundle is from this API: in another API its id has no meaning. */
function lentTenant({ apiOrigin, tenantId }, { apiUrl }) {
    return apiOrigin === apiUrl.origin ? tenantId : undefined;
}
/**
 * Says who sealed a bundle, unless it was certainly this client at this API. Its instance may then
 * exist although this client does not find it.
 */
function otherSealer({ clientId, apiOrigin }, { credentials, apiUrl }) {
    if (clientId === undefined || apiOrigin === undefined) {
        return 'an older version of this action, which does not say for which client';
    }
    if (clientId === credentials.clientId && apiOrigin === apiUrl.origin)
        return undefined;
    return `client '${clientId}' of ${apiOrigin}`;
}
/** Whether a bundle belongs to an instance: ids of different tenants are not compared. */
function isBundleOf(bundle, instance) {
    return bundle.instanceId === instance.id && bundle.tenantId === instance.tenantId;
}

;// CONCATENATED MODULE: ./src/core/github/payload.ts
/**
 * A field of data from GitHub, whose shape is not trusted; undefined for null and if the value is
 * not an object.
 */
function field(value, name) {
    if (typeof value !== 'object' || value === null)
        return undefined;
    const found = Object.getOwnPropertyDescriptor(value, name)?.value;
    return found ?? undefined;
}
/** A field that is a text; undefined for an empty one and for any other value. */
function textField(value, name) {
    const found = field(value, name);
    return typeof found === 'string' && found !== '' ? found : undefined;
}

;// CONCATENATED MODULE: ./src/core/github/branch.ts

/**
 * The head branch of a pull request, from an event or from one of GitHub's lists.
 *
 * @param repository `owner/repo` that the pull request is in, where it does not say.
 * @returns undefined if it names no branch, or not whose fork the branch is from.
 */
function headBranch(pullRequest, repository) {
    return branchFrom(headSource(pullRequest, repository));
}
/** Whether the head of a pull request is in another repository, also one of the same owner. */
function isFromFork(pullRequest, repository) {
    return field(pullRequest, 'head') !== undefined && !isOwn(headSource(pullRequest, repository));
}
/** The branch of a workflow run, as {@link headBranch}. */
function runBranch(run, repository) {
    const branch = textField(run, 'head_branch');
    return branchFrom({ repository, branch, from: field(run, 'head_repository'), owners: [] });
}
function headSource(pullRequest, repository) {
    const head = field(pullRequest, 'head');
    const base = textField(field(field(pullRequest, 'base'), 'repo'), 'full_name');
    return {
        repository: base ?? repository,
        branch: textField(head, 'ref'),
        from: field(head, 'repo'),
        // The label is `owner:branch`. Label, user and repository are null for a deleted account.
        owners: [ownerIn(textField(head, 'label'), ':'), textField(field(head, 'user'), 'login')],
    };
}
function branchFrom(source) {
    const { branch: name, from, owners } = source;
    if (name === undefined)
        return undefined;
    if (isOwn(source))
        return { name, owner: undefined };
    const named = [
        ownerIn(textField(from, 'full_name'), '/'),
        textField(field(from, 'owner'), 'login'),
    ];
    const owner = [...named, ...owners].find((candidate) => candidate !== undefined);
    return owner === undefined ? undefined : { name, owner };
}
/** GitHub compares names of owners and repositories without regard to case. */
function isOwn({ from, repository }) {
    return textField(from, 'full_name')?.toLowerCase() === repository.toLowerCase();
}
/** The text before the separator, if it is between two words. */
function ownerIn(text, separator) {
    const [owner, ...rest] = text?.split(separator) ?? [];
    return owner !== '' && rest.join('') !== '' ? owner : undefined;
}

;// CONCATENATED MODULE: ./src/core/github/event.ts


/**
 * The branch of an event; all events of a branch have the same one. It comes from the payload:
 * GitHub runs many events on the default branch, whatever branch they belong to.
 *
 * @returns undefined if the event has no branch, or does not say whose fork the branch is in.
 */
function branchOf(event) {
    const { name, payload, ref, repository } = event;
    if (isAboutPullRequest(event))
        return headBranch(field(payload, 'pull_request'), repository);
    switch (name) {
        case 'push':
            return own(branchIn(pushedRef(event)));
        case 'create':
        case 'delete':
            return textField(payload, 'ref_type') === 'branch'
                ? own(textField(payload, 'ref'))
                : undefined;
        case 'workflow_run': {
            const within = textField(field(payload, 'repository'), 'full_name') ?? repository;
            return runBranch(field(payload, 'workflow_run'), within);
        }
        // For a commit of a fork, GitHub passes no branch here, and so no head repository.
        case 'check_run':
            return own(textField(field(field(payload, 'check_run'), 'check_suite'), 'head_branch'));
        case 'check_suite':
            return own(textField(field(payload, 'check_suite'), 'head_branch'));
        case 'merge_group':
            return own(branchIn(textField(field(payload, 'merge_group'), 'head_ref') ?? ref));
        case 'schedule':
        case 'workflow_dispatch':
            return own(branchIn(ref));
        default:
            return undefined;
    }
}
/** Why {@link branchOf} returns no branch, to follow the name of the event. */
function whyNoBranch(event) {
    const { payload } = event;
    const head = field(field(payload, 'pull_request'), 'head');
    const branch = isAboutPullRequest(event)
        ? textField(head, 'ref')
        : textField(field(payload, 'workflow_run'), 'head_branch');
    return branch === undefined
        ? 'has no branch to take a name from'
        : `does not say whose fork the branch '${branch}' is in`;
}
/** The pull request of an event, if it is closed: by the event's action, or by its state. */
function closedPullRequest(event) {
    if (!isAboutPullRequest(event))
        return undefined;
    const pullRequest = field(event.payload, 'pull_request');
    const states = [textField(event.payload, 'action'), textField(pullRequest, 'state')];
    if (!states.includes('closed'))
        return undefined;
    const number = field(pullRequest, 'number') ?? field(event.payload, 'number');
    const closedAt = Date.parse(textField(pullRequest, 'closed_at') ?? '');
    return {
        number: Number.isSafeInteger(number) ? Number(number) : undefined,
        closedAt: Number.isNaN(closedAt) ? undefined : closedAt,
    };
}
/** The tag whose deletion started the run. */
function deletedTag(event) {
    const { name, payload } = event;
    if (name === 'delete') {
        return textField(payload, 'ref_type') === 'tag' ? textField(payload, 'ref') : undefined;
    }
    const prefix = 'refs/tags/';
    const ref = textField(payload, 'ref');
    const deleted = name === 'push' && field(payload, 'deleted') === true;
    return deleted && ref?.startsWith(prefix) === true ? ref.slice(prefix.length) : undefined;
}
/**
 * Why secrets are empty in this run, if GitHub withholds them: pull requests from forks and runs
 * started by Dependabot get no secrets.
 */
function secretsWithheld(event) {
    if (event.actor === 'dependabot[bot]')
        return 'dependabot';
    // pull_request_target runs with the secrets of the base repository.
    const limited = isAboutPullRequest(event) && event.name !== 'pull_request_target';
    const pullRequest = field(event.payload, 'pull_request');
    return limited && isFromFork(pullRequest, event.repository) ? 'fork' : undefined;
}
/** `pull_request`, `pull_request_target`, and those of reviews and their comments. */
function isAboutPullRequest({ name }) {
    return name.startsWith('pull_request');
}
/** `GITHUB_REF` is the default branch where a push has deleted its branch. */
function pushedRef({ payload, ref }) {
    return textField(payload, 'ref') ?? (field(payload, 'deleted') === true ? undefined : ref);
}
function branchIn(ref) {
    const prefix = 'refs/heads/';
    return ref?.startsWith(prefix) === true ? ref.slice(prefix.length) : undefined;
}
function own(name) {
    return name === undefined || name === '' ? undefined : { name, owner: undefined };
}

;// CONCATENATED MODULE: ./src/core/github/run-event.ts

/** GitHub's limit for a payload is 25 MB. */
const run_event_maxBytes = 32 * 1024 * 1024;
/**
 * The event of the run, by the runner's variables. @param debug called with what could not be read.
 */
function readEvent(env, debug) {
    let payload;
    try {
        const path = env['GITHUB_EVENT_PATH'] ?? '';
        payload = JSON.parse(readSafely(path, { maxBytes: run_event_maxBytes, followLinks: true }).toString('utf8'));
    }
    catch (error) {
        debug(`The event's payload could not be read: ${String(error)}`);
    }
    return {
        name: env['GITHUB_EVENT_NAME'] ?? '',
        repository: env['GITHUB_REPOSITORY'] ?? '',
        ref: env['GITHUB_REF'] ?? '',
        actor: env['GITHUB_ACTOR'] ?? '',
        payload,
    };
}

;// CONCATENATED MODULE: ./src/core/github/pull-requests.ts




/** Each question is asked once. The answer is optional, so the step does not wait long for it. */
const pull_requests_limitMilliseconds = 10_000;
/** Source: GitHub's REST documentation, "Pull requests". */
function createPullRequests(options) {
    const { repository } = options;
    const [owner = '', repo = ''] = repository.split('/');
    return {
        stateOf: (number) => ask(options, async (octokit) => {
            const { data } = await octokit.rest.pulls.get({ owner, repo, pull_number: number });
            const state = textField(data, 'state');
            if (state === 'open' || state === 'closed')
                return state;
            throw new Error('GitHub answered with something else than a pull request');
        }),
        openFrom: (branch) => ask(options, async (octokit) => {
            const head = `${branch.owner ?? owner}:${branch.name}`;
            const query = { owner, repo, state: 'open', head, per_page: 100 };
            const { data } = await octokit.rest.pulls.list(query);
            return checked(data)
                .filter((entry) => mayComeFrom(entry, branch, repository))
                .map((entry) => Number(field(entry, 'number')));
        }),
    };
}
/**
 * One owner can have the branch in several repositories; those that cannot be distinguished count.
 */
function mayComeFrom(pullRequest, branch, repository) {
    const head = headBranch(pullRequest, repository);
    if (head === undefined)
        return true;
    return head.name === branch.name && head.owner?.toLowerCase() === branch.owner?.toLowerCase();
}
async function ask(options, question) {
    const { token, apiUrl, debug, clock, deadline, signal } = options;
    const permission = 'pull-requests: read';
    if (token === undefined || token === '') {
        return { problem: `Input 'github-token' is empty; expected a token with '${permission}'.` };
    }
    const milliseconds = withinDeadline(pull_requests_limitMilliseconds, deadline - clock.now());
    const limit = { clock, milliseconds, signal };
    try {
        const value = await withTimeLimit(async (stop) => question(await connect({ token, apiUrl, debug }, stop)), limit);
        return { value };
    }
    catch (error) {
        signal?.throwIfAborted();
        return { problem: explain(error, permission) };
    }
}

;// CONCATENATED MODULE: ./src/aura/inputs/credentials.ts

/**
 * Whether the step ends without doing anything, because GitHub passes no secrets to this run and
 * the input allows this.
 *
 * @param getInput the text of an input, empty if not set.
 * @returns the message for this case, otherwise undefined.
 */
function whySkipped(getInput, event) {
    if (getInput('if-no-credentials').trim() !== 'skip')
        return undefined;
    const missing = emptyCredentials((name) => getInput(name).trim());
    if (missing.length === 0)
        return undefined;
    switch (secretsWithheld(event)) {
        case 'fork':
            return `Skipped: ${areEmpty(missing)} because GitHub passes no secrets to a pull request from a fork ('if-no-credentials: skip').`;
        case 'dependabot':
            return `Skipped: ${areEmpty(missing)} because GitHub passes no repository secrets to runs of Dependabot ('if-no-credentials: skip').`;
        case undefined:
            return undefined;
    }
}
function emptyCredentials(text) {
    const names = ['client-id', 'client-secret'];
    return names.filter((name) => text(name) === '').map((name) => `'${name}'`);
}
function areEmpty(names) {
    return names.length > 1
        ? `inputs ${names.join(' and ')} are empty`
        : `input ${names.join()} is empty`;
}
/** Their values are never quoted: either may contain a secret by mistake. */
function readCredentials(read, event) {
    const clientId = read.text('client-id');
    const clientSecret = read.text('client-secret');
    const missing = emptyCredentials(read.text);
    if (missing.length > 0) {
        const inputs = missing.length > 1 ? 'Inputs' : 'Input';
        const be = missing.length > 1 ? 'are' : 'is';
        read.problem(`${inputs} ${missing.join(' and ')} ${be} empty; ${whyEmpty(event)}`);
    }
    // A colon would end the user name of the Authorization header.
    const wellFormed = /^[\x21-\x39\x3b-\x7e]+$/.test(clientId) || clientId === '';
    if (!wellFormed) {
        read.problem("Input 'client-id' holds characters that no Aura client id has.");
    }
    if (clientSecret !== '' && !/^[\x21-\x7e]{8,}$/.test(clientSecret)) {
        read.problem("Input 'client-secret' is no Aura client secret: it is too short or holds blanks.");
    }
    return { clientId, clientSecret };
}
function whyEmpty(event) {
    switch (secretsWithheld(event)) {
        case 'fork':
            return 'GitHub passes no secrets to a pull request from a fork. Skip this step for forks.';
        case 'dependabot':
            return "GitHub passes no repository secrets to runs of Dependabot. Add them to the repository's Dependabot secrets, or skip this step for Dependabot.";
        case undefined:
            return 'the secret or variable they come from is not set for this repository or environment, or its name is misspelt.';
    }
}

;// CONCATENATED MODULE: ./src/core/inputs/glob.ts
/**
 * Whether `text` matches `pattern` whole, where `*` is any text and `?` any one character. It uses
 * no regular expression, which would take forever with many stars.
 */
function matchesGlob(pattern, text) {
    const wanted = Array.from(pattern);
    const given = Array.from(text);
    let at = 0;
    /** The last star, and where the text after what it has swallowed begins. */
    let star = -1;
    let resume = 0;
    for (let position = 0; position < given.length;) {
        if (wanted[at] === '*') {
            star = at;
            resume = position;
            at += 1;
        }
        else if (wanted[at] === '?' || wanted[at] === given[position]) {
            at += 1;
            position += 1;
        }
        else if (star >= 0) {
            // The star takes one character more.
            resume += 1;
            position = resume;
            at = star + 1;
        }
        else {
            return false;
        }
    }
    return wanted.slice(at).every((character) => character === '*');
}
/**
 * The same, but ignores case, so that no protected name is missed: `stra?e` and `STRASSE` both
 * match `Straße`, and a letter with an accent matches however it was typed.
 */
function matchesGlobInAnyCase(pattern, text) {
    return foldings.some((fold) => matchesGlob(fold(pattern), fold(text)));
}
const foldings = [
    (text) => text.normalize('NFC').toLowerCase(),
    // Capitals tell more letters apart from none: both ways of writing a sharp s are SS.
    (text) => text.normalize('NFC').toUpperCase().toLowerCase(),
];

;// CONCATENATED MODULE: ./src/core/inputs/parsers.ts

/** One of a few words, each standing for a value. */
function oneOf(choices) {
    const byWord = new Map(Object.entries(choices));
    return (text) => {
        const value = byWord.get(text);
        return value === undefined
            ? { expected: `one of ${[...byWord.keys()].join(', ')}` }
            : { value };
    };
}
/** A text that `pattern` matches whole. */
function matching(pattern, expected) {
    return (text) => (pattern.test(text) ? { value: text } : { expected });
}
/** The words of YAML 1.2 for a boolean, as @actions/core takes them. */
const parseBoolean = (text) => {
    if (/^(true|True|TRUE)$/.test(text))
        return { value: true };
    if (/^(false|False|FALSE)$/.test(text))
        return { value: false };
    return { expected: 'true or false' };
};
const longestDurationMilliseconds = 24 * 3600 * 1000;
/** `90s`, `20m`, `1h30m`, or seconds as a bare number; from 1 second to 24 hours. In milliseconds. */
const parseDuration = (text) => {
    const expected = 'a time from 1s to 24h such as 90s, 20m or 1h30m (a bare number is seconds)';
    const bare = /^\d+$/.test(text) ? `${text}s` : text;
    const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(bare);
    if (parts === null || bare === '')
        return { expected };
    const [hours, minutes, seconds] = parts
        .slice(1)
        .map((part) => Number(part ?? 0));
    const total = ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000;
    return total >= 1000 && total <= longestDurationMilliseconds ? { value: total } : { expected };
};
/** A host as DNS and resolvers accept it; a host that a URL parser would rewrite is invalid. */
const parsers_origin = /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?\/?$/i;
/**
 * The origin of an API. Plain HTTP is allowed only for this machine, because it would expose the
 * credentials.
 *
 * @param what the API and an example, for the message.
 */
const parseOrigin = (what) => {
    const expected = `the origin of ${what} (http: only for this machine, no path, no credentials)`;
    return (text) => readOrigin(text, expected);
};
function readOrigin(text, expected) {
    // The text before an @ may be a password.
    const shown = text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1***@');
    const host = parsers_origin.exec(text)?.[1]?.toLowerCase();
    if (host === undefined || !URL.canParse(text))
        return { expected, shown };
    const url = new URL(text);
    // `0x7f.1` and `2130706433` are this machine to a URL parser, and other names to a proxy.
    const rewritten = url.hostname !== host && !host.startsWith('[');
    const plain = url.protocol === 'http:' && !isLoopback(url.hostname);
    return rewritten || plain ? { expected, shown } : { value: url };
}
/** A whole number of at least 1. */
const parseCount = (text) => /^[1-9]\d{0,5}$/.test(text) ? { value: Number(text) } : { expected: 'a whole number from 1' };
/** Entries separated by commas or newlines; empty ones are skipped. */
const parseList = (text) => ({
    value: text
        .split(/[,\r\n]/)
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ''),
});
/**
 * Characters of other kinds of patterns: in a glob they would match nothing, and protect nothing.
 */
const foreignPattern = /[$^!'"`[\]{}()|\\]|\.\*/;
/** Name patterns separated by commas or newlines; only `*` and `?` are special. */
const parsePatterns = (text) => {
    const patterns = parseList(text);
    if (!('value' in patterns))
        return patterns;
    const foreign = patterns.value.filter((pattern) => foreignPattern.test(pattern));
    return foreign.length === 0
        ? patterns
        : {
            expected: `names and globs, in which only * and ? are special: ${foreign.map((each) => `'${each}'`).join(', ')} would protect nothing; ? matches any one character`,
        };
};

;// CONCATENATED MODULE: ./src/aura/inputs/parsers.ts

/** Another Aura API. */
const parseApiUrl = parseOrigin('an Aura API, such as https://api.neo4j.io');
/** An instance's name. Source: Aura API v1 specification (1–30 characters, no blanks around). */
const parseName = (text) => 
// eslint-disable-next-line no-control-regex -- control characters are what is refused
Array.from(text).length <= 30 && !/[\x00-\x1f\x7f]/.test(text) && text.trim() === text
    ? { value: text }
    : { expected: 'a name of 1 to 30 characters on one line' };
/** An instance id as Aura writes it. */
const parseInstanceId = (text) => /^[0-9a-f]{8}$/i.test(text)
    ? { value: text.toLowerCase() }
    : { expected: 'an instance id of 8 hex digits' };
/** Sizes as Aura writes them, such as `4GB`; Aura decides which sizes exist. */
const parseSize = matching(/^[1-9]\d{0,5}GB$/, 'a size such as 4GB');

;// CONCATENATED MODULE: ./src/core/runner/runner-files.ts


/** The files that a step needs; the summary is optional. */
const commandFiles = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV'];
/**
 * Problems with the files that a step uses to pass results to its runner. They are checked before
 * anything is created: later, the password could not be output and the instance could not be
 * deleted.
 *
 * @param env the environment of the process.
 * @returns a sentence for each problem.
 */
function commandFileProblems(env) {
    const missing = commandFiles.filter((name) => !env[name]);
    const unusable = commandFiles.flatMap((name) => {
        const file = env[name];
        const why = file ? whyUnwritable(file) : undefined;
        return why === undefined
            ? []
            : [`The runner's file ${name} can't be written: ${why}. Nothing was done.`];
    });
    return missing.length === 0
        ? unusable
        : [
            `This program runs as a step of GitHub Actions, which sets ${missing.join(', ')}. Nothing was done.`,
            ...unusable,
        ];
}
/**
 * The same for the directory with the post step's files.
 *
 * @param directory `RUNNER_TEMP`.
 * @returns undefined if there is no problem.
 */
function tempProblem(directory) {
    const why = directory ? whyNoDirectory(directory) : 'it is not set';
    return why === undefined
        ? undefined
        : `Input 'delete-after-job' needs the runner's directory RUNNER_TEMP, but ${why}. Nothing was done.`;
}
/** Without waiting: a FIFO without a reader would keep the process from ending. */
function whyUnwritable(file) {
    try {
        const { O_APPEND, O_NONBLOCK, O_WRONLY } = external_node_fs_namespaceObject.constants;
        const descriptor = (0,external_node_fs_namespaceObject.openSync)(file, O_WRONLY | O_APPEND | O_NONBLOCK);
        try {
            return (0,external_node_fs_namespaceObject.fstatSync)(descriptor).isFile() ? undefined : 'it is not a regular file';
        }
        finally {
            (0,external_node_fs_namespaceObject.closeSync)(descriptor);
        }
    }
    catch (error) {
        return asError(error).message;
    }
}
function whyNoDirectory(directory) {
    try {
        if (!(0,external_node_fs_namespaceObject.statSync)(directory).isDirectory())
            return 'it is not a directory';
        (0,external_node_fs_namespaceObject.accessSync)(directory, external_node_fs_namespaceObject.constants.W_OK | external_node_fs_namespaceObject.constants.X_OK);
        return undefined;
    }
    catch (error) {
        return asError(error).message;
    }
}

;// CONCATENATED MODULE: ./src/aura/inputs/surroundings.ts





const auraUrl = 'https://api.neo4j.io';
/** GitHub's API, unless the runner names another. */
const githubUrl = 'https://api.github.com';
/** The address of the API: from the input, otherwise from the environment, otherwise Aura's own. */
function readApiUrl(read, env = {}) {
    const given = read.optional('api-url', parseApiUrl);
    const text = env['AURA_API_URL']?.trim() ?? '';
    if (read.given('api-url') || text === '')
        return () => given() ?? new URL(auraUrl);
    const parsed = parseApiUrl(text);
    if ('expected' in parsed) {
        const is = `Environment variable 'AURA_API_URL' is '${parsed.shown ?? text}'`;
        read.problem(`${is}; expected ${parsed.expected}.`);
    }
    return () => ('value' in parsed ? parsed.value : new URL(auraUrl));
}
/**
 * Adds problems of the machine that would otherwise appear only after a request was sent.
 *
 * @param read the inputs.
 * @param run the event, the environment and the directories of the step.
 * @param name of the instance to create; undefined if there is none yet.
 */
function noteSurroundings(read, run, name) {
    noteIgnoredCertificates(read, run);
    if (read.text('operation') !== 'create' || !isTrue(read.text('delete-after-job')))
        return;
    const problem = tempProblem(run.temp);
    if (problem !== undefined)
        read.problem(problem);
    const patterns = parsePatterns(read.text('protected-names'));
    if (name === undefined || !('value' in patterns))
        return;
    const pattern = patterns.value.find((each) => matchesGlobInAnyCase(each, name));
    if (pattern === undefined)
        return;
    read.problem(`Input 'delete-after-job' can't delete instance '${name}', which '${pattern}' of input 'protected-names' protects; leave out one of them, or give another 'name'.`);
}
/** Node.js could send the client secret to the wrong server. */
function noteIgnoredCertificates(read, run) {
    const { env = {} } = run;
    if (!certificatesIgnored(env))
        return;
    const urls = [
        apiUrlText(read, env),
        ...(asksGitHub(read, run) ? [env['GITHUB_API_URL'] ?? githubUrl] : []),
    ];
    const hosts = urls
        .filter((url) => URL.canParse(url))
        .map((url) => new URL(url).hostname)
        .filter((host) => !isLoopback(host));
    if (hosts.length === 0)
        return;
    read.problem(`Environment variable 'NODE_TLS_REJECT_UNAUTHORIZED' is '0', so anybody could pass for ${hosts.join(' and ')} and get the credentials. Remove it; if a proxy or server has a certificate of your own authority, set NODE_EXTRA_CA_CERTS to that authority's certificate.`);
}
function apiUrlText(read, env) {
    const given = read.text('api-url') || (env['AURA_API_URL']?.trim() ?? '');
    return given === '' ? auraUrl : given;
}
/** For the store, and to check whether a pull request is closed. */
function asksGitHub(read, { event }) {
    if (read.text('github-token') === '')
        return false;
    if (read.text('credentials-store') === 'deployment')
        return true;
    return read.text('operation') === 'delete' && event.name.startsWith('pull_request');
}
function isTrue(text) {
    const parsed = parseBoolean(text);
    return 'value' in parsed && parsed.value;
}

;// CONCATENATED MODULE: ./src/aura/inputs/names.ts
/** Every input that action.yml declares. */
const inputNames = [
    'operation',
    'client-id',
    'client-secret',
    'if-no-credentials',
    'tenant',
    'api-url',
    'instance-id',
    'name',
    'name-suffix',
    'tier',
    'region',
    'cloud-provider',
    'memory',
    'storage',
    'version',
    'vector-optimized',
    'graph-analytics-plugin',
    'customer-managed-key-id',
    'if-exists',
    'wait',
    'wait-for',
    'timeout',
    'poll-interval',
    'sealed-credentials',
    'username',
    'password',
    'sealing-key',
    'credentials-store',
    'export-env',
    'env-file',
    'verify',
    'delete-after-job',
    'protected-names',
    'max-deletions',
    'dry-run',
    'github-token',
];
/**
 * The defaults of action.yml again: `with: x: ''` does not use the manifest's default, and an empty
 * input counts as not set.
 */
const inputDefaults = {
    'if-no-credentials': 'fail',
    tier: 'free',
    version: '5',
    'if-exists': 'reuse',
    wait: 'true',
    timeout: '20m',
    username: 'neo4j',
    'credentials-store': 'none',
    'export-env': 'false',
    verify: 'off',
    'delete-after-job': 'false',
    'max-deletions': '10',
    'dry-run': 'false',
};

;// CONCATENATED MODULE: ./src/aura/credentials/settings.ts
/** The first line of every env file that this action writes. */
const envFileMarker = '# Written by aura-action';

;// CONCATENATED MODULE: ./src/aura/inputs/hand-over.ts





/**
 * Reads how credentials are passed on. Opens sealed credentials, so that a wrong key is reported
 * together with all other problems.
 */
function readHandOver(read, surroundings) {
    const sealingKey = read.text('sealing-key') || read.text('client-secret');
    if (read.given('sealing-key') && sealingKey.length < 8) {
        read.problem("Input 'sealing-key' is too short; expected at least 8 characters.");
    }
    const sealed = openSealed(read, sealingKey);
    surroundings.onSecret(sealed?.password ?? '');
    const login = readLogin(read);
    const exportEnv = read.required('export-env', parseBoolean);
    const envFile = read.optional('env-file', envFileParser(surroundings));
    const verifications = { off: 'off', warn: 'warn', require: 'require' };
    const verify = read.required('verify', oneOf(verifications));
    noteImpossible(read);
    noteUnwritable(read);
    const all = () => ({
        sealingKey,
        sealed,
        sealedText: sealed === undefined ? undefined : read.text('sealed-credentials'),
        login,
        exportEnv: exportEnv(),
        envFile: envFile(),
        verify: verify(),
    });
    return { sealed, all };
}
function openSealed(read, sealingKey) {
    const text = read.text('sealed-credentials');
    if (text === '' || sealingKey === '')
        return undefined;
    try {
        return openBundle(text, sealingKey);
    }
    catch (error) {
        if (!(error instanceof SealError))
            throw error;
        read.problem(`Input 'sealed-credentials' can't be opened: ${error.message}; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.`);
        return undefined;
    }
}
// eslint-disable-next-line no-control-regex -- control characters are what is refused
const controlCharacter = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;
/**
 * User and password of an existing instance. Neither is ever quoted: each may contain the password,
 * one of them by mistake. Masking a shorter password would hide ordinary words in the log.
 */
function readLogin(read) {
    const username = read.text('username');
    const password = read.text('password');
    if (!isUsername(username)) {
        read.problem("Input 'username' is not valid; expected the name of a user on one line.");
    }
    if (password === '')
        return undefined;
    if (!isPassword(password)) {
        read.problem("Input 'password' is not valid; expected 8 or more characters on one line.");
    }
    return { username, password };
}
function isUsername(text) {
    return !controlCharacter.test(text);
}
function isPassword(text) {
    return Array.from(text).length >= 8 && !controlCharacter.test(text);
}
/** The inputs that are set and need a password. */
function askedIn(read) {
    return [
        ['warn', 'require'].includes(read.text('verify')) ? "'verify'" : '',
        read.text('export-env').toLowerCase() === 'true' ? "'export-env'" : '',
        read.given('env-file') ? "'env-file'" : '',
    ].filter((name) => name !== '');
}
/** What was requested but would silently not happen. */
function noteImpossible(read) {
    const asked = askedIn(read);
    if (asked.length === 0)
        return;
    const operation = read.text('operation');
    const waitFor = read.text('wait-for');
    const [inputs, go, need, ask] = asked.length === 1
        ? [`Input ${asked.join('')}`, 'does not go', 'needs', 'asks']
        : [`Inputs ${asked.slice(0, -1).join(', ')} and ${asked.at(-1)}`, 'do not go', 'need', 'ask'];
    const changes = operation === 'create' || operation === 'resume';
    if (changes && asked.includes("'verify'") && read.text('wait').toLowerCase() === 'false') {
        read.problem("Input 'verify' needs a database that runs; expected 'wait: true' with it.");
    }
    if (operation === 'pause' || operation === 'delete') {
        read.problem(`${inputs} ${go} with operation '${operation}', which works without the password of the database; expected operation create, get, poll or resume.`);
    }
    else if (operation === 'poll' && (waitFor === 'paused' || waitFor === 'deleted')) {
        read.problem(`${inputs} ${ask} for a database that runs, but 'wait-for' is '${waitFor}'; expected 'wait-for: running' with it.`);
    }
    else if (['get', 'poll', 'resume'].includes(operation) && !hasSource(read)) {
        read.problem(`${inputs} ${need} the password of the database; expected 'password', 'sealed-credentials' or 'credentials-store: deployment' with operation '${operation}'.`);
    }
}
/** Whether a password may be known; a new instance has its own password. */
function hasSource(read) {
    return (read.given('password') ||
        read.given('sealed-credentials') ||
        read.text('credentials-store') !== 'none');
}
/**
 * Checks, before anything is written, for values that readers of env files interpret differently.
 */
function noteUnwritable(read) {
    if (!read.given('env-file'))
        return;
    const [username, password] = [read.text('username'), read.text('password')];
    const problem = (name) => {
        read.problem(`Input '${name}' holds characters that can't stand in the file of input 'env-file'.`);
    };
    if (!isPlain(read.text('name')))
        problem('name');
    if (password === '')
        return;
    if (isUsername(username) && !isPlain(username))
        problem('username');
    if (isPassword(password) && !isPlain(password))
        problem('password');
}
function envFileParser(roots) {
    return (path) => {
        try {
            return { value: checkEnvFile(path, { ...roots, marker: envFileMarker }) };
        }
        catch (error) {
            if (!(error instanceof EnvFileError))
                throw error;
            return { expected: `a path where a file can be written, but ${error.message}` };
        }
    };
}

;// CONCATENATED MODULE: ./src/core/github/default-branch.ts

/**
 * The guard for everything that destroys data: a name from an event must not be the name of the
 * default branch. Many events run on the default branch although they do not belong to it, so a
 * step must name the default branch's instance to destroy it.
 *
 * @param branch the result of {@link branchOf} for the event.
 * @param nameOf returns the name for a branch.
 * @returns why the name is refused; undefined if it may be used.
 */
function defaultBranchProblem(event, branch, nameOf) {
    if (branch.owner !== undefined)
        return undefined;
    const defaultBranch = defaultBranchOf(event);
    // A schedule always runs on the default branch.
    if (event.name === 'schedule' || defaultBranch === branch.name) {
        return `'${branch.name}' is the default branch`;
    }
    if (defaultBranch !== undefined) {
        const other = { name: defaultBranch, owner: undefined };
        const same = nameOf(event.repository, other) === nameOf(event.repository, branch);
        return same ? `it is the name of the default branch '${defaultBranch}', too` : undefined;
    }
    const base = textField(field(field(event.payload, 'pull_request'), 'base'), 'ref');
    if (event.name.startsWith('pull_request') && base !== undefined && base !== branch.name) {
        return undefined;
    }
    return `the event does not say whether '${branch.name}' is the default branch`;
}
function defaultBranchOf({ name, payload }) {
    const named = textField(field(payload, 'repository'), 'default_branch');
    if (named !== undefined || !name.startsWith('pull_request'))
        return named;
    const base = field(field(payload, 'pull_request'), 'base');
    return textField(field(base, 'repo'), 'default_branch');
}

;// CONCATENATED MODULE: ./src/core/github/branch-name.ts

const hashLength = 5;
/** The prefix of the hash of a fork's branch; no hash contains it. */
const forkMark = 'x';
/** The alphabet of base32hex, which ends before `x`. */
const alphabet = '0123456789abcdefghijklmnopqrstuv';
/**
 * The name for what belongs to a branch: `<repo>-<branch>-<rrrrr>-<bbbbb>`. The hashes distinguish
 * names that are equal after they are shortened, and show which repository the name belongs to. The
 * hash of a fork's branch begins with a letter that no hash contains, so no branch of a fork gets
 * the name of a branch of this repository.
 *
 * @param longest how many characters a name may have.
 * @returns 1 to `longest` characters of `a-z`, `0-9` and `-`.
 */
function branchName({ repository, branch, suffix }, longest) {
    const end = [
        hash(repository.toLowerCase()),
        branch.owner === undefined
            ? hash(branch.name)
            : `${forkMark}${hash(`${branch.owner.toLowerCase()}:${branch.name}`)}`,
        ...(suffix === undefined ? [] : [suffix.toLowerCase()]),
    ].join('-');
    // The characters for repository and branch together; the repository keeps some of them even if
    // the branch is long.
    const readableLength = longest - end.length - 1;
    const repositoryShare = suffix === undefined ? 8 : 5;
    const readable = fold(branch.name);
    const repo = fold(repository.split('/').at(-1) ?? '');
    const shortRepo = cut(repo, Math.max(repositoryShare, readableLength - 1 - readable.length));
    const shortBranch = cut(readable, readableLength - 1 - shortRepo.length);
    return [shortRepo, shortBranch, end].filter((part) => part !== '').join('-');
}
/**
 * Whether a name belongs to a branch, without a suffix or with the suffix at its end. The name is
 * compared, not parsed, because a branch can have any name.
 */
function isNameOf(name, named, longest) {
    const suffix = /-([a-z0-9]{1,6})$/.exec(name)?.[1];
    return (name === branchName(named, longest) ||
        (suffix !== undefined && name === branchName({ ...named, suffix }, longest)));
}
function fold(text) {
    return text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '');
}
function cut(text, length) {
    return text.slice(0, length).replace(/-+$/, '');
}
/** The first 25 bits of SHA-256 in base32hex. */
function hash(text) {
    const bits = (0,external_node_crypto_.createHash)('sha256').update(text).digest().readUInt32BE(0);
    return Array.from({ length: hashLength }, (_, index) => alphabet.charAt((bits >>> (27 - 5 * index)) & 31)).join('');
}

;// CONCATENATED MODULE: ./src/aura/inputs/naming.ts

/** Aura's limit for a name. Source: Aura API v1 specification. */
const longestName = 30;
/**
 * The name of a branch's instance, for create, find, delete and sweep alike.
 *
 * @param repository `owner/repo`.
 * @param suffix 1 to 6 letters or digits, for several instances of one branch.
 */
function instanceName(repository, branch, suffix) {
    return branchName({ repository, branch, suffix }, longestName);
}
/** Whether an instance of this name belongs to a branch, with or without a suffix. */
function belongsToBranch(name, repository, branch) {
    return isNameOf(name, { repository, branch }, longestName);
}

;// CONCATENATED MODULE: ./src/aura/inputs/uses.ts
const change = ['create', 'pause', 'resume', 'delete'];
const remove = ['create', 'delete'];
const handOver = ['create', 'get', 'poll', 'resume'];
const create = ['create'];
/**
 * The operations that use each input. `create` deletes too: a replaced instance, and an instance
 * whose password was lost. `instance-id` with `create` is an error, not an unused input.
 */
const uses = {
    operation: 'all',
    'client-id': 'all',
    'client-secret': 'all',
    'if-no-credentials': 'all',
    tenant: 'all',
    'api-url': 'all',
    'instance-id': 'all',
    name: 'all',
    'name-suffix': 'all',
    tier: create,
    region: create,
    'cloud-provider': create,
    memory: create,
    storage: create,
    version: create,
    'vector-optimized': create,
    'graph-analytics-plugin': create,
    'customer-managed-key-id': create,
    'if-exists': create,
    wait: change,
    'wait-for': ['poll'],
    timeout: 'all',
    'poll-interval': 'all',
    'sealed-credentials': 'all',
    // `username` without `password` has its own warning.
    username: 'all',
    password: handOver,
    'sealing-key': 'all',
    'credentials-store': 'all',
    'export-env': handOver,
    'env-file': handOver,
    verify: handOver,
    'delete-after-job': create,
    'protected-names': remove,
    'max-deletions': remove,
    'dry-run': 'all',
    // Its default is an expression, so a token that was set cannot be distinguished from the default.
    'github-token': 'all',
};
/** Whether an input can have an effect on an operation. */
function hasEffect(name, operation) {
    return uses[name] === 'all' || uses[name].includes(operation);
}
/**
 * One sentence that names the inputs that are set but have no effect on the operation. An input
 * that equals its default counts as not set.
 *
 * @returns undefined if there are none.
 */
function describeIdleInputs(names, read, operation) {
    const idle = names
        .filter((name) => !hasEffect(name, operation) && read.changed(name))
        .map((name) => `'${name}'`);
    const last = idle.at(-1);
    if (last === undefined)
        return undefined;
    return idle.length === 1
        ? `Input ${last} has no effect on operation '${operation}'.`
        : `Inputs ${idle.slice(0, -1).join(', ')} and ${last} have no effect on operation '${operation}'.`;
}

;// CONCATENATED MODULE: ./src/aura/inputs/remarks.ts


/** Reports what may surprise a user about these inputs. */
function remark(read, run, found) {
    const { remarks, event } = run;
    if (remarks === undefined)
        return;
    const { operation, unknown, derived, idleSuffix } = found;
    for (const { name } of unknown) {
        remarks.debug(`Input '${name}' is unknown to this action and has no effect.`);
    }
    const idle = [
        describeIdleInputs(inputNames, read, operation),
        idleSuffix
            ? "Input 'name-suffix' has no effect, because 'sealed-credentials' say which instance is meant."
            : undefined,
    ].filter((sentence) => sentence !== undefined);
    if (idle.length > 0)
        remarks.warning(idle.join(' '));
    if (derived !== undefined) {
        remarks.info(`${emptyInputs(operation)}, so the name is made from ${describeEvent(event)}: '${derived}'.`);
    }
}
/**
 * Says that no input selects an instance. The runner passes both a missing input and an expression
 * without a value as an empty text.
 */
function emptyInputs(operation) {
    return operation === 'create'
        ? "Input 'name' is empty or not given"
        : "Inputs 'instance-id' and 'name' are both empty or not given";
}
/** An event as messages call it. */
function describeEvent(event) {
    return event.name === '' ? 'this run' : `event '${event.name}' on '${event.ref}'`;
}

;// CONCATENATED MODULE: ./src/aura/inputs/name.ts





/**
 * Operations that destroy data; they refuse the default branch's instance unless the step names it.
 */
const destructive = ['delete', 'overwrite', 'restore'];
/**
 * Builds the name from the event, with the suffix at its end. Adds a problem if the event has no
 * branch, or if the operation does not allow its branch.
 */
function readEventName(read, event, suffix) {
    const branch = branchOf(event);
    if (branch === undefined || event.repository === '') {
        const operation = read.text('operation');
        const or = operation === 'create' ? '' : ', or an instance-id';
        read.problem(`${emptyInputs(operation)}, and ${describeEvent(event)} ${whyNoBranch(event)}; expected a name of 1 to 30 characters${or}.`);
        return undefined;
    }
    const closed = closedPullRequest(event);
    const problem = refusal(read.text('operation'), { event, branch });
    if (problem !== undefined)
        read.problem(problem);
    const { repository } = event;
    const name = instanceName(repository, branch, suffix);
    return { name, instances: { repository, branch, suffix, closed } };
}
/** Reads `name-suffix`, which is only used with the name from the event. */
function readSuffix(read) {
    const text = read.text('name-suffix');
    const parse = matching(/^[a-z0-9]{1,6}$/i, '1 to 6 letters or digits');
    read.optional('name-suffix', parse);
    if (!('value' in parse(text)))
        return undefined;
    const beside = ['name', 'instance-id'].find((input) => read.given(input));
    if (beside !== undefined) {
        read.problem(`Input 'name-suffix' does not go with '${beside}': it is appended to the name from the event.`);
    }
    return text.toLowerCase();
}
/** Why a `delete` without a name has nothing to do: only branches have instances. */
function nothingToDelete(read, event) {
    if (read.text('operation') !== 'delete')
        return undefined;
    if (read.given('name') || read.given('instance-id'))
        return undefined;
    const tag = deletedTag(event);
    return tag === undefined
        ? undefined
        : `Tag '${tag}' was deleted. Only branches have instances, so there is nothing to delete.`;
}
function refusal(operation, { event, branch }) {
    const closed = closedPullRequest(event);
    if (operation === 'create' && closed !== undefined) {
        const which = closed.number === undefined ? '' : ` #${closed.number}`;
        return `Input 'name' is not given, and pull request${which} is closed: nothing would delete the instance of its branch. Give 'name' to create one anyway.`;
    }
    const why = destructive.includes(operation)
        ? defaultBranchProblem(event, branch, instanceName)
        : undefined;
    return why === undefined
        ? undefined
        : `Input 'name' is not given, and operation '${operation}' does not take the name from event '${event.name}': ${why}. Give 'name' or 'instance-id' to say which instance is meant.`;
}

;// CONCATENATED MODULE: ./src/core/inputs/table.ts

/**
 * @param getInput the text of an input; surrounding spaces are ignored.
 * @param defaults used if an input is empty: the runner does not fall back for `with: x: ''`.
 */
function createInputReader(getInput, defaults) {
    const problems = [];
    const text = (name) => getInput(name).trim() || (defaults[name] ?? '');
    const required = (name, parse) => {
        const value = text(name);
        const result = parse(value);
        if ('value' in result)
            return () => result.value;
        const is = value === '' ? 'is not given' : `is '${result.shown ?? value}'`;
        problems.push(`Input '${name}' ${is}; expected ${result.expected}.`);
        return () => {
            throw new Error(`input '${name}' is not valid`);
        };
    };
    return {
        text,
        given: (name) => getInput(name).trim() !== '',
        changed: (name) => getInput(name).trim() !== '' &&
            text(name).toLowerCase() !== (defaults[name] ?? '').toLowerCase(),
        required,
        optional: (name, parse) => (text(name) === '' ? () => undefined : required(name, parse)),
        problem: (noted) => {
            problems.push(noted);
        },
        throwProblems: () => {
            if (problems.length > 0)
                throw new ActionError(problems.join('\n'));
        },
    };
}

;// CONCATENATED MODULE: ./src/aura/inputs/settings.ts


/** The action's words for the tiers beside the API's own codes. Source: Aura API v1, `type`. */
const tiers = {
    free: 'free-db',
    professional: 'professional-db',
    'business-critical': 'business-critical',
    'virtual-dedicated-cloud': 'enterprise-db',
    'ds-professional': 'professional-ds',
    'ds-enterprise': 'enterprise-ds',
    'free-db': 'free-db',
    'professional-db': 'professional-db',
    'enterprise-db': 'enterprise-db',
    'professional-ds': 'professional-ds',
    'enterprise-ds': 'enterprise-ds',
};
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Reads the settings of the new instance. */
function readSettings(read) {
    const type = read.required('tier', oneOf(tiers));
    const version = read.required('version', matching(/^[\w.-]{1,30}$/, 'a version such as 5'));
    const region = read.optional('region', matching(/^[\w-]{1,60}$/, 'a region such as europe-west1'));
    const clouds = { gcp: 'gcp', aws: 'aws', azure: 'azure' };
    const cloudProvider = read.optional('cloud-provider', oneOf(clouds));
    const memory = read.optional('memory', parseSize);
    const storage = read.optional('storage', parseSize);
    const vectorOptimized = read.optional('vector-optimized', parseBoolean);
    const graphAnalyticsPlugin = read.optional('graph-analytics-plugin', parseBoolean);
    const customerManagedKeyId = read.optional('customer-managed-key-id', matching(uuid, 'a UUID'));
    const manners = { reuse: 'reuse', replace: 'replace', fail: 'fail' };
    const ifExists = read.required('if-exists', oneOf(manners));
    const deleteAfterJob = read.required('delete-after-job', parseBoolean);
    return () => ({
        type: type(),
        version: version(),
        region: region(),
        cloudProvider: cloudProvider(),
        memory: memory(),
        storage: storage(),
        vectorOptimized: vectorOptimized(),
        graphAnalyticsPlugin: graphAnalyticsPlugin(),
        customerManagedKeyId: customerManagedKeyId(),
        ifExists: ifExists(),
        deleteAfterJob: deleteAfterJob(),
    });
}

;// CONCATENATED MODULE: ./src/core/inputs/unknown.ts
const unknown_prefix = 'INPUT_';
/** Nearly every short word is one letter away from another. */
const shortestLength = 4;
/**
 * Finds unknown inputs in the environment. The runner only warns about them and continues, so a
 * step with `dry_run: true` would delete and one with `memroy: 8GB` would create 1 GB.
 *
 * @param env the environment of the process, where the runner puts every input as `INPUT_<NAME>`.
 * @param known the names that the action has.
 */
function findUnknownInputs(env, known) {
    return Object.keys(env)
        .filter((variable) => variable.toUpperCase().startsWith(unknown_prefix))
        .map((variable) => variable.slice(unknown_prefix.length).toLowerCase())
        .filter((name) => !known.includes(name))
        .map((name) => ({ name, meant: resembling(name.replaceAll('_', '-'), known) }));
}
/** The problems among unknown inputs, a sentence each. */
function unknownInputProblems(unknown) {
    return unknown
        .filter(({ meant }) => meant.length > 0)
        .map(({ name, meant }) => `Unknown input '${name}'. Did you mean ${meant.map((each) => `'${each}'`).join(' or ')}?`);
}
/** The same name, otherwise all names that are one typing mistake away. */
function resembling(name, known) {
    if (known.includes(name))
        return [name];
    return known.filter((each) => each.length >= shortestLength && isOneSlipAway(name, each));
}
/** One letter added, missing or different, or two adjacent letters swapped. */
function isOneSlipAway(one, other) {
    const [short, long] = one.length <= other.length ? [one, other] : [other, one];
    let start = 0;
    while (start < short.length && short[start] === long[start])
        start += 1;
    const rest = (text, from) => text.slice(start + from);
    if (short.length + 1 === long.length)
        return rest(short, 0) === rest(long, 1);
    if (short.length !== long.length || short === long)
        return false;
    const swapped = short[start] === long[start + 1] && short[start + 1] === long[start];
    return rest(short, 1) === rest(long, 1) || (swapped && rest(short, 2) === rest(long, 2));
}

;// CONCATENATED MODULE: ./src/aura/inputs/inputs.ts












const operations = {
    create: 'create',
    get: 'get',
    poll: 'poll',
    pause: 'pause',
    resume: 'resume',
    delete: 'delete',
};
const goals = { running: 'running', paused: 'paused', deleted: 'deleted' };
/**
 * Reads all inputs of a step.
 *
 * @param getInput the text of an input, empty if not set.
 * @throws ActionError with every problem of every input.
 */
function readInputs(getInput, run) {
    const { read, unknown } = startReading(getInput, run);
    const operation = read.required('operation', oneOf(operations));
    const credentials = readCredentials(read, run.event);
    read.required('if-no-credentials', oneOf({ fail: 'fail', skip: 'skip' }));
    const common = readCommon(read, run.env);
    const settings = readSettings(read);
    const handOver = readHandOver(read, run);
    const waitFor = read.optional('wait-for', oneOf(goals));
    const nothing = nothingToDelete(read, run.event);
    const { name, target, fromEvent, idleSuffix } = readTarget(read, {
        event: run.event,
        sealed: handOver.sealed,
        needsNone: nothing !== undefined,
    });
    const derived = fromEvent?.name;
    noteSurroundings(read, run, read.text('name') || derived);
    read.throwProblems();
    remark(read, run, { operation: operation(), unknown, derived, idleSuffix });
    const request = lend(handOver.sealed, { ...common(), credentials });
    if (nothing !== undefined)
        return { ...request, operation: 'none', why: nothing };
    switch (operation()) {
        case 'create':
            return { ...request, ...settings(), ...handOver.all(), operation: 'create', name: name() };
        case 'get':
            return { ...request, ...handOver.all(), operation: 'get', target: target() };
        case 'poll':
            return {
                ...request,
                ...handOver.all(),
                operation: 'poll',
                target: target(),
                waitFor: waitFor(),
            };
        case 'pause':
            return { ...request, operation: 'pause', target: target() };
        case 'resume':
            return { ...request, ...handOver.all(), operation: 'resume', target: target() };
        case 'delete':
            return { ...request, operation: 'delete', target: target(), ofBranch: fromEvent?.instances };
    }
}
/** A reader that already has problems before it reads any input. */
function startReading(getInput, run) {
    const read = createInputReader(getInput, inputDefaults);
    const unknown = findUnknownInputs(run.env ?? {}, inputNames);
    for (const problem of [...(run.problems ?? []), ...unknownInputProblems(unknown)]) {
        read.problem(problem);
    }
    return { read, unknown };
}
/** What every operation uses from a bundle; an input with the same meaning wins. */
function lend(sealed, request) {
    const lent = sealed === undefined ? undefined : lentTenant(sealed, request);
    return { ...request, tenant: request.tenant ?? lent, sealed };
}
/** Whether `username` is set without `password`: it then has no effect. */
function isUsernameAlone(getInput) {
    const username = getInput('username').trim();
    return !['', inputDefaults.username].includes(username) && getInput('password').trim() === '';
}
function readCommon(read, env) {
    const apiUrl = readApiUrl(read, env);
    const tenant = read.optional('tenant', matching(/^[^\r\n]{1,200}$/, 'a tenant id or name'));
    const wait = read.required('wait', parseBoolean);
    const timeout = read.required('timeout', parseDuration);
    const pollInterval = read.optional('poll-interval', parseDuration);
    const protectedNames = read.optional('protected-names', parsePatterns);
    const maxDeletions = read.required('max-deletions', parseCount);
    const dryRun = read.required('dry-run', parseBoolean);
    const store = read.required('credentials-store', oneOf({ none: 'none', deployment: 'deployment' }));
    const githubToken = read.text('github-token');
    if (read.text('credentials-store') === 'deployment' && githubToken === '') {
        read.problem("Input 'github-token' is empty; expected a token with 'deployments: write' for 'credentials-store: deployment'.");
    }
    return () => ({
        apiUrl: apiUrl(),
        tenant: tenant(),
        wait: wait(),
        timeoutMilliseconds: timeout(),
        pollIntervalMilliseconds: pollInterval(),
        protectedNames: protectedNames() ?? [],
        maxDeletions: maxDeletions(),
        dryRun: dryRun(),
        credentialsStore: store(),
        githubToken: githubToken === '' ? undefined : githubToken,
    });
}
/**
 * If neither id nor name is set, sealed credentials select the instance. If `password` is set too,
 * only their token and tenant are used.
 */
function readTarget(read, { event, sealed, needsNone }) {
    const operation = read.text('operation');
    const id = read.optional('instance-id', parseInstanceId);
    const given = read.optional('name', parseName);
    const bySeal = ['get', 'poll', 'pause', 'resume'].includes(operation) && !read.given('password');
    const sealedId = bySeal ? sealed?.instanceId : undefined;
    if (operation === 'create' && read.given('instance-id')) {
        read.problem("Input 'instance-id' does not go with operation 'create', which makes a new one.");
    }
    if (sealedId !== undefined && ![sealedId, ''].includes(read.text('instance-id').toLowerCase())) {
        read.problem(`Input 'instance-id' is '${read.text('instance-id')}', but 'sealed-credentials' are of ${sealedId}.`);
    }
    const byId = read.given('instance-id') || (bySeal && read.given('sealed-credentials'));
    const needed = !needsNone && !read.given('name') && (operation === 'create' || !byId);
    const suffix = readSuffix(read);
    const fromEvent = needed ? readEventName(read, event, suffix) : undefined;
    const name = () => given() ?? fromEvent?.name ?? '';
    return {
        name,
        fromEvent,
        idleSuffix: !needed && !needsNone && suffix !== undefined,
        target: () => {
            const only = id() ?? sealedId;
            if (only !== undefined)
                return { id: only, name: given() };
            return { id: only, name: name(), ...(fromEvent === undefined ? {} : { fromEvent: true }) };
        },
    };
}

;// CONCATENATED MODULE: ./src/aura/session/open.ts


























/** Time limit for git to say whether a repository tracks a file. */
const open_gitMilliseconds = 5_000;
/** How long a cancelled step waits for the response to a create. */
const graceMilliseconds = 5_000;
/**
 * Reads and masks the inputs and builds what the operation uses; sends no request yet.
 *
 * @returns undefined if the step is skipped, because GitHub withholds its secrets.
 * @throws {@link ActionError}
 */
async function openMainSession(report, surroundings) {
    // The step's time begins here: it includes reading the inputs.
    const begin = surroundings.clock.now();
    assertRunner();
    // First of all, mask the secrets among the inputs.
    for (const name of ['client-secret', 'password', 'sealing-key', 'github-token']) {
        // The runner masks each line separately, even a short one.
        for (const line of getInput(name).split(/[\r\n]+/))
            report.mask(line.trim());
    }
    const event = readEvent(process.env, report.debug);
    const { env } = process;
    const problems = [...commandFileProblems(env)];
    const skipped = whySkipped(getInput, event);
    if (skipped !== undefined) {
        if (problems.length > 0)
            throw new ActionError(problems.join('\n'));
        report.outputs({ operation: getInput('operation'), skipped: true });
        report.notice(skipped);
        return undefined;
    }
    const opening = { report, surroundings, begin };
    try {
        const session = openSession(await readRequest(event, problems, opening), event, opening);
        report.outputs({ operation: getInput('operation') });
        return session;
    }
    finally {
        // Only after the secrets in sealed inputs were masked.
        if (problems.length === 0)
            report.outputs({ skipped: false });
    }
}
/** @param problems problems with the runner, to be reported together with those of the inputs. */
async function readRequest(event, problems, opening) {
    const { report } = opening;
    const { env } = process;
    const roots = {
        workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(),
        temp: env['RUNNER_TEMP'],
    };
    const envFile = getInput('env-file');
    const trouble = envFile === '' ? undefined : await trackingProblem(envFile, roots, opening);
    const run = {
        event,
        ...roots,
        env,
        problems: trouble === undefined ? problems : [...problems, trouble],
        remarks: report,
        onSecret: report.mask,
    };
    const request = readInputs(getInput, run);
    if (isUsernameAlone(getInput)) {
        report.warning("Input 'username' has no effect without 'password'; give both, or neither.");
    }
    return request;
}
/** Why git makes the env file unsafe: a commit would include the password. */
async function trackingProblem(envFile, roots, { surroundings: { clock, signal }, begin }) {
    const timeout = parseDuration(getInput('timeout') || (inputDefaults.timeout ?? ''));
    const longest = 'value' in timeout ? timeout.value : open_gitMilliseconds;
    const limit = {
        clock,
        signal,
        // Per repository, and never more than the time left for the step.
        get milliseconds() {
            return withinDeadline(open_gitMilliseconds, begin + longest - clock.now());
        },
    };
    const expected = `Input 'env-file' is '${envFile}'; expected a path where a file can be written`;
    try {
        const tracked = await isTrackedEnvFile(envFile, roots, limit);
        return tracked ? `${expected}, but git tracks it.` : undefined;
    }
    catch (error) {
        if (!(error instanceof TimeLimitError))
            throw error;
        return `${expected}, but git gave ${error.message}, so it may be a file that git tracks.`;
    }
}
function openSession(request, event, { report, surroundings, begin }) {
    const sealed = 'sealed' in request ? request.sealed : undefined;
    const initial = sealed === undefined ? undefined : lentToken(sealed, request);
    report.mask(initial?.accessToken ?? '');
    const { clock, signal } = surroundings;
    const patience = {
        clock,
        deadline: begin + request.timeoutMilliseconds,
        random: Math.random,
        signal,
        graceSignal: delayed(signal, graceMilliseconds, clock),
        log: report.info,
    };
    const { client, tokens, place } = open_connect(request, { patience, report, initial });
    const store = openStore(request, event, { patience, report });
    const openPostAccess = () => leaveAccess(request, { place, tokens, report });
    const pullRequests = createPullRequests({
        token: request.githubToken,
        repository: event.repository,
        apiUrl: process.env['GITHUB_API_URL'],
        clock,
        deadline: patience.deadline,
        signal,
        debug: report.debug,
    });
    const context = { report, patience, tokens, store, openPostAccess, pullRequests };
    return { request, client, context };
}
function open_connect({ credentials, apiUrl }, { patience, report, initial }) {
    const transport = createTransport(aura, apiUrl, patience.clock);
    const owner = { clientId: credentials.clientId, apiOrigin: apiUrl.origin };
    const directory = process.env['RUNNER_TEMP'];
    const path = directory ? tokenFilePath(directory, aura.userAgent, owner) : undefined;
    const key = deriveTokenKey(credentials, owner.apiOrigin);
    const store = createTokenFile({ path, key, debug: report.debug });
    const onSecret = report.mask;
    const tokens = createTokenSource({ transport, credentials, store, initial, patience, onSecret });
    const client = createAuraClient({ transport, tokens, patience, debug: report.debug });
    return { client, tokens, place: path === undefined ? undefined : { path, key } };
}
/** @throws {@link ActionError} if the post step could not send requests to Aura. */
function leaveAccess(request, { place, tokens, report }) {
    const { credentials, apiUrl, credentialsStore } = request;
    try {
        if (place === undefined)
            throw new Error('RUNNER_TEMP is not set');
        const known = tokens.known();
        const file = createTokenFile({ ...place, debug: report.debug });
        if (known !== undefined && file.load() === undefined)
            file.save(known);
        if (file.load() === undefined)
            throw new Error('the access token could not be kept there');
        return {
            apiUrl: apiUrl.origin,
            account: accountOf(credentials.clientId, apiUrl.origin),
            key: leaveTokenPlace((0,external_node_path_namespaceObject.dirname)(place.path), place, report.mask),
            stored: credentialsStore !== 'none',
        };
    }
    catch (error) {
        throw new ActionError(`Could not prepare 'delete-after-job', which needs a file in RUNNER_TEMP: ${asError(error).message}. Nothing was created.`, { cause: error });
    }
}
/** The store of credentials of a step; it stores nothing if not requested. */
function openStore({ credentialsStore, githubToken }, event, { patience, report }) {
    if (credentialsStore === 'none' || githubToken === undefined)
        return noStore;
    const apiUrl = process.env['GITHUB_API_URL'];
    if (certificatesIgnored(process.env) && !isLoopback(new URL(apiUrl ?? githubUrl).hostname)) {
        // In main this was an error; the post stage continues, because it has an instance to delete.
        report.debug("GitHub is not asked, because 'NODE_TLS_REJECT_UNAUTHORIZED' is '0'.");
        return noStore;
    }
    const branch = branchOf(event);
    // A fork's branch does not belong to this repository, and a run for a tag has no branch: use the
    // commit instead.
    const sha = process.env['GITHUB_SHA'] ?? event.ref;
    return createDeploymentStore({
        shelf: shelf,
        token: githubToken,
        repository: event.repository,
        ref: branch === undefined || branch.owner !== undefined ? sha : branch.name,
        apiUrl,
        clock: patience.clock,
        deadline: patience.deadline,
        signal: patience.signal,
        warn: report.warning,
        debug: report.debug,
    });
}
/** Without the runner's files the outputs, including the password, would go to the log. */
function assertRunner() {
    const { env } = process;
    if (commandFiles.some((name) => !env[name])) {
        throw new ActionError(commandFileProblems(env).join('\n'));
    }
}

;// CONCATENATED MODULE: ./src/aura/operations/create/post-session.ts















/** Time for Aura to accept the deletion. */
const acceptanceMilliseconds = 60_000;
/** Time to look for an instance if only the intent is known. */
const searchMilliseconds = 100_000;
/**
 * The runner gives the post steps of a cancelled job five minutes in total; they share this time.
 */
const creationMilliseconds = 270_000;
/** The minimum of it for a late post step. */
const leastMilliseconds = 20_000;
/** How long requests continue after the post step was told to end. */
const post_session_graceMilliseconds = 5_000;
/** @throws ActionError never: missing data causes an error at the first request to Aura. */
function openPostSession(state, { report, surroundings }) {
    const { clock, signal } = surroundings;
    const begin = clock.now();
    const firstBegan = beginOfPosts(begin);
    let end = begin + (state.created === undefined ? searchMilliseconds : acceptanceMilliseconds);
    const patience = {
        clock,
        get deadline() {
            return end;
        },
        random: Math.random,
        // A DELETE that is due is still sent, and the step waits for its response.
        signal: delayed(signal, post_session_graceMilliseconds, clock),
        graceSignal: undefined,
        hurrySignal: signal,
        log: report.info,
    };
    const request = {
        pollIntervalMilliseconds: undefined,
        get timeoutMilliseconds() {
            return end - begin;
        },
        // The step's own instance needs no protection: a protected name was refused before.
        protectedNames: [],
        dryRun: false,
    };
    const { client, tokens } = post_session_connect(state, { patience, report });
    const context = { report, patience, tokens, store: openPostStore(state, { patience, report }) };
    return {
        client,
        context,
        request,
        allow: (what) => {
            const now = clock.now();
            end =
                what === 'acceptance'
                    ? now + acceptanceMilliseconds
                    : Math.max(firstBegan + creationMilliseconds, now + leastMilliseconds);
        },
    };
}
/**
 * The post steps of a job run one after the other; a file contains the start time of the first one.
 */
function beginOfPosts(now) {
    const directory = process.env['RUNNER_TEMP'];
    if (directory === undefined)
        return now;
    const path = (0,external_node_path_namespaceObject.join)(directory, 'aura-action-posts-began');
    try {
        (0,external_node_fs_namespaceObject.writeFileSync)(path, String(now), { flag: 'wx', mode: 0o600 });
        return now;
    }
    catch {
        return Math.min(readTime(path) ?? now, now);
    }
}
function readTime(path) {
    try {
        const text = readSafely(path, { maxBytes: 32, ownOnly: true }).toString('utf8');
        return /^\d+$/.test(text) ? Number(text) : undefined;
    }
    catch {
        return undefined;
    }
}
function post_session_connect({ access }, { patience, report }) {
    const apiUrl = new URL(access.apiUrl);
    const transport = createTransport(aura, apiUrl, patience.clock);
    const place = takePlace(access.key, report);
    const store = place === undefined
        ? { load: () => undefined, save: () => undefined }
        : createTokenFile({ ...place, debug: report.debug });
    const credentials = ownCredentials(access, report);
    const onSecret = report.mask;
    const tokens = createTokenSource({
        transport,
        credentials,
        store,
        initial: undefined,
        patience,
        onSecret,
    });
    return { client: createAuraClient({ transport, tokens, patience }), tokens };
}
function takePlace(key, report) {
    try {
        return takeTokenPlace(process.env['RUNNER_TEMP'] ?? '', key);
    }
    catch (error) {
        report.debug(`The access token of the step could not be found: ${asError(error).message}.`);
        return undefined;
    }
}
/**
 * The credentials among the inputs, if they belong to the client that created the instance. In
 * nested composite actions the inputs of a post step can be those of another action.
 */
function ownCredentials(access, report) {
    const clientId = getInput('client-id');
    const clientSecret = getInput('client-secret');
    if (clientId === '' || clientSecret === '')
        return undefined;
    if (accountOf(clientId, access.apiUrl) !== access.account)
        return undefined;
    report.mask(clientSecret);
    return { clientId, clientSecret };
}
/**
 * The stored credentials are deleted with the instance if the inputs contain a token for GitHub.
 */
function openPostStore({ access }, { patience, report }) {
    const githubToken = getInput('github-token');
    if (!access.stored)
        return noStore;
    if (githubToken === '') {
        report.debug("The kept credentials stay: the post step has no 'github-token'.");
        return noStore;
    }
    report.mask(githubToken);
    const settings = { credentialsStore: 'deployment', githubToken };
    return openStore(settings, readEvent(process.env, report.debug), { patience, report });
}

;// CONCATENATED MODULE: ./src/core/runner/report-causes.ts

/**
 * What goes below an annotation: for each error of the chain, the request and the service's id for
 * it.
 */
function causes(error) {
    const lines = [];
    let current = error instanceof Error ? (isRequest(error) ? error : error.cause) : undefined;
    while (current instanceof Error && lines.length < 10) {
        lines.push(`Caused by: ${isRequest(current) ? describeRequest(current) : current.message}`);
        current = current.cause;
    }
    return lines;
}
function isRequest(error) {
    return error instanceof RequestError;
}
function describeRequest(error) {
    const id = error.requestId === undefined ? '' : ` (request id ${error.requestId})`;
    return `${error.request}: ${error.message}${id}`;
}

;// CONCATENATED MODULE: ./src/core/runner/report-text.ts
/**
 * Forms of a secret that a runner does not derive from the mask itself: base64url, and the percent
 * encoding of JavaScript, which leaves `!'()*` as they are. Source: the runner's value encoders.
 */
function formsUnknownToRunner(secret) {
    const forms = [
        Buffer.from(secret).toString('base64url'),
        encodeURIComponent(secret.toWellFormed()),
    ];
    return forms.filter((form) => form !== secret);
}
/** All forms that are removed from printed text. */
function formsOf(secret) {
    return [
        secret,
        ...formsUnknownToRunner(secret),
        Buffer.from(secret).toString('base64'),
        // As it stands in the outputs that are JSON.
        JSON.stringify(secret).slice(1, -1),
    ];
}
/** Removes secrets from external text, for example from an error message. */
function scrub(text, secrets) {
    let scrubbed = text;
    // The longest first: one secret can be a prefix of another.
    for (const secret of [...secrets].toSorted((one, other) => other.length - one.length)) {
        scrubbed = scrubbed.replaceAll(secret, '***');
    }
    return scrubbed;
}
/** The runner trims like .NET, which treats U+0085 as a space; JavaScript does not. */
const leadingColons = /^([\s\u0085]*):(?=:)/;
/**
 * Makes external text safe to print. The runner reads `::command::` at the start of a line and
 * `##[command]` anywhere, on every line of both streams.
 */
function neutralize(text) {
    return text
        .split(/\r\n|\r|\n/)
        .map((line) => line.replace(leadingColons, '$1: ').replaceAll('##[', '# #['))
        .join('\n');
}
/**
 * Characters that command a terminal, hide, or reverse the direction of what follows, line ends and
 * tabs apart. The two joiners stay: emoji and some scripts need them.
 */
const invisible = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Makes invisible characters visible. Removing them could join the two parts of a secret. */
function showInvisible(text) {
    return text.replace(invisible, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
/** The runner cuts annotations at 4096 characters; external text must not flood the log either. */
function shorten(text) {
    const longest = 1_500;
    return text
        .split('\n')
        .slice(0, 40)
        .map((line) => (line.length > longest ? `${line.slice(0, longest).toWellFormed()}…` : line))
        .join('\n');
}
/** Text as the runner reads it behind `::warning::`. Source: the runner's command syntax. */
function escapeCommandData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

;// CONCATENATED MODULE: ./src/core/runner/report.ts




/** A runner file that could not be written; the message says which value is lost. */
class RunnerFileError extends Error {
    name = 'RunnerFileError';
}
/** A report to the runner through @actions/core. */
function createReport(rules) {
    const secrets = new Set();
    const scrubbed = (text) => scrub(text, secrets);
    const clean = (text) => shorten(showInvisible(neutralize(scrubbed(text))));
    const mask = (secret) => {
        // Such a short mask would hide large parts of the log, and an empty one everything.
        if (secret.length < 4 || secrets.has(secret))
            return;
        for (const form of [secret, ...formsUnknownToRunner(secret)])
            core_setSecret(form);
        for (const form of formsOf(secret))
            secrets.add(form);
    };
    const info = (text) => {
        core_info(clean(text));
    };
    return {
        mask,
        info,
        debug: (text) => {
            core_debug(clean(text));
        },
        warning: (text) => {
            warning(clean(text));
        },
        notice: (text) => {
            notice(clean(text));
        },
        outputs: createOutputs(rules, mask, scrubbed),
        exportEnv: (variables) => {
            for (const [name, value] of Object.entries(variables)) {
                report_exportVariable(name, secrets.has(value) ? value : scrubbed(value));
            }
        },
        saveState: report_saveState,
        saveWarning: (key, text) => {
            report_saveState(key, escapeCommandData(clean(text)));
        },
        failure: (error) => {
            const message = clean(asError(error).message);
            setFailed(message);
            for (const line of causes(error))
                info(line);
            if (isDebug() && error instanceof Error)
                core_debug(clean(error.stack ?? ''));
            return message;
        },
    };
}
function report_exportVariable(name, value) {
    writing(`variable ${name}`, () => {
        exportVariable(name, value);
    });
}
function report_saveState(key, value) {
    writing('the state of the step', () => {
        saveState(key, value);
    });
}
/** Adds to an error of the file system what could not be written. */
function writing(what, write) {
    try {
        write();
    }
    catch (error) {
        throw new RunnerFileError(`Could not write ${what} to the runner's file: ${asError(error).message}`, { cause: error });
    }
}
/**
 * The writer of outputs, which writes no value twice.
 *
 * @param scrubbed removes secrets from a text, because a service may have echoed one.
 */
function createOutputs({ names, secret, verbatim }, mask, scrubbed) {
    const written = new Map();
    return (values) => {
        for (const name of secret)
            mask(values[name]?.toString() ?? '');
        for (const name of names) {
            const text = values[name]?.toString();
            const asItIs = text === undefined || secret.has(name) || verbatim.has(name);
            const value = asItIs ? text : scrubbed(text);
            if (value === undefined || value === written.get(name))
                continue;
            writing(`output '${name}'`, () => {
                setOutput(name, value);
            });
            written.set(name, value);
        }
    };
}

;// CONCATENATED MODULE: ./src/aura/session/report.ts

/** Every output that action.yml declares. */
const outputNames = [
    'operation',
    'skipped',
    'instance-id',
    'name',
    'connection-uri',
    'host',
    'username',
    'password',
    'sealed-credentials',
    'status',
    'tier',
    'region',
    'cloud-provider',
    'memory',
    'tenant',
    'created',
    'changed',
    'instance',
    'instances',
];
/** A report that also adds a failure to the affected instance, if there is only one. */
function createAuraReport() {
    const report = createReport({
        names: outputNames,
        secret: new Set(['password']),
        verbatim: new Set(['sealed-credentials']),
    });
    let last = [];
    const outputs = (values) => {
        report.outputs({ ...values, host: values.host ?? hostOf(values['connection-uri']) });
    };
    const worked = (instances, as) => {
        last = instances;
        const { status, ...others } = workedOutputs(instances);
        outputs(as === 'several' ? others : { status, ...others });
    };
    return {
        ...report,
        outputs,
        worked,
        failure: (error) => {
            const message = report.failure(error);
            const [only, ...more] = last;
            if (only === undefined || more.length > 0)
                return message;
            try {
                worked([{ ...only, error: only.error ?? message }]);
            }
            catch {
                // The step fails with the error itself; there may be no file to write any output to.
            }
            return message;
        },
    };
}
/** Undefined if the URI contains no valid host. */
function hostOf(uri) {
    if (typeof uri !== 'string' || !URL.canParse(uri))
        return undefined;
    const { hostname } = new URL(uri);
    return hostname === '' ? undefined : hostname;
}
function workedOutputs(instances) {
    const [status, ...others] = new Set(instances.map((instance) => instance.status));
    return {
        status: others.length === 0 ? status : undefined,
        changed: instances.some(({ changed }) => changed),
        instances: JSON.stringify(instances),
    };
}

;// CONCATENATED MODULE: ./src/aura/operations/create/state.ts
/** The state that makes the post step delete a created instance. */
const createKey = 'aura-create';
/** The state that the post step prints as a warning, without loading anything. */
const leftKey = 'aura-left';
/** Reads a saved {@link CreateState}; undefined if nothing was saved, or for another format. */
function parseState(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    return isCreateState(value) ? value : undefined;
}
function isCreateState(value) {
    return (state_isRecord(value) &&
        isText(value['name']) &&
        isText(value['tenantId']) &&
        isListOf(value['knownIds'], isText) &&
        isListOf(value['postedAt'], (at) => at === null || typeof at === 'number') &&
        (value['created'] === undefined ||
            (state_isRecord(value['created']) && isText(value['created']['id']))) &&
        state_isRecord(value['access']) &&
        isText(value['access']['apiUrl']) &&
        URL.canParse(value['access']['apiUrl']) &&
        isText(value['access']['account']) &&
        isText(value['access']['key']));
}
function state_isRecord(value) {
    return typeof value === 'object' && value !== null;
}
function isText(value) {
    return typeof value === 'string' && value !== '';
}
function isListOf(value, isEntry) {
    return Array.isArray(value) && value.every(isEntry);
}

;// CONCATENATED MODULE: ./src/aura/instances/wait.ts


/**
 * The pause between two polls. It grows from 6 to 8.5 seconds over the first four minutes and is
 * varies randomly by 15 % in both directions: never under 5.1 s, so at most 12 requests per minute.
 * On average, a change is seen half a pause later.
 *
 * @param elapsedMilliseconds how long the wait has lasted.
 * @param random a number in [0, 1).
 * @returns milliseconds.
 */
function pollDelay(elapsedMilliseconds, random) {
    const grown = Math.min(1, Math.max(0, elapsedMilliseconds) / 240_000);
    return Math.round((6_000 + 2_500 * grown) * (0.85 + 0.3 * random));
}
/** Why a wait failed. */
class WaitError extends Error {
    name = 'WaitError';
    kind;
    /** The last status seen, if any. */
    lastStatus;
    constructor(kind, message, { lastStatus, cause }) {
        super(message, cause === undefined ? undefined : { cause });
        this.kind = kind;
        this.lastStatus = lastStatus;
    }
}
/**
 * Polls an instance until the goal is reached. A failed read is logged and otherwise ignored. The
 * next one follows at its usual time or when Aura says (`Retry-After`), and the last one right at
 * the deadline.
 *
 * @returns the instance at the goal, or undefined if the goal was its deletion.
 * @throws {@link WaitError}; {@link RequestError} for a repeated refusal.
 */
async function waitFor(id, goal, options) {
    const { clock, deadline, random, signal } = options.patience;
    const begin = clock.now();
    const tolerance = createTolerance(options.patience);
    const seen = nothingSeen();
    let delay = options.readAtOnce ? 0 : nextDelay();
    function nextDelay() {
        return options.intervalMilliseconds ?? pollDelay(clock.now() - begin, random());
    }
    for (;;) {
        const left = deadline - clock.now();
        if (delay > 0 && left <= 0)
            throw timeoutError(goal, seen);
        // The last pause is shortened, so that a change just before the end is still seen.
        if (delay > 0)
            await clock.sleep(Math.min(delay, left), signal);
        delay = nextDelay();
        try {
            const reading = await options.client.getInstance(id, 'once');
            const waits = reading === 'missing' && !goal.reachedByGone && (await options.isNotShownYet());
            seen.trouble = undefined;
            seen.missing = reading === 'missing' ? seen.missing + 1 : 0;
            tolerance.reset();
            const verdict = waits ? undefined : judge(reading, goal, seen);
            const instance = typeof reading === 'string' ? undefined : reading;
            if (instance !== undefined || verdict === undefined)
                noteStatus(instance?.status);
            if (verdict === 'reached')
                return instance;
            if (verdict !== undefined)
                throw verdict;
        }
        catch (error) {
            ({ trouble: seen.trouble, delay } = tolerance.forgive(error, delay));
        }
    }
    function noteStatus(status) {
        if (!seen.any || status !== seen.status)
            options.onStatus(status, clock.now() - begin);
        Object.assign(seen, { any: true, status, known: status ?? seen.known });
    }
}
/**
 * A gateway can answer a single request with anything; this many equal refusals in a row are final.
 */
const mostRefusals = 3;
/** The client errors that only say "later". */
const passing = new Set([408, 425, 429]);
/**
 * A tolerance that ignores any single failure during a wait, but not the third refusal in a row
 * with the same status, and not a token endpoint that asks to wait past the deadline.
 */
function createTolerance(patience) {
    const { clock, random, log } = patience;
    let refusals = 0;
    let last;
    function isAccident(error, left) {
        const { status = 0, policy, retryAfterMilliseconds } = error;
        if (policy === 'token' && (retryAfterMilliseconds ?? 0) > left)
            return false;
        const refused = status >= 400 && status < 500 && !passing.has(status);
        refusals = refused ? (status === last ? refusals + 1 : 1) : 0;
        last = status;
        return refusals < mostRefusals;
    }
    return {
        forgive: (error, usual) => {
            const left = patience.deadline - clock.now();
            if (!(error instanceof RequestError) || !isAccident(error, left))
                throw error;
            const asked = askedDelay(error);
            // A little longer than requested: otherwise all clients with the same `Retry-After` would
            // return in the same second.
            const delay = asked === undefined ? usual : Math.max(usual, Math.round(asked + 1_000 * random()));
            log(`${error.request}: ${error.message}. ${whatNext(Math.min(delay, left))}`);
            return { trouble: error, delay };
        },
        reset: () => {
            refusals = 0;
            last = undefined;
        },
    };
}
function whatNext(pause) {
    return pause > 0 ? `Asking again in ${(pause / 1000).toFixed(1)}s.` : 'Time is over.';
}
function nothingSeen() {
    return { any: false, status: undefined, known: undefined, trouble: undefined, missing: 0 };
}
function judge(reading, goal, seen) {
    if (typeof reading === 'string') {
        if (goal.reachedByGone)
            return 'reached';
        // A single 404 for an instance that was visible before may be accidental.
        const doubtful = reading === 'missing' && seen.known !== undefined;
        if (doubtful && seen.missing < mostRefusals)
            return undefined;
        return new WaitError('gone', 'Aura has no such instance', { lastStatus: seen.known });
    }
    if (goal.reachedBy(reading))
        return 'reached';
    const { status } = reading;
    const why = goal.deadEnd(status);
    if (why === undefined)
        return undefined;
    return new WaitError('dead-end', `its status is '${status}': ${why}`, { lastStatus: status });
}
function timeoutError(goal, { known: status, trouble }) {
    const last = status === undefined ? 'no status was seen' : `the last status seen was '${status}'`;
    const said = trouble === undefined ? '' : `; the last request failed: ${trouble.message}`;
    return new WaitError('timeout', `it did not become '${goal.name}': ${last}${said}`, {
        lastStatus: status,
        cause: trouble,
    });
}

;// CONCATENATED MODULE: ./src/aura/api/attempting.ts


/**
 * Runs a part of an operation and adds to Aura's errors what was tried.
 *
 * @param tried what was tried on what, to follow "Could not": `pause instance 'x' (1a2b3c4d)`.
 * @throws {@link ActionError} instead of a {@link RequestError}; other errors unchanged.
 */
async function attempting(tried, run) {
    try {
        return await run();
    }
    catch (error) {
        if (!(error instanceof RequestError))
            throw error;
        const what = error.policy === 'token' ? 'Aura gave no access token: ' : '';
        throw new ActionError(`Could not ${tried}: ${what}${error.message}. ${whatToDo(error)}`, {
            cause: error,
        });
    }
}
/** What a user can do about an error from Aura. */
function whatToDo(error) {
    if (error instanceof TimeOverError)
        return "Raise 'timeout', and run the step again.";
    return (adviceByReason.find(([reason]) => error.hasReason(reason))?.[1] ??
        (error.policy === 'token' ? adviceOnToken(error) : adviceByStatus(error)));
}
/** Reasons in Aura's errors. Source: Aura API v1 specification; seen live. */
const adviceByReason = [
    [
        'missing-billing-details',
        "Add billing details to the tenant in the Aura console, or create with tier 'free'.",
    ],
    [
        'tenant-not-found',
        "Check input 'tenant': the client id's user must be a member of that tenant.",
    ],
    ['instance-action-unavailable', 'The instance is in a state that does not allow this.'],
    ['ongoing-database-operation', "Another operation is under way; try again, or raise 'timeout'."],
];
function adviceOnToken(error) {
    if (error.status === 429) {
        return 'Aura allows few token requests an hour (some 15 for each client): wait, or give each workflow API credentials of its own. Steps of one job share a token by themselves.';
    }
    // Aura answers any of them for invalid credentials. Source: Aura documentation.
    if (error.status !== undefined && [400, 401, 403].includes(error.status)) {
        return "Check 'client-id' and 'client-secret': they are made together in the Aura console under API keys, and the secret is shown only once.";
    }
    return adviceByStatus(error);
}
function adviceByStatus({ status }) {
    if (status === undefined) {
        return "Check 'api-url', the runner's network and its proxy variables, then run the step again.";
    }
    if (status >= 300 && status < 400)
        return "Check 'api-url': it must be the address of the API itself.";
    switch (status) {
        case 401:
            return "Check that the API credentials of 'client-id' have not been deleted in the Aura console.";
        case 403:
            return "Check that the user of 'client-id' is a member or an admin of the tenant.";
        case 405:
            return 'The tenant may hold no more instances of this tier: delete one that is no longer needed, or ask Neo4j to raise the limit. An account has one Free instance.';
        case 404:
            return "Check 'api-url', and that the instance and the tenant exist.";
        case 409:
            return "The instance is busy; try again, or raise 'timeout'.";
        case 429:
            return 'Aura limits requests to 125 a minute and client, and to 25 without billing: run fewer jobs at once, or try later.';
        default:
            return status >= 500 || status < 300
                ? 'This is trouble on the side of Aura; try again later.'
                : 'Check the inputs against what Aura says.';
    }
}

;// CONCATENATED MODULE: ./src/aura/instances/pace.ts




/**
 * Pauses as long as between two polls and reads again. As in every wait, it ignores a single
 * failure and repeats.
 *
 * @throws {@link ActionError} if Aura keeps refusing, or if the timeout is reached.
 */
async function readWithin(context, again) {
    const found = await readIfTime(context, again);
    if ('reading' in found)
        return found.reading;
    const { clock, deadline } = context.patience;
    const waited = formatDuration(clock.now() - deadline + again.timing.timeoutMilliseconds);
    const { trouble } = found;
    const said = trouble === undefined ? '' : `; the last request failed: ${trouble.message}`;
    throw new ActionError(`${again.situation} after ${waited}${said}. The instance is as it was: try again, or raise 'timeout'.`, { cause: trouble });
}
/**
 * The same for something that continues after the timeout.
 *
 * @throws {@link ActionError} if Aura keeps refusing.
 */
async function readIfTime({ patience }, again) {
    return attempting(again.tried, () => readAgain(patience, again));
}
async function readAgain(patience, { read, timing, requests = 1, doubts }) {
    const tolerance = createTolerance(patience);
    let trouble;
    let doubted = 0;
    let delay = usualDelay(patience, timing) * requests;
    while (await pauseIfTime(patience, delay)) {
        delay = usualDelay(patience, timing);
        try {
            const reading = await read();
            doubted = doubts?.(reading) === true ? doubted + 1 : 0;
            if (doubted === 0 || doubted === mostRefusals)
                return { reading };
            tolerance.reset();
            trouble = undefined;
        }
        catch (error) {
            ({ trouble, delay } = tolerance.forgive(error, delay));
        }
    }
    return { trouble };
}
function usualDelay({ clock, deadline, random }, { pollIntervalMilliseconds, timeoutMilliseconds }) {
    const elapsed = clock.now() - deadline + timeoutMilliseconds;
    return pollIntervalMilliseconds ?? pollDelay(elapsed, random());
}
/**
 * Pauses; the last pause is shortened to end at the deadline.
 *
 * @returns false, without a pause, if no time is left.
 */
async function pauseIfTime({ clock, deadline, signal, hurrySignal }, milliseconds) {
    const left = deadline - clock.now();
    if (hurrySignal?.aborted === true || left <= 0)
        return false;
    const ends = [signal, hurrySignal].filter((end) => end !== undefined);
    try {
        await clock.sleep(Math.min(milliseconds, left), AbortSignal.any(ends));
    }
    catch (error) {
        const hurried = hurrySignal?.reason !== undefined && signal?.aborted !== true;
        if (!hurried)
            throw error;
        return false;
    }
    return true;
}

;// CONCATENATED MODULE: ./src/aura/instances/read-listed.ts


/** How long a 404 means "not yet" after a create. Source: seen live; official Go client waits too. */
const showsWithinMilliseconds = 60_000;
/**
 * Whether a 404 for an instance means "not yet", because it was created less than a minute ago. If
 * its creation time is unknown, the list of instances decides.
 *
 * @param since by this process's clock: the time of the first request for it.
 */
async function isNotShownYet(client, { id, createdAt, knownSince }, { now, since }) {
    let born = createdAt;
    if (born === undefined && knownSince === undefined) {
        const listed = (await client.listInstances()).find((summary) => summary.id === id);
        if (listed === undefined)
            return false;
        born = listed.createdAt;
    }
    const serverNow = client.serverClock.now();
    const age = born === undefined || serverNow === undefined ? now - (knownSince ?? since) : serverNow - born;
    return age < showsWithinMilliseconds;
}
/**
 * Reads an instance that may have been created a moment ago: Aura can then return 404 for it.
 *
 * @param tried the verb for messages, such as `pause`.
 * @returns undefined if it does not exist.
 * @throws ActionError if Aura refuses, or if there is no time to wait until it is visible.
 */
async function readListed(client, known, { tried, request, context }) {
    const { clock } = context.patience;
    const since = clock.now();
    const what = `${tried} instance ${known.id}`;
    const look = async (attempts) => {
        const reading = await client.getInstance(known.id, attempts);
        if (reading !== 'missing')
            return reading;
        const times = { now: clock.now(), since };
        return (await isNotShownYet(client, known, times)) ? 'missing' : 'gone';
    };
    let found = await attempting(what, () => look('retried'));
    while (found === 'missing') {
        found = await readWithin(context, {
            read: () => look('once'),
            tried: what,
            timing: request,
            situation: `Could not ${what}: it was created less than a minute ago, and Aura still answers 404`,
        });
    }
    return found === 'gone' ? undefined : found;
}
/** Reads several instances of a list; those that no longer exist are skipped. */
async function readAllListed(client, listed, options) {
    const readings = [];
    for (const summary of listed) {
        const instance = await readListed(client, summary, options);
        if (instance !== undefined)
            readings.push(instance);
    }
    return readings;
}

;// CONCATENATED MODULE: ./src/aura/instances/sealed-target.ts



/** The tenant that the instance of sealed credentials must have: its id alone is not enough. */
function tenantOfSealed({ target, sealed }) {
    return sealed !== undefined && sealed.instanceId === target.id ? sealed.tenantId : undefined;
}
/**
 * When the instance of sealed credentials was created: for one minute Aura may return 404 for it.
 */
function birthOfSealed({ target, sealed }) {
    return sealed !== undefined && sealed.instanceId === target.id ? sealed.createdAt : undefined;
}
/**
 * Who sealed the credentials that select the target, if it was another client or another API:
 * Aura's "not found" then does not mean that the instance is deleted.
 */
function otherOwner(request) {
    const { target, sealed } = request;
    if (sealed === undefined || sealed.instanceId !== target.id)
        return undefined;
    return otherSealer(sealed, request);
}
/** The error if this account does not find a target of another account; undefined for others. */
function notFoundHere(tried, request) {
    const other = otherOwner(request);
    if (other === undefined)
        return undefined;
    const { credentials, apiUrl, target } = request;
    return new ActionError(`Could not ${tried} instance ${target.id ?? ''}: client '${credentials.clientId}' of ${apiUrl.origin} does not find it. The 'sealed-credentials' were sealed by ${other}. Give the 'client-id', 'client-secret' and 'api-url' that they were sealed with; the instance may also have been deleted.`);
}
/**
 * Runs a read. If Aura refuses access to an instance of another account, the error names the
 * account.
 */
async function namingOwner(request, read) {
    try {
        return await read();
    }
    catch (error) {
        const other = otherOwner(request);
        if (other === undefined || !(error instanceof ActionError))
            throw error;
        if (!(error.cause instanceof RequestError) || error.cause.status !== 403)
            throw error;
        const text = `${error.message} The 'sealed-credentials' were sealed by ${other}.`;
        throw new ActionError(text, { cause: error.cause });
    }
}

;// CONCATENATED MODULE: ./src/aura/api/label.ts
/** An instance as messages name it. */
function label({ name, id }) {
    return `instance '${name}' (${id})`;
}
/** A sentence that begins with `text`. */
function capitalized(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}
/** Writes a line unless it equals the previous one, so that waiting does not repeat lines. */
function sayOnce(info) {
    let last;
    return (line) => {
        if (line !== last)
            info(line);
        last = line;
    };
}

;// CONCATENATED MODULE: ./src/aura/instances/find.ts






const find_uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/**
 * The id of the tenant to work in. An id is used unchanged; a name, or nothing, is looked up among
 * the tenants that the credentials can access.
 *
 * @throws {@link ActionError} if it finds none or several; it lists them.
 */
async function resolveTenant(client, wanted) {
    if (wanted !== undefined && find_uuid.test(wanted))
        return wanted.toLowerCase();
    const tenants = await attempting('list the tenants', () => client.listTenants());
    const matching = tenants.filter(({ name }) => wanted === undefined || name === wanted);
    const [only] = matching;
    if (only !== undefined && matching.length === 1)
        return only.id;
    const list = tenants.map(describeTenant).join(', ') || 'none';
    if (wanted === undefined) {
        throw new ActionError(tenants.length === 0
            ? "The API credentials can see no tenant. Check that the user of 'client-id' is a member of one."
            : `Input 'tenant' is needed, because the API credentials can see several: ${list}.`);
    }
    throw new ActionError(`Input 'tenant' is '${wanted}', which ${matching.length === 0 ? 'no' : 'more than one'} tenant is called; the API credentials can see: ${list}. Give the id or the exact name.`);
}
/**
 * The tenant that a request works in. A tenant from another client's sealed credentials is checked
 * before the search for an instance by name: this client may have no access to it, and a tenant
 * without access looks empty.
 *
 * @throws {@link ActionError} as {@link resolveTenant}.
 */
async function resolveRequestTenant(client, request) {
    const tenantId = await resolveTenant(client, request.tenant);
    const { sealed, target } = request;
    const lent = sealed !== undefined && sealed.tenantId === request.tenant;
    const other = lent ? otherSealer(sealed, request) : undefined;
    if (other === undefined || target?.id !== undefined)
        return tenantId;
    const what = `The tenant of 'sealed-credentials', which were sealed by ${other},`;
    await assertVisible(client, tenantId, what);
    return tenantId;
}
/**
 * Makes sure that the credentials can access a tenant: without access it looks empty.
 *
 * @param what the tenant as the error names it.
 * @throws {@link ActionError}
 */
async function assertVisible(client, tenantId, what = "Input 'tenant'") {
    const tenants = await attempting('list the tenants', () => client.listTenants());
    if (tenants.some(({ id }) => id === tenantId))
        return;
    const list = tenants.map(describeTenant).join(', ') || 'none';
    throw new ActionError(`${what} is '${tenantId ?? ''}', which the API credentials can't see; they can see: ${list}.`);
}
function describeTenant({ name, id }) {
    return `'${name}' (${id})`;
}
/**
 * All instances with exactly this name in the tenant: Aura allows several. A create needs a certain
 * answer, so no unreadable entry of the list may have the name.
 *
 * @throws {@link ActionError} if one has, or if Aura refuses.
 */
async function findByName(client, tenantId, name) {
    return attempting(lookFor(name), () => listByName(client, tenantId, name));
}
/** {@link findByName} for callers that poll: errors from Aura are thrown unchanged. */
async function listByName(client, tenantId, name) {
    const unreadable = [];
    const found = await listReadable(client, { tenantId, name }, (entry) => unreadable.push(entry));
    const odd = unreadable.find((entry) => entry.name === name && (entry.tenantId ?? tenantId) === tenantId);
    if (odd === undefined)
        return found;
    throw new ActionError(`Could not ${lookFor(name)}: Aura's list of instances has one of that name that can't be read: ${odd.description}. Look at it in the Aura console, or give another 'name'.`);
}
/** The action that errors name for a search by name. */
function lookFor(name) {
    return `look for instance '${name}'`;
}
/** The same without unreadable entries. */
async function listReadable(client, { tenantId, name }, onUnreadable) {
    const all = await client.listInstances(tenantId, onUnreadable);
    return all.filter((instance) => instance.name === name && instance.tenantId === tenantId);
}
/**
 * Reads the target instance of a request.
 *
 * @param tried the verb for messages, such as `pause`.
 * @returns undefined if there is none.
 * @throws {@link ActionError} if several have the name, or if the instance is not the one
 *   requested.
 */
async function find_readTarget(client, request, { tried, context }) {
    const { id, check } = await locate(client, request);
    if (id === undefined)
        return undefined;
    const createdAt = birthOfSealed(request);
    const instance = await namingOwner(request, () => readListed(client, { id, createdAt }, { tried, request, context }));
    if (instance !== undefined) {
        check(instance);
        return { instance, check };
    }
    if (request.target.id === undefined)
        throw listedOnly(tried, request.target.name, id);
    return undefined;
}
function listedOnly(tried, name, id) {
    return new ActionError(`Could not ${tried} ${label({ name, id })}: Aura still lists it, but answers 404 for it. It was probably deleted a moment ago; try again later.`);
}
/** What is known about a target before any request. */
function targetOutputs({ target }) {
    return { 'instance-id': target.id, name: target.name, created: false, changed: false };
}
/**
 * Finds all possible targets of a request. @throws {@link ActionError} for the tenant, or if Aura
 * refuses
 */
async function locateAll(client, request) {
    const { target } = request;
    const tenantId = target.id === undefined || request.tenant !== undefined
        ? await resolveRequestTenant(client, request)
        : undefined;
    const check = expectMatch(target.name, tenantId ?? tenantOfSealed(request));
    if (target.id !== undefined)
        return { ids: [target.id], tenantId, check };
    const { name } = target;
    const found = await attempting(lookFor(name), () => listReadable(client, { tenantId: tenantId ?? '', name }));
    // A tenant without access looks empty, and must not count as a tenant without the name.
    const givenById = request.tenant?.toLowerCase() === tenantId;
    if (found.length === 0 && givenById)
        await assertVisible(client, tenantId);
    return { ids: found.map(({ id }) => id), tenantId, check };
}
/** Finds the id of the target instance of a request. @throws as {@link readTarget} */
async function locate(client, request) {
    const { ids, check } = await locateAll(client, request);
    if (ids.length > 1) {
        throw new ActionError(`Instance '${request.target.name ?? ''}' is not unique: ${ids.join(', ')} have that name. Give one of them as 'instance-id'.`);
    }
    return { id: ids[0], check };
}
/**
 * The guard against working on a wrong instance.
 *
 * @param name the name it must have, if known; likewise `tenantId`.
 * @returns a function that throws {@link ActionError} for any other instance.
 */
function expectMatch(name, tenantId) {
    const advice = 'Nothing was done to it; check the inputs.';
    return (instance) => {
        if (name !== undefined && instance.name !== name) {
            throw new ActionError(`Instance ${instance.id} is called '${instance.name}', not '${name}' as it should be. ${advice}`);
        }
        if (tenantId !== undefined && instance.tenantId !== tenantId) {
            throw new ActionError(`Instance ${instance.id} belongs to tenant ${instance.tenantId}, not to ${tenantId} as it should. ${advice}`);
        }
    };
}
/** The error for a target that does not exist. */
function notFound(tried, request) {
    const elsewhere = notFoundHere(tried, request);
    if (elsewhere !== undefined)
        return elsewhere;
    const { target } = request;
    return target.id === undefined
        ? new ActionError(`Could not ${tried} instance '${target.name}': the tenant has none of that name. ${target.fromEvent ? "Inputs 'instance-id' and 'name' are both empty or not given, so the name is made from the event. Give one of them, or check 'tenant'" : "Check 'name' and 'tenant'"}.`)
        : new ActionError(`Could not ${tried} instance ${target.id}: Aura knows no such instance. Check 'instance-id'; it may have been deleted.`);
}

;// CONCATENATED MODULE: ./src/aura/instances/find-new.ts



/** How long it may take until Aura lists a new instance. */
const find_new_searchMilliseconds = 90_000;
/** `Date` has whole seconds, and Aura's gateway and database have different clocks. */
const toleranceMilliseconds = 2_000;
/** How long after the POST Aura may create the instance. */
const slownessMilliseconds = 10_000;
/**
 * Looks for the instance of a create whose response was lost. Its id did not have the name before,
 * and Aura created it around the time of the POST, by Aura's own clock. Aura may list it with a
 * delay, so the search continues for a while.
 *
 * It cannot distinguish two steps that create the same name within 10 seconds.
 *
 * @param request has the time limit of the step; the search ends with it.
 * @returns undefined if no new instance has the name.
 * @throws {@link ActionError} if this cannot be determined, or if this step may not have created a
 *   new instance with the name; the error names what was found.
 */
async function findNew(client, attempt, { request, context }) {
    const { clock } = context.patience;
    const firstAnswer = client.serverClock.watch();
    const end = clock.now() + find_new_searchMilliseconds;
    let same = await findByName(client, attempt.tenantId, attempt.name);
    for (;;) {
        const fresh = same.filter(({ id }) => !attempt.knownIds.includes(id));
        if (fresh.length > 0)
            return theOneFrom(fresh, attempt, firstAnswer());
        // The last list counts, but only if it could be read.
        if (clock.now() >= end)
            return undefined;
        const found = await readIfTime(context, {
            read: () => listByName(client, attempt.tenantId, attempt.name),
            tried: lookFor(attempt.name),
            timing: request,
        });
        if (!('reading' in found)) {
            throw new ActionError("There was no time left to look for it long enough, because lists can lag. Raise 'timeout'.");
        }
        same = found.reading;
    }
}
/** @throws {@link ActionError} if it is not certain that this step created it. */
function theOneFrom(fresh, attempt, firstAnswerAt) {
    const ids = fresh.map(({ id }) => id).join(', ');
    const [only, ...more] = fresh;
    if (only === undefined || more.length > 0) {
        throw new ActionError(`Several new instances have the name: ${ids}. None was deleted.`);
    }
    if (!isFrom(only, attempt, firstAnswerAt)) {
        throw new ActionError(`Instance ${ids} is new and has the name, but its time of creation does not show that this step created it. It was not deleted.`);
    }
    return only;
}
/** Whether one of the POSTs created an instance, by the creation time from Aura. */
function isFrom({ createdAt }, { postedAt }, firstAnswerAt) {
    if (createdAt === undefined || firstAnswerAt === undefined)
        return false;
    if (createdAt > firstAnswerAt + toleranceMilliseconds)
        return false;
    return postedAt.some((at) => at !== null &&
        createdAt >= at - toleranceMilliseconds &&
        createdAt <= at + slownessMilliseconds);
}
/**
 * Receives the progress of deleting the found instance. While Aura lists the instance, the action
 * cannot determine whether it is deleted.
 *
 * @throws {@link ActionError} if Aura lists the instance, but does not return it by id.
 */
function expectShown({ instance, changed }) {
    if (instance !== undefined || changed)
        return;
    throw new ActionError('Aura lists the instance, but answers 404 for it.');
}

;// CONCATENATED MODULE: ./src/aura/instances/await.ts






/** The goal of a wait for a status of an existing instance. */
function statusGoal(status) {
    return {
        name: status,
        reachedBy: (instance) => instance.status === status,
        reachedByGone: false,
        deadEnd: deadEnd,
    };
}
/** The goal of a wait for the first status that is not transitional, suspension included. */
const settledGoal = {
    name: 'settled',
    reachedBy: ({ status }) => isSettled(status) && status !== 'loading failed',
    reachedByGone: false,
    deadEnd: (status) => (status === 'suspending' ? undefined : deadEnd(status)),
};
/** The goal of a wait for the end of a deletion. */
const deletedGoal = {
    name: 'deleted',
    reachedBy: () => false,
    reachedByGone: true,
    deadEnd: () => undefined,
};
/**
 * Waits for a goal and logs each change of status.
 *
 * @returns the instance, or undefined if the goal was its deletion.
 * @throws {@link ActionError} that says what still exists and what to do.
 */
async function awaitGoal(client, options, { report, patience }) {
    const { id, what, goal } = options;
    const begin = patience.clock.now();
    const elapsed = () => formatDuration(patience.clock.now() - begin);
    try {
        return await attempting(`wait for ${what} to become '${goal.name}'`, () => waitFor(id, goal, {
            client,
            patience,
            intervalMilliseconds: options.pollIntervalMilliseconds,
            readAtOnce: options.readAtOnce ?? false,
            isNotShownYet: async () => {
                if (options.newborn === undefined)
                    return false;
                const times = { now: patience.clock.now(), since: begin };
                return isNotShownYet(client, { ...options.newborn, id }, times);
            },
            onStatus: (status, milliseconds) => {
                if (status !== undefined)
                    options.onStatus?.(status);
                const shown = status ?? 'not shown by Aura yet';
                report.info(`Status: ${shown}, after ${formatDuration(milliseconds)}.`);
            },
        }));
    }
    catch (error) {
        if (!(error instanceof WaitError))
            throw error;
        throw new ActionError(`Gave up on ${what} after ${elapsed()}: ${error.message}. ${whatIsLeft(error, id)}`, { cause: error.cause });
    }
}
function whatIsLeft(error, id) {
    const remove = `delete it with operation 'delete' and instance-id '${id}'`;
    switch (error.kind) {
        case 'timeout':
            if (error.lastStatus === undefined) {
                return `Aura has shown no such instance so far: check the id, or raise 'timeout'; ${remove} if it is to go.`;
            }
            return `The instance still exists: raise 'timeout' and run operation 'poll' on it, or ${remove}.`;
        case 'dead-end':
            return error.lastStatus !== undefined && isGoing(error.lastStatus)
                ? 'Somebody else deletes it; nothing is left to do.'
                : `The instance still exists: look at it in the Aura console, or ${remove}.`;
        case 'gone':
            return error.lastStatus === undefined
                ? `Aura has never shown it: check the id, or look for the instance in the Aura console and ${remove}.`
                : 'Nothing of it is left; check whether something else deleted it.';
    }
}

;// CONCATENATED MODULE: ./src/aura/session/outputs.ts
/** The outputs from the details of an instance. */
function instanceOutputs(instance) {
    return {
        'instance-id': instance.id,
        name: instance.name,
        'connection-uri': instance.connectionUrl,
        tier: instance.type,
        region: instance.region,
        'cloud-provider': instance.cloudProvider,
        memory: instance.memory,
        tenant: instance.tenantId,
        instance: JSON.stringify(instance.fields),
    };
}
/** The entry of the output `instances` for an instance. */
function workedOn({ id, name, status }, changed) {
    return { id, name, status, changed };
}
/** `instance` with a status that is known without reading it again. */
function withStatus(instance, status) {
    return { ...instance, status, fields: { ...instance.fields, status } };
}

;// CONCATENATED MODULE: ./src/aura/instances/remove.ts











/**
 * Deletes one instance; no other code deletes. It reads the instance right before, so that it
 * deletes the intended one, and waits if it is busy. An instance that does not exist is a success.
 *
 * @throws {@link ActionError} if it is protected or not the intended one, or if Aura refuses.
 */
async function removeInstance(client, order, context) {
    const { request, id } = order;
    const { report } = context;
    const progress = (instance, status, changed) => {
        order.onProgress?.({ instance: instance && withStatus(instance, status), status, changed });
    };
    const { instance } = order.read ?? {
        instance: await readListed(client, order, { tried: 'delete', request, context }),
    };
    if (instance === undefined) {
        report.info(`Instance ${id} is not there; nothing to do.`);
        progress(undefined, 'deleted', false);
        return;
    }
    order.check(instance);
    assertUnprotected(instance.name, request.protectedNames);
    progress(instance, instance.status, false);
    const what = label(instance);
    if (request.dryRun) {
        report.info(`Dry run: would delete ${what}.`);
        return;
    }
    const outcome = await remove_sendDelete(client, instance, { order, context });
    const changed = outcome === 'accepted';
    progress(instance, outcome === 'gone' ? 'deleted' : 'destroying', changed);
    await context.store.remove(instance.name, { scope: instance.tenantId, id });
    if (outcome === 'going')
        report.info(`${capitalized(what)} is being deleted already.`);
    if (outcome === 'accepted' && !order.wait)
        report.info(`Aura has accepted to delete ${what}.`);
    if (outcome !== 'gone') {
        if (!order.wait)
            return;
        const { pollIntervalMilliseconds } = request;
        await awaitGoal(client, { id, what, goal: deletedGoal, pollIntervalMilliseconds }, context);
    }
    progress(instance, 'deleted', changed);
    report.info(`${capitalized(what)} is deleted.`);
}
/**
 * Refuses to change an instance whose name is protected.
 *
 * @throws {@link ActionError}
 */
function assertUnprotected(name, protectedNames) {
    const pattern = protectingPattern(name, protectedNames);
    if (pattern === undefined)
        return;
    throw new ActionError(`Instance '${name}' is protected: its name matches '${pattern}' of input 'protected-names'. Nothing was deleted.`);
}
/** The pattern that protects an instance of this name. */
function protectingPattern(name, protectedNames) {
    return protectedNames.find((candidate) => matchesGlobInAnyCase(candidate, name));
}
/**
 * Refuses to delete more instances than expected: if many instances have the name, something else
 * is probably wrong.
 *
 * @throws {@link ActionError}
 */
function assertFew(ids, maxDeletions) {
    if (ids.length <= maxDeletions)
        return;
    throw new ActionError(`${ids.length} instances would be deleted (${ids.join(', ')}), but input 'max-deletions' is ${maxDeletions}. Nothing was deleted; raise it if that is meant.`);
}
/**
 * Deletes an instance, or waits if another process deletes it. Aura refuses while another operation
 * is in progress, so the DELETE is sent after it; if the operation does not end in time, the DELETE
 * is sent once before giving up.
 */
async function remove_sendDelete(client, instance, { order, context }) {
    const tried = `delete ${label(instance)}`;
    const say = sayOnce(context.report.info);
    let now = instance;
    let refusal;
    for (let timeLeft = true;;) {
        if (typeof now === 'string')
            return 'gone';
        if (isGoing(now.status))
            return 'going';
        order.check(now);
        if (!isBusy(now.status) || !timeLeft) {
            const outcome = await remove_ask(client, instance.id, tried);
            if (!(outcome instanceof RequestError))
                return outcome;
            refusal = outcome;
        }
        const why = refusal?.message ?? `its status is '${now.status}'`;
        if (!timeLeft)
            throw stillBusy(tried, why, { order, context });
        say(`${capitalized(label(instance))} is busy: ${why}.`);
        const found = await readIfTime(context, {
            read: () => client.getInstance(instance.id, 'once'),
            tried,
            timing: order.request,
            requests: isBusy(now.status) ? 1 : 2,
        });
        timeLeft = 'reading' in found;
        // An instance is deleted only if it was read right before, so this failure is final.
        now =
            'reading' in found
                ? found.reading
                : await attempting(tried, () => client.getInstance(instance.id));
    }
}
function stillBusy(tried, why, { order, context }) {
    const { clock, deadline } = context.patience;
    const waited = formatDuration(clock.now() - deadline + order.request.timeoutMilliseconds);
    return new ActionError(`Could not ${tried}: ${why} after ${waited}. The instance still exists: try again, or raise 'timeout'.`);
}
/** The result of one DELETE, or Aura's answer that the instance is busy. */
async function remove_ask(client, id, tried) {
    return attempting(tried, async () => {
        try {
            return (await client.deleteInstance(id)) === 'accepted' ? 'accepted' : 'gone';
        }
        catch (error) {
            if (error instanceof RequestError && error.status === 409)
                return error;
            throw error;
        }
    });
}

;// CONCATENATED MODULE: ./src/aura/operations/create/clean-up.ts









/**
 * The post step: deletes what the step has created, or may have created, and nothing else. It never
 * fails the job; it reports a failure as a warning with the name of the instance.
 */
async function cleanUp(surroundings) {
    const report = createAuraReport();
    const text = getState(createKey);
    const state = parseState(text);
    if (state === undefined) {
        if (text !== '')
            report.warning('The state of this step could not be read. Nothing was deleted.');
        return;
    }
    try {
        await clear(state, openPostSession(state, { report, surroundings }));
    }
    catch (error) {
        report.warning(clean_up_whatIsLeft(state, asError(error).message));
    }
}
async function clear(state, session) {
    const { client, context, request } = session;
    const found = state.created ?? (await findNew(client, state, { request, context }));
    if (found === undefined) {
        context.report.info(`No instance '${state.name}' was created.`);
        return;
    }
    session.allow('acceptance');
    await removeInstance(client, orderOf(found, state, session), context);
}
function orderOf(found, { name, tenantId, created }, session) {
    return {
        ...found,
        check: expectMatch(name, tenantId),
        request: session.request,
        wait: false,
        onProgress: (removal) => {
            if (created === undefined)
                expectShown(removal);
            // Aura refuses to delete an instance that is still being created, so wait for the creation to
            // end.
            if (removal.status === 'creating')
                session.allow('creation');
        },
    };
}
function clean_up_whatIsLeft({ name, tenantId, created }, why) {
    return created === undefined
        ? `Could not determine after the job whether instance '${name}' of tenant ${tenantId} still exists: ${why} Delete it with operation 'delete' and name '${name}'.`
        : `Could not delete ${label({ name, id: created.id })} of tenant ${tenantId} after the job: ${why} Delete it with operation 'delete' and instance-id '${created.id}'.`;
}

;// CONCATENATED MODULE: ./src/aura/credentials/verify.ts



/** How long a database may need to accept connections after its instance is running. */
const patienceMilliseconds = 120_000;
/** For one attempt: a connection without an answer must not use all the time. */
const attemptMilliseconds = 15_000;
const longestPauseMilliseconds = 10_000;
/** The time limit for closing the driver; after that it is abandoned. */
const closingMilliseconds = 500;
const driverSettings = {
    maxConnectionPoolSize: 1,
    connectionTimeout: attemptMilliseconds,
    connectionAcquisitionTimeout: attemptMilliseconds,
    telemetryDisabled: true,
    userAgent: 'aura-action',
};
/** Why a database could not be reached; the message says the likely cause. */
class VerifyError extends Error {
    name = 'VerifyError';
    /** Whether the database answered, but rejected this login. */
    refusesLogin;
    constructor(message, { refusesLogin = false, ...options } = {}) {
        super(message, options);
        this.refusesLogin = refusesLogin;
    }
}
/** The step did not connect to the database, because its certificate would not be checked. */
class UncheckedHostError extends VerifyError {
}
/**
 * Connects over Bolt and retries a query until it succeeds: a running instance may not be reachable
 * yet (DNS, routing). No database is named, so the query runs in the user's home database.
 *
 * @throws {@link UncheckedHostError}; {@link VerifyError} immediately for a rejected login,
 *   otherwise after two minutes or at the deadline; the signal's reason when aborted.
 */
async function verify(verification) {
    const { clock, signal, log } = verification;
    assertCertificatesChecked(verification.uri);
    const end = Math.min(verification.deadline, clock.now() + patienceMilliseconds);
    const begin = clock.now();
    if (withinDeadline(attemptMilliseconds, end - begin) <= 0) {
        throw new VerifyError("There was no time left to ask it. Raise 'timeout'.");
    }
    for (let attempt = 1;; attempt += 1) {
        const failure = await tryOnce(verification, end);
        if (failure === undefined)
            return;
        const elapsed = formatDuration(clock.now() - begin);
        const pause = Math.min(longestPauseMilliseconds, 1_000 * 2 ** (attempt - 1));
        if (failure.refusesLogin || clock.now() + pause >= end) {
            const { message, advice, refusesLogin, cause } = failure;
            throw new VerifyError(`${message} (${elapsed}). ${advice}`, { refusesLogin, cause });
        }
        log(`No answer over Bolt yet: ${failure.message}. Trying again in ${formatDuration(pause)}.`);
        await clock.sleep(pause, signal);
    }
}
/** The password could go to the wrong server. */
function assertCertificatesChecked(uri) {
    if (!certificatesIgnored(process.env))
        return;
    if (URL.canParse(uri) && isLoopback(new URL(uri).hostname))
        return;
    throw new UncheckedHostError("environment variable 'NODE_TLS_REJECT_UNAUTHORIZED' is '0', so anybody could pass for it and get the password. Remove the variable, or leave 'verify' off. Only Aura says where the database is, so this was not known before.");
}
async function tryOnce(verification, end) {
    const { uri, username, password, clock, signal } = verification;
    // Loaded only here: most steps do not verify, and the driver is larger than the rest of the
    // action.
    const { default: neo4j } = await __nccwpck_require__.e(/* import() */ 437).then(__nccwpck_require__.t.bind(__nccwpck_require__, 74437, 23));
    let driver;
    try {
        // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the driver types its settings as a class that it does not export
        driver = neo4j.driver(uri, neo4j.auth.basic(username, password), { ...driverSettings });
        const session = driver.session();
        const milliseconds = withinDeadline(attemptMilliseconds, end - clock.now());
        await withTimeLimit(async () => session.run('RETURN 1'), { clock, milliseconds, signal });
        return undefined;
    }
    catch (error) {
        signal?.throwIfAborted();
        return verify_explain(error);
    }
    finally {
        // If its connection hangs, closing the driver may never end.
        const limit = { clock, milliseconds: closingMilliseconds, signal: undefined };
        await withTimeLimit(async () => driver?.close(), limit).catch(() => undefined);
    }
}
/** The prefix of Neo4j's status codes about logins. */
const security = 'Neo.ClientError.Security.';
/** Codes and texts: Neo4j status codes; the driver's own; Node's. */
function verify_explain(error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const text = `${code} ${message} ${error instanceof Error ? String(error.cause) : ''}`;
    const failure = (advice, told = {}) => ({
        message: firstLine(rootOf(error)),
        advice,
        refusesLogin: false,
        cause: error,
        ...told,
    });
    switch (code) {
        case `${security}Unauthorized`:
            return failure('The user or the password is wrong.', { refusesLogin: true });
        case `${security}AuthenticationRateLimit`:
            // Its text mentions incorrect details, but the database sends it before it checks the
            // password.
            return failure('It did not look at this password. Run the step again in a few minutes, and look for who logs in with a wrong one.', { message: 'The database makes this user wait, after too many failed logins' });
        case `${security}AuthorizationExpired`:
            // The cached permissions of the user are out of date: a new connection is needed.
            return failure('The database asked for another login each time.');
    }
    if (code.startsWith(security)) {
        return failure('The database refuses this login.', { refusesLogin: true });
    }
    if (/ENOTFOUND|EAI_AGAIN/.test(text)) {
        return failure('The address is not known yet, or not to this runner (private endpoint).');
    }
    if (/CERT|self-signed|self signed|SSL|TLS|wrong version number/i.test(text)) {
        return failure('The encrypted connection failed: a proxy in between, or no TLS at that port.');
    }
    return failure('The database takes longer than usual, or an IP filter or a private endpoint keeps this runner out.');
}
function firstLine(text) {
    return (text.split('\n')[0] ?? '').replace(/\.$/, '');
}
/** The driver puts these words before the error of the network. */
function rootOf(error) {
    const inner = error instanceof Error ? error.cause : undefined;
    if (inner instanceof Error)
        return rootOf(inner);
    const message = error instanceof Error ? error.message : String(error);
    return message.replace(/^.* (?:Caused by|Socket responded with): /s, '');
}

;// CONCATENATED MODULE: ./src/aura/credentials/hand-over.ts






/**
 * Warns that the `password` input is not the password of an instance that this step has just
 * created.
 */
function warnOfOtherPassword(created, { request, context }) {
    if (request.login === undefined)
        return;
    context.report.warning(`Input 'password' was not used: ${label(created)} is new and has another password, which is in the output 'password'.`);
}
/** Masks the password, then sets the outputs for credentials. */
function publishCredentials(credentials, { request, context }) {
    const { report, tokens } = context;
    report.outputs({
        password: credentials.password,
        'instance-id': credentials.instanceId,
        name: credentials.name,
        'connection-uri': credentials.connectionUri,
        username: credentials.username,
        tenant: credentials.tenantId,
    });
    const bundle = createBundle(credentials, request, tokens.known());
    report.outputs({ 'sealed-credentials': sealedForm(bundle, request) });
}
/** Outputs the received value if its content is the same; seals only new content. */
function sealedForm(bundle, request) {
    const { sealed, sealedText, sealingKey } = request;
    if (sealed !== undefined && sealedText !== undefined && isUnchanged(sealed, bundle, request)) {
        return sealedText;
    }
    return sealBundle(bundle, sealingKey);
}
/**
 * Keeps sealed credentials for later runs in place of older ones, where that was asked for; problems
 * are warnings. No token goes along: it would be of no use by then.
 */
async function storeCredentials(credentials, situation) {
    const removeOlder = await addCredentials(credentials, situation);
    await removeOlder();
}
/**
 * Keeps sealed credentials for later runs beside older ones, as {@link storeCredentials} does.
 *
 * @returns what deletes the older ones, as soon as it is sure that the instance stays.
 */
async function addCredentials(credentials, { request, context }) {
    if (request.credentialsStore === 'none')
        return () => Promise.resolve();
    const { name, tenantId, instanceId: id } = credentials;
    const sealed = sealBundle(createBundle(credentials, request, undefined), request.sealingKey);
    const url = `https://console.neo4j.io/projects/${tenantId}/instances#${id}`;
    return context.store.add({ name, id, scope: tenantId, sealed, url });
}
/**
 * Passes the credentials to later steps of the job: environment and env file, as requested.
 *
 * @throws {@link ActionError} if the env file cannot be written.
 */
async function exportCredentials(credentials, { request, context }) {
    const variables = variablesOf(credentials);
    if (request.exportEnv)
        context.report.exportEnv(variables);
    if (request.envFile === undefined)
        return;
    try {
        const trouble = await writeEnvFile(request.envFile, variables, {
            ...context.patience,
            marker: envFileMarker,
        });
        if (trouble === undefined)
            return;
        context.report.warning(`The file of input 'env-file' is written, but git may not ignore it: ${trouble}. Don't commit it, it holds the password.`);
    }
    catch (error) {
        if (!(error instanceof EnvFileError))
            throw error;
        const what = capitalized(label({ name: credentials.name, id: credentials.instanceId }));
        throw new ActionError(`Could not write the file of input 'env-file': ${error.message}. ${what} exists; its credentials are available as step outputs.`, { cause: error.cause });
    }
}
/** The names of the credentials file that the Aura console offers for download. */
function variablesOf(credentials) {
    return {
        ...(credentials.connectionUri === undefined ? {} : { NEO4J_URI: credentials.connectionUri }),
        NEO4J_USERNAME: credentials.username,
        NEO4J_PASSWORD: credentials.password,
        AURA_INSTANCEID: credentials.instanceId,
        AURA_INSTANCENAME: credentials.name,
    };
}
/**
 * Checks that the database accepts connections, if requested.
 *
 * @throws {@link ActionError} with `verify: require`; with `warn` it only warns.
 */
async function verifyCredentials(credentials, { request, context }) {
    if (request.verify === 'off')
        return 'open';
    const { report, patience } = context;
    const { connectionUri: uri, username, password } = credentials;
    const what = label({ name: credentials.name, id: credentials.instanceId });
    try {
        if (uri === undefined)
            throw new VerifyError('Aura gives no connection URI');
        await verify({
            uri,
            username,
            password,
            clock: patience.clock,
            deadline: patience.deadline,
            signal: patience.signal,
            log: report.info,
        });
        report.info(`The database of ${what} answers over Bolt.`);
        return 'proved';
    }
    catch (error) {
        if (!(error instanceof VerifyError))
            throw error;
        const left = error instanceof UncheckedHostError
            ? ' The instance exists, and its credentials are outputs of this step.'
            : '';
        const text = `The database of ${what} could not be reached over Bolt: ${error.message}${left}`;
        if (request.verify === 'require')
            throw new ActionError(text, { cause: error.cause });
        report.warning(text);
        return error.refusesLogin ? 'refused' : 'open';
    }
}

;// CONCATENATED MODULE: ./src/aura/operations/create/offer.ts
/**
 * The order in which fields narrow the configurations; the choices of each depend on those before
 * it.
 */
const fields = ['type', 'version', 'cloudProvider', 'region', 'memory'];
/**
 * Narrows the available configurations to one. A field that is not requested gets its only value;
 * of several memory sizes, the smallest.
 */
function chooseConfiguration(offer, wish) {
    const { type, cloudProvider, region } = wish;
    let left = offer;
    if (cloudProvider === undefined && region !== undefined) {
        // A region without a cloud determines the cloud.
        const ofType = offer.filter((entry) => entry.type === type);
        left = offer.filter((entry) => entry.region === region);
        if (ofType.length > 0 && !ofType.some((entry) => entry.region === region)) {
            return { kind: 'unavailable', field: 'region', left: ofType };
        }
        if (ofType.length === 0)
            left = offer;
    }
    for (const field of fields) {
        const available = distinct(left, field);
        const wanted = wish[field] ?? (field === 'memory' ? available[0] : onlyOne(available));
        if (wanted === undefined)
            return { kind: 'open', field, left };
        const matching = left.filter((entry) => entry[field] === wanted);
        if (matching.length === 0)
            return { kind: 'unavailable', field, left };
        left = matching;
    }
    const [configuration] = left;
    if (configuration === undefined)
        return { kind: 'unavailable', field: 'type', left };
    return { kind: 'chosen', configuration };
}
/** The different values of a field, sizes in the order of their numbers. */
function distinct(offer, field) {
    const values = [...new Set(offer.map((entry) => entry[field]))];
    return values.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}
function onlyOne(values) {
    return values.length === 1 ? values[0] : undefined;
}

;// CONCATENATED MODULE: ./src/aura/operations/create/body.ts



/**
 * The body of a create. It reads the available configurations only if an input needs a default, and
 * in a dry run, which must fail if Aura would refuse the real run.
 *
 * @throws {@link ActionError} if no configuration matches, or several.
 */
async function completeBody(client, request, tenantId) {
    const { region, cloudProvider, memory } = request;
    const complete = region !== undefined && cloudProvider !== undefined && memory !== undefined;
    if (complete && !request.dryRun) {
        return bodyOf(request, tenantId, { region, cloudProvider, memory });
    }
    const offer = await attempting('read what the tenant offers', () => client.listConfigurations(tenantId));
    const choice = chooseConfiguration(offer, request);
    if (choice.kind !== 'chosen')
        throw unavailable(choice, request, offer);
    return bodyOf(request, tenantId, choice.configuration);
}
function bodyOf(request, tenantId, place) {
    const { storage, customerManagedKeyId, vectorOptimized, graphAnalyticsPlugin } = request;
    return {
        version: request.version,
        region: place.region,
        memory: place.memory,
        name: request.name,
        type: request.type,
        tenant_id: tenantId,
        cloud_provider: place.cloudProvider,
        ...(storage === undefined ? {} : { storage }),
        ...(customerManagedKeyId === undefined
            ? {}
            : { customer_managed_key_id: customerManagedKeyId }),
        ...(vectorOptimized === undefined ? {} : { vector_optimized: vectorOptimized }),
        ...(graphAnalyticsPlugin === undefined ? {} : { graph_analytics_plugin: graphAnalyticsPlugin }),
    };
}
const inputOf = {
    type: 'tier',
    version: 'version',
    cloudProvider: 'cloud-provider',
    region: 'region',
    memory: 'memory',
};
function unavailable(choice, request, offer) {
    const input = inputOf[choice.field];
    const tried = `Could not create instance '${request.name}'`;
    if (choice.kind === 'open') {
        return new ActionError(`${tried}: input '${input}' is needed, because ${describeOffer(choice.left, request.type)}.`);
    }
    const values = distinct(choice.left, choice.field).join(', ');
    return new ActionError(values === ''
        ? `${tried}: ${describeOffer(offer, request.type)}.`
        : `${tried}: input '${input}' is '${request[choice.field] ?? ''}', but with the other inputs the tenant offers ${values}.`);
}
/** A body as text for the log. */
function describeBody(body) {
    return `${body.type}, version ${body.version}, ${body.memory}, ${body.cloud_provider} ${body.region}`;
}
/** The available configurations of one tier, by cloud: regions and sizes. */
function describeOffer(offer, type) {
    const ofType = offer.filter((entry) => entry.type === type);
    if (ofType.length === 0) {
        const types = distinct(offer, 'type').join(', ') || 'nothing';
        return `the tenant offers no ${type}, only ${types}`;
    }
    const clouds = distinct(ofType, 'cloudProvider').map((cloud) => {
        const regions = distinct(ofType.filter((entry) => entry.cloudProvider === cloud), 'region');
        return `${cloud} (${regions.join(', ')})`;
    });
    const sizes = distinct(ofType, 'memory').join(', ');
    const versions = distinct(ofType, 'version').join(', ');
    return `the tenant offers ${type} in ${clouds.join('; ')}, with memory ${sizes}, version ${versions}`;
}

;// CONCATENATED MODULE: ./src/aura/operations/create/race.ts






/**
 * Two steps can both find a name unused and create an instance with it. Each looks again: the older
 * instance stays, and the step that created the newer one deletes it.
 *
 * @throws {@link ActionError} if this step lost the race.
 */
async function yieldIfRaceLost(client, created, race) {
    const winner = await findWinner(client, created, race);
    if (winner === undefined)
        return;
    const { request, context, mayBeOwn } = race;
    const { report } = context;
    const who = mayBeOwn
        ? `another step, or an earlier request of this step that got no answer, created ${winner.id} with that name. Delete it with operation 'delete' and instance-id '${winner.id}' if no other job uses it`
        : `another step created ${winner.id} with that name at the same time, and was first`;
    const lost = `Could not create instance '${created.name}': ${who}`;
    const advice = "Give the jobs a common 'concurrency' group, so that one runs after the other, or give each job its own 'name'.";
    try {
        const check = expectMatch(created.name, created.tenantId);
        const { id, createdAt } = created;
        await removeInstance(client, { id, createdAt, check, request, wait: true }, context);
    }
    catch (error) {
        if (!(error instanceof ActionError))
            throw error;
        throw new ActionError(`${lost}. ${capitalized(label(created))} still exists: ${error.message} ${advice}`, { cause: error });
    }
    report.outputs({ created: false });
    report.worked([{ id: created.id, name: created.name, status: 'deleted', changed: false }]);
    throw new RaceLostError(`${lost}. The instance of this step was deleted again. ${advice}`);
}
/** This step lost the race, and its instance is deleted. */
class RaceLostError extends ActionError {
}
/** A failed check does not fail the step: the instance exists and its outputs are set. */
async function findWinner(client, created, race) {
    try {
        const same = await findByName(client, created.tenantId, created.name);
        const ours = same.find(({ id }) => id === created.id) ?? created;
        for (const other of same) {
            if (race.knownIds.includes(other.id) || !isOlder(other, ours))
                continue;
            if (await isAlive(client, other, race))
                return other;
        }
        return undefined;
    }
    catch (error) {
        if (error instanceof CancelledError)
            throw error;
        const text = `Could not check whether another step created an instance '${created.name}' at the same time: ${asError(error).message}`;
        const { report } = race.context;
        if (race.check === 'first' && race.request.wait)
            report.info(text);
        else
            report.warning(text);
        return undefined;
    }
}
/** For a while, lists show deleted instances, and new ones before they can be read. */
async function isAlive(client, rival, { request, context, check }) {
    const reading = check === 'first'
        ? await client.getInstance(rival.id)
        : await readListed(client, rival, { tried: 'read', request, context });
    return reading !== undefined && typeof reading !== 'string' && !isGoing(reading.status);
}
/**
 * A strict order that is the same for both steps; ids decide if Aura returns no time or the same
 * time.
 */
function isOlder(other, ours) {
    if (other.id === ours.id)
        return false;
    const timed = other.createdAt !== undefined && ours.createdAt !== undefined;
    if (timed && other.createdAt !== ours.createdAt)
        return other.createdAt < ours.createdAt;
    return other.id < ours.id;
}

;// CONCATENATED MODULE: ./src/aura/operations/create/trail.ts



/** GitHub certainly stores this much of a step's state. */
const largestStateBytes = 16 * 1024;
/**
 * With `delete-after-job` the post step deletes; otherwise it warns about what a killed step has
 * left behind.
 */
function createTrail(request, context) {
    return request.deleteAfterJob ? deletingTrail(context) : warningTrail(context);
}
function deletingTrail({ report, patience, openPostAccess }) {
    let access;
    let attempt;
    const save = (created) => {
        if (attempt === undefined || access === undefined)
            return;
        const state = { ...attempt, access, ...(created && { created }) };
        const text = JSON.stringify(state);
        // Only before the POST: afterwards the id must be saved, which adds little.
        if (created === undefined && Buffer.byteLength(text) > largestStateBytes) {
            throw new ActionError(`Could not create instance '${state.name}': ${state.knownIds.length} instances have that name, which is too much for 'delete-after-job' to remember. Give another 'name'. Nothing was created.`);
        }
        report.saveState(createKey, text);
    };
    return {
        posting: (made) => {
            access ??= openPostAccess();
            attempt = made;
            save();
        },
        created: ({ id, createdAt }) => {
            save({ id, createdAt, knownSince: patience.clock.now() });
        },
        clear: () => {
            report.saveState(createKey, '');
        },
        end: () => undefined,
    };
}
function warningTrail({ report }) {
    const how = (target) => `It will not be deleted automatically: use operation 'delete' with ${target}, or give 'delete-after-job'.`;
    const clear = () => {
        report.saveState(leftKey, '');
    };
    return {
        posting: ({ name }) => {
            report.saveWarning(leftKey, `The step was stopped while it created instance '${name}', so the instance may exist. ${how(`name '${name}'`)}`);
        },
        created: (created) => {
            report.saveWarning(leftKey, `The step was stopped after it created an instance. ${capitalized(label(created))} exists. ${how(`instance-id '${created.id}'`)}`);
        },
        clear,
        end: () => {
            try {
                clear();
            }
            catch {
                // The post step then only repeats what this step has reported.
            }
        },
    };
}

;// CONCATENATED MODULE: ./src/aura/operations/create/once.ts







/**
 * A create is sent at most this often, and again only if the previous one left no instance behind.
 */
const mostPosts = 3;
/**
 * Creates exactly one instance. If a response does not show whether an instance was created, it
 * looks for the instance. The password of such an instance is lost, so it deletes it before it
 * sends the create again.
 *
 * @throws {@link ActionError} that names what may still exist.
 */
async function createOnce(client, body, situation) {
    const { report, patience } = situation.context;
    const { name, tenant_id: tenantId } = body;
    let attempt = { name, tenantId, knownIds: situation.knownIds, postedAt: [] };
    for (let posts = 1;; posts += 1) {
        const before = attempt;
        attempt = { ...attempt, postedAt: [...attempt.postedAt, client.serverClock.now() ?? null] };
        situation.trail.posting(attempt);
        const made = await post(client, body, { ...situation, before });
        if (!(made instanceof RequestError)) {
            const { knownIds } = attempt;
            return {
                created: made,
                knownIds,
                unsettled: { ...before, knownIds: [...knownIds, made.id] },
            };
        }
        report.info(`${made.request}: ${made.message}. Checking whether instance '${name}' was created anyway.`);
        const orphan = await removeOrphan(client, body, { ...situation, attempt, unclear: made });
        // Its instance is known; if nothing was found, one may still appear.
        if (orphan !== undefined) {
            attempt = { ...before, knownIds: [...attempt.knownIds, orphan] };
            situation.trail.posting(attempt);
            await assertAlone(client, body, { attempt, orphan, unclear: made });
        }
        const settled = attempt.postedAt.length === 0;
        if (posts === mostPosts || patience.clock.now() > patience.deadline) {
            if (settled)
                situation.trail.clear();
            const left = settled
                ? 'and nothing is left of them.'
                : `and Aura listed no new instance. ${mayBeLeft(body)}`;
            throw failure(body, made, `Sent ${posts} times, ${left} ${whatToDo(made)}`);
        }
        const found = orphan === undefined ? 'Aura lists no new instance' : 'It is gone';
        report.info(`${found}. Creating instance '${name}' again.`);
    }
}
/**
 * Lists can lag: the instance deleted after a lost response may have been another job's, and the
 * step's own instance may be listed only now.
 *
 * @throws {@link ActionError} if another new instance has the name.
 */
async function assertAlone(client, body, { attempt, orphan, unclear }) {
    const same = await findByName(client, body.tenant_id, body.name);
    const others = same.filter(({ id }) => !attempt.knownIds.includes(id)).map(({ id }) => id);
    if (others.length === 0)
        return;
    throw failure(body, unclear, `Instance ${orphan} looked like the one of this step and was deleted, but ${others.join(', ')} is new and has the name too. It may be from this step or from another job, so it was not deleted. Delete it with operation 'delete' and 'instance-id' if nobody uses it, and give each job its own 'name'.`);
}
function mayBeLeft({ name }, id) {
    const what = id === undefined ? `An instance '${name}'` : `Instance '${name}' (${id})`;
    return `${what} may be left, and its password is lost: look for it in the Aura console, or delete it with operation 'delete' and name '${name}'.`;
}
/** The created instance, or the error that does not show whether one was created. */
async function post(client, body, { trail, before }) {
    const tried = `create instance '${body.name}'`;
    return attempting(tried, async () => {
        try {
            return await client.createInstance(body);
        }
        catch (error) {
            if (!(error instanceof RequestError))
                throw error;
            if (error.effect === 'unknown')
                return error;
            // This request certainly created nothing: only earlier ones may have.
            const settled = before.postedAt.length === 0;
            if (settled)
                trail.clear();
            else
                trail.posting(before);
            if (!settled)
                throw failure(body, error, `${whatToDo(error)} ${mayBeLeft(body)}`);
            if (error.status !== 400 || error.hasReason('missing-billing-details'))
                throw error;
            const offer = await readOffer(client, body.tenant_id);
            if (offer === undefined)
                throw error;
            throw failure(body, error, `Asked for ${describeBody(body)}; ${describeOffer(offer, body.type)}.`);
        }
    });
}
/** Undefined if it cannot be read: it would only explain a refusal. */
async function readOffer(client, tenantId) {
    try {
        return await client.listConfigurations(tenantId);
    }
    catch (error) {
        if (error instanceof RequestError)
            return undefined;
        throw error;
    }
}
/**
 * Finds the instance of a create with unknown result, and deletes it.
 *
 * @returns its id, or undefined if nothing was found.
 * @throws {@link ActionError}
 */
async function removeOrphan(client, body, situation) {
    const { request, context, attempt, unclear } = situation;
    let orphan;
    try {
        orphan = await findNew(client, attempt, { request, context });
        if (orphan === undefined)
            return undefined;
        const { id, createdAt } = orphan;
        context.report.info(`Instance '${body.name}' (${id}) was created, but its password is lost.`);
        const check = expectMatch(body.name, body.tenant_id);
        const order = { id, createdAt, check, request, wait: true, onProgress: expectShown };
        await removeInstance(client, order, context);
        return id;
    }
    catch (error) {
        if (error instanceof CancelledError)
            throw error;
        const left = orphan === undefined ? mayBeLeft(body) : mayBeLeft(body, orphan.id);
        throw failure(body, unclear, `${asError(error).message} ${left}`);
    }
}
function failure(body, error, outcome) {
    return new ActionError(`Could not create instance '${body.name}': ${error.message}. ${outcome}`, {
        cause: error,
    });
}

;// CONCATENATED MODULE: ./src/aura/operations/create/told.ts



/**
 * Reports a new instance to the runner. If one file cannot be written, it still writes the other
 * one.
 *
 * @throws {@link ActionError} that names the instance, because nothing else does.
 */
function tellCreated(created, { saveState, publish, deleteAfterJob }) {
    const unsaved = failureOf(saveState);
    const unpublished = failureOf(publish);
    const failure = unpublished ?? unsaved;
    if (failure === undefined)
        return;
    throw unwritten(created, failure, deleteAfterJob && unsaved === undefined);
}
/** Runs the rest of a create, and names the instance if a file can no longer be written. */
async function namingCreated(created, deleteAfterJob, run) {
    try {
        await run();
    }
    catch (error) {
        if (!(error instanceof RunnerFileError))
            throw error;
        throw unwritten(created, error, deleteAfterJob);
    }
}
function failureOf(write) {
    try {
        write();
        return undefined;
    }
    catch (error) {
        return asError(error);
    }
}
function unwritten(created, error, deleted) {
    const what = capitalized(label(created));
    const next = deleted
        ? 'The post step of this step deletes it'
        : `Delete it with operation 'delete' and instance-id '${created.id}'`;
    return new ActionError(`${error.message}. ${what} was created, but later steps may not get its password, which Aura shows only once. ${next}.`, { cause: error.cause });
}
/**
 * Says in an error what `replace` has deleted where no other instance takes its place.
 *
 * @throws {@link ActionError} in place of one of `run`; other errors as they are.
 */
async function tellingReplaced(replaced, run) {
    try {
        await run();
    }
    catch (error) {
        if (replaced.length === 0 || !(error instanceof ActionError))
            throw error;
        const ids = replaced.map(label).join(', ');
        throw new ActionError(`${error.message} Deleted before, for 'if-exists: replace': ${ids}.`, {
            cause: error.cause,
        });
    }
}

;// CONCATENATED MODULE: ./src/aura/instances/change.ts










/**
 * Brings an instance from one final status to the other. It first waits for other operations in
 * progress. If a response does not show what happened, it reads the instance.
 *
 * @throws ActionError if the instance does not exist or cannot reach the goal.
 */
async function changeStatus(client, request, { change, context }) {
    const first = await readForChange(client, request, { change, context });
    await changeUnlessDry(client, first, { change, request, context });
}
/**
 * The part of {@link changeStatus} before it changes anything.
 *
 * @throws ActionError if the instance does not exist.
 */
async function readForChange(client, request, { change, context }) {
    const { report } = context;
    report.outputs(targetOutputs(request));
    const first = await find_readTarget(client, request, { tried: change.verb, context });
    if (first === undefined)
        throw notFound(change.verb, request);
    report.outputs(instanceOutputs(first.instance));
    report.worked([workedOn(first.instance, false)]);
    return first;
}
/**
 * The part of {@link changeStatus} after it has read the instance.
 *
 * @returns the instance as it was read last; undefined in a dry run, which only logs.
 * @throws ActionError if the instance cannot reach the goal.
 */
async function changeUnlessDry(client, found, { change, request, context }) {
    if (!request.dryRun)
        return reachStatus(client, found, { change, request, context });
    const { verb } = change;
    const { instance } = found;
    context.report.info(`Dry run: would ${verb} ${label(instance)}, which is ${instance.status}.`);
    return undefined;
}
/**
 * Brings an instance that has been read to the goal of a change.
 *
 * @returns the instance as it was read last: at the goal, or still changing with `wait: false`.
 * @throws ActionError if the instance cannot reach the goal.
 */
async function reachStatus(client, found, { change, request, context }) {
    const { report } = context;
    const first = found.instance;
    if (first.status === change.to) {
        report.info(`${capitalized(label(first))} is ${change.to} already; nothing to do.`);
        return first;
    }
    const { instance, sent } = await getAccepted(client, found, { change, request, context });
    report.outputs(instanceOutputs(instance));
    report.worked([workedOn(instance, sent)]);
    if (!request.wait) {
        report.info(sent
            ? `Aura has accepted to ${change.verb} ${label(first)}.`
            : `${capitalized(label(first))} is ${instance.status} already, by another request.`);
        return instance;
    }
    const done = await awaitGoal(client, {
        id: first.id,
        what: label(first),
        goal: statusGoal(change.to),
        pollIntervalMilliseconds: request.pollIntervalMilliseconds,
        readAtOnce: !sent,
        onStatus: (status) => {
            report.worked([workedOn(withStatus(instance, status), sent)]);
        },
    }, context);
    const final = done ?? instance;
    report.outputs(instanceOutputs(final));
    report.worked([workedOn(final, sent)]);
    report.info(`${capitalized(label(first))} is ${change.to}.`);
    return final;
}
/** Requests the change until the status shows that it has started. */
async function getAccepted(client, { instance: first, check }, { change, request, context }) {
    const tried = `${change.verb} ${label(first)}`;
    const say = sayOnce(context.report.info);
    let instance = first;
    for (let asked = 0;;) {
        const { status } = instance;
        if (status === change.via || status === change.to)
            return { instance, sent: asked > 0 };
        const why = deadEnd(status);
        if (why !== undefined) {
            throw new ActionError(`Could not ${tried}: its status is '${status}': ${why}. Look at it in the Aura console.`);
        }
        if (status === change.from) {
            asked += 1;
            const refusal = await change_ask(change, first.id, { tried, last: asked >= maxAttempts });
            if (refusal === undefined)
                return { instance: withStatus(instance, change.via), sent: true };
            say(`Not accepted yet: ${refusal.message}. Looking again.`);
        }
        else {
            say(`Waiting, because its status is '${status}'.`);
        }
        const reading = await readWithin(context, {
            read: () => client.getInstance(first.id, 'once'),
            tried,
            timing: request,
            requests: status === change.from ? 2 : 1,
            doubts: (seen) => seen === 'missing',
            situation: `Could not ${tried}: its status is '${status}'`,
        });
        if (typeof reading === 'string') {
            throw new ActionError(`Could not ${tried}: it was deleted meanwhile. Nothing of it is left.`);
        }
        check(reading);
        instance = reading;
    }
}
/**
 * Sends the request once.
 *
 * @returns undefined if Aura accepted it, otherwise an error after which reading the instance again
 *   makes sense.
 */
async function change_ask(change, id, { tried, last }) {
    return attempting(tried, async () => {
        try {
            await change.send(id);
            return undefined;
        }
        catch (error) {
            if (!(error instanceof RequestError) || last)
                throw error;
            // 409: another operation is in progress, or the status has just changed. Unknown: Aura may
            // have accepted the request.
            if (error.status === 409 || (error.transient && error.effect === 'unknown'))
                return error;
            throw error;
        }
    });
}
/** The change to `running`, for every operation that needs a running instance. */
function resuming(client) {
    return {
        verb: 'resume',
        from: 'paused',
        via: 'resuming',
        to: 'running',
        send: (id) => client.resumeInstance(id),
    };
}

;// CONCATENATED MODULE: ./src/aura/instances/recover-credentials.ts




/** Whether this step may know the password of an instance that existed before it. */
function mayKnowPassword({ request }) {
    const { login, sealed, credentialsStore } = request;
    return login !== undefined || sealed !== undefined || credentialsStore !== 'none';
}
/**
 * Finds the credentials of an instance. Aura returns a password only once, so it must come from an
 * input, from sealed credentials or from the store; an input wins over the store.
 *
 * @returns undefined if none of these has them.
 */
async function recoverCredentials(instance, { request, context }) {
    const { login, sealed } = request;
    if (login !== undefined) {
        return { credentials: credentialsOf(instance, login), source: 'password' };
    }
    if (sealed !== undefined && isBundleOf(sealed, instance)) {
        return { credentials: credentialsOf(instance, sealed), source: 'sealed-credentials' };
    }
    const kept = openKept(await context.store.find(instance.name, instance.id), request);
    if (typeof kept === 'string') {
        context.report.warning(`The credentials kept as a GitHub deployment can't be opened: ${kept}.`);
        return undefined;
    }
    if (kept === undefined || !isBundleOf(kept, instance))
        return undefined;
    context.report.mask(kept.password);
    return { credentials: credentialsOf(instance, kept), source: 'store' };
}
/**
 * The same for an operation that also works without credentials, unless a check or an export was
 * requested.
 *
 * @throws {@link ActionError} if there are none and the inputs need some.
 */
async function takeCredentials(instance, { tried, willChange = false, request, context }) {
    if (!mayKnowPassword({ request }))
        return undefined;
    const recovered = await recoverCredentials(instance, { request, context });
    if (recovered !== undefined)
        return recovered;
    const asked = [
        request.verify === 'off' ? '' : "'verify'",
        request.exportEnv ? "'export-env'" : '',
        request.envFile === undefined ? '' : "'env-file'",
    ].filter((name) => name !== '');
    if (asked.length === 0) {
        context.report.info(`No credentials of ${label(instance)} are known.`);
        return undefined;
    }
    const unchanged = willChange ? ' Nothing was changed.' : '';
    throw new ActionError(`Could not ${tried} ${label(instance)}: its password, which is needed for ${asked.join(' and ')}, can't be recovered, because Aura shows it only once.${unchanged} Give the 'password' of the database or 'sealed-credentials' of the step that created it, or leave these inputs out.`);
}
/** The stored bundle, or the reason why it cannot be opened. */
function openKept(sealed, { sealingKey }) {
    if (sealed === undefined)
        return undefined;
    try {
        return openBundle(sealed, sealingKey);
    }
    catch (error) {
        if (!(error instanceof SealError))
            throw error;
        return error.message;
    }
}
/** Aura's current data of the instance counts; only user and password come from elsewhere. */
function credentialsOf(instance, { username, password, connectionUri }) {
    return {
        instanceId: instance.id,
        name: instance.name,
        tenantId: instance.tenantId,
        createdAt: instance.createdAt,
        connectionUri: instance.connectionUrl ?? connectionUri,
        username,
        password,
    };
}

;// CONCATENATED MODULE: ./src/aura/instances/store-recovered.ts



/** Reads what is stored for the instance, if there is a store. */
async function planToStore({ credentials, source }, { request, context }) {
    if (request.credentialsStore === 'none' || source === 'store')
        return 'never';
    const found = await context.store.lookUp(credentials.name, credentials.instanceId);
    // GitHub cannot be reached, which is already a warning: storing would fail too.
    if (found === undefined)
        return 'never';
    const handedOver = source === 'sealed-credentials';
    if (found.sealed === undefined)
        return handedOver ? 'at once' : 'unless refused';
    const kept = openKept(found.sealed, request);
    // A value that cannot be opened is useless for a step with the current key.
    if (kept === undefined || typeof kept === 'string')
        return handedOver ? 'at once' : 'once proved';
    if (isSameLogin(kept, credentials)) {
        return kept.connectionUri === credentials.connectionUri ? 'never' : 'at once';
    }
    return 'once proved';
}
function isSameLogin(one, other) {
    return (one.instanceId === other.instanceId &&
        one.tenantId === other.tenantId &&
        one.username === other.username &&
        one.password === other.password);
}
/** Runs the part of a plan that waits for the check. It warns about what it skips. */
async function storeByProof(credentials, { plan, proof }, situation) {
    if (plan === 'never' || plan === 'at once')
        return;
    const proved = proof === 'proved' || (plan === 'unless refused' && proof === 'open');
    if (proved)
        return storeCredentials(credentials, situation);
    const what = capitalized(label({ name: credentials.name, id: credentials.instanceId }));
    situation.context.report.warning(proof === 'refused'
        ? `${what}: the password was not stored, because the database refuses it.`
        : `${what}: the password was not stored, because other credentials are stored for this instance and the given ones were not verified. Give 'verify: require' to replace them.`);
}

;// CONCATENATED MODULE: ./src/aura/instances/hand-over-recovered.ts





/**
 * Hands over the credentials of an existing instance when the operation is complete. They are
 * already outputs; here they are stored, exported and checked. A dry run only logs this.
 *
 * @param instance as it was read last.
 * @throws {@link ActionError} if the env file cannot be written, or if a required check fails.
 */
async function hand_over_recovered_handOver(instance, recovered, situation) {
    const before = recovered.credentials;
    const credentials = { ...before, connectionUri: instance.connectionUrl ?? before.connectionUri };
    if (credentials.connectionUri !== before.connectionUri) {
        publishCredentials(credentials, situation);
    }
    const plan = isGoing(instance.status)
        ? 'never'
        : await planToStore({ ...recovered, credentials }, situation);
    if (situation.request.dryRun) {
        sayHandOver(credentials, plan, situation);
        return;
    }
    if (plan === 'at once')
        await storeCredentials(credentials, situation);
    await exportCredentials(credentials, situation);
    const proof = await prove(instance, credentials, situation);
    await storeByProof(credentials, { plan, proof }, situation);
}
/** The last line of a dry run, if it skips something. */
function sayHandOver({ name, instanceId: id }, plan, { request, context }) {
    const stores = plan === 'once proved' ? request.verify !== 'off' : plan !== 'never';
    const left = [
        stores ? 'store them as a GitHub deployment' : '',
        request.exportEnv ? 'export them to the environment' : '',
        request.envFile === undefined ? '' : "write them to the file of input 'env-file'",
        request.verify === 'off' ? '' : 'verify them over Bolt',
    ].filter((part) => part !== '');
    if (left.length === 0)
        return;
    const what = label({ name, id });
    context.report.info(`Dry run: would hand on the credentials of ${what}: ${left.join(', ')}.`);
}
async function prove({ status }, credentials, situation) {
    const { request, context } = situation;
    if (status === 'running' || request.verify === 'off') {
        return verifyCredentials(credentials, situation);
    }
    const what = label({ name: credentials.name, id: credentials.instanceId });
    const text = `The database of ${what} can't answer: its status is '${status}'. Bring it to running first.`;
    if (request.verify === 'require')
        throw new ActionError(text);
    context.report.warning(text);
    return 'open';
}

;// CONCATENATED MODULE: ./src/aura/operations/create/reuse.ts











/**
 * Reuses the instance with the name: first it recovers the credentials, then it brings the instance
 * to `running`.
 *
 * @returns false if it no longer exists, so that a new one must be created.
 * @throws {@link ActionError} if no password can be recovered, or if it cannot reach `running`.
 */
async function reuse(client, existing, { request, context }) {
    const { report } = context;
    const found = await readExisting(client, existing, { request, context });
    if (found === undefined)
        return false;
    const { instance } = found;
    report.outputs(instanceOutputs(instance));
    report.worked([workedOn(instance, false)]);
    const why = deadEnd(instance.status);
    if (why !== undefined) {
        throw new ActionError(`Could not reuse ${label(instance)}: its status is '${instance.status}': ${why}. Give 'if-exists: replace' to delete it and make another.`);
    }
    const recovered = await recover(instance, { request, context });
    if (request.dryRun) {
        report.info(`Dry run: would reuse ${label(instance)}, which is ${instance.status}.`);
        return true;
    }
    publishCredentials(recovered.credentials, { request, context });
    report.info(`Reusing ${label(instance)}, which is ${instance.status}.`);
    const change = resuming(client);
    const final = await reachStatus(client, found, { change, request, context });
    await hand_over_recovered_handOver(final, recovered, { request, context });
    return true;
}
/** The only instance with the name; waits for one that is being deleted. */
async function readExisting(client, existing, { request, context }) {
    const there = await readAllListed(client, existing, { tried: 'reuse', request, context });
    const [instance, ...more] = there;
    if (instance === undefined)
        return undefined;
    if (more.length > 0) {
        const ids = there.map(({ id }) => id).join(', ');
        throw new ActionError(`Could not reuse instance '${request.name}': ${ids} all have that name. Give 'if-exists: replace' to delete them and make another.`);
    }
    const check = expectMatch(request.name, existing[0]?.tenantId);
    check(instance);
    if (!isGoing(instance.status))
        return { instance, check };
    const { id } = instance;
    const { pollIntervalMilliseconds } = request;
    const wait = { id, what: label(instance), goal: deletedGoal, pollIntervalMilliseconds };
    await awaitGoal(client, wait, context);
    return undefined;
}
/** A create never succeeds without a password. */
async function recover(instance, situation) {
    const recovered = await recoverCredentials(instance, situation);
    if (recovered !== undefined)
        return recovered;
    throw new ActionError(`Could not reuse ${label(instance)}: its password can't be recovered, because Aura shows it only once. Give its 'password' or 'sealed-credentials' of the step that created it, keep them with 'credentials-store: deployment', or give 'if-exists: replace' to delete it and make another.`);
}

;// CONCATENATED MODULE: ./src/aura/operations/create/create.ts














/**
 * Creates an instance so that none is lost or left behind: it saves the intent before the request,
 * and outputs id and password before it waits.
 *
 * @throws ActionError if the name is taken, the configuration is not available, Aura refuses, or
 *   another step created an instance with the same name first; it names what still exists.
 */
async function create_create(client, request, context) {
    const { report } = context;
    report.outputs({ name: request.name, created: false, changed: false });
    const tenantId = await resolveRequestTenant(client, request);
    report.outputs({ tenant: tenantId });
    const existing = await findByName(client, tenantId, request.name);
    const reusing = request.ifExists === 'reuse';
    if (reusing && existing.length > 0) {
        if (await reuse(client, existing, { request, context }))
            return;
    }
    const inTheWay = reusing ? [] : existing;
    await assertMayReplace(client, inTheWay, { request, context });
    const body = await completeBody(client, request, tenantId);
    await replace(client, inTheWay, { request, context });
    if (request.dryRun) {
        report.info(`Dry run: would create instance '${request.name}': ${describeBody(body)}.`);
        return;
    }
    const knownIds = existing.map(({ id }) => id);
    await tellingReplaced(inTheWay, () => make(client, body, { request, context, knownIds }));
}
/** Makes the instance, and leaves word of it at every step. */
async function make(client, body, situation) {
    const { request, context } = situation;
    const { name } = request;
    const trail = createTrail(request, context);
    let unsettled;
    try {
        const made = await unlessCancelled(`Instance '${name}' may have been created`, request, () => createOnce(client, body, { ...situation, trail }));
        const { created } = made;
        unsettled = made.unsettled;
        const knownSince = context.patience.clock.now();
        const { deleteAfterJob } = request;
        tellCreated(created, {
            saveState: () => {
                trail.created(created);
            },
            publish: () => {
                publish(created, body, situation);
            },
            deleteAfterJob,
        });
        await unlessCancelled(`${capitalized(label(created))} was created`, request, () => namingCreated(created, deleteAfterJob, () => settle(client, made, { ...situation, knownSince })));
    }
    catch (error) {
        if (error instanceof RaceLostError) {
            // The winning instance may come from an earlier request of this step.
            if (unsettled !== undefined && unsettled.postedAt.length > 0)
                trail.posting(unsettled);
            else
                trail.clear();
        }
        throw error;
    }
    finally {
        trail.end();
    }
}
/** Outputs the new instance and waits for it, unless another step was faster. */
async function settle(client, { created, knownIds, unsettled }, situation) {
    const { request, context } = situation;
    const race = { request, context, knownIds, mayBeOwn: unsettled.postedAt.length > 0 };
    await yieldIfRaceLost(client, created, { ...race, check: 'first' });
    const removeOlder = await addCredentials(create_credentialsOf(created), situation);
    await exportCredentials(create_credentialsOf(created), situation);
    if (!request.wait) {
        context.report.info(`Aura has accepted to create ${label(created)}.`);
        await removeOlder();
        return;
    }
    const running = await awaitRunning(client, created, situation);
    await yieldIfRaceLost(client, created, { ...race, check: 'last' });
    await removeOlder();
    await conclude(created, running, situation);
}
function create_credentialsOf(created) {
    const { id, connectionUrl, name, tenantId, username, password, createdAt } = created;
    const known = { instanceId: id, connectionUri: connectionUrl, name, tenantId, createdAt };
    return { ...known, username, password };
}
/**
 * On cancellation says what still exists and how it will be deleted. @throws {@link ActionError}
 */
async function unlessCancelled(left, { name, deleteAfterJob }, run) {
    try {
        return await run();
    }
    catch (error) {
        if (!(error instanceof CancelledError))
            throw error;
        const how = deleteAfterJob
            ? 'The post step of this step deletes it'
            : `It will not be deleted automatically: use operation 'delete' with name '${name}', or give 'delete-after-job'`;
        throw new ActionError(`${error.message}. ${left}. ${how}.`, { cause: error });
    }
}
/**
 * @throws {@link ActionError} if an existing instance with the name forbids to create another one.
 */
async function assertMayReplace(client, existing, { request, context }) {
    const { name } = request;
    if (existing.length === 0)
        return;
    if (request.ifExists === 'fail') {
        const there = await readAllListed(client, existing, { tried: 'create', request, context });
        if (there.length === 0)
            return;
        const ids = there.map(({ id }) => id).join(', ');
        throw new ActionError(`Could not create instance '${name}': the tenant already has an instance with this name (${ids}). Delete it with operation 'delete', give 'if-exists: replace', or give another 'name'.`);
    }
    assertUnprotected(name, request.protectedNames);
    assertFew(existing.map(({ id }) => id), request.maxDeletions);
}
/**
 * Deletes the instances with the name and waits until they are deleted, so that the new one is not
 * confused with them.
 */
async function replace(client, existing, { request, context }) {
    if (request.ifExists !== 'replace')
        return;
    for (const { id, createdAt, tenantId } of existing) {
        const check = expectMatch(request.name, tenantId);
        const onProgress = ({ changed }) => {
            if (changed)
                context.report.outputs({ changed });
        };
        const order = { id, createdAt, check, request, wait: true, onProgress };
        await removeInstance(client, order, context);
    }
}
/** Masks and outputs immediately what is known before the first poll. */
function publish(created, body, situation) {
    const { report } = situation.context;
    publishCredentials(create_credentialsOf(created), situation);
    const { id, name } = created;
    report.outputs({
        tier: created.type ?? body.type,
        region: created.region ?? body.region,
        'cloud-provider': created.cloudProvider ?? body.cloud_provider,
        memory: body.memory,
        created: true,
    });
    report.worked([{ id, name, status: 'creating', changed: true }]);
    report.info(`Aura creates ${label(created)}: ${describeBody(body)}.`);
    warnOfOtherPassword(created, situation);
}
async function awaitRunning(client, created, { request, context, knownSince }) {
    const { report } = context;
    const running = await awaitGoal(client, {
        id: created.id,
        what: label(created),
        goal: statusGoal('running'),
        newborn: { createdAt: created.createdAt, knownSince },
        pollIntervalMilliseconds: request.pollIntervalMilliseconds,
        onStatus: (status) => {
            report.worked([{ id: created.id, name: created.name, status, changed: true }]);
        },
    }, context);
    if (running !== undefined) {
        report.outputs(instanceOutputs(running));
        report.worked([workedOn(running, true)]);
    }
    return running;
}
/** The last actions when the instance is running and stays. */
async function conclude(created, running, situation) {
    const { report } = situation.context;
    const credentials = create_credentialsOf(created);
    const late = { ...credentials, connectionUri: running?.connectionUrl };
    // The URI of the create response stays; only if it had none, the URI of the instance is output
    // later.
    if (credentials.connectionUri === undefined) {
        publishCredentials(late, situation);
        await storeCredentials(late, situation);
        await exportCredentials(late, situation);
    }
    else {
        report.outputs({ 'connection-uri': credentials.connectionUri });
    }
    report.info(`${capitalized(label(created))} is running.`);
    const known = credentials.connectionUri === undefined ? late : credentials;
    await verifyCredentials(known, situation);
}

;// CONCATENATED MODULE: ./src/aura/operations/delete/closed-pull-request.ts

/**
 * Says which instances of a branch stay although the event says that its pull request is closed:
 * all of them while this or another pull request of the branch is open. Runs for `closed` and
 * `reopened` can start in any order, so GitHub's answer counts, not the event.
 *
 * @returns the ids that stay; the log says why.
 */
async function keptByPullRequest(found, { branch, closed }, context) {
    if (closed === undefined || found.length === 0)
        return new Set();
    const { pullRequests, report } = context;
    const { number, closedAt } = closed;
    const [state, open] = await Promise.all([
        number === undefined
            ? { problem: 'The event does not give its number.' }
            : pullRequests.stateOf(number),
        pullRequests.openFrom(branch),
    ]);
    const why = whyNeeded(number, state, open);
    if (why !== undefined) {
        const subject = capitalized(listed(found));
        report.notice(`${subject} ${found.length > 1 ? 'are' : 'is'} kept: ${why}.`);
        return new Set(found.map(({ id }) => id));
    }
    const which = number === undefined ? 'the pull request' : `pull request #${number}`;
    // Without a creation time it may be newer too.
    const kept = found.filter(({ createdAt }) => 'problem' in state &&
        closedAt !== undefined &&
        (createdAt === undefined || createdAt > closedAt));
    for (const instance of kept) {
        const when = instance.createdAt === undefined ? 'may have been' : 'was';
        report.warning(`${capitalized(label(instance))} is kept: it ${when} created after ${which} was closed, and GitHub could not be asked whether that is open again. ${problemOf(state)} If the instance is not needed, delete it with operation 'delete' and instance-id '${instance.id}'.`);
    }
    const questions = [
        'problem' in state ? `whether ${which} is open again` : '',
        'problem' in open ? `whether another open pull request uses branch '${branch.name}'` : '',
    ].filter((question) => question !== '');
    if (kept.length < found.length && questions.length > 0) {
        const rest = listed(found.filter((instance) => !kept.includes(instance)));
        report.warning(`Could not ask GitHub ${questions.join(' or ')} before deleting ${rest}. ${problemOf(state) || problemOf(open)}`);
    }
    return new Set(kept.map(({ id }) => id));
}
/** Why the instances of the branch are still needed, according to GitHub. */
function whyNeeded(number, state, open) {
    const numbers = 'value' in open ? open.value : [];
    const isOpen = 'value' in state && state.value === 'open';
    if (number !== undefined && (isOpen || numbers.includes(number))) {
        return `pull request #${number} is open`;
    }
    const [other] = numbers;
    return other === undefined ? undefined : `open pull request #${other} has the same head branch`;
}
function problemOf(answer) {
    return 'problem' in answer ? answer.problem : '';
}
function listed(instances) {
    return instances.map(label).join(', ');
}

;// CONCATENATED MODULE: ./src/aura/operations/delete/target.ts



/**
 * Finds the targets of a delete: the id, all instances with exactly the name, or the instances of
 * the event's branch.
 *
 * @throws {@link ActionError} for the tenant, or if Aura refuses.
 */
async function findForDeletion(client, request) {
    if (request.ofBranch !== undefined)
        return findOfBranch(client, request, request.ofBranch);
    const { ids, tenantId, check } = await locateAll(client, request);
    const { name } = request.target;
    return { meant: ids.map((id) => ({ id, name, check })), tenantId, listed: [] };
}
async function findOfBranch(client, { target, tenant }, { repository, branch, suffix }) {
    const tenantId = await resolveTenant(client, tenant);
    const all = await attempting(`look for instance '${target.name ?? ''}'`, () => client.listInstances(tenantId));
    const listed = all.filter((instance) => instance.tenantId === tenantId &&
        (suffix === undefined
            ? belongsToBranch(instance.name, repository, branch)
            : instance.name === target.name));
    if (listed.length === 0 && tenant?.toLowerCase() === tenantId) {
        await assertVisible(client, tenantId);
    }
    const meant = listed.map(({ id, name, createdAt }) => ({
        id,
        name,
        createdAt,
        check: expectMatch(name, tenantId),
    }));
    return { meant, tenantId, listed };
}

;// CONCATENATED MODULE: ./src/aura/operations/delete/delete.ts










/**
 * Deletes an instance by id, all instances with exactly one name, or all instances of the event's
 * branch, with and without a suffix. An instance that does not exist is a success; if one cannot be
 * deleted, the others are still deleted.
 *
 * @throws ActionError that names each failed instance, or says why nothing was changed.
 */
async function deleteInstances(client, request, context) {
    const { report } = context;
    const { ofBranch, target } = request;
    report.outputs(ofBranch === undefined ? targetOutputs(request) : { changed: false });
    if (ofBranch === undefined && target.name !== undefined) {
        assertUnprotected(target.name, request.protectedNames);
    }
    const found = await findForDeletion(client, request);
    if (found.meant.length === 0 && target.name !== undefined) {
        report.info(`There is no instance '${target.name}'; nothing to do.`);
        if (found.tenantId !== undefined)
            await forget(target.name, found.tenantId, { request, context });
    }
    const ledger = announce(found, request, report);
    const kept = ofBranch && (await keptByPullRequest(found.listed, ofBranch, context));
    const left = found.meant.filter(({ id }) => kept?.has(id) !== true);
    await removeAll(client, left, { request, context, ledger });
}
/** Another process deleted the target, so its credentials are useless. */
async function forget(name, scope, { request, context }) {
    const { ofBranch, dryRun } = request;
    if (dryRun)
        return;
    if (ofBranch === undefined || ofBranch.suffix !== undefined) {
        await context.store.remove(name, { scope });
        return;
    }
    const { repository, branch } = ofBranch;
    const has = (other) => belongsToBranch(other, repository, branch);
    await context.store.removeGroup({ what: `branch '${branch.name}'`, has }, scope);
}
/** Sets what is known before anything is deleted. */
function announce({ meant, tenantId }, request, report) {
    const ofBranch = request.ofBranch !== undefined;
    const several = ofBranch && meant.length > 1;
    const works = new Map(meant.map(({ id, name }) => [id, { id, name, changed: false }]));
    const write = () => {
        report.worked([...works.values()], several ? 'several' : undefined);
    };
    const [only] = meant;
    if (several)
        report.outputs({ tenant: tenantId });
    else if (ofBranch)
        report.outputs({ ...targetOutputs(request), ...(only && { name: only.name }) });
    write();
    if (meant.length === 1)
        report.outputs({ 'instance-id': only?.id });
    if (meant.length === 0)
        report.outputs({ status: 'deleted' });
    return {
        note: (news) => {
            works.set(news.id, news);
            write();
        },
        noteError: (id, error) => {
            const before = works.get(id) ?? { id, name: undefined, changed: false };
            works.set(id, { ...before, error: asError(error).message });
            write();
        },
        isSingle: meant.length === 1,
    };
}
/**
 * Deletes in parallel. Several instances are read first, so that too many are refused before any is
 * deleted.
 */
async function removeAll(client, meant, situation) {
    const reads = situation.ledger.isSingle
        ? new Map()
        : await readAll(client, meant, situation);
    const removals = meant.map(async (one) => {
        const read = reads.get(one.id);
        try {
            if (read?.status === 'rejected')
                throw asError(read.reason);
            if (read !== undefined && isKept(read.value, situation))
                return;
            await delete_remove(client, one, { ...situation, read: read && { instance: read.value } });
        }
        catch (error) {
            situation.ledger.noteError(one.id, error);
            throw error;
        }
    });
    throwFailures(await Promise.allSettled(removals));
}
/** @throws {@link ActionError} if more would be deleted than allowed. */
async function readAll(client, meant, { request, context }) {
    const reads = await Promise.allSettled(meant.map((one) => readListed(client, one, { tried: 'delete', request, context })));
    const due = reads.flatMap((read) => {
        const instance = read.status === 'fulfilled' ? read.value : undefined;
        if (instance === undefined || isGoing(instance.status))
            return [];
        return protectingPattern(instance.name, request.protectedNames) === undefined
            ? [instance.id]
            : [];
    });
    assertFew(due, request.maxDeletions);
    return new Map(reads.flatMap((read, index) => {
        const id = meant[index]?.id;
        return id === undefined ? [] : [[id, read]];
    }));
}
/** Of several instances, a protected one stays; the others are deleted. */
function isKept(instance, { request, context, ledger }) {
    const pattern = instance && protectingPattern(instance.name, request.protectedNames);
    if (instance === undefined || pattern === undefined)
        return false;
    const { id, name, status } = instance;
    ledger.note({ id, name, status, changed: false });
    context.report.warning(`${capitalized(label(instance))} is kept: its name matches '${pattern}' of input 'protected-names'.`);
    return true;
}
async function delete_remove(client, one, { request, context, ledger, read }) {
    const { id, name } = one;
    const onProgress = ({ instance, status, changed }) => {
        if (ledger.isSingle && instance !== undefined) {
            context.report.outputs(instanceOutputs(instance));
        }
        ledger.note({ id, name: instance?.name ?? name, status, changed });
    };
    const order = { ...one, request, wait: request.wait, onProgress, read };
    await removeInstance(client, order, context);
}
/** @throws a single failure unchanged, or one error with all of them. */
function throwFailures(results) {
    const reasons = results.flatMap((result) => result.status === 'rejected' ? [asError(result.reason)] : []);
    const [first] = reasons;
    if (first === undefined)
        return;
    const telling = reasons.find((reason) => reason instanceof CancelledError) ?? first;
    if (reasons.length === 1 || !(telling instanceof ActionError))
        throw telling;
    throw new ActionError(`${reasons.length} of ${results.length} instances could not be deleted:\n${reasons.map(({ message }) => message).join('\n')}`, { cause: first });
}

;// CONCATENATED MODULE: ./src/aura/operations/get.ts






/**
 * Reads an instance and sets the outputs; if its password is known, also those of a create.
 *
 * @throws ActionError if it does not exist, if its password is needed and not known, or if `verify:
 *   require` fails.
 */
async function get(client, request, context) {
    const { report } = context;
    report.outputs(targetOutputs(request));
    const found = await find_readTarget(client, request, { tried: 'get', context });
    if (found === undefined)
        throw notFound('get', request);
    const { instance } = found;
    report.outputs(instanceOutputs(instance));
    report.worked([workedOn(instance, false)]);
    const recovered = await takeCredentials(instance, { tried: 'get', request, context });
    if (recovered !== undefined)
        publishCredentials(recovered.credentials, { request, context });
    report.info(`Status of ${label(instance)}: ${instance.status}.`);
    if (recovered !== undefined)
        await hand_over_recovered_handOver(instance, recovered, { request, context });
}

;// CONCATENATED MODULE: ./src/aura/operations/pause.ts

/** Pauses an instance; does nothing if it is already paused. @throws ActionError */
async function pause(client, request, context) {
    await changeStatus(client, request, {
        context,
        change: {
            verb: 'pause',
            from: 'running',
            via: 'pausing',
            to: 'paused',
            send: (id) => client.pauseInstance(id),
        },
    });
}

;// CONCATENATED MODULE: ./src/aura/operations/poll.ts









/**
 * Waits for a status and sets the outputs. It always waits. If the instance stays and its password
 * is known, it outputs the credentials.
 *
 * @throws ActionError if the instance does not exist, cannot reach the status, the timeout is
 *   reached, or its password is needed and not known.
 */
async function poll(client, request, context) {
    const { report } = context;
    report.outputs(targetOutputs(request));
    if (otherOwner(request) !== undefined) {
        const seen = await find_readTarget(client, request, { tried: 'poll', context });
        if (seen === undefined)
            throw notFound('poll', request);
    }
    const { id, check } = await locate(client, request);
    if (id === undefined) {
        if (request.waitFor !== 'deleted')
            throw notFound('poll', request);
        report.worked([]);
        report.outputs({ status: 'deleted' });
        report.info('The tenant has no instance of that name: it is deleted.');
        return;
    }
    report.outputs({ 'instance-id': id });
    report.worked([{ id, name: request.target.name, changed: false }]);
    const found = { id, check };
    const early = await takeEarly(client, found, { request, context });
    const instance = await awaitStatus(client, found, { request, context });
    poll_conclude(instance, { id, name: request.target.name }, report);
    if (instance === undefined)
        return;
    const { recovered } = early ?? (await take(instance, { request, context }));
    // A paused database cannot be used: its credentials are only outputs, for a later resume.
    if (recovered === undefined || request.waitFor === 'paused')
        return;
    await hand_over_recovered_handOver(instance, recovered, { request, context });
}
async function awaitStatus(client, { id, check }, { request, context }) {
    const goal = goalOf(request);
    return awaitGoal(client, {
        id,
        what: `instance ${id}`,
        goal: {
            ...goal,
            reachedBy: (read) => {
                check(read);
                return goal.reachedBy(read);
            },
        },
        pollIntervalMilliseconds: request.pollIntervalMilliseconds,
        readAtOnce: true,
        // An earlier step may have created it with `wait: false` a moment ago.
        newborn: { createdAt: birthOfSealed(request) },
        onStatus: (status) => {
            const { name } = request.target;
            context.report.worked([{ id, name, status, changed: false }]);
        },
    }, context);
}
/**
 * Looks for the credentials before the wait: they are outputs even if the wait fails, and the step
 * does not wait if a needed password is missing.
 *
 * @returns undefined if it did not look and must look after the wait.
 */
async function takeEarly(client, { id, check }, { request, context }) {
    if (request.waitFor === 'deleted' || !mayKnowPassword({ request }))
        return undefined;
    const reading = await readOrLeave(client, id);
    // An instance that was created a moment ago may not be visible yet.
    if (typeof reading !== 'object')
        return undefined;
    check(reading);
    return take(reading, { request, context });
}
/** The wait handles a failed read: it reads again and reports the problem. */
async function readOrLeave(client, id) {
    try {
        return await client.getInstance(id);
    }
    catch (error) {
        if (error instanceof RequestError)
            return undefined;
        throw error;
    }
}
async function take(instance, { request, context }) {
    const recovered = await takeCredentials(instance, { tried: 'poll', request, context });
    if (recovered !== undefined)
        publishCredentials(recovered.credentials, { request, context });
    return { recovered };
}
/** The outputs and the last line of a poll that reached its goal. */
function poll_conclude(instance, target, report) {
    if (instance === undefined) {
        report.worked([{ ...target, status: 'deleted', changed: false }]);
        report.info(`Instance ${target.id} is deleted.`);
        return;
    }
    report.outputs(instanceOutputs(instance));
    report.worked([workedOn(instance, false)]);
    report.info(`Status of ${label(instance)}: ${instance.status}.`);
}
function goalOf({ waitFor }) {
    switch (waitFor) {
        case 'deleted':
            return deletedGoal;
        case undefined:
            return settledGoal;
        case 'running':
        case 'paused':
            return statusGoal(waitFor);
    }
}

;// CONCATENATED MODULE: ./src/aura/operations/resume.ts




/**
 * Resumes an instance; does nothing if it is already running. If its password is known, it outputs
 * the credentials. It looks for them before it changes anything.
 *
 * @throws ActionError if it does not exist, cannot be resumed, or its password is needed and not
 *   known.
 */
async function resume(client, request, context) {
    const change = resuming(client);
    const first = await readForChange(client, request, { change, context });
    const { instance } = first;
    const taking = { tried: change.verb, willChange: true };
    const recovered = await takeCredentials(instance, { ...taking, request, context });
    if (recovered !== undefined && !request.dryRun) {
        publishCredentials(recovered.credentials, { request, context });
    }
    const final = await changeUnlessDry(client, first, { change, request, context });
    if (final === undefined || recovered === undefined)
        return;
    await hand_over_recovered_handOver(final, recovered, { request, context });
}

;// CONCATENATED MODULE: ./src/aura/action.ts













/** Runs a stage of the step and ends the process. The entry file says which stage it is. */
async function run(stage) {
    // The proxy library of @actions/http-client uses deprecated Node APIs; users need no warning
    // about it.
    process.noDeprecation = true;
    const stages = { main: runOperation, post: cleanUp };
    await stages[stage]({ clock: systemClock, signal: cancellation() });
    // By then the runner has everything that was printed.
    process.stdout.write('', exit);
}
/** Runs the step: inputs, operation, report. Never throws; a failure sets the exit code. */
async function runOperation(surroundings) {
    const report = createAuraReport();
    try {
        const session = await openMainSession(report, surroundings);
        if (session !== undefined)
            await operate(session);
    }
    catch (error) {
        report.failure(error instanceof CancelledError ? cancelled(error) : error);
    }
}
function operate({ client, request, context }) {
    switch (request.operation) {
        case 'create':
            return create_create(client, request, context);
        case 'get':
            return get(client, request, context);
        case 'poll':
            return poll(client, request, context);
        case 'pause':
            return pause(client, request, context);
        case 'resume':
            return resume(client, request, context);
        case 'delete':
            return deleteInstances(client, request, context);
        case 'none':
            context.report.outputs({ created: false, changed: false });
            context.report.notice(request.why);
            return Promise.resolve();
    }
}
/** The operation itself adds only what it knows better. */
function cancelled(error) {
    return new ActionError(`${error.message}. Requests that Aura has already accepted continue; no new ones are sent. Run the step again to be sure of the result.`);
}

var __webpack_exports__run = __webpack_exports__.e;
var __webpack_exports__runOperation = __webpack_exports__.x;
export { __webpack_exports__run as run, __webpack_exports__runOperation as runOperation };
