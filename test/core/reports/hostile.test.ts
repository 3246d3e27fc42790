/** Whatever programs, rules and interfaces are called: a report shows it and is not changed by it. */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../src/core/model.ts';
import { REPORT_FORMATS, type ReportFormat } from '../../../src/core/reports/index.ts';
import { code, codeInCell, text } from '../../../src/core/reports/markdown.ts';
import type { ReportWords } from '../../../src/core/reports/words.ts';
import { visible } from '../../../src/core/visible.ts';
import { reportWords } from '../../../src/renderer/text/report/words.ts';
import * as reports from '../../e2e/fixtures/reports.ts';
import { readCsv } from './csv-reader.ts';
import { readPage } from './html-reader.ts';
import { capturedReport, HOSTILE, made, sourceOf, withForeign } from './made.ts';
import { readMarkdown } from './markdown-reader.ts';
import { faultsOf, messagesIn } from './sarif-reader.ts';
import { share } from '../../share.ts';

let words: ReportWords;
beforeAll(async () => {
  words = await reportWords('en');
});

/** Few of each kind: it is the texts that vary. */
const short = (report: Report): Report => ({ ...report, listeners: report.listeners.slice(0, 3) });
const BASES = {
  captured: capturedReport('on'),
  ledOn: { ...reports.ledOn, listeners: reports.ledOn.listeners.slice(0, 1) },
  cannotTell: short({ ...reports.cannotTell, findings: [] }),
} as const satisfies Record<string, Report>;
type Base = keyof typeof BASES;
const base = fc.constantFrom(...(Object.keys(BASES) as Base[]));

const write = (format: ReportFormat, of: Base, foreign: string): string =>
  made(format, sourceOf(withForeign(BASES[of], foreign), words, foreign));

/** Pieces of markup among plain characters, and any other character. */
const nasty = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...Array.from('<>&"\'`|*_~[](){}#!\\=+-@:./ $^\t\r\n,;')),
        fc.constantFrom(...HOSTILE),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((parts) => parts.join(''))
    // What has no name at all is not told, and has no place of its own.
    .filter((text) => text !== ''),
);
const RUNS = { numRuns: share(40) };

/** What would steer or reorder what a person sees. Line breaks are the formats' own. */
const STEERS = /(?![\r\n])\p{Cc}|\p{Bidi_Control}|[\u200b-\u200d\u2028\u2029\ufeff]|\p{Surrogate}/u;

describe.each(REPORT_FORMATS)('%s', (format) => {
  test('holds nothing that steers or reorders', () => {
    fc.assert(
      fc.property(base, nasty, (of, foreign) => {
        expect(write(format, of, foreign)).not.toMatch(STEERS);
      }),
      RUNS,
    );
  });
});

describe.each(HOSTILE.map((one) => [JSON.stringify(one), one]))('called %s', (_shown, foreign) => {
  test('is read back by every reader', () => {
    for (const of of Object.keys(BASES) as Base[]) {
      const shown = visible(foreign);
      expect(readPage(write('html', of, foreign)).texts.join('\n')).toContain(shown.trim());
      const fields = readCsv(write('csv', of, foreign)).flat();
      expect(fields.some((field) => field === shown || field === `'${shown}`)).toBe(true);
      expect(
        readMarkdown(write('md', of, foreign))
          .map((line) => line.text)
          .join('\n'),
      ).toContain(shown.trim());
    }
  });
});

test('a page has the same elements whatever things are called', () => {
  fc.assert(
    fc.property(base, nasty, (of, foreign) => {
      const [plain, odd] = [readPage(write('html', of, 'x')), readPage(write('html', of, foreign))];
      expect(odd.tags).toEqual(plain.tags);
      expect(odd.style).toBe(plain.style);
      expect(odd.policy).toBe(plain.policy);
      expect(odd.texts.join('\n')).toContain(visible(foreign).trim());
    }),
    RUNS,
  );
});

describe('markdown', () => {
  const markup = (markdown: string): readonly string[] => readMarkdown(markdown).map((line) => line.markup);

  test('has the same markup whatever things are called', () => {
    fc.assert(
      fc.property(
        base,
        // A rule or a program of blanks alone cannot be code.
        nasty.filter((one) => visible(one).trim() !== ''),
        (of, foreign) => {
          expect(markup(write('md', of, foreign))).toEqual(markup(write('md', of, 'x')));
        },
      ),
      RUNS,
    );
  });

  test('text and code are read back as they are', () => {
    fc.assert(
      fc.property(nasty, (foreign) => {
        const shown = visible(foreign);
        expect(readMarkdown(text(foreign))).toEqual([{ markup: '', text: shown }]);
        if (shown.trim() === '') return;
        expect(readMarkdown(`- ${code(foreign)}`)).toEqual([{ markup: '-code', text: ` ${shown}` }]);
        expect(readMarkdown(`| ${codeInCell(foreign)} |`)).toEqual([{ markup: 'code|', text: ` ${shown} |` }]);
      }),
      { numRuns: share(2000) },
    );
  });
});

test('a table for spreadsheets has no formula, and every field where it belongs', () => {
  fc.assert(
    fc.property(base, nasty, (of, foreign) => {
      const [plain, odd] = [readCsv(write('csv', of, 'x')), readCsv(write('csv', of, foreign))];
      const [columns = []] = odd;
      expect(odd.map((record) => record.length)).toEqual(plain.map(() => columns.length));
      for (const field of odd.flat()) expect(field).not.toMatch(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/);
      const shown = visible(foreign);
      const names = odd.slice(1).flatMap((record) => record[columns.indexOf('name')] ?? []);
      // A name that would be calculated has an apostrophe in front and is otherwise whole.
      expect(names.some((name) => name === shown || name === `'${shown}`)).toBe(true);
    }),
    RUNS,
  );
});

test('the JSON is read back as it was', () => {
  fc.assert(
    fc.property(base, nasty, (of, foreign) => {
      const read = JSON.parse(write('json', of, foreign)) as { listeners: readonly { name: string }[] };
      for (const { name } of read.listeners) expect(name).toBe(foreign);
    }),
    RUNS,
  );
});

test('SARIF keeps to its specification, and its messages say what was said', () => {
  fc.assert(
    fc.property(base, nasty, (of, foreign) => {
      const log: unknown = JSON.parse(write('sarif', of, foreign));
      expect(faultsOf(log)).toEqual([]);
      const said = messagesIn(log).map((message) => unescaped(message));
      if (BASES[of].findings.length > 0)
        expect(said.some((message) => message.includes(visible(foreign).trim()))).toBe(true);
    }),
    RUNS,
  );
});

test('a backslash before a bracket is shown in SARIF as it is', () => {
  for (const foreign of ['\\]<script>alert(1)</script>', 'C:\\[old]\\x', '](x)\\['])
    expect(
      messagesIn(JSON.parse(write('sarif', 'captured', foreign)))
        .map(unescaped)
        .join('\n'),
    ).toContain(foreign);
});

/** As a viewer shows it: 3.11.5 and 3.11.6 the other way round. */
const unescaped = (message: string): string =>
  message
    .replace(/\{\{/g, '{')
    .replace(/\}\}/g, '}')
    .replace(/\\([[\]])/g, '$1');
