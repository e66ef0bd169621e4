import * as v from 'valibot';
import { lenient, readJson } from '../../../core/json.ts';
import type { PostAccess } from '../../session/post-access.ts';
import type { Attempt } from '../../instances/find-new.ts';
import type { Meant } from '../../session/guard.ts';

/** The state that makes the post step delete a created instance. */
export const createKey = 'aura-create';
/** The state that the post step prints as a warning, without loading anything. */
export const leftKey = 'aura-left';

/** The data about a create that the post step needs; it needs no inputs. */
export interface CreateState extends Attempt {
  /** The instance, once it is known; until then there may be a new one. */
  readonly created?: Meant;
  /** Whether Aura may be changing it, although it still shows it as running. */
  readonly updates?: boolean | undefined;
  readonly access: PostAccess;
}

const text = v.pipe(v.string(), v.nonEmpty());

const createState = v.object({
  name: text,
  tenantId: text,
  knownIds: v.array(text),
  postedAt: v.array(v.nullable(v.number())),
  created: v.exactOptional(
    v.object({ id: text, createdAt: lenient(v.number()), knownSince: lenient(v.number()) }),
  ),
  updates: lenient(v.boolean()),
  access: v.object({
    apiUrl: v.pipe(v.string(), v.url()),
    account: text,
    key: text,
    stored: v.fallback(v.boolean(), false),
  }),
});

/** Reads a saved {@link CreateState}; undefined if nothing was saved, or for another format. */
export function parseState(saved: string): CreateState | undefined {
  return readJson(createState, saved);
}
