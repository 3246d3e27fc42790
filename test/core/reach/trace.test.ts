/** The way of the packets as a list: every rule that did something, in the kernel's order, with those it did it to. */
import { describe, expect, test } from 'vitest';
import { EVERYTHING, setOf } from '../../../src/core/address.ts';
import { equal, minus, union } from '../../../src/core/intervals.ts';
import type { Reach, TraceStep } from '../../../src/core/model.ts';
import {
  alikeWays,
  isGroup,
  onlyGroups,
  routerMayForward,
  sourcesThrough,
  tellingSteps,
} from '../../../src/core/reach/summary.ts';
import { freshSeed, random } from '../../lab/generate/random.ts';
import { iptablesRules } from '../../lab/generate/iptables.ts';
import { interfaces, judgeOf, listener, question, socket } from './world.ts';

const filter = (policy: string, ...rules: string[]): string =>
  `*filter\n:INPUT ${policy} [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:ours - [0:0]\n${rules.join('\n')}\nCOMMIT\n`;

const wayTo = (rules: Parameters<typeof judgeOf>[0], port = 3000): Reach => {
  const [way] = judgeOf(rules).reachOf(listener(socket({ port }))).reach;
  if (way === undefined) throw new Error('no way in');
  return way;
};
const told = (trace: readonly TraceStep[]) =>
  trace.map(({ chain, effect, sources, share, decides }) => [
    chain,
    effect,
    share === 'some' ? sources : share,
    decides,
  ]);

describe('the trace of a way in', () => {
  test('shows those who are let in, those who are turned away, and everybody else', () => {
    const way = wayTo({
      v4: filter(
        'DROP',
        '-A INPUT -s 192.168.77.66/32 -j REJECT',
        '-A INPUT -j ours',
        '-A ours -s 192.168.77.0/24 -p tcp -m tcp --dport 3000 -j ACCEPT',
        '-A ours -s 10.66.0.0/24 -p tcp -m tcp --dport 22 -j ACCEPT',
      ),
    });
    expect(told(way.trace)).toEqual([
      ['INPUT', 'reject', ['192.168.77.66/32'], 'blocked'],
      ['INPUT', 'jump ours', expect.arrayContaining(['192.168.77.67-192.168.77.255']), null],
      ['ours', 'accept', expect.arrayContaining(['192.168.77.67-192.168.77.255']), 'open'],
      ['INPUT', 'drop', 'rest', 'blocked'],
    ]);
  });

  test('an accept in one base chain is not the end of it: the next may drop', () => {
    const nft = {
      nftables: [
        { table: { family: 'inet', name: 'late' } },
        {
          chain: {
            family: 'inet',
            table: 'late',
            name: 'in',
            type: 'filter',
            hook: 'input',
            prio: 10,
            policy: 'accept',
          },
        },
        {
          rule: {
            family: 'inet',
            table: 'late',
            chain: 'in',
            handle: 2,
            expr: [
              { match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right: 3000 } },
              { drop: null },
            ],
          },
        },
      ],
    };
    const way = wayTo({
      v4: filter('DROP', '-A INPUT -s 192.168.77.0/24 -p tcp -m tcp --dport 3000 -j ACCEPT'),
      nft: JSON.stringify(nft),
    });
    expect(told(way.trace)).toEqual([
      ['INPUT', 'accept', ['192.168.77.0/24'], null],
      ['INPUT', 'drop', 'rest', 'blocked'],
      ['in', 'drop', ['192.168.77.0/24'], 'blocked'],
    ]);
  });

  test('a rate lets some in and turns others away, and both say so', () => {
    const way = wayTo({
      v4: filter('DROP', '-A INPUT -p tcp -m tcp --dport 3000 -m limit --limit 3/min -j ACCEPT'),
    });
    expect(way.limited).toEqual(['0.0.0.0/0']);
    expect(way.trace.map(({ effect, when, decides }) => [effect, when, decides])).toEqual([
      ['accept', 'rate', 'limited'],
      ['drop', 'rate', null],
    ]);
  });

  test('what a redirect leads to another socket is told, and decides', () => {
    const nat = `*nat\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 3000\nCOMMIT\n`;
    const way = wayTo({ v4: nat }, 80);
    expect(way.open).toEqual([]);
    expect(way.decidedBy).toEqual([{ firewall: 'kernel', rule: 'ends at 192.168.77.10:3000' }]);
    expect(way.trace.at(-1)).toMatchObject({ hook: 'delivery', effect: 'goes elsewhere', decides: 'blocked' });
  });

  test('long lists are cut, and the rest is counted', () => {
    const rules = Array.from({ length: 40 }, (_, i) => `-A INPUT -s 10.1.${2 * i}.0/24 -j ours`);
    const way = wayTo({ v4: filter('DROP', ...rules, '-A ours -j ACCEPT') });
    const accept = way.trace.find(({ effect }) => effect === 'accept');
    expect(accept?.sources).toHaveLength(16);
    expect(accept?.more).toBe(24);
    expect(way.open).toHaveLength(40);
  });

  test('of one packet, only what happens to it', () => {
    const { trace } = judgeOf({
      v4: filter('DROP', '-A INPUT -s 10.0.0.0/8 -j REJECT', '-A INPUT -s 192.168.77.0/24 -j ACCEPT'),
    }).ask(question());
    expect(told(trace)).toEqual([['INPUT', 'accept', ['192.168.77.20/32'], 'open']]);
  });

  const seed = freshSeed();
  test(`with random rules the deciding steps hold every source once (seed ${seed})`, () => {
    const r = random(seed);
    let ways = 0;
    for (let nth = 0; nth < 60; nth++) {
      const { iptables } = iptablesRules(r);
      const judge = judgeOf({ v4: iptables?.ipv4 ?? '', v6: iptables?.ipv6 ?? '' });
      for (const port of [22, 80, 3000]) {
        for (const way of judge.reachOf(listener(socket({ port }))).reach) {
          // What had to be assumed, or depends on a rate or a source port, is on both sides.
          if (way.unknown.length > 0 || way.trace.some(({ when, more }) => when !== 'always' || more > 0)) continue;
          const of = (verdict: string) =>
            way.trace
              .filter(({ decides }) => decides === verdict)
              .map(({ sources }) => setOf(sources, 4) ?? [])
              .reduce(union, []);
          const open = setOf(way.open, 4) ?? [];
          if (open.length === 0 && way.trace.length === 0) continue;
          const blocked = of('blocked');
          expect(equal(blocked, minus(EVERYTHING[4], open))).toBe(true);
          ways++;
        }
      }
    }
    expect(ways).toBeGreaterThan(50);
  });
});

