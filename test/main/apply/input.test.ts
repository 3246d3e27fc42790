import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { promisedInWords } from '../../core/in-words.ts';
import { readLines } from '../../../src/main/apply/input.ts';
import { PLAN_LIMIT } from '../../../src/main/apply/protocol.ts';

const start = () => {
  const stream = new PassThrough();
  return { stream, input: readLines(stream as unknown as NodeJS.ReadStream) };
};
const tick = () => new Promise((resolve) => setTimeout(resolve, 5));

test('the plan is the first line, in however many pieces', async () => {
  const { stream, input } = start();
  const first = input.first();
  for (const piece of ['{"a":', '1}', '\nconf']) stream.write(piece);
  expect(await first).toBe('{"a":1}');
});

test('a plan that nothing ends is all there is', async () => {
  const { stream, input } = start();
  const first = input.first();
  stream.end('{}');
  expect(await first).toBe('{}');
});

test('a plan that does not come, or not whole, is not waited for without end', async () => {
  vi.useFakeTimers();
  try {
    const { stream, input } = start();
    const first = input.first();
    stream.write('{"schema":1');
    vi.advanceTimersByTime(30_000);
    await expect(promisedInWords(first)).rejects.toThrow('no whole plan within 30 seconds');
  } finally {
    vi.useRealTimers();
  }
});

test('only whole known words count, and only those said after it was asked for them', async () => {
  const { stream, input } = start();
  const first = input.first();
  stream.write('{}\nconfirm\n');
  await first;
  await tick();
  const words: string[] = [];
  input.onWord((word) => words.push(word));
  stream.write('yes\nconfirmed\n\nundo\r\nconf');
  stream.write('irm\n');
  await tick();
  expect(words).toEqual(['undo', 'confirm']);
});

test('the end is no word, nor what stood before it without a line’s end', async () => {
  const { stream, input } = start();
  const first = input.first();
  stream.write('{}\n');
  await first;
  const words: string[] = [];
  input.onWord((word) => words.push(word));
  stream.end('confirm');
  await tick();
  expect(words).toEqual([]);
});

test('a plan without end is refused', async () => {
  const { stream, input } = start();
  const first = input.first();
  stream.write(Buffer.alloc(PLAN_LIMIT + 1, 120));
  await expect(promisedInWords(first)).rejects.toThrow('too large');
});
