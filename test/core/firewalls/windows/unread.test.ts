/** What was not read of a Windows computer must never look as if nobody could get in. */
import { describe, expect, test } from 'vitest';
import { makeReport } from '../../../../src/core/report.ts';
import { HOME, type MachineSaid, windowsSnapshot, profilesPrinted } from './machine.ts';

const PROGRAM = { pid: 7, path: 'C:\\a\\b.exe' };
const WHOLE: MachineSaid = { processes: [PROGRAM], sockets: [{ at: 'tcp 0.0.0.0:80', pid: 7 }] };

const judged = (said: MachineSaid) => makeReport(windowsSnapshot({ ...WHOLE, ...said }), { kept: new Set() });

/** Nobody is told that a port is for this computer alone, and that something is missing is said. */
function expectUnsure(said: MachineSaid, what: string): void {
  const { listeners, complete, unread } = judged(said);
  const [listener] = listeners;
  expect(listener).toBeDefined();
  expect(listener?.exposure === 'self' || listener?.exposureComplete === true).toBe(false);
  expect(complete).toBe(false);
  expect(unread.map((one) => one.what)).toContain(what);
}

const ADDRESSES = "this computer's addresses";
const RULES = 'the rules of Windows Firewall';
const POLICY = 'the firewall rules of group policy';
const SETTINGS = 'the settings of Windows Firewall';
const SERVICES = 'whether the service of Windows Firewall runs';
const PRODUCTS = 'whether another firewall has taken the place of Windows Firewall';
const PROXY = 'ports that are passed on (netsh interface portproxy)';

const LOOPBACK = {
  alias: 'Loopback Pseudo-Interface 1',
  index: 1,
  type: 24,
  up: true,
  addresses: [
    { address: '127.0.0.1', prefix: 8 },
    { address: '::1', prefix: 128 },
  ],
};
const WIFI = {
  alias: 'Wi-Fi',
  index: 11,
  guid: HOME.guid,
  type: 71,
  up: true,
  category: 'Private',
  addresses: [{ address: '192.168.1.20', prefix: 24 }],
  weakHost: false,
};
const ETHERNET = { ...WIFI, alias: 'Ethernet', index: 12, guid: null, type: 6, up: false, addresses: [] };
const adapters = (...list: readonly unknown[]): MachineSaid => ({ parts: { adapters: { ok: [LOOPBACK, ...list] } } });

test('a computer that was read whole is judged', () => {
  const { listeners, complete, unread } = judged({});
  expect(listeners[0]).toMatchObject({ exposure: 'self', exposureComplete: true });
  expect([complete, unread]).toEqual([true, []]);
  expect(judged(adapters(WIFI, ETHERNET)).listeners[0]).toMatchObject({ exposure: 'self', exposureComplete: true });
});

