import { describe, expect, it } from 'vitest';
import { caseNames } from './cases.ts';
import { runCase } from './run-case.ts';
import { sample } from './sampling.ts';
import { spotsIn } from './spots.ts';
import { faults } from './troubles.ts';
import { worldNames } from './world.ts';

/** Seconds: over before anything is done, during it, and during the search for a lost create. */
const timeouts = [1, 20, 75];

describe.each(timeouts)('a step with a timeout of %d seconds', (timeout) => {
  it.each(caseNames)(
    '%s ends in time, loses nothing and leaves nothing behind',
    async (caseName) => {
      const violations: string[] = [];
      for (const [label, fault] of Object.entries(faults)) {
        const key = `${caseName}, ${label}, ${timeout}`;
        const [world = 'the usual world'] = sample(worldNames, 1, key);
        const [spot] = sample(await spotsIn(caseName, world), 1, key);
        if (spot === undefined) throw new Error('the case makes no request');
        const troubles = [{ ...spot, ...fault, always: true }];
        const outcome = await runCase(caseName, { world, timeout, troubles });
        const where = `${label} from ${spot.method} ${spot.path}, ${spot.nth}, with ${world}`;
        violations.push(...outcome.violations.map((text) => `${where}: ${text}`));
      }
      expect(violations).toEqual([]);
    },
  );
});
