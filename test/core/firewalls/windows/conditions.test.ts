/** What a rule asks for and cannot be told from here leaves the verdict unknown: never blocked, never open. */
import { describe, expect, test } from 'vitest';
import { readFacts, worldOf } from '../../../../src/core/facts.ts';
import { createJudge } from '../../../../src/core/reach/index.ts';
import { windowsRedactor } from '../../../../src/core/redact/windows.ts';
import { type Asked, askWindows } from './judge.ts';
import { HOME, type MachineSaid, windowsSnapshot } from './machine.ts';

type Verdict = 'open' | 'blocked' | 'unknown';
type Case = readonly [expected: Verdict, rules: readonly string[], asked?: Asked, said?: MachineSaid];

const ALLOW = 'Allow|LPort=3000';

function cases(about: string, all: readonly Case[]): void {
  describe(about, () => {
    for (const [expected, rules, asked = {}, said = {}] of all)
      test(`${expected}: ${JSON.stringify([rules, asked, said])}`, () => {
        const answer = askWindows({ ...said, rules }, asked);
        expect(answer.verdict).toBe(expected);
        expect(answer.reasons.length > 0).toBe(expected === 'unknown');
      });
  });
}

// ---------------------------------------------------------------- rules as the cmdlets print them

/** A rule that lets in whoever wants to come in, as Get-NetFirewallRule shows it with its filters. */
const SHOWN = {
  InstanceID: 'id',
  DisplayName: 'A rule',
  Enabled: 'True',
  Profile: 'Any',
  Direction: 'Inbound',
  Action: 'Allow',
  PolicyStoreSourceType: 'Local',
  Owner: '',
  Platform: [],
  LocalOnlyMapping: false,
  RemoteDynamicKeywordAddresses: [],
  LocalAddress: 'Any',
  RemoteAddress: 'Any',
  Protocol: 'TCP',
  LocalPort: '3000',
  RemotePort: 'Any',
  DynamicTarget: 'Any',
  Program: 'Any',
  Package: '',
  Service: 'Any',
  InterfaceAlias: 'Any',
  InterfaceType: 'Any',
  Authentication: 'NotRequired',
  Encryption: 'NotRequired',
  OverrideBlockRules: false,
  LocalUser: 'Any',
  RemoteUser: 'Any',
  RemoteMachine: 'Any',
};

/** The registry could not be read, so the cmdlets' rules stand in. */
function askShown(rules: readonly unknown[], said: MachineSaid = {}): string {
  return askWindows({
    ...said,
    parts: { localRules: { error: { kind: 'failed', said: 'no' } }, rules: { ok: rules } },
  }).verdict;
}

const changed = (changes: Readonly<Record<string, unknown>>): unknown => ({ ...SHOWN, ...changes });
const without = (name: string): unknown => Object.fromEntries(Object.entries(SHOWN).filter(([key]) => key !== name));

