/** Rules that do nothing are found, and no other. Rules are synthetic, in the words of the programs that print them. */
import { describe, expect, test } from 'vitest';
import { readFacts } from '../../../src/core/facts.ts';
import { findIdleRules } from '../../../src/core/hygiene/index.ts';
import type { Snapshot } from '../../../src/core/model.ts';
import { makeReport } from '../../../src/core/report.ts';
import { type Options, laptop } from '../plan/machine.ts';
import { rulesSnapshot } from '../reach/world.ts';

/** `shadowed: RULE <- BY, BY`, one line a fault. */
function faultsIn(snapshot: Snapshot): readonly string[] {
  const facts = readFacts(snapshot);
  // What these snapshots do not hold is no part of the rules.
  const netfilter = { ...facts.netfilter, unread: { 4: [], 6: [] } };
  return findIdleRules(netfilter, facts.ownedRules).faults.map(
    ({ kind, rule, by, against, families }) =>
      `${kind}${against ? ' against' : ''}: ${rule.text}${families.length === 1 ? ` v${families[0]}` : ''} <- ${by.map((one) => one.rule).join(', ')}`,
  );
}

const input =
  (policy: 'ACCEPT' | 'DROP') =>
  (...rules: readonly string[]): readonly string[] => {
    const lines = rules.map((rule) =>
      rule.startsWith(':') ? rule : rule.startsWith('-A') ? rule : `-A INPUT ${rule}`,
    );
    const chains = lines.filter((line) => line.startsWith(':'));
    const v4 = [
      '*filter',
      `:INPUT ${policy} [0:0]`,
      ':FORWARD ACCEPT [0:0]',
      ':OUTPUT ACCEPT [0:0]',
      ...chains,
      ...lines.filter((line) => !line.startsWith(':')),
      'COMMIT',
    ];
    return faultsIn(rulesSnapshot({ v4: v4.join('\n') }));
  };
const open = input('ACCEPT');
const closed = input('DROP');

describe('rules of iptables made by hand', () => {
  test('a deny behind an allow for everybody never comes to its turn', () => {
    expect(open('-p tcp -m tcp --dport 8080 -j ACCEPT', '-p tcp -m tcp --dport 8080 -j DROP')).toEqual([
      'shadowed against: -A INPUT -p tcp -m tcp --dport 8080 -j DROP v4 <- -A INPUT -p tcp -m tcp --dport 8080 -j ACCEPT',
    ]);
  });

  test('two that together cover a third are both named', () => {
    expect(
      open(
        '-s 0.0.0.0/1 -p tcp -m tcp --dport 80 -j ACCEPT',
        '-s 128.0.0.0/1 -p tcp -m tcp --dport 80 -j ACCEPT',
        '-s 10.0.0.0/8 -p tcp -m multiport --dports 80 -j DROP',
        '-p tcp -m tcp --dport 80 -j DROP',
      ),
    ).toEqual([
      'shadowed against: -A INPUT -s 10.0.0.0/8 -p tcp -m multiport --dports 80 -j DROP v4 <- -A INPUT -s 0.0.0.0/1 -p tcp -m tcp --dport 80 -j ACCEPT',
      'shadowed against: -A INPUT -p tcp -m tcp --dport 80 -j DROP v4 <- -A INPUT -s 0.0.0.0/1 -p tcp -m tcp --dport 80 -j ACCEPT, -A INPUT -s 128.0.0.0/1 -p tcp -m tcp --dport 80 -j ACCEPT',
    ]);
  });

  test('the same rule twice: the second', () => {
    expect(closed('-p tcp -m tcp --dport 80 -j ACCEPT', '-p tcp -m tcp --dport 80 -j ACCEPT')).toEqual([
      'shadowed: -A INPUT -p tcp -m tcp --dport 80 -j ACCEPT v4 <- -A INPUT -p tcp -m tcp --dport 80 -j ACCEPT',
    ]);
  });

  test('a narrow rule before a wide one that says the same', () => {
    expect(closed('-s 10.0.0.0/8 -p tcp -m tcp --dport 80 -j ACCEPT', '-p tcp -m tcp --dport 80 -j ACCEPT')).toEqual([
      'redundant: -A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 80 -j ACCEPT v4 <- -A INPUT -p tcp -m tcp --dport 80 -j ACCEPT',
    ]);
  });

  test('in a chain that is only visited for one interface', () => {
    expect(
      closed(
        ':home - [0:0]',
        '-i wlan0 -j home',
        '-i wlan0 -p tcp -m tcp --dport 22 -j ACCEPT',
        '-A home -p tcp -m tcp --dport 22 -j ACCEPT',
        '-A home -p udp -m udp --dport 53 -j ACCEPT',
      ),
    ).toEqual([
      'shadowed: -A INPUT -i wlan0 -p tcp -m tcp --dport 22 -j ACCEPT v4 <- -A home -p tcp -m tcp --dport 22 -j ACCEPT',
    ]);
  });
});

