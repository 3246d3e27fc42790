/**
 * firewalld's rich rules for an intent. Those with a negative priority stand ahead of a zone's services, ports and other
 * rules; what is established was let by before. Source: firewalld.richlanguage(5), firewalld 1.3.3, and decision 0020.
 */
import type { Intent } from '../../firewalls/export.ts';
import { GUEST_ELEMENTS } from './guests.ts';
import { byPort, exceptOf, itemsOf } from '../parts.ts';

/** After Portcullis's own (-32768, -32767), and used by nobody else: a rule with one of these is the export's. */
const PRIORITY = { except: -32761, close: -32760, keep: -32759, rest: -32758 } as const;

/** By which the export's rules are known. */
export const EXPORT_PRIORITIES: readonly number[] = Object.values(PRIORITY);

/** What a computer needs of a network whatever is closed: ICMP, group membership, DHCP's answers. */
const NEEDED = [
  'protocol value="icmp"',
  'protocol value="ipv6-icmp"',
  'protocol value="igmp"',
  'port port="68" protocol="udp"',
  'port port="546" protocol="udp"',
] as const;

/** As firewalld prints them. */
export function richRules(intent: Intent): readonly string[] {
  const close = itemsOf(intent).flatMap((item) => {
    const { protocol, port } = item.target;
    const what = `port port="${port}" protocol="${protocol}"`;
    const except = ([4, 6] as const).flatMap((family) =>
      exceptOf(item, family).map(
        (network) =>
          `rule priority="${PRIORITY.except}" family="ipv${family}" source address="${network}" ${what} accept`,
      ),
    );
    return [...except, `rule priority="${PRIORITY.close}" ${what} drop`];
  });
  if (intent.rest === 'leave') return close;
  return [
    ...close,
    ...NEEDED.map((what) => `rule priority="${PRIORITY.keep}" ${what} accept`),
    ...byPort(intent.keep).map(
      ({ protocol, port }) => `rule priority="${PRIORITY.keep}" port port="${port}" protocol="${protocol}" accept`,
    ),
    `rule priority="${PRIORITY.rest}" drop`,
  ];
}

/** For the zones of guests besides, where all the rest is closed. */
export const guestRules = ({ rest }: Intent): readonly string[] =>
  rest === 'leave' ? [] : GUEST_ELEMENTS.map((what) => `rule priority="${PRIORITY.keep}" ${what} accept`);
