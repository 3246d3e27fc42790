/** What a report says, in every format and both languages. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { commandsOf, commandsThatSettle } from '../../../src/core/advice/commands.ts';
import { ruleNames } from '../../../src/core/advice/index.ts';
import { inPieces } from '../../../src/core/advice/pieces.ts';
import type { Report, Snapshot } from '../../../src/core/model.ts';
import { COLOURS, STYLE } from '../../../src/core/reports/html/style.ts';
import { REPORT_FORMATS, reportFilename, type ReportFormat, reportParts } from '../../../src/core/reports/index.ts';
import { scanJson } from '../../../src/core/reports/json.ts';
import { REPORT_RULES } from '../../../src/core/reports/rules.ts';
import { visible } from '../../../src/core/visible.ts';
import { formatAs } from '../../../src/renderer/text/format.ts';
import { reportWords } from '../../../src/renderer/text/report/words.ts';
import * as reports from '../../e2e/fixtures/reports.ts';
import { WINDOWS } from '../../main/cli/windows-machines.ts';
import { counted } from '../counted.ts';
import { readCsv } from './csv-reader.ts';
import { readPage } from './html-reader.ts';
import { capturedReport, hash, made, reportOf, sourceOf } from './made.ts';
import { readMarkdown } from './markdown-reader.ts';
import { faultsOf } from './sarif-reader.ts';

afterAll(() => formatAs('en'));

const MACHINES: readonly (readonly [name: string, report: Report])[] = [
  ...['absent', 'off', 'on', 'ordinary', 'firewalld'].map((name) => [name, capturedReport(name)] as const),
  ...Object.entries(WINDOWS).map(([name, machine]) => [name, reportOf(machine)] as const),
  ['all well', reports.allWell],
  ['cannot tell', reports.cannotTell],
  ['list missing', reports.listMissing],
  ['led on', reports.ledOn],
  ['offline', reports.offline],
  ['no firewall', reports.noFirewall],
  ['hostile', reports.hostile],
];

/** All that a reader of it sees, whatever marks it up. */
const readers: Record<'html' | 'md' | 'csv', (text: string) => string> = {
  html: (text) => readPage(text).texts.join('\n'),
  md: (text) =>
    readMarkdown(text)
      .map((line) => line.text)
      .join('\n'),
  csv: (text) => readCsv(text).flat().join('\n'),
};

/** All of these sentences is there, and each command that they name ends a line or is one, so that it can be copied. */
function namesAll(said: string, sentences: string, commands: readonly string[]): void {
  // How far a line is indented nobody copies.
  const lines = said.split('\n').map((line) => line.trimStart());
  for (const { kind, text } of inPieces(sentences, commands)) {
    if (kind === 'said') expect(said).toContain(text);
    else
      expect(
        lines.filter((line) => line === text || line.endsWith(`: ${text}`)),
        text,
      ).not.toEqual([]);
  }
}

const LANGUAGES = ['en', 'de'] as const;

