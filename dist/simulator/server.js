import { createServer } from "node:http";
import { createServer as createServer$1 } from "node:https";
import { createHash, randomBytes, randomInt, randomUUID } from "node:crypto";
import { parseArgs } from "node:util";

/** Ends the handling of a request with an error answer. */
var Refusal = class extends Error {
	answer;
	constructor(answer) {
		super(`Refused with ${answer.status}.`);
		this.answer = answer;
	}
};
/** Runs a function and returns its answer, or the answer of the Refusal that it throws. */
function answerOf(act) {
	try {
		return act();
	} catch (error) {
		if (error instanceof Refusal) return error.answer;
		throw error;
	}
}

/** Distinguishes a JSON object from every other JSON value. */
function isJsonObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** Whether a value is an object whose values are all strings, for example headers. */
function isStringRecord(value) {
	return isJsonObject(value) && Object.values(value).every((entry) => typeof entry === "string");
}

/** The value of a placeholder that the route contains. */
function param(call, name) {
	return call.params[name] ?? "";
}
/**
* The body of a request. A missing body counts as `{}`, because some requests need none.
*
* @throws TypeError if it is not a JSON object
*/
function parseBody(call) {
	if (call.body === "") return {};
	let value;
	try {
		value = JSON.parse(call.body);
	} catch {
		throw new TypeError("The request body is not valid JSON");
	}
	if (!isJsonObject(value)) throw new TypeError("The request body is not a JSON object");
	return value;
}

/**
* 2026-08-03T09:00:00Z, a Monday morning: far from midnight, so that "today" stays the same for a
* while.
*/
const DRIVEN_START = Date.UTC(2026, 7, 3, 9);
/** Node's timers fire immediately if the delay is longer (about 25 days). */
const LONGEST_TIMER = 2 ** 31 - 1;
function abortReason(signal) {
	return signal.reason instanceof Error ? signal.reason : new Error("The sleep was aborted.", { cause: signal.reason });
}
/** Sleeps until the started timer calls back; an abort cancels it. */
function sleepUntil(begin, signal) {
	return new Promise((resolve, reject) => {
		if (signal?.aborted === true) {
			reject(abortReason(signal));
			return;
		}
		const undo = begin(() => {
			signal?.removeEventListener("abort", onAbort);
			resolve();
		});
		function onAbort() {
			undo();
			if (signal) reject(abortReason(signal));
		}
		signal?.addEventListener("abort", onAbort, { once: true });
	});
}
/**
* A clock that starts at the current time and runs automatically.
*
* @param speed - simulated seconds per real second, greater than 0
* @throws RangeError if the speed is not a positive number
*/
function realTimeClock(speed) {
	if (!(speed > 0) || !Number.isFinite(speed)) throw new RangeError(`The speed is ${speed}; expected a number greater than 0.`);
	const startedAt = Date.now();
	const origin = performance.now();
	return {
		now: () => Math.floor(startedAt + (performance.now() - origin) * speed),
		speed,
		clientTime: (at) => at < startedAt ? at : Math.floor(startedAt + (at - startedAt) / speed),
		sleep: (milliseconds, signal) => sleepUntil((wake) => {
			const timer = setTimeout(wake, Math.min(milliseconds / speed, LONGEST_TIMER));
			return () => {
				clearTimeout(timer);
			};
		}, signal)
	};
}
/**
* A clock for tests: exact; it moves only when `advance` is called.
*
* @param start - simulated time to start at, in milliseconds since the epoch
*/
function drivenClock(start = DRIVEN_START) {
	let now = start;
	const sleepers = /* @__PURE__ */ new Set();
	return {
		now: () => now,
		speed: 1,
		clientTime: (at) => at,
		get waiting() {
			return sleepers.size;
		},
		get next() {
			return sleepers.size === 0 ? void 0 : Math.min(...[...sleepers].map(({ due }) => due));
		},
		advance: (milliseconds) => {
			if (!(milliseconds >= 0)) throw new RangeError(`Time can't be advanced by ${milliseconds} ms.`);
			now += milliseconds;
			const due = [...sleepers].filter((sleeper) => sleeper.due <= now);
			due.sort((one, other) => one.due - other.due);
			for (const sleeper of due) {
				sleepers.delete(sleeper);
				sleeper.wake();
			}
		},
		sleep: (milliseconds, signal) => sleepUntil((wake) => {
			const sleeper = {
				due: now + milliseconds,
				wake
			};
			if (milliseconds > 0) sleepers.add(sleeper);
			else queueMicrotask(wake);
			return () => {
				sleepers.delete(sleeper);
			};
		}, signal)
	};
}
/** Distinguishes a driven clock from one that runs automatically. */
function isDriven(clock) {
	return "advance" in clock;
}

/** All plain kinds, for look-up. */
const PLAIN_KINDS = [
	"reset-before",
	"reset-after",
	"hang",
	"hang-after",
	"truncated",
	"not-json"
];
/** Distinguishes a common fault from one that the API adds. */
function isCommon(fault) {
	return [
		"status",
		"slow",
		...PLAIN_KINDS
	].includes(fault.kind);
}
function matcher(match = {}) {
	const { method, path, operation } = match;
	const pattern = path === void 0 ? void 0 : new RegExp(path);
	return (subject) => (method === void 0 || method.toUpperCase() === subject.method) && (pattern === void 0 || pattern.test(subject.path)) && (operation === void 0 || operation === subject.operation);
}
/** Starts without rules. */
function createFaultBook(own) {
	let entries = [];
	return {
		own,
		add: (rule) => {
			const wanted = matcher(rule.match);
			const possible = matcher(own.get(rule.fault.kind));
			const matches = (subject) => wanted(subject) && possible(subject);
			entries.push({
				matches,
				rule,
				count: 0
			});
		},
		clear: () => {
			entries = [];
		},
		take: (subject) => {
			let fault;
			for (const entry of entries) {
				if (!entry.matches(subject)) continue;
				entry.count += 1;
				const first = entry.rule.nth ?? 1;
				const times = entry.rule.times ?? 1;
				const last = times === "always" ? Infinity : first + times - 1;
				if (entry.count >= first && entry.count <= last) fault ??= entry.rule.fault;
			}
			return fault;
		}
	};
}

const FORMS = [
	"seconds",
	"date",
	"none"
];
/**
* A number of a control body.
*
* @throws TypeError if it is missing, not a number, or negative
*/
function positive(body, field) {
	const value = body[field];
	if (typeof value === "number" && value >= 0) return value;
	throw new TypeError(`${field} must be a number, 0 or more.`);
}
/**
* An optional text of a control body.
*
* @throws TypeError if it is set and not a string
*/
function optionalText(body, field) {
	const value = body[field];
	if (value === void 0 || typeof value === "string") return value;
	throw new TypeError(`${field} must be a string.`);
}
function parseFault(fault, own) {
	if (!isJsonObject(fault)) throw new TypeError("fault must be an object.");
	const { kind, headers, body } = fault;
	if (kind === "slow") return {
		kind,
		milliseconds: positive(fault, "milliseconds")
	};
	const plain = PLAIN_KINDS.find((one) => one === kind);
	if (plain !== void 0) return { kind: plain };
	if (typeof kind === "string" && own.has(kind)) return { kind };
	if (kind !== "status") throw new TypeError(`Unknown kind of fault: ${String(kind)}.`);
	if (headers !== void 0 && !isStringRecord(headers)) throw new TypeError("headers must be an object of strings.");
	if (body !== void 0 && typeof body !== "string" && (typeof body !== "object" || !body)) throw new TypeError("body must be a string or an object.");
	return {
		kind,
		status: positive(fault, "status"),
		...headers && { headers },
		...body !== void 0 && { body }
	};
}
function parseMatch(match) {
	if (!isJsonObject(match)) throw new TypeError("match must be an object.");
	const method = optionalText(match, "method");
	const path = optionalText(match, "path");
	const operation = optionalText(match, "operation");
	return {
		...method !== void 0 && { method },
		...path !== void 0 && { path },
		...operation !== void 0 && { operation }
	};
}
/**
* A rule of a control body.
*
* @param own - faults that the API adds; a rule can set only their kind
* @throws TypeError naming what is wrong with the rule
*/
function parseFaultRule(body, own) {
	const { match, nth, times, fault } = body;
	return {
		...match !== void 0 && { match: parseMatch(match) },
		...nth !== void 0 && { nth: positive(body, "nth") },
		...times !== void 0 && { times: times === "always" ? times : positive(body, "times") },
		fault: parseFault(fault, own)
	};
}
/**
* Changes of limits from a control body.
*
* @param limits - the limits that can be changed
* @throws TypeError naming what is wrong with the changes
*/
function parseLimits(body, limits) {
	const changes = {};
	for (const name of Object.keys(limits)) {
		if (name === "retryAfter" || body[name] === void 0) continue;
		changes[name] = body[name] === "unlimited" ? "unlimited" : positive(body, name);
	}
	const { retryAfter } = body;
	if (retryAfter !== void 0) {
		const form = FORMS.find((one) => one === retryAfter);
		if (form === void 0) throw new TypeError(`retryAfter must be one of ${FORMS.join(", ")}.`);
		changes["retryAfter"] = form;
	}
	return changes;
}

/** Prefix of all paths that belong to the simulator and not to the API. */
const CONTROL_PATH = "/_simulator/";
/** The usual answer: 200 with a body. */
function ok(body) {
	return {
		status: 200,
		body
	};
}
/** The state that every simulator has. An API with more state shows both at `GET state`. */
function commonState(world) {
	return {
		now: world.clock.now(),
		waiting: world.held,
		limits: world.limits,
		secrets: [...world.secrets],
		exchanges: world.exchanges
	};
}
function clockState(world) {
	return ok({
		now: world.clock.now(),
		waiting: world.held
	});
}
async function advanceClock(world, call) {
	const advance = positive(parseBody(call), "advance");
	if (!isDriven(world.clock)) return {
		status: 409,
		body: { error: "This clock runs automatically." }
	};
	world.clock.advance(advance);
	await new Promise((resolve) => setImmediate(resolve));
	return clockState(world);
}
function stop({ options: { onStop } }) {
	if (onStop) return {
		status: 202,
		body: { stopping: true },
		afterwards: onStop
	};
	return {
		status: 409,
		body: { error: "Only the process that started this simulator stops it." }
	};
}
const COMMON = {
	"GET clock": clockState,
	"POST clock": advanceClock,
	"GET state": (world) => ok(commonState(world)),
	"POST stop": stop,
	"POST faults": (world, call) => {
		world.faults.add(parseFaultRule(parseBody(call), world.faults.own));
		return { status: 204 };
	},
	"DELETE faults": (world) => {
		world.faults.clear();
		return { status: 204 };
	},
	"PATCH limits": (world, call) => ok(Object.assign(world.limits, parseLimits(parseBody(call), world.limits)))
};
/**
* Answers a request to the control path. It needs no token and is neither recorded nor limited.
* An invalid request gets 400 with the reason as `error`.
*
* @param own - controls of the API; one with the address of a common control replaces it
*/
async function control(own, world, call) {
	const [name = "", id] = call.path.slice(12).split("/");
	const address = `${call.method} ${name}${id === void 0 ? "" : "/{id}"}`;
	const handle = own[address] ?? COMMON[address];
	if (!handle) return {
		status: 404,
		body: { error: "The simulator has no such control." }
	};
	try {
		return await handle(world, {
			...call,
			params: { id: id ?? "" },
			fault: void 0
		});
	} catch (error) {
		if (error instanceof Refusal) return error.answer;
		return {
			status: 400,
			body: { error: error instanceof Error ? error.message : String(error) }
		};
	}
}

