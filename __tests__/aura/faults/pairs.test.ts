import { describe, expect, it } from 'vitest';
import { type CaseName, caseNames } from './cases.ts';
import { runCase } from './run-case.ts';
import { sample } from './sampling.ts';
import { spotsIn } from './spots.ts';
import { type Trouble, faults } from './troubles.ts';
import { type WorldName, worldNames } from './world.ts';

/** How many pairs are tested in each world; more if the case creates an instance. */
const pairs = (caseName: CaseName): number => (caseName.startsWith('create') ? 6 : 2);

async function troublesIn(caseName: CaseName, world: WorldName): Promise<readonly Trouble[]> {
  const spots = await spotsIn(caseName, world);
  return spots.flatMap((spot) => Object.values(faults).map((fault) => ({ ...spot, ...fault })));
}

const describeTrouble = ({ method, path, nth, fault }: Trouble): string =>
  `${fault.kind} at ${method} ${path}, ${nth}`;

describe.each(worldNames)('in a world with %s', (world) => {
  it.each(caseNames)(
    '%s loses nothing and leaves nothing behind after two faults',
    async (caseName) => {
      const troubles = await troublesIn(caseName, world);
      const violations: string[] = [];
      for (let round = 0; round < pairs(caseName); round += 1) {
        const pair = sample(troubles, 2, `${world}, ${caseName}, ${round}`);
        const outcome = await runCase(caseName, { world, troubles: pair });
        const what = pair.map(describeTrouble).join(' and ');
        violations.push(...outcome.violations.map((text) => `${what}: ${text}`));
      }
      expect(violations).toEqual([]);
    },
  );
});
