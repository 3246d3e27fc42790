import { describe, expect, test } from 'vitest';
import { judgeOf, question } from '../../reach/world.ts';

const place = { family: 'ip', table: 'filter' };
const dport = { payload: { protocol: 'tcp', field: 'dport' } };
const match = (left: object, right: unknown): object => ({ match: { op: '==', left, right } });
const ruleset = (...rules: (readonly object[])[]): string =>
  JSON.stringify({
    nftables: [
      { table: { family: 'ip', name: 'filter' } },
      { chain: { ...place, name: 'INPUT', type: 'filter', hook: 'input', prio: 0, policy: 'accept' } },
      ...rules.map((expr) => ({ rule: { ...place, chain: 'INPUT', expr } })),
    ],
  });

// As iptables-save 1.8.9 printed it after `nft add rule ip filter INPUT tcp dport { 81, 82 } accept`: the ports are gone.
const SAVED = `*filter
:INPUT ACCEPT [0:0]
-A INPUT -p tcp -j ACCEPT
-A INPUT -p tcp -m tcp --dport 3000 -j DROP
COMMIT
`;
const added = [match(dport, { set: [81, 82] }), { accept: null }];
const made = [match(dport, 3000), { counter: { packets: 0, bytes: 0 } }, { drop: null }];

describe('rules of nft in a table of iptables', () => {
  test('are read from nft, the others from iptables', () => {
    const judge = judgeOf({ v4: SAVED, nft: ruleset(added, made) });
    expect(judge.ask(question()).verdict).toBe('blocked');
    expect(judge.ask(question({ port: 81 })).verdict).toBe('open');
  });

  test('cannot be told apart when the two do not show the same number of rules', () => {
    expect(judgeOf({ v4: SAVED, nft: ruleset(added) }).ask(question()).verdict).toBe('unknown');
  });

  test('rules that iptables made itself are its own to tell', () => {
    expect(judgeOf({ v4: SAVED, nft: ruleset([{ accept: null }], made) }).ask(question()).verdict).toBe('open');
  });
});

describe('what nft 1.0.6 prints', () => {
  const chain = { family: 'inet', table: 't', name: 'in', type: 'filter', hook: 'input', prio: 0, policy: 'drop' };
  const flagged = (flags: unknown): string =>
    JSON.stringify({ nftables: [{ table: { family: 'inet', name: 't', flags } }, { chain }] });

  test.each([
    ['dormant', 'open'],
    [['dormant', 'owner'], 'open'],
    ['owner', 'blocked'],
    // Captured: 1.0.6 prints whatever lies in memory there ("t", "Lester Gooch #5").
    ['Lester Gooch #5', 'unknown'],
  ])('flags %o of a table that drops all: %s', (flags, verdict) => {
    expect(judgeOf({ nft: flagged(flags) }).ask(question()).verdict).toBe(verdict);
  });

  test('a set that a rule fills is not a list of who gets in', () => {
    const address = { payload: { protocol: 'ip', field: 'saddr' } };
    const of = { family: 'inet', table: 't' };
    const rules = (fills: boolean): string =>
      JSON.stringify({
        nftables: [
          { table: { family: 'inet', name: 't' } },
          { set: { ...of, name: 'k', type: 'ipv4_addr', flags: ['timeout'] } },
          { chain },
          ...(fills
            ? [
                {
                  rule: {
                    ...of,
                    chain: 'in',
                    expr: [match(dport, 1111), { set: { op: 'add', elem: address, set: '@k' } }],
                  },
                },
              ]
            : []),
          { rule: { ...of, chain: 'in', expr: [match(address, '@k'), { accept: null }] } },
        ],
      });
    expect(judgeOf({ nft: rules(true) }).ask(question()).verdict).toBe('unknown');
    expect(judgeOf({ nft: rules(false) }).ask(question()).verdict).toBe('blocked');
  });
});
