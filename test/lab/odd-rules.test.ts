/** Rules that random ones seldom hit: spellings and corners, each against packets. `unknown` is an answer; a wrong one is not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answersFor, agrees } from './compare.ts';
import { type Lab, type Probe, describeLab, laptop, neighbour, probe, startLab } from './harness.ts';

/** All rules of every kind are gone. */
const EMPTY = `nft flush ruleset
for ip in iptables-legacy ip6tables-legacy; do for table in raw mangle nat filter security; do
  $ip -t $table -F 2>/dev/null; $ip -t $table -X 2>/dev/null
done; $ip -P INPUT ACCEPT; $ip -P FORWARD ACCEPT; done
sysctl -qw net.ipv4.conf.all.route_localnet=0`;

const t4 = (port: number, more: object = {}): Probe => probe('tcp', neighbour, laptop, port, more);
const u4 = (port: number): Probe => probe('udp', neighbour, laptop, port);
const t6 = (port: number): Probe => probe('tcp', 'fd77::20', 'fd77::10', port);

interface Case {
  readonly name: string;
  /** The engine may say that it cannot tell. */
  readonly mayBeUnknown: boolean;
  /** `nft -f` text where it starts with `table`, shell otherwise. */
  readonly rules: string;
  readonly probes: readonly Probe[];
}
const of = (name: string, rules: string, ...probes: Probe[]): Case => ({ name, rules, probes, mayBeUnknown: false });
const undecided = (...args: Parameters<typeof of>): Case => ({ ...of(...args), mayBeUnknown: true });
const input = (...rules: string[]): string =>
  `table inet t { chain in { type filter hook input priority 0; policy accept; ${rules.join('; ')}; }; }`;

