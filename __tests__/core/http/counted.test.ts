import { describe, expect, it } from 'vitest';
import { counted } from '../../../src/core/http/counted.ts';
import { type Policy, RequestError, type Service } from '../../../src/core/http/request-error.ts';
import type { WireRequest } from '../../../src/core/http/transport.ts';

const service: Service = { name: 'Service', userAgent: 'test', readComplaints: () => [] };

function requestWith(policy: Policy, limitMilliseconds = 1_000): WireRequest {
  return { method: 'POST', path: '/', policy, headers: {}, limitMilliseconds };
}

function lost(effect: 'none' | 'unknown'): RequestError {
  return new RequestError('lost', { request: 'POST /', policy: 'once', effect, transient: true });
}

/** Sends requests, each with its answer, and returns the count. */
async function countOf(...exchanges: [policy: Policy, answer: number | Error, limit?: number][]) {
  let next: number | Error = 200;
  const { transport, sent } = counted({
    service,
    send: (request) => {
      if (request.limitMilliseconds > 0) request.sending?.();
      if (typeof next !== 'number') return Promise.reject(next);
      const none = { requestId: undefined, location: undefined, date: undefined };
      return Promise.resolve({
        ...none,
        status: next,
        body: '',
        retryAfterMilliseconds: undefined,
      });
    },
  });
  for (const [policy, answer, limit] of exchanges) {
    next = answer;
    await transport.send(requestWith(policy, limit)).catch(() => undefined);
  }
  return sent();
}

describe('the count of the requests', () => {
  it('has those for a token too, and those that failed', async () => {
    const counts = await countOf(['token', 200], ['read', 503], ['read', lost('none')]);
    expect(counts).toEqual({ all: 3, tokens: 1, mayHaveChanged: false });
  });

  it('has none that was not sent, because no time was left', async () => {
    const counts = await countOf(['once', lost('none'), 0]);
    expect(counts).toEqual({ all: 0, tokens: 0, mayHaveChanged: false });
  });

  it('has none that could not be recorded, and so was not sent', async () => {
    const { transport, sent } = counted({
      service,
      send: (request) => {
        request.sending?.();
        throw new Error('sent');
      },
    });
    const sending = (): void => {
      throw new Error('not recorded');
    };
    const request = { ...requestWith('irreplaceable'), sending };
    await expect(transport.send(request)).rejects.toThrow('not recorded');
    expect(sent()).toEqual({ all: 0, tokens: 0, mayHaveChanged: false });
  });

  it('says nothing about the origin, which stays known to errors', () => {
    const send = (): never => {
      throw new Error('not called');
    };
    const { transport } = counted({ service, origin: 'https://api.example', send });
    expect(transport.origin).toBe('https://api.example');
  });

  it.each<[string, boolean, Policy, number | Error]>([
    ['an accepted change', true, 'once', 202],
    ['a change with an error of the service', true, 'irreplaceable', 500],
    ['a change that timed out at the service', true, 'once', 408],
    ['a change whose answer is lost', true, 'once', lost('unknown')],
    ['a change that a signal ended', true, 'repeatable', new Error('cancelled')],
    ['a refused change', false, 'once', 405],
    ['a change that is refused for now', false, 'repeatable', 429],
    ['a change that was answered with a redirect', false, 'once', 302],
    ['a change that never reached the service', false, 'once', lost('none')],
    ['a read with an error of the service', false, 'read', 500],
    ['a poll', false, 'poll', 200],
    ['a request for a token whose answer is lost', false, 'token', lost('unknown')],
  ])(
    'says after %s whether something may have changed: %s',
    async (_, expected, policy, answer) => {
      const { mayHaveChanged } = await countOf([policy, answer], ['read', 200]);
      expect(mayHaveChanged).toBe(expected);
    },
  );
});
