import { describe, expect, test } from 'vitest';
import { commandsOf, isSource, ruleText } from '../../../../src/core/firewalls/ufw/commands.ts';
import { editTuples } from '../../../../src/core/firewalls/ufw/edit.ts';
import { parseTuple } from '../../../../src/core/firewalls/ufw/tuple.ts';
import type { Operation, UfwTuple } from '../../../../src/core/model.ts';

const rule = (line: string, family: 4 | 6 = 4) => parseTuple(line, family) as UfwTuple;
const deny: Operation & { kind: 'ufw-prepend' } = {
  kind: 'ufw-prepend',
  action: 'deny',
  protocol: 'tcp',
  port: 3000,
  from: 'any',
  families: [4, 6],
};

describe('commands', () => {
  test('a rule for everybody, both families at once', () => {
    expect(commandsOf(deny)).toEqual([
      [
        'ufw',
        'prepend',
        'deny',
        'in',
        'proto',
        'tcp',
        'from',
        'any',
        'to',
        'any',
        'port',
        '3000',
        'comment',
        'Portcullis',
      ],
    ]);
  });

  test('one family is named by its own word for everywhere', () => {
    expect(commandsOf({ ...deny, families: [6] })[0]).toContain('::/0');
    expect(commandsOf({ kind: 'ufw-delete', tuple: rule('allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in') })).toEqual([
      ['ufw', 'delete', 'allow', 'in', 'proto', 'tcp', 'from', '0.0.0.0/0', 'to', '0.0.0.0/0', 'port', '3000'],
    ]);
  });

  test('route rules and profiles', () => {
    const routed = rule('route:allow tcp 80 10.1.1.1 any 0.0.0.0/0 in_wlan0!out_eth0');
    expect(commandsOf({ kind: 'ufw-delete', tuple: routed })[0]?.slice(0, 10)).toEqual([
      'ufw',
      'route',
      'delete',
      'allow',
      'in',
      'on',
      'wlan0',
      'out',
      'on',
      'eth0',
    ]);
    const profile = rule('allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 WWW%20Full - in');
    expect(commandsOf({ kind: 'ufw-delete', tuple: profile })[0]).toEqual([
      'ufw',
      'delete',
      'allow',
      'in',
      'from',
      '0.0.0.0/0',
      'to',
      '0.0.0.0/0',
      'app',
      'WWW Full',
    ]);
  });

  test('rules in the words that ufw status uses', () => {
    expect(ruleText(rule('allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in'))).toBe('allow 3000/tcp');
    expect(ruleText(rule('limit any 22 ::/0 any ::/0 in', 6))).toBe('limit 22');
    expect(ruleText(rule('deny_log tcp 80,443 0.0.0.0/0 any 10.0.0.0/8 in'))).toBe(
      'deny log from 10.0.0.0/8 to any port 80,443 proto tcp',
    );
  });
});

test('a source is written as ufw keeps it', () => {
  for (const text of [
    'any',
    '0.0.0.0/0',
    '::/0',
    '::/1',
    '::1',
    '::ffff',
    '10.0.0.0/8',
    'fd77::/64',
    '64:ff9b::102:304',
  ])
    expect(isSource(text), text).toBe(true);
  // ufw writes 10.0.0.1, 10.0.0.0/8, and these two as ::ffff:10.0.0.1 and ::0.1.0.0.
  for (const text of ['10.0.0.1/32', '10.0.0.1/8', '::ffff:a00:1', '::1:0', '::ffff:10.0.0.1', 'Any', '']) {
    expect(isSource(text), text).toBe(false);
  }
});

describe('what ufw does to its list', () => {
  const allow = rule('allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in comment=61');
  const web = rule('allow tcp 80 0.0.0.0/0 any 0.0.0.0/0 in');

  test('a prepend is skipped while a rule that differs only in its action is there', () => {
    expect(editTuples([web, allow], deny)).toBeNull();
    expect(editTuples([web], deny)?.tuples.map(({ family, action, dport }) => [family, action, dport])).toEqual([
      [4, 'deny', '3000'],
      [4, 'allow', '80'],
      [6, 'deny', '3000'],
    ]);
  });

  test('a delete takes exactly that rule, or nothing', () => {
    expect(editTuples([web, allow], { kind: 'ufw-delete', tuple: allow })?.tuples).toEqual([web]);
    expect(editTuples([web], { kind: 'ufw-delete', tuple: allow })).toBeNull();
    expect(
      editTuples([rule('deny tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in')], { kind: 'ufw-delete', tuple: allow }),
    ).toBeNull();
  });

  test('the rules of one profile go together', () => {
    const full = rule('allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 Web - in');
    const alt = rule('allow udp 443 0.0.0.0/0 any 0.0.0.0/0 Web - in');
    expect(editTuples([full, web, alt], { kind: 'ufw-delete', tuple: full })?.tuples).toEqual([web]);
  });
});
