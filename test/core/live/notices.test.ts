import { describe, expect, test } from 'vitest';
import { heed, type Heeded } from '../../../src/core/live/notices.ts';
import type { Place, Report, ReportListener } from '../../../src/core/model.ts';
import { listener as advised } from '../advice/build.ts';

interface Port {
  readonly port?: number;
  readonly protocol?: 'tcp' | 'udp';
  readonly program?: string;
  readonly verdict?: Place['verdict'];
  readonly sources?: readonly string[];
  readonly kept?: boolean;
}

const listener = ({
  port = 3000,
  protocol = 'tcp',
  program = 'python3',
  verdict = 'open',
  sources = [],
  kept = false,
}: Port): ReportListener =>
  ({
    id: `${protocol}/${port}`,
    protocol,
    port,
    identity: { name: program, service: null },
    owner: { program },
    kept,
    exposureComplete: verdict !== 'unknown',
    places: [{ kind: 'lan', interface: 'wlan0', verdict }],
    reach: [{ interface: 'wlan0', open: sources, limited: [] }],
  }) as unknown as ReportListener;

interface Read {
  readonly ports: readonly Port[];
  readonly asked?: boolean;
  /** Minutes after the first. */
  readonly after?: number;
  /** null: no network. */
  readonly address?: string | null;
  readonly place?: Place['kind'];
  readonly unread?: readonly string[];
}

const read = (ports: readonly Port[], more: Omit<Read, 'ports'> = {}): Read => ({ ports, ...more });
const asked = (ports: readonly Port[], more: Omit<Read, 'ports'> = {}): Read => ({ ports, ...more, asked: true });

const reportOf = ({ ports, after = 0, address = '192.168.77.10/24', place = 'lan', unread = [] }: Read): Report =>
  ({
    takenAt: new Date(Date.UTC(2026, 10, 29, 8) + after * 60_000).toISOString(),
    listeners: ports.map((port) => {
      const made = listener(port);
      if (address === null) return { ...made, places: [], reach: [] };
      return { ...made, places: made.places.map((one) => ({ ...one, kind: place })) };
    }),
    forwards: [],
    interfaces: address === null ? [] : [{ name: 'wlan0', kind: 'wifi', addresses: [address] }],
    unread: unread.map((what) => ({ what, why: '', how: '' })),
  }) as unknown as Report;

/** What is told after each reading. */
function told(...reads: readonly Read[]): readonly string[] {
  let heeded: Heeded | null = null;
  return reads.flatMap((one, index) => {
    const next = heed(heeded, reportOf(one), { asked: one.asked ?? false });
    heeded = next.heeded;
    return next.opened.map(({ kind, subject, places }) => `${index} ${kind} ${subject.id} ${places.length}`);
  });
}

describe('somebody new', () => {
  test('is told once; what was open before is not', () => {
    expect(told(read([{ port: 22 }]), read([{ port: 22 }, {}]), read([{ port: 22 }, {}]))).toEqual([
      '1 opened tcp/3000 1',
    ]);
  });

  test('is who gets in by more addresses, not by fewer', () => {
    const some = (...sources: readonly string[]): Read => read([{ verdict: 'some', sources }]);
    expect(told(some('192.168.77.4/31'), some('192.168.77.4'), some('192.168.77.4'))).toEqual([]);
    expect(told(some('192.168.77.4'), read([{}]), some('192.168.77.4'))).toEqual(['1 opened tcp/3000 1']);
  });

  test('is who is on another network', () => {
    expect(told(read([{}]), read([{}], { address: '10.0.0.7/8' }))).toEqual(['1 opened tcp/3000 1']);
  });

  test('is who was shut out meanwhile', () => {
    expect(told(read([{}]), read([{ verdict: 'blocked' }]), read([{}]))).toEqual(['2 opened tcp/3000 1']);
  });

  test('is who gets through to another program on the same port', () => {
    expect(told(read([{}]), read([]), read([{ program: 'nc' }]))).toEqual(['2 opened tcp/3000 1']);
  });
});

