/** What is said of a Windows computer names no commands, files and programs that it does not have. */
import { describe, expect, test } from 'vitest';
import { services } from '../../../../src/core/catalog/services/index.ts';
import { readFacts } from '../../../../src/core/facts.ts';
import { windows } from '../../../../src/core/firewalls/registry.ts';
import type { NewChoice, Snapshot } from '../../../../src/core/model.ts';
import { ProblemError } from '../../../../src/core/problem.ts';
import { inEnglish } from '../../../../src/core/problem-words/index.ts';
import { propose, warningWords } from '../../../../src/core/plan/index.ts';
import { makeReport } from '../../../../src/core/report.ts';
import { makeRuleBook } from '../../../../src/core/rulebook/index.ts';
import { en } from '../../../../src/renderer/text/en/index.ts';
import { de } from '../../../../src/renderer/text/de/index.ts';
import { WINDOWS } from '../../../main/cli/windows-machines.ts';
import { type MachineSaid, windowsSnapshot } from './machine.ts';

const FOREIGN =
  /\b(ufw|firewalld|firewall-cmd|iptables|nft|nftables|sudo|systemctl|systemd|apt|iproute2|perl|sysctl|ss|smb\.conf|cupsd?|avahi)\b|(^|[\s(])(~|\/etc|\/usr|\/var|\/home)\//i;

/** A computer on which every service of the catalog is open to everybody, as a program by its own name. */
const everything = (changes: MachineSaid = {}): Snapshot => {
  const all = services.flatMap(({ ports, programs }, at) => {
    const [port] = ports;
    const name = programs[0] ?? 'python';
    // Nothing that is called like that runs on Windows.
    return port === undefined || /systemd|cups/.test(name)
      ? []
      : [{ pid: 1000 + at, name, at: `${port.protocol} 0.0.0.0:${port.from}` }];
  });
  return windowsSnapshot({
    rules: ['Allow|'],
    processes: all.map(({ pid, name }) => ({ pid, path: `C:\\Apps\\${name}.exe` })),
    sockets: all.map(({ pid, at }) => ({ pid, at })),
    ...changes,
  });
};

const MACHINES: readonly (readonly [string, Snapshot])[] = [
  ...Object.entries(WINDOWS),
  ['everything open', everything()],
  ['everything unknown', everything({ parts: { localRules: { error: { kind: 'refused', said: 'x' } } } })],
  ['nobody known', everything({ processes: [], rules: ['Allow|App=C:\\x.exe'] })],
  ['off', everything({ local: { private: { EnableFirewall: 0 } } })],
  ['allows', everything({ rules: [], local: { private: { DefaultInboundAction: 0 } } })],
  ['nothing gathered', { ...everything(), transcripts: [] }],
];

describe.each(MACHINES)('%s', (_, snapshot) => {
  const facts = readFacts(snapshot);
  const report = makeReport(snapshot, { kept: new Set() });

  test('findings, gaps and how to listen here only', () => {
    const book = makeRuleBook(snapshot, facts, report);
    const texts = [
      ...report.findings.flatMap(({ title, why, ifClosed }) => [title, why, ifClosed]),
      ...[...report.unread, ...book.unread].flatMap((gap) =>
        [gap, en.gap(gap), de.gap(gap)].flatMap(({ what, why, how }) => [what, why, how]),
      ),
      ...report.listeners.flatMap(({ identity }) => identity.service?.bindLocal ?? []),
      ...report.listeners.flatMap(({ reach }) =>
        reach.flatMap(({ decidedBy, reasons }) => [...decidedBy.map(({ rule }) => rule), ...reasons]),
      ),
    ];
    expect(texts.length).toBeGreaterThan(3);
    // What is asked within Linux there is asked through wsl.
    expect(texts.filter((text) => FOREIGN.test(text.replace('wsl ss ', 'wsl ')))).toEqual([]);
    expect(report.findings.flatMap(({ ways }) => ways).filter((way) => /own-table|install|enable/.test(way))).toEqual(
      [],
    );
  });

  test('every rule is in the book, or it says that some could not be read', () => {
    const { rules, unread } = makeRuleBook(snapshot, facts, report);
    const { policy, gaps } = windows.readWindows(snapshot);
    expect(rules).toHaveLength(policy.rules.length);
    expect(unread.length > 0).toBe(gaps.length > 0 || facts.netfilter.unread[4].length > 0);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  test('what a change says, planned or refused, is of Windows', () => {
    const port = { targets: [{ protocol: 'tcp', port: 445 }], audience: 'everyone' } as const;
    const choices: readonly NewChoice[] = [
      { kind: 'close', ...port, way: 'firewall' },
      { kind: 'close', ...port, way: 'stop' },
      { kind: 'reopen', ...port, way: 'firewall' },
      { kind: 'remove-opening', targets: [{ protocol: 'tcp', port: 8080 }] },
      { kind: 'enable-firewall', keep: [] },
    ];
    for (const choice of choices) {
      const said: string[] = [];
      try {
        const judge = (one: Snapshot) => makeReport(one, { kept: new Set() });
        const plan = propose({ snapshot, choice, report, judge, changes: [], sha256: () => '', now: snapshot.takenAt });
        expect(plan.layers).toEqual(['windows']);
        expect(plan.steps.length).toBe(plan.undo.length);
        said.push(...plan.steps.map(({ says }) => says), ...plan.warnings.map(warningWords));
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        const { message, hint } = inEnglish(error);
        said.push(message, hint);
      }
      expect(said.length).toBeGreaterThan(0);
      expect(said.filter((text) => FOREIGN.test(text))).toEqual([]);
    }
  });
});
