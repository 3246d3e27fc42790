/**
 * synthetic: the rules that Windows comes with, written out from a short list. Ids, ports, services and the numbers of the
 * texts (`@FirewallAPI.dll,-28511`) are those of published listings of Windows 10 and 11; which of them are on is chosen by
 * who asks. No computer printed this list.
 */

export interface RulePair {
  readonly name: string;
  readonly value: string;
}

/**
 * How many rules stand for one line of the list:
 *
 *   scoped   `id` for private and public networks, from the local subnet; `id-NoScope` for domains
 *   found    `id` for public, `id-Active` for private networks, both from the local subnet; `id-NoScope` for domains
 *   edge     `id` for public networks, `id-Active` for the others; Edge and Defer
 *   plain    one, for all networks
 *   subnet   one, from the local subnet
 */
type Kind = 'scoped' | 'found' | 'edge' | 'plain' | 'subnet';

/** Group, id, kind, protocol, ports (`135`, `RPC`, `a-b`), program, service, numbers of name and group, more fields. */
type Row = readonly [
  group: string,
  id: string,
  kind: Kind,
  protocol: number | null,
  ports: readonly string[],
  program: string,
  service: string | null,
  text: readonly [name: number, group: number],
  more?: string,
];

const HOST = '%SystemRoot%\\system32\\svchost.exe';
const SYSTEM32 = '%SystemRoot%\\system32\\';

