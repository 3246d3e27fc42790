/** Rules as text, made up over the whole grammar of [MS-GPFAS] 2.2.2.19, and damage to them. */
import fc from 'fast-check';

const word = (...words: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...words);
const anyCase = (text: string): fc.Arbitrary<string> => fc.constantFrom(text, text.toLowerCase(), text.toUpperCase());
const port = fc.integer({ min: 0, max: 65535 }).map(String);
const range = fc
  .tuple(fc.integer({ min: 0, max: 65535 }), fc.integer({ min: 0, max: 65535 }))
  .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
const four = fc
  .tuple(fc.ipV4(), fc.constantFrom('', '/8', '/24', '/255.255.0.0'))
  .map(([address, mask]) => `${address}${mask}`);
const six = fc.tuple(fc.ipV6(), fc.constantFrom('', '/64', '/128')).map(([address, mask]) => `${address}${mask}`);
const keyword = word('LocalSubnet', 'DNS', 'DHCP', 'WINS', 'DefaultGateway');
const free = fc.string({ maxLength: 30 }).map((text) => text.replaceAll('|', ''));
const sid = word('D:(A;;CC;;;S-1-5-84-0-0-0-0-0)', 'O:LSD:(A;;CC;;;AU)');

const FIELDS: readonly (readonly [string, fc.Arbitrary<string>])[] = [
  ['Action', word('Allow', 'Block', 'ByPass')],
  ['Active', word('TRUE', 'FALSE')],
  ['Dir', word('In', 'Out')],
  ['Protocol', fc.integer({ min: 0, max: 255 }).map(String)],
  ['Profile', word('Domain', 'Private', 'Public')],
  ['LPort', fc.oneof(port, word('RPC', 'RPC-EPMap', 'Teredo'))],
  ['LPort2_10', fc.oneof(range, word('IPTLSIn', 'IPHTTPSIn'))],
  ['LPort2_20', word('DHCP', 'Ply2Disc')],
  ['LPort2_24', word('mDNS')],
  ['RPort', port],
  ['RPort2_10', range],
  ['LA4', four],
  ['LA6', six],
  ['RA4', fc.oneof(four, keyword)],
  ['RA6', fc.oneof(six, keyword)],
  ['RA42', word('IntErnet', 'IntrAnet', 'RmtIntrAnet', 'Ply2Renders', 'CaptivePortal')],
  ['RA62', word('IntErnet', 'IntrAnet', 'RmtIntrAnet', 'Ply2Renders')],
  ['App', word('System', '%SystemRoot%\\System32\\svchost.exe', 'C:\\Program Files\\nodejs\\node.exe')],
  ['Svc', word('RpcSs', 'Dnscache', '*')],
  ['Name', fc.oneof(free, word('@FirewallAPI.dll,-28502', '@{a.b_1?ms-resource://a.b/Resources/Name}'))],
  ['Desc', free],
  ['EmbedCtxt', free],
  ['Edge', word('TRUE', 'FALSE')],
  ['Defer', word('App', 'User')],
  ['LSM', word('TRUE')],
  ['LOM', word('TRUE')],
  ['PCross', word('TRUE')],
  ['Security', word('Authenticate', 'AuthenticateEncrypt')],
  ['RMauth', sid],
  ['RUAuth', sid],
  ['LUAuth', sid],
  ['LUOwn', word('S-1-5-21-1-2-3-1001')],
  ['AppPkgId', word('S-1-15-2-1-2-3')],
  ['PFN', word('Microsoft.App_8wekyb3d8bbwe')],
  ['Platform', word('2:6:2')],
  ['Platform2', word('GTEQ')],
  ['ICMP4', word('8:*', '3:4')],
  ['ICMP6', word('128:*')],
  ['IF', word('{0A1B2C3D-0000-4000-8000-00000000ABCD}')],
  ['IFType', word('Lan', 'Wireless', 'RemoteAccess')],
  ['TTK', word('1')],
  ['TTK2_22', word('x')],
  ['Later3_1', free],
];

const field = fc
  .constantFrom(...FIELDS)
  .chain(([key, value]) => fc.tuple(anyCase(key), value).map(([name, text]) => `${name}=${text}`));

/** Any rule that the grammar knows, keys in any case and order. */
export const ruleText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('v', 'V'),
    fc.constantFrom('2.0', '2.10', '2.22', '2.31', '2.33'),
    fc.array(field, { minLength: 1, maxLength: 14 }),
  )
  .map(([v, version, fields]) => `${v}${version}|${fields.join('|')}|`);

/** The same, with something cut, doubled, changed or put in; and mere noise. */
export const damagedText: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(ruleText, fc.nat(), fc.nat({ max: 40 })).map(([text, at, length]) => {
    const from = at % text.length;
    return text.slice(0, from) + text.slice(from + length);
  }),
  fc.tuple(ruleText, fc.nat(), fc.string({ maxLength: 6 })).map(([text, at, noise]) => {
    const from = at % text.length;
    return text.slice(0, from) + noise + text.slice(from);
  }),
  fc.tuple(ruleText, fc.nat()).map(([text, at]) => text.slice(0, at % text.length)),
  fc.tuple(ruleText, ruleText, fc.nat()).map(([a, b, at]) => a.slice(0, at % a.length) + b),
  fc.string({ maxLength: 60 }),
  fc
    .array(fc.constantFrom('|', '=', 'v', '2', '.', '0', 'Dir', 'In', '-', '/', '%'), { maxLength: 40 })
    .map((all) => all.join('')),
);
