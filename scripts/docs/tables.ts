import { isMap, isScalar, type Pair, parseDocument } from 'yaml';

/** Kinds of tables: a few words for the README, or everything that action.yml says. */
export type Detail = 'short' | 'full';

/** An input or an output as action.yml declares it. */
interface Declaration {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly default: string;
  /** The comment before it, which begins a group. */
  readonly group: string | undefined;
}

/** Characters of a short cell. Its first sentence may be longer. */
const shortCell = 125;

/**
 * The table of inputs, in the groups and the order of action.yml.
 *
 * @throws Error if an input has no group or no description
 */
export function inputsTable(actionYml: string, detail: Detail): string {
  const inputs = declarations(actionYml, 'inputs');
  if (inputs[0]?.group === undefined)
    throw new Error('The first input of action.yml has no group.');
  const rows = inputs.flatMap((input) => {
    const group = input.group === undefined ? [] : [[`**${input.group}**`, '', '']];
    const value = input.required ? '_required_' : code(input.default);
    return [...group, [code(input.name), value, describe(input, detail)]];
  });
  return table(['Name', 'Default', 'Description'], rows);
}

/** The table of outputs, in the order of action.yml. */
export function outputsTable(actionYml: string, detail: Detail): string {
  const rows = declarations(actionYml, 'outputs').map((output) => {
    const masked = sentences(output.description).includes('Masked.');
    return [code(output.name), masked ? 'yes' : '', describe(output, detail)];
  });
  return table(['Name', 'Masked', 'Description'], rows);
}

/** The problem of a document without the place for a table. */
export class MissingMarkers extends Error {}

/**
 * A document with another text between `<!-- <name> -->` and `<!-- /<name> -->`.
 *
 * @throws MissingMarkers if the document has no such place
 */
export function withTable(document: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = document.indexOf(open);
  const to = document.indexOf(close);
  if (from < 0 || to < from) throw new MissingMarkers(`It has no '${open}' before '${close}'.`);
  return `${document.slice(0, from + open.length)}\n\n${text}\n\n${document.slice(to)}`;
}

function declarations(actionYml: string, section: 'inputs' | 'outputs'): Declaration[] {
  const map = parseDocument(actionYml).get(section);
  if (!isMap(map)) throw new Error(`action.yml has no ${section}.`);
  return map.items.map((pair, index) => {
    const name = String(pair.key);
    const description = field(pair, 'description');
    if (description === '') throw new Error(`'${name}' has no description in action.yml.`);
    // The comment before the first key belongs to the whole map.
    const comment = (index === 0 ? map.commentBefore : undefined) ?? commentBefore(pair);
    return {
      name,
      description,
      required: field(pair, 'required') === 'true',
      default: field(pair, 'default'),
      group: comment?.trim(),
    };
  });
}

function commentBefore({ key }: Pair): string | undefined {
  return (isScalar(key) ? key.commentBefore : undefined) ?? undefined;
}

function field({ value }: Pair, name: string): string {
  const found: unknown = isMap(value) ? value.get(name) : undefined;
  if (typeof found === 'string') return found;
  return found === undefined ? '' : JSON.stringify(found);
}

/** The whole description, or as many of its first sentences as fit into a short cell. */
function describe({ description }: Declaration, detail: Detail): string {
  const [first = '', ...others] = sentences(description).filter((text) => text !== 'Masked.');
  let cell = first;
  for (const sentence of others) {
    if (detail === 'short' && `${cell} ${sentence}`.length > shortCell) break;
    cell += ` ${sentence}`;
  }
  return cell.replaceAll('|', '\\|');
}

function sentences(text: string): string[] {
  return text.split(/(?<=\.) /);
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
