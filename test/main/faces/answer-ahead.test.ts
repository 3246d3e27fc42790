import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Advisor } from '../../../src/core/api.ts';
import { answerAhead } from '../../../src/main/faces/pipe/answer-ahead.ts';

// synthetic: an advisor that numbers its reports.
function counting(fails = false) {
  let scans = 0;
  const scan = (input: { readonly exact: boolean }): Promise<unknown> => {
    scans++;
    return fails && scans === 1 ? Promise.reject(new Error('broken')) : Promise.resolve({ scan: scans, ...input });
  };
  const advisor = { scan, history: async () => [] } as unknown as Advisor;
  return { advisor, scans: () => scans };
}

const first = { exact: false };
const of = (scan: number, exact = false) => ({ ok: true, value: { scan, exact } });

afterEach(() => vi.restoreAllMocks());

describe('the first question', () => {
  test('is answered before it is asked, once; whoever asks again gets a new answer', async () => {
    const { advisor, scans } = counting();
    const answer = answerAhead(advisor);
    expect(scans()).toBe(1);
    expect(await answer('scan', first)).toEqual(of(1));
    expect(scans()).toBe(1);
    expect(await answer('scan', first)).toEqual(of(2));
  });

  test.each([
    ['for every rule', 'scan', { exact: true }, of(2, true)],
    ['about something else', 'history', {}, { ok: true, value: [] }],
  ])('that is another one, %s, is answered by itself; what was answered ahead is then too old', async (...args) => {
    const [, name, input, reply] = args;
    const { advisor, scans } = counting();
    const answer = answerAhead(advisor);
    expect(await answer(name, input)).toEqual(reply);
    const before = scans();
    expect(await answer('scan', first)).toEqual(of(before + 1));
  });

  test.each([[undefined], [null], ['scan'], [{ exact: false, more: 1 }], [{}]])(
    'that nobody may ask (%j) is refused',
    async (input) => {
      const answer = answerAhead(counting().advisor);
      expect(await answer('scan', input)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    },
  );

  test('that is nested as deeply as nothing can be written out again is refused like any other', async () => {
    const input: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    const answer = answerAhead(counting().advisor);
    expect(await answer('scan', input)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  });

  test('gets no answer that was begun long ago, or that the clock says nothing about', async () => {
    const now = Date.now();
    const clock = vi.spyOn(Date, 'now');
    for (const [later, scan] of [
      [4000, 1],
      [6000, 2],
      [3_600_000, 2],
      [-6000, 2],
    ] as const) {
      clock.mockReturnValue(now);
      const answer = answerAhead(counting().advisor);
      await new Promise((resolve) => setImmediate(resolve));
      clock.mockReturnValue(now + later);
      expect(await answer('scan', first)).toEqual(of(scan));
    }
  });

  test('gets the answer that is still under way, however long ago it was begun: nothing is read twice at a time', async () => {
    const { advisor, scans } = counting();
    const now = Date.now();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now);
    let end: () => void = () => {};
    const under = new Promise<void>((resolve) => {
      end = resolve;
    });
    const answer = answerAhead({ ...advisor, scan: (input) => under.then(() => advisor.scan(input)) });
    clock.mockReturnValue(now + 6000);
    const asked = answer('scan', first);
    end();
    expect(await asked).toEqual(of(1));
    expect(scans()).toBe(1);
  });

  test('that failed says so to whoever asks, and to nobody else', async () => {
    const { advisor } = counting(true);
    const answer = answerAhead(advisor);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await answer('scan', first)).toMatchObject({ ok: false, error: { code: 'failed' } });
    expect(await answer('scan', first)).toEqual(of(2));
  });
});
