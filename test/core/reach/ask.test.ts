import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/core/model.ts';
import { type Rules, interfaces, judgeOf, question } from './world.ts';

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
const filter = (policy: string, ...rules: string[]): string =>
  `*filter\n:INPUT ${policy} [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:mine - [0:0]\n:other - [0:0]\n${rules.join('\n')}\nCOMMIT\n`;
const verdict = (rules: Rules, changes: Parameters<typeof question>[0] = {}): Verdict =>
  judgeOf(rules).ask(question(changes)).verdict;

// Captured from ufw 0.36.2 in a private namespace: allow 3000/tcp, limit 22/tcp, allow 5432 from the LAN on wlan0,
// deny from 203.0.113.0/24 (added after the allows), allow 8000:8010/tcp; default deny.
const ufw: Rules = {
  v4: fixture('ufw.iptables-save'),
  v6: fixture('ufw.ip6tables-save'),
  nft: fixture('ufw.nft.json'),
};

describe('a real ufw ruleset', () => {
  test.each<[string, Parameters<typeof question>[0], Verdict]>([
    ['an allowed port', { port: 3000 }, 'open'],
    ['the same over IPv6', { port: 3000, source: 'fd77::20', destination: 'fd77::10' }, 'open'],
    ['a port without a rule', { port: 3001 }, 'blocked'],
    ['UDP of an allowed TCP port', { port: 3000, protocol: 'udp' }, 'blocked'],
    ['a limited port', { port: 22 }, 'limited'],
    ['a port for the LAN on wlan0', { port: 5432 }, 'open'],
    ['the same from elsewhere', { port: 5432, source: '203.0.113.5' }, 'blocked'],
    ['the same on eth0', { port: 5432, interface: 'eth0', source: '10.66.0.20', destination: '10.66.0.10' }, 'blocked'],
    ['a deny that comes after the allow', { port: 3000, source: '203.0.113.5' }, 'open'],
    ['the first port of a range', { port: 8000 }, 'open'],
    ['the last port of a range', { port: 8010 }, 'open'],
    ['one past the range', { port: 8011 }, 'blocked'],
    ['mDNS by multicast', { port: 5353, protocol: 'udp', destination: '224.0.0.251' }, 'open'],
    ['mDNS by unicast', { port: 5353, protocol: 'udp' }, 'blocked'],
    ['a DHCP reply needs its source port', { port: 68, protocol: 'udp', sourcePort: 67 }, 'open'],
    ['and no other', { port: 68, protocol: 'udp', sourcePort: 68 }, 'blocked'],
    ['and is unsure without one', { port: 68, protocol: 'udp' }, 'unknown'],
  ])('%s', (_, changes, expected) => {
    expect(verdict(ufw, changes)).toBe(expected);
  });

  test('names the deciding rule in the words of ufw', () => {
    const judge = judgeOf(ufw);
    expect(judge.ask(question({ port: 3000 })).decidedBy).toEqual([{ firewall: 'ufw', rule: 'allow 3000/tcp' }]);
    expect(judge.ask(question({ port: 22 })).decidedBy).toEqual([{ firewall: 'ufw', rule: 'limit 22/tcp' }]);
    expect(judge.ask(question({ port: 5432 })).decidedBy).toEqual([
      { firewall: 'ufw', rule: 'allow 5432/tcp in on wlan0 from 192.168.77.0/24' },
    ]);
    expect(judge.ask(question({ port: 3001 })).decidedBy).toEqual([
      { firewall: 'ufw', rule: 'default deny (incoming)' },
    ]);
  });

  test('the trace leads from the hook to the rule', () => {
    const { trace } = judgeOf(ufw).ask(question({ port: 3000 }));
    expect(trace.map((step) => step.chain)).toEqual(['INPUT', 'ufw-before-input', 'ufw-user-input']);
    expect(trace.at(-1)).toMatchObject({ hook: 'input', effect: 'accept' });
  });
});