const ROWS: readonly Row[] = [
  ['files', 'FPS-NB_Session-In-TCP', 'scoped', 6, ['139'], 'System', null, [28503, 28502]],
  ['files', 'FPS-SMB-In-TCP', 'scoped', 6, ['445'], 'System', null, [28511, 28502]],
  ['files', 'FPS-NB_Name-In-UDP', 'scoped', 17, ['137'], 'System', null, [28519, 28502]],
  ['files', 'FPS-NB_Datagram-In-UDP', 'scoped', 17, ['138'], 'System', null, [28527, 28502]],
  ['files', 'FPS-SpoolSvc-In-TCP', 'scoped', 6, ['RPC'], `${SYSTEM32}spoolsv.exe`, 'Spooler', [28535, 28502]],
  ['files', 'FPS-RPCSS-In-TCP', 'scoped', 6, ['RPC-EPMap'], HOST, 'Rpcss', [28539, 28502]],
  ['files', 'FPS-ICMP4-ERQ-In', 'scoped', 1, [], 'System', null, [28543, 28502], 'ICMP4=8:*|'],
  ['files', 'FPS-ICMP6-ERQ-In', 'scoped', 58, [], 'System', null, [28545, 28502], 'ICMP6=128:*|'],
  ['files', 'FPS-LLMNR-In-UDP', 'subnet', 17, ['5355'], HOST, 'dnscache', [28548, 28502]],
  ['restricted', 'FPS-SMB-In-TCP-V2', 'plain', 6, ['445'], 'System', null, [28673, 28672]],
  ['restricted', 'FPS-SpoolSvc-In-TCP-V2', 'plain', 6, ['RPC'], `${SYSTEM32}spoolsv.exe`, 'Spooler', [28675, 28672]],
  ['restricted', 'FPS-RPCSS-In-TCP-V2', 'plain', 6, ['RPC-EPMap'], HOST, 'Rpcss', [28679, 28672]],
  ['restricted', 'FPS-LLMNR-In-UDP-V2', 'subnet', 17, ['5355'], HOST, 'dnscache', [28686, 28672]],
  ['discovery', 'NETDIS-UPnPHost-In-TCP', 'found', 6, ['2869'], 'System', null, [32761, 32752]],
  ['discovery', 'NETDIS-NB_Name-In-UDP', 'found', 17, ['137'], 'System', null, [32769, 32752]],
  ['discovery', 'NETDIS-NB_Datagram-In-UDP', 'found', 17, ['138'], 'System', null, [32777, 32752]],
  ['discovery', 'NETDIS-WSDEVNTS-In-TCP', 'found', 6, ['5358'], 'System', null, [32813, 32752]],
  ['discovery', 'NETDIS-WSDEVNT-In-TCP', 'found', 6, ['5357'], 'System', null, [32817, 32752]],
  ['discovery', 'NETDIS-SSDPSrv-In-UDP', 'found', 17, ['1900'], HOST, 'Ssdpsrv', [32753, 32752]],
  ['discovery', 'NETDIS-FDPHOST-In-UDP', 'found', 17, ['3702'], HOST, 'fdphost', [32785, 32752]],
  ['discovery', 'NETDIS-FDRESPUB-WSD-In-UDP', 'found', 17, ['3702'], HOST, 'fdrespub', [32809, 32752]],
  ['discovery', 'NETDIS-LLMNR-In-UDP', 'found', 17, ['5355'], HOST, 'dnscache', [32801, 32752]],
  ['discovery', 'NETDIS-DAS-In-UDP', 'found', 17, ['3702'], `${SYSTEM32}dashost.exe`, null, [32825, 32752]],
  ['discovery', 'NETDIS-UPnPHost-In-TCP-Teredo', 'plain', 6, [], 'System', null, [32762, 32752], 'TTK2_27=UPnP|'],
  ['desktop', 'RemoteDesktop-UserMode-In-TCP', 'plain', 6, ['3389'], HOST, 'termservice', [28775, 28752]],
  ['desktop', 'RemoteDesktop-UserMode-In-UDP', 'plain', 17, ['3389'], HOST, 'termservice', [28776, 28752]],
  [
    'desktop',
    'RemoteDesktop-Shadow-In-TCP',
    'plain',
    6,
    [],
    `${SYSTEM32}RdpSa.exe`,
    null,
    [28778, 28752],
    'Edge=TRUE|Defer=App|',
  ],
  ['assistance', 'RemoteAssistance-In-TCP-EdgeScope', 'edge', 6, [], `${SYSTEM32}msra.exe`, null, [33003, 33002]],
  ['assistance', 'RemoteAssistance-PnrpSvc-UDP-In-EdgeScope', 'edge', 17, ['3540'], HOST, 'pnrpsvc', [33039, 33002]],
  [
    'assistance',
    'RemoteAssistance-DCOM-In-TCP-NoScope-Active',
    'plain',
    6,
    ['135'],
    HOST,
    'rpcss',
    [33035, 33002],
    'Profile=Domain|',
  ],
  [
    'assistance',
    'RemoteAssistance-SSDPSrv-In-UDP-Active',
    'subnet',
    17,
    ['1900'],
    HOST,
    'Ssdpsrv',
    [33019, 33002],
    'Profile=Domain|Profile=Private|',
  ],
  [
    'assistance',
    'RemoteAssistance-SSDPSrv-In-TCP-Active',
    'subnet',
    6,
    ['2869'],
    'System',
    null,
    [33027, 33002],
    'Profile=Domain|Profile=Private|',
  ],
  [
    'assistance',
    'RemoteAssistance-RAServer-In-TCP-NoScope-Active',
    'plain',
    6,
    [],
    `${SYSTEM32}raserver.exe`,
    null,
    [33011, 33002],
    'Profile=Domain|',
  ],
  ['core', 'CoreNet-ICMP6-DU-In', 'plain', 58, [], 'System', null, [25110, 25000], 'ICMP6=1:*|Edge=TRUE|'],
  ['core', 'CoreNet-ICMP6-PTB-In', 'plain', 58, [], 'System', null, [25001, 25000], 'ICMP6=2:*|Edge=TRUE|'],
  ['core', 'CoreNet-ICMP6-TE-In', 'plain', 58, [], 'System', null, [25113, 25000], 'ICMP6=3:*|Edge=TRUE|'],
  ['core', 'CoreNet-ICMP6-NDS-In', 'plain', 58, [], 'System', null, [25019, 25000], 'ICMP6=135:*|Edge=TRUE|'],
  ['core', 'CoreNet-ICMP6-RA-In', 'plain', 58, [], 'System', null, [25012, 25000], 'ICMP6=134:*|RA6=fe80::/64|'],
  ['core', 'CoreNet-ICMP6-LQ-In', 'subnet', 58, [], 'System', null, [25061, 25000], 'ICMP6=130:*|'],
  ['core', 'CoreNet-ICMP4-DUFRAG-In', 'plain', 1, [], 'System', null, [25251, 25000], 'ICMP4=3:4|'],
  ['core', 'CoreNet-IGMP-In', 'plain', 2, [], 'System', null, [25376, 25000]],
  ['core', 'CoreNet-DHCP-In', 'plain', 17, ['68'], HOST, 'dhcp', [25301, 25000], 'RPort=67|'],
  ['core', 'CoreNet-DHCPV6-In', 'plain', 17, ['546'], HOST, 'dhcp', [25304, 25000], 'RPort=547|'],
  ['core', 'CoreNet-Teredo-In', 'plain', 17, ['Teredo'], HOST, 'iphlpsvc', [25326, 25000]],
  ['core', 'CoreNet-IPHTTPS-In', 'plain', 6, ['IPTLSIn', 'IPHTTPSIn'], 'System', null, [25426, 25000]],
  ['core', 'CoreNet-IPv6-In', 'plain', 41, [], 'System', null, [25351, 25000]],
  ['names', 'MDNS-In-UDP-Public', 'subnet', 17, ['5353'], HOST, 'dnscache', [37303, 37302], 'Profile=Public|'],
  ['names', 'MDNS-In-UDP-Private', 'subnet', 17, ['5353'], HOST, 'dnscache', [37303, 37302], 'Profile=Private|'],
  ['names', 'MDNS-In-UDP-Domain', 'plain', 17, ['5353'], HOST, 'dnscache', [37303, 37302], 'Profile=Domain|'],
  ['delivery', 'DeliveryOptimization-TCP-In', 'plain', 6, ['7680'], HOST, 'dosvc', [102, 100], 'Edge=TRUE|'],
  ['delivery', 'DeliveryOptimization-UDP-In', 'plain', 17, ['7680'], HOST, 'dosvc', [103, 100], 'Edge=TRUE|'],
  ['devices', 'CDPSvc-In-TCP', 'plain', 6, [], HOST, 'CDPSvc', [37407, 37402], 'Profile=Domain|Profile=Private|'],
  ['devices', 'CDPSvc-In-UDP', 'plain', 17, [], HOST, 'CDPSvc', [37403, 37402], 'Profile=Domain|Profile=Private|'],
  ['devices', 'CDPSvc-WFD-In-TCP', 'plain', 6, [], HOST, 'CDPSvc', [37411, 37402], 'Profile=Public|TTK2_28=WFDCDPSvc|'],
  ['cast', 'PlayTo-HTTPSTR-In-TCP-NoScope', 'plain', 6, ['10246'], 'System', null, [36002, 36001], 'Profile=Domain|'],
  [
    'cast',
    'PlayTo-HTTPSTR-In-TCP-PlayToScope',
    'plain',
    6,
    ['10246'],
    'System',
    null,
    [36002, 36001],
    'Profile=Public|RA42=Ply2Renders|RA62=Ply2Renders|',
  ],
  [
    'cast',
    'PlayTo-HTTPSTR-In-TCP-LocalSubnetScope',
    'subnet',
    6,
    ['10246'],
    'System',
    null,
    [36002, 36001],
    'Profile=Private|',
  ],
  [
    'cast',
    'PlayTo-In-RTSP-PlayToScope',
    'plain',
    6,
    ['23554', '23555', '23556'],
    `${SYSTEM32}mdeserver.exe`,
    null,
    [36008, 36001],
    'Profile=Public|RA42=Ply2Renders|RA62=Ply2Renders|',
  ],
  [
    'cast',
    'PlayTo-In-UDP-LocalSubnetScope',
    'subnet',
    17,
    [],
    `${SYSTEM32}mdeserver.exe`,
    null,
    [36104, 36001],
    'Profile=Private|',
  ],
  [
    'cast',
    'PlayTo-SSDP-Discovery-PlayToScope',
    'plain',
    17,
    ['Ply2Disc'],
    HOST,
    'ssdpsrv',
    [36104, 36001],
    'Profile=Public|',
  ],
  [
    'cast',
    'DIAL-Protocol-Server-In-TCP-NoScope',
    'plain',
    6,
    ['10247'],
    'System',
    null,
    [37102, 37101],
    'Profile=Domain|',
  ],
  [
    'cast',
    'DIAL-Protocol-Server-HTTPSTR-In-TCP-LocalSubnetScope',
    'subnet',
    6,
    ['10247'],
    'System',
    null,
    [37102, 37101],
    'Profile=Private|',
  ],
  [
    'display',
    'WirelessDisplay-In-TCP',
    'plain',
    6,
    [],
    `${SYSTEM32}WUDFHost.exe`,
    null,
    [10200, 100],
    'LUAuth=O:LSD:(A;;CC;;;UD)|TTK2_22=WFDDisplay|',
  ],
  ['display', 'WirelessDisplay-Infra-In-TCP', 'plain', 6, ['7250'], `${SYSTEM32}CastSrv.exe`, null, [10206, 100]],
  [
    'display',
    'Microsoft-Windows-WLANSvc-ASP-CP-In',
    'subnet',
    17,
    ['7235'],
    HOST,
    'WlanSvc',
    [37376, 36864],
    'RPort=7235|',
  ],
  ['display', 'WiFiDirect-KM-Driver-In-UDP', 'plain', 17, [], 'System', null, [37380, 36865], 'TTK2_27=WFDKmDriver|'],
  [
    'display',
    'WFDPRINT-DAFWSD-In-Active',
    'plain',
    null,
    [],
    `${SYSTEM32}dashost.exe`,
    null,
    [36852, 36851],
    'Profile=Public|LUAuth=O:LSD:(A;;CC;;;S-1-5-92-3339056971-1291069075-3798698925-2882100687-0)|TTK2_22=WFDPrint|',
  ],
  [
    'display',
    'ProximityUxHost-Sharing-In-TCP-NoScope',
    'plain',
    6,
    [],
    `${SYSTEM32}proximityuxhost.exe`,
    null,
    [36252, 36251],
    'TTK=ProxSharing|',
  ],
  ['cameras', 'NVS-FrameServer-In-UDP', 'subnet', 17, ['5000-5020'], HOST, 'FrameServer', [54006, 54001]],
  [
    'remote',
    'WINRM-HTTP-In-TCP-NoScope',
    'plain',
    6,
    ['5985'],
    'System',
    null,
    [30253, 30267],
    'Profile=Domain|Profile=Private|',
  ],
  ['remote', 'WINRM-HTTP-In-TCP', 'subnet', 6, ['5985'], 'System', null, [30253, 30267], 'Profile=Public|'],
  ['remote', 'WINRM-HTTP-Compat-In-TCP', 'scoped', 6, ['80'], 'System', null, [35001, 30252]],
  ['remote', 'WMI-RPCSS-In-TCP', 'scoped', 6, ['135'], HOST, 'rpcss', [34252, 34251]],
  ['remote', 'WMI-WINMGMT-In-TCP', 'scoped', 6, [], HOST, 'winmgmt', [34254, 34251]],
  ['remote', 'WMI-ASYNC-In-TCP', 'scoped', 6, [], '%systemroot%\\system32\\wbem\\unsecapp.exe', null, [34256, 34251]],
  ['remote', 'RemoteEventLogSvc-In-TCP', 'scoped', 6, ['RPC'], HOST, 'Eventlog', [29253, 29252]],
  ['remote', 'RemoteEventLogSvc-NP-In-TCP', 'scoped', 6, ['445'], 'System', null, [29257, 29252]],
  ['remote', 'RemoteEventLogSvc-RPCSS-In-TCP', 'scoped', 6, ['RPC-EPMap'], HOST, 'RPCSS', [29265, 29252]],
  ['remote', 'RemoteSvcAdmin-In-TCP', 'scoped', 6, ['RPC'], `${SYSTEM32}services.exe`, null, [29503, 29502]],
  ['remote', 'RemoteSvcAdmin-NP-In-TCP', 'scoped', 6, ['445'], 'System', null, [29507, 29502]],
  ['remote', 'RemoteSvcAdmin-RPCSS-In-TCP', 'scoped', 6, ['RPC-EPMap'], HOST, 'RPCSS', [29515, 29502]],
  ['remote', 'RemoteTask-In-TCP', 'scoped', 6, ['RPC'], HOST, 'schedule', [33253, 33252]],
  ['remote', 'RemoteTask-RPCSS-In-TCP', 'scoped', 6, ['RPC-EPMap'], HOST, 'RPCSS', [33257, 33252]],
  ['remote', 'RemoteFwAdmin-In-TCP', 'scoped', 6, ['RPC'], HOST, 'policyagent', [30003, 30002]],
  ['remote', 'RemoteFwAdmin-RPCSS-In-TCP', 'scoped', 6, ['RPC-EPMap'], HOST, 'RPCSS', [30007, 30002]],
  ['remote', 'RVM-VDS-In-TCP', 'scoped', 6, ['RPC'], `${SYSTEM32}vds.exe`, 'vds', [34502, 34501]],
  ['remote', 'RVM-VDSLDR-In-TCP', 'scoped', 6, ['RPC'], `${SYSTEM32}vdsldr.exe`, null, [34504, 34501]],
  [
    'remote',
    'PerfLogsAlerts-PLASrv-In-TCP',
    'scoped',
    6,
    [],
    '%systemroot%\\system32\\plasrv.exe',
    null,
    [34753, 34752],
  ],
  [
    'remote',
    'PerfLogsAlerts-DCOM-In-TCP',
    'scoped',
    6,
    ['135'],
    '%systemroot%\\system32\\svchost.exe',
    'rpcss',
    [34755, 34752],
  ],
  [
    'remote',
    'Wininit-Shutdown-In-Rule-TCP-RPC',
    'plain',
    6,
    ['RPC'],
    '%systemroot%\\system32\\wininit.exe',
    null,
    [36753, 36751],
  ],
  ['remote', 'Netlogon-TCP-RPC-In', 'plain', 6, ['RPC'], '%SystemRoot%\\System32\\lsass.exe', null, [37684, 37681]],
  ['remote', 'EventForwarder-In-TCP', 'plain', 6, ['RPC'], `${SYSTEM32}NetEvtFwdr.exe`, null, [36802, 36801]],
  ['remote', 'SNMPTRAP-In-UDP', 'scoped', 17, ['162'], `${SYSTEM32}snmptrap.exe`, 'SNMPTRAP', [50327, 50323]],
  ['transactions', 'MSDTC-In-TCP', 'scoped', 6, [], `${SYSTEM32}msdtc.exe`, null, [33503, 33502]],
  ['transactions', 'MSDTC-KTMRM-In-TCP', 'scoped', 6, ['RPC'], HOST, 'ktmrm', [33511, 33502]],
  ['transactions', 'MSDTC-RPCSS-In-TCP', 'scoped', 6, ['RPC-EPMap'], HOST, 'RPCSS', [33513, 33502]],
  ['storage', 'MsiScsi-In-TCP', 'scoped', 6, [], HOST, 'Msiscsi', [29003, 29002]],
  ['routing', 'RRAS-GRE-In', 'plain', 47, [], 'System', null, [33769, 33752]],
  ['routing', 'RRAS-L2TP-In-UDP', 'plain', 17, ['1701'], 'System', null, [33753, 33752]],
  ['routing', 'RRAS-PPTP-In-TCP', 'plain', 6, ['1723'], 'System', null, [33765, 33752]],
  ['routing', 'SSTP-IN-TCP', 'plain', 6, ['443'], 'System', null, [35002, 35001]],
  ['cache', 'Microsoft-Windows-PeerDist-HttpTrans-In', 'plain', 6, ['80'], 'SYSTEM', null, [10000, 9000]],
  [
    'cache',
    'Microsoft-Windows-PeerDist-WSD-In',
    'subnet',
    17,
    ['3702'],
    '%systemroot%\\system32\\svchost.exe',
    'PeerDistSvc',
    [10002, 9001],
  ],
  ['media', 'WMPNSS-HTTPSTR-In-TCP', 'scoped', 6, ['10243'], 'System', null, [31285, 31252]],
  ['media', 'WMPNSS-QWave-In-UDP', 'scoped', 17, ['2177'], HOST, 'Qwave', [31253, 31252]],
  ['media', 'WMPNSS-SSDPSrv-In-UDP', 'subnet', 17, ['1900'], HOST, 'Ssdpsrv', [31269, 31252]],
  ['media', 'MCX-QWave-In-TCP', 'subnet', 6, ['2177'], HOST, 'Qwave', [30777, 30752]],
  ['peers', 'Collab-PNRP-In-UDP', 'plain', 17, ['3540'], HOST, 'PNRPSvc', [32019, 32002], 'Edge=TRUE|Defer=App|'],
  ['machines', 'vm-monitoring-dcom', 'plain', 6, ['135'], HOST, 'RpcSs', [709, 700]],
  ['machines', 'vm-monitoring-rpc', 'plain', 6, ['RPC'], HOST, 'Schedule', [707, 700]],
  ['cards', 'TPMVSCMGR-Server-In-TCP', 'scoped', 6, [], `${SYSTEM32}RmtTpmVscMgrSvr.exe`, null, [36504, 36501]],
];

