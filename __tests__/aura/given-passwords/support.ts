import { onTestFinished } from 'vitest';
import type { SimulatedInstance } from '../../../simulator/aura/simulator.ts';
import { type Bundle, openBundle, sealBundle } from '../../../src/aura/credentials/bundle.ts';
import { startKeeping, type Keeping } from '../credentials-across-jobs/with-github.ts';
import { startScenario } from '../in-process/scenario.ts';
import {
  type BoltServer,
  type BoltServerOptions,
  startBoltServer,
} from '../../../harness/bolt/server.ts';
import type { FakeJob, StepResult } from '../../../harness/runner/fake-runner.ts';
import type { GitHubServerOptions } from '../../../harness/github/server.ts';
import { noMask, secretOf } from '../../core/secrets/secret-of.ts';

type Inputs = Readonly<Record<string, string>>;

/** An instance that no step created, its database, and a GitHub server with a store. */
export interface Inherited {
  readonly aura: Keeping;
  readonly database: BoltServer;
  readonly instance: SimulatedInstance;
  /** The job that `run` uses; it may write an env file. */
  readonly job: FakeJob;
  /** Runs a step for the instance, by default without the store. */
  readonly run: (inputs: Inputs) => Promise<StepResult>;
  /** Credentials of the instance, sealed as by another step. */
  readonly seal: (changes?: Partial<Bundle>) => string;
  /** The stored passwords, newest first. */
  readonly stored: () => readonly string[];
}

interface InheritOptions extends Pick<BoltServerOptions, 'username' | 'behavior'> {
  readonly github?: GitHubServerOptions;
  /** How to start the scenario. Default: with steps in this process. */
  readonly start?: typeof startScenario;
}

/** Starts all of these for the duration of the test. */
export async function inherit(
  status = 'running',
  { github = {}, start = startScenario, username, behavior }: InheritOptions = {},
): Promise<Inherited> {
  const aura = await startKeeping(github, start);
  onTestFinished(() => aura[Symbol.asyncDispose]());
  const { simulator } = aura.scenario;
  let password = '';
  const database = await startBoltServer({
    ...(username !== undefined && { username }),
    ...(behavior !== undefined && { behavior }),
    get password() {
      return password;
    },
  });
  onTestFinished(() => database.close());
  const connectionUrl = database.uri('bolt');
  const instance = simulator.seedInstance({ name: 'shop', status, connectionUrl });
  ({ password } = instance);
  const job = await aura.startJob({ filesWithSecrets: ['.env'] });
  const usual = { name: 'shop', 'credentials-store': 'none' };
  return {
    aura,
    database,
    instance,
    job,
    run: (inputs) => aura.run({ ...usual, ...inputs }, job),
    seal: (changes = {}) =>
      sealBundle({ ...bundleOf(instance), ...changes }, secretOf(simulator.clientSecret)),
    stored: () =>
      aura.server
        .deployments()
        .map(({ payload }) =>
          openBundle(
            (payload as { sealed: string }).sealed,
            secretOf(simulator.clientSecret),
            noMask,
          ),
        )
        .map((bundle) => bundle.password.reveal()),
  };
}

function bundleOf({ id, name, tenantId, username, password }: SimulatedInstance): Bundle {
  const connectionUri = `neo4j+s://${id}.databases.example.com`;
  const secret = { password: secretOf(password) };
  return { instanceId: id, name, tenantId, username, ...secret, connectionUri, token: undefined };
}

/** A password that the database refuses. */
export const wrong = 'not-the-right-one-0123';

/** The inputs for the store. */
export const withStore = { 'credentials-store': 'deployment' } as const;