const cases: readonly Case[] = [
  of('oifname != in input drop', input('oifname != "eth0" tcp dport 3000 drop'), t4(3000), t6(3000)),
  of('oif != in input drop', input('oif != "eth0" tcp dport 3000 drop'), t4(3000)),
  of('oifname eq in input drop', input('oifname "eth0" tcp dport 3000 drop'), t4(3000)),
  of('oifname set neg', input('oifname != { "eth0", "lo" } tcp dport 3000 drop'), t4(3000)),
  of(
    'iptables ! -o in user chain',
    'iptables -N X; iptables -A INPUT -j X; iptables -A X ! -o eth0 -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  of(
    'legacy ! -o in user chain',
    'iptables-legacy -N X; iptables-legacy -A INPUT -j X; iptables-legacy -A X ! -o eth0 -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  of('iptables -f', 'iptables -A INPUT -f -j DROP; iptables -A INPUT ! -f -p tcp --dport 80 -j DROP', t4(3000), t4(80)),
  of(
    'ct mark != in raw',
    'table inet t { chain p { type filter hook prerouting priority -300; ct mark != 5 tcp dport 3000 drop; }; }',
    t4(3000),
  ),
  of('connmark ! in raw', 'iptables -t raw -A PREROUTING -m connmark ! --mark 5 -p tcp --dport 3000 -j DROP', t4(3000)),
  of(
    'connmark legacy ! in raw',
    'iptables-legacy -t raw -A PREROUTING -m connmark ! --mark 5 -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  of(
    'restore mark untracked',
    'iptables -t raw -A PREROUTING -p tcp --dport 3000 -j MARK --set-mark 7; iptables -t raw -A PREROUTING -j CONNMARK --restore-mark; iptables -A INPUT -m mark --mark 7 -j DROP',
    t4(3000),
  ),
  of(
    'nft mark set ct mark untracked breaks',
    'table inet t { chain p { type filter hook prerouting priority -300; tcp dport 3000 meta mark set ct mark drop; }; chain in { type filter hook input priority 0; } ; }',
    t4(3000),
  ),
  of(
    'ct mark set untracked',
    'table inet t { chain p { type filter hook prerouting priority -300; tcp dport 3000 ct mark set 5; }; chain in { type filter hook input priority 0; ct mark 5 drop; } ; }',
    t4(3000),
  ),
  of(
    'ctstate + orig when untracked',
    'iptables -t raw -A PREROUTING -p tcp --dport 3000 -j CT --notrack; iptables -A INPUT -p tcp -m conntrack --ctstate NEW,UNTRACKED --ctorigdstport 22 -j DROP',
    t4(3000),
    t4(22),
    t4(80),
  ),
  of(
    'ctstate + orig when untracked, legacy',
    'iptables-legacy -t raw -A PREROUTING -p tcp --dport 3000 -j CT --notrack; iptables-legacy -A INPUT -p tcp -m conntrack --ctstate NEW,UNTRACKED --ctorigdstport 22 -j DROP',
    t4(3000),
    t4(22),
    t4(80),
  ),
  of('ct state ! new,established', input('ct state ! new,established tcp dport 3000 drop'), t4(3000)),
  of('ct state != new,established', input('ct state != new,established tcp dport 3000 drop'), t4(3000)),
  of('ct state != new', input('ct state != new tcp dport 3000 drop'), t4(3000)),
  of('ct state != {new, established}', input('ct state != { new, established } tcp dport 3000 drop'), t4(3000)),
  of('ct state == new,untracked', input('ct state == new,untracked tcp dport 3000 drop'), t4(3000)),
  of('ct state vmap combined key', input('ct state vmap { new | untracked : drop, established : accept }'), t4(3000)),
  of('ct state & new == 0', input('ct state & new == 0 tcp dport 3000 drop'), t4(3000)),
  of('ct state & (new|est) != 0', input('ct state & (new|established) != 0 tcp dport 3000 drop'), t4(3000)),
  undecided('ct state & (new|est) == new', input('ct state & (new|established) == new tcp dport 3000 drop'), t4(3000)),
  of('tcp flags ! syn', input('tcp flags ! syn tcp dport 3000 drop'), t4(3000)),
  of('tcp flags syn', input('tcp flags syn tcp dport 3000 drop'), t4(3000)),
  of('tcp flags != syn', input('tcp flags != syn tcp dport 3000 drop'), t4(3000)),
  of('tcp flags syn / fin,syn,rst,ack', input('tcp flags & (fin|syn|rst|ack) == syn tcp dport 3000 drop'), t4(3000)),
  of('tcp flags != syn masked', input('tcp flags & (fin|syn|rst|ack) != syn tcp dport 3000 drop'), t4(3000)),
  of('tcp flags & syn == 0', input('tcp flags & syn == 0 tcp dport 3000 drop'), t4(3000)),
  of('tcp flags & (fin|syn) == (fin|syn)', input('tcp flags & (fin|syn) == (fin|syn) tcp dport 3000 drop'), t4(3000)),
  of('tcp flags set', input('tcp flags { fin, syn|ack } tcp dport 3000 drop'), t4(3000)),
  undecided(
    'raw payload rewrite',
    'table ip t { chain p { type filter hook prerouting priority -310; tcp dport 3001 @th,16,16 set 3000; }; chain in { type filter hook input priority 0; tcp dport 3001 drop; }; }',
    t4(3001),
  ),
  undecided(
    'th dport set',
    'table ip t { chain p { type filter hook prerouting priority -310; tcp dport 3001 tcp dport set 3000; }; chain in { type filter hook input priority 0; tcp dport 3001 drop; }; }',
    t4(3001),
  ),
  undecided(
    'pkttype set',
    'table ip t { chain p { type filter hook prerouting priority -310; tcp dport 3000 meta pkttype set broadcast; }; chain in { type filter hook input priority 0; meta pkttype broadcast drop; }; }',
    t4(3000),
  ),
  of(
    'nat input chain drop after redirect',
    'table ip t { chain p { type nat hook prerouting priority -100; tcp dport 80 redirect to :3000; }; chain in { type nat hook input priority 100; tcp dport 3000 drop; }; }',
    t4(80),
    t4(3000),
  ),
  of('dnat to ::1', 'ip6tables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination [::1]:3000', t6(80)),
  of(
    'dnat to 127 no localnet',
    'iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 127.0.0.1:3000',
    t4(80),
  ),
  of(
    'dnat to 127 localnet',
    'sysctl -qw net.ipv4.conf.all.route_localnet=1; iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 127.0.0.1:3000',
    t4(80),
  ),
  of(
    'dnat to other interface',
    'iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 10.66.0.10; iptables -A INPUT -d 192.168.77.10 -p tcp --dport 80 -j DROP',
    t4(80),
  ),
  of(
    'dnat to other interface v6',
    'ip6tables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination [fd66::10]:3000; ip6tables -A INPUT -d fd77::10 -j DROP',
    t6(80),
    t6(3000),
  ),
  of(
    'dnat to other ll v6',
    'ip6tables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination [fe80::ff:fe00:6610]:3000',
    t6(80),
  ),
  undecided(
    'dnat range',
    'iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 192.168.77.10:3000-3001',
    t4(80),
  ),
  undecided(
    'redirect range',
    'iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 3000-3001',
    t4(80),
  ),
  undecided(
    'dnat port shift',
    'iptables -t nat -A PREROUTING -p tcp --dport 8000:8010 -j DNAT --to-destination 192.168.77.10:3000-3010/8000',
    t4(8001),
  ),
  undecided(
    'iptables native rule in filter: meta cpu',
    'iptables -P INPUT ACCEPT; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip filter INPUT tcp dport 3000 meta skuid 0 accept; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  undecided(
    'native rule in iptables table: iiftype',
    'iptables -P INPUT ACCEPT; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip filter INPUT meta iiftype loopback accept; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  of(
    'native rule in iptables table: fib',
    'iptables -P INPUT ACCEPT; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip filter INPUT fib daddr type multicast accept; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  of(
    'native rule in iptables table: ct mark',
    'iptables -P INPUT ACCEPT; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip filter INPUT ct mark 7 accept; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  undecided(
    'native rule in iptables table: ip length',
    'iptables -P INPUT ACCEPT; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip filter INPUT ip length 9999 accept; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  undecided(
    'native rule in iptables table: tcp window',
    'iptables -P INPUT ACCEPT; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip filter INPUT tcp window 1 accept; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  of(
    'native rule in iptables table: pkttype multicast',
    'iptables -P INPUT ACCEPT; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip filter INPUT meta pkttype multicast accept; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  of(
    'native rule in iptables table: iif index',
    'iptables -P INPUT ACCEPT; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip filter INPUT iif eth0 accept; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  of(
    'native rule in iptables table: sport range',
    'iptables -P INPUT ACCEPT; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip filter INPUT tcp sport \\> 65000 accept; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  undecided(
    'native rule in iptables table: saddr <',
    'iptables -P INPUT ACCEPT; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip filter INPUT ip saddr \\< 1.2.3.4 accept; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  of(
    'native set in iptables table',
    'iptables -P INPUT ACCEPT; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip filter INPUT tcp dport { 81, 82 } accept; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  undecided(
    'chain at -200',
    'table inet t { chain p { type filter hook prerouting priority -200; ct state invalid tcp dport 3000 drop; }; }',
    t4(3000),
  ),
  undecided(
    'chain at -200, ct known before',
    'iptables -A INPUT -m conntrack --ctstate INVALID -j DROP; nft "add table inet t; add chain inet t p { type filter hook prerouting priority -200; }; add rule inet t p ct state invalid tcp dport 3000 drop"',
    t4(3000),
  ),
  of(
    'chain at -201 drop invalid',
    'table inet t { chain p { type filter hook prerouting priority -201; ct state invalid tcp dport 3000 drop; }; }',
    t4(3000),
  ),
  undecided(
    'dormant',
    'table inet t { flags dormant; chain in { type filter hook input priority 0; policy drop; }; }',
    t4(3000),
  ),
  of(
    'policy drop without rules',
    'table inet t { chain in { type filter hook input priority 500; policy drop; }; }',
    t4(3000),
  ),
  undecided(
    'knock set',
    'table ip t { set k { type ipv4_addr; flags dynamic,timeout; timeout 60s; }; chain in { type filter hook input priority 0; policy drop; tcp dport 1111 add @k { ip saddr } drop; ip saddr @k tcp dport 3000 accept; }; }',
    t4(1111),
    t4(3000),
  ),
  of(
    'empty set',
    'table ip t { set k { type ipv4_addr; }; chain in { type filter hook input priority 0; ip saddr @k tcp dport 3000 drop; ip saddr != @k tcp dport 80 drop; }; }',
    t4(3000),
    t4(80),
  ),
  undecided(
    'catch-all in set',
    'table ip t { set k { type ipv4_addr; flags interval; elements = { * }; }; chain in { type filter hook input priority 0; ip saddr @k tcp dport 3000 drop; }; }',
    t4(3000),
  ),
  of('catch-all in vmap', input('tcp dport vmap { 80 : accept, 22-30 : accept, * : drop }'), t4(3000), t4(80), t4(22)),
  undecided(
    'interval map to mark',
    input('meta mark set tcp dport map { 0-100 : 1, 101-65535 : 2 }', 'meta mark 2 drop'),
    t4(3000),
    t4(80),
  ),
  of(
    'mark arithmetic',
    input(
      'meta mark set 0xf0',
      'meta mark set meta mark | 0x0f',
      'meta mark set meta mark and 0xffffff3f xor 0x1',
      'tcp dport 3000 meta mark & 0x1 == 0 drop',
      'meta mark 0x3e tcp dport 80 drop',
      'meta mark > 0x3e tcp dport 22 drop',
    ),
    t4(3000),
    t4(80),
    t4(22),
  ),
  of(
    'mark set neg',
    input(
      'meta mark set 5',
      'meta mark != { 1, 2 } tcp dport 3000 drop',
      'meta mark 4-6 tcp dport 80 drop',
      'meta mark != 4-6 tcp dport 22 drop',
    ),
    t4(3000),
    t4(80),
    t4(22),
  ),
  of(
    'concat neg',
    input('ip saddr . tcp dport != { 192.168.77.20 . 80, 1.2.3.0/24 . 1-100 } drop'),
    t4(3000),
    t4(80),
    t6(3000),
  ),
  of('concat with iifname', input('iifname . tcp dport { "wlan0" . 3000 } drop'), t4(3000), t4(80)),
  of('l4proto != tcp', input('meta l4proto != tcp drop'), t4(3000), u4(3000)),
  of('th dport', input('meta l4proto { tcp, udp } th dport 3000 drop'), t4(3000), u4(3000), t4(80)),
  of('limit over', input('tcp dport 3000 limit rate over 1/hour burst 1 packets drop'), t4(80)),
  of(
    'redirect map',
    'table inet t { chain p { type nat hook prerouting priority -100; meta l4proto tcp redirect to :tcp dport map { 80 : 3000 }; }; chain in { type filter hook input priority 0; tcp dport 80 drop; }; }',
    t4(80),
    t4(22),
  ),
  undecided(
    'dnat map',
    'table ip t { chain p { type nat hook prerouting priority -100; dnat to tcp dport map { 80 : 10.66.0.10 }; }; chain in { type filter hook input priority 0; ip daddr 10.66.0.10 drop; }; }',
    t4(80),
    t4(22),
  ),
  of(
    'nat odd priority',
    'table ip t { chain p { type nat hook prerouting priority -190; tcp dport 80 redirect to :3000; }; chain f { type filter hook prerouting priority -150; tcp dport 80 drop; }; chain g { type filter hook prerouting priority -90; tcp dport 80 drop; };}',
    t4(80),
  ),
  of(
    'nat prio 100 prerouting',
    'table ip t { chain p { type nat hook prerouting priority 100; tcp dport 80 redirect to :3000; }; chain f { type filter hook prerouting priority 0; tcp dport 80 drop; }; }',
    t4(80),
  ),
  of(
    'multiport ! dports, ports',
    'iptables -A INPUT -p tcp -m multiport ! --dports 80,22:23 -j DROP; iptables -A INPUT -p udp -m multiport --ports 3000 -j DROP; iptables -A INPUT -p udp -m multiport ! --ports 80 -j DROP',
    t4(3000),
    t4(80),
    u4(3000),
    u4(80),
  ),
  of(
    '! -i',
    'iptables -A INPUT ! -i eth0 -p tcp --dport 3000 -j DROP; iptables -A INPUT ! -i wl+ -p tcp --dport 80 -j DROP',
    t4(3000),
    t4(80),
  ),
  of(
    'ctstate neg, ctstatus',
    'iptables -A INPUT -m conntrack ! --ctstate NEW,ESTABLISHED -p tcp --dport 3000 -j DROP; iptables -A INPUT -m conntrack ! --ctstatus DNAT -p tcp --dport 80 -j DROP; iptables -A INPUT -m conntrack --ctstatus NONE -p tcp --dport 22 -j DROP',
    t4(3000),
    t4(80),
    t4(22),
  ),
  of(
    'comment tricks',
    `iptables -A INPUT -m comment --comment '-j ACCEPT "x" \\ ! -p udp' -p tcp --dport 3000 -j DROP; iptables -A INPUT -m comment --comment "it's -j" -p tcp --dport 80 -j DROP`,
    t4(3000),
    t4(80),
    t4(22),
  ),
  undecided(
    'comment with newline',
    `iptables -A INPUT -m comment --comment "$(printf 'x\\nCOMMIT\\n-A INPUT -j ACCEPT')" -p tcp --dport 3000 -j DROP`,
    t4(3000),
    t4(80),
  ),
  undecided(
    'string with -j',
    'iptables -A INPUT -p tcp -m string --string "-j" --algo bm -j ACCEPT; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  of(
    'log prefix -j',
    'iptables -A INPUT -p tcp -j LOG --log-prefix "-j ACCEPT "; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  of(
    'goto',
    'iptables -N A; iptables -N B; iptables -A INPUT -g A; iptables -A INPUT -p tcp --dport 3000 -j DROP; iptables -A A -j B; iptables -A A -p tcp --dport 80 -j DROP; iptables -A B -p tcp --dport 80 -g C 2>/dev/null; iptables -N C; iptables -A B -p tcp --dport 22 -g C; iptables -A B -p tcp --dport 22 -j DROP',
    t4(3000),
    t4(80),
    t4(22),
  ),
  undecided('mask with holes', 'iptables -A INPUT -s 0.0.0.20/0.0.0.255 -p tcp --dport 3000 -j DROP', t4(3000)),
  undecided(
    'addrtype',
    'iptables -A INPUT -m addrtype ! --src-type LOCAL -p tcp --dport 3000 -j DROP; iptables -A INPUT -m addrtype --dst-type LOCAL,BROADCAST -p tcp --dport 80 -j DROP; iptables -A INPUT -m addrtype --dst-type LOCAL --limit-iface-in -p tcp --dport 22 -j DROP',
    t4(3000),
    t4(80),
    t4(22),
  ),
  of(
    'addrtype 6',
    'ip6tables -A INPUT -m addrtype ! --src-type LOCAL -p tcp --dport 3000 -j DROP; ip6tables -A INPUT -m addrtype --dst-type UNICAST -p tcp --dport 80 -j DROP; ip6tables -A INPUT -m addrtype ! --dst-type LOCAL -p tcp --dport 22 -j DROP',
    t6(3000),
    t6(80),
    t6(22),
  ),
  undecided(
    'v6 headers',
    'ip6tables -A INPUT -m frag ! --fragid 5 -p tcp --dport 3000 -j DROP; ip6tables -A INPUT -m hl --hl-gt 1 -p tcp --dport 80 -j DROP; ip6tables -A INPUT -m rt ! --rt-type 0 -p tcp --dport 22 -j DROP',
    t6(3000),
    t6(80),
    t6(22),
  ),
  of(
    'legacy policy + nft accept',
    'iptables-legacy -P INPUT DROP; iptables-legacy -A INPUT -p tcp --dport 80 -j ACCEPT; nft "add table inet t; add chain inet t c { type filter hook input priority -10; policy accept; }; add rule inet t c tcp dport 3000 accept"',
    t4(3000),
    t4(80),
  ),
  undecided(
    'u32, time, physdev, policy',
    'iptables -A INPUT -m u32 --u32 "0>>22&0x3C@0&0xFFFF=3000" -j DROP; iptables -A INPUT -m physdev --physdev-is-bridged -p tcp --dport 80 -j DROP; iptables -A INPUT -m policy --dir in --pol ipsec -p tcp --dport 22 -j DROP',
    t4(3000),
    t4(80),
    t4(22),
  ),
  of(
    'fib iif',
    input('fib daddr . iif type != local tcp dport 3000 drop'),
    t4(3000),
    probe('tcp', '192.168.77.130', '10.66.0.10', 3000),
  ),
  of('fib broadcast iif', input('fib daddr . iif type broadcast drop'), t4(3000)),
  of('ct original', input('meta l4proto tcp ct original proto-dst 3000-3001 drop'), t4(3000), t4(80)),
  of(
    'ct status',
    'table ip t { chain p { type nat hook prerouting priority -100; tcp dport 80 redirect to :3000; }; chain in { type filter hook input priority 0; ct status dnat drop; }; }',
    t4(80),
    t4(3000),
  ),
  of(
    'ct status ! dnat',
    'table ip t { chain p { type nat hook prerouting priority -100; tcp dport 80 redirect to :3000; }; chain in { type filter hook input priority 0; ct status ! dnat tcp dport 3000 drop; }; }',
    t4(80),
    t4(3000),
  ),
  of(
    'ct helper set',
    'table ip t { ct helper h { type "ftp" protocol tcp; }; chain p { type filter hook prerouting priority 0; tcp dport 3000 ct helper set "h"; }; }',
    t4(3000),
  ),
  of(
    'elem with ct count',
    'table ip t { set k { type ipv4_addr; size 100; flags dynamic; }; chain in { type filter hook input priority 0; tcp dport 3000 add @k { ip saddr ct count over 5 } drop; }; }',
    t4(3000),
  ),
  of(
    'goto from base in nft',
    'table inet t { chain x { }; chain in { type filter hook input priority 0; policy drop; tcp dport 3000 goto x; tcp dport {3000, 80} accept; }; }',
    t4(3000),
    t4(80),
  ),
  of(
    'mapped continue',
    'table inet t { chain in { type filter hook input priority 0; tcp dport vmap { 3000 : continue, 80 : drop }; tcp dport 3000 drop; }; }',
    t4(3000),
    t4(80),
  ),
  of(
    'reject in prerouting, synproxy',
    'table inet t { chain p { type filter hook prerouting priority -300; tcp dport 80 reject; }; chain in { type filter hook input priority 0; tcp dport 3000 ct state invalid synproxy mss 1460; }; }',
    t4(3000),
    t4(80),
  ),
  undecided(
    'mixed redirect + nft drop same hook',
    'iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 3000; nft "add table inet t; add chain inet t c { type filter hook prerouting priority -100; }; add rule inet t c tcp dport 80 drop"',
    t4(80),
  ),
  of(
    'the group of all hosts',
    input('ip daddr != 224.0.0.1 drop', 'ip6 daddr != ff02::1 drop'),
    probe('udp', neighbour, '224.0.0.1', 3000),
    u4(3000),
  ),
  of(
    'sets of names with wildcards',
    input('iifname { "wl*", "lo" } tcp dport 3000 drop', 'iifname != { "wl*" } tcp dport 80 drop'),
    t4(3000),
    t4(80),
  ),
  of(
    'mark copied to the connection and back',
    input(
      'meta mark set 7',
      'ct mark set meta mark',
      'meta mark set 0',
      'meta mark set ct mark',
      'meta mark 7 tcp dport 3000 drop',
      'ct mark != 7 tcp dport 80 drop',
    ),
    t4(3000),
    t4(80),
  ),
  of(
    'fib source type',
    input('fib saddr type local tcp dport 80 drop', 'fib saddr type != { local, multicast } tcp dport 3000 drop'),
    t4(3000),
    t4(80),
  ),
  of(
    'negated ranges and prefixes',
    input(
      'ip saddr != 192.168.77.0-192.168.77.19 tcp dport 3000 drop',
      'ip saddr != 192.168.77.0/24 tcp dport 80 drop',
      'ip6 saddr != fd77::/16 drop',
    ),
    t4(3000),
    t4(80),
    t6(3000),
  ),
  of(
    'a named verdict map with a rest',
    'table inet t { map m { type inet_service : verdict; flags interval; elements = { 0-1023 : accept, 3000 : drop, * : continue }; }; chain in { type filter hook input priority 0; policy accept; tcp dport vmap @m; tcp dport 3001 drop; }; }',
    t4(80),
    t4(3000),
    t4(3001),
    t4(8001),
  ),
  of(
    'a set of pairs with ranges',
    'table inet t { set s { type ipv4_addr . inet_service; flags interval; elements = { 192.168.77.0/28 . 0-65535, 192.168.77.16-192.168.77.30 . 3000 comment "x" }; }; chain in { type filter hook input priority 0; ip saddr . tcp dport @s drop; }; }',
    t4(3000),
    t4(80),
  ),
  of(
    'accepting in a nat chain does not open',
    'table ip t { chain n { type nat hook prerouting priority -100; tcp dport 80 accept; tcp dport 80 redirect to :3000; }; chain m { type nat hook prerouting priority -90; tcp dport 80 redirect to :22; }; chain in { type filter hook input priority 0; tcp dport 80 drop; }; }',
    t4(80),
    t4(22),
  ),
  undecided(
    'dropping in a nat chain, untracked',
    'table ip t { chain r { type filter hook prerouting priority -300; tcp dport 3000 notrack; }; chain n { type nat hook prerouting priority -100; policy drop; tcp dport 80 accept; }; }',
    t4(80),
    t4(3000),
    t4(22),
  ),
  of(
    'the first and the last priority',
    'table inet t { chain a { type filter hook prerouting priority -2147483648; tcp dport 3000 meta mark set 5; }; chain z { type filter hook input priority 2147483647; meta mark 5 drop; }; }',
    t4(3000),
    t4(80),
  ),
  of(
    'security table and nft behind it',
    'iptables -t security -A INPUT -p tcp --dport 3000 -j DROP; nft "add table inet t; add chain inet t c { type filter hook input priority 60; }; add rule inet t c tcp dport 80 drop"',
    t4(3000),
    t4(80),
    t4(22),
  ),
  of(
    'mangle INPUT drops',
    'iptables -t mangle -A INPUT -p tcp --dport 3000 -j DROP; iptables -t mangle -P INPUT ACCEPT; ip6tables-legacy -t mangle -A PREROUTING -p tcp --dport 3000 -j DROP',
    t4(3000),
    t4(80),
    t6(3000),
    t6(80),
  ),
  of(
    'state module, negated',
    'iptables -A INPUT -m state ! --state NEW -p tcp --dport 3000 -j DROP; iptables -A INPUT -m state --state NEW,RELATED -p tcp --dport 80 -j DROP',
    t4(3000),
    t4(80),
  ),
  of(
    'marks in iptables',
    'iptables -t mangle -A PREROUTING -p tcp --dport 3000 -j MARK --set-mark 0x12/0x1f; iptables -t mangle -A PREROUTING -j CONNMARK --save-mark; iptables -t mangle -A PREROUTING -j MARK --and-mark 0x10; iptables -A INPUT -m mark ! --mark 0x0/0xf -j DROP; iptables -A INPUT -m connmark --mark 0x2/0x2 -m mark --mark 0x10 -j DROP',
    t4(3000),
    t4(80),
  ),
  of(
    'ranges of addresses, negated',
    'iptables -A INPUT -m iprange ! --src-range 192.168.77.1-192.168.77.19 -p tcp --dport 3000 -j DROP; iptables -A INPUT ! -s 192.168.77.0/24 -p tcp --dport 80 -j DROP; iptables -A INPUT ! -d 192.168.77.10/32 -j DROP',
    t4(3000),
    t4(80),
  ),
  of(
    'icmp rules say nothing of others',
    'iptables -A INPUT -p icmp -m icmp --icmp-type 8 -j DROP; iptables -A INPUT ! -p tcp -j DROP; ip6tables -A INPUT -p ipv6-icmp -m icmp6 --icmpv6-type 128 -j DROP',
    t4(3000),
    u4(3000),
    t6(3000),
  ),
  of(
    'counters',
    'iptables -A INPUT -c 7 900 -p tcp --dport 3000 -j DROP; iptables -A INPUT -p tcp --dport 80',
    t4(3000),
    t4(80),
  ),
  of(
    'ports of both sides',
    'iptables -A INPUT -p tcp -m tcp --sport 1024:65535 --dport :3000 -j DROP; iptables -A INPUT -p udp -m udp ! --dport 3000 -j DROP',
    t4(3000),
    t4(3001),
    u4(3000),
    u4(80),
  ),
  undecided(
    'ipset-like matches and the rest unread',
    'iptables -A INPUT -m mac --mac-source 02:00:00:00:99:99 -p tcp --dport 3000 -j DROP; iptables -A INPUT -m time --timestart 00:00 --timestop 23:59:59 -p tcp --dport 80 -j DROP',
    t4(3000),
    t4(80),
    t4(22),
  ),
  of('not-me by link-local neighbours', input('ip6 saddr fe80::/10 drop', 'ip6 daddr fe80::/10 drop'), t6(3000)),
  of(
    'weak host: the other address through wlan0',
    'iptables -A INPUT -d 10.66.0.10/32 -i eth0 -j DROP; iptables -A INPUT -d 192.168.77.10/32 -p tcp --dport 80 -j DROP',
    probe('tcp', '192.168.77.130', '10.66.0.10', 3000),
    probe('tcp', '192.168.77.130', '10.66.0.10', 80),
    t4(80),
  ),
  // Statements that are no tests, and end their rule all the same.
  of('a mark from a map that has none', input('meta mark set tcp dport map { 80 : 1 } drop'), t4(3000), t4(80)),
  of('a priority from a map', input('meta priority set tcp dport map { 80 : 1:1 } drop'), t4(3000), t4(80)),
  of(
    'a counter from a map',
    'table inet t { counter c { }; chain in { type filter hook input priority 0; counter name tcp dport map { 80 : "c" } drop; }; }',
    t4(3000),
    t4(80),
  ),
  of(
    'noting an IPv4 source in an inet table, and drop',
    'table inet t { set k { type ipv4_addr; flags dynamic; size 100; }; chain in { type filter hook input priority 0; tcp dport 3000 add @k { ip saddr } drop; }; }',
    t4(3000),
    t6(3000),
    t6(80),
  ),
  of(
    'noting an IPv4 source in an inet table, and accept',
    'table inet t { set k { type ipv4_addr; flags dynamic; size 100; }; chain in { type filter hook input priority 0; policy drop; tcp dport 3000 add @k { ip saddr } accept; }; }',
    t4(3000),
    t6(3000),
  ),
  of(
    'a meter of IPv4 sources',
    'table inet t { chain in { type filter hook input priority 0; tcp dport 3000 meter m { ip saddr limit rate 100/second } accept; tcp dport 3000 drop; }; }',
    t4(3000),
    t6(3000),
  ),
  of('a ttl is of IPv4', input('tcp dport 3000 ip ttl set 64 drop'), t4(3000), t6(3000)),
  of('ip6 dscp is of IPv6', input('tcp dport 3000 ip6 dscp set 0 drop'), t4(3000), t6(3000)),
  of('a TCP option is of TCP', input('th dport 3000 tcp option maxseg size set 1400 drop'), t4(3000), u4(3000)),
  of(
    'a mark of the connection from a map',
    input('ct mark set ip saddr map { 1.2.3.4 : 7 } accept', 'tcp dport 3000 drop'),
    t4(3000),
    t6(3000),
  ),
  of(
    'a mark from the connection of what is not tracked',
    'table inet t { chain r { type filter hook prerouting priority -300; tcp dport 3000 notrack; }; chain in { type filter hook input priority 0; ct mark set ct mark or 1 drop; }; }',
    t4(3000),
    t4(80),
  ),
  of(
    'ranges that nft put into a table of iptables',
    'iptables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip filter INPUT ip saddr 192.168.77.5-192.168.77.25 accept; iptables -A INPUT -p tcp --dport 3000 -j DROP; ip6tables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip6 filter INPUT ip6 saddr fd77::-fd77::ffff tcp dport 80 drop',
    t4(3000),
    t6(80),
    t6(3000),
  ),
  of(
    'a range of protocols that nft put there',
    'iptables -A INPUT -p tcp --dport 22 -j ACCEPT; nft add rule ip filter INPUT ip protocol 2-10 accept; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
  ),
  of(
    'a zone, and notrack behind it',
    'iptables -t raw -A PREROUTING -j CT --zone 1; iptables -t raw -A PREROUTING -p tcp --dport 3000 -j CT --notrack; iptables -t raw -A PREROUTING -p tcp --dport 80 -m conntrack --ctstate INVALID -j DROP; iptables -A INPUT -m conntrack --ctstate UNTRACKED -j DROP',
    t4(3000),
    t4(80),
  ),
  of(
    'a zone of nft, and notrack behind it',
    'table ip t { chain p { type filter hook prerouting priority -300; ct zone set 1; tcp dport 3000 notrack; tcp dport 80 ct state invalid drop; }; chain in { type filter hook input priority 0; ct state untracked drop; }; }',
    t4(3000),
    t4(80),
  ),
  of(
    'the protocol of a connection where there is none',
    'iptables -t raw -A PREROUTING -p tcp --dport 3000 -j CT --notrack; iptables -A INPUT -m conntrack --ctproto 6 -j DROP; iptables -A INPUT -m conntrack ! --ctproto 17 -j DROP',
    t4(3000),
    t4(80),
  ),
  of(
    'protocols of routers',
    'iptables -A INPUT -p vrrp -j ACCEPT; iptables -A INPUT -p l2tp -j ACCEPT; iptables -A INPUT -p pim -j ACCEPT; iptables -A INPUT -p eigrp -j ACCEPT; iptables -A INPUT -p ipcomp -j ACCEPT; iptables -A INPUT -p 112 -j ACCEPT; iptables -A INPUT -p tcp --dport 3000 -j DROP; nft "add table inet t; add chain inet t c { type filter hook input priority 5; }; add rule inet t c meta l4proto { vrrp, ospf, pim } accept; add rule inet t c tcp dport 80 drop"',
    t4(3000),
    t4(80),
    t4(22),
  ),
  // What counts up to nothing counts nothing: every packet fares like the first.
  ...['iptables', 'iptables-legacy'].map((program) =>
    of(
      `connlimit of none, ${program}`,
      `${program} -A INPUT -p tcp --dport 3000 -m connlimit --connlimit-above 0 -j DROP; ${program} -A INPUT -p tcp --dport 80 -m connlimit --connlimit-upto 0 -j DROP; ${program} -t raw -A PREROUTING -p tcp --dport 22 -m connlimit ! --connlimit-upto 0 --connlimit-mask 24 -j DROP`,
      t4(3000),
      t4(80),
      t4(22),
    ),
  ),
  ...['iptables', 'iptables-legacy'].map((program) =>
    of(
      `quota of nothing, ${program}`,
      `${program} -A INPUT -p tcp --dport 3000 -m quota ! --quota 0 -j DROP; ${program} -A INPUT -p tcp --dport 80 -m quota --quota 0 -j DROP`,
      t4(3000),
      t4(80),
    ),
  ),
  of(
    'by chance always and never',
    'iptables -A INPUT -p tcp --dport 3000 -m statistic --mode random --probability 1 -j DROP; iptables -A INPUT -p tcp --dport 80 -m statistic --mode random --probability 0 -j DROP; iptables -A INPUT -p tcp --dport 22 -m statistic --mode random ! --probability 0 -j DROP',
    t4(3000),
    t4(80),
    t4(22),
  ),
  of(
    'ct count of none',
    input('tcp dport 3000 ct count over 0 drop', 'tcp dport 80 ct count 0 drop'),
    t4(3000),
    t4(80),
  ),
  of(
    'quota of nothing in nft, or spent',
    input(
      'tcp dport 3000 quota over 0 bytes drop',
      'tcp dport 80 quota until 0 bytes drop',
      'tcp dport 22 quota over 10 bytes used 10 bytes drop',
      'tcp dport 3001 quota until 10 bytes used 10 bytes drop',
    ),
    t4(3000),
    t4(80),
    t4(22),
    t4(3001),
  ),
  // Which table's chain was made last cannot be seen, and comes first.
  undecided(
    'two marks at one priority, the later table hooked first',
    `nft "add table ip a; add table ip b"; nft "add chain ip b p { type filter hook prerouting priority -150; }; add rule ip b p meta mark set 2"; nft "add chain ip a p { type filter hook prerouting priority -150; }; add rule ip a p meta mark set 1"; nft "add chain ip a in { type filter hook input priority 0; }; add rule ip a in meta mark 2 tcp dport 3000 drop; add rule ip a in meta mark 1 tcp dport 80 drop"`,
    t4(3000),
    t4(80),
  ),
  undecided(
    'two marks at one priority, the earlier table hooked first',
    `nft "add table ip a; add table ip b"; nft "add chain ip a p { type filter hook prerouting priority -150; }; add rule ip a p meta mark set 1"; nft "add chain ip b p { type filter hook prerouting priority -150; }; add rule ip b p meta mark set 2"; nft "add chain ip a in { type filter hook input priority 0; }; add rule ip a in meta mark 2 tcp dport 3000 drop; add rule ip a in meta mark 1 tcp dport 80 drop"`,
    t4(3000),
    t4(80),
  ),
  // Five chains at one priority: nothing comes between those of nat, and the filter's looks at nothing that they change.
  of(
    'many nat chains and a filter at one priority',
    `iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 3000; iptables-legacy -t nat -A PREROUTING -p tcp --dport 22 -j REDIRECT --to-ports 3000; nft "add table inet a; add chain inet a n { type nat hook prerouting priority -100; }; add rule inet a n tcp dport 3001 redirect to :3000; add table ip b; add chain ip b n { type nat hook prerouting priority -100; }; add chain ip b f { type filter hook prerouting priority -100; }; add rule ip b n tcp dport 8001 redirect to :3000; add rule ip b f ip saddr != ${neighbour} drop; add chain ip b in { type filter hook input priority 0; policy drop; }; add rule ip b in tcp dport 3000 accept"`,
    t4(80),
    t4(22),
    t4(3001),
    t4(8001),
    t4(1111),
    t4(3000),
  ),
  // Last: it takes away wlan0's own addresses.
  undecided(
    'corner: a return in a base chain is its policy',
    'table inet t { chain in { type filter hook input priority 0; policy drop; tcp dport 80 accept; tcp dport 3000 return; accept; }; }',
    t4(80),
    t4(3000),
    t4(22),
  ),
  of(
    'corner: a goto whose chain ends goes back to the caller of its caller',
    'iptables -N A; iptables -N B; iptables -A B -p tcp --dport 80 -j RETURN; iptables -A A -g B; iptables -A A -j ACCEPT; iptables -A INPUT -j A; iptables -A INPUT -p tcp --dport 80 -j DROP; iptables -A INPUT -p tcp --dport 3000 -j DROP',
    t4(80),
    t4(3000),
    t4(22),
  ),
  of(
    'corner: the same in legacy',
    'iptables-legacy -N A; iptables-legacy -N B; iptables-legacy -A A -g B; iptables-legacy -A A -j ACCEPT; iptables-legacy -A INPUT -j A; iptables-legacy -A INPUT -p tcp --dport 3000 -j DROP',
    t4(3000),
    t4(22),
  ),
  of(
    'corner: both backends, one redirects and the other drops what was knocked at',
    'iptables-legacy -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 3000; iptables -A INPUT -p tcp --dport 80 -j DROP; iptables -A INPUT -p tcp --dport 22 -j DROP',
    t4(80),
    t4(3000),
    t4(22),
  ),
  of(
    'corner: two redirects in two tables of nft',
    'table ip a { chain p { type nat hook prerouting priority -100; tcp dport 80 redirect to :3000; }; }\ntable ip b { chain p { type nat hook prerouting priority -110; tcp dport 80 redirect to :3001; }; chain in { type filter hook input priority 0; tcp dport 3000 drop; }; }',
    t4(80),
    t4(3000),
    t4(3001),
  ),
  of(
    'corner: a redirect to itself, and dnat asked for',
    'table ip a { chain p { type nat hook prerouting priority -100; tcp dport 80 redirect to :80; tcp dport 22 redirect to :3000; }; chain in { type filter hook input priority 0; ct status dnat drop; }; }',
    t4(80),
    t4(22),
    t4(3000),
  ),
  of(
    'corner: a mark set after the filter that asks for it',
    'table inet t { chain a { type filter hook input priority 10; tcp dport 3000 meta mark set 9; }; chain b { type filter hook input priority 0; meta mark 9 drop; }; chain c { type filter hook input priority 20; meta mark 9 tcp dport 80 drop; meta mark 9 drop; }; }',
    t4(3000),
    t4(80),
  ),
  of(
    'corner: a vmap that jumps, and the chain returns',
    'table inet t { chain w { tcp dport 80 return; drop; }; chain in { type filter hook input priority 0; iifname vmap { "wlan0" : jump w, "eth0" : drop }; tcp dport 80 accept; drop; }; }',
    t4(80),
    t4(3000),
    t6(80),
  ),
  of(
    'corner: multiport with ranges, negated',
    'iptables -A INPUT -p tcp -m multiport ! --dports 22,80:90 -j DROP; ip6tables -A INPUT -p tcp -m multiport ! --ports 22,80 -j DROP',
    t4(22),
    t4(80),
    t4(3000),
    t6(80),
    t6(3000),
  ),
  of(
    'corner: IPv4 tests in an inet table let IPv6 by',
    input(
      'ip saddr != 192.168.77.20 tcp dport 3000 drop',
      'ip saddr 0.0.0.0/0 tcp dport 80 drop',
      'meta nfproto ipv6 tcp dport 22 drop',
    ),
    t4(3000),
    t6(3000),
    t4(80),
    t6(80),
    t4(22),
    t6(22),
  ),
  of(
    'corner: nothing drops but a policy in raw',
    'iptables -t raw -P PREROUTING DROP; iptables -t raw -A PREROUTING -p tcp --dport 80 -j ACCEPT; iptables -t raw -A PREROUTING -s 192.168.77.20 -p tcp --dport 3000 -j RETURN',
    t4(80),
    t4(3000),
  ),
  of(
    'corner: addrtype and the interface of the address',
    'iptables -A INPUT -m addrtype --dst-type LOCAL --limit-iface-in -p tcp --dport 80 -j DROP; iptables -A INPUT -m addrtype ! --dst-type LOCAL -j DROP; iptables -A INPUT -m addrtype ! --src-type UNICAST -p tcp --dport 3000 -j DROP',
    t4(80),
    t4(3000),
    probe('tcp', '192.168.77.130', '10.66.0.10', 80),
  ),
  of(
    'corner: dnat to a port of another protocol’s rule, with a map of verdicts behind it',
    'table inet t { chain p { type nat hook prerouting priority dstnat; fib daddr type local tcp dport { 80, 8001 } redirect to :3000; udp dport 80 redirect to :3001; }; chain in { type filter hook input priority 0; meta l4proto . th dport vmap { tcp . 3000 : drop, udp . 3001 : accept, udp . 80 : drop }; }; }',
    t4(80),
    u4(80),
    u4(3001),
    u4(3000),
    t6(80),
  ),
  undecided(
    'corner: interface wildcards and names',
    input(
      'iifname "wl*" tcp dport 80 drop',
      'iifname != "wlan*" tcp dport 3000 drop',
      'iifname { "eth*", "lo" } drop',
      'meta iifgroup 0 tcp dport 22 drop',
    ),
    t4(80),
    t4(3000),
    t4(22),
  ),
  of(
    'corner: a source set with a hole, twice negated',
    input(
      'ip saddr { 192.168.77.0-192.168.77.19, 192.168.77.21-192.168.77.255 } drop',
      'ip saddr != { 192.168.77.20 } tcp dport 80 drop',
      'ip saddr & 0.0.0.255 == 0.0.0.20 tcp dport 3000 drop',
    ),
    t4(80),
    t4(3000),
    probe('tcp', '192.168.77.21', laptop, 80),
  ),
  undecided(
    'corner: a rule after SNAT on the way in is not asked, and what lets the new source in lets it in',
    'table ip t { chain i { type nat hook input priority 100; tcp dport 80 snat to 10.9.9.9; tcp dport 80 drop; }; chain a { type filter hook input priority 110; policy drop; ip saddr 10.9.9.9 accept; }; }',
    t4(80),
  ),
  undecided(
    'corner: SNAT on the way in changes who the filter sees',
    'table ip t { chain i { type nat hook input priority 100; tcp dport 80 snat to 10.9.9.9; }; chain a { type filter hook input priority 110; ip saddr 10.9.9.9 drop; }; chain b { type filter hook input priority 0; ip saddr 10.9.9.9 tcp dport 80 drop; }; }',
    t4(80),
  ),
  undecided(
    'corner: netdev ingress drops before all else',
    'table netdev t { chain g { type filter hook ingress device "wlan0" priority 0; tcp dport 3000 drop; }; }',
    t4(3000),
    t4(80),
  ),
  undecided(
    'corner: inet ingress',
    'table inet t { chain g { type filter hook ingress device "wlan0" priority 0; tcp dport 3000 drop; }; }',
    t4(3000),
    t4(80),
  ),
  of(
    'corner: ufw lets in and a chain behind it drops what ufw marked',
    'ufw --force enable >/dev/null; ufw allow 80/tcp >/dev/null; iptables -t mangle -A PREROUTING -p tcp --dport 80 -j MARK --set-mark 3; nft "add table inet z; add chain inet z c { type filter hook input priority 300; }; add rule inet z c meta mark 3 ip saddr 192.168.77.20 drop"; true',
    t4(80),
    t6(80),
    t4(3000),
  ),
  undecided(
    'corner: a length test and a first packet',
    input('meta length > 1000 drop', 'meta length < 100 tcp dport 3000 drop', 'ip version 4 tcp dport 80 drop'),
    t4(3000),
    t4(80),
  ),
  of(
    'disable_ipv6 on the interface',
    'sysctl -qw net.ipv6.conf.wlan0.disable_ipv6=1',
    probe('tcp', 'fd77::130', 'fd66::10', 3000),
  ),
];

describeLab('rules that random ones seldom hit', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
    const ports = [22, 80, 3000, 3001, 8001, 1111];
    await lab.listen(
      (['tcp', 'udp'] as const).flatMap((protocol) =>
        ports.flatMap((port) => [[protocol, '0.0.0.0', port] as const, [protocol, '::', port] as const]),
      ),
    );
  });
  afterAll(() => lab.close());

  test.each(cases)('$name', async ({ rules, probes, mayBeUnknown }) => {
    await lab.run('A', ['sh', '-c', EMPTY]);
    if (rules.startsWith('table')) await lab.must('A', ['nft', '-f', '-'], { input: rules });
    else await lab.must('A', ['sh', '-c', rules]);
    await lab.forget();
    const answers = answersFor(await lab.snapshot(), probes);
    const outcomes = await lab.probe(probes, 0.3);
    const told = answers.map(({ verdict, reasons }, index) => ({
      port: probes[index]!.port,
      verdict,
      reasons,
      outcome: outcomes[index]!,
    }));
    expect(told.filter((_, index) => !agrees(answers[index]!, outcomes[index]!))).toEqual([]);
    if (!mayBeUnknown) expect(told.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
  });
});
