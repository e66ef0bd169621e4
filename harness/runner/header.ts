import type { CommandProcessor } from './commands.ts';
import type { Stage } from './types.ts';

/** Prints the runner's log before it starts a process; for main, this includes the inputs. */
export function printHeader(processor: CommandProcessor, stage: Stage): void {
  if (stage.name === 'post') {
    processor.print('Post job cleanup.');
    return;
  }
  const { values, warnings, unknown } = stage.inputs;
  if (unknown.length > 0) {
    const valid = [...values.keys()].filter((name) => !unknown.includes(name));
    const text = `Unexpected input(s) '${unknown.join("', '")}', valid inputs are ['${valid.join("', '")}']`;
    processor.result.runnerErrors.push(text);
    processor.issue('warning', text);
  }
  for (const warning of warnings) processor.issue('warning', warning);
  processor.print('##[group]Run aura-action/aura-action@v1');
  printBlock(processor, 'with', [...values]);
  printBlock(processor, 'env', Object.entries(stage.step.env ?? {}));
  processor.print('##[endgroup]');
}

function printBlock(
  processor: CommandProcessor,
  title: string,
  entries: readonly (readonly [string, string])[],
): void {
  const filled = entries.filter(([, value]) => value !== '');
  if (filled.length === 0) return;
  processor.print(`${title}:`);
  for (const [name, value] of filled) processor.print(`  ${name}: ${value}`);
}
