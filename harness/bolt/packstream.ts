/** A Bolt value; only the types that a log-on and a query need. */
export type Value =
  null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

/** Packs a message: a structure of one type and some fields. */
export function encodeMessage(signature: number, fields: readonly Value[]): Buffer {
  return Buffer.concat([Buffer.from([0xb0 + fields.length, signature]), ...fields.map(encode)]);
}

/** @throws Error for data that this decoder does not support. */
export function decodeMessage(bytes: Buffer): {
  readonly signature: number;
  readonly fields: readonly Value[];
} {
  const cursor = { bytes, at: 2 };
  const marker = bytes.readUInt8(0);
  if (marker >> 4 !== 0xb) throw new Error(`A message can't begin with ${marker}.`);
  const fields = repeat(marker & 0x0f, () => decode(cursor));
  return { signature: bytes.readUInt8(1), fields };
}

/** The entries of a map; empty for any other value. */
export function toMap(value: Value | undefined): Readonly<Record<string, Value>> {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? (value as Readonly<Record<string, Value>>) : {};
}

function encode(value: Value): Buffer {
  if (value === null) return Buffer.from([0xc0]);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2]);
  if (typeof value === 'number') {
    const bytes = Buffer.from([0xc9, 0, 0]);
    bytes.writeInt16BE(value, 1);
    return bytes;
  }
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([sized(0xd1, text.length), text]);
  }
  if (Array.isArray(value)) {
    const items = value as readonly Value[];
    return Buffer.concat([sized(0xd5, items.length), ...items.map(encode)]);
  }
  const entries = Object.entries(value);
  return Buffer.concat([sized(0xd9, entries.length), ...entries.flat().map(encode)]);
}

/** The forms with a two-byte size are valid for small values too. */
function sized(marker: number, size: number): Buffer {
  const bytes = Buffer.from([marker, 0, 0]);
  bytes.writeUInt16BE(size, 1);
  return bytes;
}

function decode(cursor: Cursor): Value {
  const marker = take(cursor, 1).readUInt8(0);
  if (marker < 0x80) return marker;
  if (marker >= 0xf0) return marker - 0x100;
  const small = marker & 0x0f;
  if (marker < 0x90) return take(cursor, small).toString('utf8');
  if (marker < 0xa0) return repeat(small, () => decode(cursor));
  if (marker < 0xb0) return decodeMap(cursor, small);
  if (marker === 0xc0) return null;
  if (marker === 0xc2 || marker === 0xc3) return marker === 0xc3;
  if (marker === 0xc1) return take(cursor, 8).readDoubleBE(0);
  // Integers, strings, lists and maps, with sizes of 1, 2, 4 (and 8) bytes.
  const bytes = 2 ** (marker & 0x03);
  if (marker < 0xcc) {
    const read = take(cursor, bytes);
    return bytes === 8 ? Number(read.readBigInt64BE(0)) : read.readIntBE(0, bytes);
  }
  const family = marker & 0xfc;
  if (family === 0xd0) return take(cursor, size(cursor, bytes)).toString('utf8');
  if (family === 0xd4) return repeat(size(cursor, bytes), () => decode(cursor));
  if (family === 0xd8) return decodeMap(cursor, size(cursor, bytes));
  throw new Error(`No value of a log-on or a query begins with ${marker}.`);
}

function decodeMap(cursor: Cursor, entries: number): Value {
  const entry = (): readonly [string, Value] => {
    const key = decode(cursor);
    if (typeof key !== 'string') throw new Error('A key of a map is a text.');
    return [key, decode(cursor)];
  };
  return Object.fromEntries(repeat(entries, entry));
}

function size(cursor: Cursor, bytes: number): number {
  return take(cursor, bytes).readUIntBE(0, bytes);
}

function take(cursor: Cursor, length: number): Buffer {
  const end = cursor.at + length;
  if (end > cursor.bytes.length) throw new Error('The message ends too early.');
  const taken = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return taken;
}

function repeat<T>(times: number, make: () => T): T[] {
  return Array.from({ length: times }, make);
}
