/** A port that a rule redirects to a listener of another number: closing it must close that way, or be refused. */
import { describe, expect, test } from 'vitest';
import { ledFrom } from '../../../src/core/listeners/led.ts';
import type { Choice, ListenerReach, Snapshot, Target } from '../../../src/core/model.ts';
import { makeReport } from '../../../src/core/report.ts';
import { targetsOf } from '../../../src/main/faces/cli/targets.ts';
import { planText } from '../../../src/main/faces/cli/plan-text.ts';
import { PLAIN } from '../../../src/main/faces/cli/text.ts';
import { laptop, planFor } from './machine.ts';
import { warningsOf } from './in-english.ts';

/** synthetic: the laptop, with `tcp dport 80 redirect to :3000` of IPv4 as `nft -j` prints it. */
const redirected = (): Snapshot => {
  const snapshot = laptop({ tuples: ['allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in'] });
  const chain = { family: 'ip', table: 'web', name: 'pre', handle: 1 };
  const nftables = [
    { table: { family: 'ip', name: 'web', handle: 1 } },
    { chain: { ...chain, type: 'nat', hook: 'prerouting', prio: -100, policy: 'accept' } },
    {
      rule: {
        family: 'ip',
        table: 'web',
        chain: 'pre',
        handle: 2,
        expr: [
          { match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right: 80 } },
          { redirect: { port: 3000 } },
        ],
      },
    },
  ];
  return {
    ...snapshot,
    transcripts: snapshot.transcripts.map((one) =>
      one.id === 'nft' ? { ...one, stdout: JSON.stringify({ nftables }) } : one,
    ),
  };
};

const close = (...ports: readonly number[]): Choice => ({
  kind: 'close',
  targets: ports.map((port): Target => ({ protocol: 'tcp', port })),
  audience: 'everyone',
  way: 'firewall',
});
const snapshot = redirected();
const report = makeReport(snapshot, { kept: new Set() });
const openAt = (reach: readonly { readonly port: number; readonly open: readonly string[] }[]) => [
  ...new Set(reach.filter(({ open }) => open.length > 0).map(({ port }) => port)),
];

test('the port leads to what listens on the other one, and a port that nothing leads from leads nowhere', () => {
  const [led] = ledFrom(report, { protocol: 'tcp', port: 80 });
  expect([led?.listener.id, led?.known, led?.ways.map(({ address }) => address)]).toEqual([
    'tcp/3000',
    true,
    ['192.168.77.10'],
  ]);
  expect(ledFrom(report, { protocol: 'udp', port: 80 })).toEqual([]);
  expect(ledFrom(report, { protocol: null, port: 81 })).toEqual([]);
  expect(ledFrom(report, { protocol: null, port: 3000 })).toEqual([]);
});

describe('closing', () => {
  test('the redirected port is closed ahead of the redirect, not by a rule of ufw that never sees it', () => {
    const plan = planFor(snapshot, close(80));
    expect(plan.steps.map(({ operation }) => operation)).toEqual([
      { kind: 'table-close', protocol: 'tcp', port: 80, except: [] },
    ]);
    expect(plan.effects.map(({ listener, after }) => [listener, openAt(after.reach)])).toEqual([['tcp/3000', [3000]]]);
    const said = warningsOf(plan).join(' ');
    expect(said).toContain('Port 80 (TCP) is redirected to port 3000 (TCP) before the firewall is asked');
    expect(said).not.toContain('Nothing listens on');
  });

  test('both: neither is left open', () => {
    const plan = planFor(snapshot, close(80, 3000));
    expect(plan.effects.map(({ listener, after }) => [listener, after.exposure])).toEqual([['tcp/3000', 'self']]);
  });
});

test('a number alone means the protocol of what it leads to', () => {
  const udp = { ...report, listeners: report.listeners.map((one) => ({ ...one, protocol: 'udp' as const })) };
  expect(targetsOf([{ port: 80, protocol: null }], udp)).toEqual([{ port: 80, protocol: 'udp' }]);
  expect(targetsOf([{ port: 81, protocol: null }], udp)).toEqual([{ port: 81, protocol: 'tcp' }]);
});

test('who is left after it is told by what is less, not as everybody', () => {
  const told = (port: number): string =>
    planText(planFor(snapshot, close(port)), report, { style: PLAIN, columns: 100 });
  expect(told(3000)).toMatch(/3000\/tcp .* Wi-Fi +only by port 80\n/);
  expect(told(80)).toMatch(/3000\/tcp .* Wi-Fi +only by port 3000\n/);
});

test('and so by which family and at which address, and by whom where it is not everybody', () => {
  const [way] = report.listeners.find(({ id }) => id === 'tcp/3000')?.reach ?? [];
  const plan = planFor(snapshot, close(3000));
  const [effect] = plan.effects;
  if (way === undefined || effect === undefined) throw new Error('nothing is reached');
  const six = { ...way, family: 6 as const, address: 'fd77::10', open: ['::/0'] };
  const all = { ...effect.before, reach: [way, { ...way, address: '192.168.77.11' }, six] };
  const row = (before: ListenerReach, after: ListenerReach): string =>
    planText({ ...plan, effects: [{ ...effect, before, after }] }, report, { style: PLAIN, columns: 100 });
  const told = (...reach: readonly (typeof way)[]): string => row(all, { ...all, reach });
  expect(told(way, { ...way, address: '192.168.77.11' })).toMatch(/Wi-Fi +only by IPv4\n/);
  expect(told(way, six)).toMatch(/Wi-Fi +only to 192\.168\.77\.10, fd77::10\n/);
  expect(told({ ...way, open: ['192.168.77.0/25'] })).toMatch(/Wi-Fi +only 192\.168\.77\.0\/25\n/);
  // Opened again, it is the way before that was the narrower one.
  expect(row({ ...all, reach: [way] }, all)).toMatch(/only by IPv4 +Wi-Fi\n/);
});
