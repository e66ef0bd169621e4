/** A text stream that is read line by line. */
export interface LineSplitter {
  readonly write: (chunk: string) => void;
  /** Passes on the text after the last line end. */
  readonly end: () => void;
  /** All text written so far. */
  readonly text: () => string;
}

/** Splits text into lines as the runner does and passes each on when it is complete. */
export function splitLines(onLine: (line: string) => void): LineSplitter {
  let text = '';
  let rest = '';
  return {
    write: (chunk) => {
      text += chunk;
      const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    },
    end: () => {
      if (rest !== '') onLine(rest);
      rest = '';
    },
    text: () => text,
  };
}
