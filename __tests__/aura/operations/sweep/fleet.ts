import { instanceName } from '../../../../src/aura/inputs/naming.ts';
import type { StepResult } from '../../../../harness/runner/fake-runner.ts';

/** The name that the action gives to an instance of octo/shop. */
export function nameOf(branch: string, owner?: string, suffix?: string): string {
  return instanceName('octo/shop', { name: branch, owner }, suffix);
}

/** An instance in the output `instances`. */
export interface Shown {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly changed: boolean;
  readonly error?: string;
}

/** The instances that a step worked on. */
export function instancesOf({ outputs }: StepResult): readonly Shown[] {
  return JSON.parse(outputs['instances'] ?? '[]') as readonly Shown[];
}

/** The names that a step deleted, sorted. */
export function deletedBy(result: StepResult): readonly string[] {
  return instancesOf(result)
    .filter(({ changed, status }) => changed && status === 'deleted')
    .map(({ name }) => name)
    .toSorted();
}

/** All annotations of a step as `level: message`. */
export function saidBy({ annotations }: StepResult): readonly string[] {
  return annotations.map(({ level, message }) => `${level}: ${message}`);
}
