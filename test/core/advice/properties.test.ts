import type { OwnedRule } from '../../../src/core/firewalls/owned.ts';
import type { RuleFault } from '../../../src/core/hygiene/index.ts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { commandsOf } from '../../../src/core/advice/commands.ts';
import { type AdviceFacts, advise } from '../../../src/core/advice/index.ts';
import { services } from '../../../src/core/catalog/index.ts';
import { reasonsFrom, ruleDoubt, unreadDoubt } from '../../../src/core/gaps/index.ts';
import type { Exposure, Place, PlaceKind, ReportListener } from '../../../src/core/model.ts';
import { visible } from '../../../src/core/visible.ts';
import { decided, facts, listener, place, refused, ufw, way } from './build.ts';
import { share } from '../../share.ts';

const programs = [
  ...new Set(services.flatMap((service) => service.programs)),
  'node',
  'python3',
  'mystery',
  'a\u001b[31mb',
  '\u202e',
];
const ports = services.flatMap((service) => service.ports.map(({ protocol, from }) => `${protocol}/${from}`));

const exposure = fc.constantFrom<Exposure>('self', 'some', 'network', 'internet', 'unknown');
const places: fc.Arbitrary<readonly Place[]> = fc.array(
  fc
    .tuple(
      fc.constantFrom<PlaceKind>('lan', 'vpn', 'tailnet', 'container', 'internet'),
      fc.constantFrom<Place['verdict']>('open', 'limited', 'blocked', 'unknown', 'some'),
    )
    .map(([kind, verdict]) => place(kind, verdict)),
  { maxLength: 5 },
);

const anyListener: fc.Arbitrary<ReportListener> = fc
  .record({
    id: fc.oneof(
      fc.constantFrom(...ports),
      fc.tuple(fc.constantFrom('tcp', 'udp'), fc.integer({ min: 1, max: 65535 })).map((pair) => pair.join('/')),
    ),
    program: fc.option(fc.constantFrom(...programs)),
    exposure,
    places,
    kept: fc.boolean(),
    side: fc.boolean(),
    firewall: fc.constantFrom('ufw', 'docker', 'iptables', 'kernel'),
    why: fc.constantFrom(
      ruleDoubt('rule X'),
      ruleDoubt('Rule, x'),
      ruleDoubt(`a rule that is ${'very '.repeat(30)}long: a`),
      ruleDoubt(`a rule that is ${'very '.repeat(30)}long: b`),
      unreadDoubt(refused),
    ),
  })
  .map(({ id, program, side, firewall, why, ...parts }) => {
    const port = Number(id.split('/')[1]);
    const unclear = parts.exposure === 'unknown' ? { open: [], unknown: ['0.0.0.0/0'], ...reasonsFrom([why]) } : {};
    const reach = [
      way(port, { decidedBy: decided(firewall, 'a rule'), ...unclear }),
      ...(side ? [way((port % 65535) + 1)] : []),
    ];
    return listener(id, program, { ...parts, reach });
  });

const anyFault = fc
  .record({
    id: fc.constantFrom(...ports),
    kind: fc.constantFrom('shadowed' as const, 'redundant' as const, 'overridden' as const),
    action: fc.constantFrom('allow' as const, 'deny' as const),
    against: fc.boolean(),
    families: fc.constantFrom<readonly (4 | 6)[]>([4], [6], [4, 6]),
    by: fc.array(fc.constantFrom('allow 22', 'a \u001b[31m‮rule', 'x'.repeat(400)), { maxLength: 3 }),
  })
  .map(({ id, kind, action, against, families, by }): RuleFault => {
    const [protocol, number] = id.split('/');
    const set = [[Number(number), Number(number)]] as const;
    const rule: OwnedRule = {
      firewall: 'ufw',
      text: `${action} ${id}`,
      families,
      action,
      chain: 'iptables/4/filter/ufw-user-input',
      lines: [0],
      doesMore: false,
      ours: false,
      ports: { tcp: protocol === 'tcp' ? set : [], udp: protocol === 'udp' ? set : [] },
      forAll: true,
      removal: ['ufw', 'delete', action, id],
    };
    return { kind, rule, rules: [rule], families, against, by: by.map((text) => ({ firewall: 'ufw', rule: text })) };
  });