describe('rules as the cmdlets print them', () => {
  test('one that asks for nothing else lets in', () => expect(askShown([SHOWN])).toBe('open'));

  test.each([
    ['open', 'Any'],
    ['open', 0],
    ['open', '0'],
    ['unknown', 'ProximityApps'],
    ['unknown', 1],
    ['unknown', 'WifiDirectDevices'],
    ['unknown', null],
    ['unknown', ''],
    ['unknown', {}],
  ])('%s: DynamicTarget %j', (expected, DynamicTarget) =>
    expect(askShown([changed({ DynamicTarget })])).toBe(expected),
  );

  test('a version that has no DynamicTarget', () => expect(askShown([without('DynamicTarget')])).toBe('open'));

  const FILTERS = [
    'LocalAddress',
    'RemoteAddress',
    'Protocol',
    'LocalPort',
    'RemotePort',
    'Program',
    'Service',
    'InterfaceAlias',
    'InterfaceType',
    'Authentication',
    'Encryption',
    'LocalUser',
    'RemoteUser',
    'RemoteMachine',
    'OverrideBlockRules',
    'LocalOnlyMapping',
    'PolicyStoreSourceType',
    'Enabled',
    'Profile',
    'Direction',
    'Action',
  ];
  test.each(FILTERS)('%s that is empty is not known', (name) => {
    for (const value of [null, '', [], [''], { value: [], Count: 0 }])
      expect(askShown([changed({ [name]: value })]), JSON.stringify(value)).toBe('unknown');
  });
  test.each([...FILTERS, 'Package'])('%s that is not there is not known', (name) =>
    expect(askShown([without(name)])).toBe('unknown'),
  );
  test.each(['Package', 'Owner', 'Platform', 'RemoteDynamicKeywordAddresses'])('%s is printed empty', (name) => {
    for (const value of [null, '', [], ['']])
      expect(askShown([changed({ [name]: value })]), JSON.stringify(value)).toBe('open');
  });

  test.each([
    ['blocked', { Package: 'S-1-15-2-1' }],
    ['unknown', { Package: '*' }],
    ['unknown', { PackageFamilyName: 'a_b' }],
    ['unknown', { PackageFamilyName: '*' }],
    ['unknown', { PolicyAppId: 'x' }],
    ['open', { PackageFamilyName: '', PolicyAppId: null }],
  ])('%s: %j', (expected, changes) => expect(askShown([changed(changes)])).toBe(expected));

  test.each(['None', 'Dynamic', 'Generated', 'Hardcoded', 'Else', 0, 99, null])(
    'a rule of the store %j counts where local ones do not, and nobody knows how',
    (PolicyStoreSourceType) => {
      const policy = { private: { AllowLocalPolicyMerge: 0 } };
      expect(askShown([changed({ PolicyStoreSourceType })], { policy })).toBe('unknown');
      expect(askShown([changed({ PolicyStoreSourceType })])).toBe('unknown');
      expect(askShown([SHOWN], { policy })).toBe('blocked');
    },
  );

  test('what may override blocks is not stopped by one', () => {
    const block = changed({ Action: 'Block' });
    expect(askShown([SHOWN, block])).toBe('blocked');
    expect(askShown([without('OverrideBlockRules'), block])).toBe('unknown');
    expect(askShown([SHOWN, without('OverrideBlockRules')])).toBe('open');
  });
});

// ---------------------------------------------------------------- packages

const SVCHOST: Asked = { path: 'C:\\Windows\\System32\\svchost.exe', services: ['Dnscache'] };

cases('a family of packages is no container', [
  ['unknown', ['Allow|PFN=a_b']],
  ['unknown', ['Allow|PFN=a_b'], { contained: false }],
  ['unknown', [ALLOW, 'Block|PFN=a_b'], { contained: false }],
  ['unknown', ['Allow|PFN=a_b'], { path: 'C:\\Program Files\\WindowsApps\\a\\a.exe', contained: false }],
  ['unknown', ['Allow|PFN=a_b'], { path: 'C:\\Program Files\\WindowsApps\\a\\a.exe', services: ['a'] }],
  ['unknown', ['Allow|PFN=a_b'], { path: 'C:\\Program Files\\a\\a.exe', services: ['a'] }],
  ['unknown', ['Allow|PFN=a_b'], { path: null }],
  ['unknown', ['Allow|PFN=a_b'], { path: 'C:\\Windows\\System32\\cmd.exe' }],
  ['blocked', ['Allow|PFN=a_b'], { path: 'System' }],
  ['blocked', ['Allow|PFN=a_b'], SVCHOST],
  ['open', [ALLOW, 'Block|PFN=a_b'], SVCHOST],
  ['blocked', ['Allow|PFN=a_b|AppPkgId=S-1-15-2-1'], { contained: false }],
  ['blocked', ['Allow|PFN=a_b|LPort=3001']],
]);

cases('a family of packages, where the program was asked for its own', [
  ['open', ['Allow|PFN=a_b'], { packageFamily: 'a_b' }],
  ['open', ['Allow|PFN=A_B'], { packageFamily: 'a_b', contained: true }],
  ['blocked', [ALLOW, 'Block|PFN=a_b'], { packageFamily: 'a_b' }],
  ['blocked', ['Allow|PFN=a_b'], { packageFamily: 'c_d' }],
  ['open', [ALLOW, 'Block|PFN=a_b'], { packageFamily: 'c_d' }],
  ['blocked', ['Allow|PFN=a_b'], { packageFamily: 'none' }],
  ['blocked', ['Allow|PFN=none'], { packageFamily: 'none' }],
  ['unknown', ['Allow|PFN=a_b'], { packageFamily: null }],
  ['open', ['Allow|PFN=a_b'], { path: null, packageFamily: 'a_b' }],
  ['unknown', ['Allow|PFN=a_b|PFN=c_d'], { packageFamily: 'a_b' }],
  ['unknown', ['Allow|PFN=a_b|AppPkgId=S-1-15-2-1'], { packageFamily: 'a_b', contained: true }],
]);

