const { createHash, scrypt } = process.getBuiltinModule("node:crypto");

const saltBytes = 16;
const checksumBytes = 8;
/** 32 MiB and about 80 ms for each guess at a passphrase. */
const cost = {
	N: 2 ** 15,
	r: 8,
	p: 1,
	maxmem: 67108864
};
const keyBytes = 32;
/** A sealed value that cannot be opened; the message says why and contains no part of the value. */
var SealError = class extends Error {
	name = "SealError";
};
/**
* Derives the key of a sealed value on another thread, so that this one can do something else in the
* meantime. {@link keepKey} passes it to {@link open}.
*
* @returns undefined if there is no key; {@link open} then says why.
*/
async function deriveAhead(sealed, { prefix, passphrase }) {
	const { promise, resolve, reject } = Promise.withResolvers();
	try {
		const salt = readBody(sealed, prefix).subarray(0, saltBytes);
		scrypt(passphrase, salt, keyBytes, cost, (error, key) => {
			if (error === null) resolve(key);
			else reject(error);
		});
		return {
			salt,
			passphrase,
			key: await promise
		};
	} catch {
		return;
	}
}
/** The bytes of a value before its checksum, if nothing is missing or changed. */
function readBody(sealed, prefix) {
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
/** Distinguishes damage from a wrong key; the authentication tag protects against tampering. */
function checksum(prefix, bytes) {
	return createHash("sha256").update(prefix).update(bytes).digest().subarray(0, checksumBytes);
}

/** The prefix of sealed credentials; docs/sealed-credentials.md describes the format. */
const prefix = "aura1.";
/**
* Starts to derive the key of the input `sealed-credentials`, before anything else is loaded: it
* takes longer than loading the action.
*
* @param env contains the inputs. They are only read: the step checks them later.
* @returns undefined if the input is not set.
*/
function startKey(env) {
	const input = (name) => (env[`INPUT_${name}`] ?? "").trim();
	const sealed = input("SEALED-CREDENTIALS");
	const passphrase = input("SEALING-KEY") || input("CLIENT-SECRET");
	if (sealed === "" || passphrase === "") return void 0;
	return deriveAhead(sealed, {
		prefix,
		passphrase
	});
}

const key = startKey(process.env);
const { run } = await import("./action.js");
await run("main", key);

export {  };