/** Portcullis's own rules in zones: as text, known again, and what is not taken for one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  commandsOf,
  isOwnRule,
  isZone,
  type OwnRule,
  parseRule,
  printRule,
} from '../../../../src/core/firewalls/firewalld/index.ts';

const source = fc.oneof(
  fc.constant('any'),
  fc.ipV4(),
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map((parts) => parts.join('/')),
  fc.tuple(fc.constantFrom('fd77::', 'fe80::', '2001:db8::'), fc.integer({ min: 0, max: 128 })).map((p) => p.join('/')),
);
const own = fc
  .record({
    action: fc.constantFrom('accept' as const, 'drop' as const),
    protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    port: fc.integer({ min: 1, max: 65535 }),
    source,
  })
  .map((rule): OwnRule => (rule.action === 'drop' ? { ...rule, source: 'any' } : rule));

const drop: OwnRule = { action: 'drop', protocol: 'tcp', port: 3000, source: 'any' };

describe('a rule', () => {
  test('written and read back: the same', () => {
    fc.assert(
      fc.property(own, (rule) => {
        expect(isOwnRule(rule)).toBe(true);
        expect(parseRule(printRule(rule))).toEqual(rule);
      }),
    );
  });

  test('as firewalld prints it', () => {
    expect(printRule(drop)).toBe('rule priority="-32767" port port="3000" protocol="tcp" drop');
    expect(printRule({ ...drop, action: 'accept', source: 'fe80::/10' })).toBe(
      'rule priority="-32768" family="ipv6" source address="fe80::/10" port port="3000" protocol="tcp" accept',
    );
  });

  test.each([
    'rule priority="-5" port port="3000" protocol="tcp" drop',
    'rule priority="-32767" port port="3000-3001" protocol="tcp" drop',
    'rule priority="-32767" port port="3000" protocol="sctp" drop',
    'rule priority="-32767" port port="3000" protocol="tcp" reject',
    'rule priority="-32767" port port="3000" protocol="tcp" log prefix="x" drop',
    'rule priority="-32767" family="ipv4" port port="3000" protocol="tcp" drop',
    'rule priority="-32767" family="ipv4" source address="10.0.0.0/8" port port="3000" protocol="tcp" drop',
    'rule priority="-32768" family="ipv4" source NOT address="10.0.0.0/8" port port="3000" protocol="tcp" accept',
    'rule priority="-32768" family="ipv4" source ipset="net4" port port="3000" protocol="tcp" accept',
    'rule priority="-32768" port port="3000" protocol="tcp" accept limit value="1/m"',
    'rule priority="-32768" source mac="00:11:22:33:44:55" port port="3000" protocol="tcp" accept',
    'rule priority="-32767" port port="03000" protocol="tcp" drop',
    'rule priority="-32767" service name="http" drop',
  ])('somebody’s: %s', (text) => expect(parseRule(text)).toBeNull());
});

test('the commands: now, and kept; the rule is one word of each', () =>
  expect(commandsOf({ kind: 'firewalld-add', zone: 'home', ...drop })).toEqual([
    ['firewall-cmd', '--zone=home', `--add-rich-rule=${printRule(drop)}`],
    ['firewall-cmd', '--permanent', '--zone=home', `--add-rich-rule=${printRule(drop)}`],
  ]));

test('names of zones', () => {
  for (const name of ['public', 'FedoraWorkstation', 'home-2', 'nm_shared']) expect(isZone(name)).toBe(true);
  for (const name of ['', '-x', 'a b', 'a/b', '../x', 'a"b', 'a$b', 'x\n', 'é', 'a'.repeat(18)])
    expect(isZone(name)).toBe(false);
});
