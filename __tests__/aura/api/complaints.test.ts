import { describe, expect, it } from 'vitest';
import { readComplaints } from '../../../src/aura/api/complaints.ts';

describe('the complaints of an error body', () => {
  it.each<[string, unknown, unknown]>([
    ['those of the API', { errors: [{ message: 'a', reason: 'b' }] }, [['a', 'b']]],
    ['the one from the gateway', { error: 'a' }, [['a', undefined]]],
    ['an empty one from the gateway', { error: '' }, [['', undefined]]],
    [
      'the one from the gateway instead of others',
      { error: 'a', errors: [{ message: 'b' }] },
      [['a', undefined]],
    ],
    [
      'the others if that one is not a string',
      { error: 7, errors: [{ message: 'b' }] },
      [['b', undefined]],
    ],
    ['only a reason', { errors: [{ reason: 'b', message: null }] }, [['', 'b']]],
    ['the valid ones of a list', { errors: [7, {}, [], { message: 'b' }] }, [['b', undefined]]],
    ['texts instead of objects', { errors: ['a', ''] }, [['a', undefined]]],
    ['the message of another gateway', { message: 'a', status: 403 }, [['a', undefined]]],
    ['the others before that message', { message: 'a', errors: ['b'] }, [['b', undefined]]],
    ['none after the fifth entry', { errors: [1, 2, 3, 4, 5, { message: 'b' }] }, []],
    ['none in an object', { errors: { message: 'b' } }, []],
    ['none in a list', [{ error: 'a' }], []],
    ['none in a null', null, []],
  ])('are %s', (_, body, complaints) => {
    const found = readComplaints(JSON.stringify(body));
    expect(found.map(({ message, reason }) => [message, reason])).toEqual(complaints);
  });

  it.each(['', '<html>', '{"error":'])('are empty for %j', (body) => {
    expect(readComplaints(body)).toEqual([]);
  });
});