/** @param length - of the window, in simulated milliseconds */
function slidingWindow(length) {
	const taken = /* @__PURE__ */ new Map();
	return { take: (key, now, limit, refused = "free") => {
		if (limit === "unlimited") return void 0;
		const times = (taken.get(key) ?? []).filter((time) => time > now - length);
		taken.set(key, times);
		if (times.length < limit) {
			times.push(now);
			return;
		}
		const leaving = times[times.length - limit] ?? now;
		if (refused === "counted") times.push(now);
		return leaving + length - now;
	} };
}

/**
* Creates the part of a world that every API has.
*
* @param own - faults that the API adds
* @throws RangeError if the skew of the API's clock is not a safe integer
*/
function createHarnessWorld(options, own = /* @__PURE__ */ new Map()) {
	checkSkew("clockSkew", options.clockSkew);
	return {
		options,
		clock: options.clock ?? realTimeClock(1),
		limits: {
			requestsPerMinute: options.requestsPerMinute ?? "unlimited",
			retryAfter: options.retryAfter ?? "seconds"
		},
		requestWindow: slidingWindow(6e4),
		faults: createFaultBook(own),
		exchanges: [],
		secrets: /* @__PURE__ */ new Set(),
		sequence: 0,
		held: 0
	};
}
/**
* Checks the configured difference between two clocks.
*
* @throws RangeError if it is not a whole number of milliseconds
*/
function checkSkew(name, milliseconds = 0) {
	if (Number.isSafeInteger(milliseconds)) return;
	throw new RangeError(`${name} is ${milliseconds}; expected whole milliseconds.`);
}
/**
* A time by the API's own clock, in milliseconds since the epoch. All times that clients are told
* use it; when something happens does not depend on it. It runs as fast as the client's clock.
*
* @param at - time by the simulator's clock. Default: now.
*/
function apiTime(world, at = world.clock.now()) {
	return world.clock.clientTime(at) + (world.options.clockSkew ?? 0);
}

const NOT_JSON = "<!DOCTYPE html>\n<html><head><title>Please wait</title></head><body>Please wait.</body></html>\n";
/** Converts an answer to status, headers and text. */
function toBytes(world, answer) {
	const { body } = answer;
	const text = body === void 0 ? "" : typeof body === "string" ? body : JSON.stringify(body);
	const type = typeof body === "string" ? "text/plain; charset=utf-8" : "application/json";
	const given = Object.entries(answer.headers ?? {});
	const headers = {
		...world.options.date !== "none" && { date: new Date(apiTime(world)).toUTCString() },
		...body !== void 0 && { "content-type": type },
		...answer.status !== 204 && { "content-length": String(Buffer.byteLength(text)) },
		...Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value]))
	};
	return {
		status: answer.status,
		headers,
		body: text
	};
}
function record(delivery, seen) {
	const { world, call, fault } = delivery;
	const exchange = {
		sequence: delivery.sequence,
		at: delivery.at,
		method: call.method,
		path: call.path,
		query: call.query,
		requestHeaders: call.headers,
		requestBody: call.body,
		status: seen.status,
		responseHeaders: seen.headers ?? {},
		responseBody: seen.body ?? "",
		...fault && { fault: fault.kind }
	};
	world.exchanges.push(exchange);
	world.options.onExchange?.(exchange);
}
/** Sends an answer unchanged. */
function send(delivery, answer) {
	const { status, headers, body } = toBytes(delivery.world, answer);
	record(delivery, {
		status,
		headers,
		body
	});
	delivery.response.writeHead(status, headers).end(body);
}
/** Resets the connection instead of answering. */
function reset(delivery) {
	record(delivery, { status: "reset" });
	delivery.reset();
}
/** Never answers. The request counts as held until its client disconnects. */
function hang(delivery) {
	const { world, response } = delivery;
	world.held += 1;
	response.once("close", () => {
		world.held -= 1;
	});
	record(delivery, { status: "hang" });
}
/** Answers after some simulated milliseconds, unless the client disconnects first. */
async function sendSlowly(delivery, answer, milliseconds) {
	const { world, response } = delivery;
	const gone = new AbortController();
	response.once("close", () => {
		gone.abort();
	});
	world.held += 1;
	try {
		await world.clock.sleep(milliseconds, gone.signal);
	} catch {
		record(delivery, { status: "hang" });
		return;
	} finally {
		world.held -= 1;
	}
	send(delivery, answer);
}
/** Sends half of the bytes that Content-Length announces, then ends the connection. */
function sendTruncated(delivery, answer) {
	const { status, headers, body } = toBytes(delivery.world, answer);
	const half = body.slice(0, Math.floor(body.length / 2));
	record(delivery, {
		status,
		headers,
		body: half
	});
	const { response } = delivery;
	response.writeHead(status, headers);
	response.write(half, () => {
		response.socket?.end();
	});
}
/** Sends an HTML page with the status of the answer. */
function sendPage(delivery, answer) {
	const headers = {
		...answer.headers,
		"content-type": "text/html; charset=utf-8"
	};
	send(delivery, {
		status: answer.status,
		headers,
		body: NOT_JSON
	});
}

function statusAnswer(delivery, fault) {
	const { status, headers = {}, body } = fault;
	send(delivery, {
		status,
		headers,
		...body !== void 0 && { body }
	});
}
/** Applies a fault that prevents any effect of a request. False for all other faults. */
function deliverWithoutEffect(delivery, fault) {
	if (fault?.kind === "status") statusAnswer(delivery, fault);
	else if (fault?.kind === "reset-before") reset(delivery);
	else if (fault?.kind === "hang") hang(delivery);
	else return false;
	return true;
}
/** Sends the answer to a request that has had its effect, changed by a fault if there is one. */
async function deliver(delivery, fault, answer) {
	if (fault?.kind === "reset-after") reset(delivery);
	else if (fault?.kind === "hang-after") hang(delivery);
	else if (fault?.kind === "slow") await sendSlowly(delivery, answer, fault.milliseconds);
	else if (fault?.kind === "truncated") sendTruncated(delivery, answer);
	else if (fault?.kind === "not-json") sendPage(delivery, answer);
	else send(delivery, answer);
}
/**
* Answers a complete request, with the first fault that applies to it. Common faults without an
* effect come before all code of the API. The API handles its own faults in `dispatch` and in its
* handlers.
*/
async function respond({ findRoute, dispatch }, world, arrival) {
	const { call } = arrival;
	const match = findRoute(call.method, call.path);
	const fault = world.faults.take({
		method: call.method,
		path: call.path,
		operation: match?.route.operation
	});
	const delivery = {
		...arrival,
		world,
		fault
	};
	const common = fault && isCommon(fault) ? fault : void 0;
	if (deliverWithoutEffect(delivery, common)) return;
	await deliver(delivery, common, answerOf(() => dispatch(world, {
		call,
		match,
		fault
	})));
}

/** Reads a request to its end. Rejects if the client disconnects before. */
async function readCall(request) {
	const chunks = [];
	for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
	const target = request.url ?? "/";
	const mark = target.indexOf("?");
	const headers = Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value ?? ""]);
	return {
		method: request.method ?? "GET",
		path: mark < 0 ? target : target.slice(0, mark),
		query: mark < 0 ? {} : Object.fromEntries(new URLSearchParams(target.slice(mark))),
		headers: Object.fromEntries(headers),
		body: Buffer.concat(chunks).toString("utf8")
	};
}
/** Starts to track the connections of a server that does not listen yet. */
function trackConnections(server) {
	const sockets = /* @__PURE__ */ new Map();
	server.on("connection", (socket) => {
		const { remotePort } = socket;
		sockets.set(remotePort, socket);
		socket.once("close", () => sockets.delete(remotePort));
	});
	return {
		reset: (request) => {
			sockets.get(request.socket.remotePort)?.resetAndDestroy();
			request.socket.destroy();
		},
		destroyAll: () => {
			for (const socket of sockets.values()) socket.destroy();
		}
	};
}
/**
* How long an idle connection stays open, in real milliseconds. Node.js would close it after 5 s,
* the very time after which some clients stop using it: their next request could be lost.
*/
const KEEP_ALIVE = 75e3;
/** An HTTP server, or an HTTPS server if key and certificate are set. */
function makeServer(options, listener) {
	const server = options.tls ? createServer$1(options.tls, listener) : createServer(listener);
	server.keepAliveTimeout = KEEP_ALIVE;
	return server;
}
/**
* Begins to listen.
*
* @returns the origin that clients use
* @throws Error if the port is taken
*/
async function listen(server, options) {
	const host = options.host ?? "127.0.0.1";
	await new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(options.port ?? 0, host, () => {
			server.off("error", reject);
			resolve();
		});
	});
	const address = server.address();
	const port = typeof address === "object" && address ? address.port : 0;
	const name = host.includes(":") ? `[${host}]` : host;
	return `${options.tls ? "https" : "http"}://${name}:${port}`;
}

/** Answers a request to the control path, which is not recorded. */
async function serveControl({ controls }, world, { call, response }) {
	const answer = await control(controls, world, call);
	const { status, headers, body } = toBytes(world, answer);
	response.writeHead(status, headers).end(body, answer.afterwards);
}
async function serve(api, world, arrival) {
	const { request, response, connections } = arrival;
	response.sendDate = false;
	const call = await readCall(request);
	if (call.path.startsWith(CONTROL_PATH)) {
		await serveControl(api, world, {
			call,
			response
		});
		return;
	}
	world.sequence += 1;
	const reset = () => {
		connections.reset(request);
	};
	const { sequence } = world;
	await respond(api, world, {
		call,
		response,
		reset,
		sequence,
		at: world.clock.now()
	});
}
function closeAll(server, connections) {
	return new Promise((resolve) => {
		server.close(() => {
			resolve();
		});
		connections.destroyAll();
	});
}
/**
* Starts an API on this machine.
*
* @param world - the initial world; its options say where to listen
* @throws Error if the port is taken
*/
async function serveApi(api, world) {
	const server = makeServer(world.options, (request, response) => {
		serve(api, world, {
			request,
			response,
			connections
		}).catch((error) => {
			if (request.complete) console.error(error);
			response.destroy();
		});
	});
	const connections = trackConnections(server);
	return {
		url: await listen(server, world.options),
		clock: world.clock,
		exchanges: world.exchanges,
		held: () => world.held,
		secrets: () => [...world.secrets],
		addFault: (rule) => {
			world.faults.add(rule);
		},
		clearFaults: () => {
			world.faults.clear();
		},
		close: () => closeAll(server, connections)
	};
}

/**
* The `Retry-After` header of a 429 in the configured form: seconds or an HTTP date, rounded up,
* both by the client's clock.
*
* @param milliseconds - simulated time until the next request is accepted
*/
function retryAfter(world, milliseconds) {
	const form = world.limits.retryAfter;
	if (form === "none") return {};
	const { clock } = world;
	if (form === "seconds") return { "retry-after": String(Math.ceil(milliseconds / clock.speed / 1e3)) };
	const at = Math.ceil(apiTime(world, clock.now() + milliseconds) / 1e3) * 1e3;
	return { "retry-after": new Date(at).toUTCString() };
}

