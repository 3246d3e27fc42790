/** For every match of iptables that the engine knows, rules of which it decides for the ports that they are about. */
import type { Family, Protocol } from '../../../src/core/model.ts';
import type { Random } from './random.ts';

/** What a match is put between: rules about some ports, and the target that is not the policy. */
interface Place {
  readonly r: Random;
  readonly family: Family;
  readonly protocol: Protocol;
  /** `-p tcp -m multiport --dports 22,80` */
  readonly doors: string;
  readonly ports: readonly number[];
  readonly hit: 'ACCEPT' | 'DROP';
}

/** Lines for each table. */
export interface Lines {
  readonly raw?: readonly string[];
  readonly mangle?: readonly string[];
  readonly nat?: readonly string[];
  readonly filter?: readonly string[];
}

/** Ports that rules of all kinds may send packets to; no kind has them for its own. */
export const SHARED = [8009, 8010] as const;

const own: Record<Family, readonly [string, string]> = {
  4: ['192.168.77.10', '10.66.0.10'],
  6: ['fd77::10', '2001:db8:77::10'],
};
const sources: Record<Family, readonly string[]> = {
  4: ['192.168.0.0/16', '128.0.0.0/1', '192.168.77.0/24'],
  6: ['2000::/3', 'fc00::/7', 'f000::/4'],
};
const holes: Record<Family, readonly string[]> = {
  4: ['0.0.0.20/0.0.0.63', '192.0.0.20/255.0.0.255'],
  6: ['::20/::ff', 'fd77::20/ffff::ff'],
};

type Kind = (place: Place) => Lines;
type Words = (place: Place) => string;

/** Matches that hold for most packets, all in one rule: each of them decides. */
const together =
  (list: readonly Words[]): Kind =>
  (place) => ({
    // `-s` and its kin before the modules, as people write them.
    filter: [`-A INPUT ${[place.doors, ...list.map((words) => words(place)).sort()].join(' ')} -j ${place.hit}`],
  });

const plain = (words: Words): Kind => together([words]);

/** Only where keeping a rate lets a packet in, because the first packets are those that are sent. */
const rated =
  (words: string): Kind =>
  ({ doors }) => ({ filter: [`-A INPUT ${doors} ${words} -j ACCEPT`, `-A INPUT ${doors} -j DROP`] });

const untracked = ({ doors, hit }: Place): string => `-A INPUT ${doors} -m conntrack --ctstate UNTRACKED -j ${hit}`;

const sentTo =
  (target: (place: Place) => string): Kind =>
  (place) => ({
    nat: [`-A PREROUTING ${place.doors} -j ${target(place)}`],
    filter: [`-A INPUT -p ${place.protocol} -m multiport --dports ${SHARED.join(',')} -j ${place.hit}`],
  });

const bracketed = ({ r, family }: Place): string => {
  const address = r.pick(own[family]);
  return family === 6 ? `[${address}]` : address;
};

/** What holds for most of what is sent. */
const MOSTLY: readonly Words[] = [
  ({ r }) => `-m conntrack ! --ctstatus ${r.pick(['EXPECTED', 'CONFIRMED', 'SEEN_REPLY', 'ASSURED'])}`,
  ({ r, family }) => `-m conntrack --ctorigsrc ${r.pick(sources[family])}`,
  () => '-m conntrack --ctorigsrcport 1024:65535',
  ({ r, family }) => `-m conntrack --ctorigdst ${r.pick(own[family])}`,
  ({ ports }) => `-m conntrack --ctorigdstport ${Math.min(...ports)}:${Math.max(...ports)}`,
  ({ r, family }) => `-m conntrack --ctreplsrc ${r.pick(own[family])}`,
  ({ r, family }) => `-m conntrack --ctrepldst ${r.pick(sources[family])}`,
  ({ ports }) => `-m conntrack --ctreplsrcport ${Math.min(...ports)}:${Math.max(...ports)}`,
  () => '-m conntrack --ctrepldstport 1024:65535',
  ({ protocol }) => `-m conntrack --ctproto ${protocol}`,
  () => '-m conntrack --ctdir ORIGINAL',
  () => '-m addrtype --dst-type LOCAL --limit-iface-in',
  ({ r }) => `-m pkttype ${r.pick(['--pkt-type unicast', '! --pkt-type multicast'])}`,
  ({ family }) => `-m iprange --dst-range ${own[family][0]}-${family === 4 ? '192.168.77.99' : 'fd77::ff'}`,
  () => '-m recent --set --name each',
];

