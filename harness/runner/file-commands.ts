/** The values read from a command file; `error` is set if the runner would fail the step. */
export interface FileCommandResult {
  readonly values: Readonly<Record<string, string>>;
  readonly error?: string;
}

const summaryLimit = 1024 * 1024;

/**
 * Reads a file of `NAME=VALUE` lines and `NAME<<DELIMITER` blocks. As on the runner, entries
 * before an invalid line count. Only LF ends a line (on Windows also CRLF).
 */
export function parseFileCommands(
  text: string,
  platform: NodeJS.Platform = process.platform,
): FileCommandResult {
  const values: Record<string, string> = {};
  const reader = lineReader(text.replace(/^\uFEFF/, ''), platform === 'win32');
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) return { values, error: invalid(line, 'Name must not be empty') };
      values[line.slice(0, equals)] = line.slice(equals + 1);
    } else if (heredoc >= 0) {
      const name = line.slice(0, heredoc);
      const delimiter = line.slice(heredoc + 2);
      if (name === '' || delimiter === '') {
        return { values, error: invalid(line, 'Name and delimiter must not be empty') };
      }
      const block = reader.block(delimiter);
      if (block === undefined) {
        return {
          values,
          error: `Invalid value. Matching delimiter not found '${delimiter}'`,
        };
      }
      values[name] = block;
    } else {
      return { values, error: invalid(line, undefined) };
    }
  }
  return { values };
}

function invalid(line: string, reason: string | undefined): string {
  return `Invalid format '${line}'${reason === undefined ? '' : `. ${reason}`}`;
}

interface LineReader {
  next(): string | undefined;
  /** The text before the delimiter's line, without the line end before it. */
  block(delimiter: string): string | undefined;
}

function lineReader(text: string, windows: boolean): LineReader {
  let position = 0;
  let newlineLength = 0;
  const next = (): string | undefined => {
    if (position >= text.length) return undefined;
    const start = position;
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    position = newline < 0 ? text.length : newline + 1;
    const carriageReturn = windows && newline > start && text[end - 1] === '\r';
    newlineLength = (newline < 0 ? 0 : 1) + (carriageReturn ? 1 : 0);
    return text.slice(start, carriageReturn ? end - 1 : end);
  };
  const block = (delimiter: string): string | undefined => {
    const start = position;
    let end = position;
    for (let line = next(); line !== delimiter; line = next()) {
      if (line === undefined) return undefined;
      end = position - newlineLength;
    }
    return text.slice(start, Math.max(start, end));
  };
  return { next, block };
}

/** The summary as the runner uploads it, or the reason why it does not. */
export function readSummary(
  content: Buffer,
  mask: (line: string) => string,
): { readonly summary: string; readonly error?: string } {
  if (content.length > summaryLimit) {
    const kilobytes = Math.floor(content.length / 1024);
    return {
      summary: '',
      error: `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${kilobytes}k.`,
    };
  }
  return { summary: content.toString('utf8').split('\n').map(mask).join('\n') };
}

/** Variables that a step may not set for later steps. */
export function isRefusedVariable(name: string): boolean {
  return name.toUpperCase() === 'NODE_OPTIONS';
}
