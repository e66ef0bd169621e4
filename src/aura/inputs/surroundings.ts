import type { Environment, Run } from './run.ts';
import { certificatesIgnored, isLoopback } from '../../core/http/certificates.ts';
import { withHint } from '../../core/inputs/messages.ts';
import { matchesGlobInAnyCase } from '../../core/inputs/glob.ts';
import { forms, messages } from './messages.ts';
import { parseApiUrl } from './parsers.ts';
import type { Reader } from './table.ts';
import { tempProblem } from '../../core/runner/runner-files.ts';

const auraUrl = 'https://api.neo4j.io';
/** GitHub's API, unless the runner names another. */
export const githubUrl = 'https://api.github.com';

/** The address of the API: from the input, otherwise from the environment, otherwise Aura's own. */
export function readApiUrl(read: Reader, env: Environment = {}): URL {
  const text = env['AURA_API_URL']?.trim() ?? '';
  if (read.given('api-url') || text === '') return read.value('api-url') ?? new URL(auraUrl);
  const parsed = parseApiUrl(text);
  if ('value' in parsed) return parsed.value;
  const problem = forms.wrongVariable(parsed.shown ?? text, parsed.expected);
  read.problem(withHint(problem, parsed.hint));
  return new URL(auraUrl);
}

/**
 * Adds problems of the machine that would otherwise appear only after a request was sent.
 *
 * @param read the inputs.
 * @param run the event, the environment and the directories of the step.
 * @param name of the instance to create; undefined if there is none yet.
 */
export function noteSurroundings(read: Reader, run: Run, name: string | undefined): void {
  noteIgnoredCertificates(read, run);
  if (read.value('operation') !== 'create' || read.value('delete-after-job') !== true) return;
  const problem = tempProblem(run.temp, "Input 'delete-after-job'");
  if (problem !== undefined) read.problem(problem);
  const patterns = read.value('protected-names') ?? [];
  if (name === undefined) return;
  const pattern = patterns.find((each) => matchesGlobInAnyCase(each, name));
  if (pattern === undefined) return;
  read.problem(messages.protectedFromPost(name, pattern));
}

/** Node.js could send the client secret to the wrong server. */
function noteIgnoredCertificates(read: Reader, run: Run): void {
  const { env = {} } = run;
  if (!certificatesIgnored(env)) return;
  const urls = [
    apiUrlText(read, env),
    ...(asksGitHub(read, run) ? [env['GITHUB_API_URL'] ?? githubUrl] : []),
  ];
  const hosts = urls
    .filter((url) => URL.canParse(url))
    .map((url) => new URL(url).hostname)
    .filter((host) => !isLoopback(host));
  if (hosts.length === 0) return;
  read.problem(messages.certificatesIgnored(hosts));
}

function apiUrlText(read: Reader, env: Environment): string {
  const given = read.text('api-url') || (env['AURA_API_URL']?.trim() ?? '');
  return given === '' ? auraUrl : given;
}

/** For the store, and to check whether a pull request is closed. */
function asksGitHub(read: Reader, { event }: Run): boolean {
  if (read.text('github-token') === '') return false;
  if (read.value('credentials-store') === 'deployment') return true;
  const operation = read.value('operation');
  return operation === 'sweep' || (operation === 'delete' && event.name.startsWith('pull_request'));
}
