import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

/** The directories whose files an input may name. */
export interface Roots {
  /** `GITHUB_WORKSPACE`; relative paths are relative to it. */
  readonly workspace: string;
  /** `RUNNER_TEMP`. */
  readonly temp: string | undefined;
}

/**
 * The place that a path means, without symbolic links in its directory; the file may not exist.
 *
 * @returns the absolute path, or why it is not allowed.
 */
export function findWithin(
  path: string,
  { workspace, temp }: Roots,
): { readonly directory: string; readonly file: string } | { readonly problem: string } {
  const odd = whyNoPath(path);
  if (odd !== undefined) return { problem: odd };
  const wanted = resolve(workspace, path);
  const directory = realOrUndefined(dirname(wanted));
  if (directory === undefined) return { problem: 'its directory does not exist' };
  const roots = [workspace, temp ?? workspace].map(realOrUndefined);
  if (!roots.some((root) => root !== undefined && isWithin(directory, root))) {
    return { problem: 'it is outside the workspace and RUNNER_TEMP' };
  }
  return { directory, file: join(directory, basename(wanted)) };
}

/** A shell would replace these parts, or remove them, before a program sees the path. */
function whyNoPath(path: string): string | undefined {
  if (/^~(?:[/\\]|$)/.test(path)) return "it begins with '~', which only a shell replaces";
  if (/^\$|%\w+%/.test(path)) {
    return "it contains a variable, which only a shell replaces; use an expression such as '${{ runner.temp }}'";
  }
  if (/^(["'`]).*\1$/.test(path)) return 'it has quotes around it';
  // There, the whole text would become the name of a file.
  return sep === '/' && /^[a-z]:\\|^\.{0,2}\\/i.test(path)
    ? "it contains '\\', and this runner is not one of Windows"
    : undefined;
}

/** The path without symbolic links; undefined if it does not exist. */
export function realOrUndefined(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isWithin(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(root, way) === path);
}
