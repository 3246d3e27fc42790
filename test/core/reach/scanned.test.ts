/** What a neighbour's scan would find: as the engine judges, port by port as it is knocked at, and never more certain. */
import { describe, expect, test } from 'vitest';
import type { ListenerReach, Report, ReportForward, ReportListener, TraceStep } from '../../../src/core/model.ts';
import { elsewhere, scannedPorts } from '../../../src/core/reach/scanned.ts';
import { isGroup } from '../../../src/core/reach/summary.ts';
import { makeReport } from '../../../src/core/report.ts';
import { parseSnapshot } from '../../../src/core/snapshot.ts';
import * as reports from '../../e2e/fixtures/reports.ts';
import { rulesets } from '../rulesets/sets/index.ts';
import { readSnapshots } from '../rulesets/snapshots.ts';

const seenAt = (report: Report, id: string, name = 'wlan0'): string | undefined =>
  scannedPorts(report, name).find(({ protocol, port }) => `${protocol}/${port}` === id)?.seen;

/** The web server alone, with this reach. */
const web = (reach: ListenerReach, more: Partial<Report> = {}): Report => {
  const [listener] = reports.advice.listeners;
  if (listener === undefined) throw new Error('no listener');
  return { ...reports.advice, listeners: [{ ...listener, ...reach }], ...more };
};

const stopped = (effect: string, more: Partial<TraceStep> = {}): ListenerReach => {
  const judged = reports.reach('blocked', 'blocked');
  return {
    ...judged,
    reach: judged.reach.map((way) => ({
      ...way,
      trace: [
        reports.step('input', 'INPUT', 'rule', effect, {
          sources: [way.family === 4 ? '0.0.0.0/0' : '::/0'],
          decides: 'blocked',
          ...more,
        }),
      ],
    })),
  };
};

const fromSome = (kind: 'open' | 'unknown', ...sources: string[]): ListenerReach => {
  const judged = stopped('drop');
  return { ...judged, reach: judged.reach.map((way) => (way.family === 4 ? { ...way, [kind]: sources } : way)) };
};