/** What a fresh Windows has on: how it gets an address and finds others, and what it offers at home. */
const FRESH: ReadonlySet<string> = new Set([
  'core',
  'names',
  'delivery',
  'devices',
  'cast',
  'display',
  'cameras',
  'assistance',
]);

export interface Predefined {
  /** `2.32`; Windows 10 writes 2.29 to 2.31, Windows 11 2.31 to 2.33. */
  readonly version: string;
  /** Groups that are on beside those of a fresh one, and others that are off: `-cast`. */
  readonly groups?: readonly string[];
}

/** All of them, with the outgoing twins of many, in the order of the list. */
export function predefined({ version, groups = [] }: Predefined): readonly RulePair[] {
  const on = new Set([...FRESH, ...groups].filter((group) => !groups.includes(`-${group}`)));
  return ROWS.flatMap((row) => variantsOf(row, on).flatMap((one) => written(row, one, version)));
}

interface Variant {
  readonly suffix: string;
  readonly profiles: string;
  readonly subnet: boolean;
  readonly active: boolean;
}

function variantsOf([group, , kind]: Row, on: ReadonlySet<string>): readonly Variant[] {
  const active = on.has(group);
  const one = (suffix: string, profiles: string, subnet: boolean, is = active): Variant => ({
    suffix,
    profiles,
    subnet,
    active: is,
  });
  switch (kind) {
    case 'scoped':
      return [one('', 'Profile=Private|Profile=Public|', true), one('-NoScope', 'Profile=Domain|', false)];
    case 'found':
      // In private networks it is on from the start; elsewhere somebody turns it on.
      return [
        one('', 'Profile=Public|', true),
        one('-Active', 'Profile=Private|', true, true),
        one('-NoScope', 'Profile=Domain|', false),
      ];
    case 'edge':
      return [one('', 'Profile=Public|', false, false), one('-Active', 'Profile=Domain|Profile=Private|', false)];
    case 'plain':
      return [one('', '', false)];
    case 'subnet':
      return [one('', '', true)];
  }
}