describe('adapters', () => {
  const { addresses: _, ...bare } = WIFI;
  const bad = { address: '192.168.1.21', prefix: null };
  test.each<readonly [string, readonly unknown[]]>([
    ['without addresses', [bare]],
    ['up: null', [{ ...WIFI, up: null }]],
    ['up as a word', [ETHERNET, { ...WIFI, up: 'Up' }]],
    ['an address without a prefix', [{ ...WIFI, addresses: [bad] }]],
    ['one good address and a bad one', [{ ...WIFI, addresses: [...WIFI.addresses, bad] }]],
    ['addresses: null', [{ ...WIFI, addresses: null }]],
    ['addresses: ""', [{ ...WIFI, addresses: '' }]],
    ['addresses lost on the way', [{ ...WIFI, addresses: { value: '', Count: 0 } }]],
    ['up without any address', [{ ...WIFI, addresses: [] }]],
    ['loopback alone', []],
    ['one among others', [WIFI, { ...ETHERNET, up: null }]],
  ])('%s', (_name, list) => expectUnsure(adapters(...list), ADDRESSES));

  const PORT = { ...WIFI, alias: 'Ethernet', index: 12, guid: null, type: 6, category: 'none', addresses: [] };
  test('a cable that a switch has taken has no address, and nothing comes in there', () => {
    const said = { rules: ['Allow|LPort=80|Profile=Public'], ...adapters(WIFI, { ...PORT, weakHost: null }) };
    const { listeners, complete, unread } = judged(said);
    expect(listeners[0]).toMatchObject({ exposure: 'self', exposureComplete: true });
    expect([complete, unread]).toEqual([true, []]);
  });

  test.each<readonly [string, readonly unknown[]]>([
    ['with a network', [WIFI, { ...PORT, category: 'Public' }]],
    ['of which the network was not told', [WIFI, { ...PORT, category: null }]],
    ['of which the addresses were lost', [WIFI, { ...PORT, addresses: '' }]],
    ['and no other has an address', [{ ...WIFI, up: false }, PORT]],
    ['and no other has an address that can be read', [{ ...WIFI, addresses: [bad] }, PORT]],
  ])('up without any address, %s', (_name, list) => expectUnsure(adapters(...list), ADDRESSES));

  test('a good address stays where another is bad', () => {
    const { listeners } = judged({
      rules: ['Allow|'],
      ...adapters({ ...WIFI, addresses: [bad, ...WIFI.addresses] }),
    });
    expect(listeners[0]?.reach.map(({ address }) => address)).toContain('192.168.1.20');
  });

  test('what listens on loopback alone needs none of them', () => {
    const { listeners } = judged({
      ...adapters({ ...WIFI, up: null }),
      sockets: [{ at: 'tcp 127.0.0.1:80', pid: 7 }],
    });
    expect(listeners[0]).toMatchObject({ exposure: 'self', exposureComplete: true });
  });

  test('a network of which the kind was not told may be of any', () => {
    const rules = ['Allow|LPort=80|Profile=Private'];
    const said = (category: string | null): MachineSaid => ({ rules, adapters: [{ ...HOME, category }] });
    expect(judged(said(null)).listeners[0]?.exposure).toBe('unknown');
    expect(judged(said('none')).listeners[0]).toMatchObject({ exposure: 'self', exposureComplete: true });
  });

  test.each([
    ['a connection', { at: 'tcp 10.8.0.2:50100', pid: 7, peer: '10.8.0.1:443' }],
    ['a connection of IPv6', { at: 'tcp [fd00::2]:50100', pid: 7, peer: '[fd00::1]:443' }],
    ['a listener', { at: 'tcp 10.8.0.2:139', pid: 4 }],
  ])('%s at an address that no adapter has', (_name, socket) =>
    expectUnsure({ sockets: [...(WHOLE.sockets ?? []), socket] }, ADDRESSES),
  );

  test.each([
    { at: 'tcp 127.0.0.1:50100', pid: 7, peer: '127.0.0.1:80' },
    { at: 'tcp 192.168.1.20:50100', pid: 7, peer: '8.8.8.8:443' },
    { at: 'tcp [fe80::99%11]:50100', pid: 7, peer: '[fe80::1%11]:443' },
  ])('a connection at $at is no gap', (socket) =>
    expect(judged({ sockets: [...(WHOLE.sockets ?? []), socket] }).unread).toEqual([]),
  );
});

describe('parts that a failed pipeline left empty', () => {
  const none = { domain: null, private: null, public: null };
  test.each<readonly [string, unknown, string]>([
    ['localRules', { ok: null }, RULES],
    ['localRules', { ok: '' }, RULES],
    ['localRules', { ok: [] }, RULES],
    ['localRules', { ok: { value: null, Count: 0 } }, RULES],
    ['policyRules', { ok: null }, POLICY],
    ['policyExceptions', { ok: '' }, POLICY],
    ['mdmRules', { ok: null }, POLICY],
    ['mdmRules', undefined, POLICY],
    ['products', { ok: null }, PRODUCTS],
    ['products', undefined, PRODUCTS],
    ['products', { ok: [{ name: 'Wall', categories: null }] }, PRODUCTS],
    ['products', { ok: [{ name: 'Wall', categories: ['2'] }] }, SETTINGS],
    ['products', { ok: [{ name: 'Wall', categories: '2' }] }, SETTINGS],
    ['services', { ok: null }, SERVICES],
    ['services', { ok: [] }, SETTINGS],
    ['services', { ok: [{ pid: null, name: null }] }, SERVICES],
    ['services', { error: { kind: 'failed' } }, SERVICES],
    ['services', { error: { kind: 'refused' } }, SERVICES],
    ['services', { error: { kind: 'timeout' } }, SERVICES],
    ['services', undefined, SERVICES],
    ['localSettings', { ok: none }, SETTINGS],
    ['localSettings', { ok: { ...none, domain: '', private: [], public: [] } }, SETTINGS],
    ['policySettings', { ok: none }, SETTINGS],
    ['effectiveProfiles', { ok: null }, SETTINGS],
    ['adapters', { ok: null }, ADDRESSES],
  ])('%s: %j', (part, value, what) => expectUnsure({ parts: { [part]: value } }, what));
});