const iifname = { meta: { key: 'iifname' } };
const dport = (right: number): object => ({
  match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right },
});
const place = { family: 'inet', table: 't' };
/** Rules of nft that accept, as nft 1.0.6 prints them. */
const ruled = (...rules: readonly (readonly object[])[]): string =>
  JSON.stringify({
    nftables: [
      { table: { family: 'inet', name: 't', flags: [] } },
      { chain: { ...place, name: 'in', type: 'filter', hook: 'input', prio: 0, policy: 'drop' } },
      ...rules.map((expr) => ({ rule: { ...place, chain: 'in', expr: [...expr, { accept: null }] } })),
    ],
  });

/** One chain for each family, and in both the same words. */
const twins = JSON.stringify({
  nftables: [
    { table: { family: 'inet', name: 't', flags: [] } },
    { chain: { ...place, name: 'six' } },
    { chain: { ...place, name: 'in', type: 'filter', hook: 'input', prio: 0, policy: 'drop' } },
    { rule: { ...place, chain: 'six', expr: [dport(80), { accept: null }] } },
    {
      rule: {
        ...place,
        chain: 'in',
        expr: [{ match: { op: '==', left: { meta: { key: 'nfproto' } }, right: 'ipv6' } }, { goto: { target: 'six' } }],
      },
    },
    { rule: { ...place, chain: 'in', expr: [dport(80), { accept: null }] } },
  ],
});

describe('nothing is said about a rule that', () => {
  test.each<readonly [name: string, found: readonly string[]]>([
    [
      'keeps out all but some',
      open('-s 10.0.0.0/8 -p tcp -m tcp --dport 80 -j ACCEPT', '-p tcp -m tcp --dport 80 -j DROP'),
    ],
    [
      'takes what only begins no connection',
      open('-p tcp -m tcp --dport 80 --tcp-flags FIN,SYN,RST,ACK SYN -j ACCEPT', '-p tcp -m tcp --dport 80 -j DROP'),
    ],
    [
      'takes what is not new',
      open('-p tcp -m tcp --dport 80 -m conntrack --ctstate NEW -j ACCEPT', '-p tcp -m tcp --dport 80 -j DROP'),
    ],
    [
      'is for an interface that is not there today',
      closed('-i tun0 -p tcp -m tcp --dport 80 -j ACCEPT', '-i wlan0 -p tcp -m tcp --dport 80 -j ACCEPT'),
    ],
    ['is for an address that is not ours today', closed('-d 10.9.8.7/32 -p tcp -m tcp --dport 80 -j ACCEPT')],
    [
      'stands behind one that the engine does not know',
      open('-m quota --quota 1000 -j ACCEPT', '-p tcp -m tcp --dport 80 -j DROP'),
    ],
    [
      'stands behind a set, whose members change',
      open('-m set --match-set friends src -j ACCEPT', '-p tcp -m tcp --dport 80 -j DROP'),
    ],
    [
      'stands behind a queue to a program',
      open('-p tcp -m tcp --dport 80 -j NFQUEUE --queue-num 0', '-p tcp -m tcp --dport 80 -j DROP'),
    ],
    ['answers where the default would be silent', closed('-p tcp -m tcp --dport 80 -j REJECT --reject-with tcp-reset')],
    ['says what the default says', closed('-p tcp -m tcp --dport 80 -j DROP')],
    [
      'matters for another protocol',
      open('-s 10.0.0.9/32 -p tcp -j ACCEPT', '-s 10.0.0.9/32 -p udp -j ACCEPT', '-s 10.0.0.9/32 -j DROP'),
    ],
    ['is for fragments', open('-f -j DROP', '-p tcp -m tcp --dport 80 -j ACCEPT')],
    [
      'remembers who came',
      closed(
        '-p tcp -m tcp --dport 81 -m recent --set --name S --mask 255.255.255.255 --rsource -j DROP',
        '-p tcp -j DROP',
      ),
    ],
    [
      'keeps packets from one that remembers who came',
      open(
        '-s 10.0.0.0/8 -p tcp -j DROP',
        '-p tcp -m recent --set --name S --mask 255.255.255.255 --rsource',
        '-p tcp -j DROP',
      ),
    ],
    [
      'is covered by a program’s rule, which goes when the program does',
      closed(
        ':ts-input - [0:0]',
        '-j ts-input',
        '-i tailscale0 -p tcp -j ACCEPT',
        '-A ts-input -i tailscale0 -j ACCEPT',
      ),
    ],
    [
      'a program put there',
      closed(
        ':DOCKER - [0:0]',
        '-j DOCKER',
        '-A DOCKER -p tcp -m tcp --dport 80 -j ACCEPT',
        '-A DOCKER -p tcp -m tcp --dport 80 -j ACCEPT',
      ),
    ],
    [
      'gives the connection a helper',
      faultsIn(
        rulesSnapshot({
          nft: ruled(
            [dport(21), { match: { op: '==', left: iifname, right: 'wlan0' } }, { 'ct helper': 'ftp' }],
            [dport(21)],
          ),
        }),
      ),
    ],
    ['reads like another, where each is of use to one family alone', faultsIn(rulesSnapshot({ nft: twins }))],
    [
      'limits how often',
      open('-p tcp -m tcp --dport 22 -m limit --limit 3/min -j ACCEPT', '-p tcp -m tcp --dport 22 -j DROP'),
    ],
  ])('%s', (_, found) => expect(found).toEqual([]));
});