describe('what a neighbour finds', () => {
  test('open, slowed, and what nothing here shows to the network', () => {
    const rows = scannedPorts(reports.advice, 'wlan0');
    expect(rows.slice(0, 3).map(({ port, seen, unheard }) => [port, seen, unheard])).toEqual([
      [3000, 'open', false],
      [5432, 'open', false],
      [22, 'limited', false],
    ]);
    expect(rows.slice(3).every(({ seen, unheard }) => unheard && seen === 'filtered')).toBe(true);
    expect(rows).toHaveLength(reports.advice.listeners.length);
  });

  test('what is dropped is silent, what is rejected is refused', () => {
    expect(seenAt(web(stopped('drop')), 'tcp/3000')).toBe('filtered');
    expect(seenAt(web(stopped('reject')), 'tcp/3000')).toBe('refused');
  });

  test('how it is turned away is not said where that is not known, or not the same for all', () => {
    const mixed = stopped('drop');
    const [first, ...rest] = mixed.reach;
    const both = { ...mixed, reach: [...(first === undefined ? [] : [first]), ...stopped('reject').reach.slice(1)] };
    expect(rest).not.toEqual([]);
    expect(seenAt(web(both), 'tcp/3000')).toBe('shut');
    expect(seenAt(web(stopped('drop', { when: 'perhaps' })), 'tcp/3000')).toBe('shut');
    const silent = { ...mixed, reach: mixed.reach.map((way) => ({ ...way, trace: [] })) };
    expect(seenAt(web(silent), 'tcp/3000')).toBe('shut');
  });

  test('what is done to others than the neighbours does not count', () => {
    const far = stopped('drop');
    const reach = far.reach.map((way) => ({
      ...way,
      trace: [
        ...way.trace,
        reports.step('input', 'INPUT', 'far', 'reject', { sources: ['8.8.8.0/24'], decides: 'blocked' }),
      ],
    }));
    expect(seenAt(web({ ...far, reach }), 'tcp/3000')).toBe('filtered');
    expect(seenAt(web(fromSome('open', '10.0.0.0/8')), 'tcp/3000')).toBe('filtered');
  });

  test('some neighbours, all of them, and those of whom it cannot be told', () => {
    expect(seenAt(web(fromSome('open', '192.168.77.20/32')), 'tcp/3000')).toBe('some');
    expect(seenAt(web(fromSome('open', '192.168.0.0/16')), 'tcp/3000')).toBe('open');
    expect(seenAt(web(fromSome('unknown', '192.168.77.20/32')), 'tcp/3000')).toBe('unknown');
  });

  test('this computer’s own addresses are no neighbours', () => {
    expect(seenAt(web(fromSome('open', '192.168.77.10/32')), 'tcp/3000')).toBe('filtered');
  });

  test('while something cannot be told nothing is called shut', () => {
    expect(seenAt(reports.cannotTell, 'tcp/3000')).toBe('unknown');
    expect(seenAt(web({ ...stopped('drop'), exposureComplete: false }), 'tcp/3000')).toBe('unknown');
    const nowhere = { exposure: 'unknown', exposureComplete: false, places: [], reach: [] } as const;
    expect(seenAt(web(nowhere), 'tcp/3000')).toBe('unknown');
    const elsewhereOpen = { ...stopped('drop'), exposure: 'internet' } as const;
    expect(seenAt(web(elsewhereOpen), 'tcp/3000')).toBe('filtered');
    expect(seenAt(web(elsewhereOpen, { complete: false }), 'tcp/3000')).toBe('unknown');
    expect(scannedPorts(reports.cannotTell, 'wlan0').find(({ port }) => port === 3000)?.doubts).toMatchObject([
      { kind: 'unread', why: { kind: 'refused' } },
    ]);
  });

  test('what only a group is sent is not found', () => {
    const judged = reports.reach('open', 'blocked');
    const grouped = judged.reach.map((way) => ({ ...way, address: way.family === 4 ? '224.0.0.251' : 'ff02::fb' }));
    const [row] = scannedPorts(web({ ...judged, reach: grouped }), 'wlan0');
    expect(row).toMatchObject({ seen: 'filtered', unheard: true });
  });

  test('a redirect is found at the port that is knocked at', () => {
    const judged = reports.reach('open', 'blocked');
    const reach = judged.reach.flatMap((way) => [
      { ...way, port: 80 },
      ...stopped('drop').reach.filter(({ family }) => family === way.family),
    ]);
    const report = web({ ...judged, reach });
    expect(seenAt(report, 'tcp/80')).toBe('open');
    expect(seenAt(report, 'tcp/3000')).toBe('filtered');
  });

  test('a port that leads on is one row, whoever holds its place here', () => {
    const [door] = reports.ledOn.forwards;
    if (door === undefined) throw new Error('no forward');
    const rows = (more: Partial<Report>) => scannedPorts({ ...reports.ledOn, ...more }, 'wlan0');
    expect(rows({}).filter(({ port }) => port === 8080)).toMatchObject([{ seen: 'open', forward: { id: door.id } }]);
    const [held] = web(stopped('goes elsewhere')).listeners;
    const keeper = { ...held, id: 'tcp/8080', port: 8080 } as ReportListener;
    const both = keeper.reach.map((way) => ({ ...way, port: 8080 }));
    const report = { listeners: [{ ...keeper, reach: both }] };
    expect(rows(report).filter(({ port }) => port === 8080)).toMatchObject([
      { seen: 'open', forward: { id: door.id } },
    ]);
    const range: ReportForward = { ...door, port: 8000, lastPort: 8100 };
    expect(rows({ ...report, forwards: [range] }).map(({ port, lastPort }) => [port, lastPort])).toEqual([
      [8000, 8100],
    ]);
    expect(rows({ ...report, forwards: [] })).toMatchObject([{ port: 8080, seen: 'unknown' }]);
    expect(rows({ forwards: [{ ...door, via: 'route' }], listeners: [] })).toEqual([]);
  });

  test('of two programs at one port the more open one is found', () => {
    const [open] = web(reports.reach('open', 'blocked')).listeners;
    const [shut] = web(stopped('drop')).listeners;
    const report = { ...reports.advice, listeners: [shut, open] as ReportListener[] };
    expect(scannedPorts(report, 'wlan0').map(({ seen }) => seen)).toEqual(['open']);
  });

  test('addresses that are none are passed over', () => {
    expect(scannedPorts(reports.hostile, 'wlan0').length).toBeGreaterThanOrEqual(7);
    const odd = [{ name: 'wlan0', kind: 'wifi' as const, addresses: ['192.168.77.10/x', 'no', '192.168.77.10/99'] }];
    expect(seenAt(web(reports.reach('open', 'blocked'), { interfaces: odd }), 'tcp/3000')).toBe('open');
    expect(seenAt(web(fromSome('open', '192.168.0.0/16'), { interfaces: odd }), 'tcp/3000')).toBe('some');
  });
});

