/** Whom an intent of another machine does not shut out here, where that is not whom it did not shut out there. */
import { setOf } from '../address.ts';
import { minus, normalize } from '../intervals.ts';
import type { Audience, Report } from '../model.ts';
import { networksOf, spared } from '../plan/recipe.ts';
import { plainNetworks } from './parts.ts';

interface OwnNetworks {
  readonly here: readonly string[];
  readonly there: readonly string[];
}

/**
 * `networks`: those of the intent, in their plain form. Ranges that are not shut out on any machine are in neither list.
 * null: on both machines it is the same.
 */
export function ownNetworks(report: Report, audience: Audience, networks: readonly string[]): OwnNetworks | null {
  const known = plainNetworks(networks);
  const both = ([4, 6] as const).map((family) => {
    const here = spared(report, audience, family);
    const anywhere = spared({ ...report, interfaces: [] }, audience, family);
    return {
      here: networksOf(normalize(minus(here, anywhere)), family),
      there: known.filter((network) => {
        const set = network.includes(':') === (family === 6) ? setOf([network], family) : null;
        return set !== null && minus(set, here).length > 0;
      }),
      gained: minus(here, setOf(known, family) ?? []).length > 0,
    };
  });
  const there = both.flatMap((one) => one.there);
  if (there.length === 0 && !both.some(({ gained }) => gained)) return null;
  return { here: both.flatMap((one) => one.here), there };
}
