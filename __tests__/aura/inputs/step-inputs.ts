import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Bundle, createBundle, sealBundle } from '../../../src/aura/credentials/bundle.ts';
import { ActionError } from '../../../src/core/errors.ts';
import type { RunEvent } from '../../../src/core/github/event.ts';
import { readInputs } from '../../../src/aura/inputs/inputs.ts';
import type { Run } from '../../../src/aura/inputs/run.ts';
import type { Step } from '../../../src/aura/inputs/request.ts';
import type { InputName } from '../../../src/aura/inputs/table.ts';
import { recordedEvent } from '../../core/github/recorded-events.ts';
import { noMask, secretOf } from '../../core/secrets/secret-of.ts';

/** The inputs of a step that a test sets. */
export type StepInputs = Readonly<Partial<Record<InputName, string>>>;

/** The inputs that every step needs. */
export const needed = {
  operation: 'get',
  'client-id': 'the-client',
  'client-secret': 'the-secret-0123',
} as const satisfies StepInputs;

/** Two separate directories that the tests of inputs only read. */
export const workspace = realpathSync(fileURLToPath(new URL('../../core/github', import.meta.url)));
export const temp = realpathSync(fileURLToPath(new URL('../../aura', import.meta.url)));

/** The account of {@link needed}. */
export const account = {
  credentials: { clientId: needed['client-id'], clientSecret: secretOf(needed['client-secret']) },
  apiUrl: new URL('https://api.neo4j.io'),
};

const token = { accessToken: secretOf('access-token-0123'), expiresAt: 1_772_442_847_000 };

/** The credentials that an earlier step sealed, with the client secret and with a passphrase. */
const database = {
  instanceId: '1a2b3c4d',
  name: 'shop',
  tenantId: '0f1e2d3c-0000-4000-8000-000000000001',
  connectionUri: 'neo4j+s://1a2b3c4d.databases.neo4j.io',
  username: 'neo4j',
  password: secretOf('letMeIn-0123'),
  createdAt: 1_772_442_847_000,
};
export const bundle: Bundle = createBundle(database, account, token);
export const passphrase = 'correct horse';
export const sealedUnderSecret = sealBundle(bundle, secretOf(needed['client-secret']));
export const sealedUnderPassphrase = sealBundle(bundle, secretOf(passphrase));

/** Reads the inputs of a step in a pull request of octo/shop, or in `run`. */
export function readWholeStep(
  inputs: StepInputs,
  event: RunEvent = recordedEvent('pull-request-opened'),
  run: Partial<Run> = {},
): Step {
  const all: StepInputs = { ...needed, ...inputs };
  return readInputs((name) => all[name] ?? '', { event, workspace, temp, mask: noMask, ...run });
}

/** The settings of the session and the request of the operation, in one object. */
export function readStep(inputs: StepInputs, event?: RunEvent, run?: Partial<Run>) {
  const { settings, task } = readWholeStep(inputs, event, run);
  const { account: owner, guard, handOver, ...times } = settings;
  const { wanted: tenant, lentBy } = guard.tenant;
  const shared = { ...owner, ...times, ...handOver, ...guard, tenant, lentBy };
  return { ...shared, ...task.request, operation: task.operation };
}

/** The log lines about the valid inputs of a step. */
export function remarksOf(inputs: StepInputs, run: Partial<Run> = {}) {
  const said = { infos: [] as string[], debugs: [] as string[], warnings: [] as string[] };
  const remarks: Run['remarks'] = {
    info: (text) => said.infos.push(text),
    debug: (text) => said.debugs.push(text),
    warning: (text) => said.warnings.push(text),
  };
  readStep(inputs, run.event, { ...run, remarks });
  return said;
}

/** The problems of a step's inputs, one per line; none if they are valid. */
export function problemsOf(inputs: StepInputs, event?: RunEvent, run?: Partial<Run>): string[] {
  try {
    readStep(inputs, event, run);
    return [];
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    return error.message.split('\n');
  }
}
