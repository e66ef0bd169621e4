import ts from 'typescript';

/** They travel in the session; separately they would go along with every call. */
const inSession = ['client', 'request', 'context'];
/** Names of types that collect whatever a function may need. */
const collectors = /^(Situation|Context|Everything|Options)$/;

/**
 * Everything in `src/aura` that passes more along than a session and the request of one operation: a
 * sentence for each.
 *
 * @param files path and text of each.
 * @param inputs the names of all inputs, as in action.yml.
 */
export function findPassedAlong(
  files: ReadonlyMap<string, string>,
  inputs: readonly string[],
): readonly string[] {
  const fields = new Set(inputs.map(camelCase));
  return [...files].flatMap(([file, text]) => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node)) found.push(...separateParts(file, node));
      if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
        const { text: name } = node.name;
        if (collectors.test(name)) found.push(`${file}: type ${name}`);
        if (!file.startsWith('src/aura/inputs/') && membersOf(node, fields) > fields.size / 2) {
          found.push(`${file}: type ${name} has most inputs`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
    return found;
  });
}

function separateParts(file: string, node: ts.SignatureDeclaration): readonly string[] {
  const names = node.parameters.flatMap(({ name, type }) =>
    // Taken apart, a session is still passed as a whole.
    /\b(Main)?Session\b/.test(type?.getText() ?? '') ? [] : partsOf(name),
  );
  const parts = inSession.filter((part) => names.includes(part));
  if (parts.length < 2) return [];
  const called = node.name?.getText() ?? 'a function';
  return [`${file}: ${called} takes ${parts.join(' and ')} separately`];
}

/** The name of a parameter, or those that it is taken apart into. */
function partsOf(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : [(element.propertyName ?? element.name).getText()],
  );
}

/** How many fields of a type have the name of an input. */
function membersOf(node: ts.Node, fields: ReadonlySet<string>): number {
  let count = 0;
  const visit = (child: ts.Node): void => {
    if (ts.isPropertySignature(child) && fields.has(child.name.getText())) count += 1;
    ts.forEachChild(child, visit);
  };
  visit(node);
  return count;
}

function camelCase(input: string): string {
  return input.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
