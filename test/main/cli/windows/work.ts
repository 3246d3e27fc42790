/** synthetic: Windows at work: managed, of developers, and read with much refused. */
import { HOME, type MachineSaid, profilesPrinted } from '../../../core/firewalls/windows/machine.ts';
import { appRules, predefined } from '../../../core/firewalls/windows/predefined.ts';
import { PROCESSES, SERVICES, SOCIAL, SVCHOST, asked, both, rule, sockets } from './system.ts';

const HEADQUARTERS = {
  alias: 'Ethernet',
  type: 6,
  description: 'Intel(R) Ethernet Connection (16) I219-LM',
  guid: '{44444444-4444-4444-8444-444444444444}',
  category: 'DomainAuthenticated',
  addresses: ['10.20.5.7/16', 'fe80::7/64'],
  gateways: ['10.20.0.1'],
  dns: ['10.20.0.2', '10.20.0.3'],
  dhcp: ['10.20.0.2'],
  wins: [],
  weakHost: false,
};

const POLICY = { EnableFirewall: 1, DefaultInboundAction: 1, AllowLocalPolicyMerge: 0 };

/** Group policy in which local rules are inert, and a product of another maker that has taken the firewall's place. */
export const replaced: MachineSaid = {
  host: 'OFFICE-12',
  rules: [
    ...predefined({ version: '2.32', groups: ['files', 'desktop', 'remote'] }),
    ...asked('C:\\Program Files\\Java\\jdk-21\\bin\\java.exe', 'OpenJDK Platform binary', 'Allow', 'Domain', '2.32'),
  ],
  policyRules: [
    rule(
      '{C1000000-0000-4000-8000-000000000001}',
      `v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort=3389|RA4=10.20.0.0/255.255.0.0|App=${SVCHOST}|Svc=TermService|Name=RDP from the administrators|`,
    ),
  ],
  policy: { domain: POLICY, private: POLICY, public: { ...POLICY, DoNotAllowExceptions: 1 } },
  adapters: [HEADQUARTERS, { ...HOME, up: false, category: 'none', addresses: [] }],
  processes: [...PROCESSES, { pid: 7000, name: 'java.exe', path: 'C:\\Program Files\\Java\\jdk-21\\bin\\java.exe' }],
  services: SERVICES,
  parts: { products: { ok: [{ name: 'Contoso Endpoint Firewall', categories: [0, 1, 2, 3] }] } },
  sockets: [...sockets('10.20.5.7'), { at: 'tcp 0.0.0.0:8080', pid: 7000 }],
};

const DOCKER = 'C:\\Program Files\\Docker\\Docker\\resources\\com.docker.backend.exe';

/**
 * WSL 2 behind NAT, Docker Desktop, and ports that are passed on to Linux. The cable is taken by an external switch of
 * Hyper-V, whose own adapter has the addresses.
 */
export const behindNat: MachineSaid = {
  host: 'DEV-WSL',
  rules: [
    ...predefined({ version: '2.33', groups: ['machines'] }),
    ...appRules({ version: '2.33', by: 'PFN' }),
    ...asked(DOCKER, 'Docker Desktop Backend', 'Allow', 'Private', '2.33'),
    rule(
      '{D2000000-0000-4000-8000-000000000001}',
      'v2.33|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=2222|RA4=LocalSubnet|Name=SSH of WSL|',
    ),
  ],
  effective: profilesPrinted(),
  adapters: [
    { ...HEADQUARTERS, category: 'none', addresses: [], gateways: [], dns: [], dhcp: [], weakHost: null },
    {
      ...HEADQUARTERS,
      alias: 'vEthernet (External)',
      description: 'Hyper-V Virtual Ethernet Adapter',
      guid: '{66666666-6666-4666-8666-666666666666}',
      category: 'Private',
      addresses: ['192.168.1.30/24', 'fe80::30/64', '2001:db8:1::30/64'],
      gateways: ['192.168.1.1'],
      dns: ['192.168.1.1'],
      dhcp: ['192.168.1.1'],
    },
    {
      alias: 'vEthernet (WSL (Hyper-V firewall))',
      description: 'Hyper-V Virtual Ethernet Adapter #2',
      guid: '{55555555-5555-4555-8555-555555555555}',
      category: 'Public',
      addresses: ['172.28.16.1/20', 'fe80::28/64'],
      gateways: [],
      dns: [],
      dhcp: [],
      wins: [],
      weakHost: false,
    },
  ],
  processes: [
    ...PROCESSES,
    { pid: 2000, name: 'svchost.exe', path: null, session: 0 },
    { pid: 6000, name: 'com.docker.backend.exe', path: DOCKER, packageFamily: 'none' },
    { pid: 6100, name: 'wslrelay.exe', path: 'C:\\Program Files\\WSL\\wslrelay.exe', packageFamily: 'none' },
    {
      pid: 6200,
      name: 'Code.exe',
      path: 'C:\\Users\\ben\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe',
      packageFamily: 'none',
    },
  ],
  services: [...SERVICES, { pid: 2000, name: 'iphlpsvc', command: 'C:\\WINDOWS\\System32\\svchost.exe -k NetSvcs -p' }],
  states: { listening: 'LISTENING', established: 'ESTABLISHED' },
  parts: { wsl: { ok: [] } },
  portProxy: [{ family: 'v4tov4', name: '0.0.0.0/2222', value: '172.28.16.5/22' }],
  sockets: [
    ...sockets('192.168.1.30'),
    { at: 'tcp 0.0.0.0:2222', pid: 2000 },
    ...both('tcp', 8080, 6000),
    ...both('tcp', 5432, 6000),
    { at: 'tcp [::1]:3000', pid: 6100 },
    { at: 'tcp 0.0.0.0:9229', pid: 6200 },
  ],
};

