import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { drivenClock } from '../../../simulator/core/clock.ts';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../../simulator/aura/simulator.ts';
import { type Bundle, sealBundle } from '../../../src/aura/credentials/bundle.ts';
import { type InProcessResult, runInProcess } from '../faults/in-process.ts';
import { type Recording, eventFor } from '../../core/github/recorded-events.ts';

/** An Aura of this machine, and steps that run within this process. */
export interface Steps {
  readonly simulator: Simulator;
  /** Runs a step in octo/shop, for a recorded event of the branch `feature/cart` if one is named. */
  readonly run: (
    inputs: Readonly<Record<string, string>>,
    recording?: Recording,
  ) => Promise<InProcessResult>;
  /** The requests that changed something, or would have. */
  readonly changes: () => readonly string[];
  /** The credentials of an instance that another step has sealed. */
  readonly seal: (changes: Partial<Bundle>) => string;
}

/** Starts it for the length of the test. */
export async function startSteps(options: SimulatorOptions = {}): Promise<Steps> {
  const clock = drivenClock();
  const limits = { requestsPerMinute: 'unlimited', tokensPerHour: 'unlimited' } as const;
  const simulator = await startSimulator({ clock, ...limits, ...options });
  const directory = mkdtempSync(path.join(tmpdir(), 'steps-'));
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await simulator.close();
    rmSync(directory, { recursive: true });
  });
  return {
    simulator,
    run: (inputs, recording = 'push') => {
      const { name, ref, actor, payload } = eventFor(recording, { branch: 'feature/cart' });
      const file = path.join(directory, 'event.json');
      writeFileSync(file, JSON.stringify(payload));
      vi.stubEnv('GITHUB_EVENT_NAME', name);
      vi.stubEnv('GITHUB_EVENT_PATH', file);
      vi.stubEnv('GITHUB_REPOSITORY', 'octo/shop');
      vi.stubEnv('GITHUB_REF', ref);
      vi.stubEnv('GITHUB_ACTOR', actor);
      vi.stubEnv('GITHUB_WORKSPACE', directory);
      return runInProcess({ simulator, clock, inputs });
    },
    changes: () =>
      simulator.exchanges
        .filter(({ method, path: at }) => method !== 'GET' && at !== '/oauth/token')
        .map(({ method, path: at, status }) => `${method} ${at} ${status}`),
    seal: (changes) => {
      const bundle: Bundle = {
        instanceId: '0000000a',
        name: 'shop',
        tenantId: simulator.tenantId,
        connectionUri: undefined,
        username: 'neo4j',
        password: 'letMeIn-0123',
        clientId: simulator.clientId,
        apiOrigin: new URL(simulator.url).origin,
        token: undefined,
        ...changes,
      };
      return sealBundle(bundle, simulator.clientSecret);
    },
  };
}

/** The one error of a step, which has failed. */
export function failureOf({ exitCode, annotations, leaks }: InProcessResult): string {
  const errors = annotations.filter(({ level }) => level === 'error');
  if (exitCode !== 1 || errors.length !== 1 || leaks.length > 0) {
    throw new Error(`No plain failure: ${JSON.stringify({ exitCode, annotations, leaks })}`);
  }
  return errors[0]?.message ?? '';
}

/** The warnings and notices of a step, which has worked. */
export function remarksOf({ exitCode, annotations, leaks }: InProcessResult): readonly string[] {
  if (exitCode !== 0 || leaks.length > 0) {
    throw new Error(`No success: ${JSON.stringify({ exitCode, annotations, leaks })}`);
  }
  return annotations.map(({ level, message }) => `${level}: ${message}`);
}
