import { request } from "node:http";
import * as os from "os";
import * as crypto from "crypto";
import * as fs from "fs";
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync, writeFileSync } from "node:fs";

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

let store$4;
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
	if (!config$1 && !store$4) return DEFAULT_CONFIG;
	return {
		lang: config$1?.lang ?? store$4?.lang,
		message: config$1?.message,
		abortEarly: config$1?.abortEarly ?? store$4?.abortEarly,
		abortPipeEarly: config$1?.abortPipeEarly ?? store$4?.abortPipeEarly
	};
}
let store$3;
/**
* Returns a global error message.
*
* @param lang The language of the message.
*
* @returns The error message.
*/
/* @__NO_SIDE_EFFECTS__ */
function getGlobalMessage(lang) {
	return store$3?.get(lang);
}
let store$2;
/**
* Returns a schema error message.
*
* @param lang The language of the message.
*
* @returns The error message.
*/
/* @__NO_SIDE_EFFECTS__ */
function getSchemaMessage(lang) {
	return store$2?.get(lang);
}
let store$1;
/**
* Returns a specific error message.
*
* @param reference The identifier reference.
* @param lang The language of the message.
*
* @returns The error message.
*/
/* @__NO_SIDE_EFFECTS__ */
function getSpecificMessage(reference, lang) {
	return store$1?.get(reference)?.get(lang);
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
	const message$1 = other?.message ?? context.message ?? /* @__PURE__ */ getSpecificMessage(context.reference, issue.lang) ?? (isSchema ? /* @__PURE__ */ getSchemaMessage(issue.lang) : null) ?? config$1.message ?? /* @__PURE__ */ getGlobalMessage(issue.lang);
	if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
	if (isSchema) dataset.typed = false;
	if (dataset.issues) dataset.issues.push(issue);
	else dataset.issues = [issue];
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
* The content of a JSON text; undefined if it does not match the schema. It deliberately gives no
* reason: the messages of `JSON.parse` and of valibot quote the text, which can be a secret.
*/
function readJson(schema, text) {
	return parse(lenient(pipe(string(), parseJson(), schema)), text);
}
/** A value that counts as missing (undefined) if it does not match the schema. */
function lenient(schema) {
	return fallback(undefinedable(schema), () => void 0);
}

/** The reason of an abort because a time limit was reached. */
var TimeLimitError = class extends Error {
	name = "TimeLimitError";
};
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

const largestAnswerBytes = 5242880;
const accountSchema = object({
	clientId: string(),
	tenants: array(object({
		id: string(),
		name: string()
	})),
	instances: array(object({
		id: string(),
		name: string(),
		status: string()
	}))
});
/** Asks a simulator what exists in it. @throws Error if it does not answer as a simulator would. */
async function readAccount(simulator) {
	const { status, text } = await ask(simulator, "GET", "account");
	const account = readJson(accountSchema, text);
	if (status === 200 && account !== void 0) return account;
	throw new Error(`the answer (status ${status}) is not that of a simulator`);
}
/** Stops a simulator. @throws Error if it does not agree. */
async function stop(simulator) {
	const { status } = await ask(simulator, "POST", "stop");
	if (status !== 202) throw new Error(`it answered with status ${status}`);
}
/**
* Sends a request to the control path. Not through the transport of other services: that one
* considers the proxy of the job, and a step of a few milliseconds would have to load it.
*/
function ask({ url, ...limit }, method, control) {
	return withTimeLimit((stopped) => new Promise((resolve, reject) => {
		const options = {
			method,
			agent: false,
			signal: stopped
		};
		const sent = request(new URL(`/_simulator/${control}`, url), options, (response) => {
			let text = "";
			response.setEncoding("utf8");
			response.on("data", (piece) => {
				text += piece;
				if (text.length > largestAnswerBytes) response.destroy(/* @__PURE__ */ new Error("too long an answer"));
			});
			response.on("end", () => {
				resolve({
					status: response.statusCode ?? 0,
					text
				});
			});
			response.on("error", reject);
		});
		sent.on("error", reject);
		sent.end();
	}), limit);
}

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
function issueCommand(command, properties, message) {
	const cmd = new Command(command, properties, message);
	process.stdout.write(cmd.toString() + os.EOL);
}
function issue(name, message = "") {
	issueCommand(name, {}, message);
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

function issueFileCommand(command, message) {
	const filePath = process.env[`GITHUB_${command}`];
	if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
	if (!fs.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
	fs.appendFileSync(filePath, `${toCommandValue(message)}${os.EOL}`, { encoding: "utf8" });
}
function prepareKeyValueMessage(key, value) {
	const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
	const convertedValue = toCommandValue(value);
	if (key.includes(delimiter)) throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
	if (convertedValue.includes(delimiter)) throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
	return `${key}<<${delimiter}${os.EOL}${convertedValue}${os.EOL}${delimiter}`;
}

var __awaiter = void 0 && (void 0).__awaiter || function(thisArg, _arguments, P, generator) {
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
function exportVariable$1(name, val) {
	const convertedVal = toCommandValue(val);
	process.env[name] = convertedVal;
	if (process.env["GITHUB_ENV"] || "") return issueFileCommand("ENV", prepareKeyValueMessage(name, val));
	issueCommand("set-env", { name }, convertedVal);
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
	issueCommand("add-mask", {}, secret);
}
/**
* Sets the value of an output.
*
* @param     name     name of the output to set
* @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
*/
function setOutput(name, value) {
	if (process.env["GITHUB_OUTPUT"] || "") return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
	process.stdout.write(os.EOL);
	issueCommand("set-output", { name }, toCommandValue(value));
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
	issueCommand("debug", {}, message);
}
/**
* Adds an error issue
* @param message error issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function error(message, properties = {}) {
	issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Adds a warning issue
* @param message warning issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function warning(message, properties = {}) {
	issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Adds a notice issue
* @param message notice issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function notice(message, properties = {}) {
	issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Writes info to log with console.log.
* @param message info message
*/
function info(message) {
	process.stdout.write(message + os.EOL);
}
/**
* Begin an output group.
*
* Output until the next `groupEnd` will be foldable in this group
*
* @param name The name of the output group
*/
function startGroup(name) {
	issue("group", name);
}
/**
* End an output group.
*/
function endGroup() {
	issue("endgroup");
}
/**
* Saves state for current action, the state can only be retrieved by this action's post job execution.
*
* @param     name     name of the state to store
* @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
*/
function saveState$1(name, value) {
	if (process.env["GITHUB_STATE"] || "") return issueFileCommand("STATE", prepareKeyValueMessage(name, value));
	issueCommand("save-state", { name }, toCommandValue(value));
}

/** A text cut after so many characters, with a mark by which the report knows that it was cut. */
function shortened(text, longest) {
	return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;
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

const longestCode = 300;
const longestProse = 1500;
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
	const { O_APPEND, O_NONBLOCK, O_WRONLY } = constants;
	const descriptor = openSync(file, O_WRONLY | O_APPEND | orNothing$1(O_NONBLOCK));
	try {
		const found = fstatSync(descriptor);
		if (!found.isFile()) throw new Error("it is not a regular file");
		const text = renderSection(section, {
			clean,
			room: mostBytes - found.size
		});
		if (text === "") throw new Error("it has no room left for more text");
		writeFileSync(descriptor, text);
	} finally {
		closeSync(descriptor);
	}
}
/** On Windows the constant is undefined. */
function orNothing$1(flag) {
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
			for (const [name, value] of Object.entries(variables)) exportVariable(name, secrets.has(value) ? value : scrubbed(value));
		},
		saveState,
		saveWarning: (key, text) => {
			saveState(key, escapeCommandData(clean(text)));
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
	const info$1 = (text) => {
		inside();
		info(clean(text));
	};
	const warn = (text) => {
		outside();
		warning(clean(text));
	};
	const notice$1 = (text) => {
		outside();
		notice(clean(text), { title });
	};
	return {
		group,
		info: info$1,
		debug: (text) => {
			debug(clean(text));
		},
		warning: atMost(mostWarnings, warn, (text) => {
			info$1(`Warning: ${text}`);
		}),
		notice: atMost(1, notice$1, info$1),
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
function exportVariable(name, value) {
	writing(`variable ${name}`, () => {
		exportVariable$1(name, value);
	});
}
function saveState(key, value) {
	writing("the state of the step", () => {
		saveState$1(key, value);
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

/** Every output that simulator/action.yml declares. */
const outputNames = [
	"api-url",
	"client-id",
	"client-secret",
	"tenant"
];
/** A report that masks the client secret, as it would be with a real account. */
function createSimulatorReport() {
	return createReport({
		title: "Aura simulator",
		names: outputNames,
		secret: /* @__PURE__ */ new Set(["client-secret"]),
		verbatim: /* @__PURE__ */ new Set()
	});
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
	assertRegular(followLinks ? statSync(path) : lstatSync(path));
	const descriptor = openSync(path, followLinks ? readFlags : readFlags | noLinks);
	try {
		const found = fstatSync(descriptor);
		assertRegular(found);
		if (ownOnly) assertOwn(found);
		if (found.size > maxBytes) throw tooLong(maxBytes);
		return readUpTo(descriptor, maxBytes);
	} finally {
		closeSync(descriptor);
	}
}
/** On Windows these constants are undefined. */
const orNothing = (flag) => flag ?? 0;
const readFlags = constants.O_RDONLY | orNothing(constants.O_NONBLOCK);
const noLinks = orNothing(constants.O_NOFOLLOW);
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
		const count = readSync(descriptor, chunk, 0, chunkBytes, null);
		if (count === 0) return Buffer.concat(chunks);
		bytes += count;
		if (bytes > maxBytes) throw tooLong(maxBytes);
		chunks.push(chunk.subarray(0, count));
	}
}
function tooLong(maxBytes) {
	return new SafeFileError(`it is longer than ${maxBytes} bytes`);
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

const largestOutputBytes = 1048576;
const readEveryMilliseconds = 20;
/**
* Waits until the program has printed its address.
*
* @throws ActionError with what it printed instead; the signal's reason when aborted.
*/
function awaitAddress(file, wait) {
	const { clock, signal, milliseconds, end = () => void 0 } = wait;
	const begin = clock.now();
	const limits = {
		begin,
		deadline: begin + milliseconds,
		pollInterval: readEveryMilliseconds
	};
	const rest = {
		random: Math.random,
		graceSignal: void 0,
		log: () => void 0
	};
	return poll({
		clock,
		signal,
		...limits,
		...rest
	}, {
		first: "now",
		read: () => Promise.resolve({
			ended: end(),
			text: readOutput(file)
		}),
		judge: ({ ended, text }) => {
			const address = /^url +(http:\/\/127\.0\.0\.1:\d+)\n/m.exec(text)?.[1];
			if (address !== void 0) return done(new URL(address));
			if (ended === void 0) return again();
			throw new ActionError(`its program ended with ${ended}. ${describeOutput(text)}`);
		},
		overdue: () => {
			const seconds = Math.round(milliseconds / 1e3);
			const text = readOutput(file);
			throw new ActionError(`no address after ${seconds}s. ${describeOutput(text)}`);
		},
		tolerance: {
			forgive: (error) => {
				throw asError(error);
			},
			reset: () => void 0
		}
	});
}
/** A sentence about what the program printed. */
function describeOutput(text) {
	const shown = text.trim().slice(-1500);
	return shown === "" ? "It printed nothing." : `It printed: ${shown}`;
}
/** What the program has printed; empty if its file is missing. */
function readOutput(file) {
	try {
		return readSafely(file, { maxBytes: largestOutputBytes }).toString("utf8");
	} catch {
		return "";
	}
}

const key = "simulator";
const schema = object({
	file: string(),
	clientId: string()
});
/** Undefined if the main step started no simulator. */
function readState(env) {
	return readJson(schema, env[`STATE_${key}`] ?? "");
}

/** The program may have started just before main was killed. */
const addressMilliseconds = 3e3;
const answerMilliseconds = 5e3;
/** So many fit into an annotation. */
const mostNames = 20;
/** Says what is left in the simulator of this step, and stops it. Never fails the job. */
async function stopSimulator(surroundings) {
	const saved = readState(surroundings.env);
	if (saved === void 0) return;
	const report = createSimulatorReport();
	try {
		await end(report, saved, surroundings);
	} catch (error) {
		const why = asError(error).message.replace(/\.$/, "");
		report.warning(`Could not stop the simulator: ${why}. The runner ends it with the job.`);
	}
}
async function end(report, { file, clientId }, { clock, signal }) {
	const url = await awaitAddress(file, {
		clock,
		signal,
		milliseconds: addressMilliseconds
	});
	const simulator = {
		url,
		clock,
		signal,
		milliseconds: answerMilliseconds
	};
	const account = await accountOf(simulator, clientId);
	if (typeof account === "string") {
		report.warning(`The simulator of this job no longer runs at ${url.origin} (${account}), so what existed in it is unknown. ${describeOutput(readOutput(file))}`);
		return;
	}
	sayWhatIsLeft(report, account);
	await stop(simulator);
	report.info(`The simulator at ${url.origin} stopped.`);
}
/**
* The account of this simulator, or why it no longer exists.
*
* @throws Error if it may still run.
*/
async function accountOf(simulator, clientId) {
	try {
		const account = await readAccount(simulator);
		return account.clientId === clientId ? account : "another simulator has its address";
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ECONNREFUSED") return error.message;
		throw error;
	}
}
function sayWhatIsLeft(report, { instances }) {
	const left = instances.filter(({ status }) => status !== "destroying");
	if (left.length === 0) {
		report.info("Nothing is left in the simulator.");
		return;
	}
	const names = left.map(({ id, name, status }) => `'${name}' (${id}, ${status})`);
	const others = names.slice(mostNames);
	const more = others.length === 0 ? "" : ` and ${others.length} more, which the log names`;
	const count = left.length === 1 ? "1 instance" : `${left.length} instances`;
	report.warning(`The job left ${count} in the simulator: ${names.slice(0, mostNames).join(", ")}${more}. In Aura they would continue to exist, and to cost money unless they are free. Use delete-after-job, or delete them in another step or job.`);
	for (const name of others) report.info(`Also left: ${name}`);
}

await stopSimulator({
	clock: systemClock,
	signal: cancellation(),
	env: process.env
});
process.stdout.write("", exit);

export {  };