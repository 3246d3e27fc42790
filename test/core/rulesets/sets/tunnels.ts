/** VPN kill switches, tailnets, shared connections. */
import { type RealRuleset, table } from '../ruleset.ts';

const tunnel = (name: string, ...addresses: readonly string[]): Pick<RealRuleset, 'setup' | 'links'> => ({
  setup: [
    `ip tuntap add dev ${name} mode tun`,
    ...addresses.map((address) => `ip address add ${address} dev ${name} nodad`),
    `sysctl -qw net.ipv6.conf.${name}.addr_gen_mode=1`,
    `ip link set ${name} up`,
  ],
  links: { [name]: 'tun' },
});

const openvpnKillSwitch = (): string =>
  table(
    'filter',
    ['INPUT DROP', 'FORWARD DROP', 'OUTPUT DROP'],
    `
    -A INPUT -i lo -j ACCEPT
    -A INPUT -s 203.0.113.5/32 -i wlan0 -j ACCEPT
    -A INPUT -i tun0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
    -A INPUT -s 192.168.77.0/24 -j ACCEPT
    -A OUTPUT -o lo -j ACCEPT
    -A OUTPUT -d 203.0.113.5/32 -o wlan0 -j ACCEPT
    -A OUTPUT -d 192.168.77.0/24 -j ACCEPT
    -A OUTPUT -o tun0 -j ACCEPT`,
  );

