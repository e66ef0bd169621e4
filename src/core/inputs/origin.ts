import { isLoopback } from '../http/certificates.ts';
import { didYouMean } from './messages.ts';
import type { Parsed, Parser } from './parser.ts';

/** A host as DNS and resolvers accept it; a host that a URL parser would rewrite is invalid. */
const origin = /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?\/?$/i;

/**
 * The address of an API, without a path. Plain HTTP is allowed only for this machine, because it
 * would expose the credentials.
 *
 * @param what the API and an example, for the message.
 */
export function addressOf(what: string): Parser<URL> {
  return (text) => {
    const url = readOrigin(text);
    const isExposed = url?.protocol === 'http:' && !isLoopback(url.hostname);
    return url === undefined || isExposed ? refusal(text, url, what) : { value: url };
  };
}

function readOrigin(text: string): URL | undefined {
  const host = origin.exec(text)?.[1]?.toLowerCase();
  if (host === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  // `0x7f.1` and `2130706433` are this machine to a URL parser, and other names to a proxy.
  const rewritten = url.hostname !== host && !host.startsWith('[');
  return rewritten ? undefined : url;
}

/** Says what is wrong, and the address that was probably meant. */
function refusal(text: string, url: URL | undefined, what: string): Parsed<URL> {
  // The text before an @ may be a password.
  if (text.includes('@')) {
    const shown = text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1***@');
    return { expected: 'an address without a user name and a password', shown };
  }
  if (url !== undefined) {
    const expected = 'an address that begins with https:// (http:// only for localhost)';
    return { expected, ...likely(url) };
  }
  const [, base = '', host = ''] =
    /^(https?:\/\/[^/?#\\]+)[/?#]|^([a-z0-9.-]+(?::\d+)?)(?:\/.*)?$/is.exec(text) ?? [];
  const meant = readOrigin(base) ?? readOrigin(`http://${host}`);
  if (meant === undefined) return { expected: `the address of ${what}, without a path` };
  const expected =
    base === ''
      ? 'an address that begins with https://'
      : 'only the address of the server, without a path such as /v1';
  return { expected, ...likely(meant) };
}

/** The address; with `https://`, if its host is another machine. */
function likely(url: URL): { readonly hint: string } {
  const protocol = isLoopback(url.hostname) ? url.protocol : 'https:';
  return { hint: didYouMean([`${protocol}//${url.host}`]) };
}
