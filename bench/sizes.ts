import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * The rows of a table: each file of a bundle, in all its folders, when it is loaded, and its bytes;
 * their sum, and what it is compared with.
 *
 * @param toolkitBytes the size of GitHub's toolkit in one file
 * @throws Error if it is not known when a file is loaded
 */
export function sizeRows(dist: string, toolkitBytes: number): string {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dist, path.join(entry.parentPath, entry.name)))
    .map((file) => file.replaceAll(path.sep, '/'))
    .toSorted();
  const sizes = files.map((file) => statSync(path.join(dist, file)).size);
  const rows = files.map(
    (file, index) =>
      `| \`${file}\` | ${useOf(dist, file)} | ${grouped(sizes[index] ?? Number.NaN)} |`,
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return [
    ...rows,
    `| All | | ${grouped(total)} |`,
    `| GitHub's toolkit alone | by each step of another action | ${grouped(toolkitBytes)} |`,
  ].join('\n');
}

const uses: Readonly<Record<string, string>> = {
  'index.js': 'by each step',
  'post.js': 'by each post step',
  'action.js': 'by each step, and by a post step with work to do',
  'simulator/index.js': 'by each step of `simulator`',
  'simulator/post.js': 'by each post step of `simulator`',
  'simulator/server.js': 'by the process that `simulator` starts',
};

/** Chunks have numbers as names, so their content says when they are loaded. */
function useOf(dist: string, file: string): string {
  const known = uses[file];
  if (known !== undefined) return known;
  if (!file.endsWith('.js')) return '';
  const text = readFileSync(path.join(dist, file), 'utf8');
  if (text.includes('Could not perform discovery')) return 'with `verify`';
  if (text.includes('getOctokitOptions')) return 'for requests to GitHub';
  if (text.includes('class ProxyAgent extends DispatcherBase')) return 'for requests to GitHub';
  throw new Error(`It is not known when dist/${file} is loaded: add it to bench/sizes.ts.`);
}

/** A number with commas between thousands. */
export function grouped(bytes: number): string {
  return bytes.toLocaleString('en-US');
}
