/**
 * What decides outside of the firewalls' rules: XDP and tc programs, BPF at sockets, IPsec policies, VRFs. None of it is
 * judged; it is found, and makes `unknown` what it may change, there and nowhere else.
 *
 *   notes.ts     what the collector wrote down       read.ts     notes and links -> outsiders
 *   filters.ts   what `tc filter` prints             model.ts    the form that all become
 *   chains.ts    chains of nftables on devices and in bridges
 *   concern.ts   which of them concern a packet, or a socket
 */
import type { BesideChain } from '../firewalls/netfilter/model.ts';
import { readLinks } from '../machine/links.ts';
import type { Gap, Snapshot } from '../model.ts';
import type { Outsider } from './model.ts';
import { readNotes } from './notes.ts';
import { fromChains } from './chains.ts';
import { fromLinks, fromNotes } from './read.ts';

export { type Concerns, concerning } from './concern.ts';
export { type Outsider, outsider } from './model.ts';

interface Outside {
  readonly outsiders: readonly Outsider[];
  readonly gaps: readonly Gap[];
}

/** @param beside chains of nftables that hang on devices and bridges */
export function readOutside(snapshot: Snapshot, beside: readonly BesideChain[]): Outside {
  const links = readLinks(snapshot);
  const notes = readNotes(snapshot);
  const outsiders = [...fromLinks(links), ...fromChains(beside, notes, links), ...fromNotes(notes, links)];
  return { outsiders, gaps: notes.gaps };
}
