/** Random Macs: the engine and the manual agree, and what must never happen does not. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAddress, setOf } from '../../../../src/core/address.ts';
import { readFacts, worldOf } from '../../../../src/core/facts.ts';
import { parsePf } from '../../../../src/core/firewalls/pf/parse.ts';
import { has } from '../../../../src/core/intervals.ts';
import type { Verdict } from '../../../../src/core/model.ts';
import { createJudge } from '../../../../src/core/reach/index.ts';
import { makeReport } from '../../../../src/core/report.ts';
import { failed, macSnapshot } from './machine.ts';
import { oracle } from './oracle.ts';
import { PACKETS, engineOn, printRule, snapshotOf, someMac, someRule } from './random-macs.ts';
import { share } from '../../../share.ts';

const RUNS = share(200);

const RANK: Readonly<Record<Verdict, number>> = { blocked: 0, unknown: 1, limited: 2, open: 2 };

test('the engine says what the manual says', () => {
  const counts: Record<string, number> = { open: 0, blocked: 0, unknown: 0 };
  fc.assert(
    fc.property(someMac, (mac) => {
      const wanted = PACKETS.map((packet) => oracle(mac, packet));
      for (const verdict of wanted) counts[verdict] = (counts[verdict] ?? 0) + 1;
      expect(engineOn(mac)).toEqual(wanted);
    }),
    { numRuns: RUNS },
  );
  // A comparison of nothing but open packets would prove nothing.
  for (const verdict of ['open', 'blocked', 'unknown']) expect(counts[verdict]).toBeGreaterThan(RUNS / 2);
});

test('who gets through to a listener is who gets an answer by himself, with the index and without it', () => {
  fc.assert(
    fc.property(someMac, (mac) => {
      const facts = readFacts(snapshotOf(mac));
      const [judge, plain] = [createJudge(worldOf(facts)), createJudge(worldOf(facts), { index: false })];
      const asked = engineOn(mac);
      for (const listener of facts.listeners) {
        const reach = judge.reachOf(listener);
        expect(plain.reachOf(listener)).toEqual(reach);
        for (const [at, { protocol, port, source, on }] of PACKETS.entries()) {
          if (port !== listener.port || protocol !== listener.protocol) continue;
          const to = on === 'en0' ? '192.168.1.20' : '10.0.0.5';
          const way = reach.reach.find((one) => one.address === to && one.interface === on);
          const value = parseAddress(source.join('.'))?.value ?? 0n;
          const within = (texts: readonly string[] = []) => has(setOf(texts, 4) ?? [], value);
          expect(within(way?.open) ? 'open' : within(way?.unknown) ? 'unknown' : 'blocked').toBe(asked[at]);
        }
      }
    }),
    { numRuns: Math.ceil(RUNS / 10) },
  );
});

test('a quick block in front lets nothing further than before; a quick pass in front nothing less far past pf', () => {
  fc.assert(
    fc.property(someMac, someRule, (mac, rule) => {
      const sure = { ...rule, open: false, quick: true };
      const before = engineOn(mac);
      const shut = engineOn({ ...mac, lines: [{ ...sure, action: 'block' }, ...mac.lines] });
      const passed = engineOn({ ...mac, lines: [{ ...sure, action: 'pass' }, ...mac.lines] });
      for (const [at, verdict] of before.entries()) {
        expect(RANK[shut[at] ?? 'open']).toBeLessThanOrEqual(RANK[verdict]);
        expect(RANK[passed[at] ?? 'blocked']).toBeGreaterThanOrEqual(RANK[verdict]);
      }
    }),
    { numRuns: Math.ceil(RUNS / 5) },
  );
});

test('rules of which none overlaps another in what it does may stand in any order', () => {
  fc.assert(
    fc.property(someMac, (mac) => {
      const alike = mac.lines.flatMap((line) => (line.kind === 'rule' ? [{ ...line, action: 'block' as const }] : []));
      const one = { ...mac, lines: alike };
      expect(engineOn({ ...one, lines: alike.toReversed() })).toEqual(engineOn(one));
    }),
    { numRuns: Math.ceil(RUNS / 5) },
  );
});

test('what pfctl prints is read as it was meant', () => {
  fc.assert(
    fc.property(fc.array(someRule, { minLength: 1, maxLength: 5 }), (rules) => {
      const { lines, cut } = parsePf(rules.map((rule) => `${printRule(rule)}\n`).join(''));
      expect(cut).toBe(false);
      expect(lines.map((line) => (line.kind === 'filter' ? line.text : null))).toEqual(rules.map(printRule));
      for (const [at, line] of lines.entries()) {
        const rule = rules[at];
        if (line.kind !== 'filter' || rule === undefined) throw new Error('not a filter rule');
        expect([line.action, line.direction, line.quick, line.interface, line.protocol]).toEqual([
          rule.action,
          rule.direction,
          rule.quick,
          rule.on,
          rule.protocol,
        ]);
        expect(line.source.not).toBe(rule.from?.not ?? false);
        expect(line.flags === null ? null : `${line.flags.set}/${line.flags.of}`).toBe(rule.flags);
        expect(line.narrows).toEqual(rule.open ? ['user = 501'] : []);
        expect(line.destination.port?.operator ?? null).toBe(rule.port?.operator ?? null);
      }
    }),
    { numRuns: RUNS },
  );
});

test('without pf nothing is called closed that is not closed with any rules, and nothing open', () => {
  fc.assert(
    fc.property(someMac, (mac) => {
      const known = engineOn(mac);
      const facts = snapshotOf(mac);
      const blind = {
        ...facts,
        uid: 501,
        transcripts: facts.transcripts.map((one) =>
          one.id.startsWith('pf.') ? { ...one, ...failed('refused', 'pfctl: /dev/pf: Permission denied') } : one,
        ),
      };
      const judge = createJudge(worldOf(readFacts(blind)));
      for (const [at, { protocol, port, source, on }] of PACKETS.entries()) {
        const destination = on === 'en0' ? '192.168.1.20' : '10.0.0.5';
        const { verdict } = judge.ask({ protocol, port, interface: on, source: source.join('.'), destination });
        expect(verdict).not.toBe('open');
        if (verdict === 'blocked') expect(known[at]).toBe('blocked');
      }
    }),
    { numRuns: Math.ceil(RUNS / 5) },
  );
});

test('what listens on loopback is for this Mac alone only where it is known where pf leads', () => {
  const sockets = [{ at: 'tcp4 127.0.0.1.3000', pid: 7 }];
  const processes = [{ pid: 7, path: '/usr/local/bin/node' }];
  const exposure = (said: Parameters<typeof macSnapshot>[0]) => {
    const { listeners } = makeReport(macSnapshot({ sockets, processes, ...said }), { kept: new Set() });
    return listeners[0]?.exposure;
  };
  expect(exposure({ uid: 0, pf: { enabled: false } })).toBe('self');
  expect(exposure({ uid: 0, pf: {} })).toBe('self');
  expect(exposure({})).toBe('unknown');
  expect(exposure({ uid: 0, pf: { nat: ['half a'] } })).toBe('unknown');
  expect(exposure({ uid: 0, pf: { nat: ['rdr on en0 inet proto tcp from any to any port = 80 -> <x>'] } })).toBe(
    'unknown',
  );
  expect(
    exposure({
      uid: 0,
      pf: { nat: ['rdr pass on en0 inet proto tcp from any to any port = 80 -> 127.0.0.1 port 3000'] },
    }),
  ).toBe('network');
  expect(
    exposure({
      uid: 0,
      pf: { nat: ['rdr pass on en0 inet proto tcp from any to any port = 80 -> 127.0.0.1 port 3001'] },
    }),
  ).toBe('self');
  // Whatever pf does, the application firewall lets nobody through to it.
  expect(exposure({ alf: { state: 1, apps: ['block /usr/local/bin/node'] } })).toBe('self');
});

test('a rule that leads on and lets by at once is named once', () => {
  const rule = 'rdr pass on en0 inet proto tcp from any to any port = 80 -> 127.0.0.1 port 3000';
  const { listeners } = makeReport(
    macSnapshot({
      uid: 0,
      alf: { state: 0 },
      pf: { nat: [rule] },
      processes: [{ pid: 7, path: '/usr/local/bin/node' }],
      sockets: [{ at: 'tcp4 127.0.0.1.3000', pid: 7 }],
    }),
    { kept: new Set() },
  );
  const open = listeners[0]?.reach.find((way) => way.open.length > 0);
  expect(open?.decidedBy.filter(({ firewall }) => firewall === 'pf')).toEqual([{ firewall: 'pf', rule }]);
});