/** The error shape of the application, `{"errors":[…]}` (Aura API v1 specification). */
function apiError(status, problem) {
	return new Refusal({
		status,
		body: { errors: [problem] }
	});
}
/** The error shape of the gateway in front of it, `{"error":"…"}` (seen live). */
function gatewayError(status, error) {
	return new Refusal({
		status,
		body: { error }
	});
}
/** 400 about one field. The reason is a placeholder: only few real ones are published. */
function invalidField(field, message) {
	return apiError(400, {
		message,
		reason: "invalid-request",
		field
	});
}
/** 400 for a feature that the instance's tier lacks (reason seen live). */
function incapable(field, message) {
	return apiError(400, {
		message,
		reason: "database-incapable-of-action",
		field
	});
}
/** 400 for an unavailable size (reason seen live; the real message names both values too). */
function invalidSize(memory, storage) {
	return apiError(400, {
		message: `Invalid memory size: ${storage === void 0 ? memory : `${memory} with storage ${storage}`} is not available for this instance type.`,
		reason: "invalid-memory-size",
		field: "memory"
	});
}
/** 403 for a valid token whose user may not do this (seen live). */
function forbidden() {
	return apiError(403, {
		message: "Insufficient permissions",
		reason: "unauthorized"
	});
}
/** 404 for an instance (Aura API v1 specification). */
function instanceNotFound(id) {
	return apiError(404, {
		message: `DB not found: ${id}`,
		reason: "db-not-found"
	});
}
/** 410 for a deleted instance (an official client expects it; not in the specification). */
function alreadyDeleted(id) {
	return apiError(410, {
		message: `DB already deleted: ${id}`,
		reason: "db-already-deleted"
	});
}
/** 404 for a snapshot (Aura API v1 specification). */
function snapshotNotFound(id) {
	return apiError(404, {
		message: `Snapshot not found: ${id}`,
		reason: "snapshot-not-found"
	});
}
/** A customer managed key that does not exist (text and reason: Aura API v1 specification). */
function keyNotFound(status, id, field) {
	return apiError(status, {
		message: `Encryption Key not found: ${id}`,
		reason: "encryption-key-not-found",
		field
	});
}
/** Text and reason for a project that does not exist (Aura API v1 specification). */
const TENANT_NOT_FOUND = {
	message: "The tenant you specified could not be found",
	reason: "tenant-not-found"
};
/**
* 409 while another operation is in progress; "current" is the spelling of the Aura API v1
* specification.
*/
function ongoingOperation(operation) {
	return apiError(409, {
		message: `The database is current undergoing an operation: ${operation}`,
		reason: "ongoing-database-operation"
	});
}
/** 409 for an idle instance in the wrong status (reason seen live for a second pause). */
function actionUnavailable(action, status) {
	return apiError(409, {
		message: `The instance can't be ${action} while it is ${status}.`,
		reason: "instance-action-unavailable"
	});
}
/** 409 for a snapshot that cannot be taken or used now (reason seen live). */
function snapshotNotAllowed(message) {
	return apiError(409, {
		message,
		reason: "snapshot-not-allowed"
	});
}
/**
* 429: the status and the header are in the Aura API v1 specification, the body is assumed.
*
* @param milliseconds - simulated time until the next request is accepted
*/
function tooManyRequests(world, milliseconds) {
	return new Refusal({
		status: 429,
		headers: retryAfter(world, milliseconds),
		body: { error: "Rate limit exceeded" }
	});
}

/**
* The body of a request. A missing body counts as `{}`, because some operations need none.
*
* @throws Refusal (400) if it is not a JSON object
*/
function jsonBody(call) {
	try {
		return parseBody(call);
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		throw apiError(400, {
			message: error.message,
			reason: "invalid-request"
		});
	}
}
/** A success body: everything is under `data` (Aura API v1 specification). */
function success(status, data) {
	return {
		status,
		body: { data }
	};
}
/**
* A required body property.
*
* @throws Refusal (400) if it is missing, empty or not a string
*/
function requiredString(body, field) {
	const value = optionalString(body, field);
	if (value === void 0 || value === "") throw invalidField(field, `Missing field: ${field}`);
	return value;
}
/**
* An optional body property.
*
* @throws Refusal (400) if it is set and not a string
*/
function optionalString(body, field) {
	const value = body[field];
	if (value === void 0 || typeof value === "string") return value;
	throw invalidField(field, `${field} must be a string`);
}
/**
* An optional body property.
*
* @throws Refusal (400) if it is set and not a boolean; it is unknown whether Aura accepts "true"
*/
function optionalBoolean(body, field) {
	const value = body[field];
	if (value === void 0 || typeof value === "boolean") return value;
	throw invalidField(field, `${field} must be a boolean`);
}
/**
* The properties of a body that the description declares. Aura probably ignores others: the
* Terraform provider once sent `secondaries_count` with a creation, which had no effect.
*
* @throws Refusal (400) naming the first unknown one, if so configured
*/
function declaredFields(world, body, known) {
	const stranger = Object.keys(body).find((field) => !known.includes(field));
	if (stranger === void 0) return body;
	if (world.options.unknownFields === "refuse") throw invalidField(stranger, `Unknown field: ${stranger}`);
	return Object.fromEntries(Object.entries(body).filter(([field]) => known.includes(field)));
}
/**
* The name of an instance: 1 to 30 characters of any script, no whitespace around them
* (Aura API v1 specification).
*
* @throws Refusal (400) if it breaks the rule
*/
function instanceName(name) {
	const characters = Array.from(name).length;
	if (characters < 1 || characters > 30) throw invalidField("name", "Name must be between 1 and 30 characters");
	if (name !== name.trim()) throw invalidField("name", "Name must not begin or end with whitespace");
	return name;
}

/** Status of a deleted instance; never shown to a client. */
const GONE = "gone";
/** Statuses without an operation in progress. All others, known or not, are transitional. */
const IDLE = /* @__PURE__ */ new Set([
	"running",
	"paused",
	"suspended",
	"loading failed",
	GONE
]);
/** Applies all changes to an instance that are due by now. */
function settle(record, now) {
	for (const phase of record.phases) {
		if (phase.at > now) break;
		record.phases = record.phases.slice(1);
		record.status = phase.status;
		record.values = {
			...record.values,
			...phase.values
		};
		record.type = phase.type ?? record.type;
		if (phase.status === GONE) record.deletedAt = phase.at;
	}
}
/** The status that automatically follows a transitional one; undefined for all others. */
function usualCourse(status, now, durations) {
	const then = (duration, next) => ({
		at: now + duration,
		status: next
	});
	return (/* @__PURE__ */ new Map([
		["creating", [then(durations.create, "running")]],
		["destroying", [then(durations.delete, GONE)]],
		["pausing", [then(durations.pause, "paused")]],
		["resuming", [then(durations.resume, "running")]],
		["updating", [then(durations.resize, "running")]],
		["restoring", [then(durations.restore, "running")]],
		["overwriting", [then(durations.overwrite / 2, "loading"), then(durations.overwrite, "running")]],
		["loading", [then(durations.overwrite / 2, "running")]],
		["suspending", [then(durations.pause, "suspended")]]
	])).get(status) ?? [];
}
/**
* Allows an operation only if no other is in progress, even one whose status is not shown yet
* (seen live: 409 while GET said running).
*
* @throws Refusal (409, ongoing-database-operation)
*/
function requireIdle(record) {
	if (!IDLE.has(record.status)) throw ongoingOperation(record.status);
	const next = record.phases[0];
	if (next) throw ongoingOperation(next.status);
}
/**
* Allows an operation only if the instance is idle and has one of the given statuses.
*
* @param action - the requested operation as a participle: "paused"
* @throws Refusal (409, with either reason)
*/
function requireStatus(record, action, allowed) {
	requireIdle(record);
	if (!allowed.includes(record.status)) throw actionUnavailable(action, record.status);
}
/** Gigabytes of a size such as "4GB". */
function gigabytes(size) {
	return Number.parseInt(size, 10);
}
/** The current record, for tests. */
function toSimulatedInstance(record) {
	const { dataFrom, deleteRequestedAt, deletedAt } = record;
	return {
		id: record.id,
		status: record.status,
		tenantId: record.tenantId,
		type: record.type,
		cloudProvider: record.cloudProvider,
		region: record.region,
		version: record.version,
		...record.values,
		username: record.username,
		password: record.password,
		connectionUrl: record.connectionUrl,
		createdAt: record.createdAt,
		...dataFrom !== void 0 && { dataFrom },
		...deleteRequestedAt !== void 0 && { deleteRequestedAt },
		...deletedAt !== void 0 && { deletedAt }
	};
}

/** A table in short form: code and place, several per line. Regions grow over time; this is a selection. */
const REGIONS = {
	gcp: [
		["europe-west1", "Belgium"],
		["europe-west2", "London"],
		["europe-west3", "Frankfurt"],
		["us-central1", "Iowa"],
		["us-east1", "South Carolina"],
		["us-west1", "Oregon"],
		["asia-east1", "Taiwan"],
		["asia-east2", "Hong Kong"],
		["asia-south1", "Mumbai"],
		["asia-southeast1", "Singapore"],
		["australia-southeast1", "Sydney"]
	],
	aws: [
		["eu-west-1", "Ireland"],
		["eu-west-3", "Paris"],
		["us-east-1", "North Virginia"],
		["us-west-2", "Oregon"],
		["ap-south-1", "Mumbai"],
		["ap-southeast-1", "Singapore"],
		["sa-east-1", "São Paulo"]
	],
	azure: [
		["francecentral", "Paris"],
		["uksouth", "London"],
		["eastus", "Virginia"],
		["westus3", "Arizona"],
		["brazilsouth", "São Paulo State"],
		["centralindia", "Pune"],
		["koreacentral", "Seoul"]
	]
};
/**
* Gigabytes of memory available for each paid tier. The bounds are guesses: no table is published.
*/
const SIZES$1 = {
	"professional-db": [
		1,
		2,
		4,
		8,
		16,
		24,
		32,
		48,
		64
	],
	"business-critical": [
		2,
		4,
		8,
		16,
		24,
		32,
		48,
		64,
		128
	],
	"enterprise-db": [
		2,
		4,
		8,
		16,
		24,
		32,
		48,
		64,
		128,
		192,
		256,
		384,
		512
	],
	"professional-ds": [
		8,
		16,
		24,
		32,
		48,
		64,
		128
	],
	"enterprise-ds": [
		8,
		16,
		24,
		32,
		48,
		64,
		128,
		192,
		256,
		384
	]
};
const CLOUDS$1 = [
	"gcp",
	"aws",
	"azure"
];
/** Since January 2025, version 5 means the current calendar release. */
const VERSION = "5";
/**
* Where Free is offered. Neither the regions nor their order are published; an official client
* always creates in `europe-west1`, so that one is not the first here.
*/
const FREE_REGIONS = [
	"us-central1",
	"europe-west1",
	"asia-southeast1"
];
function* free() {
	for (const region of FREE_REGIONS) {
		const [, place = region] = REGIONS.gcp.find(([code]) => code === region) ?? [];
		yield {
			region,
			region_name: `${place} (${region})`,
			type: "free-db",
			memory: "1GB",
			storage: "2GB",
			version: VERSION,
			cloud_provider: "gcp"
		};
	}
}
function* paid() {
	for (const [type, sizes] of Object.entries(SIZES$1)) for (const cloud of CLOUDS$1) for (const [region, place] of REGIONS[cloud]) for (const size of sizes) yield {
		region,
		region_name: `${place} (${region})`,
		type,
		memory: `${size}GB`,
		storage: `${size * 2}GB`,
		version: VERSION,
		cloud_provider: cloud
	};
}
let standard;
/**
* Every tier in three clouds. Created once and shared: a process may start thousands of simulators.
*/
function standardConfigurations() {
	standard ??= Object.freeze([...free(), ...paid()]);
	return standard;
}

const OWN = {
	"expired-token": {},
	stuck: { operation: "createInstance" },
	"loading-failed": { operation: "createInstance" },
	"snapshot-failed": { operation: "createSnapshot" }
};
/** The faults that Aura adds to the common ones. */
const AURA_FAULTS = new Map(Object.entries(OWN));

const MINUTE = 6e4;
/** Aura publishes no durations: these are within the range that users report. */
const DEFAULT_DURATIONS = {
	create: 3 * MINUTE,
	pause: 2 * MINUTE,
	resume: 4 * MINUTE,
	delete: MINUTE,
	resize: 3 * MINUTE,
	restore: 3 * MINUTE,
	overwrite: 4 * MINUTE,
	snapshot: MINUTE,
	readAfterCreate: 2e3,
	listAfterCreate: 0,
	listAfterDelete: 0,
	readAfterUpdate: 5e3,
	readAfterAction: 0,
	firstSnapshot: 0,
	key: MINUTE
};

