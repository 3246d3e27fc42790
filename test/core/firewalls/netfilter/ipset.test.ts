/** Sets of ipset, as `ipset save` 7.17 printed them in the lab; the rules are synthetic. */
import { describe, expect, test } from 'vitest';
import { parseIpsets, setField } from '../../../../src/core/firewalls/netfilter/ipset.ts';
import { judgeOf, question, rulesSnapshot, worldOf } from '../../reach/world.ts';
import { readNetfilter } from '../../../../src/core/firewalls/netfilter/index.ts';
import { createJudge } from '../../../../src/core/reach/index.ts';
import type { Snapshot, Verdict } from '../../../../src/core/model.ts';

const SAVED = `create a hash:ip family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0xe769801a
add a 192.168.77.20
create b hash:net family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x21c9d09e
add b 192.168.0.0/16
add b 192.168.77.20/31 nomatch
create c hash:ip,port family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0xd592177c
add c 192.168.77.20,udp:3000
add c 192.168.77.20,tcp:80
create d hash:net,iface family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x862460c2
add d 192.168.77.0/24,wlan0
add d 192.168.77.22/32,eth0
create e bitmap:port range 0-65535
add e 80
create g hash:ip family inet6 hashsize 1024 maxelem 65536 timeout 60 counters comment bucketsize 12 initval 0xb676860b
add g fd77::20 timeout 55 packets 0 bytes 0 comment "hi there"
create h hash:ip family inet hashsize 1024 maxelem 65536 netmask 24 bucketsize 12 initval 0x9ede1c2b
add h 192.168.77.0
create o hash:net,iface family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x05bcc982
add o 10.0.0.0/8,physdev:wlan0
create n bitmap:ip,mac range 192.168.77.0-192.168.77.255
add n 192.168.77.20
create f list:set size 8
add f a
add f e
`;

const withSets = (rule: string, saved = SAVED): Snapshot => {
  const snapshot = rulesSnapshot({ v4: `*filter\n:INPUT ACCEPT [0:0]\n${rule}\nCOMMIT\n` });
  const [first] = snapshot.transcripts;
  return { ...snapshot, transcripts: [...snapshot.transcripts, { ...first!, id: 'ipset', stdout: saved }] };
};
const asked = (rule: string, changes: Parameters<typeof question>[0] = {}, saved = SAVED) =>
  createJudge(worldOf({}, { netfilter: readNetfilter(withSets(rule, saved)) })).ask(question(changes));

describe('-m set', () => {
  const cases: readonly (readonly [match: string, Verdict, changes?: Parameters<typeof question>[0]])[] = [
    ['--match-set a src', 'blocked'],
    ['! --match-set a src', 'open'],
    ['--match-set a src', 'open', { source: '192.168.77.21' }],
    ['--match-set a dst', 'open'],
    ['--match-set b src', 'open'],
    ['--match-set b src', 'blocked', { source: '192.168.77.22' }],
    ['--match-set c src,dst', 'open'],
    ['--match-set c src,dst', 'blocked', { port: 80 }],
    ['--match-set c src,dst', 'blocked', { protocol: 'udp' }],
    // With fewer parts than the set has, nothing matches.
    ['--match-set c src', 'open', { port: 80 }],
    ['--match-set d src,src', 'blocked'],
    // The narrowest network decides, with whatever interface it is listed.
    ['--match-set d src,src', 'open', { source: '192.168.77.22' }],
    ['--match-set e dst', 'blocked', { port: 80 }],
    ['--match-set e dst', 'open'],
    // A set of the other family.
    ['--match-set g src', 'open'],
    ['--match-set h src', 'blocked', { source: '192.168.77.200' }],
    ['--match-set f src', 'blocked'],
    ['--match-set o src,src', 'unknown'],
    ['--match-set n src,src', 'unknown'],
    ['--match-set absent src', 'unknown'],
    ['--match-set b src --return-nomatch', 'unknown'],
  ];
  const told = cases.map(([match, verdict, changes = {}]) => ({ match, verdict, changes }));
  test.each(told)('$match: $verdict $changes', ({ match, verdict, changes }) => {
    const answer = asked(`-A INPUT -m set ${match} -j DROP`, changes);
    expect(answer.verdict).toBe(verdict);
  });

  test('what is not known names the rule and the command', () => {
    expect(asked('-A INPUT -m set --match-set absent src -j DROP').reasons).toEqual([
      '-m set --match-set absent src (the set absent was not read: sudo ipset save)',
    ]);
    expect(
      judgeOf({ v4: '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m set --match-set a src -j DROP\nCOMMIT\n' }).ask(
        question(),
      ).verdict,
    ).toBe('unknown');
  });

  test('a set that a rule adds to keeps its members; others may have come', () => {
    const rules = '-A INPUT -p udp -j SET --add-set a src\n-A INPUT -m set --match-set a src -j DROP';
    expect(asked(rules).verdict).toBe('blocked');
    expect(asked(rules, { source: '192.168.77.21' }).verdict).toBe('unknown');
    expect(asked(rules.replace('--add-set', '--del-set')).verdict).toBe('unknown');
  });

  test('garbage is no set', () => {
    const sets = parseIpsets('create x hash:ip family inet\nadd x what\nadd y 1.2.3.4\n"');
    expect(setField('x', ['source'], 4, sets)).toBeNull();
    expect(setField('y', ['source'], 4, sets)).toBeNull();
  });
});
