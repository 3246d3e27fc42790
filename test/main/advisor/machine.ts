/** A machine of the test’s own: what it shows, and what was asked of it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Change, Choice, Plan, Snapshot, Transcript } from '../../../src/core/model.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { type Problem, ProblemError } from '../../../src/core/problem.ts';
import { createAdvisor } from '../../../src/main/advisor/index.ts';
import type { Machine } from '../../../src/main/machine.ts';
import { fileSettings } from '../../../src/main/settings.ts';

/** Captured by test/main/cli/snapshots/capture.sh. */
const captured = (name: string): Snapshot =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../cli/snapshots', `${name}.json`), 'utf8')) as Snapshot;
export const [on, off, absent, ordinary] = ['on', 'off', 'absent', 'ordinary'].map(captured) as [
  Snapshot,
  Snapshot,
  Snapshot,
  Snapshot,
];

/** What an ordinary user sees of a machine, and what the helper would read for them. */
export const refused = (snapshot: Snapshot): readonly string[] =>
  snapshot.transcripts.filter(({ failure }) => failure === 'refused').map(({ id }) => id);
export const exactOf = (whole: Snapshot): readonly Transcript[] =>
  whole.transcripts.filter(({ id }) => refused(ordinary).includes(id));

export const CLOSE: Choice = {
  kind: 'close',
  targets: [{ protocol: 'tcp', port: 3000 }],
  audience: 'everyone',
  way: 'firewall',
};

export const done = (
  plan: Plan,
): { change: Change; checked: string[]; verified: boolean; transcripts: readonly Transcript[] } => ({
  change: {
    id: '20261121T000000-00000000',
    at: plan.createdAt,
    summary: plan.summary,
    layers: ['ufw'],
    state: 'applied',
    plan,
    note: null,
  },
  checked: ['checked'],
  verified: true,
  transcripts: exactOf(on),
});

/** A machine that shows one snapshot and notes what was asked of it. */
export function fake(snapshot: Snapshot, more: Partial<Machine> = {}): { machine: Machine; asked: string[] } {
  const asked: string[] = [];
  const note =
    <A extends readonly unknown[], T>(name: string, run: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> => {
      asked.push(name);
      return run(...args);
    };
  const machine: Machine = {
    gather: async (onProgress) => {
      onProgress({ phase: 'sockets', text: 'Reading what listens', done: 1, of: 3 });
      return snapshot;
    },
    services: () => Promise.reject(new Error('not in this test')),
    readGiven: async () => null,
    readExact: async () => exactOf(on),
    apply: async (plan) => done(plan),
    confirm: () => Promise.reject(new Error('not in this test')),
    undo: () => Promise.reject(new Error('not in this test')),
    history: async () => [],
    ...more,
  };
  return {
    machine: {
      gather: note('gather', machine.gather),
      services: note('services', machine.services),
      readGiven: machine.readGiven,
      readExact: note('readExact', machine.readExact),
      apply: note('apply', machine.apply),
      confirm: note('confirm', machine.confirm),
      undo: note('undo', machine.undo),
      history: note('history', machine.history),
    },
    asked,
  };
}

/** Settings in a folder of their own for each test, and advisors that have them. */
export function withSettings() {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-advisor-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const settings = () => fileSettings(folder);
  const advisorOn = (snapshot: Snapshot, more: Partial<Machine> = {}) => {
    const { machine, asked } = fake(snapshot, more);
    return { advisor: createAdvisor({ machine, settings: settings() }), asked };
  };
  return { folder: () => folder, settings, advisorOn };
}

export const problemOf = async (promise: Promise<unknown>): Promise<Problem> => {
  const error: unknown = await promise.then(
    () => new Error('done, though a problem was expected'),
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return inEnglish(error);
  throw error;
};

export const exposure = (report: { listeners: readonly { id: string; exposure: string }[] }, id = 'tcp/3000') =>
  report.listeners.find((one) => one.id === id)?.exposure;