/** WSL in mirrored mode: Linux shares the computer's addresses, and its ports have a firewall of their own. */
export const mirrored: MachineSaid = {
  host: 'DEV-MIRROR',
  rules: [
    ...predefined({ version: '2.33' }),
    ...appRules({ version: '2.33', by: 'PFN' }),
    rule(
      'OpenSSH-Server-In-TCP',
      'v2.33|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Private|LPort=22|App=%SystemRoot%\\system32\\OpenSSH\\sshd.exe|Name=OpenSSH SSH Server (sshd)|Desc=Inbound rule for OpenSSH SSH Server (sshd)|EmbedCtxt=OpenSSH Server|',
    ),
    rule(
      '{D3000000-0000-4000-8000-000000000001}',
      'v2.33|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort2_10=5000-5999|RA4=192.168.1.0/255.255.255.0|RA6=fe80::/64|Name=Development|',
    ),
  ],
  effective: profilesPrinted(),
  processes: [
    ...PROCESSES,
    { pid: 2900, name: 'sshd.exe', path: null, session: 0 },
    {
      pid: 6000,
      name: 'node.exe',
      path: 'C:\\Program Files\\nodejs\\node.exe',
      commandLine: 'node C:\\work\\shop\\node_modules\\vite\\bin\\vite.js --host',
    },
    { pid: 6100, name: 'wslrelay.exe', path: 'C:\\Program Files\\WSL\\wslrelay.exe' },
  ],
  parts: {
    wsl: { ok: [{ name: 'wsl2.networkingMode', value: 'mirrored' }] },
    hyperV: {
      ok: {
        settings: {
          Name: '{40E0AC32-46A5-438A-A0B2-2B479E8F2E90}',
          Enabled: 'True',
          DefaultInboundAction: 'Block',
          DefaultOutboundAction: 'Allow',
          LoopbackEnabled: 'True',
          AllowHostPolicyMerge: 'True',
        },
        profiles: [],
        rules: {
          Name: 'WSL-Web',
          VMCreatorId: '{40E0AC32-46A5-438A-A0B2-2B479E8F2E90}',
          Direction: 'Inbound',
          Action: 'Allow',
          Enabled: 'True',
          Protocol: 'TCP',
          LocalPorts: '8080',
        },
      },
    },
  },
  services: [...SERVICES, { pid: 2900, name: 'sshd', command: 'C:\\WINDOWS\\System32\\OpenSSH\\sshd.exe' }],
  states: { listening: 'LISTENING', established: 'ESTABLISHED' },
  sockets: [
    ...sockets('192.168.1.20'),
    ...both('tcp', 22, 2900),
    ...both('tcp', 5173, 6000),
    { at: 'tcp 127.0.0.1:8888', pid: 6100 },
  ],
};

/** Much of it was refused or failed: group policy, the list of services, paths of processes, a row of netstat. */
export const refused: MachineSaid = {
  host: 'LOCKED-5',
  rules: predefined({ version: '2.31', groups: ['files'] }),
  adapters: [{ ...HOME, category: null }],
  processes: [],
  parts: {
    policyRules: { error: { kind: 'refused', said: 'Requested registry access is not allowed.' } },
    effectiveProfiles: {
      error: { kind: 'failed', said: 'There are no more endpoints available from the endpoint mapper.' },
    },
    processes: { error: { kind: 'timeout' } },
    services: { error: { kind: 'failed', said: 'Access denied' } },
    portProxy: { error: { kind: 'refused' } },
    products: undefined,
  },
  states: { listening: 'LISTENING', established: 'ESTABLISHED' },
  sockets: [...sockets('192.168.1.20'), ...SOCIAL],
};
