/**
 * A table of nftables of its own, `inet portcullis_export`: a file for `nft -f`. It hangs where Portcullis's own table does
 * (firewalls/table), ahead of every rule that rewrites ports, so published ports of containers are closed by it too.
 * Source of the syntax: nft(8), nftables 1.0.6; `add table`, `delete table` and the table in one file are one transaction.
 */
import { table } from '../../firewalls/registry.ts';
import type { Intent } from '../../firewalls/export.ts';
import type { RuleFile } from '../../model.ts';
import { GUESTS_BY_INTERFACE, nftGuests } from './guests.ts';
import { DISCOVERY_CLOSED, exceptOf, familyOf, hashed, headLines, itemsOf, joined, portsOf } from '../parts.ts';

export const NFT_TABLE = 'inet portcullis_export';
const FILE = 'portcullis-export.nft';
const UNDO = 'portcullis-undo.nft';

/** Everything that is not kept. TCP is matched by the packet that begins a connection, so that none is cut that is open. */
function posture(intent: Intent): readonly string[] {
  const among = (ports: readonly number[]): string => `{ ${ports.join(', ')} }`;
  const kept = (['tcp', 'udp'] as const).flatMap((protocol) => {
    const ports = portsOf(protocol, intent.keep);
    return ports.length === 0 ? [] : [`${protocol} dport ${among([...new Set(ports)])} accept`];
  });
  const excepted = itemsOf(intent).flatMap(({ target, allBut = [] }) =>
    allBut.map(
      (network) =>
        `${familyOf(network) === 4 ? 'ip' : 'ip6'} saddr ${network} ${target.protocol} dport ${target.port} accept`,
    ),
  );
  return [
    '# Everything else: what is passed on for others, what is known already, and what a network needs is let by.',
    'iif "lo" accept',
    'fib daddr type != { local, anycast, broadcast, multicast } accept',
    'ct state established,related accept',
    'meta l4proto { icmp, ipv6-icmp, igmp } accept',
    'udp sport 67 udp dport 68 accept',
    'ip6 saddr fe80::/10 udp sport 547 udp dport 546 accept',
    ...nftGuests,
    ...kept,
    ...excepted,
    'tcp flags & (fin | syn | rst | ack) == syn drop',
    'meta l4proto tcp accept',
    'drop',
  ];
}

/** The file without its head: no word of anybody's is in it. */
export function nftCode(intent: Intent): readonly string[] {
  const items = itemsOf(intent);
  const doors = [...items]
    .sort((a, b) => a.target.port - b.target.port || a.target.protocol.localeCompare(b.target.protocol))
    .flatMap((item) => {
      const { protocol, port } = item.target;
      const except = [...exceptOf(item, 4), ...exceptOf(item, 6)];
      return [`# ${port}/${protocol}`, ...table.doorLines({ protocol, port, except })];
    });
  return [
    `add table ${NFT_TABLE}`,
    `delete table ${NFT_TABLE}`,
    `table ${NFT_TABLE} {`,
    '\tchain arrivals {',
    '\t\ttype filter hook prerouting priority mangle; policy accept;',
    '\t\t# Connection tracking joins fragments before this chain: a SYN that was cut in two would else show no flags.',
    '\t\tct state new,untracked',
    ...[...doors, ...(intent.rest === 'close' ? posture(intent) : [])].map((line) => `\t\t${line}`),
    '\t}',
    '}',
  ];
}

const NFT_UNDO: readonly string[] = [`add table ${NFT_TABLE}`, `delete table ${NFT_TABLE}`];

export function exportNftables(intent: Intent): RuleFile {
  const notExpressed = [
    'The table is in the kernel until the next start, or until somebody runs "flush ruleset". To have it at every start, include this file at the end of /etc/nftables.conf and enable nftables.service. To start or reload that service now would run the "flush ruleset" that usually stands in that file, and take away the rules of Docker, libvirt and others.',
    'A port that another firewall blocks stays blocked: this table closes, and lets nothing in by itself.',
    ...(intent.rest === 'close' ? [DISCOVERY_CLOSED, GUESTS_BY_INTERFACE] : []),
  ];
  const undo = hashed(
    headLines(intent, {
      title: `Takes the table of ${FILE} away again, and nothing else.`,
      run: [`sudo nft -f ${UNDO}`],
      check: ['sudo nft list tables'],
      undo: [`sudo nft -f ${FILE}`],
      notes: [],
      notExpressed: [],
    }),
  );
  const head = hashed(
    headLines(intent, {
      title: 'Closes ports with nftables, on IPv4 and IPv6, ahead of every other rule.',
      run: [
        `sudo nft -c -f ${FILE}   tries it and changes nothing`,
        `sudo nft -f ${FILE}      in one step; again, it changes nothing`,
      ],
      check: [`sudo nft list table ${NFT_TABLE}`],
      undo: [`sudo nft -f ${UNDO}`],
      notes: [],
      notExpressed,
    }),
  );
  return {
    format: 'nftables',
    filename: FILE,
    content: joined(['#!/usr/sbin/nft -f', ...head, ...nftCode(intent)]),
    undoFilename: UNDO,
    undoContent: joined(['#!/usr/sbin/nft -f', ...undo, ...NFT_UNDO]),
    notExpressed,
  };
}