export const tunnels: readonly RealRuleset[] = [
  {
    name: 'wg-quick-full-tunnel',
    says: 'wg-quick with AllowedIPs = 0.0.0.0/0, ::/0: its fwmark rules, no other firewall',
    source: 'wg-quick(8), and the script of wireguard-tools',
    made: 'loaded',
    ...tunnel('wg0', '10.64.1.2/32', 'fd64::2/128'),
    nftables: ['ip', 'ip6']
      .map(
        (family) => `table ${family} wg-quick-wg0 {
          chain preraw { type filter hook prerouting priority raw; policy accept;
            iifname != "wg0" ${family} daddr ${family === 'ip' ? '10.64.1.2' : 'fd64::2'} fib saddr type != local drop }
          chain premangle { type filter hook prerouting priority mangle; policy accept; meta l4proto udp meta mark set ct mark }
          chain postmangle { type filter hook postrouting priority mangle; policy accept; meta l4proto udp meta mark 0xca6c ct mark set meta mark }
        }`,
      )
      .join('\n'),
    ports: [['udp', 51820]],
  },
  {
    name: 'wg-server-postup',
    says: 'WireGuard as a server behind ufw, with the PostUp rules of most tutorials',
    source: 'wg-quick(8), PostUp; tutorials',
    made: 'loaded',
    ...tunnel('wg0', '10.8.0.1/24'),
    ufw: { commands: ['allow 51820/udp', 'allow 22/tcp', 'allow in on wg0 to any port 3000'] },
    iptables: {
      ipv4:
        table('filter', ['FORWARD DROP'], '-A FORWARD -i wg0 -j ACCEPT\n-A FORWARD -o wg0 -j ACCEPT') +
        table('nat', ['POSTROUTING ACCEPT'], '-A POSTROUTING -o wlan0 -j MASQUERADE'),
    },
    ports: [['udp', 51820]],
  },
  {
    name: 'mullvad',
    says: 'A VPN that is connected and keeps everything else out, local network sharing on, like the Mullvad app',
    source: 'github.com/mullvad/mullvadvpn-app, talpid-core firewall; docs/security.md',
    made: 'loaded',
    ...tunnel('wg0-mullvad', '10.64.1.2/32'),
    nftables: `table inet mullvad {
      chain prerouting { type filter hook prerouting priority -199; policy accept;
        iif != "wg0-mullvad" ct mark 0x00000f41 meta mark set 0x6d6f6c65
        ip saddr 203.0.113.5 udp sport 51820 meta mark set 0x6d6f6c65 }
      chain output { type filter hook output priority filter; policy drop;
        oif "lo" accept
        ct mark 0x00000f41 accept
        udp sport 68 ip daddr 255.255.255.255 udp dport 67 accept
        ip daddr 203.0.113.5 udp dport 51820 meta mark 0x6d6f6c65 accept
        oif "wg0-mullvad" accept
        ip daddr { 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16 } accept
        ip6 daddr { fe80::/10, fc00::/7 } accept
        reject }
      chain input { type filter hook input priority filter; policy drop;
        iif "lo" accept
        ct mark 0x00000f41 accept
        udp sport 67 udp dport 68 accept
        ip6 saddr fe80::/10 udp sport 547 ip6 daddr fe80::/10 udp dport 546 accept
        ip6 saddr fe80::/10 icmpv6 type nd-router-advert icmpv6 code no-route accept
        ip saddr 203.0.113.5 udp sport 51820 ct state established accept
        iif "wg0-mullvad" accept
        ip saddr { 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16 } ct state established accept
        ip saddr 10.0.0.0/8 accept
        ip saddr 172.16.0.0/12 accept
        ip saddr 192.168.0.0/16 accept
        ip saddr 169.254.0.0/16 accept
        ip6 saddr fe80::/10 accept
        ip6 saddr fc00::/7 accept }
      chain forward { type filter hook forward priority filter; policy drop;
        ct mark 0x00000f41 accept
        iif "wg0-mullvad" ct state established accept
        oif "wg0-mullvad" accept
        reject }
      chain mangle { type route hook output priority mangle; policy accept; }
      chain nat { type nat hook postrouting priority srcnat; policy accept; }
    }`,
  },
  {
    name: 'nordvpn',
    says: 'NordVPN with its firewall on: marks, and drops of what came in on the other interfaces',
    source: 'github.com/NordSecurity/nordvpn-linux, daemon/firewall',
    made: 'loaded',
    ...tunnel('nordlynx', '10.5.0.2/32'),
    iptables: {
      ipv4: table(
        'filter',
        ['INPUT ACCEPT', 'FORWARD ACCEPT', 'OUTPUT ACCEPT'],
        `
          -A INPUT -s 192.168.77.0/24 -i wlan0 -m comment --comment nordvpn-0 -j ACCEPT
          -A INPUT -i wlan0 -m connmark --mark 0xe1f1 -m comment --comment nordvpn-1 -j ACCEPT
          -A INPUT -i wlan0 -m comment --comment nordvpn-2 -j DROP
          -A INPUT -i eth0 -m connmark --mark 0xe1f1 -m comment --comment nordvpn-1 -j ACCEPT
          -A INPUT -i eth0 -m comment --comment nordvpn-2 -j DROP
          -A OUTPUT -d 192.168.77.0/24 -o wlan0 -m comment --comment nordvpn-0 -j ACCEPT
          -A OUTPUT -o wlan0 -m mark --mark 0xe1f1 -m comment --comment nordvpn-3 -j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff
          -A OUTPUT -o wlan0 -m connmark --mark 0xe1f1 -m comment --comment nordvpn-4 -j ACCEPT
          -A OUTPUT -o wlan0 -m comment --comment nordvpn-5 -j DROP`,
      ),
      ipv6: table(
        'filter',
        ['INPUT ACCEPT', 'FORWARD ACCEPT', 'OUTPUT ACCEPT'],
        `
        -A INPUT -i wlan0 -m connmark --mark 0xe1f1 -m comment --comment nordvpn-1 -j ACCEPT
        -A INPUT -i wlan0 -m comment --comment nordvpn-2 -j DROP
        -A INPUT -i eth0 -m comment --comment nordvpn-2 -j DROP`,
      ),
    },
  },
  {
    name: 'openvpn-kill-switch',
    says: 'An iptables kill switch for OpenVPN as tutorials have it, with IPv6 dropped whole',
    source: 'tutorials on VPN kill switches',
    made: 'loaded',
    ...tunnel('tun0', '10.8.0.6/24'),
    iptables: { ipv4: openvpnKillSwitch(), ipv6: table('filter', ['INPUT DROP', 'FORWARD DROP', 'OUTPUT DROP'], '') },
  },
  {
    name: 'ufw-kill-switch',
    says: 'A ufw kill switch: deny both ways, out only through the tunnel, in from the local network',
    source: 'tutorials on VPN kill switches with ufw',
    made: 'program',
    ...tunnel('tun0', '10.8.0.6/24'),
    ufw: {
      commands: [
        'default deny outgoing',
        'allow out on tun0',
        'allow out to 203.0.113.5 port 1194 proto udp',
        'allow in from 192.168.77.0/24',
        'deny in on tun0',
      ],
    },
  },
  {
    name: 'tailscale',
    says: 'Tailscale beside ufw, which lets in what comes through the tailnet',
    source: 'github.com/tailscale/tailscale, util/linuxfw; tailscale.com/kb/1077',
    made: 'loaded',
    ...tunnel('tailscale0', '100.101.102.103/32', 'fd7a:115c:a1e0::53/128'),
    ufw: { commands: ['allow in on tailscale0', 'allow 41641/udp'] },
    iptables: {
      ipv4:
        table(
          'filter',
          ['INPUT DROP', 'FORWARD DROP', 'ts-forward -', 'ts-input -'],
          `
          -I INPUT 1 -j ts-input
          -I FORWARD 1 -j ts-forward
          -A ts-forward -i tailscale0 -j MARK --set-xmark 0x40000/0xff0000
          -A ts-forward -m mark --mark 0x40000/0xff0000 -j ACCEPT
          -A ts-forward -s 100.64.0.0/10 -o tailscale0 -j DROP
          -A ts-forward -o tailscale0 -j ACCEPT
          -A ts-input -s 100.101.102.103/32 -i lo -j ACCEPT
          -A ts-input -s 100.115.92.0/23 ! -i tailscale0 -j RETURN
          -A ts-input -s 100.64.0.0/10 ! -i tailscale0 -j DROP
          -A ts-input -i tailscale0 -j ACCEPT
          -A ts-input -p udp -m udp --dport 41641 -j ACCEPT`,
        ) +
        table(
          'nat',
          ['POSTROUTING ACCEPT', 'ts-postrouting -'],
          `
          -A POSTROUTING -j ts-postrouting
          -A ts-postrouting -m mark --mark 0x40000/0xff0000 -j MASQUERADE`,
        ),
      ipv6: table(
        'filter',
        ['INPUT DROP', 'FORWARD DROP', 'ts-forward -', 'ts-input -'],
        `
        -I INPUT 1 -j ts-input
        -I FORWARD 1 -j ts-forward
        -A ts-input -s fd7a:115c:a1e0::53/128 -i lo -j ACCEPT
        -A ts-input -i tailscale0 -j ACCEPT
        -A ts-input -p udp -m udp --dport 41641 -j ACCEPT`,
      ),
    },
    ports: [['udp', 41641]],
  },
  {
    name: 'networkmanager-hotspot-nft',
    says: "NetworkManager's shared connection on eth0, with nftables",
    source: 'NetworkManager, src/core/nm-firewall-utils.c',
    made: 'loaded',
    setup: ['sysctl -qw net.ipv4.conf.all.forwarding=1'],
    nftables: `table ip nm-shared-eth0 {
      chain nat_postrouting { type nat hook postrouting priority srcnat; policy accept;
        ip saddr 10.66.0.0/24 ip daddr != 10.66.0.0/24 masquerade }
      chain filter_forward { type filter hook forward priority filter; policy accept;
        ip daddr 10.66.0.0/24 oifname "eth0" ct state { established, related } accept
        ip saddr 10.66.0.0/24 iifname "eth0" accept
        iifname "eth0" oifname "eth0" accept
        iifname "eth0" reject
        oifname "eth0" reject }
    }`,
  },
  {
    name: 'networkmanager-hotspot-iptables',
    says: "NetworkManager's shared connection on eth0, with iptables, beside a drop policy",
    source: 'NetworkManager, src/core/nm-firewall-utils.c',
    made: 'loaded',
    setup: ['sysctl -qw net.ipv4.conf.all.forwarding=1'],
    iptables: {
      ipv4:
        table(
          'filter',
          ['INPUT DROP', 'FORWARD ACCEPT', 'nm-sh-in-eth0 -', 'nm-sh-fw-eth0 -'],
          `
          -A INPUT -i eth0 -m comment --comment nm-shared-eth0 -j nm-sh-in-eth0
          -A INPUT -i lo -j ACCEPT
          -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
          -A FORWARD -m comment --comment nm-shared-eth0 -j nm-sh-fw-eth0
          -A nm-sh-in-eth0 -p tcp -m tcp --dport 67 -j ACCEPT
          -A nm-sh-in-eth0 -p udp -m udp --dport 67 -j ACCEPT
          -A nm-sh-in-eth0 -p tcp -m tcp --dport 53 -j ACCEPT
          -A nm-sh-in-eth0 -p udp -m udp --dport 53 -j ACCEPT
          -A nm-sh-fw-eth0 -d 10.66.0.0/24 -o eth0 -m state --state RELATED,ESTABLISHED -j ACCEPT
          -A nm-sh-fw-eth0 -s 10.66.0.0/24 -i eth0 -j ACCEPT
          -A nm-sh-fw-eth0 -i eth0 -o eth0 -j ACCEPT
          -A nm-sh-fw-eth0 -o eth0 -j REJECT
          -A nm-sh-fw-eth0 -i eth0 -j REJECT`,
        ) +
        table(
          'nat',
          ['POSTROUTING ACCEPT'],
          '-A POSTROUTING -s 10.66.0.0/24 ! -d 10.66.0.0/24 -m comment --comment nm-shared-eth0 -j MASQUERADE',
        ),
    },
    ports: [['udp', 53]],
  },
  {
    name: 'masquerade-port-forward',
    says: 'A laptop as a router by hand: masquerade, and a port led on to another computer',
    source: 'wiki.archlinux.org/title/Internet_sharing; netfilter.org NAT HOWTO',
    made: 'loaded',
    setup: ['sysctl -qw net.ipv4.conf.all.forwarding=1'],
    iptables: {
      ipv4:
        table(
          'nat',
          ['PREROUTING ACCEPT', 'POSTROUTING ACCEPT'],
          `
          -A PREROUTING -i wlan0 -p tcp -m tcp --dport 8022 -j DNAT --to-destination 10.66.0.20:22
          -A PREROUTING -i wlan0 -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 3000
          -A POSTROUTING -o wlan0 -j MASQUERADE`,
        ) +
        table(
          'filter',
          ['INPUT DROP', 'FORWARD DROP'],
          `
          -A INPUT -i lo -j ACCEPT
          -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
          -A INPUT -i eth0 -j ACCEPT
          -A INPUT -p tcp -m tcp --dport 3000 -m conntrack --ctstate DNAT -j ACCEPT
          -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED,DNAT -j ACCEPT
          -A FORWARD -i eth0 -o wlan0 -j ACCEPT`,
        ),
    },
    ports: [['tcp', 80]],
  },
];