const TCP8080 = 'tcp 8080 0.0.0.0/0 any 0.0.0.0/0 in';
const ANY8080 = 'any 8080 0.0.0.0/0 any 0.0.0.0/0 in';
const ufw = (tuples: readonly string[], options: Options = {}): readonly string[] =>
  faultsIn(laptop({ tuples, ...options }));

describe("ufw's rules", () => {
  test('a deny of one protocol behind an allow of both', () => {
    expect(ufw([`allow ${ANY8080}`, `deny ${TCP8080}`])).toEqual(['shadowed against: deny 8080/tcp <- allow 8080/tcp']);
  });

  test('a deny behind an allow for one network keeps out only whom the default keeps out', () => {
    expect(ufw(['allow tcp 8080 0.0.0.0/0 any 192.168.77.0/24 in', `deny ${TCP8080}`])).toEqual([
      'redundant against: deny 8080/tcp v4 <- allow 8080/tcp from 192.168.77.0/24',
    ]);
  });

  test('where the default lets in, the same deny is of use', () => {
    expect(ufw(['allow tcp 8080 0.0.0.0/0 any 192.168.77.0/24 in', `deny ${TCP8080}`], { inbound: 'ACCEPT' })).toEqual(
      [],
    );
  });

  test('a deny of a network that in part repeats another, and for the rest the default', () => {
    const rules = ['deny any any 0.0.0.0/0 any 10.3.0.0/16 in', 'deny tcp 22 0.0.0.0/0 any 10.0.0.0/8 in'];
    expect(ufw(rules)).toEqual([]);
  });

  test('what is plainly in order', () => {
    expect(
      ufw([`allow ${TCP8080}`, 'deny tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in', 'limit tcp 22 0.0.0.0/0 any 0.0.0.0/0 in']),
    ).toEqual([]);
  });

  test('an allow behind a limit of the same port', () => {
    expect(ufw(['limit tcp 22 0.0.0.0/0 any 0.0.0.0/0 in', 'allow tcp 22 0.0.0.0/0 any 10.0.0.0/8 in'])).toHaveLength(
      1,
    );
  });

  test('nothing where the kernel holds other rules than the files', () => {
    const snapshot = laptop({ tuples: [`allow ${ANY8080}`, `deny ${TCP8080}`] });
    const transcripts = snapshot.transcripts.map((one) =>
      one.id === 'iptables-save' || one.id === 'ip6tables-save'
        ? { ...one, stdout: one.stdout.replaceAll('--dport 8080', '--dport 8081') }
        : one,
    );
    expect(faultsIn({ ...snapshot, transcripts })).toEqual([]);
  });

  test('nothing where ufw is off', () => {
    expect(ufw([`allow ${ANY8080}`, `deny ${TCP8080}`], { on: false })).toEqual([]);
  });

  test("another tool's rule ahead undoes an opening", () => {
    expect(ufw([`allow ${TCP8080}`], { ahead: ['-A INPUT -p tcp -m tcp --dport 8080 -j DROP'] })).toEqual([
      'overridden against: allow 8080/tcp v4 <- -A INPUT -p tcp -m tcp --dport 8080 -j DROP',
    ]);
  });
});

describe('the report', () => {
  const report = makeReport(laptop({ tuples: [`allow ${ANY8080}`, `deny ${TCP8080}`, `allow ${TCP8080}`] }), {
    kept: new Set(),
  });

  test('tells of a deny that keeps nobody out of an open port', () => {
    expect(report.findings.find(({ id }) => id.startsWith('powerless-deny:'))).toMatchObject({
      advice: 'review',
      severity: 'high',
      title: 'The ufw rule “deny 8080/tcp” does not close port 8080',
    });
  });

  test('names all in its list', () => {
    expect(report.idleRules.map(({ kind, rule, families }) => [kind, rule, families])).toEqual([
      ['shadowed', 'deny 8080/tcp', [4, 6]],
      ['shadowed', 'allow 8080/tcp', [4, 6]],
    ]);
  });
});

test('what is found does not depend on the order of the questions', () => {
  const facts = readFacts(
    laptop({
      tuples: [
        `allow ${ANY8080}`,
        `deny ${TCP8080}`,
        `reject tcp 3000 0.0.0.0/0 any 10.0.0.0/8 in`,
        'allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in',
      ],
    }),
  );
  const words = (rules: typeof facts.ownedRules): readonly string[] =>
    findIdleRules(facts.netfilter, rules)
      .faults.map(({ kind, rule, families }) => `${kind} ${rule.text} ${families.join()}`)
      .sort();
  expect(words([...facts.ownedRules].reverse())).toEqual(words(facts.ownedRules));
});
