import ts from 'typescript';

/** Stands for an expression in a text of the sources. */
const hole = '\0';
/** Stands for a variable part in a heading. */
const variable = '…';

/** The texts of a source file, with a character for each expression in them. */
export function textsOf(source: string): string[] {
  return textsIn(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest));
}

/** The texts of each message in the list `messages` of a source file, by name. */
export function messagesOf(source: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText(file) === 'messages') {
      const list = node.initializer;
      const object = list !== undefined && ts.isAsExpression(list) ? list.expression : list;
      if (object === undefined || !ts.isObjectLiteralExpression(object)) return;
      for (const each of object.properties) {
        if (ts.isPropertyAssignment(each)) {
          found.set(each.name.getText(file), textsIn(each.initializer));
        }
      }
      return;
    }
    ts.forEachChild(node, visit);
  };
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest);
  visit(file);
  return found;
}

function textsIn(root: ts.Node): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    if (ts.isTemplateExpression(node)) {
      const parts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
      found.push(parts.join(hole));
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** The clauses of a message: code often puts a message together from such parts. */
function clausesOf(text: string): string[] {
  return text
    .split(/[.:;](?=[\s\0]|$)|\n/)
    .map((clause) => clause.trim())
    .filter((clause) => /[a-z…]/i.test(clause));
}

/** A name, a number, an instance, a reason in parentheses, or a list of inputs. */
const value =
  /^\([\w-]+\)$|^(?:instance )?(?:…|'…'|\d+)(?: \(…\))?$|^Inputs? …$|^(?:Inputs? )?'[\w-]+'(?:(?:, | and )'[\w-]+')*$/;

function isSameLetter(one = '', other = ''): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Compares headings with the texts of the sources, word by word. */
export class Messages {
  readonly #clauses: readonly string[];
  readonly #fillers = new Map<string, boolean>();

  /** @param texts the result of {@link textsOf}, of all files. */
  constructor(texts: readonly string[]) {
    this.#clauses = [...new Set(texts.flatMap(clausesOf))].filter((clause) =>
      /[a-z]/i.test(clause),
    );
  }

  /** The clauses of a heading that are not whole clauses of messages. */
  unknownIn(heading: string): string[] {
    const clauses = clausesOf(heading).filter((clause) => clause !== variable);
    return clauses.filter((clause, index) => {
      const isLast = index === clauses.length - 1;
      // An expression may be any text, but only a verb goes on here.
      if (/^could not (?:the|an?|instance|its) /i.test(clause)) return true;
      // Code joins whole texts with a blank, too.
      const known = [...this.#clauses, `${hole} ${hole}`];
      return !known.some((said) => this.#says(said, clause, { isOpen: isLast }));
    });
  }

  /** Whether a heading has all words of the first clause of a text, or up to a comma. */
  isAbout(heading: string, text: string): boolean {
    const [said = ''] = clausesOf(text);
    const clauses = clausesOf(heading);
    return this.#says(said, clauses[0] ?? '', { isOpen: clauses.length === 1, isWhole: true });
  }

  /**
   * Whether a clause of a heading is one of a message. A variable part in it stands for any part of
   * the message; an expression in the message may be a whole text of the sources.
   *
   * @param ends `isOpen`: the heading may end here, at a comma or a parenthesis of the message;
   *   `isWhole`: a variable part stands for expressions only, not for words.
   */
  #says(said: string, clause: string, { isOpen = false, isWhole = false } = {}): boolean {
    const failed = new Set<number>();
    const [first = '', start = ''] = [said[0], clause[0]];
    const begins = first === hole || start === variable || isSameLetter(first, start);
    if (!begins) return false;
    const from = (at: number, position: number): boolean => {
      const state = at * 1_000 + position;
      if (failed.has(state)) return false;
      failed.add(state);
      return goesOn(at, position);
    };
    const goesOn = (at: number, position: number): boolean => {
      if (position === clause.length) {
        return at === said.length || (isOpen && /^(?:,| \()/.test(said.slice(at)));
      }
      if (clause[position] === variable) {
        const skips = at < said.length && !(isWhole && /[a-z]/i.test(said.charAt(at)));
        return from(at, position + 1) || (skips && from(at + 1, position));
      }
      if (said[at] === hole) {
        if (from(at + 1, position)) return true;
        if (/\w\w/.test(clause.slice(position - 1, position + 1))) return false;
        for (let end = position + 1; end <= clause.length; end += 1) {
          // Expressions stand for whole words, but a single one at the end may be part of a longer text.
          if (/\w\w/.test(clause.slice(end - 1, end + 1))) continue;
          const part = clause.slice(position, end).trim();
          if (end === clause.length && /^\w+$/.test(part) && !value.test(part)) continue;
          if (this.#fills(part) && from(at + 1, end)) return true;
        }
        return false;
      }
      // A message may begin with the capital form of a text.
      const [one, other] = [said[at], clause[position]];
      const same = at === 0 ? isSameLetter(one, other) : one === other;
      return same && from(at + 1, position + 1);
    };
    return from(0, 0);
  }

  #fills(text: string): boolean {
    const known = this.#fillers.get(text);
    if (known !== undefined) return known;
    // A text never contains itself.
    this.#fillers.set(text, false);
    const fills =
      value.test(text) ||
      (/[a-z]{4}/i.test(text) &&
        this.#clauses.some(
          (clause) =>
            (clause.startsWith(text.charAt(0)) || clause.startsWith(hole)) &&
            this.#says(clause, text),
        ));
    this.#fillers.set(text, fills);
    return fills;
  }
}
