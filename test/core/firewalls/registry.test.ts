import { describe, expect, test } from 'vitest';
import { firewallStates, openingsOf, ufw } from '../../../src/core/firewalls/registry.ts';
import type { Snapshot, Transcript } from '../../../src/core/model.ts';
import { laptop } from '../plan/machine.ts';

const allow = 'allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in';
const change = (snapshot: Snapshot, id: string, to: Partial<Transcript>): Snapshot => ({
  ...snapshot,
  transcripts: snapshot.transcripts.map((one) => (one.id === id ? { ...one, ...to } : one)),
});

describe('ufw’s state', () => {
  test('not installed is not a gap', () => {
    expect(ufw.readUfw(laptop({ installed: false }))).toEqual({ value: null, gaps: [] });
    expect(firewallStates(laptop({ installed: false })).value).toEqual([]);
  });

  test('on, off, and on in its settings while the kernel has nothing', () => {
    const active = (snapshot: Snapshot) => firewallStates(snapshot).value.find(({ id }) => id === 'ufw')?.active;
    expect(active(laptop())).toBe(true);
    expect(active(laptop({ on: false }))).toBe(false);
    expect(active(change(laptop(), 'iptables-save', { stdout: '' }))).toBe(false);
    expect(active(change(laptop(), 'iptables-save', { stdout: '', failure: 'refused' }))).toBeNull();
  });

  test('a rule in both families counts once, and not at all where it could not be read', () => {
    const rules = (snapshot: Snapshot) => firewallStates(snapshot).value.find(({ id }) => id === 'ufw')?.rules;
    expect(rules(laptop({ tuples: [allow] }))).toBe(1);
    expect(rules(laptop({ tuples: [allow], refused: true }))).toBeNull();
  });

  test.each(['missing', 'refused', 'timeout', 'killed', 'too-large', 'failed'] as const)(
    'rules whose reading ended with %s are a gap, never an empty list without one',
    (failure) => {
      for (const id of ['file:/etc/ufw/user.rules', 'file:/etc/ufw/user6.rules', 'file:/etc/default/ufw']) {
        const { gaps } = ufw.readUfw(change(laptop({ tuples: [allow] }), id, { stdout: '', failure }));
        expect(gaps.length, id).toBeGreaterThan(0);
      }
    },
  );

  test('half a line is a gap, and what can be read is still read', () => {
    const base = laptop({ tuples: [allow] });
    const whole = base.transcripts.find(({ id }) => id === 'file:/etc/ufw/user.rules')?.stdout ?? '';
    const cut = change(base, 'file:/etc/ufw/user.rules', { stdout: whole.slice(0, whole.indexOf('### END RULES')) });
    const broken = change(base, 'file:/etc/ufw/user.rules', {
      stdout: whole.replace('### END RULES', '### tuple ### allow tcp 22 0.0\n### END RULES'),
    });
    expect(ufw.readUfw(cut).value?.tuples.length).toBe(2);
    expect(ufw.readUfw(cut).gaps[0]?.why).toContain('cut off');
    const { value, gaps } = ufw.readUfw(broken);
    expect(value?.tuples.length).toBe(2);
    expect(gaps[0]?.why).toContain('allow tcp 22 0.0');
  });
});

test('hand-made rules are a firewall of their own, ufw’s are not counted among them', () => {
  const snapshot = laptop({ ahead: ['-A INPUT -p tcp -m tcp --dport 9 -j DROP'] });
  expect(firewallStates(snapshot).value.map(({ id, rules }) => [id, rules])).toEqual([
    ['ufw', 0],
    ['iptables', 1],
  ]);
});

test('openings: single ports that the user allows, both protocols where the rule names none', () => {
  const tuples = [
    allow,
    'limit any 22 0.0.0.0/0 any 0.0.0.0/0 in',
    'allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 in',
    'deny tcp 25 0.0.0.0/0 any 0.0.0.0/0 in',
    'allow tcp 53 0.0.0.0/0 any 0.0.0.0/0 out',
  ];
  expect(openingsOf(laptop({ tuples })).map(({ target, rule }) => `${target.port}/${target.protocol} ${rule}`)).toEqual(
    ['3000/tcp allow 3000/tcp', '22/tcp limit 22', '22/udp limit 22'],
  );
});
