import { afterEach, expect, test, vi } from 'vitest';
import { painted } from '../../src/renderer/state/painted.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function isThrough(promise: Promise<void>): Promise<boolean> {
  let through = false;
  void promise.then(() => {
    through = true;
  });
  await Promise.resolve();
  await Promise.resolve();
  return through;
}

test('is through when the frame after it begins, not before', async () => {
  vi.useFakeTimers();
  let frame = (): void => {};
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => {
    frame = draw;
  });
  const waited = painted();
  vi.advanceTimersByTime(100);
  expect(await isThrough(waited)).toBe(false);
  frame();
  expect(await isThrough(waited)).toBe(false);
  frame();
  expect(await isThrough(waited)).toBe(true);
});

test('a window that draws nothing is not waited for without end', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', () => {});
  const waited = painted();
  vi.advanceTimersByTime(300);
  expect(await isThrough(waited)).toBe(true);
});