/** Seen live for an expired token; assumed for an unknown one. */
const EXPIRED = "Key not authorized: token has expired";
/** The gateway product's default answer; not seen for Aura. */
const MISSING = "Authorization field missing";
function randomToken() {
	const part = (bytes) => randomBytes(bytes).toString("base64url");
	return `${Buffer.from("{\"alg\":\"RS256\",\"typ\":\"JWT\"}").toString("base64url")}.${part(180)}.${part(256)}`;
}
/** Starts without tokens. */
function createTokenBook(options) {
	const issued = /* @__PURE__ */ new Map();
	return {
		issue: (now, clientId) => {
			const token = randomToken();
			issued.set(token, {
				clientId,
				expiry: now + options.lifetimeSeconds * 1e3
			});
			return token;
		},
		revoke: (token) => {
			issued.delete(token);
		},
		check: (authorization, now) => {
			if (authorization === void 0) throw gatewayError(401, MISSING);
			const found = issued.get(bearerToken(authorization) ?? "");
			if (!found || found.expiry <= now) throw gatewayError(options.expiredStatus, EXPIRED);
			return found.clientId;
		}
	};
}
/** The token of a `Bearer` header, undefined for any other. */
function bearerToken(authorization) {
	return /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
}
/** User and password of a `Basic` header, undefined for any other. */
function basicCredentials(authorization) {
	const encoded = /^Basic (.+)$/i.exec(authorization ?? "")?.[1];
	if (encoded === void 0) return void 0;
	const decoded = Buffer.from(encoded, "base64").toString("utf8");
	const colon = decoded.indexOf(":");
	if (colon < 0) return void 0;
	return {
		user: decoded.slice(0, colon),
		password: decoded.slice(colon + 1)
	};
}
/** The answer to a refused token request, in the style of the identity provider; not published for Aura. */
const TOKEN_DENIED = {
	error: "access_denied",
	error_description: "Unauthorized"
};
/**
* A password as long as Aura's.
*
* @param alphabet - characters to draw from. Default: base64url.
*/
function randomPassword(alphabet) {
	if (alphabet === void 0) return randomBytes(32).toString("base64url");
	const characters = Array.from(alphabet);
	return Array.from({ length: 43 }, () => characters[randomInt(characters.length)] ?? "").join("");
}

/**
* The initial world: tenants without instances.
*
* @throws RangeError if the skew of Aura's clock is not a safe integer
*/
function createWorld(options) {
	const common = createHarnessWorld(options, AURA_FAULTS);
	checkSkew("createdAtSkew", options.createdAtSkew);
	const clientSecret = options.clientSecret ?? randomBytes(32).toString("base64url");
	const clientId = options.clientId ?? randomBytes(24).toString("base64url");
	const tenants = (options.tenants ?? [{ name: "Simulated project" }]).map(makeTenant);
	const others = (options.otherClients ?? []).map((other) => [other.clientId, {
		clientSecret: other.clientSecret,
		tenants: other.tenants?.map(makeTenant) ?? tenants
	}]);
	return {
		...common,
		options,
		durations: {
			...DEFAULT_DURATIONS,
			...options.durations
		},
		clientId,
		clientSecret,
		tenants,
		clients: new Map([[clientId, {
			clientSecret,
			tenants
		}], ...others]),
		instances: /* @__PURE__ */ new Map(),
		keys: /* @__PURE__ */ new Map(),
		tokens: createTokenBook({
			lifetimeSeconds: options.tokenLifetimeSeconds ?? 3600,
			expiredStatus: options.expiredTokenStatus ?? 401
		}),
		limits: {
			requestsPerMinute: options.requestsPerMinute ?? (options.billing === false ? 25 : 125),
			tokensPerHour: options.tokensPerHour ?? 15,
			retryAfter: common.limits.retryAfter
		},
		tokenWindow: slidingWindow(36e5),
		secrets: /* @__PURE__ */ new Set([clientSecret, ...others.map(([, other]) => other.clientSecret)])
	};
}
/** What lists show now: for a while they may lack new instances and still contain deleted ones. */
function listedInstances(world) {
	const now = world.clock.now();
	const { listAfterDelete } = world.durations;
	return everyInstance(world).filter(({ listedFrom, deletedAt = Infinity }) => listedFrom <= now && now < deletedAt + listAfterDelete);
}
/** The answer to a request by id for a deleted instance: 404, or 410 if so configured. */
function gone(world, id) {
	return world.options.deletedStatus === 410 ? alreadyDeleted(id) : instanceNotFound(id);
}
function makeTenant(tenant) {
	return {
		id: tenant.id ?? randomUUID(),
		name: tenant.name,
		configurations: tenant.configurations ?? standardConfigurations(),
		reachable: tenant.reachable ?? true
	};
}
/** The world as one client sees it: the same one, with the tenants of its account. */
function worldOf(world, clientId) {
	return {
		...world,
		tenants: world.clients.get(clientId)?.tenants ?? []
	};
}
/** Every instance ever created, in its current state. */
function everyInstance(world) {
	const now = world.clock.now();
	return Array.from(world.instances.values(), (record) => {
		settle(record, now);
		return record;
	});
}
/** All existing instances, including those being deleted. */
function livingInstances(world) {
	return everyInstance(world).filter((record) => record.status !== GONE);
}
/** Whether something of a tenant belongs to this account. */
function isOwn(world, { tenantId }) {
	return world.tenants.some(({ id }) => id === tenantId);
}
/** Whether the credentials can access a tenant. */
function isReachable(world, tenantId) {
	return world.tenants.some((tenant) => tenant.id === tenantId && tenant.reachable);
}
/**
* The instance that a request asks for by id.
*
* @throws Refusal (404) if it does not exist, is not visible yet or was deleted (then 410 if so
*   configured); (403) if its tenant is not accessible
*/
function findInstance(world, id) {
	const record = world.instances.get(id);
	if (!record) throw instanceNotFound(id);
	const now = world.clock.now();
	settle(record, now);
	if (!isOwn(world, record)) throw instanceNotFound(id);
	if (record.status === GONE) throw gone(world, id);
	if (record.visibleFrom > now) throw instanceNotFound(id);
	if (!isReachable(world, record.tenantId)) throw forbidden();
	return record;
}

const FIELDS$3 = [
	"key_id",
	"region",
	"name",
	"instance_type",
	"tenant_id",
	"cloud_provider"
];
/** The types of instances that can be encrypted with a key of the customer. */
const KEY_TYPES = ["enterprise-db", "enterprise-ds"];
const CLOUDS = [
	"gcp",
	"aws",
	"azure"
];
function summary$1({ id, name, tenantId }) {
	return {
		id,
		name,
		tenant_id: tenantId
	};
}
function detail$1(world, key) {
	return {
		...summary$1(key),
		key_id: key.keyId,
		region: key.region,
		instance_type: key.instanceType,
		cloud_provider: key.cloudProvider,
		created: new Date(apiTime(world, key.createdAt)).toISOString().replace(/\.\d+Z$/, "Z"),
		status: isReady(world, key) ? "ready" : "pending"
	};
}
function isReady(world, { createdAt }) {
	return createdAt + world.durations.key <= world.clock.now();
}
/** @throws Refusal (404) if it does not exist; (403) if its tenant is not accessible */
function findKey(world, id) {
	const key = world.keys.get(id);
	if (!key || !isOwn(world, key)) throw keyNotFound(404, id);
	if (!isReachable(world, key.tenantId)) throw forbidden();
	return key;
}
/** `GET /v1/customer-managed-keys`: those of all accessible tenants, or of one. */
const listKeys = (world, call) => {
	const wanted = call.query["tenantId"];
	if (world.tenants.some((tenant) => tenant.id === wanted && !tenant.reachable)) throw forbidden();
	const listed = [...world.keys.values()].filter(({ tenantId }) => isReachable(world, tenantId) && (wanted === void 0 || tenantId === wanted));
	return success(200, listed.map(summary$1));
};
/** @throws Refusal (400) if no instance can be created there */
function checkPlace(configurations, key) {
	const { instanceType, cloudProvider, region } = key;
	if (!KEY_TYPES.includes(instanceType)) throw invalidField("instance_type", `instance_type must be one of ${KEY_TYPES.join(", ")}`);
	if (!CLOUDS.includes(cloudProvider)) throw invalidField("cloud_provider", `cloud_provider must be one of ${CLOUDS.join(", ")}`);
	if (!configurations.some((one) => one.type === instanceType && one.cloud_provider === cloudProvider && one.region === region)) throw invalidField("region", `region ${region} is not available for this tenant`);
}
/** `POST /v1/customer-managed-keys`: the key is pending first, then ready. */
const createKey = (world, call) => {
	const body = declaredFields(world, jsonBody(call), FIELDS$3);
	const tenantId = requiredString(body, "tenant_id");
	const tenant = world.tenants.find(({ id }) => id === tenantId);
	if (!tenant) throw apiError(400, {
		...TENANT_NOT_FOUND,
		field: "tenant_id"
	});
	if (!tenant.reachable) throw forbidden();
	const key = {
		id: randomUUID(),
		tenantId,
		name: instanceName(requiredString(body, "name")),
		keyId: requiredString(body, "key_id"),
		region: requiredString(body, "region"),
		instanceType: requiredString(body, "instance_type"),
		cloudProvider: requiredString(body, "cloud_provider"),
		createdAt: world.clock.now()
	};
	checkPlace(tenant.configurations, key);
	world.keys.set(key.id, key);
	return success(202, detail$1(world, key));
};
/** `GET /v1/customer-managed-keys/{keyId}`. */
const getKey = (world, call) => success(200, detail$1(world, findKey(world, param(call, "keyId"))));
/** `DELETE /v1/customer-managed-keys/{keyId}`: refused while an instance uses the key. */
const deleteKey = (world, call) => {
	const { id } = findKey(world, param(call, "keyId"));
	if (livingInstances(world).some(({ customerManagedKeyId }) => customerManagedKeyId === id)) throw apiError(400, {
		message: `Can not delete encryption key ${id}. The key is linked to an active instance.`,
		reason: "encryption-key-is-active"
	});
	world.keys.delete(id);
	return { status: 204 };
};
/**
* Checks the key of a creation. That it must be ready, and of the same tenant, type, cloud and
* region, is assumed.
*
* @throws Refusal (400), because the specification lists no 404 for a creation
*/
function checkKey(world, id, wanted) {
	const field = "customer_managed_key_id";
	const key = world.keys.get(id);
	if (key?.tenantId !== wanted.tenantId) throw keyNotFound(400, id, field);
	const { type, cloud_provider: cloud, region } = wanted.configuration;
	if (key.instanceType !== type || key.cloudProvider !== cloud || key.region !== region) throw invalidField(field, `Encryption key ${id} is for another type, cloud or region`);
	if (!isReady(world, key)) throw invalidField(field, `Encryption key ${id} is not ready`);
}
/**
* Adds a customer managed key directly; it is ready at once.
*
* @returns its id
*/
function seedKey(world, seed) {
	const id = randomUUID();
	world.keys.set(id, {
		tenantId: world.tenants[0]?.id ?? "",
		instanceType: "enterprise-db",
		cloudProvider: "gcp",
		region: "europe-west1",
		...seed,
		id,
		keyId: `key-of-${seed.name}`,
		createdAt: world.clock.now() - world.durations.key
	});
	return id;
}

