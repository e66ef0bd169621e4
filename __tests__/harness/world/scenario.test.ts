import { describe, expect, it } from 'vitest';
import { createCertificate } from '../../../harness/network/certificate.ts';
import { startProxy } from '../../../harness/network/connect-proxy.ts';
import { startScenario } from '../../../harness/world/scenario.ts';
import { startScriptJob } from '../../../harness/runner/script-job.ts';

describe('a scenario', () => {
  it('runs the committed bundle through minutes in no time', async () => {
    await using scenario = await startScenario();
    const result = await scenario.run({ operation: 'create', name: 'demo' });
    expect(result).toMatchObject({ conclusion: 'success', outputs: { status: 'running' } });
    expect(result.drivenMilliseconds).toBeGreaterThan(180_000);
    expect(result.milliseconds).toBeLessThan(5_000);
    expect(result.outputs['password']).toBe(scenario.simulator.instances()[0]?.password);
  });

  it('runs jobs side by side in the same time', async () => {
    await using scenario = await startScenario();
    const paid = { tier: 'professional', region: 'europe-west1', 'cloud-provider': 'gcp' };
    const other = await scenario.startJob({ repository: 'octo/other' });
    const step = (name: string) => ({
      inputs: { ...scenario.credentials, ...paid, operation: 'create', name },
    });
    const results = await Promise.all([scenario.job.step(step('one')), other.step(step('two'))]);
    expect(results.map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
    expect(scenario.simulator.instances()).toHaveLength(2);
  });

  it('works through a proxy with TLS in driven time', async () => {
    const certificate = await createCertificate('api.aura.test');
    await using scenario = await startScenario({ simulator: { tls: certificate } });
    const { host } = new URL(scenario.simulator.url);
    const proxy = await startProxy({ hosts: { 'api.aura.test:443': host } });
    const result = await scenario.run(
      { operation: 'create', name: 'demo', 'api-url': 'https://api.aura.test' },
      { env: { https_proxy: proxy.url, NODE_EXTRA_CA_CERTS: certificate.path } },
    );
    await proxy.close();
    certificate.remove();
    expect(result.conclusion).toBe('success');
    expect(proxy.requests.length).toBe(scenario.simulator.exchanges.length);
  });

  it('fails at the end if a request violated the description', async () => {
    const scenario = await startScenario();
    await fetch(`${scenario.simulator.url}/v1/instances`, { method: 'POST', body: 'x' });
    await expect(scenario.finish()).rejects.toThrow('request 1, POST /v1/instances');
  });

  it('reports the moment of an answer, to cancel at', async () => {
    await using scenario = await startScenario();
    const result = await scenario.run(
      { operation: 'create', name: 'demo' },
      {
        cancel: {
          when: scenario.nextExchange(
            ({ method, path }) => method === 'POST' && path === '/v1/instances',
          ),
          kill: 'SIGKILL',
        },
      },
    );
    expect(result).toMatchObject({ conclusion: 'failure' });
    expect(scenario.simulator.instances()).toHaveLength(1);
  });

  it('finds secrets of the simulator that a step prints', async () => {
    await using scenario = await startScenario();
    const job = await startScriptJob({
      forbiddenSecrets: () => scenario.simulator.secrets(),
      env: { SECRET: scenario.simulator.clientSecret },
    });
    const step = job.step({ inputs: { code: 'console.log(btoa("id:" + process.env.SECRET))' } });
    await expect(step).rejects.toThrow('stdout');
  });
});
