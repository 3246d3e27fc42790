/** Links and notes -> what decides beside the rules. */
import { parseRange } from '../address.ts';
import { type BpfPlace, type Device, type GapWhat, type GapWhy, deviceText, gap } from '../gaps/index.ts';
import { type Link, above } from '../machine/links.ts';
import type { Family, Protocol } from '../model.ts';
import { powerOf } from './filters.ts';
import { type Outsider, outsider } from './model.ts';
import type { Notes } from './notes.ts';
import { lookAtFilters, lookAtUnit, lookAtVrf } from './look.ts';

const TCP: readonly Protocol[] = ['tcp'];
const ANSWERS: GapWhy = { kind: 'sees-answers', many: false };
const PACKETS: GapWhy = { kind: 'sees-packets', many: false };

export function fromLinks(links: readonly Link[]): readonly Outsider[] {
  return links.flatMap(({ name, kind, xdp, master }): readonly Outsider[] => {
    const vrf = kind === 'vrf' ? name : (links.find((one) => one.name === master && one.kind === 'vrf')?.name ?? null);
    return [
      ...(xdp === null
        ? []
        : [
            onDevice(
              name,
              links,
              { kind: 'xdp', device: name, programs: xdp === '' ? [] : [xdp] },
              PACKETS,
              'bpftool net',
            ),
          ]),
      ...(vrf === null
        ? []
        : [onDevice(name, links, { kind: 'vrf', vrf }, { kind: 'depends-on-vrf' }, lookAtVrf(vrf))]),
    ];
  });
}

const because = (what: GapWhat, why: GapWhy, command: string) => gap({ what, why, how: { kind: 'command', command } });

const onDevice = (
  device: Device,
  links: readonly Link[],
  what: GapWhat,
  why: GapWhy,
  command: string,
  changes: Partial<Outsider> = {},
): Outsider =>
  outsider(because(what, why, command), { interfaces: new Set(above(deviceText(device), links)), ...changes });

export function fromNotes({ filters, programs, policies }: Notes, links: readonly Link[]): readonly Outsider[] {
  const nameOf = (ifindex: number): Device => links.find(({ index }) => index === ifindex)?.name ?? ifindex;
  return [
    ...filters.flatMap(({ filters: text, ifindex, hook }): readonly Outsider[] => {
      const power = powerOf(text);
      if (power === 'nothing') return [];
      const name = nameOf(ifindex);
      const what: GapWhat = { kind: 'tc-filters', device: name, hook };
      const how = lookAtFilters(name, ifindex, hook);
      if (hook === 'egress') return [onDevice(name, links, what, ANSWERS, how, { power: 'drop', protocols: TCP })];
      const why: GapWhy = power === 'drop' ? { kind: 'drops-some' } : { kind: 'sees-packets', many: true };
      return [onDevice(name, links, what, why, how, { power })];
    }),
    ...programs.flatMap((note): readonly Outsider[] => ofProgram(note, links, nameOf)),
    ...policies.flatMap((policy) => ofPolicy(policy, nameOf)),
  ];
}

function ofProgram(
  note: Notes['programs'][number],
  links: readonly Link[],
  nameOf: (ifindex: number) => Device,
): readonly Outsider[] {
  const { bpf: hook, programs, ifindex, cgroup, family } = note;
  const name = nameOf(ifindex ?? 0);
  const what = (at: BpfPlace): GapWhat => ({ kind: 'bpf', at, programs });
  switch (hook) {
    case 'tcx-ingress':
      return [onDevice(name, links, what({ on: 'device', device: name }), PACKETS, 'bpftool net')];
    case 'tcx-egress':
      return [
        onDevice(name, links, what({ on: 'device', device: name }), ANSWERS, 'bpftool net', {
          power: 'drop',
          protocols: TCP,
        }),
      ];
    case 'sk-lookup':
      return [
        outsider(because(what({ on: 'sk-lookup' }), { kind: 'chooses-socket' }, 'bpftool link'), { steers: true }),
      ];
    case 'netfilter': {
      const families: readonly Family[] = family === 2 ? [4] : family === 10 ? [6] : [4, 6];
      const answers = (note.hook ?? 0) > 2;
      const why: GapWhy = answers ? ANSWERS : { kind: 'decides-beside' };
      const told = because(what({ on: 'netfilter' }), why, 'sudo nft list hooks');
      return [outsider(told, { power: 'drop', families, ...(answers ? { protocols: TCP } : {}) })];
    }
    case 'cgroup-ingress':
    case 'cgroup-egress': {
      const at = cgroup ?? '/';
      const unit = at.split('/').at(-1) ?? '';
      const told = because(
        what({ on: 'cgroup', unit: unit === '' ? null : unit }),
        hook === 'cgroup-ingress' ? { kind: 'sees-program' } : ANSWERS,
        lookAtUnit(unit) ?? 'bpftool cgroup tree',
      );
      return [outsider(told, { power: 'drop', cgroup: at, ...(hook === 'cgroup-egress' ? { protocols: TCP } : {}) })];
    }
  }
}

/** Numbers of IP protocols that a policy may name; 0 stands for all. */
const PROTOCOLS: Readonly<Record<number, readonly Protocol[]>> = { 0: ['tcp', 'udp'], 6: ['tcp'], 17: ['udp'] };

/** What a policy protects or blocks does not get in as it is. Whoever has the keys does. */
function ofPolicy(
  { policy, family, from, to, ifindex, protocol, port, protects }: Notes['policies'][number],
  nameOf: (ifindex: number) => Device,
): readonly Outsider[] {
  const protocols = PROTOCOLS[protocol] ?? [];
  if ((policy === 'allow' && !protects) || protocols.length === 0) return [];
  const [sources, destinations] = [parseRange(from), parseRange(to)];
  const told = because(
    { kind: 'ipsec', from, to },
    { kind: policy === 'block' ? 'drops-source' : 'only-ipsec' },
    'sudo ip xfrm policy',
  );
  return [
    outsider(told, {
      power: 'drop',
      interfaces: ifindex === 0 ? null : new Set([deviceText(nameOf(ifindex))]),
      families: [family === 4 ? 4 : 6],
      protocols,
      sources: sources === null ? null : [sources.range],
      destinations: destinations === null ? null : [destinations.range],
      ports: port === null ? null : [[port, port]],
    }),
  ];
}
