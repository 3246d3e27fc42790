/** Whatever things are called: a command that a person copies is read by bash as exactly the words that were meant. */
import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandsOf, commandsThatSettle } from '../../src/core/advice/commands.ts';
import { advise } from '../../src/core/advice/index.ts';
import type { AdviceFacts, Opening } from '../../src/core/advice/rule.ts';
import type { OwnedRule } from '../../src/core/firewalls/owned.ts';
import { readNetfilter } from '../../src/core/firewalls/netfilter/index.ts';
import { lookAtTable } from '../../src/core/gaps/index.ts';
import type { RuleFault } from '../../src/core/hygiene/index.ts';
import { readOutside } from '../../src/core/outside/index.ts';
import { shellCommand, shownCommand } from '../../src/core/shell-command.ts';
import { visible } from '../../src/core/visible.ts';
import { facts, forward, listener } from './advice/build.ts';
import { lines, snapshotOf, transcript } from './listeners/snapshots.ts';

/** What bash makes of each line, all in one run. Nothing can be found to run, and what is printed beside shows. */
function wordsOf(commands: readonly string[]): readonly (readonly string[])[] {
  const script = `words() { printf '%s\\0' "$@"; printf '\\1\\0'; }\n${commands.map((one) => `words ${one}\n`).join('')}`;
  const { stdout, stderr } = spawnSync('/bin/bash', ['--norc', '--noprofile'], {
    input: script,
    encoding: 'utf8',
    env: { PATH: '/nonexistent', LC_ALL: 'C.UTF-8' },
  });
  expect(stderr).toBe('');
  const read: string[][] = [[]];
  for (const word of stdout.split('\0')) {
    if (word === '\u0001') read.push([]);
    else read.at(-1)?.push(word);
  }
  return read.slice(0, -1);
}

const HOSTILE = [
  'x; echo OTHER',
  'x; echo OTHER #',
  'x|echo OTHER',
  'x && echo OTHER',
  '$(echo OTHER)',
  '`echo OTHER`',
  "x' ; echo OTHER ; '",
  'x" ; echo OTHER ; "',
  'x\necho OTHER',
  '{a,b}',
  '*',
  '~',
  '!!',
  '!',
  '#x',
  '>x',
  'a b',
  'app-a\\x2db',
  'x\\',
  '-x',
  '',
  '\u202ex',
  'x\u001b[2J',
  'x\u00a0y',
  'é',
  '中',
  'x\ud800',
  'br+',
];
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...Array.from(' \t\n\r$`"\'\\;|&<>(){}[]*?!#~=%^-ab0.,+@:/')),
        fc.constantFrom(...HOSTILE),
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
/** The same names each time, those above among them. */
const NAMES = [...new Set([...HOSTILE, ...fc.sample(hostile, { numRuns: 80, seed: 5 })])].filter(
  (one) => !one.includes('\0'),
);
const isShown = (name: string): boolean => visible(name) === name;

/** Where something is called so: what is to be typed, and the words that are meant; no words: there is no command. */
type Case = readonly [commands: (name: string) => readonly string[], meant: (name: string) => readonly string[] | null];

const found = (parts: Partial<AdviceFacts>): readonly string[] =>
  advise(
    facts({
      firewalls: [{ id: 'firewalld', active: true, defaults: { inbound: 'reject', outbound: 'allow' }, rules: 3 }],
      ...parts,
    }),
  )
    .filter(({ says }) => says.kind !== 'exposed' && says.kind !== 'leads-on')
    .flatMap(({ says }) => commandsOf(says))
    .filter((command) => command !== 'sudo firewall-cmd --reload');

const notes = {
  panic: false,
  openUntilRestart: [],
  openAfterRestart: [],
  closedUntilRestart: [],
  closedAfterRestart: [],
};
const removal = (name: string): readonly string[] => ['iptables', '-D', 'INPUT', '-m', 'comment', '--comment', name];

