import { expect, test, vi } from 'vitest';
import { lookAhead, takeAhead } from '../../src/main/ahead.ts';

test.skipIf(process.platform !== 'linux')(
  'what was read ahead is given once, and whoever comes late hears how far it is',
  async () => {
    expect(takeAhead(() => {})).toBeNull();
    lookAhead();
    const early: number[] = [];
    const taken = takeAhead(({ done }) => early.push(done));
    expect(takeAhead(() => {})).toBeNull();
    const snapshot = await taken;
    expect(snapshot?.transcripts.map(({ id }) => id)).toContain('ss.listening');
    expect(early).toEqual([1, 2, 3]);

    lookAhead();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const late: number[] = [];
    expect((await takeAhead(({ done }) => late.push(done)))?.schema).toBe(1);
    expect(late).toEqual([3]);
  },
);

test.skipIf(process.platform !== 'linux')('what was read ahead too long ago is given to nobody', () => {
  const now = Date.now();
  const clock = vi.spyOn(Date, 'now');
  for (const later of [6000, 3_600_000, -6000]) {
    clock.mockReturnValue(now);
    lookAhead();
    clock.mockReturnValue(now + later);
    expect(takeAhead(() => {})).toBeNull();
  }
  clock.mockReturnValue(now);
  lookAhead();
  clock.mockReturnValue(now + 4000);
  expect(takeAhead(() => {})).not.toBeNull();
  clock.mockRestore();
});
