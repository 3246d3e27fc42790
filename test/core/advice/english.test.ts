/** One or several: the English sentences agree with how many there are. */
import { describe, expect, test } from 'vitest';
import { leadsOn } from '../../../src/core/advice/english/forwards.ts';
import { halfOpening, idleRules, unusedOpening } from '../../../src/core/advice/english/rules.ts';
import type { ReportForward } from '../../../src/core/model.ts';
import type { IdleSaid } from '../../../src/core/says.ts';

const by = (...rules: readonly string[]): IdleSaid['by'] => rules.map((rule) => ({ firewall: 'ufw', rule, chain: '' }));
const idle = (more: Partial<IdleSaid>): string =>
  idleRules({
    kind: 'idle-rules',
    rules: {
      first: [
        {
          kind: 'shadowed',
          firewall: 'ufw',
          rule: 'deny 80',
          action: 'deny',
          against: false,
          families: [4, 6],
          by: by('a'),
          deletion: null,
          ...more,
        },
      ],
      more: 0,
    },
  }).why;

describe('rules that make another one do nothing', () => {
  test.each<readonly [string, Partial<IdleSaid>, one: string, two: string]>([
    ['decide', {}, '“a” decides before it.', '“a” and “b” decide before it.'],
    ['let in', { against: true }, 'which lets in all of it.', 'which let in all of it.'],
    ['keep out', { against: true, action: 'allow' }, 'which keeps out all of it.', 'which keep out all of it.'],
    ['do the same', { kind: 'redundant' }, '“a” does the same.', '“a” and “b” do the same.'],
    ['let some in', { kind: 'redundant', against: true }, '“a” lets some in', '“a” and “b” let some in'],
    ['undo', { kind: 'overridden', action: 'allow' }, '“a” keeps out all', '“a” and “b” keep out all'],
    ['take away', { kind: 'overridden' }, '“a” takes them', '“a” and “b” take them'],
  ])('%s', (_, said, one, two) => {
    expect(idle(said)).toContain(one);
    expect(idle({ ...said, by: by('a', 'b') })).toContain(two);
  });
});

const openings = [
  { firewall: 'ufw', rule: 'allow 80' },
  { firewall: 'firewalld', rule: 'http' },
] as const;
const target = { protocol: 'tcp', port: 80 } as const;

test('openings for nothing', () => {
  const why = (count: number): string =>
    unusedOpening({ kind: 'unused-opening', target, openings: openings.slice(0, count), here: false, off: false }).why;
  expect(why(1)).toMatch(/^The rule is "allow 80" \(ufw\)\. /);
  expect(why(2)).toMatch(/^The rules are "allow 80" \(ufw\) and "http" \(firewalld\)\. /);
  const half = (count: number): string =>
    halfOpening({ kind: 'half-opening', target, family: 6, openings: openings.slice(0, count), commands: ['x'] }).why;
  expect(half(1)).toMatch(/^The rule is .*, and stands for IPv6 alone\..* To delete it: x\.$/);
  expect(half(2)).toMatch(/^The rules are .*, and stand for IPv6 alone\..* To delete them: x\.$/);
});

test('ports that lead on', () => {
  const said = (lastPort: number) => {
    const forward = {
      id: 'f',
      protocol: 'tcp',
      port: 8080,
      lastPort,
      container: null,
      to: { kind: 'container', address: '172.17.0.2' },
    } as unknown as ReportForward;
    return leadsOn(
      {
        kind: 'leads-on',
        forward: 'f',
        who: { are: 'internet' },
        past: null,
        targets: ['172.17.0.2:80'],
        makers: ['Docker'],
        rule: null,
        close: { by: 'rule' },
      },
      { listener: () => expect.unreachable(), forward: () => forward },
    );
  };
  expect(said(8080).title).toBe('Port 8080 leads to a container and is open to anyone on the internet');
  expect(said(8080).why).toContain('what comes to this port to');
  expect(said(8090).title).toBe('Ports 8080 to 8090 lead to a container and are open to anyone on the internet');
  expect(said(8090).why).toContain('what comes to these ports to');
});