function written(row: Row, { suffix, profiles, subnet, active }: Variant, version: string): readonly RulePair[] {
  const [, id, kind, protocol, ports, program, service, [text, group], more = ''] = row;
  const head = (direction: 'In' | 'Out'): string =>
    `v${version}|Action=Allow|Active=${active ? 'TRUE' : 'FALSE'}|Dir=${direction}|${protocol === null ? '' : `Protocol=${protocol}|`}${profiles}`;
  const around = subnet ? 'RA4=LocalSubnet|RA6=LocalSubnet|' : '';
  const names = `App=${program}|${service === null ? '' : `Svc=${service}|`}Name=@FirewallAPI.dll,-${text}|Desc=@FirewallAPI.dll,-${text + 1}|EmbedCtxt=@FirewallAPI.dll,-${group}|`;
  const edge = kind === 'edge' ? 'Edge=TRUE|Defer=App|' : '';
  const at = ports.map((port) => `${keyOf(port)}=${port}|`).join('');
  const inbound = { name: `${id}${suffix}`, value: `${head('In')}${at}${around}${names}${more}${edge}` };
  const twin = ports.length === 1 && /^\d+$/.test(ports[0] ?? '') && id.includes('-In-');
  return twin
    ? [
        inbound,
        {
          name: `${id.replace('-In-', '-Out-')}${suffix}`,
          value: `${head('Out')}${at.replace('LPort', 'RPort')}${around}${names}`,
        },
      ]
    : [inbound];
}

