/** What must hold for every rule set. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { EVERYTHING, parseAddress, parseRange } from '../../../src/core/address.ts';
import { type Intervals, equal, has, intersect, normalize, union } from '../../../src/core/intervals.ts';
import type { Listener, Reach } from '../../../src/core/model.ts';
import { createJudge, type Judge } from '../../../src/core/reach/index.ts';
import { type RandomRules, aPort, aSource, randomRules, saved } from './random-rules.ts';
import { judgeOf, listener, question, socket, worldOf } from './world.ts';
import { share } from '../../share.ts';

// However busy the machine is.
vi.setConfig({ testTimeout: 60_000 });

const anywhere = (port: number): Listener => listener(socket({ port }));
const bound = (port: number): Listener => listener(socket({ port, address: '10.66.0.10' }));
const udp = (port: number): Listener => listener(socket({ port, protocol: 'udp' }));
const someListener = fc.tuple(aPort, fc.constantFrom(anywhere, anywhere, bound, udp)).map(([port, make]) => make(port));
const someQuestion = fc
  .record({
    port: aPort,
    source: aSource,
    interface: fc.constantFrom('wlan0', 'eth0'),
    destination: fc.constantFrom('192.168.77.10', '10.66.0.10'),
    protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    sourcePort: fc.constantFrom(undefined, 500, 40_000),
  })
  .map(({ sourcePort, ...asked }) => question({ ...asked, ...(sourcePort === undefined ? {} : { sourcePort }) }));

const judge = (rules: RandomRules): Judge => judgeOf({ v4: saved(rules) });
const setOf = (ranges: readonly string[]): Intervals<bigint> =>
  normalize(ranges.flatMap((range) => [parseRange(range)?.range ?? [0n, -1n]]));

test('the index changes no answer, whatever was asked before', () => {
  fc.assert(
    fc.property(
      randomRules,
      fc.array(someListener, { minLength: 1, maxLength: 16 }),
      fc.array(someQuestion, { maxLength: 6 }),
      (rules, listeners, questions) => {
        const world = worldOf({ v4: saved(rules) });
        const [on, off] = [createJudge(world), createJudge(world, { index: false })];
        for (const one of listeners) expect(on.reachOf(one)).toEqual(off.reachOf(one));
        for (const one of questions) expect(on.ask(one)).toEqual(off.ask(one));
      },
    ),
    { numRuns: share(120) },
  );
});

test('verdicts do not depend on the order of the questions', () => {
  const asked = fc.array(fc.oneof(someListener, someQuestion), { minLength: 2, maxLength: 10 });
  fc.assert(
    fc.property(
      randomRules,
      asked.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      (rules, [list, shuffled]) => {
        const answer = (by: Judge) => (one: (typeof list)[number]) =>
          'sockets' in one ? by.reachOf(one) : by.ask(one);
        const [first, second] = [answer(judge(rules)), answer(judge(rules))];
        const answers = new Map(list.map((one) => [one, first(one)]));
        for (const one of shuffled) expect(second(one)).toEqual(answers.get(one));
      },
    ),
    { numRuns: share(100) },
  );
});

test('every source is in exactly one of open, limited, unknown and blocked, and each alone is answered as all together', () => {
  const edges = ({ open, limited, unknown }: Reach): readonly bigint[] =>
    [open, limited, unknown].flatMap((ranges) =>
      setOf(ranges).flatMap(([first, last]) => [first - 1n, first, last, last + 1n]),
    );
  fc.assert(
    fc.property(randomRules, aPort, (rules, port) => {
      const by = judge(rules);
      for (const way of by.reachOf(anywhere(port)).reach) {
        const [open, limited, unknown] = [setOf(way.open), setOf(way.limited), setOf(way.unknown)];
        expect(intersect(open, limited)).toEqual([]);
        expect(intersect(union(open, limited), unknown)).toEqual([]);
        const sources = ['192.168.77.20', '203.0.113.5'].map((text) => parseAddress(text)?.value ?? 0n);
        for (const value of [...sources, ...edges(way)]) {
          if (!has(EVERYTHING[4], value)) continue;
          const source = [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
          // The door of another port may be shown too; it is asked by its own number.
          const asked = { source, port: way.port, interface: way.interface, destination: way.address };
          const verdicts = new Set(
            [1, 1023, 1024, 65_535].map((p) => by.ask(question({ ...asked, sourcePort: p })).verdict),
          );
          if (way.port !== port || rules.nat.length > 0) continue;
          const said = has(open, value)
            ? 'open'
            : has(limited, value)
              ? 'limited'
              : has(unknown, value)
                ? 'unknown'
                : 'blocked';
          // Where the source port decides, somebody who chooses it gets through.
          if (verdicts.size === 1) {
            // Where a match that cannot be told and a rate come together, all at once may be less sure than one alone.
            expect([said, ...(said === 'unknown' ? ['limited'] : [])]).toContain([...verdicts][0]);
          } else
            expect(verdicts.has(said) || said === 'unknown' || (said === 'limited' && verdicts.has('open'))).toBe(true);
        }
      }
    }),
    { numRuns: share(120) },
  );
});

test('a rule that cannot match changes nothing', () => {
  const never = fc.constantFrom(
    '-A INPUT -i tun9 -j DROP',
    '-A INPUT -p icmp -j ACCEPT',
    '-A INPUT -p udp -m udp --dport 1:65535 -m conntrack --ctstate ESTABLISHED -j ACCEPT',
    '-A INPUT -p tcp -m conntrack --ctstate ESTABLISHED -j DROP',
    '-A INPUT -p tcp -m tcp --dport 5000:6000 -j ACCEPT',
    '-A INPUT -d 198.51.100.7/32 -j DROP',
    '-A INPUT -p tcp -m tcp --tcp-flags SYN,ACK ACK -j DROP',
    '-A INPUT -m owner --uid-owner 1000 -j ACCEPT',
    '-A mine -i tun9 -p tcp -m tcp --dport 7 -j RETURN',
  );
  fc.assert(
    fc.property(
      randomRules,
      never,
      fc.nat(),
      fc.array(someListener, { minLength: 1, maxLength: 4 }),
      (rules, extra, at, listeners) => {
        const filter = rules.filter.toSpliced(at % (rules.filter.length + 1), 0, extra);
        const [before, after] = [judge(rules), judge({ ...rules, filter })];
        for (const one of listeners) expect(after.reachOf(one)).toEqual(before.reachOf(one));
      },
    ),
    { numRuns: share(100) },
  );
});

test('a rule behind one that takes everything changes nothing', () => {
  fc.assert(
    fc.property(randomRules, randomRules, aPort, (rules, more, port) => {
      const filter = [...rules.filter, '-A INPUT -j DROP'];
      // A rule that names the port that was knocked at has one more of the ports that lead here shown, of the same answer.
      const behind = more.filter.filter((text) => text.startsWith('-A INPUT') && !text.includes('--ctorigdstport'));
      const [before, after] = [judge({ ...rules, filter }), judge({ ...rules, filter: [...filter, ...behind] })];
      expect(after.reachOf(anywhere(port))).toEqual(before.reachOf(anywhere(port)));
    }),
    { numRuns: share(100) },
  );
});

test('the random rules are worth it: every verdict occurs, and sets are split', () => {
  const seen = new Map<string, number>();
  for (const rules of fc.sample(randomRules, { numRuns: 300, seed: 7 })) {
    for (const { open, limited, unknown } of judge(rules).reachOf(anywhere(20)).reach) {
      const whole = equal(setOf(open), EVERYTHING[4]);
      const kind =
        unknown.length > 0
          ? 'unknown'
          : limited.length > 0
            ? 'limited'
            : whole
              ? 'open'
              : open.length > 0
                ? 'some'
                : 'blocked';
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
  }
  for (const kind of ['open', 'some', 'limited', 'unknown', 'blocked']) expect(seen.get(kind), kind).toBeGreaterThan(5);
});

test('no place is unknown under a complete exposure, but where everyone gets in', () => {
  fc.assert(
    fc.property(randomRules, someListener, fc.constantFrom('wlan0', 'eth0'), (rules, one, unsure) => {
      const [before = '', after = ''] = saved(rules).split(/(?<=:OUTPUT [^\n]*\n)(?![^]*:OUTPUT )/);
      const odd = `-A INPUT -i ${unsure} -m mystery -j DROP\n`;
      for (const text of [saved(rules), `${before}${odd}${after}`]) {
        const { exposure, exposureComplete, places } = judgeOf({ v4: text }).reachOf(one);
        if (exposureComplete && exposure !== 'internet')
          expect(places.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
      }
    }),
    { numRuns: share(60) },
  );
});