describe('settings of device management', () => {
  const effective = profilesPrinted({ DisabledInterfaceAliases: 'NotConfigured' });
  const off = { ok: [{ name: 'PublicProfile\\EnableFirewall', value: 0 }] };
  test.each([
    ['not gathered', undefined],
    ['refused', { error: { kind: 'refused' } }],
    ['lost', { ok: null }],
    ['some', off],
  ])('%s: only the system itself tells', (_name, mdmSettings) => {
    expectUnsure({ parts: { mdmSettings } }, SETTINGS);
    const { listeners, complete } = judged({ effective, parts: { mdmSettings } });
    expect([listeners[0]?.exposure, complete]).toEqual(['self', true]);
  });
});

test.each([null, ''])('interfaces without a filter, as %j, may be any', (DisabledInterfaceAliases) => {
  const effective = profilesPrinted({ DisabledInterfaceAliases: DisabledInterfaceAliases });
  expect(judged({ effective }).listeners[0]).toMatchObject({ exposure: 'unknown', exposureComplete: false });
});

describe('what is passed on to a name', () => {
  const through = (value: string): MachineSaid => ({
    rules: ['Allow|LPort=9000'],
    processes: [PROGRAM, { pid: 9, path: 'C:\\Windows\\System32\\svchost.exe' }],
    services: [{ pid: 9, name: 'iphlpsvc' }],
    portProxy: [{ family: 'v4tov4', name: '0.0.0.0/9000', value }],
    sockets: [
      { at: 'tcp 127.0.0.1:80', pid: 7 },
      { at: 'tcp 0.0.0.0:9000', pid: 9 },
    ],
  });

  test.each(['myapp.test', 'kubernetes.docker.internal', 'MYPC.local', 'localhost.', '127.1', '[::1]'])(
    '%s may be this computer',
    (name) => {
      expectUnsure(through(`${name}/80`), PROXY);
    },
  );

  test.each([{ ok: null }, { ok: '' }, undefined])('where the list is %j', (portProxy) =>
    expectUnsure({ ...through('127.0.0.1/81'), parts: { portProxy } }, PROXY),
  );

  test('IPv4 within IPv6 is IPv4', () => {
    const { listeners, complete } = judged(through('::ffff:127.0.0.1/80'));
    expect(listeners.find(({ port }) => port === 80)?.exposure).toBe('network');
    expect(complete).toBe(true);
  });

  test('an address of another computer is no doubt', () =>
    expect(judged(through('192.168.1.101/80')).listeners.find(({ port }) => port === 80)).toMatchObject({
      exposure: 'self',
      exposureComplete: true,
    }));
});

describe('what would settle it', () => {
  const told = (part: string, value: unknown) =>
    judged({ parts: { [part]: value }, services: [{ pid: 7, name: 'iphlpsvc' }] }).unread.map(({ what, how }) => [
      what,
      how,
    ]);

  test.each<readonly [string, string]>([
    ['localRules', RULES],
    ['policyRules', POLICY],
    ['services', SERVICES],
    ['products', PRODUCTS],
    ['portProxy', PROXY],
  ])('%s: rights where they were missing, else another try', (part, what) => {
    expect(told(part, { error: { kind: 'refused' } })).toContainEqual([what, 'scan again as administrator']);
    expect(told(part, { error: { kind: 'timeout' } })).toContainEqual([what, 'scan again']);
  });

  test('where another firewall has taken its place, its own settings, and no scan', () => {
    expect(told('products', { ok: [{ name: 'Wall', categories: [2] }] })).toEqual([
      [SETTINGS, 'look in the settings of Wall itself'],
    ]);
  });
});

test('rules are counted that let in or turn away what comes in, as the default beside them', () => {
  const line = (direction: string): string =>
    `v2.32|Action=Allow|Active=TRUE|Dir=${direction}|Protocol=6|LPort=80|Name=x|`;
  const rules = ['In', 'In', 'Out'].map((direction, at) => ({ name: `r${at}`, value: line(direction) }));
  const { firewalls } = judged({ parts: { localRules: { ok: rules } } });
  expect(firewalls.map((one) => one.rules)).toEqual([2]);
});

test('a service that does not run is not settled by reading again', () => {
  const { unread } = judged({ parts: { services: { ok: [{ pid: 900, name: 'RpcSs', command: null }] } } });
  expect(unread.find(({ means: { why } }) => why.kind === 'no-force')?.how).toBe(
    'run, as administrator: Start-Service mpssvc',
  );
});
