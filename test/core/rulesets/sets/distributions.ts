/** What distributions come with, and what their own documentation tells people to write. */
import { type RealRuleset, table } from '../ruleset.ts';

const INPUT_DROP = ['INPUT DROP', 'FORWARD DROP', 'OUTPUT ACCEPT'];
const INPUT_ACCEPT = ['INPUT ACCEPT', 'FORWARD ACCEPT', 'OUTPUT ACCEPT'];

/** Arch wiki's chains for both families; `no` is how a family refuses, `ping` how it lets itself be pinged. */
const archStateful = (ping: string, portNo: string, protocolNo: string): string =>
  table(
    'filter',
    [...INPUT_DROP, 'TCP -', 'UDP -'],
    `
    -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
    -A INPUT -i lo -j ACCEPT
    -A INPUT -m conntrack --ctstate INVALID -j DROP
    ${ping}
    -A INPUT -p udp -m conntrack --ctstate NEW -j UDP
    -A INPUT -p tcp --tcp-flags FIN,SYN,RST,ACK SYN -m conntrack --ctstate NEW -j TCP
    -A INPUT -p udp -j REJECT --reject-with ${portNo}
    -A INPUT -p tcp -j REJECT --reject-with tcp-reset
    -A INPUT -j REJECT --reject-with ${protocolNo}
    -A TCP -p tcp --dport 22 -j ACCEPT
    -A UDP -p udp --dport 5353 -j ACCEPT`,
  );

const nixos = (extra: string): string =>
  table(
    'filter',
    [...INPUT_ACCEPT, 'nixos-fw -', 'nixos-fw-accept -', 'nixos-fw-refuse -', 'nixos-fw-log-refuse -'],
    `
    -A INPUT -j nixos-fw
    -A nixos-fw -i lo -j nixos-fw-accept
    -A nixos-fw -m conntrack --ctstate RELATED,ESTABLISHED -j nixos-fw-accept
    -A nixos-fw -p tcp -m tcp --dport 22 -j nixos-fw-accept
    -A nixos-fw -p tcp -m tcp --dport 22000 -j nixos-fw-accept
    -A nixos-fw -p udp -m udp --dport 5353 -j nixos-fw-accept
    ${extra}
    -A nixos-fw -j nixos-fw-log-refuse
    -A nixos-fw-accept -j ACCEPT
    -A nixos-fw-log-refuse -p tcp --tcp-flags FIN,SYN,RST,ACK SYN -j LOG --log-prefix "refused connection: " --log-level 6
    -A nixos-fw-log-refuse -m pkttype ! --pkt-type unicast -j nixos-fw-refuse
    -A nixos-fw-log-refuse -j nixos-fw-refuse
    -A nixos-fw-refuse -j DROP`,
  ) +
  table(
    'mangle',
    ['PREROUTING ACCEPT', 'nixos-fw-rpfilter -'],
    `
    -A PREROUTING -j nixos-fw-rpfilter
    -A nixos-fw-rpfilter -m rpfilter --validmark -j RETURN
    ${extra.includes('icmpv6') ? '' : '-A nixos-fw-rpfilter -p udp -m udp --sport 67 --dport 68 -j RETURN'}
    -A nixos-fw-rpfilter -j DROP`,
  );

const rhel = (proto: string, no: string): string =>
  table(
    'filter',
    INPUT_ACCEPT,
    `
    -A INPUT -m state --state ESTABLISHED,RELATED -j ACCEPT
    -A INPUT -p ${proto} -j ACCEPT
    -A INPUT -i lo -j ACCEPT
    -A INPUT -p tcp -m state --state NEW -m tcp --dport 22 -j ACCEPT
    -A INPUT -j REJECT --reject-with ${no}
    -A FORWARD -j REJECT --reject-with ${no}`,
  );

