import { type RunEvent, branchOf } from '../../core/github/event.ts';
import { type Account, type Bundle, otherSealer } from '../credentials/bundle.ts';
import { type EventName, readEventName, readSuffix } from './name.ts';
import type { Choice, SealedOrigin, SourceConfig, Target } from './request.ts';
import { forms, messages } from './messages.ts';
import { isSeveral, noteSelection, readSeveral } from './several.ts';
import { isPlain } from '../../core/secrets/env-file.ts';
import type { Reader } from './table.ts';

/** Other values that can select the instance. */
interface TargetSource {
  readonly event: RunEvent;
  readonly sealed: Bundle | undefined;
  /** Who asks for it. */
  readonly account: Account;
  /** The configuration for a new instance. */
  readonly config: SourceConfig | undefined;
  /** The operation has nothing to do. */
  readonly needsNone: boolean;
}

/** The instance that the inputs mean. */
interface Meant {
  /** Of a new instance. */
  readonly name: string;
  readonly target: Target;
  /** The target, or several instances. */
  readonly choice: Choice;
  /** Set if the name comes from the event. */
  readonly fromEvent: EventName | undefined;
  /** The name in `config`, if the event has no branch to build one from. */
  readonly fromConfig: string | undefined;
  /** Whether a suffix is set but not used, because the sealed credentials select the instance. */
  readonly idleSuffix: boolean;
}

/**
 * If neither id nor name is set, sealed credentials select the instance. If `password` is set too,
 * only their token and tenant are used.
 */
export function readTarget(
  read: Reader,
  { event, sealed, account, config, needsNone }: TargetSource,
): Meant {
  const creates = read.value('operation') === 'create';
  noteSelection(read);
  const several = readSeveral(read);
  const bySeal = isSelectedBySeal(read);
  const sealedId = bySeal ? sealed?.instanceId : undefined;
  noteWrongId(read, sealedId);
  const byId =
    read.given('instance-id') ||
    read.given('name-pattern') ||
    (bySeal && read.given('sealed-credentials'));
  const needed = !needsNone && !read.given('name') && (creates || !byId);
  const suffix = readSuffix(read);
  const fromConfig = needed && branchOf(event) === undefined ? config?.name : undefined;
  if (fromConfig !== undefined) noteConfigName(read, fromConfig);
  const fromEvent =
    needed && fromConfig === undefined ? readEventName(read, event, suffix) : undefined;
  const given = read.value('name');
  const name = given ?? fromEvent?.name ?? fromConfig ?? '';
  const id = read.value('instance-id')?.[0] ?? sealedId;
  const origin =
    sealed !== undefined && sealed.instanceId === id
      ? { sealed: originOf(sealed, account) }
      : undefined;
  const target: Target =
    id === undefined
      ? { id, name, ...(fromEvent && { fromEvent: true }) }
      : { id, name: given, ...origin };
  return {
    name,
    fromEvent,
    fromConfig,
    idleSuffix: !needed && !needsNone && suffix !== undefined,
    target,
    choice: several === undefined ? { target } : { several },
  };
}

/** Adds the problems of a name that is not the event's. */
function noteConfigName(read: Reader, name: string): void {
  if (read.given('name-suffix')) {
    read.problem(messages.suffixBeside("the name in 'config'"));
  }
  if (read.given('env-file') && !isPlain(name)) {
    read.problem(forms.unwritableConfigName);
  }
}

function isSelectedBySeal(read: Reader): boolean {
  const operation = read.value('operation') ?? '';
  return (
    ['get', 'poll', 'pause', 'resume', 'resize', 'snapshot'].includes(operation) &&
    !read.given('password')
  );
}

function noteWrongId(read: Reader, sealedId: string | undefined): void {
  if (read.value('operation') === 'create' && read.given('instance-id')) {
    read.problem(messages.idForCreate);
  }
  const given = read.text('instance-id');
  const ids = read.value('instance-id') ?? [];
  if (sealedId === undefined || given === '' || isSeveral(read) || ids[0] === sealedId) return;
  read.problem(messages.otherSealedId(given, sealedId));
}

function originOf(sealed: Bundle, account: Account): SealedOrigin {
  const { tenantId, createdAt } = sealed;
  const sealer = otherSealer(sealed, account);
  const asker = `client '${account.credentials.clientId}' of ${account.apiUrl.origin}`;
  return { tenantId, createdAt, owner: sealer === undefined ? undefined : { sealer, asker } };
}
