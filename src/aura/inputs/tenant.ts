import { type Account, type Bundle, lentTenant, otherSealer } from '../credentials/bundle.ts';
import type { WantedTenant } from './request.ts';

/** The tenant to work in: the input's, otherwise that of sealed credentials from the same API. */
export function readTenant(
  given: string | undefined,
  sealed: Bundle | undefined,
  account: Account,
): WantedTenant {
  const wanted = given ?? (sealed && lentTenant(sealed, account));
  const isLent = sealed !== undefined && sealed.tenantId === wanted;
  return { wanted, lentBy: isLent ? otherSealer(sealed, account) : undefined };
}
