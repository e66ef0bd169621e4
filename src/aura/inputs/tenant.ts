import { type Account, type Bundle, lentTenant, otherSealer } from '../credentials/bundle.ts';
import type { WantedTenant } from './request.ts';

/**
 * The tenant to work in: the input's, otherwise that of `config`, otherwise that of sealed
 * credentials from the same API.
 */
export function readTenant(
  { input, config }: { readonly input: string | undefined; readonly config: string | undefined },
  sealed: Bundle | undefined,
  account: Account,
): WantedTenant {
  const given = input ?? config;
  const wanted = given ?? (sealed && lentTenant(sealed, account));
  const isLent = sealed !== undefined && sealed.tenantId === wanted;
  const lentBy = isLent ? otherSealer(sealed, account) : undefined;
  if (input !== undefined) return { wanted, lentBy };
  const source =
    given === undefined ? "The tenant of 'sealed-credentials'" : "'tenant_id' in 'config'";
  return wanted === undefined ? { wanted, lentBy } : { wanted, lentBy, source };
}
