/** Sockets, programs and services of synthetic Windows computers, and what portproxy passes on. */
import { describe, expect, test } from 'vitest';
import { readFacts } from '../../../../src/core/facts.ts';
import type { Snapshot } from '../../../../src/core/model.ts';
import { makeReport } from '../../../../src/core/report.ts';
import { withOutput } from '../../../../src/core/transcripts.ts';
import { HOME, type MachineSaid, windowsSnapshot } from './machine.ts';

const report = (snapshot: Snapshot) => makeReport(snapshot, { kept: new Set() });
const judged = (said: MachineSaid) => report(windowsSnapshot(said));
const exposures = (said: MachineSaid): Readonly<Record<string, string>> =>
  Object.fromEntries(judged(said).listeners.map(({ id, exposure }) => [id, exposure]));

const OPEN = ['Allow|'];
const PROGRAM = { pid: 7, path: 'C:\\a\\b.exe' };
const IPHLP = {
  processes: [{ pid: 9, path: 'C:\\Windows\\System32\\svchost.exe' }],
  services: [{ pid: 9, name: 'iphlpsvc' }],
};

describe('sockets', () => {
  test('the wildcard is the most exposed, whatever node-netstat calls it', () => {
    const { listeners } = judged({ rules: OPEN, processes: [PROGRAM], sockets: [{ at: 'tcp 0.0.0.0:80', pid: 7 }] });
    expect(listeners[0]?.addresses).toEqual([{ address: '0.0.0.0', family: 4, scope: 'any', device: null }]);
    expect(listeners[0]?.exposure).toBe('network');
  });

  test('states are not looked at: they are translated', () => {
    const snapshot = windowsSnapshot({
      rules: OPEN,
      processes: [PROGRAM],
      sockets: [{ at: 'tcp 0.0.0.0:80', pid: 7 }],
    });
    const printed = snapshot.transcripts.find(({ id }) => id === 'netstat')?.stdout ?? '';
    const other = withOutput(snapshot, 'netstat', [], printed.replace('ABHÖREN', 'LISTENING'));
    expect(report(other)).toEqual(report(snapshot));
  });

  test('both rows of a socket for both families are one listener, and nothing is left open', () => {
    const both = judged({
      rules: ['Allow|RA4=192.168.1.0/24'],
      processes: [PROGRAM],
      sockets: [
        { at: 'tcp 0.0.0.0:80', pid: 7 },
        { at: 'tcp [::]:80', pid: 7 },
      ],
    });
    expect(both.listeners).toHaveLength(1);
    expect(both.listeners[0]?.exposureComplete).toBe(true);
    expect(both.unread).toEqual([]);
  });

  test('a row of IPv6 alone may take IPv4 as well', () => {
    const { listeners } = judged({
      rules: ['Allow|RA4=LocalSubnet'],
      processes: [PROGRAM],
      sockets: [{ at: 'tcp [::]:80', pid: 7 }],
    });
    expect(listeners[0]?.exposure).toBe('unknown');
    expect(listeners[0]?.reach.flatMap(({ reasons }) => reasons)).toContain(
      'it is not known whether this socket takes IPv4 too',
    );
  });

  test('a link-local address belongs to the interface with its number', () => {
    const { listeners } = judged({
      rules: OPEN,
      processes: [PROGRAM],
      sockets: [{ at: 'tcp [fe80::20%11]:80', pid: 7 }],
    });
    expect(listeners[0]?.addresses).toEqual([{ address: 'fe80::20', family: 6, scope: 'link', device: 'Wi-Fi' }]);
    expect(listeners[0]?.exposure).toBe('network');
  });

  test('an address of one network is not answered in another, unless the system says so', () => {
    const adapters = (weakHost: boolean | null) => [
      { ...HOME, weakHost },
      { alias: 'Ethernet', type: 6, category: 'Public', addresses: ['10.0.0.5/24'], weakHost },
    ];
    const ways = (weakHost: boolean | null) =>
      judged({
        rules: OPEN,
        processes: [PROGRAM],
        adapters: adapters(weakHost),
        sockets: [{ at: 'tcp 10.0.0.5:80', pid: 7 }],
      }).listeners[0]?.reach.map((way) => way.interface);
    expect(ways(false)).toEqual(['Ethernet']);
    expect(ways(true)).toEqual(['Wi-Fi', 'Ethernet']);
    expect(ways(null)).toEqual(['Wi-Fi', 'Ethernet']);
  });

  test('loopback is for this computer only, whatever the rules say', () =>
    expect(exposures({ rules: OPEN, processes: [PROGRAM], sockets: [{ at: 'tcp 127.0.0.1:80', pid: 7 }] })).toEqual({
      'tcp/80': 'self',
    }));

  test('connections, and clients of UDP', () => {
    const facts = readFacts(
      windowsSnapshot({
        processes: [PROGRAM],
        sockets: [
          { at: 'tcp 0.0.0.0:80', pid: 7 },
          { at: 'tcp 192.168.1.20:80', pid: 7, peer: '192.168.1.9:40000' },
          { at: 'tcp 192.168.1.20:50001', pid: 7, peer: '8.8.8.8:443' },
          { at: 'tcp 192.168.1.20:50002', pid: 0, peer: '8.8.8.8:443' },
          { at: 'udp 0.0.0.0:50002', pid: 7 },
          { at: 'udp 0.0.0.0:5353', pid: 7 },
        ],
      }),
    );
    expect(facts.connections.map(({ direction }) => direction)).toEqual(['inbound', 'outbound']);
    expect(facts.listeners.map(({ id }) => id)).toEqual(['tcp/80', 'udp/5353']);
  });

  test.each([
    ['a row that was not read', (text: string) => `${text}{"unread":"TCP what"}\n`],
    ['garbage', (text: string) => `${text}garbage\n`],
    ['nothing at all', () => ''],
  ])('%s is a gap, never fewer listeners', (_, change) => {
    const snapshot = windowsSnapshot({
      rules: OPEN,
      processes: [PROGRAM],
      sockets: [{ at: 'tcp 0.0.0.0:80', pid: 7 }],
    });
    const printed = snapshot.transcripts.find(({ id }) => id === 'netstat')?.stdout ?? '';
    const changed = report(withOutput(snapshot, 'netstat', [], change(printed)));
    expect(changed.complete).toBe(false);
    expect(changed.unread.map(({ what }) => what)).toContain('listening ports');
  });
});

