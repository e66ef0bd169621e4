import { describe, expect, it } from 'vitest';
import { type Case, type CaseName, caseNames, cases } from './cases.ts';
import { runCase } from './run-case.ts';
import { sample } from './sampling.ts';
import { spotsIn } from './spots.ts';
import { type TroubleSpot, faults } from './troubles.ts';
import { type WorldName, canTell, oddWorldNames } from './world.ts';

const isCreate = ({ method, path }: TroubleSpot): boolean =>
  method === 'POST' && path === '^/v1/instances$';

/** A case that gets the same answers as in the usual world would only repeat a run of the matrix. */
function casesIn(world: WorldName): readonly CaseName[] {
  return caseNames.filter((caseName) => {
    const { creates = false, deletes }: Case = cases[caseName];
    return canTell(world, { creates, deletes });
  });
}

describe.each(oddWorldNames)('in a world with %s', (world) => {
  it.each(caseNames)('%s works without a fault', async (caseName) => {
    const { violations } = await runCase(caseName, { world });
    expect(violations).toEqual([]);
  });

  it.each(casesIn(world))(
    '%s loses nothing and leaves nothing behind after one fault',
    async (caseName) => {
      const spots = await spotsIn(caseName, world);
      const violations: string[] = [];
      for (const [label, fault] of Object.entries(faults)) {
        const others = sample(spots, 1, `${world}, ${caseName}, ${label}`);
        for (const spot of new Set([...spots.filter(isCreate), ...others])) {
          const outcome = await runCase(caseName, { world, troubles: [{ ...spot, ...fault }] });
          const where = `${label} at ${spot.method} ${spot.path}, ${spot.nth}`;
          violations.push(...outcome.violations.map((text) => `${where}: ${text}`));
        }
      }
      expect(violations).toEqual([]);
    },
  );
});
