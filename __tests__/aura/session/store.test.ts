import { afterEach, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../../src/aura/session/store.ts';
import { noStore } from '../../../src/core/github/deployments.ts';
import { recordedEvent } from '../../core/github/recorded-events.ts';
import { captureReport } from '../../core/runner/captured-report.ts';
import { drivenClock } from '../../../simulator/core/clock.ts';
import { patienceOn } from '../../core/time/clocks.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

function storeOf() {
  const captured = captureReport({ debug: true });
  const patience = patienceOn(drivenClock());
  const parts = { patience, report: captured.report };
  return { store: openStore(secretOf('ghs_0123456789'), recordedEvent('push'), parts), captured };
}

describe('the store of a step', () => {
  it('does not send its token while certificates are not checked', () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    for (const url of ['https://github.example.com', undefined]) {
      vi.stubEnv('GITHUB_API_URL', url);
      const { store, captured } = storeOf();
      expect(store).toBe(noStore);
      expect(captured.lines()).toEqual([
        "::debug::GitHub is not asked, because 'NODE_TLS_REJECT_UNAUTHORIZED' is '0'.",
      ]);
    }
  });

  it('exists for a local server even then', () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    vi.stubEnv('GITHUB_API_URL', 'http://127.0.0.1:1');
    expect(storeOf().store).not.toBe(noStore);
  });
});
