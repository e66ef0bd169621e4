import { fileURLToPath } from "node:url";
import { randomBytes, randomUUID } from "node:crypto";
import path from "node:path";
import * as os from "os";
import * as crypto from "crypto";
import * as fs from "fs";
import { request } from "node:http";
import { accessSync, closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";

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
function saveState$2(name, value) {
	if (process.env["GITHUB_STATE"] || "") return issueFileCommand("STATE", prepareKeyValueMessage(name, value));
	issueCommand("save-state", { name }, toCommandValue(value));
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
function valueOf(parsed) {
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
			const value = guess === "" ? void 0 : valueOf(parse(guess));
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
/** A text; `pattern` must match all of it. */
function matching(pattern, expected) {
	return (text) => pattern.test(text) ? { value: text } : { expected };
}
/** `true` or `false`, in small or capital letters. */
const parseBoolean = oneOf({
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
function onOneLine(text) {
	return text.replaceAll(/\r\n|\r|\n/g, "\\n");
}
function describeProblem(name, text, { expected, shown, hint }) {
	const problem = text === "" ? messages.missing(name, expected) : messages.invalid(name, onOneLine(shown ?? text), expected);
	return withHint(problem, hint);
}

const prefix = "INPUT_";
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
	return Object.keys(env).filter((variable) => variable.toUpperCase().startsWith(prefix)).map((variable) => variable.slice(6).toLowerCase()).filter((name) => !known.includes(name)).map((name) => ({
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
		const { O_APPEND, O_NONBLOCK, O_WRONLY } = constants;
		const descriptor = openSync(file, O_WRONLY | O_APPEND | O_NONBLOCK);
		try {
			return fstatSync(descriptor).isFile() ? void 0 : "it is not a regular file";
		} finally {
			closeSync(descriptor);
		}
	} catch (error) {
		return asError(error).message;
	}
}
function whyNoDirectory(directory) {
	try {
		if (!statSync(directory).isDirectory()) return "it is not a directory";
		accessSync(directory, constants.W_OK | constants.X_OK);
		return;
	} catch (error) {
		return asError(error).message;
	}
}

const count = "\\d{1,9}";
const parseWhole = matching(new RegExp(`^${count}$`), "a whole number, 0 or more");
const parseAllowance = wholeOr("unlimited", "a whole number, 0 or more, or unlimited");
const parseSnapshotTime = wholeOr("never", "a whole number of seconds, or never");
/** A whole number or a word, in small or capital letters. */
function wholeOr(word, expected) {
	const parse = matching(new RegExp(`^(${count}|${word})$`), expected);
	return (text) => parse(text.toLowerCase());
}
const parseTenants = (text) => {
	const parsed = parseList(text);
	const names = "value" in parsed ? parsed.value : [];
	return names.length > 0 && new Set(names).size === names.length ? { value: names } : { expected: "names of tenants, each a different one, separated by commas or newlines" };
};
/** Every input that simulator/action.yml declares; most are options of the simulator's program. */
const table = defineTable({
	speed: {
		parse: matching(/^(?=.*[1-9])\d{1,9}(\.\d{1,9})?$/, "a number greater than 0"),
		default: "60"
	},
	tenants: {
		parse: parseTenants,
		default: "Simulated project"
	},
	role: {
		parse: oneOf({
			member: "member",
			viewer: "viewer"
		}),
		default: "member"
	},
	quota: { parse: parseWhole },
	billing: {
		parse: parseBoolean,
		default: "true"
	},
	"rate-limits": {
		parse: parseBoolean,
		default: "true"
	},
	"requests-per-minute": { parse: parseAllowance },
	"tokens-per-hour": { parse: parseAllowance },
	"retry-after": {
		parse: oneOf({
			seconds: "seconds",
			date: "date",
			none: "none"
		}),
		default: "seconds"
	},
	"token-lifetime": {
		parse: parseWhole,
		default: "3600"
	},
	"first-snapshot": {
		parse: parseSnapshotTime,
		default: "0"
	},
	strict: {
		parse: parseBoolean,
		default: "false"
	}
});
/** Infers the type of each value from its parser. */
function defineTable(rows) {
	return rows;
}
const inputNames = Object.keys(table).filter(isInputName);
function isInputName(name) {
	return name in table;
}
/**
* Reads the inputs of a step.
*
* @param getInput the text of an input.
* @param env the environment of the process.
* @returns the arguments of the simulator's program.
* @throws ActionError with the problems of all inputs and of the runner at once.
*/
function readInputs(getInput, env) {
	const temp = tempProblem(env["RUNNER_TEMP"], "The simulator");
	const problems = [
		...commandFileProblems(env),
		...temp === void 0 ? [] : [temp],
		...unknownInputProblems(findUnknownInputs(env, inputNames))
	];
	const inputs = readTable(table, {
		names: inputNames,
		problems
	}, getInput);
	inputs.assertValid();
	return argumentsOf(inputs);
}
/** Without a value, an option has its default in the simulator. */
const passedOn = [
	"speed",
	"role",
	"quota",
	"requests-per-minute",
	"tokens-per-hour",
	"retry-after",
	"token-lifetime",
	"first-snapshot"
];
function argumentsOf(inputs) {
	const tenants = inputs.sure("tenants").map((name) => `--tenant=${name}`);
	return [
		...passedOn.flatMap((name) => {
			const value = inputs.value(name);
			return value === void 0 ? [] : [`--${name}=${value}`];
		}),
		...tenants,
		...inputs.sure("billing") ? [] : ["--no-billing"],
		...inputs.sure("rate-limits") ? [] : ["--no-rate-limits"],
		...inputs.sure("strict") ? ["--strict"] : []
	];
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
		saveState: saveState$1,
		saveWarning: (key, text) => {
			saveState$1(key, escapeCommandData(clean(text)));
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
function saveState$1(key, value) {
	writing("the state of the step", () => {
		saveState$2(key, value);
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

/** The variables that a program of Node.js may need to start. */
const needed = [
	"PATH",
	"LD_LIBRARY_PATH",
	"SystemRoot",
	"windir",
	"TEMP",
	"TMP",
	"RUNNER_TRACKING_ID"
];
const largestOutputBytes = 1048576;
const readEveryMilliseconds = 20;
/**
* Starts the simulator so that it continues to run after this process. It gets no input of the step and no token
* of the job: it does not need them, and it runs as long as the job.
*/
function startServer({ script, args, file, env, own }) {
	const output = openSync(file, "ax", 384);
	try {
		const child = spawn(process.execPath, [script, ...args], {
			cwd: path.dirname(file),
			detached: true,
			windowsHide: true,
			stdio: [
				"ignore",
				output,
				output
			],
			env: {
				...Object.fromEntries(needed.map((name) => [name, env[name]])),
				...own
			}
		});
		let end;
		child.once("error", (error) => {
			end = error.message;
		});
		child.once("exit", (code, signal) => {
			end = signal ?? `exit code ${String(code)}`;
		});
		child.unref();
		return {
			end: () => end,
			kill: () => {
				child.kill("SIGKILL");
			}
		};
	} finally {
		closeSync(output);
	}
}
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
/** What the main step saves; nothing means that the post step has nothing to do. */
function saveState(report, saved) {
	report.saveState(key, saved === void 0 ? "" : JSON.stringify(saved));
}

/** Usually it takes a fraction of a second. */
const addressMilliseconds = 1e4;
const answerMilliseconds = 5e3;
/** Starts a simulator for the rest of the job. Never throws; a failure sets the exit code. */
async function startSimulator(surroundings) {
	const report = createSimulatorReport();
	try {
		await start(report, surroundings);
	} catch (error) {
		report.failure(error);
	}
}
async function start(report, surroundings) {
	const { clock, env } = surroundings;
	const begin = clock.now();
	const args = readInputs(getInput, env);
	const clientSecret = new Secret(randomBytes(32).toString("base64url"), report.mask);
	const saved = {
		file: path.join(env["RUNNER_TEMP"] ?? "", `simulator-${randomUUID()}.log`),
		clientId: randomBytes(24).toString("base64url")
	};
	report.info(`Starting a simulated Aura API: ${args.join(" ")}`);
	saveState(report, saved);
	const { url, account } = await run(surroundings, args, {
		saved,
		clientSecret
	}).catch((error) => {
		saveState(report, void 0);
		if (error instanceof CancelledError) throw error;
		throw new ActionError(`Could not start the simulator: ${asError(error).message}`);
	});
	report.outputs({
		"api-url": url.origin,
		"client-id": saved.clientId,
		"client-secret": clientSecret.reveal(),
		tenant: account.tenants[0]?.id
	});
	report.exportEnv({ AURA_API_URL: url.origin });
	const took = clock.now() - begin;
	const shown = took < 1e3 ? `${took} ms` : formatDuration(took);
	report.info(`The simulator answers at ${url.origin} after ${shown}.`);
	for (const { id, name } of account.tenants) report.info(`Tenant '${name}': ${id}`);
	report.info("AURA_API_URL is set for later steps. The simulator stops when the job ends.");
}
/** Starts the program, and ends it again if it does not answer. */
async function run({ clock, signal, env, script }, args, { saved: { file, clientId }, clientSecret }) {
	const own = {
		SIMULATOR_CLIENT_ID: clientId,
		SIMULATOR_CLIENT_SECRET: clientSecret.reveal()
	};
	const server = startServer({
		script,
		args: [...["--host=127.0.0.1", "--port=0"], ...args],
		file,
		env,
		own
	});
	try {
		const { end } = server;
		const url = await awaitAddress(file, {
			clock,
			signal,
			milliseconds: addressMilliseconds,
			end
		});
		return {
			url,
			account: await readAccount({
				url,
				clock,
				signal,
				milliseconds: answerMilliseconds
			})
		};
	} catch (error) {
		server.kill();
		throw error;
	}
}

await startSimulator({
	clock: systemClock,
	signal: cancellation(),
	env: process.env,
	script: fileURLToPath(new URL("./server.js", import.meta.url))
});
process.stdout.write("", exit);

export {  };