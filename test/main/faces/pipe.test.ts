import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { TerminalProblem } from '../../../src/main/faces/terminal-problem.ts';
import { type ChromiumOptions, openInChromium } from '../../../src/main/faces/pipe/index.ts';
import { openPage } from '../../../src/main/faces/pipe/page.ts';
import { findChromium } from '../../../src/main/faces/pipe/find-chromium.ts';
import { speak } from '../../../src/main/faces/pipe/protocol.ts';
import { share } from '../../share.ts';

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
      { numRuns: share(50) },
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

describe('a page', () => {
  type Answer = 'yes' | 'no' | 'later';

  /** A browser that answers as `answers` says (yes, where they do not), and what it was told. */
  function spoken(answers: Readonly<Record<string, Answer>>) {
    const { protocol, from, sent } = browser();
    const told: { readonly id: number; readonly method: string; readonly params: Record<string, unknown> }[] = [];
    const held: number[] = [];
    const say = (message: object): void => void from.write(`${JSON.stringify(message)}\0`);
    const turn = async (): Promise<void> => {
      for (let times = 0; times < 5; times++) {
        await new Promise((resolve) => setImmediate(resolve));
        for (const message of sent() as typeof told) {
          told.push(message);
          const answer = answers[message.method] ?? 'yes';
          if (answer === 'yes') say({ id: message.id, result: {} });
          if (answer === 'no') say({ id: message.id, error: { message: 'no' } });
          if (answer === 'later') held.push(message.id);
          if (message.method === 'Target.setAutoAttach')
            say({
              method: 'Target.attachedToTarget',
              params: { sessionId: 'S', targetInfo: { type: 'page', targetId: 'T' } },
            });
        }
      }
    };
    const event = (method: string, params: object): void => say({ method, params, sessionId: 'S' });
    const ask = (requestId: string, path: string, resourceType: string): void =>
      event('Fetch.requestPaused', {
        requestId,
        resourceType,
        request: { method: 'GET', url: `http://portcullis.localhost${path}` },
      });
    const answered = (requestId: string) =>
      told
        .filter(({ method, params }) => method.startsWith('Fetch.f') && params['requestId'] === requestId)
        .map(({ method }) => method);
    const methods = () => told.map(({ method }) => method);
    const release = (): void => held.splice(0).forEach((id) => say({ id, result: {} }));
    return { protocol, turn, event, ask, answered, methods, release };
  }

  // synthetic: one page, one script.
  const files = (path: string) => (['/', '/first.js'].includes(path) ? { headers: {}, body: Buffer.from('x') } : null);
  const advisor = {
    scan: () => new Promise(() => {}),
    onProgress: () => () => {},
    onNews: () => () => {},
  } as unknown as ChromiumOptions['advisor'];
  const open = async (answers: Record<string, Answer>) => {
    const page = spoken(answers);
    const opened = openPage({ protocol: page.protocol, advisor, files, onClosed: () => {} });
    return { ...page, opened };
  };

  test('that comes when the bridge is known gets its script at once', async () => {
    const page = await open({});
    await page.turn();
    await page.opened;
    page.ask('1', '/', 'Document');
    page.ask('2', '/first.js', 'Script');
    await page.turn();
    expect(page.answered('1')).toEqual(['Fetch.fulfillRequest']);
    expect(page.answered('2')).toEqual(['Fetch.fulfillRequest']);
    expect(page.methods()).not.toContain('Runtime.evaluate');
  });

  test('that comes before gets it when the bridge was made sure of, and none where that fails, until it does not', async () => {
    const answers: Record<string, Answer> = {
      'Page.addScriptToEvaluateOnNewDocument': 'later',
      'Runtime.evaluate': 'no',
    };
    const page = await open(answers);
    await page.turn();
    page.ask('1', '/', 'Document');
    page.event('Page.frameNavigated', { frame: { url: 'http://portcullis.localhost/' } });
    page.ask('2', '/first.js', 'Script');
    await page.turn();
    expect(page.answered('1')).toEqual(['Fetch.fulfillRequest']);
    expect(page.answered('2')).toEqual([]);
    page.release();
    await page.turn();
    expect(page.answered('2')).toEqual(['Fetch.failRequest']);
    expect(page.methods().filter((method) => method === 'Runtime.evaluate')).toHaveLength(1);
    answers['Runtime.evaluate'] = 'yes';
    page.ask('3', '/first.js', 'Script');
    await page.turn();
    expect(page.answered('3')).toEqual(['Fetch.fulfillRequest']);
  });
});

describe('the browser', () => {
  test('that the system does not start is a problem that names it, and says why', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portcullis-broken-'));
    const program = join(folder, 'chromium');
    writeFileSync(program, '#!/nonexistent/shell\n', { mode: 0o755 });
    vi.stubEnv('PATH', folder);
    vi.stubEnv('XDG_RUNTIME_DIR', '/nonexistent');
    const opened = openInChromium({
      advisor: { attend: async () => null } as unknown as ChromiumOptions['advisor'],
      folder,
    });
    await expect(opened).rejects.toMatchObject({
      code: 'failed',
      message: `The window could not be opened: ${program} could not be started (no such file or directory).`,
      hint: expect.stringContaining('portcullis scan') as string,
    });
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  test('is found on the path, by its usual names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'portcullis-path-'));
    const program = join(folder, 'google-chrome');
    writeFileSync(program, '');
    chmodSync(program, 0o755);
    expect(findChromium(`/nonexistent:${folder}`)).toBe(program);
    chmodSync(program, 0o644);
    // What bears the name of a browser and is a folder is none.
    mkdirSync(join(folder, 'chromium'));
    expect(() => findChromium(folder)).toThrow(TerminalProblem);
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