/** Ranges and some words have keys of their own. */
const keyOf = (port: string): string =>
  port.includes('-') && /^\d/.test(port)
    ? 'LPort2_10'
    : port.startsWith('IP')
      ? 'LPort2_10'
      : port.startsWith('Ply2')
        ? 'LPort2_20'
        : 'LPort';

/** Apps that come with Windows, by package: what they may do, and who is let in to those that take connections. */
const APPS: readonly (readonly [name: string, publisher: string, takes: boolean])[] = [
  ['Microsoft.AAD.BrokerPlugin', 'cw5n1h2txyewy', true],
  ['Microsoft.Windows.CloudExperienceHost', 'cw5n1h2txyewy', true],
  ['Microsoft.Win32WebViewHost', 'cw5n1h2txyewy', true],
  ['Microsoft.Windows.StartMenuExperienceHost', 'cw5n1h2txyewy', true],
  ['Microsoft.LockApp', 'cw5n1h2txyewy', false],
  ['Microsoft.Windows.ContentDeliveryManager', 'cw5n1h2txyewy', false],
  ['Microsoft.XboxGamingOverlay', '8wekyb3d8bbwe', true],
  ['Microsoft.WindowsStore', '8wekyb3d8bbwe', false],
  ['Microsoft.YourPhone', '8wekyb3d8bbwe', true],
  ['Microsoft.ZuneMusic', '8wekyb3d8bbwe', true],
  ['MicrosoftWindows.Client.CBS', 'cw5n1h2txyewy', true],
  ['Microsoft.DesktopAppInstaller', '8wekyb3d8bbwe', false],
];

