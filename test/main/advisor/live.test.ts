/** What the advisor pushes to a window that can be seen: hints and readings, on a collector that the test speaks for. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { News } from '../../../src/core/live/news.ts';
import type { Snapshot, Transcript } from '../../../src/core/model.ts';
import { createAdvisor } from '../../../src/main/advisor/index.ts';
import type { Machine } from '../../../src/main/machine.ts';
import { withTranscripts } from '../../../src/main/reading.ts';
import { fileSettings } from '../../../src/main/settings.ts';

const captured = (name: string): Snapshot =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../cli/snapshots', `${name}.json`), 'utf8')) as Snapshot;
const [on, ordinary] = [captured('on'), captured('ordinary')];

/** What the helper would read for an ordinary user. */
const refused = new Set(ordinary.transcripts.filter(({ failure }) => failure === 'refused').map(({ id }) => id));
const exact = on.transcripts.filter(({ id }) => refused.has(id));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-news-'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** As read now. */
const now = (transcripts: readonly Transcript[]): readonly Transcript[] =>
  transcripts.map((one) => ({ ...one, startedAt: new Date().toISOString() }));

function window(snapshot: Snapshot) {
  let seen = snapshot;
  let [gathered, asked] = [0, 0];
  const collectors: { readonly out: PassThrough; ended: boolean; end: () => void }[] = [];
  let given: readonly Transcript[] = [];
  const read = (): Snapshot => {
    gathered += 1;
    return { ...seen, takenAt: new Date().toISOString(), transcripts: now(seen.transcripts) };
  };
  const machine: Partial<Machine> = {
    gather: async () => read(),
    readGiven: async () => null,
    readExact: async () => now(exact),
  };
  const advisor = createAdvisor({
    machine: machine as Machine,
    settings: fileSettings(folder),
    launch: () => {
      const collector = { out: new PassThrough(), ended: false, end: () => {} };
      collectors.push(collector);
      return {
        stdout: collector.out,
        onEnd: (listener) => {
          collector.end = listener;
        },
        say: () => {
          asked += 1;
          const snapshot = withTranscripts(read(), now(given));
          collector.out.write(`${JSON.stringify({ snapshot, exact: given.length > 0 })}\n`);
        },
        stop: () => {
          collector.ended = true;
        },
      };
    },
  });
  const news: News[] = [];
  const progress: unknown[] = [];
  advisor.onNews((one) => news.push(one));
  advisor.onProgress((one) => progress.push(one));
  return {
    advisor,
    news,
    progress,
    collectors,
    gathered: () => gathered,
    /** How often the collector read, rather than this process. */
    asked: () => asked,
    /** From now on a reading is given the rules without being asked; with none, no longer. */
    give: (transcripts: readonly Transcript[]) => {
      given = transcripts;
    },
    show: (next: Snapshot) => {
      seen = next;
    },
    /** Time goes on, and what it brings is waited for. */
    pass: async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    },
    hint: async (word: string) => {
      collectors.at(-1)?.out.write(`${word}\n`);
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const started = async (snapshot: Snapshot, exact: boolean) => {
  const one = window(snapshot);
  await one.advisor.scan({ exact });
  await one.advisor.attend({ visible: true });
  await vi.waitFor(() => expect(one.collectors).toHaveLength(1));
  one.progress.length = 0;
  return one;
};

/** Without the one at port 3000. */
const silent = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  transcripts: snapshot.transcripts.map((one) =>
    one.id === 'ss.listening' ? { ...one, stdout: one.stdout.replaceAll(/^.*:3000 .*\n/gm, '') } : one,
  ),
});

test('a hint after an ordinary reading: everything is read anew, without a word, and given to the window', async () => {
  const { advisor, news, progress, hint, pass, gathered } = await started(ordinary, false);
  await pass(5000);
  expect(gathered()).toBe(1);
  await hint('sockets');
  expect(news).toEqual([]);
  await pass(400);
  expect(gathered()).toBe(2);
  expect(news).toMatchObject([{ kind: 'report' }]);
  expect(progress).toEqual([]);
  // Further answers come from what the window now shows.
  const kept = await advisor.keep({ target: { protocol: 'tcp', port: 3000 }, keep: true });
  expect(news[0]?.kind === 'report' && news[0].report.takenAt).toBe(kept.takenAt);
  await advisor.attend({ visible: false });
});

