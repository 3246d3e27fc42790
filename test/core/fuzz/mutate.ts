/** Texts damaged at random: grammar-aware changes of real transcripts, and plain noise. Each is told by its seed alone. */
import { type Random, random } from '../../lab/generate/random.ts';

const HOSTILE = [
  '\u0000',
  '\u202e',
  '\ud800',
  '\ufeff',
  '\u0301',
  '😀',
  '\r',
  '\u2028',
  '\\',
  '"',
  "'",
  '\u001b[31m',
  '__proto__',
  'constructor',
  '${x}',
  '%s',
];
const HUGE = [
  '99999999999999999999',
  '-1',
  '4294967296',
  '1e309',
  '0x7fffffffffffffff',
  '65536',
  'NaN',
  '00000000000000022',
  '129',
  '1/0',
];
const OPENERS = ['[', '{"a":', '"', '(', '{ '];

const at = (text: string, r: Random): number => r.below(text.length + 1);

type Change = (text: string, r: Random, other: string) => string;

const splitLines = (text: string): string[] => text.split('\n');

const CHANGES: readonly Change[] = [
  // Truncated, spliced, doubled, without its middle.
  (text, r) => text.slice(0, at(text, r)),
  (text, r) => text.slice(at(text, r)),
  (text, r, other) => text.slice(0, at(text, r)) + other.slice(at(other, r)),
  (text, r) => {
    const [from, to] = [at(text, r), at(text, r)].sort((a, b) => a - b) as [number, number];
    return text.slice(0, from) + text.slice(to);
  },
  (text, r) => {
    const lines = splitLines(text);
    const line = r.below(lines.length);
    return lines.toSpliced(line, 0, ...Array.from({ length: 1 + r.below(4) }, () => lines[line] ?? '')).join('\n');
  },
  (text, r) => {
    const lines = splitLines(text);
    return lines.toSpliced(r.below(lines.length), 1 + r.below(2)).join('\n');
  },
  (text, r) => {
    const lines = splitLines(text);
    const [a, b] = [r.below(lines.length), r.below(lines.length)];
    return lines
      .with(a, lines[b] ?? '')
      .with(b, lines[a] ?? '')
      .join('\n');
  },
  // Characters.
  (text, r) => {
    const where = at(text, r);
    return (
      text.slice(0, where) +
      String.fromCharCode(r.below(2) === 0 ? r.below(128) : r.below(65_536)) +
      text.slice(where + 1)
    );
  },
  (text, r) => {
    const where = at(text, r);
    return text.slice(0, where) + r.pick(HOSTILE) + text.slice(where + r.below(2));
  },
  // Words and values.
  (text, r) => {
    const numbers = [...text.matchAll(/\d+/g)];
    const hit = numbers[r.below(Math.max(1, numbers.length))];
    return hit === undefined ? text : text.slice(0, hit.index) + r.pick(HUGE) + text.slice(hit.index + hit[0].length);
  },
  (text, r, other) => {
    const words = [...text.matchAll(/[^\s",:[\]{}]+/g)];
    const others = [...other.matchAll(/[^\s",:[\]{}]+/g)];
    const [hit, put] = [words[r.below(Math.max(1, words.length))], others[r.below(Math.max(1, others.length))]];
    return hit === undefined
      ? text
      : text.slice(0, hit.index) + (put?.[0] ?? '') + text.slice(hit.index + hit[0].length);
  },
  (text, r) => {
    const values = [...text.matchAll(/"[^"]*"|\b\d+\b|true|false|null/g)];
    const hit = values[r.below(Math.max(1, values.length))];
    const put = r.pick(['null', '[]', '{}', '"x"', '-0', '1.5', 'true', '[[[[]]]]', '{"a":{"b":[1]}}']);
    return hit === undefined ? text : text.slice(0, hit.index) + put + text.slice(hit.index + hit[0].length);
  },
  (text, r) => {
    const where = at(text, r);
    return text.slice(0, where) + r.pick(OPENERS).repeat(1 + r.below(r.chance(0.02) ? 20_000 : 40)) + text.slice(where);
  },
];

const noise = (r: Random): string =>
  Array.from({ length: r.below(120) }, () =>
    String.fromCharCode(r.chance(0.7) ? 32 + r.below(95) : r.below(65_536)),
  ).join('');

/** Input `number` of the run with this seed. */
export function damaged(seed: number, number: number, corpus: readonly string[]): string {
  const r = random((seed ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0);
  if (r.chance(0.05)) return noise(r);
  let text = r.pick(corpus);
  for (let changes = 1 + r.below(3); changes > 0; changes--) text = r.pick(CHANGES)(text, r, r.pick(corpus));
  return text;
}
