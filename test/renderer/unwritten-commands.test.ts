/** Where a name cannot be written in a command, the sentences do without, in both languages. */
import { describe, expect, test } from 'vitest';
import { commandsOf } from '../../src/core/advice/commands.ts';
import { advise } from '../../src/core/advice/index.ts';
import { de } from '../../src/renderer/text/de/index.ts';
import { en } from '../../src/renderer/text/en/index.ts';
import { facts, forward, listener } from '../core/advice/build.ts';
import * as reports from '../e2e/fixtures/reports.ts';

/** Part of it does not show. */
const NAME = 'x\u202ey';
const quiet = {
  panic: false,
  openUntilRestart: [],
  openAfterRestart: [],
  closedUntilRestart: [],
  closedAfterRestart: [],
  wide: [],
  trusting: [],
};
const direct = forward({ via: 'route', to: { address: '172.17.0.2', port: 80, interface: NAME, kind: 'container' } });
const report = { ...reports.ledOn, forwards: [direct] };

const CASES = {
  'firewalld-wide': { firewalld: { ...quiet, wide: [{ zone: NAME, ports: ['1025-65535/tcp'] }] } },
  'firewalld-trusts': {
    interfaces: [{ name: NAME, kind: 'wifi' }],
    firewalld: { ...quiet, trusting: [{ zone: 'trusted', interfaces: [NAME], isDefault: false }] },
  },
  'own-address': { forwards: [direct] },
  'half-opening': {
    listeners: [listener('tcp/8080', 'node')],
    openings: [
      {
        target: { protocol: 'tcp', port: 8080 },
        firewall: 'iptables',
        rule: 'a rule',
        families: [6],
        removal: ['ip6tables', '-D', 'INPUT', '-m', 'comment', '--comment', NAME],
      },
    ],
  },
} as const;

describe.each(Object.entries(CASES))('%s', (kind, parts) => {
  const found = advise(facts(parts)).filter(({ says }) => says.kind === kind);

  test('is told without the command', () => {
    expect(found).toHaveLength(1);
    for (const finding of found) {
      const shared = kind === 'firewalld-wide' ? ['sudo firewall-cmd --reload'] : [];
      expect(commandsOf(finding.says)).toEqual(shared);
      for (const words of [en, de]) {
        const { why } = words.finding(finding, report);
        expect(why).not.toMatch(/null|: \.|:\.| {2}|--zone|ip6?tables -|To delete|Zum Löschen|Until then|Bis dahin/);
        expect(why).toMatch(/\.$/);
      }
    }
  });
});
