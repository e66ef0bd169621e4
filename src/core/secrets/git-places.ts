import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type GitLimit, GitRefusal, askGit } from './git.ts';

/** Programs configured by another person's repository must not run. */
const settings = ['-c', 'core.fsmonitor=false'];

/**
 * Whether a file would be in git's own directory, where it could become a hook or block the
 * repository.
 *
 * @param file absolute, without symbolic links in its directory.
 */
export function isWithinGit(file: string): boolean {
  return file.split(sep).some(isGitName) || ancestorsOf(file).some(isGitDirectory);
}

/**
 * Whether a part of a path is `.git` for any file system: in any case, with characters that some of
 * them ignore, or as the short name that Windows creates. Source: git's `core.protectHFS` and
 * `core.protectNTFS`.
 */
function isGitName(part: string): boolean {
  const [name = ''] = part
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .split(':');
  return /^(?:\.git|git~\d+)[. ]*$/i.test(name);
}

/** Git's directory of a repository or worktree, with any name. Source: git's `is_git_directory`. */
function isGitDirectory(directory: string): boolean {
  if (!existsSync(join(directory, 'HEAD'))) return false;
  if (existsSync(join(directory, 'commondir'))) return true;
  return ['objects', 'refs'].every(
    (name) => statSync(join(directory, name), { throwIfNoEntry: false })?.isDirectory() ?? false,
  );
}

/**
 * Whether a repository around a file tracks it, so that a commit would include its content. Without
 * git, the file counts as untracked.
 *
 * @param file absolute, without symbolic links in its directory.
 * @throws TimeLimitError if git does not answer; the signal's reason when aborted.
 */
export async function isTracked(file: string, limit: GitLimit): Promise<boolean> {
  // A repository inside another may contain files that the outer one tracks.
  const repositories = ancestorsOf(file).filter((directory) => existsSync(join(directory, '.git')));
  for (const repository of repositories) {
    if (await lists(repository, relative(repository, file), limit)) return true;
  }
  return false;
}

async function lists(repository: string, file: string, limit: GitLimit): Promise<boolean> {
  const anyCase = process.platform === 'win32' || process.platform === 'darwin';
  const pattern = `:(${anyCase ? 'literal,icase' : 'literal'})${file.split(sep).join('/')}`;
  try {
    const listed = await askGit(repository, [...settings, 'ls-files', '-z', '--', pattern], limit);
    return listed !== '';
  } catch (error) {
    // Without a repository or git, nothing is tracked.
    if (error instanceof GitRefusal) return false;
    throw error;
  }
}

function ancestorsOf(file: string): readonly string[] {
  const directory = dirname(file);
  return directory === file ? [] : [directory, ...ancestorsOf(directory)];
}
