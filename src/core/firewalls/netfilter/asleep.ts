/**
 * Which tables of nftables sleep (`dormant`): their chains are not asked. nft 1.0.6 prints a random word for the flags in
 * its JSON; the kernel's own answer is in the notes on what decides beside the rules.
 */
import { readNotes } from '../../outside/notes.ts';
import type { Snapshot } from '../../model.ts';

/** NFPROTO_*: linux/netfilter.h. */
const FAMILIES: Readonly<Record<number, string>> = {
  1: 'inet',
  2: 'ip',
  3: 'arp',
  5: 'netdev',
  7: 'bridge',
  10: 'ip6',
};
/** NFT_TABLE_F_DORMANT: linux/netfilter/nf_tables.h. */
const DORMANT = 1;

/** `inet filter` -> does it sleep. A table that the kernel was not asked about is absent. */
export const asleep = (snapshot: Snapshot): ReadonlyMap<string, boolean> =>
  new Map(
    readNotes(snapshot).tables.map(({ table, family, flags }) => [
      `${FAMILIES[family] ?? ''} ${table}`,
      (flags & DORMANT) !== 0,
    ]),
  );
