/** `ip -j address` -> the network devices themselves, without their addresses. */
import * as is from '../shape.ts';
import type { Snapshot } from '../model.ts';
import { find } from '../transcripts.ts';
import { tryJson } from './json-lines.ts';

const linkSchema = is.object({
  ifindex: is.int(),
  ifname: is.filled,
  /** The device that this one is a port of. */
  master: is.optional(is.string),
  /** The device that this one sits on (VLAN, macvlan), or the other end (veth). */
  link: is.optional(is.string),
  linkinfo: is.optional(is.object({ info_kind: is.optional(is.string) })),
  xdp: is.optional(is.unknown),
});

/** What is known of a device's XDP programs, without rights only that there are some. */
const xdpSchema = is.object({ prog: is.optional(is.object({ name: is.optional(is.string) })) });

export interface Link {
  readonly index: number;
  readonly name: string;
  /** `bridge`, `veth`, `vlan`, `macvlan`, `vrf` …; null for hardware, and where ip was not asked for details. */
  readonly kind: string | null;
  readonly master: string | null;
  readonly link: string | null;
  /** The XDP program's name, empty where it is not told; null: there is none. */
  readonly xdp: string | null;
}

/** Every device that could be understood. What could not is a gap of `readInterfaces`. */
export function readLinks(snapshot: Snapshot): readonly Link[] {
  const parsed = is.array(is.unknown).safeParse(tryJson(find(snapshot, 'ip.address')?.stdout ?? ''));
  return (parsed.success ? parsed.data : []).flatMap((entry): readonly Link[] => {
    const link = linkSchema.safeParse(entry);
    if (!link.success) return [];
    const { ifindex, ifname, master, link: below, linkinfo, xdp } = link.data;
    return [
      {
        index: ifindex,
        name: ifname,
        kind: linkinfo?.info_kind ?? null,
        master: master ?? null,
        link: below ?? null,
        xdp: xdp === undefined ? null : nameOf(xdp),
      },
    ];
  });
}

function nameOf(xdp: unknown): string {
  const parsed = xdpSchema.safeParse(xdp);
  return parsed.success ? (parsed.data.prog?.name ?? '') : '';
}

/** Devices that sit on another one and get a part of what comes in there. */
const ON_TOP = /^(vlan|macvlan|macvtap|ipvlan|ipvtap|macsec)$/;

/** The device, and all those through which its packets come in later: its bridge, its VLANs. */
export function above(name: string, links: readonly Link[]): readonly string[] {
  const names = new Set([name]);
  for (const below of names) {
    for (const { name: other, kind, link } of links) {
      if (link === below && kind !== null && ON_TOP.test(kind)) names.add(other);
    }
    const master = links.find((one) => one.name === below)?.master ?? null;
    if (master !== null) names.add(master);
  }
  return [...names];
}
