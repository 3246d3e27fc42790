/** Programs that add rules of their own, typical user rules, and tutorials. */
import { type RealRuleset, table } from '../ruleset.ts';

const banned = Array.from(
  { length: 600 },
  (_, n) => `198.${18 + (n % 2)}.${(n * 7) % 256}.${(n * 31) % 256} timeout 4h`,
);

const place = { family: 'inet', table: 'opensnitch' } as const;
const chain = (name: string, type: string, hook: string, prio: number): object => ({
  chain: { ...place, name, handle: 1, type, hook, prio, policy: 'accept' },
});
const rule = (name: string, expr: readonly object[]): object => ({ rule: { ...place, chain: name, handle: 1, expr } });

export const tools: readonly RealRuleset[] = [
  {
    name: 'ufw-typical-desktop',
    says: 'ufw as people fill it over the years: ssh limited, printers and shares for the network, games, Syncthing',
    source: "help.ubuntu.com/community/UFW; the programs' own port lists",
    made: 'program',
    ufw: {
      commands: [
        'limit 22/tcp',
        'allow from 192.168.0.0/16 to any port 445 proto tcp',
        'allow from 192.168.77.0/24 to any port 631',
        'allow 5353/udp',
        'allow 22000',
        'allow 21027/udp',
        'allow 27031:27036/udp',
        'allow 27036,27037/tcp',
        'deny from 203.0.113.0/24',
        'reject in on eth0 to any port 3000 proto tcp',
        'allow 3000:3010/tcp',
      ],
    },
    ports: [
      ['udp', 27036],
      ['tcp', 27037],
    ],
  },
  {
    name: 'ufw-steam-minecraft',
    says: 'ufw with the openings that Steam Remote Play and a Minecraft server ask for, order matters',
    source: 'help.steampowered.com, required ports; minecraft.wiki',
    made: 'program',
    ufw: {
      commands: [
        'allow 25565',
        'allow 27015:27050/tcp',
        'allow 27000:27100/udp',
        'deny 27020/udp',
        'prepend deny 27016/tcp',
      ],
    },
    ports: [
      ['tcp', 25565],
      ['tcp', 27016],
      ['udp', 27020],
    ],
  },
  {
    name: 'ufw-reject-forwarding',
    says: 'ufw that rejects, with a route rule and an opening for one neighbour',
    source: 'ufw(8)',
    made: 'program',
    ufw: {
      inbound: 'reject',
      commands: [
        'route allow in on eth0 out on wlan0',
        'allow from 192.168.77.20 to any port 3000',
        'allow proto tcp from fd77::/64 to any port 3000',
      ],
    },
  },
  {
    name: 'fail2ban-iptables',
    says: 'fail2ban beside ufw, two addresses banned from ssh',
    source: 'fail2ban, action.d/iptables-multiport.conf',
    made: 'loaded',
    ufw: { commands: ['allow 22/tcp', 'allow 3000/tcp'] },
    iptables: {
      ipv4: table(
        'filter',
        ['INPUT DROP', 'f2b-sshd -'],
        `
        -I INPUT 1 -p tcp -m multiport --dports 22 -j f2b-sshd
        -A f2b-sshd -s 192.168.77.21/32 -j REJECT --reject-with icmp-port-unreachable
        -A f2b-sshd -s 203.0.113.5/32 -j REJECT --reject-with icmp-port-unreachable
        -A f2b-sshd -j RETURN`,
      ),
      ipv6: table(
        'filter',
        ['INPUT DROP', 'f2b-sshd -'],
        `
        -I INPUT 1 -p tcp -m multiport --dports 22 -j f2b-sshd
        -A f2b-sshd -s 2001:db8:ff::5/128 -j REJECT --reject-with icmp6-port-unreachable
        -A f2b-sshd -j RETURN`,
      ),
    },
  },
  {
    name: 'fail2ban-ipset',
    says: 'fail2ban with ipsets',
    source: 'fail2ban, action.d/iptables-ipset.conf',
    made: 'loaded',
    setup: [
      'ipset create f2b-sshd hash:ip timeout 0',
      'ipset add f2b-sshd 203.0.113.5 timeout 600',
      'ipset add f2b-sshd 192.168.77.21 timeout 600',
    ],
    iptables: {
      ipv4: table(
        'filter',
        ['INPUT ACCEPT'],
        '-A INPUT -p tcp -m multiport --dports 22 -m set --match-set f2b-sshd src -j REJECT --reject-with icmp-port-unreachable',
      ),
    },
  },
  {
    name: 'fail2ban-nftables',
    says: 'fail2ban with nftables',
    source: 'fail2ban, action.d/nftables.conf',
    made: 'loaded',
    nftables: `table inet f2b-table {
      set addr-set-sshd { type ipv4_addr; elements = { 192.168.77.21, 203.0.113.5 } }
      set addr6-set-sshd { type ipv6_addr; elements = { 2001:db8:ff::5 } }
      chain f2b-chain { type filter hook input priority -1; policy accept;
        tcp dport 22 ip saddr @addr-set-sshd reject with icmp port-unreachable
        tcp dport 22 ip6 saddr @addr6-set-sshd reject with icmpv6 port-unreachable }
    }`,
  },
  {
    name: 'crowdsec-nftables',
    says: "CrowdSec's nftables bouncer with a few hundred addresses",
    source: 'docs.crowdsec.net, bouncers/firewall',
    made: 'loaded',
    nftables: `table ip crowdsec {
      set crowdsec-blacklists-cscli { type ipv4_addr; flags timeout; elements = { 203.0.113.5 timeout 4h, ${banned.join(', ')} } }
      chain crowdsec-chain-input { type filter hook input priority filter - 10; policy accept;
        ip saddr @crowdsec-blacklists-cscli counter drop }
    }
    table ip6 crowdsec6 {
      set crowdsec6-blacklists-cscli { type ipv6_addr; flags timeout; elements = { 2001:db8:ff::5 timeout 4h } }
      chain crowdsec6-chain-input { type filter hook input priority filter - 10; policy accept;
        ip6 saddr @crowdsec6-blacklists-cscli counter drop }
    }`,
  },
  {
    name: 'sshguard-nftables',
    says: 'sshguard beside a plain nftables set',
    source: 'sshguard, fw/sshg-fw-nft-sets.sh',
    made: 'loaded',
    nftables: `table ip sshguard { set attackers { type ipv4_addr; flags interval; elements = { 203.0.113.0/24 } }
      chain blacklist { type filter hook input priority filter - 10; policy accept; ip saddr @attackers drop } }
    table ip6 sshguard { set attackers { type ipv6_addr; flags interval; }
      chain blacklist { type filter hook input priority filter - 10; policy accept; ip6 saddr @attackers drop } }
    table inet filter { chain input { type filter hook input priority filter; policy drop;
        ct state established,related accept
        iif lo accept
        tcp dport 22 accept } }`,
  },
  {
    name: 'opensnitch',
    says: 'OpenSnitch: its rules hand packets to a program',
    source: 'github.com/evilsocket/opensnitch, daemon/firewall/nftables; libnftables-json(5)',
    made: 'synthetic',
    nftJson: [
      { table: { family: 'inet', name: 'opensnitch', handle: 1 } },
      chain('mangle_output', 'route', 'output', -150),
      chain('filter_input', 'filter', 'input', 0),
      rule('mangle_output', [
        { match: { op: 'in', left: { ct: { key: 'state' } }, right: ['related', 'new'] } },
        { match: { op: '!=', left: { meta: { key: 'l4proto' } }, right: 'tcp' } },
        { queue: { num: 0, flags: 'bypass' } },
      ]),
      rule('filter_input', [
        { match: { op: '==', left: { payload: { protocol: 'udp', field: 'sport' } }, right: 53 } },
        { queue: { num: 0, flags: 'bypass' } },
      ]),
    ],
  },
  {
    name: 'tutorial-digitalocean',
    says: 'The iptables set of well-known server tutorials: separate chains, logs, syn-flood limit',
    source: 'tutorials on iptables essentials',
    made: 'loaded',
    iptables: {
      ipv4: table(
        'filter',
        ['INPUT DROP', 'FORWARD DROP', 'OUTPUT ACCEPT', 'LOGDROP -', 'SYNFLOOD -', 'PORTSCAN -'],
        `
        -A INPUT -i lo -j ACCEPT
        -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
        -A INPUT -m conntrack --ctstate INVALID -j DROP
        -A INPUT -p tcp ! --syn -m conntrack --ctstate NEW -j DROP
        -A INPUT -p tcp --tcp-flags ALL NONE -j DROP
        -A INPUT -p tcp --tcp-flags SYN,FIN SYN,FIN -j DROP
        -A INPUT -f -j DROP
        -A INPUT -p tcp --syn -j SYNFLOOD
        -A INPUT -p tcp -s 192.168.77.0/24 --dport 22 -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT
        -A INPUT -p tcp -m multiport --dports 80,443,3000 -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT
        -A INPUT -p tcp --dport 22000 -m connlimit --connlimit-above 20 --connlimit-mask 32 -j REJECT --reject-with tcp-reset
        -A INPUT -p tcp --dport 22000 -j ACCEPT
        -A INPUT -j LOGDROP
        -A SYNFLOOD -m limit --limit 50/second --limit-burst 100 -j RETURN
        -A SYNFLOOD -j DROP
        -A LOGDROP -m limit --limit 2/min -j LOG --log-prefix "dropped: "
        -A LOGDROP -j DROP`,
      ),
    },
    ports: [['tcp', 443]],
  },
  {
    name: 'tutorial-nftables-vmap',
    says: 'The simple set of the nftables wiki: verdict maps, named sets, both families',
    source: 'wiki.nftables.org, Simple ruleset for a workstation / server; verdict maps',
    made: 'loaded',
    nftables: `define lan = { 192.168.77.0/24, 10.66.0.0/24 }
    table inet firewall {
      set services { type inet_service; flags interval; elements = { 22, 3000-3005 } }
      map per_interface { type ifname : verdict; elements = { "lo" : accept, "wlan0" : jump from_wifi, "eth0" : jump from_cable } }
      chain from_wifi { tcp dport @services accept
        ip saddr $lan udp dport 5353 accept }
      chain from_cable { accept }
      chain inbound { type filter hook input priority 0; policy drop;
        ct state vmap { established : accept, related : accept, invalid : drop }
        meta protocol vmap { ip : jump inbound_ipv4, ip6 : jump inbound_ipv6 }
        iifname vmap @per_interface }
      chain inbound_ipv4 { icmp type echo-request limit rate 5/second accept
        ip saddr . tcp dport { 203.0.113.5 . 445, 192.168.77.21 . 445 } accept }
      chain inbound_ipv6 { icmpv6 type { nd-neighbor-solicit, nd-router-advert, nd-neighbor-advert } accept }
    }`,
  },
  {
    name: 'port-knocking',
    says: 'ssh behind a port knock with the recent module',
    source: 'wiki.archlinux.org/title/Port_knocking',
    made: 'loaded',
    iptables: {
      ipv4: table(
        'filter',
        ['INPUT DROP', 'TRAFFIC -', 'SSH-INPUT -', 'SSH-INPUTTWO -'],
        `
        -A INPUT -j TRAFFIC
        -A TRAFFIC -p icmp --icmp-type any -j ACCEPT
        -A TRAFFIC -m state --state ESTABLISHED,RELATED -j ACCEPT
        -A TRAFFIC -m state --state NEW -m tcp -p tcp --dport 22 -m recent --rcheck --seconds 30 --name SSH2 -j ACCEPT
        -A TRAFFIC -m state --state NEW -m tcp -p tcp -m recent --name SSH2 --remove -j DROP
        -A TRAFFIC -m state --state NEW -m tcp -p tcp --dport 9991 -m recent --rcheck --name SSH1 -j SSH-INPUTTWO
        -A TRAFFIC -m state --state NEW -m tcp -p tcp -m recent --name SSH1 --remove -j DROP
        -A TRAFFIC -m state --state NEW -m tcp -p tcp --dport 7777 -m recent --rcheck --name SSH0 -j SSH-INPUT
        -A TRAFFIC -m state --state NEW -m tcp -p tcp -m recent --name SSH0 --remove -j DROP
        -A TRAFFIC -m state --state NEW -m tcp -p tcp --dport 8881 -m recent --name SSH0 --set -j DROP
        -A SSH-INPUT -m recent --name SSH1 --set -j DROP
        -A SSH-INPUTTWO -m recent --name SSH2 --set -j DROP
        -A TRAFFIC -j DROP`,
      ),
    },
  },
  {
    name: 'cups-samba-openings',
    says: 'Openings for printing and shares by hand, to the network only, broadcasts let in',
    source: 'wiki.samba.org; CUPS documentation on firewalls',
    made: 'loaded',
    iptables: {
      ipv4: table(
        'filter',
        ['INPUT DROP'],
        `
        -A INPUT -i lo -j ACCEPT
        -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A INPUT -s 192.168.77.0/24 -p udp -m udp --dport 137:138 -j ACCEPT
        -A INPUT -s 192.168.77.0/24 -p tcp -m multiport --dports 139,445 -j ACCEPT
        -A INPUT -s 192.168.77.0/24 -p tcp -m tcp --dport 631 -j ACCEPT
        -A INPUT -m iprange --src-range 192.168.77.100-192.168.77.199 -p tcp -m tcp --dport 3000 -j ACCEPT
        -A INPUT -m addrtype --dst-type BROADCAST -j DROP
        -A INPUT -d 224.0.0.251/32 -p udp -m udp --dport 5353 -j ACCEPT
        -A INPUT -m pkttype --pkt-type broadcast -j DROP`,
      ),
      ipv6: table(
        'filter',
        ['INPUT DROP'],
        `
        -A INPUT -i lo -j ACCEPT
        -A INPUT -p ipv6-icmp -j ACCEPT
        -A INPUT -s fe80::/10 -p udp -m udp --dport 5353 -j ACCEPT`,
      ),
    },
    ports: [['udp', 137]],
  },
  {
    name: 'legacy-beside-nft',
    says: 'An old script that fills iptables-legacy, on a machine whose own firewall is nftables',
    source: 'wiki.nftables.org, Legacy xtables tools',
    made: 'loaded',
    legacy: {
      ipv4: table(
        'filter',
        ['INPUT DROP', 'FORWARD ACCEPT', 'OUTPUT ACCEPT'],
        `
        -A INPUT -i lo -j ACCEPT
        -A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 3000 -j ACCEPT`,
      ),
    },
    nftables: `table inet filter { chain input { type filter hook input priority filter; policy accept; tcp dport 3000 ip saddr 203.0.113.0/24 drop } }`,
  },
  {
    name: 'tor-transparent',
    says: 'A gateway that leads what comes in on eth0 into Tor',
    source: 'gitlab.torproject.org/legacy/trac/-/wikis/doc/TransparentProxy, local redirection through a middlebox',
    made: 'loaded',
    setup: ['sysctl -qw net.ipv4.conf.all.forwarding=1'],
    iptables: {
      ipv4: table(
        'nat',
        ['PREROUTING ACCEPT'],
        `
        -A PREROUTING -i eth0 -p udp -m udp --dport 53 -j REDIRECT --to-ports 5353
        -A PREROUTING -i eth0 -p tcp -m tcp --dport 22 -j REDIRECT --to-ports 22
        -A PREROUTING -i eth0 -p tcp --tcp-flags FIN,SYN,RST,ACK SYN -j REDIRECT --to-ports 9040`,
      ),
    },
    ports: [
      ['tcp', 9040],
      ['udp', 53],
    ],
  },
];