const FIELDS$2 = [
	"version",
	"region",
	"memory",
	"storage",
	"name",
	"type",
	"tenant_id",
	"cloud_provider",
	"source_instance_id",
	"source_snapshot_id",
	"customer_managed_key_id",
	"vector_optimized",
	"graph_analytics_plugin"
];
/**
* Fields that choose a configuration, from coarse to fine: the first without a match is at fault.
*/
const CHOICES = [
	"type",
	"cloud_provider",
	"region",
	"version",
	"memory"
];
function chooseConfiguration(offered, body) {
	let left = offered;
	for (const field of CHOICES) {
		const value = requiredString(body, field);
		left = left.filter((configuration) => configuration[field] === value);
		if (left.length > 0) continue;
		if (field === "memory") throw invalidSize(value, void 0);
		throw invalidField(field, `${field} ${value} is not available for this tenant`);
	}
	const storage = optionalString(body, "storage");
	const chosen = left.find((one) => storage === void 0 || one.storage === storage);
	if (!chosen) throw invalidSize(requiredString(body, "memory"), storage);
	return chosen;
}
function checkFeatures(request) {
	const { type, memory } = request.configuration;
	if (request.vectorOptimized && (type === "free-db" || gigabytes(memory) < 4)) throw invalidField("vector_optimized", "Vector optimization needs at least 4GB of memory");
	if (request.graphAnalyticsPlugin && type !== "professional-db") throw incapable("graph_analytics_plugin", "The Graph Analytics plugin is only available on Professional");
	if (request.customerManagedKeyId !== void 0 && !KEY_TYPES.includes(type)) throw incapable("customer_managed_key_id", "Customer managed keys are only available on Virtual Dedicated Cloud and DS Enterprise");
	if (request.sourceSnapshotId !== void 0 && request.sourceInstanceId === void 0) throw invalidField("source_instance_id", "source_snapshot_id needs source_instance_id");
}
/**
* Checks the body of a creation. It is unknown which of several faults Aura names first.
*
* @throws Refusal (400) naming the field at fault; (403) if the credentials cannot access the
*   tenant
*/
function parseCreateRequest(world, sent) {
	for (const field of [
		"name",
		"tenant_id",
		...CHOICES
	]) requiredString(sent, field);
	const body = declaredFields(world, sent, FIELDS$2);
	const name = instanceName(requiredString(body, "name"));
	const tenantId = requiredString(body, "tenant_id");
	const tenant = world.tenants.find((one) => one.id === tenantId);
	if (!tenant) throw apiError(400, {
		...TENANT_NOT_FOUND,
		field: "tenant_id"
	});
	if (!tenant.reachable) throw forbidden();
	const request = {
		name,
		tenantId,
		configuration: chooseConfiguration(tenant.configurations, body),
		vectorOptimized: optionalBoolean(body, "vector_optimized") ?? false,
		graphAnalyticsPlugin: optionalBoolean(body, "graph_analytics_plugin") ?? false,
		customerManagedKeyId: optionalString(body, "customer_managed_key_id"),
		sourceInstanceId: optionalString(body, "source_instance_id"),
		sourceSnapshotId: optionalString(body, "source_snapshot_id")
	};
	checkFeatures(request);
	const { customerManagedKeyId } = request;
	if (customerManagedKeyId !== void 0) checkKey(world, customerManagedKeyId, request);
	return request;
}

/** The types of instances with metrics. */
const METRICS_TYPES = ["business-critical", "enterprise-db"];
/** Statuses without a connection URL (seen live). */
const UNCONNECTED = ["creating", "resuming"];
/** `created_at` with microseconds, as seen live; the specification's examples show seconds. */
function createdAt(record) {
	const digits = createHash("sha256").update(record.id).digest().readUInt16BE(0) % 1e3;
	return new Date(record.createdAtShown).toISOString().replace("Z", `${String(digits).padStart(3, "0")}Z`);
}
/** An entry of the instance list: no status, no sizes (Aura API v1 specification). */
function summary(record) {
	return {
		id: record.id,
		name: record.values.name,
		tenant_id: record.tenantId,
		cloud_provider: record.cloudProvider,
		created_at: createdAt(record)
	};
}
/** The response to a creation: the only one with the password, and without a status. */
function created(record) {
	return {
		...summary(record),
		region: record.region,
		type: record.type,
		connection_url: record.connectionUrl,
		username: record.username,
		password: record.password,
		...options(record)
	};
}
/** One instance in full (Aura API v1 specification; memory "" while creating is in an official client's tests). */
function detail(record, status = record.status) {
	const { values } = record;
	return {
		...summary(record),
		status,
		region: record.region,
		type: record.type,
		...status !== "destroying" && { memory: status === "creating" ? "" : values.memory },
		...record.type !== "free-db" && { storage: values.storage },
		connection_url: UNCONNECTED.includes(status) ? null : record.connectionUrl,
		...options(record),
		...tierFields(record)
	};
}
/** Where Prometheus reads the metrics of a tenant, or of one instance (tenant/instance). */
function metricsUrl(path) {
	return `https://customer-metrics-api.neo4j.io/api/v1/${path}/metrics`;
}
function options(record) {
	if (record.type === "free-db") return {};
	return {
		vector_optimized: record.values.vectorOptimized,
		graph_analytics_plugin: record.values.graphAnalyticsPlugin
	};
}
function tierFields(record) {
	const { values } = record;
	if (record.type === "free-db") return {
		graph_nodes: 0,
		graph_relationships: 0
	};
	return {
		...METRICS_TYPES.includes(record.type) && {
			metrics_integration_url: metricsUrl(`${record.tenantId}/${record.id}`),
			cdc_enrichment_mode: values.cdcEnrichmentMode ?? null
		},
		...values.secondariesCount !== void 0 && { secondaries_count: values.secondariesCount },
		...record.customerManagedKeyId !== void 0 && { customer_managed_key_id: record.customerManagedKeyId }
	};
}

/** Share of a snapshot's duration during which it is `Pending` before it is `InProgress`. */
const PENDING_SHARE = .25;
/** The status of a snapshot that has started. */
function snapshotStatus(snapshot, now) {
	const elapsed = now - snapshot.startedAt;
	if (elapsed >= snapshot.duration) return snapshot.outcome ?? "Completed";
	return elapsed < snapshot.duration * PENDING_SHARE ? "Pending" : "InProgress";
}
/** The snapshots of an instance that have started, newest first. */
function startedSnapshots(record, now) {
	return record.snapshots.filter((snapshot) => snapshot.startedAt <= now).toSorted((one, other) => other.startedAt - one.startedAt);
}
/**
* Adds a snapshot to an instance. Only one at a time is allowed: a scheduled one that would start
* meanwhile starts afterwards.
*/
function addSnapshot(record, snapshot) {
	const added = {
		id: randomUUID(),
		...snapshot
	};
	const end = added.startedAt + added.duration;
	record.snapshots = [...record.snapshots.map((one) => one.startedAt > added.startedAt && one.startedAt < end ? {
		...one,
		startedAt: end
	} : one), added];
	return added;
}
/** Whether a snapshot of the instance is in progress. Only one at a time is allowed (seen live). */
function isSnapshotRunning(record, now) {
	return startedSnapshots(record, now).some((snapshot) => ["Pending", "InProgress"].includes(snapshotStatus(snapshot, now)));
}
/**
* One of an instance's own snapshots.
*
* @throws Refusal (404) if the instance has no snapshot with this id
*/
function findSnapshot(record, id, now) {
	const found = startedSnapshots(record, now).find((snapshot) => snapshot.id === id);
	if (!found) throw snapshotNotFound(id);
	return found;
}
/**
* One of an instance's own snapshots, to copy to another instance.
*
* @throws Refusal as for one to restore; (409, not published) if it can not be exported
*/
function findExportableSnapshot(record, id, now) {
	const found = findUsableSnapshot(record, id, now);
	if (found.exportable === false) throw snapshotNotAllowed(`Snapshot ${id} is not exportable`);
	return found;
}
/**
* One of an instance's own snapshots, to restore or to copy.
*
* @throws Refusal (404) if the instance has no snapshot with this id; (409, not published) if the
*   snapshot is not complete yet
*/
function findUsableSnapshot(record, id, now) {
	const found = findSnapshot(record, id, now);
	if (snapshotStatus(found, now) !== "Completed") throw snapshotNotAllowed(`Snapshot ${id} is not completed`);
	return found;
}
/**
* A snapshot as the API shows it. `exportable` is not in the specification, but in every answer.
*/
function snapshotView(world, record, snapshot) {
	const status = snapshotStatus(snapshot, world.clock.now());
	return {
		instance_id: record.id,
		snapshot_id: snapshot.id,
		profile: snapshot.profile,
		status,
		timestamp: new Date(apiTime(world, snapshot.startedAt)).toISOString().replace(/\.\d+Z$/, "Z"),
		exportable: status === "Completed" && snapshot.exportable !== false
	};
}

/** A random id that no instance has had: 8 hexadecimal digits. */
function freshId(world) {
	for (;;) {
		const id = randomBytes(4).toString("hex");
		if (!world.instances.has(id)) return id;
	}
}
function checkQuota(world, type) {
	const living = livingInstances(world).filter((record) => isOwn(world, record));
	const quota = world.options.instanceQuota ?? Infinity;
	const freeTaken = type === "free-db" && living.some((record) => record.type === "free-db");
	if (living.length >= quota || freeTaken) throw apiError(405, {
		message: "Instance limit reached",
		reason: "instance-limit-reached"
	});
}
function checkSource(world, request) {
	const { sourceInstanceId, sourceSnapshotId } = request;
	if (sourceInstanceId === void 0) return;
	try {
		const source = findInstance(world, sourceInstanceId);
		if (sourceSnapshotId !== void 0) findExportableSnapshot(source, sourceSnapshotId, world.clock.now());
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		throw invalidField(sourceSnapshotId === void 0 ? "source_instance_id" : "source_snapshot_id", "The source of the clone could not be used");
	}
}
/** `created_at` for a creation: it comes from the database, which has its own clock. */
function shownAt(world, createdAt) {
	return apiTime(world, createdAt) + (world.options.createdAtSkew ?? 0);
}
function identity(world) {
	const id = freshId(world);
	const password = randomPassword(world.options.passwordAlphabet);
	world.secrets.add(password);
	const host = world.options.connectionHost === "database-id" ? randomBytes(4).toString("hex") : id;
	return {
		id,
		username: world.options.username === "instance-id" ? id : "neo4j",
		password,
		connectionUrl: `neo4j+s://${host}.databases.neo4j.io`
	};
}
/** The next statuses of a new instance. A clone may show `loading` before it runs. */
function course(world, request, fault) {
	const now = world.clock.now();
	const { create } = world.durations;
	if (fault?.kind === "stuck") return [];
	if (fault?.kind === "loading-failed") return [{
		at: now + create,
		status: "loading failed"
	}];
	const usual = usualCourse("creating", now, world.durations);
	if (request.sourceInstanceId === void 0) return usual;
	return [{
		at: now + create * .75,
		status: "loading"
	}, ...usual];
}
/**
* The first snapshot begins automatically after an instance is running, except on Free; at once,
* says a note about the real API.
*/
function scheduleFirstSnapshot(world, record) {
	const start = record.phases.find((phase) => phase.status === "running");
	const { firstSnapshot } = world.durations;
	if (!start || record.type === "free-db" || firstSnapshot === Infinity) return;
	addSnapshot(record, {
		profile: "Scheduled",
		startedAt: start.at + firstSnapshot,
		duration: world.durations.snapshot
	});
}
/** `POST /v1/instances`: names need not be unique, and there is no idempotency key. */
const createInstance = (world, call) => {
	const request = parseCreateRequest(world, jsonBody(call));
	const { configuration } = request;
	if (world.options.billing === false && configuration.type !== "free-db") throw apiError(400, {
		message: "You must provide billing details in the Aura Console before creating an instance",
		reason: "missing-billing-details"
	});
	checkSource(world, request);
	checkQuota(world, configuration.type);
	const now = world.clock.now();
	const dataFrom = request.sourceSnapshotId ?? request.sourceInstanceId;
	const record = {
		...identity(world),
		...dataFrom !== void 0 && { dataFrom },
		tenantId: request.tenantId,
		type: configuration.type,
		cloudProvider: configuration.cloud_provider,
		region: configuration.region,
		version: configuration.version,
		customerManagedKeyId: request.customerManagedKeyId,
		createdAt: now,
		createdAtShown: shownAt(world, now),
		visibleFrom: now + world.durations.readAfterCreate,
		listedFrom: now + world.durations.listAfterCreate,
		status: "creating",
		values: {
			name: request.name,
			memory: configuration.memory,
			storage: configuration.storage,
			vectorOptimized: request.vectorOptimized,
			graphAnalyticsPlugin: request.graphAnalyticsPlugin
		},
		phases: course(world, request, call.fault),
		snapshots: []
	};
	scheduleFirstSnapshot(world, record);
	world.instances.set(record.id, record);
	return success(202, created(record));
};
/**
* Adds an instance directly; every request finds it from now on.
*
* @throws Error if the tenant does not exist
*/
function seedInstance(world, seed) {
	const now = world.clock.now();
	const tenantId = seed.tenantId ?? world.tenants[0]?.id;
	if (tenantId === void 0 || !world.tenants.some((tenant) => tenant.id === tenantId)) throw new Error(`Tenant '${tenantId ?? ""}' does not exist.`);
	const type = seed.type ?? "professional-db";
	const memory = seed.memory ?? (type === "free-db" ? "1GB" : "2GB");
	const status = seed.status ?? "running";
	const createdAt = seed.createdAt ?? now;
	const record = {
		...identity(world),
		...seed.connectionUrl !== void 0 && { connectionUrl: seed.connectionUrl },
		tenantId,
		type,
		cloudProvider: seed.cloudProvider ?? "gcp",
		region: seed.region ?? "europe-west1",
		version: "5",
		createdAt,
		createdAtShown: shownAt(world, createdAt),
		visibleFrom: now,
		listedFrom: now,
		status,
		values: {
			name: seed.name,
			memory,
			storage: `${Number.parseInt(memory, 10) * 2}GB`,
			vectorOptimized: false,
			graphAnalyticsPlugin: false
		},
		phases: usualCourse(status, now, world.durations),
		snapshots: []
	};
	if (status === "creating") scheduleFirstSnapshot(world, record);
	world.instances.set(record.id, record);
	return record;
}

