/** synthetic: Windows computers, made by hand after the documents; no Windows printed any of this. */
import type { Snapshot } from '../../../src/core/model.ts';
import { HOME, type MachineSaid, windowsSnapshot, profilesPrinted } from '../../core/firewalls/windows/machine.ts';
import { french, fresh, german, windows10 } from './windows/homes.ts';
import { powershell7 } from './windows/shown.ts';
import { behindNat, mirrored, refused, replaced } from './windows/work.ts';

const SVCHOST = '%SystemRoot%\\system32\\svchost.exe';
const svchost = (group: string): string => `C:\\WINDOWS\\system32\\svchost.exe -k ${group}`;

const rule = (name: string, value: string): { readonly name: string; readonly value: string } => ({ name, value });

/** Rules that Windows comes with, as far as these machines need them. */
const SHIPPED = [
  rule(
    'FPS-SMB-In-TCP',
    'v2.32|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Private|LPort=445|RA4=LocalSubnet|RA6=LocalSubnet|App=System|Name=@FirewallAPI.dll,-28511|Desc=@FirewallAPI.dll,-28514|EmbedCtxt=@FirewallAPI.dll,-28502|',
  ),
  rule(
    'NETDIS-SSDPSrv-In-UDP',
    `v2.32|Action=Allow|Active=TRUE|Dir=In|Protocol=17|Profile=Private|LPort=1900|RA4=LocalSubnet|RA6=LocalSubnet|App=${SVCHOST}|Svc=Ssdpsrv|Name=@FirewallAPI.dll,-32753|EmbedCtxt=@FirewallAPI.dll,-32752|`,
  ),
  rule(
    'MDNS-In-UDP',
    `v2.32|Action=Allow|Active=TRUE|Dir=In|Protocol=17|LPort=5353|RA4=LocalSubnet|RA6=LocalSubnet|App=${SVCHOST}|Svc=dnscache|Name=@%SystemRoot%\\system32\\firewallapi.dll,-37303|EmbedCtxt=@FirewallAPI.dll,-37302|`,
  ),
  rule(
    'DeliveryOptimization-TCP-In',
    `v2.32|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=7680|App=${SVCHOST}|Svc=dosvc|Name=@%systemroot%\\system32\\dosvc.dll,-102|EmbedCtxt=@%systemroot%\\system32\\dosvc.dll,-100|Edge=TRUE|`,
  ),
  rule(
    'RemoteDesktop-UserMode-In-TCP',
    `v2.32|Action=Allow|Active=FALSE|Dir=In|Protocol=6|LPort=3389|App=${SVCHOST}|Svc=termservice|Name=@FirewallAPI.dll,-28775|`,
  ),
  rule(
    '{A1B2C3D4-0000-4000-8000-000000000001}',
    'v2.32|Action=Allow|Active=TRUE|Dir=In|Profile=Domain|Profile=Private|Profile=Public|Name=@{Microsoft.XboxApp_48.49.31001.0_x64__8wekyb3d8bbwe?ms-resource://Microsoft.XboxApp/Resources/x}|LUOwn=S-1-5-21-1-2-3-1001|AppPkgId=S-1-15-2-1-2-3-4|EmbedCtxt=Xbox|Platform=2:6:2|Platform2=GTEQ|',
  ),
];

const SYSTEM_SERVICES = [
  { pid: 980, name: 'RpcEptMapper', command: svchost('RPCSS -p') },
  { pid: 980, name: 'RpcSs', command: svchost('rpcss -p') },
  { pid: 1500, name: 'Dnscache', command: svchost('NetworkService -p') },
  { pid: 2400, name: 'SSDPSRV', command: svchost('LocalServiceAndNoImpersonation -p') },
  { pid: 3100, name: 'DoSvc', command: svchost('NetworkService -p') },
  { pid: 3300, name: 'CDPSvc', command: svchost('LocalService -p') },
  { pid: 760, name: 'SamSs', command: 'C:\\WINDOWS\\system32\\lsass.exe' },
];

/** What an ordinary person is told: no paths of the system's processes. */
const SYSTEM_PROCESSES = [
  { pid: 4, name: 'System' },
  { pid: 620, name: 'wininit.exe', path: null, session: 0 },
  { pid: 760, name: 'lsass.exe', path: null, session: 0 },
  ...[980, 1500, 2400, 3100, 3300].map((pid) => ({ pid, name: 'svchost.exe', path: null, session: 0 })),
];

