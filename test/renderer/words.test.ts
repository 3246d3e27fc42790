import { describe, expect, test } from 'vitest';
import { gap } from '../../src/core/gaps/index.ts';
import { foreign, formatAs, number, onButton, plural, sentence, time } from '../../src/renderer/text/format.ts';
import { words } from '../../src/renderer/text/words.ts';
import * as reports from '../e2e/fixtures/reports.ts';
import { firewalldRules, nftablesRules, ufwRules } from '../e2e/fixtures/rules.ts';

describe('the sentence of state', () => {
  test.each([
    [reports.advice, '2 ports are open to others that you probably don’t need, one of them to the internet.'],
    [reports.adviceAfter, 'One port is open to your network that you probably don’t need.'],
    [reports.allWell, 'Nothing to close.'],
    [reports.cannotTell, 'Who can reach 3 ports can’t be told yet.'],
    // Neither can be closed with one button; both are open all the same.
    [reports.noFirewall, 'One port is open to the internet that you probably don’t need.'],
    [reports.ledOn, 'One port is open to your network that you probably don’t need.'],
  ] as const)('case %#', (report, expected) => {
    expect(words.home.sentence(report)).toBe(expected);
  });

  test('what is to be looked at is said below it, and is the sentence where nothing else is', () => {
    expect(words.home.detail(reports.advice)).toMatch(/^One more is for you to look at\. /);
    const asked = {
      ...reports.adviceAfter,
      findings: reports.adviceAfter.findings.filter(({ advice }) => advice === 'review'),
    };
    expect(words.home.sentence(asked)).toMatch(/^One port is open to .*\.$/);
    expect(words.home.detail(asked)).toMatch(/^Look whether you need it\. /);
  });

  test('a firewall that is off is said even where nothing is open', () => {
    const off = { ...reports.allWell, firewalls: reports.firewallOff.firewalls };
    expect(words.home.sentence(off)).toBe('Nothing needs closing now, but the firewall is off.');
  });

  test('where the list of what listens is not whole, nothing is said to be closed', () => {
    expect(words.home.sentence(reports.listMissing)).toBe('Not everything that listens could be read.');
    expect(words.home.detail(reports.listMissing)).not.toContain('Nobody');
    const off = { ...reports.listMissing, firewalls: reports.firewallOff.firewalls };
    expect(words.home.sentence(off)).toBe(words.home.sentence(reports.listMissing));
  });

  test('on no network, it is said that this holds for now', () => {
    expect(words.home.sentence(reports.offline)).toBe('Nothing to close.');
    expect(words.home.detail(reports.offline)).toContain('on no network now');
  });

  test('administrator rights are asked for only where they settle something', () => {
    expect(words.home.detail(reports.cannotTell)).toContain('administrator rights');
    const missing = [
      gap({
        what: { kind: 'kernel-rules', by: 'nftables', family: null, legacy: false },
        why: { kind: 'not-gathered' },
        how: { kind: 'command', command: 'sudo apt install nftables' },
      }),
    ];
    expect(words.home.detail({ ...reports.cannotTell, unread: missing })).not.toContain('administrator');
  });

  test('nothing is called unreachable while something cannot be told', () => {
    expect(words.home.checkedOthers(0, 0)).toBe('None can be reached by others');
    expect(words.home.checkedOthers(0, 3)).not.toBe(words.home.checkedOthers(0, 0));
    expect(words.home.detail(reports.cannotTell)).not.toContain('Nobody');
  });
});

describe('who can reach it', () => {
  const who = (judged: ReturnType<typeof reports.reach>): string => words.who(judged, reports.advice);
  test('names the place that is open', () => {
    expect(who(reports.reach('open', 'open'))).toBe('Anyone on the internet');
    expect(who(reports.reach('open', 'blocked'))).toBe('Anyone on this Wi-Fi');
    expect(who(reports.reach('blocked', 'blocked'))).toBe('Only this computer');
    expect(who(reports.reach('unknown', 'unknown'))).toBe('Cannot tell');
  });
  test('never says less than is known to be possible', () => {
    expect(who({ ...reports.reach('open', 'unknown') })).toBe('Anyone on this Wi-Fi; more cannot be ruled out');
    expect(who({ ...reports.reach('blocked', 'blocked'), exposureComplete: false })).toBe('Cannot tell who else');
  });
});