/**
* Puts an instance into a status immediately and drops any operation in progress. A known
* transitional status ends after its usual duration; any other status stays.
*
* @throws Error if the instance does not exist
*/
function setStatus(world, id, status) {
	const record = livingInstances(world).find((one) => one.id === id);
	if (!record) throw new Error(`Instance ${id} does not exist.`);
	const now = world.clock.now();
	record.status = status;
	record.phases = usualCourse(status, now, world.durations);
	record.snapshots = record.snapshots.filter((snapshot) => snapshot.startedAt <= now);
	return record;
}

/** @throws TypeError naming what is wrong with the seed */
function parseSeed(body) {
	const name = optionalText(body, "name");
	if (name === void 0) throw new TypeError("name must be a string.");
	const given = [
		"status",
		"type",
		"tenantId",
		"memory",
		...[
			"cloudProvider",
			"region",
			"connectionUrl"
		]
	].flatMap((field) => {
		const value = optionalText(body, field);
		return value === void 0 ? [] : [[field, value]];
	});
	return {
		name,
		...Object.fromEntries(given),
		...body["createdAt"] !== void 0 && { createdAt: positive(body, "createdAt") }
	};
}
/** An existing instance, without its password. */
function listed({ id, name, status, tenantId }) {
	return {
		id,
		name,
		status,
		tenantId
	};
}
/** What the control path can do with tenants, instances and their statuses. */
const AURA_CONTROLS = {
	"GET account": (world) => ok({
		clientId: world.clientId,
		tenants: world.tenants.map(({ id, name }) => ({
			id,
			name
		})),
		instances: livingInstances(world).map(toSimulatedInstance).map(listed)
	}),
	"GET state": (world) => ok({
		clientId: world.clientId,
		tenants: world.tenants.map(({ id, name, reachable }) => ({
			id,
			name,
			reachable
		})),
		instances: livingInstances(world).map(toSimulatedInstance),
		history: everyInstance(world).map(toSimulatedInstance),
		...commonState(world)
	}),
	"POST instances": (world, call) => ({
		status: 201,
		body: toSimulatedInstance(seedInstance(world, parseSeed(parseBody(call))))
	}),
	"PATCH instances/{id}": (world, call) => {
		const { status } = parseBody(call);
		if (typeof status !== "string") throw new TypeError("status must be a string.");
		return ok(toSimulatedInstance(setStatus(world, param(call, "id"), status)));
	}
};

