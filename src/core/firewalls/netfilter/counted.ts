/**
 * Matches that count: true as long as a rate is kept, so that both outcomes occur. With nothing to count up to, every packet
 * fares like the first. A connection counts itself (nf_conncount.c), and no packet is empty (xt_quota.c, nft_quota.c); all
 * seen with packets.
 */
import { type Field, NEVER } from './model.ts';
import { type Json, isObject } from './nft-json.ts';

const ALWAYS: Field = { on: 'always' };

/** `-m limit`, `connlimit`, `quota` and their kin, with the options that follow. */
export function countedByIptables(module: string, options: readonly string[], text: string): Field {
  const valueOf = (name: string): number => {
    const at = options.indexOf(name);
    const given = at < 0 ? undefined : options[at + 1];
    return given === undefined || !/^\d+(\.\d+)?$/.test(given) ? NaN : Number(given);
  };
  const either = (always: boolean): Field => (always === options.includes('!') ? NEVER : ALWAYS);
  if (module === 'connlimit' && valueOf('--connlimit-above') === 0) return either(true);
  if (module === 'connlimit' && valueOf('--connlimit-upto') === 0) return either(false);
  if (module === 'quota' && valueOf('--quota') === 0) return either(false);
  if (module === 'statistic' && valueOf('--probability') === 0) return either(false);
  if (module === 'statistic' && valueOf('--probability') === 1) return either(true);
  return { on: 'rate', text };
}

/** The same for statements of nft; `over` is `inv`, and a quota tells what it has used. */
export function countedByNft(kind: string, body: Json, text: string): Field {
  if (!isObject(body)) return { on: 'rate', text };
  const { val, inv, used, val_unit: unit, used_unit: usedUnit } = body;
  const over = inv === true ? ALWAYS : NEVER;
  if (kind === 'ct count' && val === 0) return over;
  const spent = typeof val === 'number' && typeof used === 'number' && unit === usedUnit && used >= val;
  return kind === 'quota' && (val === 0 || spent) ? over : { on: 'rate', text };
}
