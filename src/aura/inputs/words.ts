/** Inputs at the beginning of a message: `Input 'a'`, or `Inputs 'a', 'b' and 'c'`. */
export function inputsNamed(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? `Input ${last}` : `Inputs ${quoted.join(', ')} and ${last}`;
}
