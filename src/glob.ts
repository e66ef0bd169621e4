/** Whether `text` matches `pattern` whole, where `*` is any text and `?` any one character. */
export function matchesGlob(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll('\\*', '.*')
    .replaceAll('\\?', '.');
  return new RegExp(`^${source}$`, 'su').test(text);
}
