/** Contrast of the design tokens, by WCAG 2.2 (relative luminance, success criteria 1.4.3 and 1.4.11). */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../src/renderer/tokens.css', import.meta.url), 'utf8');

type Theme = 'light' | 'dark';
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(theme: Theme, front: string, ground: string): number {
  const of = (name: string): number => {
    const token = tokens.get(name);
    if (token === undefined) throw new Error(`no token ${name}`);
    return luminance(token[theme]);
  };
  const [dark = 0, light = 0] = [of(front), of(ground)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['sunken', 'paper', 'surface', 'raised'];
/** Writing, and the grounds that it stands on. */
const writing: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...grounds, 'shut-ground', 'open-ground', 'doubt-ground']],
  ['soft', [...grounds, 'shut-ground', 'open-ground', 'doubt-ground']],
  ['faint', grounds],
  ['shut', [...grounds, 'shut-ground']],
  ['open', [...grounds, 'open-ground']],
  ['doubt', [...grounds, 'doubt-ground']],
  ['on-shut', ['shut', 'shut-strong']],
];
/** Edges of controls, marks of pictures and the ring of the focus, and what they must stand out from. */
const shapes: readonly (readonly [string, readonly string[]])[] = [
  ['edge', grounds],
  ['ring', [...grounds, 'shut-ground']],
  ['shut', [...grounds, 'shut-ground']],
  ['open', [...grounds, 'open-ground']],
  ['doubt', [...grounds, 'doubt-ground']],
];

test('the tokens were found', () => {
  expect(tokens.size).toBeGreaterThanOrEqual(18);
});

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  test.each(writing.flatMap(([front, under]) => under.map((ground) => [front, ground] as const)))(
    'writing %s on %s has 4.5:1',
    (front, ground) => {
      expect(contrast(theme, front, ground)).toBeGreaterThanOrEqual(4.5);
    },
  );
  test.each(shapes.flatMap(([front, under]) => under.map((ground) => [front, ground] as const)))(
    'shape %s on %s has 3:1',
    (front, ground) => {
      expect(contrast(theme, front, ground)).toBeGreaterThanOrEqual(3);
    },
  );
});

test('no part writes a colour of its own', () => {
  const folder = new URL('../../src/renderer/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(tsx|css)$/.test(file) && file !== 'tokens.css',
  );
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    expect(text.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|oklch\(/gi) ?? [], file).toEqual([]);
  }
});

describe('colours that stand in the code together', () => {
  const folder = new URL('../../src/renderer/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const COLOUR = /^((?:[^\s:]+:)*)(text|bg)-([a-z-]+)$/;
  /** Of one text of classes: what each state (hover, disabled …) has in front and behind; it inherits what it does not say. */
  const pairsOf = (
    classes: string,
  ): readonly (readonly [state: string, front: string | null, ground: string | null])[] => {
    const states = new Map<string, { text?: string; bg?: string }>();
    for (const word of classes.split(/\s+/)) {
      const [, state = '', part, colour = ''] = COLOUR.exec(word) ?? [];
      if ((part !== 'text' && part !== 'bg') || !tokens.has(colour)) continue;
      states.set(state, { ...states.get(state), [part]: colour });
    }
    const plain = states.get('') ?? {};
    return [...states].map(([state, own]) => {
      const { text = null, bg = null } = { ...plain, ...own };
      return [state, text, bg];
    });
  };
  const used = files.flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/(['"`])((?:(?!\1)[^\\\n])*)\1/g)].flatMap(
      ([, , text = '']) => pairsOf(text).map(([state, front, ground]) => ({ file, state, front, ground })),
    ),
  );
  const listed = new Map(writing);

  test('a text of classes is read with its states', () => {
    expect(pairsOf('bg-shut text-on-shut hover:bg-shut-strong truncate text-sm')).toEqual([
      ['', 'on-shut', 'shut'],
      ['hover:', 'on-shut', 'shut-strong'],
    ]);
    expect(used.length).toBeGreaterThan(100);
  });

  // WCAG asks no contrast of what cannot be pressed now.
  const asked = used.filter(({ state }) => !state.startsWith('disabled:'));

  test('each pair is in the list above, and so has its contrast', () => {
    const missing = asked
      .filter(({ front, ground }) => front !== null && ground !== null && listed.get(front)?.includes(ground) !== true)
      .map(({ file, state, front, ground }) => `${file}: ${state}text-${front} on bg-${ground}`);
    expect(missing).toEqual([]);
  });

  test('each colour that is written in has a line there, on every plain ground', () => {
    const alone = new Set(asked.flatMap(({ front, ground }) => (front !== null && ground === null ? [front] : [])));
    expect(alone.size).toBeGreaterThan(4);
    // What stands on a filled mark has that one's colour behind it.
    alone.delete('on-shut');
    for (const front of alone) expect(listed.get(front), front).toEqual(expect.arrayContaining(grounds));
  });
});