describe('chains of iptables', () => {
  test('the first match wins', () => {
    const rules = filter(
      'ACCEPT',
      '-A INPUT -p tcp -m tcp --dport 3000 -j ACCEPT',
      '-A INPUT -p tcp -m tcp --dport 3000 -j DROP',
    );
    expect(verdict({ v4: rules })).toBe('open');
  });
  test('a return goes back to the caller, a goto to the caller of the caller', () => {
    const jump = [
      '-A INPUT -j mine',
      '-A INPUT -j DROP',
      '-A mine -p tcp -j other',
      '-A mine -j ACCEPT',
      '-A other -j RETURN',
    ];
    expect(verdict({ v4: filter('ACCEPT', ...jump) })).toBe('open');
    const goto = jump.map((rule) => rule.replace('-p tcp -j other', '-p tcp -g other'));
    expect(verdict({ v4: filter('ACCEPT', ...goto) })).toBe('blocked');
  });
  test('a return in a built-in chain means its policy', () => {
    expect(verdict({ v4: filter('DROP', '-A INPUT -j RETURN', '-A INPUT -j ACCEPT') })).toBe('blocked');
  });
  test('an accept in one table does not overrule a drop in another', () => {
    const mangle = `*mangle\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 3000 -j ACCEPT\nCOMMIT\n`;
    expect(verdict({ v4: `${mangle}${filter('DROP')}` })).toBe('blocked');
    expect(verdict({ v4: `${mangle.replace('-j ACCEPT', '-j DROP')}${filter('ACCEPT')}` })).toBe('blocked');
  });
  test('marks set on the way are tested later', () => {
    const mangle = (mark: string): string =>
      `*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -s 192.168.77.20/32 -j MARK --set-xmark ${mark}\nCOMMIT\n`;
    const rules = filter('DROP', '-A INPUT -m mark --mark 0x10/0xf0 -j ACCEPT');
    expect(verdict({ v4: mangle('0x12/0xffffffff') + rules })).toBe('open');
    expect(verdict({ v4: mangle('0x22/0xffffffff') + rules })).toBe('blocked');
    expect(verdict({ v4: mangle('0x12/0xffffffff') + rules }, { source: '192.168.77.21' })).toBe('blocked');
  });
  test('REDIRECT comes before the filter, and only the original port tells the ways apart', () => {
    const nat =
      '*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 3000\nCOMMIT\n';
    const deny = filter('ACCEPT', '-A INPUT -p tcp -m tcp --dport 3000 -j DROP');
    expect(verdict({ v4: nat + deny }, { port: 80 })).toBe('blocked');
    const exact = filter('ACCEPT', '-A INPUT -p tcp -m conntrack --ctorigdstport 3000 -j DROP');
    expect(verdict({ v4: nat + exact }, { port: 80 })).toBe('open');
    expect(verdict({ v4: nat + exact }, { port: 3000 })).toBe('blocked');
  });
  test('legacy tables stand beside those of nft, and both must let a packet pass', () => {
    const legacy4 = `# Generated by iptables-save v1.8.9 on Fri Nov 20 18:00:00 2026\n${filter('ACCEPT', '-A INPUT -p tcp -m tcp --dport 3000 -j DROP')}`;
    expect(verdict({ v4: filter('ACCEPT'), legacy4 })).toBe('blocked');
    expect(verdict({ v4: filter('ACCEPT'), legacy4 }, { port: 3001 })).toBe('open');
  });
  test('notrack makes the state untracked', () => {
    const raw = '*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 3000 -j CT --notrack\nCOMMIT\n';
    const rules = filter('DROP', '-A INPUT -m conntrack --ctstate NEW -j ACCEPT');
    expect(verdict({ v4: rules })).toBe('open');
    expect(verdict({ v4: raw + rules })).toBe('blocked');
  });
});

describe('what the engine does not know', () => {
  test('a match that is not known makes the verdict unknown, and names itself', () => {
    const answer = judgeOf({ v4: filter('DROP', '-A INPUT -p tcp -m time --timestart 09:00:00 -j ACCEPT') }).ask(
      question(),
    );
    expect(answer.verdict).toBe('unknown');
    expect(answer.reasons.join()).toContain('-m time');
  });
  test('unless both ways end alike', () => {
    expect(verdict({ v4: filter('DROP', '-A INPUT -p tcp -m time --timestart 09:00:00 -j DROP') })).toBe('blocked');
    expect(
      verdict({ v4: filter('DROP', '-A INPUT -m time --timestart 09:00:00 -j mine', '-A INPUT -p tcp -j ACCEPT') }),
    ).toBe('open');
  });
  test('a module without options is not overlooked', () => {
    expect(verdict({ v4: filter('DROP', '-A INPUT -m rpfilter -j ACCEPT') })).toBe('unknown');
  });
  test('a target that is not known may do anything', () => {
    expect(verdict({ v4: filter('ACCEPT', '-A INPUT -p tcp -j NFQUEUE --queue-num 0') })).toBe('unknown');
    expect(verdict({ v4: filter('ACCEPT', '-A INPUT -p udp -j NFQUEUE --queue-num 0') })).toBe('open');
  });
  test('half of an output is not a ruleset', () => {
    const half = filter('DROP', '-A INPUT -p tcp -j ACCEPT').slice(0, -8);
    expect(verdict({ v4: half })).toBe('unknown');
    expect(verdict({ v4: 'Segmentation fault' })).toBe('unknown');
    expect(verdict({ nft: '{"nftables": [{"metainfo"' })).toBe('unknown');
    expect(verdict({ nft: 'Error: No such file or directory' })).toBe('unknown');
  });
  test('log rules and chains that only come back do not disturb', () => {
    const rules = filter(
      'DROP',
      '-A INPUT -m limit --limit 3/min -j LOG',
      '-A INPUT -m time --timestart 09:00 -j mine',
      '-A mine -m limit --limit 1/sec -j RETURN',
      '-A INPUT -p tcp -j ACCEPT',
    );
    expect(verdict({ v4: rules })).toBe('open');
  });
  test('a rate that opens is limited; a rate that only blocks more is blocked', () => {
    expect(verdict({ v4: filter('DROP', '-A INPUT -p tcp -m limit --limit 3/min -j ACCEPT') })).toBe('limited');
    expect(verdict({ v4: filter('DROP', '-A INPUT -p tcp -m limit --limit 3/min -j DROP') })).toBe('blocked');
    expect(
      verdict({ v4: filter('DROP', '-A INPUT -m recent --rcheck --seconds 60 --name KNOCK --rsource -j ACCEPT') }),
    ).toBe('unknown');
  });
});

test('TCP is not answered at addresses of many, UDP is', () => {
  const by = judgeOf({});
  for (const destination of ['192.168.77.255', '224.0.0.251', '255.255.255.255']) {
    expect(by.ask(question({ destination })).verdict).toBe('blocked');
    expect(by.ask(question({ destination, protocol: 'udp', port: 5353 })).verdict).toBe('open');
  }
});

test('a loopback interface that was renamed meets the rules for its own name', () => {
  const renamed = interfaces.map((entry) => (entry.kind === 'loopback' ? { ...entry, name: 'loop0' } : entry));
  const asked = question({ interface: 'loop0', source: '192.168.77.10' });
  const said = (name: string) =>
    judgeOf({ v4: filter('DROP', `-A INPUT -i ${name} -j ACCEPT`) }, { interfaces: renamed }).ask(asked).verdict;
  expect([said('loop0'), said('lo')]).toEqual(['open', 'blocked']);
});
