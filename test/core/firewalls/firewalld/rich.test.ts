import { describe, expect, test } from 'vitest';
import { parseRich } from '../../../../src/core/firewalls/firewalld/rich.ts';

describe('a rich rule as firewalld prints it', () => {
  test('with everything', () => {
    const text =
      'rule priority="-5" family="ipv4" source NOT address="10.0.0.0/8" destination address="10.1.2.3" port port="8000-8010" protocol="tcp" log prefix="a accept b" level="info" limit value="5/m" reject type="icmp-port-unreachable"';
    expect(parseRich(text)).toEqual({
      text,
      priority: -5,
      family: 4,
      source: { negate: true, by: 'address', value: '10.0.0.0/8' },
      destination: { negate: false, by: 'address', value: '10.1.2.3' },
      element: { kind: 'port', values: { port: '8000-8010', protocol: 'tcp' } },
      action: 'reject',
    });
  });

  test.each([
    ['rule service name="imap" audit accept', 'service', 'accept'],
    ['rule family="ipv4" source ipset="net4" service name="http" accept limit value="3/m"', 'service', 'accept'],
    ['rule port port="6000" protocol="tcp" mark set=0x10/0xff', 'port', 'mark'],
    ['rule family="ipv4" forward-port port="443" protocol="tcp" to-port="8080"', 'forward-port', null],
    ['rule family="ipv4" source address="10.0.0.0/8" masquerade', 'masquerade', null],
    ['rule family="ipv6" source address="fd00::/8" drop', undefined, 'drop'],
  ])('%s', (text, kind, action) => {
    const rule = parseRich(text);
    expect([rule.element?.kind, rule.action]).toEqual([kind, action]);
  });

  test('anything at all is no reason to fail', () => {
    for (const text of ['', 'rule', 'rule rule="rule"', '\u0000"', 'rule source address=', 'accept accept drop']) {
      expect(parseRich(text).text).toBe(text);
    }
  });
});