describe('who holds a port', () => {
  test('by path, by a service’s command line, by name alone, by nothing', () => {
    const { listeners } = judged({
      processes: [PROGRAM, { pid: 20, path: null, name: 'svchost.exe' }, { pid: 21, path: null, name: 'wininit.exe' }],
      services: [{ pid: 20, name: 'TermService', command: 'C:\\Windows\\System32\\svchost.exe -k termsvcs' }],
      sockets: [
        { at: 'tcp 0.0.0.0:1', pid: 7 },
        { at: 'tcp 0.0.0.0:2', pid: 20 },
        { at: 'tcp 0.0.0.0:3', pid: 21 },
        { at: 'tcp 0.0.0.0:4', pid: 22 },
        { at: 'tcp 0.0.0.0:5', pid: 4 },
      ],
    });
    expect(listeners.map(({ owner: { program, path, unit } }) => [program, path, unit])).toEqual([
      ['b', 'C:\\a\\b.exe', null],
      ['svchost', 'C:\\Windows\\System32\\svchost.exe', 'TermService'],
      ['wininit', null, null],
      [null, null, null],
      ['System', null, null],
    ]);
  });

  test('several programs at one port: each keeps its rules, a question about the port does not guess', () => {
    const said: MachineSaid = {
      rules: ['Allow|App=C:\\a\\b.exe'],
      processes: [PROGRAM, { pid: 8, path: 'C:\\c\\d.exe' }],
      sockets: [
        { at: 'udp 0.0.0.0:5353', pid: 7 },
        { at: 'udp 0.0.0.0:5353', pid: 8 },
      ],
    };
    expect(exposures(said)).toEqual({ 'udp/5353@0.0.0.0#7': 'network', 'udp/5353@0.0.0.0#8': 'self' });
  });
});

