/** What the advisor pushes to a window that can be seen: hints and readings, on a collector that the test speaks for. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { News } from '../../../src/core/live/news.ts';
import type { Snapshot, Transcript } from '../../../src/core/model.ts';
import { createAdvisor } from '../../../src/main/advisor.ts';
import type { Machine } from '../../../src/main/machine.ts';
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
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
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
  let gathered = 0;
  const collectors: { readonly out: PassThrough; ended: boolean }[] = [];
  const machine: Partial<Machine> = {
    gather: async () => {
      gathered += 1;
      return { ...seen, takenAt: new Date().toISOString(), transcripts: now(seen.transcripts) };
    },
    readExact: async () => now(exact),
  };
  const advisor = createAdvisor({
    machine: machine as Machine,
    settings: fileSettings(folder),
    launch: () => {
      const collector = { out: new PassThrough(), ended: false };
      collectors.push(collector);
      return {
        stdout: collector.out,
        onEnd: () => {},
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

test('the tray keeps watching without a window, and hears of every reading', async () => {
  const { advisor, news, collectors, hint, pass, show } = window(ordinary);
  const heard: string[] = [];
  const stop = advisor.onReport((report, asked) => {
    const { listeners } = report;
    heard.push(`${asked ? 'asked' : 'read'} ${listeners.some(({ port }) => port === 3000) ? 'open' : 'silent'}`);
  });
  await advisor.watch(true);
  await vi.waitFor(() => expect(collectors).toHaveLength(1));
  // Nobody has asked for a report yet.
  await hint('sockets');
  await pass(3000);
  expect([heard, news]).toEqual([['read open'], []]);
  await advisor.scan({ exact: false });
  show(silent(ordinary));
  await hint('sockets');
  await pass(3000);
  expect(heard).toEqual(['read open', 'asked open', 'read silent']);
  stop();
  await hint('sockets');
  await pass(3000);
  expect(heard).toHaveLength(3);
  await advisor.watch(false);
  expect(collectors.every(({ ended }) => ended)).toBe(true);
});

test('a window that comes beside the tray finds a new reading; its going ends nothing', async () => {
  const { advisor, news, collectors, pass, gathered } = window(ordinary);
  await advisor.scan({ exact: false });
  await advisor.watch(true);
  await advisor.attend({ visible: true });
  await vi.waitFor(() => expect(collectors).toHaveLength(1));
  await pass(10);
  expect([gathered(), news]).toEqual([1, []]);
  await advisor.attend({ visible: false });
  expect(collectors[0]?.ended).toBe(false);
  await pass(20_000);
  await advisor.attend({ visible: true });
  await vi.waitFor(() => expect(collectors).toHaveLength(2));
  await pass(10);
  expect(gathered()).toBe(2);
  expect(news).toMatchObject([{ kind: 'report' }]);
  expect(collectors.filter(({ ended }) => !ended)).toHaveLength(1);
  await advisor.attend({ visible: false });
  await advisor.watch(false);
  expect(collectors.every(({ ended }) => ended)).toBe(true);
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