const idle = (name: string, kind: RuleFault['kind']): RuleFault => {
  const rule: OwnedRule = {
    firewall: 'iptables',
    text: `-A INPUT ${name}`,
    families: [4],
    action: kind === 'shadowed' ? 'deny' : 'allow',
    chain: 'iptables/4/filter/INPUT',
    lines: [0],
    doesMore: false,
    ours: false,
    ports: { tcp: [[3000, 3000]], udp: [] },
    forAll: true,
    removal: removal(name),
  };
  return { kind, rule, rules: [rule], families: [4], against: false, by: [{ firewall: 'iptables', rule: 'a rule' }] };
};
const half = (name: string): Opening => ({
  target: { protocol: 'tcp', port: 8080 },
  firewall: 'iptables',
  rule: 'a rule',
  families: [6],
  removal: removal(name),
});

/** What to type about things beside the rules, of a computer with these links and notes. */
const outside = (links: readonly object[], ...said: readonly object[]): readonly string[] =>
  readOutside(
    snapshotOf([
      transcript('ip.address', JSON.stringify(links)),
      transcript('outside', lines(...said, { done: true })),
    ]),
    [],
  ).outsiders.flatMap(({ gap }) => commandsThatSettle(gap.means.how));

const FILTER = 'filter protocol all pref 1 bpf chain 0 handle 0x1 x.o:[tc] direct-action not_in_hw id 7\n';
const UNIT = [
  'systemctl',
  'show',
  '-p',
  'IPAddressAllow',
  '-p',
  'IPAddressDeny',
  '-p',
  'RestrictNetworkInterfaces',
  '--',
];
const link = (ifname: string, kind: string) => ({
  ifindex: 7,
  ifname,
  flags: ['UP'],
  linkinfo: { info_kind: kind },
  addr_info: [],
});

const direct = (address: string, bridge: string) =>
  forward({ via: 'route', to: { address, port: 80, interface: bridge, kind: 'container' } });
const NEW = '-m conntrack --ctstate NEW -m conntrack ! --ctstate DNAT -j DROP'.split(' ');
const drop = (program: string, address: string, bridge: string): readonly string[] => [
  'sudo',
  program,
  '-I',
  'DOCKER-USER',
  '-d',
  address,
  '!',
  '-i',
  bridge,
  ...NEW,
];

const NFT = ['sudo', 'nft', 'list'];
/** nft reads its words as a script again: what it would not take for one name is no part of a command. */
const isOneName = (name: string): boolean => /^[a-z_.][\w/.-]*$/i.test(name);
const sleeping = (name: string): readonly object[] => [
  { table: { family: 'inet', name, handle: 1, flags: 'unknown' } },
  {
    chain: {
      family: 'inet',
      table: name,
      name: 'c',
      handle: 1,
      type: 'filter',
      hook: 'input',
      prio: 0,
      policy: 'accept',
    },
  },
];

