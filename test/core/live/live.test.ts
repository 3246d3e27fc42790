import { describe, expect, test } from 'vitest';
import { compare, seenIn } from '../../../src/core/live/index.ts';
import type { Place, Report, ReportListener } from '../../../src/core/model.ts';

interface Port {
  readonly port?: number;
  readonly verdict?: Place['verdict'];
  readonly sources?: readonly string[];
  readonly complete?: boolean;
}

const listener = ({ port = 3000, verdict = 'open', sources = [], complete = true }: Port): ReportListener =>
  ({
    id: `tcp/${port}`,
    protocol: 'tcp',
    port,
    identity: { name: 'Development web server' },
    owner: { program: 'python3' },
    kept: false,
    exposure: verdict === 'blocked' ? 'self' : verdict === 'unknown' ? 'unknown' : 'network',
    exposureComplete: complete,
    places: [{ kind: 'lan', interface: 'wlan0', verdict }],
    reach: [{ interface: 'wlan0', open: sources, limited: [] }],
  }) as unknown as ReportListener;

const report = (ports: readonly Port[], address = '192.168.77.10/24', unread: readonly string[] = []): Report =>
  ({
    listeners: ports.map(listener),
    forwards: [],
    interfaces: [{ name: 'wlan0', kind: 'wifi', addresses: [address] }],
    complete: unread.length === 0,
    unread: unread.map((what) => ({ what, why: '', how: '' })),
  }) as unknown as Report;

const told = (...reports: readonly Report[]): readonly string[] => {
  const [first, ...rest] = reports;
  if (first === undefined) return [];
  let seen = seenIn(first);
  return rest.flatMap((next) => {
    const { seen: now, events } = compare(seen, next);
    seen = now;
    return events.map(({ kind, subject, places }) =>
      [kind, subject.id, ...places.map((place) => place.interface ?? place.kind)].join(' '),
    );
  });
};

describe('who is new', () => {
  test('nobody, where nothing is different', () => {
    expect(told(report([{}]), report([{}]), report([{ verdict: 'limited' }]))).toEqual([]);
  });

  test('a port that comes, opens, is blocked, and goes', () => {
    expect(told(report([]), report([{}]), report([]))).toEqual(['opened tcp/3000 wlan0', 'closed tcp/3000 wlan0']);
    expect(told(report([{ verdict: 'blocked' }]), report([{}]), report([{ verdict: 'blocked' }]))).toEqual([
      'opened tcp/3000 wlan0',
      'closed tcp/3000 wlan0',
    ]);
    expect(told(report([]), report([{ verdict: 'blocked' }]), report([]))).toEqual([]);
  });

  test('some addresses that become more, or everybody', () => {
    const some = (...sources: readonly string[]) => report([{ verdict: 'some', sources }]);
    expect(told(some('192.168.77.4/31'), some('192.168.77.4'))).toEqual([]);
    expect(told(some('192.168.77.4'), some('192.168.77.4/31'))).toEqual(['opened tcp/3000 wlan0']);
    expect(told(some('192.168.77.4'), some('192.168.77.4', 'fd77::/64'))).toEqual(['opened tcp/3000 wlan0']);
    expect(told(some('192.168.77.4'), report([{}]))).toEqual(['opened tcp/3000 wlan0']);
    expect(told(report([{}]), some('192.168.77.4'))).toEqual([]);
  });

  test('the people of another network, but not of the same with another address', () => {
    expect(told(report([{}]), report([{}], '192.168.77.23/24'))).toEqual([]);
    expect(told(report([{}]), report([{}], '10.0.0.7/8'))).toEqual(['opened tcp/3000 wlan0', 'closed tcp/3000 wlan0']);
  });
});

describe('what cannot be told', () => {
  const lost = (...ports: readonly Port[]) => report(ports, undefined, ['kernel rules']);

  test('opens and closes nothing where an earlier report knew more, and is said once', () => {
    expect(told(report([{}]), lost(), lost({ port: 80 }))).toEqual([]);
    const doubtful = lost({ verdict: 'unknown', complete: false });
    expect(told(report([{}]), doubtful, doubtful)).toEqual(['unknown tcp/3000']);
  });

  test('is compared with what was known before, once it can be told again', () => {
    const doubtful = lost({ verdict: 'unknown', complete: false });
    expect(told(report([{}]), doubtful, report([{}]))).toEqual(['unknown tcp/3000']);
    expect(told(report([{}]), doubtful, report([{ verdict: 'blocked' }]))).toEqual([
      'unknown tcp/3000',
      'closed tcp/3000 wlan0',
    ]);
    expect(told(report([]), doubtful, report([{}]))).toEqual(['unknown tcp/3000', 'opened tcp/3000 wlan0']);
  });

  test('is no end where it was open: as long as it is not known, nobody is shut out', () => {
    expect(told(report([{}]), report([{ verdict: 'unknown', complete: false }]))).toEqual(['unknown tcp/3000']);
  });
});
