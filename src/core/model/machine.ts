/** What the machine is: sockets and who holds them, interfaces, routes. Types only. */

export type Protocol = 'tcp' | 'udp';
export type Family = 4 | 6;
export type InterfaceKind = 'loopback' | 'wifi' | 'ethernet' | 'mobile' | 'vpn' | 'tailnet' | 'container' | 'other';

export interface InterfaceAddress {
  readonly family: Family;
  /** Without prefix and zone: `192.168.1.5`, `fe80::1`. */
  readonly address: string;
  readonly prefix: number;
  readonly scope: 'host' | 'link' | 'global';
}

export interface Interface {
  readonly name: string;
  readonly index: number;
  readonly kind: InterfaceKind;
  readonly up: boolean;
  readonly addresses: readonly InterfaceAddress[];
  /** It answers under its own addresses alone, not under those of other interfaces (the strong host model of Windows). */
  readonly ownOnly?: boolean;
  /** IP does not run over it: nothing comes in by it, not even what is sent to a group. */
  readonly withoutIp?: boolean;
}

export interface Route {
  readonly family: Family;
  /** CIDR; the default route is `0.0.0.0/0` or `::/0`. */
  readonly destination: string;
  readonly interface: string;
  readonly gateway: string | null;
}

/** One entry of a routing table, as the kernel looks it up. */
export interface RouteEntry {
  readonly family: Family;
  /** By its name or number: `main`, `local`, `51820`. */
  readonly table: string;
  /** `unicast`, `local`, `broadcast`, `multicast`, `anycast`, or one that leads nowhere: `blackhole`, `throw` … */
  readonly type: string;
  /** CIDR. */
  readonly destination: string;
  /** The lower is taken. */
  readonly metric: number;
  /** Several for a route over several hops. */
  readonly interfaces: readonly string[];
  /** Only for packets of one source or one type of service. */
  readonly partial: boolean;
}

/** One rule of policy routing (`ip rule`): which packets look into which table. */
export interface PolicyRule {
  readonly priority: number;
  /** It holds for what it does not describe. */
  readonly not: boolean;
  /** CIDR; null: any. */
  readonly from: string | null;
  readonly to: string | null;
  readonly mark: { readonly value: number; readonly mask: number } | null;
  readonly inInterface: string | null;
  readonly outInterface: string | null;
  /** It asks for more than that (a user, a protocol, a port …). */
  readonly more: boolean;
  readonly action:
    | {
        readonly do: 'lookup';
        readonly table: string /** Prefixes of that length or shorter do not count. */;
        readonly suppress: number | null;
      }
    | { readonly do: 'goto'; readonly priority: number }
    | { readonly do: 'refuse' | 'pass' | 'unknown' };
}

/** How the kernel finds where a packet goes. */
export interface Routing {
  readonly entries: readonly RouteEntry[];
  /** null: they were not read. */
  readonly rules: { readonly [family in Family]: readonly PolicyRule[] | null };
}

/** A socket that waits for others: TCP in LISTEN, UDP that is bound and not connected. */
export interface Socket {
  readonly protocol: Protocol;
  /** 6 with `v6only: false` takes IPv4 as well. */
  readonly family: Family;
  /** `0.0.0.0` or `::` for the wildcard; never null, never a zone. */
  readonly address: string;
  readonly port: number;
  /** Only for family 6; null = the source cannot tell. */
  readonly v6only: boolean | null;
  /** SO_BINDTODEVICE or the zone of a link-local address. */
  readonly device: string | null;
  readonly inode: number | null;
  readonly uid: number | null;
  /** Path below the cgroup root, `/system.slice/ssh.service`. */
  readonly cgroup: string | null;
  /** Known only from sources that print it with the row (netstat). */
  readonly pid: number | null;
}

export interface Owner {
  readonly pid: number | null;
  /** Short program name: `node`; null = not allowed to know. */
  readonly program: string | null;
  readonly path: string | null;
  readonly commandLine: string | null;
  /** systemd unit: `ssh.service`; with socket activation the `.socket`. */
  readonly unit: string | null;
  /** Windows: the services of one process, where it has several. */
  readonly services?: readonly string[];
  readonly container: string | null;
  /** Numeric uid as text, or the account's name where it is known. */
  readonly user: string | null;
  /** False: the owner is only as much as could be seen without rights. */
  readonly complete: boolean;
}

export type PortRange = 'well-known' | 'registered' | 'dynamic';

/** Sockets of one protocol, port and owner. */
export interface Listener {
  /** `tcp/3000`; where two owners share a port, `tcp/53@127.0.0.53`. */
  readonly id: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly range: PortRange;
  readonly sockets: readonly Socket[];
  readonly owner: Owner;
}

/** A live connection of this machine. */
export interface Connection {
  readonly protocol: Protocol;
  readonly direction: 'inbound' | 'outbound';
  readonly local: { readonly address: string; readonly port: number };
  readonly remote: { readonly address: string; readonly port: number };
  readonly program: string | null;
}
