import { inputsNamed, itOrThem, quotedList } from './words.ts';

/**
 * The errors about inputs, each of which ends the step before anything is sent.
 * docs/troubleshooting.md has a heading for each; those about the form of a single input share one.
 */
export const messages = {
  // Credentials.
  emptyCredentials: (names: readonly string[], why: string) =>
    names.length === 1
      ? `${inputsNamed(names)} is empty. ${why}`
      : `${inputsNamed(names)} are empty. ${why}`,
  noToken: (what: string, permissions: string) =>
    `Input 'github-token' is empty, but ${what} needs it. Remove the input, so that the step uses the token of the job, and add ${permissions} to the permissions of the job.`,
  wrongSeal: (why: string) =>
    `Input 'sealed-credentials' cannot be decrypted: ${why}; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.`,

  // The hand-over.
  envFile: (path: string, why: string) =>
    `Input 'env-file' is '${path}', but ${why}. Set another path inside the workspace or RUNNER_TEMP.`,
  verifyNeedsWait: "Input 'verify' needs a running database; set 'wait: true' with it.",
  withoutPassword: (names: readonly string[], operation: string) =>
    `${inputsNamed(names)} cannot be used with operation '${operation}', which works without the password of the database; expected operation create, get, poll or resume.`,
  notRunning: (names: readonly string[], waitFor: string) =>
    `${inputsNamed(names)} ${names.length === 1 ? 'needs' : 'need'} a running database, but 'wait-for' is '${waitFor}'. Set 'wait-for: running', or remove ${itOrThem(names)}.`,
  noPassword: (names: readonly string[], operation: string) =>
    `${inputsNamed(names)} ${names.length === 1 ? 'needs' : 'need'} the password of the database, which operation '${operation}' cannot read from Aura. Set 'password', 'sealed-credentials' or 'credentials-store: deployment'.`,

  // The instance.
  noBranch: (inputs: string, { event, why, set }: NoBranch) =>
    `${inputs}, and ${event} ${why}. ${set}.`,
  defaultBranch: ({ operation, event, why }: Refused) =>
    `Input 'name' is not set, and operation '${operation}' does not take the name from event '${event}': ${why}. Set 'name' or 'instance-id' to select the instance.`,
  closedPullRequest: (which: string) =>
    `Input 'name' is not set, and pull request${which} is closed: nothing would delete the instance of its branch. Set 'name' to create one anyway.`,
  suffixBeside: (what: string) =>
    `Input 'name-suffix' cannot be used with ${what}: it is appended to the name from the event.`,
  idForCreate:
    "Input 'instance-id' cannot be used with operation 'create', which creates a new instance. Set 'name' instead.",
  otherSealedId: (given: string, sealed: string) =>
    `Input 'instance-id' is '${given}', but 'sealed-credentials' belongs to instance ${sealed}. Remove one of the two inputs.`,
  selectors: (names: readonly string[]) =>
    `${inputsNamed(names)} cannot be used together; expected only one of them, which selects the instance.`,
  oneInstance: (which: string, operation: string) =>
    `${which} cannot be used with operation '${operation}', which works on one instance; expected operation get, pause, resume or delete.`,
  ofOneInstance: (names: readonly string[]) =>
    `${inputsNamed(names)} cannot be used with several instances; expected a single 'instance-id' or a 'name' with ${itOrThem(names)}.`,
  protectedFromPost: (name: string, pattern: string) =>
    `Input 'delete-after-job' cannot delete instance '${name}', which '${pattern}' of input 'protected-names' protects; remove one of them, or set another 'name'.`,

  // The operation.
  noOperation: (event: string) =>
    `Input 'operation' is 'auto', and ${event} does not say which operation to run; expected the event of a branch (pull_request, pull_request_target, push, create or delete) or schedule. Set 'operation' to the one to run.`,
  noValues: (names: readonly string[]) =>
    `Operation 'resize' needs a new value; set one or more of ${quotedList(names)}.`,
  noSnapshot:
    "Input 'snapshot-id' is empty or not set; operation 'restore' needs the id of a snapshot, or latest.",
  snapshotWithoutSource:
    "Input 'source-snapshot-id' is set without 'source-instance-id'; set the id of the instance that has the snapshot.",
  noSource:
    "Input 'source-instance-id' is empty or not set; operation 'overwrite' needs the id of the instance to copy.",
  sourceIsTarget:
    "Input 'source-instance-id' is the instance to overwrite; set another instance, or 'source-snapshot-id' with one of its snapshots.",

  // A sweep.
  ageForPattern:
    "Input 'max-age' is not set; it is required with 'name-pattern' for operation 'sweep', which judges names that belong to no branch only by their age.",
  noRepository: "Environment variable 'GITHUB_REPOSITORY' is empty; operation 'sweep' needs it.",

  // The environment of the process.
  certificatesIgnored: (hosts: readonly string[]) =>
    `Environment variable 'NODE_TLS_REJECT_UNAUTHORIZED' is '0', so another server could pretend to be ${hosts.join(' and ')} and get the credentials. Remove it; if a proxy or server has a certificate of your own authority, set NODE_EXTRA_CA_CERTS to that authority's certificate.`,
} as const;