test('a hint after an exact reading doubts it at once; no ordinary one takes its place', async () => {
  const { advisor, news, hint, pass, show } = await started(ordinary, true);
  const shown = await advisor.keep({ target: { protocol: 'tcp', port: 3000 }, keep: true });
  await pass(5000);
  await hint('firewall');
  expect(news).toEqual([{ kind: 'doubt', of: shown.takenAt, sockets: false }]);
  await pass(400);
  expect(news).toHaveLength(1);
  show(silent(ordinary));
  await hint('sockets');
  await pass(2600);
  expect(news.slice(1)).toEqual([
    { kind: 'doubt', of: shown.takenAt, sockets: false },
    { kind: 'doubt', of: shown.takenAt, sockets: true },
  ]);
  const again = await advisor.keep({ target: { protocol: 'tcp', port: 3000 }, keep: false });
  expect(again.takenAt).toBe(shown.takenAt);
  await advisor.attend({ visible: false });
});

test('what changed between the first reading and the beginning of watching is looked for at once', async () => {
  const { advisor, news, pass, show, gathered } = window(ordinary);
  await advisor.scan({ exact: false });
  await pass(1500);
  show(silent(ordinary));
  await advisor.attend({ visible: true });
  await pass(10);
  expect(gathered()).toBe(2);
  expect(news).toMatchObject([{ kind: 'report' }]);
  await advisor.attend({ visible: false });
});

test('a clock that is set back holds no news up', async () => {
  const { advisor, news, hint, pass, show } = await started(ordinary, false);
  await pass(5000);
  vi.setSystemTime(Date.now() - 3_600_000);
  show(silent(ordinary));
  await hint('sockets');
  await pass(2600);
  expect(news).toMatchObject([{ kind: 'report' }]);
  await advisor.attend({ visible: false });
});

test('a clock that is set back leaves an exact reading in doubt all the same', async () => {
  const { advisor, news, hint, pass } = await started(ordinary, true);
  await pass(5000);
  vi.setSystemTime(Date.now() - 3_600_000);
  await hint('firewall');
  expect(news).toMatchObject([{ kind: 'doubt', sockets: false }]);
  await advisor.attend({ visible: false });
});

test('nothing while the window is hidden; when it is seen again, one reading', async () => {
  const { advisor, news, collectors, pass, gathered } = await started(ordinary, false);
  await advisor.attend({ visible: true });
  expect(collectors).toHaveLength(1);
  await advisor.attend({ visible: false });
  expect(collectors[0]?.ended).toBe(true);
  collectors[0]?.out.write('sockets\n');
  await pass(100_000);
  expect([gathered(), news]).toEqual([1, []]);
  await advisor.attend({ visible: true });
  await vi.waitFor(() => expect(collectors).toHaveLength(2));
  await pass(10);
  expect(gathered()).toBe(2);
  expect(news).toMatchObject([{ kind: 'report' }]);
  await advisor.attend({ visible: false });
  expect(collectors.every(({ ended }) => ended)).toBe(true);
});

test('the collector reads, and this process only where it has ended', async () => {
  const { advisor, collectors, hint, pass, gathered, asked } = await started(ordinary, false);
  await pass(5000);
  await hint('network');
  await pass(400);
  expect([gathered(), asked()]).toEqual([2, 1]);
  const notes: string[] = [];
  const stop = await advisor.watch({ onReport: () => {}, note: (text) => notes.push(text) });
  await pass(40_000);
  collectors[0]?.end();
  await pass(6000);
  expect([gathered(), asked()]).toEqual([3, 1]);
  expect(notes).toEqual(['changes are not noticed at once here; reading everything every 45 seconds.']);
  // Another one is started, and asked again.
  await pass(5000);
  expect(collectors).toHaveLength(2);
  await pass(40_000);
  expect([gathered(), asked()]).toEqual([4, 2]);
  stop();
  await advisor.attend({ visible: false });
  expect(collectors[1]?.ended).toBe(true);
});

