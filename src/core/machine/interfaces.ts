/** `ip -j address` -> interfaces with their addresses, and what kind each of them is. */
import * as is from '../shape.ts';
import { type GapHow, type GapWhat, gap } from '../gaps/index.ts';
import type { Gap, Interface, InterfaceAddress, InterfaceKind, Reading, Snapshot } from '../model.ts';
import { find, gapOf } from '../transcripts.ts';
import { jsonLines, tryJson } from './json-lines.ts';

const WHAT: GapWhat = { kind: 'addresses' };
const HOW: GapHow = { kind: 'run', command: 'ip -j address' };

const addressSchema = is.object({
  family: is.string,
  local: is.optional(is.string),
  prefixlen: is.optional(is.int(0, 128)),
  scope: is.optional(is.string),
});
const linkSchema = is.object({
  ifindex: is.int(),
  ifname: is.filled,
  flags: is.array(is.string),
  link_type: is.optional(is.string),
  link: is.optional(is.string),
  master: is.optional(is.string),
  addr_info: is.optional(is.array(addressSchema)),
});

/** What `gather` notes for each interface in `/sys/class/net`. */
const kindSchema = is.object({
  name: is.string,
  wireless: is.boolean,
  /** DEVTYPE of the kernel (`wlan`, `wwan`, `bridge`, `wireguard`, `vlan` …), `tun`, or null. */
  linkKind: is.nullable(is.string),
});
type KindNote = is.Output<typeof kindSchema>;

/**
 * All interfaces, up or not. A link that cannot be understood is a gap; the others are still given.
 * Shape: iproute2 6, ip/ipaddress.c `print_addrinfo`.
 */
export function readInterfaces(snapshot: Snapshot): Reading<readonly Interface[]> {
  const transcript = find(snapshot, 'ip.address');
  const failed = gapOf(transcript, WHAT, HOW);
  if (failed !== null || transcript === undefined) return { value: [], gaps: failed === null ? [] : [failed] };
  const links = is.array(is.unknown).safeParse(tryJson(transcript.stdout));
  if (!links.success) return { value: [], gaps: [garbled] };
  const notes = new Map(
    jsonLines(find(snapshot, 'net.kinds')?.stdout ?? '', kindSchema).items.map((note) => [note.name, note]),
  );
  const value: Interface[] = [];
  const gaps: Gap[] = [];
  for (const link of links.data) {
    const parsed = linkSchema.safeParse(link);
    const addresses = parsed.success ? addressesOf(parsed.data.addr_info ?? []) : null;
    if (!parsed.success || addresses === null) {
      // ip prints `{}` for what a filter left out.
      if (!isEmpty(link)) gaps.push(garbled);
      continue;
    }
    const { ifname: name, ifindex: index, flags, master = '' } = parsed.data;
    const loopback = flags.includes('LOOPBACK');
    const kind = loopback ? 'loopback' : kindOf(name, notes.get(name), addresses, parsed.data.link, notes);
    // What comes in at a port of a bridge or bond comes in at the bridge: by itself it is no way in.
    const isPort = /^(bridge|bond)$/.test(notes.get(master)?.linkKind ?? '');
    value.push({
      name,
      index,
      kind,
      up: flags.includes('UP') && !isPort,
      addresses,
    });
  }
  return { value, gaps: gaps.slice(0, 1) };
}

const garbled = gap({ what: WHAT, why: { kind: 'garbled', by: 'ip' }, how: HOW });

const isEmpty = (link: unknown): boolean =>
  typeof link === 'object' && link !== null && !Array.isArray(link) && Object.keys(link).length === 0;

function addressesOf(infos: readonly is.Output<typeof addressSchema>[]): readonly InterfaceAddress[] | null {
  const addresses: InterfaceAddress[] = [];
  for (const { family, local, prefixlen, scope } of infos) {
    if (family !== 'inet' && family !== 'inet6') continue;
    if (local === undefined || prefixlen === undefined) return null;
    addresses.push({
      family: family === 'inet' ? 4 : 6,
      address: local,
      prefix: prefixlen,
      scope: scope === 'host' || scope === 'link' ? scope : 'global',
    });
  }
  return addresses;
}

/** Names that say by themselves what they are. systemd.net-naming-scheme(7), and the programs that make the others. */
const BY_NAME: readonly (readonly [RegExp, InterfaceKind])[] = [
  [/^wl/, 'wifi'],
  [/^ww/, 'mobile'],
  [/^(en|eth|usb)/, 'ethernet'],
  [/^tailscale/, 'tailnet'],
  [/^(wg|tun|tap|ppp|ipsec|nordlynx|proton|mullvad|zt|nebula)/, 'vpn'],
  [/^(docker|br-[0-9a-f]{12}$|veth|podman|cni|virbr|vnet|lxc|lxd|incus|flannel|cali|vmnet|vboxnet)/, 'container'],
];

const BY_LINK: Readonly<Record<string, InterfaceKind>> = {
  wlan: 'wifi',
  wwan: 'mobile',
  wireguard: 'vpn',
  tun: 'vpn',
  ppp: 'vpn',
  ipip: 'vpn',
  vlan: 'ethernet',
  macvlan: 'ethernet',
  ipvlan: 'ethernet',
  bond: 'ethernet',
  // A bridge that no container program named carries the machine's own network.
  bridge: 'ethernet',
  vxlan: 'container',
};

/** The address space that Tailscale gives to its members: 100.64.0.0/10 and fd7a:115c:a1e0::/48. */
const TAILNET = /^(100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|fd7a:115c:a1e0:)/;

/** Devices that are on the same network as the one that they sit on. */
const ON_TOP = /^(vlan|macvlan|ipvlan)$/;

/** The name first (a veth called `wlan0` is the Wi-Fi of a test machine), then what the kernel says. */
export function kindOf(
  name: string,
  note: KindNote | undefined,
  addresses: readonly InterfaceAddress[],
  below: string | undefined,
  notes: ReadonlyMap<string, KindNote>,
): InterfaceKind {
  const named = BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
  const linked = note?.wireless === true ? 'wifi' : BY_LINK[note?.linkKind ?? ''];
  const under = ON_TOP.test(note?.linkKind ?? '') && below !== undefined && below !== name ? below : null;
  const lower = under === null ? undefined : kindOf(under, notes.get(under), [], undefined, notes);
  const kind = named ?? lower ?? linked ?? 'other';
  return kind === 'vpn' && addresses.some(({ address }) => TAILNET.test(address)) ? 'tailnet' : kind;
}