test('listeners are named as the terminal names them', () => {
  expect(words.listenerName('tcp/3000')).toBe('3000/tcp');
  expect(words.listenerName('udp/53@127.0.0.53')).toBe('53/udp on 127.0.0.53');
});

describe('text of foreign origin', () => {
  test('hides nothing', () => {
    expect(foreign('a\u202Eb\u0000c\nd')).toBe('a\\u{202e}b\\u{0}c\\u{a}d');
  });
  test('ends', () => {
    expect(foreign('x'.repeat(1_000_000)).length).toBeLessThanOrEqual(121);
    expect(sentence('x'.repeat(1_000_000)).length).toBeLessThanOrEqual(601);
    expect(onButton('x'.repeat(1_000_000)).length).toBeLessThanOrEqual(33);
  });
  test('is not cut inside a character', () => {
    expect(foreign('🚪'.repeat(500))).toBe(`${'🚪'.repeat(120)}…`);
  });
});

test('numbers, plurals and times', () => {
  expect(number(65_536)).toBe('65,536');
  expect(plural(1, { one: 'port', other: 'ports' })).toBe('1 port');
  expect(plural(0, { one: 'port', other: 'ports' })).toBe('0 ports');
  expect(time('not a time\u202E')).toBe('not a time\\u{202e}');
});

test.each(['en', 'de'])('counts are written as Intl writes them in %s', (tag) => {
  formatAs(tag);
  const format = new Intl.NumberFormat(tag);
  for (const value of [...Array.from({ length: 1100 }, (_, index) => index), 65_536, 0.5, -1, -1000, 1e21, Number.NaN])
    expect(number(value)).toBe(format.format(value));
  formatAs('en');
});

describe('a rule in a sentence', () => {
  const said = [...ufwRules.rules, ...nftablesRules.rules, ...firewalldRules.rules].map((rule) => [
    rule.text,
    words.firewall.sentence(rule),
  ]);
  test.each([
    ['allow 3000/tcp', 'Lets in 3000/tcp from anyone.'],
    ['limit 22/tcp', 'Lets in 22/tcp from anyone, slowed after repeated tries.'],
    ['allow from 192.168.77.0/24 to any port 445 proto tcp', 'Lets in 445/tcp from 192.168.77.0/24.'],
    ['deny 6000/tcp', 'Keeps out 6000/tcp from anyone.'],
    [
      '-A ufw-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      'Lets in answers to connections that exist from anyone.',
    ],
    ['iifname "lo" accept', 'Lets in what this computer sends to itself.'],
    ['ip saddr != { 192.168.77.0/24 } tcp dport 5432 drop', 'Keeps out 5432/tcp from anyone but 192.168.77.0/24.'],
    ['target ACCEPT', 'Lets in everything from anyone.'],
    ['service dhcpv6-client', 'Lets in 546/udp from anyone, IPv6 only, where all else that it asks for holds.'],
  ])('%s', (text, expected) => expect(said.find(([one]) => one === text)?.[1]).toBe(expected));

  test('what it does for others, and where to, is not called letting in', () => {
    const [rule] = ufwRules.rules;
    if (rule === undefined) throw new Error('no rule');
    expect(words.firewall.sentence({ ...rule, traffic: 'through' })).toBe('Passes on 3000/tcp.');
    expect(words.firewall.sentence({ ...rule, traffic: 'out', action: 'deny' })).toBe('Does not let out 3000/tcp.');
    expect(words.firewall.sentence({ ...rule, about: [] })).toBe('Lets in what it names from anyone.');
  });
});
