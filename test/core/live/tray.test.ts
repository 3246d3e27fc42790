import { describe, expect, test } from 'vitest';
import { gap } from '../../../src/core/gaps/index.ts';
import { trayState } from '../../../src/core/live/tray.ts';
import type { Finding, Report, ReportListener } from '../../../src/core/model.ts';

interface Port {
  readonly port: number;
  readonly program?: string | null;
  readonly exposure?: ReportListener['exposure'];
  readonly advice?: Finding['advice'];
  readonly ways?: Finding['ways'];
}

const listener = ({ port, program = 'python3', exposure = 'network' }: Port): ReportListener =>
  ({
    id: `tcp/${port}`,
    protocol: 'tcp',
    port,
    owner: { program },
    exposure,
    exposureComplete: exposure !== 'unknown',
  }) as unknown as ReportListener;

const finding = ({ port, advice = 'close', ways = ['firewall'] }: Port): Finding =>
  ({ id: `exposed-program:tcp/${port}`, listener: `tcp/${port}`, advice, ways, says: {} }) as unknown as Finding;

const report = (ports: readonly Port[], more: Partial<Report> = {}): Report =>
  ({
    listeners: ports.map(listener),
    forwards: [],
    findings: ports.filter(({ exposure }) => exposure === undefined).map(finding),
    firewalls: [{ id: 'ufw', active: true }],
    complete: true,
    unread: [],
    ...more,
  }) as unknown as Report;

const about = (id: string, ...ways: Finding['ways']): Finding =>
  ({ id, listener: null, advice: 'review', ways, says: {} }) as unknown as Finding;

describe('the gate', () => {
  test('is in doubt before anything was read', () => {
    expect(trayState(null)).toEqual({ gate: 'doubt', open: null, untold: 0, firewallOff: false, advice: [] });
  });

  test('stands open for ports that are probably not needed, whatever else cannot be told', () => {
    const open = report([{ port: 3000 }, { port: 8000 }, { port: 22, exposure: 'unknown' }]);
    expect(trayState(open)).toMatchObject({ gate: 'up', open: { needless: { count: 2 } }, untold: 1 });
  });

  test('stands open for what is open and a person’s own call, since the headline names it', () => {
    const asked = report([{ port: 22, advice: 'review' }]);
    expect(trayState(asked)).toMatchObject({ gate: 'up', open: { needless: { count: 0 }, asked: { count: 1 } } });
    expect(trayState(report([{ port: 22, advice: 'keep' }]))).toMatchObject({ gate: 'down' });
  });

  test('counts every port of a finding that is about several', () => {
    const open = report([{ port: 5000 }, { port: 7000 }]);
    const airplay = { kind: 'mac-setting', listener: 'tcp/5000', others: ['tcp/7000'] };
    const findings = open.findings.slice(0, 1).map((one) => ({ ...one, says: airplay }) as unknown as Finding);
    expect(trayState({ ...open, findings })).toMatchObject({ gate: 'up', open: { needless: { count: 2 } } });
  });

  test('is in doubt where it cannot be told who gets in, and never down then', () => {
    const doubtful = report([
      { port: 22, exposure: 'unknown' },
      { port: 631, exposure: 'self' },
    ]);
    expect(trayState(doubtful)).toMatchObject({ gate: 'doubt', untold: 1, advice: [] });
    const unread = [gap({ what: { kind: 'listening' }, why: { kind: 'missing' }, how: { kind: 'install-iproute2' } })];
    expect(trayState(report([], { unread }))).toMatchObject({ gate: 'doubt', untold: 0 });
  });

  test('is down where nothing needs closing; that every firewall is off is said', () => {
    const quiet = [{ port: 631, exposure: 'self' }] as const;
    expect(trayState(report(quiet))).toMatchObject({ gate: 'down', untold: 0, firewallOff: false });
    const firewalls = [{ id: 'ufw', active: false }] as unknown as Report['firewalls'];
    expect(trayState(report(quiet, { firewalls }))).toMatchObject({ gate: 'down', firewallOff: true });
  });
});

describe('the advice', () => {
  test('is two pieces at most, with whose port it is', () => {
    const { advice } = trayState(report([{ port: 3000 }, { port: 5432, program: null }, { port: 8000 }]));
    expect(advice).toEqual([
      {
        finding: 'exposed-program:tcp/3000',
        does: 'close',
        target: { protocol: 'tcp', port: 3000 },
        program: 'python3',
      },
      { finding: 'exposed-program:tcp/5432', does: 'close', target: { protocol: 'tcp', port: 5432 }, program: null },
    ]);
  });

  test('has what is worth closing ahead of a firewall that is off', () => {
    const findings = [about('firewall-off:ufw', 'enable-firewall'), finding({ port: 3000 })];
    const { advice } = trayState(report([{ port: 3000 }], { findings }));
    expect(advice.map(({ does }) => does)).toEqual(['close', 'turn-on-firewall']);
  });

  test('leaves out what no button of the window does, and what is a person’s own call', () => {
    const findings = [
      finding({ port: 22, advice: 'review' }),
      finding({ port: 25, advice: 'keep' }),
      finding({ port: 80, ways: ['stop'] }),
      about('reach-unknown:rules'),
      about('unused-opening:tcp/8080', 'firewall'),
    ];
    expect(trayState(report([], { findings })).advice).toEqual([]);
  });
});
