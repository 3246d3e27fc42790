/** synthetic: Linux within Windows, by what .wslconfig and the Hyper-V firewall say; no Windows printed any of this. */
import { describe, expect, test } from 'vitest';
import { readFacts } from '../../../../src/core/facts.ts';
import { isListWhole } from '../../../../src/core/listeners/whole.ts';
import type { Question, Report, Snapshot } from '../../../../src/core/model.ts';
import { createJudge } from '../../../../src/core/reach/index.ts';
import { makeReport } from '../../../../src/core/report.ts';
import { HOME, type MachineSaid, profilesPrinted, windowsSnapshot } from './machine.ts';

const WSL = '{40E0AC32-46A5-438A-A0B2-2B479E8F2E90}';
const MIRRORED = { ok: [{ name: 'wsl2.networkingMode', value: 'Mirrored' }] };
const setting = (
  DefaultInboundAction: unknown,
  Enabled: unknown = 'True',
  profiles: unknown = [],
  rules: unknown = [],
) => ({
  ok: { settings: [{ Name: WSL, Enabled, DefaultInboundAction }], profiles, rules },
});
const GUEST = { ...HOME, alias: 'vEthernet (WSL)', addresses: ['172.20.0.1/20'], gateways: [] };
const RUNS = [{ pid: 6001, name: 'vmmemWSL' }];
const machine = (parts: Readonly<Record<string, unknown>>, more: Partial<MachineSaid> = {}): Snapshot =>
  windowsSnapshot({
    effective: profilesPrinted(),
    adapters: [HOME],
    processes: [...RUNS, { pid: 100, name: 'node.exe', path: 'C:\\Apps\\node.exe' }],
    sockets: [{ at: 'tcp 0.0.0.0:3000', pid: 100 }],
    parts,
    ...more,
  });
const report = (snapshot: Snapshot): Report => makeReport(snapshot, { kept: new Set() });
const guests = (snapshot: Snapshot) => report(snapshot).findings.find(({ says }) => says.kind === 'windows-guests');
const asks = (port: number): Question => ({
  protocol: 'tcp',
  interface: 'Wi-Fi',
  source: '192.168.1.50',
  destination: '192.168.1.20',
  port,
});
const ask = (snapshot: Snapshot, port: number) => createJudge(readFacts(snapshot)).ask(asks(port));

