/** Each gap once. */
import { gap, unreadKey, withoutFamily } from '../gaps/index.ts';
import type { Gap } from '../model.ts';

/** The same gap of both families is one thing to tell: IPv4 and IPv6 are joined. */
export function once(gaps: readonly Gap[]): readonly Gap[] {
  const seen = new Map<string, Gap>();
  for (const one of gaps) {
    const key = unreadKey(one.means);
    const known = seen.get(key);
    const joins = known !== undefined && known.what !== one.what;
    seen.set(key, joins ? gap({ ...one.means, what: withoutFamily(one.means.what) }) : one);
  }
  return [...seen.values()];
}