/** In the format seen live: a trace of 32 hexadecimal digits, a slash, a long number. */
function requestId() {
	const number = `${randomInt(1, 10 ** 9)}${String(randomInt(10 ** 9)).padStart(9, "0")}`;
	return `${randomBytes(16).toString("hex")}/${number}`;
}
/**
* POST and PATCH requests need a JSON content type, even without a body
* (Aura API v1 specification; seen live).
*/
function checkMediaType(call) {
	if (call.method !== "POST" && call.method !== "PATCH") return;
	if ((call.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() !== "application/json") throw gatewayError(415, "Unsupported Media Type");
}
function authenticated(world, call, act) {
	const now = world.clock.now();
	const clientTime = world.clock.clientTime(now);
	const clientId = world.tokens.check(call.headers["authorization"], clientTime);
	const trace = { "x-request-id": requestId() };
	try {
		const { requestsPerMinute } = world.limits;
		const { refusedRequests } = world.options;
		const wait = world.requestWindow.take(clientId, now, requestsPerMinute, refusedRequests);
		if (wait !== void 0) throw tooManyRequests(world, wait);
		checkMediaType(call);
		if (world.options.role === "viewer" && call.method !== "GET") throw forbidden();
		const answer = act(worldOf(world, clientId));
		return {
			...answer,
			headers: {
				...answer.headers,
				...trace
			}
		};
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const { answer } = error;
		throw new Refusal({
			...answer,
			headers: {
				...answer.headers,
				...trace
			}
		});
	}
}
/** The effect of the fault `expired-token`: the token of the request is expired from now on. */
function expireToken(world, call) {
	const token = bearerToken(call.headers["authorization"]);
	if (token !== void 0) world.tokens.revoke(token);
	return {
		status: world.options.expiredTokenStatus ?? 401,
		body: { error: EXPIRED }
	};
}
/**
* Handles a request: gateway first (path, token, rate limit, content type), then the operation.
*
* @throws Refusal
*/
function dispatch(world, { call, match, fault }) {
	if (fault?.kind === "expired-token") return expireToken(world, call);
	if (!match) throw apiError(404, {
		message: "Not Found",
		reason: "not-found"
	});
	const { route, params } = match;
	const act = (seen) => route.handle(seen, {
		...call,
		params,
		fault
	});
	return route.operation === "getToken" ? act(world) : authenticated(world, call, act);
}

/** Creates a search through routes. If several match, it finds the first. */
function router(routes) {
	const patterns = routes.map((route) => ({
		route,
		pattern: new RegExp(`^${route.path.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`)
	}));
	return (method, path) => {
		for (const { route, pattern } of patterns) {
			const found = route.method === method ? pattern.exec(path) : null;
			if (found) return {
				route,
				params: { ...found.groups }
			};
		}
	};
}

/** Puts an instance into a transitional status that ends as usual. */
function begin(world, record, status) {
	const until = world.clock.now() + world.durations.readAfterAction;
	record.outdated = {
		status: record.status,
		until
	};
	record.status = status;
	record.phases = usualCourse(status, world.clock.now(), world.durations);
}
/**
* `GET /v1/instances`: those of all accessible tenants, or of one. The list includes instances
* that are being destroyed, and deleted ones for the configured time.
*/
const listInstances = (world, call) => {
	const wanted = call.query["tenantId"];
	if (world.tenants.some((tenant) => tenant.id === wanted && !tenant.reachable)) throw forbidden();
	const listed = listedInstances(world).filter((record) => isReachable(world, record.tenantId) && (wanted === void 0 || record.tenantId === wanted));
	return success(200, listed.map(summary));
};
/** `GET /v1/instances/{instanceId}`. */
const getInstance = (world, call) => {
	const record = findInstance(world, param(call, "instanceId"));
	const { status, until } = record.outdated ?? {
		status: record.status,
		until: 0
	};
	return success(200, detail(record, world.clock.now() < until ? status : record.status));
};
/**
* `DELETE /v1/instances/{instanceId}`: of any idle instance. A second one gets 404 ("most
* likely", says the Aura API v1 specification), even while GET still shows `destroying`; or 410
* if so configured.
*/
const deleteInstance = (world, call) => {
	const record = findInstance(world, param(call, "instanceId"));
	if (record.status === "destroying") throw gone(world, record.id);
	requireIdle(record);
	begin(world, record, "destroying");
	record.deleteRequestedAt = world.clock.now();
	return success(202, detail(record));
};
/**
* `POST …/pause`. It is unknown whether Free can be paused: the console cannot, and the
* specification lists 400 only for this operation. Allowed by default.
*/
const pauseInstance = (world, call) => {
	jsonBody(call);
	const record = findInstance(world, param(call, "instanceId"));
	if (record.type === "free-db" && world.options.pauseFree === false) throw apiError(400, {
		message: "A Free instance can not be paused",
		reason: "database-incapable-of-action"
	});
	requireStatus(record, "paused", ["running"]);
	begin(world, record, "pausing");
	return success(202, detail(record));
};
/** `POST …/resume`. */
const resumeInstance = (world, call) => {
	jsonBody(call);
	const record = findInstance(world, param(call, "instanceId"));
	requireStatus(record, "resumed", ["paused"]);
	begin(world, record, "resuming");
	return success(202, detail(record));
};
/** `POST …/overwrite`: the target keeps its id, its connection URL and its password. */
const overwriteInstance = (world, call) => {
	const sent = jsonBody(call);
	const target = findInstance(world, param(call, "instanceId"));
	const body = declaredFields(world, sent, ["source_instance_id", "source_snapshot_id"]);
	const sourceId = requiredString(body, "source_instance_id");
	const snapshotId = optionalString(body, "source_snapshot_id");
	if (target.type === "free-db") throw apiError(420, {
		message: "Action not supported for this tier",
		reason: "unsupported-action"
	});
	requireStatus(target, "overwritten", ["running"]);
	const source = findInstance(world, sourceId);
	const now = world.clock.now();
	if (snapshotId !== void 0) findExportableSnapshot(source, snapshotId, now);
	if (gigabytes(source.values.memory) > gigabytes(target.values.memory)) throw apiError(500, {
		message: `Cannot clone database ${source.id} into smaller database ${target.id}.`,
		reason: "db-overwrite-size-disparity"
	});
	if (snapshotId === void 0 && !isSnapshotRunning(source, now)) {
		const { snapshot: duration } = world.durations;
		addSnapshot(source, {
			profile: "AdHoc",
			startedAt: now,
			duration
		});
	}
	begin(world, target, "overwriting");
	target.dataFrom = snapshotId ?? source.id;
	return success(202, detail(target));
};
/**
* `POST …/snapshots/{snapshotId}/restore`: in place, only from one of the instance's own snapshots.
*/
const restoreSnapshot = (world, call) => {
	jsonBody(call);
	const record = findInstance(world, param(call, "instanceId"));
	findUsableSnapshot(record, param(call, "snapshotId"), world.clock.now());
	requireStatus(record, "restored", ["running"]);
	begin(world, record, "restoring");
	record.dataFrom = param(call, "snapshotId");
	return success(202, detail(record));
};

const FIELDS$1 = [
	"node_count",
	"relationship_count",
	"instance_type",
	"algorithm_categories"
];
const TYPES = ["professional-ds", "enterprise-ds"];
/** Gigabytes of the sizes that AuraDS has. */
const SIZES = [
	8,
	16,
	24,
	32,
	48,
	64,
	128,
	192,
	256,
	384
];
/** @throws Refusal (400) if it is missing or not a whole number, 0 or more */
function count(body, field) {
	const value = body[field];
	if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
	throw invalidField(field, `${field} must be a whole number`);
}
/** @throws Refusal (400) if it is set and not a list of texts */
function categories(body) {
	const value = body["algorithm_categories"] ?? [];
	if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
	throw invalidField("algorithm_categories", "algorithm_categories must be a list of strings");
}
/**
* `POST /v1/instances/sizing`: an estimate for AuraDS. Aura's formula is not published; this one
* only grows with what is asked for.
*/
const sizeInstance = (world, call) => {
	const body = declaredFields(world, jsonBody(call), FIELDS$1);
	const bytes = count(body, "node_count") * 1e3 + count(body, "relationship_count") * 500;
	const type = optionalString(body, "instance_type");
	if (type !== void 0 && !TYPES.includes(type)) throw invalidField("instance_type", `instance_type must be one of ${TYPES.join(", ")}`);
	const needed = Math.ceil(bytes / 2 ** 30 * (1 + categories(body).length / 4)) + 2;
	const fitting = SIZES.find((size) => size >= needed);
	return success(200, {
		did_exceed_maximum: fitting === void 0,
		min_required_memory: `${needed}GB`,
		recommended_size: `${fitting ?? SIZES.at(-1) ?? 0}GB`
	});
};

function day(time) {
	return new Date(time).toISOString().slice(0, 10);
}
/**
* `GET …/snapshots`: those of one day. Default: today in Aura; its time zone is unknown, UTC here.
*/
const listSnapshots = (world, call) => {
	const now = world.clock.now();
	const record = findInstance(world, param(call, "instanceId"));
	const date = call.query["date"] ?? day(apiTime(world));
	const parsed = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : NaN;
	if (Number.isNaN(parsed) || day(parsed) !== date) throw invalidField("date", "date must be written as YYYY-MM-DD");
	const snapshots = startedSnapshots(record, now).filter((one) => day(apiTime(world, one.startedAt)) === date);
	return success(200, snapshots.map((one) => snapshotView(world, record, one)));
};
/** `GET …/snapshots/{snapshotId}`. */
const getSnapshot = (world, call) => {
	const now = world.clock.now();
	const record = findInstance(world, param(call, "instanceId"));
	const snapshot = findSnapshot(record, param(call, "snapshotId"), now);
	return success(200, snapshotView(world, record, snapshot));
};
/** `POST …/snapshots`: the answer contains only the id (Aura API v1 specification). */
const createSnapshot = (world, call) => {
	jsonBody(call);
	const now = world.clock.now();
	const record = findInstance(world, param(call, "instanceId"));
	if (world.options.billing === false && record.type !== "free-db") throw new Refusal({ status: 402 });
	requireStatus(record, "snapshotted", ["running"]);
	if (isSnapshotRunning(record, now)) throw snapshotNotAllowed("A snapshot of this instance is already in progress");
	const { snapshot: duration } = world.durations;
	const added = addSnapshot(record, {
		profile: "AdHoc",
		startedAt: now,
		duration,
		...call.fault?.kind === "snapshot-failed" && { outcome: "Failed" }
	});
	return success(202, { snapshot_id: added.id });
};

/** `GET /v1/tenants`: those that the credentials can access. */
const listTenants = (world) => success(200, world.tenants.filter((tenant) => tenant.reachable).map(({ id, name }) => ({
	id,
	name
})));
/** @throws Refusal (404) if it does not exist; (403) if it is not accessible */
function findTenant(world, id) {
	const tenant = world.tenants.find((one) => one.id === id);
	if (!tenant) throw apiError(404, TENANT_NOT_FOUND);
	if (!tenant.reachable) throw forbidden();
	return tenant;
}
/** `GET /v1/tenants/{tenantId}`: with everything that can be created in it, a very long answer. */
const getTenant = (world, call) => {
	const tenant = findTenant(world, param(call, "tenantId"));
	return success(200, {
		id: tenant.id,
		name: tenant.name,
		instance_configurations: tenant.configurations
	});
};
/**
* `GET …/metrics-integration`: where Prometheus reads the metrics of all instances. Text and reason
* of the refusal are from the tests of an official client.
*/
const getTenantMetrics = (world, call) => {
	const { id } = findTenant(world, param(call, "tenantId"));
	if (!livingInstances(world).some(({ tenantId, type }) => tenantId === id && METRICS_TYPES.includes(type))) throw apiError(400, {
		message: "This tenant has no instances eligible for metrics integration",
		reason: "tenant-incapable-of-action"
	});
	return success(200, { endpoint: metricsUrl(id) });
};

const FORM = "application/x-www-form-urlencoded";
function denied(status) {
	return new Refusal({
		status,
		body: TOKEN_DENIED
	});
}
/**
* `POST /oauth/token`: exchanges client id and secret for an access token. Statuses as in Aura's
* documentation: 400 bad request, 401 wrong credentials, 403 wrong body, 404 no body.
*/
const getToken = (world, call) => {
	const credentials = basicCredentials(call.headers["authorization"]);
	const now = world.clock.now();
	const client = credentials?.user ?? "";
	const wait = world.tokenWindow.take(client, now, world.limits.tokensPerHour);
	if (wait !== void 0) throw tooManyRequests(world, wait);
	if (call.body === "") throw denied(404);
	if (!(call.headers["content-type"] ?? "").toLowerCase().startsWith(FORM)) throw denied(400);
	if (new URLSearchParams(call.body).get("grant_type") !== "client_credentials") throw denied(403);
	const secret = world.clients.get(client)?.clientSecret;
	if (secret === void 0 || credentials?.password !== secret) throw denied(401);
	const token = world.tokens.issue(world.clock.clientTime(now), client);
	world.secrets.add(token);
	return {
		status: 200,
		body: {
			access_token: token,
			expires_in: world.options.tokenLifetimeSeconds ?? 3600,
			token_type: "Bearer"
		}
	};
};

const FIELDS = [
	"name",
	"memory",
	"storage",
	"vector_optimized",
	"graph_analytics_plugin",
	"secondaries_count",
	"cdc_enrichment_mode"
];
const CLUSTER_TYPES = ["business-critical", "enterprise-db"];
const CDC_MODES = [
	"OFF",
	"DIFF",
	"FULL"
];
/** The configurations available for an instance in its tenant, region and cloud. */
function offers(world, record) {
	return (world.tenants.find((one) => one.id === record.tenantId)?.configurations ?? []).filter((one) => one.type === record.type && one.region === record.region && one.cloud_provider === record.cloudProvider);
}
function sizeChange(world, record, body) {
	const memory = optionalString(body, "memory");
	const storage = optionalString(body, "storage");
	if (memory === void 0 && storage === void 0) return {};
	const wanted = memory ?? record.values.memory;
	const match = offers(world, record).find((one) => one.memory === wanted && (storage === void 0 || one.storage === storage));
	if (!match) throw invalidSize(wanted, storage);
	return {
		memory: match.memory,
		storage: match.storage
	};
}
function clusterChange(record, body) {
	const secondaries = body["secondaries_count"];
	const mode = optionalString(body, "cdc_enrichment_mode");
	const field = secondaries === void 0 ? "cdc_enrichment_mode" : "secondaries_count";
	if (secondaries === void 0 && mode === void 0) return {};
	if (!CLUSTER_TYPES.includes(record.type)) throw incapable(field, `${secondaries === void 0 ? "Change data capture" : "Secondaries"} only available on Business Critical and Virtual Dedicated Cloud`);
	if (mode !== void 0 && !CDC_MODES.includes(mode)) throw invalidField("cdc_enrichment_mode", "cdc_enrichment_mode must be OFF, DIFF or FULL");
	if (secondaries === void 0) return mode === void 0 ? {} : { cdcEnrichmentMode: mode };
	if (typeof secondaries !== "number" || !Number.isInteger(secondaries) || secondaries < 0) throw invalidField("secondaries_count", "secondaries_count must be a whole number");
	return {
		secondariesCount: secondaries,
		...mode !== void 0 && { cdcEnrichmentMode: mode }
	};
}
function featureChange(record, body, memory) {
	const vectorOptimized = optionalBoolean(body, "vector_optimized");
	const graphAnalyticsPlugin = optionalBoolean(body, "graph_analytics_plugin");
	if (vectorOptimized === true && gigabytes(memory) < 4) throw invalidField("vector_optimized", "Vector optimization needs at least 4GB of memory");
	if (graphAnalyticsPlugin === true && record.type !== "professional-db") throw incapable("graph_analytics_plugin", "The Graph Analytics plugin is only available on Professional");
	return {
		...vectorOptimized !== void 0 && { vectorOptimized },
		...graphAnalyticsPlugin !== void 0 && { graphAnalyticsPlugin }
	};
}
/** A name alone changes immediately with 200, also for a paused instance. */
function rename(record, name) {
	requireIdle(record);
	record.values = {
		...record.values,
		name
	};
	return success(200, detail(record));
}
/**
* `PATCH /v1/instances/{instanceId}`. Any change except a name alone gets 202 and `updating`,
* while GET still shows the old state for some seconds (seen live). Memory changes of a paused
* instance: unknown in Aura, refused here. Without any change: 202 in every status, because the
* Terraform provider sends `{}` right after each of its changes, and expects 202.
*/
const updateInstance = (world, call) => {
	const sent = jsonBody(call);
	const record = findInstance(world, param(call, "instanceId"));
	if (call.body === "") throw apiError(400, {
		message: "No body",
		reason: "invalid-request"
	});
	const body = declaredFields(world, sent, FIELDS);
	const given = optionalString(body, "name");
	const name = given === void 0 ? void 0 : instanceName(given);
	const [first] = Object.keys(body).filter((field) => field !== "name");
	if (first === void 0) return name === void 0 ? success(202, detail(record)) : rename(record, name);
	if (record.type === "free-db") throw incapable(first, "A Free instance can not be changed");
	const size = sizeChange(world, record, body);
	const values = {
		...name !== void 0 && { name },
		...size,
		...clusterChange(record, body),
		...featureChange(record, body, size.memory ?? record.values.memory)
	};
	requireStatus(record, "changed", ["running"]);
	const seen = world.clock.now() + world.durations.readAfterUpdate;
	record.phases = [{
		at: seen,
		status: "updating"
	}, {
		at: seen + world.durations.resize,
		status: "running",
		values
	}];
	return success(202, detail(record, "updating"));
};

const TARGET = "business-critical";
/**
* `POST …/upgrade`: from Professional to Business Critical in place, which removes the Graph
* Analytics plugin. The specification answers 200, a note about the real API 202; 200 here. The
* old type is shown until the instance is running again.
*/
const upgradeInstance = (world, call) => {
	const sent = jsonBody(call);
	const record = findInstance(world, param(call, "instanceId"));
	const body = declaredFields(world, sent, ["memory", "storage"]);
	const memory = optionalString(body, "memory");
	const storage = optionalString(body, "storage");
	if (memory === void 0 !== (storage === void 0)) throw invalidField(memory === void 0 ? "memory" : "storage", "memory and storage must be sent together");
	if (record.type !== "professional-db") throw apiError(400, {
		message: "Only a Professional instance can be upgraded",
		reason: "database-incapable-of-action"
	});
	const wanted = memory ?? record.values.memory;
	const match = world.tenants.find(({ id }) => id === record.tenantId)?.configurations.find((one) => one.type === TARGET && one.region === record.region && one.cloud_provider === record.cloudProvider && one.memory === wanted && (storage === void 0 || one.storage === storage));
	if (!match) throw invalidSize(wanted, storage);
	requireStatus(record, "upgraded", ["running"]);
	const now = world.clock.now();
	const values = {
		memory: match.memory,
		storage: match.storage,
		graphAnalyticsPlugin: false
	};
	record.status = "updating";
	record.phases = [{
		at: now + world.durations.resize,
		status: "running",
		values,
		type: TARGET
	}];
	return success(200, detail(record));
};

const INSTANCE = "/v1/instances/{instanceId}";
const KEYS = "/v1/customer-managed-keys";
function route(operation, handle, address) {
	const [method = "", path = ""] = address.split(" ");
	return {
		method,
		path,
		operation,
		handle
	};
}
/** All simulated operations. */
const ROUTES = [
	route("getToken", getToken, "POST /oauth/token"),
	route("listTenants", listTenants, "GET /v1/tenants"),
	route("getTenant", getTenant, "GET /v1/tenants/{tenantId}"),
	route("getTenantMetrics", getTenantMetrics, "GET /v1/tenants/{tenantId}/metrics-integration"),
	route("listInstances", listInstances, "GET /v1/instances"),
	route("createInstance", createInstance, "POST /v1/instances"),
	route("sizeInstance", sizeInstance, "POST /v1/instances/sizing"),
	route("getInstance", getInstance, `GET ${INSTANCE}`),
	route("updateInstance", updateInstance, `PATCH ${INSTANCE}`),
	route("deleteInstance", deleteInstance, `DELETE ${INSTANCE}`),
	route("pauseInstance", pauseInstance, `POST ${INSTANCE}/pause`),
	route("resumeInstance", resumeInstance, `POST ${INSTANCE}/resume`),
	route("overwriteInstance", overwriteInstance, `POST ${INSTANCE}/overwrite`),
	route("upgradeInstance", upgradeInstance, `POST ${INSTANCE}/upgrade`),
	route("listSnapshots", listSnapshots, `GET ${INSTANCE}/snapshots`),
	route("createSnapshot", createSnapshot, `POST ${INSTANCE}/snapshots`),
	route("getSnapshot", getSnapshot, `GET ${INSTANCE}/snapshots/{snapshotId}`),
	route("restoreSnapshot", restoreSnapshot, `POST ${INSTANCE}/snapshots/{snapshotId}/restore`),
	route("listKeys", listKeys, `GET ${KEYS}`),
	route("createKey", createKey, `POST ${KEYS}`),
	route("getKey", getKey, `GET ${KEYS}/{keyId}`),
	route("deleteKey", deleteKey, `DELETE ${KEYS}/{keyId}`)
];
/** The route for a request, undefined if there is none. */
const findRoute = router(ROUTES);

/**
* Adds a snapshot directly.
*
* @throws Error if the instance does not exist
*/
function seedSnapshot(world, instanceId, seed) {
	const record = world.instances.get(instanceId);
	if (!record) throw new Error(`Instance ${instanceId} does not exist.`);
	const usual = {
		profile: "AdHoc",
		startedAt: world.clock.now(),
		duration: 0
	};
	return addSnapshot(record, {
		...usual,
		...seed
	});
}
/** The snapshots of an instance that have started, newest first, for tests. */
function simulatedSnapshots(world, id) {
	const record = world.instances.get(id);
	const now = world.clock.now();
	if (!record) return [];
	return startedSnapshots(record, now).map((one) => ({
		id: one.id,
		profile: one.profile,
		status: snapshotStatus(one, now)
	}));
}

const AURA = {
	findRoute,
	dispatch,
	controls: AURA_CONTROLS
};
/**
* Starts a simulated Aura API v1 on this machine.
*
* @throws Error if the port is taken
*/
async function startSimulator(options = {}) {
	const world = createWorld(options);
	return {
		...await serveApi(AURA, world),
		clientId: world.clientId,
		clientSecret: world.clientSecret,
		tenantId: world.tenants[0]?.id ?? "",
		tenants: world.tenants.map(({ id, name }) => ({
			id,
			name
		})),
		auraTime: () => apiTime(world),
		instances: () => livingInstances(world).map(toSimulatedInstance),
		history: () => everyInstance(world).map(toSimulatedInstance),
		seedInstance: (seed) => toSimulatedInstance(seedInstance(world, seed)),
		seedKey: (seed) => seedKey(world, seed),
		snapshots: (instanceId) => simulatedSnapshots(world, instanceId),
		seedSnapshot: (instanceId, seed = {}) => seedSnapshot(world, instanceId, seed).id,
		setStatus: (id, status) => {
			setStatus(world, id, status);
		}
	};
}

/** What `--help` prints. */
const HELP = `Usage: npm run simulator -- [options]

Runs a simulated Aura API v1 on this machine until you press Ctrl+C.

  --port <number>         port to listen on; 0 selects a free port (default 8080)
  --host <name>           address to listen on (default 127.0.0.1)
  --speed <number>        simulated seconds per real second (default 1); it shortens all that a
                          client waits for, also the minute and the hour of limits
  --driven                time advances only through POST /_simulator/clock

  --tenant <name>         a tenant (project) of the account; repeat it for several
                          (default 'Simulated project')
  --role <role>           role of the credentials' user: member (default) or viewer
  --quota <number>        maximum number of instances in the account (default: no limit)
  --no-billing            simulate an account that can have only Free instances

  --requests-per-minute <number>  or unlimited (default 125; 25 with --no-billing)
  --tokens-per-hour <number>      or unlimited (default 15)
  --no-rate-limits                do not limit requests and tokens
  --retry-after <form>            Retry-After of a 429: seconds (default), date or none
  --token-lifetime <seconds>      lifetime of a token (default 3600), whatever the speed

  --first-snapshot <seconds>      from 'running' until the first automatic snapshot starts, in
                                  simulated seconds, or never (default 0)
  --strict                        refuse unknown properties in bodies instead of ignoring them
  --help                          show this help

The environment variables SIMULATOR_CLIENT_ID and SIMULATOR_CLIENT_SECRET set the credentials; the
secret is not printed then. Default: random ones.

docs/simulator.md explains what is simulated.
`;
const OPTIONS = {
	port: {
		type: "string",
		default: "8080"
	},
	host: {
		type: "string",
		default: "127.0.0.1"
	},
	speed: {
		type: "string",
		default: "1"
	},
	driven: {
		type: "boolean",
		default: false
	},
	tenant: {
		type: "string",
		multiple: true
	},
	role: {
		type: "string",
		default: "member"
	},
	quota: { type: "string" },
	"no-billing": {
		type: "boolean",
		default: false
	},
	"requests-per-minute": { type: "string" },
	"tokens-per-hour": { type: "string" },
	"no-rate-limits": {
		type: "boolean",
		default: false
	},
	"retry-after": {
		type: "string",
		default: "seconds"
	},
	"token-lifetime": {
		type: "string",
		default: "3600"
	},
	"first-snapshot": {
		type: "string",
		default: "0"
	},
	strict: {
		type: "boolean",
		default: false
	},
	help: {
		type: "boolean",
		short: "h",
		default: false
	}
};
function invalid(option, text, expected) {
	return /* @__PURE__ */ new TypeError(`Option '--${option}' is '${text}'; expected ${expected}.`);
}
function parsePort(text) {
	const port = /^\d+$/.test(text) ? Number(text) : NaN;
	if (port <= 65535) return port;
	throw invalid("port", text, "a number from 0 to 65535");
}
function parseSpeed(text) {
	const speed = Number(text);
	if (speed > 0 && Number.isFinite(speed)) return speed;
	throw invalid("speed", text, "a number greater than 0");
}
function parseCount(option, text, word = "") {
	if (/^\d+$/.test(text)) return Number(text);
	throw invalid(option, text, `a whole number, 0 or more${word}`);
}
function parseAllowance(option, text) {
	return text === "unlimited" ? text : parseCount(option, text, ", or unlimited");
}
function parseSeconds(text) {
	return text === "never" ? Infinity : parseCount("first-snapshot", text, ", or never") * 1e3;
}
function parseWord(option, text, words) {
	const found = words.find((word) => word === text);
	if (found !== void 0) return found;
	throw invalid(option, text, words.join(" or "));
}
function parseTenants(names) {
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== void 0) throw invalid("tenant", twice, "a different name each time");
	if (names.includes("")) throw invalid("tenant", "", "a name");
	return names.map((name) => ({ name }));
}
/**
* Converts the command line to options; undefined if help is requested.
*
* @throws TypeError that names an invalid argument.
*/
function parseCommandLine(args) {
	const { values } = parseArgs({
		args: [...args],
		options: OPTIONS,
		strict: true
	});
	if (values.help) return void 0;
	const { tenant, quota } = values;
	const fallback = values["no-rate-limits"] ? "unlimited" : void 0;
	const requests = values["requests-per-minute"] ?? fallback;
	const tokens = values["tokens-per-hour"] ?? fallback;
	const speed = parseSpeed(values.speed);
	return {
		port: parsePort(values.port),
		host: values.host,
		clock: values.driven ? drivenClock() : realTimeClock(speed),
		...tenant && { tenants: parseTenants(tenant) },
		role: parseWord("role", values.role, ["member", "viewer"]),
		...quota !== void 0 && { instanceQuota: parseCount("quota", quota) },
		billing: !values["no-billing"],
		...requests !== void 0 && { requestsPerMinute: parseAllowance("requests-per-minute", requests) },
		...tokens !== void 0 && { tokensPerHour: parseAllowance("tokens-per-hour", tokens) },
		retryAfter: parseWord("retry-after", values["retry-after"], [
			"seconds",
			"date",
			"none"
		]),
		tokenLifetimeSeconds: parseCount("token-lifetime", values["token-lifetime"]),
		durations: { firstSnapshot: parseSeconds(values["first-snapshot"]) },
		unknownFields: values.strict ? "refuse" : "ignore"
	};
}

