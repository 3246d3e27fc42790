import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UfwTuple } from '../../../../src/core/model.ts';
import { parseTuple, printTuple, sameRule, withLine } from '../../../../src/core/firewalls/ufw/tuple.ts';

/** Lines as ufw 0.36.2 wrote them in the lab (`### tuple ###` of user.rules and user6.rules). */
const WRITTEN: readonly (readonly [line: string, family: 4 | 6])[] = [
  ['deny tcp 4000 0.0.0.0/0 any 0.0.0.0/0 in', 4],
  ['allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in comment=68657920796f75', 4],
  ['limit any 22 ::/0 any ::/0 in', 6],
  ['deny_log tcp 80,443 0.0.0.0/0 any 10.0.0.0/8 in', 4],
  ['allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 WWW%20Full - in_wlan0', 4],
  ['route:allow tcp 80 10.1.1.1 any 0.0.0.0/0 in_wlan0!out_eth0', 4],
  ['allow_log-all any 53 0.0.0.0/0 any 0.0.0.0/0 in', 4],
  ['reject udp 5 ::/0 any 2001:db8::/32 in', 6],
  ['allow ah any 0.0.0.0/0 any 0.0.0.0/0 in', 4],
  ['allow udp 1024:2000 0.0.0.0/0 53 10.0.0.5 in', 4],
  ['reject tcp 25 0.0.0.0/0 any 0.0.0.0/0 out_eth0', 4],
];

const ports = fc.oneof(
  fc.constant('any'),
  fc.integer({ min: 1, max: 65535 }).map(String),
  fc.constantFrom('80,443', '6000:6007', '22,6000:6007'),
);
const interfaces = fc.option(fc.stringMatching(/^[a-z0-9_.@-]{1,15}$/));
const tuples: fc.Arbitrary<UfwTuple> = fc
  .record({
    family: fc.constantFrom(4 as const, 6 as const),
    action: fc.constantFrom('allow', 'deny', 'reject', 'limit'),
    log: fc.constantFrom(null, 'log', 'log-all'),
    route: fc.boolean(),
    protocol: fc.constantFrom('any', 'tcp', 'udp', 'esp'),
    dport: ports,
    sport: ports,
    addresses: fc.tuple(fc.boolean(), fc.boolean()),
    apps: fc.tuple(
      fc.option(fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,12}[A-Za-z]$/)),
      fc.option(fc.constantFrom('WWW Full', 'OpenSSH')),
    ),
    interfaces: fc.tuple(interfaces, interfaces),
    out: fc.boolean(),
    comment: fc.option(fc.stringMatching(/^([0-9a-f]{2}){1,20}$/)),
  })
  .map(({ addresses, apps, interfaces: [inside, outside], out, ...rest }) => {
    const some = rest.family === 4 ? ['0.0.0.0/0', '10.1.0.0/16'] : ['::/0', 'fd00::1'];
    const both = inside !== null && outside !== null;
    const direction = both || (inside !== null && outside === null) ? 'in' : outside !== null || out ? 'out' : 'in';
    return withLine({
      ...rest,
      dst: some[Number(addresses[0])] ?? '',
      src: some[Number(addresses[1])] ?? '',
      dapp: apps[0],
      sapp: apps[1],
      direction,
      interfaceIn: inside,
      interfaceOut: outside,
    });
  });

describe('tuples of ufw', () => {
  test.each(WRITTEN)('what ufw wrote is read and printed alike: %s', (line, family) => {
    const tuple = parseTuple(line, family);
    expect(tuple).not.toBeNull();
    expect(tuple === null ? '' : printTuple(tuple)).toBe(line);
  });

  test('the parts of a line', () => {
    expect(
      parseTuple('### tuple ### route:deny_log tcp 80 10.1.1.1 any 0.0.0.0/0 in_wlan0!out_eth0 comment=6869', 4),
    ).toEqual({
      family: 4,
      action: 'deny',
      log: 'log',
      route: true,
      protocol: 'tcp',
      dport: '80',
      dst: '10.1.1.1',
      sport: 'any',
      src: '0.0.0.0/0',
      dapp: null,
      sapp: null,
      direction: 'in',
      interfaceIn: 'wlan0',
      interfaceOut: 'eth0',
      comment: '6869',
      line: 'route:deny_log tcp 80 10.1.1.1 any 0.0.0.0/0 in_wlan0!out_eth0 comment=6869',
    });
  });

  test('print, parse: the same rule', () => {
    fc.assert(
      fc.property(tuples, (tuple) => {
        expect(parseTuple(tuple.line, tuple.family)).toEqual(tuple);
      }),
    );
  });

  test.each([
    'allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 sideways',
    'permit tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in',
    'allow tcp 0 0.0.0.0/0 any 0.0.0.0/0 in',
    'allow tcp 70000 0.0.0.0/0 any 0.0.0.0/0 in',
    'allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in_a;b',
    'allow tcp 3000 ::/0 any ::/0 in',
    'allow tcp 3000 0.0.0.0/0 any',
    'allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in comment=xyz',
    '',
  ])('not a rule: %j', (line) => {
    expect(parseTuple(line, 4)).toBeNull();
  });

  test('garbage never reads as a rule with something else in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const tuple = parseTuple(text, 4);
        if (tuple !== null) expect(parseTuple(printTuple(tuple), 4)).toEqual({ ...tuple, line: printTuple(tuple) });
      }),
      { numRuns: 500 },
    );
  });

  test('ufw takes rules that differ in action, log and comment for one', () => {
    const rule = (line: string) => parseTuple(line, 4) as UfwTuple;
    const allow = rule('allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in comment=61');
    expect(sameRule(allow, rule('deny_log tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in'))).toBe(true);
    expect(sameRule(allow, rule('allow any 3000 0.0.0.0/0 any 0.0.0.0/0 in'))).toBe(false);
    expect(sameRule(allow, rule('allow tcp 3000 0.0.0.0/0 any 10.0.0.0/8 in'))).toBe(false);
  });
});
