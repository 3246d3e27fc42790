/** An example of every kind of meaning, with its English. A kind that is not here does not compile. */
import type { GapHow, GapWhat, GapWhy, Reason } from '../../../src/core/gaps/index.ts';

type Examples<Meaning extends { readonly kind: string }> = {
  readonly [K in Meaning['kind']]: readonly (readonly [Meaning & { readonly kind: K }, string])[];
};

export const WHATS: Examples<GapWhat> = {
  addresses: [[{ kind: 'addresses' }, "this computer's addresses"]],
  sysctls: [[{ kind: 'sysctls' }, 'kernel settings']],
  listening: [[{ kind: 'listening' }, 'listening ports']],
  connections: [[{ kind: 'connections' }, 'live connections']],
  'dual-stack': [[{ kind: 'dual-stack' }, 'which IPv6 ports take IPv4 as well']],
  owners: [[{ kind: 'owners' }, 'the programs behind some ports']],
  units: [[{ kind: 'units' }, 'the services']],
  'kernel-tables': [[{ kind: 'kernel-tables' }, 'the rules in the kernel']],
  nftables: [[{ kind: 'nftables' }, 'nftables rules']],
  'nftables-list': [[{ kind: 'nftables-list' }, 'nftables’ rules']],
  'own-table': [[{ kind: 'own-table' }, 'the kernel’s table inet portcullis']],
  'ufw-on': [[{ kind: 'ufw-on' }, 'whether ufw is on']],
  'ufw-defaults': [[{ kind: 'ufw-defaults' }, "ufw's default policies"]],
  'firewalld-in-kernel': [[{ kind: 'firewalld-in-kernel' }, 'firewalld’s rules in the kernel']],
  'part-of-a-rule': [[{ kind: 'part-of-a-rule' }, 'part of a firewall rule']],
  'parts-of-rules': [[{ kind: 'parts-of-rules' }, 'parts of firewall rules']],
  kept: [[{ kind: 'kept' }, 'what you chose to keep open']],
  routes: [
    [{ kind: 'routes', family: 4 }, 'routes, IPv4'],
    [{ kind: 'routes', family: null }, 'routes'],
  ],
  'kernel-rules': [
    [{ kind: 'kernel-rules', by: 'nftables', family: null, legacy: false }, 'kernel rules (nftables)'],
    [{ kind: 'kernel-rules', by: 'iptables', family: 6, legacy: false }, 'kernel rules (iptables, IPv6)'],
    [{ kind: 'kernel-rules', by: 'iptables', family: 4, legacy: true }, 'kernel rules (iptables, IPv4), legacy'],
    [{ kind: 'kernel-rules', by: 'iptables', family: null, legacy: true }, 'kernel rules (iptables), legacy'],
    [{ kind: 'kernel-rules', by: null, family: null, legacy: false }, 'kernel rules'],
  ],
  table: [[{ kind: 'table', table: 'inet xyz_filter' }, 'rules of table inet xyz_filter']],
  file: [[{ kind: 'file', path: '/etc/portcullis/table.nft' }, '/etc/portcullis/table.nft']],
  'ufw-rules-end': [[{ kind: 'ufw-rules-end', path: '/etc/ufw/user.rules' }, 'the end of /etc/ufw/user.rules']],
  'ufw-rule': [[{ kind: 'ufw-rule', path: '/etc/ufw/user6.rules' }, 'a rule in /etc/ufw/user6.rules']],
  'ufw-setting': [[{ kind: 'ufw-setting', setting: 'default_input_policy' }, "ufw's default_input_policy"]],
  'ufw-rules': [[{ kind: 'ufw-rules', family: 6 }, "ufw's IPv6 rules"]],
  firewalld: [
    [{ kind: 'firewalld', part: 'on' }, 'whether firewalld is on'],
    [{ kind: 'firewalld', part: 'default-zone' }, "firewalld's default zone"],
    [{ kind: 'firewalld', part: 'active-zones' }, "firewalld's active zones"],
    [{ kind: 'firewalld', part: 'panic' }, 'whether firewalld is in panic mode'],
    [{ kind: 'firewalld', part: 'zones' }, "what firewalld's zones hold"],
  ],
  'firewalld-entry': [
    [{ kind: 'firewalld-entry', of: 'zone', name: 'xyz-1' }, "firewalld's zone xyz-1"],
    [{ kind: 'firewalld-entry', of: 'policy', name: 'xyz-1' }, "firewalld's policy xyz-1"],
    [{ kind: 'firewalld-entry', of: 'service', name: 'xyz-1' }, "firewalld's service xyz-1"],
    [{ kind: 'firewalld-entry', of: 'kept-zone', name: 'xyz-1' }, "firewalld's permanent zone xyz-1"],
    [{ kind: 'firewalld-entry', of: 'kept-policy', name: 'xyz-1' }, "firewalld's permanent policy xyz-1"],
  ],
  beside: [
    [{ kind: 'beside', part: null }, 'what decides beside the rules'],
    [{ kind: 'beside', part: { kind: 'traffic-control' } }, 'what decides beside the rules: traffic control'],
    [{ kind: 'beside', part: { kind: 'ipsec' } }, 'what decides beside the rules: IPsec policies'],
    [{ kind: 'beside', part: { kind: 'nftables' } }, 'what decides beside the rules: nftables'],
    [{ kind: 'beside', part: { kind: 'bpf' } }, 'what decides beside the rules: BPF programs'],
    [{ kind: 'beside', part: { kind: 'named', name: 'xyz_7' } }, 'what decides beside the rules: xyz_7'],
  ],
  xdp: [
    [{ kind: 'xdp', device: 'eth0', programs: [] }, 'an XDP program on eth0'],
    [{ kind: 'xdp', device: 'eth0', programs: ['xyz_1'] }, 'an XDP program on eth0 (xyz_1)'],
  ],
  vrf: [[{ kind: 'vrf', vrf: 'vrf10' }, 'the VRF vrf10']],
  'tc-filters': [
    [{ kind: 'tc-filters', device: 'eth0', hook: 'ingress' }, 'filters of traffic control on eth0, ingress'],
    [{ kind: 'tc-filters', device: 7, hook: 'egress' }, 'filters of traffic control on device 7, egress'],
  ],
  bpf: [
    [
      { kind: 'bpf', at: { on: 'device', device: 'eth0' }, programs: ['xyz_1', 'xyz_2'] },
      'a BPF program on eth0 (xyz_1, xyz_2)',
    ],
    [{ kind: 'bpf', at: { on: 'device', device: 7 }, programs: [] }, 'a BPF program on device 7'],
    [{ kind: 'bpf', at: { on: 'sk-lookup' }, programs: ['xyz_1'] }, 'a BPF program for sk_lookup (xyz_1)'],
    [
      { kind: 'bpf', at: { on: 'netfilter' }, programs: ['xyz_1'] },
      'a BPF program in netfilter, here or in a container (xyz_1)',
    ],
    [{ kind: 'bpf', at: { on: 'cgroup', unit: 'xyz.service' }, programs: [] }, 'a BPF program for xyz.service'],
    [{ kind: 'bpf', at: { on: 'cgroup', unit: null }, programs: [] }, 'a BPF program for all programs'],
  ],
  mac: [
    [{ kind: 'mac', part: 'pf' }, 'the rules of the packet filter (pf)'],
    [{ kind: 'mac', part: 'pf-redirects' }, 'where the packet filter (pf) leads connections'],
    [{ kind: 'mac', part: 'application-firewall' }, 'the settings of the application firewall'],
    [{ kind: 'mac', part: 'application-list' }, "the application firewall's list of programs"],
  ],
  'pf-anchor': [[{ kind: 'pf-anchor', anchor: 'com.apple/xyz-1' }, "the rules of pf's anchor com.apple/xyz-1"]],
  windows: [
    [{ kind: 'windows', part: 'rules' }, 'the rules of Windows Firewall'],
    [{ kind: 'windows', part: 'policy' }, 'the firewall rules of group policy'],
    [{ kind: 'windows', part: 'settings' }, 'the settings of Windows Firewall'],
    [{ kind: 'windows', part: 'services' }, 'whether the service of Windows Firewall runs'],
    [{ kind: 'windows', part: 'products' }, 'whether another firewall has taken the place of Windows Firewall'],
    [{ kind: 'windows', part: 'port-proxy' }, 'ports that are passed on (netsh interface portproxy)'],
  ],
  ipsec: [
    [
      { kind: 'ipsec', from: '192.0.2.0/24', to: '198.51.100.1/32' },
      'an IPsec policy for 192.0.2.0/24 to 198.51.100.1/32',
    ],
  ],
};

