/** Problems are told in German as well: by what is meant, with the same ports, names, files and commands. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { problemWords } from '../../src/core/problem-words/index.ts';
import type { Cause, Problem, ProblemMeaning } from '../../src/core/problem.ts';
import type { Doing } from '../../src/core/told.ts';
import { visible } from '../../src/core/visible.ts';
import { de } from '../../src/renderer/text/de/index.ts';
import { en } from '../../src/renderer/text/en/index.ts';
import { fetchWords, speak } from '../../src/renderer/text/words.ts';
import { problems } from '../core/problems/examples.ts';
import { history } from '../e2e/fixtures/plans.ts';
import { advice, NASTY } from '../e2e/fixtures/reports.ts';
import { spoilt } from './spoilt.ts';

await fetchWords('de');

beforeEach(() => speak('de'));
afterEach(() => speak('en'));

const around = { report: advice, history };

const problemOf = (means: ProblemMeaning): Problem => {
  const [message, hint] = problemWords(means);
  return { code: 'failed', message, hint, means };
};

/** Words that English sentences are made of and German ones are not. */
const ENGLISH =
  /\b(the|and|is|are|of|to|not|this|that|what|who|your|you|it|its|be|been|can|could|may|with|for|from|as|at|by|on|or|open|closed|close|again|rules?|listens|nothing|unless|stop|block|ahead|every|scan again|helper|change|try)\b/i;

/** What is typed, as far as it stands in the sentences themselves. */
const COMMANDS =
  /sudo systemctl (?:enable --now|start) firewalld|sudo apt install \w+|sudo ufw (?:reload|show added|status numbered)|sudo firewall-cmd --[\w-]+|portcullis (?:explain|close|undo|confirm|history|export|snapshot|scan)(?: [\d-][\w/-]*)*(?: --[a-z-]+(?: FILE)?)*|sudo portcullis (?:scan|undo \S+)|systemctl (?:--user )?stop \S+|--way own-table|sudo kill \d+|kill -9 \d*|chmod go-w PATH|npm run build|ls -l[ad] \S+|df -h \/etc \/var/g;

/** What no language writes otherwise: numbers, files, options, settings. */
const fixed = (text: string): readonly string[] =>
  (text.match(/\d+(?:[.:/]\d+)*|(?<![\w.])\/[\w/.-]*\w|--[a-z-]+|[A-Z_]{3,}=\w+|XDG_\w+/g) ?? []).toSorted();

/** All texts that something carries as data, the longest first. */
function carried(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(carried) : [];
}

/** The sentence without what it carries, what is typed, and what stands in quotes. */
function own(text: string, value: unknown): string {
  const foreign = [...new Set(carried(value))].filter((one) => one.length > 3).sort((a, b) => b.length - a.length);
  return foreign
    .reduce(
      (left, one) => left.replaceAll(one, '…'),
      text.replaceAll(COMMANDS, '…').replaceAll(/(?<!\w)\/[\w/.-]+|--[a-z]+/g, '…'),
    )
    .replaceAll(/„[^“]*“/g, '…');
}

/** What a schema says is English, so German names the place alone; what is worded from data has no numbers of the English. */
const WITHOUT = new Set(['plan-refused', 'request-misunderstood', 'snapshot-unknown', 'intent-unknown']);

