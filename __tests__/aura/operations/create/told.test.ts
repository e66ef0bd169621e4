import { describe, expect, it } from 'vitest';
import { ActionError } from '../../../../src/core/errors.ts';
import { namingCreated, tellCreated } from '../../../../src/aura/operations/create/told.ts';
import { RunnerFileError } from '../../../../src/core/runner/report.ts';
import { readCreated } from '../../../../src/aura/api/types.ts';
import { createBody, createdData } from '../../api/connected-client.ts';

const created = readCreated(createdData, createBody);
const named = new RegExp(`Instance '${created.name}' \\(${created.id}\\) was created`);

function failing(error: Error): () => never {
  return () => {
    throw error;
  };
}

describe('an instance that was just created', () => {
  it.each<[string, Error]>([
    ['can not be written', new RunnerFileError('Could not write the state')],
    ['is refused for another reason', new ActionError('It is too much to remember.')],
  ])('has its outputs, and is named, where the state %s', (_, error) => {
    const published: boolean[] = [];
    const tell = (): void => {
      tellCreated(created, {
        saveState: failing(error),
        publish: () => published.push(true),
        deleteAfterJob: true,
      });
    };
    expect(tell).toThrow(named);
    expect(tell).toThrow(`Delete it with operation 'delete' and instance-id '${created.id}'.`);
    expect(published).toEqual([true, true]);
  });

  it('is named where a file fails later, and any other error stays what it is', async () => {
    const lost = new RunnerFileError("Could not write output 'status'");
    const other = new ActionError('Aura refused.');
    const run = (error: Error) => namingCreated(created, true, () => Promise.reject(error));
    await expect(run(lost)).rejects.toThrow(/The post step of this step deletes it\.$/);
    await expect(run(other)).rejects.toBe(other);
  });
});