export const REASONS: Examples<Reason> = {
  unread: [
    [
      { kind: 'unread', what: { kind: 'routes', family: 6 }, why: { kind: 'refused' } },
      'routes, IPv6: needs administrator rights',
    ],
  ],
  rule: [[{ kind: 'rule', text: '-m xyz --xyz-days 1,2' }, '-m xyz --xyz-days 1,2']],
  'set-grows': [[{ kind: 'set-grows', set: '@xyz_1' }, 'the set @xyz_1, which rules add to']],
  'set-full': [
    [{ kind: 'set-full', text: 'xyz @xyz_1', of: 'set' }, 'xyz @xyz_1, and the set is full'],
    [{ kind: 'set-full', text: 'xyz @xyz_1', of: 'map' }, 'xyz @xyz_1, and the map is full'],
  ],
  'set-unread': [
    [
      { kind: 'set-unread', text: '-m set --match-set xyz_1 src', set: 'xyz_1' },
      '-m set --match-set xyz_1 src (the set xyz_1 was not read: sudo ipset save)',
    ],
  ],
  'source-type': [[{ kind: 'source-type', types: ['xyz_a', 'xyz_b'] }, 'source type xyz_a,xyz_b']],
  'ct-status': [[{ kind: 'ct-status', statuses: ['xyz_a', 'xyz_b'] }, 'ct status xyz_a,xyz_b']],
  nested: [[{ kind: 'nested', chain: 'XYZ_1' }, 'chain XYZ_1 is nested too deep']],
  'chain-unread': [[{ kind: 'chain-unread', chain: 'nft/inet/xyz/1' }, 'chain nft/inet/xyz/1 was not read']],
  'network-kind': [
    [{ kind: 'network-kind', interface: 'Wi-Fi 9' }, 'what kind of network Wi-Fi 9 is on (public, private or domain)'],
  ],
  application: [
    [
      { kind: 'application', about: 'signed', program: '/opt/xyz-1' },
      'the application firewall lets in signed programs by itself, and whether /opt/xyz-1 is one is not known',
    ],
    [
      { kind: 'application', about: 'asks', program: '/opt/xyz-1' },
      'the application firewall has no entry for /opt/xyz-1: it asks, and what was answered is not known',
    ],
    [
      { kind: 'application', about: 'program', program: null },
      'whether an entry of the application firewall is for a program that is not known is not known',
    ],
    [
      { kind: 'application', about: 'essential', program: '/opt/xyz-1' },
      'the application firewall blocks all but basic services of the system, and /opt/xyz-1 may be one',
    ],
  ],
  holder: [
    [
      { kind: 'holder', rules: ['xyz-1'], apps: false },
      '“xyz-1”: it is for some programs, and whether the one that listens is among them is not known',
    ],
    [
      { kind: 'holder', rules: ['xyz-1'], apps: true },
      '“xyz-1”: it is for an app (a package), and whether the program that listens is that one is not known',
    ],
    [
      { kind: 'holder', rules: ['xyz-1', 'xyz-2', 'xyz-3', 'xyz-4'], apps: true },
      '4 rules for apps (packages), “xyz-1”, “xyz-2” and 2 more: whether the program that listens is one of them is not known',
    ],
    [
      { kind: 'holder', rules: ['xyz-1', 'xyz-2', 'xyz-3'], apps: false },
      '3 rules for some programs, “xyz-1”, “xyz-2” and “xyz-3”: whether the program that listens is one of them is not known',
    ],
  ],
  asks: [
    ...(
      [
        ['LPort=RPC', 'a port that Windows gives to remote procedure calls (RPC)'],
        ['LPort=PlayToDiscovery', 'a port at which devices to play to are found (PlayToDiscovery)'],
        ['LPort=Xyz1', 'the port Xyz1'],
        ['RPort=Xyz1', 'the other side’s port Xyz1'],
        ['TTK2_28=WFDCDPSvc', 'a connection that Windows itself has marked as WFDCDPSvc'],
        ['Owner=S-1-5-18', 'a program of the account S-1-5-18'],
        ['LUOwn=S-1-5-18', 'a program of the account S-1-5-18'],
        ['Security', 'somebody whom IPsec has authenticated'],
        ['Action=ByPass', 'somebody whom IPsec has authenticated, who then gets past every block'],
        ['RMauth=xyz_1', 'one of certain computers that IPsec has authenticated'],
        ['RUAuth=xyz_1', 'one of certain people whom IPsec has authenticated'],
        ['LUAuth=xyz_1', 'a program of certain people'],
        ['Platform=2:6:2', 'certain versions of Windows (Platform=2:6:2)'],
      ] as const
    ).map(([ask, text]): [Extract<Reason, { kind: 'asks' }>, string] => [
      { kind: 'asks', rules: ['xyz-1'], asks: [ask] },
      `“xyz-1” asks for ${text}, and whether that holds is not known`,
    ]),
    [
      { kind: 'asks', rules: ['xyz-1', 'xyz-2'], asks: ['Platform=2:6:2', 'Owner=S-1-5-18', 'Platform2=GTEQ'] },
      '2 rules (“xyz-1” and “xyz-2”) ask for a program of the account S-1-5-18 and certain versions of Windows (Platform=2:6:2, Platform2=GTEQ), and whether that holds is not known',
    ],
    [{ kind: 'asks', rules: ['xyz-1'], asks: ['Xyz=1_2', 'Service=?'] }, '“xyz-1”: Xyz=1_2, Service=?'],
    [
      { kind: 'asks', rules: [], asks: ['RA4=LocalSubnet'] },
      'which addresses are meant by the local network (LocalSubnet, IPv4)',
    ],
    [{ kind: 'asks', rules: [], asks: ['RA6=Xyz1'] }, 'which addresses are meant by Xyz1 (IPv6)'],
  ],
  'no-interface': [[{ kind: 'no-interface', interface: 'eth9' }, 'there is no interface eth9']],
  'hidden-family': [[{ kind: 'hidden-family' }, 'ct protocol (nft does not print for which family)']],
  tracking: [[{ kind: 'tracking' }, 'whether the kernel follows connections, without which nat chains are passed by']],
  'chain-order': [[{ kind: 'chain-order' }, 'which of several chains with the same priority comes first']],
  'sent-somewhere': [[{ kind: 'sent-somewhere' }, 'it is not known where this rule sends packets']],
  'several-places': [[{ kind: 'several-places' }, 'which of several places the kernel sends a packet to']],
  'route-localnet': [
    [{ kind: 'route-localnet' }, 'whether loopback may be spoken to from outside (route_localnet) was not read'],
  ],
  forwarding: [[{ kind: 'forwarding' }, 'whether this computer passes packets on (forwarding) was not read']],
  tangled: [[{ kind: 'tangled' }, 'the rules are too tangled to follow']],
  'rewritten-source': [[{ kind: 'rewritten-source' }, 'the source, which a rule on the way in has rewritten']],
  mark: [[{ kind: 'mark' }, 'the mark is set by a rule that cannot be followed']],
  'source-bits': [[{ kind: 'source-bits' }, 'some bits of the source alone']],
  answers: [[{ kind: 'answers' }, 'how answers to the source would leave']],
  'answers-unread': [
    [
      { kind: 'answers-unread' },
      'how answers to the source would leave: the rules of policy routing (ip rule) were not read',
    ],
  ],
  'policy-routing': [[{ kind: 'policy-routing' }, 'the rules of policy routing (ip rule) were not read']],
  'source-port': [[{ kind: 'source-port' }, 'it depends on the source port']],
  'takes-ipv4': [[{ kind: 'takes-ipv4' }, 'it is not known whether this socket takes IPv4 too']],
  'no-address': [[{ kind: 'no-address' }, 'the question holds something that is not an address']],
  'two-families': [[{ kind: 'two-families' }, 'source and destination are not of the same family']],
};

