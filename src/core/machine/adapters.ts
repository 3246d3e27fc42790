/** The part `adapters` of a Windows computer -> interfaces with their addresses, and what rules ask about them. */
import * as is from '../shape.ts';
import { parseAddress } from '../address.ts';
import { gap } from '../gaps/index.ts';
import type { Interface, InterfaceAddress, InterfaceKind, Reading, Snapshot } from '../model.ts';
import { isPublicText } from '../reach/places.ts';
import { isLost, listed, windowsItems } from './windows.ts';

const addressSchema = is.object({ address: is.filled, prefix: is.int(0, 128) });
const LIST = is.optional(is.unknown);

/** One adapter as it is gathered. */
const adapterSchema = is.object({
  /** InterfaceAlias: `Wi-Fi`, `vEthernet (WSL)`. */
  alias: is.filled,
  /** InterfaceIndex, which zones of addresses name. */
  index: is.int(0),
  /** InterfaceGuid, `{…}`; loopback has none. */
  guid: is.optional(is.nullable(is.string)),
  /** The type of the IANA registry: 6 Ethernet, 23 PPP, 24 loopback, 71 Wi-Fi, 131 tunnel, 243 and 244 mobile. */
  type: is.int(0),
  /** InterfaceDescription, the name of the driver. */
  description: is.optional(is.nullable(is.string)),
  up: is.boolean,
  /**
   * NetworkCategory of its connection: Public 0, Private 1, DomainAuthenticated 2; the word `none`: it was asked, and has
   * no connection. Absent or null: it could not be asked.
   */
  category: is.optional(is.nullable(is.either(is.string, is.number))),
  /** A list of { address, prefix }; an adapter that is up has some, but for one over which IP does not run (`hasNone`). */
  addresses: LIST,
  /** Lists of addresses; absent: not gathered. */
  gateways: LIST,
  dns: LIST,
  dhcp: LIST,
  wins: LIST,
  /** WeakHostReceive of all of its families: true where any has it; absent or null: not gathered. */
  weakHost: is.optional(is.nullable(is.boolean)),
});

/** What rules of Windows Firewall ask about an interface. */
export interface Adapter extends Interface {
  readonly guid: string | null;
  readonly type: number;
  /** null: the system did not tell. */
  readonly category: 'domain' | 'private' | 'public' | null;
  /** null: not gathered. */
  readonly gateways: readonly string[] | null;
  readonly dns: readonly string[] | null;
  readonly dhcp: readonly string[] | null;
  readonly wins: readonly string[] | null;
}

const WHAT = { kind: 'addresses' } as const;
const HOW = { kind: 'scan-again' } as const;
const GARBLED = { kind: 'garbled', by: 'powershell' } as const;

/** All adapters, up or not. One that cannot be understood is a gap, as is an address; the others are still given. */
export function readAdapters(snapshot: Snapshot): Reading<readonly Adapter[]> {
  const { items, why } = windowsItems(snapshot, 'adapters', adapterSchema);
  let bad = why;
  const told = items.some(
    ({ type, up, addresses }) => up && type !== 24 && addressesOf(addresses).addresses.length > 0,
  );
  const value = items.flatMap((item): readonly Adapter[] => {
    const { addresses, whole } = addressesOf(item.addresses);
    const { alias: name, index, type, up } = item;
    const bare = told && hasNone(item);
    const gateways = textsOf(item.gateways);
    // What is up has an address: where none is told, it was not read.
    if (!whole || (up && addresses.length === 0 && !bare)) bad ??= GARBLED;
    return [
      {
        name,
        index,
        kind: kindOf(name, type, item.description ?? '', addresses, gateways),
        up,
        addresses,
        ...(item.weakHost === false || bare ? { ownOnly: true } : {}),
        ...(bare ? { withoutIp: true } : {}),
        guid: item.guid ?? null,
        type,
        category: categoryOf(item.category),
        gateways,
        dns: textsOf(item.dns),
        dhcp: textsOf(item.dhcp),
        wins: textsOf(item.wins),
      },
    ];
  });
  // Without any but loopback nobody could tell from where anything is reached.
  if (value.every(({ kind }) => kind === 'loopback')) bad ??= GARBLED;
  return { value, gaps: bad === null ? [] : [gap({ what: WHAT, why: bad, how: HOW })] };
}

