/** `/proc/net/igmp` and `/proc/net/igmp6` -> the multicast groups that each interface takes part in. */
import { formatAddress } from '../address.ts';
import type { Family, Snapshot } from '../model.ts';
import { find, whyNot } from '../transcripts.ts';

/** By family and interface; null: it was not read. */
export type Groups = { readonly [family in Family]: ReadonlyMap<string, readonly string[]> | null };

export const readGroups = (snapshot: Snapshot): Groups => ({
  4: readOne(snapshot, 'file:/proc/net/igmp', parseIgmp),
  6: readOne(snapshot, 'file:/proc/net/igmp6', parseIgmp6),
});

type Parsed = ReadonlyMap<string, readonly string[]> | null;

function readOne(snapshot: Snapshot, id: string, parse: (text: string) => Parsed): Parsed {
  const transcript = find(snapshot, id);
  return transcript === undefined || whyNot(transcript) !== null ? null : parse(transcript.stdout);
}

/**
 * A line for each device, and one for each of its groups below: the address as the machine keeps it in memory, so that on
 * most machines its bytes are turned round. Source: net/ipv4/igmp.c, igmp_mc_seq_show.
 */
export function parseIgmp(text: string): Parsed {
  if (!text.endsWith('\n')) return null;
  const groups = new Map<string, string[]>();
  // Every interface is in 224.0.0.1: that tells which way round they are.
  const straight = /^\s+E0000001\s/m.test(text);
  let name: string | null = null;
  for (const line of text.split('\n').slice(1)) {
    if (line.trim() === '') continue;
    const device = /^\d+\s+(\S+)\s*:\s+\d+\s+V[123]\s*$/.exec(line)?.[1];
    const group = /^\s+([0-9A-F]{8})\s+\d+\s/.exec(line)?.[1];
    if (device !== undefined) {
      name = device;
      groups.set(name, []);
    } else if (group !== undefined && name !== null) {
      const bytes = group.match(/../g) ?? [];
      const value = BigInt(`0x${(straight ? bytes : bytes.reverse()).join('')}`);
      groups.get(name)?.push(formatAddress({ family: 4, value }));
    } else return null;
  }
  return groups;
}

/** The groups by which neighbours ask for one address; nobody is served there, and they hold the end of that address. */
const SOLICITED = /^ff0200000000000000000001ff/;

/** `2    wlan0    ff0200000000000000000000000000fb     1 00000004 0`. Source: net/ipv6/mcast.c, igmp6_mc_seq_show. */
export function parseIgmp6(text: string): Parsed {
  if (!text.endsWith('\n')) return null;
  const groups = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [, name, group] = /^\d+\s+(\S+)\s+([0-9a-f]{32})\s/.exec(line) ?? [];
    if (name === undefined || group === undefined) return null;
    const list = groups.get(name) ?? [];
    groups.set(name, list);
    if (!SOLICITED.test(group)) list.push(formatAddress({ family: 6, value: BigInt(`0x${group}`) }));
  }
  return groups;
}
