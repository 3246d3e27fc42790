/** Links and notes -> what decides beside the rules. */
import { parseRange } from '../address.ts';
import { type Link, above } from '../machine/links.ts';
import type { Family, Gap, Protocol } from '../model.ts';
import { powerOf } from './filters.ts';
import { type Outsider, outsider } from './model.ts';
import type { Notes } from './notes.ts';

const TCP: readonly Protocol[] = ['tcp'];
const ANSWERS = 'it sees the answers of this computer, and may drop them';
const PACKETS = 'it sees packets before the rules do, and may drop or change them';

export function fromLinks(links: readonly Link[]): readonly Outsider[] {
  return links.flatMap(({ name, kind, xdp, master }): readonly Outsider[] => {
    const vrf = kind === 'vrf' ? name : (links.find((one) => one.name === master && one.kind === 'vrf')?.name ?? null);
    return [
      ...(xdp === null
        ? []
        : [
            onDevice(name, links, `an XDP program on ${name}${named(xdp === '' ? [] : [xdp])}`, PACKETS, 'bpftool net'),
          ]),
      ...(vrf === null
        ? []
        : [
            onDevice(
              name,
              links,
              `the VRF ${vrf}`,
              'which sockets get its packets depends on more than rules',
              `ip vrf show ${vrf}`,
            ),
          ]),
    ];
  });
}

const onDevice = (
  name: string,
  links: readonly Link[],
  what: string,
  why: string,
  how: string,
  changes: Partial<Outsider> = {},
): Outsider => outsider({ what, why, how }, { interfaces: new Set(above(name, links)), ...changes });

const named = (programs: readonly string[]): string => (programs.length === 0 ? '' : ` (${programs.join(', ')})`);

export function fromNotes({ filters, programs, policies }: Notes, links: readonly Link[]): readonly Outsider[] {
  const nameOf = (ifindex: number): string => links.find(({ index }) => index === ifindex)?.name ?? `device ${ifindex}`;
  return [
    ...filters.flatMap(({ filters: text, ifindex, hook }): readonly Outsider[] => {
      const power = powerOf(text);
      if (power === 'nothing') return [];
      const name = nameOf(ifindex);
      const what = `filters of traffic control on ${name}, ${hook}`;
      const how = `tc filter show dev ${name} ${hook}`;
      if (hook === 'egress') return [onDevice(name, links, what, ANSWERS, how, { power: 'drop', protocols: TCP })];
      const why =
        power === 'drop'
          ? 'they see packets before the rules do, and drop some'
          : PACKETS.replace('it sees', 'they see');
      return [onDevice(name, links, what, why, how, { power })];
    }),
    ...programs.flatMap((note): readonly Outsider[] => ofProgram(note, links, nameOf)),
    ...policies.flatMap((policy) => ofPolicy(policy, nameOf)),
  ];
}

function ofProgram(
  note: Notes['programs'][number],
  links: readonly Link[],
  nameOf: (ifindex: number) => string,
): readonly Outsider[] {
  const { bpf: hook, programs, ifindex, cgroup, family } = note;
  const name = nameOf(ifindex ?? 0);
  const what = (kind: string): string => `a BPF program ${kind}${named(programs)}`;
  switch (hook) {
    case 'tcx-ingress':
      return [onDevice(name, links, what(`on ${name}`), PACKETS, 'bpftool net')];
    case 'tcx-egress':
      return [onDevice(name, links, what(`on ${name}`), ANSWERS, 'bpftool net', { power: 'drop', protocols: TCP })];
    case 'sk-lookup':
      return [
        outsider(
          { what: what('for sk_lookup'), why: 'it chooses which socket gets a packet', how: 'bpftool link' },
          { steers: true },
        ),
      ];
    case 'netfilter': {
      const families: readonly Family[] = family === 2 ? [4] : family === 10 ? [6] : [4, 6];
      const answers = (note.hook ?? 0) > 2;
      const why = answers ? ANSWERS : 'it decides beside the rules, and may drop packets';
      const gap: Gap = { what: what('in netfilter'), why, how: 'nft list hooks' };
      return [outsider(gap, { power: 'drop', families, ...(answers ? { protocols: TCP } : {}) })];
    }
    case 'cgroup-ingress':
    case 'cgroup-egress': {
      const at = cgroup ?? '/';
      const unit = at.split('/').at(-1) ?? '';
      const how = /\.(service|scope|slice|socket)$/.test(unit)
        ? `systemctl show ${unit} -p IPAddressAllow -p IPAddressDeny -p RestrictNetworkInterfaces`
        : 'bpftool cgroup tree';
      const gap: Gap = {
        what: what(`for ${unit === '' ? 'all programs' : unit}`),
        why: hook === 'cgroup-ingress' ? 'it sees what comes in for this program, and may drop it' : ANSWERS,
        how,
      };
      return [outsider(gap, { power: 'drop', cgroup: at, ...(hook === 'cgroup-egress' ? { protocols: TCP } : {}) })];
    }
  }
}

/** Numbers of IP protocols that a policy may name; 0 stands for all. */
const PROTOCOLS: Readonly<Record<number, readonly Protocol[]>> = { 0: ['tcp', 'udp'], 6: ['tcp'], 17: ['udp'] };

/** What a policy protects or blocks does not get in as it is. Whoever has the keys does. */
function ofPolicy(
  { policy, family, from, to, ifindex, protocol, port, protects }: Notes['policies'][number],
  nameOf: (ifindex: number) => string,
): readonly Outsider[] {
  const protocols = PROTOCOLS[protocol] ?? [];
  if ((policy === 'allow' && !protects) || protocols.length === 0) return [];
  const [sources, destinations] = [parseRange(from), parseRange(to)];
  const gap: Gap = {
    what: `an IPsec policy for ${from} to ${to}`,
    why: policy === 'block' ? 'it drops what comes from there' : 'only what comes through IPsec gets past it',
    how: 'sudo ip xfrm policy',
  };
  return [
    outsider(gap, {
      power: 'drop',
      interfaces: ifindex === 0 ? null : new Set([nameOf(ifindex)]),
      families: [family === 4 ? 4 : 6],
      protocols,
      sources: sources === null ? null : [sources.range],
      destinations: destinations === null ? null : [destinations.range],
      ports: port === null ? null : [[port, port]],
    }),
  ];
}
