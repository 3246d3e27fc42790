/** Reports to be told: of real snapshots, of made-up machines, and with any text in the place of every foreign one. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reach, Report, Snapshot } from '../../../src/core/model.ts';
import { makeReport } from '../../../src/core/report.ts';
import { type ReportFormat, reportParts, type ReportSource } from '../../../src/core/reports/index.ts';
import type { ReportWords } from '../../../src/core/reports/words.ts';

const captured = (name: string): Snapshot =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../main/cli/snapshots', `${name}.json`), 'utf8')) as Snapshot;

export const reportOf = (snapshot: Snapshot): Report => makeReport(snapshot, { kept: new Set() });
export const capturedReport = (name: string): Report => reportOf(captured(name));

export const hash = (text: string): string => createHash('sha256').update(text).digest('base64');

export const sourceOf = (report: Report, words: ReportWords, host: string | null = 'laptop'): ReportSource => ({
  report,
  words,
  host,
  version: '1.2.3',
  hash,
});

export const made = (format: ReportFormat, source: ReportSource): string => [...reportParts(format, source)].join('');

/** The same report, in which every text that comes from elsewhere is this one. */
export function withForeign(report: Report, foreign: string): Report {
  const way = (one: Reach): Reach => ({
    ...one,
    interface: foreign,
    decidedBy: one.decidedBy.map(() => ({ firewall: foreign, rule: foreign })),
    trace: one.trace.map((step) => ({ ...step, chain: foreign, rule: foreign, words: foreign, firewall: foreign })),
  });
  return {
    ...report,
    interfaces: report.interfaces.map((one) => ({ ...one, name: foreign, addresses: [foreign] })),
    unread: report.unread.map((gap) => ({ ...gap, what: foreign, why: foreign, how: foreign })),
    listeners: report.listeners.map((one) => ({
      ...one,
      addresses: one.addresses.map((address) => ({ ...address, address: foreign, device: foreign })),
      owner: { ...one.owner, program: foreign, unit: foreign, container: foreign, user: foreign },
      identity: { ...one.identity, service: null, name: foreign },
      places: one.places.map((place) => ({ ...place, interface: foreign })),
      reach: one.reach.map(way),
    })),
    forwards: report.forwards.map((one) => ({
      ...one,
      firewall: foreign,
      container: foreign,
      to: { ...one.to, address: foreign, interface: foreign },
      places: one.places.map((place) => ({ ...place, interface: foreign })),
      reach: one.reach.map(way),
    })),
    findings: report.findings.map((one) => ({ ...one, title: foreign, why: foreign, ifClosed: foreign })),
  };
}

/** What somebody would call a program, a rule or an interface who wants to be taken for markup. */
export const HOSTILE: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><script>',
  '</title><meta http-equiv=refresh content=0>',
  '<!--',
  ']]>',
  '&lt;b&gt; &#60;b&#62; &amp',
  '| a | b |',
  '`code` ``more`` \\`',
  '`',
  '``` ',
  '[a](https://evil.example)',
  '![a](https://evil.example/x.png)',
  '<https://evil.example>',
  'https://evil.example www.evil.example a@evil.example @somebody',
  '# heading',
  '1. list',
  '- list',
  '+ list',
  '***bold***__x__~~y~~',
  '$x^2$ #12',
  '\\',
  '\\\\|',
  '=HYPERLINK("https://evil.example","x")',
  '=1+1',
  '+1',
  '-1',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  ' =1',
  '\uff1d1',
  'a","b',
  'a\r\nb,c',
  '{0} {12} {{x}}',
  '[x](1)',
  'ev\u001b[31mil\u202egnp.exe\u2028\u2066\u200b\u009b2J\ufeff',
  '\ud800',
  '\u0000',
];
