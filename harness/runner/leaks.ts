import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseFileCommands } from './file-commands.ts';
import { derivedForms } from './masks.ts';

/** A shorter piece of base64 may appear by chance. */
const shortestBase64 = 8;
/** A piece of a secret this long is also a leak: it is enough to find it or to shorten guessing. */
const longSecret = 32;
const pieceLength = 24;
const formsByValue = new Map<string, readonly string[]>();

/** All places of one stage that must not contain a secret. */
export interface LeakPlaces {
  readonly stdout: string;
  readonly stderr: string;
  readonly log: readonly string[];
  readonly annotations: readonly string[];
  readonly summary: string;
  /** Raw contents of the command files. */
  readonly output: string;
  readonly env: string;
  readonly state: string;
  /** Directories to search, and files in them that may contain secrets. */
  readonly directories: readonly string[];
  readonly allowedFiles: readonly string[];
  /** `NEO4J_PASSWORD` may be exported. */
  readonly exportsPassword: boolean;
}

/**
 * Names the places that contain one of the values, or a long piece of one, in plain text or in a
 * derived form.
 */
export function findLeaks(places: LeakPlaces, values: readonly string[]): string[] {
  const secrets = [...new Set(values)].filter((value) => value !== '');
  const forms = secrets.flatMap((value) => [value, ...piecesOf(value)]).flatMap(formsOf);
  const found: string[] = [];
  for (const [place, text] of textsOf(places)) {
    if (forms.some((form) => text.includes(form))) found.push(place);
  }
  return found;
}

/**
 * Pieces that reveal a long secret even if it was cut. All tokens of an issuer begin with the
 * same head, so for a token the pieces begin after it.
 */
function piecesOf(value: string): readonly string[] {
  if (value.length < longSecret) return [];
  const [head, claims, signature] = value.split('.');
  const isToken = head?.startsWith('eyJ') === true && claims !== undefined;
  const begins = isToken ? [claims, signature ?? ''] : [value];
  return begins
    .map((text) => text.slice(0, pieceLength))
    .filter((piece) => piece.length === pieceLength);
}

/** All forms from which a value can still be read: far more than a runner masks. */
export function formsOf(value: string): readonly string[] {
  const known = formsByValue.get(value);
  if (known !== undefined) return known;
  const percent = encodeURIComponent(value.toWellFormed());
  const hex = Buffer.from(value, 'utf8').toString('hex');
  const base64 = [0, 1, 2].map((offset) => base64Within(value, offset));
  // Plain base64 of the whole value is needed only if the pieces are too short to search for.
  const forms = [
    value,
    ...derivedForms(value).filter((form) => form.length >= value.length),
    percent,
    percent.toLowerCase(),
    percent.replaceAll('%20', '+'),
    // Form encoding: `+` for a space, and more is escaped.
    new URLSearchParams({ '': value }).toString().slice(1),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((piece) => piece.replaceAll('+', '-').replaceAll('/', '_')),
  ];
  const distinct = [...new Set(forms)].filter((form) => form !== '');
  formsByValue.set(value, distinct);
  return distinct;
}

/**
 * The part of a base64 text that depends only on the value, if the value begins at a byte offset
 * (modulo 3) of the encoded bytes. It also finds the value in the middle of a Basic header.
 */
function base64Within(value: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value, 'utf8')]);
  const text = bytes.toString('base64').replace(/=+$/, '');
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor((bytes.length * 8) / 6);
  const piece = text.slice(start, end);
  return piece.length >= shortestBase64 ? piece : '';
}

function* textsOf(places: LeakPlaces): Generator<readonly [place: string, text: string]> {
  yield ['stdout', withoutMaskCommands(places.stdout)];
  yield ['stderr', places.stderr];
  yield ['log', places.log.join('\n')];
  yield ['annotations', places.annotations.join('\n')];
  yield ['summary', places.summary];
  yield ['state file', places.state];
  yield ['output file', withoutValue(places.output, 'password')];
  const allowed = places.exportsPassword ? 'NEO4J_PASSWORD' : undefined;
  yield ['env file', withoutValue(places.env, allowed)];
  for (const directory of places.directories) {
    for (const file of filesBelow(directory)) {
      if (places.allowedFiles.includes(file)) continue;
      yield [`file ${file}`, `${file}\n${readIfThere(file)}`];
    }
  }
}

/** A secret may be printed only to register its mask. */
function withoutMaskCommands(stdout: string): string {
  return stdout.replace(/^::add-mask::.*$/gm, '::add-mask::');
}

function withoutValue(text: string, name: string | undefined): string {
  if (name === undefined) return text;
  const { values, error } = parseFileCommands(text);
  if (error !== undefined) return text;
  return Object.entries(values)
    .map(([key, value]) => `${key}=${key === name ? '' : value}`)
    .join('\n');
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('_runner_file_commands'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