export const WHYS: Examples<GapWhy> = {
  missing: [[{ kind: 'missing' }, 'the program or file is not there']],
  refused: [[{ kind: 'refused' }, 'needs administrator rights']],
  timeout: [[{ kind: 'timeout' }, 'it took too long and was ended']],
  killed: [[{ kind: 'killed' }, 'it was ended by a signal']],
  'too-large': [[{ kind: 'too-large' }, 'it printed more than can be taken in']],
  failed: [
    [{ kind: 'failed', said: '' }, 'it reported an error'],
    [{ kind: 'failed', said: 'xyz: errno 13' }, 'it reported an error: xyz: errno 13'],
  ],
  'not-gathered': [[{ kind: 'not-gathered' }, 'it was not gathered']],
  nonsense: [[{ kind: 'nonsense' }, 'they make no sense']],
  'netstat-blind': [[{ kind: 'netstat-blind' }, 'netstat does not tell, and ss is not installed']],
  'ended-early': [[{ kind: 'ended-early' }, 'it ended before it was through']],
  'nft-missing': [[{ kind: 'nft-missing' }, 'the kernel holds nftables rules and the program nft is not installed']],
  dormancy: [[{ kind: 'dormancy' }, 'this version of nft does not tell whether the table is dormant']],
  'iptables-only': [[{ kind: 'iptables-only' }, 'nft holds rules that only iptables can show in full']],
  'not-nftables': [
    [{ kind: 'not-nftables' }, 'they are not nftables’ (FirewallBackend in /etc/firewalld/firewalld.conf)'],
  ],
  'written-by-others': [[{ kind: 'written-by-others' }, 'it holds what Portcullis did not write']],
  'not-shown': [[{ kind: 'not-shown' }, 'they are judged, but this version does not list them']],
  'within-wsl': [
    [
      { kind: 'within-wsl', sure: true, filter: 'off' },
      'what listens within Linux (WSL) is at this computer’s own addresses (mirrored networking), and Windows does not list it; the Hyper-V firewall is off for it',
    ],
    [
      { kind: 'within-wsl', sure: true, filter: 'allows' },
      'what listens within Linux (WSL) is at this computer’s own addresses (mirrored networking), and Windows does not list it; the Hyper-V firewall lets in to it whatever no rule blocks',
    ],
    [
      { kind: 'within-wsl', sure: true, filter: 'blocks' },
      'what listens within Linux (WSL) is at this computer’s own addresses (mirrored networking), and Windows does not list it; the Hyper-V firewall, not Windows Firewall, decides who reaches it',
    ],
    [
      { kind: 'within-wsl', sure: false, filter: null },
      'what listens within Linux (WSL) may be at this computer’s own addresses (mirrored networking), and Windows does not list it; what the Hyper-V firewall does there is not known',
    ],
  ],
  'no-force': [
    [{ kind: 'no-force', other: null }, 'its service (mpssvc) does not run, so nobody knows what is filtered'],
    [{ kind: 'no-force', other: 'xyz-1' }, 'another firewall has taken its place: xyz-1'],
  ],
  osquery: [
    [{ kind: 'osquery', of: 'rules' }, 'osquery shows only a part of them'],
    [{ kind: 'osquery', of: 'query' }, 'what the query of osquery left out is not in its log'],
    [{ kind: 'osquery', of: 'start' }, 'the log of osquery does not go back to the first result'],
    [{ kind: 'osquery', of: 'table' }, 'they are not in what osquery logged'],
    [{ kind: 'osquery', of: 'places' }, 'osquery lists those of containers with them, and does not say which are'],
  ],
  'would-be-lost': [
    [{ kind: 'would-be-lost' }, 'it is not what Portcullis’s file says, so it would be lost with a change'],
  ],
  'setting-invalid': [[{ kind: 'setting-invalid' }, 'the setting is missing or not valid']],
  'file-cut': [[{ kind: 'file-cut' }, 'the file is cut off']],
  'file-damaged': [[{ kind: 'file-damaged' }, 'its file is damaged']],
  'file-unreadable': [[{ kind: 'file-unreadable' }, 'its file cannot be read']],
  'depends-on-vrf': [[{ kind: 'depends-on-vrf' }, 'which sockets get its packets depends on more than rules']],
  'chooses-socket': [[{ kind: 'chooses-socket' }, 'it chooses which socket gets a packet']],
  'decides-beside': [[{ kind: 'decides-beside' }, 'it decides beside the rules, and may drop packets']],
  'sees-program': [[{ kind: 'sees-program' }, 'it sees what comes in for this program, and may drop it']],
  'drops-some': [[{ kind: 'drops-some' }, 'they see packets before the rules do, and drop some']],
  'drops-source': [[{ kind: 'drops-source' }, 'it drops what comes from there']],
  'leads-to-name': [[{ kind: 'leads-to-name' }, 'they lead to a name, which may be this computer']],
  'address-of-none': [[{ kind: 'address-of-none' }, 'ports are in use at an address that none of the adapters has']],
  'only-ipsec': [[{ kind: 'only-ipsec' }, 'only what comes through IPsec gets past it']],
  'sees-answers': [
    [{ kind: 'sees-answers', many: false }, 'it sees the answers of this computer, and may drop them'],
    [{ kind: 'sees-answers', many: true }, 'they see the answers of this computer, and may drop them'],
  ],
  'sees-packets': [
    [{ kind: 'sees-packets', many: false }, 'it sees packets before the rules do, and may drop or change them'],
    [{ kind: 'sees-packets', many: true }, 'they see packets before the rules do, and may drop or change them'],
  ],
  'acts-before': [
    [{ kind: 'acts-before', at: 'bridge' }, 'they act before the ordinary rules, in the bridge itself'],
    [{ kind: 'acts-before', at: 'device' }, 'they act before the ordinary rules, on the network device itself'],
  ],
  garbled: [
    [{ kind: 'garbled', by: 'ip' }, 'what ip printed could not be understood'],
    [{ kind: 'garbled', by: 'nft' }, 'what nft printed could not be understood'],
    [{ kind: 'garbled', by: 'firewalld' }, 'what firewalld answered could not be understood'],
    [{ kind: 'garbled', by: 'powershell' }, 'what powershell printed could not be understood'],
    [{ kind: 'garbled', by: 'ifconfig' }, 'what ifconfig printed could not be understood'],
    [{ kind: 'garbled', by: 'pfctl' }, 'what pfctl printed could not be understood'],
    [{ kind: 'garbled', by: 'socketfilterfw' }, 'what socketfilterfw printed could not be understood'],
  ],
  'lines-garbled': [
    [{ kind: 'lines-garbled', count: 1, of: null }, '1 line could not be understood'],
    [{ kind: 'lines-garbled', count: 2, of: 'ss' }, '2 lines of ss could not be understood'],
    [{ kind: 'lines-garbled', count: 4, of: 'lsof' }, '4 lines of lsof could not be understood'],
    [{ kind: 'lines-garbled', count: 3, of: 'netstat' }, '3 lines of netstat could not be understood'],
  ],
  'settings-refused': [
    [{ kind: 'settings-refused', count: 1 }, '1 setting could not be read'],
    [{ kind: 'settings-refused', count: 2 }, '2 settings could not be read'],
  ],
  complained: [[{ kind: 'complained', program: 'ss', said: 'xyz: errno 22' }, 'ss said: xyz: errno 22']],
  'gave-up': [
    [
      { kind: 'gave-up', said: 'there are more open files than could be looked through' },
      'there are more open files than could be looked through',
    ],
  ],
  message: [[{ kind: 'message', said: 'xyz: errno 1' }, 'xyz: errno 1']],
  'not-whole': [
    [
      { kind: 'not-whole', program: 'iptables-save', fault: { kind: 'unfinished-table', table: 'nat_1' } },
      'what iptables-save printed is not whole: table nat_1 is not finished',
    ],
    [
      { kind: 'not-whole', program: 'iptables-legacy-save', fault: { kind: 'missing-table', table: 'nat_1' } },
      'what iptables-legacy-save printed is not whole: table nat_1 is missing',
    ],
    [
      { kind: 'not-whole', program: 'ip6tables-save', fault: { kind: 'garbled', line: '-A xyz_1' } },
      'what ip6tables-save printed is not whole: not understood: -A xyz_1',
    ],
    [
      { kind: 'not-whole', program: 'iptables-save', fault: { kind: 'stray-commit' } },
      'what iptables-save printed is not whole: COMMIT without a table',
    ],
    [
      { kind: 'not-whole', program: 'iptables-save', fault: { kind: 'cut-line' } },
      'what iptables-save printed is not whole: the last line is not whole',
    ],
  ],
  'nft-in-chain': [
    [{ kind: 'nft-in-chain', chain: 'XYZ_1' }, 'chain XYZ_1 holds rules of nft that iptables cannot show'],
  ],
  'legacy-loaded': [
    [{ kind: 'legacy-loaded', why: { kind: 'refused' } }, 'legacy tables are loaded, but: needs administrator rights'],
  ],
  'ufw-line': [[{ kind: 'ufw-line', line: 'xyz_1 2' }, 'the line is not one that ufw understands: xyz_1 2']],
  undecided: Object.values(REASONS)
    .flat()
    .map(([reason, text]) => [{ kind: 'undecided', reason }, text]),
};