describe('what is passed on', () => {
  const sockets = [
    { at: 'tcp 0.0.0.0:9000', pid: 9 },
    { at: 'tcp 127.0.0.1:3001', pid: 7 },
  ];
  const passes = (value: string, changes: MachineSaid = {}): MachineSaid => ({
    rules: ['Allow|LPort=9000'],
    processes: [PROGRAM, ...IPHLP.processes],
    services: IPHLP.services,
    portProxy: [{ family: 'v4tov4', name: '0.0.0.0/9000', value }],
    sockets,
    ...changes,
  });

  test('a program that listens on loopback is reached through it', () => {
    const [target] = judged(passes('127.0.0.1/3001')).listeners;
    expect(target).toMatchObject({ id: 'tcp/3001', exposure: 'network' });
    expect(target?.reach.map(({ port }) => port)).toContain(9000);
    expect(exposures(passes('localhost/3001'))['tcp/3001']).toBe('network');
    expect(exposures(passes('127.0.0.1/3002'))['tcp/3001']).toBe('self');
  });

  test('not where no rule lets anybody in to the port that is passed on', () =>
    expect(exposures(passes('127.0.0.1/3001', { rules: ['Allow|LPort=3001'] }))['tcp/3001']).toBe('self'));

  test('not where the service does not listen', () => {
    expect(exposures(passes('127.0.0.1/3001', { sockets: sockets.slice(1) }))['tcp/3001']).toBe('self');
    expect(exposures(passes('127.0.0.1/3001', { services: [{ pid: 9, name: 'Other' }] }))['tcp/3001']).toBe('self');
  });

  test('through two of them', () => {
    const chained = passes('127.0.0.1/9001', {
      portProxy: [
        { family: 'v4tov4', name: '0.0.0.0/9000', value: '127.0.0.1/9001' },
        { family: 'v4tov4', name: '127.0.0.1/9001', value: '127.0.0.1/3001' },
      ],
      sockets: [...sockets, { at: 'tcp 127.0.0.1:9001', pid: 9 }],
    });
    expect(exposures(chained)['tcp/3001']).toBe('network');
  });

  test('to another computer it is a forward', () => {
    const { forwards } = judged(passes('192.168.1.101/22'));
    expect(forwards).toMatchObject([
      {
        id: 'tcp/9000>192.168.1.101:22',
        exposure: 'network',
        firewall: 'portproxy',
        to: { address: '192.168.1.101', port: 22, interface: 'Wi-Fi', kind: 'computer' },
      },
    ]);
  });

  test('where it was not read, what listens for this computer alone cannot be told', () => {
    const unread = passes('127.0.0.1/3001', { parts: { portProxy: { error: { kind: 'refused' } } } });
    expect(exposures(unread)['tcp/3001']).toBe('unknown');
    expect(judged(unread).complete).toBe(false);
  });
});

