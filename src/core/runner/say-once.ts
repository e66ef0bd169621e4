/** Writes a line unless it equals the previous one, so that waiting does not repeat lines. */
export function sayOnce(info: (line: string) => void): (line: string) => void {
  let last: string | undefined;
  return (line) => {
    if (line !== last) info(line);
    last = line;
  };
}
