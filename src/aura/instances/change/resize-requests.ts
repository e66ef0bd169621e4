import type { Instance, UpdateBody } from '../../api/types.ts';
import { statusGoal } from '../await.ts';
import type { ChangeSpec } from './spec.ts';
import { isAtRest, resumeFirst, watchReturn } from './at-rest.ts';
import { type NewValues, type Value, kindsOf } from './resize-values.ts';

/** One request of a resize. */
export interface Kind {
  /** What it sets, for messages: `memory 8GB and storage 16GB`. */
  readonly words: string;
  readonly spec: ChangeSpec;
}

/**
 * The requests that a resize may send, in order; the name is the last one, so that every other
 * message names the instance as the inputs do.
 *
 * @param tell called with a line for the log.
 */
export function requestsOf(request: NewValues, tell: (line: string) => void): readonly Kind[] {
  const kinds = kindsOf(request).map((values) => ({
    words: inWords(values),
    spec: valueChange(values, tell),
  }));
  const { newName } = request;
  return newName === undefined
    ? kinds
    : [...kinds, { words: `new-name '${newName}'`, spec: renaming(newName) }];
}

const common = {
  verb: 'resize',
  scope: 'value',
  ready: ({ status }: Instance) => isAtRest(status),
  // `updating` does not show which value is being changed.
  underWay: () => false,
  joins: false,
  onLost: 'repeat',
  ifPaused: resumeFirst,
} as const;

/** The change of values that one request can set together. */
function valueChange(values: readonly Value[], tell: (line: string) => void): ChangeSpec {
  const words = inWords(values);
  const statesIn = (instance: Instance): readonly string[] =>
    values.map(({ stateIn }) => stateIn(instance));
  return {
    ...common,
    result: `set to ${words}`,
    done: (instance) =>
      isAtRest(instance.status) && statesIn(instance).every((state) => state === 'reached'),
    send: (client, instance) => client.updateInstance(instance.id, bodyFor(values, instance)),
    accepted: (instance) => ({ ...instance, status: 'updating' }),
    goal: (clock, before) => {
      const look = watchReturn(clock, before);
      const isReached = (instance: Instance): boolean => {
        const where = look(instance);
        const states = statesIn(instance);
        if (where === 'away' || states.includes('different')) return false;
        if (!states.includes('hidden')) return true;
        // As after a restore: only the status can show that it is over.
        if (where === 'early') return false;
        tell(`Aura does not show all of these values, so they are not compared: ${words}.`);
        return true;
      };
      return { ...statusGoal('running'), also: ` with ${words}`, isReached };
    },
  };
}

/**
 * Only what differs. Aura changes the storage with the memory, so a storage that is right now is
 * sent again with a new memory. Source: Aura API v1, refused pairs seen live.
 */
function bodyFor(values: readonly Value[], instance: Instance): UpdateBody {
  const due = values.filter(
    ({ body, stateIn }, index) =>
      stateIn(instance) !== 'reached' ||
      (body.storage !== undefined && index > 0 && values[0]?.stateIn(instance) !== 'reached'),
  );
  return due.reduce<UpdateBody>((all, { body }) => ({ ...all, ...body }), {});
}

/** Aura changes a name immediately, so there is nothing to wait for. */
function renaming(newName: string): ChangeSpec {
  return {
    ...common,
    result: `renamed to '${newName}'`,
    newName,
    done: ({ name }) => name === newName,
    send: (client, { id }) => client.updateInstance(id, { name: newName }),
    accepted: (instance) => ({
      ...instance,
      name: newName,
      fields: { ...instance.fields, name: newName },
    }),
    goal: undefined,
  };
}

function inWords(values: readonly Value[]): string {
  return values.map(({ words }) => words).join(' and ');
}
