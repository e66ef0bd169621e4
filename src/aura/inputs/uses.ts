import type { Reader, InputName } from './names.ts';
import type { Request } from './request.ts';

type Operation = Request['operation'];

const change = ['create', 'pause', 'resume', 'delete'] as const;
const remove = ['create', 'delete'] as const;
const handOver = ['create', 'get', 'poll', 'resume'] as const;
const create = ['create'] as const;

/**
 * The operations that use each input. `create` deletes too: a replaced instance, and an instance
 * whose password was lost. `instance-id` with `create` is an error, not an unused input.
 */
const uses: Readonly<Record<InputName, readonly Operation[] | 'all'>> = {
  operation: 'all',
  'client-id': 'all',
  'client-secret': 'all',
  'if-no-credentials': 'all',
  tenant: 'all',
  'api-url': 'all',
  'instance-id': 'all',
  name: 'all',
  'name-suffix': 'all',
  tier: create,
  region: create,
  'cloud-provider': create,
  memory: create,
  storage: create,
  version: create,
  'vector-optimized': create,
  'graph-analytics-plugin': create,
  'customer-managed-key-id': create,
  'if-exists': create,
  wait: change,
  'wait-for': ['poll'],
  timeout: 'all',
  'poll-interval': 'all',
  'sealed-credentials': 'all',
  // `username` without `password` has its own warning.
  username: 'all',
  password: handOver,
  'sealing-key': 'all',
  'credentials-store': 'all',
  'export-env': handOver,
  'env-file': handOver,
  verify: handOver,
  'delete-after-job': create,
  'protected-names': remove,
  'max-deletions': remove,
  'dry-run': 'all',
  // Its default is an expression, so a token that was set cannot be distinguished from the default.
  'github-token': 'all',
};

/** Whether an input can have an effect on an operation. */
export function hasEffect(name: InputName, operation: Operation): boolean {
  return uses[name] === 'all' || uses[name].includes(operation);
}

/**
 * One sentence that names the inputs that are set but have no effect on the operation. An input
 * that equals its default counts as not set.
 *
 * @returns undefined if there are none.
 */
export function describeIdleInputs(
  names: readonly InputName[],
  read: Pick<Reader, 'changed'>,
  operation: Operation,
): string | undefined {
  const idle = names
    .filter((name) => !hasEffect(name, operation) && read.changed(name))
    .map((name) => `'${name}'`);
  const last = idle.at(-1);
  if (last === undefined) return undefined;
  return idle.length === 1
    ? `Input ${last} has no effect on operation '${operation}'.`
    : `Inputs ${idle.slice(0, -1).join(', ')} and ${last} have no effect on operation '${operation}'.`;
}
