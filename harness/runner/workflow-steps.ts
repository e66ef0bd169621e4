import { parse } from 'yaml';
import type { FakeJob, StepResult } from './fake-runner.ts';

/** A step of a workflow that uses this action. */
interface ActionStep {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly ActionStep[] }>>;
}

/** The contexts of expressions, except `steps`: `{ inputs: { name: 'x' } }`. */
export type Contexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

const ownAction = 'aura-action/aura-action@';

/**
 * Runs the steps of the only job of a workflow in order, with the outputs of earlier steps, until one
 * fails. All of them must use this action; scripts are not run.
 *
 * @throws Error for anything else that a real runner would do
 */
export async function runWorkflowSteps(
  job: FakeJob,
  workflow: string,
  contexts: Contexts,
): Promise<readonly StepResult[]> {
  const { jobs } = parse(workflow) as Workflow;
  const [only, ...others] = Object.values(jobs);
  if (only === undefined || others.length > 0) throw new Error('Expected exactly one job.');
  const outputs = new Map<string, Readonly<Record<string, string>>>();
  const results: StepResult[] = [];
  for (const step of only.steps.filter(({ run }) => run === undefined)) {
    const unknown = Object.keys(step).find((key) => !['id', 'name', 'uses', 'with'].includes(key));
    if (unknown !== undefined || step.uses?.startsWith(ownAction) !== true) {
      throw new Error(`Step '${step.name ?? ''}' is more than this runner can do.`);
    }
    const inputs = Object.fromEntries(
      Object.entries(step.with ?? {}).map(([name, value]) => [
        name,
        evaluate(String(value), contexts, outputs),
      ]),
    );
    const result = await job.step({ inputs });
    results.push(result);
    if (step.id !== undefined) outputs.set(step.id, result.outputs);
    if (result.conclusion !== 'success') break;
  }
  return results;
}

/** Only plain references; as on GitHub, a missing output is empty. */
function evaluate(
  template: string,
  contexts: Contexts,
  outputs: ReadonlyMap<string, Readonly<Record<string, string>>>,
): string {
  return template.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const [context = '', name = '', kind, output = '', ...more] = expression.split('.');
    if (context === 'steps' && kind === 'outputs' && more.length === 0) {
      const known = outputs.get(name);
      if (known === undefined) throw new Error(`No earlier step has the id '${name}'.`);
      return known[output] ?? '';
    }
    const value = kind === undefined ? contexts[context]?.[name] : undefined;
    if (value === undefined) throw new Error(`'${expression}' has no value here.`);
    return value;
  });
}
