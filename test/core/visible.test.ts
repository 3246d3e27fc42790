import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visible } from '../../src/core/visible.ts';

test('what would steer a terminal or reorder text is written out', () => {
  expect(visible('a\u001b[31mb')).toBe('a\\u{1b}[31mb');
  expect(visible('line\nbreak\ttab\r')).toBe('line\\u{a}break\\u{9}tab\\u{d}');
  expect(visible('\u009b31m')).toBe('\\u{9b}31m');
  expect(visible('safe\u202Eexe.txt')).toBe('safe\\u{202e}exe.txt');
  expect(visible('a\u2066b\u2069\u200b\ufeff\u2028')).toBe('a\\u{2066}b\\u{2069}\\u{200b}\\u{feff}\\u{2028}');
  expect(visible('\ud800x')).toBe('\\u{d800}x');
});

test('names that people really have stay as they are', () => {
  for (const name of ['node', 'Größe', '服务器', 'ünï-cödé', '🚀 rocket', 'عربي', "it's", 'a b'])
    expect(visible(name)).toBe(name);
});

test('twice is once, and nothing that hides is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = visible(text);
      expect(visible(shown)).toBe(shown);
      expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    }),
  );
});
