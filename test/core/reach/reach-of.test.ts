import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readFacts } from '../../../src/core/facts.ts';
import type { Interface, Snapshot } from '../../../src/core/model.ts';
import { makeReport } from '../../../src/core/report.ts';
import { find, withOutput } from '../../../src/core/transcripts.ts';
import { type Rules, interfaces, judgeOf, listener, socket } from './world.ts';

const filter = (policy: string, ...rules: string[]): string =>
  `*filter\n:INPUT ${policy} [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n${rules.join('\n')}\nCOMMIT\n`;
const both = (policy: string, ...rules: string[]): Rules => ({
  v4: filter(policy, ...rules),
  v6: filter(policy, ...rules),
});
const dual = socket({ family: 6, address: '::', v6only: false });
const place = (
  reach: ReturnType<ReturnType<typeof judgeOf>['reachOf']>,
  kind: string,
  name: string | null,
): string | undefined => reach.places.find((entry) => entry.kind === kind && entry.interface === name)?.verdict;

describe('who can reach a listener', () => {
  test('no rules at all: the whole network, and the internet on a public address', () => {
    const reach = judgeOf({}).reachOf(listener(dual));
    expect(reach.exposure).toBe('internet');
    expect(reach.exposureComplete).toBe(true);
    expect(place(reach, 'lan', 'wlan0')).toBe('open');
    expect(place(reach, 'lan', 'eth0')).toBe('open');
  });

  test('only private addresses: the network, and not directly the internet', () => {
    const reach = judgeOf({}).reachOf(listener(socket()));
    expect(reach.exposure).toBe('network');
    expect(place(reach, 'internet', null)).toBe('blocked');
  });

  test('default deny: this computer only', () => {
    const reach = judgeOf(both('DROP')).reachOf(listener(dual));
    expect(reach).toMatchObject({ exposure: 'self', exposureComplete: true });
    expect(reach.reach.every((way) => way.open.length === 0)).toBe(true);
  });

  test('where some interface was not read, there may be more ways than are known', () => {
    const judge = judgeOf(both('DROP'), { interfacesUnread: true });
    expect(judge.reachOf(listener(dual))).toMatchObject({ exposure: 'unknown', exposureComplete: false });
    const some = judgeOf({}, { interfacesUnread: true }).reachOf(listener(socket()));
    expect(some).toMatchObject({ exposure: 'network', exposureComplete: false });
    const own = judge.reachOf(listener(socket({ address: '127.0.0.1' })));
    expect(own).toMatchObject({ exposure: 'self', exposureComplete: true });
  });

  test('a link that ip printed and nobody understands is such an interface', () => {
    const whole = JSON.parse(
      readFileSync(new URL('../../main/cli/snapshots/firewalld.json', import.meta.url), 'utf8'),
    ) as Snapshot;
    const links = JSON.parse(find(whole, 'ip.address')?.stdout ?? '') as unknown[];
    const cut = withOutput(whole, 'ip.address', [], JSON.stringify([...links, { ifname: 'wlan9' }]));
    const [before, after] = [whole, cut].map((snapshot) => readFacts(snapshot).interfacesUnread);
    expect([before, after]).toEqual([false, true]);
    const { listeners } = makeReport(cut, { kept: new Set() });
    const wildcard = listeners.filter(({ addresses }) => addresses.some(({ scope }) => scope === 'any'));
    expect(wildcard.length).toBeGreaterThan(0);
    expect(wildcard.every(({ exposure, exposureComplete }) => exposure === 'internet' || !exposureComplete)).toBe(true);
  });

  test('bound to loopback: this computer only, whatever the rules are and even if they were not read', () => {
    for (const rules of [{}, both('DROP'), { v4: 'garbage', v6: 'garbage' }]) {
      const reach = judgeOf(rules).reachOf(
        listener(socket({ address: '127.0.0.1' }), socket({ family: 6, address: '::1', v6only: true })),
      );
      expect(reach).toMatchObject({ exposure: 'self', exposureComplete: true });
    }
  });

  test('loopback can be reached where route_localnet lets it', () => {
    const sysctls = new Map([
      ['net.ipv4.conf.all.route_localnet', '0'],
      ['net.ipv4.conf.wlan0.route_localnet', '1'],
      ['net.ipv4.conf.eth0.route_localnet', '0'],
    ]);
    const reach = judgeOf({}, { sysctls }).reachOf(listener(socket({ address: '127.0.0.1' })));
    expect(reach.exposure).toBe('network');
    expect(place(reach, 'lan', 'wlan0')).toBe('open');
    expect(place(reach, 'lan', 'eth0')).not.toBe('open');
  });

  test('rules that were not read: cannot tell, and never "this computer only"', () => {
    const reach = judgeOf({ v4: 'garbage', v6: 'garbage' }).reachOf(listener(dual));
    expect(reach).toMatchObject({ exposure: 'unknown', exposureComplete: false });
    expect(place(reach, 'lan', 'wlan0')).toBe('unknown');
    expect(reach.reach[0]?.reasons.length).toBeGreaterThan(0);
  });

  test('one family unread: what the other lets through is known, and the answer says that it is not all', () => {
    const reach = judgeOf({ v4: filter('DROP'), v6: 'garbage' }).reachOf(listener(dual));
    expect(reach).toMatchObject({ exposure: 'unknown', exposureComplete: false });
    const open = judgeOf({ v4: filter('ACCEPT'), v6: 'garbage' }).reachOf(listener(dual));
    expect(open).toMatchObject({ exposure: 'network', exposureComplete: false });
  });

  test('one network is open, of another it is not known: the answer says that it is not all', () => {
    const odd = (action: string): string => `-A INPUT -i eth0 -p tcp -m mystery -j ${action}`;
    for (const rules of [both('DROP', '-A INPUT -i wlan0 -j ACCEPT', odd('ACCEPT')), both('ACCEPT', odd('DROP'))]) {
      const reach = judgeOf(rules).reachOf(listener(socket()));
      expect([place(reach, 'lan', 'wlan0'), place(reach, 'lan', 'eth0')]).toEqual(['open', 'unknown']);
      expect(reach).toMatchObject({ exposure: 'network', exposureComplete: false });
    }
  });

  test('an allow for one neighbour is some addresses, one for the network is the network', () => {
    const allow = (from: string): Rules => ({
      v4: filter('DROP', `-A INPUT -s ${from} -p tcp -m tcp --dport 3000 -j ACCEPT`),
      v6: filter('DROP'),
    });
    const one = judgeOf(allow('192.168.77.20/32')).reachOf(listener(dual));
    expect(one.exposure).toBe('some');
    expect(place(one, 'lan', 'wlan0')).toBe('some');
    expect(judgeOf(allow('192.168.77.0/24')).reachOf(listener(dual)).exposure).toBe('network');
  });

  test('a socket bound to one network is reached through the other: hosts answer for all their addresses', () => {
    const reach = judgeOf({}).reachOf(listener(socket({ address: '10.66.0.10' })));
    expect(place(reach, 'lan', 'wlan0')).toBe('open');
    expect(place(reach, 'lan', 'eth0')).toBe('open');
  });

  test('a socket bound to a device hears only that one', () => {
    const reach = judgeOf({}).reachOf(listener(socket({ device: 'eth0' })));
    expect(reach.places.some((entry) => entry.interface === 'wlan0')).toBe(false);
    expect(place(reach, 'lan', 'eth0')).toBe('open');
  });

  test('IPv6 only is not asked about IPv4; unknown v6-only makes IPv4 unsure', () => {
    const six = judgeOf({}).reachOf(listener(socket({ family: 6, address: '::', v6only: true })));
    expect(six.reach.some((way) => way.family === 4)).toBe(false);
    const unsure = judgeOf({ v6: filter('DROP') }).reachOf(
      listener(socket({ family: 6, address: '::', v6only: null })),
    );
    expect(unsure).toMatchObject({ exposure: 'unknown', exposureComplete: false });
  });

  test('a redirect is a second door', () => {
    const nat =
      '*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 3000\nCOMMIT\n';
    const direct = filter('ACCEPT', '-A INPUT -p tcp -m conntrack --ctorigdstport 3000 -j DROP');
    const reach = judgeOf({ v4: nat + direct, v6: filter('DROP') }).reachOf(listener(dual));
    expect(reach.exposure).toBe('network');
    const wlan = reach.reach.filter((way) => way.interface === 'wlan0' && way.family === 4);
    expect(wlan.map((way) => [way.port, way.open])).toEqual([
      [3000, []],
      [80, ['0.0.0.0/0']],
    ]);
  });

  test('mDNS is heard by multicast under default deny, if a rule lets it', () => {
    const rules = both('DROP');
    const mdns = listener(socket({ protocol: 'udp', port: 5353 }));
    expect(judgeOf(rules).reachOf(mdns).exposure).toBe('self');
    const allowed = { ...rules, v4: filter('DROP', '-A INPUT -d 224.0.0.251/32 -p udp -m udp --dport 5353 -j ACCEPT') };
    const reach = judgeOf(allowed).reachOf(mdns);
    expect(reach.exposure).toBe('network');
    expect(reach.reach.filter((way) => way.open.length > 0).map((way) => way.address)).toEqual([
      '224.0.0.251',
      '224.0.0.251',
    ]);
  });

  test('an interface that is down is no way in', () => {
    const down = interfaces.map((entry) => (entry.name === 'eth0' ? { ...entry, up: false } : entry));
    const reach = judgeOf({}, { interfaces: down }).reachOf(listener(socket()));
    expect(reach.places.map((entry) => entry.interface)).toEqual(['wlan0', null]);
  });

  test("another network's address is left out only where it is answered as all of an interface's own are", () => {
    const shown = (...rules: string[]): readonly string[] =>
      judgeOf(both('DROP', ...rules))
        .reachOf(listener(dual))
        .reach.filter((way) => way.interface === 'wlan0' && way.family === 6)
        .map((way) => way.address);
    expect(shown()).not.toContain('fd66::10');
    expect(shown('-A INPUT -p tcp -m tcp --dport 3000 -j ACCEPT')).not.toContain('fd66::10');
    // One of the own is answered as the other is, and one is not: a reader could not tell which of them it follows.
    expect(shown('-A INPUT -d fd77::10 -p tcp -m tcp --dport 3000 -j ACCEPT')).toContain('fd66::10');
  });
});

