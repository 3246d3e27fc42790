import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readNetfilter } from '../../../../src/core/firewalls/netfilter/index.ts';
import type { Question, Verdict } from '../../../../src/core/model.ts';
import { judgeOf, question, rulesSnapshot } from '../../reach/world.ts';

// Captured from nft 1.0.6 in a private namespace: a ruleset written to hold every kind of expression once.
const nft = readFileSync(new URL('plain.nft.json', import.meta.url), 'utf8');

const rule = (expr: string): string =>
  `{"nftables":[{"table":{"family":"inet","name":"t","handle":1}},
  {"chain":{"family":"inet","table":"t","name":"in","handle":1,"type":"filter","hook":"input","prio":0,"policy":"drop"}},
  {"rule":{"family":"inet","table":"t","chain":"in","handle":2,"expr":[${expr}]}}]}`;

describe('native nftables', () => {
  test('what is not known is marked, and nothing else is', () => {
    const { chains } = readNetfilter(rulesSnapshot({ nft }));
    const all = chains.flatMap((chain) => chain.rules);
    const unknown = all.filter((one) => one.statements.some((s) => s.kind === 'test' && s.test.field.on === 'unknown'));
    expect(unknown.map((one) => one.text)).toEqual([
      'icmpv6 type { nd-router-advert, nd-neighbor-solicit } accept',
      'ip ttl 1 drop',
      'ether saddr 00:11:22:33:44:55 accept',
      'meta skuid 0 accept',
    ]);
    expect(all.length).toBe(45);
  });

  test.each<[string, Partial<Question>, Verdict]>([
    ['a set of networks and a set of ports', { port: 8005 }, 'open'],
    ['a mark set by a rule that then does not match', { port: 8005, source: '203.0.113.5' }, 'open'],
    ['a verdict map', { port: 22, source: '203.0.113.5' }, 'open'],
    ['a drop in a verdict map', { port: 23, source: '203.0.113.5' }, 'blocked'],
    ['a range in a verdict map', { port: 5005, source: '203.0.113.5' }, 'blocked'],
    ['a redirect, then a pair of address and port', { port: 80 }, 'open'],
    ['a dnat with its port', { port: 81 }, 'open'],
    ['a jump from a verdict map', { port: 3000, source: '203.0.113.5' }, 'open'],
  ])('%s', (_, changes, verdict) => {
    expect(judgeOf({ nft }).ask(question(changes)).verdict).toBe(verdict);
  });

  test.each<[string, string, Verdict]>([
    [
      'an expression of the future',
      '{"match":{"op":"==","left":{"quantum":{"key":"spin"}},"right":1}},{"accept":null}',
      'unknown',
    ],
    ['a statement of the future', '{"teleport":null}', 'unknown'],
    ['a foreign match of iptables', '{"xt":{"type":"match","name":"bpf"}},{"accept":null}', 'unknown'],
    [
      'an operator of the future',
      '{"match":{"op":"~","left":{"payload":{"protocol":"tcp","field":"dport"}},"right":3000}},{"accept":null}',
      'unknown',
    ],
    [
      'a port by a name',
      '{"match":{"op":"==","left":{"payload":{"protocol":"tcp","field":"dport"}},"right":"ssh"}},{"accept":null}',
      'unknown',
    ],
    [
      'the same for UDP does not concern TCP',
      '{"match":{"op":"==","left":{"payload":{"protocol":"udp","field":"dport"}},"right":"ssh"}},{"accept":null}',
      'blocked',
    ],
    [
      'a set that is not there',
      '{"match":{"op":"==","left":{"payload":{"protocol":"ip","field":"saddr"}},"right":"@gone"}},{"accept":null}',
      'unknown',
    ],
    ['a jump into a chain that is not there', '{"jump":{"target":"gone"}}', 'unknown'],
  ])('%s', (_, expr, verdict) => {
    expect(judgeOf({ nft: rule(expr) }).ask(question()).verdict).toBe(verdict);
  });

  test('hooks on the device act before all this: nothing is certain', () => {
    const netdev = `{"nftables":[{"table":{"family":"netdev","name":"f","handle":1}},
      {"chain":{"family":"netdev","table":"f","name":"in","handle":1,"dev":"wlan0","type":"filter","hook":"ingress","prio":0,"policy":"accept"}},
      {"rule":{"family":"netdev","table":"f","chain":"in","handle":2,"expr":[{"drop":null}]}}]}`;
    const answer = judgeOf({ nft: netdev }).ask(question());
    expect(answer.verdict).toBe('unknown');
    expect(answer.reasons.join()).toContain('netdev');
  });
});
