import { expect, test } from 'vitest';
import type { Bridge } from '../../src/core/api.ts';
import { answeredAfter, createClient } from '../../src/renderer/state/client.ts';

// synthetic: a bridge that answers at once.
const bridge = (call: () => Promise<unknown>): Bridge => ({
  call: call as Bridge['call'],
  onProgress: () => () => {},
  onNews: () => () => {},
});

test.each([
  ['an answer', () => Promise.resolve({ ok: true, value: [] }), { ok: true, value: [] }],
  ['a bridge that breaks', () => Promise.reject(new Error('broken')), { ok: false, error: { code: 'failed' } }],
])('%s is heard of once the words are there', async (_, call, expected) => {
  let done: () => void = () => {};
  const words = new Promise<void>((resolve) => {
    done = resolve;
  });
  let asked = 0;
  const counted = (): Promise<unknown> => {
    asked++;
    return call();
  };
  let reply: unknown = null;
  const replied = createClient(answeredAfter(bridge(counted), words))
    .call('history', {})
    .then((got) => {
      reply = got;
    });
  // It is asked for meanwhile.
  expect(asked).toBe(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(reply).toBeNull();
  done();
  await replied;
  expect(reply).toMatchObject(expected);
});
