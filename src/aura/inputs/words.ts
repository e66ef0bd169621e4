/** Inputs at the beginning of a message: `Input 'a'`, or `Inputs 'a', 'b' and 'c'`. */
export function inputsNamed(names: readonly string[]): string {
  return `${names.length === 1 ? 'Input' : 'Inputs'} ${quotedList(names)}`;
}

/** `'a'`, or `'a', 'b' and 'c'`. */
export function quotedList(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
}

/** The verb for these names: `is` for one, otherwise `are`. */
export function isOrAre(names: readonly string[]): string {
  return names.length === 1 ? 'is' : 'are';
}

/** The pronoun for these names. */
export function itOrThem(names: readonly string[]): string {
  return names.length === 1 ? 'it' : 'them';
}
