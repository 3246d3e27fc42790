import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TerminalProblem } from '../../../src/main/faces/terminal-problem.ts';
import { type ChromiumOptions, openInChromium } from '../../../src/main/faces/pipe/index.ts';
import { findChromium } from '../../../src/main/faces/pipe/find-chromium.ts';
import { speak } from '../../../src/main/faces/pipe/protocol.ts';

/** A browser that is two pipes. */
function browser() {
  const to = new PassThrough();
  const from = new PassThrough();
  const protocol = speak(to, from);
  const sent = (): readonly { readonly id: number; readonly method: string }[] =>
    String(to.read() ?? '')
      .split('\0')
      .filter((text) => text !== '')
      .map((text) => JSON.parse(text) as { id: number; method: string });
  return { protocol, from, sent };
}

describe('messages over the pipe', () => {
  test('answers find who asked, in any order', async () => {
    const { protocol, from, sent } = browser();
    const first = protocol.send('A');
    const second = protocol.send('B', { x: 1 }, 'session');
    expect(sent()).toEqual([
      { id: 1, method: 'A', params: {} },
      { id: 2, method: 'B', params: { x: 1 }, sessionId: 'session' },
    ]);
    from.write('{"id":2,"result":{"b":2}}\0{"id":1,"error":{"message":"no"}}\0');
    expect(await second).toEqual({ b: 2 });
    await expect(first).rejects.toThrow('A: no');
  });

  test('arrive whole, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.nat(7)),
        async (texts, cuts) => {
          const { protocol, from } = browser();
          const got: unknown[] = [];
          protocol.on('said', ({ text }) => got.push(text));
          let bytes = Buffer.from(
            texts.map((text) => `${JSON.stringify({ method: 'said', params: { text } })}\0`).join(''),
          );
          while (bytes.length > 0) {
            const cut = 1 + (cuts.next().value ?? 0);
            from.write(bytes.subarray(0, cut));
            bytes = bytes.subarray(cut);
          }
          await new Promise((resolve) => from.end(resolve));
          await new Promise((resolve) => setImmediate(resolve));
          expect(got).toEqual(texts);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('whoever waits is told when the window closes, and whoever asks afterwards', async () => {
    const { protocol, from } = browser();
    const waiting = protocol.send('A');
    from.destroy();
    await expect(waiting).rejects.toThrow('the window was closed');
    await expect(protocol.send('B')).rejects.toThrow('the window was closed');
  });
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s that comes twice waits for the browser too, so that its folder is removed',
  async (signal) => {
    const [to, from] = [new PassThrough(), new PassThrough()];
    const done: string[] = [];
    let end: (code: number | null) => void = () => {};
    const ended = new Promise<number | null>((resolve) => {
      end = resolve;
    });
    const folder = mkdtempSync(join(tmpdir(), 'portcullis-page-'));
    const before = new Set(process.listeners(signal));
    const heard = (): readonly NodeJS.SignalsListener[] => process.listeners(signal).filter((one) => !before.has(one));
    const opened = openInChromium({
      advisor: {
        scan: () => new Promise(() => {}),
        attend: async () => null,
      } as unknown as ChromiumOptions['advisor'],
      folder,
      started: () => ({
        program: 'chromium',
        to,
        from,
        ended,
        kill: () => void done.push('killed'),
        clean: () => void done.push('cleaned'),
      }),
    });
    for (let times = 0; times < 2; times++) {
      expect(heard()).toHaveLength(1);
      heard()[0]?.(signal);
    }
    expect(String(to.read()).match(/Browser\.close/g)).toHaveLength(1);
    expect(done).toEqual(['killed']);
    end(null);
    await expect(opened).rejects.toThrow(TerminalProblem);
    // Twice: what the browser started may still write there.
    expect(done).toEqual(['killed', 'cleaned', 'cleaned']);
    expect(heard()).toEqual([]);
    rmSync(folder, { recursive: true });
  },
);

describe('the browser', () => {
  test('is found on the path, by its usual names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'portcullis-path-'));
    const program = join(folder, 'google-chrome');
    writeFileSync(program, '');
    chmodSync(program, 0o755);
    expect(findChromium(`/nonexistent:${folder}`)).toBe(program);
    chmodSync(program, 0o644);
    if (process.getuid?.() !== 0) expect(() => findChromium(folder)).toThrow(TerminalProblem);
    rmSync(folder, { recursive: true });
  });

  test.skipIf(process.platform !== 'linux')('that is missing is a problem that says what to install', () => {
    expect(() => findChromium('/nonexistent:relative')).toThrow(TerminalProblem);
    try {
      findChromium('');
    } catch (error) {
      expect((error as TerminalProblem).hint).toContain('apt install chromium');
    }
  });
});