const WININIT = { pid: 9, name: 'wininit.exe', path: null, session: 0 };
const LISTENS: Asked = { path: null, file: 'wininit.exe' };

cases('a process of which the system has one is of no package', [
  ['unknown', ['Allow|PFN=a_b'], LISTENS],
  ['unknown', ['Allow|PFN=a_b'], { ...LISTENS, session: 0 }, { processes: [WININIT] }],
  ['unknown', ['Allow|PFN=a_b'], { ...LISTENS, session: 1 }],
  ['blocked', ['Allow|PFN=a_b'], { ...LISTENS, session: 0 }],
  ['blocked', ['Allow|PFN=a_b|AppPkgId=S-1-15-2-1'], { ...LISTENS, session: 0 }],
  ['unknown', ['Allow|PFN=a_b'], { path: null, file: 'svchost.exe', session: 0 }],
]);

cases('what is there and names nothing', [
  ['unknown', ['Allow|AppPkgId=']],
  ['unknown', ['Allow|AppPkgId=*']],
  ['unknown', ['Allow|PFN='], SVCHOST],
  ['unknown', [ALLOW, 'Block|AppPkgId=']],
  ['unknown', ['Allow|IF=']],
  ['unknown', ['Allow|IF=Wi-Fi']],
  ['blocked', ['Allow|IF={22222222-2222-4222-8222-222222222222}']],
  ['open', ['Allow|IF={11111111-1111-4111-8111-111111111111}']],
]);

// ---------------------------------------------------------------- addresses

const LISTS = { gateways: [], dns: [], dhcp: [], wins: [] };
const CABLE = { ...LISTS, alias: 'Ethernet', type: 6, category: 'Private', addresses: ['10.0.0.5/24'] };
const both: MachineSaid = { adapters: [HOME, CABLE] };
const of = (...addresses: readonly string[]): MachineSaid => ({ adapters: [{ ...HOME, addresses }] });
const V6: Asked = { from: '2001:db8:1::50' };
const LINK: Asked = { from: 'fe80::50' };

cases('a word for a local address', [
  ['unknown', ['Allow|LA4=LocalSubnet']],
  ['unknown', ['Allow|LA4=DNS']],
  ['unknown', ['Allow|LA4=DefaultGateway']],
  ['unknown', [ALLOW, 'Block|LA4=LocalSubnet']],
  ['unknown', ['Allow|LA6=LocalSubnet'], V6],
  ['blocked', ['Allow|LA4=LocalSubnet'], V6],
  ['open', ['Allow|LA4=LocalSubnet|LA4=192.168.1.20']],
]);

cases('servers of IPv6 that nobody listed', [
  ['unknown', ['Allow|RA6=DHCP'], V6],
  ['unknown', ['Allow|RA6=DNS'], V6],
  ['unknown', ['Allow|RA6=DefaultGateway'], V6],
  ['unknown', [ALLOW, 'Block|RA6=DNS'], V6],
  ['blocked', ['Allow|RA6=WINS'], V6],
  ['blocked', ['Allow|RA4=DHCP']],
  ['blocked', ['Allow|RA6=DNS'], V6, { adapters: [{ ...HOME, dns: ['192.168.1.1', '2001:db8:1::1'] }] }],
  ['open', ['Allow|RA6=DNS'], V6, { adapters: [{ ...HOME, dns: ['2001:db8:1::50'] }] }],
]);

