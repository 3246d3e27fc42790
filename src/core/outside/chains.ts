/** Chains of nftables that see packets on a device or in a bridge, where the rules are not walked. */
import type { BesideChain } from '../firewalls/netfilter/model.ts';
import { gap, lookAtTable } from '../gaps/index.ts';
import { type Link, above } from '../machine/links.ts';
import { type Outsider, outsider } from './model.ts';
import type { Notes } from './notes.ts';

/** NFPROTO_INET, NFPROTO_NETDEV: linux/netfilter.h. */
const NUMBERS: Readonly<Record<string, number>> = { inet: 1, netdev: 5 };
/** What these hooks see leaves this computer. */
const ANSWERS = new Set(['egress', 'output', 'postrouting']);

export function fromChains(
  chains: readonly BesideChain[],
  { chains: hung }: Notes,
  links: readonly Link[],
): readonly Outsider[] {
  return chains.flatMap(({ family, table, name, hook, onlyDrops }): readonly Outsider[] => {
    // What a bridge hands on to another of its ports does not come in here.
    if (family === 'bridge' && hook === 'forward') return [];
    const answers = ANSWERS.has(hook);
    const told = gap({
      what: { kind: 'table', table: `${family} ${table}` },
      why: answers
        ? { kind: 'sees-answers', many: true }
        : { kind: 'acts-before', at: family === 'bridge' ? 'bridge' : 'device' },
      how: { kind: 'command', command: lookAtTable(family, table) },
    });
    const known = hung.filter((one) => one.chain === name && one.table === table && one.family === NUMBERS[family]);
    const bridges = links.filter(({ kind }) => kind === 'bridge').map((link) => link.name);
    const devices = family === 'bridge' ? bridges : known.flatMap((one) => one.devices);
    const placed = family === 'bridge' ? links.some(({ kind }) => kind !== null) : known.length > 0;
    return [
      outsider(told, {
        power: onlyDrops || answers ? 'drop' : 'anything',
        interfaces: placed ? new Set(devices.flatMap((device) => above(device, links))) : null,
        protocols: answers ? ['tcp'] : ['tcp', 'udp'],
      }),
    ];
  });
}