/**
 * Does IP not run over it? A cable that a switch of Hyper-V has taken is up and has neither an address nor a network: the
 * adapter of the switch has both. Two lists of the system must agree on that, and the list of addresses must have been read:
 * another adapter has some. Source: Microsoft Learn, Get-NetIPAddress, Get-NetConnectionProfile; Hyper-V virtual switch,
 * external networks.
 */
const hasNone = ({ addresses, category }: is.Output<typeof adapterSchema>): boolean =>
  Array.isArray(addresses) && addresses.length === 0 && category === 'none';

/** Those that can be read; `whole`: all can. */
function addressesOf(value: unknown): { readonly addresses: readonly InterfaceAddress[]; readonly whole: boolean } {
  const addresses: InterfaceAddress[] = [];
  let whole = true;
  for (const one of listed(value)) {
    const parsed = addressSchema.safeParse(one);
    const read = parsed.success ? parseAddress(parsed.data.address) : null;
    if (!parsed.success || read === null || (read.family === 4 && parsed.data.prefix > 32)) {
      whole = false;
      continue;
    }
    const address = parsed.data.address.split('%', 1)[0] ?? '';
    const scope = /^(127\.|::1$)/.test(address) ? 'host' : /^fe[89ab]/i.test(address) ? 'link' : 'global';
    addresses.push({ family: read.family, address, prefix: parsed.data.prefix, scope });
  }
  return { addresses, whole };
}

/** Null: not gathered, or something else is among them. */
function textsOf(value: unknown): readonly string[] | null {
  if (value === undefined || isLost(value)) return null;
  const texts = listed(value);
  return texts.every((text) => typeof text === 'string') ? texts : null;
}

/**
 * An interface without a connection (`none`) is in the public profile, as every network that is not identified. Source:
 * Get-NetConnectionProfile, NetworkCategory; Microsoft Learn, Windows Firewall overview, network profiles.
 */
function categoryOf(value: string | number | null | undefined): Adapter['category'] {
  switch (typeof value === 'string' ? value.toLowerCase() : value) {
    case 'none':
    case 'public':
    case '0':
    case 0:
      return 'public';
    case 'private':
    case '1':
    case 1:
      return 'private';
    case 'domainauthenticated':
    case 'domain':
    case '2':
    case 2:
      return 'domain';
    case null:
    case undefined:
    default:
      return null;
  }
}

/** Types of the IANA registry (ifType) that say by themselves what it is. */
const BY_TYPE: Readonly<Record<number, InterfaceKind>> = {
  6: 'ethernet',
  23: 'vpn',
  24: 'loopback',
  71: 'wifi',
  131: 'vpn',
  243: 'mobile',
  244: 'mobile',
};

/** Drivers whose adapters call themselves Ethernet or have no type of their own. */
const BY_NAME: readonly (readonly [RegExp, InterfaceKind])[] = [
  [/tailscale/i, 'tailnet'],
  [/wireguard|wintun|tap-windows|openvpn|vpn|zerotier|nordlynx/i, 'vpn'],
  // The names that Windows and Docker give, and nothing more: people give others to switches of the computer's own network.
  [/^vethernet \((wsl|wsl \(hyper-v firewall\)|default switch|nat|dockernat)\)$/i, 'container'],
  [/vmware virtual ethernet|virtualbox host-only/i, 'container'],
  [/bluetooth/i, 'other'],
];

/** The address space that Tailscale gives to its members. */
const TAILNET = /^(100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|fd7a:115c:a1e0:)/i;

function kindOf(
  alias: string,
  type: number,
  description: string,
  addresses: readonly InterfaceAddress[],
  gateways: readonly string[] | null,
): InterfaceKind {
  if (type === 24) return 'loopback';
  const named = BY_NAME.find(([pattern]) => pattern.test(alias) || pattern.test(description))?.[1];
  const outside = named === 'container' && leadsOut(addresses, gateways);
  const kind = (outside ? undefined : named) ?? BY_TYPE[type] ?? 'other';
  return kind === 'vpn' && addresses.some(({ address }) => TAILNET.test(address)) ? 'tailnet' : kind;
}

/**
 * Windows is itself the gateway of the networks within it. One that has another gateway, whatever it is called, leads out;
 * where gateways were not gathered, one with a public address may.
 */
const leadsOut = (addresses: readonly InterfaceAddress[], gateways: readonly string[] | null): boolean =>
  gateways === null ? addresses.some(({ address }) => isPublicText(address)) : gateways.length > 0;