cases('the surroundings of other adapters', [
  ['open', ['Allow|RA4=LocalSubnet'], {}, both],
  ['unknown', ['Allow|RA4=LocalSubnet'], { from: '10.0.0.9' }, both],
  ['open', ['Allow|RA4=LocalSubnet'], { through: 'Ethernet', from: '10.0.0.9', to: '10.0.0.5' }, both],
  ['unknown', ['Allow|RA4=LocalSubnet'], { through: 'Ethernet', to: '10.0.0.5' }, both],
  ['blocked', ['Allow|RA4=LocalSubnet'], { from: '8.8.8.8' }, both],
  ['unknown', ['Allow|RA4=DNS'], { through: 'Ethernet', from: '192.168.1.1', to: '10.0.0.5' }, both],
]);

const SIX = ['Allow|RA6=LocalSubnet'];
cases('LocalSubnet of IPv6', [
  ['open', SIX, V6, of('2001:db8:1::20/64')],
  ['open', SIX, V6, of('2001:db8:1::20/64', '2001:db8:1::99/128')],
  ['blocked', SIX, { from: '2001:db8:2::1' }, of('2001:db8:1::20/64', '2001:db8:1::99/128', 'fe80::20/64')],
  ['unknown', SIX, { from: '2001:db8:2::1' }, of('2001:db8:1::20/64', '2001:db8:3::99/128', 'fe80::20/64')],
  ['open', SIX, LINK, of('2001:db8:1::20/64', 'fe80::20/128')],
  ['blocked', ['Block|RA6=LocalSubnet', ALLOW], LINK, of('2001:db8:1::20/64', 'fe80::20/128')],
]);

// ---------------------------------------------------------------- services

const CDP: Asked = { ...SVCHOST, services: ['CDPUserSvc_4f3a2'] };

cases('services of each person', [
  ['unknown', ['Allow|Svc=CDPUserSvc'], CDP],
  ['unknown', [ALLOW, 'Block|Svc=cdpusersvc'], CDP],
  ['open', ['Allow|Svc=CDPUserSvc_4f3a2'], CDP],
  ['unknown', ['Allow|Svc=CDPUserSvc_1'], CDP],
  ['blocked', ['Allow|Svc=CDPUser'], CDP],
  ['blocked', ['Allow|Svc=CDPUserSvc'], { ...SVCHOST, services: ['CDPUserSvc_other'] }],
]);

describe('a process that began after the lists', () => {
  const ask = (rules: readonly string[], said: MachineSaid = {}) =>
    createJudge(
      worldOf(readFacts(windowsSnapshot({ rules, sockets: [{ at: 'tcp 0.0.0.0:3000', pid: 100 }], ...said }))),
    ).ask({
      protocol: 'tcp',
      interface: 'Wi-Fi',
      source: '192.168.1.50',
      destination: '192.168.1.20',
      port: 3000,
      sourcePort: undefined,
    }).verdict;

  test('has services that nobody knows', () => {
    expect(ask(['Allow|Svc=Dnscache'])).toBe('unknown');
    expect(ask([ALLOW, 'Block|Svc=*'])).toBe('unknown');
    expect(ask([])).toBe('blocked');
  });
  test('one that is in a list has those that are told', () => {
    expect(ask(['Allow|Svc=Dnscache'], { processes: [{ pid: 100 }] })).toBe('blocked');
    expect(ask(['Allow|Svc=Dnscache'], { services: [{ pid: 100, name: 'Dnscache' }] })).toBe('open');
    expect(ask(['Allow|Svc=RpcSs'], { services: [{ pid: 100, name: 'Dnscache' }] })).toBe('blocked');
  });
});

// ---------------------------------------------------------------- paths

/** nvm-windows: the folder that the rule names is a link to the version in use. */
const NVM: Asked = { path: 'C:\\ProgramData\\nvm\\v20.11.0\\node.exe' };
const OPT: Asked = { path: 'C:\\opt\\v20.11.0\\node.exe' };
const SCOOP: Asked = { path: 'D:\\scoop\\apps\\nodejs\\22.1.0\\node.exe' };
const MIXED: MachineSaid = {
  environment: { ProgramFiles: 'C:\\Program Files (x86)', ProgramW6432: 'C:\\Program Files' },
};

