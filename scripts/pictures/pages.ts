import MarkdownIt from 'markdown-it';
import type { StepResult } from '../../harness/runner/fake-runner.ts';
import type { Scene } from './scenes.ts';

const markdown = new MarkdownIt({ html: true, linkify: true });
const { fence } = markdown.renderer.rules;
// GitHub draws these as charts.
markdown.renderer.rules.fence = (tokens, index, ...rest) => {
  const token = tokens[index];
  if (token?.info.trim() === 'mermaid') {
    return `<pre class="mermaid">${markdown.utils.escapeHtml(token.content)}</pre>`;
  }
  return fence?.(tokens, index, ...rest) ?? '';
};

/** A page that looks like GitHub's, without the styles of markdown. */
export function pageOf(scene: Scene, result: StepResult): string {
  const title = markdown.utils.escapeHtml(scene.title);
  const content =
    scene.shows === 'summary'
      ? `<header>${title}</header><article class="markdown-body">${markdown.render(result.summary)}</article>`
      : `<header>${title}</header>${logOf(result.log)}`;
  return `<!doctype html><meta charset="utf-8"><style>${styles}</style><main class="${scene.shows}">${content}</main>`;
}

const styles = `
  body { margin: 0; padding: 8px; background: #fff; }
  main { width: 860px; border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
  header { padding: 12px 16px; font: 600 14px/20px "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
  .summary header { color: #1f2328; border-bottom: 1px solid #d1d9e0; background: #f6f8fa; }
  .markdown-body { padding: 16px 24px 8px; font-family: "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; font-size: 14px; }
  .markdown-body code, .markdown-body tt { font-family: "DejaVu Sans Mono", monospace; }
  .markdown-body pre.mermaid { background: none; text-align: center; padding: 0; }
  .log { background: #24292f; border-color: #24292f; }
  .log header { color: #fff; border-bottom: 1px solid #444c56; }
  ol { margin: 8px 0; padding: 0; list-style: none; counter-reset: line; color: #d0d7de;
    font: 12px/20px "DejaVu Sans Mono", monospace; }
  li { counter-increment: line; display: flex; padding-right: 16px; }
  li::before { content: counter(line); width: 40px; flex: none; text-align: right;
    margin-right: 16px; color: #8c959f; }
  li span { white-space: pre-wrap; overflow-wrap: anywhere; }
  .in { padding-left: 2ch; } .group { color: #fff; font-weight: 600; }
  .error { color: #ffaba8; } .warning { color: #eac55f; } .notice { color: #80ccff; }
`;

/** A log as GitHub's view shows it: the inputs are folded away, the action's own groups are open. */
function logOf(lines: readonly string[]): string {
  let group: 'none' | 'open' | 'folded' = 'none';
  const rows = lines.flatMap((line, index) => {
    const [, kind = '', text = ''] = /^##\[(\w+)\](.*)$/s.exec(line) ?? ['', '', line];
    if (kind === 'endgroup') group = 'none';
    if (kind === 'endgroup' || (kind !== 'group' && group === 'folded')) return [];
    const inside = group === 'open' ? 'in' : '';
    if (kind === 'group') group = index === 0 ? 'folded' : 'open';
    const sign = kind === 'group' ? (group === 'folded' ? '▸ ' : '▾ ') : (prefixes[kind] ?? '');
    const shown = markdown.utils.escapeHtml(`${sign}${text}`);
    return [`<li><span class="${kind} ${inside}">${shown}</span></li>`];
  });
  return `<ol>${rows.join('')}</ol>`;
}

const prefixes: Readonly<Record<string, string>> = {
  error: 'Error: ',
  warning: 'Warning: ',
  notice: 'Notice: ',
};
