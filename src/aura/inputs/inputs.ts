import type { Run } from './run.ts';
import { messages } from './messages.ts';
import { chooseOperation } from './auto.ts';
import { readConfig } from './config.ts';
import { readCredentials } from './credentials.ts';
import type { Account } from '../credentials/bundle.ts';
import { noteChange } from './change.ts';
import { readHandOver } from './hand-over.ts';
import { nothingToDelete } from './name.ts';
import { type Mask, Secret } from '../../core/secrets/secret.ts';
import { readTable } from '../../core/inputs/table.ts';
import { remark } from './remarks.ts';
import { tasks } from './tasks.ts';
import { noteSurroundings, readApiUrl } from './surroundings.ts';
import { findUnknownInputs, unknownInputProblems } from '../../core/inputs/unknown.ts';
import type { SessionSettings, SourceConfig, Step } from './request.ts';
import { type InputName, type Reader, inputNames, table } from './table.ts';
import { maskAccepted } from './secrets.ts';
import { noteSweepNeeds } from './sweep.ts';
import { readTarget } from './target.ts';
import { readTenant } from './tenant.ts';

/**
 * Reads all inputs of a step.
 *
 * @param getInput the text of an input, empty if not set.
 * @throws ActionError with every problem of every input.
 */
export function readInputs(getInput: (name: InputName) => string, run: Run): Step {
  const unknown = findUnknownInputs(run.env ?? {}, inputNames);
  const {
    operation: wanted,
    byEvent,
    aside,
    problems: found,
  } = chooseOperation(getInput, run.event);
  const problems = [...(run.problems ?? []), ...unknownInputProblems(unknown), ...found];
  const read = readTable(table, { names: inputNames, problems, aside }, (name) =>
    name === 'operation' ? wanted : getInput(name),
  );
  const credentials = readCredentials(read, run);
  const account = { credentials, apiUrl: readApiUrl(read, run.env) };
  if (read.value('operation') === 'sweep') noteSweepNeeds(read, run.event);
  else noteMissingToken(read);
  const combined = readHandOver(read, run);
  const { sealed } = combined;
  const given = readConfig(read, run);
  const config = read.value('operation') === 'create' ? given : undefined;
  const nothingToDo = nothingToDelete(read, run.event);
  const needsNone =
    nothingToDo !== undefined || read.value('operation') === 'sweep' || found.length > 0;
  const source = { event: run.event, sealed, account, config, needsNone };
  const meant = readTarget(read, source);
  const { name, target, choice, fromEvent, fromConfig, idleSuffix } = meant;
  noteChange(read, target.id);
  noteSurroundings(read, run, read.text('name') || (fromEvent?.name ?? fromConfig));
  read.assertValid();
  const operation = read.sure('operation');
  const derived = fromEvent?.name;
  remark(read, run, { operation, byEvent, unknown, derived, fromConfig, idleSuffix });
  const ofBranch = fromEvent?.instances;
  const { event } = run;
  const meaning = { name, target, choice, ofBranch, nothingToDo, event, config };
  return {
    settings: settingsOf(read, { account, combined, config, mask: run.mask }),
    task: tasks[operation](read, meaning),
  };
}

/** Values that were built from several inputs. */
interface Combined {
  readonly account: Account;
  readonly combined: ReturnType<typeof readHandOver>;
  readonly config: SourceConfig | undefined;
  readonly mask: Mask;
}

/** The settings that every operation shares, from valid inputs. */
function settingsOf(read: Reader, { account, combined, config, mask }: Combined): SessionSettings {
  const token = read.value('github-token');
  const dryRun = read.sure('dry-run');
  return {
    account,
    timeoutMilliseconds: read.sure('timeout'),
    pollIntervalMilliseconds: read.value('poll-interval'),
    guard: {
      tenant: readTenant(
        { input: read.value('tenant'), config: config?.tenantId },
        combined.sealed,
        account,
      ),
      protectedNames: read.value('protected-names') ?? [],
      maxDeletions: read.sure('max-deletions'),
      dryRun,
    },
    handOver: {
      ...combined,
      exportEnv: read.sure('export-env'),
      verify: read.sure('verify'),
      credentialsStore: read.sure('credentials-store'),
      dryRun,
    },
    githubToken: token === undefined ? undefined : new Secret(token, maskAccepted(mask)),
    summary: read.sure('summary'),
  };
}

function noteMissingToken(read: Reader): void {
  if (read.value('credentials-store') !== 'deployment' || read.given('github-token')) return;
  read.problem(messages.noToken("'credentials-store: deployment'", "'deployments: write'"));
}
