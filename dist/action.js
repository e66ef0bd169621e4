var __webpack_modules__ = {
	20770: ((module, __unused_webpack_exports, __nccwpck_require__) => {
		module.exports = /*#__PURE__*/ __nccwpck_require__(20218);
	}),
	20218: ((__unused_webpack_module, exports, __nccwpck_require__) => {
		var tls = /*#__PURE__*/ __nccwpck_require__(64756);
		var http = /*#__PURE__*/ __nccwpck_require__(58611);
		var https = /*#__PURE__*/ __nccwpck_require__(65692);
		var events = /*#__PURE__*/ __nccwpck_require__(24434);
		var util = /*#__PURE__*/ __nccwpck_require__(39023);
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
			self.on("free", function onFree(socket, host, port, localAddress) {
				var options = toOptions(host, port, localAddress);
				for (var i = 0, len = self.requests.length; i < len; ++i) {
					var pending = self.requests[i];
					if (pending.host === options.host && pending.port === options.port) {
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
			var options = mergeOptions({ request: req }, self.options, toOptions(host, port, localAddress));
			if (self.sockets.length >= this.maxSockets) {
				self.requests.push(options);
				return;
			}
			self.createSocket(options, function(socket) {
				socket.on("free", onFree);
				socket.on("close", onCloseOrRemove);
				socket.on("agentRemove", onCloseOrRemove);
				req.onSocket(socket);
				function onFree() {
					self.emit("free", socket, options);
				}
				function onCloseOrRemove(err) {
					self.removeSocket(socket);
					socket.removeListener("free", onFree);
					socket.removeListener("close", onCloseOrRemove);
					socket.removeListener("agentRemove", onCloseOrRemove);
				}
			});
		};
		TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
			var self = this;
			var placeholder = {};
			self.sockets.push(placeholder);
			var connectOptions = mergeOptions({}, self.proxyOptions, {
				method: "CONNECT",
				path: options.host + ":" + options.port,
				agent: false,
				headers: { host: options.host + ":" + options.port }
			});
			if (options.localAddress) connectOptions.localAddress = options.localAddress;
			if (connectOptions.proxyAuth) {
				connectOptions.headers = connectOptions.headers || {};
				connectOptions.headers["Proxy-Authorization"] = "Basic " + new Buffer(connectOptions.proxyAuth).toString("base64");
			}
			debug("making CONNECT request");
			var connectReq = self.request(connectOptions);
			connectReq.useChunkedEncodingByDefault = false;
			connectReq.once("response", onResponse);
			connectReq.once("upgrade", onUpgrade);
			connectReq.once("connect", onConnect);
			connectReq.once("error", onError);
			connectReq.end();
			function onResponse(res) {
				res.upgrade = true;
			}
			function onUpgrade(res, socket, head) {
				process.nextTick(function() {
					onConnect(res, socket, head);
				});
			}
			function onConnect(res, socket, head) {
				connectReq.removeAllListeners();
				socket.removeAllListeners();
				if (res.statusCode !== 200) {
					debug("tunneling socket could not be established, statusCode=%d", res.statusCode);
					socket.destroy();
					var error = /* @__PURE__ */ new Error("tunneling socket could not be established, statusCode=" + res.statusCode);
					error.code = "ECONNRESET";
					options.request.emit("error", error);
					self.removeSocket(placeholder);
					return;
				}
				if (head.length > 0) {
					debug("got illegal response body from proxy");
					socket.destroy();
					var error = /* @__PURE__ */ new Error("got illegal response body from proxy");
					error.code = "ECONNRESET";
					options.request.emit("error", error);
					self.removeSocket(placeholder);
					return;
				}
				debug("tunneling connection has established");
				self.sockets[self.sockets.indexOf(placeholder)] = socket;
				return cb(socket);
			}
			function onError(cause) {
				connectReq.removeAllListeners();
				debug("tunneling socket could not be established, cause=%s\n", cause.message, cause.stack);
				var error = /* @__PURE__ */ new Error("tunneling socket could not be established, cause=" + cause.message);
				error.code = "ECONNRESET";
				options.request.emit("error", error);
				self.removeSocket(placeholder);
			}
		};
		TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
			var pos = this.sockets.indexOf(socket);
			if (pos === -1) return;
			this.sockets.splice(pos, 1);
			var pending = this.requests.shift();
			if (pending) this.createSocket(pending, function(socket) {
				pending.request.onSocket(socket);
			});
		};
		function createSecureSocket(options, cb) {
			var self = this;
			TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
				var hostHeader = options.request.getHeader("host");
				var tlsOptions = mergeOptions({}, self.options, {
					socket,
					servername: hostHeader ? hostHeader.replace(/:.*$/, "") : options.host
				});
				var secureSocket = tls.connect(0, tlsOptions);
				self.sockets[self.sockets.indexOf(socket)] = secureSocket;
				cb(secureSocket);
			});
		}
		function toOptions(host, port, localAddress) {
			if (typeof host === "string") return {
				host,
				port,
				localAddress
			};
			return host;
		}
		function mergeOptions(target) {
			for (var i = 1, len = arguments.length; i < len; ++i) {
				var overrides = arguments[i];
				if (typeof overrides === "object") {
					var keys = Object.keys(overrides);
					for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
						var k = keys[j];
						if (overrides[k] !== void 0) target[k] = overrides[k];
					}
				}
			}
			return target;
		}
		var debug;
		if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) debug = function() {
			var args = Array.prototype.slice.call(arguments);
			if (typeof args[0] === "string") args[0] = "TUNNEL: " + args[0];
			else args.unshift("TUNNEL:");
			console.error.apply(console, args);
		};
		else debug = function() {};
		exports.debug = debug;
	}),
	42613: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("assert");
	}),
	20181: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("buffer");
	}),
	72250: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("dns");
	}),
	24434: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("events");
	}),
	79896: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("fs");
	}),
	58611: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("http");
	}),
	65692: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("https");
	}),
	69278: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("net");
	}),
	34589: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:assert");
	}),
	16698: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:async_hooks");
	}),
	4573: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:buffer");
	}),
	37540: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:console");
	}),
	77598: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:crypto");
	}),
	53053: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:diagnostics_channel");
	}),
	40610: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:dns");
	}),
	78474: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:events");
	}),
	37067: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:http");
	}),
	32467: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:http2");
	}),
	77030: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:net");
	}),
	643: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:perf_hooks");
	}),
	41792: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:querystring");
	}),
	57075: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:stream");
	}),
	41692: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:tls");
	}),
	73136: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:url");
	}),
	57975: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:util");
	}),
	73429: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:util/types");
	}),
	75919: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:worker_threads");
	}),
	38522: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("node:zlib");
	}),
	70857: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("os");
	}),
	13193: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("string_decoder");
	}),
	64756: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("tls");
	}),
	39023: ((module) => {
		module.exports = /*#__PURE__*/ process.getBuiltinModule("util");
	}),
	44942: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.r(__webpack_exports__);
		__nccwpck_require__.d(__webpack_exports__, {
			Headers: () => Headers,
			HttpClient: () => HttpClient,
			HttpClientError: () => HttpClientError,
			HttpClientResponse: () => HttpClientResponse,
			HttpCodes: () => HttpCodes,
			MediaTypes: () => MediaTypes,
			getProxyUrl: () => lib_getProxyUrl,
			isHttps: () => isHttps
		});
		var external_http_ = /*#__PURE__*/ __nccwpck_require__(58611);
		var external_http_namespaceObject = /*#__PURE__*/ __nccwpck_require__.t(external_http_, 2);
		var external_https_ = /*#__PURE__*/ __nccwpck_require__(65692);
		var external_https_namespaceObject = /*#__PURE__*/ __nccwpck_require__.t(external_https_, 2);
		function getProxyUrl(reqUrl) {
			const usingSsl = reqUrl.protocol === "https:";
			if (checkBypass(reqUrl)) return;
			const proxyVar = (() => {
				if (usingSsl) return process.env["https_proxy"] || process.env["HTTPS_PROXY"];
				else return process.env["http_proxy"] || process.env["HTTP_PROXY"];
			})();
			if (proxyVar) try {
				return new DecodedURL(proxyVar);
			} catch (_a) {
				if (!proxyVar.startsWith("http://") && !proxyVar.startsWith("https://")) return new DecodedURL(`http://${proxyVar}`);
			}
			else return;
		}
		function checkBypass(reqUrl) {
			if (!reqUrl.hostname) return false;
			const reqHost = reqUrl.hostname;
			if (isLoopbackAddress(reqHost)) return true;
			const noProxy = process.env["no_proxy"] || process.env["NO_PROXY"] || "";
			if (!noProxy) return false;
			let reqPort;
			if (reqUrl.port) reqPort = Number(reqUrl.port);
			else if (reqUrl.protocol === "http:") reqPort = 80;
			else if (reqUrl.protocol === "https:") reqPort = 443;
			const upperReqHosts = [reqUrl.hostname.toUpperCase()];
			if (typeof reqPort === "number") upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
			for (const upperNoProxyItem of noProxy.split(",").map((x) => x.trim().toUpperCase()).filter((x) => x)) if (upperNoProxyItem === "*" || upperReqHosts.some((x) => x === upperNoProxyItem || x.endsWith(`.${upperNoProxyItem}`) || upperNoProxyItem.startsWith(".") && x.endsWith(`${upperNoProxyItem}`))) return true;
			return false;
		}
		function isLoopbackAddress(host) {
			const hostLower = host.toLowerCase();
			return hostLower === "localhost" || hostLower.startsWith("127.") || hostLower.startsWith("[::1]") || hostLower.startsWith("[0:0:0:0:0:0:0:1]");
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
		var tunnel = /*#__PURE__*/ __nccwpck_require__(20770);
		var undici = /*#__PURE__*/ __nccwpck_require__(49007);
		var __awaiter = function(thisArg, _arguments, P, generator) {
			function adopt(value) {
				return value instanceof P ? value : new P(function(resolve) {
					resolve(value);
				});
			}
			return new (P || (P = Promise))(function(resolve, reject) {
				function fulfilled(value) {
					try {
						step(generator.next(value));
					} catch (e) {
						reject(e);
					}
				}
				function rejected(value) {
					try {
						step(generator["throw"](value));
					} catch (e) {
						reject(e);
					}
				}
				function step(result) {
					result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
				}
				step((generator = generator.apply(thisArg, _arguments || [])).next());
			});
		};
		var HttpCodes;
		(function(HttpCodes) {
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
		(function(Headers) {
			Headers["Accept"] = "accept";
			Headers["ContentType"] = "content-type";
		})(Headers || (Headers = {}));
		var MediaTypes;
		(function(MediaTypes) {
			MediaTypes["ApplicationJson"] = "application/json";
		})(MediaTypes || (MediaTypes = {}));
		/**
		* Returns the proxy URL, depending upon the supplied url and proxy environment variables.
		* @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
		*/
		function lib_getProxyUrl(serverUrl) {
			const proxyUrl = getProxyUrl(new URL(serverUrl));
			return proxyUrl ? proxyUrl.href : "";
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
		const RetryableHttpVerbs = [
			"OPTIONS",
			"GET",
			"DELETE",
			"HEAD"
		];
		const ExponentialBackoffCeiling = 10;
		const ExponentialBackoffTimeSlice = 5;
		class HttpClientError extends Error {
			constructor(message, statusCode) {
				super(message);
				this.name = "HttpClientError";
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
						this.message.on("data", (chunk) => {
							output = Buffer.concat([output, chunk]);
						});
						this.message.on("end", () => {
							resolve(output.toString());
						});
					}));
				});
			}
			readBodyBuffer() {
				return __awaiter(this, void 0, void 0, function* () {
					return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
						const chunks = [];
						this.message.on("data", (chunk) => {
							chunks.push(chunk);
						});
						this.message.on("end", () => {
							resolve(Buffer.concat(chunks));
						});
					}));
				});
			}
		}
		function isHttps(requestUrl) {
			return new URL(requestUrl).protocol === "https:";
		}
		class HttpClient {
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
					if (requestOptions.ignoreSslError != null) this._ignoreSslError = requestOptions.ignoreSslError;
					this._socketTimeout = requestOptions.socketTimeout;
					if (requestOptions.allowRedirects != null) this._allowRedirects = requestOptions.allowRedirects;
					if (requestOptions.allowRedirectDowngrade != null) this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
					if (requestOptions.maxRedirects != null) this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
					if (requestOptions.keepAlive != null) this._keepAlive = requestOptions.keepAlive;
					if (requestOptions.allowRetries != null) this._allowRetries = requestOptions.allowRetries;
					if (requestOptions.maxRetries != null) this._maxRetries = requestOptions.maxRetries;
				}
			}
			options(requestUrl, additionalHeaders) {
				return __awaiter(this, void 0, void 0, function* () {
					return this.request("OPTIONS", requestUrl, null, additionalHeaders || {});
				});
			}
			get(requestUrl, additionalHeaders) {
				return __awaiter(this, void 0, void 0, function* () {
					return this.request("GET", requestUrl, null, additionalHeaders || {});
				});
			}
			del(requestUrl, additionalHeaders) {
				return __awaiter(this, void 0, void 0, function* () {
					return this.request("DELETE", requestUrl, null, additionalHeaders || {});
				});
			}
			post(requestUrl, data, additionalHeaders) {
				return __awaiter(this, void 0, void 0, function* () {
					return this.request("POST", requestUrl, data, additionalHeaders || {});
				});
			}
			patch(requestUrl, data, additionalHeaders) {
				return __awaiter(this, void 0, void 0, function* () {
					return this.request("PATCH", requestUrl, data, additionalHeaders || {});
				});
			}
			put(requestUrl, data, additionalHeaders) {
				return __awaiter(this, void 0, void 0, function* () {
					return this.request("PUT", requestUrl, data, additionalHeaders || {});
				});
			}
			head(requestUrl, additionalHeaders) {
				return __awaiter(this, void 0, void 0, function* () {
					return this.request("HEAD", requestUrl, null, additionalHeaders || {});
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
					additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
					const res = yield this.post(requestUrl, data, additionalHeaders);
					return this._processResponse(res, this.requestOptions);
				});
			}
			putJson(requestUrl_1, obj_1) {
				return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
					const data = JSON.stringify(obj, null, 2);
					additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
					additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
					const res = yield this.put(requestUrl, data, additionalHeaders);
					return this._processResponse(res, this.requestOptions);
				});
			}
			patchJson(requestUrl_1, obj_1) {
				return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
					const data = JSON.stringify(obj, null, 2);
					additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
					additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
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
					if (this._disposed) throw new Error("Client has already been disposed.");
					const parsedUrl = new URL(requestUrl);
					let info = this._prepareRequest(verb, parsedUrl, headers);
					const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb) ? this._maxRetries + 1 : 1;
					let numTries = 0;
					let response;
					do {
						response = yield this.requestRaw(info, data);
						if (response && response.message && response.message.statusCode === HttpCodes.Unauthorized) {
							let authenticationHandler;
							for (const handler of this.handlers) if (handler.canHandleAuthentication(response)) {
								authenticationHandler = handler;
								break;
							}
							if (authenticationHandler) return authenticationHandler.handleAuthentication(this, info, data);
							else return response;
						}
						let redirectsRemaining = this._maxRedirects;
						while (response.message.statusCode && HttpRedirectCodes.includes(response.message.statusCode) && this._allowRedirects && redirectsRemaining > 0) {
							const redirectUrl = response.message.headers["location"];
							if (!redirectUrl) break;
							const parsedRedirectUrl = new URL(redirectUrl);
							if (parsedUrl.protocol === "https:" && parsedUrl.protocol !== parsedRedirectUrl.protocol && !this._allowRedirectDowngrade) throw new Error("Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.");
							yield response.readBody();
							if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
								for (const header in headers) if (header.toLowerCase() === "authorization") delete headers[header];
							}
							info = this._prepareRequest(verb, parsedRedirectUrl, headers);
							response = yield this.requestRaw(info, data);
							redirectsRemaining--;
						}
						if (!response.message.statusCode || !HttpResponseRetryCodes.includes(response.message.statusCode)) return response;
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
				if (this._agent) this._agent.destroy();
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
							if (err) reject(err);
							else if (!res) reject(/* @__PURE__ */ new Error("Unknown error"));
							else resolve(res);
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
				if (typeof data === "string") {
					if (!info.options.headers) info.options.headers = {};
					info.options.headers["Content-Length"] = Buffer.byteLength(data, "utf8");
				}
				let callbackCalled = false;
				function handleResult(err, res) {
					if (!callbackCalled) {
						callbackCalled = true;
						onResult(err, res);
					}
				}
				const req = info.httpModule.request(info.options, (msg) => {
					handleResult(void 0, new HttpClientResponse(msg));
				});
				let socket;
				req.on("socket", (sock) => {
					socket = sock;
				});
				req.setTimeout(this._socketTimeout || 18e4, () => {
					if (socket) socket.end();
					handleResult(/* @__PURE__ */ new Error(`Request timeout: ${info.options.path}`));
				});
				req.on("error", function(err) {
					handleResult(err);
				});
				if (data && typeof data === "string") req.write(data, "utf8");
				if (data && typeof data !== "string") {
					data.on("close", function() {
						req.end();
					});
					data.pipe(req);
				} else req.end();
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
				if (!(proxyUrl && proxyUrl.hostname)) return;
				return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
			}
			_prepareRequest(method, requestUrl, headers) {
				const info = {};
				info.parsedUrl = requestUrl;
				const usingSsl = info.parsedUrl.protocol === "https:";
				info.httpModule = usingSsl ? external_https_namespaceObject : external_http_namespaceObject;
				const defaultPort = usingSsl ? 443 : 80;
				info.options = {};
				info.options.host = info.parsedUrl.hostname;
				info.options.port = info.parsedUrl.port ? parseInt(info.parsedUrl.port) : defaultPort;
				info.options.path = (info.parsedUrl.pathname || "") + (info.parsedUrl.search || "");
				info.options.method = method;
				info.options.headers = this._mergeHeaders(headers);
				if (this.userAgent != null) info.options.headers["user-agent"] = this.userAgent;
				info.options.agent = this._getAgent(info.parsedUrl);
				if (this.handlers) for (const handler of this.handlers) handler.prepareRequest(info.options);
				return info;
			}
			_mergeHeaders(headers) {
				if (this.requestOptions && this.requestOptions.headers) return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
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
					if (headerValue) clientHeader = typeof headerValue === "number" ? headerValue.toString() : headerValue;
				}
				const additionalValue = additionalHeaders[header];
				if (additionalValue !== void 0) return typeof additionalValue === "number" ? additionalValue.toString() : additionalValue;
				if (clientHeader !== void 0) return clientHeader;
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
						if (typeof headerValue === "number") clientHeader = String(headerValue);
						else if (Array.isArray(headerValue)) clientHeader = headerValue.join(", ");
						else clientHeader = headerValue;
					}
				}
				const additionalValue = additionalHeaders[Headers.ContentType];
				if (additionalValue !== void 0) {
					if (typeof additionalValue === "number") return String(additionalValue);
					else if (Array.isArray(additionalValue)) return additionalValue.join(", ");
					else return additionalValue;
				}
				if (clientHeader !== void 0) return clientHeader;
				return _default;
			}
			_getAgent(parsedUrl) {
				let agent;
				const proxyUrl = getProxyUrl(parsedUrl);
				const useProxy = proxyUrl && proxyUrl.hostname;
				if (this._keepAlive && useProxy) agent = this._proxyAgent;
				if (!useProxy) agent = this._agent;
				if (agent) return agent;
				const usingSsl = parsedUrl.protocol === "https:";
				let maxSockets = 100;
				if (this.requestOptions) maxSockets = this.requestOptions.maxSockets || external_http_.globalAgent.maxSockets;
				if (proxyUrl && proxyUrl.hostname) {
					const agentOptions = {
						maxSockets,
						keepAlive: this._keepAlive,
						proxy: Object.assign(Object.assign({}, (proxyUrl.username || proxyUrl.password) && { proxyAuth: `${proxyUrl.username}:${proxyUrl.password}` }), {
							host: proxyUrl.hostname,
							port: proxyUrl.port
						})
					};
					let tunnelAgent;
					const overHttps = proxyUrl.protocol === "https:";
					if (usingSsl) tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
					else tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
					agent = tunnelAgent(agentOptions);
					this._proxyAgent = agent;
				}
				if (!agent) {
					const options = {
						keepAlive: this._keepAlive,
						maxSockets
					};
					agent = usingSsl ? new external_https_.Agent(options) : new external_http_.Agent(options);
					this._agent = agent;
				}
				if (usingSsl && this._ignoreSslError) agent.options = Object.assign(agent.options || {}, { rejectUnauthorized: false });
				return agent;
			}
			_getProxyAgentDispatcher(parsedUrl, proxyUrl) {
				let proxyAgent;
				if (this._keepAlive) proxyAgent = this._proxyAgentDispatcher;
				if (proxyAgent) return proxyAgent;
				const usingSsl = parsedUrl.protocol === "https:";
				proxyAgent = new undici.ProxyAgent(Object.assign({
					uri: proxyUrl.href,
					pipelining: !this._keepAlive ? 0 : 1
				}, (proxyUrl.username || proxyUrl.password) && { token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString("base64")}` }));
				this._proxyAgentDispatcher = proxyAgent;
				if (usingSsl && this._ignoreSslError) proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, { rejectUnauthorized: false });
				return proxyAgent;
			}
			_getUserAgentWithOrchestrationId(userAgent) {
				const baseUserAgent = userAgent || "actions/http-client";
				const orchId = process.env["ACTIONS_ORCHESTRATION_ID"];
				if (orchId) return `${baseUserAgent} actions_orchestration_id/${orchId.replace(/[^a-z0-9_.-]/gi, "_")}`;
				return baseUserAgent;
			}
			_performExponentialBackoff(retryNumber) {
				return __awaiter(this, void 0, void 0, function* () {
					retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
					const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
					return new Promise((resolve) => setTimeout(() => resolve(), ms));
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
						if (statusCode === HttpCodes.NotFound) resolve(response);
						function dateTimeDeserializer(key, value) {
							if (typeof value === "string") {
								const a = new Date(value);
								if (!isNaN(a.valueOf())) return a;
							}
							return value;
						}
						let obj;
						let contents;
						try {
							contents = yield res.readBody();
							if (contents && contents.length > 0) {
								if (options && options.deserializeDates) obj = JSON.parse(contents, dateTimeDeserializer);
								else obj = JSON.parse(contents);
								response.result = obj;
							}
							response.headers = res.message.headers;
						} catch (err) {}
						if (statusCode > 299) {
							let msg;
							if (obj && obj.message) msg = obj.message;
							else if (contents && contents.length > 0) msg = contents;
							else msg = `Failed request: (${statusCode})`;
							const err = new HttpClientError(msg, statusCode);
							err.result = response.result;
							reject(err);
						} else resolve(response);
					}));
				});
			}
		}
		const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => (c[k.toLowerCase()] = obj[k], c), {});
	}),
	49007: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
		__nccwpck_require__.r(__webpack_exports__);
		__nccwpck_require__.d(__webpack_exports__, {
			ProxyAgent: () => ProxyAgent,
			fetch: () => fetch
		});
		/** The dispatcher for requests through a proxy. */
		class ProxyAgent {
			#agent;
			#options;
			constructor(options) {
				this.#options = options;
			}
			#load() {
				this.#agent ??= __nccwpck_require__.e(932).then(__nccwpck_require__.t.bind(__nccwpck_require__, 94932, 19)).then(({ ProxyAgent: Agent }) => new Agent(this.#options));
				return this.#agent;
			}
			dispatch(options, handler) {
				this.#load().then((agent) => agent.dispatch(options, handler), (error) => handler.onError(error));
				return true;
			}
			async close() {
				await (await this.#agent)?.close();
			}
			async destroy(error) {
				await (await this.#agent)?.destroy(error);
			}
		}
		/** The `fetch` of browsers, with a dispatcher as an additional option. */
		async function fetch(...request) {
			return (await __nccwpck_require__.e(932).then(__nccwpck_require__.t.bind(__nccwpck_require__, 94932, 19))).fetch(...request);
		}
	})
};
var __webpack_module_cache__ = {};
function __nccwpck_require__(moduleId) {
	var cachedModule = __webpack_module_cache__[moduleId];
	if (cachedModule !== void 0) return cachedModule.exports;
	var module = __webpack_module_cache__[moduleId] = { exports: {} };
	var threw = true;
	try {
		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
		threw = false;
	} finally {
		if (threw) delete __webpack_module_cache__[moduleId];
	}
	return module.exports;
}
__nccwpck_require__.m = __webpack_modules__;
if (typeof __nccwpck_require__ !== "undefined") __nccwpck_require__.ab = decodeURIComponent(new URL(".", import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
(() => {
	var getProto = Object.getPrototypeOf ? (obj) => Object.getPrototypeOf(obj) : (obj) => obj.__proto__;
	var leafPrototypes;
	__nccwpck_require__.t = function(value, mode) {
		if (mode & 1) value = this(value);
		if (mode & 8) return value;
		if (typeof value === "object" && value) {
			if (mode & 4 && value.__esModule) return value;
			if (mode & 16 && typeof value.then === "function") return value;
		}
		var ns = Object.create(null);
		__nccwpck_require__.r(ns);
		var def = {};
		leafPrototypes = leafPrototypes || [
			null,
			getProto({}),
			getProto([]),
			getProto(getProto)
		];
		for (var current = mode & 2 && value; typeof current == "object" && !~leafPrototypes.indexOf(current); current = getProto(current)) Object.getOwnPropertyNames(current).forEach((key) => def[key] = () => value[key]);
		def["default"] = () => value;
		__nccwpck_require__.d(ns, def);
		return ns;
	};
})();
(() => {
	__nccwpck_require__.d = (exports, definition) => {
		for (var key in definition) if (__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) Object.defineProperty(exports, key, {
			enumerable: true,
			get: definition[key]
		});
	};
})();
(() => {
	__nccwpck_require__.f = {};
	__nccwpck_require__.e = (chunkId) => {
		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
			__nccwpck_require__.f[key](chunkId, promises);
			return promises;
		}, []));
	};
})();
(() => {
	__nccwpck_require__.u = (chunkId) => {
		return "" + chunkId + ".index.js";
	};
})();
(() => {
	__nccwpck_require__.o = (obj, prop) => Object.prototype.hasOwnProperty.call(obj, prop);
})();
(() => {
	__nccwpck_require__.r = (exports) => {
		if (typeof Symbol !== "undefined" && Symbol.toStringTag) Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
		Object.defineProperty(exports, "__esModule", { value: true });
	};
})();
(() => {
	var installedChunks = { 792: 0 };
	var installChunk = (data) => {
		var { ids, modules, runtime } = data;
		var moduleId, chunkId, i = 0;
		for (moduleId in modules) if (__nccwpck_require__.o(modules, moduleId)) __nccwpck_require__.m[moduleId] = modules[moduleId];
		if (runtime) runtime(__nccwpck_require__);
		for (; i < ids.length; i++) {
			chunkId = ids[i];
			if (__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) installedChunks[chunkId][0]();
			installedChunks[ids[i]] = 0;
		}
	};
	__nccwpck_require__.f.j = (chunkId, promises) => {
		var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : void 0;
		if (installedChunkData !== 0) {
			if (installedChunkData) promises.push(installedChunkData[1]);
			else {
				var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
					if (installedChunks[chunkId] !== 0) installedChunks[chunkId] = void 0;
					throw e;
				});
				var promise = Promise.race([promise, new Promise((resolve) => installedChunkData = installedChunks[chunkId] = [resolve])]);
				promises.push(installedChunkData[1] = promise);
			}
		}
	};
})();
var __webpack_exports__ = {};
__nccwpck_require__.d(__webpack_exports__, {
	e: () => run,
	x: () => runOperation
});
var external_os_ = /*#__PURE__*/ __nccwpck_require__(70857);
/**
* Sanitizes an input into a string so it can be passed into issueCommand safely
* @param input input to sanitize into a string
*/
function toCommandValue(input) {
	if (input === null || input === void 0) return "";
	else if (typeof input === "string" || input instanceof String) return input;
	return JSON.stringify(input);
}
/**
*
* @param annotationProperties
* @returns The command properties to send with the actual annotation command
* See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
*/
function toCommandProperties(annotationProperties) {
	if (!Object.keys(annotationProperties).length) return {};
	return {
		title: annotationProperties.title,
		file: annotationProperties.file,
		line: annotationProperties.startLine,
		endLine: annotationProperties.endLine,
		col: annotationProperties.startColumn,
		endColumn: annotationProperties.endColumn
	};
}
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
function command_issue(name, message = "") {
	command_issueCommand(name, {}, message);
}
const CMD_STRING = "::";
var Command = class {
	constructor(command, properties, message) {
		if (!command) command = "missing.command";
		this.command = command;
		this.properties = properties;
		this.message = message;
	}
	toString() {
		let cmdStr = CMD_STRING + this.command;
		if (this.properties && Object.keys(this.properties).length > 0) {
			cmdStr += " ";
			let first = true;
			for (const key in this.properties) if (this.properties.hasOwnProperty(key)) {
				const val = this.properties[key];
				if (val) {
					if (first) first = false;
					else cmdStr += ",";
					cmdStr += `${key}=${escapeProperty(val)}`;
				}
			}
		}
		cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
		return cmdStr;
	}
};
function escapeData(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}
const external_crypto_namespaceObject = /*#__PURE__*/ process.getBuiltinModule("crypto");
var external_fs_ = /*#__PURE__*/ __nccwpck_require__(79896);
function file_command_issueFileCommand(command, message) {
	const filePath = process.env[`GITHUB_${command}`];
	if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
	if (!external_fs_.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
	external_fs_.appendFileSync(filePath, `${toCommandValue(message)}${external_os_.EOL}`, { encoding: "utf8" });
}
function prepareKeyValueMessage(key, value) {
	const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
	const convertedValue = toCommandValue(value);
	if (key.includes(delimiter)) throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
	if (convertedValue.includes(delimiter)) throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
	return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
/**
* The code to exit an action
*/
var ExitCode;
(function(ExitCode) {
	/**
	* A code indicating that the action was successful
	*/
	ExitCode[ExitCode["Success"] = 0] = "Success";
	/**
	* A code indicating that the action was a failure
	*/
	ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
/**
* Sets env variable for this action and future actions in the job
* @param name the name of the variable to set
* @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
*/
function exportVariable(name, val) {
	const convertedVal = toCommandValue(val);
	process.env[name] = convertedVal;
	if (process.env["GITHUB_ENV"] || "") return file_command_issueFileCommand("ENV", prepareKeyValueMessage(name, val));
	command_issueCommand("set-env", { name }, convertedVal);
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
function setSecret(secret) {
	command_issueCommand("add-mask", {}, secret);
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
	const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
	if (options && options.required && !val) throw new Error(`Input required and not supplied: ${name}`);
	if (options && options.trimWhitespace === false) return val;
	return val.trim();
}
/**
* Sets the value of an output.
*
* @param     name     name of the output to set
* @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
*/
function setOutput(name, value) {
	if (process.env["GITHUB_OUTPUT"] || "") return file_command_issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
	process.stdout.write(external_os_.EOL);
	command_issueCommand("set-output", { name }, toCommandValue(value));
}
/**
* Gets whether Actions Step Debug is on or not
*/
function isDebug() {
	return process.env["RUNNER_DEBUG"] === "1";
}
/**
* Writes debug message to user log
* @param message debug message
*/
function debug(message) {
	command_issueCommand("debug", {}, message);
}
/**
* Adds an error issue
* @param message error issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function error(message, properties = {}) {
	command_issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Adds a warning issue
* @param message warning issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function warning(message, properties = {}) {
	command_issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Adds a notice issue
* @param message notice issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function core_notice(message, properties = {}) {
	command_issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
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
	command_issue("group", name);
}
/**
* End an output group.
*/
function endGroup() {
	command_issue("endgroup");
}
/**
* Saves state for current action, the state can only be retrieved by this action's post job execution.
*
* @param     name     name of the state to store
* @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
*/
function saveState(name, value) {
	if (process.env["GITHUB_STATE"] || "") return file_command_issueFileCommand("STATE", prepareKeyValueMessage(name, value));
	command_issueCommand("save-state", { name }, toCommandValue(value));
}
/**
* Gets the value of an state set by this action's main execution.
*
* @param     name     name of the state to get
* @returns   string
*/
function getState(name) {
	return process.env[`STATE_${name}`] || "";
}
/**
* A failure in one message for the user: the operation and its target, the response, and what to do
* next.
*/
var ActionError = class extends Error {
	name = "ActionError";
	/** The message without what to do next. */
	happened;
	/** The end of the message: what to do next, in sentences. */
	next;
	/** Whether the message says in other words what its cause says. */
	tellsCause;
	/**
	* @param happened what was tried, on what, and the response.
	* @param options the cause, and what to do next if it is not part of `happened`.
	*/
	constructor(happened, { next, tellsCause = false, ...options } = {}) {
		super(next === void 0 ? happened : `${happened} ${next}`, options);
		this.happened = happened;
		this.next = next;
		this.tellsCause = tellsCause;
	}
};
/** The reason of every abort after the runner has cancelled the step. */
var CancelledError = class extends Error {
	name = "CancelledError";
	/** The signal that the runner sent, such as `SIGINT`. */
	by;
	constructor(by) {
		super(`The step was cancelled (${by})`);
		this.by = by;
	}
};
/** The reason of an abort as an `Error`, even if it has another type. */
function asError(reason) {
	return reason instanceof Error ? reason : new Error(String(reason));
}
/**
* Aborts when the runner cancels the step: SIGINT, and SIGTERM 7.5 seconds later. Without a handler
* Node would end immediately, in the middle of its work.
*/
function cancellation() {
	const controller = new AbortController();
	for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => {
		controller.abort(new CancelledError(name));
	});
	return controller.signal;
}
/** Whether a URL's host is this machine, so that no certificate is needed. */
function isLoopback(hostname) {
	return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
/** Whether Node.js accepts any certificate. Source: Node.js documentation, `NODE_TLS_REJECT_UNAUTHORIZED`. */
function certificatesIgnored(env) {
	return env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0";
}
/** The time of day when this process began; after that, only a counter that never jumps. */
const origin = Date.now() - sinceStart();
/** Node treats a longer delay as 1 ms. */
const longestTimer = 2 ** 31 - 1;
/** Milliseconds. The first use of `performance` would load modules that no step needs. */
function sinceStart() {
	return process.uptime() * 1e3;
}
/**
* The machine's clock when the process began, plus the time since then: a runner's clock may be set
* while a step waits, and this must neither end a wait nor make it longer.
*/
const systemClock = {
	now: () => Math.floor(origin + sinceStart()),
	sleep: async (milliseconds, signal) => {
		signal?.throwIfAborted();
		const { promise, resolve, reject } = Promise.withResolvers();
		const stop = () => {
			reject(asError(signal?.reason));
		};
		const timer = setTimeout(() => {
			resolve(void 0);
		}, Math.min(milliseconds, longestTimer));
		signal?.addEventListener("abort", stop, { once: true });
		try {
			await promise;
		} finally {
			clearTimeout(timer);
			signal?.removeEventListener("abort", stop);
		}
	}
};
/**
* A length of time for people: `45s`, `3m 5s`, `1h 30m`.
*
* @param milliseconds fractions of a second are dropped.
*/
function formatDuration(milliseconds) {
	const total = Math.max(0, Math.floor(milliseconds / 1e3));
	const hours = Math.floor(total / 3600);
	const minutes = Math.floor(total % 3600 / 60);
	const seconds = total % 60;
	const parts = [
		hours > 0 ? `${hours}h` : "",
		minutes > 0 ? `${minutes}m` : "",
		seconds > 0 ? `${seconds}s` : ""
	].filter((part) => part !== "");
	return parts.length > 0 ? parts.join(" ") : "0s";
}
/** A longer time: `5m 10s`, `36h` and from two days on `3d 4h`. */
function formatAge(milliseconds) {
	const hours = Math.floor(milliseconds / 36e5);
	if (hours < 48) return formatDuration(milliseconds);
	const rest = hours % 24;
	return `${Math.floor(hours / 24)}d${rest > 0 ? ` ${rest}h` : ""}`;
}
/** The minimum time for work that begins before the deadline. */
const lastMilliseconds = 1e3;
/** Everything has ended this long after the deadline. */
const overrunMilliseconds = 1500;
/** The reason of an abort because a time limit was reached. */
var TimeLimitError = class extends Error {
	name = "TimeLimitError";
};
/**
* The time limit for work that must not exceed the step's `timeout` by much, even if several such
* limits follow each other after the deadline.
*
* @param usual the limit without the deadline, in milliseconds.
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
* @throws {@link TimeLimitError} when the limit is reached; with a limit of 0 it does not call `run`.
*   The signal's reason when aborted, otherwise the error of `run`.
*/
async function withTimeLimit(run, { clock, milliseconds, signal }) {
	signal?.throwIfAborted();
	if (milliseconds <= 0) throw new TimeLimitError("no time was left");
	const stop = new AbortController();
	const over = Promise.withResolvers();
	over.promise.catch(() => void 0);
	const end = (reason) => {
		stop.abort(reason);
		over.reject(asError(reason));
	};
	const abort = () => {
		end(signal?.reason);
	};
	signal?.addEventListener("abort", abort, { once: true });
	const timer = clock.sleep(milliseconds, stop.signal).then(() => {
		end(new TimeLimitError(`no answer within ${Math.round(milliseconds / 1e3)}s`));
	}, () => void 0);
	try {
		return await Promise.race([run(stop.signal), over.promise]);
	} catch (error) {
		stop.signal.throwIfAborted();
		throw error;
	} finally {
		signal?.removeEventListener("abort", abort);
		stop.abort();
		await timer;
	}
}
/** Aborts for the same reason as `signal`, but `milliseconds` later. */
function delayed(signal, milliseconds, clock) {
	const controller = new AbortController();
	const abort = () => {
		clock.sleep(milliseconds).then(() => {
			controller.abort(signal.reason);
		});
	};
	if (signal.aborted) abort();
	else signal.addEventListener("abort", abort, { once: true });
	return controller.signal;
}
/** A text cut after so many characters, with a mark by which the report knows that it was cut. */
function shortened(text, longest) {
	return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;
}
/** A text whose line breaks are blanks; other characters stay, so that a secret in it is still found. */
function withoutBreaks(text) {
	return text.replaceAll(/[\r\n\u0085\u2028\u2029]+/g, " ").trim();
}
/** A text without line breaks and other runs of blanks. */
function oneLine(text) {
	return text.replaceAll(/\s+/g, " ").trim();
}
/** A failed request; the message describes the response. */
var RequestError = class extends Error {
	name = "RequestError";
	request;
	policy;
	effect;
	transient;
	status;
	complaints;
	requestId;
	retryAfterMilliseconds;
	answer;
	origin;
	unreachable;
	constructor(message, options) {
		super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
		this.request = options.request;
		this.policy = options.policy;
		this.effect = options.effect;
		this.transient = options.transient;
		this.status = options.status;
		this.complaints = options.complaints ?? [];
		this.requestId = options.requestId;
		this.retryAfterMilliseconds = options.retryAfterMilliseconds;
		this.answer = options.answer;
		this.origin = options.origin;
		this.unreachable = options.unreachable;
	}
	/** Whether one of the service's reasons is `reason`. */
	hasReason(reason) {
		return this.complaints.some((complaint) => complaint.reason === reason);
	}
};
/** A request that was not sent, because the timeout was reached. */
var TimeOverError = class extends RequestError {
	/** @param note additional text. */
	constructor({ name }, { request, policy }, note = "") {
		const options = {
			request,
			policy,
			effect: "none",
			transient: false
		};
		super(`no time was left to ask ${name}${note}`, options);
	}
};
/** Whether the request only reads. */
function isReading(policy) {
	return policy === "read" || policy === "poll";
}
/** The possible effect of a request if its response is missing or unreadable. */
function possibleEffect(policy) {
	return policy === "token" || isReading(policy) ? "none" : "unknown";
}
/** The statuses of gateways and services after which the same request may succeed. */
const transientStatuses = /* @__PURE__ */ new Set([
	408,
	425,
	429,
	500,
	502,
	503,
	504
]);
/**
* The error for a response that is not the expected success.
*
* @param answer any status; a status below 300 means that the response could not be used.
* @param note additional text, after the service's answer.
*/
function answerError({ service, origin, request, policy }, answer, note = "") {
	const complaints = service.readComplaints(answer.body);
	const { status } = answer;
	const said = [...new Set(complaints.map(describeComplaint))].join(", ");
	const redirect = status >= 300 && status < 400 ? ` with a redirect to '${shortened(withoutBreaks(answer.location ?? "nowhere"), longestMessage)}', which is not followed because it would forward the credentials` : "";
	const text = `${status}${said === "" ? "" : ` ${said}`}${redirect}${note}`;
	return new RequestError(`${service.name} answered ${text}`, {
		answer: text,
		origin,
		request,
		policy,
		status,
		complaints,
		effect: status >= 500 || status < 300 || status === 408 ? possibleEffect(policy) : "none",
		transient: transientStatuses.has(status),
		requestId: answer.requestId,
		retryAfterMilliseconds: answer.retryAfterMilliseconds
	});
}
/** Of one complaint; a longer one would leave no place in the error for what to do next. */
const longestMessage = 300;
const longestReason = 100;
/** One complaint on one line, cut if it is long. */
function describeComplaint({ message, reason }) {
	const [said, why] = [shortened(withoutBreaks(message), longestMessage), reason === void 0 ? void 0 : shortened(withoutBreaks(reason), longestReason)];
	return [said === "" ? "" : `'${said}'`, why === void 0 ? "" : `(${why})`].filter((part) => part !== "").join(" ");
}
/** The end of a wait. */
function done(result) {
	return { result };
}
/**
* Read again.
*
* @param requests of the next read: together they stay within the polling rate.
*/
function again(requests = 1) {
	return { requests };
}
/**
* The only loop that waits: it reads, judges, and pauses. Its last pause ends at the deadline, so
* that a change just before it is still seen.
*
* @throws what `judge`, `overdue` and the tolerance throw; the signal's reason when aborted.
*/
async function poll(patience, { beat, ...options }) {
	const beats = patience.beats ?? /* @__PURE__ */ new Set();
	if (beat !== void 0) beats.add(beat);
	try {
		return await pollWithBeats({
			...patience,
			beats
		}, options);
	} finally {
		if (beat !== void 0) beats.delete(beat);
	}
}
async function pollWithBeats(patience, { read, judge, overdue, tolerance, first, notBefore }) {
	const usual = (gap) => patience.pollInterval ?? pollDelay(patience.random(), gap);
	let trouble;
	let delay = first === "now" ? 0 : usual(notBefore);
	if (typeof first === "object") {
		const verdict = await judge(first.reading);
		if ("result" in verdict) return verdict.result;
		delay *= verdict.requests;
	}
	for (;;) {
		if (delay > 0 && !await pauseIfTime(patience, delay)) return overdue(trouble);
		delay = usual();
		let reading;
		try {
			reading = await read();
		} catch (error) {
			({trouble, delay} = tolerance.forgive(error, delay));
			continue;
		}
		trouble = void 0;
		tolerance.reset();
		const verdict = await judge(reading);
		if ("result" in verdict) return verdict.result;
		delay *= verdict.requests;
	}
}
/** A constant gap notices a change sooner, on average, than a growing one with as many reads. */
const gapMilliseconds = 9800;
/**
* The pause between two reads. It varies randomly by 10 % in both directions, so that jobs that
* started together drift apart. It is never under 8.8 s: at most 7 reads a minute. On average, the
* wait notices a change after half a pause.
*
* @param random a number in [0, 1).
* @param gap the average, in milliseconds.
* @returns milliseconds.
*/
function pollDelay(random, gap = gapMilliseconds) {
	return Math.round(gap * (.9 + .2 * random));
}
/**
* Pauses; the last pause is shortened to end at the deadline.
*
* @returns false, without a pause, if no time is left.
*/
async function pauseIfTime(patience, milliseconds) {
	const { clock, deadline, signal, hurrySignal } = patience;
	const begin = clock.now();
	const end = Math.min(begin + milliseconds, deadline);
	if (hurrySignal?.aborted === true || deadline <= begin) return false;
	const ends = AbortSignal.any([signal, hurrySignal].filter((one) => one !== void 0));
	try {
		await sleep(patience, end - begin, ends);
	} catch (error) {
		if (!(hurrySignal?.reason !== void 0 && signal?.aborted !== true)) throw error;
		return false;
	}
	return true;
}
/**
* Sleeps, and lets the beats of the step go on.
*
* @throws the signal's reason when aborted.
*/
async function sleep({ clock, beats = /* @__PURE__ */ new Set() }, milliseconds, signal) {
	const end = clock.now() + milliseconds;
	for (let now = clock.now(); now < end; now = clock.now()) {
		const next = [...beats].map((beat) => beat());
		await clock.sleep(Math.min(end - now, ...next), signal);
	}
}
/** How often a request is tried in total when the service or the network fails. */
const maxAttempts = 8;
const firstDelayMilliseconds = 1e3;
const longestDelayMilliseconds = 3e4;
/** The longest wait before a retry: a failing gateway may ask to wait for days. */
const longestAskedMilliseconds = 12e4;
/** A longer `Retry-After` counts as this one: nobody waits for it, and a number can be too large. */
const longestReadMilliseconds = 2592e6;
/** A shorter wait is not worth a line in the log. */
const saidFromMilliseconds = 5e3;
/** So long a log may be silent. */
const silentMilliseconds = 25e3;
/** The longest `Retry-After` of a refused token request that a step waits for. */
const longestTokenWaitMilliseconds = 6e4;
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
	const backoff = ceiling / 2 + ceiling / 2 * random;
	if (retryAfterMilliseconds === void 0) return Math.round(backoff);
	return Math.round(Math.max(backoff, retryAfterMilliseconds + 1e3 * random));
}
/**
* How long to wait after a response. Only the token endpoint's value is used without a limit:
* services allow few token requests per hour.
*
* @returns milliseconds; undefined if it asks for nothing.
*/
function askedDelay({ policy, retryAfterMilliseconds }) {
	if (retryAfterMilliseconds === void 0 || policy === "token") return retryAfterMilliseconds;
	return Math.min(retryAfterMilliseconds, longestAskedMilliseconds);
}
/**
* Whether the token endpoint has no tokens left for this client: its limit counts requests per hour,
* so the step would wait for most of an hour.
*/
function isOutOfTokens(error) {
	const { policy, status, retryAfterMilliseconds = 0 } = error;
	return policy === "token" && status === 429 && retryAfterMilliseconds > longestTokenWaitMilliseconds;
}
/**
* `Retry-After` as milliseconds from now. Both forms occur.
*
* @param value the header: seconds, or an HTTP date.
* @param now epoch milliseconds by the sender's clock.
* @returns undefined for a missing or unreadable header; at least 0, at most a month.
*/
function parseRetryAfter(value, now) {
	const text = value?.trim() ?? "";
	const asked = /^\d+$/.test(text) ? Number(text) * 1e3 : (parseHttpDate(text) ?? NaN) - now;
	return Number.isNaN(asked) ? void 0 : Math.min(Math.max(0, asked), longestReadMilliseconds);
}
/** An HTTP date in epoch milliseconds; undefined for a missing or unreadable one. */
function parseHttpDate(value) {
	const text = value?.trim() ?? "";
	if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return void 0;
	const date = Date.parse(text);
	return Number.isNaN(date) ? void 0 : date;
}
/**
* Runs a request until it succeeds, an error is final, or the limits are reached.
*
* @param attempt sends the request once.
* @param patience the limits; a wait that would pass the deadline is not started.
* @param mayRepeat whether this error allows the same request again.
* @throws the {@link RequestError} of the last attempt that was sent.
*/
async function withRetries(attempt, patience, mayRepeat) {
	const { clock, deadline, random, signal, log } = patience;
	let failures = 0;
	let last;
	for (let attempts = 1;; attempts += 1) {
		const begin = clock.now();
		try {
			return await attempt();
		} catch (error) {
			const took = error instanceof RequestError && error.status === void 0 ? clock.now() - begin : 0;
			if (error instanceof TimeOverError) throw last ?? error;
			if (!(error instanceof RequestError) || !error.transient || !mayRepeat(error)) throw error;
			if (isOutOfTokens(error)) throw error;
			last = error;
			if (error.status !== 429) failures += 1;
			if (failures >= maxAttempts) throw error;
			const delay = retryDelay(attempts, askedDelay(error), random());
			if (clock.now() + delay > deadline) throw error;
			const count = error.status === 429 ? "" : ` (attempt ${failures + 1} of ${maxAttempts})`;
			sayRetry({
				message: error.message,
				delay,
				count,
				took
			}, log);
			await sleep(patience, delay, signal);
		}
	}
}
/** Says why a step waits before it sends a request again, if it waits long enough to wonder. */
function sayRetry({ message, delay, count = "", took = 0 }, log) {
	if (delay > saidFromMilliseconds || took >= silentMilliseconds) log(`${sentence(message)}; retrying in ${inSeconds(delay)}${count}.`);
}
/** A message of an error as the beginning of a sentence. */
function sentence(message) {
	return message.charAt(0).toUpperCase() + message.slice(1);
}
/** A length of time in whole seconds, rounded. */
function inSeconds(milliseconds) {
	return formatDuration(1e3 * Math.round(milliseconds / 1e3));
}
const largestAnswerBytes = 5242880;
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
		origin: origin.origin,
		send: async (request, signal) => {
			const asked = askedBy({
				service,
				origin: origin.origin
			}, request);
			const milliseconds = request.limitMilliseconds;
			if (milliseconds <= 0) throw new TimeOverError(service, asked);
			const url = new URL(request.path, origin);
			request.sending?.();
			try {
				return await withTimeLimit((stop) => exchange(url, request, {
					asked,
					stop,
					clock
				}), {
					clock,
					milliseconds,
					signal
				});
			} catch (error) {
				signal?.throwIfAborted();
				if (error instanceof TimeLimitError) throw limitError(asked, milliseconds);
				throw networkError(asked, error);
			}
		}
	};
}
/** The description of a request in errors. */
function askedBy({ service, origin }, request) {
	return {
		service,
		origin,
		request: nameOf(request),
		policy: request.policy
	};
}
async function exchange(url, request, { asked, stop, clock }) {
	const connection = {
		prepareRequest: (options) => {
			options.signal = stop;
			options.host = url.hostname.replace(/^\[|\]$/g, "");
			if (!isLoopback(url.hostname)) checkCertificates(options);
		},
		canHandleAuthentication: () => false,
		handleAuthentication: () => Promise.reject(/* @__PURE__ */ new Error("not used"))
	};
	const { HttpClient } = await loadHttpClient();
	const http = new HttpClient(asked.service.userAgent, [connection], { allowRedirects: false });
	try {
		const { message } = await http.request(request.method, url.href, request.body ?? null, request.headers);
		const body = await readBody(message, asked);
		const { date, "retry-after": retryAfter } = message.headers;
		const now = parseHttpDate(date) ?? clock.now();
		return {
			status: message.statusCode ?? 0,
			body,
			requestId: firstHeader(message.headers["x-request-id"]),
			retryAfterMilliseconds: parseRetryAfter(retryAfter, now),
			location: message.headers.location,
			date: parseHttpDate(message.headers.date)
		};
	} finally {
		http.dispose();
	}
}
/**
* Loads the client, and with it Node's `https`: at the first request, or earlier in a step that has
* to wait anyway.
*/
function loadHttpClient() {
	return Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 44942));
}
/**
* Makes sure that the environment cannot disable certificate checking, also through a proxy: a
* tunnel agent has its own settings for both of its connections.
*/
function checkCertificates(options) {
	const { agent } = options;
	const holders = [options];
	if (typeof agent === "object") {
		const settings = Reflect.get(agent, "options");
		const proxy = Reflect.get(agent, "proxyOptions");
		holders.push(settings, proxy);
	}
	for (const holder of holders) if (typeof holder === "object" && holder !== null) Reflect.set(holder, "rejectUnauthorized", true);
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
		if (bytes > largestAnswerBytes) throw new RequestError("the response is larger than 5 MB", {
			request,
			policy,
			status: message.statusCode,
			effect: possibleEffect(policy),
			transient: true
		});
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}
/** Method and path without the query, for messages. */
function nameOf(request) {
	return `${request.method} ${request.path.split("?")[0] ?? ""}`;
}
function limitError({ service, origin, request, policy }, milliseconds) {
	const seconds = Math.round(milliseconds / 1e3);
	return new RequestError(`${service.name} did not answer within ${seconds}s`, {
		origin,
		request,
		policy,
		effect: possibleEffect(policy),
		transient: true
	});
}
/** Failures before a connection was established: the request was certainly not processed. */
const notConnected = /* @__PURE__ */ new Set([
	"ECONNREFUSED",
	"ENOTFOUND",
	"EAI_AGAIN",
	"EHOSTUNREACH",
	"ENETUNREACH",
	"EADDRNOTAVAIL"
]);
function networkError(asked, error) {
	if (error instanceof RequestError) return error;
	const { service, origin, request, policy } = asked;
	const text = textOf(error);
	const code = codeOf(error);
	const certificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code);
	const tunnel = text.startsWith("tunneling socket could not be established");
	const refused = tunnel && /statusCode=4\d\d/.test(text);
	const unreachable = !tunnel && notConnected.has(code) ? code : void 0;
	const why = code === "" || tunnel || text.includes(code) ? text : `${text} (${code})`;
	const what = tunnel ? "the proxy refused the connection" : `no answer from ${service.name}`;
	const message = unreachable === void 0 ? `${what}: ${why}` : noConnection(asked, unreachable);
	return new RequestError(message, {
		origin,
		unreachable,
		request,
		policy,
		effect: certificate || tunnel || notConnected.has(code) ? "none" : possibleEffect(policy),
		transient: !certificate && !refused,
		cause: error
	});
}
/** The code says what happened; the system's text would repeat it and the address. */
function noConnection({ service, origin }, code) {
	const where = origin === void 0 ? "" : ` at ${origin}`;
	return `no connection to ${service.name}${where} (${code})`;
}
/** For several addresses tried in parallel, the message of the first: together they have none. */
function textOf(error) {
	if (error instanceof AggregateError && error.message === "") return textOf(error.errors[0]);
	return error instanceof Error ? error.message : String(error);
}
/** The system's error code; for several addresses tried in parallel, that of the first. */
function codeOf(error) {
	if (error instanceof AggregateError) return codeOf(error.errors[0]);
	if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
	return "";
}
function firstHeader(value) {
	return Array.isArray(value) ? value[0] : value;
}
var external_node_crypto_ = /*#__PURE__*/ __nccwpck_require__(77598);
const saltBytes = 16;
const nonceBytes = 12;
const lengthBytes = 4;
const tagBytes = 16;
const checksumBytes = 8;
const headerBytes = 32;
/** 32 MiB and about 80 ms for each guess at a passphrase. */
const cost = {
	N: 2 ** 15,
	r: 8,
	p: 1,
	maxmem: 67108864
};
/**
* The keys that this process has derived, by salt and passphrase, and the salt that it seals with,
* by passphrase: so it derives one key instead of one for each value.
*/
const keys = /* @__PURE__ */ new Map();
const salts = /* @__PURE__ */ new Map();
/**
* A separate format, not a version of the one above: a value sealed with a key has no salt and needs
* no passphrase.
*/
const keyPrefix = "key1.";
const keyBytes = 32;
/** A sealed value that cannot be opened; the message says why and contains no part of the value. */
var SealError = class extends Error {
	name = "SealError";
};
/**
* Seals a text: AES-256-GCM under a key that scrypt derives from the passphrase.
* docs/sealed-credentials.md describes the format byte by byte. If this process has sealed or opened
* a value with the passphrase before, it uses the same salt; the nonce is always new.
*
* @param random returns random bytes, also for the salt; only the test vector sets it.
*/
function seal(text, lock, random) {
	const { prefix, passphrase } = lock;
	const salt = random?.(saltBytes) ?? salts.get(passphrase) ?? (0, external_node_crypto_.randomBytes)(saltBytes);
	const nonce = (random ?? external_node_crypto_.randomBytes)(nonceBytes);
	const plain = Buffer.from(text, "utf8");
	const length = Buffer.alloc(lengthBytes);
	length.writeUInt32BE(plain.length);
	const header = Buffer.concat([
		salt,
		nonce,
		length
	]);
	const cipher = (0, external_node_crypto_.createCipheriv)("aes-256-gcm", deriveKey(passphrase, salt), nonce);
	cipher.setAAD(authenticated(prefix, header));
	const sealed = Buffer.concat([
		header,
		cipher.update(plain),
		cipher.final(),
		cipher.getAuthTag()
	]);
	if (random === void 0) salts.set(passphrase, salt);
	return prefix + Buffer.concat([sealed, checksum(prefix, sealed)]).toString("base64url");
}
/**
* Opens a value from {@link seal}.
*
* @throws {@link SealError} that distinguishes an unknown format, another version, an incomplete
*   value, a changed one and another passphrase; never returns a part.
*/
function seal_open(sealed, { prefix, passphrase }) {
	const body = seal_readBody(sealed, prefix);
	const header = body.subarray(0, headerBytes);
	const salt = header.subarray(0, saltBytes);
	const nonce = header.subarray(saltBytes, 28);
	const options = { authTagLength: tagBytes };
	const key = deriveKey(passphrase, salt);
	const decipher = (0, external_node_crypto_.createDecipheriv)("aes-256-gcm", key, nonce, options);
	decipher.setAAD(authenticated(prefix, header));
	decipher.setAuthTag(body.subarray(-16));
	try {
		const opened = decipher.update(body.subarray(headerBytes, -16));
		const text = Buffer.concat([opened, decipher.final()]).toString("utf8");
		if (!salts.has(passphrase)) salts.set(passphrase, Buffer.from(salt));
		return text;
	} catch (error) {
		throw new SealError("it was sealed with another key", { cause: error });
	}
}
/** Keeps a key from {@link deriveAhead}, so that {@link open} does not derive it again. */
function keepKey({ salt, passphrase, key }) {
	keys.set(seal_nameOf(passphrase, salt), key);
}
/** The bytes of a value before its checksum, if nothing is missing or changed. */
function seal_readBody(sealed, prefix) {
	const bytes = decode(sealed, prefix);
	const body = bytes.subarray(0, -8);
	if (!checksum(prefix, body).equals(bytes.subarray(-8))) throw new SealError("it was altered after it was sealed");
	return body;
}
/** The bytes of a value, if its format and its length are correct. */
function decode(sealed, prefix) {
	const word = prefix.replace(/\d+\.$/, "");
	const version = new RegExp(`^${word}\\d+\\.`).exec(sealed)?.[0];
	if (version === void 0) throw new SealError("it is not a sealed value of this action");
	if (version !== prefix) throw new SealError(`its format '${version.slice(0, -1)}' belongs to another version of this action; this version reads '${prefix.slice(0, -1)}'`);
	const encoded = sealed.slice(prefix.length);
	const bytes = Buffer.from(encoded, "base64url");
	if (!/^[\w-]*$/.test(encoded)) throw new SealError("it was altered after it was sealed");
	const shortest = 56;
	if (bytes.length < shortest || bytes.length < shortest + bytes.readUInt32BE(28)) throw new SealError("it is incomplete");
	if (!(bytes.length === shortest + bytes.readUInt32BE(28)) || bytes.toString("base64url") !== encoded) throw new SealError("it was altered after it was sealed");
	return bytes;
}
/** So the version and the header cannot be changed either. */
function authenticated(prefix, header) {
	return Buffer.concat([Buffer.from(prefix), header]);
}
/** Distinguishes damage from a wrong key; the authentication tag protects against tampering. */
function checksum(prefix, bytes) {
	return (0, external_node_crypto_.createHash)("sha256").update(prefix).update(bytes).digest().subarray(0, checksumBytes);
}
function deriveKey(passphrase, salt) {
	const name = seal_nameOf(passphrase, salt);
	const key = keys.get(name) ?? (0, external_node_crypto_.scryptSync)(passphrase, salt, keyBytes, cost);
	keys.set(name, key);
	return key;
}
function seal_nameOf(passphrase, salt) {
	return `${salt.toString("base64")} ${passphrase}`;
}
/**
* Seals a text under a key of 32 bytes: AES-256-GCM with a random nonce. docs/sealed-credentials.md
* describes the format byte by byte.
*
* @param random returns random bytes; only the test vector sets it.
*/
function sealUnderKey(text, key, random = external_node_crypto_.randomBytes) {
	const nonce = random(nonceBytes);
	const cipher = (0, external_node_crypto_.createCipheriv)("aes-256-gcm", key, nonce);
	cipher.setAAD(Buffer.from(keyPrefix));
	const sealed = [
		nonce,
		cipher.update(text, "utf8"),
		cipher.final(),
		cipher.getAuthTag()
	];
	return keyPrefix + Buffer.concat(sealed).toString("base64url");
}
/**
* Opens a value from {@link sealUnderKey}.
*
* @throws {@link SealError} for anything else, and for another key; never returns a part.
*/
function openUnderKey(sealed, key) {
	const encoded = sealed.slice(5);
	const bytes = Buffer.from(encoded, "base64url");
	if (!sealed.startsWith(keyPrefix) || bytes.length < 28 || bytes.toString("base64url") !== encoded) throw new SealError("it is not a value that this action sealed under a key");
	if (key.length !== keyBytes) throw new SealError("the key to open it with has another length");
	const options = { authTagLength: tagBytes };
	const decipher = (0, external_node_crypto_.createDecipheriv)("aes-256-gcm", key, bytes.subarray(0, nonceBytes), options);
	decipher.setAAD(Buffer.from(keyPrefix));
	decipher.setAuthTag(bytes.subarray(-16));
	try {
		const opened = decipher.update(bytes.subarray(nonceBytes, -16));
		return Buffer.concat([opened, decipher.final()]).toString("utf8");
	} catch (error) {
		throw new SealError("it was sealed under another key, or altered", { cause: error });
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
	const owner = (0, external_node_crypto_.createHash)("sha256").update(JSON.stringify([clientId, apiOrigin])).digest();
	const info = Buffer.concat([Buffer.from("access token"), owner]);
	return Buffer.from((0, external_node_crypto_.hkdfSync)("sha256", clientSecret.reveal(), "", info, keyBytes));
}
/** Work that Node waits for before it exits: a thread that cannot be interrupted. */
const held = /* @__PURE__ */ new Set([
	"GetAddrInfoReqWrap",
	"GetNameInfoReqWrap",
	"FSReqCallback",
	"FSReqPromise"
]);
/**
* Ends the process with its exit code, even if something hangs: an open socket, or a DNS look-up of
* the system. Node cannot limit such a look-up, and waits for it when it exits.
*/
function exit() {
	const stuck = process.getActiveResourcesInfo().some((resource) => held.has(resource));
	const code = Number(process.exitCode ?? 0);
	if (!stuck) process.exit();
	if (process.execve !== void 0 && process.platform !== "win32") process.execve(process.execPath, [
		process.execPath,
		"-e",
		`process.exit(${code})`
	], {});
	if (code === 0) process.exit();
	process.kill(process.pid, "SIGKILL");
}
const DEFAULT_CONFIG = {
	lang: void 0,
	message: void 0,
	abortEarly: void 0,
	abortPipeEarly: void 0
};
/**
* Returns the global configuration.
*
* @param config The config to merge.
*
* @returns The configuration.
*/
/* @__NO_SIDE_EFFECTS__ */
function getGlobalConfig(config$1) {
	if (!config$1 && true) return DEFAULT_CONFIG;
	return {
		lang: config$1?.lang ?? void 0,
		message: config$1?.message,
		abortEarly: config$1?.abortEarly ?? void 0,
		abortPipeEarly: config$1?.abortPipeEarly ?? void 0
	};
}
/**
* Stringifies an unknown input to a literal or type string.
*
* @param input The unknown input.
*
* @returns A literal or type string.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _stringify(input) {
	const type = typeof input;
	if (type === "string") return `"${input}"`;
	if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
	if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
	return type;
}
/**
* Adds an issue to the dataset.
*
* @param context The issue context.
* @param label The issue label.
* @param dataset The input dataset.
* @param config The configuration.
* @param other The optional props.
*
* @internal
*/
function _addIssue(context, label, dataset, config$1, other) {
	const input = other && "input" in other ? other.input : dataset.value;
	const expected = other?.expected ?? context.expects ?? null;
	const received = other?.received ?? /* @__PURE__ */ _stringify(input);
	const issue = {
		kind: context.kind,
		type: context.type,
		input,
		expected,
		received,
		message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
		requirement: context.requirement,
		path: other?.path,
		issues: other?.issues,
		lang: config$1.lang,
		abortEarly: config$1.abortEarly,
		abortPipeEarly: config$1.abortPipeEarly
	};
	const isSchema = context.kind === "schema";
	const message$1 = other?.message ?? context.message ?? (context.reference, issue.lang, void 0) ?? (isSchema ? (issue.lang, void 0) : null) ?? config$1.message ?? (issue.lang, void 0);
	if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
	if (isSchema) dataset.typed = false;
	if (dataset.issues) dataset.issues.push(issue);
	else dataset.issues = [issue];
}
/**
* Disallows inherited object properties and prevents object prototype
* pollution by disallowing certain keys.
*
* @param object The object to check.
* @param key The key to check.
*
* @returns Whether the key is allowed.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _isValidObjectKey(object$1, key) {
	return Object.prototype.hasOwnProperty.call(object$1, key) && key !== "__proto__" && key !== "prototype" && key !== "constructor";
}
/**
* Joins multiple `expects` values with the given separator.
*
* @param values The `expects` values.
* @param separator The separator.
*
* @returns The joined `expects` property.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _joinExpects(values$1, separator) {
	const list = [...new Set(values$1)];
	if (list.length > 1) return `(${list.join(` ${separator} `)})`;
	return list[0] ?? "never";
}
/**
* Eagerly creates and attaches the Standard Schema properties of a schema.
*
* Hint: The contextual `this` type includes the standard properties that are
* attached before the schema is returned.
*
* @param schema The schema to attach standard properties to.
*
* @returns The schema with standard properties attached.
*
* @internal
*/
function _standardSchema(schema) {
	schema["~standard"] = {
		version: 1,
		vendor: "valibot",
		validate: (value$1) => schema["~run"]({ value: value$1 }, /* @__PURE__ */ getGlobalConfig())
	};
	return schema;
}
/* @__NO_SIDE_EFFECTS__ */
function getDotPath(issue) {
	if (issue.path) {
		let key = "";
		for (const item of issue.path) if (typeof item.key === "string" || typeof item.key === "number") if (key) key += `.${item.key}`;
		else key += item.key;
		else return null;
		return key;
	}
	return null;
}
/**
* A Valibot error with useful information.
*/
var ValiError = class extends Error {
	/**
	* Creates a Valibot error with useful information.
	*
	* @param issues The error issues.
	*/
	constructor(issues) {
		super(issues[0].message);
		this.name = "ValiError";
		this.issues = issues;
	}
};
/* @__NO_SIDE_EFFECTS__ */
function check(requirement, message$1) {
	return {
		kind: "validation",
		type: "check",
		reference: check,
		async: false,
		expects: null,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "input", dataset, config$1);
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function finite(message$1) {
	return {
		kind: "validation",
		type: "finite",
		reference: finite,
		async: false,
		expects: null,
		requirement: Number.isFinite,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "finite", dataset, config$1);
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function maxLength(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_length",
		reference: maxLength,
		async: false,
		expects: `<=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length > this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function minValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_value",
		reference: minValue,
		async: false,
		expects: `>=${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value >= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function nonEmpty(message$1) {
	return {
		kind: "validation",
		type: "non_empty",
		reference: nonEmpty,
		async: false,
		expects: "!0",
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length === 0) _addIssue(this, "length", dataset, config$1, { received: "0" });
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function parseJson(config$1, message$1) {
	return {
		kind: "transformation",
		type: "parse_json",
		reference: parseJson,
		config: config$1,
		message: message$1,
		async: false,
		"~run"(dataset, config$2) {
			try {
				dataset.value = JSON.parse(dataset.value, this.config?.reviver);
			} catch (error) {
				if (error instanceof Error) {
					_addIssue(this, "JSON", dataset, config$2, { received: `"${error.message}"` });
					dataset.typed = false;
				} else throw error;
			}
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function regex(requirement, message$1) {
	return {
		kind: "validation",
		type: "regex",
		reference: regex,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "format", dataset, config$1);
			return dataset;
		}
	};
}
/**
* Creates a custom transformation action.
*
* @param operation The transformation operation.
*
* @returns A transform action.
*/
/* @__NO_SIDE_EFFECTS__ */
function transform(operation) {
	return {
		kind: "transformation",
		type: "transform",
		reference: transform,
		async: false,
		operation,
		"~run"(dataset) {
			dataset.value = this.operation(dataset.value);
			return dataset;
		}
	};
}
/* @__NO_SIDE_EFFECTS__ */
function url(message$1) {
	return {
		kind: "validation",
		type: "url",
		reference: url,
		async: false,
		expects: null,
		requirement(input) {
			try {
				if (URL.canParse) return URL.canParse(input);
				new URL(input);
				return true;
			} catch {
				return false;
			}
		},
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "URL", dataset, config$1);
			return dataset;
		}
	};
}
/**
* Returns the fallback value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The output dataset if available.
* @param config The config if available.
*
* @returns The fallback value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getFallback(schema, dataset, config$1) {
	return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}
/**
* Returns a fallback value as output if the input does not match the schema.
*
* @param schema The schema to catch.
* @param fallback The fallback value.
*
* @returns The passed schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function fallback(schema, fallback$1) {
	return _standardSchema({
		...schema,
		fallback: fallback$1,
		"~run"(dataset, config$1) {
			const outputDataset = schema["~run"](dataset, config$1);
			return outputDataset.issues ? {
				typed: true,
				value: /* @__PURE__ */ getFallback(this, outputDataset, config$1)
			} : outputDataset;
		}
	});
}
/**
* Returns the default value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The input dataset if available.
* @param config The config if available.
*
* @returns The default value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getDefault(schema, dataset, config$1) {
	return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}
/* @__NO_SIDE_EFFECTS__ */
function array(item, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "array",
		reference: array,
		expects: "Array",
		async: false,
		item,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < input.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.item["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function dist_boolean(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "boolean",
		reference: dist_boolean,
		expects: "boolean",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "boolean") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function exactOptional(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "exact_optional",
		reference: exactOptional,
		expects: wrapped.expects,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function never(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "never",
		reference: never,
		expects: "never",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			_addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function nonNullish(wrapped, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "non_nullish",
		reference: nonNullish,
		expects: "(!null & !undefined)",
		async: false,
		wrapped,
		message: message$1,
		"~run"(dataset, config$1) {
			if (!(dataset.value === null || dataset.value === void 0)) dataset = this.wrapped["~run"](dataset, config$1);
			if (dataset.value === null || dataset.value === void 0) _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function nullable(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "nullable",
		reference: nullable,
		expects: `(${wrapped.expects} | null)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === null) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === null) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function number(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "number",
		reference: number,
		expects: "number",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "number" && !isNaN(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function object(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "object",
		reference: object,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function record(key, value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "record",
		reference: record,
		expects: "Object",
		async: false,
		key,
		value: value$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const entryKey in input) if (/* @__PURE__ */ _isValidObjectKey(input, entryKey)) {
					const entryValue = input[entryKey];
					const keyDataset = this.key["~run"]({ value: entryKey }, config$1);
					if (keyDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "key",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of keyDataset.issues) {
							issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = keyDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					const valueDataset = this.value["~run"]({ value: entryValue }, config$1);
					if (valueDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "value",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
					if (keyDataset.typed) dataset.value[keyDataset.value] = valueDataset.value;
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function string(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "string",
		reference: string,
		expects: "string",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "string") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function undefinedable(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "undefinedable",
		reference: undefinedable,
		expects: `(${wrapped.expects} | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
/**
* Returns the sub issues of the provided datasets for the union issue.
*
* @param datasets The datasets.
*
* @returns The sub issues.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _subIssues(datasets) {
	let issues;
	if (datasets) for (const dataset of datasets) if (issues) for (const issue of dataset.issues) issues.push(issue);
	else issues = dataset.issues;
	return issues;
}
/* @__NO_SIDE_EFFECTS__ */
function union(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "union",
		reference: union,
		expects: /* @__PURE__ */ _joinExpects(options.map((option) => option.expects), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			let validDataset;
			let typedDatasets;
			let untypedDatasets;
			for (const schema of this.options) {
				const optionDataset = schema["~run"]({ value: dataset.value }, config$1);
				if (optionDataset.typed) if (optionDataset.issues) if (typedDatasets) typedDatasets.push(optionDataset);
				else typedDatasets = [optionDataset];
				else {
					validDataset = optionDataset;
					break;
				}
				else if (untypedDatasets) untypedDatasets.push(optionDataset);
				else untypedDatasets = [optionDataset];
			}
			if (validDataset) return validDataset;
			if (typedDatasets) {
				if (typedDatasets.length === 1) return typedDatasets[0];
				_addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(typedDatasets) });
				dataset.typed = true;
			} else if (untypedDatasets?.length === 1) return untypedDatasets[0];
			else _addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(untypedDatasets) });
			return dataset;
		}
	});
}
/**
* Creates a unknown schema.
*
* @returns A unknown schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function unknown() {
	return _standardSchema({
		kind: "schema",
		type: "unknown",
		reference: unknown,
		expects: "unknown",
		async: false,
		"~run"(dataset) {
			dataset.typed = true;
			return dataset;
		}
	});
}
/**
* Parses an unknown input based on a schema.
*
* @param schema The schema to be used.
* @param input The input to be parsed.
* @param config The parse configuration.
*
* @returns The parsed input.
*/
function parse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
	if (dataset.issues) throw new ValiError(dataset.issues);
	return dataset.value;
}
/* @__NO_SIDE_EFFECTS__ */
function pipe(...pipe$1) {
	return _standardSchema({
		...pipe$1[0],
		pipe: pipe$1,
		"~run"(dataset, config$1) {
			for (const item of pipe$1) if (item.kind !== "metadata") {
				if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
					dataset.typed = false;
					break;
				}
				if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = item["~run"](dataset, config$1);
			}
			return dataset;
		}
	});
}
/**
* Parses an unknown input based on a schema.
*
* @param schema The schema to be used.
* @param input The input to be parsed.
* @param config The parse configuration.
*
* @returns The parse result.
*/
/* @__NO_SIDE_EFFECTS__ */
function safeParse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
	return {
		typed: dataset.typed,
		success: !dataset.issues,
		output: dataset.value,
		issues: dataset.issues
	};
}
/**
* The content of a JSON text; undefined if it does not match the schema. It deliberately gives no
* reason: the messages of `JSON.parse` and of valibot quote the text, which can be a secret.
*/
function readJson(schema, text) {
	return parse(lenient(/* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ parseJson(), schema)), text);
}
/** A value that counts as missing (undefined) if it does not match the schema. */
function lenient(schema) {
	return /* @__PURE__ */ fallback(/* @__PURE__ */ undefinedable(schema), () => void 0);
}
/**
* A password, token or key from the moment it is known. In a text, in JSON or in a dump it appears
* as `***`, so that a mistake does not print it.
*/
var Secret = class {
	#text;
	/** @param mask registers it before any other use. */
	constructor(text, mask) {
		mask(text);
		this.#text = text;
	}
	/** The secret itself, for code that sends, seals or writes it. */
	reveal() {
		return this.#text;
	}
	/** Comparing the objects would find all secrets equal. */
	equals(other) {
		return this.#text === other.#text;
	}
	toString() {
		return "***";
	}
	toJSON() {
		return "***";
	}
	/** What `console.log` and `util.inspect` show. */
	[Symbol.for("nodejs.util.inspect.custom")]() {
		return "***";
	}
};
/**
* Whether a text can be used as an access token. It becomes a header and a mask: anything but plain
* visible characters cannot.
*/
function isAccessToken(text) {
	return /^[\x21-\x7e]{8,}$/.test(text);
}
/** There is no usable token, and no way to request one. */
var NoCredentialsError = class extends Error {
	name = "NoCredentialsError";
	constructor({ name }) {
		super(`The step has no access token that ${name} accepts, and no credentials to request one.`);
	}
};
/** The first token request of a step failed: nothing was sent to the service before. */
var SignInError = class extends RequestError {
	/** The error itself. */
	original;
	constructor(error) {
		super(error.message, error);
		this.original = error;
	}
};
/** A token request was refused because there were too many, and no other job shared a token. */
var NoSharedTokenError = class extends RequestError {
	/** Whether the place where jobs share tokens answered. */
	isAnswered;
	constructor(error, isAnswered) {
		super(error.message, error);
		this.isAnswered = isAnswered;
	}
};
/** Services allow few token requests per hour and client, and other jobs need some too. */
const maxTokens = 3;
const limitMilliseconds = 3e4;
const tokenRequest = {
	method: "POST",
	path: "/oauth/token",
	policy: "token"
};
/** Source: RFC 7617. */
function basicOf({ clientId, clientSecret }, mask) {
	const pair = `${clientId}:${clientSecret.reveal()}`;
	return new Secret(Buffer.from(pair).toString("base64"), mask);
}
/**
* Sends one request: the operation that needs the token is repeated as a whole if that makes sense.
*
* @throws {@link RequestError} if the service issues none; {@link NoCredentialsError}.
*/
async function requestToken(options) {
	const { transport, credentials, patience, mask } = options;
	if (credentials === void 0) throw new NoCredentialsError(transport.service);
	const { clock, deadline, signal } = patience;
	const basic = basicOf(credentials, mask);
	const askedAt = clock.now();
	const { accessToken, lifeMilliseconds } = readGrant(await transport.send({
		...tokenRequest,
		headers: {
			Authorization: `Basic ${basic.reveal()}`,
			"Content-Type": "application/x-www-form-urlencoded",
			Accept: "application/json"
		},
		body: "grant_type=client_credentials",
		limitMilliseconds: withinDeadline(limitMilliseconds, deadline - askedAt)
	}, signal), askedBy(transport, tokenRequest));
	const expiresAt = lifeMilliseconds === void 0 ? void 0 : askedAt + lifeMilliseconds;
	return {
		token: {
			accessToken: new Secret(accessToken, mask),
			expiresAt
		},
		lifeMilliseconds
	};
}
const grant = /* @__PURE__ */ pipe(/* @__PURE__ */ object({
	access_token: /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ check(isAccessToken)),
	/** Undefined for anything that is not a duration, such as a negative number. */
	expires_in: lenient(/* @__PURE__ */ pipe(/* @__PURE__ */ union([/* @__PURE__ */ number(), /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ regex(/^\d+(\.\d+)?$/), /* @__PURE__ */ transform(Number))]), /* @__PURE__ */ minValue(0), /* @__PURE__ */ transform((seconds) => seconds * 1e3), /* @__PURE__ */ finite()))
}), /* @__PURE__ */ transform((body) => ({
	accessToken: body.access_token,
	lifeMilliseconds: body.expires_in
})));
function readGrant(answer, asked) {
	if (answer.status !== 200) throw answerError(asked, answer, askedWait(answer));
	const granted = readJson(grant, answer.body);
	if (granted !== void 0) return granted;
	throw new RequestError(`the answer of ${asked.service.name} contains no access token`, {
		request: asked.request,
		policy: asked.policy,
		effect: "none",
		transient: true,
		requestId: answer.requestId
	});
}
const minutesOfDay = 1440;
/** A long wait that the service asks for: it explains why the step does not wait. */
function askedWait({ status, retryAfterMilliseconds = 0 }) {
	if (status !== 429 || retryAfterMilliseconds <= longestTokenWaitMilliseconds) return "";
	const minutes = Math.ceil(retryAfterMilliseconds / 6e4);
	return ` and asks to wait ${minutes > minutesOfDay ? "more than a day" : `${minutes} minutes`}`;
}
/** The advice for one of Aura's reasons; undefined for another one. */
function adviceForReason(error) {
	if (error.hasReason("database-incapable-of-action")) return adviceOnTier(error);
	return adviceByReason.find(([reason]) => error.hasReason(reason))?.[1];
}
/** Reasons in Aura's errors. Source: Aura API v1 specification; official clients; seen live. */
const adviceByReason = [
	["missing-billing-details", "Add billing details to the tenant in the Aura console, or set 'tier: free'."],
	["tenant-not-found", "Check input 'tenant': the user of 'client-id' must be a member of this tenant (project)."],
	["tenant-incapable-of-action", "The tenant (project) does not have this feature: use another value, or ask Neo4j to enable it."],
	["invalid-memory-size", "Aura does not offer this pair of 'memory' and 'storage' for the tier: set another 'memory', and leave 'storage' empty to get the size that belongs to it."],
	["db-not-found", "Check 'instance-id' and 'source-instance-id': Aura has no instance with this id."],
	["db-already-deleted", "The instance has been deleted. Check what has deleted it."],
	["snapshot-not-found", "Check the id of the snapshot, or use 'latest': Aura deletes old snapshots after some time."],
	["encryption-key-not-found", "Check 'customer-managed-key-id': the key must exist in this tenant, for the same cloud and region."],
	["encryption-key-is-active", "An instance still uses this key: delete that instance first if it is not needed."],
	["instance-action-unavailable", "The instance's current status does not allow this operation. If it is paused, resume it with operation 'resume', then run this step again."],
	["ongoing-database-operation", "Another operation is in progress; try again, or increase 'timeout'."],
	["snapshot-not-allowed", "Aura takes no snapshot of this instance now: check its tier and its snapshots in the Aura console, and try again later."]
];
/** Some tiers lack an operation or a value. Source of the 72 hours: Aura console. */
function adviceOnTier({ request }) {
	if (request.endsWith("/pause")) return "The tier of this instance does not support 'pause'. Use a paid tier, or remove this step: Aura pauses a Free instance automatically after 72 hours without use.";
	const [, action] = /^POST .*\/(snapshots|restore|overwrite|resume)$/.exec(request) ?? [];
	return action === void 0 ? "The tier of this instance does not support this value. Use another value, or an instance of another tier." : `The tier of this instance does not support '${action === "snapshots" ? "snapshot" : action}'. Use an instance of another tier, or remove this step.`;
}
/**
* The error for the user. It adds the task and advice to an error of Aura or the network; other
* errors stay unchanged. It is called once for each operation and instance.
*
* @param task operation and instance, to follow "Could not": `pause instance 'x' (1a2b3c4d)`.
*/
function inWords(task, error) {
	if (!(error instanceof RequestError)) return asError(error);
	return new ActionError(`${happened(task, error)}.`, {
		next: whatToDo(error),
		cause: error
	});
}
/** What failed. Before the first access token nothing was tried, so the task would say nothing. */
function happened(task, error) {
	const { answer, message, origin = "", policy, unreachable } = error;
	const isFirst = error instanceof SignInError;
	if (isFirst && unreachable !== void 0) return `Could not connect to Aura at ${origin} (${unreachable})`;
	const what = answer === void 0 ? message : `it answered ${answer}`;
	if (isFirst) return `Could not sign in to Aura: ${what}`;
	if (policy !== "token") return `Could not ${task}: ${message}`;
	return `Could not ${task}, because the sign-in to Aura failed: ${what}`;
}
/** The end of a sentence about a wait whose last request failed. */
function saidOf(trouble) {
	return trouble === void 0 ? "" : `; the last request failed: ${trouble.message}`;
}
/**
* Whether an instance is too small for the data of the source. Aura answers 500, although it never
* accepts the request. Source: Aura API v1 specification, overwrite.
*/
function isTooSmall({ complaints }) {
	return complaints.some(({ message }) => message.includes("into smaller database"));
}
/** The advice for an error from Aura. */
function whatToDo(error) {
	if (error instanceof TimeOverError) return "Increase 'timeout', and run the step again.";
	if (isTooSmall(error)) return "Set the size of the instance with operation 'resize' first, or choose another source.";
	return adviceForReason(error) ?? (error.policy === "token" ? adviceOnToken(error) : adviceByStatus(error));
}
function adviceOnToken(error) {
	const original = error instanceof SignInError ? error.original : error;
	if (original instanceof NoSharedTokenError) return adviceOnSharing(original);
	if (error.status === 429) return "Aura allows few token requests per hour (about 15 for each client id). With 'credentials-store: deployment', all jobs and runs of a repository share one token. Otherwise pass 'sealed-credentials' to other jobs, put the steps into one job, or use separate API credentials.";
	if (error.status !== void 0 && [
		400,
		401,
		403
	].includes(error.status)) return `The client id and the client secret do not belong together or are swapped, or the API key was deleted. Create a new key in ${consoleOf(error, "account menu > API keys")}, and update both 'client-id' and 'client-secret'.${isMute(error) ? ` ${orOfProxy}` : ""}`;
	return error.status === void 0 || error.status < 400 || error.status >= 500 ? adviceByStatus(error) : adviceOnForeign(error);
}
/** An answer without any of Aura's messages can come from something else on the way. */
function isMute({ complaints }) {
	return complaints.length === 0;
}
const orOfProxy = "The answer contains no message of Aura, so it can also come from a proxy or a firewall: check 'api-url' and the runner's proxy settings.";
/** For a status that Aura's API does not use there. */
function adviceOnForeign(error) {
	if (error.status === 407) return "A proxy on the way asks for a login: set its user name and password in the variable https_proxy of the runner.";
	return isMute(error) ? "The answer contains no message of Aura, so it probably comes from a proxy, a firewall or another server: check 'api-url' and the runner's proxy settings." : "Check 'api-url' and the runner's proxy settings.";
}
/** For a step with `credentials-store: deployment`. */
function adviceOnSharing({ isAnswered }) {
	return isAnswered ? "Aura allows few token requests per hour (about 15 for each client id), and no other job shared a token in time. Jobs without 'credentials-store: deployment', or of other repositories, may use the same client id: set this input there too, or use separate API credentials." : "Aura allows few token requests per hour (about 15 for each client id), and the token that other jobs share could not be read, because GitHub did not answer. Check 'permissions: deployments: write' and 'github-token', and run the step again later.";
}
/** The console of the public Aura API; other APIs have others. */
function consoleOf({ origin }, place) {
	return `the Aura console (${origin === "https://api.neo4j.io" ? "https://console.neo4j.io, " : ""}${place})`;
}
function adviceByStatus(error) {
	const { message, status } = error;
	if (status === void 0) return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(message) ? "Check 'api-url'. If a proxy or a server uses your own certificate authority, set NODE_EXTRA_CA_CERTS to the file with its certificate." : "Check 'api-url', the runner's network and its proxy settings, then run the step again.";
	if (status >= 300 && status < 400) return "Check 'api-url': it must be the API's own address.";
	switch (status) {
		case 401: return `Check that the API credentials of 'client-id' have not been deleted in ${consoleOf(error, "account menu > API keys")}.`;
		case 402: return "Aura asks for payment: add billing details to the tenant in the Aura console, or use an instance of a tier that includes it.";
		case 403: return `The user of 'client-id' must have the role Project Member or Project Admin in the tenant (project).${isMute(error) ? ` ${orOfProxy}` : ""}`;
		case 405:
			if (error.request !== "POST /v1/instances") return adviceOnRefusal(error);
			return "The tenant may have reached its limit for this tier: use an instance that exists, or ask Neo4j to raise the limit.";
		case 404: return "Check 'api-url', and that the instance and the tenant exist.";
		case 410: return "It was deleted. Check what has deleted it.";
		case 409:
		case 423: return "The instance is busy; try again, or increase 'timeout'.";
		case 420: return "Aura does not offer this operation for the tier of the instance: choose an instance of another tier.";
		case 429: return "Aura allows 125 requests per minute and client, and 25 without billing: run fewer jobs at the same time, or try again later.";
		default: return status >= 500 || status < 300 ? "This is a problem on Aura's side; try again later." : adviceOnRefusal(error);
	}
}
/** Without a message there is nothing to compare the inputs with. */
function adviceOnRefusal(error) {
	return isMute(error) || error.status === 407 ? adviceOnForeign(error) : "Compare the inputs with Aura's message.";
}
/** An instance as messages name it. */
function label({ name, id }) {
	return `instance '${onOneLine(name)}' (${id})`;
}
/** A name could otherwise look like several lines of the log. */
function onOneLine(name) {
	return name.replace(/\s*[\r\n]\s*/g, " ");
}
/** A message, cut for a place where many stand together. */
function cutMessage(message) {
	return shortened(message, 300);
}
/** An instance in a list. */
function shortLabel({ name, id }) {
	return `'${onOneLine(name)}' (${id})`;
}
const mostListed = 10;
/**
* The first ten, for a message about any number of them: `a, b and 3 more`.
*
* @param hint where to find the others.
*/
function listed(texts, hint) {
	const first = texts.slice(0, mostListed).join(", ");
	const more = texts.length - mostListed;
	const end = hint === void 0 ? "" : `; ${hint}`;
	return more > 0 ? `${first} and ${more} more${end}` : first;
}
/** `1 instance`, `5 instances`. */
function countOf(instances) {
	return `${instances} instance${instances === 1 ? "" : "s"}`;
}
/** A sentence that begins with `text`. */
function capitalized(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
/**
* Forms of a secret that a runner does not derive from the mask itself: base64url, and the percent
* encoding of JavaScript, which leaves `!'()*` as they are. Source: the runner's value encoders.
*/
function formsUnknownToRunner(secret) {
	return [Buffer.from(secret).toString("base64url"), encodeURIComponent(secret.toWellFormed())].filter((form) => form !== secret);
}
/** The forms of a secret in other encodings. */
function encodedForms(secret) {
	return [...formsUnknownToRunner(secret), Buffer.from(secret).toString("base64")];
}
/** All forms that are removed from printed text. */
function formsOf(secret) {
	return [
		secret,
		...encodedForms(secret),
		JSON.stringify(secret).slice(1, -1),
		secret.toLowerCase()
	];
}
/**
* Removes secrets from external text, for example from an error message. A text that was cut may end
* with the beginning of a secret; such a text ends with `…`.
*/
function scrub(text, secrets) {
	let scrubbed = text;
	for (const secret of [...secrets].toSorted((one, other) => other.length - one.length)) scrubbed = scrubbed.replaceAll(secret, "***");
	return scrubbed.replaceAll(/[^\n…]{4,}(?=…)/g, (cut) => withoutBeginning(cut, secrets));
}
/** A shorter beginning of a secret reveals nothing, and may be an ordinary word. */
const shortestBeginning = 4;
/** A text without the beginning of a secret at its end. */
function withoutBeginning(text, secrets) {
	const longest = Math.max(...[...secrets].map((secret) => endOf(text, secret)), 0);
	return longest < shortestBeginning ? text : `${text.slice(0, -longest)}***`;
}
/** How many characters at the end of a text are the beginning of the secret. */
function endOf(text, secret) {
	const last = text.slice(-1);
	for (let end = secret.lastIndexOf(last); end >= 0; end = end === 0 ? -1 : secret.lastIndexOf(last, end - 1)) if (text.endsWith(secret.slice(0, end + 1))) return end + 1;
	return 0;
}
/** The runner trims like .NET, which treats U+0085 as a space; JavaScript does not. */
const leadingColons = /^([\s\u0085]*):(?=:)/;
/**
* Makes external text safe to print. The runner reads `::command::` at the start of a line and
* `##[command]` anywhere, on every line of both streams.
*/
function neutralize(text) {
	return text.split(/\r\n|\r|\n/).map((line) => line.replace(leadingColons, "$1: ").replaceAll("##[", "# #[")).join("\n");
}
/**
* Characters that control a terminal, are invisible, or reverse the direction of the text after
* them, except line ends and tabs. The two joiners stay: emoji and some scripts need them.
*/
const invisible = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Whether a text has only letters, digits and punctuation of ASCII, and blanks. */
function isPrintableAscii(text) {
	return /^[ -~]*$/.test(text);
}
/** Makes invisible characters visible. Removing them could join the two parts of a secret. */
function showInvisible(text) {
	if (isPrintableAscii(text.replaceAll("\n", ""))) return text;
	return text.replace(invisible, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
}
/** The runner cuts annotations at 4096 characters; external text must not flood the log either. */
function shorten(text) {
	const longest = 1500;
	return text.split("\n").slice(0, 40).map((line) => shortened(line, longest)).join("\n");
}
/** Text as the runner reads it after `::warning::`. Source: the runner's command syntax. */
function escapeCommandData(text) {
	return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
const longestCode = 300;
const longestProse = 1500;
/**
* A line in the action's own markdown. A string in it is text from outside and becomes a code span,
* in which GitHub reads no markdown, no HTML, no link and no mention.
*/
function inline(own, ...values) {
	return own.flatMap((text, index) => {
		const value = values[index];
		const inserted = value === void 0 ? [] : piecesOf(value);
		return text === "" ? inserted : [{ own: text }, ...inserted];
	});
}
function piecesOf(value) {
	if (typeof value === "number") return [{ own: String(value) }];
	return typeof value === "string" ? [{ code: value }] : value;
}
/**
* Sentences that contain text from outside, such as an error. Words that are not plain, and text in
* single quotes, become code spans.
*/
function prose(text) {
	return [{ prose: text }];
}
/** Words of the action itself that stay on one line. */
function unbroken(own) {
	return [{ own: own.replaceAll(" ", "\xA0") }];
}
/** Parts of a line with a separator between them. */
function joined(parts, separator = ", ") {
	return parts.flatMap((part, index) => index === 0 ? part : [{ own: separator }, ...part]);
}
/** A link to an address that the action has built. */
function markdown_link(text, { href }) {
	const target = href.replace(/[()]/g, (bracket) => bracket === "(" ? "%28" : "%29");
	return [
		{ own: "[" },
		...text,
		{ own: `](${target})` }
	];
}
/** The markdown of a line. */
function renderInline(inline, clean, place = "text") {
	return inline.map((piece) => {
		if ("own" in piece) return piece.own;
		if ("code" in piece) return inCode(clean(piece.code), place);
		return plainWords(clean(piece.prose), place);
	}).join("");
}
/** A code span; nothing if the text is empty. */
function inCode(text, place) {
	const shown = shortened(oneLine(text), longestCode);
	if (shown === "") return "";
	const longestRun = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longestRun + 1);
	const space = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
	return `${fence}${space}${place === "cell" ? withoutPipes(shown) : shown}${space}${fence}`;
}
/** A pipe ends a cell, even in code. A backslash before it would make its escape ambiguous. */
function withoutPipes(text) {
	return text.replace(/(\\*)\|/g, (_, slashes) => slashes === "" ? "\\|" : `${slashes} \\|`);
}
/** Text in single quotes that stand apart, so that the apostrophe of a word is none. */
const quoted = /(?<=^|[\s(])'([^']+)'(?=[\s).,:;?!]|$)/g;
function plainWords(text, place) {
	const shown = shortened(oneLine(text), longestProse);
	const parts = [];
	let end = 0;
	for (const match of shown.matchAll(quoted)) {
		parts.push(wordByWord(shown.slice(end, match.index), place), inCode(match[1] ?? "", place));
		end = match.index + match[0].length;
	}
	return [...parts, wordByWord(shown.slice(end), place)].join("");
}
/** Punctuation around a word that has no meaning in markdown. */
const word = /^(["(]*)(.*?)([).,:;"?!…]*)$/su;
function wordByWord(text, place) {
	return text.split(" ").map((token) => {
		const [, before = "", core = "", after = ""] = word.exec(token) ?? [];
		if (before === "" && /^\d{1,6}$/.test(core)) return `${core}${after.replace(/^[.)]/, "\\$&")}`;
		return `${before}${isPlain(core) ? core : inCode(core, place)}${after}`;
	}).join(" ");
}
/**
* Whether GitHub shows a word as it is: no markdown, and nothing that it makes a link, such as an
* address, a mention, an issue, a commit or a host.
*/
function isPlain(core) {
	if (core === "") return true;
	if (/GH-\d|^[0-9a-f]{7,}(?:-[0-9a-f]+)*$/i.test(core)) return false;
	return isPrintableAscii(core) ? /^[A-Za-z0-9][A-Za-z0-9'.,;%()-]*$/.test(core) && !/[A-Za-z0-9]\.[A-Za-z]/.test(core) : /^[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.,;%()-]*$/u.test(core) && !/[\p{L}\p{N}]\.\p{L}/u.test(core);
}
/**
* A gateway can answer a single request with anything; this many equal refusals in a row are final.
*/
const mostRefusals = 3;
/** The client errors that only say "later". */
const passing = /* @__PURE__ */ new Set([
	408,
	425,
	429
]);
/**
* A tolerance that ignores any single failure during a wait, but not the third refusal in a row
* with the same status, and not a token endpoint that asks to wait past the deadline.
*/
function createTolerance(patience) {
	const { clock, random, log } = patience;
	let refusals = 0;
	let last;
	let trouble;
	function isAccident(error, left) {
		const { status = 0, policy, retryAfterMilliseconds } = error;
		if (isOutOfTokens(error)) return false;
		if (policy === "token" && (retryAfterMilliseconds ?? 0) > Math.max(0, left)) return false;
		refusals = status >= 400 && status < 500 && !passing.has(status) ? status === last ? refusals + 1 : 1 : 0;
		last = status;
		return refusals < mostRefusals;
	}
	return {
		forgive: (error, usual) => {
			if (error instanceof TimeOverError) return {
				trouble: trouble ?? error,
				delay: usual
			};
			const left = patience.deadline - clock.now();
			if (!(error instanceof RequestError) || !isAccident(error, left)) throw error;
			const asked = askedDelay(error);
			const delay = asked === void 0 ? usual : Math.max(usual, Math.round(asked + 1e3 * random()));
			sayRetry({
				message: error.message,
				delay: Math.min(delay, left)
			}, log);
			trouble = error;
			return {
				trouble,
				delay
			};
		},
		reset: () => {
			refusals = 0;
			last = void 0;
			trouble = void 0;
		}
	};
}
const beatMilliseconds = 3e4;
/** The time since this call, for people: `3m 5s`. */
function stopwatch(clock) {
	const begin = clock.now();
	return () => formatDuration(clock.now() - begin);
}
/** A beat every 30 seconds. @param say called for each. */
function createBeat(clock, say) {
	let due = clock.now() + beatMilliseconds;
	return {
		beat: () => {
			const late = clock.now() - due;
			if (late >= 0) {
				say();
				due += late - late % beatMilliseconds + beatMilliseconds;
			}
			return due - clock.now();
		},
		restart: () => {
			due = clock.now() + beatMilliseconds;
		}
	};
}
/**
* The progress of a wait that begins now.
*
* @param still says that a state continues; without it, only changes are said.
*/
function createProgress(clock, say, still) {
	const elapsed = stopwatch(clock);
	let last;
	const { beat, restart } = createBeat(clock, () => still?.(last ?? "waiting", elapsed()));
	const note = (state) => {
		if (state === last) return;
		last = state;
		say(state, elapsed());
		restart();
	};
	return {
		elapsed,
		note,
		end: (state) => {
			if (last !== void 0) note(state);
		},
		beat: () => still === void 0 ? Infinity : beat()
	};
}
/**
* A phase of a step that may have to wait: a group of the log, with a line for each change and every
* 30 seconds without one. One of several instances has no group of its own.
*
* @param title what is awaited.
*/
function inPhase(session, title, work) {
	const { report, patience, alongside } = session;
	const run = () => work(progressOf(session));
	if (alongside === true) return run();
	const timeout = formatDuration(patience.deadline - patience.begin);
	return report.group(`${title} (timeout: ${timeout})`, run);
}
/** The lines of a wait that begins now; if several wait at once, one line tells about all of them. */
function progressOf({ report, patience, alongside }) {
	const { clock } = patience;
	if (alongside === true) return createProgress(clock, (state, elapsed) => {
		report.info(`${state}, after ${elapsed}.`);
	});
	const say = (state, elapsed) => {
		report.info(`${elapsed.padEnd(6)} ${state}`);
	};
	return createProgress(clock, say, (state, elapsed) => {
		say(`still ${state}`, elapsed);
	});
}
/** How long a 404 means "not yet" after a create. Source: seen live; official Go client waits too. */
const showsWithinMilliseconds = 6e4;
/**
* Watches an instance. For a minute after its creation Aura can return 404 for it; later, a 404 for
* an instance that was visible before counts only the third time in a row.
*
* @param shown the instance, if it was read before.
*/
function watch({ client, patience: { clock } }, meant, shown) {
	const since = clock.now();
	let last = shown;
	let missing = 0;
	/** If its creation time is not known, the list of instances decides. */
	async function isYoung() {
		let born = meant.createdAt;
		if (born === void 0 && meant.knownSince === void 0) {
			if (last !== void 0) return false;
			const listed = (await client.listInstances()).find(({ id }) => id === meant.id);
			if (listed === void 0) return false;
			born = listed.createdAt;
		}
		const serverNow = client.serverClock.now();
		return (born === void 0 || serverNow === void 0 ? clock.now() - (meant.knownSince ?? since) : serverNow - born) < showsWithinMilliseconds;
	}
	return async (policy = "poll") => {
		const reading = await client.getInstance(meant.id, policy);
		if (typeof reading === "object") {
			last = reading;
			missing = 0;
			return reading;
		}
		if (reading === "gone") return "gone";
		missing += 1;
		if (await isYoung()) return "unclear";
		return last !== void 0 && missing < mostRefusals ? "unclear" : "gone";
	};
}
/**
* Reads an instance that may have been created a moment ago: Aura can then return 404 for it.
*
* @returns undefined if it does not exist.
* @throws ActionError if there is no time to wait until it is visible; RequestError if Aura refuses.
*/
async function readInstance(session, meant) {
	const { patience, ledger } = session;
	const look = watch(session, meant);
	return inPhase(session, `Reading instance ${meant.id}`, async (progress) => poll(patience, {
		first: { reading: await look("read") },
		read: look,
		judge: (sight) => {
			if (sight !== "unclear") return done(sight === "gone" ? void 0 : sight);
			progress.note("not shown by Aura yet");
			return again();
		},
		overdue: (trouble) => {
			const waited = formatDuration(patience.clock.now() - patience.begin);
			throw new ActionError(`Could not ${ledger.task(meant)}: it was created less than a minute ago, and Aura still answers 404 after ${waited}${saidOf(trouble)}. The instance was not changed.`, {
				next: "Try again, or increase 'timeout'.",
				cause: trouble
			});
		},
		tolerance: createTolerance(patience),
		beat: progress.beat
	}));
}
/** Reads several instances of a list; those that no longer exist are skipped. */
async function readAll(session, listed) {
	const found = [];
	for (const summary of listed) {
		const instance = await readInstance(session, summary);
		if (instance !== void 0) found.push(instance);
	}
	return found;
}
/**
* The number of typing mistakes between two words: a letter added, missing or different, or two
* adjacent letters swapped.
*/
function slipsBetween(one, other) {
	let beforeLast = [];
	let last = Array.from({ length: other.length + 1 }, (_, count) => count);
	for (let i = 1; i <= one.length; i += 1) {
		const row = [i];
		for (let j = 1; j <= other.length; j += 1) {
			const differs = one[i - 1] === other[j - 1] ? 0 : 1;
			const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
			row[j] = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + differs, swapped ? at(beforeLast, j - 2) + 1 : Infinity);
		}
		[beforeLast, last] = [last, row];
	}
	return at(last, other.length);
}
function at(row, index) {
	return row[index] ?? Infinity;
}
/** The words with the fewest mistakes, if a text has few enough for its length; else none. */
function nearestWords(text, words) {
	const most = Math.max(1, Math.floor(text.length / 3));
	const near = words.filter((word) => Math.abs(word.length - text.length) <= most).map((word) => ({
		word,
		slips: slipsBetween(text, word)
	})).filter(({ slips }) => slips <= most);
	const fewest = Math.min(...near.map(({ slips }) => slips));
	return near.filter(({ slips }) => slips === fewest).map(({ word }) => word);
}
const tenant_uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/**
* The id of the tenant to work in. An id is used unchanged; a name, or nothing, is looked up among
* the tenants that the credentials can access.
*
* @throws ActionError if it finds none or several; it lists them. RequestError if Aura refuses.
*/
async function resolveTenant({ client, guard: { tenant }, report }) {
	const { wanted, source } = tenant;
	if (wanted !== void 0 && tenant_uuid.test(wanted)) {
		const id = wanted.toLowerCase();
		sayTenant(report, { id });
		return id;
	}
	const tenants = await client.listTenants();
	const matching = tenants.filter(({ name }) => wanted === void 0 || name === wanted);
	const [only] = matching;
	if (only !== void 0 && matching.length === 1) {
		sayTenant(report, only);
		return only.id;
	}
	if (wanted !== void 0) throw notOne(tenants, {
		wanted,
		source,
		several: matching.length > 1
	});
	if (tenants.length === 0) throw noTenant();
	throw new ActionError(`Input 'tenant' is required, because these credentials can access several tenants (projects): ${listed(tenants.map(shortLabel))}.`, { next: "Set it to one of these names or ids." });
}
/**
* The same before a search by name. A tenant from another client's sealed credentials is checked:
* this client may have no access to it, and a tenant without access looks empty.
*
* @throws ActionError as {@link resolveTenant}.
*/
async function resolveTenantToSearch(session) {
	const tenantId = await resolveTenant(session);
	const { lentBy } = session.guard.tenant;
	if (lentBy !== void 0) {
		const source = `The tenant of 'sealed-credentials', which were sealed by ${lentBy},`;
		await assertVisible(session.client, tenantId, source);
	}
	return tenantId;
}
/**
* If the tenant's id is set, makes sure that the tenant is really empty and not without access.
*
* @throws ActionError
*/
async function assertTenantVisible({ client, guard }, tenantId) {
	const { wanted, source } = guard.tenant;
	if (wanted?.toLowerCase() === tenantId) await assertVisible(client, tenantId, source);
}
/** Says in which tenant the step works. */
function sayTenant(report, { id, name }) {
	report.info(`  Tenant (project) ${name === void 0 ? id : `'${name}' (${id})`}`);
}
/**
* The error of a step whose tenant Aura does not find: the same as if the step had looked for it.
*
* @returns `error` if it is about something else, or if the tenants cannot be listed.
*/
async function namingTenants({ client, guard: { tenant } }, error) {
	const refusal = error instanceof ActionError ? error.cause : error;
	const { wanted, source } = tenant;
	if (!(refusal instanceof RequestError) || wanted === void 0) return error;
	const isForeign = refusal.status === 403 && tenant_uuid.test(wanted);
	if (!refusal.hasReason("tenant-not-found") && !isForeign) return error;
	try {
		const tenants = await client.listTenants();
		if (isForeign && tenants.some(({ id }) => id === wanted.toLowerCase())) return error;
		return notOne(tenants, {
			wanted,
			source,
			cause: refusal
		});
	} catch (trouble) {
		if (trouble instanceof RequestError) return error;
		throw trouble;
	}
}
/** @param source the tenant, as the error calls it. */
async function assertVisible(client, tenantId, source) {
	const tenants = await client.listTenants();
	if (!tenants.some(({ id }) => id === tenantId)) throw notOne(tenants, {
		wanted: tenantId,
		source
	});
}
/** The only error for a tenant that does not exist, or to which there is no access. */
function notOne(tenants, { wanted, source = "Input 'tenant'", several = false, cause }) {
	if (tenants.length === 0) return noTenant();
	const isId = tenant_uuid.test(wanted);
	const is = isId ? "these credentials can access no tenant (project) with this id" : `${several ? "several tenants (projects) have" : "no tenant (project) has"} this name`;
	const near = isId ? void 0 : nearest(wanted, tenants);
	const meant = near === void 0 || several ? "" : `Did you mean '${near}'? `;
	return new ActionError(`${source} is '${wanted}', but ${is}. These credentials can access: ${listed(tenants.map(shortLabel))}.`, {
		next: several ? "Set the id of one of them." : `${meant}Use one of these names or ids.`,
		cause,
		tellsCause: true
	});
}
/** The id in an address, the name that differs only in case, otherwise the most similar one. */
function nearest(wanted, tenants) {
	const small = wanted.toLowerCase();
	const linked = tenants.find(({ id }) => small.includes(id.toLowerCase()));
	if (linked !== void 0) return linked.id;
	const same = tenants.find(({ name }) => name.toLowerCase() === small);
	if (same !== void 0) return same.name;
	const [near] = nearestWords(small, tenants.map(({ name }) => name.toLowerCase()));
	return tenants.find(({ name }) => name.toLowerCase() === near)?.name;
}
function noTenant() {
	return new ActionError("These credentials have no access to any tenant (project).", { next: "Check that the user of 'client-id' is a member of one." });
}
/**
* All instances with exactly this name in the tenant: Aura allows several. A create needs a certain
* answer, so no unreadable entry of the list may have the name.
*
* @throws ActionError if one has; RequestError if Aura refuses.
*/
async function findByName(session, tenantId, name) {
	const unreadable = [];
	const all = await session.client.listInstances(tenantId, (entry) => unreadable.push(entry));
	const odd = unreadable.find((entry) => entry.name === name && (entry.tenantId ?? tenantId) === tenantId);
	if (odd === void 0) return withName(all, tenantId, name);
	throw new ActionError(`Could not look for instance '${name}': Aura's list of instances contains one with this name that cannot be read: ${odd.description}.`, { next: "Look at it in the Aura console, or set another 'name'." });
}
function withName(all, tenantId, name) {
	return all.filter((instance) => instance.name === name && instance.tenantId === tenantId);
}
/**
* Finds all instances that a target may mean: the one with its id, or those with its name.
*
* @returns the tenant is undefined if only an id is set.
* @throws ActionError for the tenant; RequestError if Aura refuses.
*/
async function locateAll(session, { id, name, sealed }) {
	if (id !== void 0) {
		const tenantId = session.guard.tenant.wanted !== void 0 ? await resolveTenant(session) : void 0;
		const createdAt = sealed?.createdAt;
		return {
			meant: [{
				id,
				name,
				tenantId: tenantId ?? sealed?.tenantId,
				createdAt
			}],
			tenantId
		};
	}
	const tenantId = await resolveTenantToSearch(session);
	const found = withName(await listInstances(session, tenantId), tenantId, name);
	if (found.length === 0) await assertTenantVisible(session, tenantId);
	return {
		meant: found,
		tenantId
	};
}
/** @throws ActionError for a tenant without access; RequestError if Aura refuses. */
async function listInstances(session, tenantId) {
	try {
		return await session.client.listInstances(tenantId);
	} catch (error) {
		throw await namingTenants(session, error);
	}
}
/**
* Finds the one instance that a target means.
*
* @returns undefined if no instance has its name.
* @throws ActionError if several have it, or for the tenant; RequestError if Aura refuses.
*/
async function locate(session, target) {
	const { meant } = await locateAll(session, target);
	if (meant.length > 1) {
		const ids = meant.map(({ id }) => id).join(", ");
		throw new ActionError(`Several instances are named '${target.name ?? ""}': ${ids}.`, { next: "Set 'instance-id' to one of them." });
	}
	return meant[0];
}
/**
* Finds and reads the one instance that a target means, and opens its entry in the ledger.
*
* @throws ActionError if it does not exist, if several have the name, or if it is not the one
*   requested; RequestError if Aura refuses.
*/
async function readTarget(session, target) {
	const meant = await locate(session, target);
	if (meant === void 0) throw notFound(session, target);
	const instance = await readAs(session, meant, target);
	if (instance === void 0) throw target.id === void 0 ? stillListed(session, meant) : notFound(session, target);
	session.guard.expect(meant, instance);
	session.ledger.open([meant]);
	session.ledger.saw(instance);
	return {
		instance,
		meant
	};
}
/**
* Reads a found instance once more, right before a change that cannot be undone.
*
* @throws ActionError if it is not the intended one any more; RequestError if Aura refuses.
*/
async function readAgain(session, { meant }) {
	const instance = await readInstance(session, meant);
	if (instance === void 0) throw new ActionError(`Could not ${session.ledger.task()}: it was deleted in the meantime.`);
	session.guard.expect(meant, instance);
	session.ledger.saw(instance);
	return {
		instance,
		meant
	};
}
/** Names the instance in a failure; if Aura refuses access to one of another account, that account. */
async function readAs(session, meant, { sealed }) {
	try {
		return await readInstance(session, meant);
	} catch (error) {
		const told = inWords(session.ledger.task(meant), error);
		if (!(error instanceof RequestError && error.status === 403) || sealed?.owner === void 0) throw told;
		const { message, cause } = told;
		const text = `${message} The 'sealed-credentials' were sealed by ${sealed.owner.sealer}.`;
		throw new ActionError(text, { cause });
	}
}
function stillListed({ ledger }, { id, name }) {
	return new ActionError(`Could not ${ledger.task({
		id,
		name
	})}: Aura still lists it, but answers 404 for it. It was probably deleted a moment ago.`, { next: "Try again later." });
}
/** Something else than a name in `name`. */
function hintFor(name) {
	if (/[*?]/.test(name)) return " 'name' is exact; 'name-pattern' selects the instances whose names match a pattern.";
	return /^[0-9a-f]{8}$/i.test(name) ? " It has the form of an id: to use an id, set 'instance-id' instead." : "";
}
/** The error for a target that does not exist. */
function notFound({ ledger }, { id, name, sealed, ...target }) {
	if (sealed?.owner !== void 0) {
		const { sealer, asker } = sealed.owner;
		return new ActionError(`Could not ${ledger.task({ id })}: ${asker} does not find it. The 'sealed-credentials' were sealed by ${sealer}.`, { next: "Set 'client-id', 'client-secret' and 'api-url' to those that they were sealed with; the instance may also have been deleted." });
	}
	if (id !== void 0) return new ActionError(`Could not ${ledger.task({ id })}: Aura has no instance with this id.`, { next: "Check 'instance-id'; the instance may have been deleted." });
	const fromEvent = "fromEvent" in target && target.fromEvent;
	return new ActionError(`Could not ${ledger.task({ name })}: the tenant has no instance with this name.`, { next: fromEvent ? "Inputs 'instance-id' and 'name' are both empty or not set, so the name is built from the event. Set one of them, or check 'tenant'." : `Check 'name' and 'tenant'.${hintFor(name)}` });
}
/** How long it may take until Aura lists a new instance. */
const searchMilliseconds = 9e4;
/** `Date` has whole seconds, and Aura's gateway and database have different clocks. */
const toleranceMilliseconds = 2e3;
/** How long after the POST Aura may create the instance. */
const slownessMilliseconds = 1e4;
/**
* Looks for the instance of a create whose response was lost. Its id did not have the name before,
* and Aura created it around the time of the POST, by Aura's own clock. Aura may list it with a
* delay, so the search continues for a while.
*
* It cannot distinguish two steps that create the same name within 10 seconds.
*
* @returns undefined if no new instance has the name.
* @throws ActionError if this cannot be determined, or if this step may not have created a new
*   instance with the name; the error names what was found. RequestError if Aura refuses.
*/
async function findNew(session, attempt) {
	const { client, patience } = session;
	const firstAnswer = client.serverClock.watch();
	const end = patience.clock.now() + searchMilliseconds;
	const look = () => findByName(session, attempt.tenantId, attempt.name);
	return inPhase(session, `Checking whether instance '${attempt.name}' was created`, async ({ note, beat }) => poll(patience, {
		first: { reading: await look() },
		read: look,
		judge: (same) => {
			const fresh = same.filter(({ id }) => !attempt.knownIds.includes(id));
			if (fresh.length > 0) return done(theOneFrom(fresh, attempt, firstAnswer()));
			if (patience.clock.now() >= end) return done(void 0);
			note("not listed by Aura");
			return again();
		},
		overdue: () => {
			throw new ActionError("Too little time was left to look for it, because Aura's lists can lag. Increase 'timeout'.");
		},
		tolerance: createTolerance(patience),
		beat
	}));
}
/** @throws {@link ActionError} if it is not certain that this step created it. */
function theOneFrom(fresh, attempt, firstAnswerAt) {
	const ids = fresh.map(({ id }) => id).join(", ");
	const [only, ...more] = fresh;
	if (only === void 0 || more.length > 0) throw new ActionError(`Several new instances have this name: ${ids}. None was deleted.`);
	if (!isFrom(only, attempt, firstAnswerAt)) throw new ActionError(`Instance ${ids} is new and has the name, but its time of creation does not show that this step created it. It was not deleted.`);
	return only;
}
/** Whether one of the POSTs created an instance, by the creation time from Aura. */
function isFrom({ createdAt }, { postedAt }, firstAnswerAt) {
	if (createdAt === void 0 || firstAnswerAt === void 0) return false;
	if (createdAt > firstAnswerAt + toleranceMilliseconds) return false;
	return postedAt.some((at) => at !== null && createdAt >= at - toleranceMilliseconds && createdAt <= at + slownessMilliseconds);
}
/**
* While Aura lists the instance but does not return it by id, it is not possible to know whether it
* is deleted.
*/
function listedOnly() {
	return new ActionError("Aura lists the instance, but answers 404 for it.");
}
/**
* The final statuses. Every other status, known or not, counts as transitional: Aura has returned
* statuses that its specification does not list. Source: Aura API v1 specification.
*/
const settled = /* @__PURE__ */ new Set([
	"running",
	"paused",
	"suspended",
	"loading failed"
]);
/** A status in the spelling that comparisons use. */
function normalizeStatus(status) {
	return status.trim().toLowerCase();
}
/** Whether an instance with this (normalized) status no longer changes automatically. */
function isSettled(status) {
	return settled.has(status);
}
/** Source: Aura API v1 specification; `resizing` from a client's tests. */
const busy = /* @__PURE__ */ new Set([
	"creating",
	"loading",
	"overwriting",
	"pausing",
	"restoring",
	"resizing",
	"resuming",
	"suspending",
	"updating"
]);
/**
* Whether Aura is known to refuse a deletion in this (normalized) status, because an operation is
* in progress. An unknown status is not included: Aura decides.
*/
function isBusy(status) {
	return busy.has(status);
}
/** Whether an instance with this (normalized) status is being deleted. */
function isGoing(status) {
	return status === "destroying" || status === "deleting";
}
/**
* Why an instance with this (normalized) status will never reach `running` or `paused`; undefined
* if it still can.
*/
function deadEnd(status) {
	switch (status) {
		case "loading failed": return "its data could not be loaded";
		case "destroying":
		case "deleting": return "it is being deleted";
		case "suspending":
		case "suspended": return "Aura has suspended it";
		default: return;
	}
}
/** The goal of a wait for a status of an existing instance. */
function statusGoal(status) {
	return {
		name: status,
		isReached: (instance) => instance.status === status,
		isReachedByGone: false,
		deadEnd
	};
}
/** The goal of a wait for the first status that is not transitional, suspension included. */
const settledGoal = {
	name: "settled",
	isReached: ({ status }) => isSettled(status) && status !== "loading failed",
	isReachedByGone: false,
	deadEnd: (status) => status === "suspending" ? void 0 : deadEnd(status)
};
/** The goal of a wait for the end of a deletion. */
const deletedGoal = {
	name: "deleted",
	isReached: () => false,
	isReachedByGone: true,
	deadEnd: () => void 0
};
/**
* Waits for a goal, logs each change of status and records it in the ledger. At each read it checks
* that this is still the intended instance.
*
* @returns the instance, or undefined if the goal was its deletion.
* @throws {@link ActionError} that says what still exists and what to do.
*/
async function awaitGoal(session, meant, { what, goal, from, now = false, notBefore, shown, change, afterJob = false }) {
	const { client, patience } = session;
	const look = goal.isReachedByGone ? () => client.getInstance(meant.id, "poll") : watch(session, meant, shown);
	return inPhase(session, describeGoal(what, goal), async (progress) => {
		const wait = openWait(session, meant, {
			what,
			goal,
			from,
			change,
			afterJob,
			progress
		});
		if (from !== void 0) progress.note(from);
		try {
			return await poll(patience, {
				read: () => look(),
				judge: wait.judge,
				overdue: (trouble) => {
					throw wait.overdue(trouble);
				},
				tolerance: createTolerance(patience),
				...now && { first: "now" },
				notBefore,
				beat: progress.beat
			});
		} catch (error) {
			throw wait.inWords(error);
		}
	});
}
function describeGoal(what, goal) {
	const { name, also = "" } = goal;
	return isSettling(goal) ? `Waiting until no operation is in progress for ${what}` : `Waiting for ${what} to become '${name}'${also}`;
}
/** This goal is no status that a user knows. */
function isSettling({ name }) {
	return name === settledGoal.name;
}
/** Begins a wait; whoever calls it reads the instance and ends the wait. */
function openWait(session, meant, { what, goal, from, seen, change, afterJob = false, progress = progressOf(session) }) {
	const wait = startWait(session, {
		id: meant.id,
		what,
		isChange: change !== void 0,
		afterJob
	}, {
		from,
		seen,
		progress
	});
	return {
		judge: (sight) => {
			if (typeof sight === "string" && goal.isReachedByGone) {
				progress.end("deleted");
				return done(void 0);
			}
			if (sight === "gone") throw wait.gone();
			if (typeof sight === "object") session.guard.expect(meant, sight, change?.afterwards);
			const status = typeof sight === "string" ? void 0 : sight.status;
			const isReached = typeof sight === "object" && goal.isReached(sight);
			wait.note(status, isReached);
			if (isReached) return done(sight);
			const why = status === void 0 ? void 0 : goal.deadEnd(status);
			if (status !== void 0 && why !== void 0) throw wait.deadEnd(status, why);
			return again();
		},
		overdue: (trouble) => wait.overdue(goal, trouble),
		inWords: (error) => inWords(isSettling(goal) ? `wait until no operation is in progress for ${what}` : `wait for ${what} to become '${goal.name}'`, error)
	};
}
function startWait(session, subject, { from, seen, progress }) {
	const { id, what, isChange } = subject;
	/** The last recorded status; null before the first read. */
	let noted = seen ?? null;
	let known = seen ?? from;
	let isShown = seen !== void 0;
	const givenUp = (why, next) => new ActionError(`Gave up on ${what} after ${progress.elapsed()}: ${why}.`, { next });
	return {
		note: (status, isLast) => {
			if (status === noted) return;
			noted = status;
			known = status ?? known;
			isShown ||= status !== void 0;
			if (status !== void 0) session.ledger.status(id, status);
			progress[isLast && seen === void 0 ? "end" : "note"](status ?? "not shown by Aura yet");
		},
		gone: () => {
			const next = !isShown && !isChange ? `Aura has never shown it. Check the id, or look for the instance in the Aura console and ${removeIt(id)}.` : "Check what else may have deleted it.";
			return givenUp("Aura has no instance with this id", next);
		},
		deadEnd: (status, why) => {
			const next = isGoing(status) ? "Another process requested this; nothing is left to do." : `The instance still exists: look at it in the Aura console${otherwise(subject)}.`;
			return givenUp(`its status is '${status}' (${why})`, next);
		},
		overdue: (goal, trouble) => {
			const { clock, begin } = session.patience;
			const last = known === void 0 ? "no status was seen" : `its last status was '${known}'`;
			const missed = notReached(goal, formatDuration(clock.now() - begin));
			const failed = `${capitalized(what)} ${missed}; ${last}${saidOf(trouble)}.`;
			return new ActionError(failed, {
				next: atDeadline(goal, known, subject),
				cause: trouble
			});
		}
	};
}
/** What was awaited in vain, and how long. */
function notReached(goal, waited) {
	const limit = `after ${waited} (input 'timeout')`;
	return isSettling(goal) ? `still had an operation in progress ${limit}` : `was not '${goal.name}'${goal.also ?? ""} ${limit}`;
}
/** What to do next when the time is up. */
function atDeadline(goal, known, subject) {
	const { id, isChange } = subject;
	const goesOn = goal.isReachedByGone && known !== void 0 && isGoing(known);
	if (isChange || goesOn) return `Aura continues ${goesOn ? "to delete it" : "with the change"}: wait for its end with operation 'poll', instance-id '${id}' and 'wait-for: ${goal.name}', or increase 'timeout'.`;
	if (subject.afterJob) return "The instance still exists, and it will be deleted when this job ends: increase 'timeout'.";
	return known === void 0 ? `Aura has not shown this instance so far. Check the id, or increase 'timeout'; ${removeIt(id)}.` : `The instance still exists: increase 'timeout' and run operation 'poll' on it${otherwise(subject)}.`;
}
/** How to delete the instance, unless that would be wrong or is not needed. */
function otherwise({ id, isChange, afterJob }) {
	if (afterJob) return ". It will be deleted when this job ends";
	return isChange ? "" : `, or ${removeIt(id)}`;
}
function removeIt(id) {
	return `delete it with operation 'delete' and instance-id '${id}' if no other job uses it`;
}
/**
* Deletes one instance and waits for it. It reads the instance right before, so that it
* deletes the intended one, and waits if it is busy. An instance that does not exist is a success.
*
* @returns whether Aura returned it.
* @throws ActionError if it is protected or not the intended one; RequestError if Aura refuses.
*/
async function removeInstance(session, meant, { wait, read }) {
	const { instance } = read ?? { instance: await readInstance(session, meant) };
	if (instance === void 0) {
		noteAbsent(session, meant);
		return "absent";
	}
	if (await requestRemoval(session, meant, {
		instance,
		wait
	}) === "waiting") {
		const what = label(instance);
		const from = session.ledger.resultOf(meant.id)?.status ?? "destroying";
		await awaitGoal(session, { id: meant.id }, {
			what,
			goal: deletedGoal,
			from
		});
		noteDeleted(session, instance);
	}
	return "found";
}
/** Records that an instance does not exist. */
function noteAbsent({ ledger, report }, { id }) {
	ledger.status(id, "deleted");
	report.info(`Instance ${id} does not exist; nothing to delete.`);
}
/** Records that an instance is deleted. @param elapsed how long it took, if the step has waited. */
function noteDeleted(session, instance, elapsed) {
	session.ledger.status(instance.id, "deleted");
	tell(session, instance, {
		is: "is ",
		what: `deleted${elapsed === void 0 ? "" : `, after ${elapsed}`}.`
	});
}
/** A line about an instance; its name is in front of it already if there are several. */
function tell({ report, alongside }, instance, { is, what }) {
	report.info(alongside === true ? what : `${capitalized(label(instance))} ${is}${what}`);
}
/**
* Sends the DELETE for one instance; no other code does. It waits until the instance is no longer
* busy, and deletes its stored credentials.
*
* @returns `waiting` if the caller must wait for the end of the deletion.
* @throws ActionError if it is protected or not the intended one; RequestError if Aura refuses.
*/
async function requestRemoval(session, meant, { instance, wait, whyKept }) {
	const { report, guard, ledger, store } = session;
	const { id } = meant;
	guard.expect(meant, instance);
	guard.assertUnprotected(instance.name);
	ledger.saw(instance);
	const what = label(instance);
	if (guard.dryRun) {
		if (session.alongside === true) report.info("would be deleted.");
		else report.notice(`Dry run: would delete ${what}.`);
		return "ended";
	}
	const outcome = await sendDelete(session, meant, {
		instance,
		whyKept
	});
	if (typeof outcome === "object") {
		tell(session, instance, {
			is: "is ",
			what: `kept: ${outcome.kept}.`
		});
		return "ended";
	}
	if (outcome === "accepted") ledger.changed(id, "destroying");
	if (outcome === "going") ledger.status(id, "destroying");
	await store.remove(instance.name, {
		scope: instance.tenantId,
		id
	});
	if (outcome === "going") tell(session, instance, {
		is: "is ",
		what: "already being deleted."
	});
	if (outcome === "accepted") {
		if (session.alongside === true) report.info("destroying.");
		else if (!wait) report.info(`Aura has accepted the request to delete ${what}.`);
	}
	if (outcome !== "gone") return wait ? "waiting" : "ended";
	noteDeleted(session, instance);
	return "ended";
}
/**
* Deletes an instance, or waits if another process deletes it. Aura refuses while another operation
* is in progress, so the DELETE is sent after it; if the operation does not end in time, the DELETE
* is sent once before giving up.
*/
async function sendDelete(session, meant, { instance, whyKept }) {
	return inPhase(session, `Waiting until ${label(instance)} can be deleted`, ({ note, beat }) => {
		const removal = createRemoval(session, meant, {
			instance,
			whyKept,
			say: note
		});
		return poll(session.patience, {
			...removal,
			beat
		});
	});
}
/** How {@link sendDelete} polls. */
function createRemoval(session, meant, { instance, whyKept, say }) {
	const { client, patience, guard } = session;
	const { id } = instance;
	let refusal;
	/** @param force sends the DELETE to a busy instance too. */
	const judge = async (now, force = false) => {
		if (typeof now === "string") return done("gone");
		if (isGoing(now.status)) return done("going");
		guard.expect(meant, now);
		if (!(isBusy(now.status) && !force)) {
			const kept = await whyKept?.(now, now !== instance);
			if (kept !== void 0) return done({ kept });
			const answer = await ask(session, id);
			if (!(answer instanceof RequestError)) return done(answer);
			refusal = answer;
		}
		const why = refusal?.message ?? `its status is '${now.status}'`;
		if (force) throw stillBusy(session, instance, why);
		say(`busy: ${why}`);
		return again(isBusy(now.status) ? 1 : 2);
	};
	return {
		first: { reading: instance },
		read: () => client.getInstance(id, "poll"),
		judge,
		overdue: async () => {
			const verdict = await judge(await client.getInstance(id), true);
			return "result" in verdict ? verdict.result : "gone";
		},
		tolerance: createTolerance(patience)
	};
}
function stillBusy({ patience }, instance, why) {
	const waited = formatDuration(patience.clock.now() - patience.begin);
	return new ActionError(`Could not delete ${label(instance)}: ${why} after ${waited}.`, { next: "The instance still exists: try again, or increase 'timeout'." });
}
/** The result of one DELETE, or Aura's answer that the instance is busy. */
async function ask({ client }, id) {
	try {
		return await client.deleteInstance(id) === "accepted" ? "accepted" : "gone";
	} catch (error) {
		if (error instanceof RequestError && error.status === 409) return error;
		throw error;
	}
}
/**
* Whether `pattern` matches all of `text`: `*` matches any text and `?` any one character. It does
* not use a regular expression, which would take forever with many stars.
*/
function matchesGlob(pattern, text) {
	const wanted = Array.from(pattern);
	const given = Array.from(text);
	let at = 0;
	/** The last star, and the position after the text that it matches. */
	let star = -1;
	let resume = 0;
	for (let position = 0; position < given.length;) if (wanted[at] === "*") {
		star = at;
		resume = position;
		at += 1;
	} else if (wanted[at] === "?" || wanted[at] === given[position]) {
		at += 1;
		position += 1;
	} else if (star >= 0) {
		resume += 1;
		position = resume;
		at = star + 1;
	} else return false;
	return wanted.slice(at).every((character) => character === "*");
}
/**
* The same, but ignores case, so that no protected name is missed: `stra?e` and `STRASSE` both
* match `Straße`, and a letter with an accent matches in both of its Unicode forms.
*/
function matchesGlobInAnyCase(pattern, text) {
	return foldings.some((fold) => matchesGlob(fold(pattern), fold(text)));
}
const foldings = [(text) => text.normalize("NFC").toLowerCase(), (text) => text.normalize("NFC").toUpperCase().toLowerCase()];
/** What was read is not the instance that is meant. */
var OtherInstanceError = class extends ActionError {};
/** The guard of a step. */
function createGuard({ dryRun, tenant, protectedNames, maxDeletions }) {
	const protectingPattern = (name) => protectedNames.find((pattern) => matchesGlobInAnyCase(pattern, name));
	return {
		dryRun,
		tenant,
		expect: assertMeant,
		protectingPattern,
		assertUnprotected: (name, what = "deleted") => {
			const pattern = protectingPattern(name);
			if (pattern === void 0) return;
			throw new ActionError(`Instance '${name}' is protected: its name matches '${pattern}' of input 'protected-names'. Nothing was ${what}.`, { next: "Remove the pattern from 'protected-names' only if nobody needs the instance." });
		},
		assertFew: (instances) => {
			if (instances.length <= maxDeletions) return;
			throw new ActionError(`This would delete ${instances.length} instances (${listed(instances)}), more than 'max-deletions: ${maxDeletions}'. Nothing was deleted.`, { next: "Check the instances, and increase 'max-deletions' only if nobody needs them." });
		}
	};
}
function assertMeant({ name, tenantId }, read, advice = "It was not changed; check the inputs.") {
	if (name !== void 0 && read.name !== name) throw new OtherInstanceError(`Instance ${read.id} is named '${read.name}', not '${name}'. ${advice}`);
	if (tenantId !== void 0 && read.tenantId !== tenantId) throw new OtherInstanceError(`Instance ${read.id} belongs to tenant ${read.tenantId}, not to ${tenantId}. ${advice}`);
}
const mostCauses = 10;
/**
* The lines below an annotation: the service's id for each request of the chain, and what a cause
* adds to the texts before it.
*/
function causes(error) {
	const lines = [];
	let told = asError(error).message;
	let current = error;
	let isToldByLast = false;
	for (let count = 0; current instanceof Error && count < mostCauses; count += 1) {
		const { message } = current;
		const adds = !isToldByLast && !isTold(current, told);
		if (current instanceof RequestError) {
			if (current === error && current.requestId === void 0) lines.push(`For support: ${current.request}`);
			else lines.push(...describeRequest(current, adds));
		} else if (adds) lines.push(`Caused by: ${message}`);
		told += `\n${message}`;
		isToldByLast = current instanceof ActionError && current.tellsCause;
		current = current.cause;
	}
	return lines;
}
function describeRequest({ request, message, requestId }, adds) {
	const id = requestId === void 0 ? void 0 : `request id ${requestId}`;
	if (adds) return [`Caused by: ${request}: ${message}${id === void 0 ? "" : ` (${id})`}`];
	return id === void 0 ? [] : [`For support: ${request}, ${id}`];
}
/** The text of an error of the system repeats its code and an address. */
function isTold(error, told) {
	if (told.includes(error.message)) return true;
	if (error instanceof RequestError) {
		const { answer, unreachable = "" } = error;
		return told.includes(answer === void 0 ? `(${unreachable})` : `answered ${answer}`);
	}
	const code = "code" in error ? error.code : void 0;
	return typeof code === "string" && code !== "" && told.includes(code);
}
/**
* Groups that are always closed and never nested, because the runner knows neither: a group begins
* with its first line, and ends before a line outside or of another group.
*/
function createGroups({ begin, end }) {
	const stack = [];
	let open;
	const outside = () => {
		if (open !== void 0) end();
		open = void 0;
	};
	return {
		outside,
		inside: () => {
			const current = stack.at(-1);
			if (current === open) return;
			outside();
			if (current === void 0) return;
			begin(current.title);
			open = current;
		},
		group: async (title, work) => {
			const mine = { title };
			stack.push(mine);
			try {
				return await work();
			} finally {
				stack.splice(stack.indexOf(mine), 1);
				if (open === mine) outside();
			}
		}
	};
}
/** Calls `usual` so many times, and `further` after that. */
function atMost(times, usual, further) {
	let calls = 0;
	return (text) => {
		calls += 1;
		(calls <= times ? usual : further)(text);
	};
}
const external_node_fs_namespaceObject = /*#__PURE__*/ process.getBuiltinModule("node:fs");
const longestLabel = 40;
/** These begin a statement of the chart's language. Source: mermaid's grammar of a gantt chart. */
const statement = /^(?:gantt|dateformat|axisformat|tickinterval|section|title|click|call|href|(?:ex|in)cludes|todaymarker|topaxis|week(?:day|end)|inclusiveenddates|acc(?:title|descr)|\d{4}-\d\d-\d\d)/i;
/**
* A mermaid chart. Its times are seconds since the first phase: a browser would show minutes in its
* own time zone. What happens at the very end is a milestone, which has no duration.
*/
function renderTimeline({ phases, end }, clean) {
	const begin = phases[0]?.from ?? end;
	return [
		"```mermaid",
		"%%{init: {\"gantt\": {\"leftPadding\": 16, \"rightPadding\": 80}}}%%",
		"gantt",
		"    dateFormat x",
		"    axisFormat %s s",
		"    todayMarker off",
		...phases.map(({ label, from }, index) => {
			const to = phases[index + 1]?.from ?? end;
			const text = labelText(clean(label));
			const isLast = index === phases.length - 1;
			if (isLast && to - from < 1e3) return `${text} :milestone, ${from - begin}, 0ms`;
			const state = isLast ? "done" : "active";
			return `${text} - ${formatDuration(to - from)} :${state}, ${from - begin}, ${to - begin}`;
		}).map((task) => `    ${task}`),
		"```"
	].join("\n");
}
function labelText(label) {
	const text = safe(label) || "-";
	return statement.test(text) ? `status ${text}` : text;
}
/** Only characters that have no meaning in the chart's language. */
function safe(text) {
	return oneLine(text.replace(/[^A-Za-z0-9 ().-]/g, "-").slice(0, longestLabel));
}
/** GitHub refuses a larger summary of a step; 1 KiB is left for the last lines. */
const mostBytes = 1047552;
/** Tables leave so much room for the text after them. */
const textBytes = 16384;
const mostRows = 200;
/**
* Appends a section to the file of the job summary. It never waits and never opens anything but a
* regular file.
*
* @param file `GITHUB_STEP_SUMMARY`.
* @param clean prepares text from outside.
* @throws the error of the file system.
*/
function appendSection(file, section, clean) {
	const { O_APPEND, O_NONBLOCK, O_WRONLY } = external_node_fs_namespaceObject.constants;
	const descriptor = (0, external_node_fs_namespaceObject.openSync)(file, O_WRONLY | O_APPEND | orNothing(O_NONBLOCK));
	try {
		const found = (0, external_node_fs_namespaceObject.fstatSync)(descriptor);
		if (!found.isFile()) throw new Error("it is not a regular file");
		const text = renderSection(section, {
			clean,
			room: mostBytes - found.size
		});
		if (text === "") throw new Error("it has no room left for more text");
		(0, external_node_fs_namespaceObject.writeFileSync)(descriptor, text);
	} finally {
		(0, external_node_fs_namespaceObject.closeSync)(descriptor);
	}
}
/** On Windows the constant is undefined. */
function orNothing(flag) {
	return flag ?? 0;
}
/** The markdown of a section; empty if there is no room for it. */
function renderSection({ title, blocks }, { clean, room = mostBytes }) {
	const paper = new Paper(clean, room);
	if (title !== void 0 && !paper.add(`### ${renderInline(title, clean)}`)) return "";
	for (const block of blocks) paper.block(block);
	return paper.text();
}
/** Paragraphs, as long as there is room. */
var Paper = class {
	#clean;
	#paragraphs = [];
	#room;
	constructor(clean, room) {
		this.#clean = clean;
		this.#room = room;
	}
	text() {
		return this.#paragraphs.map((paragraph) => `${paragraph}\n\n`).join("");
	}
	/** @returns whether there was room for it. */
	add(paragraph) {
		const bytes = Buffer.byteLength(paragraph) + 2;
		if (bytes > this.#room) return false;
		this.#room -= bytes;
		this.#paragraphs.push(paragraph);
		return true;
	}
	block(block) {
		if ("text" in block) this.add(this.#inline(block.text));
		else if ("quote" in block) this.add(block.quote.map((text) => `> ${this.#inline(text)}`).join("\n>\n"));
		else if ("table" in block) this.#table(block.table);
		else if ("timeline" in block) this.add(renderTimeline(block.timeline, this.#clean));
		else if ("section" in block) this.#section(block.section);
		else this.#details(block.details.title, block.details.blocks);
	}
	#section({ title, blocks }) {
		if (title !== void 0) this.add(`#### ${this.#inline(title)}`);
		for (const block of blocks) this.block(block);
	}
	#details(title, blocks) {
		const end = "</details>";
		this.#room -= 12;
		const begun = this.add(`<details><summary>${title}</summary>`);
		if (begun) for (const block of blocks) this.block(block);
		this.#room += 12;
		if (begun) this.add(end);
	}
	/** A table without any of its rows would say that there is nothing. */
	#table({ header, rows, numbers = [] }) {
		const lines = [line(header.map((cell) => this.#cell(cell))), line(header.map((_, index) => numbers.includes(index) ? "---:" : ":---"))];
		let bytes = Buffer.byteLength(lines.join("\n")) + textBytes;
		for (const row of rows.slice(0, mostRows)) {
			const next = line(header.map((_, index) => this.#cell(row[index] ?? [])));
			bytes += Buffer.byteLength(next) + 1;
			if (bytes > this.#room) break;
			lines.push(next);
		}
		const shown = lines.length - 2;
		if (shown === 0 && rows.length > 0) return;
		this.add(lines.join("\n"));
		if (shown < rows.length) this.add(`and ${rows.length - shown} more`);
	}
	#inline(inline) {
		return renderInline(inline, this.#clean);
	}
	#cell(inline) {
		return renderInline(inline, this.#clean, "cell");
	}
};
function line(cells) {
	return `| ${cells.join(" | ")} |`;
}
/** A runner file that could not be written; the message says which value is lost. */
var RunnerFileError = class extends Error {
	name = "RunnerFileError";
};
/** GitHub shows ten annotations of a kind for a step; the tenth warning may be the post step's. */
const mostWarnings = 9;
/** A report to the runner through @actions/core. */
function createReport(rules) {
	const secrets = /* @__PURE__ */ new Set();
	const scrubbed = (text) => scrub(text, secrets);
	const clean = (text) => shorten(showInvisible(neutralize(scrubbed(text))));
	const mask = createMask(secrets);
	const { error: annotate, ...log } = createLog(rules.title, clean);
	return {
		...log,
		mask,
		outputs: createOutputs(rules, mask, scrubbed),
		exportEnv: (variables) => {
			for (const [name, value] of Object.entries(variables)) report_exportVariable(name, secrets.has(value) ? value : scrubbed(value));
		},
		saveState: report_saveState,
		saveWarning: (key, text) => {
			report_saveState(key, escapeCommandData(clean(text)));
		},
		summary: (section) => {
			const problem = writeSummary(section, scrubbed);
			if (problem !== void 0) debug(clean(problem));
		},
		failure: (error, what = "step failed") => {
			const message = clean(asError(error).message);
			process.exitCode = ExitCode.Failure;
			annotate(message, `${rules.title}: ${what}`);
			for (const line of causes(error)) log.info(line);
			if (isDebug() && error instanceof Error) debug(clean(error.stack ?? ""));
			return message;
		}
	};
}
/**
* Writes lines, groups and annotations.
*
* @param title of a notice.
*/
function createLog(title, clean) {
	const { inside, outside, group } = createGroups({
		begin: (name) => {
			startGroup(clean(name));
		},
		end: endGroup
	});
	const info = (text) => {
		inside();
		core_info(clean(text));
	};
	const warn = (text) => {
		outside();
		warning(clean(text));
	};
	const notice = (text) => {
		outside();
		core_notice(clean(text), { title });
	};
	return {
		group,
		info,
		debug: (text) => {
			debug(clean(text));
		},
		warning: atMost(mostWarnings, warn, (text) => {
			info(`Warning: ${text}`);
		}),
		notice: atMost(1, notice, info),
		error: (message, name) => {
			outside();
			error(message, { title: name });
		}
	};
}
/** @returns why it was not written; undefined if it was. */
function writeSummary(section, scrubbed) {
	const clean = (text) => showInvisible(scrubbed(text));
	const file = process.env["GITHUB_STEP_SUMMARY"];
	if (!file) return "The job summary was not written: GITHUB_STEP_SUMMARY is not set";
	try {
		appendSection(file, section, clean);
		return;
	} catch (error) {
		return `The job summary was not written: ${asError(error).message}`;
	}
}
/** @param secrets receives all forms of each secret. */
function createMask(secrets) {
	const maskLine = (line) => {
		if (line.length < 4 || secrets.has(line)) return;
		for (const form of [line, ...formsUnknownToRunner(line)]) setSecret(form);
		for (const form of formsOf(line)) secrets.add(form);
	};
	return (secret) => {
		const [first = "", ...others] = secret.split(/[\r\n]+/);
		if (others.length === 0) {
			maskLine(first);
			return;
		}
		for (const part of [
			first,
			...others,
			...encodedForms(secret)
		]) maskLine(part.trim());
		for (const form of formsOf(secret)) secrets.add(form);
	};
}
function report_exportVariable(name, value) {
	writing(`variable ${name}`, () => {
		exportVariable(name, value);
	});
}
function report_saveState(key, value) {
	writing("the state of the step", () => {
		saveState(key, value);
	});
}
/** Adds to an error of the file system which value could not be written. */
function writing(what, write) {
	try {
		write();
	} catch (error) {
		throw new RunnerFileError(`Could not write ${what} to the runner's file: ${asError(error).message}`, { cause: error });
	}
}
/**
* The writer of outputs, which writes no value twice.
*
* @param scrubbed removes secrets from a text, because a service may have echoed one.
*/
function createOutputs({ names, secret, verbatim }, mask, scrubbed) {
	const written = /* @__PURE__ */ new Map();
	return (values) => {
		for (const name of secret) mask(values[name]?.toString() ?? "");
		for (const name of names) {
			const text = values[name]?.toString();
			const value = text === void 0 || secret.has(name) || verbatim.has(name) ? text : scrubbed(text);
			if (value === void 0 || value === written.get(name)) continue;
			writing(`output '${name}'`, () => {
				setOutput(name, value);
			});
			written.set(name, value);
		}
	};
}
/** The action in titles, and at the beginning of its log. */
const actionName = "Neo4j Aura";
/** Every output that action.yml declares. */
const outputNames = [
	"operation",
	"skipped",
	"instance-id",
	"name",
	"connection-uri",
	"host",
	"username",
	"password",
	"sealed-credentials",
	"status",
	"tier",
	"region",
	"cloud-provider",
	"memory",
	"tenant",
	"created",
	"changed",
	"snapshot-id",
	"instance",
	"instances"
];
/** A report that derives the output `host` from the URI. */
function createAuraReport() {
	const report = createReport({
		title: actionName,
		names: outputNames,
		secret: /* @__PURE__ */ new Set(["password"]),
		verbatim: /* @__PURE__ */ new Set(["sealed-credentials"])
	});
	return {
		...report,
		outputs: (values) => {
			report.outputs({
				...values,
				host: values.host ?? hostOf(values["connection-uri"])
			});
		}
	};
}
/** Undefined if the URI contains no valid host. */
function hostOf(uri) {
	if (typeof uri !== "string" || !URL.canParse(uri)) return void 0;
	const { hostname } = new URL(uri);
	return hostname === "" ? void 0 : hostname;
}
/** The words of each operation. */
const words_words = {
	create: {
		verb: "create",
		did: "created",
		doing: "is being created",
		already: "reused"
	},
	get: {
		verb: "get",
		did: "read",
		doing: "read",
		already: "read"
	},
	poll: {
		verb: "poll",
		did: "read",
		doing: "read",
		already: "read"
	},
	pause: {
		verb: "pause",
		did: "paused",
		doing: "is being paused",
		already: "already paused",
		end: "paused"
	},
	resume: {
		verb: "resume",
		did: "resumed",
		doing: "is being resumed",
		already: "already running",
		end: "running"
	},
	resize: {
		verb: "resize",
		did: "changed",
		doing: "is being changed",
		already: "already had these values"
	},
	snapshot: {
		verb: "take a snapshot of",
		did: "unchanged",
		doing: "unchanged",
		already: "unchanged"
	},
	restore: {
		verb: "restore",
		did: "restored",
		doing: "is being restored",
		already: "unchanged"
	},
	overwrite: {
		verb: "overwrite",
		did: "overwritten",
		doing: "is being overwritten",
		already: "unchanged"
	},
	delete: {
		verb: "delete",
		did: "deleted",
		doing: "is being deleted",
		already: "kept",
		end: "deleted"
	},
	sweep: {
		verb: "delete",
		did: "deleted",
		doing: "is being deleted",
		already: "kept"
	}
};
/** Whether the operation works on several instances, even if there is only one. */
function isSeveral({ task: { operation, request }, ledger }) {
	if (operation === "sweep" || ledger.entries().length > 1) return true;
	return "several" in request && request.several !== void 0;
}
/** Whether the step changes nothing, because the input `dry-run` says so. */
function isDryRun({ task: { operation }, settings }) {
	return settings.guard.dryRun && operation !== "get" && operation !== "poll";
}
/** Whether the change of an instance has ended, or the step does not wait for that. */
function isDone(facts, { changed, error, status }) {
	const { end } = words_words[facts.task.operation];
	return changed && error === void 0 && (endsEarly(facts) || end === void 0 || status === end);
}
/** Whether the step ends before the change does. */
function endsEarly({ task: { request } }) {
	return "wait" in request && !request.wait;
}
/** More lines are only in the log. */
const mostLines = 20;
const troubleshooting = new URL("https://github.com/aura-action/aura-action/blob/main/docs/troubleshooting.md");
/**
* What happened, and what to do next.
*
* @param task what the heading says already.
*/
function describeFailure(failure, task) {
	const { happened: full, next } = failure instanceof ActionError ? failure : notOurs(failure);
	return [{ quote: withoutTask(full, task).split("\n").filter((line) => line.trim() !== "").slice(0, mostLines).map((line) => prose(line)) }, ...next === void 0 ? [] : [{ text: inline`**What to do next:** ${prose(next)}` }]];
}
/** An error without its beginning, which is said already. */
function withoutTask(message, task) {
	const said = `Could not ${task ?? ""}`;
	if (!message.startsWith(said)) return message;
	const rest = /^(?: \([0-9a-f]{8}\))?: (?<why>[^]+)$/.exec(message.slice(said.length));
	return rest?.groups?.["why"] === void 0 ? message : capitalized(rest.groups["why"]);
}
function notOurs({ message }) {
	return { happened: message };
}
/** What exists after a failure, as far as it is certain. */
function describeRest(facts) {
	const { sent, task, ledger } = facts;
	if (!sent.mayHaveChanged) return [{ text: nothingChanged(task.operation === "create" && ledger.entries().length === 0) }];
	const [entry] = ledger.entries();
	if (entry === void 0) return describeRemoved(facts);
	if (isSeveral(facts) || entry.status === void 0 || entry.status === "deleted") return [];
	return [{ text: inline`**The instance still exists.**` }];
}
/** The instances that a create has deleted, to make room for one that does not exist. */
function describeRemoved({ history }) {
	const removed = history.changedIds().map((id) => {
		const { last, statuses } = history.of(id);
		return inline`${last?.name ?? ""} (${id}), which is ${statuses.at(-1)?.status ?? "unknown"} now`;
	});
	return removed.length === 0 ? [] : [{ text: inline`**Deleted by this step:** ${joined(removed, "; ")}.` }];
}
function nothingChanged(isCreate) {
	return isCreate ? inline`**Nothing was created; nothing is left behind.**` : inline`**Nothing was changed.**`;
}
/** The request that failed, for whoever asks Neo4j about it. */
function failure_describeRequest(failure) {
	const error = requestBehind(failure);
	if (error === void 0) return [];
	const { request, status, requestId } = error;
	return [{ details: {
		title: "For Neo4j support",
		blocks: [{ text: inline`${request}: ${status === void 0 ? inline`no answer` : inline`answer ${String(status)}`}${requestId === void 0 ? inline`` : inline`, request id ${requestId}`}` }]
	} }];
}
function requestBehind(failure) {
	let error = failure;
	for (let depth = 0; error instanceof Error && depth < 10; depth += 1) {
		if (error instanceof RequestError) return error;
		error = error.cause;
	}
}
/** Where the errors of this action are explained. */
function linkToHelp() {
	return markdown_link(inline`Troubleshooting`, troubleshooting);
}
/** The summary of a step that has not begun, because of its inputs or its surroundings. */
function summaryOfNoStart(failure) {
	return {
		title: inline`Neo4j Aura: the step did not start`,
		blocks: [
			...describeFailure(failure),
			{ text: nothingChanged(false) },
			{ text: inline`<sub>${linkToHelp()}</sub>` }
		]
	};
}
/** The errors about the form of any action's inputs; docs have a heading for each. */
const messages = {
	invalid: (name, shown, expected) => `Input '${name}' is '${shown}'; expected ${expected}.`,
	missing: (name, expected) => `Input '${name}' is not set; expected ${expected}.`,
	unevaluated: (name) => `Input '${name}' contains an expression that GitHub has not evaluated. Write it in the workflow itself; in a value that comes from somewhere else, such as a matrix or another input, '$\{{ }}' is only text.`,
	unknown: (name, meant) => `Unknown input '${name}'. ${didYouMean(meant)}`
};
/** A problem, and a sentence that helps to correct it. */
function withHint(problem, hint) {
	return hint === void 0 ? problem : `${problem} ${hint}`;
}
/** Asks whether one of these words was meant. */
function didYouMean(words) {
	return `Did you mean ${words.map((word) => `'${word}'`).join(" or ")}?`;
}
/** A longer text is not a misspelt value. */
const longestMisspelt = 100;
/** In small letters. Only A to Z: in Unicode, letters of other alphabets become Latin ones. */
function lowered(text) {
	return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
/**
* The text as it is typed on a plain keyboard: small letters, without quotes around it, without
* characters that are invisible or only look like others, and with single blanks.
*/
function plainly(text) {
	return lowered(text.normalize("NFKC")).replace(/[\u2010-\u2015\u2212]/g, "-").replace(/\p{Cf}/gu, "").replace(/\s+/g, " ").replace(/^(["'`])(.*)\1$/, "$2").trim();
}
/** A number without the separators of its thousands. */
function withoutSeparators(plain) {
	return plain.replaceAll(/(?<=\d)(?<!\b0)[,._' ](?=\d{3}(?!\d))/g, "").replaceAll(/(?<=\d)_(?=\d)/g, "");
}
/** Two spellings of one value give the same text. */
function spelling_valueOf(parsed) {
	return "value" in parsed ? JSON.stringify(parsed.value) : void 0;
}
/**
* A parser whose refusal names the spelling that was probably meant.
*
* @param guesses possible spellings, the best first; those that the parser refuses are not named, and
*   of several spellings of one value only the first is.
*/
function suggesting(parse, guesses) {
	return (text) => {
		const parsed = parse(text);
		if ("value" in parsed || text.length > longestMisspelt) return parsed;
		const plain = plainly(text);
		const meant = /* @__PURE__ */ new Map();
		for (const guess of [
			...guesses(plain),
			plain,
			plain.replace(/[,;.]+$/, "")
		]) {
			const value = guess === "" ? void 0 : spelling_valueOf(parse(guess));
			if (value !== void 0 && !meant.has(value)) meant.set(value, guess);
		}
		if (meant.size === 0) return parsed;
		const hints = [parsed.hint, didYouMean([...meant.values()])].filter((hint) => hint !== void 0);
		return {
			...parsed,
			hint: hints.join(" ")
		};
	};
}
/** One of a few words, in small or capital letters; each stands for a value. */
function oneOf(choices, { expected, also = [], synonyms = {} } = {}) {
	const byWord = new Map(Object.entries(choices).map(([word, value]) => [lowered(word), value]));
	const words = [...Object.keys(choices), ...also];
	const wanted = expected ?? `one of ${words.join(", ")}`;
	return (text) => {
		const value = byWord.get(lowered(text));
		if (value !== void 0) return { value };
		const meant = likelyWords(plainly(text), words, synonyms);
		return meant.length === 0 ? { expected: wanted } : {
			expected: wanted,
			hint: didYouMean(meant)
		};
	};
}
/** The words that a text stands for, otherwise those with the most similar spelling. */
function likelyWords(plain, words, synonyms) {
	const joined = plain.replaceAll(/[ _]/g, "-");
	const same = Object.keys(synonyms).filter((word) => synonyms[word]?.includes(joined));
	if (same.length > 0) return same;
	const near = nearestWords(joined, words.map(lowered));
	return near.length > 0 ? words.filter((word) => near.includes(lowered(word))) : wordsWithin(joined, words, synonyms);
}
/** Before a word, these say that it is not meant. */
const negation = /(?:^|-)(?:no|not|dont|don't|never|without)(?:-|$)/;
/** The words that a longer text contains, such as `delete` in `delete instance`. */
function wordsWithin(joined, words, synonyms) {
	const text = `-${joined.replaceAll(/[,;:/.()+&]+/g, "-")}-`.replaceAll(/-{2,}/g, "-");
	if (negation.test(joined)) return [];
	const found = words.flatMap((word) => [lowered(word), ...synonyms[word] ?? []].filter((spelling) => spelling.length > 1 && text.includes(`-${spelling}-`)).map((spelling) => ({
		word,
		spelling
	})));
	const whole = found.filter(({ spelling }) => !found.some((other) => other.spelling !== spelling && other.spelling.includes(spelling)));
	return [...new Set(whole.map(({ word }) => word))];
}
/** Any text. */
const parseText = (text) => ({ value: text });
/** A text; `pattern` must match all of it. */
function matching(pattern, expected) {
	return (text) => pattern.test(text) ? { value: text } : { expected };
}
/** `true` or `false`, in small or capital letters. */
const parsers_parseBoolean = oneOf({
	true: true,
	false: false
}, {
	expected: "true or false",
	synonyms: {
		true: [
			"yes",
			"y",
			"on",
			"1",
			"enable",
			"enabled",
			"t"
		],
		false: [
			"no",
			"n",
			"off",
			"0",
			"disable",
			"disabled",
			"f",
			"never",
			"none",
			"null"
		]
	}
});
/** A whole number between two limits, without zeros before it. */
function wholeNumber({ least, most }) {
	const parse = (text) => {
		const value = /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : NaN;
		return value >= least && value <= most ? { value } : { expected: `a whole number of at least ${least} and at most ${most}` };
	};
	return suggesting(parse, (plain) => [withoutSeparators(plain).replace(/^0+(?=\d)/, "")]);
}
/** A whole number of at least 1. */
const parseCount = wholeNumber({
	least: 1,
	most: 999999
});
/** Entries separated by commas or newlines; empty ones are skipped. */
const parseList = (text) => ({ value: text.split(/[,\r\n]/).map((entry) => entry.trim()).filter((entry) => entry !== "") });
/**
* Characters of other kinds of patterns: in a glob they would match nothing, and protect nothing.
*/
const foreignPattern = /[$^!'"`[\]{}()|\\;\u200b\u2060\ufeff\uff0c\uff1b\uff0a\uff1f]|\.\*|^-\s|^\/.*\/$/;
/** Name patterns separated by commas or newlines; only `*` and `?` are special. */
const parsePatterns = (text) => {
	const patterns = parseList(text);
	if (!("value" in patterns)) return patterns;
	const foreign = patterns.value.filter((pattern) => foreignPattern.test(pattern));
	if (foreign.length === 0) return patterns;
	const expected = `names and globs, in which only * and ? are special: ${foreign.map((each) => `'${each}'`).join(", ")} would protect nothing; ? matches any one character`;
	const inner = /^\[(.*)\]$/s.exec(text)?.[1];
	const likely = inner === void 0 ? patterns : parseList(inner);
	const globs = "value" in likely ? likely.value.map(likelyGlob) : [""];
	return globs.some((glob) => glob === "" || foreignPattern.test(glob)) ? { expected } : {
		expected,
		hint: didYouMean([globs.join(", ")])
	};
};
/** The glob that a simple regular expression or a quoted pattern stands for. */
function likelyGlob(pattern) {
	return pattern.normalize("NFKC").replace(/^-\s+/, "").replace(/^\/(.*)\/$/, "$1").replaceAll(/["'`^$\u200b\u2060\ufeff]/g, "").replaceAll(".*", "*").replaceAll(/\s*[;,]\s*/g, ", ");
}
/** Writes the summary of a step that has not begun, because of its inputs or its surroundings. */
function summarizeNoStart(report, failure) {
	if (process.env["GITHUB_STEP_SUMMARY"] && isWanted()) report.summary(summaryOfNoStart(failure));
}
/** Writes why a step has nothing to do. */
function summarizeIdle(report, { skipped, notice }) {
	if (!isWanted()) return;
	const title = skipped ? inline`Neo4j Aura: step skipped` : inline`Neo4j Aura: nothing to do`;
	report.summary({
		title,
		blocks: [{ text: prose(notice) }]
	});
}
/** Writes a line of a post step, which has no session with settings. */
function summarizeLine(report, text) {
	if (isWanted()) report.summary({ blocks: [{ text }] });
}
/** An input that cannot be read, or that is missing, does not turn the summary off. */
function isWanted() {
	const summary = parsers_parseBoolean(getInput("summary"));
	return !("value" in summary) || summary.value;
}
const external_node_path_namespaceObject = /*#__PURE__*/ process.getBuiltinModule("node:path");
/**
* The same transport, which writes a debug line about each request that it sends: never a query, a
* header or a body, which could contain a secret.
*/
function logged(transport, { clock, debug }) {
	return {
		...transport,
		send: async (request, signal) => {
			let begin;
			const sending = () => {
				request.sending?.();
				begin = clock.now();
			};
			const say = (outcome, requestId) => {
				if (begin === void 0) return;
				const took = {
					milliseconds: clock.now() - begin,
					requestId
				};
				debug(`${transport.service.name}: ${logged_describeRequest(nameOf(request), outcome, took)}`);
			};
			try {
				const answer = await transport.send({
					...request,
					sending
				}, signal);
				say(String(answer.status), idOf(answer));
				return answer;
			} catch (error) {
				say("no answer");
				throw error;
			}
		}
	};
}
/** Shorter texts of a response are words that any id may contain. */
const shortestText = 4;
/**
* The id of a response; undefined if it has a part of the body in it. A body can contain a secret,
* and nobody knows about it before the body was read.
*/
function idOf({ requestId, body }) {
	if (requestId === void 0) return void 0;
	return [...body.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([quoted]) => logged_textOf(quoted)).some((text) => text.length >= shortestText && (requestId.includes(text) || text.includes(requestId))) ? void 0 : requestId;
}
/** A text of JSON; as it is if it cannot be read. */
function logged_textOf(quoted) {
	try {
		const value = JSON.parse(quoted);
		return String(value);
	} catch {
		return quoted.slice(1, -1);
	}
}
/**
* A request for the debug log: `GET /v1/tenants: 200 in 85 ms (request id 1a2b)`.
*
* @param name method and path.
* @param outcome the status of the response, if there was one.
*/
function logged_describeRequest(name, outcome, { milliseconds, requestId }) {
	return `${name}: ${outcome} in ${milliseconds} ms${requestId === void 0 ? "" : ` (request id ${requestId})`}.`;
}
/** Of a message of GitHub. */
const connection_longestMessage = 300;
/**
* Creates a client whose requests end with `signal`.
*
* @returns a client that sends each request once and prints nothing.
*/
async function connect({ token, apiUrl, userAgent, debug, patience: { clock } }, signal) {
	const { GitHub, defaults, getOctokitOptions } = await __nccwpck_require__.e(845).then(__nccwpck_require__.bind(__nccwpck_require__, 61845));
	const quiet = (text) => {
		debug(`GitHub: ${text}`);
	};
	const log = {
		debug: quiet,
		info: quiet,
		warn: quiet,
		error: quiet
	};
	const octokit = new GitHub(getOctokitOptions(token.reveal(), {
		...apiUrl === void 0 ? {} : { baseUrl: apiUrl },
		userAgent,
		request: {
			...defaults.request,
			signal,
			log
		},
		log
	}));
	octokit.hook.wrap("request", async (request, options) => {
		const begin = clock.now();
		const { method, url } = octokit.request.endpoint(options);
		const say = (outcome, requestId) => {
			const took = {
				milliseconds: clock.now() - begin,
				requestId
			};
			quiet(logged_describeRequest(`${method} ${new URL(url).pathname}`, outcome, took));
		};
		try {
			const response = await request(options);
			say(String(response.status), response.headers["x-github-request-id"]);
			return response;
		} catch (error) {
			say(String(statusOf(error) ?? "no answer"));
			throw error;
		}
	});
	return octokit;
}
/**
* What went wrong with a request, in one or two sentences.
*
* @param permission the permission that the request needs, as in a workflow.
*/
function explain(error, permission) {
	if (error instanceof TimeLimitError) return `GitHub: ${error.message}.`;
	const message = error instanceof Error ? error.message : String(error);
	const status = statusOf(error);
	if (status === void 0) return explainNoAnswer(message, error);
	const answered = `GitHub answered ${status}${isPage(message) ? "" : ` (${shortened(withoutBreaks(message), connection_longestMessage)})`}.`;
	if (isRateLimit(status, message)) return `${answered} Try again later.`;
	if (status === 401) return `${answered} The token is not valid, or it has expired. Remove the input 'github-token', so that the step uses the token of the job, or set a new one.`;
	if (status === 403 || status === 404) return `${answered} Add 'permissions: ${permission}' to the job, or set another 'github-token'.`;
	return status >= 500 ? `${answered} This is a problem on GitHub's side; try again later.` : answered;
}
function isRateLimit(status, message) {
	return status === 429 || status === 403 && /rate limit/i.test(message);
}
function isPage(message) {
	return /^\s*</.test(message);
}
/** The connection failed, or the answer is not what GitHub's API answers. */
function explainNoAnswer(message, error) {
	const code = connection_codeOf(error);
	return code === void 0 ? `${shortened(withoutBreaks(message), connection_longestMessage)}.` : `GitHub could not be reached (${code}). Check the runner's network and its proxy settings.`;
}
/** The system's code of a failed connection, which can be that of a cause. */
function connection_codeOf(error) {
	let current = error;
	for (let depth = 0; current instanceof Error && depth < 5; depth += 1) {
		if ("code" in current && typeof current.code === "string") return current.code;
		current = current.cause;
	}
}
/** The status of GitHub's response; a failure without a response has an artificial one. */
function statusOf(error) {
	if (!(error instanceof Error) || !("status" in error)) return void 0;
	return "response" in error && error.response !== void 0 ? Number(error.status) : void 0;
}
/** A proxy or a sign-in page can answer 200 with something other than GitHub's lists. */
function checked(data) {
	const value = data;
	if (!Array.isArray(value)) throw new Error("GitHub's response is not a list");
	return data;
}
const pauseMilliseconds = 1e3;
/**
* Runs requests to GitHub within their limits, and repeats them after a temporary failure.
*
* @throws the signal's reason when aborted, and nothing else.
*/
async function ask_ask(access, { permission, milliseconds, attempts }, run) {
	const { token, patience, debug } = access;
	const { clock, signal } = patience;
	if (token === void 0) return { problem: `Input 'github-token' is empty. Remove the input, so that the step uses the token of the job, and add '${permission}' to the permissions of the job.` };
	const [owner = "", repo = ""] = access.repository.split("/");
	for (let attempt = 1;; attempt += 1) {
		const limit = {
			clock,
			milliseconds: withinDeadline(milliseconds, patience.deadline - clock.now()),
			signal
		};
		try {
			return { value: await withTimeLimit(async (stop) => run({
				octokit: await connect({
					...access,
					token
				}, stop),
				at: {
					owner,
					repo
				}
			}), limit) };
		} catch (error) {
			signal?.throwIfAborted();
			const problem = explain(error, permission);
			const isLate = patience.deadline - clock.now() <= pauseMilliseconds;
			if (attempt === attempts || isRefusal(error) || isLate) return {
				problem,
				cause: error
			};
			debug(`${problem} Trying again.`);
			await clock.sleep(pauseMilliseconds, signal);
		}
	}
}
/** Asked again, GitHub would answer the same. */
function isRefusal(error) {
	const status = statusOf(error) ?? 0;
	return status >= 400 && status < 500 && status !== 408;
}
/**
* A field of data from GitHub, whose shape is not trusted; undefined for null and if the value is
* not an object.
*/
function field(value, name) {
	if (typeof value !== "object" || value === null) return void 0;
	return Object.getOwnPropertyDescriptor(value, name)?.value ?? void 0;
}
/** A field that is a text; undefined for an empty one and for any other value. */
function textField(value, name) {
	const found = field(value, name);
	return typeof found === "string" && found !== "" ? found : void 0;
}
/** GitHub's longest page. */
const pageSize = 100;
/** How many pages are searched for a group; later entries stay. */
const mostPages = 10;
/** The deployments of a name, newest first. */
async function list({ octokit, at, shelf }, name) {
	const { environment, taskStart } = shelf;
	const task = `${taskStart}${name}`;
	const { data } = await octokit.rest.repos.listDeployments({
		...at,
		environment,
		task,
		per_page: pageSize
	});
	return checked(data);
}
/** The deployments of the environment with any task: GitHub can only search for complete tasks. */
async function listAll({ octokit, at, shelf }) {
	const { environment } = shelf;
	const found = [];
	for (let page = 1; page <= mostPages; page += 1) {
		const { data } = await octokit.rest.repos.listDeployments({
			...at,
			environment,
			per_page: pageSize,
			page
		});
		found.push(...checked(data));
		if (data.length < pageSize) break;
	}
	return found;
}
/** Whether the last status of a deployment is `success`. */
async function isActive({ octokit, at }, id) {
	const { data } = await octokit.rest.repos.listDeploymentStatuses({
		...at,
		deployment_id: id,
		per_page: 1
	});
	return checked(data)[0]?.state === "success";
}
/** Creates a deployment. @returns its id. */
async function make({ octokit, at, shelf }, ref, { name, payload }) {
	const { environment, taskStart, description } = shelf;
	const { data } = await octokit.rest.repos.createDeployment({
		...at,
		ref,
		task: `${taskStart}${name}`,
		environment,
		description,
		payload,
		auto_merge: false,
		required_contexts: [],
		transient_environment: true,
		production_environment: false
	});
	const id = field(data, "id");
	if (typeof id !== "number") throw new Error("GitHub did not create the deployment");
	return id;
}
/** Adds a status to a deployment, without an effect on others. */
async function mark({ octokit, at }, id, status) {
	const which = {
		...at,
		deployment_id: id
	};
	await octokit.rest.repos.createDeploymentStatus({
		...which,
		...status,
		auto_inactive: false
	});
}
/** Deletes a deployment. If it no longer exists, another process deleted it, which is fine. */
async function retire(api, id) {
	try {
		await mark(api, id, { state: "inactive" });
		await api.octokit.rest.repos.deleteDeployment({
			...api.at,
			deployment_id: id
		});
	} catch (error) {
		if (statusOf(error) !== 404) throw error;
	}
}
/**
* Runs requests to GitHub within their limits.
*
* @returns undefined after a failure, which becomes a warning.
* @throws the signal's reason when aborted.
*/
async function guarded(options, { tried, ...limits }, run) {
	const { shelf, warn } = options;
	const answer = await ask_ask(options, {
		permission: "deployments: write",
		...limits
	}, (api) => run({
		...api,
		shelf
	}));
	if ("value" in answer) return answer.value;
	warn(`Could not ${tried} (GitHub deployments): ${answer.problem}`);
}
const changing = (tried) => ({
	tried,
	milliseconds: 3e4,
	attempts: 1
});
/** Reading the store can decide whether a step succeeds, and can be repeated. */
const looking = (tried) => ({
	tried,
	milliseconds: 1e4,
	attempts: 3
});
/**
* Stores sealed texts as GitHub deployments whose task ends with the name. Source: GitHub's REST
* documentation, "Deployments" and "Deployment statuses".
*/
function createDeploymentStore(options) {
	const add = (entry) => addEntry(options, entry);
	return {
		add,
		save: async (entry) => {
			await (await add(entry))();
		},
		find: async (name, id) => (await lookUp(options, name, id))?.sealed,
		lookUp: (name, id) => lookUp(options, name, id),
		remove: (name, owner) => guarded(options, changing(`delete the credentials of '${name}'`), async (api) => {
			for (const { id, payload } of await list(api, name)) {
				const kept = readPayload(payload);
				const ours = owner.id === void 0 || owner.id === kept?.id;
				if (kept?.scope === owner.scope && ours) await retire(api, id);
			}
		}),
		removeGroup: ({ what, has }, scope) => guarded(options, changing(`delete the credentials of ${what}`), async (api) => {
			for (const { id, task, payload } of await listAll(api)) {
				const { taskStart } = api.shelf;
				const name = task.startsWith(taskStart) ? task.slice(taskStart.length) : void 0;
				if (name === void 0 || !has(name)) continue;
				if (readPayload(payload)?.scope === scope) await retire(api, id);
			}
		})
	};
}
async function addEntry(options, entry) {
	const { name, scope } = entry;
	const kept = await guarded(options, changing(`store the credentials of '${name}'`), async (api) => {
		const before = await list(api, name);
		await keep(api, options.ref, entry);
		return before;
	});
	return async () => {
		await guarded(options, changing(`delete older credentials of '${name}'`), async (api) => {
			for (const { id, payload } of kept ?? []) if (readPayload(payload)?.scope === scope) await retire(api, id);
		});
	};
}
function lookUp(options, name, owner) {
	return guarded(options, looking(`look for the credentials of '${name}'`), async (api) => {
		const others = [];
		for (const { id, payload } of await list(api, name)) {
			const kept = readPayload(payload);
			if (!await isActive(api, id)) continue;
			if (kept?.id === owner) return { sealed: kept.sealed };
			others.push(kept === void 0 ? "in an unknown format" : `of '${kept.id}'`);
		}
		if (others.length > 0) options.warn(`The deployments stored for '${name}' are ${others.join(", ")}.`);
		return { sealed: void 0 };
	});
}
async function keep(api, ref, { name, id, scope, sealed, url }) {
	await mark(api, await make(api, ref, {
		name,
		payload: {
			id,
			scope,
			sealed
		}
	}), {
		state: "success",
		...url !== void 0 && { environment_url: url }
	});
}
/** The store of a step that stores nothing. */
const noStore = {
	save: () => Promise.resolve(),
	add: () => Promise.resolve(() => Promise.resolve()),
	find: () => Promise.resolve(void 0),
	lookUp: () => Promise.resolve({ sealed: void 0 }),
	remove: () => Promise.resolve(),
	removeGroup: () => Promise.resolve()
};
const payloadObject = /* @__PURE__ */ object({
	id: /* @__PURE__ */ string(),
	scope: /* @__PURE__ */ string(),
	sealed: /* @__PURE__ */ string()
});
const anyPayload = lenient(/* @__PURE__ */ union([payloadObject, /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ parseJson(), payloadObject)]));
function readPayload(payload) {
	return parse(anyPayload, payload);
}
const chunkBytes = 65536;
/** A file that is not read; the message says why and contains nothing of the file. */
var SafeFileError = class extends Error {
	name = "SafeFileError";
};
/**
* Reads a regular file that another process may have created. It never waits: it refuses a pipe or
* a device, because reading one can take forever, and Node.js cannot exit in the meantime. It checks
* the open file, so that no other process can replace the file between check and read.
*
* @throws {@link SafeFileError} for any other file, or the error of the file system.
*/
function readSafely(path, limits) {
	const { maxBytes, ownOnly = false, followLinks = false } = limits;
	assertRegular(followLinks ? (0, external_node_fs_namespaceObject.statSync)(path) : (0, external_node_fs_namespaceObject.lstatSync)(path));
	const descriptor = (0, external_node_fs_namespaceObject.openSync)(path, followLinks ? readFlags : readFlags | noLinks);
	try {
		const found = (0, external_node_fs_namespaceObject.fstatSync)(descriptor);
		assertRegular(found);
		if (ownOnly) assertOwn(found);
		if (found.size > maxBytes) throw tooLong(maxBytes);
		return readUpTo(descriptor, maxBytes);
	} finally {
		(0, external_node_fs_namespaceObject.closeSync)(descriptor);
	}
}
/** On Windows these constants are undefined. */
const safe_file_orNothing = (flag) => flag ?? 0;
const readFlags = external_node_fs_namespaceObject.constants.O_RDONLY | safe_file_orNothing(external_node_fs_namespaceObject.constants.O_NONBLOCK);
const noLinks = safe_file_orNothing(external_node_fs_namespaceObject.constants.O_NOFOLLOW);
function assertRegular(found) {
	if (found.isSymbolicLink()) throw new SafeFileError("it is a symbolic link");
	if (!found.isFile()) throw new SafeFileError("it is not a regular file");
}
function assertOwn(found) {
	if (process.platform === "win32") return;
	if (found.uid !== process.geteuid?.()) throw new SafeFileError("it belongs to another user");
	const mode = found.mode & 4095;
	if (mode !== 384) throw new SafeFileError(`its mode is 0${mode.toString(8)}, not 0600`);
}
/** The size that was read before may be wrong now; for files in `/proc` it always is. */
function readUpTo(descriptor, maxBytes) {
	const chunks = [];
	for (let bytes = 0;;) {
		const chunk = Buffer.alloc(chunkBytes);
		const count = (0, external_node_fs_namespaceObject.readSync)(descriptor, chunk, 0, chunkBytes, null);
		if (count === 0) return Buffer.concat(chunks);
		bytes += count;
		if (bytes > maxBytes) throw tooLong(maxBytes);
		chunks.push(chunk.subarray(0, count));
	}
}
function tooLong(maxBytes) {
	return new SafeFileError(`it is longer than ${maxBytes} bytes`);
}
/** GitHub's limit for a payload is 25 MB. */
const run_event_maxBytes = 33554432;
/**
* The event of the run, from the runner's variables. @param debug called if it cannot be read.
*/
function readEvent(env, debug) {
	return {
		name: env["GITHUB_EVENT_NAME"] ?? "",
		repository: env["GITHUB_REPOSITORY"] ?? "",
		ref: env["GITHUB_REF"] ?? "",
		actor: env["GITHUB_ACTOR"] ?? "",
		payload: run_event_readPayload(env["GITHUB_EVENT_PATH"], debug)
	};
}
function run_event_readPayload(path, debug) {
	if (!path) {
		debug("GITHUB_EVENT_PATH is not set, so the event has no payload.");
		return;
	}
	try {
		return JSON.parse(readSafely(path, {
			maxBytes: run_event_maxBytes,
			followLinks: true
		}).toString("utf8"));
	} catch (error) {
		debug(`Could not read the event's payload: ${String(error)}`);
		return;
	}
}
const token = /* @__PURE__ */ object({
	accessToken: /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ check(isAccessToken)),
	expiresAt: /* @__PURE__ */ pipe(/* @__PURE__ */ nullable(/* @__PURE__ */ number()), /* @__PURE__ */ transform((end) => end ?? void 0))
});
/**
* Seals a token so that only its own client, for its own API, can open it.
*
* @param key of `deriveTokenKey`.
*/
function sealToken({ accessToken, expiresAt }, key) {
	const content = {
		accessToken: accessToken.reveal(),
		expiresAt: expiresAt ?? null
	};
	return sealUnderKey(JSON.stringify(content), key);
}
/**
* Opens a value from {@link sealToken}.
*
* @param mask called with the token as soon as it is known.
* @returns undefined if it contains something else, or a text that cannot be a token.
* @throws SealError if it cannot be opened.
*/
function openToken(sealed, key, mask) {
	const opened = readJson(token, openUnderKey(sealed, key));
	if (opened === void 0) return void 0;
	return {
		...opened,
		accessToken: new Secret(opened.accessToken, mask)
	};
}
/** A sealed token has about 2,000 bytes. */
const token_file_maxBytes = 65536;
/** A text that identifies an owner without naming it: a hash of 64 hexadecimal digits. */
function digestOf({ clientId, apiOrigin }) {
	return (0, external_node_crypto_.createHash)("sha256").update(JSON.stringify([apiOrigin, clientId])).digest("hex");
}
/**
* The path where the token of an owner is stored.
*
* @param action distinguishes the files of this action from those of others.
* @param directory `RUNNER_TEMP`, which the runner empties after each job.
*/
function tokenFilePath(directory, action, owner) {
	return (0, external_node_path_namespaceObject.join)(directory, `${action}-token-${digestOf(owner).slice(0, 16)}`);
}
/**
* Stores the job's token in a file, sealed: only a step with the same credentials for the same API
* can open it. Anything else at the path is ignored and never stops a step.
*/
function createTokenFile({ path, key, mask, debug }) {
	if (path === void 0) return {
		load: () => void 0,
		save: () => void 0
	};
	return {
		load: () => {
			try {
				const token = openToken(readSafely(path, {
					maxBytes: token_file_maxBytes,
					ownOnly: true
				}).toString("utf8"), key, mask);
				if (token === void 0) debug("Could not read the stored token: it contains something else.");
				return token;
			} catch (error) {
				if (!isMissing(error)) debug(`Could not read the stored token: ${asError(error).message}.`);
				return;
			}
		},
		save: (token) => {
			try {
				replaceFile(path, sealToken(token, key));
			} catch (error) {
				debug(`Could not store the token for later steps: ${asError(error).message}.`);
			}
		}
	};
}
/**
* Writes a separate file, then renames it: no reader sees a partial file, and a link at the path is
* replaced, not followed.
*/
function replaceFile(path, text) {
	const draft = `${path}-${(0, external_node_crypto_.randomUUID)()}`;
	try {
		(0, external_node_fs_namespaceObject.writeFileSync)(draft, text, {
			mode: 384,
			flag: "wx"
		});
		(0, external_node_fs_namespaceObject.chmodSync)(draft, 384);
		(0, external_node_fs_namespaceObject.renameSync)(draft, path);
	} catch (error) {
		try {
			(0, external_node_fs_namespaceObject.rmSync)(draft, { force: true });
		} catch {}
		throw error;
	}
}
function isMissing(error) {
	return error instanceof Error && "code" in error && error.code === "ENOENT";
}
/** @param clock measures the time that has passed since the last answer. */
function createServerClock(clock) {
	let last;
	const watchers = /* @__PURE__ */ new Set();
	return {
		note: (date) => {
			if (date === void 0) return;
			last = {
				date,
				seenAt: clock.now()
			};
			for (const tell of watchers) tell(date);
			watchers.clear();
		},
		now: () => last === void 0 ? void 0 : last.date + clock.now() - last.seenAt,
		watch: () => {
			let first;
			watchers.add((date) => {
				first = date;
			});
			return () => first;
		}
	};
}
const refusedForGood = ` to the last of ${maxTokens} access tokens; a step requests no more`;
/**
* Sends a request with the current token. A refused token is renewed, which is safe for a `POST` too:
* by one that another job shares, and once by one that this step requests.
*
* @param request builds the request with a token.
* @param signal ends the request, but not the renewal of the token.
* @throws RequestError if there is no response, or if the last token of the step is refused.
*/
async function sendAuthorized({ transport, tokens, patience }, request, signal) {
	let token = await currentToken(tokens);
	patience.signal?.throwIfAborted();
	let answer = await transport.send(request(token), signal);
	for (let more = true; more && refusesToken(answer, transport); more = tokens.isShared(token)) {
		const renewed = await tokens.renew(token);
		if (renewed === void 0) break;
		token = renewed;
		patience.signal?.throwIfAborted();
		answer = await transport.send(request(token), signal);
	}
	if (!refusesToken(answer, transport)) tokens.accepted(token);
	else if (tokens.spent()) throw answerError(askedBy(transport, request(token)), answer, refusedForGood);
	return answer;
}
/** The current token; the error of a first one is marked, because nothing was tried before. */
async function currentToken(tokens) {
	try {
		return await tokens.current();
	} catch (error) {
		if (!(error instanceof RequestError) || error instanceof TimeOverError) throw error;
		throw tokens.known() === void 0 ? new SignInError(error) : error;
	}
}
/**
* Services answer with either status for an expired token, and with 403 for a missing permission as
* well. They refuse before they act. If the service says that the user has no permission, it has
* accepted the token: each job would only use up one more of the few token requests.
*/
function refusesToken({ status, body }, { service }) {
	if (status !== 403) return status === 401;
	return service.refusesUser?.(service.readComplaints(body)) !== true;
}
/**
* A word instead of an error if the instance does not exist. A 404 counts only with one of Aura's
* own reasons: a 404 from a gateway or a wrong address must not look like a deleted instance. 410
* is known from client code.
*/
async function unlessAbsent(result) {
	try {
		return await result;
	} catch (error) {
		if (!(error instanceof RequestError)) throw error;
		const named = error.complaints.some((complaint) => complaint.reason !== void 0);
		if (error.status === 410) return "gone";
		if (error.status === 404 && named) return "missing";
		throw error;
	}
}
/** The path of an instance. */
function instancePath(id) {
	return `/v1/instances/${encodeURIComponent(id)}`;
}
/** A GET. */
function reading(path, policy = "read") {
	return {
		method: "GET",
		path,
		policy
	};
}
/** The create of an instance. */
function creation(body) {
	return {
		method: "POST",
		path: "/v1/instances",
		policy: "irreplaceable",
		body: JSON.stringify(body)
	};
}
/** A POST to an instance: an action such as `pause`. */
function action(id, verb, body = {}) {
	return {
		method: "POST",
		path: `${instancePath(id)}/${verb}`,
		policy: "once",
		body: JSON.stringify(body)
	};
}
/**
* The update of an instance. It could be sent again, but while the first one is in progress Aura
* refuses a second one, so the instance must be read in between.
*/
function update(id, body) {
	return {
		method: "PATCH",
		path: instancePath(id),
		policy: "once",
		body: JSON.stringify(body)
	};
}
/** The deletion of an instance. */
function deletion(id) {
	return {
		method: "DELETE",
		path: instancePath(id),
		policy: "repeatable"
	};
}
/** For answers whose content does not matter. */
const ignore = () => void 0;
/** Longer than any text that Aura documents; a response can be 5 MB. */
const longestText = 1e3;
/** Null if Aura does not know it yet, like the others. */
const instance_fields_text = /* @__PURE__ */ nullable(/* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ transform(cut)));
const instance_fields_number = /* @__PURE__ */ nullable(/* @__PURE__ */ pipe(/* @__PURE__ */ number(), /* @__PURE__ */ finite()));
const instance_fields_boolean = /* @__PURE__ */ nullable(/* @__PURE__ */ dist_boolean());
/** The fields of an instance. Source: Aura API v1 specification; numbers as text seen live. */
const kinds = /* @__PURE__ */ new Map([
	["id", instance_fields_text],
	["name", instance_fields_text],
	["status", instance_fields_text],
	["tenant_id", instance_fields_text],
	["cloud_provider", instance_fields_text],
	["region", instance_fields_text],
	["type", instance_fields_text],
	["memory", instance_fields_text],
	["storage", instance_fields_text],
	["connection_url", instance_fields_text],
	["created_at", instance_fields_text],
	["metrics_integration_url", instance_fields_text],
	["customer_managed_key_id", instance_fields_text],
	["graph_nodes", /* @__PURE__ */ union([instance_fields_number, instance_fields_text])],
	["graph_relationships", /* @__PURE__ */ union([instance_fields_number, instance_fields_text])],
	["secondaries_count", instance_fields_number],
	["cdc_enrichment_mode", instance_fields_text],
	["vector_optimized", instance_fields_boolean],
	["graph_analytics_plugin", instance_fields_boolean]
]);
/**
* The fields of an instance for the output: those in the specification, each only if it has the
* specified type, or null if Aura does not know it yet. Texts are cut to {@link longestText}.
*/
function specifiedFields(fields) {
	return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => {
		const field = /* @__PURE__ */ safeParse(kinds.get(name) ?? /* @__PURE__ */ never(), value);
		return field.success ? [[name, field.output]] : [];
	}));
}
/** The mark at the end counts too. */
function cut(text) {
	return text.length <= longestText ? text : shortened(text, 999);
}
/** An empty text counts as missing: Aura sends `""` and null for unknown values. */
const types_text = /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ nonEmpty(), /* @__PURE__ */ maxLength(longestText));
const optionalText = lenient(types_text);
/** Epoch milliseconds, from a text. */
const optionalTime = lenient(/* @__PURE__ */ pipe(types_text, /* @__PURE__ */ transform(Date.parse), /* @__PURE__ */ number()));
/** An id appears in paths, outputs and messages: only a plain word is a valid id. */
const identifier = /* @__PURE__ */ pipe(types_text, /* @__PURE__ */ regex(/^[\w-]{1,100}$/));
const tenant = /* @__PURE__ */ object({
	id: types_text,
	name: types_text
});
const configuration = /* @__PURE__ */ pipe(/* @__PURE__ */ object({
	type: types_text,
	cloud_provider: types_text,
	region: types_text,
	/** Such as `4GB`. */
	memory: types_text,
	storage: optionalText,
	version: types_text
}), /* @__PURE__ */ transform(({ cloud_provider: cloudProvider, ...others }) => ({
	...others,
	cloudProvider
})));
const offer = /* @__PURE__ */ object({ instance_configurations: lenient(/* @__PURE__ */ array(/* @__PURE__ */ unknown())) });
const summary = /* @__PURE__ */ pipe(/* @__PURE__ */ object({
	id: identifier,
	name: types_text,
	tenant_id: types_text,
	created_at: optionalTime
}), /* @__PURE__ */ transform(({ tenant_id: tenantId, created_at: createdAt, ...others }) => ({
	...others,
	tenantId,
	/** Epoch milliseconds; missing in old responses. */
	createdAt
})));
/** The fields that may be missing in a response about one instance. */
const details = /* @__PURE__ */ pipe(/* @__PURE__ */ object({
	cloud_provider: optionalText,
	region: optionalText,
	/** The API's code of the tier, such as `free-db`. */
	type: optionalText,
	connection_url: optionalText
}), /* @__PURE__ */ transform(({ cloud_provider: cloudProvider, connection_url: connectionUrl, ...others }) => ({
	...others,
	cloudProvider,
	/** Undefined if the API returns null: while creating and resuming. */
	connectionUrl
})));
const state = /* @__PURE__ */ object({
	/** Lower case. */
	status: /* @__PURE__ */ pipe(types_text, /* @__PURE__ */ transform(normalizeStatus)),
	/** Undefined if the API returns an empty text: while creating. */
	memory: optionalText
});
/**
* Only id and password are required: if other fields are missing, the instance must not be lost,
* because Aura does not return its password again.
*/
const created = /* @__PURE__ */ pipe(/* @__PURE__ */ object({
	id: identifier,
	created_at: optionalTime,
	username: /* @__PURE__ */ fallback(types_text, "neo4j"),
	password: types_text
}), /* @__PURE__ */ transform(({ created_at: createdAt, ...others }) => ({
	...others,
	createdAt
})));
/**
* Thrown by the readers below for a response with an unexpected shape; says which field is wrong.
*/
var ShapeError = class extends Error {
	name = "ShapeError";
};
/** Reads the `data` of a list. @throws {@link ShapeError} if it is not a list */
function readList(body, readEntry) {
	const data = readData(body);
	if (!Array.isArray(data)) throw new ShapeError("'data' is not a list");
	return readEntries(data, readEntry);
}
function readEntries(list, readEntry) {
	const entries = [];
	const unreadable = [];
	list.forEach((entry, index) => {
		try {
			entries.push(readEntry(entry));
		} catch (error) {
			if (!(error instanceof ShapeError)) throw error;
			unreadable.push(describeEntry(entry, `entry ${index + 1}: ${error.message}`));
		}
	});
	return {
		entries,
		unreadable
	};
}
const readablePart = /* @__PURE__ */ object({
	id: optionalText,
	name: optionalText,
	tenant_id: optionalText
});
function describeEntry(entry, what) {
	const { id, name, tenant_id: tenantId } = parse(lenient(readablePart), entry) ?? {};
	const known = Object.entries({
		id,
		name
	}).flatMap(([field, value]) => value === void 0 ? [] : [`${field} '${value}'`]);
	return {
		description: known.length === 0 ? what : `${what} (${known.join(", ")})`,
		id,
		name,
		tenantId
	};
}
/** Reads `data`. @throws {@link ShapeError} */
function readData(body) {
	return read(/* @__PURE__ */ object({ data: /* @__PURE__ */ nonNullish(/* @__PURE__ */ unknown()) }), body).data;
}
/** @throws {@link ShapeError} */
function readTenant(value) {
	return read(tenant, value);
}
/** The `instance_configurations` of a tenant. @throws {@link ShapeError} if they are not a list */
function readConfigurations(value) {
	const { instance_configurations: list } = read(offer, value);
	if (list === void 0) throw new ShapeError("'instance_configurations' is not a list");
	return readEntries(list, (entry) => read(configuration, entry));
}
/** @throws {@link ShapeError} */
function readSummary(value) {
	return read(summary, value);
}
/**
* @param id the instance that was asked for.
* @throws {@link ShapeError}, also for another instance: the next operation uses this id.
*/
function types_readInstance(value, id) {
	const listed = read(summary, value);
	if (listed.id.toLowerCase() !== id.toLowerCase()) throw new ShapeError(`'id' is '${listed.id}', which is not the requested instance`);
	return {
		...listed,
		...read(details, value),
		...read(state, value),
		fields: specifiedFields(read(/* @__PURE__ */ record(/* @__PURE__ */ string(), /* @__PURE__ */ unknown()), value))
	};
}
/**
* @param asked the body of the create; it has the values that the response may omit.
* @param mask called with the password as soon as it is known.
* @throws {@link ShapeError}
*/
function readCreated(value, asked, mask) {
	const { name, tenant_id: tenantId } = asked;
	const { password, ...known } = read(created, value);
	const secret = { password: new Secret(password, mask) };
	return {
		...known,
		...secret,
		...read(details, value),
		name,
		tenantId
	};
}
/** @throws {@link ShapeError} that names the first wrong field and quotes no value. */
function read(schema, value) {
	const { success, output, issues } = /* @__PURE__ */ safeParse(schema, Array.isArray(value) ? void 0 : value, { abortEarly: true });
	if (success) return output;
	const [issue] = issues;
	const field = /* @__PURE__ */ getDotPath(issue);
	if (field === null) throw new ShapeError("an object is missing");
	throw new ShapeError(`'${field}' is ${issue.type === "regex" ? "not an id" : "missing"}`);
}
/**
* Aura writes ids of snapshots as UUIDs; its specification also shows times such as
* `2023-01-20T18:07:25Z-adhoc`. An id appears in paths, outputs and messages.
*/
const snapshotIdPattern = /^\w[\w:.+-]{0,199}$/;
const snapshot = /* @__PURE__ */ pipe(/* @__PURE__ */ object({
	snapshot_id: /* @__PURE__ */ pipe(types_text, /* @__PURE__ */ regex(snapshotIdPattern)),
	status: /* @__PURE__ */ pipe(types_text, /* @__PURE__ */ transform((status) => status.trim().toLowerCase().replace("inprogress", "in progress"))),
	timestamp: optionalTime,
	exportable: lenient(/* @__PURE__ */ dist_boolean()),
	profile: lenient(types_text)
}), /* @__PURE__ */ transform(({ snapshot_id: id, ...others }) => ({
	id,
	...others
})));
const createdSnapshot = /* @__PURE__ */ object({ snapshot_id: /* @__PURE__ */ pipe(types_text, /* @__PURE__ */ regex(snapshotIdPattern)) });
/** Whether Aura still takes this snapshot. Source: Aura API v1 specification. */
function isInProgress({ status }) {
	return status === "pending" || status === "in progress";
}
/** Whether this snapshot will never be completed. Source: Aura API v1 specification. */
function hasFailed({ status }) {
	return status === "failed" || status === "cancelled";
}
/** Whether Aura took it automatically, not for a request. Source: Aura API v1 specification. */
function isAutomatic({ profile }) {
	return profile?.toLowerCase() === "scheduled";
}
/** The requests of {@link SnapshotClient}. */
function createSnapshotClient({ once, retried, readable }) {
	return {
		listSnapshots: async (instanceId, date) => {
			const call = reading(`${snapshotsPath(instanceId)}?date=${encodeURIComponent(date)}`);
			return readable(call, await retried(call, (body) => readList(body, readSnapshot)));
		},
		getSnapshot: (instanceId, snapshotId, policy) => {
			const call = reading(`${snapshotsPath(instanceId)}/${encodeURIComponent(snapshotId)}`, policy);
			return unlessAbsent((policy === "poll" ? once : retried)(call, (body) => readOneSnapshot(readData(body), snapshotId)));
		},
		createSnapshot: (instanceId) => retried(action(instanceId, "snapshots"), (body) => read(createdSnapshot, readData(body)).snapshot_id),
		restoreSnapshot: (instanceId, snapshotId) => retried(action(instanceId, `snapshots/${encodeURIComponent(snapshotId)}/restore`), ignore)
	};
}
function snapshotsPath(instanceId) {
	return `${instancePath(instanceId)}/snapshots`;
}
/** @throws {@link ShapeError} */
function readSnapshot(value) {
	return read(snapshot, value);
}
/** @throws {@link ShapeError}, also for another snapshot than the requested one. */
function readOneSnapshot(value, id) {
	const found = readSnapshot(value);
	if (found.id.toLowerCase() === id.toLowerCase()) return found;
	throw new ShapeError(`'snapshot_id' is '${found.id}', which is not the requested snapshot`);
}
/** Long enough for a slow gateway, short enough to try again within a minute. */
const client_limitMilliseconds = 3e4;
/** A create request that times out may leave an instance whose password is lost: wait longer. */
const createLimitMilliseconds = 9e4;
/** This many lines are enough to show the problem; a response can have 100,000 entries. */
const client_mostLines = 50;
/** The client of one step; its only state is the token. */
function createAuraClient(connection) {
	const serverClock = createServerClock(connection.patience.clock);
	const options = {
		...connection,
		serverClock
	};
	const send = createSend(options);
	const { once, retried } = send;
	return {
		serverClock,
		...createSnapshotClient(send),
		listTenants: async () => {
			const call = reading("/v1/tenants");
			return send.readable(call, await retried(call, (body) => readList(body, readTenant)));
		},
		listConfigurations: async (tenantId) => {
			const call = reading(`/v1/tenants/${encodeURIComponent(tenantId)}`);
			const list = await retried(call, (body) => readConfigurations(readData(body)));
			return send.readable(call, list);
		},
		listInstances: async (tenantId, onUnreadable, attempts) => {
			const call = reading(`/v1/instances${tenantId === void 0 ? "" : `?tenantId=${encodeURIComponent(tenantId)}`}`);
			const list = await (attempts === "once" ? once : retried)(call, (body) => readList(body, readSummary));
			for (const entry of list.unreadable) onUnreadable?.(entry);
			return send.readable(call, list);
		},
		getInstance: (id, policy) => unlessAbsent((policy === "poll" ? once : retried)(reading(instancePath(id), policy), (body) => types_readInstance(readData(body), id))),
		createInstance: (body, sending) => retried({
			...creation(body),
			sending
		}, (created) => readCreated(readData(created), body, connection.mask)),
		pauseInstance: (id) => retried(action(id, "pause"), ignore),
		resumeInstance: (id) => retried(action(id, "resume"), ignore),
		updateInstance: (id, body) => retried(update(id, body), ignore),
		overwriteInstance: (id, body) => retried(action(id, "overwrite", body), ignore),
		deleteInstance: (id) => client_sendDelete(deletion(id), options)
	};
}
function createSend(options) {
	const once = (call, read) => attempt(call, read, options);
	return {
		once,
		retried: (call, read) => withRetries(() => once(call, read), options.patience, (error) => call.policy === "read" || call.policy === "repeatable" || error.effect === "none"),
		readable: (call, list) => readable(call, list, options)
	};
}
/** The readable entries; each of the others becomes a line in the debug log. */
function readable(call, list, { debug }) {
	const { unreadable } = list;
	for (const { description } of unreadable.slice(0, client_mostLines)) debug?.(`Skipped in the answer to ${nameOf(call)}: ${description}.`);
	if (unreadable.length > client_mostLines) debug?.(`Skipped in the same answer: ${unreadable.length - client_mostLines} more.`);
	return list.entries;
}
/** One attempt, with a token of the step. Source of 401 and 403: Aura documentation, official client code. */
async function attempt(call, read, connection) {
	const { patience, serverClock } = connection;
	const signal = call.policy === "irreplaceable" ? patience.graceSignal : patience.signal;
	const request = (token) => wireRequest(call, token, patience);
	const answer = await sendAuthorized(connection, request, signal);
	if (isSuccess(answer)) serverClock.note(answer.date);
	return readSuccess(call, answer, {
		read,
		asked: askedBy(connection.transport, call)
	});
}
function isSuccess({ status }) {
	return status >= 200 && status <= 299;
}
function wireRequest(call, token, { clock, deadline }) {
	return {
		...call,
		headers: {
			Authorization: `Bearer ${token.accessToken.reveal()}`,
			Accept: "application/json",
			...call.body === void 0 ? {} : { "Content-Type": "application/json" }
		},
		limitMilliseconds: call.policy === "irreplaceable" ? createLimitMilliseconds : withinDeadline(client_limitMilliseconds, deadline - clock.now())
	};
}
function readSuccess(call, answer, { read, asked }) {
	if (!isSuccess(answer)) throw answerError(asked, answer);
	try {
		return read(answer.body === "" ? void 0 : JSON.parse(answer.body));
	} catch (error) {
		throw new RequestError(`the answer of Aura (${answer.status}) could not be read`, {
			request: nameOf(call),
			policy: call.policy,
			status: answer.status,
			effect: possibleEffect(call.policy),
			transient: true,
			requestId: answer.requestId,
			cause: error instanceof ShapeError ? error : void 0
		});
	}
}
async function client_sendDelete(call, options) {
	const effects = [];
	const outcome = await unlessAbsent(withRetries(async () => {
		await attempt(call, ignore, options);
		return "accepted";
	}, options.patience, (error) => {
		effects.push(error.effect);
		return true;
	}));
	return effects.includes("unknown") ? "accepted" : outcome;
}
const errorBody = /* @__PURE__ */ object({
	error: lenient(/* @__PURE__ */ string()),
	/** Of a gateway; only if there is nothing else. */
	message: lenient(/* @__PURE__ */ string()),
	errors: /* @__PURE__ */ fallback(/* @__PURE__ */ array(/* @__PURE__ */ unknown()), [])
});
const complaint = /* @__PURE__ */ fallback(/* @__PURE__ */ union([/* @__PURE__ */ object({
	message: /* @__PURE__ */ fallback(/* @__PURE__ */ string(), ""),
	reason: lenient(/* @__PURE__ */ string())
}), /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ transform((message) => ({
	message,
	reason: void 0
})))]), {
	message: "",
	reason: void 0
});
/**
* Reads an error body. Aura's own services send `{"errors":[{message, reason}]}`, its gateway
* `{"error": "…"}`; 5xx can be text, HTML or empty. Source: Aura API v1 specification and clients.
*/
function readComplaints(body) {
	const { error, message: text = "", errors = [] } = readJson(errorBody, body) ?? {};
	if (error !== void 0) return [{
		message: error,
		reason: void 0
	}];
	const found = errors.slice(0, 5).map((entry) => parse(complaint, entry)).filter(({ message, reason }) => message !== "" || reason !== void 0);
	return found.length === 0 && text !== "" ? [{
		message: text,
		reason: void 0
	}] : found;
}
/**
* Identifies this action, its version and where to report problems. The version in package.json is
* the only one; the build copies it into the bundle.
*/
const userAgent = `aura-action/${{ "rE": "0.1.0" }.rE} (+https://github.com/aura-action/aura-action)`;
/** The Aura API, for requests and messages about them. */
const aura = {
	name: "Aura",
	userAgent,
	readComplaints,
	refusesUser: (complaints) => complaints.some(({ reason }) => reason === "unauthorized")
};
/** The same transport, which counts what it sends. */
function counted(transport) {
	let sent = {
		all: 0,
		tokens: 0,
		mayHaveChanged: false
	};
	const note = (news) => {
		sent = {
			...sent,
			...news
		};
	};
	return {
		sent: () => sent,
		transport: {
			...transport,
			send: async (request, signal) => {
				const isToken = request.policy === "token";
				const changes = !isToken && !isReading(request.policy);
				let isSent = false;
				const sending = () => {
					request.sending?.();
					isSent = true;
					note({
						all: sent.all + 1,
						tokens: sent.tokens + (isToken ? 1 : 0)
					});
				};
				const mayHaveChanged = () => {
					if (changes && isSent) note({ mayHaveChanged: true });
				};
				try {
					const answer = await transport.send({
						...request,
						sending
					}, signal);
					if (!counted_isRefusal(answer.status)) mayHaveChanged();
					return answer;
				} catch (error) {
					if (!(error instanceof RequestError) || error.effect !== "none") mayHaveChanged();
					throw error;
				}
			}
		}
	};
}
/** The service has certainly not done what was asked. After a timeout of its own it may have. */
function counted_isRefusal(status) {
	return status >= 300 && status < 500 && status !== 408;
}
/** The gap after the first refusal, and the longest. */
const firstGapMilliseconds = 8e3;
const longestGapMilliseconds = 12e4;
/** The share of the gap that stays after an answer that is not a refusal. */
const shrinking = .9;
/** A shorter gap is none. */
const shortestGapMilliseconds = 1e3;
/**
* A step sends at most this many requests in any minute, even if nothing is refused: a service that
* allows 125 has some left. The minute is a little longer, because requests that are sent one after
* the other can arrive together.
*/
const mostPerMinute = 115;
const minuteMilliseconds = 61e3;
/**
* The last seconds of a step, in which the gap is at most as long as after the first refusal. Each
* step draws their number between these two, because jobs that began together also end together.
*/
const pacing_lastMilliseconds = [1e4, 25e3];
/** Clients that are refused for the first time return spread over this time. */
const leastSpreadMilliseconds = 1e3;
/** Shorter waits are not worth a line in the log. */
const pacing_saidFromMilliseconds = 5e3;
/**
* When the next request of a step may be sent. Its gap is 0 at first. It grows with each answer 429,
* because the service then allows fewer requests than its clients send together, and shrinks with
* each other answer.
*/
var Pace = class {
	#random;
	#gap = 0;
	/** Gap times a random factor, drawn once for each request: jobs must not stay in step. */
	#pause = 0;
	#grewAt = -Infinity;
	/** The end of the longest `Retry-After`. */
	#blockedUntil = -Infinity;
	/** When the last requests were sent, as many as a minute may have. */
	#sentAt = [];
	/** @param random returns a number in [0, 1). */
	constructor(random) {
		this.#random = random;
	}
	/** Milliseconds; 0 until the service refuses a request. */
	get gap() {
		return this.#gap;
	}
	/** Whether the service has ever refused a request of this step. */
	get wasRefused() {
		return this.#grewAt !== -Infinity;
	}
	/** When the next request may be sent: epoch milliseconds, or earlier than now. */
	get due() {
		return this.#after(this.#pause);
	}
	/**
	* When the next poll may be sent. It waits up to twice as long as another request: what it would
	* find can be found later, and many jobs need the requests that it leaves to them.
	*/
	get pollDue() {
		return this.#after(this.#pause + Math.max(0, this.#gap - firstGapMilliseconds));
	}
	/** When the next request may be sent in the last seconds of the step. */
	get lastDue() {
		return this.#after(Math.min(this.#pause, firstGapMilliseconds));
	}
	/** Records a request that is sent now. */
	sent(now) {
		this.#sentAt = [...this.#sentAt, now].slice(-115);
		this.#draw();
	}
	/**
	* Records an answer. If the request was sent before the gap grew last, the answer does not count:
	* many requests that are refused together are one sign, not many.
	*
	* @param times when the request was sent and answered, in epoch milliseconds.
	*/
	answered({ status, retryAfterMilliseconds }, { sentAt, now }) {
		if (status === 429 && retryAfterMilliseconds !== void 0) {
			const until = now + Math.min(retryAfterMilliseconds, longestAskedMilliseconds) + Math.max(leastSpreadMilliseconds, this.#gap) * this.#random();
			this.#blockedUntil = Math.max(this.#blockedUntil, until);
		}
		if (sentAt <= this.#grewAt) return;
		if (status === 429) {
			this.#grewAt = now;
			this.#gap = this.#grown();
		} else {
			this.#gap *= shrinking;
			if (this.#gap < shortestGapMilliseconds) this.#gap = 0;
		}
		this.#draw();
	}
	/** The gap after one more refusal. */
	#grown() {
		return Math.min(longestGapMilliseconds, Math.max(firstGapMilliseconds, 2 * this.#gap));
	}
	/** @param pause after the last request, in milliseconds. */
	#after(pause) {
		const afterLast = (this.#sentAt.at(-1) ?? -Infinity) + pause;
		const oldest = this.#sentAt.length < mostPerMinute ? void 0 : this.#sentAt[0];
		const withinMinute = oldest === void 0 ? -Infinity : oldest + minuteMilliseconds;
		return Math.ceil(Math.max(afterLast, this.#blockedUntil, withinMinute));
	}
	#draw() {
		this.#pause = this.#gap * (.85 + .3 * this.#random());
	}
};
/**
* Sends the requests of a step at the {@link Pace} that the service allows, and sends a request that
* the service refuses with 429 again. It is the only place that waits because of 429. Requests that
* change something go first. Token requests have a limit of their own: send them without this.
*
* A wait ends with the step's signal, also for a request that then continues after it. If a wait
* would pass the deadline, it is not started: the result is the last answer, or an error. When the
* step must end quickly, requests are sent without a wait.
*
* @returns a transport whose `send` also throws {@link TimeOverError}.
*/
function paced(transport, patience) {
	const { clock, hurrySignal, log } = patience;
	const { service } = transport;
	const line = new Line(patience, service.name);
	return {
		...transport,
		send: async (request, signal) => {
			let refusal;
			for (;;) {
				if (!await line.turn(request, refusal !== void 0)) {
					if (refusal !== void 0) return refusal;
					throw new TimeOverError(service, askedBy(transport, request), " at the pace it allows");
				}
				const limitMilliseconds = limitAt(clock.now(), request, patience);
				const answer = await line.watch(transport.send({
					...request,
					limitMilliseconds
				}, signal));
				if (answer.status !== 429) return answer;
				patience.onLimited?.();
				const due = line.due(request);
				const wait = Math.max(0, due - clock.now());
				refusal = {
					...answer,
					retryAfterMilliseconds: wait
				};
				if (hurrySignal?.aborted === true) return refusal;
				if (limitAt(due, request, patience) <= 0) return refusal;
				const { message } = answerError(askedBy(transport, request), answer);
				sayRetry({
					message,
					delay: wait
				}, log);
			}
		}
	};
}
/** Lets the requests of a step through one by one. */
var Line = class {
	#patience;
	#service;
	#pace;
	#waiting = [];
	/** When the last seconds begin. */
	#lastAt;
	/** Requests without an answer. */
	#open = 0;
	#said = false;
	constructor(patience, service) {
		this.#patience = patience;
		this.#service = service;
		this.#pace = new Pace(patience.random);
		const [least, most] = pacing_lastMilliseconds;
		this.#lastAt = patience.deadline - (least + (most - least) * patience.random());
	}
	/**
	* When the request may be sent, if it is the next. A read or a deletion that would miss the
	* deadline is sent right before it: otherwise a step could end without seeing that the service was done.
	*/
	due(request) {
		const { policy } = request;
		const due = policy === "poll" ? this.#pace.pollDue : this.#pace.due;
		if (!(isReading(policy) || policy === "repeatable") || limitAt(due, request, this.#patience) > 0) return due;
		const lastDue = Math.max(this.#lastAt, this.#pace.lastDue);
		return lastDue < this.#patience.deadline ? Math.min(due, lastDue) : due;
	}
	/**
	* Waits until the request may be sent.
	*
	* @param said whether the log has said how long it waits.
	* @returns false if it would be sent too late.
	* @throws the signal's reason when aborted.
	*/
	async turn(request, said) {
		const { clock, signal, hurrySignal } = this.#patience;
		const me = {
			changes: !isReading(request.policy),
			said,
			wake: () => void 0
		};
		this.#enter(me);
		try {
			for (;;) {
				signal?.throwIfAborted();
				const now = clock.now();
				const due = this.#isNext(me) ? this.due(request) : Infinity;
				if (due <= now || hurrySignal?.aborted === true) {
					this.#pace.sent(now);
					this.#open += 1;
					return true;
				}
				if (due < Infinity && limitAt(due, request, this.#patience) <= 0) return false;
				await this.#pause(me, due - now);
			}
		} finally {
			this.#waiting.splice(this.#waiting.indexOf(me), 1);
			this.#waiting[0]?.wake();
		}
	}
	/** Waits for the answer to a request that was just let through; call it for each. */
	async watch(answered) {
		const { clock } = this.#patience;
		const sentAt = clock.now();
		try {
			const answer = await answered;
			this.#pace.answered(answer, {
				sentAt,
				now: clock.now()
			});
			return answer;
		} finally {
			this.#open -= 1;
			this.#waiting[0]?.wake();
		}
	}
	#enter(me) {
		const reads = this.#waiting.findIndex(({ changes }) => !changes);
		this.#waiting.splice(me.changes && reads >= 0 ? reads : this.#waiting.length, 0, me);
	}
	/**
	* After a refusal, requests are sent one after the other: the next may be refused too, and then
	* the others would be refused with it.
	*/
	#isNext(me) {
		return this.#waiting[0] === me && !(this.#open > 0 && this.#pace.wasRefused);
	}
	async #pause(me, milliseconds) {
		const { signal, hurrySignal } = this.#patience;
		const awake = new AbortController();
		me.wake = () => {
			awake.abort();
		};
		if (!me.said && milliseconds < Infinity) this.#say(milliseconds);
		const ends = [
			awake.signal,
			signal,
			hurrySignal
		].filter((end) => end !== void 0);
		await sleep(this.#patience, milliseconds, AbortSignal.any(ends)).catch((error) => {
			if (!ends.some(({ aborted }) => aborted)) throw error;
		});
	}
	#say(milliseconds) {
		if (milliseconds <= pacing_saidFromMilliseconds || this.#said) return;
		this.#said = true;
		this.#patience.log(`Waiting ${inSeconds(milliseconds)} before the next request: ${this.#service} limits the requests per minute, so this step sends fewer for a while.`);
	}
};
/** The time limit of a request that is sent at this time; 0 if it is then too late. */
function limitAt(time, { policy, limitMilliseconds }, { deadline }) {
	if (policy !== "irreplaceable") return withinDeadline(limitMilliseconds, deadline - time);
	return time > deadline ? 0 : limitMilliseconds;
}
/**
* A token is renewed this long before it expires, so that no request starts with a token that is
* about to expire.
*/
const marginMilliseconds = 6e4;
/** Renewing a shorter one in advance would cost a request each minute, or each request. */
const shortLifeMilliseconds = 12e4;
/** A token with a shorter life is not shared, and not renewed earlier than others. */
const leastSharedMilliseconds = 6e5;
/**
* A shared token is renewed between five and ten minutes before its end: each job draws its own
* moment, so that the first one renews it for all.
*/
const leadOf = (random) => 3e5 + 3e5 * random;
/** Jobs that start together find no token; they pause up to this long, so that few of them ask. */
const longestPauseMilliseconds = 3e3;
/**
* How much more likely a long pause is than a short one, as a power of e: a few jobs ask, and the
* others find the token that these have shared in the meantime.
*/
const pauseSkew = 4;
/** After a refusal, a job that shares tokens requests the next one at the earliest after this time. */
const betweenRequestsMilliseconds = 6e4;
/** All jobs get the same `Retry-After`: this spreads their next requests, so that one is enough. */
const spreadMilliseconds = 3e4;
/**
* The longest pause between two looks for the token of another job, in polls: about two minutes.
* The looks are limited too, and many jobs may wait for an hour.
*/
const longestLookPolls = 12;
/** After this many looks in a row without an answer, a job no longer counts on the tokens of others. */
const mostUnanswered = 3;
/**
* One token for all requests: services allow few token requests per hour and client, so it is
* reused, stored for later steps, shared with other jobs, and requested again only shortly before it
* expires or when it is refused.
*/
function createTokenSource(options) {
	return new Source(options);
}
var Source = class {
	#options;
	/** How long before the end of a token this job looks for the next one. */
	#leadMilliseconds;
	#held;
	#looked = false;
	#granted = 0;
	#pending;
	/** The token that a renewal requested, until the service accepts it. */
	#renewed;
	#refused = [];
	/** The newest token from another job. */
	#fromOthers;
	/** How many looks for shared tokens were not answered since the last answer. */
	#unanswered = mostUnanswered;
	/** The refusal of a token request, and when the next one may be sent. */
	#barred;
	constructor(options) {
		this.#options = options;
		const { shared, patience } = options;
		this.#leadMilliseconds = shared === void 0 ? marginMilliseconds : leadOf(patience.random());
	}
	known() {
		return this.#held?.token;
	}
	spent() {
		return this.#granted >= maxTokens;
	}
	isShared(token) {
		return isSame(token, this.#fromOthers);
	}
	accepted(used) {
		if (isSame(used, this.#renewed)) this.#renewed = void 0;
	}
	async current() {
		if (!this.#looked) this.#takeKept();
		this.#looked = true;
		return this.#fresh() ?? this.#obtainOnce();
	}
	async renew(refused) {
		if (isSame(refused, this.#renewed)) return void 0;
		if (this.#held !== void 0 && !isSame(this.#held.token, refused)) return this.#held.token;
		if (this.#options.credentials === void 0) return void 0;
		this.#refused.push(refused);
		if (this.spent()) {
			await this.#look();
			return this.#fresh();
		}
		const token = await this.#obtainOnce();
		if (!this.isShared(token)) this.#renewed = token;
		return token;
	}
	/**
	* The stored token, otherwise the one from sealed credentials; the latter is stored for later
	* steps.
	*/
	#takeKept() {
		const { store, initial } = this.#options;
		const stored = store.load();
		if (stored !== void 0) this.#adopt(stored);
		if (this.#fresh() !== void 0 || initial === void 0) return;
		if (this.#adopt(initial)) store.save(initial);
	}
	/** Uses a token from elsewhere if it lasts longer. @returns whether it is used now. */
	#adopt(token) {
		const next = this.#hold(token);
		const held = this.#held;
		if (next.usableUntil <= this.#now()) return false;
		if (!(held === void 0 || next.usableUntil > held.usableUntil) && !this.#isRefused(held.token)) return false;
		this.#held = next;
		return true;
	}
	/** @param life of a new token, in milliseconds. */
	#hold(token, life = Infinity) {
		const { expiresAt = Infinity } = token;
		if (life < shortLifeMilliseconds) return {
			token,
			renewAt: Infinity,
			usableUntil: Infinity
		};
		return {
			token,
			renewAt: expiresAt - (life < leastSharedMilliseconds ? marginMilliseconds : Math.min(this.#leadMilliseconds, life / 2)),
			usableUntil: expiresAt - marginMilliseconds
		};
	}
	/** The token in use, unless it is time for the next one. */
	#fresh() {
		const held = this.#held;
		if (held === void 0 || this.#isRefused(held.token)) return void 0;
		return held.renewAt > this.#now() ? held.token : void 0;
	}
	/** Parallel requests share one search for a token. */
	#obtainOnce() {
		this.#pending ??= this.#obtain().finally(() => {
			this.#pending = void 0;
		});
		return this.#pending;
	}
	async #obtain() {
		await this.#look();
		if (this.#fresh() === void 0 && this.#unanswered === 0 && !this.spent()) {
			await this.#pause();
			await this.#look();
		}
		const found = this.#fresh();
		if (found !== void 0) return found;
		const held = this.#held;
		if (held !== void 0 && this.spent()) return this.#keep(held, Infinity);
		if (held !== void 0 && !this.#isRefused(held.token) && held.usableUntil > this.#now()) return this.#renewAhead(held);
		const answer = await this.#ask();
		return answer instanceof RequestError ? this.#awaitOthers(answer) : answer;
	}
	/** Looks for a newer token that another job shared. */
	async #look() {
		const tokens = await this.#options.shared?.find();
		this.#unanswered = tokens === void 0 ? this.#unanswered + 1 : 0;
		for (const token of tokens ?? []) {
			if (this.#isRefused(token)) return;
			if (!this.#adopt(token)) continue;
			this.#fromOthers = token;
			this.#options.store.save(token);
		}
	}
	/** Whether other jobs can be expected to share their tokens: at first only after an answer. */
	get #sharing() {
		return this.#unanswered < mostUnanswered;
	}
	#pause() {
		const { clock, deadline, random, signal } = this.#options.patience;
		const left = Math.max(0, deadline - clock.now());
		const share = Math.log1p(random() * Math.expm1(pauseSkew)) / pauseSkew;
		return clock.sleep(Math.min(Math.round(longestPauseMilliseconds * share), left), signal);
	}
	/** Requests a token in advance. If there is none, the present one is used for another minute. */
	async #renewAhead(held) {
		try {
			const answer = await this.#ask();
			if (!(answer instanceof RequestError)) return answer;
		} catch (error) {
			if (!(error instanceof RequestError)) throw error;
			this.#log(error, "The present access token is still valid.");
		}
		return this.#keep(held, held.usableUntil);
	}
	/** Uses a token for another minute, but not past `end`. */
	#keep(held, end) {
		this.#held = {
			...held,
			renewAt: Math.min(this.#now() + betweenRequestsMilliseconds, end)
		};
		return held.token;
	}
	/**
	* Requests a token.
	*
	* @returns the refusal (429) if another job may share its token.
	*/
	async #ask() {
		try {
			if (this.#barred !== void 0 && this.#barred.until > this.#now()) throw this.#barred.error;
			return await this.#request();
		} catch (error) {
			if (!(error instanceof RequestError) || error.status !== 429) throw error;
			if (!this.#sharing) throw this.#options.shared === void 0 ? error : this.#notShared(error);
			if (error !== this.#barred?.error) {
				const wait = Math.max(betweenRequestsMilliseconds, error.retryAfterMilliseconds ?? 0) + spreadMilliseconds * this.#options.patience.random();
				this.#barred = {
					error,
					until: this.#now() + wait
				};
				this.#log(error, "Looking for an access token that another job shares.");
			}
			return error;
		}
	}
	async #request() {
		const { store, shared } = this.#options;
		const { token, lifeMilliseconds } = await requestToken(this.#options);
		this.#granted += 1;
		this.#held = this.#hold(token, lifeMilliseconds);
		store.save(token);
		if (lifeMilliseconds !== void 0 && lifeMilliseconds >= leastSharedMilliseconds && this.#sharing) await shared?.share(token);
		return token;
	}
	/** Waits until another job shares a token, or until the service issues one. */
	#awaitOthers(refusal) {
		const { patience } = this.#options;
		let polls = 1;
		return poll({
			...patience,
			pollInterval: void 0
		}, {
			read: async () => {
				await this.#look();
				return this.#fresh() ?? await this.#ask();
			},
			judge: (answer) => {
				if (!(answer instanceof RequestError)) return done(answer);
				polls = Math.min(2 * polls, longestLookPolls);
				return again(Math.min(polls, this.#pollsUntilAllowed()));
			},
			overdue: (trouble) => {
				throw trouble ?? this.#notShared(refusal);
			},
			tolerance: createTolerance(patience),
			beat: createBeat(patience.clock, () => {
				patience.log("Still waiting for an access token.");
			}).beat
		});
	}
	/** The error of a job that shares tokens: it needs other advice than one that could share them. */
	#notShared(refusal) {
		return new NoSharedTokenError(refusal, this.#unanswered === 0);
	}
	/** After how many polls the next token may be requested, at least one. */
	#pollsUntilAllowed() {
		const wait = (this.#barred?.until ?? 0) - this.#now();
		return Math.max(1, Math.ceil(wait / pollDelay(.5)));
	}
	#log({ message }, next) {
		this.#options.patience.log(`${sentence(message)}. ${next}`);
	}
	#isRefused(token) {
		return this.#refused.some((one) => isSame(one, token));
	}
	#now() {
		return this.#options.patience.clock.now();
	}
};
function isSame(one, other) {
	return other !== void 0 && one.accessToken.equals(other.accessToken);
}
/** The client of a step, and its tokens. */
function connect_connect({ apiUrl, credentials, place, initial, shared }, { patience, report }) {
	const { mask, debug } = report;
	const { clock } = patience;
	const { transport, sent } = counted(logged(createTransport(aura, apiUrl, clock), {
		clock,
		debug
	}));
	const tokens = createTokenSource({
		transport,
		credentials,
		store: place === void 0 ? noFile : createTokenFile({
			...place,
			mask,
			debug
		}),
		initial,
		shared,
		patience,
		mask
	});
	return {
		client: createAuraClient({
			transport: paced(transport, patience),
			tokens,
			patience,
			mask,
			debug
		}),
		tokens,
		sent
	};
}
const noFile = {
	load: () => void 0,
	save: () => void 0
};
/**
* Records the instances that the step works on. Their outputs, and the texts of failures, come from
* it. A change of any other instance affects only the output `changed`.
*/
var Ledger = class {
	#aim;
	#write;
	#history;
	#entries = /* @__PURE__ */ new Map();
	/** Each instance as it was seen last. */
	#seen = /* @__PURE__ */ new Map();
	/** The instances that this step has created. */
	#own = /* @__PURE__ */ new Set();
	/** The instances that a dry run would change. */
	#due = /* @__PURE__ */ new Set();
	/** Instances that Aura does not find. */
	#absent = /* @__PURE__ */ new Set();
	#several = false;
	/** Whether this step has changed an instance that has no entry. */
	#othersChanged = false;
	/**
	* @param aim the operation, and the instance as the inputs name it.
	* @param write sets outputs.
	* @param history also gets everything that happens to any instance.
	*/
	constructor(aim, write, history) {
		this.#aim = aim;
		this.#write = write;
		this.#history = history;
	}
	/** Sets the outputs that the inputs determine, before any request. */
	announce() {
		const { id, name } = this.#aim;
		this.#write({
			"instance-id": id,
			name,
			created: false,
			changed: false
		});
	}
	/**
	* Opens an entry for each instance that the step works on, before it changes the first. The output
	* about several is then written only by {@link flush}: with 1,000 instances it has 100 KB.
	*
	* @param as `several` if no output may describe a single one, even if there is only one.
	*/
	open(instances, as) {
		this.#several = as === "several";
		for (const { id, name } of instances) this.#enter({
			id,
			name
		});
		const one = this.#several ? void 0 : this.#only();
		if (one !== void 0) this.#write({
			"instance-id": one.id,
			name: one.name
		});
		this.flush();
	}
	/** Writes the outputs about all instances. */
	flush() {
		const all = [...this.#entries.values()];
		const changed = this.#othersChanged || all.some((entry) => entry.changed);
		const tenant = this.#several ? this.#commonTenant() : void 0;
		this.#write({
			...sumUp(all, this.#several),
			tenant,
			changed
		});
	}
	/** The progress so far. @param ids of the instances that count; default: all. */
	tally(ids) {
		const all = this.entries().filter(({ id }) => ids === void 0 || ids.has(id));
		const byStatus = /* @__PURE__ */ new Map();
		for (const { status, error } of all) if (error === void 0) byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
		return {
			all: all.length,
			failed: all.filter(({ error }) => error !== void 0).length,
			byStatus
		};
	}
	/** Opens an entry for an instance that this step has created. */
	made({ id, name }) {
		this.#own.add(id);
		this.#write({ created: true });
		this.open([{
			id,
			name
		}]);
		this.#history?.changed(id, "creating");
		this.#note({
			id,
			status: "creating",
			changed: true
		});
	}
	/** Records an instance that this step has created, but whose password is lost. */
	madeInVain(id) {
		this.#own.add(id);
	}
	/** Records an instance that was read. */
	saw(instance) {
		const { id, name, status } = instance;
		this.#seen.set(id, instance);
		this.#history?.saw(instance);
		if (!this.#several && this.#only()?.id === id) this.#write(instanceOutputs(instance));
		this.#note({
			id,
			name,
			status
		});
	}
	/**
	* Records a status that is known without the rest of the instance. If this step created the
	* instance and it is deleted now, then nothing has changed.
	*/
	status(id, status) {
		const last = this.#seen.get(id);
		this.#history?.status(id, status);
		if (last === void 0) this.#note({
			id,
			status
		});
		else this.saw(withStatus(last, status));
		if (status !== "deleted" || !this.#own.has(id)) return;
		this.#write({ created: false });
		this.#note({
			id,
			changed: false
		});
	}
	/** Records that Aura has accepted a change that this step requested. */
	changed(id, status) {
		if (!this.#entries.has(id) && !this.#own.has(id)) {
			this.#othersChanged = true;
			this.#write({ changed: true });
		}
		this.#note({
			id,
			changed: true
		});
		this.#history?.changed(id, status);
		this.status(id, status);
	}
	/** The instances that the step works on. */
	entries() {
		return [...this.#entries.values()];
	}
	/** Records an instance that a dry run would change. */
	due(id) {
		this.#due.add(id);
	}
	/** Whether a dry run would change the instance. */
	isDue(id) {
		return this.#due.has(id);
	}
	/** Records an instance that Aura does not find. */
	absent(id) {
		this.#absent.add(id);
	}
	isAbsent(id) {
		return this.#absent.has(id);
	}
	/** Whether this step has created the instance. */
	isOwn(id) {
		return this.#own.has(id);
	}
	/** What is known about one of the instances that the step works on. */
	resultOf(id) {
		return this.#entries.get(id);
	}
	failed(id, error) {
		this.#note({
			id,
			error
		});
	}
	/** Records that the step has failed; if there is only one instance, the error is about it. */
	stepFailed(message) {
		const only = this.#only();
		if (only !== void 0) this.failed(only.id, only.error ?? message);
		if (this.#several) this.flush();
	}
	/**
	* The operation and the instance, to follow "Could not": `pause instance 'x' (1a2b3c4d)`.
	*
	* @param one of several instances; default: the instance of the whole step.
	*/
	task(one) {
		const entry = one === void 0 ? this.#only() : this.#entries.get(one.id ?? "");
		const { operation, several } = this.#aim;
		if (one === void 0 && several !== void 0) return `${operation} ${several}`;
		const { id, name } = one ?? entry ?? this.#aim;
		return `${operation} ${describe({
			id,
			name: name ?? entry?.name
		})}`;
	}
	#only() {
		const [one, ...others] = this.#entries.values();
		return others.length === 0 ? one : void 0;
	}
	/** Changes an entry; nothing if there is none for the id. */
	#note(news) {
		if (!this.#entries.has(news.id)) return;
		this.#enter(news);
		if (!this.#several) this.flush();
		else if (news.changed === true) this.#write({ changed: true });
	}
	#enter(news) {
		this.#entries.set(news.id, {
			name: void 0,
			status: void 0,
			changed: false,
			error: void 0,
			...this.#entries.get(news.id),
			...news
		});
	}
	/** The tenant of all instances, once each was read or has failed; undefined if they differ. */
	#commonTenant() {
		if ([...this.#entries.values()].some(({ status, error }) => status === void 0 && error === void 0)) return;
		const [tenant, ...others] = new Set([...this.#seen.values()].map(({ tenantId }) => tenantId));
		return others.length === 0 ? tenant : void 0;
	}
};
/** @param several no status is an output then. */
function sumUp(entries, several) {
	const [status, ...others] = new Set(entries.map((entry) => entry.status));
	return {
		status: several || others.length > 0 ? void 0 : status,
		instances: JSON.stringify(several ? entries.map(cutError) : entries, [
			"id",
			"name",
			"status",
			"changed",
			"error"
		])
	};
}
/** With 1,000 instances the output must stay far below GitHub's limit of 1 MB. */
function cutError(entry) {
	return {
		...entry,
		error: entry.error && cutMessage(entry.error)
	};
}
function describe({ id, name }) {
	if (id === void 0) return `instance '${name ?? ""}'`;
	return name === void 0 ? `instance ${id}` : label({
		id,
		name
	});
}
/** The outputs from the details of an instance. */
function instanceOutputs(instance) {
	return {
		"instance-id": instance.id,
		name: instance.name,
		"connection-uri": instance.connectionUrl,
		tier: instance.type,
		region: instance.region,
		"cloud-provider": instance.cloudProvider,
		memory: instance.memory,
		tenant: instance.tenantId,
		instance: JSON.stringify(instance.fields)
	};
}
/** `instance` with a status that is known without reading it again. */
function withStatus(instance, status) {
	return {
		...instance,
		status,
		fields: {
			...instance.fields,
			status
		}
	};
}
const post_access_maxBytes = 4096;
/**
* Stores the key of the job's token for the post step, sealed in `RUNNER_TEMP`. So the post step
* finds the newest token and needs no input.
*
* @param mask called with the key before it is used: in a debug run, the runner prints saved state.
* @returns the key that opens it again, base64url.
* @throws the error of the file system.
*/
function leaveTokenPlace(directory, { path, key }, mask) {
	const postKey = (0, external_node_crypto_.randomBytes)(32);
	const text = postKey.toString("base64url");
	mask(text);
	const content = JSON.stringify({
		file: (0, external_node_path_namespaceObject.basename)(path),
		key: key.toString("base64")
	});
	(0, external_node_fs_namespaceObject.writeFileSync)(placeOf(directory, text), sealUnderKey(content, postKey), {
		flag: "wx",
		mode: 384
	});
	return text;
}
const tokenPlace = /* @__PURE__ */ object({
	file: /* @__PURE__ */ string(),
	key: /* @__PURE__ */ string()
});
/**
* Opens what {@link leaveTokenPlace} stored.
*
* @throws if it no longer exists or was changed.
*/
function takeTokenPlace(directory, key) {
	const sealed = readSafely(placeOf(directory, key), {
		maxBytes: post_access_maxBytes,
		ownOnly: true
	}).toString("utf8");
	const place = readJson(tokenPlace, openUnderKey(sealed, Buffer.from(key, "base64url")));
	if (place === void 0) throw new Error("it contains something else");
	return {
		path: (0, external_node_path_namespaceObject.join)(directory, (0, external_node_path_namespaceObject.basename)(place.file)),
		key: Buffer.from(place.key, "base64")
	};
}
function placeOf(directory, key) {
	const digest = (0, external_node_crypto_.createHash)("sha256").update(key).digest("hex").slice(0, 16);
	return (0, external_node_path_namespaceObject.join)(directory, `aura-action-post-${digest}`);
}
/** The deployments that store the credentials of instances. */
const shelf = {
	environment: "aura",
	taskStart: "aura:",
	description: "Sealed credentials of an Aura instance"
};
/**
* The deployments that store the access token of a client. Their task ends in 64 digits, so it is
* not the one of any instance: the name of an instance has at most 30 characters.
*/
const tokenShelf = {
	environment: "aura",
	taskStart: "aura:token:",
	description: "Sealed access token of the Aura API"
};
/**
* The head branch of a pull request, from an event or from one of GitHub's lists.
*
* @param repository `owner/repo` of the pull request, if the pull request does not contain it.
* @returns undefined if it does not say the branch, or the fork that the branch is from.
*/
function headBranch(pullRequest, repository) {
	return branchFrom(headSource(pullRequest, repository));
}
/** Whether the head of a pull request is in another repository, also one of the same owner. */
function isFromFork(pullRequest, repository) {
	return field(pullRequest, "head") !== void 0 && !isOwn(headSource(pullRequest, repository));
}
/** The branch of a workflow run, as {@link headBranch}. */
function runBranch(run, repository) {
	return branchFrom({
		repository,
		branch: textField(run, "head_branch"),
		from: field(run, "head_repository"),
		owners: []
	});
}
function headSource(pullRequest, repository) {
	const head = field(pullRequest, "head");
	return {
		repository: textField(field(field(pullRequest, "base"), "repo"), "full_name") ?? repository,
		branch: textField(head, "ref"),
		from: field(head, "repo"),
		owners: [ownerIn(textField(head, "label"), ":"), textField(field(head, "user"), "login")]
	};
}
function branchFrom(source) {
	const { branch: name, from, owners } = source;
	if (name === void 0) return void 0;
	if (isOwn(source)) return {
		name,
		owner: void 0
	};
	const owner = [...[ownerIn(textField(from, "full_name"), "/"), textField(field(from, "owner"), "login")], ...owners].find((candidate) => candidate !== void 0);
	return owner === void 0 ? void 0 : {
		name,
		owner
	};
}
/** GitHub compares names of owners and repositories without regard to case. */
function isOwn({ from, repository }) {
	return textField(from, "full_name")?.toLowerCase() === repository.toLowerCase();
}
/** The text before the separator, if it is between two words. */
function ownerIn(text, separator) {
	const [owner, ...rest] = text?.split(separator) ?? [];
	return owner !== "" && rest.join("") !== "" ? owner : void 0;
}
/**
* The branch of an event; all events of a branch have the same one. It comes from the payload:
* GitHub runs many events on the default branch, although they belong to another branch.
*
* @returns undefined if the event has no branch, or does not say whose fork the branch is in.
*/
function branchOf(event) {
	const { name, payload, ref, repository } = event;
	if (isAboutPullRequest(event)) return headBranch(field(payload, "pull_request"), repository);
	switch (name) {
		case "push": return own(branchIn(pushedRef(event)));
		case "create":
		case "delete": return textField(payload, "ref_type") === "branch" ? own(textField(payload, "ref")) : void 0;
		case "workflow_run": {
			const within = textField(field(payload, "repository"), "full_name") ?? repository;
			return runBranch(field(payload, "workflow_run"), within);
		}
		case "check_run": return own(textField(field(field(payload, "check_run"), "check_suite"), "head_branch"));
		case "check_suite": return own(textField(field(payload, "check_suite"), "head_branch"));
		case "merge_group": return own(branchIn(textField(field(payload, "merge_group"), "head_ref") ?? ref));
		case "schedule":
		case "workflow_dispatch": return own(branchIn(ref));
		default: return;
	}
}
/** Why {@link branchOf} returns no branch, to follow the name of the event. */
function whyNoBranch(event) {
	const { payload } = event;
	const head = field(field(payload, "pull_request"), "head");
	const branch = isAboutPullRequest(event) ? textField(head, "ref") : textField(field(payload, "workflow_run"), "head_branch");
	return branch === void 0 ? "has no branch to build a name from" : `does not say whose fork the branch '${branch}' is in`;
}
/** The pull request of an event, if it is closed: by the event's action, or by its state. */
function closedPullRequest(event) {
	if (!isAboutPullRequest(event)) return void 0;
	const pullRequest = field(event.payload, "pull_request");
	if (![textField(event.payload, "action"), textField(pullRequest, "state")].includes("closed")) return void 0;
	const number = field(pullRequest, "number") ?? field(event.payload, "number");
	const closedAt = Date.parse(textField(pullRequest, "closed_at") ?? "");
	return {
		number: Number.isSafeInteger(number) ? Number(number) : void 0,
		closedAt: Number.isNaN(closedAt) ? void 0 : closedAt
	};
}
/** The tag whose deletion started the run. */
function deletedTag(event) {
	const { name, payload } = event;
	if (name === "delete") return textField(payload, "ref_type") === "tag" ? textField(payload, "ref") : void 0;
	const prefix = "refs/tags/";
	const ref = textField(payload, "ref");
	return name === "push" && field(payload, "deleted") === true && ref?.startsWith(prefix) === true ? ref.slice(10) : void 0;
}
/**
* Why secrets are empty in this run, if GitHub withholds them: pull requests from forks and runs
* started by Dependabot get no secrets.
*/
function secretsWithheld(event) {
	if (event.actor === "dependabot[bot]") return "dependabot";
	const limited = isAboutPullRequest(event) && event.name !== "pull_request_target";
	const pullRequest = field(event.payload, "pull_request");
	return limited && isFromFork(pullRequest, event.repository) ? "fork" : void 0;
}
/** `pull_request`, `pull_request_target`, and those of reviews and their comments. */
function isAboutPullRequest({ name }) {
	return name.startsWith("pull_request");
}
/** After a push that has deleted its branch, `GITHUB_REF` is the default branch. */
function pushedRef({ payload, ref }) {
	return textField(payload, "ref") ?? (field(payload, "deleted") === true ? void 0 : ref);
}
function branchIn(ref) {
	return ref?.startsWith("refs/heads/") === true ? ref.slice(11) : void 0;
}
function own(name) {
	return name === void 0 || name === "" ? void 0 : {
		name,
		owner: void 0
	};
}
/** Inputs at the beginning of a message: `Input 'a'`, or `Inputs 'a', 'b' and 'c'`. */
function inputsNamed(names) {
	return `${names.length === 1 ? "Input" : "Inputs"} ${quotedList(names)}`;
}
/** `'a'`, or `'a', 'b' and 'c'`. */
function quotedList(names) {
	const quoted = names.map((name) => `'${name}'`);
	const last = quoted.pop() ?? "";
	return quoted.length === 0 ? last : `${quoted.join(", ")} and ${last}`;
}
/** The verb for these names: `is` for one, otherwise `are`. */
function isOrAre(names) {
	return names.length === 1 ? "is" : "are";
}
/** The pronoun for these names. */
function itOrThem(names) {
	return names.length === 1 ? "it" : "them";
}
/**
* The errors about inputs, each of which ends the step before anything is sent.
* docs/troubleshooting.md has a heading for each; those about the form of a single input share one.
*/
const messages_messages = {
	emptyCredentials: (names, why) => names.length === 1 ? `${inputsNamed(names)} is empty. ${why}` : `${inputsNamed(names)} are empty. ${why}`,
	noToken: (what, permissions) => `Input 'github-token' is empty, but ${what} needs it. Remove the input, so that the step uses the token of the job, and add ${permissions} to the permissions of the job.`,
	wrongSeal: (why) => `Input 'sealed-credentials' cannot be decrypted: ${why}; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.`,
	envFile: (path, why) => `Input 'env-file' is '${path}', but ${why}. Set another path inside the workspace or RUNNER_TEMP.`,
	verifyNeedsWait: "Input 'verify' needs a running database; set 'wait: true' with it.",
	withoutPassword: (names, operation) => `${inputsNamed(names)} cannot be used with operation '${operation}', which works without the password of the database; expected operation create, get, poll or resume.`,
	notRunning: (names, waitFor) => `${inputsNamed(names)} ${names.length === 1 ? "needs" : "need"} a running database, but 'wait-for' is '${waitFor}'. Set 'wait-for: running', or remove ${itOrThem(names)}.`,
	noPassword: (names, operation) => `${inputsNamed(names)} ${names.length === 1 ? "needs" : "need"} the password of the database, which operation '${operation}' cannot read from Aura. Set 'password', 'sealed-credentials' or 'credentials-store: deployment'.`,
	noBranch: (inputs, { event, why, set }) => `${inputs}, and ${event} ${why}. ${set}.`,
	defaultBranch: ({ operation, event, why }) => `Input 'name' is not set, and operation '${operation}' does not take the name from event '${event}': ${why}. Set 'name' or 'instance-id' to select the instance.`,
	closedPullRequest: (which) => `Input 'name' is not set, and pull request${which} is closed: nothing would delete the instance of its branch. Set 'name' to create one anyway.`,
	suffixBeside: (what) => `Input 'name-suffix' cannot be used with ${what}: it is appended to the name from the event.`,
	idForCreate: "Input 'instance-id' cannot be used with operation 'create', which creates a new instance. Set 'name' instead.",
	otherSealedId: (given, sealed) => `Input 'instance-id' is '${given}', but 'sealed-credentials' belongs to instance ${sealed}. Remove one of the two inputs.`,
	selectors: (names) => `${inputsNamed(names)} cannot be used together; expected only one of them, which selects the instance.`,
	oneInstance: (which, operation) => `${which} cannot be used with operation '${operation}', which works on one instance; expected operation get, pause, resume or delete.`,
	ofOneInstance: (names) => `${inputsNamed(names)} cannot be used with several instances; expected a single 'instance-id' or a 'name' with ${itOrThem(names)}.`,
	protectedFromPost: (name, pattern) => `Input 'delete-after-job' cannot delete instance '${name}', which '${pattern}' of input 'protected-names' protects; remove one of them, or set another 'name'.`,
	noOperation: (event) => `Input 'operation' is 'auto', and ${event} does not say which operation to run; expected the event of a branch (pull_request, pull_request_target, push, create or delete) or schedule. Set 'operation' to the one to run.`,
	noValues: (names) => `Operation 'resize' needs a new value; set one or more of ${quotedList(names)}.`,
	noSnapshot: "Input 'snapshot-id' is empty or not set; operation 'restore' needs the id of a snapshot, or latest.",
	snapshotWithoutSource: "Input 'source-snapshot-id' is set without 'source-instance-id'; set the id of the instance that has the snapshot.",
	noSource: "Input 'source-instance-id' is empty or not set; operation 'overwrite' needs the id of the instance to copy.",
	sourceIsTarget: "Input 'source-instance-id' is the instance to overwrite; set another instance, or 'source-snapshot-id' with one of its snapshots.",
	ageForPattern: "Input 'max-age' is not set; it is required with 'name-pattern' for operation 'sweep', which judges names that belong to no branch only by their age.",
	noRepository: "Environment variable 'GITHUB_REPOSITORY' is empty; operation 'sweep' needs it.",
	certificatesIgnored: (hosts) => `Environment variable 'NODE_TLS_REJECT_UNAUTHORIZED' is '0', so another server could pretend to be ${hosts.join(" and ")} and get the credentials. Remove it; if a proxy or server has a certificate of your own authority, set NODE_EXTRA_CA_CERTS to that authority's certificate.`
};
/** The errors about the form of a single input that is not a row of the table alone. */
const messages_forms = {
	wrongClientId: "Input 'client-id' is not a valid Aura client id: it contains a blank, a colon or another character that no client id has.",
	nameAsClientId: "Input 'client-id' is not a valid Aura client id: it is the name of a variable; write it in an expression, as ${{ vars.NAME }}.",
	sameCredentials: "Inputs 'client-id' and 'client-secret' have the same value; expected the client id and the client secret of one API key.",
	wrongClientSecret: (why) => `Input 'client-secret' is not a valid Aura client secret: ${why}. Copy the secret again, or create a new API key in the Aura console.`,
	shortSealingKey: (least) => `Input 'sealing-key' is too short; expected at least ${least} characters.`,
	wrongUsername: "Input 'username' is not valid; expected the name of a user on one line.",
	wrongPassword: (least) => `Input 'password' is not valid; expected ${least} or more characters on one line.`,
	unwritable: (name) => `Input '${name}' contains characters that the file of input 'env-file' cannot contain.`,
	unwritableConfigName: "Input 'config' has a 'name' with characters that the file of input 'env-file' cannot contain.",
	config: (is, why) => `Input 'config' ${is}; expected the output 'instance' of operation get, or the path of a file with it, but ${why}.`,
	foreignConfig: (what) => `${what} has the instance in 'data', as an answer of the API has; expected the output 'instance' of operation get, or the path of a file with it.`,
	listAsConfig: "Input 'config' is a list; expected the output 'instance' of operation get, or the path of a file with it, not the output 'instances'.",
	longConfig: (what, bytes) => `${what} is longer than ${bytes} bytes; expected the output 'instance' of operation get, or the path of a file with it.`,
	noJson: (what) => `${what} is not a JSON object; expected the output 'instance' of operation get, or the path of a file with it.`,
	configField: (what, { field, wanted }) => `${what} has a '${field}' that is not valid; expected ${wanted}.`,
	wrongVariable: (shown, expected) => `Environment variable 'AURA_API_URL' is '${shown}'; expected ${expected}.`
};
/** Why credentials are empty, to follow the error about it. */
const reasons = {
	unset: (places, names) => names.length === 1 ? `Set ${places} under Settings > Secrets and variables > Actions, and check its name in the workflow. If it belongs to an environment, the job needs 'environment:'.` : `Set ${places} under Settings > Secrets and variables > Actions, and check their names in the workflow. If they belong to an environment, the job needs 'environment:'.`,
	withheldFromForks: "GitHub passes no secrets to a pull request from a fork. To skip this step for forks, add 'if-no-credentials: skip' to its inputs, or 'if: github.event.pull_request.head.repo.full_name == github.repository' to the step.",
	withheldFromDependabot: (places) => `GitHub passes variables to runs of Dependabot, but no secrets of the repository. Add ${places} under Settings > Secrets and variables > Dependabot. To skip this step for Dependabot, add 'if-no-credentials: skip' to its inputs.`
};
/** A host as DNS and resolvers accept it; a host that a URL parser would rewrite is invalid. */
const origin_origin = /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?\/?$/i;
/**
* The address of an API, without a path. Plain HTTP is allowed only for this machine, because it
* would expose the credentials.
*
* @param what the API and an example, for the message.
*/
function addressOf(what) {
	return (text) => {
		const url = readOrigin(text);
		const isExposed = url?.protocol === "http:" && !isLoopback(url.hostname);
		return url === void 0 || isExposed ? refusal(text, url, what) : { value: url };
	};
}
function readOrigin(text) {
	const host = origin_origin.exec(text)?.[1]?.toLowerCase();
	if (host === void 0 || !URL.canParse(text)) return void 0;
	const url = new URL(text);
	return url.hostname !== host && !host.startsWith("[") ? void 0 : url;
}
/** Says what is wrong, and the address that was probably meant. */
function refusal(text, url, what) {
	if (text.includes("@")) return {
		expected: "an address without a user name and a password",
		shown: text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, "$1***@")
	};
	if (url !== void 0) return {
		expected: "an address that begins with https:// (http:// only for localhost)",
		...likely(url)
	};
	const [, base = "", host = ""] = /^(https?:\/\/[^/?#\\]+)[/?#]|^([a-z0-9.-]+(?::\d+)?)(?:\/.*)?$/is.exec(text) ?? [];
	const meant = readOrigin(base) ?? readOrigin(`http://${host}`);
	if (meant === void 0) return { expected: `the address of ${what}, without a path` };
	return {
		expected: base === "" ? "an address that begins with https://" : "only the address of the server, without a path such as /v1",
		...likely(meant)
	};
}
/** The address; with `https://`, if its host is another machine. */
function likely(url) {
	return { hint: didYouMean([`${isLoopback(url.hostname) ? url.protocol : "https:"}//${url.host}`]) };
}
/** Another Aura API. */
const parseApiUrl = addressOf("an Aura API, such as https://api.neo4j.io");
/** Source: Aura API v1 specification. */
const longestName = 30;
const controlCharacter = /[\x00-\x1f\x7f]/;
/** Characters that nobody sees. A text that is copied from a page can have them; emoji need others. */
const parsers_invisible = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/;
/** An instance's name. Source: Aura API v1 specification (1–30 characters, no blanks around). */
const parseName = (text) => {
	const why = whyNoName(text);
	return why === void 0 ? { value: text } : { expected: `a name of 1 to ${longestName} characters on one line (this one ${why})` };
};
function whyNoName(text) {
	const { length } = Array.from(text);
	if (length > longestName) return `has ${length}`;
	if (controlCharacter.test(text)) return "contains a tab, a line break or a similar character";
	if (parsers_invisible.test(text)) return "contains an invisible character; write it again by hand";
	return text.trim() === text ? void 0 : "begins or ends with a blank";
}
const instanceIdPattern = /^[0-9a-f]{8}$/i;
const oneId = "an instance id of 8 hexadecimal digits such as 3fb7870d";
const anyUuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** The ids in a connection URI, an address of the console, or a list of another form. */
function idsIn(plain) {
	const ids = plain.replaceAll(anyUuid, " ").match(/(?<![0-9a-z])[0-9a-f]{8}(?![0-9a-z])/g) ?? [];
	return ids.length === 0 ? [] : [[...new Set(ids)].join(", ")];
}
/** What another kind of text is, or what to do with it. */
function parsers_hintFor(text) {
	return /[0-9a-f]/.test(plainly(text)) && plainly(text).replaceAll(anyUuid, "") === "" ? "This is the id of something else, such as a tenant (project) or a snapshot." : "To use a name, set 'name' instead.";
}
/** An instance's id. Source: Aura API v1 specification; ids are hexadecimal. */
const parseInstanceId = suggesting((text) => instanceIdPattern.test(text) ? { value: lowered(text) } : { expected: `${oneId}, not its name` }, idsIn);
/** Instance ids as Aura writes them, separated by commas or newlines; duplicates count once. */
const parseInstanceIds = suggesting((text) => {
	const list = parseList(text);
	const given = "value" in list ? list.value : [];
	const wrong = given.filter((id) => !instanceIdPattern.test(id));
	if (given.length > 0 && wrong.length === 0) return { value: [...new Set(given.map(lowered))] };
	const listed = wrong.map((id) => `'${id}'`).join(", ");
	return given.length > 1 ? { expected: `instance ids of 8 hexadecimal digits; these are not: ${listed}` } : {
		expected: oneId,
		hint: parsers_hintFor(text)
	};
}, (plain) => {
	const entries = plain.split(/[,;]|(?<=[0-9a-f]{8}) /).map((entry) => idsIn(entry));
	return entries.every((ids) => ids.length > 0) ? [entries.flat().join(", ")] : [];
});
/** A glob over names. All characters but `*` and `?` stand for themselves, as names may have them. */
const parseNamePattern = matching(/^[^\r\n]{1,100}$/, "a name pattern of 1 to 100 characters on one line, in which * matches any text and ? any one character");
/** A region's name, as Aura writes it. */
const parseRegion = suggesting((text) => /^[\w-]{1,60}$/.test(text) ? { value: lowered(text) } : { expected: "the code of a region such as europe-west1" }, (plain) => [
	plain.replace(/^.*\((.+)\)$/, "$1"),
	plain.replace(/^(?:gcp|aws|azure)[/: ]+/, ""),
	.../ \d$/.test(plain) ? [plain.replaceAll(" ", "-")] : []
]);
/** Sizes in the form that Aura uses, such as `4GB`; Aura decides which sizes exist. */
const parseSize = suggesting((text) => {
	const [, count] = /^([1-9]\d{0,5}) ?GB$/i.exec(text) ?? [];
	return count === void 0 ? { expected: "a size such as 4GB" } : { value: `${count}GB` };
}, likelySizes);
function likelySizes(plain) {
	const [, digits = "", unit = ""] = /^0*(\d{1,9}) ?((?:g|m|t)(?:i?b)?|gigs?|gigabytes?|)(?: (?:of )?(?:ram|memory|storage))?[,;.]?$/.exec(withoutSeparators(plain)) ?? [];
	if (digits === "") return [];
	const count = Number(digits);
	if (unit.startsWith("t")) return [`${count * 1024}GB`];
	return [`${unit.startsWith("m") || unit === "" && count >= 1024 ? count / 1024 : count}GB`];
}
/** Words that people use for `latest`; an id always has digits. */
const otherWordsForLatest = [
	"newest",
	"last",
	"most-recent",
	"recent",
	"current",
	"lastest",
	"lates"
];
/** A version of the database, as Aura's list of configurations names it. */
const parseVersion = suggesting(matching(/^[\w.-]{1,30}$/, "a version such as 5"), (plain) => [/\b\d+(?:\.\d+)*(?=[^\w]*$)/.exec(plain)?.[0] ?? ""]);
/** The id of a snapshot as Aura writes it, or `latest`. */
const parseSnapshotId = suggesting((text) => snapshotIdPattern.test(text) && (text === "latest" || !meansLatest(lowered(text))) ? { value: text } : { expected: "the id of a snapshot, or latest" }, (plain) => meansLatest(plain.replaceAll(/[ _]/g, "-")) ? ["latest"] : []);
function meansLatest(word) {
	return word === "latest" || otherWordsForLatest.includes(word);
}
/** The files that a step needs; the summary is optional. */
const commandFiles = [
	"GITHUB_OUTPUT",
	"GITHUB_STATE",
	"GITHUB_ENV"
];
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
		const why = file ? whyUnwritable(file) : void 0;
		return why === void 0 ? [] : [`The runner's file ${name} cannot be written: ${why}. Nothing was done.`];
	});
	return missing.length === 0 ? unusable : [`This program must run as a step of GitHub Actions, which sets ${missing.join(", ")}. Nothing was done.`, ...unusable];
}
/**
* The same for the directory with the post step's files.
*
* @param directory `RUNNER_TEMP`.
* @param user what needs it, as the subject of a sentence.
* @returns undefined if there is no problem.
*/
function tempProblem(directory, user) {
	const why = directory ? whyNoDirectory(directory) : "it is not set";
	return why === void 0 ? void 0 : `${user} needs the runner's directory RUNNER_TEMP, but ${why}. Nothing was done.`;
}
/** Without waiting: a FIFO without a reader would keep the process from ending. */
function whyUnwritable(file) {
	try {
		const { O_APPEND, O_NONBLOCK, O_WRONLY } = external_node_fs_namespaceObject.constants;
		const descriptor = (0, external_node_fs_namespaceObject.openSync)(file, O_WRONLY | O_APPEND | O_NONBLOCK);
		try {
			return (0, external_node_fs_namespaceObject.fstatSync)(descriptor).isFile() ? void 0 : "it is not a regular file";
		} finally {
			(0, external_node_fs_namespaceObject.closeSync)(descriptor);
		}
	} catch (error) {
		return asError(error).message;
	}
}
function whyNoDirectory(directory) {
	try {
		if (!(0, external_node_fs_namespaceObject.statSync)(directory).isDirectory()) return "it is not a directory";
		(0, external_node_fs_namespaceObject.accessSync)(directory, external_node_fs_namespaceObject.constants.W_OK | external_node_fs_namespaceObject.constants.X_OK);
		return;
	} catch (error) {
		return asError(error).message;
	}
}
const auraUrl = "https://api.neo4j.io";
/** GitHub's API, unless the runner names another. */
const githubUrl = "https://api.github.com";
/** The address of the API: from the input, otherwise from the environment, otherwise Aura's own. */
function readApiUrl(read, env = {}) {
	const text = env["AURA_API_URL"]?.trim() ?? "";
	if (read.given("api-url") || text === "") return read.value("api-url") ?? new URL(auraUrl);
	const parsed = parseApiUrl(text);
	if ("value" in parsed) return parsed.value;
	const problem = messages_forms.wrongVariable(parsed.shown ?? text, parsed.expected);
	read.problem(withHint(problem, parsed.hint));
	return new URL(auraUrl);
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
	if (read.value("operation") !== "create" || read.value("delete-after-job") !== true) return;
	const problem = tempProblem(run.temp, "Input 'delete-after-job'");
	if (problem !== void 0) read.problem(problem);
	const patterns = read.value("protected-names") ?? [];
	if (name === void 0) return;
	const pattern = patterns.find((each) => matchesGlobInAnyCase(each, name));
	if (pattern === void 0) return;
	read.problem(messages_messages.protectedFromPost(name, pattern));
}
/** Node.js could send the client secret to the wrong server. */
function noteIgnoredCertificates(read, run) {
	const { env = {} } = run;
	if (!certificatesIgnored(env)) return;
	const hosts = [apiUrlText(read, env), ...asksGitHub(read, run) ? [env["GITHUB_API_URL"] ?? githubUrl] : []].filter((url) => URL.canParse(url)).map((url) => new URL(url).hostname).filter((host) => !isLoopback(host));
	if (hosts.length === 0) return;
	read.problem(messages_messages.certificatesIgnored(hosts));
}
function apiUrlText(read, env) {
	const given = read.text("api-url") || (env["AURA_API_URL"]?.trim() ?? "");
	return given === "" ? auraUrl : given;
}
/** For the store, and to check whether a pull request is closed. */
function asksGitHub(read, { event }) {
	if (read.text("github-token") === "") return false;
	if (read.value("credentials-store") === "deployment") return true;
	const operation = read.value("operation");
	return operation === "sweep" || operation === "delete" && event.name.startsWith("pull_request");
}
/** The store of credentials of a step, in the repository of its run. */
function openStore(token, event, parts) {
	const repository = repositoryOf(token, event, parts);
	return repository === void 0 ? noStore : createDeploymentStore({
		...repository,
		shelf
	});
}
/** How to reach the deployments of the run's repository; undefined if GitHub must not be asked. */
function repositoryOf(token, event, { patience, report }) {
	const apiUrl = process.env["GITHUB_API_URL"];
	if (certificatesIgnored(process.env) && !isLoopback(new URL(apiUrl ?? githubUrl).hostname)) {
		report.debug("GitHub is not asked, because 'NODE_TLS_REJECT_UNAUTHORIZED' is '0'.");
		return;
	}
	const branch = branchOf(event);
	const sha = process.env["GITHUB_SHA"] ?? event.ref;
	return {
		token,
		repository: event.repository,
		ref: branch === void 0 || branch.owner !== void 0 ? sha : branch.name,
		apiUrl,
		userAgent,
		patience,
		warn: report.warning,
		debug: report.debug
	};
}
/** Time for Aura to accept the deletion; more if it limits the requests. */
const acceptanceMilliseconds = 6e4;
/** Time to look for an instance if only the intent is known. */
const post_session_searchMilliseconds = 1e5;
/**
* The runner gives the post steps of a cancelled job five minutes in total; they share this time.
*/
const creationMilliseconds = 27e4;
/** The minimum of it for a late post step. */
const leastMilliseconds = 2e4;
/** The minimum of time to delete the stored credentials: Aura may accept the deletion at the very end. */
const storeMilliseconds = 1e4;
/** How long requests continue after the post step was told to end. */
const graceMilliseconds = 5e3;
/** It never throws: missing data causes an error at the first request to Aura. */
function openPostSession(state, { report, surroundings }) {
	const { access, name, created } = state;
	const { clock, signal } = surroundings;
	const begin = clock.now();
	const limit = createLimit(clock, created === void 0 ? post_session_searchMilliseconds : void 0);
	const parts = {
		patience: {
			clock,
			begin,
			get deadline() {
				return limit.end;
			},
			pollInterval: void 0,
			random: Math.random,
			signal: delayed(signal, graceMilliseconds, clock),
			graceSignal: void 0,
			beats: /* @__PURE__ */ new Set(),
			hurrySignal: signal,
			onLimited: limit.onLimited,
			log: report.info
		},
		report
	};
	const apiUrl = new URL(access.apiUrl);
	const place = takePlace(access.key, report);
	const credentials = ownCredentials(access, report);
	return {
		...parts,
		client: connect_connect({
			apiUrl,
			credentials,
			place
		}, parts).client,
		store: openPostStore(access, parts),
		guard: createGuard(unguarded),
		ledger: new Ledger({
			operation: "delete",
			id: created?.id,
			name
		}, () => void 0),
		allow: limit.allow
	};
}
/** @param first milliseconds of the first part, if not those for the acceptance. */
function createLimit(clock, first = acceptanceMilliseconds) {
	const begin = clock.now();
	const firstBegan = beginOfPosts(begin);
	let end = begin + first;
	let limited = false;
	const extend = () => {
		end = Math.max(end, firstBegan + creationMilliseconds, clock.now() + leastMilliseconds);
	};
	return {
		get end() {
			return end;
		},
		onLimited: () => {
			if (!limited) extend();
			limited = true;
		},
		allow: (what) => {
			end = clock.now() + (what === "acceptance" ? acceptanceMilliseconds : 0);
			if (what === "creation" || limited) extend();
		}
	};
}
/** The step's own instance needs no protection: a protected name was refused before. */
const unguarded = {
	tenant: {
		wanted: void 0,
		lentBy: void 0
	},
	protectedNames: [],
	maxDeletions: 1,
	dryRun: false
};
/**
* The post steps of a job run one after the other; a file contains the start time of the first one.
*/
function beginOfPosts(now) {
	const directory = process.env["RUNNER_TEMP"];
	if (directory === void 0) return now;
	const path = (0, external_node_path_namespaceObject.join)(directory, "aura-action-posts-began");
	try {
		(0, external_node_fs_namespaceObject.writeFileSync)(path, String(now), {
			flag: "wx",
			mode: 384
		});
		return now;
	} catch {
		return Math.min(readTime(path) ?? now, now);
	}
}
function readTime(path) {
	try {
		const text = readSafely(path, {
			maxBytes: 32,
			ownOnly: true
		}).toString("utf8");
		return /^\d+$/.test(text) ? Number(text) : void 0;
	} catch {
		return;
	}
}
function takePlace(key, report) {
	try {
		return takeTokenPlace(process.env["RUNNER_TEMP"] ?? "", key);
	} catch (error) {
		report.debug(`Could not find the access token of the step: ${asError(error).message}.`);
		return;
	}
}
/**
* The credentials among the inputs, if they belong to the client that created the instance. In
* nested composite actions the inputs of a post step can be those of another action.
*/
function ownCredentials(access, report) {
	const clientId = getInput("client-id");
	const clientSecret = getInput("client-secret");
	if (clientId === "" || clientSecret === "") return void 0;
	if (digestOf({
		clientId,
		apiOrigin: access.apiUrl
	}) !== access.account) return void 0;
	return {
		clientId,
		clientSecret: new Secret(clientSecret, report.mask)
	};
}
/**
* The stored credentials are deleted with the instance if the inputs contain a token for GitHub.
*/
function openPostStore({ stored }, { patience, report }) {
	if (!stored) return noStore;
	const githubToken = getInput("github-token");
	if (githubToken === "") {
		report.debug("The stored credentials are not deleted: 'github-token' is empty in the post step.");
		return noStore;
	}
	const token = new Secret(githubToken, report.mask);
	const longer = {
		...patience,
		get deadline() {
			return Math.max(patience.deadline, patience.clock.now() + storeMilliseconds);
		}
	};
	return openStore(token, readEvent(process.env, report.debug), {
		patience: longer,
		report
	});
}
/** The state that makes the post step delete a created instance. */
const createKey = "aura-create";
/** The state that the post step prints as a warning, without loading anything. */
const leftKey = "aura-left";
const state_text = /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ nonEmpty());
const createState = /* @__PURE__ */ object({
	name: state_text,
	tenantId: state_text,
	knownIds: /* @__PURE__ */ array(state_text),
	postedAt: /* @__PURE__ */ array(/* @__PURE__ */ nullable(/* @__PURE__ */ number())),
	created: /* @__PURE__ */ exactOptional(/* @__PURE__ */ object({
		id: state_text,
		createdAt: lenient(/* @__PURE__ */ number()),
		knownSince: lenient(/* @__PURE__ */ number())
	})),
	updates: lenient(/* @__PURE__ */ dist_boolean()),
	access: /* @__PURE__ */ object({
		apiUrl: /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ url()),
		account: state_text,
		key: state_text,
		stored: /* @__PURE__ */ fallback(/* @__PURE__ */ dist_boolean(), false)
	})
});
/** Reads a saved {@link CreateState}; undefined if nothing was saved, or for another format. */
function parseState(saved) {
	return readJson(createState, saved);
}
/**
* The statuses of a new instance until its create is complete; a copy is loaded, and then gets what
* only an update can set.
*/
const ofCreation = [
	"creating",
	"loading",
	"updating",
	"resizing"
];
/**
* The post step: deletes what the step has created, or may have created, and nothing else. It never
* fails the job; it reports a failure as a warning with the name of the instance.
*/
async function cleanUp(surroundings) {
	const report = createAuraReport();
	const text = getState(createKey);
	const state = parseState(text);
	if (state === void 0) {
		if (text !== "") report.warning("The state of this step could not be read. Nothing was deleted.");
		return;
	}
	try {
		await clear(openPostSession(state, {
			report,
			surroundings
		}), state);
	} catch (error) {
		const { name, created } = state;
		const task = created === void 0 ? `look for instance '${name}'` : `delete ${label({
			name,
			id: created.id
		})}`;
		const message = withoutTask(inWords(task, error).message, task);
		const left = whatIsLeft(state, error instanceof OtherInstanceError ? message : `${message} ${adviceFor(state)}`);
		report.warning(left);
		summarizeLine(report, inline`**Neo4j Aura, after the job:** ${prose(left)}`);
	}
}
async function clear(session, state) {
	const { name, tenantId, created } = state;
	const found = created ?? await findNew(session, state);
	if (found === void 0) {
		session.report.info(`No instance '${name}' was created.`);
		return;
	}
	session.allow("acceptance");
	const { id, createdAt } = found;
	const knownSince = created?.knownSince;
	const meant = {
		id,
		...created === void 0 ? {
			name,
			tenantId
		} : { tenantId },
		createdAt,
		knownSince
	};
	const instance = await readInstance(session, meant);
	if (instance === void 0 && created === void 0) throw listedOnly();
	const isOpen = state.updates === true || ofCreation.includes(instance?.status ?? "");
	if (instance !== void 0 && isOpen) session.allow("creation");
	await removeInstance(session, meant, {
		wait: false,
		read: { instance }
	});
	if (instance === void 0) return;
	const what = prose(label(instance));
	summarizeLine(session.report, inline`**Neo4j Aura, after the job:** ${what} is being deleted (${"delete-after-job"}).`);
}
function whatIsLeft({ name, tenantId, created }, why) {
	return created === void 0 ? `Could not determine after the job whether instance '${name}' of tenant ${tenantId} still exists: ${why}` : `Could not delete ${label({
		name,
		id: created.id
	})} of tenant ${tenantId} after the job: ${why}`;
}
/** Not for another instance than the one of this step: it may be in use. */
function adviceFor({ name, created }) {
	return `Delete it with operation 'delete' and ${created === void 0 ? `name '${name}'` : `instance-id '${created.id}'`}.`;
}
/**
* Says in the notice at the end of a step which instance is there now, and how it will be deleted.
*
* @param afterJob whether the post step deletes it.
*/
function announce({ report }, { status, connectionUrl, ...instance }, afterJob) {
	const at = connectionUrl === void 0 ? "" : ` at ${connectionUrl}`;
	const end = afterJob ? "It will be deleted when this job ends." : "It will not be deleted automatically; use operation 'delete'.";
	report.notice(`${capitalized(label(instance))} is ${status}${at}. ${end}`);
}
const second = 1e3;
const hour = 3600 * second;
const day = 24 * hour;
/** In the order in which they are written; each word begins with another letter. */
const units = [
	{
		milliseconds: day,
		letter: "d",
		words: "d|days?"
	},
	{
		milliseconds: hour,
		letter: "h",
		words: "h|hours?"
	},
	{
		milliseconds: 60 * second,
		letter: "m",
		words: "m|min|minutes?"
	},
	{
		milliseconds: second,
		letter: "s",
		words: "s|sec|seconds?"
	}
];
const inLetters = new RegExp(`^${units.map(({ letter }) => `(?:(\\d+)${letter})?`).join("")}$`);
const times_inWords = new RegExp(`^${units.map(({ words }) => `(?:(\\d+) ?(?:${words}))?`).join("")}$`);
/** `1h30m`, or one number with a word such as `5 minutes`. */
function timeParser({ longest, inDays, expected, unit }) {
	return (text) => {
		const total = millisecondsOf(/^\d+$/.test(text) ? `${text}${unit ?? ""}` : text, inDays);
		return total >= second && total <= longest ? { value: total } : { expected };
	};
}
/** Not a number for any other text. */
function millisecondsOf(text, inDays) {
	const parts = inLetters.exec(text) ?? (/^\d+\D+$/.test(text) ? times_inWords.exec(text) : null);
	if (parts === null || parts[1] !== void 0 && !inDays) return NaN;
	return units.reduce((total, { milliseconds }, index) => total + Number(parts[index + 1] ?? 0) * milliseconds, 0);
}
/** The unit below, for a number with a fraction: `1.5h` is `90m`. */
const below = {
	d: [24, "h"],
	h: [60, "m"],
	m: [60, "s"]
};
/** Units as people also write them, without blanks. */
function likelyTimes(plain) {
	const dense = withoutSeparators(plain.replace(/^p(?!\d+m)(?:t)?(?=\d)/, "")).replaceAll(/(?<=\d),(?=\d)/g, ".").replaceAll(/(?<=d)t(?=\d)/g, "").replaceAll(/[ ,]|and|\.(?!\d)/g, "").replaceAll(/(\d+)000(?:ms|milliseconds?)/g, "$1s").replaceAll(/(?<=\d)(?:hours?|hrs?)/g, "h").replaceAll(/(?<=\d)(?:minutes?|mins?)/g, "m").replaceAll(/(?<=\d)(?:seconds?|secs?)/g, "s").replaceAll(/(?<=\d)days?/g, "d");
	const [, weeks] = /^(\d{1,3})w(?:eeks?|ks?)?$/.exec(dense) ?? [];
	const [, days = weeks === void 0 ? void 0 : String(Number(weeks) * 7)] = /^(\d{1,3})d$/.exec(dense) ?? [];
	if (days !== void 0) return [`${days}d`, `${Number(days) * 24}h`];
	if (/^\d+h\d+$/.test(dense)) return [`${dense}m`];
	return [/^\d+m\d+$/.test(dense) ? `${dense}s` : withoutFraction(dense)];
}
/** A whole number of the unit below, if there is one. */
function withoutFraction(dense) {
	const [, number = "", unit = ""] = /^(\d{1,4}\.\d{1,2})([dhm])$/.exec(dense) ?? [];
	const [count = 0, lower = ""] = below[unit] ?? [];
	return number === "" ? dense : `${Math.round(Number(number) * count * 1e6) / 1e6}${lower}`;
}
/**
* `90s`, `20m`, `1h30m`, `5 minutes`, or seconds as a bare number; from 1 second to 24 hours. In
* milliseconds.
*
* @param examples for the message.
*/
function durationSuchAs(examples) {
	const expected = `a time from 1s to 24h, for example ${examples}`;
	return suggesting(timeParser({
		longest: day,
		inDays: false,
		expected,
		unit: "s"
	}), likelyTimes);
}
/** A time limit. */
const parseDuration = durationSuchAs("90s, 20m, 1h30m or 5 minutes (a number without a unit is seconds)");
/** `3d`, `36h`, `1d12h` or `3 days`; from 1 second to 3650 days. In milliseconds. */
const parseAge = suggesting(timeParser({
	longest: 3650 * day,
	inDays: true,
	expected: "an age from 1s to 3650d with its unit, for example 36h, 3d or 3 days"
}), (plain) => /^\d+$/.test(plain) ? [`${plain}h`, `${plain}d`] : likelyTimes(plain));
/** A copy is a new instance, or replaces the data of an existing one. */
const copies = [
	"copy",
	"clone",
	"duplicate"
];
const enabled = [
	"on",
	"true",
	"yes",
	"enabled"
];
/**
* Words that people use for values of an input. They are not accepted, because some mean something
* else to another reader; the error names the value.
*/
const synonyms = {
	operation: {
		create: [
			"provision",
			"make",
			"new",
			"launch",
			"add",
			"deploy",
			"up",
			"ensure",
			"apply",
			...copies
		],
		get: [
			"list",
			"read",
			"show",
			"describe",
			"status",
			"info",
			"fetch"
		],
		poll: [
			"wait",
			"await",
			"watch"
		],
		pause: [
			"stop",
			"suspend",
			"hibernate",
			"sleep"
		],
		resume: [
			"start",
			"unpause",
			"wake",
			"restart"
		],
		resize: [
			"scale",
			"update",
			"change",
			"modify",
			"patch",
			"rename",
			"upgrade",
			"edit"
		],
		snapshot: ["backup"],
		restore: [
			"rollback",
			"roll-back",
			"revert",
			"recover"
		],
		overwrite: copies,
		delete: [
			"destroy",
			"remove",
			"rm",
			"del",
			"terminate",
			"drop",
			"teardown",
			"tear-down",
			"down",
			"kill"
		],
		sweep: [
			"cleanup",
			"clean-up",
			"clean",
			"prune",
			"gc"
		]
	},
	tier: {
		free: ["aura-free", "auradb-free"],
		professional: [
			"pro",
			"auradb-professional",
			"aura-professional"
		],
		"business-critical": [
			"bc",
			"business",
			"auradb-business-critical"
		],
		"virtual-dedicated-cloud": [
			"vdc",
			"enterprise",
			"auradb-virtual-dedicated-cloud"
		],
		"ds-professional": [
			"ds",
			"aurads",
			"aurads-professional",
			"professional-data-science"
		],
		"ds-enterprise": ["aurads-enterprise"]
	},
	"cloud-provider": {
		gcp: [
			"google",
			"google-cloud",
			"gcloud",
			"gce"
		],
		aws: ["amazon", "amazon-web-services"],
		azure: ["microsoft", "microsoft-azure"]
	},
	"if-no-credentials": {
		fail: ["error", "false"],
		skip: [
			"ignore",
			"notice",
			"warn",
			"warning",
			"continue",
			"true"
		]
	},
	"if-exists": {
		reuse: [
			"use",
			"keep",
			"ignore",
			"get",
			"take",
			"skip",
			"continue",
			"true"
		],
		replace: [
			"recreate",
			"delete",
			"overwrite"
		],
		fail: ["error", "abort"]
	},
	"cdc-enrichment-mode": {
		OFF: [
			"false",
			"none",
			"disabled",
			"no"
		],
		DIFF: enabled,
		FULL: enabled
	},
	"wait-for": {
		running: [
			"ready",
			"resumed",
			"started",
			"up",
			"available",
			"online",
			"create",
			"resume"
		],
		paused: [
			"stopped",
			"suspended",
			"pause"
		],
		deleted: [
			"destroyed",
			"removed",
			"gone",
			"delete"
		]
	},
	"credentials-store": {
		none: [
			"off",
			"false",
			"no"
		],
		deployment: [
			"github",
			"on",
			"true",
			"github-deployment",
			"github-deployments"
		]
	},
	verify: {
		off: [
			"false",
			"no",
			"none",
			"never",
			"skip"
		],
		warn: ["warning", "warnings"],
		require: [
			"true",
			"yes",
			"on",
			"fail",
			"error",
			"strict",
			"always",
			"required"
		]
	},
	keep: {
		"pull-requests": [
			"prs",
			"pr",
			"pulls",
			"open-pull-requests",
			"open-prs",
			"open"
		],
		branches: ["all", "all-branches"]
	}
};
const operations = {
	create: "create",
	get: "get",
	poll: "poll",
	pause: "pause",
	resume: "resume",
	resize: "resize",
	snapshot: "snapshot",
	restore: "restore",
	overwrite: "overwrite",
	delete: "delete",
	sweep: "sweep"
};
/** `auto` stands for one of them: before the table is read, the event's operation replaces it. */
const parseOperation = oneOf(operations, {
	also: ["auto"],
	synonyms: synonyms.operation
});
/** The action's names for the tiers, and the API's codes. Source: Aura API v1, `type`. */
const tiers = {
	free: "free-db",
	professional: "professional-db",
	"business-critical": "business-critical",
	"virtual-dedicated-cloud": "enterprise-db",
	"ds-professional": "professional-ds",
	"ds-enterprise": "enterprise-ds",
	"free-db": "free-db",
	"professional-db": "professional-db",
	"enterprise-db": "enterprise-db",
	"professional-ds": "professional-ds",
	"enterprise-ds": "enterprise-ds"
};
const parseTier = oneOf(tiers, {
	expected: "one of free, professional, business-critical, virtual-dedicated-cloud, ds-professional, ds-enterprise, or an API code such as free-db",
	synonyms: synonyms.tier
});
const table_uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const forCreate = { usedBy: ["create"] };
const forResize = { usedBy: ["resize"] };
const forSize = { usedBy: ["create", "resize"] };
const forCopy = { usedBy: ["create", "overwrite"] };
const forChange = { usedBy: [
	"create",
	"pause",
	"resume",
	"resize",
	"snapshot",
	"restore",
	"overwrite",
	"delete",
	"sweep"
] };
/** `create` deletes too: a replaced instance, and one whose password was lost. */
const forDeletion = { usedBy: [
	"create",
	"delete",
	"sweep"
] };
const forSweep = { usedBy: ["sweep"] };
/** A sweep finds its instances itself. */
const forTarget = { usedBy: Object.values(operations).filter((operation) => operation !== "sweep") };
const forHandOver = { usedBy: [
	"create",
	"get",
	"poll",
	"resume"
] };
/**
* Every input that action.yml declares. `instance-id` with `create`, and `name-pattern` with an
* operation on one instance, are errors, not inputs without effect; `username` without `password`
* has its own warning; the default of `github-token` is an expression, so a token that was set cannot
* be distinguished from it.
*/
const table = defineTable({
	operation: {
		parse: parseOperation,
		required: true
	},
	"client-id": { parse: parseText },
	"client-secret": {
		parse: parseText,
		secret: true
	},
	"if-no-credentials": {
		parse: oneOf({
			fail: "fail",
			skip: "skip"
		}, { synonyms: synonyms["if-no-credentials"] }),
		default: "fail"
	},
	tenant: { parse: matching(/^[^\r\n]{1,200}$/, "a tenant id or name of 1 to 200 characters on one line") },
	"api-url": { parse: parseApiUrl },
	"instance-id": {
		parse: parseInstanceIds,
		...forTarget
	},
	name: {
		parse: parseName,
		...forTarget
	},
	"name-suffix": {
		parse: matching(/^[a-z0-9]{1,6}$/i, "1 to 6 letters or digits"),
		...forTarget
	},
	"name-pattern": { parse: parseNamePattern },
	tier: {
		parse: parseTier,
		...forCreate
	},
	region: {
		parse: parseRegion,
		...forCreate
	},
	"cloud-provider": {
		parse: oneOf({
			gcp: "gcp",
			aws: "aws",
			azure: "azure"
		}, { synonyms: synonyms["cloud-provider"] }),
		...forCreate
	},
	memory: {
		parse: parseSize,
		...forSize
	},
	storage: {
		parse: parseSize,
		...forSize
	},
	version: {
		parse: parseVersion,
		...forCreate
	},
	"vector-optimized": {
		parse: parsers_parseBoolean,
		...forSize
	},
	"graph-analytics-plugin": {
		parse: parsers_parseBoolean,
		...forSize
	},
	"customer-managed-key-id": {
		parse: suggesting(matching(table_uuid, "the id of the key in Aura, a UUID"), (plain) => [plain.replace(/^\{(.*)\}$/, "$1")]),
		...forCreate
	},
	"source-instance-id": {
		parse: parseInstanceId,
		...forCopy
	},
	"source-snapshot-id": {
		parse: parseSnapshotId,
		...forCopy
	},
	config: {
		parse: parseText,
		...forCreate
	},
	"if-exists": {
		parse: oneOf({
			reuse: "reuse",
			replace: "replace",
			fail: "fail"
		}, { synonyms: synonyms["if-exists"] }),
		default: "reuse",
		...forCreate
	},
	secondaries: {
		parse: wholeNumber({
			least: 0,
			most: 999
		}),
		...forResize
	},
	"cdc-enrichment-mode": {
		parse: oneOf({
			OFF: "OFF",
			DIFF: "DIFF",
			FULL: "FULL"
		}, { synonyms: synonyms["cdc-enrichment-mode"] }),
		...forResize
	},
	"new-name": {
		parse: parseName,
		...forResize
	},
	"snapshot-id": {
		parse: parseSnapshotId,
		usedBy: ["restore"]
	},
	wait: {
		parse: parsers_parseBoolean,
		default: "true",
		...forChange
	},
	"wait-for": {
		parse: oneOf({
			running: "running",
			paused: "paused",
			deleted: "deleted"
		}, { synonyms: synonyms["wait-for"] }),
		usedBy: ["poll"]
	},
	timeout: {
		parse: parseDuration,
		default: "20m"
	},
	"poll-interval": { parse: durationSuchAs("5s") },
	"sealed-credentials": { parse: parseText },
	username: {
		parse: parseText,
		default: "neo4j"
	},
	password: {
		parse: parseText,
		secret: true,
		...forHandOver
	},
	"sealing-key": {
		parse: parseText,
		secret: true
	},
	"credentials-store": {
		parse: oneOf({
			none: "none",
			deployment: "deployment"
		}, { synonyms: synonyms["credentials-store"] }),
		default: "none"
	},
	"export-env": {
		parse: parsers_parseBoolean,
		default: "false",
		...forHandOver
	},
	"env-file": {
		parse: parseText,
		...forHandOver
	},
	verify: {
		parse: oneOf({
			off: "off",
			warn: "warn",
			require: "require"
		}, { synonyms: synonyms.verify }),
		default: "off",
		...forHandOver
	},
	"delete-after-job": {
		parse: parsers_parseBoolean,
		default: "false",
		...forCreate
	},
	"protected-names": {
		parse: parsePatterns,
		usedBy: [
			"create",
			"restore",
			"overwrite",
			"delete",
			"sweep"
		]
	},
	keep: {
		parse: oneOf({
			"pull-requests": "pull-requests",
			branches: "branches"
		}, { synonyms: synonyms.keep }),
		default: "pull-requests",
		...forSweep
	},
	"max-age": {
		parse: parseAge,
		...forSweep
	},
	"max-deletions": {
		parse: parseCount,
		default: "10",
		...forDeletion
	},
	"dry-run": {
		parse: parsers_parseBoolean,
		default: "false"
	},
	"github-token": {
		parse: parseText,
		secret: true
	},
	summary: {
		parse: parsers_parseBoolean,
		default: "true"
	}
});
/** Infers the type of each value from its parser. */
function defineTable(rows) {
	return rows;
}
const inputNames = Object.keys(table).filter(isInputName);
/** The inputs that are masked before anything else happens. */
const secretInputs = inputNames.filter((name) => table[name].secret);
const inputDefaults = Object.fromEntries(inputNames.flatMap((name) => {
	const text = table[name].default;
	return text === void 0 ? [] : [[name, text]];
}));
/** The action's name for a tier, such as `free` for `free-db`. */
function nameOfTier(code) {
	return Object.entries(tiers).find(([, value]) => value === code)?.[0] ?? code;
}
function isInputName(name) {
	return name in table;
}
/** The operations that `auto` chooses from. */
const choices = [
	"create",
	"delete",
	"sweep"
];
/** Whether an input can have an effect on an operation; for `auto`, on one that it can choose. */
function hasEffect(name, operation) {
	const { usedBy } = table[name];
	return usedBy === void 0 || (operation === "auto" ? choices : [operation]).some((each) => usedBy.includes(each));
}
/**
* The tier where any place will do: it costs nothing and is for tests. For the others the place
* matters, so the user must choose.
*/
const anywhere = "free-db";
/** Where Aura's official command line creates free instances. */
const usual = {
	cloudProvider: "gcp",
	region: "europe-west1"
};
/**
* Narrows the available configurations to one. A field that is not requested gets its only value;
* of several memory sizes, the smallest with the requested storage; of several places of a free
* instance, the usual one, or the first in Aura's order.
*/
function chooseConfiguration(offer, requested) {
	const placed = narrow(offer, requested, [
		"type",
		"cloudProvider",
		"region",
		"version"
	]);
	if ("kind" in placed) return placed;
	const sized = narrow(placed.left, requested, ["memory", "storage"]);
	if ("kind" in sized) return sized;
	const { left } = sized;
	const [first] = left;
	if (first === void 0) return {
		kind: "unavailable",
		field: "type",
		left: offer
	};
	const isOpen = !left.every((entry) => isSamePlace(entry, first));
	if (isOpen && requested.type !== anywhere) return {
		kind: "open",
		field: requested.region === void 0 ? "region" : "cloudProvider",
		left
	};
	const place = isOpen ? left.find((entry) => isSamePlace(entry, usual)) ?? first : first;
	const configuration = smallest(left.filter((entry) => isSamePlace(entry, place))) ?? place;
	const { storage } = requested;
	return {
		kind: "chosen",
		configuration,
		places: isOpen ? left : [],
		isStorageUnknown: storage !== void 0 && configuration.storage === void 0
	};
}
/** The configurations with the requested values; the first field without any is at fault. */
function narrow(offer, requested, fields) {
	let left = offer;
	for (const field of fields) {
		const wanted = requested[field];
		if (wanted === void 0) continue;
		const matching = left.filter((entry) => (entry[field] ?? wanted) === wanted);
		if (matching.length === 0) return {
			kind: "unavailable",
			field,
			left
		};
		left = matching;
	}
	return { left };
}
function isSamePlace(one, other) {
	return one.cloudProvider === other.cloudProvider && one.region === other.region;
}
function smallest(offer) {
	const [memory] = distinct(offer, "memory");
	return offer.find((entry) => entry.memory === memory);
}
/** The different values of a field, sizes in the order of their numbers. */
function distinct(offer, field) {
	const values = offer.map((entry) => entry[field]).filter((value) => value !== void 0);
	return [...new Set(values)].sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
}
/** The error for a configuration that the tenant does not offer, or that is not complete. */
function notOffered(choice, wanted, offer) {
	const { happened, next } = not_offered_explain(choice, wanted, offer);
	return new ActionError(`Could not create instance '${wanted.name}': ${happened}.`, { next });
}
/** Explains a choice that is not possible; it names only what is available for the other values. */
function not_offered_explain(choice, wanted, offer) {
	const { field, left } = choice;
	if (choice.kind === "open") return explainOpen(field, wanted, left);
	if (field === "type") return explainTier(wanted, offer);
	const place = field === "region" || field === "cloudProvider";
	const explained = place ? explainPlace(field, wanted, {
		left,
		offer
	}) : explainValue(field, wanted, left);
	const open = place || !isPlaceOpen(wanted, left) ? "" : ` ${askForPlace(wanted, left)}`;
	return {
		...explained,
		next: `${explained.next}${otherProblems(field, wanted, left)}${open}`
	};
}
/** Values that come after the field at fault, and that the tenant does not offer either. */
function otherProblems(field, wanted, left) {
	const later = field === "version" ? ["memory"] : ["version", "memory"];
	if (field === "memory" || field === "storage") return "";
	return later.filter((each) => {
		const value = wanted[each];
		return value !== void 0 && !distinct(left, each).includes(value);
	}).map((each) => {
		const { happened, next } = explainValue(each, {
			...wanted,
			...nowhere(field)
		}, left);
		return ` ${happened.charAt(0).toUpperCase()}${happened.slice(1)}. ${next}`;
	}).join("");
}
/** A place that the tenant does not offer says nothing about a size. */
function nowhere(field) {
	return field === "region" || field === "cloudProvider" ? {
		region: void 0,
		cloudProvider: void 0
	} : {};
}
/** Clouds, each with its regions: `gcp: europe-west1, us-east1; aws: eu-west-1`. */
function describePlaces(offer) {
	return distinct(offer, "cloudProvider").map((cloud) => `${cloud}: ${listed(distinct(inCloud(offer, cloud), "region"))}`).join("; ");
}
function inCloud(offer, cloud) {
	return offer.filter(({ cloudProvider }) => cloudProvider === cloud);
}
function tierOf({ type }) {
	return `tier '${nameOfTier(type)}'`;
}
function describeOrigin(origin) {
	return origin === void 0 ? "" : ` (${origin})`;
}
function explainTier(wanted, offer) {
	const tiers = distinct(offer, "type").map(nameOfTier);
	const happened = `the tenant does not offer ${tierOf(wanted)}${describeOrigin(wanted.origins.type)}`;
	if (tiers.length > 0) return {
		happened,
		next: `Set 'tier' to one of these: ${listed(tiers)}.`
	};
	return {
		happened,
		next: "It offers no tier at all: check 'tenant' in the Aura console."
	};
}
function isPlaceOpen({ type, region }, left) {
	return type !== "free-db" && region === void 0 && distinct(left, "region").length > 1;
}
function explainOpen(field, wanted, left) {
	if (field === "region") return {
		happened: `${tierOf(wanted)} is available in several regions`,
		next: askForPlace(wanted, left)
	};
	return {
		happened: `${tierOf(wanted)} is available in several clouds with region '${wanted.region ?? ""}'`,
		next: `Set 'cloud-provider' to one of these: ${listed(distinct(left, field))}.`
	};
}
function askForPlace({ cloudProvider }, left) {
	return `Set 'region'${cloudProvider === void 0 ? " ('cloud-provider' follows from it)" : ""}. Available: ${describePlaces(left)}.`;
}
function explainPlace(field, wanted, { left, offer }) {
	const value = wanted[field] ?? "";
	const what = field === "region" ? "region" : "cloud";
	const input = field === "region" ? "region" : "cloud-provider";
	const among = field === "region" && wanted.cloudProvider !== void 0 ? ` of cloud '${wanted.cloudProvider}'` : "";
	const hint = field === "region" ? regionHint(value, left, offer) : "";
	return {
		happened: `${tierOf(wanted)} is not available in ${what} '${value}'${describeOrigin(wanted.origins[field])}${among}`,
		next: `${hint}This tenant offers it in ${describePlaces(left)}. Change '${input}', or choose another 'tier'.`
	};
}
/** The region that was probably meant, or the cloud to which the region belongs. */
function regionHint(region, left, offer) {
	const elsewhere = left.length < offer.length && offer.find((entry) => entry.region === region);
	const clouds = distinct(left, "cloudProvider");
	if (elsewhere && !clouds.includes(elsewhere.cloudProvider)) return `'${region}' is a region of ${elsewhere.cloudProvider}. `;
	const regions = distinct(left, "region");
	const plain = (text) => text.toLowerCase().replaceAll(/[^a-z\d]/g, "");
	const [nearest] = nearestWords(plain(region), regions.map(plain));
	const meant = left.find((entry) => plain(entry.region) === nearest);
	return meant === void 0 || meant.region === region ? "" : `Did you mean '${meant.region}' (${meant.cloudProvider})? `;
}
function explainValue(field, wanted, left) {
	const { cloudProvider, memory, origins, region } = wanted;
	const place = [cloudProvider, region].filter((part) => part !== void 0).join(" ");
	const where = field === "version" || place === "" ? "" : ` in ${place}`;
	const beside = field === "storage" && memory !== void 0 ? ` with memory '${memory}'` : "";
	const value = `${field} '${wanted[field] ?? ""}'${describeOrigin(origins[field])}`;
	const values = listed(distinct(left, field));
	const empty = field === "storage" ? "Leave 'storage' empty, or set it" : `Set '${field}'`;
	return {
		happened: `${value} is not available for ${tierOf(wanted)}${where}${beside}`,
		next: `${empty} to one of these: ${values}.`
	};
}
/**
* The body of a create. It reads the available configurations only if an input needs a default, and
* in a dry run, which must fail if Aura would refuse the real run.
*
* @throws {@link ActionError} if no configuration matches, or several; RequestError if Aura refuses.
*/
async function completeBody({ client, guard, report }, request, tenantId) {
	const { region, cloudProvider, memory } = request;
	if (region !== void 0 && cloudProvider !== void 0 && memory !== void 0 && !guard.dryRun) return bodyOf(request, tenantId, {
		region,
		cloudProvider,
		memory
	});
	const offer = await client.listConfigurations(tenantId);
	const choice = chooseConfiguration(offer, request);
	if (choice.kind !== "chosen") throw notOffered(choice, request, offer);
	if (guard.dryRun && choice.isStorageUnknown) report.warning(`The tenant does not show which storage it offers, so this dry run did not check 'storage: ${request.storage ?? ""}'.`);
	for (const line of describeDefaults(choice, request)) report.info(`  ${line}`);
	return bodyOf(request, tenantId, choice.configuration);
}
function bodyOf(request, tenantId, place) {
	const { storage, customerManagedKeyId, vectorOptimized, graphAnalyticsPlugin, source } = request;
	return {
		version: request.version,
		region: place.region,
		memory: place.memory,
		name: request.name,
		type: request.type,
		tenant_id: tenantId,
		cloud_provider: place.cloudProvider,
		...storage === void 0 ? {} : { storage },
		...customerManagedKeyId === void 0 ? {} : { customer_managed_key_id: customerManagedKeyId },
		...vectorOptimized === void 0 ? {} : { vector_optimized: vectorOptimized },
		...graphAnalyticsPlugin === void 0 ? {} : { graph_analytics_plugin: graphAnalyticsPlugin },
		...source === void 0 ? {} : { source_instance_id: source.instanceId },
		...source?.snapshotId === void 0 ? {} : { source_snapshot_id: source.snapshotId }
	};
}
/** A line for each value that was chosen, because nothing asks for one. */
function describeDefaults(choice, { region, cloudProvider, memory, isCopy }) {
	const { configuration, places } = choice;
	const lines = [];
	if (places.length > 0) lines.push(describeDefault(choice));
	else {
		if (region === void 0) lines.push(`Default region: ${configuration.region}`);
		if (cloudProvider === void 0) lines.push(`Default cloud-provider: ${configuration.cloudProvider}`);
	}
	if (memory !== void 0) return lines;
	const size = `${configuration.memory}, the smallest that the tenant offers`;
	lines.push(isCopy ? `Default memory, because none is known for the copy: ${size}. To choose another, set input 'memory'.` : `Default memory: ${size}`);
	return lines;
}
/** Which of several places a free instance gets, and how to choose another. */
function describeDefault({ configuration, places }) {
	const { cloudProvider, region } = configuration;
	return `Default region: ${region} on ${cloudProvider}, one of several for tier free. To choose another, set inputs 'region' and 'cloud-provider'; the tenant offers ${describePlaces(places)}.`;
}
/** A body as text for the log. */
function describeBody(body) {
	const { source_instance_id: source, source_snapshot_id: snapshot } = body;
	const copied = source === void 0 ? "" : `, a copy of ${snapshot === void 0 ? "" : `snapshot ${snapshot} of `}instance ${source}`;
	return `tier ${nameOfTier(body.type)}, version ${body.version}, ${body.memory}, ${body.cloud_provider} ${body.region}${copied}`;
}
const compare_hidden = "not shown by Aura";
/**
* Compares an instance with the requested values: a warning for each difference, and a table in the
* job summary.
*/
function compare({ report, guard }, { plan, instance }, { outcomes = /* @__PURE__ */ new Map(), advice }) {
	const compared = comparisons(plan, instance, outcomes);
	const different = compared.filter(({ differs }) => differs);
	for (const { input, requested, actual, refusal } of different) {
		const why = refusal === void 0 ? "" : ` ${refusal}`;
		report.warning(`${capitalized(label(instance))}: '${input}' is ${actual}, but ${requested} was requested.${why} ${advice}`);
	}
	if (different.length === 0) report.info(`${capitalized(label(instance))} is as requested.`);
	if (guard.dryRun) return;
	report.summary({
		title: inline`Requested and actual values`,
		blocks: [{ table: {
			header: [
				inline`Setting`,
				inline`Requested`,
				inline`Actual`,
				inline``
			],
			rows: [[
				inline`${"name"}`,
				inline`${plan.name}`,
				inline`${instance.name}`
			], ...compared.map(rowOf)]
		} }]
	});
}
function rowOf({ input, requested, actual, differs }) {
	const shown = actual === compare_hidden ? prose(compare_hidden) : inline`${actual}`;
	return [
		inline`${input}`,
		inline`${requested}`,
		shown,
		differs ? inline`**different**` : inline``
	];
}
const off = { otherwise: "false" };
const settings = [
	{
		input: "tier",
		wanted: "type",
		field: "type"
	},
	{
		input: "region",
		wanted: "region",
		field: "region"
	},
	{
		input: "cloud-provider",
		wanted: "cloudProvider",
		field: "cloud_provider"
	},
	{
		input: "memory",
		wanted: "memory",
		field: "memory"
	},
	{
		input: "storage",
		wanted: "storage",
		field: "storage"
	},
	{
		input: "vector-optimized",
		wanted: "vectorOptimized",
		field: "vector_optimized",
		...off
	},
	{
		input: "graph-analytics-plugin",
		wanted: "graphAnalyticsPlugin",
		field: "graph_analytics_plugin",
		...off
	},
	{
		input: "customer-managed-key-id",
		wanted: "customerManagedKeyId",
		field: "customer_managed_key_id",
		otherwise: "none"
	},
	{
		input: "secondaries",
		wanted: "secondaries",
		field: "secondaries_count",
		otherwise: "0"
	},
	{
		input: "cdc-enrichment-mode",
		wanted: "cdcEnrichmentMode",
		field: "cdc_enrichment_mode",
		otherwise: "OFF"
	}
];
function comparisons(plan, { fields }, outcomes) {
	return settings.flatMap(({ input, wanted, field, otherwise }) => {
		const off = plan.off;
		const value = plan[wanted] ?? off[wanted];
		if (value === void 0) return [];
		const requested = compare_inWords(input, value);
		const shown = fields[field];
		const isShown = shown !== void 0 && shown !== null && shown !== "";
		const outcome = outcomes.get(input);
		const known = isShown || otherwise !== void 0 && outcome !== "accepted";
		const actual = known ? compare_inWords(input, isShown ? shown : otherwise) : compare_hidden;
		const refusal = typeof outcome === "object" ? outcome.refusal : void 0;
		const differs = refusal !== void 0 || known && !compare_isSame(actual, requested);
		if (plan[wanted] === void 0 && !differs) return [];
		return [{
			input,
			requested,
			actual,
			differs,
			refusal
		}];
	});
}
function compare_inWords(input, value) {
	const text = typeof value === "string" ? value : JSON.stringify(value);
	return input === "tier" ? nameOfTier(text) : text;
}
function compare_isSame(one, other) {
	return one.toLowerCase() === other.toLowerCase();
}
/**
* Says in one notice and in the summary what a create would do.
*
* @param replaced the instances that it would delete before.
*/
function sayWhatWouldHappen({ report }, body, replaced) {
	const first = replaced.length === 0 ? "" : `delete ${listed(replaced.map(label))}, then `;
	report.notice(`Dry run: would ${first}create instance '${body.name}': ${describeBody(body)}.`);
	const removed = replaced.map((one) => inline`${one.name} (${one.id})`);
	report.summary({
		title: inline`What would be created`,
		blocks: [{ text: inline`${body.name}: ${prose(describeBody(body))}.` }, ...removed.length === 0 ? [] : [{ text: inline`**Would be deleted before it:** ${joined(removed)}.` }]]
	});
}
/** How long after a lost answer the status may still not show that Aura has accepted. */
const acceptance_showsWithinMilliseconds = 6e4;
/**
* Requests a change until Aura has accepted it.
*
* @throws ActionError if the instance cannot be changed; RequestError if Aura refuses.
*/
function getAccepted(session, { instance: first, meant }, spec) {
	const { patience, guard } = session;
	return inPhase(session, `Waiting until Aura accepts the request to ${spec.verb} ${label(first)}`, (progress) => {
		const trial = new Trial(session, {
			spec,
			first,
			progress
		});
		return poll(patience, {
			first: { reading: first },
			read: watch(session, { id: meant.id }, first),
			judge: (sight) => {
				if (sight === "unclear") return again();
				if (sight === "gone") throw trial.failed("it was deleted in the meantime.");
				guard.expect(trial.isRenamed(sight) ? {
					...meant,
					name: sight.name
				} : meant, sight);
				return trial.judge(sight);
			},
			overdue: (trouble) => {
				throw trial.overdue(trouble);
			},
			tolerance: createTolerance(patience),
			beat: progress.beat
		});
	});
}
/** The requests for one change, and what became of them. */
var Trial = class {
	#session;
	#spec;
	#task;
	#say;
	#last;
	#lost;
	/** The last refusal after which it makes sense to try again, and how many there were. */
	#refusal;
	#refusals = 0;
	constructor(session, { spec, first, progress }) {
		this.#session = session;
		this.#spec = spec;
		this.#task = `${spec.verb} ${label(first)}`;
		this.#say = progress.note;
		this.#last = first;
	}
	failed(why, more = {}) {
		return new ActionError(`Could not ${this.#task}: ${why}`, more);
	}
	/** Whether it shows the new name, after a request for it. */
	isRenamed({ name }) {
		return this.#lost !== void 0 && name === this.#spec.newName;
	}
	async judge(sight) {
		const spec = this.#spec;
		const before = this.#last;
		this.#last = sight;
		const isLost = this.#lost !== void 0;
		if (spec.done(sight) || spec.underWay(sight) && (spec.joins || isLost)) return done({
			instance: sight,
			before,
			sent: isLost,
			seen: true
		});
		const why = deadEnd(sight.status);
		if (why !== void 0) throw this.failed(`its status is '${sight.status}' (${why}).`, { next: "Look at it in the Aura console." });
		if (!spec.ready(sight)) {
			this.#say(`waiting, because its status is '${sight.status}'`);
			return again();
		}
		if (this.#mayStillShow()) return again();
		return this.#send(sight);
	}
	/** Whether the status may still show that Aura accepted the request whose answer was lost. */
	#mayStillShow() {
		const lost = this.#lost;
		if (lost === void 0 || this.#spec.onLost === "repeat") return false;
		if (this.#session.patience.clock.now() - lost.at < acceptance_showsWithinMilliseconds) return true;
		if (lost.times > 1) throw lost.error;
		return false;
	}
	async #send(sight) {
		const spec = this.#spec;
		spec.assertAllowed?.(sight);
		try {
			await spec.send(this.#session.client, sight);
		} catch (error) {
			if (!(error instanceof RequestError)) throw error;
			if (error.transient && error.effect === "unknown") return this.#noteLost(error);
			if (!this.#meansAccepted(error)) return this.#noteRefusal(error, sight);
		}
		return done({
			instance: spec.accepted(sight),
			before: sight,
			sent: true,
			seen: false
		});
	}
	#noteLost(error) {
		const times = (this.#lost?.times ?? 0) + 1;
		if (isTooSmall(error) || times >= maxAttempts) throw error;
		this.#lost = {
			at: this.#session.patience.clock.now(),
			error,
			times
		};
		this.#say(`unclear whether Aura has accepted: ${error.message}`);
		return again();
	}
	/** After a lost answer, Aura refuses a second request because it has accepted the first. */
	#meansAccepted(error) {
		return this.#lost !== void 0 && this.#spec.onLost === "watch" && error.status === 409 && !error.hasReason("snapshot-not-allowed");
	}
	/** @throws the refusal, unless Aura may accept the same request later. */
	#noteRefusal(error, sight) {
		const { ifPaused } = this.#spec;
		const { status = 0 } = error;
		const aboutAccess = [
			401,
			403,
			404,
			429
		].includes(status);
		const isBusy = error.hasReason("ongoing-database-operation");
		if (sight.status === "paused" && ifPaused !== void 0 && !aboutAccess && !isBusy) throw this.failed(`${error.message}. The instance is paused.`, {
			next: ifPaused,
			cause: error
		});
		if (status !== 409) throw error;
		if (!isBusy) this.#refusals += 1;
		if (this.#refusals >= maxAttempts) throw error;
		this.#refusal = error;
		this.#say(`not accepted yet: ${error.message}`);
		return again(2);
	}
	overdue(trouble) {
		const { patience } = this.#session;
		const waited = formatDuration(patience.clock.now() - patience.begin);
		const is = `its status is '${this.#last.status}' after ${waited}`;
		const lost = this.#lost;
		if (lost === void 0) {
			const said = saidOf(trouble ?? this.#refusal);
			return this.failed(`${is}${said}. The ${this.#spec.scope} was not changed.`, {
				next: "Try again, or increase 'timeout'.",
				cause: trouble ?? this.#refusal
			});
		}
		const next = `Aura may have accepted the request: look at the instance with operation 'poll' and instance-id '${this.#last.id}', or increase 'timeout'.`;
		return this.failed(`${is}, and no answer was clear: ${lost.error.message}.`, {
			next,
			cause: lost.error
		});
	}
};
/** How long the status of before may still be shown after Aura has accepted a change. */
const lagsForMilliseconds = 6e4;
/** What to do if Aura refuses to change a paused instance. Aura decides which changes it allows. */
const resumeFirst = "Resume it with operation 'resume', then run this step again.";
/** Whether no operation is in progress in this status, so that Aura may accept a change. */
function isAtRest(status) {
	return status === "running" || status === "paused";
}
/**
* Watches a change that begins and ends in the same status: right after Aura has accepted it, an
* instance is still shown as it was before. It ends in `running`, or in the status of before.
*
* @param clock the moment of this call is that of the acceptance.
* @returns a function to call with each instance that is read: `away` in another status; `back` if
*   another status was read before, or if none was for a minute; `early` otherwise.
*/
function watchReturn(clock, before) {
	const since = clock.now();
	let left = false;
	return ({ status }) => {
		if (status !== "running" && status !== before.status) {
			left = true;
			return "away";
		}
		return left || clock.now() - since >= lagsForMilliseconds ? "back" : "early";
	};
}
/** A change from one status to another. */
function statusChange({ verb, from, via, to, send }) {
	return {
		verb,
		via,
		to,
		result: to,
		scope: "instance",
		done: ({ status }) => status === to,
		ready: ({ status }) => status === from,
		underWay: ({ status }) => status === via,
		joins: true,
		onLost: "watch",
		send,
		accepted: (instance) => ({
			...instance,
			status: via
		}),
		goal: () => statusGoal(to)
	};
}
/** The change to `running`, for every operation that needs a running instance. */
const resuming = statusChange({
	verb: "resume",
	from: "paused",
	via: "resuming",
	to: "running",
	send: (client, { id }) => client.resumeInstance(id)
});
/** A change of the data; the instance runs before it and after it. */
function dataChange({ via, ...own }) {
	return {
		...own,
		scope: "instance",
		done: () => false,
		ready: ({ status }) => isAtRest(status),
		underWay: ({ status }) => via.includes(status),
		joins: false,
		onLost: "watch",
		ifPaused: resumeFirst,
		accepted: (instance) => ({
			...instance,
			status: via[0]
		}),
		goal: (clock, before) => {
			const look = watchReturn(clock, before);
			const isReached = (instance) => look(instance) === "back";
			return {
				...statusGoal("running"),
				also: " again",
				isReached
			};
		}
	};
}
/**
* Changes an instance that has been read. It first waits for other operations in progress. If a
* response does not show what happened, it reads the instance.
*
* @returns the instance as it was read last: changed, or still changing without `wait`.
* @throws ActionError if the instance cannot reach the goal; RequestError if Aura refuses.
*/
async function change(session, found, { spec, wait, quiet = false }) {
	const { ledger, patience } = session;
	const say = (line) => {
		if (!quiet) session.report.info(line);
	};
	const what = label(found.instance);
	if (spec.done(found.instance)) {
		say(`${capitalized(what)} is already ${spec.result}; nothing to do.`);
		return found.instance;
	}
	const { instance, before, sent, seen } = await getAccepted(session, found, spec);
	ledger.saw(instance);
	if (sent) ledger.changed(instance.id, instance.status);
	const goal = spec.goal?.(patience.clock, before);
	if (goal === void 0) {
		say(`${capitalized(what)} is ${spec.result}.`);
		return instance;
	}
	if (!wait) {
		say(sent ? `Aura has accepted the request to ${spec.verb} ${what}.` : `${capitalized(what)} is already ${instance.status}, by another request.`);
		return instance;
	}
	if (seen) goal.isReached(instance);
	const afterwards = `Aura had already accepted the request to ${spec.verb} ${what}.`;
	const options = {
		what,
		goal,
		from: instance.status,
		now: !sent,
		shown: instance,
		change: { afterwards }
	};
	const final = await awaitGoal(session, found.meant, options) ?? instance;
	ledger.saw(final);
	say(`${capitalized(what)} is ${spec.result}.`);
	return final;
}
/**
* The values of each request that a resize sends, in order: values of different kinds cannot be
* changed together. Memory and storage depend on each other.
*/
function kindsOf(request) {
	const { memory, storage, vectorOptimized, graphAnalyticsPlugin } = request;
	const { secondaries, cdcEnrichmentMode } = request;
	return [
		[...resize_values_value("memory", memory, (wanted) => ({
			wanted,
			field: "memory",
			body: { memory: wanted }
		})), ...resize_values_value("storage", storage, (wanted) => ({
			wanted,
			field: "storage",
			body: { storage: wanted }
		}))],
		resize_values_value("vector-optimized", vectorOptimized, (wanted) => ({
			wanted,
			field: "vector_optimized",
			body: { vector_optimized: wanted },
			otherwise: false
		})),
		resize_values_value("graph-analytics-plugin", graphAnalyticsPlugin, (wanted) => ({
			wanted,
			field: "graph_analytics_plugin",
			body: { graph_analytics_plugin: wanted },
			otherwise: false
		})),
		resize_values_value("secondaries", secondaries, (wanted) => ({
			wanted,
			field: "secondaries_count",
			body: { secondaries_count: wanted },
			otherwise: 0
		})),
		resize_values_value("cdc-enrichment-mode", cdcEnrichmentMode, (wanted) => ({
			wanted,
			field: "cdc_enrichment_mode",
			body: { cdc_enrichment_mode: wanted },
			otherwise: "OFF"
		}))
	].filter((values) => values.length > 0);
}
function resize_values_value(name, wanted, describe) {
	if (wanted === void 0) return [];
	const { body, field, otherwise } = describe(wanted);
	const stateIn = ({ fields }) => {
		const shown = fields[field];
		const isShown = shown !== void 0 && shown !== null && shown !== "";
		if ((isShown ? shown : otherwise) === wanted) return "reached";
		return isShown ? "different" : "hidden";
	};
	return [{
		words: `${name} ${String(wanted)}`,
		body,
		stateIn
	}];
}
/**
* The requests that a resize may send, in order; the name is the last one, so that every other
* message names the instance as the inputs do.
*
* @param tell called with a line for the log.
*/
function requestsOf(request, tell) {
	const kinds = kindsOf(request).map((values) => ({
		words: resize_requests_inWords(values),
		spec: valueChange(values, tell)
	}));
	const { newName } = request;
	return newName === void 0 ? kinds : [...kinds, {
		words: `new-name '${newName}'`,
		spec: renaming(newName)
	}];
}
const common = {
	verb: "resize",
	scope: "value",
	ready: ({ status }) => isAtRest(status),
	underWay: () => false,
	joins: false,
	onLost: "repeat",
	ifPaused: resumeFirst
};
/** The change of values that one request can set together. */
function valueChange(values, tell) {
	const words = resize_requests_inWords(values);
	const statesIn = (instance) => values.map(({ stateIn }) => stateIn(instance));
	return {
		...common,
		result: `set to ${words}`,
		done: (instance) => isAtRest(instance.status) && statesIn(instance).every((state) => state === "reached"),
		send: (client, instance) => client.updateInstance(instance.id, bodyFor(values, instance)),
		accepted: (instance) => ({
			...instance,
			status: "updating"
		}),
		goal: (clock, before) => {
			const look = watchReturn(clock, before);
			const isReached = (instance) => {
				const where = look(instance);
				const states = statesIn(instance);
				if (where === "away" || states.includes("different")) return false;
				if (!states.includes("hidden")) return true;
				if (where === "early") return false;
				tell(`Aura does not show all of these values, so they are not compared: ${words}.`);
				return true;
			};
			return {
				...statusGoal("running"),
				also: ` with ${words}`,
				isReached
			};
		}
	};
}
/**
* Only what differs. Aura changes the storage with the memory, so a storage that is right now is
* sent again with a new memory. Source: Aura API v1, refused pairs seen live.
*/
function bodyFor(values, instance) {
	return values.filter(({ body, stateIn }, index) => stateIn(instance) !== "reached" || body.storage !== void 0 && index > 0 && values[0]?.stateIn(instance) !== "reached").reduce((all, { body }) => ({
		...all,
		...body
	}), {});
}
/** Aura changes a name immediately, so there is nothing to wait for. */
function renaming(newName) {
	return {
		...common,
		result: `renamed to '${newName}'`,
		newName,
		done: ({ name }) => name === newName,
		send: (client, { id }) => client.updateInstance(id, { name: newName }),
		accepted: (instance) => ({
			...instance,
			name: newName,
			fields: {
				...instance.fields,
				name: newName
			}
		}),
		goal: void 0
	};
}
function resize_requests_inWords(values) {
	return values.map(({ words }) => words).join(" and ");
}
/**
* The values that Aura does not accept in a create, by input; they are set as a resize sets them.
* Source: clients of the Aura API.
*/
function laterValues({ secondaries, cdcEnrichmentMode }) {
	return [["secondaries", { secondaries }], ["cdc-enrichment-mode", { cdcEnrichmentMode }]];
}
/**
* The last part of a copy that runs: sets what a create cannot set, then compares. A refusal is only
* a warning, because the instance exists and can be used.
*
* @throws ActionError if the instance cannot be changed for another reason.
*/
async function finishCopy(session, plan, { instance, meant }) {
	const { patience } = session;
	const outcomes = /* @__PURE__ */ new Map();
	let current = instance;
	for (const [input, values] of laterValues(plan)) for (const { spec } of requestsOf(values, session.report.info)) {
		if (spec.done(current)) continue;
		try {
			current = await change(session, {
				instance: current,
				meant
			}, {
				spec,
				wait: true
			});
			outcomes.set(input, "accepted");
		} catch (error) {
			if (!finish_copy_isRefusal(error)) throw inWords(`set '${input}' of ${label(current)}`, error);
			outcomes.set(input, { refusal: refusalOf(input, error, patience) });
		}
	}
	const advice = `Set it with operation 'resize' and instance-id '${meant.id}'.`;
	compare(session, {
		plan,
		instance: current
	}, {
		outcomes,
		advice
	});
}
/** Why a value is not set. At the timeout Aura may still be busy with another operation. */
function refusalOf(input, error, { clock, deadline, begin }) {
	const refusal = error instanceof ActionError ? error.cause : error;
	if (!(refusal instanceof RequestError && refusal.status === 409) || clock.now() < deadline) return inWords(`set '${input}'`, error).message;
	return `It was not set within ${formatDuration(clock.now() - begin)} (input 'timeout'): ${refusal.message}.`;
}
/** Aura has refused the value, and the instance is as before. An instance that does not exist has another cause. */
function finish_copy_isRefusal(error) {
	const refusal = error instanceof ActionError ? error.cause : error;
	if (!(refusal instanceof RequestError)) return false;
	const { status = 0, policy } = refusal;
	return policy === "once" && status >= 400 && status < 500 && ![
		404,
		408,
		410,
		429
	].includes(status);
}
/** Says which values a copy that is not awaited lacks. */
function sayWhatIsLeft({ report }, plan) {
	const left = laterValues(plan).flatMap(([, values]) => requestsOf(values, report.info).map(({ words }) => words));
	if (left.length > 0) report.warning(`Not set, because this needs a running instance and 'wait' is 'false': ${left.join(", ")}. Use operation 'resize' once it is running.`);
	if (plan.isCopy) report.info("The instance was not compared, because 'wait' is 'false'.");
}
/**
* The error of a create that certainly created nothing. A question to Aura that explains it can
* fail too; the refusal is what counts.
*/
async function refusedCreate(session, refused) {
	const { error, body } = refused;
	const next = await unlessRefused(explainRefusal(session, refused)) ?? whatToDo(error);
	return new ActionError(`Could not create instance '${body.name}': ${error.message}.`, {
		next,
		cause: error
	});
}
async function unlessRefused(question) {
	try {
		return await question;
	} catch (error) {
		if (error instanceof RequestError) return void 0;
		throw error;
	}
}
/** What to do next; undefined if Aura's answer itself says it. */
function explainRefusal(session, refused) {
	const { error } = refused;
	if (error.status === 405) return whatFillsTheQuota(session, refused);
	if (error.status !== 400 || [
		"missing-billing-details",
		"tenant-not-found",
		"encryption-key-not-found"
	].some((reason) => error.hasReason(reason))) return Promise.resolve(void 0);
	return whatIsAvailable(session, refused);
}
/**
* Aura counts the instances of a tier, but its list does not show the tier, and others may use
* them: nothing is named as one to delete.
*/
async function whatFillsTheQuota({ client }, { body }) {
	const isFree = body.type === "free-db";
	const all = await client.listInstances(isFree ? void 0 : body.tenant_id, void 0, "once");
	const where = isFree ? "These credentials can access" : "The tenant contains";
	const limit = isFree ? "An account can have one Free instance." : `The tenant has reached its limit for tier '${nameOfTier(body.type)}'.`;
	const found = all.length === 0 ? "no instance" : listed(all.map(shortLabel));
	const which = all.length === 1 ? "it" : "one of them";
	return `${limit} ${where} ${found}. ${all.length === 0 ? "If another user has one that nobody needs, ask them to delete it" : `If ${which} has this tier and nobody needs it, delete it with operation 'delete' and 'instance-id'`}; otherwise ${isFree ? "set another 'tier'" : "ask Neo4j to raise the limit"}.`;
}
/** For a copy first the source: Aura refuses the copy of an instance that was deleted. */
async function whatIsAvailable({ client }, { error, body, plan }) {
	const missing = await missingSource({ client }, plan);
	if (missing !== void 0) return missing;
	const offer = await client.listConfigurations(body.tenant_id);
	const wanted = {
		...plan,
		region: body.region,
		cloudProvider: body.cloud_provider,
		memory: body.memory
	};
	const choice = chooseConfiguration(offer, wanted);
	if (choice.kind === "chosen") return `${whatToDo(error)} The tenant offers this tier, version, memory and region (${describeBody(body)}), so check the other inputs.`;
	const { happened, next } = not_offered_explain(choice, wanted, offer);
	return `${happened.charAt(0).toUpperCase()}${happened.slice(1)}. ${next}`;
}
async function missingSource({ client }, { source }) {
	if (source === void 0) return void 0;
	const { instanceId, snapshotId } = source;
	if (typeof await client.getInstance(instanceId, "poll") === "string") return `Instance ${instanceId} of input 'source-instance-id' no longer exists. Set another source, or look for what has deleted it.`;
	if (snapshotId === void 0) return void 0;
	return typeof await client.getSnapshot(instanceId, snapshotId, "poll") === "string" ? `Snapshot ${snapshotId} of instance ${instanceId} no longer exists. Set another 'source-snapshot-id', or 'latest'.` : void 0;
}
/**
* A create is sent at most this often; again only if the previous one left no instance behind.
*/
const mostPosts = 3;
/**
* Creates exactly one instance. If a response does not show whether an instance was created, it
* looks for the instance. The password of such an instance is lost, so it deletes it before it
* sends the create again.
*
* @throws {@link ActionError} that names what may still exist.
*/
async function createOnce(session, body, { trail, knownIds, plan }) {
	const { client, report, patience } = session;
	const { name, tenant_id: tenantId } = body;
	let attempt = {
		name,
		tenantId,
		knownIds,
		postedAt: []
	};
	for (let posts = 1;; posts += 1) {
		const before = attempt;
		const sending = () => {
			attempt = {
				...before,
				postedAt: [...before.postedAt, client.serverClock.now() ?? null]
			};
			trail.posting(attempt);
		};
		const made = await post(session, body, {
			trail,
			before,
			sending,
			plan
		});
		if (!(made instanceof RequestError)) {
			const unsettled = {
				...before,
				knownIds: [...attempt.knownIds, made.id]
			};
			return {
				created: made,
				knownIds: attempt.knownIds,
				unsettled
			};
		}
		report.info(`${sentence(made.message)}. Instance '${name}' may have been created anyway.`);
		const orphan = await removeOrphan(session, attempt, made);
		if (orphan !== void 0) {
			attempt = {
				...before,
				knownIds: [...attempt.knownIds, orphan]
			};
			trail.posting(attempt);
			await assertAlone(session, attempt, {
				orphan,
				unclear: made
			});
		}
		const settled = attempt.postedAt.length === 0;
		if (posts === mostPosts || patience.clock.now() > patience.deadline) {
			if (settled) trail.clear();
			throw failure(name, made, afterAll(name, made, {
				posts,
				settled
			}));
		}
		const found = orphan === void 0 ? "Aura lists no new instance. " : "";
		report.info(`${found}Creating instance '${name}' again.`);
	}
}
/**
* Lists can lag: the instance deleted after a lost response may have been another job's, and the
* step's own instance may be listed only now.
*
* @throws {@link ActionError} if another new instance has the name.
*/
async function assertAlone(session, { name, tenantId, knownIds }, { orphan, unclear }) {
	const others = (await findByName(session, tenantId, name)).filter(({ id }) => !knownIds.includes(id)).map(({ id }) => id);
	if (others.length === 0) return;
	throw failure(name, unclear, {
		also: `Instance ${orphan} looked like the one of this step and was deleted, but ${others.join(", ")} is also new and has the same name. It may be from this step or from another job, so it was not deleted.`,
		next: "Delete it with operation 'delete' and 'instance-id' if it is not used, and give each job its own 'name'."
	});
}
/** The rest of the error after the last request. */
function afterAll(name, error, { posts, settled }) {
	const sent = `Sent ${posts} times`;
	const next = whatToDo(error);
	return settled ? {
		also: `${sent}, and none of the requests left an instance.`,
		next
	} : mayBeLeft(name, {
		also: `${sent}, and Aura listed no new instance.`,
		next
	});
}
/** Adds to the rest of an error that an instance may still exist. */
function mayBeLeft(name, { also, next }, id) {
	const what = id === void 0 ? `An instance '${name}'` : `Instance '${name}' (${id})`;
	const how = id === void 0 ? "Look for it in the Aura console, and delete it there unless another job uses it" : `Look for it in the Aura console, or delete it with operation 'delete' and instance-id '${id}'`;
	return {
		also: [also, `${what} may still exist, and its password is lost.`].join(" ").trim(),
		next: [`${how}.`, next].filter((part) => part !== void 0).join(" ")
	};
}
/** The created instance, or the error that does not show whether one was created. */
async function post({ client }, body, { trail, before, sending, plan }) {
	try {
		return await client.createInstance(body, sending);
	} catch (error) {
		if (!(error instanceof RequestError)) throw error;
		if (error.effect === "unknown") return error;
		const settled = before.postedAt.length === 0;
		if (settled) trail.clear();
		else trail.posting(before);
		const { name } = body;
		if (!settled) throw failure(name, error, mayBeLeft(name, {
			also: "",
			next: whatToDo(error)
		}));
		if (error.policy === "token") throw error;
		throw await refusedCreate({ client }, {
			error,
			body,
			plan
		});
	}
}
/**
* Finds the instance of a create with unknown result, and deletes it.
*
* @returns its id, or undefined if nothing was found.
* @throws {@link ActionError}
*/
async function removeOrphan(session, attempt, unclear) {
	const { report, ledger } = session;
	const { name, tenantId } = attempt;
	let orphan;
	try {
		orphan = await findNew(session, attempt);
		if (orphan === void 0) return void 0;
		const { id, createdAt } = orphan;
		report.info(`Instance '${name}' (${id}) was created, but its password is lost.`);
		ledger.madeInVain(id);
		if (await removeInstance(session, {
			id,
			name,
			tenantId,
			createdAt
		}, { wait: true }) === "absent") throw listedOnly();
		return id;
	} catch (error) {
		if (error instanceof CancelledError) throw error;
		const told = inWords(orphan === void 0 ? `look for instance '${name}'` : `delete instance '${name}' (${orphan.id})`, error);
		const { happened, next } = told instanceof ActionError ? told : {
			happened: told.message,
			next: void 0
		};
		throw failure(name, unclear, mayBeLeft(name, {
			also: happened,
			next
		}, orphan?.id));
	}
}
function failure(name, error, { also, next }) {
	const rest = also === "" ? "" : ` ${also}`;
	return new ActionError(`Could not create instance '${name}': ${error.message}.${rest}`, {
		next,
		cause: error
	});
}
/** Aura keeps no snapshot for longer. Source: Aura documentation, retention of snapshots. */
const mostDays = 90;
const dayMilliseconds = 864e5;
/** How long a 404 of a snapshot means "not yet", as for an instance. */
const snapshots_showsWithinMilliseconds = 6e4;
/**
* Finds the snapshot that an input means, and sets the output `snapshot-id`. One that Aura still
* takes is waited for if its id is given.
*
* @throws ActionError that says what was looked for, if there is none that can be used, or if it is
*   not completed in time; RequestError if Aura refuses.
*/
async function resolveSnapshot(session, wanted) {
	const found = await (wanted.wanted === "latest" ? findLatest(session, wanted) : readCompleted(session, wanted));
	session.report.outputs({ "snapshot-id": found.id });
	return found;
}
/**
* The date of a moment in UTC, as Aura's list of snapshots takes it. Aura does not name the time
* zone of its days.
*
* @param time epoch milliseconds.
*/
function dateOf(time) {
	return new Date(time).toISOString().slice(0, 10);
}
/** Now by Aura's clock, in epoch milliseconds; by this machine's until Aura has sent a `Date`. */
function serverNow({ client, patience }) {
	return client.serverClock.now() ?? patience.clock.now();
}
/** Goes back day by day: Aura lists the snapshots of one day at a time. */
async function findLatest(session, { source, exportable }) {
	const { client, report, ledger } = session;
	const dates = datesBack(serverNow(session), source.createdAt);
	for (const date of dates) {
		const newest = (await client.listSnapshots(source.id, date)).filter((one) => one.status === "completed" && (!exportable || one.exportable === true)).reduce((best, one) => best === void 0 || timeOf(one) > timeOf(best) ? one : best, void 0);
		if (newest === void 0) continue;
		report.info(`The latest snapshot of ${label(source)} is ${newest.id} of ${date}.`);
		return newest;
	}
	const kind = exportable ? "completed snapshot that can be exported" : "completed snapshot";
	const [today = ""] = dates;
	const days = dates.length === 1 ? `on ${today}` : `on any day from ${dates.at(-1) ?? today} to ${today}`;
	const who = ledger.task().endsWith(label(source)) ? "it" : label(source);
	throw new ActionError(`Could not ${ledger.task()}: ${who} has no ${kind} ${days} (UTC).`, { next: "Take one with operation 'snapshot', or set the id of a snapshot." });
}
/** From today back to the creation, at most {@link mostDays}. */
function datesBack(now, createdAt = 0) {
	const first = dateOf(createdAt);
	return Array.from({ length: mostDays }, (_, days) => dateOf(now - days * dayMilliseconds)).filter((date, days) => days === 0 || date >= first);
}
function timeOf({ timestamp = 0 }) {
	return timestamp;
}
/** Why a snapshot cannot be used; undefined if it can, now or when it is completed. */
function whyUseless(snapshot, exportable) {
	const { status } = snapshot;
	if (hasFailed(snapshot)) return `has the status '${status}', so it cannot be used. Choose another snapshot.`;
	return exportable && status === "completed" && snapshot.exportable === false ? "cannot be exported to another instance. Choose another snapshot, or use 'latest'." : void 0;
}
/**
* Judges a 404: a snapshot that was shown before is not deleted because of a single answer, and one
* that an earlier step has just taken may not be shown yet.
*
* @returns `shown` to call for each answer with the snapshot, and `mayEnd` to call for each 404.
*/
function absence({ clock }) {
	const begin = clock.now();
	let [missing, wasShown] = [0, false];
	return {
		shown: () => {
			[missing, wasShown] = [0, true];
		},
		mayEnd: () => {
			missing += 1;
			return wasShown ? missing < mostRefusals : clock.now() - begin < snapshots_showsWithinMilliseconds;
		}
	};
}
/** Reads a snapshot by its id until it is completed. */
async function readCompleted(session, { source, wanted, exportable }) {
	const { client, patience, ledger } = session;
	const what = `snapshot '${wanted}' of ${label(source)}`;
	const failed = (why, next, cause) => new ActionError(`Could not ${ledger.task()}: ${what} ${why}`, {
		next,
		cause
	});
	const { shown, mayEnd } = absence(patience);
	let status;
	const judge = (sight, say) => {
		if (typeof sight === "string") {
			if (sight === "gone" || !mayEnd()) throw failed("does not exist.", "Check the id, or use 'latest'.");
			if (status === void 0) say("not shown by Aura yet");
			return again();
		}
		shown();
		({status} = sight);
		const why = whyUseless(sight, exportable);
		if (why !== void 0) throw failed(why);
		if (status === "completed") return done(sight);
		say(status);
		return again();
	};
	return inPhase(session, `Waiting for ${what} to be completed`, async ({ note, beat }) => poll(patience, {
		first: { reading: await client.getSnapshot(source.id, wanted) },
		read: () => client.getSnapshot(source.id, wanted, "poll"),
		judge: (sight) => judge(sight, note),
		overdue: (trouble) => {
			const waited = formatDuration(patience.clock.now() - patience.begin);
			throw failed(`is not completed after ${waited}; its status is '${status ?? "not shown by Aura"}'${saidOf(trouble)}. Nothing was changed.`, "Increase 'timeout', and run the step again.", trouble);
		},
		tolerance: createTolerance(patience),
		beat
	}));
}
/**
* The values that a create asks for: those of the inputs, then those of `config`, then those of the
* instance to copy, then the defaults.
*
* @param source the instance to copy, as Aura returns it.
*/
function planOf(request, source) {
	const { name, sourceInstanceId, config } = request;
	const shown = source === void 0 ? void 0 : configOf(source);
	const from = (field) => config?.[field] ?? shown?.[field];
	const sized = config?.memory === void 0 ? shown : config;
	const hasSize = request.memory === void 0 && sized?.memory !== void 0;
	return {
		name,
		type: request.type ?? from("type") ?? "free-db",
		version: request.version ?? from("version") ?? "5",
		region: request.region ?? from("region"),
		cloudProvider: request.cloudProvider ?? from("cloudProvider"),
		memory: request.memory ?? sized?.memory,
		storage: request.storage ?? (hasSize ? sized.storage : void 0),
		vectorOptimized: request.vectorOptimized ?? only(true, from("vectorOptimized")),
		graphAnalyticsPlugin: request.graphAnalyticsPlugin ?? only(true, from("graphAnalyticsPlugin")),
		customerManagedKeyId: request.customerManagedKeyId ?? from("customerManagedKeyId"),
		secondaries: from("secondaries") === 0 ? void 0 : from("secondaries"),
		cdcEnrichmentMode: from("cdcEnrichmentMode") === "OFF" ? void 0 : from("cdcEnrichmentMode"),
		off: {
			vectorOptimized: only(false, from("vectorOptimized")),
			graphAnalyticsPlugin: only(false, from("graphAnalyticsPlugin")),
			secondaries: only(0, from("secondaries")),
			cdcEnrichmentMode: only("OFF", from("cdcEnrichmentMode"))
		},
		source: sourceInstanceId === void 0 ? void 0 : { instanceId: sourceInstanceId },
		isCopy: config !== void 0 || source !== void 0,
		origins: originsOf(request, source, hasSize ? sized : void 0)
	};
}
/** The fields of a configuration, and their names in `config`. */
const configFields = [
	["type", "type"],
	["version", "version"],
	["region", "region"],
	["cloudProvider", "cloud_provider"],
	["memory", "memory"],
	["storage", "storage"]
];
/** @param sized where memory and storage come from; undefined for the inputs. */
function originsOf(request, source, sized) {
	const { config } = request;
	const origins = {};
	for (const [field, name] of configFields) {
		const isSize = field === "memory" || field === "storage";
		if (request[field] !== void 0 || isSize && sized === void 0) continue;
		const from = isSize ? sized : config;
		if (from !== void 0 && from === config && from[field] !== void 0) origins[field] = `'${name}' in 'config'`;
		else if (source !== void 0 && field !== "version") origins[field] = `that of ${label(source)}`;
	}
	return origins;
}
/** A line for each value of a plan that nothing asks for. */
function defaultsOf({ type, version, config }, plan) {
	const lines = [];
	if (type === void 0 && !plan.isCopy) lines.push(`  Default tier: ${nameOfTier(plan.type)}`);
	if (version === void 0 && config?.version === void 0) lines.push(`  Default version: ${plan.version}`);
	return lines;
}
/** The value if it is this one. */
function only(wanted, value) {
	return value === wanted ? value : void 0;
}
/** Aura's fields of an instance as a configuration. */
function configOf({ name, tenantId, type, region, ...instance }) {
	const { cloudProvider, memory, fields } = instance;
	const text = (field) => {
		const value = fields[field];
		return typeof value === "string" && value !== "" ? value : void 0;
	};
	const flag = (field) => fields[field] === true;
	const { secondaries_count: secondaries } = fields;
	return {
		name,
		tenantId,
		type,
		region,
		cloudProvider,
		memory,
		version: void 0,
		storage: text("storage"),
		vectorOptimized: flag("vector_optimized"),
		graphAnalyticsPlugin: flag("graph_analytics_plugin"),
		customerManagedKeyId: text("customer_managed_key_id"),
		secondaries: typeof secondaries === "number" ? secondaries : void 0,
		cdcEnrichmentMode: text("cdc_enrichment_mode")?.toUpperCase()
	};
}
/**
* Reads the instance to copy.
*
* @returns undefined if none is to be copied.
* @throws ActionError if it does not exist, or if Aura refuses.
*/
async function readSource(session, request) {
	const { name, sourceInstanceId: id } = request;
	if (id === void 0) return void 0;
	let source;
	try {
		source = await readInstance(session, { id });
	} catch (error) {
		throw inWords(`create instance '${name}' as a copy of instance ${id}`, error);
	}
	if (source === void 0) throw notCopied(name, `Aura has no instance with the id ${id} of input 'source-instance-id'. Nothing was created. Check the id; the instance may have been deleted, or belong to another account.`);
	assertStays(name, source);
	return request.memory !== void 0 || request.config?.memory !== void 0 ? source : awaitSize(session, name, source);
}
/** @throws ActionError if the instance to copy is being deleted. */
function assertStays(name, source) {
	if (!isGoing(source.status)) return;
	throw notCopied(name, `${`${label(source)} of input 'source-instance-id' is being deleted`}. Nothing was created. Set another source.`);
}
function notCopied(name, why) {
	return new ActionError(`Could not create instance '${name}': ${why}`);
}
/**
* Waits until Aura shows the size of the instance to copy: it shows none while it changes the size.
*
* @throws ActionError at the timeout; RequestError if Aura refuses.
*/
async function awaitSize(session, name, source) {
	const { patience } = session;
	const unknown = `Aura does not show the memory of ${label(source)} of input 'source-instance-id'`;
	return inPhase(session, `Waiting for the memory of ${label(source)} of input 'source-instance-id'`, ({ note, beat }) => poll(patience, {
		first: { reading: source },
		read: watch(session, { id: source.id }, source),
		judge: (sight) => {
			if (sight === "unclear") return again();
			if (sight === "gone") throw notCopied(name, `${label(source)} was deleted in the meantime. Nothing was created. Set another source.`);
			assertStays(name, sight);
			if (sight.memory !== void 0 || isSettled(sight.status)) return done(sight);
			note(`not shown by Aura while its status is '${sight.status}'`);
			return again();
		},
		overdue: (trouble) => {
			throw notCopied(name, `${unknown}${saidOf(trouble)}. Nothing was created. Set 'memory', or increase 'timeout'.`);
		},
		tolerance: createTolerance(patience),
		beat
	}));
}
/**
* An instance must not be deleted to make room for its copy, and must not be taken for its copy.
*
* @throws ActionError if the instance to copy is one of those that have the name.
*/
function assertNotOwnSource({ name, sourceInstanceId }, existing) {
	if (!existing.some(({ id }) => id === sourceInstanceId)) return;
	throw new ActionError(`Could not create instance '${name}': the instance of input 'source-instance-id' has this name itself. Set another 'name' for the copy. Nothing was changed.`);
}
/** Finds the snapshot to copy, before anything is changed. @throws ActionError if there is none */
async function withSnapshot(session, plan, { source, wanted }) {
	if (source === void 0 || wanted === void 0) return plan;
	const { id } = await resolveSnapshot(session, {
		source,
		wanted,
		exportable: true
	});
	return {
		...plan,
		source: {
			instanceId: source.id,
			snapshotId: id
		}
	};
}
/** An instance that is younger may belong to a job that still runs. */
const youngMilliseconds = 36e5;
/** How to keep two jobs from using one name. */
const ownName = "If several jobs, for example of a matrix, create instances with this name, give each its own: set 'name-suffix' to a value of the job, or another 'name'.";
/**
* A sentence about an instance that another job may still use: it was created a short time ago, or
* an operation is in progress. Nothing may then advise to delete or replace it.
*
* @returns undefined if it is older.
*/
function ofAnotherJob(session, { createdAt, status }) {
	const age = createdAt === void 0 ? void 0 : serverNow(session) - createdAt;
	if (age !== void 0 && age < youngMilliseconds) return `It was created ${formatDuration(Math.max(0, age))} ago, so another job may still use it.`;
	if (status === void 0 || !isBusy(status)) return void 0;
	return `Its status is '${status}', so another job may still use it.`;
}
/**
* Two steps can both find a name unused and create an instance with it. Each looks again: the older
* instance stays, and the step that created the newer one deletes it.
*
* @throws {@link ActionError} if this step lost the race.
*/
async function yieldIfRaceLost(session, created, race) {
	const winner = await findWinner(session, created, race);
	if (winner === void 0) return;
	const who = race.mayBeOwn ? `another step, or an earlier request of this step that got no answer, created ${winner.id} with this name. Delete it with operation 'delete' and instance-id '${winner.id}' if no other job uses it` : `another step created ${winner.id} with this name at the same time, and was first`;
	const lost = `Could not create instance '${created.name}': ${who}`;
	const advice = `${ownName} If only one of them should run at a time, use the same 'concurrency' group for both.`;
	try {
		const { id, name, tenantId, createdAt } = created;
		await removeInstance(session, {
			id,
			name,
			tenantId,
			createdAt
		}, { wait: true });
	} catch (error) {
		const told = inWords(`delete ${label(created)}`, error);
		if (!(told instanceof ActionError)) throw told;
		throw new ActionError(`${lost}. ${capitalized(label(created))} still exists: ${told.message}`, {
			next: advice,
			cause: error
		});
	}
	throw new RaceLostError(`${lost}. The instance of this step has been deleted.`, { next: advice });
}
/** This step lost the race, and its instance is deleted. */
var RaceLostError = class extends ActionError {};
/** A failed check does not fail the step: the instance exists and its outputs are set. */
async function findWinner(session, created, race) {
	try {
		const same = await findByName(session, created.tenantId, created.name);
		const ours = same.find(({ id }) => id === created.id) ?? created;
		for (const other of same) {
			if (race.knownIds.includes(other.id) || !isOlder(other, ours)) continue;
			if (await isAlive(session, other, race)) return other;
		}
		return;
	} catch (error) {
		if (error instanceof CancelledError) throw error;
		const { message } = inWords(`check whether another step created an instance '${created.name}' at the same time`, error);
		if (race.checksAgain) session.report.info(message);
		else session.report.warning(message);
		return;
	}
}
/** For a while, lists show deleted instances, and new ones before they can be read. */
async function isAlive(session, rival, { check }) {
	const reading = check === "first" ? await session.client.getInstance(rival.id) : await readInstance(session, rival);
	return typeof reading === "object" && !isGoing(reading.status);
}
/**
* A strict order that is the same for both steps; ids decide if Aura returns no time or the same
* time.
*/
function isOlder(other, ours) {
	if (other.id === ours.id) return false;
	if (other.createdAt !== void 0 && ours.createdAt !== void 0 && other.createdAt !== ours.createdAt) return other.createdAt < ours.createdAt;
	return other.id < ours.id;
}
/**
* Reuses the instance with the name: first it recovers the credentials, then it brings the instance
* to `running`.
*
* @returns the instance as it was read last; undefined if it no longer exists, so that a new one must
*   be created.
* @throws {@link ActionError} if no password can be recovered, or if it cannot reach `running`.
*/
async function reuse(session, existing, { wait }) {
	const { report, guard, ledger, handOver } = session;
	const found = await readExisting(session, existing);
	if (found === void 0) return void 0;
	const { instance } = found;
	ledger.open([instance]);
	ledger.saw(instance);
	const why = deadEnd(instance.status);
	if (why !== void 0) throw new ActionError(`Could not reuse ${label(instance)}: its status is '${instance.status}' (${why}).`, { next: afterDeadEnd(instance) });
	const recovered = await recover(session, instance);
	if (guard.dryRun) {
		report.notice(`Dry run: would reuse ${label(instance)}, which is ${instance.status}.`);
		return instance;
	}
	const first = `Reusing ${label(instance)}, which is ${instance.status}.`;
	handOver.publish(recovered.credentials, first);
	const final = await change(session, found, {
		spec: resuming,
		wait,
		quiet: true
	});
	await handOver.passOn(final, recovered);
	return final;
}
/** Nobody can use an instance whose data was not loaded; a suspended one may run again. */
function afterDeadEnd({ status }) {
	return status === "loading failed" ? "Set 'if-exists: replace' to delete it and create a new one." : "Look at it in the Aura console.";
}
/** The only instance with the name; waits for one that is being deleted. */
async function readExisting(session, existing) {
	const there = await readAll(session, existing);
	const [instance, ...more] = there;
	const meant = existing.find(({ id }) => id === instance?.id);
	if (instance === void 0 || meant === void 0) return void 0;
	if (more.length > 0) {
		const ids = listed(there.map(({ id }) => id));
		throw new ActionError(`Could not reuse instance '${meant.name}': several instances have this name (${ids}).`, { next: `Delete those that no job uses with operation 'delete' and 'instance-id'. ${ownName}` });
	}
	session.guard.expect(meant, instance);
	if (!isGoing(instance.status)) return {
		instance,
		meant
	};
	const { id } = instance;
	await awaitGoal(session, { id }, {
		what: label(instance),
		goal: deletedGoal
	});
}
/** A create never succeeds without a password. */
async function recover(session, instance) {
	const recovered = await session.handOver.recover(instance);
	if (recovered !== void 0) return recovered;
	throw new ActionError(`Could not reuse ${label(instance)}: its password cannot be recovered, because Aura returns it only once.`, { next: waysToReuse(session, instance) });
}
function waysToReuse(session, instance) {
	const ways = `Pass 'sealed-credentials' from the step that created it, or set 'password' from a secret. ${session.handOver.stores ? "The store has no credentials for it: let the step that creates it set 'credentials-store: deployment' too" : "Set 'credentials-store: deployment' here and in the step that creates it to store them"}.`;
	const used = ofAnotherJob(session, instance);
	return used === void 0 ? `${ways} If no other job uses it, set 'if-exists: replace' to delete it and create a new one.` : `${used} ${ownName} ${ways}`;
}
/**
* The error of a create that has begun to send requests. It may be the only text that names the
* instance: it says what still exists and how it will be deleted.
*/
function namingWhatIsLeft(error, { name, deleteAfterJob }, { created, stateSaved }) {
	if (error instanceof CancelledError) {
		const left = created === void 0 ? `Instance '${name}' may have been created` : `${capitalized(label(created))} was created`;
		const how = deleteAfterJob ? "The post step of this step deletes it" : `It will not be deleted automatically: ${howToDelete(created?.id, name)}, or set 'delete-after-job'`;
		return new ActionError(`${error.message}. ${left}. ${how}.`, { cause: error });
	}
	if (error instanceof RunnerFileError && created !== void 0) {
		const next = deleteAfterJob && stateSaved ? "The post step of this step deletes it" : `Delete it with operation 'delete' and instance-id '${created.id}'`;
		return new ActionError(`${error.message}. ${capitalized(label(created))} was created, but later steps may not get its password, which Aura returns only once. ${next}.`, { cause: error.cause });
	}
	return error;
}
/** By its name, an instance of another job would be deleted too. */
function howToDelete(id, name) {
	return id === void 0 ? `look for it in the Aura console, or use operation 'delete' with name '${name}' if no other job uses this name` : `use operation 'delete' with instance-id '${id}'`;
}
/** The error of a create that says what `replace` has deleted, if no instance takes its place. */
function namingReplaced(error, task, replaced) {
	const told = inWords(task, error);
	if (replaced.length === 0 || !(told instanceof ActionError)) return error;
	const ids = replaced.map(label).join(", ");
	const { happened, next, cause } = told;
	const deleted = `Deleted before, for 'if-exists: replace': ${ids}.`;
	return new ActionError(`${happened} ${deleted}`, {
		next,
		cause
	});
}
/** GitHub certainly stores state of this size. */
const largestStateBytes = 16384;
/**
* With `delete-after-job` the post step deletes; otherwise it warns about what a killed step has
* left behind.
*/
function createTrail(session, request) {
	const { deleteAfterJob, config, sourceInstanceId } = request;
	return deleteAfterJob ? deletingTrail(session, config !== void 0 || sourceInstanceId !== void 0) : warningTrail(session);
}
/** @param updates whether the step changes the instance after it has created it. */
function deletingTrail({ report, patience, openPostAccess }, updates) {
	let access;
	let attempt;
	const save = (created) => {
		if (attempt === void 0 || access === void 0) return;
		const state = {
			...attempt,
			access,
			...created && { created },
			...updates && { updates }
		};
		const text = JSON.stringify(state);
		if (created === void 0 && Buffer.byteLength(text) > largestStateBytes) throw new ActionError(`Could not create instance '${state.name}': ${state.knownIds.length} instances have this name, too many for 'delete-after-job'. Set another 'name'. Nothing was created.`);
		report.saveState(createKey, text);
	};
	return {
		posting: (made) => {
			access ??= openPostAccess();
			attempt = made;
			save();
		},
		created: ({ id, createdAt }) => {
			save({
				id,
				createdAt,
				knownSince: patience.clock.now()
			});
		},
		clear: () => {
			report.saveState(createKey, "");
		},
		end: () => void 0
	};
}
function warningTrail({ report }) {
	const how = (target) => `It will not be deleted automatically: use operation 'delete' with ${target}, or set 'delete-after-job'.`;
	const clear = () => {
		report.saveState(leftKey, "");
	};
	return {
		posting: ({ name }) => {
			report.saveWarning(leftKey, `The step was stopped while it created instance '${name}', so the instance may exist. ${how(`name '${name}', if no other job uses this name`)}`);
		},
		created: (created) => {
			report.saveWarning(leftKey, `The step was stopped after it created an instance. ${capitalized(label(created))} exists. ${how(`instance-id '${created.id}'`)}`);
		},
		clear,
		end: () => {
			try {
				clear();
			} catch {}
		}
	};
}
/** No instance has been seen to run sooner: an earlier read would be in vain. */
const notBefore = 28e3;
/**
* Creates an instance so that none is lost or left behind: it saves the intent before the request,
* and outputs id and password before it waits.
*
* @throws ActionError if the name is taken, the configuration is not available, Aura refuses, or
*   another step created an instance with the same name first; it names what still exists.
*/
async function create(session, request) {
	try {
		await createOrReuse(session, request);
	} catch (error) {
		throw await namingTenants(session, error);
	}
}
async function createOrReuse(session, request) {
	const { report, guard, ledger } = session;
	const { name, ifExists } = request;
	ledger.announce();
	const source = await readSource(session, request);
	const tenantId = source === void 0 || request.choosesTenant ? await resolveTenantToSearch(session) : source.tenantId;
	if (source?.tenantId === tenantId && !request.choosesTenant) sayTenant(report, { id: tenantId });
	report.outputs({ tenant: tenantId });
	const existing = await findByName(session, tenantId, name);
	assertNotOwnSource(request, existing);
	const drawn = planOf(request, source);
	if (ifExists === "reuse" && await reused(session, request, {
		existing,
		plan: drawn
	})) return;
	await assertMayCreate(session, existing, request);
	const replaced = ifExists === "replace" ? existing : [];
	const wanted = request.sourceSnapshotId;
	const plan = await withSnapshot(session, drawn, {
		source,
		wanted
	});
	for (const line of defaultsOf(request, plan)) report.info(line);
	const body = await completeBody(session, plan, tenantId);
	await replace(session, replaced);
	if (guard.dryRun) {
		sayWhatWouldHappen(session, body, replaced);
		return;
	}
	try {
		await create_make(session, request, {
			body,
			knownIds: existing.map(({ id }) => id),
			plan
		});
	} catch (error) {
		throw namingReplaced(error, ledger.task(), replaced);
	}
}
/** Reuses an existing instance, if there is one. @returns whether it did. */
async function reused(session, request, { existing, plan }) {
	if (existing.length === 0) return false;
	const instance = await reuse(session, existing, request);
	if (instance === void 0) return false;
	if (plan.isCopy) {
		const used = ofAnotherJob(session, instance);
		const advice = used === void 0 ? reusedAsItIs : `Nothing was changed. ${used} ${ownName}`;
		compare(session, {
			plan,
			instance
		}, { advice });
	}
	if (!session.guard.dryRun) announce(session, instance, false);
	return true;
}
/**
* @throws {@link ActionError} if an existing instance with the name does not allow another one.
*/
async function assertMayCreate(session, existing, { name, ifExists }) {
	if (existing.length === 0 || ifExists === "reuse") return;
	if (ifExists === "fail") {
		const there = await readAll(session, existing);
		if (there.length === 0) return;
		const ids = listed(there.map(({ id }) => id));
		const used = there.map((one) => ofAnotherJob(session, one)).find((why) => why !== void 0);
		throw new ActionError(`Could not create instance '${name}': the tenant already has an instance with this name (${ids}).`, { next: `${used ?? "If no other job uses it, delete it with operation 'delete', or set 'if-exists: replace'."} ${ownName}` });
	}
	session.guard.assertUnprotected(name);
	session.guard.assertFew(existing.map(shortLabel));
}
/**
* Deletes the instances with the name and waits until they are deleted, so that the new one is not
* confused with them.
*/
async function replace(whole, existing) {
	const report = whole.guard.dryRun ? {
		...whole.report,
		notice: () => void 0
	} : whole.report;
	const session = {
		...whole,
		report
	};
	for (const one of existing) try {
		await removeInstance(session, one, { wait: true });
	} catch (error) {
		throw inWords(`delete ${label(one)}`, error);
	}
}
const reusedAsItIs = "Nothing was changed. If no other job uses it, use operation 'resize', or 'if-exists: replace' to delete it and create a new one.";
/** Creates the instance, and saves each step for the post step. */
async function create_make(session, request, { body, knownIds, plan }) {
	const trail = createTrail(session, request);
	let created;
	let unsettled;
	let stateSaved = false;
	try {
		const made = await createOnce(session, body, {
			trail,
			knownIds,
			plan
		});
		({created, unsettled} = made);
		const knownSince = session.patience.clock.now();
		try {
			trail.created(created);
			stateSaved = true;
		} finally {
			publish(session, created, body);
		}
		const { wait, deleteAfterJob: afterJob } = request;
		await settle(session, made, {
			wait,
			knownSince,
			plan,
			afterJob
		});
	} catch (error) {
		if (error instanceof RaceLostError) {
			if (unsettled !== void 0 && unsettled.postedAt.length > 0) trail.posting(unsettled);
			else trail.clear();
		}
		throw namingWhatIsLeft(error, request, {
			created,
			stateSaved
		});
	} finally {
		trail.end();
	}
}
/** Immediately masks and outputs all values that are known before the first poll. */
function publish({ report, ledger, handOver }, created, body) {
	const first = `Aura is creating ${label(created)}: ${describeBody(body)}.`;
	handOver.publish(credentialsOf(created), first);
	report.outputs({
		tier: created.type ?? body.type,
		region: created.region ?? body.region,
		"cloud-provider": created.cloudProvider ?? body.cloud_provider,
		memory: body.memory
	});
	ledger.made(created);
	if (!handOver.givenPassword) return;
	report.warning(`Input 'password' was not used: ${label(created)} is new and has another password, which is in the output 'password'.`);
}
function credentialsOf(created) {
	const { id, connectionUrl, name, tenantId, username, password, createdAt } = created;
	return {
		instanceId: id,
		connectionUri: connectionUrl,
		name,
		tenantId,
		createdAt,
		username,
		password
	};
}
/** Passes the credentials on and waits for the instance, unless another step was faster. */
async function settle(session, { created, knownIds, unsettled }, { wait, knownSince, plan, afterJob }) {
	const { handOver, ledger } = session;
	const race = {
		knownIds,
		mayBeOwn: unsettled.postedAt.length > 0
	};
	await yieldIfRaceLost(session, created, {
		...race,
		check: "first",
		checksAgain: wait
	});
	const removeOlder = await handOver.keep(credentialsOf(created));
	if (!wait) {
		sayWhatIsLeft(session, plan);
		await removeOlder();
		announce(session, {
			...created,
			status: "creating"
		}, afterJob);
		return;
	}
	const { id, createdAt } = created;
	const goal = statusGoal("running");
	const options = {
		what: label(created),
		goal,
		from: "creating",
		notBefore,
		afterJob
	};
	const running = await awaitGoal(session, {
		id,
		createdAt,
		knownSince
	}, options);
	if (running !== void 0) ledger.saw(running);
	await yieldIfRaceLost(session, created, {
		...race,
		check: "last",
		checksAgain: false
	});
	await removeOlder();
	await conclude(session, created, {
		running,
		plan
	});
	const connectionUrl = created.connectionUrl ?? running?.connectionUrl;
	announce(session, {
		...created,
		connectionUrl,
		status: "running"
	}, afterJob);
}
/** The last actions, when the instance is running and stays. */
async function conclude(session, created, { running, plan }) {
	const { report, handOver } = session;
	const first = credentialsOf(created);
	const credentials = {
		...first,
		connectionUri: first.connectionUri ?? running?.connectionUrl
	};
	if (first.connectionUri === void 0) {
		handOver.publish(credentials);
		await (await handOver.keep(credentials))();
	} else report.outputs({ "connection-uri": first.connectionUri });
	if (plan.isCopy && running !== void 0) {
		const { id, name, tenantId } = created;
		await finishCopy(session, plan, {
			instance: running,
			meant: {
				id,
				name,
				tenantId
			}
		});
	}
	await handOver.verify(credentials);
}
const hashLength = 5;
/** The prefix of the hash of a fork's branch; no hash contains it. */
const forkMark = "x";
/** How many characters of a repository's name are kept at least, without and with a suffix. */
const repositoryShares = {
	plain: 8,
	suffixed: 5
};
/** The alphabet of base32hex, which ends before `x`. */
const alphabet = "0123456789abcdefghijklmnopqrstuv";
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
		branch_name_hash(repository.toLowerCase()),
		branchHash(branch),
		...suffix === void 0 ? [] : [suffix.toLowerCase()]
	].join("-");
	const readableLength = longest - end.length - 1;
	const { plain, suffixed } = repositoryShares;
	const repositoryShare = suffix === void 0 ? plain : suffixed;
	const readable = fold(branch.name);
	const shortRepo = branch_name_cut(readableRepository(repository), Math.max(repositoryShare, readableLength - 1 - readable.length));
	return [
		shortRepo,
		branch_name_cut(readable, readableLength - 1 - shortRepo.length),
		end
	].filter((part) => part !== "").join("-");
}
/**
* Whether a name belongs to a branch, without a suffix or with the suffix at its end. The name is
* compared, not parsed, because a branch can have any name.
*/
function isNameOf(name, named, longest) {
	const suffix = /-([a-z0-9]{1,6})$/.exec(name)?.[1];
	return name === branchName(named, longest) || suffix !== void 0 && name === branchName({
		...named,
		suffix
	}, longest);
}
/**
* Finds the branch that a name belongs to, among many: compares each with {@link isNameOf}, but only
* those whose hash is in the name.
*
* @returns a function that finds the first entry whose branch has the name.
*/
function indexBranches(repository, entries, longest) {
	const byHash = Map.groupBy(entries, ({ branch }) => branchHash(branch));
	return (name) => name.split("-").flatMap((part) => byHash.get(part) ?? []).find(({ branch }) => isNameOf(name, {
		repository,
		branch
	}, longest));
}
/**
* Whether a name looks like that of a branch of a repository, with or without a suffix: it has the
* repository's hash in the right place, and begins like the repository's name.
*/
function hasShapeOf(name, repository) {
	return shapesOf(name).some(({ start, repositoryHash, share }) => {
		const repo = readableRepository(repository);
		const begins = branch_name_cut(repo, share);
		const next = start.charAt(begins.length);
		return repositoryHash === branch_name_hash(repository.toLowerCase()) && start.startsWith(begins) && (next === "" || next === "-" || repo.startsWith(begins + next) || begins === "");
	});
}
/** Whether a name looks like that of a branch of any repository. */
function hasShapeOfAny(name) {
	return shapesOf(name).length > 0;
}
/** Both ways to read a name: a branch's hash and a suffix can look the same. */
function shapesOf(name) {
	const { plain, suffixed } = repositoryShares;
	return [{
		pattern: /^(?:([a-z0-9-]*)-)?([0-9a-v]{5})-x?[0-9a-v]{5}$/,
		share: plain
	}, {
		pattern: /^(?:([a-z0-9-]*)-)?([0-9a-v]{5})-x?[0-9a-v]{5}-[a-z0-9]{1,6}$/,
		share: suffixed
	}].flatMap(({ pattern, share }) => {
		const found = pattern.exec(name);
		return found === null ? [] : [{
			start: found[1] ?? "",
			repositoryHash: found[2] ?? "",
			share
		}];
	});
}
function branchHash({ name, owner }) {
	return owner === void 0 ? branch_name_hash(name) : `${forkMark}${branch_name_hash(`${owner.toLowerCase()}:${name}`)}`;
}
function readableRepository(repository) {
	return fold(repository.split("/").at(-1) ?? "");
}
function fold(text) {
	return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}
function branch_name_cut(text, length) {
	return text.slice(0, length).replace(/-+$/, "");
}
/** The first 25 bits of SHA-256 in base32hex. */
function branch_name_hash(text) {
	const bits = (0, external_node_crypto_.createHash)("sha256").update(text).digest().readUInt32BE(0);
	return Array.from({ length: hashLength }, (_, index) => alphabet.charAt(bits >>> 27 - 5 * index & 31)).join("");
}
/** Aura's limit for a name. Source: Aura API v1 specification. */
const naming_longestName = 30;
/**
* The name of a branch's instance, for create, find, delete and sweep alike.
*
* @param repository `owner/repo`.
* @param suffix 1 to 6 letters or digits, for several instances of one branch.
*/
function instanceName(repository, branch, suffix) {
	return branchName({
		repository,
		branch,
		suffix
	}, naming_longestName);
}
/** Whether an instance of this name belongs to a branch, with or without a suffix. */
function belongsToBranch(name, repository, branch) {
	return isNameOf(name, {
		repository,
		branch
	}, naming_longestName);
}
/**
* Finds the branch that an instance belongs to, among many.
*
* @param entries the branches, in the order in which they are preferred.
* @returns a function from the instance's name to the entry of its branch.
*/
function branchFinder(repository, entries) {
	return indexBranches(repository, entries, naming_longestName);
}
/** Whose branch a name may be built for: this repository's, another one's, or nobody's. */
function ownerOfName(name, repository) {
	if (hasShapeOf(name, repository)) return "this";
	return hasShapeOfAny(name) ? "another" : "nobody";
}
/**
* Watches instances while the work on others continues, so that all of them wait in one loop, and
* logs the progress every 30 seconds. It ends when the work has ended and nothing is left to watch.
*
* @param work records its failures. It is rejected only when the step is cancelled.
*/
async function watchAlongside(session, work, { size, look, giveUp, goal, ids }) {
	const { patience, report, ledger } = session;
	const ended = new AbortController();
	let working = true;
	const worked = Promise.allSettled(work).then(() => {
		working = false;
		if (size() === 0) ended.abort(/* @__PURE__ */ new Error("nothing is left to watch"));
	});
	const elapsed = stopwatch(patience.clock);
	const { beat } = createBeat(patience.clock, () => {
		report.info(`${elapsed().padEnd(6)} ${watch_alongside_describe(ledger.tally(ids), goal)}`);
		ledger.flush();
	});
	const loop = poll({
		...patience,
		hurrySignal: ended.signal
	}, {
		first: "now",
		read: async () => {
			await look();
		},
		judge: () => {
			if (!working && size() === 0) return done(void 0);
			return again();
		},
		beat,
		overdue: () => void 0,
		tolerance: createTolerance(patience)
	});
	const [result] = await Promise.allSettled([loop, worked]);
	giveUp(result.status === "rejected" ? asError(result.reason) : void 0);
	ledger.flush();
}
/** `12 of 100 done, 88 pausing.` */
function watch_alongside_describe({ all, failed, byStatus }, goal) {
	const others = [...byStatus].filter(([status]) => status !== goal).map(([status, count]) => `, ${count} ${status ?? "not read yet"}`);
	const failures = failed === 0 ? "" : `, ${failed} failed`;
	return `${byStatus.get(goal) ?? 0} of ${all} done${others.join("")}${failures}.`;
}
/** GitHub cuts an annotation at 4096 characters; each of these has up to 300. */
const mostTold = 10;
/** @param verb follows "Could not": `pause`. */
function collectFailures({ ledger, report }, verb) {
	const reasons = [];
	const note = (one, error) => {
		const told = inWords(ledger.task(one), error);
		reasons.push(told);
		if (!(told instanceof CancelledError)) ledger.failed(one.id, told.message);
	};
	return {
		note,
		attempt: async (one, work) => {
			try {
				await work();
			} catch (error) {
				note(one, error);
			}
		},
		raise: (all) => {
			const [first] = reasons;
			if (first === void 0) return;
			const telling = reasons.find((reason) => !(reason instanceof ActionError)) ?? first;
			if (reasons.length === 1 || !(telling instanceof ActionError)) throw telling;
			const messages = reasons.map(({ message }) => message);
			const cut = messages.slice(0, mostTold).filter((message) => cutMessage(message) !== message);
			for (const message of [...cut, ...messages.slice(mostTold)]) report.info(message);
			const more = messages.length - mostTold;
			const end = more > 0 ? [`The log and the output 'instances' name ${more} more.`] : [];
			throw new ActionError([
				`Could not ${verb} ${reasons.length} of ${countOf(all)}:`,
				...messages.slice(0, mostTold).map(cutMessage),
				...end
			].join("\n"), { cause: first });
		}
	};
}
/**
* Finds the instances that the inputs select, and opens their entries in the ledger. Ids are taken as
* they are, a pattern is compared with the names in the tenant. No match is a success with a notice.
*
* @throws ActionError for the tenant; RequestError if Aura refuses.
*/
async function findSeveral(session, several) {
	const { report, ledger } = session;
	report.outputs({ changed: false });
	const meant = several.ids === void 0 ? await findMatching(session, several.pattern) : await asMeant(session, several.ids);
	ledger.open(meant, "several");
	if (meant.length === 0) report.notice(`No instance of the tenant matches '${several.pattern ?? ""}' ('name-pattern'); nothing to do.`);
	return meant;
}
async function asMeant(session, ids) {
	const tenantId = session.guard.tenant.wanted !== void 0 ? await resolveTenant(session) : void 0;
	return ids.map((id) => ({
		id,
		tenantId
	}));
}
async function findMatching(session, pattern) {
	const tenantId = await resolveTenantToSearch(session);
	const unreadable = [];
	const all = await session.client.listInstances(tenantId, (entry) => unreadable.push(entry));
	const odd = unreadable.filter((entry) => (entry.tenantId ?? tenantId) === tenantId && entry.name !== void 0 && matchesGlob(pattern, entry.name));
	if (odd.length > 0) session.report.warning(`Skipped in Aura's list of instances, because they match '${pattern}' but cannot be read: ${listed(odd.map(({ description }) => description))}. Look at them in the Aura console.`);
	const found = all.filter((instance) => instance.tenantId === tenantId && matchesGlob(pattern, instance.name));
	if (found.length === 0) await assertTenantVisible(session, tenantId);
	session.report.outputs({ tenant: tenantId });
	return found;
}
/** The status at the end of each change. */
const ends = {
	pause: "paused",
	resume: "running",
	delete: "deleted"
};
/**
* Says in one notice what was done with several instances, or would be in a dry run; also before a
* failure with others.
*
* @param due the instances that had to be changed.
*/
function several_sumUp({ report, guard, ledger }, due, { verb, wait, summarized }) {
	const changed = guard.dryRun ? due : due.filter(({ id }) => {
		const { changed: isChanged, error, status } = ledger.resultOf(id) ?? {};
		return isChanged === true && error === void 0 && (!wait || status === ends[verb]);
	});
	if (guard.dryRun) for (const { id } of due) ledger.due(id);
	if (changed.length === 0) {
		if (due.length === 0) report.info(`Nothing was changed: no instance had to be ${verb}d.`);
		return;
	}
	const names = listed(changed.map(shortLabel), summarized && "see the summary");
	const which = `${countOf(changed.length)}: ${names}`;
	if (guard.dryRun) report.notice(`Dry run: would ${verb} ${which}.`);
	else if (wait) report.notice(`${capitalized(verb)}d ${which}.`);
	else report.notice(`Aura has accepted the request to ${verb} ${which}.`);
}
/** The same session with the instance in front of each log line. */
function speakingOf(session, { name, id }) {
	const who = name === void 0 ? id : `${onOneLine(name)} (${id})`;
	const info = (text) => {
		session.report.info(`${who}: ${text}`);
	};
	return alongside({
		...session,
		report: {
			...session.report,
			info
		}
	});
}
/** The same session for one of several instances, which has no phase of its own in the log. */
function alongside(session) {
	return {
		...session,
		alongside: true
	};
}
/** Together the reads of many instances need no more than 100 requests a minute. */
const shareMilliseconds = 600;
/**
* The least time between two reads of one instance, if so many are read in turn.
*
* @returns milliseconds.
*/
function shareAmong(count) {
	return count * shareMilliseconds;
}
/** So many requests are sent at once. */
const burst = 10;
/**
* Begins the work on each instance: a few at once, the others one after the other, so that the step
* leaves room within Aura's limit for the steps before and after it.
*
* @param requests that the work on one instance sends at first.
* @returns the results, in the same order.
*/
function inTurn({ patience: { clock, deadline, signal } }, all, { requests, work }) {
	return all.map(async (one, index) => {
		const wait = shareAmong(Math.max(0, index * requests - burst));
		const left = deadline - clock.now();
		if (wait > 0) await clock.sleep(Math.max(0, Math.min(wait, left)), signal);
		return work(one);
	});
}
/** From here on the usual gap between two polls of one instance is too short. */
const manyBusy = 15;
/**
* The same session for one of several instances that are worked on side by side.
*
* @param busy counts the instances that may be polled at the same time.
*/
function sharing(session, busy) {
	const { patience } = session;
	return {
		...alongside(session),
		patience: {
			...patience,
			get pollInterval() {
				const count = busy();
				return count > manyBusy ? Math.max(patience.pollInterval ?? 0, shareAmong(count)) : patience.pollInterval;
			}
		}
	};
}
/** One list can be wrong; the next one rarely is too. */
const enoughLists = 2;
/** Before the end of the time those that a list still shows are read: lists can lag. */
const lastRoundMilliseconds = 15e3;
/**
* Watches several deletions with one list for all. An instance is deleted if two lists in a row do
* not show it. This proves nothing if no list has ever shown it, or if they have entries that cannot be
* read and may be it: such an instance is read.
*/
function createRemovalWatch(whole, failures) {
	const session = alongside(whole);
	const waiting = /* @__PURE__ */ new Map();
	const isLastRound = lastRound(session);
	const end = ({ instance, elapsed }) => {
		waiting.delete(instance.id);
		noteDeleted(speakingOf(session, instance), instance, elapsed());
	};
	const read = async (one) => {
		if (typeof await session.client.getInstance(one.instance.id, "poll") === "string") end(one);
		else Object.assign(one, {
			missing: 0,
			hidden: 0
		});
	};
	return {
		goal: "deleted",
		add: ({ meant, instance, listed }) => {
			const what = label(instance);
			const wait = openWait(session, meant, {
				what,
				goal: deletedGoal,
				from: "destroying"
			});
			const elapsed = stopwatch(session.patience.clock);
			waiting.set(instance.id, {
				meant,
				instance,
				wait,
				elapsed,
				listed,
				missing: 0,
				hidden: 0
			});
		},
		size: () => waiting.size,
		look: async () => {
			const watched = [...waiting.values()];
			if (watched.length === 0) return;
			const sightOf = await listing(session, watched);
			for (const one of watched) {
				count(one, sightOf(one.instance));
				if (one.listed && one.missing >= enoughLists) end(one);
			}
			const isLast = isLastRound(waiting.size);
			const unsure = watched.filter(({ instance, missing, hidden }) => waiting.has(instance.id) && (isLast || Math.max(missing, hidden) >= enoughLists));
			await Promise.all(unsure.map(read));
		},
		giveUp: (reason) => {
			for (const { meant, wait } of waiting.values()) failures.note(meant, reason === void 0 ? wait.overdue() : wait.inWords(reason));
			waiting.clear();
		}
	};
}
function count(one, sight) {
	one.listed ||= sight !== "missing";
	one.hidden = sight === "hidden" ? one.hidden + 1 : 0;
	one.missing = sight === "missing" ? one.missing + 1 : 0;
}
/** True once, when there is just enough time left to read so many instances. */
function lastRound({ patience: { clock, deadline } }) {
	let had = false;
	return (count) => {
		const isDue = !had && deadline - clock.now() <= shareAmong(count) + lastRoundMilliseconds;
		had ||= isDue;
		return isDue;
	};
}
/** Whether the list shows an instance, or may contain it in a form that cannot be read. */
async function listing({ client }, watched) {
	const [tenant, ...others] = new Set(watched.map(({ instance }) => instance.tenantId));
	const unreadable = [];
	const all = await client.listInstances(others.length === 0 ? tenant : void 0, (entry) => unreadable.push(entry));
	const ids = new Set([...all, ...unreadable].map(({ id }) => id));
	return ({ id }) => {
		if (ids.has(id)) return "listed";
		return ids.has(void 0) ? "hidden" : "missing";
	};
}
/** Reads several instances side by side. Never throws: a failure is part of the result. */
async function readEach(session, all) {
	const { report, patience } = session;
	let done = 0;
	const elapsed = stopwatch(patience.clock);
	const { beat } = createBeat(patience.clock, () => {
		report.info(`${elapsed().padEnd(6)} ${done} of ${all.length} read.`);
	});
	const work = async (meant) => {
		beat();
		const instance = await readInstance(speakingOf(session, meant), meant);
		done += 1;
		return instance;
	};
	const reads = await report.group(`Reading ${countOf(all.length)}`, () => Promise.allSettled(inTurn(session, all, {
		requests: 1,
		work
	})));
	return all.map((meant, index) => {
		const read = reads[index];
		return read?.status === "fulfilled" ? {
			meant,
			instance: read.value
		} : {
			meant,
			error: asError(read?.reason)
		};
	});
}
/**
* Deletes several instances that were read a moment ago, side by side, and waits until Aura's list
* shows none of them. Each is judged alone; if one fails, the others are still deleted. Their entries
* in the ledger are open.
*
* @throws ActionError if they are more than `max-deletions`, before any is deleted; ActionError that
*   names each instance that failed.
*/
async function removeSeveral(session, reads, { wait, named, whyKept, notice }) {
	const { guard, report } = session;
	const failures = collectFailures(session, "delete");
	const due = remove_select(session, reads, {
		named,
		failures
	});
	const fresh = due.filter(({ instance }) => !isGoing(instance.status));
	if (!named) guard.assertFew(fresh.map(({ instance }) => shortLabel(instance)));
	const watch = createRemovalWatch(session, failures);
	let open = due.length;
	const mine = sharing(session, () => open);
	const request = async ({ meant, instance }) => {
		try {
			const outcome = await requestRemoval(speakingOf(mine, instance), meant, {
				instance,
				wait,
				whyKept
			});
			const isListed = meant.name !== void 0 || meant.createdAt !== void 0;
			if (outcome === "waiting") watch.add({
				meant,
				instance,
				listed: isListed
			});
		} finally {
			open -= 1;
		}
	};
	await report.group(`Deleting ${countOf(due.length)}`, async () => {
		const work = inTurn(session, due, {
			requests: 1,
			work: (one) => failures.attempt(one.meant, () => request(one))
		});
		const ids = new Set(due.map(({ instance }) => instance.id));
		await watchAlongside(session, work, {
			...watch,
			ids
		});
	});
	const deleted = fresh.map(({ instance }) => instance);
	if (notice !== void 0) several_sumUp(session, deleted, {
		verb: "delete",
		wait,
		...notice
	});
	failures.raise(reads.length);
}
/** The instances to delete, of those that were read. */
function remove_select(session, reads, { named, failures }) {
	const { report, guard, ledger } = session;
	return reads.flatMap(({ meant, instance, error }) => {
		if (error !== void 0) failures.note(meant, error);
		else if (instance === void 0) noteAbsent(session, meant);
		if (instance === void 0) return [];
		ledger.saw(instance);
		const pattern = named ? void 0 : guard.protectingPattern(instance.name);
		if (pattern === void 0) return [{
			meant,
			instance
		}];
		report.warning(`${capitalized(label(instance))} is kept: its name matches '${pattern}' of input 'protected-names'.`);
		return [];
	});
}
/**
* Says which instances of a branch stay although the event says that its pull request is closed:
* all of them while this or another pull request of the branch is open. Runs for `closed` and
* `reopened` can start in any order, so GitHub's answer counts, not the event.
*
* @returns the ids that stay; the log says why.
*/
async function keptByPullRequest({ pullRequests, report }, found, { branch, closed }) {
	if (closed === void 0 || found.length === 0) return /* @__PURE__ */ new Set();
	const { number, closedAt } = closed;
	const [state, open] = await Promise.all([number === void 0 ? { problem: "The event does not contain its number." } : pullRequests.stateOf(number), pullRequests.openFrom(branch)]);
	const why = whyNeeded(number, state, open);
	if (why !== void 0) {
		const subject = capitalized(closed_pull_request_listed(found));
		report.notice(`${subject} ${found.length > 1 ? "are" : "is"} kept: ${why}.`);
		return new Set(found.map(({ id }) => id));
	}
	const which = number === void 0 ? "the pull request" : `pull request #${number}`;
	const kept = found.filter(({ createdAt }) => "problem" in state && closedAt !== void 0 && (createdAt === void 0 || createdAt > closedAt));
	for (const instance of kept) {
		const when = instance.createdAt === void 0 ? "may have been" : "was";
		report.warning(`${capitalized(label(instance))} is kept: it ${when} created after ${which} was closed, and GitHub could not be asked whether it is open again. ${problemOf(state)} If the instance is not needed, delete it with operation 'delete' and instance-id '${instance.id}'.`);
	}
	const questions = ["problem" in state ? `whether ${which} is open again` : "", "problem" in open ? `whether another open pull request uses branch '${branch.name}'` : ""].filter((question) => question !== "");
	if (kept.length < found.length && questions.length > 0) {
		const rest = closed_pull_request_listed(found.filter((instance) => !kept.includes(instance)));
		report.warning(`Could not ask GitHub ${questions.join(" or ")} before deleting ${rest}. ${problemOf(state) || problemOf(open)}`);
	}
	return new Set(kept.map(({ id }) => id));
}
/** Why the instances of the branch are still needed, according to GitHub. */
function whyNeeded(number, state, open) {
	const numbers = "value" in open ? open.value : [];
	const isOpen = "value" in state && state.value === "open";
	if (number !== void 0 && (isOpen || numbers.includes(number))) return `pull request #${number} is open`;
	const [other] = numbers;
	return other === void 0 ? void 0 : `open pull request #${other} has the same head branch`;
}
function problemOf(answer) {
	return "problem" in answer ? answer.problem : "";
}
function closed_pull_request_listed(instances) {
	return instances.map(label).join(", ");
}
/**
* Finds the targets of a delete: the id, or all instances with exactly the name.
*
* @throws ActionError for the tenant; RequestError if Aura refuses.
*/
async function findTargets(session, { target, ofBranch }) {
	if (ofBranch === void 0) return locateAll(session, target);
	const { listed, tenantId } = await findOfBranch(session, target.name ?? "", ofBranch);
	return {
		meant: listed,
		tenantId,
		ofBranch: listed
	};
}
/** The instances of a branch: with its suffix, or with and without any. */
async function findOfBranch(session, name, { repository, branch, suffix }) {
	const tenantId = await resolveTenant(session);
	const listed = (await session.client.listInstances(tenantId)).filter((instance) => instance.tenantId === tenantId && (suffix === void 0 ? belongsToBranch(instance.name, repository, branch) : instance.name === name));
	if (listed.length === 0) await assertTenantVisible(session, tenantId);
	return {
		listed,
		tenantId
	};
}
/**
* Deletes an instance by id, all instances with exactly one name, all instances of the event's
* branch, with and without a suffix, or several by their ids or a pattern. An instance that does not
* exist is a success; if one cannot be deleted, the others are still deleted.
*
* @throws ActionError that names each failed instance, or says why nothing was changed.
*/
async function deleteInstances(session, request) {
	const { report } = session;
	const { nothingToDo, several, wait } = request;
	if (nothingToDo !== void 0) {
		report.outputs({
			created: false,
			changed: false
		});
		report.notice(nothingToDo);
		return;
	}
	if (several === void 0) {
		await deleteTarget(session, request);
		return;
	}
	const found = await findSeveral(session, several);
	if (found.length === 0) return;
	await removeSeveral(session, await readEach(session, found), {
		wait,
		named: several.ids !== void 0,
		notice: {}
	});
}
async function deleteTarget(session, request) {
	const { report, guard } = session;
	const { ofBranch, target, wait } = request;
	if (ofBranch === void 0) {
		session.ledger.announce();
		if (target.name !== void 0) guard.assertUnprotected(target.name);
	} else report.outputs({ changed: false });
	const found = await findTargets(session, request);
	const { meant, tenantId } = found;
	if (meant.length === 0 && target.name !== void 0) {
		report.info(`Instance '${target.name}' does not exist; nothing to delete.`);
		if (tenantId !== void 0) await forget(session, request, tenantId);
	}
	openEntries(session, request, found);
	const kept = ofBranch && await keptByPullRequest(session, found.ofBranch ?? [], ofBranch);
	const left = meant.filter(({ id }) => kept?.has(id) !== true);
	const [only] = meant;
	if (meant.length > 1) await removeSeveral(session, await readEach(session, left), {
		wait,
		named: false,
		notice: {}
	});
	else if (only !== void 0 && left.length === 1) await removeInstance(session, only, { wait });
}
/** Another process deleted the target, so its credentials are useless. */
async function forget({ guard, store }, { target: { name }, ofBranch }, scope) {
	if (guard.dryRun) return;
	if (ofBranch === void 0 || ofBranch.suffix !== void 0) {
		await store.remove(name ?? "", { scope });
		return;
	}
	const { repository, branch } = ofBranch;
	const has = (other) => belongsToBranch(other, repository, branch);
	await store.removeGroup({
		what: `branch '${branch.name}'`,
		has
	}, scope);
}
/** Sets the outputs that are known before a deletion. */
function openEntries({ report, ledger }, { ofBranch }, { meant, tenantId }) {
	const several = ofBranch !== void 0 && meant.length > 1;
	if (several) report.outputs({ tenant: tenantId });
	else if (ofBranch !== void 0) ledger.announce();
	ledger.open(meant, several ? "several" : void 0);
	if (meant.length === 0) report.outputs({ status: "deleted" });
}
/** `3 instances: 2 running, 1 paused.` */
function get_describe({ all, failed, byStatus }) {
	const parts = [...byStatus].map(([status, count]) => `${count} ${status ?? "not read"}`);
	const failures = failed === 0 ? [] : [`${failed} failed`];
	return `${countOf(all)}: ${[...parts, ...failures].join(", ")}.`;
}
/**
* Reads several instances side by side and sets the output `instances`.
*
* @throws ActionError that names each instance that could not be read.
*/
async function getSeveral(session, several) {
	const { report, guard, ledger } = session;
	const found = await findSeveral(session, several);
	if (found.length === 0) return;
	const failures = collectFailures(session, "get");
	const read = async (one) => {
		const instance = await readInstance(speakingOf(session, one), one);
		if (instance === void 0) {
			if (several.ids !== void 0) ledger.absent(one.id);
			if (several.ids !== void 0) throw notFound(session, {
				id: one.id,
				name: void 0
			});
			ledger.status(one.id, "deleted");
			return;
		}
		guard.expect(one, instance);
		ledger.saw(instance);
		report.info(`${capitalized(label(instance))}: ${instance.status}.`);
	};
	await report.group(`Reading ${countOf(found.length)}`, () => Promise.all(inTurn(session, found, {
		requests: 1,
		work: (one) => failures.attempt(one, () => read(one))
	})));
	ledger.flush();
	report.info(get_describe(ledger.tally()));
	failures.raise(found.length);
}
/**
* Finds the credentials of an instance, for an operation that also works without them, unless a
* check or an export was requested.
*
* @param willChange whether the operation changes the instance later.
* @throws {@link ActionError} if nothing has them and the inputs need them.
*/
async function takeCredentials({ handOver, report, ledger }, instance, willChange = false) {
	if (!handOver.mayKnowPassword) return void 0;
	const recovered = await handOver.recover(instance);
	if (recovered !== void 0) return recovered;
	if (handOver.needs.length === 0) {
		report.info(`The credentials of ${label(instance)} are not known.`);
		return;
	}
	const unchanged = willChange ? " Nothing was changed." : "";
	throw new ActionError(`Could not ${ledger.task(instance)}: its password, which is needed for ${handOver.needs.join(" and ")}, cannot be recovered, because Aura returns it only once.${unchanged} Set 'password' to the password of the database, or 'sealed-credentials' to the output of the step that created it, or remove these inputs.`);
}
/**
* Reads an instance, or several, and sets the outputs; if its password is known, also those of a
* create.
*
* @throws ActionError if it does not exist, if its password is needed and not known, or if `verify:
*   require` fails.
*/
async function get(session, { target, several }) {
	const { report, ledger, handOver } = session;
	if (several !== void 0) {
		await getSeveral(session, several);
		return;
	}
	ledger.announce();
	const { instance } = await readTarget(session, target);
	const recovered = await takeCredentials(session, instance);
	if (recovered !== void 0) handOver.publish(recovered.credentials);
	if (recovered !== void 0) await handOver.passOn(instance, recovered);
	report.info(`${capitalized(label(instance))} is ${instance.status}.`);
}
/** Before the end of the time each instance is read once more, however long it takes. */
const watch_changes_lastRoundMilliseconds = 15e3;
/**
* Watches several changes with few requests. Nobody knows how long a change takes, but several of
* one kind take about as long: until the first one is done, one of them is read at a time, in turn;
* the others are read when they have lasted as long.
*/
function createChangeWatch(session, options) {
	const group = new Group(session, options);
	return {
		goal: options.spec.to,
		add: (mine, accepted) => {
			group.add(mine, accepted);
		},
		size: () => group.size(),
		look: () => group.look(),
		giveUp: (reason) => {
			group.giveUp(reason);
		}
	};
}
var Group = class {
	#session;
	#options;
	#waiting = /* @__PURE__ */ new Map();
	/** The shortest duration of a change so far. */
	#shortest = Infinity;
	constructor(session, options) {
		this.#session = session;
		this.#options = options;
	}
	add(mine, { meant, instance, sent }) {
		const { spec } = this.#options;
		const goal = {
			...statusGoal(spec.to),
			isReached: spec.done
		};
		const what = label(instance);
		const afterwards = `Aura had already accepted the request to ${spec.verb} ${what}.`;
		const options = {
			what,
			goal,
			seen: instance.status,
			change: { afterwards }
		};
		const now = this.#session.patience.clock.now();
		this.#waiting.set(instance.id, {
			meant,
			sent,
			wait: openWait(mine, meant, options),
			look: watch(this.#session, { id: instance.id }, instance),
			tolerance: createTolerance(mine.patience),
			since: now,
			last: now,
			next: now,
			trouble: void 0
		});
	}
	size() {
		return this.#waiting.size;
	}
	async look() {
		const now = this.#session.patience.clock.now();
		const readable = [...this.#waiting.values()].filter(({ next }) => next <= now);
		const due = readable.filter((one) => this.#isDue(one, now));
		const probe = readable.toSorted((one, other) => one.last - other.last).slice(0, 1);
		await Promise.all((due.length === 0 ? probe : due).map((one) => this.#check(one)));
	}
	giveUp(reason) {
		for (const { meant, wait, trouble } of this.#waiting.values()) this.#options.failures.note(meant, reason ?? wait.overdue(trouble));
		this.#waiting.clear();
	}
	#isDue({ since, last }, now) {
		if (now >= since + this.#shortest) return true;
		const lastRound = shareAmong(this.size()) + watch_changes_lastRoundMilliseconds;
		const { deadline } = this.#session.patience;
		return deadline - now <= lastRound && now - last >= lastRound;
	}
	async #check(one) {
		try {
			const sight = await one.look();
			one.tolerance.reset();
			one.trouble = void 0;
			this.#wasRead(one, shareAmong(this.size()));
			const verdict = one.wait.judge(sight);
			if ("result" in verdict) this.#reached(one, verdict.result);
		} catch (error) {
			this.#forgive(one, error);
		}
	}
	#reached(one, instance) {
		this.#waiting.delete(one.meant.id);
		if (instance !== void 0) this.#session.ledger.saw(instance);
		if (one.sent) this.#shortest = Math.min(this.#shortest, one.last - one.since);
	}
	#forgive(one, error) {
		try {
			const { trouble, delay } = one.tolerance.forgive(error, shareAmong(this.size()));
			one.trouble = trouble;
			this.#wasRead(one, delay);
		} catch (final) {
			this.#waiting.delete(one.meant.id);
			this.#options.failures.note(one.meant, one.wait.inWords(final));
		}
	}
	#wasRead(one, delay) {
		one.last = this.#session.patience.clock.now();
		one.next = one.last + delay;
	}
};
/**
* Changes several instances side by side: one read and one request for each, then a common wait. If
* one fails, the others are still changed.
*
* @throws ActionError that names each instance that failed; RequestError if Aura refuses.
*/
async function changeSeveral(session, several, { spec, wait }) {
	const { report, guard } = session;
	const found = await findSeveral(session, several);
	if (found.length === 0) return;
	const failures = collectFailures(session, spec.verb);
	const watch = createChangeWatch(session, {
		spec,
		failures
	});
	const work = new Work(session, {
		spec,
		wait,
		failures,
		watch,
		byPattern: several.ids === void 0
	});
	const doing = guard.dryRun ? "Reading" : capitalized(spec.via);
	await report.group(`${doing} ${countOf(found.length)}`, async () => {
		await watchAlongside(session, inTurn(session, found, {
			requests: 2,
			work: (one) => failures.attempt(one, () => work.begin(one))
		}), watch);
	});
	several_sumUp(session, work.changed(found), {
		verb: spec.verb,
		wait
	});
	failures.raise(found.length);
}
/** The work on each instance until Aura has accepted its change. */
var Work = class {
	#session;
	#options;
	#changed = /* @__PURE__ */ new Map();
	/** How many are not accepted yet. */
	#open = 0;
	constructor(session, options) {
		this.#session = session;
		this.#options = options;
	}
	async begin(one) {
		this.#open += 1;
		try {
			const instance = await this.#read(one);
			if (instance !== void 0) await this.#request(one, instance);
		} finally {
			this.#open -= 1;
		}
	}
	/** Those of the instances that were changed, or would be in a dry run. */
	changed(all) {
		return all.flatMap(({ id }) => this.#changed.get(id) ?? []);
	}
	/** @returns undefined if there is nothing to change. */
	async #read(one) {
		const { guard, ledger, report } = this.#session;
		const { byPattern } = this.#options;
		const instance = await readInstance(speakingOf(this.#shared(), one), one);
		if (instance === void 0) {
			if (!byPattern) ledger.absent(one.id);
			if (!byPattern) throw notFound(this.#session, {
				id: one.id,
				name: void 0
			});
			ledger.status(one.id, "deleted");
			report.info(`Instance '${one.name ?? ""}' (${one.id}) was deleted in the meantime; skipped.`);
			return;
		}
		guard.expect(one, instance);
		ledger.saw(instance);
		if (!byPattern || !isGoing(instance.status)) return instance;
		report.info(`${capitalized(label(instance))} is being deleted; skipped.`);
	}
	async #request(one, read) {
		const { guard, ledger } = this.#session;
		const { spec, wait, watch } = this.#options;
		const mine = speakingOf(this.#shared(), read);
		if (spec.done(read)) {
			mine.report.info(`already ${spec.to}.`);
			return;
		}
		if (guard.dryRun) {
			mine.report.info(`${read.status}; would be ${spec.verb}d.`);
			this.#changed.set(read.id, read);
			return;
		}
		const { instance, sent } = await getAccepted(mine, {
			instance: read,
			meant: one
		}, spec);
		ledger.saw(instance);
		if (sent) {
			ledger.changed(instance.id, instance.status);
			this.#changed.set(instance.id, instance);
		}
		mine.report.info(`${instance.status}${sent ? "" : ", by another request"}.`);
		if (wait) watch.add(mine, {
			meant: one,
			instance,
			sent
		});
	}
	#shared() {
		return sharing(this.#session, () => this.#open);
	}
};
const pausing = statusChange({
	verb: "pause",
	from: "running",
	via: "pausing",
	to: "paused",
	send: (client, { id }) => client.pauseInstance(id)
});
/** Pauses an instance; does nothing if it is already paused. @throws ActionError */
async function pause(session, { target, several, wait }) {
	if (several !== void 0) {
		await changeSeveral(session, several, {
			spec: pausing,
			wait
		});
		return;
	}
	const { report, guard, ledger } = session;
	ledger.announce();
	const found = await readTarget(session, target);
	if (guard.dryRun) {
		const { instance } = found;
		report.notice(`Dry run: would pause ${label(instance)}, which is ${instance.status}.`);
		return;
	}
	await change(session, found, {
		spec: pausing,
		wait
	});
}
/**
* Waits for a status and sets the outputs. It always waits. If the instance stays and its password
* is known, it outputs the credentials.
*
* @throws ActionError if the instance does not exist, cannot reach the status, the timeout is
*   reached, or its password is needed and not known.
*/
async function poll_poll(session, { target, waitFor }) {
	const { report, ledger, handOver } = session;
	ledger.announce();
	if (target.sealed?.owner !== void 0) await readTarget(session, target);
	const meant = await locate(session, target);
	if (meant === void 0) {
		if (waitFor !== "deleted") throw notFound(session, target);
		ledger.open([]);
		report.outputs({ status: "deleted" });
		report.info("No instance with this name exists: it is deleted.");
		return;
	}
	const { id, name } = meant;
	const what = name === void 0 ? `instance ${id}` : label({
		id,
		name
	});
	ledger.open([meant]);
	const early = waitFor === "deleted" ? void 0 : await takeEarly(session, meant);
	const instance = await awaitGoal(session, meant, {
		what,
		goal: goalOf(waitFor),
		now: true
	});
	if (instance === void 0) {
		ledger.status(id, "deleted");
		report.info(`${capitalized(what)} is deleted.`);
		return;
	}
	ledger.saw(instance);
	const { recovered } = early ?? await take(session, instance);
	if (recovered !== void 0 && waitFor !== "paused") await handOver.passOn(instance, recovered);
	report.info(`${capitalized(label(instance))} is ${instance.status}.`);
}
/**
* Looks for the credentials before the wait: they are outputs even if the wait fails, and the step
* does not wait if a needed password is missing.
*
* @returns undefined if it did not look and must look after the wait.
*/
async function takeEarly(session, meant) {
	if (!session.handOver.mayKnowPassword) return void 0;
	try {
		const reading = await session.client.getInstance(meant.id);
		if (typeof reading !== "object") return void 0;
		session.guard.expect(meant, reading);
		return await take(session, reading);
	} catch (error) {
		if (error instanceof RequestError) return void 0;
		throw error;
	}
}
async function take(session, instance) {
	const recovered = await takeCredentials(session, instance);
	if (recovered !== void 0) session.handOver.publish(recovered.credentials);
	return { recovered };
}
function goalOf(waitFor) {
	switch (waitFor) {
		case "deleted": return deletedGoal;
		case void 0: return settledGoal;
		case "running":
		case "paused": return statusGoal(waitFor);
	}
}
/**
* Copies another instance, or one of its snapshots, into an instance. The data that this has now is
* lost; its id and its connection URI stay.
*
* @throws ActionError if the instance is protected, or cannot take the data of the source;
*   RequestError if Aura refuses.
*/
async function overwrite(session, request) {
	const { target, sourceSnapshotId: wanted, wait } = request;
	const { report, guard, ledger } = session;
	ledger.announce();
	if (target.name !== void 0) guard.assertUnprotected(target.name, "overwritten");
	const found = await readTarget(session, target);
	const { instance } = found;
	guard.assertUnprotected(instance.name, "overwritten");
	assertTierAllows(session, instance);
	const source = await overwrite_readSource(session, instance, request);
	assertFits(session, instance, source);
	const snapshot = wanted === void 0 ? void 0 : await resolveSnapshot(session, {
		source,
		wanted,
		exportable: true
	});
	const copied = snapshot === void 0 ? label(source) : `snapshot ${snapshot.id} of ${label(source)}`;
	if (guard.dryRun) {
		const what = `${label(instance)}, which is ${instance.status}, with ${copied}`;
		report.notice(`Dry run: would overwrite ${what}.`);
		return;
	}
	const body = {
		source_instance_id: source.id,
		...snapshot && { source_snapshot_id: snapshot.id }
	};
	const spec = dataChange({
		verb: "overwrite",
		result: `overwritten with ${copied}`,
		via: ["overwriting", "loading"],
		assertAllowed: (now) => {
			guard.assertUnprotected(now.name, "overwritten");
			assertFits(session, now, source);
		},
		send: (client, { id }) => client.overwriteInstance(id, body)
	});
	await change(session, await readAgain(session, found), {
		spec,
		wait
	});
}
/** Source: Aura API v1 specification, 420. */
function assertTierAllows({ ledger }, { type = "", ...instance }) {
	if (type !== "free-db") return;
	throw new ActionError(`Could not ${ledger.task(instance)}: its tier is '${nameOfTier(type)}', and Aura cannot overwrite such an instance. Nothing was changed.`, { next: "Choose an instance of another tier." });
}
async function overwrite_readSource(session, instance, { sourceInstanceId, sourceSnapshotId }) {
	const task = session.ledger.task(instance);
	if (sourceInstanceId === instance.id) {
		if (sourceSnapshotId !== void 0) return instance;
		throw new ActionError(`Could not ${task}: 'source-instance-id' is this instance itself. Nothing was changed.`, { next: "Set another 'source-instance-id', or 'source-snapshot-id' to one of its snapshots." });
	}
	let source;
	try {
		source = await readInstance(session, { id: sourceInstanceId });
	} catch (error) {
		throw inWords(`${task} with instance ${sourceInstanceId}, which could not be read`, error);
	}
	if (source !== void 0 && !isGoing(source.status)) return source;
	throw new ActionError(`Could not ${task}: the source is instance ${sourceInstanceId}, but ${source === void 0 ? "Aura has no instance with this id" : "it is being deleted"}. Nothing was changed.`, { next: "Check 'source-instance-id'." });
}
/**
* Compares the sizes, because Aura answers 500 each time if the source is larger. The allocated size
* counts, not that of the data. Source: Aura API v1 specification, overwrite.
*
* @throws {@link ActionError} if the source is larger; a size that is not shown is not compared.
*/
function assertFits({ ledger }, instance, source) {
	for (const field of ["memory", "storage"]) {
		const [has, needs] = [instance.fields[field], source.fields[field]];
		if (!(gigabytes(needs) > gigabytes(has))) continue;
		throw new ActionError(`Could not ${ledger.task(instance)}: it has ${field} ${String(has)}, but the source, ${label(source)}, has ${field} ${String(needs)}, and Aura does not copy into a smaller instance. Nothing was changed.`, { next: "Set the size with operation 'resize' first, or choose another source." });
	}
}
/** NaN if it is not known, which is neither larger nor smaller. */
function gigabytes(size) {
	const found = typeof size === "string" ? /^(\d+(?:\.\d+)?) *GB$/i.exec(size) : null;
	return Number(found?.[1]);
}
/** The reasons of Aura's refusals for which the offer is the answer. Source: seen live. */
const offer_reasons = [
	"invalid-memory-size",
	"database-incapable-of-action",
	"tenant-incapable-of-action"
];
/**
* What the tenant offers, after a refusal for which this is the answer.
*
* @returns a sentence; undefined for another refusal, or if the offer cannot be read.
*/
async function offerAfter({ client }, refusal, instance) {
	if (!offer_reasons.some((reason) => refusal.hasReason(reason))) return void 0;
	try {
		return describeOffer(await client.listConfigurations(instance.tenantId), instance);
	} catch (error) {
		if (error instanceof RequestError) return void 0;
		throw error;
	}
}
/** The sizes of the instance's tier in its region. */
function describeOffer(offer, { type = "", region, cloudProvider }) {
	const sizes = offer_distinct(offer.filter((entry) => (region === void 0 || entry.region === region) && (cloudProvider === void 0 || entry.cloudProvider === cloudProvider)).filter((entry) => entry.type === type).map(({ memory, storage }) => storage === void 0 ? memory : `${memory} (${storage})`));
	const place = [cloudProvider, region].filter((part) => part !== void 0).join(" ");
	return `${place === "" ? "The tenant offers" : `In ${place} the tenant offers`} tier '${nameOfTier(type)}' with memory (storage) ${sizes.join(", ") || "of no size"}. Set 'memory', and 'storage' if it is set, to one of these pairs.`;
}
/** Each once, sizes in the order of their numbers. */
function offer_distinct(values) {
	return [...new Set(values)].sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
}
/**
* Aura allows several instances with the same name, but most steps find an instance by its name.
*
* @throws {@link ActionError} if another instance of the tenant has the new name; RequestError if
*   Aura refuses.
*/
async function assertNameIsFree(session, instance, newName) {
	const others = (await findByName(session, instance.tenantId, newName)).filter(({ id }) => id !== instance.id);
	if (others.length === 0) return;
	throw new ActionError(`Could not ${session.ledger.task(instance)}: its new name '${newName}' already belongs to ${others.map(label).join(", ")}.`, { next: "Set another 'new-name'." });
}
/**
* Renames an instance, and moves what is stored for its name. The stored credentials are copied
* first, so that a step that ends in between loses nothing.
*
* @param rename sends the request.
*/
async function moveWithName({ store, handOver }, { id, name, tenantId: scope }, { newName, rename }) {
	const sealed = await store.find(name, id);
	if (sealed === void 0) return rename();
	const url = handOver.pageOf(scope, id);
	const removeOlder = await store.add({
		name: newName,
		id,
		scope,
		sealed,
		url
	});
	try {
		const renamed = await rename();
		await removeOlder();
		await store.remove(name, {
			scope,
			id
		});
		return renamed;
	} catch (error) {
		if (error instanceof RequestError && error.effect === "none") await store.remove(newName, {
			scope,
			id
		});
		throw error;
	}
}
/**
* Changes size, features and name of an instance: one request for each kind of value that differs,
* each awaited before the next.
*
* @throws ActionError that says what was refused, why, and which values were changed before.
*/
async function resize(session, request) {
	const { report, guard, ledger } = session;
	ledger.announce();
	const found = await readTarget(session, request.target);
	const { instance } = found;
	const kinds = requestsOf(request, report.info);
	const due = isAtRest(instance.status) ? kinds.filter(({ spec }) => !spec.done(instance)) : kinds;
	if (due.length === 0) {
		const values = kinds.map(({ words }) => words).join(", ");
		report.info(`${capitalized(label(instance))} already has ${values}; nothing to do.`);
		return;
	}
	resize_assertTierAllows(session, instance, due);
	const { newName } = request;
	if (newName !== void 0) await assertNameIsFree(session, instance, newName);
	if (guard.dryRun) {
		const values = due.map(({ words }) => words).join(", then ");
		report.notice(`Dry run: would set ${values} of ${label(instance)}, which is ${instance.status}.`);
		return;
	}
	await performAll(session, found, {
		due,
		wait: request.wait
	});
}
/** Aura changes nothing but the name of a Free instance. Source: Aura documentation. */
function resize_assertTierAllows({ ledger }, instance, due) {
	const { type = "" } = instance;
	const refused = due.filter(({ spec }) => spec.newName === void 0);
	if (type !== "free-db" || refused.length === 0) return;
	const values = refused.map(({ words }) => words).join(", ");
	throw new ActionError(`Could not ${ledger.task(instance)}: its tier is '${nameOfTier(type)}', for which Aura can only change the name, but the inputs ask for ${values}. Nothing was changed.`, { next: "Remove these inputs, or create an instance of another tier." });
}
/** Every kind but the last one is awaited in any case: Aura works on one at a time. */
async function performAll(session, found, { due, wait }) {
	let current = found;
	for (const [index, kind] of due.entries()) try {
		const isLast = index === due.length - 1;
		const instance = await perform(session, current, {
			kind,
			wait: wait || !isLast,
			isFirst: index === 0
		});
		current = {
			...found,
			instance
		};
	} catch (error) {
		throw await resize_explain(session, current.instance, {
			error,
			kind,
			due
		});
	}
}
async function perform(session, found, { kind: { spec }, wait, isFirst }) {
	const { newName } = spec;
	if (newName === void 0) return change(session, found, {
		spec,
		wait
	});
	if (!isFirst) await assertNameIsFree(session, found.instance, newName);
	const rename = () => change(session, found, {
		spec,
		wait
	});
	return moveWithName(session, found.instance, {
		newName,
		rename
	});
}
/** Adds to an error what the tenant offers, and which values were changed before. */
async function resize_explain(session, instance, { error, kind, due }) {
	if (!(error instanceof ActionError || error instanceof RequestError)) return error;
	const task = session.ledger.task(instance);
	const refusal = error instanceof RequestError ? error : error.cause;
	const offer = /^(?:memory|storage) /.test(kind.words) && refusal instanceof RequestError ? await offerAfter(session, refusal, instance) : void 0;
	const told = inWords(task, error);
	const { happened, next } = told instanceof ActionError ? told : {
		happened: told.message,
		next: void 0
	};
	const before = due.slice(0, due.indexOf(kind)).map(({ words }) => words);
	const which = due.length === 1 ? "" : ` This was the request for ${kind.words}.`;
	const made = before.length === 0 ? "" : ` Changed before it: ${before.join(", ")}.`;
	const offered = offer === void 0 ? "" : ` ${offer}`;
	return new ActionError(`${happened}${offered}${which}${made}`, {
		next: offer === void 0 ? next : void 0,
		cause: error
	});
}
/**
* Restores an instance from one of its snapshots. The data that it has now is lost.
*
* @throws ActionError if the instance is protected or cannot be restored, or if the snapshot cannot
*   be used; RequestError if Aura refuses.
*/
async function restore(session, { target, snapshotId, wait }) {
	const { report, guard, ledger } = session;
	ledger.announce();
	if (target.name !== void 0) guard.assertUnprotected(target.name, "restored");
	const found = await readTarget(session, target);
	const { instance } = found;
	guard.assertUnprotected(instance.name, "restored");
	const snapshot = await resolveSnapshot(session, {
		source: instance,
		wanted: snapshotId,
		exportable: false
	});
	if (guard.dryRun) {
		const what = `${label(instance)}, which is ${instance.status}, from snapshot ${snapshot.id}`;
		report.notice(`Dry run: would restore ${what}.`);
		return;
	}
	const spec = dataChange({
		verb: "restore",
		result: `restored from snapshot ${snapshot.id}`,
		via: ["restoring"],
		assertAllowed: ({ name }) => {
			guard.assertUnprotected(name, "restored");
		},
		send: (client, { id }) => client.restoreSnapshot(id, snapshot.id)
	});
	await change(session, await readAgain(session, found), {
		spec,
		wait
	});
}
/**
* Resumes an instance; does nothing if it is already running. If its password is known, it outputs
* the credentials. It looks for them before it changes anything.
*
* @throws ActionError if it does not exist, cannot be resumed, or its password is needed and not
*   known.
*/
async function resume(session, { target, several, wait }) {
	if (several !== void 0) {
		await changeSeveral(session, several, {
			spec: resuming,
			wait
		});
		return;
	}
	const { report, guard, ledger, handOver } = session;
	ledger.announce();
	const found = await readTarget(session, target);
	const { instance } = found;
	const recovered = await takeCredentials(session, instance, true);
	if (guard.dryRun) {
		report.notice(`Dry run: would resume ${label(instance)}, which is ${instance.status}.`);
		return;
	}
	if (recovered !== void 0) handOver.publish(recovered.credentials);
	const isRunning = resuming.done(instance);
	const final = await change(session, found, {
		spec: resuming,
		wait,
		quiet: !isRunning
	});
	if (recovered !== void 0) await handOver.passOn(final, recovered);
	if (!isRunning) announce(session, final, false);
}
/** A request is sent at most this often if its answers are lost. */
const snapshot_mostPosts = 3;
/** How long a 404 may mean that Aura does not show the new snapshot yet. */
const snapshot_showsWithinMilliseconds = 6e4;
/** A snapshot that began before midnight is listed under the day before. */
const lookBackMilliseconds = 36e5;
/**
* Takes a snapshot, and waits until it is completed. The output `snapshot-id` is set before the
* wait.
*
* @throws ActionError if the instance does not exist or cannot be used, if the snapshot fails, or if
*   the timeout is reached; it names the snapshot. RequestError if Aura refuses.
*/
async function snapshot_snapshot(session, { target, wait }) {
	const { report, guard, ledger } = session;
	ledger.announce();
	const found = await readTarget(session, target);
	const { instance } = found;
	const what = label(instance);
	if (guard.dryRun) {
		report.notice(`Dry run: would take a snapshot of ${what}, which is ${instance.status}.`);
		return;
	}
	const id = await snapshot_take(session, found);
	report.outputs({ "snapshot-id": id });
	ledger.changed(instance.id, ledger.resultOf(instance.id)?.status ?? instance.status);
	if (!wait) {
		report.info(`Aura has accepted the request: it takes snapshot ${id} of ${what}.`);
		return;
	}
	await awaitCompleted(session, found, id);
	report.info(`${capitalized(snapshotOf(found, id))} is completed.`);
}
function snapshotOf({ instance }, id) {
	return `snapshot ${id} of ${label(instance)}`;
}
/** Requests the snapshot until Aura has accepted it; only one can be in progress at a time. */
async function snapshot_take(session, { instance: first, meant }) {
	const { patience, guard, ledger } = session;
	const course = {
		known: /* @__PURE__ */ new Set(),
		lost: 0,
		last: void 0,
		busy: false
	};
	const task = ledger.task(first);
	let last = first;
	const judge = async ({ sight, listed }, say) => {
		if (sight === "unclear") return again();
		if (sight === "gone") throw new ActionError(`Could not ${task}: it was deleted in the meantime.`);
		guard.expect(meant, sight);
		last = sight;
		ledger.saw(sight);
		assertAlive(sight, task);
		if (!isSettled(sight.status)) {
			say(`waiting, because its status is '${sight.status}'`);
			return again();
		}
		const before = listed ?? await listRecent(session, sight.id);
		const verdict = await tryOnce(session, {
			instanceId: sight.id,
			before
		}, course);
		const why = course.last?.message ?? "another snapshot of the instance is in progress";
		if (!("result" in verdict)) say(`not accepted yet: ${why}`);
		return verdict;
	};
	return inPhase(session, `Waiting until Aura accepts the request for a snapshot of ${label(first)}`, ({ note, beat }) => poll(patience, {
		first: { reading: { sight: first } },
		read: lookAt(session, {
			instance: first,
			meant
		}),
		judge: (look) => judge(look, note),
		overdue: (trouble) => {
			throw overdue(session, {
				last,
				course,
				trouble
			});
		},
		tolerance: createTolerance(patience),
		beat
	}));
}
/** Reads the snapshots too: in a wait, one bad answer to either is ignored. */
function lookAt(session, { instance, meant }) {
	const look = watch(session, { id: meant.id }, instance);
	return async () => {
		const sight = await look();
		return {
			sight,
			listed: typeof sight === "object" && isSettled(sight.status) ? await listRecent(session, meant.id) : void 0
		};
	};
}
function overdue({ patience, ledger }, { last, course, trouble }) {
	const waited = formatDuration(patience.clock.now() - patience.begin);
	const busy = course.busy ? ", and another snapshot of it is in progress" : "";
	const left = course.lost === 0 ? "No snapshot was taken" : mayBeTaken;
	const cause = trouble ?? course.last;
	return new ActionError(`Could not ${ledger.task(last)}: its status is '${last.status}' after ${waited}${busy}${saidOf(cause)}. ${left}.`, {
		next: "Try again, or increase 'timeout'.",
		cause
	});
}
const mayBeTaken = "A snapshot may have been taken: look at the snapshots of the instance in the Aura console";
function assertAlive({ status }, task) {
	const why = deadEnd(status);
	if (why === void 0) return;
	throw new ActionError(`Could not ${task}: its status is '${status}' (${why}).`, { next: "Look at it in the Aura console." });
}
/**
* Sends the request unless another snapshot is in progress.
*
* @returns the id of the snapshot, or how many requests the next attempt takes.
* @throws RequestError if Aura refuses; ActionError after too many lost answers.
*/
async function tryOnce(session, { instanceId, before }, course) {
	if (course.lost === 0) course.known = new Set(before.map(({ id }) => id));
	const ours = findOurs(before, course);
	if (ours !== void 0) return done(ours);
	course.busy = before.some(isInProgress);
	if (course.busy) return again(2);
	try {
		return done(await session.client.createSnapshot(instanceId));
	} catch (error) {
		if (!(error instanceof RequestError)) throw error;
		course.last = error;
		if (error.effect === "unknown") course.lost += 1;
		if (error.hasReason("ongoing-database-operation")) return again(4);
		if (error.effect === "none" && !error.hasReason("snapshot-not-allowed")) throw error;
		const after = await listAfter(session, instanceId);
		const taken = findOurs(after ?? [], course);
		if (taken !== void 0) return done(taken);
		if (error.effect === "none" && after?.some(isInProgress) === false) throw error;
		if (course.lost === snapshot_mostPosts) throw new ActionError(`Could not ${session.ledger.task()}: ${error.message}. Sent ${snapshot_mostPosts} times.`, {
			next: `${mayBeTaken}.`,
			cause: error
		});
		return again(4);
	}
}
/** Undefined if it cannot be read now: the next attempt lists them again. */
async function listAfter(session, instanceId) {
	try {
		return await listRecent(session, instanceId);
	} catch (error) {
		if (error instanceof RequestError) return void 0;
		throw error;
	}
}
/** After a lost answer: the newest snapshot that was not listed before. */
function findOurs(listed, { known, lost }) {
	if (lost === 0) return void 0;
	return listed.filter((one) => !known.has(one.id) && !isAutomatic(one)).toSorted((one, other) => (other.timestamp ?? 0) - (one.timestamp ?? 0))[0]?.id;
}
/** The snapshots of today, and of yesterday shortly after midnight. */
async function listRecent(session, instanceId) {
	const now = serverNow(session);
	const dates = /* @__PURE__ */ new Set([dateOf(now), dateOf(now - lookBackMilliseconds)]);
	const lists = [];
	for (const date of dates) lists.push(...await session.client.listSnapshots(instanceId, date));
	return lists;
}
async function awaitCompleted(session, found, id) {
	const { client, patience } = session;
	const what = snapshotOf(found, id);
	await inPhase(session, `Waiting for ${what} to be completed`, (progress) => {
		const completion = createCompletion(session, what, progress);
		progress.note("requested");
		return poll(patience, {
			read: () => client.getSnapshot(found.instance.id, id, "poll"),
			...completion,
			tolerance: createTolerance(patience),
			beat: progress.beat
		});
	});
}
function createCompletion({ patience }, what, { elapsed, note }) {
	const begin = patience.clock.now();
	let missing = 0;
	let status = "unknown";
	return {
		judge: (sight) => {
			if (typeof sight === "string") {
				missing += 1;
				const young = patience.clock.now() - begin < snapshot_showsWithinMilliseconds;
				if (sight === "missing" && (young || missing < mostRefusals)) return again();
				throw new ActionError(`Gave up on ${what} after ${elapsed()}: Aura does not find it.`, { next: "Check what else may have deleted the instance or its snapshots." });
			}
			missing = 0;
			({status} = sight);
			note(status);
			if (status === "completed") return done(void 0);
			if (hasFailed(sight)) throw new ActionError(`Gave up on ${what} after ${elapsed()}: its status is '${status}', so it cannot be used.`, { next: "Run the step again to take another one." });
			return again();
		},
		overdue: (trouble) => {
			throw new ActionError(`Gave up on ${what} after ${elapsed()}: it is not completed; its last status is '${status}'${saidOf(trouble)}.`, {
				next: "Aura continues to take it: increase 'timeout', or use its id in a later step, which then waits for it.",
				cause: trouble
			});
		}
	};
}
/** The branches of merge queues that are running. Source: GitHub's documentation, "Merge queue". */
const queueStart = "gh-readonly-queue/";
/**
* Whether a sweep judges instances of this name: those of this repository's branches, and with a
* pattern those that match it. It never touches a name of another repository.
*/
function isConsidered(name, { repository, namePattern }) {
	const owner = ownerOfName(name, repository);
	if (namePattern === void 0) return owner === "this";
	return owner !== "another" && matchesGlob(namePattern, name);
}
/** Why a sweep does not judge instances of this name. */
function whyNotConsidered(name, { repository, namePattern }) {
	if (ownerOfName(name, repository) === "another") return "its name is that of another repository";
	return namePattern === void 0 ? "its name is not that of a branch of this repository" : `its name does not match '${namePattern}'`;
}
/** Judges instances by facts alone: it asks nobody and changes nothing. */
function createJudge(request, { live, now }) {
	const { repository, keep, maxAge } = request;
	const branchOf = branchFinder(repository, neededBranches(live, keep));
	const unneeded = `no open pull request${keep === "branches" ? " and no branch" : ""} needs it`;
	const older = maxAge === void 0 ? [] : [`it is older than ${formatAge(maxAge)}`];
	return ({ name, createdAt }) => {
		const ofThis = ownerOfName(name, repository) === "this";
		const kept = (ofThis ? branchOf(name)?.why : void 0) ?? (maxAge === void 0 ? void 0 : whyYoung(createdAt, maxAge, now));
		if (kept !== void 0) return {
			stale: false,
			reason: kept
		};
		return {
			stale: true,
			reason: [...ofThis ? [unneeded] : [], ...older].join(", and ")
		};
	};
}
function neededBranches({ defaultBranches, pullRequests, branches }, keep) {
	const own = (name, why) => ({
		branch: {
			name,
			owner: void 0
		},
		why
	});
	return [
		...defaultBranches.map((name) => own(name, `'${name}' is the default branch`)),
		...pullRequests.map(({ number, branch }) => ({
			branch,
			why: `pull request #${number} is open`
		})),
		...branches.filter((name) => keep === "branches" || name.startsWith(queueStart)).map((name) => own(name, `branch '${name}' exists`))
	];
}
/** Why an instance may not be old enough; undefined if it certainly is. */
function whyYoung(createdAt, maxAge, now) {
	if (createdAt === void 0) return "Aura does not say when it was created";
	if (now === void 0) return "Aura's answers do not say the time to compute its age";
	return now - createdAt > maxAge ? void 0 : `it is not older than ${formatAge(maxAge)}`;
}
/** A deletion asks GitHub again if the last answer is older than this. */
const usualMilliseconds = 6e4;
/** The same if the step has waited for the instance; deletions of the same moment share an answer. */
const lateMilliseconds = 5e3;
/**
* Asks GitHub completely which branches are needed.
*
* @returns judges instances by the answer.
* @throws ActionError if GitHub does not answer completely.
*/
async function askGitHub({ liveBranches, client }, request) {
	return createJudge(request, {
		live: await liveBranches(request.defaultBranches),
		now: client.serverClock.now()
	});
}
/**
* The check right before each deletion: a pull request can be opened while the step waits for a busy
* instance or deletes many others. It asks GitHub only if the last answer is old.
*
* @param askedAt when the last question began, in epoch milliseconds by the step's clock.
* @param judged by id; a changed judgement is recorded in it.
*/
function createLastCheck(session, request, { askedAt, judged }) {
	const { clock } = session.patience;
	let last = { at: askedAt };
	return async (read, late) => {
		const now = clock.now();
		if (now - last.at > (late ? lateMilliseconds : usualMilliseconds)) last = {
			at: now,
			judge: askGitHub(session, request)
		};
		const instance = judged.get(read.id)?.instance ?? read;
		const judgement = (await heard(last.judge, label(instance)))?.(instance);
		if (judgement === void 0 || judgement.stale) return void 0;
		judged.set(instance.id, {
			instance,
			judgement
		});
		return judgement.reason;
	};
}
/** @param what the instance that is not deleted without an answer. */
async function heard(answer, what) {
	try {
		return await answer;
	} catch (error) {
		if (!(error instanceof ActionError)) throw error;
		throw new ActionError(`Could not delete ${what}: GitHub could not be asked again whether it is needed. ${error.message}`, { cause: error });
	}
}
/** What happened to an instance, in the order of the rows. */
const decisions = [
	"failed",
	"deleted",
	"being deleted",
	"would be deleted",
	"kept"
];
/** Writes to the job summary what was deleted, what stays and why. */
function summary_summarize(session, request, { judged, notConsidered }) {
	const { report, guard, client } = session;
	const now = client.serverClock.now();
	const rows = judged.map(({ instance, judgement }) => {
		const { decision, reason } = resultOf(session, {
			instance,
			judgement
		});
		const { name, id, createdAt } = instance;
		const age = now === void 0 || createdAt === void 0 ? "" : inMinutes(now - createdAt);
		return {
			decision,
			cells: [
				inline`${name}`,
				inline`${id}`,
				unbroken(age),
				shown(decision),
				prose(reason)
			]
		};
	});
	const begun = rows.filter(({ decision }) => decision !== "kept" && decision !== "failed");
	const counts = inline`${(request.wait ? begun.filter(({ decision }) => decision !== "being deleted") : begun).length} of ${prose(countOf(rows.length))}`;
	const sorted = decisions.flatMap((decision) => rows.filter((row) => row.decision === decision).map(({ cells }) => cells));
	report.summary({
		title: titleOf(rows.length === 0, guard.dryRun, {
			counts,
			wait: request.wait
		}),
		blocks: [
			...tableOf(sorted, request),
			...describeOthers(notConsidered, request),
			...begun.length > 0 && !guard.dryRun ? [{ text: inline`Deleted instances cannot be restored.` }] : []
		]
	});
}
function titleOf(isEmpty, dryRun, { counts, wait }) {
	if (dryRun) return inline`Would delete ${counts}`;
	if (isEmpty) return inline`Neo4j Aura: nothing to sweep`;
	return wait ? inline`Neo4j Aura: sweep deleted ${counts}` : inline`Neo4j Aura: sweep is deleting ${counts}`;
}
function inMinutes(milliseconds) {
	return formatAge(Math.floor(milliseconds / 6e4) * 6e4);
}
function tableOf(rows, { repository, namePattern }) {
	if (rows.length === 0) return [{ text: inline`No instance ${namePattern === void 0 ? inline`of the tenant belongs to ${repository}` : inline`that a sweep of ${repository} may delete matches ${namePattern}`}.` }];
	return [{ table: {
		header: [
			inline`Instance`,
			inline`Id`,
			inline`Age`,
			inline`Decision`,
			inline`Reason`
		],
		rows,
		numbers: [2]
	} }];
}
function describeOthers(others, request) {
	if (others.length === 0) return [];
	const rows = others.map(({ name, id }) => [
		inline`${name}`,
		inline`${id}`,
		prose(whyNotConsidered(name, request))
	]);
	const were = others.length === 1 ? "was" : "were";
	return [{ details: {
		title: `${countOf(others.length)} ${were} not considered`,
		blocks: [{ table: {
			header: [
				inline`Instance`,
				inline`Id`,
				inline`Reason`
			],
			rows
		} }]
	} }];
}
function shown(decision) {
	return decision === "failed" ? inline`**failed**` : prose(decision);
}
function resultOf({ ledger, guard }, { instance: { id, name }, judgement }) {
	const { reason } = judgement;
	const { error, status, changed = false } = ledger.resultOf(id) ?? {};
	if (error !== void 0) return {
		decision: "failed",
		reason: cutMessage(withoutTask(error, ledger.task({
			id,
			name
		})))
	};
	if (!judgement.stale) return {
		decision: "kept",
		reason
	};
	const pattern = guard.protectingPattern(name);
	if (pattern !== void 0) return {
		decision: "kept",
		reason: `its name matches '${pattern}' of 'protected-names'`
	};
	if (status === "deleted") return {
		decision: "deleted",
		reason
	};
	if (changed) return {
		decision: "being deleted",
		reason
	};
	return {
		decision: guard.dryRun ? "would be deleted" : "kept",
		reason
	};
}
/**
* Deletes the instances of this repository that nobody needs any longer. GitHub is asked twice: after
* the instances were listed, and again after the stale ones were read; and once more before a
* deletion that comes late. Only what all answers call stale is deleted.
*
* @throws ActionError if GitHub does not answer completely or too many instances are stale, and then
*   nothing is deleted; or with each instance whose deletion failed.
*/
async function sweep(session, request) {
	const { report, ledger, patience } = session;
	report.outputs({ changed: false });
	const listed = await sweep_listInstances(session);
	const considered = listed.filter(({ name }) => isConsidered(name, request));
	const notConsidered = listed.filter(({ name }) => !isConsidered(name, request));
	const first = await judgeAll(session, request, considered);
	const stale = first.flatMap(({ instance, judgement }) => judgement.stale ? [instance] : []);
	const reads = await readEach(session, stale);
	const askedAt = patience.clock.now();
	const again = await judgeAgain(session, request, {
		stale,
		reads
	});
	const judged = new Map([...first, ...again].map((one) => [one.instance.id, one]));
	await sayJudgements(session, [...judged.values()]);
	const due = reads.filter(({ meant }) => judged.get(meant.id)?.judgement.stale === true);
	ledger.open(due.map(({ meant }) => meant), "several");
	if (due.length === 0) report.notice(describeNothing(request, judged.size));
	try {
		const whyKept = createLastCheck(session, request, {
			askedAt,
			judged
		});
		const { wait } = request;
		const notice = { summarized: true };
		if (due.length > 0) await removeSeveral(session, due, {
			wait,
			named: false,
			whyKept,
			notice
		});
	} finally {
		summary_summarize(session, request, {
			judged: [...judged.values()],
			notConsidered
		});
	}
}
function sayJudgements({ report }, judged) {
	return report.group(`Checking ${countOf(judged.length)}`, () => {
		for (const { instance, judgement } of judged) {
			const what = capitalized(label(instance));
			report.info(`${what} is ${judgement.stale ? "stale" : "kept"}: ${judgement.reason}.`);
		}
		return Promise.resolve();
	});
}
/** All instances of the tenant. */
async function sweep_listInstances(session) {
	const tenantId = await resolveTenantToSearch(session);
	session.report.outputs({ tenant: tenantId });
	const listed = (await session.client.listInstances(tenantId)).filter((instance) => instance.tenantId === tenantId);
	if (listed.length === 0) await assertTenantVisible(session, tenantId);
	return listed;
}
/** Asks GitHub what is needed, and judges the instances; without any, it does not ask. */
async function judgeAll(session, request, instances) {
	if (instances.length === 0) return [];
	try {
		const judge = await askGitHub(session, request);
		return instances.map((instance) => ({
			instance,
			judgement: judge(instance)
		}));
	} catch (error) {
		if (!(error instanceof ActionError)) throw error;
		throw new ActionError(`${error.message} Nothing was deleted.`, { cause: error });
	}
}
/** Judges the stale instances again, as they were read. One with a new name has a new owner. */
async function judgeAgain(session, request, { stale, reads }) {
	return (await judgeAll(session, request, stale)).map(({ instance, judgement }, index) => {
		const name = reads[index]?.instance?.name ?? instance.name;
		const renamed = {
			stale: false,
			reason: `it is now named '${name}'`
		};
		return {
			instance,
			judgement: name === instance.name ? judgement : renamed
		};
	});
}
function describeNothing({ repository, namePattern }, count) {
	if (count > 0) return `Nothing to sweep: ${countOf(count)} checked, none is stale.`;
	return `Nothing to sweep: no instance ${namePattern === void 0 ? `of the tenant belongs to ${repository}` : `that a sweep of ${repository} may delete matches '${namePattern}'`}.`;
}
var external_node_util_ = /*#__PURE__*/ __nccwpck_require__(57975);
/** The prefix of sealed credentials; docs/sealed-credentials.md describes the format. */
const prefix = "aura1.";
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
		token: token === void 0 ? void 0 : sealToken(token, key)
	};
}
/** Seals a bundle with a passphrase. */
function sealBundle(bundle, passphrase) {
	return seal(JSON.stringify({
		...bundle,
		password: bundle.password.reveal()
	}), {
		prefix,
		passphrase: passphrase.reveal()
	});
}
const bundleContent = /* @__PURE__ */ object({
	instanceId: /* @__PURE__ */ string(),
	name: /* @__PURE__ */ string(),
	tenantId: /* @__PURE__ */ string(),
	connectionUri: lenient(/* @__PURE__ */ string()),
	username: /* @__PURE__ */ string(),
	password: /* @__PURE__ */ string(),
	createdAt: lenient(/* @__PURE__ */ number()),
	clientId: lenient(/* @__PURE__ */ string()),
	apiOrigin: lenient(/* @__PURE__ */ string()),
	token: lenient(/* @__PURE__ */ string())
});
/**
* Opens a value from {@link sealBundle}.
*
* @param mask called with the password as soon as it is known.
* @throws {@link SealError} if it cannot be opened, or contains something else.
*/
function openBundle(sealed, passphrase, mask) {
	const text = seal_open(sealed, {
		prefix,
		passphrase: passphrase.reveal()
	});
	const opened = readJson(bundleContent, text);
	if (opened === void 0) throw new SealError("it does not contain credentials");
	return {
		...opened,
		password: new Secret(opened.password, mask)
	};
}
/**
* The token of a bundle, if this API issued it to this client. From another account's bundle, only
* the credentials are used.
*
* @param mask called with the token as soon as it is known.
*/
function lentToken(bundle, { credentials, apiUrl }, mask) {
	const { clientId, apiOrigin, token } = bundle;
	if (clientId !== credentials.clientId || apiOrigin !== apiUrl.origin) return void 0;
	if (token === void 0) return void 0;
	try {
		return openToken(token, deriveTokenKey(credentials, apiOrigin), mask);
	} catch (error) {
		if (error instanceof SealError) return void 0;
		throw error;
	}
}
/**
* Whether two bundles have the same content. Sealed tokens look different each time, so the tokens
* themselves are compared: a bundle with a renewed token is different.
*/
function isUnchanged(opened, next, { account, mask }) {
	const [before, after] = [opened, next].map((bundle) => {
		const token = lentToken(bundle, account, mask);
		return {
			...bundle,
			password: bundle.password.reveal(),
			token: token === void 0 ? bundle.token : [token.accessToken.reveal(), token.expiresAt]
		};
	});
	return (0, external_node_util_.isDeepStrictEqual)(before, after);
}
/** The tenant of a bundle, if the bundle is from this API: in another API its id has no meaning. */
function lentTenant({ apiOrigin, tenantId }, { apiUrl }) {
	return apiOrigin === apiUrl.origin ? tenantId : void 0;
}
/**
* Says who sealed a bundle, unless it was certainly this client at this API. Its instance may then
* exist although this client does not find it.
*/
function otherSealer({ clientId, apiOrigin }, { credentials, apiUrl }) {
	if (clientId === void 0 || apiOrigin === void 0) return "an older version of this action, which does not say for which client";
	if (clientId === credentials.clientId && apiOrigin === apiUrl.origin) return void 0;
	return `client '${clientId}' of ${apiOrigin}`;
}
/** Whether a bundle belongs to an instance: ids of different tenants are not compared. */
function isBundleOf(bundle, instance) {
	return bundle.instanceId === instance.id && bundle.tenantId === instance.tenantId;
}
/**
* The place that a path means, without symbolic links in its directory; the file may not exist.
*
* @returns the absolute path, or why it is not allowed.
*/
function findWithin(path, { workspace, temp }) {
	const odd = whyNoPath(path);
	if (odd !== void 0) return { problem: odd };
	const wanted = (0, external_node_path_namespaceObject.resolve)(workspace, path);
	const directory = realOrUndefined((0, external_node_path_namespaceObject.dirname)(wanted));
	if (directory === void 0) return { problem: "its directory does not exist" };
	if (![workspace, temp ?? workspace].map(realOrUndefined).some((root) => root !== void 0 && isWithin(directory, root))) return { problem: "it is outside the workspace and RUNNER_TEMP" };
	return {
		directory,
		file: (0, external_node_path_namespaceObject.join)(directory, (0, external_node_path_namespaceObject.basename)(wanted))
	};
}
/** A shell would replace these parts, or remove them, before a program sees the path. */
function whyNoPath(path) {
	if (/^~(?:[/\\]|$)/.test(path)) return "it begins with '~', which only a shell replaces";
	if (/^\$|%\w+%/.test(path)) return "it contains a variable, which only a shell replaces; use an expression such as '${{ runner.temp }}'";
	if (/^(["'`]).*\1$/.test(path)) return "it has quotes around it";
	return external_node_path_namespaceObject.sep === "/" && /^[a-z]:\\|^\.{0,2}\\/i.test(path) ? "it contains '\\', and this runner is not one of Windows" : void 0;
}
/** The path without symbolic links; undefined if it does not exist. */
function realOrUndefined(path) {
	try {
		return (0, external_node_fs_namespaceObject.realpathSync)(path);
	} catch {
		return;
	}
}
function isWithin(path, root) {
	const way = (0, external_node_path_namespaceObject.relative)(root, path);
	return way === "" || way !== ".." && !way.startsWith(`..${external_node_path_namespaceObject.sep}`) && (0, external_node_path_namespaceObject.resolve)(root, way) === path;
}
/** Larger than any exclude file that people write. */
const largestBytes = 1048576;
/**
* Adds lines to a repository's exclude file, unless it already contains the first of them. A
* repository from another person can have a link or a device in its place: neither is followed.
*
* @throws if it is not a regular file, or if the file system refuses.
*/
function excludeLines(file, lines) {
	const directory = (0, external_node_path_namespaceObject.dirname)(file);
	(0, external_node_fs_namespaceObject.mkdirSync)(directory, { recursive: true });
	for (const place of [directory, file]) if ((0, external_node_fs_namespaceObject.lstatSync)(place, { throwIfNoEntry: false })?.isSymbolicLink()) throw new Error("git's exclude file is behind a symbolic link");
	const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = external_node_fs_namespaceObject.constants;
	const descriptor = (0, external_node_fs_namespaceObject.openSync)(file, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 420);
	try {
		const found = (0, external_node_fs_namespaceObject.fstatSync)(descriptor);
		if (!found.isFile()) throw new Error("git's exclude file is not a regular file");
		if (found.size > largestBytes) throw new Error("git's exclude file is too large");
		const text = (0, external_node_fs_namespaceObject.readFileSync)(descriptor, "utf8");
		if (text.split("\n").includes(lines[0] ?? "")) return;
		const begin = text === "" || text.endsWith("\n") ? "" : "\n";
		(0, external_node_fs_namespaceObject.writeSync)(descriptor, `${begin}${lines.join("\n")}\n`);
	} finally {
		(0, external_node_fs_namespaceObject.closeSync)(descriptor);
	}
}
/** Git's last output may arrive after git has ended; see {@link outputOf}. */
const lastWordsMilliseconds = 100;
/** More than any path. */
const git_mostBytes = 65536;
/** Git refused, or is not installed. */
var GitRefusal = class extends Error {
	name = "GitRefusal";
};
/**
* Runs git as a process that the step does not have to wait for: a file system, a filter or a
* wrapper may make it hang.
*
* @param directory where git runs.
* @returns its output, without the final newline.
* @throws {@link GitRefusal}; TimeLimitError if it takes too long; the signal's reason when aborted.
*/
async function askGit(directory, args, limit) {
	const { spawn } = process.getBuiltinModule("node:child_process");
	return withTimeLimit(async (stop) => {
		const child = spawn("git", [
			"-c",
			"safe.directory=*",
			"-C",
			directory,
			...args
		], {
			env: ownEnvironment(process.env),
			stdio: [
				"ignore",
				"pipe",
				"ignore"
			],
			detached: process.platform !== "win32",
			windowsHide: true
		});
		stop.addEventListener("abort", () => {
			kill(child);
		});
		return (await outputOf(child, limit.clock)).replace(/\n$/, "");
	}, limit);
}
/**
* The job's environment without git's own variables. With some of them, git would use a repository,
* index or configuration of another directory, or interpret paths differently. Source: git's
* documentation, "Environment Variables".
*/
function ownEnvironment(env) {
	const kept = Object.entries(env).filter(([name]) => !name.toUpperCase().startsWith("GIT_"));
	return Object.fromEntries(kept);
}
/**
* The output of a child process until it ends. A grandchild that has inherited the stream may keep
* it open forever, so the end of the stream is awaited only for a moment.
*/
async function outputOf(child, clock) {
	const chunks = [];
	const exited = Promise.withResolvers();
	child.stdout?.on("data", (chunk) => {
		chunks.push(chunk);
		if (chunks.reduce((sum, { length }) => sum + length, 0) <= git_mostBytes) return;
		exited.reject(/* @__PURE__ */ new Error("git said more than a path"));
		kill(child);
	});
	const closed = Promise.withResolvers();
	child.once("error", (error) => {
		exited.reject(new GitRefusal(asError(error).message, { cause: error }));
	});
	child.once("exit", exited.resolve);
	child.once("close", () => {
		closed.resolve(void 0);
	});
	const code = await exited.promise;
	await withTimeLimit(() => closed.promise, {
		clock,
		milliseconds: lastWordsMilliseconds,
		signal: void 0
	}).catch(() => void 0);
	child.stdout?.destroy();
	if (code !== 0) throw new GitRefusal(`git ended with ${code ?? "a signal"}`);
	return Buffer.concat(chunks).toString("utf8");
}
function kill(child) {
	child.stdout?.destroy();
	if (child.pid === void 0 || child.exitCode !== null || child.signalCode !== null) return;
	try {
		if (process.platform === "win32") child.kill("SIGKILL");
		else process.kill(-child.pid, "SIGKILL");
	} catch {}
}
/** Programs configured by another person's repository must not run. */
const git_places_settings = ["-c", "core.fsmonitor=false"];
/**
* Whether a file would be in git's own directory, where it could become a hook or block the
* repository.
*
* @param file absolute, without symbolic links in its directory.
*/
function isWithinGit(file) {
	return file.split(external_node_path_namespaceObject.sep).some(isGitName) || ancestorsOf(file).some(isGitDirectory);
}
/**
* Whether a part of a path is `.git` for any file system: in any case, with characters that some of
* them ignore, or as the short name that Windows creates. Source: git's `core.protectHFS` and
* `core.protectNTFS`.
*/
function isGitName(part) {
	const [name = ""] = part.normalize("NFC").replace(/\p{Cf}/gu, "").split(":");
	return /^(?:\.git|git~\d+)[. ]*$/i.test(name);
}
/** Git's directory of a repository or worktree, with any name. Source: git's `is_git_directory`. */
function isGitDirectory(directory) {
	if (!(0, external_node_fs_namespaceObject.existsSync)((0, external_node_path_namespaceObject.join)(directory, "HEAD"))) return false;
	if ((0, external_node_fs_namespaceObject.existsSync)((0, external_node_path_namespaceObject.join)(directory, "commondir"))) return true;
	return ["objects", "refs"].every((name) => (0, external_node_fs_namespaceObject.statSync)((0, external_node_path_namespaceObject.join)(directory, name), { throwIfNoEntry: false })?.isDirectory() ?? false);
}
/**
* Whether a repository around a file tracks it, so that a commit would include its content. Without
* git, the file counts as untracked.
*
* @param file absolute, without symbolic links in its directory.
* @throws TimeLimitError if git does not answer; the signal's reason when aborted.
*/
async function isTracked(file, limit) {
	const repositories = ancestorsOf(file).filter((directory) => (0, external_node_fs_namespaceObject.existsSync)((0, external_node_path_namespaceObject.join)(directory, ".git")));
	for (const repository of repositories) if (await lists(repository, (0, external_node_path_namespaceObject.relative)(repository, file), limit)) return true;
	return false;
}
async function lists(repository, file, limit) {
	const pattern = `:(${process.platform === "win32" || process.platform === "darwin" ? "literal,icase" : "literal"})${file.split(external_node_path_namespaceObject.sep).join("/")}`;
	try {
		return await askGit(repository, [
			...git_places_settings,
			"ls-files",
			"-z",
			"--",
			pattern
		], limit) !== "";
	} catch (error) {
		if (error instanceof GitRefusal) return false;
		throw error;
	}
}
function ancestorsOf(file) {
	const directory = (0, external_node_path_namespaceObject.dirname)(file);
	return directory === file ? [] : [directory, ...ancestorsOf(directory)];
}
/** Larger than any file that is read here. */
const env_file_maxBytes = 16777216;
/** Time limit for git in total: it only reads its own directory. */
const gitMilliseconds = 5e3;
/** Values that dotenv, `docker --env-file` and a shell's `source` all read unchanged. */
const plain = /^[\w.:/+@%=,-]*$/;
/** A pattern that git matches against a UUID. */
const draftPattern = [
	8,
	4,
	4,
	4,
	12
].map((length) => "?".repeat(length)).join("-");
/** An env file that cannot be written; the message says why, without any value. */
var EnvFileError = class extends Error {
	name = "EnvFileError";
};
/**
* Checks that a file can be written at `path`, before there is anything to write.
*
* @returns the absolute path, without symbolic links in its directory.
* @throws {@link EnvFileError} for a path outside of the roots, a missing directory, a symbolic
*   link, or a file that this action did not write.
*/
function checkEnvFile(path, roots) {
	return refusing("it cannot be accessed", () => findPlace(path, roots));
}
/** Converts an error of the file system to an {@link EnvFileError}. */
function refusing(what, run) {
	try {
		return run();
	} catch (error) {
		if (error instanceof EnvFileError) throw error;
		throw new EnvFileError(`${what}: ${asError(error).message}`, { cause: error });
	}
}
function findPlace(path, { workspace, temp, marker }) {
	const place = findWithin(path, {
		workspace,
		temp
	});
	if ("problem" in place) throw new EnvFileError(place.problem);
	const { directory, file } = place;
	if (isWithinGit(file)) throw new EnvFileError("it is in git's own directory");
	env_file_assertOwn(file, marker);
	try {
		(0, external_node_fs_namespaceObject.accessSync)(directory, external_node_fs_namespaceObject.constants.W_OK | external_node_fs_namespaceObject.constants.X_OK);
	} catch (error) {
		throw new EnvFileError(`its directory cannot be written to: ${asError(error).message}`, { cause: error });
	}
	return file;
}
/** Whether git tracks the file at a path: its content would be committed. */
async function isTrackedEnvFile(path, { workspace }, limit) {
	const wanted = (0, external_node_path_namespaceObject.resolve)(workspace, path);
	const directory = realOrUndefined((0, external_node_path_namespaceObject.dirname)(wanted));
	return directory !== void 0 && isTracked((0, external_node_path_namespaceObject.join)(directory, (0, external_node_path_namespaceObject.basename)(wanted)), limit);
}
function env_file_assertOwn(file, marker) {
	const found = (0, external_node_fs_namespaceObject.lstatSync)(file, { throwIfNoEntry: false });
	if (found === void 0) return;
	if (found.isSymbolicLink()) throw new EnvFileError("it is a symbolic link");
	if (!found.isFile()) throw new EnvFileError("it is not a regular file");
	if (!readSafely(file, { maxBytes: env_file_maxBytes }).toString("utf8").startsWith(marker)) throw new EnvFileError("a file exists there that this action did not create");
}
/** Whether a value can be written to an env file unchanged. */
function env_file_isPlain(value) {
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
		if (!env_file_isPlain(value)) throw new EnvFileError(`the value of ${name} contains characters that dotenv, Docker and shells interpret differently`);
		return `${name}=${value}`;
	});
	refusing("it cannot be accessed", () => {
		env_file_assertOwn(file, marker);
	});
	const trouble = await excludeFromGit(file, {
		clock,
		milliseconds: Math.min(gitMilliseconds, Math.max(1e3, deadline - clock.now())),
		signal
	});
	writeDraft(file, [
		marker,
		...lines,
		""
	].join("\n"));
	return trouble;
}
function writeDraft(file, text) {
	const draft = `${file}.${(0, external_node_crypto_.randomUUID)()}`;
	try {
		const descriptor = (0, external_node_fs_namespaceObject.openSync)(draft, "wx", 384);
		try {
			(0, external_node_fs_namespaceObject.writeSync)(descriptor, text);
		} finally {
			(0, external_node_fs_namespaceObject.closeSync)(descriptor);
		}
		(0, external_node_fs_namespaceObject.renameSync)(draft, file);
	} catch (error) {
		(0, external_node_fs_namespaceObject.rmSync)(draft, { force: true });
		throw new EnvFileError(`it could not be written: ${asError(error).message}`, { cause: error });
	}
}
/**
* Adds the file to the repository's own exclude file, which is never committed.
*
* @returns why git does not ignore the file; undefined if it does, or outside of a repository.
*/
async function excludeFromGit(file, limit) {
	try {
		const place = await withTimeLimit((stop) => findExclude(file, {
			...limit,
			signal: stop
		}), limit);
		excludeLines(place.path, [place.pattern, `${place.pattern}.${draftPattern}`]);
		return;
	} catch (error) {
		limit.signal?.throwIfAborted();
		if (error instanceof GitRefusal) return void 0;
		return error instanceof TimeLimitError ? `git gave ${error.message}` : asError(error).message;
	}
}
async function findExclude(file, limit) {
	const directory = (0, external_node_path_namespaceObject.dirname)(file);
	const top = (0, external_node_fs_namespaceObject.realpathSync)(await askGit(directory, ["rev-parse", "--show-toplevel"], limit));
	const found = await askGit(directory, [
		"rev-parse",
		"--git-path",
		"info/exclude"
	], limit);
	const pattern = `/${(0, external_node_path_namespaceObject.relative)(top, file).split(external_node_path_namespaceObject.sep).join("/").replace(/[\\*?[\] ]/g, "\\$&")}`;
	return {
		path: (0, external_node_path_namespaceObject.resolve)(directory, found),
		pattern
	};
}
/** The first line of every env file that this action writes. */
const envFileMarker = "# Written by aura-action";
/** Masks the password, then sets the outputs for credentials. */
function publishCredentials(parts, credentials, first) {
	const { report, account, tokens } = parts;
	report.outputs({
		password: credentials.password.reveal(),
		"instance-id": credentials.instanceId,
		name: credentials.name,
		"connection-uri": credentials.connectionUri,
		username: credentials.username,
		tenant: credentials.tenantId
	});
	const bundle = createBundle(credentials, account, tokens.known());
	report.outputs({ "sealed-credentials": sealedForm(parts, bundle) });
	if (first !== void 0) report.info(first);
	const uri = credentials.connectionUri === void 0 ? "" : "connection-uri, ";
	report.info(`  Outputs: ${uri}username, password (masked), sealed-credentials`);
}
/** Outputs the received value if its content is the same; seals only new content. */
function sealedForm({ settings, account, report }, bundle) {
	const { sealed, sealedText, sealingKey } = settings;
	const { mask } = report;
	if (sealed !== void 0 && sealedText !== void 0) {
		if (isUnchanged(sealed, bundle, {
			account,
			mask
		})) return sealedText;
	}
	return sealBundle(bundle, sealingKey);
}
/**
* Stores sealed credentials for later runs instead of older ones, if requested; problems are
* warnings.
*/
async function keepInPlaceOfOlder(parts, credentials) {
	await (await keepBesideOlder(parts, credentials))();
}
/**
* The same, but keeps older ones. It stores no token, because it would expire before the next run.
*
* @returns a function that deletes the older ones.
*/
async function keepBesideOlder({ settings, account, store }, credentials) {
	if (settings.credentialsStore === "none") return () => Promise.resolve();
	const { name, tenantId, instanceId: id } = credentials;
	const sealed = sealBundle(createBundle(credentials, account, void 0), settings.sealingKey);
	const url = consolePage(account, tenantId, id)?.href;
	return store.add({
		name,
		id,
		scope: tenantId,
		sealed,
		url
	});
}
/** The only API whose instances the console shows. */
const consoleOrigin = "https://api.neo4j.io";
const pass_on_uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The page of an instance in the Aura console; undefined if it has none. */
function consolePage({ apiUrl }, tenantId, id) {
	if (apiUrl.origin !== consoleOrigin || !pass_on_uuid.test(tenantId)) return void 0;
	return new URL(`https://console.neo4j.io/projects/${tenantId}/instances#${id}`);
}
/**
* Passes the credentials to later steps of the job: environment and env file, as requested.
*
* @throws {@link ActionError} if the env file cannot be written.
*/
async function exportCredentials({ settings, report, patience }, credentials) {
	const variables = variablesOf(credentials);
	if (settings.exportEnv) {
		report.exportEnv(variables);
		report.info(`Environment: ${Object.keys(variables).join(", ")}`);
	}
	if (settings.envFile === void 0) return;
	try {
		const place = {
			...patience,
			marker: envFileMarker
		};
		const trouble = await writeEnvFile(settings.envFile, variables, place);
		const kept = trouble === void 0 ? ", kept out of git" : "";
		report.info(`File: ${shownPath(settings.envFile)} (readable only by this user${kept})`);
		if (trouble === void 0) return;
		report.warning(`The file of input 'env-file' is written, but git may not ignore it: ${trouble}. Don't commit it: it contains the password.`);
	} catch (error) {
		if (!(error instanceof EnvFileError)) throw error;
		const what = capitalized(label({
			name: credentials.name,
			id: credentials.instanceId
		}));
		throw new ActionError(`Could not write the file of input 'env-file': ${error.message}. ${what} exists; its credentials are available as step outputs.`, { cause: error.cause });
	}
}
/** A path as the user knows it: relative to the workspace if it is in there. */
function shownPath(path) {
	const within = (0, external_node_path_namespaceObject.relative)(process.env["GITHUB_WORKSPACE"] ?? process.cwd(), path);
	return within.startsWith("..") || (0, external_node_path_namespaceObject.isAbsolute)(within) ? path : within;
}
/** The names of the credentials file that the Aura console offers for download. */
function variablesOf(credentials) {
	return {
		...credentials.connectionUri === void 0 ? {} : { NEO4J_URI: credentials.connectionUri },
		NEO4J_USERNAME: credentials.username,
		NEO4J_PASSWORD: credentials.password.reveal(),
		AURA_INSTANCEID: credentials.instanceId,
		AURA_INSTANCENAME: credentials.name
	};
}
/** How long a database may need to accept connections after its instance is running. */
const patienceMilliseconds = 12e4;
/** Time limit for one attempt: a connection without an answer must not use all the time. */
const attemptMilliseconds = 15e3;
const verify_longestPauseMilliseconds = 1e4;
/** The time limit for closing the driver; after that it is abandoned. */
const closingMilliseconds = 500;
const driverSettings = {
	maxConnectionPoolSize: 1,
	connectionTimeout: attemptMilliseconds,
	connectionAcquisitionTimeout: attemptMilliseconds,
	telemetryDisabled: true,
	userAgent
};
/** Why a database could not be reached; the message says the likely cause. */
var VerifyError = class extends Error {
	name = "VerifyError";
	/** Whether the database answered, but rejected this login. */
	refusesLogin;
	constructor(message, { refusesLogin = false, ...options } = {}) {
		super(message, options);
		this.refusesLogin = refusesLogin;
	}
};
/** The step did not connect to the database, because its certificate would not be checked. */
var UncheckedHostError = class extends VerifyError {};
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
	if (withinDeadline(attemptMilliseconds, end - begin) <= 0) throw new VerifyError("no time was left to connect. Increase 'timeout'.");
	for (let attempt = 1;; attempt += 1) {
		const failure = await verify_tryOnce(verification, end);
		if (failure === void 0) return;
		const elapsed = formatDuration(clock.now() - begin);
		const pause = Math.min(verify_longestPauseMilliseconds, 1e3 * 2 ** (attempt - 1));
		if (failure.isFinal || clock.now() + pause >= end) {
			const { message, advice, refusesLogin, cause } = failure;
			throw new VerifyError(`${message} (${elapsed}). ${advice}`, {
				refusesLogin,
				cause
			});
		}
		sayRetry({
			message: `the database is not reachable yet: ${failure.message}`,
			delay: pause
		}, log);
		await clock.sleep(pause, signal);
	}
}
/** The password could go to the wrong server. */
function assertCertificatesChecked(uri) {
	if (!certificatesIgnored(process.env)) return;
	if (URL.canParse(uri) && isLoopback(new URL(uri).hostname)) return;
	throw new UncheckedHostError("environment variable 'NODE_TLS_REJECT_UNAUTHORIZED' is '0', so another server could pretend to be it and get the password. Remove the variable, or leave 'verify' off.");
}
async function verify_tryOnce(verification, end) {
	const { uri, username, password, clock, signal } = verification;
	const { default: neo4j } = await __nccwpck_require__.e(437).then(__nccwpck_require__.t.bind(__nccwpck_require__, 74437, 23));
	let driver;
	try {
		driver = neo4j.driver(uri, neo4j.auth.basic(username, password.reveal()), { ...driverSettings });
		const session = driver.session();
		await withTimeLimit(async () => session.run("RETURN 1"), {
			clock,
			milliseconds: withinDeadline(attemptMilliseconds, end - clock.now()),
			signal
		});
		return;
	} catch (error) {
		signal?.throwIfAborted();
		return verify_explain(error);
	} finally {
		await withTimeLimit(async () => driver?.close(), {
			clock,
			milliseconds: closingMilliseconds,
			signal: void 0
		}).catch(() => void 0);
	}
}
/** The prefix of Neo4j's status codes about logins. */
const security = "Neo.ClientError.Security.";
/** Codes and texts: Neo4j status codes; the driver's own; Node's. */
function verify_explain(error) {
	const message = error instanceof Error ? error.message : String(error);
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	const text = `${code} ${message} ${error instanceof Error ? String(error.cause) : ""}`;
	const failure = (advice, told = {}) => ({
		message: firstLine(rootOf(error)),
		advice,
		refusesLogin: false,
		isFinal: told.refusesLogin === true,
		cause: error,
		...told
	});
	switch (code) {
		case `${security}Unauthorized`: return failure("The user name or the password is wrong.", { refusesLogin: true });
		case `${security}AuthenticationRateLimit`: return failure("It did not check this password. Run the step again in a few minutes, and find out what logs in with a wrong password.", { message: "The database rejects all logins of this user for a while, after too many failed ones" });
		case `${security}CredentialsExpired`: return failure("The password is right, but must be changed before it can be used.", { isFinal: true });
		case `${security}Forbidden`: return failure("The login is right, but this user may not run a query.", { isFinal: true });
		case `${security}AuthorizationExpired`: return failure("The database asked for another login each time.");
	}
	if (code.startsWith(security)) return failure("The database refuses this login.", { refusesLogin: true });
	if (/ENOTFOUND|EAI_AGAIN/.test(text)) return failure("The address is not known yet, or not to this runner (private endpoint).");
	if (/CERT|self-signed|self signed|SSL|TLS|wrong version number/i.test(text)) return failure("The encrypted connection failed: a proxy in between, or no TLS at that port.");
	return failure("The database takes longer than usual, or an IP filter or a private endpoint keeps this runner out.");
}
function firstLine(text) {
	return (text.split("\n")[0] ?? "").replace(/\.$/, "");
}
/** The driver puts these words before the error of the network. */
function rootOf(error) {
	const inner = error instanceof Error ? error.cause : void 0;
	if (inner instanceof Error) return rootOf(inner);
	return (error instanceof Error ? error.message : String(error)).replace(/^.* (?:Caused by|Socket responded with): /s, "");
}
/**
* Checks that the database accepts connections, if requested.
*
* @throws {@link ActionError} with `verify: require`; with `warn` it only warns.
*/
async function checkCredentials({ settings, report, patience }, credentials) {
	if (settings.verify === "off") return "not checked";
	const { connectionUri: uri, username, password } = credentials;
	const what = label({
		name: credentials.name,
		id: credentials.instanceId
	});
	try {
		if (uri === void 0) throw new VerifyError("Aura returned no connection URI");
		const { clock, deadline, signal } = patience;
		await verify({
			uri,
			username,
			password,
			clock,
			deadline,
			signal,
			log: report.info
		});
		report.info(`Connected to the database of ${what} over Bolt.`);
		return "accepted";
	} catch (error) {
		if (!(error instanceof VerifyError)) throw error;
		const left = error instanceof UncheckedHostError ? " The instance exists; its credentials are available as step outputs." : "";
		const text = `Could not verify the database of ${what} over Bolt: ${error.message}${left}`;
		debugCauses(error, report.debug);
		if (settings.verify === "require") throw new ActionError(text);
		report.warning(text);
		return error.refusesLogin ? "refused" : "not checked";
	}
}
/** The driver's causes repeat the message, with details that help only its developers. */
function debugCauses({ cause }, debug) {
	let current = cause;
	for (let depth = 0; current instanceof Error && depth < 10; depth += 1) {
		debug(`Caused by: ${current.message}`);
		current = current.cause;
	}
}
/** Finds the credentials of an existing instance; undefined if nothing has them. */
async function recoverCredentials(parts, instance) {
	const { settings, report, store } = parts;
	const { login, sealed } = settings;
	if (login !== void 0) return {
		credentials: recover_credentialsOf(instance, login),
		source: "password"
	};
	if (sealed !== void 0 && isBundleOf(sealed, instance)) return {
		credentials: recover_credentialsOf(instance, sealed),
		source: "sealed-credentials"
	};
	const kept = openKept(parts, await store.find(instance.name, instance.id));
	if (typeof kept === "string") {
		report.warning(`Could not decrypt the credentials stored as a GitHub deployment: ${kept}.`);
		return;
	}
	if (kept === void 0 || !isBundleOf(kept, instance)) return void 0;
	return {
		credentials: recover_credentialsOf(instance, kept),
		source: "store"
	};
}
/** The stored bundle, or the reason why it cannot be opened. */
function openKept({ settings, report }, sealed) {
	if (sealed === void 0) return void 0;
	try {
		return openBundle(sealed, settings.sealingKey, report.mask);
	} catch (error) {
		if (!(error instanceof SealError)) throw error;
		return error.message;
	}
}
/** Aura's current data of the instance counts; only user and password come from elsewhere. */
function recover_credentialsOf(instance, { username, password, connectionUri }) {
	return {
		instanceId: instance.id,
		name: instance.name,
		tenantId: instance.tenantId,
		createdAt: instance.createdAt,
		connectionUri: instance.connectionUrl ?? connectionUri,
		username,
		password
	};
}
/**
* Stores, exports and checks published credentials of an existing instance.
*
* @returns the result of the check.
*/
async function passOnRecovered(parts, instance, recovered) {
	const before = recovered.credentials;
	const credentials = {
		...before,
		connectionUri: instance.connectionUrl ?? before.connectionUri
	};
	if (credentials.connectionUri !== before.connectionUri) publishCredentials(parts, credentials);
	const plan = isGoing(instance.status) ? "never" : await planToStore(parts, {
		...recovered,
		credentials
	});
	if (parts.settings.dryRun) {
		sayWhatWouldFollow(parts, credentials, plan);
		return "not checked";
	}
	if (plan === "at once") await keepInPlaceOfOlder(parts, credentials);
	await exportCredentials(parts, credentials);
	const checked = await recovered_check(parts, instance, credentials);
	if (plan === "unless refused" || plan === "if accepted") await storeByCheck(parts, credentials, {
		plan,
		checked
	});
	return checked;
}
/** Reads what is stored for the instance, if there is a store. */
async function planToStore(parts, { credentials, source }) {
	const { settings, store } = parts;
	if (settings.credentialsStore === "none" || source === "store") return "never";
	const found = await store.lookUp(credentials.name, credentials.instanceId);
	if (found === void 0) return "never";
	const wasSealed = source === "sealed-credentials";
	if (found.sealed === void 0) return wasSealed ? "at once" : "unless refused";
	const kept = openKept(parts, found.sealed);
	if (kept === void 0 || typeof kept === "string") return wasSealed ? "at once" : "if accepted";
	if (isSameLogin(kept, credentials)) return kept.connectionUri === credentials.connectionUri ? "never" : "at once";
	return "if accepted";
}
function isSameLogin(one, other) {
	return one.instanceId === other.instanceId && one.tenantId === other.tenantId && one.username === other.username && one.password.equals(other.password);
}
/** The last line of a dry run, if it skips something. */
function sayWhatWouldFollow({ settings, report }, { name, instanceId: id }, plan) {
	const left = [
		(plan === "if accepted" ? settings.verify !== "off" : plan !== "never") ? "store them as a GitHub deployment" : "",
		settings.exportEnv ? "export them to the environment" : "",
		settings.envFile === void 0 ? "" : "write them to the file of input 'env-file'",
		settings.verify === "off" ? "" : "verify them over Bolt"
	].filter((part) => part !== "");
	if (left.length === 0) return;
	const what = label({
		name,
		id
	});
	report.info(`Dry run: would pass on the credentials of ${what}: ${left.join(", ")}.`);
}
async function recovered_check(parts, { status }, credentials) {
	const { settings, report } = parts;
	if (status === "running" || settings.verify === "off") return checkCredentials(parts, credentials);
	const text = `The database of ${label({
		name: credentials.name,
		id: credentials.instanceId
	})} cannot answer: its status is '${status}'. Wait until it is running, or resume it first.`;
	if (settings.verify === "require") throw new ActionError(text);
	report.warning(text);
	return "not checked";
}
/** Stores the credentials if the result of the check allows it; otherwise it warns. */
async function storeByCheck(parts, credentials, { plan, checked }) {
	if (checked === "accepted" || plan === "unless refused" && checked === "not checked") return keepInPlaceOfOlder(parts, credentials);
	const what = capitalized(label({
		name: credentials.name,
		id: credentials.instanceId
	}));
	parts.report.warning(checked === "refused" ? `${what}: the password was not stored, because the database rejected it.` : `${what}: the password was not stored, because other credentials are stored for this instance and the given ones were not verified. Set 'verify: require' to replace them.`);
}
/** The hand-over of a step. */
function createHandOver(parts) {
	const { login, sealed, credentialsStore, verify, exportEnv, envFile } = parts.settings;
	const { group } = parts.report;
	return {
		needs: [
			verify === "off" ? "" : "'verify'",
			exportEnv ? "'export-env'" : "",
			envFile === void 0 ? "" : "'env-file'"
		].filter((name) => name !== ""),
		mayKnowPassword: login !== void 0 || sealed !== void 0 || credentialsStore !== "none",
		givenPassword: login !== void 0,
		stores: credentialsStore !== "none",
		pageOf: (tenantId, id) => consolePage(parts.account, tenantId, id)?.href,
		publish: (credentials, first) => {
			publishCredentials(parts, credentials, first);
		},
		keep: (credentials) => group("Credentials", async () => {
			const removeOlder = await keepBesideOlder(parts, credentials);
			await exportCredentials(parts, credentials);
			return removeOlder;
		}),
		verify: (credentials) => group("Connection over Bolt", () => checkCredentials(parts, credentials)),
		recover: (instance) => recoverCredentials(parts, instance),
		passOn: (instance, recovered) => group("Credentials", () => passOnRecovered(parts, instance, recovered))
	};
}
/** GitHub's longest page. */
const live_branches_pageSize = 100;
/** A list of more pages is not read. */
const live_branches_mostPages = 1e3;
/** A list of several pages can change while it is read: it is read until two reads agree. */
const mostReads = 5;
const limits = {
	milliseconds: 1e4,
	attempts: 3
};
/**
* Reads all pages of the open pull requests and of the branches. Source: GitHub's REST documentation,
* "Pull requests", "Branches" and "Using pagination".
*
* @param known the names of the default branch according to the event; GitHub's answer is added.
* @throws ActionError if one of the answers is missing or incomplete.
*/
async function readLiveBranches(access, known) {
	const { repository } = access;
	return {
		pullRequests: await live_branches_readList(access, {
			what: `the open pull requests of ${repository}`,
			permission: "pull-requests: read"
		}, {
			page: ({ octokit, at }, page) => octokit.rest.pulls.list({
				...at,
				state: "open",
				sort: "created",
				direction: "asc",
				per_page: live_branches_pageSize,
				page
			}),
			entry: (entry) => readPullRequest(entry, repository)
		}),
		branches: await live_branches_readList(access, {
			what: `the branches of ${repository}`,
			permission: "contents: read"
		}, {
			page: ({ octokit, at }, page) => octokit.rest.repos.listBranches({
				...at,
				per_page: live_branches_pageSize,
				page
			}),
			entry: readBranch
		}),
		defaultBranches: await readDefaultBranches(access, known)
	};
}
/**
* The event's default branch can be old: of a run that is started again, or before another branch
* became the default. So GitHub's answer counts too, but it is needed only if the event says none.
*/
async function readDefaultBranches(access, known) {
	try {
		return [.../* @__PURE__ */ new Set([...known, await readDefaultBranch(access)])];
	} catch (error) {
		access.patience.signal?.throwIfAborted();
		if (known.length === 0) throw error;
		access.debug(asError(error).message);
		return known;
	}
}
function readDefaultBranch(access) {
	return live_branches_read(access, {
		what: `the default branch of ${access.repository}`,
		permission: "contents: read"
	}, async ({ octokit, at }) => {
		const { data } = await octokit.rest.repos.get(at);
		const name = textField(data, "default_branch");
		if (name === void 0) throw new Error("GitHub's response does not say it");
		return name;
	});
}
function readPullRequest(entry, repository) {
	const number = Number(field(entry, "number"));
	const branch = headBranch(entry, repository);
	if (branch !== void 0) return {
		number,
		branch
	};
	const name = textField(field(entry, "head"), "ref");
	throw new Error(name === void 0 ? "GitHub lists a pull request without its branch" : `GitHub does not say whose fork the branch '${name}' of pull request #${number} is in`);
}
function readBranch(entry) {
	const name = textField(entry, "name");
	if (name === void 0) throw new Error("GitHub lists a branch without its name");
	return name;
}
/** Reads a list completely: one that fits on a page, or one that two reads agree on. */
async function live_branches_readList(access, question, reader) {
	let before = await readPages(access, question, reader);
	for (let reads = 1; before.pages > 1; reads += 1) {
		if (reads === mostReads) throw incomplete(question, `it changed during each of ${reads} reads`);
		const now = await readPages(access, question, reader);
		if (JSON.stringify(now) === JSON.stringify(before)) break;
		before = now;
	}
	return before.entries;
}
async function readPages(access, question, { page: readPage, entry: readEntry }) {
	const entries = [];
	let last = 1;
	for (let page = 1; page <= live_branches_mostPages; page += 1) {
		const { found, link } = await live_branches_read(access, question, async (api) => {
			const { data, headers } = await readPage(api, page);
			return {
				found: checked(data).map(readEntry),
				link: headers.link
			};
		});
		if (found.length > 0 && entries.length < (page - 1) * live_branches_pageSize) throw incomplete(question, `page ${page} has entries, although an earlier one was not full`);
		entries.push(...found);
		const promised = lastPageIn(link);
		if (promised > page && found.length < live_branches_pageSize) throw incomplete(question, `page ${page} has only ${found.length} of ${live_branches_pageSize} entries`);
		last = Math.max(last, promised);
		if (found.length < live_branches_pageSize && page >= last) return {
			entries,
			pages: page
		};
	}
	throw incomplete(question, `it has more than ${live_branches_mostPages} pages`);
}
/** The highest page that a `Link` header promises; 0 for none. */
function lastPageIn(link) {
	const pages = (link ?? "").matchAll(/<[^>]*[?&]page=(\d{1,6})\b[^>]*>;\s*rel="(?:next|last)"/g);
	return Math.max(0, ...[...pages].map(([, page]) => Number(page)));
}
function incomplete({ what }, why) {
	return new ActionError(`Could not read ${what}: GitHub's list is incomplete: ${why}.`);
}
/** @throws {@link ActionError} if GitHub does not answer. */
async function live_branches_read(access, { what, permission }, run) {
	const answer = await ask_ask(access, {
		permission,
		...limits
	}, run);
	if ("value" in answer) return answer.value;
	throw new ActionError(`Could not read ${what}: ${answer.problem}`, { cause: answer.cause });
}
/** Each question is asked once. The answer is optional, so the step does not wait long for it. */
const pull_requests_limits = {
	permission: "pull-requests: read",
	milliseconds: 1e4,
	attempts: 1
};
/** Source: GitHub's REST documentation, "Pull requests". */
function createPullRequests(access) {
	return {
		stateOf: (number) => ask_ask(access, pull_requests_limits, async ({ octokit, at }) => {
			const { data } = await octokit.rest.pulls.get({
				...at,
				pull_number: number
			});
			const state = textField(data, "state");
			if (state === "open" || state === "closed") return state;
			throw new Error("GitHub's response is not a pull request");
		}),
		openFrom: (branch) => ask_ask(access, pull_requests_limits, async ({ octokit, at }) => {
			const head = `${branch.owner ?? at.owner}:${branch.name}`;
			const query = {
				...at,
				state: "open",
				head,
				per_page: 100
			};
			const { data } = await octokit.rest.pulls.list(query);
			return checked(data).filter((entry) => mayComeFrom(entry, branch, access.repository)).map((entry) => Number(field(entry, "number")));
		})
	};
}
/**
* One owner can have the branch in several repositories; those that cannot be distinguished count.
*/
function mayComeFrom(pullRequest, branch, repository) {
	const head = headBranch(pullRequest, repository);
	if (head === void 0) return true;
	return head.name === branch.name && head.owner?.toLowerCase() === branch.owner?.toLowerCase();
}
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
	if (branch.owner !== void 0) return void 0;
	const defaultBranch = defaultBranchOf(event);
	if (event.name === "schedule" || defaultBranch === branch.name) return `'${branch.name}' is the default branch`;
	if (defaultBranch !== void 0) {
		const other = {
			name: defaultBranch,
			owner: void 0
		};
		return nameOf(event.repository, other) === nameOf(event.repository, branch) ? `it is the name of the default branch '${defaultBranch}', too` : void 0;
	}
	const base = textField(field(field(event.payload, "pull_request"), "base"), "ref");
	if (event.name.startsWith("pull_request") && base !== void 0 && base !== branch.name) return;
	return `the event does not say whether '${branch.name}' is the default branch`;
}
/**
* The branches that may be the default branch, according to an event: its payload's, and on a
* schedule the branch of the run.
*
* @returns an empty list if the event does not say.
*/
function defaultBranchesOf(event) {
	const onSchedule = event.name === "schedule" ? branchOf(event)?.name : void 0;
	const names = [defaultBranchOf(event), onSchedule].filter((name) => name !== void 0);
	return [...new Set(names)];
}
function defaultBranchOf({ name, payload }) {
	const named = textField(field(payload, "repository"), "default_branch");
	if (named !== void 0 || !name.startsWith("pull_request")) return named;
	return textField(field(field(field(payload, "pull_request"), "base"), "repo"), "default_branch");
}
/** The length of the shortest secret that an input accepts. */
const shortestSecret = 8;
/** Whether a secret is long enough; a character of any alphabet counts as one. */
function isLongEnough(text) {
	return Array.from(text).length >= shortestSecret;
}
/**
* Masks only what an input accepts as a secret. A shorter text is refused, and may be an ordinary
* word, which a mask would remove from the error and from the rest of the job's log.
*/
function maskAccepted(mask) {
	return (text) => {
		if (isLongEnough(text)) mask(text);
	};
}
/**
* Whether the step ends without doing anything, because GitHub passes no secrets to this run and
* the input allows this.
*
* @param getInput the text of an input, empty if not set.
* @returns the message for this case, otherwise undefined.
*/
function whySkipped(getInput, event) {
	const wish = table["if-no-credentials"].parse(getInput("if-no-credentials").trim());
	if (!("value" in wish) || wish.value !== "skip") return void 0;
	const missing = emptyCredentials((name) => getInput(name).trim());
	if (missing.length === 0) return void 0;
	switch (secretsWithheld(event)) {
		case "fork": return `Skipped: ${areEmpty(missing)} because GitHub passes no secrets to a pull request from a fork ('if-no-credentials: skip').`;
		case "dependabot": return `Skipped: ${areEmpty(missing)} because GitHub passes no repository secrets to runs of Dependabot ('if-no-credentials: skip').`;
		case void 0: return;
	}
}
/** The inputs that the credentials come from. */
const credentialInputs = ["client-id", "client-secret"];
function emptyCredentials(text) {
	return credentialInputs.filter((name) => text(name) === "");
}
function areEmpty(names) {
	return `${names.length > 1 ? "inputs" : "input"} ${quotedList(names)} ${isOrAre(names)} empty`;
}
/** Their values are never quoted: either may contain a secret by mistake. */
function readCredentials(read, { event, mask }) {
	const clientId = read.text("client-id");
	const clientSecret = read.text("client-secret");
	const missing = emptyCredentials(read.text);
	if (missing.length > 0) read.problem(messages_messages.emptyCredentials(missing, whyEmpty(missing, event)));
	if (!(/^[\x21-\x39\x3b-\x7e]+$/.test(clientId) || clientId === "")) read.problem(messages_forms.wrongClientId);
	if (nameOfSecret.test(clientId)) read.problem(messages_forms.nameAsClientId);
	if (clientId !== "" && clientId === clientSecret) read.problem(messages_forms.sameCredentials);
	const why = clientSecret === "" ? void 0 : whyWrongSecret(clientSecret);
	if (why !== void 0) read.problem(messages_forms.wrongClientSecret(why));
	return {
		clientId,
		clientSecret: new Secret(clientSecret, maskAccepted(mask))
	};
}
/** The name of a secret instead of its value, as `secrets.NAME` or alone. */
const nameOfSecret = /^(?:secrets|vars|env)\.\w+$|^AURA_CLIENT_(?:ID|SECRET)$/;
function whyWrongSecret(text) {
	if (text.includes("${{")) return "it is an expression that GitHub has not evaluated";
	if (nameOfSecret.test(text)) return "it is the name of a secret; write it in an expression, as ${{ secrets.NAME }}";
	if (/^(["'`]).*\1$/.test(text)) return "it has quotes around it";
	if (!isLongEnough(text)) return `it is shorter than ${shortestSecret} characters`;
	if (/\s/.test(text)) return "it contains a blank or a line break";
	return /^[\x21-\x7e]+$/.test(text) ? void 0 : "it contains a character that no client secret has";
}
function whyEmpty(missing, event) {
	switch (secretsWithheld(event)) {
		case "fork": return reasons.withheldFromForks;
		case "dependabot": return reasons.withheldFromDependabot(placesOf(missing, "secret"));
		case void 0: return reasons.unset(placesOf(missing, "variable"), missing);
	}
}
/** Where the README tells users to keep them. */
function placesOf(missing, forId) {
	const places = {
		"client-id": `${forId} AURA_CLIENT_ID`,
		"client-secret": "secret AURA_CLIENT_SECRET"
	};
	return missing.map((name) => places[name]).join(" and ");
}
/** Reports facts about these inputs that may surprise a user. */
function remark(read, run, found) {
	const { remarks, event } = run;
	if (remarks === void 0) return;
	const { operation, byEvent, unknown, derived, fromConfig, idleSuffix } = found;
	if (byEvent) remarks.info(`  ${describeChoice(operation, event)}`);
	for (const { name } of unknown) remarks.debug(`Input '${name}' is unknown to this action and has no effect.`);
	const idle = [
		describeIdleInputs(read, byEvent ? "auto" : operation),
		idleSuffix ? "Input 'name-suffix' has no effect, because 'sealed-credentials' say which instance is meant." : void 0,
		read.changed("username") && !read.given("password") ? "Input 'username' has no effect without 'password'; set both, or neither." : void 0
	].filter((sentence) => sentence !== void 0);
	if (idle.length > 0) remarks.warning(idle.join(" "));
	if (fromConfig !== void 0) remarks.info(`  Name '${fromConfig}' (from 'config', because ${describeEvent(event)} has no branch)`);
	if (derived !== void 0) remarks.info(`  Name '${derived}' (${remarks_describeOrigin(event)})`);
}
/**
* One sentence that names the inputs that are set but have no effect on the operation. An input
* that equals its default counts as not set.
*
* @returns undefined if there are none.
*/
function describeIdleInputs(read, operation) {
	const idle = inputNames.filter((name) => !hasEffect(name, operation) && read.changed(name));
	if (idle.length === 0) return void 0;
	const have = idle.length === 1 ? "has" : "have";
	return `${inputsNamed(idle)} ${have} no effect on operation '${operation}'.`;
}
/**
* Says that no input selects an instance. The runner passes both a missing input and an expression
* without a value as an empty text.
*/
function emptyInputs(operation) {
	return operation === "create" ? "Input 'name' is empty or not set" : "Inputs 'instance-id' and 'name' are both empty or not set";
}
/** An event as messages call it. */
function describeEvent(event) {
	return event.name === "" ? "this run" : `event '${event.name}' on '${event.ref}'`;
}
/** Where a name comes from that no input sets. */
function remarks_describeOrigin(event) {
	const branch = branchOf(event);
	const fork = branch?.owner === void 0 ? "" : ` of the fork of ${branch.owner}`;
	return `from ${event.repository}, branch '${branch?.name ?? ""}'${fork}`;
}
function describeChoice(operation, event) {
	const action = textField(event.payload, "action");
	const which = action === void 0 ? "" : ` (action '${action}')`;
	return `Operation '${operation}' follows from ${describeEvent(event)}${which}.`;
}
/**
* The operation that a step runs: the input's, or for `auto` the one of the event.
*
* @returns for an event without one, a problem and the operation `create`, whose inputs are then
*   checked.
*/
function chooseOperation(getInput, event) {
	if (!isAuto(getInput)) return {
		operation: getInput("operation"),
		byEvent: false,
		aside: /* @__PURE__ */ new Set(),
		problems: []
	};
	const choice = choiceFor(event);
	const operation = typeof choice === "string" ? choice : "create";
	return {
		operation,
		byEvent: true,
		aside: new Set(inputNames.filter((name) => hasEffect(name, "auto") && !concerns(name, operation))),
		problems: choice === void 0 ? [messages_messages.noOperation(describeEvent(event))] : []
	};
}
/** A pattern is for the sweep alone: it must never select what is deleted for one branch. */
function concerns(name, operation) {
	return name === "name-pattern" ? operation === "sweep" : hasEffect(name, operation);
}
/**
* Whether a step ends without doing anything: its event needs nothing, or GitHub passes no secrets
* to this run and the inputs allow this.
*/
function whyIdle(getInput, event) {
	const choice = isAuto(getInput) ? choiceFor(event) : writtenOperation(getInput);
	if (typeof choice === "object") return {
		operation: void 0,
		...choice
	};
	const notice = whySkipped(getInput, event) ?? (isAuto(getInput) ? whyKept(getInput, event) : void 0);
	return notice === void 0 ? void 0 : {
		operation: choice,
		skipped: true,
		notice
	};
}
/** In the form of the output; for an operation that is not valid, the text of the input. */
function writtenOperation(getInput) {
	const text = getInput("operation").trim();
	const parsed = table.operation.parse(text);
	return "value" in parsed ? parsed.value : text;
}
function isAuto(getInput) {
	return getInput("operation").trim().toLowerCase() === "auto";
}
/**
* What an event asks for.
*
* @returns an operation, or a notice that there is nothing to do; undefined if the event is not one
*   that `auto` can use.
*/
function choiceFor(event) {
	const { name, payload } = event;
	const tag = deletedTag(event);
	if (tag !== void 0) return {
		skipped: false,
		notice: `Tag '${tag}' was deleted. Only branches have instances, so there is nothing to do.`
	};
	switch (name) {
		case "schedule": return "sweep";
		case "pull_request":
		case "pull_request_target": return choiceForPullRequest(event);
		case "push":
			if (branchOf(event) === void 0) return void 0;
			return field(payload, "deleted") === true ? "delete" : "create";
		case "create":
		case "delete": return branchOf(event) === void 0 ? void 0 : name;
		default: return;
	}
}
/** A later event of a closed pull request, such as a new label, must not create an instance. */
function choiceForPullRequest(event) {
	const closed = closedPullRequest(event);
	if (closed === void 0) return "create";
	const action = textField(event.payload, "action");
	if (action === "closed") return "delete";
	return {
		skipped: true,
		notice: `Skipped: pull request${closed.number === void 0 ? "" : ` #${closed.number}`} is closed, so its branch needs no instance (event '${event.name}', action '${action ?? ""}').`
	};
}
/** Why the instance of the event's branch is kept: it is the default branch's. */
function whyKept(getInput, event) {
	if (choiceFor(event) !== "delete") return void 0;
	if (getInput("name").trim() !== "" || getInput("instance-id").trim() !== "") return void 0;
	const branch = branchOf(event);
	const why = branch && defaultBranchProblem(event, branch, instanceName);
	return why === void 0 ? void 0 : `Skipped: nothing is deleted for ${describeEvent(event)}, because ${why}. Set 'name' or 'instance-id' to delete its instance.`;
}
/** Many times the size of the output `instance`. */
const config_maxBytes = 65536;
const jsonObject = /* @__PURE__ */ pipe(/* @__PURE__ */ unknown(), /* @__PURE__ */ check((content) => !Array.isArray(content)), /* @__PURE__ */ record(/* @__PURE__ */ string(), /* @__PURE__ */ unknown()));
/**
* Reads the input `config`: the output `instance` of an earlier step, or a file with it. Fields that
* a create does not use are ignored. No value is quoted in a problem: a file can contain secrets.
*/
function readConfig(read, roots) {
	const given = read.text("config");
	if (given === "") return void 0;
	if (given.startsWith("[{")) {
		read.problem(messages_forms.listAsConfig);
		return;
	}
	const isText = given.startsWith("{");
	const content = isText ? { text: given } : readFile(given, roots);
	if ("why" in content) {
		const is = /^[^\r\n[\]{}"]{1,200}$/.test(given) ? `is '${given}'` : "is not a path";
		read.problem(messages_forms.config(is, content.why));
		return;
	}
	const what = isText ? "Input 'config'" : "The file of input 'config'";
	if (Buffer.byteLength(content.text) > config_maxBytes) {
		read.problem(messages_forms.longConfig(what, config_maxBytes));
		return;
	}
	const fields = readJson(jsonObject, content.text);
	if (fields === void 0) {
		read.problem(messages_forms.noJson(what));
		return;
	}
	if ("data" in fields && !("type" in fields)) {
		read.problem(messages_forms.foreignConfig(what));
		return;
	}
	return config_configOf(fields, (field, wanted) => {
		read.problem(messages_forms.configField(what, {
			field,
			wanted
		}));
	});
}
/** It never waits: a pipe or a device is refused. */
function readFile(path, roots) {
	const place = findWithin(path, roots);
	if ("problem" in place) return { why: place.problem };
	try {
		return { text: readSafely(place.file, { maxBytes: config_maxBytes }).toString("utf8").trim() };
	} catch (error) {
		return { why: error instanceof SafeFileError ? error.message : "it cannot be read" };
	}
}
/** @param problem called with each field that has another form than the input of that name. */
function config_configOf(fields, problem) {
	const take = (field, parse) => {
		const value = fields[field];
		if (value === void 0 || value === null || value === "") return void 0;
		const parsed = parse(typeof value === "string" ? value : JSON.stringify(value));
		if ("value" in parsed) return parsed.value;
		problem(field, parsed.expected);
	};
	return {
		name: take("name", table.name.parse),
		tenantId: take("tenant_id", table.tenant.parse),
		type: take("type", table.tier.parse),
		version: take("version", table.version.parse),
		region: take("region", table.region.parse),
		cloudProvider: take("cloud_provider", table["cloud-provider"].parse),
		memory: take("memory", table.memory.parse),
		storage: take("storage", table.storage.parse),
		vectorOptimized: take("vector_optimized", table["vector-optimized"].parse),
		graphAnalyticsPlugin: take("graph_analytics_plugin", table["graph-analytics-plugin"].parse),
		customerManagedKeyId: take("customer_managed_key_id", table["customer-managed-key-id"].parse),
		secondaries: take("secondaries_count", table.secondaries.parse),
		cdcEnrichmentMode: take("cdc_enrichment_mode", table["cdc-enrichment-mode"].parse)
	};
}
/** The inputs of a resize; it needs at least one of them. */
const change_values = [
	"memory",
	"storage",
	"vector-optimized",
	"graph-analytics-plugin",
	"secondaries",
	"cdc-enrichment-mode",
	"new-name"
];
/**
* Adds the problems of the inputs that say what a resize, a restore or an overwrite does.
*
* @param id of the instance to change, if it is known.
*/
function noteChange(read, id) {
	const operation = read.value("operation");
	if (operation === void 0) return;
	if (operation === "resize" && !change_values.some((name) => read.given(name))) read.problem(messages_messages.noValues(change_values));
	if (operation === "restore" && !read.given("snapshot-id")) read.problem(messages_messages.noSnapshot);
	const [hasSource, hasSnapshot] = [read.given("source-instance-id"), read.given("source-snapshot-id")];
	if (hasSnapshot && !hasSource && hasEffect("source-snapshot-id", operation)) read.problem(messages_messages.snapshotWithoutSource);
	else if (operation === "overwrite" && !hasSource) read.problem(messages_messages.noSource);
	if (operation !== "overwrite" || hasSnapshot || id === void 0) return;
	if (read.value("source-instance-id") !== id) return;
	read.problem(messages_messages.sourceIsTarget);
}
/** The operations that can work on several instances. */
const takers = [
	"get",
	"pause",
	"resume",
	"delete"
];
/** Each of them selects the instances alone. */
const selectors = [
	"instance-id",
	"name",
	"name-pattern"
];
/** Whether the inputs select several instances; for a sweep they only limit what it considers. */
function several_isSeveral(read) {
	return read.value("operation") !== "sweep" && readSeveral(read) !== void 0;
}
/** The several instances that the inputs select; undefined for one. */
function readSeveral(read) {
	const pattern = read.value("name-pattern");
	if (pattern !== void 0) return { pattern };
	const ids = read.value("instance-id") ?? [];
	return ids.length > 1 ? { ids } : void 0;
}
/**
* Adds a problem for each combination of inputs that selects no instances, or too many: more than
* one selector, several instances for an operation on one, or together with an input about one.
*/
function noteSelection(read) {
	const operation = read.value("operation");
	if (operation === "sweep") return;
	const takes = operation === void 0 || takers.includes(operation);
	const given = selectors.filter((name) => read.value(name) !== void 0 && (takes || operation !== "create"));
	if (given.length > 1 && (takes || !several_isSeveral(read))) read.problem(messages_messages.selectors(given));
	if (!several_isSeveral(read)) return;
	if (!takes) {
		const byPattern = read.given("name-pattern");
		if (operation === "create" && !byPattern) return;
		const which = byPattern ? "Input 'name-pattern'" : "Input 'instance-id' with several ids";
		read.problem(messages_messages.oneInstance(which, operation));
		return;
	}
	const single = ofOne(read);
	if (single.length === 0) return;
	read.problem(messages_messages.ofOneInstance(single));
}
/** The inputs that are set and are about one instance. */
function ofOne(read) {
	return [...[
		"sealed-credentials",
		"password",
		"env-file"
	].filter((name) => read.given(name)), ...["export-env", "verify"].filter((name) => read.changed(name))];
}
/**
* Reads how credentials are passed on. Opens sealed credentials, so that a wrong key is reported
* together with all other problems.
*/
function readHandOver(read, surroundings) {
	const { mask } = surroundings;
	const passphrase = read.text("sealing-key") || read.text("client-secret");
	const sealingKey = new Secret(passphrase, maskAccepted(mask));
	if (read.given("sealing-key") && !isLongEnough(passphrase)) read.problem(messages_forms.shortSealingKey(shortestSecret));
	const sealed = openSealed(read, sealingKey, mask);
	const login = readLogin(read, mask);
	const envFile = readEnvFile(read, surroundings);
	noteImpossible(read);
	noteUnwritable(read);
	return {
		sealingKey,
		sealed,
		sealedText: sealed === void 0 ? void 0 : read.text("sealed-credentials"),
		login,
		envFile
	};
}
function openSealed(read, sealingKey, mask) {
	const text = read.text("sealed-credentials");
	if (text === "" || sealingKey.reveal() === "") return void 0;
	try {
		return openBundle(text, sealingKey, mask);
	} catch (error) {
		if (!(error instanceof SealError)) throw error;
		read.problem(messages_messages.wrongSeal(error.message));
		return;
	}
}
const hand_over_controlCharacter = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;
/**
* User and password of an existing instance. Neither is ever quoted: each may contain the password,
* one of them by mistake. Masking a shorter password would hide ordinary words in the log.
*/
function readLogin(read, mask) {
	const username = read.text("username");
	const password = read.written("password");
	if (!isUsername(username)) read.problem(messages_forms.wrongUsername);
	if (password === "") return void 0;
	if (!isPassword(password)) {
		read.problem(messages_forms.wrongPassword(shortestSecret));
		return;
	}
	return read.given("password") ? {
		username,
		password: new Secret(password, mask)
	} : void 0;
}
function isUsername(text) {
	return !hand_over_controlCharacter.test(text);
}
function isPassword(text) {
	return isLongEnough(text) && !hand_over_controlCharacter.test(text);
}
/** The inputs that are set and need a password. */
function askedIn(read) {
	return [
		(read.value("verify") ?? "off") === "off" ? "" : "verify",
		read.value("export-env") === true ? "export-env" : "",
		read.given("env-file") ? "env-file" : ""
	].filter((name) => name !== "");
}
/** Reports settings that would silently have no effect. */
function noteImpossible(read) {
	const asked = askedIn(read);
	if (asked.length === 0 || several_isSeveral(read)) return;
	const operation = read.value("operation");
	const waitFor = read.value("wait-for");
	if ((operation === "create" || operation === "resume") && asked.includes("verify") && read.value("wait") === false) read.problem(messages_messages.verifyNeedsWait);
	if (operation !== void 0 && !hasEffect("password", operation)) read.problem(messages_messages.withoutPassword(asked, operation));
	else if (operation === "poll" && (waitFor === "paused" || waitFor === "deleted")) read.problem(messages_messages.notRunning(asked, waitFor));
	else if (operation !== void 0 && operation !== "create" && !hasSource(read)) read.problem(messages_messages.noPassword(asked, operation));
}
/** Whether a password may be known; a new instance has its own password. */
function hasSource(read) {
	return read.given("password") || read.given("sealed-credentials") || read.value("credentials-store") === "deployment";
}
/**
* Checks, before anything is written, for values that readers of env files interpret differently.
*/
function noteUnwritable(read) {
	if (!read.given("env-file")) return;
	const [username, password] = [read.text("username"), read.text("password")];
	const problem = (name) => {
		read.problem(messages_forms.unwritable(name));
	};
	if (!env_file_isPlain(read.text("name"))) problem("name");
	if (password === "") return;
	if (isUsername(username) && !env_file_isPlain(username)) problem("username");
	if (isPassword(password) && !env_file_isPlain(password)) problem("password");
}
/** The checked path of `env-file`. */
function readEnvFile(read, roots) {
	const path = read.written("env-file");
	if (path === "") return void 0;
	try {
		const checked = checkEnvFile(path, {
			...roots,
			marker: envFileMarker
		});
		return read.given("env-file") ? checked : void 0;
	} catch (error) {
		if (!(error instanceof EnvFileError)) throw error;
		read.problem(messages_messages.envFile(path, error.message));
		return;
	}
}
/**
* Operations that destroy data; they refuse the default branch's instance unless the step names it.
*/
const destructive = [
	"delete",
	"overwrite",
	"restore"
];
/**
* Builds the name from the event, with the suffix at its end. Adds a problem if the event has no
* branch, or if the operation does not allow its branch.
*/
function readEventName(read, event, suffix) {
	const branch = branchOf(event);
	if (branch === void 0 || event.repository === "") {
		const operation = read.value("operation");
		const set = operation === "create" ? "Set 'name'" : "Set 'name' or 'instance-id'";
		const why = whyNoBranch(event);
		read.problem(messages_messages.noBranch(emptyInputs(operation), {
			event: describeEvent(event),
			why,
			set
		}));
		return;
	}
	const closed = closedPullRequest(event);
	const problem = name_refusal(read.value("operation"), {
		event,
		branch
	});
	if (problem !== void 0) read.problem(problem);
	const { repository } = event;
	return {
		name: instanceName(repository, branch, suffix),
		instances: {
			repository,
			branch,
			suffix,
			closed
		}
	};
}
/** The value of `name-suffix`, which is only used with the name from the event. */
function readSuffix(read) {
	const suffix = read.value("name-suffix");
	if (suffix === void 0) return void 0;
	const beside = [
		"name",
		"instance-id",
		"name-pattern"
	].find((input) => read.given(input));
	if (beside !== void 0) read.problem(messages_messages.suffixBeside(`'${beside}'`));
	return suffix.toLowerCase();
}
/** Why a `delete` without a name has nothing to do: only branches have instances. */
function nothingToDelete(read, event) {
	if (read.value("operation") !== "delete") return void 0;
	if (read.given("name") || read.given("instance-id") || read.given("name-pattern")) return;
	const tag = deletedTag(event);
	return tag === void 0 ? void 0 : `Tag '${tag}' was deleted. Only branches have instances, so there is nothing to delete.`;
}
function name_refusal(operation, { event, branch }) {
	const closed = closedPullRequest(event);
	if (operation === "create" && closed !== void 0) {
		const which = closed.number === void 0 ? "" : ` #${closed.number}`;
		return messages_messages.closedPullRequest(which);
	}
	if (operation === void 0 || !destructive.includes(operation)) return void 0;
	const why = defaultBranchProblem(event, branch, instanceName);
	return why === void 0 ? void 0 : messages_messages.defaultBranch({
		operation,
		event: event.name,
		why
	});
}
/**
* Reads the inputs of a step, and collects the problems of each.
*
* @param getInput the text of an input; surrounding spaces are ignored.
*/
function readTable(table, { names, problems: earlier, aside }, getInput) {
	const written = (name) => getInput(name).trim() || (table[name].default ?? "");
	const given = (name) => aside?.has(name) !== true && getInput(name).trim() !== "";
	const text = (name) => given(name) ? written(name) : table[name].default ?? "";
	const read = (name, from) => {
		const parsed = from === "" ? void 0 : table[name].parse(from);
		return parsed !== void 0 && "value" in parsed ? parsed.value : void 0;
	};
	const value = (name) => read(name, text(name));
	const defaultOf = (name) => read(name, table[name].default ?? "");
	const found = names.flatMap((name) => {
		const shown = written(name);
		if (shown === "" && table[name].required !== true) return [];
		if (shown.includes("${{") && table[name].secret !== true) return [messages.unevaluated(name)];
		const parsed = table[name].parse(shown);
		if ("value" in parsed) return [];
		return [describeProblem(name, shown, parsed)];
	});
	const problems = [...earlier, ...found];
	return {
		text,
		written,
		given,
		changed: (name) => given(name) && value(name) !== defaultOf(name),
		value,
		sure: (name) => {
			const known = value(name);
			if (known === void 0) throw new Error(`input '${name}' has no value`);
			return known;
		},
		problem: (noted) => {
			problems.push(noted);
		},
		assertValid: () => {
			if (problems.length > 0) throw new ActionError(problems.join("\n"));
		}
	};
}
/** Each problem is one line of the error. */
function table_onOneLine(text) {
	return text.replaceAll(/\r\n|\r|\n/g, "\\n");
}
function describeProblem(name, text, { expected, shown, hint }) {
	return withHint(text === "" ? messages.missing(name, expected) : messages.invalid(name, table_onOneLine(shown ?? text), expected), hint);
}
/** Adds a problem for each thing that a sweep needs and does not have. */
function noteSweepNeeds(read, event) {
	if (!read.given("github-token")) read.problem(messages_messages.noToken("operation 'sweep'", "'pull-requests: read' and 'contents: read'"));
	if (read.given("name-pattern") && !read.given("max-age")) read.problem(messages_messages.ageForPattern);
	if (event.repository === "") read.problem(messages_messages.noRepository);
}
/** The request of a sweep, from valid inputs. */
function readSweep(read, event) {
	return {
		repository: event.repository,
		defaultBranches: defaultBranchesOf(event),
		keep: read.sure("keep"),
		namePattern: read.value("name-pattern"),
		maxAge: read.value("max-age"),
		wait: read.sure("wait")
	};
}
/** Each operation with its request: its own inputs, and no others. */
const tasks = {
	create: (read, { name, config }) => ({
		operation: "create",
		request: {
			name,
			type: read.value("tier"),
			version: read.value("version"),
			region: read.value("region"),
			cloudProvider: read.value("cloud-provider"),
			memory: read.value("memory"),
			storage: read.value("storage"),
			vectorOptimized: read.value("vector-optimized"),
			graphAnalyticsPlugin: read.value("graph-analytics-plugin"),
			customerManagedKeyId: read.value("customer-managed-key-id"),
			sourceInstanceId: read.value("source-instance-id"),
			sourceSnapshotId: read.value("source-snapshot-id"),
			config,
			choosesTenant: read.given("tenant") || config?.tenantId !== void 0,
			ifExists: read.sure("if-exists"),
			deleteAfterJob: read.sure("delete-after-job"),
			wait: read.sure("wait")
		}
	}),
	get: (_, { choice }) => ({
		operation: "get",
		request: choice
	}),
	poll: (read, { target }) => ({
		operation: "poll",
		request: {
			target,
			waitFor: read.value("wait-for")
		}
	}),
	pause: (read, { choice }) => ({
		operation: "pause",
		request: {
			...choice,
			wait: read.sure("wait")
		}
	}),
	resume: (read, { choice }) => ({
		operation: "resume",
		request: {
			...choice,
			wait: read.sure("wait")
		}
	}),
	snapshot: (read, { target }) => ({
		operation: "snapshot",
		request: {
			target,
			wait: read.sure("wait")
		}
	}),
	resize: (read, { target }) => ({
		operation: "resize",
		request: {
			target,
			memory: read.value("memory"),
			storage: read.value("storage"),
			vectorOptimized: read.value("vector-optimized"),
			graphAnalyticsPlugin: read.value("graph-analytics-plugin"),
			secondaries: read.value("secondaries"),
			cdcEnrichmentMode: read.value("cdc-enrichment-mode"),
			newName: read.value("new-name"),
			wait: read.sure("wait")
		}
	}),
	restore: (read, { target }) => ({
		operation: "restore",
		request: {
			target,
			snapshotId: read.sure("snapshot-id"),
			wait: read.sure("wait")
		}
	}),
	overwrite: (read, { target }) => ({
		operation: "overwrite",
		request: {
			target,
			sourceInstanceId: read.sure("source-instance-id"),
			sourceSnapshotId: read.value("source-snapshot-id"),
			wait: read.sure("wait")
		}
	}),
	delete: (read, { choice, ofBranch, nothingToDo }) => ({
		operation: "delete",
		request: {
			...choice,
			ofBranch,
			nothingToDo,
			wait: read.sure("wait")
		}
	}),
	sweep: (read, { event }) => ({
		operation: "sweep",
		request: readSweep(read, event)
	})
};
const unknown_prefix = "INPUT_";
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
	return Object.keys(env).filter((variable) => variable.toUpperCase().startsWith(unknown_prefix)).map((variable) => variable.slice(6).toLowerCase()).filter((name) => !known.includes(name)).map((name) => ({
		name,
		meant: resembling(name.replaceAll("_", "-"), known)
	}));
}
/** The problems among unknown inputs, a sentence each. */
function unknownInputProblems(unknown) {
	return unknown.filter(({ meant }) => meant.length > 0).map(({ name, meant }) => messages.unknown(name, meant));
}
/** The same name, otherwise all names that are one typing mistake away. */
function resembling(name, known) {
	if (known.includes(name)) return [name];
	return known.filter((each) => each.length >= shortestLength && slipsBetween(name, each) === 1);
}
/**
* If neither id nor name is set, sealed credentials select the instance. If `password` is set too,
* only their token and tenant are used.
*/
function target_readTarget(read, { event, sealed, account, config, needsNone }) {
	const creates = read.value("operation") === "create";
	noteSelection(read);
	const several = readSeveral(read);
	const bySeal = isSelectedBySeal(read);
	const sealedId = bySeal ? sealed?.instanceId : void 0;
	noteWrongId(read, sealedId);
	const byId = read.given("instance-id") || read.given("name-pattern") || bySeal && read.given("sealed-credentials");
	const needed = !needsNone && !read.given("name") && (creates || !byId);
	const suffix = readSuffix(read);
	const fromConfig = needed && branchOf(event) === void 0 ? config?.name : void 0;
	if (fromConfig !== void 0) noteConfigName(read, fromConfig);
	const fromEvent = needed && fromConfig === void 0 ? readEventName(read, event, suffix) : void 0;
	const given = read.value("name");
	const name = given ?? fromEvent?.name ?? fromConfig ?? "";
	const id = read.value("instance-id")?.[0] ?? sealedId;
	const origin = sealed !== void 0 && sealed.instanceId === id ? { sealed: originOf(sealed, account) } : void 0;
	const target = id === void 0 ? {
		id,
		name,
		...fromEvent && { fromEvent: true }
	} : {
		id,
		name: given,
		...origin
	};
	return {
		name,
		fromEvent,
		fromConfig,
		idleSuffix: !needed && !needsNone && suffix !== void 0,
		target,
		choice: several === void 0 ? { target } : { several }
	};
}
/** Adds the problems of a name that is not the event's. */
function noteConfigName(read, name) {
	if (read.given("name-suffix")) read.problem(messages_messages.suffixBeside("the name in 'config'"));
	if (read.given("env-file") && !env_file_isPlain(name)) read.problem(messages_forms.unwritableConfigName);
}
function isSelectedBySeal(read) {
	const operation = read.value("operation") ?? "";
	return [
		"get",
		"poll",
		"pause",
		"resume",
		"resize",
		"snapshot"
	].includes(operation) && !read.given("password");
}
function noteWrongId(read, sealedId) {
	if (read.value("operation") === "create" && read.given("instance-id")) read.problem(messages_messages.idForCreate);
	const given = read.text("instance-id");
	const ids = read.value("instance-id") ?? [];
	if (sealedId === void 0 || given === "" || several_isSeveral(read) || ids[0] === sealedId) return;
	read.problem(messages_messages.otherSealedId(given, sealedId));
}
function originOf(sealed, account) {
	const { tenantId, createdAt } = sealed;
	const sealer = otherSealer(sealed, account);
	const asker = `client '${account.credentials.clientId}' of ${account.apiUrl.origin}`;
	return {
		tenantId,
		createdAt,
		owner: sealer === void 0 ? void 0 : {
			sealer,
			asker
		}
	};
}
/**
* The tenant to work in: the input's, otherwise that of `config`, otherwise that of sealed
* credentials from the same API.
*/
function tenant_readTenant({ input, config }, sealed, account) {
	const given = input ?? config;
	const wanted = given ?? (sealed && lentTenant(sealed, account));
	const lentBy = sealed !== void 0 && sealed.tenantId === wanted ? otherSealer(sealed, account) : void 0;
	if (input !== void 0) return {
		wanted,
		lentBy
	};
	return wanted === void 0 ? {
		wanted,
		lentBy
	} : {
		wanted,
		lentBy,
		source: given === void 0 ? "The tenant of 'sealed-credentials'" : "'tenant_id' in 'config'"
	};
}
/**
* Reads all inputs of a step.
*
* @param getInput the text of an input, empty if not set.
* @throws ActionError with every problem of every input.
*/
function readInputs(getInput, run) {
	const unknown = findUnknownInputs(run.env ?? {}, inputNames);
	const { operation: wanted, byEvent, aside, problems: found } = chooseOperation(getInput, run.event);
	const problems = [
		...run.problems ?? [],
		...unknownInputProblems(unknown),
		...found
	];
	const read = readTable(table, {
		names: inputNames,
		problems,
		aside
	}, (name) => name === "operation" ? wanted : getInput(name));
	const account = {
		credentials: readCredentials(read, run),
		apiUrl: readApiUrl(read, run.env)
	};
	if (read.value("operation") === "sweep") noteSweepNeeds(read, run.event);
	else noteMissingToken(read);
	const combined = readHandOver(read, run);
	const { sealed } = combined;
	const given = readConfig(read, run);
	const config = read.value("operation") === "create" ? given : void 0;
	const nothingToDo = nothingToDelete(read, run.event);
	const needsNone = nothingToDo !== void 0 || read.value("operation") === "sweep" || found.length > 0;
	const { name, target, choice, fromEvent, fromConfig, idleSuffix } = target_readTarget(read, {
		event: run.event,
		sealed,
		account,
		config,
		needsNone
	});
	noteChange(read, target.id);
	noteSurroundings(read, run, read.text("name") || (fromEvent?.name ?? fromConfig));
	read.assertValid();
	const operation = read.sure("operation");
	const derived = fromEvent?.name;
	remark(read, run, {
		operation,
		byEvent,
		unknown,
		derived,
		fromConfig,
		idleSuffix
	});
	const ofBranch = fromEvent?.instances;
	const { event } = run;
	const meaning = {
		name,
		target,
		choice,
		ofBranch,
		nothingToDo,
		event,
		config
	};
	return {
		settings: settingsOf(read, {
			account,
			combined,
			config,
			mask: run.mask
		}),
		task: tasks[operation](read, meaning)
	};
}
/** The settings that every operation shares, from valid inputs. */
function settingsOf(read, { account, combined, config, mask }) {
	const token = read.value("github-token");
	const dryRun = read.sure("dry-run");
	return {
		account,
		timeoutMilliseconds: read.sure("timeout"),
		pollIntervalMilliseconds: read.value("poll-interval"),
		guard: {
			tenant: tenant_readTenant({
				input: read.value("tenant"),
				config: config?.tenantId
			}, combined.sealed, account),
			protectedNames: read.value("protected-names") ?? [],
			maxDeletions: read.sure("max-deletions"),
			dryRun
		},
		handOver: {
			...combined,
			exportEnv: read.sure("export-env"),
			verify: read.sure("verify"),
			credentialsStore: read.sure("credentials-store"),
			dryRun
		},
		githubToken: token === void 0 ? void 0 : new Secret(token, maskAccepted(mask)),
		summary: read.sure("summary")
	};
}
function noteMissingToken(read) {
	if (read.value("credentials-store") !== "deployment" || read.given("github-token")) return;
	read.problem(messages_messages.noToken("'credentials-store: deployment'", "'deployments: write'"));
}
/** Time limit for git to say whether a repository tracks a file. */
const read_step_gitMilliseconds = 5e3;
/** Masks the accepted secrets among the inputs, before anything else can print them. */
function maskInputs({ mask }) {
	const maskInput = maskAccepted(mask);
	for (const name of secretInputs) maskInput(getInput(name));
}
/** Without the runner's files the outputs, including the password, would go to the log. */
function assertRunner() {
	const { env } = process;
	if (commandFiles.some((name) => !env[name])) throw new ActionError(commandFileProblems(env).join("\n"));
}
/**
* Reads the inputs.
*
* @param problems problems with the runner, to be reported together with those of the inputs.
* @throws {@link ActionError} with all problems at once.
*/
async function readStep(event, problems, reading) {
	const { env } = process;
	const roots = {
		workspace: env["GITHUB_WORKSPACE"] ?? process.cwd(),
		temp: env["RUNNER_TEMP"]
	};
	const envFile = getInput("env-file");
	const [trouble] = await Promise.all([envFile === "" ? void 0 : trackingProblem(envFile, roots, reading), reading.surroundings.ready]);
	return readInputs(getInput, {
		event,
		...roots,
		env,
		problems: trouble === void 0 ? problems : [...problems, trouble],
		remarks: reading.report,
		mask: reading.report.mask
	});
}
/** Why git makes the env file unsafe: a commit would include the password. */
async function trackingProblem(envFile, roots, { surroundings: { clock, signal }, begin }) {
	const timeout = parseDuration(getInput("timeout") || (inputDefaults.timeout ?? ""));
	const longest = "value" in timeout ? timeout.value : read_step_gitMilliseconds;
	const limit = {
		clock,
		signal,
		get milliseconds() {
			return withinDeadline(read_step_gitMilliseconds, begin + longest - clock.now());
		}
	};
	try {
		return await isTrackedEnvFile(envFile, roots, limit) ? messages_messages.envFile(envFile, "git tracks it") : void 0;
	} catch (error) {
		if (!(error instanceof TimeLimitError)) throw error;
		const why = `git could not be asked (${error.message}), so git may track it`;
		return messages_messages.envFile(envFile, why);
	}
}
/** A step waits for each of them before it can send its first request. */
const shared_text_reading = {
	milliseconds: 5e3,
	attempts: 2
};
const shared_text_writing = {
	milliseconds: 1e4,
	attempts: 1
};
/**
* Stores one text as GitHub deployments of one task. Their payload has another form than that of a
* `DeploymentStore`, so neither reads or deletes the entries of the other, whatever their names.
* Source: GitHub's REST documentation, "Deployments" and "Deployment statuses".
*/
function createSharedText(options, { name, what }) {
	let warned = false;
	const warnOnce = {
		...options,
		warn: (text) => {
			(warned ? options.debug : options.warn)(text);
			warned = true;
		}
	};
	const quiet = {
		...options,
		warn: options.debug
	};
	const task = (verb, limits) => ({
		tried: `${verb} ${what}`,
		...limits
	});
	return {
		read: () => guarded(warnOnce, task("look for", shared_text_reading), async (api) => (await list(api, name)).flatMap(({ payload }) => shared_text_textOf(payload) ?? [])),
		write: async (text) => {
			const own = await guarded(warnOnce, task("store", shared_text_writing), async (api) => {
				const id = await make(api, options.ref, {
					name,
					payload: { shared: text }
				});
				await mark(api, id, { state: "inactive" });
				return id;
			});
			if (own === void 0) return;
			await guarded(quiet, task("delete older values of", shared_text_writing), async (api) => {
				const all = (await list(api, name)).filter(({ payload }) => shared_text_textOf(payload) !== void 0);
				if (all.some(({ id }) => id > own)) return;
				for (const { id } of all) if (id < own) await retire(api, id);
			});
		}
	};
}
const shared_text_payloadObject = /* @__PURE__ */ object({ shared: /* @__PURE__ */ string() });
/** GitHub returns an object, or its JSON. */
const shared_text_anyPayload = lenient(/* @__PURE__ */ union([shared_text_payloadObject, /* @__PURE__ */ pipe(/* @__PURE__ */ string(), /* @__PURE__ */ parseJson(), shared_text_payloadObject)]));
function shared_text_textOf(payload) {
	return parse(shared_text_anyPayload, payload)?.shared;
}
/**
* Shares tokens as sealed texts: only a job with the same credentials for the same API can open
* them, and a text that cannot be opened is ignored.
*/
function createSharedTokens(texts, { key, mask, debug }) {
	const open = (text) => {
		try {
			const token = openToken(text, key, mask);
			if (token?.expiresAt !== void 0) return [token];
			debug("A shared access token is not used: it contains something else.");
		} catch (error) {
			debug(`A shared access token is not used: ${asError(error).message}.`);
		}
		return [];
	};
	return {
		find: async () => (await texts.read())?.flatMap(open),
		share: (token) => texts.write(sealToken(token, key))
	};
}
/** The access token that the jobs of a repository share; undefined if GitHub must not be asked. */
function openSharedTokens({ githubToken, account: { credentials, apiUrl }, dryRun }, event, parts) {
	const repository = repositoryOf(githubToken, event, parts);
	if (repository === void 0) return void 0;
	const { mask, debug } = parts.report;
	const ref = process.env["GITHUB_SHA"] ?? repository.ref;
	const name = digestOf({
		clientId: credentials.clientId,
		apiOrigin: apiUrl.origin
	});
	const tokens = createSharedTokens(createSharedText({
		...repository,
		ref,
		shelf: tokenShelf
	}, {
		name,
		what: "the shared access token"
	}), {
		key: deriveTokenKey(credentials, apiUrl.origin),
		mask,
		debug
	});
	return dryRun ? {
		...tokens,
		share: () => Promise.resolve()
	} : tokens;
}
const history_unknown = {
	statuses: [],
	first: void 0,
	last: void 0,
	changedAt: void 0
};
/** @param now the clock of the step. */
function createHistory(now) {
	const courses = /* @__PURE__ */ new Map();
	const of = (id) => courses.get(id) ?? history_unknown;
	const note = (id, news) => {
		courses.set(id, {
			...of(id),
			...news
		});
	};
	const status = (id, seen) => {
		const { statuses } = of(id);
		if (statuses.at(-1)?.status === seen) return;
		note(id, { statuses: [...statuses, {
			status: seen,
			at: now()
		}] });
	};
	return {
		of,
		status,
		saw: (instance) => {
			const { id } = instance;
			note(id, {
				first: of(id).first ?? instance,
				last: instance
			});
			status(id, instance.status);
		},
		changed: (id, next) => {
			note(id, { changedAt: of(id).changedAt ?? now() });
			status(id, next);
		},
		changedIds: () => [...courses].flatMap(([id, { changedAt }]) => changedAt === void 0 ? [] : [id])
	};
}
/** The heading of a summary: what was done, and on what. */
function headingOf(facts) {
	const { failure, ledger, task, added } = facts;
	const isPart = isSeveral(facts) && ledger.entries().length > 0;
	if (failure !== void 0 && !isPart) return ofFailure(facts);
	const [own] = added;
	if (task.operation === "sweep") return own?.title ?? inline`Neo4j Aura: nothing to sweep`;
	return isSeveral(facts) ? ofSeveral(facts) : heading_ofOne(facts);
}
function ofFailure(facts) {
	const what = prose(facts.ledger.task());
	if (facts.cancelled) return inline`Neo4j Aura: the step to ${what} was cancelled`;
	return isDryRun(facts) ? inline`Would fail to ${what}` : inline`Neo4j Aura: could not ${what}`;
}
function ofSeveral(facts) {
	const { ledger, task } = facts;
	const { verb, did, doing } = words_words[task.operation];
	const all = ledger.entries();
	if (all.length === 0) return inline`Neo4j Aura: no instance to ${prose(verb)}`;
	if (isDryRun(facts)) {
		const due = all.filter(({ id }) => ledger.isDue(id)).length;
		return inline`Would ${prose(verb)} ${due} of ${prose(countOf(all.length))}`;
	}
	const isGet = task.operation === "get";
	const done = all.filter((one) => isGet ? one.error === void 0 : isDone(facts, one)).length;
	const ends = all.length === 1 ? doing : doing.replace(/^is/, "are");
	const result = prose(endsEarly(facts) ? ends : did);
	return inline`Neo4j Aura: ${done} of ${prose(countOf(all.length))} ${result}`;
}
function heading_ofOne(facts) {
	const { ledger, task, known } = facts;
	const { operation } = task;
	const { verb, did, doing, already } = words_words[operation];
	const [entry] = ledger.entries();
	const name = entry?.name ?? known.name;
	if (isDryRun(facts)) {
		const would = prose(operation === "create" && entry !== void 0 ? "reuse" : verb);
		if (operation === "delete" && entry === void 0) return inline`Would delete nothing`;
		return name === void 0 ? inline`Would ${would} instance` : inline`Would ${would} instance ${name}`;
	}
	if (operation === "delete" && entry?.changed !== true) return entry === void 0 || entry.status === "deleted" ? inline`Neo4j Aura: nothing to delete` : inline`Neo4j Aura: instance kept`;
	if (operation === "snapshot" && entry?.changed === true) return endsEarly(facts) ? inline`Neo4j Aura: snapshot requested` : inline`Neo4j Aura: snapshot taken`;
	if (operation === "get") return inline`Neo4j Aura: instance ${name ?? entry?.id ?? ""}`;
	if (operation === "poll") return inline`Neo4j Aura: instance is ${prose(known.status ?? "unknown")}`;
	if (operation === "create" && entry !== void 0 && !ledger.isOwn(entry.id)) return entry.changed ? inline`Neo4j Aura: instance resumed and reused` : inline`Neo4j Aura: instance reused`;
	return inline`Neo4j Aura: instance ${prose(entry?.changed === true ? endsEarly(facts) ? doing : did : already)}`;
}
/** One instance as the step left it, and how it got there. */
function describeOne(facts, entry) {
	const { known, history } = facts;
	const course = history.of(entry.id);
	const rows = [
		statusRow(entry, course, facts.ledger.isOwn(entry.id)),
		one_inCode(unbroken("Connection URI"), known["connection-uri"]),
		sizeRow(facts),
		placeRow(facts),
		one_inCode(unbroken("Tenant (project)"), known.tenant),
		changesRow(course),
		one_inCode(inline`Snapshot`, known["snapshot-id"]),
		credentialsRow(facts),
		checkRow(facts),
		deletionRow(facts, entry),
		replacedRow(facts, entry)
	];
	return [{ table: {
		header: [inline`Instance`, one_nameOf(facts, entry)],
		rows: rows.filter((row) => row !== void 0)
	} }, ...timelineOf(facts, entry)];
}
function one_inCode(title, value) {
	return value === void 0 || value === "" ? void 0 : [title, inline`${value}`];
}
function one_nameOf({ settings, known }, { id, name }) {
	const shown = name ?? known.name;
	if (shown === void 0) return inline`${id}`;
	const page = consolePage(settings.account, known.tenant ?? "", id);
	const title = inline`${shown}`;
	return inline`${page === void 0 ? title : markdown_link(title, page)} (${id})`;
}
function statusRow({ status }, { statuses }, isOwn) {
	if (status === void 0) return void 0;
	const before = isOwn ? void 0 : statuses[0]?.status;
	const isSame = before === void 0 || before === status;
	return [inline`Status`, isSame ? inline`${status}` : inline`${status}, before: ${before}`];
}
function sizeRow({ known, history, ledger }) {
	const { tier, memory } = known;
	if (tier === void 0) return void 0;
	const [entry] = ledger.entries();
	const storage = history.of(entry?.id ?? "").last?.fields["storage"];
	const sizes = [
		inline`${nameOfTier(tier)}`,
		...memory === void 0 ? [] : [inline`${memory} memory`],
		...typeof storage === "string" ? [inline`${storage} storage`] : []
	];
	return [unbroken("Tier and size"), joined(sizes, " · ")];
}
function placeRow({ known }) {
	const { region } = known;
	if (region === void 0) return void 0;
	const cloud = known["cloud-provider"];
	return [inline`Region`, cloud === void 0 ? inline`${region}` : inline`${region} on ${cloud}`];
}
/** These fields of an instance change only because a step asks for it. */
const settable = [
	"name",
	"memory",
	"storage",
	"secondaries_count",
	"cdc_enrichment_mode",
	"vector_optimized",
	"graph_analytics_plugin"
];
/** The values that are different from those before the first change of this step. */
function changesRow({ first, last, changedAt }) {
	if (first === void 0 || last === void 0 || changedAt === void 0) return void 0;
	const changes = settable.flatMap((field) => {
		const [before, after] = [shownValue(first.fields[field]), shownValue(last.fields[field])];
		if (before === after || before === "" || after === "") return [];
		return [inline`${prose(field.replaceAll("_", " "))} ${before} to ${after}`];
	});
	return changes.length === 0 ? void 0 : [inline`Changed`, joined(changes)];
}
function shownValue(value) {
	if (typeof value === "string") return value;
	return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
function credentialsRow({ handedOver, settings }) {
	const { published, kept, variables } = handedOver;
	const { envFile, credentialsStore } = settings.handOver;
	const outputs = [
		"username",
		"password",
		"sealed-credentials"
	].map((name) => inline`${name}`);
	const places = [
		...published ? [inline`outputs ${joined(outputs)}`] : [],
		...variables.length === 0 ? [] : [inline`variables ${joined(variables.map((name) => inline`${name}`))}`],
		...kept && envFile !== void 0 ? [inline`file ${withoutWorkspace(envFile)}`] : [],
		...kept && credentialsStore === "deployment" ? [inline`a GitHub deployment, sealed`] : []
	];
	return places.length === 0 ? void 0 : [inline`Credentials`, joined(places, " · ")];
}
function withoutWorkspace(file) {
	const workspace = process.env["GITHUB_WORKSPACE"] ?? process.cwd();
	return file.startsWith(`${workspace}/`) ? file.slice(workspace.length + 1) : file;
}
function checkRow({ handedOver: { verifiedAt, refused } }) {
	if (refused) return [inline`Checked`, inline`**could not be verified over Bolt**; see the warning`];
	return verifiedAt === void 0 ? void 0 : [inline`Checked`, inline`the database answers over Bolt`];
}
/** How an instance that this step has created will be deleted. */
function deletionRow({ task, ledger }, { id, status }) {
	if (task.operation !== "create" || status === "deleted") return void 0;
	const title = unbroken("Will be deleted");
	if (!ledger.isOwn(id)) return [title, inline`not by this step, which did not create it`];
	return [title, task.request.deleteAfterJob ? inline`when this job ends (${"delete-after-job"})` : inline`not automatically; use operation ${"delete"}`];
}
/** Other instances that this step has deleted: those that the new one replaces. */
function replacedRow({ history }, { id }) {
	const others = history.changedIds().filter((other) => other !== id).map((other) => inline`${history.of(other).last?.name ?? ""} (${other})`);
	return others.length === 0 ? void 0 : [unbroken("Deleted before it"), joined(others)];
}
/** With more phases a chart is too small to read. */
const mostPhases = 8;
function timelineOf(facts, entry) {
	const { history, handedOver } = facts;
	const { verifiedAt } = handedOver;
	const { statuses } = history.of(entry.id);
	const seen = statuses.map(({ status, at }) => ({
		label: status,
		from: at
	}));
	const all = verifiedAt !== void 0 && seen.at(-1)?.label === "running" ? [...seen, {
		label: "connected over Bolt",
		from: verifiedAt
	}] : seen;
	const phases = all.filter(({ from }, index) => (all[index + 1]?.from ?? Infinity) - from >= 1e3);
	const [first] = phases;
	const end = phases.at(-1)?.from ?? 0;
	if (first === void 0 || phases.length < 2) return [];
	if (phases.length <= mostPhases) return [{ timeline: {
		phases,
		end
	} }];
	const rows = phases.map(({ label, from }) => [unbroken(formatDuration(from - first.from)), inline`${label}`]);
	return [{ table: {
		header: [inline`After`, inline`Status`],
		rows
	} }];
}
/** A table of several instances: those that failed, then those that were changed, then the others. */
function describeSeveral(facts) {
	const entries = facts.ledger.entries();
	if (entries.length === 0) return [];
	const ordered = [...entries].sort((one, other) => rank(one) - rank(other));
	return [{ table: facts.task.operation === "get" ? {
		header: [
			inline`Instance`,
			inline`Id`,
			inline`Status`,
			inline`Result`
		],
		rows: ordered.map((entry) => [
			...named(entry),
			after(facts, entry),
			several_resultOf(facts, entry)
		])
	} : {
		header: [
			inline`Instance`,
			inline`Id`,
			inline`Before`,
			inline`After`,
			inline`Time`,
			inline`Result`
		],
		numbers: [4],
		rows: ordered.map((entry) => changeRow(facts, entry))
	} }, ...several_whatIsLeft(facts)];
}
function rank({ error, changed }) {
	if (error !== void 0) return 0;
	return changed ? 1 : 2;
}
function named({ name, id }) {
	return [inline`${name ?? ""}`, inline`${id}`];
}
function after(facts, entry) {
	if (wasAbsent(facts, entry)) return inline``;
	return entry.status === void 0 ? inline`unknown` : inline`${entry.status}`;
}
function changeRow(facts, entry) {
	const course = facts.history.of(entry.id);
	return [
		...named(entry),
		before(facts, entry, course),
		after(facts, entry),
		unbroken(several_timeOf(course)),
		several_resultOf(facts, entry)
	];
}
function before(facts, entry, { statuses }) {
	if (wasAbsent(facts, entry)) return inline``;
	const status = statuses[0]?.status;
	return status === void 0 ? inline`unknown` : inline`${status}`;
}
/** Whether the step never found the instance. */
function wasAbsent({ ledger, history }, { id, status }) {
	return ledger.isAbsent(id) || status === "deleted" && history.of(id).first === void 0;
}
/** From the request that Aura accepted to the last change of status. */
function several_timeOf({ changedAt, statuses }) {
	const end = statuses.at(-1)?.at;
	return changedAt === void 0 || end === void 0 || end <= changedAt ? "" : formatDuration(end - changedAt);
}
function several_resultOf(facts, entry) {
	const { id, name, error, changed, status } = entry;
	const { ledger } = facts;
	const { did, doing, already } = words_words[facts.task.operation];
	if (error !== void 0) return inline`**failed**: ${prose(cutMessage(withoutTask(error, ledger.task({
		id,
		name
	}))))}`;
	if (wasAbsent(facts, entry)) return inline`does not exist`;
	if (facts.task.operation === "get") return inline`read`;
	if (isDryRun(facts)) return ledger.isDue(id) ? inline`would be ${prose(did)}` : inline`no change`;
	if (!changed) return status === "deleted" ? inline`already deleted` : prose(already);
	return prose(endsEarly(facts) || !isDone(facts, entry) ? doing : did);
}
const mostIds = 10;
/** Which instances may still cost money, and how to try them again. */
function several_whatIsLeft({ task: { operation }, ledger }) {
	const failed = ledger.entries().filter(({ id, error }) => error !== void 0 && !ledger.isAbsent(id));
	if (failed.length === 0 || ![
		"pause",
		"delete",
		"sweep"
	].includes(operation)) return [];
	const ids = failed.slice(0, mostIds).map(({ id }) => id);
	const more = failed.length > mostIds ? inline`, then with the others in the table` : inline``;
	const text = inline`${operation === "sweep" ? inline`Run the sweep again, or operation ${"delete"} with ` : inline`Run the step again with `}${`instance-id: ${ids.join(", ")}`}${more}.`;
	return [{ quote: [joined([inline`**${failed.length === 1 ? inline`One instance` : inline`${failed.length} instances`} may still cost money.**`, text], " ")] }];
}
/** These must not be in a summary. */
const secret = /* @__PURE__ */ new Set(["password", "sealed-credentials"]);
/** Begins to collect. */
function createRecap(step, { report, patience }) {
	const { clock, begin, signal } = patience;
	const history = createHistory(() => clock.now());
	let known = {};
	const added = [];
	let notice;
	let handedOver = {
		published: false,
		kept: false,
		variables: [],
		verifiedAt: void 0,
		refused: false
	};
	const note = (news) => {
		handedOver = {
			...handedOver,
			...news
		};
	};
	return {
		history,
		report: {
			...report,
			outputs: (values) => {
				report.outputs(values);
				known = {
					...known,
					...recap_shown(values)
				};
			},
			exportEnv: (variables) => {
				report.exportEnv(variables);
				note({ variables: Object.keys(variables) });
			},
			notice: (text) => {
				report.notice(text);
				notice = text;
			},
			summary: (section) => added.push(section)
		},
		watch: (handOver) => noting(handOver, {
			settings: step.settings.handOver,
			clock,
			note
		}),
		write: ({ ledger, sent }, failure) => {
			if (!step.settings.summary) return;
			const milliseconds = clock.now() - begin;
			const error = failure === void 0 ? void 0 : asError(failure);
			const facts = {
				...step,
				ledger,
				history,
				known,
				handedOver,
				sent,
				milliseconds,
				added
			};
			const cancelled = signal?.aborted === true;
			report.summary(summaryOf({
				...facts,
				notice,
				failure: error,
				cancelled
			}));
		}
	};
}
function recap_shown(values) {
	return Object.fromEntries(outputNames.flatMap((name) => {
		const value = secret.has(name) ? void 0 : values[name];
		return value === void 0 ? [] : [[name, String(value)]];
	}));
}
function noting(handOver, { settings, clock, note }) {
	const verified = (result) => {
		if (result === "accepted") note({ verifiedAt: clock.now() });
		else if (settings.verify !== "off" && !settings.dryRun) note({ refused: true });
	};
	return {
		...handOver,
		publish: (credentials, first) => {
			handOver.publish(credentials, first);
			note({ published: true });
		},
		keep: async (credentials) => {
			const removeOlder = await handOver.keep(credentials);
			note({ kept: true });
			return removeOlder;
		},
		verify: async (credentials) => {
			const result = await handOver.verify(credentials);
			verified(result);
			return result;
		},
		passOn: async (instance, recovered) => {
			const result = await handOver.passOn(instance, recovered);
			note({ kept: !settings.dryRun });
			verified(result);
			return result;
		}
	};
}
function summaryOf(facts) {
	const { failure, added, task } = facts;
	const own = task.operation === "sweep" ? added[0]?.blocks ?? [] : [];
	const others = task.operation === "sweep" ? [] : added;
	return {
		title: headingOf(facts),
		blocks: [
			...failure === void 0 || isInTable(facts) ? [] : describeFailure(failure, facts.ledger.task()),
			...own,
			...own.length > 0 ? several_whatIsLeft(facts) : describeInstances(facts),
			...others.map((section) => ({ section })),
			...failure === void 0 ? recap_describeNothing(facts) : describeRest(facts),
			...failure === void 0 ? [] : failure_describeRequest(failure),
			{ text: lastLine(facts) }
		]
	};
}
/** Whether a table says already what failed. */
function isInTable(facts) {
	return isSeveral(facts) && facts.ledger.entries().some(({ error }) => error !== void 0);
}
function describeInstances(facts) {
	const [entry] = facts.ledger.entries();
	if (isSeveral(facts)) return describeSeveral(facts);
	return entry === void 0 ? [] : describeOne(facts, entry);
}
/** Why a step has worked on nothing, or would have. */
function recap_describeNothing(facts) {
	const { notice, ledger, added, task } = facts;
	const isNews = ledger.entries().length === 0 || !isSeveral(facts) && (isDryRun(facts) || task.operation === "delete");
	const why = notice === void 0 || !isNews || added.length > 0 ? [] : [{ text: prose(notice) }];
	if (!isDryRun(facts)) return why;
	return [...why, { text: inline`Nothing was changed, because ${"dry-run"} is ${"true"}.` }];
}
function lastLine({ milliseconds, sent, failure, cancelled }) {
	const { all, tokens } = sent;
	const requests = inline`${all} ${prose(all === 1 ? "request" : "requests")} to Aura`;
	const which = tokens < all ? inline` ${tokens} of them` : prose(all === 1 ? "" : " all of them");
	const token = tokens === 0 ? inline`` : inline`,${which} for an access token`;
	return inline`<sub>${joined([
		inline`${prose(milliseconds < 1e3 ? "under 1s" : formatDuration(milliseconds))} in total`,
		inline`${requests}${token}`,
		...failure === void 0 || cancelled ? [] : [linkToHelp()]
	], " · ")}</sub>`;
}
/** How long a cancelled step waits for the response to a create. */
const open_graceMilliseconds = 5e3;
/**
* Reads and masks the inputs and builds the operation's session; sends no request yet.
*
* @returns undefined if the step has nothing to do: GitHub withholds its secrets, or `auto` has no
*   operation for the event.
* @throws ActionError with all problems at once.
*/
async function openSession(report, surroundings) {
	const begin = surroundings.clock.now();
	assertRunner();
	maskInputs(report);
	const event = readEvent(process.env, report.debug);
	const problems = commandFileProblems(process.env);
	const idle = whyIdle(getInput, event);
	if (idle !== void 0) {
		if (problems.length > 0) throw new ActionError(problems.join("\n"));
		report.outputs({
			operation: idle.operation,
			skipped: idle.skipped
		});
		report.notice(idle.notice);
		summarizeIdle(report, idle);
		return;
	}
	const remarks = [];
	const info = (line) => {
		remarks.push(line);
	};
	try {
		const step = await readStep(event, problems, {
			report: {
				...report,
				info
			},
			surroundings,
			begin
		});
		const opened = compose(step, event, {
			report,
			patience: patienceOf(step.settings, begin, {
				report,
				surroundings
			})
		});
		report.outputs({ operation: step.task.operation });
		for (const line of [describeStep(step, opened.session.ledger), ...remarks]) report.info(line);
		return opened;
	} finally {
		if (problems.length === 0) report.outputs({ skipped: false });
	}
}
/** The first line of the log: what the step does, and on which instance. */
function describeStep({ task, settings }, ledger) {
	const dryRun = settings.guard.dryRun ? " (dry run: nothing is changed)" : "";
	return `${actionName}: ${describeTask(task, ledger)}${dryRun}`;
}
function describeTask({ operation, request }, ledger) {
	if (operation === "sweep") return `sweep (${ledger.task()})`;
	if (operation !== "delete") return ledger.task();
	const { nothingToDo, ofBranch } = request;
	if (nothingToDo !== void 0) return operation;
	return ofBranch === void 0 || ofBranch.suffix !== void 0 ? ledger.task() : `delete the instances of branch '${ofBranch.branch.name}'`;
}
function patienceOf({ timeoutMilliseconds, pollIntervalMilliseconds }, begin, { report, surroundings }) {
	const { clock, signal } = surroundings;
	return {
		clock,
		begin,
		deadline: begin + timeoutMilliseconds,
		pollInterval: pollIntervalMilliseconds,
		random: Math.random,
		signal,
		graceSignal: delayed(signal, open_graceMilliseconds, clock),
		beats: /* @__PURE__ */ new Set(),
		log: report.info
	};
}
/** Builds each member of the session with the inputs that it needs. */
function compose(step, event, { patience, ...own }) {
	const { settings, task } = step;
	const recap = createRecap(step, {
		...own,
		patience
	});
	const { report, history } = recap;
	const parts = {
		report,
		patience
	};
	const { account, handOver, githubToken } = settings;
	const { sealed } = handOver;
	const initial = sealed === void 0 ? void 0 : lentToken(sealed, account, report.mask);
	const place = tokenPlaceOf(settings);
	const { store, shared } = storesOf({
		settings,
		task
	}, event, parts);
	const { client, tokens, sent } = connect_connect({
		...account,
		place,
		initial,
		shared
	}, parts);
	const github = {
		token: githubToken,
		repository: event.repository,
		apiUrl: process.env["GITHUB_API_URL"],
		userAgent,
		patience,
		debug: report.debug
	};
	const ledger = new Ledger(aimOf(task), report.outputs, history);
	const passing = {
		settings: handOver,
		account,
		report,
		patience,
		tokens,
		store
	};
	const session = {
		client,
		patience,
		report,
		store,
		guard: createGuard(settings.guard),
		ledger,
		handOver: recap.watch(createHandOver(passing)),
		pullRequests: createPullRequests(github),
		liveBranches: (defaultBranches) => readLiveBranches(github, defaultBranches),
		openPostAccess: () => leaveAccess(settings, {
			place,
			tokens,
			report
		})
	};
	const summarize = (failure) => {
		recap.write({
			ledger,
			sent: sent()
		}, failure);
	};
	return {
		session,
		task,
		summarize
	};
}
function storesOf({ settings, task }, event, parts) {
	const { account, guard, handOver, githubToken } = settings;
	const keeps = handOver.credentialsStore !== "none";
	const sweeps = task.operation === "sweep";
	if (githubToken === void 0 || !(keeps || sweeps)) return {
		store: noStore,
		shared: void 0
	};
	const storeParts = sweeps ? {
		...parts,
		report: warningOnce(parts.report)
	} : parts;
	const { dryRun } = guard;
	return {
		store: openStore(githubToken, event, storeParts),
		shared: keeps ? openSharedTokens({
			githubToken,
			account,
			dryRun
		}, event, parts) : void 0
	};
}
/** A missing permission would give a warning for each of many instances. */
function warningOnce(report) {
	return {
		...report,
		warning: atMost(1, report.warning, report.info)
	};
}
/** What the step works on, as messages name it until it is found. */
function aimOf({ operation, request }) {
	if ("several" in request && request.several !== void 0) {
		const { ids, pattern } = request.several;
		return {
			operation,
			id: void 0,
			name: void 0,
			several: ids === void 0 ? `the instances that match '${pattern}'` : `${ids.length} instances`
		};
	}
	if (operation === "sweep") return {
		operation: "delete",
		id: void 0,
		name: void 0,
		several: `the stale instances of ${request.repository}`
	};
	if ("target" in request) return {
		operation,
		...request.target
	};
	return {
		operation,
		id: void 0,
		name: "name" in request ? request.name : void 0
	};
}
/** Where the job's token is stored; undefined without a directory for it. */
function tokenPlaceOf({ account }) {
	const directory = process.env["RUNNER_TEMP"];
	if (!directory) return void 0;
	const { credentials, apiUrl } = account;
	const owner = {
		clientId: credentials.clientId,
		apiOrigin: apiUrl.origin
	};
	const key = deriveTokenKey(credentials, apiUrl.origin);
	return {
		path: tokenFilePath(directory, "aura-action", owner),
		key
	};
}
/** @throws {@link ActionError} if the post step could not send requests to Aura. */
function leaveAccess({ account: { credentials, apiUrl }, handOver }, { place, tokens, report }) {
	try {
		if (place === void 0) throw new Error("RUNNER_TEMP is not set");
		const known = tokens.known();
		const file = createTokenFile({
			...place,
			mask: report.mask,
			debug: report.debug
		});
		if (known !== void 0 && file.load() === void 0) file.save(known);
		if (file.load() === void 0) throw new Error("the access token could not be stored there");
		return {
			apiUrl: apiUrl.origin,
			account: digestOf({
				clientId: credentials.clientId,
				apiOrigin: apiUrl.origin
			}),
			key: leaveTokenPlace((0, external_node_path_namespaceObject.dirname)(place.path), place, report.mask),
			stored: handOver.credentialsStore !== "none"
		};
	} catch (error) {
		throw new ActionError(`Could not prepare 'delete-after-job', which needs a file in RUNNER_TEMP: ${asError(error).message}. Nothing was created.`, { cause: error });
	}
}
/** What each operation does. */
const action_operations = {
	create,
	get,
	poll: poll_poll,
	pause,
	resume,
	resize,
	snapshot: snapshot_snapshot,
	restore,
	overwrite,
	delete: deleteInstances,
	sweep
};
/**
* Runs a stage of the step and ends the process. The entry file says which stage it is.
*
* @param key of sealed credentials, while it is being derived.
*/
async function run(stage, key) {
	process.noDeprecation = true;
	const stages = {
		main: runOperation,
		post: cleanUp
	};
	const ready = key === void 0 ? void 0 : receive(key);
	await stages[stage]({
		clock: systemClock,
		signal: cancellation(),
		ready
	});
	process.stdout.write("", exit);
}
/** Waits for the key, and loads what requests need in the meantime. */
async function receive(key) {
	const [derived] = await Promise.all([key, loadHttpClient()]);
	if (derived !== void 0) keepKey(derived);
}
/** Runs the step: inputs, operation, report. Never throws; a failure sets the exit code. */
async function runOperation(surroundings) {
	const report = createAuraReport();
	let opened;
	let failure;
	try {
		opened = await openSession(report, surroundings);
		if (opened !== void 0) await action_perform(opened.session, opened.task);
	} catch (error) {
		failure = error instanceof CancelledError ? cancelled(error) : inWords(opened?.session.ledger.task() ?? "", error);
		const what = `${opened?.task.operation ?? wantedOperation()} ${isCancelled(error) ? "cancelled" : "failed"}`;
		noteFailure(opened?.session, report.failure(failure, what));
	}
	action_summarize(report, opened, failure);
}
/** The summary is the last thing that a step writes: a failure of it must not hide the result. */
function action_summarize(report, opened, failure) {
	try {
		if (opened !== void 0) opened.summarize(failure);
		else if (failure !== void 0) summarizeNoStart(report, failure);
	} catch (error) {
		report.debug(`The job summary was not written: ${asError(error).message}`);
	}
}
/** The operation of the inputs, before they were checked. */
function wantedOperation() {
	const wanted = getInput("operation").toLowerCase();
	return Object.hasOwn(action_operations, wanted) ? wanted : "step";
}
/** Operations may add a text to a cancellation. */
function isCancelled(error) {
	return error instanceof CancelledError || error instanceof ActionError && error.cause instanceof CancelledError;
}
function action_perform(session, { operation, request }) {
	return action_operations[operation](session, request);
}
function noteFailure(session, message) {
	try {
		session?.ledger.stepFailed(message);
	} catch {}
}
/** The operation itself adds a text only if it knows more. */
function cancelled(error) {
	return new ActionError(`${error.message}. Requests that Aura has already accepted continue; no new ones are sent.`, { next: "Run the step again to be sure of the result." });
}
var __webpack_exports__run = __webpack_exports__.e;
var __webpack_exports__runOperation = __webpack_exports__.x;

export { __webpack_exports__run as run, __webpack_exports__runOperation as runOperation };