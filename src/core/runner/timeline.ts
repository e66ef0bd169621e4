import { formatDuration } from '../time/clock.ts';
import { oneLine } from '../text.ts';
import type { Clean } from './markdown.ts';

/** What happened to something over time, as a chart. */
export interface Timeline {
  /** In order; each lasts until the next one begins. */
  readonly phases: readonly Phase[];
  /** Milliseconds on the clock of the phases. */
  readonly end: number;
}

/** A part of a timeline. */
export interface Phase {
  /** Text from outside. */
  readonly label: string;
  /** Milliseconds. */
  readonly from: number;
}

const longestLabel = 40;

/** These begin a statement of the chart's language. Source: mermaid's grammar of a gantt chart. */
const statement =
  /^(?:gantt|dateformat|axisformat|tickinterval|section|title|click|call|href|(?:ex|in)cludes|todaymarker|topaxis|week(?:day|end)|inclusiveenddates|acc(?:title|descr)|\d{4}-\d\d-\d\d)/i;

/**
 * A mermaid chart. Its times are seconds since the first phase: a browser would show minutes in its
 * own time zone. What happens at the very end is a milestone, which has no duration.
 */
export function renderTimeline({ phases, end }: Timeline, clean: Clean): string {
  const begin = phases[0]?.from ?? end;
  const tasks = phases.map(({ label, from }, index) => {
    const to = phases[index + 1]?.from ?? end;
    const text = labelText(clean(label));
    const isLast = index === phases.length - 1;
    // Without a unit, mermaid draws a milestone in the wrong place.
    if (isLast && to - from < 1_000) return `${text} :milestone, ${from - begin}, 0ms`;
    const state = isLast ? 'done' : 'active';
    return `${text} - ${formatDuration(to - from)} :${state}, ${from - begin}, ${to - begin}`;
  });
  return [
    '```mermaid',
    // No room at the left for names of sections, which it does not have.
    '%%{init: {"gantt": {"leftPadding": 16, "rightPadding": 80}}}%%',
    'gantt',
    '    dateFormat x',
    '    axisFormat %s s',
    '    todayMarker off',
    ...tasks.map((task) => `    ${task}`),
    '```',
  ].join('\n');
}

function labelText(label: string): string {
  const text = safe(label) || '-';
  return statement.test(text) ? `status ${text}` : text;
}

/** Only characters that have no meaning in the chart's language. */
function safe(text: string): string {
  return oneLine(text.replace(/[^A-Za-z0-9 ().-]/g, '-').slice(0, longestLabel));
}
