import path from 'node:path';
import ts from 'typescript';

/**
 * Allowed imports: a file imports from its own room and from rooms on lower lines, types
 * included. Rooms on one line do not import each other. `/*` makes each file and folder in a
 * folder a separate room: one operation does not import another.
 */
const floors: readonly (readonly string[])[] = [
  ['src/aura/main.ts', 'src/aura/post.ts'],
  ['src/aura/action.ts'],
  ['src/aura/operations/*'],
  ['src/aura/instances'],
  ['src/aura/session'],
  ['src/aura/inputs'],
  ['src/aura/credentials'],
  ['src/aura/api', 'src/simulator'],
  ['src/core/oauth', 'src/core/runner', 'src/core/inputs', 'src/core/github'],
  ['src/core/http', 'src/core/secrets'],
  ['src/core/time'],
  ['src/core/errors.ts', 'src/core/json.ts', 'src/core/text.ts'],
  ['package.json'],
  ['harness'],
  ['simulator/cli.ts'],
  ['simulator/command-line.ts'],
  ['simulator/aura'],
  ['simulator/core'],
];

/**
 * They import only themselves and each other, so that a mistake in `src/` can't hide in them; and
 * `src/` imports none of them.
 */
const apart = ['harness', 'simulator'];

/** Each action, and what it shares: an action does not import another one, nor what tests use. */
const actions = ['src/aura', 'src/simulator'];

/** Code, text and comments in these contain no vendor's name. */
const nameless = ['src/core', 'simulator/core'];
const vendors = /aura|neo4j|mongo|atlas/i;

/** All violations of the rules, a sentence each. @param files path and text of each. */
export function findViolations(files: ReadonlyMap<string, string>): readonly string[] {
  const graph = new Map([...files].map(([file, text]) => [file, importsOf(file, text)]));
  return [
    ...[...graph].flatMap(([file, imports]) => imports.flatMap((to) => crossing(file, to))),
    ...circles(graph),
    ...[...files.keys()].filter((file) => roomOf(file) === undefined).map(homeless),
    ...[...files].flatMap(([file, text]) => named(file, text)),
  ];
}

/** The project's own files that a file imports, types included. */
function importsOf(file: string, text: string): readonly string[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.posix.join(path.posix.dirname(file), name));
}

function crossing(from: string, to: string): readonly string[] {
  const [upper, lower] = [roomOf(from), roomOf(to)];
  const outside = apart.some((room) => isIn(from, room)) !== apart.some((room) => isIn(to, room));
  const foreign = actions.some((room) => isIn(to, room) && !isIn(from, room));
  if (lower === undefined || upper === undefined) return [`${from} imports ${to}`];
  if (upper.name === lower.name) return [];
  if (outside || foreign || upper.floor >= lower.floor) return [`${from} imports ${to}`];
  return [];
}

function homeless(file: string): string {
  return `${file} is in no room`;
}

/** The room of a file, and its line. */
function roomOf(file: string): { readonly name: string; readonly floor: number } | undefined {
  for (const [floor, rooms] of floors.entries()) {
    for (const room of rooms) {
      const folder = room.replace(/\/\*$/, '');
      if (!isIn(file, folder)) continue;
      const inner = file.slice(folder.length + 1).split('/')[0] ?? '';
      return { name: folder === room ? room : `${folder}/${inner}`, floor };
    }
  }
  return undefined;
}

function isIn(file: string, room: string): boolean {
  return file === room || file.startsWith(`${room}/`);
}

function circles(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      found.push(`a circle: ${[...trail.slice(trail.indexOf(file)), file].join(' -> ')}`);
    } else if (!done.has(file)) {
      for (const to of graph.get(file) ?? []) visit(to, [...trail, file]);
      done.add(file);
    }
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}

function named(file: string, text: string): readonly string[] {
  if (!nameless.some((room) => isIn(file, room))) return [];
  return text
    .split('\n')
    .flatMap((line, index) =>
      vendors.test(line) ? [`${file}:${index + 1} names a vendor: ${line.trim()}`] : [],
    );
}