export const distributions: readonly RealRuleset[] = [
  {
    name: 'debian-fresh',
    says: 'Debian as installed: no rules at all',
    source: 'Debian installer: no firewall is set up',
    made: 'program',
  },
  {
    name: 'debian-nftables-service',
    says: 'Debian with nftables.service enabled and its packaged /etc/nftables.conf: three empty chains',
    source: 'package nftables, /etc/nftables.conf',
    made: 'loaded',
    nftables: `table inet filter {
      chain input { type filter hook input priority filter; }
      chain forward { type filter hook forward priority filter; }
      chain output { type filter hook output priority filter; }
    }`,
  },
  {
    name: 'ubuntu-ufw-on',
    says: 'Ubuntu after `ufw enable`, nothing else',
    source: 'package ufw',
    made: 'program',
    ufw: { commands: [] },
  },
  {
    name: 'ubuntu-server-ssh',
    says: 'Ubuntu after `ufw allow OpenSSH` and `ufw enable`',
    source: 'Ubuntu server guide, firewall',
    made: 'program',
    ufw: { commands: ['allow 22/tcp'] },
  },
  {
    name: 'mint-gufw-home',
    says: 'Linux Mint, gufw, profile Home with samba and KDE Connect let in',
    source: 'gufw: home denies incoming; its list of known programs',
    made: 'program',
    ufw: { commands: ['allow 137,138/udp', 'allow 139,445/tcp', 'allow 1714:1764/tcp', 'allow 1714:1764/udp'] },
    ports: [
      ['tcp', 1714],
      ['udp', 1765],
      ['udp', 137],
    ],
  },
  {
    name: 'arch-nftables-packaged',
    says: "Arch Linux with the nftables package's own /etc/nftables.conf",
    source: 'Arch package nftables, nftables.conf',
    made: 'loaded',
    nftables: `table inet filter {
      chain input {
        type filter hook input priority filter; policy drop;
        ct state invalid drop comment "early drop of invalid connections"
        ct state {established, related} accept comment "allow tracked connections"
        iif lo accept comment "allow from loopback"
        ip protocol icmp accept comment "allow icmp"
        meta l4proto ipv6-icmp accept comment "allow icmp v6"
        tcp dport ssh accept comment "allow sshd"
        pkttype host limit rate 5/second counter reject with icmpx type admin-prohibited
        counter
      }
      chain forward { type filter hook forward priority filter; policy drop; }
    }`,
  },
  {
    name: 'arch-simple-stateful-iptables',
    says: "Arch Linux, the wiki's simple stateful firewall with iptables",
    source: 'wiki.archlinux.org/title/Simple_stateful_firewall',
    made: 'loaded',
    iptables: {
      ipv4: archStateful(
        '-A INPUT -p icmp -m icmp --icmp-type 8 -m conntrack --ctstate NEW -j ACCEPT',
        'icmp-port-unreachable',
        'icmp-proto-unreachable',
      ),
      ipv6:
        archStateful(
          '-A INPUT -p ipv6-icmp -j ACCEPT\n-A INPUT -s fe80::/10 -p udp -m udp --sport 547 --dport 546 -j ACCEPT',
          'icmp6-adm-prohibited',
          'icmp6-adm-prohibited',
        ) + table('raw', ['PREROUTING ACCEPT', 'OUTPUT ACCEPT'], '-A PREROUTING -m rpfilter --invert -j DROP'),
    },
  },
  {
    name: 'arch-nftables-workstation',
    says: "Arch Linux, the wiki's nftables set for a workstation",
    source: 'wiki.archlinux.org/title/Nftables, workstation',
    made: 'loaded',
    nftables: `table inet my_table {
      set LANv4 { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16 } }
      set LANv6 { type ipv6_addr; flags interval; elements = { fd00::/8, fe80::/10 } }
      chain my_input_lan { udp sport 1900 udp dport >= 1024 meta pkttype unicast limit rate 4/second burst 20 packets accept comment "Accept UPnP"
        udp sport netbios-ns udp dport >= 1024 meta pkttype unicast accept comment "Accept Samba" }
      chain my_input {
        type filter hook input priority filter; policy drop;
        iif lo accept comment "Accept any localhost traffic"
        ct state invalid drop comment "Drop invalid connections"
        fib daddr . iif type != { local, broadcast, multicast } drop comment "Drop packets if the destination IP address is not configured on the incoming interface"
        ct state { established, related } accept comment "Accept traffic originated from us"
        meta l4proto { icmp, ipv6-icmp } accept comment "Accept ICMP"
        ip protocol igmp accept comment "Accept IGMP"
        udp dport mdns ip6 daddr ff02::fb accept comment "Accept mDNS"
        udp dport mdns ip daddr 224.0.0.251 accept comment "Accept mDNS"
        ip6 saddr @LANv6 jump my_input_lan comment "Connections from private IP address ranges"
        ip saddr @LANv4 jump my_input_lan comment "Connections from private IP address ranges"
        counter comment "Count any other traffic"
      }
      chain my_forward { type filter hook forward priority filter; policy drop; }
      chain my_output { type filter hook output priority filter; policy accept; }
    }`,
  },
  {
    name: 'gentoo-nftables-desktop',
    says: 'Gentoo, the nftables example for a typical workstation',
    source: 'wiki.gentoo.org/wiki/Nftables/Examples',
    made: 'loaded',
    nftables: `table ip filter {
      chain input { type filter hook input priority 0; policy drop;
        iifname lo accept
        iifname wlan0 icmp type echo-request accept
        ct state established,related accept
        tcp dport 22 ct state new log prefix "New SSH connection: " accept
        tcp dport { 80, 443, 3000 } ip saddr 192.168.77.0/24 accept
        counter drop
      }
    }
    table ip6 filter {
      chain input { type filter hook input priority 0; policy drop;
        iifname lo accept
        ct state established,related accept
        icmpv6 type { nd-neighbor-solicit, echo-request, nd-router-advert, nd-neighbor-advert } accept
        tcp dport 22 ct state new accept
      }
    }`,
    ports: [['tcp', 443]],
  },
  {
    name: 'nixos-iptables',
    says: 'NixOS, networking.firewall with three ports opened',
    source: 'nixpkgs, nixos/modules/services/networking/firewall-iptables.nix',
    made: 'loaded',
    iptables: {
      ipv4: nixos('-A nixos-fw -p icmp -m icmp --icmp-type 8 -j nixos-fw-accept'),
      ipv6: nixos(
        `-A nixos-fw -p icmpv6 -m icmp6 --icmpv6-type 137 -j DROP
         -A nixos-fw -p icmpv6 -j nixos-fw-accept
         -A nixos-fw -d fe80::/64 -p udp -m udp --dport 546 -j nixos-fw-accept`,
      ),
    },
  },
  {
    name: 'nixos-nftables',
    says: 'NixOS, networking.nftables.enable with the same ports',
    source: 'nixpkgs, nixos/modules/services/networking/firewall-nftables.nix',
    made: 'loaded',
    nftables: `table inet nixos-fw {
      set temp-ports { comment "Temporarily opened ports"; type inet_proto . inet_service; flags interval; auto-merge; }
      chain rpfilter { type filter hook prerouting priority mangle + 10; policy drop;
        meta nfproto ipv4 udp sport . udp dport { 67 . 68, 68 . 67 } accept comment "DHCPv4 client/server"
        fib saddr . mark . iif oif exists accept
        jump rpfilter-allow
      }
      chain rpfilter-allow { }
      chain input { type filter hook input priority filter; policy drop;
        iifname { "lo" } accept comment "trusted interfaces"
        ct state vmap { invalid : drop, established : accept, related : accept, new : jump input-allow, untracked : jump input-allow }
        tcp flags syn / fin,syn,rst,ack log level info prefix "refused connection: "
      }
      chain input-allow {
        tcp dport { 22, 22000 } accept
        udp dport { 5353 } accept
        meta l4proto . th dport @temp-ports accept
        icmp type echo-request accept comment "allow ping"
        icmpv6 type != { nd-redirect, 139 } accept comment "Accept all ICMPv6 messages except redirects and node information queries"
        ip6 daddr fe80::/64 udp dport 546 accept comment "DHCPv6 client"
      }
    }`,
  },
  {
    name: 'rhel-system-config-firewall',
    says: 'Red Hat Enterprise Linux 6 and its heirs: ssh only',
    source: 'Red Hat Enterprise Linux 6 security guide, default /etc/sysconfig/iptables',
    made: 'loaded',
    iptables: { ipv4: rhel('icmp', 'icmp-host-prohibited'), ipv6: rhel('ipv6-icmp', 'icmp6-adm-prohibited') },
  },
  {
    name: 'debian-wiki-iptables-v4-only',
    says: 'Debian with iptables-persistent, IPv4 only: nobody thought of IPv6',
    source: 'wiki.debian.org/iptables',
    made: 'loaded',
    iptables: {
      ipv4: table(
        'filter',
        INPUT_DROP,
        `
        -A INPUT -i lo -j ACCEPT
        -A INPUT ! -i lo -d 127.0.0.0/8 -j REJECT
        -A INPUT -m state --state ESTABLISHED,RELATED -j ACCEPT
        -A INPUT -p tcp --dport 443 -j ACCEPT
        -A INPUT -p tcp -m state --state NEW --dport 22 -j ACCEPT
        -A INPUT -p icmp -m icmp --icmp-type 8 -j ACCEPT
        -A INPUT -m limit --limit 5/min -j LOG --log-prefix "iptables denied: " --log-level 7
        -A INPUT -j REJECT`,
      ),
    },
    ports: [['tcp', 443]],
  },
];