describe('nobody new', () => {
  test('where a program ends and starts again, or the network goes and comes back', () => {
    expect(told(read([{}]), read([]), read([{}]), read([]), read([{}]))).toEqual([]);
    expect(told(read([{}]), read([{}], { address: null }), read([{}]))).toEqual([]);
  });

  test('until a week has passed without them', () => {
    const minutes = 8 * 24 * 60;
    expect(told(read([{}]), read([], { after: 1 }), read([{}], { after: minutes }))).toEqual(['2 opened tcp/3000 1']);
    const lasting = read([{}], { after: minutes });
    expect(told(read([{}]), lasting, read([], { after: minutes }), read([{}], { after: minutes + 1 }))).toEqual([]);
  });

  test('where a network comes back by its IPv6 address first', () => {
    const first = read([{}], { address: 'fe80::1/64' });
    expect(told(read([{}]), read([{}], { address: null }), first, read([{}]))).toEqual([]);
    const another = read([{}], { address: '10.0.0.7/8' });
    expect(told(read([{}]), read([{}], { address: null }), first, another)).toEqual(['3 opened tcp/3000 1']);
    expect(told(read([]), read([{}], { address: 'fd77::1/64' }))).toEqual(['1 opened tcp/3000 1']);
  });

  test('where the computer starts, and its network only comes', () => {
    const none = read([{}], { address: null });
    const six = read([{}], { address: 'fd77::1/64' });
    expect(told(none, six, read([{}]), read([{}, { port: 80 }]))).toEqual(['3 opened tcp/80 1']);
    expect(told(none, { ...none, after: 3 }, read([{}], { after: 4 }))).toEqual(['2 opened tcp/3000 1']);
  });

  test('in a container on this computer', () => {
    expect(told(read([]), read([{}], { place: 'container' }))).toEqual([]);
  });

  test('where the person keeps it', () => {
    expect(told(read([]), read([{ kept: true }]))).toEqual([]);
  });

  test('on temporary ports of clients', () => {
    expect(told(read([]), read([{ protocol: 'udp', port: 45_000, program: 'firefox' }]))).toEqual([]);
    expect(told(read([]), read([{ protocol: 'udp', port: 1900, program: 'x' }]))).toEqual(['1 opened udp/1900 1']);
  });

  test('where it does little harm, unless a setting of macOS opens it', () => {
    const airplay = advised('tcp/7000', 'ControlCenter');
    const on = (platform: Report['platform']): readonly string[] => {
      const [before, after] = [[], [airplay]].map(
        (listeners): Report => ({ ...reportOf(read([])), platform, listeners }),
      );
      const { heeded } = heed(null, before as Report, { asked: false });
      return heed(heeded, after as Report, { asked: false }).opened.map(({ subject }) => subject.id);
    };
    expect(on('darwin')).toEqual(['tcp/7000']);
    expect(on('linux')).toEqual([]);
  });

  test('where the person has just looked, or made it so', () => {
    expect(told(read([]), asked([{}]), read([{}]))).toEqual([]);
    expect(told(read([{ verdict: 'blocked' }]), asked([{}]), read([{}]), read([{}]))).toEqual([]);
  });

  test('where it cannot be told', () => {
    const lost = { unread: ['kernel rules'] };
    expect(told(read([]), read([{ verdict: 'unknown' }], lost), read([], lost))).toEqual([]);
    expect(told(read([{}]), read([{ verdict: 'unknown' }], lost), read([{}]))).toEqual([]);
  });

  test('a reading that was asked for and read more does not keep the others from telling', () => {
    const lost = { unread: ['programs of others'] };
    expect(told(read([], lost), asked([]), read([{}], lost))).toEqual(['2 opened tcp/3000 1']);
  });
});