describe('mirrored networking', () => {
  const blocks = machine({ wsl: MIRRORED, hyperV: setting('Block') });

  test('what Windows does not list is never said not to listen, nor to be blocked', () => {
    expect(isListWhole(report(blocks))).toBe(false);
    expect(ask(blocks, 8888)).toMatchObject({ verdict: 'unknown' });
    expect(ask(blocks, 8888).reasons.join()).toContain('the Hyper-V firewall, not Windows Firewall, decides');
    // What Windows lists is judged as ever.
    expect(ask(blocks, 3000)).toMatchObject({ verdict: 'blocked' });
    expect(report(blocks).listeners[0]).toMatchObject({ exposure: 'self', exposureComplete: true });
  });

  test('also at an address at which nothing listens that Windows lists', () => {
    const local = machine({ wsl: MIRRORED }, { sockets: [{ at: 'tcp 127.0.0.1:3000', pid: 100 }] });
    expect(ask(local, 3000).verdict).toBe('unknown');
    expect(report(local).listeners[0]).toMatchObject({ exposure: 'self', exposureComplete: true });
  });

  test('is so for the settings of older versions, and where programs could not be listed', () => {
    const before = { ok: [{ name: 'experimental.networkingMode', value: 'mirrored' }] };
    expect(ask(machine({ wsl: before }), 8888).verdict).toBe('unknown');
    const unseen = machine({ wsl: MIRRORED, processes: { error: { kind: 'timeout' } } });
    expect(isListWhole(report(unseen))).toBe(false);
    expect(
      isListWhole(
        report(machine({ wsl: MIRRORED }, { processes: [{ pid: 100, name: 'node.exe', path: 'C:\\Apps\\node.exe' }] })),
      ),
    ).toBe(true);
  });

  test('is so with a comment behind it, in quotes, where a later line says otherwise, and by policy', () => {
    for (const value of ['mirrored   # for the phone', '"mirrored"']) {
      const wsl = {
        ok: [
          { name: 'wsl2.networkingMode', value },
          { name: 'experimental.networkingMode', value: 'nat' },
        ],
      };
      expect(ask(machine({ wsl }), 8888).verdict).toBe('unknown');
    }
    const wslPolicy = { ok: [{ name: 'DefaultNetworkingMode', value: 3 }] };
    expect(ask(machine({ wsl: { ok: [] }, wslPolicy }), 8888).verdict).toBe('unknown');
  });

  test.each([
    ['bridged', 'it has an address of its own in the network'],
    ['none', 'WSL is set to have no network.'],
    ['nat', 'through ports that this computer passes on'],
  ])('%s has words of its own', (value, words) => {
    const snapshot = machine({ wsl: { ok: [{ name: 'wsl2.networkingMode', value }] } }, { adapters: [HOME, GUEST] });
    expect(guests(snapshot)?.why).toContain(words);
    expect(ask(snapshot, 8888).verdict).toBe('blocked');
  });

  test('another networking, or none that is set, hides nothing; one that was not read may', () => {
    for (const wsl of [{ ok: [] }, { ok: [{ name: 'wsl2.networkingMode', value: 'nat' }] }]) {
      expect(isListWhole(report(machine({ wsl })))).toBe(true);
      expect(ask(machine({ wsl }), 8888).verdict).toBe('blocked');
    }
    for (const parts of [{}, { wsl: { error: { kind: 'refused' } } }])
      expect(ask(machine(parts), 8888).verdict).toBe('unknown');
  });

  test.each([
    ['off', setting('Block', 'False'), 'medium', 'It is off for WSL'],
    ['off', setting(4, 0), 'medium', 'It is off for WSL'],
    ['allows', setting('Allow'), 'medium', 'lets in whatever no rule of it blocks'],
    ['allows', setting(2, 1), 'medium', 'lets in whatever no rule of it blocks'],
    [
      'allows',
      setting('Block', 'True', [{ Name: 'Private', DefaultInboundAction: 'Allow' }]),
      'medium',
      'in some networks',
    ],
    ['blocks', setting('Block'), 'low', 'cannot be told from here'],
    [null, setting('NotConfigured'), 'low', 'could not be read'],
    [null, { error: { kind: 'missing' } }, 'low', 'could not be read'],
  ])('its firewall: %s', (filter, hyperV, severity, says) => {
    const found = guests(machine({ wsl: MIRRORED, hyperV }));
    expect(found).toMatchObject({ severity, says: { wsl: { networking: 'mirrored', filter } } });
    expect(found?.why).toContain(says);
  });

  test('.wslconfig cannot turn its firewall off; rules for WSL are named', () => {
    const wsl = { ok: [...MIRRORED.ok, { name: 'wsl2.firewall', value: 'false' }] };
    expect(guests(machine({ wsl, hyperV: setting('Block') }))).toMatchObject({
      severity: 'low',
      says: { wsl: { filter: 'blocks' } },
    });
    const rule = { VMCreatorId: WSL, Action: 'Allow', Enabled: 'True', Protocol: 'TCP', LocalPorts: ['80', '443'] };
    const rules = [
      rule,
      { ...rule, LocalPorts: 'Any', VMCreatorId: '' },
      { ...rule, LocalPorts: '1', Enabled: 'False' },
      { ...rule, LocalPorts: '2', Action: 'Block' },
      { ...rule, LocalPorts: '3', VMCreatorId: '{9E288F02-CE00-4D9E-BE2B-14CE463B0298}' },
    ];
    expect(guests(machine({ wsl: MIRRORED, hyperV: setting('Block', 'True', [], rules) }))?.why).toContain(
      'rules of it let in: TCP 80,443 and TCP.',
    );
  });
});