const CASES: Readonly<Record<string, Case>> = {
  'zone that opens too much': [
    (name) => found({ firewalld: { ...notes, wide: [{ zone: name, ports: [`${name}/tcp`] }], trusting: [] } }),
    (name) =>
      isShown(name) ? ['sudo', 'firewall-cmd', '--permanent', `--zone=${name}`, `--remove-port=${name}/tcp`] : null,
  ],
  'interface in a zone that trusts': [
    (name) =>
      found({
        interfaces: [{ name, kind: 'wifi' }],
        firewalld: { ...notes, wide: [], trusting: [{ zone: 'trusted', interfaces: [name], isDefault: false }] },
      }),
    (name) => (isShown(name) ? ['sudo', 'firewall-cmd', '--zone=public', `--change-interface=${name}`] : null),
  ],
  'bridge of a container': [
    (name) => found({ forwards: [direct('172.17.0.2', name)] }),
    (name) => (isShown(name) && !name.endsWith('+') ? drop('iptables', '172.17.0.2', name) : null),
  ],
  'address of a container': [
    (name) => found({ forwards: [direct(`:${name}`, 'br0')] }),
    (name) => (isShown(name) ? drop('ip6tables', `:${name}`, 'br0') : null),
  ],
  'comment of a rule that does nothing': [
    (name) => found({ idle: [idle(name, 'redundant')] }),
    (name) => (isShown(name) ? ['sudo', ...removal(name)] : null),
  ],
  'comment of half a rule': [
    (name) => found({ listeners: [listener('tcp/8080', 'node')], openings: [half(name)] }),
    (name) => (isShown(name) ? ['sudo', ...removal(name)] : null),
  ],
  'device with filters': [
    (name) => outside([link(name, 'veth')], { filters: FILTER, ifindex: 7, hook: 'ingress' }),
    (name) => ['tc', 'filter', 'show', 'dev', isShown(name) && name !== '' ? name : 'if7', 'ingress'],
  ],
  'device with filters that is not in the list': [
    () => outside([], { filters: FILTER, ifindex: 7, hook: 'ingress' }),
    () => ['tc', 'filter', 'show', 'dev', 'if7', 'ingress'],
  ],
  vrf: [
    (name) => outside([link(name, 'vrf')]),
    // Without a name it is no device.
    (name) => (name === '' ? null : ['ip', 'vrf', 'show', ...(isShown(name) ? [name] : [])]),
  ],
  'unit with a program of BPF': [
    (name) => outside([], { bpf: 'cgroup-ingress', cgroup: `/system.slice/${name}.service`, programs: [] }),
    (name) => {
      const unit = `${name}.service`.split('/').at(-1) ?? '';
      return /^[\w:.\\@-]+$/.test(unit) && unit !== '.service' ? [...UNIT, unit] : ['bpftool', 'cgroup', 'tree'];
    },
  ],
  'table of nftables': [
    (name) => [lookAtTable('netdev', name)],
    (name) => [...NFT, ...(isOneName(name) ? ['table', 'netdev', name] : ['ruleset'])],
  ],
  'table of nftables that filters in a bridge': [
    (name) =>
      readOutside(snapshotOf([transcript('outside', lines({ done: true }))]), [
        { family: 'bridge', table: name, name: 'c', hook: 'input', onlyDrops: true },
      ]).outsiders.flatMap(({ gap }) => commandsThatSettle(gap.means.how)),
    (name) => [...NFT, ...(isOneName(name) ? ['table', 'bridge', name] : ['ruleset'])],
  ],
  // A version that prints nonsense for the flag: what it says of `dormant` is not known.
  'table of nftables that may sleep': [
    (name) => [
      ...new Set(
        readNetfilter(snapshotOf([transcript('nft', JSON.stringify({ nftables: sleeping(name) }))]))
          .unread[4].filter(({ means }) => means.why.kind === 'dormancy')
          .flatMap(({ means }) => commandsThatSettle(means.how)),
      ),
    ],
    (name) => [...NFT, ...(isOneName(name) ? ['table', 'inet', name] : ['ruleset'])],
  ],
  'family of nftables': [(name) => [lookAtTable(name, 'x')], () => ['sudo', 'nft', 'list', 'ruleset']],
};

describe.each(Object.entries(CASES))('%s', (_, [commands, meant]) => {
  test('is one word of the command, or there is none', () => {
    const all = NAMES.map((name) => [name, commands(name), meant(name)] as const);
    const without = all.filter(([, , words]) => words === null).map(([name, shown]) => [name, shown]);
    expect(without).toEqual(without.map(([name]) => [name, []]));
    const written = all.filter(([, , words]) => words !== null);
    expect(written.map(([name, shown]) => [name, shown.length])).toEqual(written.map(([name]) => [name, 1]));
    expect(wordsOf(written.flatMap(([, shown]) => shown))).toEqual(written.map(([, , words]) => words));
  });
});

test('words of any command', () => {
  const fit = NAMES.filter(isShown);
  expect(fit.length).toBeGreaterThan(30);
  expect(wordsOf(fit.map((name) => shellCommand(['nft', name, name]) ?? ''))).toEqual(
    fit.map((name) => ['nft', name, name]),
  );
  for (const name of NAMES.filter((one) => !isShown(one))) expect(shellCommand(['nft', name])).toBeNull();
  // What is done is told to the end all the same.
  expect(wordsOf(NAMES.map((name) => shownCommand(['nft', name])))).toEqual(
    NAMES.map((name) => ['nft', visible(name)]),
  );
});

test('words that no shell reads anything into stand as they are', () => {
  expect(shellCommand(['iptables', '-D', 'INPUT', '!', '-i', 'wlan0', '-j', 'DROP'])).toBe(
    'iptables -D INPUT ! -i wlan0 -j DROP',
  );
});
