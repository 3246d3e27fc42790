/**
 * synthetic: a Windows of which the registry was not to be read, so that Get-NetFirewallRule had to tell, by PowerShell 7:
 * lists are lists, enumerations are words, and names of rules are those of the language.
 */
import { HOME, type MachineSaid } from '../../../core/firewalls/windows/machine.ts';
import { type RulePair, appRules, predefined } from '../../../core/firewalls/windows/predefined.ts';
import { PROCESSES, SERVICES, SOCIAL, both, rule, sockets } from './system.ts';

/** What Get-NetFirewallRule and its filters say of a rule of the registry. */
function shown({ name, value }: RulePair): unknown {
  const fields = value
    .split('|')
    .slice(1, -1)
    .map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)] as const);
  const all = (...keys: readonly string[]): readonly string[] =>
    fields.flatMap(([key, text]) => (keys.includes(key) ? [text] : []));
  const any = (values: readonly string[]): readonly string[] => (values.length === 0 ? ['Any'] : [...new Set(values)]);
  const [protocol = 'Any'] = all('Protocol');
  const names: Readonly<Record<string, string>> = { 1: 'ICMPv4', 6: 'TCP', 17: 'UDP', 58: 'ICMPv6' };
  const words: Readonly<Record<string, string>> = {
    'RPC-EPMap': 'RPCEPMap',
    IPTLSIn: 'IPHTTPSIn',
    Ply2Disc: 'PlayToDiscovery',
  };
  return {
    InstanceID: name,
    DisplayName: all('Name')[0]?.startsWith('@') === true ? `${name} (displayed)` : all('Name')[0],
    Enabled: all('Active')[0] === 'TRUE' ? 'True' : 'False',
    Profile: any(all('Profile')).join(', '),
    Direction: all('Dir')[0] === 'In' ? 'Inbound' : 'Outbound',
    Action: all('Action')[0],
    PolicyStoreSourceType: 'Local',
    Owner: all('LUOwn')[0] ?? null,
    Platform: all('Platform'),
    LocalOnlyMapping: false,
    RemoteDynamicKeywordAddresses: [],
    LocalAddress: ['Any'],
    RemoteAddress: any(all('RA4', 'RA6', 'RA42', 'RA62')),
    Protocol: names[protocol] ?? protocol,
    LocalPort: any(all('LPort', 'LPort2_10', 'LPort2_20').map((port) => words[port] ?? port)),
    RemotePort: any(all('RPort')),
    DynamicTarget: all('TTK', 'TTK2_22', 'TTK2_27', 'TTK2_28')[0] ?? 'Any',
    Program: all('App')[0] ?? 'Any',
    Package: all('AppPkgId')[0] ?? null,
    PackageFamilyName: all('PFN')[0] ?? null,
    Service: all('Svc')[0] ?? 'Any',
    InterfaceAlias: ['Any'],
    InterfaceType: 'Any',
    Authentication: 'NotRequired',
    Encryption: 'NotRequired',
    OverrideBlockRules: false,
    LocalUser: all('LUAuth')[0] ?? 'Any',
    RemoteUser: 'Any',
    RemoteMachine: 'Any',
  };
}

const profile = (Name: string) => ({
  Name,
  Enabled: 'True',
  DefaultInboundAction: 'NotConfigured',
  DefaultOutboundAction: 'NotConfigured',
  AllowInboundRules: 'NotConfigured',
  AllowLocalFirewallRules: 'NotConfigured',
  AllowUserApps: 'NotConfigured',
  AllowUserPorts: 'NotConfigured',
  DisabledInterfaceAliases: ['NotConfigured'],
});

export const powershell7: MachineSaid = {
  host: 'HOME-SEVEN',
  effective: ['Domain', 'Private', 'Public'].map(profile),
  adapters: [{ ...HOME, category: 'Private' }],
  processes: [
    ...PROCESSES,
    {
      pid: 7000,
      name: 'syncthing.exe',
      path: 'C:\\Users\\anna\\AppData\\Local\\Programs\\Syncthing\\syncthing.exe',
      packageFamily: 'none',
    },
    {
      pid: 7100,
      name: 'ZuneMusic.exe',
      path: 'C:\\Program Files\\WindowsApps\\Microsoft.ZuneMusic_11.2501.1.0_x64__8wekyb3d8bbwe\\Microsoft.Media.Player.exe',
      packageFamily: 'Microsoft.ZuneMusic_8wekyb3d8bbwe',
    },
  ],
  services: SERVICES,
  states: { listening: 'LISTENING', established: 'ESTABLISHED' },
  parts: {
    localRules: { error: { kind: 'refused', said: 'Requested registry access is not allowed.' } },
    rules: {
      ok: [
        ...predefined({ version: '2.33', groups: ['-display'] }),
        ...appRules({ version: '2.33', by: 'PFN' }),
        rule(
          '{A7000000-0000-4000-8000-000000000001}',
          'v2.33|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Private|LPort=22000|App=C:\\Users\\anna\\AppData\\Local\\Programs\\Syncthing\\syncthing.exe|Name=Syncthing|',
        ),
      ].map(shown),
    },
  },
  sockets: [
    ...sockets('192.168.1.20'),
    ...SOCIAL,
    ...both('tcp', 22000, 7000),
    { at: 'tcp 127.0.0.1:8384', pid: 7000 },
    { at: 'tcp 0.0.0.0:9022', pid: 7100 },
  ],
};
