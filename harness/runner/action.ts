import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** Where this repository's action.yml is. */
export const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url));

interface DeclaredInput {
  readonly default?: string | number | boolean;
  readonly deprecationMessage?: string;
}

interface Metadata {
  readonly inputs?: Readonly<Record<string, DeclaredInput | null>>;
  readonly runs: { readonly using: string; readonly main: string; readonly post?: string };
}

/** An action as its action.yml describes it. */
export interface Action {
  readonly main: string;
  readonly post: string | undefined;
  readonly inputs: ReadonlyMap<string, DeclaredInput>;
}

/** The inputs of one step as its process receives them, and the runner's warnings. */
export interface EvaluatedInputs {
  readonly values: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
  readonly unknown: readonly string[];
}

/** Cached: parsing takes longer than many steps in driven time. */
const parsed = new Map<string, Metadata>();

/** Reads action.yml; supports only actions for Node 24. */
export function loadAction(directory: string): Action {
  const text = readFileSync(path.join(directory, 'action.yml'), 'utf8');
  const metadata = parsed.get(text) ?? (parse(text) as Metadata);
  parsed.set(text, metadata);
  if (metadata.runs.using !== 'node24') {
    throw new Error(`action.yml says 'using: ${metadata.runs.using}'; expected node24.`);
  }
  const { main, post } = metadata.runs;
  const inputs = Object.entries(metadata.inputs ?? {});
  return {
    main: path.join(directory, main),
    post: post === undefined ? undefined : path.join(directory, post),
    inputs: new Map(inputs.map(([name, input]) => [name, input ?? {}])),
  };
}

/**
 * Combines a `with:` block with the declared defaults. An input that is set, even to an empty
 * string, hides its default; an input without a value and a default is empty.
 */
export function evaluateInputs(
  action: Action,
  given: Readonly<Record<string, string>>,
  contexts: Readonly<Record<string, string>>,
): EvaluatedInputs {
  const values = new Map<string, string>();
  const warnings: string[] = [];
  const unknown: string[] = [];
  const byLowerCase = new Map(
    Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]),
  );
  for (const [name, input] of action.inputs) {
    const value = byLowerCase.get(name.toLowerCase());
    values.set(name, value ?? evaluateTemplate(String(input.default ?? ''), contexts));
    if (value !== undefined && input.deprecationMessage !== undefined) {
      warnings.push(
        `Input '${name}' has been deprecated with message: ${input.deprecationMessage}`,
      );
    }
  }
  const declared = new Set([...action.inputs.keys()].map((name) => name.toLowerCase()));
  for (const [name, value] of Object.entries(given)) {
    if (declared.has(name.toLowerCase())) continue;
    unknown.push(name);
    values.set(name, value);
  }
  return { values, warnings, unknown };
}

/** The environment variable of an input: only spaces are replaced. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

function evaluateTemplate(template: string, contexts: Readonly<Record<string, string>>): string {
  return template.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = contexts[expression];
    if (value === undefined) {
      throw new Error(
        `A default in action.yml uses '${expression}', which is not available there.`,
      );
    }
    return value;
  });
}
