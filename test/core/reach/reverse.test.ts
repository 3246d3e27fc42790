/** How answers would leave: policy rules and tables, synthetic; the lab proves the same with packets. */
import { describe, expect, test } from 'vitest';
import { EVERYTHING, formatSet } from '../../../src/core/address.ts';
import { readRouting } from '../../../src/core/machine/index.ts';
import { makeLookUp } from '../../../src/core/reach/lookup.ts';
import type { Routing } from '../../../src/core/model.ts';
import { snapshotOf, transcript } from '../listeners/snapshots.ts';
import { judgeOf, question } from './world.ts';

// Captured in the lab with iproute2 6.1, shortened.
const ROUTES = `[{"dst":"1.0.0.0/8","dev":"wlan0","table":"51820","scope":"link","flags":[]},{"dst":"default","gateway":"192.168.77.20","dev":"wlan0","flags":[]},{"type":"blackhole","dst":"2.0.0.0/8","flags":[]},{"type":"throw","dst":"3.0.0.0/8","flags":[]},{"dst":"4.0.0.0/8","flags":[],"nexthops":[{"gateway":"192.168.77.20","dev":"wlan0","weight":1,"flags":[]},{"gateway":"10.66.0.20","dev":"eth0","weight":1,"flags":[]}]},{"dst":"10.66.0.0/24","dev":"eth0","protocol":"kernel","scope":"link","prefsrc":"10.66.0.10","flags":[]},{"type":"local","dst":"127.0.0.0/8","dev":"lo","table":"local","protocol":"kernel","scope":"host","prefsrc":"127.0.0.1","flags":[]}]`;
const RULES = `[{"priority":0,"src":"all","table":"local"},{"priority":32759,"src":"all","ipproto":"tcp","dport":80,"dst":"5.0.0.0","dstlen":8,"table":"9"},{"priority":32761,"src":"all","dst":"10.66.0.0","dstlen":25,"goto":32766},{"priority":32762,"src":"all","iif":"wlan0","action":"blackhole"},{"priority":32763,"src":"192.168.77.10","table":"51820"},{"priority":32764,"src":"all","table":"main","suppress_prefixlen":0},{"priority":32765,"not":null,"src":"all","fwmark":"0xca6c","table":"51820"},{"priority":32766,"src":"all","table":"main"},{"priority":32767,"src":"all","table":"default"}]`;

const read = (rules: string): Routing =>
  readRouting(
    snapshotOf([transcript('ip.route4', ROUTES), transcript('ip.route6', '[]'), transcript('ip.rule4', rules)]),
  );

const ask = (routing: Routing, mark: number | null = 0, from = 0xc0a84d0an) =>
  makeLookUp(routing)({
    family: 4,
    to: EVERYTHING[4],
    from: [[from, from]],
    mark,
    inInterface: 'lo',
    via: null,
    holds: () => true,
  });
const typeFor = (going: ReturnType<typeof ask>, address: bigint): string =>
  going
    .filter(({ to }) => to.some(([first, last]) => first <= address && address <= last))
    .map(({ type, interfaces }) => [type, ...interfaces].join(' '))
    .join(', ');
const at = (octet: number): bigint => BigInt(octet) << 24n;

describe('looking up', () => {
  test('no address is lost and none is doubled', () => {
    const going = ask(read(RULES));
    const total = going.flatMap(({ to }) => to).reduce((sum, [first, last]) => sum + last - first + 1n, 0n);
    expect(total).toBe(1n << 32n);
  });

  test('tables, suppressed prefixes, marks, senders', () => {
    const going = ask(read(RULES), 0, 0x0a42000an);
    expect(typeFor(going, at(127))).toBe('local lo');
    expect(typeFor(going, at(2))).toBe('refused');
    expect(typeFor(going, at(4))).toBe('unicast wlan0 eth0');
    expect(typeFor(going, 0x0a420014n)).toBe('unicast eth0');
    // The default route of `main` is suppressed, and its own table knows 1.0.0.0/8 only: then `main` is asked again.
    expect(typeFor(going, at(8))).toBe('unicast wlan0');
    expect(typeFor(going, at(1))).toBe('unicast wlan0');
    // What a rule asks beyond addresses and marks cannot be told.
    expect(typeFor(going, at(5))).toBe('unsure');
    expect(typeFor(ask(read(RULES), 0xca6c, 0x0a42000an), at(9))).toBe('unicast wlan0');
  });

  test('rules that make no sense are none, and are not taken for the usual ones by readers', () => {
    for (const text of ['', '{}', '[1]', '[{"priority":"x"}]']) expect(read(text).rules[4]).toBeNull();
    expect(read(RULES).rules[6]).toBeNull();
    expect(read('[{"priority":5,"src":"all","action":"nat"}]').rules[4]?.[0]?.action).toEqual({ do: 'unknown' });
  });
});

describe('rp_filter', () => {
  const judge = (mode: string, rules: Routing['rules']) => {
    const routing: Routing = { entries: read(RULES).entries, rules };
    return judgeOf({}, { routing, sysctls: new Map([['net.ipv4.conf.eth0.rp_filter', mode]]) });
  };
  const usual = read(
    '[{"priority":0,"src":"all","table":"local"},{"priority":32766,"src":"all","table":"main"}]',
  ).rules;
  const onEth0 = (source: string) => question({ interface: 'eth0', source, destination: '10.66.0.10' });

  test('strict: the answer must leave the same way; loose: there must be a way', () => {
    expect(judge('1', usual).ask(onEth0('10.66.0.20')).verdict).toBe('open');
    expect(judge('1', usual).ask(onEth0('8.8.8.8'))).toMatchObject({
      verdict: 'blocked',
      decidedBy: [{ firewall: 'kernel' }],
    });
    expect(judge('2', usual).ask(onEth0('8.8.8.8')).verdict).toBe('open');
    expect(judge('2', usual).ask(onEth0('2.2.2.2')).verdict).toBe('blocked');
    // Without it the packet is let in, but the answer is thrown away: a datagram is there, a connection is not.
    expect(judge('0', usual).ask({ ...onEth0('2.2.2.2'), protocol: 'udp' }).verdict).toBe('open');
    expect(judge('0', usual).ask(onEth0('2.2.2.2')).verdict).toBe('blocked');
  });

  test('without the rules of policy routing it cannot be told', () => {
    const answer = judge('1', { 4: null, 6: null }).ask(onEth0('8.8.8.8'));
    expect(answer).toMatchObject({ verdict: 'unknown', reasons: [expect.stringContaining('ip rule')] });
  });
});

test('sets are written as people read them', () => {
  expect(formatSet(ask(read(RULES))[0]?.to ?? [], 4)).toEqual(['127.0.0.0/8']);
});
