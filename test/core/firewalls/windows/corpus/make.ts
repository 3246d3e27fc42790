/**
 * synthetic: rules as text, over the whole grammar of [MS-GPFAS] 2.2.2.19 and what published listings have beside it. The
 * same texts in every run; they stand in rules.txt, one a line.
 */
import { appRules, predefined } from '../predefined.ts';

/** Park and Miller's generator. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

const VERSIONS = Array.from({ length: 34 }, (_, minor) => `v2.${minor}`);

/** Every key with the values that it may have; those of the second list need a rule's rest around them. */
const ASKS: Readonly<Record<string, readonly string[]>> = {
  Protocol: ['0', '1', '2', '6', '17', '41', '47', '58', '132', '255', '256', 'TCP', ''],
  LPort: ['0', '1', '80', '3000', '65535', '65536', 'RPC', 'RPC-EPMap', 'Teredo', 'rpc-epmap', '80-90', ''],
  LPort2_10: ['8000-8010', '1-65535', '90-80', 'IPTLSIn', 'IPHTTPSIn', '3000-3000'],
  LPort2_20: ['DHCP', 'Ply2Disc'],
  LPort2_24: ['mDNS'],
  LPort2_29: ['CortanaDevice', 'Later'],
  RPort: ['67', '547', '5353', '65535', 'x'],
  RPort2_10: ['1024-65535', '10-1', 'IPTLSOut', 'IPHTTPSOut'],
  LA4: ['192.168.1.20', '192.168.1.0/255.255.255.0', '10.0.0.0/8', '10.1.2.3-10.1.2.9', 'LocalSubnet'],
  LA6: ['fe80::20', 'fe80::/64', '2001:db8:1::20', 'fe80::1-fe80::f'],
  RA4: [
    'LocalSubnet',
    'DNS',
    'DHCP',
    'WINS',
    'DefaultGateway',
    '192.168.1.0/24',
    '10.0.0.0/255.0.0.0',
    '10.0.0.1-10.0.0.9',
    '10.0.0.9-10.0.0.1',
    '192.168.1.50',
    '1.2.3.4/255.0.255.0',
    '300.1.1.1',
    '::1',
    '',
  ],
  RA6: ['LocalSubnet', 'DNS', 'DefaultGateway', 'fe80::/64', '2001:db8::/32', 'fe80::1-fe80::ff', 'fe80::1%12', 'x::y'],
  RA42: ['IntErnet', 'IntrAnet', 'RmtIntrAnet', 'Ply2Renders', 'CaptivePortal', 'LocalSubnet'],
  RA62: ['IntErnet', 'IntrAnet', 'RmtIntrAnet', 'Ply2Renders', 'CaptivePortal'],
  Profile: ['Domain', 'Private', 'Public', 'public', 'Standard', ''],
  App: [
    'System',
    'SYSTEM',
    'C:\\Apps\\server.exe',
    '%ProgramFiles%\\nodejs\\node.exe',
    '%SystemRoot%\\system32\\svchost.exe',
    'C:\\Users\\anna\\AppData\\Local\\Programs\\Tool – neu\\tool.exe',
    'D:\\プログラム\\サーバー.exe',
    '\\\\server\\share\\a=b\\tool.exe',
    'C:\\Progra~1\\x\\y.exe',
    'C:\\a\u2018b\u2019\u201a\u201b.exe',
    '',
  ],
  Svc: ['RpcSs', 'rpcss', '*', 'CDPUserSvc_1a2b3', ''],
  IF: ['{0A1B2C3D-0000-4000-8000-00000000ABCD}', '{11111111-1111-4111-8111-111111111111}', 'x', ''],
  IFType: ['Lan', 'Wireless', 'RemoteAccess', 'LAN', 'Tunnel'],
  ICMP4: ['8:*', '3:4', '0:0'],
  ICMP6: ['128:*', '1:3'],
  Security: ['Authenticate', 'AuthenticateEncrypt', 'AnotherWord'],
  Security2: ['AuthDynEnc'],
  Security2_9: ['AuthNoEncap'],
  RMauth: ['O:LSD:(A;;CC;;;S-1-5-21-1-2-3-515)', 'D:(A;;CC;;;AU)'],
  RUAuth: ['O:LSD:(A;;CC;;;S-1-5-21-1-2-3-513)'],
  LUAuth: ['O:LSD:(A;;CC;;;S-1-5-84-0-0-0-0-0)', 'D:(A;;CC;;;BA)'],
  LUAuth2_24: ['O:LSD:(A;;CC;;;IU)'],
  LUOwn: ['S-1-5-21-1-2-3-1001', 'S-1-5-18'],
  AppPkgId: ['S-1-15-2-1-2-3-4-5-6-7', '*', ''],
  PFN: ['Microsoft.ZuneMusic_8wekyb3d8bbwe', '*', ''],
  Platform: ['2:6:2', '2:10:0', '1:5:1'],
  Platform2: ['GTEQ'],
  TTK: ['ProxSharing', 'WFDPrint'],
  TTK2_22: ['WFDDisplay', 'WFDPrint'],
  TTK2_27: ['UPnP', 'WFDKmDriver'],
  TTK2_28: ['WFDCDPSvc'],
  LOM: ['TRUE', 'FALSE'],
  PCross: ['TRUE', 'FALSE'],
  AuthByPassOut: ['TRUE', 'FALSE'],
  NNm: ['Corp'],
  SecurityRealmId: ['1'],
  Later3_1: ['something', 'a=b=c', ''],
  Constructor: ['x'],
  HasOwnProperty: ['x'],
};

