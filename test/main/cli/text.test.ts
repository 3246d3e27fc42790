import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearest } from '../../../src/main/faces/cli/nearest.ts';
import { COLOURS, clip, definitions, table, width, wrap } from '../../../src/main/faces/cli/text.ts';

describe('width', () => {
  test('is what a terminal shows', () => {
    expect(width('node')).toBe(4);
    expect(width(COLOURS.bold('node'))).toBe(4);
    expect(width('服务器')).toBe(6);
    expect(width('é')).toBe(1);
    expect(width('🚀')).toBe(2);
    expect(width('Größe…')).toBe(6);
  });
});

describe('clip', () => {
  test('says that something is missing', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('abcdefg', 6)).toBe('abcde…');
    expect(clip('服务器服务器', 6)).toBe('服务…');
  });
  test('never exceeds its room', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 30 }),
        (text, columns) => width(clip(text, columns)) <= columns,
      ),
    );
  });
});

test('wrap keeps every word in order, and every line within its columns', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(words, fc.integer({ min: 12, max: 60 }), (list, columns) => {
      const lines = wrap(list.join(' '), columns);
      expect(lines.join(' ')).toBe(list.join(' '));
      for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
    }),
  );
});

test('a table is aligned and fits', () => {
  const rows = [
    ['PORT', 'PROGRAM'],
    ['22/tcp', 'sshd'],
    ['3000/tcp', 'x'.repeat(100)],
  ];
  expect(table(rows, 30).split('\n')).toEqual(['PORT      PROGRAM', '22/tcp    sshd', `3000/tcp  ${'x'.repeat(19)}…`]);
});

test('definitions wrap their second column', () => {
  expect(
    definitions(
      [
        ['a', 'one two three'],
        ['long', 'four'],
      ],
      16,
      0,
    ),
  ).toBe('a     one two\n      three\nlong  four');
});

describe('nearest', () => {
  const commands = [
    'scan',
    'explain',
    'reach',
    'close',
    'reopen',
    'keep',
    'unkeep',
    'undo',
    'history',
    'export',
    'snapshot',
    'open',
  ];
  test.each([
    ['scna', 'scan'],
    ['sacn', 'scan'],
    ['SCAN', 'scan'],
    ['clsoe', 'close'],
    ['exlpain', 'explain'],
    ['histroy', 'history'],
    ['snap', 'snapshot'],
    ['hist', 'history'],
    ['exports', 'export'],
  ])('%s means %s', (typed, meant) => {
    expect(nearest(typed, commands)).toBe(meant);
  });
  test.each(['frobnicate', 'x', '', '3000'])('%s means none of them', (typed) => {
    expect(nearest(typed, commands)).toBeNull();
  });
});
