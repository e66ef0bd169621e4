import type { PostAccess } from '../../session/post-access.ts';
import type { Attempt } from '../../instances/find-new.ts';
import type { Meant } from '../../session/guard.ts';

/** The state that makes the post step delete a created instance. */
export const createKey = 'aura-create';
/** The state that the post step prints as a warning, without loading anything. */
export const leftKey = 'aura-left';

/** What the post step needs to know about a create; it needs no inputs. */
export interface CreateState extends Attempt {
  /** The instance, once it is known; until then there may be a new one. */
  readonly created?: Meant;
  readonly access: PostAccess;
}

/** Reads a saved {@link CreateState}; undefined if nothing was saved, or for another format. */
export function parseState(text: string): CreateState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isCreateState(value) ? value : undefined;
}

function isCreateState(value: unknown): value is CreateState {
  return (
    isRecord(value) &&
    isText(value['name']) &&
    isText(value['tenantId']) &&
    isListOf(value['knownIds'], isText) &&
    isListOf(value['postedAt'], (at) => at === null || typeof at === 'number') &&
    (value['created'] === undefined ||
      (isRecord(value['created']) && isText(value['created']['id']))) &&
    isRecord(value['access']) &&
    isText(value['access']['apiUrl']) &&
    URL.canParse(value['access']['apiUrl']) &&
    isText(value['access']['account']) &&
    isText(value['access']['key'])
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isListOf(value: unknown, isEntry: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isEntry);
}