function describeTenants({ tenants }) {
	const names = tenants.length > 1;
	return tenants.map(({ id, name }) => `tenant id      ${id}${names ? `  '${name}'` : ""}`);
}
/** Credentials that the caller has chosen; empty variables count as not set. */
const { SIMULATOR_CLIENT_ID: clientId, SIMULATOR_CLIENT_SECRET: clientSecret } = process.env;
function describe(simulator) {
	const secret = clientSecret ? "as in SIMULATOR_CLIENT_SECRET" : simulator.clientSecret;
	return [
		`url            ${simulator.url}`,
		`client id      ${simulator.clientId}`,
		`client secret  ${secret}`,
		...describeTenants(simulator),
		`control        ${simulator.url}/_simulator/state`,
		"Use them as inputs 'api-url', 'client-id', 'client-secret' and 'tenant'. Press Ctrl+C to stop.",
		""
	].join("\n");
}
function message(error) {
	return error instanceof Error ? error.message : String(error);
}
async function run(args) {
	let options;
	try {
		options = parseCommandLine(args);
	} catch (error) {
		process.stderr.write(`${message(error)}\n\n${HELP}`);
		process.exitCode = 2;
		return;
	}
	if (!options) {
		process.stdout.write(HELP);
		return;
	}
	for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
	try {
		const simulator = await startSimulator({
			...options,
			...clientId && { clientId },
			...clientSecret && { clientSecret },
			onStop: () => process.exit(0)
		});
		process.stdout.write(describe(simulator));
	} catch (error) {
		process.stderr.write(`The simulator could not start: ${message(error)}\n`);
		process.exitCode = 1;
	}
}
await run(process.argv.slice(2));

export {  };