import { describe, expect, it } from 'vitest';
import { connect, createdData } from './connected-client.ts';
import {
  type Reply,
  json,
  refusal,
  reset,
  startServer,
  text,
  truncated,
} from '../../../harness/network/scripted-server.ts';
import { auraErrorOf } from '../../core/thrown.ts';

const id = createdData.id;
const gone = refusal(404, 'db-not-found', `DB not found: ${id}`);
const accepted = json(202, { data: { id, status: 'destroying' } });

/** The result of a deletion with these answers, one after the other. */
async function deletionBy(...script: Reply[]): Promise<string> {
  const server = await startServer(script);
  const deleted = await connect(server.url).client.deleteInstance(id);
  expect(server.asked()).toEqual(script.map(() => `DELETE /v1/instances/${id}`));
  return deleted;
}

describe('a deletion', () => {
  it('is of this call if Aura accepts it', async () => {
    expect(await deletionBy(accepted)).toBe('accepted');
    expect(await deletionBy(text(503, ''), accepted)).toBe('accepted');
  });

  it('is not of this call if the instance is gone at the first attempt', async () => {
    expect(await deletionBy(gone)).toBe('missing');
    expect(await deletionBy(refusal(410, 'db-already-deleted'))).toBe('gone');
  });

  it.each<[string, Reply]>([
    ['a reset', reset],
    ['500', text(500, '')],
    ['502', text(502, '<html>Bad gateway</html>')],
    ['503', text(503, '')],
    ['504', text(504, '')],
    ['an answer that breaks off', truncated('{"data":')],
    ['an unreadable answer', text(202, '<html>')],
  ])('may be of an earlier attempt of this call that ended with %s', async (_, trouble) => {
    expect(await deletionBy(trouble, gone)).toBe('accepted');
    expect(await deletionBy(text(429, ''), trouble, text(429, ''), gone)).toBe('accepted');
  });

  it('is not of an earlier attempt that was rate limited: Aura did not act on it', async () => {
    expect(await deletionBy(text(429, ''), gone)).toBe('missing');
    expect(await deletionBy(text(429, ''), text(429, ''), gone)).toBe('missing');
  });

  it('is not of an earlier attempt that was not sent because there was no token', async () => {
    let asked = 0;
    const server = await startServer([gone], (response, request) => {
      asked += 1;
      const grant = json(200, { access_token: 'granted-1', expires_in: 3600 });
      (asked === 1 ? text(503, '') : grant)(response, request);
    });
    expect(await connect(server.url).client.deleteInstance(id)).toBe('missing');
    expect(server.requests).toHaveLength(1);
  });

  it('is not of an attempt whose token was refused', async () => {
    expect(await deletionBy(text(401, ''), gone)).toBe('missing');
  });

  it.each([400, 402, 405, 409])('that is refused with %d is an error', async (status) => {
    const server = await startServer([reset, refusal(status, 'some-reason')]);
    const error = await auraErrorOf(connect(server.url).client.deleteInstance(id));
    expect(error).toMatchObject({ status, effect: 'none' });
  });

  it('with an unknown result is an error', async () => {
    const server = await startServer(Array.from({ length: 8 }, () => reset));
    const error = await auraErrorOf(connect(server.url).client.deleteInstance(id));
    expect(error).toMatchObject({ effect: 'unknown', transient: true });
  });
});