/** What says nothing of who gets in. */
const SILENT: Readonly<Record<string, readonly string[]>> = {
  Name: [
    'Web',
    'Web = Test = 1',
    '@FirewallAPI.dll,-28502',
    '@{a.b_1.0.0.0_x64__cw5n1h2txyewy?ms-resource://a.b/Resources/Name}',
    'Remotedesktop – Benutzermodus (TCP eingehend)',
    'Découverte de réseau (SSDP-Entrée)',
    'リモート デスクトップ',
    'اسم القاعدة',
    '\u201cquoted\u201d \u2018and\u2019 $(calc) `x`; & %PATH%',
    'a\u202egnp.exe',
    '😀 rule',
    '',
  ],
  Desc: ['@FirewallAPI.dll,-28503', 'Für den Test', 'x'.repeat(2000), ''],
  EmbedCtxt: ['@FirewallAPI.dll,-28502', 'Gruppe', 'Portcullis'],
  Edge: ['TRUE', 'FALSE'],
  Defer: ['App', 'User'],
  LSM: ['TRUE', 'FALSE'],
};

const caseOf = (key: string, how: number): string =>
  how === 1 ? key.toLowerCase() : how === 2 ? key.toUpperCase() : key;

export function corpusOfRules(): readonly string[] {
  const pick = numbers(20261128);
  const of = <T>(list: readonly T[]): T => list[pick(list.length)] as T;
  const version = (): string => (pick(12) === 0 ? of(VERSIONS).toUpperCase() : of(VERSIONS));
  const head = (action = of(['Allow', 'Allow', 'Allow', 'Block', 'ByPass'])): string =>
    `${version()}|Action=${action}|Active=TRUE|Dir=In|`;
  const lines: string[] = [];
  // Each value of each key alone, twice: after a port, and after a program.
  for (const [key, values] of Object.entries({ ...ASKS, ...SILENT }))
    for (const value of values)
      lines.push(
        `${head('Allow')}Protocol=6|LPort=3000|${key}=${value}|`,
        `${head()}App=C:\\Apps\\server.exe|${caseOf(key, pick(3))}=${value}|`,
      );
  // Several at once, in any order and case.
  const all = Object.entries({ ...ASKS, ...SILENT });
  while (lines.length < 860) {
    const fields = Array.from({ length: 1 + pick(7) }, () => {
      const [key, values] = of(all);
      return `${caseOf(key, pick(8))}=${of(values)}|`;
    });
    lines.push(`${head()}${fields.join('')}`);
  }
  // In the order of a person, or of another program: the head at the end, words in odd case, active or not, out.
  for (let at = 0; at < 60; at++) {
    const direction = of(['In', 'IN', 'in', 'Out', 'x']);
    const active = of(['TRUE', 'True', 'FALSE', 'yes', '']);
    lines.push(
      `${version()}|Name=at the end ${at}|LPort=${of(['80', '3000'])}|Dir=${direction}|active=${active}|ACTION=${of(['allow', 'BLOCK', 'Drop'])}|`,
    );
  }
  // Very long.
  lines.push(
    `${head('Allow')}${Array.from({ length: 500 }, (_, at) => `LPort=${1000 + at}|`).join('')}`,
    `${head('Allow')}${Array.from({ length: 300 }, (_, at) => `RA4=10.0.${at % 256}.0/255.255.255.0|`).join('')}`,
    `${head('Allow')}App=C:\\${'a'.repeat(6000)}.exe|`,
  );
  const shipped = [
    ...predefined({ version: '2.31', groups: ['files', 'desktop', 'remote', 'media'] }),
    ...appRules({ version: '2.30', by: 'AppPkgId' }),
    ...appRules({ version: '2.33', by: 'PFN' }),
  ];
  lines.push(...shipped.map(({ value }) => value).filter((value) => value.includes('|Dir=In|')));
  return [...new Set(lines)];
}