describe('what a summary reads out of it', () => {
  test('ways that are answered alike are told together, the widest first', () => {
    const { reach } = judgeOf({
      v4: filter('DROP', '-A INPUT -p tcp -m tcp --dport 3000 -j ACCEPT'),
      v6: filter('DROP'),
    }).reachOf(listener(socket({ family: 6, address: '::', v6only: false })));
    const groups = alikeWays({ reach });
    expect(groups.map((ways) => [ways[0].family, new Set(ways.map((way) => way.interface)).size])).toEqual([
      [4, 2],
      [6, 2],
    ]);
  });

  test('visits to other chains and policies that decide nothing are left out', () => {
    const way = wayTo({
      v4: filter('DROP', '-A INPUT -j ours', '-A ours -p tcp -m tcp --dport 3000 -j ACCEPT'),
    });
    expect(tellingSteps(way).map(({ chain, effect }) => `${chain} ${effect}`)).toEqual(['ours accept']);
    const plain = wayTo({ v4: filter('ACCEPT') });
    expect(tellingSteps(plain).map(({ chain, rule }) => `${chain} ${rule}`)).toEqual(['INPUT policy accept']);
  });

  test('a router may pass on a private IPv4 address’s port, and nothing else', () => {
    const seen = interfaces.map(({ name, kind }) => ({ name, kind, addresses: [] }));
    const lan = { v4: filter('DROP', '-A INPUT -s 192.168.77.0/24 -p tcp -m tcp --dport 3000 -j ACCEPT') };
    const reachOf = (rules: Parameters<typeof judgeOf>[0]) => judgeOf(rules).reachOf(listener(socket()));
    expect(routerMayForward(reachOf({}), seen)).toBe(true);
    expect(routerMayForward(reachOf(lan), seen)).toBe(false);
    expect(sourcesThrough(reachOf(lan))).toEqual(['192.168.77.0/24']);
    expect(
      routerMayForward(
        reachOf({}),
        seen.map((one) => ({ ...one, kind: 'vpn' as const })),
      ),
    ).toBe(false);
  });

  test('what goes to many at once is told apart from what goes to this computer', () => {
    const seen = interfaces.map(({ name, kind, addresses }) => ({
      name,
      kind,
      addresses: addresses.map(({ address, prefix }) => `${address}/${prefix}`),
    }));
    const addresses = [
      '224.0.0.251',
      'ff02::fb',
      '192.168.77.255',
      '255.255.255.255',
      '192.168.77.10',
      'fe80::10%wlan0',
    ];
    expect(addresses.map((address) => isGroup(address, seen))).toEqual([true, true, true, true, false, false]);
    const mdns = { v4: filter('DROP', '-A INPUT -d 224.0.0.251/32 -p udp -m udp --dport 5353 -j ACCEPT') };
    const socketOn = (port: number) => listener(socket({ protocol: 'udp', port }));
    expect(onlyGroups(judgeOf(mdns).reachOf(socketOn(5353)), seen)).toBe(true);
    expect(routerMayForward(judgeOf(mdns).reachOf(socketOn(5353)), seen)).toBe(false);
    expect(onlyGroups(judgeOf({}).reachOf(socketOn(5353)), seen)).toBe(false);
    expect(onlyGroups(judgeOf({ v4: filter('DROP') }).reachOf(socketOn(5353)), seen)).toBe(false);
  });
});
