import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from './project.ts';
import { findViolations } from './walls.ts';

const files = new Map(
  ['src', 'simulator', 'harness'].flatMap((folder) =>
    readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name): [string, string] => {
        const file = path.posix.join(folder, name.replaceAll(path.sep, '/'));
        return [file, readFileSync(path.join(projectRoot, file), 'utf8')];
      }),
  ),
);

/** The violations in a single file. */
function foundIn(file: string, text: string): readonly string[] {
  return findViolations(new Map([[file, text]]));
}

describe('the walls between the rooms', () => {
  it('are intact', () => {
    expect(findViolations(files)).toEqual([]);
  });

  it.each([
    ['src/core/time/x.ts', '../http/retry.ts'],
    ['src/core/http/x.ts', '../secrets/seal.ts'],
    ['src/core/http/x.ts', '../oauth/token.ts'],
    ['src/core/github/x.ts', '../runner/report.ts'],
    ['src/core/runner/x.ts', '../../aura/api/client.ts'],
    ['src/aura/api/x.ts', '../credentials/bundle.ts'],
    ['src/aura/credentials/x.ts', '../inputs/request.ts'],
    ['src/aura/inputs/x.ts', '../session/open.ts'],
    ['src/aura/session/x.ts', '../instances/find.ts'],
    ['src/aura/instances/x.ts', '../operations/get.ts'],
    ['src/aura/operations/x.ts', './get.ts'],
    ['src/aura/operations/create/x.ts', '../delete/delete.ts'],
    ['src/aura/operations/x.ts', '../action.ts'],
    ['src/aura/x.ts', './api/client.ts'],
    ['simulator/core/x.ts', '../aura/world.ts'],
    ['simulator/aura/x.ts', '../../src/core/time/clock.ts'],
    ['harness/x.ts', '../src/core/time/clock.ts'],
    ['src/simulator/x.ts', '../aura/api/client.ts'],
    ['src/simulator/x.ts', '../../simulator/cli.ts'],
    ['src/simulator/x.ts', '../../harness/runner/lines.ts'],
    ['src/aura/operations/x.ts', '../../simulator/ask.ts'],
    ['src/aura/api/x.ts', '../../../simulator/core/clock.ts'],
    ['src/core/time/x.ts', '../../simulator/ask.ts'],
  ])('are crossed if %s imports %s', (file, imported) => {
    const target = path.posix.join(path.posix.dirname(file), imported);
    for (const text of [`import '${imported}';`, `import type { X } from '${imported}';`]) {
      expect(foundIn(file, text)).toContain(`${file} imports ${target}`);
    }
  });

  it('allow no import cycle', () => {
    const found = foundIn('src/core/time/x.ts', "import './x.ts';");
    expect(found).toEqual(['a circle: src/core/time/x.ts -> src/core/time/x.ts']);
  });

  it.each(['src/core/time/x.ts', 'simulator/core/x.ts'])('allow no vendor name in %s', (file) => {
    for (const name of ['Aura', 'neo4j', 'MongoDB']) {
      expect(foundIn(file, `// Waits for ${name}.`)).toHaveLength(1);
    }
  });
});