describe('a port where nothing listens', () => {
  const { firewalls } = reports.advice;
  const withDefault = (inbound: 'deny' | 'reject' | 'allow' | 'unknown') =>
    firewalls.map((one) => ({ ...one, defaults: { ...one.defaults, inbound } }));
  const look = (more: Partial<Report>) => elsewhere({ ...reports.advice, ...more });
  test('looks as the firewall’s default says', () => {
    expect(look({})).toBe('filtered');
    expect(look({ firewalls: withDefault('reject') })).toBe('refused');
    expect(look({ firewalls: withDefault('allow') })).toBe('closed');
    expect(elsewhere(reports.firewallOff)).toBe('closed');
    expect(elsewhere(reports.noFirewall)).toBe('closed');
  });
  test('and is not told where that is not known', () => {
    expect(look({ firewalls: withDefault('unknown') })).toBe('shut');
    expect(look({ firewalls: [...withDefault('deny'), ...withDefault('reject')] })).toBe('shut');
    expect(look({ firewalls: firewalls.map((one) => ({ ...one, active: null })) })).toBe('shut');
    expect(look({ complete: false })).toBe('shut');
    expect(look({ platform: 'win32' })).toBe('shut');
  });
});

describe('on rule sets that people run', () => {
  const snapshots = readSnapshots();
  const shut: ReadonlySet<string> = new Set(['filtered', 'refused', 'closed', 'shut']);
  test.each(rulesets)('$name: as the places of the report', ({ name }) => {
    const report = makeReport(parseSnapshot(JSON.stringify(snapshots[name]), name), { kept: new Set() });
    let compared = 0;
    for (const { name: network, kind } of report.interfaces) {
      if (kind === 'loopback') continue;
      const rows = scannedPorts(report, network);
      for (const listener of report.listeners) {
        const place = listener.places.find((one) => one.interface === network)?.verdict;
        const ports = new Set([listener.port, ...listener.reach.map(({ port }) => port)]);
        const mine = rows.filter(
          ({ protocol, port, lastPort }) =>
            protocol === listener.protocol && [...ports].some((one) => one >= port && one <= lastPort),
        );
        expect(mine.length, listener.id).toBeGreaterThan(0);
        compared += 1;
        const getsIn = place === 'open' || place === 'limited' || place === 'some' || place === 'unknown';
        // What only a group is sent counts for a place, and is not found by a scan.
        const byGroup = listener.reach.some(
          (way) =>
            way.interface === network &&
            way.open.length + way.limited.length + way.unknown.length > 0 &&
            isGroup(way.address, report.interfaces),
        );
        if (byGroup) continue;
        if (getsIn) {
          expect(
            mine.some(({ seen }) => !shut.has(seen)),
            `${listener.id} on ${network} is ${place}`,
          ).toBe(true);
        }
        if (place === 'open') expect(mine.some(({ seen }) => seen === 'open')).toBe(true);
        // Nothing is open that no listener and no forwarded port has open.
        const open = mine.some(({ seen }) => seen === 'open');
        const sources = [
          ...report.listeners.filter(
            ({ protocol, reach }) => protocol === listener.protocol && reach.some(({ port }) => ports.has(port)),
          ),
          ...report.forwards,
        ];
        if (open) {
          expect(
            sources.some(({ places }) => places.some((one) => one.interface === network && one.verdict !== 'blocked')),
          ).toBe(true);
        }
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});
