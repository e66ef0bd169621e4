import { bearerToken } from '../../../simulator/aura/tokens.ts';
import type { FakeJob, StepResult } from '../../../harness/runner/fake-runner.ts';
import { startScenario, type Scenario } from '../in-process/scenario.ts';
import { handedOver } from './support.ts';

/** The passphrase that all clients of these tests seal with. */
export const sealingKey = 'correct horse battery staple';

/** Client B has its own account; client C works in the account of client A, the first one. */
export const clients = {
  b: { 'client-id': 'client-b', 'client-secret': 'the-secret-of-client-b' },
  c: { 'client-id': 'client-c', 'client-secret': 'the-secret-of-client-c' },
} as const;

export const tenantOfB = 'bbbbbbbb-6b5a-4f3e-8d2c-1b0a9f8e7d6c';

/** An Aura with two accounts. */
export async function startAccounts(): Promise<Scenario> {
  return startScenario({
    simulator: {
      tenants: [{ name: 'Tenant of A' }],
      otherClients: [
        {
          clientId: clients.b['client-id'],
          clientSecret: clients.b['client-secret'],
          tenants: [{ id: tenantOfB, name: 'Tenant of B' }],
        },
        { clientId: clients.c['client-id'], clientSecret: clients.c['client-secret'] },
      ],
    },
  });
}

/** Creates an instance 'shop' as client A, and returns its sealed credentials. */
export async function createAsA(
  scenario: Scenario,
  inputs: Readonly<Record<string, string>> = {},
): Promise<{ readonly result: StepResult; readonly id: string; readonly sealed: string }> {
  const result = await scenario.run({
    operation: 'create',
    name: 'shop',
    'sealing-key': sealingKey,
    ...inputs,
  });
  const sealed = handedOver(scenario.job, result, 'sealed-credentials');
  return { result, id: result.outputs['instance-id'] ?? '', sealed };
}

/** A job with the secrets of the other clients. */
export function startOtherJob(scenario: Scenario): Promise<FakeJob> {
  const secrets = [clients.b['client-secret'], clients.c['client-secret'], sealingKey];
  return scenario.startJob({ secrets });
}

/** The tokens sent since a moment, and to which host. */
export function tokensSent(
  { simulator }: Scenario,
  since = 0,
): readonly { readonly host: string; readonly token: string }[] {
  return simulator.exchanges.slice(since).flatMap(({ requestHeaders }) => {
    const token = bearerToken(requestHeaders['authorization']);
    return token === undefined ? [] : [{ host: requestHeaders['host'] ?? '', token }];
  });
}