const SYSTEM_SOCKETS = [
  { at: 'tcp 0.0.0.0:135', pid: 980 },
  { at: 'tcp [::]:135', pid: 980 },
  { at: 'tcp 192.168.1.20:139', pid: 4 },
  { at: 'tcp 0.0.0.0:445', pid: 4 },
  { at: 'tcp [::]:445', pid: 4 },
  { at: 'tcp 0.0.0.0:5040', pid: 3300 },
  { at: 'tcp 0.0.0.0:49664', pid: 760 },
  { at: 'tcp [::]:49664', pid: 760 },
  { at: 'tcp 0.0.0.0:49665', pid: 620 },
  { at: 'tcp [::]:49665', pid: 620 },
  { at: 'udp 0.0.0.0:5353', pid: 1500 },
  { at: 'udp [::]:5353', pid: 1500 },
];

/** Windows 11 at home, in a private network. */
const home: MachineSaid = {
  host: 'HOME-PC',
  rules: [
    ...SHIPPED,
    rule(
      'TCP Query User{5D5B7A0E-0000-4000-8000-000000000002}C:\\users\\anna\\appdata\\roaming\\spotify\\spotify.exe',
      'v2.32|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Private|App=C:\\users\\anna\\appdata\\roaming\\spotify\\spotify.exe|Name=Spotify Music|Desc=Spotify Music|Defer=User|',
    ),
  ],
  effective: profilesPrinted(),
  processes: [
    ...SYSTEM_PROCESSES,
    {
      pid: 9000,
      name: 'Spotify.exe',
      path: 'C:\\Users\\anna\\AppData\\Roaming\\Spotify\\Spotify.exe',
      commandLine: '"C:\\Users\\anna\\AppData\\Roaming\\Spotify\\Spotify.exe"',
    },
  ],
  services: SYSTEM_SERVICES,
  sockets: [
    ...SYSTEM_SOCKETS,
    { at: 'tcp 0.0.0.0:7680', pid: 3100 },
    { at: 'tcp [::]:7680', pid: 3100 },
    { at: 'udp 0.0.0.0:1900', pid: 2400 },
    { at: 'tcp 0.0.0.0:57621', pid: 9000 },
    { at: 'tcp 127.0.0.1:4380', pid: 9000 },
    { at: 'tcp 192.168.1.20:51000', pid: 9000, peer: '35.186.224.25:443' },
  ],
};

/** Windows 10 in a company: group policy, in which rules made on the computer are inert. */
const office: MachineSaid = {
  host: 'OFFICE-7',
  rules: [
    ...SHIPPED,
    rule(
      '{B0000000-0000-4000-8000-000000000001}',
      'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=8080|Name=My test server|',
    ),
  ],
  policyRules: [
    rule(
      '{C0000000-0000-4000-8000-000000000001}',
      `v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort=3389|RA4=10.20.0.0/255.255.0.0|App=${SVCHOST}|Svc=TermService|Name=RDP from the administrators|`,
    ),
    rule(
      'WINRM-HTTP-In-TCP',
      'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort=5985|App=System|Security=Authenticate|Name=@FirewallAPI.dll,-30253|',
    ),
  ],
  local: {
    domain: { EnableFirewall: 1 },
    private: { EnableFirewall: 1 },
    public: { EnableFirewall: 0 },
  },
  policy: {
    domain: { EnableFirewall: 1, DefaultInboundAction: 1, AllowLocalPolicyMerge: 0 },
    private: { EnableFirewall: 1, DefaultInboundAction: 1, AllowLocalPolicyMerge: 0 },
    public: { EnableFirewall: 1, DefaultInboundAction: 1, AllowLocalPolicyMerge: 0, DoNotAllowExceptions: 1 },
  },
  adapters: [
    {
      alias: 'Ethernet',
      type: 6,
      guid: '{44444444-4444-4444-8444-444444444444}',
      category: 2,
      addresses: ['10.20.5.7/16', 'fe80::7/64'],
      gateways: ['10.20.0.1'],
      dns: ['10.20.0.2'],
      dhcp: ['10.20.0.2'],
      wins: [],
      weakHost: false,
    },
    { ...HOME, category: 0 },
  ],
  processes: [
    ...SYSTEM_PROCESSES,
    { pid: 1800, name: 'svchost.exe', path: null, session: 0 },
    { pid: 7000, name: 'java.exe', path: 'C:\\Program Files\\Java\\jdk-21\\bin\\java.exe' },
  ],
  services: [...SYSTEM_SERVICES, { pid: 1800, name: 'TermService', command: svchost('NetworkService') }],
  sockets: [
    ...SYSTEM_SOCKETS,
    { at: 'tcp 0.0.0.0:3389', pid: 1800 },
    { at: 'tcp [::]:3389', pid: 1800 },
    { at: 'tcp 0.0.0.0:5985', pid: 4 },
    { at: 'tcp [::]:5985', pid: 4 },
    { at: 'tcp 0.0.0.0:8080', pid: 7000 },
  ],
};

