/** Which page of the browser becomes the application, and what becomes of the others. */
import { expect, test } from 'vitest';
import type { Advisor } from '../../../src/core/api.ts';
import { openPage } from '../../../src/main/faces/pipe/page.ts';
import type { Fields, Protocol } from '../../../src/main/faces/pipe/protocol.ts';

type Step = readonly ['created' | 'attached', string];

/** What the browser is told to close, where it tells of its pages in this order. */
async function closed(steps: readonly Step[]): Promise<readonly unknown[]> {
  const events = new Map<string, (params: Fields, session: string | undefined) => void>();
  const closes: unknown[] = [];
  const protocol: Protocol = {
    on: (method, listener) => void events.set(method, listener),
    send: async (method, params) => {
      if (method === 'Target.closeTarget') closes.push(params?.['targetId']);
      if (method !== 'Target.setDiscoverTargets') return {};
      for (const [what, targetId] of steps) {
        const event = what === 'created' ? 'Target.targetCreated' : 'Target.attachedToTarget';
        events.get(event)?.({ targetInfo: { targetId, type: 'page' }, sessionId: `of ${targetId}` }, undefined);
      }
      return {};
    },
  };
  const advisor = { onProgress: () => () => {}, onNews: () => () => {} } as unknown as Advisor;
  await openPage({ protocol, advisor, files: () => null, onClosed: () => {} });
  return [...new Set(closes)];
}

test('one that comes later is closed', async () => {
  expect(
    await closed([
      ['created', 'first'],
      ['attached', 'first'],
      ['created', 'later'],
      ['attached', 'later'],
    ]),
  ).toEqual(['later']);
});

test('so is one that was created before the first was attached to', async () => {
  expect(
    await closed([
      ['created', 'first'],
      ['created', 'other'],
      ['attached', 'first'],
      ['attached', 'other'],
    ]),
  ).toEqual(['other']);
});

test('the first is closed in no order', async () => {
  expect(
    await closed([
      ['attached', 'first'],
      ['created', 'first'],
    ]),
  ).toEqual([]);
});
