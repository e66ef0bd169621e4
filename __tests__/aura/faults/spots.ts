import type { CaseName } from './cases.ts';
import { runCase } from './run-case.ts';
import { type TroubleSpot, spotsOf } from './troubles.ts';
import type { WorldName } from './world.ts';

const known = new Map<string, Promise<readonly TroubleSpot[]>>();

/** The requests that a case sends when nothing goes wrong. */
export function spotsIn(caseName: CaseName, world: WorldName): Promise<readonly TroubleSpot[]> {
  const key = `${caseName} in ${world}`;
  const spots =
    known.get(key) ?? runCase(caseName, { world }).then(({ requests }) => spotsOf(requests));
  known.set(key, spots);
  return spots;
}