const NODE = 'C:\\program files\\nodejs\\node.exe';

/**
 * A developer's computer in a café: a question about node was dismissed once, so that blocks for it stand there; ports are
 * passed on to WSL and to this computer itself; http.sys listens for programs of the system; one process is not told of.
 */
const developer: MachineSaid = {
  host: 'DEV-LAPTOP',
  rules: [
    ...SHIPPED,
    rule(
      `TCP Query User{6E6E6E6E-0000-4000-8000-000000000001}${NODE}`,
      `v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|Profile=Public|App=${NODE}|Name=Node.js JavaScript Runtime|Desc=Node.js JavaScript Runtime|Defer=User|`,
    ),
    rule(
      `UDP Query User{6E6E6E6E-0000-4000-8000-000000000002}${NODE}`,
      `v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=17|Profile=Public|App=${NODE}|Name=Node.js JavaScript Runtime|Desc=Node.js JavaScript Runtime|Defer=User|`,
    ),
    rule(
      '{D0000000-0000-4000-8000-000000000001}',
      `v2.31|Action=Allow|Active=TRUE|Dir=In|Profile=Public|Profile=Private|App=${NODE}|Name=Node, all of it|`,
    ),
    rule(
      '{D0000000-0000-4000-8000-000000000002}',
      'v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=80|LPort2_10=8000-9999|Name=Web|',
    ),
  ],
  effective: profilesPrinted(),
  adapters: [
    { ...HOME, category: 0 },
    {
      alias: 'vEthernet (WSL (Hyper-V firewall))',
      type: 6,
      description: 'Hyper-V Virtual Ethernet Adapter #2',
      guid: '{55555555-5555-4555-8555-555555555555}',
      category: 'none',
      addresses: ['172.28.16.1/20', 'fe80::28/64'],
      gateways: [],
      dns: [],
      dhcp: [],
      wins: [],
      weakHost: false,
    },
  ],
  processes: [
    ...SYSTEM_PROCESSES,
    { pid: 2000, name: 'svchost.exe', path: null, session: 0 },
    {
      pid: 6000,
      name: 'node.exe',
      path: 'C:\\Program Files\\nodejs\\node.exe',
      commandLine: 'node C:\\work\\shop\\node_modules\\vite\\bin\\vite.js --host',
    },
    { pid: 6100, name: 'node.exe', path: 'C:\\Users\\ben\\.nvm\\v20\\node.exe', commandLine: 'node server.js' },
    { pid: 6200, name: 'postgres.exe', path: 'C:\\Program Files\\PostgreSQL\\17\\bin\\postgres.exe' },
  ],
  services: [...SYSTEM_SERVICES, { pid: 2000, name: 'iphlpsvc', command: svchost('NetSvcs -p') }],
  portProxy: [
    { family: 'v4tov4', name: '0.0.0.0/9999', value: '172.28.16.5/22' },
    { family: 'v4tov4', name: '*/9000', value: '127.0.0.1/3001' },
    { family: 'v4tov4', name: '0.0.0.0/7000', value: '192.168.1.101/22' },
  ],
  sockets: [
    ...SYSTEM_SOCKETS,
    { at: 'tcp 0.0.0.0:80', pid: 4 },
    { at: 'tcp [::]:80', pid: 4 },
    { at: 'tcp 0.0.0.0:5173', pid: 6000 },
    { at: 'tcp [::]:5173', pid: 6000 },
    { at: 'tcp 127.0.0.1:3001', pid: 6100 },
    { at: 'tcp 0.0.0.0:8080', pid: 6100 },
    { at: 'tcp 0.0.0.0:5432', pid: 6200 },
    { at: 'tcp 0.0.0.0:6789', pid: 8888 },
    { at: 'tcp 0.0.0.0:9999', pid: 2000 },
    { at: 'tcp 0.0.0.0:9000', pid: 2000 },
  ],
};

export const WINDOWS: Readonly<Record<string, Snapshot>> = {
  'windows-home': windowsSnapshot(home),
  'windows-office': windowsSnapshot(office),
  'windows-developer': windowsSnapshot(developer),
  'windows-10': windowsSnapshot(windows10),
  'windows-fresh': windowsSnapshot(fresh),
  'windows-german': windowsSnapshot(german),
  'windows-french': windowsSnapshot(french),
  'windows-replaced': windowsSnapshot(replaced),
  'windows-nat': windowsSnapshot(behindNat),
  'windows-mirrored': windowsSnapshot(mirrored),
  'windows-refused': windowsSnapshot(refused),
  'windows-powershell7': windowsSnapshot(powershell7),
};