cases('another path to the same file', [
  ['unknown', ['Allow|App=D:\\scoop\\apps\\nodejs\\current\\node.exe'], SCOOP],
  ['unknown', [ALLOW, 'Block|App=D:\\scoop\\apps\\nodejs\\current\\node.exe'], SCOOP],
  ['blocked', ['Allow|App=D:\\scoop\\apps\\nodejs\\current\\npm.exe'], SCOOP],
  ['unknown', ['Allow|App=C:\\Program Files\\nodejs\\node.exe'], NVM],
  ['unknown', ['Allow|App=C:\\Program Files\\nodejs\\node.exe'], OPT],
  ['unknown', [ALLOW, 'Block|App=C:\\nvm4w\\nodejs\\node.exe'], OPT],
  ['unknown', ['Allow|App=N:\\node\\node.exe'], OPT],
  ['blocked', ['Allow|App=C:\\node\\node.exe'], OPT],
  ['blocked', ['Allow|App=N:\\node\\npm.exe'], OPT],
  ['blocked', ['Allow|App=D:\\scoop\\apps\\nodejs\\20.0.0\\node.exe'], SCOOP],
  ['unknown', ['Allow|App=C:\\Users\\x\\node.exe'], SCOOP],
  ['unknown', ['Allow|App=D:\\node.exe'], { path: 'C:\\Users\\x\\node.exe' }],
  ['blocked', ['Allow|App=D:\\Users.exe'], { path: 'C:\\Users\\x\\node.exe' }],
  ['unknown', ['Allow|App=\\\\nas\\tools\\node.exe'], { path: 'Z:\\node.exe' }],
  ['unknown', ['Allow|App=Z:\\node.exe'], { path: '\\\\nas\\tools\\node.exe' }],
  ['unknown', ['Allow|App=C:\\Windows\\Sysnative\\svchost.exe'], SVCHOST],
  ['unknown', ['Allow|App=C:\\Windows\\SysWOW64\\svchost.exe'], SVCHOST],
  ['unknown', ['Allow|App=C:\\Windows\\System32\\a.exe'], { path: 'C:\\Windows\\SysWOW64\\a.exe' }],
  ['blocked', ['Allow|App=C:\\Windows\\SysWOW64\\b.exe'], SVCHOST],
  ['open', ['Allow|App=%ProgramFiles%\\a.exe'], { path: 'C:\\Program Files\\a.exe' }, MIXED],
  ['blocked', ['Allow|App=%ProgramFiles%\\a.exe'], { path: 'C:\\Program Files (x86)\\a.exe' }, MIXED],
]);

// ---------------------------------------------------------------- interfaces that are not filtered

const off = (DisabledInterfaces: string): MachineSaid => ({ local: { private: { DisabledInterfaces } } });
const [GUID, OTHER] = ['{11111111-1111-4111-8111-111111111111}', '{22222222-2222-4222-8222-222222222222}'];

cases('interfaces that are not filtered', [
  ['open', [], {}, off(GUID)],
  ['open', [], {}, off(`${OTHER},${GUID}`)],
  ['blocked', [], {}, off(OTHER)],
  ['unknown', [], {}, off(`${OTHER};${GUID}`)],
  ['unknown', [], {}, off('WLAN')],
  ['unknown', [], {}, off('{1}')],
  ['open', [ALLOW], {}, off('WLAN')],
  ['open', [], {}, off('wi-fi')],
  ['blocked', [], {}, off('')],
]);

// ---------------------------------------------------------------- what is shown to others

test.each([
  ['C:/Users/Anna/app.exe', 'C:/Users/user1/app.exe'],
  ['C:\\Users\\Anna\\app.exe', 'C:\\Users\\user1\\app.exe'],
  ['C:\\Users/Änna\\app.exe|LPort=1', 'C:\\Users/user1\\app.exe|LPort=1'],
  ['C:/users/Public/app.exe', 'C:/users/Public/app.exe'],
  ['D:(A;;CC;;;S-1-12-1-1234567-2345678-3456789-4567890)', 'D:(A;;CC;;;S-1-12-1-1-2-3-4)'],
  ['S-1-5-21-7-8-9-1002', 'S-1-5-21-1-2-3-1001'],
])('redacted: %s', (text, shown) => {
  expect(windowsRedactor()(JSON.stringify({ text }))).toBe(JSON.stringify({ text: shown }));
  expect(windowsRedactor()(JSON.stringify({ text }).replaceAll('/', '\\/')).replaceAll('\\/', '/')).toBe(
    JSON.stringify({ text: shown }),
  );
});
