import { expect, test } from 'vitest';
import type { Question, Verdict } from '../../../../src/core/model.ts';
import { judgeOf, question } from '../../reach/world.ts';

const place = { family: 'inet', table: 't' };
const chain = { ...place, name: 'in', type: 'filter', hook: 'input', prio: 0, policy: 'accept' };
const ruled = (...expr: object[]): string =>
  JSON.stringify({
    nftables: [
      { table: { family: 'inet', name: 't', flags: [] } },
      { chain },
      { rule: { ...place, chain: 'in', expr: [...expr, { drop: null }] } },
    ],
  });
const field = (protocol: string, name: string): object => ({ payload: { protocol, field: name } });
const ctProtocol = (op: string, right: string): object => ({ match: { op, left: { ct: { key: 'protocol' } }, right } });
const map = (key: object, ...data: unknown[]): object => ({ map: { key, data: { set: data } } });
const v6: Partial<Question> = { source: 'fd77::20', destination: 'fd77::10' };

// The shapes are those that nft 1.0.6 printed in the lab.
test.each<[string, object, Partial<Question>, Verdict]>([
  [
    'a set of IPv4 sources says nothing to IPv6',
    { set: { op: 'add', elem: field('ip', 'saddr'), set: '@k' } },
    v6,
    'open',
  ],
  ['and notes those of IPv4', { set: { op: 'add', elem: field('ip', 'saddr'), set: '@k' } }, {}, 'blocked'],
  // `meta nfproto ipv6 ct protocol tcp` is printed like this too.
  ['a connection’s protocol may stand for one family', ctProtocol('==', 'tcp'), {}, 'unknown'],
  ['and is not told of another protocol', ctProtocol('==', 'udp'), {}, 'open'],
  ['nor where nft prints all of it', ctProtocol('!=', 'udp'), v6, 'blocked'],
  ['a key that a map has', { counter: map(field('tcp', 'dport'), [3000, 'c']) }, {}, 'blocked'],
  ['a key that a map has not', { counter: map(field('tcp', 'dport'), [80, 'c']) }, {}, 'open'],
  ['the rest of a map', { counter: map(field('tcp', 'dport'), [80, 'c'], ['*', 'd']) }, {}, 'blocked'],
  ['a map of what is not known', { counter: map({ quantum: { key: 'spin' } }, [80, 'c']) }, {}, 'unknown'],
  ['a named map that was not read', { counter: { map: { key: field('tcp', 'dport'), data: '@m' } } }, {}, 'unknown'],
  ['what is written to need not be there', { mangle: { key: { meta: { key: 'priority' } }, value: 7 } }, {}, 'blocked'],
  ['a header does', { mangle: { key: field('ip6', 'hoplimit'), value: 7 } }, {}, 'open'],
  [
    'what a packet may have or not',
    { mangle: { key: { meta: { key: 'mark' } }, value: { socket: { key: 'mark' } } } },
    {},
    'unknown',
  ],
  ['a first packet is not taken over by a flow table', { flow: { op: 'add', flowtable: '@f' } }, {}, 'open'],
])('%s', (_, statement, changes, verdict) => {
  expect(judgeOf({ nft: ruled(statement) }).ask(question(changes)).verdict).toBe(verdict);
});

test('a set that is full takes nobody in, and the rule ends there', () => {
  const full = (size: number): string =>
    JSON.stringify({
      nftables: [
        ...(JSON.parse(ruled({ set: { op: 'add', elem: field('ip', 'saddr'), set: '@k' } })) as { nftables: object[] })
          .nftables,
        { set: { ...place, name: 'k', type: 'ipv4_addr', flags: ['dynamic'], size, elem: ['1.2.3.4'] } },
      ],
    });
  expect(judgeOf({ nft: full(1) }).ask(question()).verdict).toBe('unknown');
  expect(judgeOf({ nft: full(2) }).ask(question()).verdict).toBe('blocked');
});
