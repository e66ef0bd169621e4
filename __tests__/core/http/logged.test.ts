import { expect, it } from 'vitest';
import { logged } from '../../../src/core/http/logged.ts';
import { type Answer, type Service, TimeOverError } from '../../../src/core/http/request-error.ts';
import { type Transport, type WireRequest, askedBy } from '../../../src/core/http/transport.ts';
import { InstantClock } from '../time/clocks.ts';

const service: Service = { name: 'Service', userAgent: 'test', readComplaints: () => [] };
const request: WireRequest = {
  method: 'GET',
  path: '/things?secret=1',
  policy: 'read',
  headers: {},
  limitMilliseconds: 1_000,
};
const answer: Answer = {
  status: 200,
  body: 'secret',
  requestId: '1a2b',
  retryAfterMilliseconds: undefined,
  location: undefined,
  date: undefined,
};

/** A transport that takes 85 ms, and the lines about it. */
function transportWith(outcome: () => Answer) {
  const clock = new InstantClock();
  const lines: string[] = [];
  const slow: Transport = {
    service,
    origin: 'https://api.example',
    send: async ({ sending }) => {
      sending?.();
      await clock.sleep(85);
      return outcome();
    },
  };
  const debug = (line: string): void => void lines.push(line);
  return { clock, lines, slow, debug, transport: logged(slow, { clock, debug }) };
}

function fail(message: string): never {
  throw new Error(message);
}

it('a request is one line, without its query and its answer', async () => {
  const { transport, lines } = transportWith(() => answer);
  expect(await transport.send(request)).toBe(answer);
  expect(lines).toEqual(['Service: GET /things: 200 in 85 ms (request id 1a2b).']);
});

it.each([
  ['a text of the body', 'id-of-granted-1', '{"access_token":"granted-1"}'],
  ['the body in another form', 'granted-1', '{"password":"\\u0067ranted-1","n":1}'],
  ['a part of a text', 'granted', '{"access_token":"granted-1"}'],
])('leaves out an id that repeats %s', async (_, requestId, body) => {
  const { transport, lines } = transportWith(() => ({ ...answer, requestId, body }));
  await transport.send(request);
  expect(lines).toEqual(['Service: GET /things: 200 in 85 ms.']);
});

it('keeps an id if the body only has short texts of it', async () => {
  const body = '{"id":"1a2","b":""}';
  const { transport, lines } = transportWith(() => ({ ...answer, body }));
  await transport.send(request);
  expect(lines).toEqual(['Service: GET /things: 200 in 85 ms (request id 1a2b).']);
});

it('a request without an answer is one line too, and fails with the same error', async () => {
  const { transport, lines } = transportWith(() => fail('lost'));
  await expect(transport.send(request)).rejects.toThrow('lost');
  expect(lines).toEqual(['Service: GET /things: no answer in 85 ms.']);
});

it('a request that could not be recorded was not sent, so it has no line', async () => {
  const { transport, lines } = transportWith(() => answer);
  const sending = (): never => fail('not recorded');
  await expect(transport.send({ ...request, sending })).rejects.toThrow('not recorded');
  expect(lines).toEqual([]);
});

it('a request for which no time was left has no line', async () => {
  const { clock, debug, slow, lines } = transportWith(() => answer);
  const late = (): never => {
    throw new TimeOverError(service, askedBy(slow, request));
  };
  const transport = logged({ service, send: () => Promise.resolve().then(late) }, { clock, debug });
  await expect(transport.send(request)).rejects.toThrow('no time was left');
  expect(lines).toEqual([]);
});

it('the origin stays known to errors', () => {
  expect(transportWith(() => answer).transport.origin).toBe('https://api.example');
});