const anyFacts: fc.Arbitrary<AdviceFacts> = fc
  .record({
    listeners: fc.uniqueArray(anyListener, { selector: ({ id }) => id, maxLength: 12 }),
    firewalls: fc.constantFrom([], [ufw(true)], [ufw(false)], [ufw(null)], [ufw(true, 'allow')]),
    openings: fc.array(
      fc.constantFrom(...ports).map((id) => {
        const [protocol, port] = id.split('/');
        return {
          target: { protocol: protocol as 'tcp' | 'udp', port: Number(port) },
          firewall: 'ufw' as const,
          rule: `allow ${id}`,
          families: Number(port) % 2 === 0 ? ([4, 6] as const) : ([6] as const),
          removal: ['ufw', 'delete', 'allow', id],
        };
      }),
      { maxLength: 4 },
    ),
    idle: fc.array(anyFault, { maxLength: 6 }),
    gaps: fc.constantFrom([], [refused]),
    platform: fc.constantFrom('linux' as const, 'win32' as const, 'darwin' as const),
  })
  .map(facts);

const always = (check: (facts: AdviceFacts, findings: ReturnType<typeof advise>) => void): void =>
  fc.assert(
    fc.property(anyFacts, (given) => {
      check(given, advise(given));
    }),
    { numRuns: share(400) },
  );

test('the order does not depend on the order of what was found, and ids are unique', () =>
  always((given, findings) => {
    const backwards = advise({ ...given, listeners: [...given.listeners].reverse() });
    expect(backwards.map(({ id }) => id)).toEqual(findings.map(({ id }) => id));
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
  }));

test('the more severe stands first', () =>
  always((_, findings) => {
    const ranks = findings.map(({ severity }) => ['high', 'medium', 'low'].indexOf(severity));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  }));

test('every finding is about a listener that exists, or about the machine; one finding a listener', () =>
  always((given, findings) => {
    const about = findings.flatMap((finding) => (finding.listener === null ? [] : [finding.listener]));
    for (const id of about) expect(given.listeners.map((candidate) => candidate.id)).toContain(id);
    expect(new Set(about).size).toBe(about.length);
  }));

test('nothing about what nobody else reaches, nothing about what is kept', () =>
  always((given, findings) => {
    for (const subject of given.listeners) {
      if (subject.exposure === 'self' || subject.kept)
        expect(findings.some((finding) => finding.listener === subject.id)).toBe(false);
    }
  }));

test('what is unknown is never said to be open, nor advised to be closed', () =>
  always((given, findings) => {
    for (const subject of given.listeners) {
      const finding = findings.find((candidate) => candidate.listener === subject.id);
      if (subject.exposure !== 'unknown' || finding === undefined) continue;
      expect(finding.advice).toBe('review');
      expect(finding.title).not.toMatch(/is open to/);
    }
  }));

test('what everybody on a network reaches is never passed over, unless it is meant to be reached and does little harm', () =>
  always((given, findings) => {
    for (const subject of given.listeners) {
      const { service } = subject.identity;
      const reached = subject.exposure === 'network' || subject.exposure === 'internet';
      const weighs = service === null ? subject.protocol === 'tcp' : service.risk !== 'low';
      if (reached && !subject.kept && weighs)
        expect(findings.some((finding) => finding.listener === subject.id)).toBe(true);
    }
  }));

test('the text is whole, plain and safe to print', () =>
  always((_, findings) => {
    for (const { title, why, ifClosed, says } of findings) {
      for (const command of commandsOf(says)) expect(why).toContain(command);
      expect(`${title} ${why} ${ifClosed}`).not.toMatch(
        /[Cc]ritical|undefined|\bnull\b|\bNaN\b|\[object|!| {2}|\.\.( |$)/,
      );
      expect(title).not.toMatch(/\.$/);
      expect(why).toMatch(/^[A-Z0-9\\a-z].*\.$/);
      expect(ifClosed).toMatch(/^[A-Z].*\.$/);
      for (const text of [title, why, ifClosed]) expect(text).toBe(visible(text));
    }
  }));

test('keeping a port changes nothing for the others', () =>
  always((given) => {
    const first = given.listeners[0];
    if (first === undefined) return;
    const others = (listeners: readonly ReportListener[]) =>
      advise({ ...given, listeners }).filter(
        ({ listener: id }) => id !== null && id !== first.id && given.listeners.some((one) => one.id === id),
      );
    const kept = given.listeners.map((one) => (one === first ? { ...one, kept: true } : one));
    const idsOf = (list: ReturnType<typeof others>) =>
      list.map(({ id }) => id).filter((id) => !id.startsWith('reach-unknown'));
    expect(idsOf(others(kept))).toEqual(idsOf(others(given.listeners)));
  }));
