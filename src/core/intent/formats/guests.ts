/**
 * What guests and containers of a computer need of it where all the rest is closed: its DHCP and its DNS, through interfaces
 * that their tools make and name. Names are all that tells these from others, so no more than that is let by: a bridge to a
 * network of people may be called `br-lan`.
 *
 * Sources of the names: libvirt (`virbr0`), Docker (`docker0`, `br-` and the network's id), podman (`podman0`,
 * `cni-podman0`), LXC (`lxcbr0`), LXD (`lxdbr0`), Incus (`incusbr0`), systemd-nspawn(1) (`ve-`, `vz-`), veth(4).
 */

/** How the names begin. */
const MADE_BY_TOOLS = ['virbr', 'docker', 'br-', 'podman', 'cni-podman', 'lxc', 'lxd', 'incusbr', 've-', 'vz-', 'veth'];

/** DNS; DHCP's requests: RFC 2131, 4.1; RFC 8415, 7.2. */
const DNS = 53;
const DHCP = { 4: 67, 6: 547 } as const;

/** Zones of firewalld that such tools make, as patterns of the shell. `nm-shared`: NetworkManager's for shared connections. */
export const GUEST_ZONES = 'libvirt*|docker*|podman*|lxd*|incus*|nm-shared';

export const nftGuests: readonly string[] = MADE_BY_TOOLS.map(
  (name) => `iifname "${name}*" meta l4proto { tcp, udp } th dport { ${DNS}, ${DHCP[4]}, ${DHCP[6]} } accept`,
);

export const iptablesGuests = (family: 4 | 6): readonly string[] =>
  MADE_BY_TOOLS.flatMap((name) => [
    `-i ${name}+ -p udp -m udp --dport ${DNS} -j RETURN`,
    `-i ${name}+ -p tcp -m tcp --dport ${DNS} -j RETURN`,
    `-i ${name}+ -p udp -m udp --dport ${DHCP[family]} -j RETURN`,
  ]);

/** What is accepted in a zone of guests, as a rich rule names it. */
export const GUEST_ELEMENTS: readonly string[] = [
  `port port="${DNS}" protocol="udp"`,
  `port port="${DNS}" protocol="tcp"`,
  `port port="${DHCP[4]}" protocol="udp"`,
  `port port="${DHCP[6]}" protocol="udp"`,
];

/**
 * Of ufw the rules are for interfaces that are there: each would else be many rules in everybody's list. Docker is not among
 * them: it gives its containers their addresses itself, and they ask it, or whom the computer asks, for names.
 * Source: docs.docker.com, "Networking overview", DNS services.
 */
const UFW_NAMES = ['virbr', 'podman', 'cni-podman', 'lxcbr', 'lxdbr', 'incusbr', 've-', 'vz-'];

/** A whole name, as a regular expression that grep -E and Python read alike: nothing in it that a shell or YAML would take. */
export const UFW_GUEST_NAME = `(${UFW_NAMES.join('|')})[A-Za-z0-9._-]*`;

/** What is let in through each of them. */
export const ufwGuestPorts = (
  family: 4 | 6,
): readonly { readonly protocol: 'any' | 'udp'; readonly port: number }[] => [
  { protocol: 'any', port: DNS },
  { protocol: 'udp', port: DHCP[family] },
];

const PORTS = `${DNS}, ${DHCP[4]} and ${DHCP[6]}`;

export const GUESTS_BY_INTERFACE = `Guests and containers of this computer still reach its DHCP and DNS (${PORTS}, through interfaces whose names begin with ${MADE_BY_TOOLS.join(', ')}), and nothing else of it that is not kept.`;
export const GUESTS_BY_ZONE = `Guests and containers of this computer still reach its DHCP and DNS (${PORTS}) where their zone is called ${GUEST_ZONES.replaceAll('|', ', ')}, and nothing else of it that is not kept.`;
export const GUESTS_OF_UFW = `Guests and containers of this computer still reach its DHCP and DNS (${PORTS}, through interfaces that are there when it is run and whose names begin with ${UFW_NAMES.join(', ')}), and nothing else of it that is not kept. Where others come later, run it again.`;
export const GUESTS_CLOSED = `Guests and containers of this computer do not reach its DHCP and DNS any more: a policy cannot tell their zones from others. Where there are some, keep ${DNS}/tcp, ${DNS}/udp, ${DHCP[4]}/udp and ${DHCP[6]}/udp.`;