for (const language of LANGUAGES) {
  describe.each(MACHINES)(`${language}: %s`, async (_name, report) => {
    const words = await reportWords(language);
    const source = sourceOf(report, words);

    test.each(['html', 'md', 'csv'] as const)(
      '%s names all that listens, all advice, all that was not read',
      (format) => {
        formatAs(language);
        const said = readers[format](made(format, source));
        for (const listener of report.listeners) {
          const port = format === 'csv' ? listener.id : `${listener.port}/${listener.protocol}`;
          expect(said).toContain(port);
          expect(said).toContain(visible(words.identityName(listener)));
          expect(said).toContain(visible(words.whoLong(listener, report)));
          for (const { address } of listener.addresses) expect(said).toContain(visible(address));
        }
        for (const finding of report.findings.filter(({ advice }) => advice !== 'keep')) {
          const { title, why, ifClosed } = words.finding(finding, report);
          expect(said).toContain(visible(title));
          for (const sentences of [why, ifClosed])
            namesAll(said, sentences, format === 'csv' ? [] : commandsOf(finding.says));
        }
        for (const gap of report.unread) {
          const { what, why, how } = words.gap(gap);
          for (const part of [what, why]) expect(said).toContain(visible(part));
          namesAll(said, how, format === 'csv' ? [] : commandsThatSettle(gap.means.how));
        }
        for (const forward of report.forwards.filter(({ via, listener }) => via === 'rule' && listener === null)) {
          expect(said).toContain(visible(words.whoLong(forward, report)));
          expect(said).toContain(visible(forward.to.address));
        }
        for (const state of report.firewalls) {
          expect(said).toContain(words.firewallName(state));
          expect(said).toContain(words.firewallSays(state));
        }
      },
    );

    test('people see the state first, then what it rests on', () => {
      formatAs(language);
      for (const format of ['html', 'md'] as const) {
        const said = readers[format](made(format, source));
        for (const part of [words.state(report), words.moment(report.takenAt), 'laptop', 'Portcullis 1.2.3'])
          expect(said).toContain(part);
        expect(said).toContain(report.complete ? words.whole : words.partly);
        for (const { name, active } of report.firewalls.flatMap(({ profiles = [] }) => profiles)) {
          expect(said).toContain(words.profiles[name]);
          expect(active === null || typeof active === 'boolean').toBe(true);
        }
      }
    });

    test('json is what a scan prints', () => {
      expect(JSON.parse(made('json', source))).toEqual(JSON.parse(JSON.stringify(scanJson(report))));
    });

    test('sarif keeps to its specification and has every finding', () => {
      formatAs(language);
      const log: unknown = JSON.parse(made('sarif', source));
      expect(faultsOf(log)).toEqual([]);
      const [run] = (log as { runs: readonly { results: readonly { partialFingerprints: object; level: string }[] }[] })
        .runs;
      expect(run?.results.map(({ partialFingerprints }) => Object.values(partialFingerprints))).toEqual(
        report.findings.map(({ id }) => [visible(id)]),
      );
      expect(run?.results.map(({ level }) => level)).toEqual(
        report.findings.map(({ advice, severity }) =>
          advice === 'keep' ? 'none' : { high: 'error', medium: 'warning', low: 'note' }[severity],
        ),
      );
    });

    test('a computer that is not to be named is not named', () => {
      formatAs(language);
      for (const format of REPORT_FORMATS) {
        const text = made(format, sourceOf(report, words, null));
        expect(text).not.toContain('laptop');
      }
    });
  });
}

test('where it cannot be told, what turns some away is not given as the reason', async () => {
  const words = await reportWords('en');
  const source = sourceOf(reportOf(WINDOWS['windows-office'] as Snapshot), words);
  const unknown = source.report.listeners.filter(({ exposure }) => exposure === 'unknown');
  expect(unknown.map(({ id }) => id)).toEqual(['tcp/5985']);
  const [columns = [], ...records] = readCsv(made('csv', source));
  const why = records.find((record) => record[columns.indexOf('id')] === 'tcp/5985')?.[columns.indexOf('why')];
  expect(why).toBe(
    'Not known: “WINRM-HTTP-In-TCP (group policy)” asks for somebody whom IPsec has authenticated, and whether that holds is not known.',
  );
});

test('what stays as it is stands under the same fingerprint', async () => {
  const words = await reportWords('en');
  const prints = (report: Report): readonly string[] =>
    [...made('sarif', sourceOf(report, words)).matchAll(/"portcullisFinding\/v1": "([^"]*)"/g)].map(
      ([, id = '']) => id,
    );
  const before = capturedReport('on');
  const later = {
    ...before,
    takenAt: '2027-01-01T00:00:00.000Z',
    listeners: before.listeners.map((one) => ({ ...one, owner: { ...one.owner, pid: 4711 } })),
  };
  expect(prints(before).length).toBe(before.findings.length);
  expect(new Set(prints(before)).size).toBe(before.findings.length);
  expect(prints(later)).toEqual(prints(before));
});

