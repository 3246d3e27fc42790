/** Chains of nft that can take no packet away: they count, log, let pass, and visit others that do no more. */
import { type Json, type NftChain, type NftRuleset, isObject } from './nft-json.ts';

/** Statements after which the packet goes on, whatever it is. A test before them makes no difference. */
const PASSES = new Set(['match', 'counter', 'log', 'comment', 'accept', 'return', 'continue', 'limit']);

export function isHarmless(chain: NftChain, nft: NftRuleset, seen: ReadonlySet<NftChain> = new Set()): boolean {
  if (chain.policy === 'drop') return false;
  if (seen.has(chain)) return true;
  const visited = new Set([...seen, chain]);
  return chain.rules.every(({ expressions }) =>
    expressions.every((expression) => {
      const [kind = ''] = isObject(expression) ? Object.keys(expression) : [];
      if (kind !== 'jump' && kind !== 'goto') return PASSES.has(kind);
      const target = targetOf(expression, kind, chain, nft);
      return target !== undefined && isHarmless(target, nft, visited);
    }),
  );
}

function targetOf(expression: Json, kind: string, { family, table }: NftChain, nft: NftRuleset): NftChain | undefined {
  const body = isObject(expression) ? expression[kind] : undefined;
  const name = isObject(body) ? body['target'] : undefined;
  return nft.chains.find((chain) => chain.family === family && chain.table === table && chain.name === name);
}
