import { shortened } from '../../core/text.ts';

/** An instance as messages name it. */
export function label({ name, id }: { readonly name: string; readonly id: string }): string {
  return `instance '${onOneLine(name)}' (${id})`;
}

/** A name could otherwise look like several lines of the log. */
export function onOneLine(name: string): string {
  return name.replace(/\s*[\r\n]\s*/g, ' ');
}

/** A message, cut for a place where many stand together. */
export function cutMessage(message: string): string {
  return shortened(message, 300);
}

/** An instance in a list. */
export function shortLabel({ name, id }: { readonly name: string; readonly id: string }): string {
  return `'${onOneLine(name)}' (${id})`;
}

const mostListed = 10;

/**
 * The first ten, for a message about any number of them: `a, b and 3 more`.
 *
 * @param hint where to find the others.
 */
export function listed(texts: readonly string[], hint?: string): string {
  const first = texts.slice(0, mostListed).join(', ');
  const more = texts.length - mostListed;
  const end = hint === undefined ? '' : `; ${hint}`;
  return more > 0 ? `${first} and ${more} more${end}` : first;
}

/** `1 instance`, `5 instances`. */
export function countOf(instances: number): string {
  return `${instances} instance${instances === 1 ? '' : 's'}`;
}

/** A sentence that begins with `text`. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
