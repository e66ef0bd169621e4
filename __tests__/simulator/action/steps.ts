import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { makeDirectory } from './runner-files.ts';
import {
  startJob,
  type FakeJob,
  type JobOptions,
  type StepOptions,
  type StepResult,
} from '../../../harness/runner/fake-runner.ts';
import { projectRoot } from '../../repository/project.ts';

/** Directory of the committed action. */
export const simulatorAction = path.join(projectRoot, 'simulator');

/** A job whose steps can use the simulator action and the one at the root of this repository. */
export interface SimulatorJob {
  readonly job: FakeJob;
  /** Starts a simulator, and checks that its secret is only masked and output. */
  readonly start: (
    inputs?: Readonly<Record<string, string>>,
    step?: Omit<StepOptions, 'inputs'>,
  ) => Promise<StepResult>;
  /** Waits until no process of the job is left. */
  readonly isOver: () => Promise<void>;
}

/** Starts a job; the secrets of its simulators must not leak later. */
export async function startSimulatorJob(options: JobOptions = {}): Promise<SimulatorJob> {
  const secrets: string[] = [];
  const job = await startJob({ forbiddenSecrets: () => secrets, ...options });
  onTestFinished(() => job.dispose());
  return {
    job,
    start: async (inputs = {}, step = {}) => {
      const result = await job.step({ actionDirectory: simulatorAction, ...step, inputs });
      const { 'client-secret': secret } = result.outputs;
      if (secret !== undefined) {
        secrets.push(secret);
        expect(withoutMasks(result.stdout)).not.toContain(secret);
        expect([result.stderr, ...result.log, ...Object.values(result.state)].join()).not.toContain(
          secret,
        );
      }
      return result;
    },
    isOver: () =>
      vi.waitFor(() => {
        expect(job.processes()).toEqual([]);
      }),
  };
}

function withoutMasks(stdout: string): string {
  return stdout.replace(/^::add-mask::.*$/gm, '');
}

/** The inputs of the action at the root for the simulator of a step; the address is exported. */
export function credentialsOf({ outputs }: StepResult): Readonly<Record<string, string>> {
  return {
    'client-id': outputs['client-id'] ?? '',
    'client-secret': outputs['client-secret'] ?? '',
    tenant: outputs['tenant'] ?? '',
  };
}

/** What the action itself printed about a success, without masks. */
export function succeeded(result: StepResult | undefined): readonly string[] {
  expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, stderr: '' });
  const log = result?.log ?? [];
  return log.slice(log.indexOf('##[endgroup]') + 1);
}

/**
 * A copy of the action with another program instead of the simulator; undefined for the same one.
 *
 * @returns the directory with its action.yml, in a path with spaces.
 */
export function copyAction(program?: string): string {
  const copy = path.join(makeDirectory(), 'a copy of the action');
  mkdirSync(path.join(copy, 'simulator'), { recursive: true });
  cpSync(path.join(simulatorAction, 'action.yml'), path.join(copy, 'simulator', 'action.yml'));
  cpSync(path.join(projectRoot, 'dist'), path.join(copy, 'dist'), { recursive: true });
  if (program !== undefined) {
    writeFileSync(path.join(copy, 'dist', 'simulator', 'server.js'), program);
  }
  return path.join(copy, 'simulator');
}
