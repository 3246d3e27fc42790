import { describe, expect, test } from 'vitest';
import { changedIn, inPlace, newlyIn, steady } from '../../src/renderer/state/live.ts';
import { words } from '../../src/renderer/text/words.ts';
import * as reports from '../e2e/fixtures/reports.ts';

const order = (before: string, now: string): string => steady(before.split(''), now.split(''), (row) => row).join('');

describe('rows', () => {
  test('stay where they stood, whatever their own order is now', () => {
    expect(order('abcd', 'dcba')).toBe('abcd');
    expect(order('abcd', 'dba')).toBe('abd');
  });

  test('that are new stand behind what they would follow', () => {
    expect(order('ac', 'abc')).toBe('abc');
    expect(order('bc', 'abc')).toBe('abc');
    expect(order('ab', 'bxya')).toBe('abxy');
    expect(order('', 'abc')).toBe('abc');
    expect(order('xy', 'abc')).toBe('abc');
  });
});

describe('a pushed report', () => {
  test('that says the same marks nothing and says nothing', () => {
    expect(changedIn(reports.advice, structuredClone(reports.advice)).size).toBe(0);
    expect(newlyIn(reports.advice, structuredClone(reports.advice))).toEqual([]);
  });

  test('marks the listener and the finding that changed, and is said in one sentence', () => {
    const changed = changedIn(reports.advice, reports.adviceAfter);
    expect([...changed]).toContain('tcp/3000');
    const gone = newlyIn(reports.advice, reports.adviceAfter);
    expect(words.live.announce(gone)).toBe('Fewer can reach 3000/tcp now.');
    expect(words.live.announce(newlyIn(reports.adviceAfter, reports.advice))).toBe('Others can newly reach 3000/tcp.');
  });

  test('keeps the advice in its order', () => {
    const turned = { ...reports.advice, findings: [...reports.advice.findings].reverse() };
    expect(inPlace(reports.advice, turned).findings).toEqual(reports.advice.findings);
  });
});
