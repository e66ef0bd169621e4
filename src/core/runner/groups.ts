/** Commands for the runner that begin and end a group. */
interface Commands {
  readonly begin: (title: string) => void;
  readonly end: () => void;
}

/** Groups of lines, which the runner shows folded. */
export interface Groups {
  /** Call it before a line that belongs to the present group, if there is one. */
  readonly inside: () => void;
  /** Call it before a line that everybody must see. */
  readonly outside: () => void;
  /** The lines of `work` form a group; without any line there is no group. */
  readonly group: <R>(title: string, work: () => Promise<R>) => Promise<R>;
}

interface Group {
  readonly title: string;
}

/**
 * Groups that are always closed and never nested, because the runner knows neither: a group begins
 * with its first line, and ends before a line outside or of another group.
 */
export function createGroups({ begin, end }: Commands): Groups {
  const stack: Group[] = [];
  let open: Group | undefined;
  const outside = (): void => {
    if (open !== undefined) end();
    open = undefined;
  };
  return {
    outside,
    inside: () => {
      const current = stack.at(-1);
      if (current === open) return;
      outside();
      if (current === undefined) return;
      begin(current.title);
      open = current;
    },
    group: async (title, work) => {
      const mine = { title };
      stack.push(mine);
      try {
        return await work();
      } finally {
        stack.splice(stack.indexOf(mine), 1);
        if (open === mine) outside();
      }
    },
  };
}
