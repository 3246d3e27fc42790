/** Portcullis's rules of a zone as `nft -j list ruleset` prints them. Format: libnftables-json(5). */
import { parseRange } from '../../address.ts';
import type { OwnRule } from './own.ts';

type Json = string | number | null | readonly Json[] | { readonly [key: string]: Json };
/** One entry of the listing: `{"rule": {…}}`. */
export type Entry = Readonly<Record<string, { readonly [key: string]: Json } | undefined>>;

/** Null: it is not what nft prints. */
export function parseListing(stdout: string): readonly Entry[] | null {
  try {
    const parsed = JSON.parse(stdout) as { readonly nftables?: unknown } | null;
    const list: unknown = parsed?.nftables;
    const isEntry = (entry: unknown): entry is Entry => typeof entry === 'object' && entry !== null;
    return Array.isArray(list) && list.every(isEntry) ? list : null;
  } catch {
    return null;
  }
}

export const printListing = (entries: readonly Entry[]): string => JSON.stringify({ nftables: entries });

/** The chain of a zone's rules with a negative priority. */
export const preChain = (zone: string): string => `filter_IN_${zone}_pre`;

const match = (protocol: string, field: string, right: Json): Json => ({
  match: { op: '==', left: { payload: { protocol, field } }, right },
});

/** What the kernel keeps of the rule. */
export function expressionOf({ action, protocol, port, source }: OwnRule): readonly Json[] {
  const family = source === 'any' ? undefined : parseRange(source)?.family;
  const [addr = '', len] = source.split('/');
  const network = len === undefined ? addr : { prefix: { addr, len: Number(len) } };
  return [
    ...(family === undefined ? [] : [match(family === 4 ? 'ip' : 'ip6', 'saddr', network)]),
    match(protocol, 'dport', port),
    { [action]: null },
  ];
}