describe.each(problems.map((means) => ({ kind: means.kind, english: problemWords(means)[0], means })))(
  '$kind: $english',
  ({ kind, means }) => {
    test('is said in German', () => {
      const english = en.problem(problemOf(means), around);
      const german = de.problem(problemOf(means), around);
      for (const [at, text] of german.entries()) {
        expect(text.trim()).not.toBe('');
        expect(own(text, means)).not.toMatch(ENGLISH);
        expect(own(text, means)).not.toMatch(/undefined|NaN|\[object|["”—]|\.\.\.| {2}|[.,:] ?[.,:]/);
        if (!carried(means).includes(text)) expect(text).not.toBe(english[at]);
      }
    });

    test('holds the same numbers, files and commands', () => {
      const english = problemWords(means).join('\n');
      const german = de.problem(problemOf(means), around).join('\n');
      if (!WITHOUT.has(kind)) expect(fixed(german)).toEqual(fixed(english));
      for (const command of english.match(COMMANDS) ?? []) expect(german).toContain(command.trim());
    });
  },
);

/** Each text that something carries, made long, one at a time: with what it became. */
function lengthened(means: ProblemMeaning): readonly (readonly [ProblemMeaning, string])[] {
  const found: (readonly [ProblemMeaning, string])[] = [];
  const visit = (value: unknown, put: (other: unknown) => unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      const within = (other: unknown): unknown =>
        put(Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other });
      if (typeof part !== 'string') visit(part, within);
      else if (WHOLE.has(key) || (Array.isArray(value) && part.includes('/'))) {
        const long = `${part}${'/x1'.repeat(70)}.end`;
        found.push([within(long) as ProblemMeaning, long]);
      }
    }
  };
  visit(means, (other) => other);
  return found;
}

/** Files, rules, units, zones, ids, and what is typed. */
const WHOLE = new Set(['path', 'folder', 'rule', 'unit', 'zone', 'command', 'look', 'change', 'said', 'field', 'by']);

test('a file, a rule, a unit and a command of 200 characters and more are whole in both languages', () => {
  const all = problems.flatMap(lengthened);
  expect(all.length).toBeGreaterThan(60);
  for (const [means, long] of all) {
    const english = en.problem(problemOf(means), around).join('\n');
    const german = de.problem(problemOf(means), around).join('\n');
    if (!WITHOUT.has(means.kind)) expect(german.split(long).length, means.kind).toBe(english.split(long).length);
    for (const [command] of english.matchAll(/(?:systemctl (?:--user )?stop|portcullis undo|ls -l[ad]) \S+/g))
      expect(german).toContain(command);
  }
});

test('however much a program said, what became of the change is told', () => {
  const OUTCOMES = /put back|putting it back failed|nothing was changed|left as they|zurück|nichts geändert|wie es war/;
  const said = 'failed: no space left '.repeat(30);
  for (const output of [
    { kind: 'said', said },
    { kind: 'program', program: 'ufw', output: { is: 'said', said } },
    { kind: 'ufw-other-rules', step: 2, output: { is: 'said', said } },
    { kind: 'problem', means: { kind: 'fault', said } },
  ] as const satisfies readonly Cause[])
    for (const one of problems) {
      const short = problemWords(one)[0];
      if (!OUTCOMES.test(short) || !('cause' in one)) continue;
      const means = { ...one, cause: output, ...('failure' in one ? { failure: output } : {}) } as ProblemMeaning;
      for (const words of [en, de]) {
        const [text] = words.problem(problemOf(means), around);
        expect(text).toMatch(OUTCOMES);
        expect(text).toContain('failed: no space left');
        expect(Array.from(text).length).toBeLessThanOrEqual(601);
      }
    }
});

test('no two say the same', () => {
  const others = problems.filter(
    (means) => means.kind !== 'unforeseen' || (means.of !== 'services' && means.of !== 'windows'),
  );
  const all = others.map((means) => de.problem(problemOf(means), around).join('\n'));
  expect(new Set(all).size).toBe(all.length);
});

test('English says what the terminal does', () => {
  for (const means of problems) {
    expect(en.problem(problemOf(means), around)).toEqual(problemWords(means));
  }
});

test('listeners and changes are called as the window calls them', () => {
  const said = (means: ProblemMeaning): string => de.problem(problemOf(means), around)[0];
  const port = { protocol: 'tcp', port: 3000, name: 'Development web server' } as const;
  expect(said({ kind: 'must-stay-open', port })).toBe(
    'Port 3000 (TCP, Entwicklungs-Webserver) muss offen bleiben, aber eine andere Regel würde ihn schließen, sobald ufw an ist.',
  );
  const change = { id: '20261120T104300-a1b2c3', summary: 'Close port 3000 (TCP) for everyone' };
  expect(said({ kind: 'undone-already', change })).toBe(
    'Die Änderung „Port 3000 (TCP) für alle schließen“ wurde schon rückgängig gemacht.',
  );
  // Before anything was read, as it came.
  const [first] = de.problem(problemOf({ kind: 'must-stay-open', port }), {
    report: { listeners: [], forwards: [] },
    history: [],
  });
  expect(first).toContain('Port 3000 (TCP, Development web server)');
});

test('what was not read, and why, stands in no brackets behind brackets', () => {
  const what = { kind: 'kernel-rules', by: 'nftables', family: null, legacy: false } as const;
  const why = { kind: 'refused' } as const;
  const said = (means: ProblemMeaning): string => de.problem(problemOf(means), around)[0];
  expect(said({ kind: 'unforeseen', of: 'ufw', why: { is: 'unread', what, why } })).toBe(
    'Was diese Änderung bewirken würde, ist nicht vorherzusehen. Regeln des Kernels (nftables): dafür braucht es Administratorrechte.',
  );
  expect(said({ kind: 'rules-unknown', what, why, how: null, exact: true })).toBe(
    'Die Regeln sind nicht vollständig bekannt. Regeln des Kernels (nftables): dafür braucht es Administratorrechte.',
  );
});

test('text alone, and what is of a kind that is not known here, is shown as it is', () => {
  const text = { code: 'failed', message: 'ufw: ERROR', hint: 'ufw --help' } as const;
  const unknown = ['newer', 'constructor', '__proto__', 'toString'].map(
    (kind) => ({ kind }) as unknown as ProblemMeaning,
  );
  for (const words of [en, de]) {
    expect(words.problem(text, around)).toEqual([text.message, text.hint]);
    for (const means of unknown) expect(words.problem({ ...text, means }, around)).toEqual([text.message, text.hint]);
  }
});

test('no view reads the English of a problem', () => {
  const folder = new URL('../../src/renderer/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.startsWith('text'),
  );
  expect(files.length).toBeGreaterThan(50);
  const reading = files.filter((file) =>
    /\b(error|problem)\??\.(message|hint)\b/i.test(readFileSync(new URL(file, folder), 'utf8')),
  );
  expect(reading).toEqual([]);
});

test('nothing of what somebody chose to do harm with is hidden, or goes on without end', () => {
  for (const nasty of [...NASTY, 'x\n<b>'.repeat(20_000)])
    for (const means of problems) {
      const spoiltMeans = spoilt(means, nasty) as ProblemMeaning;
      for (const words of [en, de])
        for (const text of words.problem(problemOf(spoiltMeans), around)) {
          expect(text).toBe(visible(text));
          expect(Array.from(text).length).toBeLessThan(640);
        }
    }
});

test('who waits for another change is told in German what it is', () => {
  const busy = (doing: Doing, who = 'alice'): string =>
    de.problem(
      problemOf({ kind: 'busy', holder: { who, seconds: 2, what: 'Close it', doing }, retry: true }),
      around,
    )[0];
  const targets = [{ protocol: 'tcp', port: 3000 }] as const;
  const closing = { is: 'close', targets, audience: 'everyone', stops: false, turnsOn: false } as const;
  expect(busy(closing)).toMatch(/, von alice, seit 2 Sekunden: „Port 3000 \(TCP\) für alle schließen“\.$/);
  expect(busy({ ...closing, stops: true }, 'process 7')).toMatch(
    /, von Prozess 7, seit 2 Sekunden: „Beenden, was an Port 3000 \(TCP\) lauscht“\.$/,
  );
  expect(busy({ is: 'undo', change: null })).toContain('„Eine Änderung zurücknehmen“');
  expect(busy({ is: 'undo', change: '20261120T104300-abcdef' })).toMatch(/„Die Änderung vom .* zurücknehmen“/);
  for (const doing of [{ is: 'recover' }, { is: 'enable-firewall' }, { is: 'remove-opening', targets }] as const)
    expect(busy(doing)).not.toContain('Close');
});