describe('the page', () => {
  const page = async (report: Report, language: 'en' | 'de' = 'en') =>
    made('html', sourceOf(report, await reportWords(language)));

  test('may have its one style and nothing else', async () => {
    const read = readPage(await page(capturedReport('on')));
    expect(read.policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash(read.style)}'; base-uri 'none'; form-action 'none'`,
    );
    expect(read.style).toBe(STYLE);
    expect(read.style).not.toMatch(/url\(|@import|@font-face|expression|\n/);
    expect(
      read.tags.filter((tag) => /^(script|link|img|iframe|object|embed|form|input|video|audio)\b/.test(tag)),
    ).toEqual([]);
  });

  test('has the colours of the window', () => {
    const tokens = readFileSync(new URL('../../../src/renderer/tokens.css', import.meta.url), 'utf8');
    const pairs = Object.fromEntries(
      [...tokens.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
        ([, name = '', light, dark]) => [name, [light, dark]],
      ),
    );
    for (const [name, pair] of Object.entries(COLOURS)) expect([name, pairs[name]]).toEqual([name, [...pair]]);
  });

  test('says its language, has landmarks, and a table of contents where it is long', async () => {
    for (const language of LANGUAGES) {
      const { tags } = readPage(await page(capturedReport('on'), language));
      expect(tags[0]).toBe(`html lang="${language}"`);
      for (const landmark of ['header', 'main', 'footer', 'nav aria-labelledby="contents"'])
        expect(tags).toContain(landmark);
    }
    const targets = [...(await page(capturedReport('on'))).matchAll(/href="#([a-z]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(4);
    for (const id of targets) expect(await page(capturedReport('on'))).toContain(`<section id="${id}"`);
    const short = readPage(await page({ ...reports.offline, listeners: reports.offline.listeners.slice(0, 2) }));
    expect(short.tags.some((tag) => tag.startsWith('nav'))).toBe(false);
  });
});

test('every rule of advice has its words, and no other', async () => {
  expect([...REPORT_RULES].toSorted()).toEqual([...new Set(ruleNames)].toSorted());
  const [english, german] = await Promise.all(LANGUAGES.map(reportWords));
  for (const rule of REPORT_RULES) expect(english?.rules[rule].title).not.toBe(german?.rules[rule].title);
});

test('a name of a file is one everywhere', () => {
  const name = (host: string | null): string =>
    reportFilename('html', { host, report: { ...reports.advice, takenAt: '2026-11-28T09:00:00.000Z' } });
  expect(name('Adas Laptop')).toBe('portcullis-adas-laptop-2026-11-28.html');
  expect(name('../../etc/passwd')).toBe('portcullis-etc-passwd-2026-11-28.html');
  expect(name('\u202e\u0000')).toBe('portcullis-2026-11-28.html');
  expect(name(null)).toBe('portcullis-2026-11-28.html');
});

describe('ten thousand listeners', () => {
  /** Every third is advised on. */
  const [pattern] = reports.advice.findings.filter(({ listener }) => listener !== null);
  const large = (count: number): Report => {
    const listeners = Array.from({ length: count }, (_, index) => {
      const from = reports.many.listeners[index % reports.many.listeners.length];
      if (from === undefined) throw new Error('there is none');
      return { ...from, id: `tcp/${from.port}@10.0.${index >> 8}.${index & 255}` };
    });
    const findings = listeners
      .filter((_, index) => index % 3 === 0)
      .flatMap(({ id }) =>
        pattern === undefined ? [] : [{ ...pattern, id: `exposed-dev-server:${id}`, listener: id }],
      );
    return { ...reports.many, listeners, findings };
  };

  test.each(['html', 'md', 'csv'] as const satisfies readonly ReportFormat[])(
    '%s comes in small parts, and looks at each listener and finding as often however many there are',
    async (format) => {
      const words = await reportWords('en');
      const looks = (count: number): number => {
        const { seen, looks: looked } = counted();
        const { listeners, findings, ...rest } = large(count);
        const report = { ...rest, listeners: listeners.map(seen), findings: findings.map(seen) };
        let [parts, longest] = [0, 0];
        for (const part of reportParts(format, sourceOf(report, words))) {
          parts += 1;
          longest = Math.max(longest, part.length);
        }
        expect(parts).toBeGreaterThan(count);
        expect(longest).toBeLessThan(100_000);
        return looked();
      };
      const some = looks(1000);
      expect(some).toBeGreaterThan(1000);
      // Ten times as many; sorting looks a little more often.
      expect(looks(10_000) / some).toBeLessThan(15);
    },
  );
});
