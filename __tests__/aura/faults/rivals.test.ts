import { describe, expect, it } from 'vitest';
import { runCase } from './run-case.ts';
import { sample } from './sampling.ts';
import { type NamedFault, faults } from './troubles.ts';
import { worldNames } from './world.ts';

/** When the other job's instance is created, in seconds from the POST of this step. */
const moments = [-30, -8, -1, 0, 1, 8, 40];
/** How long lists do not show it; both instances take three minutes to start. */
const lags = [0, 45];

/** A tier that allows several instances in a tenant. */
const inputs = { tier: 'professional', region: 'europe-west1', memory: '1GB' };

const create = { method: 'POST', path: '^/v1/instances$', nth: 1 };
const onCreate: Readonly<Record<string, NamedFault | undefined>> = {
  'nothing goes wrong': undefined,
  'the POST is lost without effect': faults['reset before'],
  'the POST is lost with its effect': faults['reset after'],
  'the POST hangs': faults['hang after'],
  'the POST is answered 500': faults['500 once'],
  'the answer is slow': faults['slow'],
};

describe.each(Object.entries(onCreate))(
  'a create while another job creates the same name, and %s',
  (label, fault) => {
    it.each(moments)('harms neither job: %d s from the POST', async (after) => {
      const violations: string[] = [];
      for (const world of sample(worldNames, 3, `${label}, ${after}`)) {
        for (const listedAfter of lags) {
          const troubles = fault === undefined ? [] : [{ ...create, ...fault }];
          const rival = { after, listedAfter };
          const outcome = await runCase('create', { world, troubles, rival, inputs });
          violations.push(
            ...outcome.violations.map(
              (text) => `with ${world}, the rival listed after ${listedAfter} s: ${text}`,
            ),
          );
        }
      }
      expect(violations).toEqual([]);
    });
  },
);