describe('places', () => {
  const plus = (entry: Partial<Interface> & Pick<Interface, 'name' | 'kind'>, address: string, prefix: number) => ({
    interfaces: [
      ...interfaces,
      {
        index: 9,
        up: true,
        addresses: [{ family: 4, address, prefix, scope: 'global' }],
        ...entry,
      } as const satisfies Interface,
    ],
  });
  const from = (source: string): Rules => ({
    v4: filter('DROP', `-A INPUT -s ${source} -p tcp -m tcp --dport 3000 -j ACCEPT`),
    v6: filter('DROP'),
  });

  test('a tunnel with one address: its neighbours are all who come in by it', () => {
    const wg0 = plus({ name: 'wg0', kind: 'vpn' }, '10.8.0.2', 32);
    expect(place(judgeOf({}, wg0).reachOf(listener(socket())), 'vpn', 'wg0')).toBe('open');
    expect(place(judgeOf(both('DROP'), wg0).reachOf(listener(socket())), 'vpn', 'wg0')).toBe('blocked');
    expect(place(judgeOf(from('10.8.0.0/24'), wg0).reachOf(listener(socket())), 'vpn', 'wg0')).toBe('some');
  });

  test('a tailnet is a place of its own, and its addresses are not the internet’s', () => {
    const tailscale0 = plus({ name: 'tailscale0', kind: 'tailnet' }, '100.101.102.103', 32);
    const reach = judgeOf(from('100.64.0.0/10'), tailscale0).reachOf(listener(socket()));
    expect(place(reach, 'tailnet', 'tailscale0')).toBe('some');
    expect(place(reach, 'internet', null)).toBe('blocked');
  });

  test('an address behind the provider’s own router is no public one', () => {
    const wwan0 = plus({ name: 'wwan0', kind: 'mobile' }, '100.70.1.2', 30);
    const reach = judgeOf({}, wwan0).reachOf(listener(socket()));
    expect(reach.exposure).toBe('network');
    expect(place(reach, 'internet', null)).toBe('blocked');
  });

  test('a UDP socket is reached by every group that its interface is in', () => {
    const groups = { 4: new Map([['wlan0', ['224.0.0.1', '239.1.2.3']]]), 6: null };
    const rules = { v4: filter('DROP', '-A INPUT -d 239.0.0.0/8 -j ACCEPT'), v6: filter('DROP') };
    const udp = listener(socket({ protocol: 'udp' }));
    const reach = judgeOf(rules, { groups }).reachOf(udp);
    expect(place(reach, 'lan', 'wlan0')).toBe('open');
    expect(place(reach, 'lan', 'eth0')).toBe('blocked');
    expect(reach.reach.find(({ address }) => address === '239.1.2.3')?.open).toEqual(['0.0.0.0/0']);
  });
});
