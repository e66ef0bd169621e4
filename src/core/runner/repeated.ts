/** Writes a line unless it equals the previous one, so that waiting does not repeat lines. */
export function sayOnce(info: (line: string) => void): (line: string) => void {
  let last: string | undefined;
  return (line) => {
    if (line !== last) info(line);
    last = line;
  };
}

/** Calls `usual` so many times, and `further` after that. */
export function atMost(
  times: number,
  usual: (text: string) => void,
  further: (text: string) => void,
): (text: string) => void {
  let calls = 0;
  return (text) => {
    calls += 1;
    (calls <= times ? usual : further)(text);
  };
}