export const HOWS: Examples<GapHow> = {
  exact: [[{ kind: 'exact' }, 'portcullis scan --exact']],
  'exact-outside': [
    [{ kind: 'exact-outside' }, 'portcullis scan --exact, on the computer itself and not in a container'],
  ],
  'as-root': [[{ kind: 'as-root' }, 'sudo portcullis scan']],
  'other-firewall': [
    [{ kind: 'other-firewall', name: 'Contoso Firewall' }, 'look in the settings of Contoso Firewall itself'],
  ],
  'as-administrator': [[{ kind: 'as-administrator' }, 'scan again as administrator']],
  'scan-again': [[{ kind: 'scan-again' }, 'scan again']],
  'scan-there': [[{ kind: 'scan-there' }, 'on that computer: portcullis snapshot']],
  'install-iproute2': [[{ kind: 'install-iproute2' }, 'install the package iproute2, which has the program ss']],
  'install-perl': [[{ kind: 'install-perl' }, 'install perl, then scan again']],
  'other-tools': [[{ kind: 'other-tools' }, 'Use firewall-cmd, or your system’s firewall settings.']],
  'application-settings': [[{ kind: 'application-settings' }, 'look in System Settings, Network, Firewall']],
  'own-table': [
    [
      { kind: 'own-table' },
      'If a change was interrupted: portcullis undo. A rule that you added there belongs in a table of your own: sudo nft list table inet portcullis',
    ],
  ],
  'named-rule': [[{ kind: 'named-rule' }, 'look at the rule that is named']],
  command: [[{ kind: 'command', command: 'nft list table inet xyz_1' }, 'nft list table inet xyz_1']],
  'run-as-administrator': [
    [{ kind: 'run-as-administrator', command: 'Start-Service xyz-1' }, 'run, as administrator: Start-Service xyz-1'],
  ],
  run: [[{ kind: 'run', command: 'ip -j -4 route show table all' }, 'run: ip -j -4 route show table all']],
  edit: [[{ kind: 'edit', path: '/etc/default/ufw' }, 'edit /etc/default/ufw']],
  'look-at': [[{ kind: 'look-at', path: '/etc/ufw/user.rules' }, 'look at /etc/ufw/user.rules']],
  'look-into': [[{ kind: 'look-into', path: '/etc/xyz/1.nft' }, 'Look at /etc/xyz/1.nft']],
  'look-or-remove': [
    [{ kind: 'look-or-remove', path: '/home/xyz/kept.json' }, 'look at /home/xyz/kept.json, or remove it'],
  ],
};
