/** Random rule sets of iptables for properties: ports, ranges, sources, interfaces, redirects, own chains, marks, states. */
import fc from 'fast-check';

export const aPort = fc.integer({ min: 1, max: 40 });
export const aSource = fc.constantFrom('192.168.77.20', '192.168.77.130', '10.66.0.20', '203.0.113.5', '8.8.8.8');

const range = fc.tuple(aPort, aPort).map(([a, b]) => `${Math.min(a, b)}:${Math.max(a, b)}`);
const ports = fc.oneof(
  aPort.map((port) => `-m tcp --dport ${port}`),
  range.map((spec) => `-m tcp --dport ${spec}`),
  fc.array(aPort, { minLength: 1, maxLength: 4 }).map((list) => `-m multiport --dports ${list.join(',')}`),
  aPort.map((port) => `-m tcp ! --dport ${port}`),
  aPort.map((port) => `-m conntrack --ctorigdstport ${port}`),
);
const where = fc.constantFrom(
  '-s 192.168.77.0/24',
  '-s 192.168.77.20/32',
  '! -s 192.168.77.0/25',
  '-s 10.0.0.0/8',
  '-d 192.168.77.10/32',
  '! -d 10.66.0.10/32',
  '-i wlan0',
  '! -i eth0',
);
const what = fc.constantFrom(
  '-m conntrack --ctstate NEW',
  '-m conntrack --ctstate RELATED,ESTABLISHED',
  '-m conntrack --ctstatus DNAT',
  '-m mark --mark 0x1/0x3',
  '-m limit --limit 3/min',
  '-m limit --limit 6/min',
  '-m limit --limit 9/min',
  '-m tcp --sport 1024:65535',
  '-m string --string "x y" --algo bm',
);
const some = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: text });
const tests = fc
  .tuple(where.map(String), some(where), fc.oneof(ports, ports, fc.constant('')), some(what))
  .chain(([one, two, port, more]) =>
    fc
      .constantFrom([port], [one, port], [two, port, more], [port, more])
      .map((words) => words.filter((word) => word !== '')),
  );

/** `-A INPUT …`; tests of one side come once, as iptables wants them. */
function rule(chain: string, targets: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(tests, targets)
    .map(([words, target]) => `-A ${chain} -p tcp ${words.join(' ')} -j ${target}`.replaceAll(/ +/g, ' '));
}

const filterTarget = fc.constantFrom('ACCEPT', 'DROP', 'REJECT --reject-with icmp-port-unreachable', 'RETURN');
const rules = (one: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<readonly string[]> =>
  fc.array(one, { maxLength });

/** Lines by table, so that others can put more rules among them. */
export interface RandomRules {
  readonly policy: string;
  readonly filter: readonly string[];
  readonly mangle: readonly string[];
  readonly nat: readonly string[];
}

export const randomRules: fc.Arbitrary<RandomRules> = fc.record({
  policy: fc.constantFrom('ACCEPT', 'DROP'),
  filter: rules(
    fc.oneof(
      { weight: 3, arbitrary: rule('INPUT', fc.oneof(filterTarget, fc.constant('mine'))) },
      { weight: 1, arbitrary: rule('mine', filterTarget) },
    ),
    16,
  ),
  mangle: fc.oneof(
    fc.constant([]),
    rules(
      rule('PREROUTING', fc.constantFrom('MARK --set-xmark 0x1/0x3', 'MARK --set-xmark 0x0/0xffffffff', 'DROP')),
      3,
    ),
  ),
  nat: fc.oneof(
    fc.constant([]),
    rules(
      rule(
        'PREROUTING',
        fc.oneof(
          aPort.map((port) => `REDIRECT --to-ports ${port}`),
          aPort.map((port) => `DNAT --to-destination 192.168.77.10:${port}`),
          fc.constantFrom('ACCEPT', 'RETURN'),
        ),
      ),
      3,
    ),
  ),
});

/** As iptables-save prints them. */
export const saved = ({ policy, filter, mangle, nat }: RandomRules): string =>
  [
    '*mangle\n:PREROUTING ACCEPT [0:0]',
    ...mangle,
    'COMMIT\n*nat\n:PREROUTING ACCEPT [0:0]',
    ...nat,
    `COMMIT\n*filter\n:INPUT ${policy} [0:0]\n:mine - [0:0]`,
    ...filter,
    'COMMIT\n',
  ].join('\n');
