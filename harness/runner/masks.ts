const escapedForXml: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '&': '&amp;',
};

/**
 * The masks of one job, with the rules of the runner's SecretMasker: plain substrings, each value
 * also in the forms that the runner derives; overlapping and adjacent matches become one `***`.
 */
export class Masks {
  readonly #values = new Set<string>();
  readonly #patterns = new Set<string>();

  /** The added values, without derived forms. */
  get values(): readonly string[] {
    return [...this.#values];
  }

  /** Adds a value and, if it has several lines, each non-blank line. */
  add(value: string): void {
    this.#addOne(value);
    for (const line of value.split(/[\r\n]/)) this.#addOne(line.trim());
  }

  /** Replaces all masked text with `***`. */
  apply(text: string): string {
    let masked = '';
    let position = 0;
    for (const [start, end] of this.#ranges(text)) {
      masked += `${text.slice(position, start)}***`;
      position = end;
    }
    return masked + text.slice(position);
  }

  /** Whether the runner would change the text; it drops such a job output completely. */
  touches(text: string): boolean {
    return this.apply(text) !== text;
  }

  #addOne(value: string): void {
    if (value === '' || this.#values.has(value)) return;
    this.#values.add(value);
    this.#patterns.add(value);
    for (const form of derivedForms(value)) if (form !== '') this.#patterns.add(form);
  }

  #ranges(text: string): [number, number][] {
    const finds: [number, number][] = [];
    for (const pattern of this.#patterns) {
      for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
        finds.push([at, at + pattern.length]);
      }
    }
    finds.sort((one, other) => one[0] - other[0]);
    const merged: [number, number][] = [];
    for (const [start, end] of finds) {
      const last = merged.at(-1);
      if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    return merged;
  }
}

/** The forms in which a runner recognizes a masked value, besides the value itself. */
export function derivedForms(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'utf8');
  return [
    bytes.toString('base64'),
    shifted(bytes, 1).toString('base64'),
    shifted(bytes, 2).toString('base64'),
    value.replaceAll('"', '\\"'),
    value.replaceAll("'", "''"),
    JSON.stringify(value).slice(1, -1),
    escapeUriData(value),
    value.replace(/[<>"'&]/g, (character) => escapedForXml[character] ?? character),
    withoutDoubleQuotes(value),
    ...ampersandHalves(value),
  ];
}

function shifted(bytes: Buffer, count: number): Buffer {
  return bytes.length > count ? bytes.subarray(count) : bytes;
}

/** Escapes as .NET does: more than `encodeURIComponent`. */
function escapeUriData(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function withoutDoubleQuotes(value: string): string {
  const quoted = value.length > 8 && value.startsWith('"') && value.endsWith('"');
  return quoted ? value.slice(1, -1) : '';
}

/**
 * In error messages, PowerShell splits a command at an ampersand and an adjacent plus character.
 * Both pieces are masked unless they are trivially short.
 */
function ampersandHalves(value: string): string[] {
  const marker = value.includes('&+') ? '&+' : '&';
  if (!value.includes(marker)) return [];
  const withPlus = marker === '&+';
  const cut = (withPlus ? value.indexOf(marker) : value.lastIndexOf(marker)) + marker.length;
  const before = value.slice(0, cut);
  const after = value.slice(withPlus ? cut + 1 : cut);
  return [before, after].filter((half) => half.length >= 6);
}