const KINDS: readonly Kind[] = [
  plain(({ r, family }) => `-s ${r.pick(holes[family])}`),
  ({ doors, hit }) => ({ filter: [`-A INPUT ${doors} -j out`, `-A out ${doors} ! -o eth0 -j ${hit}`] }),
  // Marks.
  ({ doors, hit }) => ({
    mangle: [`-A PREROUTING ${doors} -j MARK --set-xmark 0x1/0xffffffff`],
    filter: [`-A INPUT ${doors} -m mark --mark 0x1/0x3 -j ${hit}`],
  }),
  ({ r, doors, hit }) => ({
    mangle: r.chance(0.5)
      ? [`-A PREROUTING ${doors} -j CONNMARK --set-xmark 0x1/0xffffffff`]
      : [
          `-A PREROUTING ${doors} -j MARK --set-xmark 0x5/0xffffffff`,
          `-A PREROUTING ${doors} -j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff`,
        ],
    filter: [`-A INPUT ${doors} -m connmark --mark 0x1/0x3 -j ${hit}`],
  }),
  // Rates: kept by all that is sent, so that all of them hold.
  rated(
    [
      '-m limit --limit 5000/sec --limit-burst 1000',
      '-m hashlimit --hashlimit-upto 5000/sec --hashlimit-burst 1000 --hashlimit-mode srcip --hashlimit-name each',
      '-m connlimit --connlimit-upto 60000 --connlimit-mask 32 --connlimit-saddr',
      '-m statistic --mode random --probability 0.99999999022',
      '-m quota --quota 1000000000',
    ].join(' '),
  ),
  // What no first packet has: without any one of them its rule would hold.
  ({ family, doors, hit }) => ({
    filter: [
      ...(family === 4 ? ['-f'] : ['-m frag --fragid 1', '-m rt --rt-type 0']).map(
        (words) => `-A INPUT ${words} -j ${hit}`,
      ),
      `-A INPUT ${doors} -m helper --helper ftp -j ${hit}`,
      family === 4
        ? `-A INPUT -p icmp -m icmp --icmp-type 8 -j ${hit}`
        : `-A INPUT -p ipv6-icmp -m icmp6 --icmpv6-type 128 -j ${hit}`,
    ],
  }),
  // Targets whose doing shows in another rule.
  (place) => ({
    raw: [`-A PREROUTING ${place.doors} -j CT --zone 1`, `-A PREROUTING ${place.doors} -j CT --notrack`],
    filter: [untracked(place)],
  }),
  (place) => ({
    raw:
      place.protocol === 'tcp'
        ? [`-A PREROUTING ${place.doors} -j CT --helper ftp`, `-A PREROUTING ${place.doors} -j CT --notrack`]
        : [`-A PREROUTING ${place.doors} -j CT --notrack`],
    filter: [untracked(place)],
  }),
  (place) => ({ raw: [`-A PREROUTING ${place.doors} -j NOTRACK`], filter: [untracked(place)] }),
  sentTo(() => `REDIRECT --to-ports ${SHARED.join('-')}`),
  sentTo((place) => `DNAT --to-destination ${bracketed(place)}:${SHARED.join('-')}`),
];

export const ofIptables = { KINDS, MOSTLY, together } as const;
