/** What could not be read, and why something is unknown, in German: all of it, with the same commands, files and numbers in it. */
import { describe, expect, test } from 'vitest';
import {
  gap,
  type GapHow,
  type GapMeaning,
  type GapWhat,
  type GapWhy,
  type Reason,
  reasonText,
} from '../../src/core/gaps/index.ts';
import { visible } from '../../src/core/visible.ts';
import { de } from '../../src/renderer/text/de/index.ts';
import { en } from '../../src/renderer/text/en/index.ts';
import { HOWS, REASONS, WHATS, WHYS } from '../core/gaps/examples.ts';

const SOME: GapMeaning = { what: { kind: 'listening' }, why: { kind: 'missing' }, how: { kind: 'scan-again' } };

interface Pair {
  readonly kind: string;
  readonly english: string;
  readonly german: string;
}

const meanings = <Meaning>(all: Readonly<Record<string, readonly (readonly [Meaning, string])[]>>) =>
  Object.entries(all).flatMap(([kind, list]) => list.map(([means]) => ({ kind, means })));

const said = (part: 'what' | 'why' | 'how', kind: string, means: Partial<GapMeaning>): Pair => {
  const one = gap({ ...SOME, ...means });
  return { kind: `${part} ${kind}`, english: en.gap(one)[part], german: de.gap(one)[part] };
};

const reason = (kind: string, means: Reason): Pair => ({
  kind: `reason ${kind}`,
  english: en.reason(means),
  german: de.reason(means),
});

const PAIRS: readonly Pair[] = [
  ...meanings<GapWhat>(WHATS).map(({ kind, means }) => said('what', kind, { what: means })),
  ...meanings<GapWhy>(WHYS).map(({ kind, means }) => said('why', kind, { why: means })),
  ...meanings<GapHow>(HOWS).map(({ kind, means }) => said('how', kind, { how: means })),
  ...meanings<Reason>(REASONS).map(({ kind, means }) => reason(kind, means)),
];

/** The same in every language: a file, a command, a rule, what a program said. */
const SAME = new Set(['what file', 'how exact', 'how as-root', 'how command', 'why undecided', 'reason rule']);

const ENGLISH =
  /\b(the|and|is|are|of|to|not|this|that|what|who|your|you|it|its|be|been|can|could|may|with|for|from|as|at|by|on|which|whether|rules?|program|packets?|needs|read|address|look)\b/i;

/** Files, and words of commands, of rules and of protocols. */
const COMMANDS =
  /(?<= |^)\/\S+|sudo ipset save|sudo nft list table \S+ \S+|nft list table \S+ \S+|ip rule|ct status|ip -j -4 route show table all|ct protocol/g;

const IN_ENGLISH = new Set(['Wi-Fi']);

/** What no language writes otherwise: numbers, options, files, names that hold them. */
const fixedParts = (text: string): readonly string[] =>
  text
    .split(/[\s,;()„“”]+|[.:](?=\s|$)/)
    .map((word) => word.replace(/’s?$/, '').replace(/^IPv([46])-.*$/, 'IPv$1'))
    .filter((word) => /[\d_=/<>[\]{}@$\\]|^-|\w\.\w|[a-z][A-Z]|^[A-Z]{2,}/.test(word) && !IN_ENGLISH.has(word))
    .map((word) => word.replace(/-(Programme?|Tabellen|Ketten|Ports|Richtlinien?)$/, ''));

describe.each(PAIRS)('$kind: $english', ({ kind, english, german }) => {
  test('is said in German', () => {
    expect(german.trim()).not.toBe('');
    expect(german.replaceAll(COMMANDS, '')).not.toMatch(ENGLISH);
    if (!SAME.has(kind)) expect(german).not.toBe(english);
    expect(german).not.toMatch(/undefined|\[object|null|["”—]|\.\.\.| {2}/);
  });

  test('holds the same commands, files and numbers', () => {
    expect([...fixedParts(german)].sort()).toEqual([...fixedParts(english)].sort());
    for (const command of english.match(COMMANDS) ?? []) expect(german).toContain(command.replace(/,$/, ''));
  });
});

test('English says what the report says', () => {
  for (const { means } of meanings<Reason>(REASONS)) expect(en.reason(means)).toBe(reasonText(means));
});

test('a command is whole, since half of one is worse than none', () => {
  const command = `sudo cat /etc/\u202e${'x'.repeat(2000)}`;
  for (const words of [en, de])
    for (const kind of ['command', 'run'] as const)
      expect(words.gap(gap({ ...SOME, how: { kind, command } })).how.endsWith(visible(command))).toBe(true);
});

test('what came from the machine is made harmless, and cut', () => {
  const nasty = `\u202egpj\u001b[31m ${'x'.repeat(2000)}`;
  for (const words of [en, de]) {
    const { what, why, how } = words.gap(
      gap({
        what: { kind: 'file', path: nasty },
        why: { kind: 'message', said: nasty },
        how: { kind: 'look-at', path: nasty },
      }),
    );
    for (const text of [what, why, how, words.reason({ kind: 'rule', text: nasty })]) {
      expect(visible(text)).toBe(text);
      expect(text).toContain('\\u{202e}gpj');
      expect(Array.from(text).length).toBeLessThan(640);
    }
  }
});
