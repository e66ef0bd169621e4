/** An instance as messages name it. */
export function label({ name, id }: { readonly name: string; readonly id: string }): string {
  return `instance '${name}' (${id})`;
}

/** A sentence that begins with `text`. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
