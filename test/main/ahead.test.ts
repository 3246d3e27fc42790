import { expect, test } from 'vitest';
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
    // How far it was by then, and what came after; on a busy machine that is more than the end.
    expect(late).toEqual([1, 2, 3].slice(-late.length));
    expect(late.length).toBeGreaterThan(0);
  },
);