/** Rules for apps: by container (`AppPkgId`) until 23H2, by the family of the package (`PFN`) from 24H2 on. */
export function appRules({
  version,
  by,
}: {
  readonly version: string;
  readonly by: 'AppPkgId' | 'PFN';
}): readonly RulePair[] {
  return APPS.flatMap(([app, publisher, takes], at) => {
    const family = `${app}_${publisher}`;
    const name = `@{${app}_1000.${at}.1.0_neutral__${publisher}?ms-resource://${app}/Resources/DisplayName}`;
    const who =
      by === 'PFN'
        ? `PFN=${family}|LUOwn=S-1-5-18|`
        : `LUOwn=S-1-5-21-1-2-3-1001|AppPkgId=S-1-15-2-${at + 1}-2-3-4-5-6-7|`;
    const rule = (direction: string, profiles: string, more: string): string =>
      `v${version}|Action=Allow|Active=TRUE|Dir=${direction}|${profiles}Name=${name}|Desc=${name}|${who}EmbedCtxt=${name}|${more}`;
    const all = 'Profile=Domain|Profile=Private|Profile=Public|';
    const id = by === 'PFN' ? family : `{${(at + 0xa000).toString(16).toUpperCase()}0000-0000-4000-8000-000000000000}`;
    return [
      { name: `${id}-Out-Allow-AllCapabilities`, value: rule('Out', all, '') },
      ...(takes
        ? [
            {
              name: `${id}-In-Allow-ServerCapability`,
              value: rule('In', 'Profile=Domain|Profile=Private|', by === 'PFN' ? '' : 'Edge=TRUE|'),
            },
          ]
        : []),
    ];
  });
}
