import { describe, expect, test } from 'vitest';
import { doubts, newsFrom, type Shown, weigh as weighGiven } from '../../../src/core/live/news.ts';
import type { Report } from '../../../src/core/model.ts';

interface Draft {
  readonly at?: number;
  readonly ports?: readonly number[];
  readonly address?: string;
  readonly unread?: readonly string[];
}

/** Seconds into a minute, as a report says them. */
const report = ({ at = 0, ports = [22], address = '192.168.77.10/24', unread = [] }: Draft): Report =>
  ({
    schema: 1,
    takenAt: new Date(at * 1000).toISOString(),
    complete: unread.length === 0,
    unread: unread.map((what) => ({ what, why: '', how: '' })),
    listeners: ports.map((port) => ({
      protocol: 'tcp',
      port,
      addresses: [{ address: '0.0.0.0', family: 4, scope: 'any', device: null }],
    })),
    interfaces: [{ name: 'wlan0', kind: 'wifi', addresses: [address] }],
    forwards: [],
    findings: [],
    firewalls: [],
  }) as unknown as Report;

const shown = (draft: Draft, exact: boolean): Shown => ({
  report: report(draft),
  began: (draft.at ?? 0) * 1000,
  exact,
});

const weigh = (before: Shown, fresh: Report) => weighGiven(before, fresh, false);

describe('a hint', () => {
  test('puts an exact reading in doubt at once, an ordinary one never: it is read anew', () => {
    expect(doubts(shown({ at: 10 }, true), { what: 'firewall', at: 11_000 })).toBe(true);
    expect(doubts(shown({ at: 10 }, true), { what: 'network', at: 11_000 })).toBe(true);
    expect(doubts(shown({ at: 10 }, false), { what: 'firewall', at: 11_000 })).toBe(false);
  });

  test('at what was read after it is answered already', () => {
    expect(doubts(shown({ at: 10 }, true), { what: 'firewall', at: 10_000 })).toBe(false);
    expect(doubts(shown({ at: 10 }, true), { what: 'firewall', at: 10_001 })).toBe(true);
  });

  test('at sockets may come late', () => {
    expect(doubts(shown({ at: 10 }, true), { what: 'sockets', at: 12_000 })).toBe(false);
    expect(doubts(shown({ at: 10 }, true), { what: 'sockets', at: 13_000 })).toBe(true);
  });
});

describe('a new ordinary reading', () => {
  const older = report({ at: 10 }).takenAt;

  test('takes the place of an ordinary one that knew no more', () => {
    const fresh = report({ at: 20, ports: [22, 3000], unread: ['the rules'] });
    expect(weigh(shown({ at: 10, unread: ['the rules'] }, false), fresh)).toEqual({ kind: 'report', report: fresh });
    expect(weigh(shown({ at: 10, unread: ['the rules', 'more'] }, false), fresh)?.kind).toBe('report');
  });

  test('never takes the place of an exact one, and says where the sockets differ', () => {
    const before = shown({ at: 10 }, true);
    const unread = ['the rules'];
    expect(weigh(before, report({ at: 20, unread }))).toBeNull();
    expect(weigh(before, report({ at: 20, unread, ports: [22, 3000] }))).toEqual({
      kind: 'doubt',
      of: older,
      sockets: true,
    });
    expect(weigh(before, report({ at: 20, unread, address: '10.0.0.7/24' }))).toEqual({
      kind: 'doubt',
      of: older,
      sockets: false,
    });
    expect(weigh(before, report({ at: 20 }))).toBeNull();
  });

  test('to which the rules were given takes the place of one for which somebody was asked, if it knows as much', () => {
    const before = shown({ at: 10 }, true);
    expect(weighGiven(before, report({ at: 20 }), true)?.kind).toBe('report');
    expect(weighGiven(before, report({ at: 20, unread: ['the rules'] }), true)).toBeNull();
  });

  test('that knows less does not take the place of one that knew more', () => {
    const before = shown({ at: 10, unread: ['the rules'] }, false);
    expect(weigh(before, report({ at: 20, unread: ['the rules', 'the sockets'] }))).toBeNull();
    expect(weigh(before, report({ at: 20, unread: ['the rules', 'the sockets'], ports: [] }))?.kind).toBe('doubt');
  });

  test('that began before the shown one is ignored', () => {
    expect(weigh(shown({ at: 20 }, false), report({ at: 10, ports: [] }))).toBeNull();
    expect(weigh(shown({ at: 20 }, false), report({ at: 20, ports: [] }))).toBeNull();
  });
});

describe('what a carrier brought', () => {
  test('is taken where it is news', () => {
    const doubt = { kind: 'doubt', of: '2026-11-20T10:42:00.000Z', sockets: true };
    expect(newsFrom(doubt)).toEqual(doubt);
    expect(newsFrom({ kind: 'report', report: report({}) })).toEqual({ kind: 'report', report: report({}) });
    const advice = { kind: 'visit', visit: { to: 'advice', finding: 'exposed-program:tcp/3000' } };
    expect(newsFrom(advice)).toEqual(advice);
    const review = { kind: 'visit', visit: { to: 'review', target: { protocol: 'tcp', port: 3000 } } };
    expect(newsFrom(review)).toEqual(review);
  });

  test.each([
    null,
    'doubt',
    {},
    { kind: 'doubt' },
    { kind: 'doubt', of: 1, sockets: true },
    { kind: 'doubt', of: 'x', sockets: 'no' },
    { kind: 'report' },
    { kind: 'report', report: null },
    { kind: 'report', report: { ...report({}), schema: 2 } },
    { kind: 'report', report: { ...report({}), listeners: 'none' } },
    { kind: 'exec' },
    { kind: 'visit' },
    { kind: 'visit', visit: { to: 'apply', target: { protocol: 'tcp', port: 3000 } } },
    { kind: 'visit', visit: { to: 'advice', finding: 3000 } },
    { kind: 'visit', visit: { to: 'review', target: { protocol: 'sctp', port: 3000 } } },
    { kind: 'visit', visit: { to: 'review', target: { protocol: 'tcp', port: '3000' } } },
  ])('%j is dropped', (value) => {
    expect(newsFrom(value)).toBeNull();
  });
});
