import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Report } from '../../src/core/model.ts';
import { firstAnswer } from '../../src/renderer/state/first-answer.ts';
import { createStore } from '../../src/renderer/state/store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function waits() {
  const store = createStore('system', 'en');
  let over = false;
  void firstAnswer(store, 80).then(() => {
    over = true;
  });
  const after = async (ms: number): Promise<boolean> => {
    await vi.advanceTimersByTimeAsync(ms);
    return over;
  };
  return { store, after };
}

test('the first picture waits for a report that is soon there', async () => {
  const { store, after } = await waits();
  expect(await after(79)).toBe(false);
  store.set(() => ({ announcement: 'something else' }));
  expect(await after(0)).toBe(false);
  store.set(() => ({ report: {} as Report }));
  expect(await after(0)).toBe(true);
});

test('and for a word why there is none', async () => {
  const { store, after } = await waits();
  store.set(({ scan }) => ({ scan: { ...scan, problem: { code: 'failed', message: 'no', hint: 'again' } } }));
  expect(await after(0)).toBe(true);
});

test('but no longer than a moment', async () => {
  const { after } = await waits();
  expect(await after(80)).toBe(true);
});