test('where the rules are given without a question, each reading is exact; when they no longer are, what is shown stays, in doubt', async () => {
  const { news, hint, pass, give, advisor } = await started(ordinary, false);
  const rules = { report: { firewalls: expect.arrayContaining([expect.objectContaining({ id: 'ufw', rules: 5 })]) } };
  give(exact);
  await pass(5000);
  await hint('firewall');
  await pass(400);
  expect(news).toMatchObject([rules]);
  const [first] = news;
  give([]);
  await pass(5000);
  await hint('firewall');
  await pass(400);
  expect(news).toHaveLength(1);
  await pass(5000);
  await hint('firewall');
  expect(news.slice(1)).toEqual([
    { kind: 'doubt', of: first?.kind === 'report' ? first.report.takenAt : '', sockets: false },
  ]);
  give(exact);
  await pass(400);
  expect(news.at(-1)).toMatchObject(rules);
  await advisor.attend({ visible: false });
});

test('each reading is told to whoever watches, whatever the window makes of it', async () => {
  const { advisor, hint, pass, show } = await started(ordinary, true);
  const heard: number[] = [];
  const stop = await advisor.watch({ onReport: ({ listeners }) => heard.push(listeners.length) });
  await pass(5000);
  await hint('sockets');
  await pass(400);
  show(silent(ordinary));
  await pass(5000);
  await hint('sockets');
  await pass(400);
  expect(heard).toHaveLength(2);
  expect(heard[1]).toBeLessThan(heard[0] ?? 0);
  stop();
  stop();
  await pass(5000);
  await hint('sockets');
  await pass(400);
  expect(heard).toHaveLength(2);
  await advisor.attend({ visible: false });
});

test('the tray keeps watching without a window from the first scan on, and hears of every reading', async () => {
  const { advisor, news, collectors, hint, pass, show } = window(ordinary);
  const heard: string[] = [];
  const stop = await advisor.watch({
    onReport: ({ listeners }, asked) =>
      heard.push(`${asked ? 'asked' : 'read'} ${listeners.some(({ port }) => port === 3000) ? 'open' : 'silent'}`),
  });
  expect(collectors).toHaveLength(0);
  await advisor.scan({ exact: false });
  await vi.waitFor(() => expect(collectors).toHaveLength(1));
  show(silent(ordinary));
  await hint('sockets');
  await pass(3000);
  expect(heard).toEqual(['asked open', 'read silent']);
  expect(news).toHaveLength(1);
  stop();
  await hint('sockets');
  await pass(3000);
  expect(heard).toHaveLength(2);
  expect(collectors.every(({ ended }) => ended)).toBe(true);
});

test('a window that comes beside the tray finds a new reading; its going ends nothing', async () => {
  const { advisor, news, collectors, pass, gathered } = window(ordinary);
  await advisor.scan({ exact: false });
  const stop = await advisor.watch({ onReport: () => {} });
  await advisor.attend({ visible: true });
  await vi.waitFor(() => expect(collectors).toHaveLength(1));
  await pass(10);
  expect([gathered(), news]).toEqual([1, []]);
  await advisor.attend({ visible: false });
  expect(collectors[0]?.ended).toBe(false);
  await pass(20_000);
  await advisor.attend({ visible: true });
  await pass(10);
  expect(gathered()).toBe(2);
  expect(news).toMatchObject([{ kind: 'report' }]);
  await advisor.attend({ visible: false });
  stop();
  await vi.waitFor(() => expect(collectors.map(({ ended }) => ended)).toEqual([true]));
});

test('a saved snapshot is not watched', async () => {
  let launched = false;
  const launch = () => {
    launched = true;
    throw new Error('not in this test');
  };
  const advisor = createAdvisor({ snapshot: on, settings: fileSettings(folder), launch });
  await advisor.scan({ exact: false });
  await advisor.attend({ visible: true });
  expect(launched).toBe(false);
});
