import { randomUUID } from 'node:crypto';
import { registerHooks } from 'node:module';

import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';

import { fieldsOf, itemsOf, type Manifest, readManifest, readProjectFile } from './project.ts';

/** How examples refer to this action; others of this repository have their folder after it. */
const ownAction = 'aura-action/aura-action';

/** DiagnosticSeverity.Warning of the language server protocol. */
const warning = 2;

/** The inputs of other people's actions are unknown here, and not looked up. */
const unknownAction = ': Unable to resolve action `';

// The language service imports JSON without the attribute that Node.js requires.
registerHooks({
  load: (url, context, nextLoad) =>
    nextLoad(
      url,
      url.endsWith('.json')
        ? { ...context, importAttributes: { ...context.importAttributes, type: 'json' } }
        : context,
    ),
});
const { validate } = await import('@actions/languageservice');

type Diagnostic = Awaited<ReturnType<typeof validate>>[number];

/**
 * The problems that GitHub's own language service finds in a workflow, in which each step that
 * uses this action must match `manifest`. Its warnings are ignored: they are guesses about
 * contexts it can't know.
 */
export async function workflowErrors(text: string, manifest: Manifest): Promise<string[]> {
  const diagnostics = await validate(newDocument('.github/workflows/workflow.yml', text), {
    actionsMetadataProvider: {
      fetchActionMetadata: ({ owner, name, path = '' }) =>
        Promise.resolve(manifestOf([owner, name, path].filter(Boolean).join('/'), manifest)),
    },
  });
  const errors = diagnostics
    .filter(({ severity }) => (severity ?? 1) < warning)
    .map(describeDiagnostic)
    .filter((error) => !error.includes(unknownAction));
  return [...errors, ...unknownOutputs(text, manifest)];
}

/** The manifest of an action of this repository; `manifest` is that of the one at its root. */
function manifestOf(action: string, manifest: Manifest): Manifest | undefined {
  if (action === ownAction || action === './') return manifest;
  const isSimulator = action === `${ownAction}/simulator` || action === './simulator';
  return isSimulator ? readManifest(readProjectFile('simulator/action.yml')) : undefined;
}

/** The problems that the language service finds in an action.yml. */
export async function manifestErrors(text: string): Promise<string[]> {
  const diagnostics = await validate(newDocument('action.yml', text));
  return diagnostics.map(describeDiagnostic);
}

function describeDiagnostic({ message, range }: Diagnostic): string {
  const text = typeof message === 'string' ? message : message.value;
  return `line ${range.start.line + 1}: ${text}`;
}

/**
 * The language service caches parsed texts by URI, so each text needs its own. A counter is not
 * enough: the service stays loaded while several test files load this module, each from zero.
 */
function newDocument(path: string, text: string): TextDocument {
  return TextDocument.create(`file:///${randomUUID()}/${path}`, 'yaml', 1, text);
}

/** Outputs that are read from a step of an action of this repository but do not exist. */
function unknownOutputs(text: string, manifest: Manifest): string[] {
  const outputs = new Map(
    stepsOf(parse(text)).flatMap(({ id, uses }) => {
      const used = manifestOf(String(uses).split('@')[0] ?? '', manifest);
      return used === undefined ? [] : [[id, used.outputs]];
    }),
  );
  return [...text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)]
    .filter(([, id, output = '']) => outputs.has(id) && !(output in (outputs.get(id) ?? {})))
    .map(([reference]) => `'${reference}' is not an output of this action`);
}

/** All steps of all jobs. */
export function stepsOf(workflow: unknown): Record<string, unknown>[] {
  return jobsOf(workflow).flatMap((job) => itemsOf(job['steps']).map(fieldsOf));
}

/** All jobs. */
export function jobsOf(workflow: unknown): Record<string, unknown>[] {
  return Object.values(fieldsOf(fieldsOf(workflow)['jobs'])).map(fieldsOf);
}

const workflowHead = 'on: push\n';
const jobHead = '  snippet:\n    runs-on: ubuntu-latest\n    steps:\n';

/**
 * Turns an example into a whole workflow: it may be a workflow, its jobs, its steps, one step, or
 * top-level settings. Undefined if it is none of these.
 */
export function asWorkflow(snippet: string): string | undefined {
  const parsed: unknown = parse(snippet);
  if (Array.isArray(parsed)) {
    return `${workflowHead}jobs:\n${jobHead}${indent(snippet, 6)}`;
  }
  const keys = Object.keys(fieldsOf(parsed));
  if (keys.includes('jobs')) {
    return keys.includes('on') ? snippet : `${workflowHead}${snippet}`;
  }
  if (keys.includes('steps')) {
    return `${workflowHead}jobs:\n  snippet:\n    runs-on: ubuntu-latest\n${indent(snippet, 4)}`;
  }
  if (keys.includes('uses')) {
    return `${workflowHead}jobs:\n${jobHead}      -\n${indent(snippet, 8)}`;
  }
  if (keys.some((key) => ['on', 'permissions', 'concurrency', 'env'].includes(key))) {
    const head = keys.includes('on') ? '' : workflowHead;
    return `${head}${snippet}jobs:\n${jobHead}      - run: 'true'\n`;
  }
  const isJobs = keys.length > 0 && Object.values(fieldsOf(parsed)).every(isJob);
  return isJobs ? `${workflowHead}jobs:\n${indent(snippet, 2)}` : undefined;
}

function isJob(value: unknown): boolean {
  const job = fieldsOf(value);
  return 'runs-on' in job || 'uses' in job;
}

function indent(text: string, spaces: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(spaces));
}