/** The errors about the form of a single input that is not a row of the table alone. */
export const forms = {
  wrongClientId:
    "Input 'client-id' is not a valid Aura client id: it contains a blank, a colon or another character that no client id has.",
  nameAsClientId:
    "Input 'client-id' is not a valid Aura client id: it is the name of a variable; write it in an expression, as ${{ vars.NAME }}.",
  sameCredentials:
    "Inputs 'client-id' and 'client-secret' have the same value; expected the client id and the client secret of one API key.",
  wrongClientSecret: (why: string) =>
    `Input 'client-secret' is not a valid Aura client secret: ${why}. Copy the secret again, or create a new API key in the Aura console.`,
  shortSealingKey: (least: number) =>
    `Input 'sealing-key' is too short; expected at least ${least} characters.`,
  wrongUsername: "Input 'username' is not valid; expected the name of a user on one line.",
  wrongPassword: (least: number) =>
    `Input 'password' is not valid; expected ${least} or more characters on one line.`,
  unwritable: (name: string) =>
    `Input '${name}' contains characters that the file of input 'env-file' cannot contain.`,
  unwritableConfigName:
    "Input 'config' has a 'name' with characters that the file of input 'env-file' cannot contain.",
  config: (is: string, why: string) =>
    `Input 'config' ${is}; expected the output 'instance' of operation get, or the path of a file with it, but ${why}.`,
  foreignConfig: (what: string) =>
    `${what} has the instance in 'data', as an answer of the API has; expected the output 'instance' of operation get, or the path of a file with it.`,
  listAsConfig:
    "Input 'config' is a list; expected the output 'instance' of operation get, or the path of a file with it, not the output 'instances'.",
  longConfig: (what: string, bytes: number) =>
    `${what} is longer than ${bytes} bytes; expected the output 'instance' of operation get, or the path of a file with it.`,
  noJson: (what: string) =>
    `${what} is not a JSON object; expected the output 'instance' of operation get, or the path of a file with it.`,
  configField: (what: string, { field, wanted }: { field: string; wanted: string }) =>
    `${what} has a '${field}' that is not valid; expected ${wanted}.`,
  wrongVariable: (shown: string, expected: string) =>
    `Environment variable 'AURA_API_URL' is '${shown}'; expected ${expected}.`,
} as const;

/** Why credentials are empty, to follow the error about it. */
export const reasons = {
  unset: (places: string, names: readonly string[]) =>
    names.length === 1
      ? `Set ${places} under Settings > Secrets and variables > Actions, and check its name in the workflow. If it belongs to an environment, the job needs 'environment:'.`
      : `Set ${places} under Settings > Secrets and variables > Actions, and check their names in the workflow. If they belong to an environment, the job needs 'environment:'.`,
  withheldFromForks:
    "GitHub passes no secrets to a pull request from a fork. To skip this step for forks, add 'if-no-credentials: skip' to its inputs, or 'if: github.event.pull_request.head.repo.full_name == github.repository' to the step.",
  withheldFromDependabot: (places: string) =>
    `GitHub passes variables to runs of Dependabot, but no secrets of the repository. Add ${places} under Settings > Secrets and variables > Dependabot. To skip this step for Dependabot, add 'if-no-credentials: skip' to its inputs.`,
} as const;

/** Why there is no name to use. */
interface NoBranch {
  readonly event: string;
  readonly why: string;
  /** What to set, without a period. */
  readonly set: string;
}

/** Why the name from the event is refused. */
interface Refused {
  readonly operation: string;
  readonly event: string;
  readonly why: string;
}
