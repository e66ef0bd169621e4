import { describe, expect, it } from 'vitest';
import { Messages, messagesOf, textsOf } from './messages.ts';
import { listProjectFiles, readProjectFile } from './project.ts';

const headings = readProjectFile('docs/troubleshooting.md')
  .split('\n')
  .filter((line) => line.startsWith('## '))
  .map((line) => line.slice('## '.length));

const sources = listProjectFiles().filter((path) => /^src\/.+\.ts$/.test(path));
// What users may write instead of a value is in no message.
const said = sources.filter((path) => path !== 'src/aura/inputs/synonyms.ts');
const messages = new Messages(said.flatMap((path) => textsOf(readProjectFile(path))));

/** Each message of the rooms that have a list of them. */
const listed = sources
  .filter((path) => path.endsWith('/messages.ts'))
  .flatMap((path) =>
    [...messagesOf(readProjectFile(path))].map(([name, texts]) => ({ path, name, texts })),
  );

describe('the headings of docs/troubleshooting.md', () => {
  it.each(headings)('are messages of src: %s', (heading) => {
    expect(messages.unknownIn(heading)).toEqual([]);
  });

  it('are all different', () => {
    expect(headings).toEqual([...new Set(headings)]);
  });

  it.each(listed)('include the message $name of $path', ({ texts }) => {
    const about = headings.filter((heading) =>
      texts.some((text) => messages.isAbout(heading, text)),
    );
    expect([texts, about]).not.toEqual([texts, []]);
  });
});

describe('the check of headings', () => {
  it.each([
    "Instance '…' is on fire",
    "Input 'name' is not given",
    "Inputs 'client-id' and 'client-secret' are forgotten",
    "Could not create instance '…': it rained",
    "Could not keep the credentials of '…'",
    "Instance '…' (…) is not '…' after … (input 'timeout')",
    "The database of instance '…' (…) does not answer over Bolt",
  ])('finds one that is made up or out of date: %s', (heading) => {
    expect(messages.unknownIn(heading)).not.toEqual([]);
  });

  it.each(headings.filter((heading) => /[a-z]{3,} [a-z]{3,} [a-z]{3,}/i.test(heading)))(
    'finds one that has lost a word: %s',
    (heading) => {
      const words = [...heading.matchAll(/(?<=[a-z] )[a-z]{3,} (?=[a-z])/gi)];
      const shorter = words.map(
        ({ 0: word, index }) => heading.slice(0, index) + heading.slice(index + word.length),
      );
      expect(shorter.filter((each) => messages.unknownIn(each).length === 0)).toEqual([]);
    },
  );
});
