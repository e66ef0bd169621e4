import { describe, expect, it } from 'vitest';
import { inputNames } from '../../src/aura/inputs/table.ts';
import { findPassedAlong } from './passed-along.ts';
import { listProjectFiles, readProjectFile } from './project.ts';

const files = new Map(
  listProjectFiles()
    .filter((file) => /^src\/aura\/.*\.ts$/.test(file))
    .map((file) => [file, readProjectFile(file)]),
);

function foundIn(text: string, file = 'src/aura/operations/x.ts'): readonly string[] {
  return findPassedAlong(new Map([[file, text]]), inputNames);
}

// docs/adr/0017-what-is-passed-along.md says why.
describe('what is passed along', () => {
  it('is a session and the request of one operation', () => {
    expect(files.size).toBeGreaterThan(50);
    expect(findPassedAlong(files, inputNames)).toEqual([]);
  });

  it('may be a session that is taken apart', () => {
    expect(foundIn('function wait({ client }: Session, request: Request) {}')).toEqual([]);
  });

  it.each([
    'function wait(client: AuraClient, request: Request) {}',
    'const wait = (request: Request, context: Context) => 1;',
    'function wait({ client, request }: { client: AuraClient; request: Request }) {}',
    'function wait(client: AuraClient, { request: asked }: Parts) {}',
    'interface X { wait(client: AuraClient, request: Request, context: Context): void }',
  ])('is not client, request and context separately: %s', (text) => {
    expect(foundIn(text)).toEqual([expect.stringMatching(/ takes \w+ and \w+.* separately$/)]);
  });

  it('is not a type for whatever a function may need', () => {
    expect(foundIn('interface Situation { report: Report }')).toHaveLength(1);
  });

  it('is not a type that has all inputs, except where the inputs are read', () => {
    const fields = inputNames.map((name) =>
      name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    );
    const type = `interface X { ${fields.map((field) => `readonly ${field}: string;`).join(' ')} }`;
    expect(foundIn(type)).toEqual(['src/aura/operations/x.ts: type X has most inputs']);
    expect(foundIn(type, 'src/aura/inputs/x.ts')).toEqual([]);
  });
});