describe('what was not gathered', () => {
  const whole: MachineSaid = { rules: OPEN, processes: [PROGRAM], sockets: [{ at: 'tcp 0.0.0.0:80', pid: 7 }] };

  test.each(['localRules', 'policyRules', 'localSettings', 'policySettings', 'adapters'])(
    'without %s nothing can be told',
    (part) => {
      for (const failed of [{ error: { kind: 'refused', said: 'x' } }, undefined, 'garbage', { ok: 7 }]) {
        const { listeners, complete } = judged({ ...whole, parts: { [part]: failed } });
        expect([listeners[0]?.exposure, complete]).toEqual(['unknown', false]);
      }
    },
  );

  test.each([
    ['not there', (snapshot: Snapshot) => ({ ...snapshot, transcripts: snapshot.transcripts.slice(1) })],
    ['cut', (snapshot: Snapshot) => withOutput(snapshot, 'windows.firewall', [], '{"schema":1,')],
    ['of another schema', (snapshot: Snapshot) => withOutput(snapshot, 'windows.firewall', [], '{"schema":2}')],
  ])('%s: nothing can be told', (_, change) => {
    const { listeners, complete, firewalls } = report(change(windowsSnapshot(whole)));
    expect([listeners[0]?.exposure, complete]).toEqual(['unknown', false]);
    expect(firewalls[0]?.active).toBeNull();
  });

  test.each([
    [
      'its service does not run',
      { services: { ok: [{ pid: 1, name: 'Other' }] } },
      'its service (mpssvc) does not run',
    ],
    [
      'another product',
      { products: { ok: { name: 'Wall', categories: [0, 2] } } },
      'another firewall has taken its place',
    ],
    ['garbled products', { products: { ok: [7] } }, 'what powershell printed could not be understood'],
  ])('%s: nothing can be told', (_, parts, why) => {
    const { listeners, complete, unread, firewalls } = judged({ ...whole, parts });
    expect([listeners[0]?.exposure, complete, firewalls[0]?.active]).toEqual(['unknown', false, null]);
    expect(unread.map((one) => one.why).join()).toContain(why);
  });

  test('another product that filters nothing', () => {
    const parts = { products: { ok: [{ name: 'Wall', categories: 1 }] } };
    expect(judged({ ...whole, parts }).listeners[0]?.exposure).toBe('network');
  });

  test('the second source stands in where the registry was not read', () => {
    const rules = [
      {
        InstanceID: 'x',
        DisplayName: 'X',
        Enabled: 1,
        Profile: 0,
        Direction: 1,
        Action: 2,
        PolicyStoreSourceType: 1,
        LocalAddress: 'Any',
        RemoteAddress: 'Any',
        Protocol: 'TCP',
        LocalPort: '80',
        RemotePort: 'Any',
        Program: 'Any',
        Package: '',
        Service: 'Any',
        InterfaceAlias: 'Any',
        InterfaceType: 0,
        Authentication: 0,
        Encryption: 0,
        LocalOnlyMapping: false,
        OverrideBlockRules: false,
        LocalUser: 'Any',
        RemoteUser: 'Any',
        RemoteMachine: 'Any',
      },
    ];
    const parts = { localRules: { error: { kind: 'refused' } }, rules: { ok: rules } };
    expect(judged({ ...whole, parts }).listeners[0]).toMatchObject({ exposure: 'network', exposureComplete: true });
    const none = { localRules: { error: { kind: 'refused' } }, rules: { ok: '' } };
    expect(judged({ ...whole, parts: none }).listeners[0]?.exposure).toBe('unknown');
  });
});

describe('whether it is on', () => {
  const state = (said: MachineSaid) => judged(said).firewalls[0];

  test('by the networks that this computer is in', () => {
    expect(state({})).toMatchObject({ active: true, defaults: { inbound: 'deny', outbound: 'allow' } });
    expect(state({ local: { private: { EnableFirewall: 0 } } })).toMatchObject({ active: false });
    expect(state({ local: { public: { EnableFirewall: 0 } } })).toMatchObject({
      active: true,
      profiles: [
        { name: 'domain', active: true, interfaces: [] },
        { name: 'private', active: true, interfaces: ['Wi-Fi'] },
        { name: 'public', active: false, interfaces: [] },
      ],
    });
    expect(state({ local: { private: { DefaultInboundAction: 0 } } })).toMatchObject({
      defaults: { inbound: 'allow' },
    });
  });

  test('what is off is said, with what turns it on', () => {
    const off = judged({ local: { private: { EnableFirewall: 0 } } }).findings.find(
      ({ id }) => id === 'firewall-off:windows',
    );
    expect(off?.why).toContain('Set-NetFirewallProfile -All -Enabled True');
    expect(off?.ways).toEqual([]);
  });
});
